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

# %% part="question"
question(
    "lines_in_order", kind="order", style="parsons", level="faded", code=True, variants=("revenue", "orders", "customers"),
    title={"id": "Urutkan baris programnya", "en": "Put the lines in order"}, length=4, points=2,
    lines={
        "kept": "kept = orders.loc[~orders[\"returned\"]]",
        "group": "by_channel = kept.groupby(\"channel\")",
        "sum": "table = by_channel[\"amount\"].sum()",
        "count": "table = by_channel[\"order_id\"].count()",
        "distinct": "table = by_channel[\"customer\"].nunique()",
        "largest": "answer = table.idxmax()",
        "late": "table = table[~orders[\"returned\"]]",
    },
    rows=("A03",), book="6.3", notebook="08-access-to-data", app="explorer", function="crm.Cube.view",
)

# %% [markdown] lang="id" part="task" variant="revenue"
# Saluran mana yang omzetnya terbesar bila pesanan yang dikembalikan tidak dihitung? Pilih empat baris dan urutkan.

# %% [markdown] lang="en" part="task" variant="revenue"
# Which channel has the largest revenue when returned orders do not count? Choose four lines and put them in order.

# %% [markdown] lang="id" part="task" variant="orders"
# Saluran mana yang pesanannya terbanyak bila pesanan yang dikembalikan tidak dihitung? Pilih empat baris dan urutkan.

# %% [markdown] lang="en" part="task" variant="orders"
# Which channel has the most orders when returned orders do not count? Choose four lines and put them in order.

# %% [markdown] lang="id" part="task" variant="customers"
# Saluran mana yang pelanggannya terbanyak bila pesanan yang dikembalikan tidak dihitung? Pilih empat baris dan urutkan.

# %% [markdown] lang="en" part="task" variant="customers"
# Which channel has the most customers when returned orders do not count? Choose four lines and put them in order.

# %% [markdown] lang="id" part="hint"
# Mulai dari baris data: apa yang harus disisihkan sebelum apa pun dikelompokkan?

# %% [markdown] lang="en" part="hint"
# Begin with the rows: what must be left out before anything is grouped?

# %% [markdown] lang="id" part="hint"
# Tiga baris membuat `table`; hanya satu yang menghitung hal yang ditanyakan, dan satu lagi menyaring terlalu lambat.

# %% [markdown] lang="en" part="hint"
# Several lines make a `table`; only one counts what is asked for, and one filters too late.

# %% part="solution"
counted = {"revenue": "sum", "orders": "count", "customers": "distinct"}[q.variant]
q.answer = ["kept", "group", counted, "largest"]

# %% [markdown] lang="id" part="why"
# Saring, kelompokkan, ringkas, baru pilih yang terbesar. Setelah diringkas, baris pesanan sudah tidak ada untuk disaring.

# %% [markdown] lang="en" part="why"
# Filter, group, summarise, then take the largest. Once summarised, there are no rows of orders left to filter.

# %% part="wrong" name="filtered_too_late"
counted = {"revenue": "sum", "orders": "count", "customers": "distinct"}[q.variant]
q.answer = ["group", counted, "late", "largest"]

# %% [markdown] lang="id" part="wrong" name="filtered_too_late"
# Anda menyaring setelah meringkas. Apakah `table` masih berisi pesanan satu per satu?

# %% [markdown] lang="en" part="wrong" name="filtered_too_late"
# You filter after summarising. Does `table` still hold single orders?

# %% part="wrong" name="another_count"
counted = {"revenue": "count", "orders": "distinct", "customers": "count"}[q.variant]
q.answer = ["kept", "group", counted, "largest"]

# %% [markdown] lang="id" part="wrong" name="another_count"
# Urutannya masuk akal, tetapi yang dihitung bukan yang ditanyakan. Satu baris hasil berisi apa?

# %% [markdown] lang="en" part="wrong" name="another_count"
# The order makes sense, but something else is counted. What does a row of the result hold?

# %% part="wrong" name="third_count"
counted = {"revenue": "distinct", "orders": "sum", "customers": "sum"}[q.variant]
q.answer = ["kept", "group", counted, "largest"]

# %% [markdown] lang="id" part="wrong" name="third_count"
# Baca lagi baris ketiga Anda: omzet, pesanan, atau pelanggan?

# %% [markdown] lang="en" part="wrong" name="third_count"
# Read your third line again: revenue, orders or customers?

# %% part="question"
question(
    "match_the_word", kind="matching", level="independent", variants=("a", "b", "c"), draw=6, points=2,
    title={"id": "Pasangkan contoh dengan istilahnya", "en": "Match examples with their terms"},
    items={
        "revenue": {"id": "omzet", "en": "revenue"},
        "orders": {"id": "banyaknya pesanan", "en": "number of orders"},
        "margin": {"id": "laba kotor dalam rupiah", "en": "gross profit in rupiah"},
        "month": {"id": "bulan", "en": "month"},
        "channel": {"id": "saluran", "en": "channel"},
        "segment": {"id": "segmen", "en": "segment"},
        "store": {"id": "WhatsApp", "en": "WhatsApp"},
        "march": {"id": "Maret 2020", "en": "March 2020"},
        "loyal": {"id": "pelanggan setia", "en": "loyal customers"},
    },
    classes={
        "measure": {"id": "ukuran (measure)", "en": "measure"},
        "level": {"id": "tingkat dimensi", "en": "level of a dimension"},
        "member": {"id": "anggota suatu tingkat", "en": "member of a level"},
    },
    rows=("P03",), book="4.2", notebook="01-star-schema", app="explorer", function="crm.Dimension",
)

# %% [markdown] lang="id" part="task"
# Kubus strategi pelanggan mengenal ukuran, tingkat, dan anggota. Mana yang mana?

# %% [markdown] lang="en" part="task"
# The customer strategy cube knows measures, levels and members. Which is which?

# %% [markdown] lang="id" part="hint"
# Ukuran dapat dijumlahkan atau dihitung; tingkat adalah judul kolom; anggota adalah isinya.

# %% [markdown] lang="en" part="hint"
# A measure can be added up or counted; a level is a heading; a member is what stands under it.

# %% [markdown] lang="id" part="hint"
# Coba kalimat "… menurut …": omzet menurut bulan, khusus Maret 2020.

# %% [markdown] lang="en" part="hint"
# Try the sentence "... by ...": revenue by month, in March 2020 only.

# %% part="solution"
q.answer = {
    "revenue": "measure", "orders": "measure", "margin": "measure",
    "month": "level", "channel": "level", "segment": "level",
    "store": "member", "march": "member", "loyal": "member",
}

# %% [markdown] lang="id" part="why"
# Mengiris kubus berarti memilih anggota; menelusuri berarti pindah ke tingkat yang lebih rinci; ukuran dihitung ulang di setiap sel.

# %% [markdown] lang="en" part="why"
# To slice is to choose members, to drill down is to go to a finer level; measures are computed anew in each cell.

# %% part="wrong" name="levels_and_members_swapped"
q.answer = {
    "revenue": "measure", "orders": "measure", "margin": "measure",
    "month": "member", "channel": "member", "segment": "member",
    "store": "level", "march": "level", "loyal": "level",
}

# %% [markdown] lang="id" part="wrong" name="levels_and_members_swapped"
# Tingkat dan anggota tertukar. Mana yang menjadi judul kolom, dan mana isinya?

# %% [markdown] lang="en" part="wrong" name="levels_and_members_swapped"
# Levels and members are swapped. Which is the heading, and which stands under it?

# %% part="wrong" name="measures_as_levels"
q.answer = {
    "revenue": "level", "orders": "level", "margin": "level",
    "month": "level", "channel": "level", "segment": "level",
    "store": "member", "march": "member", "loyal": "member",
}

# %% [markdown] lang="id" part="wrong" name="measures_as_levels"
# Yang dihitung Anda sebut tingkat. Dapatkah data dikelompokkan "menurut omzet"?

# %% [markdown] lang="en" part="wrong" name="measures_as_levels"
# You call what is counted a level. Can data be grouped "by revenue"?

# %% part="wrong" name="all_measures"
q.answer = {
    "revenue": "measure", "orders": "measure", "margin": "measure",
    "month": "measure", "channel": "measure", "segment": "measure",
    "store": "measure", "march": "measure", "loyal": "measure",
}

# %% [markdown] lang="id" part="wrong" name="all_measures"
# Tidak semuanya ukuran. Mana yang dapat dijumlahkan?

# %% [markdown] lang="en" part="wrong" name="all_measures"
# Not everything is a measure. Which of them can be added up?

# %% part="question"
question(
    "say_why", kind="text", level="independent", data="shop", variants=("shop", "cafe", "pharmacy"), points=1,
    title={"id": "Jelaskan dengan kata sendiri", "en": "Say it in your own words"},
    criteria=("returns", "denominator"), needed=2, words=(8, 60),
    stems={
        "returns": ["kembali", "dikembal", "retur", "return", "batal"],
        "denominator": ["penyebut", "pembagi", "dibagi", "bagi", "denominat", "divid"],
        "!more_data": ["komputer", "computer"],
        "!more_software": ["aplikasi", "software"],
        "!network": ["internet"],
    },
    rows=(), book="6.3", notebook="08-access-to-data", app="explorer", function="crm.Measure.ratio",
)

# %% [markdown] lang="id" part="task"
# Mengapa rata-rata pesanan {what} ini berubah bila pesanan yang batal ikut dihitung? Sebut pembilang dan penyebutnya.

# %% [markdown] lang="en" part="task"
# Why does the average order of this {what} change when orders that came back are counted too? Name numerator and denominator.

# %% [markdown] lang="id" part="hint"
# Rata-rata adalah jumlah dibagi banyaknya. Apa yang berubah pada masing-masing?

# %% [markdown] lang="en" part="hint"
# A mean is a sum over a count. What changes in each?

# %% [markdown] lang="id" part="hint"
# Sebut barisnya (pesanan mana) dan pembaginya.

# %% [markdown] lang="en" part="hint"
# Name the rows (which orders) and what the sum is divided by.

# %% part="solution"
q.answer = "Pesanan yang dikembalikan menambah pembilang dengan nilainya dan menambah penyebut dengan satu, jadi rata-ratanya bergeser."

# %% [markdown] lang="id" part="why"
# Setiap rata-rata berkata: baris yang mana, dan dibagi berapa. Dosen membaca teks ini; nilai dari mesin hanya sementara.

# %% [markdown] lang="en" part="why"
# Every mean says which rows, and divided by how many. A lecturer reads this text; the machine's mark is provisional.

# %% part="wrong" name="more_data"
q.answer = "Karena komputer menghitung lebih banyak data maka hasilnya menjadi lebih besar daripada sebelumnya."

# %% [markdown] lang="id" part="wrong" name="more_data"
# Anda menyebut alatnya, bukan hitungannya. Rata-rata dihitung dari dua angka; yang mana?

# %% [markdown] lang="en" part="wrong" name="more_data"
# You name the tool, not the sum. A mean is made of two numbers; which?

# %% part="wrong" name="more_software"
q.answer = "Aplikasi yang dipakai menampilkan angka yang lain karena pengaturan penyaringnya tidak sama."

# %% [markdown] lang="id" part="wrong" name="more_software"
# Pengaturan memang berbeda, tetapi apa akibatnya pada jumlah dan banyaknya baris?

# %% [markdown] lang="en" part="wrong" name="more_software"
# The settings do differ, but what does that do to the sum and to the number of rows?

# %% part="wrong" name="network"
q.answer = "Data diambil dari internet sehingga setiap kali dihitung jumlah barisnya dapat berubah-ubah."

# %% [markdown] lang="id" part="wrong" name="network"
# Datanya sama; yang berubah hanya baris mana yang ikut. Apa akibatnya?

# %% [markdown] lang="en" part="wrong" name="network"
# The data are the same; only which rows take part changes. What follows?

# %% part="question"
question(
    "fill_the_gaps", kind="blanks", level="worked", data="shop", variants=("shop", "cafe", "pharmacy"), points=2,
    title={"id": "Isi bagian yang kosong", "en": "Fill in the gaps"},
    parts={
        "share": {"kind": "number", "unit": "share", "digits": 4,
                  "says": {"id": "pangsa omzet `store` (0 sampai 1)", "en": "share of revenue of `store` (0 to 1)"}},
        "attained": {"kind": "number", "unit": "percent", "digits": 5,
                     "says": {"id": "omzet semua saluran dibanding target, dalam persen",
                              "en": "revenue of all channels against the target, in percent"}},
    },
    rows=("A01",), book="6.3", notebook="08-access-to-data", app="explorer", function="crm.reports.sales_against_quota",
)

# %% [markdown] lang="id" part="task"
# Target {what} ini {target:money}. Semua pesanan dihitung. Lengkapi kedua angka laporan bulanannya.

# %% [markdown] lang="en" part="task"
# The target of this {what} is {target:money}. All orders count. Complete the two figures of the monthly report.

# %% [markdown] lang="id" part="example"
# **Contoh.** Dua saluran, target 500. Pangsa: bagian dibagi seluruhnya. Capaian: seluruhnya dibagi target, kali seratus.

# %% [markdown] lang="en" part="example"
# **Example.** Two channels, target 500. Share: the part over the whole. Attained: the whole over the target, times a hundred.

# %% part="example"
revenue = {"store": 240, "website": 160}
total = sum(revenue.values())
print(revenue["store"] / total, 100 * total / 500)

# %% [markdown] lang="id" part="hint"
# Hitung dahulu omzet seluruh saluran; kedua angka memakainya.

# %% [markdown] lang="en" part="hint"
# Compute the revenue of all channels first; both figures use it.

# %% [markdown] lang="id" part="hint"
# Targetnya ada di `q.data["target"]`.

# %% [markdown] lang="en" part="hint"
# The target is in `q.data["target"]`.

# %% part="solution"
orders = q.data["orders"]
sold = orders.groupby("channel")["amount"].sum()
q.answer = {"share": sold["store"] / sold.sum(), "attained": 100 * sold.sum() / q.data["target"]}

# %% [markdown] lang="id" part="why"
# Pangsa dan capaian memakai pembilang dan penyebut yang berbeda: bagian terhadap seluruhnya, seluruhnya terhadap target.

# %% [markdown] lang="en" part="why"
# Share and attainment have different numerators and denominators: part to whole, whole to target.

# %% part="wrong" name="count_for_revenue"
orders = q.data["orders"]
sold = orders.groupby("channel")["amount"].sum()
q.answer = {"share": (orders["channel"] == "store").mean(), "attained": 100 * sold.sum() / q.data["target"]}

# %% [markdown] lang="id" part="wrong" name="count_for_revenue"
# Itu pangsa dari banyaknya pesanan, bukan dari omzet.

# %% [markdown] lang="en" part="wrong" name="count_for_revenue"
# That is the share of the number of orders, not of the revenue.

# %% part="wrong" name="one_channel_against_target"
orders = q.data["orders"]
sold = orders.groupby("channel")["amount"].sum()
q.answer = {"share": sold["store"] / sold.sum(), "attained": 100 * sold["store"] / q.data["target"]}

# %% [markdown] lang="id" part="wrong" name="one_channel_against_target"
# Hanya satu saluran yang dibandingkan dengan target seluruh toko.

# %% [markdown] lang="en" part="wrong" name="one_channel_against_target"
# Only one channel is compared with the target of the whole shop.

# %% part="wrong" name="against_the_others"
orders = q.data["orders"]
sold = orders.groupby("channel")["amount"].sum()
q.answer = {"share": sold["store"] / (sold.sum() - sold["store"]), "attained": 100 * sold.sum() / q.data["target"]}

# %% [markdown] lang="id" part="wrong" name="against_the_others"
# Anda membagi dengan saluran lain saja. Pangsa dibagi dengan apa?

# %% [markdown] lang="en" part="wrong" name="against_the_others"
# You divide by the other channels only. What is a share divided by?
