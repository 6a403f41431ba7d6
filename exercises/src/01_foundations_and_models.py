# %% [markdown] lang="id" part="title"
# # 1 · Dasar dan model
#
# Bab 1 dan 2 buku: apa yang bukan CRM, siapa yang membawa laba, siapa yang datang dan pergi, lalu model IDIC, rantai nilai, lima proses, dan delapan kompetensi. Semua perusahaan di sini rekaan, dan angka Anda hanya milik Anda.

# %% [markdown] lang="en" part="title"
# # 1 · Foundations and models
#
# Chapters 1 and 2 of the book: what CRM is not, who brings the profit, who comes and goes, then IDIC, the value chain, five processes and eight competencies. Every company here is invented, and your numbers are yours alone.

# %% part="data"
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

# %% part="question"
question(
    "rule_80_20", kind="blanks", style="claim", level="worked", data="portfolio", variants=("shop", "clinic", "cafe"),
    title={"id": "Benarkah 80/20 di sini?", "en": "Does 80/20 hold here?"},
    parts={
        "top_share": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "bagian laba dari 20% pelanggan paling menguntungkan (persen)", "en": "share of profit of the 20% most profitable customers (percent)"}},
        "gap": {"kind": "number", "unit": "points", "digits": 3, "says": {"id": "selisihnya dari klaim 80% (poin; negatif bila kurang)", "en": "its distance from the claimed 80% (points; negative where it falls short)"}},
        "needed": {"kind": "number", "unit": "percent", "digits": 3, "says": {"id": "bagian pelanggan terkecil yang sudah membawa sedikitnya 80% laba (persen)", "en": "the smallest share of customers that brings at least 80% of profit (percent)"}},
    },
    rows=("F14",), book="1.2", notebook="10-portfolio-analysis", app="studio", function="crm.profitability.pareto", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Sepuluh pelanggan: 400, 250, 90, 70, 60, 45, 35, 25, 15, 10. Seperlima dari sepuluh adalah dua, dan dua yang teratas membawa 650 dari 1.000: 65,0%. Klaimnya 80%, jadi selisihnya −15,0 poin. Untuk mencapai 800 diperlukan empat pelanggan (810): 40% dari semuanya.

# %% [markdown] lang="en" part="example"
# **Example.** Ten customers: 400, 250, 90, 70, 60, 45, 35, 25, 15, 10. A fifth of ten is two, and the top two bring 650 of 1,000: 65.0%. The claim says 80%, so the gap is −15.0 points. To reach 800 it takes four customers (810): 40% of all.

# %% part="example"
import numpy as np

ranked = np.sort([400, 250, 90, 70, 60, 45, 35, 25, 15, 10])[::-1]
share = ranked[:2].sum() / ranked.sum() * 100
needed = (np.argmax(ranked.cumsum() >= 0.8 * ranked.sum()) + 1) / len(ranked) * 100
share, share - 80, needed

# %% [markdown] lang="id" part="task"
# Buku (bagian 1.2) menulis bahwa 80% keuntungan diperoleh dari 20% pelanggan, tanpa sumber, tahun, atau jumlah perusahaan. Direktur {what} ini ingin mengutipnya tentang perusahaannya sendiri. Ujilah pada **laba** (`profit`), bukan omzet. Laba seluruhnya adalah jumlah semua baris, yang rugi juga.

# %% [markdown] lang="en" part="task"
# The book (section 1.2) says that 80% of profit comes from 20% of customers, without a source, a year or a number of companies. The director of this {what} wants to say it of her own company. Test it on **profit**, not revenue. All profit is the sum of all rows, those with a loss too.

# %% [markdown] lang="id" part="hint"
# Urutkan menurut laba, dari yang terbesar. Berapa orang seperlima dari daftar Anda?

# %% [markdown] lang="en" part="hint"
# Sort by profit, the largest first. How many people are a fifth of your list?

# %% [markdown] lang="id" part="hint"
# Penyebutnya jumlah `profit` semua pelanggan. Yang negatif mengurangi penyebut itu.

# %% [markdown] lang="en" part="hint"
# The denominator is the sum of `profit` of everyone. Negative rows make it smaller.

# %% [markdown] lang="id" part="hint"
# Untuk bagian ketiga: `cumsum()` pada laba yang sudah urut, lalu cari posisi pertama yang mencapai 80% dari jumlah.

# %% [markdown] lang="en" part="hint"
# For the third part: `cumsum()` on the sorted profit, then the first position that reaches 80% of the sum.

# %% part="solution"
profit = q.data["portfolio"]["profit"].sort_values(ascending=False).to_numpy()
n = len(profit)
top_share = profit[: n // 5].sum() / profit.sum() * 100
needed = (np.argmax(profit.cumsum() >= 0.8 * profit.sum()) + 1) / n * 100
q.answer = {"top_share": top_share, "gap": top_share - 80, "needed": needed}

# %% part="package"
found = crm.profitability.pareto(q.data["portfolio"], column="profit").facts
share = found["top_share"] * 100
q.answer = {"top_share": share, "gap": share - 80, "needed": found["needed_share"] * 100}

# %% [markdown] lang="id" part="why"
# Klaim 80/20 adalah pengamatan yang sering mendekati benar, bukan hukum. Pada laba, bagian puncak dapat melewati 100% karena pelanggan yang rugi mengurangi jumlah seluruhnya. Selisih dua persen disebut poin. Buku tidak menyebut sumber; yang boleh dikatakan direktur adalah angka dari datanya sendiri beserta tahunnya.

# %% [markdown] lang="en" part="why"
# The 80/20 claim is an observation that is often roughly true, not a law. With profit the top share can pass 100%, as customers with a loss take from the sum. The distance between two percentages is told in points. The book names no source; what the director may say is the figure from her own data, with its year.

# %% part="wrong" name="revenue_for_profit"
money = q.data["portfolio"]["revenue"].sort_values(ascending=False).to_numpy()
n = len(money)
share = money[: n // 5].sum() / money.sum() * 100
q.answer = {"top_share": share, "gap": share - 80, "needed": (np.argmax(money.cumsum() >= 0.8 * money.sum()) + 1) / n * 100}

# %% [markdown] lang="id" part="wrong" name="revenue_for_profit"
# Itu bagian **omzet**. Omzet disangka laba: pelanggan besar dapat mahal dilayani. Kolom mana yang dibicarakan klaim itu?

# %% [markdown] lang="en" part="wrong" name="revenue_for_profit"
# That is a share of **revenue**. Revenue was taken for profit, yet a large customer may be dear to serve. Which column does the claim speak of?

# %% part="wrong" name="losses_left_out"
profit = q.data["portfolio"]["profit"].sort_values(ascending=False).to_numpy()
n = len(profit)
gains = profit[profit > 0]
share = profit[: n // 5].sum() / gains.sum() * 100
q.answer = {"top_share": share, "gap": share - 80, "needed": (np.argmax(gains.cumsum() >= 0.8 * gains.sum()) + 1) / n * 100}

# %% [markdown] lang="id" part="wrong" name="losses_left_out"
# Pelanggan yang rugi hilang dari penyebut. Apakah laba perusahaan dihitung tanpa mereka?

# %% [markdown] lang="en" part="wrong" name="losses_left_out"
# Customers with a loss are missing from the denominator. Is the company's profit counted without them?

# %% part="wrong" name="ranked_by_revenue"
table = q.data["portfolio"].sort_values("revenue", ascending=False)
n = len(table)
share = table["profit"].head(n // 5).sum() / table["profit"].sum() * 100
q.answer = {"top_share": share, "gap": share - 80, "needed": (np.argmax(table["profit"].cumsum() >= 0.8 * table["profit"].sum()) + 1) / n * 100}

# %% [markdown] lang="id" part="wrong" name="ranked_by_revenue"
# Labanya tepat, tetapi urutannya menurut omzet. Siapa 20% pelanggan **paling menguntungkan**?

# %% [markdown] lang="en" part="wrong" name="ranked_by_revenue"
# The profit is right, but the ranking goes by revenue. Who are the 20% **most profitable** customers?

# %% part="wrong" name="not_ranked"
profit = q.data["portfolio"]["profit"].to_numpy()
n = len(profit)
share = profit[: n // 5].sum() / profit.sum() * 100
q.answer = {"top_share": share, "gap": share - 80, "needed": (np.argmax(profit.cumsum() >= 0.8 * profit.sum()) + 1) / n * 100}

# %% [markdown] lang="id" part="wrong" name="not_ranked"
# Itu seperlima baris pertama, dalam urutan nomor pelanggan. Daftarnya belum diurutkan menurut apa pun.

# %% [markdown] lang="en" part="wrong" name="not_ranked"
# That is the first fifth of the rows, in the order of customer numbers. By what should the list be sorted first?

# %% part="question"
question(
    "movements", kind="blanks", level="faded", data="years", variants=("shop", "clinic", "gym"),
    title={"id": "Datang, kembali, tinggal, pergi", "en": "Coming, returning, staying, leaving"},
    parts={
        "start": {"kind": "number", "exact": True, "says": {"id": "pelanggan 2019", "en": "customers of 2019"}},
        "new": {"kind": "number", "exact": True, "says": {"id": "pelanggan baru 2020 (pesanan pertamanya pada 2020)", "en": "new in 2020 (first order in 2020)"}},
        "reactivated": {"kind": "number", "exact": True, "says": {"id": "kembali pada 2020 setelah absen pada 2019", "en": "back in 2020 after no purchase in 2019"}},
        "lost": {"kind": "number", "exact": True, "says": {"id": "pelanggan 2019 yang hilang pada 2020", "en": "customers of 2019 lost in 2020"}},
        "end": {"kind": "number", "exact": True, "says": {"id": "pelanggan 2020", "en": "customers of 2020"}},
        "retention": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "retensi: yang bertahan dari pelanggan 2019 (persen)", "en": "retention: those of 2019 who stayed (percent)"}},
    },
    rows=("F12",), book="1.2", notebook="10-portfolio-analysis", app="executive", function="crm.retention.movements", points=2,
)

# %% [markdown] lang="id" part="task"
# Memperoleh, menambah nilai, mempertahankan: tiga tahap pada bagian 1.2. Lengkapi neraca pelanggan {what} ini. Seseorang adalah pelanggan suatu tahun bila belanja bersihnya (`spent_2019`, `spent_2020`) **lebih dari nol**. Kosong berarti tidak ada transaksi, negatif berarti hanya ada pengembalian barang.

# %% [markdown] lang="en" part="task"
# Acquire, enhance, retain: the three stages of section 1.2. Complete the account of this {what}'s customers. Somebody is a customer of a year when the net amount spent (`spent_2019`, `spent_2020`) is **above zero**. Empty means no transaction, negative means returns only.

# %% part="start"
c = q.data["customers"]
before = c["spent_2019"] > 0
now = ...
new = ...  # now & (c["first_order"].dt.year == 2020)
reactivated = ...  # now & ~before & ...
q.answer = {
    "start": ...,  # before.sum()
    "new": ...,
    "reactivated": ...,
    "lost": ...,
    "end": ...,
    "retention": ...,
}

# %% [markdown] lang="id" part="hint"
# Setiap pelanggan 2020 berasal dari salah satu: bertahan, baru, atau kembali. Ketiganya tidak boleh bertumpang tindih.

# %% [markdown] lang="en" part="hint"
# Every customer of 2020 is one of three: stayed, new, or back again. The three must not overlap.

# %% [markdown] lang="id" part="hint"
# Kembali: membeli pada 2020, tidak membeli pada 2019, dan pesanan pertamanya sebelum 2020.

# %% [markdown] lang="en" part="hint"
# Back again: bought in 2020, not in 2019, and the first order was before 2020.

# %% [markdown] lang="id" part="hint"
# Uji dengan neraca: awal + baru + kembali − hilang = akhir. Retensi dibagi dengan yang **awal**.

# %% [markdown] lang="en" part="hint"
# Test it with the account: start + new + reactivated − lost = end. Retention is divided by the **start**.

# %% part="solution"
c = q.data["customers"]
before = c["spent_2019"] > 0
now = c["spent_2020"] > 0
new = now & (c["first_order"].dt.year == 2020)
reactivated = now & ~before & ~new
kept = (before & now).sum()
q.answer = {
    "start": before.sum(),
    "new": new.sum(),
    "reactivated": reactivated.sum(),
    "lost": (before & ~now).sum(),
    "end": now.sum(),
    "retention": kept / before.sum() * 100,
}

# %% [markdown] lang="id" part="why"
# Jumlah pelanggan dapat naik sementara banyak yang pergi, karena yang baru menutupi yang hilang. Contohnya 500 + 120 − 80 = 540, tetapi yang bertahan 420 dari 500, retensi 84,0%. Yang kembali bukan pelanggan baru: memperolehnya dahulu sudah dibayar.

# %% [markdown] lang="en" part="why"
# The number of customers can rise while many leave, for the new ones cover the loss. An example: 500 + 120 − 80 = 540, yet 420 of the 500 stayed, a retention of 84.0%. Who comes back is no new customer: acquiring them was paid for long ago.

# %% part="wrong" name="returns_as_buyers"
c = q.data["customers"]
before, now = c["spent_2019"].notna(), c["spent_2020"].notna()
new = now & (c["first_order"].dt.year == 2020)
q.answer = {"start": before.sum(), "new": new.sum(), "reactivated": (now & ~before & ~new).sum(), "lost": (before & ~now).sum(), "end": now.sum(), "retention": (before & now).sum() / before.sum() * 100}

# %% [markdown] lang="id" part="wrong" name="returns_as_buyers"
# Yang hanya mengembalikan barang ikut dihitung sebagai pelanggan tahun itu. Apa arti angka negatif di kolom belanja?

# %% [markdown] lang="en" part="wrong" name="returns_as_buyers"
# People who only returned goods are counted as customers of that year. What does a negative amount mean?

# %% part="wrong" name="back_as_new"
c = q.data["customers"]
before, now = c["spent_2019"] > 0, c["spent_2020"] > 0
q.answer = {"start": before.sum(), "new": (now & ~before).sum(), "reactivated": 0, "lost": (before & ~now).sum(), "end": now.sum(), "retention": (before & now).sum() / before.sum() * 100}

# %% [markdown] lang="id" part="wrong" name="back_as_new"
# Semua yang tidak membeli pada 2019 disebut baru. Kapan pesanan pertama mereka?

# %% [markdown] lang="en" part="wrong" name="back_as_new"
# Everyone who did not buy in 2019 is called new. When was their first order?

# %% part="wrong" name="growth_for_retention"
c = q.data["customers"]
before, now = c["spent_2019"] > 0, c["spent_2020"] > 0
new = now & (c["first_order"].dt.year == 2020)
q.answer = {"start": before.sum(), "new": new.sum(), "reactivated": (now & ~before & ~new).sum(), "lost": (before & ~now).sum(), "end": now.sum(), "retention": now.sum() / before.sum() * 100}

# %% [markdown] lang="id" part="wrong" name="growth_for_retention"
# Itu pelanggan akhir dibagi pelanggan awal: pertumbuhan, bukan retensi. Apakah pelanggan baru dapat "bertahan" dari 2019?

# %% [markdown] lang="en" part="wrong" name="growth_for_retention"
# That is the end divided by the start: growth, not retention. Can a new customer have stayed from 2019?

# %% part="wrong" name="over_the_end"
c = q.data["customers"]
before, now = c["spent_2019"] > 0, c["spent_2020"] > 0
new = now & (c["first_order"].dt.year == 2020)
q.answer = {"start": before.sum(), "new": new.sum(), "reactivated": (now & ~before & ~new).sum(), "lost": (before & ~now).sum(), "end": now.sum(), "retention": (before & now).sum() / now.sum() * 100}

# %% [markdown] lang="id" part="wrong" name="over_the_end"
# Pembilangnya tepat, penyebutnya pelanggan akhir. Retensi bertanya tentang nasib kelompok yang mana?

# %% [markdown] lang="en" part="wrong" name="over_the_end"
# The numerator is right, the denominator is the end. Whose fate does retention ask about?

# %% part="question"
question(
    "next_sale", kind="sql", columns=("segment", "up_sell", "cross_sell"), decimals=0, level="faded", data="follow_ups",
    variants=("electronics", "pharmacy", "sports"), title={"id": "Naik kelas atau tambah jenis", "en": "A better one, or one more kind"},
    rows=("F13",), book="1.2", notebook="10-portfolio-analysis", app="studio", function="crm.profitability.follow_up_sales", points=2,
)

# %% [markdown] lang="id" part="task"
# Tabel `follow_ups` berisi pembelian lanjutan pelanggan {what}: barang sebelumnya (`bought_before`), barang sekarang (`bought_now`), dan nilainya. Untuk setiap segmen, berapa rupiah **up-selling** (subkategori sama, `tier` lebih tinggi) dan **cross-selling** (departemen sama, kategori lain)? Barang yang sama lagi bukan keduanya.

# %% [markdown] lang="en" part="task"
# The table `follow_ups` has what customers of this {what} bought after an earlier purchase: the item before (`bought_before`), the item now (`bought_now`) and the amount. For each segment, how many rupiah are **up-selling** (the same subcategory, a higher `tier`) and **cross-selling** (the same department, another category)? The same item again is neither.

# %% part="start"
q.answer = """
SELECT f.segment,
       sum(CASE WHEN ... THEN f.amount ELSE 0 END) AS up_sell,
       sum(CASE WHEN ... THEN f.amount ELSE 0 END) AS cross_sell
FROM follow_ups f
JOIN products b ON b.product_id = f.bought_before
JOIN products n ON ...
GROUP BY f.segment
"""

# %% [markdown] lang="id" part="hint"
# Tabel `products` dipakai dua kali: sekali untuk barang sebelumnya (b), sekali untuk barang sekarang (n).

# %% [markdown] lang="en" part="hint"
# The table `products` is used twice: once for the item before (b), once for the item now (n).

# %% [markdown] lang="id" part="hint"
# Dua syarat untuk masing-masing, disambung AND. Bandingkan `n.tier` dengan `b.tier`, `n.category` dengan `b.category`.

# %% [markdown] lang="en" part="hint"
# Two conditions each, joined by AND. Compare `n.tier` with `b.tier`, and `n.category` with `b.category`.

# %% part="solution"
q.answer = """
SELECT f.segment,
       sum(CASE WHEN n.subcategory = b.subcategory AND n.tier > b.tier THEN f.amount ELSE 0 END) AS up_sell,
       sum(CASE WHEN n.department = b.department AND n.category <> b.category THEN f.amount ELSE 0 END) AS cross_sell
FROM follow_ups f
JOIN products b ON b.product_id = f.bought_before
JOIN products n ON n.product_id = f.bought_now
GROUP BY f.segment
"""

# %% [markdown] lang="id" part="why"
# Menurut buku, up-selling menawarkan produk yang sama dengan mutu lebih baik, sedangkan cross-selling menawarkan pelengkap. Buku tidak memberi aturan hitungnya; aturan pada soal adalah satu pilihan yang tertulis, dan angkanya berubah bila aturannya berubah. Dalam contoh sepuluh pembelian lanjutan dengan hasil 3, 5, dan 2, bagiannya 30%, 50%, dan 20%.

# %% [markdown] lang="en" part="why"
# In the book up-selling offers the same product in better quality, and cross-selling offers what goes with it. The book gives no rule for counting; the rule here is one choice, written down, and the figures change with it. In an example of ten follow-up purchases that fall 3, 5 and 2, the shares are 30%, 50% and 20%.

# %% part="wrong" name="tier_ignored"
q.answer = """SELECT f.segment, sum(CASE WHEN n.subcategory = b.subcategory THEN f.amount ELSE 0 END) AS up_sell,
sum(CASE WHEN n.department = b.department AND n.category <> b.category THEN f.amount ELSE 0 END) AS cross_sell
FROM follow_ups f JOIN products b ON b.product_id = f.bought_before JOIN products n ON n.product_id = f.bought_now GROUP BY f.segment"""

# %% [markdown] lang="id" part="wrong" name="tier_ignored"
# Subkategori yang sama saja belum up-selling: pembelian ulang dan penurunan kelas ikut terhitung. Apa yang harus naik?

# %% [markdown] lang="en" part="wrong" name="tier_ignored"
# The same subcategory alone is no up-selling: repeats and steps down are counted too. What has to rise?

# %% part="wrong" name="any_department"
q.answer = """SELECT f.segment, sum(CASE WHEN n.subcategory = b.subcategory AND n.tier > b.tier THEN f.amount ELSE 0 END) AS up_sell,
sum(CASE WHEN n.category <> b.category THEN f.amount ELSE 0 END) AS cross_sell
FROM follow_ups f JOIN products b ON b.product_id = f.bought_before JOIN products n ON n.product_id = f.bought_now GROUP BY f.segment"""

# %% [markdown] lang="id" part="wrong" name="any_department"
# Setiap kategori lain disebut cross-selling, juga dari departemen yang tidak berhubungan. Apakah barang itu pelengkap?

# %% [markdown] lang="en" part="wrong" name="any_department"
# Any other category is called cross-selling, even from an unrelated department. Does that item go with the earlier one?

# %% part="wrong" name="lines_for_rupiah"
q.answer = """SELECT f.segment, sum(CASE WHEN n.subcategory = b.subcategory AND n.tier > b.tier THEN 1 ELSE 0 END) AS up_sell,
sum(CASE WHEN n.department = b.department AND n.category <> b.category THEN 1 ELSE 0 END) AS cross_sell
FROM follow_ups f JOIN products b ON b.product_id = f.bought_before JOIN products n ON n.product_id = f.bought_now GROUP BY f.segment"""

# %% [markdown] lang="id" part="wrong" name="lines_for_rupiah"
# Itu banyaknya baris. Soal menanyakan nilainya dalam rupiah: kolom mana yang dijumlahkan?

# %% [markdown] lang="en" part="wrong" name="lines_for_rupiah"
# Those are numbers of lines. The question asks for rupiah: which column is summed?

# %% part="wrong" name="downward"
q.answer = """SELECT f.segment, sum(CASE WHEN n.subcategory = b.subcategory AND n.tier < b.tier THEN f.amount ELSE 0 END) AS up_sell,
sum(CASE WHEN n.department = b.department AND n.category <> b.category THEN f.amount ELSE 0 END) AS cross_sell
FROM follow_ups f JOIN products b ON b.product_id = f.bought_before JOIN products n ON n.product_id = f.bought_now GROUP BY f.segment"""

# %% [markdown] lang="id" part="wrong" name="downward"
# Arahnya terbalik: yang terhitung justru yang turun kelas. Tabel mana yang memuat barang sekarang, b atau n?

# %% [markdown] lang="en" part="wrong" name="downward"
# The direction is reversed: steps down are counted. Which of b and n holds the item bought now?

# %% part="question"
question(
    "not_crm", kind="matching", level="independent", variants=("a", "b", "c"), draw=8, points=2,
    title={"id": "Salah paham yang mana?", "en": "Which misconception is it?"},
    items={
        "s01": {"id": "“Server baru sudah terpasang, jadi proyek CRM selesai.”", "en": "“The new server is up, so the CRM project is done.”"},
        "s02": {"id": "“Yang tidak punya kartu poin bukan urusan tim CRM.”", "en": "“Who has no points card is no concern of the CRM team.”"},
        "s03": {"id": "“Layanan purnajual juga perlu melihat riwayat belanja pelanggan.”", "en": "“After-sales service needs to see a customer's purchases, too.”"},
        "s04": {"id": "“CRM adalah daftar alamat untuk mengirim brosur.”", "en": "“CRM is the list of addresses for our brochures.”"},
        "s05": {"id": "“Kita belum mencatat satu pembeli pun, tetapi bulan depan kita sudah bisa meramal siapa yang akan pergi.”", "en": "“We have recorded no buyer yet, but by next month we can forecast who will leave.”"},
        "s06": {"id": "“CRM cukup dijalankan tim kampanye; bagian operasi dan SDM tidak perlu tahu.”", "en": "“The campaign team runs CRM; operations and personnel need not know.”"},
        "s07": {"id": "“Kepala TI yang memimpin, karena ini soal perangkat lunak.”", "en": "“The head of IT leads it, for it is about software.”"},
        "s08": {"id": "“Isi gudang data pelanggan, dan CRM kita lengkap.”", "en": "“Fill the customer warehouse and our CRM is complete.”"},
        "s09": {"id": "“Setiap usaha, juga yang tanpa data, langsung dapat menghitung nilai seumur hidup pelanggannya.”", "en": "“Every firm, even one without data, can at once compute what its customers are worth for life.”"},
        "s10": {"id": "“Petugas yang cakap dan alur kerja yang rapi sama pentingnya dengan aplikasi.”", "en": "“Able people and tidy ways of working matter as much as the application.”"},
        "s11": {"id": "“Kita memberi satu poin tiap seribu rupiah; itulah CRM kita.”", "en": "“We give a point for every thousand rupiah; that is our CRM.”"},
        "s12": {"id": "“Menarik orang lewat iklan yang dipersonalkan, di situlah CRM mulai dan berakhir.”", "en": "“Drawing people by personalised advertising is where CRM begins and ends.”"},
    },
    classes={
        "database": {"id": "CRM adalah basis data pemasaran", "en": "CRM is a marketing database"},
        "process": {"id": "CRM adalah proses pemasaran", "en": "CRM is a marketing process"},
        "it": {"id": "CRM adalah urusan TI", "en": "CRM is a matter for IT"},
        "loyalty": {"id": "CRM adalah skema loyalitas", "en": "CRM is a loyalty scheme"},
        "everyone": {"id": "Setiap perusahaan langsung dapat menjalankan semua jenis CRM", "en": "Any company can run every type of CRM at once"},
        "sound": {"id": "Bukan salah paham", "en": "No misconception"},
    },
    rows=("F11",), book="1.2", notebook="21-foundations-and-models", app="checkup", function="crm.frameworks.grade",
)

# %% [markdown] lang="id" part="task"
# Delapan kalimat dari rapat. Pasangkan masing-masing dengan salah paham yang dinamai buku (bagian 1.2), atau dengan "bukan salah paham".

# %% [markdown] lang="en" part="task"
# Eight sentences from a meeting. Match each with the misconception that the book names (section 1.2), or with "no misconception".

# %% [markdown] lang="id" part="hint"
# Tanyakan pada setiap kalimat: CRM disempitkan menjadi apa? Menjadi simpanan data, kegiatan satu bagian, alat, atau program?

# %% [markdown] lang="en" part="hint"
# Ask of each sentence what CRM is narrowed down to: a store of data, one department's activity, a tool, or a programme?

# %% [markdown] lang="id" part="hint"
# Yang kelima dalam buku berbeda sifatnya: CRM strategis boleh siapa saja, CRM analitis memerlukan data.

# %% [markdown] lang="en" part="hint"
# The fifth in the book is of another kind: strategic CRM is open to anyone, analytical CRM needs data.

# %% part="solution"
q.answer = {
    "s01": "it", "s02": "loyalty", "s03": "sound", "s04": "database", "s05": "everyone", "s06": "process",
    "s07": "it", "s08": "database", "s09": "everyone", "s10": "sound", "s11": "loyalty", "s12": "process",
}

# %% [markdown] lang="id" part="why"
# Basis data, kampanye, aplikasi, dan poin adalah bagian atau alat CRM; menyamakannya dengan CRM menghilangkan strategi, orang, dan proses. Salah paham kelima separuh benar: perusahaan mana pun boleh berpusat pada pelanggan, tetapi tanpa data tidak ada CRM analitis.

# %% [markdown] lang="en" part="why"
# Databases, campaigns, applications and points are parts or tools of CRM; to take them for CRM loses strategy, people and processes. The fifth misconception is half true: any company may put customers at its centre, but without data there is no analytical CRM.

# %% part="wrong" name="all_believed"
q.answer = dict.fromkeys(["s01", "s02", "s03", "s04", "s05", "s06", "s07", "s08", "s09", "s10", "s11", "s12"], "sound")

# %% [markdown] lang="id" part="wrong" name="all_believed"
# Ada pernyataan yang Anda terima begitu saja. Kalimat itu menyebut alat atau bagian; apakah bagian itu sama dengan keseluruhannya?

# %% [markdown] lang="en" part="wrong" name="all_believed"
# Some statements were taken on trust. They name a tool or a part; is that part the same as the whole?

# %% part="wrong" name="all_it"
q.answer = {
    "s01": "it", "s02": "it", "s03": "sound", "s04": "it", "s05": "it", "s06": "process",
    "s07": "it", "s08": "it", "s09": "it", "s10": "sound", "s11": "it", "s12": "process",
}

# %% [markdown] lang="id" part="wrong" name="all_it"
# Setiap kalimat tentang data atau kartu Anda masukkan ke TI. Apakah pembicara berkata bahwa **bagian TI** yang bertanggung jawab, atau hal lain?

# %% [markdown] lang="en" part="wrong" name="all_it"
# Every sentence about data or cards was put down to IT. Does the speaker say that the **IT department** is responsible, or something else?

# %% part="wrong" name="all_marketing"
q.answer = {
    "s01": "it", "s02": "loyalty", "s03": "process", "s04": "process", "s05": "everyone", "s06": "process",
    "s07": "it", "s08": "process", "s09": "everyone", "s10": "process", "s11": "loyalty", "s12": "process",
}

# %% [markdown] lang="id" part="wrong" name="all_marketing"
# Simpanan data dan kegiatan pemasaran tercampur. Apakah kalimat itu berbicara tentang benda yang disimpan, atau tentang kegiatan yang dijalankan satu bagian?

# %% [markdown] lang="en" part="wrong" name="all_marketing"
# A store of data and an activity of marketing are mixed up. Does the sentence speak of something kept, or of something one department does?

# %% part="question"
question(
    "four_types", kind="matching", level="independent", variants=("a", "b", "c"), draw=10, points=2,
    title={"id": "Empat jenis CRM", "en": "Four types of CRM"},
    items={
        "e01": {"id": "Gudang data ditambang untuk menemukan barang yang dibeli bersama.", "en": "The warehouse is mined for goods bought together."},
        "e02": {"id": "Pesan ulang tahun terkirim otomatis pada harinya.", "en": "Birthday messages go out by themselves on the day."},
        "e03": {"id": "Peritel dan pemasok meramal permintaan bersama.", "en": "Retailer and supplier forecast demand together."},
        "e04": {"id": "Bonus manajer dikaitkan dengan bertahannya pelanggan.", "en": "Managers' bonus is tied to customers who stay."},
        "e05": {"id": "Panggilan masuk dialihkan ke petugas yang tepat.", "en": "Incoming calls are routed to the right agent."},
        "e06": {"id": "Data stok dipertukarkan dengan mitra lewat EDI dan portal.", "en": "Stock data are exchanged with partners by EDI and portal."},
        "e07": {"id": "Perusahaan menulis ulang misinya di sekitar kebutuhan pelanggan.", "en": "The company rewrites its mission around what customers need."},
        "e08": {"id": "Sebuah model menaksir pelanggan mana yang akan beralih ke pesaing.", "en": "A model estimates which customers will turn to a rival."},
        "e09": {"id": "Cerita petugas yang menolong pelanggan dibacakan di setiap rapat.", "en": "Stories of staff who helped a customer are read out in every meeting."},
        "e10": {"id": "Tenaga penjualan mencatat prospek dan tahapnya di aplikasi.", "en": "Sales people keep leads and their stages in an application."},
        "e11": {"id": "Nilai masa depan setiap segmen ditaksir untuk memilih siapa yang dikunjungi.", "en": "Each segment's future value is estimated to choose whom to visit."},
        "e12": {"id": "Produsen dan peritel menjalankan pemasaran bersama.", "en": "Maker and retailer run marketing together."},
        "e13": {"id": "Permintaan servis mendapat nomor dan naskah tanya jawab di layar petugas.", "en": "A service request gets a number, and a script on the agent's screen."},
        "e14": {"id": "Anggaran dialihkan ke tempat yang paling menambah nilai bagi pelanggan.", "en": "Budget is moved to where it adds most value for customers."},
        "e15": {"id": "Hasil kampanye dibandingkan dengan kelompok yang tidak dikirimi.", "en": "A campaign's result is compared with a group that was sent nothing."},
        "e16": {"id": "Rumah sakit dan asuransi memakai satu portal klaim untuk pasien yang sama.", "en": "Hospital and insurer use one claims portal for the same patients."},
    },
    classes={
        "strategic": {"id": "CRM strategis", "en": "Strategic CRM"},
        "operational": {"id": "CRM operasional", "en": "Operational CRM"},
        "analytical": {"id": "CRM analitis", "en": "Analytical CRM"},
        "collaborative": {"id": "CRM kolaboratif", "en": "Collaborative CRM"},
    },
    rows=("F10",), book="1.3", notebook="21-foundations-and-models", app="checkup", function="crm.frameworks.grade",
)

# %% [markdown] lang="id" part="task"
# Sepuluh kejadian di perusahaan. Jenis CRM yang mana (bagian 1.3)?

# %% [markdown] lang="en" part="task"
# Ten things that happen in companies. Which type of CRM is each (section 1.3)?

# %% [markdown] lang="id" part="hint"
# Empat pertanyaan: mengubah budaya? menjalankan pekerjaan di depan pelanggan? menggali data? melintasi batas perusahaan?

# %% [markdown] lang="en" part="hint"
# Four questions: does it change the culture? run work in front of customers? dig into data? cross the company's border?

# %% [markdown] lang="id" part="hint"
# Alat yang dipakai tidak menentukan. Yang menentukan untuk apa dan bersama siapa pekerjaan itu dilakukan.

# %% [markdown] lang="en" part="hint"
# The tool does not decide. What decides is what the work is for, and with whom it is done.

# %% part="solution"
q.answer = {
    "e01": "analytical", "e02": "operational", "e03": "collaborative", "e04": "strategic",
    "e05": "operational", "e06": "collaborative", "e07": "strategic", "e08": "analytical",
    "e09": "strategic", "e10": "operational", "e11": "analytical", "e12": "collaborative",
    "e13": "operational", "e14": "strategic", "e15": "analytical", "e16": "collaborative",
}

# %% [markdown] lang="id" part="why"
# Strategis membentuk budaya, operasional mengotomatiskan pekerjaan di depan pelanggan, analitis mengubah data menjadi keputusan, kolaboratif melintasi batas perusahaan dalam rantai pasok. Satu program sering memuat keempatnya; yang dipilah di sini adalah pekerjaan, bukan aplikasi.

# %% [markdown] lang="en" part="why"
# Strategic CRM shapes the culture, operational CRM automates work in front of customers, analytical CRM turns data into decisions, collaborative CRM crosses the company's border along the supply chain. One programme often holds all four; what is sorted here is work, not applications.

# %% part="wrong" name="software_is_operational"
q.answer = {
    "e01": "operational", "e02": "operational", "e03": "operational", "e04": "strategic",
    "e05": "operational", "e06": "operational", "e07": "strategic", "e08": "operational",
    "e09": "strategic", "e10": "operational", "e11": "operational", "e12": "operational",
    "e13": "operational", "e14": "strategic", "e15": "operational", "e16": "operational",
}

# %% [markdown] lang="id" part="wrong" name="software_is_operational"
# Semua yang memakai sistem Anda sebut operasional. Apakah pekerjaan itu melayani pelanggan langsung, menggali data, atau menghubungkan dua perusahaan?

# %% [markdown] lang="en" part="wrong" name="software_is_operational"
# Whatever uses a system is called operational. Does that work serve customers directly, dig into data, or link two companies?

# %% part="wrong" name="data_is_analytical"
q.answer = {
    "e01": "analytical", "e02": "analytical", "e03": "analytical", "e04": "strategic",
    "e05": "analytical", "e06": "analytical", "e07": "strategic", "e08": "analytical",
    "e09": "strategic", "e10": "analytical", "e11": "analytical", "e12": "analytical",
    "e13": "analytical", "e14": "strategic", "e15": "analytical", "e16": "analytical",
}

# %% [markdown] lang="id" part="wrong" name="data_is_analytical"
# Ada data di mana-mana, tetapi memakai data belum berarti menganalisisnya. Apakah ada pola atau taksiran yang dicari?

# %% [markdown] lang="en" part="wrong" name="data_is_analytical"
# Data are everywhere, but using data is not analysing them. Is a pattern or an estimate being looked for?

# %% part="wrong" name="decisions_are_strategic"
q.answer = {
    "e01": "strategic", "e02": "operational", "e03": "strategic", "e04": "strategic",
    "e05": "operational", "e06": "strategic", "e07": "strategic", "e08": "strategic",
    "e09": "strategic", "e10": "operational", "e11": "strategic", "e12": "strategic",
    "e13": "operational", "e14": "strategic", "e15": "strategic", "e16": "strategic",
}

# %% [markdown] lang="id" part="wrong" name="decisions_are_strategic"
# Yang terdengar penting Anda sebut strategis. Menurut buku, CRM strategis adalah soal budaya; apakah kejadian itu mengubah budaya?

# %% [markdown] lang="en" part="wrong" name="decisions_are_strategic"
# What sounds important is called strategic. In the book strategic CRM is about culture; does this event change the culture?

# %% part="question"
question(
    "whole_customer", kind="number", unit="money", digits=6, level="independent", data="one_customer",
    variants=("shop", "course", "workshop"), title={"id": "Seorang pelanggan seutuhnya", "en": "One customer as a whole"},
    rows=("F21",), book="2.2", notebook="12-customer-value", app="executive", function="crm.customers.card", points=2,
)

# %% [markdown] lang="id" part="task"
# Buku meminta informasi yang holistik tentang pelanggan (bagian 1.2 dan 2.2). Berapa nilai **bersih** (pesanan dikurangi pengembalian) semua transaksi pelanggan **{customer}** di {what} ini? Tabel `merged` memuat nomor lama yang ternyata orang yang sama dengan `survivor_id`. Satu pesanan dapat dikembalikan dalam beberapa kali.

# %% [markdown] lang="en" part="task"
# The book asks for a holistic view of customers (sections 1.2 and 2.2). What is the **net** value (orders less returns) of everything that customer **{customer}** bought from this {what}? The table `merged` lists old numbers that turned out to be the same person as `survivor_id`. One order may come back in several returns.

# %% [markdown] lang="id" part="hint"
# Kumpulkan dahulu semua nomor milik orang itu: nomornya sendiri dan nomor lama yang digabungkan kepadanya.

# %% [markdown] lang="en" part="hint"
# First gather all numbers of this person: the own one, and old ones that were merged into it.

# %% [markdown] lang="id" part="hint"
# Jumlahkan pesanan dan pengembalian terpisah, baru dikurangkan. Jangan menyambung kedua tabel lebih dahulu.

# %% [markdown] lang="en" part="hint"
# Sum orders and returns apart, then subtract. Do not join the two tables first.

# %% [markdown] lang="id" part="hint"
# Pengembalian orang ini: `returns["order_id"].isin(...)` dengan nomor pesanan miliknya.

# %% [markdown] lang="en" part="hint"
# This person's returns: `returns["order_id"].isin(...)` with the numbers of his or her orders.

# %% part="solution"
sales, returns, merged = q.data["sales"], q.data["returns"], q.data["merged"]
me = q.data["customer"]
ids = [me, *merged.loc[merged["survivor_id"] == me, "customer_id"]]
mine = sales[sales["customer_id"].isin(ids)]
back = returns.loc[returns["order_id"].isin(mine["order_id"]), "amount"].sum()
q.answer = mine["amount"].sum() - back

# %% part="package"
survivor = q.data["merged"].set_index("customer_id")["survivor_id"]
sales = q.data["sales"].assign(customer_id=q.data["sales"]["customer_id"].replace(survivor.to_dict()))
tables = {"sales": sales, "returns": q.data["returns"]}
q.answer = crm.customers.card(tables, q.data["customer"], as_of="2020-12-31").facts["net"]

# %% [markdown] lang="id" part="why"
# Kartu pelanggan harus cocok dengan buku besar: 120 + 80 − 20 = 180. Nomor ganda membuat satu orang tampak seperti dua pelanggan kecil, dan menyambung pesanan dengan pengembalian menggandakan pesanan yang kembali dua kali. Pandangan menyeluruh adalah soal penggabungan yang benar, bukan soal layar.

# %% [markdown] lang="en" part="why"
# A customer's card must agree with the ledger: 120 + 80 − 20 = 180. Two numbers make one person look like two small customers, and joining orders with returns doubles an order that came back twice. A whole view is a matter of putting tables together rightly, not of a screen.

# %% part="wrong" name="old_number_forgotten"
sales, returns, me = q.data["sales"], q.data["returns"], q.data["customer"]
mine = sales[sales["customer_id"] == me]
q.answer = mine["amount"].sum() - returns.loc[returns["order_id"].isin(mine["order_id"]), "amount"].sum()

# %% [markdown] lang="id" part="wrong" name="old_number_forgotten"
# Hanya satu nomornya yang dihitung. Siapa lagi orang ini menurut tabel `merged`?

# %% [markdown] lang="en" part="wrong" name="old_number_forgotten"
# Only one number is counted. Who else is this person, as `merged` has it?

# %% part="wrong" name="returns_forgotten"
sales, merged, me = q.data["sales"], q.data["merged"], q.data["customer"]
ids = [me, *merged.loc[merged["survivor_id"] == me, "customer_id"]]
q.answer = sales.loc[sales["customer_id"].isin(ids), "amount"].sum()

# %% [markdown] lang="id" part="wrong" name="returns_forgotten"
# Itu nilai kotor. Barang apa yang sudah kembali ke perusahaan?

# %% [markdown] lang="en" part="wrong" name="returns_forgotten"
# That is the gross value. Which goods went back to the company?

# %% part="wrong" name="fan_out"
sales, returns, merged, me = q.data["sales"], q.data["returns"], q.data["merged"], q.data["customer"]
ids = [me, *merged.loc[merged["survivor_id"] == me, "customer_id"]]
joined = sales[sales["customer_id"].isin(ids)].merge(returns, on="order_id", how="left", suffixes=("", "_back"))
q.answer = joined["amount"].sum() - joined["amount_back"].sum()

# %% [markdown] lang="id" part="wrong" name="fan_out"
# Penggandaan baris (fan-out): pesanan yang kembali dua kali muncul dua kali setelah tabel disambung. Berapa baris yang seharusnya dimiliki satu pesanan?

# %% [markdown] lang="en" part="wrong" name="fan_out"
# Rows were multiplied (fan-out): an order that came back twice appears twice after the join. How many rows should one order have?

# %% part="wrong" name="order_dropped"
sales, returns, merged, me = q.data["sales"], q.data["returns"], q.data["merged"], q.data["customer"]
ids = [me, *merged.loc[merged["survivor_id"] == me, "customer_id"]]
mine = sales[sales["customer_id"].isin(ids)]
q.answer = mine.loc[~mine["order_id"].isin(returns["order_id"]), "amount"].sum()

# %% [markdown] lang="id" part="wrong" name="order_dropped"
# Pesanan yang pernah dikembalikan Anda buang seluruhnya. Apakah seluruh nilainya kembali?

# %% [markdown] lang="en" part="wrong" name="order_dropped"
# Orders with a return were dropped altogether. Did all of their value come back?

# %% part="question"
question(
    "idic", kind="number", unit="percent", digits=4, level="independent", data="four_steps", variants=("store", "bank", "clinic"),
    title={"id": "Rantai IDIC", "en": "The IDIC chain"},
    rows=("F01",), book="2.3", notebook="21-foundations-and-models", app="checkup", function="crm.frameworks.idic", points=2,
)

# %% [markdown] lang="id" part="task"
# Empat langkah Peppers dan Rogers pada data {what} ini. **Kenali**: transaksi yang ada pelanggannya, dari semua transaksi. **Bedakan**: pelanggan yang punya tingkat (`tier`), dari semua pelanggan. **Berinteraksi**: dari yang punya tingkat, yang kontaknya dua arah (keluar **dan** masuk). **Sesuaikan**: dari yang berinteraksi itu, yang menerima tawaran untuk tingkatnya sendiri. Berapa persen rantainya, hasil kali keempat bagian?

# %% [markdown] lang="en" part="task"
# The four steps of Peppers and Rogers on the data of this {what}. **Identify**: transactions with a known customer, of all transactions. **Differentiate**: customers with a tier, of all customers. **Interact**: of those with a tier, those with contact both ways (outgoing **and** incoming). **Customise**: of those who interact, those offered something made for their own tier. What is the chain, the product of the four shares, in percent?

# %% [markdown] lang="id" part="hint"
# Contoh kecil: 150/200 dikenal, 120/120 punya tingkat, 60/120 dua arah, 45/60 disesuaikan: 0,75 × 1 × 0,5 × 0,75 = 28,1%.

# %% [markdown] lang="en" part="hint"
# A small example: 150/200 known, 120/120 in a tier, 60/120 both ways, 45/60 tailored: 0.75 × 1 × 0.5 × 0.75 = 28.1%.

# %% [markdown] lang="id" part="hint"
# Dua arah: himpunan nomor dengan `outgoing` diiris dengan himpunan nomor dengan `incoming`.

# %% [markdown] lang="en" part="hint"
# Both ways: the set of numbers with `outgoing`, intersected with the set of numbers with `incoming`.

# %% [markdown] lang="id" part="hint"
# Setiap langkah hanya menghitung orang yang lolos langkah sebelumnya; begitu juga penyebutnya.

# %% [markdown] lang="en" part="hint"
# From the second step on, each step counts only people who passed the one before; so does its denominator.

# %% part="solution"
sales, people, contacts, offers = (q.data[k] for k in ("sales", "customers", "contacts", "offers"))
identify = sales["customer_id"].notna().mean()
tiered = people[people["tier"].notna()]
differentiate = len(tiered) / len(people)
ways = contacts.groupby("customer_id")["direction"].nunique()
both = tiered[tiered["customer_id"].isin(ways[ways == 2].index)]
interact = len(both) / len(tiered)
offer = both["customer_id"].map(offers.set_index("customer_id")["offer_tier"])
customise = (offer == both["tier"]).mean()
q.answer = identify * differentiate * interact * customise * 100

# %% part="package"
told = crm.frameworks.idic(q.data["sales"], q.data["customers"], q.data["contacts"], q.data["offers"], as_of="2020-12-31")
q.answer = told.table["share"].iloc[-1] * 100

# %% [markdown] lang="id" part="why"
# Setiap langkah adalah bagian dari sisa langkah sebelumnya, sehingga rantainya hasil kali. Empat angka yang lumayan menjadi satu angka yang rendah. Rata-rata keempatnya tidak menyatakan bagian dari siapa pun. Buku menjelaskan keempat tindakan tanpa ukuran; ukuran ini satu cara yang tertulis.

# %% [markdown] lang="en" part="why"
# Each step is a share of what the one before left, so the chain is a product. Four fair figures make a low one. The mean of the four is a share of nobody. The book describes the four actions without a measure; this is one way of measuring, written down.

# %% part="wrong" name="mean_of_four"
sales, people, contacts, offers = (q.data[k] for k in ("sales", "customers", "contacts", "offers"))
tiered = people[people["tier"].notna()]
ways = contacts.groupby("customer_id")["direction"].nunique()
both = tiered[tiered["customer_id"].isin(ways[ways == 2].index)]
offer = both["customer_id"].map(offers.set_index("customer_id")["offer_tier"])
q.answer = np.mean([sales["customer_id"].notna().mean(), len(tiered) / len(people), len(both) / len(tiered), (offer == both["tier"]).mean()]) * 100

# %% [markdown] lang="id" part="wrong" name="mean_of_four"
# Keempat bagian dirata-ratakan. Kalau satu langkah bernilai nol, berapa pelanggan yang sampai di ujung rantai?

# %% [markdown] lang="en" part="wrong" name="mean_of_four"
# The four shares were averaged. If one step were zero, how many customers would reach the end of the chain?

# %% part="wrong" name="any_contact"
sales, people, contacts, offers = (q.data[k] for k in ("sales", "customers", "contacts", "offers"))
tiered = people[people["tier"].notna()]
met = tiered[tiered["customer_id"].isin(contacts["customer_id"])]
offer = met["customer_id"].map(offers.set_index("customer_id")["offer_tier"])
q.answer = sales["customer_id"].notna().mean() * len(tiered) / len(people) * len(met) / len(tiered) * (offer == met["tier"]).mean() * 100

# %% [markdown] lang="id" part="wrong" name="any_contact"
# Kontak satu arah sudah Anda sebut interaksi. Apakah brosur yang tidak dijawab adalah percakapan?

# %% [markdown] lang="en" part="wrong" name="any_contact"
# Contact one way was taken for interaction. Is a leaflet that nobody answers a conversation?

# %% part="wrong" name="any_offer"
sales, people, contacts, offers = (q.data[k] for k in ("sales", "customers", "contacts", "offers"))
tiered = people[people["tier"].notna()]
ways = contacts.groupby("customer_id")["direction"].nunique()
both = tiered[tiered["customer_id"].isin(ways[ways == 2].index)]
q.answer = sales["customer_id"].notna().mean() * len(tiered) / len(people) * len(both) / len(tiered) * both["customer_id"].isin(offers["customer_id"]).mean() * 100

# %% [markdown] lang="id" part="wrong" name="any_offer"
# Setiap tawaran dianggap disesuaikan. Untuk tingkat siapa tawaran itu dibuat?

# %% [markdown] lang="en" part="wrong" name="any_offer"
# Any offer counts as customised. For whose tier was that offer made?

# %% part="wrong" name="all_customers_below"
sales, people, contacts, offers = (q.data[k] for k in ("sales", "customers", "contacts", "offers"))
n = len(people)
tiered = people[people["tier"].notna()]
ways = contacts.groupby("customer_id")["direction"].nunique()
both = tiered[tiered["customer_id"].isin(ways[ways == 2].index)]
offer = both["customer_id"].map(offers.set_index("customer_id")["offer_tier"])
q.answer = sales["customer_id"].notna().mean() * len(tiered) / n * len(both) / n * (offer == both["tier"]).sum() / n * 100

# %% [markdown] lang="id" part="wrong" name="all_customers_below"
# Setiap langkah dibagi dengan semua pelanggan, lalu dikalikan: orang yang gugur dihitung berkali-kali. Siapa penyebut langkah ketiga?

# %% [markdown] lang="en" part="wrong" name="all_customers_below"
# Every step is divided by all customers and then multiplied: who dropped out is taken off again and again. Who is the denominator of the third step?

# %% part="question"
question(
    "value_chain", kind="table", columns=("branch", "stages", "conditions", "blocked"), decimals=2, level="independent", data="branches",
    variants=("store", "clinic", "agency"), title={"id": "Rantai nilai tiap cabang", "en": "The value chain of each branch"},
    rows=("F02",), book="2.3", notebook="21-foundations-and-models", app="checkup", function="crm.profitability.value_chain", points=3,
)

# %% [markdown] lang="id" part="task"
# Delapan cabang {what} diberi skor 0 sampai 4 menurut rantai nilai Buttle: lima tahap utama (`step` 1 sampai 5) dan empat kondisi pendukung. Untuk setiap cabang: rata-rata skor tahap (`stages`), rata-rata skor kondisi (`conditions`), dan banyaknya tahap yang **terhambat** (`blocked`). Tahap terhambat bila ada tahap **sebelumnya** (bukan dirinya) yang skornya di bawah 2. Kondisi tidak menghambat.

# %% [markdown] lang="en" part="task"
# Eight branches of a chain of {what} are scored from 0 to 4 along Buttle's value chain: five primary stages (`step` 1 to 5) and four supporting conditions. For each branch: the mean score of its stages (`stages`), the mean score of its conditions (`conditions`), and the number of stages that are **blocked** (`blocked`). A stage is blocked when some **earlier** stage (not itself) scores below 2. Conditions do not block.

# %% [markdown] lang="id" part="hint"
# Pisahkan tahap dari kondisi dengan kolom `kind`, dan urutkan tahap menurut `step`.

# %% [markdown] lang="en" part="hint"
# Part stages from conditions by the column `kind`, and sort stages by `step`.

# %% [markdown] lang="id" part="hint"
# Setelah tahap pertama yang skornya di bawah 2, semua tahap di belakangnya terhambat. Jadi cukup cari langkah lemah yang paling awal.

# %% [markdown] lang="en" part="hint"
# After the first stage that scores below 2, all later ones are blocked. So it is enough to find the earliest weak step.

# %% [markdown] lang="id" part="hint"
# Banyaknya terhambat = 5 − `step` tahap lemah yang pertama; bila tidak ada yang lemah, nol.

# %% [markdown] lang="en" part="hint"
# Blocked = 5 − the `step` of the first weak stage; none if no stage is weak.

# %% part="solution"
s = q.data["scores"]
stages, conditions = s[s["kind"] == "stage"], s[s["kind"] == "condition"]
table = pd.DataFrame(
    {
        "stages": stages.groupby("branch")["score"].mean(),
        "conditions": conditions.groupby("branch")["score"].mean(),
    }
)
first_weak = stages[stages["score"] < 2].groupby("branch")["step"].min()
table["blocked"] = (5 - first_weak).reindex(table.index).fillna(0).astype(int)
q.answer = table.reset_index()

# %% part="package"
rows = []
for branch, s in q.data["scores"].groupby("branch"):
    facts = crm.profitability.value_chain({p: (int(v), "seen") for p, v in zip(s["part"], s["score"])}).facts
    rows.append((branch, facts["stages"], facts["conditions"], len(facts["blocked"])))
q.answer = pd.DataFrame(rows, columns=["branch", "stages", "conditions", "blocked"])

# %% [markdown] lang="id" part="why"
# Buttle mengurutkan kelima tahap: yang belum tahu siapa pelanggannya tidak terbantu oleh proposisi nilai yang halus. Karena itu satu tahap lemah di depan menghambat semua di belakangnya, sedangkan rata-rata menutupinya. Contoh: tahap 3, 2, 4, 1, 2 bernilai rata-rata 2,40, dan hanya tahap kelima yang terhambat.

# %% [markdown] lang="en" part="why"
# Buttle puts the five stages in an order: who does not know whom to serve is not helped by a polished value proposition. So a weak stage in front blocks all behind it, and a mean hides that. An example: stages 3, 2, 4, 1, 2 average 2.40, and only the fifth is blocked.

# %% part="wrong" name="nine_together"
s = q.data["scores"]
stages = s[s["kind"] == "stage"]
table = pd.DataFrame({"stages": s.groupby("branch")["score"].mean(), "conditions": s[s["kind"] == "condition"].groupby("branch")["score"].mean()})
first_weak = stages[stages["score"] < 2].groupby("branch")["step"].min()
table["blocked"] = (5 - first_weak).reindex(table.index).fillna(0).astype(int)
q.answer = table.reset_index()

# %% [markdown] lang="id" part="wrong" name="nine_together"
# Kolom `stages` memuat rata-rata kesembilan skor. Tahap dan kondisi menjawab pertanyaan yang berbeda; baris mana yang tahap?

# %% [markdown] lang="en" part="wrong" name="nine_together"
# The column `stages` holds the mean of all nine scores. Stages and conditions answer different questions; which rows are stages?

# %% part="wrong" name="weak_counts_itself"
s = q.data["scores"]
stages = s[s["kind"] == "stage"]
table = pd.DataFrame({"stages": stages.groupby("branch")["score"].mean(), "conditions": s[s["kind"] == "condition"].groupby("branch")["score"].mean()})
first_weak = stages[stages["score"] < 2].groupby("branch")["step"].min()
table["blocked"] = (6 - first_weak).reindex(table.index).fillna(0).astype(int)
q.answer = table.reset_index()

# %% [markdown] lang="id" part="wrong" name="weak_counts_itself"
# Tahap yang lemah ikut dihitung terhambat. Apakah tahap itu dihambat oleh tahap sebelumnya, atau hanya lemah?

# %% [markdown] lang="en" part="wrong" name="weak_counts_itself"
# The weak stage counts as blocked as well. Is it held up by a stage before it, or just weak?

# %% part="wrong" name="next_stage_only"
s = q.data["scores"]
stages = s[s["kind"] == "stage"].sort_values(["branch", "step"])
table = pd.DataFrame({"stages": stages.groupby("branch")["score"].mean(), "conditions": s[s["kind"] == "condition"].groupby("branch")["score"].mean()})
held = stages.groupby("branch")["score"].shift() < 2
table["blocked"] = held.groupby(stages["branch"]).sum()
q.answer = table.reset_index()

# %% [markdown] lang="id" part="wrong" name="next_stage_only"
# Anda hanya melihat tahap tepat sebelumnya. Apakah tahap keempat bebas bila tahap pertama yang lemah?

# %% [markdown] lang="en" part="wrong" name="next_stage_only"
# Only the stage right before is looked at. Is the fourth stage free when the first one is weak?

# %% part="wrong" name="conditions_block"
s = q.data["scores"]
stages, conditions = s[s["kind"] == "stage"], s[s["kind"] == "condition"]
table = pd.DataFrame({"stages": stages.groupby("branch")["score"].mean(), "conditions": conditions.groupby("branch")["score"].mean()})
first_weak = stages[stages["score"] < 2].groupby("branch")["step"].min()
blocked = (5 - first_weak).reindex(table.index).fillna(0)
table["blocked"] = blocked.where(conditions.groupby("branch")["score"].min() >= 2, 5).astype(int)
q.answer = table.reset_index()

# %% [markdown] lang="id" part="wrong" name="conditions_block"
# Kondisi yang lemah Anda anggap menghambat semua tahap. Menurut aturan soal, apa yang boleh menghambat?

# %% [markdown] lang="en" part="wrong" name="conditions_block"
# A weak condition was taken to block every stage. By the rule of this question, what can block?

# %% part="question"
question(
    "five_processes", kind="matching", level="independent", variants=("a", "b", "c"), draw=10, points=2,
    title={"id": "Lima proses Payne dan Frow", "en": "Payne and Frow's five processes"},
    items={
        "p01": {"id": "Pesanan di situs web diambil di toko tanpa ditanya ulang.", "en": "An order on the website is collected in the store without being asked again."},
        "p02": {"id": "Menyatukan catatan pelanggan dari kasir dan keuangan.", "en": "Bringing customer records of the till and of finance together."},
        "p03": {"id": "Memutuskan segmen mana yang dilayani tahun depan.", "en": "Deciding which segments to serve next year."},
        "p04": {"id": "Melaporkan retensi kepada direksi setiap triwulan.", "en": "Reporting retention to the board every quarter."},
        "p05": {"id": "Merancang tawaran yang bernilai bagi pelanggan dan bagi perusahaan.", "en": "Designing an offer with value for customers and for the company."},
        "p06": {"id": "Menetapkan standar layanan dan memantau apakah ditepati.", "en": "Setting standards of service and watching whether they are kept."},
        "p07": {"id": "Menurunkan visi perusahaan menjadi sasaran pelanggan.", "en": "Turning the company's vision into goals about customers."},
        "p08": {"id": "Menambang gudang data untuk menemukan pola pembelian.", "en": "Mining the warehouse for patterns of buying."},
        "p09": {"id": "Menjawab pertanyaan di WhatsApp dengan cara yang sama seperti di toko.", "en": "Answering on WhatsApp the same way as in the store."},
        "p10": {"id": "Menaksir berapa nilai yang akan dibawa pelanggan selama hidupnya.", "en": "Estimating what a customer will bring over a lifetime."},
        "p11": {"id": "Memilih apakah perusahaan bersaing dengan biaya rendah atau kedekatan pelanggan.", "en": "Choosing whether to compete by low cost or by closeness to customers."},
        "p12": {"id": "Pusat panggilan dan toko melihat keluhan yang sama.", "en": "Call centre and store see the same complaint."},
        "p13": {"id": "Memutuskan bersama pelanggan bagian mana dari layanan yang dikerjakan siapa.", "en": "Settling with customers who does which part of a service."},
        "p14": {"id": "Menjaga mutu dan izin pakai data pelanggan.", "en": "Looking after the quality of customer data and the consent to use them."},
        "p15": {"id": "Membandingkan hasil tahun ini dengan nilai bagi pemegang saham yang dijanjikan.", "en": "Comparing this year's results with the shareholder value that was promised."},
    },
    classes={
        "strategy": {"id": "Pengembangan strategi", "en": "Strategy development"},
        "value": {"id": "Penciptaan nilai", "en": "Value creation"},
        "channels": {"id": "Integrasi multisaluran", "en": "Multichannel integration"},
        "performance": {"id": "Penilaian kinerja", "en": "Performance assessment"},
        "information": {"id": "Manajemen informasi", "en": "Information management"},
    },
    rows=("F08",), book="2.3", notebook="21-foundations-and-models", app="checkup", function="crm.frameworks.grade",
)

# %% [markdown] lang="id" part="task"
# Sepuluh pekerjaan. Termasuk proses yang mana dalam model lima proses Payne dan Frow (bagian 2.3)?

# %% [markdown] lang="en" part="task"
# Ten pieces of work. Which of Payne and Frow's five processes does each belong to (section 2.3)?

# %% [markdown] lang="id" part="hint"
# Lima pertanyaan: ke mana? nilai apa dan untuk siapa? lewat saluran mana? sudah tercapai? data apa?

# %% [markdown] lang="en" part="hint"
# Five questions: where to? what value, for whom? through which channel? was it reached? which data?

# %% [markdown] lang="id" part="hint"
# Menetapkan tujuan dan memeriksa tujuan adalah dua proses yang berbeda. Menyimpan data dan memakainya dalam percakapan juga.

# %% [markdown] lang="en" part="hint"
# Setting a goal and checking it are two processes. So are keeping data and using them in a conversation.

# %% part="solution"
q.answer = {
    "p01": "channels", "p02": "information", "p03": "strategy", "p04": "performance", "p05": "value",
    "p06": "performance", "p07": "strategy", "p08": "information", "p09": "channels", "p10": "value",
    "p11": "strategy", "p12": "channels", "p13": "value", "p14": "information", "p15": "performance",
}

# %% [markdown] lang="id" part="why"
# Strategi dan penciptaan nilai mewakili CRM strategis, integrasi multisaluran CRM operasional, manajemen informasi CRM analitis. Penilaian kinerja tidak dipetakan buku ke jenis mana pun; kekosongan itu ada di bukunya. Dalam contoh, sembilan dari sepuluh pasangan yang tepat adalah 90,0%.

# %% [markdown] lang="en" part="why"
# Strategy and value creation stand for strategic CRM, multichannel integration for operational CRM, information management for analytical CRM. The book maps performance assessment to no type; that gap is the book's. In the example nine of ten pairs right make 90.0%.

# %% part="wrong" name="screens_are_information"
q.answer = {
    "p01": "information", "p02": "information", "p03": "strategy", "p04": "information", "p05": "value",
    "p06": "information", "p07": "strategy", "p08": "information", "p09": "information", "p10": "value",
    "p11": "strategy", "p12": "information", "p13": "value", "p14": "information", "p15": "information",
}

# %% [markdown] lang="id" part="wrong" name="screens_are_information"
# Di mana ada layar atau laporan, Anda memilih manajemen informasi. Apakah pekerjaannya mengurus data, bertemu pelanggan, atau memeriksa hasil?

# %% [markdown] lang="en" part="wrong" name="screens_are_information"
# Where there is a screen or a report, information management was chosen. Is the work about looking after data, meeting customers, or checking results?

# %% part="wrong" name="goals_are_strategy"
q.answer = {
    "p01": "channels", "p02": "information", "p03": "strategy", "p04": "strategy", "p05": "strategy",
    "p06": "strategy", "p07": "strategy", "p08": "information", "p09": "channels", "p10": "strategy",
    "p11": "strategy", "p12": "channels", "p13": "strategy", "p14": "information", "p15": "strategy",
}

# %% [markdown] lang="id" part="wrong" name="goals_are_strategy"
# Yang sampai ke direksi Anda sebut strategi. Apakah arah sedang dipilih, nilai sedang dirancang, atau hasil sedang diperiksa?

# %% [markdown] lang="en" part="wrong" name="goals_are_strategy"
# Whatever reaches the board is called strategy. Is a direction being chosen, value being designed, or a result being checked?

# %% part="wrong" name="contact_is_value"
q.answer = {
    "p01": "value", "p02": "value", "p03": "strategy", "p04": "performance", "p05": "value",
    "p06": "performance", "p07": "strategy", "p08": "value", "p09": "value", "p10": "value",
    "p11": "strategy", "p12": "value", "p13": "value", "p14": "value", "p15": "performance",
}

# %% [markdown] lang="id" part="wrong" name="contact_is_value"
# Semua yang berguna bagi pelanggan Anda sebut penciptaan nilai. Apakah tawaran sedang dirancang, atau tawaran yang ada sedang disampaikan?

# %% [markdown] lang="en" part="wrong" name="contact_is_value"
# All that is useful to customers is called value creation. Is an offer being designed, or is an existing one being delivered?

# %% part="question"
question(
    "competencies", kind="blanks", style="mistake", level="independent", data="maturity", variants=("zeros", "ruler", "heads"),
    title={"id": "Temukan salahnya: kematangan CRM", "en": "Find the mistake: CRM maturity"},
    parts={
        "line": {"kind": "choice", "options": {"l1": {"id": "baris 1", "en": "line 1"}, "l2": {"id": "baris 2", "en": "line 2"}, "l3": {"id": "baris 3", "en": "line 3"}, "l4": {"id": "baris 4", "en": "line 4"}}, "says": {"id": "baris yang salah:", "en": "the line that is wrong:"}},
        "maturity": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "kematangan yang benar (persen)", "en": "the right maturity (percent)"}},
    },
    rows=("F09",), book="2.3", notebook="21-foundations-and-models", app="checkup", function="crm.forms.summary", points=2,
)

# %% [markdown] lang="id" part="task" variant="zeros"
# Setiap bagian menilai delapan kompetensi Gartner dari 0 sampai 5. Aturannya: formulir yang belum lengkap tidak dihitung, kematangan satu bagian adalah jumlah skornya dari 40, dan rata-ratanya ditimbang dengan banyaknya pegawai (`staff`). Rekan Anda menulis:
#
# ```python
# names = list(answers.columns[2:])                      # baris 1
# whole = answers.fillna(0)                              # baris 2
# share = whole[names].sum(axis=1) / 40                  # baris 3
# result = (share * whole["staff"]).sum() / whole["staff"].sum() * 100   # baris 4
# ```
#
# Satu baris melanggar aturan. Baris mana, dan berapa hasil yang benar? (`answers = q.data["answers"]`)

# %% [markdown] lang="en" part="task" variant="zeros"
# Each department rated Gartner's eight competencies from 0 to 5. The rules: incomplete forms do not count, a department's maturity is the sum of its scores out of 40, and the mean is weighted by the number of employees (`staff`). Your colleague wrote:
#
# ```python
# names = list(answers.columns[2:])                      # line 1
# whole = answers.fillna(0)                              # line 2
# share = whole[names].sum(axis=1) / 40                  # line 3
# result = (share * whole["staff"]).sum() / whole["staff"].sum() * 100   # line 4
# ```
#
# One line breaks the rules. Which one, and what is the right result? (`answers = q.data["answers"]`)

# %% [markdown] lang="id" part="task" variant="ruler"
# Setiap bagian menilai delapan kompetensi Gartner dari 0 sampai 5. Aturannya: formulir yang belum lengkap tidak dihitung, kematangan satu bagian adalah jumlah skornya dari 40, dan rata-ratanya ditimbang dengan banyaknya pegawai (`staff`). Rekan Anda menulis:
#
# ```python
# names = list(answers.columns[2:])                      # baris 1
# whole = answers.dropna()                               # baris 2
# share = (whole[names].mean(axis=1) - 1) / 4            # baris 3
# result = (share * whole["staff"]).sum() / whole["staff"].sum() * 100   # baris 4
# ```
#
# Satu baris melanggar aturan. Baris mana, dan berapa hasil yang benar? (`answers = q.data["answers"]`)

# %% [markdown] lang="en" part="task" variant="ruler"
# Each department rated Gartner's eight competencies from 0 to 5. The rules: incomplete forms do not count, a department's maturity is the sum of its scores out of 40, and the mean is weighted by the number of employees (`staff`). Your colleague wrote:
#
# ```python
# names = list(answers.columns[2:])                      # line 1
# whole = answers.dropna()                               # line 2
# share = (whole[names].mean(axis=1) - 1) / 4            # line 3
# result = (share * whole["staff"]).sum() / whole["staff"].sum() * 100   # line 4
# ```
#
# One line breaks the rules. Which one, and what is the right result? (`answers = q.data["answers"]`)

# %% [markdown] lang="id" part="task" variant="heads"
# Setiap bagian menilai delapan kompetensi Gartner dari 0 sampai 5. Aturannya: formulir yang belum lengkap tidak dihitung, kematangan satu bagian adalah jumlah skornya dari 40, dan rata-ratanya ditimbang dengan banyaknya pegawai (`staff`). Rekan Anda menulis:
#
# ```python
# names = list(answers.columns[2:])                      # baris 1
# whole = answers.dropna()                               # baris 2
# share = whole[names].sum(axis=1) / 40                  # baris 3
# result = share.mean() * 100                            # baris 4
# ```
#
# Satu baris melanggar aturan. Baris mana, dan berapa hasil yang benar? (`answers = q.data["answers"]`)

# %% [markdown] lang="en" part="task" variant="heads"
# Each department rated Gartner's eight competencies from 0 to 5. The rules: incomplete forms do not count, a department's maturity is the sum of its scores out of 40, and the mean is weighted by the number of employees (`staff`). Your colleague wrote:
#
# ```python
# names = list(answers.columns[2:])                      # line 1
# whole = answers.dropna()                               # line 2
# share = whole[names].sum(axis=1) / 40                  # line 3
# result = share.mean() * 100                            # line 4
# ```
#
# One line breaks the rules. Which one, and what is the right result? (`answers = q.data["answers"]`)

# %% [markdown] lang="id" part="hint"
# Jalankan baris demi baris dan lihat berapa bagian yang tersisa, apa nilai terkecil dan terbesar yang mungkin, dan siapa yang ditimbang.

# %% [markdown] lang="en" part="hint"
# Run it line by line: how many departments are left, what are the smallest and largest possible values, and who is weighted?

# %% [markdown] lang="id" part="hint"
# Setiap aturan dipegang oleh satu baris: yang belum lengkap, skala, dan timbangan.

# %% [markdown] lang="en" part="hint"
# Each rule is kept by one line: incomplete forms, the scale, and the weights.

# %% part="solution"
full = q.data["answers"].dropna()
points = full.drop(columns=["department", "staff"]).sum(axis=1)
maturity = np.average(points / 40, weights=full["staff"]) * 100
line = {"zeros": "l2", "ruler": "l3", "heads": "l4"}[q.variant]
q.answer = {"line": line, "maturity": maturity}

# %% [markdown] lang="id" part="why"
# Jawaban yang kosong berarti belum tahu, bukan nol. Skala 0 sampai 5 mempunyai lima langkah dan delapan soal, jadi penuhnya 40: skor 3, 2, 4, 1, 2, 3, 4, 2 berjumlah 21, yaitu 52,5%. Kalimat buku tentang kedelapan bidang terputus; namanya diambil dari terbitan Gartner.

# %% [markdown] lang="en" part="why"
# An empty answer means not known, not zero. A scale from 0 to 5 has five steps and there are eight questions, so full marks are 40: scores 3, 2, 4, 1, 2, 3, 4, 2 add up to 21, which is 52.5%. The book's sentence on the eight areas breaks off; their names come from Gartner's own papers.

# %% part="wrong" name="missing_as_zero"
answers = q.data["answers"].fillna(0)
share = answers[list(answers.columns[2:])].sum(axis=1) / 40
q.answer = {"line": {"zeros": "l2", "ruler": "l3", "heads": "l4"}[q.variant], "maturity": (share * answers["staff"]).sum() / answers["staff"].sum() * 100}

# %% [markdown] lang="id" part="wrong" name="missing_as_zero"
# Jawaban kosong terhitung nol, sehingga bagian yang lupa menjawab tampak buruk. Apa aturan untuk formulir yang belum lengkap?

# %% [markdown] lang="en" part="wrong" name="missing_as_zero"
# Empty answers count as zero, so that a department that forgot one looks bad. What is the rule for incomplete forms?

# %% part="wrong" name="scale_from_one"
whole = q.data["answers"].dropna()
share = (whole[list(whole.columns[2:])].mean(axis=1) - 1) / 4
q.answer = {"line": {"zeros": "l2", "ruler": "l3", "heads": "l4"}[q.variant], "maturity": (share * whole["staff"]).sum() / whole["staff"].sum() * 100}

# %% [markdown] lang="id" part="wrong" name="scale_from_one"
# Skalanya diperlakukan sebagai 1 sampai 5. Berapa nilai terendah yang boleh diberikan di sini?

# %% [markdown] lang="en" part="wrong" name="scale_from_one"
# The scale is treated as 1 to 5. What is the lowest score that may be given here?

# %% part="wrong" name="heads_forgotten"
whole = q.data["answers"].dropna()
share = whole[list(whole.columns[2:])].sum(axis=1) / 40
q.answer = {"line": {"zeros": "l2", "ruler": "l3", "heads": "l4"}[q.variant], "maturity": share.mean() * 100}

# %% [markdown] lang="id" part="wrong" name="heads_forgotten"
# Setiap bagian bersuara sama, yang berpegawai lima maupun empat ratus. Apa yang diminta aturan ketiga?

# %% [markdown] lang="en" part="wrong" name="heads_forgotten"
# Every department has one voice, be it five people or four hundred. What does the third rule ask for?

# %% part="wrong" name="symptom_for_cause"
whole = q.data["answers"].dropna()
share = whole[list(whole.columns[2:])].sum(axis=1) / 40
q.answer = {"line": {"zeros": "l4", "ruler": "l2", "heads": "l3"}[q.variant], "maturity": (share * whole["staff"]).sum() / whole["staff"].sum() * 100}

# %% [markdown] lang="id" part="wrong" name="symptom_for_cause"
# Baris itu memenuhi aturannya. Aturan mana yang benar-benar dilanggar, dan baris mana yang memegangnya?

# %% [markdown] lang="en" part="wrong" name="symptom_for_cause"
# That line keeps its rule. Which rule is really broken, and which line is in charge of it?

# %% part="question"
question(
    "promise_fit", kind="blanks", level="independent", data="promise", variants=("insurer", "hotel", "school"),
    title={"id": "Proposisi nilai: relevan dan unik", "en": "A value proposition: relevant and unique"},
    parts={
        "fit": {"kind": "number", "unit": "share", "digits": 4, "says": {"id": "kecocokan, dari 0 sampai 1", "en": "fit, from 0 to 1"}},
        "unique": {"kind": "number", "unit": "percent", "digits": 3, "says": {"id": "keunikan: gain creator yang tidak dimiliki pesaing mana pun (persen)", "en": "uniqueness: gain creators that no competitor has (percent)"}},
    },
    rows=("F06", "S05"), book="article: personalisation", notebook="20-relationships-and-network", app="checkup", function="crm.network.value_map", points=2,
)

# %% [markdown] lang="id" part="task"
# Artikel tentang personalisasi meminta proposisi nilai yang relevan dan unik. Untuk {what} ini: `wants` berisi keinginan pelanggan beserta bobotnya, `offers` berisi tawaran dan seberapa jauh (0 sampai 1) tawaran itu menjawab satu keinginan. **Kecocokan** = Σ bobot × cakupan ÷ Σ bobot; cakupan suatu keinginan adalah cakupan tawaran **terbaik** untuknya, dan nol bila tidak ada. **Keunikan** dihitung dari `offers` berjenis `gain_creator` dan tabel `rivals`.

# %% [markdown] lang="en" part="task"
# The article on personalisation asks for a value proposition that is relevant and unique. For this {what}: `wants` has what customers want, with its importance; `offers` has offers and how far (0 to 1) each answers one want. **Fit** = Σ importance × coverage ÷ Σ importance; the coverage of a want is that of its **best** offer, and zero if there is none. **Uniqueness** comes from the `offers` of kind `gain_creator` and the table `rivals`.

# %% [markdown] lang="id" part="hint"
# Contoh: bobot 5, 3, 2 dengan cakupan 1; 0,5; 0 memberi 6,5 ÷ 10 = 0,65.

# %% [markdown] lang="en" part="hint"
# An example: importance 5, 3, 2 with coverage 1, 0.5, 0 gives 6.5 ÷ 10 = 0.65.

# %% [markdown] lang="id" part="hint"
# Cakupan terbaik: `offers.groupby("item")["coverage"].max()`, dipetakan ke `wants`, yang kosong menjadi 0.

# %% [markdown] lang="en" part="hint"
# Best coverage: `offers.groupby("item")["coverage"].max()`, mapped to `wants`, empty ones become 0.

# %% [markdown] lang="id" part="hint"
# Keunikan: dari semua gain creator, berapa yang nomornya tidak ada di `rivals`? Satu tawaran dapat dimiliki dua pesaing.

# %% [markdown] lang="en" part="hint"
# Uniqueness: of all gain creators, how many are not found in `rivals`? One offer may be held by two competitors.

# %% part="solution"
wants, offers, rivals = q.data["wants"], q.data["offers"], q.data["rivals"]
best = wants["item"].map(offers.groupby("item")["coverage"].max()).fillna(0)
creators = offers.loc[offers["kind"] == "gain_creator", "offer"]
q.answer = {
    "fit": (wants["importance"] * best).sum() / wants["importance"].sum(),
    "unique": (~creators.isin(rivals["offer"])).mean() * 100,
}

# %% part="package"
facts = crm.network.value_map(q.data["wants"], q.data["offers"], competitors=q.data["rivals"]).facts
q.answer = {"fit": facts["fit"], "unique": facts["uniqueness"] * 100}

# %% [markdown] lang="id" part="why"
# Keinginan yang tidak dijawab tetap menuntut bobotnya, jadi penyebutnya semua keinginan. Dua jawaban setengah tidak menjadi satu jawaban penuh. Enam gain creator dengan empat yang juga dimiliki pesaing berarti keunikan 33,3%; tanpa daftar pesaing keunikan tidak diketahui, bukan 100%.

# %% [markdown] lang="en" part="why"
# A want that nobody answers keeps its weight, so the denominator is all wants. Two half answers make no whole one. Six gain creators, four of them held by rivals too, are a uniqueness of 33.3%; without a list of competitors uniqueness is unknown, not 100%.

# %% part="wrong" name="halves_added"
wants, offers, rivals = q.data["wants"], q.data["offers"], q.data["rivals"]
total = wants["item"].map(offers.groupby("item")["coverage"].sum()).fillna(0)
creators = offers.loc[offers["kind"] == "gain_creator", "offer"]
q.answer = {"fit": (wants["importance"] * total).sum() / wants["importance"].sum(), "unique": (~creators.isin(rivals["offer"])).mean() * 100}

# %% [markdown] lang="id" part="wrong" name="halves_added"
# Cakupan beberapa tawaran dijumlahkan. Bila dua obat masing-masing menyembuhkan separuh keluhan yang sama, apakah keluhannya hilang?

# %% [markdown] lang="en" part="wrong" name="halves_added"
# The coverage of several offers was added up. If two medicines each cure the same half of an ailment, is it gone?

# %% part="wrong" name="unmet_left_out"
wants, offers, rivals = q.data["wants"], q.data["offers"], q.data["rivals"]
best = wants["item"].map(offers.groupby("item")["coverage"].max())
met = best.notna()
creators = offers.loc[offers["kind"] == "gain_creator", "offer"]
q.answer = {"fit": (wants["importance"] * best)[met].sum() / wants.loc[met, "importance"].sum(), "unique": (~creators.isin(rivals["offer"])).mean() * 100}

# %% [markdown] lang="id" part="wrong" name="unmet_left_out"
# Keinginan yang tidak terjawab hilang dari penyebut. Apakah pelanggan melupakannya?

# %% [markdown] lang="en" part="wrong" name="unmet_left_out"
# Wants without an answer are missing from the denominator. Have customers forgotten them?

# %% part="wrong" name="weights_forgotten"
wants, offers, rivals = q.data["wants"], q.data["offers"], q.data["rivals"]
best = wants["item"].map(offers.groupby("item")["coverage"].max()).fillna(0)
creators = offers.loc[offers["kind"] == "gain_creator", "offer"]
q.answer = {"fit": best.mean(), "unique": (~creators.isin(rivals["offer"])).mean() * 100}

# %% [markdown] lang="id" part="wrong" name="weights_forgotten"
# Semua keinginan dihitung sama berat. Kolom mana yang menyatakan apa yang paling penting?

# %% [markdown] lang="en" part="wrong" name="weights_forgotten"
# All wants weigh the same. Which column says what matters most?

# %% part="wrong" name="rivals_counted_twice"
wants, offers, rivals = q.data["wants"], q.data["offers"], q.data["rivals"]
best = wants["item"].map(offers.groupby("item")["coverage"].max()).fillna(0)
n = (offers["kind"] == "gain_creator").sum()
q.answer = {"fit": (wants["importance"] * best).sum() / wants["importance"].sum(), "unique": (n - len(rivals)) / n * 100}

# %% [markdown] lang="id" part="wrong" name="rivals_counted_twice"
# Baris `rivals` dihitung, bukan tawarannya: yang dimiliki dua pesaing dikurangkan dua kali. Apa yang diwakili satu baris tabel itu?

# %% [markdown] lang="en" part="wrong" name="rivals_counted_twice"
# The rows of `rivals` were counted, not the offers: what two rivals have is taken off twice. What does a row of that table stand for?
