# %% [markdown] tags=["id"]
# # 04 · Basis data pelanggan
#
# **Pertanyaannya.** PT XYZ akan merayakan hari jadinya. Bu Ratna, direktur pemasaran, ingin mengirim ucapan kepada pelanggannya, dengan pilihan hadiah yang berbeda bagi perempuan dan laki-laki,
# dan bertanya dua hal: ***berapa perempuan di antara pelanggan kita, dan apa saja yang sebenarnya kita ketahui tentang mereka?***
#
# Tiga bagian perusahaan menjawab dengan tiga angka yang berbeda, dan ketiganya yakin. Di notebook ini Anda akan
#
# 1. mengenal empat isi basis data pelanggan: identitas, transaksi, demografi, psikografi;
# 2. memuat tiga sumber dan **memprofil** isinya sebelum mempercayainya;
# 3. **membakukan** telepon, nama, kode, dan provinsi, tanpa menebak satu pun;
# 4. menulis **aturan** mutu yang dapat dibaca direktur, dan menghitung dua indeks yang sering tertukar;
# 5. menelaah **data yang dibutuhkan**: pertanyaan CRM mana yang dapat dijawab, mana yang belum, dan berapa biayanya.
#
# Semua orang di sini rekaan, dan yang menyangkut pribadi disamarkan.

# %% [markdown] tags=["en"]
# # 04 · The customer database
#
# **The question.** PT XYZ is going to celebrate its birthday. Mrs Ratna, the marketing director, wants to send greetings to the customers, with a gift to choose that differs for women and men,
# and asks two things: ***how many of our customers are women, and what do we really know about them?***
#
# Three parts of the company answer with three different numbers, and all three are sure. In this notebook you
#
# 1. meet the four things that a customer database holds: identity, transactions, demographics, psychographics;
# 2. load three sources and **profile** what they hold before you trust it;
# 3. bring phones, names, codes and provinces to **one form**, without guessing a single one;
# 4. write **rules** of quality that a director can read, and compute two indices that are often mixed up;
# 5. review the **data that are needed**: which questions of CRM can be answered, which can't yet, and what it would cost.
#
# Nobody here exists, and what is personal is masked.

# %% [markdown] tags=["id"]
# ## 1. Apa isi sebuah basis data pelanggan?
#
# Bab 5 buku ini menyebut empat golongan. Mari kita lihat apa yang disimpan PT XYZ untuk setiap golongan, dan seberapa lengkap:

# %% [markdown] tags=["en"]
# ## 1. What does a customer database hold?
#
# Chapter 5 of the book names four groups. Let us see what PT XYZ keeps in each of them, and how completely:

# %%
import crmlab as crm
import pandas as pd

clean = crm.datasets.load_retail(layer="clean").tables
people = clean["customers"].query("customer_type == 'consumer' and valid_to.isna()")
groups = {
    "identity": ["customer_id", "name", "phone", "email", "address"],
    "transactions": ["registered_on", "loyalty_member", "acquisition_source"],
    "demographics": ["gender", "born_on", "city_id", "occupation"],
    "psychographics": ["interests"],
}
filled = people.notna().mean()
pd.DataFrame([(g, c, filled[c]) for g, columns in groups.items() for c in columns], columns=["group", "column", "filled"]).set_index(["group", "column"]).map(
    crm.labels.percent
)

# %% [markdown] tags=["id"]
# * **Identitas** menjawab *siapa*: tanpa ini tidak ada yang dapat dihubungi atau dikenali kembali.
# * **Transaksi** menjawab *apa yang dilakukan*; sebagian besarnya ada di tabel penjualan, terhubung lewat `customer_id`.
# * **Demografi** menjawab *orang seperti apa*: umur, jenis kelamin, tempat tinggal, pekerjaan.
# * **Psikografi** menjawab *mengapa*: kegiatan, minat, pendapat. Paling sulit diperoleh, paling cepat usang.
#
# Tabel ini sudah bersih, dan di situlah jebakannya: ia tidak lahir bersih. Ia disusun dari sumber-sumber berikut.
#
# ## 2. Tiga sumber, dan profilnya
#
# Kasir (POS), bagian keuangan, dan toko web masing-masing punya daftar pelanggannya sendiri:

# %% [markdown] tags=["en"]
# * **Identity** answers *who*: without it nobody can be reached or recognised again.
# * **Transactions** answer *what they do*; most of them stand in the table of sales, joined by `customer_id`.
# * **Demographics** answer *what kind of people*: age, sex, home, occupation.
# * **Psychographics** answer *why*: activities, interests, opinions. The hardest to get, and the first to grow old.
#
# This table is clean, and there lies the trap: it was not born so. It was made from the following sources.
#
# ## 2. Three sources, and their profile
#
# The tills (POS), the finance department and the web shop each have a list of customers of their own:

# %%
raw = crm.datasets.load_retail(layer="raw").tables
pos, finance = raw["pos_pelanggan"], raw["finance_pelanggan"]
web = raw["web"].drop_duplicates("id_akun", ignore_index=True)[["id_akun", "nama", "email", "telepon", "jenis_kelamin", "tgl_lahir", "kota_kirim"]]
{"pos": len(pos), "finance": len(finance), "web": len(web)}

# %% [markdown] tags=["id"]
# Sebelum memakai sebuah tabel, lihat dulu apa isinya. `profile` menduga jenis setiap kolom, menghitung yang kosong dan yang berbeda, dan mencari **pola**: setiap angka menjadi `9`,
# setiap huruf `a` atau `A`. Pola aman ditunjukkan kepada siapa pun, sebab tidak ada nomor orang di dalamnya.

# %% [markdown] tags=["en"]
# Before you use a table, see what it holds. `profile` guesses the kind of every column, counts what is missing and what differs, and looks for **patterns**: every digit becomes `9`,
# every letter `a` or `A`. Patterns can be shown to anyone, as nobody's number is in them.

# %%
first = crm.quality.profile(pos, table_name="pos_pelanggan")
first.columns[["column", "kind", "missing", "distinct", "low", "high", "pattern", "pattern_share"]].round(3)

# %%
for name, frame, column in (("pos", pos, "NO_HP"), ("finance", finance, "No. HP"), ("web", web, "telepon")):
    told = crm.quality.profile(frame[[column]]).column(column)
    print(name, [(pattern, crm.labels.percent(share)) for pattern, share in told["patterns"]])

# %% [markdown] tags=["id"]
# Satu perusahaan, banyak cara menulis nomor telepon. Bagi komputer, `0812-3456-7890` dan `+62 812 3456 7890` adalah dua orang.
#
# ## 3. Membakukan: satu bentuk, tanpa menebak
#
# ### Telepon
#
# Bentuk baku nomor telepon adalah E.164: `+62` lalu nomornya. Perhatikan terutama baris yang **tidak** dibakukan:

# %% [markdown] tags=["en"]
# One company, many ways to write a phone number. To a computer `0812-3456-7890` and `+62 812 3456 7890` are two people.
#
# ## 3. One form, without guessing
#
# ### Phones
#
# The standard form of a phone number is E.164: `+62` and the number. Mind above all the rows that are **not** brought to it:

# %%
written = ["0812-3456-7890", "+62 812 3456 7890", "6281234567890", "(021) 555-0123", "0812 1111 2222 / 0813 1111 2222", "8.12E+11", "0", "555 1234", None]
toy = crm.ingest.standardise.phone(written)
pd.DataFrame({"given": written, "value": toy.values, "status": toy.status, "reason": [toy.reason(r) if isinstance(r, str) else "" for r in toy.reasons]})

# %% [markdown] tags=["id"]
# `8.12E+11` adalah cara Excel menulis nomor panjang. Angka di belakangnya **sudah hilang**; menggantinya dengan nol akan menyatukan semua pelanggan berawalan 0812 menjadi satu orang. Obatnya hanya
# satu: ekspor ulang dengan kolom berformat Teks.
#
# Setiap pembakuan mempertanggungjawabkan setiap baris:
#
# $$\text{sudah baku} + \text{diubah} + \text{kosong} + \text{tidak terpetakan} = \text{semua baris}$$

# %% [markdown] tags=["en"]
# `8.12E+11` is how Excel writes a long number. The digits behind it are **gone**; to put noughts there would make one person of all customers whose number begins with 0812. There is one
# cure only: export again, with the column as Text.
#
# Every standardising accounts for every row:
#
# $$\text{as it was} + \text{changed} + \text{missing} + \text{unmapped} = \text{all rows}$$

# %%
pd.DataFrame(
    {
        name: {k: crm.ingest.standardise.phone(column).report.facts[k] for k in ("rows", "kept", "changed", "missing", "unmapped", "distinct")}
        for name, column in (("pos", pos["NO_HP"]), ("finance", finance["No. HP"]), ("web", web["telepon"]))
    }
)

# %% [markdown] tags=["id"]
# ### Nama
#
# Nama punya dua bentuk baku: satu untuk **ditampilkan** kepada orangnya, satu untuk **dibandingkan** oleh komputer. Gelar dan bentuk usaha dipisahkan dan disimpan, tidak dibuang:

# %% [markdown] tags=["en"]
# ### Names
#
# A name has two standard forms: one to be **shown** to its owner, one to be **compared** by the computer. Titles and forms of companies are taken off and kept, not thrown away:

# %%
written = ["Drs. H. Budi Santoso, M.M.", "BUDI  SANTOSO SE", "Moh. Rizki", "M. Rizki", "Andi St", "Andi ST", "NUSA MANDIRI, UD", "PT Maju Jaya Tbk"]
toy = crm.ingest.standardise.name(written)
pd.DataFrame({"given": written, "shown": toy.values}).join(toy.detail)

# %%
crm.ingest.standardise.name(finance["Nama"]).report.explain(depth="short")

# %% [markdown] tags=["id"]
# ### Kode: di sinilah ketiga angka itu berpisah
#
# Bu Ratna menanyakan perempuan. Gabungkan kolom jenis kelamin dari tiga sumber dan hitung kodenya, seperti yang dilakukan orang yang terburu-buru:

# %% [markdown] tags=["en"]
# ### Codes: here the three numbers part
#
# Mrs Ratna asks for women. Put the three columns of sex under each other and count the codes, as somebody in a hurry does:

# %%
gender = pd.concat(
    [
        pd.DataFrame({"code": pos["JK"], "source": "pos"}),
        pd.DataFrame({"code": finance["P/W"], "source": "finance"}),
        pd.DataFrame({"code": web["jenis_kelamin"], "source": "web"}),
    ],
    ignore_index=True,
)
gender["code"].value_counts()

# %% [markdown] tags=["id"]
# Berapa perempuan? "Hitung saja P", kata yang terburu-buru. Tetapi judul kolom keuangan berbunyi `P/W`: **P**ria dan **W**anita. Di kasir, `L/P`: **L**aki-laki dan **P**erempuan.
# **Huruf yang sama, arti yang berlawanan**, dan tidak ada satu pun pesan kesalahan yang akan muncul dari `value_counts`. Maka crmlab menolak menjawab tanpa diberi tahu sumbernya:

# %% [markdown] tags=["en"]
# How many women? "Just count P", says who is in a hurry. But the head of finance's column reads `P/W`: *pria* (man) and *wanita* (woman). At the tills it is `L/P`: *laki-laki* (man) and
# *perempuan* (woman). **The same letter, the opposite meaning**, and no error message will ever come out of `value_counts`. So crmlab refuses to answer without being told the source:

# %%
from textwrap import fill


def attempt(action):
    try:
        return action()
    except crm.UserError as question:
        print(fill(str(question), 110))


attempt(lambda: crm.ingest.standardise.codes(gender["code"], field="gender"))

# %% [markdown] tags=["id"]
# Bahkan kalau kita berkilah "semuanya dari kasir", ia melihat kode yang bukan milik kasir, dan tahu bahwa P pun tidak lagi dapat dipercaya:

# %% [markdown] tags=["en"]
# Even if we pretend "all of it is from the tills", it sees codes that are not the tills', and knows that P can't be trusted either:

# %%
attempt(lambda: crm.ingest.standardise.codes(gender["code"], field="gender", source="pos"))

# %% [markdown] tags=["id"]
# Dengan sumber setiap baris, jawabannya pasti. Petanya berupa data, sehingga dapat dibaca dan diubah siapa pun:

# %% [markdown] tags=["en"]
# With the source of every row the answer is certain. The maps are data, so that anybody can read and change them:

# %%
for source, told in crm.ingest.standardise.code_maps("gender").items():
    print(source, dict(told.meanings))
right = crm.ingest.standardise.codes(gender["code"], field="gender", source=gender["source"])
right.report.explain(depth="short")

# %%
compared = pd.DataFrame(
    {
        "women": {"P": int((gender["code"] == "P").sum()), "P, W, F, Female": int(gender["code"].isin(["P", "W", "F", "Female"]).sum()), "maps": int((right.values == "female").sum())},
        "men": {"P": int((gender["code"] == "L").sum()), "P, W, F, Female": int(gender["code"].isin(["L", "M", "Male"]).sum()), "maps": int((right.values == "male").sum())},
    }
)
compared

# %% [markdown] tags=["id"]
# Tiga jawaban, dan hanya baris terakhir yang benar. Selisih baris kedua dan ketiga adalah para **pria** di bagian keuangan yang nyaris menerima hadiah untuk perempuan. Angka ini masih
# menghitung *entri*, bukan *orang*: orang yang sama dapat ada di tiga daftar, dan itulah urusan notebook 05 dan 06.
#
# ### Provinsi: 34 menjadi 38
#
# Data PT XYZ berasal dari tahun 2016–2020, ketika Indonesia punya 34 provinsi. Sejak Desember 2022 ada 38. Ke belakang selalu mungkin, ke depan tidak: "Papua" yang lama kini empat provinsi.

# %% [markdown] tags=["en"]
# Three answers, and only the last row is right. The second and the third differ by the **men** in finance's list who nearly got the gift meant for women. These numbers still count
# *entries*, not *people*: one person may stand in all three lists, and that is for notebooks 05 and 06.
#
# ### Provinces: 34 become 38
#
# PT XYZ's data are from 2016 to 2020, when Indonesia had 34 provinces. Since December 2022 there are 38. Backwards is always possible, forwards is not: the old "Papua" is four provinces now.

# %%
where = people.merge(clean["regions"], on="city_id")[["customer_id", "province"]]
by_province = clean["sales"].merge(where, on="customer_id").groupby("province", as_index=False)["total"].sum()
east = by_province[by_province["province"].str.contains("Papua|Maluku")]
split = crm.ingest.standardise.crosswalk(east, given=34, to=38, measures=["total"])
split.table.assign(total=split.table["total"].map(crm.labels.money))

# %%
attempt(lambda: crm.ingest.standardise.province(["31", "Jabar", "94"]))

# %% [markdown] tags=["id"]
# Kode 94 berarti Papua menurut BPS dan Papua Tengah menurut Kemendagri. Sekali lagi: ditanyakan, bukan ditebak.
#
# ## 4. Aturan yang dapat dibaca direktur
#
# "Datanya bagus" bukan ukuran. Mutu diukur dalam lima dimensi, masing-masing sebuah bagian dengan pembilang dan penyebut:
#
# | dimensi | pertanyaannya |
# |---|---|
# | kelengkapan (*completeness*) | apakah isinya ada? |
# | kesahihan (*validity*) | apakah bentuknya benar? |
# | keunikan (*uniqueness*) | apakah yang harus tunggal memang tunggal? |
# | konsistensi (*consistency*) | apakah isinya tidak saling bertentangan? |
# | kemutakhiran (*timeliness*) | apakah masih berlaku? |
#
# Contoh kecil dulu, dari seribu baris: 80 telepon kosong, 50 surel keliru bentuknya, 30 kode berulang.

# %% [markdown] tags=["en"]
# The code 94 is Papua to Statistics Indonesia and Papua Tengah to the Ministry of Home Affairs. Once more: asked, not guessed.
#
# ## 4. Rules that a director can read
#
# "The data are good" is no measure. Quality is measured in five dimensions, each a share with a numerator and a denominator:
#
# | dimension | what it asks |
# |---|---|
# | completeness | is there a value? |
# | validity | has it the right form? |
# | uniqueness | is single what should be single? |
# | consistency | do values not contradict each other? |
# | timeliness | does it still hold? |
#
# A small example first, of a thousand rows: 80 phones missing, 50 e-mail addresses of the wrong form, 30 codes that repeat.

# %%
thousand = pd.DataFrame({"code": [f"P{i:04}" for i in range(1000)], "phone": "0812-3456-7890", "email": "siti@contoh.id"})
thousand.loc[:79, "phone"] = None
thousand.loc[100:149, "email"] = "siti@contoh"
thousand.loc[970:, "code"] = thousand["code"].head(30).to_numpy()
rules = {"columns": {"code": {"unique": True}, "phone": {"required": True}, "email": {"form": "email"}}}
small = crm.quality.profile(thousand, rules)
small.explain(depth="method")

# %% [markdown] tags=["id"]
# Dua indeks, dua cerita. **Rata-rata** bertanya seberapa baik dimensi-dimensinya secara umum; **hasil kali** memperkirakan bagian baris yang baik dalam *segala* hal. Yang pertama selalu lebih
# besar. Laporan yang hanya menulis "indeks mutu" tanpa menyebut yang mana, menyembunyikan selisihnya. Periksa dengan tangan:

# %% [markdown] tags=["en"]
# Two indices, two stories. The **mean** asks how good the dimensions are on the whole; the **product** estimates the part of rows that are good in *every* respect. The first is always the
# larger. A report that says "quality index" without saying which hides the difference. Check by hand:

# %%
shares = [920 / 1000, 950 / 1000, 970 / 1000]
print(round(sum(shares) / 3, 4), round(shares[0] * shares[1] * shares[2], 4))

# %% [markdown] tags=["id"]
# Sekarang daftar kasir. Aturannya tersedia, tetapi ia hanyalah data: salin, ubah, simpan sebagai berkas TOML milik Anda.

# %% [markdown] tags=["en"]
# Now the tills' list. Its rules come with crmlab, but they are only data: copy them, change them, keep them as a TOML file of your own.

# %%
told = crm.quality.rules("pt_xyz.pos_customers")
for rule in told.rules[:8]:
    print("·", rule.describe())

# %%
found = crm.quality.profile(pos, told, table_name="pos_pelanggan")
found.figure()

# %% [markdown] tags=["id"]
# Dua sel berwarna, dan di balik setiap sel ada barisnya:

# %% [markdown] tags=["en"]
# Two cells have a colour, and behind every cell stand its rows:

# %%
found.rows("NO_HP", "uniqueness", limit=3)[["row", "reason", "KODE_PLG", "NAMA", "NO_HP"]]

# %% [markdown] tags=["id"]
# Nomor yang berulang belum tentu orang yang sama: sekeluarga dapat berbagi telepon. Aturan *menemukan*, manusia *memutuskan*; caranya ada di notebook 05.
#
# Berhati-hatilah dengan perbaikan yang terlalu mudah. Kalau semua nomor berulang "dibersihkan" dengan membuang barisnya, keunikan menjadi sempurna:

# %% [markdown] tags=["en"]
# A number that repeats need not be the same person: a family may share a phone. Rules *find*, people *decide*; notebook 05 shows how.
#
# Beware of mending that is too easy. If all numbers that repeat are "cleaned" by throwing their rows away, uniqueness becomes perfect:

# %%
phones = crm.ingest.standardise.phone(pos["NO_HP"]).values
thrown_away = pos[~phones.duplicated()]
change = crm.quality.compare(found, crm.quality.profile(thrown_away, told, table_name="pos_pelanggan"))
print(change.explain(depth="short"))
for note in change.notes:
    print("·", fill(note.render(), 110))

# %% [markdown] tags=["id"]
# Mutunya naik, dan orangnya hilang. Karena itu laporan sebelum–sesudah selalu menyebut berapa baris yang hilang.
#
# ## 5. Data apa yang dibutuhkan?
#
# Bu Ratna punya lebih banyak pertanyaan. Daripada menjawab "datanya belum lengkap", susun **matriks kebutuhan**: pertanyaan CRM di satu sisi, bidang data yang dibutuhkannya di sisi lain.
#
# $$\text{siap} = \text{ada} - \text{kurang baik}, \qquad \text{kesenjangan} = \text{dibutuhkan} - \text{ada}$$

# %% [markdown] tags=["en"]
# Quality rises, and people are gone. That is why a report of before and after always says how many rows are lost.
#
# ## 5. Which data are needed?
#
# Mrs Ratna has more questions. Instead of answering "the data are not complete yet", draw up the **matrix of required data**: questions of CRM on one side, the fields they need on the
# other.
#
# $$\text{ready} = \text{present} - \text{poor}, \qquad \text{gap} = \text{required} - \text{present}$$

# %%
ours = {name: clean[name] for name in ("customers", "sales", "sales_lines", "products", "regions", "survey_answers")}
review = crm.quality.required_data(ours, costs=10_000_000)
review.figure()

# %%
review.explain(depth="method")

# %% [markdown] tags=["id"]
# Pertanyaan "siapa yang boleh dihubungi" belum dapat dijawab: identitasnya ada, tetapi **persetujuan** (*consent*) pelanggan tidak ada di tabel ini. Mengirim ucapan tanpa itu bukan soal mutu data,
# melainkan soal hak (notebook 09). Lihat bidang demi bidang:

# %% [markdown] tags=["en"]
# The question "whom may we contact" can't be answered yet: identity is there, but the customers' **consent** is not in these tables. To send greetings without it is not a matter of data
# quality but of rights (notebook 09). Field by field:

# %%
review.table.query("question == 'whom_may_we_contact'")[["field", "status", "table", "column", "share"]]

# %% [markdown] tags=["id"]
# Judul kolom tidak harus sama: `hp`, `no_telp`, dan `phone` dikenal sebagai bidang yang sama. Coba dengan contoh dari buku kerja sebuah toko:

# %% [markdown] tags=["en"]
# Headers need not be the same: `hp`, `no_telp` and `phone` are known as one field. Try it with an example from a shop's workbook:

# %%
shop = pd.DataFrame({"Kode Plg": ["A1", "A2", "A3", "A4"], "No Telp": ["0812-3456-7890", "0", "0813 5555 1234", "021-555"], "Kota": ["Solo", "Solo", "", "Klaten"]})
crm.quality.required_data(shop, needs={"may we call": ["customer_id", "phone"], "where are they": ["customer_id", "city", "province"]}).table

# %% [markdown] tags=["id"]
# ## 6. Mencari seseorang
#
# Seorang pelanggan menelepon: namanya, terdengar oleh petugas, "Harahp". Pencarian yang tepat tidak menemukan siapa-siapa; pencarian yang memaafkan salah ketik menemukannya:

# %% [markdown] tags=["en"]
# ## 6. Looking for somebody
#
# A customer calls; the agent hears the name as "Harahp". An exact search finds nobody; one that forgives typing errors does:

# %%
exact = int(people["name"].str.contains("harahp", case=False).sum())
near = crm.quality.search(people[["name"]], "harahp")
shown = near.table[["rank", "score", "found"]].head(3).round(3)
shown["found"] = shown["found"].map(lambda name: crm.privacy.mask(name, "name"))
print(exact, near.facts["found"])
shown

# %% [markdown] tags=["id"]
# ## Jawaban untuk Bu Ratna
#
# Berapa perempuan? Sebanyak yang dikatakan peta, bukan yang dikatakan huruf P, dan itu entri, belum orang. Apa yang kita ketahui? Identitas dan demografi hampir lengkap, psikografi tersedia,
# dan **yang belum ada justru yang paling menentukan: izin**. Itu jawaban yang lebih berguna daripada satu angka.
#
# ## Tugas
#
# 1. Ambil sepuluh entri kasir (L enam, P empat) dan sepuluh entri keuangan (P lima, W lima). Hitung laki-laki dan perempuan dengan peta, lalu tanpa peta. *(Periksa: dengan peta L 11, P 9; tanpa peta L 6, P 9, W 5.)*
# 2. Bakukan `["0811-222-333", "+62 811 222 333", "62811222333", "811222333"]`. Berapa nomor yang berbeda? *(Periksa: 1.)*
# 3. Nomor `021-555` ditolak. Apa alasannya? Berikan `area_code="021"` untuk `["5550123"]` dan lihat hasilnya.
# 4. Tambahkan aturan "tanggal daftar sesudah tanggal lahir" (`rows`) ke aturan kasir. Berapa baris yang melanggar? *(Periksa: 0.)*
# 5. Ubah aturan JK menjadi `among = ["L"]`. Berapa bagian yang lulus, dan dimensi apa yang berubah?
# 6. Dari seribu baris, 200 telepon kosong dan 100 di antara sisanya keliru. Hitung kelengkapan dan kesahihannya. Mengapa penyebut kesahihan bukan seribu? *(Periksa: 0,8 dan 0,875.)*
# 7. Tiga dimensi bernilai 0,9. Berapa rata-rata dan hasil kalinya? *(Periksa: 0,9 dan 0,729.)* Berapa dimensi yang bernilai 0,9 sampai hasil kalinya kurang dari separuh?
# 8. Anda hanya mengambil 100 baris acak dari 10.000, dan 95 di antaranya lengkap. Beri `population=10_000` dan baca selangnya. Bolehkah Anda menulis "95% data kami lengkap"?
# 9. Dua puluh bidang dibutuhkan, lima belas ada, tiga di antaranya kurang baik. Berapa persen siap, dan berapa kesenjangannya? *(Periksa: 60% dan 5.)*
# 10. Tulis satu pertanyaan CRM milik usaha Anda beserta bidang yang dibutuhkannya, dan telaah berkas Anda sendiri dengan `needs=`. Bidang mana yang paling murah dilengkapi?
# 11. Cari "sntoso" dalam `["Susanto", "Santoso", "Sentosa Jaya"]`. Siapa peringkat satu, dan berapa skornya? Hitung skornya dengan tangan. *(Petunjuk: satu huruf hilang dari tujuh.)*
# 12. Sebuah sumber menulis jenis kelamin sebagai 1 dan 0. Apa kata crmlab? Tulis peta untuk sumber itu, dan sebutkan kepada siapa Anda harus bertanya dahulu.
# 13. Pakai `crosswalk` untuk membawa 100 pelanggan "Papua" ke 38 provinsi dan kembali. Apakah jumlahnya tetap 100? Bagian mana yang perkiraan?
# 14. Golongkan sepuluh kolom dari formulir pendaftaran favorit Anda ke dalam identitas, transaksi, demografi, psikografi. Kolom mana yang tidak pernah dipakai untuk menjawab apa pun?

# %% [markdown] tags=["en"]
# ## The answer to Mrs Ratna
#
# How many women? As many as the maps say, not as many as the letter P says, and these are entries, not yet people. What do we know? Identity and demographics nearly complete, psychographics
# are there, and **what is missing is just what decides: permission**. That is a more useful answer than one number.
#
# ## Tasks
#
# 1. Take ten entries of the tills (six L, four P) and ten of finance (five P, five W). Count men and women with the maps, then without. *(Check: with the maps L 11, P 9; without L 6, P 9, W 5.)*
# 2. Standardise `["0811-222-333", "+62 811 222 333", "62811222333", "811222333"]`. How many different numbers are there? *(Check: 1.)*
# 3. The number `021-555` is refused. Why? Give `area_code="021"` for `["5550123"]` and see what comes of it.
# 4. Add a rule "registered after being born" (`rows`) to the tills' rules. How many rows break it? *(Check: 0.)*
# 5. Change the rule of JK to `among = ["L"]`. What share passes, and which dimension changes?
# 6. Of a thousand rows 200 phones are missing, and 100 of the others are wrong. Compute completeness and validity. Why is validity's denominator not a thousand? *(Check: 0.8 and 0.875.)*
# 7. Three dimensions are at 0.9. What are their mean and product? *(Check: 0.9 and 0.729.)* How many dimensions at 0.9 bring the product below a half?
# 8. You drew only 100 rows at random out of 10,000, and 95 of them are complete. Give `population=10_000` and read the interval. May you write "95% of our data are complete"?
# 9. Twenty fields are needed, fifteen are there, three of them poor. What per cent is ready, and how large is the gap? *(Check: 60% and 5.)*
# 10. Write down a question of CRM from your own business with the fields it needs, and review a file of your own with `needs=`. Which field is the cheapest to complete?
# 11. Search for "sntoso" in `["Susanto", "Santoso", "Sentosa Jaya"]`. Who is first, and with what score? Compute the score by hand. *(Hint: one letter of seven is missing.)*
# 12. A source writes sex as 1 and 0. What does crmlab say? Write a map for that source, and say whom you must ask first.
# 13. Bring 100 customers of "Papua" to 38 provinces with `crosswalk`, and back. Is their number still 100? Which part is an estimate?
# 14. Sort ten columns of a registration form you know into identity, transactions, demographics and psychographics. Which column is never used to answer anything?
