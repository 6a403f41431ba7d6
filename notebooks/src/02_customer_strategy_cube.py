# %% [markdown] tags=["id"]
# # 02 · Kubus strategi pelanggan PT XYZ
#
# **Pertanyaannya.** PT XYZ menjual perlengkapan rumah tangga selama lima tahun, kepada perorangan dan perusahaan, lewat toko dan saluran daring. Akhir 2020 direksi hendak menyusun strategi CRM.
# Sebelum bicara visi dan sistem, mereka bertanya dua hal: ***di mana kita sekarang, dan mengapa kita berada di sini?***
#
# Itulah **analisis situasi**. Alatnya **kubus strategi pelanggan**: bisnis dilihat menurut tiga sumbu sekaligus,
#
# * **segmen**: siapa yang kita layani;
# * **penawaran**: apa yang kita jual kepada mereka;
# * **saluran**: lewat mana kita sampai kepada mereka.
#
# Notebook ini memeriksa ketiganya, sendiri-sendiri dan bersama-sama, lalu menelusuri sebabnya. Kubusnya adalah kubus OLAP seperti yang Anda susun di notebook 01, hanya lebih besar.
# PT XYZ dan semua pelanggannya rekaan.

# %% [markdown] tags=["en"]
# # 02 · The customer strategy cube of PT XYZ
#
# **The question.** For five years PT XYZ has sold household goods to people and to companies, in stores and online. At the end of 2020 its board wants a CRM strategy. Before it talks of
# visions and systems, it asks two things: ***where are we now, and why are we there?***
#
# That is **situation analysis**. Its tool is the **customer strategy cube**: the business seen along three axes at once,
#
# * **segment**: whom we serve;
# * **offer**: what we sell to them;
# * **channel**: the way by which we reach them.
#
# This notebook looks at each of the three, alone and together, and then goes after the causes. The cube is an OLAP cube like the one you built in notebook 01, only larger. PT XYZ and all its
# customers are made up.

# %% [markdown] tags=["id"]
# ## 1. Tiga sumbu
#
# Data ukuran S cukup untuk belajar; `load_retail("M")` membuat perusahaan ukuran penuh dengan kode yang sama.

# %% [markdown] tags=["en"]
# ## 1. Three axes
#
# The data of size S are enough to learn with; `load_retail("M")` makes the full-size company for the same code.

# %%
import crmlab as crm
import pandas as pd

shop = crm.datasets.load_retail("S")
cube = shop.cube()
axes = {"segment": "segment", "offer": "department", "channel": "channel"}
pd.DataFrame({axis: pd.Series([member["label"] for member in cube.members(level)]) for axis, level in axes.items()}).fillna("")

# %% [markdown] tags=["id"]
# Satu sel kubus adalah satu pertemuan ketiga sumbu, misalnya *pelanggan setia × dapur × WhatsApp*. Sebelum membaca angka, tanyakan dulu apa artinya:

# %% [markdown] tags=["en"]
# One cell of the cube is where the three axes meet, as *loyal customers × kitchen × WhatsApp*. Before reading a number, ask what it means:

# %%
from textwrap import fill

for measure in ("revenue", "margin_share", "customers", "nps"):
    print(fill(f"{crm.labels.name(measure)}: {cube.explain_measure(measure)}", 110, subsequent_indent="  "))

# %% [markdown] tags=["id"]
# ## 2. Di mana kita sekarang?
#
# Tahun 2020, segmen di baris, saluran di kolom. Ini satu *slice* (tahun 2020) yang di-*pivot*.

# %% [markdown] tags=["en"]
# ## 2. Where are we now?
#
# The year 2020, segments down, channels across. This is a *slice* (the year 2020) that is *pivoted*.

# %%
now = cube.view(by=["segment"], measures=["revenue"]).slice(year=2020)
now.pivot("channel")

# %%
now.pivot("channel").result().figure()

# %% [markdown] tags=["id"]
# Dua perusahaan dalam satu: pelanggan **korporat** seluruhnya dilayani tenaga penjualan, dan **perorangan** datang lewat empat saluran lain. Sel kosong pun informasi: belum ada perusahaan yang
# kita layani secara daring.
#
# Seberapa besar masing-masing, dan berapa orang di baliknya?

# %% [markdown] tags=["en"]
# Two companies in one: **corporate** customers are served by the sales force alone, and **people** come by the four other channels. An empty cell is information too: we serve no company
# online yet.
#
# How big is each, and how many customers stand behind it?

# %%
cube.view(by=["segment"], measures=["revenue", "customers", "orders"]).slice(year=2020).share_of("total").sort("revenue")

# %% [markdown] tags=["id"]
# ## 3. Berapa marjin kita?
#
# Di sini banyak laporan tergelincir. Ambil delapan sel kubus kecil dari notebook 01 dan hitung marjin tiap sel. Marjin keseluruhan *bukan* rata-rata kedelapan persentase itu.

# %% [markdown] tags=["en"]
# ## 3. What is our margin?
#
# Many reports slip here. Take the eight cells of the small cube in notebook 01 and compute the margin of each. The overall margin is *not* the mean of the eight percentages.

# %%
small = pd.DataFrame({"revenue": [100, 60, 80, 40, 30, 20, 120, 50], "margin": [20, 9, 24, 8, 3, 1, 30, 10]})
small["margin_share"] = small["margin"] / small["revenue"]
wrong, right = small["margin_share"].mean(), small["margin"].sum() / small["revenue"].sum()
print(f"{crm.labels.percent(wrong, decimals=2)} ≠ {small['margin'].sum()} / {small['revenue'].sum()} = {crm.labels.percent(right, decimals=2)}")

# %% [markdown] tags=["id"]
# 18,13% salah; **21,00%** benar. Rata-rata sel memberi suara yang sama kepada sel beromzet 20 dan sel beromzet 120. Rumus yang benar menjumlahkan dulu, baru membagi:
#
# $$\text{marjin} = \frac{\sum \text{laba kotor}}{\sum \text{omzet}} \ne \frac{1}{n}\sum \frac{\text{laba kotor}}{\text{omzet}}$$
#
# Kubus selalu memakai rumus pertama, juga pada subtotal dan total. Pada PT XYZ:

# %% [markdown] tags=["en"]
# 18.13% is wrong; **21.00%** is right. A mean over cells gives the cell with revenue 20 the same vote as the cell with revenue 120. The right formula adds first and divides then:
#
# $$\text{margin share} = \frac{\sum \text{gross margin}}{\sum \text{revenue}} \ne \frac{1}{n}\sum \frac{\text{gross margin}}{\text{revenue}}$$
#
# The cube always uses the first formula, in subtotals and totals too. For PT XYZ:

# %%
by_channel = cube.view(by=["channel"], measures=["revenue", "margin", "margin_share"]).slice(year=2020)
by_channel

# %%
cells = by_channel.to_pandas()
print(crm.labels.percent(cells["margin_share"].mean(), decimals=2), "≠", crm.labels.percent(by_channel.totals()["margin_share"], decimals=2))

# %% [markdown] tags=["id"]
# Toko memberi marjin tertinggi, marketplace terendah, sebab marketplace memungut komisi. Simpan fakta ini; ia akan menjelaskan sesuatu di bagian 7.
#
# ## 4. Menggali turun
#
# Dari departemen ke kategori, pada pelanggan setia. *Drill-down* mengikuti hierarki penawaran, jadi jumlah kategori selalu sama dengan departemennya.

# %% [markdown] tags=["en"]
# The store earns the highest margin share and the marketplace the lowest, for it takes a commission. Keep this in mind; it will explain something in part 7.
#
# ## 4. Drilling down
#
# From department to category, for loyal customers. A *drill-down* follows the hierarchy of the offer, so that categories always add up to their department.

# %%
loyal = cube.view(by=["department"], measures=["revenue", "margin_share"]).slice(year=2020, segment="loyal")
loyal.drill_down("product", member="kitchen")

# %% [markdown] tags=["id"]
# Di balik setiap sel ada baris fakta, dan Anda boleh selalu memintanya. Data pribadi disamarkan.

# %% [markdown] tags=["en"]
# Behind every cell stand fact rows, and you may always ask for them. Personal data are masked.

# %%
rows = loyal.slice(category="tableware").facts(limit=4)
rows.to_pandas()[["order_id", "line", "date", "product_id", "quantity", "gross_amount", "discount", "amount"]]

# %% [markdown] tags=["id"]
# ## 5. Dari mana kita datang?
#
# Lima tahun, per saluran.

# %% [markdown] tags=["en"]
# ## 5. Where do we come from?
#
# Five years, by channel.

# %%
cube.view(by=["year"], measures=["revenue"]).pivot("channel")

# %%
cube.view(by=["quarter"], measures=["revenue"]).pivot("channel").dice(year=(2018, 2020)).result().figure()

# %% [markdown] tags=["id"]
# Pandemi terlihat tanpa perlu diberi tahu: sejak kuartal kedua 2020 garis toko patah ke bawah, sedangkan WhatsApp dan marketplace naik. Dibandingkan dengan tahun sebelumnya:

# %% [markdown] tags=["en"]
# The pandemic shows without being told: from the second quarter of 2020 the store's line breaks downwards, while WhatsApp and the marketplace rise. Against the year before:

# %%
cube.view(by=["channel"], measures=["revenue"]).slice(year=2020).compare("year")

# %% [markdown] tags=["id"]
# ## 6. Mengapa kita berada di sini?
#
# Omzet total 2020 tidak jauh dari omzet 2019. Direksi yang hanya melihat totalnya akan mengira tidak banyak yang berubah. `why` menguraikan perubahan itu menurut anggota tiap sumbu;
# bagian-bagiannya berjumlah **tepat** sama dengan perubahannya.

# %% [markdown] tags=["en"]
# ## 6. Why are we there?
#
# Total revenue in 2020 is not far from that of 2019. A board that looks at the total only would think that little has changed. `why` breaks the change up along each axis; the parts add up
# **exactly** to the change.

# %%
why = cube.view(measures=["revenue"]).slice(year=2020).why(against={"year": 2019}, over=["segment", "channel"])
why.figure()

# %%
parts = why.table[why.table["kind"] == "member"]
for axis, change in parts.groupby("level")["change"].sum().items():
    print(crm.labels.name(axis), crm.labels.money(change), "=", crm.labels.money(why.facts["change"]))

# %% [markdown] tags=["id"]
# Inilah situasinya dalam satu kalimat: **omzet perorangan tumbuh di tengah pandemi, omzet korporat jatuh, dan total menjumlahkan keduanya menjadi angka yang tampak biasa saja.** Total
# menyembunyikannya; sumbu segmen membukanya.
#
# Perubahan omzet juga dapat dilihat sebagai *harga, volume,* dan *bauran*. Dengan $Q$ jumlah barang terjual, $q_i$ dan $p_i$ jumlah dan harga barang $i$, sebelum (0) dan sesudah (1):
#
# $$\underbrace{(Q_1-Q_0)\frac{R_0}{Q_0}}_{\text{volume}} + \underbrace{\sum_i\Big(\frac{q_{i1}}{Q_1}-\frac{q_{i0}}{Q_0}\Big)p_{i0}\,Q_1}_{\text{bauran}} + \underbrace{\sum_i (p_{i1}-p_{i0})\,q_{i1}}_{\text{harga}}$$
#
# ditambah barang baru dan dikurangi barang yang dihentikan. Angka PT XYZ:

# %% [markdown] tags=["en"]
# This is the situation in one sentence: **in the midst of the pandemic revenue from people grew, revenue from companies fell, and the total adds the two up to a figure that looks ordinary.** The
# total hides it; the axis of segments lays it open.
#
# A change of revenue can also be seen as *price, volume* and *mix*. With $Q$ the number of goods sold, $q_i$ and $p_i$ the number and the price of product $i$, before (0) and after (1):
#
# $$\underbrace{(Q_1-Q_0)\frac{R_0}{Q_0}}_{\text{volume}} + \underbrace{\sum_i\Big(\frac{q_{i1}}{Q_1}-\frac{q_{i0}}{Q_0}\Big)p_{i0}\,Q_1}_{\text{mix}} + \underbrace{\sum_i (p_{i1}-p_{i0})\,q_{i1}}_{\text{price}}$$
#
# plus new products, less those that were discontinued. PT XYZ's numbers:

# %%
effects = ["volume", "mix", "price", "new", "discontinued", "unpriced"]
for effect in effects:
    print(f"{crm.labels.text('charts.effect_' + effect):24}{crm.labels.money(why.facts[effect]):>18}")
print(f"{crm.labels.text('common.total'):24}{crm.labels.money(sum(why.facts[effect] for effect in effects)):>18}")

# %% [markdown] tags=["id"]
# Gali satu tingkat lagi pada korporat: berkurangkah pelanggannya, atau mengecilkah belanjanya?

# %% [markdown] tags=["en"]
# Dig one level deeper for the corporate segment: are there fewer customers, or do they spend less each?

# %%
cube.view(by=["year"], measures=["customers", "orders", "revenue"]).slice(segment="corporate").dice(year=(2018, 2020))

# %% [markdown] tags=["id"]
# Dan di mana? `why` boleh ditanyakan lagi pada sel mana pun. Inilah jalan menggali yang lazim: perusahaan, lalu segmen, lalu provinsi, setiap kali menuju sumbangan terbesar.

# %% [markdown] tags=["en"]
# And where? `why` may be asked again of any cell. This is the usual way of drilling: the company, then a segment, then a province, each time towards the largest contribution.

# %%
corporate = cube.view(measures=["revenue"]).slice(year=2020, segment="corporate").why(against={"year": 2019}, over="province")
provinces = corporate.table[corporate.table["kind"] == "member"].set_index("label")
provinces[["before", "after", "change"]].head(5).map(crm.labels.money)

# %% [markdown] tags=["id"]
# Ketiganya perlu dilihat, dan perhatikan `n`: di data ukuran S hanya ada puluhan perusahaan, jadi satu pelanggan besar saja menggerakkan angkanya. Kubus menunjukkan **di mana** harus bertanya; sebabnya
# (pesaing baru? pandemi?) tetap harus ditanyakan kepada orang.
#
# ## 7. Marjin turun, padahal tidak ada saluran yang marjinnya turun

# %% [markdown] tags=["en"]
# Look at all three, and mind `n`: at size S there are only some dozen companies, so one large customer moves the figure. The cube shows **where** to ask; the cause (a new competitor? the pandemic?)
# still has to be asked of people.
#
# ## 7. The margin share fell, though it fell in no channel

# %%
people = cube.view(by=["year"], measures=["margin_share"]).slice(customer_type="consumer")
people.pivot("channel")

# %% [markdown] tags=["id"]
# Ini marjin dari pelanggan perorangan. Baca kolom demi kolom: marjin setiap saluran tetap. Baca kolom Total: marjinnya turun. Tidak ada yang salah hitung. Yang bergeser adalah **bauran**: bagian marketplace, yang marjinnya
# terendah, membesar. `why` pada sebuah rasio memisahkan keduanya: *bauran* (bobot saluran berubah) dan *tarif* (marjin saluran itu sendiri berubah).

# %% [markdown] tags=["en"]
# This is the margin share from private customers. Read it column by column: in every channel it stays the same. Read the column Total: it falls. Nobody has miscounted. What moved is the **mix**: the marketplace, with the
# lowest margin share, weighs more. `why` of a ratio tells the two apart: *mix* (the channels' weights changed) and *rate* (a channel's own margin share changed).

# %%
shift = people.rows_by().slice(year=2020).why(against={"year": 2016}, over="channel")
(100 * shift.table.set_index("label")[["mix", "rate", "change"]]).map(lambda x: crm.labels.value(x, "points", decimals=2))

# %% [markdown] tags=["id"]
# Kesimpulan yang keliru ("kita kurang efisien") dan yang benar ("kita berpindah ke saluran yang lebih mahal") menuntut tindakan yang sama sekali berbeda.
#
# ## 8. Kepuasan di samping penjualan
#
# Penjualan dan jawaban survei adalah dua tabel fakta dengan *grain* berbeda. Kalau digabung langsung, setiap jawaban terhitung sebanyak baris belanja orangnya. Kubus menghitung masing-masing
# pada *grain*-nya sendiri, lalu menyandingkannya.

# %% [markdown] tags=["en"]
# The wrong conclusion ("we have become less efficient") and the right one ("we moved to a dearer channel") call for entirely different action.
#
# ## 8. Satisfaction beside sales
#
# Sales and survey answers are two fact tables of different grain. Joined directly, every answer would count as often as its giver bought. The cube computes each at its own grain and puts
# them side by side.

# %%
cube.view(by=["channel"], measures=["revenue", "nps", "answers"])

# %% [markdown] tags=["id"]
# NPS = 100 × (promotor − detraktor) / jawaban. Jangan membaca angkanya tanpa kolom *jawaban*: satu-dua puluh jawaban tidak cukup untuk menyebut satu saluran lebih baik daripada yang lain. Lagi pula yang
# menjawab lebih sering adalah pelanggan setia, jadi angka ini cenderung terlalu manis.
#
# Dan menurut penawaran?

# %% [markdown] tags=["en"]
# NPS = 100 × (promoters − detractors) / answers. Don't read it without the column *answers*: a dozen or two answers are not enough to call one channel better than another. Besides, loyal customers answer more
# often, so the figure is likely to flatter.
#
# And by offer?

# %%
cube.view(by=["department"], measures=["revenue", "nps"])

# %% [markdown] tags=["id"]
# Survei bertanya tentang perusahaan, bukan tentang sebuah barang. Kubus tidak mengarang angka: selnya kosong, dan catatannya menjelaskan sebabnya.
#
# ## 9. Bank pertanyaan: apa yang sudah terjawab?
#
# Analisis situasi adalah daftar pertanyaan. Yang penting juga mengetahui mana yang *tidak* dapat dijawab oleh data sendiri.
#
# | sumbu | pertanyaan | terjawab di |
# |---|---|---|
# | segmen | Segmen mana yang kita layani, dan berapa belanjanya? | bagian 2 |
# | segmen | Berapa pelanggan di tiap segmen? | bagian 2 |
# | segmen | Segmen mana yang tumbuh atau menyusut? | bagian 6 |
# | segmen | Seberapa puas mereka? | bagian 8, dengan n yang kecil |
# | segmen | Berapa pangsa pasar kita? | butuh riset |
# | penawaran | Apa yang kita jual, dan apa yang laku? | bagian 4 |
# | penawaran | Berapa marjinnya? | bagian 3 |
# | penawaran | Bagaimana harga kita dibandingkan pesaing? | butuh riset |
# | penawaran | Manfaat apa yang dirasakan pelanggan? | butuh riset |
# | saluran | Saluran apa yang kita pakai, langsung dan tidak langsung? | bagian 2 |
# | saluran | Saluran mana yang makin penting? | bagian 5 |
# | saluran | Apa kata mitra saluran tentang bekerja dengan kita? | butuh riset |
#
# Delapan dari dua belas terjawab oleh data: $8/12 = 66{,}7\,\%$. Empat sisanya adalah daftar belanja untuk riset.

# %% [markdown] tags=["en"]
# The survey asks about the company, not about a product. The cube makes no number up: the cells are empty, and the note says why.
#
# ## 9. The question bank: what has been answered?
#
# Situation analysis is a list of questions. It matters as much to know which ones your own data can *not* answer.
#
# | axis | question | answered in |
# |---|---|---|
# | segment | Which segments do we serve, and how much do they buy? | part 2 |
# | segment | How many customers are in each? | part 2 |
# | segment | Which segments grow or shrink? | part 6 |
# | segment | How satisfied are they? | part 8, with a small n |
# | segment | What is our share of the market? | needs research |
# | offer | What do we sell, and what sells? | part 4 |
# | offer | What margin does it earn? | part 3 |
# | offer | How do our prices compare with competitors'? | needs research |
# | offer | Which benefits do customers see in it? | needs research |
# | channel | Which channels do we use, direct and indirect? | part 2 |
# | channel | Which channels gain in importance? | part 5 |
# | channel | What do channel partners say of working with us? | needs research |
#
# Eight of twelve are answered by the data: $8/12 = 66.7\,\%$. The other four are the shopping list for research.

# %% [markdown] tags=["id"]
# ## Tugas
#
# 1. Buat *dice*: korporat dan pelanggan setia, tahun 2019 dan 2020, departemen di kolom. Departemen mana yang paling banyak kehilangan omzet korporat? *(Periksa: jumlah semua selnya sama dengan
#    totals().)*
# 2. Hitung rata-rata marjin kelima saluran dengan kalkulator, lalu marjin perusahaan tahun 2020. Mana yang boleh dilaporkan? *(Periksa: rata-ratanya 20,4%.)*
# 3. Gantilah `over=["segment", "channel"]` dengan `over="province"`. Provinsi mana yang paling besar sumbangannya terhadap perubahan? Jumlahkan semua bagiannya. *(Periksa: sama dengan perubahan di
#    bagian 6, sampai rupiah terakhir.)*
# 4. Jelaskan kepada direktur yang tidak suka rumus, dalam tiga kalimat, mengapa marjin turun padahal tidak ada saluran yang marjinnya turun.
# 5. Tambahkan tiga pertanyaan Anda sendiri ke bank pertanyaan, satu per sumbu, dan jawab yang dapat dijawab dengan satu `cube.view`. Berapa persen yang kini terjawab?
# 6. Ulangi bagian 6 dengan data ukuran M. Apakah kesimpulannya bertahan ketika pelanggan korporatnya ratusan?

# %% [markdown] tags=["en"]
# ## Tasks
#
# 1. Make a *dice*: corporate and loyal customers, 2019 and 2020, departments across. Which department lost most corporate revenue? *(Check: all cells add up to totals().)*
# 2. Work out the mean of the five channels' margin shares with a calculator, then the company's margin share in 2020. Which one may be reported? *(Check: the mean is 20.4%.)*
# 3. Replace `over=["segment", "channel"]` by `over="province"`. Which province contributes most to the change? Add up all parts. *(Check: the change of part 6, to the last rupiah.)*
# 4. Explain in three sentences, to a director who dislikes formulas, why the margin share fell though it fell in no channel.
# 5. Add three questions of your own to the bank, one an axis, and answer those that a single `cube.view` can answer. What share is answered now?
# 6. Repeat part 6 with the data of size M. Does the conclusion hold when there are hundreds of corporate customers?
