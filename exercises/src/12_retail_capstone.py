# %% [markdown] lang="id" part="title"
# # 12 · Kasus PT XYZ: enam langkah sampai keputusan direksi
#
# PT XYZ menjual barang rumah tangga sejak 2016. Pada 2020 datang pesaing, dan pada tahun yang sama pandemi. Direksi memanggil Anda, manajer perencanaan TI: *"Susun langkah menuju CRM. Tetapi katakan juga apa yang data kita sendiri buktikan."*
#
# Buku memberi enam langkah: visi, pendapatan, keselarasan dengan strategi, pemeriksaan data, isi pemasaran, dan perangkat lunak. Anda menjalaninya dengan sampel sendiri dari lima tahun penjualan rekaan.

# %% [markdown] lang="en" part="title"
# # 12 · The case of PT XYZ: six steps to the board's decision
#
# PT XYZ has sold household goods since 2016. In 2020 a competitor came, and in the same year the pandemic. The board calls you, its manager of IT planning: *"Lay out the steps towards CRM. But tell us, too, what our own data prove."*
#
# The book gives six steps: vision, revenue, alignment with the strategy, a check of the data, content, and software. You walk them on a sample of your own from five years of invented sales.

# %% part="data"
from functools import lru_cache

import crmlab as crm

CHANNELS = ["field_sales", "marketplace", "store", "website", "whatsapp"]
MONTHS = [str(m) for m in pd.period_range("2017-01", "2019-12", freq="M")]


def month_of(dates):
    """Months since January 2016; a customer still open has none."""
    return (dates.dt.year - 2016) * 12 + dates.dt.month - 1


@lru_cache(maxsize=1)
def retail():
    """The bundled retailer, size S, brought together once: every student's sample is drawn from these tables."""
    t = crm.datasets.load_retail("S").tables
    orders = t["fact_order"].merge(t["dim_channel"][["channel_id", "channel"]]).sort_values("order_id", ignore_index=True)
    orders["ordered_on"] = orders["date"].astype("datetime64[ns]")
    orders["year"] = orders["ordered_on"].dt.year
    customers = t["dim_customer"]
    current = customers.drop_duplicates("customer_id", keep="last")
    consumers = current.loc[current["customer_type"] == "consumer", "customer_id"].to_numpy()
    iso = orders["ordered_on"].dt.isocalendar()
    weekly = pd.DataFrame({"iso_year": iso["year"].astype(int), "week": iso["week"].astype(int), "channel": orders["channel"].astype(str)})
    weekly = weekly[weekly["iso_year"].isin([2019, 2020]) & (weekly["week"] <= 52)]
    grid = pd.MultiIndex.from_product([[2019, 2020], range(1, 53), CHANNELS], names=["iso_year", "week", "channel"])
    weekly = weekly.value_counts().reindex(grid, fill_value=0).rename("orders").reset_index()
    three = orders[orders["year"].between(2017, 2019)]
    cell = (three["ordered_on"].dt.year * 12 + three["ordered_on"].dt.month - 2017 * 12 - 1) * 5 + three["channel"].map(CHANNELS.index)
    lately = orders[(orders["year"] >= 2019) & orders["customer_id"].isin(consumers)]
    day = ["customer_key", "customer_id", "customer_type", "segment", "gender", "age_band", "loyalty_member", "valid_from", "valid_to"]
    versions = customers[day].copy()
    for name in ("valid_from", "valid_to"):
        versions[name] = versions[name].astype("datetime64[ns]")
    return {
        "orders": {y: orders.loc[orders["year"] == y, ["order_id", "ordered_on", "customer_id", "channel", "total"]].reset_index(drop=True) for y in (2018, 2019, 2020)},
        "weekly": weekly,
        "cell": cell.to_numpy(),
        "total": three["total"].to_numpy().astype(float),
        "lately": lately[["order_id", "ordered_on", "customer_id", "year"]].reset_index(drop=True),
        "consumers": consumers,
        "corporate": (current["customer_type"] == "corporate").to_numpy(),
        "began": month_of(current["registered_on"]).to_numpy(),
        "ended": month_of(current["closed_on"]).fillna(9999).astype(int).to_numpy(),
        "months": [str(m) for m in pd.period_range("2016-01", "2020-12", freq="M")],
        "versions": versions,
    }


def orders_of_a_year(rng, variant):
    """All orders of some customers in one year; some were cancelled."""
    year = {"y2018": 2018, "y2019": 2019, "y2020": 2020}[variant]
    whole = retail()["orders"][year]
    ids = whole["customer_id"].to_numpy()
    people = np.unique(ids)
    own = whole[np.isin(ids, rng.permutation(people)[: int(len(people) * rng.uniform(0.34, 0.39))])].reset_index(drop=True)
    own["status"] = np.where(rng.random(len(own)) < 0.07, "cancelled", "done")
    more = rng.integers(30, 90, 3) / 1000
    return {
        "orders": own,
        "year": str(year),
        "customers_up": float(more[0]),
        "orders_up": float(more[1]),
        "value_up": float(more[2]),
        "margin": int(rng.integers(185, 245)) / 1000,
    }


def aims(rng, variant):
    """What the management wants, what it measures, and what the software is to do."""
    words = {
        "shop": ["loyalty", "churn_of_accounts", "selling_time", "consent", "win_back", "delivery", "complaints", "basket"],
        "service": ["answer_speed", "complaints", "referrals", "consent", "staff_training", "opening_hours", "renewals", "costs"],
        "online": ["visits", "registrations", "first_orders", "repeat_orders", "reviews", "returns", "consent", "app_use"],
    }[variant]
    n = int(rng.integers(6, 9))
    objectives = [f"{w}" for w in rng.permutation(words)[:n]]
    without = int(rng.integers(1, 3))
    measured = objectives[without:]
    owners = measured + [str(w) for w in rng.choice(measured, int(rng.integers(2, 4)))] + [None] * int(rng.integers(1, 4))
    owners = [owners[i] for i in rng.permutation(len(owners))]
    kpis = pd.DataFrame({"kpi": [f"K{i:02d}" for i in range(1, len(owners) + 1)], "objective": pd.array(owners, dtype=object)})
    orphans = kpis.loc[kpis["objective"].isna(), "kpi"]
    links = [str(k) for k in rng.choice(kpis["kpi"], int(rng.integers(5, 9)))] + [str(rng.choice(orphans))] + [None] * int(rng.integers(2, 5))
    links = [links[i] for i in rng.permutation(len(links))]
    features = pd.DataFrame({"feature": [f"F{i:02d}" for i in range(1, len(links) + 1)], "kpi": pd.array(links, dtype=object)})
    order = rng.permutation(n)
    return {"objectives": pd.DataFrame({"objective": [objectives[i] for i in order]}), "kpis": kpis, "features": features}


def two_systems(rng, variant):
    """Customers of the till and of another system; the telephone tells who is one person."""
    n, m = int(rng.integers(280, 420)), int(rng.integers(150, 240))
    both = int(m * rng.uniform(0.55, 0.82))
    numbers = 1_000_000 + rng.choice(8_000_000, n + m - both, replace=False)
    pos, other = numbers[:n], np.concatenate([numbers[:both], numbers[n:]])
    twice = int(rng.integers(9, 18))
    pos = np.concatenate([pos, pos[:twice]])

    def written(values, style):
        digits = [f"{v:07d}" for v in values]
        ways = {0: "08000{}", 1: "+62 800 0{}", 2: "628000{}", 3: "0800-0{}"}
        return [ways[s].format(d if s != 3 else f"{d[:3]}-{d[3:]}") for s, d in zip(style, digits)]

    till = pd.DataFrame({"pos_code": [f"P{i:04d}" for i in range(1, len(pos) + 1)], "phone": written(pos, rng.integers(0, 4, len(pos)))})
    rest = pd.DataFrame({"code": [f"S{i:04d}" for i in range(1, m + 1)], "phone": written(other, rng.integers(0, 4, m))})
    shuffled = till["phone"].to_numpy()[rng.permutation(len(till))]
    till["phone"] = shuffled
    rest["phone"] = rest["phone"].to_numpy()[rng.permutation(m)]
    words = {"finance": ("sistem keuangan", "the finance system"), "web": ("toko web", "the web shop"), "service": ("meja layanan", "the service desk")}[variant]
    return {"pos": till, "other": rest, "words": {"id": {"system": words[0]}, "en": {"system": words[1]}}}


def weeks(rng, variant):
    """Orders of each week and channel in 2019 and 2020."""
    table = retail()["weekly"].copy()
    table["orders"] = rng.binomial(table["orders"].to_numpy(), rng.uniform(0.72, 0.95))
    return {"weeks": table, "channel": variant}


def accounts(rng, variant):
    """Open and closed customers, month by month, of a sample."""
    whole = retail()
    corporate, began, ended = whole["corporate"], whole["began"], whole["ended"]
    keep = rng.random(len(corporate)) < np.where(corporate, 0.93, 0.75)
    months = np.arange(60)
    rows = []
    for kind, of in (("consumer", keep & ~corporate), ("corporate", keep & corporate)):
        open_ = (began[of][:, None] < months) & (ended[of][:, None] >= months)
        closed = np.bincount(ended[of][(began[of] < ended[of]) & (ended[of] < 60)], minlength=60)
        rows.append(pd.DataFrame({"month": whole["months"], "customer_type": kind, "open_at_start": open_.sum(axis=0), "closed": closed}))
    level = {"z90": 1.6449, "z95": 1.96, "z99": 2.5758}[variant]
    said = {"z90": "90%", "z95": "95%", "z99": "99%"}[variant]
    return {"accounts": pd.concat(rows, ignore_index=True), "z": level, "level": said}


def months(rng, variant):
    """Revenue of each month and channel, 2017 to 2019, of a sample of orders."""
    whole = retail()
    kept = rng.random(len(whole["cell"])) < 0.85
    sums = np.bincount(whole["cell"][kept], weights=whole["total"][kept], minlength=180)
    table = pd.DataFrame({"month": np.repeat(MONTHS, 5), "channel": CHANNELS * 36, "amount": np.round(sums)})
    chosen = {"online": ["marketplace", "website", "whatsapp"], "store": ["store"], "all_but_field": ["marketplace", "store", "website", "whatsapp"]}[variant]
    return {"months": table, "channels": ", ".join(chosen)}


def two_years(rng, variant):
    """Orders of some consumers in 2019 and 2020; those who bought nothing stand in customers too."""
    whole = retail()
    chosen = np.sort(rng.permutation(whole["consumers"])[:190])
    own = whole["lately"]
    own = own[np.isin(own["customer_id"].to_numpy(), chosen)]
    least = {"six": 6, "five": 5, "four": 4}[variant]
    return {"customers": pd.DataFrame({"customer_id": chosen}), "orders": own[["order_id", "ordered_on", "customer_id"]].reset_index(drop=True), "often": least}


def versions(rng, variant):
    """Customers with the earlier versions of their rows: who moved or changed has more than one."""
    whole = retail()["versions"]
    ids = whole["customer_id"].to_numpy()
    people = np.unique(ids)
    own = whole[np.isin(ids, rng.permutation(people)[: int(rng.integers(640, 740))])].reset_index(drop=True)
    words = {"women": ("perempuan (`gender = 'female'`)", "women (`gender = 'female'`)"), "members": ("anggota program loyalitas (`loyalty_member`)", "members of the loyalty programme (`loyalty_member`)"), "older": ("golongan umur 45 tahun ke atas (`age_band` `age_45_54` atau `age_55_plus`)", "45 years or older (`age_band` `age_45_54` or `age_55_plus`)")}[variant]
    return {"customers": own, "words": {"id": {"trait": words[0]}, "en": {"trait": words[1]}}}


def offers(rng, variant):
    """Five vendors' scores by four criteria; whoever lacks the must-have is out, however good."""
    weights = {"ease_of_use": 0.25, "suitable_features": 0.30, "cost_and_hosting": 0.20, "integration": 0.25}
    if variant == "offline":
        weights = {"ease_of_use": 0.35, "suitable_features": 0.20, "cost_and_hosting": 0.15, "integration": 0.30}
    if variant == "pos_link":
        weights = {"ease_of_use": 0.15, "suitable_features": 0.25, "cost_and_hosting": 0.20, "integration": 0.40}
    w = np.array(list(weights.values()))
    while True:
        scores = rng.integers(1, 6, (5, 4))
        out, blank = rng.permutation(5)[:2]
        scores[out], scores[blank] = rng.integers(4, 6, 4), rng.integers(3, 6, 4)
        worth, plain = scores @ w, scores.sum(axis=1)
        left = [i for i in range(5) if i not in (out, blank)]
        best = sorted(left, key=lambda i: worth[i])
        first, simple = best[-1], sorted(left, key=lambda i: plain[i])
        top = np.sort(worth[[out, blank, first]])
        if worth[out] > worth[blank] > worth[first] and np.diff(top).min() > 0.04 and worth[best[-1]] - worth[best[-2]] > 0.04 and plain[simple[-1]] > plain[simple[-2]] and simple[-1] != first:
            break
    must = ["yes"] * 5
    must[out], must[blank] = "no", None
    table = pd.DataFrame(scores, columns=list(weights))
    table.insert(0, "vendor", list("ABCDE"))
    table["must_have"] = pd.array(must, dtype=object)
    words = {"whatsapp": ("terhubung dengan WhatsApp", "connects to WhatsApp"), "offline": ("dapat dipakai tanpa jaringan", "works offline"), "pos_link": ("terhubung dengan sistem kasir (POS)", "connects to the till (POS)")}[variant]
    return {"vendors": table, "weights": pd.DataFrame({"criterion": list(weights), "weight": w}), "words": {"id": {"must": words[0]}, "en": {"must": words[1]}}}


def hosting(rng, variant):
    """What the cloud and an own server cost."""
    years = {"four": 4, "five": 5, "six": 6}[variant]
    return {
        "seat_a_month": 1000 * int(rng.integers(180, 330)) + int(rng.integers(0, 10)) * 100,
        "licence": 1_000_000 * int(rng.integers(280, 460)) + 1000 * int(rng.integers(0, 900)),
        "upkeep_a_year": 1_000_000 * int(rng.integers(140, 230)) + 1000 * int(rng.integers(0, 900)),
        "rate": int(rng.integers(80, 135)) / 1000,
        "years": years,
    }


def tickets(rng, variant):
    """Questions of customers: when they came in, and whether they were settled."""
    low, high = {"h24": (24, 48), "h12": (12, 36), "h8": (8, 24)}[variant]
    as_of = pd.Timestamp("2020-11-02 09:00") + pd.Timedelta(days=int(rng.integers(0, 40)))
    n = int(rng.integers(150, 220))
    age = np.concatenate([rng.uniform(0.2, low - 0.3, n // 3), rng.uniform(low + 0.3, high - 0.3, n // 3), rng.uniform(high + 0.3, 3 * high, n - 2 * (n // 3))])
    age = age[rng.permutation(n)]
    table = pd.DataFrame(
        {
            "ticket_id": [f"T{i:04d}" for i in range(1, n + 1)],
            "opened_at": (as_of - pd.to_timedelta(np.round(age * 60), unit="min")).astype("datetime64[ns]"),
            "settled": rng.random(n) < 0.45,
        }
    )
    return {"tickets": table, "as_of": as_of.strftime("%Y-%m-%d %H:%M"), "first_hours": low, "second_hours": high}


def contacts(rng, variant):
    """What a campaign sent through three channels, and a group that got nothing."""
    n = rng.integers(1900, 3200, 3)
    share = np.array([rng.uniform(0.026, 0.034), rng.uniform(0.04, 0.055), rng.uniform(0.075, 0.095)])
    held = int(rng.integers(1100, 1500))
    table = pd.DataFrame(
        {
            "channel": ["email", "sms", "whatsapp", "nothing_sent"],
            "contacts": [*n, held],
            "bought": [*rng.binomial(n, share), int(rng.binomial(held, 0.018))],
            "cost_of_a_contact": [50 + int(rng.integers(0, 30)), 150 + int(rng.integers(0, 60)), 300 + int(rng.integers(0, 100)), 0],
        }
    )
    return {"contacts": table, "margin": 1000 * int(rng.integers(52, 78)) + int(rng.integers(0, 999)), "channel": variant}

# %% part="question"
question(
    "vision", kind="choice", level="independent", variants=("owners", "employees", "customers"),
    title={"id": "Langkah 1: visi di dinding lobi", "en": "Step 1: the vision on the lobby's wall"},
    options={
        "o1": {"id": "Tidak ada yang kurang: visinya lengkap.", "en": "Nothing is missing: the vision is complete."},
        "o2": {"id": "Yang dilakukan untuk pelanggan.", "en": "What is done for customers."},
        "o3": {"id": "Yang dilakukan untuk karyawan.", "en": "What is done for employees."},
        "o4": {"id": "Yang dilakukan untuk pemilik.", "en": "What is done for owners."},
        "o5": {"id": "Angka target dengan tenggatnya.", "en": "A target number with its deadline."},
    },
    rows=("Z01",), book="9.2", notebook="26-retail-case", app="executive", function="crm.programme.mission",
)

# %% [markdown] lang="id" part="task" variant="owners"
# Di lobi PT XYZ tergantung: "Rumah Anda rapi tanpa repot. Di sini setiap orang belajar, didengar, dan dapat tumbuh bersama tim yang saling menolong." Bagian wajib mana menurut buku yang belum ada dalam visi dan misi ini?

# %% [markdown] lang="en" part="task" variant="owners"
# In PT XYZ's lobby hangs: "A tidy home for you without trouble. Here everybody learns, is heard, and can grow in a team that helps." Which part that the book demands does this vision and mission lack?

# %% [markdown] lang="id" part="task" variant="employees"
# Di lobi PT XYZ tergantung: "Rumah Anda rapi tanpa repot, hari ini dan sepuluh tahun lagi. Modal yang dipercayakan kepada kami tumbuh dengan laba yang sehat dan dapat dipertanggungjawabkan." Bagian wajib mana menurut buku yang belum ada dalam visi dan misi ini?

# %% [markdown] lang="en" part="task" variant="employees"
# In PT XYZ's lobby hangs: "A tidy home for you without trouble, today and in ten years. The capital that was entrusted to us grows with sound profit, and we account for it." Which part that the book demands does this vision and mission lack?

# %% [markdown] lang="id" part="task" variant="customers"
# Di lobi PT XYZ tergantung: "Di sini setiap orang belajar, didengar, dan dapat tumbuh. Modal yang dipercayakan kepada kami berkembang dengan laba yang sehat, sehingga kami menjadi peritel terdepan." Bagian wajib mana menurut buku yang belum ada dalam visi dan misi ini?

# %% [markdown] lang="en" part="task" variant="customers"
# In PT XYZ's lobby hangs: "Here everybody learns, is heard and can grow. The capital that was entrusted to us grows with sound profit, so that we become the leading retailer." Which part that the book demands does this vision and mission lack?

# %% [markdown] lang="id" part="hint"
# Buku meminta tiga hal: apa yang dilakukan perusahaan untuk tiga kelompok orang. Siapa saja?

# %% [markdown] lang="en" part="hint"
# The book asks for three things: what the company does for three groups of people. Who are they?

# %% [markdown] lang="id" part="hint"
# Baca tiap kalimat dan tanyakan: siapa yang mendapat manfaat dari kalimat ini?

# %% [markdown] lang="en" part="hint"
# Read each sentence and ask: who gains by it?

# %% part="solution"
q.answer = {"owners": "o4", "employees": "o3", "customers": "o2"}[q.variant]

# %% [markdown] lang="id" part="why"
# Menurut buku pernyataan visi dan misi menjelaskan apa yang dilakukan untuk pelanggan, karyawan, dan pemilik; dua dari tiga berarti belum lengkap. Angka dan tenggat bukan bagian visi, melainkan bagian sasaran yang diturunkan darinya.

# %% [markdown] lang="en" part="why"
# By the book a vision and mission tell what is done for customers, employees and owners; two of three is incomplete. Numbers and deadlines are no part of a vision but of the objectives that follow from it.

# %% part="wrong" name="sounds_whole"
q.answer = "o1"

# %% [markdown] lang="id" part="wrong" name="sounds_whole"
# Kalimatnya enak dibaca, jadi dianggap lengkap. Ketiga kelompok mana yang harus disebut, dan siapa yang tidak ada?

# %% [markdown] lang="en" part="wrong" name="sounds_whole"
# It reads well, so it was taken as complete. Which three groups must be named, and who is absent?

# %% part="wrong" name="objective_for_vision"
q.answer = "o5"

# %% [markdown] lang="id" part="wrong" name="objective_for_vision"
# Angka dan tenggat adalah syarat sasaran, bukan visi. Untuk siapa perusahaan ada, menurut tulisan itu?

# %% [markdown] lang="en" part="wrong" name="objective_for_vision"
# A number and a deadline are what an objective needs, not a vision. For whom does the company exist, by this text?

# %% part="wrong" name="other_group"
q.answer = {"owners": "o3", "employees": "o2", "customers": "o4"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="other_group"
# Kelompok itu disebut, hanya dengan kata lain. Kalimat mana yang bicara tentang mereka?

# %% [markdown] lang="en" part="wrong" name="other_group"
# That group is there, in other words. Which sentence speaks of them?

# %% part="question"
question(
    "levers", kind="number", unit="money", digits=5, level="faded", data="orders_of_a_year", variants=("y2018", "y2019", "y2020"),
    title={"id": "Langkah 2: tiga tuas pendapatan", "en": "Step 2: three levers of revenue"},
    rows=("Z02",), book="9.2", notebook="26-retail-case", app="executive", function="crm.sales.levers", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** 1.000 pelanggan × 4 pesanan × Rp200 ribu = Rp800 juta. Ketiga tuas naik 5%: faktornya 1,05³ = 1,157625, jadi Rp926,1 juta; kenaikannya 15,76%, bukan 15%.

# %% [markdown] lang="en" part="example"
# **Example.** 1,000 customers × 4 orders × Rp200 thousand = Rp800 million. All three levers 5% up: the factor is 1.05³ = 1.157625, so Rp926.1 million; the rise is 15.76%, not 15%.

# %% part="example"
1000 * 4 * 200_000, 1.05**3, 1000 * 4 * 200_000 * 1.05**3  # 800 million, 1.157625, 926.1 million

# %% [markdown] lang="id" part="task"
# *"Pakai CRM untuk menaikkan pendapatan."* Tabel `orders` memuat semua pesanan sebagian pelanggan pada {year} (`total` dalam rupiah; yang `cancelled` bukan omzet). Seandainya jumlah pelanggan naik {customers_up:share}, pesanan per pelanggan {orders_up:share}, dan nilai pesanan {value_up:share}: berapa rupiah **tambahan laba kotor** setahun, bila marjinnya {margin:share} dari omzet?

# %% [markdown] lang="en" part="task"
# *"Use CRM to raise revenue."* The table `orders` holds all orders of some customers in {year} (`total` in rupiah; what was `cancelled` is no revenue). If customers rose by {customers_up:share}, orders per customer by {orders_up:share}, and the value of an order by {value_up:share}: how much **additional gross profit** is that a year, in rupiah, at a margin of {margin:share} of revenue?

# %% part="start"
orders = q.data["orders"]
done = orders[orders["status"] == "..."]
revenue = ...
factor = ...  # begins with (1 + q.data["customers_up"])
q.answer = ...

# %% [markdown] lang="id" part="hint"
# Omzet = pelanggan × pesanan per pelanggan × nilai pesanan. Apa yang terjadi dengan hasil kali bila tiap faktornya naik?

# %% [markdown] lang="en" part="hint"
# Revenue = customers × orders of each × value of an order. What happens to a product when each factor rises?

# %% [markdown] lang="id" part="hint"
# Tambahannya `revenue * (factor - 1)`; lalu marjinnya.

# %% [markdown] lang="en" part="hint"
# The addition is `revenue * (factor - 1)`; then the margin.

# %% part="solution"
orders = q.data["orders"]
revenue = orders.loc[orders["status"] == "done", "total"].sum()
factor = (1 + q.data["customers_up"]) * (1 + q.data["orders_up"]) * (1 + q.data["value_up"])
q.answer = revenue * (factor - 1) * q.data["margin"]

# %% part="package"
orders = q.data["orders"]
done = orders[orders["status"] == "done"]
people, n = done["customer_id"].nunique(), len(done)
change = {"customers": q.data["customers_up"], "orders_per_customer": q.data["orders_up"], "order_value": q.data["value_up"]}
found = crm.sales.levers(people, n / people, done["total"].sum() / n, change=change).facts
q.answer = (found["revenue_after"] - found["revenue"]) * q.data["margin"]

# %% [markdown] lang="id" part="why"
# Tuas yang dikalikan saling memperkuat, jadi hasilnya lebih dari jumlah persentasenya. Anggapannya ialah ketiganya dapat naik bersama; pelanggan baru sering lebih kecil belanjanya. Pohon pendapatan menunjukkan di mana, bukan mengapa.

# %% [markdown] lang="en" part="why"
# Levers that multiply strengthen each other, so together they give more than the sum of the percentages. It assumes that all three can rise at once; new customers often buy less. A tree of revenue shows where, not why.

# %% part="wrong" name="cancelled_counted"
factor = (1 + q.data["customers_up"]) * (1 + q.data["orders_up"]) * (1 + q.data["value_up"])
q.answer = q.data["orders"]["total"].sum() * (factor - 1) * q.data["margin"]

# %% [markdown] lang="id" part="wrong" name="cancelled_counted"
# Pesanan yang dibatalkan terhitung sebagai omzet. Apakah uangnya pernah masuk?

# %% [markdown] lang="en" part="wrong" name="cancelled_counted"
# Cancelled orders count as revenue. Did that money ever come in?

# %% part="wrong" name="percents_added"
orders = q.data["orders"]
revenue = orders.loc[orders["status"] == "done", "total"].sum()
q.answer = revenue * (q.data["customers_up"] + q.data["orders_up"] + q.data["value_up"]) * q.data["margin"]

# %% [markdown] lang="id" part="wrong" name="percents_added"
# Ketiga persentase dijumlahkan, padahal tuasnya dikalikan. Pelanggan tambahan itu memesan berapa kali, dan senilai berapa?

# %% [markdown] lang="en" part="wrong" name="percents_added"
# The three percentages were added, but levers multiply. How often do the additional customers order, and for how much?

# %% part="wrong" name="revenue_for_profit"
orders = q.data["orders"]
revenue = orders.loc[orders["status"] == "done", "total"].sum()
factor = (1 + q.data["customers_up"]) * (1 + q.data["orders_up"]) * (1 + q.data["value_up"])
q.answer = revenue * (factor - 1)

# %% [markdown] lang="id" part="wrong" name="revenue_for_profit"
# Itu tambahan omzet. Berapa yang tinggal setelah barangnya dibayar?

# %% [markdown] lang="en" part="wrong" name="revenue_for_profit"
# That is additional revenue. How much of it stays once the goods are paid for?

# %% part="wrong" name="all_not_added"
orders = q.data["orders"]
revenue = orders.loc[orders["status"] == "done", "total"].sum()
factor = (1 + q.data["customers_up"]) * (1 + q.data["orders_up"]) * (1 + q.data["value_up"])
q.answer = revenue * factor * q.data["margin"]

# %% [markdown] lang="id" part="wrong" name="all_not_added"
# Itu seluruh laba kotor sesudahnya. Berapa di antaranya yang sudah ada tanpa perubahan apa pun?

# %% [markdown] lang="en" part="wrong" name="all_not_added"
# That is all of the gross profit afterwards. How much of it was there without any change?

# %% part="question"
question(
    "alignment", kind="blanks", level="independent", data="aims", variants=("shop", "service", "online"),
    title={"id": "Langkah 3: sasaran, ukuran, fitur", "en": "Step 3: objective, measure, feature"},
    parts={
        "with_kpi_percent": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "persen sasaran yang punya sekurang-kurangnya satu ukuran (KPI)", "en": "percent of objectives that have at least one measure (KPI)"}},
        "kpis_without_objective": {"kind": "number", "exact": True, "says": {"id": "banyaknya ukuran yang tidak melayani sasaran mana pun", "en": "number of measures that serve no objective"}},
        "features_in_vain": {"kind": "number", "exact": True, "says": {"id": "banyaknya fitur yang tidak sampai ke sasaran: tanpa ukuran, atau ukurannya tanpa sasaran", "en": "number of features that reach no objective: no measure, or a measure without an objective"}},
    },
    rows=("Z03",), book="9.2", notebook="26-retail-case", app="executive", function="crm.programme.alignment", points=2,
)

# %% [markdown] lang="id" part="task"
# *"Fitur mana yang sungguh kita perlukan?"* Tiga tabel: `objectives` (sasaran), `kpis` (ukuran dan sasaran yang dilayaninya), `features` (fitur dan ukuran yang digerakkannya). Kosong berarti tidak ada. Satu sasaran boleh punya beberapa ukuran. Cari yang yatim dari kedua arah.

# %% [markdown] lang="en" part="task"
# *"Which features do we really need?"* Three tables: `objectives`, `kpis` (a measure and the objective it serves), `features` (a feature and the measure it moves). Empty means none. An objective may have several measures. Find the orphans from both sides.

# %% [markdown] lang="id" part="hint"
# Hitung sasaran, bukan baris: sasaran dengan dua ukuran tetap satu sasaran.

# %% [markdown] lang="en" part="hint"
# Count objectives, not rows: an objective with two measures is still one objective.

# %% [markdown] lang="id" part="hint"
# Sebuah fitur sampai ke sasaran bila ukurannya ada **dan** ukuran itu melayani suatu sasaran. Dua `isin` berturut-turut.

# %% [markdown] lang="en" part="hint"
# A feature reaches an objective when it has a measure **and** that measure serves one. Two `isin` in a row.

# %% part="solution"
objectives, kpis, features = q.data["objectives"], q.data["kpis"], q.data["features"]
useful = kpis.loc[kpis["objective"].notna(), "kpi"]
q.answer = {
    "with_kpi_percent": 100 * objectives["objective"].isin(kpis["objective"].dropna()).mean(),
    "kpis_without_objective": int(kpis["objective"].isna().sum()),
    "features_in_vain": int((~features["kpi"].isin(useful)).sum()),
}

# %% [markdown] lang="id" part="why"
# Sasaran tanpa ukuran tidak pernah dapat gagal; fitur tanpa sasaran ialah belanja. Buku meminta CRM dan strategi saling melengkapi, dan tabel ini membuat permintaan itu dapat diperiksa.

# %% [markdown] lang="en" part="why"
# An objective without a measure can never fail; a feature without an objective is shopping. The book asks that CRM and strategy complete each other, and this table makes that something one can check.

# %% part="wrong" name="rows_for_objectives"
objectives, kpis = q.data["objectives"], q.data["kpis"]
q.answer = {"with_kpi_percent": 100 * kpis["objective"].notna().sum() / len(objectives)}

# %% [markdown] lang="id" part="wrong" name="rows_for_objectives"
# Yang dihitung ukuran, bukan sasaran: sasaran dengan dua ukuran terhitung dua kali. Berapa sasaran yang berbeda?

# %% [markdown] lang="en" part="wrong" name="rows_for_objectives"
# Measures were counted, not objectives: one with two measures counts twice. How many different objectives are there?

# %% part="wrong" name="empty_is_a_name"
kpis = q.data["kpis"]
q.answer = {"kpis_without_objective": int(kpis["objective"].nunique(dropna=False))}

# %% [markdown] lang="id" part="wrong" name="empty_is_a_name"
# Yang dihitung nama sasaran yang berbeda, termasuk yang kosong. Ukuran mana yang kolom sasarannya kosong?

# %% [markdown] lang="en" part="wrong" name="empty_is_a_name"
# Different names of objectives were counted, the empty one included. Which measures have no objective?

# %% part="wrong" name="one_link_only"
features = q.data["features"]
q.answer = {"features_in_vain": int(features["kpi"].isna().sum())}

# %% [markdown] lang="id" part="wrong" name="one_link_only"
# Rantainya diperiksa satu mata saja. Apakah ukuran yang digerakkan fitur itu sendiri melayani sasaran?

# %% [markdown] lang="en" part="wrong" name="one_link_only"
# Only one link of the chain was looked at. Does the measure that the feature moves serve an objective itself?

# %% part="question"
question(
    "fan_out", kind="choice", style="mistake", level="independent", variants=("join", "status", "average"), code=True, fixed_order=True,
    title={"id": "Langkah 4: cari kesalahan dalam laporan omzet", "en": "Step 4: find the mistake in the report of revenue"},
    options={
        "b1": 'sales = orders[orders["status"] != "cancelled"]',
        "b2": 'sales = orders[orders["status"] != "Cancelled"]',
        "b3": 'promos = order_promotion.drop_duplicates("order_id")[["order_id"]].assign(promo=True)',
        "b4": 'promos = order_promotion[["order_id"]].assign(promo=True)',
        "b5": 'table = sales.merge(promos, on="order_id", how="left")',
        "b6": 'table["promo"] = table["promo"].notna()',
        "b7": 'result = table.groupby("promo").agg(orders=("order_id", "nunique"), revenue=("total", "sum"))',
        "b8": 'result["order_value"] = result["revenue"] / result["orders"]',
        "b9": 'result["order_value"] = result["revenue"].sum() / result["orders"]',
    },
    shown={
        "join": ["b1", "b4", "b5", "b6", "b7", "b8"],
        "status": ["b2", "b3", "b5", "b6", "b7", "b8"],
        "average": ["b1", "b3", "b5", "b6", "b7", "b9"],
    },
    rows=("Z04",), book="9.2", notebook="26-retail-case", app="executive", function="crm.forecasting.audit",
)

# %% [markdown] lang="id" part="task"
# *"Data kami lengkap."* Asisten Anda membandingkan omzet dan nilai pesanan dengan dan tanpa promosi. Yang perlu diketahui: `orders` satu baris setiap pesanan, `status` berisi `done` atau `cancelled`; `order_promotion` satu baris setiap **promosi** pada pesanan, dan 8% pesanan berpromosi punya dua baris. Satu baris kode salah. Yang mana?

# %% [markdown] lang="en" part="task"
# *"Our data are complete."* Your assistant compares revenue and order value with and without promotions. What is known: `orders` has a row an order, `status` is `done` or `cancelled`; `order_promotion` has a row for each **promotion** on an order, and 8% of the orders with one have two rows. One line of code is wrong. Which?

# %% [markdown] lang="id" part="hint"
# Jalankan di kepala dengan tiga pesanan: satu tanpa promosi, satu dengan satu, satu dengan dua, dan satu di antaranya dibatalkan.

# %% [markdown] lang="en" part="hint"
# Run it in your head with three orders: one without promotion, one with one, one with two, and let one of them be cancelled.

# %% [markdown] lang="id" part="hint"
# Setelah setiap baris tanyakan: berapa baris tabelnya, dan satu baris itu apa?

# %% [markdown] lang="en" part="hint"
# After each line ask: how many rows has the table, and what is a row?

# %% part="solution"
q.answer = {"join": "b4", "status": "b2", "average": "b9"}[q.variant]

# %% [markdown] lang="id" part="why"
# Menggabungkan dengan tabel yang berbutir lebih halus menggandakan uang tanpa satu pun pesan galat; `nunique` pada pesanan bahkan menyembunyikannya. Pada PT XYZ gabungan seperti itu menambah puluhan juta rupiah yang tidak pernah ada. Pemeriksaan data dalam buku mulai dari sini: total sebelum dan sesudah digabung harus sama.

# %% [markdown] lang="en" part="why"
# A join with a table of finer grain multiplies money without any error message, and `nunique` on orders even hides it. At PT XYZ such a join adds tens of millions that never were. The book's check of the data begins here: the total before and after a join must be the same.

# %% part="wrong" name="left_blamed"
q.answer = "b5"

# %% [markdown] lang="id" part="wrong" name="left_blamed"
# `left` menjaga pesanan tanpa promosi tetap ada; tanpa itu pembandingnya hilang. Di mana baris bertambah atau tersaring keliru?

# %% [markdown] lang="en" part="wrong" name="left_blamed"
# `left` keeps orders without a promotion; without it there is nothing to compare with. Where do rows appear, or pass a filter, that should not?

# %% part="wrong" name="empty_blamed"
q.answer = "b6"

# %% [markdown] lang="id" part="wrong" name="empty_blamed"
# Setelah gabungan `left`, kosong berarti tanpa promosi, jadi baris itu tepat. Baris mana yang mengubah uangnya?

# %% [markdown] lang="en" part="wrong" name="empty_blamed"
# After a `left` join empty means no promotion, so that line is right. Which line changes the money?

# %% part="wrong" name="distinct_blamed"
q.answer = "b7"

# %% [markdown] lang="id" part="wrong" name="distinct_blamed"
# Menghitung pesanan yang berbeda dan menjumlah total itu benar bila satu baris ialah satu pesanan. Apakah tabel yang masuk memang begitu, dan apa yang terjadi sesudahnya?

# %% [markdown] lang="en" part="wrong" name="distinct_blamed"
# Distinct orders and a sum of totals are right as long as a row is an order. Is that true of the table that comes in, and what happens after it?

# %% part="question"
question(
    "one_customer", kind="blanks", level="independent", data="two_systems", variants=("finance", "web", "service"),
    title={"id": "Langkah 4: satu pelanggan, dua sistem", "en": "Step 4: one customer, two systems"},
    parts={
        "matched": {"kind": "number", "exact": True, "says": {"id": "banyaknya orang yang ada di kedua sistem", "en": "number of people who are in both systems"}},
        "people": {"kind": "number", "exact": True, "says": {"id": "banyaknya orang seluruhnya", "en": "number of people altogether"}},
        "match_percent": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "persen orang pada sistem kedua yang juga ada di kasir", "en": "percent of the second system's people who are at the till, too"}},
    },
    rows=("Z09",), book="9.2", notebook="26-retail-case", app="executive", function="crm.integration.match", points=2,
)

# %% [markdown] lang="id" part="task"
# *"CRM harus terhubung dengan sistem yang sudah ada."* `pos` memuat pelanggan kasir, `other` pelanggan {system}. Telepon yang sama berarti orang yang sama, tetapi ditulis dengan empat cara: `080001234567`, `0800-0123-4567`, `+62 800 01234567`, `6280001234567`. Di kasir beberapa orang tercatat dua kali.

# %% [markdown] lang="en" part="task"
# *"CRM must connect to the systems that are there."* `pos` holds the till's customers, `other` those of {system}. The same telephone is the same person, but it is written in four ways: `080001234567`, `0800-0123-4567`, `+62 800 01234567`, `6280001234567`. At the till some people are there twice.

# %% [markdown] lang="id" part="hint"
# Samakan dahulu tulisannya: hanya angka, lalu tanpa `62` atau `0` di depan.

# %% [markdown] lang="en" part="hint"
# Write them alike first: digits only, then without `62` or `0` in front.

# %% [markdown] lang="id" part="hint"
# Hitung telepon yang berbeda, bukan baris: `set(a) & set(b)` dan `set(a) | set(b)`.

# %% [markdown] lang="en" part="hint"
# Count different telephones, not rows: `set(a) & set(b)` and `set(a) | set(b)`.

# %% part="solution"
def same(phones):
    return set(phones.str.replace(r"\D", "", regex=True).str.replace(r"^(62|0)", "", regex=True))


till, other = same(q.data["pos"]["phone"]), same(q.data["other"]["phone"])
q.answer = {"matched": len(till & other), "people": len(till | other), "match_percent": 100 * len(till & other) / len(other)}

# %% [markdown] lang="id" part="why"
# Buku menyebut integrasi dengan keuangan, personalia, dan kasir sebagai kriteria keempat. Sebelum perangkat lunaknya ada pertanyaan yang lebih dahulu: siapa yang sama? Dengan 500 di kasir, 300 di keuangan, dan 240 yang cocok, orangnya 560, bukan 800.

# %% [markdown] lang="en" part="why"
# The book names integration with finance, personnel and the till as its fourth criterion. Before the software comes an earlier question: who is the same? With 500 at the till, 300 in finance and 240 matched, there are 560 people, not 800.

# %% part="wrong" name="as_written"
till, other = set(q.data["pos"]["phone"]), set(q.data["other"]["phone"])
q.answer = {"matched": len(till & other)}

# %% [markdown] lang="id" part="wrong" name="as_written"
# Telepon dibandingkan seperti tertulis. Apakah `0800-0123-4567` dan `+62 800 01234567` orang yang berbeda?

# %% [markdown] lang="en" part="wrong" name="as_written"
# Telephones were compared as they are written. Are `0800-0123-4567` and `+62 800 01234567` different people?

# %% part="wrong" name="rows_added"
q.answer = {"people": len(q.data["pos"]) + len(q.data["other"])}

# %% [markdown] lang="id" part="wrong" name="rows_added"
# Baris kedua sistem dijumlahkan. Siapa yang terhitung dua kali?

# %% [markdown] lang="en" part="wrong" name="rows_added"
# The rows of both systems were added. Who is counted twice?

# %% part="wrong" name="other_base"
def same(phones):
    return set(phones.str.replace(r"\D", "", regex=True).str.replace(r"^(62|0)", "", regex=True))


till, other = same(q.data["pos"]["phone"]), same(q.data["other"]["phone"])
q.answer = {"match_percent": 100 * len(till & other) / len(till)}

# %% [markdown] lang="id" part="wrong" name="other_base"
# Dibagi dengan orang di kasir. Persen dari sistem yang mana yang ditanyakan?

# %% [markdown] lang="en" part="wrong" name="other_base"
# Divided by the people at the till. Of which system is the percentage asked for?

# %% part="question"
question(
    "pandemic", kind="number", unit="number", digits=4, level="independent", data="weeks", variants=("store", "field_sales", "website"),
    title={"id": "Langkah 4: apa yang dilakukan pandemi?", "en": "Step 4: what did the pandemic do?"},
    rows=("Z10", "Z04"), book="9.2", notebook="24-five-years-of-sales", app="executive", function="crm.forecasting.shock", points=3,
)

# %% [markdown] lang="id" part="task"
# Pembatasan mulai pada pertengahan Maret 2020: minggu 1 sampai 11 sebelum, minggu 12 sampai 35 sesudah. Untuk saluran **{channel}**: bagi pesanan 2020 dengan pesanan 2019 pada minggu 12 sampai 35, lalu bagi hasilnya dengan rasio yang sama pada minggu 1 sampai 11. Pembagi itu menghapus pertumbuhan yang sudah ada sebelum pandemi, dan minggu yang sama menghapus musim. Berapa faktornya?

# %% [markdown] lang="en" part="task"
# Restrictions began in mid-March 2020: weeks 1 to 11 are before, weeks 12 to 35 since. For the channel **{channel}**: divide the orders of 2020 by those of 2019 in weeks 12 to 35, then divide that by the same ratio of weeks 1 to 11. That divisor takes out the growth that was there before, and the same weeks take out the season. What is the factor?

# %% [markdown] lang="id" part="hint"
# Empat jumlah: dua tahun kali dua masa. Saring saluran lebih dahulu.

# %% [markdown] lang="en" part="hint"
# Four sums: two years times two times. Filter the channel first.

# %% [markdown] lang="id" part="hint"
# `(since_2020 / since_2019) / (before_2020 / before_2019)`. Di bawah 1 berarti pandemi menekan saluran itu.

# %% [markdown] lang="en" part="hint"
# `(since_2020 / since_2019) / (before_2020 / before_2019)`. Below 1 means that the pandemic pressed the channel down.

# %% part="solution"
weeks = q.data["weeks"]
own = weeks[(weeks["channel"] == q.data["channel"]) & (weeks["week"] <= 35)]
n = own.groupby([own["week"] >= 12, "iso_year"])["orders"].sum()
q.answer = (n[True, 2020] / n[True, 2019]) / (n[False, 2020] / n[False, 2019])

# %% [markdown] lang="id" part="why"
# Pandemi datang pada satu hari untuk semua pelanggan sebuah saluran, jadi ia tampak sebagai patahan deret. Perbandingan mentah dengan 2019 mencampurnya dengan pertumbuhan saluran. Taksiran dari sampel sekecil ini masih goyah: yang ditanam untuk toko 0,55, tenaga penjualan 0,60, situs web 1,35.

# %% [markdown] lang="en" part="why"
# The pandemic came on one day to all customers of a channel, so it shows as a break in the series. A plain comparison with 2019 mixes it with the channel's growth. From so small a sample the estimate still shakes: planted are 0.55 for stores, 0.60 for field sales, 1.35 for the website.

# %% part="wrong" name="growth_left_in"
weeks = q.data["weeks"]
own = weeks[(weeks["channel"] == q.data["channel"]) & weeks["week"].between(12, 35)]
n = own.groupby("iso_year")["orders"].sum()
q.answer = n[2020] / n[2019]

# %% [markdown] lang="id" part="wrong" name="growth_left_in"
# Pertumbuhan saluran sebelum pandemi masih ada di dalamnya. Berapa rasio itu pada minggu-minggu sebelum pembatasan?

# %% [markdown] lang="en" part="wrong" name="growth_left_in"
# The channel's growth before the pandemic is still in it. What was that ratio in the weeks before restrictions?

# %% part="wrong" name="ratios_subtracted"
weeks = q.data["weeks"]
own = weeks[(weeks["channel"] == q.data["channel"]) & (weeks["week"] <= 35)]
n = own.groupby([own["week"] >= 12, "iso_year"])["orders"].sum()
q.answer = n[True, 2020] / n[True, 2019] - n[False, 2020] / n[False, 2019]

# %% [markdown] lang="id" part="wrong" name="ratios_subtracted"
# Kedua rasio dikurangkan, padahal pertumbuhan mengalikan. Apa yang dilakukan dengan rasio untuk mendapat sebuah faktor?

# %% [markdown] lang="en" part="wrong" name="ratios_subtracted"
# The two ratios were subtracted, but growth multiplies. What is done with ratios to get a factor?

# %% part="wrong" name="all_channels"
weeks = q.data["weeks"]
own = weeks[weeks["week"] <= 35]
n = own.groupby([own["week"] >= 12, "iso_year"])["orders"].sum()
q.answer = (n[True, 2020] / n[True, 2019]) / (n[False, 2020] / n[False, 2019])

# %% [markdown] lang="id" part="wrong" name="all_channels"
# Semua saluran digabung, sehingga yang turun dan yang naik saling menutupi. Saluran mana yang ditanyakan?

# %% [markdown] lang="en" part="wrong" name="all_channels"
# All channels are pooled, so that those that fell and those that rose cancel out. Which channel is asked for?

# %% part="question"
question(
    "competitor", kind="blanks", level="independent", data="accounts", variants=("z90", "z95", "z99"),
    title={"id": "Langkah 4: tanda pesaing", "en": "Step 4: the mark of a competitor"},
    parts={
        "corporate": {"kind": "number", "unit": "number", "digits": 4, "says": {"id": "rasio churn bulanan korporat, 2020 dibagi 2016–2019", "en": "ratio of corporate monthly churn, 2020 over 2016–2019"}},
        "consumer": {"kind": "number", "unit": "number", "digits": 4, "says": {"id": "rasio yang sama untuk konsumen", "en": "the same ratio for consumers"}},
        "corporate_low": {"kind": "number", "unit": "number", "digits": 4, "says": {"id": "batas bawah interval rasio korporat", "en": "lower limit of the corporate ratio's interval"}},
        "reading": {
            "kind": "choice",
            "says": {"id": "mengapa churn lebih tepat daripada omzet untuk memisahkan pesaing dari pandemi:", "en": "why churn tells a competitor from the pandemic better than revenue does:"},
            "options": {
                "larger": {"id": "angka churn lebih besar daripada angka omzet", "en": "figures of churn are larger than those of revenue"},
                "one_by_one": {"id": "pesaing mengambil akun satu demi satu, pandemi mengenai semua pelanggan sebuah saluran", "en": "a competitor takes accounts one by one, the pandemic hits all customers of a channel"},
                "cause": {"id": "churn mengatakan ke mana pelanggan pergi", "en": "churn tells where customers went"},
            },
        },
    },
    rows=("Z10",), book="9.2", notebook="26-retail-case", app="executive", function="crm.retention.churn_ratio", points=3,
)

# %% [markdown] lang="id" part="task"
# *"Omzet turun karena pandemi atau karena pesaing?"* Tabel `accounts` menyebut untuk tiap bulan berapa pelanggan yang terbuka pada awal bulan (`open_at_start`) dan berapa yang menutup bulan itu (`closed`). Churn bulanan sebuah masa = jumlah `closed` dibagi jumlah `open_at_start`. Bandingkan 2020 dengan 2016–2019. Interval {level} untuk rasionya: `ratio * exp(±z * sqrt(1/a + 1/b))`, dengan a dan b banyaknya penutupan pada kedua masa dan `z = q.data["z"]`.

# %% [markdown] lang="en" part="task"
# *"Is it the pandemic or the competitor?"* The table `accounts` tells for each month how many customers were open at its start (`open_at_start`) and how many closed in it (`closed`). The monthly churn of a time = the sum of `closed` over the sum of `open_at_start`. Compare 2020 with 2016–2019. The ratio's interval of {level}: `ratio * exp(±z * sqrt(1/a + 1/b))`, where a and b are the closures of the two times and `z = q.data["z"]`.

# %% [markdown] lang="id" part="hint"
# Jumlahkan dahulu, lalu bagi: rata-rata dari churn tiap bulan memberi bobot sama pada bulan yang berbeda.

# %% [markdown] lang="en" part="hint"
# Add up first, then divide: a mean of each month's churn gives unlike months the same weight.

# %% [markdown] lang="id" part="hint"
# Penyebutnya bulan-pelanggan, karena itu 2020 yang hanya 12 bulan tetap sebanding dengan 48 bulan.

# %% [markdown] lang="en" part="hint"
# The denominator is customer-months, so the 12 months of 2020 compare with 48 all the same.

# %% part="solution"
accounts = q.data["accounts"]
sums = accounts.groupby(["customer_type", accounts["month"] >= "2020"])[["closed", "open_at_start"]].sum()
churn = sums["closed"] / sums["open_at_start"]
ratio = churn["corporate"][True] / churn["corporate"][False]
a, b = sums["closed"]["corporate"][True], sums["closed"]["corporate"][False]
q.answer = {
    "corporate": ratio,
    "consumer": churn["consumer"][True] / churn["consumer"][False],
    "corporate_low": ratio * np.exp(-q.data["z"] * np.sqrt(1 / a + 1 / b)),
    "reading": "one_by_one",
}

# %% [markdown] lang="id" part="why"
# Korporat pergi jauh lebih cepat, konsumen tidak: pandemi yang mengenai semua orang tidak menjelaskan beda itu. Buktinya tidak langsung, sebab data tidak mengatakan ke mana mereka pergi, dan seluruhnya terletak pada sekitar 25 penutupan. Buku menyebut pesaing dan pandemi dalam satu kalimat; keputusannya berbeda.

# %% [markdown] lang="en" part="why"
# Companies leave much faster, consumers do not: a pandemic that hits everybody does not explain that gap. The evidence is indirect, as the data do not say where they went, and it rests on some 25 closures. The book names competitor and pandemic in one sentence; what to do about them differs.

# %% part="wrong" name="counts_compared"
accounts = q.data["accounts"]
n = accounts.groupby(["customer_type", accounts["month"] >= "2020"])["closed"].sum()
q.answer = {"corporate": n["corporate"][True] / n["corporate"][False]}

# %% [markdown] lang="id" part="wrong" name="counts_compared"
# Banyaknya penutupan dibandingkan begitu saja. Berapa bulan-pelanggan yang dapat pergi pada masing-masing masa?

# %% [markdown] lang="en" part="wrong" name="counts_compared"
# Numbers of closures were compared as they are. How many customer-months could have ended in each time?

# %% part="wrong" name="whole_base"
accounts = q.data["accounts"]
n = accounts.groupby(["customer_type", accounts["month"] >= "2020"])[["closed", "open_at_start"]].agg({"closed": "sum", "open_at_start": "first"})
p = n["closed"] / n["open_at_start"]
q.answer = {"consumer": p["consumer"][True] / p["consumer"][False]}

# %% [markdown] lang="id" part="wrong" name="whole_base"
# Penutupan empat tahun dibagi dengan pelanggan pada satu hari. Masa yang panjang memberi lebih banyak kesempatan pergi; apa penyebutnya?

# %% [markdown] lang="en" part="wrong" name="whole_base"
# Closures of four years were divided by the customers of one day. A long time gives more chances to leave; what is the denominator?

# %% part="wrong" name="plain_scale"
accounts = q.data["accounts"]
sums = accounts.groupby(["customer_type", accounts["month"] >= "2020"])[["closed", "open_at_start"]].sum()
churn = sums["closed"] / sums["open_at_start"]
ratio = churn["corporate"][True] / churn["corporate"][False]
a, b = sums["closed"]["corporate"][True], sums["closed"]["corporate"][False]
q.answer = {"corporate_low": ratio - q.data["z"] * np.sqrt(1 / a + 1 / b)}

# %% [markdown] lang="id" part="wrong" name="plain_scale"
# Galat baku milik logaritma dipakai pada rasionya sendiri. Pada skala apa interval rasio dibuat?

# %% [markdown] lang="en" part="wrong" name="plain_scale"
# A standard error of the logarithm was used on the ratio itself. On which scale is a ratio's interval made?

# %% part="wrong" name="where_they_went"
q.answer = {"reading": "cause"}

# %% [markdown] lang="id" part="wrong" name="where_they_went"
# Penutupan hanya mengatakan bahwa mereka pergi. Kolom mana yang menyebut ke mana?

# %% [markdown] lang="en" part="wrong" name="where_they_went"
# A closure says only that they left. Which column says where to?

# %% part="question"
question(
    "forecast", kind="number", unit="share", digits=4, level="faded", data="months", variants=("online", "store", "all_but_field"),
    title={"id": "Langkah 4: prakiraan melawan pembanding yang bodoh", "en": "Step 4: a forecast against a foolish one"},
    rows=("Z04",), book="9.2", notebook="24-five-years-of-sales", app="executive", function="crm.forecasting.accuracy", points=3,
)

# %% [markdown] lang="id" part="task"
# Buku memakai data lima tahun untuk peramalan. Layakkah sebuah model? Untuk saluran **{channels}** bersama-sama, perkirakan tiap bulan 2019 tanpa melihat 2019. Pembanding bodoh: omzet **bulan yang sama pada 2018**. Model: angka itu dikali pertumbuhan tahunan 2018 terhadap 2017 (total setahun dibagi total setahun). Galatnya rata-rata selisih mutlak (MAE) 12 bulan. Berapa *skill* model, yaitu 1 − MAE model / MAE pembanding? (Negatif berarti model kalah.)

# %% [markdown] lang="en" part="task"
# The book uses five years of data for forecasting. Is a model worth it? For the channels **{channels}** together, forecast each month of 2019 without looking at 2019. The foolish baseline: the revenue of the **same month in 2018**. The model: that figure times the yearly growth of 2018 on 2017 (a year's total over a year's total). The error is the mean absolute difference (MAE) over 12 months. What is the model's *skill*, 1 − the model's MAE / the baseline's MAE? (Negative means that the model loses.)

# %% part="start"
months = q.data["months"]
own = months[months["channel"].isin(q.data["channels"].split(", "))]
total = own.groupby("month")["amount"].sum()
y2017, y2018, y2019 = (total[total.index.str[:4] == year].to_numpy() for year in ("2017", "2018", "2019"))
baseline = ...
model = ...
q.answer = ...

# %% [markdown] lang="id" part="hint"
# Pertumbuhan yang boleh dipakai hanya yang sudah diketahui pada akhir 2018.

# %% [markdown] lang="en" part="hint"
# The only growth that may be used is what was known at the end of 2018.

# %% [markdown] lang="id" part="hint"
# `mae = np.abs(y2019 - forecast).mean()`, dua kali: untuk pembanding dan untuk model.

# %% [markdown] lang="en" part="hint"
# `mae = np.abs(y2019 - forecast).mean()`, twice: for the baseline and for the model.

# %% part="solution"
months = q.data["months"]
own = months[months["channel"].isin(q.data["channels"].split(", "))]
total = own.groupby("month")["amount"].sum()
y2017, y2018, y2019 = (total[total.index.str[:4] == year].to_numpy() for year in ("2017", "2018", "2019"))
baseline = np.abs(y2019 - y2018).mean()
model = np.abs(y2019 - y2018 * y2018.sum() / y2017.sum()).mean()
q.answer = 1 - model / baseline

# %% [markdown] lang="id" part="why"
# Model layak dipakai bila mengalahkan "sama seperti musim lalu" pada waktu yang belum dilihatnya. Galat pada data yang sudah dipakai untuk melatih tidak membuktikan apa pun. Dan satu tahun uji belum melihat patahan seperti 2020.

# %% [markdown] lang="en" part="why"
# A model is worth using if it beats "as last season" on times it has not seen. Errors on data that trained it prove nothing. And one year of test has not seen a break like 2020's.

# %% part="wrong" name="leak"
months = q.data["months"]
own = months[months["channel"].isin(q.data["channels"].split(", "))]
total = own.groupby("month")["amount"].sum()
y2018, y2019 = (total[total.index.str[:4] == year].to_numpy() for year in ("2018", "2019"))
q.answer = 1 - np.abs(y2019 - y2018 * y2019.sum() / y2018.sum()).mean() / np.abs(y2019 - y2018).mean()

# %% [markdown] lang="id" part="wrong" name="leak"
# Pertumbuhannya dihitung dengan 2019: model melihat jawabannya. Apa yang sudah diketahui pada akhir 2018?

# %% [markdown] lang="en" part="wrong" name="leak"
# The growth was computed with 2019: the model saw the answer. What was known at the end of 2018?

# %% part="wrong" name="squared"
months = q.data["months"]
own = months[months["channel"].isin(q.data["channels"].split(", "))]
total = own.groupby("month")["amount"].sum()
y2017, y2018, y2019 = (total[total.index.str[:4] == year].to_numpy() for year in ("2017", "2018", "2019"))
q.answer = 1 - ((y2019 - y2018 * y2018.sum() / y2017.sum()) ** 2).mean() / ((y2019 - y2018) ** 2).mean()

# %% [markdown] lang="id" part="wrong" name="squared"
# Galatnya dikuadratkan: satu bulan yang jauh meleset menguasai semuanya. Galat mana yang diminta?

# %% [markdown] lang="en" part="wrong" name="squared"
# The errors were squared: a single bad month rules all. Which error is asked for?

# %% part="wrong" name="last_month"
months = q.data["months"]
own = months[months["channel"].isin(q.data["channels"].split(", "))]
total = own.groupby("month")["amount"].sum()
y2017, y2018, y2019 = (total[total.index.str[:4] == year].to_numpy() for year in ("2017", "2018", "2019"))
naive = np.concatenate([y2018[-1:], y2019[:-1]])
q.answer = 1 - np.abs(y2019 - y2018 * y2018.sum() / y2017.sum()).mean() / np.abs(y2019 - naive).mean()

# %% [markdown] lang="id" part="wrong" name="last_month"
# Pembandingnya bulan sebelumnya, bukan bulan yang sama tahun lalu. Musim mana yang hilang, dan dari mana bulan-bulan 2019 diketahui?

# %% [markdown] lang="en" part="wrong" name="last_month"
# The baseline is the month before, not the same month a year ago. Which season is lost, and how were the months of 2019 known?

# %% part="wrong" name="totals_compared"
months = q.data["months"]
own = months[months["channel"].isin(q.data["channels"].split(", "))]
total = own.groupby("month")["amount"].sum()
y2017, y2018, y2019 = (total[total.index.str[:4] == year].to_numpy() for year in ("2017", "2018", "2019"))
q.answer = 1 - abs((y2019 - y2018 * y2018.sum() / y2017.sum()).sum()) / abs((y2019 - y2018).sum())

# %% [markdown] lang="id" part="wrong" name="totals_compared"
# Selisih dijumlahkan dahulu, sehingga bulan yang kelebihan menutup bulan yang kekurangan. Kapan nilai mutlaknya diambil?

# %% [markdown] lang="en" part="wrong" name="totals_compared"
# Differences were added first, so that months too high pay for months too low. When is the absolute value taken?

# %% part="question"
question(
    "do_segments_stay", kind="table", columns=("segment_2019", "customers", "stayed_percent"), decimals=1, level="independent",
    data="two_years", variants=("six", "five", "four"),
    title={"id": "Langkah 4: apakah segmen bertahan?", "en": "Step 4: do segments stay?"},
    rows=("Z05",), book="9.2", notebook="26-retail-case", app="executive", function="crm.segmentation.stability_over_time", points=3,
)

# %% [markdown] lang="id" part="task"
# Segmentasikan **semua** pelanggan dalam `customers` menurut banyaknya pesanan setahun: `often` ({often} atau lebih), `some` (1 sampai di bawah {often}), `silent` (tidak ada). Lakukan untuk 2019 dan untuk 2020. Buat tabel satu baris untuk tiap segmen 2019: `segment_2019`, `customers` (banyaknya pada 2019), dan `stayed_percent`: berapa persen di antaranya yang pada 2020 berada dalam segmen yang sama.

# %% [markdown] lang="en" part="task"
# Segment **all** of `customers` by their orders in a year: `often` ({often} or more), `some` (1 up to less than {often}), `silent` (none). Do so for 2019 and for 2020. Make a table with a row for each segment of 2019: `segment_2019`, `customers` (how many in 2019), and `stayed_percent`: what percentage of them is in the same segment in 2020.

# %% [markdown] lang="id" part="hint"
# Yang tidak pernah memesan tidak ada dalam `orders`. Dari tabel mana mereka diambil?

# %% [markdown] lang="en" part="hint"
# Those who never ordered are not in `orders`. From which table do they come?

# %% [markdown] lang="id" part="hint"
# `.size().reindex(customers["customer_id"], fill_value=0)` untuk tiap tahun, lalu bandingkan kedua segmen baris demi baris.

# %% [markdown] lang="en" part="hint"
# `.size().reindex(customers["customer_id"], fill_value=0)` for each year, then compare the two segments row by row.

# %% part="solution"
orders, customers = q.data["orders"], q.data["customers"]


def segment(year):
    own = orders[orders["ordered_on"].dt.year == year]
    n = own.groupby("customer_id").size().reindex(customers["customer_id"], fill_value=0)
    return pd.Series(np.select([n >= q.data["often"], n >= 1], ["often", "some"], "silent"), index=n.index)


before, after = segment(2019), segment(2020)
table = pd.DataFrame({"segment_2019": before, "stayed": 100.0 * (before == after)})
q.answer = table.groupby("segment_2019")["stayed"].agg(customers="size", stayed_percent="mean").reset_index()

# %% [markdown] lang="id" part="why"
# Segmen berguna bila masih berlaku ketika kampanyenya berjalan. Sebagian pelanggan pindah setiap tahun: segmen bukan tato. Yang diam termasuk pelanggan; tanpa mereka segmen tampak lebih stabil, sebab yang pergi tidak ikut dihitung.

# %% [markdown] lang="en" part="why"
# Segments are useful if they still hold when the campaign runs. Some customers move every year: a segment is no tattoo. The silent are customers too; without them segments look steadier, as those who left are not counted.

# %% part="wrong" name="buyers_of_both"
orders, customers = q.data["orders"], q.data["customers"]
n = [orders[orders["ordered_on"].dt.year == y].groupby("customer_id").size() for y in (2019, 2020)]
both = n[0].index.intersection(n[1].index)
a, b = (np.where(one.reindex(both) >= q.data["often"], "often", "some") for one in n)
table = pd.DataFrame({"segment_2019": a, "stayed": 100.0 * (a == b)})
q.answer = table.groupby("segment_2019")["stayed"].agg(customers="size", stayed_percent="mean").reset_index()

# %% [markdown] lang="id" part="wrong" name="buyers_of_both"
# Hanya yang membeli pada kedua tahun yang dihitung: yang bertahan saja. Di mana yang pergi, dan di mana yang diam sejak awal?

# %% [markdown] lang="en" part="wrong" name="buyers_of_both"
# Only buyers of both years are counted: survivors. Where are those who left, and those who were silent from the start?

# %% part="wrong" name="backwards"
orders, customers = q.data["orders"], q.data["customers"]
n = [orders[orders["ordered_on"].dt.year == y].groupby("customer_id").size().reindex(customers["customer_id"], fill_value=0) for y in (2019, 2020)]
a, b = (np.select([one >= q.data["often"], one >= 1], ["often", "some"], "silent") for one in n)
table = pd.DataFrame({"segment_2019": b, "stayed": 100.0 * (a == b)})
q.answer = table.groupby("segment_2019")["stayed"].agg(customers="size", stayed_percent="mean").reset_index()

# %% [markdown] lang="id" part="wrong" name="backwards"
# Dasarnya segmen 2020: itu menjawab dari mana mereka datang. Tahun mana yang menjadi penyebut?

# %% [markdown] lang="en" part="wrong" name="backwards"
# The base is the segment of 2020: that answers where they came from. Which year is the denominator?

# %% part="wrong" name="share_of_all"
orders, customers = q.data["orders"], q.data["customers"]
n = [orders[orders["ordered_on"].dt.year == y].groupby("customer_id").size().reindex(customers["customer_id"], fill_value=0) for y in (2019, 2020)]
a, b = (np.select([one >= q.data["often"], one >= 1], ["often", "some"], "silent") for one in n)
table = pd.DataFrame({"segment_2019": a, "stayed": 100.0 * (a == b) / len(a)})
q.answer = table.groupby("segment_2019")["stayed"].agg(customers="size", stayed_percent="sum").reset_index()

# %% [markdown] lang="id" part="wrong" name="share_of_all"
# Dibagi dengan semua pelanggan, bukan dengan anggota segmen itu. Persen dari siapa?

# %% [markdown] lang="en" part="wrong" name="share_of_all"
# Divided by all customers, not by the segment's own. Percent of whom?

# %% part="question"
question(
    "personas", kind="sql", columns=("segment", "customers", "trait_percent"), decimals=1, level="faded", data="versions",
    variants=("women", "members", "older"),
    title={"id": "Langkah 4: persona dari data nyata", "en": "Step 4: personas from real data"},
    rows=("Z06",), book="9.2", notebook="26-retail-case", app="executive", function="crm.segmentation.personas", points=2,
)

# %% [markdown] lang="id" part="task"
# Persona ialah gambaran pelanggan ideal yang dibuat dari data asli. Lengkapi SQL: untuk tiap `segment` **konsumen** (`customer_type = 'consumer'`), banyaknya pelanggan (`customers`) dan berapa persen di antaranya termasuk {trait} (`trait_percent`). Pelanggan yang pindah punya beberapa baris; yang berlaku sekarang ialah baris dengan `valid_to` kosong.

# %% [markdown] lang="en" part="task"
# A persona is a picture of the ideal customer made from real data. Complete the SQL: for each `segment` of **consumers** (`customer_type = 'consumer'`), the number of customers (`customers`) and what percentage of them are {trait} (`trait_percent`). Customers who moved have several rows; the one that holds now has an empty `valid_to`.

# %% part="start"
q.answer = """
SELECT segment, count(*) AS customers, avg(CASE WHEN ... THEN 100.0 ELSE 0 END) AS trait_percent
FROM customers
WHERE ...
GROUP BY segment
"""

# %% [markdown] lang="id" part="hint"
# Dua syarat dalam WHERE: jenis pelanggan, dan versi yang berlaku. Kosong diuji dengan `IS NULL`.

# %% [markdown] lang="en" part="hint"
# Two conditions in WHERE: the kind of customer, and the version that holds. Empty is tested with `IS NULL`.

# %% [markdown] lang="id" part="hint"
# Penyebut persennya anggota segmen itu sendiri, bukan semua konsumen.

# %% [markdown] lang="en" part="hint"
# The percentage's denominator is the segment's own members, not all consumers.

# %% part="solution"
trait = {"women": "gender = 'female'", "members": "loyalty_member", "older": "age_band IN ('age_45_54', 'age_55_plus')"}[q.variant]
q.answer = f"""
SELECT segment, count(*) AS customers, avg(CASE WHEN {trait} THEN 100.0 ELSE 0 END) AS trait_percent
FROM customers
WHERE customer_type = 'consumer' AND valid_to IS NULL
GROUP BY segment
"""

# %% [markdown] lang="id" part="why"
# Buku mengutip HubSpot: persona dibuat dari riset pasar dan data asli pelanggan. Setiap sifat di kartunya karena itu membawa n; yang tidak ada datanya ditandai sebagai asumsi. Menghitung versi lama membuat orang yang sering pindah berbobot lebih.

# %% [markdown] lang="en" part="why"
# The book quotes HubSpot: a persona is made from market research and real data. So every trait on its card carries an n, and what has no data is marked as an assumption. Counting old versions gives more weight to people who move often.

# %% part="wrong" name="versions_counted"
trait = {"women": "gender = 'female'", "members": "loyalty_member", "older": "age_band IN ('age_45_54', 'age_55_plus')"}[q.variant]
q.answer = f"SELECT segment, count(*) AS customers, avg(CASE WHEN {trait} THEN 100.0 ELSE 0 END) AS trait_percent FROM customers WHERE customer_type = 'consumer' GROUP BY segment"

# %% [markdown] lang="id" part="wrong" name="versions_counted"
# Versi lama ikut terhitung: satu orang menjadi dua. Baris mana yang berlaku sekarang?

# %% [markdown] lang="en" part="wrong" name="versions_counted"
# Old versions are counted: one person became two. Which row holds now?

# %% part="wrong" name="companies_too"
trait = {"women": "gender = 'female'", "members": "loyalty_member", "older": "age_band IN ('age_45_54', 'age_55_plus')"}[q.variant]
q.answer = f"SELECT segment, count(*) AS customers, avg(CASE WHEN {trait} THEN 100.0 ELSE 0 END) AS trait_percent FROM customers WHERE valid_to IS NULL GROUP BY segment"

# %% [markdown] lang="id" part="wrong" name="companies_too"
# Perusahaan ikut menjadi segmen. Apakah persona konsumen dapat dibuat dari sebuah PT?

# %% [markdown] lang="en" part="wrong" name="companies_too"
# Companies became a segment. Can a consumer's persona be made of a company?

# %% part="wrong" name="of_all_consumers"
trait = {"women": "gender = 'female'", "members": "loyalty_member", "older": "age_band IN ('age_45_54', 'age_55_plus')"}[q.variant]
q.answer = f"SELECT segment, count(*) AS customers, 100.0 * sum(CASE WHEN {trait} THEN 1 ELSE 0 END) / sum(count(*)) OVER () AS trait_percent FROM customers WHERE customer_type = 'consumer' AND valid_to IS NULL GROUP BY segment"

# %% [markdown] lang="id" part="wrong" name="of_all_consumers"
# Dibagi dengan semua konsumen: segmen besar tampak punya lebih banyak dari sifat apa pun. Siapa penyebut dalam sebuah segmen?

# %% [markdown] lang="en" part="wrong" name="of_all_consumers"
# Divided by all consumers: a large segment seems to have more of any trait. Who is the denominator within a segment?

# %% part="question"
question(
    "software", kind="blanks", level="worked", data="offers", variants=("whatsapp", "offline", "pos_link"),
    title={"id": "Langkah 6: memilih perangkat lunak", "en": "Step 6: choosing the software"},
    parts={
        "winner": {"kind": "choice", "says": {"id": "vendor yang menang dengan bobot", "en": "the vendor that wins with weights"}, "options": {v: {"id": f"vendor {v}", "en": f"vendor {v}"} for v in "ABCDE"}},
        "score": {"kind": "number", "unit": "number", "digits": 3, "says": {"id": "skor terbobot pemenang itu", "en": "that winner's weighted score"}},
        "plain_winner": {"kind": "choice", "says": {"id": "yang menang tanpa bobot (jumlah skor), di antara yang tidak gugur", "en": "who wins without weights (sum of scores), among those not knocked out"}, "options": {v: {"id": f"vendor {v}", "en": f"vendor {v}"} for v in "ABCDE"}},
    },
    rows=("Z08",), book="9.2", notebook="26-retail-case", app="executive", function="crm.projects.vendors", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Bobot 0,25; 0,30; 0,20; 0,25. Vendor A [5, 2, 5, 3]: jumlah 15, terbobot 3,60. Vendor B [3, 5, 2, 4]: jumlah 14, terbobot 3,65. Vendor C [5, 4, 4, 5]: terbobot 4,50, tetapi tidak terhubung dengan WhatsApp yang wajib ada, jadi gugur. Pemenangnya B; tanpa bobot yang menang A.

# %% [markdown] lang="en" part="example"
# **Example.** Weights 0.25, 0.30, 0.20, 0.25. Vendor A [5, 2, 5, 3]: sum 15, weighted 3.60. Vendor B [3, 5, 2, 4]: sum 14, weighted 3.65. Vendor C [5, 4, 4, 5]: weighted 4.50, but without the WhatsApp that it must have, so it is out. The winner is B; without weights A wins.

# %% part="example"
import numpy as np

np.array([[5, 2, 5, 3], [3, 5, 2, 4], [5, 4, 4, 5]]) @ [0.25, 0.30, 0.20, 0.25]  # 3.60, 3.65, and 4.50 which is knocked out

# %% [markdown] lang="id" part="task"
# Empat kriteria buku (kemudahan, fitur, biaya, integrasi) dengan bobot dalam `weights`, skor lima vendor dalam `vendors`. Wajib ada: perangkat lunaknya **{must}** (`must_have`). Yang menjawab `no` gugur; yang tidak menjawab (kosong) juga gugur, betapa pun tinggi skornya.

# %% [markdown] lang="en" part="task"
# The book's four criteria (ease of use, features, cost, integration) with the weights in `weights`, five vendors' scores in `vendors`. A must: the software **{must}** (`must_have`). Who answers `no` is out; who gives no answer (empty) is out too, however high the score.

# %% [markdown] lang="id" part="hint"
# Saring dahulu yang gugur, baru menghitung skor.

# %% [markdown] lang="en" part="hint"
# Knock out first, then compute scores.

# %% [markdown] lang="id" part="hint"
# Skor terbobot satu vendor: jumlah dari skor kali bobot, dengan urutan kriteria yang sama.

# %% [markdown] lang="en" part="hint"
# A vendor's weighted score: the sum of score times weight, with the criteria in the same order.

# %% part="solution"
vendors, weights = q.data["vendors"], q.data["weights"]
left = vendors[vendors["must_have"] == "yes"].set_index("vendor")
scores = left[list(weights["criterion"])]
weighted = scores @ weights["weight"].to_numpy()
q.answer = {"winner": weighted.idxmax(), "score": weighted.max(), "plain_winner": scores.sum(axis=1).idxmax()}

# %% part="package"
vendors, weights = q.data["vendors"], q.data["weights"]
asked = vendors.assign(must_have=vendors["must_have"] == "yes")
found = crm.projects.vendors(asked, dict(zip(weights["criterion"], weights["weight"])), must_have=["must_have"])
table = found.table.set_index("vendor")
q.answer = {"winner": found.facts["winner"], "score": table.loc[found.facts["winner"], "weighted_score"], "plain_winner": found.facts["plain_winner"]}

# %% [markdown] lang="id" part="why"
# Syarat mutlak disaring dahulu, sebab skor yang bagus di tempat lain tidak dapat menggantinya. Lalu tampilkan kedua peringkat: bila bobot mengubah pemenangnya, direksi harus tahu bahwa mereka memutuskan bobotnya, bukan skornya. Buku memberi empat kriteria tanpa bobot.

# %% [markdown] lang="en" part="why"
# A must is a filter that comes first, as good scores elsewhere cannot make up for it. Then show both rankings: when weights change the winner, the board must know that it decides on the weights, not the scores. The book gives four criteria without weights.

# %% part="wrong" name="no_knock_out"
vendors, weights = q.data["vendors"], q.data["weights"]
weighted = vendors.set_index("vendor")[list(weights["criterion"])] @ weights["weight"].to_numpy()
q.answer = {"winner": weighted.idxmax()}

# %% [markdown] lang="id" part="wrong" name="no_knock_out"
# Vendor dengan skor tertinggi menang walaupun tidak memenuhi syarat. Apa arti "wajib ada"?

# %% [markdown] lang="en" part="wrong" name="no_knock_out"
# The vendor with the highest score won without the must-have. What does "must" mean?

# %% part="wrong" name="blank_passes"
vendors, weights = q.data["vendors"], q.data["weights"]
left = vendors[vendors["must_have"] != "no"].set_index("vendor")
q.answer = {"score": (left[list(weights["criterion"])] @ weights["weight"].to_numpy()).max()}

# %% [markdown] lang="id" part="wrong" name="blank_passes"
# Vendor yang tidak menjawab dianggap memenuhi. Siapa yang harus membuktikan?

# %% [markdown] lang="en" part="wrong" name="blank_passes"
# A vendor that gave no answer was let through. Who has to prove it?

# %% part="wrong" name="weighted_for_plain"
vendors, weights = q.data["vendors"], q.data["weights"]
left = vendors[vendors["must_have"] == "yes"].set_index("vendor")
q.answer = {"plain_winner": (left[list(weights["criterion"])] @ weights["weight"].to_numpy()).idxmax()}

# %% [markdown] lang="id" part="wrong" name="weighted_for_plain"
# Pemenang terbobot ditulis dua kali. Siapa yang menang bila semua kriteria sama penting?

# %% [markdown] lang="en" part="wrong" name="weighted_for_plain"
# The weighted winner was written twice. Who wins when all criteria matter alike?

# %% part="question"
question(
    "cloud_or_own", kind="number", unit="number", digits=4, level="worked", data="hosting", variants=("four", "five", "six"),
    title={"id": "Langkah 6: awan atau milik sendiri?", "en": "Step 6: cloud or on-premise?"},
    rows=("Z08",), book="9.2", notebook="26-retail-case", app="executive", function="crm.projects.total_cost", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Awan Rp250 ribu per pengguna per bulan; milik sendiri Rp350 juta di muka dan Rp180 juta setahun. Lima tahun, suku bunga 10%: nilai kini milik sendiri Rp1.032,3 juta; satu pengguna awan Rp3 juta setahun, nilai kininya Rp11,37 juta. Impasnya 90,8 pengguna: di bawah itu awan lebih murah.

# %% [markdown] lang="en" part="example"
# **Example.** Cloud Rp250 thousand a user a month; on-premise Rp350 million at once and Rp180 million a year. Five years at 10%: the present value of on-premise is Rp1,032.3 million; a cloud user costs Rp3 million a year, a present value of Rp11.37 million. They break even at 90.8 users: below that the cloud is cheaper.

# %% part="example"
annuity = sum(1 / 1.10**t for t in range(1, 6))
(350e6 + 180e6 * annuity) / (12 * 250e3 * annuity)  # 90.8 users

# %% [markdown] lang="id" part="task"
# Buku menyarankan awan karena PT XYZ belum berpengalaman. Uji dengan angka: awan {seat_a_month:money} per pengguna per **bulan**; milik sendiri {licence:money} di muka dan {upkeep_a_year:money} per **tahun**. Pakai {years} tahun, suku bunga {rate:share} setahun, biaya tahunan dibayar pada akhir tahun. Pada berapa pengguna nilai kini keduanya sama? (Boleh pecahan.)

# %% [markdown] lang="en" part="task"
# The book advises the cloud because PT XYZ has no experience. Test it with numbers: the cloud costs {seat_a_month:money} a user a **month**; on-premise {licence:money} at once and {upkeep_a_year:money} a **year**. Take {years} years, a rate of {rate:share} a year, yearly costs paid at the year's end. At how many users are both present values the same? (Fractions are fine.)

# %% [markdown] lang="id" part="hint"
# Samakan satuan dahulu: bulan menjadi tahun. Lalu bawa tiap biaya tahunan ke hari ini.

# %% [markdown] lang="en" part="hint"
# Make units alike first: months into years. Then bring each yearly cost to today.

# %% [markdown] lang="id" part="hint"
# `annuity = sum(1 / (1 + rate)**t for t in range(1, years + 1))`; impas = nilai kini milik sendiri dibagi nilai kini satu pengguna.

# %% [markdown] lang="en" part="hint"
# `annuity = sum(1 / (1 + rate)**t for t in range(1, years + 1))`; break-even = present value of on-premise over that of one user.

# %% part="solution"
d = q.data
annuity = sum(1 / (1 + d["rate"]) ** t for t in range(1, d["years"] + 1))
q.answer = (d["licence"] + d["upkeep_a_year"] * annuity) / (12 * d["seat_a_month"] * annuity)

# %% part="package"
d = q.data
costs = crm.projects.yearly([
    {"option": "cloud", "item": "seats", "amount": d["seat_a_month"], "every": "month", "per_user": True},
    {"option": "own", "item": "licence", "amount": d["licence"], "every": "once"},
    {"option": "own", "item": "upkeep", "amount": d["upkeep_a_year"], "every": "year"},
])
q.answer = crm.projects.total_cost(costs, rate=d["rate"], years=d["years"], users=40).facts["break_even_users"]

# %% [markdown] lang="id" part="why"
# Buku benar bila penggunanya sedikit: tanpa uang muka, awan menang di bawah titik impas. Kata "lebih terjangkau" tanpa banyaknya pengguna dan lamanya pakai belum menjawab apa pun. Biaya pindah keluar dari awan tidak ada dalam tabel ini; yang tidak tercatat dianggap nol.

# %% [markdown] lang="en" part="why"
# The book is right for few users: without money up front the cloud wins below break-even. "More affordable" without a number of users and of years answers nothing. The cost of leaving the cloud is not in this table; what is not written down counts as zero.

# %% part="wrong" name="not_discounted"
d = q.data
q.answer = (d["licence"] + d["upkeep_a_year"] * d["years"]) / (12 * d["seat_a_month"] * d["years"])

# %% [markdown] lang="id" part="wrong" name="not_discounted"
# Rupiah tahun terakhir dihitung sama dengan rupiah hari ini. Berapa nilainya sekarang?

# %% [markdown] lang="en" part="wrong" name="not_discounted"
# A rupiah of the last year counts like one of today. What is it worth now?

# %% part="wrong" name="licence_forgotten"
d = q.data
q.answer = d["upkeep_a_year"] / (12 * d["seat_a_month"])

# %% [markdown] lang="id" part="wrong" name="licence_forgotten"
# Uang muka lisensi hilang dari hitungan. Berapa yang harus dibayar sebelum hari pertama?

# %% [markdown] lang="en" part="wrong" name="licence_forgotten"
# The licence paid at once is missing. How much is due before the first day?

# %% part="wrong" name="paid_in_advance"
d = q.data
annuity = sum(1 / (1 + d["rate"]) ** t for t in range(d["years"]))
q.answer = (d["licence"] + d["upkeep_a_year"] * annuity) / (12 * d["seat_a_month"] * annuity)

# %% [markdown] lang="id" part="wrong" name="paid_in_advance"
# Biaya tahun pertama dihitung seolah-olah dibayar hari ini. Kapan biaya tahunan dibayar menurut soal?

# %% [markdown] lang="en" part="wrong" name="paid_in_advance"
# The first year's cost is taken as paid today. When are yearly costs paid, by the task?

# %% part="question"
question(
    "escalation", kind="table", columns=("send_to", "tickets"), decimals=0, level="independent", data="tickets", variants=("h24", "h12", "h8"),
    title={"id": "Alur kerja: siapa yang harus diberi tahu?", "en": "Workflow: who must be told?"},
    rows=("C04",), book="8.2", notebook="25-crm-technology", app="executive", function="crm.workflow.escalate", points=2,
)

# %% [markdown] lang="id" part="task"
# Salah satu otomasi alur kerja dalam buku: eskalasi pertanyaan. Pada {as_of}, tiket yang **belum selesai** (`settled` salah) dan terbuka lebih dari {second_hours} jam naik ke `manager`, lebih dari {first_hours} jam ke `supervisor`, selebihnya tetap pada petugas (`nobody`). Buat tabel `send_to` dan `tickets` (banyaknya tiket terbuka).

# %% [markdown] lang="en" part="task"
# One of the book's workflow automations: escalation of enquiries. At {as_of}, a ticket that is **not settled** (`settled` is false) and was open for more than {second_hours} hours goes to the `manager`, for more than {first_hours} hours to the `supervisor`, others stay with the desk (`nobody`). Make a table of `send_to` and `tickets` (the number of open tickets).

# %% [markdown] lang="id" part="hint"
# Umur tiket dalam jam: `(as_of - opened_at) / pd.Timedelta(hours=1)`.

# %% [markdown] lang="en" part="hint"
# A ticket's age in hours: `(as_of - opened_at) / pd.Timedelta(hours=1)`.

# %% [markdown] lang="id" part="hint"
# Periksa aturan yang paling tinggi lebih dahulu: setiap tiket hanya sampai pada satu orang.

# %% [markdown] lang="en" part="hint"
# Test the highest rule first: each ticket reaches one person only.

# %% part="solution"
tickets = q.data["tickets"]
waiting = tickets[~tickets["settled"]]
hours = (pd.Timestamp(q.data["as_of"]) - waiting["opened_at"]) / pd.Timedelta(hours=1)
to = np.select([hours > q.data["second_hours"], hours > q.data["first_hours"]], ["manager", "supervisor"], "nobody")
q.answer = pd.Series(to).value_counts().rename_axis("send_to").rename("tickets").reset_index()

# %% part="package"
tickets = q.data["tickets"].copy()
tickets = tickets[~tickets["settled"]]
found = crm.workflow.escalate(tickets, as_of=q.data["as_of"], levels=(q.data["first_hours"], q.data["second_hours"]))
q.answer = found.table["send_to"].astype(object).where(found.table["send_to"].notna(), "nobody").replace("", "nobody").value_counts().rename_axis("send_to").rename("tickets").reset_index()

# %% [markdown] lang="id" part="why"
# Dua aturan dapat cocok dengan satu tiket; urutannya menentukan siapa yang mendapatnya. Mesin aturan karena itu dicoba dahulu pada data lama sebelum dinyalakan. Umur 3, 26, dan 50 jam dengan batas 24 dan 48: tidak ada, supervisor, manajer.

# %% [markdown] lang="en" part="why"
# Two rules can fit one ticket; their order decides who gets it. So a rule engine is tried on old data before it is switched on. Ages of 3, 26 and 50 hours with limits of 24 and 48: nobody, supervisor, manager.

# %% part="wrong" name="settled_too"
tickets = q.data["tickets"]
hours = (pd.Timestamp(q.data["as_of"]) - tickets["opened_at"]) / pd.Timedelta(hours=1)
to = np.select([hours > q.data["second_hours"], hours > q.data["first_hours"]], ["manager", "supervisor"], "nobody")
q.answer = pd.Series(to).value_counts().rename_axis("send_to").rename("tickets").reset_index()

# %% [markdown] lang="id" part="wrong" name="settled_too"
# Tiket yang sudah selesai ikut naik. Siapa yang perlu diberi tahu tentang pertanyaan yang sudah terjawab?

# %% [markdown] lang="en" part="wrong" name="settled_too"
# Settled tickets go up, too. Who needs to hear of a question that is answered?

# %% part="wrong" name="first_rule_wins"
tickets = q.data["tickets"]
waiting = tickets[~tickets["settled"]]
hours = (pd.Timestamp(q.data["as_of"]) - waiting["opened_at"]) / pd.Timedelta(hours=1)
to = np.select([hours > q.data["first_hours"], hours > q.data["second_hours"]], ["supervisor", "manager"], "nobody")
q.answer = pd.Series(to).value_counts().rename_axis("send_to").rename("tickets").reset_index()

# %% [markdown] lang="id" part="wrong" name="first_rule_wins"
# Aturan yang rendah diuji lebih dahulu, sehingga tidak ada yang pernah sampai ke manajer. Aturan mana yang harus lebih dahulu?

# %% [markdown] lang="en" part="wrong" name="first_rule_wins"
# The lower rule was tested first, so nothing ever reaches the manager. Which rule must come first?

# %% part="wrong" name="both_told"
tickets = q.data["tickets"]
waiting = tickets[~tickets["settled"]]
hours = (pd.Timestamp(q.data["as_of"]) - waiting["opened_at"]) / pd.Timedelta(hours=1)
n = {"manager": (hours > q.data["second_hours"]).sum(), "supervisor": (hours > q.data["first_hours"]).sum(), "nobody": (hours <= q.data["first_hours"]).sum()}
q.answer = pd.DataFrame({"send_to": list(n), "tickets": list(n.values())})

# %% [markdown] lang="id" part="wrong" name="both_told"
# Tiket yang lama terhitung pada supervisor **dan** manajer. Berapa orang yang menerima satu tiket menurut soal?

# %% [markdown] lang="en" part="wrong" name="both_told"
# Old tickets count for supervisor **and** manager. How many people get a ticket, by the task?

# %% part="question"
question(
    "channel_value", kind="number", unit="money", digits=4, level="independent", data="contacts", variants=("whatsapp", "sms", "email"),
    title={"id": "Langkah 5: nilai satu kontak", "en": "Step 5: what a contact is worth"},
    rows=("C02",), book="8.1", notebook="25-crm-technology", app="executive", function="crm.workflow.contact_value", points=2,
)

# %% [markdown] lang="id" part="task"
# Saluran mana untuk isi pemasaran? Tabel `contacts` menyebut berapa orang dihubungi lewat tiap saluran, berapa yang membeli (`bought`), dan biaya satu kontak; baris `nothing_sent` ialah kelompok undian yang **tidak** dikirimi apa pun. Satu pembelian memberi marjin {margin:money}. Berapa nilai satu kontak lewat **{channel}**: pembelian **tambahan** per kontak kali marjin, dikurangi biaya kontak?

# %% [markdown] lang="en" part="task"
# Which channel for the content? The table `contacts` tells how many people were contacted through each channel, how many bought (`bought`), and what a contact costs; the row `nothing_sent` is a group drawn by lot that got **nothing**. A purchase leaves a margin of {margin:money}. What is a contact through **{channel}** worth: **additional** purchases a contact times margin, minus the contact's cost?

# %% [markdown] lang="id" part="hint"
# Sebagian orang membeli juga tanpa pesan. Baris mana yang mengatakan berapa?

# %% [markdown] lang="en" part="hint"
# Some people buy without any message. Which row tells how many?

# %% [markdown] lang="id" part="hint"
# (pangsa pembeli saluran − pangsa pembeli tanpa pesan) × marjin − biaya.

# %% [markdown] lang="en" part="hint"
# (share that bought in the channel − share that bought without a message) × margin − cost.

# %% part="solution"
t = q.data["contacts"].set_index("channel")
share = t["bought"] / t["contacts"]
own = q.data["channel"]
q.answer = (share[own] - share["nothing_sent"]) * q.data["margin"] - t.loc[own, "cost_of_a_contact"]

# %% [markdown] lang="id" part="why"
# Yang dibeli juga tanpa pesan bukan jasa pesan itu. Contoh hitungan kasar: WhatsApp 0,08 × Rp60.000 − Rp500 = Rp4.300, email 0,02 × Rp60.000 − Rp50 = Rp1.150; setelah dikurangi kelompok yang tidak dikirimi, saluran murah yang jarang menjual dapat menjadi rugi.

# %% [markdown] lang="en" part="why"
# What is bought without a message is not the message's doing. A rough sum for comparison: WhatsApp 0.08 × Rp60,000 − Rp500 = Rp4,300, e-mail 0.02 × Rp60,000 − Rp50 = Rp1,150; once those who were sent nothing are taken off, a cheap channel that seldom sells may lose.

# %% part="wrong" name="all_credited"
t = q.data["contacts"].set_index("channel")
own = q.data["channel"]
q.answer = t.loc[own, "bought"] / t.loc[own, "contacts"] * q.data["margin"] - t.loc[own, "cost_of_a_contact"]

# %% [markdown] lang="id" part="wrong" name="all_credited"
# Semua pembelian dianggap jasa pesan. Berapa yang terjadi juga pada kelompok tanpa pesan?

# %% [markdown] lang="en" part="wrong" name="all_credited"
# All purchases are credited to the message. How many happened in the group without one?

# %% part="wrong" name="cost_forgotten"
t = q.data["contacts"].set_index("channel")
share = t["bought"] / t["contacts"]
q.answer = (share[q.data["channel"]] - share["nothing_sent"]) * q.data["margin"]

# %% [markdown] lang="id" part="wrong" name="cost_forgotten"
# Biaya kontak belum dikurangkan. Siapa yang membayar pesan kepada orang yang tidak membeli?

# %% [markdown] lang="en" part="wrong" name="cost_forgotten"
# The cost of a contact is not taken off. Who pays for messages to people who don't buy?

# %% part="wrong" name="per_buyer"
t = q.data["contacts"].set_index("channel")
share = t["bought"] / t["contacts"]
own = q.data["channel"]
q.answer = ((share[own] - share["nothing_sent"]) * q.data["margin"] - t.loc[own, "cost_of_a_contact"]) / share[own]

# %% [markdown] lang="id" part="wrong" name="per_buyer"
# Itu nilai per pembeli. Kepada berapa orang pesan dikirim untuk mendapat seorang pembeli?

# %% [markdown] lang="en" part="wrong" name="per_buyer"
# That is the value per buyer. How many people are written to for one buyer?

# %% part="question"
question(
    "may_the_board_hear_this", kind="choice", style="claim", level="independent", variants=("fine", "eighty", "competitor", "failure"),
    title={"id": "Bolehkah ini dikatakan kepada direksi?", "en": "May the board be told this?"},
    options={
        "c1": {"id": "Boleh, data itu mendukungnya.", "en": "Yes, those data support it."},
        "c2": {"id": "Tidak: jumlah keseluruhan menutupi bagian yang bergerak berlawanan.", "en": "No: the total hides parts that move against each other."},
        "c3": {"id": "Tidak: itu semboyan; data kita sendiri mengatakan lain.", "en": "No: that is a slogan; our own data say otherwise."},
        "c4": {"id": "Tidak: datanya mengatakan bahwa mereka pergi, bukan ke mana.", "en": "No: the data say that they left, not where to."},
        "c5": {"id": "Tidak: angka tanpa sumber yang menyebut siapa dan kapan dihitung.", "en": "No: a figure without a source that says who was counted and when."},
    },
    rows=("Z10", "Z12"), book="9.2", notebook="26-retail-case", app="executive", function="crm.sales.revenue_tree",
)

# %% [markdown] lang="id" part="task" variant="fine"
# "Omzet 2020 naik sekitar 4%, jadi pandemi tidak menyentuh kita." Omzet toko turun seperempat, marketplace dan WhatsApp tumbuh.

# %% [markdown] lang="en" part="task" variant="fine"
# "Revenue of 2020 rose by some 4%, so the pandemic did not touch us." Stores lost a quarter of theirs, the marketplace and WhatsApp grew.

# %% [markdown] lang="id" part="task" variant="eighty"
# "Seperlima pelanggan membawa 80% omzet, seperti di mana-mana." Pada data PT XYZ seperlima konsumen teratas membawa 61%, interval 95% di bawah 80%.

# %% [markdown] lang="en" part="task" variant="eighty"
# "A fifth of the customers brings 80% of revenue, as everywhere." In PT XYZ's data the best fifth of consumers brings 61%, with a 95% interval below 80%.

# %% [markdown] lang="id" part="task" variant="competitor"
# "Akun korporat yang menutup pada 2020 pindah ke pesaing baru." Churn korporat tiga kali lipat; alasan penutupan tidak dicatat.

# %% [markdown] lang="en" part="task" variant="competitor"
# "The corporate accounts that closed in 2020 went to the new competitor." Corporate churn tripled; why they closed was not recorded.

# %% [markdown] lang="id" part="task" variant="failure"
# "33% perusahaan sulit membangun CRM, jadi peluang kita berhasil dua dari tiga." Angka itu dikutip dari sebuah penelitian tanpa tahun, banyaknya responden, atau arti "sulit".

# %% [markdown] lang="en" part="task" variant="failure"
# "33% of companies struggle to build CRM, so our chance of success is two in three." The figure is quoted from a study without year, number of respondents, or what "struggle" means.

# %% [markdown] lang="id" part="hint"
# Pisahkan: apa yang tertulis di data, dan apa yang ditambahkan orang yang berbicara?

# %% [markdown] lang="en" part="hint"
# Keep apart: what stands in the data, and what the speaker adds?

# %% [markdown] lang="id" part="hint"
# Kata "jadi", "seperti di mana-mana", "pindah ke": bukti apa yang diperlukan masing-masing?

# %% [markdown] lang="en" part="hint"
# The words "so", "as everywhere", "went to": what evidence would each need?

# %% part="solution"
q.answer = {"fine": "c2", "eighty": "c3", "competitor": "c4", "failure": "c5"}[q.variant]

# %% [markdown] lang="id" part="why"
# Laporan akhir dalam buku menyebut keputusan berdasarkan data sebagai manfaat CRM. Itu berlaku juga untuk kalimat di rapat direksi: bagian sebelum jumlah, data sendiri sebelum semboyan, yang tercatat sebelum yang diduga, dan sumber sebelum angka.

# %% [markdown] lang="en" part="why"
# The book's final report names decisions based on data as a benefit of CRM. That holds for sentences at a board meeting, too: parts before totals, own data before slogans, what was recorded before what is guessed, and the source before the figure.

# %% part="wrong" name="believed"
q.answer = "c1"

# %% [markdown] lang="id" part="wrong" name="believed"
# Kalimatnya dipercaya karena menyebut angka. Apa yang ditambahkan kalimat itu kepada angkanya?

# %% [markdown] lang="en" part="wrong" name="believed"
# The sentence was believed because it has a number. What does it add to that number?

# %% part="wrong" name="other_gap"
q.answer = {"fine": "c3", "eighty": "c4", "competitor": "c5", "failure": "c2"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="other_gap"
# Keberatan itu tidak cocok dengan kalimat ini. Apa yang sungguh diketahui, dan apa yang disimpulkan?

# %% [markdown] lang="en" part="wrong" name="other_gap"
# That objection does not fit this sentence. What is really known, and what is concluded?

# %% part="wrong" name="third_gap"
q.answer = {"fine": "c5", "eighty": "c2", "competitor": "c3", "failure": "c4"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="third_gap"
# Ada yang lain yang lebih menentukan di sini. Baca kalimat kedua sekali lagi: apa yang dikatakannya tentang yang pertama?

# %% [markdown] lang="en" part="wrong" name="third_gap"
# Something else decides here. Read the second sentence again: what does it say about the first?

# %% part="question"
question(
    "six_steps", kind="order", level="independent", length=6, variants=("vendor", "training", "logo"),
    title={"id": "Laporan akhir: enam langkah", "en": "The final report: six steps"},
    lines={
        "s1": {"id": "Periksa data yang sudah ada: segmen, persona, deret lima tahun", "en": "Check the existing data: segments, personas, a series of five years"},
        "s2": {"id": "Pilih perangkat lunak yang tepat", "en": "Choose the right software"},
        "s3": {"id": "Buat visi perusahaan", "en": "Make the company's vision"},
        "s4": {"id": "Rencanakan strategi pemasaran isi (content marketing)", "en": "Plan the content marketing"},
        "s5": {"id": "Gunakan CRM untuk menaikkan pendapatan", "en": "Use CRM to raise revenue"},
        "s6": {"id": "Selaraskan CRM dengan strategi perusahaan", "en": "Align CRM with the company's strategy"},
        "s7": {"id": "Undang vendor mendemonstrasikan produknya", "en": "Invite vendors to show their products"},
        "s8": {"id": "Hapus data pelanggan yang lebih tua dari setahun", "en": "Delete customers' data older than a year"},
        "s9": {"id": "Ganti logo dan warna perusahaan", "en": "Change the company's logo and colours"},
    },
    shown={
        "vendor": ["s1", "s2", "s3", "s4", "s5", "s6", "s7"],
        "training": ["s1", "s2", "s3", "s4", "s5", "s6", "s8"],
        "logo": ["s1", "s2", "s3", "s4", "s5", "s6", "s9"],
    },
    rows=("Z12",), book="9.2", notebook="26-retail-case", app="executive", function="crm.papers.rubric",
)

# %% [markdown] lang="id" part="task"
# Susun enam langkah membangun CRM dalam urutan buku. Satu baris bukan langkah buku; tinggalkan.

# %% [markdown] lang="en" part="task"
# Put the book's six steps towards CRM in its order. One line is none of its steps; leave it out.

# %% [markdown] lang="id" part="hint"
# Buku mulai dengan untuk siapa perusahaan ada, dan berakhir dengan alatnya.

# %% [markdown] lang="en" part="hint"
# The book begins with what the company is for, and ends with the tool.

# %% [markdown] lang="id" part="hint"
# Di tengah: pendapatan, lalu strategi, lalu data, lalu apa yang dikatakan kepada pelanggan.

# %% [markdown] lang="en" part="hint"
# In between: revenue, then strategy, then data, then what is said to customers.

# %% part="solution"
q.answer = ["s3", "s5", "s6", "s1", "s4", "s2"]

# %% [markdown] lang="id" part="why"
# Perangkat lunak terakhir, sebab tanpa visi, sasaran, dan data tidak ada yang dapat dinilai padanya. Buku sendiri mengatakan bahwa strategi dan visi harus ada sebelum memilih. Dalam praktik langkah 2 sampai 4 berulang: data sering mengubah sasarannya.

# %% [markdown] lang="en" part="why"
# Software comes last, for without vision, objectives and data there is nothing to judge it by. The book itself says that strategy and vision must exist before choosing. In practice steps 2 to 4 repeat: data often change the objectives.

# %% part="wrong" name="software_first"
q.answer = ["s2", "s3", "s5", "s6", "s1", "s4"]

# %% [markdown] lang="id" part="wrong" name="software_first"
# Alatnya dipilih lebih dahulu. Dengan kebutuhan apa vendor akan dibandingkan?

# %% [markdown] lang="en" part="wrong" name="software_first"
# The tool comes first. By which needs would vendors be compared?

# %% part="wrong" name="content_before_data"
q.answer = ["s3", "s5", "s6", "s4", "s2", "s1"]

# %% [markdown] lang="id" part="wrong" name="content_before_data"
# Isi pemasaran dan perangkat lunak direncanakan sebelum datanya diperiksa. Kepada segmen mana isinya ditujukan?

# %% [markdown] lang="en" part="wrong" name="content_before_data"
# Content and software are planned before the data are checked. For which segment is the content?

# %% part="wrong" name="data_first"
q.answer = ["s1", "s3", "s5", "s6", "s4", "s2"]

# %% [markdown] lang="id" part="wrong" name="data_first"
# Data diperiksa sebelum ada visi. Pertanyaan apa yang harus dijawab data itu?

# %% [markdown] lang="en" part="wrong" name="data_first"
# The data are checked before there is a vision. Which question are they to answer?
