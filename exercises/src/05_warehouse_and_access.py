# %% [markdown] lang="id" part="title"
# # 5 · Gudang data dan akses data
#
# Sepuluh soal bab 6: kode yang dibakukan, ciri gudang data, riwayat, data mart yang berselisih, laporan target, menggali kesenjangan, SQL, dan profil gagal bayar. Tiga soal dijawab dengan SQL pada tabel Anda sendiri. Semua orang dan usaha di sini rekaan.

# %% [markdown] lang="en" part="title"
# # 5 · The data warehouse and access to data
#
# Ten questions on chapter 6: codes in one form, the marks of a warehouse, history, data marts that disagree, a report against quota, drilling into a gap, SQL, and the profile of defaulters. Three questions are answered in SQL on your own tables. All people and firms are made up.

# %% part="data"
def coded(rng, variant):
    """Customers of three systems; each has a code of its own for women and men. Some codes are empty or strange."""
    n = 420
    source = rng.choice(["pos", "finance", "web"], n, p=[0.45, 0.35, 0.2])
    woman = rng.random(n) < np.where(source == "finance", 0.4, 0.6)
    women, men = {"pos": "P", "finance": "W", "web": "F"}, {"pos": "L", "finance": "P", "web": "M"}
    code = [women[s] if w else men[s] for s, w in zip(source, woman)]
    unknown = rng.random(n)
    code = ["" if u < 0.07 else "-" if u < 0.1 else c for u, c in zip(unknown, code)]
    spend = rng.integers(50_000, 2_500_000, n) * np.where(woman, 1.25, 1.0)
    customers = pd.DataFrame({"source": source, "code": code, "spend": spend.astype(int).astype(float)})
    words = {
        "id": {"what": {"retail": "jaringan toko", "hospital": "rumah sakit", "gym": "pusat kebugaran"}[variant], "who": "laki-laki" if variant == "gym" else "perempuan"},
        "en": {"what": {"retail": "chain of shops", "hospital": "hospital", "gym": "gym"}[variant], "who": "men" if variant == "gym" else "women"},
    }
    return {"customers": customers, "words": words}


def moved(rng, variant):
    """Customers with the city of each time, and what they bought. valid_to is the last day; empty while it holds."""
    cities = {"retail": ["Bandung", "Bogor", "Depok", "Jakarta"], "clinic": ["Gresik", "Malang", "Sidoarjo", "Surabaya"], "course": ["Klaten", "Magelang", "Solo", "Yogyakarta"]}[variant]
    start, k = pd.Timestamp("2020-01-01"), 60
    at = rng.integers(0, 4, k)
    moves = rng.random(k) < 0.5
    day = rng.integers(200, 900, k)
    to = (at + rng.integers(1, 4, k)) % 4
    names = [f"P{i:02d}" for i in range(1, k + 1)]
    first = pd.DataFrame({"customer": names, "city": np.array(cities)[at], "valid_from": start, "valid_to": start + pd.to_timedelta(np.where(moves, day, np.nan), unit="D")})
    second = pd.DataFrame({"customer": names, "city": np.array(cities)[to], "valid_from": start + pd.to_timedelta(day + 1, unit="D"), "valid_to": pd.NaT})[moves]
    customers = pd.concat([first, second], ignore_index=True)
    customers = customers.iloc[rng.permutation(len(customers))].reset_index(drop=True)
    n = 260
    who, when = rng.integers(0, k, n), rng.integers(0, 1090, n)
    gone = np.flatnonzero(moves)[:6]
    who[:6], when[:6] = gone, day[gone]  # bought on the last day before they moved
    sales = pd.DataFrame(
        {
            "order_id": np.arange(1, n + 1),
            "customer": np.array(names)[who],
            "ordered_on": start + pd.to_timedelta(when, unit="D"),
            "amount": (rng.integers(80_000, 3_000_000, n) + rng.integers(0, 999, n)).astype(float),
        }
    )
    words = {
        "id": {"what": {"retail": "toko elektronik", "clinic": "klinik gigi", "course": "lembaga kursus"}[variant]},
        "en": {"what": {"retail": "electronics shop", "clinic": "dental clinic", "course": "language school"}[variant]},
    }
    return {"customers": customers, "sales": sales, "words": words}


def two_books(rng, variant):
    """Orders from February to April 2024 with the hour; some were returned."""
    first, last = {"fashion": ("2024-02-26", "2024-03-25"), "clinic": ("2024-02-21", "2024-03-20"), "grocer": ("2024-03-04", "2024-03-31")}[variant]
    n = 420
    second = rng.integers(0, 60 * 24 * 3600, n)
    second[:12] = 42 * 24 * 3600 + rng.integers(3600, 80_000, 12)  # on 31 March
    orders = pd.DataFrame(
        {
            "order_id": np.arange(1, n + 1),
            "ordered_at": pd.Timestamp("2024-02-18") + pd.to_timedelta(second, unit="s"),
            "amount": (rng.integers(60_000, 1_500_000, n) + rng.integers(0, 999, n)).astype(float),
            "returned": rng.random(n) < 0.2,
        }
    )
    orders.loc[orders["returned"], "amount"] = (orders["amount"] * 1.6).round(0)  # what comes back is larger
    words = {
        "id": {"what": {"fashion": "usaha busana", "clinic": "klinik", "grocer": "toko kelontong"}[variant]},
        "en": {"what": {"fashion": "fashion firm", "clinic": "clinic", "grocer": "grocer"}[variant]},
    }
    return {"orders": orders, "mart_from": pd.Timestamp(first), "mart_to": pd.Timestamp(last), "words": words}


def targets(rng, variant):
    """Sales of the first quarter of 2024 and the quotas of March. One rep sold nothing yet."""
    reps = {"pharma": ["Ani", "Budi", "Citra", "Dewi", "Eka", "Fajar", "Gita"], "cars": ["Hadi", "Intan", "Joko", "Kartini", "Lukman", "Maya", "Nanda"], "office": ["Oki", "Putri", "Rahmat", "Sari", "Tono", "Umi", "Vina"]}[variant]
    reps = [reps[i] for i in rng.permutation(7)]
    n = 210
    sales = pd.DataFrame(
        {
            "order_id": np.arange(1, n + 1),
            "rep": np.array(reps[:6])[np.concatenate([np.repeat(np.arange(6), 8), rng.integers(0, 6, n - 48)])],
            "ordered_on": pd.Timestamp("2024-01-01") + pd.to_timedelta(np.concatenate([60 + rng.integers(0, 31, 60), rng.integers(0, 91, n - 60)]), unit="D"),
            "amount": (rng.integers(1_000_000, 30_000_000, n) + 100 * rng.integers(0, 99, n)).astype(float),
        }
    )
    quota = pd.DataFrame({"rep": sorted(reps), "month": "2024-03", "target": rng.integers(90, 260, 7) * 1_000_000.0})
    words = {
        "id": {"what": {"pharma": "distributor obat", "cars": "diler mobil", "office": "pemasok alat kantor"}[variant]},
        "en": {"what": {"pharma": "distributor of medicines", "cars": "car dealer", "office": "supplier of office goods"}[variant]},
    }
    return {"sales": sales, "quota": quota, "words": words}


def regions(rng, variant):
    """Sales of March 2024 and quotas, by region, rep and customer."""
    names = {"food": ["North", "East", "South", "West"], "paper": ["Java", "Sumatra", "Bali", "Sulawesi"], "pipes": ["Alpha", "Bravo", "Delta", "Kilo"]}[variant]
    order = rng.permutation(4)
    rows = []
    for place in range(4):
        for rep in range(3):
            for one in range(5):
                size = rng.integers(9, 16) if place == 2 else rng.integers(120, 200)
                rows.append((place, rep, one, size, 0.0))
    t = pd.DataFrame(rows, columns=["p", "r", "c", "target", "gap"])
    t["gap"] = rng.uniform(-6, 6, len(t)).round(2)
    small = t["p"] == 2
    t.loc[small, "gap"] = -(t["target"] * rng.uniform(0.3, 0.5, len(t))).round(2)
    at = t.set_index(["p", "r", "c"]).index
    t.loc[at == (0, 0, 0), "gap"] = -round(float(rng.uniform(68, 84)), 2)
    t.loc[at == (0, 0, 1), "gap"] = -round(float(rng.uniform(30, 40)), 2)
    t.loc[at == (0, 1, 0), "gap"] = -round(float(rng.uniform(40, 50)), 2)
    t.loc[at == (0, 2, 2), "gap"] = round(float(rng.uniform(12, 18)), 2)
    t.loc[at == (1, 1, 3), "gap"] = -round(float(rng.uniform(95, 110)), 2)
    t.loc[at == (1, 1, 4), "gap"] = round(float(rng.uniform(60, 75)), 2)
    reps = [f"{'ABCDEFGHIJKL'[i]}{rng.integers(10, 99)}" for i in range(12)]
    mix = rng.permutation(12)
    number = rng.permutation(60)
    t["region"] = [names[order[p]] for p in t["p"]]
    t["sales_rep"] = [reps[mix[3 * p + r]] for p, r in zip(t["p"], t["r"])]
    t["customer"] = [f"CV {101 + number[i]}" for i in range(60)]
    t["target"] = t["target"] * 1_000_000.0
    t["amount"] = t["target"] + t["gap"] * 1_000_000
    keys = ["region", "sales_rep", "customer"]
    quota = t[[*keys, "target"]].assign(month="2024-03")
    part = rng.uniform(0.3, 0.7, 60)
    one = t[[*keys]].assign(amount=(t["amount"] * part).round(0))
    two = t[[*keys]].assign(amount=t["amount"].round(0) - one["amount"])
    sales = pd.concat([one, two], ignore_index=True).iloc[rng.permutation(120)].reset_index(drop=True)
    sales.insert(0, "ordered_at", pd.Timestamp("2024-03-01") + pd.to_timedelta(rng.integers(0, 31, 120), unit="D"))
    quota = quota.sort_values("customer", ignore_index=True)
    words = {
        "id": {"what": {"food": "produsen makanan", "paper": "pabrik kertas", "pipes": "pemasok pipa"}[variant]},
        "en": {"what": {"food": "food maker", "paper": "paper mill", "pipes": "supplier of pipes"}[variant]},
    }
    return {"sales": sales, "quota": quota, "words": words}


def quiet(rng, variant):
    """Customers with their city, and orders of three years; orders without a customer are guests'."""
    cities = ["Bandung", "Medan", "Padang", "Semarang", "Surabaya"]
    k = 150
    customers = pd.DataFrame({"customer": [f"P{i:03d}" for i in range(1, k + 1)], "city": [cities[i] for i in rng.integers(0, 5, k)]})
    habit = rng.choice(4, k, p=[0.45, 0.2, 0.2, 0.15])  # both, only the year, only before, never
    customers.loc[:9, "city"] = cities * 2
    habit[:5], habit[5:10] = 2, 3
    own = {"y2022": 2022, "y2023": 2023, "y2024": 2024}[variant]
    who, when = [], []
    for i, h in enumerate(habit):
        if h in (0, 1):
            who += [i] * 2
            when += list(rng.integers(0, 365, 2))
        if h in (0, 2):
            who += [i]
            when += [-1 - int(rng.integers(0, 700))]
    names = customers["customer"].to_numpy()[who]
    guests = int(rng.integers(9, 15))
    names = np.concatenate([names, np.full(guests, None)])
    when = np.concatenate([when, rng.integers(-300, 365, guests)]).astype(int)
    when[-1] = 100
    turn = rng.permutation(len(names))
    orders = pd.DataFrame({"order_id": np.arange(1, len(names) + 1), "customer": names[turn], "ordered_on": pd.Timestamp(f"{own}-01-01") + pd.to_timedelta(when[turn], unit="D")})
    return {"customers": customers, "orders": orders, "year": own, "words": {"id": {"year": str(own)}, "en": {"year": str(own)}}}


def loans(rng, variant):
    """Borrowers: how many days late they paid in the year before, and whether they defaulted in the year after."""
    n = int(rng.integers(700, 820))
    band = rng.choice(3, n, p=[0.68, 0.2, 0.12])
    low, high = np.array([0, 31, 61])[band], np.array([30, 60, 150])[band]
    late = low + (rng.random(n) * (high - low + 1)).astype(int)
    late[:8], late[8:14] = 30, 60
    bad = rng.random(n) < np.where(late <= 30, 0.03, np.where(late <= 60, 0.1, 0.3))
    bad[:4], bad[4:8] = True, False
    borrowers = pd.DataFrame({"borrower": [f"N{i:04d}" for i in range(1, n + 1)], "days_late_before": late, "defaulted": bad})
    borrowers = borrowers.iloc[rng.permutation(n)].reset_index(drop=True)
    words = {
        "id": {"what": {"cooperative": "koperasi simpan pinjam", "leasing": "perusahaan pembiayaan motor", "school": "penyedia pinjaman biaya kuliah"}[variant]},
        "en": {"what": {"cooperative": "savings co-operative", "leasing": "motorcycle lender", "school": "lender of tuition fees"}[variant]},
    }
    return {"borrowers": borrowers, "words": words}


def margins(rng, variant):
    """Orders with revenue and margin by channel and category."""
    n = 300
    revenue = (rng.integers(40_000, 900_000, n) + rng.integers(0, 999, n)).astype(float)
    rate = rng.uniform(0.06, 0.34, n) * np.where(revenue > 500_000, 0.6, 1.0)
    orders = pd.DataFrame(
        {
            "channel": rng.choice(["online", "store", "whatsapp"], n, p=[0.4, 0.35, 0.25]),
            "category": rng.choice(["Drinks", "Food", "Home", "Toys"], n),
            "revenue": revenue,
            "margin": (revenue * rate).round(0),
        }
    )
    return {"orders": orders, "channel": {"online": "online", "store": "store", "chat": "whatsapp"}[variant]}

# %% part="question"
question(
    "one_code", kind="number", unit="percent", digits=5, level="worked", data="coded",
    variants=("retail", "hospital", "gym"), title={"id": "P itu siapa?", "en": "Who is P?"},
    rows=("W02",), book="6.1", notebook="04-customer-database", app="clinic", function="crm.ingest.standardise.codes",
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Kasir menulis L dan P (laki-laki, perempuan), keuangan menulis P dan W (pria, wanita). Kasir: 6 L dan 4 P; keuangan: 5 P dan 5 W. Disatukan begitu saja ada 6 L, 9 P, 5 W; dengan peta tiap sumber, 11 laki-laki dan 9 perempuan.

# %% [markdown] lang="en" part="example"
# **Example.** The till writes L and P (laki-laki, perempuan: man, woman), finance writes P and W (pria, wanita: man, woman). The till: 6 L and 4 P; finance: 5 P and 5 W. Thrown together there are 6 L, 9 P, 5 W; by each source's map 11 men and 9 women.

# %% part="example"
import pandas as pd

toy = pd.DataFrame({"source": ["pos"] * 10 + ["finance"] * 10, "code": list("LLLLLLPPPP") + list("PPPPPWWWWW")})
maps = {("pos", "L"): "male", ("pos", "P"): "female", ("finance", "P"): "male", ("finance", "W"): "female"}
gender = pd.Series([maps.get(pair) for pair in zip(toy["source"], toy["code"])])
toy["code"].value_counts().to_dict(), gender.value_counts().to_dict()

# %% [markdown] lang="id" part="task"
# Tabel `customers` sebuah {what} berasal dari tiga sistem: `pos` menulis L dan P, `finance` menulis P (pria) dan W (wanita), `web` menulis M dan F. Dari belanja (`spend`) pelanggan yang jenis kelaminnya **diketahui**, berapa persen dibelanjakan oleh **{who}**? Kode kosong dan `-` tidak diketahui.

# %% [markdown] lang="en" part="task"
# The table `customers` of a {what} comes from three systems: `pos` writes L (man) and P (woman), `finance` writes P (man) and W (woman), `web` writes M and F. Of what was spent (`spend`) by customers whose sex is **known**, what percent was spent by **{who}**? Empty codes and `-` are unknown.

# %% [markdown] lang="id" part="hint"
# Kode baru bermakna bersama sumbernya. Buat peta dari pasangan (sumber, kode).

# %% [markdown] lang="en" part="hint"
# A code means something only with its source. Make a map from pairs (source, code).

# %% [markdown] lang="id" part="hint"
# `[maps.get(pair) for pair in zip(customers["source"], customers["code"])]` memberi kosong bagi yang tidak terpetakan; penyebutnya hanya yang terpetakan.

# %% [markdown] lang="en" part="hint"
# `[maps.get(pair) for pair in zip(customers["source"], customers["code"])]` leaves empty what is not in the map; the denominator is only what is.

# %% part="solution"
import pandas as pd

c = q.data["customers"]
maps = {("pos", "L"): "male", ("pos", "P"): "female", ("finance", "P"): "male", ("finance", "W"): "female", ("web", "M"): "male", ("web", "F"): "female"}
gender = pd.Series([maps.get(pair) for pair in zip(c["source"], c["code"])])
asked = "male" if q.variant == "gym" else "female"
q.answer = 100 * c.loc[gender == asked, "spend"].sum() / c.loc[gender.notna(), "spend"].sum()

# %% part="package"
c = q.data["customers"]
gender = crm.ingest.standardise.codes(c["code"], field="gender", source=c["source"]).values
asked = "male" if q.variant == "gym" else "female"
q.answer = 100 * c.loc[(gender == asked).to_numpy(), "spend"].sum() / c.loc[gender.notna().to_numpy(), "spend"].sum()

# %% [markdown] lang="id" part="why"
# Terintegrasi, ciri kedua gudang data pada buku (6.1), berarti satu pengkodean: di sana M = pria dan F = wanita. Huruf yang sama dari dua sistem belum tentu berarti sama, jadi peta dipasang per sumber dan yang tidak terpetakan dilaporkan, bukan ditebak.

# %% [markdown] lang="en" part="why"
# Integrated, the second mark of a warehouse in the book (6.1), means one coding: there M is a man and F a woman. One letter of two systems need not mean one thing, so there is a map for each source, and what no map holds is reported, not guessed.

# %% part="wrong" name="p_is_a_woman"
c = q.data["customers"]
known = c[c["code"].isin(["L", "P", "W", "M", "F"])]
asked = ["L", "M"] if q.variant == "gym" else ["P", "W", "F"]
q.answer = 100 * known.loc[known["code"].isin(asked), "spend"].sum() / known["spend"].sum()

# %% [markdown] lang="id" part="wrong" name="p_is_a_woman"
# P dibaca perempuan di semua sistem. Siapa pasangan P di sistem keuangan?

# %% [markdown] lang="en" part="wrong" name="p_is_a_woman"
# P was read as a woman in every system. What stands beside P in the system of finance?

# %% part="wrong" name="unknown_counted"
import pandas as pd

c = q.data["customers"]
maps = {("pos", "L"): "male", ("pos", "P"): "female", ("finance", "P"): "male", ("finance", "W"): "female", ("web", "M"): "male", ("web", "F"): "female"}
gender = pd.Series([maps.get(pair) for pair in zip(c["source"], c["code"])])
asked = "male" if q.variant == "gym" else "female"
q.answer = 100 * c.loc[gender == asked, "spend"].sum() / c["spend"].sum()

# %% [markdown] lang="id" part="wrong" name="unknown_counted"
# Penyebutnya memuat yang tidak diketahui, sehingga mereka dihitung seolah-olah kelompok yang lain. Pangsa dari siapa yang ditanyakan?

# %% [markdown] lang="en" part="wrong" name="unknown_counted"
# The denominator holds the unknown, as if they were all of the other sex. Of whom is the share asked?

# %% part="wrong" name="heads_for_money"
import pandas as pd

c = q.data["customers"]
maps = {("pos", "L"): "male", ("pos", "P"): "female", ("finance", "P"): "male", ("finance", "W"): "female", ("web", "M"): "male", ("web", "F"): "female"}
gender = pd.Series([maps.get(pair) for pair in zip(c["source"], c["code"])])
asked = "male" if q.variant == "gym" else "female"
q.answer = 100 * (gender == asked).sum() / gender.notna().sum()

# %% [markdown] lang="id" part="wrong" name="heads_for_money"
# Yang dihitung orangnya, bukan belanjanya. Apakah setiap pelanggan berbelanja sama banyak?

# %% [markdown] lang="en" part="wrong" name="heads_for_money"
# People were counted, not what they spent. Does each customer spend the same?

# %% part="wrong" name="till_map_for_all"
c = q.data["customers"]
known = c[c["code"].isin(["L", "P"])]
asked = "L" if q.variant == "gym" else "P"
q.answer = 100 * known.loc[known["code"] == asked, "spend"].sum() / known["spend"].sum()

# %% [markdown] lang="id" part="wrong" name="till_map_for_all"
# Peta kasir dipakai untuk semua, dan W, M, F dibuang. Sistem mana yang hilang, dan milik siapa P dari keuangan?

# %% [markdown] lang="en" part="wrong" name="till_map_for_all"
# The till's map was used for all, and W, M, F were thrown away. Which system is lost, and whose is the P of finance?

# %% part="question"
question(
    "broken_mark", kind="matching", style="mistake", level="independent", variants=("one", "two", "three"), draw=8,
    title={"id": "Ciri mana yang dilanggar?", "en": "Which mark is broken?"},
    classes={
        "subject": {"id": "berorientasi pada subjek", "en": "subject-oriented"},
        "integrated": {"id": "terintegrasi", "en": "integrated"},
        "time": {"id": "variasi waktu", "en": "time-variant"},
        "stable": {"id": "tidak mudah hilang", "en": "non-volatile"},
    },
    items={
        "r01": {"id": "Hanya alamat terakhir yang disimpan; laporan Januari per kota berubah begitu orang pindah pada Mei.", "en": "Only the last address is kept; January's report by city changes when somebody moves in May."},
        "r02": {"id": "Tabelnya bernama kasir_v3 dan gudang_app; data seorang pelanggan tersebar di lima di antaranya.", "en": "Tables are called kasir_v3 and gudang_app; a customer's data lie in five of them."},
        "r03": {"id": "Muatan malam yang sama dijalankan dua kali, dan penjualan hari itu menjadi dua kali lipat.", "en": "The same nightly load ran twice, and that day's sales doubled."},
        "r04": {"id": "P berarti perempuan pada sebagian baris dan pria pada baris lain.", "en": "P is a woman in some rows and a man in others."},
        "r05": {"id": "Setiap transaksi kasir menimpa isi gudang saat itu juga; dua kueri pada jam yang sama berbeda hasil.", "en": "Each sale at the till writes over the warehouse at once; two queries in one hour give two results."},
        "r06": {"id": "Nilai cabang A dalam ribuan rupiah, nilai cabang B dalam rupiah, di kolom yang sama.", "en": "Amounts of branch A are thousands of rupiah, those of branch B rupiah, in one column."},
        "r07": {"id": "Layar pemrosesan pesanan disalin apa adanya; tidak ada tabel pelanggan dan tabel produk.", "en": "The screens of order processing were copied as they are; there is no table of customers and none of products."},
        "r08": {"id": "Harga pokok 2022 tidak dapat dilihat lagi; marginnya dihitung dengan harga pokok hari ini.", "en": "The unit cost of 2022 can't be seen any more; its margin is worked out with today's cost."},
        "r09": {"id": "Pelanggan yang sama punya nomor kasir dan nomor keuangan, tanpa penghubung.", "en": "One customer has a number of the till and one of finance, and nothing joins them."},
        "r10": {"id": "Seorang manajer mengubah langsung angka Maret di gudang; laporan yang sudah dicetak tidak dapat dibuat ulang.", "en": "A manager changed March's figure in the warehouse itself; the printed report can't be made again."},
        "r11": {"id": "Untuk menjawab siapa membeli apa, analis harus paham susunan berkas setiap program.", "en": "To say who bought what, an analyst must know how each program lays out its files."},
        "r12": {"id": "Baris penjualan tidak menyebut bulan; yang ada hanya jumlah sampai sekarang.", "en": "Rows of sales name no month; there are only sums up to now."},
    },
    rows=("W01",), book="6.1", notebook="07-warehouse-and-marts", app="workbench", function="crm.warehouse.Warehouse", points=2,
)

# %% [markdown] lang="id" part="task" variant="one"
# Seorang auditor mencatat delapan kesalahan di sebuah gudang data baru. Ciri mana menurut Watson (buku 6.1) yang dilanggar setiap kesalahan?

# %% [markdown] lang="en" part="task" variant="one"
# An auditor wrote down eight faults of a new data warehouse. Which of Watson's marks (book 6.1) does each fault break?

# %% [markdown] lang="id" part="task" variant="two"
# Tim TI rumah sakit menerima delapan keluhan tentang gudang datanya. Ciri mana menurut Watson (buku 6.1) yang dilanggar pada setiap keluhan?

# %% [markdown] lang="en" part="task" variant="two"
# A hospital's IT team gets eight complaints about its warehouse. Which of Watson's marks (book 6.1) is broken in each?

# %% [markdown] lang="id" part="task" variant="three"
# Sebelum membeli sebuah gudang data, direktur menguji delapan hal dan semuanya gagal. Ciri mana menurut Watson (buku 6.1) yang gagal pada setiap uji?

# %% [markdown] lang="en" part="task" variant="three"
# Before buying a data warehouse the director tests eight things, and all fail. Which of Watson's marks (book 6.1) fails in each test?

# %% [markdown] lang="id" part="hint"
# Empat pertanyaan: disusun menurut apa? sama artinya di semua sumber? kapan berlakunya? apakah yang sudah dimuat tetap?

# %% [markdown] lang="en" part="hint"
# Four questions: arranged by what? does it mean the same in all sources? when did it hold? does what was loaded stay?

# %% [markdown] lang="id" part="hint"
# Variasi waktu tentang **menyimpan** keadaan dahulu. Tidak mudah hilang tentang **cara mengubah**: hanya lewat muatan berkala yang aman diulang.

# %% [markdown] lang="en" part="hint"
# Time-variant is about **keeping** what was. Non-volatile is about **how it changes**: only by periodic loads that are safe to repeat.

# %% part="solution"
marks = ["time", "subject", "stable", "integrated", "stable", "integrated", "subject", "time", "integrated", "stable", "subject", "time"]
q.answer = {f"r{i:02d}": mark for i, mark in enumerate(marks, start=1)}

# %% [markdown] lang="id" part="why"
# Keempat ciri dapat diuji: cari tabel pelanggan, bandingkan kode antarsumber, hitung ulang laporan lama, dan jalankan muatan dua kali. Buku (6.1) menerjemahkan non-volatile sebagai tidak mudah hilang; intinya bukan hanya tidak hilang, tetapi juga tidak berubah diam-diam.

# %% [markdown] lang="en" part="why"
# All four can be tested: look for a table of customers, compare codes across sources, work out an old report again, run a load twice. The book (6.1) renders non-volatile as not easily lost; the point is not only that nothing is lost, but that nothing changes in silence.

# %% part="wrong" name="history_for_stability"
marks = ["stable", "subject", "time", "integrated", "time", "integrated", "subject", "stable", "integrated", "time", "subject", "stable"]
q.answer = {f"r{i:02d}": mark for i, mark in enumerate(marks, start=1)}

# %% [markdown] lang="id" part="wrong" name="history_for_stability"
# Riwayat dan kestabilan tertukar. Apakah kesalahan itu tentang keadaan lama yang tidak disimpan, atau tentang isi yang berubah tidak lewat muatan?

# %% [markdown] lang="en" part="wrong" name="history_for_stability"
# History and stability are the wrong way round. Is the fault that the past was not kept, or that the content changed other than by a load?

# %% part="wrong" name="subject_for_integration"
marks = ["time", "integrated", "stable", "subject", "stable", "subject", "integrated", "time", "subject", "stable", "integrated", "time"]
q.answer = {f"r{i:02d}": mark for i, mark in enumerate(marks, start=1)}

# %% [markdown] lang="id" part="wrong" name="subject_for_integration"
# Susunan dan kesamaan arti tertukar. Apakah kesalahan itu tentang tabel yang mengikuti program, atau tentang satu hal yang ditulis dengan dua cara?

# %% [markdown] lang="en" part="wrong" name="subject_for_integration"
# Arrangement and common meaning are the wrong way round. Is the fault that tables follow programs, or that one thing is written in two ways?

# %% part="wrong" name="codes_for_stability"
marks = ["time", "subject", "integrated", "stable", "integrated", "stable", "subject", "time", "stable", "integrated", "subject", "time"]
q.answer = {f"r{i:02d}": mark for i, mark in enumerate(marks, start=1)}

# %% [markdown] lang="id" part="wrong" name="codes_for_stability"
# Perbedaan antarsumber dan perubahan sesudah dimuat tertukar. Kesalahan itu sudah ada saat data datang, atau baru muncul sesudahnya?

# %% [markdown] lang="en" part="wrong" name="codes_for_stability"
# Differences between sources and changes after loading are the wrong way round. Was the fault there when the data came, or did it arise later?

# %% part="question"
question(
    "city_then", kind="sql", columns=("city", "revenue"), decimals=0, level="independent", data="moved",
    variants=("retail", "clinic", "course"), title={"id": "Kota pada saat itu", "en": "The city of that time"},
    rows=("W09", "A03"), book="6.1", notebook="07-warehouse-and-marts", app="workbench", function="crm.warehouse.Warehouse", points=2,
)

# %% [markdown] lang="id" part="task"
# Sebuah {what} menyimpan riwayat alamat: tabel `customers` punya satu baris untuk setiap pelanggan dan masa (`valid_from` sampai `valid_to`, kedua hari **termasuk**; `valid_to` kosong berarti masih berlaku). Tulis SQL: omzet dari `sales` menurut kota tempat pelanggan tinggal **pada hari pembelian**, kolom `city` dan `revenue`.

# %% [markdown] lang="en" part="task"
# This {what} keeps the history of addresses: the table `customers` has a row for each customer and period (`valid_from` to `valid_to`, both days **included**; an empty `valid_to` means it still holds). Write SQL: the revenue of `sales` by the city where the customer lived **on the day of the purchase**, columns `city` and `revenue`.

# %% [markdown] lang="id" part="hint"
# Syarat JOIN terdiri dari dua bagian: pelanggannya sama, dan hari pembelian jatuh di dalam masa berlakunya.

# %% [markdown] lang="en" part="hint"
# The condition of the JOIN has two parts: the same customer, and a day of purchase within the period.

# %% [markdown] lang="id" part="hint"
# Masa yang masih berlaku tidak punya akhir: `(c.valid_to IS NULL OR s.ordered_on <= c.valid_to)`.

# %% [markdown] lang="en" part="hint"
# A period that still holds has no end: `(c.valid_to IS NULL OR s.ordered_on <= c.valid_to)`.

# %% part="solution"
q.answer = """
SELECT c.city, sum(s.amount) AS revenue
FROM sales s JOIN customers c
  ON c.customer = s.customer
 AND s.ordered_on >= c.valid_from
 AND (c.valid_to IS NULL OR s.ordered_on <= c.valid_to)
GROUP BY c.city
"""

# %% [markdown] lang="id" part="why"
# Inilah dimensi tipe 2: 10 juta yang dibeli sebelum pindah tetap milik kota lama, 6 juta sesudahnya milik kota baru; tipe 1 akan mengatakan 16 juta di kota baru. Buku (6.1) menyebutnya variasi waktu. Periksa selalu: jumlah semua kota harus sama dengan jumlah `sales`.

# %% [markdown] lang="en" part="why"
# This is a type 2 dimension: 10 million bought before the move stay with the old city, 6 million after it belong to the new one; type 1 would say 16 million in the new city. The book (6.1) calls it time-variant. Always check: the cities must sum to the total of `sales`.

# %% part="wrong" name="city_now"
q.answer = "SELECT c.city, sum(s.amount) AS revenue FROM sales s JOIN customers c ON c.customer = s.customer AND c.valid_to IS NULL GROUP BY c.city"

# %% [markdown] lang="id" part="wrong" name="city_now"
# Itu kota sekarang (tipe 1). Di mana orangnya tinggal ketika membeli?

# %% [markdown] lang="en" part="wrong" name="city_now"
# That is the city of today (type 1). Where did the person live when buying?

# %% part="wrong" name="fan_out"
q.answer = "SELECT c.city, sum(s.amount) AS revenue FROM sales s JOIN customers c ON c.customer = s.customer GROUP BY c.city"

# %% [markdown] lang="id" part="wrong" name="fan_out"
# Penggandaan baris: pembelian orang yang pindah muncul di kedua kotanya. Apakah jumlah semua kota masih sama dengan jumlah `sales`?

# %% [markdown] lang="en" part="wrong" name="fan_out"
# Rows multiplied: what a mover bought appears in both cities. Do the cities still sum to the total of `sales`?

# %% part="wrong" name="open_end_lost"
q.answer = "SELECT c.city, sum(s.amount) AS revenue FROM sales s JOIN customers c ON c.customer = s.customer AND s.ordered_on BETWEEN c.valid_from AND c.valid_to GROUP BY c.city"

# %% [markdown] lang="id" part="wrong" name="open_end_lost"
# Masa yang masih berlaku hilang: perbandingan dengan NULL tidak pernah benar. Ke mana pembelian orang yang tidak pernah pindah?

# %% [markdown] lang="en" part="wrong" name="open_end_lost"
# Periods that still hold are lost: a comparison with NULL is never true. Where did the purchases of people go who never moved?

# %% part="wrong" name="last_day_lost"
q.answer = "SELECT c.city, sum(s.amount) AS revenue FROM sales s JOIN customers c ON c.customer = s.customer AND s.ordered_on >= c.valid_from AND (c.valid_to IS NULL OR s.ordered_on < c.valid_to) GROUP BY c.city"

# %% [markdown] lang="id" part="wrong" name="last_day_lost"
# Hari terakhir sebelum pindah hilang, padahal masih termasuk. Pembelian pada hari itu masuk ke kota mana?

# %% [markdown] lang="en" part="wrong" name="last_day_lost"
# The last day before a move is lost, though it is included. To which city do that day's purchases go?

# %% part="question"
question(
    "mart_gap", kind="blanks", level="faded", data="two_books",
    parts={
        "warehouse": {"kind": "number", "unit": "money", "digits": 5, "says": {"id": "omzet Maret menurut gudang (rupiah)", "en": "revenue of March by the warehouse (rupiah)"}},
        "mart": {"kind": "number", "unit": "money", "digits": 5, "says": {"id": "omzet Maret menurut data mart pemasaran (rupiah)", "en": "revenue of March by marketing's mart (rupiah)"}},
        "share": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "besar selisih keduanya tanpa tanda, persen dari gudang", "en": "the size of their difference without its sign, percent of the warehouse"}},
        "from_returns": {"kind": "number", "unit": "money", "digits": 5, "says": {"id": "bagian selisih dari pesanan 1 sampai 31 Maret yang dikembalikan (rupiah); sisanya berasal dari kalender", "en": "the part of the difference from orders of 1 to 31 March that were returned (rupiah); the rest is the calendar's"}},
    },
    variants=("fashion", "clinic", "grocer"), title={"id": "Dua angka untuk bulan Maret", "en": "Two figures for March"},
    rows=("W04",), book="6.2", notebook="07-warehouse-and-marts", app="workbench", function="crm.warehouse.reconcile", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Gudang mengatakan 1.000,0 juta, data mart yang berdiri sendiri 997,5 juta. Selisihnya −2,5, atau 0,25 persen dari gudang; batas toleransi 0,10 persen, jadi sebabnya harus dicari satu per satu.

# %% [markdown] lang="en" part="example"
# **Example.** The warehouse says 1,000.0 million, an independent mart 997.5 million. The difference is −2.5, or 0.25 percent of the warehouse; the tolerance is 0.10 percent, so the causes must be found one by one.

# %% part="example"
warehouse, mart, tolerance = 1000.0, 997.5, 0.10
difference = mart - warehouse
share = 100 * abs(difference) / warehouse
difference, share, "reconciled" if share <= tolerance else "look for the cause"

# %% [markdown] lang="id" part="task"
# Di sebuah {what}, **gudang** menghitung omzet Maret 2024 (1 sampai 31 Maret, menurut `ordered_at`) tanpa pesanan yang dikembalikan. **Data mart** milik pemasaran dibangun sendiri: kotor, pesanan yang dikembalikan ikut, dan bulannya berjalan dari {mart_from:date} sampai {mart_to:date} (kedua hari termasuk). Cocokkan keduanya.

# %% [markdown] lang="en" part="task"
# In a {what} the **warehouse** takes the revenue of March 2024 (1 to 31 March, by `ordered_at`) without returned orders. Marketing built its **mart** by itself: gross, with returned orders, and its month runs from {mart_from:date} to {mart_to:date} (both days included). Reconcile the two.

# %% part="start"
orders = q.data["orders"]
march = (orders["ordered_at"] >= "2024-03-01") & (orders["ordered_at"] < "2024-04-01")
warehouse = ...
mart = ...
q.answer = {
    "warehouse": warehouse,
    "mart": mart,
    "share": ...,
    "from_returns": ...,
}

# %% [markdown] lang="id" part="hint"
# `ordered_at` memuat jam. Pakailah batas atas yang terbuka: kurang dari hari **sesudah** hari terakhir.

# %% [markdown] lang="en" part="hint"
# `ordered_at` holds the hour. Use an open upper end: before the day **after** the last day.

# %% [markdown] lang="id" part="hint"
# `.dt.normalize()` membuang jam, dan `.between(mart_from, mart_to)` memilih hari dengan kedua ujungnya.

# %% [markdown] lang="en" part="hint"
# `.dt.normalize()` drops the hour, and `.between(mart_from, mart_to)` picks days with both ends.

# %% part="solution"
orders, returned = q.data["orders"], q.data["orders"]["returned"]
day = orders["ordered_at"].dt.normalize()
march = day.between("2024-03-01", "2024-03-31")
warehouse = orders.loc[march & ~returned, "amount"].sum()
mart = orders.loc[day.between(q.data["mart_from"], q.data["mart_to"]), "amount"].sum()
q.answer = {"warehouse": warehouse, "mart": mart, "share": 100 * abs(mart - warehouse) / warehouse, "from_returns": orders.loc[march & returned, "amount"].sum()}

# %% [markdown] lang="id" part="why"
# Data mart independen (bottom-up) membawa aturannya sendiri; yang dependen mewarisi aturan gudang dan tidak dapat berselisih. Buku (6.2) mengatakan yang independen harus diintegrasikan dahulu: inilah pekerjaannya, dan setiap rupiah selisih punya nama.

# %% [markdown] lang="en" part="why"
# An independent (bottom-up) mart brings rules of its own; a dependent one inherits the warehouse's and can't disagree. The book (6.2) says that independent marts must be integrated first: this is that work, and each rupiah of the difference has a name.

# %% part="wrong" name="last_day_cut"
orders, returned = q.data["orders"], q.data["orders"]["returned"]
day = orders["ordered_at"].dt.normalize()
march = (orders["ordered_at"] >= "2024-03-01") & (orders["ordered_at"] <= "2024-03-31")
warehouse = orders.loc[march & ~returned, "amount"].sum()
mart = orders.loc[day.between(q.data["mart_from"], q.data["mart_to"]), "amount"].sum()
q.answer = {"warehouse": warehouse, "mart": mart, "share": 100 * abs(mart - warehouse) / warehouse, "from_returns": orders.loc[march & returned, "amount"].sum()}

# %% [markdown] lang="id" part="wrong" name="last_day_cut"
# Hari terakhir terpotong: "2024-03-31" berarti tengah malam di awal hari itu. Pesanan pukul sepuluh pagi tanggal 31 masuk ke mana?

# %% [markdown] lang="en" part="wrong" name="last_day_cut"
# The last day is cut off: "2024-03-31" means the midnight at which it begins. Where does an order of ten in the morning on the 31st go?

# %% part="wrong" name="one_calendar"
orders, returned = q.data["orders"], q.data["orders"]["returned"]
day = orders["ordered_at"].dt.normalize()
march = day.between("2024-03-01", "2024-03-31")
warehouse, mart = orders.loc[march & ~returned, "amount"].sum(), orders.loc[march, "amount"].sum()
q.answer = {"warehouse": warehouse, "mart": mart, "share": 100 * (mart - warehouse) / warehouse, "from_returns": mart - warehouse}

# %% [markdown] lang="id" part="wrong" name="one_calendar"
# Data mart dihitung dengan kalender gudang. Dari tanggal berapa sampai tanggal berapa bulan pemasaran berjalan?

# %% [markdown] lang="en" part="wrong" name="one_calendar"
# The mart was worked out with the warehouse's calendar. From which day to which day does marketing's month run?

# %% part="wrong" name="percent_of_mart"
orders, returned = q.data["orders"], q.data["orders"]["returned"]
day = orders["ordered_at"].dt.normalize()
march = day.between("2024-03-01", "2024-03-31")
warehouse = orders.loc[march & ~returned, "amount"].sum()
mart = orders.loc[day.between(q.data["mart_from"], q.data["mart_to"]), "amount"].sum()
q.answer = {"warehouse": warehouse, "mart": mart, "share": 100 * abs(mart - warehouse) / mart, "from_returns": orders.loc[march & returned, "amount"].sum()}

# %% [markdown] lang="id" part="wrong" name="percent_of_mart"
# Selisih dibagi angka data mart. Angka mana yang menjadi patokan ketika keduanya dicocokkan?

# %% [markdown] lang="en" part="wrong" name="percent_of_mart"
# The difference was divided by the mart's figure. Which of the two is the standard when they are reconciled?

# %% part="wrong" name="returns_of_the_mart"
orders, returned = q.data["orders"], q.data["orders"]["returned"]
day = orders["ordered_at"].dt.normalize()
march = day.between("2024-03-01", "2024-03-31")
warehouse = orders.loc[march & ~returned, "amount"].sum()
mart = orders.loc[day.between(q.data["mart_from"], q.data["mart_to"]), "amount"].sum()
q.answer = {"warehouse": warehouse, "mart": mart, "share": 100 * abs(mart - warehouse) / warehouse, "from_returns": orders.loc[returned, "amount"].sum()}

# %% [markdown] lang="id" part="wrong" name="returns_of_the_mart"
# Pengembalian dari semua hari di tabel ikut dijumlahkan. Pengembalian hari mana yang disebut soal?

# %% [markdown] lang="en" part="wrong" name="returns_of_the_mart"
# Returns of all days in the table were added. Returns of which days does the task name?

# %% part="question"
question(
    "quota_report", kind="sql", columns=("rep", "revenue", "target", "attainment"), decimals=2, level="faded", data="targets",
    variants=("pharma", "cars", "office"), title={"id": "Laporan target dengan SQL", "en": "A quota report in SQL"},
    rows=("A01", "A03"), book="6.3", notebook="08-access-to-data", app="executive", function="crm.reports.sales_against_quota", points=2,
)

# %% [markdown] lang="id" part="task"
# Laporan standar sebuah {what}: untuk **setiap** tenaga penjual di `quota`, omzet Maret 2024 dari `sales`, targetnya, dan pencapaiannya dalam persen. Yang belum menjual apa-apa pada Maret tetap tampil dengan omzet 0. Lengkapi SQL-nya.

# %% [markdown] lang="en" part="task"
# The standard report of a {what}: for **each** rep in `quota` the revenue of March 2024 from `sales`, the target, and the attainment in percent. A rep who sold nothing in March still appears, with revenue 0. Complete the SQL.

# %% part="start"
q.answer = """
WITH march AS (
    SELECT rep, sum(amount) AS revenue
    FROM sales
    WHERE ...
    GROUP BY rep
)
SELECT q.rep, coalesce(m.revenue, 0) AS revenue, q.target, ... AS attainment
FROM quota q ... march m ON m.rep = q.rep
"""

# %% [markdown] lang="id" part="hint"
# Ringkas `sales` menjadi satu baris per tenaga penjual **sebelum** bertemu targetnya.

# %% [markdown] lang="en" part="hint"
# Bring `sales` down to one row per rep **before** it meets the quota.

# %% [markdown] lang="id" part="hint"
# `ordered_on >= DATE '2024-03-01' AND ordered_on < DATE '2024-04-01'`. Yang tidak punya pasangan dijaga oleh LEFT JOIN.

# %% [markdown] lang="en" part="hint"
# `ordered_on >= DATE '2024-03-01' AND ordered_on < DATE '2024-04-01'`. A LEFT JOIN keeps those without a match.

# %% part="solution"
q.answer = """
WITH march AS (
    SELECT rep, sum(amount) AS revenue
    FROM sales
    WHERE ordered_on >= DATE '2024-03-01' AND ordered_on < DATE '2024-04-01'
    GROUP BY rep
)
SELECT q.rep, coalesce(m.revenue, 0) AS revenue, q.target, 100 * coalesce(m.revenue, 0) / q.target AS attainment
FROM quota q LEFT JOIN march m ON m.rep = q.rep
"""

# %% [markdown] lang="id" part="why"
# Target adalah satu angka per orang; begitu bertemu rincian penjualan ia tersalin pada setiap nota, dan jumlahnya membengkak. Dan total laporan membagi jumlah dengan jumlah: 450/400, 280/500, dan 390/300 bersama-sama 1.120/1.200 atau 93,33 persen, bukan rata-rata 99,5. Buku (6.3) menyebut laporan ini contoh pertama laporan standar.

# %% [markdown] lang="en" part="why"
# A quota is one figure per person; once it meets the details of sales it is copied to every receipt, and its sum swells. And the report's total divides sums: 450/400, 280/500 and 390/300 together are 1,120/1,200 or 93.33 percent, not the mean of 99.5. The book (6.3) gives this report as the first example of a standard one.

# %% part="wrong" name="target_fan_out"
q.answer = """
SELECT q.rep, coalesce(sum(s.amount), 0) AS revenue, sum(q.target) AS target, 100 * coalesce(sum(s.amount), 0) / sum(q.target) AS attainment
FROM quota q LEFT JOIN sales s ON s.rep = q.rep AND s.ordered_on >= DATE '2024-03-01' AND s.ordered_on < DATE '2024-04-01'
GROUP BY q.rep
"""

# %% [markdown] lang="id" part="wrong" name="target_fan_out"
# Penggandaan baris: target dijumlahkan sekali untuk setiap nota. Berapa kali seorang tenaga penjual punya target pada bulan Maret?

# %% [markdown] lang="en" part="wrong" name="target_fan_out"
# Rows multiplied: the quota was summed once for each receipt. How often does a rep have a quota for March?

# %% part="wrong" name="idle_rep_lost"
q.answer = """
SELECT q.rep, sum(s.amount) AS revenue, max(q.target) AS target, 100 * sum(s.amount) / max(q.target) AS attainment
FROM quota q JOIN sales s ON s.rep = q.rep
WHERE s.ordered_on >= DATE '2024-03-01' AND s.ordered_on < DATE '2024-04-01'
GROUP BY q.rep
"""

# %% [markdown] lang="id" part="wrong" name="idle_rep_lost"
# Yang tidak menjual apa-apa hilang dari laporan. Siapa yang paling ingin dilihat direktur di sana?

# %% [markdown] lang="en" part="wrong" name="idle_rep_lost"
# Who sold nothing has dropped out of the report. Whom would the director most like to see there?

# %% part="wrong" name="whole_quarter"
q.answer = """
WITH all_of_it AS (SELECT rep, sum(amount) AS revenue FROM sales GROUP BY rep)
SELECT q.rep, coalesce(m.revenue, 0) AS revenue, q.target, 100 * coalesce(m.revenue, 0) / q.target AS attainment
FROM quota q LEFT JOIN all_of_it m ON m.rep = q.rep
"""

# %% [markdown] lang="id" part="wrong" name="whole_quarter"
# Omzet tiga bulan dibandingkan dengan target satu bulan. Apakah pembilang dan penyebutnya bercerita tentang masa yang sama?

# %% [markdown] lang="en" part="wrong" name="whole_quarter"
# Three months of revenue were held against one month's quota. Do numerator and denominator speak of one period?

# %% part="wrong" name="average_receipt"
q.answer = """
WITH march AS (SELECT rep, avg(amount) AS revenue FROM sales WHERE ordered_on >= DATE '2024-03-01' AND ordered_on < DATE '2024-04-01' GROUP BY rep)
SELECT q.rep, coalesce(m.revenue, 0) AS revenue, q.target, 100 * coalesce(m.revenue, 0) / q.target AS attainment
FROM quota q LEFT JOIN march m ON m.rep = q.rep
"""

# %% [markdown] lang="id" part="wrong" name="average_receipt"
# `revenue` berisi rata-rata per nota. Apa yang dibandingkan dengan target: satu nota, atau semuanya?

# %% [markdown] lang="en" part="wrong" name="average_receipt"
# `revenue` holds the average receipt. What is held against the quota: one receipt, or all?

# %% part="question"
question(
    "drill_down", kind="table", columns=("level", "member", "gap"), decimals=0, level="independent", data="regions",
    variants=("food", "paper", "pipes"), title={"id": "Menggali sampai ke sebab", "en": "Down to the cause"},
    rows=("A02",), book="6.3", notebook="08-access-to-data", app="explorer", function="crm.reports.gap_path", points=3,
)

# %% [markdown] lang="id" part="task"
# Sebuah {what} tidak mencapai target Maret 2024. Gali seperti manajer penjualan: pilih wilayah dengan kesenjangan (omzet − target) paling negatif **dalam rupiah**, lalu di dalam wilayah itu tenaga penjual dengan kesenjangan paling negatif, lalu di antara pelanggannya yang paling negatif. Buat tabel tiga baris: `level` (`region`, `sales_rep`, `customer`), `member`, `gap`. Tabel `sales` berisi beberapa baris per pelanggan, `quota` satu baris.

# %% [markdown] lang="en" part="task"
# A {what} missed its quota of March 2024. Drill as a sales manager does: take the region with the most negative gap (revenue − target) **in rupiah**, within it the rep with the most negative gap, and among that rep's customers the most negative one. Make a table of three rows: `level` (`region`, `sales_rep`, `customer`), `member`, `gap`. The table `sales` has several rows per customer, `quota` has one.

# %% [markdown] lang="id" part="hint"
# Satukan dahulu pada tingkat pelanggan: jumlah `amount` per pelanggan, digabung dengan `target`. Kesenjangan boleh dijumlahkan ke atas.

# %% [markdown] lang="en" part="hint"
# Bring it together by customer first: the sum of `amount` per customer, merged with `target`. Gaps may be added upwards.

# %% [markdown] lang="id" part="hint"
# Sesudah memilih anggota satu tingkat, saring tabelnya, baru `groupby` tingkat berikutnya: `gaps.idxmin()` memberi anggotanya.

# %% [markdown] lang="en" part="hint"
# After choosing a member, filter the table, and only then `groupby` the next level: `gaps.idxmin()` gives the member.

# %% part="solution"
import pandas as pd

levels = ["region", "sales_rep", "customer"]
sold = q.data["sales"].groupby("customer")["amount"].sum()
table = q.data["quota"].assign(gap=lambda t: t["customer"].map(sold).fillna(0) - t["target"])
rows = []
for level in levels:
    gaps = table.groupby(level)["gap"].sum()
    member = gaps.idxmin()
    rows.append((level, member, gaps[member]))
    table = table[table[level] == member]
q.answer = pd.DataFrame(rows, columns=["level", "member", "gap"])

# %% part="package"
path = crm.reports.gap_path(q.data["sales"], q.data["quota"], month="2024-03").table
q.answer = path.loc[path["chosen"], ["level", "member", "gap"]]

# %% [markdown] lang="id" part="why"
# Wilayah Barat −100 = Budi −120 + Ani +20, dan yang terbesar pada Budi adalah CV Maju −110: setiap tingkat berjumlah tepat pada kesenjangan di atasnya. Pencapaian dalam persen menunjuk wilayah kecil yang hampir tidak berpengaruh. Buku (6.3) menggambarkan jalan ini dari wilayah ke bagian penjualan lalu ke pelanggan.

# %% [markdown] lang="en" part="why"
# The West's −100 = Budi −120 + Ani +20, and Budi's largest is CV Maju −110: each level sums exactly to the gap above it. Attainment in percent points at a small region that hardly matters. The book (6.3) describes this way from a region to its salespeople to their customers.

# %% part="wrong" name="percent_for_rupiah"
import pandas as pd

sold = q.data["sales"].groupby("customer")["amount"].sum()
table = q.data["quota"].assign(gap=lambda t: t["customer"].map(sold).fillna(0) - t["target"])
rows = []
for level in ["region", "sales_rep", "customer"]:
    sums = table.groupby(level)[["gap", "target"]].sum()
    member = (sums["gap"] / sums["target"]).idxmin()
    rows.append((level, member, sums.loc[member, "gap"]))
    table = table[table[level] == member]
q.answer = pd.DataFrame(rows, columns=["level", "member", "gap"])

# %% [markdown] lang="id" part="wrong" name="percent_for_rupiah"
# Yang dipilih persentase terburuk, bukan rupiah terbanyak. Seberapa besar kekurangan perusahaan yang dijelaskan wilayah itu?

# %% [markdown] lang="en" part="wrong" name="percent_for_rupiah"
# The worst percentage was chosen, not the most rupiah. How much of the company's shortfall does that region explain?

# %% part="wrong" name="not_filtered"
import pandas as pd

sold = q.data["sales"].groupby("customer")["amount"].sum()
table = q.data["quota"].assign(gap=lambda t: t["customer"].map(sold).fillna(0) - t["target"])
rows = []
for level in ["region", "sales_rep", "customer"]:
    gaps = table.groupby(level)["gap"].sum()
    rows.append((level, gaps.idxmin(), gaps.min()))
q.answer = pd.DataFrame(rows, columns=["level", "member", "gap"])

# %% [markdown] lang="id" part="wrong" name="not_filtered"
# Setiap tingkat dicari di seluruh perusahaan. Apakah pelanggan itu dilayani tenaga penjual pada baris di atasnya?

# %% [markdown] lang="en" part="wrong" name="not_filtered"
# Each level was searched in the whole company. Is that customer served by the rep in the row above?

# %% part="wrong" name="shortfalls_only"
import pandas as pd

sold = q.data["sales"].groupby("customer")["amount"].sum()
table = q.data["quota"].assign(gap=lambda t: (t["customer"].map(sold).fillna(0) - t["target"]).clip(upper=0))
rows = []
for level in ["region", "sales_rep", "customer"]:
    gaps = table.groupby(level)["gap"].sum()
    member = gaps.idxmin()
    rows.append((level, member, gaps[member]))
    table = table[table[level] == member]
q.answer = pd.DataFrame(rows, columns=["level", "member", "gap"])

# %% [markdown] lang="id" part="wrong" name="shortfalls_only"
# Hanya kekurangan yang dijumlahkan; kelebihan pelanggan lain dibuang. Apakah kesenjangan semua wilayah masih berjumlah sama dengan kesenjangan perusahaan?

# %% [markdown] lang="en" part="wrong" name="shortfalls_only"
# Only shortfalls were added; what other customers bought above target was dropped. Do the regions still sum to the company's gap?

# %% part="question"
question(
    "bought_nothing", kind="sql", columns=("city", "customers"), decimals=0, level="independent", data="quiet",
    variants=("y2022", "y2023", "y2024"), title={"id": "Siapa yang tidak membeli?", "en": "Who bought nothing?"},
    rows=("A03",), book="6.3", notebook="08-access-to-data", app="workbench", function="crm.sql_lab", points=2,
)

# %% [markdown] lang="id" part="task"
# Tulis SQL: banyaknya pelanggan **tanpa satu pun pembelian sepanjang {year}**, per kota, kolom `city` dan `customers`. Tabel: `customers` (satu baris per pelanggan) dan `orders` (`customer` kosong pada pesanan tamu).

# %% [markdown] lang="en" part="task"
# Write SQL: the number of customers **without any purchase in {year}**, by city, columns `city` and `customers`. Tables: `customers` (one row each) and `orders` (`customer` is empty in guests' orders).

# %% [markdown] lang="id" part="hint"
# Yang dicari adalah yang **tidak punya pasangan**: NOT EXISTS, atau LEFT JOIN lalu `IS NULL`.

# %% [markdown] lang="en" part="hint"
# You look for those **without a match**: NOT EXISTS, or a LEFT JOIN and then `IS NULL`.

# %% [markdown] lang="id" part="hint"
# Syarat tahun adalah bagian dari pencarian pasangan, jadi letaknya di dalam subkueri atau di ON, bukan di WHERE luar.

# %% [markdown] lang="en" part="hint"
# The year is part of looking for a match, so it belongs in the subquery or in ON, not in the outer WHERE.

# %% part="solution"
year = q.data["year"]
q.answer = f"""
SELECT c.city, count(*) AS customers
FROM customers c
WHERE NOT EXISTS (
    SELECT 1 FROM orders o
    WHERE o.customer = c.customer AND year(o.ordered_on) = {year}
)
GROUP BY c.city
"""

# %% [markdown] lang="id" part="why"
# Yang tidak ada tidak punya baris, jadi ia hanya terlihat dari tabel yang memuat semua orang. NOT IN dengan daftar yang memuat NULL tidak pernah benar, karena NULL berarti tidak diketahui. Buku (6.3) hanya menyebut nama perintah SQL; jebakannya ada pada NULL dan pada letak syarat.

# %% [markdown] lang="en" part="why"
# What is not there has no row, so it shows only from a table that holds everybody. NOT IN with a list that holds NULL is never true, as NULL means unknown. The book (6.3) only names SQL's commands; the traps are NULL and the place of a condition.

# %% part="wrong" name="not_in_null"
year = q.data["year"]
q.answer = f"SELECT city, count(*) AS customers FROM customers WHERE customer NOT IN (SELECT customer FROM orders WHERE year(ordered_on) = {year}) GROUP BY city"

# %% [markdown] lang="id" part="wrong" name="not_in_null"
# NOT IN bertemu NULL dan tidak menemukan siapa pun. Apa jawaban atas "apakah P001 tidak sama dengan sesuatu yang tidak diketahui"?

# %% [markdown] lang="en" part="wrong" name="not_in_null"
# NOT IN met a NULL and found nobody. What is the answer to "is P001 different from something unknown"?

# %% part="wrong" name="never_at_all"
q.answer = "SELECT c.city, count(*) AS customers FROM customers c LEFT JOIN orders o ON o.customer = c.customer WHERE o.order_id IS NULL GROUP BY c.city"

# %% [markdown] lang="id" part="wrong" name="never_at_all"
# Itu yang tidak pernah membeli sama sekali. Bagaimana dengan yang membeli pada tahun lain saja?

# %% [markdown] lang="en" part="wrong" name="never_at_all"
# Those never bought at all. What of customers who bought in another year only?

# %% part="wrong" name="another_year"
year = q.data["year"]
q.answer = f"SELECT c.city, count(DISTINCT c.customer) AS customers FROM customers c JOIN orders o ON o.customer = c.customer WHERE year(o.ordered_on) <> {year} GROUP BY c.city"

# %% [markdown] lang="id" part="wrong" name="another_year"
# Yang dihitung orang yang membeli pada tahun lain; sebagian juga membeli pada tahun yang ditanyakan. Satu baris yang cocok membuktikan apa tentang baris lainnya?

# %% [markdown] lang="en" part="wrong" name="another_year"
# You count people who bought in another year; some of them bought in the year asked about too. What does one matching row prove about the others?

# %% part="wrong" name="rows_of_join"
year = q.data["year"]
q.answer = f"SELECT c.city, count(*) AS customers FROM customers c LEFT JOIN orders o ON o.customer = c.customer WHERE o.order_id IS NULL OR year(o.ordered_on) <> {year} GROUP BY c.city"

# %% [markdown] lang="id" part="wrong" name="rows_of_join"
# Penyaring tahun di WHERE luar bekerja pada baris pesanan, bukan pada orang, dan setiap pesanan lama dihitung. Satu baris hasil JOIN mewakili siapa?

# %% [markdown] lang="en" part="wrong" name="rows_of_join"
# The year in the outer WHERE works on rows of orders, not on people, and each old order is counted. Whom does a row of the JOIN stand for?

# %% part="question"
question(
    "default_profile", kind="number", unit="number", digits=4, level="worked", data="loans",
    variants=("cooperative", "leasing", "school"), title={"id": "Profil gagal bayar", "en": "The profile of defaulters"},
    rows=("A10",), book="6.3", notebook="08-access-to-data", app="studio", function="crm.segmentation.profile_segments", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Tiga golongan keterlambatan; lancar/gagal: 700/10, 180/15, 70/25. *Weight of evidence* satu golongan = ln(pangsa yang lancar ÷ pangsa yang gagal); *information value* = Σ (pangsa lancar − pangsa gagal) × WOE. Hasilnya 1,567: begitu kuat, sehingga patut dicurigai ada kebocoran.

# %% [markdown] lang="en" part="example"
# **Example.** Three bands of lateness; good/bad: 700/10, 180/15, 70/25. The weight of evidence of a band = ln(its share of the good ÷ its share of the bad); the information value = Σ (share of the good − share of the bad) × WOE. It comes to 1.567: so strong that one should suspect a leak.

# %% part="example"
import numpy as np

good, bad = np.array([700, 180, 70]), np.array([10, 15, 25])
g, b = good / good.sum(), bad / bad.sum()
woe = np.log(g / b)
(100 * bad / (good + bad)).round(2), ((g - b) * woe).sum()

# %% [markdown] lang="id" part="task"
# Tabel `borrowers` sebuah {what}: berapa hari peminjam terlambat pada tahun **sebelumnya**, dan apakah ia gagal bayar sesudahnya. Pakai golongan 0 sampai 30, 31 sampai 60, dan di atas 60 hari. Berapa *information value* keterlambatan lama terhadap gagal bayar?

# %% [markdown] lang="en" part="task"
# The table `borrowers` of a {what}: how many days late a borrower was in the year **before**, and whether he defaulted after it. Use the bands 0 to 30, 31 to 60, and above 60 days. What is the information value of past lateness for default?

# %% [markdown] lang="id" part="hint"
# Buat tabel 3 baris: banyaknya yang lancar dan yang gagal di setiap golongan. `pd.cut(..., [-1, 30, 60, 999])`.

# %% [markdown] lang="en" part="hint"
# Make a table of 3 rows: how many good and bad there are in each band. `pd.cut(..., [-1, 30, 60, 999])`.

# %% [markdown] lang="id" part="hint"
# Pangsa diambil ke bawah kolom: dari semua yang lancar, berapa di golongan ini? Logaritmanya `np.log`.

# %% [markdown] lang="en" part="hint"
# Shares run down the column: of all the good, how many are in this band? The logarithm is `np.log`.

# %% part="solution"
import numpy as np
import pandas as pd

b = q.data["borrowers"]
table = pd.crosstab(pd.cut(b["days_late_before"], [-1, 30, 60, 999]), b["defaulted"])
good, bad = table[False] / table[False].sum(), table[True] / table[True].sum()
q.answer = ((good - bad) * np.log(good / bad)).sum()

# %% [markdown] lang="id" part="why"
# WOE membandingkan dua sebaran: di mana yang lancar berkumpul, di mana yang gagal. Keterlambatannya harus dari sebelum pinjaman; hari terlambat sesudah gagal bayar akan meramal dirinya sendiri (kebocoran). Buku (6.3) hanya menanyakan profil pelanggan yang gagal bayar; inilah satu cara menjawabnya.

# %% [markdown] lang="en" part="why"
# WOE compares two distributions: where the good gather, and where the bad. The lateness must be from before the loan; days late after default would foretell themselves (a leak). The book (6.3) only asks for the profile of defaulters; this is one way to answer.

# %% part="wrong" name="rates_in_bands"
import numpy as np
import pandas as pd

b = q.data["borrowers"]
rate = b["defaulted"].groupby(pd.cut(b["days_late_before"], [-1, 30, 60, 999]), observed=True).mean()
q.answer = ((1 - rate - rate) * np.log((1 - rate) / rate)).sum()

# %% [markdown] lang="id" part="wrong" name="rates_in_bands"
# Pangsa diambil di dalam golongan (ke samping), bukan di antara semua yang lancar dan semua yang gagal. Apakah ketiga pangsa Anda berjumlah satu?

# %% [markdown] lang="en" part="wrong" name="rates_in_bands"
# Shares were taken within a band (across), not among all the good and all the bad. Do your three shares sum to one?

# %% part="wrong" name="weights_forgotten"
import numpy as np
import pandas as pd

b = q.data["borrowers"]
table = pd.crosstab(pd.cut(b["days_late_before"], [-1, 30, 60, 999]), b["defaulted"])
good, bad = table[False] / table[False].sum(), table[True] / table[True].sum()
q.answer = np.log(good / bad).sum()

# %% [markdown] lang="id" part="wrong" name="weights_forgotten"
# WOE dijumlahkan tanpa bobot: golongan kecil seberat golongan besar. Dengan apa setiap WOE harus dikalikan?

# %% [markdown] lang="en" part="wrong" name="weights_forgotten"
# The WOE were added without weights: a small band counts as much as a large one. By what must each WOE be multiplied?

# %% part="wrong" name="common_logarithm"
import numpy as np
import pandas as pd

b = q.data["borrowers"]
table = pd.crosstab(pd.cut(b["days_late_before"], [-1, 30, 60, 999]), b["defaulted"])
good, bad = table[False] / table[False].sum(), table[True] / table[True].sum()
q.answer = ((good - bad) * np.log10(good / bad)).sum()

# %% [markdown] lang="id" part="wrong" name="common_logarithm"
# Logaritma bilangan pokok 10 dipakai. Logaritma mana yang menghasilkan 1,567 pada contoh?

# %% [markdown] lang="en" part="wrong" name="common_logarithm"
# The logarithm to base 10 was used. Which logarithm gives 1.567 in the example?

# %% part="wrong" name="edges_moved"
import numpy as np
import pandas as pd

b = q.data["borrowers"]
table = pd.crosstab(pd.cut(b["days_late_before"], [0, 30, 60, 999], right=False), b["defaulted"])
good, bad = table[False] / table[False].sum(), table[True] / table[True].sum()
q.answer = ((good - bad) * np.log(good / bad)).sum()

# %% [markdown] lang="id" part="wrong" name="edges_moved"
# Batas golongan bergeser satu hari. Di golongan mana peminjam yang terlambat tepat 30 hari?

# %% [markdown] lang="en" part="wrong" name="edges_moved"
# The edges of the bands moved by a day. In which band is a borrower who was exactly 30 days late?

# %% part="question"
question(
    "board_after_filter", kind="figure", must=("title", "axis_titles", "from_zero"), decimals=2, level="independent", data="margins",
    variants=("online", "store", "chat"), title={"id": "Sesudah penyaring dipasang", "en": "After the filter is set"},
    rows=("G01",), book="6.3", notebook="01-star-schema", app="executive", function="crm.charts.draw", points=2,
)

# %% [markdown] lang="id" part="task"
# Pembaca dasbor memilih saluran `{channel}`. Gambarlah dengan batang **margin dalam persen dari omzet** untuk setiap `category`, hanya dari pesanan saluran itu: kategori di satu sumbu, persen (12,5 berarti 12,5 persen) di sumbu lain, dengan judul, nama sumbu, dan sumbu nilai dari nol.

# %% [markdown] lang="en" part="task"
# The reader of a dashboard chooses the channel `{channel}`. Draw as bars the **margin in percent of revenue** of each `category`, from the orders of that channel only: categories on one axis, percent (12.5 means 12.5 percent) on the other, with a title, names on the axes, and a value axis from zero.

# %% [markdown] lang="id" part="hint"
# Jumlahkan margin dan omzet per kategori dahulu, baru bagi. Rasio dihitung sesudah penyaring, dari jumlah.

# %% [markdown] lang="en" part="hint"
# Sum margin and revenue by category first, then divide. A ratio is taken after the filter, from sums.

# %% [markdown] lang="id" part="hint"
# `go.Figure(go.Bar(x=..., y=...))` lalu `fig.update_layout(title="...", xaxis_title="...", yaxis_title="...")`.

# %% [markdown] lang="en" part="hint"
# `go.Figure(go.Bar(x=..., y=...))`, then `fig.update_layout(title="...", xaxis_title="...", yaxis_title="...")`.

# %% part="solution"
import plotly.graph_objects as go

orders = q.data["orders"]
sums = orders[orders["channel"] == q.data["channel"]].groupby("category")[["revenue", "margin"]].sum()
percent = 100 * sums["margin"] / sums["revenue"]
layout = {"title": {"text": "Margin by category"}, "xaxis": {"title": {"text": "Category"}}, "yaxis": {"title": {"text": "Margin (% of revenue)"}, "rangemode": "tozero"}}
q.answer = go.Figure(go.Bar(x=percent.index.tolist(), y=percent.tolist()), layout)

# %% part="package"
import pandas as pd
import plotly.graph_objects as go

lines = q.data["orders"].assign(order_id=np.arange(len(q.data["orders"])), ordered_at=pd.Timestamp("2024-03-01"))
sums = [crm.Measure.sum("margin", "sales", "margin"), crm.Measure.sum("revenue", "sales", "revenue")]
cube = crm.Cube(crm.Star.from_table(lines), measures=sums)
told = cube.view(by=["category"], measures=["margin", "revenue"]).slice(channel=q.data["channel"]).to_pandas()
layout = {"title": {"text": "Margin by category"}, "xaxis": {"title": {"text": "Category"}}, "yaxis": {"title": {"text": "Margin (% of revenue)"}}}
q.answer = go.Figure(go.Bar(x=told["category"].tolist(), y=(100 * told["margin"] / told["revenue"]).tolist()), layout)

# %% [markdown] lang="id" part="why"
# Sesudah penyaring Online, omzet 170 dan margin 28 memberi 16,47 persen. Sebuah ukuran rasio pada dasbor harus dihitung ulang dari jumlahnya setiap kali penyaring berubah; rata-rata persen per pesanan memberi bobot sama pada pesanan kecil dan besar. Buku (6.3) menyebut OLAP sebagai cara menjelajahi data di layar.

# %% [markdown] lang="en" part="why"
# After the filter Online, revenue of 170 and margin of 28 make 16.47 percent. A ratio on a dashboard must be worked out again from its sums whenever a filter changes; a mean of each order's percent weighs small and large orders alike. The book (6.3) names OLAP as the way to explore data on the screen.

# %% part="wrong" name="mean_of_ratios"
import plotly.graph_objects as go

orders = q.data["orders"]
kept = orders[orders["channel"] == q.data["channel"]]
percent = (100 * kept["margin"] / kept["revenue"]).groupby(kept["category"]).mean()
layout = {"title": {"text": "Margin by category"}, "xaxis": {"title": {"text": "Category"}}, "yaxis": {"title": {"text": "Margin (% of revenue)"}}}
q.answer = go.Figure(go.Bar(x=percent.index.tolist(), y=percent.tolist()), layout)

# %% [markdown] lang="id" part="wrong" name="mean_of_ratios"
# Itu rata-rata dari rasio: persen setiap pesanan dirata-ratakan. Apakah pesanan 40 ribu menyumbang margin sebanyak pesanan 900 ribu?

# %% [markdown] lang="en" part="wrong" name="mean_of_ratios"
# That is a mean of ratios: each order's percent was averaged. Does an order of 40 thousand bring as much margin as one of 900 thousand?

# %% part="wrong" name="filter_forgotten"
import plotly.graph_objects as go

sums = q.data["orders"].groupby("category")[["revenue", "margin"]].sum()
percent = 100 * sums["margin"] / sums["revenue"]
layout = {"title": {"text": "Margin by category"}, "xaxis": {"title": {"text": "Category"}}, "yaxis": {"title": {"text": "Margin (% of revenue)"}}}
q.answer = go.Figure(go.Bar(x=percent.index.tolist(), y=percent.tolist()), layout)

# %% [markdown] lang="id" part="wrong" name="filter_forgotten"
# Penyaringnya tidak ikut: semua saluran tergambar. Apa yang dipilih pembaca dasbor?

# %% [markdown] lang="en" part="wrong" name="filter_forgotten"
# The filter is missing: all channels are drawn. What did the reader of the dashboard choose?

# %% part="wrong" name="percent_of_all_revenue"
import plotly.graph_objects as go

orders = q.data["orders"]
kept = orders[orders["channel"] == q.data["channel"]]
percent = 100 * kept.groupby("category")["margin"].sum() / orders.groupby("category")["revenue"].sum()
layout = {"title": {"text": "Margin by category"}, "xaxis": {"title": {"text": "Category"}}, "yaxis": {"title": {"text": "Margin (% of revenue)"}}}
q.answer = go.Figure(go.Bar(x=percent.index.tolist(), y=percent.tolist()), layout)

# %% [markdown] lang="id" part="wrong" name="percent_of_all_revenue"
# Pembilangnya disaring, penyebutnya tidak. Margin saluran ini dibagi omzet saluran yang mana?

# %% [markdown] lang="en" part="wrong" name="percent_of_all_revenue"
# The numerator was filtered, the denominator not. The margin of this channel by the revenue of which channels?

# %% part="wrong" name="line_over_names"
import plotly.graph_objects as go

orders = q.data["orders"]
sums = orders[orders["channel"] == q.data["channel"]].groupby("category")[["revenue", "margin"]].sum()
percent = 100 * sums["margin"] / sums["revenue"]
layout = {"title": {"text": "Margin by category"}, "xaxis": {"title": {"text": "Category"}}, "yaxis": {"title": {"text": "Margin (% of revenue)"}}}
q.answer = go.Figure(go.Scatter(x=percent.index.tolist(), y=percent.tolist(), mode="lines"), layout)

# %% [markdown] lang="id" part="wrong" name="line_over_names"
# Garis menghubungkan kategori seolah-olah ada urutannya. Apa yang terletak di tengah antara minuman dan makanan?

# %% [markdown] lang="en" part="wrong" name="line_over_names"
# A line joins categories as if they had an order. What lies half way between drinks and food?

# %% part="question"
question(
    "printed_figures", kind="choice", style="claim", level="independent", variants=("petabyte", "gigabyte", "beer"),
    title={"id": "Bolehkah ini dikatakan?", "en": "Can you say this?"},
    options={
        "fine": {"id": "Ya, kalimat itu boleh dipakai apa adanya.", "en": "Yes, the sentence may be used as it is."},
        "clash": {"id": "Tidak: dua angka di dalamnya tidak mungkin benar bersama-sama.", "en": "No: two figures in it can't both be true."},
        "mark": {"id": "Tidak: yang diukur bukan yang membedakan kedua hal itu.", "en": "No: what is measured is not what tells the two things apart."},
        "cause": {"id": "Tidak: tanpa pembanding, sebabnya belum terbukti.", "en": "No: with nothing to compare, the cause is not proven."},
    },
    rows=("W04",), book="6.2", notebook="07-warehouse-and-marts", app="workbench", function="crm.warehouse.Mart",
)

# %% [markdown] lang="id" part="task" variant="petabyte"
# Dari buku (6.1), seorang staf menyalin ke presentasinya: "Gudang data terbesar waktu itu berisi lebih dari 12,1 petabyte (21.100 terabyte)."

# %% [markdown] lang="en" part="task" variant="petabyte"
# From the book (6.1) a clerk copies into his slides: "The largest warehouse of the time held more than 12.1 petabytes (21,100 terabytes)."

# %% [markdown] lang="id" part="task" variant="gigabyte"
# Buku (6.2) menulis bahwa data mart berkapasitas kurang dari 100 GB dan gudang data lebih. Seorang manajer menyimpulkan: "Basis data lima cabang kita, semua bagian tersambung, hanya 80 GB. Jadi ini data mart, bukan gudang data."

# %% [markdown] lang="en" part="task" variant="gigabyte"
# The book (6.2) writes that a data mart holds less than 100 GB and a warehouse more. A manager concludes: "The database of our five branches, all departments joined, has only 80 GB. So it is a data mart, not a warehouse."

# %% [markdown] lang="id" part="task" variant="beer"
# Buku (6.3) menceritakan toko yang menaruh popok dan bir lebih berdekatan, lalu penjualan keduanya naik. Seorang staf menulis: "Terbukti bahwa mendekatkan dua barang menaikkan penjualan keduanya."

# %% [markdown] lang="en" part="task" variant="beer"
# The book (6.3) tells of a shop that put nappies and beer closer together, after which sales of both rose. A clerk writes: "It is proven that moving two goods closer raises the sales of both."

# %% [markdown] lang="id" part="hint"
# Periksa dahulu angkanya: satuan, lalu dasar. Baru tanyakan apa yang sungguh diukur.

# %% [markdown] lang="en" part="hint"
# Check the figures first: the unit, then the base. Only then ask what was really measured.

# %% [markdown] lang="id" part="hint"
# 1 petabyte = 1.000 terabyte. Apa beda data mart dan gudang data bila ukurannya sama? Dan berapa penjualannya seandainya tidak dipindahkan?

# %% [markdown] lang="en" part="hint"
# 1 petabyte = 1,000 terabytes. How do a mart and a warehouse of one size differ? And what would sales have been had nothing been moved?

# %% part="solution"
q.answer = {"petabyte": "clash", "gigabyte": "mark", "beer": "cause"}[q.variant]

# %% [markdown] lang="id" part="why"
# 12,1 petabyte adalah 12.100 terabyte, jadi buku salah cetak. Data mart dibedakan oleh cakupannya (satu bagian atau satu subjek), bukan oleh gigabyte; batas 100 GB usang bersama perangkatnya. Dan kenaikan sesudah sebuah tindakan baru menjadi bukti bila ada toko pembanding yang tidak mengubah apa-apa.

# %% [markdown] lang="en" part="why"
# 12.1 petabytes are 12,100 terabytes, so the book has a misprint. A mart is told by its scope (one department or subject), not by gigabytes; a limit of 100 GB ages with the machines. And a rise after an action is evidence only beside shops that changed nothing.

# %% part="wrong" name="printed_so_true"
q.answer = "fine"

# %% [markdown] lang="id" part="wrong" name="printed_so_true"
# Yang tercetak dianggap benar. Bagian mana dari kalimat itu yang dapat Anda uji sendiri?

# %% [markdown] lang="en" part="wrong" name="printed_so_true"
# What is printed was taken as true. Which part of the sentence can you test yourself?

# %% part="wrong" name="other_ground"
q.answer = {"petabyte": "mark", "gigabyte": "cause", "beer": "clash"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="other_ground"
# Kalimat itu memang bermasalah, tetapi bukan karena itu. Apa yang harus diubah supaya kalimatnya benar?

# %% [markdown] lang="en" part="wrong" name="other_ground"
# The sentence is faulty, but not for that reason. What would have to change to make it right?

# %% part="wrong" name="third_ground"
q.answer = {"petabyte": "cause", "gigabyte": "clash", "beer": "mark"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="third_ground"
# Alasan itu milik kalimat yang lain. Apakah di sini ada dua angka, dua hal yang dibandingkan, atau sebuah sebab?

# %% [markdown] lang="en" part="wrong" name="third_ground"
# That reason fits another sentence. Are there two figures here, two things compared, or a cause?
