"""What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."""

import numpy as np
import pandas as pd


def portfolio(rng, variant):
    """Customers with a year's revenue and profit; some cost more to serve than they bring."""
    n = 20 * int(rng.integers(12, 18))
    spread = {"shop": 0.55, "clinic": 0.95, "cafe": 1.25}[variant]
    revenue = np.round(rng.lognormal(14.2, spread, n)) + rng.integers(1, 999, n)
    serve = np.round(rng.gamma(2.0, 90_000, n))
    profit = np.round(revenue * rng.uniform(0.12, 0.42, n) - serve)
    table = pd.DataFrame({"customer_id": np.arange(1001, 1001 + n), "revenue": revenue, "profit": profit})
    words = {
        "id": {"what": {"shop": "toko perlengkapan rumah", "clinic": "klinik gigi", "cafe": "kedai kopi"}[variant]},
        "en": {"what": {"shop": "household store", "clinic": "dental clinic", "cafe": "coffee bar"}[variant]},
    }
    return {"portfolio": table, "words": words}


def years(rng, variant):
    """One row a customer: first order, and what was spent net of returns in 2019 and 2020."""
    n = int(rng.integers(420, 560))
    first = rng.choice([2017, 2018, 2019, 2020], n, p=[0.3, 0.25, 0.25, 0.2])
    day = rng.integers(0, 360, n)
    net = rng.lognormal(13, 0.7, (n, 2)).round() + rng.integers(1, 99, (n, 2))
    came = np.column_stack([(rng.random(n) < 0.62) | (first == 2019), rng.random(n) < 0.66])
    came[:, 0] &= first <= 2019
    came[:, 1] |= first == 2020
    spent = np.where(came, net, np.nan)
    only_returns = rng.random((n, 2)) < 0.05
    only_returns[:12] = [[True, False], [False, True]] * 6
    only_returns[:, 0] &= first < 2019
    only_returns[:, 1] &= first < 2020
    spent = np.where(only_returns, -np.round(net / 5), spent)
    table = pd.DataFrame(
        {
            "customer_id": np.arange(1, n + 1),
            "first_order": pd.to_datetime(first.astype(str)) + pd.to_timedelta(day, unit="D"),
            "spent_2019": spent[:, 0],
            "spent_2020": spent[:, 1],
        }
    )
    words = {
        "id": {"what": {"shop": "toko buku", "clinic": "klinik kecantikan", "gym": "pusat kebugaran"}[variant]},
        "en": {"what": {"shop": "bookshop", "clinic": "beauty clinic", "gym": "gym"}[variant]},
    }
    return {"customers": table, "words": words}


def follow_ups(rng, variant):
    """Purchases that followed an earlier one of the same customer, and the shelf that they came from."""
    names = {
        "electronics": ("audio", "headphones", "speakers", "phones", "handsets", "chargers", "kitchen", "blenders", "ovens", "cleaning", "vacuums", "irons"),
        "pharmacy": ("vitamins", "adult", "child", "skin", "sun", "wash", "devices", "meters", "masks", "mother", "milk", "bottles"),
        "sports": ("running", "shoes", "watches", "ball", "boots", "balls", "tents", "small", "large", "climbing", "ropes", "shells"),
    }[variant]
    rows = []
    for k in range(4):
        category, pair = names[3 * k], names[3 * k + 1 : 3 * k + 3]
        rows += [(f"{category}/{sub}", category, "A" if k < 2 else "B", tier) for sub in pair for tier in (1, 2, 3)]
    products = pd.DataFrame(rows, columns=["subcategory", "category", "department", "tier"])
    products.insert(0, "product_id", [f"P{i:02d}" for i in range(1, 25)])
    n = int(rng.integers(380, 460))
    before = rng.integers(0, 24, n)
    near = before // 3 * 3 + rng.integers(0, 3, n)
    now = np.where(rng.random(n) < 0.45, near, rng.integers(0, 24, n))
    table = pd.DataFrame(
        {
            "line_id": np.arange(1, n + 1),
            "segment": rng.choice(["families", "firms", "students"], n, p=[0.5, 0.2, 0.3]),
            "bought_before": products["product_id"].to_numpy()[before],
            "bought_now": products["product_id"].to_numpy()[now],
            "amount": (rng.lognormal(12.3, 0.6, n).round() + rng.integers(1, 99, n)).astype(float),
        }
    )
    words = {
        "id": {"what": {"electronics": "toko elektronik", "pharmacy": "apotek", "sports": "toko olahraga"}[variant]},
        "en": {"what": {"electronics": "electronics store", "pharmacy": "pharmacy", "sports": "sports store"}[variant]},
    }
    return {"follow_ups": table, "products": products, "words": words}


def one_customer(rng, variant):
    """Orders, returns, and the ids that turned out to be one person."""
    prefix = {"shop": "C", "course": "S", "workshop": "K"}[variant]
    n, people = int(rng.integers(300, 360)), 40
    ids = np.array([f"{prefix}{i:03d}" for i in range(101, 101 + people)])
    me, old = ids[rng.choice(people, 2, replace=False)]
    owner = rng.choice(ids[(ids != me) & (ids != old)], n)
    spots = rng.permutation(n)[:9]
    owner[spots[:6]], owner[spots[6:]] = me, old
    orders = pd.DataFrame(
        {
            "order_id": np.arange(5001, 5001 + n),
            "ordered_at": pd.to_datetime("2020-01-02") + pd.to_timedelta(np.sort(rng.integers(0, 300, n)), unit="D"),
            "customer_id": owner,
            "amount": (rng.integers(150_000, 900_000, n) + rng.integers(1, 999, n)).astype(float),
        }
    )
    back = np.concatenate([[spots[0], spots[0], spots[1], spots[6]], rng.choice(n, 35, replace=False)])
    back = back[np.r_[[True] * 4, ~np.isin(back[4:], spots)]]
    returns = pd.DataFrame(
        {
            "order_id": orders["order_id"].to_numpy()[back],
            "returned_on": orders["ordered_at"].to_numpy()[back] + pd.Timedelta(days=9),
            "amount": (orders["amount"].to_numpy()[back] * rng.uniform(0.15, 0.4, len(back))).round(),
        }
    )
    others = rng.choice(ids[(ids != me) & (ids != old)], 4, replace=False)
    merged = pd.DataFrame({"customer_id": [old, others[0], others[1]], "survivor_id": [me, others[2], others[3]]})
    words = {
        "id": {"what": {"shop": "toko kain", "course": "tempat kursus", "workshop": "bengkel"}[variant]},
        "en": {"what": {"shop": "fabric shop", "course": "training centre", "workshop": "garage"}[variant]},
    }
    return {"sales": orders, "returns": returns, "merged": merged, "customer": str(me), "words": words}


def four_steps(rng, variant):
    """Transactions, customers with a tier, contacts and offers."""
    people, n = int(rng.integers(170, 230)), int(rng.integers(420, 620))
    ids = np.arange(1, people + 1)
    tier = rng.choice(["high", "middle", "low"], people, p=[0.2, 0.4, 0.4]).astype(object)
    tier[rng.random(people) < rng.uniform(0.06, 0.2)] = None
    buyer = rng.choice(ids, n).astype(object)
    buyer[rng.random(n) < rng.uniform(0.12, 0.35)] = None
    out, back = rng.random(people) < rng.uniform(0.7, 0.9), rng.random(people) < rng.uniform(0.35, 0.5)
    way = ["outgoing"] * int(out.sum()) + ["incoming"] * int(back.sum())
    contacts = pd.DataFrame({"customer_id": np.concatenate([ids[out], ids[back]]), "occurred_at": pd.Timestamp("2020-05-04"), "direction": way})
    offered = rng.random(people) < rng.uniform(0.85, 0.95)
    fits = rng.random(people) < rng.uniform(0.65, 0.8)
    given = np.where(fits, tier, rng.choice(["high", "middle", "low"], people))
    offers = pd.DataFrame({"customer_id": ids[offered], "offered_at": pd.Timestamp("2020-06-01"), "offer_tier": given[offered]})
    sales = pd.DataFrame({"customer_id": buyer, "ordered_at": pd.Timestamp("2020-04-01")})
    words = {
        "id": {"what": {"store": "toko swalayan", "bank": "bank daerah", "clinic": "jaringan klinik"}[variant]},
        "en": {"what": {"store": "supermarket", "bank": "regional bank", "clinic": "group of clinics"}[variant]},
    }
    return {"sales": sales, "customers": pd.DataFrame({"customer_id": ids, "tier": tier}), "contacts": contacts, "offers": offers, "words": words}


def branches(rng, variant):
    """Nine scores from 0 to 4 for each branch; stages are numbered in their order, conditions have no number."""
    stages = ["portfolio_analysis", "customer_intimacy", "network_development", "value_proposition", "customer_lifecycle"]
    conditions = ["leadership_and_culture", "data_and_it", "people", "processes"]
    towns = {
        "store": ["Ambon", "Batu", "Cirebon", "Depok", "Ende", "Fakfak", "Garut", "Jambi"],
        "clinic": ["Kediri", "Langsa", "Malang", "Natuna", "Palu", "Rembang", "Solo", "Tegal"],
        "agency": ["Ubud", "Wamena", "Bima", "Dumai", "Blitar", "Metro", "Salatiga", "Ternate"],
    }[variant]
    scores = rng.integers(0, 5, (8, 9))
    scores[0] = [3, 1, 4, int(rng.integers(2, 5)), 2, 3, 1, 4, 2]
    scores[1] = [2, 3, 1, 1, 4, 4, 2, 3, int(rng.integers(2, 5))]
    table = pd.DataFrame(
        {
            "branch": np.repeat(towns, 9),
            "kind": (["stage"] * 5 + ["condition"] * 4) * 8,
            "step": [1, 2, 3, 4, 5, None, None, None, None] * 8,
            "part": (stages + conditions) * 8,
            "score": scores.ravel(),
        }
    )
    words = {
        "id": {"what": {"store": "toko", "clinic": "klinik", "agency": "biro perjalanan"}[variant]},
        "en": {"what": {"store": "stores", "clinic": "clinics", "agency": "travel agencies"}[variant]},
    }
    return {"scores": table, "words": words}


def maturity(rng, variant):
    """Answers of departments to eight questions from 0 to 5; some left a question open."""
    names = ["vision", "strategy", "experience", "collaboration", "processes", "information", "technology", "metrics"]
    n = int(rng.integers(60, 80))
    staff = rng.integers(5, 400, n)
    tilt = 0.8 + 1.6 * (staff / 400)
    answers = np.clip(np.round(rng.normal(1.2, 1.0, (n, 8)) + tilt[:, None]), 0, 5)
    answers[rng.random((n, 8)) < 0.03] = np.nan
    answers[:3, 2] = np.nan
    table = pd.DataFrame(answers, columns=names)
    table.insert(0, "staff", staff)
    table.insert(0, "department", [f"D{i:02d}" for i in range(1, n + 1)])
    return {"answers": table}


def promise(rng, variant):
    """What customers want, what is offered, and which gain creators competitors have too."""
    n = int(rng.integers(16, 22))
    wants = pd.DataFrame(
        {"item": [f"W{i:02d}" for i in range(1, n + 1)], "kind": rng.choice(["job", "pain", "gain"], n), "importance": rng.integers(1, 11, n)}
    )
    left_out = rng.permutation(np.argsort(wants["importance"].to_numpy(), kind="stable")[: n // 2])[:4]
    linked = rng.permutation(np.setdiff1d(np.arange(n), left_out))
    linked = np.concatenate([linked, rng.choice(linked, 9)])
    m = len(linked)
    coverage = 28 + 5 * wants["importance"].to_numpy()[linked] + rng.integers(-14, 15, m)
    kind = rng.choice(["product", "pain_reliever", "gain_creator"], m, p=[0.25, 0.3, 0.45])
    kind[:7] = "gain_creator"
    offers = pd.DataFrame(
        {"offer": [f"F{i:02d}" for i in range(1, m + 1)], "kind": kind, "item": wants["item"].to_numpy()[linked], "coverage": coverage.clip(12, 97) / 100}
    )
    creators = offers.loc[offers["kind"] == "gain_creator", "offer"].to_numpy()
    k = int(rng.integers(3, len(creators) - 2))
    shared = rng.permutation(creators)[:k]
    again = rng.permutation(shared)[: max(1, k // 2)]
    rivals = pd.DataFrame({"competitor": ["R1"] * k + ["R2"] * len(again), "offer": np.concatenate([shared, again])})
    words = {
        "id": {"what": {"insurer": "perusahaan asuransi", "hotel": "hotel", "school": "sekolah vokasi"}[variant]},
        "en": {"what": {"insurer": "insurer", "hotel": "hotel", "school": "vocational school"}[variant]},
    }
    return {"wants": wants, "offers": offers, "rivals": rivals, "words": words}
