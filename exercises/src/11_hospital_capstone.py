# %% [markdown] lang="id" part="title"
# # 11 · Kasus rumah sakit: dari pertanyaan direktur ke proposal
#
# Direktur RS Sehat Nusantara mengundang Anda sebagai konsultan. Vendor menawarkan sistem CRM dengan empat modul: komunikasi, tugas, pelaporan, dan pasien. Direktur bertanya satu per satu: berapa pasien kami, apakah pengingat berguna, apa yang boleh dijanjikan. Pada akhir set ini Anda menulis inti proposalnya.
#
# Anda bekerja dengan sampel sendiri dari catatan rumah sakit rekaan ini, jadi angka Anda berbeda dari angka teman, tetapi ceritanya sama.

# %% [markdown] lang="en" part="title"
# # 11 · The hospital case: from the director's questions to a proposal
#
# The director of RS Sehat Nusantara asks you in as a consultant. A vendor offers a CRM system with four modules: communication, tasks, reporting and patients. The director asks one thing after the other: how many patients have we, do reminders help, what may be promised. At the end of this set you write the core of the proposal.
#
# You work on a sample of your own from this invented hospital's records, so your numbers differ from your neighbour's, but the story is the same.

# %% part="data"
from functools import lru_cache
from statistics import NormalDist

import crmlab as crm

YEARS = {"y2022": 2022, "y2023": 2023, "y2024": 2024}
PAYERS = ["bpjs", "corporate", "insurance", "self_pay"]


@lru_cache(maxsize=1)
def hospital():
    """The bundled hospital, size S, brought together once: every student's sample is drawn from these tables."""
    t = crm.datasets.load_hospital("S", layer="clean").tables
    payers = t["payers"][["payer_id", "payer_group"]]
    visits = t["visits"].merge(payers).sort_values("visit_id")
    visits["visited_on"] = visits["checked_in_at"].dt.normalize().astype("datetime64[ns]")
    visits["year"] = visits["visited_on"].dt.year
    reminders = t["reminders"].groupby("appointment_id").agg(arm=("arm", "first"), read=("read", "any")).reset_index()
    booked = t["appointments"].merge(reminders, how="left", on="appointment_id").merge(t["units"], on="unit_id")
    booked["scheduled_on"] = booked["scheduled_at"].dt.normalize().astype("datetime64[ns]")
    booked["arm"] = booked["arm"].astype(object).fillna("none")
    pilot = booked[booked["arm"].isin(["pilot_treated", "pilot_control"])].copy()
    pilot["arm"] = pilot["arm"].map({"pilot_treated": "reminded", "pilot_control": "not_reminded"})
    pilot["read"] = pilot["read"].fillna(False).astype(bool)
    routine = booked[(booked["scheduled_on"] >= "2023-07-01") & (booked["lead_days"] >= 1)].copy()
    routine["month"] = routine["scheduled_on"].dt.strftime("%Y-%m")
    routine["lead_band"] = np.select([routine["lead_days"] <= 4, routine["lead_days"] <= 14], ["1_to_4", "5_to_14"], "over_14")
    routine["reminded"] = routine["arm"] == "routine"
    routine["kept"] = (routine["status"] == "attended").astype(int)
    routine["missed"] = (routine["status"] == "no_show").astype(int)
    routine["cancelled"] = 1 - routine["kept"] - routine["missed"]
    cells = routine.groupby(["month", "lead_band", "reminded"], as_index=False)[["kept", "missed", "cancelled"]].sum()
    visits["quarter"] = visits["visited_on"].dt.year.astype(str) + "-Q" + visits["visited_on"].dt.quarter.astype(str)
    visits["again"] = (visits["times_repeated"] > 0).astype(int)
    again = visits.groupby(["quarter", "payer_group"], as_index=False).agg(visits=("visit_id", "size"), repeated=("again", "sum"))
    answers = t["survey_answers"].merge(t["survey_invitations"][["survey_id", "visit_id"]]).merge(visits[["visit_id", "payer_group", "year"]])
    answers = answers[["survey_id", "year", "payer_group", "nps"]].sort_values(["year", "payer_group", "survey_id"], ignore_index=True)
    strata = [np.asarray(i) for i in answers.groupby(["year", "payer_group"]).indices.values()]
    referrals = t["referrals"][["referral_id", "direction", "clinic_id", "referred_on", "replied"]].copy()
    referrals["referred_on"] = referrals["referred_on"].astype("datetime64[ns]")
    people = t["patients"][["patient_id", "chronic_condition", "whatsapp_active", "marketing_consent", "research_consent"]]
    return {
        "visits": {y: visits[visits["year"] == y].reset_index(drop=True) for y in YEARS.values()},
        "pilot": pilot[["appointment_id", "scheduled_on", "lead_days", "arm", "read", "status"]].reset_index(drop=True),
        "cells": cells,
        "again": again,
        "booked": {u: g.reset_index(drop=True) for u, g in booked.groupby("unit")},
        "answers": answers,
        "strata": strata,
        "referrals": referrals,
        "clinics": t["clinics"][["clinic_id", "clinic", "facility_type"]],
        "people": people[people["chronic_condition"] != "none"].reset_index(drop=True),
        "offers": t["checkup_offers"][["offer_id", "patient_id", "offered", "bought_before", "bought"]],
    }


def some(rng, table, low, high):
    """A random part of a table's rows, in their order."""
    n = int(round(len(table) * rng.uniform(low, high)))
    return table.iloc[np.sort(rng.permutation(len(table))[:n])].reset_index(drop=True)


def year_of_visits(rng, variant):
    """All visits of some patients in one year; some visits were cancelled, some patients stand under two numbers."""
    year = YEARS[variant]
    visits = hospital()["visits"][year]
    ids = visits["patient_id"].to_numpy()
    people = np.unique(ids)
    chosen = rng.permutation(people)[: int(len(people) * rng.uniform(0.34, 0.42))]
    own = visits[np.isin(ids, chosen)]
    n = len(own)
    patient = own["patient_id"].to_numpy()
    twice = rng.permutation(chosen)[:40]
    old = np.isin(patient, twice) & (rng.random(n) < 0.5)
    number = np.where(old, patient + 90_000, patient)
    wait = own["wait_minutes"].to_numpy().copy()
    wrong_clock = rng.random(n) < 0.03
    wait[wrong_clock] = -np.abs(wait[wrong_clock])
    cancelled = rng.random(n) < 0.06
    wait[cancelled] = np.nan
    table = pd.DataFrame(
        {
            "visit_id": own["visit_id"].to_numpy(),
            "visited_on": own["visited_on"].to_numpy(),
            "record_number": number,
            "payer_group": own["payer_group"].to_numpy(),
            "status": np.where(cancelled, "cancelled", "done"),
            "wait_minutes": wait,
        }
    )
    merged = pd.DataFrame({"old_number": np.sort(twice) + 90_000, "kept_number": np.sort(twice)})
    return {"visits": table, "merged": merged, "year": str(year)}


def pilot(rng, variant):
    """The pilot of January to June 2023: who was reminded was drawn by lot."""
    level = {"l90": 0.90, "l95": 0.95, "l99": 0.99}[variant]
    return {
        "pilot": some(rng, hospital()["pilot"], 0.82, 0.94),
        "z": NormalDist().inv_cdf(0.5 + level / 2),
        "level": level,
    }


def roll_out(rng, variant):
    """The routine since July 2023, month by month: staff chose whom to remind."""
    cells = hospital()["cells"].copy()
    for column in ("kept", "missed", "cancelled"):
        cells[column] = rng.binomial(cells[column].to_numpy(), 0.9)
    words = {
        "all": ("semua janji", "all appointments"),
        "reminded": ("janji yang diingatkan", "the reminded appointments"),
        "others": ("janji yang tidak diingatkan", "the appointments not reminded"),
    }[variant]
    return {"roll_out": cells, "words": {"id": {"mix": words[0]}, "en": {"mix": words[1]}}}


def repeated(rng, variant):
    """Visits at which a patient had to tell the same thing again, quarter by quarter."""
    table = hospital()["again"].copy()
    keep = rng.binomial(table["visits"].to_numpy(), 0.85)
    told = rng.hypergeometric(table["repeated"], table["visits"] - table["repeated"], keep)
    table["visits"], table["repeated"] = keep, told
    words = {
        "everyone": ("semua pasien", "all patients"),
        "bpjs": ("pasien BPJS (`bpjs`)", "BPJS patients (`bpjs`)"),
        "others": ("pasien selain BPJS", "patients other than BPJS"),
    }[variant]
    return {"answers": table, "words": {"id": {"who": words[0]}, "en": {"who": words[1]}}}


def clinic_day(rng, variant):
    """Appointments of one unit, from which the share of no-shows is found, and a day that is to be booked."""
    slots = int(rng.integers(18, 26))
    table = some(rng, hospital()["booked"][variant], 0.75, 0.92)
    words = {
        "general": ("poli umum", "the general clinic"),
        "internal_medicine": ("poli penyakit dalam", "internal medicine"),
        "paediatrics": ("poli anak", "paediatrics"),
    }[variant]
    return {
        "appointments": table[["appointment_id", "scheduled_on", "lead_days", "status"]],
        "slots": slots,
        "booked": slots + int(rng.integers(3, 6)),
        "words": {"id": {"unit": words[0]}, "en": {"unit": words[1]}},
    }


def referrals(rng, variant):
    """Referrals to us and from us, and the clinics they concern."""
    words = {
        "all_years": ("sepanjang 2021 sampai 2024", "in all of 2021 to 2024"),
        "until_2022": ("pada 2021 dan 2022 (sebelum pangkalan data pusat)", "in 2021 and 2022 (before the central database)"),
        "since_2023": ("pada 2023 dan 2024 (sesudah pangkalan data pusat)", "in 2023 and 2024 (since the central database)"),
    }[variant]
    return {
        "referrals": some(rng, hospital()["referrals"], 0.8, 0.92),
        "clinics": hospital()["clinics"],
        "least": 8 if variant == "all_years" else 5,
        "words": {"id": {"period": words[0]}, "en": {"period": words[1]}},
    }


def people(rng, variant):
    """Patients with a chronic condition, and what each consented to."""
    table = some(rng, hospital()["people"], 0.72, 0.85)
    table["record_number"] = table.pop("patient_id")
    table["deceased"] = rng.random(len(table)) < 0.04
    order = ["record_number", "chronic_condition", "deceased", "whatsapp_active", "marketing_consent", "research_consent"]
    return {"patients": table[order], "k": {"k15": 15, "k18": 18, "k20": 20}[variant]}


def offers(rng, variant):
    """Check-ups offered by lot, and who bought."""
    price = {"silver": 1_350_000, "gold": 2_900_000, "executive": 5_500_000}[variant]
    return {"offers": some(rng, hospital()["offers"], 0.86, 0.96), "price": price + 1000 * int(rng.integers(1, 90))}


def answers(rng, variant):
    """Answers to the survey, drawn again within each year and payer."""
    whole = hospital()
    rows = np.concatenate([i[rng.integers(0, len(i), len(i))] for i in whole["strata"]])
    table = whole["answers"].iloc[rng.permutation(rows)].reset_index(drop=True)
    table["survey_id"] = np.arange(1, len(table) + 1)
    base, now = {"a": (2021, 2024), "b": (2021, 2023), "c": (2022, 2024)}[variant]
    return {"answers": table, "base_year": base, "this_year": now, "base": str(base), "now": str(now)}


def breach(rng, variant):
    """An export that should not have been, in the server's log (UTC), and when somebody noticed."""
    hours, zone = {"wib": (7, "WIB"), "wita": (8, "WITA"), "wit": (9, "WIT")}[variant]
    week = pd.Timestamp("2024-01-10") + pd.Timedelta(weeks=int(rng.integers(0, 45)))  # Wednesdays
    local_day = week + pd.Timedelta(days=int(rng.integers(0, 3)))
    known = local_day - pd.Timedelta(minutes=int(rng.integers(20, 60 * hours - 20)) if hours < 8 else int(rng.integers(20, 400)))
    known = known.floor("min")
    known = max(known, local_day - pd.Timedelta(hours=hours) + pd.Timedelta(minutes=10))
    leaked = known - pd.Timedelta(days=int(rng.integers(3, 9)), minutes=int(rng.integers(5, 300)))
    return {
        "exported_utc": leaked.strftime("%Y-%m-%d %H:%M"),
        "known_utc": known.strftime("%Y-%m-%d %H:%M"),
        "hours_ahead": hours,
        "zone": zone,
    }

# %% part="question"
question(
    "patients_of_a_year", kind="blanks", level="faded", data="year_of_visits", variants=("y2022", "y2023", "y2024"),
    title={"id": "Laporan pertama: berapa orangnya?", "en": "The first report: how many people is that?"},
    parts={
        "visits": {"kind": "number", "exact": True, "says": {"id": "banyaknya kunjungan yang terlaksana", "en": "number of visits that took place"}},
        "patients": {"kind": "number", "exact": True, "says": {"id": "banyaknya pasien yang berbeda pada kunjungan itu", "en": "number of different patients at those visits"}},
        "per_patient": {"kind": "number", "unit": "number", "digits": 4, "says": {"id": "kunjungan per pasien", "en": "visits per patient"}},
    },
    rows=("H04",), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.patients.months", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Sebuah poli melayani 1.200 kunjungan oleh 900 orang. Laporan kunjungan membesar bila orang yang sama datang lagi; laporan pasien tidak.

# %% [markdown] lang="en" part="example"
# **Example.** A clinic had 1,200 visits by 900 people. A report of visits grows when the same person comes again; a report of patients does not.

# %% part="example"
visits, patients = 1200, 900
visits / patients  # 1.33

# %% [markdown] lang="id" part="task"
# *"Laporan bulanan saya berisi kunjungan. Berapa orangnya?"* Tabel `visits` memuat kunjungan sebagian pasien pada tahun {year}. Kunjungan berstatus `cancelled` tidak terlaksana. Beberapa orang tercatat dengan dua nomor rekam medis: tabel `merged` menyebut nomor lama dan nomor yang dipakai.

# %% [markdown] lang="en" part="task"
# *"My monthly report counts visits. How many people is that?"* The table `visits` holds some patients' visits in {year}. A visit with status `cancelled` did not take place. Some people stand under two record numbers: the table `merged` tells the old number and the one that is kept.

# %% part="start"
visits, merged = q.data["visits"], q.data["merged"]
done = visits[visits["status"] == "..."]
number = done["record_number"].replace(dict(zip(merged["old_number"], merged["kept_number"])))
q.answer = {"visits": ..., "patients": ..., "per_patient": ...}

# %% [markdown] lang="id" part="hint"
# Satu baris ialah satu kunjungan, bukan satu orang. Baris mana yang sungguh terlaksana?

# %% [markdown] lang="en" part="hint"
# A row is a visit, not a person. Which rows really took place?

# %% [markdown] lang="id" part="hint"
# Ganti nomor lama dengan nomor yang dipakai, baru hitung nomor yang berbeda dengan `.nunique()`.

# %% [markdown] lang="en" part="hint"
# Replace the old numbers by the kept ones first, then count the different ones with `.nunique()`.

# %% part="solution"
visits, merged = q.data["visits"], q.data["merged"]
done = visits[visits["status"] == "done"]
number = done["record_number"].replace(dict(zip(merged["old_number"], merged["kept_number"])))
q.answer = {"visits": len(done), "patients": number.nunique(), "per_patient": len(done) / number.nunique()}

# %% [markdown] lang="id" part="why"
# Modul pelaporan dalam buku mencontohkan "berapa pasien yang ditangani per bulan". Kunjungan dan pasien ialah dua satuan: yang satu mengukur beban kerja, yang lain mengukur orang. Nomor ganda membuat pasien tampak lebih banyak dan lebih jarang datang.

# %% [markdown] lang="en" part="why"
# The book's reporting module gives "patients treated a month" as its example. Visits and patients are two units: one measures the work, the other people. Double numbers make patients look more numerous and less frequent than they are.

# %% part="wrong" name="cancelled_counted"
visits, merged = q.data["visits"], q.data["merged"]
number = visits["record_number"].replace(dict(zip(merged["old_number"], merged["kept_number"])))
q.answer = {"visits": len(visits)}

# %% [markdown] lang="id" part="wrong" name="cancelled_counted"
# Kunjungan yang dibatalkan ikut dihitung. Apakah rumah sakit bekerja untuk kunjungan yang tidak terjadi?

# %% [markdown] lang="en" part="wrong" name="cancelled_counted"
# Cancelled visits are counted. Did the hospital work for a visit that never happened?

# %% part="wrong" name="two_numbers"
visits = q.data["visits"]
done = visits[visits["status"] == "done"]
q.answer = {"visits": len(done), "patients": done["record_number"].nunique()}

# %% [markdown] lang="id" part="wrong" name="two_numbers"
# Yang terhitung nomor rekam medis, bukan orang: seorang dengan dua nomor menjadi dua pasien. Tabel mana yang mempertemukan keduanya?

# %% [markdown] lang="en" part="wrong" name="two_numbers"
# Record numbers were counted, not people: somebody with two numbers became two patients. Which table brings them together?

# %% part="wrong" name="per_number"
visits = q.data["visits"]
done = visits[visits["status"] == "done"]
q.answer = {"visits": len(done), "per_patient": len(done) / done["record_number"].nunique()}

# %% [markdown] lang="id" part="wrong" name="per_number"
# Penyebutnya masih nomor rekam medis. Berapa orang yang berada di balik nomor-nomor itu?

# %% [markdown] lang="en" part="wrong" name="per_number"
# The denominator still counts record numbers. How many people stand behind those numbers?

# %% part="question"
question(
    "pilot", kind="blanks", level="worked", data="pilot", variants=("l90", "l95", "l99"),
    title={"id": "Percobaan dengan undian: apakah pengingat berguna?", "en": "The pilot by lot: do reminders help?"},
    parts={
        "share_reminded": {"kind": "number", "unit": "share", "digits": 4, "says": {"id": "pangsa tidak hadir pada kelompok yang diingatkan (0 sampai 1)", "en": "share of no-shows in the reminded arm (0 to 1)"}},
        "risk_ratio": {"kind": "number", "unit": "number", "digits": 4, "says": {"id": "rasio risiko, diingatkan dibagi tidak diingatkan", "en": "risk ratio, reminded over not reminded"}},
        "to_remind": {"kind": "number", "unit": "number", "digits": 4, "says": {"id": "berapa yang harus diingatkan agar satu orang lagi hadir (NNT)", "en": "how many to remind for one more to come (NNT)"}},
        "high": {"kind": "number", "unit": "number", "digits": 4, "says": {"id": "batas atas interval kepercayaan rasio risiko", "en": "upper limit of the risk ratio's confidence interval"}},
    },
    rows=("H02",), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.appointments.trial", points=3,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** 18 dari 150 orang yang diingatkan tidak hadir, 30 dari 150 pada kelompok pembanding. Rasio risikonya 0,60; satu orang lagi hadir untuk setiap 12,5 yang diingatkan. Interval 95% dihitung pada logaritma rasio: galat bakunya $\sqrt{1/18 - 1/150 + 1/30 - 1/150}$.

# %% [markdown] lang="en" part="example"
# **Example.** 18 of 150 reminded people don't come, 30 of 150 in the other arm. The risk ratio is 0.60; one more comes for every 12.5 reminded. The 95% interval is made on the ratio's logarithm: its standard error is $\sqrt{1/18 - 1/150 + 1/30 - 1/150}$.

# %% part="example"
import numpy as np

ratio = (18 / 150) / (30 / 150)
error = np.sqrt(1 / 18 - 1 / 150 + 1 / 30 - 1 / 150)
ratio, 1 / (30 / 150 - 18 / 150), ratio * np.exp(-1.96 * error), ratio * np.exp(1.96 * error)  # 0.60, 12.5, 0.35 to 1.03

# %% [markdown] lang="id" part="task"
# *"Lanjut mengirim pengingat atau berhenti?"* Pada Januari sampai Juni 2023 undian menentukan siapa yang diingatkan (kolom `arm`). Hitung tidak hadir (`no_show`) di antara janji yang masih berlaku: `attended` dan `no_show`; yang dibatalkan atau dijadwal ulang slotnya masih dapat dipakai. Pakai interval {level:share} dengan `z = q.data["z"]`.

# %% [markdown] lang="en" part="task"
# *"Go on with reminders, or stop?"* From January to June 2023 a lot decided who was reminded (column `arm`). Count no-shows (`no_show`) among the appointments that stood: `attended` and `no_show`; the slot of one that was cancelled or moved can still be used. Use the interval of {level:share} with `z = q.data["z"]`.

# %% [markdown] lang="id" part="hint"
# Saring dahulu: `status` hanya `attended` atau `no_show`. Lalu dua pangsa, satu untuk tiap kelompok undian.

# %% [markdown] lang="en" part="hint"
# Filter first: `status` is `attended` or `no_show` only. Then two shares, one for each arm of the lot.

# %% [markdown] lang="id" part="hint"
# NNT ialah satu dibagi selisih kedua pangsa. Intervalnya `ratio * exp(±z * error)`, seperti pada contoh.

# %% [markdown] lang="en" part="hint"
# The NNT is one over the difference of the two shares. The interval is `ratio * exp(±z * error)`, as in the example.

# %% part="solution"
pilot, z = q.data["pilot"], q.data["z"]
stood = pilot[pilot["status"].isin(["attended", "no_show"])]
missed = (stood["status"] == "no_show").groupby(stood["arm"]).agg(["sum", "size"])
a, n = missed.loc["reminded"]
b, m = missed.loc["not_reminded"]
ratio = (a / n) / (b / m)
error = np.sqrt(1 / a - 1 / n + 1 / b - 1 / m)
q.answer = {"share_reminded": a / n, "risk_ratio": ratio, "to_remind": 1 / (b / m - a / n), "high": ratio * np.exp(z * error)}

# %% part="package"
from crmlab.intervals import share_ratio

pilot = q.data["pilot"]
stood = pilot[pilot["status"].isin(["attended", "no_show"])]
stood = stood.assign(missed=(stood["status"] == "no_show").astype(int))
found = crm.appointments.trial(stood, treated="reminded", control="not_reminded").facts
counts = stood.groupby("arm")["missed"].agg(["sum", "size"])
low, high = share_ratio(*counts.loc["reminded"], *counts.loc["not_reminded"], level=q.data["level"])
q.answer = {"share_reminded": found["treated_share"], "risk_ratio": found["risk_ratio"], "to_remind": found["number_to_remind"], "high": high}

# %% [markdown] lang="id" part="why"
# Undian membuat kedua kelompok serupa dalam segala hal selain pengingat, jadi selisihnya ialah akibat pengingat. Buku menyebut pengingat sebagai fitur modul komunikasi; ukuran dampaknya harus Anda bawa sendiri, dengan intervalnya. Yang dibandingkan ialah yang **diundi**, bukan yang membaca.

# %% [markdown] lang="en" part="why"
# The lot makes both arms alike in everything but the reminder, so the gap is the reminder's doing. The book names reminders as a feature of the communication module; the size of the effect you must bring yourself, with its interval. What is compared is who was **drawn**, not who read.

# %% part="wrong" name="all_in_denominator"
pilot = q.data["pilot"]
missed = (pilot["status"] == "no_show").groupby(pilot["arm"]).mean()
q.answer = {"share_reminded": missed["reminded"]}

# %% [markdown] lang="id" part="wrong" name="all_in_denominator"
# Penyebutnya memuat janji yang dibatalkan dan dijadwal ulang. Apakah orang itu dapat disebut tidak hadir atau hadir?

# %% [markdown] lang="en" part="wrong" name="all_in_denominator"
# The denominator holds appointments that were cancelled or moved. Could those people be present or absent at all?

# %% part="wrong" name="odds_for_risk"
pilot = q.data["pilot"]
stood = pilot[pilot["status"].isin(["attended", "no_show"])]
p = (stood["status"] == "no_show").groupby(stood["arm"]).mean()
q.answer = {"risk_ratio": (p["reminded"] / (1 - p["reminded"])) / (p["not_reminded"] / (1 - p["not_reminded"]))}

# %% [markdown] lang="id" part="wrong" name="odds_for_risk"
# Itu rasio odds: tidak hadir dibagi hadir. Rasio risiko membagi dengan siapa?

# %% [markdown] lang="en" part="wrong" name="odds_for_risk"
# That is the odds ratio: absent over present. By whom does a risk ratio divide?

# %% part="wrong" name="relative_for_points"
pilot = q.data["pilot"]
stood = pilot[pilot["status"].isin(["attended", "no_show"])]
p = (stood["status"] == "no_show").groupby(stood["arm"]).mean()
q.answer = {"to_remind": 1 / (1 - p["reminded"] / p["not_reminded"])}

# %% [markdown] lang="id" part="wrong" name="relative_for_points"
# NNT dihitung dari penurunan relatif, padahal yang dihitung orang. Berapa poin kedua pangsa berselisih?

# %% [markdown] lang="en" part="wrong" name="relative_for_points"
# The NNT was made from the relative fall, but people are counted. By how many points do the two shares differ?

# %% part="wrong" name="plain_scale"
pilot, z = q.data["pilot"], q.data["z"]
stood = pilot[pilot["status"].isin(["attended", "no_show"])]
missed = (stood["status"] == "no_show").groupby(stood["arm"]).agg(["sum", "size"])
a, n = missed.loc["reminded"]
b, m = missed.loc["not_reminded"]
q.answer = {"high": (a / n) / (b / m) + z * np.sqrt(1 / a - 1 / n + 1 / b - 1 / m)}

# %% [markdown] lang="id" part="wrong" name="plain_scale"
# Galat baku itu milik logaritma rasio, tetapi ditambahkan pada rasionya sendiri. Pada skala apa intervalnya harus dibuat?

# %% [markdown] lang="en" part="wrong" name="plain_scale"
# That standard error belongs to the ratio's logarithm, but it was added to the ratio itself. On which scale must the interval be made?

# %% part="wrong" name="readers_only"
pilot = q.data["pilot"]
stood = pilot[pilot["status"].isin(["attended", "no_show"])]
q.answer = {"share_reminded": (stood.loc[stood["read"], "status"] == "no_show").mean()}

# %% [markdown] lang="id" part="wrong" name="readers_only"
# Hanya yang **membaca** pengingat yang dihitung; mereka memilih diri sendiri, dan undiannya hilang. Siapa yang diundi untuk diingatkan?

# %% [markdown] lang="en" part="wrong" name="readers_only"
# Only those who **read** the reminder are counted; they chose themselves, and the lot is lost. Who was drawn to be reminded?

# %% part="question"
question(
    "roll_out", kind="number", unit="points", digits=4, level="independent", data="roll_out", variants=("all", "reminded", "others"),
    title={"id": "Pemakaian rutin: bandingkan yang sebanding", "en": "The routine: compare like with like"},
    rows=("H02",), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.appointments.adjusted", points=3,
)

# %% [markdown] lang="id" part="task"
# *"Kepala rekam medis bilang hasilnya lumayan saja."* Sejak Juli 2023 staf memilih siapa yang diingatkan, dan mereka memilih janji yang dibuat jauh hari (`lead_band`), yang memang lebih sering terlupa. Jumlahkan semua bulan dalam `roll_out`. Hitung di dalam tiap `lead_band` pangsa tidak hadir, `missed / (kept + missed)`, untuk yang tidak diingatkan dikurangi yang diingatkan, lalu rata-ratakan ketiga selisih itu dengan **komposisi lead_band pada {mix}** (banyaknya `kept + missed`). Berapa poin persentase hasilnya?

# %% [markdown] lang="en" part="task"
# *"The head of records says they help a bit."* Since July 2023 staff choose whom to remind, and they choose appointments made long ahead (`lead_band`), which are forgotten more often anyway. Add up all months of `roll_out`. Within each `lead_band`, take the share of no-shows, `missed / (kept + missed)`, of those not reminded minus those reminded, then average the three differences by the **mix of lead_band of {mix}** (their number of `kept + missed`). How many percentage points come out?

# %% [markdown] lang="id" part="hint"
# Ringkas dahulu menjadi enam baris: tiga `lead_band` kali dua `reminded`, dengan jumlah `kept` dan `missed`.

# %% [markdown] lang="en" part="hint"
# Summarise to six rows first: three `lead_band` times two `reminded`, with the sums of `kept` and `missed`.

# %% [markdown] lang="id" part="hint"
# Tiga selisih, tiga bobot. Bobotnya jumlah janji (`kept + missed`) tiap `lead_band` pada kelompok yang disebut, dibagi totalnya.

# %% [markdown] lang="en" part="hint"
# Three differences, three weights. A weight is the number of appointments (`kept + missed`) of a `lead_band` in the group that is named, over its total.

# %% [markdown] lang="id" part="hint"
# `np.average(differences, weights=...)`, lalu kali 100.

# %% [markdown] lang="en" part="hint"
# `np.average(differences, weights=...)`, then times 100.

# %% part="solution"
table = q.data["roll_out"].groupby(["lead_band", "reminded"])[["kept", "missed"]].sum()
n = (table["kept"] + table["missed"]).unstack()
share = (table["missed"] / (table["kept"] + table["missed"])).unstack()
weight = {"all": n.sum(axis=1), "reminded": n[True], "others": n[False]}[q.variant]
q.answer = 100 * np.average(share[False] - share[True], weights=weight)

# %% [markdown] lang="id" part="why"
# Perbandingan kasar mencampur dua hal: pengingat, dan janji seperti apa yang dipilih. Di dalam satu `lead_band` janji lebih sebanding, jadi selisihnya mendekati hasil percobaan dengan undian. Sisa perbedaan yang tidak tercatat tetap mungkin; hanya undian yang menyingkirkannya.

# %% [markdown] lang="en" part="why"
# The plain comparison mixes two things: the reminder, and which appointments were chosen. Within one `lead_band` the appointments are more alike, so the gap comes nearer to the pilot by lot. What was not recorded may still differ; only a lot takes that away.

# %% part="wrong" name="plain_comparison"
t = q.data["roll_out"].groupby("reminded")[["kept", "missed"]].sum()
p = t["missed"] / (t["kept"] + t["missed"])
q.answer = 100 * (p[False] - p[True])

# %% [markdown] lang="id" part="wrong" name="plain_comparison"
# Ini perbandingan kasar: yang diingatkan kebanyakan janji jauh hari. Apakah kedua kelompok akan sama bila tidak ada pengingat?

# %% [markdown] lang="en" part="wrong" name="plain_comparison"
# This is the plain comparison: those reminded were mostly made long ahead. Would both groups be alike without any reminder?

# %% part="wrong" name="equal_weights"
table = q.data["roll_out"].groupby(["lead_band", "reminded"])[["kept", "missed"]].sum()
share = (table["missed"] / (table["kept"] + table["missed"])).unstack()
q.answer = 100 * (share[False] - share[True]).mean()

# %% [markdown] lang="id" part="wrong" name="equal_weights"
# Ketiga `lead_band` diberi bobot sama, padahal banyaknya janji jauh berbeda. Komposisi siapa yang diminta?

# %% [markdown] lang="en" part="wrong" name="equal_weights"
# The three `lead_band` weigh the same here, though their numbers differ much. Whose mix is asked for?

# %% part="wrong" name="mean_of_months"
t = q.data["roll_out"].copy()
t["p"] = t["missed"] / (t["kept"] + t["missed"])
share = t.groupby(["lead_band", "reminded"])["p"].mean().unstack()
t["n"] = t["kept"] + t["missed"]
n = t.groupby(["lead_band", "reminded"])["n"].sum().unstack()
weight = {"all": n.sum(axis=1), "reminded": n[True], "others": n[False]}[q.variant]
q.answer = 100 * np.average(share[False] - share[True], weights=weight)

# %% [markdown] lang="id" part="wrong" name="mean_of_months"
# Itu rata-rata dari pangsa bulanan: bulan dengan tiga janji berbobot sama dengan bulan dengan delapan puluh. Apa yang dijumlahkan lebih dahulu?

# %% [markdown] lang="en" part="wrong" name="mean_of_months"
# That is a mean of monthly shares: a month of three appointments weighs as much as one of eighty. What is added up first?

# %% part="wrong" name="cancelled_in_base"
t = q.data["roll_out"].groupby(["lead_band", "reminded"])[["kept", "missed", "cancelled"]].sum()
n = t.sum(axis=1).unstack()
share = (t["missed"] / t.sum(axis=1)).unstack()
weight = {"all": n.sum(axis=1), "reminded": n[True], "others": n[False]}[q.variant]
q.answer = 100 * np.average(share[False] - share[True], weights=weight)

# %% [markdown] lang="id" part="wrong" name="cancelled_in_base"
# Janji yang dibatalkan masuk penyebut. Dapatkah janji yang sudah dibatalkan tidak ditepati?

# %% [markdown] lang="en" part="wrong" name="cancelled_in_base"
# Cancelled appointments are in the denominator. Can an appointment be missed that was cancelled before?

# %% part="question"
question(
    "may_we_say_this", kind="choice", style="claim", level="independent", variants=("roll_out", "database", "nps", "offer"),
    title={"id": "Bolehkah kalimat ini masuk proposal?", "en": "May this sentence stand in the proposal?"},
    options={
        "k1": {"id": "Boleh, data itu mendukungnya.", "en": "Yes, those data support it."},
        "k2": {"id": "Tidak: kelompoknya dipilih orang, bukan diundi.", "en": "No: the groups were chosen by people, not drawn by lot."},
        "k3": {"id": "Tidak: semua berubah pada hari yang sama, tidak ada pembanding.", "en": "No: everything changed on one day, there is nothing to compare with."},
        "k4": {"id": "Tidak: komposisi kelompoknya yang berubah.", "en": "No: it is the mix of groups that changed."},
        "k5": {"id": "Tidak: tidak terbukti bukan berarti terbukti tidak ada.", "en": "No: not proven does not mean proven absent."},
    },
    rows=("H02", "H06", "H11", "H13"), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.papers.rubric",
)

# %% [markdown] lang="id" part="task" variant="roll_out"
# Kalimat dalam rancangan proposal: "Dalam pemakaian rutin 12,2% yang diingatkan tidak hadir, 17,3% yang tidak diingatkan. Jadi pengingat menurunkan ketidakhadiran lima poin." Staf sendiri yang menentukan siapa yang diingatkan.

# %% [markdown] lang="en" part="task" variant="roll_out"
# A sentence in the draft: "In the routine 12.2% of the reminded don't come, 17.3% of the others. So reminders cut no-shows by five points." Staff themselves decided whom to remind.

# %% [markdown] lang="id" part="task" variant="database"
# Kalimat dalam rancangan proposal: "Sejak pangkalan data pusat dipakai di semua poli pada 1 Januari 2023, pasien yang harus mengulang keterangan turun dari 73% menjadi 46%. Jadi pangkalan data itulah penyebabnya."

# %% [markdown] lang="en" part="task" variant="database"
# A sentence in the draft: "Since the central database went live in every unit on 1 January 2023, patients who must repeat themselves fell from 73% to 46%. So the database is the cause."

# %% [markdown] lang="id" part="task" variant="nps"
# Kalimat dalam rancangan proposal: "NPS rumah sakit turun lima poin, jadi pelayanan memburuk." NPS tiap penjamin tetap; pangsa pasien BPJS, yang NPS-nya paling rendah, naik dari 40% menjadi 62%.

# %% [markdown] lang="en" part="task" variant="nps"
# A sentence in the draft: "The hospital's NPS fell by five points, so service got worse." The NPS of each payer's patients stayed; the share of BPJS patients, whose NPS is lowest, rose from 40% to 62%.

# %% [markdown] lang="id" part="task" variant="offer"
# Kalimat dalam rancangan proposal: "Menawarkan pemeriksaan kesehatan tidak ada gunanya: pada 600 orang yang diundi, selisih pembelian +5,4 poin, interval 95% dari −0,6 sampai +11,3 poin."

# %% [markdown] lang="en" part="task" variant="offer"
# A sentence in the draft: "Offering check-ups does nothing: among 600 people drawn by lot the gap in buying was +5.4 points, 95% interval −0.6 to +11.3 points."

# %% [markdown] lang="id" part="hint"
# Tiga pertanyaan untuk setiap klaim: bagaimana kelompoknya terbentuk, apa pembandingnya, dan selebar apa rentangnya?

# %% [markdown] lang="en" part="hint"
# Three questions for each claim: how did the groups come about, what is it compared with, and how wide is the interval?

# %% [markdown] lang="id" part="hint"
# Bayangkan pengaruh yang disebut itu tidak ada. Adakah hal lain dalam kalimat itu yang tetap menghasilkan angka yang sama?

# %% [markdown] lang="en" part="hint"
# Imagine the effect that is named does not exist. Does anything else in the sentence still give the same numbers?

# %% part="solution"
q.answer = {"roll_out": "k2", "database": "k3", "nps": "k4", "offer": "k5"}[q.variant]

# %% [markdown] lang="id" part="why"
# Buku menjanjikan banyak manfaat CRM bagi rumah sakit tanpa memberi cara mengujinya. Proposal yang jujur memisahkan tiga hal: yang terbukti dengan undian, yang hanya terjadi bersamaan, dan yang datanya terlalu sedikit untuk diputuskan.

# %% [markdown] lang="en" part="why"
# The book promises a hospital many benefits of CRM without a way to test them. An honest proposal keeps three things apart: what a lot has proven, what only went together, and what too few data leave open.

# %% part="wrong" name="believed"
q.answer = "k1"

# %% [markdown] lang="id" part="wrong" name="believed"
# Kalimatnya dipercaya karena angkanya ada. Angka mana yang akan tetap keluar seandainya pengaruhnya nol?

# %% [markdown] lang="en" part="wrong" name="believed"
# The sentence was believed because it has numbers. Which of them would come out even if the effect were zero?

# %% part="wrong" name="other_gap"
q.answer = {"roll_out": "k3", "database": "k4", "nps": "k5", "offer": "k2"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="other_gap"
# Memang ada yang kurang, tetapi keberatan itu tidak cocok dengan cara data ini terkumpul. Bagaimana kelompok yang dibandingkan terbentuk?

# %% [markdown] lang="en" part="wrong" name="other_gap"
# Something is missing, but that objection does not fit how these data came about. How did the groups come to be?

# %% part="wrong" name="third_gap"
q.answer = {"roll_out": "k5", "database": "k2", "nps": "k3", "offer": "k4"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="third_gap"
# Keberatan itu milik kesalahan jenis lain. Baca lagi: apa yang berubah, apa yang tetap, dan selebar apa rentangnya?

# %% [markdown] lang="en" part="wrong" name="third_gap"
# That objection belongs to another kind of fault. Read again: what changed, what stayed, and how wide is the interval?

# %% part="question"
question(
    "smallest_fall", kind="number", unit="points", digits=4, level="worked", data="repeated", variants=("everyone", "bpjs", "others"),
    title={"id": "Penurunan terkecil yang masih masuk akal", "en": "The smallest fall that is still plausible"},
    rows=("H06",), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.appointments.before_after", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** 148 dari 200 pasien (74,0%) harus mengulang keterangan sebelum pangkalan data pusat, 90 dari 200 (45,0%) sesudahnya. Turun 29,0 poin, dengan interval 95% dari 19,8 sampai 38,2 poin. Penurunan terkecil yang masih masuk akal: 19,8 poin.

# %% [markdown] lang="en" part="example"
# **Example.** 148 of 200 patients (74.0%) had to repeat themselves before the central database, 90 of 200 (45.0%) since. A fall of 29.0 points, with a 95% interval of 19.8 to 38.2 points. The smallest fall still plausible: 19.8 points.

# %% part="example"
p, n, r, m = 148 / 200, 200, 90 / 200, 200
error = (p * (1 - p) / n + r * (1 - r) / m) ** 0.5
100 * (p - r), 100 * (p - r - 1.96 * error), 100 * (p - r + 1.96 * error)  # 29.0, 19.8 to 38.2

# %% [markdown] lang="id" part="task"
# *"Vendor berjanji pasien tidak perlu mengulang keterangannya."* Tabel `answers` memuat untuk tiap triwulan dan penjamin banyaknya kunjungan, dan pada berapa kunjungan pasien harus mengulang (`repeated`). Pangkalan data pusat dipakai sejak 2023-Q1. Untuk **{who}**: berapa poin penurunan **terkecil** yang masih termuat dalam interval 95% (Wald, z = 1,96) antara sebelum dan sesudah?

# %% [markdown] lang="en" part="task"
# *"The vendor promises that patients need not repeat themselves."* The table `answers` holds for each quarter and payer the number of visits, and at how many of them the patient had to repeat (`repeated`). The central database is in use since 2023-Q1. For **{who}**: what is the **smallest** fall, in points, that the 95% interval (Wald, z = 1.96) between before and since still holds?

# %% [markdown] lang="id" part="hint"
# Jumlahkan dahulu semua triwulan sebelum 2023-Q1, lalu semua sejak itu: dua pasang angka.

# %% [markdown] lang="en" part="hint"
# Add up all quarters before 2023-Q1 first, then all since: two pairs of numbers.

# %% [markdown] lang="id" part="hint"
# Galat baku selisih dua pangsa: akar dari p(1−p)/n + r(1−r)/m. Batas yang paling dekat dengan nol?

# %% [markdown] lang="en" part="hint"
# The standard error of a difference of shares: the root of p(1−p)/n + r(1−r)/m. Which limit is nearest to zero?

# %% part="solution"
answers = q.data["answers"]
is_bpjs = answers["payer_group"] == "bpjs"
own = {"everyone": answers, "bpjs": answers[is_bpjs], "others": answers[~is_bpjs]}[q.variant]
sums = own.groupby(own["quarter"] >= "2023-Q1")[["repeated", "visits"]].sum()
n, m = sums.loc[False, "visits"], sums.loc[True, "visits"]
p, r = sums.loc[False, "repeated"] / n, sums.loc[True, "repeated"] / m
q.answer = 100 * (p - r - 1.96 * (p * (1 - p) / n + r * (1 - r) / m) ** 0.5)

# %% part="package"
answers = q.data["answers"]
is_bpjs = answers["payer_group"] == "bpjs"
own = {"everyone": answers, "bpjs": answers[is_bpjs], "others": answers[~is_bpjs]}[q.variant]
days = pd.to_datetime(own["quarter"].str[:4] + "-02-01").where(own["quarter"] < "2023", pd.Timestamp("2023-06-01"))
rows = pd.DataFrame({"checked_in_at": np.concatenate([days.repeat(own["repeated"]), days.repeat(own["visits"] - own["repeated"])])})
rows["again"] = np.arange(len(rows)) < own["repeated"].sum()
found = crm.appointments.before_after(rows.astype({"again": int}), outcome="again", since="2023-01-01", interval="wald").facts
q.answer = -100 * found["difference_high"]

# %% [markdown] lang="id" part="why"
# Angka di tengah interval ialah tebakan terbaik, bukan janji. Yang boleh dijanjikan ialah batas yang paling hati-hati, dan itu pun hanya tentang **besarnya** penurunan, bukan tentang sebabnya: semua poli beralih pada hari yang sama. Angka 74% dalam bahan kasus menjadi berguna baru setelah ada n dan rentangnya.

# %% [markdown] lang="en" part="why"
# The middle of an interval is the best guess, no promise. What may be promised is its most careful end, and that only about the **size** of the fall, not its cause: all units changed on one day. The case's 74% becomes useful only with its n and its interval.

# %% part="wrong" name="middle"
answers = q.data["answers"]
is_bpjs = answers["payer_group"] == "bpjs"
own = {"everyone": answers, "bpjs": answers[is_bpjs], "others": answers[~is_bpjs]}[q.variant]
s = own.groupby(own["quarter"] >= "2023-Q1")[["repeated", "visits"]].sum()
p = s["repeated"] / s["visits"]
q.answer = 100 * (p[False] - p[True])

# %% [markdown] lang="id" part="wrong" name="middle"
# Itu titik tengah intervalnya, tebakan terbaik. Seberapa kecil penurunan itu masih mungkin?

# %% [markdown] lang="en" part="wrong" name="middle"
# That is the middle of the interval, the best guess. How small might the fall still be?

# %% part="wrong" name="other_end"
answers = q.data["answers"]
is_bpjs = answers["payer_group"] == "bpjs"
own = {"everyone": answers, "bpjs": answers[is_bpjs], "others": answers[~is_bpjs]}[q.variant]
s = own.groupby(own["quarter"] >= "2023-Q1")[["repeated", "visits"]].sum()
p, n = s["repeated"] / s["visits"], s["visits"]
q.answer = 100 * (p[False] - p[True] + 1.96 * ((p * (1 - p) / n).sum()) ** 0.5)

# %% [markdown] lang="id" part="wrong" name="other_end"
# Ujung interval yang keliru: itu penurunan terbesar. Ujung mana yang paling dekat dengan nol?

# %% [markdown] lang="en" part="wrong" name="other_end"
# The wrong end of the interval: that is the largest fall. Which end is nearest to zero?

# %% part="wrong" name="errors_added"
answers = q.data["answers"]
is_bpjs = answers["payer_group"] == "bpjs"
own = {"everyone": answers, "bpjs": answers[is_bpjs], "others": answers[~is_bpjs]}[q.variant]
s = own.groupby(own["quarter"] >= "2023-Q1")[["repeated", "visits"]].sum()
p, n = s["repeated"] / s["visits"], s["visits"]
q.answer = 100 * (p[False] - p[True] - 1.96 * ((p * (1 - p) / n) ** 0.5).sum())

# %% [markdown] lang="id" part="wrong" name="errors_added"
# Kedua galat baku dijumlahkan. Yang dijumlahkan ragamnya (kuadratnya); kapan akarnya diambil?

# %% [markdown] lang="en" part="wrong" name="errors_added"
# The two standard errors were added. It is variances, their squares, that add; when is the root taken?

# %% part="wrong" name="first_quarter_before"
answers = q.data["answers"]
is_bpjs = answers["payer_group"] == "bpjs"
own = {"everyone": answers, "bpjs": answers[is_bpjs], "others": answers[~is_bpjs]}[q.variant]
s = own.groupby(own["quarter"] > "2023-Q1")[["repeated", "visits"]].sum()
p, n = s["repeated"] / s["visits"], s["visits"]
q.answer = 100 * (p[False] - p[True] - 1.96 * ((p * (1 - p) / n).sum()) ** 0.5)

# %% [markdown] lang="id" part="wrong" name="first_quarter_before"
# Triwulan 2023-Q1 masuk ke masa sebelum. Pada triwulan itu pangkalan data pusat sudah dipakai atau belum?

# %% [markdown] lang="en" part="wrong" name="first_quarter_before"
# The quarter 2023-Q1 was put into the time before. Was the central database in use in that quarter or not?

# %% part="question"
question(
    "waiting", kind="table", columns=("payer_group", "n", "mean_minutes", "within_60"), decimals=1, level="independent",
    data="year_of_visits", variants=("y2022", "y2023", "y2024"),
    title={"id": "Siapa yang menunggu lebih dari 60 menit?", "en": "Who waits for more than 60 minutes?"},
    rows=("H12",), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.appointments.waiting", points=2,
)

# %% [markdown] lang="id" part="task"
# *"Apa yang paling membuat pasien kesal?"* Standar pelayanan minimal menyebut 60 menit. Buat tabel tahun {year}, satu baris untuk tiap `payer_group`: `n` (kunjungan yang waktu tunggunya terukur), `mean_minutes` (rata-ratanya), `within_60` (persen yang menunggu 60 menit atau kurang). Waktu tunggu yang kosong tidak terukur; yang **negatif** berasal dari jam yang keliru dan juga tidak terukur.

# %% [markdown] lang="en" part="task"
# *"What annoys patients most?"* The minimum standard of service says 60 minutes. Make a table for {year} with a row for each `payer_group`: `n` (visits whose wait was measured), `mean_minutes` (their mean), `within_60` (percent who waited 60 minutes or less). An empty wait was not measured; a **negative** one comes from a wrong clock and was not measured either.

# %% [markdown] lang="id" part="hint"
# Berapa baris yang waktu tunggunya kosong, dan berapa yang negatif? Keduanya keluar dari pembilang **dan** penyebut.

# %% [markdown] lang="en" part="hint"
# How many rows have no wait, and how many a negative one? Both leave the numerator **and** the denominator.

# %% [markdown] lang="id" part="hint"
# `measured = visits[visits["wait_minutes"] >= 0]`; nilai kosong tidak memenuhi syarat itu. Lalu `groupby("payer_group")`.

# %% [markdown] lang="en" part="hint"
# `measured = visits[visits["wait_minutes"] >= 0]`; empty values do not meet that. Then `groupby("payer_group")`.

# %% part="solution"
visits = q.data["visits"]
measured = visits[visits["wait_minutes"].ge(0)]
measured = measured.assign(in_time=100.0 * (measured["wait_minutes"] <= 60))
q.answer = measured.groupby("payer_group").agg(n=("visit_id", "size"), mean_minutes=("wait_minutes", "mean"), within_60=("in_time", "mean")).reset_index()

# %% [markdown] lang="id" part="why"
# Satu rata-rata untuk seluruh rumah sakit menyembunyikan bahwa pasien BPJS menunggu hampir dua kali lebih lama. Yang tidak terukur bukan nol menit: memasukkannya ke penyebut membuat rumah sakit tampak lebih lambat, menghitungnya sebagai nol membuatnya tampak lebih cepat.

# %% [markdown] lang="en" part="why"
# One mean for the whole hospital hides that BPJS patients wait nearly twice as long. Not measured is not zero minutes: in the denominator it makes the hospital look slower, counted as zero it makes it look faster.

# %% part="wrong" name="missing_as_late"
visits = q.data["visits"]
good = visits.assign(in_time=100.0 * ((visits["wait_minutes"] >= 0) & (visits["wait_minutes"] <= 60)), wait=visits["wait_minutes"].where(visits["wait_minutes"] >= 0))
q.answer = good.groupby("payer_group").agg(n=("visit_id", "size"), mean_minutes=("wait", "mean"), within_60=("in_time", "mean")).reset_index()

# %% [markdown] lang="id" part="wrong" name="missing_as_late"
# Kunjungan yang tidak terukur tinggal dalam penyebut, seolah-olah semuanya terlambat. Siapa yang mengukur menunggunya?

# %% [markdown] lang="en" part="wrong" name="missing_as_late"
# Visits that were not measured stayed in the denominator, as if all of them were late. Who measured their wait?

# %% part="wrong" name="negatives_kept"
visits = q.data["visits"].dropna(subset=["wait_minutes"])
visits = visits.assign(in_time=100.0 * (visits["wait_minutes"] <= 60))
q.answer = visits.groupby("payer_group").agg(n=("visit_id", "size"), mean_minutes=("wait_minutes", "mean"), within_60=("in_time", "mean")).reset_index()

# %% [markdown] lang="id" part="wrong" name="negatives_kept"
# Waktu tunggu negatif ikut dirata-rata, dan terhitung tepat waktu. Dapatkah orang diperiksa sebelum datang?

# %% [markdown] lang="en" part="wrong" name="negatives_kept"
# Negative waits are averaged in, and count as in time. Can somebody be seen before arriving?

# %% part="wrong" name="sign_turned"
visits = q.data["visits"].dropna(subset=["wait_minutes"])
visits = visits.assign(wait=visits["wait_minutes"].abs())
visits = visits.assign(in_time=100.0 * (visits["wait"] <= 60))
q.answer = visits.groupby("payer_group").agg(n=("visit_id", "size"), mean_minutes=("wait", "mean"), within_60=("in_time", "mean")).reset_index()

# %% [markdown] lang="id" part="wrong" name="sign_turned"
# Tandanya dibalik, seakan-akan besarnya tepat. Soal mengatakan jam itu keliru; apa yang diketahui tentang lamanya?

# %% [markdown] lang="en" part="wrong" name="sign_turned"
# The sign was turned, as if the size were right. The task says the clock was wrong; what is known of the length?

# %% part="wrong" name="missing_as_zero"
visits = q.data["visits"].fillna({"wait_minutes": 0.0})
visits = visits[visits["wait_minutes"] >= 0]
visits = visits.assign(in_time=100.0 * (visits["wait_minutes"] <= 60))
q.answer = visits.groupby("payer_group").agg(n=("visit_id", "size"), mean_minutes=("wait_minutes", "mean"), within_60=("in_time", "mean")).reset_index()

# %% [markdown] lang="id" part="wrong" name="missing_as_zero"
# Yang kosong menjadi nol menit. Apakah orang yang tidak diukur tidak menunggu?

# %% [markdown] lang="en" part="wrong" name="missing_as_zero"
# Empty became zero minutes. Did people who were not measured not wait?

# %% part="question"
question(
    "overbooking", kind="number", unit="share", digits=4, level="worked", data="clinic_day",
    variants=("general", "internal_medicine", "paediatrics"),
    title={"id": "Berapa sering ruang tunggu penuh?", "en": "How often is the waiting room too full?"},
    rows=("H08",), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.appointments.overbooking", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Seperlima tidak hadir. Untuk 20 tempat dicatat 25 janji: yang datang rata-rata 25 × 0,8 = 20. Tetapi peluang **lebih dari** 20 orang datang ialah 0,421 (binomial, n = 25, p = 0,8). Rata-rata bukan hari biasa.

# %% [markdown] lang="en" part="example"
# **Example.** A fifth don't come. For 20 places 25 are booked: on average 25 × 0.8 = 20 come. But the chance that **more than** 20 come is 0.421 (binomial, n = 25, p = 0.8). An average is no ordinary day.

# %% part="example"
from scipy.stats import binom

25 * 0.8, binom.sf(20, 25, 0.8)  # 20.0, 0.421: sf(20) is the chance of 21 or more

# %% [markdown] lang="id" part="task"
# *"Catat saja lebih banyak janji daripada tempatnya."* Pada {unit} ada {slots} tempat sehari; direktur ingin mencatat {booked} janji. Cari pangsa tidak hadir dari `appointments` (tidak hadir di antara `attended` dan `no_show`). Berapa peluang **lebih dari** {slots} orang datang, bila setiap orang datang atau tidak tanpa bergantung pada yang lain?

# %% [markdown] lang="en" part="task"
# *"Just book more than there are places."* The director wants to book {booked} for the {slots} places of a day in {unit}. Find the share of no-shows in `appointments` (no-shows among `attended` and `no_show`). What is the chance that **more than** {slots} people come, if each comes or not independently of the others?

# %% [markdown] lang="id" part="hint"
# Dua langkah: pangsa tidak hadir dari data, lalu binomial dengan banyaknya janji dan peluang **datang**.

# %% [markdown] lang="en" part="hint"
# Two steps: the share of no-shows from the data, then a binomial with the number booked and the chance to **come**.

# %% [markdown] lang="id" part="hint"
# "Lebih dari {slots}" berarti {slots} + 1 ke atas: `binom.sf({slots}, {booked}, 1 - p)`.

# %% [markdown] lang="en" part="hint"
# "More than {slots}" means {slots} + 1 and up: `binom.sf({slots}, {booked}, 1 - p)`.

# %% part="solution"
from scipy.stats import binom

status = q.data["appointments"]["status"]
p = (status == "no_show").sum() / status.isin(["attended", "no_show"]).sum()
q.answer = binom.sf(q.data["slots"], q.data["booked"], 1 - p)

# %% part="package"
status = q.data["appointments"]["status"]
p = (status == "no_show").sum() / status.isin(["attended", "no_show"]).sum()
table = crm.appointments.overbooking(q.data["slots"], float(p), most=q.data["booked"]).table
q.answer = table.set_index("booked").loc[q.data["booked"], "crowded_share"]

# %% [markdown] lang="id" part="why"
# Harapan berkata berapa rata-rata, binomial berkata berapa sering meleset. Anggapannya: orang tidak hadir sendiri-sendiri; hujan deras atau hari kejepit melanggarnya. Buku menjanjikan jadwal dokter yang efisien; di rumah sakit ini dua dari tiga slot bahkan tidak dipesan, jadi tanyakan dahulu apakah tempatnya memang penuh.

# %% [markdown] lang="en" part="why"
# The expectation tells the average, the binomial how often it is missed. It assumes that people stay away one by one; heavy rain or a long weekend breaks that. The book promises efficient schedules; in this hospital two of three slots are not even booked, so ask first whether the places are full at all.

# %% part="wrong" name="at_least"
from scipy.stats import binom

status = q.data["appointments"]["status"]
p = (status == "no_show").sum() / status.isin(["attended", "no_show"]).sum()
q.answer = binom.sf(q.data["slots"] - 1, q.data["booked"], 1 - p)

# %% [markdown] lang="id" part="wrong" name="at_least"
# Itu peluang sekurang-kurangnya sebanyak tempat; hari yang pas penuh ikut terhitung. Apakah hari seperti itu terlalu penuh?

# %% [markdown] lang="en" part="wrong" name="at_least"
# That is the chance of at least as many as there are places; a day that is just full counts too. Is such a day too full?

# %% part="wrong" name="base_of_all"
from scipy.stats import binom

p = (q.data["appointments"]["status"] == "no_show").mean()
q.answer = binom.sf(q.data["slots"], q.data["booked"], 1 - p)

# %% [markdown] lang="id" part="wrong" name="base_of_all"
# Pangsa tidak hadir dibagi dengan semua janji, termasuk yang dibatalkan. Janji mana yang dapat tidak ditepati?

# %% [markdown] lang="en" part="wrong" name="base_of_all"
# The share of no-shows was divided by all appointments, cancelled ones too. Which appointments can be missed?

# %% part="wrong" name="cancelled_as_missed"
from scipy.stats import binom

p = (q.data["appointments"]["status"] != "attended").mean()
q.answer = binom.sf(q.data["slots"], q.data["booked"], 1 - p)

# %% [markdown] lang="id" part="wrong" name="cancelled_as_missed"
# Yang dibatalkan dan dijadwal ulang dihitung sebagai tidak hadir. Apakah slotnya terbuang, atau dapat diisi orang lain?

# %% [markdown] lang="en" part="wrong" name="cancelled_as_missed"
# Cancelled and moved appointments count as no-shows. Was their slot lost, or could somebody else have it?

# %% part="question"
question(
    "referrers", kind="sql", columns=("clinic", "referrals", "replied_percent"), decimals=1, level="faded", data="referrals",
    variants=("all_years", "until_2022", "since_2023"),
    title={"id": "Siapa yang merujuk, dan siapa yang kami balas?", "en": "Who refers to us, and whom do we answer?"},
    rows=("H07",), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.referrals.closed_loop", points=2,
)

# %% [markdown] lang="id" part="task"
# *"Satu perujuk besar rasanya menghilang."* Lengkapi SQL ini: untuk tiap faskes yang mengirim sekurang-kurangnya {least} pasien **kepada kami** (`direction = 'inbound'`) {period}, nama faskes (`clinic`), banyaknya rujukan (`referrals`), dan berapa persen yang dibalas (`replied_percent`).

# %% [markdown] lang="en" part="task"
# *"One of the large clinics seems to have gone."* Complete the SQL: for each clinic that sent at least {least} patients **to us** (`direction = 'inbound'`) {period}, its name (`clinic`), the number of referrals (`referrals`), and the percentage that was replied to (`replied_percent`).

# %% part="start"
q.answer = """
SELECT clinic, count(*) AS referrals, 100.0 * avg(CASE WHEN replied THEN 1 ELSE 0 END) AS replied_percent
FROM referrals JOIN clinics USING (clinic_id)
WHERE ...
GROUP BY clinic
HAVING ...
"""

# %% [markdown] lang="id" part="hint"
# WHERE menyaring rujukan satu per satu; HAVING menyaring faskes setelah dihitung.

# %% [markdown] lang="en" part="hint"
# WHERE filters referrals one by one; HAVING filters clinics after they were counted.

# %% [markdown] lang="id" part="hint"
# Tanggal: `referred_on < '2023-01-01'` atau `referred_on >= '2023-01-01'`, bila periodenya diminta.

# %% [markdown] lang="en" part="hint"
# Dates: `referred_on < '2023-01-01'` or `referred_on >= '2023-01-01'`, where a period is asked for.

# %% part="solution"
when = {"all_years": "true", "until_2022": "referred_on < '2023-01-01'", "since_2023": "referred_on >= '2023-01-01'"}[q.variant]
q.answer = f"""
SELECT clinic, count(*) AS referrals, 100.0 * avg(CASE WHEN replied THEN 1 ELSE 0 END) AS replied_percent
FROM referrals JOIN clinics USING (clinic_id)
WHERE direction = 'inbound' AND {when}
GROUP BY clinic
HAVING count(*) >= {q.data["least"]}
"""

# %% [markdown] lang="id" part="why"
# Balasan menutup lingkaran: dokter perujuk tahu apa yang terjadi pada pasiennya. Buku menyebut pelacakan rujukan sebagai manfaat ketiga. Beberapa faskes mengirim sebagian besar pasien, jadi satu yang berhenti terasa; tetapi lima lawan sebelas rujukan masih dapat kebetulan, jadi telepon untuk bertanya.

# %% [markdown] lang="en" part="why"
# A reply closes the loop: the referring doctor learns what became of the patient. The book names the tracking of referrals as its third benefit. A few clinics send most patients, so one that stops is felt; but five referrals against eleven may still be chance, so call in order to ask.

# %% part="wrong" name="both_directions"
when = {"all_years": "true", "until_2022": "referred_on < '2023-01-01'", "since_2023": "referred_on >= '2023-01-01'"}[q.variant]
q.answer = f"SELECT clinic, count(*) AS referrals, 100.0 * avg(CASE WHEN replied THEN 1 ELSE 0 END) AS replied_percent FROM referrals JOIN clinics USING (clinic_id) WHERE {when} GROUP BY clinic HAVING count(*) >= {q.data['least']}"

# %% [markdown] lang="id" part="wrong" name="both_directions"
# Rujukan keluar ikut terhitung: tempat kami mengirim pasien tampil sebagai perujuk. Arah mana yang ditanyakan?

# %% [markdown] lang="en" part="wrong" name="both_directions"
# Outbound referrals are counted: places that we send patients to show up as referrers. Which direction is asked for?

# %% part="wrong" name="replied_only"
when = {"all_years": "true", "until_2022": "referred_on < '2023-01-01'", "since_2023": "referred_on >= '2023-01-01'"}[q.variant]
q.answer = f"SELECT clinic, count(*) AS referrals, 100.0 * avg(CASE WHEN replied THEN 1 ELSE 0 END) AS replied_percent FROM referrals JOIN clinics USING (clinic_id) WHERE direction = 'inbound' AND replied AND {when} GROUP BY clinic HAVING count(*) >= {q.data['least']}"

# %% [markdown] lang="id" part="wrong" name="replied_only"
# Hanya rujukan yang dibalas tinggal di dalam tabel, jadi semuanya 100 %. Siapa penyebutnya?

# %% [markdown] lang="en" part="wrong" name="replied_only"
# Only replied referrals are left, so every clinic shows 100 %. Who is the denominator?

# %% part="wrong" name="everyone_listed"
when = {"all_years": "true", "until_2022": "referred_on < '2023-01-01'", "since_2023": "referred_on >= '2023-01-01'"}[q.variant]
q.answer = f"SELECT clinic, count(*) AS referrals, 100.0 * avg(CASE WHEN replied THEN 1 ELSE 0 END) AS replied_percent FROM referrals JOIN clinics USING (clinic_id) WHERE direction = 'inbound' AND {when} GROUP BY clinic"

# %% [markdown] lang="id" part="wrong" name="everyone_listed"
# Faskes dengan satu dua rujukan ikut tampil, dengan 0 % atau 100 % yang tidak berarti. Klausa mana yang menyaring setelah dihitung?

# %% [markdown] lang="en" part="wrong" name="everyone_listed"
# Clinics with one or two referrals are listed, with a 0 % or 100 % that means nothing. Which clause filters after counting?

# %% part="question"
question(
    "target_group", kind="table", columns=("chronic_condition", "may_invite"), decimals=0, level="independent", data="people",
    variants=("k15", "k18", "k20"),
    title={"id": "Siapa yang boleh diundang, dan apa yang boleh ditampilkan?", "en": "Who may be invited, and what may be shown?"},
    rows=("H05", "H10"), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.patients.target_group", points=2,
)

# %% [markdown] lang="id" part="task"
# Bagian riset ingin mengundang pasien menurut penyakitnya lewat WhatsApp untuk sebuah **penelitian**. Buat tabel satu baris untuk tiap `chronic_condition` dengan `may_invite`: banyaknya pasien yang masih hidup, WhatsApp-nya aktif, dan setuju untuk tujuan itu. Kelompok dengan kurang dari {k} orang tetap mendapat baris, tetapi jumlahnya **disembunyikan** (kosong, `None`), sebab kelompok sekecil itu menunjuk orang.

# %% [markdown] lang="en" part="task"
# The research department wants to invite patients by illness through WhatsApp to a **study**. Make a table with a row for each `chronic_condition` and `may_invite`: how many patients are alive, have an active WhatsApp, and consented to that purpose. A group of fewer than {k} people keeps its row, but its number is **hidden** (empty, `None`), as so small a group points at people.

# %% [markdown] lang="id" part="hint"
# Persetujuan melekat pada tujuan. Kolom mana yang cocok dengan tujuan ini?

# %% [markdown] lang="en" part="hint"
# Consent belongs to a purpose. Which column fits this one?

# %% [markdown] lang="id" part="hint"
# Saring, `groupby("chronic_condition").size()`, lalu sembunyikan yang kecil: `.where(n >= q.data["k"])`.

# %% [markdown] lang="en" part="hint"
# Filter, `groupby("chronic_condition").size()`, then hide the small ones: `.where(n >= q.data["k"])`.

# %% part="solution"
patients = q.data["patients"]
may = ~patients["deceased"] & patients["whatsapp_active"] & patients["research_consent"]
n = may.groupby(patients["chronic_condition"]).sum()
q.answer = n.where(n >= q.data["k"]).rename("may_invite").reset_index()

# %% [markdown] lang="id" part="why"
# Penyakit ialah data pribadi spesifik: persetujuan menerima promosi bukan persetujuan dipilih karena sakit. Buku menganjurkan kelompok sasaran berdasarkan kondisi pasien dan menyebut keamanan data sebagai manfaat kelima; keduanya bertemu di sini. Angka yang disembunyikan bukan nol, dan tidak boleh dapat dihitung balik.

# %% [markdown] lang="en" part="why"
# Illness is specific personal data: consent to offers is no consent to being picked for an illness. The book advises target groups by condition and names data security as its fifth benefit; here the two meet. A hidden number is no zero, and must not be found by subtraction.

# %% part="wrong" name="other_purpose"
patients = q.data["patients"]
may = ~patients["deceased"] & patients["whatsapp_active"] & patients["marketing_consent"]
n = may.groupby(patients["chronic_condition"]).sum()
q.answer = n.where(n >= q.data["k"]).rename("may_invite").reset_index()

# %% [markdown] lang="id" part="wrong" name="other_purpose"
# Persetujuan untuk tujuan lain dipakai. Apakah orang yang setuju menerima promosi setuju diteliti?

# %% [markdown] lang="en" part="wrong" name="other_purpose"
# A consent to another purpose was used. Does somebody who agreed to offers agree to be studied?

# %% part="wrong" name="small_shown"
patients = q.data["patients"]
may = ~patients["deceased"] & patients["whatsapp_active"] & patients["research_consent"]
q.answer = may.groupby(patients["chronic_condition"]).sum().rename("may_invite").reset_index()

# %% [markdown] lang="id" part="wrong" name="small_shown"
# Kelompok kecil ditampilkan apa adanya. Siapa yang dapat menebak orangnya dari angka sekecil itu?

# %% [markdown] lang="en" part="wrong" name="small_shown"
# Small groups are shown as they are. Who could guess the people from so small a number?

# %% part="wrong" name="zero_for_hidden"
patients = q.data["patients"]
may = ~patients["deceased"] & patients["whatsapp_active"] & patients["research_consent"]
n = may.groupby(patients["chronic_condition"]).sum()
q.answer = n.where(n >= q.data["k"], 0).rename("may_invite").reset_index()

# %% [markdown] lang="id" part="wrong" name="zero_for_hidden"
# Yang disembunyikan ditulis nol. Apakah "tidak boleh ditunjukkan" sama dengan "tidak ada"?

# %% [markdown] lang="en" part="wrong" name="zero_for_hidden"
# What is hidden is written as zero. Is "must not be shown" the same as "there is none"?

# %% part="wrong" name="no_consent_asked"
patients = q.data["patients"]
may = ~patients["deceased"] & patients["whatsapp_active"]
n = may.groupby(patients["chronic_condition"]).sum()
q.answer = n.where(n >= q.data["k"]).rename("may_invite").reset_index()

# %% [markdown] lang="id" part="wrong" name="no_consent_asked"
# Semua yang dapat dihubungi dihitung, tanpa menanyakan persetujuan. Bolehkah semua yang terjangkau dikirimi?

# %% [markdown] lang="en" part="wrong" name="no_consent_asked"
# All who can be reached are counted, whether or not they consented. May everybody who can be reached be written to?

# %% part="question"
question(
    "check_ups", kind="blanks", level="independent", data="offers", variants=("silver", "gold", "executive"),
    title={"id": "Apakah tawaran pemeriksaan kesehatan menjual?", "en": "Do offers of check-ups sell?"},
    parts={
        "effect": {"kind": "number", "unit": "points", "digits": 4, "says": {"id": "selisih pangsa pembeli, ditawari dikurangi tidak, dalam poin", "en": "difference in the share that bought, offered minus not, in points"}},
        "low": {"kind": "number", "unit": "points", "digits": 4, "says": {"id": "batas bawah interval 95% (Wald, z = 1,96), dalam poin", "en": "lower limit of the 95% interval (Wald, z = 1.96), in points"}},
        "worth": {"kind": "number", "unit": "money", "digits": 4, "says": {"id": "tambahan penjualan dari 100 tawaran, dalam rupiah", "en": "extra sales from 100 offers, in rupiah"}},
        "verdict": {
            "kind": "choice",
            "says": {"id": "yang boleh dikatakan pada tingkat 95%:", "en": "what may be said at the level of 95%:"},
            "options": {
                "works": {"id": "tawaran menaikkan pembelian", "en": "offers raise buying"},
                "open": {"id": "belum terbukti, belum terbantah", "en": "neither proven nor refuted"},
                "none": {"id": "terbukti tidak berpengaruh", "en": "proven to do nothing"},
            },
        },
    },
    rows=("H11",), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.patients.offers", points=3,
)

# %% [markdown] lang="id" part="task"
# Alasan kedua buku: pemeriksaan kesehatan (MCU) ialah layanan yang dapat dijual. Undian menentukan siapa yang ditawari (`offered`); `bought` mencatat pembelian. Satu paket berharga {price:money}. Berapa pengaruh tawaran, seberapa yakin, dan berapa tambahan penjualan yang dibawa 100 tawaran?

# %% [markdown] lang="en" part="task"
# The book's second reason: check-ups are a service that can be sold. A lot decided to whom one was offered (`offered`); `bought` tells who bought. A package costs {price:money}. What is the effect of the offer, how sure is it, and how much in extra sales do 100 offers bring?

# %% [markdown] lang="id" part="hint"
# Sebagian orang membeli juga tanpa ditawari. Yang dibawa tawaran hanyalah kelebihannya.

# %% [markdown] lang="en" part="hint"
# Some people buy without any offer. What the offer brings is only what comes on top.

# %% [markdown] lang="id" part="hint"
# Selisih dua pangsa, galat bakunya akar dari p(1−p)/n + r(1−r)/m, batasnya selisih dikurangi 1,96 galat baku.

# %% [markdown] lang="en" part="hint"
# A difference of two shares, its standard error the root of p(1−p)/n + r(1−r)/m, its limit the difference minus 1.96 of those.

# %% [markdown] lang="id" part="hint"
# Putusannya: apakah intervalnya memuat nol?

# %% [markdown] lang="en" part="hint"
# The verdict: does the interval hold zero?

# %% part="solution"
offers = q.data["offers"]
share = offers.groupby("offered")["bought"].mean()
n = offers.groupby("offered")["bought"].size()
effect = share[True] - share[False]
low = effect - 1.96 * (share * (1 - share) / n).sum() ** 0.5
q.answer = {"effect": 100 * effect, "low": 100 * low, "worth": 100 * effect * q.data["price"], "verdict": "works" if low > 0 else "open"}

# %% [markdown] lang="id" part="why"
# Tawaran diundi, jadi selisihnya akibat tawaran. Pada sampel sekecil ini interval sering memuat nol walaupun pengaruhnya nyata: percobaan yang terlalu kecil tidak menemukan yang ada. Interval yang memuat nol tidak pernah membuktikan bahwa tidak ada pengaruh.

# %% [markdown] lang="en" part="why"
# The offer was drawn by lot, so the gap is its doing. In so small a sample the interval often holds zero though the effect is real: a trial that is too small does not find what is there. An interval that holds zero never proves that there is no effect.

# %% part="wrong" name="relative_effect"
offers = q.data["offers"]
share = offers.groupby("offered")["bought"].mean()
q.answer = {"effect": 100 * (share[True] / share[False] - 1)}

# %% [markdown] lang="id" part="wrong" name="relative_effect"
# Itu kenaikan relatif dalam persen. Yang diminta selisih kedua pangsa: dalam satuan apa?

# %% [markdown] lang="en" part="wrong" name="relative_effect"
# That is the relative rise in percent. The difference of the two shares is asked for: in which unit?

# %% part="wrong" name="all_sales_credited"
offers = q.data["offers"]
q.answer = {"worth": 100 * offers.loc[offers["offered"], "bought"].mean() * q.data["price"]}

# %% [markdown] lang="id" part="wrong" name="all_sales_credited"
# Semua pembeli yang ditawari dianggap hasil tawaran. Berapa di antara mereka yang membeli juga tanpa tawaran?

# %% [markdown] lang="en" part="wrong" name="all_sales_credited"
# Every buyer with an offer is credited to it. How many of them would have bought without one?

# %% part="wrong" name="one_group_error"
offers = q.data["offers"]
share = offers.groupby("offered")["bought"].mean()
n = (offers["offered"]).sum()
q.answer = {"low": 100 * (share[True] - share[False] - 1.96 * (share[True] * (1 - share[True]) / n) ** 0.5)}

# %% [markdown] lang="id" part="wrong" name="one_group_error"
# Hanya ketidakpastian kelompok yang ditawari dihitung. Apakah pangsa pembandingnya diketahui pasti?

# %% [markdown] lang="en" part="wrong" name="one_group_error"
# Only the offered group's uncertainty is counted. Is the other group's share known for sure?

# %% part="wrong" name="absence_proven"
q.answer = {"verdict": "none"}

# %% [markdown] lang="id" part="wrong" name="absence_proven"
# Tidak terbukti dibaca sebagai terbukti tidak ada. Pengaruh sebesar apa saja yang masih termuat dalam intervalnya?

# %% [markdown] lang="en" part="wrong" name="absence_proven"
# Not proven was read as proven absent. How large an effect does the interval still hold?

# %% part="question"
question(
    "same_mix", kind="number", unit="points", digits=4, level="independent", data="answers", variants=("a", "b", "c"),
    title={"id": "NPS turun, atau pasiennya yang berganti?", "en": "Did the NPS fall, or did the patients change?"},
    rows=("H13",), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.satisfaction.standardised", points=2,
)

# %% [markdown] lang="id" part="task"
# *"NPS kami turun. Siapa yang harus saya tegur?"* Hitung NPS tahun {now} **seandainya komposisi penjaminnya seperti jawaban tahun {base}**: NPS tiap `payer_group` pada {now}, dibobot dengan pangsa `payer_group` di antara jawaban {base}. NPS ialah persen yang memberi 9 atau 10 dikurangi persen yang memberi 0 sampai 6.

# %% [markdown] lang="en" part="task"
# *"Our NPS falls. Whom do I tell off?"* Compute the NPS of {now} **as if its mix of payers had been that of the answers of {base}**: the NPS of each `payer_group` in {now}, weighted by each `payer_group`'s share of the answers of {base}. The NPS is the percentage of 9 and 10 minus the percentage of 0 to 6.

# %% [markdown] lang="id" part="hint"
# Dua tabel kecil: NPS tiap penjamin pada {now}, dan pangsa tiap penjamin pada {base}.

# %% [markdown] lang="en" part="hint"
# Two small tables: each payer's NPS in {now}, and each payer's share in {base}.

# %% [markdown] lang="id" part="hint"
# Skor NPS seorang penjawab: 1 untuk 9 atau 10, −1 untuk 0 sampai 6, 0 untuk lainnya. Rata-ratanya kali 100 ialah NPS.

# %% [markdown] lang="en" part="hint"
# One answer's NPS score: 1 for 9 and 10, −1 for 0 to 6, else 0. Their mean times 100 is the NPS.

# %% part="solution"
answers = q.data["answers"]
score = (answers["nps"] >= 9).astype(int) - (answers["nps"] <= 6).astype(int)
now = answers["year"] == q.data["this_year"]
by_payer = 100 * score[now].groupby(answers["payer_group"]).mean()
mix = answers.loc[answers["year"] == q.data["base_year"], "payer_group"].value_counts(normalize=True)
q.answer = (by_payer * mix).sum()

# %% part="package"
answers = q.data["answers"][q.data["answers"]["year"].isin([q.data["base_year"], q.data["this_year"]])]
table = crm.satisfaction.standardised(answers, by="year", on="payer_group", to=q.data["base_year"]).table
q.answer = table[table["row"] == "member"].set_index("year").loc[q.data["this_year"], "standardised"]

# %% [markdown] lang="id" part="why"
# Bila pangsa penjamin yang NPS-nya rendah membesar, NPS keseluruhan turun walaupun tidak satu pun kelompok memburuk: paradoks Simpson. Dengan komposisi yang sama, yang tersisa ialah perubahan pelayanannya. Jawaban per tahun hanya sekitar seratus, jadi intervalnya belasan poin: dari sampel ini penurunan tidak dapat dibuktikan dan tidak dapat dibantah.

# %% [markdown] lang="en" part="why"
# When payers with a low NPS gain share, the whole falls although no group got worse: Simpson's paradox. At the same mix, what remains is the change in service. A year has only about a hundred answers, so its interval is a dozen points wide: this sample can neither prove a fall nor refute one.

# %% part="wrong" name="raw"
answers = q.data["answers"]
score = (answers["nps"] >= 9).astype(int) - (answers["nps"] <= 6).astype(int)
q.answer = 100 * score[answers["year"] == q.data["this_year"]].mean()

# %% [markdown] lang="id" part="wrong" name="raw"
# Itu NPS mentah dengan komposisi tahun itu sendiri. Komposisi tahun mana yang diminta?

# %% [markdown] lang="en" part="wrong" name="raw"
# That is the raw NPS at that year's own mix. Which year's mix is asked for?

# %% part="wrong" name="years_swapped"
answers = q.data["answers"]
score = (answers["nps"] >= 9).astype(int) - (answers["nps"] <= 6).astype(int)
before = answers["year"] == q.data["base_year"]
by_payer = 100 * score[before].groupby(answers["payer_group"]).mean()
mix = answers.loc[answers["year"] == q.data["this_year"], "payer_group"].value_counts(normalize=True)
q.answer = (by_payer * mix).sum()

# %% [markdown] lang="id" part="wrong" name="years_swapped"
# Kedua tahun tertukar: skor lama dengan komposisi baru. Skor tahun mana, dengan komposisi tahun mana?

# %% [markdown] lang="en" part="wrong" name="years_swapped"
# The two years are the wrong way round: old scores at the new mix. Which year's scores, at which year's mix?

# %% part="wrong" name="share_of_nines"
answers = q.data["answers"]
now = answers["year"] == q.data["this_year"]
by_payer = 100 * (answers["nps"] >= 9)[now].groupby(answers["payer_group"]).mean()
mix = answers.loc[answers["year"] == q.data["base_year"], "payer_group"].value_counts(normalize=True)
q.answer = (by_payer * mix).sum()

# %% [markdown] lang="id" part="wrong" name="share_of_nines"
# Hanya promotor yang dihitung. Apa yang dikurangkan dari mereka dalam NPS?

# %% [markdown] lang="en" part="wrong" name="share_of_nines"
# Only promoters are counted. What is taken from them in an NPS?

# %% part="question"
question(
    "control_chart", kind="choice", style="mistake", level="independent", variants=("middle", "width", "alarm"), code=True, fixed_order=True,
    title={"id": "Cari kesalahan: peta kendali kesalahan pendaftaran", "en": "Find the mistake: a control chart of registration errors"},
    options={
        "r1": 'base = quarters[quarters["quarter"] < "2023-Q1"]',
        "r2": 'p = base["errors"].sum() / base["registrations"].sum()',
        "r3": 'p = (base["errors"] / base["registrations"]).mean()',
        "r4": 'width = 3 * (p * (1 - p) / quarters["registrations"]) ** 0.5',
        "r5": 'width = 3 * (p * (1 - p) / quarters["registrations"].sum()) ** 0.5',
        "r6": "low, high = (p - width).clip(lower=0), p + width",
        "r7": 'share = quarters["errors"] / quarters["registrations"]',
        "r8": "alarm = (share < low) | (share > high)",
        "r9": "alarm = share > p",
    },
    shown={
        "middle": ["r1", "r3", "r4", "r6", "r7", "r8"],
        "width": ["r1", "r2", "r5", "r6", "r7", "r8"],
        "alarm": ["r1", "r2", "r4", "r6", "r7", "r9"],
    },
    rows=("H14",), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.appointments.defects",
)

# %% [markdown] lang="id" part="task"
# Buku menyebut berkurangnya kesalahan administrasi sebagai alasan memakai CRM. Asisten Anda membuat peta kendali p: garis tengah dari triwulan sebelum 2023, batas tiga galat baku untuk **tiap** triwulan (banyaknya pendaftaran berubah-ubah), dan tanda bahaya bagi triwulan di luar batas. Sebagai pemeriksa: bila p = 0,04 dan n = 400, batasnya 1,06% dan 6,94%. Satu baris salah. Yang mana?

# %% [markdown] lang="en" part="task"
# The book gives fewer administrative errors as a reason for CRM. Your assistant made a p chart: the middle line from the quarters before 2023, limits of three standard errors for **each** quarter (the number of registrations varies), and an alarm for quarters outside the limits. As a check: with p = 0.04 and n = 400 the limits are 1.06% and 6.94%. One line is wrong. Which?

# %% [markdown] lang="id" part="hint"
# Hitung dengan tangan untuk triwulan dengan 400 pendaftaran. Angka mana yang tidak keluar?

# %% [markdown] lang="en" part="hint"
# Work it by hand for a quarter of 400 registrations. Which number does not come out?

# %% [markdown] lang="id" part="hint"
# Periksa tiga hal: bobot triwulan dalam garis tengah, n dalam lebar batas, dan apa yang disebut di luar batas.

# %% [markdown] lang="en" part="hint"
# Look at three things: how quarters weigh in the middle line, which n makes the width, and what counts as outside.

# %% part="solution"
q.answer = {"middle": "r3", "width": "r5", "alarm": "r9"}[q.variant]

# %% [markdown] lang="id" part="why"
# Garis tengah ialah semua kesalahan dibagi semua pendaftaran, supaya triwulan kecil tidak berbobot seperti yang besar. Batasnya memakai n triwulan itu sendiri. Separuh triwulan selalu di atas rata-rata; hanya yang melewati batas yang perlu dicari sebabnya, dan di bawah batas berarti prosesnya membaik.

# %% [markdown] lang="en" part="why"
# The middle line is all errors over all registrations, so that a small quarter does not weigh like a large one. The limits use that quarter's own n. Half of all quarters are always above average; only those beyond a limit need a cause, and below the lower one means that the process got better.

# %% part="wrong" name="baseline_blamed"
q.answer = "r1"

# %% [markdown] lang="id" part="wrong" name="baseline_blamed"
# Garis tengah dari masa sebelum perubahan itu disengaja. Bagaimana perbaikan akan terlihat bila masa sesudahnya ikut membentuk garisnya?

# %% [markdown] lang="en" part="wrong" name="baseline_blamed"
# A middle line from before the change is on purpose. How would an improvement show if what came after helped to make the line?

# %% part="wrong" name="clip_blamed"
q.answer = "r6"

# %% [markdown] lang="id" part="wrong" name="clip_blamed"
# Pangsa tidak dapat di bawah nol, jadi batas bawah dipotong di nol. Apa yang salah bila tidak dipotong?

# %% [markdown] lang="en" part="wrong" name="clip_blamed"
# A share can't lie below zero, so the lower limit is cut there. What would be wrong without the cut?

# %% part="wrong" name="share_blamed"
q.answer = "r7"

# %% [markdown] lang="id" part="wrong" name="share_blamed"
# Baris itu menghitung pangsa tiap triwulan, titik-titik pada petanya. Baris mana yang menggabungkan triwulan dengan keliru?

# %% [markdown] lang="en" part="wrong" name="share_blamed"
# That line computes each quarter's share, the chart's points. Which other line uses the quarters in a wrong way?

# %% part="question"
question(
    "breach", kind="date", level="independent", data="breach", variants=("wib", "wita", "wit"),
    title={"id": "Latihan kebocoran: sampai kapan?", "en": "A breach drill: until when?"},
    rows=("H10",), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.privacy.breach_deadline",
)

# %% [markdown] lang="id" part="task"
# *"Data pasien diunduh orang dalam. Sampai kapan kami harus memberi tahu?"* Log server (waktu **UTC**) mencatat unduhan pada {exported_utc}; petugas keamanan mengetahuinya pada {known_utc} UTC. Rumah sakit berada di zona {zone} (UTC+{hours_ahead}). Pasien dan lembaga harus diberi tahu paling lambat 3 × 24 jam setelah kebocoran **diketahui**. Tanggal berapa batasnya menurut waktu setempat?

# %% [markdown] lang="en" part="task"
# *"Somebody inside downloaded patients' data. Until when must we tell?"* The server's log (in **UTC**) has the export at {exported_utc}; the security officer learnt of it at {known_utc} UTC. The hospital is in the zone {zone} (UTC+{hours_ahead}). Patients and the authority must be told within 3 × 24 hours after the breach **became known**. On which date, by local time, does that end?

# %% [markdown] lang="id" part="hint"
# Saat mana yang memulai hitungan: terjadinya atau diketahuinya?

# %% [markdown] lang="en" part="hint"
# Which moment starts the count: when it happened or when it became known?

# %% [markdown] lang="id" part="hint"
# Ubah dahulu ke waktu setempat, lalu tambah 72 jam. Akhir pekan tidak menghentikan jam.

# %% [markdown] lang="en" part="hint"
# Turn it into local time first, then add 72 hours. Weekends do not stop the clock.

# %% part="solution"
known = pd.Timestamp(q.data["known_utc"]) + pd.Timedelta(hours=q.data["hours_ahead"])
q.answer = (known + pd.Timedelta(hours=72)).date()

# %% part="package"
local = pd.Timestamp(q.data["known_utc"]) + pd.Timedelta(hours=q.data["hours_ahead"])
q.answer = crm.privacy.breach_deadline(str(local)[:16], timezone=q.data["zone"]).facts["due_at"].date()

# %% [markdown] lang="id" part="why"
# Undang-Undang Pelindungan Data Pribadi menghitung 3 × 24 jam sejak kebocoran diketahui, dan jam tidak berhenti pada akhir pekan. Catatan server hampir selalu dalam UTC. Buku menyebut enkripsi dan akses bertingkat sebagai pengaman; rencana untuk hari pengaman itu gagal belum disebutnya.

# %% [markdown] lang="en" part="why"
# Indonesia's law on personal data counts 3 × 24 hours from when the breach becomes known, and the clock runs through weekends. Server logs are nearly always in UTC. The book names encryption and levels of access as safeguards; a plan for the day they fail it does not.

# %% part="wrong" name="from_the_export"
leaked = pd.Timestamp(q.data["exported_utc"]) + pd.Timedelta(hours=q.data["hours_ahead"])
q.answer = (leaked + pd.Timedelta(hours=72)).date()

# %% [markdown] lang="id" part="wrong" name="from_the_export"
# Dihitung sejak unduhannya terjadi. Dapatkah orang memberi tahu sebelum mengetahuinya?

# %% [markdown] lang="en" part="wrong" name="from_the_export"
# Counted from when the export happened. Can anybody tell before knowing?

# %% part="wrong" name="log_time"
q.answer = (pd.Timestamp(q.data["known_utc"]) + pd.Timedelta(hours=72)).date()

# %% [markdown] lang="id" part="wrong" name="log_time"
# Itu tanggal menurut UTC, waktu servernya. Tanggal berapa saat itu di tempat rumah sakit berada?

# %% [markdown] lang="en" part="wrong" name="log_time"
# That is the date in UTC, the server's time. What date was it then where the hospital is?

# %% part="wrong" name="working_days"
known = pd.Timestamp(q.data["known_utc"]) + pd.Timedelta(hours=q.data["hours_ahead"])
q.answer = (known + pd.offsets.BDay(3)).date()

# %% [markdown] lang="id" part="wrong" name="working_days"
# Dihitung tiga hari kerja. Apakah 3 × 24 jam menunggu hari Senin?

# %% [markdown] lang="en" part="wrong" name="working_days"
# Three working days were counted. Do 3 × 24 hours wait for Monday?

# %% part="question"
question(
    "proposal", kind="text", level="independent", variants=("director", "finance", "medicine"), points=3,
    title={"id": "Inti proposal", "en": "The core of the proposal"},
    criteria=("effect", "interval", "limit", "next_step"), needed=4, words=(40, 140),
    stems={
        "effect": ["rasio", "poin", "persen", "ratio", "point", "percent", "nnt"],
        "interval": ["interval", "rentang", "kepercay", "ketidakpast", "confiden", "uncertain", "range"],
        "limit": ["undi", "acak", "pemband", "sebab", "kausal", "random", "compar", "cause", "lot"],
        "next_step": ["bertahap", "tahap", "langkah", "ukur", "percobaan", "step", "stage", "measur", "pilot", "trial"],
        "!guarantee": ["menjamin", "dijamin", "jaminan", "guarante"],
        "!punish": ["denda", "mendenda", "hukum", "punish", "penalt", "penalis"],
        "!turn_away": ["menolak", "tolak", "ditolak", "refus", "reject"],
    },
    rows=("H01",), book="9.1", notebook="19-hospital-case", app="hospital", function="crm.papers.rubric",
)

# %% [markdown] lang="id" part="task" variant="director"
# Tulis inti proposal untuk **direktur** dalam 40 sampai 140 kata: (1) pengaruh pengingat menurut percobaan Anda, dengan angkanya; (2) seberapa yakin, dengan intervalnya; (3) satu hal yang **tidak** dapat dijanjikan dan mengapa, misalnya tentang pangkalan data pusat atau pemakaian rutin; (4) langkah berikut dan bagaimana hasilnya akan diukur.

# %% [markdown] lang="en" part="task" variant="director"
# Write the core of the proposal to the **director** in 40 to 140 words: (1) the effect of reminders by your pilot, with its number; (2) how sure, with the interval; (3) one thing that can **not** be promised and why, about the central database or the routine for instance; (4) the next step, and how its result will be measured.

# %% [markdown] lang="id" part="task" variant="finance"
# Tulis inti proposal untuk **kepala keuangan** dalam 40 sampai 140 kata: (1) pengaruh tawaran pemeriksaan kesehatan atau pengingat, dengan angkanya; (2) seberapa yakin, dengan intervalnya; (3) satu hal yang **tidak** dapat disimpulkan dan mengapa; (4) langkah berikut dan bagaimana hasilnya akan diukur sebelum uang dikeluarkan.

# %% [markdown] lang="en" part="task" variant="finance"
# Write the core of the proposal to the **head of finance** in 40 to 140 words: (1) the effect of check-up offers or of reminders, with its number; (2) how sure, with the interval; (3) one thing that can **not** be concluded and why; (4) the next step, and how its result will be measured before money is spent.

# %% [markdown] lang="id" part="task" variant="medicine"
# Tulis inti proposal untuk **direktur medis** dalam 40 sampai 140 kata: (1) perubahan pasien yang harus mengulang keterangan, dengan angkanya; (2) seberapa yakin, dengan intervalnya; (3) mengapa sebabnya **belum** terbukti; (4) bagaimana modul berikut dipasang supaya akibatnya dapat diukur.

# %% [markdown] lang="en" part="task" variant="medicine"
# Write the core of the proposal to the **medical director** in 40 to 140 words: (1) the change in patients who must repeat themselves, with its number; (2) how sure, with the interval; (3) why its cause is **not** proven; (4) how the next module should be brought in so that its effect can be measured.

# %% [markdown] lang="id" part="hint"
# Satu kalimat untuk tiap butir sudah cukup. Angkanya dari jawaban Anda sendiri di atas.

# %% [markdown] lang="en" part="hint"
# A sentence for each item will do. The numbers are those of your own answers above.

# %% [markdown] lang="id" part="hint"
# Untuk butir 3: apa yang membuat dua kelompok sebanding, dan apa yang tidak ada di sini?

# %% [markdown] lang="en" part="hint"
# For item 3: what makes two groups comparable, and what of it is missing here?

# %% part="solution"
q.answer = """Dalam percobaan Januari sampai Juni 2023 pengingat menurunkan janji yang tidak ditepati, dengan rasio risiko sekitar 0,5.
Interval 95% rasio itu seluruhnya di bawah 1, jadi pengaruhnya terbukti walaupun besarnya belum tepat. Yang tidak dapat kami katakan:
bahwa pangkalan data pusat menyebabkan pasien lebih jarang mengulang keterangan, sebab semua poli beralih pada hari yang sama dan tidak ada pembanding.
Langkah berikut: modul tugas dipasang bertahap, poli demi poli menurut undian, dan selisih keluhan diukur setiap tiga bulan."""

# %% [markdown] lang="id" part="why"
# Proposal dalam buku terdiri dari alasan, contoh, modul, dan manfaat. Yang membuatnya dapat dipercaya ialah angka dengan rentang, batas yang disebut sendiri, dan cara memeriksa apakah uangnya berguna.

# %% [markdown] lang="en" part="why"
# The book's proposal has reasons, examples, modules and benefits. What makes it credible is a number with its interval, limits that it names itself, and a way to find out whether the money did any good.

# %% part="wrong" name="guarantee"
q.answer = """Sistem CRM ini menjamin bahwa semua pasien akan datang tepat waktu dan puas, sehingga pendapatan rumah sakit naik setiap tahun tanpa keraguan sedikit pun.
Semua modul sebaiknya dibeli sekarang juga supaya rumah sakit tidak kalah bersaing dengan rumah sakit lain di kota ini, dan karena banyak rumah sakit lain sudah memakainya."""

# %% [markdown] lang="id" part="wrong" name="guarantee"
# Teks ini menjamin hasil. Bukti apa yang memberi kepastian seperti itu, dan apa rentangnya?

# %% [markdown] lang="en" part="wrong" name="guarantee"
# The text guarantees a result. What evidence gives that certainty, and what is its interval?

# %% part="wrong" name="punish"
q.answer = """Pasien yang sering tidak datang sebaiknya dikenai denda atau ditaruh di antrean paling belakang, sebab merekalah yang merugikan rumah sakit.
Pengingat tidak perlu dikirim kepada mereka lagi. Dengan begitu dokter tidak perlu menunggu dan semua orang akan belajar menepati janji yang sudah mereka buat sendiri."""

# %% [markdown] lang="id" part="wrong" name="punish"
# Ciri yang memperkirakan dipakai untuk menghukum. Apakah data ini mengatakan mengapa mereka tidak datang?

# %% [markdown] lang="en" part="wrong" name="punish"
# A mark that predicts is used to punish. Do these data say why people stay away?

# %% part="wrong" name="turn_away"
q.answer = """Marjin pasien BPJS di bawah nol dan nilai NPS mereka paling rendah, jadi rumah sakit sebaiknya menolak sebagian pasien BPJS.
Dengan begitu nilai rata-rata rumah sakit akan naik dengan cepat, dan laporan kepada pemilik akan tampak jauh lebih baik daripada laporan tahun lalu untuk semua bagian."""

# %% [markdown] lang="id" part="wrong" name="turn_away"
# Pasien ditolak demi rata-rata. Apakah biaya rata-rata sama dengan biaya satu pasien lagi di slot yang kosong?

# %% [markdown] lang="en" part="wrong" name="turn_away"
# Patients are turned away for the sake of an average. Is average cost the cost of one more patient in an empty slot?
