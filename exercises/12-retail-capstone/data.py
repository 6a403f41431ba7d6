"""What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."""

import numpy as np
import pandas as pd


from functools import lru_cache

import crmlab as crm

CHANNELS = ["field_sales", "marketplace", "store", "website", "whatsapp"]
MONTHS = [str(m) for m in pd.period_range("2017-01", "2019-12", freq="M")]


def month_of(dates):
    """Months since January 2016; a customer still open has none."""
    return (dates.dt.year - 2016) * 12 + dates.dt.month - 1


@lru_cache(maxsize=1)
def retail():
    """The bundled retailer, size S, brought together once: every student's sample is drawn from these tables."""
    t = crm.datasets.load_retail("S").tables
    orders = t["fact_order"].merge(t["dim_channel"][["channel_id", "channel"]]).sort_values("order_id", ignore_index=True)
    orders["ordered_on"] = orders["date"].astype("datetime64[ns]")
    orders["year"] = orders["ordered_on"].dt.year
    customers = t["dim_customer"]
    current = customers.drop_duplicates("customer_id", keep="last")
    consumers = current.loc[current["customer_type"] == "consumer", "customer_id"].to_numpy()
    iso = orders["ordered_on"].dt.isocalendar()
    weekly = pd.DataFrame({"iso_year": iso["year"].astype(int), "week": iso["week"].astype(int), "channel": orders["channel"].astype(str)})
    weekly = weekly[weekly["iso_year"].isin([2019, 2020]) & (weekly["week"] <= 52)]
    grid = pd.MultiIndex.from_product([[2019, 2020], range(1, 53), CHANNELS], names=["iso_year", "week", "channel"])
    weekly = weekly.value_counts().reindex(grid, fill_value=0).rename("orders").reset_index()
    three = orders[orders["year"].between(2017, 2019)]
    cell = (three["ordered_on"].dt.year * 12 + three["ordered_on"].dt.month - 2017 * 12 - 1) * 5 + three["channel"].map(CHANNELS.index)
    lately = orders[(orders["year"] >= 2019) & orders["customer_id"].isin(consumers)]
    day = ["customer_key", "customer_id", "customer_type", "segment", "gender", "age_band", "loyalty_member", "valid_from", "valid_to"]
    versions = customers[day].copy()
    for name in ("valid_from", "valid_to"):
        versions[name] = versions[name].astype("datetime64[ns]")
    return {
        "orders": {y: orders.loc[orders["year"] == y, ["order_id", "ordered_on", "customer_id", "channel", "total"]].reset_index(drop=True) for y in (2018, 2019, 2020)},
        "weekly": weekly,
        "cell": cell.to_numpy(),
        "total": three["total"].to_numpy().astype(float),
        "lately": lately[["order_id", "ordered_on", "customer_id", "year"]].reset_index(drop=True),
        "consumers": consumers,
        "corporate": (current["customer_type"] == "corporate").to_numpy(),
        "began": month_of(current["registered_on"]).to_numpy(),
        "ended": month_of(current["closed_on"]).fillna(9999).astype(int).to_numpy(),
        "months": [str(m) for m in pd.period_range("2016-01", "2020-12", freq="M")],
        "versions": versions,
    }


def orders_of_a_year(rng, variant):
    """All orders of some customers in one year; some were cancelled."""
    year = {"y2018": 2018, "y2019": 2019, "y2020": 2020}[variant]
    whole = retail()["orders"][year]
    ids = whole["customer_id"].to_numpy()
    people = np.unique(ids)
    own = whole[np.isin(ids, rng.permutation(people)[: int(len(people) * rng.uniform(0.34, 0.39))])].reset_index(drop=True)
    own["status"] = np.where(rng.random(len(own)) < 0.07, "cancelled", "done")
    more = rng.integers(30, 90, 3) / 1000
    return {
        "orders": own,
        "year": str(year),
        "customers_up": float(more[0]),
        "orders_up": float(more[1]),
        "value_up": float(more[2]),
        "margin": int(rng.integers(185, 245)) / 1000,
    }


def aims(rng, variant):
    """What the management wants, what it measures, and what the software is to do."""
    words = {
        "shop": ["loyalty", "churn_of_accounts", "selling_time", "consent", "win_back", "delivery", "complaints", "basket"],
        "service": ["answer_speed", "complaints", "referrals", "consent", "staff_training", "opening_hours", "renewals", "costs"],
        "online": ["visits", "registrations", "first_orders", "repeat_orders", "reviews", "returns", "consent", "app_use"],
    }[variant]
    n = int(rng.integers(6, 9))
    objectives = [f"{w}" for w in rng.permutation(words)[:n]]
    without = int(rng.integers(1, 3))
    measured = objectives[without:]
    owners = measured + [str(w) for w in rng.choice(measured, int(rng.integers(2, 4)))] + [None] * int(rng.integers(1, 4))
    owners = [owners[i] for i in rng.permutation(len(owners))]
    kpis = pd.DataFrame({"kpi": [f"K{i:02d}" for i in range(1, len(owners) + 1)], "objective": pd.array(owners, dtype=object)})
    orphans = kpis.loc[kpis["objective"].isna(), "kpi"]
    links = [str(k) for k in rng.choice(kpis["kpi"], int(rng.integers(5, 9)))] + [str(rng.choice(orphans))] + [None] * int(rng.integers(2, 5))
    links = [links[i] for i in rng.permutation(len(links))]
    features = pd.DataFrame({"feature": [f"F{i:02d}" for i in range(1, len(links) + 1)], "kpi": pd.array(links, dtype=object)})
    order = rng.permutation(n)
    return {"objectives": pd.DataFrame({"objective": [objectives[i] for i in order]}), "kpis": kpis, "features": features}


def two_systems(rng, variant):
    """Customers of the till and of another system; the telephone tells who is one person."""
    n, m = int(rng.integers(280, 420)), int(rng.integers(150, 240))
    both = int(m * rng.uniform(0.55, 0.82))
    numbers = 1_000_000 + rng.choice(8_000_000, n + m - both, replace=False)
    pos, other = numbers[:n], np.concatenate([numbers[:both], numbers[n:]])
    twice = int(rng.integers(9, 18))
    pos = np.concatenate([pos, pos[:twice]])

    def written(values, style):
        digits = [f"{v:07d}" for v in values]
        ways = {0: "08000{}", 1: "+62 800 0{}", 2: "628000{}", 3: "0800-0{}"}
        return [ways[s].format(d if s != 3 else f"{d[:3]}-{d[3:]}") for s, d in zip(style, digits)]

    till = pd.DataFrame({"pos_code": [f"P{i:04d}" for i in range(1, len(pos) + 1)], "phone": written(pos, rng.integers(0, 4, len(pos)))})
    rest = pd.DataFrame({"code": [f"S{i:04d}" for i in range(1, m + 1)], "phone": written(other, rng.integers(0, 4, m))})
    shuffled = till["phone"].to_numpy()[rng.permutation(len(till))]
    till["phone"] = shuffled
    rest["phone"] = rest["phone"].to_numpy()[rng.permutation(m)]
    words = {"finance": ("sistem keuangan", "the finance system"), "web": ("toko web", "the web shop"), "service": ("meja layanan", "the service desk")}[variant]
    return {"pos": till, "other": rest, "words": {"id": {"system": words[0]}, "en": {"system": words[1]}}}


def weeks(rng, variant):
    """Orders of each week and channel in 2019 and 2020."""
    table = retail()["weekly"].copy()
    table["orders"] = rng.binomial(table["orders"].to_numpy(), rng.uniform(0.72, 0.95))
    return {"weeks": table, "channel": variant}


def accounts(rng, variant):
    """Open and closed customers, month by month, of a sample."""
    whole = retail()
    corporate, began, ended = whole["corporate"], whole["began"], whole["ended"]
    keep = rng.random(len(corporate)) < np.where(corporate, 0.93, 0.75)
    months = np.arange(60)
    rows = []
    for kind, of in (("consumer", keep & ~corporate), ("corporate", keep & corporate)):
        open_ = (began[of][:, None] < months) & (ended[of][:, None] >= months)
        closed = np.bincount(ended[of][(began[of] < ended[of]) & (ended[of] < 60)], minlength=60)
        rows.append(pd.DataFrame({"month": whole["months"], "customer_type": kind, "open_at_start": open_.sum(axis=0), "closed": closed}))
    level = {"z90": 1.6449, "z95": 1.96, "z99": 2.5758}[variant]
    said = {"z90": "90%", "z95": "95%", "z99": "99%"}[variant]
    return {"accounts": pd.concat(rows, ignore_index=True), "z": level, "level": said}


def months(rng, variant):
    """Revenue of each month and channel, 2017 to 2019, of a sample of orders."""
    whole = retail()
    kept = rng.random(len(whole["cell"])) < 0.85
    sums = np.bincount(whole["cell"][kept], weights=whole["total"][kept], minlength=180)
    table = pd.DataFrame({"month": np.repeat(MONTHS, 5), "channel": CHANNELS * 36, "amount": np.round(sums)})
    chosen = {"online": ["marketplace", "website", "whatsapp"], "store": ["store"], "all_but_field": ["marketplace", "store", "website", "whatsapp"]}[variant]
    return {"months": table, "channels": ", ".join(chosen)}


def two_years(rng, variant):
    """Orders of some consumers in 2019 and 2020; those who bought nothing stand in customers too."""
    whole = retail()
    chosen = np.sort(rng.permutation(whole["consumers"])[:190])
    own = whole["lately"]
    own = own[np.isin(own["customer_id"].to_numpy(), chosen)]
    least = {"six": 6, "five": 5, "four": 4}[variant]
    return {"customers": pd.DataFrame({"customer_id": chosen}), "orders": own[["order_id", "ordered_on", "customer_id"]].reset_index(drop=True), "often": least}


def versions(rng, variant):
    """Customers with the earlier versions of their rows: who moved or changed has more than one."""
    whole = retail()["versions"]
    ids = whole["customer_id"].to_numpy()
    people = np.unique(ids)
    own = whole[np.isin(ids, rng.permutation(people)[: int(rng.integers(640, 740))])].reset_index(drop=True)
    words = {"women": ("perempuan (`gender = 'female'`)", "women (`gender = 'female'`)"), "members": ("anggota program loyalitas (`loyalty_member`)", "members of the loyalty programme (`loyalty_member`)"), "older": ("golongan umur 45 tahun ke atas (`age_band` `age_45_54` atau `age_55_plus`)", "45 years or older (`age_band` `age_45_54` or `age_55_plus`)")}[variant]
    return {"customers": own, "words": {"id": {"trait": words[0]}, "en": {"trait": words[1]}}}


def offers(rng, variant):
    """Five vendors' scores by four criteria; whoever lacks the must-have is out, however good."""
    weights = {"ease_of_use": 0.25, "suitable_features": 0.30, "cost_and_hosting": 0.20, "integration": 0.25}
    if variant == "offline":
        weights = {"ease_of_use": 0.35, "suitable_features": 0.20, "cost_and_hosting": 0.15, "integration": 0.30}
    if variant == "pos_link":
        weights = {"ease_of_use": 0.15, "suitable_features": 0.25, "cost_and_hosting": 0.20, "integration": 0.40}
    w = np.array(list(weights.values()))
    while True:
        scores = rng.integers(1, 6, (5, 4))
        out, blank = rng.permutation(5)[:2]
        scores[out], scores[blank] = rng.integers(4, 6, 4), rng.integers(3, 6, 4)
        worth, plain = scores @ w, scores.sum(axis=1)
        left = [i for i in range(5) if i not in (out, blank)]
        best = sorted(left, key=lambda i: worth[i])
        first, simple = best[-1], sorted(left, key=lambda i: plain[i])
        top = np.sort(worth[[out, blank, first]])
        if worth[out] > worth[blank] > worth[first] and np.diff(top).min() > 0.04 and worth[best[-1]] - worth[best[-2]] > 0.04 and plain[simple[-1]] > plain[simple[-2]] and simple[-1] != first:
            break
    must = ["yes"] * 5
    must[out], must[blank] = "no", None
    table = pd.DataFrame(scores, columns=list(weights))
    table.insert(0, "vendor", list("ABCDE"))
    table["must_have"] = pd.array(must, dtype=object)
    words = {"whatsapp": ("terhubung dengan WhatsApp", "connects to WhatsApp"), "offline": ("dapat dipakai tanpa jaringan", "works offline"), "pos_link": ("terhubung dengan sistem kasir (POS)", "connects to the till (POS)")}[variant]
    return {"vendors": table, "weights": pd.DataFrame({"criterion": list(weights), "weight": w}), "words": {"id": {"must": words[0]}, "en": {"must": words[1]}}}


def hosting(rng, variant):
    """What the cloud and an own server cost."""
    years = {"four": 4, "five": 5, "six": 6}[variant]
    return {
        "seat_a_month": 1000 * int(rng.integers(180, 330)) + int(rng.integers(0, 10)) * 100,
        "licence": 1_000_000 * int(rng.integers(280, 460)) + 1000 * int(rng.integers(0, 900)),
        "upkeep_a_year": 1_000_000 * int(rng.integers(140, 230)) + 1000 * int(rng.integers(0, 900)),
        "rate": int(rng.integers(80, 135)) / 1000,
        "years": years,
    }


def tickets(rng, variant):
    """Questions of customers: when they came in, and whether they were settled."""
    low, high = {"h24": (24, 48), "h12": (12, 36), "h8": (8, 24)}[variant]
    as_of = pd.Timestamp("2020-11-02 09:00") + pd.Timedelta(days=int(rng.integers(0, 40)))
    n = int(rng.integers(150, 220))
    age = np.concatenate([rng.uniform(0.2, low - 0.3, n // 3), rng.uniform(low + 0.3, high - 0.3, n // 3), rng.uniform(high + 0.3, 3 * high, n - 2 * (n // 3))])
    age = age[rng.permutation(n)]
    table = pd.DataFrame(
        {
            "ticket_id": [f"T{i:04d}" for i in range(1, n + 1)],
            "opened_at": (as_of - pd.to_timedelta(np.round(age * 60), unit="min")).astype("datetime64[ns]"),
            "settled": rng.random(n) < 0.45,
        }
    )
    return {"tickets": table, "as_of": as_of.strftime("%Y-%m-%d %H:%M"), "first_hours": low, "second_hours": high}


def contacts(rng, variant):
    """What a campaign sent through three channels, and a group that got nothing."""
    n = rng.integers(1900, 3200, 3)
    share = np.array([rng.uniform(0.026, 0.034), rng.uniform(0.04, 0.055), rng.uniform(0.075, 0.095)])
    held = int(rng.integers(1100, 1500))
    table = pd.DataFrame(
        {
            "channel": ["email", "sms", "whatsapp", "nothing_sent"],
            "contacts": [*n, held],
            "bought": [*rng.binomial(n, share), int(rng.binomial(held, 0.018))],
            "cost_of_a_contact": [50 + int(rng.integers(0, 30)), 150 + int(rng.integers(0, 60)), 300 + int(rng.integers(0, 100)), 0],
        }
    )
    return {"contacts": table, "margin": 1000 * int(rng.integers(52, 78)) + int(rng.integers(0, 999)), "channel": variant}
