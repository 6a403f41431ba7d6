# %% [markdown] tags=["id"]
# # 16 · Penggerak: apa yang menggerakkan skor
#
# **Pertanyaannya.** Notebook 15 membuat direktur RS Sehat Nusantara berhenti percaya pada naik turunnya skor. Kini ia bertanya: ***baik, lalu apa yang harus saya perbaiki? Apakah skor ini menebak siapa yang kembali? Apa yang ditulis pasien? Dan kalau saya menangani keluhan lebih cepat, berapa nilainya?***
#
# Jawaban yang lazim ialah grafik "penggerak" dari aplikasi survei, dengan satu angka per faktor dan sebuah kata: *menyebabkan*. Notebook ini menghitungnya sendiri, menaruh kinerja di samping kepentingan, menunjukkan kapan angkanya tidak dapat dipisahkan, dan mengatakan keras-keras kapan hubungan bukan sebab. Semuanya rekaan
# (buku, bagian 7.1).

# %% [markdown] tags=["en"]
# # 16 · Drivers: what moves the score
#
# **The question.** Notebook 15 made the director of RS Sehat Nusantara stop believing in the ups and downs of a score. Now she asks: ***fine, and what must I mend? Do these scores tell who comes back? What do patients write? And if I settle complaints faster, what is that worth?***
#
# The usual answer is a chart of "drivers" from a survey tool, one number a factor, and a word: *causes*. This notebook works it out itself, puts performance beside importance, shows when the numbers can't be told apart, and says aloud when association is not cause. All of it is made up
# (book, section 7.1).

# %% [markdown] tags=["id"]
# ## 1. Delapan faktor, dengan tangan
#
# Buku (bagian 7.1.2) menyebut delapan faktor pengalaman. Satu orang menilai kinerja dan kepentingannya, 1–5:

# %% [markdown] tags=["en"]
# ## 1. Eight factors, by hand
#
# The book (section 7.1.2) names eight factors of experience. One person rates performance and importance, 1–5:

# %%
import crmlab as crm
import numpy as np
import pandas as pd

factors = list(crm.satisfaction.FACTORS)
performance = dict(zip(factors, [4, 5, 3, 4, 2, 4, 5, 3], strict=True))
importance = dict(zip(factors, [5, 4, 4, 4, 5, 5, 5, 3], strict=True))
rated = crm.satisfaction.factors(performance, importance)
print(rated.notes[0].render())
rated.table[["factor", "performance", "importance", "gap", "priority"]]

# %%
rated.explain(depth="method")

# %% [markdown] tags=["id"]
# $$\text{kesenjangan} = \text{kepentingan} - \text{kinerja}, \qquad \text{personalisasi} = 5 - 2 = 3$$
#
# Rata-rata kinerja 3,75; ditimbang menurut kepentingan 3,771. Catatannya jujur: satu angka per faktor, tanpa jawaban di belakangnya, jadi **tanpa selang**. Formulir di pembuka bab 7 buku diisi begini; butir yang kosong bukan nol:

# %% [markdown] tags=["en"]
# $$\text{gap} = \text{importance} - \text{performance}, \qquad \text{personalisation} = 5 - 2 = 3$$
#
# Mean performance is 3.75; weighted by importance it is 3.771. The note is honest: one number a factor, with no answers behind it, so **no interval**. The form at the opening of the book's chapter 7 is filled in like this; a blank item is no zero:

# %%
filled = crm.satisfaction.form({"product": [3, 2, 4, 3], "service": [3, 2, 2, 4, None]})
filled

# %% [markdown] tags=["id"]
# ## 2. Apa yang penting? Jangan tanya, hitung
#
# Bila ditanya, orang menyebut hampir semuanya penting (lihat saja: tujuh dari delapan nilai tadi ialah 4 atau 5). Cara lain: **kepentingan turunan**. Faktor yang penting ialah yang nilainya berjalan bersama kepuasan. Pasien rumah sakit menilai kedelapan faktor dan kepuasannya (CSAT); kedelapannya bersama menjelaskan sebagian keragaman CSAT ($R^2$),
# dan bagian itu **dibagi** di antara mereka.

# %% [markdown] tags=["en"]
# ## 2. What matters? Don't ask, count
#
# When asked, people call nearly everything important (look: seven of the eight above got 4 or 5). Another way is **derived importance**. A factor matters if its rating goes together with satisfaction. The hospital's patients rate all eight factors and their satisfaction (CSAT); the eight together explain a part of the variance of CSAT ($R^2$),
# and that part is **divided** among them.

# %%
clinic = crm.datasets.load_hospital("S", layer="clean").tables
visits = clinic["visits"].merge(clinic["payers"][["payer_id", "payer_group"]], on="payer_id")
visits = visits.rename(columns={"checked_in_at": "visited_at"})
asked = clinic["survey_invitations"][["survey_id", "visit_id", "patient_id"]]
answers = clinic["survey_answers"].merge(asked, on="survey_id")
answers = answers.merge(visits[["visit_id", "payer_group", "wait_minutes", "visited_at"]], on="visit_id")

drivers = crm.satisfaction.drivers(answers, of="csat", on=factors)
drivers.figure()

# %%
drivers.explain(depth="method")

# %%
drivers.figure(of="priorities")

# %% [markdown] tags=["id"]
# Penting saja tidak cukup; yang penting dan sudah baik tinggal dijaga. Yang **penting tetapi dinilai rendah** ada di kanan bawah: *nilai waktu*, dan *pemecahan masalah*. Kompetensi dinilai paling tinggi dan hampir tidak menggerakkan apa-apa; menambah sertifikat di dinding tidak mengubah kepuasan, sebab orang sudah menganggapnya ada.
#
# Hitungannya *bobot relatif* (Johnson). Cara lain, *Shapley*, merata-ratakan tambahan $R^2$ dari setiap faktor pada semua urutan masuk. Apakah keduanya sepakat?

# %% [markdown] tags=["en"]
# To be important is not enough; what is important and good need only be kept. What is **important and rated low** lies at the bottom right: *value for time*, and *problem solving*. Competence is rated highest and moves hardly anything; more certificates on the wall won't change satisfaction, as people take it for granted.
#
# These are Johnson's *relative weights*. Another way, *Shapley*, takes each factor's gain in $R^2$, averaged over all orders of coming in. Do the two agree?

# %%
shapley = crm.satisfaction.drivers(answers, of="csat", on=factors, method="shapley", times=100)
ways = {"relative_weights": drivers, "shapley": shapley}
both = pd.DataFrame({way: found.table.set_index("driver")["importance_share"] for way, found in ways.items()})
both.round(3)

# %% [markdown] tags=["id"]
# ## 3. Mengapa koefisien regresi dapat negatif
#
# Mengapa tidak memakai koefisien regresi saja? Dua penggerak yang hampir sama: *ramah* dan *sopan*. Korelasinya dengan kepuasan 0,5 dan 0,4, satu sama lain 0,9. Dengan tangan:
#
# $$b_{\text{ramah}} = \frac{0{,}5 - 0{,}4 \times 0{,}9}{1 - 0{,}9^2} = 0{,}74, \qquad b_{\text{sopan}} = \frac{0{,}4 - 0{,}5 \times 0{,}9}{1 - 0{,}9^2} = -0{,}26$$

# %% [markdown] tags=["en"]
# ## 3. Why a regression coefficient can be negative
#
# Why not simply use the regression's coefficients? Two drivers that are nearly the same: *friendly* and *polite*. Their correlations with satisfaction are 0.5 and 0.4, with each other 0.9. By hand:
#
# $$b_{\text{friendly}} = \frac{0.5 - 0.4 \times 0.9}{1 - 0.9^2} = 0.74, \qquad b_{\text{polite}} = \frac{0.4 - 0.5 \times 0.9}{1 - 0.9^2} = -0.26$$

# %%
wanted = np.array([[1, 0.5, 0.4], [0.5, 1, 0.9], [0.4, 0.9, 1]])
drawn = np.random.default_rng(16).normal(size=(200, 3))
drawn -= drawn.mean(axis=0)
unmixed = drawn @ np.linalg.inv(np.linalg.cholesky(np.cov(drawn.T))).T
exact = pd.DataFrame(unmixed @ np.linalg.cholesky(wanted).T, columns=["overall", "friendly", "polite"])  # exactly these correlations
twins = crm.satisfaction.drivers(exact, of="overall", on=["friendly", "polite"], method="shapley", scale=None)
shown = ["driver", "correlation", "slope", "slope_low", "slope_high", "vif", "importance_share"]
print(twins.table[shown].round(2).to_string(index=False), *(f"- {note.render()}" for note in twins.notes), sep="\n")

# %% [markdown] tags=["id"]
# "Kesopanan menurunkan kepuasan"? Tidak. Koefisien menjawab pertanyaan yang aneh: apa yang terjadi bila kesopanan naik **sementara keramahan tetap**; orang seperti itu hampir tidak ada. VIF di atas 5 ialah tandanya, dan di atas 10 keduanya tidak dapat dipisahkan. Shapley membagi $R^2$ = 0,263:
#
# $$\text{ramah} = \tfrac12\,(0{,}25 + 0{,}263 - 0{,}16) = 0{,}177 \; (67\%), \qquad \text{sopan} = \tfrac12\,(0{,}16 + 0{,}263 - 0{,}25) = 0{,}087 \; (33\%)$$
#
# Bagiannya tidak pernah negatif, dan berjumlah 100%. Namun itu **kesepakatan**, bukan penemuan: siapa pun yang menggabungkan keduanya menjadi satu butir survei juga benar. Di data rumah sakit hal yang sama muncul pada NPS:

# %% [markdown] tags=["en"]
# "Politeness lowers satisfaction"? No. A coefficient answers a strange question: what happens if politeness rises **while friendliness stays**; there is hardly anybody like that. A VIF above 5 is the sign, and above 10 the two can't be told apart. Shapley divides $R^2$ = 0.263:
#
# $$\text{friendly} = \tfrac12\,(0.25 + 0.263 - 0.16) = 0.177 \; (67\%), \qquad \text{polite} = \tfrac12\,(0.16 + 0.263 - 0.25) = 0.087 \; (33\%)$$
#
# The shares are never negative, and add up to 100%. But that is a **convention**, no discovery: whoever makes one question of the two is right as well. In the hospital's data the same turns up with NPS:

# %%
of_nps = crm.satisfaction.drivers(answers, of="nps", on=factors)
print(of_nps.table[[*shown, "verdict"]].round(2).to_string(index=False), *(f"- {note.render()}" for note in of_nps.notes), sep="\n")

# %% [markdown] tags=["id"]
# Kemiringan *personalisasi* negatif. Yang tergesa-gesa menulis: "personalisasi merusak NPS, hentikan." Selangnya memuat nol, VIF-nya rendah, kepentingannya *belum pasti*: tidak ada apa-apa di sana. Perhatikan juga: delapan faktor itu menjelaskan hampir separuh CSAT, tetapi hanya 13% NPS. Orang menyarankan rumah sakit karena banyak hal yang tidak ada di formulir.
#
# ## 4. Hubungan bukan sebab: apakah pasien BPJS lebih cerewet?
#
# Notebook 15: pasien BPJS jauh kurang puas. Sebelum menyalahkan orangnya, masukkan yang terjadi pada mereka. Setiap setengah jam menunggu lewat dari 30 menit:

# %% [markdown] tags=["en"]
# The slope of *personalisation* is negative. Those in a hurry write: "personalisation harms NPS, stop it." Its interval holds zero, its VIF is low, its importance is *noise*: there is nothing there. Note also: the eight factors explain nearly half of CSAT, and only 13% of NPS. People recommend a hospital for many things that are not on the form.
#
# ## 4. Association is not cause: are BPJS patients harder to please?
#
# Notebook 15: BPJS patients are far less pleased. Before you blame the people, put in what happened to them. Each half hour of waiting beyond 30 minutes:

# %%
answers["bpjs"] = (answers["payer_group"] == "bpjs").astype(int)
answers["half_hours_late"] = (answers["wait_minutes"] - 30).clip(lower=0) / 30
answers.groupby("payer_group")[["wait_minutes", "csat"]].mean().round(2)

# %%
waiting = crm.satisfaction.drivers(answers, of="csat", on=["half_hours_late", "bpjs"], scale=None, times=200)
waiting.table[shown].round(2)

# %% [markdown] tags=["id"]
# Korelasi "BPJS" dengan CSAT jelas negatif. Begitu waktu tunggu masuk, kemiringannya **praktis nol** (−0,14 sampai 0,16): pada tunggu yang sama tidak terlihat bahwa pasien BPJS kurang puas daripada yang lain. Mereka tidak lebih cerewet; mereka menunggu lebih lama. Setiap setengah jam tambahan menghilangkan kira-kira 0,3 poin CSAT.
#
# Apakah menunggu itu **sebabnya**? Masuk akal, tetapi angka ini saja tidak membuktikannya. Dan memasukkan lebih banyak penggerak tidak selalu membuat lebih benar:

# %% [markdown] tags=["en"]
# The correlation of "BPJS" with CSAT is clearly negative. Once waiting is in, its slope is **practically nil** (−0.14 to 0.16): at the same wait nothing shows that BPJS patients are less pleased than others. They are no harder to please; they wait longer. Each further half hour takes away some 0.3 points of CSAT.
#
# Is waiting the **cause**? It stands to reason, but these numbers alone don't prove it. And more drivers don't always make it more true:

# %%
road = ["half_hours_late", "bpjs", "value_for_time"]
mediated = crm.satisfaction.drivers(answers, of="csat", on=road, scale=None, times=200)
mediated.table[shown].round(2)

# %% [markdown] tags=["id"]
# Kemiringan waktu tunggu menyusut. Bukan karena menunggu kurang penting, melainkan karena *nilai waktu* ialah **jalan** yang ditempuh menunggu menuju kepuasan: menunggu → merasa waktunya terbuang → tidak puas. Siapa yang "mengendalikan" jalannya memotong pengaruhnya sendiri. Tiga pertanyaan sebelum menyebut sebab:
#
# 1. Apa yang mendahului apa? (Yang puas cenderung menilai semuanya tinggi: *efek halo*.)
# 2. Apa yang menggerakkan keduanya?
# 3. Dapatkah diuji? Perpendek tunggu di satu poli yang **diundi**, bukan yang paling siap.
#
# ## 5. Apakah skor menebak siapa yang kembali?
#
# "CES penebak loyalitas terbaik." "NPS ialah satu-satunya angka yang Anda perlukan." Klaim dapat diuji. **AUC** = peluang bahwa dari satu orang yang kembali dan satu yang tidak, yang kembali memberi jawaban lebih baik; 0,5 = melempar koin. Hanya jawaban yang tahunnya sudah lewat yang dihitung; yang baru menjawab bulan lalu *belum sempat* kembali.

# %% [markdown] tags=["en"]
# The slope of waiting shrinks. Not because waiting matters less, but because *value for time* is the **road** by which waiting reaches satisfaction: waiting → time felt as wasted → displeasure. Whoever "controls" for the road cuts off the effect. Three questions before you say cause:
#
# 1. What comes before what? (The pleased tend to rate everything high: the *halo*.)
# 2. What moves both?
# 3. Can it be tested? Shorten the wait in a clinic drawn **by lot**, not in the one that is readiest.
#
# ## 5. Do scores tell who returns?
#
# "CES predicts loyalty best." "NPS is the one number you need." Claims can be tested. **AUC** = the chance that, of one who returned and one who did not, the first gave the better answer; 0.5 = tossing a coin. Only answers whose year is over count; who answered last month *could not yet* return.

# %%
def returned(table, goings, who, at, within=365):
    """Whether each person came again within a year of the answer; answers whose year is not over are left out."""
    table = table[table["answered_on"] <= goings[at].max() - pd.Timedelta(days=within)]
    seen = table[["survey_id", who, "answered_on"]].merge(goings[[who, at]].dropna(), on=who)
    gap = (seen[at].dt.normalize() - seen["answered_on"]).dt.days
    return table.assign(returned=table["survey_id"].isin(seen.loc[(gap > 0) & (gap <= within), "survey_id"]))

known = returned(answers, visits, "patient_id", "visited_at")
known["ces"] = known["ces"].where(known["ces_version"] == 2, 8 - known["ces"])  # 7 = easy throughout
predicts = crm.satisfaction.predicts(known, of="returned", on=["nps", "csat", "ces"])
predicts.figure()

# %%
predicts.explain(depth="method")

# %%
shop = crm.datasets.load_retail("S", "clean").tables
sales = shop["sales"].loc[shop["sales"]["status"] != "cancelled"]
relation = shop["relationship_surveys"].rename(columns={"relationship_survey_id": "survey_id", "asked_on": "answered_on"})
relation["answered_on"] = pd.to_datetime(relation["answered_on"])
buyers = crm.satisfaction.predicts(returned(relation, sales, "customer_id", "ordered_at"), of="returned", on=["nps"])
buyers.explain(depth="short")

# %% [markdown] tags=["id"]
# Di rumah sakit ini **tidak satu pun** skor lebih baik daripada koin, dan tidak ada yang nyata lebih baik daripada yang lain. Di PT XYZ, dengan lebih banyak jawaban, NPS hubungan juga tidak. Pasien kembali karena sakit lagi; pembeli kembali karena kulkasnya kosong. Itu bukan berarti skor tidak berguna (ia menunjukkan di mana sakitnya), tetapi jangan menjual
# kenaikan NPS sebagai kenaikan omzet tanpa tabel seperti ini.
#
# ## 6. Terpukau lebih dari puas
#
# *Customer delight* (buku, bagian 7.1.3): menjawab puncak skala **dan** mengalami lebih dari yang diharapkan. Seratus orang, 40 menjawab 5, 30 di antaranya melampaui harapan:

# %% [markdown] tags=["en"]
# At this hospital **none** of the scores does better than a coin, and none surely better than another. At PT XYZ, with more answers, relationship NPS doesn't either. Patients return because they fall ill again; shoppers because the fridge is empty. That doesn't make scores useless (they show where it hurts), but don't sell
# a rise in NPS as a rise in revenue without a table like this.
#
# ## 6. Delight is more than satisfaction
#
# *Customer delight* (book, section 7.1.3): giving the top answer **and** finding more than one expected. A hundred people, 40 answer 5, and 30 of those found more than they expected:

# %%
hundred = pd.DataFrame({"csat": [5] * 40 + [4] * 60, "expected": [4.0] * 30 + [5.0] * 10 + [3.0] * 60})
delighted = crm.satisfaction.delight(hundred, score="csat", expected="expected")
delighted.explain(depth="method")

# %%
print(f"top box: {(answers['csat'] == 5).mean():.1%}")
try:
    crm.satisfaction.delight(answers, score="csat", expected="expected")
except crm.UserError as refused:
    print(refused.render())

# %% [markdown] tags=["id"]
# Rumah sakit tidak pernah menanyakan harapan, jadi bagian yang terpukau **tidak diketahui**; bagian yang menjawab 5 bukan penggantinya. Tambahkan satu pertanyaan ("lebih dari, sesuai, atau kurang dari harapan Anda?") sebelum menulis "pasien kami terpukau".
#
# ## 7. Apa yang ditulis pasien
#
# Komentar dibaca dengan **kamus yang terbuka**: singkatan dieja (*bgt*, *ga*), kata dan frasa dicocokkan, penyangkal (*tidak*, *kurang*) membalik kata sesudahnya. Kata yang menentukan selalu ditampilkan, jadi setiap kekeliruan dapat dilihat dan dibetulkan:

# %% [markdown] tags=["en"]
# The hospital never asked what people expected, so the share of those delighted **is not known**; the share who answer 5 is no substitute. Add one question ("more than, as, or less than you expected?") before you write "our patients are delighted".
#
# ## 7. What patients write
#
# Comments are read with an **open dictionary**: slang is spelled out (*bgt*, *ga*), words and phrases are matched, negators (*tidak*, *kurang*) turn the next word round. The words that decided are always shown, so that every mistake can be seen and mended. (The comments are Indonesian: "queue sooo long", "nurse not friendly", "queue not too long", "parking roomy but medicine out of stock", "Very good, queued only four hours", "not a joke how friendly they are", "the canteen is expensive".)

# %%
said = [
    "antri lama bgt", "perawat ga ramah", "antri tidak terlalu lama", "parkir luas tapi obat kosong",
    "Bagus sekali, antri cuma empat jam", "Bukan main ramahnya", "kantinnya mahal",
]
crm.satisfaction.read_comments(pd.DataFrame({"comment": said}))[["comment", "topics", "tone", "matched"]]

# %% [markdown] tags=["id"]
# Empat yang pertama benar. Dua berikutnya **salah**: sindiran dibaca sebagai pujian, dan *bukan main* sebagai penyangkalan. Yang terakhir dianggap soal biaya, padahal rumah sakit ingin tahu tentang kantin. Kamus tidak pintar; ia **terbuka**, dan itu lebih berguna:

# %% [markdown] tags=["en"]
# The first four are right. The next two are **wrong**: irony is read as praise, and *bukan main* ("no joke", that is: very) as a negation. The last one counts as charges, while the hospital wants to know about its canteen. The dictionary isn't clever; it is **open**, and that is worth more:

# %%
mine = crm.satisfaction.words()
mine["topics"] = {"canteen": ["kantin*", "makanan"], **mine["topics"]}
mine["slang"]["main"] = "banget"
mine["negators"].remove("bukan")
again = crm.satisfaction.read_comments(pd.DataFrame({"comment": said[-2:]}), dictionary=mine)
again[["comment", "topics", "tone", "matched"]]

# %% [markdown] tags=["id"]
# Setiap perubahan menolong yang satu dan dapat merusak yang lain (tanpa *bukan*, "bukan salah perawat" kini terbaca buruk). Karena itu ukur pada **komentar yang diberi label oleh orang**, dan taruh ketepatannya di samping setiap angka:

# %% [markdown] tags=["en"]
# Every change helps one and may harm another (without *bukan*, "bukan salah perawat", not the nurse's fault, now reads as bad). So measure it on **comments that people have labelled**, and put the accuracy beside every number:

# %%
answers["unhappy"] = answers["nps"] <= 6
comments = crm.satisfaction.comments(answers, label="topic", unhappy="unhappy")
comments.figure()

# %%
comments.explain(depth="method")

# %%
upset = crm.satisfaction.comments(answers[answers["unhappy"]], label="topic")
upset.table[["topic", "comments", "comment_share", "comment_share_low", "comment_share_high"]].round(2).head(4)

# %%
read = crm.satisfaction.read_comments(answers[answers["comment"].notna()])
wrong = read[read["topic"].notna() & (read["topic"] != read["main_topic"])]
wrong[["comment", "topic", "main_topic", "matched"]]

# %% [markdown] tags=["id"]
# Semua orang paling sering menulis tentang dokter. **Yang tidak puas** menulis tentang antrean: kira-kira sepertiga komentarnya. Itu cocok dengan bagian 2 dan 4, dari sumber yang sama sekali lain.
#
# Bacalah batasnya: label hanya 31, jadi selang ketepatannya lebar; kedua kekeliruan ialah komentar yang tidak menyebut topik apa pun, yang hanya dapat dilabeli oleh orang yang ada di sana; nadanya tidak pernah meleset, dan itu **terlalu bagus**: komentar rekaan tidak menyindir. Pada data Anda, beri label seratus komentar dahulu.
#
# ## 8. Lingkar tertutup: dari detraktor ke kasus ke telepon
#
# Jawaban 0–6 menjadi **kasus** dengan tenggat dua hari; jawaban 8 tidak. Rumah sakit tidak menyimpan catatan telepon balik, jadi waktu menelepon di bawah ini **kita karang** untuk latihan:

# %% [markdown] tags=["en"]
# Everybody together writes most about doctors. **The unhappy** write about queueing: about a third of their comments. That agrees with parts 2 and 4, from quite another source.
#
# Read its limits: only 31 are labelled, so the accuracy has a wide interval; both mistakes are comments that name no topic at all, and could only be labelled by somebody who was there; the tone is never wrong, and that is **too good**: made-up comments know no irony. On your own data, label a hundred first.
#
# ## 8. The closed loop: from detractor to case to call
#
# An answer of 0–6 becomes a **case** with a deadline of two days; an 8 does not. The hospital kept no record of calling back, so the times of the calls below are **our own invention**, for practice:

# %%
today = pd.Timestamp("2024-12-27")
rng = np.random.default_rng(5)
last_year = answers[answers["answered_on"] >= "2024-01-01"].copy()
wait = pd.to_timedelta(rng.exponential(40, len(last_year)).round(), unit="h")
called = last_year["unhappy"] & (rng.random(len(last_year)) < 0.75)
last_year["contacted_at"] = (last_year["answered_on"] + wait).where(called)
last_year.loc[last_year.sample(8, random_state=3).index, "patient_id"] = None  # some answer without a name

cases = crm.satisfaction.cases(last_year, as_of=today, customer="patient_id", contacted="contacted_at")
cases.table.head(6)[["score", "answered_at", "due_at", "contacted_at", "state"]]

# %%
cases.explain(depth="method")

# %%
calls = crm.satisfaction.recontact(cases)
closed = (cases.table["contacted_at"] - cases.table["answered_at"]).dt.total_seconds().dropna() / 86_400
print(f"mean of those called back: {closed.mean():.1f} d")
calls.figure()

# %% [markdown] tags=["id"]
# **Jebakan: rata-rata dari yang sudah ditelepon.** Yang tidak pernah ditelepon tidak ikut, jadi unit yang menelepon tiga orang dalam sejam dan melupakan sepuluh lainnya tampak paling cepat. Kurva di atas menghitung yang terbuka sebagai *masih menunggu*. Kasus yang tenggatnya belum lewat tidak dihitung untuk pihak mana pun, dan jawaban tanpa nama disebut, tidak disembunyikan.
#
# ## 9. Keluhan: pulih, kembali, dan nilainya
#
# Apa yang dikeluhkan, dan berapa lama sampai selesai? Di PT XYZ sepertiga keluhan masih terbuka:

# %% [markdown] tags=["en"]
# **A trap: the mean of those called.** Whoever was never called is not in it, so a unit that calls three within the hour and forgets ten others looks fastest. The curve above counts open cases as *still waiting*. Cases before their deadline count for neither side, and anonymous answers are said, not hidden.
#
# ## 9. Complaints: recovery, return, and what it is worth
#
# What do people complain about, and how long does it take? At PT XYZ a third of the complaints are still open:

# %%
grievances = shop["complaints"].rename(columns={"category": "complaint_category", "complained_at": "opened_at"})
pareto = crm.satisfaction.complaints(grievances, as_of="2020-12-31", reopened="reopened")
pareto.figure()

# %%
settled_only = (grievances["resolved_at"] - grievances["opened_at"]).dt.total_seconds().median() / 3600
print(f"median hours, settled only: {settled_only:.1f}; with the open ones: {pareto.facts['median_hours']:.1f}")
pareto.explain(depth="method")

# %% [markdown] tags=["id"]
# Membuang yang terbuka memperpendek penyelesaian secara ajaib: justru yang paling lama yang hilang. Sekarang rumah sakit: apakah yang cepat ditolong **kembali** dalam setahun, dibandingkan dengan yang tidak pernah mengeluh?

# %% [markdown] tags=["en"]
# To throw open ones away shortens the time by magic: it is the longest that are gone. Now the hospital: do those who were helped fast **return** within a year, beside those who never complained?

# %%
told = clinic["complaints"].merge(visits[["visit_id", "visited_at", "payer_group"]], on="visit_id")
calm = clinic["compared_visits"][["visit_id"]].merge(visits, on="visit_id")
goings = visits[["patient_id", "visited_at", "amount", "cost"]]
later = told[["complaint_id", "patient_id", "visited_at", "payer_group"]].merge(goings, on="patient_id", suffixes=("", "_next"))
days = (later["visited_at_next"].dt.normalize() - later["visited_at"].dt.normalize()).dt.days
later = later[(days > 0) & (days <= 365)].assign(margin=lambda t: t["amount"] - t["cost"])
margins = later.groupby(["complaint_id", "payer_group"], as_index=False)["margin"].sum()

recovery = crm.satisfaction.recovery(
    told, visits, as_of="2024-12-31", customer="patient_id", visit_at="visited_at", began="visited_at",
    compared=calm, worth=float(margins["margin"].mean()),
)
recovery.figure()

# %%
recovery.explain(depth="method")

# %% [markdown] tags=["id"]
# Yang keluhannya selesai dalam sehari kembali sesering yang tidak pernah mengeluh, bahkan tampak sedikit lebih sering: **paradoks pemulihan layanan**. Rasionya di atas 1, tetapi selangnya memuat 1; di sini paradoks itu tidak terbukti. Yang nyata ialah sisi lainnya: yang ditolong lebih dari tiga hari kemudian jauh lebih jarang kembali.
#
# **Berapa nilainya?** Bila semua yang terlambat ditolong cepat, dan bila hanya kecepatan yang menentukan. Dua *bila* itu perlu diperiksa:

# %% [markdown] tags=["en"]
# Those whose complaint was settled within a day return as often as those who never complained, and seem to return a little more: the **service recovery paradox**. The ratio is above 1, but its interval holds 1; the paradox is not shown here. What is real is the other side: those who were helped after three days return far less.
#
# **What is it worth?** If all who waited were helped fast, and if nothing but speed decides. Both of these *ifs* need a look:

# %%
told["settled_fast"] = (told["resolved_at"] - told["opened_at"]) <= pd.Timedelta(hours=24)
told.groupby("escalated")["settled_fast"].agg(["size", "mean"])

# %%
(margins.groupby("payer_group")["margin"].agg(["size", "mean"]) / [1, 1000]).round(0)

# %% [markdown] tags=["id"]
# * **Kecepatan tidak diundi.** Tidak satu pun keluhan yang dinaikkan ke atasan (*escalated*) selesai dalam sehari: yang berat lambat, *dan* yang berat mungkin memang tidak kembali. Sebagian dari perbedaan itu bukan akibat kecepatan.
# * **Nilainya kecil dan tidak merata.** Pasien BPJS yang kembali justru menambah rugi (tarifnya di bawah biaya); yang lain membawa laba. Sembilan pasien tambahan bernilai kira-kira satu juta rupiah setahun, dengan selang yang masih belum memuat ketidakpastian marjinnya.
#
# Jadi alasan menolong cepat bukan rupiah dari kunjungan berikutnya. Itu kewajiban kepada orang yang sakit, dan cara tercepat belajar apa yang rusak. Kalau seseorang menunjukkan miliaran dari "pemulihan", tanyakan dua *bila* itu.
#
# ## 10. Di sekitar skor: karyawan, layanan mandiri, harga
#
# Sumber bacaan penuh klaim di sekitar pengalaman pelanggan. Tiga dapat diuji dengan data atau pensil.
#
# **"85% setuju: karyawan yang senang membuat pelanggan senang."** Setuju bukan bukti. Rumah sakit menanyai karyawannya dua kali setahun, per poli; pelanggannya menjawab CSAT. Satu titik per poli:

# %% [markdown] tags=["en"]
# * **Speed was not drawn by lot.** Not one complaint that was escalated got settled within a day: the grave ones are slow, *and* the grave ones may not return anyhow. Part of that difference is not due to speed.
# * **It is worth little, and unevenly so.** A BPJS patient who returns costs the hospital money; others bring some. Nine more patients are worth about a million rupiah a year, with an interval that does not even hold the uncertainty of the margin.
#
# So the reason to help fast is not the rupiah of the next visit. It is a duty to people who are ill, and the fastest way to learn what is broken. When somebody shows you billions from "recovery", ask for those two *ifs*.
#
# ## 10. Around the scores: employees, self-service, price
#
# The readings are full of claims around the customer's experience. Three can be tried with data or a pencil.
#
# **"85% agree: happy employees make happy customers."** To agree is no evidence. The hospital asks its employees twice a year, unit by unit; its patients answer CSAT. One point a unit:

# %%
of_unit = answers.merge(clinic["visits"][["visit_id", "unit_id"]], on="visit_id").merge(clinic["units"], on="unit_id")
polled = clinic["staff_survey"].merge(clinic["units"], on="unit_id")
link = crm.satisfaction.staff_link(polled, of_unit, by="unit", staff_answers="answers")
link.figure()

# %%
link.explain(depth="method")

# %% [markdown] tags=["id"]
# Dengan 12 poli korelasinya −0,20, dan selangnya dari −0,70 sampai 0,42: data ini **tidak dapat** membedakan "karyawan senang membuat pasien senang" dari kebalikannya. Untuk biasanya melihat korelasi 0,5 diperlukan 30 unit. Dengan kurang dari enam unit fungsi ini menolak menghitung.
#
# **"Pelanggan lebih suka melayani diri sendiri."** Defleksi = selesai sendiri / (selesai sendiri + dibantu). Buatlah dengan tangan: 300 / (300 + 200) = 60,0%. Lalu rumah sakit: janji yang dibuat lewat web, dan berapa di antaranya yang segera disusul telepon atau WhatsApp oleh orang yang sama:

# %% [markdown] tags=["en"]
# With 12 units the correlation is −0.20, and its interval runs from −0.70 to 0.42: these data **can't** tell "happy employees make happy patients" from its opposite. To notice a correlation of 0.5 as a rule takes 30 units. With fewer than six units the function refuses to compute.
#
# **"Customers prefer to serve themselves."** Deflection = self-served / (self-served + assisted). By hand: 300 / (300 + 200) = 60.0%. Then the hospital: appointments booked on the web, and how many of them were soon followed by a call or a WhatsApp message of the same person:

# %%
by_hand = crm.satisfaction.deflection({"self_served": 300, "assisted": 200})
booked = clinic["appointments"]
naive = crm.satisfaction.deflection(booked, self_service=["web"], customer="patient_id")
settled = crm.satisfaction.deflection(booked, self_service=["web"], customer="patient_id", at="booked_on")
for found in (by_hand, naive, settled):
    print(found.explain(depth="short"))
settled.table

# %% [markdown] tags=["id"]
# 51 janji web segera disusul orang: 17,7% menjadi 17,1%. Menyembunyikan nomor telepon akan menaikkan angka itu juga. Bacalah selalu di samping CES.
#
# **"Pelanggan mau membayar sampai 16% lebih."** 50.000 menjadi 58.000. Pertanyaan yang tidak ditanyakan iklan: *berapa yang boleh pergi sebelum kita rugi?*

# %% [markdown] tags=["en"]
# 51 web bookings were soon followed by a person's help: 17.7% becomes 17.1%. Hiding the telephone number would raise the figure, too. Always read it beside the CES.
#
# **"Customers will pay up to 16% more."** 50,000 becomes 58,000. The question that the advertisement doesn't ask: *how many may leave before we lose money?*

# %%
dearer = crm.satisfaction.willing_to_pay(50_000, 0.16)
thin = crm.satisfaction.willing_to_pay(50_000, 0.16, cost=40_000)
print(dearer.facts["new_price"], round(dearer.facts["break_even_loss_share"], 3), round(thin.facts["break_even_loss_share"], 3))
thin.table

# %% [markdown] tags=["id"]
# Tanpa biaya, 13,8% boleh pergi; bila biayanya 40.000, 44,4%. Makin tipis marjin, makin banyak yang boleh pergi, sebab setiap pembeli yang tinggal membawa laba jauh lebih besar. Dan "sampai 16%" ialah angka tertinggi yang **diucapkan**; yang diucapkan bukan yang dibayar di kasir.
#
# Terakhir, buku (bagian 7.1.3) menyuruh menerjemahkan visi menjadi **tabel pengalaman**: satu baris per persona dan situasi, sebab anak di konter tidak menginginkan yang sama dengan orang dewasa di lantatur. 2 × 2 = 4 baris; yang kosong berarti belum, bukan nol:

# %% [markdown] tags=["en"]
# Without a cost 13.8% may leave; at a cost of 40,000, 44.4%. The thinner the margin, the more may leave, as every buyer who stays brings so much more. And "up to 16%" is the most that anybody **said**; what is said is not what is paid at the till.
#
# Last, the book (section 7.1.3) has you turn the vision into an **experience table**: a row for every persona and situation, as a child at the counter does not want what an adult at the drive-through wants. 2 × 2 = 4 rows; an empty cell means not yet, not none:

# %%
plan = {("child", "counter"): {
    "expected_experience": "to see the food", "given_experience": "a step to stand on", "trained_staff": "counter", "measured_by": "CSAT of parents"}}
experience = crm.satisfaction.experience_table(["adult", "child"], ["drive_thru", "counter"], plan)
experience

# %% [markdown] tags=["id"]
# ## 11. Jawaban untuk direktur
#
# 1. **Perbaiki waktu tunggu.** Tiga sumber sepakat: faktor (nilai waktu: penting, dinilai terendah), waktu yang diukur jam dinding, dan komentar yang tidak puas.
# 2. **Jangan menyalahkan pasien BPJS.** Pada tunggu yang sama, beda kepuasannya tidak terlihat.
# 3. **Jangan menjanjikan omzet dari NPS.** Skor tidak menebak siapa yang kembali.
# 4. **Tutup lingkarnya:** catat telepon balik, tenggat dua hari, hitung yang menunggu.
# 5. **Uji, jangan duga:** perpendek tunggu di poli yang diundi, lalu ukur lagi.
#
# ### Jebakan yang sudah Anda lewati
#
# | jebakan | tandanya | jalan keluarnya |
# |---|---|---|
# | kepentingan yang ditanyakan | semuanya "penting" | kepentingan turunan |
# | koefisien bertanda terbalik | VIF tinggi, atau selang memuat nol | bobot relatif, Shapley, baca selangnya |
# | hubungan disebut sebab | "BPJS menurunkan CSAT" | masukkan yang terjadi pada mereka; uji acak |
# | mengendalikan jalannya | pengaruh hilang begitu mediator masuk | gambar dulu apa mendahului apa |
# | yang belum sempat kembali | jawaban bulan lalu dihitung "tidak kembali" | hanya yang setahunnya lewat |
# | kamus tanpa ketepatan | "31% mengeluh antre", tanpa label | n berlabel, selang, kata yang cocok |
# | rata-rata dari yang selesai | keluhan tampak makin cepat | Kaplan–Meier |
# | kecepatan tidak diundi | yang berat juga yang lambat | sebutkan, lalu uji |
#
# ## Tugas
#
# 1. Isi delapan faktor untuk bank atau kampus Anda. Faktor mana yang kesenjangannya terbesar? Sama dengan teman sebangku?
# 2. Formulir di bagian 1: berapa nilai atas bila butir kosong itu diisi 4? *(Periksa: 6 dari 9 = 66,7%.)*
# 3. Hitung kedua koefisien bagian 3 bila korelasi keduanya 0,5, bukan 0,9. *(Periksa: 0,40 dan 0,20.)*
# 4. Pada korelasi berapa antara keduanya koefisien *sopan* tepat nol? *(Periksa: 0,8.)*
# 5. Gabungkan dua faktor rumah sakit menjadi rata-ratanya. Apa yang terjadi dengan kepentingannya?
# 6. Jalankan `drivers` hanya untuk pasien BPJS. Apakah urutannya sama? Apakah selangnya membolehkan Anda mengatakan "berbeda"?
# 7. Tambahkan salinan `value_for_time` dengan sedikit derau sebagai faktor kesembilan. Apa kata VIF, dan apa kata bagiannya?
# 8. Gambarkan (dengan pensil) panah antara menunggu, nilai waktu, pembayar, dan CSAT. Mana yang boleh dimasukkan bila Anda ingin tahu pengaruh menunggu?
# 9. Hitung AUC dengan tangan: yang kembali menjawab 9 dan 7, yang tidak menjawab 8 dan 5. *(Periksa: 0,75.)*
# 10. Apa yang terjadi dengan AUC bila jawaban bulan lalu ikut dihitung? Mengapa itu keliru?
# 11. Berapa bagian yang terpukau bila kesepuluh orang yang mengharapkan 5 tidak menjawab harapannya? *(Periksa: 30 dari 90 = 33,3%.)*
# 12. Tulis lima komentar yang akan salah dibaca. Perbaiki kamusnya sampai benar, lalu hitung lagi ketepatan pada komentar berlabel.
# 13. Beri label 30 komentar sendiri, lalu minta teman melabeli yang sama. Seberapa sering Anda berdua sepakat? Dapatkah kamus lebih baik dari itu?
# 14. Ubah tenggat kasus menjadi 5 hari. Berapa bagian tepat waktu sekarang? Apakah pelayanan membaik?
# 15. Hitung pemulihan PT XYZ dengan `recovery`. Berapa tambahan pembeli yang kembali, dan apa yang tidak diketahui tanpa pembanding?
# 16. Tulis rencana uji acak selembar untuk memperpendek tunggu: apa yang diundi, apa yang diukur, berapa jawaban (pakai `sample_size`), kapan berhenti.

# %% [markdown] tags=["en"]
# ## 11. An answer for the director
#
# 1. **Mend the waiting.** Three sources agree: the factors (value for time: important, rated lowest), the time on the clock, and the comments of the unhappy.
# 2. **Don't blame BPJS patients.** At the same wait no difference in their satisfaction shows.
# 3. **Don't promise revenue from NPS.** The scores don't tell who returns.
# 4. **Close the loop:** record the calls, a deadline of two days, count those who wait.
# 5. **Test, don't guess:** shorten the wait in a clinic drawn by lot, then measure again.
#
# ### Traps that you have passed
#
# | trap | its sign | the way out |
# |---|---|---|
# | importance that is asked for | everything is "important" | derived importance |
# | a coefficient of the wrong sign | high VIF, or an interval that holds zero | relative weights, Shapley, read the interval |
# | association called cause | "BPJS lowers CSAT" | put in what happened to them; a trial by lot |
# | controlling for the road | the effect is gone once the mediator is in | first draw what comes before what |
# | those who could not yet return | last month's answers count as "not returned" | only those whose year is over |
# | a dictionary without accuracy | "31% complain of queues", no labels | n labelled, interval, words matched |
# | the mean of what is settled | complaints seem ever faster | Kaplan–Meier |
# | speed not drawn by lot | the grave are the slow | say so, then test |
#
# ## Tasks
#
# 1. Fill in the eight factors for your bank or your campus. Which has the widest gap? Is it your neighbour's too?
# 2. The form of part 1: what is the top-two share if the blank item is a 4? *(Check: 6 of 9 = 66.7%.)*
# 3. Work out both coefficients of part 3 if the two correlate at 0.5 instead of 0.9. *(Check: 0.40 and 0.20.)*
# 4. At which correlation between them is the coefficient of *polite* exactly nil? *(Check: 0.8.)*
# 5. Put the mean of two of the hospital's factors in their place. What happens to the importance?
# 6. Run `drivers` for BPJS patients only. Is the order the same? Do the intervals let you say "different"?
# 7. Add a copy of `value_for_time` with a little noise as a ninth factor. What does the VIF say, and what do the shares?
# 8. Draw (with a pencil) the arrows between waiting, value for time, payer and CSAT. Which may go in, if you want the effect of waiting?
# 9. Work out an AUC by hand: those who returned said 9 and 7, those who did not said 8 and 5. *(Check: 0.75.)*
# 10. What happens to the AUC if last month's answers are counted? Why is that wrong?
# 11. What share is delighted if the ten who expected a 5 did not say what they expected? *(Check: 30 of 90 = 33.3%.)*
# 12. Write five comments that will be read wrongly. Mend the dictionary until they are right, then measure the accuracy on the labelled comments again.
# 13. Label 30 comments yourself and have a friend label the same. How often do the two of you agree? Can a dictionary do better than that?
# 14. Change the deadline of cases to 5 days. What share is in time now? Did the service get better?
# 15. Work out PT XYZ's recovery with `recovery`. How many more buyers would return, and what is not known without a comparison?
# 16. Write a plan of one page for a trial by lot that shortens the wait: what is drawn, what is measured, how many answers (use `sample_size`), when to stop.
