# %% [markdown] tags=["id"]
# # 21 · Dasar dan model: apa itu CRM, dan di mana kita berdiri
#
# **Pertanyaannya.** Rapat pertama tim CRM PT XYZ. Kepala TI berkata: "*CRM itu aplikasi, kami sudah punya.*" Kepala pemasaran: "*CRM itu program poin.*" Direktur diam sebentar, lalu bertanya: ***apa sebenarnya yang sedang kita bangun, seberapa jauh kita, dan mata rantai mana yang paling lemah?***
#
# Buku memberi jawabannya dalam bentuk model (bab 1 dan 2): empat jenis CRM, IDIC, rantai nilai, lima proses, delapan kompetensi. Model mudah menjadi hiasan slide. Di sini setiap model menjadi **formulir yang jawabannya data**: disimpan, dibandingkan antarwaktu, dan diisi oleh data perusahaan sendiri bila data itu dapat menjawab. Semua orang di sini rekaan.

# %% [markdown] tags=["en"]
# # 21 · Foundations and models: what CRM is, and where we stand
#
# **The question.** First meeting of PT XYZ's CRM team. The head of IT says: "*CRM is an application, we have one.*" The head of marketing: "*CRM is the points scheme.*" The director is silent for a while, then asks: ***what are we building, how far are we, and which link of the chain is the weakest?***
#
# The book answers with models (chapters 1 and 2): four types of CRM, IDIC, the value chain, five processes, eight competencies. Models easily become decoration on slides. Here each model is a **form whose answers are data**: kept, compared over time, and filled in by the company's own data where these can answer. No person here exists.

# %% [markdown] tags=["id"]
# ## 1. Yang bukan CRM
#
# Buku (bagian 1.2) menyebut lima salah paham. Jawab sendiri dahulu: benar atau salah? Lima pernyataan salah dicampur dengan lima yang benar, supaya menjawab "salah" terus-menerus tidak membawa nilai penuh.

# %% [markdown] tags=["en"]
# ## 1. What CRM is not
#
# The book (section 1.2) names five misconceptions. Answer first: true or false? Five false statements are mixed with five true ones, so that saying "false" to everything earns no full marks.

# %%
import crmlab as crm
import pandas as pd

asked = crm.frameworks.exercise("misconceptions")
for words in asked["items"].values():
    print("-", words)

# %% [markdown] tags=["id"]
# Kepala TI menjawab "benar" untuk semuanya. Nilainya, dan alasan untuk setiap jawaban yang salah:

# %% [markdown] tags=["en"]
# The head of IT says "true" to everything. His mark, and the reason for every wrong answer:

# %%
graded = crm.frameworks.grade("misconceptions", dict.fromkeys(asked["items"], True))
print(graded.facts["right"], "/", graded.facts["n"])
for note in graded.notes:
    print("-", note.render())

# %% [markdown] tags=["id"]
# Salah paham kelima, "setiap perusahaan dapat langsung menjalankan semua jenis CRM", dapat diuji. CRM **analitis** memerlukan tiga hal: siapa, kapan, berapa. Dua berkas, satu pertanyaan:

# %% [markdown] tags=["en"]
# The fifth misconception, "any company can run every type of CRM at once", can be tested. **Analytical** CRM needs three things: who, when, how much. Two files, one question:

# %%
shop = crm.datasets.load_retail("S", layer="clean")
t = shop.tables
DAY = "2020-12-31"
sales = t["sales"].rename(columns={"total": "amount"})
print(crm.frameworks.data_sufficiency(sales, as_of=DAY).explain(depth="short"))
print(crm.frameworks.data_sufficiency(sales.drop(columns="ordered_at"), as_of=DAY).explain(depth="short"))

# %% [markdown] tags=["id"]
# ## 2. Empat jenis CRM, lima proses
#
# Strategis, operasional, analitis, kolaboratif (bagian 1.3): dua belas kejadian, jenis yang mana? Jawaban boleh bahasa Indonesia atau Inggris, juga dengan salah ketik kecil. Satu jawaban di bawah ini keliru; carilah sebelum membaca alasannya.

# %% [markdown] tags=["en"]
# ## 2. Four types of CRM, five processes
#
# Strategic, operational, analytical, collaborative (section 1.3): twelve events, which type? Answers may be in Indonesian or English, small slips included. One answer below is wrong; find it before you read the reason.

# %%
given = {
    "board_rewards_retention": "strategis",
    "mission_around_customers": "strategic",
    "heroes_of_service": "strategis",
    "campaign_sent_by_itself": "operasional",
    "sales_pipeline_tool": "operational",
    "calls_routed": "operasionl",
    "who_will_leave": "analitik",
    "offers_by_segment_value": "analitis",
    "basket_patterns": "operasional",
    "forecast_with_supplier": "kolaboratif",
    "stock_data_exchanged": "collaborative",
    "joint_promotion": "kolaborasi",
}
types = crm.frameworks.grade("crm_types", given)
print(types.facts["right"], "/", types.facts["n"])
for note in types.notes:
    print("-", note.render())

# %% [markdown] tags=["id"]
# Menambang gudang data adalah pekerjaan **analitis**, walaupun hasilnya kelak dipakai dalam operasi. Payne dan Frow membagi pekerjaan CRM menjadi lima proses; di buku, empat di antaranya punya jenis CRM-nya, sedangkan *penilaian kinerja* tidak dipetakan ke jenis mana pun. Itu bukan kesalahan Anda: bukunya memang membiarkannya kosong.

# %% [markdown] tags=["en"]
# Mining a warehouse is **analytical** work, even if operations use what it finds. Payne and Frow divide the work of CRM into five processes; in the book four of them have their type of CRM, and *performance assessment* is mapped to none. That is not your mistake: the book leaves it blank.

# %%
work = crm.frameworks.exercise("payne_frow")
print(", ".join(work["classes"].values()))
for words in work["items"].values():
    print("-", words)

# %% [markdown] tags=["id"]
# ## 3. IDIC: empat langkah, empat bagian
#
# Peppers dan Rogers: **kenali, bedakan, berinteraksi, sesuaikan**. Setiap langkah adalah bagian dari sisa langkah sebelumnya, jadi rantainya adalah hasil kali. Sebuah toko kecil: 150 dari 200 transaksi dikenal; 120 pelanggan semuanya punya tingkat; 60 dari mereka punya kontak dua arah; 45 dari 60 menerima tawaran untuk tingkatnya.

# %% [markdown] tags=["en"]
# ## 3. IDIC: four steps, four shares
#
# Peppers and Rogers: **identify, differentiate, interact, customise**. Each step is a share of what the one before left, so the chain is their product. A small shop: 150 of 200 transactions are known; all 120 customers have a tier; 60 of them have contact both ways; 45 of the 60 were given an offer for their tier.

# %%
people = pd.DataFrame({"customer_id": range(1, 121), "tier": ["high", "low"] * 60})
bought = pd.DataFrame({"customer_id": [k % 120 + 1 for k in range(150)] + [None] * 50, "ordered_at": "2024-05-01"})
ways = [(c, "outgoing") for c in range(1, 121)] + [(c, "incoming") for c in range(1, 61)]
contacts = pd.DataFrame(ways, columns=["customer_id", "direction"]).assign(occurred_at="2024-06-01")
offers = people.head(60).rename(columns={"tier": "offer_tier"}).assign(offered_at="2024-07-01")
offers.loc[offers.index >= 45, "offer_tier"] = None  # the same offer for all is no tailored one
idic = crm.frameworks.idic(bought, people, contacts, offers, as_of="2024-12-31")
idic.figure()

# %%
idic.explain()

# %% [markdown] tags=["id"]
# Tidak ada langkah yang di bawah 50%, tetapi rantainya 28,1%. **Empat angka yang lumayan menjadi satu angka yang buruk**, dan langkah terlemah (berinteraksi) menunjukkan di mana rupiah berikutnya paling berguna. Perhatikan juga selangnya: dari 60 orang, ujung rantai tidak diketahui sampai satu desimal.
#
# ## 4. Rantai nilai: apa kata data PT XYZ sendiri?
#
# Buttle: lima tahap utama (portofolio, keintiman, jaringan, proposisi nilai, siklus hidup) dan empat kondisi pendukung (kepemimpinan dan budaya, data dan TI, orang, proses). Biasanya sembilan skor 0 sampai 4 ini diisi dengan perasaan. Di sini data mengusulkan skor **bila dapat**, menurut ambang yang tertulis dan dapat diubah. Tabelnya disiapkan per tanggal, sehingga 2018 dan 2020 dapat dibandingkan.

# %% [markdown] tags=["en"]
# No step is below 50%, yet the chain is 28.1%. **Four fair figures make a poor one**, and the weakest step (interact) shows where the next rupiah does most. Look at the interval, too: from 60 people the end of the chain is not known to one decimal.
#
# ## 4. The value chain: what do PT XYZ's own data say?
#
# Buttle: five primary stages (portfolio, intimacy, network, value proposition, lifecycle) and four supporting conditions (leadership and culture, data and IT, people, processes). These nine scores from 0 to 4 are usually filled in by feeling. Here the data propose a score **where they can**, by thresholds that are written down and can be changed. The tables are prepared as of a day, so that 2018 and 2020 can be compared.

# %%
def tables_of(day):
    """What PT XYZ's tables said at the end of that day."""
    end = pd.Timestamp(day) + pd.Timedelta(days=1)
    done = t["sales"][(t["sales"]["status"] == "completed") & (t["sales"]["ordered_at"] < end)]
    lines = t["sales_lines"].merge(done[["order_id", "customer_id"]], on="order_id")
    margin = (lines["amount"] - lines["cost"]).groupby(lines["customer_id"]).sum()
    people = t["customers"][t["customers"]["valid_from"] < end].drop_duplicates("customer_id", keep="last")
    private = people[people["customer_type"] == "consumer"]
    asked = t["survey_invitations"][["survey_id", "customer_id"]]
    used = t["crm_log"][t["crm_log"]["date"] < end].groupby("employee_id")["date"].max()
    staff = t["employees"][t["employees"]["left_on"].isna() | (t["employees"]["left_on"] >= end)]
    products = t["products"][t["products"]["introduced_on"] < end]
    year = done["ordered_at"] >= end - pd.Timedelta(days=365)
    before = ~year & (done["ordered_at"] >= end - pd.Timedelta(days=730))
    spent = pd.DataFrame({name: done[which].groupby("customer_id")["total"].sum() for name, which in (("before", before), ("now", year))}).dropna()
    halves = (spent >= spent.median()).replace({True: "upper", False: "lower"})  # a first, coarse portfolio: is it still the same a year later?
    return {
        "portfolio": people[["customer_id"]].assign(profit=people["customer_id"].map(margin)),
        "segments": halves.reset_index(),
        "profiles": private[["customer_id", "phone", "occupation", "interests"]].assign(updated_at=private["valid_from"]),
        "supplies": products.merge(t["suppliers"], on="supplier_id")[["product_id", "supplier_id", "quality_score"]],
        "answers": t["survey_answers"].merge(asked, on="survey_id"),
        "sales": done,
        "records": private[["customer_id", "phone", "email", "gender", "born_on"]],
        "staff": pd.DataFrame({"employee_id": staff["employee_id"], "last_used_on": pd.to_datetime(staff["employee_id"].map(used))}),
        "complaints": t["complaints"],
    }


found = {day: crm.frameworks.value_chain_evidence(tables_of(day), as_of=day) for day in ("2018-12-31", DAY)}
found[DAY]

# %%
proposed = {day: crm.frameworks.proposed(one) for day, one in found.items()}
chain = crm.frameworks.value_chain(proposed[DAY])
chain.figure()

# %%
chain.explain()

# %% [markdown] tags=["id"]
# Bacalah dari kiri. **Portofolio** bernilai 1: laba diketahui untuk 87% pelanggan (skor 3), tetapi separuh atas tahun lalu bukan lagi separuh atas tahun ini (kemiripan 0,39; ambang 0,40, dan selangnya menyentuh ambang itu, jadi skornya belum pasti). Skor terendah yang berlaku. Karena tahap-tahap berurutan, empat tahap di belakangnya **terhambat**, termasuk **keintiman** yang bernilai 0: profil yang terisi dan masih segar hampir tidak ada. Satu kondisi tidak dapat dijawab data: kepemimpinan dan budaya. Manusia yang menjawab, dan wajib membawa bukti:

# %% [markdown] tags=["en"]
# Read it from the left. The **portfolio** scores 1: profit is known for 87% of customers (a 3), but last year's upper half is not this year's (likeness 0.39; the threshold is 0.40, and the interval crosses it, so that the score is not sure). The lowest score holds. As the stages follow each other, the four behind it are **blocked**, among them **intimacy**, which scores 0: hardly any profile is filled in and fresh. One condition can't be answered by data: leadership and culture. A person answers it, and must bring evidence:

# %%
try:
    crm.forms.overrule(proposed[DAY], {"leadership_and_culture": 3}, evidence={}, as_of=DAY)
except crm.UserError as refused:
    print(refused)

# %%
seen = {"leadership_and_culture": "Board minutes of 2020: retention is on the agenda of 9 of 12 meetings."}
complete = crm.forms.overrule(proposed[DAY], {"leadership_and_culture": 3}, evidence=seen, as_of=DAY)
whole = crm.frameworks.value_chain(complete)
print(whole.explain(depth="short"))
whole

# %% [markdown] tags=["id"]
# Jawabannya data, jadi dapat disimpan, dibuka lagi, dan dibandingkan. Apa yang berubah sejak akhir 2018?

# %% [markdown] tags=["en"]
# The answers are data, so they can be saved, opened again and compared. What has changed since the end of 2018?

# %%
changed = crm.forms.compare(proposed["2018-12-31"], proposed[DAY])
print(changed.explain(depth="short"))
changed

# %% [markdown] tags=["id"]
# ## 5. Delapan kompetensi Gartner, dan jebakan garis lurus
#
# Formulir lain bekerja dengan cara yang sama. Delapan kompetensi (visi, strategi, pengalaman pelanggan, kolaborasi, proses, informasi, teknologi, metrik), skor 0 sampai 5:

# %% [markdown] tags=["en"]
# ## 5. Gartner's eight competencies, and the trap of the straight line
#
# Other forms work the same way. Eight competencies (vision, strategy, customer experience, collaboration, processes, information, technology, metrics), scores from 0 to 5:

# %%
gartner = crm.frameworks.model("gartner")
filled = crm.forms.answer(gartner, [3, 2, 4, 1, 2, 3, 4, 2], as_of=DAY)
told = crm.forms.summary(filled)
print(told.explain(depth="short"))
told.figure()

# %% [markdown] tags=["id"]
# 21 dari 40 adalah 52,5%; terendah kolaborasi organisasi. Kalau satu jawaban kosong, hasilnya **belum lengkap**, bukan nol. Dan bila seorang responden memberi angka 3 pada kedua belas pernyataan Kotler, itu bukan pendapat:

# %% [markdown] tags=["en"]
# 21 of 40 is 52.5%; the lowest is organisational collaboration. With one answer missing the result is **incomplete**, not zero. And when a respondent gives a 3 to all twelve of Kotler's statements, that is no opinion:

# %%
print(crm.forms.summary(crm.forms.answer(gartner, [3, 2, 4, 1, 2, 3, 4, None], as_of=DAY)).explain(depth="short"))
straight = crm.forms.answer(crm.frameworks.model("kotler"), [3] * 12, as_of=DAY)
print(crm.frameworks.orientation(straight).explain(depth="short"))

# %% [markdown] tags=["id"]
# ## 6. Sejarah dalam tujuh langkah
#
# Dari Rolodex ke awan (bagian 1.4). Menukar dua tetangga mengubah satu dari 21 pasang: jarak Kendall menilai urutan, bukan posisi.

# %% [markdown] tags=["en"]
# ## 6. History in seven steps
#
# From the Rolodex to the cloud (section 1.4). Swapping two neighbours changes one of 21 pairs: Kendall's distance marks the order, not the places.

# %%
mine = ["rolodex", "sales_meetings", "customer_mainframe", "siebel_sfa", "act_contacts", "open_source_crm", "cloud_and_mobile_crm"]
history = crm.frameworks.order(mine)
history.explain(depth="short")

# %% [markdown] tags=["id"]
# ## 7. Jawaban untuk direktur
#
# 1. *Apa yang kita bangun?* Bukan aplikasi dan bukan program poin: rantai dari portofolio sampai siklus hidup, ditopang empat kondisi.
# 2. *Seberapa jauh?* Data menjawab delapan dari sembilan mata rantai. Siklus hidup serta data dan TI bernilai 4, tetapi hanya 42% staf yang memakai CRM (orang: 1).
# 3. *Mata rantai terlemah?* **Keintiman** (0). Tetapi yang dibenahi dahulu **portofolio** (1, notebook 10): mengenal lebih dalam pelanggan yang tahun depan berganti adalah usaha yang terbuang.
#
# ## Jebakan
#
# * Model sebagai hiasan: skor tanpa bukti.
# * Rata-rata sembilan skor disangka ukuran. Mata rantai terlemah lebih berguna daripada rata-rata.
# * Jawaban kosong dihitung nol.
# * Garis lurus dibaca sebagai pendapat.
# * Ambang diganti di antara dua tanggal, lalu disebut kemajuan.
# * Empat angka IDIC dirata-ratakan, padahal harus dikalikan.
#
# ## Tugas
#
# 1. Jawab `misconceptions` sendiri sampai nilainya 10/10.
# 2. Ubah satu jawaban `crm_types` menjadi benar semua. Jenis mana yang paling sering tertukar di kelas Anda?
# 3. Dalam IDIC, naikkan kontak dua arah dari 60 ke 80 orang; 60 di antaranya menerima tawaran untuk tingkatnya. Berapa rantainya? *(Periksa: 37,5%.)*
# 4. Beri keintiman skor 2 lewat `overrule` dengan bukti Anda. Mengapa tidak ada tahap yang terbuka? Apa lagi yang diperlukan?
# 5. Baca `evidence_rules()`. Ambang mana yang menurut Anda terlalu ketat? Ubah, dan jelaskan mengapa ambang lama dan baru tidak boleh dicampur.
# 6. Isi `customer_centricity` untuk organisasi Anda, simpan, dan ajak satu rekan mengisi sendiri. Bandingkan.
# 7. Hitung skor Gartner bila kolaborasi naik dari 1 menjadi 3. *(Periksa: 57,5%.)*
# 8. Hapus kolom `customer_id` dari penjualan. Apa kata `data_sufficiency`?
# 9. Pilah 15 vendor dan jasa ekosistem CRM (buku, bab 8): `crm.frameworks.exercise("crm_ecosystem")`, lalu `grade`. Baca dahulu `hint`-nya: dengan batas yang tercetak di buku (USD 1 juta), dua suite salah kelas. Berapa nilainya bila satu lagi keliru? *(Periksa: 80,0%.)*

# %% [markdown] tags=["en"]
# ## 7. An answer for the director
#
# 1. *What are we building?* No application and no points scheme: a chain from portfolio to lifecycle, held up by four conditions.
# 2. *How far are we?* Data answer eight of the nine links. Lifecycle and data and IT score 4, yet only 42% of the staff use the CRM (people: 1).
# 3. *The weakest link?* **Intimacy** (0). But the **portfolio** (1, notebook 10) is to be mended first: to know customers better who change next year is effort lost.
#
# ## Traps
#
# * A model as decoration: scores without evidence.
# * The mean of nine scores taken for a measure. The weakest link is more use than the mean.
# * A missing answer counted as zero.
# * A straight line read as an opinion.
# * Thresholds changed between two dates, and called progress.
# * IDIC's four shares averaged where they are to be multiplied.
#
# ## Tasks
#
# 1. Answer `misconceptions` yourself until the mark is 10/10.
# 2. Change one answer of `crm_types` so that all are right. Which types are confused most in your class?
# 3. In IDIC, raise contact both ways from 60 to 80 people, of whom 60 are given an offer for their tier. What is the chain? *(Check: 37.5%.)*
# 4. Give intimacy a score of 2 by `overrule`, with your evidence. Why is no stage freed? What else does it take?
# 5. Read `evidence_rules()`. Which threshold is too strict for you? Change it, and say why old and new thresholds must not be mixed.
# 6. Fill in `customer_centricity` for your organisation, save it, and let a colleague do it alone. Compare.
# 7. What is Gartner's score when collaboration rises from 1 to 3? *(Check: 57.5%.)*
# 8. Take `customer_id` out of the sales. What does `data_sufficiency` say?
# 9. Sort 15 vendors and services of the CRM ecosystem (book, chapter 8): `crm.frameworks.exercise("crm_ecosystem")`, then `grade`. Read its `hint` first: by the limit that the book prints (USD 1 million) two suites land in the wrong class. What is the mark with one more wrong? *(Check: 80.0%.)*
