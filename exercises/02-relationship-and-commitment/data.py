"""What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."""

import numpy as np
import pandas as pd


def invitations(rng, variant):
    """Survey invitations of a year; some people were asked again soon."""
    people = int(rng.integers(260, 340))
    times = rng.choice(5, people, p=[0.3, 0.25, 0.2, 0.15, 0.1]) + 1
    who = np.repeat(np.arange(1, people + 1), times)
    again = np.arange(len(who)) - np.repeat(np.cumsum(times) - times, times)
    steps = np.where(again == 0, rng.integers(0, 200, len(who)), rng.integers(25, 85, len(who)))
    total = np.cumsum(steps)
    day = total - np.repeat((total - steps)[again == 0], times)
    answered = (rng.random(len(who)) < 0.34 - 0.05 * again).astype(int)
    keep = rng.permutation(np.flatnonzero(day < 366))
    asked = np.datetime64("2020-01-01") + day.astype("timedelta64[D]")
    table = pd.DataFrame({"customer_id": who, "asked_on": asked.astype("datetime64[s]"), "answered": answered}).iloc[keep].reset_index(drop=True)
    words = {
        "id": {"what": {"hotel": "hotel", "bank": "bank daerah", "clinic": "klinik mata"}[variant]},
        "en": {"what": {"hotel": "hotel", "bank": "regional bank", "clinic": "eye clinic"}[variant]},
    }
    return {"invitations": table, "words": words}


def loyal(rng, variant):
    """Customers with town and profit (unknown for some), and their orders."""
    towns = {
        "store": ["Bogor", "Depok", "Bekasi", "Ende", "Palu", "Ambon"],
        "roaster": ["Malang", "Batu", "Blitar", "Kupang", "Sorong", "Bima"],
        "printer": ["Solo", "Klaten", "Sragen", "Manado", "Ternate", "Dumai"],
    }[variant]
    n = 150
    profit = (rng.normal(420_000, 600_000, n)).round() + rng.integers(1, 99, n)
    profit[rng.random(n) < 0.1] = np.nan
    customers = pd.DataFrame({"customer_id": np.arange(1, n + 1), "town": rng.choice(towns, n), "profit": profit})
    customers.loc[:11, "town"] = towns * 2
    customers.loc[:5, "profit"] = rng.integers(100_000, 900_000, 6) + 0.0
    customers.loc[6:11, "profit"] = -(rng.integers(100_000, 900_000, 6) + 0.0)
    counts = rng.choice([3, 6, 9, 11, 12, 14, 18], n)
    counts[:12] = [12, 14] * 6
    orders = pd.DataFrame({"customer_id": np.repeat(customers["customer_id"], counts)}).sample(frac=1, random_state=rng).reset_index(drop=True)
    orders.insert(0, "order_id", np.arange(1, len(orders) + 1))
    words = {
        "id": {"what": {"store": "toko", "roaster": "pemanggang kopi", "printer": "percetakan"}[variant], "near": ", ".join(towns[:3])},
        "en": {"what": {"store": "store", "roaster": "coffee roaster", "printer": "printing house"}[variant], "near": ", ".join(towns[:3])},
    }
    return {"customers": customers, "orders": orders, "words": words}


def complaint_log(rng, variant):
    """Complaints with cause, when they came and when they were settled; some are open on the last day."""
    causes = {
        "shop": ["late parcel", "wrong item", "billing", "rude answer", "broken item"],
        "clinic": ["long wait", "lost file", "billing", "rude answer", "unclear advice"],
        "bank": ["card blocked", "wrong fee", "long wait", "rude answer", "app down"],
    }[variant]
    n = int(rng.integers(420, 560))
    as_of, minute = np.datetime64("2020-12-31T00:00:00"), np.timedelta64(60, "s")
    opened = np.datetime64("2020-12-01T00:00:00") + rng.integers(0, 30 * 1440, n) * minute
    which = rng.choice(5, n, p=[0.34, 0.26, 0.18, 0.12, 0.1])
    length = rng.lognormal(3.2 + 0.25 * which, 0.9, n)
    end = opened + (length * 60).astype(int) * minute
    unsettled = (end >= as_of) | (rng.random(n) < 0.12)
    end[unsettled] = np.datetime64("NaT")
    wrong = np.flatnonzero(~unsettled)[:7]
    end[wrong] = opened[wrong] - 300 * minute
    opened[-10:] = as_of - rng.integers(60, 2000, 10) * minute
    opened[-25:-10] = np.datetime64("2020-12-08T00:00:00")
    end[-25:] = np.datetime64("NaT")
    which[-25:] = list(range(5)) * 5
    table = pd.DataFrame({"complaint_id": np.arange(1, n + 1), "cause": np.array(causes)[which], "opened_at": opened, "resolved_at": end})
    words = {
        "id": {"what": {"shop": "toko daring", "clinic": "klinik", "bank": "bank"}[variant]},
        "en": {"what": {"shop": "online shop", "clinic": "clinic", "bank": "bank"}[variant]},
    }
    return {"complaints": table, "words": words}


def recovered(rng, variant):
    """Who complained, how fast it was settled, who came back within a year; and people who never complained."""
    n, m = int(rng.integers(520, 640)), int(rng.integers(600, 760))
    days = rng.integers(0, 700, n)
    hours = rng.lognormal(3.1, 1.1, n).round(1)
    hours[rng.random(n) < 0.08] = np.nan
    p = np.where(hours <= 24, rng.uniform(0.74, 0.82), rng.uniform(0.44, 0.58))
    young = days > 365
    back = np.where(young, rng.random(n) < p * 0.45, rng.random(n) < p)
    start = pd.Timestamp("2019-01-01")
    complaints = pd.DataFrame(
        {"customer_id": np.arange(1, n + 1), "complained_on": start + pd.to_timedelta(days, unit="D"), "hours_to_settle": hours, "returned": back.astype(int)}
    )
    calm_days = rng.integers(0, 700, m)
    keep = rng.uniform(0.66, 0.72)
    calm_back = np.where(calm_days > 365, rng.random(m) < keep * 0.45, rng.random(m) < keep)
    calm = pd.DataFrame({"customer_id": np.arange(5001, 5001 + m), "visited_on": start + pd.to_timedelta(calm_days, unit="D"), "returned": calm_back.astype(int)})
    words = {
        "id": {"what": {"shop": "toko daring", "hospital": "rumah sakit", "hotel": "jaringan hotel"}[variant]},
        "en": {"what": {"shop": "online shop", "hospital": "hospital", "hotel": "group of hotels"}[variant]},
    }
    return {"complaints": complaints, "calm": calm, "words": words}


def ledger(rng, variant):
    """Points earned, redeemed and expired; a few entries lie after the closing day, a few balances are below zero."""
    people, n = 90, int(rng.integers(330, 420))
    who, given = rng.integers(1, people + 1, n), rng.integers(150, 2400, n)
    day = rng.integers(0, 725, n)
    fate = rng.choice(3, n, p=[0.38, 0.45, 0.17])
    used, gone = np.flatnonzero(fate == 1), np.flatnonzero(fate == 2)
    late = rng.integers(1, people + 1, 25)
    kind = ["earned"] * n + ["redeemed"] * len(used) + ["expired"] * len(gone) + ["earned", "redeemed"] * 2 + ["earned"] * 25
    amounts = [given, -(given[used] * rng.uniform(0.3, 0.9, len(used))).astype(int), -(given[gone] * 0.6).astype(int), [300, -2300, 500, -3100], rng.integers(500, 2500, 25)]
    days = np.concatenate([day, day[used] + 4, day[gone] + 3, [486] * 4, [737] * 25])
    table = pd.DataFrame(
        {
            "customer_id": np.concatenate([who, who[used], who[gone], [901, 901, 902, 902], late]),
            "entered_at": (np.datetime64("2019-01-01") + days.astype("timedelta64[D]")).astype("datetime64[s]"),
            "kind": kind,
            "points": np.concatenate(amounts),
        }
    ).iloc[np.argsort(days, kind="stable")].reset_index(drop=True)
    words = {
        "id": {"what": {"grocer": "toko swalayan", "airline": "maskapai", "pharmacy": "jaringan apotek"}[variant]},
        "en": {"what": {"grocer": "supermarket", "airline": "airline", "pharmacy": "chain of pharmacies"}[variant]},
    }
    return {"points": table, "rupiah": int(rng.choice([25, 40, 50, 75, 80])), "words": words}


def leaving(rng, variant):
    """What it would cost to leave a supplier, item by item, and what the other one would save each month."""
    names = {
        "search": ["tender", "visits", "samples"],
        "learning": ["training", "manuals", "lost hours", "new forms"],
        "psychological": ["worry of staff", "stress of the owner"],
        "sunk": ["shared machine", "joint software", "fitted racks"],
    }
    scale = {"bakery": 1, "garage": 2, "hotel": 4}[variant]
    low = {"search": 4, "learning": 3, "psychological": 2, "sunk": 14}
    rows = [(part, item, float(scale * (rng.integers(low[part], 3 * low[part]) * 1_000_000 + rng.integers(1, 999_999)))) for part, items in names.items() for item in items]
    months = pd.DataFrame({"month": pd.date_range("2020-01-01", periods=12, freq="MS"), "saving": scale * (rng.integers(1_100_000, 3_200_000, 12) + 0.0)})
    words = {
        "id": {"what": {"bakery": "toko roti", "garage": "bengkel", "hotel": "hotel"}[variant], "from": {"bakery": "pemasok tepung", "garage": "pemasok suku cadang", "hotel": "penyedia sistem reservasi"}[variant]},
        "en": {"what": {"bakery": "bakery", "garage": "garage", "hotel": "hotel"}[variant], "from": {"bakery": "flour supplier", "garage": "supplier of spare parts", "hotel": "provider of the booking system"}[variant]},
    }
    return {"costs": pd.DataFrame(rows, columns=["part", "item", "amount"]), "savings": months, "words": words}


def trust_answers(rng, variant):
    """Four items of a scale from 1 to 5, the last one worded the other way round."""
    n = int(rng.integers(130, 190))
    spread = rng.uniform(0.7, 1.0)
    true = rng.normal(3.4, 0.9, n)
    items = np.clip(np.round(true[:, None] + rng.normal(0, spread, (n, 4))), 1, 5)
    items[:, 3] = 6 - items[:, 3]
    table = pd.DataFrame(items.astype(int), columns=["open", "fair", "keeps_word", "hides_things"])
    table.insert(0, "respondent", np.arange(1, n + 1))
    words = {
        "id": {"what": {"suppliers": "pemasok bahan bangunan", "insurer": "perusahaan asuransi", "lab": "laboratorium klinik"}[variant]},
        "en": {"what": {"suppliers": "supplier of building materials", "insurer": "insurer", "lab": "clinical laboratory"}[variant]},
    }
    return {"answers": table, "words": words}


def accounts(rng, variant):
    """Answers of several people at each company to five items; some items are missing."""
    items = ["trust", "commitment", "satisfaction", "shared_goals", "cooperative_norms"]
    rows = []
    for k in range(1, 41):
        level = rng.normal(3.3, 0.6)
        who = int(rng.integers(1, 6)) if k > 4 else 1
        given = np.clip(np.round(rng.normal(level, 0.8, (who, 5)) - 0.3 * (who - 3)), 1, 5)
        given[rng.random((who, 5)) < 0.15] = np.nan
        if k <= 4:
            given[:, 1:4] = np.nan
            given[:, [0, 4]] = 5
        elif k <= 16:
            given[:, [k % 5, (k + 2) % 5]] = np.nan
        rows += [(f"PT {k:02d}", *line) for line in given]
    return {"answers": pd.DataFrame(rows, columns=["customer_id", *items])}


def network(rng, variant):
    """Elements of a promise with weights, partners with capabilities; and scores of six markets by managers."""
    n = int(rng.integers(11, 15))
    raw = rng.integers(5, 40, n) + rng.random(n)
    weights = np.round(raw / raw.sum(), 4)
    weights[0] += 1 - weights.sum()
    elements = pd.DataFrame({"element": [f"E{i:02d}" for i in range(1, n + 1)], "weight": weights})
    covered = rng.permutation(n)[: n - 3]
    rows = [(f"K{int(rng.integers(1, 8))}", elements["element"][i], int(rng.integers(30, 99)) / 100) for i in covered]
    rows += [(f"K{8 + j}", elements["element"][i], int(rng.integers(30, 99)) / 100) for j, i in enumerate(rng.permutation(covered)[:6])]
    markets = ["internal", "suppliers", "recruitment", "referral", "influence", "customers"]
    now = rng.integers(0, 5, 6)
    target = np.clip(now + rng.integers(0, 4, 6), 0, 5)
    now[1], target[1], now[4], target[4] = 4, 2, 5, 4
    now[3], target[3] = 1, 5
    words = {
        "id": {"what": {"courier": "perusahaan kurir", "travel": "biro perjalanan", "health": "penyedia perawatan di rumah"}[variant]},
        "en": {"what": {"courier": "courier company", "travel": "travel agency", "health": "provider of home care"}[variant]},
    }
    return {"elements": elements, "partners": pd.DataFrame(rows, columns=["partner", "element", "capability"]), "markets": pd.DataFrame({"market": markets, "now": now, "target": target}), "words": words}


def profiles(rng, variant):
    """Profile fields of chosen customers in the long form: value and when it was last asked."""
    fields = ["phone", "born_on", "occupation", "interests", "household", "address"]
    fillers = {"phone": "0800000", "born_on": "1900-01-01", "occupation": "-", "interests": "-", "household": "-", "address": "-"}
    n = int(rng.integers(95, 125))
    kind = rng.random(6 * n)
    asked = np.datetime64("2020-12-31") - rng.integers(1, 1500, 6 * n).astype("timedelta64[D]")
    known = rng.integers(100, 999, 6 * n).astype(str).astype(object)
    known[kind < 0.25] = np.array([fillers[f] for f in fields] * n, dtype=object)[kind < 0.25]
    known[kind < 0.14] = None
    table = pd.DataFrame({"customer_id": np.repeat(np.arange(1, n + 1), 6), "field": fields * n, "value": known, "updated_at": asked.astype("datetime64[s]")})
    value = rng.lognormal(14, 0.8, n).round() + rng.integers(1, 99, n)
    customers = pd.DataFrame({"customer_id": np.arange(1, n + 1), "value": value})
    words = {
        "id": {"what": {"bank": "bank", "school": "sekolah bahasa", "optician": "optik"}[variant]},
        "en": {"what": {"bank": "bank", "school": "language school", "optician": "optician"}[variant]},
    }
    return {"fields": table, "customers": customers, "words": words}


def two_questions(rng, variant):
    """Would you come back, would you recommend: answers from 1 to 5, one row a guest; some left one empty."""
    n = int(rng.integers(420, 560))
    mood = rng.normal(3.75, 0.8, n)
    both = np.clip(np.round(mood[:, None] + rng.normal(0, 0.6, (n, 2)) + [0.15, 0]), 1, 5)
    both[rng.random((n, 2)) < 0.06] = np.nan
    both[:5, 0], both[5:10, 1] = np.nan, np.nan
    words = {
        "id": {"what": {"park": "taman bermain", "museum": "museum", "hotel": "hotel"}[variant]},
        "en": {"what": {"park": "theme park", "museum": "museum", "hotel": "hotel"}[variant]},
    }
    return {"guests": pd.DataFrame(both, columns=["come_back", "recommend"]), "words": words}
