# %% [markdown] tags=["id"]
# # 15 · Skor dan ketidakpastiannya: NPS, CSAT, CES
#
# **Pertanyaannya.** Direktur RS Sehat Nusantara membaca satu kalimat di salindia rapat: *"NPS turun dari 31 menjadi 24."* Ia bertanya: ***benarkah turun? Apa yang ditanyakan, kepada siapa, berapa yang menjawab? Dan siapa yang harus saya tegur?***
#
# NPS, CSAT, dan CES ada di hampir setiap laporan pengalaman pelanggan, dan hampir selalu tanpa n, tanpa selang, dan tanpa kata-kata pertanyaannya. Notebook ini menghitung ketiganya dari jawaban asli, menaruh ketidakpastian di samping setiap angka,
# lalu menguji satu per satu kalimat yang biasa dibacakan di rapat: "turun", "unit terbaik", "pelanggan kita makin tidak puas". Orang, rumah sakit, dan perusahaannya rekaan (buku, bab 7).

# %% [markdown] tags=["en"]
# # 15 · Scores and their uncertainty: NPS, CSAT, CES
#
# **The question.** The director of RS Sehat Nusantara reads one sentence on a slide: *"NPS fell from 31 to 24."* She asks: ***did it? What was asked, of whom, and how many answered? And whom must I blame?***
#
# NPS, CSAT and CES stand in nearly every report on customer experience, and nearly always without n, without an interval and without the wording of the question. This notebook works all three out from the answers, puts the uncertainty beside every number,
# and then tests one by one the sentences that meetings are made of: "it fell", "the best unit", "our customers are less and less pleased". People, hospital and company are made up (book, chapter 7).

# %% [markdown] tags=["id"]
# ## 1. Dua orang
#
# "Seberapa besar kemungkinan Anda menyarankan kami kepada keluarga atau teman?" Jawaban 9–10 = **promotor**, 7–8 = pasif, 0–6 = **detraktor**. NPS = % promotor − % detraktor. Sepuluh jawaban:

# %% [markdown] tags=["en"]
# ## 1. Two people
#
# "How likely are you to recommend us to family or friends?" Answers of 9–10 are **promoters**, 7–8 passives, 0–6 **detractors**. NPS = % promoters − % detractors. Ten answers:

# %%
import crmlab as crm
import numpy as np
import pandas as pd

ten = crm.satisfaction.nps([10, 9, 9, 8, 7, 7, 6, 3, 10, 0])
ten

# %%
ten.explain(depth="method")

# %% [markdown] tags=["id"]
# Hitung sendiri. 4 promotor, 3 detraktor, n = 10:
#
# $$\text{NPS} = 40 - 30 = +10, \qquad \text{SE} = 100\sqrt{\frac{p + d - (p-d)^2}{n}} = 100\sqrt{\frac{0{,}4 + 0{,}3 - 0{,}1^2}{10}} = 26{,}3, \qquad 10 \pm 1{,}96 \times 26{,}3 = 10 \pm 51$$
#
# Skor +10 itu mungkin −41, mungkin +61. Kini salindia direktur. Tidak ada n di sana. Misalkan tiap triwulan 29 orang menjawab; 31 dan 24 dapat terjadi begini:

# %% [markdown] tags=["en"]
# Work it out yourself. 4 promoters, 3 detractors, n = 10:
#
# $$\text{NPS} = 40 - 30 = +10, \qquad \text{SE} = 100\sqrt{\frac{p + d - (p-d)^2}{n}} = 100\sqrt{\frac{0.4 + 0.3 - 0.1^2}{10}} = 26.3, \qquad 10 \pm 1.96 \times 26.3 = 10 \pm 51$$
#
# That +10 may be −41, and may be +61. Now the director's slide. It has no n. Say that 29 people answered in each quarter; then 31 and 24 may have come about like this:

# %%
first, second = [10] * 15 + [8] * 8 + [3] * 6, [10] * 13 + [8] * 10 + [3] * 6
slide = pd.DataFrame({"quarter": ["Q1"] * 29 + ["Q2"] * 29, "nps": first + second})
fell = crm.satisfaction.difference(slide, by="quarter", pairs=[("Q2", "Q1")])
told = crm.satisfaction.nps(slide, by="quarter").table.iloc[:-1]
print(told[["quarter", "n", "promoters", "detractors", "nps"]].round(1).to_string(index=False))
fell

# %% [markdown] tags=["id"]
# **Dua orang** menjawab 8, bukan 9. Itulah seluruh "penurunan". Selisih −6,9 mempunyai selang dari −45 sampai +32; putusannya *belum pasti*. Tidak ada yang perlu ditegur.
#
# Mungkin n-nya lebih besar? Dua gelombang, masing-masing 400 jawaban, dan selisihnya 10 poin (50% promotor dan 20% detraktor, lawan 44% dan 24%):

# %% [markdown] tags=["en"]
# **Two people** said 8 instead of 9. That is the whole "fall". The difference of −6.9 has an interval from −45 to +32; the verdict is *noise*. There is nobody to blame.
#
# Perhaps n was larger? Two waves of 400 answers each, 10 points apart (50% promoters and 20% detractors, against 44% and 24%):

# %%
first, second = [10] * 200 + [8] * 120 + [3] * 80, [10] * 176 + [8] * 128 + [3] * 96
large = pd.DataFrame({"wave": [1] * 400 + [2] * 400, "nps": first + second})
waves = crm.satisfaction.difference(large, by="wave", pairs=[(1, 2)])
waves.explain(depth="method")

# %% [markdown] tags=["id"]
# Bahkan 10 poin dengan 800 jawaban masih *belum pasti*: SE 5,59, z = 1,79, p = 0,074. NPS boros jawaban, sebab skala 11 titik dipadatkan menjadi tiga (+1, 0, −1) dan kedua ujungnya dikurangkan. Jadi pertanyaan pertama untuk setiap NPS: **n berapa?**
#
# ## 2. Mengapa selangnya bukan 10 ± 51
#
# Di tabel bagian 1, selang sepuluh jawaban itu −38 sampai +53, bukan −41 sampai +61. Rumus buku teks (*Wald*) tidak menepati janjinya pada n kecil. Jangan percaya; hitung. Buatlah 2.000 survei dari kebenaran yang **kita ketahui** (54% promotor, 16% detraktor: NPS 38),
# masing-masing hanya 10 jawaban, dan hitung berapa selang yang memuat 38:

# %% [markdown] tags=["en"]
# Even 10 points with 800 answers are noise: SE 5.59, z = 1.79, p = 0.074. NPS is wasteful of answers, since a scale of 11 points is squeezed into three (+1, 0, −1) and the two ends are subtracted. So the first question about any NPS is: **what was n?**
#
# ## 2. Why the interval is not 10 ± 51
#
# In the table of part 1 the interval of those ten answers runs from −38 to +53, not from −41 to +61. The textbook's formula (*Wald*) does not keep its promise at small n. Don't believe it; count. Make 2,000 surveys from a truth that **we know** (54% promoters, 16% detractors: NPS 38),
# of only 10 answers each, and count how many intervals hold 38:

# %%
rng = np.random.default_rng(7)
promise = {}
for promoters, detractors, n in ((0.54, 0.16, 10), (0.80, 0.05, 10), (0.80, 0.05, 20)):
    drawn = rng.choice([10, 8, 3], 2000 * n, p=[promoters, 1 - promoters - detractors, detractors])
    surveys = pd.DataFrame({"nps": drawn, "survey": np.repeat(range(2000), n)})
    found = crm.satisfaction.nps(surveys, by="survey", least_n=1).table.iloc[:-1]
    truth, score = 100 * (promoters - detractors), found["nps"]
    textbook = 1.96 * 100 * np.sqrt((found["promoter_share"] + found["detractor_share"] - (score / 100) ** 2) / n)
    inside = (found["nps_low"] <= truth) & (truth <= found["nps_high"])
    promise[f"NPS {truth:.0f}, n = {n}"] = {"Wald": ((score - truth).abs() <= textbook).mean(), "crmlab": inside.mean()}
for share, n in ((0.8, 20), (0.95, 20)):
    surveys = pd.DataFrame({"csat": rng.choice([5, 2], 2000 * n, p=[share, 1 - share]), "survey": np.repeat(range(2000), n)})
    found = crm.satisfaction.csat(surveys, by="survey", least_n=1).table.iloc[:-1]
    textbook = 1.96 * np.sqrt(found["csat"] * (1 - found["csat"]) / n)
    inside = (found["csat_low"] <= share) & (share <= found["csat_high"])
    promise[f"CSAT {share:.0%}, n = {n}"] = {"Wald": ((found["csat"] - share).abs() <= textbook).mean(), "crmlab": inside.mean()}
pd.DataFrame(promise).T.round(3)

# %% [markdown] tags=["id"]
# Selang "95%" dari buku teks memuat kebenaran hanya pada 86–89% survei NPS, dan pada kira-kira **enam dari sepuluh** survei CSAT yang hampir semua orangnya puas. Sebabnya mudah dilihat: bila sepuluh orang semuanya menjawab 10, rumus itu memberi selang selebar nol, seolah-olah kita pasti.
#
# * **NPS: Wald yang disesuaikan.** Tambahkan dahulu ¾ promotor, ¾ detraktor, dan 1½ pasif (tiga jawaban bayangan), baru hitung. Untuk n = 10: $(4{,}75 - 3{,}75)/13 = 7{,}7$, dan selangnya −38 sampai +53.
# * **CSAT: Wilson.** Bagian yang puas, dengan selang yang tidak pernah keluar dari 0–100%. Pada baris terakhir ia menepati 93%: dua puluh jawaban tidak dapat memberi 95% tepat, sebab orang tidak dapat dibagi.
#
# Harganya: selang itu tidak simetris terhadap skornya. Itu bukan kesalahan; skor yang sudah tinggi lebih mungkin turun.

# %% [markdown] tags=["en"]
# The textbook's "95%" intervals hold the truth in only 86–89% of the NPS surveys, and in about **six of ten** CSAT surveys where nearly everybody is pleased. It is easy to see why: if ten people all say 10, the formula gives an interval of no width, as though we were certain.
#
# * **NPS: adjusted Wald.** First add ¾ of a promoter, ¾ of a detractor and 1½ passives (three answers that nobody gave), then compute. For n = 10: $(4.75 - 3.75)/13 = 7.7$, and the interval runs from −38 to +53.
# * **CSAT: Wilson.** The share of those pleased, with an interval that never leaves 0–100%. In the last row it keeps 93%: twenty answers can't give 95% exactly, as people come whole.
#
# The price: such an interval does not lie symmetrically around its score. That is no mistake; a score that is high already has more room to fall.

# %%
crm.satisfaction.csat([5, 4, 4, 3, 2, 5, 1, 4])

# %% [markdown] tags=["id"]
# Delapan jawaban CSAT: 5 dari 8 menjawab 4 atau 5, jadi 62,5%, dengan selang 30,6–86,3%. Skala lain (1–4, 1–7) dinyatakan dengan `scale=`; jawaban yang tidak mungkin ditolak atau dihitung tersendiri:

# %% [markdown] tags=["en"]
# Eight CSAT answers: 5 of 8 said 4 or 5, that is 62.5%, with an interval of 30.6–86.3%. Other scales (1–4, 1–7) are said with `scale=`; answers that can't be are refused, or counted apart:

# %%
messy = crm.satisfaction.nps(["10", "9", "N/A", "", None, "11", "7", "3", "8", "9", "10", "6", "7"])
print(*(note.render() for note in messy.notes), sep="\n")

# %%
try:
    crm.satisfaction.nps([1, 2, 3, 4, 5] * 4)
except crm.UserError as refused:
    print(refused.render())

# %% [markdown] tags=["id"]
# ## 3. Apa yang ditanyakan, kepada siapa, berapa yang menjawab
#
# Sekarang rumah sakitnya sendiri. Setelah kunjungan, sebagian pasien diundang menjawab survei. Undangan dan jawaban ialah **dua tabel yang berbeda**; laporan yang hanya memuat jawaban tidak dapat menyebut tingkat jawabannya.

# %% [markdown] tags=["en"]
# ## 3. What was asked, of whom, and how many answered
#
# Now the hospital itself. After a visit some patients are invited to a survey. Invitations and answers are **two different tables**; a report with the answers alone can't tell its response rate.

# %%
clinic = crm.datasets.load_hospital("S", layer="clean").tables
visits = clinic["visits"].merge(clinic["units"][["unit_id", "unit"]], on="unit_id")
visits = visits.merge(clinic["payers"][["payer_id", "payer_group"]], on="payer_id")
visits = visits.rename(columns={"unit": "care_unit"}).assign(year=lambda t: t["checked_in_at"].dt.year)
seen = visits[["visit_id", "care_unit", "payer_group", "year", "wait_minutes"]]
asked = clinic["survey_invitations"].merge(seen, on="visit_id")
answers = clinic["survey_answers"].merge(asked.drop(columns=["answered", "asked_on"]), on="survey_id")

overall = crm.satisfaction.nps(answers, by="year", customer="patient_id", invited=asked)
overall.figure()

# %%
overall.table[["year", "invited", "n", "people", "response_share", "nps", "nps_low", "nps_high", "verdict"]].round(2)

# %% [markdown] tags=["id"]
# Seperempat yang diundang menjawab. Putusan *nyata* di sini menjawab pertanyaan kecil: apakah skornya pasti di atas nol? Apakah tahun-tahun itu **berbeda**, itu pertanyaan lain (bagian 9). Ada orang yang menjawab lebih dari sekali; jawabannya mirip dengan jawabannya sendiri, jadi 435 jawaban dari 370 orang tidak bernilai penuh (kolom n efektif), dan `customer=` melebarkan selangnya seperlunya.
#
# Tiga perempat yang diam: seperti apa mereka? Dan apakah kita terlalu sering bertanya? Aturan di sini: paling cepat 90 hari sekali.

# %% [markdown] tags=["en"]
# A quarter of those invited answered. The verdict *real* answers a small question here: is the score surely above zero? Whether the years **differ** is another question (part 9). Some people answered more than once; their answers are alike, so 435 answers by 370 people are not worth 435 (the effective n), and `customer=` widens the interval where it must.
#
# And the three quarters who kept silent: what are they like? Do we ask too often? The rule here: not twice within 90 days.

# %%
rhythm = crm.satisfaction.cadence(asked, customer="patient_id")
silent = crm.satisfaction.nonresponse(asked.assign(self_pay=asked["payer_group"] == "self_pay"), on=["wait_minutes", "self_pay"])
rhythm.explain(depth="method")

# %%
silent.explain(depth="method")

# %%
sent = pd.DataFrame({"customer_id": [1], "asked_on": ["2024-01-01"]})
crm.satisfaction.may_ask(sent, [1, 2], on="2024-02-10")

# %% [markdown] tags=["id"]
# Satu dari delapan undangan dikirim terlalu cepat: pasien yang sering sakit ditanya terus. Di rumah sakit ini yang menjawab tidak nyata berbeda dari yang diam. Di PT XYZ lain ceritanya.
#
# ## 4. Yang setia lebih rajin menjawab: skor mentah dan skor tertimbang

# %% [markdown] tags=["en"]
# One invitation in eight came too soon: patients who are often ill are asked again and again. At this hospital those who answered don't surely differ from those who did not. At PT XYZ they do.
#
# ## 4. The loyal answer more: the raw score and the weighted one

# %%
shop = crm.datasets.load_retail("S", "clean").tables
orders = shop["sales"].loc[shop["sales"]["status"] != "cancelled"].groupby("customer_id")["order_id"].count()
invited = shop["survey_invitations"].assign(orders=lambda t: t["customer_id"].map(orders).fillna(0))
invited["loyalty"] = pd.cut(invited["orders"], [-1, 14, 29, 1000], labels=["0-14", "15-29", "30+"]).astype(str)
bought = shop["survey_answers"].merge(invited[["survey_id", "customer_id", "loyalty"]], on="survey_id")

loyal = crm.satisfaction.nps(bought, by="loyalty", customer="customer_id", invited=invited)
loyal.table[["loyalty", "invited", "n", "response_share", "nps", "nps_low", "nps_high"]].round(2)

# %%
register = invited["loyalty"].value_counts()
stratified = crm.satisfaction.standardised(bought, on="loyalty", to=register.to_dict(), customer="customer_id")
bought["weight"] = bought["loyalty"].map(register / bought["loyalty"].value_counts())
weighted = crm.satisfaction.nps(bought, weights="weight", customer="customer_id")
weighted.table[["n", "n_effective", "nps_raw", "nps", "nps_low", "nps_high"]].round(1)

# %% [markdown] tags=["id"]
# Pembeli yang paling setia menjawab tiga kali lebih rajin daripada yang jarang datang, dan skornya lebih tinggi. Skor mentah karena itu **terlalu manis**. *Pascastratifikasi* mengembalikan bagian tiap kelompok ke bagiannya dalam daftar undangan; skornya turun, dan selangnya memakai n efektif, sebab jawaban berbobot besar lebih
# sedikit nilainya: $n_{\text{efektif}} = (\sum w)^2 / \sum w^2$. Laporkan **keduanya**, yang mentah di samping yang tertimbang. Bobot hanya memperbaiki yang diketahui (kesetiaan), bukan yang tidak diketahui (suasana hati).
#
# ## 5. CES: arah skala harus disebut
#
# "Seberapa besar upaya Anda?" CES 1.0: 1 = mudah. CES 2.0 ("perusahaan ini memudahkan saya"): 7 = mudah. Tujuh jawaban CES 1.0:

# %% [markdown] tags=["en"]
# The most loyal buyers answer three times as often as those who seldom come, and their score is higher. The raw score is therefore **too sweet**. *Post-stratification* gives each group the share that it has in the list of those invited; the score falls, and its interval goes by the effective n, as answers of heavy weight are
# worth less: $n_{\text{effective}} = (\sum w)^2 / \sum w^2$. Report **both**, the raw one beside the weighted. Weights mend only what is known (loyalty), not what is not known (moods).
#
# ## 5. CES: the scale's direction must be said
#
# "How much effort did it take?" CES 1.0: 1 = easy. CES 2.0 ("the company made it easy for me"): 7 = easy. Seven answers to CES 1.0:

# %%
seven = crm.satisfaction.ces([1, 2, 2, 3, 5, 7, 2], scale=(1, 7), easy="low")
seven.explain(depth="method")

# %%
try:
    crm.satisfaction.ces(answers, scale=(1, 7), easy="low")
except crm.UserError as refused:
    print(refused.render())

# %% [markdown] tags=["id"]
# Rumah sakit mengganti pertanyaannya di tengah jalan. Perintah di atas **ditolak**: dua versi yang berlawanan arah tidak boleh dijumlahkan. Apa yang terjadi bila orang tetap menggambarnya sebagai satu deret?

# %% [markdown] tags=["en"]
# The hospital changed its question half way. The command above is **refused**: two versions that run opposite ways must not be added up. What happens to those who draw them as one series all the same?

# %%
naive = crm.satisfaction.trend(answers, when="answered_on", period="quarter", measure="mean", score="ces", scale=(1, 7))
naive.figure()

# %%
versions = crm.satisfaction.ces(answers, scale=(1, 7), easy={1: "low", 2: "high"}, version="ces_version", customer="patient_id")
effort = answers["ces"].where(answers["ces_version"] == 1, 8 - answers["ces"])
turned = crm.satisfaction.trend(answers.assign(effort=effort), when="answered_on", period="quarter", measure="mean", score="effort", scale=(1, 7))
print(f"pooled: {versions.facts['pooled_mean_without_meaning']:.2f}; changes: {naive.facts['changes']} -> {turned.facts['changes']}")
versions

# %% [markdown] tags=["id"]
# Deret itu melonjak pada triwulan ketiga 2023, persis saat pertanyaannya diganti, dan pendeteksi perubahan menemukannya. Lonjakan itu **nyata dan tidak berarti apa-apa**: pertanyaannya yang berbalik. Setelah dibalik kembali tidak ada perubahan, dan bagian yang merasa mudah tetap sekitar 80% di kedua versi. Rata-rata gabungan 3,66 tidak menjawab pertanyaan mana pun.
#
# ## 6. Siapa yang berbeda? Dua belas unit, 66 perbandingan

# %% [markdown] tags=["en"]
# The series leaps in the third quarter of 2023, just when the question was changed, and the search for change points finds it. The leap is **real and means nothing**: the question turned round. Turned back, there is no change, and the share of those who found it easy stays near 80% in both versions. The pooled mean of 3.66 answers no question at all.
#
# ## 6. Who differs? Twelve units, 66 comparisons

# %%
units = crm.satisfaction.nps(answers, by="care_unit", customer="patient_id", invited=asked)
units.figure()

# %% [markdown] tags=["id"]
# *Medical check-up* disebut namanya tanpa skor: sembilan jawaban hanya kebetulan, dan di unit sekecil itu orang dapat menebak siapa yang menulis apa. Jawabannya tetap ikut dalam total.
#
# THT memimpin dengan +65. Apakah ia lebih baik dari yang lain? Bandingkan semua pasangan:

# %% [markdown] tags=["en"]
# The check-up unit is named without a score: nine answers are noise, and in so small a unit people can guess who wrote what. Its answers still count in the total.
#
# ENT leads with +65. Is it better than others? Compare all pairs:

# %%
pairs = crm.satisfaction.difference(answers, by="care_unit", customer="patient_id")
print({k: pairs.facts[k] for k in ("pairs", "real_without_holm", "real")})
pairs.table.sort_values("p_value")[["group_one", "group_other", "n_one", "n_other", "difference", "p_value", "p_holm", "verdict"]].head(6).round(3)

# %% [markdown] tags=["id"]
# Tanpa penyesuaian, enam pasangan "nyata", dan keenamnya tentang THT. Namun kita bertanya 66 kali; dengan batas 5%, kira-kira tiga akan tampak nyata walaupun semua unit sama. **Holm** menuntut bukti yang lebih kuat, makin banyak makin kuat: tidak satu pun tersisa. THT terpilih *karena* ia yang tertinggi, lalu diuji seolah-olah dipilih sebelumnya.
#
# ## 7. Tabel peringkat tanpa mempermalukan orang
#
# Peringkat telanjang menghukum unit kecil: merekalah yang selalu di puncak dan di dasar, sebab skor dari 20 jawaban berayun lebih jauh. Dua gambar yang lebih jujur: **corong** (di antara garisnya jatuh 95% unit yang sebenarnya sama dengan yang lain), dan **skor yang ditarik ke rata-rata** sejauh ia tidak pasti.

# %% [markdown] tags=["en"]
# Unadjusted, six pairs are "real", and all six are about ENT. But we asked 66 times; at 5%, about three will look real though all units are the same. **Holm** wants stronger evidence, the stronger the more is asked: not one remains. ENT was picked *because* it is the highest, and then tested as though it had been chosen beforehand.
#
# ## 7. A league table that shames nobody
#
# Naked ranks punish small units: it is always they who stand at the top and at the bottom, as a score of 20 answers swings further. Two pictures are more honest: the **funnel** (between its lines fall 95% of units that are like all others), and **scores drawn towards the mean** as far as they are uncertain.

# %%
table = crm.satisfaction.league(answers, by="care_unit")
table.figure()

# %%
table.figure(of="units")

# %%
table.table[["care_unit", "n", "score", "shrunk", "rank", "rank_low", "rank_high", "verdict"]].round(1)

# %% [markdown] tags=["id"]
# THT ditarik dari +65 menjadi +33; peringkatnya "1", tetapi yang mungkin ialah 1 sampai 11 (himpunan, sebab peringkat itu bilangan bulat; memuat yang benar sekurang-kurangnya 95%). Unit terakhir mungkin sebenarnya yang kedua. **Tidak ada unit yang nyata berbeda**, jadi tidak ada piala dan tidak ada teguran. Yang dapat dikatakan: simpangan antarunit sekitar 6 poin, dan itu pun mungkin nol.
#
# ## 8. Kelompok pembayar: yang ini nyata

# %% [markdown] tags=["en"]
# ENT is drawn from +65 to +33; its rank is "1", but possible are 1 to 11 (a set, as ranks are whole numbers; it holds the true one 95% of the time at least). The last unit may well be the second. **No unit is surely different**, so there is no cup and no blame. What can be said: units differ by about 6 points (standard deviation), and even that may be nothing at all.
#
# ## 8. Payers: this one is real

# %%
payers = crm.satisfaction.nps(answers, by="payer_group", customer="patient_id", invited=asked)
payers.figure()

# %%
crm.satisfaction.difference(answers, by="payer_group", customer="patient_id").figure()

# %% [markdown] tags=["id"]
# Pasien BPJS jauh lebih jarang menyarankan rumah sakit ini daripada pasien asuransi dan umum, dan selisih itu bertahan terhadap Holm. (Mengapa? Notebook 16: bukan orangnya, tetapi ruang tunggunya.)
#
# ## 9. Paradoks Simpson: totalnya turun, padahal tidak ada yang turun
#
# Mulai dari yang dapat dihitung tangan. Dua gelombang, dua kelompok; skor tiap kelompok **tidak berubah sama sekali**:

# %% [markdown] tags=["en"]
# BPJS patients (the national scheme) recommend this hospital far less than insured and self-paying patients, and that difference stands up to Holm. (Why? Notebook 16: not the people, the waiting room.)
#
# ## 9. Simpson's paradox: the total fell though nobody did
#
# Begin with what can be done by hand. Two waves, two groups; the score of neither group **changes at all**:

# %%
counts = {(1, "a"): (60, 20), (1, "b"): (5, 15), (2, "a"): (15, 5), (2, "b"): (20, 60)}
rows = [(w, g, s) for (w, g), (up, down) in counts.items() for s in [10] * up + [2] * down]
small = crm.satisfaction.standardised(pd.DataFrame(rows, columns=["wave", "payer", "nps"]), by="wave", on="payer", to=1)
small.figure()

# %% [markdown] tags=["id"]
# Kelompok a tetap +50, kelompok b tetap −50. Di gelombang 1 kelompok a 80 dari 100 orang: $0{,}8 \times 50 + 0{,}2 \times (-50) = +30$. Di gelombang 2 tinggal 20 dari 100: $-30$. Totalnya jatuh 60 poin dan tidak seorang pun berubah pendapat. **Standardisasi** menghitung kedua gelombang pada komposisi yang sama; perubahannya nol.
#
# Rumah sakitnya: sejak 2021 bagian pasien BPJS terus naik.

# %% [markdown] tags=["en"]
# Group a stays at +50, group b at −50. In wave 1, a is 80 of 100 people: $0.8 \times 50 + 0.2 \times (-50) = +30$. In wave 2 it is 20 of 100: $-30$. The total drops by 60 points and nobody has changed an opinion. **Standardisation** works both waves out at one and the same mix; the change is nil.
#
# The hospital: since 2021 the share of BPJS patients has kept growing.

# %%
mix = pd.crosstab(answers["year"], answers["payer_group"], normalize="index").round(2)
print(mix)
fixed = crm.satisfaction.standardised(answers, by="year", on="payer_group", to=2021, customer="patient_id")
fixed.figure()

# %%
fixed.explain(depth="method")

# %% [markdown] tags=["id"]
# Dari 2021 ke 2024 NPS mentah turun hampir 7 poin: persis sebesar penurunan di salindia. Pada komposisi pembayar 2021 ia **naik** 3 poin. Dan kedua perubahan itu, dengan kira-kira 110 jawaban setahun, tetap *belum pasti*. Dua kalimat benar sekaligus: komposisinya berubah, dan datanya terlalu sedikit untuk lebih dari itu.
#
# ## 10. Sejak kapan? Tren dan titik perubahan

# %% [markdown] tags=["en"]
# From 2021 to 2024 the raw NPS fell by nearly 7 points: just as much as on the slide. At the payers' mix of 2021 it **rose** by 3. And both of these changes, with some 110 answers a year, remain *noise*. Two sentences are true at once: the mix has changed, and there are too few answers for more than that.
#
# ## 10. Since when? Trend and change points

# %%
trend = crm.satisfaction.trend(answers, when="answered_on", period="quarter")
trend.figure()

# %%
trend.explain(depth="short")

# %% [markdown] tags=["id"]
# Triwulan pertama +64, dua tahun kemudian −13: cerita "kejatuhan" yang sempurna, lengkap dengan grafiknya. Pendeteksi menemukan **tidak ada perubahan**: deret sependek dan setipis ini berayun sejauh itu dengan sendirinya. Bandingkan dengan CES di bagian 5, yang lonjakannya ditemukan pada triwulannya.
#
# ## 11. Berapa jawaban yang diperlukan?
#
# Rencanakan **sebelum** bertanya. Untuk melihat penurunan 7 poin seperti di salindia:

# %% [markdown] tags=["en"]
# The first quarter is at +64, two years later it is −13: a perfect story of decline, with a chart to go with it. The search finds **no change**: so short and thin a series swings that far by itself. Compare the CES of part 5, whose leap was found in its very quarter.
#
# ## 11. How many answers does it take?
#
# Plan **before** asking. To see a fall of 7 points such as the slide's:

# %%
response = rhythm.facts["response_share"]
plan = crm.satisfaction.sample_size("nps", difference=[7, 10, 15, 20], promoters=0.5, detractors=0.2, response_share=response)
plan

# %%
margins = crm.satisfaction.sample_size("nps", margin=[20, 15, 10, 5, 2.5], promoters=0.5, detractors=0.2, response_share=response)
margins.figure()

# %% [markdown] tags=["id"]
# $$n = \frac{z^2\,(p + d - (p-d)^2)}{\text{batas}^2} = \frac{1{,}96^2 \times 0{,}61}{0{,}05^2} = 938$$
#
# Separuh batas perlu empat kali jawaban. Melihat penurunan 7 poin perlu hampir 2.000 jawaban **per gelombang**, lebih dari 8.000 undangan; rumah sakit ini mengundang kurang dari 500 setahun. Jadi laporan NPS bulanan per unit bukan laporan, melainkan horoskop. Pilihannya: bertanya lebih banyak, melaporkan lebih jarang, atau
# memakai skor yang lebih hemat (rata-rata 1–5, bagian 4–5).
#
# ## 12. Jawaban untuk direktur
#
# 1. **"Turun dari 31 ke 24"**: tidak dapat disimpulkan. Dengan 29 jawaban, itu dua orang. Minta n dan selang di setiap salindia.
# 2. **Siapa yang ditegur?** Tidak ada. Tidak satu unit pun nyata berbeda; THT di puncak karena 23 jawaban berayun.
# 3. **Yang nyata:** pasien BPJS kurang puas, dan bagian mereka bertambah. Itu mengubah total tanpa siapa pun berubah.
# 4. **Yang dibetulkan:** versi CES dipisah, jeda 90 hari ditegakkan, skor tertimbang di samping skor mentah.
# 5. **Berapa lagi?** 235 jawaban untuk ±10 poin. Laporkan tahunan untuk rumah sakit, tidak per unit.
#
# ### Jebakan yang sudah Anda lewati
#
# | jebakan | tandanya | jalan keluarnya |
# |---|---|---|
# | skor tanpa n | "NPS kami 31" | n, selang, putusan |
# | selang buku teks pada n kecil | 10 dari 10 puas, "pasti" | Wald yang disesuaikan, Wilson |
# | satu orang banyak jawaban | 435 jawaban, 370 orang | `customer=` |
# | CES 1.0 dicampur 2.0 | lonjakan pada hari pertanyaan diganti | `version=` dan `easy=` |
# | banyak perbandingan | "enam pasang nyata" dari 66 | Holm |
# | peringkat telanjang | unit kecil di puncak dan di dasar | corong, tarikan ke rata-rata |
# | komposisi berubah | total turun, kelompok tidak | standardisasi |
# | yang menjawab bukan yang diundang | tingkat jawaban berbeda menurut kelompok | pascastratifikasi, keduanya dilaporkan |
#
# ## Tugas
#
# 1. Hitung NPS dan selang buku teks dari 291 promotor, 476 pasif, 395 detraktor. *(Periksa: −8,95 ± 4,39.)*
# 2. Pada bagian 1, berapa jawaban per triwulan agar 31 → 24 menjadi nyata dengan p < 0,05? Cobalah kelipatan 29, lalu bandingkan dengan `sample_size`. Mengapa keduanya berbeda? *(Periksa: 35 × 29 = 1.015. Petunjuk: daya.)*
# 3. Dua puluh dari dua puluh orang menjawab 10. Apa selang buku teksnya, dan apa selang di sini? *(Periksa: 100 sampai 100; dan kurang dari 80 sampai 100.)*
# 4. Hitung dengan tangan CSAT [4, 3, 2, 1, 4] pada skala 1–4. *(Periksa: 60%.)*
# 5. Balikkan tujuh jawaban CES 1.0 di bagian 5 menjadi CES 2.0. Berapa CES-nya, dan apa yang terjadi pada bagian yang merasa mudah? *(Periksa: 4,857; tetap 71,4%.)*
# 6. Ulangi simulasi bagian 2 dengan n = 5 dan n = 100. Di mana Wald mulai dapat dipercaya?
# 7. Dari 4.000 undangan kembali 900 jawaban. Berapa tingkat jawabannya? Pasien yang diundang hari ke-40 ditahan sampai hari ke berapa? *(Periksa: 22,5%; hari ke-90.)*
# 8. Hitung CSAT menurut kelompok pembayar. Apakah urutannya sama dengan NPS? Mana yang selangnya lebih sempit, dan mengapa?
# 9. Bandingkan tiap unit dengan semua unit lain (`pairs="rest"`). Berapa perbandingan sekarang, dan adakah yang nyata?
# 10. Buat tabel peringkat dokter. Berapa dokter yang cukup jawabannya untuk ikut? Apa yang akan Anda katakan kepada direktur yang meminta "10 dokter terbaik"?
# 11. Standardisasikan ke komposisi 2024, bukan 2021. Mengapa perubahannya lain?
# 12. Ubah contoh Simpson: buat total **naik** sementara kedua kelompok turun.
# 13. Cari perubahan pada tren bulanan CSAT. Ubah `false_alarms` menjadi 0,5. Apa yang muncul, dan apakah Anda percaya?
# 14. Berapa jawaban per kelompok untuk melihat CSAT naik 5 poin dari 80%? Dan bila ada 10 perbandingan sekaligus (`comparisons=10`)?
# 15. Untuk 400 karyawan, berapa jawaban agar CSAT ±5 poin? *(Periksa: 197.)*
# 16. Tulis ulang kalimat salindia itu dalam dua baris yang dapat dipertahankan di depan direktur: apa yang ditanyakan, kepada siapa, n, skor, selang, putusan.

# %% [markdown] tags=["en"]
# $$n = \frac{z^2\,(p + d - (p-d)^2)}{\text{margin}^2} = \frac{1.96^2 \times 0.61}{0.05^2} = 938$$
#
# Half the margin takes four times the answers. To see a fall of 7 points takes nearly 2,000 answers **a wave**, more than 8,000 invitations; this hospital invites fewer than 500 a year. So a monthly NPS by unit is no report, it is a horoscope. The choice: ask more, report less often, or
# use a score that wastes less (the mean of 1–5, the share of 4–5).
#
# ## 12. An answer for the director
#
# 1. **"Fell from 31 to 24"**: can't be concluded. With 29 answers it is two people. Ask for n and an interval on every slide.
# 2. **Whom to blame?** Nobody. No unit is surely different; ENT is on top because 23 answers swing.
# 3. **What is real:** BPJS patients are less pleased, and their share grows. That moves the total without anybody's changing.
# 4. **What was mended:** versions of CES apart, the pause of 90 days kept, a weighted score beside the raw one.
# 5. **How many more?** 235 answers for ±10 points. Report the hospital by year, not the units.
#
# ### Traps that you have passed
#
# | trap | its sign | the way out |
# |---|---|---|
# | a score without n | "our NPS is 31" | n, interval, verdict |
# | the textbook's interval at small n | 10 of 10 pleased, "certain" | adjusted Wald, Wilson |
# | one person, many answers | 435 answers, 370 people | `customer=` |
# | CES 1.0 mixed with 2.0 | a leap on the day the question changed | `version=` and `easy=` |
# | many comparisons | "six real pairs" of 66 | Holm |
# | naked ranks | small units at the top and at the bottom | funnel, shrinkage |
# | a mix that moves | the total falls, no group does | standardisation |
# | who answered is not who was asked | response differs by group | post-stratification, both reported |
#
# ## Tasks
#
# 1. Work out the NPS and the textbook's interval of 291 promoters, 476 passives, 395 detractors. *(Check: −8.95 ± 4.39.)*
# 2. In part 1, how many answers a quarter make 31 → 24 real at p < 0.05? Try multiples of 29, then compare with `sample_size`. Why do they differ? *(Check: 35 × 29 = 1,015. Hint: power.)*
# 3. Twenty of twenty people say 10. What is the textbook's interval, and what is it here? *(Check: 100 to 100; and less than 80 to 100.)*
# 4. Work out by hand the CSAT of [4, 3, 2, 1, 4] on the scale 1–4. *(Check: 60%.)*
# 5. Turn the seven CES 1.0 answers of part 5 into CES 2.0. What is the CES, and what happens to the easy share? *(Check: 4.857; it stays at 71.4%.)*
# 6. Repeat the simulation of part 2 with n = 5 and n = 100. From where on can Wald be trusted?
# 7. Of 4,000 invitations 900 came back. What is the response rate? A patient to be invited on day 40 is held back until which day? *(Check: 22.5%; day 90.)*
# 8. Work out CSAT by payer. Is the order that of NPS? Which has the narrower intervals, and why?
# 9. Compare each unit with all others (`pairs="rest"`). How many comparisons are there now, and is any real?
# 10. Make a league table of doctors. How many doctors have enough answers to take part? What will you say to a director who asks for "the 10 best doctors"?
# 11. Standardise to the mix of 2024 instead of 2021. Why is the change another one?
# 12. Change the example of Simpson: let the total **rise** while both groups fall.
# 13. Look for changes in the monthly CSAT. Set `false_alarms` to 0.5. What turns up, and do you believe it?
# 14. How many answers a group does it take to see CSAT rise by 5 points from 80%? And with 10 comparisons at once (`comparisons=10`)?
# 15. For 400 employees, how many answers give a CSAT of ±5 points? *(Check: 197.)*
# 16. Rewrite the slide's sentence in two lines that can be defended before the director: what was asked, of whom, n, score, interval, verdict.
