# %% [markdown] tags=["id"]
# # 01 · Skema bintang dan kosakatanya
#
# **Pertanyaannya.** Bu Ratna punya toko perlengkapan rumah tangga. Kasirnya mencatat delapan penjualan hari ini, dan Bu Ratna ingin tahu: *berapa omzet per
# segmen pelanggan, per jenis barang, dan per saluran? Dan apakah jumlahnya tetap benar setelah tabel-tabelnya digabung?*
#
# Pertanyaan pertama mudah. Yang kedua jarang diajukan, padahal di situlah laporan paling sering salah. Di notebook ini Anda menyusun sebuah **skema bintang**
# dengan tangan, menghitungnya, lalu sengaja merusaknya untuk melihat apa yang harus ditolak.
#
# Setelah selesai, Anda dapat menjelaskan: *tabel fakta, tabel dimensi, dimensi, hierarki, atribut, ukuran (measure), kuboid*, dan mengapa sebuah kunci dimensi tidak boleh kembar.

# %% [markdown] tags=["en"]
# # 01 · The star schema and its words
#
# **The question.** Mrs Ratna runs a household goods shop. Her cashier wrote down eight sales today, and she asks: *how much did we sell by customer segment,
# by kind of product and by channel? And do the sums stay true once tables are joined?*
#
# The first question is easy. The second is seldom asked, and it is where most reports go wrong. In this notebook you build a **star schema** by hand, add
# it up, and then break it on purpose to see what has to be refused.
#
# At the end you can explain *fact table, dimension table, dimension, hierarchy, attribute, measure, cuboid*, and why a dimension's key must not occur twice.

# %% [markdown] tags=["id"]
# ## 1. Yang dicatat kasir
#
# Satu baris adalah satu penjualan. Segmen, kota, jenis barang, dan rute saluran ditulis ulang di setiap baris. Selama hanya delapan baris, tidak apa-apa. Dengan delapan
# juta baris, mengganti nama satu kategori berarti mengubah ratusan ribu sel, dan satu sel yang terlewat menjadi kategori baru.

# %% [markdown] tags=["en"]
# ## 1. What the cashier wrote
#
# One row is one sale. Segment, city, kind of product and the channel's route are written again on every row. With eight rows that does no harm. With eight
# million, renaming one category means changing some hundred thousand cells, and the one that is missed becomes a category of its own.

# %%
import crmlab as crm
import pandas as pd

note = pd.DataFrame(
    [
        ("T1", "Ani", "consumer", "Depok", "Jawa Barat", "Panci", "cookware", "kitchen", "store", "direct", 100_000, 80_000),
        ("T2", "Budi", "consumer", "Bogor", "Jawa Barat", "Piring", "tableware", "kitchen", "marketplace", "indirect", 60_000, 51_000),
        ("T3", "Budi", "consumer", "Bogor", "Jawa Barat", "Sabun", "dish_soap", "cleaning", "store", "direct", 80_000, 56_000),
        ("T4", "Ani", "consumer", "Depok", "Jawa Barat", "Sapu", "brooms", "cleaning", "marketplace", "indirect", 40_000, 32_000),
        ("T5", "Hotel Melati", "corporate", "Semarang", "Jawa Tengah", "Piring", "tableware", "kitchen", "store", "direct", 30_000, 27_000),
        ("T6", "Katering Sari", "corporate", "Depok", "Jawa Barat", "Panci", "cookware", "kitchen", "marketplace", "indirect", 20_000, 19_000),
        ("T7", "Hotel Melati", "corporate", "Semarang", "Jawa Tengah", "Sabun", "dish_soap", "cleaning", "store", "direct", 120_000, 90_000),
        ("T8", "Katering Sari", "corporate", "Depok", "Jawa Barat", "Sabun", "dish_soap", "cleaning", "marketplace", "indirect", 50_000, 40_000),
    ],
    columns=["sale_id", "customer", "segment", "city", "province", "product", "category", "department", "channel", "route", "amount", "cost"],
)
note

# %% [markdown] tags=["id"]
# ## 2. Memisahkan peristiwa dari keterangannya
#
# Skema bintang memisahkan dua hal:
#
# * **tabel fakta** berisi apa yang *terjadi*: satu baris per peristiwa, dengan angka yang dapat dijumlahkan dan kunci ke keterangannya;
# * **tabel dimensi** berisi *keterangan*: siapa, apa, lewat mana. Satu baris per anggota, ditandai oleh satu **kunci** yang tidak boleh kembar.
#
# Pertama, keterangan pelanggan, barang, dan saluran masing-masing ditulis sekali saja.

# %% [markdown] tags=["en"]
# ## 2. Setting apart what happened from what describes it
#
# A star schema separates two things:
#
# * a **fact table** holds what *happened*: one row per event, with numbers that can be added and keys to what describes them;
# * a **dimension table** holds the *description*: who, what, through which way. One row per member, named by one **key** that must not occur twice.
#
# First, what is known of customers, products and channels is written down once each.

# %%
customers = note[["customer", "city", "province", "segment"]].drop_duplicates().reset_index(drop=True)
customers.insert(0, "customer_id", [f"C{n}" for n in range(1, len(customers) + 1)])
customers

# %%
products = note[["product", "category", "department"]].drop_duplicates().reset_index(drop=True)
products.insert(0, "product_id", [f"P{n}" for n in range(1, len(products) + 1)])
products

# %%
channels = note[["channel", "route"]].drop_duplicates().reset_index(drop=True)
channels.insert(0, "channel_id", [f"S{n}" for n in range(1, len(channels) + 1)])
channels

# %% [markdown] tags=["id"]
# Tabel fakta tinggal memuat kunci dan angka. Delapan baris tetap delapan baris.

# %% [markdown] tags=["en"]
# What is left for the fact table are keys and numbers. Eight rows are still eight rows.

# %%
sales = note
for table in (customers, products, channels):
    key, name = table.columns[:2]
    sales = sales.merge(table[[key, name]], on=name)
sales = sales[["sale_id", "customer_id", "product_id", "channel_id", "amount", "cost"]]
sales

# %% [markdown] tags=["id"]
# Digambar, bentuknya seperti bintang: fakta di tengah, dimensi di sekelilingnya, dihubungkan oleh kunci.
#
# ```mermaid
# flowchart LR
#   customer["<b>pelanggan</b><br/>customer_id (kunci)<br/>provinsi › kota › pelanggan<br/>segmen (atribut)"] --- sales(("<b>penjualan</b><br/>amount, cost"))
#   product["<b>barang</b><br/>product_id (kunci)<br/>departemen › kategori › barang"] --- sales
#   sales --- channel["<b>saluran</b><br/>channel_id (kunci)<br/>rute › saluran"]
# ```

# %% [markdown] tags=["en"]
# Drawn, it looks like a star: facts in the middle, dimensions around them, tied together by keys.
#
# ```mermaid
# flowchart LR
#   customer["<b>customer</b><br/>customer_id (key)<br/>province › city › customer<br/>segment (attribute)"] --- sales(("<b>sales</b><br/>amount, cost"))
#   product["<b>product</b><br/>product_id (key)<br/>department › category › product"] --- sales
#   sales --- channel["<b>channel</b><br/>channel_id (key)<br/>route › channel"]
# ```

# %% [markdown] tags=["id"]
# ## 3. Mengatakannya kepada komputer
#
# Dua istilah lagi.
#
# * **Hierarki** adalah urutan tingkat (*level*) dari kasar ke halus: *departemen › kategori › barang*. Setiap anggota punya tepat satu induk: sabun termasuk kebersihan, titik.
#   Karena itu angka dapat digali turun (*drill-down*) dan digulung naik (*roll-up*) tanpa ada yang terhitung dua kali.
# * **Atribut** adalah sifat anggota yang berdiri di luar hierarki: segmen pelanggan, misalnya. Segmen tidak membawahi kota, sebab di Depok ada pelanggan perorangan dan ada pelanggan usaha.

# %% [markdown] tags=["en"]
# ## 3. Telling the computer
#
# Two more words.
#
# * A **hierarchy** is an order of levels from coarse to fine: *department › category › product*. Every member has exactly one parent: soap is cleaning, full stop. That
#   is why numbers can be drilled down and rolled up without anything being counted twice.
# * An **attribute** is a property of a member that stands outside the hierarchy: a customer's segment, say. Segments are not above cities, for Depok has private customers and business customers.

# %%
def make_star(sales=sales, customers=customers, products=products, channels=channels, geography=("province", "city", "customer_id")):
    return crm.Star(
        facts=[
            crm.Fact(
                "sales",
                sales,
                keys={"customer": "customer_id", "product": "product_id", "channel": "channel_id"},
                grain=["sale_id"],
            )
        ],
        dimensions=[
            crm.Dimension(
                "customer",
                customers,
                key="customer_id",
                hierarchies={"geography": geography},
                attributes=["segment"],
                labels={"customer_id": "customer"},
            ),
            crm.Dimension(
                "product",
                products,
                key="product_id",
                hierarchies={"product": ["department", "category", "product_id"]},
                labels={"product_id": "product"},
            ),
            crm.Dimension("channel", channels, key="channel_id", hierarchies={"channel": ["route", "channel"]}),
        ],
        name="Ratna",
    )


star = make_star()
star.describe()

# %% [markdown] tags=["id"]
# Tabel itu adalah kamus Anda. Bandingkan dengan istilah di buku (bagian 4.2):
#
# | istilah di buku | artinya | di toko Bu Ratna |
# |---|---|---|
# | *table fact* | peristiwa yang akan dijumlahkan | `sales`: 8 baris |
# | *table dimension* | keterangan untuk mengelompokkan | `customers`, `products`, `channels` |
# | *dimension* | satu sudut pandang: siapa, apa, lewat mana | pelanggan, barang, saluran |
# | *hierarchy* | tingkat-tingkat dengan satu induk | provinsi › kota › pelanggan |
# | *attributes* | sifat anggota sebuah dimensi | segmen |
# | *measure* | angka beserta cara menjumlahkannya | omzet = jumlah `amount` |
# | *staging* | tabel yang sudah bersih, siap disusun | tabel `note` di atas |
# | *star-schema* | fakta di tengah, dimensi di sekelilingnya | gambar di bagian 2 |

# %% [markdown] tags=["en"]
# That table is your dictionary. Hold it beside the terms of the book (section 4.2):
#
# | term in the book | what it means | in Mrs Ratna's shop |
# |---|---|---|
# | *table fact* | events that will be added up | `sales`: 8 rows |
# | *table dimension* | descriptions to group by | `customers`, `products`, `channels` |
# | *dimension* | one point of view: who, what, through which way | customer, product, channel |
# | *hierarchy* | levels with one parent each | province › city › customer |
# | *attributes* | properties of a dimension's members | segment |
# | *measure* | a number and the way it is added up | revenue = sum of `amount` |
# | *staging* | tables that are clean and ready to be arranged | the table `note` above |
# | *star-schema* | facts in the middle, dimensions around them | the drawing in part 2 |

# %% [markdown] tags=["id"]
# ## 4. Dari bintang ke kubus
#
# **Kubus** menjawab pertanyaan dari bintang: pilih tingkat dan ukuran, dan ia menjumlahkan fakta. Jawaban pertama untuk Bu Ratna:

# %% [markdown] tags=["en"]
# ## 4. From the star to the cube
#
# A **cube** answers questions from the star: choose levels and measures, and it adds up the facts. The first answer for Mrs Ratna:

# %%
cube = crm.Cube(
    star,
    measures=[
        crm.Measure.sum("revenue", "sales", "amount", unit="money"),
        crm.Measure.sum("margin", "sales", "amount - cost", unit="money"),
        crm.Measure.count("lines", "sales"),
    ],
)
cube.view(by=["segment", "channel"], measures=["revenue", "margin"])

# %%
cube.view(by=["segment", "channel"], measures=["revenue"]).result().figure()

# %% [markdown] tags=["id"]
# Setiap pilihan dimensi memberi satu tabel ringkasan, yang disebut **kuboid**. Dengan $d$ dimensi, masing-masing dapat dipakai atau tidak, jadi banyaknya kuboid
#
# $$2^d = 2^3 = 8.$$
#
# Kita hitung kedelapannya. Perhatikan kolom terakhir: berapa pun selnya, jumlahnya **harus** tetap sama dengan jumlah seluruh fakta.

# %% [markdown] tags=["en"]
# Every choice of dimensions gives one table of sums, called a **cuboid**. With $d$ dimensions, each used or left out, there are
#
# $$2^d = 2^3 = 8$$
#
# of them. Let us compute all eight. Look at the last column: however many cells there are, they **must** add up to the sum of all facts.

# %%
from itertools import combinations

dimensions = ["segment", "department", "channel"]
cuboids = []
for size in range(len(dimensions) + 1):
    for chosen in combinations(dimensions, size):
        cells = cube.view(by=list(chosen), measures=["revenue"]).to_pandas()
        cuboids.append((" × ".join(chosen) or "()", len(cells), int(cells["revenue"].sum())))
pd.DataFrame(cuboids, columns=["cuboid", "cells", "revenue"])

# %% [markdown] tags=["id"]
# Kalau setiap tingkat hierarki ikut dihitung, pilihannya bertambah. Tiap dimensi menyumbang banyaknya tingkat ditambah satu (tingkat "semua", artinya tidak dirinci):
#
# $$\prod_i (L_i + 1) = (3+1)\,(3+1)\,(2+1) = 48.$$
#
# Untuk itulah kubus tidak menyimpan semua kuboid, melainkan menghitung yang Anda minta. Mari kita cocokkan dengan hitungan crmlab:

# %% [markdown] tags=["en"]
# When every level of the hierarchies counts, there are more choices. Each dimension brings its number of levels plus one (the level "all", that is, not broken down):
#
# $$\prod_i (L_i + 1) = (3+1)\,(3+1)\,(2+1) = 48.$$
#
# That is why a cube does not keep every cuboid but computes the one you ask for. Compare with crmlab's own count:

# %%
facts = star.describe().facts
facts["cuboids"], facts["cuboids_with_levels"]

# %% [markdown] tags=["id"]
# Menggali turun menyusuri hierarki: dari departemen ke kategori, hanya untuk kebersihan. Jumlahnya tetap 290.000, sama dengan sel asalnya.

# %% [markdown] tags=["en"]
# Drilling down follows a hierarchy: from department to category, for cleaning only. The sum is still 290,000, as in the cell we came from.

# %%
cube.view(by=["department"], measures=["revenue"]).drill_down("product", member="cleaning")

# %% [markdown] tags=["id"]
# ## 5. Merusaknya dengan sengaja
#
# Sekarang pertanyaan kedua Bu Ratna. Misalkan seseorang menambahkan sapu sekali lagi ke tabel barang, dengan kategori lain. Kunci `P4` kini kembar. Beginilah hasilnya kalau tabel
# digabung begitu saja:

# %% [markdown] tags=["en"]
# ## 5. Breaking it on purpose
#
# Now Mrs Ratna's second question. Suppose somebody adds the broom to the product table once more, under another category. The key `P4` now occurs twice. This is what comes out when
# the tables are simply joined:

# %%
twice = pd.concat([products, pd.DataFrame([("P4", "Sapu", "mops", "cleaning")], columns=products.columns)], ignore_index=True)
joined = sales.merge(twice, on="product_id")
len(sales), int(sales["amount"].sum()), len(joined), int(joined["amount"].sum())

# %% [markdown] tags=["id"]
# Delapan penjualan menjadi **sembilan** baris, dan omzet 500.000 menjadi **540.000**. Tidak ada pesan kesalahan, tidak ada yang berwarna merah. Peristiwa ini disebut *fan-out*:
# satu baris fakta bercabang karena menemukan dua pasangan.
#
# Aturannya: setelah setiap penggabungan, banyaknya baris dan jumlahnya **tidak boleh berubah**. Bintang memeriksanya dan menolak, sambil menyebut kuncinya:

# %% [markdown] tags=["en"]
# Eight sales became **nine** rows, and revenue of 500,000 became **540,000**. No error message, nothing in red. This is called *fan-out*: one fact row forks because it finds two
# partners.
#
# The rule: after every join, the number of rows and the sum **must not change**. The star checks this and refuses, naming the key:

# %%
from textwrap import fill


def refusal(**changes):
    try:
        make_star(**changes)
    except crm.UserError as error:
        print(fill(str(error), 110))


refusal(products=twice)

# %% [markdown] tags=["id"]
# **Kunci yatim.** Kasir mengetik pelanggan `C9`, yang tidak ada di tabel pelanggan. Penggabungan biasa akan membuang penjualan itu diam-diam.

# %% [markdown] tags=["en"]
# **An orphan.** The cashier typed customer `C9`, who is not in the customer table. An ordinary join would drop that sale without a word.

# %%
refusal(sales=sales.assign(customer_id=sales["customer_id"].replace("C4", "C9")))

# %% [markdown] tags=["id"]
# **Dua induk.** Bagaimana kalau kota ditaruh di bawah segmen? Depok dihuni pelanggan perorangan *dan* pelanggan usaha, jadi omzet Depok harus digulung ke mana?

# %% [markdown] tags=["en"]
# **Two parents.** What if cities are put below segments? Depok is home to a private customer *and* a business customer, so where should its revenue roll up to?

# %%
refusal(geography=("segment", "city", "customer_id"))

# %% [markdown] tags=["id"]
# **Grain yang tidak unik.** *Grain* (butiran data) adalah janji tentang arti satu baris fakta: di sini, satu `sale_id` per baris. Kalau berkas penjualan tergabung dua kali, janji itu dilanggar.

# %% [markdown] tags=["en"]
# **A grain that is not unique.** The *grain* is a promise about what one fact row means: here, one `sale_id` a row. If the file of sales was appended twice, the promise is broken.

# %%
refusal(sales=pd.concat([sales, sales.tail(2)], ignore_index=True))

# %% [markdown] tags=["id"]
# ## 6. Yang tidak diketahui tetap dihitung
#
# Tidak semua kekurangan adalah kesalahan. Pembeli yang tidak menyebut nama tidak punya `customer_id`. Penjualannya nyata, jadi harus tetap masuk total, di bawah anggota *Tidak diketahui*.

# %% [markdown] tags=["en"]
# ## 6. What is not known still counts
#
# Not every gap is a mistake. A buyer who gave no name has no `customer_id`. The sale is real, so it must stay in the total, under the member *Unknown*.

# %%
anonymous = sales.assign(customer_id=sales["customer_id"].where(sales["sale_id"] != "T4"))
revenue = crm.Measure.sum("revenue", "sales", "amount", unit="money")
crm.Cube(make_star(sales=anonymous), measures=[revenue]).view(by=["segment"])

# %% [markdown] tags=["id"]
# ## 7. Jawaban untuk Bu Ratna
#
# Omzet hari ini Rp500.000: perorangan Rp280.000 dan usaha Rp220.000. Angka itu sama di kedelapan kuboid, dan tidak ada penjualan yang terhitung dua kali atau hilang, karena bintangnya
# menolak kunci kembar, kunci yatim, induk ganda, dan baris kembar *sebelum* ada yang dijumlahkan.
#
# ## Tugas
#
# 1. Tambahkan penjualan `T9`: Budi membeli sapu lewat toko seharga 45.000, modalnya 36.000. Berapa omzet kebersihan sekarang? *(Periksa: 335.000 dari total 545.000.)*
# 2. Bu Ratna ingin dimensi keempat, *tanggal*. Berapa kuboid tanpa hierarki, dan berapa bila tanggal punya hierarki tahun › kuartal › bulan › hari? *(Periksa: 16 dan 240.)*
# 3. Ubah kota Katering Sari menjadi Bogor. Bolehkah kota sekarang berada di bawah segmen? Jelaskan sebelum mencobanya. *(Periksa: masih ditolak, tetapi karena kota lain.)*
# 4. Satu penjualan memakai dua kupon, dan Anda punya tabel `sale_id`–`coupon` dengan dua baris untuk `T1`. Apa yang terjadi dengan omzet bila tabel itu digabungkan ke fakta? Di mana
#    seharusnya kupon diletakkan? *(Periksa: omzet hasil gabungan 600.000.)*
# 5. Hapus `grain` dari `make_star`, lalu ulangi percobaan terakhir di bagian 5. Berapa omzet yang dilaporkan, dan siapa yang akan menyadarinya? *(Periksa: 670.000.)*

# %% [markdown] tags=["en"]
# ## 7. The answer for Mrs Ratna
#
# Today's revenue is Rp500,000: Rp280,000 from private customers and Rp220,000 from businesses. The figure is the same in all eight cuboids, and no sale is counted twice or lost, because
# the star refuses repeated keys, orphans, second parents and repeated rows *before* anything is added.
#
# ## Tasks
#
# 1. Add the sale `T9`: Budi buys a broom in the store for 45,000; it cost 36,000. What is cleaning's revenue now? *(Check: 335,000 of 545,000 in all.)*
# 2. Mrs Ratna wants a fourth dimension, the *date*. How many cuboids are there without hierarchies, and how many when the date has year › quarter › month › day? *(Check: 16 and 240.)*
# 3. Move Katering Sari to Bogor. May cities stand below segments now? Explain before you try. *(Check: still refused, but for another city.)*
# 4. One sale used two coupons, and you have a table `sale_id`–`coupon` with two rows for `T1`. What happens to revenue when that table is joined to the facts? Where should coupons be
#    kept instead? *(Check: the joined revenue is 600,000.)*
# 5. Take `grain` out of `make_star` and repeat the last experiment of part 5. What revenue is reported, and who would notice? *(Check: 670,000.)*
