# %% [markdown] tags=["id"]
# # 18 · Peta perjalanan: yang diketahui, yang diduga, dan milik siapa
#
# **Pertanyaannya.** RS Sehat Nusantara baru selesai lokakarya. Di dinding tergantung peta perjalanan pasien sepanjang tiga meter: wajah tersenyum, wajah marah, panah, awan ide. Konsultan menunjuk wajah paling marah: "Pendaftaran!" Direktur bertanya: ***titik mana di peta ini yang kita ketahui, mana yang kita duga, dan
# apa yang kita ubah lebih dulu?***
#
# Peta perjalanan (buku, bab 7) mudah digambar dan sulit dibantah, karena itu berbahaya. Di sini peta adalah **data**: setiap titik mengutip bukti, atau mengaku sebagai asumsi. Tidak ada jalan ketiga. Kita gambar pasien rumah sakit dan pelanggan PT XYZ, lalu menurunkan tiga perubahan yang dapat diuji. Semua orang di sini rekaan.

# %% [markdown] tags=["en"]
# # 18 · Journey mapping: what is known, what is guessed, and whose it is
#
# **The question.** RS Sehat Nusantara has just had a workshop. On the wall hangs a map of the patient's journey, three metres long: smiling faces, angry faces, arrows, clouds of ideas. The consultant points at the angriest face: "Registration!" The director asks: ***which points on this map do we know, which do we guess, and
# what do we change first?***
#
# A journey map (book, chapter 7) is easy to draw and hard to contradict, and that makes it dangerous. Here a map is **data**: every point cites its evidence, or owns up to being an assumption. There is no third way. We map the hospital's patient and PT XYZ's customer, and derive three changes that can be tested. Nobody here exists.

# %% [markdown] tags=["id"]
# ## 1. Peta sebagai data
#
# Lima langkah membuat peta: **persona, tahap, titik kontak dengan salurannya, emosi, peluang dengan pemiliknya.** Emosi memakai skala −2 sampai +2. Bu Rina dan lima tahapnya:

# %% [markdown] tags=["en"]
# ## 1. The map as data
#
# Five steps make a map: **persona, stages, touchpoints with their channels, emotion, opportunity with its owner.** Emotion runs from −2 to +2. Mrs Rina and her five stages:

# %%
import crmlab as crm
import pandas as pd


def say(indonesian, english):
    """What people write on a map, in the language of this edition."""
    return {"id": indonesian, "en": english}[crm.labels.language()]


feelings = {"awareness": 0.5, "consideration": 0.2, "conversion": -1.1, "retention": 0.4, "advocacy": 0.9}
rina = crm.journeys.JourneyMap.blank("Ibu Rina", {stage: [f"{stage} step"] for stage in feelings})
for stage, emotion in feelings.items():
    rina = rina.feel(f"{stage} step", emotion)
rina = rina.set("conversion step", "volume", 400, cites={"source": "orders", "n": 400})
rina = rina.improve("conversion step", say("Kurangi isian formulir", "Fewer fields")).improve("retention step", say("Ucapkan terima kasih", "Say thanks"), owner="CRM")
told = rina.result().facts
{k: told[k] for k in ("worst_stage", "worst_stage_emotion", "priority_step", "priority", "without_owner", "cited", "assumed")}

# %% [markdown] tags=["id"]
# Tahap terburuk: *conversion*. **Prioritas** = jangkauan × jarak di bawah netral $= 400 \times 1{,}1 = 440$. Satu peluang tanpa pemilik disebut namanya. Dan satu hal yang tidak ada di dinding lokakarya: **1 angka mengutip data, 5 adalah asumsi**.
#
# Peta menolak dua hal: perasaan di luar skala, dan angka yang tidak mengatakan asalnya:

# %% [markdown] tags=["en"]
# The worst stage: *conversion*. **Priority** = reach × how far below neutral $= 400 \times 1.1 = 440$. One opportunity without an owner is named. And something that no workshop wall has: **1 figure cites data, 5 are assumptions**.
#
# A map refuses two things: a feeling off the scale, and a figure that does not say where it comes from:

# %%
broken = rina.to_dict()
broken["stages"][0]["steps"][0]["emotion"] = {"value": 0.5}
for attempt in (lambda: rina.feel("retention step", 3), lambda: crm.journeys.JourneyMap(broken)):
    try:
        attempt()
    except crm.UserError as refused:
        print("-", refused)

# %% [markdown] tags=["id"]
# ## 2. Dari tabel ke rancangan
#
# Notebook 17 membuat log kejadian. Rumah sakit punya resepnya sendiri. **Apa itu satu perjalanan?** Bila satu pasien satu perjalanan, kontrol kelima kali tercampur dengan yang pertama. Di sini satu **janji temu** adalah satu perjalanan:

# %% [markdown] tags=["en"]
# ## 2. From tables to a draft
#
# Notebook 17 made an event log. The hospital has a recipe of its own. **What is one journey?** If it is a patient, the fifth check-up is mixed with the first. Here one **appointment** is one journey:

# %%
clinic = crm.datasets.load_hospital("S", "clean").tables
events = crm.journeys.build_events(clinic, "hospital")
options = {"as_of": "2024-12-31", "stages": crm.journeys.stage_rules("hospital"), "keep": ["payer_group"]}
by_patient = crm.journeys.event_log(events, **options)
log = crm.journeys.event_log(events, columns={"case_id": "about_id"}, **options)
for note in log.notes:
    print("-", note.render())
print({"journeys if one is a patient": by_patient.facts["cases"], "if one is an appointment or visit": log.facts["cases"]})

sari = crm.journeys.draft_map(log, persona="Ibu Sari, BPJS", score_scale=(1, 5), only={"payer_group": "bpjs"})
sari.result().figure()

# %%
sari.point("visit_finished", "emotion")

# %% [markdown] tags=["id"]
# Setiap titik **mengutip**: sumber, per tanggal, kelompok, apa yang dihitung, n, dan selangnya. Emosi adalah skor survei yang dibentangkan ke −2 … +2: $\text{emosi} = 4 \times \frac{\text{skor} - 1}{5 - 1} - 2$, jadi skor 3 menjadi 0 dan skor 4 menjadi +1. Pilihan mana pertanyaan survei yang berbicara untuk langkah mana tertulis di resep
# (*nilai waktu* untuk akhir kunjungan, *pengakuan* untuk lapor diri) dan boleh Anda ganti.
#
# **Pendaftaran bukan yang terburuk.** Lapor diri +0,5. Yang terburuk ialah akhir kunjungan, *sepadan dengan waktunya*: −0,11. Namun lihat selangnya: −0,24 sampai +0,03. Ia memuat nol. Jadi: *terburuk di antara langkah kita*, ya; *pasien kecewa*, belum tentu.

# %% [markdown] tags=["en"]
# Every point **cites**: the source, as of when, which group, what was counted, n and its interval. Emotion is the survey's score laid on −2 … +2: $\text{emotion} = 4 \times \frac{\text{score} - 1}{5 - 1} - 2$, so that a score of 3 becomes 0 and one of 4 becomes +1. Which question of the survey speaks for which step is written in the recipe
# (*value for time* for the end of a visit, *recognition* for check-in), and you may change it.
#
# **Registration is not the worst.** Check-in: +0.5. The worst is the end of the visit, *worth its time*: −0.11. But look at its interval: −0.24 to +0.03. It holds zero. So: *the worst of our steps*, yes; *patients are upset*, not shown.

# %%
draft = sari.result()
draft.table[["stage", "step", "channels", "emotion", "emotion_low", "emotion_high", "answers", "volume", "drop_off"]].round(2)

# %% [markdown] tags=["id"]
# ### Tiga jebakan dalam rancangan ini
#
# **Perasaan hanya ada di tempat kita bertanya.** Tiga langkah kosong: pengingat, janji yang terlewat, keluhan selesai. Kosong bukan netral. Keluhan punya lima jawaban: rata-ratanya +0,6, "pengeluh kita senang!", tanpa selang, karena lima orang tidak cukup untuk satu selang.
#
# **"Berakhir di sini" bukan selalu kehilangan.** 91% perjalanan berakhir pada akhir kunjungan: di situlah perjalanan *seharusnya* berakhir. Sisanya menjawab survei atau mengeluh. Yang benar-benar kehilangan: janji yang terlewat.
#
# **Jangkauan bergantung pada apa satu perjalanan itu.** Prioritas akhir kunjungan bila satu perjalanan satu janji, dan bila satu pasien:

# %% [markdown] tags=["en"]
# ### Three traps in this draft
#
# **Feelings are only where we ask.** Three steps are blank: the reminder, the missed appointment, the complaint resolved. Blank is not neutral. Complaints have five answers: their mean is +0.6, "our complainers are happy!", without an interval, for five people are not enough for one.
#
# **"Ends here" is not always a loss.** 91% of journeys end with the end of the visit: that is where a journey *should* end. The others answer the survey or complain. A real loss is the missed appointment.
#
# **Reach hangs on what one journey is.** The priority of the visit's end if a journey is an appointment, and if it is a patient:

# %%
whole = crm.journeys.draft_map(by_patient, persona="Ibu Sari, BPJS", score_scale=(1, 5), only={"payer_group": "bpjs"})
for name, one in {"appointment": sari, "patient": whole}.items():
    row = one.result().table.set_index("step").loc["visit_finished"]
    print(f"{name}: {row['volume']:.0f} x {-row['emotion']:.3f} = {row['priority']:.0f}")

# %% [markdown] tags=["id"]
# Bandingkan prioritas hanya di dalam satu peta.
#
# ## 3. Disunting dengan tangan, tanpa berbohong
#
# Data tidak tahu bahwa pasien menunggu di kursi plastik. Perawat tahu. Tambahkan langkah *ruang tunggu*; perasaannya **asumsi**, ditandai lingkaran kosong, dan langkahnya sendiri juga asumsi (ditulis miring): tidak ada yang menghitung siapa yang lewat di sana. Setiap suntingan memberi peta baru; yang lama tetap ada.

# %% [markdown] tags=["en"]
# Compare priorities within one map only.
#
# ## 3. Edited by hand, without lying
#
# The data don't know that patients wait on plastic chairs. The nurses do. Add a step *waiting room*; its feeling is an **assumption**, drawn as a hollow circle, and so is the step itself (written aslant): nobody has counted who comes by there. Every edit gives a new map; the old one stays.

# %%
edited = (
    sari.add("visit", "waiting_room", after="check_in", channels=["hospital"])
    .feel("waiting_room", -1.0, note=say("Dua perawat, sepuluh menit di ruang tunggu", "Two nurses, ten minutes in the waiting room"))
    .feel("reminder_sent", 0.5, note=say("Kata orang di ruang tunggu", "Said in the waiting room"))
    .improve("appointment_missed", say("Pengingat WhatsApp sehari sebelumnya", "WhatsApp reminder a day before"), owner=say("Kepala pendaftaran", "Head of registration"))
    .improve("visit_finished", say("Beri tahu perkiraan tunggu lewat WhatsApp", "Tell the expected wait on WhatsApp"), owner=say("Kepala rawat jalan", "Head of outpatients"))
    .improve("complaint_resolved", say("Tanyakan lagi sesudah selesai", "Ask once more when it is settled"))
)
for note in edited.result().notes:
    print("-", note.render())
edited.result().figure()

# %%
draft.explain(depth="method")

# %% [markdown] tags=["id"]
# Perhatikan: ruang tunggu kini langkah terburuk, **atas dasar asumsi**. Peta mengatakannya, dan ia tidak mendapat prioritas, karena jangkauannya tidak pernah dihitung. Dua perawat boleh memicu pertanyaan survei; mereka tidak boleh memutuskan anggaran.
#
# Satu peluang tanpa pemilik. Peluang tanpa pemilik adalah hiasan dinding.
#
# ### Dipindah, berganti nama, dan tetap dikenali
#
# Pasien menyebut akhir kunjungan *obat dan pulang*, dan perawat berkata: menunggunya sesudah diperiksa, bukan sebelumnya. Langkah yang berganti nama membawa angkanya, dan perbandingan masih tahu siapa dia. Semua ini juga dapat dilakukan di aplikasi *Peta perjalanan*, dengan tombol urungkan; di sana pula Anda dapat mengunggah log kejadian Anda sendiri (notebook 17, bagian 2).


# %% [markdown] tags=["en"]
# Mind: the waiting room is now the worst step, **on an assumption**. The map says so, and gives it no priority, for its reach was never counted. Two nurses may prompt a survey question; they may not decide a budget.
#
# One opportunity has no owner. An opportunity without an owner is wallpaper.
#
# ### Moved, renamed, and still known
#
# Patients call the end of a visit *medicine and home*, and the nurse says: they wait after the examination, not before. A step that is renamed takes its figures along, and a comparison still knows which one it is. All of this can be done in the app *Journey map* too, with a button to undo; and there you can upload an event log of your own (notebook 17, part 2).

# %%
shaped = edited.move("waiting_room", after="examination").rename("visit_finished", say("Obat dan pulang", "Medicine and home"))
print(shaped.point(say("Obat dan pulang", "Medicine and home"), "emotion")["cites"]["n"], "|", shaped.result().facts["steps_by_hand"])
crm.journeys.compare_maps(edited, shaped.to_be()).table.query("map_name == 'to_be' and step_change != 'step_kept'")[["stage", "step", "step_change"]]

# %% [markdown] tags=["id"]
# ### Disimpan, dibuka, sama

# %% [markdown] tags=["en"]
# ### Saved, loaded, the same

# %%
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as folder:
    file = edited.save(Path(folder) / "ibu-sari.json")
    print(crm.journeys.JourneyMap.load(file) == edited, "|", edited == sari, "|", len(sari.steps), "->", len(edited.steps))

# %% [markdown] tags=["id"]
# ## 4. Persona demi persona
#
# Ibu Sari berobat dengan BPJS; Pak Anton dengan asuransi; Bu Lina membayar sendiri. **Siapa menunggu paling lama?** Peta tidak punya jalur waktu, jadi hitung dulu (pemeriksaan yang jamnya tidak tercatat dikeluarkan: tidak seorang pun menunggu di sana):

# %% [markdown] tags=["en"]
# ## 4. Persona by persona
#
# Mrs Sari comes with BPJS, the national insurance; Mr Anton with a private one; Mrs Lina pays herself. **Who waits longest?** The map has no lane for time, so count first (examinations whose time was not written down are left out: nobody waits in them):

# %%
seen = {**clinic, "visits": clinic["visits"].dropna(subset=["examined_at", "checked_in_at"])}
visits = crm.journeys.build_events(seen, [part for part in crm.journeys.recipe("hospital") if part["table"] == "visits"])
queue = crm.journeys.event_log(visits, as_of="2024-12-31", keep=["payer_group"])
waits = crm.journeys.time_between(queue, "check_in", "examination", of="about", by="payer_group", unit="minutes", within=["60min"])
waits.explain(depth="short")

# %%
pd.DataFrame([{k: g[k] for k in ("group", "n", "median", "within_share", "within_share_low", "within_share_high")} for g in waits.facts["groups"]]).round(3)

# %% [markdown] tags=["id"]
# Pasien BPJS menunggu 68 menit, yang membayar sendiri 35 menit. Tentu peta mereka akan sangat berbeda?

# %% [markdown] tags=["en"]
# BPJS patients wait 68 minutes, those who pay themselves 35. Surely their maps are quite different?

# %%
names = {"bpjs": "Ibu Sari, BPJS", "insurance": say("Pak Anton, asuransi", "Mr Anton, insurance"), "self_pay": say("Bu Lina, bayar sendiri", "Mrs Lina, self-pay")}
people = [crm.journeys.draft_map(log, persona=who, score_scale=(1, 5), only={"payer_group": payer}) for payer, who in names.items()]
beside = crm.journeys.compare_maps(*people)
beside.figure()

# %%
from scipy.stats import norm

from crmlab.intervals import holm

first = beside.table[beside.table["map_name"] == names["bpjs"]].set_index("step")
gaps = beside.table[beside.table["difference"].notna() & beside.table["emotion_low"].notna()].copy()
both = [(r.emotion_high - r.emotion_low, first.loc[r.step, "emotion_high"] - first.loc[r.step, "emotion_low"]) for r in gaps.itertuples()]
gaps["z"] = [abs(d) / ((a**2 + b**2) ** 0.5 / 2 / 1.96) for d, (a, b) in zip(gaps["difference"], both, strict=True)]
gaps["p"] = 2 * norm.sf(gaps["z"].astype(float))
gaps["p_holm"] = holm(gaps["p"].tolist())
gaps[["map_name", "step", "emotion", "difference", "verdict", "p", "p_holm"]].round(3)

# %% [markdown] tags=["id"]
# Hampir tidak. Hanya **kepuasan keseluruhan** (jawaban survei) berbeda nyata; *sepadan dengan waktunya*, yang seharusnya mengukur menunggu, tidak. Dua pelajaran:
#
# 1. Menit dan perasaan adalah dua hal. Mungkin pasien BPJS sudah menduga akan menunggu, dan harapan mengubah skor; itu dugaan, tanyakan. Yang pasti: peta yang hanya memuat perasaan **menyembunyikan antrean 68 menit**.
# 2. Sepuluh perbandingan sekaligus: peluang bahwa paling sedikit satu tampak "nyata" secara kebetulan ialah $1 - 0{,}95^{10} = 40\%$. Kolom terakhir menghukum itu (Holm). Baca kolom itu, bukan yang paling mencolok di gambar.
#
# Yang paling mencolok di gambar ialah keluhan, dengan lima, satu, dan tiga jawaban.
#
# **Persona × situasi.** Orang yang sama berbeda di situasi lain: datang sendiri atau membawa anak, pagi atau malam. Dua persona × dua situasi = empat peta, masing-masing dengan pertanyaannya sendiri:

# %% [markdown] tags=["en"]
# Hardly. Only **overall satisfaction** (the survey's answer) differs for real; *worth its time*, which ought to measure waiting, does not. Two lessons:
#
# 1. Minutes and feelings are two things. Perhaps BPJS patients expect to wait, and expectation moves the score; that is a guess, ask them. What is sure: a map of nothing but feelings **hides a queue of 68 minutes**.
# 2. Ten comparisons at once: the chance that at least one looks "real" by luck is $1 - 0.95^{10} = 40\%$. The last column makes you pay for that (Holm). Read it, and not what strikes the eye.
#
# What strikes the eye most are complaints, with five, one and three answers.
#
# **Persona × situation.** The same person differs in another situation: alone or with a child, in the morning or at night. Two personas × two situations = four maps, each with questions of its own:

# %%
plans = {(who, when): crm.journeys.JourneyMap.blank(f"{who} · {when}", {"visit": ["check_in", "waiting_room", "examination"]}) for who in ("Ibu Sari", "Bu Lina") for when in (say("sendiri", "alone"), say("membawa anak", "with a child"))}
print(len(plans), [plan.persona for plan in plans.values()])

# %% [markdown] tags=["id"]
# ## 5. Keadaan sekarang di sebelah rencana
#
# `to_be` membuat rencana: perasaan menjadi **sasaran** (asumsi), dan semua yang dihitung tetap tinggal di peta hari ini. Sasaran tidak boleh meminjam bukti.

# %% [markdown] tags=["en"]
# ## 5. As it is, beside what it is to be
#
# `to_be` makes a plan: feelings become **aims** (assumptions), and what was counted stays with today's map. An aim may not borrow evidence.

# %%
plan = (
    edited.to_be(title="2025")
    .feel("visit_finished", 0.5)
    .feel("waiting_room", 0.0)
    .add("preparation", "expected_wait_sent", after="reminder_sent", channels=["whatsapp"])
    .feel("expected_wait_sent", 1.0)
    .rename("complaint_resolved", say("Ditelepon sesudah keluhan", "Called after a complaint"))
)
aims = crm.journeys.compare_maps(edited, plan)
aims.figure()

# %%
for note in aims.notes:
    print("-", note.render())
aims.table.query("map_name == 'to_be'")[["step", "step_change", "emotion", "emotion_basis", "difference", "verdict"]]

# %% [markdown] tags=["id"]
# Langkah baru digambar **di tempatnya**, sesudah pengingat, dan di peta hari ini garisnya kosong di sana. Kolom putusan kosong: **antara sasaran dan angka tidak ada yang dapat diuji.** Yang dapat diuji ialah angka sesudah perubahan. Itu bagian 8.
#
# ## 6. Pelanggan PT XYZ
#
# Cara yang sama, dunia lain. Dua belas langkah tersibuk:

# %% [markdown] tags=["en"]
# The new step is drawn **where it stands**, behind the reminder; today's line has nothing there. The verdict is blank: **between an aim and a figure there is nothing to test.** What can be tested is the figure after the change. That is part 8.
#
# ## 6. PT XYZ's customer
#
# The same way, another world. The twelve busiest steps:

# %%
shop = crm.datasets.load_retail("S", "clean").tables
bought = crm.journeys.event_log(crm.journeys.build_events(shop, "retail"), as_of="2020-12-31", stages=crm.journeys.stage_rules("retail"), gap="30d")
twelve = crm.journeys.draft_map(bought, persona=say("Pelanggan PT XYZ", "PT XYZ's customer"), score_scale=(1, 5))
every = crm.journeys.draft_map(bought, persona=say("Pelanggan PT XYZ", "PT XYZ's customer"), score_scale=(1, 5), most=16)
for one in (twelve, every):
    facts = one.result().facts
    print(facts["n"], "steps,", facts["cited"], "figures cited,", len(facts["unfelt"]), "without a feeling")
every.result().figure()

# %% [markdown] tags=["id"]
# Dari dua belas langkah, **tidak satu pun** punya perasaan: langkah yang ditanyai (survei) terlalu jarang untuk masuk dua belas tersibuk. Dengan semua empat belas langkah, satu. Inilah keadaan kebanyakan perusahaan: banyak klik, satu pertanyaan, sekali, di akhir. Peta ini jujur: *kami tahu apa yang terjadi, kami tidak tahu rasanya.*
#
# Godaan berikutnya ialah mengisi tiga belas wajah dari perasaan tim pemasaran. Lakukan bila perlu, sebagai asumsi, lalu hitung bagiannya:

# %% [markdown] tags=["en"]
# Of twelve steps **not one** has a feeling: the step where a question is asked (the survey) is too rare to be among the twelve busiest. With all fourteen steps there is one. That is how most companies stand: many clicks, one question, once, at the end. This map is honest: *we know what happens, we don't know how it feels.*
#
# The next temptation is to fill in thirteen faces by the marketing team's own feeling. Do so if you must, as assumptions, then count their share:

# %%
guessed = every
for step in every.result().facts["unfelt"]:
    guessed = guessed.feel(step, 1.0)
cited = sum("cites" in guessed.point(step, "emotion") for step in guessed.steps)
print(f"feelings from data: {cited} / {len(guessed.steps)}")

# %% [markdown] tags=["id"]
# ## 7. Apa yang tidak dapat ditunjukkan peta
#
# **Bahwa ada satu jalan.** Peta menggambar garis lurus. Berapa perjalanan yang menempuh jalan tersering?

# %% [markdown] tags=["en"]
# ## 7. What a map can't show
#
# **That there is no one way.** A map draws a straight line. How many journeys go the most frequent way?

# %%
tracks = crm.journeys.paths(log, top=6)
print({k: tracks.facts[k] for k in ("variants", "once")})
tracks.figure()

# %%
asked, answered = len(clinic["survey_invitations"]), len(clinic["survey_answers"])
print(f"visits {len(clinic['visits'])}, asked {asked}, answered {answered}: {answered / asked:.1%} of those asked, {answered / len(clinic['visits']):.1%} of visits")

# %% [markdown] tags=["id"]
# 25 jalan; yang tersering ditempuh 44,5%. Itu rapi, sebab rumah sakit menentukan urutannya. Di situs web PT XYZ (notebook 17) ada 644 jalan untuk 3.000 kunjungan, dan yang tersering ditempuh 7%: di sana garis lurus adalah cerita, bukan ringkasan.
#
# **Yang tidak menjawab.** 435 dari 1.800 yang ditanya menjawab (24,2%), dan itu 6,6% dari semua kunjungan. Perasaan di peta adalah perasaan mereka.
#
# **Yang tidak pernah datang.** Orang yang menelepon, mendengar nada sibuk, lalu pergi ke rumah sakit lain tidak ada di log mana pun. Titik terburuk mungkin terletak sebelum langkah pertama.
#
# **Sebaran.** +1,1 pada pemeriksaan adalah rata-rata. Berapa pasien memberi skor 1 atau 2?
#
# **Sebab.** Peta menaruh hal bersebelahan. Bersebelahan bukan karena.
#
# ## 8. Dari peta ke tiga perubahan yang dapat diuji
#
# Perubahan yang dapat diuji punya enam bagian: langkah, kalimat yang bisa salah, ukuran, angka sekarang, perubahan terkecil yang layak, dan **berapa orang yang diperlukan**. Janji yang terlewat dulu. Sekarang 683 dari 4.037 janji BPJS (16,9%). Layak bila turun 5 poin. Dengan tangan, per kelompok:
#
# $$n = \frac{(1{,}96 + 0{,}84)^2 \left[p_1(1-p_1) + p_2(1-p_2)\right]}{(p_1 - p_2)^2} = \frac{7{,}84 \times (0{,}141 + 0{,}105)}{0{,}05^2} \approx 770$$

# %% [markdown] tags=["en"]
# 25 ways; the most frequent is gone by 44.5%. That is tidy, for a hospital prescribes the order. On PT XYZ's website (notebook 17) 3,000 visits go 644 ways, the most frequent 7% of them: there a straight line is a story, not a summary.
#
# **Who does not answer.** 435 of 1,800 who were asked answered (24.2%), and that is 6.6% of all visits. The feelings on the map are theirs.
#
# **Who never came.** People who telephone, hear the engaged tone and go to another hospital are in no log. The worst point may lie before the first step.
#
# **Spread.** +1.1 at the examination is a mean. How many patients gave 1 or 2?
#
# **Cause.** A map puts things side by side. Side by side is not because.
#
# ## 8. From the map to three changes that can be tested
#
# A change that can be tested has six parts: the step, a sentence that may turn out false, a measure, today's figure, the smallest change worth having, and **how many people it takes**. The missed appointment first. Today: 683 of 4,037 BPJS appointments (16.9%). Worth it if it falls by 5 points. By hand, for each group:
#
# $$n = \frac{(1.96 + 0.84)^2 \left[p_1(1-p_1) + p_2(1-p_2)\right]}{(p_1 - p_2)^2} = \frac{7.84 \times (0.141 + 0.105)}{0.05^2} \approx 770$$

# %%
volume = draft.table.set_index("step")["volume"]
missed = float(volume["appointment_missed"] / volume["appointment_booked"])
better = missed - 0.05
by_hand = 2.8**2 * (missed * (1 - missed) + better * (1 - better)) / 0.05**2

ratings = clinic["survey_answers"]
spread = float(ratings["value_for_time"].std())
responding = answered / asked
no_show = crm.satisfaction.sample_size("csat", difference=5, share=better).facts
worth = crm.satisfaction.sample_size("mean", difference=0.4, spread=spread, response_share=responding).facts
settled = crm.satisfaction.sample_size("mean", margin=0.3, spread=spread, response_share=responding).facts
pd.DataFrame(
    [
        ("appointment_missed", say("pengingat WhatsApp mengurangi janji terlewat", "a WhatsApp reminder lowers no-shows"), say("bagian terlewat", "share missed"), f"{missed:.1%}", say("-5 poin", "-5 points"), no_show["answers_needed"], no_show["answers_needed"], say("Kepala pendaftaran", "Head of registration")),
        ("visit_finished", say("perkiraan tunggu menaikkan nilai waktu", "telling the expected wait lifts value for time"), say("rata-rata skor 1-5", "mean score 1-5"), f"{ratings['value_for_time'].mean():.2f}", "+0.4", worth["answers_needed"], worth["invitations_needed"], say("Kepala rawat jalan", "Head of outpatients")),
        ("complaint_resolved", say("bertanya lagi memberi tahu rasanya", "asking again tells us how it feels"), say("rata-rata skor 1-5", "mean score 1-5"), say("belum diketahui", "not known"), "±0.3", settled["answers_needed"], settled["invitations_needed"], say("belum ada", "no owner yet")),
    ],
    columns=["step", "may be false", "measure", "today", "worth having", "answers a group", "to ask or enrol", "owner"],
)

# %%
print(round(by_hand), no_show["answers_needed"])

# %% [markdown] tags=["id"]
# Rumus tangan memberi 770; paketnya 774, karena di bawah "tidak ada beda" ia memakai ragam gabungan. Beda sekecil itu bukan alasan berdebat.
#
# Baca baris ketiga bersama jumlah keluhan: rumah sakit ini menyelesaikan kira-kira 130 keluhan dalam empat tahun. Bila seperempat menjawab, **tidak akan pernah cukup**. Jadi keluhan yang selesai ditelepon satu per satu, bukan disurvei, dan sebelum itu perubahan ini perlu seorang pemilik. Rencana yang jujur juga mengatakan apa yang *tidak* dapat diuji.
#
# Dan baris pertama: pengingat itu **sudah pernah diuji** di rumah sakit ini, dengan undian. Hasilnya ada di notebook 19.
#
# ## 9. Jawaban untuk direktur
#
# 1. **Apa yang kita ketahui?** Tiga puluh angka BPJS mengutip data; perasaan diketahui pada enam dari sembilan langkah, satu di antaranya dari lima orang.
# 2. **Apakah pendaftaran yang terburuk?** Bukan. Akhir kunjungan yang terburuk, dan itu pun belum terbedakan dari netral.
# 3. **Apa yang tidak terlihat di dinding?** 68 menit menunggu, yang tidak menjawab, yang tidak pernah datang.
# 4. **Apa yang diubah lebih dulu?** Janji yang terlewat: terukur, berpemilik, dan 770 janji per kelompok terkumpul dalam kira-kira setahun setengah dari pasien BPJS.
#
# ## Jebakan
#
# * Kosong disangka netral.
# * Asumsi berpakaian data.
# * "Berakhir di sini" disangka hilang.
# * Satu pasien disangka satu perjalanan.
# * Perasaan disangka menit.
# * Sasaran disangka hasil.
# * Perbandingan yang paling mencolok, bukan yang paling teruji.
# * Peluang tanpa pemilik.
# * Langkah yang hanya ada di papan tulis.
#
# ## Tugas
#
# 1. Tiga langkah dengan jangkauan 900, 300, 1.200 dan emosi −0,2, −1,5, +0,4. Hitung prioritas masing-masing. *(Periksa: 180, 450, 0.)*
# 2. Skor 3,5 pada skala 1–7. Berapa emosinya? Dan skor 10 pada skala 0–10? *(Periksa: −0,33 dan +2.)*
# 3. Beri `rina` bukti untuk semua perasaannya kecuali satu. Berapa `cited` dan `assumed` sekarang?
# 4. Coba hapus `assumption` dari berkas JSON dengan penyunting teks, lalu buka. Apa kata pesannya?
# 5. Ganti di resep skor untuk lapor diri menjadi `helpfulness`. Apakah langkah terburuk berubah? Siapa yang berhak memutuskan penggantian itu?
# 6. Buat peta dengan satu pasien sebagai satu perjalanan. Langkah mana yang bagian berakhirnya paling berubah, dan mengapa?
# 7. Tulis satu pertanyaan survei untuk setiap langkah yang kosong. Kapan ditanyakan, dan lewat saluran apa?
# 8. Wawancarai tiga orang yang baru berobat. Tambahkan dua langkah dengan perasaan sebagai asumsi dan catatan siapa yang mengatakannya (tanpa nama).
# 9. Beri `complaint_resolved` seorang pemilik. Apa yang berubah pada catatan peta?
# 10. Buat peta Pak Hasan dari pasien perusahaan (`corporate`). Adakah langkah yang berbeda nyata dari BPJS sesudah Holm?
# 11. Dua perasaan: 0,6 (0,4 sampai 0,8) dan 0,9 (0,7 sampai 1,1). Berapa selang selisihnya? *(Periksa: 0,3; 0,02 sampai 0,58.)*
# 12. Berapa pasien memberi skor pemeriksaan 1 atau 2? Apakah mereka terlihat di peta?
# 13. Hitung n untuk menurunkan janji terlewat dari 20% ke 15%. *(Periksa: rumus di atas memberi 902.)*
# 14. Ubah `gap` PT XYZ menjadi `"7d"`. Langkah mana yang jangkauannya paling berubah?
# 15. Buat peta PT XYZ hanya dengan langkah yang mempunyai pemilik. Apa yang hilang, dan siapa yang harus Anda temui?
# 16. Tulis satu kalimat yang dapat dibantah untuk setiap awan ide di peta dinding organisasi Anda. Yang tidak dapat dibantah, coret.
# 17. Beri `waiting_room` jangkauan dari data (`set("waiting_room", "volume", ..., cites=...)`). Apa yang terjadi dengan tandanya, dan mengapa perasaannya tetap asumsi?

# %% [markdown] tags=["en"]
# The formula by hand gives 770; the package 774, because under "no difference" it uses the pooled variance. So small a difference is no reason to argue.
#
# Read the third line beside the number of complaints: this hospital settles some 130 of them in four years. If a quarter answer, **there will never be enough**. So those whose complaints are settled are telephoned one by one, not surveyed, and before that the change needs an owner. An honest plan also says what can *not* be tested.
#
# And the first line: that reminder **has been tested** in this hospital, by drawing lots. Notebook 19 has the result.
#
# ## 9. An answer for the director
#
# 1. **What do we know?** Thirty figures of BPJS cite data; feelings are known at six of nine steps, at one of them from five people.
# 2. **Is registration the worst?** No. The end of the visit is, and even that can't be told from neutral.
# 3. **What does the wall not show?** 68 minutes of waiting, those who don't answer, those who never came.
# 4. **What do we change first?** The missed appointment: it is measured, it has an owner, and 770 appointments for each group come together from BPJS patients in about a year and a half.
#
# ## Traps
#
# * Blank taken for neutral.
# * An assumption dressed as data.
# * "Ends here" taken for a loss.
# * A patient taken for a journey.
# * Feelings taken for minutes.
# * An aim taken for a result.
# * The comparison that strikes the eye, not the one that stands the test.
# * An opportunity without an owner.
# * A step that exists on the whiteboard only.
#
# ## Tasks
#
# 1. Three steps with reach 900, 300, 1,200 and emotions −0.2, −1.5, +0.4. Compute the priority of each. *(Check: 180, 450, 0.)*
# 2. A score of 3.5 on a scale of 1–7. What is the emotion? And 10 on a scale of 0–10? *(Check: −0.33 and +2.)*
# 3. Give `rina` evidence for all of her feelings but one. What are `cited` and `assumed` now?
# 4. Take `assumption` out of the JSON file in a text editor and load it. What does the message say?
# 5. In the recipe, change the score of check-in to `helpfulness`. Does the worst step change? Who has the right to decide such a change?
# 6. Make a map in which a patient is one journey. At which step does the share that ends there change most, and why?
# 7. Write a survey question for every step that is blank. When is it asked, and by which channel?
# 8. Interview three people who have lately seen a doctor. Add two steps with feelings as assumptions, and a note of who said so (without names).
# 9. Give `complaint_resolved` an owner. What changes in the map's notes?
# 10. Make a map of Mr Hasan, of the companies' patients (`corporate`). Does any step differ for real from BPJS after Holm?
# 11. Two feelings: 0.6 (0.4 to 0.8) and 0.9 (0.7 to 1.1). What is the interval of the difference? *(Check: 0.3; 0.02 to 0.58.)*
# 12. How many patients gave the examination 1 or 2? Can they be seen on the map?
# 13. Compute n for lowering missed appointments from 20% to 15%. *(Check: the formula above gives 902.)*
# 14. Set PT XYZ's `gap` to `"7d"`. The reach of which step changes most?
# 15. Make a map of PT XYZ with only those steps that have an owner. What is missing, and whom must you go and see?
# 16. Write one sentence that could be false for every cloud of ideas on your own organisation's wall. Cross out those that can't be.
# 17. Give `waiting_room` a reach from data (`set("waiting_room", "volume", ..., cites=...)`). What becomes of its mark, and why does its feeling stay an assumption?
