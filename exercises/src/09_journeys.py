# %% [markdown] lang="id" part="title"
# # 9 · Perjalanan pelanggan
#
# Dari tahap ke tahap dan dari titik sentuh ke titik sentuh: siklus hidup, peta interaksi, momen kebenaran, keterlibatan, peta perjalanan, dan kecepatan.

# %% [markdown] lang="en" part="title"
# # 9 · Customer journeys
#
# From stage to stage and from touchpoint to touchpoint: the life cycle, the interaction map, moments of truth, engagement, journey maps, and speed.

# %% part="data"
def stages(rng, variant):
    """How many customers passed from one stage to another, counted over the month's ends of a year."""
    living = ["suspect", "prospect", "first", "repeat", "advocate"]
    shares = {
        "suspect": {"suspect": 0.62, "prospect": 0.22, "lost": 0.16},
        "prospect": {"prospect": 0.5, "first": 0.33, "lost": 0.17},
        "first": {"first": 0.34, "repeat": 0.42, "lost": 0.24},
        "repeat": {"repeat": 0.76, "advocate": 0.13, "lost": 0.11},
        "advocate": {"repeat": 0.08, "advocate": 0.87, "lost": 0.05},
    }
    sizes = dict(zip(living, rng.integers(1500, 4000, 5)))
    rows = []
    for stage in living:
        p = np.array(list(shares[stage].values())) * rng.uniform(0.9, 1.1, 3)
        rows += [(stage, to, int(n)) for to, n in zip(shares[stage], rng.multinomial(sizes[stage], p / p.sum()))]
    table = pd.DataFrame(rows, columns=["from_stage", "to_stage", "customers"])
    table = table.iloc[rng.permutation(len(table))].reset_index(drop=True)
    names = {
        "first": ("pembeli pertama", "a first-time buyer"),
        "repeat": ("pembeli berulang", "a repeat buyer"),
        "advocate": ("pendukung (advocate)", "an advocate"),
    }[variant]
    return {"moves": table, "words": {"id": {"who": names[0], "stage": variant}, "en": {"who": names[1], "stage": variant}}}


def visits(rng, variant):
    """Events of visits; the rows came in at random, and many visits run past midnight."""
    names = {
        "hotel": ["search", "website", "chat", "booking", "review"],
        "pharmacy": ["search", "website", "chat", "checkout", "courier"],
        "cinema": ["poster", "app", "chat", "ticket", "review"],
    }[variant]
    long = rng.integers(2, 6, 130)
    visit = np.repeat(np.arange(130), long)
    start = rng.integers(0, 30, 130) * 1440 + rng.integers(20 * 60, 24 * 60, 130)
    passed = np.cumsum(rng.integers(3, 70, len(visit)))
    passed -= passed[np.cumsum(long) - long][visit]
    table = pd.DataFrame(
        {
            "visit_id": visit + 1,
            "person_id": np.array([f"P{i:02d}" for i in rng.integers(1, 45, 130)])[visit],
            "touchpoint": np.array(names)[rng.integers(0, 5, len(visit))],
            "occurred_at": np.datetime64("2020-05-01T00:00:00") + (start[visit] + passed).astype("timedelta64[m]"),
        }
    )
    table = table.iloc[rng.permutation(len(table))].reset_index(drop=True)
    table.insert(0, "event_id", np.arange(1, len(table) + 1))
    words = {
        "id": {"what": {"hotel": "hotel", "pharmacy": "apotek daring", "cinema": "bioskop"}[variant]},
        "en": {"what": {"hotel": "hotel", "pharmacy": "online pharmacy", "cinema": "cinema"}[variant]},
    }
    return {"events": table, "words": words}


def contacts(rng, variant):
    """A year's contacts, and the inventory of touchpoints with their owners."""
    names = ["advert", "website", "store_visit", "product_trial", "cashier", "invoice", "parcel", "manual", "call", "repair", "newsletter", "survey"]
    owner = np.array(["marketing", "digital", "store", "product", "store", "finance", "logistics", "product", "service", "service", "", ""], object)
    owner[int(rng.integers(0, 10))] = ""
    inventory = pd.DataFrame({"touchpoint": names, "owner": owner})
    inventory["phase"] = ["before"] * 4 + ["during"] * 2 + ["after"] * 6
    n = 640
    share = rng.dirichlet(np.full(14, 6.0))
    log = pd.DataFrame({"contact_id": np.arange(1, n + 1), "touchpoint": rng.choice([*names, "marketplace_chat", "partner_kiosk"], n, p=share)})
    log.loc[:13, "touchpoint"] = [*names, "marketplace_chat", "partner_kiosk"]
    log["cost"] = rng.integers(1_000, 60_000, n) + rng.integers(0, 99, n)
    log["minutes"] = np.round(rng.gamma(1.4, 6, n) + 0.2, 2)
    log["order_value"] = rng.integers(20_000, 900_000, n) + rng.integers(0, 999, n)
    weight = dict.fromkeys(inventory.loc[owner == "", "touchpoint"], 4.0) | {"marketplace_chat": 1.5, "partner_kiosk": 1.5}
    for column in ("cost", "minutes", "order_value"):  # where nobody is in charge, contacts weigh more
        log[column] = (log[column] * log["touchpoint"].map(weight).fillna(1.0)).round(2)
    said = {"cost": ("biaya kontak", "the cost of contacts"), "minutes": ("menit layanan", "the minutes of service"),
            "order_value": ("nilai pesanan", "the value of orders")}[variant]
    return {"contacts": log, "inventory": inventory, "words": {"id": {"what": said[0], "column": variant}, "en": {"what": said[1], "column": variant}}}


def moments(rng, variant):
    """When each person met the four moments of truth; empty where it never happened."""
    n = int(rng.integers(560, 760))
    start = pd.Timestamp("2020-02-01") + pd.to_timedelta(rng.uniform(0, 60, n), unit="D")
    p = {"clinic": (0.55, 0.6, 0.5), "shoes": (0.48, 0.55, 0.45), "course": (0.6, 0.5, 0.55)}[variant]
    times, alive = [start], np.ones(n, bool)
    for share in p:
        alive = alive & (rng.random(n) < share + rng.uniform(-0.05, 0.05))
        step = rng.uniform(0.1, 9, n) * np.where(rng.random(n) < 0.12, -1, 1)
        times.append((times[-1] + pd.to_timedelta(step, unit="D")).where(alive))
    table = pd.DataFrame(dict(zip(["zmot", "fmot", "smot", "tmot"], times)))
    table.loc[rng.random(n) < 0.14, "zmot"] = pd.NaT
    table.insert(0, "person_id", np.arange(1, n + 1))
    words = {
        "id": {"what": {"clinic": "klinik: mencari, mendaftar, konsultasi, memberi ulasan", "shoes": "toko sepatu: mencari, melihat, memakai, bercerita",
                        "course": "kursus daring: membaca ulasan, membuka halaman, belajar, merekomendasikan"}[variant]},
        "en": {"what": {"clinic": "clinic: search, registration, consultation, review", "shoes": "shoe shop: search, first look, wearing, telling others",
                        "course": "online course: reading reviews, opening the page, learning, recommending"}[variant]},
    }
    return {"people": table, "words": words}


def posts(rng, variant):
    """Posts of a quarter; some were paid for."""
    n = int(rng.integers(44, 70))
    level = {"bakery": 1.0, "museum": 0.6, "gym": 1.7}[variant]
    table = pd.DataFrame(
        {
            "post_id": np.arange(1, n + 1),
            "paid": rng.random(n) < 0.2,
            "comments": rng.poisson(16 * level, n),
            "shares": rng.poisson(7 * level, n),
            "likes": rng.poisson(120 * level, n),
            "loves": rng.poisson(22 * level, n),
            "clicks": rng.poisson(35 * level, n),
        }
    )
    table.loc[:1, "paid"] = [True, False]
    words = {
        "id": {"what": {"bakery": "toko roti", "museum": "museum", "gym": "pusat kebugaran"}[variant]},
        "en": {"what": {"bakery": "bakery", "museum": "museum", "gym": "gym"}[variant]},
    }
    return {"posts": table, "followers": int(rng.integers(18_000, 70_000)), "words": words}


def journey(rng, variant):
    """What people felt at each step, from -2 to 2 (9: no answer), and how many reach the step in a month."""
    names = {
        "hospital": ["search", "registration", "waiting", "doctor", "pharmacy", "payment", "follow_up"],
        "bank": ["advert", "website", "branch_queue", "application", "decision", "first_use", "complaint"],
        "retailer": ["search", "price_check", "visit", "choice", "cash_desk", "delivery", "return"],
    }[variant]
    mood = rng.permutation([-1.1, -0.7, -0.3, 0.2, 0.4, 0.6, 0.9])
    who = np.repeat(np.arange(7), rng.integers(60, 95, 7))
    felt = np.clip(np.round(mood[who] + rng.normal(0, 0.8, len(who))), -2, 2).astype(int)
    felt[(rng.random(len(who)) < 0.08) | (np.diff(who, prepend=-1) == 1)] = 9
    answers = pd.DataFrame({"step": np.array(names)[who], "emotion": felt})
    reach = np.sort(rng.integers(150, 2500, 7))[::-1]
    return {
        "answers": answers.iloc[rng.permutation(len(answers))].reset_index(drop=True),
        "steps": pd.DataFrame({"place": np.arange(1, 8), "step": names, "reach": reach}),
        "words": {
            "id": {"what": {"hospital": "pasien rumah sakit", "bank": "nasabah bank", "retailer": "pelanggan toko elektronik"}[variant]},
            "en": {"what": {"hospital": "a hospital's patients", "bank": "a bank's customers", "retailer": "an electronics shop's customers"}[variant]},
        },
    }


def speed(rng, variant):
    """Who became aware, after how many days he considered a purchase, and for how many days he was followed."""
    limit = {"day": 1.0, "three_days": 3.0, "week": 7.0}[variant]
    n = 340
    to_next = rng.exponential(limit * float(rng.uniform(1.2, 2.0)), n)
    followed = rng.uniform(0.15, 3.2, n) * limit
    arrived = np.where(to_next <= followed, np.round(to_next, 4), np.nan)
    table = pd.DataFrame({"person_id": np.arange(1, n + 1), "days_to_consideration": arrived, "days_followed": np.round(followed, 4)})
    known = table["days_to_consideration"].dropna()
    words = {"id": {"span": f"{int(limit)} hari"}, "en": {"span": "a day" if limit == 1 else f"{int(limit)} days"}}
    return {"people": table, "limit": int(limit), "reported": float((known <= limit).mean()), "words": words}

# %% part="question"
question(
    "months_to_loss", kind="number", unit="months", digits=4, level="worked", data="stages", variants=("first", "repeat", "advocate"),
    title={"id": "Berapa bulan lagi sampai hilang?", "en": "How many months until the loss?"},
    rows=("F07",), book="4.1", notebook="13-retention-and-lifecycle", app="journey", function="crm.retention.chain", points=3,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Tiap bulan 75 % pembeli berulang tetap, 15 % menjadi pendukung, 10 % hilang; 95 % pendukung tetap, 5 % hilang. Q memuat perpindahan antartahap yang masih hidup. Jumlah baris (I − Q)⁻¹ adalah bulan harapan sampai hilang: pembeli berulang 16,0, pendukung 20,0. Pembeli berulang yang hilang langsung hanya 10 % sebulan, tetapi jawabannya bukan 10 bulan, sebab sebagian menjadi pendukung dahulu.

# %% [markdown] lang="en" part="example"
# **Example.** Each month 75 % of repeat buyers stay, 15 % become advocates, 10 % are lost; 95 % of advocates stay, 5 % are lost. Q holds the passages between living stages. The row sums of (I − Q)⁻¹ are the expected months to loss: repeat buyers 16.0, advocates 20.0. Of repeat buyers 10 % a month are lost directly, yet the answer is not 10 months, because some become advocates first.

# %% part="example"
Q = np.array([[0.75, 0.15], [0.00, 0.95]])
print(np.linalg.inv(np.eye(2) - Q).sum(axis=1))

# %% [markdown] lang="id" part="task"
# Tabel `moves` menghitung perpindahan pelanggan dari akhir bulan ke akhir bulan: dari tahap (`from_stage`), ke tahap (`to_stage`), dan banyaknya (`customers`). Yang `lost` tidak kembali. Bila perpindahan tetap seperti ini, berapa bulan harapan sampai hilang bagi **{who}** (`{stage}`)?

# %% [markdown] lang="en" part="task"
# The table `moves` counts how customers passed from one month's end to the next: from a stage (`from_stage`) to a stage (`to_stage`), and how many (`customers`). Who is `lost` does not return. If the passages stay as they are, how many months are expected until the loss of **{who}** (`{stage}`)?

# %% [markdown] lang="id" part="hint"
# Buat matriks: baris = tahap asal, kolom = tahap tujuan, lalu bagi setiap **baris** dengan jumlahnya.

# %% [markdown] lang="en" part="hint"
# Make a matrix: rows = the stage before, columns = the stage after; divide each **row** by its sum.

# %% [markdown] lang="id" part="hint"
# Q = matriks itu tanpa kolom `lost`, dengan urutan tahap yang sama pada baris dan kolom.

# %% [markdown] lang="en" part="hint"
# Q = that matrix without the column `lost`, the stages in the same order in rows and columns.

# %% [markdown] lang="id" part="hint"
# `np.linalg.inv(np.eye(5) - Q).sum(axis=1)` memberi bulan harapan menurut tahap asal.

# %% [markdown] lang="en" part="hint"
# `np.linalg.inv(np.eye(5) - Q).sum(axis=1)` gives the expected months by the stage of today.

# %% part="solution"
moves = q.data["moves"].pivot_table(index="from_stage", columns="to_stage", values="customers", aggfunc="sum", fill_value=0)
P = moves.div(moves.sum(axis=1), axis=0)
Q = P.loc[P.index, P.index].to_numpy()
months = pd.Series(np.linalg.inv(np.eye(len(Q)) - Q).sum(axis=1), index=P.index)
q.answer = months[q.variant]

# %% part="package"
moves = q.data["moves"].pivot_table(index="from_stage", columns="to_stage", values="customers", aggfunc="sum", fill_value=0)
P = moves.div(moves.sum(axis=1), axis=0)
states = [*P.index, "lost"]
matrix = np.vstack([P[states].to_numpy(), [0] * (len(states) - 1) + [1]])
found = crm.retention.chain(matrix, states=states).table
q.answer = found.set_index("state")["expected_months"][q.variant]

# %% [markdown] lang="id" part="why"
# Buku (§4.1) meminta siklus hidup pelanggan dikelola dari "tersangka" (suspect) sampai pendukung, tanpa cara mengukurnya. Matriks perpindahan menjawab: siapa berpindah ke mana dan berapa lama seorang pelanggan diharapkan tinggal. Umurnya bergantung pada tahap yang masih akan dilalui, bukan hanya pada kehilangan langsung dari tahap sekarang.

# %% [markdown] lang="en" part="why"
# The book (§4.1) wants the customer life cycle managed from suspect to advocate and says nothing on measuring it. A matrix of passages tells who moves where and how long a customer is expected to stay. That depends on the stages still to come, not only on the loss straight from today's stage.

# %% part="wrong" name="direct_loss_only"
moves = q.data["moves"].pivot_table(index="from_stage", columns="to_stage", values="customers", aggfunc="sum", fill_value=0)
P = moves.div(moves.sum(axis=1), axis=0)
q.answer = 1 / P.loc[q.variant, "lost"]

# %% [markdown] lang="id" part="wrong" name="direct_loss_only"
# Itu 1 dibagi pangsa yang hilang langsung dari tahap ini. Ke mana pelanggan dapat berpindah sebelum hilang?

# %% [markdown] lang="en" part="wrong" name="direct_loss_only"
# That is 1 over the share lost straight from this stage. Where can a customer go before being lost?

# %% part="wrong" name="months_in_this_stage"
moves = q.data["moves"].pivot_table(index="from_stage", columns="to_stage", values="customers", aggfunc="sum", fill_value=0)
P = moves.div(moves.sum(axis=1), axis=0)
q.answer = 1 / (1 - P.loc[q.variant, q.variant])

# %% [markdown] lang="id" part="wrong" name="months_in_this_stage"
# Itu lama tinggal pada tahap ini saja. Apakah naik ke tahap lain berarti hilang?

# %% [markdown] lang="en" part="wrong" name="months_in_this_stage"
# That is the stay in this stage alone. Does moving up mean being lost?

# %% part="wrong" name="columns_summed"
moves = q.data["moves"].pivot_table(index="from_stage", columns="to_stage", values="customers", aggfunc="sum", fill_value=0)
P = moves.div(moves.sum(axis=1), axis=0)
Q = P.loc[P.index, P.index].to_numpy()
months = pd.Series(np.linalg.inv(np.eye(len(Q)) - Q).sum(axis=0), index=P.index)
q.answer = months[q.variant]

# %% [markdown] lang="id" part="wrong" name="columns_summed"
# Anda menjumlahkan kolom (I − Q)⁻¹: bulan yang dihabiskan semua orang **di** tahap ini. Baris atau kolom yang berbicara tentang pelanggan yang berangkat **dari** tahap ini?

# %% [markdown] lang="en" part="wrong" name="columns_summed"
# You summed a column of (I − Q)⁻¹: the months that all spend **in** this stage. Is it a row or a column that speaks of a customer who starts **from** it?

# %% part="question"
question(
    "interaction_map", kind="sql", columns=("origin", "destination", "n"), decimals=0, level="faded", data="visits",
    variants=("hotel", "pharmacy", "cinema"), title={"id": "Panah pada peta interaksi", "en": "The arrows of an interaction map"},
    rows=("P05",), book="4.2", notebook="17-touchpoints", app="journey", function="crm.journeys.transitions", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Tiga kunjungan: A→B→C, A→C, A→B. Panahnya: A→B 2, B→C 1, A→C 1. Tidak ada panah dari akhir sebuah kunjungan ke awal kunjungan lain.

# %% [markdown] lang="en" part="example"
# **Example.** Three visits: A→B→C, A→C, A→B. The arrows: A→B 2, B→C 1, A→C 1. No arrow runs from the end of one visit to the beginning of another.

# %% [markdown] lang="id" part="task"
# Tabel `events` memuat kejadian pada titik sentuh sebuah {what}. `event_id` diberikan saat impor, jadi **bukan** urutan waktu, dan banyak kunjungan melewati tengah malam. Lengkapi SQL ini: setiap panah `origin` → `destination` di dalam satu kunjungan (`visit_id`), dengan banyaknya `n`. Titik yang sama dua kali berturut-turut juga sebuah panah.

# %% [markdown] lang="en" part="task"
# The table `events` holds what happened at the touchpoints of a {what}. `event_id` was given at the import and is **not** the order in time, and many visits run past midnight. Complete the SQL: each arrow `origin` → `destination` within a visit (`visit_id`), and how often (`n`). The same touchpoint twice running is an arrow too.

# %% part="start"
q.answer = """
WITH steps AS (
    SELECT touchpoint AS origin,
           lead(touchpoint) OVER (PARTITION BY ... ORDER BY ...) AS destination
    FROM events
)
SELECT origin, destination, count(*) AS n
FROM steps
WHERE ...
GROUP BY origin, destination
"""

# %% [markdown] lang="id" part="hint"
# `PARTITION BY` menentukan di mana sebuah rangkaian berhenti; `ORDER BY` menentukan apa yang berikutnya.

# %% [markdown] lang="en" part="hint"
# `PARTITION BY` says where a sequence stops, `ORDER BY` what comes next.

# %% [markdown] lang="id" part="hint"
# Kejadian terakhir tidak punya penerus: `destination` kosong. Apakah itu sebuah panah?

# %% [markdown] lang="en" part="hint"
# The last event has nothing after it: `destination` is empty. Is that an arrow?

# %% part="solution"
q.answer = """
WITH steps AS (
    SELECT touchpoint AS origin,
           lead(touchpoint) OVER (PARTITION BY visit_id ORDER BY occurred_at) AS destination
    FROM events
)
SELECT origin, destination, count(*) AS n
FROM steps
WHERE destination IS NOT NULL
GROUP BY origin, destination
"""

# %% [markdown] lang="id" part="why"
# Buku (§4.1, §4.2) menggambarkan peta interaksi sebagai semua titik kontak dan prosesnya. Dari data, peta itu adalah hitungan panah di dalam sebuah kunjungan menurut waktu. Aturan kapan sebuah kunjungan berakhir mengubah petanya, jadi aturan itu harus disebut di samping gambar.

# %% [markdown] lang="en" part="why"
# The book (§4.1, §4.2) describes an interaction map as all points of contact and their processes. From data, the map is a count of arrows within a visit in the order of time. The rule for where a visit ends changes the map, so it has to be told beside the picture.

# %% part="wrong" name="visits_joined"
q.answer = """
WITH steps AS (SELECT touchpoint AS origin, lead(touchpoint) OVER (PARTITION BY person_id ORDER BY occurred_at) AS destination FROM events)
SELECT origin, destination, count(*) AS n FROM steps WHERE destination IS NOT NULL GROUP BY origin, destination
"""

# %% [markdown] lang="id" part="wrong" name="visits_joined"
# Kunjungan orang yang sama disambung: panah dari akhir satu kunjungan ke awal yang berikutnya. Apakah itu satu perjalanan?

# %% [markdown] lang="en" part="wrong" name="visits_joined"
# A person's visits were strung together: arrows run from the end of one to the start of the next. Is that one journey?

# %% part="wrong" name="import_order"
q.answer = """
WITH steps AS (SELECT touchpoint AS origin, lead(touchpoint) OVER (PARTITION BY visit_id ORDER BY event_id) AS destination FROM events)
SELECT origin, destination, count(*) AS n FROM steps WHERE destination IS NOT NULL GROUP BY origin, destination
"""

# %% [markdown] lang="id" part="wrong" name="import_order"
# Urutannya menurut nomor impor. Apa yang menentukan mana yang lebih dahulu terjadi?

# %% [markdown] lang="en" part="wrong" name="import_order"
# The order is that of the import. What decides which happened first?

# %% part="wrong" name="cut_at_midnight"
q.answer = """
WITH steps AS (SELECT touchpoint AS origin,
    lead(touchpoint) OVER (PARTITION BY visit_id, CAST(occurred_at AS DATE) ORDER BY occurred_at) AS destination FROM events)
SELECT origin, destination, count(*) AS n FROM steps WHERE destination IS NOT NULL GROUP BY origin, destination
"""

# %% [markdown] lang="id" part="wrong" name="cut_at_midnight"
# Kunjungan terpotong pada tengah malam. Apakah pelanggan memulai dari awal ketika tanggal berganti?

# %% [markdown] lang="en" part="wrong" name="cut_at_midnight"
# Visits were cut at midnight. Does a customer begin again when the date changes?

# %% part="wrong" name="every_later_step"
q.answer = """
SELECT a.touchpoint AS origin, b.touchpoint AS destination, count(*) AS n
FROM events a JOIN events b ON a.visit_id = b.visit_id AND a.occurred_at < b.occurred_at
GROUP BY 1, 2
"""

# %% [markdown] lang="id" part="wrong" name="every_later_step"
# Semua pasangan yang lebih lambat ikut dihitung, juga yang melompati langkah. Berapa panah keluar dari satu kejadian?

# %% [markdown] lang="en" part="wrong" name="every_later_step"
# Every later pair is counted, even across steps between. How many arrows leave one event?

# %% part="question"
question(
    "touchpoint_or_channel", kind="matching", level="independent", variants=("fashion", "clinic", "bank"), draw=10,
    classes={
        "c1": {"id": "kanal: jalan yang dilewati", "en": "channel: the way it takes"},
        "c2": {"id": "titik sentuh produk", "en": "product touchpoint"},
        "c3": {"id": "titik sentuh manusia (pihak perusahaan)", "en": "human touchpoint (with the company)"},
        "c4": {"id": "titik sentuh di luar kendali: antarpelanggan", "en": "touchpoint out of control: among customers"},
    },
    items={
        "t01": {"id": "Instagram", "en": "Instagram"},
        "t02": {"id": "WhatsApp", "en": "WhatsApp"},
        "t03": {"id": "situs web", "en": "the website"},
        "t04": {"id": "telepon", "en": "the telephone"},
        "t05": {"id": "toko eceran", "en": "the retail shop"},
        "t06": {"id": "surel", "en": "e-mail"},
        "t07": {"id": "membuka kemasan barang", "en": "opening the product's package"},
        "t08": {"id": "memakai sepatu untuk pertama kali", "en": "wearing the shoes for the first time"},
        "t09": {"id": "membaca buku petunjuk alat", "en": "reading the manual of the device"},
        "t10": {"id": "menggesek kartu baru", "en": "using the new card"},
        "t11": {"id": "membuang botol kosong", "en": "disposing of the empty bottle"},
        "t12": {"id": "mencoba contoh produk", "en": "trying a sample"},
        "t13": {"id": "percakapan dengan staf lewat pesan langsung", "en": "a talk with staff by direct message"},
        "t14": {"id": "perawat menjelaskan jadwal obat", "en": "a nurse explains when to take the medicine"},
        "t15": {"id": "petugas mendengarkan keluhan di meja layanan", "en": "a clerk listens to a complaint at the service desk"},
        "t16": {"id": "tenaga penjual menjawab pertanyaan lewat panggilan", "en": "a seller answers a question in a call"},
        "t17": {"id": "kasir membantu menukar barang", "en": "a cashier helps to exchange an item"},
        "t18": {"id": "konsultan menelepon untuk menjernihkan tagihan", "en": "an adviser calls to clear up a bill"},
        "t19": {"id": "cerita dari mulut ke mulut di kantor", "en": "word of mouth at the office"},
        "t20": {"id": "pembeli saling menjawab di kolom komentar", "en": "buyers answering each other in the comments"},
        "t21": {"id": "ulasan yang ditulis pembeli lain", "en": "a review written by another buyer"},
        "t22": {"id": "rekomendasi seorang teman di grup keluarga", "en": "a friend's advice in the family group"},
        "t23": {"id": "video pengguna yang membandingkan merek", "en": "a user's video that compares brands"},
        "t24": {"id": "obrolan pasien di ruang tunggu", "en": "patients chatting in the waiting room"},
    },
    shown={
        "fashion": ["t01", "t03", "t05", "t07", "t08", "t12", "t13", "t16", "t17", "t20", "t21", "t23"],
        "clinic": ["t02", "t04", "t06", "t09", "t11", "t12", "t14", "t15", "t18", "t19", "t22", "t24"],
        "bank": ["t02", "t03", "t04", "t07", "t09", "t10", "t13", "t15", "t18", "t19", "t21", "t22"],
    },
    title={"id": "Titik sentuh atau kanal?", "en": "Touchpoint or channel?"},
    rows=("T02", "T01"), book="7.4", notebook="17-touchpoints", app="journey", function="crm.journeys.touchpoints", points=1,
)

# %% [markdown] lang="id" part="task" variant="fashion"
# Seorang pelanggan toko busana bertemu dengan merek ini. Kanal adalah jalan yang dilewati; titik sentuh adalah pertemuannya sendiri. Golongkan sepuluh butir berikut.

# %% [markdown] lang="en" part="task" variant="fashion"
# A customer of a fashion shop meets the brand. A channel is the way it takes; a touchpoint is the encounter itself. Classify these ten items.

# %% [markdown] lang="id" part="task" variant="clinic"
# Seorang pasien bertemu dengan sebuah klinik. Kanal adalah jalan yang dilewati; titik sentuh adalah pertemuannya sendiri. Golongkan sepuluh butir berikut.

# %% [markdown] lang="en" part="task" variant="clinic"
# A patient meets a clinic. A channel is the way it takes; a touchpoint is the encounter itself. Classify these ten items.

# %% [markdown] lang="id" part="task" variant="bank"
# Seorang nasabah bertemu dengan sebuah bank. Kanal adalah jalan yang dilewati; titik sentuh adalah pertemuannya sendiri. Golongkan sepuluh butir berikut.

# %% [markdown] lang="en" part="task" variant="bank"
# A customer meets a bank. A channel is the way it takes; a touchpoint is the encounter itself. Classify these ten items.

# %% [markdown] lang="id" part="hint"
# Kanal dapat disebut tanpa kata kerja; titik sentuh adalah sesuatu yang terjadi.

# %% [markdown] lang="en" part="hint"
# A channel can be named without a verb; a touchpoint is something that happens.

# %% [markdown] lang="id" part="hint"
# Untuk setiap titik sentuh: dengan barangnya, dengan orang dari perusahaan, atau antara sesama pelanggan?

# %% [markdown] lang="en" part="hint"
# For each touchpoint: with the thing itself, with a person of the company, or among customers?

# %% part="solution"
q.answer = {f"t{i:02d}": "c1" if i <= 6 else "c2" if i <= 12 else "c3" if i <= 18 else "c4" for i in range(1, 25)}

# %% [markdown] lang="id" part="why"
# Buku (§7.4) mencontohkan media sosial sebagai kanal, sedangkan pesan langsung dan kolom komentar adalah titik sentuhnya. Satu kanal memuat banyak titik sentuh, dan satu titik sentuh dapat terjadi lewat beberapa kanal; karena itu dalam data, kanal adalah sifat dari kejadian. Buku sendiri menyebut telepon dan surel sebagai tempat titik sentuh dapat dilakukan, yang mudah terbaca sebagai titik sentuh.

# %% [markdown] lang="en" part="why"
# The book (§7.4) gives social media as a channel, direct messages and comments as its touchpoints. One channel holds many touchpoints, and one touchpoint may happen over several channels; so in data the channel is an attribute of the event. The book also lists telephone and e-mail as places where touchpoints happen, which is easily read as if they were touchpoints.

# %% part="wrong" name="channel_for_touchpoint"
q.answer = {f"t{i:02d}": "c3" if i <= 6 else "c2" if i <= 12 else "c3" if i <= 18 else "c4" for i in range(1, 25)}

# %% [markdown] lang="id" part="wrong" name="channel_for_touchpoint"
# Sebuah kanal Anda sebut titik sentuh. Apa yang sebenarnya terjadi di kanal itu?

# %% [markdown] lang="en" part="wrong" name="channel_for_touchpoint"
# You called a channel a touchpoint. What actually happens in that channel?

# %% part="wrong" name="touchpoint_for_channel"
q.answer = {f"t{i:02d}": "c1" if i <= 18 else "c4" for i in range(1, 25)}

# %% [markdown] lang="id" part="wrong" name="touchpoint_for_channel"
# Sebuah pertemuan Anda sebut kanal. Lewat jalan apa pertemuan itu terjadi, dan apa pertemuannya?

# %% [markdown] lang="en" part="wrong" name="touchpoint_for_channel"
# You called an encounter a channel. By which way does it happen, and what is the encounter?

# %% part="wrong" name="all_controlled"
q.answer = {f"t{i:02d}": "c1" if i <= 6 else "c2" if i <= 12 else "c3" for i in range(1, 25)}

# %% [markdown] lang="id" part="wrong" name="all_controlled"
# Percakapan antarpelanggan Anda masukkan ke pertemuan dengan perusahaan. Siapa dari perusahaan yang ikut di dalamnya?

# %% [markdown] lang="en" part="wrong" name="all_controlled"
# Talk among customers was put with the encounters with the company. Who of the company takes part in it?

# %% part="question"
question(
    "owned_share", kind="number", unit="percent", digits=4, level="independent", data="contacts", variants=("cost", "minutes", "order_value"),
    title={"id": "Titik sentuh yang ada pemiliknya", "en": "Touchpoints with an owner"},
    rows=("T01",), book="7.4", notebook="17-touchpoints", app="journey", function="crm.journeys.touchpoints", points=2,
)

# %% [markdown] lang="id" part="task"
# Tabel `inventory` mendaftar titik sentuh dan pemiliknya (`owner`, kosong bila belum ada); `contacts` memuat kontak setahun. Ada titik sentuh dalam `contacts` yang tidak terdaftar: itu **tanpa** pemilik. Berapa **persen** dari {what} (`{column}`) terjadi pada titik sentuh yang ada pemiliknya?

# %% [markdown] lang="en" part="task"
# The table `inventory` lists touchpoints and their owners (`owner`, blank where there is none yet); `contacts` holds a year's contacts. Some touchpoints in `contacts` are not in the list: they have **no** owner. What **percentage** of {what} (`{column}`) falls to touchpoints that have an owner?

# %% [markdown] lang="id" part="hint"
# Gabungkan dengan `how="left"` supaya kontak yang tidak terdaftar tetap ada di penyebut.

# %% [markdown] lang="en" part="hint"
# Merge with `how="left"`, so that contacts at unlisted touchpoints stay in the denominator.

# %% [markdown] lang="id" part="hint"
# Pemilik yang kosong adalah teks kosong `""`, bukan NaN; yang tidak terdaftar menjadi NaN. Keduanya bukan pemilik.

# %% [markdown] lang="en" part="hint"
# A blank owner is an empty text `""`, not NaN; what is not listed becomes NaN. Neither is an owner.

# %% part="solution"
joined = q.data["contacts"].merge(q.data["inventory"], on="touchpoint", how="left")
owned = joined["owner"].fillna("") != ""
q.answer = 100 * joined.loc[owned, q.variant].sum() / joined[q.variant].sum()

# %% [markdown] lang="id" part="why"
# Dua belas titik sentuh dengan tiga tanpa pemilik berarti 75,0 % titik sentuh dimiliki, tetapi pelanggan tidak bertemu titik sentuh sama seringnya; timbanglah dengan apa yang terjadi di sana. Buku (§7.4) membahas titik sentuh yang dapat dan tidak dapat dikendalikan; tanpa pemilik, yang dapat dikendalikan pun tidak dikendalikan.

# %% [markdown] lang="en" part="why"
# Twelve touchpoints of which three have no owner make 75.0 % of touchpoints owned, but customers do not meet all of them equally often; weigh by what happens there. The book (§7.4) speaks of touchpoints that can and cannot be controlled; without an owner even those that can be are not.

# %% part="wrong" name="touchpoints_counted"
q.answer = 100 * (q.data["inventory"]["owner"] != "").mean()

# %% [markdown] lang="id" part="wrong" name="touchpoints_counted"
# Itu pangsa dari daftar titik sentuh. Apakah setiap titik sentuh sama berat?

# %% [markdown] lang="en" part="wrong" name="touchpoints_counted"
# That is a share of the list of touchpoints. Does every touchpoint weigh the same?

# %% part="wrong" name="unlisted_dropped"
joined = q.data["contacts"].merge(q.data["inventory"], on="touchpoint")
q.answer = 100 * joined.loc[joined["owner"] != "", q.variant].sum() / joined[q.variant].sum()

# %% [markdown] lang="id" part="wrong" name="unlisted_dropped"
# Titik sentuh yang tidak terdaftar hilang saat penggabungan. Apakah kontaknya tidak terjadi?

# %% [markdown] lang="en" part="wrong" name="unlisted_dropped"
# Unlisted touchpoints were lost in the merge. Did those contacts not happen?

# %% part="wrong" name="blank_is_an_owner"
joined = q.data["contacts"].merge(q.data["inventory"], on="touchpoint", how="left")
q.answer = 100 * joined.loc[joined["owner"].notna(), q.variant].sum() / joined[q.variant].sum()

# %% [markdown] lang="id" part="wrong" name="blank_is_an_owner"
# Teks kosong dianggap nama pemilik. Siapa yang akan Anda telepon?

# %% [markdown] lang="en" part="wrong" name="blank_is_an_owner"
# An empty text was taken for an owner's name. Whom would you call?

# %% part="wrong" name="contacts_counted"
joined = q.data["contacts"].merge(q.data["inventory"], on="touchpoint", how="left")
q.answer = 100 * (joined["owner"].fillna("") != "").mean()

# %% [markdown] lang="id" part="wrong" name="contacts_counted"
# Yang dihitung banyaknya kontak. Besaran mana yang ditanyakan?

# %% [markdown] lang="en" part="wrong" name="contacts_counted"
# Contacts were counted. Which quantity was asked for?

# %% part="question"
question(
    "moments_of_truth", kind="blanks", level="faded", data="moments", variants=("clinic", "shoes", "course"),
    parts={
        "fmot_share": {"kind": "number", "unit": "percent", "digits": 4,
                       "says": {"id": "persen dari ZMOT yang sampai ke FMOT", "en": "percentage of those at ZMOT who reach FMOT"}},
        "smot_share": {"kind": "number", "unit": "percent", "digits": 4,
                       "says": {"id": "persen dari FMOT yang sampai ke SMOT", "en": "percentage of those at FMOT who reach SMOT"}},
        "through": {"kind": "number", "unit": "percent", "digits": 4,
                    "says": {"id": "persen dari ZMOT yang sampai ke TMOT", "en": "percentage of those at ZMOT who reach TMOT"}},
    },
    title={"id": "Dari momen ke momen kebenaran", "en": "From one moment of truth to the next"},
    rows=("M01",), book="7.4", notebook="17-touchpoints", app="journey", function="crm.journeys.moments", points=2,
)

# %% [markdown] lang="id" part="task"
# Momen kebenaran sebuah {what}. Tabel `people` memuat saat setiap orang mengalami `zmot`, `fmot`, `smot`, `tmot`; kosong bila tidak pernah. Corong dimulai dari orang yang punya `zmot`. Sebuah momen tercapai bila momen sebelumnya tercapai **dan** saatnya tidak mendahului momen sebelumnya.
#
# Contoh: 1.000 → 400 → 160 → 40 orang berarti 40 %, 40 %, 25 %, dan seluruhnya 4,0 %.

# %% [markdown] lang="en" part="task"
# The moments of truth of a {what}. The table `people` says when each person met `zmot`, `fmot`, `smot`, `tmot`; empty where it never happened. The funnel begins with the people who have a `zmot`. A moment is reached when the one before was reached **and** it does not lie before that one.
#
# An example: 1,000 → 400 → 160 → 40 people mean 40 %, 40 %, 25 %, and 4.0 % all the way.

# %% part="start"
people = q.data["people"]
at_zmot = people["zmot"].notna()
at_fmot = at_zmot & (people["fmot"] >= people["zmot"])
at_smot = ...
at_tmot = ...
print(100 * at_fmot.sum() / at_zmot.sum())  # fmot_share
q.answer = {"fmot_share": ..., "smot_share": ..., "through": ...}

# %% [markdown] lang="id" part="hint"
# Perbandingan dengan tanggal kosong menghasilkan salah, jadi `people["fmot"] >= people["zmot"]` sudah membuang yang kosong.

# %% [markdown] lang="en" part="hint"
# A comparison with an empty date is false, so `people["fmot"] >= people["zmot"]` leaves out the empty ones already.

# %% [markdown] lang="id" part="hint"
# `smot_share` dibagi orang yang sampai ke FMOT; `through` dibagi orang pada ZMOT.

# %% [markdown] lang="en" part="hint"
# `smot_share` is divided by those who reached FMOT; `through` by those at ZMOT.

# %% part="solution"
people = q.data["people"]
at_zmot = people["zmot"].notna()
at_fmot = at_zmot & (people["fmot"] >= people["zmot"])
at_smot = at_fmot & (people["smot"] >= people["fmot"])
at_tmot = at_smot & (people["tmot"] >= people["smot"])
q.answer = {
    "fmot_share": 100 * at_fmot.sum() / at_zmot.sum(),
    "smot_share": 100 * at_smot.sum() / at_fmot.sum(),
    "through": 100 * at_tmot.sum() / at_zmot.sum(),
}

# %% part="package"
events = q.data["people"].melt("person_id", var_name="touchpoint", value_name="occurred_at").dropna()
log = crm.journeys.event_log(events, as_of="2020-12-31")
told = crm.journeys.moments(log, {m: f"touchpoint == '{m}'" for m in ("zmot", "fmot", "smot", "tmot")})
share = (100 * told.table["share_of_previous"]).tolist()
q.answer = {"fmot_share": share[1], "smot_share": share[2], "through": 100 * told.facts["last_share"]}

# %% [markdown] lang="id" part="why"
# Buku (§7.4) menyebut FMOT, SMOT, TMOT, lalu ZMOT dari Google (2011), dan mengutip 88 % pelanggan AS yang meneliti daring sebelum membeli. Itu pangsa orang yang meneliti, bukan pangsa peneliti yang membeli; corong Anda menjawab yang kedua. Orang yang memberi ulasan tanpa pernah mencari memang ada, tetapi bukan bagian dari corong ini.

# %% [markdown] lang="en" part="why"
# The book (§7.4) names FMOT, SMOT and TMOT, then Google's ZMOT (2011), and cites 88 % of American customers who research online before they buy. That is the share of buyers who research, not of researchers who buy; your funnel answers the second. People who review without ever searching exist, but they are no part of this funnel.

# %% part="wrong" name="any_order"
people = q.data["people"]
n = people.notna().sum()
q.answer = {"fmot_share": 100 * n["fmot"] / n["zmot"], "smot_share": 100 * n["smot"] / n["fmot"], "through": 100 * n["tmot"] / n["zmot"]}

# %% [markdown] lang="id" part="wrong" name="any_order"
# Setiap momen dihitung sendiri-sendiri, juga bagi orang yang tidak pernah ada pada ZMOT. Siapa yang ada di penyebut?

# %% [markdown] lang="en" part="wrong" name="any_order"
# Each moment was counted by itself, with people who never were at ZMOT. Who stands in the denominator?

# %% part="wrong" name="time_ignored"
people = q.data["people"]
at_zmot = people["zmot"].notna()
at_fmot = at_zmot & people["fmot"].notna()
at_smot = at_fmot & people["smot"].notna()
at_tmot = at_smot & people["tmot"].notna()
q.answer = {
    "fmot_share": 100 * at_fmot.sum() / at_zmot.sum(),
    "smot_share": 100 * at_smot.sum() / at_fmot.sum(),
    "through": 100 * at_tmot.sum() / at_zmot.sum(),
}

# %% [markdown] lang="id" part="wrong" name="time_ignored"
# Momen yang terjadi sebelum momen pendahulunya ikut dihitung. Apa yang dikatakan tanggalnya?

# %% [markdown] lang="en" part="wrong" name="time_ignored"
# Moments that happened before the one they should follow were counted. What do the dates say?

# %% part="wrong" name="share_of_first"
people = q.data["people"]
at_zmot = people["zmot"].notna()
at_fmot = at_zmot & (people["fmot"] >= people["zmot"])
at_smot = at_fmot & (people["smot"] >= people["fmot"])
at_tmot = at_smot & (people["tmot"] >= people["smot"])
q.answer = {
    "fmot_share": 100 * at_fmot.sum() / at_zmot.sum(),
    "smot_share": 100 * at_smot.sum() / at_zmot.sum(),
    "through": 100 * at_tmot.sum() / at_zmot.sum(),
}

# %% [markdown] lang="id" part="wrong" name="share_of_first"
# `smot_share` dibagi orang pada ZMOT. Dari siapa langkah ini dimulai?

# %% [markdown] lang="en" part="wrong" name="share_of_first"
# `smot_share` was divided by the people at ZMOT. From whom does this step begin?

# %% part="wrong" name="mean_of_steps"
people = q.data["people"]
at_zmot = people["zmot"].notna()
at_fmot = at_zmot & (people["fmot"] >= people["zmot"])
at_smot = at_fmot & (people["smot"] >= people["fmot"])
at_tmot = at_smot & (people["tmot"] >= people["smot"])
steps = [at_fmot.sum() / at_zmot.sum(), at_smot.sum() / at_fmot.sum(), at_tmot.sum() / at_smot.sum()]
q.answer = {"fmot_share": 100 * steps[0], "smot_share": 100 * steps[1], "through": 100 * sum(steps) / 3}

# %% [markdown] lang="id" part="wrong" name="mean_of_steps"
# `through` adalah rata-rata tiga langkah. Berapa orang yang benar-benar sampai ke akhir, dari berapa yang mulai?

# %% [markdown] lang="en" part="wrong" name="mean_of_steps"
# `through` is the mean of three steps. How many people really came to the end, of how many who began?

# %% part="question"
question(
    "engagement", kind="table", columns=("measure", "per_post", "per_1000"), decimals=2, level="independent", data="posts",
    variants=("bakery", "museum", "gym"), title={"id": "Percakapan, penyebaran, tepuk tangan", "en": "Conversation, amplification, applause"},
    rows=("E01",), book="7.4", notebook="17-touchpoints", app="experience", function="crm.journeys.engagement", points=2,
)

# %% [markdown] lang="id" part="task"
# Tabel `posts` memuat unggahan sebuah {what} dengan {followers:count} pengikut. Unggahan berbayar (`paid`) **tidak** dihitung. Buat tabel tiga baris `conversation`, `amplification`, `applause` menurut pengertian Kaushik dalam buku, dengan `per_post` (rata-rata per unggahan) dan `per_1000` (seluruh reaksi per 1.000 pengikut). Tepuk tangan mencakup suka, love, dan klik.

# %% [markdown] lang="en" part="task"
# The table `posts` holds the posts of a {what} with {followers:count} followers. Paid posts (`paid`) do **not** count. Make a table of three rows `conversation`, `amplification`, `applause` as the book tells Kaushik's ideas, with `per_post` (the mean of a post) and `per_1000` (all reactions for every 1,000 followers). Applause takes in likes, loves and clicks.

# %% [markdown] lang="id" part="hint"
# Percakapan terjadi di antara pengguna; penyebaran membawa pesan ke orang lain; tepuk tangan adalah respons singkat.

# %% [markdown] lang="en" part="hint"
# Conversation goes on among users; amplification carries the message to others; applause is a short response.

# %% [markdown] lang="id" part="hint"
# Contoh: 20 unggahan dengan 300 komentar dan 50.000 pengikut memberi 15 per unggahan dan 6,0 per 1.000 pengikut.

# %% [markdown] lang="en" part="hint"
# An example: 20 posts with 300 comments and 50,000 followers give 15 a post and 6.0 for every 1,000 followers.

# %% part="solution"
posts = q.data["posts"]
own = posts[~posts["paid"]]
reactions = pd.DataFrame({
    "conversation": own["comments"],
    "amplification": own["shares"],
    "applause": own["likes"] + own["loves"] + own["clicks"],
})
q.answer = pd.DataFrame({
    "measure": reactions.columns,
    "per_post": reactions.mean().to_numpy(),
    "per_1000": 1000 * reactions.sum().to_numpy() / q.data["followers"],
})

# %% part="package"
posts = q.data["posts"]
own = posts[~posts["paid"]].assign(likes=lambda t: t["likes"] + t["loves"] + t["clicks"])
q.answer = crm.journeys.engagement(own[["comments", "shares", "likes"]], followers=q.data["followers"]).table[["measure", "per_post", "per_1000"]]

# %% [markdown] lang="id" part="why"
# Buku (§7.4) meneruskan pembagian Kaushik: percakapan, penyebaran, dan respons singkat. Ketiganya tidak dijumlahkan, sebab satu klik bukan satu percakapan. Jumlah pengikut membuat dua akun dapat dibandingkan; reaksi berbayar dibeli, bukan keterlibatan.

# %% [markdown] lang="en" part="why"
# The book (§7.4) passes on Kaushik's division: conversation, amplification and short responses. They are not added up, for a click is no conversation. Followers make two accounts comparable; paid reactions are bought and no engagement.

# %% part="wrong" name="shares_for_comments"
posts = q.data["posts"]
own = posts[~posts["paid"]]
reactions = pd.DataFrame({"conversation": own["shares"], "amplification": own["comments"], "applause": own["likes"] + own["loves"] + own["clicks"]})
q.answer = pd.DataFrame({"measure": reactions.columns, "per_post": reactions.mean().to_numpy(), "per_1000": 1000 * reactions.sum().to_numpy() / q.data["followers"]})

# %% [markdown] lang="id" part="wrong" name="shares_for_comments"
# Percakapan dan penyebaran tertukar. Mana yang membawa pesan ke orang yang belum melihatnya?

# %% [markdown] lang="en" part="wrong" name="shares_for_comments"
# Conversation and amplification are swapped. Which carries the message to people who have not seen it?

# %% part="wrong" name="likes_only"
posts = q.data["posts"]
own = posts[~posts["paid"]]
reactions = pd.DataFrame({"conversation": own["comments"], "amplification": own["shares"], "applause": own["likes"]})
q.answer = pd.DataFrame({"measure": reactions.columns, "per_post": reactions.mean().to_numpy(), "per_1000": 1000 * reactions.sum().to_numpy() / q.data["followers"]})

# %% [markdown] lang="id" part="wrong" name="likes_only"
# Tepuk tangan hanya berisi suka. Respons singkat apa lagi yang disebut soal?

# %% [markdown] lang="en" part="wrong" name="likes_only"
# Applause holds likes alone. Which other short responses does the task name?

# %% part="wrong" name="paid_counted"
own = q.data["posts"]
reactions = pd.DataFrame({"conversation": own["comments"], "amplification": own["shares"], "applause": own["likes"] + own["loves"] + own["clicks"]})
q.answer = pd.DataFrame({"measure": reactions.columns, "per_post": reactions.mean().to_numpy(), "per_1000": 1000 * reactions.sum().to_numpy() / q.data["followers"]})

# %% [markdown] lang="id" part="wrong" name="paid_counted"
# Unggahan berbayar ikut dihitung. Siapa yang mendorong reaksinya?

# %% [markdown] lang="en" part="wrong" name="paid_counted"
# Paid posts were counted. Who brought about their reactions?

# %% part="wrong" name="posts_and_followers"
posts = q.data["posts"]
own = posts[~posts["paid"]]
reactions = pd.DataFrame({"conversation": own["comments"], "amplification": own["shares"], "applause": own["likes"] + own["loves"] + own["clicks"]})
q.answer = pd.DataFrame({"measure": reactions.columns, "per_post": reactions.mean().to_numpy(), "per_1000": 1000 * reactions.mean().to_numpy() / q.data["followers"]})

# %% [markdown] lang="id" part="wrong" name="posts_and_followers"
# `per_1000` dibagi dua kali: oleh unggahan dan oleh pengikut. Apa kata soal tentang pembilangnya?

# %% [markdown] lang="en" part="wrong" name="posts_and_followers"
# `per_1000` was divided twice, by posts and by followers. What does the task say of the numerator?

# %% part="question"
question(
    "priorities_of_steps", kind="table", columns=("step", "emotion", "priority"), decimals=3, level="independent", data="journey",
    variants=("hospital", "bank", "retailer"), title={"id": "Langkah mana yang didahulukan?", "en": "Which step comes first?"},
    rows=("J01",), book="article: journeys", notebook="18-journey-mapping", app="journey", function="crm.journeys.JourneyMap.result", points=2,
)

# %% [markdown] lang="id" part="task"
# Peta perjalanan {what}. `answers` memuat perasaan pada tiap langkah, −2 sampai +2; kode 9 berarti **tidak menjawab**. `steps` memuat urutan dan jangkauan (`reach`, orang per bulan). Buat tabel satu baris untuk setiap langkah: `emotion` (rata-rata) dan `priority` = jangkauan × jarak di bawah netral; langkah yang rata-ratanya nol atau lebih berprioritas 0.

# %% [markdown] lang="en" part="task"
# The journey map of {what}. `answers` holds what people felt at each step, −2 to +2; the code 9 means **no answer**. `steps` holds the order and the reach (`reach`, people a month). Make a table with one row for each step: `emotion` (the mean) and `priority` = reach × how far below neutral; a step whose mean is zero or more has priority 0.

# %% [markdown] lang="id" part="hint"
# Buang kode 9 sebelum menghitung rata-rata.

# %% [markdown] lang="en" part="hint"
# Take out the code 9 before the mean.

# %% [markdown] lang="id" part="hint"
# Contoh: rata-rata −1,1 dengan jangkauan 400 memberi 440; rata-rata +0,9 memberi 0. `(-emotion).clip(lower=0)`.

# %% [markdown] lang="en" part="hint"
# An example: a mean of −1.1 with a reach of 400 gives 440; a mean of +0.9 gives 0. `(-emotion).clip(lower=0)`.

# %% part="solution"
answers, steps = q.data["answers"], q.data["steps"]
mean = answers[answers["emotion"] != 9].groupby("step")["emotion"].mean()
table = steps.assign(emotion=steps["step"].map(mean))
table["priority"] = table["reach"] * (-table["emotion"]).clip(lower=0)
q.answer = table[["step", "emotion", "priority"]]

# %% [markdown] lang="id" part="why"
# Artikel tentang perjalanan meminta emosi dievaluasi pada setiap tahap, tanpa skala dan tanpa cara memilih. Skala −2 sampai +2 dan prioritas = jangkauan × jarak di bawah netral adalah pilihan kami: langkah yang sedikit buruk bagi banyak orang dapat mendahului langkah yang sangat buruk bagi sedikit orang. Setiap peluang lalu perlu seorang pemilik.

# %% [markdown] lang="en" part="why"
# The article on journeys wants emotions judged at every stage and gives neither a scale nor a way to choose. The scale of −2 to +2 and priority = reach × distance below neutral are our choice: a step that is a little bad for many may come before one that is very bad for few. Each opportunity then needs an owner.

# %% part="wrong" name="nines_counted"
answers, steps = q.data["answers"], q.data["steps"]
table = steps.assign(emotion=steps["step"].map(answers.groupby("step")["emotion"].mean()))
table["priority"] = table["reach"] * (-table["emotion"]).clip(lower=0)
q.answer = table[["step", "emotion", "priority"]]

# %% [markdown] lang="id" part="wrong" name="nines_counted"
# Kode 9 ikut dirata-ratakan. Mungkinkah seseorang merasa 9 pada skala −2 sampai +2?

# %% [markdown] lang="en" part="wrong" name="nines_counted"
# The code 9 went into the mean. Can anybody feel 9 on a scale of −2 to +2?

# %% part="wrong" name="gladness_ranked"
answers, steps = q.data["answers"], q.data["steps"]
mean = answers[answers["emotion"] != 9].groupby("step")["emotion"].mean()
table = steps.assign(emotion=steps["step"].map(mean))
table["priority"] = table["reach"] * table["emotion"].abs()
q.answer = table[["step", "emotion", "priority"]]

# %% [markdown] lang="id" part="wrong" name="gladness_ranked"
# Langkah yang menyenangkan pun mendapat prioritas perbaikan. Apa arti tanda pada rata-ratanya?

# %% [markdown] lang="en" part="wrong" name="gladness_ranked"
# Even pleasant steps got a priority for repair. What does the sign of the mean say?

# %% part="wrong" name="answers_for_reach"
answers, steps = q.data["answers"], q.data["steps"]
known = answers[answers["emotion"] != 9].groupby("step")["emotion"]
table = steps.assign(emotion=steps["step"].map(known.mean()), n=steps["step"].map(known.count()))
table["priority"] = table["n"] * (-table["emotion"]).clip(lower=0)
q.answer = table[["step", "emotion", "priority"]]

# %% [markdown] lang="id" part="wrong" name="answers_for_reach"
# Jangkauan diganti banyaknya jawaban survei. Berapa orang yang sebenarnya melewati langkah itu?

# %% [markdown] lang="en" part="wrong" name="answers_for_reach"
# The number of survey answers took the place of reach. How many people really pass that step?

# %% part="wrong" name="nines_are_neutral"
answers, steps = q.data["answers"], q.data["steps"]
mean = answers["emotion"].replace(9, 0).groupby(answers["step"]).mean()
table = steps.assign(emotion=steps["step"].map(mean))
table["priority"] = table["reach"] * (-table["emotion"]).clip(lower=0)
q.answer = table[["step", "emotion", "priority"]]

# %% [markdown] lang="id" part="wrong" name="nines_are_neutral"
# Yang tidak menjawab dianggap netral. Apakah diam sama dengan nol?

# %% [markdown] lang="en" part="wrong" name="nines_are_neutral"
# No answer was taken for neutral. Is silence the same as zero?

# %% part="question"
question(
    "emotion_curve", kind="figure", must=("title", "axis_titles"), ordered=True, decimals=3, level="independent", data="journey",
    variants=("hospital", "bank", "retailer"), title={"id": "Kurva emosi", "en": "The emotion curve"},
    rows=("J01",), book="article: journeys", notebook="18-journey-mapping", app="journey", function="crm.charts.draw", points=2,
)

# %% [markdown] lang="id" part="task"
# Gambarlah kurva emosi perjalanan {what} sebagai **garis**: rata-rata perasaan (tanpa kode 9) pada setiap langkah, **dalam urutan perjalanan** (`place` dalam `steps`), dengan judul dan nama kedua sumbu.

# %% [markdown] lang="en" part="task"
# Draw the emotion curve of the journey of {what} as a **line**: the mean feeling (without the code 9) at each step, **in the order of the journey** (`place` in `steps`), with a title and names for both axes.

# %% [markdown] lang="id" part="hint"
# `groupby("step")` mengurutkan menurut abjad. Kembalikan ke urutan `steps["step"]`.

# %% [markdown] lang="en" part="hint"
# `groupby("step")` sorts by the alphabet. Bring it back to the order of `steps["step"]`.

# %% [markdown] lang="id" part="hint"
# `go.Figure(go.Scatter(x=..., y=..., mode="lines+markers"))`, lalu `update_layout(title=..., xaxis_title=..., yaxis_title=...)`.

# %% [markdown] lang="en" part="hint"
# `go.Figure(go.Scatter(x=..., y=..., mode="lines+markers"))`, then `update_layout(title=..., xaxis_title=..., yaxis_title=...)`.

# %% part="solution"
import plotly.graph_objects as go

answers, steps = q.data["answers"], q.data["steps"].sort_values("place")
mean = answers[answers["emotion"] != 9].groupby("step")["emotion"].mean()
fig = go.Figure(go.Scatter(x=steps["step"], y=steps["step"].map(mean), mode="lines+markers"))
fig.update_layout(title="Emotion along the journey", xaxis_title="Step", yaxis_title="Mean emotion (-2 to 2)")
q.answer = fig

# %% [markdown] lang="id" part="why"
# Garis boleh dipakai karena langkah perjalanan berurutan; urutan itulah yang membuat naik dan turunnya bermakna. Urutan abjad menggambar perjalanan yang tidak pernah dilalui siapa pun.

# %% [markdown] lang="en" part="why"
# A line is fit here because the steps of a journey have an order, and that order gives its ups and downs a meaning. The alphabet draws a journey that nobody ever made.

# %% part="wrong" name="by_the_alphabet"
import plotly.graph_objects as go

answers = q.data["answers"]
mean = answers[answers["emotion"] != 9].groupby("step")["emotion"].mean()
fig = go.Figure(go.Scatter(x=mean.index, y=mean, mode="lines+markers"))
fig.update_layout(title="Emotion along the journey", xaxis_title="Step", yaxis_title="Mean emotion (-2 to 2)")
q.answer = fig

# %% [markdown] lang="id" part="wrong" name="by_the_alphabet"
# Langkah berdiri menurut abjad. Dalam urutan apa pelanggan melaluinya?

# %% [markdown] lang="en" part="wrong" name="by_the_alphabet"
# The steps stand by the alphabet. In what order do customers pass them?

# %% part="wrong" name="nines_drawn"
import plotly.graph_objects as go

steps = q.data["steps"].sort_values("place")
mean = q.data["answers"].groupby("step")["emotion"].mean()
fig = go.Figure(go.Scatter(x=steps["step"], y=steps["step"].map(mean), mode="lines+markers"))
fig.update_layout(title="Emotion along the journey", xaxis_title="Step", yaxis_title="Mean emotion (-2 to 2)")
q.answer = fig

# %% [markdown] lang="id" part="wrong" name="nines_drawn"
# Kode 9 (tidak menjawab) ikut dirata-ratakan. Apa arti kode itu?

# %% [markdown] lang="en" part="wrong" name="nines_drawn"
# The code 9 (no answer) went into the means. What does that code stand for?

# %% part="wrong" name="bars_for_a_way"
import plotly.graph_objects as go

answers, steps = q.data["answers"], q.data["steps"].sort_values("place")
mean = answers[answers["emotion"] != 9].groupby("step")["emotion"].mean()
fig = go.Figure(go.Bar(x=steps["step"], y=steps["step"].map(mean)))
fig.update_layout(title="Emotion along the journey", xaxis_title="Step", yaxis_title="Mean emotion (-2 to 2)")
q.answer = fig

# %% [markdown] lang="id" part="wrong" name="bars_for_a_way"
# Nilainya tepat, tetapi batang membandingkan besar; soal ini meminta jalannya. Bentuk apa yang memperlihatkan naik dan turun dari langkah ke langkah?

# %% [markdown] lang="en" part="wrong" name="bars_for_a_way"
# The values are right, but bars compare sizes; the task asks for the way. Which form shows ups and downs from step to step?

# %% part="question"
question(
    "how_fast", kind="number", unit="percent", digits=4, style="mistake", level="independent", data="speed",
    variants=("day", "three_days", "week"), title={"id": "Secepat apa mereka mempertimbangkan?", "en": "How fast do they consider?"},
    rows=("J15",), book="article: journeys", notebook="18-journey-mapping", app="journey", function="crm.journeys.time_between", points=3,
)

# %% [markdown] lang="id" part="task"
# Artikel tentang perjalanan menyebut 32 % konsumen berpindah dari sadar ke mempertimbangkan dalam satu hari. Seorang rekan menghitung pada data Anda:
#
# ```python
# arrived = people["days_to_consideration"].dropna()
# (arrived <= {limit}).mean()
# ```
#
# dan melaporkan {reported:share}. Tabel `people` juga memuat orang yang **belum** sampai (kosong) dan berapa hari mereka diikuti (`days_followed`); sebagian baru diikuti sebentar. Temukan kesalahannya, lalu hitung dengan taksiran Kaplan-Meier: berapa **persen** sudah mempertimbangkan dalam {span}?

# %% [markdown] lang="en" part="task"
# The article on journeys says that 32 % of consumers move from awareness to consideration within a day. A colleague computed on your data:
#
# ```python
# arrived = people["days_to_consideration"].dropna()
# (arrived <= {limit}).mean()
# ```
#
# and reported {reported:share}. The table `people` also holds those who have **not** arrived (empty) and for how many days they were followed (`days_followed`); some only for a short time. Find the mistake, then use the Kaplan-Meier estimate: what **percentage** considers within {span}?

# %% [markdown] lang="id" part="hint"
# Waktu setiap orang: hari sampai tiba bila sudah tiba, kalau tidak hari ia diikuti. Urutkan menurut waktu itu.

# %% [markdown] lang="en" part="hint"
# Each person's time: the days until arrival if arrived, otherwise the days followed. Sort by it.

# %% [markdown] lang="id" part="hint"
# Pada setiap kedatangan, yang belum tiba dikalikan (1 − 1/n), dengan n orang yang masih menunggu dan masih diikuti saat itu.

# %% [markdown] lang="en" part="hint"
# At every arrival the share still waiting is multiplied by (1 − 1/n), with n people who are still waiting and still followed.

# %% [markdown] lang="id" part="hint"
# Setelah diurutkan, n berjalan dari banyaknya orang turun ke 1: `np.arange(len(t), 0, -1)`. Kalikan faktor sampai waktu {limit}, lalu 1 dikurangi hasilnya.

# %% [markdown] lang="en" part="hint"
# Once sorted, n runs from the number of people down to 1: `np.arange(len(t), 0, -1)`. Multiply the factors up to time {limit}, then take 1 less the product.

# %% part="solution"
people, limit = q.data["people"], q.data["limit"]
t = people.assign(
    time=people["days_to_consideration"].fillna(people["days_followed"]),
    arrived=people["days_to_consideration"].notna(),
).sort_values(["time", "arrived"], ascending=[True, False])
at_risk = np.arange(len(t), 0, -1)
factor = np.where(t["arrived"] & (t["time"] <= limit), 1 - 1 / at_risk, 1.0)
q.answer = 100 * (1 - factor.prod())

# %% part="package"
people = q.data["people"]
arrived = people["days_to_consideration"]
curve = crm.retention.kaplan_meier(arrived.fillna(people["days_followed"]), arrived.notna()).table
q.answer = 100 * (1 - curve.loc[curve["duration"] <= q.data["limit"], "survival_share"].iloc[-1])

# %% [markdown] lang="id" part="why"
# Menghitung hanya yang sudah tiba membuang yang lambat, sehingga semuanya tampak cepat; menganggap yang belum tiba tidak akan tiba membuat semuanya tampak lambat. Kaplan-Meier memakai setiap orang selama ia diikuti. Artikel tidak menyebut apakah 32 % itu dihitung dari semua orang atau dari yang akhirnya mempertimbangkan, jadi angka itu tidak dapat dibandingkan begitu saja.

# %% [markdown] lang="en" part="why"
# Counting only those who arrived throws out the slow, and everybody looks fast; taking those who have not arrived for never makes everybody look slow. Kaplan-Meier uses each person for as long as he was followed. The article does not say whether its 32 % are of all people or of those who considered in the end, so it can't simply be compared.

# %% part="wrong" name="arrivals_only"
known = q.data["people"]["days_to_consideration"].dropna()
q.answer = 100 * (known <= q.data["limit"]).mean()

# %% [markdown] lang="id" part="wrong" name="arrivals_only"
# Itu angka rekan Anda: hanya yang sudah tiba yang dihitung. Siapa yang hilang dari penyebut?

# %% [markdown] lang="en" part="wrong" name="arrivals_only"
# That is your colleague's number: only arrivals are counted. Who is missing from the denominator?

# %% part="wrong" name="waiting_means_never"
people = q.data["people"]
q.answer = 100 * (people["days_to_consideration"] <= q.data["limit"]).mean()

# %% [markdown] lang="id" part="wrong" name="waiting_means_never"
# Orang yang baru sebentar diikuti dianggap tidak tiba. Apakah Anda sudah tahu bahwa mereka terlambat?

# %% [markdown] lang="en" part="wrong" name="waiting_means_never"
# People who were followed only briefly are taken as not arriving. Do you know already that they are late?

# %% part="wrong" name="young_waiting_dropped"
people, limit = q.data["people"], q.data["limit"]
known = people[people["days_to_consideration"].notna() | (people["days_followed"] >= limit)]
q.answer = 100 * (known["days_to_consideration"] <= limit).mean()

# %% [markdown] lang="id" part="wrong" name="young_waiting_dropped"
# Dari yang baru sebentar diikuti, yang cepat dipertahankan dan yang masih menunggu dibuang. Ke arah mana itu menarik pangsanya?

# %% [markdown] lang="en" part="wrong" name="young_waiting_dropped"
# Of those followed briefly, the fast were kept and the waiting were dropped. Which way does that pull the share?

# %% part="question"
question(
    "say_about_journeys", kind="choice", style="claim", level="independent", variants=("churn", "speed", "frequency", "product"),
    title={"id": "Bolehkah ini dikatakan?", "en": "Can you say this?"},
    options={
        "k1": {"id": "Ya, dengan syarat yang disebutkan di dalamnya.", "en": "Yes, under the condition that it names."},
        "k2": {"id": "Tidak: persen dan poin persentase dicampur.", "en": "No: percent and percentage points are mixed up."},
        "k3": {"id": "Tidak: angka dari populasi lain dipakai sebagai angka sendiri.", "en": "No: another population's number is used as one's own."},
        "k4": {"id": "Tidak: yang bersamaan diperlakukan sebagai penyebab.", "en": "No: what goes together is treated as a cause."},
    },
    rows=("J15",), book="article: journeys", notebook="18-journey-mapping", app="journey", function="crm.journeys.time_between", points=1,
)

# %% [markdown] lang="id" part="task" variant="churn"
# "Artikel mengaitkan personalisasi berbasis AI dengan churn 28 % lebih rendah. Churn kita 30 % setahun; jadi menjadi 2 %."

# %% [markdown] lang="en" part="task" variant="churn"
# "The article connects AI personalisation with a churn lower by 28 %. Our churn is 30 % a year; so it becomes 2 %."

# %% [markdown] lang="id" part="task" variant="speed"
# "Menurut artikel, 32 % konsumen Indonesia berpindah dari sadar ke mempertimbangkan dalam satu hari. Jadi 32 % calon pasien klinik gigi kita juga begitu." Data klinik belum dilihat.

# %% [markdown] lang="en" part="task" variant="speed"
# "By the article 32 % of Indonesian consumers move from awareness to consideration in one day. So 32 % of our dental clinic's prospects do, too." Nobody has looked at the clinic's data.

# %% [markdown] lang="id" part="task" variant="frequency"
# "Pelanggan yang terlibat secara emosional membeli 90 % lebih sering. Jadi bila kita melibatkan seorang pelanggan secara emosional, pembeliannya naik 90 %." Siapa yang terlibat tidak ditentukan secara acak.

# %% [markdown] lang="en" part="task" variant="frequency"
# "Emotionally engaged customers buy 90 % more often. So if we engage a customer emotionally, his purchases rise by 90 %." Who is engaged was not decided at random.

# %% [markdown] lang="id" part="task" variant="product"
# "Bila kedua angka artikel (90 % lebih sering, 60 % lebih banyak per transaksi) berlaku bagi pelanggan yang sama, belanja mereka 1,9 × 1,6 = 3,04 kali. Apakah keterlibatan penyebabnya, angka itu tidak mengatakannya."

# %% [markdown] lang="en" part="task" variant="product"
# "If the article's two numbers (90 % more often, 60 % more a transaction) hold for the same customers, they spend 1.9 × 1.6 = 3.04 times as much. Whether engagement is the cause, the numbers do not say."

# %% [markdown] lang="id" part="hint"
# Periksa berurutan: siapa yang dihitung, persen dari apa, dan bagaimana kelompoknya terbentuk.

# %% [markdown] lang="en" part="hint"
# Look in this order: who was counted, percent of what, and how the groups came about.

# %% [markdown] lang="id" part="hint"
# Turun 28 % dari 30 % bukan 30 dikurangi 28. Dan tidak setiap kalimat dengan angka artikel harus ditolak.

# %% [markdown] lang="en" part="hint"
# Lower by 28 % of 30 % is not 30 less 28. And not every sentence with the article's numbers has to be rejected.

# %% part="solution"
q.answer = {"churn": "k2", "speed": "k3", "frequency": "k4", "product": "k1"}[q.variant]

# %% [markdown] lang="id" part="why"
# Angka dalam artikel tentang perjalanan tidak menyebut n, tahun, dan dasarnya. Boleh dipakai untuk bertanya, belum untuk meramal: hitung persen dari nilai awal sendiri, ukur pada pelanggan sendiri, dan bandingkan kelompok yang terbentuk secara acak bila mencari sebab.

# %% [markdown] lang="en" part="why"
# The numbers in the article on journeys come without n, year and base. They may raise questions, not forecasts: take percentages of your own value, measure on your own customers, and compare groups formed at random when you look for a cause.

# %% part="wrong" name="percent_suspected"
q.answer = {"churn": "k1", "speed": "k2", "frequency": "k2", "product": "k2"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="percent_suspected"
# Periksa hitungan persennya sekali lagi dengan angka yang ada: dari nilai awal berapa, menjadi berapa?

# %% [markdown] lang="en" part="wrong" name="percent_suspected"
# Check the percentages once more with the numbers given: from which value to which?

# %% part="wrong" name="population_suspected"
q.answer = {"churn": "k3", "speed": "k1", "frequency": "k3", "product": "k3"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="population_suspected"
# Periksa siapa yang dihitung dan tentang siapa kesimpulannya berbicara. Apakah di situ letak kesalahannya?

# %% [markdown] lang="en" part="wrong" name="population_suspected"
# Look who was counted and of whom the conclusion speaks. Is that where the mistake lies?

# %% part="wrong" name="cause_suspected"
q.answer = {"churn": "k4", "speed": "k4", "frequency": "k1", "product": "k4"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="cause_suspected"
# Periksa apakah kalimat ini menyimpulkan sebab, dan apakah kelompoknya terbentuk secara acak.

# %% [markdown] lang="en" part="wrong" name="cause_suspected"
# Look whether the sentence concludes a cause, and whether the groups were formed at random.
