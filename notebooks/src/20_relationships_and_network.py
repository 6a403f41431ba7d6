# %% [markdown] tags=["id"]
# # 20 · Hubungan dan jaringan: siapa bertahan, dan apa yang menopang janji kita
#
# **Pertanyaannya.** Direktur PT XYZ membaca dua kalimat di rencana tahunan: "*pelanggan kita percaya pada kita*" dan "*mitra kita kuat*". Ia menggarisbawahi keduanya dan menulis di pinggir: ***dari mana Anda tahu?***
#
# Buku menjawab dengan teori: komitmen dan kepercayaan (bab 3), pengembangan jaringan dan proposisi nilai (bab 4, tahap 3 dan 4 rantai nilai). Di sini teori itu menjadi hitungan: skala yang diuji keandalannya, biaya pindah, poin yang terutang, jaringan dengan celahnya, dan janji yang dibandingkan dengan keinginan pelanggan. Yang dapat dijawab data PT XYZ dijawab data; yang tidak, dikatakan. Semua orang dan perusahaan di sini rekaan.

# %% [markdown] tags=["en"]
# # 20 · Relationships and network: who stays, and what holds our promise up
#
# **The question.** PT XYZ's director reads two sentences in the yearly plan: "*our customers trust us*" and "*our partners are strong*". She underlines both and writes in the margin: ***how do you know?***
#
# The book answers with theory: commitment and trust (chapter 3), network development and the value proposition (chapter 4, stages 3 and 4 of the value chain). Here theory becomes arithmetic: scales whose reliability is tested, what it costs to leave, points that are owed, a network with its gaps, a promise laid beside what customers want. What PT XYZ's data can answer, they answer; what they can't is said. No person and no company here exists.

# %% [markdown] tags=["id"]
# ## 1. Bolehkah skala ini dipercaya?
#
# "Percaya" tidak punya meteran. Kita menanyakan beberapa hal yang mirip (1 sampai 5) dan berharap semuanya mengukur hal yang sama. **Alfa Cronbach** memeriksa harapan itu: $\alpha = \frac{k}{k-1}\left(1 - \frac{\sum s_i^2}{s_t^2}\right)$, dengan $k$ butir, ragam tiap butir $s_i^2$, dan ragam jumlahnya $s_t^2$. Lima responden, tiga butir:

# %% [markdown] tags=["en"]
# ## 1. Can this scale be trusted?
#
# There is no gauge for trust. We ask several things that are alike (1 to 5) and hope that all measure the same. **Cronbach's alpha** checks that hope: $\alpha = \frac{k}{k-1}\left(1 - \frac{\sum s_i^2}{s_t^2}\right)$, with $k$ items, each item's variance $s_i^2$ and the variance of their sum $s_t^2$. Five respondents, three items:

# %%
import crmlab as crm
import pandas as pd

five = pd.DataFrame({"open": [4, 3, 5, 2, 4], "fair": [5, 3, 5, 3, 4], "keeps word": [4, 4, 5, 2, 3]})
small = crm.relationships.reliability(five, list(five), scale=(1, 5))
print(crm.relationships.scores(five, {"trust": list(five)})["trust"].round(2).tolist())
print(small.explain(depth="short"))
for note in small.notes:
    print("-", note.render())
small.explain()

# %% [markdown] tags=["id"]
# Alfa 0,913 terdengar hebat. Selangnya mulai dari 0,56: dari lima orang, alfa yang sama bisa datang dari skala yang buruk. **Alfa tanpa n dan selang adalah hiasan.**
#
# Sekarang survei rekaan 200 pelanggan korporat: lima skala, masing-masing tiga butir. Karena rekaan, kebenarannya diketahui. Satu butir (`trust_3`: "mereka menyembunyikan sesuatu dari kami") ditulis terbalik. Apa yang terjadi bila kita lupa?

# %% [markdown] tags=["en"]
# An alpha of 0.913 sounds grand. Its interval begins at 0.56: from five people, the same alpha may come from a bad scale. **An alpha without n and interval is decoration.**
#
# Now a made-up survey of 200 business customers: five scales of three items each. As it is made up, the truth is known. One item (`trust_3`: "they keep things from us") is worded the other way round. What happens when we forget?

# %%
answers = crm.relationships.make_answers(200)
names = ["shared_values", "communication", "opportunism", "trust", "commitment"]
scales = {name: [f"{name}_{k}" for k in (1, 2, 3)] for name in names}
forgotten = crm.relationships.reliability(answers, scales["trust"], scale=(1, 5))
print(f"alpha = {forgotten.facts['alpha']:.2f}")
for note in forgotten.notes:
    print("-", note.render())

told = {"reverse": ["trust_3"], "scale": (1, 5)}
crm.relationships.scales(answers, scales, **told).figure()

# %% [markdown] tags=["id"]
# Lupa membalik satu butir menjatuhkan alfa dari 0,86 menjadi di bawah nol, dan paketnya menebak sebabnya. Setelah dibalik, kelima skala terbukti di atas patokan 0,7.
#
# ## 2. Dari mana kepercayaan dan komitmen datang
#
# Morgan dan Hunt (buku, 3.2 dan 3.3.1): nilai bersama dan komunikasi menumbuhkan kepercayaan, oportunisme menggerusnya, dan kepercayaan menumbuhkan komitmen. Dua regresi mengujinya:

# %% [markdown] tags=["en"]
# Forgetting to reverse one item drops alpha from 0.86 to below zero, and the package guesses why. Reversed, all five scales are shown to lie above the mark of 0.7.
#
# ## 2. Where trust and commitment come from
#
# Morgan and Hunt (book, 3.2 and 3.3.1): shared values and communication make trust grow, opportunism wears it down, and trust makes commitment grow. Two regressions test it:

# %%
scored = crm.relationships.scores(answers, scales, **told)
ways = crm.relationships.paths(scored)
ways.figure()

# %%
ways.explain()

# %% [markdown] tags=["id"]
# Yang ditanam: 0,35, 0,30, −0,30, dan 0,60 dari kepercayaan ke komitmen. Yang ditemukan dekat, tetapi jalur terakhir **lebih lemah** dari 0,60: butir yang bising melemahkan setiap hubungan. Tidak ada yang melewati kepercayaan, dan memang tidak ada yang ditanam di sana.
#
# **Jebakannya:** data satu hari tidak tahu arah. Balikkan panahnya, dan regresinya sama bagusnya. Arah datang dari teori, atau dari percobaan.
#
# ## 3. Mengapa orang tidak pergi: biaya pindah
#
# Komitmen bukan hanya cinta. Pindah pemasok itu mahal: mencari, belajar, cemas, dan investasi yang hilang (buku, 3.2). Dalam juta rupiah 20 + 15 + 5 + 60, dan pesaing menghemat 30 setahun:

# %% [markdown] tags=["en"]
# Planted were 0.35, 0.30, −0.30, and 0.60 from trust to commitment. What was found is near, but the last path is **weaker** than 0.60: noisy items weaken every relation. Nothing goes past trust, and nothing was planted there.
#
# **The trap:** data of one day do not know the direction. Turn the arrow round, and the regression is as good. The direction comes from the theory, or from an experiment.
#
# ## 3. Why people don't leave: what switching costs
#
# Commitment is not only love. To change a supplier is dear: searching, learning, worrying, and investments that are lost (book, 3.2). In millions of rupiah 20 + 15 + 5 + 60, and the competitor would save 30 a year:

# %%
leaving = crm.relationships.switching_cost(
    {"search": 20e6, "learning": 15e6, "psychological": 5e6, "sunk": 60e6}, saving=30e6
)
leaving.explain()

# %%
leaving.figure()

# %% [markdown] tags=["id"]
# 3,33 tahun. Tetapi 60 juta sudah hilang apa pun keputusannya; yang rasional menimbang 40 juta, 1,33 tahun. Pelanggan yang bertahan karena biaya hangus **bukan pelanggan setia, melainkan pelanggan tersandera**, dan ia akan pergi begitu menyadarinya.
#
# ## 4. Mutu hubungan per pelanggan
#
# Lima atribut (buku, 3.3), satu baris per perusahaan. Lebih dari dua jawaban kosong: tanpa indeks, bukan indeks dari sisa yang ada.

# %% [markdown] tags=["en"]
# 3.33 years. But 60 million are gone whichever way one decides; what is left to weigh is 40 million, 1.33 years. A customer who stays for sunk costs is **not loyal but held**, and leaves on the day he sees it.
#
# ## 4. Relationship quality by account
#
# Five attributes (book, 3.3), one row a company. More than two answers missing: no index, and not an index of what is left.

# %%
asked = pd.DataFrame(
    [
        ("PT Satu", 4, 3, 5, 4, 4),
        ("CV Dua", 2, 2, 3, 1, 2),
        ("UD Tiga", 3, None, None, None, 4),
        ("PT Empat", 5, 4, 4, 3, 5),
    ],
    columns=["customer_id", "trust", "commitment", "satisfaction", "shared_goals", "cooperative_norms"],
)
index = crm.relationships.quality(asked)
print({r["customer_id"]: crm.labels.number(r["quality_index"], decimals=2) for r in index.table.to_dict("records")})
index.figure()

# %% [markdown] tags=["id"]
# PT Satu: $(4+3+5+4+4)/5 = 4{,}00$. Puas (5) tetapi kurang terikat (3): kepuasan bukan komitmen. UD Tiga tidak punya angka, dan itu jawaban yang benar.
#
# ## 5. Yang terutang dan yang layak dipertahankan
#
# Sampai di sini angkanya rekaan. Sekarang PT XYZ. Buku (3.1.7) menganjurkan hadiah dan poin. Setiap poin yang belum ditukar adalah **utang**. Sebagai latihan: 1.000.000 poin × Rp50 × 70% = Rp35.000.000. Buku poin PT XYZ, dengan nilai Rp50 per poin (asumsi kita):

# %% [markdown] tags=["en"]
# PT Satu: $(4+3+5+4+4)/5 = 4.00$. Satisfied (5), less committed (3): satisfaction is not commitment. UD Tiga has no figure, and that is the right answer.
#
# ## 5. What is owed, and who is worth keeping
#
# So far the figures were made up. Now PT XYZ. The book (3.1.7) recommends rewards and points. Every point not yet taken is a **debt**. As an exercise: 1,000,000 points × Rp50 × 70% = Rp35,000,000. PT XYZ's ledger, with Rp50 a point (our assumption):

# %%
shop = crm.datasets.load_retail("S", "clean").tables
owed = crm.relationships.points(shop["points"], as_of="2020-12-31", value=50, life_years=1)
for note in owed.notes:
    print("-", note.render())
owed.explain()

# %%
owed.figure()

# %%
closed = shop["customers"].dropna(subset=["closed_on"])["customer_id"]
still_open = shop["points"][~shop["points"]["customer_id"].isin(closed)]
print(crm.relationships.points(still_open, as_of="2020-12-31", value=50, life_years=1).facts["overdue"])

# %% [markdown] tags=["id"]
# 3.151 poin seharusnya sudah hangus. Siapa pemiliknya? Semuanya **akun yang sudah ditutup**: aturan hangus hanya dijalankan pada akun yang hidup. Hitungan yang sederhana, temuan yang layak dikirim ke bagian keuangan.
#
# Lalu (3.1.5): *pelanggan setia yang sesuai profil layak dipertahankan*. Setia di sini: sedikitnya 12 pesanan dalam dua tahun; cocok: tinggal di Jabodetabek, tempat toko dan gudangnya; laba: setelah biaya melayani.

# %% [markdown] tags=["en"]
# 3,151 points should have expired. Whose are they? All belong to **closed accounts**: the rule is only run on accounts that live. Simple arithmetic, and a finding worth sending to the finance department.
#
# Then (3.1.5): *loyal customers who fit the profile are worth keeping*. Loyal here: 12 orders or more in two years; fit: living in Greater Jakarta, where the stores and the warehouse are; profit: after the cost of serving.

# %%
orders = shop["sales"].merge(shop["channels"][["channel_id", "channel"]], on="channel_id")
lines = shop["sales_lines"].merge(orders[["order_id", "ordered_at", "customer_id", "channel", "status"]], on="order_id")
profit = crm.profitability.customer_profit(
    lines,
    returns=shop["returns"],
    costs=shop["activity_costs"],
    activities=crm.profitability.usage(shop),
    commission=shop["channels"],
    period=("2019", "2020"),
).table[["customer_id", "profit"]]
recent = orders[orders["ordered_at"] >= "2019-01-01"].groupby("customer_id").size()
people = shop["customers"].drop_duplicates("customer_id", keep="last")
people = people.merge(profit, on="customer_id", how="left").merge(shop["regions"], on="city_id", how="left")
people["loyal"] = people["customer_id"].map(recent).fillna(0) >= 12
kept = crm.relationships.worth_keeping(people, fit={"greater_jakarta": True})
kept.explain()

# %%
kept.figure()

# %% [markdown] tags=["id"]
# Dari 54 yang setia, 33 cocok, dan 30 cocok serta berlaba. Tiga cocok tetapi merugi: **jangan buru-buru melepas**; lihat dulu ongkos mana yang membuatnya rugi (notebook 10). Dan 21 yang "tidak cocok" menurut wilayah tetap membeli 12 kali: barangkali profilnya yang salah, bukan pelanggannya.
#
# **Bagian dompet.** Sebuah perusahaan membeli Rp30 juta dari kita. Dari berapa? Bila seluruh belanjanya 120 juta, 25%. PT XYZ tidak punya kolom itu untuk satu pelanggan pun:

# %% [markdown] tags=["en"]
# Of 54 loyal ones 33 fit, and 30 fit with a profit. Three fit at a loss: **don't hurry to let them go**; see first which cost makes the loss (notebook 10). And 21 who "do not fit" by region bought 12 times all the same: perhaps the profile is wrong, and not the customer.
#
# **Share of wallet.** A company buys for Rp30 million from us. Out of how much? If it spends 120 million in all, 25%. PT XYZ has that column for nobody:

# %%
bought = orders[orders["ordered_at"] >= "2020-01-01"].groupby("customer_id")["total"].sum()
firms = people.loc[people["customer_type"] == "corporate", ["customer_id"]]
firms = firms.assign(sales=firms["customer_id"].map(bought), total_spend=float("nan")).dropna(subset=["sales"])
unknown = crm.relationships.wallet(firms)
print(unknown.explain(depth="short"))

first = firms.nlargest(3, "sales").index
guess = firms.assign(total_spend=firms["total_spend"].mask(firms.index.isin(first), firms["sales"] * 4))
partly = crm.relationships.wallet(guess)
print(partly.explain(depth="short"))

# %% [markdown] tags=["id"]
# Tiga yang terbesar ditanya (angkanya kita karang: empat kali belanjanya pada kita). Sisanya tetap "tanyakan": **bukan nol, bukan 100%**. Inilah awal rencana per pelanggan kunci.
#
# ## 6. Jaringan: siapa menopang apa
#
# Tahap 3 rantai nilai. Latihan dulu: lima unsur janji, mitra A menopang {1, 2}, mitra B {2, 4}. Tertopang 3 dari 5 = 60%; celahnya 3 dan 5. Sekarang PT XYZ: 24 kategori yang dijanjikan toko, 30 pemasok. Semua kategori punya empat atau lima pemasok; tampak aman. Tetapi janji kita ialah barang *bermutu*. Sisakan pemasok dengan skor mutu 85 ke atas:

# %% [markdown] tags=["en"]
# The three largest were asked (the figures are invented: four times what they buy here). The rest remains "ask": **neither zero nor 100%**. So begins a plan for each key account.
#
# ## 6. The network: who holds up what
#
# Stage 3 of the value chain. First an exercise: five elements of a promise, partner A covers {1, 2}, partner B {2, 4}. Covered are 3 of 5 = 60%; the gaps are 3 and 5. Now PT XYZ: 24 categories that the store promises, 30 suppliers. Every category has four or five; it looks safe. But our promise is goods of *quality*. Keep only suppliers with a quality score of 85 or more:

# %%
exercise = pd.DataFrame({"partner": ["A", "A", "B", "B"], "element": [1, 2, 2, 4]})
print(crm.network.coverage(exercise, elements=[1, 2, 3, 4, 5]).explain(depth="short"))

goods = shop["products"][shop["products"]["discontinued_on"].isna()].merge(shop["suppliers"], on="supplier_id")
links = goods.rename(columns={"supplier": "partner", "category": "element"})[["partner", "element", "quality_score"]]
categories = sorted(links["element"].unique())
everyone = crm.network.coverage(links, elements=categories)
good = crm.network.coverage(links[links["quality_score"] >= 85], elements=categories)
print({"all": everyone.facts["one_partner"], "quality 85+": good.facts["one_partner"]})
good.figure()

# %%
crm.network.partners(links[links["quality_score"] >= 85], elements=categories).explain()

# %% [markdown] tags=["id"]
# Empat kategori bergantung pada **satu** pemasok bermutu, dan pemasoknya sama: PT Ceria Anak. Tanpa dia 16,7% kategori kehilangan mutunya. Rata-rata "dua pemasok per kategori" menyembunyikannya.
#
# Bahaya berikutnya ada di belakang mitra. Dua distributor tampak seperti dua sumber; bila keduanya mengambil dari importir yang sama, hanya ada satu (pertanyaan ini tidak ada di data PT XYZ; tanyakan kepada pemasok):

# %% [markdown] tags=["en"]
# Four categories hang on **one** supplier of quality, and it is the same one: PT Ceria Anak. Without it 16.7% of the categories lose their quality. A mean of "two suppliers a category" hides that.
#
# The next danger stands behind the partners. Two distributors look like two sources; if both buy from one importer, there is one (PT XYZ's data do not have this; ask the suppliers):

# %%
two = pd.DataFrame({"partner": ["Distributor A", "Distributor B"], "element": ["snacks", "snacks"]})
behind = pd.DataFrame({"supplier": ["Importer", "Importer"], "partner": ["Distributor A", "Distributor B"]})
for chain in (None, behind):
    print(crm.network.single_points(two, links=chain).explain(depth="short"))

# %% [markdown] tags=["id"]
# ## 7. Enam pasar
#
# Model Enam Pasar (buku, Gambar 3.1): pelanggan hanyalah satu dari enam. Beri skor *kini* dan *sasaran*, dan sertakan bukti. Dulu, lihat apa yang dapat dikatakan tabel sendiri:

# %% [markdown] tags=["en"]
# ## 7. Six markets
#
# The Six Markets model (book, Figure 3.1): customers are one of six. Score *now* and *aimed at*, and add evidence. First see what the company's own tables can say:

# %%
evidence = crm.network.market_evidence(shop, as_of="2020-12-31")
evidence.explain()

# %%
evidence.figure()

# %%
scores = pd.DataFrame(
    {
        "market": crm.network.MARKETS,
        "now": [4, 3, 2, 1, 2, 3],
        "target": [5, 3, 4, 4, 3, 4],
        "evidence": ["employees who stayed", "largest supplier", "recruits after a year", "new by referral", "", "returned"],
    }
)
markets = crm.network.six_markets(scores)
for note in markets.notes:
    print("-", note.render())
markets.explain()

# %%
markets.figure()

# %% [markdown] tags=["id"]
# Kesenjangan [1, 0, 2, 3, 1, 1]: jumlah 8, terbesar rujukan. Datanya setuju tetapi lirih: **tidak satu pun** dari 7 pelanggan baru tahun itu datang dari rujukan, dan selangnya sampai 35,4%. Tujuh orang tidak membuktikan apa-apa. Pasar pengaruh tidak punya bukti; skornya pendapat.
#
# ## 8. Proposisi nilai: relevan dan unik
#
# Tahap 4. Di satu sisi yang diinginkan pelanggan (pekerjaan, keluhan, keuntungan) dengan kepentingannya; di sisi lain yang kita tawarkan. **Kesesuaian** $= \frac{\sum \text{kepentingan} \times \text{cakupan}}{\sum \text{kepentingan}}$; dengan kepentingan 5, 3, 2 dan cakupan 1, ½, 0 hasilnya $6{,}5/10 = 0{,}65$.
#
# Dua cakupan dapat dijawab data: "tiba tepat waktu" adalah bagian kiriman yang tepat, dan "harga sama di mana pun" adalah bagian harga yang sama di semua saluran. Yang terakhir dulu:

# %% [markdown] tags=["en"]
# Gaps [1, 0, 2, 3, 1, 1]: the sum is 8, the largest is referral. The data agree, but in a whisper: **none** of the 7 new customers of that year came by referral, and the interval reaches to 35.4%. Seven people prove nothing. The influence market has no evidence; its score is an opinion.
#
# ## 8. The value proposition: relevant and unique
#
# Stage 4. On one side what customers want (jobs, pains, gains) with its importance; on the other what we offer. **Fit** $= \frac{\sum \text{importance} \times \text{coverage}}{\sum \text{importance}}$; with importance 5, 3, 2 and coverage 1, ½, 0 it is $6.5/10 = 0.65$.
#
# Two coverages can be answered by data: "arrives on time" is the share of parcels that do, and "one price wherever I look" is the share of prices that are equal in all channels. The latter first:

# %%
lines["month"] = lines["ordered_at"].dt.strftime("%Y-%m")
keys = ["product_id", "channel", "month"]
listed = crm.network.consistency(lines[[*keys, "unit_price"]].drop_duplicates(), period="month", reference="store")
sums = lines.groupby(keys, as_index=False, observed=True)[["amount", "quantity"]].sum()
paid = crm.network.consistency(sums.assign(unit_price=sums["amount"] / sums["quantity"]), period="month", reference="store")
for found in (listed, paid):
    print(found.explain(depth="short"))
paid.figure()

# %% [markdown] tags=["id"]
# Harga **daftar** sama di 100% perbandingan. Harga yang **dibayar**, sesudah promosi, hanya sama pada 51,9%. Mana yang dilihat pelanggan? Yang kedua. Angka "konsistensi" tanpa mengatakan harga yang mana tidak berarti apa-apa. (Latihan: 47 dari 50 = 94,0%.)

# %% [markdown] tags=["en"]
# **List** prices are equal in 100% of comparisons. Prices **paid**, after promotions, only in 51.9%. Which does a customer see? The latter. A figure of "consistency" that does not say which price means nothing. (Exercise: 47 of 50 = 94.0%.)

# %%
on_time = float((shop["deliveries"]["late_days"] <= 0).mean())
wants = pd.DataFrame(
    [
        ("stock the household", "job", 5, "interviews, n = 12"),
        ("arrives on time", "pain", 4, "interviews, n = 12"),
        ("one price wherever I look", "pain", 3, "interviews, n = 12"),
        ("advice on what fits", "gain", 2, "interviews, n = 12"),
    ],
    columns=["item", "kind", "importance", "evidence"],
)
offers = pd.DataFrame(
    [
        ("24 categories", "product", "stock the household", 1.0),
        ("delivery promise", "pain_reliever", "arrives on time", on_time),
        ("same list price", "pain_reliever", "one price wherever I look", paid.facts["same_share"]),
        ("WhatsApp advice", "gain_creator", "advice on what fits", 0.5),
        ("points", "gain_creator", None, None),
    ],
    columns=["offer", "kind", "item", "coverage"],
)
map_alone = crm.network.value_map(wants, offers)
print(crm.labels.percent(on_time), crm.labels.percent(map_alone.facts["uniqueness"]))
for note in map_alone.notes:
    print("-", note.render())
rivals = pd.DataFrame({"competitor": ["Toko T", "Toko U"], "offer": ["Points", "points"]})
fit = crm.network.value_map(wants, offers, competitors=rivals)
print(fit.explain(depth="short"))
fit.explain()

# %%
fit.figure()

# %% [markdown] tags=["id"]
# 80,9% kiriman tiba tepat waktu: itu cakupannya, bukan pendapat. **Poin** tidak menjawab satu keinginan pun, dan dua pesaing juga memilikinya: relevan tidak, unik tidak, dan terutang (bagian 5). Keunikan tanpa daftar pesaing **tidak diketahui**, bukan 100%.
#
# ## 9. Janji yang dirasakan: perpustakaan
#
# Artikel tentang personalisasi bercerita: kartu dikenali, nama disapa, dua buku ditawarkan, dua yang terlambat diingatkan. Empat aturan, ditulis sebagai data:

# %% [markdown] tags=["en"]
# 80.9% of parcels arrive on time: that is the coverage, not an opinion. **Points** answer nothing that customers want, and two competitors have them too: not relevant, not unique, and owed (part 5). Uniqueness without a list of competitors is **not known**; it is not 100%.
#
# ## 9. A promise that is felt: the library
#
# The article on personalisation tells of it: a card is known, a name is said, two books are recommended, two overdue ones are named. Four rules, written as data:

# %%
library = {
    "events": pd.DataFrame({"at": ["2024-05-20 09:00", "2024-05-20 09:05"], "card": ["K7", "K0"]}),
    "members": pd.DataFrame({"card": ["K7"], "name": ["Dina"], "agreed": [True]}),
    "books": pd.DataFrame(
        {
            "book_id": [1, 2, 3, 4, 5],
            "title": ["Senja", "Fajar", "Malam", "Peta Kota", "Resep Ibu"],
            "author": ["Sari", "Sari", "Sari", "Tono", "Tono"],
            "shelf": ["A1", "A2", "A3", "C1", "C2"],
            "arrived_on": ["2020-01-01", "2024-05-15", "2024-05-18", "2020-01-01", "2020-01-01"],
        }
    ),
    "loans": pd.DataFrame(
        {
            "card": ["K7", "K7", "K7"],
            "book_id": [1, 4, 5],
            "borrowed_at": ["2024-05-06", "2024-04-01", "2024-04-02"],
            "due_on": ["2024-05-20", "2024-04-15", "2024-04-16"],
            "returned_at": ["2024-05-13", None, None],
        }
    ),
}
said = crm.network.greet(**library)
heard = said.table.assign(step=said.table["step"].map(crm.labels.name), due_on=said.table["due_on"].map(crm.labels.date))
heard[["card", "step", "name", "title", "shelf", "due_on"]].fillna("—")

# %%
silent = crm.network.greet(**library | {"members": library["members"].assign(agreed=False)})
print({step: (said.facts[step], silent.facts[step]) for step in ("greet", "recommend", "renew")})

# %% [markdown] tags=["id"]
# Kartu K0 tidak dikenal: dicatat, tanpa data siapa pun. Bila Dina tidak setuju riwayat bacanya dipakai, tawarannya hilang; pengingat terlambat tetap. **Sapaan yang hangat dan izin yang jelas adalah dua hal, dan keduanya perlu.**
#
# ## 10. Jawaban untuk direktur
#
# 1. *Pelanggan kita percaya?* **Belum tahu.** PT XYZ belum pernah menanyakannya; skalanya sudah siap, andal di atas 0,7 pada survei rekaan, dan perlu sedikitnya 60 jawaban untuk jalurnya.
# 2. *Siapa yang dipertahankan?* 30 dari 54 yang setia, dan tiga yang perlu dihitung ulang ongkosnya.
# 3. *Mitra kita kuat?* Pada 20 kategori ya; pada empat kategori mutunya bergantung pada PT Ceria Anak.
# 4. *Janji kita sesuai?* Titik terlemah: harga yang dibayar berbeda antarsaluran. Poin tidak menjawab apa pun.
#
# ## Jebakan
#
# * Alfa tinggi disangka bukti bahwa yang diukur memang kepercayaan.
# * Butir terbalik yang lupa dibalik.
# * Skala satu butir.
# * Panah regresi disangka sebab.
# * Biaya hangus disangka alasan bertahan.
# * Saldo poin negatif yang mengecilkan utang kepada orang lain.
# * Total belanja yang tidak diketahui dianggap nol.
# * Mitra yang tertulis dua kali dihitung dua.
# * Cakupan 100% karena daftar unsurnya tidak ada.
# * Unik karena belum mencari.
#
# ## Tugas
#
# 1. Tambah butir keempat pada `five` yang sama persis dengan butir pertama. Apa yang terjadi pada alfa, dan apakah skalanya menjadi lebih baik?
# 2. Hitung selang alfa 0,85 dari 7 butir dan 89 responden. *(Periksa: 0,7971 sampai 0,8932.)*
# 3. Coba `reliability` dengan satu butir. Apa kata pesannya?
# 4. Ambil 40 responden pertama dan hitung `paths`. Mengapa selangnya hilang?
# 5. Tukar `trust` dan `commitment` dalam `paths`. Masih "sesuai teori"? Apa yang Anda pelajari tentang arah?
# 6. Penghematan 30 menjadi 0. Berapa tahun baliknya? *(Periksa: tidak pernah.)*
# 7. Beri UD Tiga satu jawaban lagi. Berapa indeksnya?
# 8. Nilai poin Rp50 adalah asumsi. Pada nilai berapa kewajibannya melewati Rp3.000.000? *(Periksa: kira-kira Rp101.)*
# 9. Ubah ambang setia dari 12 menjadi 6 pesanan. Berapa yang layak dipertahankan, dan bagaimana labanya?
# 10. Naikkan ambang mutu pemasok dari 85 ke 90. Kategori mana yang kehilangan semua pemasoknya?
# 11. Beri bobot kategori menurut penjualannya (jumlahnya harus 1). Berapa bagian penjualan yang bergantung pada PT Ceria Anak?
# 12. Hapus baris `customers` dari `scores`. Berapa jumlah kesenjangannya? *(Periksa: belum ada.)*
# 13. Tawaran mana yang harus dihentikan bila anggarannya hanya cukup untuk empat? Hitung kesesuaiannya sebelum dan sesudah.
# 14. Bandingkan harga yang dibayar dengan `tolerance=0.05`. Berapa bagian yang sama sekarang?
# 15. Tulis aturan kelima untuk perpustakaan: apa syaratnya, dan izin apa yang diperlukan?
# 16. Buat lima unsur janji organisasi Anda sendiri dan mitranya. Siapa yang tidak boleh hilang?
# 17. Lima mazhab (buku, 3.3.1): cocokkan 14 penulis dan dua gagasan dengan `crm.frameworks.exercise("relationship_schools")` dan `grade`; `Hakansson` boleh ditulis tanpa aksen. Berapa nilainya bila dua keliru? *(Periksa: 87,5%.)* Mengapa mazhab guanxi tidak punya penulis di sini?

# %% [markdown] tags=["en"]
# Card K0 is not known: it is noted, and opens nobody's data. If Dina does not agree that her reading is used, the recommendations go; the reminders stay. **A warm greeting and a clear permission are two things, and both are needed.**
#
# ## 10. An answer for the director
#
# 1. *Do our customers trust us?* **Not known.** PT XYZ has never asked; the scales are ready, reliable above 0.7 in a made-up survey, and need 60 answers or more for the paths.
# 2. *Who is to be kept?* 30 of 54 loyal ones, and three whose costs are to be looked at again.
# 3. *Are our partners strong?* In 20 categories, yes; in four, quality hangs on PT Ceria Anak.
# 4. *Does our promise fit?* Its weakest point: prices paid differ between channels. Points answer nothing.
#
# ## Traps
#
# * A high alpha taken as proof that it is trust that is measured.
# * An item worded the other way round, and not reversed.
# * A scale of one item.
# * The arrow of a regression taken for a cause.
# * Sunk costs taken for a reason to stay.
# * A negative balance of points that makes the debt to others smaller.
# * An unknown total taken for zero.
# * A partner written twice and counted twice.
# * A coverage of 100% because there is no list of elements.
# * Unique for not having looked.
#
# ## Tasks
#
# 1. Add a fourth item to `five` that equals the first. What happens to alpha, and is the scale any better?
# 2. Compute the interval of an alpha of 0.85 from 7 items and 89 respondents. *(Check: 0.7971 to 0.8932.)*
# 3. Try `reliability` with one item. What does the message say?
# 4. Take the first 40 respondents and compute `paths`. Why is the interval gone?
# 5. Swap `trust` and `commitment` in `paths`. Still "as the theory says"? What have you learnt about direction?
# 6. The saving of 30 becomes 0. When is it paid back? *(Check: never.)*
# 7. Give UD Tiga one more answer. What is its index?
# 8. Rp50 a point is an assumption. From which value on is the liability above Rp3,000,000? *(Check: about Rp101.)*
# 9. Lower the mark of loyalty from 12 orders to 6. How many are worth keeping, and what becomes of their profit?
# 10. Raise the mark of quality from 85 to 90. Which categories lose all their suppliers?
# 11. Weight the categories by their sales (they must sum to 1). What share of sales hangs on PT Ceria Anak?
# 12. Take the row `customers` out of `scores`. What is the sum of gaps? *(Check: there is none yet.)*
# 13. Which offer should go if there is money for four only? Compute the fit before and after.
# 14. Compare prices paid with `tolerance=0.05`. What share is equal now?
# 15. Write a fifth rule for the library: what is its condition, and which permission does it need?
# 16. Make five elements of your own organisation's promise, and its partners. Who must not be lost?
# 17. Five schools (book, 3.3.1): match 14 authors and two ideas with `crm.frameworks.exercise("relationship_schools")` and `grade`; `Hakansson` may go without its accent. What is the mark with two wrong? *(Check: 87.5%.)* Why has guanxi no author here?
