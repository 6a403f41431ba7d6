# %% [markdown] tags=["id"]
# # 22 · Merencanakan program: dari "di mana kita sekarang" sampai "apa hasilnya"
#
# **Pertanyaannya.** Rapat direksi PT XYZ, Januari 2021. Vendor menjanjikan sistem CRM "siap dalam 20 minggu". Direktur utama menoleh kepada Anda: ***dari mana kita berangkat, mau ke mana, siapa yang menanggung, kapan selesainya, dan bagaimana nanti kita tahu bahwa sistem itu yang membawa hasil?***
#
# Buku (bab 4) menjawab dengan lima fase dan kotak alat. Di sini setiap alat adalah formulir kecil: isinya data, hasilnya dihitung, dan yang belum dijawab disebut **belum lengkap**, bukan nol. Yang dapat dijawab tabel PT XYZ dijawab tabel. Semua orang dan perusahaan di sini rekaan.

# %% [markdown] tags=["en"]
# # 22 · Planning the programme: from "where are we now" to "what came of it"
#
# **The question.** PT XYZ's board, January 2021. A vendor promises a CRM system "ready in 20 weeks". The managing director turns to you: ***where do we start from, where do we want to go, who answers for it, when will it be done, and how shall we know later that it was the system that did it?***
#
# The book (chapter 4) answers with five phases and a box of tools. Here every tool is a small form: what goes in is data, what comes out is computed, and what nobody answered is called **incomplete**, not nought. What PT XYZ's tables can answer, they answer. No person and no company here exists.

# %% [markdown] tags=["id"]
# ## 1. Di mana kita sekarang?
#
# Fase 1 dimulai dengan analisis situasi: pertanyaan atas tiga sumbu kubus strategi pelanggan (segmen, penawaran, saluran). Cara yang lazim: satu sore, satu papan tulis, delapan pendapat. Cara di sini: tiap pertanyaan terikat pada hitungan, atau ditandai butuh riset, atau dijawab orang **dengan bukti**.

# %% [markdown] tags=["en"]
# ## 1. Where are we now?
#
# Phase 1 begins with a situation analysis: questions on the three axes of the customer strategy cube (segment, offer, channel). The usual way: an afternoon, a whiteboard, eight opinions. The way here: every question is bound to a computation, or marked as needing research, or answered by a person **with evidence**.

# %%
import crmlab as crm
import pandas as pd

retail = crm.datasets.load_retail("S")
t = retail.tables
source = crm.results.Source(retail.name, retail.hash, len(t["fact_sales_line"]))
LAST_DAY = "2020-12-31"


def say(indonesian, english):
    """One of the two, for this edition of the notebook."""
    return {"id": indonesian, "en": english}[crm.labels.language()]


told = [{"question": "q_competitors", "answer": say("dua jaringan toko dan penjual di marketplace", "two chains of shops and sellers on the marketplace"),
         "evidence": say("kunjungan ke 12 toko, Oktober 2020", "visits to 12 shops, October 2020")}]
situation = crm.programme.situation(t, as_of=LAST_DAY, answers=told, source=source)
situation.figure()

# %%
print(situation.explain())
found = situation.table[situation.table["status"] == "by_data"].assign(question=lambda x: x["question"].map(crm.labels.name))
found["value"] = [crm.labels.value(v, u) for v, u in zip(found["value"], found["unit"], strict=True)]
found["member"] = found["member"].map(lambda m: crm.labels.name(m) if m else "")
found.set_index("question")[["value", "member", "n"]].iloc[[0, 3, 5, 8, 9, 13, 16, 22, 23]]

# %% [markdown] tags=["id"]
# 28 dari 47 dijawab data: 59,6% (bandingkan: 18 dari 30 adalah 60,0%). Satu dijawab orang dengan bukti. Yang 18 lagi tidak dapat dijawab tabel mana pun: pangsa pasar, merek, pesaing. **Jebakan:** mengisi yang kosong dengan perkiraan supaya meternya penuh. Coba saja:

# %% [markdown] tags=["en"]
# 28 of 47 are answered by data: 59.6% (compare: 18 of 30 are 60.0%). One is answered by a person with evidence. The other 18 no table can answer: market share, brand, rivals. **The trap:** to fill the gaps with guesses so that the meter is full. Try it:

# %%
try:
    crm.programme.situation(t, as_of=LAST_DAY, answers=[{"question": "q_market_share", "answer": say("kira-kira sepertiga", "about a third"), "evidence": None}])
except crm.UserError as refused:
    print(refused)

# %% [markdown] tags=["id"]
# ## 2. Mau ke mana: visi, tujuan, sasaran
#
# Visi yang baik menyebut **siapa**, **apa yang berubah**, **nilai apa**, dan **arah yang dapat diukur**. Dua contoh dari buku:

# %% [markdown] tags=["en"]
# ## 2. Where to: vision, goals, objectives
#
# A good vision says **who**, **what changes**, **which value** and **a direction that can be measured**. Two of the book's examples:

# %%
long = crm.programme.vision(say(
    "Kita akan membangun dan memelihara hubungan jangka panjang dengan pelanggan yang berharga dengan menciptakan pengalaman yang dipersonalisasi di semua titik kontak dan dengan mengantisipasi kebutuhan pelanggan dan memberikan penawaran yang disesuaikan.",
    "We will build and maintain long-term relationships with valued customers by creating personalised experiences at every touchpoint, by anticipating what customers need and by tailoring our offers."))
short = crm.programme.vision(say("Untuk dapat melihat semua informasi di satu tempat", "To be able to see all information in one place"))
print([(v.facts["there"], v.facts["elements"]) for v in (long, short)])
stated = crm.programme.mission({"for_customers": say("Rumah yang rapi tanpa repot", "A tidy home without trouble"), "for_employees": say("Tempat untuk tumbuh", "A place to grow")})
print(stated.facts["there"], "/", stated.facts["parts"], crm.labels.name(stated.facts["verdict"]), [crm.labels.name(p) for p in stated.facts["missing"]])
long

# %% [markdown] tags=["id"]
# "Semua informasi di satu tempat" tidak menyebut siapa pun: itu spesifikasi komputer. Misinya baru 2/3; pemilik belum disebut. **Jebakan:** daftar kata hanya mengenali tanda. Kalimat pertama memuat keempat kata kunci, dan tetap dapat ditempel di dinding perusahaan mana pun. Penilaian rekan (`marks=`) mengalahkan daftar kata.
#
# Lalu bedakan **tujuan** (kualitatif) dari **sasaran** (terukur: angka, satuan, tenggat, nilai awal). Nilai awalnya sudah ada di bagian 1.

# %% [markdown] tags=["en"]
# "All information in one place" names nobody: that is a computer's specification. The mission stands at 2/3; the owners aren't in it. **The trap:** a list of words knows signs only. The first sentence has all four, and could still hang on any company's wall. A peer's judgement (`marks=`) overrules the list.
#
# Then tell **goals** (qualitative) from **objectives** (measurable: number, unit, deadline, baseline). The baselines are there already, in part 1.

# %%
again = situation.table.set_index("question").loc["q_retention"]
goals = crm.programme.objectives([
    {"objective": "O1", "sentence": say("meningkatkan loyalitas", "increase loyalty")},
    {"objective": "O2", "sentence": say("menghasilkan 200 tambahan prospek memenuhi syarat pada Q4", "generate 200 additional qualified leads by Q4"), "actual": 170},
    {"objective": "O3", "sentence": say("menaikkan bagian pelanggan yang membeli lagi dari 86% menjadi 89% pada akhir 2021", "raise the share of customers who buy again from 86% to 89% by the end of 2021")},
    {"objective": "O4", "sentence": say("menurunkan keluhan yang tidak tuntas sebesar 10% pada Q2", "reduce unresolved complaints by 10% by Q2")},
    {"objective": "O5", "sentence": say("menaikkan penjualan lewat WhatsApp", "raise sales through WhatsApp")},
], as_of=LAST_DAY)
print(crm.labels.percent(again["value"]), [crm.labels.percent(again[end]) for end in ("low", "high")])
for note in goals.notes:
    print("-", note.render())
goals.figure()

# %% [markdown] tags=["id"]
# O1 dan O5 tujuan. O2, kalimat dari buku, sasaran, dan 170 dari 200 prospek berarti 85,0%; tetapi tanpa nilai awal tidak ada yang tahu apakah 170 itu *tambahan*. O4 bertanya sendiri: 10 persen dari berapa?
#
# **Jebakan pada O3.** Nilai awal 86% bukan titik; selangnya 82,4% sampai 88,5%. Target 89% nyaris di tepi selang itu. Setahun lagi, kenaikan tiga poin pada 500 pelanggan **tidak akan dapat dibedakan dari kebetulan**. Catatlah sekarang, sebelum bonus digantungkan padanya.
#
# Apa yang didahulukan? Buku menyarankan yang cepat dan murah dahulu:

# %% [markdown] tags=["en"]
# O1 and O5 are goals. O2, the book's sentence, is an objective, and 170 of 200 leads make 85.0%; but without a baseline nobody knows whether those 170 are *additional*. O4 asks by itself: 10 per cent of what?
#
# **The trap in O3.** The baseline of 86% is no point; its interval runs from 82.4% to 88.5%. The target of 89% stands barely outside. A year from now, a rise of three points among 500 customers **can't be told from chance**. Write that down today, before a bonus hangs on it.
#
# What comes first? The book says: what is quick and cheap:

# %%
ideas = crm.projects.priorities([
    {"item": say("tutup keluhan terbuka", "close open complaints"), "benefit": 8, "effort": 2},
    {"item": say("satu data pelanggan", "one customer record"), "benefit": 9, "effort": 8},
    {"item": say("surat dengan undian", "letters drawn by lot"), "benefit": 6, "effort": 3},
    {"item": say("chatbot", "chatbot"), "benefit": 3, "effort": 7},
])
ideas.figure()

# %% [markdown] tags=["id"]
# ## 3. Apakah semuanya tersambung? Keselarasan dan jejaring manfaat
#
# Sasaran tanpa ukuran adalah harapan; fitur tanpa ukuran adalah belanja. Matriks ini mencari keduanya.

# %% [markdown] tags=["en"]
# ## 3. Does it all hang together? Alignment and the benefit network
#
# An objective without a measure is a hope; a feature without one is shopping. This matrix looks for both.

# %%
aligned = crm.programme.alignment(
    [{"objective": o} for o in ("O1", "O2", "O3", "O4", "O5")],
    [{"kpi": say("membeli lagi", "buys again"), "objective": "O3"}, {"kpi": say("prospek", "leads"), "objective": "O2"},
     {"kpi": say("tidak tuntas", "unresolved"), "objective": "O4"}, {"kpi": say("omzet WhatsApp", "WhatsApp revenue"), "objective": "O5"}],
    [{"feature": say("tiket keluhan", "complaint tickets"), "kpi": say("tidak tuntas", "unresolved")},
     {"feature": say("kampanye", "campaigns"), "kpi": say("membeli lagi", "buys again")}, {"feature": "chatbot", "kpi": None}])
print(crm.labels.percent(aligned.facts["aligned_share"]), aligned.facts["without_kpi"])
aligned.figure()

# %% [markdown] tags=["id"]
# Empat dari lima sasaran punya ukuran: 80,0%; O1 ("loyalitas") tidak. Chatbot tidak melayani apa pun.
#
# **Jejaring manfaat** (*benefit dependency network*) lebih jauh: teknologi → perubahan pendukung → perubahan kerja → manfaat → sasaran. Setiap manfaat punya pemilik dan ukuran; setiap teknologi harus sampai pada suatu sasaran.

# %% [markdown] tags=["en"]
# Four of five objectives have a measure: 80.0%; O1 ("loyalty") has none. The chatbot serves nothing.
#
# The **benefit dependency network** goes further: technology → enabling change → business change → benefit → objective. Every benefit has an owner and a measure; every technology must arrive at an objective.

# %%
service, marketing, finance = say("kepala layanan", "head of service"), say("kepala pemasaran", "head of marketing"), say("kepala keuangan", "head of finance")
nodes = [
    {"node": "E1", "layer": "enabler", "title": say("satu data pelanggan", "one customer record")},
    {"node": "E2", "layer": "enabler", "title": say("alat kampanye", "campaign tool")},
    {"node": "E3", "layer": "enabler", "title": "chatbot"},
    {"node": "C1", "layer": "enabling_change", "title": say("layanan melihat semua pesanan", "service sees all orders")},
    {"node": "C3", "layer": "enabling_change", "title": say("persetujuan diminta di kasir", "consent asked at the till")},
    {"node": "C2", "layer": "business_change", "title": say("keluhan tuntas dalam 2 hari", "complaints settled in 2 days")},
    {"node": "C4", "layer": "business_change", "title": say("surat dengan undian", "letters drawn by lot")},
    {"node": "B1", "layer": "benefit", "title": say("lebih sedikit yang pergi", "fewer leave"), "owner": service, "measure": say("membeli lagi", "buys again")},
    {"node": "B2", "layer": "benefit", "title": say("yang diam kembali", "silent ones return"), "owner": marketing, "measure": say("kembali dalam 60 hari", "back in 60 days")},
    {"node": "B3", "layer": "benefit", "title": say("surat sia-sia berkurang", "fewer idle letters"), "owner": marketing, "measure": None},
    {"node": "O1", "layer": "objective", "title": say("membeli lagi 89%", "89% buy again")},
    {"node": "O2", "layer": "objective", "title": say("biaya pemasaran turun", "marketing costs fall")},
]
pairs = ("E1 C1", "C1 C2", "C2 B1", "B1 O1", "E1 C3", "C3 C4", "E2 C4", "C4 B2", "B2 O1", "C4 B3", "B3 O2")
edges = [dict(zip(("from", "to"), pair.split(), strict=True)) for pair in pairs]
network = crm.programme.benefits(nodes, edges)
network.figure()

# %%
for note in network.notes:
    print("-", note.render())
print("-", crm.labels.name("measure"), "—", network.facts["without_measure"])
try:
    crm.programme.benefits(nodes, [*edges, {"from": "C2", "to": "C1"}])
except crm.UserError as refused:
    print(refused)
without = crm.programme.dependents(nodes, edges, node="E1")
without

# %% [markdown] tags=["id"]
# E3 yatim: chatbot dibeli karena ada di paket. B3 tidak punya ukuran, jadi tahun depan tidak ada yang dapat mengatakan bahwa manfaat itu datang. Lingkaran C1 → C2 → C1 ditolak dengan menyebut jalannya: bila dua hal saling menunggu, tidak satu pun mulai.
#
# Tabel terakhir menjawab pertanyaan yang jarang diajukan: **bila E1 terlambat, apa yang ikut jatuh?** Empat simpul; sasarannya masih dapat dicapai lewat jalan lain (E2). Itu sebabnya pembersihan data di bagian 7 dimulai seawal mungkin.
#
# ## 4. Siapa yang mendukung, siapa yang bertanggung jawab
#
# Buku menyebutnya "Matriks Pembelian"; maksudnya *buy-in*: siapa yang **paham** (kepala) dan siapa yang **berpihak** (hati).

# %% [markdown] tags=["en"]
# E3 is an orphan: the chatbot was bought because it came in the package. B3 has no measure, so next year nobody can say that this benefit came. The circle C1 → C2 → C1 is refused, with the way round by name: where two things wait for each other, neither begins.
#
# The last table answers a question that is seldom asked: **if E1 is late, what falls with it?** Four nodes; the objectives can still be reached another way (by E2). That is why cleaning the data begins as early as it can in part 7.
#
# ## 4. Who is for it, who answers for it
#
# The book in translation calls it a purchase matrix; it means *buy-in*: who **understands** (head) and who **stands behind it** (heart).

# %%
support = crm.programme.buy_in([
    {"stakeholder": say("Direktur pemasaran", "Marketing director"), "rational": 5, "emotional": 4},
    {"stakeholder": say("Kepala TI", "Head of IT"), "rational": 5, "emotional": 2},
    {"stakeholder": say("Kepala toko", "Shop managers"), "rational": 2, "emotional": 5},
    {"stakeholder": say("Tenaga penjual", "Sales force"), "rational": 1, "emotional": 2},
])
support.figure()

# %% [markdown] tags=["id"]
# Satu di tiap kuadran. **Jebakan:** memberi pelatihan kepada semua. Kepala TI tidak kurang paham; kepala toko tidak kurang semangat. Resepnya berbeda, dan tenaga penjual, yang catatan pelanggannya akan menjadi milik bersama, perlu **didengar** dahulu.
#
# Tata kelola: satu yang bertanggung gugat (**A**) tiap tugas, tidak nol, tidak dua.

# %% [markdown] tags=["en"]
# One in each field. **The trap:** to train everybody. The head of IT doesn't lack knowledge; the shop managers don't lack fire. The cures differ, and the sales force, whose customer notes will belong to all, must be **heard** first.
#
# Governance: one accountable (**A**) for each task; not none, not two.

# %%
twelve = [say("Tugas", "Task") + f" {k}" for k in range(1, 13)]
roles = {"programme_director": say("direktur program", "programme director"), "executive_sponsor": say("sponsor", "sponsor"), "team": say("tim", "team")}
raci = [{"task": one, "role": roles["executive_sponsor"] if k % 3 == 0 else roles["programme_director"], "letter": "A"} for k, one in enumerate(twelve) if k != 6]
raci += [{"task": one, "role": roles["team"], "letter": "R"} for one in twelve]
seats = [("Ibu Sari", "executive_sponsor", "steering_committee", "business"), ("Pak Anton", "programme_director", "programme_team", "business"),
         ("Ibu Lina", "data", "programme_team", "it"), ("Pak Joko", "front_end", "programme_team", "it"), ("Ibu Maya", "lead_developer", "programme_team", "it")]
governed = crm.programme.governance(raci, [dict(zip(("member", "role", "body", "side"), seat, strict=True)) for seat in seats])
for note in governed.notes:
    print("-", note.render())
governed.figure()

# %% [markdown] tags=["id"]
# Tugas 7 tanpa A: di antara sebelas yang rapi, itulah yang tidak akan dikerjakan. Dan dua temuan tentang orangnya: direktur program hanya duduk di tim, padahal satu kakinya harus di komite pengarah; tiga orang TI dan dua orang bisnis membuat CRM menjadi proyek TI, salah satu dari sepuluh sebab gagal menurut Gartner.
#
# ## 5. Gerbang dan faktor penentu
#
# Buku memberi 24 langkah dalam lima fase. Selesai menurut *katanya* tidak membuka gerbang; bukti membukanya.

# %% [markdown] tags=["en"]
# Task 7 has no A: among eleven tidy ones, that is the one that won't be done. And two findings on people: the programme director sits in the team only, though one of his feet belongs in the steering committee; three from IT and two from the business make CRM an IT project, one of Gartner's ten causes of failure.
#
# ## 5. Gates and critical factors
#
# The book gives 24 steps in five phases. Done *by word of mouth* opens no gate; evidence does.

# %%
form = crm.programme.blank("phases")
for row in form[:12]:
    row.update(status="done", evidence=None if row["item"] == "risk_plan" else say("notulen.pdf", "minutes.pdf"))
gates = crm.programme.phases(form)
print(crm.labels.percent(gates.facts["done_share"]), gates.facts["next_gate"], [crm.labels.name(s) for s in gates.facts["blocked_by"]])
factors = crm.programme.blank("success_factors")
for k, row in enumerate(factors):
    row.update(status="green" if k < 6 else "amber", evidence=say("wawancara", "interview"))
print(crm.labels.percent(crm.programme.success_factors(factors).facts["green_share"]), crm.labels.name(crm.programme.success_factors(factors).facts["verdict"]))
factors[3]["status"] = "red"
stopped = crm.programme.success_factors(factors, phase=1)
print(crm.labels.name(stopped.facts["verdict"]), [crm.labels.name(f) for f in stopped.facts["stopped_by"]])
gates.figure()

# %% [markdown] tags=["id"]
# 12 dari 24 langkah, 50,0%, dan gerbang 2 tertutup oleh satu rencana risiko yang kosong. Enam dari sembilan faktor hijau, 66,7%: jalan. Tetapi satu saja faktor **strategis** merah pada fase 1 (sponsor eksekutif) menghentikan program. **Persen hijau bukan rata-rata yang boleh ditukar.**
#
# ## 6. Proses dan data: apa yang akan diotomatiskan?
#
# Proses yang melewati beberapa fungsi disebut horizontal. Catatan kejadian yang menentukannya, bukan bagan organisasi.

# %% [markdown] tags=["en"]
# 12 of 24 steps, 50.0%, and gate 2 is shut by one empty risk plan. Six of nine factors are green, 66.7%: go. But a single red **strategic** factor in phase 1 (the executive sponsor) stops the programme. **A share of green is no average in which one may pay for another.**
#
# ## 6. Processes and data: what would be automated?
#
# A process that crosses functions is called horizontal. The log of events decides that, not the organisation chart.

# %%
cs, warehouse, cash = say("layanan", "service"), say("gudang", "warehouse"), say("keuangan", "finance")
steps = [(say("terima", "take"), cs, 1), (say("periksa barang", "look at the goods"), warehouse, 0), (say("kembalikan uang", "refund"), cash, 0), (say("kabari", "tell"), cs, 1)]
complaint, campaign = say("keluhan", "complaint"), say("kampanye", "campaign")
log = pd.DataFrame([{"case": case, "process": complaint, "activity": what, "function": who, "front": front} for case in range(1, 8) for what, who, front in (steps if case != 3 else [steps[0], steps[3]])]
                   + [{"case": 100 + case, "process": campaign, "activity": say("kirim", "send"), "function": say("pemasaran", "marketing"), "front": 1} for case in range(6)])
worked = crm.programme.processes(log, primary={complaint: True})
crm.programme.swim_lane(log, process=complaint).figure()

# %%
clean = crm.datasets.load_retail("S", layer="clean").tables
needed = ("customers", "sales_lines", "sales", "products", "complaints", "survey_answers", "campaign_sends", "consents", "leads", "interactions", "sales_targets")
review = crm.programme.data_review({name: clean[name] for name in needed})
print(review.explain())
review.figure()

# %% [markdown] tags=["id"]
# Keluhan menyentuh tiga fungsi: pada jalur yang lazim tiga kali pindah tangan, dan di setiap perpindahan pelanggan menunggu. Kalau ada satu proses untuk diotomatiskan lebih dulu, itu.
#
# Tinjauan data PT XYZ: 39 kolom diminta 16 pertanyaan; 35 ada, satu buruk, jadi 34 dari 39 siap, **87,2%**. **Jebakan:** 87% terdengar hampir selesai, tetapi hanya 11 dari 16 pertanyaan dapat dijawab, sebab satu kolom yang hilang cukup untuk menggagalkan seluruh pertanyaan. Dan baca kolom yang "buruk": toko kosong pada separuh pesanan. Bukan kotor; pesanan daring memang tidak punya toko. Meter tidak tahu itu; Anda harus tahu.
#
# ## 7. Kapan selesai?
#
# Sembilan tugas, tiga perkiraan tiap tugas (optimistis, biasa, pesimistis, dalam minggu). Vendor menghitung yang biasa:

# %% [markdown] tags=["en"]
# A complaint touches three functions: on its usual way it changes hands three times, and each time the customer waits. If one process is to be automated first, it is this.
#
# PT XYZ's data review: 16 questions ask for 39 columns; 35 are there, one is poor, so 34 of 39 are ready, **87.2%**. **The trap:** 87% sounds nearly done, yet only 11 of 16 questions can be answered, for one missing column is enough to spoil a whole question. And look at the "poor" one: the shop is blank on half of the orders. Not dirt; an online order has no shop. The meter can't know; you must.
#
# ## 7. When will it be done?
#
# Nine tasks, three estimates for each (optimistic, likely, pessimistic, in weeks). The vendor added up the likely ones:

# %%
charter, processes, cleaning = say("piagam", "charter"), say("proses", "processes"), say("bersihkan data", "clean data")
vendor, training, configuring = say("pilih vendor", "choose vendor"), say("pelatihan", "training"), say("susun sistem", "configure")
moving, pilot, launch = say("pindahkan data", "move data"), say("uji coba", "pilot"), say("luncurkan", "launch")
tasks = [dict(zip(("task", "after", "optimistic", "likely", "pessimistic"), row, strict=True)) for row in (
    (charter, [], 1, 2, 4), (processes, [charter], 4, 6, 10), (cleaning, [charter], 4, 6, 14), (vendor, [charter], 5, 6, 9), (training, [charter], 7, 10, 16),
    (configuring, [processes, vendor], 4, 6, 10), (moving, [cleaning, vendor], 3, 5, 10), (pilot, [configuring, moving, training], 3, 4, 6), (launch, [pilot], 1, 2, 3))]
likely = crm.projects.plan([{**task, "duration": task["likely"]} for task in tasks], unit="weeks")
print(likely.facts["duration"], likely.facts["critical"])
likely.figure()

# %%
pert = crm.projects.pert(tasks, deadline=22, unit="weeks")
drawn = crm.projects.simulate(tasks, deadline=22, unit="weeks")
print({k: round(pert.facts[k], 2) for k in ("expected", "p95", "on_time_share")})
print({k: round(drawn.facts[k], 2) for k in ("mean", "p95", "on_time_share", "merge_bias", "merge_bias_low", "merge_bias_high")})
drawn.figure()

# %%
drawn

# %% [markdown] tags=["id"]
# Vendor benar: menurut hitungan yang biasa, 20 minggu. PERT, yang memperhitungkan bahwa tugas lebih sering molor daripada mendahului, memberi 21,0 minggu dan peluang 73,2% selesai dalam 22. Simulasi 10.000 kali memberi rata-rata 22,4 dan peluang **43,1%**. Dari mana bedanya?
#
# **Jebakan: bias gabung.** PERT melihat satu jalur. Uji coba menunggu *tiga* cabang, dan yang menentukan adalah yang terakhir tiba. Walaupun tiap cabang rata-rata tepat waktu, yang paling lambat dari tiga rata-rata terlambat: 1,37 minggu di sini (1,34–1,41), dan tidak ada seorang pun yang bersalah. Lihat tabelnya: memindahkan data tidak berada di jalur kritis PERT, tetapi menentukan akhir proyek pada 42% percobaan.
#
# Katakan kepada direksi: "separuh kemungkinan dalam 22 minggu, hampir pasti dalam 25", bukan "20". Dan simulasi ini pun masih manis: tugas diundi sendiri-sendiri, padahal satu kepala TI yang sakit memperlambat semuanya.
#
# Latihan dengan tangan (buku 4.1, fase 2): A3, B5 setelah A, C4 setelah A, D6 setelah B, E2 setelah B dan C, F3 setelah D dan E. Jalurnya A-B-D-F, 17 hari. Dengan tiga perkiraan, PERT memberi 18,0 dan peluang selesai dalam 20 hari 85,9%:

# %% [markdown] tags=["en"]
# The vendor is right: by the likely durations, 20 weeks. PERT, which knows that tasks run late more often than early, gives 21.0 weeks and a chance of 73.2% to be done in 22. A simulation of 10,000 runs gives 22.4 on average and a chance of **43.1%**. Where does the gap come from?
#
# **The trap: merge bias.** PERT looks at one path. The pilot waits for *three* branches, and the last to arrive decides. Even if every branch is on time on average, the slowest of three is late on average: by 1.37 weeks here (1.34 to 1.41), and nobody is to blame. Look at the table: moving the data is not on PERT's critical path, yet it decides the end in 42% of runs.
#
# Tell the board: "an even chance of about 22 weeks, nearly certain by 25", not "20". And this simulation still flatters: tasks are drawn one by one, while one head of IT who falls ill slows them all.
#
# By hand (book, 4.1, phase 2): A3, B5 after A, C4 after A, D6 after B, E2 after B and C, F3 after D and E. The path is A-B-D-F, 17 days. With three estimates PERT gives 18.0, and a chance of 85.9% to be done in 20 days:

# %%
small = [dict(zip(("task", "duration", "after"), row, strict=True)) for row in (("A", 3, ""), ("B", 5, "A"), ("C", 4, "A"), ("D", 6, "B"), ("E", 2, "B, C"), ("F", 3, "D, E"))]
by_hand = crm.projects.plan(small)
three = crm.projects.pert([dict(zip(("task", "after", "optimistic", "likely", "pessimistic"), row, strict=True)) for row in (("A", "", 2, 3, 4), ("B", "A", 3, 5, 13), ("D", "B", 4, 6, 8), ("F", "D", 2, 3, 4))], deadline=20)
print(by_hand.facts["duration"], by_hand.table.set_index("task")["slack"].to_dict())
print(three.facts["expected"], round(three.facts["variance"], 4), crm.labels.percent(three.facts["on_time_share"]), round(three.facts["p95"], 2))

# %% [markdown] tags=["id"]
# ## 8. Apa yang dapat salah, dan siapa yang harus berubah
#
# Sepuluh sebab gagal menurut Gartner adalah awal daftar yang baik (`crm.projects.failure_causes()`); peluang dan dampaknya harus dari Anda. Tiga yang terisi, dalam juta rupiah:

# %% [markdown] tags=["en"]
# ## 8. What may go wrong, and who must change
#
# Gartner's ten causes of failure are a good list to begin with (`crm.projects.failure_causes()`); chance and impact must be yours. Three filled in, in million rupiah:

# %%
register = [
    {"risk": "poor_customer_data", "probability": 0.4, "impact": 500e6, "mitigation": say("bersihkan sebelum pindah", "clean before moving"), "contingency": say("pindah bertahap", "move by waves"), "owner": say("kepala data", "head of data")},
    {"risk": say("tenaga penjual menolak", "the sales force refuses"), "probability": 0.6, "impact": 300e6, "mitigation": say("dua penjual di tim", "two of them in the team"), "contingency": say("peluncuran per wilayah", "launch by region"), "owner": say("kepala penjualan", "head of sales")},
    {"risk": say("vendor terlambat", "the vendor is late"), "probability": 0.3, "impact": 200e6, "mitigation": say("bayar menurut hasil", "pay by result"), "contingency": say("cadangan 4 minggu", "4 weeks of reserve"), "owner": say("kepala pengadaan", "head of buying")},
]
threats = crm.projects.risks(register)
print(crm.labels.money(threats.facts["total"], short=True))
threats.figure()

# %% [markdown] tags=["id"]
# 200 + 180 + 60 = 440 juta. **Jebakan:** 440 juta bukan anggaran cadangan yang "cukup". Bila data buruk terjadi, biayanya 500, bukan 200. Nilai harapan untuk mengurutkan; petanya (peluang × dampak) untuk memutuskan mana yang tidak boleh terjadi.
#
# Manajemen perubahan (buku 4.3): fase A posisi, B ukuran, C kini, D tindakan, E lingkungan. Kesenjangannya dihitung; tindakannya harus ditulis.

# %% [markdown] tags=["en"]
# 200 + 180 + 60 = 440 million. **The trap:** 440 million is no reserve that is "enough". If the bad data happen, they cost 500, not 200. Expected values are for ranking; the map (chance × impact) is for deciding what must not happen.
#
# Change management (book, 4.3): phases A position, B measure, C now, D action, E environment. The gap is computed; the action must be written.

# %%
changing = crm.programme.change([
    {"measure": "CSAT", "position": say("toko yang peduli", "a shop that cares"), "target": 85, "current": 72, "action": say("kasir boleh mengganti barang", "the till may replace goods"), "environment": say("pesaing mengganti di tempat", "rivals replace on the spot")},
    {"measure": say("keluhan tidak tuntas, %", "unresolved complaints, %"), "position": say("janji ditepati", "promises kept"), "target": 15, "current": 26, "better": "low", "action": None, "environment": None},
])
key = crm.programme.vignettes({"case_facts_and_incentive": "rational_empirical", "case_sanctions": "power_coercive", "case_calm_then_spurts": "smooth_incremental"})
print(key.facts["right"], "/", key.facts["answered"])
print(dict(zip(changing.table["measure"], changing.table["gap"], strict=True)), changing.facts["without_action"])
changing.figure()

# %% [markdown] tags=["id"]
# Kesenjangan 13 poin punya tindakan. Yang 11 poin tidak: itu keinginan, belum perubahan. (Pada kuis di atas satu jawaban keliru: masa tenang yang diselingi percepatan bukan perubahan yang mulus.)
#
# Sebelum peluncuran, prototipe diuji **pada data rekaan**:

# %% [markdown] tags=["en"]
# The gap of 13 points has an action. The one of 11 has none: that is a wish, not yet a change. (One answer of the quiz is wrong: calm with spurts between is not a smooth change.)
#
# Before the launch the prototype is tested, **on made-up people**:

# %%
cases = [{"case": k, "passed": k > 4, "severity": 1 if k == 1 else 3 if k <= 4 else None} for k in range(1, 41)]
tested = crm.programme.acceptance(cases, waves=[{"wave": "Dago", "users": 8}, {"wave": "Bekasi", "users": 12}, {"wave": say("semua", "all"), "users": 20}])
print(crm.labels.percent(tested.facts["passed_share"]), tested.facts["severity_1"], crm.labels.name(tested.facts["verdict"]))
try:
    crm.programme.acceptance(cases, test_data=clean["customers"][["phone"]].head(20), real_data=clean["customers"][["phone"]])
except crm.UserError as refused:
    print(str(refused).split("(")[0][:110], "...")

# %% [markdown] tags=["id"]
# 36 dari 40 lulus, 90,0%, dan tetap **tidak diluncurkan**: satu kegagalan terberat masih terbuka. Salinan pelanggan sungguhan sebagai data uji ditolak.
#
# ## 9. Apa hasilnya, dan apakah programnya yang membawanya?
#
# Hasil bisnis dihitung dari nilai awal. Tanpa nilai awal: **tidak dapat dievaluasi**, seindah apa pun angkanya.

# %% [markdown] tags=["en"]
# 36 of 40 passed, 90.0%, and still **no launch**: one failure of the worst kind is open. A copy of real customers as test data is refused.
#
# ## 9. What came of it, and was it the programme?
#
# Business outcomes count from where they began. Without a baseline they **cannot be evaluated**, however fine the number.

# %%
crm.programme.outcomes([{"objective": say("prospek", "leads"), "baseline": 400, "target": 600, "actual": 570}, {"objective": "NPS", "target": 40, "actual": 38}])

# %% [markdown] tags=["id"]
# Tercapai bukan berarti *karena* program. Hitungan kecil: toko turun dari 100 ke 55, saluran daring naik dari 100 ke 140. Sebelum–sesudah: −45. Beda dalam beda (*difference in differences*): (55 − 100) − (140 − 100) = −85; sebagai rasio 0,393.
#
# Sekarang data PT XYZ. Tidak ada program yang dapat kita nilai, tetapi ada guncangan: pandemi menutup toko pada April 2020. Kita pakai bulan yang sama dari dua tahun (April–Desember), di 19 kota yang membeli di toko dan di marketplace. **Berapa yang direnggut pandemi dari toko?**

# %% [markdown] tags=["en"]
# Reached does not mean *because of* the programme. A small sum: shops fall from 100 to 55, online rises from 100 to 140. Before and after: −45. Difference in differences: (55 − 100) − (140 − 100) = −85; as a ratio 0.393.
#
# Now PT XYZ's data. There is no programme to judge, but there is a shock: the pandemic shut shops in April 2020. We take the same months of two years (April to December), in the 19 cities that buy both in the shops and on the marketplace. **What did the pandemic take from the shops?**

# %%
book = crm.programme.effect(pd.DataFrame({"year": [2019, 2020] * 2, "shop": [1, 1, 0, 0], "sales": [100, 55, 100, 140]}), value="sales", treated="shop", period="year", since=2020)
print(book.facts["naive"], book.facts["effect"], round(book.facts["ratio"], 3), crm.labels.name(book.facts["verdict"]))

sold = t["fact_sales_line"].merge(t["dim_channel"][["channel_id", "channel"]]).merge(t["dim_region"][["city_id", "city"]])
sold = sold[sold["channel"].isin(["store", "marketplace"]) & (sold["date"] >= "2019-04-01")].assign(month=lambda x: x["date"].dt.strftime("%Y-%m"))
sold = sold[sold["month"].str[5:].between("04", "12")]
# a month without a sale is a month of nought, not a missing one
monthly = sold.pivot_table(index=["city", "channel"], columns="month", values="amount", aggfunc="sum", fill_value=0)
monthly = monthly[monthly.groupby("city")[monthly.columns[0]].transform("size") == 2].stack().rename("revenue").reset_index()
monthly["shop"] = (monthly["channel"] == "store").astype(int)
shock = crm.programme.effect(monthly, value="revenue", treated="shop", period="month", since="2020-04", unit="city", source=source)
shock.figure()

# %%
print(shock.explain())
for note in shock.notes:
    print("-", note.render())
f = shock.facts
print(round(f["treated_after"] / f["treated_before"], 2), round(f["control_after"] / f["control_before"], 2), [round(f[k], 2) for k in ("ratio", "ratio_low", "ratio_high")])
for code in ("R-T06", "R-T07"):
    print(code, {one["what"]: one["planted"] for one in retail.truths[code]["found"] if "store" in one["what"] or "marketplace" in one["what"]})

# %% [markdown] tags=["id"]
# Sebelum–sesudah: omzet toko tinggal 0,66 dari tahun lalu. Beda dalam beda: 0,37 (0,29–0,47) dari yang "seharusnya", yakni kalau toko tumbuh seperti marketplace. Mana yang benar?
#
# Kunci jawabannya ada. Yang ditanam: guncangan menjatuhkan pesanan toko menjadi 0,55, lalu pulih dengan faktor 1,3636 (menjadi 0,75), dan **menaikkan** marketplace menjadi 1,45. Pelanggan pindah. Rasio 0,55/1,45 = 0,379 memang yang ditemukan beda dalam beda: hitungannya benar. Tetapi kalimat "pandemi merenggut 63% omzet toko" salah.
#
# **Jebakan: pembanding yang ikut kena.** Beda dalam beda mengandaikan pembanding menunjukkan apa yang terjadi *tanpa* perlakuan. Marketplace menampung pelanggan toko, jadi kerugian dihitung dua kali. Uji tren sebelumnya tidak menangkap ini (p = 0,66; dan sembilan bulan tidak membuktikan apa-apa): yang rusak bukan masa lalu, melainkan pembandingnya.
#
# Untuk program CRM: toko tanpa sistem baru adalah pembanding yang baik **hanya bila** pelanggannya tidak pindah ke toko yang punya. Undilah menurut kota, bukan menurut kasir.

# %% [markdown] tags=["en"]
# Before and after: shop revenue is 0.66 of last year's. Difference in differences: 0.37 (0.29 to 0.47) of what "should" have been, that is, had shops grown as the marketplace did. Which is right?
#
# There is an answer key. Planted is a shock that cuts shop orders to 0.55, a recovery by a factor of 1.3636 (to 0.75), and a **rise** of the marketplace to 1.45. Customers moved. The ratio 0.55/1.45 = 0.379 is just what difference in differences found: the sum is right. Yet the sentence "the pandemic took 63% of shop revenue" is wrong.
#
# **The trap: a control that was hit as well.** Difference in differences takes the control for what would have happened *without* the treatment. The marketplace caught the shops' customers, so the loss is counted twice. The test of earlier trends does not see it (p = 0.66; and nine months prove nothing): it isn't the past that is broken, it is the control.
#
# For the CRM programme: shops without the new system are a good control **only if** their customers don't move to shops that have it. Draw lots by city, not by till.

# %% [markdown] tags=["id"]
# ## Tugas
#
# 1. Jawab satu pertanyaan riset di bagian 1 dengan bukti yang sungguh dapat Anda tunjukkan. Berapa bagian yang terjawab sekarang? *(Periksa: 30 dari 47.)*
# 2. Ubah O4 menjadi sasaran yang lengkap. Ambil nilai awalnya dari bagian 1.
# 3. Berapa pelanggan yang perlu ditanya agar kenaikan dari 86% ke 89% dapat dibedakan dari kebetulan? Rumus kasar: $n = 16\,p(1-p)/d^2$ tiap tahun. *(Periksa: sekitar 2.000.)*
# 4. Beri E3 satu jalan ke O1 yang benar-benar Anda percayai. Bila tidak ada, apa yang Anda tulis kepada vendor?
# 5. Hapus E2 dari jejaring. Sasaran mana yang jatuh? *(Periksa: pakai `dependents`; tidak ada, sebab C4 masih didukung E1.)*
# 6. Seorang pemangku kepentingan bernilai (3, 3). Di kuadran mana ia, dan mengapa aturan "≥ 3 tinggi" harus ditetapkan sebelum menilai?
# 7. Beri Tugas 7 dua A. Apakah hasilnya lebih baik daripada tidak ada?
# 8. Isi rencana risiko pada formulir fase. Gerbang mana yang terbuka sekarang? *(Periksa: 2.)*
# 9. Perpendek pelatihan menjadi (4, 5, 8). Berapa bias gabung sekarang, dan mengapa mengecil?
# 10. Hitung dengan tangan ragam jalur A-B-D-F. *(Periksa: 3,4444; P95 21,05.)*
# 11. Peluang 40% ditulis 40. Apa kata programnya?
# 12. Tambahkan gelombang "rumah": 8, 12, dan 20 orang. Berapa bagian pengguna sesudah gelombang kedua? *(Periksa: 50%.)*
# 13. Pakai `website` sebagai pembanding toko. Apakah rasionya berubah, dan apakah ia pembanding yang lebih baik?
# 14. Rancang evaluasi program CRM PT XYZ: toko mana yang mendapat sistem lebih dahulu, siapa yang mengundi, dan berapa toko yang diperlukan agar ada selang? *(Periksa: paketnya meminta lima unit tiap kelompok; PT XYZ punya empat toko.)*

# %% [markdown] tags=["en"]
# ## Tasks
#
# 1. Answer one of part 1's research questions with evidence that you could really show. What share is answered now? *(Check: 30 of 47.)*
# 2. Make O4 a whole objective. Take its baseline from part 1.
# 3. How many customers must be asked so that a rise from 86% to 89% can be told from chance? A rough formula: $n = 16\,p(1-p)/d^2$ each year. *(Check: about 2,000.)*
# 4. Give E3 a way to O1 that you really believe in. If there is none, what do you write to the vendor?
# 5. Take E2 out of the network. Which objective falls? *(Check: use `dependents`; none, as E1 still carries C4.)*
# 6. A stakeholder scores (3, 3). Which field is that, and why must the rule "≥ 3 is high" be set before the scoring?
# 7. Give Task 7 two A's. Is that better than none?
# 8. Fill in the risk plan in the form of phases. Which gate is open now? *(Check: 2.)*
# 9. Shorten the training to (4, 5, 8). What is the merge bias now, and why is it smaller?
# 10. Compute the variance of the path A-B-D-F by hand. *(Check: 3.4444; P95 21.05.)*
# 11. A chance of 40% is typed as 40. What does the package say?
# 12. The waves hold 8, 12 and 20 people. What share of users is reached after the second? *(Check: 50%.)*
# 13. Take `website` as the shops' control. Does the ratio change, and is it a better control?
# 14. Plan the evaluation of PT XYZ's CRM programme: which shops get the system first, who draws the lots, and how many shops does an interval need? *(Check: the package asks for five units a group; PT XYZ has four shops.)*
