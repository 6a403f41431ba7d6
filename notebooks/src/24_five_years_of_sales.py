# %% [markdown] tags=["id"]
# # 24 · Lima tahun penjualan: diperiksa, diurai, diramalkan
#
# **Pertanyaannya.** Rapat awal tahun PT XYZ. Direktur keuangan: "*Omzet 2020 naik 4%. Kita selamat dari pandemi.*" Kepala toko: "*Toko saya sepi.*" Kepala penjualan: "*Pesaing mengambil akun kita, tetapi ada Rp171 juta di pipeline.*" Kepala gudang hanya ingin tahu: ***berapa pesanan bulan depan, dan seberapa yakin?***
#
# Keempatnya melihat data yang sama. Lima tahun (2016–2020) cukup panjang untuk memisahkan yang **berulang** (gajian, Ramadan, Harbolnas), yang **tumbuh**, dan yang **datang sekali** (pandemi, pesaing). Buku (kasus 9.2, langkah 4) meminta data diperiksa "secara seksama" sebelum segmentasi dan peramalan. Semua orang di sini rekaan.

# %% [markdown] tags=["en"]
# # 24 · Five years of sales: checked, taken apart, carried on
#
# **The question.** PT XYZ's first meeting of the year. The finance director: "*Revenue of 2020 rose by 4%. We came through the pandemic.*" The head of stores: "*My stores are empty.*" The head of sales: "*A competitor takes our accounts, but there are Rp171 million in the pipeline.*" The head of the warehouse only wants to know: ***how many orders next month, and how sure are you?***
#
# All four look at the same data. Five years (2016–2020) are long enough to part what **comes again** (payday, Ramadan, the shopping festivals), what **grows**, and what **came once** (the pandemic, a competitor). The book (case 9.2, step 4) asks for the data to be checked "carefully" before segments and forecasts. Nobody here exists.

# %% [markdown] tags=["id"]
# ## 1. Periksa dahulu

# %% [markdown] tags=["en"]
# ## 1. Check first

# %%
import crmlab as crm
import pandas as pd

DAY = "2020-12-31"
shop = crm.datasets.load_retail("S", layer="clean")
t = shop.tables
source = crm.results.Source(shop.name, shop.hash, shop.rows("sales"))
orders = t["sales"].merge(t["channels"][["channel_id", "channel"]])
cancelled = int((orders["status"] == "cancelled").sum())
orders = orders[orders["status"] != "cancelled"].rename(columns={"total": "amount"})
audit = crm.forecasting.audit(orders, as_of=DAY, source=source)
print(cancelled, audit.explain(depth="short"))
audit.figure()

# %% [markdown] tags=["id"]
# Pesanan yang dibatalkan dikeluarkan lebih dahulu dan dihitung, bukan dihapus diam-diam. Hari tanpa pesanan bukan lubang bila pesanan memang jarang: di sini 70 hari kosong, dan lubang terpanjang satu saluran empat hari, yang sepuluh persen peluangnya terjadi begitu saja. Kasir yang mati seminggu akan tampak di sini.
#
# ## 2. Apa yang digerakkan kalender?
#
# **Gajian, dengan tangan.** Satu tahun buatan: 13 pesanan pada hari gajian (tanggal 25 sampai 1), 10 pada hari lain. Indeksnya 13/10 = 1,30. Dari 1.827 hari, 447 ialah hari gajian.

# %% [markdown] tags=["en"]
# Cancelled orders are taken out first and counted, not dropped silently. A day without an order is no gap where orders are few: there are 70 here, and the longest gap of a channel is four days, which comes by itself one time in ten. A till that was off for a week would show.
#
# ## 2. What does the calendar move?
#
# **Payday, by hand.** A made-up year: 13 orders on days of payday (the 25th to the 1st), 10 on others. The index is 13/10 = 1.30. Of 1,827 days, 447 are payday.

# %%
days = pd.date_range("2019-01-01", "2019-12-31")
toy = pd.DataFrame({"ordered_at": days.repeat([13 if d.day >= 25 or d.day == 1 else 10 for d in days])})
print(round(float(crm.forecasting.decompose(toy, as_of="2019-12-31", by=None, factors=["payday"]).table.iloc[1]["ratio"]), 2))
payday = crm.forecasting.payday(orders, as_of=DAY, source=source)
print(payday.facts["payday_days"], "/", payday.facts["days"])
payday.figure()

# %% [markdown] tags=["id"]
# Semua saluran konsumen sekitar 1,3 sampai 1,4; tenaga penjualan *belum pasti*, sebab perusahaan tidak gajian.
#
# **Sekarang semua sekaligus.** Model Poisson per saluran: hari biasa sebuah saluran dikali faktor hari itu. Rentangnya memakai galat yang lebih besar di antara dua cara, sebab hari-hari berbeda lebih daripada kebetulan dan saling mengikuti.
#
# $$\log(\text{rata-rata sehari}) = \text{dasar} + \text{tren} \cdot \text{tahun} + \text{jumlah faktor}$$

# %% [markdown] tags=["en"]
# All consumer channels are at about 1.3 to 1.4; field sales are *not proven*, as companies have no payday.
#
# **Now all at once.** A Poisson model for each channel: an ordinary day of the channel times the factors of that day. The intervals use the larger of two errors, as days vary more than chance and follow each other.
#
# $$\log(\text{mean of a day}) = \text{base} + \text{trend} \cdot \text{years} + \text{sum of factors}$$

# %%
effects = crm.forecasting.decompose(orders, as_of=DAY, source=source)
effects.figure()

# %%
calendar = effects.table.set_index(["factor", "channel"])
calendar.loc[["three_weeks_before", "last_week", "eve_and_day", "twelve_twelve", "eleven_eleven"], ["ratio", "ratio_low", "ratio_high", "days", "orders", "verdict"]].round(2)

# %%
for note in effects.notes[:4]:
    print("-", note.render())
print(effects.facts["real"], "/", effects.facts["rows"], round(effects.facts["by_chance"], 2))

# %% [markdown] tags=["id"]
# **Jebakan pertama: Lebaran yang rata.** Minggu terakhir sebelum Idul Fitri toko **ramai**, sedangkan tiga minggu sebelumnya marketplace yang ramai: orang memesan daring selagi masih sempat dikirim. Jumlahkan semua saluran, dan kedua gerakan itu saling menutupi.
#
# **Jebakan kedua: Mei dibanding Mei.** Idul Fitri maju sebelas hari tiap tahun. Berapa hari musim belanja Lebaran yang jatuh pada bulan Mei?

# %% [markdown] tags=["en"]
# **The first trap: a flat Idul Fitri.** In the last week before it stores are **full**, while three weeks before it is the marketplace: people order online as long as it can still be delivered. Add up all channels, and the two hide each other.
#
# **The second trap: May against May.** Idul Fitri comes eleven days earlier each year. How many days of its shopping season fall into May?

# %%
season = t["dates"][t["dates"]["idul_fitri_phase"].isin(["three_weeks_before", "last_week"])]
season.groupby([season["date"].dt.year.rename("year"), season["date"].dt.month.rename("month")]).size().unstack(fill_value=0)

# %% [markdown] tags=["id"]
# Siapa yang membandingkan Juni 2016 dengan Juni 2020 membandingkan bulan Lebaran dengan bulan biasa.
#
# Bacalah juga catatannya: tren, pembatasan, dan transisi sulit dipisahkan. Kalau tren ditaksir terlalu tinggi, pandemi ikut meleset. Dan dari 65 faktor, tiga akan tampak "nyata" karena kebetulan saja.
#
# ## 3. Yang datang sekali: pandemi, dan bukan pandemi
#
# *"Semua gara-gara pandemi"*, atau *"semua gara-gara pesaing"*? Keduanya datang pada 2020. Tandanya berbeda: pandemi mengenai **semua** pelanggan sebuah saluran pada **satu hari** (15 Maret); pesaing mengambil **akun**, satu demi satu, sejak Januari.

# %% [markdown] tags=["en"]
# Who compares June 2016 with June 2020 compares a month of Idul Fitri with an ordinary one.
#
# Read the notes, too: trend, restrictions and transition are hard to tell apart. If the trend is put too high, the pandemic is off as well. And of 65 factors, three will look "real" by chance alone.
#
# ## 3. What came once: the pandemic, and what was not the pandemic
#
# *"It was all the pandemic"*, or *"it was all the competitor"*? Both came in 2020. Their marks differ: the pandemic met **all** customers of a channel on **one day** (15 March); a competitor takes **accounts**, one after the other, from January on.

# %%
moved = crm.forecasting.shock(orders, t["customers"], as_of=DAY, source=source)
moved.figure()

# %%
breaks = moved.table.set_index(["effect", "group"])
breaks.loc[["shock", "recovery_step", "placebo", "channel_difference", "churn", "churn_early"], ["against", "ratio", "ratio_low", "ratio_high", "n", "verdict"]].round(2)

# %% [markdown] tags=["id"]
# Empat hal untuk dibaca:
#
# 1. **Toko tinggal sekitar setengah** (0,51), lalu pulih sebagian sejak September (kali 1,48). WhatsApp hampir dua kali.
# 2. **Plasebo.** Patahan pada hari yang sama setahun **sebelumnya** harus 1, dan kelima saluran memang begitu. Analisis tanpa plasebo menemukan patahan di mana saja.
# 3. **Beda antarsaluran.** Toko dibanding WhatsApp: 0,31. Itu berkata bagaimana saluran menjauh satu dari yang lain, bukan berapa toko menjual *tanpa* pandemi: tidak ada saluran yang luput.
# 4. **Pesaing.** Korporat menutup akun tiga kali lebih sering (1,3 sampai 6,8), konsumen tidak. Sebelum pandemi (Januari sampai pertengahan Maret) hanya **tiga** penutupan: *terlalu sedikit* untuk memastikan bahwa itu bukan pandemi.
#
# ## 4. Berapa pesanan bulan depan?
#
# Ukuran kesalahan, dengan tangan: datang 12 dan 8, diramalkan 10 dan 10. MAE = 2. MAPE = (2/12 + 2/8)/2 = 20,8%. **MASE** membaginya dengan kesalahan cara malas ("sama seperti musim lalu"): di bawah 1 berarti lebih baik.

# %% [markdown] tags=["en"]
# Four things to read:
#
# 1. **Stores kept about half** (0.51), then recovered in part from September on (times 1.48). WhatsApp nearly doubled.
# 2. **A placebo.** A break on the same day a year **earlier** should be 1, and in all five channels it is. An analysis without placebos finds breaks anywhere.
# 3. **Between channels.** Stores by WhatsApp: 0.31. That says how channels moved apart, not what stores would have sold *without* the pandemic: no channel was out of its reach.
# 4. **The competitor.** Companies close accounts three times as often (1.3 to 6.8), consumers don't. Before the pandemic (January to the middle of March) there were only **three** closures: *too few* to be sure that it was not the pandemic.
#
# ## 4. How many orders next month?
#
# Measures of error, by hand: 12 and 8 came, 10 and 10 were forecast. MAE = 2. MAPE = (2/12 + 2/8)/2 = 20.8%. **MASE** divides it by the error of the lazy way ("as last season"): below 1 is better.

# %%
by_hand = crm.forecasting.accuracy([12, 8], [10, 10], trained_on=[8, 10, 12, 10])
print(by_hand["mae"], round(by_hand["mape"], 3), by_hand["mase"])
ahead = crm.forecasting.forecast(orders, as_of=DAY, source=source)
print(ahead.explain(depth="method"))
ahead.figure()

# %%
months = crm.forecasting.forecast(orders, as_of=DAY, every="month", source=source)
scores = pd.concat({"day": pd.DataFrame(ahead.params["scores"]), "month": pd.DataFrame(months.params["scores"])})
scores[["model", "n", "mae", "mape", "mase", "bias", "coverage"]].round(2)

# %% [markdown] tags=["id"]
# Jawaban untuk kepala gudang: sekitar 154 pesanan dalam 28 hari, dan rentangnya per hari tercetak di gambar. Model kalender mengalahkan cara malas sebesar 28% pada hari yang belum dilihatnya (15% sampai 41%). **MAPE 42% tampak memalukan**, tetapi itu sifat hitungan kecil: lima pesanan sehari selalu meleset beberapa. Per bulan MAPE-nya 9%.
#
# Paruh awal dari titik-titik uji memilih modelnya, paruh akhir menilainya. Siapa yang memilih dan menilai dengan data yang sama memuji dirinya sendiri.
#
# **Jebakan ketiga: total yang tepat.** Putar jam ke 14 Maret 2020, sehari sebelum pembatasan. Ramalkan 28 hari, lalu lihat apa yang datang:

# %% [markdown] tags=["en"]
# The answer for the warehouse: some 154 orders in 28 days, and the interval of every day is in the figure. The calendar's model beats the lazy way by 28% on days that it had not seen (15% to 41%). **A MAPE of 42% looks shameful**, but small counts are like that: five orders a day are always a few off. By month its MAPE is 9%.
#
# The earlier half of the trial dates picks the model, the later half judges it. Who picks and judges by the same data flatters himself.
#
# **The third trap: a total that is right.** Turn the clock back to 14 March 2020, the day before the restrictions. Forecast 28 days, and see what came:

# %%
eve = "2020-03-14"
came = orders[(orders["ordered_at"] > "2020-03-15") & (orders["ordered_at"] < "2020-04-12")]
rows = []
for channel in (None, "store", "marketplace"):
    kept = orders if channel is None else orders[orders["channel"] == channel]
    said = crm.forecasting.forecast(kept[kept["ordered_at"] < "2020-03-15"], as_of=eve, by=None, models=["calendar"])
    actual = came if channel is None else came[came["channel"] == channel]
    rows.append({"channel": channel or "total", "forecast": said.facts["total"], "actual": len(actual), "model": said.facts["model"]})
turned_back = pd.DataFrame(rows).set_index("channel")
turned_back.round(0)

# %% [markdown] tags=["id"]
# Totalnya hampir tepat, dan **bagian-bagiannya salah**: toko kurang dari separuh ramalan, marketplace hampir seperempat di atasnya. Yang menyiapkan stok per gudang menurut total ini mengirim barang ke tempat yang salah. Ramalan hanya tahu yang berulang; ia tidak melihat patahan.
#
# ## 5. Tuas mana yang menggerakkan omzet?

# %% [markdown] tags=["en"]
# The total is nearly right, and **its parts are wrong**: stores got less than half of what was forecast, the marketplace nearly a quarter more. Who stocks warehouses by this total sends goods to the wrong place. A forecast knows only what comes again; it does not see a break.
#
# ## 5. Which lever moves revenue?

# %%
tree = crm.sales.revenue_tree(orders, year=2020, as_of=DAY, source=source)
print(tree.explain(depth="short"))
tree.figure()

# %% [markdown] tags=["id"]
# "Naik 4%" ialah pelanggan lebih banyak (+6%) yang membeli lebih sering (+10%) dengan keranjang lebih kecil (−11%). Direktur keuangan benar tentang jumlahnya, kepala toko benar tentang tokonya.
#
# ## 6. Pipeline: berapa nilai Rp171 juta?
#
# Dengan tangan: 100 pada 20%, 200 pada 50%, 50 pada 80% ialah 20 + 100 + 40 = 160. Peluang per tahap ditulis orang; apakah benar?

# %% [markdown] tags=["en"]
# "4% up" is more customers (+6%) who buy more often (+10%) with smaller baskets (−11%). The finance director is right about the sum, the head of stores about his stores.
#
# ## 6. The pipeline: what are Rp171 million worth?
#
# By hand: 100 at 20%, 200 at 50%, 50 at 80% are 20 + 100 + 40 = 160. The chance of each stage was written by people; is it right?

# %%
print(crm.sales.pipeline_forecast(pd.DataFrame({"amount": [100, 200, 50], "probability": [0.2, 0.5, 0.8]}), as_of=DAY).facts["weighted"])
weighted = crm.sales.pipeline_forecast(t["opportunities"], log=t["stage_log"], stages=t["stages"], as_of="2020-06-30", source=source)
print(weighted.explain(depth="short"))
weighted.table.T

# %%
tested = crm.sales.pipeline_test(t["opportunities"], dates=pd.date_range("2017-03-31", DAY, freq="QE"), log=t["stage_log"], stages=t["stages"], as_of=DAY, source=source)
print(round(tested.facts["mape"], 2), round(tested.facts["baseline_mape"], 2), tested.facts["better"])
tested.figure()

# %% [markdown] tags=["id"]
# Pada 30 Juni 2020 enam peluang terbuka, semuanya masih di tahap pertama. Dengan peluang 10% nilainya Rp17,1 juta, **bukan** Rp171 juta. Sejarah berkata tahap itu dimenangi 28%, nyata lebih tinggi daripada yang ditulis. Enam peluang, jadi hasilnya antara nol dan Rp80 juta.
#
# Dan lihat ujiannya: pada tanggal-tanggal yang lalu, siapa lebih dekat dengan kenyataan: peluang per tahap, atau cara malas (bagian yang biasanya menang)? Hampir seri: keduanya meleset sekitar separuh.
#
# **Di mana peluang macet?** Kecepatan dengan tangan: 40 peluang × 25% × Rp30 juta / 60 hari = Rp5 juta sehari.

# %% [markdown] tags=["en"]
# On 30 June 2020 six deals were open, all of them still in the first stage. At a chance of 10% they are worth Rp17.1 million, **not** Rp171 million. History says that this stage is won in 28%, surely more than was written. Six deals, so anything between nothing and Rp80 million may come.
#
# And look at the test: on earlier dates, who came nearer: chances by stage, or the lazy way (the part that is usually won)? Nearly a tie: both are off by about a half.
#
# **Where do deals get stuck?** Velocity by hand: 40 deals × 25% × Rp30 million / 60 days = Rp5 million a day.

# %%
print(crm.sales.velocity(40, 0.25, 30, 60))
stages = crm.sales.pipeline(t["opportunities"], t["stage_log"], as_of="2020-06-30", stages=t["stages"], source=source)
print(stages.explain(depth="short"))
stages.figure()

# %% [markdown] tags=["id"]
# Tahap keberatan meloloskan paling sedikit, tetapi putusannya *belum pasti*: tidak satu tahap pun terbukti lebih sempit. Jangan menyuruh pelatihan "menangani keberatan" atas 27 peluang.
#
# ## 7. Tim: siapa yang tumbuh?
#
# 40 pelanggan baru dikurangi 12 yang pergi ialah 28. Tetapi angka sebulan bergerak sendiri. **Peta kendali** mengatakan kapan sebuah bulan patut ditanyakan:

# %% [markdown] tags=["en"]
# The stage of objections lets the fewest through, but its verdict is *noise*: no stage is proven to be narrower. Don't order a training in "handling objections" on 27 deals.
#
# ## 7. The team: who grows?
#
# 40 new customers less 12 lost are 28. But a month's figure moves by itself. A **control chart** says when a month deserves a question:

# %%
people = t["customers"].drop_duplicates("customer_id", keep="last")
accounts = people.merge(t["account_reps"], on="customer_id").merge(t["sales_reps"], on="sales_rep_id")
team = crm.sales.team_growth(accounts, as_of=DAY, since="2016-01-01", source=source)
print(team.facts["new_customers"], team.facts["lost_customers"], team.facts["net"], team.table.loc[team.table["signal"], "month"].tolist())
team.figure()

# %% [markdown] tags=["id"]
# Lima tahun: 23 akun datang, 25 pergi. Dari enam puluh bulan hanya satu yang memberi tanda, November 2020. Papan peringkat tenaga penjualan dari angka sebesar ini ialah undian.
#
# ## 8. Siapa yang dihubungi, dan di mana pasarnya?
#
# Daftar pelanggan "paling bernilai" hanya berguna bila daftar **tahun lalu** terbukti berguna. *Lift* 3 berarti: sepersepuluh teratas daftar memuat tiga kali lebih banyak yang dicari daripada sepersepuluh sembarang.

# %% [markdown] tags=["en"]
# In five years 23 accounts came and 25 left. Of sixty months only one gives a signal, November 2020. A league table of sales reps from numbers of this size is a lottery.
#
# ## 8. Whom to call, and where is the market?
#
# A list of the "most valuable" customers is useful only if **last year's** list proved useful. A *lift* of 3 means: the top tenth of the list holds three times as many of those looked for as any tenth does.

# %%
questions = crm.sales.customer_questions(orders, t["campaign_sends"], as_of="2020-06-30", source=source)
lifts = pd.DataFrame({name: {end: found.facts[f"lift{end}"] for end in ("", "_low", "_high")} | {"verdict": found.facts["verdict"]} for name, found in questions.params["lifts"].items()}).T
lifts.rename(columns={"": "lift", "_low": "low", "_high": "high"})

# %%
areas = pd.DataFrame({"province": ["Jabar"], "households": [500_000], "penetration_share": [0.04], "annual_spend": [1_200_000]})
market = crm.sales.market_potential(areas, pd.DataFrame({"province": ["Jawa Barat"], "amount": [3_600_000_000]}))
print(round(market.facts["potential"] / 1e9, 6), round(market.facts["share"], 6))

# %% [markdown] tags=["id"]
# Siapa yang akan banyak belanja: daftarnya terbukti, enam kali lebih baik daripada undian. Siapa yang akan pergi: nyata, tetapi lemah. Siapa yang akan menjawab kiriman: tidak terbukti. Baca putusannya sebelum membaca daftarnya.
#
# Potensi pasar: 500.000 rumah tangga × 4% × Rp1,2 juta = Rp24 miliar; terjual Rp3,6 miliar, jadi 15,0%. *Jabar* dan *Jawa Barat* dikenali sebagai satu provinsi. Angka ini sebaik anggapannya: penetrasi 4% itu dari mana?
#
# ## 9. Kunci jawaban
#
# Delapan kebenaran kalender, pandemi, dan pesaing ditanam di dunia ini (R-T01 sampai R-T08):

# %% [markdown] tags=["en"]
# Who will spend much: that list is proven, six times better than a lottery. Who will leave: real, but weak. Who will answer a message: not proven. Read the verdict before you read the list.
#
# The market's potential: 500,000 households × 4% × Rp1.2 million = Rp24 billion; Rp3.6 billion are sold, so 15.0%. *Jabar* and *Jawa Barat* are known to be one province. The figure is as good as its assumptions: where does that penetration of 4% come from?
#
# ## 9. The answer key
#
# Eight truths of the calendar, the pandemic and the competitor are planted in this world (R-T01 to R-T08):

# %%
planted = {(code, one["what"]): one["planted"] for code, truth in shop.truths.items() for one in truth["found"]}
named = {"payday": "payday", "21 to 8 days before": "three_weeks_before", "last week before": "last_week", "eve and day": "eve_and_day", "12.12": "twelve_twelve", "11.11": "eleven_eleven"}
churn = crm.retention.churn_ratio(t["customers"], before=("2016-01-01", "2019-12-31"), after=("2020-01-01", DAY), as_of=DAY, by="customer_type").table.set_index("customer_type")
rows = []
for (truth, what), value in planted.items():
    if truth > "R-T08":
        continue
    head, _, tail = what.partition(", ")
    if head in named:
        found, name = calendar.loc[(named[head], tail)], "ratio"
    elif truth in ("R-T06", "R-T07"):
        effect = "recovery_step" if truth == "R-T07" else "shock" if tail == "store" else "whole_time"
        found, name = breaks.loc[(effect, tail)], "ratio"
    else:
        kind, _, told = what.partition(" ")
        found, name = churn.loc[kind], {"churn a month before 2020": "hazard_before", "churn a month in 2020": "hazard_after", "churn ratio": "hazard_ratio"}[told]
    low, high = found[f"{name}_low"], found[f"{name}_high"]
    rows.append({"truth": truth, "what": what, "planted": value, "estimate": found[name], "low": low, "high": high, "inside": bool(low <= value <= high)})
key = pd.DataFrame(rows)
key.round(3)

# %%
print(int(key["inside"].sum()), "/", len(key))

# %% [markdown] tags=["id"]
# Semuanya di dalam rentangnya. Dunia ini disaring supaya begitu; data Anda tidak. Dan satu hal yang **tidak** ditanam sebagai kebenaran yang disaring: pertumbuhan. Pada situs web taksirannya meleset dari nilai pembuatnya. Rentang 95% boleh begitu, satu dari dua puluh.
#
# ### Yang tidak dapat disimpulkan
#
# 1. Berapa toko menjual tanpa pandemi.
# 2. Bahwa pesaing *menyebabkan* akun tutup.
# 3. Pengaruh 11.11: lima hari, lima pesanan di marketplace.
# 4. Tahap pipeline yang paling sempit, dan tenaga penjualan yang terbaik.
#
# ## Tugas
#
# 1. 15 pesanan pada hari gajian, 12 pada hari lain. Berapa indeksnya? *(Periksa: 1,25.)*
# 2. Ramalan 20, datang 25; ramalan 30, datang 24. Berapa MAE dan MAPE? *(Periksa: 5,5 dan 22,5%.)*
# 3. Hitung tanggal Idul Fitri 2021 dan hari musim belanjanya yang jatuh pada April. Apa artinya untuk target April?
# 4. Jalankan `decompose` dengan `value="amount"`. Faktor mana yang berubah arti, dan mengapa?
# 5. Jalankan `decompose` tanpa `restrictions` dan `transition`. Apa yang terjadi pada tren toko?
# 6. Geser `begins` pada `shock` ke 15 Maret 2018 dengan data sampai 2019. Berapa saluran yang "patah"?
# 7. Ramalkan hanya WhatsApp. Apakah modelnya masih mengalahkan cara malas?
# 8. Mengapa MAPE tidak dapat dipakai bila ada hari tanpa pesanan? Apa yang dilakukan `accuracy` dengan hari itu?
# 9. Naikkan cakupan ramalan menjadi 80% dengan `level`. Kapan kepala gudang lebih suka itu?
# 10. 60 peluang, 20% menang, Rp50 juta, 75 hari: berapa kecepatannya? *(Periksa: Rp8,0 juta sehari.)*
# 11. 80 juta pada 25%, 40 juta pada 75%: berapa nilai tertimbangnya? *(Periksa: Rp50,0 juta.)*
# 12. Tulis ulang peluang per tahap dari sejarah, lalu ulangi `pipeline_test`. Mengapa itu curang?
# 13. Berapa bulan dari enam puluh yang Anda harapkan di luar batas karena kebetulan saja?
# 14. Ambil potensi pasar untuk *Papua* dengan pembagian 38 provinsi. Bagian mana yang taksiran?
# 15. Ulangi bagian 3 dengan ukuran M. Apakah tiga penutupan sebelum pandemi kini cukup banyak?
# 16. Jawab keempat orang di rapat, masing-masing dalam satu kalimat dengan satu angka dan rentangnya.

# %% [markdown] tags=["en"]
# All are inside their intervals. This world was screened so that they are; your data were not. And one thing is **no** screened truth: growth. The website's estimate misses what its maker wrote. An interval of 95% may, one time in twenty.
#
# ### What can't be concluded
#
# 1. What stores would have sold without the pandemic.
# 2. That the competitor *made* accounts close.
# 3. The effect of 11.11: five days, five orders on the marketplace.
# 4. Which stage of the pipeline is narrowest, and which sales rep is best.
#
# ## Tasks
#
# 1. 15 orders on payday, 12 on other days. What is the index? *(Check: 1.25.)*
# 2. Forecast 20, came 25; forecast 30, came 24. What are MAE and MAPE? *(Check: 5.5 and 22.5%.)*
# 3. Work out the date of Idul Fitri 2021 and the days of its shopping season in April. What does that mean for April's target?
# 4. Run `decompose` with `value="amount"`. Which factor changes its meaning, and why?
# 5. Run `decompose` without `restrictions` and `transition`. What becomes of the stores' trend?
# 6. Move `begins` in `shock` to 15 March 2018, with data until 2019. How many channels "break"?
# 7. Forecast WhatsApp alone. Does the model still beat the lazy way?
# 8. Why is MAPE of no use where there are days without an order? What does `accuracy` do with them?
# 9. Let the forecast's intervals hold 80% by `level`. When does the warehouse prefer that?
# 10. 60 deals, 20% won, Rp50 million, 75 days: what is the velocity? *(Check: Rp8.0 million a day.)*
# 11. 80 million at 25%, 40 million at 75%: what is the weighted value? *(Check: Rp50.0 million.)*
# 12. Write the stages' chances anew from history and do `pipeline_test` again. Why is that cheating?
# 13. Of sixty months, how many do you expect outside the limits by chance alone?
# 14. Take the market potential of *Papua* in the division of 38 provinces. Which part is an estimate?
# 15. Do part 3 with size M. Are there enough closures before the pandemic now?
# 16. Answer the four people at the meeting, each in one sentence with one number and its interval.
