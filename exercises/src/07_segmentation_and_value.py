# %% [markdown] lang="id" part="title"
# # 7 · Segmen dan nilai pelanggan
#
# Siapa yang menghasilkan laba, siapa yang menghabiskannya, siapa yang akan kembali, dan berapa nilai seorang pelanggan. Urutannya mengikuti buku: analisis portofolio (2.3), peringkat RFM (5.1), pertanyaan data mining (6.3), lalu dua artikel tentang personalisasi dan nilai seumur hubungan. Semua perusahaan di sini rekaan.

# %% [markdown] lang="en" part="title"
# # 7 · Segments and customer value
#
# Who earns the profit, who eats it up, who will return, and what a customer is worth. The order is the book's: portfolio analysis (2.3), RFM ranks (5.1), the questions of data mining (6.3), then two articles on personalisation and lifetime value. All companies here are made up.

# %% part="data"
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

# %% part="question"
question(
    "cost_to_serve", kind="number", unit="money", digits=5, level="worked", data="activities",
    variants=("drinks", "clinic", "paper"), title={"id": "Laba setelah biaya melayani", "en": "Profit after the cost to serve"},
    rows=("P26", "N02"), book="2.3", notebook="10-portfolio-analysis", app="studio",
    function="crm.profitability.customer_profit", points=1,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Tiga kelompok biaya: telepon 60 juta untuk 3.000 panggilan, pengiriman 90 juta untuk 4.500 kali, kunjungan 50 juta untuk 250 kali. Tarifnya: biaya dibagi volume pemicunya. Pelanggan X (omzet 12 juta, harga pokok 9 juta) memakai 10, 20, dan 5; pelanggan Y (omzet 15 juta, harga pokok 12 juta) memakai 40, 60, dan 8. Laba kotor keduanya sama, 3 juta.

# %% [markdown] lang="en" part="example"
# **Example.** Three cost pools: calls 60 million for 3,000 calls, deliveries 90 million for 4,500, visits 50 million for 250. A rate is the cost divided by the volume of its driver. Customer X (revenue 12 million, cost of goods 9 million) used 10, 20 and 5; customer Y (revenue 15 million, cost of goods 12 million) used 40, 60 and 8. Their gross profit is the same, 3 million.

# %% part="example"
import numpy as np

rates = np.array([60e6 / 3000, 90e6 / 4500, 50e6 / 250])  # 20.000, 20.000, 200.000
x = 12e6 - 9e6 - rates @ [10, 20, 5]
y = 15e6 - 12e6 - rates @ [40, 60, 8]
x, y  # 1.400.000 and -600.000

# %% [markdown] lang="id" part="task"
# Sebuah {firm} mencatat tiga kelompok biaya (`pools`: biaya dan volume pemicu seluruh perusahaan) dan pemakaian 48 pelanggan terbesarnya (`customers`). Pelanggan lain juga memakai pemicu itu, tetapi tidak ada di tabel.
#
# Berapa laba pelanggan **{who}** setelah harga pokok dan biaya melayani?

# %% [markdown] lang="en" part="task"
# A {firm} keeps three cost pools (`pools`: cost and the volume of the driver for the whole company) and what its 48 largest customers used (`customers`). Other customers used the drivers too, but are not in the table.
#
# What is the profit of customer **{who}** after cost of goods and cost to serve?

# %% [markdown] lang="id" part="hint"
# Hitung dahulu tarif setiap kegiatan: biaya satu panggilan, satu pengiriman, satu kunjungan.

# %% [markdown] lang="en" part="hint"
# Find the rate of each activity first: what one call, one delivery, one visit costs.

# %% [markdown] lang="id" part="hint"
# `rates = pools.set_index("activity")["cost"] / pools.set_index("activity")["volume"]`, lalu kalikan dengan pemakaian pelanggan itu.

# %% [markdown] lang="en" part="hint"
# `rates = pools.set_index("activity")["cost"] / pools.set_index("activity")["volume"]`, then multiply by what this customer used.

# %% part="solution"
pools = q.data["pools"].set_index("activity")
rates = pools["cost"] / pools["volume"]
one = q.data["customers"].set_index("customer").loc[q.data["who"]]
q.answer = one["revenue"] - one["cogs"] - (rates * one[rates.index]).sum()

# %% [markdown] lang="id" part="why"
# Biaya melayani mengikuti pemakaian, bukan omzet. Dua pelanggan dengan laba kotor sama dapat berakhir dengan laba dan rugi. Buku (2.3) menaruh analisis portofolio sebagai langkah pertama rantai nilai CRM; tanpa biaya per pelanggan, langkah itu memilih menurut omzet.

# %% [markdown] lang="en" part="why"
# The cost to serve follows use, not revenue. Two customers with the same gross profit may end with a profit and a loss. The book (2.3) makes portfolio analysis the first step of the CRM value chain; without costs by customer that step chooses by revenue.

# %% part="wrong" name="gross_profit_only"
one = q.data["customers"].set_index("customer").loc[q.data["who"]]
q.answer = one["revenue"] - one["cogs"]

# %% [markdown] lang="id" part="wrong" name="gross_profit_only"
# Itu laba kotor. Biaya apa lagi yang timbul karena pelanggan ini dilayani?

# %% [markdown] lang="en" part="wrong" name="gross_profit_only"
# That is gross profit. Which other costs arise because this customer is served?

# %% part="wrong" name="spread_by_revenue"
customers = q.data["customers"].set_index("customer")
one = customers.loc[q.data["who"]]
q.answer = one["revenue"] - one["cogs"] - q.data["pools"]["cost"].sum() * one["revenue"] / customers["revenue"].sum()

# %% [markdown] lang="id" part="wrong" name="spread_by_revenue"
# Biaya dibagi menurut omzet. Apakah pelanggan yang membeli banyak pasti menelepon dan dikunjungi lebih sering?

# %% [markdown] lang="en" part="wrong" name="spread_by_revenue"
# The costs are spread by revenue. Does a customer who buys much also call and get visited more often?

# %% part="wrong" name="equal_shares"
customers = q.data["customers"].set_index("customer")
one = customers.loc[q.data["who"]]
q.answer = one["revenue"] - one["cogs"] - q.data["pools"]["cost"].sum() / len(customers)

# %% [markdown] lang="id" part="wrong" name="equal_shares"
# Setiap pelanggan menanggung bagian yang sama. Apa gunanya mencatat pemakaian kalau begitu?

# %% [markdown] lang="en" part="wrong" name="equal_shares"
# Every customer bears an equal part. What is the use of recording who used what, then?

# %% part="wrong" name="volume_of_the_table"
pools = q.data["pools"].set_index("activity")
customers = q.data["customers"].set_index("customer")
rates = pools["cost"] / customers[pools.index].sum()
one = customers.loc[q.data["who"]]
q.answer = one["revenue"] - one["cogs"] - (rates * one[rates.index]).sum()

# %% [markdown] lang="id" part="wrong" name="volume_of_the_table"
# Penyebut tarif Anda hanya pemakaian pelanggan di tabel. Biaya di `pools` dikeluarkan untuk melayani siapa saja?

# %% [markdown] lang="en" part="wrong" name="volume_of_the_table"
# The denominator of your rates is only the use of the customers in the table. For whose service were the costs in `pools` spent?

# %% part="question"
question(
    "whale_peak", kind="blanks", level="faded", data="branch", points=2,
    parts={
        "total": {"kind": "number", "unit": "money", "digits": 5, "says": {"id": "laba seluruh pelanggan yang labanya diketahui (Rp)", "en": "the profit of all customers whose profit is known (Rp)"}},
        "peak": {"kind": "number", "unit": "money", "digits": 5, "says": {"id": "titik tertinggi laba kumulatif, pelanggan terbaik lebih dahulu (Rp)", "en": "the highest point of cumulative profit, the best customer first (Rp)"}},
        "peak_percent": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "puncak itu sebagai persen dari laba seluruhnya", "en": "that peak as a percentage of the whole profit"}},
    },
    variants=("bakery", "printer", "garage"), title={"id": "Puncak kurva paus", "en": "The peak of the whale curve"},
    rows=("F03", "A05"), book="2.3", notebook="10-portfolio-analysis", app="studio", function="crm.profitability.whale_curve",
)

# %% [markdown] lang="id" part="task"
# Laba pelanggan sebuah {firm} ialah `revenue - cogs - cost_to_serve`. Pada beberapa pelanggan `cost_to_serve` **tidak diketahui**; laba mereka pun tidak diketahui dan tidak ikut dihitung.
#
# Urutkan dari laba terbesar, jumlahkan berturut-turut, dan isi tiga bagian berikut. (Lima pelanggan dengan laba 50, 30, 20, 5, dan −15: jumlah 90, kumulatif 50, 80, 100, 105, 90; puncaknya 116,7% dari jumlah.)

# %% [markdown] lang="en" part="task"
# The profit of a customer of this {firm} is `revenue - cogs - cost_to_serve`. For some customers `cost_to_serve` is **not known**; neither is their profit, and they are left out.
#
# Sort by profit, the largest first, add up, and fill in the three parts. (Five customers with profits 50, 30, 20, 5 and −15: total 90, cumulative 50, 80, 100, 105, 90; the peak is 116.7% of the total.)

# %% part="start"
customers = q.data["customers"]
profit = ...  # revenue - cogs - cost_to_serve, only where it is known
ranked = ...  # the largest first
climb = ...  # cumulative
q.answer = {
    "total": ...,
    "peak": ...,
    "peak_percent": ...,
}

# %% [markdown] lang="id" part="hint"
# pandas memberi `NaN` di mana biaya tidak diketahui; `dropna()` membuang baris itu dari deret laba.

# %% [markdown] lang="en" part="hint"
# pandas gives `NaN` where the cost is unknown; `dropna()` takes those rows out of the profits.

# %% [markdown] lang="id" part="hint"
# `profit.sort_values(ascending=False).cumsum()`: di mana nilai tertingginya, dan apa yang terjadi sesudahnya?

# %% [markdown] lang="en" part="hint"
# `profit.sort_values(ascending=False).cumsum()`: where is its highest value, and what happens after it?

# %% part="solution"
customers = q.data["customers"]
profit = (customers["revenue"] - customers["cogs"] - customers["cost_to_serve"]).dropna()
climb = profit.sort_values(ascending=False).cumsum()
total, peak = profit.sum(), climb.max()
q.answer = {"total": total, "peak": peak, "peak_percent": 100 * peak / total}

# %% part="package"
customers = q.data["customers"]
facts = crm.profitability.whale_curve(customers["revenue"] - customers["cogs"] - customers["cost_to_serve"]).facts
q.answer = {"total": facts["total"], "peak": facts["peak"], "peak_percent": 100 * facts["peak_share"]}

# %% [markdown] lang="id" part="why"
# Selisih antara puncak dan jumlah akhir ialah laba yang dihabiskan pelanggan rugi. Biaya yang tidak diketahui bukan nol: mengisinya dengan nol membuat pelanggan itu tampak terbaik. Kurva ini menjawab pertanyaan buku 6.3 (b), pelanggan mana yang paling berharga, menurut laba.

# %% [markdown] lang="en" part="why"
# The gap between the peak and the end is what loss-making customers eat up. An unknown cost is not zero: a zero makes that customer look like one of the best. The curve answers question (b) of the book's 6.3, which customers are most valuable, by profit.

# %% part="wrong" name="unknown_as_zero"
customers = q.data["customers"]
profit = customers["revenue"] - customers["cogs"] - customers["cost_to_serve"].fillna(0)
peak = profit.sort_values(ascending=False).cumsum().max()
q.answer = {"total": profit.sum(), "peak": peak, "peak_percent": 100 * peak / profit.sum()}

# %% [markdown] lang="id" part="wrong" name="unknown_as_zero"
# Biaya yang tidak diketahui dihitung sebagai nol. Apakah melayani pelanggan itu gratis?

# %% [markdown] lang="en" part="wrong" name="unknown_as_zero"
# Unknown costs are counted as zero. Is serving those customers free?

# %% part="wrong" name="ranked_by_revenue"
customers = q.data["customers"]
customers = customers.assign(profit=customers["revenue"] - customers["cogs"] - customers["cost_to_serve"]).dropna()
peak = customers.sort_values("revenue", ascending=False)["profit"].cumsum().max()
total = customers["profit"].sum()
q.answer = {"total": total, "peak": peak, "peak_percent": 100 * peak / total}

# %% [markdown] lang="id" part="wrong" name="ranked_by_revenue"
# Urutannya menurut omzet. Pelanggan terbesar menurut omzet, apakah juga yang terbaik menurut laba?

# %% [markdown] lang="en" part="wrong" name="ranked_by_revenue"
# The order is that of revenue. Is the customer with the largest revenue also the best by profit?

# %% part="wrong" name="losers_left_out"
customers = q.data["customers"]
profit = (customers["revenue"] - customers["cogs"] - customers["cost_to_serve"]).dropna()
peak = profit[profit > 0].sum()
q.answer = {"total": peak, "peak": peak, "peak_percent": 100.0}

# %% [markdown] lang="id" part="wrong" name="losers_left_out"
# Jumlahnya hanya memuat pelanggan yang untung (sisa yang selamat). Siapa yang membuat kurva turun di ujungnya?

# %% [markdown] lang="en" part="wrong" name="losers_left_out"
# Your total holds only the customers that earn (survivors only). Who makes the curve fall at its end?

# %% part="wrong" name="percent_of_revenue"
customers = q.data["customers"].dropna()
profit = customers["revenue"] - customers["cogs"] - customers["cost_to_serve"]
peak = profit.sort_values(ascending=False).cumsum().max()
q.answer = {"total": profit.sum(), "peak": peak, "peak_percent": 100 * peak / customers["revenue"].sum()}

# %% [markdown] lang="id" part="wrong" name="percent_of_revenue"
# Penyebutnya omzet. Puncak itu bagian dari jumlah apa?

# %% [markdown] lang="en" part="wrong" name="percent_of_revenue"
# The denominator is revenue. Of which total is the peak a part?

# %% part="question"
question(
    "portfolio_sql", kind="sql", columns=("quadrant", "customers", "profit"), decimals=0, level="independent", data="portfolio", points=3,
    variants=("hotel", "pharmacy", "laundry"), title={"id": "Matriks portofolio dalam SQL", "en": "The portfolio matrix in SQL"},
    rows=("F03", "A06"), book="6.3", notebook="10-portfolio-analysis", app="studio", function="crm.profitability.portfolio_matrix",
)

# %% [markdown] lang="id" part="task"
# Susun matriks portofolio sebuah {firm} dari tabel `customers`. Nilai kini ialah `profit`; potensi dua belas bulan ke depan ialah `p_alive * orders_expected * margin_per_order`. Tinggi berarti **sama dengan atau di atas** batas: {cut_now:money} untuk laba kini, {cut_potential:money} untuk potensi.
#
# `protect`: keduanya tinggi; `grow`: hanya potensi tinggi; `milk`: hanya laba kini tinggi; `exit`: keduanya rendah. Pelanggan tanpa `p_alive` belum punya riwayat: potensinya tidak diketahui dan mereka **tidak** masuk matriks.
#
# Hasil: satu baris tiap kuadran, dengan banyaknya pelanggan dan jumlah labanya.

# %% [markdown] lang="en" part="task"
# Make the portfolio matrix of this {firm} from the table `customers`. Value now is `profit`; the potential of the next twelve months is `p_alive * orders_expected * margin_per_order`. High means **at or above** the cut: {cut_now:money} for profit now, {cut_potential:money} for potential.
#
# `protect`: both high; `grow`: only potential high; `milk`: only profit now high; `exit`: both low. Customers without `p_alive` have no history yet: their potential is unknown and they do **not** enter the matrix.
#
# Result: a row for each quadrant, with the number of customers and the sum of their profit.

# %% [markdown] lang="id" part="hint"
# `CASE WHEN … AND … THEN 'protect' WHEN … END`. Apa yang dikembalikan sebuah perbandingan dengan NULL?

# %% [markdown] lang="en" part="hint"
# `CASE WHEN … AND … THEN 'protect' WHEN … END`. What does a comparison with NULL return?

# %% [markdown] lang="id" part="hint"
# Saring `WHERE p_alive IS NOT NULL` sebelum mengelompokkan; `ELSE` menangkap segala yang tidak benar, termasuk yang tidak diketahui.

# %% [markdown] lang="en" part="hint"
# Filter `WHERE p_alive IS NOT NULL` before you group; `ELSE` catches all that is not true, the unknown too.

# %% part="solution"
now, later = q.data["cut_now"], q.data["cut_potential"]
q.answer = f"""
WITH valued AS (
    SELECT profit, p_alive * orders_expected * margin_per_order AS potential FROM customers WHERE p_alive IS NOT NULL
)
SELECT CASE WHEN profit >= {now} AND potential >= {later} THEN 'protect'
            WHEN potential >= {later} THEN 'grow'
            WHEN profit >= {now} THEN 'milk'
            ELSE 'exit' END AS quadrant, count(*) AS customers, sum(profit) AS profit
FROM valued GROUP BY 1
"""

# %% [markdown] lang="id" part="why"
# Peluang masih aktif (`p_alive`) mengalikan apa yang diharapkan; tanpanya pelanggan yang sudah lama pergi tampak berpotensi. Yang tidak diketahui disebut tidak diketahui, bukan dimasukkan ke kuadran terburuk. Buku 6.3 (c) menanyakan potensi masa depan; matriks menaruhnya di samping laba kini.

# %% [markdown] lang="en" part="why"
# The chance of still being active (`p_alive`) multiplies what is expected; without it customers who left long ago look promising. The unknown is called unknown, and not put in the worst quadrant. The book's 6.3 (c) asks for future potential; the matrix sets it beside profit now.

# %% part="wrong" name="unknown_as_low"
now, later = q.data["cut_now"], q.data["cut_potential"]
q.answer = f"""
WITH valued AS (SELECT profit, p_alive * orders_expected * margin_per_order AS potential FROM customers)
SELECT CASE WHEN profit >= {now} AND potential >= {later} THEN 'protect' WHEN potential >= {later} THEN 'grow'
            WHEN profit >= {now} THEN 'milk' ELSE 'exit' END AS quadrant, count(*) AS customers, sum(profit) AS profit
FROM valued GROUP BY 1
"""

# %% [markdown] lang="id" part="wrong" name="unknown_as_low"
# Potensi yang tidak diketahui terhitung rendah, sehingga jatuh ke `milk` dan `exit`. Apa arti NULL di dalam CASE?

# %% [markdown] lang="en" part="wrong" name="unknown_as_low"
# Unknown potential is counted as low and falls into `milk` and `exit`. What does NULL mean inside a CASE?

# %% part="wrong" name="surely_alive"
now, later = q.data["cut_now"], q.data["cut_potential"]
q.answer = f"""
WITH valued AS (SELECT profit, orders_expected * margin_per_order AS potential FROM customers WHERE p_alive IS NOT NULL)
SELECT CASE WHEN profit >= {now} AND potential >= {later} THEN 'protect' WHEN potential >= {later} THEN 'grow'
            WHEN profit >= {now} THEN 'milk' ELSE 'exit' END AS quadrant, count(*) AS customers, sum(profit) AS profit
FROM valued GROUP BY 1
"""

# %% [markdown] lang="id" part="wrong" name="surely_alive"
# Potensi dihitung seolah-olah setiap pelanggan pasti masih aktif. Kolom mana yang menyatakan peluangnya?

# %% [markdown] lang="en" part="wrong" name="surely_alive"
# The potential is that of customers who are surely still active. Which column tells the chance of it?

# %% part="wrong" name="grow_and_milk_swapped"
now, later = q.data["cut_now"], q.data["cut_potential"]
q.answer = f"""
WITH valued AS (SELECT profit, p_alive * orders_expected * margin_per_order AS potential FROM customers WHERE p_alive IS NOT NULL)
SELECT CASE WHEN profit >= {now} AND potential >= {later} THEN 'protect' WHEN potential >= {later} THEN 'milk'
            WHEN profit >= {now} THEN 'grow' ELSE 'exit' END AS quadrant, count(*) AS customers, sum(profit) AS profit
FROM valued GROUP BY 1
"""

# %% [markdown] lang="id" part="wrong" name="grow_and_milk_swapped"
# `grow` dan `milk` tertukar: siapa yang masih dapat bertumbuh, yang labanya kini tinggi atau yang potensinya tinggi?

# %% [markdown] lang="en" part="wrong" name="grow_and_milk_swapped"
# `grow` and `milk` are swapped: who can still grow, those with high profit now or those with high potential?

# %% part="wrong" name="mean_profit"
now, later = q.data["cut_now"], q.data["cut_potential"]
q.answer = f"""
WITH valued AS (SELECT profit, p_alive * orders_expected * margin_per_order AS potential FROM customers WHERE p_alive IS NOT NULL)
SELECT CASE WHEN profit >= {now} AND potential >= {later} THEN 'protect' WHEN potential >= {later} THEN 'grow'
            WHEN profit >= {now} THEN 'milk' ELSE 'exit' END AS quadrant, count(*) AS customers, avg(profit) AS profit
FROM valued GROUP BY 1
"""

# %% [markdown] lang="id" part="wrong" name="mean_profit"
# Kolom `profit` berisi rata-rata seorang pelanggan. Berapa yang dibawa kuadran itu seluruhnya?

# %% [markdown] lang="en" part="wrong" name="mean_profit"
# The column `profit` holds a customer's mean. What does the whole quadrant bring?

# %% part="question"
question(
    "who_leaves", kind="number", unit="percent", digits=5, level="independent", data="losers", points=2,
    variants=("courier", "catering", "cleaning"), title={"id": "Siapa yang tidak lagi dilayani", "en": "Whom not to serve"},
    rows=("S04",), book="article: personalisation", notebook="10-portfolio-analysis", app="studio",
    function="crm.profitability.disqualify",
)

# %% [markdown] lang="id" part="task"
# Sebuah {firm} ingin tahu apa yang berubah bila pelanggan yang merugikan dilepas. Bila seorang pelanggan pergi, hanya {avoidable:share.0} dari `cost_to_serve`-nya benar-benar hilang; sisanya (kendaraan, gaji) tetap ada. Usulkan hanya pelanggan yang kepergiannya **menaikkan** laba walaupun begitu.
#
# Siapa yang punya keluhan terbuka (`open_complaint`) atau membawa pelanggan lain (`brings_others`) tidak dilepas dahulu. Berapa persen laba seluruh pelanggan naik bila usulan itu dijalankan?

# %% [markdown] lang="en" part="task"
# A {firm} wants to know what changes when loss-making customers are let go. When a customer leaves, only {avoidable:share.0} of the `cost_to_serve` really ends; the rest (vehicles, wages) stays. Propose only customers whose leaving **raises** profit even so.
#
# Whoever has an open complaint (`open_complaint`) or brings others (`brings_others`) is not let go for now. By what percentage does the profit of all customers rise when the proposal is carried out?

# %% [markdown] lang="id" part="hint"
# Bila seorang pelanggan pergi: labanya hilang, dan biaya yang tidak dapat dihindari harus ditanggung yang lain. Tulis pengaruhnya sebagai satu kolom.

# %% [markdown] lang="en" part="hint"
# When a customer leaves, the profit goes, and the costs that can't be avoided fall on the others. Write the effect as one column.

# %% [markdown] lang="id" part="hint"
# `effect = -(profit + (1 - avoidable) * cost_to_serve)`. Ambil yang positif dan tanpa bendera; bagi jumlahnya dengan laba **sebelum** perubahan.

# %% [markdown] lang="en" part="hint"
# `effect = -(profit + (1 - avoidable) * cost_to_serve)`. Keep those above zero without a flag; divide their sum by the profit **before** the change.

# %% part="solution"
customers, flags = q.data["customers"], q.data["flags"].set_index("customer_id")
effect = -(customers["profit"] + (1 - q.data["avoidable"]) * customers["cost_to_serve"])
flagged = customers["customer_id"].map(flags.any(axis=1))
q.answer = 100 * effect[(effect > 0) & ~flagged].sum() / customers["profit"].sum()

# %% part="package"
found = crm.profitability.disqualify(q.data["customers"], reputation=q.data["flags"], avoidable=q.data["avoidable"])
q.answer = 100 * found.facts["change_share"]

# %% [markdown] lang="id" part="why"
# Artikel tentang personalisasi meminta pemasar menetapkan siapa yang **tidak** dilayani. Hitungan sederhana (laba 90 menjadi 105 tanpa pelanggan −15) menganggap seluruh biayanya lenyap. Yang dapat dihindari biasanya lebih kecil, dan nama baik perusahaan ikut dipertimbangkan.

# %% [markdown] lang="en" part="why"
# The article on personalisation asks marketers to decide whom **not** to serve. The plain sum (profit 90 becomes 105 without a customer of −15) takes it that all the costs vanish. What can be avoided is usually less, and the company's name counts too.

# %% part="wrong" name="all_costs_vanish"
customers, flags = q.data["customers"], q.data["flags"].set_index("customer_id")
flagged = customers["customer_id"].map(flags.any(axis=1))
q.answer = -100 * customers.loc[(customers["profit"] < 0) & ~flagged, "profit"].sum() / customers["profit"].sum()

# %% [markdown] lang="id" part="wrong" name="all_costs_vanish"
# Anda menganggap seluruh biaya melayani lenyap. Berapa bagian yang tetap dibayar setelah pelanggan itu pergi?

# %% [markdown] lang="en" part="wrong" name="all_costs_vanish"
# You took it that all the cost to serve vanishes. How much of it is still paid after the customer has left?

# %% part="wrong" name="flags_ignored"
customers = q.data["customers"]
effect = -(customers["profit"] + (1 - q.data["avoidable"]) * customers["cost_to_serve"])
q.answer = 100 * effect[effect > 0].sum() / customers["profit"].sum()

# %% [markdown] lang="id" part="wrong" name="flags_ignored"
# Pelanggan yang berkeluhan atau membawa orang lain ikut dilepas. Tabel mana yang belum dibaca?

# %% [markdown] lang="en" part="wrong" name="flags_ignored"
# Customers with a complaint, or who bring others, are let go too. Which table was not read?

# %% part="wrong" name="every_loser_goes"
customers, flags = q.data["customers"], q.data["flags"].set_index("customer_id")
effect = -(customers["profit"] + (1 - q.data["avoidable"]) * customers["cost_to_serve"])
flagged = customers["customer_id"].map(flags.any(axis=1))
q.answer = 100 * effect[(customers["profit"] < 0) & ~flagged].sum() / customers["profit"].sum()

# %% [markdown] lang="id" part="wrong" name="every_loser_goes"
# Semua yang rugi dilepas, juga yang kepergiannya menurunkan laba. Apakah pengaruh setiap orang positif?

# %% [markdown] lang="en" part="wrong" name="every_loser_goes"
# Everyone with a loss goes, also those whose leaving lowers profit. Is the effect of each one above zero?

# %% part="wrong" name="base_after"
customers, flags = q.data["customers"], q.data["flags"].set_index("customer_id")
effect = -(customers["profit"] + (1 - q.data["avoidable"]) * customers["cost_to_serve"])
flagged = customers["customer_id"].map(flags.any(axis=1))
gain = effect[(effect > 0) & ~flagged].sum()
q.answer = 100 * gain / (customers["profit"].sum() + gain)

# %% [markdown] lang="id" part="wrong" name="base_after"
# Dasarnya tertukar: Anda membagi dengan laba sesudah perubahan. "Naik sekian persen" dihitung dari keadaan yang mana?

# %% [markdown] lang="en" part="wrong" name="base_after"
# The base is confused: you divided by the profit after the change. From which state does "rises by so many percent" count?

# %% part="question"
question(
    "rfm_codes", kind="table", columns=("customer_id", "code"), decimals=0, level="independent", data="sales_of_shop", points=2,
    variants=("books", "plants", "tea"), title={"id": "Kode RFM setiap pelanggan", "en": "Every customer's RFM code"},
    rows=("D02",), book="5.1", notebook="12-customer-value", app="studio", function="crm.segmentation.rfm",
)

# %% [markdown] lang="id" part="task"
# Beri setiap pelanggan {firm} ini kode RFM per {as_of:date} (`q.data["as_of"]`); pesanan sesudah hari itu belum terjadi. R: hari sejak pembelian terakhir (lebih baru lebih baik), F: banyaknya pesanan, M: **jumlah** belanja. Skor setiap ukuran ialah peringkat dibagi banyaknya pelanggan, kali lima, dibulatkan ke atas; 5 terbaik. Nilai yang sama mendapat skor yang sama, yaitu peringkat tertinggi di antara mereka.
#
# Hasil: kolom `customer_id` dan `code` (misalnya "544" untuk R 5, F 4, M 4).

# %% [markdown] lang="en" part="task"
# Give every customer of this {firm} an RFM code as of {as_of:date} (`q.data["as_of"]`); orders after that day have not happened. R: days since the last purchase (more recent is better), F: number of orders, M: **sum** spent. A score is the rank divided by the number of customers, times five, rounded up; 5 is best. Equal values get equal scores, that of the highest rank among them.
#
# Result: columns `customer_id` and `code` (such as "544" for R 5, F 4, M 4).

# %% [markdown] lang="id" part="hint"
# Saring tanggal, lalu `groupby("customer_id").agg(...)` dengan pembelian terakhir, banyaknya pesanan, dan jumlah.

# %% [markdown] lang="en" part="hint"
# Filter the dates, then `groupby("customer_id").agg(...)` with the last purchase, the number of orders and the sum.

# %% [markdown] lang="id" part="hint"
# `rank(method="max")` memberi nilai kembar peringkat tertinggi. Untuk R, tanggal yang lebih baru harus mendapat peringkat lebih tinggi.

# %% [markdown] lang="en" part="hint"
# `rank(method="max")` gives ties the highest rank. For R a later date must get a higher rank.

# %% [markdown] lang="id" part="hint"
# `np.ceil(s.rank(method="max") * 5 / len(s)).astype(int)`, lalu sambung ketiga skor sebagai teks.

# %% [markdown] lang="en" part="hint"
# `np.ceil(s.rank(method="max") * 5 / len(s)).astype(int)`, then join the three scores as text.

# %% part="solution"
import numpy as np

sales = q.data["sales"]
known = sales[sales["ordered_at"] <= q.data["as_of"]]
one = known.groupby("customer_id").agg(r=("ordered_at", "max"), f=("order_id", "count"), m=("amount", "sum"))
scores = one.apply(lambda s: np.ceil(s.rank(method="max") * 5 / len(s)).astype(int).astype(str))
q.answer = (scores["r"] + scores["f"] + scores["m"]).rename("code").reset_index()

# %% part="package"
q.answer = crm.segmentation.rfm(q.data["sales"], as_of=q.data["as_of"]).table[["customer_id", "code"]]

# %% [markdown] lang="id" part="why"
# Buku 5.1 menyuruh memeringkat menurut pembelian terakhir, frekuensi, dan nilai, tetapi tidak menyebut tanggal acuan maupun nilai kembar. Keduanya menentukan: banyak orang membeli sekali, dan orang yang sama tidak boleh mendapat skor berbeda hanya karena urutan baris.

# %% [markdown] lang="en" part="why"
# The book's 5.1 ranks customers by recency, frequency and monetary value, but names neither a reference date nor a rule for ties. Both decide: many people bought once, and equal people must not get different scores from the order of the rows.

# %% part="wrong" name="ties_by_row_order"
import numpy as np

sales = q.data["sales"]
known = sales[sales["ordered_at"] <= q.data["as_of"]]
one = known.groupby("customer_id").agg(r=("ordered_at", "max"), f=("order_id", "count"), m=("amount", "sum"))
scores = one.apply(lambda s: np.ceil(s.rank(method="first") * 5 / len(s)).astype(int).astype(str))
q.answer = (scores["r"] + scores["f"] + scores["m"]).rename("code").reset_index()

# %% [markdown] lang="id" part="wrong" name="ties_by_row_order"
# Nilai kembar dipisah menurut urutan baris. Mengapa dua orang yang sama-sama membeli sekali mendapat F berbeda?

# %% [markdown] lang="en" part="wrong" name="ties_by_row_order"
# Ties are parted by the order of the rows. Why should two people who both bought once get different F scores?

# %% part="wrong" name="recency_reversed"
import numpy as np

sales = q.data["sales"]
known = sales[sales["ordered_at"] <= q.data["as_of"]]
one = known.groupby("customer_id").agg(r=("ordered_at", "max"), f=("order_id", "count"), m=("amount", "sum"))
one["r"] = (q.data["as_of"] - one["r"]).dt.days
scores = one.apply(lambda s: np.ceil(s.rank(method="max") * 5 / len(s)).astype(int).astype(str))
q.answer = (scores["r"] + scores["f"] + scores["m"]).rename("code").reset_index()

# %% [markdown] lang="id" part="wrong" name="recency_reversed"
# Arah R terbalik: yang paling lama tidak datang mendapat 5. Hari sejak pembelian terakhir yang besar itu baik atau buruk?

# %% [markdown] lang="en" part="wrong" name="recency_reversed"
# R runs the wrong way: those longest away get 5. Are many days since the last purchase good or bad?

# %% part="wrong" name="future_counted"
import numpy as np

one = q.data["sales"].groupby("customer_id").agg(r=("ordered_at", "max"), f=("order_id", "count"), m=("amount", "sum"))
scores = one.apply(lambda s: np.ceil(s.rank(method="max") * 5 / len(s)).astype(int).astype(str))
q.answer = (scores["r"] + scores["f"] + scores["m"]).rename("code").reset_index()

# %% [markdown] lang="id" part="wrong" name="future_counted"
# Pesanan sesudah tanggal acuan ikut dihitung. Apa yang sudah diketahui pada hari itu?

# %% [markdown] lang="en" part="wrong" name="future_counted"
# Orders after the reference date are counted. What was known on that day?

# %% part="wrong" name="mean_for_monetary"
import numpy as np

sales = q.data["sales"]
known = sales[sales["ordered_at"] <= q.data["as_of"]]
one = known.groupby("customer_id").agg(r=("ordered_at", "max"), f=("order_id", "count"), m=("amount", "mean"))
scores = one.apply(lambda s: np.ceil(s.rank(method="max") * 5 / len(s)).astype(int).astype(str))
q.answer = (scores["r"] + scores["f"] + scores["m"]).rename("code").reset_index()

# %% [markdown] lang="id" part="wrong" name="mean_for_monetary"
# M Anda ialah rata-rata satu pesanan. Nilai moneter seorang pelanggan di sini jumlah atau rata-rata?

# %% [markdown] lang="en" part="wrong" name="mean_for_monetary"
# Your M is the mean of an order. Is a customer's monetary value here a sum or a mean?

# %% part="question"
question(
    "repeat_share", kind="number", unit="percent", digits=5, level="independent", data="two_years", points=2,
    variants=("frequent", "spender", "both"), title={"id": "Siapa yang membeli lagi", "en": "Who buys again"},
    rows=("N01", "A04"), book="6.3", notebook="12-customer-value", app="studio", function="crm.segmentation.repeat_buyers",
)

# %% [markdown] lang="id" part="task" variant="frequent"
# Segmen "sering" ialah pelanggan dengan paling sedikit {min_orders} pesanan pada 2019. Berapa bagian segmen itu membeli lagi pada 2020? Jawab dengan **batas bawah** interval Wilson 95% (z = 1,959964), dalam persen.

# %% [markdown] lang="en" part="task" variant="frequent"
# The segment "frequent" holds customers with at least {min_orders} orders in 2019. What part of it bought again in 2020? Give the **lower bound** of Wilson's 95% interval (z = 1.959964), in percent.

# %% [markdown] lang="id" part="task" variant="spender"
# Segmen "belanja besar" ialah pelanggan yang membelanjakan paling sedikit {min_amount:money} pada 2019. Berapa bagian segmen itu membeli lagi pada 2020? Jawab dengan **batas bawah** interval Wilson 95% (z = 1,959964), dalam persen.

# %% [markdown] lang="en" part="task" variant="spender"
# The segment "big spenders" holds customers who spent at least {min_amount:money} in 2019. What part of it bought again in 2020? Give the **lower bound** of Wilson's 95% interval (z = 1.959964), in percent.

# %% [markdown] lang="id" part="task" variant="both"
# Segmen "inti" ialah pelanggan dengan paling sedikit {min_orders} pesanan **dan** belanja paling sedikit {min_amount:money} pada 2019. Berapa bagian segmen itu membeli lagi pada 2020? Jawab dengan **batas bawah** interval Wilson 95% (z = 1,959964), dalam persen.

# %% [markdown] lang="en" part="task" variant="both"
# The segment "core" holds customers with at least {min_orders} orders **and** at least {min_amount:money} spent in 2019. What part of it bought again in 2020? Give the **lower bound** of Wilson's 95% interval (z = 1.959964), in percent.

# %% [markdown] lang="id" part="hint"
# Penyebutnya n orang dalam segmen; pembilangnya k orang dari segmen itu yang ada di `sales_2020`, masing-masing sekali.

# %% [markdown] lang="en" part="hint"
# The denominator is the n people of the segment; the numerator the k of them who are in `sales_2020`, each once.

# %% [markdown] lang="id" part="hint"
# Wilson: tengahnya (k + z²/2)/(n + z²); lebar setengahnya z/(n + z²) kali akar dari k(n − k)/n + z²/4.

# %% [markdown] lang="en" part="hint"
# Wilson: the middle is (k + z²/2)/(n + z²); half the width is z/(n + z²) times the root of k(n − k)/n + z²/4.

# %% part="solution"
customers, z = q.data["customers"], 1.959964
mine = (customers["orders_2019"] >= q.data["min_orders"]) & (customers["amount_2019"] >= q.data["min_amount"])
segment = customers.loc[mine, "customer_id"]
n, k = len(segment), segment.isin(q.data["sales_2020"]["customer_id"]).sum()
q.answer = 100 * (k + z**2 / 2 - z * (k * (n - k) / n + z**2 / 4) ** 0.5) / (n + z**2)

# %% part="package"
customers = q.data["customers"]
mine = (customers["orders_2019"] >= q.data["min_orders"]) & (customers["amount_2019"] >= q.data["min_amount"])
segments = customers[["customer_id"]].assign(segment=np.where(mine, "mine", "others"))
found = crm.segmentation.repeat_buyers(segments, q.data["sales_2020"], as_of="2019-12-31", until="2020-12-31").table
q.answer = 100 * found.set_index("segment").loc["mine", "repeat_share_low"]

# %% [markdown] lang="id" part="why"
# Segmen dibentuk dari apa yang diketahui akhir 2019; siapa yang kembali dibaca dari tahun sesudahnya. Pelanggan baru 2020 tidak pernah termasuk segmen, jadi tidak masuk pembilang maupun penyebut. Batas bawah melindungi dari segmen kecil yang kebetulan baik; 420 dari 500 memberi 84,0%, dengan batas bawah sekitar 80,5%. Buku 6.3 (a) bertanya bagaimana basis tersegmentasi; aturan seperti ini satu jawaban, pengelompokan k-means jawaban lain.

# %% [markdown] lang="en" part="why"
# The segment is made of what was known at the end of 2019; who returned is read from the year after. Newcomers of 2020 never were in the segment, so they enter neither numerator nor denominator. The lower bound protects from small segments that were lucky; 420 of 500 give 84.0%, with a lower bound of about 80.5%. The book's 6.3 (a) asks how the base is segmented; a rule like this is one answer, k-means another.

# %% part="wrong" name="no_interval"
customers = q.data["customers"]
mine = (customers["orders_2019"] >= q.data["min_orders"]) & (customers["amount_2019"] >= q.data["min_amount"])
q.answer = 100 * customers.loc[mine, "customer_id"].isin(q.data["sales_2020"]["customer_id"]).mean()

# %% [markdown] lang="id" part="wrong" name="no_interval"
# Itu bagian yang teramati, tanpa interval. Seberapa jauh kenyataan dapat berada di bawahnya dengan n sebanyak ini?

# %% [markdown] lang="en" part="wrong" name="no_interval"
# That is the observed share without its interval. How far below may the truth lie with this n?

# %% part="wrong" name="all_customers"
customers, z = q.data["customers"], 1.959964
n, k = len(customers), customers["customer_id"].isin(q.data["sales_2020"]["customer_id"]).sum()
q.answer = 100 * (k + z**2 / 2 - z * (k * (n - k) / n + z**2 / 4) ** 0.5) / (n + z**2)

# %% [markdown] lang="id" part="wrong" name="all_customers"
# Penyebutnya semua pelanggan. Siapa saja yang memenuhi aturan segmen?

# %% [markdown] lang="en" part="wrong" name="all_customers"
# The denominator is all customers. Who of them meets the segment's rule?

# %% part="wrong" name="share_of_buyers"
customers, z = q.data["customers"], 1.959964
mine = (customers["orders_2019"] >= q.data["min_orders"]) & (customers["amount_2019"] >= q.data["min_amount"])
again = customers.loc[mine, "customer_id"].isin(q.data["sales_2020"]["customer_id"]).sum()
n, k = q.data["sales_2020"]["customer_id"].nunique(), again
q.answer = 100 * (k + z**2 / 2 - z * (k * (n - k) / n + z**2 / 4) ** 0.5) / (n + z**2)

# %% [markdown] lang="id" part="wrong" name="share_of_buyers"
# Penyebutnya pembeli 2020, termasuk yang baru. Yang ditanyakan: dari segmen 2019, berapa yang kembali?

# %% [markdown] lang="en" part="wrong" name="share_of_buyers"
# The denominator is the buyers of 2020, newcomers too. The question is: of the segment of 2019, how many returned?

# %% part="wrong" name="normal_interval"
customers, z = q.data["customers"], 1.959964
mine = (customers["orders_2019"] >= q.data["min_orders"]) & (customers["amount_2019"] >= q.data["min_amount"])
again = customers.loc[mine, "customer_id"].isin(q.data["sales_2020"]["customer_id"])
p = again.mean()
q.answer = 100 * (p - z * (p * (1 - p) / len(again)) ** 0.5)

# %% [markdown] lang="id" part="wrong" name="normal_interval"
# Itu interval normal (p ± z galat baku), yang terlalu yakin di dekat 0 dan 1. Rumus mana yang diminta?

# %% [markdown] lang="en" part="wrong" name="normal_interval"
# That is the normal interval (p ± z standard errors), which is too sure near 0 and 1. Which formula was asked for?

# %% part="question"
question(
    "buyer_index", kind="blanks", style="mistake", level="independent", data="who_buys", points=2,
    parts={
        "mistake": {
            "kind": "choice",
            "says": {"id": "kekeliruan dalam kode itu:", "en": "the mistake in that code:"},
            "options": {
                "base": {"id": "pembandingnya bukan semua pelanggan", "en": "it does not compare with all customers"},
                "direction": {"id": "pembilang dan penyebut tertukar", "en": "numerator and denominator are swapped"},
                "lines": {"id": "baris pembelian dihitung sebagai orang", "en": "lines of purchases are counted as people"},
                "none": {"id": "tidak ada, indeksnya benar", "en": "none, the index is right"},
            },
        },
        "index": {"kind": "number", "unit": "number", "digits": 4, "says": {"id": "indeks pembeli yang benar untuk `city` (100 = sama dengan rata-rata)", "en": "the right buyer index of `city` (100 = as the average)"}},
    },
    variants=("base", "direction", "lines"), title={"id": "Siapa yang membeli: temukan kekeliruannya", "en": "Who buys: find the mistake"},
    rows=("A07",), book="6.3", notebook="12-customer-value", app="studio", function="crm.segmentation.buyer_index",
)

# %% [markdown] lang="id" part="task" variant="base"
# Indeks pembeli: bagian suatu kelompok di antara **pembeli**, dibagi bagiannya di antara **semua pelanggan**, kali 100. (60% pembeli tinggal di kota, 40% semua pelanggan: indeks 150.) Seorang rekan menghitungnya begini:
#
# ```python
# bought = customers["customer_id"].isin(purchases["customer_id"])
# in_city = customers["area"] == "city"
# index = 100 * in_city[bought].mean() / in_city[~bought].mean()
# ```
#
# Apa kekeliruannya, dan berapa indeks yang benar?

# %% [markdown] lang="en" part="task" variant="base"
# The buyer index: a group's share of the **buyers**, divided by its share of **all customers**, times 100. (60% of the buyers live in a city, 40% of all customers: index 150.) A colleague computes it like this:
#
# ```python
# bought = customers["customer_id"].isin(purchases["customer_id"])
# in_city = customers["area"] == "city"
# index = 100 * in_city[bought].mean() / in_city[~bought].mean()
# ```
#
# What is the mistake, and what is the right index?

# %% [markdown] lang="id" part="task" variant="direction"
# Indeks pembeli: bagian suatu kelompok di antara **pembeli**, dibagi bagiannya di antara **semua pelanggan**, kali 100. (60% pembeli tinggal di kota, 40% semua pelanggan: indeks 150.) Seorang rekan menghitungnya begini:
#
# ```python
# bought = customers["customer_id"].isin(purchases["customer_id"])
# in_city = customers["area"] == "city"
# index = 100 * in_city.mean() / in_city[bought].mean()
# ```
#
# Apa kekeliruannya, dan berapa indeks yang benar?

# %% [markdown] lang="en" part="task" variant="direction"
# The buyer index: a group's share of the **buyers**, divided by its share of **all customers**, times 100. (60% of the buyers live in a city, 40% of all customers: index 150.) A colleague computes it like this:
#
# ```python
# bought = customers["customer_id"].isin(purchases["customer_id"])
# in_city = customers["area"] == "city"
# index = 100 * in_city.mean() / in_city[bought].mean()
# ```
#
# What is the mistake, and what is the right index?

# %% [markdown] lang="id" part="task" variant="lines"
# Indeks pembeli: bagian suatu kelompok di antara **pembeli**, dibagi bagiannya di antara **semua pelanggan**, kali 100. (60% pembeli tinggal di kota, 40% semua pelanggan: indeks 150.) Seorang rekan menghitungnya begini:
#
# ```python
# bought = purchases.merge(customers, on="customer_id")
# in_city = customers["area"] == "city"
# index = 100 * (bought["area"] == "city").mean() / in_city.mean()
# ```
#
# Apa kekeliruannya, dan berapa indeks yang benar?

# %% [markdown] lang="en" part="task" variant="lines"
# The buyer index: a group's share of the **buyers**, divided by its share of **all customers**, times 100. (60% of the buyers live in a city, 40% of all customers: index 150.) A colleague computes it like this:
#
# ```python
# bought = purchases.merge(customers, on="customer_id")
# in_city = customers["area"] == "city"
# index = 100 * (bought["area"] == "city").mean() / in_city.mean()
# ```
#
# What is the mistake, and what is the right index?

# %% [markdown] lang="id" part="hint"
# Sebutkan dengan kata-kata apa yang menjadi pembilang dan penyebut di baris terakhir kode itu. Siapa saja yang termasuk di masing-masing?

# %% [markdown] lang="en" part="hint"
# Say in words what is numerator and denominator in the code's last line. Who belongs to each of them?

# %% [markdown] lang="id" part="hint"
# Seorang pembeli dihitung sekali: `customers["customer_id"].isin(purchases["customer_id"])`. Pembandingnya seluruh tabel `customers`.

# %% [markdown] lang="en" part="hint"
# A buyer counts once: `customers["customer_id"].isin(purchases["customer_id"])`. The comparison is the whole table `customers`.

# %% part="solution"
customers, purchases = q.data["customers"], q.data["purchases"]
bought = customers["customer_id"].isin(purchases["customer_id"])
in_city = customers["area"] == "city"
q.answer = {"mistake": q.variant, "index": 100 * in_city[bought].mean() / in_city.mean()}

# %% part="package"
found = crm.segmentation.buyer_index(q.data["customers"], list(q.data["purchases"]["customer_id"].unique()), by="area").table
q.answer = {"mistake": q.variant, "index": found.set_index("area").loc["city", "buyer_index"]}

# %% [markdown] lang="id" part="why"
# Indeks menjawab pertanyaan buku 6.3 (d): tipe pelanggan apa yang membeli. Orang, bukan baris, yang dihitung; dan pembandingnya semua pelanggan, sebab dengan pembanding bukan pembeli indeks membesar tanpa batas bila produk laku.

# %% [markdown] lang="en" part="why"
# The index answers question (d) of the book's 6.3: which kind of customer buys. People are counted, not lines; and the comparison is all customers, for against non-buyers the index grows without limit as a product sells.

# %% part="wrong" name="code_believed"
customers, purchases = q.data["customers"], q.data["purchases"]
bought = customers["customer_id"].isin(purchases["customer_id"])
in_city = customers["area"] == "city"
lines = purchases.merge(customers, on="customer_id")["area"] == "city"
told = {
    "base": in_city[bought].mean() / in_city[~bought].mean(),
    "direction": in_city.mean() / in_city[bought].mean(),
    "lines": lines.mean() / in_city.mean(),
}
q.answer = {"mistake": "none", "index": 100 * told[q.variant]}

# %% [markdown] lang="id" part="wrong" name="code_believed"
# Anda mempercayai kode itu. Cobalah pada contoh 60% dan 40%: apakah keluar 150?

# %% [markdown] lang="en" part="wrong" name="code_believed"
# You believe the code. Try it on the example of 60% and 40%: does 150 come out?

# %% part="wrong" name="other_mistake"
customers, purchases = q.data["customers"], q.data["purchases"]
bought = customers["customer_id"].isin(purchases["customer_id"])
in_city = customers["area"] == "city"
other = {"base": "lines", "direction": "base", "lines": "direction"}[q.variant]
q.answer = {"mistake": other, "index": 100 * in_city[bought].mean() / in_city.mean()}

# %% [markdown] lang="id" part="wrong" name="other_mistake"
# Kekeliruan yang Anda sebut memang sering terjadi, tetapi tidak di kode ini. Siapa yang dihitung pada pembilang dan penyebutnya?

# %% [markdown] lang="en" part="wrong" name="other_mistake"
# The mistake that you name is common, but not in this code. Who is counted in its numerator and denominator?

# %% part="wrong" name="share_without_base"
customers, purchases = q.data["customers"], q.data["purchases"]
bought = customers["customer_id"].isin(purchases["customer_id"])
q.answer = {"mistake": q.variant, "index": 100 * (customers["area"] == "city")[bought].mean()}

# %% [markdown] lang="id" part="wrong" name="share_without_base"
# Itu bagian kota di antara pembeli, tanpa pembanding. Banyak atau sedikit dibandingkan dengan apa?

# %% [markdown] lang="en" part="wrong" name="share_without_base"
# That is the city's share of the buyers, without a base. Is it much or little, compared with what?

# %% part="wrong" name="buying_rate"
customers, purchases = q.data["customers"], q.data["purchases"]
bought = customers["customer_id"].isin(purchases["customer_id"])
q.answer = {"mistake": q.variant, "index": 100 * bought[customers["area"] == "city"].mean()}

# %% [markdown] lang="id" part="wrong" name="buying_rate"
# Itu persentase pelanggan kota yang membeli, syaratnya terbalik. Indeks bertanya tentang susunan pembeli: berapa dari mereka orang kota?

# %% [markdown] lang="en" part="wrong" name="buying_rate"
# That is the percentage of city customers who buy, the condition the other way round. The index asks how the buyers are made up: how many of them are from the city?

# %% part="question"
question(
    "persona_evidence", kind="matching", level="independent", draw=8, variants=("shop", "clinic", "bank"), points=2,
    title={"id": "Apa dasar ciri persona ini?", "en": "What does this trait of a persona rest on?"},
    items={
        "m1": {"id": "Belanja rata-rata Rp412.000 sebulan (n = 340, penjualan 2020)", "en": "Spends Rp412,000 a month on average (n = 340, sales of 2020)"},
        "m2": {"id": "62% membeli lewat situs (n = 1.210 pesanan, 2020)", "en": "62% buy on the website (n = 1,210 orders, 2020)"},
        "m3": {"id": "Datang terutama hari Sabtu (n = 880 kunjungan, 2020)", "en": "Comes mostly on Saturdays (n = 880 visits, 2020)"},
        "m4": {"id": "Menelepon pusat layanan 0,4 kali sebulan (n = 275, log 2020)", "en": "Calls the service centre 0.4 times a month (n = 275, log of 2020)"},
        "m5": {"id": "Suka warna cerah karena masih muda", "en": "Likes bright colours, being young"},
        "m6": {"id": "Ingin dianggap penting oleh tetangganya", "en": "Wants to matter to the neighbours"},
        "m7": {"id": "Sebagai ibu, tidak tertarik pada teknologi", "en": "As a mother, has no interest in technology"},
        "m8": {"id": "Tidak punya waktu membaca surel panjang", "en": "Has no time to read long emails"},
        "m9": {"id": "75% puas dengan pengantaran (n = 8, survei 2020)", "en": "75% are content with the delivery (n = 8, survey of 2020)"},
        "m10": {"id": "Bersedia membayar 10% lebih (n = 12 wawancara, 2020)", "en": "Would pay 10% more (n = 12 interviews, 2020)"},
        "m11": {"id": "Separuh memakai dompet digital (n = 6, 2020)", "en": "Half use a digital wallet (n = 6, 2020)"},
        "m12": {"id": "Mengeluh tentang antrean (n = 4 keluhan, 2020)", "en": "Complains about queues (n = 4 complaints, 2020)"},
        "m13": {"id": "80% mengenal merek dari radio (n = 600, survei 2014)", "en": "80% know the brand from radio (n = 600, survey of 2014)"},
        "m14": {"id": "Tidak mau membayar lewat telepon (n = 450, survei 2013)", "en": "Will not pay by phone (n = 450, survey of 2013)"},
        "m15": {"id": "55% lebih suka brosur kertas (n = 390, survei 2015)", "en": "55% prefer paper brochures (n = 390, survey of 2015)"},
        "m16": {"id": "Jarang memesan dari rumah (n = 720, survei 2012)", "en": "Rarely orders from home (n = 720, survey of 2012)"},
    },
    classes={
        "shown": {"id": "ditunjukkan data", "en": "shown by data"},
        "few": {"id": "datanya terlalu sedikit (n < 30)", "en": "too few data (n < 30)"},
        "old": {"id": "datanya kedaluwarsa (lebih dari dua tahun)", "en": "data out of date (more than two years)"},
        "guess": {"id": "asumsi, tanpa data", "en": "an assumption, without data"},
    },
    rows=("S03",), book="article: personalisation", notebook="14-personalisation-failures", app="studio",
    function="crm.segmentation.personas",
)

# %% [markdown] lang="id" part="task" variant="shop"
# Tim sebuah toko menyusun persona dari segmennya pada akhir 2020. Untuk setiap ciri: apa dasarnya?

# %% [markdown] lang="en" part="task" variant="shop"
# The team of a shop writes personas of its segments at the end of 2020. For each trait: what does it rest on?

# %% [markdown] lang="id" part="task" variant="clinic"
# Sebuah klinik menyusun persona keluarga pasien pada akhir 2020. Untuk setiap ciri: apa dasarnya?

# %% [markdown] lang="en" part="task" variant="clinic"
# A clinic writes personas of patients' families at the end of 2020. For each trait: what does it rest on?

# %% [markdown] lang="id" part="task" variant="bank"
# Sebuah bank daerah menyusun persona nasabah pada akhir 2020. Untuk setiap ciri: apa dasarnya?

# %% [markdown] lang="en" part="task" variant="bank"
# A regional bank writes personas of its clients at the end of 2020. For each trait: what does it rest on?

# %% [markdown] lang="id" part="hint"
# Tanyakan berturut-turut: adakah data? cukup banyak? cukup baru?

# %% [markdown] lang="en" part="hint"
# Ask in this order: are there data? enough of them? recent enough?

# %% [markdown] lang="id" part="hint"
# Kalimat tanpa n dan tanpa sumber ialah asumsi, betapa pun masuk akalnya.

# %% [markdown] lang="en" part="hint"
# A sentence without n and source is an assumption, however plausible.

# %% part="solution"
q.answer = (
    {f"m{i}": "shown" for i in range(1, 5)}
    | {f"m{i}": "guess" for i in range(5, 9)}
    | {f"m{i}": "few" for i in range(9, 13)}
    | {f"m{i}": "old" for i in range(13, 17)}
)

# %% [markdown] lang="id" part="why"
# Persona setengah rekaan, tetapi setengahnya lagi harus data. Artikel menyebut "salah kenal": riset yang tidak sahih, atau sahih tetapi kedaluwarsa. Ciri tanpa data boleh ditulis, asal diberi nama asumsi.

# %% [markdown] lang="en" part="why"
# A persona is half invented, but the other half must be data. The article's "salah kenal" is research that is not valid, or valid but out of date. A trait without data may stand there as long as it is called an assumption.

# %% part="wrong" name="plausible_is_shown"
q.answer = {f"m{i}": "shown" for i in range(1, 17)}

# %% [markdown] lang="id" part="wrong" name="plausible_is_shown"
# Anda menganggap yang masuk akal sebagai sudah ditunjukkan. Berapa orang di balik ciri itu, dan kapan mereka ditanya?

# %% [markdown] lang="en" part="wrong" name="plausible_is_shown"
# You take the plausible as shown. How many people stand behind the trait, and when were they asked?

# %% part="wrong" name="all_invented"
q.answer = {f"m{i}": "guess" for i in range(1, 17)}

# %% [markdown] lang="id" part="wrong" name="all_invented"
# Persona memang semi-fiktif, tetapi tidak semua cirinya asumsi. Ciri mana yang menyebut n dan sumbernya?

# %% [markdown] lang="en" part="wrong" name="all_invented"
# A persona is semi-fictional, but not every trait is an assumption. Which traits name their n and source?

# %% part="wrong" name="only_age_counts"
q.answer = {f"m{i}": "old" for i in range(1, 17)}

# %% [markdown] lang="id" part="wrong" name="only_age_counts"
# Umur data hanya satu dari tiga pertanyaan. Apakah ciri ini punya data, dan dari tahun berapa?

# %% [markdown] lang="en" part="wrong" name="only_age_counts"
# The age of data is only one of three questions. Does this trait have data, and of which year?

# %% part="question"
question(
    "three_lifetime_values", kind="blanks", level="faded", data="subscription", points=2,
    parts={
        "d_month": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "diskonto sebulan (persen) yang setara dengan diskonto setahun itu", "en": "the discount of a month (percent) that equals that of the year"}},
        "residual": {"kind": "number", "unit": "money", "digits": 4, "says": {"id": "nilai sisa, margin bulan ini sudah diterima: m·r / (1 + d − r)", "en": "residual value, this month's margin already received: m·r / (1 + d − r)"}},
        "in_advance": {"kind": "number", "unit": "money", "digits": 4, "says": {"id": "dibayar di muka, bulan ini ikut: m·(1 + d) / (1 + d − r)", "en": "paid in advance, this month included: m·(1 + d) / (1 + d − r)"}},
    },
    variants=("gym", "internet", "meals"), title={"id": "Tiga nilai seumur hubungan", "en": "Three lifetime values"},
    rows=("U01",), book="article: customer-centric", notebook="12-customer-value", app="studio", function="crm.value.compare_formulas",
)

# %% [markdown] lang="id" part="task"
# Sebuah {firm}: margin {margin:money} seorang pelanggan sebulan, {stays:share.1} pelanggan bertahan **tiap bulan**, diskonto {discount:share.1} **setahun**. Lengkapi hitungan ini.
#
# (Dengan m = 1 juta, r = 0,8 dan d = 0,1, ketiganya per tahun: nilai sisa 2.666.667, dibayar di belakang m / (1 + d − r) 3.333.333, dibayar di muka 3.666.667. Satu pelanggan, tiga angka: sebutkan selalu rumusnya.)

# %% [markdown] lang="en" part="task"
# A {firm}: a margin of {margin:money} a customer and month, {stays:share.1} of the customers stay **each month**, a discount of {discount:share.1} **a year**. Complete the calculation.
#
# (With m = 1 million, r = 0.8 and d = 0.1, all three by the year: residual 2,666,667, paid in arrears m / (1 + d − r) 3,333,333, paid in advance 3,666,667. One customer, three figures: always name the formula.)

# %% part="start"
m, r, d_year = q.data["margin"], q.data["stays"], q.data["discount"]
d = ...  # twelve of these months must make d_year
q.answer = {
    "d_month": ...,
    "residual": ...,
    "in_advance": ...,
}

# %% [markdown] lang="id" part="hint"
# Retensi per bulan harus bertemu diskonto per bulan. Dua belas bulan bunga majemuk: (1 + d)¹² = 1 + diskonto setahun.

# %% [markdown] lang="en" part="hint"
# A monthly retention must meet a monthly discount. Twelve months compound: (1 + d)¹² = 1 + the year's discount.

# %% [markdown] lang="id" part="hint"
# `d = (1 + d_year) ** (1 / 12) - 1`; lalu masukkan m, r, dan d itu ke kedua rumus.

# %% [markdown] lang="en" part="hint"
# `d = (1 + d_year) ** (1 / 12) - 1`; then put m, r and this d into both formulas.

# %% part="solution"
m, r = q.data["margin"], q.data["stays"]
d = (1 + q.data["discount"]) ** (1 / 12) - 1
q.answer = {"d_month": 100 * d, "residual": m * r / (1 + d - r), "in_advance": m * (1 + d) / (1 + d - r)}

# %% part="package"
d = crm.value.discount_of(q.data["discount"], per="year", into="month")
facts = crm.value.compare_formulas(q.data["margin"], q.data["stays"], d, per="month", discount_per="month").facts
q.answer = {"d_month": 100 * d, "residual": facts["residual"], "in_advance": facts["in_advance"]}

# %% [markdown] lang="id" part="why"
# Rumus CLV menjumlahkan margin yang menyusut karena retensi dan diskonto pada langkah waktu yang **sama**. Artikel menyarankan menaikkan CLV tanpa menyebut rumusnya; padahal tiga rumus yang lazim berbeda karena saat pembayaran pertama.

# %% [markdown] lang="en" part="why"
# A CLV formula adds up margins that shrink by retention and discount over the **same** step of time. The article advises raising CLV without naming a formula, yet the three common ones differ by when the first payment falls.

# %% part="wrong" name="yearly_discount_monthly_retention"
m, r, d = q.data["margin"], q.data["stays"], q.data["discount"]
q.answer = {"d_month": 100 * d, "residual": m * r / (1 + d - r), "in_advance": m * (1 + d) / (1 + d - r)}

# %% [markdown] lang="id" part="wrong" name="yearly_discount_monthly_retention"
# Retensi sebulan bertemu diskonto setahun. Berapa lama satu langkah waktu di rumus ini?

# %% [markdown] lang="en" part="wrong" name="yearly_discount_monthly_retention"
# A month's retention meets a year's discount. How long is one step of time in this formula?

# %% part="wrong" name="divided_by_twelve"
m, r, d = q.data["margin"], q.data["stays"], q.data["discount"] / 12
q.answer = {"d_month": 100 * d, "residual": m * r / (1 + d - r), "in_advance": m * (1 + d) / (1 + d - r)}

# %% [markdown] lang="id" part="wrong" name="divided_by_twelve"
# Diskonto setahun dibagi dua belas. Bila dimajemukkan dua belas kali, apakah hasilnya kembali ke diskonto setahun?

# %% [markdown] lang="en" part="wrong" name="divided_by_twelve"
# The year's discount is divided by twelve. When it is compounded twelve times, does the year's discount come out again?

# %% part="wrong" name="formulas_swapped"
m, r = q.data["margin"], q.data["stays"]
d = (1 + q.data["discount"]) ** (1 / 12) - 1
q.answer = {"d_month": 100 * d, "residual": m * (1 + d) / (1 + d - r), "in_advance": m * r / (1 + d - r)}

# %% [markdown] lang="id" part="wrong" name="formulas_swapped"
# Kedua rumus tertukar. Pada rumus yang mana margin bulan ini ikut terhitung?

# %% [markdown] lang="en" part="wrong" name="formulas_swapped"
# The two formulas are swapped. In which of them does this month's margin count?

# %% part="wrong" name="no_discount"
m, r = q.data["margin"], q.data["stays"]
d = (1 + q.data["discount"]) ** (1 / 12) - 1
q.answer = {"d_month": 100 * d, "in_advance": m / (1 - r)}

# %% [markdown] lang="id" part="wrong" name="no_discount"
# Uang tahun depan dihitung senilai uang hari ini: diskonto hilang dari rumus. Di mana seharusnya?

# %% [markdown] lang="en" part="wrong" name="no_discount"
# Next year's money counts as today's: the discount is missing from the formula. Where does it belong?

# %% part="question"
question(
    "five_percent_retention", kind="blanks", style="claim", level="independent", data="plan", points=3,
    parts={
        "points": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "kenaikan laba (persen) bila retensi naik 5 **poin**", "en": "the rise in profit (percent) when retention rises by 5 **points**"}},
        "relative": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "kenaikan laba (persen) bila retensi naik 5 **persen** dari nilainya", "en": "the rise in profit (percent) when retention rises by 5 **percent** of itself"}},
        "holds": {
            "kind": "choice",
            "says": {"id": "laba naik 25 sampai 95% di perusahaan ini:", "en": "profit rises by 25 to 95% in this company:"},
            "options": {
                "both": {"id": "pada kedua cara membaca", "en": "in both readings"},
                "points": {"id": "hanya bila 5 itu poin", "en": "only when 5 means points"},
                "relative": {"id": "hanya bila 5 itu persen", "en": "only when 5 means percent"},
                "neither": {"id": "pada tidak satu pun", "en": "in neither"},
            },
        },
    },
    variants=("insurer", "school", "software"), title={"id": "Bolehkah dikatakan: +5% retensi, +25 sampai +95% laba?", "en": "Can you say: +5% retention, +25 to +95% profit?"},
    rows=("J13",), book="article: journeys", notebook="12-customer-value", app="studio", function="crm.value.retention_profit",
)

# %% [markdown] lang="id" part="task"
# Sebuah artikel mengutip: kenaikan retensi 5% menaikkan laba 25 sampai 95%. Dari retensi berapa, poin atau persen, dan laba menurut apa, tidak disebut. Uji pada sebuah {firm}: margin setahun {margin:money} seorang pelanggan, retensi {retention:share.1} setahun, diskonto {discount:share.1}, biaya mendapatkan seorang pelanggan {acquisition:money}.
#
# Laba seorang pelanggan ialah nilai sisa m·r / (1 + d − r) **dikurangi** biaya mendapatkannya.

# %% [markdown] lang="en" part="task"
# An article quotes: a rise of retention by 5% raises profit by 25 to 95%. From which retention, points or percent, and which profit is not said. Test it on a {firm}: a margin of {margin:money} a customer and year, retention {retention:share.1} a year, discount {discount:share.1}, {acquisition:money} to win a customer.
#
# The profit of a customer is the residual value m·r / (1 + d − r) **less** what it cost to win him.

# %% [markdown] lang="id" part="hint"
# Tulis satu fungsi laba(r). Lima poin: r + 0,05. Lima persen dari nilainya: r × 1,05.

# %% [markdown] lang="en" part="hint"
# Write one function profit(r). Five points: r + 0.05. Five percent of itself: r × 1.05.

# %% [markdown] lang="id" part="hint"
# Kenaikan = laba sesudah dibagi laba sebelum, dikurangi satu. Bandingkan masing-masing dengan 25 dan 95.

# %% [markdown] lang="en" part="hint"
# The rise = profit after divided by profit before, less one. Compare each with 25 and 95.

# %% part="solution"
m, r, d, cost = (q.data[name] for name in ("margin", "retention", "discount", "acquisition"))


def profit(r):
    return m * r / (1 + d - r) - cost


points, relative = (100 * (profit(after) / profit(r) - 1) for after in (r + 0.05, 1.05 * r))
inside = 25 <= points <= 95, 25 <= relative <= 95
holds = {(True, True): "both", (True, False): "points", (False, True): "relative", (False, False): "neither"}[inside]
q.answer = {"points": points, "relative": relative, "holds": holds}

# %% part="package"
told = {"retention": q.data["retention"], "margin": q.data["margin"], "discount": q.data["discount"]}
told["acquisition_cost"] = q.data["acquisition"]
found = {kind: crm.value.retention_profit(gain_is=kind, **told).facts for kind in ("points", "relative")}
inside = found["points"]["claim_holds"], found["relative"]["claim_holds"]
holds = {(True, True): "both", (True, False): "points", (False, True): "relative", (False, False): "neither"}[inside]
q.answer = {kind: 100 * facts["uplift_share"] for kind, facts in found.items()} | {"holds": holds}

# %% [markdown] lang="id" part="why"
# Klaim itu bukan hukum: dari 0,80 ke 0,85 nilai naik 27,5%, dari 0,60 ke 0,65 hanya 20,4%, dan dengan biaya perolehan 1,5 kali margin menjadi 62,9%. Titik awal, cara membaca 5%, dan biaya perolehan menentukan. Artikel tidak menyebut satu pun; sebutkan ketiganya sebelum mengutipnya.

# %% [markdown] lang="en" part="why"
# The claim is no law: from 0.80 to 0.85 the value rises by 27.5%, from 0.60 to 0.65 only by 20.4%, and with an acquisition cost of 1.5 margins by 62.9%. The start, how 5% is read, and the acquisition cost decide. The article names none; name all three before you quote it.

# %% part="wrong" name="acquisition_forgotten"
m, r, d = (q.data[name] for name in ("margin", "retention", "discount"))
points, relative = (100 * ((m * x / (1 + d - x)) / (m * r / (1 + d - r)) - 1) for x in (r + 0.05, 1.05 * r))
inside = 25 <= points <= 95, 25 <= relative <= 95
holds = {(True, True): "both", (True, False): "points", (False, True): "relative", (False, False): "neither"}[inside]
q.answer = {"points": points, "relative": relative, "holds": holds}

# %% [markdown] lang="id" part="wrong" name="acquisition_forgotten"
# Itu kenaikan nilai, bukan laba: biaya mendapatkan pelanggan tidak ikut. Apa yang berkurang dari kedua sisi?

# %% [markdown] lang="en" part="wrong" name="acquisition_forgotten"
# That is the rise of the value, not of the profit: what it cost to win the customer is missing. What goes off both sides?

# %% part="wrong" name="percent_read_as_points"
m, r, d, cost = (q.data[name] for name in ("margin", "retention", "discount", "acquisition"))
points = 100 * ((m * (r + 0.05) / (0.95 + d - r) - cost) / (m * r / (1 + d - r) - cost) - 1)
q.answer = {"points": points, "relative": points, "holds": None}

# %% [markdown] lang="id" part="wrong" name="percent_read_as_points"
# Persen dan poin disamakan: kedua bagian Anda sama. Dari retensi 0,60: lima poin lebih menjadi berapa, lima persen lebih menjadi berapa?

# %% [markdown] lang="en" part="wrong" name="percent_read_as_points"
# Percent and points are taken as one: your two parts are equal. From a retention of 0.60: what are five points more, and what five percent more?

# %% part="wrong" name="ratio_for_rise"
m, r, d, cost = (q.data[name] for name in ("margin", "retention", "discount", "acquisition"))
points, relative = (100 * (m * x / (1 + d - x) - cost) / (m * r / (1 + d - r) - cost) for x in (r + 0.05, 1.05 * r))
q.answer = {"points": points, "relative": relative, "holds": None}

# %% [markdown] lang="id" part="wrong" name="ratio_for_rise"
# Itu laba sesudah sebagai persen dari laba sebelum: perbandingan, bukan kenaikan. Berapa yang bertambah?

# %% [markdown] lang="en" part="wrong" name="ratio_for_rise"
# That is profit after as a percentage of profit before: a ratio, not a rise. How much was added?

# %% part="wrong" name="other_formula"
m, r, d, cost = (q.data[name] for name in ("margin", "retention", "discount", "acquisition"))
points, relative = (100 * ((m / (1 + d - x) - cost) / (m / (1 + d - r) - cost) - 1) for x in (r + 0.05, 1.05 * r))
q.answer = {"points": points, "relative": relative, "holds": None}

# %% [markdown] lang="id" part="wrong" name="other_formula"
# Anda memakai m / (1 + d − r), nilai yang dibayar di belakang. Rumus mana yang disebut di soal?

# %% [markdown] lang="en" part="wrong" name="other_formula"
# You used m / (1 + d − r), the value paid in arrears. Which formula does the question name?
