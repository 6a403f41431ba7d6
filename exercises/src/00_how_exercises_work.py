# %% [markdown] lang="id" part="title"
# # 0 · Cara kerja latihan
#
# Satu soal untuk setiap bentuk jawaban, pada sebuah toko kecil rekaan. Di sini Anda berkenalan dengan cara menjawab; nilainya tidak dihitung.

# %% [markdown] lang="en" part="title"
# # 0 · How exercises work
#
# One question for each form of answer, on a small invented shop. Here you get to know how to answer; no mark counts.

# %% part="data"
def shop(rng, variant):
    """Orders of one month: who, when, what, how much; some were returned."""
    n = 60
    day = rng.integers(1, 29, n)
    amount = rng.integers(20_000, 400_000, n) + rng.integers(0, 999, n)
    orders = pd.DataFrame(
        {
            "order_id": np.arange(1, n + 1),
            "ordered_at": pd.to_datetime("2020-03-01") + pd.to_timedelta(day - 1, unit="D"),
            "customer": [f"C{i:02d}" for i in rng.integers(1, 25, n)],
            "channel": rng.choice(["store", "website", "whatsapp"], n, p=[0.5, 0.3, 0.2]),
            "amount": amount.astype(float),
            "returned": rng.random(n) < 0.15,
        }
    )
    orders.loc[0, "returned"], orders.loc[1, "returned"] = True, False
    words = {
        "id": {"what": {"shop": "toko buku", "cafe": "kedai kopi", "pharmacy": "apotek"}[variant]},
        "en": {"what": {"shop": "bookshop", "cafe": "coffee bar", "pharmacy": "pharmacy"}[variant]},
    }
    return {"orders": orders, "target": 5_000_000 + 1000 * int(rng.integers(0, 3000)), "words": words}

# %% part="question"
question(
    "average_order", kind="number", unit="money", digits=5, level="independent", data="shop",
    variants=("shop", "cafe", "pharmacy"), title={"id": "Rata-rata pesanan", "en": "The average order"},
    rows=(), book="2.1", notebook="01-star-schema", app="explorer", function="crm.Measure.mean",
)

# %% [markdown] lang="id" part="task"
# Berapa rata-rata nilai pesanan {what} ini pada bulan Maret 2020, bila pesanan yang dikembalikan **tidak** dihitung?

# %% [markdown] lang="en" part="task"
# What was the average value of an order of this {what} in March 2020 when returned orders do **not** count?

# %% [markdown] lang="id" part="hint"
# Kolom `returned` menandai pesanan yang dikembalikan. Baris mana yang tersisa?

# %% [markdown] lang="en" part="hint"
# The column `returned` marks the orders that came back. Which rows are left?

# %% [markdown] lang="id" part="hint"
# Saring dahulu (`~orders["returned"]`), baru hitung rata-rata `amount`.

# %% [markdown] lang="en" part="hint"
# Filter first (`~orders["returned"]`), then take the mean of `amount`.

# %% part="solution"
orders = q.data["orders"]
kept = orders[~orders["returned"]]
q.answer = kept["amount"].mean()

# %% [markdown] lang="id" part="why"
# Pembilang dan penyebut harus berbicara tentang baris yang sama: pesanan yang tidak dikembalikan.

# %% [markdown] lang="en" part="why"
# Numerator and denominator must speak of the same rows: the orders that were not returned.

# %% part="wrong" name="returns_counted"
q.answer = q.data["orders"]["amount"].mean()

# %% [markdown] lang="id" part="wrong" name="returns_counted"
# Pesanan yang dikembalikan masih ikut dihitung. Apakah pesanan itu menjadi omzet?

# %% [markdown] lang="en" part="wrong" name="returns_counted"
# Returned orders are still counted. Did they become revenue?

# %% part="wrong" name="wrong_denominator"
orders = q.data["orders"]
q.answer = orders.loc[~orders["returned"], "amount"].sum() / len(orders)

# %% [markdown] lang="id" part="wrong" name="wrong_denominator"
# Jumlahnya sudah tanpa pengembalian, tetapi pembaginya masih semua pesanan.

# %% [markdown] lang="en" part="wrong" name="wrong_denominator"
# The sum leaves returns out, but it is divided by all orders.

# %% part="wrong" name="per_customer"
orders = q.data["orders"]
kept = orders[~orders["returned"]]
q.answer = kept["amount"].sum() / kept["customer"].nunique()

# %% [markdown] lang="id" part="wrong" name="per_customer"
# Itu rata-rata per pelanggan. Yang ditanyakan per pesanan.

# %% [markdown] lang="en" part="wrong" name="per_customer"
# That is the average per customer. The question asks per order.

# %% part="question"
question(
    "channel_table", kind="table", columns=("channel", "orders", "revenue"), decimals=0, level="independent", data="shop",
    variants=("shop", "cafe", "pharmacy"), title={"id": "Omzet tiap saluran", "en": "Revenue of each channel"},
    rows=(), book="4.2", notebook="02-customer-strategy-cube", app="explorer", function="crm.Cube.view", points=2,
)

# %% [markdown] lang="id" part="task"
# Buat tabel: satu baris untuk setiap saluran, dengan banyaknya pesanan (`orders`) dan omzet (`revenue`), **semua** pesanan dihitung.

# %% [markdown] lang="en" part="task"
# Make a table with one row for each channel: the number of orders (`orders`) and the revenue (`revenue`), **all** orders counted.

# %% [markdown] lang="id" part="hint"
# Satu baris hasil mewakili satu saluran: `groupby("channel")`.

# %% [markdown] lang="en" part="hint"
# A row of the result stands for a channel: `groupby("channel")`.

# %% [markdown] lang="id" part="hint"
# `.agg(orders=("order_id", "count"), revenue=("amount", "sum"))`, lalu `.reset_index()`.

# %% [markdown] lang="en" part="hint"
# `.agg(orders=("order_id", "count"), revenue=("amount", "sum"))`, then `.reset_index()`.

# %% part="solution"
orders = q.data["orders"]
q.answer = orders.groupby("channel").agg(orders=("order_id", "count"), revenue=("amount", "sum")).reset_index()

# %% [markdown] lang="id" part="why"
# Jumlah boleh dijumlahkan lintas saluran; karena itu total tabel sama dengan total toko.

# %% [markdown] lang="en" part="why"
# Counts and sums add up over channels, so the table's total is the shop's total.

# %% part="wrong" name="customers_for_orders"
orders = q.data["orders"]
q.answer = orders.groupby("channel").agg(orders=("customer", "nunique"), revenue=("amount", "sum")).reset_index()

# %% [markdown] lang="id" part="wrong" name="customers_for_orders"
# Kolom `orders` menghitung pelanggan yang berbeda, bukan pesanan.

# %% [markdown] lang="en" part="wrong" name="customers_for_orders"
# The column `orders` counts different customers, not orders.

# %% part="wrong" name="mean_for_sum"
orders = q.data["orders"]
q.answer = orders.groupby("channel").agg(orders=("order_id", "count"), revenue=("amount", "mean")).reset_index()

# %% [markdown] lang="id" part="wrong" name="mean_for_sum"
# `revenue` berisi rata-rata, bukan jumlah.

# %% [markdown] lang="en" part="wrong" name="mean_for_sum"
# `revenue` holds the average, not the sum.

# %% part="wrong" name="returns_left_out"
orders = q.data["orders"]
kept = orders[~orders["returned"]]
q.answer = kept.groupby("channel").agg(orders=("order_id", "count"), revenue=("amount", "sum")).reset_index()

# %% [markdown] lang="id" part="wrong" name="returns_left_out"
# Pesanan yang dikembalikan hilang dari tabel; soal ini menghitung semua pesanan.

# %% [markdown] lang="en" part="wrong" name="returns_left_out"
# Returned orders are missing; this question counts all orders.

# %% part="question"
question(
    "channel_sql", kind="sql", columns=("customer", "revenue"), decimals=0, level="faded", data="shop",
    variants=("shop", "cafe", "pharmacy"), title={"id": "Lima pelanggan terbesar dengan SQL", "en": "The five largest customers in SQL"},
    rows=("A03",), book="6.3", notebook="08-access-to-data", app="explorer", function="crm.sql_lab", points=2,
)

# %% [markdown] lang="id" part="task"
# Lengkapi perintah SQL ini: lima pelanggan dengan omzet terbesar pada saluran `website` dan `whatsapp` bersama-sama.

# %% [markdown] lang="en" part="task"
# Complete the SQL: the five customers with the largest revenue in the channels `website` and `whatsapp` together.

# %% part="start"
q.answer = """
SELECT customer, sum(amount) AS revenue
FROM orders
WHERE ...
GROUP BY ...
ORDER BY ...
LIMIT 5
"""

# %% [markdown] lang="id" part="hint"
# WHERE menyaring baris sebelum dikelompokkan. Dua saluran: `IN (...)`.

# %% [markdown] lang="en" part="hint"
# WHERE filters rows before they are grouped. Two channels: `IN (...)`.

# %% [markdown] lang="id" part="hint"
# Urutkan dari yang terbesar: `ORDER BY revenue DESC`.

# %% [markdown] lang="en" part="hint"
# Largest first: `ORDER BY revenue DESC`.

# %% part="solution"
q.answer = """
SELECT customer, sum(amount) AS revenue
FROM orders
WHERE channel IN ('website', 'whatsapp')
GROUP BY customer
ORDER BY revenue DESC
LIMIT 5
"""

# %% [markdown] lang="id" part="why"
# Urutan pelaksanaan SQL: WHERE, GROUP BY, ORDER BY, LIMIT. LIMIT tanpa urutan yang benar mengambil lima pelanggan yang lain.

# %% [markdown] lang="en" part="why"
# SQL works in this order: WHERE, GROUP BY, ORDER BY, LIMIT. LIMIT after a wrong order takes five other customers.

# %% part="wrong" name="smallest_first"
q.answer = "SELECT customer, sum(amount) AS revenue FROM orders WHERE channel IN ('website', 'whatsapp') GROUP BY customer ORDER BY revenue LIMIT 5"

# %% [markdown] lang="id" part="wrong" name="smallest_first"
# Itu lima pelanggan terkecil: ORDER BY tanpa DESC mulai dari yang kecil.

# %% [markdown] lang="en" part="wrong" name="smallest_first"
# Those are the five smallest: ORDER BY without DESC begins with the small ones.

# %% part="wrong" name="all_channels"
q.answer = "SELECT customer, sum(amount) AS revenue FROM orders GROUP BY customer ORDER BY revenue DESC LIMIT 5"

# %% [markdown] lang="id" part="wrong" name="all_channels"
# Toko masih ikut terhitung: tidak ada WHERE.

# %% [markdown] lang="en" part="wrong" name="all_channels"
# The store still counts: there is no WHERE.

# %% part="wrong" name="largest_order"
q.answer = "SELECT customer, max(amount) AS revenue FROM orders WHERE channel IN ('website', 'whatsapp') GROUP BY customer ORDER BY revenue DESC LIMIT 5"

# %% [markdown] lang="id" part="wrong" name="largest_order"
# Itu pesanan terbesar setiap pelanggan, bukan jumlah semua pesanannya.

# %% [markdown] lang="en" part="wrong" name="largest_order"
# That is each customer's largest order, not the sum of the orders.

# %% part="question"
question(
    "channel_figure", kind="figure", must=("title", "axis_titles", "from_zero"), decimals=0, level="independent", data="shop",
    variants=("shop", "cafe", "pharmacy"), title={"id": "Gambar omzet tiap saluran", "en": "A figure of each channel's revenue"},
    rows=(), book="6.3", notebook="02-customer-strategy-cube", app="explorer", function="crm.charts.draw", points=2,
)

# %% [markdown] lang="id" part="task"
# Gambarlah omzet tiap saluran sebagai diagram batang, dengan judul, nama sumbu beserta satuannya, dan sumbu nilai yang mulai dari nol.

# %% [markdown] lang="en" part="task"
# Draw each channel's revenue as bars, with a title, axes that name their unit, and a value axis that begins at zero.

# %% [markdown] lang="id" part="hint"
# Ringkas dahulu per saluran, baru `px.bar(tabel, x="channel", y="revenue", title=...)`.

# %% [markdown] lang="en" part="hint"
# Summarise by channel first, then `px.bar(table, x="channel", y="revenue", title=...)`.

# %% [markdown] lang="id" part="hint"
# Nama sumbu: `labels={{"revenue": "Omzet (Rp)", "channel": "Saluran"}}`.

# %% [markdown] lang="en" part="hint"
# Names of axes: `labels={{"revenue": "Revenue (Rp)", "channel": "Channel"}}`.

# %% part="solution"
import plotly.express as px

table = q.data["orders"].groupby("channel", as_index=False)["amount"].sum()
q.answer = px.bar(table, x="channel", y="amount", title="Revenue", labels={"amount": "Revenue (Rp)", "channel": "Channel"})

# %% [markdown] lang="id" part="why"
# Panjang batang dibaca dari nol; sumbu yang dipotong membesarkan selisih.

# %% [markdown] lang="en" part="why"
# A bar's length is read from zero; a cut axis makes differences look larger.

# %% part="wrong" name="line_over_names"
import plotly.express as px

table = q.data["orders"].groupby("channel", as_index=False)["amount"].sum()
q.answer = px.line(table, x="channel", y="amount", title="Revenue", labels={"amount": "Revenue (Rp)", "channel": "Channel"})

# %% [markdown] lang="id" part="wrong" name="line_over_names"
# Garis menghubungkan saluran seolah-olah ada urutannya. Saluran tidak berurutan.

# %% [markdown] lang="en" part="wrong" name="line_over_names"
# A line joins the channels as if they had an order. Channels have none.

# %% part="wrong" name="counts_drawn"
import plotly.express as px

table = q.data["orders"].groupby("channel", as_index=False)["amount"].count()
q.answer = px.bar(table, x="channel", y="amount", title="Revenue", labels={"amount": "Revenue (Rp)", "channel": "Channel"})

# %% [markdown] lang="id" part="wrong" name="counts_drawn"
# Yang tergambar banyaknya pesanan, bukan omzet.

# %% [markdown] lang="en" part="wrong" name="counts_drawn"
# What is drawn is the number of orders, not the revenue.

# %% part="wrong" name="means_drawn"
import plotly.express as px

table = q.data["orders"].groupby("channel", as_index=False)["amount"].mean()
q.answer = px.bar(table, x="channel", y="amount", title="Revenue", labels={"amount": "Revenue (Rp)", "channel": "Channel"})

# %% [markdown] lang="id" part="wrong" name="means_drawn"
# Yang tergambar rata-rata pesanan, bukan omzet.

# %% [markdown] lang="en" part="wrong" name="means_drawn"
# What is drawn is the average order, not the revenue.

# %% part="question"
question(
    "say_this", kind="choice", style="claim", level="independent", variants=("loyal", "growth", "young"),
    title={"id": "Bolehkah ini dikatakan?", "en": "Can you say this?"},
    options={
        "supported": {"id": "Ya, data ini mendukungnya.", "en": "Yes, these data support it."},
        "base": {"id": "Tidak: angka tanpa dasar pembanding.", "en": "No: a number without what it is compared with."},
        "small": {"id": "Tidak: terlalu sedikit orang yang ditanya.", "en": "No: too few people were asked."},
        "cause": {"id": "Tidak: yang bersamaan belum tentu menyebabkan.", "en": "No: what goes together need not cause."},
    },
    rows=(), book="7.1", notebook="15-scores", app="experience", function="crm.satisfaction.nps",
)

# %% [markdown] lang="id" part="task" variant="loyal"
# "NPS kami 40; itu bukti pelanggan setia." Yang menjawab: 10 orang.

# %% [markdown] lang="en" part="task" variant="loyal"
# "Our NPS is 40, which proves that customers are loyal." Who answered: 10 people.

# %% [markdown] lang="id" part="task" variant="growth"
# "Kepuasan naik 30 %." Dari berapa menjadi berapa tidak disebut.

# %% [markdown] lang="en" part="task" variant="growth"
# "Satisfaction rose by 30 %." From what to what is not said.

# %% [markdown] lang="id" part="task" variant="young"
# "Pemilik aplikasi berbelanja dua kali lebih banyak; jadi aplikasi menaikkan belanja." Semua pelanggan dihitung, tanpa percobaan acak.

# %% [markdown] lang="en" part="task" variant="young"
# "Owners of the app spend twice as much, so the app raises spending." All customers were counted, nothing was randomised.

# %% [markdown] lang="id" part="hint"
# Tiga pertanyaan untuk setiap klaim: berapa orang, dibandingkan dengan apa, dan bagaimana kelompoknya terbentuk?

# %% [markdown] lang="en" part="hint"
# Three questions for each claim: how many people, compared with what, and how did the groups come about?

# %% [markdown] lang="id" part="hint"
# Tulis angka mana yang Anda perlukan supaya klaim itu dapat diuji. Apakah angka itu ada?

# %% [markdown] lang="en" part="hint"
# Write down which number you need to test the claim. Is it there?

# %% part="solution"
q.answer = {"loyal": "small", "growth": "base", "young": "cause"}[q.variant]

# %% [markdown] lang="id" part="why"
# Klaim hanya sekuat dasarnya: n, pembanding, dan cara kelompok terbentuk.

# %% [markdown] lang="en" part="why"
# A claim is as strong as its base: n, what it is compared with, and how the groups came about.

# %% part="wrong" name="believed"
q.answer = "supported"

# %% [markdown] lang="id" part="wrong" name="believed"
# Apa yang harus Anda ketahui lebih dahulu sebelum percaya?

# %% [markdown] lang="en" part="wrong" name="believed"
# What would you have to know before you believe it?

# %% part="wrong" name="other_gap"
q.answer = {"loyal": "base", "growth": "cause", "young": "small"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="other_gap"
# Ada yang kurang, tetapi bukan itu yang paling menentukan di sini.

# %% [markdown] lang="en" part="wrong" name="other_gap"
# Something is missing, but this is not what decides here.

# %% part="wrong" name="third_gap"
q.answer = {"loyal": "cause", "growth": "small", "young": "base"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="third_gap"
# Baca lagi apa yang dikatakan tentang orang dan kelompoknya.

# %% [markdown] lang="en" part="wrong" name="third_gap"
# Read again what is said about the people and their groups.
