# %% [markdown] tags=["id"]
# # 05 · Mutu data dan data ganda
#
# **Pertanyaannya.** Bu Sari, manajer pemasaran PT XYZ, ingin mengirim kupon Rp50.000 kepada setiap pelanggan yang tercatat di kasir. Berkas kasir berisi 922 baris.
# Sebelum anggarannya disetujui, direktur bertanya: ***922 baris itu berapa orang? Dan seberapa yakin Anda?***
#
# Dua kesalahan mungkin terjadi, dan keduanya mahal:
#
# * satu orang dihitung **dua kali**: dua kupon, dua surat, dan pelanggan setia yang tampak seperti dua pembeli yang jarang datang;
# * dua orang **disatukan**: riwayat belanja ibu tercampur dengan anaknya, dan di rumah sakit, alergi si kembar tertukar.
#
# Notebook ini mencari data ganda dengan cara yang dapat diperiksa langkah demi langkah: bakukan, pertemukan, nilai, tentukan ambang, tanyakan kepada orang, gabungkan, dan bila keliru, pisahkan lagi.
# Semua orang di sini rekaan.

# %% [markdown] tags=["en"]
# # 05 · Data quality and duplicates
#
# **The question.** Mrs Sari, marketing manager of PT XYZ, wants to send a coupon of Rp50,000 to every customer in the till's file. The file has 922 rows.
# Before he signs the budget, the director asks: ***how many people are these 922 rows? And how sure are you?***
#
# Two mistakes are possible, and both cost money:
#
# * one person is counted **twice**: two coupons, two letters, and a loyal customer who looks like two people who seldom come;
# * two people are **made one**: a mother's purchases are mixed with her daughter's, and in a hospital the allergies of twins are.
#
# This notebook looks for duplicates in a way that can be checked step by step: bring values to one form, let rows meet, score, choose a threshold, ask a person, merge, and take apart what was wrong.
# Nobody here exists.

# %% [markdown] tags=["id"]
# ## 1. Tiga baris, berapa orang?
#
# Contoh kecil dulu. Tiga kasir mencatat tiga baris ini:

# %% [markdown] tags=["en"]
# ## 1. Three rows, how many people?
#
# A small example first. Three cashiers wrote these three rows:

# %%
import crmlab as crm
import pandas as pd

budi = pd.DataFrame(
    {
        "kode": ["A", "B", "C"],
        "nama": ["Budi Santoso", "BUDI SANTOSO", "Budi Santosa"],
        "telepon": ["0812-3456-7890", "+62 812 3456 7890", "6281234567890"],
    }
)
budi

# %% [markdown] tags=["id"]
# Bagi komputer, tidak ada dua sel yang sama. `drop_duplicates`, dan fitur "hapus duplikat" di aplikasi lembar kerja (*spreadsheet*), tidak menemukan apa-apa:

# %% [markdown] tags=["en"]
# To the computer no two cells are the same. `drop_duplicates`, and "remove duplicates" in a spreadsheet, find nothing:

# %%
len(budi.drop_duplicates(["nama", "telepon"]))

# %% [markdown] tags=["id"]
# Langkah pertama karena itu **pembakuan**: setiap nilai dibawa ke satu bentuk. Telepon ke bentuk internasional E.164, nama tanpa gelar dan huruf besar. `Moh.`, `Mohd`, dan `M.` menjadi satu.

# %% [markdown] tags=["en"]
# So the first step is to **standardise**: every value is brought to one form. Phone numbers to the international form E.164, names without titles and capitals. `Moh.`, `Mohd` and `M.` become one.

# %%
standard = crm.ingest.standardise
pd.DataFrame(
    {
        "telepon": standard.phone(budi["telepon"]).values,
        "nama": standard.name(budi["nama"]).detail["compare"],
    }
)

# %%
standard.name(["Hj. SITI RAHMA, S.E.", "Moh. Rizki", "M. Rizki", "Mohd Rizki"]).detail[["compare", "titles"]]

# %% [markdown] tags=["id"]
# Teleponnya kini sama. Namanya masih berbeda satu huruf. Apakah Santosa orang lain, atau kasirnya salah ketik? Jawaban ya atau tidak terlalu kasar. Kita perlu **skor**.

# %% [markdown] tags=["en"]
# The numbers are the same now. The names still differ in one letter. Is Santosa somebody else, or did the cashier mistype? Yes or no is too coarse. We need a **score**.

# %%
small = crm.duplicates.find(budi, key="kode")
small.table[["left", "right", "score", "bits", "verdict", "name", "phone"]]

# %%
small.entities

# %% [markdown] tags=["id"]
# Tiga baris, **satu entitas**. Entitas adalah istilah untuk orang (atau perusahaan) yang sebenarnya, di balik baris-barisnya. Dari mana skornya? Itu bagian 3 dan 4.
#
# ## 2. Mengapa tidak semua pasangan dibandingkan?
#
# Sekarang berkas kasir PT XYZ. Dengan $n$ baris ada $n(n-1)/2$ pasangan. Pada satu juta pelanggan jumlahnya hampir lima ratus miliar: terlalu banyak untuk komputer mana pun.

# %% [markdown] tags=["en"]
# Three rows, **one entity**. Entity is the word for the person (or company) behind the rows. Where does the score come from? That is parts 3 and 4.
#
# ## 2. Why not compare all pairs?
#
# Now the till's file of PT XYZ. With $n$ rows there are $n(n-1)/2$ pairs. For a million customers these are almost five hundred billion: too many for any computer.

# %%
raw = crm.datasets.load_retail("S", layer="raw")
customers = raw.tables["pos_pelanggan"]
n = len(customers)
pd.Series({"rows": n, "pairs": n * (n - 1) // 2})

# %%
found = crm.duplicates.find(customers, key="KODE_PLG")
found.blocks

# %% [markdown] tags=["id"]
# Baris hanya dibandingkan bila bertemu di sebuah **blok**, yaitu kelompok dengan kunci yang sama: nomor telepon yang sama, atau bunyi nama dan tahun lahir yang sama. Satu blok saja tidak cukup: kalau teleponnya
# salah ketik, blok telepon gagal, tetapi blok nama masih mempertemukan mereka. Karena itu dipakai beberapa blok sekaligus.
#
# Bunyi nama dihitung dari konsonannya, sehingga ejaan lama dan salah ketik huruf hidup tetap bertemu:

# %% [markdown] tags=["en"]
# Rows are compared only where they meet in a **block**, a group with one key: the same phone number, or the same sound of the name and year of birth. One block is not enough: if a digit of the phone
# is wrong, the block of phones fails, but that of names still lets the two meet. That is why several are used at once.
#
# The sound of a name is made of its consonants, so that old spellings and wrong vowels still meet:

# %%
[(word, crm.duplicates.sound(word)) for word in ("Muhammad", "Mohamad", "Soeharto", "Suharto", "Novi", "Nopi", "Budiman", "Bduiman")]

# %% [markdown] tags=["id"]
# Dari 424.581 pasangan yang mungkin, hanya beberapa puluh yang dibandingkan. Blok menentukan pasangan mana yang **dilihat**, tidak pernah skornya. Kalau sebuah kelompok terlalu besar (misalnya ribuan orang memakai nomor `0800`
# milik kantor), kelompok itu dilewati, dan kolom `skipped_…` mengatakannya. Pencarian yang diam-diam melewati sesuatu tidak dapat dipercaya.
#
# ## 3. Bobot: bukti yang mendukung dan yang menentang
#
# Setiap bidang memberi bukti. Fellegi dan Sunter (1969) mengukurnya dengan dua peluang:
#
# * $m$: seberapa sering tingkat kemiripan ini muncul pada dua baris dari **satu orang**;
# * $u$: seberapa sering muncul pada dua baris dari **orang berbeda**, artinya kebetulan.
#
# Bobotnya $\log_2(m/u)$ bit. Setiap bit melipatduakan *odds*, yaitu perbandingan peluang satu orang terhadap dua orang. Jenis kelamin yang sama: $\log_2(0{,}98/0{,}5) \approx 1$ bit, hampir tidak berarti, sebab separuh orang memilikinya. Angka $m$ dan $u$ di bawah ini
# ditulis tangan, bukan hasil pelatihan, jadi dapat Anda baca dan ubah:

# %% [markdown] tags=["en"]
# Of 424,581 possible pairs only some dozens are compared. Blocks decide which pairs are **seen**, never their score. Where a group is too large (thousands of people with the office's `0800` number, say),
# it is left out, and the columns `skipped_…` say so. A search that skips something in silence can't be trusted.
#
# ## 3. Weights: evidence for and against
#
# Every field is a piece of evidence. Fellegi and Sunter (1969) measured it by two chances:
#
# * $m$: how often two rows of **one person** are alike to this degree;
# * $u$: how often two rows of **different people** are, that is, by chance.
#
# The weight is $\log_2(m/u)$ bits. Every bit doubles the odds. The same gender: $\log_2(0.98/0.5) \approx 1$ bit, hardly anything, for half of all people have it. The $m$ and $u$ below
# are written by hand, not learned, so you can read and change them:

# %%
weights = found.model.table()
weights[weights["field"].isin(["name", "phone", "born_on", "gender"])].round(5)

# %% [markdown] tags=["id"]
# `common` artinya $u$ dihitung dari tabelnya sendiri: dua orang bernama Muhammad Hidayat membuktikan jauh lebih sedikit daripada dua orang bernama Xaverius Manurung. Mari kita lihat satu pasangan dari dekat. Nilainya disamarkan.

# %% [markdown] tags=["en"]
# `common` means that $u$ is counted in the table itself: two people called Muhammad Hidayat prove far less than two called Xaverius Manurung. Let us look at one pair closely. Its values are masked.

# %%
misspelt = found.table[(found.table["verdict"] == "match") & (found.table["name"] == "near")].iloc[0]
why = found.why(misspelt["left"], misspelt["right"])
why.table.round(1)

# %%
why.figure()

# %%
why.explain()

# %% [markdown] tags=["id"]
# Batang pertama, *peluang awal*, selalu negatif: sebelum apa pun dibandingkan, dua baris sembarang hampir pasti dua orang. Bukti lain harus mengalahkannya.
#
# ## 4. Jebakan: serumah dan kembar
#
# "Nomor telepon sama berarti orang sama" terdengar masuk akal. Di Indonesia, satu nomor sering dipakai sekeluarga. Mari hitung apa yang terjadi kalau aturan itu dipakai:

# %% [markdown] tags=["en"]
# The first bar, the *prior*, is always negative: before anything is compared, two rows picked at random are almost surely two people. The evidence has to beat that.
#
# ## 4. The trap: households and twins
#
# "One phone number, one person" sounds sensible. In Indonesia a number often serves a family. Count what that rule would do:

# %%
phone = standard.phone(customers["NO_HP"]).values
shared = found.table[found.table["rule"] == "household"]
pd.Series(
    {
        "rows": n,
        "different phone numbers": phone.nunique(),
        "entities found": found.facts["entities"],
        "households kept apart": len(shared),
    }
)

# %%
home = shared.iloc[0]
found.why(home["left"], home["right"]).table.round(1)

# %% [markdown] tags=["id"]
# Nomornya sama, tetapi nama dan tanggal lahirnya lain: **serumah**, bukan ganda. Aturan seperti ini disebut *pertentangan*. Ia berlaku berapa pun bobotnya.
#
# Jebakan yang lebih halus adalah **kembar**: tanggal lahir, alamat, telepon, dan nama belakang sama semua. Bobotnya tinggi sekali. Yang berbeda hanya nama depan, kadang cuma satu huruf.

# %% [markdown] tags=["en"]
# The number is the same, but name and birth date are others: a **household**, no duplicate. Such a rule is called a *contradiction*. It holds whatever the weights are.
#
# A finer trap are **twins**: birth date, address, phone and last name are all the same. The weight is very high. Only the first name differs, sometimes by one letter.

# %%
family = [("Agus", "1980-01-02"), ("Dewi", "1982-03-04"), ("Rina", "1984-05-06"), ("Rini", "1986-07-08"), ("Rina", "1988-09-10"), ("Rini", "1990-11-12"), ("Rina", "1992-01-14"), ("Rini", "1994-03-16")]
others = pd.DataFrame(
    {
        "kode": [f"X{k}" for k in range(len(family))],
        "nama": [f"{first} {last}" for (first, _), last in zip(family, ["Hakim", "Sinaga", "Halim", "Tanjung", "Lukito", "Wijaya", "Kusuma", "Hasan"], strict=True)],
        "telepon": [f"0813900000{k:02}" for k in range(len(family))],
        "tgl_lahir": [born for _, born in family],
        "alamat": [f"Jl. Mawar No. {k}" for k in range(1, len(family) + 1)],
    }
)
twins = pd.DataFrame(
    {"kode": ["T1", "T2"], "nama": ["Rina Lubis", "Rini Lubis"], "telepon": "081234567890", "tgl_lahir": "1990-05-15", "alamat": "Jl. Melati No. 12"}
)
clinic = pd.concat([twins, others], ignore_index=True)
careful = crm.duplicates.find(clinic, key="kode")
careless = crm.duplicates.find(clinic, key="kode", model=crm.duplicates.DEFAULT.without("twins", "household"))
pd.DataFrame(
    {
        "entities": [careful.facts["entities"], careless.facts["entities"]],
        "score of T1 and T2": [careful.why("T1", "T2").facts["score"], careless.why("T1", "T2").facts["score"]],
        "rule": [careful.why("T1", "T2").facts["rule"], careless.why("T1", "T2").facts["rule"]],
    },
    index=["with contradictions", "without"],
)

# %% [markdown] tags=["id"]
# Tanpa aturan kembar, kedua anak itu menjadi satu pasien. Mengapa "Rini" tidak dianggap salah ketik dari "Rina"? Karena kedua nama itu sama-sama lazim di tabel. Salah ketik biasanya menghasilkan kata yang langka.
#
# Cara ini ada harganya: kalau kasir benar-benar mengetik "Rini" untuk Rina, pasangan itu tidak akan ditemukan. Menyatukan dua pasien lebih berbahaya daripada melewatkan satu baris ganda, jadi kita memilih aman.
#
# ## 5. Ambang: presisi melawan recall
#
# Skor menjadi keputusan lewat **ambang**. Ambang tinggi: sedikit kesalahan, banyak yang terlewat. Ambang rendah: sebaliknya. Dua ukurannya:
#
# $$\text{presisi} = \frac{\text{pasangan yang benar}}{\text{pasangan yang ditemukan}} \qquad \text{recall} = \frac{\text{pasangan yang benar}}{\text{semua pasangan yang seharusnya ditemukan}}$$
#
# Untuk menghitung recall, kita harus tahu kebenarannya. PT XYZ rekaan, jadi kebenarannya tersimpan di lapisan *truth*. (Di dunia nyata, lihat bagian 7.)

# %% [markdown] tags=["en"]
# Without the rule on twins the two children become one patient. Why is "Rini" not taken for a misspelt "Rina"? Because both names are usual in the table. A slip of the pen mostly makes a rare word.
#
# This has its price: where a cashier did type "Rini" for Rina, the pair is not found. To make one of two patients is more dangerous than to miss a duplicate, so we choose the safe side.
#
# ## 5. The threshold: precision against recall
#
# A score becomes a decision by a **threshold**. A high one: few mistakes, much is missed. A low one: the other way round. The two measures:
#
# $$\text{precision} = \frac{\text{pairs that are right}}{\text{pairs that were found}} \qquad \text{recall} = \frac{\text{pairs that are right}}{\text{all pairs that should be found}}$$
#
# For recall we must know the truth. PT XYZ is made up, so its truth is kept in the layer *truth*. (For the real world see part 7.)

# %%
planted = crm.datasets.load_retail("S", layer="truth").tables["pos_duplicate"]
truth = pd.DataFrame({"left": [f"PLG{k:06}" for k in planted["customer_id"]], "right": planted["pos_code"].astype(str)})
curve = crm.duplicates.curve(found, truth)
curve.explain(depth="short")

# %% [markdown] tags=["id"]
# Semuanya ditemukan, tidak ada yang salah. Terlalu indah? Dua hal perlu dikatakan dengan jujur. Pertama, hanya ada 22 pasangan yang benar, jadi selang 95% masih lebar. Kedua, kasir PT XYZ **menyalin alamat surel** dari
# baris pertama. Itu kunci yang terlalu mudah. Mari kita persulit: buang telepon, surel, dan tanggal lahir, seperti pada daftar tamu pameran. Tersisa nama, alamat, kota, dan jenis kelamin.

# %% [markdown] tags=["en"]
# All were found, and none wrongly. Too good? Two things must be said. First, there are only 22 true pairs, so the 95% interval is still wide. Second, the till of PT XYZ **copies the e-mail address** of
# the first row. That is too easy a key. Let us make it harder: without phone, e-mail and birth date, as on the guest list of a fair. Name, address, city and gender are left.

# %%
guests = {"phone": None, "email": None, "born_on": None}
hard = crm.duplicates.find(customers, key="KODE_PLG", fields=guests, threshold=0.9, review=0.2)
hard_curve = crm.duplicates.curve(hard, truth)
hard_curve.table.set_index("threshold")[["found", "right", "missed", "precision", "recall", "f1"]].round(3)

# %%
hard_curve.figure()

# %% [markdown] tags=["id"]
# Masih 21 dari 22. Alamat ternyata saksi yang baik. Sekarang buang alamatnya juga: "nama dan kota yang sama, berarti orang yang sama", aturan yang banyak dipakai saat berkas digabung dengan tergesa-gesa.

# %% [markdown] tags=["en"]
# Still 21 of 22. An address is a good witness. Now without the address too: "the same name and city, so the same person", a rule that is often used when files are put together in a hurry.

# %%
hasty = crm.duplicates.find(customers, key="KODE_PLG", fields={**guests, "address": None}, threshold=0.5, review=0.2)
crm.duplicates.curve(hasty, truth).table.set_index("threshold")[["found", "right", "precision", "precision_low", "precision_high", "recall"]].round(2)

# %%
crm.duplicates.curve(hasty, truth).figure()

# %% [markdown] tags=["id"]
# Sekarang **tidak ada ambang yang baik**. Di ambang 50%, 4 dari 17 pasangan yang digabung ternyata dua orang yang kebetulan senama dan sekota, dan 9 pasangan yang benar terlewat. Ambang tidak dapat mengganti bukti yang tidak ada.
#
# ## 6. Bertanya kepada orang
#
# Di antara "cocok" dan "bukan" ada **daerah tinjauan**. Di sana komputer tidak tahu, jadi orang yang memutuskan (*clerical review*).

# %% [markdown] tags=["en"]
# Now **no threshold is good**. At 50%, 4 of the 17 pairs that would be merged are two people who happen to share name and city, and 9 true pairs are missed. A threshold can't stand in for evidence that is not there.
#
# ## 6. Asking a person
#
# Between "match" and "no match" lies the **zone of review**. There the computer does not know, so a person decides (*clerical review*).

# %%
hard.figure()

# %%
queue = crm.duplicates.ReviewQueue(hard)
queue.open[["left", "right", "score", "name", "address", "city", "gender"]]

# %% [markdown] tags=["id"]
# Yang paling tidak pasti ditanyakan lebih dulu, sebab di situlah satu jawaban paling banyak mengubah. Keempatnya senama dan sekota, tetapi alamatnya lain: pindah rumah, atau dua orang? Petugas melihat kedua baris bersebelahan (tersamar), lalu
# menelepon. Keputusan disimpan sebagai data: siapa, apa, mengapa.

# %% [markdown] tags=["en"]
# The least certain pair is asked first, for there an answer changes most. All four share name and city but not the address: moved, or two people? A clerk sees the two rows side by side (masked) and
# makes a call. Decisions are kept as data: who, what, why.

# %%
first = queue.open.iloc[0]
queue.side_by_side(first["left"], first["right"])

# %%
for pair in queue:
    queue.decide(pair["left"], pair["right"], "no_match", reason="other birth date", by="ratna")
queue.decisions

# %%
reviewed = queue.apply()
reviewed.explain(depth="short")

# %% [markdown] tags=["id"]
# Keputusan orang mengalahkan skor. Antrean dapat ditulis ke berkas dengan `queue.export("tinjauan.xlsx")`, diisi di mana saja, lalu dibaca lagi dengan `ReviewQueue.filled`.
#
# **Kalau A = B dan B = C, tetapi A ≠ C?** Persamaan seharusnya menular (*transitif*), tetapi keputusan manusia bisa bertentangan. Misalkan seseorang memutuskan bahwa A dan C pada contoh Budi adalah dua orang:

# %% [markdown] tags=["en"]
# A person's decision overrules the score. The queue can be written to a file with `queue.export("review.xlsx")`, filled in anywhere, and read back with `ReviewQueue.filled`.
#
# **What if A = B and B = C, but A ≠ C?** Being the same should carry over (*transitivity*), but decisions can contradict. Suppose somebody decides that A and C of Budi's example are two people:

# %%
doubt = crm.duplicates.ReviewQueue(small)
doubt.decide("A", "C", "no_match", reason="father and son", by="ratna")
split = doubt.apply()
split.conflicts

# %%
split.entities

# %% [markdown] tags=["id"]
# Tautan terlemah dilepas dan pertentangannya ditunjukkan. Baris yang diketahui berbeda tidak pernah berada dalam satu entitas.
#
# ## 7. Kalau kebenarannya tidak diketahui
#
# Di perusahaan Anda tidak ada lapisan *truth*. Caranya: ambil sampel pasangan dari setiap rentang skor, minta orang memberi label, lalu **perkirakan**. Setiap pasangan mewakili sekian pasangan lain (`stands_for`). Di sini kebenaran kita pakai sebagai
# "petugas yang tidak pernah salah":

# %% [markdown] tags=["en"]
# The weakest link is let go and the conflict is shown. Rows that are known to differ are never in one entity.
#
# ## 7. When the truth is not known
#
# Your company has no layer *truth*. Then draw pairs from every band of scores, let a person label them, and **estimate**. Every pair stands for a number of others (`stands_for`). Here the truth plays
# "a clerk who is never wrong":

# %%
drawn = crm.duplicates.sample(hasty, n=16, seed=5)
is_true = {frozenset(pair) for pair in truth.itertuples(index=False)}
drawn["verdict"] = ["match" if frozenset(p) in is_true else "no_match" for p in zip(drawn["left"], drawn["right"], strict=True)]
estimate = crm.duplicates.curve(hasty, labels=drawn)
known = crm.duplicates.curve(hasty, truth)
pd.DataFrame({name: {k: c.facts[k] for k in ("precision", "precision_low", "precision_high", "recall")} for name, c in (("estimate", estimate), ("truth", known))}).round(2)

# %% [markdown] tags=["id"]
# Selangnya lebar, sebab labelnya sedikit. Perhatikan satu batas: recall dari sampel hanya menghitung pasangan yang **terdaftar**. Pasangan yang tidak pernah bertemu di blok mana pun tidak akan pernah diambil.
#
# ## 8. Menggabungkan, dan memisahkan lagi
#
# Menggabungkan berarti memilih: dari dua nama, dua kota, dua tanggal daftar, mana yang **bertahan** (*survivorship*)? Aturannya data, satu untuk setiap kolom:
#
# | aturan | yang menang |
# |---|---|
# | `most_recent` | dari baris terbaru |
# | `most_frequent` | yang paling banyak disebut |
# | `most_usual` | ejaan yang paling lazim di seluruh tabel, jadi salah ketik kalah |
# | `most_complete` | dari baris yang paling lengkap |
# | `longest`, `oldest`, `first` | terpanjang, terlama, baris pertama |
# | `source_priority` | menurut urutan sumber |
#
# Nilai kosong tidak pernah menang.

# %% [markdown] tags=["en"]
# The interval is wide, for there are few labels. Mind one limit: recall from a sample counts the **listed** pairs only. Pairs that met in no block can't be drawn.
#
# ## 8. Merging, and taking apart again
#
# To merge is to choose: of two names, two cities, two dates of registration, which one **survives**? The rules are data, one for each column:
#
# | rule | what wins |
# |---|---|
# | `most_recent` | from the latest row |
# | `most_frequent` | what most rows say |
# | `most_usual` | the spelling that is most usual in the whole table, so a slip of the pen loses |
# | `most_complete` | from the most complete row |
# | `longest`, `oldest`, `first` | the longest, the oldest, the first row |
# | `source_priority` | by the order of sources |
#
# An empty value never wins.

# %%
rina = pd.DataFrame(
    {
        "kode": ["pos:17", "web:4", "wa:88"],
        "nama": ["RINA LUBIS", "Rina Lubis", "Rina"],
        "telepon": ["0812-1111-2222", None, "+6281211112222"],
        "email": [None, "rina@contoh.id", "rina@contoh.id"],
        "kota": ["Depok", "Bogor", None],
        "tgl_ubah": pd.to_datetime(["2018-03-01", "2020-06-30", "2019-09-15"]),
        "sumber": ["pos", "web", "wa"],
    }
)
one_person = pd.DataFrame({"left": ["pos:17", "web:4"], "right": ["web:4", "wa:88"], "verdict": "match"})
same = crm.duplicates.find(rina, key="kode", decisions=one_person)
by_date = crm.duplicates.merge(rina, same, rules={"*": ("most_recent", "tgl_ubah")})
by_source = crm.duplicates.merge(rina, same, rules={"*": ("source_priority", "sumber", ("pos", "web", "wa"))})
pd.concat({"most_recent": by_date.table, "source_priority": by_source.table})

# %%
by_date.log.lineage

# %% [markdown] tags=["id"]
# Dua aturan, dua kota. Tidak ada yang "benar" dengan sendirinya: yang terbaru cocok untuk alamat, sumber yang tepercaya cocok untuk nama di KTP. Yang penting, aturannya tertulis. Sekarang seluruh berkas kasir:

# %% [markdown] tags=["en"]
# Two rules, two cities. Neither is "right" by itself: the most recent suits an address, a trusted source suits the name on an identity card. What matters is that the rule is written down. Now the whole file of the till:

# %%
merged = crm.duplicates.merge(customers, found, rules={"TGL_DAFTAR": ("oldest", "TGL_DAFTAR")})
merged.report()

# %%
merged.report().explain()

# %% [markdown] tags=["id"]
# Setiap nilai yang bertahan tahu asalnya. Inilah silsilah (*lineage*) pasangan yang salah ketik tadi:

# %% [markdown] tags=["en"]
# Every surviving value knows where it came from. This is the lineage of the misspelt pair:

# %%
merged.log.lineage[merged.log.lineage["entity"] == misspelt["left"]]

# %% [markdown] tags=["id"]
# Dan kalau ternyata keliru? Penggabungan yang tidak dapat dibatalkan adalah penghapusan data. Catatannya menyimpan baris sumber apa adanya, sel demi sel:

# %% [markdown] tags=["en"]
# And if it was wrong? A merge that can't be undone is a deletion of data. The log keeps the source rows as they stood, cell by cell:

# %%
back = crm.duplicates.unmerge(merged.log, misspelt["left"])
again = crm.duplicates.merge(merged.table, found)
pd.Series(
    {
        "rows given back": len(back),
        "undo gives the very same table": merged.undo().equals(customers),
        "merging again changes nothing": again.table.equals(merged.table),
    }
)

# %% [markdown] tags=["id"]
# ## 9. Jawaban untuk direktur
#
# Apa bedanya bagi bisnis? Kita hitung belanja per pelanggan sebelum dan sesudah penggabungan.

# %% [markdown] tags=["en"]
# ## 9. The answer for the director
#
# What does it change for the business? Purchases per customer, before and after merging:

# %%
receipts = raw.tables["pos"].query("KODE_PLG != '' and STATUS == 'SELESAI'")[["NO_STRUK", "KODE_PLG"]].drop_duplicates()
before = receipts.groupby("KODE_PLG").size()
after = receipts["KODE_PLG"].map(found.entity_of).value_counts()
double = found.entities.query("rows > 1")["entity"].unique()
pd.DataFrame(
    {
        "rows in the file": [n, len(merged.table)],
        "customers who bought": [len(before), len(after)],
        "receipts": [before.sum(), after.sum()],
        "receipts per customer": [round(before.mean(), 3), round(after.mean(), 3)],
        "coupons at Rp50.000": [n * 50_000, len(merged.table) * 50_000],
    },
    index=["before", "after"],
)

# %% [markdown] tags=["id"]
# 922 baris adalah **900 orang**. Dua puluh dua kupon, Rp1.100.000, tidak perlu dicetak. Jumlah struk tidak berubah, hanya pemiliknya. Angkanya kecil karena datanya pun kecil: bagian baris ganda 2,4%. Pada satu juta pelanggan
# bagian yang sama berarti lebih dari dua puluh ribu kupon.
#
# Seberapa yakin? Tidak ada pasangan yang salah dari 22 yang digabung. Batas bawah selang Wilson untuk presisi dengan $n = 22$ adalah 85%. Itulah jawaban jujurnya: *kemungkinan besar semuanya benar, dan kalau ada yang
# keliru, kita dapat memisahkannya lagi.*
#
# ## Tugas
#
# 1. Berapa pasangan yang harus dibandingkan pada 1.000.000 baris tanpa blok? *(Periksa: 499.999.500.000.)*
# 2. Sebuah bidang punya $m = 0{,}9$ dan $u = 0{,}1$. Berapa bobotnya bila sama, dan berapa bila berbeda? *(Periksa: sekitar +3,17 dan −3,17 bit.)*
# 3. Peluang awal sebuah pasangan −12 bit dan buktinya +15 bit. Berapa peluangnya satu orang? *(Periksa: 8/9, sekitar 88,9%.)*
# 4. Jalankan `find` pada tabel Budi tanpa kolom telepon. Berapa entitas? Apa yang kurang? *(Periksa: 3 entitas.)*
# 5. Cari hanya dengan blok `"phone"`. Berapa pasangan yang dibandingkan, dan berapa recall-nya? Mengapa hasilnya tetap baik di sini, dan kapan tidak? *(Periksa: 24 pasangan; recall 100%.)*
# 6. Ganti batas kelompok menjadi `largest_group=100` dengan blok `["city"]` saja. Apa yang dikatakan catatannya? *(Periksa: ada kelompok yang dilewati, dan barisnya disebut.)*
# 7. Buang semua pertentangan dengan `DEFAULT.without(...)`, lalu cari lagi di berkas PT XYZ. Apakah rumah tangganya bergabung? Bandingkan dengan si kembar. *(Periksa: tetap terpisah; bobot nama dan tanggal lahir sudah cukup.)*
# 8. Pada tabel `hard`, ambang 99,5% menemukan berapa pasangan? Apa yang Anda korbankan? *(Periksa: 16 pasangan, recall turun menjadi 73%.)*
# 9. Di contoh kembar, beri keduanya NIK yang hanya berbeda digit terakhir. Berubahkah putusannya? Mengapa NIK yang "hampir sama" tidak boleh membatalkan aturan kembar? *(Periksa: tetap dua orang.)*
# 10. Gabungkan dengan `rules={"NAMA": "first"}`, bandingkan dengan bawaan `most_usual`. Berapa nama hasil gabungan yang berbeda? *(Periksa: hitung dengan mengabaikan huruf besar; 0 berbeda, sebab baris pertama PT XYZ selalu yang benar. Kapan itu tidak berlaku?)*
# 11. Ibu dan anak perempuan bernama sama, satu nomor telepon, tanggal lahir berbeda 22 tahun. Buat tabelnya dan cari. Aturan apa yang muncul? *(Periksa: `other_birth_date`.)*
# 12. Ambil sampel berlabel dari `hard` dengan `sample(hard, n=26)`. Mengapa perkiraannya persis sama dengan kebenaran untuk presisi, tetapi tidak untuk recall? *(Periksa: semua pasangan terdaftar terambil; satu pasangan benar tidak pernah bertemu.)*
# 13. Tulis keputusan yang saling bertentangan (A = B, B = C, A ≠ C, semuanya oleh orang) pada tabel Budi. Berapa entitas, dan di mana pertentangannya terlihat? *(Periksa: 2 entitas, satu baris di `.conflicts`.)*
# 14. Biaya salah gabung Rp500.000 (keluhan, data tercampur), biaya terlewat Rp50.000 (satu kupon). Pada tabel `hasty`, ambang mana yang paling murah? *(Periksa: yang tidak menggabungkan apa-apa; mengapa?)*

# %% [markdown] tags=["en"]
# 922 rows are **900 people**. Twenty-two coupons, Rp1,100,000, need not be printed. The number of receipts has not changed, only whose they are. The sum is small because the sample is: 2.4% of the rows are duplicates. Of a million
# customers the same share means more than twenty thousand coupons.
#
# How sure? None of the 22 merged pairs is wrong. The lower end of Wilson's interval of precision at $n = 22$ is 85%. So the honest answer is: *very likely all of them are right, and if one is
# not, we can take it apart again.*
#
# ## Tasks
#
# 1. How many pairs would have to be compared among 1,000,000 rows without blocks? *(Check: 499,999,500,000.)*
# 2. A field has $m = 0.9$ and $u = 0.1$. What does it weigh when it is the same, and when it differs? *(Check: about +3.17 and −3.17 bits.)*
# 3. The prior of a pair is −12 bits and the evidence +15 bits. What is the probability of one person? *(Check: 8/9, about 88.9%.)*
# 4. Run `find` on Budi's table without the column of phones. How many entities? What is missing? *(Check: 3 entities.)*
# 5. Search with the block `"phone"` only. How many pairs are compared, and what is the recall? Why is it still good here, and when would it not be? *(Check: 24 pairs; recall 100%.)*
# 6. Make the limit of a group `largest_group=100`, with the block `["city"]` only. What do the notes say? *(Check: groups were left out, and their rows are counted.)*
# 7. Drop all contradictions with `DEFAULT.without(...)` and search the file of PT XYZ again. Are its households merged? Compare with the twins. *(Check: they stay apart; the weights of name and birth date are enough.)*
# 8. In the table `hard`, how many pairs does a threshold of 99.5% find? What do you give up? *(Check: 16 pairs; recall falls to 73%.)*
# 9. Give the twins a NIK each that differs in the last digit only. Does the verdict change? Why must a NIK that is "near" not lift the rule on twins? *(Check: still two people.)*
# 10. Merge with `rules={"NAMA": "first"}` and compare with the default `most_usual`. How many merged names differ? *(Check: count without regard to capitals; 0 differ, for the first row of PT XYZ is always the right one. When is it not?)*
# 11. A mother and a daughter of one name, with one phone number, born 22 years apart. Make the table and search it. Which rule shows? *(Check: `other_birth_date`.)*
# 12. Label a sample of `hard` drawn with `sample(hard, n=26)`. Why is the estimate of precision exactly the truth, but not that of recall? *(Check: all listed pairs are drawn; one true pair never met.)*
# 13. Write decisions that contradict (A = B, B = C, A ≠ C, all by persons) on Budi's table. How many entities, and where does the conflict show? *(Check: 2 entities, one row in `.conflicts`.)*
# 14. A wrong merge costs Rp500,000 (complaints, mixed data), a missed one Rp50,000 (a coupon). In the table `hasty`, which threshold is cheapest? *(Check: the one that merges nothing; why?)*
