# %% [markdown] lang="id" part="title"
# # 8 · Skor pengalaman, dan apa yang menggerakkannya
#
# Buku 7.1 sampai 7.2 dan artikel tentang pengalaman pelanggan. Anda membaca formulir, menghitung kesenjangan, kepuasan, NPS, dan CES dari jawaban mentah, menguji apakah skor menebak siapa yang kembali, membagi kepentingan di antara penggerak, lalu menimbang kalimat yang biasa dibacakan di rapat. Semua orang dan usaha di sini rekaan.

# %% [markdown] lang="en" part="title"
# # 8 · Scores of experience, and what moves them
#
# Book 7.1 to 7.2 and the article on customer experience. You read a form, work out gaps, satisfaction, NPS and CES from raw answers, test whether scores tell who returns, divide importance among drivers, and then weigh the sentences that meetings are made of. All people and businesses here are made up.

# %% part="data"
def forms(rng, variant):
    """Filled-in evaluation forms: four items on the product, five on the service, 1 (poor) to 4 (excellent)."""
    n = 40
    items = ["quality", "value", "usability", "packaging", "overall", "website", "in_store", "after_purchase", "customer_service"]
    section = ["product"] * 4 + ["service"] * 5
    product = rng.choice([1.0, 2.0, 3.0, 4.0], (n, 4), p=[0.05, 0.17, 0.43, 0.35])
    service = rng.choice([1.0, 2.0, 3.0, 4.0], (n, 5), p=[0.12, 0.2, 0.4, 0.28])
    rating = np.hstack([product, service]).ravel()
    rating[rng.random(n * 9) < 0.11] = np.nan
    table = pd.DataFrame(
        {"form_id": np.repeat(np.arange(1, n + 1), 9), "section": np.tile(section, n), "item": np.tile(items, n), "rating": rating}
    )
    what = {
        "id": {"phones": "toko telepon genggam", "toys": "toko mainan", "coffee": "merek kopi bubuk"},
        "en": {"phones": "phone shop", "toys": "toy shop", "coffee": "brand of ground coffee"},
    }
    return {"forms": table, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def factor_ratings(rng, variant):
    """Eight factors of experience, each rated by every respondent for performance and importance, 1 to 5."""
    names = np.array([
        "accessibility", "competence", "recognition", "helpfulness", "personalization", "problem_solving",
        "promise_fulfilment", "value_for_time",
    ])
    n = 60
    performed = np.array([2.9, 2.2, 4.2, 4.2, 3.3, 3.5, 3.4, 3.6])
    wanted = np.array([4.2, 1.5, 4.9, 2.3, 3.6, 3.4, 3.8, 3.7])
    order = rng.permutation(8)
    performed, wanted = performed[order], wanted[order]
    performance = np.clip(np.round(rng.normal(performed, 0.8, (n, 8))), 1, 5)
    importance = np.clip(np.round(rng.normal(wanted, 0.5, (n, 8))), 1, 5)
    table = pd.DataFrame(
        {
            "respondent": np.repeat(np.arange(1, n + 1), 8), "factor": np.tile(names, n),
            "performance": performance.ravel().astype(int), "importance": importance.ravel().astype(int),
        }
    )
    what = {
        "id": {"bank": "bank", "campus": "kampus", "railway": "perusahaan kereta"},
        "en": {"bank": "bank", "campus": "university", "railway": "railway"},
    }
    return {"ratings": table, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def expectations(rng, variant):
    """Two waves: how satisfied people were, and what they had expected, both 1 to 5; many were not asked the second."""
    n1, n2 = int(rng.integers(240, 320)), int(rng.integers(240, 320))
    one = rng.choice([1, 2, 3, 4, 5], n1, p=[0.05, 0.1, 0.25, 0.32, 0.28])
    two = rng.choice([1, 2, 3, 4, 5], n2, p=[0.03, 0.07, 0.15, 0.25, 0.5])
    before = rng.choice([2.0, 3.0, 4.0, 5.0], n1, p=[0.15, 0.35, 0.36, 0.14])
    hoped = np.concatenate([before, rng.choice([2.0, 3.0, 4.0, 5.0], n2, p=[0.07, 0.23, 0.35, 0.35])])
    hoped[rng.random(n1 + n2) < np.repeat([0.06, 0.36], [n1, n2])] = np.nan
    table = pd.DataFrame({"wave": np.repeat([1, 2], [n1, n2]), "csat": np.concatenate([one, two]), "expected": hoped})
    what = {
        "id": {"hotel": "hotel", "salon": "salon", "cinema": "bioskop"}, "en": {"hotel": "hotel", "salon": "hairdresser", "cinema": "cinema"},
    }
    return {"answers": table, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def touchpoint_answers(rng, variant):
    """Satisfaction at four touchpoints as it came out of the survey tool: blanks, and answers that the scale does not have."""
    top = {"four": 4, "five": 5, "seven": 7}[variant]
    n = 420
    score = np.clip(np.round(rng.normal(0.68 * top, 0.24 * top, n)), 1, top)
    odd = rng.random(n)
    score[odd < 0.04] = 0
    score[(odd >= 0.04) & (odd < 0.09)] = top + 1
    score[(odd >= 0.09) & (odd < 0.2)] = np.nan
    score[:8] = [0, 0, top + 1, top + 1, np.nan, np.nan, top, top - 1]
    place = rng.choice(["website", "counter", "delivery", "phone"], n, p=[0.35, 0.3, 0.2, 0.15])
    place[:8] = ["website", "counter", "delivery", "phone", "website", "counter", "phone", "delivery"]
    return {"answers": pd.DataFrame({"touchpoint": place, "csat": score}), "top": top, "satisfied": top - 1}


def two_waves(rng, variant):
    """Answers of 0 to 10 to the question of recommending, in two waves of different people; blanks are no answers."""
    n1, n2 = int(rng.integers(280, 400)), int(rng.integers(280, 400))
    p1 = np.array([0.01, 0.01, 0.02, 0.02, 0.03, 0.04, 0.05, 0.12, 0.18, 0.28, 0.24])
    p2 = np.array([0.02, 0.02, 0.03, 0.03, 0.04, 0.06, 0.06, 0.13, 0.19, 0.24, 0.18])
    score = np.concatenate([rng.choice(11, n1, p=p1 / p1.sum()), rng.choice(11, n2, p=p2 / p2.sum())]).astype(float)
    score[rng.random(n1 + n2) < 0.05] = np.nan
    what = {
        "id": {"hospital": "rumah sakit", "ferry": "perusahaan feri", "school": "tempat kursus"},
        "en": {"hospital": "hospital", "ferry": "ferry company", "school": "language school"},
    }
    table = pd.DataFrame({"wave": np.repeat([1, 2], [n1, n2]), "nps": score})
    return {"answers": table, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def effort(rng, variant):
    """Effort on a scale of 1 to 7; half way the question was turned round."""
    n1, n2 = int(rng.integers(110, 160)), int(rng.integers(240, 330))
    old = rng.choice(np.arange(1, 8), n1, p=[0.3, 0.28, 0.2, 0.1, 0.06, 0.04, 0.02])
    new = rng.choice(np.arange(1, 8), n2, p=[0.03, 0.04, 0.06, 0.1, 0.2, 0.32, 0.25])
    table = pd.DataFrame({"version": np.repeat([1, 2], [n1, n2]), "ces": np.concatenate([old, new])})
    words = {"id": {"way": "1 = mudah dan 7 = sulit"}, "en": {"way": "1 = easy and 7 = hard"}}
    if variant != "clinic":
        words = {"id": {"way": "1 = sulit dan 7 = mudah"}, "en": {"way": "1 = hard and 7 = easy"}}
    what = {"id": {"bank": "bank", "clinic": "klinik", "shop": "toko daring"}, "en": {"bank": "bank", "clinic": "clinic", "shop": "online shop"}}
    words = {k: {**v, "what": what[k][variant]} for k, v in words.items()}
    return {"answers": table, "easy": "low" if variant == "clinic" else "high", "words": words}


def loyal(rng, variant):
    """Scores of 0 to 10, and when the same person came again, if ever."""
    n = 170
    answered = rng.integers(0, 730, n)
    score = np.clip(np.round(rng.normal(7.4, 1.9, n)), 0, 10)
    again = rng.random(n) < 0.2 + 0.055 * score
    wait = rng.integers(5, 480, n)
    start, last = pd.Timestamp("2019-01-01"), pd.Timestamp("2020-12-31")
    came = pd.Series(start + pd.to_timedelta(answered + wait, unit="D")).where(again & (answered + wait <= 730))
    table = pd.DataFrame({"answered_on": start + pd.to_timedelta(answered, unit="D"), "score": score.astype(int), "returned_on": came})
    what = {
        "id": {"hotel": "hotel", "garage": "bengkel", "dentist": "praktik dokter gigi"},
        "en": {"hotel": "hotel", "garage": "garage", "dentist": "dentist's practice"},
    }
    return {"answers": table, "last_day": str(last.date()), "words": {k: {"what": v[variant]} for k, v in what.items()}}


def twins(rng, variant):
    """Overall satisfaction and two ratings that go together, on sliders of 0 to 100."""
    n = 150
    kind = rng.normal(0, 1, n)
    polite = 0.8 * kind + 0.6 * rng.normal(0, 1, n)
    overall = 0.6 * kind + 0.2 * polite + rng.normal(0, 0.75, n)
    table = pd.DataFrame({c: np.clip(np.round(m + 11 * v), 0, 100).astype(int) for c, m, v in (("overall", 62, overall), ("friendly", 66, kind), ("polite", 70, polite))})
    what = {
        "id": {"clinic": "klinik", "airline": "maskapai", "cafe": "kedai kopi"}, "en": {"clinic": "clinic", "airline": "airline", "cafe": "coffee bar"},
    }
    asked = "polite" if variant == "airline" else "friendly"
    return {"answers": table, "asked": asked, "words": {k: {"what": v[variant]} for k, v in what.items()}}

# %% part="question"
question(
    "evaluation_form", kind="blanks", level="worked", data="forms",
    parts={
        "product": {"kind": "number", "digits": 4, "says": {"id": "rata-rata butir produk", "en": "mean of the product items"}},
        "service": {"kind": "number", "digits": 4, "says": {"id": "rata-rata butir layanan", "en": "mean of the service items"}},
        "top_two": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "persen jawaban 3 atau 4, dari semua butir yang dijawab", "en": "percentage of answers of 3 or 4, of all items answered"}},
    },
    variants=("phones", "toys", "coffee"), title={"id": "Formulir di pembuka bab 7", "en": "The form that opens chapter 7"},
    rows=("X06",), book="7.1", notebook="16-drivers", app="experience", function="crm.satisfaction.form", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Formulir di buku diisi satu orang: produk 3, 2, 4, 3; layanan 3, 2, 2, 4, dan satu butir kosong. Rata-rata produk 3,00; layanan 2,75 dari **empat** butir; dua nilai teratas 5 dari 8.

# %% [markdown] lang="en" part="example"
# **Example.** The form in the book, as one person filled it in: product 3, 2, 4, 3; service 3, 2, 2, 4 and one item blank. The product's mean is 3.00; the service's 2.75 of **four** items; top two 5 of 8.

# %% part="example"
product, service = pd.Series([3, 2, 4, 3]), pd.Series([3, 2, 2, 4, None])
every = pd.concat([product, service]).dropna()
pd.Series({"product": product.mean(), "service": service.mean(), "top_two": 100 * (every >= 3).mean()})

# %% [markdown] lang="id" part="task"
# Empat puluh pelanggan sebuah {what} mengisi formulir yang sama (1 = buruk, 4 = sangat baik). Sebagian butir dibiarkan kosong. Hitung ketiga angka itu dari semua formulir bersama-sama.

# %% [markdown] lang="en" part="task"
# Forty customers of a {what} filled in the same form (1 = poor, 4 = excellent). Some items were left blank. Work out the three figures over all forms together.

# %% [markdown] lang="id" part="hint"
# Kosong berarti tidak dijawab. Apa yang dilakukan `.mean()` dengan nilai kosong?

# %% [markdown] lang="en" part="hint"
# Blank means not answered. What does `.mean()` do with missing values?

# %% [markdown] lang="id" part="hint"
# Untuk dua nilai teratas buang dahulu yang kosong (`dropna`), sebab `NaN >= 3` bernilai salah dan akan tetap terhitung dalam penyebut.

# %% [markdown] lang="en" part="hint"
# For the top two drop the blanks first (`dropna`), as `NaN >= 3` is false and would still count in the denominator.

# %% part="solution"
forms = q.data["forms"].dropna(subset=["rating"])
mean = forms.groupby("section")["rating"].mean()
q.answer = {"product": mean["product"], "service": mean["service"], "top_two": 100 * (forms["rating"] >= 3).mean()}

# %% part="package"
lists = {s: t["rating"].astype(object).where(t["rating"].notna(), None).tolist() for s, t in q.data["forms"].groupby("section")}
told = crm.satisfaction.form(lists)
mean = told.table.set_index("form_section")["mean_score"]
q.answer = {"product": mean["product"], "service": mean["service"], "top_two": 100 * told.facts["top_two_share"]}

# %% [markdown] lang="id" part="why"
# Kosong bukan nol dan bukan "buruk": orangnya tidak menjawab. Formulir di buku sendiri membiarkan satu butir layanan kosong tanpa mengatakan bagaimana menghitungnya. Sebutkan selalu berapa butir yang dijawab.

# %% [markdown] lang="en" part="why"
# A blank is neither zero nor "poor": nobody answered. The form in the book itself leaves one service item blank and does not say how to count it. Always say how many items were answered.

# %% part="wrong" name="blank_is_zero"
forms = q.data["forms"]
mean = forms["rating"].fillna(0).groupby(forms["section"]).mean()
q.answer = {"product": mean["product"], "service": mean["service"], "top_two": 100 * (forms["rating"].dropna() >= 3).mean()}

# %% [markdown] lang="id" part="wrong" name="blank_is_zero"
# Yang kosong Anda hitung sebagai nol. Apakah orang yang tidak menjawab memberi nilai terendah?

# %% [markdown] lang="en" part="wrong" name="blank_is_zero"
# Blanks are counted as zero. Did those who gave no answer give the lowest?

# %% part="wrong" name="scale_turned"
forms = q.data["forms"].dropna(subset=["rating"])
mean = 5 - forms.groupby("section")["rating"].mean()
q.answer = {"product": mean["product"], "service": mean["service"], "top_two": 100 * (forms["rating"] >= 3).mean()}

# %% [markdown] lang="id" part="wrong" name="scale_turned"
# Arah skalanya terbalik. Pada formulir ini, angka berapa yang berarti sangat baik?

# %% [markdown] lang="en" part="wrong" name="scale_turned"
# The scale runs the wrong way. On this form, which number means excellent?

# %% part="wrong" name="top_box_only"
forms = q.data["forms"].dropna(subset=["rating"])
mean = forms.groupby("section")["rating"].mean()
q.answer = {"product": mean["product"], "service": mean["service"], "top_two": 100 * (forms["rating"] == 4).mean()}

# %% [markdown] lang="id" part="wrong" name="top_box_only"
# Itu hanya puncak skala. Nilai mana saja yang termasuk dua teratas?

# %% [markdown] lang="en" part="wrong" name="top_box_only"
# That is the top of the scale alone. Which answers belong to the top two?

# %% part="wrong" name="blanks_in_the_base"
forms = q.data["forms"]
mean = forms.groupby("section")["rating"].mean()
q.answer = {"product": mean["product"], "service": mean["service"], "top_two": 100 * (forms["rating"] >= 3).mean()}

# %% [markdown] lang="id" part="wrong" name="blanks_in_the_base"
# Pembilangnya jawaban, penyebutnya semua butir yang dicetak. Siapa yang ada dalam penyebut tanpa pernah menjawab?

# %% [markdown] lang="en" part="wrong" name="blanks_in_the_base"
# The numerator has answers, the denominator all items printed. Who is in the denominator and never answered?

# %% part="question"
question(
    "eight_factors", kind="blanks", level="faded", data="factor_ratings",
    parts={
        "weighted": {"kind": "number", "digits": 4, "says": {"id": "kinerja rata-rata, ditimbang menurut kepentingan", "en": "mean performance, weighted by importance"}},
        "gap": {"kind": "number", "digits": 4, "says": {"id": "kesenjangan terbesar", "en": "the widest gap"}},
        "factor": {"kind": "choice", "says": {"id": "pada faktor", "en": "at the factor"}, "options": {
            "accessibility": {"id": "aksesibilitas", "en": "accessibility"}, "competence": {"id": "kompetensi", "en": "competence"},
            "recognition": {"id": "pengenalan pelanggan", "en": "customer recognition"}, "helpfulness": {"id": "kesediaan membantu", "en": "helpfulness"},
            "personalization": {"id": "personalisasi", "en": "personalization"}, "problem_solving": {"id": "pemecahan masalah", "en": "problem solving"},
            "promise_fulfilment": {"id": "pemenuhan janji", "en": "promise fulfilment"}, "value_for_time": {"id": "nilai waktu", "en": "value for time"},
        }},
    },
    variants=("bank", "campus", "railway"), title={"id": "Delapan faktor dan kesenjangannya", "en": "Eight factors and their gaps"},
    rows=("X01",), book="7.1", notebook="16-drivers", app="experience", function="crm.satisfaction.factors", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Satu orang menilai kinerja 4, 5, 3, 4, 2, 4, 5, 3 dan kepentingan 5, 4, 4, 4, 5, 5, 5, 3. Rata-rata kinerja 3,75, ditimbang menurut kepentingan 3,771; kesenjangan (kepentingan dikurangi kinerja) terbesar 3, pada personalisasi.

# %% [markdown] lang="en" part="example"
# **Example.** One person rates performance 4, 5, 3, 4, 2, 4, 5, 3 and importance 5, 4, 4, 4, 5, 5, 5, 3. Mean performance is 3.75, weighted by importance 3.771; the widest gap (importance less performance) is 3, at personalization.

# %% part="example"
performance, importance = np.array([4, 5, 3, 4, 2, 4, 5, 3]), np.array([5, 4, 4, 4, 5, 5, 5, 3])
pd.Series({"weighted": (performance * importance).sum() / importance.sum(), "gap": (importance - performance).max()})

# %% [markdown] lang="id" part="task"
# Enam puluh pelanggan sebuah {what} menilai kedelapan faktor dari buku (7.1.2): kinerja dan kepentingan, 1 sampai 5. Ringkas dahulu menjadi satu rata-rata kinerja dan satu rata-rata kepentingan per faktor, lalu isi ketiga bagian.

# %% [markdown] lang="en" part="task"
# Sixty customers of a {what} rated the book's eight factors (7.1.2): performance and importance, 1 to 5. First bring it down to one mean performance and one mean importance for each factor, then fill in the three parts.

# %% [markdown] lang="id" part="hint"
# `groupby("factor").mean()` memberi delapan baris. Lanjutkan dari sana dengan kolom `performance` dan `importance`.

# %% [markdown] lang="en" part="hint"
# `groupby("factor").mean()` gives eight rows. Go on from there with the columns `performance` and `importance`.

# %% [markdown] lang="id" part="hint"
# Kesenjangan = kepentingan − kinerja. Rata-rata tertimbang: jumlah (kinerja × kepentingan) dibagi jumlah kepentingan.

# %% [markdown] lang="en" part="hint"
# Gap = importance − performance. Weighted mean: the sum of (performance × importance) divided by the sum of importance.

# %% part="solution"
mean = q.data["ratings"].groupby("factor")[["performance", "importance"]].mean()
gap = mean["importance"] - mean["performance"]
weighted = (mean["performance"] * mean["importance"]).sum() / mean["importance"].sum()
q.answer = {"weighted": weighted, "gap": gap.max(), "factor": gap.idxmax()}

# %% part="package"
mean = q.data["ratings"].groupby("factor")[["performance", "importance"]].mean()
facts = crm.satisfaction.factors(mean["performance"].to_dict(), mean["importance"].to_dict()).facts
q.answer = {k: facts[k] for k in ("weighted", "gap", "factor")}

# %% [markdown] lang="id" part="why"
# Yang perlu diperbaiki bukan faktor yang paling rendah dan bukan yang paling penting, melainkan yang jauh di bawah kepentingannya. Buku (7.1.2) mendaftar kedelapan faktor tanpa cara mengukurnya. Kepentingan yang ditanyakan hampir selalu tinggi; soal tentang penggerak di bawah memakai cara lain.

# %% [markdown] lang="en" part="why"
# What needs mending is neither the lowest factor nor the most important one, but the one that lies far below its importance. The book (7.1.2) lists the eight factors and no way to measure them. Importance that is asked for is nearly always high; the question on drivers below goes another way.

# %% part="wrong" name="unweighted"
mean = q.data["ratings"].groupby("factor")[["performance", "importance"]].mean()
gap = mean["importance"] - mean["performance"]
q.answer = {"weighted": mean["performance"].mean(), "gap": gap.max(), "factor": gap.idxmax()}

# %% [markdown] lang="id" part="wrong" name="unweighted"
# Itu rata-rata biasa: setiap faktor sama beratnya. Di mana kepentingan masuk?

# %% [markdown] lang="en" part="wrong" name="unweighted"
# That is the plain mean: every factor weighs the same. Where does importance come in?

# %% part="wrong" name="lowest_performance"
mean = q.data["ratings"].groupby("factor")[["performance", "importance"]].mean()
gap = mean["importance"] - mean["performance"]
weighted = (mean["performance"] * mean["importance"]).sum() / mean["importance"].sum()
low = mean["performance"].idxmin()
q.answer = {"weighted": weighted, "gap": gap[low], "factor": low}

# %% [markdown] lang="id" part="wrong" name="lowest_performance"
# Itu faktor dengan kinerja terendah. Apakah pelanggan menganggapnya penting?

# %% [markdown] lang="en" part="wrong" name="lowest_performance"
# That is the factor of the lowest performance. Do customers find it important?

# %% part="wrong" name="surplus_for_gap"
mean = q.data["ratings"].groupby("factor")[["performance", "importance"]].mean()
more = mean["performance"] - mean["importance"]
weighted = (mean["performance"] * mean["importance"]).sum() / mean["importance"].sum()
q.answer = {"weighted": weighted, "gap": more.max(), "factor": more.idxmax()}

# %% [markdown] lang="id" part="wrong" name="surplus_for_gap"
# Arahnya terbalik: Anda mencari faktor yang kinerjanya paling **melampaui** kepentingannya. Apa dikurangi apa?

# %% [markdown] lang="en" part="wrong" name="surplus_for_gap"
# The wrong way round: you looked for the factor that most **exceeds** its importance. What is taken from what?

# %% part="wrong" name="most_important"
mean = q.data["ratings"].groupby("factor")[["performance", "importance"]].mean()
gap = mean["importance"] - mean["performance"]
weighted = (mean["performance"] * mean["importance"]).sum() / mean["importance"].sum()
top = mean["importance"].idxmax()
q.answer = {"weighted": weighted, "gap": gap[top], "factor": top}

# %% [markdown] lang="id" part="wrong" name="most_important"
# Itu faktor yang paling penting. Berapa kinerjanya?

# %% [markdown] lang="en" part="wrong" name="most_important"
# That is the most important factor. How does it perform?

# %% part="question"
question(
    "delight", kind="number", unit="points", digits=5, level="independent", data="expectations",
    variants=("hotel", "salon", "cinema"), title={"id": "Terpukau, bukan hanya puas", "en": "Delighted, not only satisfied"},
    rows=("X04",), book="7.1", notebook="16-drivers", app="experience", function="crm.satisfaction.delight", points=2,
)

# %% [markdown] lang="id" part="task"
# Sebuah {what} menanyakan kepuasan (`csat`) dan harapan sebelumnya (`expected`), keduanya 1 sampai 5, dalam dua gelombang. Seseorang **terpukau** bila ia menjawab 5 **dan** kepuasannya melampaui harapannya. Yang tidak ditanya harapannya tidak dihitung sama sekali.
#
# Berapa poin persentase bagian yang terpukau berubah, dari gelombang 1 ke gelombang 2?

# %% [markdown] lang="en" part="task"
# A {what} asked for satisfaction (`csat`) and for what people had expected (`expected`), both 1 to 5, in two waves. Somebody is **delighted** who answers 5 **and** whose satisfaction exceeds the expectation. Those not asked what they expected do not count at all.
#
# By how many percentage points did the share of the delighted change from wave 1 to wave 2?

# %% [markdown] lang="id" part="hint"
# Dari 100 orang, 40 menjawab 5 dan 30 di antaranya melampaui harapan: 30 persen terpukau. Siapa yang ada dalam penyebut bila sebagian tidak ditanya harapannya?

# %% [markdown] lang="en" part="hint"
# Of 100 people, 40 answer 5 and 30 of these exceed their expectation: 30 percent are delighted. Who is in the denominator when some were not asked what they expected?

# %% [markdown] lang="id" part="hint"
# Setelah `dropna`, buat kolom benar/salah dan ambil rata-ratanya per gelombang. Selisih dua persentase dinyatakan dalam poin.

# %% [markdown] lang="en" part="hint"
# After `dropna`, make a column of true and false and take its mean by wave. The difference of two percentages is in points.

# %% part="solution"
known = q.data["answers"].dropna(subset=["expected"])
delighted = (known["csat"] == 5) & (known["csat"] > known["expected"])
share = 100 * delighted.groupby(known["wave"]).mean()
q.answer = share[2] - share[1]

# %% part="package"
told = crm.satisfaction.delight(q.data["answers"], score="csat", expected="expected", by="wave").table
share = told[told["row"] == "member"].set_index("wave")["delight_share"]
q.answer = 100 * (share[2] - share[1])

# %% [markdown] lang="id" part="why"
# Buku (7.1.3) meminta perusahaan mengukur rasa terpukau, tanpa rumus. Puncak skala saja tidak cukup: yang mengharapkan 5 dan mendapat 5 merasa puas. Tanpa pertanyaan tentang harapan, bagian yang terpukau tidak diketahui.

# %% [markdown] lang="en" part="why"
# The book (7.1.3) asks firms to measure delight and gives no formula. The top of the scale is not enough: whoever expected a 5 and got a 5 is satisfied. Without a question on expectations the share of the delighted is not known.

# %% part="wrong" name="top_box"
answers = q.data["answers"]
share = 100 * (answers["csat"] == 5).groupby(answers["wave"]).mean()
q.answer = share[2] - share[1]

# %% [markdown] lang="id" part="wrong" name="top_box"
# Itu perubahan bagian yang menjawab 5. Siapa di antara mereka yang memang sudah mengharapkan 5?

# %% [markdown] lang="en" part="wrong" name="top_box"
# That is the change in the share who answer 5. Who among them had expected a 5 all along?

# %% part="wrong" name="unasked_in_the_base"
answers = q.data["answers"]
delighted = (answers["csat"] == 5) & (answers["csat"] > answers["expected"])
share = 100 * delighted.groupby(answers["wave"]).mean()
q.answer = share[2] - share[1]

# %% [markdown] lang="id" part="wrong" name="unasked_in_the_base"
# Yang tidak ditanya harapannya ikut dalam penyebut, seolah-olah mereka tidak terpukau. Tahukah Anda itu?

# %% [markdown] lang="en" part="wrong" name="unasked_in_the_base"
# Those who were not asked are in the denominator, as though they were not delighted. Do you know that?

# %% part="wrong" name="percent_for_points"
known = q.data["answers"].dropna(subset=["expected"])
delighted = (known["csat"] == 5) & (known["csat"] > known["expected"])
share = delighted.groupby(known["wave"]).mean()
q.answer = 100 * (share[2] / share[1] - 1)

# %% [markdown] lang="id" part="wrong" name="percent_for_points"
# Itu perubahan dalam persen dari nilai awal. Apa bedanya persen dan poin persentase?

# %% [markdown] lang="en" part="wrong" name="percent_for_points"
# That is the change in percent of the first value. How do percent and percentage points differ?

# %% part="wrong" name="blank_is_low"
answers = q.data["answers"]
delighted = (answers["csat"] == 5) & (answers["csat"] > answers["expected"].fillna(0))
share = 100 * delighted.groupby(answers["wave"]).mean()
q.answer = share[2] - share[1]

# %% [markdown] lang="id" part="wrong" name="blank_is_low"
# Harapan yang kosong dibaca sebagai harapan nol, sehingga semua yang menjawab 5 melampauinya. Apa arti kosong di sini?

# %% [markdown] lang="en" part="wrong" name="blank_is_low"
# A blank expectation was read as zero, so that every 5 exceeds it. What does blank mean here?

# %% part="question"
question(
    "csat_by_touchpoint", kind="table", columns=("touchpoint", "n", "csat"), decimals=2, level="independent", data="touchpoint_answers",
    variants=("five", "seven", "four"), title={"id": "Kepuasan tiap titik kontak", "en": "Satisfaction at each touchpoint"},
    rows=("Y01",), book="article: experience", notebook="15-scores", app="experience", function="crm.satisfaction.csat", points=2,
)

# %% [markdown] lang="id" part="task"
# Kepuasan ditanyakan pada skala 1 sampai {top}. Puas berarti menjawab {satisfied} atau {top}. Dalam tabel ini ada jawaban kosong dan angka di luar skala (0 dan yang lebih dari {top}); itu bukan jawaban.
#
# Buat tabel: satu baris untuk setiap titik kontak, dengan banyaknya jawaban yang sah (`n`) dan CSAT dalam persen (`csat`).

# %% [markdown] lang="en" part="task"
# Satisfaction was asked on a scale of 1 to {top}. Satisfied means an answer of {satisfied} or {top}. The table has blanks, and numbers outside the scale (0, and more than {top}); these are no answers.
#
# Make a table with one row for each touchpoint: the number of valid answers (`n`) and CSAT in percent (`csat`).

# %% [markdown] lang="id" part="hint"
# Delapan jawaban 5, 4, 4, 3, 2, 5, 1, 4 pada skala 1 sampai 5: lima dari delapan menjawab 4 atau 5, jadi CSAT 62,5 persen. CSAT adalah pangsa, bukan rata-rata nilai.

# %% [markdown] lang="en" part="hint"
# Eight answers of 5, 4, 4, 3, 2, 5, 1, 4 on a scale of 1 to 5: five of eight said 4 or 5, so CSAT is 62.5 percent. CSAT is a share, not a mean score.

# %% [markdown] lang="id" part="hint"
# Saring dahulu dengan `.between(1, ...)`; nilai kosong gugur dengan sendirinya. Baru kelompokkan.

# %% [markdown] lang="en" part="hint"
# Filter first with `.between(1, ...)`; blanks drop out by themselves. Then group.

# %% part="solution"
answers = q.data["answers"]
valid = answers[answers["csat"].between(1, q.data["top"])]
satisfied = 100.0 * (valid["csat"] >= q.data["satisfied"])
grouped = satisfied.groupby(valid["touchpoint"])
q.answer = pd.DataFrame({"n": grouped.size(), "csat": grouped.mean()}).reset_index()

# %% part="package"
answers = q.data["answers"]
valid = answers[answers["csat"].between(1, q.data["top"])]
told = crm.satisfaction.csat(valid, scale=(1, q.data["top"]), by="touchpoint", least_n=1).table
told = told[told["row"] == "member"]
q.answer = told[["touchpoint", "n"]].assign(csat=100 * told["csat"])

# %% [markdown] lang="id" part="why"
# Artikel itu mendefinisikan CSAT sebagai persen yang menjawab 4 atau 5; pada skala lain itu berarti dua nilai teratas, dan skalanya wajib disebut. Jawaban di luar skala adalah kesalahan pencatatan, bukan orang yang sangat puas. Laporkan n di samping setiap angka.

# %% [markdown] lang="en" part="why"
# The article defines CSAT as the percentage who answer 4 or 5; on other scales that means the top two answers, and the scale must be said. Answers outside the scale are errors of recording, not people who are very pleased. Report n beside every figure.

# %% part="wrong" name="outside_kept"
valid = q.data["answers"].dropna()
satisfied = 100.0 * (valid["csat"] >= q.data["satisfied"])
grouped = satisfied.groupby(valid["touchpoint"])
q.answer = pd.DataFrame({"n": grouped.size(), "csat": grouped.mean()}).reset_index()

# %% [markdown] lang="id" part="wrong" name="outside_kept"
# Angka di luar skala masih terhitung. Dapatkah seseorang menjawab lebih dari puncak skala?

# %% [markdown] lang="en" part="wrong" name="outside_kept"
# Numbers outside the scale still count. Can anybody answer more than the top of the scale?

# %% part="wrong" name="blanks_in_the_base"
answers = q.data["answers"]
satisfied = 100.0 * answers["csat"].between(q.data["satisfied"], q.data["top"])
grouped = satisfied.groupby(answers["touchpoint"])
q.answer = pd.DataFrame({"n": grouped.size(), "csat": grouped.mean()}).reset_index()

# %% [markdown] lang="id" part="wrong" name="blanks_in_the_base"
# Penyebutnya semua baris, termasuk yang bukan jawaban. Apakah diam berarti tidak puas?

# %% [markdown] lang="en" part="wrong" name="blanks_in_the_base"
# The denominator has all rows, even those that are no answers. Does silence mean dissatisfied?

# %% part="wrong" name="mean_for_share"
answers = q.data["answers"]
valid = answers[answers["csat"].between(1, q.data["top"])]
grouped = valid.groupby("touchpoint")["csat"]
q.answer = pd.DataFrame({"n": grouped.size(), "csat": 100 * grouped.mean() / q.data["top"]}).reset_index()

# %% [markdown] lang="id" part="wrong" name="mean_for_share"
# Itu rata-rata nilai yang dijadikan persen. CSAT menghitung orang: berapa dari berapa yang puas?

# %% [markdown] lang="en" part="wrong" name="mean_for_share"
# That is the mean score made into a percentage. CSAT counts people: how many of how many are satisfied?

# %% part="wrong" name="top_box_only"
answers = q.data["answers"]
valid = answers[answers["csat"].between(1, q.data["top"])]
grouped = (100.0 * (valid["csat"] == q.data["top"])).groupby(valid["touchpoint"])
q.answer = pd.DataFrame({"n": grouped.size(), "csat": grouped.mean()}).reset_index()

# %% [markdown] lang="id" part="wrong" name="top_box_only"
# Hanya puncak skala yang terhitung puas. Nilai mana saja yang berarti puas menurut soal?

# %% [markdown] lang="en" part="wrong" name="top_box_only"
# Only the top of the scale counts as satisfied. Which answers mean satisfied in the task?

# %% part="question"
question(
    "did_nps_fall", kind="number", unit="number", digits=5, level="faded", data="two_waves",
    variants=("hospital", "ferry", "school"), title={"id": "Benarkah NPS turun?", "en": "Did NPS really fall?"},
    rows=("Y02",), book="article: experience", notebook="15-scores", app="experience", function="crm.satisfaction.difference", points=3,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Dua gelombang, masing-masing 400 jawaban: 50 % promotor dan 20 % detraktor, lalu 44 % dan 24 %. NPS 30 dan 20. Galat baku satu NPS ialah $\sqrt{(p + d - (p - d)^2)/n}$; galat selisihnya 5,59 poin, jadi z = 10/5,59 = 1,79. Selisih sepuluh poin itu **belum pasti**.

# %% [markdown] lang="en" part="example"
# **Example.** Two waves of 400 answers each: 50 % promoters and 20 % detractors, then 44 % and 24 %. NPS 30 and 20. The standard error of one NPS is $\sqrt{(p + d - (p - d)^2)/n}$; that of the difference is 5.59 points, so z = 10/5.59 = 1.79. Those ten points are **not certain**.

# %% part="example"
p, d, n = np.array([0.50, 0.44]), np.array([0.20, 0.24]), np.array([400, 400])
squared_error = (p + d - (p - d) ** 2) / n
fall = (p - d)[0] - (p - d)[1]
pd.Series({"nps_1": 100 * (p - d)[0], "nps_2": 100 * (p - d)[1], "z": fall / np.sqrt(squared_error.sum())})

# %% [markdown] lang="id" part="task"
# Salindia rapat sebuah {what} berkata "NPS turun". Hitung **z** untuk penurunan itu: NPS gelombang 1 dikurangi NPS gelombang 2, dibagi galat baku selisihnya. Jawaban 9–10 promotor, 0–6 detraktor; yang kosong bukan jawaban. Kedua gelombang menanyai orang yang berbeda.

# %% [markdown] lang="en" part="task"
# A slide of a {what} says "NPS fell". Work out **z** for that fall: NPS of wave 1 less NPS of wave 2, divided by the standard error of the difference. Answers of 9–10 are promoters, 0–6 detractors; a blank is no answer. The two waves asked different people.

# %% part="start"
answers = q.data["answers"].dropna()
# value = ...                          +1, 0, -1
# wave = value.groupby(answers["wave"]).agg(["mean", "size"])
# squared_error = ...
# q.answer = (wave["mean"][1] - ...) / ...
q.answer = ...

# %% [markdown] lang="id" part="hint"
# Beri setiap jawaban nilai +1, 0, atau −1. Rata-ratanya adalah NPS/100; rata-rata kuadratnya adalah p + d.

# %% [markdown] lang="en" part="hint"
# Give each answer the value +1, 0 or −1. Its mean is NPS/100; the mean of its square is p + d.

# %% [markdown] lang="id" part="hint"
# Yang dijumlahkan adalah kuadrat galatnya, bukan galatnya: galat selisih = $\sqrt{{SE_1^2 + SE_2^2}}$.

# %% [markdown] lang="en" part="hint"
# Squared errors add up, errors do not: the error of the difference is $\sqrt{{SE_1^2 + SE_2^2}}$.

# %% part="solution"
answers = q.data["answers"].dropna()
value = (answers["nps"] >= 9).astype(int) - (answers["nps"] <= 6).astype(int)
wave = value.groupby(answers["wave"]).agg(["mean", "size"])
both = (value**2).groupby(answers["wave"]).mean()
squared_error = (both - wave["mean"] ** 2) / wave["size"]
q.answer = (wave["mean"][1] - wave["mean"][2]) / np.sqrt(squared_error.sum())

# %% part="package"
told = crm.satisfaction.difference(q.data["answers"].dropna(), by="wave", pairs=[(1, 2)])
q.answer = told.table["z_value"].iloc[0]

# %% [markdown] lang="id" part="why"
# NPS boros jawaban: sebelas titik dipadatkan menjadi tiga lalu kedua ujungnya dikurangkan, sehingga beberapa ratus orang pun masih memberi galat beberapa poin. Kurang dari kira-kira 2 berarti penurunan itu dapat saja kebetulan. Artikel memuat rumus NPS tanpa n dan tanpa galat.

# %% [markdown] lang="en" part="why"
# NPS is wasteful of answers: eleven points are squeezed into three and the ends subtracted, so that even some hundreds of people leave an error of several points. Below about 2 the fall may be chance. The article gives the formula of NPS with no n and no error.

# %% part="wrong" name="errors_added"
answers = q.data["answers"].dropna()
value = (answers["nps"] >= 9).astype(int) - (answers["nps"] <= 6).astype(int)
wave = value.groupby(answers["wave"]).agg(["mean", "size"])
both = (value**2).groupby(answers["wave"]).mean()
error = np.sqrt((both - wave["mean"] ** 2) / wave["size"])
q.answer = (wave["mean"][1] - wave["mean"][2]) / error.sum()

# %% [markdown] lang="id" part="wrong" name="errors_added"
# Kedua galat baku Anda jumlahkan begitu saja. Apa yang dapat dijumlahkan bila kedua gelombang tidak bergantung satu sama lain?

# %% [markdown] lang="en" part="wrong" name="errors_added"
# You added the two standard errors as they are. What adds up when the waves do not depend on each other?

# %% part="wrong" name="one_wave_only"
answers = q.data["answers"].dropna()
value = (answers["nps"] >= 9).astype(int) - (answers["nps"] <= 6).astype(int)
wave = value.groupby(answers["wave"]).agg(["mean", "size"])
both = (value**2).groupby(answers["wave"]).mean()
squared_error = (both - wave["mean"] ** 2) / wave["size"]
q.answer = (wave["mean"][1] - wave["mean"][2]) / np.sqrt(squared_error[2])

# %% [markdown] lang="id" part="wrong" name="one_wave_only"
# Hanya galat gelombang kedua yang dipakai, seolah-olah NPS pertama diketahui dengan pasti. Berapa orang yang menjawab gelombang pertama?

# %% [markdown] lang="en" part="wrong" name="one_wave_only"
# Only the second wave's error is used, as though the first NPS were known for certain. How many answered the first wave?

# %% part="wrong" name="error_of_a_percentage"
answers = q.data["answers"].dropna()
value = (answers["nps"] >= 9).astype(int) - (answers["nps"] <= 6).astype(int)
wave = value.groupby(answers["wave"]).agg(["mean", "size"])
squared_error = wave["mean"] * (1 - wave["mean"]) / wave["size"]
q.answer = (wave["mean"][1] - wave["mean"][2]) / np.sqrt(squared_error.abs().sum())

# %% [markdown] lang="id" part="wrong" name="error_of_a_percentage"
# NPS diperlakukan seperti satu persentase. Bukankah ia selisih dua persentase dari orang yang sama?

# %% [markdown] lang="en" part="wrong" name="error_of_a_percentage"
# NPS is treated as one percentage. Is it not the difference of two, of the same people?

# %% part="wrong" name="detractors_to_five"
answers = q.data["answers"].dropna()
value = (answers["nps"] >= 9).astype(int) - (answers["nps"] <= 5).astype(int)
wave = value.groupby(answers["wave"]).agg(["mean", "size"])
both = (value**2).groupby(answers["wave"]).mean()
squared_error = (both - wave["mean"] ** 2) / wave["size"]
q.answer = (wave["mean"][1] - wave["mean"][2]) / np.sqrt(squared_error.sum())

# %% [markdown] lang="id" part="wrong" name="detractors_to_five"
# Yang menjawab 6 Anda anggap pasif. Sampai angka berapa seseorang disebut detraktor?

# %% [markdown] lang="en" part="wrong" name="detractors_to_five"
# Those who answered 6 are taken for passives. Up to which number is somebody a detractor?

# %% part="question"
question(
    "turned_question", kind="number", unit="number", digits=5, level="independent", data="effort",
    variants=("bank", "clinic", "shop"), title={"id": "Pertanyaan yang berbalik arah", "en": "The question that turned round"},
    rows=("Y03",), book="article: experience", notebook="15-scores", app="experience", function="crm.satisfaction.ces", points=2,
)

# %% [markdown] lang="id" part="task"
# Sebuah {what} menanyakan upaya pelanggan pada skala 1 sampai 7. Versi 1: 1 = mudah, 7 = sulit. Versi 2: 1 = sulit, 7 = mudah. Bawa semua jawaban ke **satu arah, {way}**. Berapa rata-rata semua jawaban?

# %% [markdown] lang="en" part="task"
# A {what} asked about customers' effort on a scale of 1 to 7. Version 1: 1 = easy, 7 = hard. Version 2: 1 = hard, 7 = easy. Bring all answers to **one direction, {way}**. What is the mean of all answers?

# %% [markdown] lang="id" part="hint"
# Versi mana yang sudah searah, dan versi mana yang harus dibalik?

# %% [markdown] lang="en" part="hint"
# Which version runs that way already, and which must be turned?

# %% [markdown] lang="id" part="hint"
# Membalik skala 1 sampai 7: 1 menjadi 7 dan 7 menjadi 1. Bilangan berapa dikurangi jawaban? Periksa pada contoh 1, 2, 2, 3, 5, 7, 2: rata-rata 3,143 menjadi 4,857.

# %% [markdown] lang="en" part="hint"
# To turn a scale of 1 to 7: 1 becomes 7 and 7 becomes 1. What number less the answer? Check it on 1, 2, 2, 3, 5, 7, 2: a mean of 3.143 becomes 4.857.

# %% part="solution"
answers = q.data["answers"]
turn = answers["version"] == (2 if q.data["easy"] == "low" else 1)
q.answer = answers["ces"].where(~turn, 8 - answers["ces"]).mean()

# %% [markdown] lang="id" part="why"
# Artikel menyebut 1 = mudah sampai 5 atau 7 = sulit, sedangkan versi yang lebih baru berjalan sebaliknya. Rata-rata gabungan tanpa pembalikan tidak menjawab pertanyaan mana pun: setengahnya mengukur kemudahan, setengahnya kesulitan. Bahkan setelah dibalik, bunyi pertanyaannya tetap berbeda; laporkan juga per versi.

# %% [markdown] lang="en" part="why"
# The article has 1 = easy up to 5 or 7 = hard, while the newer version runs the other way. A pooled mean without turning answers no question at all: half of it measures ease, half hardship. Even when turned, the wording differs; report each version too.

# %% part="wrong" name="pooled"
q.answer = q.data["answers"]["ces"].mean()

# %% [markdown] lang="id" part="wrong" name="pooled"
# Kedua versi dirata-rata begitu saja. Apa arti 7 bagi yang menjawab versi 1, dan bagi yang menjawab versi 2?

# %% [markdown] lang="en" part="wrong" name="pooled"
# Both versions were averaged as they are. What does a 7 mean in version 1, and in version 2?

# %% part="wrong" name="seven_minus"
answers = q.data["answers"]
turn = answers["version"] == (2 if q.data["easy"] == "low" else 1)
q.answer = answers["ces"].where(~turn, 7 - answers["ces"]).mean()

# %% [markdown] lang="id" part="wrong" name="seven_minus"
# Anda mengurangkan dari puncak skala. Menjadi berapa jawaban 7 itu, dan apakah angka itu ada pada skala?

# %% [markdown] lang="en" part="wrong" name="seven_minus"
# You subtracted from the top of the scale. What becomes of a 7, and is that number on the scale?

# %% part="wrong" name="wrong_version_turned"
answers = q.data["answers"]
turn = answers["version"] == (1 if q.data["easy"] == "low" else 2)
q.answer = answers["ces"].where(~turn, 8 - answers["ces"]).mean()

# %% [markdown] lang="id" part="wrong" name="wrong_version_turned"
# Yang dibalik versi yang sebenarnya sudah searah. Arah mana yang diminta soal?

# %% [markdown] lang="en" part="wrong" name="wrong_version_turned"
# You turned the version that ran the right way. Which direction does the task ask for?

# %% part="wrong" name="mean_of_means"
answers = q.data["answers"]
turn = answers["version"] == (2 if q.data["easy"] == "low" else 1)
turned = answers["ces"].where(~turn, 8 - answers["ces"])
q.answer = turned.groupby(answers["version"]).mean().mean()

# %% [markdown] lang="id" part="wrong" name="mean_of_means"
# Itu rata-rata dari dua rata-rata: kedua versi sama beratnya. Sama banyakkah yang menjawab?

# %% [markdown] lang="en" part="wrong" name="mean_of_means"
# That is a mean of two means: both versions weigh the same. Did as many answer each?

# %% part="question"
question(
    "who_returns", kind="number", unit="share", digits=5, level="independent", data="loyal",
    variants=("hotel", "garage", "dentist"), title={"id": "Apakah skor menebak siapa yang kembali?", "en": "Does the score tell who returns?"},
    rows=("Y04",), book="article: experience", notebook="16-drivers", app="experience", function="crm.satisfaction.predicts", points=3,
)

# %% [markdown] lang="id" part="task"
# Sebuah {what} menyimpan skor pelanggan dan tanggal orang itu kembali, bila ia kembali. Data berakhir {last_day}. **Kembali** berarti datang lagi dalam 365 hari sesudah menjawab; hanya jawaban yang 365 harinya sudah lewat pada {last_day} yang dihitung.
#
# Berapa AUC skor itu: peluang bahwa dari satu orang yang kembali dan satu orang yang tidak, yang kembali memberi skor lebih tinggi (seri dihitung setengah)?

# %% [markdown] lang="en" part="task"
# A {what} keeps customers' scores, and the day on which the person came again, if ever. The data end on {last_day}. To **return** is to come again within 365 days of answering; only answers whose 365 days are over on {last_day} count.
#
# What is the AUC of the score: the chance that, of one person who returned and one who did not, the first gave the higher score (a tie counts half)?

# %% [markdown] lang="id" part="hint"
# Buang dahulu jawaban yang setahunnya belum lewat: orangnya belum sempat kembali. Yang kembali setelah lebih dari 365 hari terhitung tidak kembali.

# %% [markdown] lang="en" part="hint"
# First drop answers whose year is not over: those people had no time to return. Who came after more than 365 days did not return.

# %% [markdown] lang="id" part="hint"
# Bandingkan setiap yang kembali dengan setiap yang tidak: `a[:, None] > b` memberi tabel benar/salah dari semua pasangan. Contoh: 9 dan 7 lawan 8 dan 5 memberi 0,75.

# %% [markdown] lang="en" part="hint"
# Compare everyone who returned with everyone who did not: `a[:, None] > b` gives a table of all pairs. Example: 9 and 7 against 8 and 5 give 0.75.

# %% part="solution"
answers = q.data["answers"]
known = answers[answers["answered_on"] <= pd.Timestamp(q.data["last_day"]) - pd.Timedelta(days=365)]
returned = (known["returned_on"] - known["answered_on"]).dt.days <= 365
a, b = known.loc[returned, "score"].to_numpy(), known.loc[~returned, "score"].to_numpy()
q.answer = ((a[:, None] > b) + 0.5 * (a[:, None] == b)).mean()

# %% part="package"
answers = q.data["answers"]
known = answers[answers["answered_on"] <= pd.Timestamp(q.data["last_day"]) - pd.Timedelta(days=365)]
known = known.assign(returned=(known["returned_on"] - known["answered_on"]).dt.days <= 365)
q.answer = crm.satisfaction.predicts(known, of="returned", on=["score"]).table["auc"].iloc[0]

# %% [markdown] lang="id" part="why"
# Artikel menulis bahwa CES "makin dipandang" sebagai penebak loyalitas yang lebih baik: itu pandangan, bukan ukuran. AUC mengukurnya; 0,5 sama dengan melempar koin. Bandingkan beberapa skor pada orang yang sama dengan selangnya sebelum memilih. Jawaban yang masih muda membuat penebak mana pun tampak salah.

# %% [markdown] lang="en" part="why"
# The article writes that CES is "increasingly seen" as the better predictor of loyalty: a view, not a measurement. AUC measures it; 0.5 is tossing a coin. Compare scores on the same people, with intervals, before you choose. Answers that are too young make any predictor look wrong.

# %% part="wrong" name="year_not_over"
known = q.data["answers"]
returned = (known["returned_on"] - known["answered_on"]).dt.days <= 365
a, b = known.loc[returned, "score"].to_numpy(), known.loc[~returned, "score"].to_numpy()
q.answer = ((a[:, None] > b) + 0.5 * (a[:, None] == b)).mean()

# %% [markdown] lang="id" part="wrong" name="year_not_over"
# Yang setahunnya belum lewat ikut dihitung sebagai tidak kembali. Apakah mereka sudah punya waktu untuk kembali?

# %% [markdown] lang="en" part="wrong" name="year_not_over"
# Those whose year is not over count as not returned. Did they have the time to?

# %% part="wrong" name="ties_lost"
answers = q.data["answers"]
known = answers[answers["answered_on"] <= pd.Timestamp(q.data["last_day"]) - pd.Timedelta(days=365)]
returned = (known["returned_on"] - known["answered_on"]).dt.days <= 365
a, b = known.loc[returned, "score"].to_numpy(), known.loc[~returned, "score"].to_numpy()
q.answer = (a[:, None] > b).mean()

# %% [markdown] lang="id" part="wrong" name="ties_lost"
# Skor yang sama dihitung kalah. Berapa nilai sebuah seri menurut soal?

# %% [markdown] lang="en" part="wrong" name="ties_lost"
# Equal scores count as lost. What is a tie worth in the task?

# %% part="wrong" name="ties_won"
answers = q.data["answers"]
known = answers[answers["answered_on"] <= pd.Timestamp(q.data["last_day"]) - pd.Timedelta(days=365)]
returned = (known["returned_on"] - known["answered_on"]).dt.days <= 365
a, b = known.loc[returned, "score"].to_numpy(), known.loc[~returned, "score"].to_numpy()
q.answer = (a[:, None] >= b).mean()

# %% [markdown] lang="id" part="wrong" name="ties_won"
# Skor yang sama dihitung menang, sehingga skor yang dijawab sama oleh semua orang pun tampak sempurna. Berapa nilai sebuah seri?

# %% [markdown] lang="en" part="wrong" name="ties_won"
# Equal scores count as won, so that a score on which all agree would look perfect. What is a tie worth?

# %% part="wrong" name="late_counts"
answers = q.data["answers"]
known = answers[answers["answered_on"] <= pd.Timestamp(q.data["last_day"]) - pd.Timedelta(days=365)]
returned = known["returned_on"].notna()
a, b = known.loc[returned, "score"].to_numpy(), known.loc[~returned, "score"].to_numpy()
q.answer = ((a[:, None] > b) + 0.5 * (a[:, None] == b)).mean()

# %% [markdown] lang="id" part="wrong" name="late_counts"
# Yang datang setelah lebih dari 365 hari masih terhitung kembali. Adilkah itu bagi yang menjawab belakangan dan hanya punya 365 hari?

# %% [markdown] lang="en" part="wrong" name="late_counts"
# Those who came after more than 365 days still count as returned. Is that fair to those who answered later and had only 365 days?

# %% part="question"
question(
    "driver_share", kind="number", unit="percent", digits=5, level="independent", data="twins",
    variants=("clinic", "airline", "cafe"), title={"id": "Membagi kepentingan dua penggerak", "en": "Dividing importance between two drivers"},
    rows=("Y09",), book="article: experience", notebook="16-drivers", app="experience", function="crm.satisfaction.drivers", points=3,
)

# %% [markdown] lang="id" part="task"
# Pelanggan sebuah {what} menilai kepuasan keseluruhan (`overall`), keramahan (`friendly`), dan kesopanan (`polite`). Keduanya berjalan bersama, maka $R^2$ regresi `overall` atas keduanya dibagi menurut **Shapley**: tambahan $R^2$ dari satu penggerak, dirata-rata atas kedua urutan masuk.
#
# Berapa persen dari $R^2$ menjadi bagian `{asked}`?

# %% [markdown] lang="en" part="task"
# Customers of a {what} rated overall satisfaction (`overall`), friendliness (`friendly`) and politeness (`polite`). The two go together, so the $R^2$ of regressing `overall` on both is divided by **Shapley**: a driver's gain in $R^2$, averaged over both orders of coming in.
#
# What percentage of $R^2$ falls to `{asked}`?

# %% [markdown] lang="id" part="hint"
# Bila masuk pertama, tambahannya kuadrat korelasinya dengan `overall`. Bila masuk kedua, tambahannya $R^2$ keduanya dikurangi kuadrat korelasi yang lain.

# %% [markdown] lang="en" part="hint"
# Coming first it adds the square of its correlation with `overall`. Coming second it adds the $R^2$ of both less the square of the other's correlation.

# %% [markdown] lang="id" part="hint"
# Untuk dua penggerak: $R^2 = (r_1^2 + r_2^2 - 2 r_1 r_2 r_{{12}})/(1 - r_{{12}}^2)$. Semua korelasi ada di `.corr()`.

# %% [markdown] lang="en" part="hint"
# For two drivers: $R^2 = (r_1^2 + r_2^2 - 2 r_1 r_2 r_{{12}})/(1 - r_{{12}}^2)$. All correlations are in `.corr()`.

# %% [markdown] lang="id" part="hint"
# Periksa cara Anda: korelasi 0,5 dan 0,4 dengan kepuasan dan 0,9 satu sama lain memberi $R^2$ = 0,263 dan bagian 67 dan 33 persen.

# %% [markdown] lang="en" part="hint"
# Check your way: correlations of 0.5 and 0.4 with satisfaction and 0.9 with each other give $R^2$ = 0.263 and shares of 67 and 33 percent.

# %% part="solution"
r = q.data["answers"].corr()
mine = q.data["asked"]
other = "polite" if mine == "friendly" else "friendly"
r1, r2, r12 = r.loc["overall", mine], r.loc["overall", other], r.loc[mine, other]
both = (r1**2 + r2**2 - 2 * r1 * r2 * r12) / (1 - r12**2)
q.answer = 100 * (r1**2 + both - r2**2) / 2 / both

# %% part="package"
told = crm.satisfaction.drivers(q.data["answers"], of="overall", on=["friendly", "polite"], method="shapley", scale=None, times=100)
q.answer = 100 * told.table.set_index("driver")["importance_share"][q.data["asked"]]

# %% [markdown] lang="id" part="why"
# Bila dua penggerak hampir sama, koefisien regresi mudah berbalik tanda; bagian Shapley tidak pernah negatif dan berjumlah 100 persen. Namun pembagian itu kesepakatan, dan kepentingan turunan adalah hubungan, bukan sebab. Artikel menyarankan mengukur titik kontak; mana yang menggerakkan kepuasan harus diuji dengan percobaan.

# %% [markdown] lang="en" part="why"
# When two drivers are nearly the same, regression coefficients easily change sign; Shapley shares are never negative and add up to 100 percent. Yet such a division is a convention, and derived importance is association, not cause. The article advises measuring touchpoints; which of them moves satisfaction has to be tried in an experiment.

# %% part="wrong" name="squares_divided"
r = q.data["answers"].corr()
mine = q.data["asked"]
other = "polite" if mine == "friendly" else "friendly"
r1, r2 = r.loc["overall", mine], r.loc["overall", other]
q.answer = 100 * r1**2 / (r1**2 + r2**2)

# %% [markdown] lang="id" part="wrong" name="squares_divided"
# Kuadrat kedua korelasi dibagi seolah-olah keduanya tidak berhubungan. Ke mana bagian yang mereka miliki bersama?

# %% [markdown] lang="en" part="wrong" name="squares_divided"
# The two squared correlations are divided as though the drivers were unrelated. Where does the part that they share go?

# %% part="wrong" name="first_in_only"
r = q.data["answers"].corr()
mine = q.data["asked"]
other = "polite" if mine == "friendly" else "friendly"
r1, r2, r12 = r.loc["overall", mine], r.loc["overall", other], r.loc[mine, other]
q.answer = 100 * r1**2 * (1 - r12**2) / (r1**2 + r2**2 - 2 * r1 * r2 * r12)

# %% [markdown] lang="id" part="wrong" name="first_in_only"
# Penggerak ini selalu masuk pertama dan mengambil semua yang dimiliki bersama. Apa yang tersisa baginya bila ia masuk kedua?

# %% [markdown] lang="en" part="wrong" name="first_in_only"
# This driver always comes in first and takes all that is shared. What is left for it when it comes second?

# %% part="wrong" name="last_in_only"
r = q.data["answers"].corr()
mine = q.data["asked"]
other = "polite" if mine == "friendly" else "friendly"
r1, r2, r12 = r.loc["overall", mine], r.loc["overall", other], r.loc[mine, other]
both = (r1**2 + r2**2 - 2 * r1 * r2 * r12) / (1 - r12**2)
q.answer = 100 * (both - r2**2) / both

# %% [markdown] lang="id" part="wrong" name="last_in_only"
# Penggerak ini selalu masuk terakhir dan hanya mendapat sisanya. Berapa bagiannya bila ia masuk lebih dahulu?

# %% [markdown] lang="en" part="wrong" name="last_in_only"
# This driver always comes in last and gets only the rest. What is its part when it comes first?

# %% part="wrong" name="coefficients_divided"
r = q.data["answers"].corr()
mine = q.data["asked"]
other = "polite" if mine == "friendly" else "friendly"
r1, r2, r12 = r.loc["overall", mine], r.loc["overall", other], r.loc[mine, other]
b1, b2 = r1 - r2 * r12, r2 - r1 * r12
q.answer = 100 * abs(b1) / (abs(b1) + abs(b2))

# %% [markdown] lang="id" part="wrong" name="coefficients_divided"
# Anda membagi koefisien regresinya. Apa arti sebuah koefisien bila hampir tidak ada orang yang ramah tetapi tidak sopan?

# %% [markdown] lang="en" part="wrong" name="coefficients_divided"
# You divided the regression coefficients. What does a coefficient mean when hardly anybody is friendly and not polite?

# %% part="question"
question(
    "faults_in_reports", kind="matching", style="mistake", level="independent", variants=("hospital", "bank", "shop"),
    title={"id": "Temukan kesalahan dalam laporan", "en": "Find the mistake in each report"},
    classes={
        "few": {"id": "Terlalu sedikit jawaban untuk mengatakan itu", "en": "Too few answers to say so"},
        "turned": {"id": "Arah atau bunyi pertanyaan berubah", "en": "The question's direction or wording changed"},
        "cause": {"id": "Hubungan disebut sebab", "en": "Association called cause"},
        "who": {"id": "Yang menjawab tidak mewakili yang ditanya", "en": "Those who answered don't stand for those asked"},
        "mixed": {"id": "Puas disamakan dengan terpukau atau setia", "en": "Satisfied taken for delighted or loyal"},
    },
    items={
        "app": {"id": "\"Semua pasien menyukai aplikasi kami.\" Survei hanya dikirim lewat aplikasi itu.", "en": "\"All patients like our app.\" The survey went out by that app alone."},
        "branch": {"id": "\"Cabang Wetan terbaik se-Indonesia.\" Sembilan nasabah menjawab.", "en": "\"The Wetan branch is the country's best.\" Nine customers answered."},
        "courier": {"id": "\"Keluhan tentang kurir dua kali lipat.\" Bulan lalu 2, bulan ini 4 komentar.", "en": "\"Complaints about couriers doubled.\" 2 comments last month, 4 this month."},
        "fives": {"id": "\"40 persen menjawab 5, jadi 40 persen terpukau.\" Harapan tidak ditanyakan.", "en": "\"40 percent answered 5, so 40 percent are delighted.\" Nobody asked what they expected."},
        "hoped": {"id": "\"CSAT 80 persen berarti 80 persen merasa mendapat lebih dari harapannya.\" Hanya kepuasan yang ditanyakan.", "en": "\"CSAT of 80 percent means that 80 percent got more than they hoped for.\" Only satisfaction was asked."},
        "july": {"id": "\"Upaya pasien melonjak pada Juli.\" Sejak Juli formulirnya memakai 7 = mudah.", "en": "\"Patients' effort leapt in July.\" Since July the form has 7 = easy."},
        "later": {"id": "\"Mereka menjawab 5, maka mereka akan kembali tahun depan.\" Kembalinya tidak pernah diperiksa.", "en": "\"They answered 5, so they will be back next year.\" Nobody ever checked who returned."},
        "manager": {"id": "\"Nasabah yang dilayani manajer lebih puas; tambah manajer.\" Manajer hanya melayani nasabah prioritas.", "en": "\"Customers served by a manager are happier; hire managers.\" Managers serve priority customers only."},
        "parcels": {"id": "\"Pembeli puas dengan pengiriman.\" Hanya pesanan yang tiba yang ditanya.", "en": "\"Buyers are pleased with delivery.\" Only orders that arrived were asked about."},
        "payer": {"id": "\"Pasien BPJS menurunkan CSAT.\" Mereka menunggu paling lama.", "en": "\"BPJS patients lower CSAT.\" They wait longest."},
        "pooled": {"id": "\"Rata-rata CES dua tahun 4,01.\" Tahun pertama 1 = mudah, tahun kedua 7 = mudah.", "en": "\"The mean CES of two years is 4.01.\" The first year had 1 = easy, the second 7 = easy."},
        "reviews": {"id": "\"Pembeli yang menulis ulasan berbelanja lebih banyak, jadi ulasan menaikkan belanja.\" Tidak ada yang diundi.", "en": "\"Buyers who write reviews spend more, so reviews raise spending.\" Nothing was drawn by lot."},
        "shorter": {"id": "\"Kepuasan naik sesudah survei dipendekkan.\" Skala 1 sampai 5 diganti 1 sampai 10.", "en": "\"Satisfaction rose once the survey was shortened.\" The scale of 1 to 5 became 1 to 10."},
        "sixty": {"id": "\"NPS kami 62.\" Yang setia tiga kali lebih rajin menjawab daripada yang lain.", "en": "\"Our NPS is 62.\" The loyal answer three times as often as others."},
        "slide": {"id": "\"NPS turun dari 31 ke 24.\" Tiap triwulan 29 orang menjawab.", "en": "\"NPS fell from 31 to 24.\" 29 people answered in each quarter."},
    },
    shown={
        "hospital": ["app", "branch", "fives", "july", "payer", "slide"],
        "bank": ["branch", "later", "manager", "pooled", "shorter", "sixty"],
        "shop": ["courier", "hoped", "parcels", "payer", "pooled", "reviews"],
    },
    draw=6,
    rows=("Y02", "Y03", "Y09", "X04"), book="article: experience", notebook="15-scores", app="experience", function="crm.satisfaction.nonresponse", points=2,
)

# %% [markdown] lang="id" part="task"
# Enam kalimat dari laporan pengalaman pelanggan, masing-masing dengan satu keterangan. Kesalahan utama mana yang ada pada setiap kalimat?

# %% [markdown] lang="en" part="task"
# Six sentences from reports on customer experience, each with one piece of information. Which main mistake does each make?

# %% [markdown] lang="id" part="hint"
# Tanyakan pada setiap kalimat: berapa orang, pertanyaan apa, siapa yang menjawab, dan dibandingkan dengan apa?

# %% [markdown] lang="en" part="hint"
# Ask of each sentence: how many people, which question, who answered, and compared with what?

# %% [markdown] lang="id" part="hint"
# Keterangan setelah kutipan menunjukkan apa yang tidak dikatakan kutipan itu. Satu kelompok boleh dipakai lebih dari sekali.

# %% [markdown] lang="en" part="hint"
# What follows the quotation shows what it does not say. A class may be used more than once.

# %% part="solution"
every = {
    **dict.fromkeys(("slide", "branch", "courier"), "few"),
    **dict.fromkeys(("july", "shorter", "pooled"), "turned"),
    **dict.fromkeys(("payer", "manager", "reviews"), "cause"),
    **dict.fromkeys(("app", "sixty", "parcels"), "who"),
    **dict.fromkeys(("fives", "later", "hoped"), "mixed"),
}
mine = {
    "hospital": "app branch fives july payer slide",
    "bank": "branch later manager pooled shorter sixty",
    "shop": "courier hoped parcels payer pooled reviews",
}[q.variant].split()
q.answer = {report: every[report] for report in mine}

# %% [markdown] lang="id" part="why"
# Setiap skor bergantung pada empat hal: n, bunyi dan arah pertanyaan, siapa yang menjawab, dan pembandingnya. Artikel memuat CSAT, NPS, dan CES masing-masing dalam satu kalimat; keempat hal itu harus Anda tambahkan sendiri sebelum membaca naik turunnya.

# %% [markdown] lang="en" part="why"
# Every score rests on four things: n, the wording and direction of the question, who answered, and what it is compared with. The article gives CSAT, NPS and CES a sentence each; these four you must add yourself before you read any rise or fall.

# %% part="wrong" name="size_for_people"
every = {
    **dict.fromkeys(("slide", "branch", "courier"), "who"),
    **dict.fromkeys(("july", "shorter", "pooled"), "turned"),
    **dict.fromkeys(("payer", "manager", "reviews"), "cause"),
    **dict.fromkeys(("app", "sixty", "parcels"), "few"),
    **dict.fromkeys(("fives", "later", "hoped"), "mixed"),
}
mine = {
    "hospital": "app branch fives july payer slide",
    "bank": "branch later manager pooled shorter sixty",
    "shop": "courier hoped parcels payer pooled reviews",
}[q.variant].split()
q.answer = {report: every[report] for report in mine}

# %% [markdown] lang="id" part="wrong" name="size_for_people"
# Banyaknya jawaban dan siapa yang menjawab tertukar. Akankah kesalahannya hilang bila seribu orang lagi menjawab dengan cara yang sama?

# %% [markdown] lang="en" part="wrong" name="size_for_people"
# How many answered and who answered are mixed up. Would the mistake go away if a thousand more answered in the same way?

# %% part="wrong" name="change_for_cause"
every = {
    **dict.fromkeys(("slide", "branch", "courier"), "few"),
    **dict.fromkeys(("july", "shorter", "pooled"), "cause"),
    **dict.fromkeys(("payer", "manager", "reviews"), "turned"),
    **dict.fromkeys(("app", "sixty", "parcels"), "who"),
    **dict.fromkeys(("fives", "later", "hoped"), "mixed"),
}
mine = {
    "hospital": "app branch fives july payer slide",
    "bank": "branch later manager pooled shorter sixty",
    "shop": "courier hoped parcels payer pooled reviews",
}[q.variant].split()
q.answer = {report: every[report] for report in mine}

# %% [markdown] lang="id" part="wrong" name="change_for_cause"
# Alat ukur yang berubah dan sebab yang keliru tertukar. Apakah pertanyaannya masih sama, dan apakah kelompoknya sebanding?

# %% [markdown] lang="en" part="wrong" name="change_for_cause"
# A changed yardstick and a false cause are mixed up. Is the question still the same, and are the groups comparable?

# %% part="wrong" name="all_is_cause"
every = {
    **dict.fromkeys(("slide", "branch", "courier"), "few"),
    **dict.fromkeys(("july", "shorter", "pooled"), "turned"),
    **dict.fromkeys(("payer", "manager", "reviews"), "cause"),
    **dict.fromkeys(("app", "sixty", "parcels"), "who"),
    **dict.fromkeys(("fives", "later", "hoped"), "cause"),
}
mine = {
    "hospital": "app branch fives july payer slide",
    "bank": "branch later manager pooled shorter sixty",
    "shop": "courier hoped parcels payer pooled reviews",
}[q.variant].split()
q.answer = {report: every[report] for report in mine}

# %% [markdown] lang="id" part="wrong" name="all_is_cause"
# Tidak setiap kesimpulan yang melompat adalah soal sebab. Kata apa yang ditanyakan, dan kata apa yang dilaporkan?

# %% [markdown] lang="en" part="wrong" name="all_is_cause"
# Not every leap is about causes. Which word was asked, and which word was reported?

# %% part="question"
question(
    "can_you_say_this", kind="choice", style="claim", level="independent", variants=("pwc", "idc", "mckinsey", "bain"),
    title={"id": "Bolehkah ini dikatakan?", "en": "Can you say this?"},
    options={
        "supported": {"id": "Ya, kutipan itu mendukungnya.", "en": "Yes, the quotation supports it."},
        "most": {"id": "Tidak: angka tertinggi yang disebut orang dibaca sebagai yang biasa dibayar.", "en": "No: the most that people named is read as what is usually paid."},
        "opinion": {"id": "Tidak: banyaknya orang yang setuju dibaca sebagai bukti hubungannya.", "en": "No: how many agree is read as proof of the link."},
        "base": {"id": "Tidak: kedua persen tidak jelas dasarnya, jadi tidak dapat dijumlahkan atau dibandingkan.", "en": "No: what the two percentages are of is not clear, so they can't be added or compared."},
        "best": {"id": "Tidak: nilai yang terbaik dijadikan ukuran bagi semua.", "en": "No: the value of the best is made the measure for all."},
    },
    rows=("Y02", "Y04"), book="article: experience", notebook="16-drivers", app="experience", function="crm.satisfaction.willing_to_pay", points=1,
)

# %% [markdown] lang="id" part="task" variant="pwc"
# Artikel mengutip PwC: pelanggan akan membayar hingga 16 % untuk pengalaman yang luar biasa. Seorang manajer menulis: "Perbaiki layanan, lalu naikkan semua harga 16 %; pelanggan akan membayarnya."

# %% [markdown] lang="en" part="task" variant="pwc"
# The article quotes PwC: customers will pay up to 16 % for an outstanding experience. A manager writes: "Mend the service, then raise all prices by 16 %; customers will pay."

# %% [markdown] lang="id" part="task" variant="idc"
# Artikel mengutip IDC: 85 % responden setuju bahwa pengalaman karyawan yang lebih baik menghasilkan pengalaman pelanggan yang lebih baik. Seorang manajer menulis: "Terbukti 85 %: karyawan yang senang membuat pelanggan senang."

# %% [markdown] lang="en" part="task" variant="idc"
# The article quotes IDC: 85 % of respondents agree that a better experience for employees brings a better one for customers. A manager writes: "Proven at 85 %: happy employees make happy customers."

# %% [markdown] lang="id" part="task" variant="mckinsey"
# Artikel mengutip McKinsey: 71 % pelanggan mengharapkan personalisasi dan 76 % frustrasi ketika tidak menemukannya. Seorang manajer menulis: "Jadi 5 % frustrasi walaupun tidak mengharapkannya."

# %% [markdown] lang="en" part="task" variant="mckinsey"
# The article quotes McKinsey: 71 % of customers expect personalisation and 76 % are frustrated when they do not find it. A manager writes: "So 5 % are frustrated although they do not expect it."

# %% [markdown] lang="id" part="task" variant="bain"
# Artikel menulis bahwa perusahaan berkinerja terbaik mampu mencapai NPS 80. Seorang manajer menulis: "NPS klinik kami 35, jadi pelayanan kami buruk."

# %% [markdown] lang="en" part="task" variant="bain"
# The article writes that the best performing firms reach an NPS of 80. A manager writes: "Our clinic's NPS is 35, so our service is bad."

# %% [markdown] lang="id" part="hint"
# Baca kutipan dan kalimat manajer kata demi kata. Kata mana yang hilang di antara keduanya?

# %% [markdown] lang="en" part="hint"
# Read the quotation and the manager's sentence word by word. Which word is lost between the two?

# %% [markdown] lang="id" part="hint"
# Tanyakan tentang setiap angka: persen dari siapa, menurut ucapan atau perbuatan, dan dibandingkan dengan usaha seperti apa?

# %% [markdown] lang="en" part="hint"
# Ask of each number: a percentage of whom, by what they said or did, and compared with what kind of business?

# %% part="solution"
q.answer = {"pwc": "most", "idc": "opinion", "mckinsey": "base", "bain": "best"}[q.variant]

# %% [markdown] lang="id" part="why"
# "Hingga" adalah batas atas ucapan orang, "setuju" adalah pendapat, dua persen tanpa dasar yang sama tidak dapat dikurangkan, dan puncak bukan ukuran biasa. Artikel mengutip angka-angka ini tanpa n, tahun, dan pertanyaannya. Sebelum dipakai, cari laporan aslinya, lalu uji pada data sendiri.

# %% [markdown] lang="en" part="why"
# "Up to" is the upper end of what people say, "agree" is an opinion, two percentages of different bases can't be subtracted, and the summit is no usual measure. The article quotes these numbers without n, year and question. Before you use them find the report itself, then try them on your own data.

# %% part="wrong" name="believed"
q.answer = "supported"

# %% [markdown] lang="id" part="wrong" name="believed"
# Kalimat manajer dipercaya karena kutipannya terkenal. Apakah keduanya mengatakan hal yang sama?

# %% [markdown] lang="en" part="wrong" name="believed"
# The manager is believed because the quotation is well known. Do the two say the same?

# %% part="wrong" name="opinion_or_amount"
q.answer = {"pwc": "opinion", "idc": "most", "mckinsey": "most", "bain": "base"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="opinion_or_amount"
# Jenis angkanya tertukar. Apakah angka itu rupiah, banyaknya orang, atau skor?

# %% [markdown] lang="en" part="wrong" name="opinion_or_amount"
# The kind of number is mixed up. Is it an amount, a number of people, or a score?

# %% part="wrong" name="wrong_comparison"
q.answer = {"pwc": "base", "idc": "base", "mckinsey": "opinion", "bain": "opinion"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="wrong_comparison"
# Ada yang kurang, tetapi bukan itu yang menentukan di sini. Apa yang sebenarnya dibandingkan oleh manajer itu?

# %% [markdown] lang="en" part="wrong" name="wrong_comparison"
# Something is missing, but this is not what decides here. What does the manager really compare?
