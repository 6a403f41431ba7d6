"""What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."""

import numpy as np
import pandas as pd


def till(rng, variant):
    """The file of a till as text: receipt, day, amount; the last row is the till's own total."""
    n = 280
    mark = {"coop": ".", "bakery": ",", "pharmacy": "."}[variant]
    front = "Rp " if variant == "pharmacy" else ""
    amount = rng.integers(9_000, 1_900_000, n)
    amount[rng.choice(n, 16, replace=False)] *= -1
    text = [front + f"{a:,}".replace(",", mark) for a in amount]
    month, day = rng.integers(1, 13, n), rng.integers(1, 29, n)
    when = [f"2024-{m:02d}-{d:02d}" if variant == "bakery" else f"{d:02d}/{m:02d}/2024" for m, d in zip(month, day)]
    odd = rng.choice(n, 26, replace=False)
    for i in odd[:12]:
        when[i] = ["akhir bulan", "?", "2024"][i % 3]
    for i in odd[12:]:
        text[i] = ["gratis", "lihat nota", ""][i % 3]
    total = f"{int(amount.sum()):,}".replace(",", mark)
    table = pd.DataFrame(
        {
            "receipt": [f"K{i:04d}" for i in range(1, n + 1)] + ["TOTAL"],
            "sold_on": when + ["2024-12-31" if variant == "bakery" else "31/12/2024"],
            "amount": text + [front + total],
        }
    )
    words = {
        "id": {
            "what": {"coop": "koperasi", "bakery": "toko roti", "pharmacy": "apotek"}[variant],
            "form": {"coop": "hari/bulan/tahun, dengan titik sebagai pemisah ribuan", "bakery": "tahun-bulan-hari, dengan koma sebagai pemisah ribuan", "pharmacy": "hari/bulan/tahun, dengan Rp di depan dan titik sebagai pemisah ribuan"}[variant],
        },
        "en": {
            "what": {"coop": "co-operative", "bakery": "bakery", "pharmacy": "pharmacy"}[variant],
            "form": {"coop": "day/month/year, with a point between thousands", "bakery": "year-month-day, with a comma between thousands", "pharmacy": "day/month/year, with Rp in front and a point between thousands"}[variant],
        },
    }
    return {"sales": table, "words": words}


def members(rng, variant):
    """Customers on 30 June 2024: consent, blacklist, last contact, open complaint."""
    n = 460
    as_of = pd.Timestamp("2024-06-30")
    days = {"coupon": 14, "catalogue": 30, "survey": 45}[variant]
    ago = rng.integers(0, 110, n)
    contacted = pd.Series(as_of - pd.to_timedelta(ago, unit="D"))
    contacted[rng.random(n) < 0.18] = pd.NaT
    customers = pd.DataFrame(
        {
            "customer": [f"P{i:03d}" for i in range(1, n + 1)],
            "consent": rng.choice(["yes", "no", "withdrawn", ""], n, p=[0.68, 0.1, 0.1, 0.12]),
            "blacklisted": rng.random(n) < 0.12,
            "contacted_on": contacted,
            "open_complaint": rng.random(n) < 0.14,
        }
    )
    words = {
        "id": {"what": {"coupon": "kupon", "catalogue": "katalog", "survey": "survei"}[variant]},
        "en": {"what": {"coupon": "coupon", "catalogue": "catalogue", "survey": "survey"}[variant]},
    }
    return {"customers": customers, "days": days, "as_of": as_of, "words": words}


def payments(rng, variant):
    """Invoices and deliveries of a year. paid_on is empty where an invoice is still unpaid."""
    days = {"wholesale": 90, "furniture": 60, "catering": 120}[variant]
    names = [f"C{i:02d}" for i in rng.permutation(np.arange(1, 31))]
    who, late, open_ = [], [], []
    for i, name in enumerate(names):
        k = int(rng.integers(3, 6))
        who += [name] * k
        late += list(rng.integers(days - 15, days + 60, k) if i < 4 else rng.integers(0, days - 20, k))
        open_ += [False] * k
    who += [names[5], names[5], names[6], names[6]]
    late += [days, days, days + 30, days + 45]
    open_ += [False, False, False, True]
    as_of = pd.Timestamp("2024-12-31")
    late, open_ = np.array(late), np.array(open_)
    due = as_of - pd.to_timedelta(np.where(open_, late, late + rng.integers(1, 90, len(late))), unit="D")
    paid = pd.Series(due + pd.to_timedelta(late, unit="D"))
    paid[open_] = pd.NaT
    order = rng.permutation(len(who))
    invoices = pd.DataFrame({"customer": np.array(who)[order], "due_on": due[order], "paid_on": paid.to_numpy()[order]})
    invoices.insert(0, "invoice", [f"F{i:03d}" for i in range(1, len(who) + 1)])
    to, how, outcome = [], [], []
    for i, name in enumerate(names):
        k = int(rng.integers(4, 8))
        to += [name] * k
        how += ["cod" if x else "prepaid" for x in rng.random(k) < 0.5]
        outcome += ["accepted"] * k
    for name, method, times in ((names[7], "cod", 3), (names[8], "cod", int(rng.integers(3, 6))), (names[9], "cod", 2), (names[9], "prepaid", 2), (names[0], "cod", 1), (names[12], "cod", 2)):
        to += [name] * times
        how += [method] * times
        outcome += ["rejected"] * times
    order = rng.permutation(len(to))
    deliveries = pd.DataFrame({"customer": np.array(to)[order], "method": np.array(how)[order], "outcome": np.array(outcome)[order]})
    deliveries.insert(0, "delivery", [f"K{i:03d}" for i in range(1, len(to) + 1)])
    words = {
        "id": {"what": {"wholesale": "grosir", "furniture": "toko mebel", "catering": "usaha katering"}[variant]},
        "en": {"what": {"wholesale": "wholesaler", "furniture": "furniture shop", "catering": "catering firm"}[variant]},
    }
    return {"invoices": invoices, "deliveries": deliveries, "days": days, "words": words}


def two_years(rng, variant):
    """Products with price and quantity of two years."""
    k = 7
    before = rng.integers(15, 140, k) * 1000 + 100 * rng.integers(1, 10, k)
    growth = {"menu": 1.18, "clothing": 0.84, "tests": 1.12}[variant]
    q0 = rng.integers(180, 900, k)
    q1 = np.maximum(40, (q0 * growth * rng.uniform(0.6, 1.5, k)).astype(int)) + 5
    products = pd.DataFrame(
        {
            "product": [f"{variant[:1].upper()}{i}" for i in range(1, k + 1)],
            "price_2023": before,
            "quantity_2023": q0,
            "price_2024": (before * rng.uniform(0.97, 1.12, k) / 100).astype(int) * 100,
            "quantity_2024": q1,
        }
    )
    words = {
        "id": {"what": {"menu": "kedai kopi", "clothing": "butik", "tests": "laboratorium klinik"}[variant]},
        "en": {"what": {"menu": "coffee bar", "clothing": "boutique", "tests": "clinic's laboratory"}[variant]},
    }
    return {"products": products, "words": words}


def required(rng, variant):
    """Which field each question needs, and what there is of it. column is empty where no table has the field."""
    fields = ["customer_id", "name", "phone", "email", "address", "city", "postcode", "gender", "born_on", "occupation", "interests", "consent", "consent_on", "channel", "order_id", "ordered_at", "amount", "product", "cost", "returned", "complaint", "answered_at", "campaign", "responded", "score", "visits", "source", "referrer", "children"]
    fields = [fields[i] for i in rng.permutation(len(fields))][: int(rng.integers(24, 30))]
    k = len(fields)
    state = rng.choice(["ready", "poor", "missing"], k, p=[0.6, 0.2, 0.2])
    state[:7] = ["missing", "poor", "ready", "missing", "poor", "ready", "ready"]
    there = (state != "missing").sum()
    if there * there == (state == "ready").sum() * k:  # two different shares would be one number
        state[6] = "poor"
    filled = np.where(state == "ready", rng.integers(900, 1000, k), rng.integers(310, 880, k)) / 1000
    cost = rng.integers(300, 9_000, k) * 1000 + 100 * rng.integers(0, 10, k)
    times = 1 + (rng.random(k) < 0.25)
    times[[0, 1, 3]] = 3
    at = np.repeat(np.arange(k), times)
    questions = ["Who left?", "Who responds?", "Who is worth most?"]
    seen: dict = {}
    asked = []
    for i in at:
        asked.append(questions[seen.setdefault(i, int(i) % 3) % 3])
        seen[i] += 1
    order = rng.permutation(len(at))
    gone = state == "missing"
    needs = pd.DataFrame(
        {
            "question": np.array(asked)[order],
            "field": np.array(fields)[at][order],
            "column": np.where(gone, None, [f.upper()[:6] for f in fields])[at][order],
            "filled_share": np.where(gone, np.nan, filled)[at][order],
        }
    )
    costs = pd.DataFrame({"field": fields, "fix_cost": cost.astype(float)})
    words = {
        "id": {"what": {"retail": "jaringan toko", "hospital": "rumah sakit", "campus": "perguruan tinggi"}[variant]},
        "en": {"what": {"retail": "chain of shops", "hospital": "hospital", "campus": "university"}[variant]},
    }
    return {"needs": needs, "costs": costs, "words": words}


def register(rng, variant):
    """A list of customers with gaps, bad addresses and copies."""
    n = int(rng.integers(520, 640))
    code = rng.integers(10_000, 99_999)
    codes = [f"{variant[:1].upper()}{code + 7 * i}" for i in range(n)]
    for i in rng.choice(np.arange(n // 2, n), int(rng.integers(18, 40)), replace=False):
        codes[i] = codes[int(i) - n // 2]
    digits = rng.integers(10**7, 10**8, n)
    phone = [f"0812{d}" for d in digits]
    kind = rng.choice(4, n, p=[0.86, 0.06, 0.05, 0.03])
    phone = [p if k == 0 else "" if k == 1 else "0" if k == 2 else p for p, k in zip(phone, kind)]
    host = np.array(["mail.example", "kantor.example", "kampus.example", "mailexample", "kantor"])[rng.choice(5, n, p=[0.4, 0.3, 0.22, 0.05, 0.03])]
    mail = [f"p{d % 100000}@{h}" for d, h in zip(digits, host)]
    blank = rng.random(n) < 0.14
    mail = ["" if b else m for b, m in zip(blank, mail)]
    people = pd.DataFrame({"code": codes, "phone": phone, "email": mail})
    words = {
        "id": {"what": {"retail": "jaringan toko", "hospital": "rumah sakit", "cinema": "bioskop"}[variant]},
        "en": {"what": {"retail": "chain of shops", "hospital": "hospital", "cinema": "cinema"}[variant]},
    }
    return {"people": people, "words": words}


def visitors(rng, variant):
    """Receipts with the phone as each cashier wrote it; some households share a phone."""
    k = 150
    own = rng.integers(10**7, 10**8, k)
    own[100:125] = own[:25]
    born = pd.Timestamp("1955-01-01") + pd.to_timedelta(np.sort(rng.choice(18_000, k, replace=False)), unit="D")
    born = born[rng.permutation(k)]
    who = np.concatenate([np.arange(k), rng.integers(0, k, 190)])
    who = who[rng.permutation(len(who))]
    way = rng.integers(0, 4, len(who))
    prefix = np.array(["812", "813", "821", "857"])[own % 4]
    phone = []
    for w, i in zip(way, who):
        p, d = prefix[i], str(own[i])
        phone.append([f"0{p}-{d[:4]}-{d[4:]}", f"+62 {p} {d[:4]} {d[4:]}", f"62{p}{d}", f"0{p}{d}"][w])
    receipts = pd.DataFrame(
        {
            "receipt": np.arange(1, len(who) + 1),
            "phone": phone,
            "born_on": born[who],
            "amount": (rng.integers(15_000, 600_000, len(who)) + rng.integers(0, 999, len(who))).astype(float),
        }
    )
    words = {
        "id": {"what": {"shop": "toko", "clinic": "klinik", "cinema": "bioskop"}[variant]},
        "en": {"what": {"shop": "shop", "clinic": "clinic", "cinema": "cinema"}[variant]},
    }
    return {"receipts": receipts, "words": words}


def two_sources(rng, variant):
    """Customers of the till and of finance. The numbers in id were given by each system on its own."""
    a, b, c = int(rng.integers(230, 320)), int(rng.integers(120, 180)), int(rng.integers(70, 110))
    numbers = rng.choice(9 * 10**7, a + b, replace=False) + 10**7
    till, finance = numbers[:a], np.concatenate([numbers[:c], numbers[a : a + b - c]])
    pos = pd.DataFrame({"id": rng.permutation(np.arange(1, a + 1)), "phone": [f"0812{d}" for d in till]})
    fin = pd.DataFrame({"id": rng.permutation(np.arange(1, b + 1)), "phone": [f"+62812{d}" for d in finance]})
    pos.loc[a - int(rng.integers(9, 16)) :, "phone"] = ""
    fin.loc[b - int(rng.integers(6, 12)) :, "phone"] = ""
    pos = pos.iloc[rng.permutation(a)].reset_index(drop=True)
    fin = fin.iloc[rng.permutation(b)].reset_index(drop=True)
    words = {
        "id": {"what": {"retail": "toko bangunan", "hospital": "rumah sakit", "hotel": "hotel"}[variant]},
        "en": {"what": {"retail": "builder's merchant", "hospital": "hospital", "hotel": "hotel"}[variant]},
    }
    return {"pos": pos, "finance": fin, "words": words}
