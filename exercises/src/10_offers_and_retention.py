# %% [markdown] lang="id" part="title"
# # 10 · Penawaran dan retensi
#
# Siapa yang kembali, penawaran mana untuk siapa, apakah voucher benar-benar membawa pelanggan pulang, dan apa arti klaim besar bila dihitung dengan angka sendiri. Soal mengikuti artikel tentang personalisasi, perjalanan pelanggan, dan pelanggan sebagai pusat, lalu pola pembelian dan pipeline dari buku. Semua perusahaan di sini rekaan.

# %% [markdown] lang="en" part="title"
# # 10 · Offers and retention
#
# Who returns, which offer for whom, whether a voucher really brings customers back, and what bold claims mean in one's own figures. The questions follow the articles on personalisation, journeys and customer-centric work, then the book's patterns of buying and pipeline. All companies here are made up.

# %% part="data"
def said(variant, id, en, **more):
    """The words of a variant in both languages."""
    return {
        "id": {"firm": id[variant]} | {k: v[0] for k, v in more.items()},
        "en": {"firm": en[variant]} | {k: v[1] for k, v in more.items()},
    }


def first_half(rng, variant):
    """Orders of the customers who came first in January to May 2020, up to the end of June."""
    who, month = [], []
    number = 1000
    for first in range(1, 6):
        size = int(rng.integers(36, 62))
        ids = np.arange(number, number + size)
        number += size
        who.append(ids)
        month.append(np.full(size, first))
        keep = rng.uniform(0.38, 0.55)
        for later in range(first + 1, 7):
            again = ids[rng.random(size) < keep * 0.93 ** (later - first)]
            often = np.concatenate([again, again[rng.random(len(again)) < 0.3]])
            who.append(often)
            month.append(np.full(len(often), later))
    who, month = np.concatenate(who), np.concatenate(month)
    day = pd.to_datetime("2020-01-01") + pd.to_timedelta(np.array([0, 31, 60, 91, 121, 152])[month - 1] + rng.integers(0, 29, len(who)), unit="D")
    orders = pd.DataFrame({"customer_id": who, "ordered_at": day}).iloc[rng.permutation(len(who))].reset_index(drop=True)
    orders.insert(0, "order_id", np.arange(1, len(orders) + 1))
    words = said(
        variant,
        {"cafe": "kedai kopi", "salon": "salon", "books": "toko buku"},
        {"cafe": "coffee bar", "salon": "hairdresser", "books": "bookshop"},
    )
    return {"orders": orders, "words": words}


def contracts(rng, variant):
    """Contracts with the days of opening and closing; and what a programme cost and brought."""
    n = 620
    opened = pd.to_datetime("2018-01-01") + pd.to_timedelta(rng.integers(0, 1065, n), unit="D")
    stay = rng.exponential(rng.uniform(600, 1100), n).astype(int) + 5
    new = rng.permutation(n)[:45]
    opened = opened.where(~np.isin(np.arange(n), new), pd.Timestamp("2020-11-02") + pd.to_timedelta(rng.integers(0, 27, n), unit="D"))
    quick = np.isin(np.arange(n), new[:9])
    closed = opened + pd.to_timedelta(np.where(quick, 1, stay), unit="D")
    closed = closed.where(closed <= pd.Timestamp("2020-11-30"), pd.NaT)
    accounts = pd.DataFrame({"account": np.arange(1, n + 1), "opened_on": opened, "closed_on": closed})
    cost = 40_000_000 + 1000 * int(rng.integers(0, 60_000))
    names = {"id": {"name": {"brand": "tidak dapat membedakan merek", "doubt": "tidak membawa pengalaman itu ke keputusan membeli", "act": "bertindak berbeda"}[variant]}}
    names["en"] = {"name": {"brand": "can't tell brands apart", "doubt": "do not carry the experience into the decision to buy", "act": "acted differently"}[variant]}
    return {
        "accounts": accounts,
        "cost": cost,
        "gain": 1000 * int(cost * rng.uniform(1.15, 1.7) / 1000),
        "reported": {"brand": 0.46, "doubt": 0.58, "act": 0.14}[variant],
        "words": names,
    }


def baskets(rng, variant):
    """Lines of baskets; a product scanned twice stands there twice."""
    a, b = {"bread": ("bread", "jam"), "tea": ("tea", "sugar"), "soap": ("soap", "sponge")}[variant]
    n = int(rng.integers(260, 340))
    has_a = rng.random(n) < rng.uniform(0.16, 0.22)
    has_b = rng.random(n) < np.where(has_a, rng.uniform(0.55, 0.7), 0.32)
    rest = rng.random((n, 2)) < [0.6, 0.4]
    rest[:, 0] |= ~(has_a | has_b | rest[:, 1])
    lines = pd.DataFrame(
        {
            "basket": np.concatenate([np.flatnonzero(h) for h in (has_a, has_b, rest[:, 0], rest[:, 1])]) + 1,
            "product": np.repeat([a, b, "rice", "milk"], [has_a.sum(), has_b.sum(), rest[:, 0].sum(), rest[:, 1].sum()]),
        }
    )
    ours = np.flatnonzero(lines["product"].isin([a, b]))
    twice = lines.iloc[rng.permutation(ours)[: len(ours) // 3]]
    lines = pd.concat([lines, twice]).sort_values(["basket", "product"]).reset_index(drop=True)
    return {"lines": lines, "if_product": a, "then_product": b}


def voucher(rng, variant):
    """A campaign to customers who had stayed away: a voucher for most of them, nothing for those held out."""
    sent, held = int(rng.integers(520, 600)), int(rng.integers(140, 190))
    group = np.repeat(["voucher", "holdout"], [sent, held])
    chance = np.where(group == "voucher", rng.uniform(0.17, 0.24), rng.uniform(0.07, 0.12))
    came = rng.random(sent + held) < chance
    came[[0, sent]] = True
    campaign = pd.DataFrame({"customer_id": 2001 + rng.permutation(sent + held), "group": group, "came_back": came})
    campaign = campaign.sort_values("customer_id").reset_index(drop=True)
    formula = {
        "naive": ("semua yang kembali × margin − yang kembali × nilai voucher", "all who came back × margin − those who came back × the voucher"),
        "counts": ("(yang kembali dengan voucher − yang kembali tanpa voucher) × margin − yang kembali × nilai voucher", "(those back with a voucher − those back without) × margin − those back × the voucher"),
        "costs": ("tambahan yang kembali × margin − semua penerima × nilai voucher", "the additional ones who came back × margin − all receivers × the voucher"),
    }[variant]
    return {
        "campaign": campaign,
        "margin": 20_000 + 50 * int(rng.integers(0, 900)),
        "voucher": 8_000 + 50 * int(rng.integers(0, 200)),
        "words": {"id": {"formula": formula[0]}, "en": {"formula": formula[1]}},
    }


def offers_at_hand(rng, variant):
    """Who agreed to be written to, what can be offered, and how likely each customer takes each offer."""
    n, names = 45, ["A", "B", "C", "D", "E"]
    customers = pd.DataFrame({"customer": [f"M{i:02d}" for i in range(1, n + 1)], "consent": rng.random(n) < 0.75})
    customers.loc[[0, 1], "consent"] = [True, False]
    margin = np.sort(rng.integers(9_000, 90_000, 5))[rng.permutation(5)] + rng.integers(0, 99, 5)
    offers = pd.DataFrame({"offer": names, "margin": margin.astype(float), "cost": rng.integers(800, 4_500, 5).astype(float)})
    offers["stock"] = rng.integers(80, 900, 5)
    p = rng.beta(1.2, 6, (n, 5)) * (20_000 / margin) ** 0.5
    p = p.clip(0.001, 0.9).round(3)
    worth = p * margin - offers["cost"].to_numpy()
    wanted = np.bincount(worth.argmax(axis=1)[customers["consent"].to_numpy() & (worth.max(axis=1) > 0)], minlength=5)
    offers.loc[int(wanted.argmax()), "stock"] = 0  # the offer that most would have got
    chances = pd.DataFrame({"customer": np.repeat(customers["customer"], 5).to_numpy(), "offer": names * n, "p": p.ravel()})
    words = said(
        variant,
        {"bank": "bank", "telco": "operator seluler", "grocer": "toko swalayan"},
        {"bank": "bank", "telco": "mobile operator", "grocer": "supermarket"},
    )
    return {"customers": customers, "offers": offers, "chances": chances, "words": words}


def year_of_days(rng, variant):
    """One row a day; on some days the till was down and nothing is known."""
    year = int(rng.integers(2017, 2020))
    day = pd.date_range(f"{year}-01-01", f"{year}-12-31")
    window = (day.day >= 25) | (day.day == 1)
    orders = rng.poisson(42 * np.where(window, rng.uniform(1.15, 1.45), 1.0) * (1 + 0.15 * (day.day_of_week >= 5)))
    days = pd.DataFrame({"day": day, "orders": orders.astype(float)})
    days["revenue"] = (days["orders"] * rng.uniform(60_000, 90_000, len(day))).round()
    days["visitors"] = np.floor(days["orders"] * rng.uniform(2.2, 3.4, len(day)))
    down = np.sort(np.concatenate([rng.choice(np.flatnonzero(window), 5, False), rng.choice(np.flatnonzero(~window), 6, False)]))
    days.loc[down, ["orders", "revenue", "visitors"]] = np.nan
    return {"days": days, "year": year}


def deals(rng, variant):
    """Deals by owner: open ones with a chance in percent, won and lost ones with the days that they took."""
    n = 150
    status = rng.choice(["open", "won", "lost"], n, p=[0.4, 0.25, 0.35])
    owner = rng.choice(["Ayu", "Budi", "Citra"], n)
    owner[:9], status[:9] = np.repeat(["Ayu", "Budi", "Citra"], 3), ["open", "won", "lost"] * 3
    book = pd.DataFrame({"deal": np.arange(1, n + 1), "owner": owner, "status": status})
    book["amount"] = (rng.integers(4_000_000, 90_000_000, n) + rng.integers(0, 999, n)).astype(float)
    book["chance_percent"] = np.select([status == "won", status == "lost"], [100, 0], rng.choice([10, 20, 35, 50, 80], n))
    book["cycle_days"] = np.where(status == "open", np.nan, rng.integers(15, 120, n))
    words = said(
        variant,
        {"solar": "pemasang panel surya", "events": "penyelenggara acara", "furniture": "pembuat mebel kantor"},
        {"solar": "installer of solar panels", "events": "organiser of events", "furniture": "maker of office furniture"},
    )
    return {"deals": book, "words": words}


def member(rng, variant):
    """A member's payments and refunds, the newest first; points only count once a refund is taken off."""
    n = 64
    paid = pd.Timestamp("2019-01-03") + pd.to_timedelta(np.cumsum(rng.integers(4, 16, n)), unit="D")
    amount = 10_000 * rng.integers(4, 60, n)
    amount[3::5] = -(amount[2::5][: len(amount[3::5])] * 0.9 // 10_000 * 10_000).astype(int)
    book = pd.DataFrame({"paid_on": paid, "booked_on": paid + pd.to_timedelta(rng.integers(16, 19, n), unit="D"), "amount": amount})
    words = said(
        variant,
        {"coffee": "kedai kopi", "cinema": "bioskop", "petrol": "pompa bensin"},
        {"coffee": "coffee bar", "cinema": "cinema", "petrol": "petrol station"},
    )
    aim = int(amount.sum() // 10_000 * rng.uniform(0.75, 0.9))
    return {"payments": book[::-1].reset_index(drop=True), "points": aim, "words": words}


def old_leads(rng, variant):
    """Leads of last year: what they did, and whether they became customers."""
    n = int(rng.integers(620, 790))
    won = rng.random(n) < rng.uniform(0.16, 0.26)
    leads = pd.DataFrame(
        {
            "lead": np.arange(1, n + 1),
            "opened_email": rng.random(n) < np.where(won, rng.uniform(0.6, 0.8), rng.uniform(0.25, 0.4)),
            "visited_page": rng.random(n) < np.where(won, rng.uniform(0.5, 0.7), rng.uniform(0.15, 0.3)),
            "won": won,
        }
    )
    return {"leads": leads}

# %% part="question"
question(
    "cohort_grid", kind="table", columns=("cohort", "age", "share"), decimals=2, level="worked", data="first_half", points=2,
    variants=("cafe", "salon", "books"), title={"id": "Segitiga kohor", "en": "The cohort triangle"},
    rows=("U03",), book="article: customer-centric", notebook="13-retention-and-lifecycle", app="studio", function="crm.retention.cohorts",
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Seratus orang membeli pertama kali pada Januari. Empat puluh dari mereka membeli pada Februari, tiga puluh pada Maret: 40,0% dan 30,0%, keduanya dari seratus. Yang pertama membeli pada Maret belum punya bulan berikutnya; barisnya tidak ada, bukan nol.

# %% [markdown] lang="en" part="example"
# **Example.** A hundred people buy for the first time in January. Forty of them buy in February, thirty in March: 40.0% and 30.0%, both of the hundred. Those who first bought in March have no next month yet; their row is not there, and is not zero.

# %% part="example"
import pandas as pd

seen = pd.Series([100, 40, 30], index=["2020-01", "2020-02", "2020-03"])
100 * seen / seen.iloc[0]

# %% [markdown] lang="id" part="task"
# Susun segitiga kohor sebuah {firm} dari pesanan sampai 30 Juni 2020. Kohor: bulan pembelian pertama (`cohort`, ditulis "2020-01"). Umur: banyaknya bulan sejak bulan itu (`age`, mulai **1**). `share`: persen **pelanggan kohor** yang membeli pada bulan itu. Sel yang belum terjadi tidak ditulis.

# %% [markdown] lang="en" part="task"
# Make the cohort triangle of this {firm} from its orders up to 30 June 2020. Cohort: the month of the first purchase (`cohort`, written "2020-01"). Age: the months since that month (`age`, from **1**). `share`: the percentage of the **cohort's customers** who bought in that month. Cells that have not happened are not written.

# %% [markdown] lang="id" part="hint"
# Beri setiap pesanan bulan pertama pelanggannya: `month.groupby(orders["customer_id"]).transform("min")`.

# %% [markdown] lang="en" part="hint"
# Give each order its customer's first month: `month.groupby(orders["customer_id"]).transform("min")`.

# %% [markdown] lang="id" part="hint"
# Hitung pelanggan yang **berbeda** per kohor dan umur (`nunique`), lalu bagi dengan banyaknya pada umur 0.

# %% [markdown] lang="en" part="hint"
# Count **different** customers by cohort and age (`nunique`), then divide by their number at age 0.

# %% part="solution"
orders = q.data["orders"]
month = orders["ordered_at"].dt.month
first = month.groupby(orders["customer_id"]).transform("min")
seen = orders["customer_id"].groupby([("2020-0" + first.astype(str)).rename("cohort"), (month - first).rename("age")]).nunique()
table = (100 * seen / seen.xs(0, level="age")).rename("share").reset_index()
q.answer = table[table["age"] > 0]

# %% part="package"
sales = q.data["orders"].assign(amount=1.0)
told = crm.retention.cohorts(sales, as_of="2020-06-30").table
told = told[(told["row"] == "member") & (told["age"] > 0) & told["share"].notna()]
q.answer = told.assign(share=100 * told["share"])

# %% [markdown] lang="id" part="why"
# Penyebut setiap sel ialah kohor itu sendiri, sehingga baris dapat dibandingkan. Bulan yang belum terjadi kosong; menulisnya nol membuat kohor muda tampak gagal. Artikel menyarankan mengukur retensi; segitiga menunjukkan retensi siapa.

# %% [markdown] lang="en" part="why"
# Each cell is divided by its own cohort, so that rows can be compared. Months that have not happened are blank; a zero makes young cohorts look like failures. The article advises measuring retention; the triangle tells whose.

# %% part="wrong" name="future_as_zero"
orders = q.data["orders"]
month = orders["ordered_at"].dt.month
first = month.groupby(orders["customer_id"]).transform("min")
seen = orders["customer_id"].groupby([("2020-0" + first.astype(str)).rename("cohort"), (month - first).rename("age")]).nunique()
table = (100 * seen / seen.xs(0, level="age")).unstack(fill_value=0).stack().rename("share").reset_index()
q.answer = table[table["age"] > 0]

# %% [markdown] lang="id" part="wrong" name="future_as_zero"
# Bulan yang belum terjadi Anda isi nol. Apakah kohor Mei sudah punya bulan kelima?

# %% [markdown] lang="en" part="wrong" name="future_as_zero"
# Months that have not happened are filled with zero. Does the cohort of May have a fifth month already?

# %% part="wrong" name="of_previous_month"
orders = q.data["orders"]
month = orders["ordered_at"].dt.month
first = month.groupby(orders["customer_id"]).transform("min")
seen = orders["customer_id"].groupby([("2020-0" + first.astype(str)).rename("cohort"), (month - first).rename("age")]).nunique()
table = (100 * seen / seen.groupby("cohort").shift()).rename("share").reset_index()
q.answer = table[table["age"] > 0]

# %% [markdown] lang="id" part="wrong" name="of_previous_month"
# Penyebutnya bulan sebelumnya. Bagian dari siapa yang diminta segitiga kohor?

# %% [markdown] lang="en" part="wrong" name="of_previous_month"
# The denominator is the month before. A share of whom does the triangle ask for?

# %% part="wrong" name="orders_for_people"
orders = q.data["orders"]
month = orders["ordered_at"].dt.month
first = month.groupby(orders["customer_id"]).transform("min")
seen = orders["customer_id"].groupby([("2020-0" + first.astype(str)).rename("cohort"), (month - first).rename("age")]).count()
table = (100 * seen / seen.xs(0, level="age")).rename("share").reset_index()
q.answer = table[table["age"] > 0]

# %% [markdown] lang="id" part="wrong" name="orders_for_people"
# Pesanan dihitung sebagai orang. Berapa kali seorang pelanggan yang memesan dua kali sebulan boleh dihitung?

# %% [markdown] lang="en" part="wrong" name="orders_for_people"
# Orders are counted as people. How often may a customer count who ordered twice in a month?

# %% part="question"
question(
    "claims_on_own_figures", kind="blanks", style="claim", level="faded", data="contracts", points=3,
    parts={
        "churn": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "churn November 2020 (persen dari kontrak yang berjalan pada awal bulan)", "en": "churn of November 2020 (percent of the contracts that ran when the month began)"}},
        "year_after": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "churn **setahun** (persen) bila churn bulanan itu turun 28% dari nilainya", "en": "churn of a **year** (percent) when that monthly churn falls by 28% of itself"}},
        "roi_relative": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "ROI (persen) bila ROI kini naik 25% dari nilainya", "en": "ROI (percent) when the present ROI rises by 25% of itself"}},
        "roi_points": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "ROI (persen) bila ROI kini naik 25 poin", "en": "ROI (percent) when the present ROI rises by 25 points"}},
        "half_width": {"kind": "number", "unit": "points", "digits": 3, "says": {"id": "setengah lebar interval 95% klaim survei (poin; 1,96 × galat baku)", "en": "half the 95% interval of the survey's claim (points; 1.96 × standard error)"}},
    },
    variants=("brand", "doubt", "act"), title={"id": "Bolehkah dikatakan? Klaim artikel dengan angka sendiri", "en": "Can you say this? The articles' claims in your own figures"},
    rows=("U02", "J11", "J12", "S02"), book="article: journeys", notebook="12-customer-value", app="executive", function="crm.value.kpi_claims",
)

# %% [markdown] lang="id" part="task"
# Dua artikel mengutip: AI menurunkan churn 28%; program perjalanan pelanggan menaikkan ROI rata-rata 25%; {reported:share.0} dari 3.013 responden {name}. Poin atau persen tidak disebut. Apa artinya pada angka sendiri?
#
# `accounts`: kontrak Anda. Program Anda membawa {gain:money} dengan biaya {cost:money}. (Contoh: membawa 140 dengan biaya 100 ialah ROI 40%; naik 25% menjadi 50%, naik 25 poin menjadi 65%. Churn 2% sebulan menjadi 21,53% setahun. 46% dari 3.013: ± 1,78 poin.)

# %% [markdown] lang="en" part="task"
# Two articles quote: AI lowers churn by 28%; a journey programme raises ROI by 25% on average; {reported:share.0} of 3,013 respondents {name}. Points or percent is not said. What does that mean in your own figures?
#
# `accounts`: your contracts. Your programme brought {gain:money} at a cost of {cost:money}. (Example: 140 at a cost of 100 is an ROI of 40%; 25% more makes 50%, 25 points more 65%. Churn of 2% a month is 21.53% a year. 46% of 3,013: ± 1.78 points.)

# %% part="start"
accounts = q.data["accounts"]
running = ...  # opened before 1 November, not closed before it
lost = ...  # those of them closed in November
q.answer = {
    "churn": ...,
    "year_after": ...,  # 1 - (1 - monthly churn) ** 12
    "roi_relative": ...,
    "roi_points": ...,
    "half_width": ...,
}

# %% [markdown] lang="id" part="hint"
# Churn sebulan: yang tutup dari mereka yang sudah berjalan pada awal bulan. Kontrak baru bulan itu tidak termasuk.

# %% [markdown] lang="en" part="hint"
# Churn of a month: the closed ones among those that ran when it began. New contracts of the month do not belong.

# %% [markdown] lang="id" part="hint"
# Turun 28% dari nilainya: kali 0,72. Setahun: yang bertahan dikalikan dua belas kali, 1 − (1 − c)¹².

# %% [markdown] lang="en" part="hint"
# Lower by 28% of itself: times 0.72. A year: those who stay multiply twelve times, 1 − (1 − c)¹².

# %% [markdown] lang="id" part="hint"
# ROI = (hasil − biaya) / biaya. Galat baku sebuah bagian p: akar dari p(1 − p)/n.

# %% [markdown] lang="en" part="hint"
# ROI = (gain − cost) / cost. The standard error of a share p: the root of p(1 − p)/n.

# %% part="solution"
accounts, start, end = q.data["accounts"], "2020-11-01", "2020-11-30"
running = (accounts["opened_on"] < start) & ~(accounts["closed_on"] < start)
churn = (running & (accounts["closed_on"] <= end)).sum() / running.sum()
roi, p = q.data["gain"] / q.data["cost"] - 1, q.data["reported"]
q.answer = {
    "churn": 100 * churn,
    "year_after": 100 * (1 - (1 - 0.72 * churn) ** 12),
    "roi_relative": 125 * roi,
    "roi_points": 100 * roi + 25,
    "half_width": 100 * 1.96 * (p * (1 - p) / 3013) ** 0.5,
}

# %% part="package"
accounts, start, end = q.data["accounts"], "2020-11-01", "2020-11-30"
running = (accounts["opened_on"] < start) & ~(accounts["closed_on"] < start)
churn = (running & (accounts["closed_on"] <= end)).sum() / running.sum()
after = crm.value.kpi_claims(churn=churn).table.set_index(["indicator", "read_as"])["share_after"]["churn", "relative_change"]
roi = crm.value.roi(q.data["gain"], q.data["cost"]).table.set_index("read_as")["roi_share"]
q.answer = {
    "churn": 100 * churn,
    "year_after": 100 * crm.retention.annual_share(after),
    "roi_relative": 100 * roi["relative_change"],
    "roi_points": 100 * roi["percentage_points"],
    "half_width": crm.personalisation.reported_share(q.data["reported"], 3013).facts["margin_points"],
}

# %% [markdown] lang="id" part="why"
# Satu klaim, dua arti: ROI 40% menjadi 50% atau 65%. Churn yang turun 28 poin dari 5% tidak mungkin, jadi di sana hanya cara relatif yang masuk akal. Survei 3.013 orang teliti sampai sekitar dua poin, tetapi itu hanya menyangkut kebetulan, bukan siapa yang ditanya. Artikel tidak menyebut dasar, tahun, maupun banyaknya perusahaan.

# %% [markdown] lang="en" part="why"
# One claim, two meanings: an ROI of 40% becomes 50% or 65%. A churn of 5% can't fall by 28 points, so only the relative reading makes sense there. A survey of 3,013 is exact to about two points, but that speaks of chance only, not of who was asked. The articles name no base, no year, no number of companies.

# %% part="wrong" name="newcomers_in_base"
accounts = q.data["accounts"]
there = ~(accounts["closed_on"] < "2020-11-01")
churn = (there & accounts["closed_on"].notna()).sum() / there.sum()
q.answer = {"churn": 100 * churn}

# %% [markdown] lang="id" part="wrong" name="newcomers_in_base"
# Kontrak yang baru dibuka pada November ikut dihitung. Apakah mereka dapat hilang dari yang berjalan pada awal bulan?

# %% [markdown] lang="en" part="wrong" name="newcomers_in_base"
# Contracts opened in November are counted too. Could they be lost from those that ran when the month began?

# %% part="wrong" name="months_added_up"
accounts, start = q.data["accounts"], "2020-11-01"
running = (accounts["opened_on"] < start) & ~(accounts["closed_on"] < start)
churn = (running & accounts["closed_on"].notna()).sum() / running.sum()
q.answer = {"churn": 100 * churn, "year_after": 100 * 12 * 0.72 * churn}

# %% [markdown] lang="id" part="wrong" name="months_added_up"
# Dua belas bulan dijumlahkan. Dari berapa orang bulan kedua kehilangan, setelah bulan pertama?

# %% [markdown] lang="en" part="wrong" name="months_added_up"
# Twelve months are added up. From how many people does the second month lose, after the first?

# %% part="wrong" name="year_lowered_not_month"
accounts, start = q.data["accounts"], "2020-11-01"
running = (accounts["opened_on"] < start) & ~(accounts["closed_on"] < start)
churn = (running & accounts["closed_on"].notna()).sum() / running.sum()
q.answer = {"churn": 100 * churn, "year_after": 72 * (1 - (1 - churn) ** 12)}

# %% [markdown] lang="id" part="wrong" name="year_lowered_not_month"
# Dasar 28% Anda churn setahun. Churn yang mana yang turun menurut soal?

# %% [markdown] lang="en" part="wrong" name="year_lowered_not_month"
# The base of your 28% is the year's churn. Which churn falls in this question?

# %% part="wrong" name="points_and_percent_swapped"
roi = q.data["gain"] / q.data["cost"] - 1
q.answer = {"roi_relative": 100 * roi + 25, "roi_points": 125 * roi}

# %% [markdown] lang="id" part="wrong" name="points_and_percent_swapped"
# Poin dan persen tertukar. ROI 40% naik 25 poin menjadi berapa?

# %% [markdown] lang="en" part="wrong" name="points_and_percent_swapped"
# Points and percent are swapped. What does an ROI of 40% become with 25 points more?

# %% part="wrong" name="cost_not_taken_off"
ratio = q.data["gain"] / q.data["cost"]
q.answer = {"roi_relative": 125 * ratio, "roi_points": 100 * ratio + 25}

# %% [markdown] lang="id" part="wrong" name="cost_not_taken_off"
# Hasil dibagi biaya bukan ROI: biayanya belum dikurangkan. Berapa ROI bila hasil sama dengan biaya?

# %% [markdown] lang="en" part="wrong" name="cost_not_taken_off"
# Gain by cost is no ROI: the cost was not taken off. What is the ROI when gain equals cost?

# %% part="wrong" name="whole_width"
p = q.data["reported"]
q.answer = {"half_width": 200 * 1.96 * (p * (1 - p) / 3013) ** 0.5}

# %% [markdown] lang="id" part="wrong" name="whole_width"
# Itu lebar seluruh interval. Berapa jauhnya ke satu sisi?

# %% [markdown] lang="en" part="wrong" name="whole_width"
# That is the width of the whole interval. How far is it to one side?

# %% part="question"
question(
    "next_best_offer", kind="table", columns=("customer", "offer", "ev"), decimals=0, level="independent", data="offers_at_hand", points=2,
    variants=("bank", "telco", "grocer"), title={"id": "Penawaran terbaik berikutnya", "en": "The next best offer"},
    rows=("J02",), book="article: journeys", notebook="14-personalisation-failures", app="studio", function="crm.privacy.campaign_list",
)

# %% [markdown] lang="id" part="task"
# Sebuah {firm} memilih satu penawaran untuk setiap pelanggan. Nilai harapan (`ev`) sebuah penawaran: peluang diterima kali margin, dikurangi biaya mengirimnya (biaya keluar entah diterima atau tidak). Pilih yang `ev`-nya terbesar. Penawaran yang persediaannya habis tidak dikirim, pelanggan tanpa persetujuan (`consent`) tidak dihubungi, dan bila `ev` terbesar tidak di atas nol, tidak ada yang dikirim.
#
# (A: 0,10 × 50 − 2 = 3; B: 0,04 × 200 − 2 = 6; C: 0,25 × 10 − 2 = 0,5. Pilihannya B; bila B habis, A.)

# %% [markdown] lang="en" part="task"
# A {firm} chooses one offer for each customer. The expected value (`ev`) of an offer: the chance that it is taken times the margin, less the cost of sending it (spent whether it is taken or not). Choose the largest `ev`. An offer out of stock is not sent, customers without consent are not written to, and where the largest `ev` is not above zero nothing is sent.
#
# (A: 0.10 × 50 − 2 = 3; B: 0.04 × 200 − 2 = 6; C: 0.25 × 10 − 2 = 0.5. The choice is B; with B out of stock, A.)

# %% [markdown] lang="id" part="hint"
# Gabungkan `chances` dengan `offers` (menurut `offer`) dan `customers` (menurut `customer`), lalu saring dahulu.

# %% [markdown] lang="en" part="hint"
# Merge `chances` with `offers` (on `offer`) and `customers` (on `customer`), then filter first.

# %% [markdown] lang="id" part="hint"
# Urutkan menurut `ev` dari besar, ambil baris pertama setiap pelanggan: `drop_duplicates("customer")`.

# %% [markdown] lang="en" part="hint"
# Sort by `ev`, the largest first, and keep each customer's first row: `drop_duplicates("customer")`.

# %% part="solution"
every = q.data["chances"].merge(q.data["offers"], on="offer").merge(q.data["customers"], on="customer")
every["ev"] = every["p"] * every["margin"] - every["cost"]
allowed = every[every["consent"] & (every["stock"] > 0) & (every["ev"] > 0)]
q.answer = allowed.sort_values("ev", ascending=False).drop_duplicates("customer")[["customer", "offer", "ev"]]

# %% [markdown] lang="id" part="why"
# Peluang terbesar jatuh pada penawaran yang murah; margin terbesar pada yang jarang diterima. Nilai harapan menimbang keduanya dan biayanya. Artikel menyebut *next best offer* tanpa menyebut persetujuan; di Indonesia daftar kirim mulai dari sana (UU 27/2022).

# %% [markdown] lang="en" part="why"
# The largest chance falls on cheap offers, the largest margin on those seldom taken. Expected value weighs both, and the cost. The article speaks of next best offers without consent; in Indonesia a mailing list begins with it (Law 27/2022).

# %% part="wrong" name="most_likely"
every = q.data["chances"].merge(q.data["offers"], on="offer").merge(q.data["customers"], on="customer")
every["ev"] = every["p"] * every["margin"] - every["cost"]
allowed = every[every["consent"] & (every["stock"] > 0)]
q.answer = allowed.sort_values("p", ascending=False).drop_duplicates("customer")[["customer", "offer", "ev"]]

# %% [markdown] lang="id" part="wrong" name="most_likely"
# Anda memilih yang paling mungkin diterima. Berapa yang dibawanya bila diterima?

# %% [markdown] lang="en" part="wrong" name="most_likely"
# You chose what is most likely taken. What does it bring when it is?

# %% part="wrong" name="consent_ignored"
every = q.data["chances"].merge(q.data["offers"], on="offer")
every["ev"] = every["p"] * every["margin"] - every["cost"]
allowed = every[(every["stock"] > 0) & (every["ev"] > 0)]
q.answer = allowed.sort_values("ev", ascending=False).drop_duplicates("customer")[["customer", "offer", "ev"]]

# %% [markdown] lang="id" part="wrong" name="consent_ignored"
# Pelanggan tanpa persetujuan ikut dikirimi. Kolom mana yang menentukan siapa yang boleh dihubungi?

# %% [markdown] lang="en" part="wrong" name="consent_ignored"
# Customers without consent are written to. Which column decides who may be?

# %% part="wrong" name="stock_ignored"
every = q.data["chances"].merge(q.data["offers"], on="offer").merge(q.data["customers"], on="customer")
every["ev"] = every["p"] * every["margin"] - every["cost"]
allowed = every[every["consent"] & (every["ev"] > 0)]
q.answer = allowed.sort_values("ev", ascending=False).drop_duplicates("customer")[["customer", "offer", "ev"]]

# %% [markdown] lang="id" part="wrong" name="stock_ignored"
# Penawaran yang habis masih dikirim. Penawaran mana yang persediaannya nol?

# %% [markdown] lang="en" part="wrong" name="stock_ignored"
# An offer that is out of stock is still sent. Which one has none left?

# %% part="wrong" name="cost_only_when_taken"
every = q.data["chances"].merge(q.data["offers"], on="offer").merge(q.data["customers"], on="customer")
every["ev"] = every["p"] * (every["margin"] - every["cost"])
allowed = every[every["consent"] & (every["stock"] > 0) & (every["ev"] > 0)]
q.answer = allowed.sort_values("ev", ascending=False).drop_duplicates("customer")[["customer", "offer", "ev"]]

# %% [markdown] lang="id" part="wrong" name="cost_only_when_taken"
# Biaya Anda kalikan dengan peluang diterima. Apakah mengirim penawaran yang ditolak itu gratis?

# %% [markdown] lang="en" part="wrong" name="cost_only_when_taken"
# You multiplied the cost by the chance. Is sending an offer that is refused free?

# %% part="question"
question(
    "voucher_profit", kind="blanks", style="mistake", level="independent", data="voucher", points=3,
    parts={
        "mistake": {
            "kind": "choice",
            "says": {"id": "kekeliruan rumus itu:", "en": "the formula's mistake:"},
            "options": {
                "naive": {"id": "yang akan kembali sendiri ikut dihitung", "en": "those who would have come anyway are counted"},
                "counts": {"id": "dua kelompok yang besarnya berbeda dibandingkan dengan banyaknya orang", "en": "two groups of different size are compared by numbers of people"},
                "costs": {"id": "voucher yang tidak dipakai ikut dibebankan", "en": "vouchers that were not used are charged"},
                "none": {"id": "tidak ada", "en": "none"},
            },
        },
        "points": {"kind": "number", "unit": "points", "digits": 4, "says": {"id": "selisih bagian yang kembali, voucher dikurangi tanpa voucher (poin)", "en": "the difference of the shares that came back, voucher less holdout (points)"}},
        "z": {"kind": "number", "unit": "number", "digits": 4, "says": {"id": "z untuk selisih itu, dengan galat baku gabungan", "en": "z of that difference, with the pooled standard error"}},
        "profit": {"kind": "number", "unit": "money", "digits": 5, "says": {"id": "tambahan laba yang benar (Rp)", "en": "the right additional profit (Rp)"}},
    },
    variants=("naive", "counts", "costs"), title={"id": "Apakah voucher membawa mereka pulang?", "en": "Did the voucher bring them back?"},
    rows=("J10", "U05"), book="article: journeys", notebook="14-personalisation-failures", app="studio", function="crm.retention.repeat_share",
)

# %% [markdown] lang="id" part="task"
# Pelanggan yang lebih dari 30 hari tidak datang diundi: sebagian besar mendapat voucher {voucher:money}, sisanya (`holdout`) tidak. Setiap orang yang kembali membawa margin {margin:money} sebelum voucher, dan voucher hanya dibayar oleh yang kembali memakainya (semua yang kembali dengan voucher memakainya). Seorang rekan melaporkan tambahan laba sebagai:
#
# > {formula}
#
# Temukan kekeliruannya, uji selisihnya, dan hitung yang benar. (Contoh: 96 dari 800 dan 14 dari 200 kembali: 12,0% dan 7,0%, +5 poin, z 2,02; 40 orang tambahan × 25 ribu − 96 × 10 ribu = 40 ribu.)

# %% [markdown] lang="en" part="task"
# Customers who had not come for more than 30 days were drawn by lot: most got a voucher of {voucher:money}, the others (`holdout`) did not. Everyone who came back brought a margin of {margin:money} before the voucher, and a voucher costs only when it is used (all who came back with one used it). A colleague reports as additional profit:
#
# > {formula}
#
# Find the mistake, test the difference, and work out the right figure. (Example: 96 of 800 and 14 of 200 came back: 12.0% and 7.0%, +5 points, z 2.02; 40 additional people × 25 thousand − 96 × 10 thousand = 40 thousand.)

# %% [markdown] lang="id" part="hint"
# Berapa penerima voucher yang akan kembali juga tanpa voucher? Kelompok `holdout` memberi bagiannya.

# %% [markdown] lang="en" part="hint"
# How many receivers would have come back without a voucher? The group `holdout` gives the share.

# %% [markdown] lang="id" part="hint"
# Tambahan orang = n penerima × selisih bagian. Yang membayar voucher: semua penerima yang kembali.

# %% [markdown] lang="en" part="hint"
# Additional people = n receivers × the difference of the shares. Vouchers are paid for all receivers who came back.

# %% [markdown] lang="id" part="hint"
# z = selisih dibagi akar dari p(1 − p)(1/n₁ + 1/n₂), dengan p bagian yang kembali dari kedua kelompok bersama-sama.

# %% [markdown] lang="en" part="hint"
# z = the difference divided by the root of p(1 − p)(1/n₁ + 1/n₂), with p the share of both groups together.

# %% part="solution"
campaign = q.data["campaign"]
by = campaign.groupby("group")["came_back"].agg(["sum", "count", "mean"])
(k, n, p), (_, n_held, p_held) = by.loc["voucher"], by.loc["holdout"]
pooled = campaign["came_back"].mean()
z = (p - p_held) / (pooled * (1 - pooled) * (1 / n + 1 / n_held)) ** 0.5
profit = n * (p - p_held) * q.data["margin"] - k * q.data["voucher"]
q.answer = {"mistake": q.variant, "points": 100 * (p - p_held), "z": z, "profit": profit}

# %% [markdown] lang="id" part="why"
# Hanya yang **tambahan** merupakan hasil voucher, sedangkan biayanya juga mengenai orang yang tetap akan datang. Tanpa kelompok yang ditahan, angka itu tidak dapat dihitung. Artikel pelanggan sebagai pusat meminta uji A/B sebelum penerapan; di sinilah gunanya.

# %% [markdown] lang="en" part="why"
# Only the **additional** ones are the voucher's work, while its cost also falls on people who would have come anyway. Without a group held out the figure can't be known. The customer-centric article asks for A/B tests before anything is rolled out; this is what they are for.

# %% part="wrong" name="report_believed"
by = q.data["campaign"].groupby("group")["came_back"].agg(["sum", "count", "mean"])
(k, n, p), (k_held, _, p_held) = by.loc["voucher"], by.loc["holdout"]
m, v = q.data["margin"], q.data["voucher"]
told = {"naive": k * m - k * v, "counts": (k - k_held) * m - k * v, "costs": n * (p - p_held) * m - n * v}
q.answer = {"mistake": "none", "points": 100 * (p - p_held), "profit": told[q.variant]}

# %% [markdown] lang="id" part="wrong" name="report_believed"
# Anda mempercayai laporan itu. Cobalah rumusnya pada contoh 96 dari 800 dan 14 dari 200: apakah keluar 40 ribu?

# %% [markdown] lang="en" part="wrong" name="report_believed"
# You believe the report. Try its formula on the example of 96 of 800 and 14 of 200: does 40 thousand come out?

# %% part="wrong" name="other_mistake"
q.answer = {"mistake": {"naive": "costs", "counts": "naive", "costs": "counts"}[q.variant]}

# %% [markdown] lang="id" part="wrong" name="other_mistake"
# Kekeliruan itu sering terjadi, tetapi bukan di rumus ini. Baca satu per satu: siapa dikalikan margin, siapa dikalikan voucher?

# %% [markdown] lang="en" part="wrong" name="other_mistake"
# That mistake is common, but not in this formula. Read it piece by piece: who is multiplied by the margin, who by the voucher?

# %% part="wrong" name="percent_for_points"
by = q.data["campaign"].groupby("group")["came_back"].mean()
q.answer = {"mistake": q.variant, "points": 100 * (by["voucher"] / by["holdout"] - 1)}

# %% [markdown] lang="id" part="wrong" name="percent_for_points"
# Itu kenaikan relatif dalam persen. Dari 7% ke 12%: berapa poin, dan berapa persen?

# %% [markdown] lang="en" part="wrong" name="percent_for_points"
# That is the relative rise in percent. From 7% to 12%: how many points, and how many percent?

# %% part="wrong" name="voucher_forgotten"
by = q.data["campaign"].groupby("group")["came_back"].agg(["count", "mean"])
gain = by["mean"]["voucher"] - by["mean"]["holdout"]
q.answer = {"mistake": q.variant, "points": 100 * gain, "profit": by["count"]["voucher"] * gain * q.data["margin"]}

# %% [markdown] lang="id" part="wrong" name="voucher_forgotten"
# Margin tambahannya tepat, tetapi biaya voucher belum dikurangkan. Siapa yang memakainya?

# %% [markdown] lang="en" part="wrong" name="voucher_forgotten"
# The additional margin is right, but the vouchers' cost is not taken off. Who used them?

# %% part="question"
question(
    "payday_index", kind="number", unit="number", digits=5, level="independent", data="year_of_days",
    variants=("orders", "revenue", "visitors"), title={"id": "Berapa nilai hari gajian", "en": "What payday is worth"},
    rows=("J05",), book="article: journeys", notebook="24-five-years-of-sales", app="executive", function="crm.forecasting.payday",
)

# %% [markdown] lang="id" part="task" variant="orders"
# Jendela gajian: tanggal 25 sampai akhir bulan, dan tanggal 1. Berapa kali lipat rata-rata **pesanan** sehari di dalam jendela dibandingkan dengan hari di luarnya pada {year}? Pada beberapa hari kasir rusak: kosong berarti tidak diketahui. (13,0 di dalam dan 10,0 di luar: 1,30.)

# %% [markdown] lang="en" part="task" variant="orders"
# The payday window: the 25th to the month's end, and the 1st. How many times the average daily **orders** outside are those inside the window in {year}? On some days the till was down: empty means not known. (13.0 inside and 10.0 outside: 1.30.)

# %% [markdown] lang="id" part="task" variant="revenue"
# Jendela gajian: tanggal 25 sampai akhir bulan, dan tanggal 1. Berapa kali lipat rata-rata **omzet** sehari di dalam jendela dibandingkan dengan hari di luarnya pada {year}? Pada beberapa hari kasir rusak: kosong berarti tidak diketahui. (13,0 di dalam dan 10,0 di luar: 1,30.)

# %% [markdown] lang="en" part="task" variant="revenue"
# The payday window: the 25th to the month's end, and the 1st. How many times the average daily **revenue** outside is that inside the window in {year}? On some days the till was down: empty means not known. (13.0 inside and 10.0 outside: 1.30.)

# %% [markdown] lang="id" part="task" variant="visitors"
# Jendela gajian: tanggal 25 sampai akhir bulan, dan tanggal 1. Berapa kali lipat rata-rata **pengunjung** sehari di dalam jendela dibandingkan dengan hari di luarnya pada {year}? Pada beberapa hari kasir rusak: kosong berarti tidak diketahui. (13,0 di dalam dan 10,0 di luar: 1,30.)

# %% [markdown] lang="en" part="task" variant="visitors"
# The payday window: the 25th to the month's end, and the 1st. How many times the average daily **visitors** outside are those inside the window in {year}? On some days the till was down: empty means not known. (13.0 inside and 10.0 outside: 1.30.)

# %% [markdown] lang="id" part="hint"
# Satu kolom ya atau tidak: `(days["day"].dt.day >= 25) | (days["day"].dt.day == 1)`.

# %% [markdown] lang="en" part="hint"
# A column of yes and no: `(days["day"].dt.day >= 25) | (days["day"].dt.day == 1)`.

# %% [markdown] lang="id" part="hint"
# Rata-rata per hari, bukan jumlah: di luar jendela harinya jauh lebih banyak. `mean()` melewati nilai kosong.

# %% [markdown] lang="en" part="hint"
# A mean by day, not a sum: there are far more days outside. `mean()` passes over empty values.

# %% part="solution"
days = q.data["days"]
date = days["day"].dt.day
window = (date >= 25) | (date == 1)
q.answer = days.loc[window, q.variant].mean() / days.loc[~window, q.variant].mean()

# %% [markdown] lang="id" part="why"
# Bandingkan hari dengan hari: jendela itu 89 dari 365 hari, jadi jumlahnya tentu lebih kecil. Hari yang tidak diketahui bukan hari tanpa penjualan. Angka ini belum memisahkan akhir pekan dan musim; buku catatan 24 melakukannya.

# %% [markdown] lang="en" part="why"
# Compare days with days: the window has 89 of 365 days, so its sum must be smaller. An unknown day is not a day without sales. This figure does not yet hold weekends and seasons apart; notebook 24 does.

# %% part="wrong" name="sums_compared"
days = q.data["days"]
date = days["day"].dt.day
window = (date >= 25) | (date == 1)
q.answer = days.loc[window, q.variant].sum() / days.loc[~window, q.variant].sum()

# %% [markdown] lang="id" part="wrong" name="sums_compared"
# Anda membandingkan jumlah. Berapa hari ada di dalam jendela, dan berapa di luarnya?

# %% [markdown] lang="en" part="wrong" name="sums_compared"
# You compare sums. How many days lie inside the window, and how many outside?

# %% part="wrong" name="first_day_outside"
days = q.data["days"]
window = days["day"].dt.day >= 25
q.answer = days.loc[window, q.variant].mean() / days.loc[~window, q.variant].mean()

# %% [markdown] lang="id" part="wrong" name="first_day_outside"
# Tanggal 1 Anda taruh di luar: batasnya kurang satu hari. Sampai kapan jendela itu?

# %% [markdown] lang="en" part="wrong" name="first_day_outside"
# You put the 1st outside: the window is one day short. How far does it reach?

# %% part="wrong" name="unknown_as_zero"
days = q.data["days"].fillna(0)
date = days["day"].dt.day
window = (date >= 25) | (date == 1)
q.answer = days.loc[window, q.variant].mean() / days.loc[~window, q.variant].mean()

# %% [markdown] lang="id" part="wrong" name="unknown_as_zero"
# Hari dengan kasir rusak dihitung nol. Apakah hari itu tidak ada pembeli?

# %% [markdown] lang="en" part="wrong" name="unknown_as_zero"
# Days on which the till was down count as zero. Did nobody buy on them?

# %% part="wrong" name="against_all_days"
days = q.data["days"]
date = days["day"].dt.day
window = (date >= 25) | (date == 1)
q.answer = days.loc[window, q.variant].mean() / days[q.variant].mean()

# %% [markdown] lang="id" part="wrong" name="against_all_days"
# Penyebutnya rata-rata semua hari, termasuk jendela itu sendiri. Dibandingkan dengan hari yang mana?

# %% [markdown] lang="en" part="wrong" name="against_all_days"
# The denominator is the mean of all days, the window itself among them. Compared with which days?

# %% part="question"
question(
    "hot_lead", kind="number", unit="percent", digits=5, level="independent", data="old_leads", points=2,
    variants=("both", "email_only", "page_only"), title={"id": "Seberapa panas prospek ini?", "en": "How hot is this lead?"},
    rows=("J06",), book="article: journeys", notebook="25-crm-technology", app="executive", function="crm.sales.lift",
)

# %% [markdown] lang="id" part="task" variant="both"
# Prospek baru **membuka surel dan mengunjungi halaman harga**. Berapa peluangnya menjadi pelanggan (persen) menurut naive Bayes dari `leads` tahun lalu, tanpa pemulusan? (Peluang awal 0,25 banding 1, dua petunjuk masing-masing tiga kali lebih sering pada yang menang: 0,25 × 3 × 3 = 2,25 banding 1, yaitu 69,23%.)

# %% [markdown] lang="en" part="task" variant="both"
# A new lead **opened the email and visited the page of prices**. What is its chance to become a customer (percent) by naive Bayes from last year's `leads`, without smoothing? (Prior odds 0.25, two signs each three times as frequent among the won: 0.25 × 3 × 3 = 2.25 to 1, which is 69.23%.)

# %% [markdown] lang="id" part="task" variant="email_only"
# Prospek baru **membuka surel, tetapi tidak mengunjungi halaman harga**. Berapa peluangnya menjadi pelanggan (persen) menurut naive Bayes dari `leads` tahun lalu, tanpa pemulusan? (Peluang awal 0,25 banding 1, dua petunjuk masing-masing tiga kali lebih sering pada yang menang: 0,25 × 3 × 3 = 2,25 banding 1, yaitu 69,23%.)

# %% [markdown] lang="en" part="task" variant="email_only"
# A new lead **opened the email, but did not visit the page of prices**. What is its chance to become a customer (percent) by naive Bayes from last year's `leads`, without smoothing? (Prior odds 0.25, two signs each three times as frequent among the won: 0.25 × 3 × 3 = 2.25 to 1, which is 69.23%.)

# %% [markdown] lang="id" part="task" variant="page_only"
# Prospek baru **mengunjungi halaman harga, tetapi tidak membuka surel**. Berapa peluangnya menjadi pelanggan (persen) menurut naive Bayes dari `leads` tahun lalu, tanpa pemulusan? (Peluang awal 0,25 banding 1, dua petunjuk masing-masing tiga kali lebih sering pada yang menang: 0,25 × 3 × 3 = 2,25 banding 1, yaitu 69,23%.)

# %% [markdown] lang="en" part="task" variant="page_only"
# A new lead **visited the page of prices, but did not open the email**. What is its chance to become a customer (percent) by naive Bayes from last year's `leads`, without smoothing? (Prior odds 0.25, two signs each three times as frequent among the won: 0.25 × 3 × 3 = 2.25 to 1, which is 69.23%.)

# %% [markdown] lang="id" part="hint"
# Peluang awal dalam bentuk perbandingan: yang menang dibagi yang kalah, dari semua prospek.

# %% [markdown] lang="en" part="hint"
# Prior odds: the won by the lost, of all leads.

# %% [markdown] lang="id" part="hint"
# Untuk setiap petunjuk: bagian yang begitu di antara yang menang, dibagi bagian di antara yang kalah. Yang **tidak** terjadi juga petunjuk.

# %% [markdown] lang="en" part="hint"
# For each sign: the share among the won that did so, divided by the share among the lost. What did **not** happen is a sign too.

# %% [markdown] lang="id" part="hint"
# Kalikan semuanya menjadi perbandingan o, lalu ubah menjadi peluang: o / (1 + o).

# %% [markdown] lang="en" part="hint"
# Multiply all to odds o, then turn them into a chance: o / (1 + o).

# %% part="solution"
leads = q.data["leads"]
won, lost = leads[leads["won"]], leads[~leads["won"]]
odds = len(won) / len(lost)
for sign, seen in {"opened_email": q.variant != "page_only", "visited_page": q.variant != "email_only"}.items():
    odds *= (won[sign] == seen).mean() / (lost[sign] == seen).mean()
q.answer = 100 * odds / (1 + odds)

# %% [markdown] lang="id" part="why"
# Naive Bayes mengalikan peluang awal dengan kekuatan setiap petunjuk, seolah-olah petunjuk itu tidak saling bergantung. Bila bergantung, prospek tampak lebih panas daripada kenyataannya. Artikel menyebut penyaringan prospek otomatis; syaratnya ialah menghitung juga mereka yang kalah.

# %% [markdown] lang="en" part="why"
# Naive Bayes multiplies the prior odds by the strength of each sign, as if signs did not depend on one another. Where they do, a lead looks hotter than it is. The article speaks of leads filtered automatically; that needs a count of those who were lost, too.

# %% part="wrong" name="prior_forgotten"
leads = q.data["leads"]
won, lost = leads[leads["won"]], leads[~leads["won"]]
odds = 1.0
for sign, seen in {"opened_email": q.variant != "page_only", "visited_page": q.variant != "email_only"}.items():
    odds *= (won[sign] == seen).mean() / (lost[sign] == seen).mean()
q.answer = 100 * odds / (1 + odds)

# %% [markdown] lang="id" part="wrong" name="prior_forgotten"
# Peluang awal terlupa (base rate): Anda mulai dari satu banding satu. Berapa prospek yang menang sebelum melihat petunjuk?

# %% [markdown] lang="en" part="wrong" name="prior_forgotten"
# The base rate is forgotten: you start at even odds. How many leads are won before any sign is seen?

# %% part="wrong" name="condition_reversed"
leads = q.data["leads"]
odds = leads["won"].sum() / (~leads["won"]).sum()
for sign, seen in {"opened_email": q.variant != "page_only", "visited_page": q.variant != "email_only"}.items():
    p = leads.loc[leads[sign] == seen, "won"].mean()
    odds *= p / (1 - p)
q.answer = 100 * odds / (1 + odds)

# %% [markdown] lang="id" part="wrong" name="condition_reversed"
# Syaratnya terbalik: bagian yang menang di antara yang membuka, bukan bagian yang membuka di antara yang menang. Mana yang dikalikan naive Bayes?

# %% [markdown] lang="en" part="wrong" name="condition_reversed"
# The condition is reversed: the share of won among those who opened, instead of the share who opened among the won. Which does naive Bayes multiply?

# %% part="wrong" name="odds_for_chance"
leads = q.data["leads"]
won, lost = leads[leads["won"]], leads[~leads["won"]]
odds = len(won) / len(lost)
for sign, seen in {"opened_email": q.variant != "page_only", "visited_page": q.variant != "email_only"}.items():
    odds *= (won[sign] == seen).mean() / (lost[sign] == seen).mean()
q.answer = 100 * odds

# %% [markdown] lang="id" part="wrong" name="odds_for_chance"
# Itu perbandingan (odds), bukan peluang. Dua banding satu sama dengan berapa persen?

# %% [markdown] lang="en" part="wrong" name="odds_for_chance"
# Those are odds, not a chance. What percentage is two to one?

# %% part="question"
question(
    "second_level", kind="date", level="independent", data="member",
    variants=("coffee", "cinema", "petrol"), title={"id": "Kapan anggota ini naik tingkat", "en": "When this member went up a level"},
    rows=("J09", "N04"), book="8.4", notebook="25-crm-technology", app="executive", function="crm.workflow.watch",
)

# %% [markdown] lang="id" part="task"
# Anggota sebuah {firm} mendapat satu poin tiap Rp10.000 yang **dibayar**; pengembalian uang (nilai negatif) mengambil poinnya lagi. Pada hari apa (`paid_on`) jumlah poinnya untuk pertama kali mencapai {points} poin? Pemberitahuan dikirim sekali, pada hari itu. `payments` mulai dari yang terbaru; `booked_on` hanya hari pencatatannya.
#
# (Bayar 3,2, 4,1, 1,9, dan 1,5 juta: 10 juta tercapai pada pembayaran keempat, 10,7 juta.)

# %% [markdown] lang="en" part="task"
# A member of this {firm} earns a point for each Rp10,000 **paid**; a refund (negative) takes its points back. On which day (`paid_on`) do the points reach {points} for the first time? The message goes out once, on that day. `payments` begins with the newest; `booked_on` is only the day of its entry.
#
# (Payments of 3.2, 4.1, 1.9 and 1.5 million: 10 million is reached with the fourth, at 10.7 million.)

# %% [markdown] lang="id" part="hint"
# Jumlah berjalan hanya bermakna dalam urutan waktu: urutkan menurut `paid_on` dahulu.

# %% [markdown] lang="en" part="hint"
# A running total only makes sense in order of time: sort by `paid_on` first.

# %% [markdown] lang="id" part="hint"
# `cumsum()` atas `amount / 10_000`, lalu baris pertama yang sama dengan atau di atas batas.

# %% [markdown] lang="en" part="hint"
# `cumsum()` of `amount / 10_000`, then the first row at or above the threshold.

# %% part="solution"
payments = q.data["payments"].sort_values("paid_on")
reached = (payments["amount"] / 10_000).cumsum() >= q.data["points"]
q.answer = payments.loc[reached, "paid_on"].iloc[0]

# %% part="package"
payments = q.data["payments"].assign(customer_id=1)
q.answer = crm.workflow.watch(payments, [10_000 * q.data["points"]], at="paid_on").table["reached_at"].iloc[0]

# %% [markdown] lang="id" part="why"
# Ambang dinilai pada hari kejadian, dengan pengembalian sudah dikurangkan, dan hanya sekali walaupun poin turun lalu naik lagi. Buku (8.4) menyebut pemantauan nilai kumulatif; urutan waktu dan pengembalian yang menentukan apakah pesannya tepat.

# %% [markdown] lang="en" part="why"
# A threshold is judged on the day of the event, with refunds taken off, and only once even where points fall and rise again. The book (8.4) names the watch on a cumulative value; the order of time and the refunds decide whether its message is right.

# %% part="wrong" name="order_of_the_file"
payments = q.data["payments"]
reached = (payments["amount"] / 10_000).cumsum() >= q.data["points"]
q.answer = payments.loc[reached, "paid_on"].iloc[0]

# %% [markdown] lang="id" part="wrong" name="order_of_the_file"
# Jumlah berjalan Anda mengikuti urutan berkas. Baris mana yang paling lama?

# %% [markdown] lang="en" part="wrong" name="order_of_the_file"
# Your running total follows the order of the file. Which row is the oldest?

# %% part="wrong" name="refunds_left_out"
payments = q.data["payments"].sort_values("paid_on")
payments = payments[payments["amount"] > 0]
reached = (payments["amount"] / 10_000).cumsum() >= q.data["points"]
q.answer = payments.loc[reached, "paid_on"].iloc[0]

# %% [markdown] lang="id" part="wrong" name="refunds_left_out"
# Pengembalian uang tidak mengurangi poin pada hitungan Anda. Apakah anggota menyimpan poin dari uang yang kembali?

# %% [markdown] lang="en" part="wrong" name="refunds_left_out"
# Refunds take no points off in your count. Does a member keep the points of money that came back?

# %% part="wrong" name="day_of_entry"
payments = q.data["payments"].sort_values("booked_on")
reached = (payments["amount"] / 10_000).cumsum() >= q.data["points"]
q.answer = payments.loc[reached, "booked_on"].iloc[0]

# %% [markdown] lang="id" part="wrong" name="day_of_entry"
# Itu hari pencatatan. Kapan anggota itu sungguh membayar?

# %% [markdown] lang="en" part="wrong" name="day_of_entry"
# That is the day of the entry. When did the member really pay?

# %% part="question"
question(
    "four_failures", kind="matching", level="independent", draw=8, variants=("retail", "clinic", "school"), points=2,
    title={"id": "Empat kegagalan personalisasi", "en": "Four failures of personalisation"},
    items={
        "f1": {"id": "38% anggaran kampanye jatuh pada segmen yang merugi", "en": "38% of the campaign budget falls on a segment that loses money"},
        "f2": {"id": "Semua pembeli dikirimi penawaran; tidak ada yang dikeluarkan dari daftar", "en": "Every buyer gets the offers; nobody is ever taken off the list"},
        "f3": {"id": "Tenaga penjual mengejar pesanan yang labanya negatif", "en": "Salespeople chase orders with negative profit"},
        "f4": {"id": "Daftar sasaran tidak pernah ditinjau sejak usaha berdiri", "en": "The list of targets has not been reviewed since the company began"},
        "f5": {"id": "Survei kebutuhan terakhir berumur enam tahun", "en": "The last survey of needs is six years old"},
        "f6": {"id": "Persona disusun dari delapan wawancara", "en": "The personas rest on eight interviews"},
        "f7": {"id": "Pelanggan menerima diskon popok untuk anak yang sudah sekolah", "en": "Customers get nappy discounts for a child at school"},
        "f8": {"id": "Tiga perempat alasan keluhan tidak dikenal tim penawaran", "en": "Three quarters of the reasons to complain are unknown to the team that makes offers"},
        "f9": {"id": "Perangkat lunak dibeli; belum ada yang menulis proses kerjanya", "en": "Software was bought; nobody has written down the process"},
        "f10": {"id": "Proyek selesai menurut pemasok, tetapi tidak ada pemilik proses", "en": "The project is finished for the vendor, and no process has an owner"},
        "f11": {"id": "Direksi mengumumkan investasi server sebagai strategi personalisasi", "en": "The board announces servers as its strategy of personalisation"},
        "f12": {"id": "Surel otomatis jalan, aturan siapa yang mendapat apa tidak ada", "en": "Automatic mails run, with no rule about who gets what"},
        "f13": {"id": "Kasir tidak tahu untuk apa nomor anggota ditanyakan", "en": "Cashiers do not know why they ask for the member's number"},
        "f14": {"id": "Laporan pelanggan terbuka bagi semua, dibaca 6% karyawan", "en": "Reports on customers are open to all; 6% of the staff read them"},
        "f15": {"id": "Bagian operasional menganggap program ini urusan pemasaran saja", "en": "Operations think that the programme is marketing's affair only"},
        "f16": {"id": "Data diisi asal saja karena tidak ada yang dilatih", "en": "Data are filled in anyhow, for nobody was trained"},
    },
    classes={
        "people": {"id": "salah orang", "en": "wrong people (salah orang)"},
        "picture": {"id": "salah kenal", "en": "wrong picture of them (salah kenal)"},
        "belief": {"id": "salah paham", "en": "wrong belief in technology (salah paham)"},
        "teaching": {"id": "salah didik", "en": "wrong teaching inside (salah didik)"},
    },
    rows=("S01",), book="article: personalisation", notebook="14-personalisation-failures", app="studio", function="crm.personalisation.diagnose",
)

# %% [markdown] lang="id" part="task" variant="retail"
# Personalisasi sebuah jaringan toko tidak membawa hasil. Setiap temuan berikut menunjuk ke salah satu dari empat kegagalan dalam artikel. Yang mana?

# %% [markdown] lang="en" part="task" variant="retail"
# Personalisation brings a chain of shops no results. Each finding points to one of the article's four failures. Which?

# %% [markdown] lang="id" part="task" variant="clinic"
# Personalisasi sebuah penyedia alat kesehatan tidak membawa hasil. Setiap temuan berikut menunjuk ke salah satu dari empat kegagalan dalam artikel. Yang mana?

# %% [markdown] lang="en" part="task" variant="clinic"
# Personalisation brings a seller of health devices no results. Each finding points to one of the article's four failures. Which?

# %% [markdown] lang="id" part="task" variant="school"
# Personalisasi sebuah penyalur perlengkapan sekolah tidak membawa hasil. Setiap temuan berikut menunjuk ke salah satu dari empat kegagalan dalam artikel. Yang mana?

# %% [markdown] lang="en" part="task" variant="school"
# Personalisation brings a dealer in school supplies no results. Each finding points to one of the article's four failures. Which?

# %% [markdown] lang="id" part="hint"
# Tanyakan: salah memilih siapa, salah mengenal mereka, salah mengira alat cukup, atau salah membina orang sendiri?

# %% [markdown] lang="en" part="hint"
# Ask: was the wrong customer chosen, was he known wrongly, was a tool thought enough, or were one's own people not won over?

# %% [markdown] lang="id" part="hint"
# "Salah paham" tentang proses yang tidak dibangun; "salah didik" tentang karyawan dan budaya di dalam perusahaan.

# %% [markdown] lang="en" part="hint"
# "Salah paham" is about processes that were never built; "salah didik" about staff and culture inside the company.

# %% part="solution"
q.answer = (
    {f"f{i}": "people" for i in range(1, 5)}
    | {f"f{i}": "picture" for i in range(5, 9)}
    | {f"f{i}": "belief" for i in range(9, 13)}
    | {f"f{i}": "teaching" for i in range(13, 17)}
)

# %% [markdown] lang="id" part="why"
# Urutannya penting: siapa yang dilayani diputuskan sebelum mengenal mereka, proses dirancang sebelum alat, dan semuanya gagal bila orang dalam tidak ikut. Artikel menyebut gejalanya dalam persen survei; penyebabnya dicari di data sendiri.

# %% [markdown] lang="en" part="why"
# The order matters: whom to serve is decided before they are studied, the process is designed before the tool, and all of it fails when the people inside do not join. The article gives symptoms in percent of a survey; causes are looked for in one's own data.

# %% part="wrong" name="technology_for_all"
q.answer = {f"f{i}": "belief" for i in range(1, 17)}

# %% [markdown] lang="id" part="wrong" name="technology_for_all"
# Anda menyalahkan teknologi untuk hal yang bukan urusan alat. Apakah temuan ini tentang proses kerja, atau tentang siapa yang dilayani dan dibina?

# %% [markdown] lang="en" part="wrong" name="technology_for_all"
# You blame technology for what is no matter of tools. Is the finding about processes, or about who is served and who is taught?

# %% part="wrong" name="targeting_for_all"
q.answer = {f"f{i}": "people" for i in range(1, 17)}

# %% [markdown] lang="id" part="wrong" name="targeting_for_all"
# Tidak setiap kegagalan berasal dari sasaran. Orangnya mungkin tepat: apa yang salah sesudah itu?

# %% [markdown] lang="en" part="wrong" name="targeting_for_all"
# Not every failure comes from targeting. The people may be right: what went wrong after that?

# %% part="wrong" name="staff_for_all"
q.answer = {f"f{i}": "teaching" for i in range(1, 17)}

# %% [markdown] lang="id" part="wrong" name="staff_for_all"
# Anda menyalahkan karyawan. Apakah pelatihan akan mengubah temuan ini?

# %% [markdown] lang="en" part="wrong" name="staff_for_all"
# You blame the staff. Would training change this finding?

# %% part="question"
question(
    "basket_pair", kind="blanks", level="faded", data="baskets", points=2,
    parts={
        "support": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "support: persen keranjang yang memuat keduanya", "en": "support: the percentage of baskets that hold both"}},
        "confidence": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "confidence dari yang pertama ke yang kedua (persen)", "en": "confidence from the first to the second (percent)"}},
        "lift": {"kind": "number", "unit": "number", "digits": 4, "says": {"id": "lift", "en": "lift"}},
    },
    variants=("bread", "tea", "soap"), title={"id": "Siapa yang membeli ini juga membeli itu", "en": "Who buys this also buys that"},
    rows=("A08",), book="6.3", notebook="24-five-years-of-sales", app="studio", function="crm.sql_lab",
)

# %% [markdown] lang="id" part="task"
# Uji aturan `{if_product}` → `{then_product}` pada keranjang di `lines`. Produk yang dipindai dua kali berdiri dua kali di keranjang yang sama; satu keranjang tetap satu keranjang.
#
# (1.000 keranjang, 100 memuat A, 200 memuat B, 60 keduanya: support 6%, confidence 60%, lift 3,0.)

# %% [markdown] lang="en" part="task"
# Test the rule `{if_product}` → `{then_product}` on the baskets in `lines`. A product scanned twice stands twice in its basket; a basket is still one basket.
#
# (1,000 baskets, 100 with A, 200 with B, 60 with both: support 6%, confidence 60%, lift 3.0.)

# %% part="start"
lines = q.data["lines"]
baskets = ...  # how many different baskets
first = ...  # the set of baskets with the first product
second = ...  # the set of baskets with the second
q.answer = {
    "support": ...,
    "confidence": ...,
    "lift": ...,
}

# %% [markdown] lang="id" part="hint"
# Himpunan keranjang: `set(lines.loc[lines["product"] == "bread", "basket"])`. Irisan dua himpunan: `first & second`.

# %% [markdown] lang="en" part="hint"
# A set of baskets: `set(lines.loc[lines["product"] == "bread", "basket"])`. What two sets share: `first & second`.

# %% [markdown] lang="id" part="hint"
# Confidence: dari keranjang yang memuat produk pertama. Lift: confidence dibagi bagian keranjang yang memuat produk kedua.

# %% [markdown] lang="en" part="hint"
# Confidence: of the baskets with the first product. Lift: confidence divided by the share of baskets with the second.

# %% part="solution"
lines = q.data["lines"]
n = lines["basket"].nunique()
first = set(lines.loc[lines["product"] == q.data["if_product"], "basket"])
second = set(lines.loc[lines["product"] == q.data["then_product"], "basket"])
both = len(first & second)
q.answer = {"support": 100 * both / n, "confidence": 100 * both / len(first), "lift": both * n / len(first) / len(second)}

# %% [markdown] lang="id" part="why"
# Lift membandingkan dengan apa yang terjadi bila keduanya tidak berhubungan. Buku (6.3) menceritakan popok dan bir tanpa satu angka pun; confidence yang tinggi saja dapat berarti bahwa semua orang membeli produk kedua.

# %% [markdown] lang="en" part="why"
# Lift compares with what would happen if the two had nothing to do with each other. The book (6.3) tells of nappies and beer without a single figure; a high confidence alone may mean that everybody buys the second product.

# %% part="wrong" name="lines_for_baskets"
lines = q.data["lines"]
a, b = lines[lines["product"] == q.data["if_product"]], lines[lines["product"] == q.data["then_product"]]
both, n = len(a.merge(b, on="basket")), len(lines)
q.answer = {"support": 100 * both / n, "confidence": 100 * both / len(a), "lift": both * n / len(a) / len(b)}

# %% [markdown] lang="id" part="wrong" name="lines_for_baskets"
# Baris dihitung sebagai keranjang, dan yang dipindai dua kali berlipat saat digabung (fan-out). Apa yang diwakili satu baris di `lines`?

# %% [markdown] lang="en" part="wrong" name="lines_for_baskets"
# Lines are counted as baskets, and what was scanned twice multiplies in the join (fan-out). What does a row of `lines` stand for?

# %% part="wrong" name="rule_reversed"
lines = q.data["lines"]
first = set(lines.loc[lines["product"] == q.data["if_product"], "basket"])
second = set(lines.loc[lines["product"] == q.data["then_product"], "basket"])
q.answer = {"confidence": 100 * len(first & second) / len(second)}

# %% [markdown] lang="id" part="wrong" name="rule_reversed"
# Arah aturan terbalik: penyebut Anda keranjang dengan produk kedua. Dari siapa aturan ini mulai?

# %% [markdown] lang="en" part="wrong" name="rule_reversed"
# The rule runs the other way: your denominator is the baskets with the second product. With whom does the rule begin?

# %% part="wrong" name="lift_over_the_first"
lines = q.data["lines"]
n = lines["basket"].nunique()
first = set(lines.loc[lines["product"] == q.data["if_product"], "basket"])
second = set(lines.loc[lines["product"] == q.data["then_product"], "basket"])
both = len(first & second)
q.answer = {"support": 100 * both / n, "confidence": 100 * both / len(first), "lift": both * n / len(first) ** 2}

# %% [markdown] lang="id" part="wrong" name="lift_over_the_first"
# Lift Anda dibagi dengan produk pertama lagi. Seberapa sering produk **kedua** dibeli pada umumnya?

# %% [markdown] lang="en" part="wrong" name="lift_over_the_first"
# Your lift is divided by the first product again. How often is the **second** bought in general?

# %% part="question"
question(
    "pipeline_sql", kind="sql", columns=("owner", "forecast", "velocity"), decimals=0, level="independent", data="deals", points=3,
    variants=("solar", "events", "furniture"), title={"id": "Ramalan dan kecepatan pipeline", "en": "Forecast and velocity of the pipeline"},
    rows=("J07", "F17"), book="8.4", notebook="24-five-years-of-sales", app="executive", function="crm.sales.velocity",
)

# %% [markdown] lang="id" part="task"
# Dari `deals` sebuah {firm}, untuk setiap `owner`:
#
# - `forecast`: jumlah nilai transaksi **terbuka** kali peluangnya (`chance_percent`, 0 sampai 100). (100 pada 20%, 200 pada 50%, 50 pada 80%: 160.)
# - `velocity`: rupiah sehari = banyaknya yang terbuka × bagian menang × rata-rata nilai yang terbuka / rata-rata hari (`cycle_days`) yang **menang**. Bagian menang: menang dibagi menang dan kalah. (40 × 0,25 × 30 juta / 60 hari = 5 juta sehari.)

# %% [markdown] lang="en" part="task"
# From the `deals` of this {firm}, for each `owner`:
#
# - `forecast`: the sum of the **open** deals' amounts times their chance (`chance_percent`, 0 to 100). (100 at 20%, 200 at 50%, 50 at 80%: 160.)
# - `velocity`: rupiah a day = number of open deals × share won × mean amount of the open / mean days (`cycle_days`) of the **won**. Share won: won by won and lost. (40 × 0.25 × 30 million / 60 days = 5 million a day.)

# %% [markdown] lang="id" part="hint"
# Satu kelompok, beberapa syarat: `sum(…) FILTER (WHERE …)`, `count(*) FILTER (WHERE …)`.

# %% [markdown] lang="en" part="hint"
# One group, several conditions: `sum(…) FILTER (WHERE …)`, `count(*) FILTER (WHERE …)`.

# %% [markdown] lang="id" part="hint"
# Banyaknya yang terbuka kali rata-rata nilainya sama dengan jumlah nilai yang terbuka. Penyebut bagian menang tidak memuat yang terbuka.

# %% [markdown] lang="en" part="hint"
# The number of open deals times their mean amount is the sum of the open amounts. The denominator of the share won holds no open deals.

# %% part="solution"
q.answer = """
SELECT owner,
       sum(amount * chance_percent / 100.0) FILTER (WHERE status = 'open') AS forecast,
       sum(amount) FILTER (WHERE status = 'open')
           * count(*) FILTER (WHERE status = 'won') / count(*) FILTER (WHERE status <> 'open')
           / avg(cycle_days) FILTER (WHERE status = 'won') AS velocity
FROM deals GROUP BY owner
"""

# %% [markdown] lang="id" part="why"
# Transaksi yang sudah menang bukan ramalan lagi; memasukkannya menghitung omzet yang sama dua kali. Kecepatan memberi satu angka untuk empat pengungkit: banyaknya, bagian menang, nilai, dan lamanya. Artikel menyebut pipeline yang terlihat; hitungan ini menunjukkan di mana ia tersumbat.

# %% [markdown] lang="en" part="why"
# A deal that is won is no forecast any more; counting it counts the same revenue twice. Velocity puts four levers in one figure: number, share won, amount and duration. The article speaks of a visible pipeline; this tells where it is blocked.

# %% part="wrong" name="won_deals_forecast"
q.answer = """
SELECT owner, sum(amount * chance_percent / 100.0) AS forecast,
       sum(amount) FILTER (WHERE status = 'open') * count(*) FILTER (WHERE status = 'won')
           / count(*) FILTER (WHERE status <> 'open') / avg(cycle_days) FILTER (WHERE status = 'won') AS velocity
FROM deals GROUP BY owner
"""

# %% [markdown] lang="id" part="wrong" name="won_deals_forecast"
# Transaksi yang sudah menang ikut diramalkan. Apakah hasilnya masih harus ditunggu?

# %% [markdown] lang="en" part="wrong" name="won_deals_forecast"
# Deals already won are forecast too. Is their outcome still to come?

# %% part="wrong" name="chances_ignored"
q.answer = """
SELECT owner, sum(amount) FILTER (WHERE status = 'open') AS forecast,
       sum(amount) FILTER (WHERE status = 'open') * count(*) FILTER (WHERE status = 'won')
           / count(*) FILTER (WHERE status <> 'open') / avg(cycle_days) FILTER (WHERE status = 'won') AS velocity
FROM deals GROUP BY owner
"""

# %% [markdown] lang="id" part="wrong" name="chances_ignored"
# Ramalan Anda menjumlahkan semua yang terbuka seolah-olah semuanya pasti menang. Kolom mana yang menimbangnya?

# %% [markdown] lang="en" part="wrong" name="chances_ignored"
# Your forecast adds up all open deals as if all were surely won. Which column weighs them?

# %% part="wrong" name="open_in_the_denominator"
q.answer = """
SELECT owner, sum(amount * chance_percent / 100.0) FILTER (WHERE status = 'open') AS forecast,
       sum(amount) FILTER (WHERE status = 'open') * count(*) FILTER (WHERE status = 'won')
           / count(*) / avg(cycle_days) FILTER (WHERE status = 'won') AS velocity
FROM deals GROUP BY owner
"""

# %% [markdown] lang="id" part="wrong" name="open_in_the_denominator"
# Penyebut bagian menang memuat yang masih terbuka. Apakah mereka sudah diputuskan?

# %% [markdown] lang="en" part="wrong" name="open_in_the_denominator"
# The denominator of the share won holds open deals. Have they been decided?

# %% part="wrong" name="cycle_of_all_closed"
q.answer = """
SELECT owner, sum(amount * chance_percent / 100.0) FILTER (WHERE status = 'open') AS forecast,
       sum(amount) FILTER (WHERE status = 'open') * count(*) FILTER (WHERE status = 'won')
           / count(*) FILTER (WHERE status <> 'open') / avg(cycle_days) AS velocity
FROM deals GROUP BY owner
"""

# %% [markdown] lang="id" part="wrong" name="cycle_of_all_closed"
# Lamanya Anda ambil dari semua yang selesai, juga yang kalah. Transaksi mana yang membawa uang?

# %% [markdown] lang="en" part="wrong" name="cycle_of_all_closed"
# You took the days of all closed deals, the lost ones too. Which deals bring money?
