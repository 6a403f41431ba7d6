# %% [markdown] tags=["id"]
# # 11 · Keintiman pelanggan: siapa mereka, dan seberapa kita mengenalnya
#
# **Pertanyaannya.** Notebook 10 memilih siapa yang dilayani. Manajer pemasaran PT XYZ kini meminta lima persona untuk kampanye tahun depan: "Bu Rina, 38 tahun, ibu dua anak, belanja di toko." Direktur bertanya: ***dari mana kita tahu? Masih benarkah? Dan apakah ada orang seperti itu?***
#
# Inilah tahap kedua rantai nilai CRM Buttle: **keintiman pelanggan** (buku, bagian 4.1). Notebook ini menghitung seberapa lengkap dan seberapa basi pengetahuan kita, membagi pelanggan dengan tiga cara (skor, kalimat, kemiripan), menguji
# apakah segmennya nyata dan stabil, lalu menulis persona yang setiap cirinya menyebut n atau mengaku sebagai asumsi. Semua orang di sini rekaan.

# %% [markdown] tags=["en"]
# # 11 · Customer intimacy: who they are, and how well we know them
#
# **The question.** Notebook 10 chose whom to serve. The marketing manager of PT XYZ now wants five personas for next year's campaign: "Mrs Rina, 38, mother of two, shops at the store." The director asks: ***how do we know? Is it still true? And is there anybody like that?***
#
# This is the second stage of Buttle's CRM value chain: **customer intimacy** (book, section 4.1). This notebook counts how complete and how stale our knowledge is, divides customers in three ways (scores, sentences, likeness), tests whether
# the segments are real and stable, and writes personas in which every trait tells its n or owns up to being an assumption. Nobody here exists.

# %% [markdown] tags=["id"]
# ## 1. Lengkap belum berarti tahu
#
# Satu pelanggan, sepuluh isian wajib. Delapan terisi, tetapi dua di antaranya lebih tua dari 24 bulan. Nilai pura-pura seperti `-` tidak dihitung sebagai isian.

# %% [markdown] tags=["en"]
# ## 1. Complete is not the same as known
#
# One customer, ten required fields. Eight are filled, but two of them are older than 24 months. Make-believe values such as `-` don't count as filled.

# %%
import crmlab as crm
import pandas as pd

fields = [f"field_{i}" for i in range(1, 11)]
one = {f: ["x"] for f in fields[:8]} | {"field_9": [None], "field_10": ["-"], "customer_id": ["A"], "recent": ["2020-05-01"], "old": ["2018-03-01"]}
asked = {f: "old" if f in ("field_1", "field_2") else "recent" for f in fields}
toy = crm.segmentation.knowledge(one, fields=fields, as_of="2020-12-31", updated_at=asked)
toy

# %% [markdown] tags=["id"]
# $$\text{kelengkapan} = \frac{8}{10} = 80\%, \qquad \text{kelengkapan segar} = \frac{8 - 2}{10} = 60\%$$
#
# Kolom terakhir ialah **daftar penyegaran**: apa yang perlu ditanyakan lagi kepada pelanggan ini. Sekarang PT XYZ. Berapa lama pengetahuan bertahan bergantung pada isinya: minat berubah tiap tahun, tanggal lahir tidak pernah. Masa itu **pilihan Anda**:

# %% [markdown] tags=["en"]
# $$\text{completeness} = \frac{8}{10} = 80\%, \qquad \text{fresh completeness} = \frac{8 - 2}{10} = 60\%$$
#
# The last column is the **refresh list**: what to ask this customer again. Now PT XYZ. How long knowledge keeps depends on what it is: interests change from year to year, a date of birth never does. The terms are **your choice**:

# %%
clean = crm.datasets.load_retail("S", "clean").tables
people = clean["customers"].drop_duplicates("customer_id", keep="last")
people = people[people["customer_type"] == "consumer"]
sales = clean["sales"].merge(clean["channels"][["channel_id", "channel"]], on="channel_id")
orders = sales[sales["customer_id"].isin(people["customer_id"])].rename(columns={"gross_amount": "amount"})
orders = orders.drop(columns=["discount", "total"]).assign(promo=lambda t: t["order_id"].isin(clean["order_promotions"]["order_id"]))

keeps = {"phone": 730, "email": 730, "address": 1095, "occupation": 1095, "interests": 365, "born_on": 36_500}
since = dict.fromkeys(keeps, "registered_on") | {"address": "valid_from"}
known = crm.segmentation.knowledge(people, fields=list(keeps), as_of="2020-12-31", updated_at=since, fresh_days=keeps)
known.figure()

# %%
known.explain(depth="method")

# %% [markdown] tags=["id"]
# Basis data ini **penuh dan basi**. Tidak satu isian pun kosong, sehingga laporan mutu data (notebook 05) memujinya. Namun hampir semua diisi sekali, saat mendaftar, lalu tidak pernah ditanyakan lagi. Riset yang kedaluwarsa ialah salah satu dari empat
# kegagalan personalisasi: *salah kenal*. Daftar penyegarannya dimulai dari yang paling sedikit kita kenal:

# %% [markdown] tags=["en"]
# This database is **full and stale**. Not one field is empty, and so a report on data quality (notebook 05) praises it. But nearly everything was filled in once, on the day of registration, and never asked again. Research past its date is one of the four
# failures of personalisation: *wrong knowledge*. The refresh list begins with those whom we know least:

# %%
known.table[["customer_id", "filled", "fresh", "refresh"]].head(5)

# %% [markdown] tags=["id"]
# ## 2. RFM: apa yang dikatakan transaksi
#
# Yang tidak basi ialah transaksi. **RFM** memberi tiga skor: kapan terakhir membeli (R), seberapa sering (F), berapa nilainya (M). Skor = ⌈peringkat / n × 5⌉, dan nilai yang sama mendapat peringkat tertinggi bersama. Sepuluh pelanggan, hitung sendiri:

# %% [markdown] tags=["en"]
# ## 2. RFM: what the transactions say
#
# What is not stale are the transactions. **RFM** gives three scores: when last (R), how often (F), for how much (M). Score = ⌈rank / n × 5⌉, and equal values share the highest rank. Ten customers, work it out yourself:

# %%
ten = {
    "C01": ("2020-12-20", 24, 18.0), "C02": ("2020-12-28", 12, 9.5), "C03": ("2020-11-15", 18, 22.0), "C04": ("2020-10-01", 6, 3.0), "C05": ("2020-12-01", 3, 1.2),
    "C06": ("2020-06-10", 15, 14.0), "C07": ("2020-03-05", 2, 0.8), "C08": ("2019-11-11", 9, 6.0), "C09": ("2019-05-01", 1, 0.3), "C10": ("2020-12-30", 1, 0.4),
}
rows = [(c, f"{c}-{i}", pd.Timestamp(last) - pd.Timedelta(days=i), m * 1e6 / n) for c, (last, n, m) in ten.items() for i in range(n)]
small = crm.segmentation.rfm(pd.DataFrame(rows, columns=["customer_id", "order_id", "ordered_at", "amount"]), as_of="2020-12-31")
small.table[["customer_id", "recency_days", "orders", "amount", "code", "segment"]]

# %% [markdown] tags=["id"]
# **Jebakan: nilai yang sama.** C09 dan C10 sama-sama membeli sekali. `pandas.qcut` gagal bila banyak nilai sama; akal-akalan yang lazim, `rank(method="first")`, memberi orang yang sama skor berbeda menurut urutan baris di tabel. Di PT XYZ, berapa pelanggan yang terkena?

# %% [markdown] tags=["en"]
# **A trap: ties.** C09 and C10 both bought once. `pandas.qcut` fails where many values are equal; the usual trick, `rank(method="first")`, gives equal people different scores by their order in the table. How many customers of PT XYZ would that hit?

# %%
now = crm.segmentation.rfm(orders, as_of="2020-12-31")
count = now.table["orders"]
try:
    pd.qcut(pd.Series([1, 1, 1, 1, 2, 3, 4, 5, 6, 7]), 5)
except ValueError as wrong:
    print("qcut:", str(wrong).split(".")[0])
tricked = pd.qcut(count.rank(method="first"), 5, labels=False)
unequal = tricked.groupby(count).transform("nunique") > 1
print("rank(method='first'):", int(unequal.sum()), "/", len(count))

# %%
now.figure()

# %% [markdown] tags=["id"]
# Nama segmen berasal dari **tabel aturan** yang dapat dibaca dan diubah, dan aturan yang sama dapat Anda tulis sendiri sebagai kalimat. Kalimat itu dihitung, tidak pernah dijalankan sebagai program:

# %% [markdown] tags=["en"]
# Segments get their names from a **table of rules** that can be read and changed, and you can write rules of your own as sentences. A sentence is computed, never run as a program:

# %%
for name, sentence in list(crm.segmentation.rfm_rules().items())[:3]:
    print(f"{name}: {sentence}")
own = crm.segmentation.by_rules(now.table.drop(columns="segment"), {"gone": "recency_days > 365", "often": "orders >= 12", "once": "orders == 1"})
own.figure()

# %% [markdown] tags=["id"]
# Segmen seperti ini menjadi **dimensi kubus**. Tempelkan pada dimensi pelanggan, lalu potong omzet menurut segmen dan tahun:

# %% [markdown] tags=["en"]
# Segments such as these become a **dimension of the cube**. Put them on the customer dimension, then cut revenue by segment and year:

# %%
shop = crm.datasets.load_retail("S").tables
star = crm.Star(
    facts=[crm.Fact("orders", shop["fact_order"][["order_id", "date", "customer_key", "total"]], keys={"date": "date", "customer": "customer_key"})],
    dimensions=[
        crm.Dimension.calendar(),
        crm.Dimension("customer", crm.segmentation.attach(shop["dim_customer"], own, name="my_segment"), key="customer_key", attributes=("my_segment",)),
    ],
)
cube = crm.Cube(star, measures=[crm.Measure.sum("revenue", "orders", "total", "money")])
cube.view(by=["my_segment", "year"], measures=["revenue"]).pivot("year")

# %% [markdown] tags=["id"]
# ## 3. Siapa pindah, siapa membeli lagi
#
# Segmen bukan sifat orang; orang berpindah. Bandingkan akhir 2019 dan akhir 2020:

# %% [markdown] tags=["en"]
# ## 3. Who moves, and who buys again
#
# A segment is no trait of a person; people move. The end of 2019 beside the end of 2020:

# %%
then = crm.segmentation.rfm(orders, as_of="2019-12-31")
moved = crm.segmentation.migration(then, now)
moved.figure()

# %%
moved.explain(depth="method")

# %% [markdown] tags=["id"]
# Apakah segmen 2019 **meramalkan** apa pun? Ujian yang jujur: buat segmen hanya dari yang diketahui saat itu, lalu hitung siapa yang membeli sesudahnya. Bila 420 dari 500 membeli lagi, bagiannya 84,0%; di sini:

# %% [markdown] tags=["en"]
# Did the segments of 2019 **foretell** anything? An honest trial: make them only of what was known then, and count who bought afterwards. Where 420 of 500 buy again, the share is 84.0%; here:

# %%
again = crm.segmentation.repeat_buyers(then, orders, as_of="2019-12-31", until="2020-12-31")
again.figure()

# %%
again

# %% [markdown] tags=["id"]
# Juara hampir semuanya kembali, yang hilang hampir tidak ada. Segmen dengan n kecil berputusan *terlalu sedikit*: jangan menyusun kampanye dari sembilan orang.
#
# ## 4. Kemiripan: segmen yang tidak kita tulis sendiri
#
# *Clustering* mencari orang yang mirip tanpa aturan. Namun "mirip" menurut apa? Anda yang menentukan: kolom, transformasi, dan skala. Tanpa skala, rupiah menang dan yang lain tidak didengar:

# %% [markdown] tags=["en"]
# Nearly all champions come back, hardly any of the lost. Segments of small n have the verdict *too few*: don't build a campaign on nine people.
#
# ## 4. Likeness: segments that we did not write ourselves
#
# Clustering looks for people who are alike, without rules. But alike in what? You decide: columns, transformations and scale. Without a scale rupiah win and nothing else is heard:

# %%
figures = crm.segmentation.features(orders, as_of="2020-12-31", customers=people, promo="promo")
fitted = crm.segmentation.fit_segments(figures, k=5)
raw = crm.segmentation.fit_segments(figures, k=5, transform="none", scale="none")
for name, result in {"transform + scale": fitted, "raw": raw}.items():
    codes = result.table["segment"].cat.codes
    spread = {c: figures.table[c].groupby(codes).mean().std() / figures.table[c].std() for c in fitted.params["columns"]}
    print(name, {c: round(float(v), 2) for c, v in spread.items()})

# %% [markdown] tags=["id"]
# Angka itu: seberapa jauh segmen berbeda pada tiap kolom. Tanpa skala nilai pesanan menguasai pembelahan dan *kapan terakhir membeli* hampir tidak terdengar; keseringan dan promosi hanya terbawa sejauh berkaitan dengan rupiah. Dengan transformasi dan skala, keempatnya bicara:

# %% [markdown] tags=["en"]
# Those numbers: how far segments differ in each column. Without a scale the value of an order rules, and *when they last bought* is hardly heard; frequency and promotions come along only as far as they go with rupiah. With transformation and scale all four speak:

# %%
fitted.figure()

# %% [markdown] tags=["id"]
# ### Berapa segmen? Bukan menurut selera
#
# k-means membelah apa saja menjadi k, berapa pun yang diminta. Lima kriteria, berdampingan:

# %% [markdown] tags=["en"]
# ### How many? Not by taste
#
# k-means cuts anything into k, whatever you ask for. Five criteria side by side:

# %%
chosen = crm.segmentation.choose_k(figures)
chosen.figure()

# %%
chosen.explain(depth="short")

# %% [markdown] tags=["id"]
# Kebanyakan kriteria memilih tiga. Pembuat data ini **menanam lima**, dan kelima segmen itu ditemukan lagi dengan baik (di bawah). Jadi: kriteria mengukur seberapa terpisah gugusnya, bukan seberapa berguna. Bila Anda memakai lima, katakan bahwa itu pilihan, lalu tunjukkan bahwa
# lima pun stabil.
#
# ### Akankah muncul lagi?
#
# Undi pelanggan berulang kali, belah lagi, dan lihat apakah orang yang sama tetap bersama. Lalu: apakah segmen tahun lalu masih berlaku tahun ini?

# %% [markdown] tags=["en"]
# Most criteria choose three. The makers of these data **planted five**, and the five are found again well (below). So: criteria measure how far apart clusters are, not how useful. If you use five, say that it is a choice, and show that five are stable too.
#
# ### Would they come out again?
#
# Draw the customers again and again, cut again, and see whether the same people stay together. And then: do last year's segments still hold this year?

# %%
stable = crm.segmentation.stability(fitted)
stable.figure()

# %%
years = {year: crm.segmentation.features(orders, as_of=f"{year}-12-31", customers=people, promo="promo") for year in (2018, 2019, 2020)}
over_years = crm.segmentation.stability_over_time(years, k=5)
over_years

# %% [markdown] tags=["id"]
# ### Bila tidak ada segmen
#
# Toko lain: 600 pelanggan, semuanya satu jenis, hanya berbeda secara kebetulan. k-means dengan senang hati akan memberi lima "segmen". Di sini ia ditolak:

# %% [markdown] tags=["en"]
# ### When there are no segments
#
# Another shop: 600 customers, all of one kind, who differ by chance alone. k-means would gladly give five "segments". Here it is refused:

# %%
import numpy as np

luck = np.random.default_rng(11)
one_kind = pd.DataFrame({"orders_a_month": luck.lognormal(0, 0.5, 600), "average_order": luck.lognormal(12, 0.4, 600), "visits": luck.normal(20, 4, 600)})
try:
    crm.segmentation.fit_segments(one_kind, k=5)
except crm.UserError as refused:
    print(refused)

# %% [markdown] tags=["id"]
# ### Apa kata cara lain?
#
# Indeks Rand terkoreksi: 1 bila pembagiannya sama, 0 bila tidak lebih baik daripada kebetulan.

# %% [markdown] tags=["en"]
# ### What would another method say?
#
# Adjusted Rand index: 1 where the division is the same, 0 where it is no better than chance.

# %%
truth = crm.datasets.load_retail("S", "truth").tables["customer_segment"].rename(columns={"segment_true": "segment"})
others = {
    "mixture": crm.segmentation.fit_segments(figures, k=5, method="mixture"), "hierarchical": crm.segmentation.fit_segments(figures, k=5, method="hierarchical"),
    "rfm": now, "planted": truth,
}
agree = {name: crm.segmentation.compare_segments(fitted, other).facts for name, other in others.items()}
pd.DataFrame({name: {c: round(f[c], 2) for c in ("rand_index", "rand_index_low", "rand_index_high", "n")} for name, f in agree.items()}).T.astype({"n": int})

# %%
crm.segmentation.compare_segments(fitted, now).figure()

# %% [markdown] tags=["id"]
# Cara yang sejenis sepakat kira-kira tiga perempat. **RFM menjawab pertanyaan lain**: "lebih baik atau lebih buruk daripada yang lain", bukan "jenis apa". Tidak satu cara pun menemukan kembali segmen yang ditanam dengan sempurna: pelanggan dengan dua pesanan belum memperlihatkan kebiasaannya. Pada data sungguhan Anda
# tidak akan punya baris terakhir itu.
#
# ## 5. Apa yang membedakan, di luar bahan pembuatnya
#
# Bahwa segmen berbeda pada kolom pembuatnya tidak membuktikan apa-apa. Gabungkan angka **lain**: umur, bagian belanja daring, bagian akhir pekan.

# %% [markdown] tags=["en"]
# Methods of a kind agree by about three quarters. **RFM answers another question**: "better or worse than others", not "of what kind". No method finds what was planted without fault: customers with two orders have shown no habits yet. On real data you will not
# have that last row.
#
# ## 5. What sets them apart, beyond what they were made of
#
# That segments differ in the columns they were made of proves nothing. Join **other** figures: age, the share of online orders, the share of weekends.

# %%
day = pd.Timestamp("2020-12-31")
people = people.assign(age=(day - people["born_on"]).dt.days // 365.25, channel=people["customer_id"].map(orders.groupby("customer_id")["channel"].agg(lambda c: c.mode().iloc[0])))
habits = orders.assign(online_share=orders["channel"].isin(["marketplace", "website", "whatsapp"]), weekend_share=pd.to_datetime(orders["ordered_at"]).dt.day_of_week >= 5)
habits = habits.groupby("customer_id")[["online_share", "weekend_share"]].mean().reset_index()
names = dict(zip(fitted.params["segments"], ["regular", "promo_hunter", "dormant", "seasonal", "loyal"], strict=True))
cards = people.merge(habits, on="customer_id").merge(fitted.table[["customer_id", "segment"]], on="customer_id")
cards["segment"] = cards["segment"].astype(object).map(names)
apart = crm.segmentation.profile_segments(cards, columns=["age", "online_share", "weekend_share"])
apart.figure()

# %%
apart.explain(depth="method")

# %% [markdown] tags=["id"]
# Kami memberi nama pada segmen setelah membaca gambarnya di bagian 4; nama ialah ringkasan, bukan temuan. Yang jelas berbeda: **pemburu promo berbelanja daring**. Dan lihat umur: hampir tidak mengatakan apa-apa. "Bu Rina, 38 tahun" tidak berasal dari data ini.
#
# ## 6. Siapa yang membeli?
#
# Indeks = bagian di antara pembeli / bagian di antara semua × 100. Bila 60% pembeli dan 40% semua pelanggan tinggal di kota, indeks kota 150. Siapa yang membeli lewat lokapasar pada 2020?

# %% [markdown] tags=["en"]
# We named the segments after reading the figure of part 4; a name is a summary, no finding. What clearly differs: **promo hunters shop online**. And look at age: it says next to nothing. "Mrs Rina, 38" does not come from these data.
#
# ## 6. Who buys?
#
# Index = share among buyers / share among all × 100. Where 60% of the buyers and 40% of all customers live in towns, towns have the index 150. Who bought on the marketplace in 2020?

# %%
market = orders[(orders["channel"] == "marketplace") & (orders["ordered_at"] >= "2020-01-01")]
index = crm.segmentation.buyer_index(people, market, by="occupation")
index.figure()

# %%
odds = crm.segmentation.buyer_odds(people, market, by=["occupation", "age"])
odds.figure()

# %% [markdown] tags=["id"]
# Menurut indeks, mahasiswa membeli lebih banyak dan pensiunan lebih sedikit. **Regresi logistik** menyamakan umurnya, dan pengaruh pekerjaan menghilang: yang bicara ialah umur. Indeks berguna untuk memilih media; ia tidak mengatakan mengapa.
#
# ## 7. Persona
#
# Menurut definisi HubSpot, persona ialah gambaran **setengah fiktif** dari pelanggan ideal, disusun dari **data nyata** dan beberapa dugaan. Karena itu setiap baris kartu harus menyebut n-nya, atau mengaku asumsi. Bagian persona berjumlah 100%.

# %% [markdown] tags=["en"]
# By the index students buy more and pensioners less. **Logistic regression** holds age equal, and the effect of the occupation is gone: it was age that spoke. The index is good for choosing media; it does not say why.
#
# ## 7. Personas
#
# By HubSpot's definition a persona is a **semi-fictional** picture of your ideal customer, made from **real data** and some educated guesses. So every line of a card must tell its n, or own up to being an assumption. The shares of personas sum to 100%.

# %%
guesses = {"promo_hunter": {"hopes": "to_be_asked"}, "seasonal": {"hopes": "to_be_asked"}}
personas = crm.segmentation.personas(
    cards, traits=["channel", "acquisition_source", "occupation", "gender", "age"], as_of="2020-12-31", assumptions=guesses,
)
shown = personas.table[personas.table["segment"] == "promo_hunter"]
print({s: round(v, 3) for s, v in personas.params["shares"].items()})
shown[["trait", "value", "evidence", "n", "share", "share_low", "share_high", "share_others", "tells"]].round(2)

# %%
personas.figure()

# %%
for note in personas.notes:
    print("-", note.render())

# %% [markdown] tags=["id"]
# Baca kolom terakhir. *Lebih* berarti khas bagi persona ini; *sama* berarti ciri itu berlaku untuk semua orang dan tidak patut menghiasi kartu. Gender hampir selalu *sama*: menulis "ibu rumah tangga" di kartu pemburu promo adalah stereotip, bukan pengetahuan.
#
# **Jebakan: orang yang tidak ada.** Gabungkan ciri tersering menjadi satu orang. Berapa pemburu promo yang memiliki semuanya?

# %% [markdown] tags=["en"]
# Read the last column. *More* is peculiar to this persona; *same* is true of everybody and does not belong on a card. Gender is *same* nearly always: to write "housewife" on the card of the promo hunter is a stereotype, not knowledge.
#
# **A trap: the person who does not exist.** Join the most frequent traits into one person. How many promo hunters have all of them?

# %%
hunters = cards[cards["segment"] == "promo_hunter"]
everything = pd.Series(True, index=hunters.index)
for row in shown[shown["evidence"] == "data"].to_dict("records"):
    if row["trait"] != "age":
        everything &= hunters[row["trait"]].astype(str) == row["value"]
        print(row["trait"], row["value"], "->", int(everything.sum()))
print(int(everything.sum()), "/", len(hunters))

# %% [markdown] tags=["id"]
# Dan riset yang basi? Bila pekerjaan dan sumber perolehan ditanyakan saat mendaftar, hanya pelanggan yang mendaftar dalam dua tahun terakhir yang boleh dihitung:

# %% [markdown] tags=["en"]
# And stale research? If the occupation and the source were asked on registration, only customers who registered within two years may count:

# %%
aged = crm.segmentation.personas(cards, traits=["occupation", "acquisition_source"], as_of="2020-12-31", researched_on="registered_on")
aged.table[["segment", "trait", "value", "evidence", "n", "verdict"]]

# %% [markdown] tags=["id"]
# Kini n-nya menyusut dan setiap baris menjadi *terlalu sedikit*. Itulah jawaban jujur untuk direktur: tentang pekerjaan pelanggan setia, hari ini kita hampir tidak tahu apa-apa. Biaya untuk tahu: sebuah survei kepada daftar penyegaran di bagian 1.
#
# ## 8. Jawaban untuk direktur
#
# 1. **Dari mana kita tahu?** Dari transaksi, yang segar; dari formulir, yang penuh tetapi basi.
# 2. **Apakah segmennya nyata?** Data ini bukan satu awan; lima segmen stabil terhadap undian dan bertahan dari tahun ke tahun. Lima ialah pilihan: empat dari lima kriteria memilih tiga.
# 3. **Apa yang khas?** Saluran, promosi, keseringan. Bukan umur, bukan gender.
# 4. **Apakah Bu Rina ada?** Ciri tersering jarang bertemu pada satu orang. Pakai kartu untuk bertanya, bukan untuk memutuskan.
#
# ## Tugas
#
# 1. Sepuluh isian, tujuh terisi, tiga basi. Berapa kelengkapan dan kelengkapan segar? *(Periksa: 70% dan 40%.)*
# 2. Ubah masa segar minat menjadi 1.095 hari. Berapa kelengkapan segar PT XYZ sekarang? Siapa yang seharusnya menentukan masa itu?
# 3. Apa kode RFM C06 dan C10? Mengapa C10 bukan pelanggan setia walaupun R-nya 5? *(Periksa: 244 dan 511.)*
# 4. Hitung RFM sepuluh pelanggan per 2020-06-30. Siapa yang hilang dari tabel, dan mengapa itu benar?
# 5. Tulis tiga aturan dengan kalimat Anda sendiri. Berapa pelanggan yang tidak masuk aturan mana pun?
# 6. Coba aturan `"__import__('os')"`. Apa yang terjadi, dan mengapa itu penting bila aturan datang dari orang lain?
# 7. 420 dari 500 pelanggan membeli lagi. Hitung selang Wilson 95% dengan tangan. *(Periksa: 80,5% sampai 87,0%.)*
# 8. Segmen mana yang paling banyak kehilangan pelanggan dari 2019 ke 2020? Apakah itu pandemi? Bagaimana memeriksanya?
# 9. Ulangi bagian 4 dengan `columns=["recency_days", "orders_a_month", "average_order"]`. Segmen mana yang hilang bila bagian promosi tidak dilihat?
# 10. Ganti `scale="standard"` dengan `"robust"` dan `"unit"`. Berapa indeks Rand di antara ketiganya?
# 11. Ambil k = 8 dan hitung `stability`. Segmen mana yang larut (di bawah 0,60)?
# 12. Buat data dengan dua gugus yang jelas, lalu minta k = 5. Apakah ditolak? Mengapa menolak satu awan belum membuktikan lima segmen?
# 13. Bila 30% pembeli dan 20% semua pelanggan adalah mahasiswa, berapa indeksnya? *(Periksa: 150.)*
# 14. Hitung indeks pembeli menurut `segment`. Mengapa indeks itu besar, dan mengapa itu tidak mengejutkan?
# 15. Tulis satu asumsi pada persona "setia", lalu rancang satu pertanyaan survei yang dapat mengubahnya menjadi data. Berapa jawaban yang Anda perlukan?
# 16. Cari tiga ciri yang berlaku *sama* pada semua persona. Apa yang akan terjadi pada kampanye yang dibangun di atasnya?

# %% [markdown] tags=["en"]
# Now n shrinks and every line becomes *too few*. That is the honest answer to the director: of the occupation of loyal customers we know next to nothing today. The price of knowing: a survey of the refresh list in part 1.
#
# ## 8. An answer for the director
#
# 1. **How do we know?** From transactions, which are fresh; from forms, which are full and stale.
# 2. **Are the segments real?** These data are no single cloud; five segments stand up to drawing again, and from year to year. Five is a choice: four of the five criteria prefer three.
# 3. **What is peculiar?** Channel, promotions, frequency. Not age, not gender.
# 4. **Is there a Mrs Rina?** The most frequent traits seldom meet in one person. Use a card to ask questions, not to decide.
#
# ## Tasks
#
# 1. Ten fields, seven filled, three of them stale. What are completeness and fresh completeness? *(Check: 70% and 40%.)*
# 2. Let interests keep for 1,095 days. What is PT XYZ's fresh completeness now? Who should decide such a term?
# 3. What are the RFM codes of C06 and C10? Why is C10 no loyal customer though R is 5? *(Check: 244 and 511.)*
# 4. Compute RFM of the ten customers on 2020-06-30. Who is missing from the table, and why is that right?
# 5. Write three rules as sentences of your own. How many customers fit none?
# 6. Try the rule `"__import__('os')"`. What happens, and why does it matter where rules come from somebody else?
# 7. 420 of 500 customers buy again. Work out Wilson's 95% interval by hand. *(Check: 80.5% to 87.0%.)*
# 8. Which segment lost most customers from 2019 to 2020? Was that the pandemic? How would you check?
# 9. Do part 4 again with `columns=["recency_days", "orders_a_month", "average_order"]`. Which segment is lost when the share of promotions is not looked at?
# 10. Put `"robust"` and `"unit"` in the place of `scale="standard"`. What is the Rand index between the three?
# 11. Take k = 8 and compute `stability`. Which segments dissolve (below 0.60)?
# 12. Make data with two clear clusters and ask for k = 5. Is it refused? Why does refusing one cloud not prove five segments?
# 13. If 30% of the buyers and 20% of all customers are students, what is the index? *(Check: 150.)*
# 14. Compute the index of buyers by `segment`. Why is it large, and why is that no surprise?
# 15. Write an assumption onto the persona "loyal", then one survey question that could turn it into data. How many answers do you need?
# 16. Find three traits that are the *same* for all personas. What would become of a campaign that is built on them?
