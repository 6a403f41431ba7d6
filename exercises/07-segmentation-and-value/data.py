"""What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."""

import numpy as np
import pandas as pd


def said(id, en, variant):
    """The words of a variant in both languages."""
    return {"id": {"firm": id[variant]}, "en": {"firm": en[variant]}}


def activities(rng, variant):
    """What serving customers costs: pools with their drivers, and how much of each driver every customer used."""
    n = 48
    revenue = np.exp(rng.normal(16.6, 0.5, n)).round()
    customers = pd.DataFrame(
        {
            "customer": [f"P{i:02d}" for i in range(1, n + 1)],
            "revenue": revenue,
            "cogs": (revenue * rng.uniform(0.68, 0.86, n)).round(),
            "calls": rng.integers(4, 60, n),
            "deliveries": rng.integers(6, 80, n),
            "visits": rng.integers(1, 12, n),
        }
    )
    pools = pd.DataFrame(
        {
            "activity": ["calls", "deliveries", "visits"],
            "cost": rng.integers([50_000_000, 80_000_000, 40_000_000], [75_000_000, 110_000_000, 65_000_000]).astype(float),
            "volume": rng.integers([2600, 4000, 700], [3600, 5200, 950]),
        }
    )
    words = said(
        {"drinks": "distributor minuman", "clinic": "pemasok alat klinik", "paper": "grosir alat tulis"},
        {"drinks": "distributor of drinks", "clinic": "supplier of clinics", "paper": "stationery wholesaler"},
        variant,
    )
    return {"pools": pools, "customers": customers, "who": f"P{int(rng.integers(1, n + 1)):02d}", "words": words}


def branch(rng, variant):
    """A year of a branch by customer; some customers' cost to serve is not known."""
    n = 90
    revenue = np.exp(rng.normal(16.2, 0.8, n)).round()
    served = (np.exp(rng.normal(14.6, 0.7, n))).round()
    served[rng.permutation(n)[:7]] = np.nan
    customers = pd.DataFrame(
        {
            "customer": [f"K{i:03d}" for i in range(1, n + 1)],
            "revenue": revenue,
            "cogs": (revenue * rng.uniform(0.66, 0.84, n)).round(),
            "cost_to_serve": served,
        }
    )
    words = said(
        {"bakery": "toko roti", "printer": "percetakan", "garage": "bengkel"},
        {"bakery": "bakery", "printer": "printing shop", "garage": "garage"},
        variant,
    )
    return {"customers": customers, "words": words}


def portfolio(rng, variant):
    """Profit now, and what is expected of the next twelve months; some customers have no history yet."""
    n = 160
    now = rng.normal(900_000, 1_300_000, n).round()
    alive = rng.beta(2.5, 1.5, n).round(3)
    alive[rng.permutation(n)[:15]] = np.nan
    customers = pd.DataFrame(
        {
            "customer": [f"A{i:03d}" for i in range(1, n + 1)],
            "profit": now,
            "p_alive": alive,
            "orders_expected": rng.gamma(2.2, 2.0, n).round(2),
            "margin_per_order": rng.integers(60_000, 480_000, n).astype(float),
        }
    )
    words = said(
        {"hotel": "hotel kecil", "pharmacy": "jaringan apotek", "laundry": "binatu"},
        {"hotel": "small hotel", "pharmacy": "chain of pharmacies", "laundry": "laundry"},
        variant,
    )
    return {
        "customers": customers,
        "cut_now": 500_000 + 1000 * int(rng.integers(0, 600)),
        "cut_potential": 500_000 + 1000 * int(rng.integers(0, 400)),
        "words": words,
    }


def losers(rng, variant):
    """Profit of each customer, and what speaks against letting somebody go."""
    n = 240
    revenue = np.exp(rng.normal(15.6, 0.7, n)).round()
    served = (revenue * (0.02 + 0.5 * rng.beta(1.3, 3, n))).round()
    customers = pd.DataFrame({"customer_id": [f"N{i:03d}" for i in range(1, n + 1)], "revenue": revenue})
    customers["profit"] = (revenue * rng.uniform(0.15, 0.34, n)).round() - served
    customers["cost_to_serve"] = served
    flags = pd.DataFrame(
        {
            "customer_id": customers["customer_id"],
            "open_complaint": rng.random(n) < 0.12,
            "brings_others": rng.random(n) < 0.14,
        }
    )
    words = said(
        {"courier": "jasa kurir", "catering": "katering", "cleaning": "jasa kebersihan"},
        {"courier": "courier", "catering": "caterer", "cleaning": "cleaning company"},
        variant,
    )
    return {"customers": customers, "flags": flags, "avoidable": int(rng.integers(14, 19)) / 20, "words": words}


def sales_of_shop(rng, variant):
    """Orders of thirty customers; a few are booked for days after the reference date."""
    ids = [f"C{i:02d}" for i in range(1, 31)]
    counts = np.concatenate([np.ones(11, int), rng.integers(2, 9, 19)])
    who = np.repeat(ids, counts)
    as_of = pd.Timestamp("2020-12-31") - pd.Timedelta(days=int(rng.integers(0, 60)))
    before = rng.integers(0, 330, len(who))
    late = rng.permutation(len(who))[:9]
    more = rng.choice(ids, 9)
    sales = pd.DataFrame(
        {
            "customer_id": np.concatenate([who, more]),
            "ordered_at": as_of + pd.to_timedelta(np.concatenate([-before, rng.integers(1, 25, 9)]), unit="D"),
            "amount": (rng.integers(25_000, 900_000, len(who) + 9) + rng.integers(0, 999, len(who) + 9)).astype(float),
        }
    )
    sales = sales.iloc[rng.permutation(len(sales))].reset_index(drop=True)
    sales.insert(0, "order_id", np.arange(1, len(sales) + 1))
    words = said(
        {"books": "toko buku", "plants": "toko tanaman", "tea": "kedai teh"},
        {"books": "bookshop", "plants": "plant shop", "tea": "tea house"},
        variant,
    )
    return {"sales": sales, "as_of": as_of, "words": words}


def two_years(rng, variant):
    """What customers bought in 2019, and every purchase of 2020 (newcomers too)."""
    n = int(rng.integers(440, 650))
    orders = rng.poisson(2.2, n) + 1
    amount = (orders * np.exp(rng.normal(12.2, 0.5, n))).round()
    customers = pd.DataFrame({"customer_id": np.arange(1001, 1001 + n), "orders_2019": orders, "amount_2019": amount})
    chance = np.clip(rng.uniform(0.15, 0.5) + 0.09 * orders + 0.08 * (amount > 700_000), 0.1, 0.93)
    again = customers["customer_id"][rng.random(n) < chance].to_numpy()
    twice = again[rng.random(len(again)) < 0.5]
    new = np.arange(5001, 5001 + int(rng.integers(60, 140)))
    who = rng.permutation(np.concatenate([again, twice, new]))
    day = pd.to_datetime("2020-01-01") + pd.to_timedelta(rng.integers(0, 366, len(who)), unit="D")
    bought = pd.DataFrame({"customer_id": who, "ordered_at": day, "amount": rng.integers(40_000, 900_000, len(who))})
    least = {"frequent": (3, 0), "spender": (1, 500), "both": (3, 400)}[variant]
    return {
        "customers": customers,
        "sales_2020": bought,
        "min_orders": least[0],
        "min_amount": least[1] * 1000 + (1000 * int(rng.integers(0, 150)) if least[1] else 0),
    }


def who_buys(rng, variant):
    """All customers with their area, and the purchases of one product (a customer may buy it more than once)."""
    n = 700
    area = rng.choice(["city", "suburb", "village"], n, p=[0.42, 0.33, 0.25])
    chance = pd.Series(area).map({"city": rng.uniform(0.34, 0.44), "suburb": 0.2, "village": rng.uniform(0.1, 0.15)})
    customers = pd.DataFrame({"customer_id": np.arange(1, n + 1), "area": area})
    buyers = customers["customer_id"][rng.random(n) < chance].to_numpy()
    often = np.where(pd.Series(area)[buyers - 1] == "city", rng.integers(1, 3, len(buyers)), rng.integers(2, 5, len(buyers)))
    who = rng.permutation(np.repeat(buyers, often))
    purchases = pd.DataFrame({"line": np.arange(1, len(who) + 1), "customer_id": who})
    return {"customers": customers, "purchases": purchases}


def subscription(rng, variant):
    """A month's margin, the share that stays each month, and a discount by the year."""
    words = said(
        {"gym": "pusat kebugaran", "internet": "penyedia internet", "meals": "penyedia makan siang langganan"},
        {"gym": "gym", "internet": "internet provider", "meals": "lunch service"},
        variant,
    )
    return {
        "margin": 40_000 + 50 * int(rng.integers(0, 3200)),
        "stays": int(rng.integers(920, 985)) / 1000,
        "discount": int(rng.integers(80, 180)) / 1000,
        "words": words,
    }


def plan(rng, variant):
    """A year's margin, retention, discount and what it cost to win a customer."""
    margin = 800_000 + 1000 * int(rng.integers(0, 1500))
    words = said(
        {"insurer": "perusahaan asuransi kendaraan", "school": "tempat kursus", "software": "penyedia aplikasi kasir"},
        {"insurer": "car insurer", "school": "language school", "software": "provider of a till app"},
        variant,
    )
    return {
        "margin": margin,
        "retention": int(rng.integers(560, 870)) / 1000,
        "discount": int(rng.integers(70, 160)) / 1000,
        "acquisition": 1000 * int(margin * rng.uniform(0.02, 0.75) / 1000),
        "words": words,
    }
