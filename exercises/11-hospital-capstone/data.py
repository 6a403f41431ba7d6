"""What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."""

import numpy as np
import pandas as pd


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
