"""What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."""

import numpy as np
import pandas as pd


def coded(rng, variant):
    """Customers of three systems; each has a code of its own for women and men. Some codes are empty or strange."""
    n = 420
    source = rng.choice(["pos", "finance", "web"], n, p=[0.45, 0.35, 0.2])
    woman = rng.random(n) < np.where(source == "finance", 0.4, 0.6)
    women, men = {"pos": "P", "finance": "W", "web": "F"}, {"pos": "L", "finance": "P", "web": "M"}
    code = [women[s] if w else men[s] for s, w in zip(source, woman)]
    unknown = rng.random(n)
    code = ["" if u < 0.07 else "-" if u < 0.1 else c for u, c in zip(unknown, code)]
    spend = rng.integers(50_000, 2_500_000, n) * np.where(woman, 1.25, 1.0)
    customers = pd.DataFrame({"source": source, "code": code, "spend": spend.astype(int).astype(float)})
    words = {
        "id": {"what": {"retail": "jaringan toko", "hospital": "rumah sakit", "gym": "pusat kebugaran"}[variant], "who": "laki-laki" if variant == "gym" else "perempuan"},
        "en": {"what": {"retail": "chain of shops", "hospital": "hospital", "gym": "gym"}[variant], "who": "men" if variant == "gym" else "women"},
    }
    return {"customers": customers, "words": words}


def moved(rng, variant):
    """Customers with the city of each time, and what they bought. valid_to is the last day; empty while it holds."""
    cities = {"retail": ["Bandung", "Bogor", "Depok", "Jakarta"], "clinic": ["Gresik", "Malang", "Sidoarjo", "Surabaya"], "course": ["Klaten", "Magelang", "Solo", "Yogyakarta"]}[variant]
    start, k = pd.Timestamp("2020-01-01"), 60
    at = rng.integers(0, 4, k)
    moves = rng.random(k) < 0.5
    day = rng.integers(200, 900, k)
    to = (at + rng.integers(1, 4, k)) % 4
    names = [f"P{i:02d}" for i in range(1, k + 1)]
    first = pd.DataFrame({"customer": names, "city": np.array(cities)[at], "valid_from": start, "valid_to": start + pd.to_timedelta(np.where(moves, day, np.nan), unit="D")})
    second = pd.DataFrame({"customer": names, "city": np.array(cities)[to], "valid_from": start + pd.to_timedelta(day + 1, unit="D"), "valid_to": pd.NaT})[moves]
    customers = pd.concat([first, second], ignore_index=True)
    customers = customers.iloc[rng.permutation(len(customers))].reset_index(drop=True)
    n = 260
    who, when = rng.integers(0, k, n), rng.integers(0, 1090, n)
    gone = np.flatnonzero(moves)[:6]
    who[:6], when[:6] = gone, day[gone]  # bought on the last day before they moved
    sales = pd.DataFrame(
        {
            "order_id": np.arange(1, n + 1),
            "customer": np.array(names)[who],
            "ordered_on": start + pd.to_timedelta(when, unit="D"),
            "amount": (rng.integers(80_000, 3_000_000, n) + rng.integers(0, 999, n)).astype(float),
        }
    )
    words = {
        "id": {"what": {"retail": "toko elektronik", "clinic": "klinik gigi", "course": "lembaga kursus"}[variant]},
        "en": {"what": {"retail": "electronics shop", "clinic": "dental clinic", "course": "language school"}[variant]},
    }
    return {"customers": customers, "sales": sales, "words": words}


def two_books(rng, variant):
    """Orders from February to April 2024 with the hour; some were returned."""
    first, last = {"fashion": ("2024-02-26", "2024-03-25"), "clinic": ("2024-02-21", "2024-03-20"), "grocer": ("2024-03-04", "2024-03-31")}[variant]
    n = 420
    second = rng.integers(0, 60 * 24 * 3600, n)
    second[:12] = 42 * 24 * 3600 + rng.integers(3600, 80_000, 12)  # on 31 March
    orders = pd.DataFrame(
        {
            "order_id": np.arange(1, n + 1),
            "ordered_at": pd.Timestamp("2024-02-18") + pd.to_timedelta(second, unit="s"),
            "amount": (rng.integers(60_000, 1_500_000, n) + rng.integers(0, 999, n)).astype(float),
            "returned": rng.random(n) < 0.2,
        }
    )
    orders.loc[orders["returned"], "amount"] = (orders["amount"] * 1.6).round(0)  # what comes back is larger
    words = {
        "id": {"what": {"fashion": "usaha busana", "clinic": "klinik", "grocer": "toko kelontong"}[variant]},
        "en": {"what": {"fashion": "fashion firm", "clinic": "clinic", "grocer": "grocer"}[variant]},
    }
    return {"orders": orders, "mart_from": pd.Timestamp(first), "mart_to": pd.Timestamp(last), "words": words}


def targets(rng, variant):
    """Sales of the first quarter of 2024 and the quotas of March. One rep sold nothing yet."""
    reps = {"pharma": ["Ani", "Budi", "Citra", "Dewi", "Eka", "Fajar", "Gita"], "cars": ["Hadi", "Intan", "Joko", "Kartini", "Lukman", "Maya", "Nanda"], "office": ["Oki", "Putri", "Rahmat", "Sari", "Tono", "Umi", "Vina"]}[variant]
    reps = [reps[i] for i in rng.permutation(7)]
    n = 210
    sales = pd.DataFrame(
        {
            "order_id": np.arange(1, n + 1),
            "rep": np.array(reps[:6])[np.concatenate([np.repeat(np.arange(6), 8), rng.integers(0, 6, n - 48)])],
            "ordered_on": pd.Timestamp("2024-01-01") + pd.to_timedelta(np.concatenate([60 + rng.integers(0, 31, 60), rng.integers(0, 91, n - 60)]), unit="D"),
            "amount": (rng.integers(1_000_000, 30_000_000, n) + 100 * rng.integers(0, 99, n)).astype(float),
        }
    )
    quota = pd.DataFrame({"rep": sorted(reps), "month": "2024-03", "target": rng.integers(90, 260, 7) * 1_000_000.0})
    words = {
        "id": {"what": {"pharma": "distributor obat", "cars": "diler mobil", "office": "pemasok alat kantor"}[variant]},
        "en": {"what": {"pharma": "distributor of medicines", "cars": "car dealer", "office": "supplier of office goods"}[variant]},
    }
    return {"sales": sales, "quota": quota, "words": words}


def regions(rng, variant):
    """Sales of March 2024 and quotas, by region, rep and customer."""
    names = {"food": ["North", "East", "South", "West"], "paper": ["Java", "Sumatra", "Bali", "Sulawesi"], "pipes": ["Alpha", "Bravo", "Delta", "Kilo"]}[variant]
    order = rng.permutation(4)
    rows = []
    for place in range(4):
        for rep in range(3):
            for one in range(5):
                size = rng.integers(9, 16) if place == 2 else rng.integers(120, 200)
                rows.append((place, rep, one, size, 0.0))
    t = pd.DataFrame(rows, columns=["p", "r", "c", "target", "gap"])
    t["gap"] = rng.uniform(-6, 6, len(t)).round(2)
    small = t["p"] == 2
    t.loc[small, "gap"] = -(t["target"] * rng.uniform(0.3, 0.5, len(t))).round(2)
    at = t.set_index(["p", "r", "c"]).index
    t.loc[at == (0, 0, 0), "gap"] = -round(float(rng.uniform(68, 84)), 2)
    t.loc[at == (0, 0, 1), "gap"] = -round(float(rng.uniform(30, 40)), 2)
    t.loc[at == (0, 1, 0), "gap"] = -round(float(rng.uniform(40, 50)), 2)
    t.loc[at == (0, 2, 2), "gap"] = round(float(rng.uniform(12, 18)), 2)
    t.loc[at == (1, 1, 3), "gap"] = -round(float(rng.uniform(95, 110)), 2)
    t.loc[at == (1, 1, 4), "gap"] = round(float(rng.uniform(60, 75)), 2)
    reps = [f"{'ABCDEFGHIJKL'[i]}{rng.integers(10, 99)}" for i in range(12)]
    mix = rng.permutation(12)
    number = rng.permutation(60)
    t["region"] = [names[order[p]] for p in t["p"]]
    t["sales_rep"] = [reps[mix[3 * p + r]] for p, r in zip(t["p"], t["r"])]
    t["customer"] = [f"CV {101 + number[i]}" for i in range(60)]
    t["target"] = t["target"] * 1_000_000.0
    t["amount"] = t["target"] + t["gap"] * 1_000_000
    keys = ["region", "sales_rep", "customer"]
    quota = t[[*keys, "target"]].assign(month="2024-03")
    part = rng.uniform(0.3, 0.7, 60)
    one = t[[*keys]].assign(amount=(t["amount"] * part).round(0))
    two = t[[*keys]].assign(amount=t["amount"].round(0) - one["amount"])
    sales = pd.concat([one, two], ignore_index=True).iloc[rng.permutation(120)].reset_index(drop=True)
    sales.insert(0, "ordered_at", pd.Timestamp("2024-03-01") + pd.to_timedelta(rng.integers(0, 31, 120), unit="D"))
    quota = quota.sort_values("customer", ignore_index=True)
    words = {
        "id": {"what": {"food": "produsen makanan", "paper": "pabrik kertas", "pipes": "pemasok pipa"}[variant]},
        "en": {"what": {"food": "food maker", "paper": "paper mill", "pipes": "supplier of pipes"}[variant]},
    }
    return {"sales": sales, "quota": quota, "words": words}


def quiet(rng, variant):
    """Customers with their city, and orders of three years; orders without a customer are guests'."""
    cities = ["Bandung", "Medan", "Padang", "Semarang", "Surabaya"]
    k = 150
    customers = pd.DataFrame({"customer": [f"P{i:03d}" for i in range(1, k + 1)], "city": [cities[i] for i in rng.integers(0, 5, k)]})
    habit = rng.choice(4, k, p=[0.45, 0.2, 0.2, 0.15])  # both, only the year, only before, never
    customers.loc[:9, "city"] = cities * 2
    habit[:5], habit[5:10] = 2, 3
    own = {"y2022": 2022, "y2023": 2023, "y2024": 2024}[variant]
    who, when = [], []
    for i, h in enumerate(habit):
        if h in (0, 1):
            who += [i] * 2
            when += list(rng.integers(0, 365, 2))
        if h in (0, 2):
            who += [i]
            when += [-1 - int(rng.integers(0, 700))]
    names = customers["customer"].to_numpy()[who]
    guests = int(rng.integers(9, 15))
    names = np.concatenate([names, np.full(guests, None)])
    when = np.concatenate([when, rng.integers(-300, 365, guests)]).astype(int)
    when[-1] = 100
    turn = rng.permutation(len(names))
    orders = pd.DataFrame({"order_id": np.arange(1, len(names) + 1), "customer": names[turn], "ordered_on": pd.Timestamp(f"{own}-01-01") + pd.to_timedelta(when[turn], unit="D")})
    return {"customers": customers, "orders": orders, "year": own, "words": {"id": {"year": str(own)}, "en": {"year": str(own)}}}


def loans(rng, variant):
    """Borrowers: how many days late they paid in the year before, and whether they defaulted in the year after."""
    n = int(rng.integers(700, 820))
    band = rng.choice(3, n, p=[0.68, 0.2, 0.12])
    low, high = np.array([0, 31, 61])[band], np.array([30, 60, 150])[band]
    late = low + (rng.random(n) * (high - low + 1)).astype(int)
    late[:8], late[8:14] = 30, 60
    bad = rng.random(n) < np.where(late <= 30, 0.03, np.where(late <= 60, 0.1, 0.3))
    bad[:4], bad[4:8] = True, False
    borrowers = pd.DataFrame({"borrower": [f"N{i:04d}" for i in range(1, n + 1)], "days_late_before": late, "defaulted": bad})
    borrowers = borrowers.iloc[rng.permutation(n)].reset_index(drop=True)
    words = {
        "id": {"what": {"cooperative": "koperasi simpan pinjam", "leasing": "perusahaan pembiayaan motor", "school": "penyedia pinjaman biaya kuliah"}[variant]},
        "en": {"what": {"cooperative": "savings co-operative", "leasing": "motorcycle lender", "school": "lender of tuition fees"}[variant]},
    }
    return {"borrowers": borrowers, "words": words}


def margins(rng, variant):
    """Orders with revenue and margin by channel and category."""
    n = 300
    revenue = (rng.integers(40_000, 900_000, n) + rng.integers(0, 999, n)).astype(float)
    rate = rng.uniform(0.06, 0.34, n) * np.where(revenue > 500_000, 0.6, 1.0)
    orders = pd.DataFrame(
        {
            "channel": rng.choice(["online", "store", "whatsapp"], n, p=[0.4, 0.35, 0.25]),
            "category": rng.choice(["Drinks", "Food", "Home", "Toys"], n),
            "revenue": revenue,
            "margin": (revenue * rate).round(0),
        }
    )
    return {"orders": orders, "channel": {"online": "online", "store": "store", "chat": "whatsapp"}[variant]}
