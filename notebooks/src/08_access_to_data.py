# %% [markdown] tags=["id"]
# # 08 · Akses data: laporan, OLAP, SQL, dan sesudahnya
#
# **Pertanyaannya.** Gudang data sudah berdiri (notebook 07). Senin pagi empat orang datang dengan empat pertanyaan:
#
# * direktur penjualan: ***berapa pencapaian target bulan lalu?*** Pertanyaan yang sama, setiap bulan;
# * manajer wilayah: ***mengapa wilayah saya kurang?*** Jawabannya menentukan pertanyaan berikutnya;
# * staf kampanye: ***siapa yang sepanjang 2020 tidak membeli apa-apa?*** Belum pernah ada yang bertanya begitu;
# * analis: ***pola apa yang belum kita tanyakan?***
#
# Buku (bagian 6.3) memberi empat pintu ke data yang sama: **laporan standar**, **OLAP**, **SQL**, dan **data mining**. Notebook ini membuka ketiga pintu pertama, mengintip yang keempat, lalu menanyakan siapa yang boleh
# masuk. Semua orang dan perusahaan di sini rekaan.

# %% [markdown] tags=["en"]
# # 08 · Access to data: reports, OLAP, SQL, and what comes after
#
# **The question.** The warehouse stands (notebook 07). On Monday morning four people come with four questions:
#
# * the sales director: ***how did last month do against its quota?*** The same question every month;
# * a regional manager: ***why is my region behind?*** The answer decides the next question;
# * somebody from campaigns: ***who bought nothing in all of 2020?*** Nobody ever asked that before;
# * an analyst: ***which patterns did we not ask about?***
#
# The book (section 6.3) knows four doors to the same data: **standard reports**, **OLAP**, **SQL** and **data mining**. This notebook opens the first three, looks through the fourth, and asks who may come in. All people and
# companies are made up.

# %% [markdown] tags=["id"]
# ## 1. Laporan standar: pencapaian target
#
# Tiga tenaga penjual, Maret 2020, angka dalam juta rupiah. Cukup kecil untuk dihitung dengan tangan.

# %% [markdown] tags=["en"]
# ## 1. A standard report: sales against quota
#
# Three sales reps, March 2020, in millions of rupiah. Small enough to be worked out by hand.

# %%
import crmlab as crm
import pandas as pd

million = 1_000_000
sales = pd.DataFrame(
    [("Ani", "2020-03-05", 200), ("Ani", "2020-03-30", 250), ("Budi", "2020-03-12", 280), ("Citra", "2020-03-24", 390)],
    columns=["sales_rep", "ordered_at", "amount"],
)
sales["amount"] *= million
quota = pd.DataFrame({"sales_rep": ["Ani", "Budi", "Citra"], "month": "2020-03", "target": [400 * million, 500 * million, 300 * million]})

report = crm.reports.sales_against_quota(sales, quota, month="2020-03", through="2020-03-31")
report

# %%
report.figure()

# %% [markdown] tags=["id"]
# Perhatikan baris Total: **93,33%**, bukan rata-rata ketiga persentase di atasnya. Rumusnya membagi jumlah dengan jumlah:
#
# $$\text{pencapaian} = \frac{\sum \text{omzet}}{\sum \text{target}} = \frac{1.120}{1.200}$$
#
# Rata-rata persentase akan menyembunyikan kekurangan Budi di balik kelebihan Citra, padahal target Budi yang terbesar. Laporan yang baik tidak pernah menampilkan angka itu. `through` menyatakan sampai hari apa datanya lengkap. Setiap hasil dapat menjelaskan dirinya:

# %% [markdown] tags=["en"]
# Look at the Total: **93.33%**, not the mean of the three percentages above it. The formula divides a sum by a sum:
#
# $$\text{attainment} = \frac{\sum \text{revenue}}{\sum \text{quota}} = \frac{1{,}120}{1{,}200}$$
#
# A mean of the percentages would hide what Budi lacks behind what Citra has to spare, though Budi's quota is the largest. A good report never shows it. `through` says up to which day the data are complete. Every result can explain itself:

# %%
report.explain(depth="method")

# %% [markdown] tags=["id"]
# Dunia nyata tidak serapi itu. Dewi baru masuk dan belum diberi target, Eka punya target tetapi belum menjual apa-apa, satu nota tidak mencantumkan penjual, dan datanya baru sampai tanggal 30. Laporan yang jujur **mengatakannya**,
# bukan diam-diam membuang barisnya.

# %% [markdown] tags=["en"]
# The real world is less tidy. Dewi is new and has no quota yet, Eka has a quota and sold nothing, one receipt names no rep, and the data end on the 30th. An honest report **says so**; it does not drop the rows in silence.

# %%
more_sales = pd.DataFrame([("Dewi", "2020-03-10", 70 * million), (None, "2020-03-11", 5 * million)], columns=sales.columns)
more_quota = pd.DataFrame({"sales_rep": ["Eka"], "month": ["2020-03"], "target": [100 * million]})
untidy = crm.reports.sales_against_quota(pd.concat([sales, more_sales]), pd.concat([quota, more_quota]), month="2020-03")
untidy

# %% [markdown] tags=["id"]
# Laporan pergi ke orang yang tidak membuka notebook. Dua berkas: buku kerja dengan angka sungguhan (bukan teks) dan satu halaman HTML yang dapat dicetak, lengkap dengan grafik, catatan, dan penjelasannya.

# %% [markdown] tags=["en"]
# Reports go to people who open no notebook. Two files: a workbook with real numbers (not text), and one HTML page that can be printed, with figure, notes and explanation.

# %%
import tempfile
from pathlib import Path

import openpyxl

folder = Path(tempfile.mkdtemp())
report.to_html(folder / "quota.html")
book = openpyxl.load_workbook(report.to_xlsx(folder / "quota.xlsx"))
print(sorted(p.name for p in folder.iterdir()), book.sheetnames)
for row in book.worksheets[0].iter_rows(min_row=5, max_row=6, max_col=6):
    print([(cell.value, cell.number_format) for cell in row])

# %% [markdown] tags=["id"]
# ## 2. Dua laporan rumah sakit, dua jebakan
#
# **Jebakan pertama: pasien tidak dapat dijumlahkan.** Klinik kecil, lima kunjungan dalam tiga bulan:

# %% [markdown] tags=["en"]
# ## 2. Two reports of a hospital, two traps
#
# **The first trap: patients can't be added.** A small clinic, five visits in three months:

# %%
visits = pd.DataFrame({
    "patient_id": ["P1", "P1", "P2", "P1", "P3"],
    "visited_at": ["2023-01-03", "2023-01-20", "2023-01-21", "2023-03-01", "2023-03-31"],
})
patients = crm.reports.patients_a_month(visits)
patients

# %%
print(patients.facts["patients_of_months"], "≠", patients.facts["patients"])

# %% [markdown] tags=["id"]
# Kunjungan setahun adalah jumlah kunjungan bulanan. Pasien setahun **bukan** jumlah pasien bulanan, sebab P1 datang pada Januari dan Maret. Laporan menghitungnya dari baris kunjungan. Perhatikan juga Februari: bulan tanpa
# kunjungan tetap punya baris, dan rasionya kosong, bukan nol.
#
# **Jebakan kedua: rata-rata dari rata-rata.** Pusat panggilan, satu pagi. Tingkat layanan = panggilan yang terjawab dalam 20 detik dibagi panggilan masuk.

# %% [markdown] tags=["en"]
# A year's visits are the sum of its months'. A year's patients are **not**, for P1 came in January and in March. The report counts them from the rows of visits. Look at February too: a month without visits keeps its row, and its
# ratio is empty, not zero.
#
# **The second trap: a mean of means.** A call centre, one morning. Service level = calls answered within 20 seconds by calls offered.

# %%
calls = pd.DataFrame(
    [("08:05", "answered", 10, 100), ("08:10", "answered", 12, 140), ("08:20", "answered", 30, 200), ("08:25", "answered", 45, 180), ("08:31", "answered", 50, 160),
     ("08:40", "abandoned", 60, None), ("08:41", "abandoned", 75, None), ("08:55", "answered", 15, 120), ("10:02", "answered", 5, 90), ("10:30", "answered", 8, 110)],
    columns=["called_at", "outcome", "wait_seconds", "handling_seconds"],
)
calls["called_at"] = pd.to_datetime("2023-05-02 " + calls["called_at"])
morning = crm.reports.call_centre(calls, within=20)
morning

# %% [markdown] tags=["id"]
# Jam 10 yang sepi melayani semua panggilannya; jam 8 yang ramai hanya tiga dari delapan. Total = 5/10 = 50,0%. Kalau persentase kedua jam dirata-ratakan, dua panggilan jam 10 akan sama beratnya dengan delapan panggilan jam 8.

# %% [markdown] tags=["en"]
# The quiet hour of 10 o'clock served all its calls; the busy hour of 8 only three of eight. The total = 5/10 = 50.0%. Were the two percentages averaged, the two calls of 10 o'clock would weigh as much as the eight of 8 o'clock.

# %%
morning.figure()

# %% [markdown] tags=["id"]
# ## 3. OLAP: menggali sampai ke sebab
#
# Laporan standar berhenti pada "Budi 56%". Manajer wilayah ingin tahu **mengapa**. Ia menelusuri: wilayah, lalu tenaga penjual, lalu akun, setiap kali menuju sumbangan terbesar terhadap kesenjangan (omzet − target).

# %% [markdown] tags=["en"]
# ## 3. OLAP: drilling to the cause
#
# The standard report ends with "Budi 56%". The regional manager wants to know **why**. He drills: region, then sales rep, then account, each time towards the largest part of the gap (revenue − quota).

# %%
plan = pd.DataFrame(
    [("West", "Ani", "PT Satu", 220, 200), ("West", "Budi", "CV Maju", 90, 200), ("West", "Budi", "UD Dua", 90, 100), ("East", "Citra", "PT Tiga", 300, 290)],
    columns=["region", "sales_rep", "account", "amount", "target"],
)
plan[["amount", "target"]] *= million
sold, asked = plan.assign(ordered_at="2020-03-31").drop(columns="target"), plan.assign(month="2020-03").drop(columns="amount")

path = crm.reports.gap_path(sold, asked, levels=["region", "sales_rep", "account"])
path

# %%
path.figure()

# %% [markdown] tags=["id"]
# Baca dari atas: West kurang 100 juta. Di dalamnya Budi −120 dan Ani +20; jumlahnya **tepat** −100. Bagian Budi 120%, lebih dari seratus persen, sebab Ani menutup sebagian. Di dalam Budi, CV Maju saja −110. Jadi yang harus
# ditelepon Senin pagi bukan "wilayah Barat", melainkan satu akun.
#
# Jalurnya ada pada hasil, dan mundur berarti memberi jalur yang lebih pendek atau lain:

# %% [markdown] tags=["en"]
# Read from the top: West is 100 million short. In it Budi is −120 and Ani +20, which is **exactly** −100. Budi's share is 120%, more than a hundred, since Ani makes up for part of it. Within Budi, CV Maju alone is −110. So the one to be
# called on Monday morning is not "the West" but one account.
#
# The way stands in the result, and to go back is to give a shorter way, or another:

# %%
print(path.facts["way"])
print(crm.reports.gap_path(sold, asked, levels=["region", "sales_rep", "account"], path=["West", "Ani"]).facts["way"])

# %% [markdown] tags=["id"]
# Sekarang PT XYZ sendiri. Target 2020 dibuat dari penjualan 2019; pandemi belum ada dalam rencana siapa pun. Targetnya per tenaga penjual, jadi pada tingkat akun ia dibagi menurut penjualan tahun sebelumnya: sebuah **asumsi**, dan
# catatan di bawah tabel mengatakannya.

# %% [markdown] tags=["en"]
# Now PT XYZ itself. The quotas of 2020 were made from the sales of 2019; nobody's plan had a pandemic in it. They are by sales rep, so at the level of accounts they are handed out as last year's sales were spread: an **assumption**,
# and the note below the table says so.

# %%
clean = crm.datasets.load_retail("S", "clean")
reps = clean.tables["sales_reps"][["sales_rep_id", "sales_rep", "territory"]]
orders = clean.tables["sales"].query("status != 'cancelled'").merge(clean.tables["account_reps"], on="customer_id").merge(reps, on="sales_rep_id")
orders = orders.assign(amount=orders["gross_amount"] - orders["discount"], account=orders["customer_id"])
targets = clean.tables["sales_targets"].merge(reps, on="sales_rep_id")
xyz = crm.reports.sales_against_quota(orders, targets, month=("2020-01", "2020-12"))
xyz

# %%
xyz_path = crm.reports.gap_path(orders, targets, levels=["territory", "sales_rep", "account"], month=("2020-01", "2020-12"))
xyz_path

# %% [markdown] tags=["id"]
# Jalur terbesar berakhir pada satu akun yang pada 2020 tidak membeli apa-apa. Bukan tenaga penjualnya yang tiba-tiba malas: satu pelanggan pergi. Apakah ia masih dapat kembali, tidak tertulis di tabel mana pun.

# %% [markdown] tags=["en"]
# The largest way ends at one account that bought nothing in 2020. It is not that a rep grew lazy: one customer left. Whether it can be won back stands in no table.

# %% [markdown] tags=["id"]
# Dengan kubus PT XYZ (notebook 02) jalan yang sama ditempuh dengan `why`. Pelanggan korporat 2020 melawan 2019, pulau demi pulau:

# %% [markdown] tags=["en"]
# With the cube of PT XYZ (notebook 02) the same way is gone with `why`. Corporate customers in 2020 against 2019, island by island:

# %%
shop = crm.datasets.load_retail("S")
why = shop.cube().view(measures=["revenue"]).slice(year=2020, segment="corporate").why(against={"year": 2019}, over="island")
islands = why.table[why.table["kind"] == "member"].set_index("label")
islands[["before", "after", "change"]].head(4).map(crm.labels.money)

# %% [markdown] tags=["id"]
# ## 4. SQL: pertanyaan yang belum pernah ditanyakan
#
# Laporan dan kubus menjawab pertanyaan yang sudah disiapkan. Staf kampanye bertanya sesuatu yang baru; untuk itu ada SQL. **Laboratorium SQL** membuka *salinan pribadi* PT XYZ di memori. Anda boleh mengubah, menghapus, dan membuang
# apa saja di dalamnya: data bersama tidak terbuka.

# %% [markdown] tags=["en"]
# ## 4. SQL: questions nobody asked before
#
# Reports and cubes answer questions that were prepared. Somebody from campaigns asks something new; that is what SQL is for. The **SQL lab** opens a *private copy* of PT XYZ in memory. You may change, delete and drop whatever you
# like in it: the shared data are not open.

# %%
lab = crm.sql_lab()
lab.magic()
lab.tables().table.query("rows > 900")[["table", "rows"]]

# %% [markdown] tags=["id"]
# Sel yang diawali `%%sql` dijalankan di laboratorium.

# %% [markdown] tags=["en"]
# A cell that begins with `%%sql` runs in the lab.

# %% language="sql"
# SELECT channel, count(*) AS orders, sum(total) AS total
# FROM fact_order JOIN dim_channel USING (channel_id)
# WHERE year(date) = 2020
# GROUP BY channel
# ORDER BY total DESC

# %% [markdown] tags=["id"]
# SQL menyebut **apa** yang diminta, bukan caranya. Urutan berpikirnya: `FROM` (dari tabel mana), `WHERE` (baris mana), `GROUP BY` (dikelompokkan menurut apa), `HAVING` (kelompok mana), `SELECT` (ditampilkan apa), `ORDER BY` (urutannya).
#
# Salah ketik tidak apa-apa; pesannya menunjukkan tempatnya:

# %% [markdown] tags=["en"]
# SQL says **what** is wanted, not how. The order of thought: `FROM` (which tables), `WHERE` (which rows), `GROUP BY` (grouped by what), `HAVING` (which groups), `SELECT` (what to show), `ORDER BY` (in which order).
#
# A slip of the pen does no harm; the message shows the place:

# %% language="sql"
# SELECT chanel, count(*) FROM dim_channel GROUP BY chanel

# %% [markdown] tags=["id"]
# Dan pertanyaan staf kampanye: pelanggan tanpa pembelian sepanjang 2020.

# %% [markdown] tags=["en"]
# And the question from campaigns: the customers without a purchase in 2020.

# %%
silent = lab.run("""
    SELECT DISTINCT customer_id FROM dim_customer c
    WHERE NOT EXISTS (SELECT 1 FROM fact_order o WHERE o.customer_id = c.customer_id AND year(o.date) = 2020)
""")
print(silent.explain(depth="short"))

# %% [markdown] tags=["id"]
# Sebelum daftar itu dipakai untuk kampanye, ia masih harus melewati persetujuan pelanggan (notebook 09).
#
# ### Enam perintah
#
# `SELECT` membaca; `INSERT`, `UPDATE`, dan `DELETE` mengubah isi; `CREATE` dan `DROP` membuat dan membuang tabel. Yang paling berbahaya adalah yang paling pendek:

# %% [markdown] tags=["en"]
# Before that list is used for a campaign it still has to pass the customers' consent (notebook 09).
#
# ### Six statements
#
# `SELECT` reads; `INSERT`, `UPDATE` and `DELETE` change what tables hold; `CREATE` and `DROP` make tables and throw them out. The most dangerous one is the shortest:

# %%
lab.run("DELETE FROM fact_return")

# %% [markdown] tags=["id"]
# Lupa `WHERE`, dan semua retur hilang. Di basis data sungguhan ini bencana; di sini satu langkah mundur. `undo()` membatalkan sampai lima perubahan, `reset()` memulai dari salinan baru.

# %% [markdown] tags=["en"]
# `WHERE` was forgotten, and all returns are gone. In a real database this is a disaster; here it is one step back. `undo()` takes back up to five changes, `reset()` begins with a fresh copy.

# %%
lab.undo()
print(lab.run("SELECT count(*) AS returns FROM fact_return").table)
kept = lab.run("DELETE FROM fact_return WHERE reason = 'changed_mind' AND date < '2018-01-01'")
print(kept.explain(depth="short"))
print(lab.reset().explain(depth="short"))

# %% [markdown] tags=["id"]
# Yang lain ditolak sebelum berjalan: membaca berkas, menulis berkas, menghubungi jaringan, mengubah setelan. Pintunya dua: daftar perintah yang diizinkan, dan mesin basis data yang dikunci.

# %% [markdown] tags=["en"]
# Everything else is refused before it runs: reading files, writing files, calling the network, changing settings. There are two doors: a list of what may be said, and a database engine that is locked.

# %%
for attempt in ("COPY dim_customer TO 'stolen.csv'", "SELECT * FROM read_text('secret.txt')", "SET memory_limit = '64GB'", "INSTALL httpfs"):
    try:
        lab.run(attempt)
    except crm.UserError as refused:
        print(f"{attempt:45} {refused.code}")

# %% [markdown] tags=["id"]
# Data pribadi disamarkan **di dalam salinannya**, bukan hanya saat ditampilkan. Nama lain, `upper()`, atau tabel baru tidak membukanya:

# %% [markdown] tags=["en"]
# Personal data are masked **in the copy itself**, not just when they are shown. Another name, `upper()` or a new table does not open them:

# %% language="sql"
# SELECT customer_id, upper(customer) AS anything, city FROM dim_customer LIMIT 3

# %% [markdown] tags=["id"]
# ### Jawaban yang sama?
#
# Dua kueri dapat ditulis berbeda dan menjawab sama. `compare` membandingkan hasilnya:

# %% [markdown] tags=["en"]
# ### The same answer?
#
# Two queries can be written differently and answer the same. `compare` looks at what they give:

# %%
print(lab.compare(
    "SELECT payment_method, count(*) AS n FROM fact_payment GROUP BY payment_method",
    "SELECT payment_method, sum(1) FROM fact_payment GROUP BY ALL ORDER BY 2",
))
from crmlab.warehouse.lab import Comparison, exercises

print(Comparison.rules())

# %% [markdown] tags=["id"]
# ### Dua puluh latihan
#
# Begitulah jawaban latihan diperiksa: yang dibandingkan hasilnya, bukan tulisannya. Jawaban keliru yang klasik dikenali dan diberi petunjuk.

# %% [markdown] tags=["en"]
# ### Twenty exercises
#
# That is how exercises are checked: by what they give, not by how they are written. Classic mistakes are recognised and given a hint.

# %%
for exercise in exercises():
    print(f"{exercise.number:2}  {exercise.title()}")

# %%
lab.exercise(12)

# %% [markdown] tags=["id"]
# Coba cara yang terpikir pertama kali, lalu baca pesannya:

# %% [markdown] tags=["en"]
# Try the first way that comes to mind, and read the message:

# %%
print(lab.check(12, """
    SELECT date FROM dim_date
    WHERE year = 2020 AND date NOT IN (SELECT closed_on FROM dim_customer)
"""))

# %%
print(lab.check(12, """
    SELECT date FROM dim_date
    WHERE year = 2020 AND date NOT IN (SELECT closed_on FROM dim_customer WHERE closed_on IS NOT NULL)
"""))

# %% [markdown] tags=["id"]
# `NULL` berarti "tidak diketahui". Apakah 3 Maret *bukan* salah satu dari {5 Mei, tidak diketahui}? SQL menjawab: tidak diketahui. Maka tidak satu hari pun lolos. Inilah jebakan SQL yang paling sering masuk laporan.
#
# ## 5. Siapa yang boleh masuk?
#
# Pintu perlu kunci. Setiap peran melihat barisnya sendiri, data pribadi disamarkan, dan setiap pintu yang dibuka tercatat.

# %% [markdown] tags=["en"]
# `NULL` means "not known". Is 3 March *not* one of {5 May, not known}? SQL says: not known. So not one day gets through. Of all traps in SQL this is the one that most often ends up in a report.
#
# ## 5. Who may come in?
#
# Doors need keys. Every role sees its own rows, personal data are masked, and every opened door is logged.

# %%
clean = crm.datasets.load_retail("S", "clean")
people = clean.tables["customers"].merge(clean.tables["regions"], on="city_id")
people = people[["customer_id", "island", "city", "phone", "customer_type"]]
house = crm.access.Access({
    "sales-east": {"customers": {"rows": {"island": ["sulawesi", "maluku_papua", "bali_nusa_tenggara"]}}},
    "finance": {"invoices": {}},
})
seen = house.read("rina", "sales-east", "customers", people, purpose="visits in May")
print(seen.facts["seen"], "/", seen.facts["rows"])
seen.table.head(3)

# %%
for user, role in (("rina", "finance"), ("tono", "sales-eest")):
    try:
        house.read(user, role, "customers", people)
    except crm.UserError as refused:
        print(refused)
house.log().table[["user", "role", "table", "outcome", "seen", "n", "purpose"]]

# %% [markdown] tags=["id"]
# Peran yang tidak dikenal ditolak, bukan dianggap boleh. Percobaan yang ditolak pun tercatat: di rumah sakit, justru catatan itulah yang menemukan pegawai yang mengintip rekam medis.
#
# ## 6. Berapa harga data yang tercerai-berai?
#
# Bagian 5.4 buku menyebut 10 sampai 30 menit untuk mencari data satu pelanggan di beberapa sistem. Dua puluh orang, tiga pencarian sehari, 22 hari kerja:

# %% [markdown] tags=["en"]
# An unknown role is refused, not waved through. Refused attempts are logged too: in a hospital it is that very log that finds the employee who pries into medical records.
#
# ## 6. What do scattered data cost?
#
# Section 5.4 of the book speaks of 10 to 30 minutes to look one customer up in several systems. Twenty people, three searches a day, 22 working days:

# %%
lost = crm.reports.time_lost(reps=20, searches_a_day=3, minutes=[10, 20, 30], days=22)
lost.figure()

# %% [markdown] tags=["id"]
# 220 sampai 660 jam sebulan. Ukurlah sendiri di perusahaan Anda sebelum memakai angka ini dalam usulan anggaran.
#
# ## 7. Sesudah ini: data mining
#
# Ketiga pintu tadi menjawab pertanyaan yang **kita** pikirkan. Pintu keempat mencari pola yang belum terpikir. Cicipannya dapat ditulis dengan SQL: apa yang dibeli bersama? *Lift* membandingkan dengan kebetulan:
#
# $$\text{lift}(A \to B) = \frac{P(A \text{ dan } B)}{P(A)\,P(B)}$$

# %% [markdown] tags=["en"]
# 220 to 660 hours a month. Measure it in your own company before you put it into a budget proposal.
#
# ## 7. What comes after: data mining
#
# These three doors answer questions that **we** thought of. The fourth looks for patterns that nobody thought of. A taste of it can be written in SQL: what is bought together? *Lift* compares with chance:
#
# $$\text{lift}(A \to B) = \frac{P(A \text{ and } B)}{P(A)\,P(B)}$$

# %%
together = lab.run("""
    WITH basket AS (SELECT DISTINCT order_id, subcategory FROM fact_sales_line JOIN dim_product USING (product_id)),
         alone AS (SELECT subcategory, count(*) AS n FROM basket GROUP BY subcategory),
         pair AS (SELECT a.subcategory AS bought, b.subcategory AS also, count(*) AS together
                  FROM basket a JOIN basket b ON a.order_id = b.order_id AND a.subcategory < b.subcategory
                  GROUP BY ALL)
    SELECT bought, also, together, round(together * (SELECT count(DISTINCT order_id) FROM basket) / (x.n * y.n), 2) AS lift
    FROM pair JOIN alone x ON x.subcategory = bought JOIN alone y ON y.subcategory = also
    WHERE together >= 100
    ORDER BY lift DESC LIMIT 5
""")
together.table.assign(bought=together.table["bought"].map(crm.labels.name), also=together.table["also"].map(crm.labels.name))

# %% [markdown] tags=["id"]
# Deterjen dan pelembut pakaian dibeli bersama lebih dari tiga kali lebih sering daripada kebetulan. Tidak seorang pun dari keempat tamu Senin pagi menanyakannya. Data mining membahas ini dengan sungguh-sungguh: berapa pasangan
# yang *tampak* menarik hanya karena kita melihat ribuan pasangan?
#
# ## 8. Pintu mana untuk pertanyaan apa?
#
# | pertanyaan | pintu | siapa |
# |---|---|---|
# | sama setiap bulan, bentuknya tetap | laporan standar | semua orang |
# | "mengapa?", arahnya ditentukan jawabannya | OLAP | manajer |
# | baru, sekali pakai, daftar orang | SQL | analis, dengan kunci |
# | belum ada pertanyaannya | data mining | analis, dengan metode |
#
# ## Tugas
#
# 1. Hitung dengan kalkulator rata-rata persentase Ani, Budi, dan Citra. Mengapa angka itu lebih tinggi daripada 93,33%, dan siapa yang diuntungkan kalau ia dilaporkan?
# 2. Naikkan target Citra menjadi 600 juta. Berapa pencapaian totalnya? *(Periksa: 74,67%.)*
# 3. Pada laporan yang tidak rapi di bagian 1, berapa pencapaian totalnya, dan mengapa Eka ikut sedangkan Dewi tidak? *(Periksa: 86,15%.)*
# 4. Tulis laporan bagian 1 sebagai HTML dalam bahasa Inggris dengan `to_html(..., lang="en")`, buka di peramban, dan cetak ke PDF. Apa yang hilang dibandingkan dengan notebook?
# 5. Tambahkan satu kunjungan P2 pada Februari. Berapa pasien Januari–Maret, dan berapa jumlah pasien bulanannya? *(Periksa: 3 dan 5.)*
# 6. Ubah batas tunggu pusat panggilan menjadi 30 detik. Berapa tingkat layanannya? Berapa sebenarnya yang terjawab? *(Periksa: 60,0% dan 8.)*
# 7. Berapa rata-rata tingkat layanan jam 8 dan jam 10 pada bagian 2, dan mengapa ia menyesatkan? *(Periksa: rata-ratanya 68,75%.)*
# 8. Gali kesenjangan bagian 3 lewat `path=["East"]`. Berapa kesenjangan East dan siapa penyebabnya? *(Periksa: +10 juta.)*
# 9. Hapus kolom `account` dari tabel target. Apa kata hasilnya tentang tingkat akun, dan apa yang diperlukan supaya ia dapat membaginya?
# 10. Kerjakan kedua puluh latihan SQL: `lab.exercise(n)` menampilkan soalnya, `lab.check(n, "SELECT ...")` memeriksa jawabannya. *(Periksa: latihan 3 menghasilkan 411 pelanggan.)*
# 11. Tulis kueri tentang PT XYZ yang jawabannya tidak ada di laporan mana pun di notebook ini. Tulis juga dengan cara kedua, lalu buktikan dengan `lab.compare` bahwa jawabannya sama.
# 12. Buat kesalahan: `UPDATE dim_customer SET city = 'Bandung'`. Berapa baris yang berubah? Batalkan. Bagaimana Anda mencegahnya di basis data perusahaan? *(Periksa: 999 baris.)*
# 13. Beri peran baru `finance-east` hak atas kolom `customer_id` dan `city` saja, untuk pulau yang sama. Tunjukkan dari catatan siapa membuka apa.
# 14. Rina (sales-east) perlu nomor telepon lengkap untuk satu hari. Ajukan tiket dengan `house.ask`, setujui dengan `house.grant`, dan jelaskan mengapa Rina tidak boleh menyetujuinya sendiri.
# 15. Ukur selama sehari: berapa menit Anda mencari satu data yang tercecer? Masukkan ke `time_lost` untuk tim Anda.
# 16. Ubah batas `together >= 100` pada bagian 7 menjadi `>= 10`. Apa yang terjadi pada daftar itu, dan mengapa pasangan yang jarang cenderung punya lift ekstrem?

# %% [markdown] tags=["en"]
# Detergent and fabric softener are bought together more than three times as often as by chance. None of Monday's four visitors asked for it. Data mining goes about this in earnest: how many pairs *look* interesting only because we look at
# thousands of them?
#
# ## 8. Which door for which question?
#
# | the question | the door | for whom |
# |---|---|---|
# | the same every month, of a fixed form | standard report | everybody |
# | "why?", led by its own answers | OLAP | managers |
# | new, asked once, a list of people | SQL | analysts, with a key |
# | there is no question yet | data mining | analysts, with a method |
#
# ## Tasks
#
# 1. Work out with a calculator the mean of Ani's, Budi's and Citra's percentages. Why is it higher than 93.33%, and whom would it favour if it were reported?
# 2. Raise Citra's quota to 600 million. What is the total attainment? *(Check: 74.67%.)*
# 3. In the untidy report of part 1, what is the total attainment, and why is Eka in it and Dewi not? *(Check: 86.15%.)*
# 4. Write the report of part 1 as HTML in Indonesian with `to_html(..., lang="id")`, open it in a browser and print it to PDF. What is missing, compared with the notebook?
# 5. Add a visit of P2 in February. How many patients were there from January to March, and what do the months add up to? *(Check: 3 and 5.)*
# 6. Set the call centre's limit to 30 seconds. What is the service level? How many calls were answered at all? *(Check: 60.0% and 8.)*
# 7. What is the mean of the service levels at 8 and at 10 o'clock in part 2, and why does it mislead? *(Check: the mean is 68.75%.)*
# 8. Drill into the gap of part 3 with `path=["East"]`. What is East's gap, and who makes it? *(Check: +10 million.)*
# 9. Take the column `account` out of the quotas. What does the result say of the level of accounts, and what would it need to hand the quota out?
# 10. Do the twenty SQL exercises: `lab.exercise(n)` shows the task, `lab.check(n, "SELECT ...")` checks your answer. *(Check: exercise 3 gives 411 customers.)*
# 11. Write a query on PT XYZ whose answer stands in no report of this notebook. Write it in a second way, and prove with `lab.compare` that the answers are the same.
# 12. Make a mistake: `UPDATE dim_customer SET city = 'Bandung'`. How many rows changed? Take it back. How would you prevent it in a company's database? *(Check: 999 rows.)*
# 13. Give a new role `finance-east` the right to the columns `customer_id` and `city` only, for the same islands. Show from the log who opened what.
# 14. Rina (sales-east) needs full telephone numbers for a day. Ask for a ticket with `house.ask`, grant it with `house.grant`, and explain why Rina may not grant it herself.
# 15. Measure for a day: how many minutes do you spend looking for one scattered piece of data? Put it into `time_lost` for your team.
# 16. Change the limit `together >= 100` in part 7 to `>= 10`. What happens to the list, and why do rare pairs tend to have an extreme lift?
