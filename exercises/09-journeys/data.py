"""What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."""

import numpy as np
import pandas as pd


def stages(rng, variant):
    """How many customers passed from one stage to another, counted over the month's ends of a year."""
    living = ["suspect", "prospect", "first", "repeat", "advocate"]
    shares = {
        "suspect": {"suspect": 0.62, "prospect": 0.22, "lost": 0.16},
        "prospect": {"prospect": 0.5, "first": 0.33, "lost": 0.17},
        "first": {"first": 0.34, "repeat": 0.42, "lost": 0.24},
        "repeat": {"repeat": 0.76, "advocate": 0.13, "lost": 0.11},
        "advocate": {"repeat": 0.08, "advocate": 0.87, "lost": 0.05},
    }
    sizes = dict(zip(living, rng.integers(1500, 4000, 5)))
    rows = []
    for stage in living:
        p = np.array(list(shares[stage].values())) * rng.uniform(0.9, 1.1, 3)
        rows += [(stage, to, int(n)) for to, n in zip(shares[stage], rng.multinomial(sizes[stage], p / p.sum()))]
    table = pd.DataFrame(rows, columns=["from_stage", "to_stage", "customers"])
    table = table.iloc[rng.permutation(len(table))].reset_index(drop=True)
    names = {
        "first": ("pembeli pertama", "a first-time buyer"),
        "repeat": ("pembeli berulang", "a repeat buyer"),
        "advocate": ("pendukung (advocate)", "an advocate"),
    }[variant]
    return {"moves": table, "words": {"id": {"who": names[0], "stage": variant}, "en": {"who": names[1], "stage": variant}}}


def visits(rng, variant):
    """Events of visits; the rows came in at random, and many visits run past midnight."""
    names = {
        "hotel": ["search", "website", "chat", "booking", "review"],
        "pharmacy": ["search", "website", "chat", "checkout", "courier"],
        "cinema": ["poster", "app", "chat", "ticket", "review"],
    }[variant]
    long = rng.integers(2, 6, 130)
    visit = np.repeat(np.arange(130), long)
    start = rng.integers(0, 30, 130) * 1440 + rng.integers(20 * 60, 24 * 60, 130)
    passed = np.cumsum(rng.integers(3, 70, len(visit)))
    passed -= passed[np.cumsum(long) - long][visit]
    table = pd.DataFrame(
        {
            "visit_id": visit + 1,
            "person_id": np.array([f"P{i:02d}" for i in rng.integers(1, 45, 130)])[visit],
            "touchpoint": np.array(names)[rng.integers(0, 5, len(visit))],
            "occurred_at": np.datetime64("2020-05-01T00:00:00") + (start[visit] + passed).astype("timedelta64[m]"),
        }
    )
    table = table.iloc[rng.permutation(len(table))].reset_index(drop=True)
    table.insert(0, "event_id", np.arange(1, len(table) + 1))
    words = {
        "id": {"what": {"hotel": "hotel", "pharmacy": "apotek daring", "cinema": "bioskop"}[variant]},
        "en": {"what": {"hotel": "hotel", "pharmacy": "online pharmacy", "cinema": "cinema"}[variant]},
    }
    return {"events": table, "words": words}


def contacts(rng, variant):
    """A year's contacts, and the inventory of touchpoints with their owners."""
    names = ["advert", "website", "store_visit", "product_trial", "cashier", "invoice", "parcel", "manual", "call", "repair", "newsletter", "survey"]
    owner = np.array(["marketing", "digital", "store", "product", "store", "finance", "logistics", "product", "service", "service", "", ""], object)
    owner[int(rng.integers(0, 10))] = ""
    inventory = pd.DataFrame({"touchpoint": names, "owner": owner})
    inventory["phase"] = ["before"] * 4 + ["during"] * 2 + ["after"] * 6
    n = 640
    share = rng.dirichlet(np.full(14, 6.0))
    log = pd.DataFrame({"contact_id": np.arange(1, n + 1), "touchpoint": rng.choice([*names, "marketplace_chat", "partner_kiosk"], n, p=share)})
    log.loc[:13, "touchpoint"] = [*names, "marketplace_chat", "partner_kiosk"]
    log["cost"] = rng.integers(1_000, 60_000, n) + rng.integers(0, 99, n)
    log["minutes"] = np.round(rng.gamma(1.4, 6, n) + 0.2, 2)
    log["order_value"] = rng.integers(20_000, 900_000, n) + rng.integers(0, 999, n)
    weight = dict.fromkeys(inventory.loc[owner == "", "touchpoint"], 4.0) | {"marketplace_chat": 1.5, "partner_kiosk": 1.5}
    for column in ("cost", "minutes", "order_value"):  # where nobody is in charge, contacts weigh more
        log[column] = (log[column] * log["touchpoint"].map(weight).fillna(1.0)).round(2)
    said = {"cost": ("biaya kontak", "the cost of contacts"), "minutes": ("menit layanan", "the minutes of service"),
            "order_value": ("nilai pesanan", "the value of orders")}[variant]
    return {"contacts": log, "inventory": inventory, "words": {"id": {"what": said[0], "column": variant}, "en": {"what": said[1], "column": variant}}}


def moments(rng, variant):
    """When each person met the four moments of truth; empty where it never happened."""
    n = int(rng.integers(560, 760))
    start = pd.Timestamp("2020-02-01") + pd.to_timedelta(rng.uniform(0, 60, n), unit="D")
    p = {"clinic": (0.55, 0.6, 0.5), "shoes": (0.48, 0.55, 0.45), "course": (0.6, 0.5, 0.55)}[variant]
    times, alive = [start], np.ones(n, bool)
    for share in p:
        alive = alive & (rng.random(n) < share + rng.uniform(-0.05, 0.05))
        step = rng.uniform(0.1, 9, n) * np.where(rng.random(n) < 0.12, -1, 1)
        times.append((times[-1] + pd.to_timedelta(step, unit="D")).where(alive))
    table = pd.DataFrame(dict(zip(["zmot", "fmot", "smot", "tmot"], times)))
    table.loc[rng.random(n) < 0.14, "zmot"] = pd.NaT
    table.insert(0, "person_id", np.arange(1, n + 1))
    words = {
        "id": {"what": {"clinic": "klinik: mencari, mendaftar, konsultasi, memberi ulasan", "shoes": "toko sepatu: mencari, melihat, memakai, bercerita",
                        "course": "kursus daring: membaca ulasan, membuka halaman, belajar, merekomendasikan"}[variant]},
        "en": {"what": {"clinic": "clinic: search, registration, consultation, review", "shoes": "shoe shop: search, first look, wearing, telling others",
                        "course": "online course: reading reviews, opening the page, learning, recommending"}[variant]},
    }
    return {"people": table, "words": words}


def posts(rng, variant):
    """Posts of a quarter; some were paid for."""
    n = int(rng.integers(44, 70))
    level = {"bakery": 1.0, "museum": 0.6, "gym": 1.7}[variant]
    table = pd.DataFrame(
        {
            "post_id": np.arange(1, n + 1),
            "paid": rng.random(n) < 0.2,
            "comments": rng.poisson(16 * level, n),
            "shares": rng.poisson(7 * level, n),
            "likes": rng.poisson(120 * level, n),
            "loves": rng.poisson(22 * level, n),
            "clicks": rng.poisson(35 * level, n),
        }
    )
    table.loc[:1, "paid"] = [True, False]
    words = {
        "id": {"what": {"bakery": "toko roti", "museum": "museum", "gym": "pusat kebugaran"}[variant]},
        "en": {"what": {"bakery": "bakery", "museum": "museum", "gym": "gym"}[variant]},
    }
    return {"posts": table, "followers": int(rng.integers(18_000, 70_000)), "words": words}


def journey(rng, variant):
    """What people felt at each step, from -2 to 2 (9: no answer), and how many reach the step in a month."""
    names = {
        "hospital": ["search", "registration", "waiting", "doctor", "pharmacy", "payment", "follow_up"],
        "bank": ["advert", "website", "branch_queue", "application", "decision", "first_use", "complaint"],
        "retailer": ["search", "price_check", "visit", "choice", "cash_desk", "delivery", "return"],
    }[variant]
    mood = rng.permutation([-1.1, -0.7, -0.3, 0.2, 0.4, 0.6, 0.9])
    who = np.repeat(np.arange(7), rng.integers(60, 95, 7))
    felt = np.clip(np.round(mood[who] + rng.normal(0, 0.8, len(who))), -2, 2).astype(int)
    felt[(rng.random(len(who)) < 0.08) | (np.diff(who, prepend=-1) == 1)] = 9
    answers = pd.DataFrame({"step": np.array(names)[who], "emotion": felt})
    reach = np.sort(rng.integers(150, 2500, 7))[::-1]
    return {
        "answers": answers.iloc[rng.permutation(len(answers))].reset_index(drop=True),
        "steps": pd.DataFrame({"place": np.arange(1, 8), "step": names, "reach": reach}),
        "words": {
            "id": {"what": {"hospital": "pasien rumah sakit", "bank": "nasabah bank", "retailer": "pelanggan toko elektronik"}[variant]},
            "en": {"what": {"hospital": "a hospital's patients", "bank": "a bank's customers", "retailer": "an electronics shop's customers"}[variant]},
        },
    }


def speed(rng, variant):
    """Who became aware, after how many days he considered a purchase, and for how many days he was followed."""
    limit = {"day": 1.0, "three_days": 3.0, "week": 7.0}[variant]
    n = 340
    to_next = rng.exponential(limit * float(rng.uniform(1.2, 2.0)), n)
    followed = rng.uniform(0.15, 3.2, n) * limit
    arrived = np.where(to_next <= followed, np.round(to_next, 4), np.nan)
    table = pd.DataFrame({"person_id": np.arange(1, n + 1), "days_to_consideration": arrived, "days_followed": np.round(followed, 4)})
    known = table["days_to_consideration"].dropna()
    words = {"id": {"span": f"{int(limit)} hari"}, "en": {"span": "a day" if limit == 1 else f"{int(limit)} days"}}
    return {"people": table, "limit": int(limit), "reported": float((known <= limit).mean()), "words": words}
