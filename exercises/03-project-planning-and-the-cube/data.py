"""What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."""

import numpy as np
import pandas as pd


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
