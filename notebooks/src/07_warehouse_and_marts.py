# %% [markdown] tags=["id"]
# # 07 · Gudang data dan data mart
#
# **Pertanyaannya.** Rapat direksi PT XYZ macet. Bagian penjualan melaporkan omzet yang satu, bagian keuangan yang lain. Lalu Pak Surya, direktur utama, membuka arsip: laporan yang *sama*,
# dicetak tahun lalu, menyebut angka ketiga. *"Angka mana yang benar, mengapa berbeda, dan bagaimana saya tahu besok tidak berubah lagi?"*
#
# Jawabannya bukan rumus, melainkan **tempat**: gudang data (*data warehouse*) yang muatannya dapat dipercaya. Di notebook ini Anda akan
#
# 1. membuktikan keempat ciri gudang data menurut buku (6.1), satu percobaan untuk setiap ciri;
# 2. memindahkan seorang pelanggan ke kota lain tanpa memindahkan penjualannya yang lama;
# 3. memuat dua kali, mencabut listrik di tengah pemuatan, dan melihat bahwa tidak ada yang rusak;
# 4. membangun tiga jenis data mart yang *berselisih*, dan menyebut sebab setiap rupiah selisihnya;
# 5. menghitung kapan sebuah perusahaan perlu data seketika, dan kapan cukup semalam sekali.

# %% [markdown] tags=["en"]
# # 07 · The data warehouse and data marts
#
# **The question.** A board meeting of PT XYZ is stuck. Sales reports one revenue, finance another. Then Mr Surya, the managing director, opens the archive: the *same* report, printed last
# year, names a third. *"Which figure is right, why do they differ, and how do I know that it won't have changed again tomorrow?"*
#
# The answer is no formula but a **place**: a data warehouse whose loads can be trusted. In this notebook you
#
# 1. prove the four characteristics of a data warehouse in the book (6.1), one experiment for each;
# 2. move a customer to another city without moving what he bought before;
# 3. load twice, pull the plug in the middle of a load, and see that nothing breaks;
# 4. build three kinds of data mart that *disagree*, and name the cause of every rupiah between them;
# 5. work out when a company needs data at once, and when once a night will do.

# %% [markdown] tags=["id"]
# ## 1. Seorang pelanggan pindah
#
# Mulai dari gudang terkecil yang masih menarik: satu pelanggan, dua pembelian. Januari, Bu Dewi tinggal di Jakarta dan berbelanja 10 juta.

# %% [markdown] tags=["en"]
# ## 1. A customer moves
#
# Start from the smallest warehouse that is still interesting: one customer, two purchases. In January Mrs Dewi lives in Jakarta and buys for 10 million.

# %%
import subprocess
import sys
import tempfile
from pathlib import Path
from textwrap import fill

import crmlab as crm
import pandas as pd

place = Path(tempfile.mkdtemp())
small = crm.warehouse.Warehouse(place / "small")


def customers(*rows):
    return pd.DataFrame(rows, columns=["customer_id", "city", "since"]).astype({"since": "datetime64[us]"})


def sales(*rows):
    return pd.DataFrame(rows, columns=["order_id", "customer_id", "ordered_at", "amount"]).astype({"ordered_at": "datetime64[us]"})


january = {
    "customers": customers((1, "Jakarta", "2020-01-01")),
    "sales": sales((1, 1, "2020-01-15", 10_000_000)),
}
small.load(
    january,
    loaded_at="2020-02-01 00:30",
    source="POS",
    keys={"customers": "customer_id", "sales": "order_id"},
    history={"customers": {"valid_from": "since"}},
    links={"sales": {"customer_id": {"to": "customers", "on": "ordered_at"}}},
).explain(depth="short")

# %% [markdown] tags=["id"]
# Tiga kalimat aturan sudah cukup: **kunci** menamai satu baris, **riwayat** menentukan tabel mana yang menyimpan versi, **tautan** menentukan tanggal mana yang memilih versinya. Aturan
# ditulis sekali, pada muatan pertama, dan tersimpan di gudang.
#
# Februari, Bu Dewi pindah ke Depok dan berbelanja 6 juta lagi.

# %% [markdown] tags=["en"]
# Three rules are enough: **keys** name a row, **history** says which table keeps versions, **links** say which day picks the version. They are said once, with the first load, and stay in
# the warehouse.
#
# In February Mrs Dewi moves to Depok and buys for another 6 million.

# %%
february = {
    "customers": customers((1, "Depok", "2020-02-10")),
    "sales": sales((2, 1, "2020-02-20", 6_000_000)),
}
small.load(february, loaded_at="2020-03-01 00:30", source="POS")
small.table("customers")

# %% [markdown] tags=["id"]
# Baris Jakarta tidak ditimpa; ia *diakhiri* pada 9 Februari, sehari sebelum versi baru mulai. Inilah **dimensi tipe 2** (*slowly changing dimension*). Tiap penjualan menunjuk versi yang
# berlaku pada harinya lewat `customer_key`. Sekarang dua pertanyaan yang kedengarannya sama:

# %% [markdown] tags=["en"]
# The row of Jakarta was not overwritten; it was *ended* on 9 February, the day before the new version begins. This is a **type 2 dimension** (a slowly changing dimension). Every sale
# points to the version of its own day by `customer_key`. Now two questions that sound alike:

# %%
then = "SELECT city, sum(amount) FROM sales s JOIN customers c ON c.version_key = s.customer_key GROUP BY 1 ORDER BY 1"
now = "SELECT city, sum(amount) FROM sales s JOIN customers c ON c.customer_id = s.customer_id AND c.is_current GROUP BY 1"
money = crm.labels.money
print("type 2:", {city: money(value) for city, value in small.query(then)})
print("type 1:", {city: money(value) for city, value in small.query(now)})

# %% [markdown] tags=["id"]
# * *Berapa yang terjual kepada orang yang **saat itu** tinggal di Depok?* 6 juta; Jakarta tetap 10 juta (tipe 2).
# * *Berapa belanja sepanjang masa orang yang **sekarang** tinggal di Depok?* 16 juta (tipe 1).
#
# Keduanya benar. Gudang yang hanya menyimpan kota terakhir tidak dapat menjawab yang pertama, dan laporan Januarinya akan berubah begitu seseorang pindah rumah.
#
# Tidak setiap perubahan layak menjadi versi. Nomor telepon yang salah ketik adalah **koreksi**, bukan riwayat: ia memperbaiki semua versi (tipe 1). Anda memilih per kolom dengan `type1=` atau
# `type2=`.
#
# ### Kalau kabarnya datang terlambat
#
# April baru ketahuan bahwa antara 20 Januari dan 9 Februari Bu Dewi sebenarnya di Bogor.

# %% [markdown] tags=["en"]
# * *How much was sold to people who lived in Depok **then**?* 6 million; Jakarta keeps its 10 million (type 2).
# * *What have people who live in Depok **now** bought in all?* 16 million (type 1).
#
# Both are right. A warehouse that keeps only the last city can't answer the first, and its report of January changes as soon as somebody moves house.
#
# Not every change deserves a version. A mistyped phone number is a **correction**, not history: it mends all versions (type 1). You choose by column, with `type1=` or `type2=`.
#
# ### When the news comes late
#
# Only in April does it turn out that from 20 January to 9 February Mrs Dewi was really in Bogor.

# %%
late = small.load({"customers": customers((1, "Bogor", "2020-01-20")), "sales": sales((3, 1, "2020-01-25", 500_000))}, loaded_at="2020-05-01")
for note in late.notes:
    print(fill(note.render(), 110))
small.table("customers")[["city", "valid_from", "valid_to", "is_current"]]

# %%
print({city: money(value) for city, value in small.query(then)})
small.changes().table[["table", "key", "kind", "column", "before", "after", "load_before", "load_id"]]

# %% [markdown] tags=["id"]
# Versi Bogor **menyelip** di tengah, dan penjualan 25 Januari yang juga terlambat langsung tersambung kepadanya. Tidak ada yang perlu dihitung ulang dengan tangan: gudang adalah fungsi dari
# *semua* kiriman, apa pun urutan datangnya.
#
# Masa berlaku yang tumpang-tindih ditolak, sebab satu penjualan akan jatuh pada dua kota:

# %% [markdown] tags=["en"]
# The version of Bogor **splits in** in the middle, and the sale of 25 January, late as well, joins it at once. Nothing need be worked out again by hand: the warehouse is a function of *all*
# deliveries, whatever order they came in.
#
# Validities that overlap are refused, because one sale would fall into two cities:

# %%
overlapping = pd.DataFrame({"branch_id": [1, 1], "city": ["Solo", "Tegal"], "opened": pd.to_datetime(["2019-01-01", "2020-01-01"]), "closed": pd.to_datetime(["2020-03-31", None])})
try:
    small.load({"branches": overlapping}, loaded_at="2020-05-02", keys={"branches": "branch_id"}, history={"branches": {"valid_from": "opened", "valid_to": "closed"}})
except crm.UserError as error:
    print(fill(str(error), 110))

# %% [markdown] tags=["id"]
# ## 2. Empat ciri, empat bukti
#
# Sekarang PT XYZ sungguhan: lima tahun dalam sepuluh muatan setengah tahunan. Setiap muatan hanya tahu apa yang *saat itu* sudah diketahui: pesanan yang barangnya baru kembali bulan
# berikutnya datang lagi dengan status yang dikoreksi, pelanggan yang pindah datang lagi dengan kota barunya.

# %% [markdown] tags=["en"]
# ## 2. Four characteristics, four proofs
#
# Now the real PT XYZ: five years in ten loads of half a year. Every load knows only what was known *then*: an order of which goods came back a month later is delivered again with its
# status corrected, a customer who moved comes again with the new city.

# %%
shop = crm.datasets.load_retail("S", layer="clean")
house = crm.warehouse.Warehouse(place / "pt_xyz")
crm.warehouse.example.load_months(house, shop, months=6)
house.loads().table[["load_id", "loaded_at", "rows", "new", "replaced", "versions_opened"]]

# %%
house.loads().figure()

# %% [markdown] tags=["id"]
# **Ciri 1, berorientasi subjek** (*subject-oriented*). Tabelnya adalah pelanggan, penjualan, produk; bukan "berkas kasir" atau "ekspor web".

# %% [markdown] tags=["en"]
# **1, subject-oriented.** Its tables are customers, sales, products; not "the till's file" or "the web export".

# %%
house.tables

# %% [markdown] tags=["id"]
# **Ciri 2, terintegrasi** (*integrated*). Satu kolom, satu jenis, satu arti. Kiriman dengan nomor pesanan bergaya lain ditolak, seluruhnya:

# %% [markdown] tags=["en"]
# **2, integrated.** One column, one type, one meaning. A batch whose order numbers are of another style is refused, all of it:

# %%
try:
    house.load({"returns": {"return_id": ["R-1"], "order_id": [1]}}, loaded_at="2021-01-02")
except crm.UserError as error:
    print(fill(str(error), 110))
print(house.last)

# %% [markdown] tags=["id"]
# **Ciri 3, bervariasi waktu** (*time-variant*). Inilah jawaban bagi Pak Surya: laporan tahun 2018 *sebagaimana adanya* pada 1 Juli 2018 masih dapat dicetak hari ini.

# %% [markdown] tags=["en"]
# **3, time-variant.** This is the answer to Mr Surya: the report of 2018 *as it stood* on 1 July 2018 can still be printed today.

# %%
returned = "SELECT count(*) FROM sales WHERE status = 'returned' AND ordered_at < TIMESTAMP '2018-07-01'"
print("2018-07-01:", house.snapshot(as_of="2018-07-01").query(returned)[0][0], "| 2021:", house.query(returned)[0][0])

# %% [markdown] tags=["id"]
# Angkanya berbeda karena sesudah tanggal itu masih ada barang yang kembali. Keduanya benar, untuk pertanyaan yang berbeda: *apa yang kita ketahui waktu itu* dan *apa yang kita ketahui
# sekarang*. Laporan yang tidak menyebut tanggal datanya tidak dapat dibandingkan dengan apa pun.
#
# **Ciri 4, tidak mudah hilang** (*non-volatile*). Muatan baru tidak menyentuh satu berkas pun milik muatan lama. Kita periksa sidiknya sebelum dan sesudah muatan yang mengubah dan menghapus:

# %% [markdown] tags=["en"]
# The figures differ because goods still came back after that day. Both are right, for different questions: *what did we know then* and *what do we know now*. A report that does not name the
# day of its data can't be compared with anything.
#
# **4, non-volatile.** A new load touches no file of an old one. We compare fingerprints before and after a load that changes and deletes:

# %%
before = house.snapshot().fingerprint()
files = {p: p.read_bytes() for p in house.folder.path.rglob("parts/*/*.parquet")}
house.load({"channels": {"channel_id": [1], "channel": ["store"], "route": ["direct"], "commission_share": [0.01]}}, loaded_at="2021-01-02", deleted={"returns": [1]})
same = all(p.read_bytes() == data for p, data in files.items())
print(same, house.snapshot(load=10).fingerprint() == before, house.snapshot().fingerprint() == before)

# %% [markdown] tags=["id"]
# ## 3. Memuat dua kali, dan mencabut listrik
#
# Petugas malam ragu apakah muatannya berhasil, lalu menjalankannya sekali lagi. Di banyak kantor, itulah asal omzet ganda. Di sini kiriman dikenali dari **isinya**:

# %% [markdown] tags=["en"]
# ## 3. Loading twice, and pulling the plug
#
# The night clerk is not sure that the load went well, and runs it once more. In many offices that is where double revenue comes from. Here a batch is known by its **content**:

# %%
again = small.load(february, loaded_at="2020-05-09")
print(again.facts["changed"], "|", fill(again.notes[0].render(), 100))

# %% [markdown] tags=["id"]
# Sekarang yang lebih kejam. Di proses lain kita muat satu kiriman, dan listriknya padam *tepat sebelum* langkah terakhir: semua berkas sudah ditulis, penunjuk `CURRENT` belum diganti.

# %% [markdown] tags=["en"]
# Now something more cruel. In another process we load a batch, and the power fails *just before* the last step: all files are written, the pointer `CURRENT` is not yet replaced.

# %%
program = """
import os, sys
from crmlab.warehouse import Warehouse

real = os.replace
def blackout(source, target):
    if str(target).endswith("CURRENT"):
        os._exit(9)
    real(source, target)
os.replace = blackout
batch = {"sales": {"order_id": [7], "customer_id": [1], "amount": [99]}}
Warehouse(sys.argv[1]).load(batch, loaded_at="2020-06-01")
"""
before = small.snapshot().fingerprint()
died = subprocess.run([sys.executable, "-c", program, str(place / "small")])
print(died.returncode, "|", small.last, small.snapshot().fingerprint() == before, "|", small.broken())

# %% [markdown] tags=["id"]
# Proses mati, tetapi gudang masih yang lama, utuh. Di foldernya tertinggal berkas yang tidak disebut manifes mana pun; muatan berikutnya menyapunya.
#
# Rahasianya satu: **semua ditulis dengan nama baru, lalu satu penunjuk diganti dalam satu langkah** (`os.replace`). Pembaca melihat yang lama atau yang baru, tidak pernah separuh.

# %% [markdown] tags=["en"]
# The process died, but the warehouse is still the old one, whole. In its folder lie files that no manifest names; the next load sweeps them away.
#
# There is one secret: **everything is written under new names, then one pointer is replaced in one step** (`os.replace`). Readers see the old or the new, never half.

# %%
small.load({"sales": sales((7, 1, "2020-05-30", 99))}, loaded_at="2020-06-02")
print(small.last, small.broken())

# %% [markdown] tags=["id"]
# ## 4. Dari mana baris ini? Apa arti kolom ini?
#
# Gudang yang baik dapat menjelaskan dirinya. **Silsilah** (*lineage*) satu pesanan yang pernah dikoreksi:

# %% [markdown] tags=["en"]
# ## 4. Where does this row come from? What does this column mean?
#
# A good warehouse can explain itself. The **lineage** of one order that was corrected:

# %%
corrected = house.changes("sales").table.iloc[0]
lineage = house.lineage("sales", int(corrected["key"]))
lineage.table[["load_id", "loaded_at", "source", "source_row", "file", "counts"]]

# %% [markdown] tags=["id"]
# **Katalog** memuat metadata tiga jenis dari buku: operasional, transformasi, pengguna. Setiap kolom harus punya nama, jenis, dan satuan, tanpa kecuali:

# %% [markdown] tags=["en"]
# The **catalogue** holds the book's three kinds of metadata: operational, transform, user. Every column must have a name, a type and a unit, without exception:

# %%
catalogue = house.catalogue()
print(fill(catalogue.explain(depth="short"), 110))
catalogue.table.query("table == 'sales_lines'")[["column", "metadata", f"label_{crm.labels.language()}", "type", "unit", "formula"]]

# %% [markdown] tags=["id"]
# ## 5. Tiga mart, tiga angka
#
# **Data mart** adalah potongan gudang untuk satu bagian. Buku (6.2) mengenal tiga jenis: *tergantung* (diisi dari gudang), *mandiri* (langsung dari sumber), *hibrida* (keduanya). Sebuah mart
# di sini adalah **data**, bukan program: dari mana barisnya, butirannya, ukurannya, aturannya.

# %% [markdown] tags=["en"]
# ## 5. Three marts, three figures
#
# A **data mart** is a part of the warehouse for one department. The book (6.2) knows three kinds: *dependent* (filled from the warehouse), *independent* (straight from a source), *hybrid*
# (both). A mart here is **data**, not a program: where its rows come from, its grain, its measures, its rules.

# %%
order = {
    "table": "sales",
    "key": "order_id",
    "at": "ordered_at",
    "customer": "customer_id",
    "status": "status",
    "values": {"amount": "total"},
}
back = {"table": "returns", "key": "return_id", "at": "returned_on", "values": {"amount": "amount"}, "returns": True}
measures = {"revenue": {"sum": "amount", "unit": "money"}, "orders": {"count": "sales", "unit": "count"}}
year = {"months": ["2020-01", "2020-12"]}

finance = crm.warehouse.Mart("finance", "dependent", {"sales": order, "returns": back}, by=["month"], measures=measures, filter=year)
finance.ddl().table

# %% [markdown] tags=["id"]
# Itulah **kelima langkah** membangun mart (6.2.1): rancang, konstruksi, isi, akses, kelola, sebagai SQL yang benar-benar dijalankan.
#
# Bagian penjualan tidak mau menunggu gudang. Mereka mengambil langsung dari server kasir, 20 Desember. Servernya memakai jam **UTC**, berkasnya memuat pesanan yang **batal**, sebagian terkirim
# **dua kali**, dan **retur** ada di sistem lain. Tidak ada yang berniat jahat.

# %% [markdown] tags=["en"]
# These are the **five steps** of building a mart (6.2.1): design, construct, populate, access, manage, as the SQL that really runs.
#
# Sales does not want to wait for the warehouse. They take theirs straight from the till's server, on 20 December. The server keeps **UTC**, its file holds **cancelled** orders, some were sent
# **twice**, and **returns** are in another system. Nobody means any harm.

# %%
till = shop.tables["sales"][["order_id", "ordered_at", "customer_id", "status", "total"]].copy()
till["ordered_at"] -= pd.Timedelta(hours=7)
till = till[till["ordered_at"] < "2020-12-20"]
till = pd.concat([till, till[till["order_id"] % 97 == 0]], ignore_index=True)

own_way = {"utc_offset": 0, "cancelled": "keep", "duplicates": "keep", "returns": "gross"}
sales_mart = crm.warehouse.Mart("sales_team", "independent", {"sales": {**order, "table": "till", "utc_offset": 0}}, by=["month"], measures=measures, rules=own_way, filter=year)

plan = pd.DataFrame({"plan_id": range(12), "ordered_at": pd.date_range("2020-01-01", periods=12, freq="MS"), "target": 75_000_000})
planned = {"table": "plan", "key": "plan_id", "at": "ordered_at", "values": {"amount": "target"}, "returns": True}
hybrid = crm.warehouse.Mart("over_target", "hybrid", {"sales": order, "plan": planned}, by=["month"], measures=measures, filter=year)

built = {
    "dependent": finance.build(house),
    "independent": sales_mart.build(sources={"till": till}, extracted_at="2020-12-20", folder=place / "marts"),
    "hybrid": hybrid.build(house, sources={"plan": plan}, extracted_at="2020-12-20"),
}
pd.DataFrame({kind: mart.table.set_index("month")["revenue"] for kind, mart in built.items()}).map(money)

# %% [markdown] tags=["id"]
# Mart hibrida menjawab pertanyaan lain (lebih atau kurang dari target), jadi wajar berbeda. Tetapi dua kolom pertama *seharusnya* sama. Berapa selisihnya, dan **karena apa**?

# %% [markdown] tags=["en"]
# The hybrid mart answers another question (above or below target), so it may well differ. But the first two columns *should* be equal. How far apart are they, and **why**?

# %%
agreed = crm.warehouse.reconcile(built["dependent"], house)
apart = crm.warehouse.reconcile(built["independent"], house, standard=finance, tolerance=0.001)
for result in (agreed, apart):
    print(fill(result.notes[0].render(), 110))

# %%
apart.figure()

# %%
total = apart.table.query("level == 'total' and measure == 'revenue'").iloc[0]
causes = {cause: total[cause] for cause in apart.facts["causes"]}
print(*(f"{crm.labels.name(cause):28}{money(part):>20}" for cause, part in causes.items()), sep="\n")
print(f"{crm.labels.name('difference'):28}{money(sum(causes.values())):>20}", sum(causes.values()) == total["difference"])

# %% [markdown] tags=["id"]
# Jumlah semua sebab **tepat** sama dengan selisihnya; tidak ada pos "lain-lain". Caranya: mart dihitung ulang dari barisnya sendiri sambil aturannya diganti satu per satu dengan aturan gudang.
# Perubahan angka pada setiap penggantian adalah bagian sebab itu. Sisanya ditelusuri baris demi baris: terlambat, hilang, dikoreksi, terhapus, atau tidak dikenal.
#
# Sebab yang saling meniadakan paling berbahaya. Selisih total bisa kecil justru karena dua kesalahan besar berlawanan arah. Karena itu bacalah sebabnya, jangan hanya totalnya.
#
# Contoh buku tulis: gudang 1.000,0 dan mart mandiri 997,5.
#
# $$\frac{|997{,}5 - 1000|}{1000} = 0{,}25\,\% > 0{,}10\,\%$$
#
# Melewati batas, jadi **tidak cocok**, dan sebabnya harus disebut.

# %% [markdown] tags=["en"]
# All causes together are **exactly** the difference; there is no line "other". The way: the mart is computed again from its own rows, while its rules give way to those of the warehouse one by
# one. What a switch changes is that cause's part. The rest is traced row by row: late, missing, corrected, deleted or unheard of.
#
# Causes that cancel out are the most dangerous. A total may be close just because two large mistakes pull opposite ways. So read the causes, not the total alone.
#
# An example by hand: the warehouse says 1,000.0 and an independent mart 997.5.
#
# $$\frac{|997.5 - 1000|}{1000} = 0.25\,\% > 0.10\,\%$$
#
# Beyond the limit, so it does **not agree**, and the cause must be named.

# %% [markdown] tags=["id"]
# ### Berapa besar sebuah gudang?
#
# Buku menulis bahwa mart "kurang dari 100 GB", dan di tempat lain "12,1 petabyte (21.100 terabyte)". Yang pertama kebiasaan, bukan definisi: yang membedakan mart dari gudang ialah
# **cakupannya**, bukan ukurannya. Yang kedua salah hitung:

# %% [markdown] tags=["en"]
# ### How large is a warehouse?
#
# The book says that a mart has "less than 100 GB", and elsewhere "12.1 petabytes (21,100 terabytes)". The first is a habit, not a definition: what tells a mart from a warehouse is its
# **scope**, not its size. The second is a slip:

# %%
number = crm.labels.number
print(f"{number(12.1, decimals=1)} PB = {number(12.1 * 1000)} TB;  {number(12.1, decimals=1)} PiB = {number(12.1 * 1024, decimals=1)} TiB;  2^40 = {number(2**40)} B")

# %% [markdown] tags=["id"]
# ## 6. Semalam sekali atau seketika?
#
# Bagian layanan meminta data *real-time*. Apa yang dibelinya? Tiga kejadian pada satu hari, dimuat batch pukul 00.30 malamnya:

# %% [markdown] tags=["en"]
# ## 6. Once a night, or at once?
#
# The service department asks for *real-time* data. What would it buy? Three events of one day, loaded by the batch at half past midnight:

# %%
three = {"happened_at": ["2020-03-02 08:05", "2020-03-02 12:40", "2020-03-02 23:50"]}
nightly = crm.warehouse.replay(three, "batch", at="00:30")
nightly.table[["happened_at", "available_at", "delay_minutes"]]

# %%
print(fill(nightly.explain(depth="short"), 110))
print(fill(crm.warehouse.replay(three, "stream").explain(depth="short"), 110))

# %% [markdown] tags=["id"]
# 16 jam 25 menit, 11 jam 50 menit, 40 menit; rata-ratanya hampir sepuluh jam. Aliran (*stream*) memangkasnya menjadi lima detik. Harganya? Kita putar ulang semua pesanan Desember 2020 dengan
# setiap cara. Tarifnya **andaian**; ganti dengan milik Anda lewat `costs=`.

# %% [markdown] tags=["en"]
# 16 hours 25 minutes, 11 hours 50 minutes, 40 minutes; almost ten hours on average. A stream cuts this to five seconds. The price? We replay all orders of December 2020 in every way. The rates
# are **assumptions**; put in your own with `costs=`.

# %%
december = shop.tables["sales"].query("ordered_at >= '2020-12-01'")
events = pd.DataFrame({"event_id": december["order_id"], "happened_at": december["ordered_at"], "amount": december["total"]})
ways = crm.warehouse.compare(events)
ways.figure()

# %%
print(fill(ways.explain(), 110))

# %% [markdown] tags=["id"]
# Dengan tarif andaian ini, batch tiap 15 menit sudah semahal aliran tetapi tetap lebih lambat, jadi tidak ada gunanya; batch tiap jam biayanya seperempatnya. Titik temu itu **ditentukan oleh
# tarifnya**: bila sekali jalan lebih mahal, aliran menang lebih awal (Tugas 11). Bagi laporan bulanan, semalam sekali sudah berlebih. Bagi keluhan yang harus dijawab dalam satu jam, semalam
# sekali tidak berguna.
#
# Aliran punya jebakan sendiri: kejadian datang **dua kali** (perangkat mengirim ulang), **terlambat** (perangkat luring), dan dengan **jam yang salah**.

# %% [markdown] tags=["en"]
# At these assumed rates a batch of every 15 minutes costs as much as the stream and is still slower, so there is no point in it; one every hour costs a quarter. Where the two meet **depends on
# the rates**: if a run is dearer, the stream wins earlier (task 11). For a monthly report once a night is more than enough. For a complaint that must be answered within the hour, once a night is
# useless.
#
# A stream has traps of its own: events come **twice** (a device sends again), **late** (a device was offline), and with the **wrong time**.

# %%
messy = pd.DataFrame(
    {
        "event_id": ["a", "b", "b", "c"],
        "happened_at": ["2020-03-02 08:05", "2020-03-02 12:40", "2020-03-02 12:40", "2020-03-02 23:50"],
        "received_at": ["2020-03-02 08:05", "2020-03-02 12:40", "2020-03-02 12:41", "2020-03-03 06:10"],
        "clock_skew_seconds": [600, 0, 0, 0],
        "amount": [100_000, 250_000, 250_000, 75_000],
    }
)
for idempotent in (True, False):
    result = crm.warehouse.replay(messy, "stream", idempotent=idempotent)
    print(money(result.facts["amount"]), *(fill(note.render(), 110) for note in result.notes), sep="\n  ")

# %% [markdown] tags=["id"]
# **Kunci idempotensi** adalah sepupu sidik kiriman di bagian 3: satu kejadian, satu kunci, satu hitungan.
#
# ## 7. Keenam komponen, dari muatan yang sungguh terjadi
#
# Diagram komponen gudang data (6.1.3) biasanya digambar. Yang ini *dihitung* dari manifes dan berkas:

# %% [markdown] tags=["en"]
# An **idempotency key** is a cousin of the batch's fingerprint in part 3: one event, one key, one count.
#
# ## 7. The six components, from loads that took place
#
# The diagram of a data warehouse's components (6.1.3) is usually drawn. This one is *counted* from manifests and files:

# %%
house.components(list(built.values())).figure()

# %% [markdown] tags=["id"]
# Dan gudang itu siap untuk kubus di notebook 02, kini dengan kota **pada hari penjualan**:

# %% [markdown] tags=["en"]
# And the warehouse is ready for the cube of notebook 02, now with the city **on the day of the sale**:

# %%
example = crm.warehouse.example
star = house.star(example.DESCRIPTION, example.VIEWS)
cube = crm.Cube(star, [crm.Measure.from_dict(m) for m in example.MEASURES])
cube.view(by=["island"], measures=["revenue", "customers"]).slice(year=2020).sort("revenue")

# %% [markdown] tags=["id"]
# Jawaban bagi Pak Surya: *"Angka yang benar ialah angka gudang, dengan tanggal datanya. Bedanya dengan angka penjualan sudah terurai sampai rupiah terakhir. Dan laporan yang sudah dicetak dapat
# dicetak lagi, persis, kapan saja."*
#
# ## Tugas
#
# 1. Muat `january` sekali lagi ke `small`. Nomor muatan berapa yang dikembalikan, dan mengapa bukan nomor baru? *(Periksa: 1.)*
# 2. Bu Dewi pindah ke Bandung pada 1 Juni 2020. Muat perubahannya, lalu hitung omzet per kota menurut kota waktu itu dan kota sekarang. *(Periksa: kota sekarang hanya satu.)*
# 3. Kolom mana pada tabel pelanggan sebuah bank yang pantas tipe 1, dan mana tipe 2? Beri alasan untuk alamat, nama ibu kandung, pendapatan, dan alamat surel.
# 4. Ambil `house.snapshot(load=n)` untuk n = 1 sampai 10 dan gambar banyaknya pelanggan. Mengapa garisnya tidak pernah turun?
# 5. Hapus pesanan 1 lewat `deleted={"sales": [1]}`. Hilangkah barisnya? Apa isi `is_deleted`, dan apa kata `house.lineage("sales", 1)`?
# 6. Ubah satu huruf dalam salah satu berkas di folder `parts`. Apa yang dilaporkan `house.broken()`? (Kerjakan pada salinan folder!)
# 7. Pindahkan pemadaman di bagian 3 ke langkah lain, misalnya saat berkas di `parts` diganti. Adakah langkah yang meninggalkan gudang separuh?
# 8. Hitung mart `finance` dengan `month_starts_on=26` (bulan gajian). Cocokkah totalnya setahun? Cocokkah bulan-bulannya? Apa sebabnya?
# 9. Perbaiki mart `sales_team` satu aturan demi satu aturan. Aturan mana yang paling banyak mengecilkan selisih, dan selisih apa yang tersisa setelah semuanya benar?
# 10. Buat mart tergantung dengan butiran bulan × saluran (petunjuk: `join` dan `by`). Saluran mana yang paling jauh selisihnya bila pesanan batal ikut dihitung?
# 11. Dengan tarif sendiri, carilah nilai satu jam yang membuat aliran layak. Bandingkan dengan batch tiap 60 menit.
# 12. Kejadian pukul 00.30 tepat: masuk batch malam itu atau malam berikutnya? Coba, lalu jelaskan mengapa aturan ini harus ditulis. *(Periksa: jedanya 1.440 menit.)*
# 13. Urutkan enam pernyataan ini ke "gudang" atau "mart": seluruh perusahaan; satu bagian; banyak sumber; sedikit sumber; dirancang bertahun-tahun; selesai dalam beberapa bulan. Mengapa "kurang dari
#     100 GB" tidak ikut?
# 14. Pakai dua ekspor bulanan dari sistem Anda sendiri. Kunci apa yang menamai satu baris? Berapa baris bulan lalu yang diam-diam berubah? (`changes()`)

# %% [markdown] tags=["en"]
# The answer to Mr Surya: *"The right figure is the warehouse's, with the day of its data. What sets it apart from the figure of sales is accounted for to the last rupiah. And a report that was
# printed can be printed again, exactly, at any time."*
#
# ## Tasks
#
# 1. Load `january` into `small` once more. Which load number comes back, and why no new one? *(Check: 1.)*
# 2. Mrs Dewi moves to Bandung on 1 June 2020. Load the change, then work out revenue by the city of then and the city of now. *(Check: there is only one city of now.)*
# 3. Which columns of a bank's customer table deserve type 1, and which type 2? Give reasons for the address, the mother's maiden name, the income and the e-mail address.
# 4. Take `house.snapshot(load=n)` for n = 1 to 10 and draw the number of customers. Why does the line never fall?
# 5. Delete order 1 with `deleted={"sales": [1]}`. Is its row gone? What does `is_deleted` hold, and what does `house.lineage("sales", 1)` say?
# 6. Change one letter in one of the files in the folder `parts`. What does `house.broken()` report? (Work on a copy of the folder!)
# 7. Move the blackout of part 3 to another step, as when a file in `parts` is put in place. Is there a step that leaves half a warehouse?
# 8. Compute the mart `finance` with `month_starts_on=26` (months by payday). Does the year's total agree? Do the months? What is the cause?
# 9. Mend the mart `sales_team` rule by rule. Which rule narrows the gap most, and what gap is left when all are right?
# 10. Make a dependent mart with the grain month × channel (hint: `join` and `by`). Which channel is furthest off if cancelled orders are counted?
# 11. With rates of your own, find the worth of an hour that makes a stream pay. Compare with a batch every 60 minutes.
# 12. An event at 00:30 sharp: does it go into that night's batch or the next? Try it, then say why this rule must be written down. *(Check: its delay is 1,440 minutes.)*
# 13. Sort these six statements under "warehouse" or "mart": the whole company; one department; many sources; few sources; designed over years; done in some months. Why is "less than 100 GB" not
#     among them?
# 14. Take two monthly exports of your own system. Which key names a row? How many rows of last month have changed in silence? (`changes()`)
