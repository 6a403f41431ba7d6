# %% [markdown] lang="id" part="title"
# # 2 · Hubungan dan komitmen
#
# Bab 3 buku dan artikel tentang prinsip customer-centric: bertanya tanpa mengganggu, keluhan yang pulih, poin yang menjadi utang, biaya pindah, kepercayaan yang diukur, dan jaringan yang menopang janji. Semua orang dan perusahaan di sini rekaan.

# %% [markdown] lang="en" part="title"
# # 2 · Relationship and commitment
#
# Chapter 3 of the book and the article on customer-centric principles: asking without pestering, complaints that heal, points that become a debt, what leaving costs, trust that is measured, and the network that holds a promise up. All people and companies here are invented.

# %% part="data"
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

# %% part="question"
question(
    "ask_again", kind="blanks", level="faded", data="invitations", variants=("hotel", "bank", "clinic"),
    title={"id": "Bertanya teratur, tidak terlalu sering", "en": "Asking regularly, and not too often"},
    parts={
        "response": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "bagian undangan yang dijawab (persen)", "en": "share of invitations answered (percent)"}},
        "blocked": {"kind": "number", "exact": True, "says": {"id": "undangan yang seharusnya ditahan oleh aturan 90 hari", "en": "invitations that the rule of 90 days would have blocked"}},
    },
    rows=("B07",), book="3.1.4", notebook="15-scores", app="experience", function="crm.satisfaction.cadence", points=2,
)

# %% [markdown] lang="id" part="task"
# Buku menganjurkan menggali tanggapan pelanggan secara teratur. Undangan survei {what} ini tercatat dengan tanggalnya (`asked_on`) dan apakah dijawab (1 atau 0). Aturan baru: jarak sedikitnya 90 hari dari undangan terakhir yang **benar-benar terkirim** kepada orang yang sama. Undangan yang ditahan tidak terkirim. Baris tabel tidak urut. Lengkapi hitungannya.

# %% [markdown] lang="en" part="task"
# The book advises asking customers for their views regularly. This {what}'s survey invitations are listed with their day (`asked_on`) and whether they were answered (1 or 0). A new rule: at least 90 days since the last invitation that was **really sent** to the same person. A blocked invitation is not sent. The rows are in no order. Complete the computation.

# %% part="start"
invitations = q.data["invitations"]  # .sort_values(...)
blocked, last = 0, {}
for person, day in zip(invitations["customer_id"], invitations["asked_on"]):
    ...  # if person in last and (day - last[person]).days < ...: blocked += 1
    ...  # else: last[person] = ...
q.answer = {
    "response": ...,
    "blocked": ...,
}

# %% [markdown] lang="id" part="hint"
# Satu baris adalah satu undangan. Bagian yang dijawab adalah rata-rata kolom 0 dan 1, dalam persen.

# %% [markdown] lang="en" part="hint"
# A row is an invitation. The share answered is the mean of the column of 0 and 1, in percent.

# %% [markdown] lang="id" part="hint"
# Contoh: hari 0 terkirim, hari 40 ditahan, hari 95 dibandingkan dengan hari 0, jadi terkirim.

# %% [markdown] lang="en" part="hint"
# An example: day 0 is sent, day 40 is blocked, day 95 is compared with day 0, so it is sent.

# %% part="solution"
invitations = q.data["invitations"].sort_values("asked_on")
blocked, last = 0, {}
for person, day in zip(invitations["customer_id"], invitations["asked_on"]):
    if person in last and (day - last[person]).days < 90:
        blocked += 1
    else:
        last[person] = day
q.answer = {"response": invitations["answered"].mean() * 100, "blocked": blocked}

# %% part="package"
facts = crm.satisfaction.cadence(q.data["invitations"], min_days=90).facts
q.answer = {"response": facts["response_share"] * 100, "blocked": facts["too_soon"]}

# %% [markdown] lang="id" part="why"
# Sebagai contoh, 900 dari 4.000 adalah 22,5%. Aturan jarak menghitung dari undangan yang terkirim; bila yang ditahan ikut dihitung, orang yang sering masuk daftar tidak pernah ditanya lagi. Tingkat jawab belum berkata siapa yang diam: bandingkan dahulu yang menjawab dengan yang tidak.

# %% [markdown] lang="en" part="why"
# For example, 900 of 4,000 are 22.5%. The rule counts from invitations that were sent; if blocked ones counted, people who are often on the list would never be asked again. The response says nothing of who kept silent: compare those who answered with those who did not.

# %% part="wrong" name="from_the_blocked"
invitations = q.data["invitations"].sort_values("asked_on")
gap = invitations.groupby("customer_id")["asked_on"].diff().dt.days
q.answer = {"response": invitations["answered"].mean() * 100, "blocked": int((gap < 90).sum())}

# %% [markdown] lang="id" part="wrong" name="from_the_blocked"
# Jarak dihitung dari undangan mana pun, juga dari yang ditahan. Apakah orang itu menerima undangan yang ditahan?

# %% [markdown] lang="en" part="wrong" name="from_the_blocked"
# The gap is taken from any invitation, even a blocked one. Did the person receive the one that was blocked?

# %% part="wrong" name="everyone_once"
invitations = q.data["invitations"]
people = invitations.groupby("customer_id")["answered"].max()
q.answer = {"response": people.mean() * 100, "blocked": len(invitations) - len(people)}

# %% [markdown] lang="id" part="wrong" name="everyone_once"
# Itu hitungan per orang: siapa yang pernah menjawab, dan semua undangan sesudah yang pertama. Satu baris mewakili apa?

# %% [markdown] lang="en" part="wrong" name="everyone_once"
# That counts people: who ever answered, and every invitation after the first. What does a row stand for?

# %% part="wrong" name="order_of_the_file"
invitations = q.data["invitations"]
blocked, last = 0, {}
for person, day in zip(invitations["customer_id"], invitations["asked_on"]):
    if person in last and (day - last[person]).days < 90:
        blocked += 1
    else:
        last[person] = day
q.answer = {"response": invitations["answered"].mean() * 100, "blocked": blocked}

# %% [markdown] lang="id" part="wrong" name="order_of_the_file"
# Baris dibaca dalam urutan berkas, sehingga ada jarak yang negatif. Undangan mana yang lebih dahulu?

# %% [markdown] lang="en" part="wrong" name="order_of_the_file"
# Rows are read in the order of the file, so that some gaps are negative. Which invitation came first?

# %% part="question"
question(
    "worth_keeping", kind="sql", columns=("town", "kept", "profit"), decimals=0, level="independent", data="loyal",
    variants=("store", "roaster", "printer"), title={"id": "Pelanggan setia yang layak dipertahankan", "en": "Loyal customers worth keeping"},
    rows=("B09",), book="3.1.5", notebook="20-relationships-and-network", app="studio", function="crm.relationships.worth_keeping", points=3,
)

# %% [markdown] lang="id" part="task"
# Menurut buku, pelanggan yang cocok dengan profil perusahaan layak dipertahankan. Bagi {what} ini pelanggan **setia** punya 12 pesanan atau lebih (`orders`), **cocok** bila kotanya {near}, dan harus **membawa laba** (`profit` di atas nol; kosong berarti belum diketahui, jadi belum diputuskan). Untuk setiap kota itu: berapa pelanggan memenuhi ketiganya (`kept`), dan berapa jumlah labanya (`profit`)?

# %% [markdown] lang="en" part="task"
# In the book, customers who fit the company's profile are worth keeping. For this {what} a **loyal** customer has 12 orders or more (`orders`), **fits** if the town is one of {near}, and has to **bring a profit** (`profit` above zero; empty means not known, so nothing is decided). For each of these towns: how many customers meet all three (`kept`), and what is the sum of their profit (`profit`)?

# %% [markdown] lang="id" part="hint"
# Ringkas dahulu `orders` menjadi satu baris per pelanggan (`GROUP BY customer_id HAVING count(*) >= 12`), baru sambungkan.

# %% [markdown] lang="en" part="hint"
# First bring `orders` down to one row a customer (`GROUP BY customer_id HAVING count(*) >= 12`), then join.

# %% [markdown] lang="id" part="hint"
# `profit > 0` sendiri sudah menyisihkan nilai kosong: perbandingan dengan NULL tidak pernah benar.

# %% [markdown] lang="en" part="hint"
# `profit > 0` alone leaves out empty values: a comparison with NULL is never true.

# %% [markdown] lang="id" part="hint"
# Kerangka: `WITH loyal AS (SELECT customer_id FROM orders ...) SELECT town, count(*), sum(profit) FROM customers JOIN loyal ON ... WHERE ... GROUP BY town`.

# %% [markdown] lang="en" part="hint"
# A frame: `WITH loyal AS (SELECT customer_id FROM orders ...) SELECT town, count(*), sum(profit) FROM customers JOIN loyal ON ... WHERE ... GROUP BY town`.

# %% part="solution"
near = {"store": ["Bogor", "Depok", "Bekasi"], "roaster": ["Malang", "Batu", "Blitar"], "printer": ["Solo", "Klaten", "Sragen"]}[q.variant]
q.answer = f"""
WITH loyal AS (SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) >= 12)
SELECT town, count(*) AS kept, sum(profit) AS profit
FROM customers JOIN loyal USING (customer_id)
WHERE town IN ('{near[0]}', '{near[1]}', '{near[2]}') AND profit > 0
GROUP BY town
"""

# %% [markdown] lang="id" part="why"
# Setia, cocok, dan menguntungkan adalah tiga saringan, dan setiap saringan membuang orang yang lain: dari 10 yang setia, 7 cocok, 6 cocok dan menguntungkan. Menyambung pelanggan dengan setiap pesanannya mengalikan laba dengan banyaknya pesanan. Yang tidak cocok tidak diusir; mereka dilayani seperti orang lain.

# %% [markdown] lang="en" part="why"
# Loyal, fitting and profitable are three filters, and each takes out other people: of 10 loyal ones 7 fit, and 6 fit with a profit. Joining customers with each of their orders multiplies profit by the number of orders. Who does not fit is not chased away, but served like everyone.

# %% part="wrong" name="fan_out"
near = {"store": ["Bogor", "Depok", "Bekasi"], "roaster": ["Malang", "Batu", "Blitar"], "printer": ["Solo", "Klaten", "Sragen"]}[q.variant]
q.answer = f"""WITH loyal AS (SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) >= 12)
SELECT town, count(DISTINCT c.customer_id) AS kept, sum(profit) AS profit FROM customers c JOIN loyal USING (customer_id) JOIN orders USING (customer_id)
WHERE town IN ('{near[0]}', '{near[1]}', '{near[2]}') AND profit > 0 GROUP BY town"""

# %% [markdown] lang="id" part="wrong" name="fan_out"
# Penggandaan baris (fan-out): laba seorang pelanggan dijumlahkan sekali untuk setiap pesanannya. Satu baris setelah JOIN mewakili apa?

# %% [markdown] lang="en" part="wrong" name="fan_out"
# Rows were multiplied (fan-out): a customer's profit is added once for each order. What does a row stand for after the join?

# %% part="wrong" name="losses_kept"
near = {"store": ["Bogor", "Depok", "Bekasi"], "roaster": ["Malang", "Batu", "Blitar"], "printer": ["Solo", "Klaten", "Sragen"]}[q.variant]
q.answer = f"""WITH loyal AS (SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) >= 12)
SELECT town, count(*) AS kept, sum(profit) AS profit FROM customers JOIN loyal USING (customer_id)
WHERE town IN ('{near[0]}', '{near[1]}', '{near[2]}') GROUP BY town"""

# %% [markdown] lang="id" part="wrong" name="losses_kept"
# Yang rugi, dan yang labanya belum diketahui, ikut dipertahankan. Saringan ketiga di mana?

# %% [markdown] lang="en" part="wrong" name="losses_kept"
# Those with a loss, and those whose profit is not known, were kept too. Where is the third filter?

# %% part="wrong" name="loyalty_forgotten"
near = {"store": ["Bogor", "Depok", "Bekasi"], "roaster": ["Malang", "Batu", "Blitar"], "printer": ["Solo", "Klaten", "Sragen"]}[q.variant]
q.answer = f"SELECT town, count(*) AS kept, sum(profit) AS profit FROM customers WHERE town IN ('{near[0]}', '{near[1]}', '{near[2]}') AND profit > 0 GROUP BY town"

# %% [markdown] lang="id" part="wrong" name="loyalty_forgotten"
# Semua yang cocok dan menguntungkan terhitung, juga yang hanya memesan tiga kali. Tabel mana yang berkata siapa yang setia?

# %% [markdown] lang="en" part="wrong" name="loyalty_forgotten"
# All who fit with a profit are counted, even those with three orders. Which table says who is loyal?

# %% part="wrong" name="more_than_twelve"
near = {"store": ["Bogor", "Depok", "Bekasi"], "roaster": ["Malang", "Batu", "Blitar"], "printer": ["Solo", "Klaten", "Sragen"]}[q.variant]
q.answer = f"""WITH loyal AS (SELECT customer_id FROM orders GROUP BY customer_id HAVING count(*) > 12)
SELECT town, count(*) AS kept, sum(profit) AS profit FROM customers JOIN loyal USING (customer_id)
WHERE town IN ('{near[0]}', '{near[1]}', '{near[2]}') AND profit > 0 GROUP BY town"""

# %% [markdown] lang="id" part="wrong" name="more_than_twelve"
# Batasnya tergeser satu: yang tepat 12 pesanan hilang. Apakah "12 atau lebih" memuat 12?

# %% [markdown] lang="en" part="wrong" name="more_than_twelve"
# The limit is off by one: customers with exactly 12 orders are gone. Does "12 or more" hold 12?

# %% part="question"
question(
    "late_complaints", kind="table", columns=("cause", "decided", "late"), decimals=2, level="independent", data="complaint_log",
    variants=("shop", "clinic", "bank"), title={"id": "Keluhan yang terlambat, menurut sebab", "en": "Late complaints, by cause"},
    rows=("B06",), book="3.1.6", notebook="16-drivers", app="experience", function="crm.satisfaction.complaints", points=3,
)

# %% [markdown] lang="id" part="task"
# Buku meminta catatan keluhan. Catatan {what} ini ditutup pada 31 Desember 2020 pukul 00.00. Keluhan **terlambat** bila belum selesai 72 jam setelah masuk. Yang masih terbuka dan sudah lebih tua dari 72 jam pada penutupan pun terlambat; yang terbuka dan lebih muda **belum dapat diputuskan** dan tidak dihitung. Baris yang selesai **sebelum** masuk adalah salah catat: buang. Untuk setiap sebab: banyaknya keluhan yang sudah dapat diputuskan (`decided`) dan persen yang terlambat (`late`).

# %% [markdown] lang="en" part="task"
# The book asks for a log of complaints. This {what}'s log was closed on 31 December 2020 at 00:00. A complaint is **late** if it is not settled 72 hours after it came. One that is still open and older than 72 hours at the closing is late as well; one that is open and younger **can't be decided yet** and is not counted. Rows settled **before** they came are wrong: drop them. For each cause: how many complaints can be decided (`decided`), and the percentage that is late (`late`).

# %% [markdown] lang="id" part="hint"
# Untuk yang terbuka, lama menunggu dihitung sampai penutupan: `resolved_at.fillna(penutupan) - opened_at`.

# %% [markdown] lang="en" part="hint"
# For open ones the wait runs to the closing: `resolved_at.fillna(closing) - opened_at`.

# %% [markdown] lang="id" part="hint"
# Tiga kelompok: selesai; terbuka dan lebih tua dari 72 jam; terbuka dan lebih muda. Hanya yang ketiga keluar dari penyebut.

# %% [markdown] lang="en" part="hint"
# Three groups: settled; open and older than 72 hours; open and younger. Only the third leaves the denominator.

# %% [markdown] lang="id" part="hint"
# Setelah ada kolom `hours` dan `late` (0 atau 1): `groupby("cause")["late"].agg(["size", "mean"])`.

# %% [markdown] lang="en" part="hint"
# With columns `hours` and `late` (0 or 1): `groupby("cause")["late"].agg(["size", "mean"])`.

# %% part="solution"
log = q.data["complaints"]
closing = pd.Timestamp("2020-12-31")
log = log[~(log["resolved_at"] < log["opened_at"])]
hours = (log["resolved_at"].fillna(closing) - log["opened_at"]).dt.total_seconds() / 3600
decided = log["resolved_at"].notna() | (hours > 72)
late = (hours > 72)[decided]
found = late.groupby(log["cause"]).agg(decided="size", late="mean").reset_index()
found["late"] = found["late"] * 100
q.answer = found

# %% [markdown] lang="id" part="why"
# Keluhan yang terbuka paling lama menunggu; membuangnya membuat layanan tampak cepat tepat ketika ia macet. Yang baru masuk belum terlambat dan belum tepat waktu. Dalam statistik ini disebut data tersensor: tidak lengkap, tetapi membawa informasi. Buku meminta catatan, tanpa menyebut cara menghitungnya.

# %% [markdown] lang="en" part="why"
# Open complaints have waited longest; to drop them makes service look fast just when it is stuck. New ones are neither late nor on time. Statistics calls such data censored: incomplete, yet informative. The book asks for the log and does not say how to count from it.

# %% part="wrong" name="open_dropped"
log = q.data["complaints"]
log = log[log["resolved_at"] >= log["opened_at"]]
hours = (log["resolved_at"] - log["opened_at"]).dt.total_seconds() / 3600
found = (hours > 72).groupby(log["cause"]).agg(decided="size", late="mean").reset_index()
q.answer = found.assign(late=found["late"] * 100)

# %% [markdown] lang="id" part="wrong" name="open_dropped"
# Semua yang masih terbuka hilang (hanya yang selamat terhitung). Siapa yang paling lama menunggu?

# %% [markdown] lang="en" part="wrong" name="open_dropped"
# All that is open is gone (survivors only). Who has waited longest?

# %% part="wrong" name="open_on_time"
log = q.data["complaints"]
log = log[~(log["resolved_at"] < log["opened_at"])]
hours = (log["resolved_at"] - log["opened_at"]).dt.total_seconds() / 3600
found = (hours > 72).groupby(log["cause"]).agg(decided="size", late="mean").reset_index()
q.answer = found.assign(late=found["late"] * 100)

# %% [markdown] lang="id" part="wrong" name="open_on_time"
# Keluhan terbuka terhitung tepat waktu: lamanya kosong, dan kosong tidak lebih besar dari 72. Berapa lama mereka sudah menunggu?

# %% [markdown] lang="en" part="wrong" name="open_on_time"
# Open complaints count as on time: their hours are empty, and empty is not above 72. How long have they waited already?

# %% part="wrong" name="young_decided"
log = q.data["complaints"]
log = log[~(log["resolved_at"] < log["opened_at"])]
hours = (log["resolved_at"].fillna(pd.Timestamp("2020-12-31")) - log["opened_at"]).dt.total_seconds() / 3600
found = (hours > 72).groupby(log["cause"]).agg(decided="size", late="mean").reset_index()
q.answer = found.assign(late=found["late"] * 100)

# %% [markdown] lang="id" part="wrong" name="young_decided"
# Keluhan yang baru masuk terhitung tepat waktu. Apakah nasibnya sudah diketahui pada saat penutupan?

# %% [markdown] lang="en" part="wrong" name="young_decided"
# Complaints that came just now count as on time. Is their fate known at the closing?

# %% part="wrong" name="open_means_late"
log = q.data["complaints"]
log = log[~(log["resolved_at"] < log["opened_at"])]
hours = (log["resolved_at"] - log["opened_at"]).dt.total_seconds() / 3600
found = ((hours > 72) | log["resolved_at"].isna()).groupby(log["cause"]).agg(decided="size", late="mean").reset_index()
q.answer = found.assign(late=found["late"] * 100)

# %% [markdown] lang="id" part="wrong" name="open_means_late"
# Setiap yang terbuka Anda sebut terlambat, juga yang masuk semalam. Berapa jam yang dijanjikan?

# %% [markdown] lang="en" part="wrong" name="open_means_late"
# Whatever is open is called late, even if it came last night. How many hours were promised?

# %% part="question"
question(
    "recovery", kind="blanks", style="claim", level="independent", data="recovered", variants=("shop", "hospital", "hotel"),
    title={"id": "Bolehkah dikatakan: keluhan membawa untung?", "en": "Can you say this: complaints pay?"},
    parts={
        "fast": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "yang kembali, keluhan selesai dalam 24 jam (persen)", "en": "returned, complaint settled within 24 hours (percent)"}},
        "calm": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "yang kembali, tanpa keluhan (persen)", "en": "returned, no complaint (percent)"}},
        "ratio": {"kind": "number", "unit": "number", "digits": 3, "says": {"id": "rasio yang pertama terhadap yang kedua", "en": "ratio of the first to the second"}},
        "say": {"kind": "choice", "options": {"s1": {"id": "ya, keluhan yang ditangani cepat menyebabkan orang lebih setia", "en": "yes, fast handling makes people more loyal"}, "s2": {"id": "hanya bahwa di data ini kedua angka berbeda; cepat tidak diundi", "en": "only that in these data the two figures differ; speed was not drawn by lot"}, "s3": {"id": "ya, semua yang mengeluh lebih sering kembali", "en": "yes, all who complain return more often"}}, "says": {"id": "yang boleh dikatakan:", "en": "what may be said:"}},
    },
    rows=("B06",), book="3.1.6", notebook="16-drivers", app="experience", function="crm.satisfaction.recovery", points=3,
)

# %% [markdown] lang="id" part="task"
# Menurut buku (bagian 3.1.6) keluhan adalah peluang, dan orang yang keluhannya ditangani baik lebih cenderung kembali; artikel customer-centric memuji pimpinan Amazon yang mencatat keluhan. Ujilah pada {what} ini. `returned` berarti kembali **dalam 365 hari**. Catatan ditutup pada 31 Desember 2020, jadi hanya orang yang mengeluh atau berkunjung **paling lambat 1 Januari 2020** sudah dapat diikuti setahun penuh. Jam yang kosong berarti tidak pernah selesai.

# %% [markdown] lang="en" part="task"
# In the book (section 3.1.6) a complaint is an opportunity, and people whose complaint is handled well tend to come back; the article on customer-centric principles praises Amazon's leaders, who note down complaints. Test it at this {what}. `returned` means back **within 365 days**. The log was closed on 31 December 2020, so only people who complained or visited **by 1 January 2020 at the latest** could be followed for a full year. Empty hours mean never settled.

# %% [markdown] lang="id" part="hint"
# Saring kedua tabel dengan tanggal yang sama, `<= "2020-01-01"`, sebelum menghitung apa pun.

# %% [markdown] lang="en" part="hint"
# Filter both tables by the same day, `<= "2020-01-01"`, before you compute anything.

# %% [markdown] lang="id" part="hint"
# Contoh: 78% dibanding 70% memberi rasio 1,114. Selisihnya 8 poin, bukan 8 persen.

# %% [markdown] lang="en" part="hint"
# An example: 78% against 70% gives a ratio of 1.114. The difference is 8 points, not 8 percent.

# %% [markdown] lang="id" part="hint"
# Untuk bagian terakhir: siapa yang menentukan keluhan mana yang selesai cepat? Apakah keluhan yang berat punya peluang yang sama?

# %% [markdown] lang="en" part="hint"
# For the last part: who decides which complaints are settled fast? Do grave ones stand the same chance?

# %% part="solution"
complaints, calm = q.data["complaints"], q.data["calm"]
complaints = complaints[complaints["complained_on"] <= "2020-01-01"]
calm = calm[calm["visited_on"] <= "2020-01-01"]
fast = complaints.loc[complaints["hours_to_settle"] <= 24, "returned"].mean() * 100
none = calm["returned"].mean() * 100
q.answer = {"fast": fast, "calm": none, "ratio": fast / none, "say": "s2"}

# %% [markdown] lang="id" part="why"
# Rasio di atas satu disebut paradoks pemulihan layanan. Ia mungkin benar, tetapi keluhan yang ringan lebih mudah selesai cepat, dan orang dengan keluhan ringan memang lebih mudah kembali. Yang boleh dikatakan adalah perbedaannya, dasarnya, dan cara kelompoknya terbentuk. Buku menyatakan sebab dan akibat tanpa sumber.

# %% [markdown] lang="en" part="why"
# A ratio above one is called the service recovery paradox. It may be true, but light complaints are settled fast more easily, and people with a light complaint return more easily. What may be said is the difference, its base, and how the groups came about. The book states cause and effect without a source.

# %% part="wrong" name="not_followed"
complaints, calm = q.data["complaints"], q.data["calm"]
fast = complaints.loc[complaints["hours_to_settle"] <= 24, "returned"].mean() * 100
none = calm["returned"].mean() * 100
q.answer = {"fast": fast, "calm": none, "ratio": fast / none, "say": "s2"}

# %% [markdown] lang="id" part="wrong" name="not_followed"
# Orang yang belum dapat diikuti setahun ikut dihitung sebagai tidak kembali. Sampai kapan catatannya?

# %% [markdown] lang="en" part="wrong" name="not_followed"
# People who could not be followed for a year count as not returned. How far does the log reach?

# %% part="wrong" name="all_complaints"
complaints, calm = q.data["complaints"], q.data["calm"]
every = complaints.loc[complaints["complained_on"] <= "2020-01-01", "returned"].mean() * 100
none = calm.loc[calm["visited_on"] <= "2020-01-01", "returned"].mean() * 100
q.answer = {"fast": every, "calm": none, "ratio": every / none, "say": "s2"}

# %% [markdown] lang="id" part="wrong" name="all_complaints"
# Semua keluhan tercampur, yang cepat dan yang lambat. Kelompok mana yang dibicarakan bagian ini?

# %% [markdown] lang="en" part="wrong" name="all_complaints"
# All complaints are mixed, fast and slow. Which group does this part speak of?

# %% part="wrong" name="slow_for_fast"
complaints, calm = q.data["complaints"], q.data["calm"]
told = complaints[complaints["complained_on"] <= "2020-01-01"]
slow = told.loc[told["hours_to_settle"] > 24, "returned"].mean() * 100
none = calm.loc[calm["visited_on"] <= "2020-01-01", "returned"].mean() * 100
q.answer = {"fast": slow, "calm": none, "ratio": slow / none, "say": "s2"}

# %% [markdown] lang="id" part="wrong" name="slow_for_fast"
# Arah pembandingnya terbalik: itu yang selesai setelah lebih dari 24 jam. Jam yang kecil berarti cepat atau lambat?

# %% [markdown] lang="en" part="wrong" name="slow_for_fast"
# The comparison is the wrong way round: those were settled after more than 24 hours. Do few hours mean fast or slow?

# %% part="wrong" name="cause_claimed"
complaints, calm = q.data["complaints"], q.data["calm"]
told = complaints[complaints["complained_on"] <= "2020-01-01"]
fast = told.loc[told["hours_to_settle"] <= 24, "returned"].mean() * 100
none = calm.loc[calm["visited_on"] <= "2020-01-01", "returned"].mean() * 100
q.answer = {"fast": fast, "calm": none, "ratio": fast / none, "say": "s1"}

# %% [markdown] lang="id" part="wrong" name="cause_claimed"
# Yang bersamaan disangka menyebabkan. Apa lagi yang membedakan keluhan yang selesai cepat dari yang lambat?

# %% [markdown] lang="en" part="wrong" name="cause_claimed"
# What goes together was taken for cause. What else sets complaints settled fast apart from slow ones?

# %% part="question"
question(
    "points_owed", kind="number", unit="money", digits=5, level="worked", data="ledger", variants=("grocer", "airline", "pharmacy"),
    title={"id": "Poin adalah utang", "en": "Points are a debt"},
    rows=("B08",), book="3.1.7", notebook="20-relationships-and-network", app="checkup", function="crm.relationships.points", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** 1.000.000 poin beredar, nilainya Rp50 per poin, dan 70% diperkirakan ditukar: 1.000.000 × 50 × 0,7 = Rp35.000.000.

# %% [markdown] lang="en" part="example"
# **Example.** 1,000,000 points are outstanding, a point is worth Rp50, and 70% are expected to be redeemed: 1,000,000 × 50 × 0.7 = Rp35,000,000.

# %% part="example"
outstanding, value, redeemed = 1_000_000, 50, 0.7
outstanding * value * redeemed

# %% [markdown] lang="id" part="task"
# Hadiah dan poin (bagian 3.1.7) adalah janji yang belum ditepati. Berapa utang poin {what} ini pada **31 Desember 2020**, bila satu poin bernilai {rupiah:money}? Poin beredar = jumlah saldo pelanggan yang **positif** (saldo di bawah nol adalah salah catat dan tidak mengurangi utang kepada orang lain). Bagian yang akan ditukar = poin ditukar ÷ (poin ditukar + poin hangus) menurut buku besar sampai hari itu. Dalam `points`, yang ditukar dan yang hangus bertanda negatif; entri sesudah hari itu belum ada.

# %% [markdown] lang="en" part="task"
# Rewards and points (section 3.1.7) are a promise not yet kept. What does this {what} owe in points on **31 December 2020**, if a point is worth {rupiah:money}? Points outstanding = the sum of customers' **positive** balances (a balance below zero is a wrong entry and takes nothing off what is owed to others). The share that will be redeemed = redeemed ÷ (redeemed + expired) in the ledger up to that day. In `points`, redeemed and expired ones are negative; entries after that day do not exist yet.

# %% [markdown] lang="id" part="hint"
# Saring tanggal dahulu. Lalu saldo setiap pelanggan: `groupby("customer_id")["points"].sum()`.

# %% [markdown] lang="en" part="hint"
# Filter by day first. Then each customer's balance: `groupby("customer_id")["points"].sum()`.

# %% [markdown] lang="id" part="hint"
# Potong saldo negatif menjadi nol dengan `clip(lower=0)` sebelum dijumlahkan.

# %% [markdown] lang="en" part="hint"
# Cut negative balances at zero by `clip(lower=0)` before you sum.

# %% [markdown] lang="id" part="hint"
# Bagian yang ditukar: kedua jumlahnya negatif, jadi tandanya hilang dalam pembagian.

# %% [markdown] lang="en" part="hint"
# The share redeemed: both sums are negative, so the sign goes in the division.

# %% part="solution"
points = q.data["points"]
points = points[points["entered_at"] <= "2020-12-31"]
outstanding = points.groupby("customer_id")["points"].sum().clip(lower=0).sum()
by_kind = points.groupby("kind")["points"].sum()
share = by_kind["redeemed"] / (by_kind["redeemed"] + by_kind["expired"])
q.answer = outstanding * q.data["rupiah"] * share

# %% part="package"
q.answer = crm.relationships.points(q.data["points"], as_of="2020-12-31", value=q.data["rupiah"]).facts["liability"]

# %% [markdown] lang="id" part="why"
# Poin membuat pelanggan enggan pergi, dan itu yang ditulis buku; yang tidak ditulisnya, setiap poin yang belum ditukar adalah kewajiban. Penyebut bagian yang ditukar hanya poin yang nasibnya sudah diketahui. Poin yang masih beredar belum ditukar dan belum hangus.

# %% [markdown] lang="en" part="why"
# Points make customers slow to leave, which the book says; what it does not say is that every point not redeemed is a liability. The denominator of the redeemed share is only points whose fate is known. Points still outstanding are neither redeemed nor expired.

# %% part="wrong" name="future_counted"
points = q.data["points"]
by_kind = points.groupby("kind")["points"].sum()
outstanding = points.groupby("customer_id")["points"].sum().clip(lower=0).sum()
q.answer = outstanding * q.data["rupiah"] * by_kind["redeemed"] / (by_kind["redeemed"] + by_kind["expired"])

# %% [markdown] lang="id" part="wrong" name="future_counted"
# Poin yang baru diberikan sesudah hari penutupan ikut menjadi utang. Apa yang sudah dijanjikan pada 31 Desember?

# %% [markdown] lang="en" part="wrong" name="future_counted"
# Points given after the closing day are in the debt. What had been promised by 31 December?

# %% part="wrong" name="of_all_earned"
points = q.data["points"]
points = points[points["entered_at"] <= "2020-12-31"]
by_kind = points.groupby("kind")["points"].sum()
outstanding = points.groupby("customer_id")["points"].sum().clip(lower=0).sum()
q.answer = outstanding * q.data["rupiah"] * -by_kind["redeemed"] / by_kind["earned"]

# %% [markdown] lang="id" part="wrong" name="of_all_earned"
# Penyebutnya semua poin yang pernah diberikan, juga yang nasibnya belum diketahui. Poin mana yang sudah selesai ceritanya?

# %% [markdown] lang="en" part="wrong" name="of_all_earned"
# The denominator is all points ever given, even those whose fate is open. For which points is the story over?

# %% part="wrong" name="balances_netted"
points = q.data["points"]
points = points[points["entered_at"] <= "2020-12-31"]
by_kind = points.groupby("kind")["points"].sum()
q.answer = points["points"].sum() * q.data["rupiah"] * by_kind["redeemed"] / (by_kind["redeemed"] + by_kind["expired"])

# %% [markdown] lang="id" part="wrong" name="balances_netted"
# Saldo negatif sebagian orang mengurangi utang kepada orang lain. Apakah pelanggan yang satu membayar poin pelanggan yang lain?

# %% [markdown] lang="en" part="wrong" name="balances_netted"
# Negative balances of some take off what is owed to others. Does one customer pay for another's points?

# %% part="wrong" name="all_redeemed"
points = q.data["points"]
points = points[points["entered_at"] <= "2020-12-31"]
q.answer = points.groupby("customer_id")["points"].sum().clip(lower=0).sum() * q.data["rupiah"]

# %% [markdown] lang="id" part="wrong" name="all_redeemed"
# Itu utang bila semua poin ditukar. Berapa bagian yang menurut pengalaman hangus?

# %% [markdown] lang="en" part="wrong" name="all_redeemed"
# That is the debt if every point were redeemed. What share expires, by experience?

# %% part="question"
question(
    "leaving", kind="blanks", level="faded", data="leaving", variants=("bakery", "garage", "hotel"),
    title={"id": "Biaya pindah dan investasi hangus", "en": "What leaving costs, and what is gone anyway"},
    parts={
        "total": {"kind": "number", "unit": "money", "digits": 5, "says": {"id": "biaya terminasi seluruhnya (rupiah)", "en": "the whole cost of leaving (rupiah)"}},
        "payback": {"kind": "number", "unit": "years", "digits": 4, "says": {"id": "tahun sampai seluruhnya kembali", "en": "years until all of it is paid back"}},
        "decision": {"kind": "number", "unit": "years", "digits": 4, "says": {"id": "tahun untuk biaya yang masih dapat dihindari (tanpa investasi hangus)", "en": "years for the cost that can still be avoided (without sunk investments)"}},
    },
    rows=("B02",), book="3.2", notebook="20-relationships-and-network", app="checkup", function="crm.relationships.switching_cost", points=2,
)

# %% [markdown] lang="id" part="task"
# Komitmen bertahan juga karena pergi itu mahal (bagian 3.2). Sebuah {what} ditawari pindah dari {from} lamanya. `costs` memuat biaya mencari (`search`), belajar (`learning`), psikis (`psychological`, ditaksir dalam rupiah) dan investasi yang hangus (`sunk`); `savings` memuat penghematan setiap bulan dalam setahun. Lengkapi: berapa biayanya, dan setelah berapa **tahun** kembali, dengan dan tanpa investasi hangus?

# %% [markdown] lang="en" part="task"
# Commitment lasts partly as leaving is dear (section 3.2). A {what} is offered a move away from its {from}. `costs` has the costs of search, learning, psychological cost (estimated in rupiah) and sunk investments (`sunk`); `savings` has what would be saved in each month of a year. Complete it: what is the cost, and after how many **years** is it paid back, with and without sunk investments?

# %% part="start"
costs = q.data["costs"].groupby("part")["amount"].sum()
saving = ...
q.answer = {
    "total": ...,
    "payback": ...,  # costs.sum() / saving
    "decision": ...,  # ... / saving
}

# %% [markdown] lang="id" part="hint"
# Kedua lama dinyatakan dalam tahun, jadi penyebutnya penghematan setahun: jumlah dua belas bulan.

# %% [markdown] lang="en" part="hint"
# Both lengths are in years, so the denominator is the saving of a year: the sum of twelve months.

# %% [markdown] lang="id" part="hint"
# Contoh: 20 + 15 + 5 + 60 = 100 juta dan hemat 30 juta setahun: 3,33 tahun. Tanpa yang hangus 40 ÷ 30 = 1,33 tahun.

# %% [markdown] lang="en" part="hint"
# An example: 20 + 15 + 5 + 60 = 100 million, and 30 million saved a year: 3.33 years. Without what is sunk 40 ÷ 30 = 1.33 years.

# %% part="solution"
costs = q.data["costs"].groupby("part")["amount"].sum()
saving = q.data["savings"]["saving"].sum()
q.answer = {
    "total": costs.sum(),
    "payback": costs.sum() / saving,
    "decision": costs.drop("sunk").sum() / saving,
}

# %% part="package"
costs = q.data["costs"].groupby("part")["amount"].sum().to_dict()
facts = crm.relationships.switching_cost(costs, saving=float(q.data["savings"]["saving"].sum())).facts
q.answer = {"total": facts["total"], "payback": facts["payback_years"], "decision": facts["ahead_years"]}

# %% [markdown] lang="id" part="why"
# Investasi yang hangus sudah hilang, tinggal atau pergi. Ia menahan orang, tetapi bukan alasan; yang dibandingkan dengan penghematan hanya biaya yang masih di depan. Pelanggan yang tinggal karena biaya hangus tertahan, bukan setia. Buku memasukkan keduanya ke dalam biaya terminasi.

# %% [markdown] lang="en" part="why"
# Sunk investments are gone whether one stays or leaves. They hold people back, yet are no reason; only the cost still ahead is weighed against the saving. A customer who stays for what is sunk is held, not loyal. The book puts both into the cost of termination.

# %% part="wrong" name="mean_month"
costs = q.data["costs"].groupby("part")["amount"].sum()
saving = q.data["savings"]["saving"].mean()
q.answer = {"total": costs.sum(), "payback": costs.sum() / saving, "decision": costs.drop("sunk").sum() / saving}

# %% [markdown] lang="id" part="wrong" name="mean_month"
# Dibagi dengan penghematan sebulan, hasilnya bulan. Satuan apa yang diminta?

# %% [markdown] lang="en" part="wrong" name="mean_month"
# Divided by the saving of a month, the result is in months. Which unit is asked for?

# %% part="wrong" name="only_the_sunk"
costs = q.data["costs"].groupby("part")["amount"].sum()
saving = q.data["savings"]["saving"].sum()
q.answer = {"total": costs.sum(), "payback": costs.sum() / saving, "decision": costs["sunk"] / saving}

# %% [markdown] lang="id" part="wrong" name="only_the_sunk"
# Yang terhitung justru investasi yang hangus. Biaya mana yang masih dapat dihindari dengan tidak pindah?

# %% [markdown] lang="en" part="wrong" name="only_the_sunk"
# What was counted is just the sunk investments. Which costs can still be avoided by not moving?

# %% part="wrong" name="feelings_left_out"
costs = q.data["costs"].groupby("part")["amount"].sum().drop("psychological")
saving = q.data["savings"]["saving"].sum()
q.answer = {"total": costs.sum(), "payback": costs.sum() / saving, "decision": costs.drop("sunk").sum() / saving}

# %% [markdown] lang="id" part="wrong" name="feelings_left_out"
# Biaya psikis dibuang karena terasa lunak. Apakah buku menyebutnya bagian dari biaya berpindah?

# %% [markdown] lang="en" part="wrong" name="feelings_left_out"
# Psychological cost was left out for being soft. Does the book count it among the costs of moving?

# %% part="wrong" name="sunk_dropped_everywhere"
costs = q.data["costs"].groupby("part")["amount"].sum().drop("sunk")
saving = q.data["savings"]["saving"].sum()
q.answer = {"total": costs.sum(), "payback": costs.sum() / saving, "decision": costs.sum() / saving}

# %% [markdown] lang="id" part="wrong" name="sunk_dropped_everywhere"
# Investasi hangus hilang juga dari biaya seluruhnya. Bagian mana yang meminta semuanya, dan bagian mana yang tidak?

# %% [markdown] lang="en" part="wrong" name="sunk_dropped_everywhere"
# Sunk investments are gone from the whole cost, too. Which part asks for everything, and which does not?

# %% part="question"
question(
    "trust_scale", kind="number", unit="number", digits=4, level="independent", data="trust_answers", variants=("suppliers", "insurer", "lab"),
    title={"id": "Dapatkah skala kepercayaan ini dipercaya?", "en": "Can this scale of trust be trusted?"},
    rows=("B01",), book="3.3.1", notebook="20-relationships-and-network", app="checkup", function="crm.relationships.reliability", points=2,
)

# %% [markdown] lang="id" part="task"
# Morgan dan Hunt mengukur kepercayaan dengan beberapa pernyataan, 1 sampai 5. Pelanggan {what} ini menjawab empat: terbuka, adil, menepati kata, dan `hides_things` ("mereka menyembunyikan sesuatu"), yang **terbalik arahnya**. Hitung alfa Cronbach keempatnya: α = k/(k−1) · (1 − Σs²ᵢ / s²ₜ), dengan k butir, varians setiap butir, dan varians jumlahnya.

# %% [markdown] lang="en" part="task"
# Morgan and Hunt measure trust by several statements, 1 to 5. Customers of this {what} answered four: open, fair, keeps its word, and `hides_things` ("they hide things from us"), which is **worded the other way round**. Compute Cronbach's alpha of the four: α = k/(k−1) · (1 − Σs²ᵢ / s²ₜ), with k items, each item's variance, and the variance of their sum.

# %% [markdown] lang="id" part="hint"
# Balikkan dahulu butir yang terbalik: pada skala 1 sampai 5, 1 menjadi 5 dan 2 menjadi 4.

# %% [markdown] lang="en" part="hint"
# First turn the reversed item round: on a scale from 1 to 5, 1 becomes 5 and 2 becomes 4.

# %% [markdown] lang="id" part="hint"
# `items.var().sum()` memberi jumlah varians butir; `items.sum(axis=1).var()` varians jumlahnya.

# %% [markdown] lang="en" part="hint"
# `items.var().sum()` gives the sum of the items' variances; `items.sum(axis=1).var()` the variance of their sum.

# %% part="solution"
items = q.data["answers"][["open", "fair", "keeps_word", "hides_things"]].copy()
items["hides_things"] = 6 - items["hides_things"]
k = items.shape[1]
q.answer = k / (k - 1) * (1 - items.var().sum() / items.sum(axis=1).var())

# %% part="package"
names = ["open", "fair", "keeps_word", "hides_things"]
q.answer = crm.relationships.reliability(q.data["answers"], names, reverse=["hides_things"], scale=(1, 5)).facts["alpha"]

# %% [markdown] lang="id" part="why"
# Alfa bertanya apakah butir-butir itu bergerak bersama. Satu butir yang lupa dibalik menghapus sebagian besar gerak bersama itu. Matriks contoh lima orang dan tiga butir memberi 0,913, tetapi dari lima orang selangnya mulai 0,56: alfa tanpa n adalah hiasan. Buku membahas teorinya tanpa cara mengukurnya.

# %% [markdown] lang="en" part="why"
# Alpha asks whether the items move together. One item that was not turned round wipes most of that out. The example of five people and three items gives 0.913, but from five people its interval begins at 0.56: an alpha without n is decoration. The book treats the theory without a way of measuring.

# %% part="wrong" name="not_reversed"
items = q.data["answers"][["open", "fair", "keeps_word", "hides_things"]]
q.answer = 4 / 3 * (1 - items.var().sum() / items.sum(axis=1).var())

# %% [markdown] lang="id" part="wrong" name="not_reversed"
# Butir yang terbalik belum dibalik. Apa arti angka 5 pada "mereka menyembunyikan sesuatu"?

# %% [markdown] lang="en" part="wrong" name="not_reversed"
# The reversed item was not turned round. What does a 5 mean for "they hide things from us"?

# %% part="wrong" name="factor_forgotten"
items = q.data["answers"][["open", "fair", "keeps_word", "hides_things"]].copy()
items["hides_things"] = 6 - items["hides_things"]
q.answer = 1 - items.var().sum() / items.sum(axis=1).var()

# %% [markdown] lang="id" part="wrong" name="factor_forgotten"
# Faktor k/(k−1) tertinggal. Apa yang terjadi dengan nilai terbesarnya bila faktor itu tidak ada?

# %% [markdown] lang="en" part="wrong" name="factor_forgotten"
# The factor k/(k−1) was left out. What would the largest possible value be without it?

# %% part="wrong" name="item_dropped"
items = q.data["answers"][["open", "fair", "keeps_word"]]
q.answer = 3 / 2 * (1 - items.var().sum() / items.sum(axis=1).var())

# %% [markdown] lang="id" part="wrong" name="item_dropped"
# Butir yang merepotkan dibuang, jadi skalanya skala lain. Berapa butir yang diminta?

# %% [markdown] lang="en" part="wrong" name="item_dropped"
# The awkward item was dropped, so this is another scale. How many items are asked for?

# %% part="wrong" name="mean_for_sum"
items = q.data["answers"][["open", "fair", "keeps_word", "hides_things"]].copy()
items["hides_things"] = 6 - items["hides_things"]
q.answer = items.corr().to_numpy()[np.triu_indices(4, 1)].mean()

# %% [markdown] lang="id" part="wrong" name="mean_for_sum"
# Itu rata-rata korelasi antarbutir. Alfa tumbuh dengan banyaknya butir; di mana k dalam hitungan Anda?

# %% [markdown] lang="en" part="wrong" name="mean_for_sum"
# That is the mean correlation between items. Alpha grows with the number of items; where is k in your computation?

# %% part="question"
question(
    "account_quality", kind="blanks", style="mistake", level="independent", data="accounts", variants=("flat", "zeros", "thin"),
    title={"id": "Temukan salahnya: mutu hubungan", "en": "Find the mistake: relationship quality"},
    parts={
        "line": {"kind": "choice", "options": {"l1": {"id": "baris 1", "en": "line 1"}, "l2": {"id": "baris 2", "en": "line 2"}, "l3": {"id": "baris 3", "en": "line 3"}, "l4": {"id": "baris 4", "en": "line 4"}}, "says": {"id": "baris yang salah:", "en": "the line that is wrong:"}},
        "index": {"kind": "number", "unit": "number", "digits": 5, "says": {"id": "rata-rata indeks yang benar", "en": "the right mean index"}},
    },
    rows=("B03",), book="3.3", notebook="20-relationships-and-network", app="checkup", function="crm.relationships.quality", points=2,
)

# %% [markdown] lang="id" part="task" variant="flat"
# Beberapa orang dari setiap perusahaan menilai lima ciri mutu hubungan (kepercayaan, komitmen, kepuasan, tujuan bersama, norma kerja sama), 1 sampai 5. Aturannya: jawaban satu perusahaan dirata-ratakan **per ciri** dahulu; perusahaan yang **lebih dari dua** cirinya kosong tidak punya indeks; indeks perusahaan adalah rata-rata ciri yang terisi; hasil akhir adalah rata-rata indeks, setiap perusahaan satu suara. Rekan Anda menulis:
#
# ```python
# items = answers.set_index("customer_id")                        # baris 1
# table = items                                                   # baris 2
# table = table[table.isna().sum(axis=1) <= 2]                    # baris 3
# result = table.mean(axis=1).mean()                              # baris 4
# ```
#
# Satu baris melanggar aturan. Baris mana, dan berapa hasil yang benar? (`answers = q.data["answers"]`)

# %% [markdown] lang="en" part="task" variant="flat"
# Several people of each company rated five attributes of relationship quality (trust, commitment, satisfaction, shared goals, cooperative norms), 1 to 5. The rules: a company's answers are averaged **attribute by attribute** first; a company with **more than two** attributes empty has no index; a company's index is the mean of the attributes it has; the result is the mean of the indices, one voice a company. Your colleague wrote:
#
# ```python
# items = answers.set_index("customer_id")                        # line 1
# table = items                                                   # line 2
# table = table[table.isna().sum(axis=1) <= 2]                    # line 3
# result = table.mean(axis=1).mean()                              # line 4
# ```
#
# One line breaks the rules. Which one, and what is the right result? (`answers = q.data["answers"]`)

# %% [markdown] lang="id" part="task" variant="zeros"
# Beberapa orang dari setiap perusahaan menilai lima ciri mutu hubungan (kepercayaan, komitmen, kepuasan, tujuan bersama, norma kerja sama), 1 sampai 5. Aturannya: jawaban satu perusahaan dirata-ratakan **per ciri** dahulu; perusahaan yang **lebih dari dua** cirinya kosong tidak punya indeks; indeks perusahaan adalah rata-rata ciri yang terisi; hasil akhir adalah rata-rata indeks, setiap perusahaan satu suara. Rekan Anda menulis:
#
# ```python
# items = answers.set_index("customer_id")                        # baris 1
# table = items.groupby("customer_id").mean()                     # baris 2
# table = table[table.isna().sum(axis=1) <= 2]                    # baris 3
# result = table.fillna(0).mean(axis=1).mean()                    # baris 4
# ```
#
# Satu baris melanggar aturan. Baris mana, dan berapa hasil yang benar? (`answers = q.data["answers"]`)

# %% [markdown] lang="en" part="task" variant="zeros"
# Several people of each company rated five attributes of relationship quality (trust, commitment, satisfaction, shared goals, cooperative norms), 1 to 5. The rules: a company's answers are averaged **attribute by attribute** first; a company with **more than two** attributes empty has no index; a company's index is the mean of the attributes it has; the result is the mean of the indices, one voice a company. Your colleague wrote:
#
# ```python
# items = answers.set_index("customer_id")                        # line 1
# table = items.groupby("customer_id").mean()                     # line 2
# table = table[table.isna().sum(axis=1) <= 2]                    # line 3
# result = table.fillna(0).mean(axis=1).mean()                    # line 4
# ```
#
# One line breaks the rules. Which one, and what is the right result? (`answers = q.data["answers"]`)

# %% [markdown] lang="id" part="task" variant="thin"
# Beberapa orang dari setiap perusahaan menilai lima ciri mutu hubungan (kepercayaan, komitmen, kepuasan, tujuan bersama, norma kerja sama), 1 sampai 5. Aturannya: jawaban satu perusahaan dirata-ratakan **per ciri** dahulu; perusahaan yang **lebih dari dua** cirinya kosong tidak punya indeks; indeks perusahaan adalah rata-rata ciri yang terisi; hasil akhir adalah rata-rata indeks, setiap perusahaan satu suara. Rekan Anda menulis:
#
# ```python
# items = answers.set_index("customer_id")                        # baris 1
# table = items.groupby("customer_id").mean()                     # baris 2
# table = table[table.isna().sum(axis=1) <= 5]                    # baris 3
# result = table.mean(axis=1).mean()                              # baris 4
# ```
#
# Satu baris melanggar aturan. Baris mana, dan berapa hasil yang benar? (`answers = q.data["answers"]`)

# %% [markdown] lang="en" part="task" variant="thin"
# Several people of each company rated five attributes of relationship quality (trust, commitment, satisfaction, shared goals, cooperative norms), 1 to 5. The rules: a company's answers are averaged **attribute by attribute** first; a company with **more than two** attributes empty has no index; a company's index is the mean of the attributes it has; the result is the mean of the indices, one voice a company. Your colleague wrote:
#
# ```python
# items = answers.set_index("customer_id")                        # line 1
# table = items.groupby("customer_id").mean()                     # line 2
# table = table[table.isna().sum(axis=1) <= 5]                    # line 3
# result = table.mean(axis=1).mean()                              # line 4
# ```
#
# One line breaks the rules. Which one, and what is the right result? (`answers = q.data["answers"]`)

# %% [markdown] lang="id" part="hint"
# Lihat `table` setelah setiap baris: berapa baris, satu baris mewakili apa, dan apa yang terjadi dengan yang kosong?

# %% [markdown] lang="en" part="hint"
# Look at `table` after each line: how many rows, what does a row stand for, and what becomes of empty values?

# %% [markdown] lang="id" part="hint"
# Setiap aturan dipegang satu baris: per perusahaan, cukup terisi, rata-rata ciri yang terisi.

# %% [markdown] lang="en" part="hint"
# Each rule is kept by one line: by company, filled enough, the mean of attributes that are there.

# %% part="solution"
companies = q.data["answers"].groupby("customer_id").mean()
enough = companies.notna().sum(axis=1) >= 3
indices = companies[enough].mean(axis=1)
line = {"flat": "l2", "zeros": "l4", "thin": "l3"}[q.variant]
q.answer = {"line": line, "index": indices.mean()}

# %% part="package"
found = crm.relationships.quality(q.data["answers"]).facts
q.answer = {"line": {"flat": "l2", "zeros": "l4", "thin": "l3"}[q.variant], "index": found["index"]}

# %% [markdown] lang="id" part="why"
# Perusahaan dengan lima responden tidak lebih penting daripada perusahaan dengan satu. Jawaban kosong bukan ketidakpuasan, dan indeks dari dua ciri bukan indeks. Contoh: 4, 3, 5, 4, 4 memberi 4,00. Kepuasan dan komitmen berbeda, kata buku: yang puas belum tentu terikat.

# %% [markdown] lang="en" part="why"
# A company with five respondents matters no more than one with a single one. An empty answer is no discontent, and an index of two attributes is no index. An example: 4, 3, 5, 4, 4 give 4.00. Satisfaction is not commitment, says the book: who is content need not be bound.

# %% part="wrong" name="people_for_companies"
items = q.data["answers"].set_index("customer_id")
items = items[items.isna().sum(axis=1) <= 2]
q.answer = {"line": {"flat": "l2", "zeros": "l4", "thin": "l3"}[q.variant], "index": items.mean(axis=1).mean()}

# %% [markdown] lang="id" part="wrong" name="people_for_companies"
# Itu rata-rata orang, bukan rata-rata perusahaan. Siapa yang bersuara lima kali?

# %% [markdown] lang="en" part="wrong" name="people_for_companies"
# That is a mean of people, not of companies. Who has five voices?

# %% part="wrong" name="empty_as_zero"
table = q.data["answers"].groupby("customer_id").mean()
table = table[table.isna().sum(axis=1) <= 2]
q.answer = {"line": {"flat": "l2", "zeros": "l4", "thin": "l3"}[q.variant], "index": table.fillna(0).mean(axis=1).mean()}

# %% [markdown] lang="id" part="wrong" name="empty_as_zero"
# Yang kosong menjadi nol, di bawah nilai terendah skalanya. Apa arti jawaban yang tidak ada?

# %% [markdown] lang="en" part="wrong" name="empty_as_zero"
# Empty ones became zero, below the lowest score of the scale. What does a missing answer mean?

# %% part="wrong" name="thin_accounts"
table = q.data["answers"].groupby("customer_id").mean()
q.answer = {"line": {"flat": "l2", "zeros": "l4", "thin": "l3"}[q.variant], "index": table.mean(axis=1).mean()}

# %% [markdown] lang="id" part="wrong" name="thin_accounts"
# Perusahaan yang hampir tidak menjawab tetap diberi indeks. Berapa ciri yang boleh kosong?

# %% [markdown] lang="en" part="wrong" name="thin_accounts"
# Companies that hardly answered still got an index. How many attributes may be empty?

# %% part="wrong" name="symptom_for_cause"
table = q.data["answers"].groupby("customer_id").mean()
table = table[table.isna().sum(axis=1) <= 2]
q.answer = {"line": {"flat": "l4", "zeros": "l3", "thin": "l2"}[q.variant], "index": table.mean(axis=1).mean()}

# %% [markdown] lang="id" part="wrong" name="symptom_for_cause"
# Baris itu memenuhi aturannya. Aturan mana yang benar-benar dilanggar?

# %% [markdown] lang="en" part="wrong" name="symptom_for_cause"
# That line keeps its rule. Which rule is really broken?

# %% part="question"
question(
    "schools", kind="matching", level="independent", variants=("a", "b", "c"), draw=10,
    title={"id": "Lima mazhab hubungan", "en": "Five schools of relationship"},
    items={
        "a01": {"id": "Christian Grönroos: layanan sebagai inti hubungan.", "en": "Christian Grönroos: service at the heart of a relationship."},
        "a02": {"id": "David Ford: hubungan jangka panjang antara perusahaan pembeli dan pemasok industri.", "en": "David Ford: long relationships between industrial buyers and suppliers."},
        "a03": {"id": "Robert Morgan: komitmen dan kepercayaan.", "en": "Robert Morgan: commitment and trust."},
        "a04": {"id": "Adrian Payne: enam pasar pemangku kepentingan.", "en": "Adrian Payne: six markets of stakeholders."},
        "a05": {"id": "Jaringan menentukan siapa yang boleh berbisnis; orang masuk atas undangan.", "en": "The network decides who may do business; people come in by invitation."},
        "a06": {"id": "Håkan Håkansson: tautan aktivitas, ikatan pelaku, ikatan sumber daya.", "en": "Håkan Håkansson: activity links, actor bonds, resource ties."},
        "a07": {"id": "Jagdish Sheth: hubungan yang berhasil menurunkan biaya transaksi dan menaikkan kinerja.", "en": "Jagdish Sheth: good relationships lower transaction costs and raise performance."},
        "a08": {"id": "Evert Gummesson: pandangan relasional menggantikan pandangan transaksional, dari riset jasa.", "en": "Evert Gummesson: a relational view in place of a transactional one, from services research."},
        "a09": {"id": "Bantuan dibalas bantuan di antara keluarga, sahabat, dan klan.", "en": "Favours are returned among family, friends and clan."},
        "a10": {"id": "Helen Peck: perusahaan juga berhubungan dengan karyawan, pemegang saham, dan pemerintah.", "en": "Helen Peck: companies also relate to employees, shareholders and government."},
        "a11": {"id": "Ivan Snehota: riwayat hubungan ikut menentukan pemasok yang dipilih.", "en": "Ivan Snehota: the history of a relationship helps decide which supplier is chosen."},
        "a12": {"id": "Shelby Hunt: nilai bersama dan komunikasi menumbuhkan kepercayaan.", "en": "Shelby Hunt: shared values and communication make trust grow."},
        "a13": {"id": "Martin Christopher: nasihat bagi manajer, bukan hanya gambaran.", "en": "Martin Christopher: advice to managers, not description alone."},
        "a14": {"id": "Ikatan sosial informal mengisi tempat kontrak yang sulit ditegakkan.", "en": "Informal social ties stand in for contracts that are hard to enforce."},
        "a15": {"id": "Nilai baru tercipta ketika pelanggan memakai barangnya, searah dengan Service-Dominant Logic.", "en": "Value arises when customers use the goods, in line with service-dominant logic."},
    },
    classes={
        "imp": {"id": "IMP (pemasaran dan pembelian industri)", "en": "IMP (industrial marketing and purchasing)"},
        "nordic": {"id": "Nordik", "en": "Nordic"},
        "anglo": {"id": "Anglo-Australia", "en": "Anglo-Australian"},
        "american": {"id": "Amerika Utara", "en": "North American"},
        "guanxi": {"id": "Guanxi", "en": "Guanxi"},
    },
    rows=("B05",), book="3.3.1", notebook="20-relationships-and-network", app="checkup", function="crm.frameworks.grade",
)

# %% [markdown] lang="id" part="task"
# Sepuluh pengarang dan gagasan. Termasuk mazhab yang mana (bagian 3.3.1)?

# %% [markdown] lang="en" part="task"
# Ten authors and ideas. Which school does each belong to (section 3.3.1)?

# %% [markdown] lang="id" part="hint"
# Kata kunci tiap mazhab: pembelian antarperusahaan; layanan; pemangku kepentingan; kepercayaan dan kinerja; kewajiban timbal balik.

# %% [markdown] lang="en" part="hint"
# A key to each school: buying between companies; service; stakeholders; trust and performance; mutual obligation.

# %% [markdown] lang="id" part="hint"
# Hubungan antarperusahaan muncul di beberapa mazhab. Lihat apakah gagasannya **menggambarkan** hubungan, **menasihati** manajer, atau **menjelaskan** kinerja.

# %% [markdown] lang="en" part="hint"
# Relationships between companies appear in several schools. See whether the idea **describes** them, **advises** managers, or **explains** performance.

# %% part="solution"
q.answer = {
    "a01": "nordic", "a02": "imp", "a03": "american", "a04": "anglo", "a05": "guanxi",
    "a06": "imp", "a07": "american", "a08": "nordic", "a09": "guanxi", "a10": "anglo",
    "a11": "imp", "a12": "american", "a13": "anglo", "a14": "guanxi", "a15": "nordic",
}

# %% [markdown] lang="id" part="why"
# IMP menggambarkan hubungan industri, Nordik berangkat dari jasa, Anglo-Australia menasihati manajer tentang enam pasar, Amerika Utara menjelaskan kinerja lewat kepercayaan dan komitmen, guanxi adalah kewajiban timbal balik. Empat belas dari enam belas adalah 87,5%. Batasnya tidak tajam: kepercayaan dan hubungan jangka panjang dibahas di beberapa mazhab.

# %% [markdown] lang="en" part="why"
# IMP describes industrial relationships, the Nordic school starts from services, the Anglo-Australian school advises managers on six markets, the North American one explains performance by trust and commitment, guanxi is mutual obligation. Fourteen of sixteen are 87.5%. The borders are not sharp: trust and long relationships are discussed in several schools.

# %% part="wrong" name="all_suppliers_are_imp"
q.answer = {
    "a01": "nordic", "a02": "imp", "a03": "imp", "a04": "imp", "a05": "guanxi",
    "a06": "imp", "a07": "imp", "a08": "nordic", "a09": "guanxi", "a10": "imp",
    "a11": "imp", "a12": "imp", "a13": "imp", "a14": "guanxi", "a15": "nordic",
}

# %% [markdown] lang="id" part="wrong" name="all_suppliers_are_imp"
# Setiap hubungan antarperusahaan Anda sebut IMP. Apakah gagasannya menggambarkan pembelian, menjelaskan kinerja, atau menasihati manajer?

# %% [markdown] lang="en" part="wrong" name="all_suppliers_are_imp"
# Every relationship between companies is called IMP. Does the idea describe buying, explain performance, or advise managers?

# %% part="wrong" name="trust_is_everywhere"
q.answer = {
    "a01": "american", "a02": "american", "a03": "american", "a04": "anglo", "a05": "guanxi",
    "a06": "american", "a07": "american", "a08": "american", "a09": "guanxi", "a10": "anglo",
    "a11": "american", "a12": "american", "a13": "anglo", "a14": "guanxi", "a15": "american",
}

# %% [markdown] lang="id" part="wrong" name="trust_is_everywhere"
# Semua yang berbicara tentang hubungan baik Anda sebut Amerika Utara. Dari riset apa gagasan itu lahir: jasa, pembelian industri, atau kinerja?

# %% [markdown] lang="en" part="wrong" name="trust_is_everywhere"
# All that speaks of good relationships is called North American. From which research did the idea grow: services, industrial buying, or performance?

# %% part="wrong" name="people_are_stakeholders"
q.answer = {
    "a01": "anglo", "a02": "imp", "a03": "american", "a04": "anglo", "a05": "anglo",
    "a06": "imp", "a07": "american", "a08": "anglo", "a09": "anglo", "a10": "anglo",
    "a11": "imp", "a12": "american", "a13": "anglo", "a14": "anglo", "a15": "anglo",
}

# %% [markdown] lang="id" part="wrong" name="people_are_stakeholders"
# Setiap hubungan dengan orang Anda masukkan ke pemangku kepentingan. Apakah yang dibicarakan pasar di sekitar perusahaan, layanan, atau kewajiban timbal balik?

# %% [markdown] lang="en" part="wrong" name="people_are_stakeholders"
# Every tie with people was put down to stakeholders. Is it about markets round a company, about service, or about mutual obligation?

# %% part="question"
question(
    "known_customers", kind="number", unit="percent", digits=5, level="independent", data="profiles", variants=("bank", "school", "optician"),
    title={"id": "Seberapa dekat kita mengenal pelanggan?", "en": "How well are the customers known?"},
    rows=("F04",), book="4.1", notebook="11-customer-intimacy", app="clinic", function="crm.frameworks.value_chain_evidence", points=2,
)

# %% [markdown] lang="id" part="task"
# Keintiman pelanggan berarti tahu siapa yang dilayani, dan pengetahuan menjadi kedaluwarsa. Tabel `fields` memuat enam isian untuk setiap pelanggan {what} ini. Isian **lengkap dan segar** bila ada nilainya, nilainya bukan isian semu (`0800000`, `1900-01-01`, `-`), dan diperbarui dalam **730 hari** terakhir sampai 31 Desember 2020 (`updated_at` sesudah 1 Januari 2019). Hitung bagian isian yang lengkap dan segar pada setiap pelanggan, lalu rata-ratanya **ditimbang dengan nilai pelanggan** (`customers["value"]`), dalam persen.

# %% [markdown] lang="en" part="task"
# Customer intimacy means knowing whom one serves, and knowledge goes stale. The table `fields` has six fields for each customer of this {what}. A field is **complete and fresh** if it has a value, the value is no filler (`0800000`, `1900-01-01`, `-`), and it was updated in the **730 days** up to 31 December 2020 (`updated_at` after 1 January 2019). Compute the share of complete and fresh fields of each customer, then the mean of these **weighted by the customer's value** (`customers["value"]`), in percent.

# %% [markdown] lang="id" part="hint"
# Tiga syarat untuk setiap baris, disambung `&`: ada, bukan isian semu, cukup baru.

# %% [markdown] lang="en" part="hint"
# Three conditions for each row, joined by `&`: there, no filler, recent enough.

# %% [markdown] lang="id" part="hint"
# Setelah `groupby("customer_id").mean()`, sambungkan dengan nilai pelanggan. Rata-rata tertimbang: `(bagian * nilai).sum() / nilai.sum()`.

# %% [markdown] lang="en" part="hint"
# After `groupby("customer_id").mean()`, bring in the customers' value. Weighted mean: `(share * value).sum() / value.sum()`.

# %% part="solution"
fields = q.data["fields"]
good = (
    fields["value"].notna()
    & ~fields["value"].isin(["0800000", "1900-01-01", "-"])
    & (fields["updated_at"] > "2019-01-01")
)
share = good.groupby(fields["customer_id"]).mean()
value = q.data["customers"].set_index("customer_id")["value"]
q.answer = (share * value).sum() / value.sum() * 100

# %% [markdown] lang="id" part="why"
# Dalam contoh 8 dari 10 isian terisi (80,0%) dan dua di antaranya lebih tua dari 24 bulan, sehingga yang lengkap dan segar 60,0%. Isian semu membuat kolom wajib tampak penuh. Penimbangnya nilai, karena keintiman dibangun dengan pelanggan yang telah dipilih; artikel menyebut riset yang kedaluwarsa.

# %% [markdown] lang="en" part="why"
# In the example 8 of 10 fields are filled (80.0%), and two of them are older than 24 months, so that 60.0% are complete and fresh. Fillers make a required column look full. Value is the weight, for intimacy is built with customers that were chosen; the article speaks of research that has gone stale.

# %% part="wrong" name="fillers_believed"
fields = q.data["fields"]
good = fields["value"].notna() & (fields["updated_at"] > "2019-01-01")
value = q.data["customers"].set_index("customer_id")["value"]
q.answer = (good.groupby(fields["customer_id"]).mean() * value).sum() / value.sum() * 100

# %% [markdown] lang="id" part="wrong" name="fillers_believed"
# Isian semu terhitung sebagai pengetahuan. Berapa pelanggan yang lahir pada 1 Januari 1900?

# %% [markdown] lang="en" part="wrong" name="fillers_believed"
# Fillers count as knowledge. How many customers were born on 1 January 1900?

# %% part="wrong" name="stale_counted"
fields = q.data["fields"]
good = fields["value"].notna() & ~fields["value"].isin(["0800000", "1900-01-01", "-"])
value = q.data["customers"].set_index("customer_id")["value"]
q.answer = (good.groupby(fields["customer_id"]).mean() * value).sum() / value.sum() * 100

# %% [markdown] lang="id" part="wrong" name="stale_counted"
# Isian yang sudah kedaluwarsa terhitung. Kapan pelanggan itu terakhir ditanya?

# %% [markdown] lang="en" part="wrong" name="stale_counted"
# Stale fields are counted. When was the customer last asked?

# %% part="wrong" name="everyone_alike"
fields = q.data["fields"]
good = fields["value"].notna() & ~fields["value"].isin(["0800000", "1900-01-01", "-"]) & (fields["updated_at"] > "2019-01-01")
q.answer = good.mean() * 100

# %% [markdown] lang="id" part="wrong" name="everyone_alike"
# Setiap pelanggan bersuara sama. Dengan apa soal meminta Anda menimbang?

# %% [markdown] lang="en" part="wrong" name="everyone_alike"
# Every customer has the same voice. What does the question ask you to weight by?

# %% part="wrong" name="of_the_filled"
fields = q.data["fields"]
filled = fields[fields["value"].notna() & ~fields["value"].isin(["0800000", "1900-01-01", "-"])]
fresh = (filled["updated_at"] > "2019-01-01").groupby(filled["customer_id"]).mean()
value = q.data["customers"].set_index("customer_id")["value"]
q.answer = (fresh * value).sum() / value.sum() * 100

# %% [markdown] lang="id" part="wrong" name="of_the_filled"
# Penyebutnya hanya isian yang terisi (hanya yang selamat). Apakah isian kosong tidak termasuk yang seharusnya diketahui?

# %% [markdown] lang="en" part="wrong" name="of_the_filled"
# The denominator is filled fields only (survivors only). Are empty fields not among what should be known?

# %% part="question"
question(
    "network_gaps", kind="blanks", level="independent", data="network", variants=("courier", "travel", "health"),
    title={"id": "Jaringan dan enam pasar", "en": "A network and six markets"},
    parts={
        "covered": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "bobot unsur yang ditopang sedikitnya satu mitra (persen)", "en": "weight of the elements held up by at least one partner (percent)"}},
        "strength": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "Σ bobot × kemampuan mitra terbaik (persen)", "en": "Σ weight × capability of the best partner (percent)"}},
        "gap": {"kind": "number", "exact": True, "says": {"id": "jumlah kesenjangan keenam pasar", "en": "sum of the gaps of the six markets"}},
    },
    rows=("F05", "B04"), book="4.1", notebook="20-relationships-and-network", app="checkup", function="crm.network.coverage", points=2,
)

# %% [markdown] lang="id" part="task"
# Tahap ketiga rantai nilai: jaringan yang menopang janji. Untuk {what} ini `elements` memuat unsur janji dan bobotnya (jumlahnya 1), `partners` memuat mitra, unsur yang ditopangnya, dan kemampuannya (0 sampai 1). Satu unsur dapat punya beberapa mitra. `markets` memuat skor enam pasar (Gambar 3.1), sekarang dan sasaran; kesenjangan satu pasar adalah sasaran dikurangi sekarang, dan **tidak di bawah nol** bila sasarannya sudah terlampaui.

# %% [markdown] lang="en" part="task"
# The third stage of the value chain: the network that holds a promise up. For this {what} `elements` has the elements of the promise and their weights (they sum to 1), `partners` has partners, the element that each holds up and its capability (0 to 1). An element may have several partners. `markets` scores the six markets (Figure 3.1), now and aimed at; a market's gap is the target less now, and **not below zero** where the target has been passed.

# %% [markdown] lang="id" part="hint"
# Ringkas `partners` menjadi satu baris per unsur dengan kemampuan **terbesar**, lalu petakan ke `elements`. Yang tidak ada mitranya bernilai nol.

# %% [markdown] lang="en" part="hint"
# Bring `partners` down to one row an element with the **largest** capability, then map it to `elements`. Without a partner it is zero.

# %% [markdown] lang="id" part="hint"
# Contoh: lima unsur, mitra A menopang {{1, 2}} dan B {{2, 4}}: tiga dari lima, 60,0%. Kesenjangan 1, 0, 2, 3, 1, 1 berjumlah 8.

# %% [markdown] lang="en" part="hint"
# An example: five elements, partner A holds {{1, 2}} and B {{2, 4}}: three of five, 60.0%. Gaps of 1, 0, 2, 3, 1, 1 add up to 8.

# %% part="solution"
elements, partners, markets = q.data["elements"], q.data["partners"], q.data["markets"]
best = elements["element"].map(partners.groupby("element")["capability"].max())
q.answer = {
    "covered": elements.loc[best.notna(), "weight"].sum() * 100,
    "strength": (elements["weight"] * best.fillna(0)).sum() * 100,
    "gap": (markets["target"] - markets["now"]).clip(lower=0).sum(),
}

# %% part="package"
elements = q.data["elements"]
weights = dict(zip(elements["element"], elements["weight"]))
found = crm.network.coverage(q.data["partners"], elements=weights)
bare = [e for e in weights if e not in found.facts["uncovered"]]
gap = crm.network.six_markets(q.data["markets"]).facts["total"]
q.answer = {"covered": sum(weights[e] for e in bare) * 100, "strength": found.facts["weighted_share"] * 100, "gap": gap}

# %% [markdown] lang="id" part="why"
# Unsur yang ditopang dua mitra tetap satu unsur, dan mitra yang lemah tidak menambah yang kuat. Pasar yang melampaui sasaran tidak menutup kekurangan pasar lain. Buku menggambarkan Model Enam Pasar dan menyebut jaringan, tetapi gambarnya tanpa ukuran.

# %% [markdown] lang="en" part="why"
# An element that two partners hold up is still one element, and a weak partner adds nothing to a strong one. A market beyond its target does not make up for another's lack. The book draws the Six Markets model and names the network, but without a measure.

# %% part="wrong" name="partner_counted_twice"
elements, partners, markets = q.data["elements"], q.data["partners"], q.data["markets"]
joined = partners.merge(elements, on="element")
q.answer = {"covered": joined["weight"].sum() * 100, "strength": (joined["weight"] * joined["capability"]).sum() * 100, "gap": (markets["target"] - markets["now"]).clip(lower=0).sum()}

# %% [markdown] lang="id" part="wrong" name="partner_counted_twice"
# Unsur dengan dua mitra terhitung dua kali (fan-out). Satu baris hasil harus mewakili satu unsur; apa yang terjadi dengan jumlah bobotnya?

# %% [markdown] lang="en" part="wrong" name="partner_counted_twice"
# An element with two partners counts twice (fan-out). A row should stand for one element; what became of the sum of weights?

# %% part="wrong" name="unweighted"
elements, partners, markets = q.data["elements"], q.data["partners"], q.data["markets"]
best = elements["element"].map(partners.groupby("element")["capability"].max())
q.answer = {"covered": best.notna().mean() * 100, "strength": best.fillna(0).mean() * 100, "gap": (markets["target"] - markets["now"]).clip(lower=0).sum()}

# %% [markdown] lang="id" part="wrong" name="unweighted"
# Unsur dihitung sama penting. Kolom mana yang berkata mana yang berat?

# %% [markdown] lang="en" part="wrong" name="unweighted"
# The elements all count the same. Which column says which ones are heavy?

# %% part="wrong" name="surplus_netted"
elements, partners, markets = q.data["elements"], q.data["partners"], q.data["markets"]
best = elements["element"].map(partners.groupby("element")["capability"].max())
q.answer = {"covered": elements.loc[best.notna(), "weight"].sum() * 100, "strength": (elements["weight"] * best.fillna(0)).sum() * 100, "gap": (markets["target"] - markets["now"]).sum()}

# %% [markdown] lang="id" part="wrong" name="surplus_netted"
# Kelebihan di satu pasar menutup kekurangan di pasar lain. Apakah pemasok yang senang menggantikan rujukan yang tidak ada?

# %% [markdown] lang="en" part="wrong" name="surplus_netted"
# A surplus in one market makes up for a lack in another. Do happy suppliers replace referrals that never come?

# %% part="wrong" name="mean_capability"
elements, partners, markets = q.data["elements"], q.data["partners"], q.data["markets"]
mean = elements["element"].map(partners.groupby("element")["capability"].mean())
q.answer = {"covered": elements.loc[mean.notna(), "weight"].sum() * 100, "strength": (elements["weight"] * mean.fillna(0)).sum() * 100, "gap": (markets["target"] - markets["now"]).clip(lower=0).sum()}

# %% [markdown] lang="id" part="wrong" name="mean_capability"
# Kemampuan beberapa mitra dirata-ratakan. Bila Anda dapat memilih, mitra mana yang mengerjakannya?

# %% [markdown] lang="en" part="wrong" name="mean_capability"
# The capabilities of several partners were averaged. If you can choose, which partner does the work?

# %% part="question"
question(
    "two_questions", kind="number", unit="number", digits=4, level="independent", data="two_questions", variants=("park", "museum", "hotel"),
    title={"id": "Kembali dan merekomendasikan: satu hal atau dua?", "en": "Coming back and recommending: one thing or two?"},
    rows=("U07",), book="article: customer-centric", notebook="16-drivers", app="experience", function="crm.satisfaction.csat", points=2,
)

# %% [markdown] lang="id" part="task"
# Artikel customer-centric bercerita bahwa Disney mengukur kecenderungan kembali dan kecenderungan merekomendasikan. Apakah keduanya mengukur hal yang sama? Tamu {what} ini menjawab keduanya, 1 sampai 5. Pakai hanya tamu yang menjawab **keduanya**; "ya" berarti nilai 4 atau 5. Hitung **koefisien phi** kedua jawaban ya/tidak itu: (n·a − r·m) / √(r·(n−r)·m·(n−m)), dengan n tamu, r ya untuk kembali, m ya untuk merekomendasikan, dan a ya untuk keduanya.

# %% [markdown] lang="en" part="task"
# The article on customer-centric principles tells that Disney measures the propensity to return and the propensity to recommend. Do the two measure the same thing? Guests of this {what} answered both, 1 to 5. Use only guests who answered **both**; "yes" means 4 or 5. Compute the **phi coefficient** of these two yes/no answers: (n·a − r·m) / √(r·(n−r)·m·(n−m)), with n guests, r yes to coming back, m yes to recommending, and a yes to both.

# %% [markdown] lang="id" part="hint"
# Buang baris yang salah satunya kosong lebih dahulu; setelah itu barulah `>= 4`.

# %% [markdown] lang="en" part="hint"
# First drop rows where either is empty; only then `>= 4`.

# %% [markdown] lang="id" part="hint"
# Contoh: 300 tamu, 240 akan kembali (80,0%), 225 merekomendasikan (75,0%), 210 keduanya: phi 0,577. Korelasi biasa dari dua kolom 0/1 memberi angka yang sama.

# %% [markdown] lang="en" part="hint"
# An example: 300 guests, 240 would return (80.0%), 225 recommend (75.0%), 210 both: phi 0.577. The ordinary correlation of two columns of 0 and 1 gives the same number.

# %% part="solution"
guests = q.data["guests"].dropna()
back, tell = guests["come_back"] >= 4, guests["recommend"] >= 4
n, r, m, a = len(guests), back.sum(), tell.sum(), (back & tell).sum()
q.answer = (n * a - r * m) / np.sqrt(float(r) * (n - r) * m * (n - m))

# %% [markdown] lang="id" part="why"
# Phi 1 berarti dua pertanyaan itu satu; nol berarti satu tidak berkata apa pun tentang yang lain. Di antara keduanya, masing-masing menambah pengetahuan. Artikel menyimpulkan bahwa pemberdayaan karyawan adalah cara memuaskan tamu, tetapi tidak menunjukkan data yang membawa ke sana.

# %% [markdown] lang="en" part="why"
# A phi of 1 means that the two questions are one; zero, that one says nothing of the other. In between each adds some knowledge. The article concludes that empowered employees are the way to satisfy guests, but shows no data that lead there.

# %% part="wrong" name="empty_as_no"
guests = q.data["guests"]
q.answer = np.corrcoef(guests["come_back"] >= 4, guests["recommend"] >= 4)[0, 1]

# %% [markdown] lang="id" part="wrong" name="empty_as_no"
# Jawaban kosong terhitung "tidak", sebab kosong tidak lebih besar dari 4. Apakah tamu itu menolak, atau tidak menjawab?

# %% [markdown] lang="en" part="wrong" name="empty_as_no"
# Empty answers count as "no", for empty is not above 4. Did that guest decline, or not answer?

# %% part="wrong" name="five_points"
guests = q.data["guests"].dropna()
q.answer = np.corrcoef(guests["come_back"], guests["recommend"])[0, 1]

# %% [markdown] lang="id" part="wrong" name="five_points"
# Itu korelasi skor 1 sampai 5. Soal meminta hubungan dua jawaban ya/tidak; di mana batas 4?

# %% [markdown] lang="en" part="wrong" name="five_points"
# That is the correlation of scores from 1 to 5. The question asks about two yes/no answers; where is the limit of 4?

# %% part="wrong" name="only_fives"
guests = q.data["guests"].dropna()
q.answer = np.corrcoef(guests["come_back"] >= 5, guests["recommend"] >= 5)[0, 1]

# %% [markdown] lang="id" part="wrong" name="only_fives"
# Hanya nilai 5 yang Anda sebut ya. Dua nilai teratas (top-2) yang mana?

# %% [markdown] lang="en" part="wrong" name="only_fives"
# Only a 5 counts as yes. Which are the top two scores?

# %% part="wrong" name="agreement"
guests = q.data["guests"].dropna()
q.answer = ((guests["come_back"] >= 4) == (guests["recommend"] >= 4)).mean()

# %% [markdown] lang="id" part="wrong" name="agreement"
# Itu bagian tamu yang menjawab sama. Sebagian kesamaan muncul karena kebanyakan orang berkata ya; bagaimana phi memperhitungkannya?

# %% [markdown] lang="en" part="wrong" name="agreement"
# That is the share of guests who gave the same answer twice. Some of it arises as most people say yes; how does phi allow for that?
