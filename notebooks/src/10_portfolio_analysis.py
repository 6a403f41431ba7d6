# %% [markdown] tags=["id"]
# # 10 · Analisis portofolio: siapa yang perlu dilayani
#
# **Pertanyaannya.** Direktur baru PT XYZ membaca laporan lima tahun dan bertanya: *pelanggan mana yang harus kita **pertahankan**, **kembangkan**, **panen**, dan **lepaskan**? Seberapa yakin Anda? Dan apa kata cara lain?*
#
# Itulah tahap pertama rantai nilai CRM Buttle (buku, bagian 2.3 dan 4.1): sebelum mengenal pelanggan lebih dekat, pilih dahulu siapa yang dilayani. Kebanyakan perusahaan menjawabnya dengan omzet. Notebook ini menunjukkan mengapa omzet
# menyesatkan, menghitung laba sampai ke tiap pelanggan, menguji klaim 80/20 pada data Anda, lalu menyusun matriks portofolio dan mencoba menjatuhkannya. Semua orang dan perusahaan di sini rekaan.

# %% [markdown] tags=["en"]
# # 10 · Portfolio analysis: whom to serve
#
# **The question.** The new director of PT XYZ reads five years of reports and asks: *which customers should we **protect**, **grow**, **milk** and **let go**? How sure are you? And what would another method say?*
#
# That is the first stage of Buttle's CRM value chain (book, sections 2.3 and 4.1): before you get to know customers better, choose whom to serve. Most companies answer by revenue. This notebook shows why revenue misleads, takes profit
# down to each customer, tests the 80/20 claim on your data, builds a portfolio matrix and then tries to knock it over. All people and companies are made up.

# %% [markdown] tags=["id"]
# ## 1. Lima pelanggan dan seekor paus
#
# Cukup kecil untuk dihitung dengan tangan. Lima pelanggan, laba masing-masing dalam juta rupiah; yang kelima merugikan. Urutkan dari yang paling untung dan jumlahkan.

# %% [markdown] tags=["en"]
# ## 1. Five customers and a whale
#
# Small enough to be worked out by hand. Five customers with their profits in millions of rupiah; the fifth loses money. Rank them, the best first, and add up.

# %%
import crmlab as crm
import pandas as pd

million = 1_000_000
five = pd.DataFrame({"customer_id": [1, 2, 3, 4, 5], "profit": [50, 30, 20, 5, -15], "potential": [60, 5, 2, 40, -10]})
five[["profit", "potential"]] *= million
whale = crm.profitability.whale_curve(five)
whale

# %%
whale.figure()

# %% [markdown] tags=["id"]
# Empat pelanggan pertama membawa 105 juta; yang kelima memakan 15 juta di antaranya. Puncaknya 116,7% dari laba akhir. Karena bentuknya seperti punggung paus yang menyelam, grafik ini disebut **kurva paus**.
#
# $$\text{puncak} = \frac{\sum \max(\text{laba}_i, 0)}{\sum \text{laba}_i} = \frac{105}{90}$$
#
# Putusannya *terlalu sedikit*: dari lima pelanggan tidak ada yang dapat dikatakan tentang pelanggan lain.

# %% [markdown] tags=["en"]
# The first four bring 105 million; the fifth eats 15 of them. The peak is 116.7% of the final profit. Since it looks like the back of a diving whale, this is called a **whale curve**.
#
# $$\text{peak} = \frac{\sum \max(\text{profit}_i, 0)}{\sum \text{profit}_i} = \frac{105}{90}$$
#
# The verdict is *too few*: five customers say nothing about others.

# %% [markdown] tags=["id"]
# ## 2. Dari mana biaya melayani datang
#
# Harga pokok ada di nota. Biaya **melayani** tidak: telepon, kiriman, kunjungan. *Activity-based costing* membaginya menurut pemakaian: tarif = biaya aktivitas / volume pemicunya, lalu tarif × pemakaian. Dua pelanggan, X dan Y:

# %% [markdown] tags=["en"]
# ## 2. Where the cost to serve comes from
#
# The cost of goods stands on the receipt. The cost **to serve** does not: calls, deliveries, visits. Activity-based costing hands it out by use: rate = cost of the pool / volume of its driver, then rate × use. Two customers, X and Y:

# %%
sales = pd.DataFrame({
    "order_id": [1, 2], "ordered_at": "2020-01-05", "customer_id": ["X", "Y"], "amount": [12 * million, 15 * million], "cost": [9 * million, 12 * million],
})
pools = pd.DataFrame({"pool": ["calls", "deliveries", "visits"], "cost": [60 * million, 90 * million, 50 * million], "volume": [3000, 4500, 250]})
used = pd.DataFrame({"customer_id": list("XXXYYY"), "pool": ["calls", "deliveries", "visits"] * 2, "units": [10, 20, 5, 40, 60, 8]})
two = crm.profitability.customer_profit(sales, costs=pools, activities=used)
two

# %% [markdown] tags=["id"]
# Menurut omzet Y lebih besar, dan laba kotor keduanya sama. Setelah biaya melayani, X untung dan **Y rugi**. Bacalah juga catatan di bawah tabel: sebagian besar biaya aktivitas tidak dibebankan kepada siapa pun. Itu kapasitas yang
# menganggur, atau pelanggan yang tidak ada di tabel ini; membebankannya kepada X dan Y akan membuat pelanggan membayar kursi kosong.

# %% [markdown] tags=["en"]
# By revenue Y is the larger one, and their gross profits are equal. After the cost to serve X earns money and **Y loses it**. Read the note below the table too: most of the pools' cost is charged to nobody. That is idle capacity, or customers
# who are not in this table; to charge it to X and Y would make customers pay for empty chairs.

# %% [markdown] tags=["id"]
# ## 3. PT XYZ: dari nota ke laba pelanggan
#
# Aturan pembagian biaya adalah **data** yang dapat Anda baca dan ubah, bukan rahasia program:

# %% [markdown] tags=["en"]
# ## 3. PT XYZ: from receipts to customers' profits
#
# The rules by which costs are handed out are **data** that you can read and change, no secret of a program:

# %%
crm.profitability.rules_table()

# %%
clean = crm.datasets.load_retail("S", "clean").tables
orders = clean["sales"].merge(clean["channels"][["channel_id", "channel"]], on="channel_id")
lines = clean["sales_lines"].merge(orders[["order_id", "ordered_at", "customer_id", "channel", "status"]], on="order_id")
use = crm.profitability.usage(clean)

parts = {"costs": clean["activity_costs"], "activities": use, "commission": clean["channels"]}
profit = crm.profitability.customer_profit(lines, returns=clean["returns"], **parts)
profit.figure()

# %% [markdown] tags=["id"]
# Sebelum percaya, cocokkan. Setiap rupiah pada tabel asal harus ditemukan kembali: milik pelanggan, dibatalkan, di luar periode, atau tidak milik siapa pun. Pencocokan menghitung ulang dari tabel asal:

# %% [markdown] tags=["en"]
# Before you believe it, reconcile it. Every rupiah of the source tables must be found again: with a customer, cancelled, outside the period, or with nobody. This counts again, from the source tables:

# %%
crm.profitability.reconcile(profit, sales=lines, returns=clean["returns"], costs=clean["activity_costs"])

# %% [markdown] tags=["id"]
# **Jebakan: biaya kosong bukan biaya nol.** Misalkan harga pokok satu produk hilang dari catatan. Program yang mengisi nol menjadikan pembelinya pelanggan terbaik. Di sini mereka berdiri sendiri, dihitung, dan labanya tidak disebut:

# %% [markdown] tags=["en"]
# **A trap: a missing cost is no cost of zero.** Say the cost of one product got lost. A program that fills in zero makes its buyers the best customers. Here they stand apart, are counted, and no profit is claimed for them:

# %%
holes = lines.assign(cost=lines["cost"].where(lines["product_id"] != 7))
careful = crm.profitability.customer_profit(holes, returns=clean["returns"], **parts)
print(careful.notes[0].render())

# %% [markdown] tags=["id"]
# ## 4. Berapa yang merugi? Tergantung apa yang dihitung

# %% [markdown] tags=["en"]
# ## 4. How many lose money? That depends on what you count

# %%
steps = {
    "amount - cost": crm.profitability.customer_profit(lines),
    "... - commission - cost to serve": crm.profitability.customer_profit(lines, **parts),
    "... - returns": profit,
}
curves = {name: crm.profitability.whale_curve(step) for name, step in steps.items()}
pd.DataFrame({name: {k: round(curve.facts[k], 4) for k in ("n", "loss_making", "loss_making_share", "peak_share")} for name, curve in curves.items()}).T

# %%
curves["... - returns"].figure()

# %% [markdown] tags=["id"]
# Dengan laba kotor hampir semua pelanggan tampak menguntungkan. Begitu biaya melayani dan retur dihitung, yang merugi puluhan. Orangnya sama; yang berubah hanya apa yang kita lihat.
#
# **Apakah melepas mereka menaikkan laba sebesar punggung paus itu?** Tidak otomatis. Tarif memuat gaji dan kendaraan yang tetap ada bila pelanggannya pergi. `disqualify` menghitung dua keadaan: seluruh biaya layanan ikut hilang, atau hanya 40%. Kenaikan laba hampir 12% menyusut menjadi sekitar 2%. Yang sedang mengeluh tidak dilepas sebelum dilihat orang. Siapa mereka, dan karena apa?

# %% [markdown] tags=["en"]
# By gross profit nearly all customers look profitable. Once the cost to serve and returns are counted, dozens lose money. They are the same people; what changed is what we look at.
#
# **Would letting them go raise profit by that back of the whale?** Not by itself. The rates hold wages and vehicles that stay when a customer leaves. `disqualify` works out two cases: all of the cost to serve ends, or 40% of it. A rise of nearly 12% shrinks to about 2%. Whoever has an open complaint is not let go before somebody has looked. Who are they, and why?

# %%
complaining = clean["complaints"].loc[clean["complaints"]["resolved_at"].isna(), ["customer_id"]].drop_duplicates().assign(open_complaint=True)
dropping = {share: crm.profitability.disqualify(profit, reputation=complaining, avoidable=share) for share in (1.0, 0.4)}
print(crm.profitability.disqualify(five).explain(depth="short"))
pd.DataFrame({share: {k: told.facts[k] for k in ("proposed", "look_first", "dropped", "change_share", "revenue_share")} for share, told in dropping.items()}).round(4).T

# %%
people = clean["customers"].drop_duplicates("customer_id", keep="last")
kinds = crm.profitability.profit_by(profit, people, by="customer_type")
kinds

# %%
losing = profit.table[profit.table["profit"] < 0].merge(people[["customer_id", "customer_type"]], on="customer_id")
why = losing.groupby("customer_type", observed=True)[["revenue", "returns", "cost_of_goods", "cost_field_visits", "cost_to_serve", "profit"]].sum()
print((why / million).round(1).T)

# %% [markdown] tags=["id"]
# Pelanggan korporat membawa sepertiga omzet, tetapi marjin labanya jauh lebih tipis, dan **rata-rata labanya tidak diberi rentang** (*ekor terlalu berat*): dari sedikit akun, yang seorang di antaranya untung atau rugi sebesar raksasa, tidak dapat dipastikan bahwa jenis ini menguntungkan. Yang menggerusnya kunjungan
# lapangan. Itu kabar baik: kunjungan dapat diubah tanpa melepas siapa pun.

# %% [markdown] tags=["en"]
# Corporate customers bring a third of the revenue at a far thinner margin, and **their mean profit has no interval** (*tail too heavy*): from few accounts, one of whom earns or loses like a giant, it is not certain that this kind earns anything. Field visits eat
# it. That is good news: visits can be changed without letting anybody go.

# %% [markdown] tags=["id"]
# ## 5. Apakah 80/20 berlaku di sini?
#
# Buku (bagian 1.2) mengutip: 80% keuntungan datang dari 20% pelanggan. Itu klaim, dan klaim dapat diuji.

# %% [markdown] tags=["en"]
# ## 5. Does 80/20 hold here?
#
# The book (section 1.2) quotes: 80% of profits come from 20% of customers. That is a claim, and claims can be tested.

# %%
buyers = profit.table[profit.table["orders"] > 0].merge(people[["customer_id", "customer_type"]], on="customer_id")
consumers = buyers[buyers["customer_type"] == "consumer"]
share = crm.profitability.pareto(consumers, column="gross_revenue")
share

# %%
share.figure()

# %%
share.explain(depth="method")

# %%
everyone = crm.profitability.pareto(buyers, column="gross_revenue")
print(everyone.explain(depth="method"))
crm.profitability.lorenz(consumers, column="gross_revenue").figure()

# %% [markdown] tags=["id"]
# Pada konsumen klaim itu **ditolak**: rentangnya seluruhnya di bawah 80%. Bila akun korporat ikut, bagiannya naik, tetapi rentangnya hampir tiga kali lebih lebar dan kini **memuat 80%**: segelintir raksasa membuat klaim itu tidak dapat diputuskan. Campuran dua dunia memberi angka yang tidak mewakili keduanya.
# Pisahkan dahulu, baru hitung.
#
# ## 6. Potensi: apa yang masih dapat datang
#
# Laba kini menengok ke belakang. Matriks memerlukan sumbu kedua. Cara yang tidak memerlukan model: carilah pelanggan yang **setahun lalu** berada dalam keadaan seperti pelanggan ini (kapan terakhir membeli, berapa nilainya), lalu lihat apa yang mereka bawa sesudahnya.

# %% [markdown] tags=["en"]
# For consumers the claim is **refused**: the whole interval lies below 80%. With corporate accounts the share rises, but the interval is nearly three times as wide and now **holds 80%**: a few giants leave the claim undecided. A mixture of two worlds gives a figure that stands for neither. First part
# them, then count.
#
# ## 6. Potential: what may still come
#
# Profit now looks back. The matrix needs a second axis. A way without a model: find the customers who **a year ago** stood as this one stands today (when they last bought, for how much), and see what they went on to bring.

# %%
kept = lines[lines["status"] != "cancelled"]
kept = kept.assign(margin=kept["amount"] - kept["cost"])
expected = crm.profitability.expected_profit(kept, as_of="2020-12-31")
expected.explain(depth="method")

# %% [markdown] tags=["id"]
# Bacalah ujiannya: cara yang sama, dipakai setahun lebih awal, menduga lebih banyak daripada yang kemudian datang. Tahun yang diduga itu 2020. Pandemi tidak ada di data 2019, dan tidak ada rentang yang memuatnya.
#
# ## 7. Matriks
#
# Nilai kini: laba dua tahun terakhir. Potensi: marjin yang diharapkan tahun depan. Garis potongnya harus **Anda sebut**; tidak ada bawaan, sebab garis itulah yang memutuskan siapa yang dilepas.

# %% [markdown] tags=["en"]
# Read the trial: the same way, a year earlier, expected more than then came. The year that it expected was 2020. No pandemic stood in the data of 2019, and no interval holds one.
#
# ## 7. The matrix
#
# Value now: the profit of the last two years. Potential: the margin expected next year. **You must say** the cuts; there is no default, for the cuts decide who is let go.

# %%
recent = crm.profitability.customer_profit(lines, returns=clean["returns"], period=("2019", "2020"), **parts)
customers = recent.table.merge(expected.table, on="customer_id")
matrix = crm.profitability.portfolio_matrix(customers, cuts="median")
matrix.figure()

# %%
matrix

# %% [markdown] tags=["id"]
# Dua kolom menjawab "seberapa yakin?" dengan dua arti:
#
# * **peluang benar di sel ini**: potensi ialah perkiraan dengan rentang; seberapa mungkin pelanggan sungguh berada di sisi garis itu;
# * **tetap bila garis digeser**: garis ialah pilihan; berapa banyak yang tetap di selnya bila salah satu garis digeser sampai seperempat.
#
# Yang kedua lebih mengkhawatirkan. Geser sendiri:

# %% [markdown] tags=["en"]
# Two columns answer "how sure?" in two senses:
#
# * **chance of belonging here**: potential is an estimate with an interval; how likely a customer really stands on that side of the cut;
# * **stay when the cuts move**: a cut is a choice; how many keep their cell when either cut moves by up to a quarter.
#
# The second one worries more. Move them yourself:

# %%
print(matrix.params["sensitivity"].round(3).to_string(index=False))
other = crm.profitability.portfolio_matrix(customers, cuts="mean")
pd.DataFrame({"median": matrix.table.set_index("cell")["n"], "mean": other.table.set_index("cell")["n"]})

# %% [markdown] tags=["id"]
# Dengan rata-rata sebagai garis, bukan median, jumlah yang "dilepas" melonjak. Datanya sama, pelanggannya sama. Kalau seorang konsultan menunjukkan matriks tanpa menyebut garisnya, tanyakan garisnya.
#
# ## 8. Apa kata cara lain?
#
# Cara yang paling banyak dipakai: kelas **ABC** menurut omzet. A membawa 80% pertama, B 15% berikutnya, C sisanya.

# %% [markdown] tags=["en"]
# With the mean as the cut instead of the median, the number of those "let go" jumps. The data are the same, and so are the customers. When a consultant shows you a matrix without its cuts, ask for the cuts.
#
# ## 8. What would another method say?
#
# The one most used: **ABC** classes by revenue. A brings the first 80%, B the next 15%, C the rest.

# %%
classes = crm.profitability.abc_classes(customers)
versus = crm.profitability.compare_methods(matrix, classes)
versus

# %%
versus.figure()

# %%
cells = matrix.params["cells"].merge(classes.params["cells"], on="customer_id", suffixes=("", "_abc"))
quarrel = cells[(cells["cell"] == "to_let_go") & (cells["cell_abc"] == "A")]
print(customers[customers["customer_id"].isin(quarrel["customer_id"])][["customer_id", "revenue", "cost_to_serve", "profit", "potential"]].round(0).to_string(index=False))

# %% [markdown] tags=["id"]
# Kedua cara sering sepakat, tetapi tidak selalu. Kelas A menurut omzet memuat pelanggan yang menurut matriks dilepas, dan banyak pelanggan "kembangkan" yang di kelas C tidak pernah diperhatikan. Pelanggan tempat kedua cara **berselisih** ialah daftar pertama
# yang perlu dilihat orang, bukan mesin.
#
# ## 9. Mengapa marjin turun padahal tidak ada marjin yang turun
#
# Portofolio juga soal saluran. Marjin PT XYZ turun dari 2016 ke 2019. Apakah ada saluran yang memburuk?

# %% [markdown] tags=["en"]
# The two often agree, and not always. Class A by revenue holds customers whom the matrix lets go, and many to "grow" sit in class C, where nobody ever looks. The customers on whom the methods **quarrel** are the first list that a person should look at,
# not a machine.
#
# ## 9. Why the margin fell though no margin fell
#
# A portfolio is about channels too. PT XYZ's margin fell from 2016 to 2019. Did a channel get worse?

# %%
mix = crm.profitability.mix_and_rate(kept, by="channel", before=2016, after=2019)
mix

# %%
mix.explain(depth="method")

# %% [markdown] tags=["id"]
# Tidak satu pun: semuanya karena **komposisi** (paradoks Simpson). Lalu siapa yang datang dan pergi?

# %% [markdown] tags=["en"]
# None did: all of it is **mix** (Simpson's paradox). And who came and went?

# %%
flow = crm.retention.movements(kept, as_of="2020-12-31")
flow

# %% [markdown] tags=["id"]
# Identitasnya berlaku di setiap baris: awal + baru + kembali − hilang = akhir. Notebook 13 membahas retensi sampai tuntas.
#
# ## 10. Apakah perusahaan siap melangkah?
#
# Rantai nilai Buttle: lima tahap, empat kondisi pendukung, nilai 0–4 **dengan bukti**. Tahap yang berdiri di atas tahap lemah terblokir. Inilah penilaian contoh untuk PT XYZ; gantilah dengan penilaian Anda.

# %% [markdown] tags=["en"]
# The identity holds in every row: start + new + reactivated − lost = end. Notebook 13 goes to the bottom of retention.
#
# ## 10. Is the company ready for more?
#
# Buttle's value chain: five stages, four conditions, scores 0–4 **with evidence**. A stage that stands on a weak one is blocked. This is an example for PT XYZ; put your own in its place.

# %%
chain = crm.profitability.value_chain({
    "portfolio_analysis": (3, "notebook 10"), "customer_intimacy": (2, "notebook 04"), "network_development": (4, "35 suppliers, scored"),
    "value_proposition": (1, "no offer differs by cell"), "customer_lifecycle": (2, "flow above"),
    "leadership_and_culture": (2, "director asks"), "data_and_it": (4, "notebooks 05-07"), "people": (3, "8 reps"), "processes": (1, "nobody owns a cell"),
})
chain.figure()

# %% [markdown] tags=["id"]
# ## 11. Jawaban untuk direktur
#
# 1. **Pertahankan** pelanggan di sel kanan atas: merekalah sebagian besar laba. Dengarkan keluhannya lebih dahulu.
# 2. **Kembangkan** hanya sebagai percobaan: laba mereka kini negatif, dan selnya paling mudah berpindah. Uji pada sebagian, sisakan pembanding.
# 3. **Panen** dengan biaya rendah: kurangi kunjungan, bukan layanan.
# 4. **Lepaskan** berarti berhenti menambah biaya, bukan mengusir. Banyak di antaranya masih menyumbang sedikit laba, dan yang berselisih dengan kelas ABC dilihat satu per satu.
# 5. **Seberapa yakin?** Urutannya kuat, garisnya tidak. Laporkan keduanya.
#
# ## Tugas
#
# 1. Hitung dengan tangan puncak kurva paus untuk laba 40, 30, 10, −20. Berapa persen dari laba akhir? *(Periksa: 133,3%.)*
# 2. Pada bagian 2, berapa biaya melayani Y bila kunjungannya menjadi 2? Apakah ia masih rugi? *(Periksa: labanya 600.000.)*
# 3. Gandakan biaya kunjungan pada bagian 2 tanpa mengubah volumenya. Berapa laba X? *(Periksa: 400.000.)*
# 4. Hapus kolom `volume` dari `pools`. Siapa yang kini membayar kapasitas yang menganggur, dan mengapa itu tidak adil?
# 5. Tulis aturan pembagian ke berkas dengan `write_rules`, ubah pemicu `field_visits`, baca kembali dengan `read_rules`. Berapa pelanggan yang berganti tanda labanya?
# 6. Ganti produk yang biayanya hilang pada bagian 3. Produk mana yang membuat paling banyak pelanggan tidak diketahui labanya?
# 7. Hitung laba pelanggan tahun 2020 saja. Berapa yang merugi, dan mengapa bagiannya lebih besar daripada selama lima tahun?
# 8. Uji klaim "50% omzet dari 10% pelanggan" pada konsumen dengan `top=` dan `claim=`. Apa putusannya?
# 9. Berapa Gini sepuluh pelanggan dengan omzet 400, 250, 90, 70, 60, 45, 35, 25, 15, 10? Berapa bagian 20% terbaik? *(Periksa: 0,560 dan 65,0%.)*
# 10. Kalikan semua omzet dengan 1.000. Apa yang terjadi pada Gini dan kurva paus, dan mengapa harus begitu?
# 11. Susun matriks dengan potongan `{"profit": "zero", "potential": "median"}`. Mengapa sel "lepaskan" kini jauh lebih kecil?
# 12. Ganti sumbu potensi dengan omzet 2020. Sel mana yang paling banyak berubah? Apakah itu masih "potensi"?
# 13. Cari pelanggan kelas C yang menurut matriks harus dikembangkan. Apa yang sama dari mereka?
# 14. Bandingkan matriks dengan segmen pada data pelanggan (`compare_methods` dengan hasil lain yang punya `params["cells"]`). Apakah keduanya mengatakan hal yang sama?
# 15. Isi rantai nilai untuk organisasi Anda, dengan bukti yang dapat diperiksa orang lain. Tahap mana yang terblokir?
# 16. Tulis satu halaman untuk direktur: tiga pelanggan yang akan Anda telepon Senin pagi, dan satu yang tidak akan Anda kunjungi lagi. Sebutkan seberapa yakin Anda.

# %% [markdown] tags=["en"]
# ## 11. An answer for the director
#
# 1. **Protect** the customers of the upper right: they are most of the profit. Hear their complaints first.
# 2. **Grow** as a trial only: their profit is negative now, and their cell is the easiest to leave. Try it on some, keep others to compare.
# 3. **Milk** at low cost: fewer visits, no worse service.
# 4. **Let go** means to stop adding cost, not to throw out. Many of them still earn a little, and those on whom the ABC classes disagree are looked at one by one.
# 5. **How sure?** The ranking is strong, the cuts are not. Report both.
#
# ## Tasks
#
# 1. Work out by hand the peak of the whale curve of profits 40, 30, 10, −20. What share of the final profit is it? *(Check: 133.3%.)*
# 2. In part 2, what is Y's profit if the visits fall to 2? Does Y still lose money? *(Check: a profit of 600,000.)*
# 3. Double the cost of visits in part 2 and leave their volume. What is X's profit? *(Check: 400,000.)*
# 4. Take the column `volume` out of `pools`. Who pays for idle capacity now, and why is that unfair?
# 5. Write the rules to a file with `write_rules`, change the driver of `field_visits`, read them back with `read_rules`. How many customers change the sign of their profit?
# 6. Choose another product whose cost got lost in part 3. Which one leaves most customers without a known profit?
# 7. Compute customers' profits for 2020 alone. How many lose money, and why is their share larger than over five years?
# 8. Test the claim "50% of revenue from 10% of customers" on consumers with `top=` and `claim=`. What is the verdict?
# 9. What is the Gini of ten customers with revenue 400, 250, 90, 70, 60, 45, 35, 25, 15, 10? And the share of the best 20%? *(Check: 0.560 and 65.0%.)*
# 10. Multiply all revenue by 1,000. What happens to the Gini and the whale curve, and why must it?
# 11. Build the matrix with the cuts `{"profit": "zero", "potential": "median"}`. Why is the cell "let go" so much smaller now?
# 12. Put the revenue of 2020 in the place of potential. Which cell changes most? Is that still "potential"?
# 13. Find customers of class C whom the matrix wants to grow. What do they have in common?
# 14. Compare the matrix with the segments in the customer data (`compare_methods` with another result that has `params["cells"]`). Do they say the same?
# 15. Fill in the value chain for your own organisation, with evidence that others can check. Which stage is blocked?
# 16. Write one page for the director: three customers whom you will call on Monday morning, and one whom you will not visit again. Say how sure you are.
