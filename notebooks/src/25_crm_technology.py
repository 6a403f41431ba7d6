# %% [markdown] tags=["id"]
# # 25 · Teknologi CRM: mencoba sebelum membeli
#
# **Pertanyaannya.** Vendor datang ke PT XYZ dengan presentasi yang bagus: eskalasi otomatis, pembagian prospek, WhatsApp, notifikasi bila pelanggan mencapai Rp10 juta. *"Bulan depan bisa jalan."* Direktur bertanya kepada Anda: **apa yang benar-benar akan
# dilakukan sistem itu terhadap data kita, dan apakah kita siap?**
#
# Buku bab 8 memuat empat bahan: teknologi pendukung (8.1), integrasi dan alur kerja (8.2), fitur (8.3), dan peran analitik (8.4). Di sini semuanya dicoba pada tabel PT XYZ **sebelum** ada yang dibeli. Alur kerja hanyalah aturan, dan aturan dapat dijalankan pada salinan.

# %% [markdown] tags=["en"]
# # 25 · CRM technology: try it before you buy it
#
# **The question.** A vendor comes to PT XYZ with fine slides: automatic escalation, leads handed out, WhatsApp, a message when a customer reaches Rp10 million. *"It can be running next month."* The director asks you: **what would that system really do to
# our data, and are we ready for it?**
#
# The book's chapter 8 holds four things: supporting technology (8.1), integration and workflow (8.2), features (8.3) and the role of analysis (8.4). Here all are tried on PT XYZ's tables **before** anything is bought. A workflow is only rules, and rules can be run on a copy.

# %% [markdown] tags=["id"]
# ## 1. Apa yang dipakai dari sistem yang sudah ada?
#
# Sistem yang lama mencatat setiap pemakaian. Sebelum membaca daftar fitur yang baru, lihat dahulu untuk apa yang lama dipakai:

# %% [markdown] tags=["en"]
# ## 1. What is used of the system that is there?
#
# The old system logs each use. Before reading a list of new features, look at what the old ones are used for:

# %%
import crmlab as crm
import pandas as pd

retail = crm.datasets.load_retail("S", layer="clean")
t = retail.tables
source = crm.results.Source(retail.name, retail.hash)
LAST_DAY = "2020-12-31"

uses = t["crm_log"].merge(t["crm_features"], on="feature_id")
uses["year"] = pd.to_datetime(uses["date"]).dt.year
minutes = uses.pivot_table("minutes", "activity", "year", "sum")
shares = minutes / minutes.sum()
(100 * shares).rename(index=crm.labels.name).round(1)

# %%
seldom = uses["feature"].value_counts()
print({crm.labels.name(feature): int(n) for feature, n in seldom[seldom < 12].items()})

# %% [markdown] tags=["id"]
# Pada 2018 delapan dari sepuluh menit habis untuk **laporan**, pada 2020 masih lebih dari separuh. CRM yang dipakai untuk melapor ke atas belum melayani siapa pun. Dan fitur yang paling dibanggakan pada brosur, seperti pemindai kartu nama dan peta rute, hampir tidak disentuh. Dua puluh fitur pada
# daftar buku (8.3) adalah menu, bukan kebutuhan. Mana yang perlu ditetapkan dari sasaran (notebook 22), lalu dipilih menurut kriteria dan bobot (notebook 23, `crm.projects.vendors`).
#
# Satu catatan tentang ukuran. Buku (awal bab 8) membagi paket besar dan menengah pada omzet satu juta dolar atau seribu karyawan. Satu juta dolar terlalu kecil untuk "perusahaan besar"; aslinya agaknya satu **miliar**. Jangan memakai batas itu tanpa memeriksanya.
#
# ## 2. Alur kerja: aturan sebagai data
#
# Buku menyebut enam otomasi: eskalasi, balasan surel, penugasan prospek, naskah dialog, navigasi login, integrasi. Semuanya berbentuk sama: **pada catatan apa, bila apa, lakukan apa, kepada siapa, dan mana yang didahulukan**. Ini tujuh aturan yang diusulkan vendor:

# %% [markdown] tags=["en"]
# In 2018 eight minutes of ten went into **reporting**, in 2020 still more than half. A CRM that is used to report upwards has served nobody yet. And the features that the brochure is proudest of, the scanner of business cards or the map of routes, are hardly touched. The book's list of twenty
# features (8.3) is a menu, not a need. Which ones are needed follows from objectives (notebook 22), and is then chosen by criteria and weights (notebook 23, `crm.projects.vendors`).
#
# A word on size. The book (beginning of chapter 8) parts large suites from midmarket ones at sales of a million dollars or a thousand employees. A million dollars is too little for a "large company"; the original probably said a **billion**. Don't use that line unchecked.
#
# ## 2. Workflow: rules as data
#
# The book names six automations: escalation, e-mail response, lead assignment, dialogue scripting, log-in navigation, integration. All have one shape: **on which record, when, do what, for whom, and what goes first**. Here are seven rules that the vendor proposes:

# %%
Rule = crm.workflow.Rule
tickets = t["complaints"].rename(columns={"complaint_id": "ticket_id", "complained_at": "opened_at"})
tickets["state"] = tickets["resolved_at"].isna().map({True: "open", False: "done"})
rules = [
    Rule("logistics", "ticket", "category == 'late_delivery' and state == 'open'", "escalate", "logistics", 3, {"owner": "logistics"}),
    Rule("very late", "ticket", "state == 'open' and opened_at_hours_ago > 48", "escalate", "manager", 2, {"owner": "manager"}),
    Rule("late", "ticket", "state == 'open' and opened_at_hours_ago > 24", "escalate", "supervisor", 1, {"owner": "supervisor"}),
    Rule("reply", "ticket", "channel == 'email'", "reply", "customer", 0, {"replied": "yes"}),
    Rule("replace", "ticket", "category == 'damaged' and state == 'open'", "replace", "warehouse", 0, {"replaced": "yes"}),
    Rule("referral", "lead", "source == 'referral'", "assign", "account rep", 2, {"owner": "account rep"}),
    Rule("good lead", "lead", "fit_score >= 70", "assign", "senior rep", 1, {"owner": "senior rep"}),
]
run = crm.workflow.dry_run(rules, {"ticket": tickets, "lead": t["leads"]}, as_of=LAST_DAY, source=source)
run.rules

# %%
run.rules.figure()

# %% [markdown] tags=["id"]
# Tiga hal yang tidak tampak pada presentasi:
#
# * **replace tidak pernah cocok.** Di data PT XYZ kategorinya `damaged_goods`, bukan `damaged`. Aturan yang salah tulis tidak memberi pesan galat; ia hanya diam, dan barang rusak tidak pernah diganti.
# * **late cocok tetapi selalu kalah.** Semua tiket yang masih terbuka sudah lewat 48 jam. Penyelia tidak akan pernah menerima apa pun dari data ini.
# * **Dua aturan memperebutkan satu catatan** pada 81 catatan. Prospek rujukan yang juga bernilai tinggi pergi ke *account rep* karena prioritasnya 2. Apakah itu yang dimaksud? Sekarang pertanyaan itu dapat diajukan kepada orangnya, bukan ditemukan pelanggan.
#
# Mengapa sebuah catatan berakhir di tangan seseorang tertulis per keputusan, dan jejak auditnya menyimpan isian **sebelum dan sesudah**:

# %% [markdown] tags=["en"]
# Three things that no slide showed:
#
# * **replace never matches.** In PT XYZ's data the category is `damaged_goods`, not `damaged`. A rule with a slip gives no error; it is just silent, and damaged goods are never replaced.
# * **late matches and always loses.** All tickets that are still open are older than 48 hours. By these data the supervisor will never get anything.
# * **Two rules want one record** on 81 records. A referred lead that scores high as well goes to the *account rep*, whose priority is 2. Is that what was meant? That question can now be put to people, before customers find out.
#
# Why a record ends up with somebody is written down decision by decision, and the audit log keeps fields **before and after**:

# %%
decisions = run.decisions.table
fought = decisions[decisions["decision"] == "outranked"][["record_kind", "record_id"]]
fought.tail(2).merge(decisions)[["record_kind", "record_id", "rule", "send_to", "decision", "outranked_by"]].rename(columns=crm.labels.name)

# %%
print(run.log.explain(depth="method"))
run.log.table.tail(3).rename(columns=crm.labels.name)

# %% [markdown] tags=["id"]
# Dijalankan dua kali, tidak ada yang berubah lagi. Itu syarat, bukan hiasan: sistem yang setiap malam mengirim pesan yang sama lebih buruk daripada tanpa sistem.
#
# **Aturan yang berputar.** Manajer meminta "tutup tiket lama sesudah 30 hari"; bagian mutu meminta "buka kembali tiket yang ditutup tanpa penyelesaian". Masing-masing masuk akal:

# %% [markdown] tags=["en"]
# Run twice, nothing changes any more. That is a condition, not an ornament: a system that sends the same message every night is worse than none.
#
# **Rules that go round.** A manager asks to "close old tickets after 30 days"; quality asks to "reopen what was closed without an answer". Each makes sense:

# %%
tidy = Rule("close old", "ticket", "state == 'open' and opened_at_hours_ago > 720", "close", "", 4, {"state": "closed"})
care = Rule("reopen", "ticket", "state == 'closed' and reopened == 0", "open", "", 4, {"state": "open"})
try:
    crm.workflow.dry_run([*rules, tidy, care], {"ticket": tickets, "lead": t["leads"]}, as_of=LAST_DAY)
except crm.UserError as refused:
    print(refused)

# %% [markdown] tags=["id"]
# Ditolak **sebelum** satu tiket pun disentuh, dengan nama aturannya. Pemeriksaan itu hanya membaca syaratnya, jadi ia berhati-hati: dua aturan yang pada kenyataannya tidak pernah bertemu pun dapat disebut. Lebih baik menjelaskan satu syarat daripada mengirim pelanggan seribu pemberitahuan.
#
# ## 3. Eskalasi: jam siapa?
#
# Contoh dahulu: batas 24 dan 48 jam, tiket berumur 3, 26, dan 50 jam.

# %% [markdown] tags=["en"]
# Refused **before** one ticket was touched, by the rules' names. The check only reads conditions, so it is careful: it may name two rules that never meet in fact. Better to explain a condition than to send a customer a thousand notices.
#
# ## 3. Escalation: whose hours?
#
# The example first: levels of 24 and 48 hours, tickets 3, 26 and 50 hours old.

# %%
now = pd.Timestamp(LAST_DAY)
example = pd.DataFrame({"ticket_id": [1, 2, 3], "opened_at": [now - pd.Timedelta(h, "h") for h in (3, 26, 50)]})
crm.workflow.escalate(example, as_of=now)

# %%
clock = crm.workflow.escalate(tickets, as_of=now, source=source)
office = crm.workflow.escalate(tickets, as_of=now, working=(8, 17), source=source)
print(clock.explain(depth="method"), office.explain(depth="short"), sep="\n\n")
clock.figure()

# %% [markdown] tags=["id"]
# Menurut jam dinding sepertiga keluhan selesai dalam sehari; menurut jam kantor (8 sampai 17, tanpa akhir pekan dan libur nasional) enam dari sepuluh. **Tidak satu pun tiket berubah; hanya jamnya.** Kontrak yang menulis "24 jam" tanpa menyebut jam siapa akan dibaca vendor sebagai jam kantor dan pelanggan sebagai jam dinding.
#
# Yang terburuk bukan itu. Tiket yang sampai ke manajer dan **masih terbuka** tidak pernah diselesaikan sama sekali, sebagian sejak 2016. Eskalasi otomatis akan memindahkan tumpukan itu ke meja manajer pada malam pertama. Tumpukan perlu keputusan orang, bukan aturan.
#
# ## 4. Penugasan prospek: siapa yang longgar?
#
# Tiga tenaga penjual dengan ruang 1, 6, dan 4: prospek pergi ke yang paling longgar, B. Lalu prospek sejak Juni 2020, dengan ruang empat per orang dikurangi yang sudah dipegang sejak Januari; yang skor kecocokannya tertinggi didahulukan:

# %% [markdown] tags=["en"]
# By the clock a third of complaints are resolved within a day; by office hours (8 to 17, without weekends and national holidays) six in ten. **Not one ticket changed; only whose hours.** A contract that says "24 hours" and not whose will be read as office hours by the vendor, and as the clock's by customers.
#
# That is not the worst. Tickets that came to the manager and are **still open** were never resolved at all, some since 2016. Automatic escalation would move that pile to the manager's desk in its first night. A pile needs people's decision, not a rule.
#
# ## 4. Leads: who has room?
#
# Three sellers with room for 1, 6 and 4: the lead goes to whoever has most, B. Then the leads since June 2020, with room for four each less what they were given since January; the best fit goes first:

# %%
print(crm.workflow.assign(pd.DataFrame({"lead_id": [1]}), {"A": 1, "B": 6, "C": 4}).table["sales_rep"].tolist())

leads = t["leads"]
spring = leads[leads["created_at"].between("2020-01-01", "2020-05-31 23:59")]
reps = t["sales_reps"][["sales_rep_id", "sales_rep"]].assign(capacity=4)
reps["in_hand"] = reps["sales_rep_id"].map(spring["sales_rep_id"].value_counts()).fillna(0).astype(int)
summer = crm.workflow.assign(leads[leads["created_at"] >= "2020-06-01"], reps, first="fit_score", source=source)
summer.figure()

# %%
summer

# %% [markdown] tags=["id"]
# Setiap keputusan punya alasan, termasuk seri. Ruangnya terisi cukup merata (indeks Jain mendekati 1). **Merata tidak sama dengan terbaik:** aturan ini tidak tahu siapa yang pandai menjual apa, dan tidak tahu bahwa prospek yang dihubungi dalam satu jam lebih berharga daripada petugas yang longgar.
#
# ## 5. Memantau peristiwa
#
# Buku (8.4) memberi contoh: ketahui kapan pelanggan mencapai nilai tertentu. Empat belanja 3,2; 4,1; 1,9; 1,5 juta melewati 10 juta pada yang keempat. Kedengarannya mudah. Sekarang dengan retur, data yang datang terlambat, dan berkas yang dimuat dua kali:

# %% [markdown] tags=["en"]
# Every decision has its reason, ties too. Room is filled fairly evenly (Jain's index is near 1). **Even is not best:** the rule does not know who sells what well, nor that a lead called within the hour is worth more than a seller with time.
#
# ## 5. Watching for events
#
# The book's example (8.4): know when a customer reaches a certain value. Four sales of 3.2, 4.1, 1.9 and 1.5 million pass 10 million at the fourth. It sounds easy. Now with returns, with data that come late, and with a file that is loaded twice:

# %%
four = pd.DataFrame({"customer_id": 1, "ordered_at": pd.date_range("2020-01-01", periods=4), "amount": [3.2e6, 4.1e6, 1.9e6, 1.5e6]})
once = crm.workflow.watch(four, [10e6])
print(once.table[["sale_number", "running_total"]].values.tolist())

sales = t["sales"].rename(columns={"total": "amount"})[["customer_id", "order_id", "ordered_at", "amount"]]
back = t["returns"].merge(t["sales"][["order_id", "customer_id"]], on="order_id")
back = back.assign(order_id="R" + back["return_id"].astype(str), amount=-back["amount"]).rename(columns={"returned_on": "ordered_at"})
moves = pd.concat([sales, back[list(sales.columns)]], ignore_index=True)

gross = crm.workflow.watch(sales, [10e6, 25e6], source=source)
net = crm.workflow.watch(moves, [10e6, 25e6], source=source)
again = crm.workflow.watch(pd.concat([moves, moves]), [10e6, 25e6], fired=net)
print({"gross": gross.facts["reached_lowest"], "net": net.facts["reached_lowest"], "new when loaded again": again.facts["new"]})
net.figure()

# %%
for note in again.notes:
    print(note.render())

# %% [markdown] tags=["id"]
# Tanpa retur dua pelanggan lebih mendapat ucapan selamat yang tidak pada tempatnya. Dan data yang dimuat ulang **tidak membunyikan apa pun lagi**. Tanyakan dua hal ini kepada vendor; keduanya jarang ada di demo.
#
# ## 6. Saluran: WhatsApp atau surel?
#
# Brosur vendor: WhatsApp dijawab 8%, biayanya Rp500; surel 2% dan Rp50; laba kotor satu jawaban Rp60.000.

# %% [markdown] tags=["en"]
# Without returns two more customers get a congratulation that is out of place. And data that are loaded again **fire nothing again**. Put both to the vendor; they are seldom in a demo.
#
# ## 6. Channels: WhatsApp or e-mail?
#
# The vendor's brochure: WhatsApp is answered by 8% and costs Rp500, e-mail by 2% and Rp50; an answer leaves a margin of Rp60,000.

# %%
brochure = [{"channel": "whatsapp", "response_share": 0.08, "cost": 500}, {"channel": "email", "response_share": 0.02, "cost": 50}]
typed = crm.workflow.contact_value(brochure, margin=60_000)
print(typed.explain(depth="short"))

lines = t["sales_lines"]
margins = (lines["amount"] - lines["cost"]).groupby(lines["order_id"]).sum()
sends = t["campaign_sends"].merge(t["campaigns"], on="campaign_id")
margin = float(margins.reindex(sends["order_id"].dropna()).mean())
answers = t["survey_answers"].merge(t["survey_invitations"][["survey_id", "customer_id"]])
seen = crm.workflow.channels(sends, costs={"email": 50, "whatsapp": 500}, margin=margin, scores=answers, source=source)
seen

# %%
seen.figure()

# %% [markdown] tags=["id"]
# Rp4.300 dan Rp1.150 di brosur menjadi jauh lebih kecil pada PT XYZ, walaupun laba kotor satu pesanannya lebih besar: yang membeli hanya 2,1% dan 0,8%. WhatsApp tetap di atas. Beli?
#
# Belum. **Salurannya tidak diundi.** Surel membawa kabar bulanan, WhatsApp membawa penawaran; yang dibandingkan bukan saluran melainkan surat kabar dengan diskon. Dan kepuasan di belakangnya berasal dari 12 dan 5 jawaban: selangnya hampir selebar skala.
#
# Ada satu bagian yang lebih baik. Pada kampanye *win-back* sebagian orang **sengaja tidak dikirimi**, dengan undian. Yang membeli juga di sana bukan jasa pesannya:

# %% [markdown] tags=["en"]
# The brochure's Rp4,300 and Rp1,150 become far less at PT XYZ, though an order of its leaves more: only 2.1% and 0.8% buy. WhatsApp is still ahead. Buy it?
#
# Not yet. **Nobody drew lots for channels.** E-mail carries the monthly news, WhatsApp an offer; what is compared is no channel but a newspaper with a discount. And the satisfaction beside it rests on 12 and 5 answers: its interval is nearly as wide as the scale.
#
# One part is better. In the *win-back* campaigns some people were **held back**, by lot. Those of them who bought are not the message's doing:

# %%
offered = sends[sends["campaign_kind"] == "win_back"].sort_values("sent_at").drop_duplicates("customer_id")
win_back = offered.groupby(["channel", "arm"])["converted"].agg(["size", "sum"]).unstack("arm")
drawn = pd.DataFrame(
    {
        "channel": win_back.index,
        "contacts": win_back["size", "test"].to_numpy(),
        "responses": win_back["sum", "test"].to_numpy(),
        "held_back": win_back["size", "control"].to_numpy(),
        "held_back_responses": win_back["sum", "control"].to_numpy(),
        "cost": [50, 500],
    }
)
added = crm.workflow.contact_value(drawn, margin=margin, reference="email", source=source)
added.figure()

# %%
added

# %% [markdown] tags=["id"]
# Yang dihitung pesan pertama setiap orang: 254 orang, dan hanya 13 dan 14 di antaranya sengaja tidak dikirimi. **Kedua selang melintasi nol**: apakah pesannya menambah pembelian pun belum terbukti di sini, apalagi saluran mana yang lebih baik (*noise*). Siapa yang menghitung kelima ratus pesan seolah-olah lima ratus orang akan mendapat selang
# WhatsApp yang seluruhnya di atas nol, dan membeli lisensi karena salah hitung.
#
# Undian itu pun antara dikirimi dan tidak, bukan antara surel dan WhatsApp. Untuk mengetahui saluran mana yang lebih baik, **undi salurannya**, dengan cukup banyak orang. Itu percobaan satu bulan, lebih murah daripada lisensi satu tahun. Dan sebelum pesan pertama: izin per saluran (notebook 09); penawaran pribadi hanya bagi yang setuju.
#
# ## 7. Apakah setiap pelanggan perlu dicatat?
#
# Buku bab 5 jujur: basis data **tidak selalu** berguna. Produk sekali seumur hidup, loyalitas kecil, penjualan sedikit, data terlalu mahal. Sebagai hitungan: peluang membeli lagi × laba kotor, dikurangi biaya satu catatan.

# %% [markdown] tags=["en"]
# Each person's first message counts: 254 people, of whom only 13 and 14 were held back. **Both intervals run across nothing**: that the message adds sales at all is not proven here, let alone which channel is better (*noise*). Who counts all five hundred messages as if they were five hundred people gets an interval for
# WhatsApp that lies above nothing, and buys a licence for a slip in counting.
#
# And those lots were drawn between written to and not, not between e-mail and WhatsApp. To learn which channel is better, **draw lots for the channel**, with people enough. That is an experiment of a month, cheaper than a year's licence. And before the first message: consent by channel (notebook 09); a personal offer only for those who agreed.
#
# ## 7. Must every customer be recorded?
#
# The book's chapter 5 is honest: a database is **not always** of use. What is bought once in a lifetime, little loyalty, few sales, data that cost too much. As a sum: chance of another purchase × margin, minus the cost of a record.

# %%
print(crm.workflow.worth_recording(0.3, 40_000, 15_000).explain(depth="short"))

orders = t["sales"].sort_values("ordered_at")
first = orders.groupby("customer_id")["ordered_at"].min()
new = first[first.dt.year == 2019]
wait = orders["ordered_at"] - orders["customer_id"].map(new)
returned = orders.loc[(wait > pd.Timedelta(0)) & (wait <= pd.Timedelta(days=365)), "customer_id"].nunique()
worth = crm.workflow.worth_recording((returned, len(new)), float(margins.median()), 15_000, source=source)
print(worth.explain(depth="method"))
worth.figure()

# %% [markdown] tags=["id"]
# Pada contoh pertama tidak layak; bagi pelanggan baru PT XYZ layak, dengan selang penuh di atas biayanya. Tetapi bacalah kalimat tentang **tambahan**: delapan dari sepuluh pelanggan baru membeli lagi, dan sebagian besar akan kembali juga tanpa dicatat. Peluang yang boleh dipakai hanyalah yang ditambahkan basis datanya, dan itu, lagi-lagi, hanya
# diketahui lewat undian.
#
# ## 8. Siap untuk integrasi?
#
# Buku (8.2.2) menyebut lima bentuk integrasi. Sebagai formulir: ya atau tidak, dengan bukti. Yang dapat dijawab catatan kontak, dijawab data; sisanya milik orang:

# %% [markdown] tags=["en"]
# In the first example it does not pay; for new customers of PT XYZ it does, with all of the interval above the cost. But read the sentence on what is **added**: eight of ten new customers buy again, and most would come back unrecorded. The chance to use is only what the database adds, and that, once more, is known only
# by drawing lots.
#
# ## 8. Ready to integrate?
#
# The book (8.2.2) names five ways to integrate. As a form: yes or no, with evidence. What a log of contacts can answer, data answer; the rest stays with people:

# %%
checklist = crm.workflow.integration(t["interactions"], as_of=LAST_DAY)
for answer in checklist.answers:
    measured = dict(answer.measured or {})
    said = crm.labels.text(measured.pop("code"), **measured) if measured else "—"
    print(crm.labels.name(answer.item), "|", answer.score if answer.score is not None else "?", "|", said)

# %%
visit = {
    "application_integration": (0, "stock and tills keep their own customer numbers, seen on 4 January 2021"),
    "browser_integration": (1, "opened on a seller's telephone, 4 January 2021"),
}
whole = crm.forms.overrule(
    checklist, {k: v[0] for k, v in visit.items()}, evidence={k: v[1] for k, v in visit.items()}, as_of="2021-01-04"
)
checked = crm.forms.summary(whole)
print(crm.forms.summary(checklist).explain(depth="short"), checked.explain(depth="short"), sep="\n")
checked.figure()

# %% [markdown] tags=["id"]
# Telepon dan surel terhubung; **web tidak**, karena percakapan media sosial masuk tanpa nama. Aplikasi tidak, karena lima sumber punya nomor pelanggan sendiri. Itulah pekerjaan notebook 06, dan pekerjaan itu mendahului perangkat lunak apa pun: alur kerja di atas data yang belum menyatu mengeskalasi orang yang sama lima kali.
# Jawaban yang belum ada membuat formulirnya **belum lengkap**, bukan nol. Perlu real-time atau cukup batch? Notebook 07 memutar ulang keduanya.
#
# ## 9. Jawaban untuk direktur
#
# 1. *Apa yang akan dilakukan sistem itu?* Dari tujuh aturan satu tidak pernah bekerja, satu selalu kalah, dan 81 catatan diperebutkan. Perbaiki di atas kertas; gratis.
# 2. *Eskalasi?* Putuskan dahulu jam siapa, dan habiskan tumpukan lama dengan tangan.
# 3. *WhatsApp?* Belum terbukti lebih baik. Percobaan dengan undian saluran, satu bulan.
# 4. *Siap?* Tiga dari lima integrasi. Satukan pelanggan dahulu.
# 5. *Vendor yang mana?* Menurut kriteria dan bobot, dengan dua urutan di sampingnya: notebook 23.
#
# ## Jebakan
#
# * Aturan yang salah tulis dan karena itu diam.
# * Dua aturan pada satu catatan tanpa prioritas.
# * Aturan yang saling memicu tanpa akhir.
# * Hasil yang berubah lagi setiap kali dijalankan.
# * "24 jam" tanpa menyebut jam siapa.
# * Tiket muda yang ikut dihitung tepat waktu.
# * Ucapan selamat untuk belanja yang diretur.
# * Pesan dihitung, orangnya tidak: selangnya terlalu sempit.
# * Pilihan orang disangka percobaan.
# * Yang akan kembali juga dihitung sebagai jasa basis data.
#
# ## Tugas
#
# 1. Betulkan syarat `replace` dan jalankan lagi. Berapa tiket yang cocok?
# 2. Beri `late` prioritas 5. Siapa yang sekarang tidak pernah mendapat apa-apa? Mengapa itu bukan perbaikan?
# 3. Ubah syarat `very late` dan `late` sehingga keduanya tidak pernah bertabrakan, tanpa mengubah prioritas.
# 4. Betulkan `reopen` sehingga kedua aturan boleh hidup bersama. *(Petunjuk: isian apa yang membedakan "ditutup karena tua" dari "selesai"?)*
# 5. Simpan aturan dengan `write_rules` dan buka lagi. Apakah berkasnya sama byte demi byte?
# 6. Tulis dua aturan yang bila dijalankan dua kali memberi hasil berbeda. Apa kata catatannya?
# 7. Hitung eskalasi dengan `working=(0, 24)`. Apa bedanya dengan (8, 17), dan mana yang akan Anda tulis di kontrak?
# 8. Jalankan eskalasi per 30 Juni 2020. Berapa tiket yang masih terbuka saat itu?
# 9. Beri tiap tenaga penjual ruang dua. Berapa prospek masuk antrean, dan apa alasannya?
# 10. Pada nilai berapa tepat separuh dari 219 pelanggan yang mencapai Rp5 juta berbunyi? *(Periksa: sekitar Rp10 juta.)*
# 11. Pada peluang jawaban berapa surel menyamai Rp4.300 milik WhatsApp? *(Periksa: 7,25%.)*
# 12. Berapa biaya pesan WhatsApp yang membuat kedua saluran brosur sama nilainya? *(Periksa: Rp3.650.)*
# 13. Rancang undian saluran untuk *win-back*: siapa yang diundi, berapa orang, apa yang diukur? *(Petunjuk: seberapa sempit selang selisihnya harus menjadi?)*
# 14. Dengan biaya berapa satu catatan pada contoh pertama menjadi layak? *(Periksa: di bawah Rp12.000.)*
# 15. Isi formulir integrasi untuk organisasi Anda. Bukti apa yang akan diminta pemeriksa?
# 16. Pilih lima dari dua puluh fitur di buku yang benar-benar menjawab sasaran PT XYZ. Fitur mana yang Anda coret, dan apa buktinya?

# %% [markdown] tags=["en"]
# Telephone and e-mail are tied in; the **web is not**, as talk on social media comes in without names. Applications are not, as five sources have customer numbers of their own. That is the work of notebook 06, and it comes before any software: a workflow on data that are not one escalates the same person five times.
# An answer that is not there makes the form **incomplete**; it is no zero. Real time, or will batches do? Notebook 07 plays both back.
#
# ## 9. An answer for the director
#
# 1. *What would that system do?* Of seven rules one never works, one always loses, and 81 records are fought over. Mend that on paper; it is free.
# 2. *Escalation?* First decide whose hours, and clear the old pile by hand.
# 3. *WhatsApp?* Not proven better. An experiment with lots drawn for the channel, one month.
# 4. *Ready?* Three ways of five. Make customers one first.
# 5. *Which vendor?* By criteria and weights, with both rankings beside each other: notebook 23.
#
# ## Traps
#
# * A rule with a slip in it, which is silent for that.
# * Two rules on one record without a priority.
# * Rules that trigger each other for ever.
# * A result that changes again with each run.
# * "24 hours", and not whose.
# * Young tickets counted as in time.
# * A congratulation for sales that came back.
# * Messages counted and not people: the interval is too narrow.
# * Somebody's choice taken for an experiment.
# * Those who come back anyway counted as the database's doing.
#
# ## Tasks
#
# 1. Mend the condition of `replace` and run it again. How many tickets match?
# 2. Give `late` a priority of 5. Who never gets anything now? Why is that no cure?
# 3. Change the conditions of `very late` and `late` so that they never clash, and leave the priorities.
# 4. Mend `reopen` so that both rules can live together. *(Hint: which field tells "closed for age" from "resolved"?)*
# 5. Keep the rules with `write_rules` and open them again. Is the file the same byte for byte?
# 6. Write two rules that give another result when run twice. What does the note say?
# 7. Compute the escalation with `working=(0, 24)`. How does it differ from (8, 17), and which would you write into a contract?
# 8. Run the escalation as of 30 June 2020. How many tickets were open then?
# 9. Give every seller room for two. How many leads go into the queue, and for what reason?
# 10. At what value do half of the 219 customers who reach Rp5 million fire? *(Check: about Rp10 million.)*
# 11. At what chance of an answer does e-mail equal WhatsApp's Rp4,300? *(Check: 7.25%.)*
# 12. What cost of a WhatsApp message makes the brochure's channels equal? *(Check: Rp3,650.)*
# 13. Plan a draw of channels for *win-back*: who is drawn, how many, what is measured? *(Hint: how narrow must the interval of the difference become?)*
# 14. At what cost of a record does the first example pay? *(Check: below Rp12,000.)*
# 15. Fill in the form of integration for your own organisation. What evidence would an auditor ask for?
# 16. Choose five of the book's twenty features that answer PT XYZ's objectives. Which do you strike out, and by what evidence?
