# %% [markdown] lang="id" part="title"
# # 3 · Merencanakan program dan membaca kubus
#
# Dari "di mana kita sekarang?" sampai "apa hasilnya?": gerbang fase, tujuan dan sasaran, kasus bisnis, jalur kritis, pemilihan mitra, evaluasi hasil, kubus strategi pelanggan, dan eskalasi otomatis.

# %% [markdown] lang="en" part="title"
# # 3 · Planning a programme and reading the cube
#
# From "where are we now?" to "what came of it?": phase gates, goals and objectives, the business case, the critical path, choosing a partner, judging outcomes, the customer strategy cube, and automatic escalation.

# %% part="data"
def programme(rng, variant):
    """The 24 steps of a CRM programme, and the question bank of its situation analysis."""
    phases = {
        1: "situation_analysis crm_education crm_vision priorities goals_and_objectives changes_needed business_case",
        2: "governance_structure change_needs project_needs critical_factors risk_plan",
        3: "process_engineering data_gap_analysis first_technology_needs request_for_proposals call_for_proposals"
        " revised_technology_needs partner_selection",
        4: "refined_plan customisation_needs prototype_and_launch",
        5: "project_outcomes business_outcomes",
    }
    rows = [(phase, step) for phase, names in phases.items() for step in names.split()]
    full = int(rng.integers(1, 4))
    size = {1: 7, 2: 5, 3: 7, 4: 3, 5: 2}
    first_open = sum(size[p] for p in range(1, full + 1)) + int(rng.integers(1, size[full + 1]))
    steps = pd.DataFrame(rows, columns=["phase", "step"])
    steps["status"] = ["done" if i < first_open else "open" for i in range(24)]
    steps["evidence"] = [f"doc-{rng.integers(100, 999)}" if i < first_open else "" for i in range(24)]
    inside = steps.index[steps["phase"] == full]
    steps.loc[rng.choice(inside, 1 if full == 2 else 2, replace=False), "evidence"] = ""
    n = int(rng.integers(41, 90))
    state = rng.choice(["by_data", "by_person", "needs_data", "needs_research"], n, p=[0.45, 0.2, 0.15, 0.2])
    state[:4] = ["by_data", "by_person", "needs_data", "needs_research"]
    axis = rng.choice(["segment", "offer", "channel"], n, p=[0.5, 0.25, 0.25])
    bank = pd.DataFrame({"question_id": np.arange(1, n + 1), "axis": axis, "status": rng.permutation(state)})
    words = {
        "id": {"what": {"shop": "toko bahan bangunan", "clinic": "jaringan klinik gigi", "coop": "koperasi simpan pinjam"}[variant]},
        "en": {"what": {"shop": "builders' merchant", "clinic": "chain of dental clinics", "coop": "savings cooperative"}[variant]},
    }
    return {"steps": steps, "bank": bank, "words": words}


def flows(rng, variant):
    """What a CRM programme costs and brings, year by year; year 0 is today."""
    years = 6
    licence = rng.integers(90_000, 150_000) * 1000 + rng.integers(0, 999)
    rows = [("software and data", "cost", 0, rng.integers(650_000, 900_000) * 1000 + rng.integers(0, 999))]
    rows += [("training", "cost", t, rng.integers(40_000, 90_000) * 1000) for t in (0, 1)]
    rows += [("licences", "cost", t, licence) for t in range(1, years)]
    rows += [("retained margin", "benefit", t, rng.integers(260_000, 330_000) * 1000 * (0.5 if t == 1 else 1)) for t in range(1, years)]
    rows += [("time saved", "benefit", t, rng.integers(70_000, 110_000) * 1000 + rng.integers(0, 999)) for t in range(1, years)]
    rows += [("better service culture", "latent", t, rng.integers(80_000, 160_000) * 1000) for t in range(2, years)]
    table = pd.DataFrame(rows, columns=["item", "kind", "period", "amount"]).astype({"amount": float})
    words = {
        "id": {"what": {"retail": "rantai minimarket", "hospital": "rumah sakit", "bank": "bank perkreditan"}[variant]},
        "en": {"what": {"retail": "chain of minimarkets", "hospital": "hospital", "bank": "rural bank"}[variant]},
    }
    return {"flows": table, "rate": float(rng.integers(90, 161)) / 1000, "words": words}


def tasks(rng, variant):
    """A small network of tasks with three estimates each, in working days."""
    net = {
        "crm": ("A: ", "B:A", "C:A", "D:B", "E:B,C", "F:D,E"),
        "call_centre": ("A: ", "B: ", "C:A", "D:A,B", "E:C", "F:D,E"),
        "loyalty_app": ("A: ", "B:A", "C:A", "D:C", "E:B", "F:D,E"),
    }[variant]
    critical = {"crm": "ABDF", "call_centre": "ACEF", "loyalty_app": "ABEF"}[variant]
    rows, expected, variance = [], 0.0, 0.0
    for one in net:
        name, after = one.split(":")
        likely = int(rng.integers(9, 14)) if name in critical else int(rng.integers(3, 6))
        low = likely - int(rng.integers(1, 3))
        high = likely + int(rng.integers(4, 11) if name in critical else rng.integers(3, 6))
        rows.append((name, after.strip().replace(",", ", "), low, likely, high))
        if name in critical:
            expected += (low + 4 * likely + high) / 6
            variance += ((high - low) / 6) ** 2
    table = pd.DataFrame(rows, columns=["task", "after", "optimistic", "likely", "pessimistic"])
    deadline = round(expected + float(rng.uniform(0.4, 1.5)) * variance**0.5, 1)
    ask = {"crm": "C", "call_centre": "B", "loyalty_app": "C"}[variant]
    words = {
        "id": {"what": {"crm": "memasang CRM", "call_centre": "membuka pusat kontak", "loyalty_app": "meluncurkan aplikasi loyalitas"}[variant]},
        "en": {"what": {"crm": "installing a CRM", "call_centre": "opening a contact centre", "loyalty_app": "launching a loyalty app"}[variant]},
    }
    return {"tasks": table, "deadline": deadline, "ask": ask, "words": words}


def bids(rng, variant):
    """Scores that a panel gave to the proposals, the weights of the criteria, and one must-have."""
    n = 6
    criteria = ["ease", "features", "cost", "links"]
    proposals = pd.DataFrame({"vendor": [f"V{i}" for i in range(1, n + 1)]})
    for name in criteria:
        proposals[name] = rng.integers(9, 41, n) / 8
    must = np.array(["yes", "yes", "yes", "yes", "no", ""])
    proposals["must_have"] = rng.permutation(must)
    weights = pd.DataFrame({"criterion": criteria, "weight": rng.permutation([2, 3, 6, 9]) + rng.integers(0, 2, 4)})
    words = {
        "id": {"must": {"wa": "integrasi WhatsApp", "offline": "aplikasi seluler tanpa jaringan", "erp": "sambungan ke ERP"}[variant]},
        "en": {"must": {"wa": "WhatsApp integration", "offline": "a mobile app that works offline", "erp": "a link to the ERP"}[variant]},
    }
    return {"proposals": proposals, "weights": weights, "words": words}


def before_after(rng, variant):
    """Units with and without the programme, the year before and the year after it began."""
    n, with_it = 64, 26
    base = rng.normal(900, 120, n) + np.where(np.arange(n) < with_it, 140, 0)
    trend = {"shops": 0.86, "branches": 1.22, "clinics": 1.15}[variant] + float(rng.uniform(-0.03, 0.03))
    lift = float(rng.uniform(70, 160)) * np.where(np.arange(n) < with_it, 1, 0)
    after = base * trend + lift + rng.normal(0, 25, n)
    table = pd.DataFrame(
        {
            "unit_id": np.tile(np.arange(1, n + 1), 2),
            "programme": np.tile((np.arange(n) < with_it).astype(int), 2),
            "year": np.repeat([2019, 2020], n),
            "sales_million": np.round(np.concatenate([base, after]), 2),
        }
    )
    table = table.iloc[rng.permutation(2 * n)].reset_index(drop=True)
    words = {
        "id": {"who": {"shops": "toko", "branches": "cabang", "clinics": "klinik"}[variant]},
        "en": {"who": {"shops": "shops", "branches": "branches", "clinics": "clinics"}[variant]},
    }
    return {"units": table, "words": words}


def star(rng, variant):
    """Sales lines, and a table of products in which two codes stand twice."""
    names = ["hygiene", "kitchen", "snacks", "drinks"]
    asked = {"hygiene": 0, "kitchen": 1, "snacks": 2}[variant]
    other = (asked + 1) % 4
    codes = [f"P{i:02d}" for i in range(1, 21)]
    category = [names[int(i)] for i in rng.integers(0, 4, 20)]
    category[0], category[1], category[2], category[3] = names[asked], names[other], names[asked], names[other]
    products = pd.DataFrame({"product_code": codes, "category": category, "valid_from": "2018-01-01"})
    newer = pd.DataFrame({"product_code": codes[:2], "category": [names[other], names[asked]], "valid_from": "2020-01-01"})
    products = pd.concat([products, newer]).sample(frac=1, random_state=int(rng.integers(1 << 31))).reset_index(drop=True)
    n = 320
    picked = np.concatenate([np.zeros(24, int), np.ones(38, int), np.full(3, 20), rng.integers(2, 20, n - 65)])
    lines = pd.DataFrame(
        {
            "line_id": np.arange(1, n + 1),
            "product_code": [([*codes, "X99"])[i] for i in rng.permutation(picked)],
            "amount": rng.integers(15_000, 240_000, n) + rng.integers(0, 999, n),
        }
    )
    reported = lines.merge(products, on="product_code").query("category == @names[@asked]")["amount"].sum()
    words = {
        "id": {"category": names[asked]},
        "en": {"category": names[asked]},
    }
    return {"lines": lines, "products": products, "reported": int(reported), "words": words}


def cube(rng, variant):
    """Order lines with the three axes of the customer strategy cube; some have no segment."""
    n = 420
    customers = rng.integers(1, 90, n)
    kind = rng.choice(["household", "office", "reseller"], 90, p=[0.5, 0.3, 0.2]).astype(object)
    kind[rng.choice(90, 9, replace=False)] = None
    revenue = rng.integers(20_000, 600_000, n) + rng.integers(0, 999, n)
    rate = np.where(revenue > 250_000, 0.14, 0.34) + rng.uniform(-0.06, 0.06, n)
    lines = pd.DataFrame(
        {
            "line_id": np.arange(1, n + 1),
            "customer": [f"C{c:03d}" for c in customers],
            "segment": kind[customers],
            "offer": rng.choice(["cleaning", "food", "stationery"], n),
            "channel": rng.choice(["store", "website", "whatsapp"], n, p=[0.4, 0.35, 0.25]),
            "revenue": revenue,
            "margin": np.round(revenue * rate).astype(int),
        }
    )
    return {"lines": lines, "words": {"id": {"channel": variant}, "en": {"channel": variant}}}


def tickets(rng, variant):
    """Tickets of a service desk with the moments when they were opened and resolved."""
    as_of = pd.Timestamp("2020-09-30 17:00")
    n = 260
    hours = np.round(rng.gamma(1.3, 40, n) + 0.25, 2)
    opened = as_of - pd.to_timedelta(hours, unit="h")
    resolved = (opened + pd.to_timedelta(np.round(rng.gamma(1.2, 45, n) + 0.3, 2), unit="h")).to_series(index=range(n))
    resolved[rng.random(n) < 0.3] = pd.NaT
    opened = opened.to_series(index=range(n))
    opened[: n // 20] = as_of + pd.to_timedelta(rng.uniform(1, 30, n // 20), unit="h")
    resolved[: n // 20] = pd.NaT
    table = pd.DataFrame({"ticket_id": rng.permutation(np.arange(1, n + 1)), "opened_at": opened, "resolved_at": resolved})
    first, second = {"shop": (24, 48), "insurer": (12, 36), "clinic": (8, 24)}[variant]
    words = {
        "id": {"what": {"shop": "toko daring", "insurer": "perusahaan asuransi", "clinic": "klinik"}[variant]},
        "en": {"what": {"shop": "web shop", "insurer": "insurer", "clinic": "clinic"}[variant]},
    }
    return {"tickets": table.sort_values("ticket_id").reset_index(drop=True), "as_of": as_of, "first": first, "second": second, "words": words}

# %% part="question"
question(
    "gates_and_answers", kind="blanks", level="faded", data="programme", variants=("shop", "clinic", "coop"),
    parts={
        "done": {"kind": "number", "unit": "percent", "digits": 4,
                 "says": {"id": "persen dari 24 langkah berstatus `done`", "en": "percentage of the 24 steps with the status `done`"}},
        "next_gate": {"kind": "number", "exact": True,
                 "says": {"id": "gerbang berikutnya (1 sampai 5)", "en": "the next gate (1 to 5)"}},
        "by_data": {"kind": "number", "unit": "percent", "digits": 4,
                 "says": {"id": "persen dari semua pertanyaan yang dijawab oleh data perusahaan sendiri (`by_data`)", "en": "percentage of all questions that the company's own data answer (`by_data`)"}},
    },
    title={"id": "Sampai di gerbang mana?", "en": "Which gate is next?"},
    rows=("P01", "P04"), book="4.1", notebook="22-programme-planning", app="checkup", function="crm.programme.phases", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Sebuah program mencentang 12 dari 24 langkah, yaitu semua langkah fase 1 (7) dan fase 2 (5). Langkah "rencana risiko" dicentang, tetapi buktinya kosong. Kemajuannya 12/24 = 50,0 %, namun gerbang berikutnya tetap gerbang 2. Dari 30 pertanyaan analisis situasi, 18 terjawab oleh data perusahaan: 18/30 = 60,0 %.

# %% [markdown] lang="en" part="example"
# **Example.** A programme ticked 12 of 24 steps: all of phase 1 (7) and phase 2 (5). The step "risk plan" is ticked, but its evidence is empty. Progress is 12/24 = 50.0 %, and yet the next gate is still gate 2. Of 30 questions of the situation analysis the company's own data answer 18: 18/30 = 60.0 %.

# %% part="example"
done, steps = 7 + 5, 7 + 5 + 7 + 3 + 2
evidence_complete = {1: True, 2: False}
next_gate = min(gate for gate, complete in evidence_complete.items() if not complete)
print(100 * done / steps, next_gate, 100 * 18 / 30)

# %% [markdown] lang="id" part="task"
# Program CRM sebuah {what}. Tabel `steps` berisi 24 langkah dari lima fase, `bank` berisi pertanyaan analisis situasi. Gerbang sebuah fase terbuka bila **semua** langkahnya `done` **dan** berbukti (`evidence`), dan semua gerbang sebelumnya terbuka. Isi tiga bagian:

# %% [markdown] lang="en" part="task"
# The CRM programme of a {what}. The table `steps` holds the 24 steps of the five phases, `bank` the questions of the situation analysis. A phase's gate is open when **all** its steps are `done` **and** have evidence (`evidence`), and every gate before it is open. Fill in three parts:

# %% part="start"
steps, bank = q.data["steps"], q.data["bank"]
q.answer = {"done": ..., "next_gate": ..., "by_data": ...}

# %% [markdown] lang="id" part="hint"
# Tiap bagian punya penyebut sendiri: 24 langkah untuk `done`, semua baris `bank` untuk `by_data`.

# %% [markdown] lang="en" part="hint"
# Each part has a denominator of its own: 24 steps for `done`, every row of `bank` for `by_data`.

# %% [markdown] lang="id" part="hint"
# Untuk gerbang, buat kolom baru yang benar hanya bila status `done` dan `evidence` tidak kosong, lalu `groupby("phase").all()`.

# %% [markdown] lang="en" part="hint"
# For the gate make a new column that is true only where the status is `done` and `evidence` is not empty, then `groupby("phase").all()`.

# %% part="solution"
steps, bank = q.data["steps"], q.data["bank"]
ready = (steps["status"] == "done") & (steps["evidence"] != "")
complete = ready.groupby(steps["phase"]).all()
q.answer = {
    "done": 100 * (steps["status"] == "done").mean(),
    "next_gate": int(complete.index[~complete][0]),
    "by_data": 100 * (bank["status"] == "by_data").mean(),
}

# %% part="package"
steps, bank = q.data["steps"], q.data["bank"]
answers = steps.rename(columns={"step": "item"})
facts = crm.programme.phases(answers.assign(evidence=answers["evidence"].replace("", None))).facts
q.answer = {
    "done": 100 * facts["done_share"],
    "next_gate": facts["next_gate"],
    "by_data": 100 * (bank["status"] == "by_data").mean(),
}

# %% [markdown] lang="id" part="why"
# Centang mengukur kesibukan, bukti mengukur hasil. Buku (§4.1) menyebut lima fase dengan 24 langkah, tetapi tidak mengatakan kapan sebuah fase boleh ditutup; aturan gerbang dengan bukti adalah tambahan kami. Pertanyaan yang butuh riset tetap bagian dari analisis situasi, jadi tetap ada dalam penyebut.

# %% [markdown] lang="en" part="why"
# Ticks measure activity, evidence measures results. The book (§4.1) names five phases with 24 steps but does not say when a phase may be closed; the gate with evidence is our addition. Questions that need research still belong to the situation analysis, so they stay in the denominator.

# %% part="wrong" name="gate_by_ticks"
steps, bank = q.data["steps"], q.data["bank"]
complete = (steps["status"] == "done").groupby(steps["phase"]).all()
q.answer = {
    "done": 100 * (steps["status"] == "done").mean(),
    "next_gate": int(complete.index[~complete][0]),
    "by_data": 100 * (bank["status"] == "by_data").mean(),
}

# %% [markdown] lang="id" part="wrong" name="gate_by_ticks"
# Gerbang dibuka oleh centang saja. Apakah setiap langkah yang dicentang meninggalkan dokumen?

# %% [markdown] lang="en" part="wrong" name="gate_by_ticks"
# The gate was opened by ticks alone. Did every ticked step leave a document behind?

# %% part="wrong" name="mean_of_phases"
steps, bank = q.data["steps"], q.data["bank"]
ready = (steps["status"] == "done") & (steps["evidence"] != "")
complete = ready.groupby(steps["phase"]).all()
q.answer = {
    "done": 100 * (steps["status"] == "done").groupby(steps["phase"]).mean().mean(),
    "next_gate": int(complete.index[~complete][0]),
    "by_data": 100 * (bank["status"] == "by_data").mean(),
}

# %% [markdown] lang="id" part="wrong" name="mean_of_phases"
# Itu rata-rata dari lima persentase fase. Fase dengan 2 langkah menjadi seberat fase dengan 7 langkah; apakah itu yang ditanyakan?

# %% [markdown] lang="en" part="wrong" name="mean_of_phases"
# That is the mean of five phases' percentages. A phase of 2 steps weighs as much as one of 7; is that what is asked?

# %% part="wrong" name="research_left_out"
steps, bank = q.data["steps"], q.data["bank"]
ready = (steps["status"] == "done") & (steps["evidence"] != "")
complete = ready.groupby(steps["phase"]).all()
answered = bank[bank["status"] != "needs_research"]
q.answer = {
    "done": 100 * (steps["status"] == "done").mean(),
    "next_gate": int(complete.index[~complete][0]),
    "by_data": 100 * (answered["status"] == "by_data").mean(),
}

# %% [markdown] lang="id" part="wrong" name="research_left_out"
# Pertanyaan yang butuh riset hilang dari penyebut `by_data`. Apakah pertanyaan itu berhenti ada karena belum terjawab?

# %% [markdown] lang="en" part="wrong" name="research_left_out"
# The questions that need research are gone from the denominator of `by_data`. Do they stop existing because nobody has answered them?

# %% part="wrong" name="people_counted"
steps, bank = q.data["steps"], q.data["bank"]
ready = (steps["status"] == "done") & (steps["evidence"] != "")
complete = ready.groupby(steps["phase"]).all()
q.answer = {
    "done": 100 * (steps["status"] == "done").mean(),
    "next_gate": int(complete.index[~complete][0]),
    "by_data": 100 * bank["status"].isin(["by_data", "by_person"]).mean(),
}

# %% [markdown] lang="id" part="wrong" name="people_counted"
# Jawaban orang (`by_person`) ikut dihitung sebagai jawaban data. Dari mana jawaban itu datang?

# %% [markdown] lang="en" part="wrong" name="people_counted"
# What people answered (`by_person`) is counted as answered by data. Where did those answers come from?

# %% part="question"
question(
    "goal_or_objective", kind="matching", level="independent", variants=("retail", "hospital", "service"), draw=9,
    classes={
        "goal": {"id": "tujuan: kualitatif, tanpa angka", "en": "goal: qualitative, no number"},
        "draft": {"id": "rancangan: ada angka, tetapi satuan atau tenggatnya belum ada", "en": "draft: a number, but no unit or no deadline"},
        "objective": {"id": "sasaran: angka, satuan, dan tenggat", "en": "objective: number, unit and deadline"},
    },
    items={
        "s01": {"id": "Menjadi toko yang paling dipercaya di kota ini pada 2027.", "en": "To be the most trusted shop in town by 2027."},
        "s02": {"id": "Mengurangi pengembalian barang sebesar 15 %.", "en": "To cut returned goods by 15 %."},
        "s03": {"id": "Menambah 1.200 anggota aktif sampai 31 Desember 2026.", "en": "To gain 1,200 active members by 31 December 2026."},
        "s04": {"id": "Meningkatkan loyalitas pelanggan.", "en": "To raise customer loyalty."},
        "s05": {"id": "Nilai kepuasan menjadi 4,5.", "en": "A satisfaction score of 4.5."},
        "s06": {"id": "Menghasilkan 200 tambahan prospek memenuhi syarat pada Q4.", "en": "To produce 200 more qualified leads in Q4."},
        "s07": {"id": "Membuat pasien merasa didengar sejak pendaftaran.", "en": "To make patients feel heard from registration on."},
        "s08": {"id": "Mempercepat respons sampai 30.", "en": "To speed up the response to 30."},
        "s09": {"id": "Waktu tunggu median 45 menit pada akhir Juni 2026.", "en": "A median waiting time of 45 minutes by the end of June 2026."},
        "s10": {"id": "Membangun budaya berbagi informasi pelanggan tahun depan.", "en": "To build a culture of sharing customer information next year."},
        "s11": {"id": "Menekan ketidakhadiran pasien menjadi 8 %.", "en": "To bring missed appointments down to 8 %."},
        "s12": {"id": "90 % kontak pulang dihubungi dalam 7 hari, mulai 1 Oktober 2026.", "en": "90 % of discharged patients called within 7 days, from 1 October 2026."},
        "s13": {"id": "Mengutamakan pelanggan dalam setiap keputusan.", "en": "To put customers first in every decision."},
        "s14": {"id": "Menggandakan penjualan silang.", "en": "To double cross-selling."},
        "s15": {"id": "NPS naik 6 poin sampai akhir kuartal 2 tahun 2026.", "en": "NPS up by 6 points by the end of the second quarter of 2026."},
        "s16": {"id": "Layanan purnajual yang lebih ramah bulan ini.", "en": "Friendlier after-sales service this month."},
        "s17": {"id": "Churn turun 2 poin persentase.", "en": "Churn down by 2 percentage points."},
        "s18": {"id": "Biaya per tiket Rp25.000 pada Desember 2026.", "en": "A cost per ticket of Rp25,000 in December 2026."},
    },
    shown={
        "retail": ["s01", "s02", "s03", "s04", "s05", "s06", "s13", "s14", "s15", "s16", "s17", "s18"],
        "hospital": ["s07", "s08", "s09", "s10", "s11", "s12", "s04", "s05", "s06", "s13", "s02", "s15"],
        "service": ["s13", "s14", "s15", "s16", "s17", "s18", "s10", "s08", "s09", "s01", "s11", "s03"],
    },
    title={"id": "Tujuan atau sasaran?", "en": "Goal or objective?"},
    rows=("P07",), book="4.2", notebook="22-programme-planning", app="checkup", function="crm.programme.objectives", points=1,
)

# %% [markdown] lang="id" part="task" variant="retail"
# Sembilan kalimat dari rapat program CRM sebuah jaringan toko. Tujuan bersifat kualitatif; sasaran dapat diukur: angka, satuan, **dan** tenggat. Yang berangka tetapi belum lengkap adalah rancangan. Golongkan setiap kalimat.

# %% [markdown] lang="en" part="task" variant="retail"
# Nine sentences from the CRM programme of a chain of shops. A goal is qualitative; an objective can be measured: number, unit **and** deadline. What has a number but is not complete is a draft. Classify each sentence.

# %% [markdown] lang="id" part="task" variant="hospital"
# Sembilan kalimat dari program CRM sebuah rumah sakit. Tujuan bersifat kualitatif; sasaran dapat diukur: angka, satuan, **dan** tenggat. Yang berangka tetapi belum lengkap adalah rancangan. Golongkan setiap kalimat.

# %% [markdown] lang="en" part="task" variant="hospital"
# Nine sentences from the CRM programme of a hospital. A goal is qualitative; an objective can be measured: number, unit **and** deadline. What has a number but is not complete is a draft. Classify each sentence.

# %% [markdown] lang="id" part="task" variant="service"
# Sembilan kalimat dari program CRM sebuah perusahaan jasa servis. Tujuan bersifat kualitatif; sasaran dapat diukur: angka, satuan, **dan** tenggat. Yang berangka tetapi belum lengkap adalah rancangan. Golongkan setiap kalimat.

# %% [markdown] lang="en" part="task" variant="service"
# Nine sentences from the CRM programme of a repair company. A goal is qualitative; an objective can be measured: number, unit **and** deadline. What has a number but is not complete is a draft. Classify each sentence.

# %% [markdown] lang="id" part="hint"
# Tanyakan tiga hal untuk setiap kalimat: berapa, dalam satuan apa, dan kapan.

# %% [markdown] lang="en" part="hint"
# Ask three things of each sentence: how much, in what unit, and by when.

# %% [markdown] lang="id" part="hint"
# Tenggat tanpa angka belum membuat sebuah keinginan terukur. Angka tanpa tenggat pun belum.

# %% [markdown] lang="en" part="hint"
# A deadline without a number does not make a wish measurable. Neither does a number without a deadline.

# %% part="solution"
q.answer = {
    "s01": "goal", "s02": "draft", "s03": "objective", "s04": "goal", "s05": "draft", "s06": "objective",
    "s07": "goal", "s08": "draft", "s09": "objective", "s10": "goal", "s11": "draft", "s12": "objective",
    "s13": "goal", "s14": "draft", "s15": "objective", "s16": "goal", "s17": "draft", "s18": "objective",
}

# %% [markdown] lang="id" part="why"
# Buku (§4.1, §4.2) memakai "tujuan" untuk hasil kualitatif dan "obyektif" untuk hasil yang terukur, dengan contoh 200 tambahan prospek pada Q4. Contoh itu sah sebagai sasaran, tetapi tanpa nilai awal belum dapat dievaluasi: 170 dari 200 adalah 85,0 % hanya bila semua pihak sepakat apa arti "tambahan". Angka tanpa tenggat atau satuan dapat selalu dianggap tercapai.

# %% [markdown] lang="en" part="why"
# The book (§4.1, §4.2) uses "goal" for a qualitative result and "objective" for a measurable one; its example is 200 more leads in Q4. That is an objective, yet without the value it starts from it cannot be judged: 170 of 200 is 85.0 % only if everybody agrees what "more" is counted from. A number without deadline or unit can always be called reached.

# %% part="wrong" name="number_is_enough"
q.answer = {
    "s01": "goal", "s02": "objective", "s03": "objective", "s04": "goal", "s05": "objective", "s06": "objective",
    "s07": "goal", "s08": "objective", "s09": "objective", "s10": "goal", "s11": "objective", "s12": "objective",
    "s13": "goal", "s14": "objective", "s15": "objective", "s16": "goal", "s17": "objective", "s18": "objective",
}

# %% [markdown] lang="id" part="wrong" name="number_is_enough"
# Setiap angka dianggap sasaran. Kapan kalimat itu akan diperiksa, dan dalam satuan apa?

# %% [markdown] lang="en" part="wrong" name="number_is_enough"
# Every number was taken for an objective. When will the sentence be checked, and in what unit?

# %% part="wrong" name="wish_half_measured"
q.answer = {
    "s01": "draft", "s02": "draft", "s03": "objective", "s04": "draft", "s05": "draft", "s06": "objective",
    "s07": "draft", "s08": "draft", "s09": "objective", "s10": "draft", "s11": "draft", "s12": "objective",
    "s13": "draft", "s14": "draft", "s15": "objective", "s16": "draft", "s17": "draft", "s18": "objective",
}

# %% [markdown] lang="id" part="wrong" name="wish_half_measured"
# Keinginan tanpa angka dianggap rancangan sasaran. Angka mana yang akan Anda bandingkan dengan hasilnya?

# %% [markdown] lang="en" part="wrong" name="wish_half_measured"
# A wish without a number was taken for a draft. Which number would you compare with the result?

# %% part="wrong" name="baseline_demanded"
q.answer = {
    "s01": "goal", "s02": "draft", "s03": "draft", "s04": "goal", "s05": "draft", "s06": "draft",
    "s07": "goal", "s08": "draft", "s09": "draft", "s10": "goal", "s11": "draft", "s12": "draft",
    "s13": "goal", "s14": "draft", "s15": "draft", "s16": "goal", "s17": "draft", "s18": "draft",
}

# %% [markdown] lang="id" part="wrong" name="baseline_demanded"
# Anda menuntut lebih dari definisinya. Nilai awal memang dibutuhkan untuk mengevaluasi, tetapi syarat mana yang disebut soal untuk sebuah sasaran?

# %% [markdown] lang="en" part="wrong" name="baseline_demanded"
# You ask for more than the definition does. A baseline is needed to evaluate, but which conditions does the task name for an objective?

# %% part="question"
question(
    "present_value", kind="number", unit="money", digits=5, level="worked", data="flows", variants=("retail", "hospital", "bank"),
    title={"id": "Nilai sekarang sebuah program", "en": "What a programme is worth today"},
    rows=("P09",), book="4.2", notebook="23-business-case-and-ledger", app="executive", function="crm.projects.business_case", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Hari ini keluar 1.200, lalu masuk 300, 500, 600, dan 600 (juta rupiah) pada akhir tahun 1 sampai 4. Dengan suku bunga diskonto 12 %: NPV = −1.200 + 300/1,12 + 500/1,12² + 600/1,12³ + 600/1,12⁴ = 274,83. Kas tahun 0 tidak didiskonto. Bila semua manfaat hanya 80 % dari rencana, NPV menjadi −20,1 dan keputusannya berbalik.

# %% [markdown] lang="en" part="example"
# **Example.** 1,200 goes out today, then 300, 500, 600 and 600 (million rupiah) come in at the ends of years 1 to 4. At a discount rate of 12 %: NPV = −1,200 + 300/1.12 + 500/1.12² + 600/1.12³ + 600/1.12⁴ = 274.83. The cash of year 0 is not discounted. If all benefits are only 80 % of plan, NPV becomes −20.1 and the decision turns round.

# %% part="example"
cash = [-1200, 300, 500, 600, 600]
print(round(sum(amount / 1.12**year for year, amount in enumerate(cash)), 2))
print(round(cash[0] + sum(0.8 * amount / 1.12**year for year, amount in enumerate(cash) if year), 2))

# %% [markdown] lang="id" part="task"
# Kasus bisnis CRM sebuah {what}. Tabel `flows` memuat biaya (`cost`), manfaat langsung (`benefit`), dan manfaat laten (`latent`) per tahun; `amount` selalu positif, tahun 0 adalah hari ini. Hitung NPV dengan suku bunga diskonto {rate:share}. Manfaat laten **tidak** ikut dihitung.

# %% [markdown] lang="en" part="task"
# The CRM business case of a {what}. The table `flows` holds costs (`cost`), immediate benefits (`benefit`) and latent benefits (`latent`) by year; `amount` is always positive, year 0 is today. Compute the NPV at a discount rate of {rate:share}. Latent benefits do **not** count.

# %% [markdown] lang="id" part="hint"
# Beri tanda dahulu: biaya negatif, manfaat langsung positif, manfaat laten nol.

# %% [markdown] lang="en" part="hint"
# Give signs first: costs negative, immediate benefits positive, latent benefits nothing.

# %% [markdown] lang="id" part="hint"
# Setiap baris dibagi `(1 + rate) ** period`, lalu dijumlahkan. `rate` ada di `q.data["rate"]`.

# %% [markdown] lang="en" part="hint"
# Divide each row by `(1 + rate) ** period`, then add up. The rate is `q.data["rate"]`.

# %% part="solution"
flows, rate = q.data["flows"], q.data["rate"]
sign = flows["kind"].map({"cost": -1, "benefit": 1, "latent": 0})
q.answer = (sign * flows["amount"] / (1 + rate) ** flows["period"]).sum()

# %% part="package"
q.answer = crm.projects.business_case(q.data["flows"], rate=q.data["rate"]).facts["npv"]

# %% [markdown] lang="id" part="why"
# Buku (§4.1) memisahkan manfaat yang segera tercapai dari manfaat laten, yang baru muncul setelah organisasi tumbuh ke dalam program. Keduanya layak dicatat, tetapi keputusan go/no-go sebaiknya berdiri tanpa yang laten. Buku tidak menyebut diskonto; tanpa itu, rupiah lima tahun lagi dianggap sama dengan rupiah hari ini.

# %% [markdown] lang="en" part="why"
# The book (§4.1) separates benefits that come soon from latent ones, which appear only once the organisation has grown into the programme. Both are worth listing, but a go/no-go should stand without the latent ones. The book says nothing of discounting; without it a rupiah in five years counts as much as one today.

# %% part="wrong" name="latent_added"
flows, rate = q.data["flows"], q.data["rate"]
sign = flows["kind"].map({"cost": -1, "benefit": 1, "latent": 1})
q.answer = (sign * flows["amount"] / (1 + rate) ** flows["period"]).sum()

# %% [markdown] lang="id" part="wrong" name="latent_added"
# Manfaat laten ikut dijumlahkan. Apa yang tersisa dari kasus ini bila budaya layanan tidak berubah?

# %% [markdown] lang="en" part="wrong" name="latent_added"
# The latent benefits were added. What is left of the case if the service culture does not change?

# %% part="wrong" name="today_discounted"
flows, rate = q.data["flows"], q.data["rate"]
sign = flows["kind"].map({"cost": -1, "benefit": 1, "latent": 0})
q.answer = (sign * flows["amount"] / (1 + rate) ** (flows["period"] + 1)).sum()

# %% [markdown] lang="id" part="wrong" name="today_discounted"
# Kas hari ini pun didiskonto setahun, seperti pada fungsi NPV di Excel. Kapan tahun 0 dibayar?

# %% [markdown] lang="en" part="wrong" name="today_discounted"
# Even today's cash was discounted by a year, as Excel's NPV does. When is year 0 paid?

# %% part="wrong" name="not_discounted"
flows = q.data["flows"]
sign = flows["kind"].map({"cost": -1, "benefit": 1, "latent": 0})
q.answer = (sign * flows["amount"]).sum()

# %% [markdown] lang="id" part="wrong" name="not_discounted"
# Itu jumlah kas tanpa diskonto. Samakah nilai rupiah tahun ke-5 dengan rupiah hari ini?

# %% [markdown] lang="en" part="wrong" name="not_discounted"
# That is the sum of the cash without discounting. Is a rupiah of year 5 worth as much as one today?

# %% part="wrong" name="running_costs_forgotten"
flows, rate = q.data["flows"], q.data["rate"]
sign = flows["kind"].map({"cost": -1, "benefit": 1, "latent": 0}) * ~((flows["kind"] == "cost") & (flows["period"] > 0))
q.answer = (sign * flows["amount"] / (1 + rate) ** flows["period"]).sum()

# %% [markdown] lang="id" part="wrong" name="running_costs_forgotten"
# Hanya investasi awal yang terhitung sebagai biaya. Siapa yang membayar lisensi tahun berikutnya?

# %% [markdown] lang="en" part="wrong" name="running_costs_forgotten"
# Only the first investment counts as a cost. Who pays the licences of the years after?

# %% part="question"
question(
    "critical_path", kind="blanks", level="faded", data="tasks", variants=("crm", "call_centre", "loyalty_app"),
    parts={
        "expected": {"kind": "number", "unit": "days", "digits": 4,
                 "says": {"id": "lama harapan seluruh rencana, dalam hari", "en": "expected duration of the whole plan, in days"}},
        "slack": {"kind": "number", "unit": "days", "digits": 3,
                 "says": {"id": "kelonggaran total tugas itu, dalam hari", "en": "that task's total slack, in days"}},
        "on_time": {"kind": "number", "unit": "percent", "digits": 4,
                 "says": {"id": "peluang tepat waktu, dalam persen", "en": "the chance to be in time, in percent"}},
    },
    title={"id": "Jalur kritis dan peluang tepat waktu", "en": "The critical path and the chance to be in time"},
    rows=("P13", "P14"), book="4.1", notebook="22-programme-planning", app="executive", function="crm.projects.pert", points=3,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** A 3 hari; B 5 dan C 4 sesudah A; D 6 sesudah B; E 2 sesudah B dan C; F 3 sesudah D dan E. Jalur A-B-D-F = 17 hari adalah yang terpanjang. E harus mulai paling lambat hari 12, jadi C paling lambat mulai hari 8; paling awal hari 3: kelonggaran C = 5.
#
# PERT mengganti setiap lama dengan (o + 4m + p)/6 dan ragam ((p − o)/6)². A(2, 3, 4), B(3, 5, 13), D(4, 6, 8), F(2, 3, 4) memberi 18,0 hari dan ragam 3,4444; peluang selesai dalam 20 hari 0,8594.

# %% [markdown] lang="en" part="example"
# **Example.** A takes 3 days; B 5 and C 4 after A; D 6 after B; E 2 after B and C; F 3 after D and E. The path A-B-D-F = 17 days is the longest. E must begin on day 12 at the latest, so C on day 8 at the latest; at the earliest on day 3: the slack of C is 5.
#
# PERT replaces each duration by (o + 4m + p)/6 with variance ((p − o)/6)². A(2, 3, 4), B(3, 5, 13), D(4, 6, 8), F(2, 3, 4) give 18.0 days and a variance of 3.4444; the chance to be done within 20 days is 0.8594.

# %% part="example"
from statistics import NormalDist

path = [(2, 3, 4), (3, 5, 13), (4, 6, 8), (2, 3, 4)]
expected = sum((o + 4 * m + p) / 6 for o, m, p in path)
variance = sum(((p - o) / 6) ** 2 for o, m, p in path)
print(expected, round(variance, 4), round(NormalDist(expected, variance**0.5).cdf(20), 4))

# %% [markdown] lang="id" part="task"
# Rencana untuk {what}: enam tugas dengan tiga taksiran (hari kerja) dan pendahulunya (`after`). Pakai lama harapan PERT untuk semua tugas. Berapa lama rencana ini, berapa kelonggaran total tugas **{ask}** (mulai paling lambat dikurangi mulai paling awal), dan berapa peluang selesai dalam {deadline} hari, dengan ragam di sepanjang jalur kritis?

# %% [markdown] lang="en" part="task"
# A plan for {what}: six tasks with three estimates (working days) and what they come after (`after`). Use PERT's expected duration for every task. How long is the plan, what is the total slack of task **{ask}** (late start less early start), and what is the chance to be done within {deadline} days, with the variance along the critical path?

# %% part="start"
from statistics import NormalDist

tasks = q.data["tasks"].set_index("task")
tasks["te"] = (tasks["optimistic"] + 4 * tasks["likely"] + tasks["pessimistic"]) / 6
before = {name: [b for b in after.split(", ") if b] for name, after in tasks["after"].items()}
early = {}
for name in tasks.index:  # forward: a task begins when the last of those before it is done
    early[name] = max([early[b] + tasks["te"][b] for b in before[name]], default=0)
q.answer = {"expected": ..., "slack": ..., "on_time": ...}

# %% [markdown] lang="id" part="hint"
# Maju: mulai paling awal = selesai paling akhir dari semua pendahulu. Lama rencana = selesai tugas terakhir, bukan jumlah semua tugas.

# %% [markdown] lang="en" part="hint"
# Forward: the early start is the latest finish of all that come before. The plan's duration is the finish of the last task, not the sum of all.

# %% [markdown] lang="id" part="hint"
# Mundur: selesai paling lambat = mulai paling lambat terkecil dari semua penerus. Tugas dengan kelonggaran nol membentuk jalur kritis.

# %% [markdown] lang="en" part="hint"
# Backward: the late finish is the smallest late start of all that come after. The tasks without slack make the critical path.

# %% [markdown] lang="id" part="hint"
# Ragam boleh dijumlahkan, simpangan baku tidak: `NormalDist(expected, variance ** 0.5).cdf(deadline)`.

# %% [markdown] lang="en" part="hint"
# Variances add up, standard deviations do not: `NormalDist(expected, variance ** 0.5).cdf(deadline)`.

# %% part="solution"
from statistics import NormalDist

tasks = q.data["tasks"].set_index("task")
te = ((tasks["optimistic"] + 4 * tasks["likely"] + tasks["pessimistic"]) / 6).to_dict()
variance = (((tasks["pessimistic"] - tasks["optimistic"]) / 6) ** 2).to_dict()
before = {name: [b for b in after.split(", ") if b] for name, after in tasks["after"].items()}
early, late = {}, {}
for name in te:
    early[name] = max([early[b] + te[b] for b in before[name]], default=0)
end = max(early[name] + te[name] for name in te)
for name in reversed(list(te)):
    late[name] = min([late[s] for s in te if name in before[s]], default=end) - te[name]
along = sum(variance[name] for name in te if late[name] - early[name] < 1e-9)
q.answer = {
    "expected": end,
    "slack": late[q.data["ask"]] - early[q.data["ask"]],
    "on_time": 100 * NormalDist(end, along**0.5).cdf(q.data["deadline"]),
}

# %% part="package"
found = crm.projects.pert(q.data["tasks"], deadline=q.data["deadline"])
slack = found.table.set_index("task")["slack"]
q.answer = {"expected": found.facts["expected"], "slack": slack[q.data["ask"]], "on_time": 100 * found.facts["on_time_share"]}

# %% [markdown] lang="id" part="why"
# Buku (§4.1) menyebut bagan Gantt, analisis jalur kritis, dan PERT sebagai alat tanpa menunjukkan hitungannya. Jalur terpanjang menentukan lama proyek; kelonggaran total boleh dipakai sekali untuk seluruh rantai, bukan oleh setiap tugas. PERT melihat satu jalur saja, jadi peluangnya cenderung terlalu optimistis bila jalur lain hampir sama panjang.

# %% [markdown] lang="en" part="why"
# The book (§4.1) names Gantt charts, critical path analysis and PERT as tools and shows no computation. The longest path decides; total slack may be spent once by a whole chain, not by each of its tasks. PERT looks at one path only, so its chance is too optimistic where another path is nearly as long.

# %% part="wrong" name="likely_only"
from statistics import NormalDist

tasks = q.data["tasks"].set_index("task")
te = tasks["likely"].to_dict()
variance = (((tasks["pessimistic"] - tasks["optimistic"]) / 6) ** 2).to_dict()
before = {name: [b for b in after.split(", ") if b] for name, after in tasks["after"].items()}
early, late = {}, {}
for name in te:
    early[name] = max([early[b] + te[b] for b in before[name]], default=0)
end = max(early[name] + te[name] for name in te)
for name in reversed(list(te)):
    late[name] = min([late[s] for s in te if name in before[s]], default=end) - te[name]
along = sum(variance[name] for name in te if late[name] - early[name] < 1e-9)
q.answer = {
    "expected": end,
    "slack": late[q.data["ask"]] - early[q.data["ask"]],
    "on_time": 100 * NormalDist(end, along**0.5).cdf(q.data["deadline"]),
}

# %% [markdown] lang="id" part="wrong" name="likely_only"
# Hanya taksiran yang paling mungkin dipakai. Ke arah mana taksiran pesimistis menarik harapannya?

# %% [markdown] lang="en" part="wrong" name="likely_only"
# Only the most likely estimate was used. Which way do the pessimistic ones pull the expectation?

# %% part="wrong" name="all_tasks_added"
from statistics import NormalDist

tasks = q.data["tasks"]
te = (tasks["optimistic"] + 4 * tasks["likely"] + tasks["pessimistic"]) / 6
spread = ((tasks["pessimistic"] - tasks["optimistic"]) / 6) ** 2
q.answer = {"expected": te.sum(), "on_time": 100 * NormalDist(te.sum(), spread.sum() ** 0.5).cdf(q.data["deadline"])}

# %% [markdown] lang="id" part="wrong" name="all_tasks_added"
# Semua tugas dijumlahkan seolah-olah berurutan. Tugas mana yang dapat berjalan bersamaan?

# %% [markdown] lang="en" part="wrong" name="all_tasks_added"
# All tasks were added as if one followed the other. Which of them can run side by side?

# %% part="wrong" name="deviations_added"
from statistics import NormalDist

tasks = q.data["tasks"].set_index("task")
te = ((tasks["optimistic"] + 4 * tasks["likely"] + tasks["pessimistic"]) / 6).to_dict()
deviation = ((tasks["pessimistic"] - tasks["optimistic"]) / 6).to_dict()
before = {name: [b for b in after.split(", ") if b] for name, after in tasks["after"].items()}
early, late = {}, {}
for name in te:
    early[name] = max([early[b] + te[b] for b in before[name]], default=0)
end = max(early[name] + te[name] for name in te)
for name in reversed(list(te)):
    late[name] = min([late[s] for s in te if name in before[s]], default=end) - te[name]
along = sum(deviation[name] for name in te if late[name] - early[name] < 1e-9)
q.answer = {
    "expected": end,
    "slack": late[q.data["ask"]] - early[q.data["ask"]],
    "on_time": 100 * NormalDist(end, along).cdf(q.data["deadline"]),
}

# %% [markdown] lang="id" part="wrong" name="deviations_added"
# Simpangan baku dijumlahkan langsung, sehingga keraguannya terlalu besar. Besaran apa yang boleh dijumlahkan untuk tugas yang saling bebas?

# %% [markdown] lang="en" part="wrong" name="deviations_added"
# The standard deviations were added, which makes the doubt too large. What adds up over independent tasks?

# %% part="wrong" name="wait_until_next"
from statistics import NormalDist

tasks = q.data["tasks"].set_index("task")
te = ((tasks["optimistic"] + 4 * tasks["likely"] + tasks["pessimistic"]) / 6).to_dict()
variance = (((tasks["pessimistic"] - tasks["optimistic"]) / 6) ** 2).to_dict()
before = {name: [b for b in after.split(", ") if b] for name, after in tasks["after"].items()}
early, late = {}, {}
for name in te:
    early[name] = max([early[b] + te[b] for b in before[name]], default=0)
end = max(early[name] + te[name] for name in te)
for name in reversed(list(te)):
    late[name] = min([late[s] for s in te if name in before[s]], default=end) - te[name]
along = sum(variance[name] for name in te if late[name] - early[name] < 1e-9)
ask = q.data["ask"]
q.answer = {
    "expected": end,
    "slack": round(min(early[s] for s in te if ask in before[s]) - early[ask] - te[ask], 9),
    "on_time": 100 * NormalDist(end, along**0.5).cdf(q.data["deadline"]),
}

# %% [markdown] lang="id" part="wrong" name="wait_until_next"
# Itu kelonggaran bebas: jarak sampai penerusnya paling awal mulai. Apakah penerus itu sendiri masih boleh menunggu?

# %% [markdown] lang="en" part="wrong" name="wait_until_next"
# That is the free slack: the gap until the next task may begin at the earliest. May that next task wait as well?

# %% part="question"
question(
    "choose_partner", kind="table", columns=("vendor", "score"), decimals=3, level="independent", data="bids",
    variants=("wa", "offline", "erp"), title={"id": "Nilai proposal mitra", "en": "Scoring the proposals"},
    rows=("P20",), book="4.1", notebook="25-crm-technology", app="executive", function="crm.projects.vendors", points=2,
)

# %% [markdown] lang="id" part="task"
# Enam vendor menjawab RFP. Panel menilai empat kriteria (1 sampai 5, makin tinggi makin baik); bobotnya ada di `weights` dan **belum** berjumlah 1. Kriteria wajib: {must} (kolom `must_have`). Yang kosong dianggap tidak ada.
#
# Buat tabel `vendor` dan `score` (rata-rata tertimbang, 1 sampai 5) untuk vendor yang **lolos** kriteria wajib.

# %% [markdown] lang="en" part="task"
# Six vendors answered the RFP. A panel scored four criteria (1 to 5, the more the better); the weights stand in `weights` and do **not** sum to 1 yet. The must-have: {must} (column `must_have`). What is left blank counts as missing.
#
# Make a table with `vendor` and `score` (the weighted mean, 1 to 5) for the vendors that **pass** the must-have.

# %% [markdown] lang="id" part="hint"
# Saring dahulu dengan kriteria wajib; kriteria wajib bukan bobot.

# %% [markdown] lang="en" part="hint"
# Filter by the must-have first; a must-have is not a weight.

# %% [markdown] lang="id" part="hint"
# `w = weights.set_index("criterion")["weight"]`, lalu `w / w.sum()` menjadi bobot yang berjumlah 1.

# %% [markdown] lang="en" part="hint"
# `w = weights.set_index("criterion")["weight"]`, then `w / w.sum()` gives weights that sum to 1.

# %% part="solution"
proposals = q.data["proposals"]
w = q.data["weights"].set_index("criterion")["weight"]
passed = proposals[proposals["must_have"] == "yes"].set_index("vendor")
q.answer = (passed[w.index] * (w / w.sum())).sum(axis=1).rename("score").reset_index()

# %% part="package"
proposals = q.data["proposals"]
scores = proposals.assign(must_have=proposals["must_have"].map({"yes": True, "no": False, "": None}))
weights = q.data["weights"].set_index("criterion")["weight"].to_dict()
found = crm.projects.vendors(scores, weights, must_have=["must_have"]).table
ranked = found[found["status"] == "ranked"]
q.answer = ranked[["vendor", "weighted_score"]].rename(columns={"weighted_score": "score"})

# %% [markdown] lang="id" part="why"
# Buku (§4.1) membedakan penilaian tidak berbobot dan tertimbang, lalu menambahkan kriteria yang ketiadaannya menghentikan penilaian. Itu saringan, bukan bobot besar: vendor dengan nilai 4,50 tanpa fungsi wajib tetap keluar, dan yang menang dapat berbeda antara jumlah biasa dan jumlah tertimbang. Laporkan keduanya.

# %% [markdown] lang="en" part="why"
# The book (§4.1) tells unweighted from weighted scoring, and adds criteria whose absence ends the review. That is a filter, not a heavy weight: a vendor with 4.50 but without the must-have is out all the same, and the winner may differ between the plain and the weighted sum. Report both.

# %% part="wrong" name="must_have_ignored"
proposals = q.data["proposals"].set_index("vendor")
w = q.data["weights"].set_index("criterion")["weight"]
q.answer = (proposals[w.index] * (w / w.sum())).sum(axis=1).rename("score").reset_index()

# %% [markdown] lang="id" part="wrong" name="must_have_ignored"
# Semua vendor ikut dinilai. Berapa nilai sebuah sistem yang tidak punya fungsi wajib?

# %% [markdown] lang="en" part="wrong" name="must_have_ignored"
# Every vendor was scored. What is a system worth that lacks the must-have?

# %% part="wrong" name="blank_passes"
proposals = q.data["proposals"]
w = q.data["weights"].set_index("criterion")["weight"]
passed = proposals[proposals["must_have"] != "no"].set_index("vendor")
q.answer = (passed[w.index] * (w / w.sum())).sum(axis=1).rename("score").reset_index()

# %% [markdown] lang="id" part="wrong" name="blank_passes"
# Jawaban kosong diloloskan. Apa kata soal tentang vendor yang tidak menjawab?

# %% [markdown] lang="en" part="wrong" name="blank_passes"
# The blank answer was let through. What does the task say of a vendor that did not answer?

# %% part="wrong" name="weights_forgotten"
proposals = q.data["proposals"]
criteria = list(q.data["weights"]["criterion"])
passed = proposals[proposals["must_have"] == "yes"].set_index("vendor")
q.answer = passed[criteria].mean(axis=1).rename("score").reset_index()

# %% [markdown] lang="id" part="wrong" name="weights_forgotten"
# Itu rata-rata tanpa bobot: setiap kriteria dianggap sama penting. Mana yang menurut perusahaan lebih penting?

# %% [markdown] lang="en" part="wrong" name="weights_forgotten"
# That is the unweighted mean: every criterion counts alike. Which ones matter more to the company?

# %% part="wrong" name="weights_not_normalised"
proposals = q.data["proposals"]
w = q.data["weights"].set_index("criterion")["weight"]
passed = proposals[proposals["must_have"] == "yes"].set_index("vendor")
q.answer = (passed[w.index] * w).sum(axis=1).rename("score").reset_index()

# %% [markdown] lang="id" part="wrong" name="weights_not_normalised"
# Bobotnya belum dibagi jumlahnya, sehingga nilai keluar dari skala 1 sampai 5. Berapa seharusnya jumlah bobot?

# %% [markdown] lang="en" part="wrong" name="weights_not_normalised"
# The weights were not divided by their sum, so the scores leave the scale of 1 to 5. What should weights sum to?

# %% part="question"
question(
    "programme_effect", kind="number", unit="million", digits=4, level="independent", data="before_after",
    variants=("shops", "branches", "clinics"), title={"id": "Hasil bisnis program", "en": "The programme's business outcome"},
    rows=("P23",), book="4.1", notebook="22-programme-planning", app="executive", function="crm.programme.effect", points=2,
)

# %% [markdown] lang="id" part="task"
# Program CRM dimulai awal 2020 pada sebagian {who} (`programme` = 1). Tabel `units` memuat omzet tahunan (juta rupiah) sebelum (2019) dan sesudah (2020). Berapa pengaruh program per unit menurut selisih dari selisih: perubahan rata-rata kelompok program dikurangi perubahan rata-rata kelompok tanpa program, dalam **juta rupiah**?

# %% [markdown] lang="en" part="task"
# A CRM programme began in 2020 in some of the {who} (`programme` = 1). The table `units` holds yearly sales (million rupiah) before (2019) and after (2020). What is the programme's effect for each unit by the difference in differences: the mean change of those with the programme less the mean change of those without it, in **million rupiah**?

# %% [markdown] lang="id" part="hint"
# Hitung empat rata-rata: dua kelompok, dua tahun. `groupby(["programme", "year"])`.

# %% [markdown] lang="en" part="hint"
# Compute four means: two groups, two years. `groupby(["programme", "year"])`.

# %% [markdown] lang="id" part="hint"
# Contoh kecil: program 100 → 55, pembanding 100 → 140. Perubahan −45 dan +40; selisih dari selisih −85.

# %% [markdown] lang="en" part="hint"
# A small example: with the programme 100 → 55, without it 100 → 140. The changes are −45 and +40; the difference in differences is −85.

# %% part="solution"
units = q.data["units"]
mean = units.groupby(["programme", "year"])["sales_million"].mean()
q.answer = (mean[1, 2020] - mean[1, 2019]) - (mean[0, 2020] - mean[0, 2019])

# %% part="package"
found = crm.programme.effect(q.data["units"], value="sales_million", treated="programme", period="year", since=2020, unit="unit_id")
q.answer = found.facts["effect"]

# %% [markdown] lang="id" part="why"
# Perubahan sebelum-sesudah mencampur program dengan segala hal lain yang terjadi pada tahun itu; kelompok tanpa program menunjukkan apa yang akan terjadi juga. Buku (§4.1) hanya meminta kembali ke tujuan dan bertanya apakah hasil tercapai: itu perlu nilai awal, dan belum menjawab apakah program penyebabnya. Syaratnya: tanpa program, kedua kelompok akan bergerak sama.

# %% [markdown] lang="en" part="why"
# Before and after alone mixes the programme with everything else that happened that year; those without it show what would have happened anyway. The book (§4.1) only asks to go back to the objectives and see whether they were reached: that needs a baseline, and does not yet say that the programme was the cause. The condition: without the programme both groups would have moved alike.

# %% part="wrong" name="before_after_only"
units = q.data["units"]
mean = units.groupby(["programme", "year"])["sales_million"].mean()
q.answer = mean[1, 2020] - mean[1, 2019]

# %% [markdown] lang="id" part="wrong" name="before_after_only"
# Itu perubahan kelompok program saja. Apa yang terjadi pada unit tanpa program pada tahun yang sama?

# %% [markdown] lang="en" part="wrong" name="before_after_only"
# That is the change of those with the programme alone. What happened to the others in the same year?

# %% part="wrong" name="after_only"
units = q.data["units"]
mean = units.groupby(["programme", "year"])["sales_million"].mean()
q.answer = mean[1, 2020] - mean[0, 2020]

# %% [markdown] lang="id" part="wrong" name="after_only"
# Itu selisih kedua kelompok sesudah program. Apakah keduanya sama besar sebelum program?

# %% [markdown] lang="en" part="wrong" name="after_only"
# That is the gap between the groups afterwards. Were they alike before the programme?

# %% part="wrong" name="sums_not_means"
units = q.data["units"]
total = units.groupby(["programme", "year"])["sales_million"].sum()
q.answer = (total[1, 2020] - total[1, 2019]) - (total[0, 2020] - total[0, 2019])

# %% [markdown] lang="id" part="wrong" name="sums_not_means"
# Yang dibandingkan jumlah, bukan rata-rata per unit. Apakah kedua kelompok sama banyak?

# %% [markdown] lang="en" part="wrong" name="sums_not_means"
# Totals were compared, not means for each unit. Are the two groups of equal size?

# %% part="question"
question(
    "say_about_projects", kind="choice", style="claim", level="independent", variants=("two_rates", "leads", "in_time", "struggle"),
    title={"id": "Bolehkah ini dikatakan kepada direksi?", "en": "Can you say this to the board?"},
    options={
        "k1": {"id": "Ya, keterangan yang ada mendukungnya.", "en": "Yes, what is known supports it."},
        "k2": {"id": "Tidak: angka-angkanya dari populasi atau definisi yang berbeda.", "en": "No: the numbers come from different populations or definitions."},
        "k3": {"id": "Tidak: tidak ada pembanding yang menunjukkan apa yang terjadi tanpa program.", "en": "No: nothing shows what would have happened without the programme."},
        "k4": {"id": "Tidak: ukuran proyek (waktu, anggaran) dipakai sebagai bukti hasil bisnis.", "en": "No: a measure of the project (time, budget) is used as proof of a business outcome."},
    },
    rows=("P23",), book="4.1", notebook="22-programme-planning", app="checkup", function="crm.programme.outcomes", points=1,
)

# %% [markdown] lang="id" part="task" variant="two_rates"
# "Dulu 69 % proyek CRM gagal, sekarang menurut buku lebih dari setengahnya; jadi tingkat kegagalan menurun." Angka pertama berasal dari sebuah artikel (hingga 69 %, mengutip CIO 2017), yang kedua dari buku §4.1 tanpa tahun dan tanpa definisi gagal.

# %% [markdown] lang="en" part="task" variant="two_rates"
# "69 % of CRM projects used to fail, now the book says more than half; so failure is going down." The first number is from an article (up to 69 %, citing CIO 2017), the second from the book's §4.1, which gives no year and no definition of failing.

# %% [markdown] lang="id" part="task" variant="leads"
# "Sasaran kami 200 tambahan prospek pada Q4; tercatat 170 lebih banyak daripada Q3. Program CRM menghasilkan 170 prospek." Setiap Q4 tahun-tahun sebelumnya juga naik; cabang tanpa program tidak dihitung.

# %% [markdown] lang="en" part="task" variant="leads"
# "Our objective was 200 more leads in Q4; 170 more than in Q3 were counted. The CRM programme produced 170 leads." Every Q4 of the years before rose as well; branches without the programme were not counted.

# %% [markdown] lang="id" part="task" variant="in_time"
# "Proyek CRM selesai dua minggu lebih cepat dan 4 % di bawah anggaran; jadi hubungan dengan pelanggan membaik."

# %% [markdown] lang="en" part="task" variant="in_time"
# "The CRM project was finished two weeks early and 4 % below budget; so the relationship with customers has improved."

# %% [markdown] lang="id" part="task" variant="struggle"
# "Menurut buku §9.2, 33 % perusahaan kesulitan menerapkan CRM. Angka itu tidak mengatakan bahwa 67 % berhasil, sebab yang tidak kesulitan belum tentu mencapai sasarannya."

# %% [markdown] lang="en" part="task" variant="struggle"
# "By the book's §9.2, 33 % of companies struggle to introduce CRM. That does not say that 67 % succeed, because who does not struggle has not necessarily reached the objectives."

# %% [markdown] lang="id" part="hint"
# Untuk setiap angka: siapa yang dihitung, apa yang disebut gagal atau berhasil, dan kapan?

# %% [markdown] lang="en" part="hint"
# For each number: who was counted, what is called failure or success, and when?

# %% [markdown] lang="id" part="hint"
# Buku memisahkan hasil proyek (tepat waktu, sesuai anggaran) dari hasil bisnis. Dan hasil bisnis perlu pembanding.

# %% [markdown] lang="en" part="hint"
# The book tells project outcomes (in time, within budget) from business outcomes. And a business outcome needs a comparison.

# %% part="solution"
q.answer = {"two_rates": "k2", "leads": "k3", "in_time": "k4", "struggle": "k1"}[q.variant]

# %% [markdown] lang="id" part="why"
# Tiga angka kegagalan dalam sumber kita (69 %, lebih dari setengah, 33 % kesulitan) berbicara tentang hal yang berbeda dan tidak boleh dirangkai menjadi tren. Hasil proyek menjawab apakah rencana dijalankan; hasil bisnis menjawab apakah pelanggan dan laba berubah; pembanding menjawab apakah program yang mengubahnya.

# %% [markdown] lang="en" part="why"
# The three failure numbers in our sources (69 %, more than half, 33 % struggle) speak of different things and must not be strung into a trend. Project outcomes say whether the plan was carried out; business outcomes whether customers and profit changed; a comparison whether the programme changed them.

# %% part="wrong" name="taken_at_its_word"
q.answer = {"two_rates": "k1", "leads": "k1", "in_time": "k1", "struggle": "k4"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="taken_at_its_word"
# Baca kalimatnya sekali lagi: apa tepatnya yang disimpulkan, dan keterangan mana yang menanggung kesimpulan itu?

# %% [markdown] lang="en" part="wrong" name="taken_at_its_word"
# Read the sentence again: what exactly is concluded, and which of the facts carries that conclusion?

# %% part="wrong" name="population_confused"
q.answer = {"two_rates": "k3", "leads": "k2", "in_time": "k2", "struggle": "k2"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="population_confused"
# Populasi dan pembanding tertukar. Berapa sumber yang dipakai kalimat ini, dan apakah kalimat ini menyebut sebab?

# %% [markdown] lang="en" part="wrong" name="population_confused"
# Population and comparison are mixed up. How many sources does the sentence use, and does it name a cause?

# %% part="wrong" name="project_for_business"
q.answer = {"two_rates": "k4", "leads": "k4", "in_time": "k3", "struggle": "k3"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="project_for_business"
# Hasil proyek dan hasil bisnis tertukar. Apa yang diukur di sini: pelaksanaan rencana, pelanggan, atau tidak keduanya?

# %% [markdown] lang="en" part="wrong" name="project_for_business"
# Project and business outcomes are mixed up. What is measured here: how the plan was carried out, customers, or neither?

# %% part="question"
question(
    "too_much_revenue", kind="number", unit="money", digits=6, style="mistake", level="independent", data="star",
    variants=("hygiene", "kitchen", "snacks"), title={"id": "Omzet yang terlalu besar", "en": "Too much revenue"},
    rows=("P03",), book="4.2", notebook="02-customer-strategy-cube", app="explorer", function="crm.Star", points=2,
)

# %% [markdown] lang="id" part="task"
# Seorang rekan menghitung omzet kategori **{category}** begini dan melaporkan {reported:money}:
#
# ```python
# joined = lines.merge(products, on="product_code")
# joined.loc[joined["category"] == "{category}", "amount"].sum()
# ```
#
# Di dalam `products` ada kode yang berdiri dua kali, karena produknya pindah kategori; yang berlaku adalah baris dengan `valid_from` terbaru. Temukan kesalahannya, lalu hitung omzet kategori {category} yang benar. Baris dengan kode yang tidak dikenal tidak masuk kategori mana pun.

# %% [markdown] lang="en" part="task"
# A colleague computed the revenue of the category **{category}** like this, and reported {reported:money}:
#
# ```python
# joined = lines.merge(products, on="product_code")
# joined.loc[joined["category"] == "{category}", "amount"].sum()
# ```
#
# In `products` some codes stand twice, because the product moved to another category; the row with the latest `valid_from` holds. Find the mistake, and compute the right revenue of {category}. Lines with an unknown code belong to no category.

# %% [markdown] lang="id" part="hint"
# Bandingkan jumlah baris dan jumlah `amount` sebelum dan sesudah penggabungan.

# %% [markdown] lang="en" part="hint"
# Compare the number of rows and the sum of `amount` before and after the join.

# %% [markdown] lang="id" part="hint"
# Tabel dimensi harus punya satu baris untuk setiap kunci: `products.sort_values("valid_from").drop_duplicates("product_code", keep="last")`.

# %% [markdown] lang="en" part="hint"
# A dimension must have one row for each key: `products.sort_values("valid_from").drop_duplicates("product_code", keep="last")`.

# %% [markdown] lang="id" part="hint"
# `merge(..., validate="many_to_one")` menolak penggabungan yang menggandakan baris.

# %% [markdown] lang="en" part="hint"
# `merge(..., validate="many_to_one")` refuses a join that multiplies rows.

# %% part="solution"
lines, products = q.data["lines"], q.data["products"]
now = products.sort_values("valid_from").drop_duplicates("product_code", keep="last")
joined = lines.merge(now, on="product_code", how="left", validate="many_to_one")
q.answer = joined.loc[joined["category"] == q.variant, "amount"].sum()

# %% [markdown] lang="id" part="why"
# Kunci dimensi yang kembar menggandakan baris fakta: delapan baris bernilai 500 menjadi sembilan baris dengan jumlah yang lebih besar, tanpa pesan kesalahan. Buku (§4.2) menggambarkan tabel fakta sebagai pengikat tabel dimensi lewat kunci asing; agar itu benar, kunci dimensi harus unik. Pemeriksaannya: jumlah baris dan jumlah uang tidak boleh berubah oleh penggabungan.

# %% [markdown] lang="en" part="why"
# A doubled key in a dimension multiplies the facts: eight rows worth 500 become nine worth more, and nothing warns you. The book (§4.2) describes the fact table as what ties the dimensions together by foreign keys; for that the dimension's key must be unique. The check: neither the number of rows nor the money may change by a join.

# %% part="wrong" name="fan_out"
lines, products = q.data["lines"], q.data["products"]
joined = lines.merge(products, on="product_code")
q.answer = joined.loc[joined["category"] == q.variant, "amount"].sum()

# %% [markdown] lang="id" part="wrong" name="fan_out"
# Itu angka rekan Anda: baris fakta berlipat karena kunci dimensi kembar. Berapa baris sebelum dan sesudah penggabungan?

# %% [markdown] lang="en" part="wrong" name="fan_out"
# That is your colleague's number: facts were multiplied by doubled keys. How many rows before and after the join?

# %% part="wrong" name="old_row_kept"
lines, products = q.data["lines"], q.data["products"]
old = products.sort_values("valid_from").drop_duplicates("product_code", keep="first")
joined = lines.merge(old, on="product_code", how="left")
q.answer = joined.loc[joined["category"] == q.variant, "amount"].sum()

# %% [markdown] lang="id" part="wrong" name="old_row_kept"
# Kunci sudah unik, tetapi yang tersisa baris lama. Kategori mana yang berlaku sekarang?

# %% [markdown] lang="en" part="wrong" name="old_row_kept"
# The keys are unique, but the old rows were kept. Which category holds now?

# %% part="wrong" name="doubles_thrown_out"
lines, products = q.data["lines"], q.data["products"]
single = products.drop_duplicates("product_code", keep=False)
joined = lines.merge(single, on="product_code", how="left")
q.answer = joined.loc[joined["category"] == q.variant, "amount"].sum()

# %% [markdown] lang="id" part="wrong" name="doubles_thrown_out"
# Kode yang kembar dibuang seluruhnya, beserta penjualannya. Apakah produk itu tidak pernah terjual?

# %% [markdown] lang="en" part="wrong" name="doubles_thrown_out"
# The doubled codes were thrown out, and their sales with them. Were these products never sold?

# %% part="question"
question(
    "slice_of_the_cube", kind="sql", columns=("segment", "customers", "margin_percent"), decimals=2, level="independent", data="cube",
    variants=("store", "website", "whatsapp"), title={"id": "Satu irisan kubus", "en": "One slice of the cube"},
    rows=("P02",), book="4.2", notebook="02-customer-strategy-cube", app="explorer", function="crm.Cube.view", points=2,
)

# %% [markdown] lang="id" part="task"
# Tabel `lines` memuat baris pesanan dengan tiga sumbu kubus: `segment`, `offer`, `channel`. Tulis SQL untuk irisan `channel = '{channel}'`: satu baris untuk setiap segmen dengan
#
# - `segment`: yang kosong ditulis `unknown`, dan tetap ada dalam tabel;
# - `customers`: banyaknya pelanggan yang berbeda;
# - `margin_percent`: 100 × margin / omzet segmen itu.

# %% [markdown] lang="en" part="task"
# The table `lines` holds order lines with the three axes of the cube: `segment`, `offer`, `channel`. Write SQL for the slice `channel = '{channel}'`: one row for each segment with
#
# - `segment`: an empty one is written `unknown`, and stays in the table;
# - `customers`: the number of different customers;
# - `margin_percent`: 100 × margin / revenue of that segment.

# %% [markdown] lang="id" part="hint"
# Irisan adalah `WHERE`. Segmen yang kosong: `coalesce(segment, 'unknown')`.

# %% [markdown] lang="en" part="hint"
# A slice is a `WHERE`. An empty segment: `coalesce(segment, 'unknown')`.

# %% [markdown] lang="id" part="hint"
# Pelanggan yang sama dapat memesan beberapa kali: `count(DISTINCT customer)`.

# %% [markdown] lang="en" part="hint"
# The same customer may order several times: `count(DISTINCT customer)`.

# %% [markdown] lang="id" part="hint"
# Rasio dihitung ulang dari jumlah: `sum(margin)` dibagi `sum(revenue)`, bukan rata-rata rasio tiap baris.

# %% [markdown] lang="en" part="hint"
# A ratio is computed anew from sums: `sum(margin)` over `sum(revenue)`, not the mean of the rows' ratios.

# %% part="solution"
q.answer = f"""
SELECT coalesce(segment, 'unknown') AS segment,
       count(DISTINCT customer) AS customers,
       100.0 * sum(margin) / sum(revenue) AS margin_percent
FROM lines
WHERE channel = '{q.variant}'
GROUP BY 1
"""

# %% [markdown] lang="id" part="why"
# Pada kubus, omzet boleh dijumlahkan di setiap sumbu; rasio dan banyaknya pelanggan tidak. Pada contoh kecil notebook 02, total omzet 500 dengan margin 105 memberi 21,00 %, sedangkan rata-rata persen tiap sel 18,13 % tidak berarti apa-apa. Anggota yang tidak diketahui tetap ditampilkan agar jumlah semua baris sama dengan total.

# %% [markdown] lang="en" part="why"
# In a cube revenue adds up along every axis; ratios and counts of different customers do not. In notebook 02's small example a revenue of 500 with a margin of 105 gives 21.00 %, while the mean of the cells' percentages, 18.13 %, means nothing. The unknown member stays so that the rows sum to the total.

# %% part="wrong" name="mean_of_ratios"
q.answer = f"""
SELECT coalesce(segment, 'unknown') AS segment, count(DISTINCT customer) AS customers,
       avg(100.0 * margin / revenue) AS margin_percent
FROM lines WHERE channel = '{q.variant}' GROUP BY 1
"""

# %% [markdown] lang="id" part="wrong" name="mean_of_ratios"
# `margin_percent` adalah rata-rata rasio tiap baris: pesanan kecil seberat pesanan besar. Berapa rupiah margin dari berapa rupiah omzet?

# %% [markdown] lang="en" part="wrong" name="mean_of_ratios"
# `margin_percent` is the mean of the rows' ratios: a small order weighs as much as a large one. How many rupiah of margin come from how many of revenue?

# %% part="wrong" name="rows_for_customers"
q.answer = f"""
SELECT coalesce(segment, 'unknown') AS segment, count(customer) AS customers,
       100.0 * sum(margin) / sum(revenue) AS margin_percent
FROM lines WHERE channel = '{q.variant}' GROUP BY 1
"""

# %% [markdown] lang="id" part="wrong" name="rows_for_customers"
# `customers` menghitung baris pesanan. Apakah setiap baris pelanggan yang berbeda?

# %% [markdown] lang="en" part="wrong" name="rows_for_customers"
# `customers` counts order lines. Is every line a different customer?

# %% part="wrong" name="unknown_dropped"
q.answer = f"""
SELECT segment, count(DISTINCT customer) AS customers, 100.0 * sum(margin) / sum(revenue) AS margin_percent
FROM lines WHERE channel = '{q.variant}' AND segment IS NOT NULL GROUP BY 1
"""

# %% [markdown] lang="id" part="wrong" name="unknown_dropped"
# Pelanggan tanpa segmen hilang, sehingga tabel tidak lagi berjumlah total irisan. Di mana omzet mereka?

# %% [markdown] lang="en" part="wrong" name="unknown_dropped"
# Customers without a segment are gone, so the table no longer sums to the slice's total. Where is their revenue?

# %% part="wrong" name="not_sliced"
q.answer = """
SELECT coalesce(segment, 'unknown') AS segment, count(DISTINCT customer) AS customers,
       100.0 * sum(margin) / sum(revenue) AS margin_percent
FROM lines GROUP BY 1
"""

# %% [markdown] lang="id" part="wrong" name="not_sliced"
# Semua saluran ikut terhitung. Irisan mana yang ditanyakan?

# %% [markdown] lang="en" part="wrong" name="not_sliced"
# All channels are in it. Which slice was asked for?

# %% part="question"
question(
    "escalation", kind="table", columns=("send_to", "tickets"), decimals=0, level="independent", data="tickets",
    variants=("shop", "insurer", "clinic"), title={"id": "Siapa yang harus menerima tiket?", "en": "Who should have the tickets?"},
    rows=("C04",), book="8.2", notebook="25-crm-technology", app="workbench", function="crm.workflow.escalate", points=2,
)

# %% [markdown] lang="id" part="task"
# Meja layanan sebuah {what} memakai aturan: tiket yang terbuka **lebih dari** {first} jam naik ke `supervisor`, lebih dari {second} jam naik ke `manager`, selebihnya `none`. Sekarang 30 September 2020 pukul 17.00 (`q.data["as_of"]`).
#
# Buat tabel `send_to` dan `tickets` untuk tiket yang **saat itu** masih terbuka: sudah dibuka, dan belum selesai atau baru selesai sesudahnya. Setiap tiket dihitung sekali.

# %% [markdown] lang="en" part="task"
# The service desk of a {what} has a rule: a ticket open for **more than** {first} hours goes up to the `supervisor`, for more than {second} hours to the `manager`, the others stay with `none`. It is 30 September 2020, 17:00 (`q.data["as_of"]`).
#
# Make a table with `send_to` and `tickets` of the tickets that are open **at that moment**: already opened, and not resolved or resolved only later. Each ticket counts once.

# %% [markdown] lang="id" part="hint"
# Tiket terbuka pada saat itu: `opened_at <= as_of` dan (`resolved_at` kosong atau `resolved_at > as_of`).

# %% [markdown] lang="en" part="hint"
# Open at that moment: `opened_at <= as_of` and (`resolved_at` empty or `resolved_at > as_of`).

# %% [markdown] lang="id" part="hint"
# Lama dalam jam: `(as_of - opened_at) / pd.Timedelta(hours=1)`. Periksa tingkat tertinggi dahulu supaya tiap tiket jatuh ke satu kelompok.

# %% [markdown] lang="en" part="hint"
# Hours: `(as_of - opened_at) / pd.Timedelta(hours=1)`. Look at the highest level first, so that each ticket falls into one group.

# %% part="solution"
tickets, as_of = q.data["tickets"], q.data["as_of"]
still = tickets[(tickets["opened_at"] <= as_of) & ~(tickets["resolved_at"] <= as_of)]
hours = (as_of - still["opened_at"]) / pd.Timedelta(hours=1)
send_to = np.select([hours > q.data["second"], hours > q.data["first"]], ["manager", "supervisor"], "none")
q.answer = pd.Series(send_to, name="send_to").value_counts().rename("tickets").reset_index()

# %% part="package"
levels = (q.data["first"], q.data["second"])
found = crm.workflow.escalate(q.data["tickets"], as_of=q.data["as_of"], levels=levels).table
still = found[found["state"] == "still_open"]
q.answer = still["send_to"].fillna("none").value_counts().rename("tickets").rename_axis("send_to").reset_index()

# %% [markdown] lang="id" part="why"
# Buku (§8.2) menyebut eskalasi pertanyaan layanan sebagai alur kerja yang dapat diotomatiskan, tanpa aturannya. Aturan yang dapat dijalankan mesin harus menyebut saatnya, batasnya (lebih dari, bukan sejak), dan apa yang masih terbuka. Dengan batas 24 dan 48 jam, tiket berumur 3, 26, dan 50 jam jatuh ke none, supervisor, dan manager.

# %% [markdown] lang="en" part="why"
# The book (§8.2) names the escalation of service enquiries as a workflow to automate, without its rule. A rule for a machine must name the moment, the limit (more than, not from), and what still counts as open. With limits of 24 and 48 hours, tickets of 3, 26 and 50 hours fall to none, supervisor and manager.

# %% part="wrong" name="resolved_counted"
tickets, as_of = q.data["tickets"], q.data["as_of"]
known = tickets[tickets["opened_at"] <= as_of]
hours = (as_of - known["opened_at"]) / pd.Timedelta(hours=1)
send_to = np.select([hours > q.data["second"], hours > q.data["first"]], ["manager", "supervisor"], "none")
q.answer = pd.Series(send_to, name="send_to").value_counts().rename("tickets").reset_index()

# %% [markdown] lang="id" part="wrong" name="resolved_counted"
# Tiket yang sudah selesai ikut naik. Siapa yang masih menunggu pada saat itu?

# %% [markdown] lang="en" part="wrong" name="resolved_counted"
# Tickets that were resolved go up as well. Who is still waiting at that moment?

# %% part="wrong" name="known_later"
tickets, as_of = q.data["tickets"], q.data["as_of"]
still = tickets[(tickets["opened_at"] <= as_of) & tickets["resolved_at"].isna()]
hours = (as_of - still["opened_at"]) / pd.Timedelta(hours=1)
send_to = np.select([hours > q.data["second"], hours > q.data["first"]], ["manager", "supervisor"], "none")
q.answer = pd.Series(send_to, name="send_to").value_counts().rename("tickets").reset_index()

# %% [markdown] lang="id" part="wrong" name="known_later"
# Tiket yang baru selesai sesudah pukul 17.00 dianggap sudah selesai. Apa yang sistem tahu pada saat itu?

# %% [markdown] lang="en" part="wrong" name="known_later"
# Tickets that were resolved only after 17:00 are taken as resolved. What did the system know at that moment?

# %% part="wrong" name="future_tickets"
tickets, as_of = q.data["tickets"], q.data["as_of"]
still = tickets[~(tickets["resolved_at"] <= as_of)]
hours = (as_of - still["opened_at"]) / pd.Timedelta(hours=1)
send_to = np.select([hours > q.data["second"], hours > q.data["first"]], ["manager", "supervisor"], "none")
q.answer = pd.Series(send_to, name="send_to").value_counts().rename("tickets").reset_index()

# %% [markdown] lang="id" part="wrong" name="future_tickets"
# Ada tiket yang umurnya negatif: dibuka sesudah saat itu. Sudah adakah tiket itu?

# %% [markdown] lang="en" part="wrong" name="future_tickets"
# Some tickets have a negative age: they were opened after that moment. Did they exist yet?

# %% part="wrong" name="levels_overlap"
tickets, as_of = q.data["tickets"], q.data["as_of"]
still = tickets[(tickets["opened_at"] <= as_of) & ~(tickets["resolved_at"] <= as_of)]
hours = (as_of - still["opened_at"]) / pd.Timedelta(hours=1)
first, second = q.data["first"], q.data["second"]
counts = {"none": (hours <= first).sum(), "supervisor": (hours > first).sum(), "manager": (hours > second).sum()}
q.answer = pd.Series(counts, name="tickets").rename_axis("send_to").reset_index()

# %% [markdown] lang="id" part="wrong" name="levels_overlap"
# Tiket manajer juga dihitung pada supervisor. Di meja siapa tiket itu sekarang?

# %% [markdown] lang="en" part="wrong" name="levels_overlap"
# The manager's tickets are counted with the supervisor too. On whose desk are they now?
