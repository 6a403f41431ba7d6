# %% [markdown] tags=["id"]
# # 14 · Mengapa personalisasi gagal: empat kesalahan, didiagnosis dari data
#
# **Pertanyaannya.** PT XYZ membeli sistem CRM, menulis nama pelanggan di setiap pesan, dan mengirim penawaran dua tahun penuh. Direktur bertanya: *mengapa penjualan tidak ikut naik? Apa yang salah, seberapa yakin Anda, dan apa yang dibenahi dahulu?*
#
# Widyarso Roswinanto (*Customer Personalization di Era Digital*, PPM School of Management) menyebut empat kemungkinan: **salah orang**, **salah kenal**, **salah paham**, dan **salah didik**. Biasanya rapat memilih salah satunya dengan suara terkeras.
# Notebook ini menyerahkan tuduhan kepada data, lalu bertanya balik: apa yang *tidak* dapat ditunjukkan data itu? Semua orang dan perusahaan di sini rekaan.

# %% [markdown] tags=["en"]
# # 14 · Why personalisation fails: four mistakes, diagnosed from data
#
# **The question.** PT XYZ bought a CRM system, wrote customers' names into every message, and sent offers for two whole years. The director asks: *why did sales not follow? What went wrong, how sure are you, and what do we mend first?*
#
# Widyarso Roswinanto (*Customer Personalization di Era Digital*, PPM School of Management) names four possibilities: the **wrong people** (salah orang), **wrong knowledge** of them (salah kenal), a **wrong understanding** of what technology does (salah paham), and a **wrong education** of one's own
# house (salah didik). Meetings usually pick one by the loudest voice. This notebook leaves accusing to the data, and then asks back: what can those data *not* show? All people and companies are made up.

# %% [markdown] tags=["id"]
# ## 1. Pemanasan: persentase yang dikutip artikel itu
#
# Artikel mengutip survei Gartner atas 3.013 responden: 46% tidak dapat membedakan merek, 58% ragu, 14% bertindak lain. Sebelum mengutip ulang, hitung: berapa orang, dan seberapa jauh kebetulan saja dapat menggesernya?

# %% [markdown] tags=["en"]
# ## 1. Warming up: the percentages that the article quotes
#
# The article quotes a Gartner survey of 3,013: 46% can't tell brands apart, 58% are sceptical, 14% acted otherwise. Before you quote it again, work out: how many people is that, and how far may chance alone have moved it?

# %%
import crmlab as crm
import pandas as pd

survey = pd.DataFrame({"claim": ["poor_differentiation", "audience_scepticism", "low_efficacy"], "share": [0.46, 0.58, 0.14], "n": 3013})
reported = crm.personalisation.reported_share(survey)
reported

# %%
reported.figure()

# %%
reported.explain(depth="method")

# %% [markdown] tags=["id"]
# Galat ± 1,78 poin kecil, tetapi hanya memuat kebetulan. Siapa yang ditanya Gartner? Di negara mana? Itu tidak terlihat di sini, dan angka 74%, 89%, 30%, dan 69% dalam artikel yang sama **tidak menyebut n**. Persentase tanpa n ditolak:

# %% [markdown] tags=["en"]
# A margin of ± 1.78 points is small, but holds chance only. Whom did Gartner ask? In which countries? That can't be seen here, and the 74%, 89%, 30% and 69% of the same article **name no n**. A percentage without n is refused:

# %%
try:
    crm.personalisation.reported_share(0.69)
except crm.UserError as refused:
    print(refused)

# %% [markdown] tags=["id"]
# ## 2. Tuduhan harus dapat diuji
#
# "Kita salah orang" baru berguna bila disertai angka, ambang, dan tabel yang menjawabnya. Inilah ke-15 ujinya. Ambangnya **pilihan crmlab untuk memulai percakapan**; tidak ada pustaka yang memberikannya, dan semuanya dapat Anda ubah.

# %% [markdown] tags=["en"]
# ## 2. An accusation must be testable
#
# "We serve the wrong people" is of use with a figure, a threshold, and a table that answers. Here are the 15 checks. Their thresholds are **crmlab's choice, to begin a conversation with**; no literature gives them, and you can change them all.

# %%
crm.personalisation.checks_table()

# %% [markdown] tags=["id"]
# Contoh sekecil tangan: 38% anggaran kampanye pergi ke segmen yang merugi.

# %% [markdown] tags=["en"]
# An example as small as a hand: 38% of the campaign budget goes to a segment that loses money.

# %%
spend = [
    {"segment": "loyal", "spend": 40_000_000, "profit": 90_000_000},
    {"segment": "regular", "spend": 22_000_000, "profit": 30_000_000},
    {"segment": "deal_hunters", "spend": 38_000_000, "profit": -15_000_000},
]
toy = crm.personalisation.diagnose({"spend": spend}, as_of="2020-12-31")
print(crm.personalisation.causes(toy).explain(depth="short"))
for note in toy.notes:
    print("-", note.render())

# %% [markdown] tags=["id"]
# **Salah orang** tertuduh lebih dahulu. Bacalah catatannya: 14 uji lain tidak dapat dilakukan, dan *tidak diuji bukan berarti bebas*.
#
# ## 3. Apa yang dapat dijawab tabel PT XYZ
#
# Data perusahaan tidak lahir sebagai jawaban; kita yang menyusunnya. Dua tahun terakhir, dari tabel-tabel yang Anda kenal dari notebook 04–10:

# %% [markdown] tags=["en"]
# The **wrong people** stand accused first. Read the notes: 14 other checks can't be made, and *untested is not cleared*.
#
# ## 3. What PT XYZ's tables can answer
#
# A company's data are not born as answers; we put them together. The last two years, from the tables that you know from notebooks 04–10:

# %%
clean = crm.datasets.load_retail("S", "clean").tables
orders = clean["sales"].merge(clean["channels"][["channel_id", "channel"]], on="channel_id")
lines = clean["sales_lines"].merge(orders[["order_id", "ordered_at", "customer_id", "channel", "status"]], on="order_id")
profit = crm.profitability.customer_profit(
    lines, returns=clean["returns"], costs=clean["activity_costs"], activities=crm.profitability.usage(clean), commission=clean["channels"], period=("2019", "2020"),
)
people = clean["customers"].drop_duplicates("customer_id", keep="last").set_index("customer_id")
sends = clean["campaign_sends"].merge(clean["campaigns"][["campaign_id", "channel"]], on="campaign_id")
recent = sends[sends["sent_at"] >= "2019-01-01"]

# salah orang / the wrong people
customers = profit.table[["customer_id", "profit"]]
customers = customers.assign(contacts=customers["customer_id"].map(recent["customer_id"].value_counts()).fillna(0))

# salah kenal / wrong knowledge
consumers = people[people["customer_type"] == "consumer"]
profiles = consumers[["phone", "occupation", "interests"]].assign(updated_at=consumers["valid_from"]).reset_index()
wish = {"cooking": "kitchen", "gadgets": "home_electronics", "hygiene": "daily_needs", "tidiness": "cleaning", "children": "family", "decoration": "furnishing"}
wanted = consumers["interests"].str.split(",").map(lambda words: {wish[word] for word in words})
bought = lines[lines["ordered_at"] >= "2020-01-01"].merge(clean["products"][["product_id", "department"]], on="product_id")
bought = bought[bought["customer_id"].isin(consumers.index)]
matches = pd.DataFrame({"customer_id": bought["customer_id"], "matched": [d in wanted[who] for who, d in zip(bought["customer_id"], bought["department"], strict=True)]})

# %% [markdown] tags=["id"]
# Untuk **salah paham** dan **salah didik** yang bertanya bukan tabel penjualan, melainkan jejak kerja: izin yang dilanggar, uji acak voucer, catatan pemakaian CRM.

# %% [markdown] tags=["en"]
# For the **wrong understanding** and the **wrong education** no table of sales is asked, but traces of work: breaches of consent, the random trial of the voucher, the log of the CRM system.

# %%
given = clean["consents"].rename(columns={"recorded_at": "at"})
given["action"] = given["action"].astype(str).map({"given": "give", "withdrawn": "withdraw"})
breaches = crm.privacy.audit(sends, crm.privacy.ConsentLedger(given, timezone="WIB"), purpose="marketing").table
contacts = sends[["customer_id", "send_id"]].assign(allowed=~sends["send_id"].isin(breaches["send_id"]))
trial = sends.loc[sends["arm"].isin(["test", "control"]), ["arm", "converted"]]

log = clean["crm_log"].merge(clean["crm_features"], on="feature_id").rename(columns={"employee_id": "user"})
year = log[log["date"] >= "2020-01-01"]
features = clean["crm_features"][["feature"]].assign(minutes=clean["crm_features"]["feature_id"].map(year.groupby("feature_id")["minutes"].sum()).fillna(0))
workers = clean["employees"][clean["employees"]["left_on"].isna()]
front = workers["job"].isin(["sales_rep", "service_agent", "store_head", "shop_assistant", "cashier"])
staff = pd.DataFrame({"employee": workers["employee_id"], "frontline": front, "active": workers["employee_id"].isin(year["user"])})

shop = {
    "customers": customers, "profiles": profiles, "matches": matches, "contacts": contacts, "trial": trial,
    "features": features, "crm_use": year[["user", "activity", "minutes"]], "staff": staff,
}
found = crm.personalisation.diagnose(shop, as_of="2020-12-31")
found.figure()

# %%
found

# %% [markdown] tags=["id"]
# ## 4. Membaca temuan, satu demi satu
#
# Sebuah uji **menuduh** hanya bila seluruh rentangnya di sisi buruk. Di tengah-tengah berarti *belum dapat dipastikan*, seperti "kontak ke yang merugi": titiknya di atas ambang, rentangnya tidak. Mari kita coba menjatuhkan setiap tuduhan sebelum membawanya ke direktur.
#
# ### "Terbaik tidak disapa"
#
# Empat dari sepuluh pelanggan terbaik tidak menerima satu kampanye pun. Siapa mereka?

# %% [markdown] tags=["en"]
# ## 4. Reading the findings, one by one
#
# A check **accuses** only where its whole interval lies on the bad side. In between means *can't tell*, as "contacts to losers": the point is above the threshold, the interval is not. Let us try to knock over every accusation before taking it to the director.
#
# ### "Best left alone"
#
# Four in ten of the best customers got not one campaign. Who are they?

# %%
alone = crm.personalisation.evidence(found, "best_left_alone", limit=1000).table
alone = alone.assign(customer_type=alone["customer_id"].map(people["customer_type"]))
calls = clean["interactions"]
calls = calls[(calls["occurred_at"] >= "2019-01-01") & calls["touchpoint"].isin(["field_visit", "rep_call"])]
may_write = alone["customer_id"].isin(given.loc[given["purpose"].eq("marketing") & given["action"].eq("give"), "customer_id"])
alone.assign(visited_or_called=alone["customer_id"].isin(calls["customer_id"]), ever_consented=may_write).groupby("customer_type", observed=True)[["visited_or_called", "ever_consented"]].agg(["sum", "size"])

# %% [markdown] tags=["id"]
# **Jebakan 1: tabel yang kita beri hanya memuat kampanye.** Semua akun korporat itu dikunjungi atau ditelepon tenaga penjualan; mereka tidak dibiarkan, hanya tidak dikirimi selebaran. Dan hampir semua konsumen di daftar itu **tidak pernah memberi izin** pemasaran: diam kepada mereka bukan kelalaian,
# melainkan kepatuhan. Uji ulang hanya untuk konsumen yang boleh disapa:

# %% [markdown] tags=["en"]
# **Trap 1: the table that we gave holds campaigns only.** All those corporate accounts were visited or called by sales reps; they were not left alone, they got no leaflet. And nearly all consumers of the list **never consented** to marketing: silence towards them is no neglect but compliance. Test again,
# with consumers who may be written to:

# %%
may = given.loc[given["purpose"].eq("marketing") & given["action"].eq("give"), "customer_id"]
reachable = customers[customers["customer_id"].isin(consumers.index) & customers["customer_id"].isin(may)]
fair = crm.personalisation.diagnose({**shop, "customers": reachable}, as_of="2020-12-31")
fair.table.set_index("check").loc[["contacts_to_losers", "best_left_alone"], ["measured", "measured_low", "measured_high", "n", "finding"]].round(3)

# %% [markdown] tags=["id"]
# Tuduhan itu **gugur**. Yang tersisa justru pertanyaan lain: mengapa pelanggan terbaik tidak mau memberi izin?
#
# ### "Profil kedaluwarsa"
#
# Lebih dari 90% profil tidak berubah selama dua tahun. **Jebakan 2:** kolom itu mencatat kapan sebuah versi *dimulai*, bukan kapan seseorang terakhir *memeriksanya*. Pelanggan yang tidak pindah rumah tampak basi walaupun alamatnya benar. Yang sungguh tertuduh: **tidak ada catatan bahwa ada yang bertanya lagi**.
#
# ### "Di luar minat dikenal"
#
# Bebas. Tetapi 40% di luar minat itu banyak atau sedikit? Bandingkan dengan minat yang dikocok acak:

# %% [markdown] tags=["en"]
# The accusation **falls**. What is left is another question: why did the best customers not care to consent?
#
# ### "Profiles out of date"
#
# More than 90% of the profiles did not change in two years. **Trap 2:** the column says when a version *began*, not when somebody last *checked* it. A customer who did not move looks stale though his address is right. What really stands accused: **there is no record that anybody asked again**.
#
# ### "Off preferences"
#
# Cleared. But is 40% off preference much or little? Hold it against preferences that were shuffled:

# %%
import numpy as np

shuffled = pd.Series(np.random.default_rng(14).permutation(wanted.to_numpy()), index=wanted.index)
by_chance = 1 - np.mean([d in shuffled[who] for who, d in zip(bought["customer_id"], bought["department"], strict=True)])
print(f"{1 - matches['matched'].mean():.1%}  <  {by_chance:.1%}")

# %% [markdown] tags=["id"]
# Minat yang dicatat memang tahu sesuatu: belanja cocok dengannya lebih sering daripada kebetulan, tetapi selisihnya hanya sekitar sepuluh poin. *Kenal* bukan ya atau tidak, melainkan seberapa.
#
# ### "Aturan dilanggar"

# %% [markdown] tags=["en"]
# The interests on record do know something: purchases agree with them more often than by chance, but by some ten points only. *Knowing* is no yes or no, but how much.
#
# ### "Rules not kept"

# %%
crm.personalisation.evidence(found, "rules_not_kept")

# %% [markdown] tags=["id"]
# Lima belas pesan terkirim tanpa izin. Bagiannya kecil (0,25%), ambangnya lebih kecil lagi (0,1%): pelanggaran hukum tidak dinilai dengan rata-rata. Perangkat lunaknya tahu siapa yang memberi izin; **tidak ada proses yang menghentikan pengiriman**. Itulah salah paham: alat dibeli, instruksi kerjanya tidak dibuat.
#
# ### "Kontak tak berdampak"
#
# **Bebas**, dan ini penting bagi semua orang yang ingin mematikan program itu: voucer yang diuji secara acak menaikkan pembelian, dan seluruh rentangnya di atas 2 poin.

# %% [markdown] tags=["en"]
# Fifteen messages went out without consent. Their share is small (0.25%), the threshold is smaller (0.1%): breaches of law are not judged by averages. The software knows who consented; **no process stops the sending**. That is the wrong understanding: the tool was bought, the work instruction was not made.
#
# ### "Contact changes nothing"
#
# **Cleared**, and that matters to everybody who wants to switch the programme off: the voucher that was tried at random raised purchases, and its whole interval lies above 2 points.

# %%
crm.personalisation.evidence(found, "no_effect")

# %% [markdown] tags=["id"]
# ### "CRM untuk laporan"
#
# Artikel menyebut ini sebab utama kegagalan CRM: sistem dipakai melapor, bukan menjual. Tahun 2020 belum dapat dipastikan. Bagaimana tahun sebelumnya?

# %% [markdown] tags=["en"]
# ### "CRM used for reports"
#
# The article calls this the main cause of failing CRM projects: a system used to report, not to sell. In 2020 nobody can tell. And the year before?

# %%
before = log[(log["date"] >= "2019-01-01") & (log["date"] < "2020-01-01")]
two_years = {
    str(y): crm.personalisation.diagnose({"crm_use": use[["user", "activity", "minutes"]]}, as_of="2020-12-31").table.set_index("check").loc["used_for_reports", ["measured", "measured_low", "measured_high", "n", "finding"]]
    for y, use in ((2019, before), (2020, year))
}
pd.DataFrame(two_years).T

# %% [markdown] tags=["id"]
# Tahun 2019 tertuduh; tahun 2020 membaik sampai ke ambang. **Jebakan 3: ambang 50% bukan hukum alam.** Yang lebih jujur daripada "bebas" atau "tertuduh" ialah arahnya.
#
# ### "Garis depan tidak memakai"

# %% [markdown] tags=["en"]
# 2019 stands accused; 2020 came down to the threshold. **Trap 3: 50% is no law of nature.** More honest than "cleared" or "accused" is the direction.
#
# ### "The front line is absent"

# %%
staff.assign(job=workers["job"])[staff["frontline"]].groupby("job", observed=True)["active"].agg(["sum", "size"])

# %% [markdown] tags=["id"]
# **Jebakan 4: definisi menentukan.** Semua tenaga penjualan dan petugas layanan memakai CRM; tidak satu pun kasir atau pramuniaga. Apakah kasir *lupa* memakai, atau *tidak pernah diberi* akun? Tabel ini tidak tahu. Tanyakan sebelum menuduh.
#
# ## 5. Formulir: jawaban orang juga data
#
# Lima uji tidak punya tabel. Sebagian dapat dijawab dengan formulir kecil. Jawaban berikut **rekaan, sebagai contoh wawancara**; karena itu ditandai *kata orang*:

# %% [markdown] tags=["en"]
# **Trap 4: the definition decides.** All sales reps and service agents use the CRM system; no cashier and no shop assistant does. Did cashiers *forget* to, or were they *never given* an account? This table does not know. Ask before you accuse.
#
# ## 5. Forms: what people say is data too
#
# Five checks have no table. Some can be answered by small forms. The answers below are **made up, as an interview might give them**, and so they are marked *as said*:

# %%
forms = {
    "spend": [
        {"segment": "consumer", "spend": 90_000_000, "profit": float(profit.table.loc[profit.table["customer_id"].isin(consumers.index), "profit"].sum())},
        {"segment": "corporate", "spend": 10_000_000, "profit": float(profit.table.loc[~profit.table["customer_id"].isin(consumers.index), "profit"].sum())},
    ],
    "it_spend": [
        {"item": "CRM", "spend": 60_000_000, "process_owner": "sales"}, {"item": "WhatsApp gateway", "spend": 25_000_000, "process_owner": "-"},
        {"item": "Web analytics", "spend": 15_000_000, "process_owner": ""},
    ],
    "research": [{"study": "Focus groups", "done_on": "2017-06-30"}],
    "tasks": [{"task": task, "function": who} for task, who in (("choose segments", "marketing"), ("write offers", "marketing"), ("answer replies", "service"), ("keep data", "marketing"), ("check consent", "marketing"))],
}
full = crm.personalisation.diagnose({**shop, "customers": reachable, **forms}, as_of="2020-12-31", said=list(forms))
ranked = crm.personalisation.causes(full)
ranked

# %%
ranked.figure()

# %%
ranked.explain(depth="method")

# %% [markdown] tags=["id"]
# Karena kini uang kampanye dan TI diketahui, peringkat memakai rupiah, bukan bagian. Ingat artinya: **uang yang dipertaruhkan** ialah uang yang lewat di tempat yang bermasalah, bukan kerugian.
#
# Apakah peringkat itu tahan bila ambangnya digeser? Simpan ambang Anda dalam berkas, ubah, dan uji lagi:

# %% [markdown] tags=["en"]
# With the money of campaigns and technology known, money ranks instead of shares. Mind what it means: **money at stake** passes through a place that is in trouble; it is no loss yet.
#
# Does the ranking stand when thresholds move? Keep your thresholds in a file, change them, test again:

# %%
rows = {}
for profile_days in (365, 730, 1825):
    for owner_at in (0.25, 0.5):
        mine = {"old_profiles": {"older_than_days": profile_days}, "it_without_owner": {"at": owner_at}}
        moved = crm.personalisation.diagnose({**shop, "customers": reachable, **forms}, as_of="2020-12-31", said=list(forms), checks=mine)
        rows[(profile_days, owner_at)] = {"first": moved.facts["first"], "accused": moved.facts["accused"]}
pd.DataFrame(rows).T

# %% [markdown] tags=["id"]
# ## 6. Jawaban untuk direktur
#
# **Yang dituduhkan data**
# 1. *Salah kenal*: tidak ada catatan bahwa profil pernah ditanyakan lagi. Mulailah mencatat tanggal periksa, dan tanyakan ulang kepada pelanggan yang paling bernilai.
# 2. *Salah paham*: 15 pesan tanpa izin. Benahi **proses**nya minggu ini; undang-undang tidak menunggu signifikansi.
# 3. *Salah didik*: kasir dan pramuniaga di luar sistem. Tanyakan dahulu apakah mereka punya akun.
#
# **Yang dibebaskan data**: uji acak voucer. Program itu bekerja; jangan dimatikan karena rapat yang ramai.
#
# **Yang tidak dapat ditunjukkan data**: uang kampanye per segmen, pelatihan, umur riset, pembagian tugas. Semuanya jawaban orang atau kosong. *Salah orang* pada anggaran **tidak terbukti dan tidak terbantah**.
#
# **Seberapa yakin?** Tempat pertama bertahan pada semua ambang yang kita coba, tetapi ia bersandar pada tabel yang ada, dan pada satu formulir rekaan. Yang tidak bersandar pada apa pun: lima belas pesan itu.
#
# ## Tugas
#
# 1. Survei lain: 31% dari 250 orang. Berapa orang, berapa galat ±-nya, dan berapa rentang Wilson-nya? *(Periksa: 78 orang, ±5,73 poin, 25,6%–37,0%.)*
# 2. Mengapa galat 14% lebih kecil daripada galat 46% walaupun n-nya sama?
# 3. Berapa responden yang diperlukan agar galat 46% menjadi ± 1 poin? *(Periksa: 9.543.)*
# 4. Ubah contoh bagian 2: segmen pemburu promo menjadi untung 1 rupiah. Apa temuannya sekarang? Pelajaran apa tentang ambang pada nol?
# 5. Ubah belanja segmen itu menjadi 19 juta dari 100 juta. Bebas atau tertuduh? Mengapa tidak ada rentang di sini?
# 6. Pada bagian 3, ganti dua tahun menjadi satu tahun kampanye. Uji mana yang berganti temuan?
# 7. Periksa `contacts_to_losers` bila "merugi" dihitung dari laba kotor saja. Apa yang terjadi dan mengapa?
# 8. Siapa lima belas penerima tanpa izin itu: izin dicabut atau tidak pernah ada? *(Petunjuk: kolom reason pada `breaches`.)*
# 9. Ubah ambang `rules_not_kept` menjadi 0,01. Apa temuannya, dan mengapa seorang petugas perlindungan data akan menolaknya?
# 10. Hitung dengan tangan rentang Newcombe untuk selisih 45/400 dan 3/100. *(Periksa: 2,2 sampai 12,2 poin.)*
# 11. Keluarkan kasir dan pramuniaga dari garis depan. Apa yang terjadi dengan *salah didik*? Siapa di perusahaan yang akan menyukai definisi itu?
# 12. Kocok minat sepuluh kali dengan benih lain. Seberapa jauh angka kebetulannya bergeser?
# 13. Isi formulir `training` untuk organisasi Anda sendiri. Buktinya apa?
# 14. Hapus `it_spend` dari formulir. Mengapa peringkat kini memakai bagian, dan apa bahayanya?
# 15. Buat tabel `spend` yang membuat *salah orang* naik ke peringkat pertama. Seberapa masuk akal angka itu?
# 16. Tulis satu halaman: satu tuduhan yang Anda gugurkan dalam notebook ini, bagaimana caranya, dan apa yang akan terjadi bila Anda tidak memeriksanya.

# %% [markdown] tags=["en"]
# ## 6. An answer for the director
#
# **What the data accuse**
# 1. *Wrong knowledge*: there is no record that profiles were ever asked about again. Begin to keep the day of a check, and ask the most valuable customers first.
# 2. *Wrong understanding*: 15 messages without consent. Mend the **process** this week; the law does not wait for significance.
# 3. *Wrong education*: cashiers and shop assistants are outside the system. Ask first whether they have an account.
#
# **What the data clear**: the random trial of the voucher. The programme works; don't switch it off because a meeting was loud.
#
# **What the data can't show**: campaign money by segment, training, the age of research, who does what. All of that is hearsay or empty. The *wrong people* in the budget are **neither proved nor disproved**.
#
# **How sure?** The first place stood at all thresholds that we tried, but it rests on the tables that there are, and on a form that was made up. What rests on nothing else: those fifteen messages.
#
# ## Tasks
#
# 1. Another survey: 31% of 250 people. How many people, what is the margin ±, and what is Wilson's interval? *(Check: 78 people, ±5.73 points, 25.6%–37.0%.)*
# 2. Why is the margin of 14% smaller than that of 46% though n is the same?
# 3. How many must answer for the margin of 46% to become ± 1 point? *(Check: 9,543.)*
# 4. Change the example of part 2: deal hunters earn 1 rupiah. What is the finding now? What does that teach about a threshold at zero?
# 5. Change the spend on that segment to 19 of 100 million. Cleared or accused? Why is there no interval here?
# 6. In part 3, take one year of campaigns instead of two. Which checks change their finding?
# 7. Look at `contacts_to_losers` when "losing" is counted by gross profit alone. What happens, and why?
# 8. Who are the fifteen without consent: withdrawn, or never given? *(Hint: the column reason of `breaches`.)*
# 9. Set the threshold of `rules_not_kept` to 0.01. What is the finding, and why would a data protection officer refuse it?
# 10. Work out by hand Newcombe's interval for the difference of 45/400 and 3/100. *(Check: 2.2 to 12.2 points.)*
# 11. Take cashiers and shop assistants out of the front line. What happens to the *wrong education*? Who in the company will like that definition?
# 12. Shuffle interests ten times with other seeds. How far does the figure by chance move?
# 13. Fill in the form `training` for your own organisation. What is the proof?
# 14. Take `it_spend` out of the forms. Why do shares rank now, and what is the danger?
# 15. Make a table `spend` that lifts the *wrong people* to the first place. How plausible are its figures?
# 16. Write one page: one accusation that you knocked over in this notebook, how, and what would have happened had you not looked.
