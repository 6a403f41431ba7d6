# %% [markdown] tags=["id"]
# # 12 · Nilai pelanggan: ramalan, bukan fakta
#
# **Pertanyaannya.** Direktur PT XYZ membaca tiga proposal. Yang pertama menulis "nilai seumur hidup pelanggan kita Rp3,7 juta", yang kedua Rp3,3 juta, yang ketiga Rp2,7 juta. Ketiganya memakai data yang sama. Ia bertanya: *berapa sebenarnya
# nilai seorang pelanggan? Siapa yang masih pelanggan kita? Dan siapa yang harus kita pertahankan?*
#
# Nilai seumur hidup pelanggan (*customer lifetime value*, CLV) ialah jumlah laba yang **masih akan datang**, dinilai dengan uang hari ini. Jadi ia sebuah ramalan. Notebook ini menghitungnya dengan tiga cara: rumus satu baris, model untuk pelanggan
# berkontrak, dan model untuk pembeli yang pergi tanpa pamit. Setelah itu ramalannya diuji pada masa yang belum dilihatnya, dan satu klaim yang sangat terkenal diuji juga. Semua orang di sini rekaan.

# %% [markdown] tags=["en"]
# # 12 · Customer value: a forecast, not a fact
#
# **The question.** The director of PT XYZ reads three proposals. One says "the lifetime value of our customer is 3.7 million rupiah", one says 3.3 million, one 2.7 million. All three used the same data. The director asks: *what is a customer really
# worth? Who is still a customer of ours? And whom must we keep?*
#
# Customer lifetime value (CLV) is the profit that is **still to come**, in today's money. So it is a forecast. This notebook works it out in three ways: by formulas of one line, by a model of customers with contracts, and by a model of buyers who leave
# without a word. Then the forecast is tried on a time that it has not seen, and so is a very famous claim. All people here are made up.

# %% [markdown] tags=["id"]
# ## 1. Satu masukan, tiga "CLV"
#
# Pelanggan memberi margin Rp1.000.000 setahun, 80% bertahan dari tahun ke tahun, diskonto 10%. Berapa nilainya?

# %% [markdown] tags=["en"]
# ## 1. One input, three "CLV"s
#
# A customer yields a margin of Rp1,000,000 a year, 80% stay from year to year, the discount is 10%. What is he worth?

# %%
import crmlab as crm
import pandas as pd

million = 1_000_000
three = crm.value.compare_formulas(1 * million, 0.80, 0.10, periods=5)
three

# %%
three.figure()

# %%
three.explain()

# %% [markdown] tags=["id"]
# Jadi ketiga proposal tadi benar semua, dan tidak satu pun menyebut rumusnya. Dua pertanyaan memisahkan mereka:
#
# 1. **Apakah pembayaran pertama dihitung?** Ya untuk pelanggan yang *akan* direbut; tidak untuk pelanggan yang *baru saja membayar*.
# 2. **Kapan uangnya datang,** di awal atau di akhir periode?
#
# $$\frac{m\,r}{1+d-r} \qquad \frac{m}{1+d-r} \qquad \frac{m\,(1+d)}{1+d-r}$$
#
# Kolom terakhir tabel menjumlahkan lima pembayaran saja. Bandingkan: seperlima dari nilai "seumur hidup" itu baru datang setelah tahun kelima, dan siapa yang tahu pasar lima tahun lagi?
#
# **Dua masukan ditolak,** dan itu disengaja. Yang pertama kesalahan termahal dalam rumus ini: retensi **bulanan** bertemu diskonto **tahunan**.

# %% [markdown] tags=["en"]
# So all three proposals were right, and none said which formula. Two questions part them:
#
# 1. **Does the first payment count?** Yes for a customer who is *to be won*; no for one who *has just paid*.
# 2. **When does the money come,** at the start of a period or at its end?
#
# $$\frac{m\,r}{1+d-r} \qquad \frac{m}{1+d-r} \qquad \frac{m\,(1+d)}{1+d-r}$$
#
# The last column of the table adds up five payments only. Compare: a fifth of that "lifetime" value comes after the fifth year, and who knows the market in five years?
#
# **Two inputs are refused,** on purpose. The first is the dearest mistake that this formula knows: a **monthly** retention meets a **yearly** discount.

# %%
for given in ({"retention": 0.98, "discount": 0.12, "per": "month", "discount_per": "year"}, {"retention": 1.0, "discount": 0.0}):
    try:
        crm.value.compare_formulas(100_000, **given)
    except crm.UserError as refused:
        print(refused, "\n")

monthly = crm.value.discount_of(0.12, per="year", into="month")
right = crm.value.compare_formulas(100_000, 0.98, monthly, per="month", discount_per="month").facts["residual"]
print(crm.labels.percent(monthly, decimals=3), crm.labels.money(right), crm.labels.money(100_000 * 0.98 / (1 + 0.12 - 0.98)))

# %% [markdown] tags=["id"]
# Angka terakhir ialah yang keluar dari lembar kerja yang tidak menolak: **tidak sampai seperempat** dari yang benar.
#
# ## 2. Pelanggan berkontrak: rata-rata menghukum yang setia
#
# Rumus di atas menganggap retensi **tetap selamanya**. Lihat data nyata dari buku teks (Fader & Hardie 2007, pelanggan *Regular*): seribu kontrak, sisa setelah tiap perpanjangan.

# %% [markdown] tags=["en"]
# The last figure is what comes out of a spreadsheet that does not refuse: **less than a quarter** of the right one.
#
# ## 2. Customers with contracts: the mean is unjust to the loyal
#
# The formulas above hold retention **constant for ever**. Look at real data from the literature (Fader & Hardie 2007, *Regular* customers): a thousand contracts, and those left after each renewal.

# %%
left = [1000, 631, 468, 382, 326, 289, 262, 241]
kept = [after / before for before, after in zip(left[:-1], left[1:], strict=True)]
print([crm.labels.percent(share) for share in kept])

contracts = crm.value.fit_sbg(left)
contracts

# %%
contracts.project(12).figure()

# %% [markdown] tags=["id"]
# Retensi naik setiap tahun, tetapi **tidak seorang pun bertambah setia**. Model *shifted-beta-geometric* (sBG) hanya berkata: setiap orang punya peluang berhenti sendiri, yang tidak pernah berubah. Yang mudah pergi sudah pergi lebih dahulu; yang
# tersisa memang yang betah. Modelnya melihat tujuh perpanjangan, dan garisnya melampaui itu; kenyataan tahun ke-12 dalam makalahnya 17,3%.
#
# Akibatnya bagi nilai:

# %% [markdown] tags=["en"]
# Retention rises every year, and **nobody becomes more loyal**. The shifted-beta-geometric model (sBG) only says: everyone has a chance of leaving of his own, which never changes. Those who leave easily have left; those who remain are the ones who
# stay. The model saw seven renewals, and its line goes beyond; in the paper 17.3% were left in year 12.
#
# What that does to value:

# %%
worth_of_contract = contracts.lifetime(1 * million, 0.10)
worth_of_contract.figure()

# %%
worth_of_contract.explain()

# %% [markdown] tags=["id"]
# Garis putus ialah rumus satu baris dengan retensi tahun pertama. Bagi pelanggan yang sudah lima kali memperpanjang, rumus itu menyebut **kurang dari seperempat** nilainya. Perusahaan yang mempercayainya membelanjakan terlalu sedikit untuk
# pelanggan terbaiknya.
#
# **PT XYZ punya kontrak juga?** Akun korporat punya tanggal daftar dan tanggal tutup. Susun kohor tahunannya; tahun yang belum terjadi harus **kosong, bukan nol**:

# %% [markdown] tags=["en"]
# The dashed line is the formula of one line with the first year's retention. Of a customer with five renewals behind him it tells **less than a quarter** of the value. A company that believes it spends too little on its best customers.
#
# **Does PT XYZ have contracts?** Corporate accounts have a day of registration and a day of closing. Arrange them in yearly cohorts; years that have not happened yet must be **blank, not zero**:

# %%
clean = crm.datasets.load_retail("S", "clean").tables
today = pd.Timestamp("2020-12-31")
accounts = clean["customers"].drop_duplicates("customer_id", keep="last")
corporate = accounts[accounts["customer_type"] == "corporate"]
stayed = (corporate["closed_on"].fillna(today) - corporate["registered_on"]).dt.days // 365
cohorts = []
for year, its in corporate.groupby(corporate["registered_on"].dt.year):
    seen_for = (today - its["registered_on"].max()).days // 365
    cohorts += [(year, k, int((its["closed_on"].isna() | (stayed[its.index] >= k)).sum())) for k in range(seen_for + 1)]
cohorts = pd.DataFrame(cohorts, columns=["cohort", "period", "active"])
print(cohorts.pivot(index="cohort", columns="period", values="active").map(lambda n: "" if pd.isna(n) else f"{n:.0f}").to_string())
few = crm.value.fit_sbg(cohorts)
few

# %% [markdown] tags=["id"]
# Empat puluh lima akun. Taksirannya ada, selangnya **tidak ditampilkan**: di bawah 500 kontrak selang model ini tidak menepati janjinya (kami menyimulasikannya 2.000 kali), jadi menampilkannya berarti berbohong. α dan β yang luar biasa besar berkata
# "semua akun sama saja peluangnya", dan dari 45 akun pernyataan itu tidak dapat dibantah ataupun dibuktikan.
#
# ## 3. Pembeli yang pergi tanpa pamit
#
# Konsumen toko tidak menandatangani apa pun. Yang sudah setahun diam: pergi, atau memang jarang belanja? Model *Buy Till You Die* menjawab dari tiga angka per orang saja:

# %% [markdown] tags=["en"]
# Forty-five accounts. There is an estimate, and its interval is **not shown**: below 500 contracts the intervals of this model do not keep their word (we simulated them 2,000 times), so to show one would be to lie. The huge α and β say "all accounts
# have the same chance", and 45 accounts can neither prove nor disprove that.
#
# ## 3. Buyers who leave without a word
#
# A shop's consumers sign nothing. One who has been silent for a year: is he gone, or does he simply buy seldom? "Buy till you die" models answer from three figures of a person:

# %%
people = crm.datasets.load_retail("S").tables["dim_customer"].drop_duplicates("customer_id", keep="last")
sold = clean["sales"][clean["sales"]["status"] != "cancelled"].merge(people[["customer_id", "customer_type"]], on="customer_id")
orders = sold[sold["customer_type"] == "consumer"].assign(amount=lambda t: t["gross_amount"] - t["discount"])
summary = crm.value.summary(orders, as_of="2020-12-31")
print(summary.table.head(5).round(1).to_string(index=False))
summary.figure()

# %% [markdown] tags=["id"]
# `frequency` ialah banyaknya **hari** belanja setelah yang pertama (dua nota sehari bukan dua kali kembali), lalu waktu dari belanja pertama sampai terakhir, dan "umur" sejak belanja pertama sampai hari ini, dalam minggu tujuh hari. `monetary` ialah rata-rata
# belanja ulangnya.
#
# Dua model, satu cerita: selama masih pelanggan, orang membeli secara acak dengan laju sendiri, dan suatu saat pergi selamanya. **BG/NBD**: perginya hanya setelah sebuah pembelian ulang. **Pareto/NBD**: perginya dapat kapan saja.

# %% [markdown] tags=["en"]
# `frequency` is the number of **days** with a purchase after the first (two receipts of one day are not two returns), then come the time from the first purchase to the last, and the "age" from the first purchase until today, in weeks of seven days.
# `monetary` is the mean of the repeat purchases.
#
# Two models, one story: as long as he is a customer a person buys at random at a pace of his own, and one day leaves for good. **BG/NBD**: he leaves after a repeat purchase only. **Pareto/NBD**: he may leave at any time.

# %%
bg, pareto = crm.value.fit_bg_nbd(summary), crm.value.fit_pareto_nbd(summary)
print({fit.kind: round(fit.facts["log_likelihood"], 1) for fit in (bg, pareto)})
pareto

# %%
pareto.figure()

# %%
pareto.explain()

# %% [markdown] tags=["id"]
# Catatan di bawah tabel penting: kemungkinannya **landai ke satu arah**. Parameter dapat bergeser bersama tanpa mengubah ramalan; jadi bandingkan ramalan dan log-likelihood, jangan parameternya. Log-likelihood Pareto/NBD lebih tinggi di sini.
#
# ### Siapa yang masih ada?
#
# Tiga orang rekaan, semuanya terakhir belanja setahun lalu (52 minggu), semuanya pelanggan sejak 104 minggu:

# %% [markdown] tags=["en"]
# The note below the table matters: the likelihood is **flat in one direction**. Parameters can move together and leave the forecasts as they are, so compare forecasts and log-likelihoods, not parameters. The Pareto/NBD has the higher
# log-likelihood here.
#
# ### Who is still there?
#
# Three made-up people, all of whom bought last a year (52 weeks) ago, and all customers for 104 weeks:

# %%
silent = pd.DataFrame({"frequency": [1, 5, 20], "recency_weeks": [52.0] * 3, "age_weeks": [104.0] * 3})
columns = ["frequency", "p_alive", "p_alive_low", "p_alive_high"]
told = pd.concat([fit.p_alive(silent).table[columns].assign(model=fit.kind) for fit in (bg, pareto)])
print(told.round(3).to_string(index=False))

# %% [markdown] tags=["id"]
# Diamnya orang yang sering belanja jauh lebih mencurigakan daripada diamnya orang yang jarang. Aturan "tidak belanja setahun = hilang" memperlakukan ketiganya sama.
#
# PT XYZ kebetulan mencatat penutupan akun, sesuatu yang jarang diketahui toko. **Model tidak melihat kolom itu.** Apakah ia menduga dengan benar?

# %% [markdown] tags=["en"]
# The silence of one who bought often is far more suspicious than that of one who bought seldom. The rule "nothing for a year = lost" treats all three alike.
#
# PT XYZ happens to note when accounts are closed, which shops seldom know. **The models did not see that column.** Did they guess right?

# %%
closed = accounts.set_index("customer_id")["closed_on"].notna()
check = pareto.p_alive().table[["customer_id", "frequency", "p_alive"]].rename(columns={"p_alive": "pareto_nbd"})
check["bg_nbd"] = bg.p_alive().table["p_alive"]
check["closed"] = check["customer_id"].map(closed)
print(check.groupby("closed")[["bg_nbd", "pareto_nbd"]].mean().round(2).assign(n=check["closed"].value_counts()))
print(check[check["frequency"] == 0].groupby("closed")[["bg_nbd", "pareto_nbd"]].mean().round(2))

# %% [markdown] tags=["id"]
# Yang menutup akun mendapat peluang jauh lebih rendah dari kedua model. Tabel kedua menunjukkan keanehan BG/NBD: pembeli **satu kali** selalu "masih ada" dengan peluang 1, sebab menurut model itu ia belum sempat pergi. Untuk memutuskan siapa yang sudah hilang,
# pakailah Pareto/NBD.

# %% [markdown] tags=["en"]
# Those who closed their accounts get far lower chances from both models. The second table shows the oddity of the BG/NBD: **one-time** buyers are "still there" with a chance of 1, since that model gave them no occasion to leave. To decide who is
# lost, take the Pareto/NBD.

# %%
pareto.p_alive().figure()

# %% [markdown] tags=["id"]
# ## 4. Apakah ramalannya bagus?
#
# Jangan percaya ramalan yang tidak pernah diuji. Sembunyikan tahun 2020, taksir dari data sampai akhir 2019, ramalkan 2020, lalu buka:

# %% [markdown] tags=["en"]
# ## 4. Was the forecast any good?
#
# Do not believe a forecast that was never tried. Hide the year 2020, fit to the data until the end of 2019, forecast 2020, and then look:

# %%
trial = crm.value.validate(orders, split="2019-12-31", as_of="2020-12-31", model="pareto_nbd")
trial.figure()

# %%
trial.explain()

# %% [markdown] tags=["id"]
# **Meleset, dan bukan karena kebetulan**: yang terjadi berada di luar selang ramalan. Urutannya benar (yang dahulu sering membeli memang lebih sering membeli), tetapi hampir di semua kelompok kenyataan lebih tinggi. Mengapa?

# %% [markdown] tags=["en"]
# **Off, and not by chance**: what happened lies outside the forecast's interval. The order is right (who used to buy often does buy more often), but in nearly every group reality was higher. Why?

# %%
by_year = orders.groupby(orders["ordered_at"].dt.year).agg(orders=("order_id", "size"), customers=("customer_id", "nunique"))
by_year["orders_per_customer"] = (by_year["orders"] / by_year["customers"]).round(2)
print(by_year)
told = ["expected_total", "expected_total_low", "expected_total_high", "seen_total", "miss_share", "verdict"]
told += ["error_saved", "error_saved_low", "error_saved_high"]
trials = {
    year: dict(crm.value.validate(orders, split=f"{year - 1}-12-31", as_of=f"{year}-12-31", model="pareto_nbd").facts)
    for year in (2018, 2019, 2020)
}
print(pd.DataFrame(trials).loc[told].map(lambda x: x if isinstance(x, str) else round(x, 3)).to_string())

# %% [markdown] tags=["id"]
# Pesanan per pelanggan naik setiap tahun, dan model menganggap laju setiap orang **tetap**. Makin cepat perusahaan tumbuh, makin rendah ramalannya. Bacalah juga baris terakhir: dibandingkan dengan "lanjutkan saja laju lama", model hampir tidak mengurangi galat **per orang**;
# selangnya memuat nol pada dua tahun terakhir. Kekuatannya ada di tempat lain: peluang masih menjadi pelanggan, dan jumlah keseluruhan bila dunia tenang.
#
# Supaya adil, pada dunia yang memang digambar dari model itu ia menemukan kembali kebenarannya. Tabel lab dibangkitkan dengan r = 0,60, α = 8, a = 0,80, b = 2,5:

# %% [markdown] tags=["en"]
# Orders per customer rise every year, and the model holds everybody's pace for **constant**. The faster a company grows, the lower the forecast. Read the last rows too: against "carry on with the old pace" the model hardly lowers the error **per person**;
# in the last two years the interval holds zero. Its strength lies elsewhere: in the chance of being a customer still, and in totals when the world is calm.
#
# To be fair: in a world that was drawn from the model it finds the truth again. The lab table was made with r = 0.60, α = 8, a = 0.80, b = 2.5:

# %%
lab = crm.value.fit_bg_nbd(clean["lab_btyd"])
lab

# %% [markdown] tags=["id"]
# Keempat kebenaran ada di dalam selangnya. Perhatikan betapa lebar selang a dan b, padahal pelanggannya 4.000.
#
# ## 5. Berapa sekali belanja?
#
# Ani belanja dua kali, rata-rata Rp2 juta. Apakah belanja berikutnya Rp2 juta? Dua kali belum membuktikan apa-apa; model *Gamma-Gamma* menarik rata-ratanya ke arah semua orang, makin kuat makin sedikit buktinya.

# %% [markdown] tags=["en"]
# All four truths lie within their intervals. See how wide those of a and b are, with 4,000 customers.
#
# ## 5. How much at a time?
#
# Ani came back twice, for Rp2 million on average. Will her next purchase be of Rp2 million? Two do not prove much; the Gamma-Gamma model draws her mean towards everybody's, and more so the less evidence there is.

# %%
spending = crm.value.fit_gamma_gamma(summary)
ani = pd.DataFrame({"frequency": [0, 2, 20], "monetary": [None, 2 * million, 2 * million]})
spending.expected(ani)

# %%
spending.figure()

# %% [markdown] tags=["id"]
# Model ini menganggap besar belanja dan seringnya belanja **tidak berhubungan**. Di PT XYZ korelasinya kecil tetapi nyata, dan catatan di bawah tabel menyebutnya. Sebutkan juga dalam laporan Anda.
#
# ## 6. Nilai setiap pelanggan, dan nilai segmen
#
# $$\text{nilai} = \text{margin} \times \text{belanja yang diharapkan} \times \text{pembelian mendatang, didiskontokan}$$
#
# Tiga tahun ke depan (156 minggu), diskonto 12% setahun, margin menurut catatan PT XYZ sendiri:

# %% [markdown] tags=["en"]
# The model takes how much and how often as **unrelated**. At PT XYZ the correlation is small but real, and the note below the table says so. Say it in your report as well.
#
# ## 6. What each customer is worth, and each segment
#
# $$\text{value} = \text{margin} \times \text{expected spend} \times \text{purchases to come, discounted}$$
#
# The next three years (156 weeks), 12% a year, and the margin of PT XYZ's own books:

# %%
lines = clean["sales_lines"].merge(orders[["order_id"]], on="order_id")
margin_share = float((lines["amount"] - lines["cost"]).sum() / lines["amount"].sum())
terms = {"discount": 0.12, "margin_share": margin_share, "horizon": 156.0}
worth = crm.value.lifetime_value(pareto, spending, summary, **terms)
print(crm.labels.percent(margin_share))
worth.figure()

# %%
segments = people[["customer_id", "segment"]]
by_segment = crm.value.value_by(worth, segments, by="segment")
by_segment.figure()

# %%
by_segment

# %% [markdown] tags=["id"]
# Sepersepuluh pelanggan memegang sekitar 40% nilai yang masih akan datang. Segmen **setia** hanya 75 orang, dan nilainya hampir menyamai 254 orang segmen rutin.
#
# Selangnya sempit. Jangan tertipu: ia hanya memuat galat **parameter**. Bagian 4 menunjukkan bahwa modelnya sendiri dapat meleset jauh lebih besar. Cara yang jujur memperlihatkannya: hitung dengan dua model.

# %% [markdown] tags=["en"]
# A tenth of the customers hold about 40% of the value that is still to come. The **loyal** are 75 people, and worth nearly as much as the 254 regulars.
#
# The intervals are narrow. Do not be fooled: they hold the errors of the **parameters** only. Part 4 showed that the model itself can be off by far more. An honest way to show it: compute by both models.

# %%
by_bg = crm.value.value_by(crm.value.lifetime_value(bg, spending, summary, **terms), segments, by="segment")
other = by_bg.table.set_index("segment")
both = by_segment.table.set_index("segment")[["value", "value_low", "value_high"]].assign(bg_nbd=other["value"]) / million
print(both.round(1).to_string())

# %% [markdown] tags=["id"]
# Total kedua model berdekatan, tetapi pada segmen **tidur** keduanya berselisih hampir dua kali lipat, jauh di luar selang. Itulah pembeli sesekali yang menurut BG/NBD "pasti masih ada".
#
# ### Siapa yang harus dipertahankan?
#
# Bukan yang nilainya tertinggi begitu saja: mereka toh masih datang. Bukan pula yang sudah hampir pasti pergi. Carilah yang **besar nilainya bila masih ada** dan **diragukan** masih ada:

# %% [markdown] tags=["en"]
# The totals of both models are near each other, but on the **dormant** segment they differ by nearly twice, far outside the interval. These are the occasional buyers who, says the BG/NBD, "are surely still there".
#
# ### Whom must we keep?
#
# Not simply those of the highest value: they come anyway. Nor those who are almost surely gone. Look for those who would be worth much **if they are still there** and of whom that is **in doubt**:

# %%
ranked = worth.table.merge(segments, on="customer_id")
ranked["value_if_there"] = ranked["value"] / ranked["p_alive"]
doubtful = ranked[ranked["p_alive"].between(0.3, 0.8)]
columns = ["customer_id", "segment", "frequency", "p_alive", "p_alive_low", "p_alive_high", "value", "value_if_there"]
call = doubtful.nlargest(10, "value_if_there")[columns]
print(len(doubtful), "/", len(ranked))
print(call.round(2).to_string(index=False))
doubtful["segment"].value_counts()

# %% [markdown] tags=["id"]
# Daftar ini mengatakan siapa yang **layak ditanya**, bukan siapa yang **akan kembali bila ditanya**. Apakah telepon atau voucer mengubah sesuatu hanya dapat diketahui dengan menyisakan sebagian tanpa perlakuan dan membandingkan. Dan jumlah yang pantas
# dibelanjakan untuk seseorang ialah kenaikan nilainya, bukan nilainya.
#
# ## 7. "Retensi naik 5%, laba naik 25 sampai 95%"
#
# Kalimat ini ada di hampir semua buku dan presentasi CRM. Ia tidak menyebut retensi awalnya, diskontonya, biaya merebut pelanggan, ataupun apakah 5% berarti poin. Hitunglah:

# %% [markdown] tags=["en"]
# The list says whom it is **worth asking**, not who **will return if asked**. Whether a call or a voucher changes anything can only be known by leaving some without it and comparing. And what may be spent on a person is the gain in value, not the
# value.
#
# ## 7. "+5% retention brings +25 to +95% profit"
#
# The sentence is in nearly every book and talk about CRM. It names neither the retention it starts from, nor the discount, nor the cost of winning a customer, nor whether 5% are points. Work it out:

# %%
claim = crm.value.retention_profit(retention=0.80, gain_is="points")
claim.figure()

# %%
cases = {
    ".80 → .85": {"retention": 0.80, "gain_is": "points"}, ".60 → .65": {"retention": 0.60, "gain_is": "points"},
    ".90 → .95": {"retention": 0.90, "gain_is": "points"}, ".80 → .84": {"retention": 0.80, "gain_is": "relative"},
    ".80 → .85, cost 1.5": {"retention": 0.80, "gain_is": "points", "acquisition_cost": 1.5},
}
for name, case in cases.items():
    facts = crm.value.retention_profit(**case).facts
    print(f"{name:20} {crm.labels.percent(facts['uplift_share']):>7}  {facts['claim_holds']}")
claim.explain()

# %% [markdown] tags=["id"]
# Klaim itu **benar di sebagian tempat saja**. Dari retensi 80% kenaikannya 27,5%; dari 60% hanya 20,4%; bila 5% berarti relatif (80% → 84%), 21,2%. Untuk +95% biaya merebut pelanggan harus hampir dua kali margin setahun (1,895). Dan satu hal selalu lupa
# dikurangkan: **biaya menaikkan retensi itu sendiri**.
#
# Naskah yang sama memuat janji lain. Pakailah angka Anda sendiri dan bacalah dengan semua cara:

# %% [markdown] tags=["en"]
# The claim is **true in some places only**. From a retention of 80% the gain is 27.5%; from 60% only 20.4%; if 5% are relative (80% → 84%), 21.2%. For +95% winning a customer must cost nearly twice the yearly margin (1.895). And one thing is always left out: **what
# it costs to raise retention**.
#
# The same text holds more promises. Put in your own figures and read them in every way:

# %%
crm.value.kpi_claims(conversion=0.03, churn=0.05, orders=8.5, spend=430_000, nps=32)

# %%
crm.value.roi(140 * million, 100 * million)

# %% [markdown] tags=["id"]
# "ROI naik 25%" dapat berarti 50% atau 65%. "Churn turun 28%" sebagai poin tidak mungkin dari 5%. Klaim yang tidak menyebut basisnya tidak dapat diuji, dan karena itu tidak dapat dijadikan target.
#
# ## 8. Empat jebakan
#
# | jebakan | apa yang terjadi | di sini |
# |---|---|---|
# | retensi ≥ 1 + diskonto | nilai tak hingga, atau negatif bila rumusnya tetap dipakai | ditolak |
# | pesanan pada hari yang sama | orang yang notanya dipecah tampak setia | `summary` menggabungkan per hari |
# | satuan tercampur | minggu dibagi hari, bulanan bertemu tahunan | ditolak, atau dinamai pada kolom |
# | CLV sebagai fakta | satu angka tanpa selang, tanpa uji, lalu masuk kontrak | selang, `validate`, dua model |
#
# Yang kedua dan ketiga, diperlihatkan:

# %% [markdown] tags=["en"]
# "ROI up by 25%" may mean 50% or 65%. "Churn down by 28%" can't be points from 5%. A claim that does not name its base can't be tested, and so it can't be a target.
#
# ## 8. Four traps
#
# | trap | what happens | here |
# |---|---|---|
# | retention ≥ 1 + discount | an infinite value, or a negative one where the formula is used all the same | refused |
# | orders of the same day | a person whose receipts are split looks loyal | `summary` merges by day |
# | units mixed up | weeks over days, monthly meets yearly | refused, or named in the column |
# | CLV as a fact | one figure without interval or trial, and then it is in a contract | intervals, `validate`, two models |
#
# The second and the third, shown:

# %%
by_receipt = orders.groupby("customer_id")["order_id"].size() - 1
by_day = summary.table.set_index("customer_id")["frequency"]
print("merged:", summary.facts["merged_rows"], " customers:", int((by_receipt != by_day).sum()))

mixed = summary.table.rename(columns={"age_weeks": "age_months"}).assign(age_months=lambda t: t["age_months"] / 30)
try:
    crm.value.fit_bg_nbd(mixed)
except crm.UserError as refused:
    print(refused)

# %% [markdown] tags=["id"]
# ## 9. Jawaban untuk direktur
#
# 1. **Berapa nilai seorang pelanggan?** Tergantung pertanyaannya; sebutkan rumusnya. Untuk konsumen kita, tiga tahun ke depan, dihitung per orang: dari hampir nol sampai jutaan rupiah. Rata-rata menyembunyikan justru yang penting.
# 2. **Siapa yang masih pelanggan?** Kira-kira tiga dari empat konsumen; daftarnya ada, dengan peluang per orang. Pembeli satu kali jangan dinilai dengan BG/NBD.
# 3. **Siapa yang dipertahankan?** Mulailah dari sepuluh nama di bagian 6, sebagai percobaan dengan pembanding.
# 4. **Seberapa yakin?** Urutannya cukup; tingkatnya tidak. Ramalan 2020 meleset seperlima karena perusahaan tumbuh. Ulangi uji itu setiap tahun dan laporkan hasilnya bersama ramalan.
# 5. **Klaim 5%?** Jangan dijadikan target sebelum titik awal dan biayanya disebut.
#
# Notebook 13 melanjutkan ke retensi dan siklus hidup.
#
# ## Tugas
#
# 1. Hitung dengan tangan ketiga nilai untuk m = 600.000, r = 0,7, d = 0,12. *(Periksa: nilai sisa 1.000.000.)*
# 2. Retensi 98% sebulan: berapa setahun? Berapa diskonto bulanan yang setara dengan 12% setahun? *(Periksa: 78,5% dan 0,949%.)*
# 3. Pada retensi 80% dan diskonto 10%, berapa bagian nilai sisa yang datang dalam lima tahun pertama? *(Periksa: 79,7%.)*
# 4. Taksir sBG untuk pelanggan *High End* (1000, 869, 743, 653, 593, 551, 517, 491). Berapa rata-rata peluang berhentinya? *(Periksa: 14,9%.)*
# 5. Kohor yang sama, tetapi hanya 300 kontrak. Apa yang hilang dari tabel, dan mengapa?
# 6. Buang kolom tahun yang belum terjadi dari kohor PT XYZ dan isi dengan nol. Apa yang terjadi pada retensinya?
# 7. Seorang pelanggan membeli 10 kali dalam 50 minggu lalu diam 10 minggu; yang lain membeli 1 kali lalu diam 10 minggu. Dugalah peluang siapa yang lebih rendah, lalu hitung dengan `p_alive`.
# 8. Ramalkan pembelian 26 minggu ke depan dengan `pareto.expected(26)`. Mengapa selang "yang akan terhitung" lebih lebar daripada selang harapannya?
# 9. Uji `validate` untuk 2018 (`split="2017-12-31"`) dengan kedua model. Apa putusannya, dan mengapa salah satunya tidak memberi selang?
# 10. Hitung ringkasan dalam hari (`unit="day"`). Parameter mana yang berubah, dan ramalan mana yang tidak?
# 11. Lipatgandakan semua belanja dengan 1.000. Apa yang terjadi pada p, q, γ, dan nilainya?
# 12. Ganti horizon menjadi 52 minggu, lalu hapus. Segmen mana yang paling banyak berubah bagiannya?
# 13. Ganti diskonto 12% menjadi 25%. Apakah urutan sepuluh nama di bagian 6 berubah?
# 14. Cari titik awal dan biaya yang membuat klaim 25–95% berlaku di semua baris tabelnya. Adakah?
# 15. Baca "kepuasan naik 30%" untuk NPS 32 dan NPS −10. Mengapa bacaan relatif ditolak pada yang kedua?
# 16. Tulis satu paragraf untuk direktur yang memuat nilai total konsumen, selangnya, hasil uji 2020, dan satu kalimat tentang apa yang tidak diketahui model.

# %% [markdown] tags=["en"]
# ## 9. An answer for the director
#
# 1. **What is a customer worth?** That depends on the question; name the formula. Of our consumers, over three years, person by person: from next to nothing to millions of rupiah. The mean hides what matters.
# 2. **Who is still a customer?** About three consumers in four; there is a list, with a chance for each. One-time buyers must not be judged by the BG/NBD.
# 3. **Whom to keep?** Begin with the ten of part 6, as a trial with a comparison group.
# 4. **How sure?** Of the order, fairly; of the level, not. The forecast of 2020 was off by a fifth since the company grows. Repeat the trial every year and report it with the forecast.
# 5. **The 5% claim?** No target until its starting point and its cost are named.
#
# Notebook 13 goes on to retention and the lifecycle.
#
# ## Tasks
#
# 1. Work out by hand all three values of m = 600,000, r = 0.7, d = 0.12. *(Check: a residual value of 1,000,000.)*
# 2. A retention of 98% a month: how much a year? Which monthly discount comes to 12% a year? *(Check: 78.5% and 0.949%.)*
# 3. At a retention of 80% and a discount of 10%, which share of the residual value comes within the first five years? *(Check: 79.7%.)*
# 4. Fit the sBG to the *High End* customers (1000, 869, 743, 653, 593, 551, 517, 491). What is their mean chance of leaving? *(Check: 14.9%.)*
# 5. The same cohort with 300 contracts only. What is missing from the table, and why?
# 6. Fill the years that have not happened yet in PT XYZ's cohorts with zeros. What becomes of the retention?
# 7. One customer bought 10 times in 50 weeks and has been silent for 10; another bought once and has been silent for 10. Guess whose chance is lower, then compute it with `p_alive`.
# 8. Forecast the purchases of the next 26 weeks with `pareto.expected(26)`. Why is the interval of what "will be counted" wider than that of the expectation?
# 9. Try `validate` on 2018 (`split="2017-12-31"`) with both models. What is the verdict, and why does one give no interval?
# 10. Make the summary in days (`unit="day"`). Which parameters change, and which forecasts do not?
# 11. Multiply all spend by 1,000. What happens to p, q, γ and the value?
# 12. Change the horizon to 52 weeks, then leave it out. Which segment's share changes most?
# 13. Put the discount at 25% instead of 12%. Do the ten of part 6 change places?
# 14. Look for a starting point and a cost with which the claim of 25 to 95% holds in every row of its table. Is there one?
# 15. Read "satisfaction up by 30%" for an NPS of 32 and one of −10. Why is the relative reading refused for the second?
# 16. Write one paragraph for the director with the consumers' total value, its interval, the outcome of the trial on 2020, and one sentence on what the model does not know.
