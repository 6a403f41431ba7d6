# %% [markdown] tags=["id"]
# # 13 · Retensi dan siklus hidup: siapa yang tinggal, siapa yang pergi
#
# **Pertanyaannya.** Manajer penjualan PT XYZ gelisah: tahun 2020 ada pesaing baru, dan rasanya *banyak pelanggan pergi*. Berapa yang pergi? Berapa lama mereka bertahan? Mengapa pergi? Dan kalau hanya ada satu hal yang dapat diperbaiki, **apa yang paling berguna**?
#
# Itulah tahap terakhir rantai nilai Buttle, mengelola siklus hidup pelanggan (buku, bagian 4.1), dan inti dari "memperoleh, menambah nilai, mempertahankan" (bagian 1.2). Pertanyaannya terdengar mudah. Namun hampir setiap angka retensi yang beredar jatuh ke salah satu dari
# empat jebakan, dan Anda akan menginjak keempatnya di sini, dengan sengaja. Semua orang dan perusahaan rekaan.

# %% [markdown] tags=["en"]
# # 13 · Retention and lifecycle: who stays, who goes
#
# **The question.** PT XYZ's sales manager is uneasy: in 2020 a new competitor came, and it feels as if *many customers are leaving*. How many left? How long do they stay? Why do they go? And if only one thing could be mended, **which would help most**?
#
# That is the last stage of Buttle's value chain, managing the customer lifecycle (book, section 4.1), and the core of "acquire, enhance, retain" (section 1.2). It sounds easy. Yet nearly every retention figure in circulation falls into one of
# four traps, and you will step into all four here, on purpose. All people and companies are made up.

# %% [markdown] tags=["id"]
# ## 1. Churn dengan tangan
#
# Pada 1 Januari ada 500 pelanggan berkontrak. Sepanjang tahun datang 120 yang baru, dan 80 dari yang lama pergi. Berapa churn-nya?

# %% [markdown] tags=["en"]
# ## 1. Churn by hand
#
# On 1 January there are 500 customers with a contract. During the year 120 new ones come, and 80 of the old ones leave. What is churn?

# %%
import crmlab as crm
import numpy as np
import pandas as pd

retention = crm.retention
contracts = pd.DataFrame({"customer_id": range(620), "registered_on": ["2019-06-01"] * 500 + ["2020-03-01"] * 120, "closed_on": None})
contracts.loc[:79, "closed_on"] = "2020-05-05"
year = retention.churn_rate(contracts, as_of="2020-12-31", period="year", since="2020-01-01")
year.table[["at_start", "acquired", "losses", "at_end", "retained", "churn_share", "churn_share_low", "churn_share_high"]].head(1)

# %%
year.explain(depth="method")

# %% [markdown] tags=["id"]
# 80 / 500 = **16,0%**, dan 420 yang bertahan = 84,0%. Jumlahnya cocok: 500 + 120 − 80 = 540.
#
# **Jebakan 1: pelanggan baru dalam penyebut.** Yang membagi dengan "semua pelanggan tahun ini" mendapat 80 / 620 = 12,9%. Pelanggan bulan November belum sempat pergi; memasukkannya membuat perusahaan yang rajin beriklan tampak setia pelanggannya.
#
# **Jebakan 2: menjumlahkan atau merata-ratakan laju bulanan.** Dua persen per bulan bukan 24% per tahun: yang sudah pergi tidak dapat pergi lagi.
#
# $$1 - (1 - 0{,}02)^{12} = 21{,}53\%$$

# %% [markdown] tags=["en"]
# 80 / 500 = **16.0%**, and the 420 who stayed are 84.0%. It adds up: 500 + 120 − 80 = 540.
#
# **Trap 1: new customers in the denominator.** Whoever divides by "all customers of the year" gets 80 / 620 = 12.9%. A customer of November had no time to leave; counting him makes a company that advertises a lot look as if its customers were loyal.
#
# **Trap 2: adding up or averaging monthly rates.** Two percent a month is not 24% a year: who has left can't leave again.
#
# $$1 - (1 - 0.02)^{12} = 21.53\%$$

# %%
round(retention.annual_share(0.02), 4)

# %% [markdown] tags=["id"]
# ## 2. Pelanggan yang pamit: akun PT XYZ
#
# Di PT XYZ akun ditutup pada tanggal yang tercatat, jadi kita tahu siapa yang pergi dan kapan. Pisahkan dahulu korporat dari konsumen: dua dunia.

# %% [markdown] tags=["en"]
# ## 2. Customers who say goodbye: PT XYZ's accounts
#
# At PT XYZ accounts are closed on a day that is recorded, so we know who left and when. Part corporate customers from consumers first: two worlds.

# %%
AS_OF = "2020-12-31"
clean = crm.datasets.load_retail("S", "clean").tables
accounts = clean["customers"]
churn = retention.churn_rate(accounts, as_of=AS_OF, period="year", since="2016-01-01", by="customer_type")
churn.figure()

# %%
corporate = churn.table[churn.table["customer_type"] == "corporate"]
corporate[["row", "period", "at_start", "losses", "at_end", "churn_share", "churn_share_low", "churn_share_high"]]

# %% [markdown] tags=["id"]
# Identitas awal + baru + kembali − hilang = akhir berlaku di setiap baris. Lihat juga lebarnya rentang: dengan dua puluhan akun, churn satu tahun hampir tidak berkata apa-apa. Rata-rata dari lima angka tahunan pun keliru (jebakan 2 lagi): tahun dengan sedikit akun ikut bersuara sama keras.
# Baris *total* menjumlahkan yang hilang dan yang berisiko, baru membagi.

# %% [markdown] tags=["en"]
# The identity start + acquired + reactivated − lost = end holds in every row. Mind the width of the intervals: with some twenty accounts the churn of one year says next to nothing. The mean of the five yearly figures is wrong as well (trap 2 again): a year with few accounts speaks as
# loudly as the others. The row *total* adds up those lost and those at risk, and divides then.

# %%
each = corporate.loc[corporate["row"] == "member", "churn_share"]
pooled = corporate.loc[corporate["row"] == "total", "churn_share"].iloc[0]
print(f"{each.mean():.3f}  {pooled:.3f}")

# %% [markdown] tags=["id"]
# Sekarang pertanyaan manajer: **apakah 2020 lebih buruk?** Bandingkan laju per bulan-pelanggan, masing-masing kelompok dengan masa lalunya sendiri.

# %% [markdown] tags=["en"]
# Now the manager's question: **was 2020 worse?** Compare losses per customer-month, each group with its own past.

# %%
before, after = ("2016-01-01", "2019-12-31"), ("2020-01-01", AS_OF)
ratio = retention.churn_ratio(accounts, before=before, after=after, as_of=AS_OF, by="customer_type")
ratio.figure()

# %%
ratio.table[["customer_type", "lost_before", "lost_after", "hazard_ratio", "hazard_ratio_low", "hazard_ratio_high", "verdict"]]

# %% [markdown] tags=["id"]
# Perasaan manajer benar untuk akun **korporat**: mereka pergi sekitar tiga kali secepat dulu, dan rentangnya tidak memuat 1. Untuk **konsumen** tidak ada tanda apa pun. Baris totalnya *tidak jelas*: yang mencampur keduanya akan melewatkan masalahnya.
#
# Seberapa besar tepatnya? Rentangnya lebar. Dalam data ini pembuatnya menanam rasio sekitar 1,7; angka itu ada di dalam rentang, tetapi taksiran titiknya hampir dua kalinya. Dengan 25 kehilangan, *arah* dapat dipercaya, *besar* belum.

# %% [markdown] tags=["en"]
# The manager's feeling is right for **corporate** accounts: they leave about three times as fast as before, and the interval does not hold 1. For **consumers** there is no sign of anything. The row of the total is *noise*: whoever mixes the two misses the trouble.
#
# How large exactly? The interval is wide. Whoever made these data planted a ratio of about 1.7; it lies inside, but the point estimate is nearly twice that. From 25 losses you can trust the *direction*, not yet the *size*.

# %% [markdown] tags=["id"]
# ## 3. Berapa lama mereka bertahan
#
# Lima pelanggan, lama dalam bulan: 2, 3, 3+, 5, 8+. Tanda + berarti *masih ada* saat terakhir dilihat. Rata-rata dari yang pergi (2, 3, 5) membuang yang paling setia; menganggap yang masih ada "pergi hari ini" sama salahnya. **Kaplan–Meier** memakai yang masih ada selama mereka terlihat:
#
# $$S(5) = \left(1-\tfrac{1}{5}\right)\left(1-\tfrac{1}{4}\right)\left(1-\tfrac{1}{2}\right) = 0{,}30$$

# %% [markdown] tags=["en"]
# ## 3. How long they stay
#
# Five customers, in months: 2, 3, 3+, 5, 8+. A + says *still there* when last seen. The mean of those who left (2, 3, 5) throws out the most faithful; to say that the others "left today" is as wrong. **Kaplan–Meier** uses those who are still there for as long as they were seen:
#
# $$S(5) = \left(1-\tfrac{1}{5}\right)\left(1-\tfrac{1}{4}\right)\left(1-\tfrac{1}{2}\right) = 0.30$$

# %%
five = retention.kaplan_meier([2, 3, 3, 5, 8], [True, True, False, True, False], unit="months")
five.table[["duration", "at_risk", "events", "survival_share"]]

# %% [markdown] tags=["id"]
# Untuk PT XYZ ada satu kehati-hatian lagi: penutupan akun baru dicatat sejak 2016. Akun yang lahir 2013 dan pergi 2015 tidak pernah terlihat. Karena itu akun lama *masuk terlambat* (`since=`), dengan umur yang sudah mereka capai.

# %% [markdown] tags=["en"]
# PT XYZ needs one more care: closures are recorded from 2016 on. An account born in 2013 that left in 2015 was never seen. So older accounts *enter late* (`since=`), at the age that they had reached by then.

# %%
lives = retention.lifetimes(accounts, as_of=AS_OF, by="customer_type", since="2016-01-01")
days = (lives["duration_days"], lives["observed"], lives["customer_type"])
curves = retention.kaplan_meier(*days, entry=lives["entry_days"])
curves.figure()

# %%
pd.DataFrame(curves.facts["groups"])[["group", "n", "events", "median", "median_low", "median_high", "restricted_mean"]].round(0)

# %%
rank = retention.log_rank(*days, entry=lives["entry_days"])
rank

# %% [markdown] tags=["id"]
# Separuh akun korporat hilang setelah kira-kira empat tahun (rentangnya dua sampai hampir lima tahun); median konsumen **belum tercapai**, dan tanda kosong lebih jujur daripada angka karangan. Sebagai gantinya ada rata-rata sampai hari terakhir yang dicapai semua kelompok. Uji **log-rank** membandingkan yang hilang dengan yang
# diharapkan seandainya semua sama: bedanya nyata.
#
# ## 4. Cox: berapa kali secepat?
#
# Log-rank berkata *berbeda*; **Cox** berkata *berapa kali*, dengan hal lain dianggap tetap. Anggapannya: rasio itu **tetap sepanjang umur**. Jangan percaya sebelum diuji.

# %% [markdown] tags=["en"]
# Half of the corporate accounts are lost after some four years (the interval: two to nearly five); the consumers' median is **not reached yet**, and a blank is more honest than an invented number. In its place stands the mean up to the last day that all groups reach. The **log-rank** test compares those lost with those
# expected if all were alike: the difference is real.
#
# ## 4. Cox: how many times as fast?
#
# Log-rank says *different*; **Cox** says *how many times*, other things held equal. It assumes that the ratio **stays the same at every age**. Don't believe it untested.

# %%
cox = retention.cox(lives, on=["customer_type"], entry="entry_days")
cox.table[["column", "hazard_ratio", "hazard_ratio_low", "hazard_ratio_high", "verdict", "proportional_p"]]

# %% [markdown] tags=["id"]
# Korporat pergi sekitar sepuluh kali secepat konsumen, dan ujinya tidak menentang anggapan rasio tetap (p di atas 0,05).
#
# **Jebakan 3: waktu abadi** (*immortal time*). Seorang konsultan membandingkan konsumen yang *pernah* memesan sepuluh kali dengan yang tidak:

# %% [markdown] tags=["en"]
# Corporate accounts leave about ten times as fast as consumers, and the test does not speak against a steady ratio (p above 0.05).
#
# **Trap 3: immortal time.** A consultant compares consumers who *ever* ordered ten times with those who did not:

# %%
people = accounts.drop_duplicates("customer_id", keep="last")
consumers = people[people["customer_type"] == "consumer"]
sales = clean["sales"].rename(columns={"total": "amount"})
sales = sales[sales["customer_id"].isin(consumers["customer_id"])]
orders = sales[sales["status"] != "cancelled"].sort_values("ordered_at")
tenth = orders[orders.groupby("customer_id").cumcount() == 9].set_index("customer_id")["ordered_at"]

own = retention.lifetimes(consumers, as_of=AS_OF, since="2016-01-01")
own["tenth"] = own["customer_id"].map(tenth)
own["ten_orders"] = own["tenth"].notna()
naive = retention.cox(own, on=["ten_orders"], entry="entry_days")
naive.table[["hazard_ratio", "hazard_ratio_low", "hazard_ratio_high", "verdict", "proportional_p"]]

# %% [markdown] tags=["id"]
# "Buat mereka memesan sepuluh kali, dan mereka akan empat kali lebih setia!" Nyata, kata rentangnya. Tetapi untuk sampai ke pesanan kesepuluh orang **harus bertahan dahulu**: selama itu ia tidak mungkin hilang, dan waktu itu dihadiahkan kepada kelompok "sepuluh pesanan". Hitung dengan adil: sebelum
# pesanan kesepuluh ia anggota kelompok *belum*, sesudahnya kelompok *sudah*.

# %% [markdown] tags=["en"]
# "Get them to order ten times, and they will be four times as loyal!" Real, says the interval. But to reach a tenth order a person **must have stayed**: he can't be lost in that time, and it was given to the group "ten orders". Count fairly: before his tenth order he belongs
# to *not yet*, after it to *has*.

# %%
reached = (own["tenth"].dt.normalize() - own["began_on"]).dt.days
until = np.fmin(reached, own["duration_days"])
not_yet = own.assign(ten_orders=False, duration_days=until, observed=own["observed"] & own["tenth"].isna())
has = own.assign(ten_orders=True, entry_days=np.maximum(reached, own["entry_days"]))[own["tenth"].notna()]
split = pd.concat([not_yet, has])
split = split[split["duration_days"] > split["entry_days"]]
fair = retention.cox(split, on=["ten_orders"], entry="entry_days")
fair.table[["hazard_ratio", "hazard_ratio_low", "hazard_ratio_high", "verdict", "proportional_p"]]

# %% [markdown] tags=["id"]
# Hilang sudah: rasionya sekitar 1, *tidak jelas*. Orang dan kehilangannya sama; yang berubah hanya siapa yang dihitung kapan. Perhatikan pula p uji rasio tetap pada cara pertama: ia sudah memperingatkan kita.
#
# ## 5. Pelanggan yang tidak pamit: diam belum tentu hilang
#
# Kebanyakan konsumen tidak menutup akun; mereka hanya berhenti datang. **Jebakan 4: menyebut diam sebagai hilang.** "Diam" adalah definisi Anda, dan definisi itu dapat diuji: dari mereka yang *dulu* sudah sediam itu, berapa yang kemudian membeli lagi?

# %% [markdown] tags=["en"]
# Gone: the ratio is about 1, *noise*. The people and their losses are the same; only who counts when has changed. Mind the p of the steady-ratio test in the first way, too: it had warned us.
#
# ## 5. Customers who don't say goodbye: silence is not loss
#
# Most consumers don't close an account; they just stop coming. **Trap 4: calling silence loss.** "Silent" is your definition, and it can be tried: of those who were as silent *back then*, how many bought again?

# %%
silent = retention.active(sales, as_of=AS_OF, window_days=180)
silent.figure()

# %%
silent.explain(depth="method")

# %% [markdown] tags=["id"]
# Dengan batas 180 hari hampir separuh konsumen "hilang", dan lebih dari seperempat alarm seperti itu palsu. Tidak ada batas yang benar; ada batas yang disebut dan diuji. (Taksiran peluang hidup per orang: notebook 12.)
#
# Siapa datang, kembali, bertahan, dan hilang? Tanpa kontrak, periodenya itulah definisinya:

# %% [markdown] tags=["en"]
# With a window of 180 days nearly half of the consumers are "lost", and more than a quarter of such alarms are false. There is no true window; there is one that is named and tried. (A chance of being alive for every person: notebook 12.)
#
# Who came, came back, stayed and was lost? Without contracts the period is the definition:

# %%
flow = retention.movements(sales, as_of=AS_OF)
flow.figure()

# %%
flow

# %% [markdown] tags=["id"]
# Identitasnya berlaku lagi. Retensi yang naik dari 66% ke 86% tampak seperti kemenangan, tetapi bacalah catatannya: pada 2016 *semua* pembeli disebut baru, termasuk yang jarang datang. Tahun demi tahun yang jarang datang tersaring keluar; yang tersisa memang lebih sering membeli.
#
# **Segitiga kohor** memisahkan keduanya: pelanggan menurut kuartal pembelian pertamanya, umur demi umur.

# %% [markdown] tags=["en"]
# The identity holds again. Retention that rises from 66% to 86% looks like a victory, but read the notes: in 2016 *all* buyers are called new, those who come rarely among them. Year by year the rare ones are sifted out; those who are left do buy more often.
#
# The **cohort triangle** keeps the two apart: customers by the quarter of their first purchase, age by age.

# %%
cohorts = retention.cohorts(sales, as_of=AS_OF, by="quarter")
cohorts.figure()

# %%
cohorts.figure(of="curve")

# %% [markdown] tags=["id"]
# Sudut kanan bawah **kosong**: masa depan belum terjadi. Nol di situ akan berkata "semua pergi". Seratus pembeli, 40 kembali pada umur 1 dan 30 pada umur 2: barisnya 40,0% lalu 30,0%, lalu kosong.
#
# Kurva gabungannya datar: pada kuartal mana pun kira-kira sepertiga kohor membeli, juga lama sesudahnya. Belum tentu sepertiga yang *sama*: kurva ini menghitung kepala, bukan orang.
#
# ## 6. Mengapa mereka pergi
#
# PT XYZ **tidak mencatat alasan** penutupan akun. Itu temuan pertama, dan yang paling murah diperbaiki. Alasan yang ada hanyalah mengapa *calon* pelanggan batal:

# %% [markdown] tags=["en"]
# The lower right corner is **blank**: the future has not been yet. A zero there would say "all have gone". A hundred buyers, 40 back at age 1 and 30 at age 2: the row reads 40.0%, 30.0%, and then blank.
#
# The pooled curve is flat: in any quarter about a third of a cohort buys, long afterwards too. Not necessarily the *same* third: this curve counts heads, not persons.
#
# ## 6. Why they go
#
# PT XYZ **does not record why** an account is closed. That is the first finding, and the cheapest to mend. The only reasons there are say why *prospects* fell through:

# %%
leads = clean["leads"]
why = retention.reasons(leads[leads["outcome"] == "lost"], reason="lost_reason")
why.figure()

# %%
why.explain(depth="method")

# %% [markdown] tags=["id"]
# Harga berada di atas, tetapi bedanya dari yang kedua *tidak jelas*; rapat direksi tentang diskon masih terlalu dini.
#
# Yang dapat kita lakukan untuk pelanggan sendiri: melihat **apa yang menyertai** kepergian. Panel survei hubungan mencatat keluhan, skor NPS, dan kehadiran daring; siapa yang kemudian menutup akun?

# %% [markdown] tags=["en"]
# Price is on top, but its lead over the second is *noise*; a board meeting about discounts would come too early.
#
# What we can do for our own customers is to see **what goes with** leaving. The relationship panel knows complaints, NPS and presence online; who closed the account?

# %%
asked = clean["relationship_surveys"]
complaints = clean["complaints"]
open_complaints = complaints.loc[complaints["resolved_at"].isna(), "customer_id"]
panel = pd.DataFrame({
    "left": asked["customer_id"].map(people.set_index("customer_id")["closed_on"]).notna(),
    "unresolved_complaint": asked["customer_id"].isin(open_complaints),
    "detractor": asked["nps"] <= 6,
    "online_user": asked["customer_id"].isin(clean["web_events"]["customer_id"].dropna()),
})
odds = retention.loss_odds(panel, lost="left", on=["unresolved_complaint", "detractor", "online_user"])
odds.figure()

# %%
odds.explain(depth="method")

# %% [markdown] tags=["id"]
# Keluhan yang dibiarkan menyertai kepergian dengan jelas. Rasio **odds** bukan rasio peluang; penjelasan di atas menyebut keduanya. Dan ini *menyertai*, bukan *menyebabkan*: yang mengeluh mungkin memang sudah akan pergi. Ujinya: selesaikan keluhan sebagian orang lebih cepat, acak, lalu bandingkan.
#
# Satu lagi dari operasi: paket yang terlambat.

# %% [markdown] tags=["en"]
# A complaint left open clearly goes with leaving. An **odds** ratio is no ratio of chances; the explanation above tells both. And it *goes with*, it need not *cause*: who complains may have been leaving anyway. The test: settle the complaints of some, drawn by lot, sooner, and compare.
#
# One more from operations: late parcels.

# %%
parcels = clean["deliveries"].merge(sales[["order_id", "customer_id", "ordered_at"]])
names = ["on_time", "days_1_to_3", "over_3_days"]
kinds = np.select([parcels["late_days"] == 0, parcels["late_days"] <= 3], names[:2], names[2])
parcels["lateness"] = pd.Categorical(kinds, names)
late = retention.repeat_share(parcels, by="lateness", within_days=70, as_of=AS_OF, of=sales)
late.figure()

# %%
late.table[["lateness", "orders", "repeat_share", "repeat_share_low", "repeat_share_high", "difference", "verdict"]]

# %% [markdown] tags=["id"]
# Semakin terlambat, semakin jarang membeli lagi dalam 70 hari; kedua selisih dari paket yang tepat waktu itu nyata. Rentangnya sudah diperlebar karena pesanan seorang pelanggan mirip satu sama lain.
#
# ## 7. Siklus hidup sebagai rantai
#
# Buku menyebut tahap: *suspect* → *prospect* → pembelian pertama → berulang → pendukung. Beri setiap pelanggan satu keadaan tiap akhir bulan, hitung perpindahannya: jadilah matriks P. Yang hilang tidak kembali (**keadaan akhir**). Dengan Q perpindahan antarkeadaan hidup,
#
# $$N = (I - Q)^{-1}, \qquad \text{bulan sampai hilang} = \text{jumlah baris } N$$
#
# Contoh kecil dahulu, cukup untuk dihitung tangan: pendukung kehilangan 5% per bulan, jadi bertahan 1/0,05 = **20** bulan. Pelanggan berulang tinggal 1/0,25 = 4 bulan, lalu 0,15/0,25 di antaranya menjadi pendukung: 4 + 0,6 × 20 = **16** bulan.

# %% [markdown] tags=["en"]
# The later, the more rarely they buy again within 70 days; both differences from parcels on time are real. The intervals are widened already, since one customer's orders are alike.
#
# ## 7. The lifecycle as a chain
#
# The book names stages: suspect → prospect → first purchase → repeat → advocate. Give every customer one state at each month's end and count how they pass on: that is the matrix P. Who is lost does not return (an **absorbing state**). With Q for the passages between living states,
#
# $$N = (I - Q)^{-1}, \qquad \text{months to loss} = \text{row sums of } N$$
#
# A small example first, fit for a hand: advocates lose 5% a month, so they stay 1/0.05 = **20** months. Repeat customers stay 1/0.25 = 4 months, then 0.15/0.25 of them become advocates: 4 + 0.6 × 20 = **16** months.

# %%
stages = ["suspect", "prospect", "first_purchase", "repeat_customer", "advocate", "lost_customer"]
P = [
    [0.70, 0.20, 0.00, 0.00, 0.00, 0.10],
    [0.00, 0.60, 0.25, 0.00, 0.00, 0.15],
    [0.00, 0.00, 0.50, 0.30, 0.00, 0.20],
    [0.00, 0.00, 0.00, 0.75, 0.15, 0.10],
    [0.00, 0.00, 0.00, 0.00, 0.95, 0.05],
    [0.00, 0.00, 0.00, 0.00, 0.00, 1.00],
]
book = retention.chain(P, states=stages, start=[1000, 300, 200, 150, 40, 0])
book.table

# %% [markdown] tags=["id"]
# Bulan depan: 700, 380, 175, 172,5, 60,5, dan 202 hilang. Sekarang PT XYZ. Aturan tahapnya adalah tabel yang dapat Anda baca dan ubah; baris pertama yang cocok menentukan.

# %% [markdown] tags=["en"]
# Next month: 700, 380, 175, 172.5, 60.5, and 202 lost. Now PT XYZ. The rules of the stages are a table that you can read and change; the first row that holds decides.

# %%
retention.stage_rules().dropna(axis=1, how="all")

# %%
moves = retention.lifecycle_transitions(sales, as_of=AS_OF, customers=consumers, answers=asked)
moves.figure()

# %%
chain = retention.chain(moves)
chain.figure()

# %%
chain

# %% [markdown] tags=["id"]
# Bacalah tiga hal. **Pertama**, rentangnya: pelanggan berulang bertahan sekitar empat tahun, dan pendukung *tidak* terbukti bertahan lebih lama; rentang keduanya bertumpang-tindih. Skor NPS yang tinggi terdengar seperti kesetiaan, tetapi data ini tidak mendukungnya.
# **Kedua**, catatannya: ratusan kali seseorang "kembali dari hilang". Aturan *hilang setelah 365 hari diam* kadang menyala terlalu cepat; rantai ini menghitung sampai hilang yang *pertama*. **Ketiga**, rantai menganggap bulan depan hanya bergantung pada keadaan bulan ini; itu model, bukan hukum alam.
#
# ## 8. Tuas mana yang terpenting?
#
# Naikkan setiap perpindahan satu poin, ambil dari yang hilang, dan hitung lagi untuk semua pelanggan hari ini:

# %% [markdown] tags=["en"]
# Read three things. **First**, the intervals: repeat customers stay about four years, and advocates are *not* shown to stay longer; the two intervals overlap. A high NPS sounds like loyalty, but these data don't bear it out.
# **Second**, the note: hundreds of times somebody "came back from being lost". The rule *lost after 365 silent days* sometimes fires too soon; this chain counts up to the *first* loss. **Third**, a chain takes next month to depend on this month's state alone; that is a model, no law of nature.
#
# ## 8. Which lever matters most?
#
# Raise every passage by one point, taken from those lost, and compute again for all customers of today:

# %%
best = retention.levers(chain)
best.figure()

# %%
change = retention.change_transition(chain, origin="repeat_customer", to="repeat_customer", by=0.005)
change.explain(depth="method")

# %% [markdown] tags=["id"]
# Mempertahankan pelanggan berulang jauh mengalahkan semua yang lain. Bukan hanya karena mereka banyak: andaikan hari ini ada 400 pembeli pertama dan 10 pelanggan berulang, urutannya tetap sama, sebab pembeli pertama yang berhasil pun *menjadi* pelanggan berulang.
#
# Satu pertanyaan yang tidak dijawab rantai: **berapa biaya satu poin?** Satu poin ialah separuh dari kehilangan pelanggan berulang, tetapi hanya seperempat dari kehilangan pembeli pertama. Poin terakhir selalu yang termahal.
#
# ## 9. Jawaban untuk manajer
#
# 1. **Siapa?** Akun korporat. Pada 2020 mereka pergi lebih cepat, dan itu nyata; konsumen tidak berubah.
# 2. **Berapa lama?** Separuh akun korporat hilang dalam kira-kira empat tahun; konsumen jauh lebih lama.
# 3. **Mengapa?** Tidak dicatat; mulai catat. Yang menyertai: keluhan yang dibiarkan, paket yang sangat terlambat.
# 4. **Tuas?** Jaga pelanggan yang sudah berulang, mulai dari keluhannya, dan uji secara acak apakah itu menolong.
# 5. **Jangan dibeli:** program "sepuluh pesanan". Itu jebakan waktu abadi.
#
# ## Tugas
#
# 1. Awal 400, baru 60, hilang 50 (semua dari yang lama). Hitung churn, retensi, dan akhir. *(Periksa: 12,5%; 87,5%; 410.)*
# 2. Churn 3% per bulan: berapa per tahun? *(Periksa: 30,62%.)*
# 3. Churn 20% per tahun: berapa per bulan, bila tetap? *(Periksa: 1,84%.)*
# 4. Lama dalam bulan 1, 2+, 4, 4, 6+: hitung S(4) dengan tangan. *(Periksa: 0,267.)*
# 5. Hitung churn konsumen per kuartal. Mengapa kuartal terakhir kosong bila `as_of="2020-12-15"`?
# 6. Pakai `churn_rate` pada tabel penjualan. Apa kata pesannya, dan mengapa ia menolak?
# 7. Ulangi `churn_ratio` dengan `before` hanya 2019. Apa yang terjadi pada rentangnya, dan mengapa?
# 8. Bangun jebakan 3 sendiri dengan lima pesanan. Berapa rasio cara pertama, dan berapa setelah adil?
# 9. Tanpa `entry=`, berapa bagian akun korporat yang masih ada setelah 365 hari (`survival_at`)? Ke arah mana kesalahannya?
# 10. Cari batas diam dengan alarm palsu di bawah 10%. Berapa konsumen yang masih diam menurut batas itu?
# 11. Hitung `movements` per bulan. Mengapa retensinya jauh lebih rendah, padahal pelanggannya sama?
# 12. Gambarkan segitiga kohor dengan `measure="revenue"`. Sel mana yang tidak punya rentang?
# 13. Ubah batas hilang menjadi 180 hari dalam `stage_rules`. Berapa bulan yang diharapkan, dan berapa yang kembali?
# 14. Berapa bulan bertahan pelanggan berulang pada contoh kecil bila 20%, bukan 15%, menjadi pendukung (diambil dari yang hilang)? *(Periksa: 20.)*
# 15. Tulis aturan mencatat alasan penutupan akun: siapa mengisi, kapan, pilihan apa, dan apa yang terjadi dengan "tidak tahu"?
# 16. Rancang uji acak untuk jawaban 4: siapa diundi, apa diukur, kapan berhenti, berapa akun diperlukan?

# %% [markdown] tags=["en"]
# Keeping repeat customers beats all else by far. Not only because they are many: were there 400 first buyers and 10 repeat customers today, the order would be the same, since a first buyer with whom things go well *becomes* a repeat customer.
#
# One question that the chain does not answer: **what does a point cost?** One point is half of what is lost of repeat customers, yet only a quarter of what is lost of first buyers. The last point is always the dearest.
#
# ## 9. An answer for the manager
#
# 1. **Who?** Corporate accounts. In 2020 they left faster, and that is real; consumers did not change.
# 2. **How long?** Half of the corporate accounts are lost within some four years; consumers stay far longer.
# 3. **Why?** It is not recorded; begin to record it. What goes with it: complaints left open, parcels that are very late.
# 4. **Which lever?** Guard those who buy repeatedly, their complaints first, and try by lot whether that helps.
# 5. **Don't buy** the "ten orders" programme. It is immortal time.
#
# ## Tasks
#
# 1. Start 400, new 60, lost 50 (all of the old ones). Work out churn, retention and the end. *(Check: 12.5%; 87.5%; 410.)*
# 2. Churn of 3% a month: how much a year? *(Check: 30.62%.)*
# 3. Churn of 20% a year: how much a month, if steady? *(Check: 1.84%.)*
# 4. Months 1, 2+, 4, 4, 6+: work out S(4) by hand. *(Check: 0.267.)*
# 5. Compute consumers' churn by quarter. Why is the last quarter blank with `as_of="2020-12-15"`?
# 6. Call `churn_rate` with the table of sales. What does the message say, and why does it refuse?
# 7. Repeat `churn_ratio` with only 2019 as `before`. What happens to the interval, and why?
# 8. Build trap 3 yourself with five orders. What is the ratio in the first way, and what is it when fair?
# 9. Without `entry=`, what share of the corporate accounts is still there after 365 days (`survival_at`)? Which way is it wrong?
# 10. Find a window of silence with less than 10% false alarms. How many consumers are silent by it?
# 11. Compute `movements` by month. Why is retention so much lower, though the customers are the same?
# 12. Draw the cohort triangle with `measure="revenue"`. Which cells have no interval?
# 13. Change the limit of loss to 180 days in `stage_rules`. How many months are expected, and how many come back?
# 14. How many months do repeat customers stay in the small example if 20%, not 15%, become advocates (taken from those lost)? *(Check: 20.)*
# 15. Write the rule for recording why an account is closed: who fills it in, when, which choices, and what becomes of "don't know"?
# 16. Design the trial by lot for answer 4: who is drawn, what is measured, when does it stop, how many accounts does it need?
