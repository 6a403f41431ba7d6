# %% [markdown] lang="id" part="title"
# # 6 · Privasi: siapa boleh dihubungi, dan apa boleh diperlihatkan
#
# Buku 5.3 dan 6.4. Anda memeriksa hak akses, mengaudit asas privasi, membaca buku persetujuan, mengukur seberapa baik orang bersembunyi dalam tabel tanpa nama, lalu menyerang tabel itu sendiri. Semua orang dan usaha di sini rekaan. Yang menyangkut undang-undang adalah alat belajar, bukan nasihat hukum.

# %% [markdown] lang="en" part="title"
# # 6 · Privacy: whom may we contact, and what may we show
#
# Book 5.3 and 6.4. You check rights of access, audit the privacy principles, read a ledger of consent, measure how well people hide in a table without names, and then attack such a table yourself. All people and businesses here are made up. What is said about the law is a teaching tool and not legal advice.

# %% part="data"
def accesses(rng, variant):
    """A month of reads in a customer database, and the policy that says which role may read which region."""
    policy = pd.DataFrame(
        {
            "role": ["front_west", "front_east", "analyst", "analyst", "analyst", "admin", "admin", "admin"],
            "region": ["west", "east", "west", "east", "central", "west", "east", "central"],
        }
    )
    n = 260
    role = rng.choice(["front_west", "front_east", "analyst", "admin", "intern"], n, p=[0.28, 0.26, 0.18, 0.2, 0.08])
    region = rng.choice(["west", "east", "central"], n, p=[0.42, 0.4, 0.18])
    home = np.array(["west", "east", "central"])[np.where(role == "front_west", 0, 1)]
    stays = np.isin(role, ["front_west", "front_east"]) & (rng.random(n) < 0.6)
    ticket = np.where(role == "admin", rng.choice(["approved", "submitted", "rejected", "none"], n, p=[0.5, 0.25, 0.1, 0.15]), "none")
    role[:5] = ["intern", "intern", "admin", "front_west", "front_east"]
    region[:5] = ["west", "central", "east", "east", "west"]
    ticket[:5] = ["none", "none", "submitted", "none", "none"]
    stays[:5] = False
    log = pd.DataFrame(
        {
            "access_id": np.arange(1, n + 1),
            "role": role,
            "region": np.where(stays, home, region),
            "ticket": ticket,
            "rows_read": rng.integers(3, 900, n),
        }
    )
    what = {
        "id": {"clinic": "jaringan klinik", "bank": "bank perkreditan", "hotel": "jaringan hotel"},
        "en": {"clinic": "chain of clinics", "bank": "rural bank", "hotel": "chain of hotels"},
    }
    return {"log": log, "policy": policy, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def principles(rng, variant):
    """One data set's answers to the nine principles of the book, with the OECD principle that each belongs to."""
    names = [
        ("purpose_specification", "purpose_specification"), ("data_collection", "collection_limitation"),
        ("limited_application", "use_limitation"), ("data_quality", "data_quality"), ("use_limitation", "use_limitation"),
        ("openness", "openness"), ("access", "individual_participation"), ("security", "security_safeguards"),
        ("accountability", "accountability"),
    ]
    one, other = (2, 4) if rng.random() < 0.5 else (4, 2)
    rest = rng.permutation([0, 1, 3, 5, 6, 7, 8])
    good = int(rng.integers(2, 5))
    bare = int(rng.integers(1, 3))
    unsaid = int(rng.integers(1, 7 - good - bare + 1)) if good + bare < 6 else 1
    unsaid = min(unsaid, 2)
    answer, shown = ["no"] * 9, [""] * 9
    for i in [one, *rest[:good]]:
        answer[i], shown[i] = "yes", f"procedure {int(rng.integers(1, 9))}.{int(rng.integers(1, 9))}"
    for i in rest[good : good + bare]:
        answer[i] = "yes"
    for i in rest[good + bare : good + bare + unsaid]:
        answer[i] = "open"
    answer[other] = "no"
    audit = pd.DataFrame({"principle": [a for a, _ in names], "oecd": [b for _, b in names], "answer": answer, "evidence": shown})
    what = {
        "id": {"clinic": "data janji temu sebuah klinik", "shop": "data anggota sebuah toko", "school": "data alumni sebuah sekolah"},
        "en": {"clinic": "a clinic's appointments", "shop": "a shop's members", "school": "a school's alumni"},
    }
    return {"audit": audit, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def register(rng, variant):
    """Customers and what they said about being written to: given and withdrawn, by channel, in one year."""
    people, n = 80, 480
    customers = pd.DataFrame(
        {
            "customer_id": np.arange(1, people + 1),
            "region": rng.choice(["west", "central", "east"], people, p=[0.4, 0.25, 0.35]),
            "spend": rng.integers(150_000, 9_500_000, people),
        }
    )
    minutes = rng.choice(360 * 24 * 60, n, replace=False)
    consents = pd.DataFrame(
        {
            "customer_id": rng.integers(1, people - 7, n),
            "channel": rng.choice(["email", "whatsapp", "sms"], n),
            "action": np.where(rng.random(n) < 0.66, "give", "withdraw"),
            "recorded_at": pd.Timestamp("2020-01-01") + pd.to_timedelta(minutes, unit="min"),
        }
    )
    day = pd.Timestamp("2020-06-15") + pd.Timedelta(days=int(rng.integers(0, 120)))
    channel = {"clinic": "whatsapp", "shop": "email", "bank": "sms"}[variant]
    what = {"id": {"clinic": "klinik", "shop": "toko", "bank": "bank"}, "en": {"clinic": "clinic", "shop": "shop", "bank": "bank"}}
    words = {k: {"what": v[variant]} for k, v in what.items()}
    return {"customers": customers, "consents": consents, "day": str(day.date()), "channel": channel, "words": words}


def campaign(rng, variant):
    """A ledger of consent to marketing, and messages that were sent, each with what it cost."""
    people, n, m = 90, 210, 240
    second = rng.choice(330 * 86400, n, replace=False)
    action = np.where(rng.random(n) < 0.68, "give", "withdraw")
    who, channel = rng.integers(1, people - 8, n), rng.choice(["email", "whatsapp"], n)
    ties = 14
    who = np.concatenate([who, who[:ties]])
    channel = np.concatenate([channel, channel[:ties]])
    second = np.concatenate([second, second[:ties]])
    action[:ties] = "give"
    action = np.concatenate([action, np.repeat("withdraw", ties)])
    at = pd.Timestamp("2020-01-01") + pd.to_timedelta(second, unit="s")
    short = (action == "give") & (rng.random(n + ties) < 0.35)
    expires = pd.Series(at + pd.to_timedelta(rng.integers(30, 120, n + ties), unit="D")).where(short)
    consents = pd.DataFrame({"customer_id": who, "channel": channel, "action": action, "recorded_at": at, "expires_at": expires})
    consents = consents.iloc[rng.permutation(n + ties)].reset_index(drop=True)
    # half of the messages go to people who are in the ledger, some of them soon after a tie
    told = rng.integers(0, n, m)
    told[:ties] = np.arange(ties)
    known = rng.random(m) < 0.85
    known[:ties] = True
    later = rng.integers(1, 150 * 86400, m)
    later[:ties] = rng.integers(60, 4000, ties)
    to = np.where(known, who[told], rng.integers(people - 8, people + 1, m))
    sent = np.where(known, np.minimum(second[told] + later, 364 * 86400), rng.integers(0, 364 * 86400, m))
    sends = pd.DataFrame(
        {
            "send_id": np.arange(1, m + 1),
            "customer_id": to,
            "channel": np.where(known, channel[told], rng.choice(["email", "whatsapp"], m)),
            "sent_at": pd.Timestamp("2020-01-01") + pd.to_timedelta(sent, unit="s"),
            "cost": rng.integers(4_000, 29_000, m),
        }
    )
    what = {
        "id": {"clinic": "Sebuah klinik gigi", "shop": "Sebuah toko perlengkapan bayi", "gym": "Sebuah sanggar senam"},
        "en": {"clinic": "A dental clinic", "shop": "A shop for babies' things", "gym": "A gym"},
    }
    return {"consents": consents, "sends": sends, "words": {k: {"what": v[variant]} for k, v in what.items()}}


def people(rng, variant):
    """A table without names: job, district, age band, and what each person spent in a year."""
    n = 430
    job = rng.choice(["trader", "farmer", "teacher", "nurse", "driver", "judge"], n, p=[0.29, 0.24, 0.17, 0.13, 0.11, 0.06])
    job[:2] = "pilot"
    dearer = np.where(np.isin(job, ["driver", "judge", "pilot"]), 2.6, 1.0)
    table = pd.DataFrame(
        {
            "job": job,
            "district": rng.choice(["north", "south", "hill", "coast", "town"], n, p=[0.3, 0.27, 0.2, 0.15, 0.08]),
            "age_band": rng.choice(["18-29", "30-44", "45-59", "60+"], n, p=[0.33, 0.32, 0.22, 0.13]),
            "amount": (rng.lognormal(13.2, 0.6, n) * dearer).round(0),
        }
    )
    what = {
        "id": {"clinic": ("klinik", "tagihan pasien"), "shop": ("swalayan", "belanja anggota"), "bank": ("koperasi simpan pinjam", "tabungan anggota")},
        "en": {"clinic": ("clinic", "patients' bills"), "shop": ("supermarket", "members' spending"), "bank": ("savings cooperative", "members' savings")},
    }
    words = {k: {"what": v[variant][0], "measure": v[variant][1]} for k, v in what.items()}
    return {"people": table, "minimum": int(rng.integers(3, 7)), "words": words}


def published(rng, variant):
    """A table of amounts with its totals, as it was published: cells of few people were left empty."""
    units = {
        "hospital": ["eye", "heart", "skin", "dental"], "lab": ["blood", "urine", "x_ray", "genetic"], "insurer": ["life", "health", "motor", "fire"],
    }[variant]
    groups = ["under_30", "30_to_44", "45_to_59", "over_60"]
    cells = rng.integers(9_000_000, 90_000_000, (4, 4))
    row, row2 = rng.choice(4, 2, replace=False)
    column, column2 = rng.choice(4, 2, replace=False)
    cells[row, column] = rng.integers(1_100_000, 3_900_000)
    cells[row, column2] = rng.integers(4_500_000, 8_500_000)
    cells[row2, column2] = rng.integers(10_000_000, 19_000_000)
    whole = np.zeros((5, 5))
    whole[:4, :4] = cells
    whole[4, :4], whole[:4, 4], whole[4, 4] = cells.sum(0), cells.sum(1), cells.sum()
    for i, j in ((row, column), (row, column2), (row2, column2)):
        whole[i, j] = np.nan
    table = pd.DataFrame(
        {"unit": np.repeat([*units, "all"], 5), "age": np.tile([*groups, "all"], 5), "amount": whole.ravel()}
    )
    what = {
        "id": {"hospital": "rumah sakit", "lab": "laboratorium", "insurer": "perusahaan asuransi"},
        "en": {"hospital": "hospital", "lab": "laboratory", "insurer": "insurer"},
    }
    words = {k: {"what": v[variant]} for k, v in what.items()}
    return {"published": table, "unit": units[row], "age": groups[column], "words": words}


def page_views(rng, variant):
    """Page views of a web shop with the answer to the cookie question and, where something was bought, its value."""
    visits, n = 190, 560
    session = np.concatenate([np.arange(1, visits + 1), rng.integers(1, visits + 1, n - visits)])
    says = rng.random(visits + 1) < 0.48
    mixed = rng.random(visits + 1) < 0.2
    answer = says[session].astype(object)
    turned = mixed[session] & (rng.random(n) < 0.5)
    answer[turned] = ~says[session][turned]
    blank = rng.random(n) < 0.06
    answer[blank] = None
    value = np.where(rng.random(n) < 0.3, rng.integers(45_000, 900_000, n), 0)
    number = session.astype(float)
    number[rng.random(n) < 0.03] = np.nan
    events = pd.DataFrame({"session_id": number, "cookie_consent": answer, "order_value": value})
    what = {
        "id": {"books": "toko buku daring", "tickets": "situs tiket", "plants": "toko tanaman daring"},
        "en": {"books": "online bookshop", "tickets": "ticket site", "plants": "online plant shop"},
    }
    return {"events": events.iloc[rng.permutation(n)].reset_index(drop=True), "words": {k: {"what": v[variant]} for k, v in what.items()}}


def breach(rng, variant):
    """When a leak became known and where, which clock the head office reads, and the books of two years."""
    zone, office = {"makassar": ("WIB", "WITA"), "jayapura": ("WIB", "WIT"), "jakarta": ("WIT", "WIB")}[variant]
    day = pd.Timestamp("2024-01-04") + pd.Timedelta(days=7 * int(rng.integers(0, 48)) + int(rng.integers(0, 2)))
    hour, minute = int(rng.integers(8, 20)), int(rng.integers(1, 60))
    revenue = rng.integers(2_100_000_000, 7_900_000_000, 24)
    books = pd.DataFrame(
        {
            "year": np.repeat([2022, 2023], 12),
            "month": np.tile(np.arange(1, 13), 2),
            "revenue": revenue,
            "profit": (revenue * rng.uniform(0.04, 0.2, 24)).round(0),
        }
    )
    return {"books": books, "known_at": f"{day.date()} {hour:02d}:{minute:02d}", "zone": zone, "office": office}

# %% part="question"
question(
    "who_reads_what", kind="table", columns=("role", "rows_read", "rows_denied"), decimals=0, level="independent", data="accesses",
    variants=("clinic", "bank", "hotel"), title={"id": "Siapa membaca yang bukan haknya", "en": "Who reads what is not theirs"},
    rows=("D09",), book="5.3", notebook="09-privacy", app="clinic", function="crm.privacy.role_view", points=2,
)

# %% [markdown] lang="id" part="task"
# Sebuah {what} mencatat setiap pembacaan database pelanggannya (`log`). Aturannya: suatu peran hanya boleh membaca wilayah yang tertulis untuknya di `policy`; `admin` selain itu memerlukan tiket yang sudah **disetujui** (`approved`); peran yang tidak tertulis di `policy` tidak boleh membaca apa pun.
#
# Buat tabel: satu baris untuk setiap peran yang ada di `log`, dengan banyaknya baris data yang dibaca (`rows_read`) dan berapa di antaranya yang seharusnya ditolak (`rows_denied`).

# %% [markdown] lang="en" part="task"
# A {what} logs every read of its customer database (`log`). The rule: a role may read only the regions that `policy` names for it; `admin` also needs a ticket that was **approved**; a role that `policy` does not name may read nothing.
#
# Make a table with one row for each role found in `log`: how many rows of data it read (`rows_read`), and how many of these should have been denied (`rows_denied`).

# %% [markdown] lang="id" part="hint"
# Sebuah pembacaan boleh bila pasangan peran dan wilayahnya ada di `policy`. Penggabungan seperti apa yang tetap menyimpan pembacaan tanpa pasangan?

# %% [markdown] lang="en" part="hint"
# A read is allowed if its pair of role and region is in `policy`. Which kind of merge keeps reads that have no pair?

# %% [markdown] lang="id" part="hint"
# `log.merge(policy.assign(named=1), how="left")` mengosongkan `named` pada baris tanpa pasangan. Sesudah itu masih ada syarat untuk `admin`.

# %% [markdown] lang="en" part="hint"
# `log.merge(policy.assign(named=1), how="left")` leaves `named` empty in rows without a pair. After that there is still the condition for `admin`.

# %% part="solution"
log = q.data["log"].merge(q.data["policy"].assign(named=1), how="left")
denied = log["named"].isna() | ((log["role"] == "admin") & (log["ticket"] != "approved"))
log["denied"] = log["rows_read"].where(denied, 0)
q.answer = log.groupby("role").agg(rows_read=("rows_read", "sum"), rows_denied=("denied", "sum")).reset_index()

# %% [markdown] lang="id" part="why"
# Kontrol akses dimulai dari "tidak": yang tidak tertulis ditolak. Buku (5.3.2) menyarankan kontrol akses dan tiket yang disetujui atasan untuk hak admin; tiket yang baru diajukan belum memberi hak apa pun. Yang dihitung baris data, sebab satu pembacaan dapat membawa ratusan orang.

# %% [markdown] lang="en" part="why"
# Access control begins with no: what is not written down is denied. The book (5.3.2) advises access control, and tickets approved higher up for admin rights; a ticket that was only submitted gives no right. Rows are counted, for one read may carry hundreds of people.

# %% part="wrong" name="unknown_role_lost"
log = q.data["log"].merge(q.data["policy"][["role"]].drop_duplicates(), on="role")
log = log.merge(q.data["policy"].assign(named=1), how="left")
denied = log["named"].isna() | ((log["role"] == "admin") & (log["ticket"] != "approved"))
log["denied"] = log["rows_read"].where(denied, 0)
q.answer = log.groupby("role").agg(rows_read=("rows_read", "sum"), rows_denied=("denied", "sum")).reset_index()

# %% [markdown] lang="id" part="wrong" name="unknown_role_lost"
# Peran yang tidak dikenal hilang dari tabel karena penggabungan dalam (*inner join*). Bukankah justru peran itu yang paling perlu terlihat?

# %% [markdown] lang="en" part="wrong" name="unknown_role_lost"
# The unknown role fell out of the table through an inner join. Is that not the very role that must be seen?

# %% part="wrong" name="ticket_asked_for"
log = q.data["log"].merge(q.data["policy"].assign(named=1), how="left")
denied = log["named"].isna() | ((log["role"] == "admin") & ~log["ticket"].isin(["approved", "submitted"]))
log["denied"] = log["rows_read"].where(denied, 0)
q.answer = log.groupby("role").agg(rows_read=("rows_read", "sum"), rows_denied=("denied", "sum")).reset_index()

# %% [markdown] lang="id" part="wrong" name="ticket_asked_for"
# Mengajukan dianggap sama dengan disetujui. Siapa yang harus berkata ya sebelum admin boleh membaca?

# %% [markdown] lang="en" part="wrong" name="ticket_asked_for"
# To submit is taken for to be approved. Who must say yes before an admin may read?

# %% part="wrong" name="ticket_forgotten"
log = q.data["log"].merge(q.data["policy"].assign(named=1), how="left")
log["denied"] = log["rows_read"].where(log["named"].isna(), 0)
q.answer = log.groupby("role").agg(rows_read=("rows_read", "sum"), rows_denied=("denied", "sum")).reset_index()

# %% [markdown] lang="id" part="wrong" name="ticket_forgotten"
# Hak admin dianggap tidak bersyarat. Apa kata aturan tentang tiketnya?

# %% [markdown] lang="en" part="wrong" name="ticket_forgotten"
# Admin rights are taken to be unconditional. What does the rule say about tickets?

# %% part="wrong" name="reads_for_rows"
log = q.data["log"].merge(q.data["policy"].assign(named=1), how="left")
log["denied"] = log["named"].isna() | ((log["role"] == "admin") & (log["ticket"] != "approved"))
q.answer = log.groupby("role").agg(rows_read=("access_id", "count"), rows_denied=("denied", "sum")).reset_index()

# %% [markdown] lang="id" part="wrong" name="reads_for_rows"
# Yang terhitung banyaknya pembacaan, bukan baris data yang dibaca. Kolom mana yang mengatakan berapa orang terlihat?

# %% [markdown] lang="en" part="wrong" name="reads_for_rows"
# Reads are counted, not the rows that were read. Which column says how many people were seen?

# %% part="wrong" name="region_forgotten"
log = q.data["log"]
known = log["role"].isin(q.data["policy"]["role"])
denied = ~known | ((log["role"] == "admin") & (log["ticket"] != "approved"))
log = log.assign(denied=log["rows_read"].where(denied, 0))
q.answer = log.groupby("role").agg(rows_read=("rows_read", "sum"), rows_denied=("denied", "sum")).reset_index()

# %% [markdown] lang="id" part="wrong" name="region_forgotten"
# Yang diperiksa hanya perannya; wilayah dilupakan. Bolehkah bagian depan di barat membaca data timur?

# %% [markdown] lang="en" part="wrong" name="region_forgotten"
# Only the role was checked and the region forgotten. May the front office of the west read the data of the east?

# %% part="question"
question(
    "audit_score", kind="blanks", level="worked", data="principles",
    parts={
        "met": {"kind": "number", "exact": True, "says": {"id": "asas yang terpenuhi, dari sembilan asas buku", "en": "principles met, of the book's nine"}},
        "nine": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "skor menurut sembilan asas (persen)", "en": "score by nine principles (percent)"}},
        "eight": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "skor menurut delapan asas OECD (persen)", "en": "score by the OECD's eight principles (percent)"}},
    },
    variants=("clinic", "shop", "school"), title={"id": "Sembilan asas, atau delapan", "en": "Nine principles, or eight"},
    rows=("V01",), book="6.4", notebook="09-privacy", app="clinic", function="crm.privacy.Checklist", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Audit lain: enam asas terpenuhi dengan bukti, satu diakui tanpa bukti, dua tidak. Skornya 6/9, bukan 7/9. Pada hitungan delapan asas OECD, `limited_application` dan `use_limitation` bersama-sama satu asas, yang terpenuhi hanya bila **keduanya** terpenuhi.

# %% [markdown] lang="en" part="example"
# **Example.** Another audit: six principles met with evidence, one claimed without, two not met. The score is 6/9, not 7/9. In the count of the OECD's eight principles, `limited_application` and `use_limitation` together are one principle, met only if **both** are.

# %% part="example"
example = pd.DataFrame(
    {
        "principle": list(crm.privacy.PRINCIPLES),
        "oecd": list(crm.privacy.PRINCIPLES.values()),
        "answer": ["yes"] * 7 + ["no"] * 2,
        "evidence": ["policy 2.1"] * 6 + [""] * 3,
    }
)
example["met"] = (example["answer"] == "yes") & (example["evidence"] != "")
by_oecd = example.groupby("oecd")["met"].all()
pd.Series({"met": example["met"].sum(), "nine": 100 * example["met"].mean(), "eight": 100 * by_oecd.mean()})

# %% [markdown] lang="id" part="task"
# Kini {what}: tabel `audit` memuat jawaban atas sembilan asas (`yes`, `no`, atau `open` bila belum dijawab) dan buktinya. Asas terpenuhi hanya bila jawabannya `yes` **dan** buktinya ada. Yang belum dijawab belum terpenuhi.

# %% [markdown] lang="en" part="task"
# Now {what}: the table `audit` holds the answers to the nine principles (`yes`, `no`, or `open` where nobody answered) and the evidence. A principle is met only if the answer is `yes` **and** there is evidence. What was not answered is not met.

# %% [markdown] lang="id" part="hint"
# Buat dahulu kolom benar/salah: `answer` sama dengan `yes` dan `evidence` tidak kosong. Rata-ratanya adalah pangsa dari semua asas.

# %% [markdown] lang="en" part="hint"
# First make a column of true and false: `answer` is `yes` and `evidence` is not empty. Its mean is the share of all principles.

# %% [markdown] lang="id" part="hint"
# Untuk delapan asas: `groupby("oecd")` lalu `.all()`, sebab kedua bagian asas pembatasan penggunaan harus terpenuhi.

# %% [markdown] lang="en" part="hint"
# For the eight: `groupby("oecd")`, then `.all()`, as both halves of use limitation must be met.

# %% part="solution"
audit = q.data["audit"]
met = (audit["answer"] == "yes") & (audit["evidence"] != "")
by_oecd = met.groupby(audit["oecd"]).all()
q.answer = {"met": met.sum(), "nine": 100 * met.mean(), "eight": 100 * by_oecd.mean()}

# %% part="package"
said = {r.principle: {"met": r.answer == "yes", "evidence": r.evidence} for r in q.data["audit"].itertuples() if r.answer != "open"}
facts = crm.privacy.Checklist("audit", "2020-12-31", said).result().facts
q.answer = {"met": facts["met"], "nine": 100 * facts["score"], "eight": 100 * facts["oecd_score"]}

# %% [markdown] lang="id" part="why"
# Buku (6.4) menyebut sembilan asas dan menisbahkannya kepada OECD; pedoman OECD tahun 1980 sendiri memuat delapan. "Aplikasi terbatas" tidak berdiri sendiri di sana, melainkan bagian dari pembatasan penggunaan. Skor tanpa bukti hanyalah pengakuan, dan skor tanpa menyebut jumlah asasnya tidak dapat dibandingkan.

# %% [markdown] lang="en" part="why"
# The book (6.4) lists nine principles and ascribes them to the OECD; the guidelines of 1980 themselves have eight. "Limited application" has no place of its own there and is part of use limitation. A score without evidence is only a claim, and one that does not say out of how many can't be compared.

# %% part="wrong" name="claims_counted"
audit = q.data["audit"]
met = (audit["answer"] == "yes") & (audit["evidence"] != "")
said = audit["answer"] == "yes"
q.answer = {"met": said.sum(), "nine": 100 * said.mean(), "eight": 100 * met.groupby(audit["oecd"]).all().mean()}

# %% [markdown] lang="id" part="wrong" name="claims_counted"
# Pengakuan tanpa bukti ikut dihitung. Apa yang dapat Anda tunjukkan kepada pemeriksa untuk asas itu?

# %% [markdown] lang="en" part="wrong" name="claims_counted"
# Claims without evidence are counted. What could you show an inspector for that principle?

# %% part="wrong" name="open_left_out"
audit = q.data["audit"]
met = (audit["answer"] == "yes") & (audit["evidence"] != "")
q.answer = {"met": met.sum(), "nine": 100 * met.sum() / (audit["answer"] != "open").sum(), "eight": 100 * met.groupby(audit["oecd"]).all().mean()}

# %% [markdown] lang="id" part="wrong" name="open_left_out"
# Asas yang belum dijawab keluar dari penyebut, sehingga skor naik karena diam. Berapa asas yang seharusnya dijawab?

# %% [markdown] lang="en" part="wrong" name="open_left_out"
# Unanswered principles left the denominator, so silence raises the score. How many principles were to be answered?

# %% part="wrong" name="either_is_enough"
audit = q.data["audit"]
met = (audit["answer"] == "yes") & (audit["evidence"] != "")
q.answer = {"met": met.sum(), "nine": 100 * met.mean(), "eight": 100 * met.groupby(audit["oecd"]).any().mean()}

# %% [markdown] lang="id" part="wrong" name="either_is_enough"
# Asas yang terdiri atas dua bagian dianggap terpenuhi karena satu bagiannya. Apakah separuh janji sudah janji yang ditepati?

# %% [markdown] lang="en" part="wrong" name="either_is_enough"
# A principle of two halves was taken as met for one of them. Is half a promise a promise kept?

# %% part="question"
question(
    "who_may_be_written_to", kind="sql", columns=("region", "people", "spend"), decimals=0, level="faded", data="register",
    variants=("clinic", "shop", "bank"), title={"id": "Gerbang persetujuan dengan SQL", "en": "The consent gate in SQL"},
    rows=("V02",), book="6.4", notebook="09-privacy", app="clinic", function="crm.privacy.ConsentLedger", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Seorang pelanggan memberi persetujuan 1 Januari dan menariknya 5 Februari. Kampanye 4 Februari boleh sampai kepadanya, kampanye 6 Februari tidak: yang **terakhir sebelum hari itu** berlaku.

# %% [markdown] lang="en" part="example"
# **Example.** A customer consented on 1 January and withdrew on 5 February. A campaign of 4 February may reach her, one of 6 February may not: the **latest before that day** counts.

# %% part="example"
her = {"customer_id": "C-17", "purpose": "marketing", "channel": "email"}
events = [{**her, "action": "give", "at": "2020-01-01"}, {**her, "action": "withdraw", "at": "2020-02-05"}]
ledger = crm.privacy.ConsentLedger(events, timezone="WIB")
pd.Series({day: ledger.state(["C-17"], "marketing", "email", day).iloc[0] for day in ("2020-02-04", "2020-02-06")})

# %% [markdown] lang="id" part="task"
# Sebuah {what} hendak menulis kepada pelanggannya lewat `{channel}` pada awal hari {day} (pukul 00.00). Lengkapi perintah SQL ini: berapa orang di tiap wilayah yang boleh ditulisi, dan berapa belanja mereka setahun (`spend`)? Untuk setiap orang dan saluran, peristiwa **terakhir sebelum saat itu** yang berlaku; yang tidak tercatat tidak boleh.

# %% [markdown] lang="en" part="task"
# A {what} wants to write to its customers by `{channel}` as the day {day} begins (00:00). Complete the SQL: how many people of each region may be written to, and what do they spend in a year (`spend`)? For each person and channel the **latest event before that moment** counts; no record is a no.

# %% part="start"
q.answer = """
WITH ranked AS (
    SELECT customer_id, action,
           row_number() OVER (PARTITION BY ... ORDER BY ...) AS place
    FROM consents
    WHERE channel = ... AND recorded_at < ...
)
SELECT region, count(*) AS people, sum(spend) AS spend
FROM ranked JOIN customers USING (customer_id)
WHERE ...
GROUP BY region
"""

# %% [markdown] lang="id" part="hint"
# `row_number()` memberi nomor 1 kepada peristiwa terbaru setiap orang bila diurutkan menurun menurut waktu.

# %% [markdown] lang="en" part="hint"
# `row_number()` gives number 1 to each person's newest event when ordered by time, descending.

# %% [markdown] lang="id" part="hint"
# Saringan waktu dan saluran ada di dalam `ranked`, sebelum diberi nomor. Saringan `action` ada di luar, sesudah hanya nomor 1 yang tinggal. Tanggal ditulis `TIMESTAMP '2020-01-31'`.

# %% [markdown] lang="en" part="hint"
# The filters on time and channel stand inside `ranked`, before numbering. The filter on `action` stands outside, once only number 1 is left. Write the day as `TIMESTAMP '2020-01-31'`.

# %% part="solution"
q.answer = f"""
WITH ranked AS (
    SELECT customer_id, action,
           row_number() OVER (PARTITION BY customer_id ORDER BY recorded_at DESC) AS place
    FROM consents
    WHERE channel = '{q.data["channel"]}' AND recorded_at < TIMESTAMP '{q.data["day"]}'
)
SELECT region, count(*) AS people, sum(spend) AS spend
FROM ranked JOIN customers USING (customer_id)
WHERE place = 1 AND action = 'give'
GROUP BY region
"""

# %% [markdown] lang="id" part="why"
# Persetujuan bukan kolom ya/tidak melainkan peristiwa: yang terakhir berlaku, untuk satu saluran. Menurut asas pembatasan penggunaan (buku 6.4), yang tidak pernah setuju tidak boleh dihubungi; JOIN dari peristiwa menjaga hal itu dengan sendirinya.

# %% [markdown] lang="en" part="why"
# Consent is no yes-or-no column but events: the latest counts, for one channel. By use limitation (book 6.4) those who never agreed may not be contacted; joining from the events sees to that by itself.

# %% part="wrong" name="once_given"
q.answer = f"""
SELECT region, count(*) AS people, sum(spend) AS spend FROM customers WHERE customer_id IN (SELECT customer_id FROM consents
WHERE channel = '{q.data["channel"]}' AND recorded_at < TIMESTAMP '{q.data["day"]}' AND action = 'give') GROUP BY region
"""

# %% [markdown] lang="id" part="wrong" name="once_given"
# Sekali setuju dianggap selamanya setuju. Apa yang terjadi dengan yang sesudah itu menarik persetujuannya?

# %% [markdown] lang="en" part="wrong" name="once_given"
# Once given is taken for given for good. What of those who withdrew afterwards?

# %% part="wrong" name="state_of_today"
q.answer = f"""
WITH ranked AS (SELECT customer_id, action, row_number() OVER (PARTITION BY customer_id ORDER BY recorded_at DESC) AS place
    FROM consents WHERE channel = '{q.data["channel"]}')
SELECT region, count(*) AS people, sum(spend) AS spend FROM ranked JOIN customers USING (customer_id) WHERE place = 1 AND action = 'give' GROUP BY region
"""

# %% [markdown] lang="id" part="wrong" name="state_of_today"
# Peristiwa sesudah hari pengiriman ikut terbaca. Bolehkah masa depan memberi izin untuk hari itu?

# %% [markdown] lang="en" part="wrong" name="state_of_today"
# Events after the day of sending are read too. Can the future give leave for that day?

# %% part="wrong" name="any_channel"
q.answer = f"""
WITH ranked AS (SELECT customer_id, action, row_number() OVER (PARTITION BY customer_id ORDER BY recorded_at DESC) AS place
    FROM consents WHERE recorded_at < TIMESTAMP '{q.data["day"]}')
SELECT region, count(*) AS people, sum(spend) AS spend FROM ranked JOIN customers USING (customer_id) WHERE place = 1 AND action = 'give' GROUP BY region
"""

# %% [markdown] lang="id" part="wrong" name="any_channel"
# Persetujuan untuk satu saluran dipakai untuk saluran lain. Untuk saluran mana izin itu diberikan?

# %% [markdown] lang="en" part="wrong" name="any_channel"
# Consent to one channel is used for another. For which channel was it given?

# %% part="question"
question(
    "cost_of_breaches", kind="number", unit="money", digits=7, level="independent", data="campaign",
    variants=("clinic", "shop", "gym"), title={"id": "Pesan yang tidak boleh dikirim", "en": "Messages that had no leave"},
    rows=("V02",), book="6.4", notebook="09-privacy", app="clinic", function="crm.privacy.audit", points=3,
)

# %% [markdown] lang="id" part="task"
# {what} mengirim pesan pemasaran sepanjang tahun (`sends`). Berapa rupiah yang dibelanjakan (`cost`, termasuk vouchernya) untuk pesan yang dikirim **tanpa hak**? Aturan buku persetujuan `consents`, per pelanggan dan saluran, pada saat pesan itu dikirim:
#
# * peristiwa terakhir sampai saat itu yang berlaku;
# * bila ada yang bertentangan pada detik yang sama, jawabannya tidak;
# * tidak tercatat berarti tidak;
# * persetujuan yang `expires_at`-nya sudah tiba berarti tidak; tanpa `expires_at` ia berlaku terus.

# %% [markdown] lang="en" part="task"
# {what} sent marketing messages all year (`sends`). How many rupiah (`cost`, with its voucher) went into messages sent **without a right**? The rules of the ledger `consents`, by customer and channel, at the moment each message was sent:
#
# * the latest event up to that moment counts;
# * a conflict in the same second is a no;
# * no record is a no;
# * a consent whose `expires_at` has come is a no; without `expires_at` it goes on.

# %% [markdown] lang="id" part="hint"
# Gabungkan setiap pesan dengan semua peristiwa pelanggan dan saluran itu, lalu buang peristiwa sesudah `sent_at`.

# %% [markdown] lang="en" part="hint"
# Join each message with all events of that customer and channel, then drop events after `sent_at`.

# %% [markdown] lang="id" part="hint"
# Dari yang tersisa, simpan per `send_id` peristiwa dengan waktu terbesar; mungkin ada dua. Pesan boleh bila **semuanya** `give` dan belum kedaluwarsa.

# %% [markdown] lang="en" part="hint"
# Of what is left keep, per `send_id`, the events with the greatest time; there may be two. A message has leave if **all** of them are `give` and not expired.

# %% [markdown] lang="id" part="hint"
# Pesan yang tidak punya satu peristiwa pun tidak muncul dalam hasil penggabungan. Jangan lupa menghitungnya.

# %% [markdown] lang="en" part="hint"
# Messages without a single event do not appear after the join. Do not forget to count them.

# %% part="solution"
sends, consents = q.data["sends"], q.data["consents"]
both = sends.merge(consents, on=["customer_id", "channel"])
before = both[both["recorded_at"] <= both["sent_at"]]
newest = before[before["recorded_at"] == before.groupby("send_id")["recorded_at"].transform("max")]
good = (newest["action"] == "give") & ~(newest["expires_at"] <= newest["sent_at"])
allowed = good.groupby(newest["send_id"]).all()
with_leave = sends["send_id"].isin(allowed[allowed].index)
q.answer = sends.loc[~with_leave, "cost"].sum()

# %% part="package"
ledger = crm.privacy.ConsentLedger(q.data["consents"].assign(purpose="marketing"), at="recorded_at", timezone="WIB")
q.answer = crm.privacy.audit(q.data["sends"], ledger, purpose="marketing").table["cost"].sum()

# %% [markdown] lang="id" part="why"
# Hak mengirim diukur pada saat pesan dikirim, bukan hari ini: yang menarik persetujuan kemarin memang boleh ditulisi bulan lalu. Setiap keraguan (detik yang sama, tidak tercatat, kedaluwarsa) berarti tidak. Buku (6.4) meminta persetujuan sesuai tujuan; mengukurnya memerlukan waktu pada kedua tabel.

# %% [markdown] lang="en" part="why"
# The right to send is measured when a message is sent, not today: who withdrew yesterday could rightly be written to last month. Every doubt (same second, no record, expired) is a no. The book (6.4) asks for consent to a purpose; to measure it, both tables need a time.

# %% part="wrong" name="ledger_of_today"
sends, consents = q.data["sends"], q.data["consents"]
last = consents.sort_values(["recorded_at", "action"]).groupby(["customer_id", "channel"]).tail(1)
both = sends.merge(last, on=["customer_id", "channel"], how="left")
good = (both["action"] == "give") & ~(both["expires_at"] <= both["sent_at"])
q.answer = both.loc[~good, "cost"].sum()

# %% [markdown] lang="id" part="wrong" name="ledger_of_today"
# Setiap pesan dibandingkan dengan isi buku hari ini. Bagaimana keadaannya pada saat pesan itu dikirim?

# %% [markdown] lang="en" part="wrong" name="ledger_of_today"
# Each message is compared with the ledger of today. How did it stand when the message was sent?

# %% part="wrong" name="expiry_ignored"
sends, consents = q.data["sends"], q.data["consents"]
both = sends.merge(consents, on=["customer_id", "channel"])
before = both[both["recorded_at"] <= both["sent_at"]]
newest = before[before["recorded_at"] == before.groupby("send_id")["recorded_at"].transform("max")]
allowed = (newest["action"] == "give").groupby(newest["send_id"]).all()
q.answer = sends.loc[~sends["send_id"].isin(allowed[allowed].index), "cost"].sum()

# %% [markdown] lang="id" part="wrong" name="expiry_ignored"
# Persetujuan yang sudah kedaluwarsa masih dianggap berlaku. Kolom mana yang belum Anda baca?

# %% [markdown] lang="en" part="wrong" name="expiry_ignored"
# Expired consent still counts. Which column did you not read?

# %% part="wrong" name="tie_is_yes"
sends, consents = q.data["sends"], q.data["consents"]
both = sends.merge(consents, on=["customer_id", "channel"])
before = both[both["recorded_at"] <= both["sent_at"]]
newest = before[before["recorded_at"] == before.groupby("send_id")["recorded_at"].transform("max")]
good = (newest["action"] == "give") & ~(newest["expires_at"] <= newest["sent_at"])
allowed = good.groupby(newest["send_id"]).any()
q.answer = sends.loc[~sends["send_id"].isin(allowed[allowed].index), "cost"].sum()

# %% [markdown] lang="id" part="wrong" name="tie_is_yes"
# Pada detik yang sama ada ya dan tidak, dan Anda memilih ya. Siapa yang menanggung bila pilihan itu keliru?

# %% [markdown] lang="en" part="wrong" name="tie_is_yes"
# One second holds a yes and a no, and you took the yes. Who bears it if that is mistaken?

# %% part="wrong" name="silence_is_yes"
sends, consents = q.data["sends"], q.data["consents"]
both = sends.merge(consents, on=["customer_id", "channel"])
before = both[both["recorded_at"] <= both["sent_at"]]
newest = before[before["recorded_at"] == before.groupby("send_id")["recorded_at"].transform("max")]
good = (newest["action"] == "give") & ~(newest["expires_at"] <= newest["sent_at"])
allowed = good.groupby(newest["send_id"]).all()
q.answer = sends.loc[sends["send_id"].isin(allowed[~allowed].index), "cost"].sum()

# %% [markdown] lang="id" part="wrong" name="silence_is_yes"
# Yang tidak tercatat lolos: diam dianggap setuju. Pesan mana yang hilang dari hasil penggabungan?

# %% [markdown] lang="en" part="wrong" name="silence_is_yes"
# Those without a record got through: silence is taken for consent. Which messages fell out of the join?

# %% part="question"
question(
    "price_of_hiding", kind="number", unit="percent", digits=5, level="independent", data="people",
    variants=("clinic", "shop", "bank"), title={"id": "Harga menyembunyikan kelompok kecil", "en": "The price of hiding small groups"},
    rows=("V04",), book="6.4", notebook="09-privacy", app="clinic", function="crm.privacy.hide_small_groups", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Sepuluh orang menurut pekerjaan: kelompok 4, 3, 2, dan 1. Kelompok terkecil berisi 1, jadi k = 1. Bila kelompok yang lebih kecil dari 3 disembunyikan, k menjadi 3 dan 3 dari 10 baris tersembunyi.

# %% [markdown] lang="en" part="example"
# **Example.** Ten people by job: groups of 4, 3, 2 and 1. The smallest holds 1, so k = 1. Hide the groups smaller than 3, and k becomes 3 while 3 of 10 rows are hidden.

# %% part="example"
ten = pd.DataFrame({"job": list("aaaabbbccd")})
size = ten.groupby("job")["job"].transform("size")
pd.Series({"k": size.min(), "hidden": (size < 3).sum(), "k_after": size[size >= 3].min()})

# %% [markdown] lang="id" part="task"
# Sebuah {what} akan menyerahkan tabel `people` kepada peneliti: tanpa nama, tetapi dengan pekerjaan, wilayah, dan kelompok umur. Siapa pun yang berbagi ketiga kolom itu dengan kurang dari {minimum:count} orang (dirinya termasuk) disembunyikan.
#
# Berapa persen dari jumlah {measure} (`amount`) yang ikut hilang dari tabel?

# %% [markdown] lang="en" part="task"
# A {what} is to give the table `people` to a researcher: without names, but with job, district and age band. Everybody in a group of fewer than {minimum:count} people who share all three columns (themselves included) is hidden.
#
# What percentage of the {measure} (`amount`) goes missing from the table with them?

# %% [markdown] lang="id" part="hint"
# Ukuran kelompok untuk setiap baris: `groupby([...])["amount"].transform("size")`, dengan ketiga kolom bersama-sama.

# %% [markdown] lang="en" part="hint"
# The size of the group for each row: `groupby([...])["amount"].transform("size")`, by all three columns together.

# %% [markdown] lang="id" part="hint"
# Pembilang: `amount` baris yang kelompoknya lebih kecil dari batas. Penyebut: seluruh `amount`.

# %% [markdown] lang="en" part="hint"
# Numerator: the `amount` of rows whose group is smaller than the limit. Denominator: all of `amount`.

# %% part="solution"
people = q.data["people"]
size = people.groupby(["job", "district", "age_band"])["amount"].transform("size")
hidden = people.loc[size < q.data["minimum"], "amount"].sum()
q.answer = 100 * hidden / people["amount"].sum()

# %% part="package"
people = q.data["people"]
kept = crm.privacy.hide_small_groups(people, quasi=["job", "district", "age_band"], minimum=q.data["minimum"]).table
q.answer = 100 * (1 - kept["amount"].sum() / people["amount"].sum())

# %% [markdown] lang="id" part="why"
# Tidak satu pun kolom itu menyebut nama, tetapi bersama-sama mereka menunjuk orang. Buku (6.4) meminta data dilindungi dari pengungkapan; k-anonimitas mengukur seberapa jauh itu tercapai, dan harganya adalah bagian data yang hilang. Kelompok yang besar pun belum tentu aman bila semua anggotanya punya nilai rahasia yang sama.

# %% [markdown] lang="en" part="why"
# None of these columns is a name, yet together they point at people. The book (6.4) asks that data be kept from disclosure; k-anonymity measures how far that is so, and its price is the part of the data that goes. Even a large group is not safe when all in it share the same secret.

# %% part="wrong" name="limit_hidden_too"
people = q.data["people"]
size = people.groupby(["job", "district", "age_band"])["amount"].transform("size")
q.answer = 100 * people.loc[size <= q.data["minimum"], "amount"].sum() / people["amount"].sum()

# %% [markdown] lang="id" part="wrong" name="limit_hidden_too"
# Kelompok yang tepat pada batas ikut disembunyikan: "kurang dari" terbaca sebagai "paling banyak". Apakah kelompok sebesar batas itu kurang dari batas?

# %% [markdown] lang="en" part="wrong" name="limit_hidden_too"
# Groups of exactly the limit are hidden too: "fewer than" was read as "at most". Is a group as large as the limit below it?

# %% part="wrong" name="people_for_amount"
people = q.data["people"]
size = people.groupby(["job", "district", "age_band"])["amount"].transform("size")
q.answer = 100 * (size < q.data["minimum"]).mean()

# %% [markdown] lang="id" part="wrong" name="people_for_amount"
# Itu persen orang, bukan persen rupiah. Apa yang ditanyakan sebagai pembilang dan penyebut?

# %% [markdown] lang="en" part="wrong" name="people_for_amount"
# That is a percentage of people, not of rupiah. What is asked for above and below the line?

# %% part="wrong" name="columns_one_by_one"
people = q.data["people"]
small = pd.Series(False, index=people.index)
for column in ("job", "district", "age_band"):
    small |= people.groupby(column)["amount"].transform("size") < q.data["minimum"]
q.answer = 100 * people.loc[small, "amount"].sum() / people["amount"].sum()

# %% [markdown] lang="id" part="wrong" name="columns_one_by_one"
# Setiap kolom diperiksa sendiri-sendiri. Siapa yang tampak bila ketiga kolom diketahui sekaligus?

# %% [markdown] lang="en" part="wrong" name="columns_one_by_one"
# Each column was looked at by itself. Who stands out when all three are known at once?

# %% part="wrong" name="only_the_lone"
people = q.data["people"]
size = people.groupby(["job", "district", "age_band"])["amount"].transform("size")
q.answer = 100 * people.loc[size == 1, "amount"].sum() / people["amount"].sum()

# %% [markdown] lang="id" part="wrong" name="only_the_lone"
# Hanya orang yang sendirian yang disembunyikan. Apakah kelompok berdua sudah memenuhi batas?

# %% [markdown] lang="en" part="wrong" name="only_the_lone"
# Only those who are alone were hidden. Does a group of two reach the limit?

# %% part="wrong" name="groups_for_amount"
people = q.data["people"]
sizes = people.groupby(["job", "district", "age_band"]).size()
q.answer = 100 * (sizes < q.data["minimum"]).mean()

# %% [markdown] lang="id" part="wrong" name="groups_for_amount"
# Itu persen kelompok. Kelompok kecil banyak, tetapi isinya sedikit; berapa rupiah di dalamnya?

# %% [markdown] lang="en" part="wrong" name="groups_for_amount"
# That is a percentage of groups. Small groups are many but hold little; how many rupiah are in them?

# %% part="question"
question(
    "subtraction_attack", kind="number", unit="money", digits=5, level="independent", data="published",
    variants=("hospital", "lab", "insurer"), title={"id": "Serangan pengurangan", "en": "The subtraction attack"},
    rows=("V04", "H10"), book="6.4", notebook="09-privacy", app="clinic", function="crm.privacy.attack", points=2,
)

# %% [markdown] lang="id" part="task"
# Sebuah {what} menerbitkan tabel tagihan menurut unit dan umur (`published`), beserta semua totalnya (baris `all`). Tiga sel yang berisi sedikit orang dikosongkan.
#
# Jadilah penyerang: berapa rupiah isi sel kosong pada unit `{unit}`, umur `{age}`?

# %% [markdown] lang="en" part="task"
# A {what} published a table of bills by unit and age (`published`) with all its totals (rows `all`). Three cells with few people were left empty.
#
# Be the attacker: how many rupiah are in the empty cell of unit `{unit}`, age `{age}`?

# %% [markdown] lang="id" part="hint"
# Bentangkan dahulu: `published.pivot(index="unit", columns="age", values="amount")`. Setiap baris dan setiap kolom harus menjumlah menjadi totalnya.

# %% [markdown] lang="en" part="hint"
# Spread it first: `published.pivot(index="unit", columns="age", values="amount")`. Every row and every column must add up to its total.

# %% [markdown] lang="id" part="hint"
# Cari baris atau kolom yang memuat sel itu dan **hanya satu** sel kosong.

# %% [markdown] lang="en" part="hint"
# Look for a row or column that holds this cell and **only one** empty cell.

# %% part="solution"
table = q.data["published"].pivot(index="unit", columns="age", values="amount")
column = table[q.data["age"]]
q.answer = column["all"] - column.drop("all").sum()

# %% [markdown] lang="id" part="why"
# Sel yang kosong tidak terlindung bila satu persamaan memuatnya sendirian. Karena itu sel lain harus ikut disembunyikan, dan yang mana harus dihitung, tidak dikira-kira: `crm.privacy.suppress` mencarinya dan `crm.privacy.attack` mengujinya. Buku (6.4 dan 9.1) menuntut keamanan data pasien tanpa menyebut serangan ini.

# %% [markdown] lang="en" part="why"
# An empty cell is not protected when one equation holds it alone. So other cells must be hidden with it, and which ones has to be computed, not guessed: `crm.privacy.suppress` finds them, `crm.privacy.attack` tests them. The book (6.4 and 9.1) demands that patients' data be safe and does not mention this attack.

# %% part="wrong" name="two_unknowns"
table = q.data["published"].pivot(index="unit", columns="age", values="amount")
row = table.loc[q.data["unit"]]
q.answer = row["all"] - row.drop("all").sum()

# %% [markdown] lang="id" part="wrong" name="two_unknowns"
# Itu jumlah dua sel kosong pada baris itu. Adakah persamaan lain yang memuat sel ini sendirian?

# %% [markdown] lang="en" part="wrong" name="two_unknowns"
# That is the sum of two empty cells of that row. Is there another equation that holds this cell alone?

# %% part="wrong" name="shared_evenly"
table = q.data["published"].pivot(index="unit", columns="age", values="amount")
row = table.loc[q.data["unit"]]
q.answer = (row["all"] - row.drop("all").sum()) / 2

# %% [markdown] lang="id" part="wrong" name="shared_evenly"
# Dua sel kosong dianggap sama besar. Dari mana Anda tahu? Adakah jalan yang tidak memerlukan anggapan?

# %% [markdown] lang="en" part="wrong" name="shared_evenly"
# Two empty cells were taken to be equal. How do you know? Is there a way that needs no assumption?

# %% part="wrong" name="all_hidden_together"
table = q.data["published"].pivot(index="unit", columns="age", values="amount")
q.answer = table.loc["all", "all"] - table.drop(index="all", columns="all").sum().sum()

# %% [markdown] lang="id" part="wrong" name="all_hidden_together"
# Itu jumlah semua sel kosong dalam tabel, dari total keseluruhan. Total mana yang lebih dekat dengan sel ini?

# %% [markdown] lang="en" part="wrong" name="all_hidden_together"
# That is the sum of all empty cells, from the grand total. Which total is nearer to this cell?

# %% part="wrong" name="typical_cell"
table = q.data["published"].pivot(index="unit", columns="age", values="amount")
q.answer = table[q.data["age"]].drop("all").mean()

# %% [markdown] lang="id" part="wrong" name="typical_cell"
# Anda mengisi sel kosong dengan rata-rata tetangganya. Sel ini dikosongkan justru karena kecil; apa yang diketahui dengan pasti tentangnya?

# %% [markdown] lang="en" part="wrong" name="typical_cell"
# You filled the empty cell with the mean of its neighbours. It was hidden because it is small; what is known of it for certain?

# %% part="question"
question(
    "cookies", kind="number", unit="percent", digits=5, level="independent", data="page_views",
    variants=("books", "tickets", "plants"), title={"id": "Yang boleh dianalisis", "en": "What may be analysed"},
    rows=("V06",), book="6.4", notebook="09-privacy", app="clinic", function="crm.privacy.cookie_funnel", points=2,
)

# %% [markdown] lang="id" part="task"
# Sebuah {what} bertanya kepada pengunjungnya tentang cookie. Satu **kunjungan** (`session_id`) boleh dianalisis hanya bila **setiap** halamannya mencatat `True`; `False` dan kosong berarti tidak. Baris tanpa `session_id` bukan kunjungan mana pun dan tidak dihitung.
#
# Berapa persen nilai pesanan (`order_value`) semua kunjungan yang berasal dari kunjungan yang boleh dianalisis?

# %% [markdown] lang="en" part="task"
# A {what} asks its visitors about cookies. A **visit** (`session_id`) may be analysed only if **each** of its page views says `True`; `False` and empty are a no. Rows without a `session_id` belong to no visit and do not count.
#
# What percentage of the order value (`order_value`) of all visits comes from visits that may be analysed?

# %% [markdown] lang="id" part="hint"
# Buang baris tanpa `session_id`. Lalu satu putusan untuk setiap kunjungan: `.eq(True)` menjadikan kosong sebagai tidak.

# %% [markdown] lang="en" part="hint"
# Drop rows without a `session_id`. Then one verdict for each visit: `.eq(True)` makes empty a no.

# %% [markdown] lang="id" part="hint"
# `groupby("session_id").agg(yes=("yes", "all"), value=("order_value", "sum"))`, kemudian bandingkan dua jumlah rupiah.

# %% [markdown] lang="en" part="hint"
# `groupby("session_id").agg(yes=("yes", "all"), value=("order_value", "sum"))`, then compare two sums of rupiah.

# %% part="solution"
events = q.data["events"].dropna(subset=["session_id"])
events = events.assign(yes=events["cookie_consent"].eq(True))
visits = events.groupby("session_id").agg(yes=("yes", "all"), value=("order_value", "sum"))
q.answer = 100 * visits.loc[visits["yes"], "value"].sum() / visits["value"].sum()

# %% [markdown] lang="id" part="why"
# Persetujuan diberikan oleh orang, bukan oleh halaman; maka putusannya per kunjungan, dan ragu berarti tidak. Buku (6.4) mencatat bahwa kebanyakan situs memasang cookie tanpa izin. Ingat pula: yang setuju belum tentu mirip dengan yang menolak, jadi bagian yang terlihat bukan contoh acak.

# %% [markdown] lang="en" part="why"
# Consent is given by people, not by pages; so the verdict is by visit, and doubt is a no. The book (6.4) notes that most sites set cookies without leave. Mind also that those who agree need not be like those who refuse: the part that you see is no random sample.

# %% part="wrong" name="page_by_page"
events = q.data["events"].dropna(subset=["session_id"])
q.answer = 100 * events.loc[events["cookie_consent"].eq(True), "order_value"].sum() / events["order_value"].sum()

# %% [markdown] lang="id" part="wrong" name="page_by_page"
# Setiap halaman diputus sendiri. Bolehkah separuh kunjungan dianalisis bila halaman lainnya berkata tidak?

# %% [markdown] lang="en" part="wrong" name="page_by_page"
# Each page was judged by itself. May half a visit be analysed when its other page said no?

# %% part="wrong" name="blank_is_yes"
events = q.data["events"].dropna(subset=["session_id"])
events = events.assign(yes=~events["cookie_consent"].eq(False))
visits = events.groupby("session_id").agg(yes=("yes", "all"), value=("order_value", "sum"))
q.answer = 100 * visits.loc[visits["yes"], "value"].sum() / visits["value"].sum()

# %% [markdown] lang="id" part="wrong" name="blank_is_yes"
# Yang kosong terbaca sebagai setuju. Apakah diam sebuah persetujuan?

# %% [markdown] lang="en" part="wrong" name="blank_is_yes"
# Empty was read as agreed. Is silence consent?

# %% part="wrong" name="one_yes_is_enough"
events = q.data["events"].dropna(subset=["session_id"])
events = events.assign(yes=events["cookie_consent"].eq(True))
visits = events.groupby("session_id").agg(yes=("yes", "any"), value=("order_value", "sum"))
q.answer = 100 * visits.loc[visits["yes"], "value"].sum() / visits["value"].sum()

# %% [markdown] lang="id" part="wrong" name="one_yes_is_enough"
# Satu halaman yang berkata ya dianggap cukup untuk seluruh kunjungan. Apa syaratnya menurut soal?

# %% [markdown] lang="en" part="wrong" name="one_yes_is_enough"
# One page that said yes was taken to be enough for the whole visit. What does the task demand?

# %% part="wrong" name="visits_for_value"
events = q.data["events"].dropna(subset=["session_id"])
q.answer = 100 * events["cookie_consent"].eq(True).groupby(events["session_id"]).all().mean()

# %% [markdown] lang="id" part="wrong" name="visits_for_value"
# Itu persen kunjungan. Yang ditanyakan persen nilai pesanan; apa satuan pembilangnya?

# %% [markdown] lang="en" part="wrong" name="visits_for_value"
# That is a percentage of visits. Order value is asked for; what is the unit of the numerator?

# %% part="question"
question(
    "breach_drill", kind="blanks", level="faded", data="breach",
    parts={
        "due_day": {"kind": "date", "says": {"id": "hari terakhir untuk memberi tahu, menurut kantor pusat", "en": "last day to give notice, by the head office's clock"}},
        "due_hour": {"kind": "number", "exact": True, "says": {"id": "pukul berapa (jamnya saja, 0 sampai 23), menurut kantor pusat", "en": "at what hour (the hour alone, 0 to 23), by the head office's clock"}},
        "cap": {"kind": "number", "unit": "money", "digits": 5, "says": {"id": "batas tertinggi denda administratif, dari tahun buku 2023 (rupiah)", "en": "the most that an administrative fine can be, from the books of 2023 (rupiah)"}},
    },
    variants=("makassar", "jayapura", "jakarta"), title={"id": "Latihan kebocoran", "en": "A breach drill"},
    rows=("V05",), book="6.4", notebook="09-privacy", app="clinic", function="crm.privacy.breach_deadline", points=2,
)

# %% [markdown] lang="id" part="task"
# Kebocoran data pelanggan diketahui di sebuah cabang pada {known_at} waktu setempat (**{zone}**). Kantor pusat membaca jam **{office}**. UU 27/2022 meminta pemberitahuan tertulis paling lambat 3 × 24 jam, dan denda administratif paling tinggi 2 persen dari pendapatan tahunan. Isi ketiga bagian. (Alat belajar, bukan nasihat hukum.)

# %% [markdown] lang="en" part="task"
# A leak of customers' data became known at a branch at {known_at} local time (**{zone}**). The head office goes by **{office}**. Law 27/2022 asks for written notice within 3 × 24 hours, and caps an administrative fine at 2 percent of annual revenue. Fill in the three parts. (A teaching tool, not legal advice.)

# %% [markdown] lang="id" part="hint"
# WIB, WITA, dan WIT berselisih masing-masing satu jam: pukul 09.00 WIB adalah pukul 10.00 WITA dan 11.00 WIT. Tambahkan jam dahulu, baru pindahkan zonanya.

# %% [markdown] lang="en" part="hint"
# WIB, WITA and WIT lie one hour apart each: 09:00 WIB is 10:00 WITA and 11:00 WIT. Add the hours first, then change the zone.

# %% [markdown] lang="id" part="hint"
# 3 × 24 jam dihitung jam demi jam, hari libur pun terhitung. `pd.Timestamp(...) + pd.Timedelta(hours=72)`.

# %% [markdown] lang="en" part="hint"
# 3 × 24 hours run hour by hour, on holidays too. `pd.Timestamp(...) + pd.Timedelta(hours=72)`.

# %% [markdown] lang="id" part="hint"
# Dasar denda ialah pendapatan (`revenue`) dua belas bulan, bukan laba.

# %% [markdown] lang="en" part="hint"
# The fine goes by the revenue of twelve months, not by profit.

# %% part="solution"
ahead = {"WIB": 0, "WITA": 1, "WIT": 2}
hours = 3 * 24 + ahead[q.data["office"]] - ahead[q.data["zone"]]
due = pd.Timestamp(q.data["known_at"]) + pd.Timedelta(hours=hours)
books = q.data["books"]
revenue = books.loc[books["year"] == 2023, "revenue"].sum()
q.answer = {"due_day": due.date(), "due_hour": due.hour, "cap": 0.02 * revenue}

# %% part="package"
told = crm.privacy.breach_deadline(q.data["known_at"], timezone=q.data["zone"]).table.set_index("time_zone")
due = told.loc[q.data["office"], "due_at"]
cap = crm.privacy.fine_cap(float(q.data["books"].query("year == 2023")["revenue"].sum())).facts["cap"]
q.answer = {"due_day": due.date(), "due_hour": due.hour, "cap": cap}

# %% [markdown] lang="id" part="why"
# Yang dihitung jam, bukan hari kerja, dan batasnya satu saat yang sama di semua zona. Buku (6.4) terbit sebelum UU 27/2022 dan hanya menyebut tanggapan undang-undang secara umum. Sebagian berita menyebut Pasal 40 untuk 3 × 24 jam, yaitu nomor dalam rancangan; undang-undang yang disahkan memuatnya di Pasal 46. Batas denda bukan perkiraan denda.

# %% [markdown] lang="en" part="why"
# Hours count, not working days, and the deadline is one and the same moment in all zones. The book (6.4) came before Law 27/2022 and speaks of legislation only in general. Some reports name article 40 for the 3 × 24 hours, its number in the draft; the law as passed has it in article 46. A cap is no forecast of a fine.

# %% part="wrong" name="working_days"
ahead = {"WIB": 0, "WITA": 1, "WIT": 2}
start = pd.Timestamp(q.data["known_at"]) + pd.Timedelta(hours=ahead[q.data["office"]] - ahead[q.data["zone"]])
due = start + pd.offsets.BusinessDay(3)
books = q.data["books"]
q.answer = {"due_day": due.date(), "due_hour": due.hour, "cap": 0.02 * books.loc[books["year"] == 2023, "revenue"].sum()}

# %% [markdown] lang="id" part="wrong" name="working_days"
# Anda menghitung hari kerja. Apakah 3 × 24 jam berhenti pada akhir pekan?

# %% [markdown] lang="en" part="wrong" name="working_days"
# You counted working days. Do 3 × 24 hours stop over a weekend?

# %% part="wrong" name="first_day_counted"
ahead = {"WIB": 0, "WITA": 1, "WIT": 2}
due = pd.Timestamp(q.data["known_at"]) + pd.Timedelta(hours=48 + ahead[q.data["office"]] - ahead[q.data["zone"]])
books = q.data["books"]
q.answer = {"due_day": due.date(), "due_hour": due.hour, "cap": 0.02 * books.loc[books["year"] == 2023, "revenue"].sum()}

# %% [markdown] lang="id" part="wrong" name="first_day_counted"
# Hari diketahuinya kebocoran sudah Anda hitung sebagai hari pertama. Berapa jam sebenarnya antara kedua saat itu?

# %% [markdown] lang="en" part="wrong" name="first_day_counted"
# You counted the day of the discovery as the first day. How many hours lie between the two moments?

# %% part="wrong" name="zone_forgotten"
due = pd.Timestamp(q.data["known_at"]) + pd.Timedelta(hours=72)
books = q.data["books"]
q.answer = {"due_day": due.date(), "due_hour": due.hour, "cap": 0.02 * books.loc[books["year"] == 2023, "revenue"].sum()}

# %% [markdown] lang="id" part="wrong" name="zone_forgotten"
# Jamnya masih jam cabang. Pukul berapa saat itu menurut jam kantor pusat?

# %% [markdown] lang="en" part="wrong" name="zone_forgotten"
# The hour is still that of the branch. What does the head office's clock say at that moment?

# %% part="wrong" name="profit_for_revenue"
ahead = {"WIB": 0, "WITA": 1, "WIT": 2}
due = pd.Timestamp(q.data["known_at"]) + pd.Timedelta(hours=72 + ahead[q.data["office"]] - ahead[q.data["zone"]])
books = q.data["books"]
q.answer = {"due_day": due.date(), "due_hour": due.hour, "cap": 0.02 * books.loc[books["year"] == 2023, "profit"].sum()}

# %% [markdown] lang="id" part="wrong" name="profit_for_revenue"
# Dasarnya laba. Apa bunyi batas itu: persen dari apa?

# %% [markdown] lang="en" part="wrong" name="profit_for_revenue"
# The base is profit. What does the cap say: a percentage of what?

# %% part="wrong" name="both_years"
ahead = {"WIB": 0, "WITA": 1, "WIT": 2}
due = pd.Timestamp(q.data["known_at"]) + pd.Timedelta(hours=72 + ahead[q.data["office"]] - ahead[q.data["zone"]])
q.answer = {"due_day": due.date(), "due_hour": due.hour, "cap": 0.02 * q.data["books"]["revenue"].sum()}

# %% [markdown] lang="id" part="wrong" name="both_years"
# Dua tahun buku terjumlahkan. Berapa bulan dalam pendapatan tahunan?

# %% [markdown] lang="en" part="wrong" name="both_years"
# Two years of books were added up. How many months are in annual revenue?

# %% part="question"
question(
    "one_persons_request", kind="order", length=5, level="independent", variants=("access", "correction", "deletion"),
    title={"id": "Permintaan satu orang", "en": "One person's request"},
    lines={
        "change": {"id": "Ganti nilainya setelah buktinya cocok; nilai lama dan baru masuk log koreksi.", "en": "Change the value once the evidence fits; old and new value go into the correction log."},
        "compare": {"id": "Bandingkan nilai lama pada baris itu dengan bukti yang dibawa orangnya.", "en": "Compare the old value in those rows with the evidence that the person brings."},
        "drop": {"id": "Hapus semua baris transaksinya.", "en": "Delete all rows of the person's transactions."},
        "empty": {"id": "Bila tidak ada yang menahan, kosongkan kolom pribadi dan ganti ID dengan pseudonim yang kuncinya dibuang.", "en": "If nothing holds it up, empty the personal columns and replace the id by a pseudonym whose key is thrown away."},
        "gather": {"id": "Setelah yakin siapa yang meminta, kumpulkan barisnya dari semua tabel.", "en": "Once sure who asks, gather the person's rows from all tables."},
        "hand": {"id": "Serahkan berkas itu, dan catat kapan dan oleh siapa.", "en": "Hand that file over, and log when and by whom."},
        "hold": {"id": "Di antara baris itu, periksa apakah ada faktur yang belum lunas.", "en": "Among those rows, look for an invoice that is still open."},
        "name": {"id": "Minta nama lengkap dan anggap itu bukti.", "en": "Ask for the full name and take it as proof."},
        "newmail": {"id": "Kirim semuanya ke alamat e-mail baru yang disebut penelepon.", "en": "Send everything to a new e-mail address that the caller names."},
        "others": {"id": "Dari kumpulan itu, lepaskan keterangan tentang orang lain.", "en": "From what was gathered, take out what is about other people."},
        "overwrite": {"id": "Timpa nilai lama tanpa jejak.", "en": "Write over the old value without a trace."},
        "proof": {"id": "Cocokkan dua keterangan yang hanya diketahui orangnya, misalnya telepon terdaftar dan tanggal lahir.", "en": "Match two facts that only the person knows, such as the registered phone and the birthday."},
        "readable": {"id": "Tulis yang tersisa dalam bentuk yang dapat dibaca, satu bagian untuk setiap tabel.", "en": "Write what is left in a readable form, one section for each table."},
        "tell": {"id": "Beri tahu pihak yang pernah menerima nilai lama bahwa nilainya telah diganti.", "en": "Tell those who once received the old value that it has been changed."},
        "totals": {"id": "Sesudah itu, pastikan jumlah omzet yang sudah diterbitkan tidak berubah.", "en": "After that, make sure that revenue already published has not changed."},
    },
    shown={
        "access": ["gather", "hand", "name", "newmail", "others", "proof", "readable"],
        "correction": ["change", "compare", "gather", "name", "overwrite", "proof", "tell"],
        "deletion": ["drop", "empty", "gather", "hold", "name", "proof", "totals"],
    },
    rows=("V03",), book="6.4", notebook="09-privacy", app="clinic", function="crm.privacy.person", points=1,
)

# %% [markdown] lang="id" part="task" variant="access"
# "Saya ingin melihat semua data yang Anda simpan tentang saya." Urutkan lima langkah yang benar. Dua baris tidak diperlukan.

# %% [markdown] lang="en" part="task" variant="access"
# "I want to see all the data that you keep about me." Put the five right steps in order. Two lines are not needed.

# %% [markdown] lang="id" part="task" variant="correction"
# "Tanggal lahir saya salah di data Anda." Urutkan lima langkah yang benar. Dua baris tidak diperlukan.

# %% [markdown] lang="en" part="task" variant="correction"
# "My birthday is wrong in your data." Put the five right steps in order. Two lines are not needed.

# %% [markdown] lang="id" part="task" variant="deletion"
# "Hapus data saya." Urutkan lima langkah yang benar. Dua baris tidak diperlukan.

# %% [markdown] lang="en" part="task" variant="deletion"
# "Delete my data." Put the five right steps in order. Two lines are not needed.

# %% [markdown] lang="id" part="hint"
# Apa yang harus pasti sebelum satu baris pun dibuka? Nama tertulis di setiap paket, jadi siapa pun dapat menyebutnya.

# %% [markdown] lang="en" part="hint"
# What must be certain before a single row is opened? A name stands on every parcel, so anybody can give it.

# %% [markdown] lang="id" part="hint"
# Kata "itu", "setelah", dan "sesudah itu" dalam setiap baris menunjuk ke langkah sebelumnya.

# %% [markdown] lang="en" part="hint"
# Words such as "those", "that" and "once" in each line point to the step before it.

# %% part="solution"
q.answer = {
    "access": ["proof", "gather", "others", "readable", "hand"],
    "correction": ["proof", "gather", "compare", "change", "tell"],
    "deletion": ["proof", "gather", "hold", "empty", "totals"],
}[q.variant]

# %% [markdown] lang="id" part="why"
# Asas akses di buku (6.4) memberi pelanggan hak melihat, mengoreksi, dan menghapus. Langkah pertamanya selalu identitas: menyerahkan data seseorang kepada orang lain adalah kebocoran. Pada penghapusan, orangnya dilepas dan jumlahnya tetap; faktur yang belum lunas menahan dahulu.

# %% [markdown] lang="en" part="why"
# The principle of access in the book (6.4) gives customers the right to see, correct and delete. The first step is always identity: to hand somebody's data to another is a breach. In a deletion the person goes and the sums stay; an open invoice holds it up.

# %% part="wrong" name="name_as_proof"
q.answer = {
    "access": ["name", "gather", "others", "readable", "hand"],
    "correction": ["name", "gather", "compare", "change", "tell"],
    "deletion": ["name", "gather", "hold", "empty", "totals"],
}[q.variant]

# %% [markdown] lang="id" part="wrong" name="name_as_proof"
# Nama dipakai sebagai bukti. Siapa saja yang tahu nama pelanggan Anda?

# %% [markdown] lang="en" part="wrong" name="name_as_proof"
# A name serves as proof. Who else knows your customer's name?

# %% part="wrong" name="identity_last"
q.answer = {
    "access": ["gather", "others", "readable", "hand", "proof"],
    "correction": ["gather", "compare", "change", "tell", "proof"],
    "deletion": ["gather", "hold", "empty", "totals", "proof"],
}[q.variant]

# %% [markdown] lang="id" part="wrong" name="identity_last"
# Identitas baru diperiksa setelah semuanya selesai. Apa yang sudah terjadi bila ternyata bukan orangnya?

# %% [markdown] lang="en" part="wrong" name="identity_last"
# Identity is checked once all is done. What has happened by then if it was somebody else?

# %% part="wrong" name="tempting_shortcut"
q.answer = {
    "access": ["proof", "gather", "others", "readable", "newmail"],
    "correction": ["proof", "gather", "compare", "overwrite", "tell"],
    "deletion": ["proof", "gather", "hold", "drop", "totals"],
}[q.variant]

# %% [markdown] lang="id" part="wrong" name="tempting_shortcut"
# Satu langkah adalah jalan pintas yang merusak: tanpa jejak, tanpa jumlah yang tetap, atau ke alamat yang belum terbukti. Langkah mana yang tidak dapat dipertanggungjawabkan kemudian?

# %% [markdown] lang="en" part="wrong" name="tempting_shortcut"
# One step is a harmful shortcut: no trace, sums that change, or an address that nobody proved. Which step can't be accounted for later?

# %% part="question"
question(
    "weak_step", kind="choice", style="mistake", level="independent", variants=("hospital", "retail", "bank"), fixed_order=True,
    title={"id": "Temukan langkah yang lemah", "en": "Find the weak step"},
    options={
        "one": {"id": "Langkah 1", "en": "Step 1"}, "two": {"id": "Langkah 2", "en": "Step 2"}, "three": {"id": "Langkah 3", "en": "Step 3"},
        "four": {"id": "Langkah 4", "en": "Step 4"}, "five": {"id": "Langkah 5", "en": "Step 5"},
    },
    rows=("V04", "V07", "H10"), book="6.4", notebook="09-privacy", app="clinic", function="crm.privacy.Pseudonyms", points=1,
)

# %% [markdown] lang="id" part="task" variant="hospital"
# Sebuah rumah sakit menyerahkan data kunjungan kepada peneliti. Satu langkah tidak melindungi seperti yang disangka. Yang mana?
#
# 1. Nama, alamat, dan nomor rekam medis dibuang.
# 2. Nomor telepon diganti SHA-256 dari nomor itu ditambah garam; garamnya ditulis di keterangan data supaya hasilnya dapat diulang.
# 3. Tanggal lahir diganti kelompok umur sepuluh tahunan.
# 4. Baris dalam kelompok umur, wilayah, dan poli yang berisi kurang dari 5 orang disembunyikan.
# 5. Peneliti menandatangani tujuan dan batas waktu pemakaian.

# %% [markdown] lang="en" part="task" variant="hospital"
# A hospital gives data on visits to a researcher. One step does not protect as people think. Which?
#
# 1. Names, addresses and record numbers are removed.
# 2. Phone numbers are replaced by the SHA-256 of the number plus a salt; the salt is written in the data's description so that results can be repeated.
# 3. Birthdays become age bands of ten years.
# 4. Rows in groups by age, region and clinic that hold fewer than 5 people are hidden.
# 5. The researcher signs what the data are for and until when.

# %% [markdown] lang="id" part="task" variant="retail"
# Sebuah jaringan toko membuat laporan untuk mitra. Satu langkah tidak melindungi seperti yang disangka. Yang mana?
#
# 1. Hanya pelanggan yang setuju datanya diolah untuk laporan yang dihitung.
# 2. ID diganti HMAC dengan kunci acak 32 byte yang disimpan di luar folder data.
# 3. Umur dilaporkan sebagai kelompok, bukan tanggal lahir.
# 4. Dalam tabel wilayah kali umur, sel yang berisi kurang dari 5 orang dikosongkan; semua sel lain dan semua total tetap terbit.
# 5. Setiap pembacaan data dicatat dengan peran dan waktunya.

# %% [markdown] lang="en" part="task" variant="retail"
# A chain of shops makes a report for partners. One step does not protect as people think. Which?
#
# 1. Only customers who agreed to this use of their data are counted.
# 2. Ids are replaced by an HMAC with a random key of 32 bytes kept outside the data's folder.
# 3. Age is reported in bands, not as birthdays.
# 4. In the table of region by age, cells of fewer than 5 people are left empty; all other cells and all totals are published.
# 5. Every read of the data is logged with role and time.

# %% [markdown] lang="id" part="task" variant="bank"
# Sebuah bank mengirim laporan nasabah kepada pengawas lewat e-mail. Satu langkah tidak melindungi seperti yang disangka. Yang mana?
#
# 1. Laporan hanya memuat kolom yang diminta.
# 2. Nomor telepon disamarkan dengan hanya empat angka depan dan tiga angka belakang yang terlihat.
# 3. SHA-256 berkas ditulis dalam e-mail yang sama, sebagai bukti bahwa tidak seorang pun mengubah berkas di jalan.
# 4. Berkas dienkripsi; kuncinya disampaikan lewat jalan lain.
# 5. Hak admin untuk membuat laporan diberikan dengan tiket yang disetujui atasan.

# %% [markdown] lang="en" part="task" variant="bank"
# A bank e-mails a report on its customers to the supervisor. One step does not protect as people think. Which?
#
# 1. The report holds only the columns that were asked for.
# 2. Phone numbers are masked but for the first four and the last three digits.
# 3. The file's SHA-256 is written in the same e-mail, as proof that nobody changed the file on its way.
# 4. The file is encrypted; the key goes by another road.
# 5. Admin rights to make the report are given by a ticket that a superior approved.

# %% [markdown] lang="id" part="hint"
# Untuk setiap langkah tanyakan: apa yang dapat dilakukan orang yang memegang semua yang diserahkan atau dikirim itu?

# %% [markdown] lang="en" part="hint"
# For each step ask: what can somebody do who holds everything that was handed over or sent?

# %% [markdown] lang="id" part="hint"
# Tiga serangan yang perlu dicoba di kepala: mencoba semua kemungkinan, mengurangkan dari total, dan membuat ulang tanda setelah mengubah isinya.

# %% [markdown] lang="en" part="hint"
# Three attacks to try in your head: trying all possibilities, subtracting from a total, and making the mark anew after a change.

# %% part="solution"
q.answer = {"hospital": "two", "retail": "four", "bank": "three"}[q.variant]

# %% [markdown] lang="id" part="why"
# Nomor telepon terlalu sedikit: siapa yang tahu garamnya dapat mencoba semuanya, sebab itu diperlukan kunci. Sel kosong dengan total lengkap dapat dihitung kembali. Sidik (*hash*) tanpa kunci dapat dibuat ulang oleh siapa pun yang mengubah berkas; tanda tangan dengan kunci tidak. Asas keamanan di buku (6.4) tidak menyebut caranya, jadi caranya harus diuji.

# %% [markdown] lang="en" part="why"
# There are too few phone numbers: who knows the salt can try them all, which is why a key is needed. An empty cell among complete totals can be worked out. A hash without a key can be made anew by whoever changes the file; a signature with a key can't. The security principle in the book (6.4) names no method, so methods must be tested.

# %% part="wrong" name="saying_less_feared"
q.answer = {"hospital": "three", "retail": "three", "bank": "one"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="saying_less_feared"
# Langkah itu membuat data mengatakan lebih sedikit, dan itu melindungi. Apa yang masih dapat dilakukan penyerang dengan hasil langkah itu?

# %% [markdown] lang="en" part="wrong" name="saying_less_feared"
# That step makes the data say less, which protects. What could an attacker still do with its outcome?

# %% part="wrong" name="rule_for_protection"
q.answer = {"hospital": "five", "retail": "five", "bank": "five"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="rule_for_protection"
# Aturan dan catatan memang bukan kunci, tetapi tidak ada yang menyangka begitu. Langkah mana yang dianggap menutup rahasia padahal tidak?

# %% [markdown] lang="en" part="wrong" name="rule_for_protection"
# Rules and logs are no locks indeed, but nobody thinks that they are. Which step is believed to close a secret and does not?

# %% part="wrong" name="sound_lock_feared"
q.answer = {"hospital": "four", "retail": "two", "bank": "four"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="sound_lock_feared"
# Langkah itu menutup dengan benar. Apa yang harus dimiliki penyerang untuk membukanya, dan apakah ia memilikinya?

# %% [markdown] lang="en" part="wrong" name="sound_lock_feared"
# That step closes as it should. What would an attacker need to open it, and does he have that?
