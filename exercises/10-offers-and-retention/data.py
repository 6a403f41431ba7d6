"""What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."""

import numpy as np
import pandas as pd


def said(variant, id, en, **more):
    """The words of a variant in both languages."""
    return {
        "id": {"firm": id[variant]} | {k: v[0] for k, v in more.items()},
        "en": {"firm": en[variant]} | {k: v[1] for k, v in more.items()},
    }


def first_half(rng, variant):
    """Orders of the customers who came first in January to May 2020, up to the end of June."""
    who, month = [], []
    number = 1000
    for first in range(1, 6):
        size = int(rng.integers(36, 62))
        ids = np.arange(number, number + size)
        number += size
        who.append(ids)
        month.append(np.full(size, first))
        keep = rng.uniform(0.38, 0.55)
        for later in range(first + 1, 7):
            again = ids[rng.random(size) < keep * 0.93 ** (later - first)]
            often = np.concatenate([again, again[rng.random(len(again)) < 0.3]])
            who.append(often)
            month.append(np.full(len(often), later))
    who, month = np.concatenate(who), np.concatenate(month)
    day = pd.to_datetime("2020-01-01") + pd.to_timedelta(np.array([0, 31, 60, 91, 121, 152])[month - 1] + rng.integers(0, 29, len(who)), unit="D")
    orders = pd.DataFrame({"customer_id": who, "ordered_at": day}).iloc[rng.permutation(len(who))].reset_index(drop=True)
    orders.insert(0, "order_id", np.arange(1, len(orders) + 1))
    words = said(
        variant,
        {"cafe": "kedai kopi", "salon": "salon", "books": "toko buku"},
        {"cafe": "coffee bar", "salon": "hairdresser", "books": "bookshop"},
    )
    return {"orders": orders, "words": words}


def contracts(rng, variant):
    """Contracts with the days of opening and closing; and what a programme cost and brought."""
    n = 620
    opened = pd.to_datetime("2018-01-01") + pd.to_timedelta(rng.integers(0, 1065, n), unit="D")
    stay = rng.exponential(rng.uniform(600, 1100), n).astype(int) + 5
    new = rng.permutation(n)[:45]
    opened = opened.where(~np.isin(np.arange(n), new), pd.Timestamp("2020-11-02") + pd.to_timedelta(rng.integers(0, 27, n), unit="D"))
    quick = np.isin(np.arange(n), new[:9])
    closed = opened + pd.to_timedelta(np.where(quick, 1, stay), unit="D")
    closed = closed.where(closed <= pd.Timestamp("2020-11-30"), pd.NaT)
    accounts = pd.DataFrame({"account": np.arange(1, n + 1), "opened_on": opened, "closed_on": closed})
    cost = 40_000_000 + 1000 * int(rng.integers(0, 60_000))
    names = {"id": {"name": {"brand": "tidak dapat membedakan merek", "doubt": "tidak membawa pengalaman itu ke keputusan membeli", "act": "bertindak berbeda"}[variant]}}
    names["en"] = {"name": {"brand": "can't tell brands apart", "doubt": "do not carry the experience into the decision to buy", "act": "acted differently"}[variant]}
    return {
        "accounts": accounts,
        "cost": cost,
        "gain": 1000 * int(cost * rng.uniform(1.15, 1.7) / 1000),
        "reported": {"brand": 0.46, "doubt": 0.58, "act": 0.14}[variant],
        "words": names,
    }


def baskets(rng, variant):
    """Lines of baskets; a product scanned twice stands there twice."""
    a, b = {"bread": ("bread", "jam"), "tea": ("tea", "sugar"), "soap": ("soap", "sponge")}[variant]
    n = int(rng.integers(260, 340))
    has_a = rng.random(n) < rng.uniform(0.16, 0.22)
    has_b = rng.random(n) < np.where(has_a, rng.uniform(0.55, 0.7), 0.32)
    rest = rng.random((n, 2)) < [0.6, 0.4]
    rest[:, 0] |= ~(has_a | has_b | rest[:, 1])
    lines = pd.DataFrame(
        {
            "basket": np.concatenate([np.flatnonzero(h) for h in (has_a, has_b, rest[:, 0], rest[:, 1])]) + 1,
            "product": np.repeat([a, b, "rice", "milk"], [has_a.sum(), has_b.sum(), rest[:, 0].sum(), rest[:, 1].sum()]),
        }
    )
    ours = np.flatnonzero(lines["product"].isin([a, b]))
    twice = lines.iloc[rng.permutation(ours)[: len(ours) // 3]]
    lines = pd.concat([lines, twice]).sort_values(["basket", "product"]).reset_index(drop=True)
    return {"lines": lines, "if_product": a, "then_product": b}


def voucher(rng, variant):
    """A campaign to customers who had stayed away: a voucher for most of them, nothing for those held out."""
    sent, held = int(rng.integers(520, 600)), int(rng.integers(140, 190))
    group = np.repeat(["voucher", "holdout"], [sent, held])
    chance = np.where(group == "voucher", rng.uniform(0.17, 0.24), rng.uniform(0.07, 0.12))
    came = rng.random(sent + held) < chance
    came[[0, sent]] = True
    campaign = pd.DataFrame({"customer_id": 2001 + rng.permutation(sent + held), "group": group, "came_back": came})
    campaign = campaign.sort_values("customer_id").reset_index(drop=True)
    formula = {
        "naive": ("semua yang kembali × margin − yang kembali × nilai voucher", "all who came back × margin − those who came back × the voucher"),
        "counts": ("(yang kembali dengan voucher − yang kembali tanpa voucher) × margin − yang kembali × nilai voucher", "(those back with a voucher − those back without) × margin − those back × the voucher"),
        "costs": ("tambahan yang kembali × margin − semua penerima × nilai voucher", "the additional ones who came back × margin − all receivers × the voucher"),
    }[variant]
    return {
        "campaign": campaign,
        "margin": 20_000 + 50 * int(rng.integers(0, 900)),
        "voucher": 8_000 + 50 * int(rng.integers(0, 200)),
        "words": {"id": {"formula": formula[0]}, "en": {"formula": formula[1]}},
    }


def offers_at_hand(rng, variant):
    """Who agreed to be written to, what can be offered, and how likely each customer takes each offer."""
    n, names = 45, ["A", "B", "C", "D", "E"]
    customers = pd.DataFrame({"customer": [f"M{i:02d}" for i in range(1, n + 1)], "consent": rng.random(n) < 0.75})
    customers.loc[[0, 1], "consent"] = [True, False]
    margin = np.sort(rng.integers(9_000, 90_000, 5))[rng.permutation(5)] + rng.integers(0, 99, 5)
    offers = pd.DataFrame({"offer": names, "margin": margin.astype(float), "cost": rng.integers(800, 4_500, 5).astype(float)})
    offers["stock"] = rng.integers(80, 900, 5)
    p = rng.beta(1.2, 6, (n, 5)) * (20_000 / margin) ** 0.5
    p = p.clip(0.001, 0.9).round(3)
    worth = p * margin - offers["cost"].to_numpy()
    wanted = np.bincount(worth.argmax(axis=1)[customers["consent"].to_numpy() & (worth.max(axis=1) > 0)], minlength=5)
    offers.loc[int(wanted.argmax()), "stock"] = 0  # the offer that most would have got
    chances = pd.DataFrame({"customer": np.repeat(customers["customer"], 5).to_numpy(), "offer": names * n, "p": p.ravel()})
    words = said(
        variant,
        {"bank": "bank", "telco": "operator seluler", "grocer": "toko swalayan"},
        {"bank": "bank", "telco": "mobile operator", "grocer": "supermarket"},
    )
    return {"customers": customers, "offers": offers, "chances": chances, "words": words}


def year_of_days(rng, variant):
    """One row a day; on some days the till was down and nothing is known."""
    year = int(rng.integers(2017, 2020))
    day = pd.date_range(f"{year}-01-01", f"{year}-12-31")
    window = (day.day >= 25) | (day.day == 1)
    orders = rng.poisson(42 * np.where(window, rng.uniform(1.15, 1.45), 1.0) * (1 + 0.15 * (day.day_of_week >= 5)))
    days = pd.DataFrame({"day": day, "orders": orders.astype(float)})
    days["revenue"] = (days["orders"] * rng.uniform(60_000, 90_000, len(day))).round()
    days["visitors"] = np.floor(days["orders"] * rng.uniform(2.2, 3.4, len(day)))
    down = np.sort(np.concatenate([rng.choice(np.flatnonzero(window), 5, False), rng.choice(np.flatnonzero(~window), 6, False)]))
    days.loc[down, ["orders", "revenue", "visitors"]] = np.nan
    return {"days": days, "year": year}


def deals(rng, variant):
    """Deals by owner: open ones with a chance in percent, won and lost ones with the days that they took."""
    n = 150
    status = rng.choice(["open", "won", "lost"], n, p=[0.4, 0.25, 0.35])
    owner = rng.choice(["Ayu", "Budi", "Citra"], n)
    owner[:9], status[:9] = np.repeat(["Ayu", "Budi", "Citra"], 3), ["open", "won", "lost"] * 3
    book = pd.DataFrame({"deal": np.arange(1, n + 1), "owner": owner, "status": status})
    book["amount"] = (rng.integers(4_000_000, 90_000_000, n) + rng.integers(0, 999, n)).astype(float)
    book["chance_percent"] = np.select([status == "won", status == "lost"], [100, 0], rng.choice([10, 20, 35, 50, 80], n))
    book["cycle_days"] = np.where(status == "open", np.nan, rng.integers(15, 120, n))
    words = said(
        variant,
        {"solar": "pemasang panel surya", "events": "penyelenggara acara", "furniture": "pembuat mebel kantor"},
        {"solar": "installer of solar panels", "events": "organiser of events", "furniture": "maker of office furniture"},
    )
    return {"deals": book, "words": words}


def member(rng, variant):
    """A member's payments and refunds, the newest first; points only count once a refund is taken off."""
    n = 64
    paid = pd.Timestamp("2019-01-03") + pd.to_timedelta(np.cumsum(rng.integers(4, 16, n)), unit="D")
    amount = 10_000 * rng.integers(4, 60, n)
    amount[3::5] = -(amount[2::5][: len(amount[3::5])] * 0.9 // 10_000 * 10_000).astype(int)
    book = pd.DataFrame({"paid_on": paid, "booked_on": paid + pd.to_timedelta(rng.integers(16, 19, n), unit="D"), "amount": amount})
    words = said(
        variant,
        {"coffee": "kedai kopi", "cinema": "bioskop", "petrol": "pompa bensin"},
        {"coffee": "coffee bar", "cinema": "cinema", "petrol": "petrol station"},
    )
    aim = int(amount.sum() // 10_000 * rng.uniform(0.75, 0.9))
    return {"payments": book[::-1].reset_index(drop=True), "points": aim, "words": words}


def old_leads(rng, variant):
    """Leads of last year: what they did, and whether they became customers."""
    n = int(rng.integers(620, 790))
    won = rng.random(n) < rng.uniform(0.16, 0.26)
    leads = pd.DataFrame(
        {
            "lead": np.arange(1, n + 1),
            "opened_email": rng.random(n) < np.where(won, rng.uniform(0.6, 0.8), rng.uniform(0.25, 0.4)),
            "visited_page": rng.random(n) < np.where(won, rng.uniform(0.5, 0.7), rng.uniform(0.15, 0.3)),
            "won": won,
        }
    )
    return {"leads": leads}
