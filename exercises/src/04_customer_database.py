# %% [markdown] lang="id" part="title"
# # 4 · Basis data pelanggan
#
# Sepuluh soal bab 5: membaca berkas, memilih penerima, menandai dengan bukti, menelaah kekurangan data, mengukur mutu, mengenali orang yang sama, dan menyatukan sumber. Semua orang dan usaha di sini rekaan; tabel Anda berbeda dari tabel teman Anda.

# %% [markdown] lang="en" part="title"
# # 4 · The customer database
#
# Ten questions on chapter 5: reading a file, choosing who gets an offer, flagging with evidence, reviewing what data lack, measuring quality, recognising one person, and joining sources. All people and firms are made up, and your tables differ from your neighbour's.

# %% part="data"
def till(rng, variant):
    """The file of a till as text: receipt, day, amount; the last row is the till's own total."""
    n = 280
    mark = {"coop": ".", "bakery": ",", "pharmacy": "."}[variant]
    front = "Rp " if variant == "pharmacy" else ""
    amount = rng.integers(9_000, 1_900_000, n)
    amount[rng.choice(n, 16, replace=False)] *= -1
    text = [front + f"{a:,}".replace(",", mark) for a in amount]
    month, day = rng.integers(1, 13, n), rng.integers(1, 29, n)
    when = [f"2024-{m:02d}-{d:02d}" if variant == "bakery" else f"{d:02d}/{m:02d}/2024" for m, d in zip(month, day)]
    odd = rng.choice(n, 26, replace=False)
    for i in odd[:12]:
        when[i] = ["akhir bulan", "?", "2024"][i % 3]
    for i in odd[12:]:
        text[i] = ["gratis", "lihat nota", ""][i % 3]
    total = f"{int(amount.sum()):,}".replace(",", mark)
    table = pd.DataFrame(
        {
            "receipt": [f"K{i:04d}" for i in range(1, n + 1)] + ["TOTAL"],
            "sold_on": when + ["2024-12-31" if variant == "bakery" else "31/12/2024"],
            "amount": text + [front + total],
        }
    )
    words = {
        "id": {
            "what": {"coop": "koperasi", "bakery": "toko roti", "pharmacy": "apotek"}[variant],
            "form": {"coop": "hari/bulan/tahun, dengan titik sebagai pemisah ribuan", "bakery": "tahun-bulan-hari, dengan koma sebagai pemisah ribuan", "pharmacy": "hari/bulan/tahun, dengan Rp di depan dan titik sebagai pemisah ribuan"}[variant],
        },
        "en": {
            "what": {"coop": "co-operative", "bakery": "bakery", "pharmacy": "pharmacy"}[variant],
            "form": {"coop": "day/month/year, with a point between thousands", "bakery": "year-month-day, with a comma between thousands", "pharmacy": "day/month/year, with Rp in front and a point between thousands"}[variant],
        },
    }
    return {"sales": table, "words": words}


def members(rng, variant):
    """Customers on 30 June 2024: consent, blacklist, last contact, open complaint."""
    n = 460
    as_of = pd.Timestamp("2024-06-30")
    days = {"coupon": 14, "catalogue": 30, "survey": 45}[variant]
    ago = rng.integers(0, 110, n)
    contacted = pd.Series(as_of - pd.to_timedelta(ago, unit="D"))
    contacted[rng.random(n) < 0.18] = pd.NaT
    customers = pd.DataFrame(
        {
            "customer": [f"P{i:03d}" for i in range(1, n + 1)],
            "consent": rng.choice(["yes", "no", "withdrawn", ""], n, p=[0.68, 0.1, 0.1, 0.12]),
            "blacklisted": rng.random(n) < 0.12,
            "contacted_on": contacted,
            "open_complaint": rng.random(n) < 0.14,
        }
    )
    words = {
        "id": {"what": {"coupon": "kupon", "catalogue": "katalog", "survey": "survei"}[variant]},
        "en": {"what": {"coupon": "coupon", "catalogue": "catalogue", "survey": "survey"}[variant]},
    }
    return {"customers": customers, "days": days, "as_of": as_of, "words": words}


def payments(rng, variant):
    """Invoices and deliveries of a year. paid_on is empty where an invoice is still unpaid."""
    days = {"wholesale": 90, "furniture": 60, "catering": 120}[variant]
    names = [f"C{i:02d}" for i in rng.permutation(np.arange(1, 31))]
    who, late, open_ = [], [], []
    for i, name in enumerate(names):
        k = int(rng.integers(3, 6))
        who += [name] * k
        late += list(rng.integers(days - 15, days + 60, k) if i < 4 else rng.integers(0, days - 20, k))
        open_ += [False] * k
    who += [names[5], names[5], names[6], names[6]]
    late += [days, days, days + 30, days + 45]
    open_ += [False, False, False, True]
    as_of = pd.Timestamp("2024-12-31")
    late, open_ = np.array(late), np.array(open_)
    due = as_of - pd.to_timedelta(np.where(open_, late, late + rng.integers(1, 90, len(late))), unit="D")
    paid = pd.Series(due + pd.to_timedelta(late, unit="D"))
    paid[open_] = pd.NaT
    order = rng.permutation(len(who))
    invoices = pd.DataFrame({"customer": np.array(who)[order], "due_on": due[order], "paid_on": paid.to_numpy()[order]})
    invoices.insert(0, "invoice", [f"F{i:03d}" for i in range(1, len(who) + 1)])
    to, how, outcome = [], [], []
    for i, name in enumerate(names):
        k = int(rng.integers(4, 8))
        to += [name] * k
        how += ["cod" if x else "prepaid" for x in rng.random(k) < 0.5]
        outcome += ["accepted"] * k
    for name, method, times in ((names[7], "cod", 3), (names[8], "cod", int(rng.integers(3, 6))), (names[9], "cod", 2), (names[9], "prepaid", 2), (names[0], "cod", 1), (names[12], "cod", 2)):
        to += [name] * times
        how += [method] * times
        outcome += ["rejected"] * times
    order = rng.permutation(len(to))
    deliveries = pd.DataFrame({"customer": np.array(to)[order], "method": np.array(how)[order], "outcome": np.array(outcome)[order]})
    deliveries.insert(0, "delivery", [f"K{i:03d}" for i in range(1, len(to) + 1)])
    words = {
        "id": {"what": {"wholesale": "grosir", "furniture": "toko mebel", "catering": "usaha katering"}[variant]},
        "en": {"what": {"wholesale": "wholesaler", "furniture": "furniture shop", "catering": "catering firm"}[variant]},
    }
    return {"invoices": invoices, "deliveries": deliveries, "days": days, "words": words}


def two_years(rng, variant):
    """Products with price and quantity of two years."""
    k = 7
    before = rng.integers(15, 140, k) * 1000 + 100 * rng.integers(1, 10, k)
    growth = {"menu": 1.18, "clothing": 0.84, "tests": 1.12}[variant]
    q0 = rng.integers(180, 900, k)
    q1 = np.maximum(40, (q0 * growth * rng.uniform(0.6, 1.5, k)).astype(int)) + 5
    products = pd.DataFrame(
        {
            "product": [f"{variant[:1].upper()}{i}" for i in range(1, k + 1)],
            "price_2023": before,
            "quantity_2023": q0,
            "price_2024": (before * rng.uniform(0.97, 1.12, k) / 100).astype(int) * 100,
            "quantity_2024": q1,
        }
    )
    words = {
        "id": {"what": {"menu": "kedai kopi", "clothing": "butik", "tests": "laboratorium klinik"}[variant]},
        "en": {"what": {"menu": "coffee bar", "clothing": "boutique", "tests": "clinic's laboratory"}[variant]},
    }
    return {"products": products, "words": words}


def required(rng, variant):
    """Which field each question needs, and what there is of it. column is empty where no table has the field."""
    fields = ["customer_id", "name", "phone", "email", "address", "city", "postcode", "gender", "born_on", "occupation", "interests", "consent", "consent_on", "channel", "order_id", "ordered_at", "amount", "product", "cost", "returned", "complaint", "answered_at", "campaign", "responded", "score", "visits", "source", "referrer", "children"]
    fields = [fields[i] for i in rng.permutation(len(fields))][: int(rng.integers(24, 30))]
    k = len(fields)
    state = rng.choice(["ready", "poor", "missing"], k, p=[0.6, 0.2, 0.2])
    state[:7] = ["missing", "poor", "ready", "missing", "poor", "ready", "ready"]
    there = (state != "missing").sum()
    if there * there == (state == "ready").sum() * k:  # two different shares would be one number
        state[6] = "poor"
    filled = np.where(state == "ready", rng.integers(900, 1000, k), rng.integers(310, 880, k)) / 1000
    cost = rng.integers(300, 9_000, k) * 1000 + 100 * rng.integers(0, 10, k)
    times = 1 + (rng.random(k) < 0.25)
    times[[0, 1, 3]] = 3
    at = np.repeat(np.arange(k), times)
    questions = ["Who left?", "Who responds?", "Who is worth most?"]
    seen: dict = {}
    asked = []
    for i in at:
        asked.append(questions[seen.setdefault(i, int(i) % 3) % 3])
        seen[i] += 1
    order = rng.permutation(len(at))
    gone = state == "missing"
    needs = pd.DataFrame(
        {
            "question": np.array(asked)[order],
            "field": np.array(fields)[at][order],
            "column": np.where(gone, None, [f.upper()[:6] for f in fields])[at][order],
            "filled_share": np.where(gone, np.nan, filled)[at][order],
        }
    )
    costs = pd.DataFrame({"field": fields, "fix_cost": cost.astype(float)})
    words = {
        "id": {"what": {"retail": "jaringan toko", "hospital": "rumah sakit", "campus": "perguruan tinggi"}[variant]},
        "en": {"what": {"retail": "chain of shops", "hospital": "hospital", "campus": "university"}[variant]},
    }
    return {"needs": needs, "costs": costs, "words": words}


def register(rng, variant):
    """A list of customers with gaps, bad addresses and copies."""
    n = int(rng.integers(520, 640))
    code = rng.integers(10_000, 99_999)
    codes = [f"{variant[:1].upper()}{code + 7 * i}" for i in range(n)]
    for i in rng.choice(np.arange(n // 2, n), int(rng.integers(18, 40)), replace=False):
        codes[i] = codes[int(i) - n // 2]
    digits = rng.integers(10**7, 10**8, n)
    phone = [f"0812{d}" for d in digits]
    kind = rng.choice(4, n, p=[0.86, 0.06, 0.05, 0.03])
    phone = [p if k == 0 else "" if k == 1 else "0" if k == 2 else p for p, k in zip(phone, kind)]
    host = np.array(["mail.example", "kantor.example", "kampus.example", "mailexample", "kantor"])[rng.choice(5, n, p=[0.4, 0.3, 0.22, 0.05, 0.03])]
    mail = [f"p{d % 100000}@{h}" for d, h in zip(digits, host)]
    blank = rng.random(n) < 0.14
    mail = ["" if b else m for b, m in zip(blank, mail)]
    people = pd.DataFrame({"code": codes, "phone": phone, "email": mail})
    words = {
        "id": {"what": {"retail": "jaringan toko", "hospital": "rumah sakit", "cinema": "bioskop"}[variant]},
        "en": {"what": {"retail": "chain of shops", "hospital": "hospital", "cinema": "cinema"}[variant]},
    }
    return {"people": people, "words": words}


def visitors(rng, variant):
    """Receipts with the phone as each cashier wrote it; some households share a phone."""
    k = 150
    own = rng.integers(10**7, 10**8, k)
    own[100:125] = own[:25]
    born = pd.Timestamp("1955-01-01") + pd.to_timedelta(np.sort(rng.choice(18_000, k, replace=False)), unit="D")
    born = born[rng.permutation(k)]
    who = np.concatenate([np.arange(k), rng.integers(0, k, 190)])
    who = who[rng.permutation(len(who))]
    way = rng.integers(0, 4, len(who))
    prefix = np.array(["812", "813", "821", "857"])[own % 4]
    phone = []
    for w, i in zip(way, who):
        p, d = prefix[i], str(own[i])
        phone.append([f"0{p}-{d[:4]}-{d[4:]}", f"+62 {p} {d[:4]} {d[4:]}", f"62{p}{d}", f"0{p}{d}"][w])
    receipts = pd.DataFrame(
        {
            "receipt": np.arange(1, len(who) + 1),
            "phone": phone,
            "born_on": born[who],
            "amount": (rng.integers(15_000, 600_000, len(who)) + rng.integers(0, 999, len(who))).astype(float),
        }
    )
    words = {
        "id": {"what": {"shop": "toko", "clinic": "klinik", "cinema": "bioskop"}[variant]},
        "en": {"what": {"shop": "shop", "clinic": "clinic", "cinema": "cinema"}[variant]},
    }
    return {"receipts": receipts, "words": words}


def two_sources(rng, variant):
    """Customers of the till and of finance. The numbers in id were given by each system on its own."""
    a, b, c = int(rng.integers(230, 320)), int(rng.integers(120, 180)), int(rng.integers(70, 110))
    numbers = rng.choice(9 * 10**7, a + b, replace=False) + 10**7
    till, finance = numbers[:a], np.concatenate([numbers[:c], numbers[a : a + b - c]])
    pos = pd.DataFrame({"id": rng.permutation(np.arange(1, a + 1)), "phone": [f"0812{d}" for d in till]})
    fin = pd.DataFrame({"id": rng.permutation(np.arange(1, b + 1)), "phone": [f"+62812{d}" for d in finance]})
    pos.loc[a - int(rng.integers(9, 16)) :, "phone"] = ""
    fin.loc[b - int(rng.integers(6, 12)) :, "phone"] = ""
    pos = pos.iloc[rng.permutation(a)].reset_index(drop=True)
    fin = fin.iloc[rng.permutation(b)].reset_index(drop=True)
    words = {
        "id": {"what": {"retail": "toko bangunan", "hospital": "rumah sakit", "hotel": "hotel"}[variant]},
        "en": {"what": {"retail": "builder's merchant", "hospital": "hospital", "hotel": "hotel"}[variant]},
    }
    return {"pos": pos, "finance": fin, "words": words}

# %% part="question"
question(
    "readable", kind="number", unit="money", digits=5, level="worked", data="till",
    variants=("coop", "bakery", "pharmacy"), title={"id": "Berapa omzet dalam berkas ini?", "en": "What revenue does this file hold?"},
    rows=("D01",), book="5.1", notebook="03-your-own-sales", app="clinic", function="crm.ingest.read",
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Lima baris dari kasir. Setiap baris dipakai atau ditolak beserta alasannya; tidak ada yang hilang diam-diam. Pada berkas 1.000 baris, 980 dipakai dan 20 ditolak harus kembali menjadi 1.000.

# %% [markdown] lang="en" part="example"
# **Example.** Five rows from a till. Every row is used, or refused with its reason; none is lost in silence. In a file of 1,000 rows, 980 used and 20 refused must make 1,000 again.

# %% part="example"
import pandas as pd

small = pd.DataFrame({
    "receipt": ["A1", "A2", "A3", "A4", "TOTAL"],
    "sold_on": ["03/04/2024", "besok", "05/04/2024", "06/04/2024", "30/04/2024"],
    "amount": ["68.000", "17.500", "-68.000", "gratis", "17.500"],
})
day = pd.to_datetime(small["sold_on"], format="%d/%m/%Y", errors="coerce")
value = pd.to_numeric(small["amount"].str.replace(".", ""), errors="coerce")
used = day.notna() & value.notna() & (small["receipt"] != "TOTAL")
used.sum(), (~used).sum(), value[used].sum()

# %% [markdown] lang="id" part="task"
# Tabel `sales` adalah berkas kasir sebuah {what}, semuanya masih teks: {form}. Berapa omzet dari baris yang **dapat dipakai**? Sebuah baris dipakai bila tanggal dan nilainya terbaca, dan bila baris itu sebuah nota. Retur bernilai negatif dan mengurangi omzet.

# %% [markdown] lang="en" part="task"
# The table `sales` is the till's file of a {what}, all of it still text: {form}. What is the revenue of the rows that **can be used**? A row is used when its day and its amount can be read, and when it is a receipt. Returns are negative and lower the revenue.

# %% [markdown] lang="id" part="hint"
# Ubah dahulu teks menjadi nilai: buang pemisah ribuan (dan Rp), lalu `pd.to_numeric(..., errors="coerce")`.

# %% [markdown] lang="en" part="hint"
# Turn texts into values first: take out the mark between thousands (and Rp), then `pd.to_numeric(..., errors="coerce")`.

# %% [markdown] lang="id" part="hint"
# Tanggal yang tidak terbaca menjadi kosong dengan `pd.to_datetime(..., format=..., errors="coerce")`. Apakah baris yang terakhir sebuah nota?

# %% [markdown] lang="en" part="hint"
# A day that can't be read becomes empty with `pd.to_datetime(..., format=..., errors="coerce")`. Is the last row a receipt?

# %% part="solution"
import pandas as pd

sales = q.data["sales"]
digits = sales["amount"].str.replace(r"[Rp.,\s]", "", regex=True)
value = pd.to_numeric(digits, errors="coerce")
form = "%Y-%m-%d" if q.variant == "bakery" else "%d/%m/%Y"
day = pd.to_datetime(sales["sold_on"], format=form, errors="coerce")
used = day.notna() & value.notna() & (sales["receipt"] != "TOTAL")
q.answer = value[used].sum()

# %% part="package"
sales = q.data["sales"]
told = crm.ingest.read(
    sales[sales["receipt"] != "TOTAL"],
    columns={"receipt": "order_id", "sold_on": "ordered_at", "amount": "amount", "#none": "customer_id"},
    date_order="day",
    decimal="." if q.variant == "bakery" else ",",
)
q.answer = told.table["amount"].sum()

# %% [markdown] lang="id" part="why"
# Baris dibaca = baris dipakai + baris ditolak. Baris TOTAL bukan kejadian, dan tanda ribuan adalah cara menulis, bukan nilai. Bab 5 menuntut data yang akurat dan lengkap; pemeriksaannya mulai di sini, saat berkas dibaca.

# %% [markdown] lang="en" part="why"
# Rows read = rows used + rows refused. A TOTAL row is no event, and a mark between thousands is a way of writing, not a value. Chapter 5 asks for accurate and complete data; the check begins here, when the file is read.

# %% part="wrong" name="total_counted"
import pandas as pd

sales = q.data["sales"]
value = pd.to_numeric(sales["amount"].str.replace(r"[Rp.,\s]", "", regex=True), errors="coerce")
form = "%Y-%m-%d" if q.variant == "bakery" else "%d/%m/%Y"
day = pd.to_datetime(sales["sold_on"], format=form, errors="coerce")
q.answer = value[day.notna()].sum()

# %% [markdown] lang="id" part="wrong" name="total_counted"
# Baris jumlah ikut dijumlahkan: omzet dihitung dua kali. Baris mana di `sales` yang bukan nota?

# %% [markdown] lang="en" part="wrong" name="total_counted"
# The row with the sum was added in: revenue counted twice. Which row of `sales` is no receipt?

# %% part="wrong" name="refused_days_counted"
import pandas as pd

sales = q.data["sales"]
value = pd.to_numeric(sales["amount"].str.replace(r"[Rp.,\s]", "", regex=True), errors="coerce")
q.answer = value[sales["receipt"] != "TOTAL"].sum()

# %% [markdown] lang="id" part="wrong" name="refused_days_counted"
# Baris tanpa tanggal yang terbaca ikut dihitung. Pada bulan mana omzet baris itu akan dilaporkan?

# %% [markdown] lang="en" part="wrong" name="refused_days_counted"
# Rows without a day that can be read are counted in. In which month would their revenue be reported?

# %% part="wrong" name="mark_as_decimal"
import pandas as pd

sales = q.data["sales"]
text = sales["amount"].str.replace("Rp ", "").str.replace(",", ".")
value = pd.to_numeric(text, errors="coerce")
form = "%Y-%m-%d" if q.variant == "bakery" else "%d/%m/%Y"
day = pd.to_datetime(sales["sold_on"], format=form, errors="coerce")
used = day.notna() & value.notna() & (sales["receipt"] != "TOTAL")
q.answer = value[used].sum()

# %% [markdown] lang="id" part="wrong" name="mark_as_decimal"
# Pemisah ribuan terbaca sebagai koma desimal: 68.000 menjadi enam puluh delapan, dan nilai jutaan hilang. Berapa harga yang wajar pada nota seperti ini?

# %% [markdown] lang="en" part="wrong" name="mark_as_decimal"
# The mark between thousands was read as a decimal point: 68.000 became sixty-eight, and millions got lost. What would be a plausible price on such a receipt?

# %% part="wrong" name="returns_added"
import pandas as pd

sales = q.data["sales"]
value = pd.to_numeric(sales["amount"].str.replace(r"[Rp.,\s]", "", regex=True), errors="coerce").abs()
form = "%Y-%m-%d" if q.variant == "bakery" else "%d/%m/%Y"
day = pd.to_datetime(sales["sold_on"], format=form, errors="coerce")
used = day.notna() & value.notna() & (sales["receipt"] != "TOTAL")
q.answer = value[used].sum()

# %% [markdown] lang="id" part="wrong" name="returns_added"
# Retur kehilangan tanda minusnya dan menambah omzet. Ke mana uangnya pergi ketika barang dikembalikan?

# %% [markdown] lang="en" part="wrong" name="returns_added"
# Returns lost their minus and added to revenue. Where does the money go when goods come back?

# %% part="question"
question(
    "campaign_list", kind="table", columns=("reason", "removed", "left"), decimals=0, level="independent", data="members",
    variants=("coupon", "catalogue", "survey"), title={"id": "Siapa yang boleh dikirimi?", "en": "Who may be written to?"},
    rows=("D03",), book="5.1", notebook="04-customer-database", app="studio", function="crm.privacy.campaign_list", points=2,
)

# %% [markdown] lang="id" part="task"
# Sebuah {what} akan dikirim pada {as_of:date}. Dari semua pelanggan di `customers`, keluarkan berturut-turut: `no_consent` (persetujuan selain `yes`; kosong berarti belum pernah ditanya), `blacklist`, `recent` (dihubungi dalam {days:count} hari terakhir sampai hari itu, hari ke-{days:count} termasuk), `complaint` (keluhan masih terbuka). Buat tabel empat baris: `reason`, `removed` (yang keluar **pada langkah itu**), `left` (yang tersisa sesudahnya).

# %% [markdown] lang="en" part="task"
# A {what} goes out on {as_of:date}. From all in `customers`, take out in this order: `no_consent` (consent other than `yes`; empty means never asked), `blacklist`, `recent` (contacted in the last {days:count} days up to that day, the {days:count}th included), `complaint` (one still open). Make a table of four rows: `reason`, `removed` (who goes **at that step**), `left` (who remains after it).

# %% [markdown] lang="id" part="hint"
# Seorang pelanggan hanya dapat keluar sekali. Simpan siapa yang masih ada, dan terapkan aturan berikutnya kepada mereka saja.

# %% [markdown] lang="en" part="hint"
# A customer can go only once. Keep who is still there, and apply the next rule to them alone.

# %% [markdown] lang="id" part="hint"
# `left = left[~rule[left.index]]` di dalam sebuah loop; yang keluar adalah selisih panjangnya. Perbandingan dengan tanggal kosong bernilai False.

# %% [markdown] lang="en" part="hint"
# `left = left[~rule[left.index]]` within a loop; who goes is the difference in length. A comparison with an empty day is False.

# %% part="solution"
import pandas as pd

c = q.data["customers"]
ago = (q.data["as_of"] - c["contacted_on"]).dt.days
rules = {"no_consent": c["consent"] != "yes", "blacklist": c["blacklisted"], "recent": ago <= q.data["days"], "complaint": c["open_complaint"]}
gone, rows = pd.Series(False, index=c.index), []
for reason, rule in rules.items():
    new = rule & ~gone
    gone = gone | rule
    rows.append((reason, new.sum(), (~gone).sum()))
q.answer = pd.DataFrame(rows, columns=["reason", "removed", "left"])

# %% [markdown] lang="id" part="why"
# Air terjun ini menghitung setiap orang sekali, pada alasan pertama yang mengenainya, sehingga awal dikurangi semua yang keluar sama dengan sisa: 620 yang setuju dikurangi 40 yang menarik diri dan 10 di daftar hitam menjadi 570. Bab 5.1 menyebut basis data sebagai sarana berkomunikasi; ia juga menyimpan siapa yang tidak boleh dihubungi.

# %% [markdown] lang="en" part="why"
# This waterfall counts each person once, under the first reason that fits, so that the start less all who went is what remains: 620 who agreed less 40 who withdrew and 10 on the blacklist make 570. Section 5.1 calls the database a means of communication; it also keeps who must not be contacted.

# %% part="wrong" name="overlaps_counted"
import pandas as pd

c = q.data["customers"]
ago = (q.data["as_of"] - c["contacted_on"]).dt.days
rules = {"no_consent": c["consent"] != "yes", "blacklist": c["blacklisted"], "recent": ago <= q.data["days"], "complaint": c["open_complaint"]}
table = pd.DataFrame({"reason": list(rules), "removed": [r.sum() for r in rules.values()]})
q.answer = table.assign(left=len(c) - table["removed"].cumsum())

# %% [markdown] lang="id" part="wrong" name="overlaps_counted"
# Orang dengan dua alasan dikeluarkan dua kali. Berapa kali seorang pelanggan dapat meninggalkan daftar?

# %% [markdown] lang="en" part="wrong" name="overlaps_counted"
# People with two reasons were taken out twice. How often can a customer leave the list?

# %% part="wrong" name="blank_is_yes"
import pandas as pd

c = q.data["customers"]
ago = (q.data["as_of"] - c["contacted_on"]).dt.days
rules = {"no_consent": c["consent"].isin(["no", "withdrawn"]), "blacklist": c["blacklisted"], "recent": ago <= q.data["days"], "complaint": c["open_complaint"]}
gone, rows = pd.Series(False, index=c.index), []
for reason, rule in rules.items():
    new = rule & ~gone
    gone = gone | rule
    rows.append((reason, new.sum(), (~gone).sum()))
q.answer = pd.DataFrame(rows, columns=["reason", "removed", "left"])

# %% [markdown] lang="id" part="wrong" name="blank_is_yes"
# Persetujuan yang kosong dianggap setuju. Apakah orang yang belum pernah ditanya sudah berkata ya?

# %% [markdown] lang="en" part="wrong" name="blank_is_yes"
# An empty consent was taken as a yes. Has a person who was never asked agreed?

# %% part="wrong" name="withdrawn_kept"
import pandas as pd

c = q.data["customers"]
ago = (q.data["as_of"] - c["contacted_on"]).dt.days
rules = {"no_consent": ~c["consent"].isin(["yes", "withdrawn"]), "blacklist": c["blacklisted"], "recent": ago <= q.data["days"], "complaint": c["open_complaint"]}
gone, rows = pd.Series(False, index=c.index), []
for reason, rule in rules.items():
    new = rule & ~gone
    gone = gone | rule
    rows.append((reason, new.sum(), (~gone).sum()))
q.answer = pd.DataFrame(rows, columns=["reason", "removed", "left"])

# %% [markdown] lang="id" part="wrong" name="withdrawn_kept"
# Persetujuan yang sudah ditarik masih dihitung berlaku. Apa arti `withdrawn` bagi pengiriman hari ini?

# %% [markdown] lang="en" part="wrong" name="withdrawn_kept"
# A consent that was withdrawn still counts as given. What does `withdrawn` mean for today's mailing?

# %% part="wrong" name="never_is_recent"
import pandas as pd

c = q.data["customers"]
ago = (q.data["as_of"] - c["contacted_on"]).dt.days.fillna(0)
rules = {"no_consent": c["consent"] != "yes", "blacklist": c["blacklisted"], "recent": ago <= q.data["days"], "complaint": c["open_complaint"]}
gone, rows = pd.Series(False, index=c.index), []
for reason, rule in rules.items():
    new = rule & ~gone
    gone = gone | rule
    rows.append((reason, new.sum(), (~gone).sum()))
q.answer = pd.DataFrame(rows, columns=["reason", "removed", "left"])

# %% [markdown] lang="id" part="wrong" name="never_is_recent"
# Yang belum pernah dihubungi diperlakukan seperti baru saja dihubungi. Nilai kosong di `contacted_on` berarti apa?

# %% [markdown] lang="en" part="wrong" name="never_is_recent"
# People who were never contacted are treated as contacted just now. What does an empty `contacted_on` mean?

# %% part="question"
question(
    "blacklist", kind="sql", columns=("customer", "late", "rejected"), decimals=0, level="independent", data="payments",
    variants=("wholesale", "furniture", "catering"), title={"id": "Ditandai, dengan bukti", "en": "Flagged, with evidence"},
    rows=("D05",), book="5.1", notebook="08-access-to-data", app="workbench", function="crm.privacy.blacklist", points=3,
)

# %% [markdown] lang="id" part="task"
# Aturan sebuah {what}: pelanggan ditandai bila **sekurangnya 2 faktur** dibayar lebih dari {days:count} hari sesudah jatuh tempo, **atau** sekurangnya 3 kiriman `cod` ditolak. Faktur yang belum dibayar dihitung terlambat sampai 31 Desember 2024. Tulis SQL yang memberi satu baris untuk setiap pelanggan yang ditandai, dengan buktinya: `customer`, `late` (banyaknya faktur yang terlambat sekian), `rejected` (banyaknya kiriman `cod` yang ditolak).

# %% [markdown] lang="en" part="task"
# The rule of a {what}: a customer is flagged when **at least 2 invoices** were paid more than {days:count} days after they were due, **or** at least 3 `cod` deliveries were rejected. An invoice not paid yet is late up to 31 December 2024. Write SQL with a row for each flagged customer and the evidence: `customer`, `late` (how many invoices were that late), `rejected` (how many `cod` deliveries were rejected).

# %% [markdown] lang="id" part="hint"
# Hitung setiap bukti di subkueri sendiri (`WITH l AS (...), r AS (...)`), masing-masing satu baris per pelanggan, baru gabungkan.

# %% [markdown] lang="en" part="hint"
# Count each kind of evidence in a query of its own (`WITH l AS (...), r AS (...)`), each with a row per customer, and only then join.

# %% [markdown] lang="id" part="hint"
# `date_diff('day', due_on, coalesce(paid_on, TIMESTAMP '2024-12-31'))` adalah lamanya terlambat.

# %% [markdown] lang="en" part="hint"
# `date_diff('day', due_on, coalesce(paid_on, TIMESTAMP '2024-12-31'))` is how late an invoice is.

# %% [markdown] lang="id" part="hint"
# Seorang pelanggan dapat muncul di satu sisi saja: `FULL JOIN ... USING (customer)` dan `coalesce(..., 0)`.

# %% [markdown] lang="en" part="hint"
# A customer may stand on one side only: `FULL JOIN ... USING (customer)` and `coalesce(..., 0)`.

# %% part="solution"
days = q.data["days"]
q.answer = f"""
WITH l AS (SELECT customer, count(*) AS late FROM invoices
           WHERE date_diff('day', due_on, coalesce(paid_on, TIMESTAMP '2024-12-31')) > {days} GROUP BY customer),
     r AS (SELECT customer, count(*) AS rejected FROM deliveries
           WHERE method = 'cod' AND outcome = 'rejected' GROUP BY customer)
SELECT customer, coalesce(late, 0) AS late, coalesce(rejected, 0) AS rejected
FROM l FULL JOIN r USING (customer)
WHERE coalesce(late, 0) >= 2 OR coalesce(rejected, 0) >= 3
"""

# %% [markdown] lang="id" part="why"
# Dua tabel rincian dihitung sendiri-sendiri sebelum digabung; kalau tidak, setiap faktur bertemu setiap kiriman. Buku (5.1) menganjurkan daftar hitam; tambahkan yang tidak disebutnya: bukti setiap orang, batas waktu, dan hak untuk berkeberatan.

# %% [markdown] lang="en" part="why"
# Two tables of details are counted on their own before they are joined; otherwise each invoice meets each delivery. The book (5.1) advises a blacklist; add what it does not say: evidence for each person, an end date, and a right to object.

# %% part="wrong" name="fan_out"
days = q.data["days"]
q.answer = f"""
SELECT i.customer AS customer,
       count(*) FILTER (WHERE date_diff('day', due_on, coalesce(paid_on, TIMESTAMP '2024-12-31')) > {days}) AS late,
       count(*) FILTER (WHERE method = 'cod' AND outcome = 'rejected') AS rejected
FROM invoices i JOIN deliveries d ON d.customer = i.customer
GROUP BY i.customer HAVING late >= 2 OR rejected >= 3
"""

# %% [markdown] lang="id" part="wrong" name="fan_out"
# Penggandaan baris: setiap faktur bertemu setiap kiriman pelanggan itu, sehingga bukti berlipat. Berapa baris hasil JOIN untuk satu pelanggan dengan 4 faktur dan 6 kiriman?

# %% [markdown] lang="en" part="wrong" name="fan_out"
# Rows multiplied: each invoice meets each delivery of that customer, and the evidence with it. How many rows does the JOIN make of 4 invoices and 6 deliveries?

# %% part="wrong" name="both_needed"
days = q.data["days"]
q.answer = f"""
WITH l AS (SELECT customer, count(*) AS late FROM invoices
           WHERE date_diff('day', due_on, coalesce(paid_on, TIMESTAMP '2024-12-31')) > {days} GROUP BY customer),
     r AS (SELECT customer, count(*) AS rejected FROM deliveries WHERE method = 'cod' AND outcome = 'rejected' GROUP BY customer)
SELECT customer, late, rejected FROM l JOIN r USING (customer) WHERE late >= 2 OR rejected >= 3
"""

# %% [markdown] lang="id" part="wrong" name="both_needed"
# JOIN biasa hanya menyisakan pelanggan yang punya kedua bukti. Siapa yang hilang bila seseorang tidak pernah menolak kiriman?

# %% [markdown] lang="en" part="wrong" name="both_needed"
# A plain JOIN keeps only customers with both kinds of evidence. Who is lost when somebody never rejected a delivery?

# %% part="wrong" name="unpaid_missed"
days = q.data["days"]
q.answer = f"""
WITH l AS (SELECT customer, count(*) AS late FROM invoices WHERE date_diff('day', due_on, paid_on) > {days} GROUP BY customer),
     r AS (SELECT customer, count(*) AS rejected FROM deliveries WHERE method = 'cod' AND outcome = 'rejected' GROUP BY customer)
SELECT customer, coalesce(late, 0) AS late, coalesce(rejected, 0) AS rejected
FROM l FULL JOIN r USING (customer) WHERE coalesce(late, 0) >= 2 OR coalesce(rejected, 0) >= 3
"""

# %% [markdown] lang="id" part="wrong" name="unpaid_missed"
# Faktur yang belum dibayar hilang: perbandingan dengan NULL tidak pernah benar. Siapa yang lebih terlambat daripada yang belum membayar?

# %% [markdown] lang="en" part="wrong" name="unpaid_missed"
# Unpaid invoices got lost: a comparison with NULL is never true. Who is later than a customer who has not paid at all?

# %% part="wrong" name="edge_included"
days = q.data["days"]
q.answer = f"""
WITH l AS (SELECT customer, count(*) AS late FROM invoices
           WHERE date_diff('day', due_on, coalesce(paid_on, TIMESTAMP '2024-12-31')) >= {days} GROUP BY customer),
     r AS (SELECT customer, count(*) AS rejected FROM deliveries WHERE method = 'cod' AND outcome = 'rejected' GROUP BY customer)
SELECT customer, coalesce(late, 0) AS late, coalesce(rejected, 0) AS rejected
FROM l FULL JOIN r USING (customer) WHERE coalesce(late, 0) >= 2 OR coalesce(rejected, 0) >= 3
"""

# %% [markdown] lang="id" part="wrong" name="edge_included"
# Batasnya ikut terhitung, padahal aturannya berkata "lebih dari". Siapa yang ditandai karena tepat pada harinya?

# %% [markdown] lang="en" part="wrong" name="edge_included"
# The edge was counted in, though the rule says "more than". Who is flagged for paying exactly on that day?

# %% part="wrong" name="any_method"
days = q.data["days"]
q.answer = f"""
WITH l AS (SELECT customer, count(*) AS late FROM invoices
           WHERE date_diff('day', due_on, coalesce(paid_on, TIMESTAMP '2024-12-31')) > {days} GROUP BY customer),
     r AS (SELECT customer, count(*) AS rejected FROM deliveries WHERE outcome = 'rejected' GROUP BY customer)
SELECT customer, coalesce(late, 0) AS late, coalesce(rejected, 0) AS rejected
FROM l FULL JOIN r USING (customer) WHERE coalesce(late, 0) >= 2 OR coalesce(rejected, 0) >= 3
"""

# %% [markdown] lang="id" part="wrong" name="any_method"
# Penolakan kiriman yang sudah dibayar ikut dihitung. Kerugian apa yang dijaga oleh aturan tentang `cod`?

# %% [markdown] lang="en" part="wrong" name="any_method"
# Rejections of deliveries that were paid already are counted in. Which loss is the rule about `cod` there to prevent?

# %% part="question"
question(
    "why_sales_changed", kind="blanks", level="faded", data="two_years",
    parts={
        "volume": {"kind": "number", "unit": "money", "digits": 5, "says": {"id": "perubahan jumlah total, pada harga rata-rata tertimbang 2023 (rupiah)", "en": "the change of the total quantity, at the weighted average price of 2023 (rupiah)"}},
        "mix": {"kind": "number", "unit": "money", "digits": 5, "says": {"id": "bauran produk yang bergeser, pada harga 2023 (rupiah)", "en": "the mix of products that shifted, at the prices of 2023 (rupiah)"}},
        "price": {"kind": "number", "unit": "money", "digits": 5, "says": {"id": "harga baru, pada jumlah 2024 (rupiah)", "en": "new prices, at the quantities of 2024 (rupiah)"}},
    },
    variants=("menu", "clothing", "tests"), title={"id": "Mengapa omzet berubah?", "en": "Why did revenue change?"},
    rows=("D13",), book="5.1", notebook="02-customer-strategy-cube", app="explorer", function="crm.cube.View.why", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** Dua produk: harga 10 dan 20 menjadi 10 dan 22; jumlah 100 dan 50 menjadi 80 dan 70. Omzet naik 340. Volume total tetap 150, jadi efek volume 0; bauran bergeser ke produk mahal (+200); harga menyumbang +140. Ketiganya berjumlah tepat 340.

# %% [markdown] lang="en" part="example"
# **Example.** Two products: prices 10 and 20 become 10 and 22; quantities 100 and 50 become 80 and 70. Revenue rises by 340. The volume stays at 150, so its effect is 0; the mix moved to the dearer product (+200); prices gave +140. The three make exactly 340.

# %% part="example"
import numpy as np

p0, q0, p1, q1 = np.array([10, 20]), np.array([100, 50]), np.array([10, 22]), np.array([80, 70])
volume = (q1.sum() - q0.sum()) * (p0 * q0).sum() / q0.sum()
mix = (p0 * (q1 - q0)).sum() - volume
price = (q1 * (p1 - p0)).sum()
volume, mix, price, (p1 * q1).sum() - (p0 * q0).sum()

# %% [markdown] lang="id" part="task"
# Tabel `products` memuat harga dan jumlah terjual sebuah {what} pada 2023 dan 2024. Uraikan perubahan omzetnya menjadi tiga bagian seperti pada contoh, masing-masing dengan tandanya.

# %% [markdown] lang="en" part="task"
# The table `products` has the prices and quantities sold of a {what} in 2023 and 2024. Take the change of revenue apart into three parts as in the example, each with its sign.

# %% part="start"
p = q.data["products"]
change = (p["price_2024"] * p["quantity_2024"]).sum() - (p["price_2023"] * p["quantity_2023"]).sum()
average = ...
q.answer = {
    "volume": ...,
    "mix": ...,
    "price": ...,
}

# %% [markdown] lang="id" part="hint"
# Harga rata-rata tertimbang = omzet 2023 dibagi jumlah terjual 2023.

# %% [markdown] lang="en" part="hint"
# The weighted average price = revenue of 2023 by the quantity sold in 2023.

# %% [markdown] lang="id" part="hint"
# Periksa: volume + mix + price harus sama dengan `change`. Sisanya satu bagian dapat dicari dari dua yang lain.

# %% [markdown] lang="en" part="hint"
# Check: volume + mix + price must equal `change`. Of three parts the last follows from the other two.

# %% part="solution"
p = q.data["products"]
q0, q1, p0, p1 = p["quantity_2023"], p["quantity_2024"], p["price_2023"], p["price_2024"]
average = (p0 * q0).sum() / q0.sum()
volume = (q1.sum() - q0.sum()) * average
q.answer = {"volume": volume, "mix": (p0 * (q1 - q0)).sum() - volume, "price": (q1 * (p1 - p0)).sum()}

# %% [markdown] lang="id" part="why"
# Buku (5.1) menyuruh menganalisis sebab naik turunnya penjualan tanpa memberi caranya. Penguraian ini berjumlah tepat, karena volume dan bauran memakai harga lama, dan harga memakai jumlah baru. Produk yang baru atau berhenti sebaiknya dipisahkan, sebab harga lamanya tidak ada.

# %% [markdown] lang="en" part="why"
# The book (5.1) tells us to find why sales rose or fell and gives no method. These parts sum exactly, as volume and mix use the old prices, and price the new quantities. Products that are new or discontinued are better kept apart: they have no old price.

# %% part="wrong" name="mix_in_volume"
p = q.data["products"]
q0, q1, p0, p1 = p["quantity_2023"], p["quantity_2024"], p["price_2023"], p["price_2024"]
q.answer = {"volume": (p0 * (q1 - q0)).sum(), "mix": 0, "price": (q1 * (p1 - p0)).sum()}

# %% [markdown] lang="id" part="wrong" name="mix_in_volume"
# Bauran tercampur ke dalam volume: perubahan jumlah setiap produk dikalikan harganya sendiri. Berapa efek volume bila jumlah total tidak berubah sama sekali?

# %% [markdown] lang="en" part="wrong" name="mix_in_volume"
# The mix is hidden in the volume: each product's change was multiplied by its own price. What is the effect of volume when the total quantity does not change at all?

# %% part="wrong" name="old_quantities"
p = q.data["products"]
q0, q1, p0, p1 = p["quantity_2023"], p["quantity_2024"], p["price_2023"], p["price_2024"]
volume = (q1.sum() - q0.sum()) * (p0 * q0).sum() / q0.sum()
q.answer = {"volume": volume, "mix": (p0 * (q1 - q0)).sum() - volume, "price": (q0 * (p1 - p0)).sum()}

# %% [markdown] lang="id" part="wrong" name="old_quantities"
# Efek harga dihitung pada jumlah lama, sehingga ada sisa yang tidak bertuan. Apakah ketiga bagian berjumlah sama dengan perubahan omzet?

# %% [markdown] lang="en" part="wrong" name="old_quantities"
# The effect of prices was taken at the old quantities, which leaves a rest that belongs to nobody. Do the three parts sum to the change of revenue?

# %% part="wrong" name="plain_average"
p = q.data["products"]
q0, q1, p0, p1 = p["quantity_2023"], p["quantity_2024"], p["price_2023"], p["price_2024"]
volume = (q1.sum() - q0.sum()) * p0.mean()
q.answer = {"volume": volume, "mix": (p0 * (q1 - q0)).sum() - volume, "price": (q1 * (p1 - p0)).sum()}

# %% [markdown] lang="id" part="wrong" name="plain_average"
# Harga rata-rata diambil tanpa bobot: produk yang jarang terjual sama beratnya dengan yang laris. Omzet 2023 dibagi apa menghasilkan harga satu barang?

# %% [markdown] lang="en" part="wrong" name="plain_average"
# The average price has no weights: a product that seldom sells counts as much as a popular one. Revenue of 2023 divided by what gives the price of one item?

# %% part="question"
question(
    "data_gap", kind="blanks", level="faded", data="required",
    parts={
        "ready": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "kolom yang siap, persen dari semua yang dibutuhkan", "en": "fields that are ready, percent of all that are needed"}},
        "missing": {"kind": "number", "exact": True, "says": {"id": "banyaknya kolom yang tidak ada di tabel mana pun", "en": "how many fields no table has"}},
        "cost": {"kind": "number", "unit": "money", "digits": 5, "says": {"id": "biaya dari `costs` untuk semua kolom yang belum siap (rupiah)", "en": "the cost, from `costs`, of all fields that are not ready (rupiah)"}},
    },
    variants=("retail", "hospital", "campus"), title={"id": "Data apa yang masih kurang?", "en": "Which data are lacking?"},
    rows=("P18",), book="5.2", notebook="04-customer-database", app="clinic", function="crm.quality.required_data", points=2,
)

# %% [markdown] lang="id" part="example"
# **Contoh.** 20 kolom dibutuhkan, 15 tersedia, 3 di antaranya bermutu buruk. Yang siap 12 dari 20, yaitu 60,0 persen; yang belum ada 5.

# %% [markdown] lang="en" part="example"
# **Example.** 20 fields are needed, 15 are there, 3 of these of poor quality. Ready are 12 of 20, or 60.0 percent; 5 are missing.

# %% part="example"
required, present, poor = 20, 15, 3
100 * (present - poor) / required, required - present

# %% [markdown] lang="id" part="task"
# Sebuah {what} mendaftar kolom (`field`) yang dibutuhkan setiap pertanyaan CRM di tabel `needs`. `column` kosong berarti tidak ada di tabel mana pun. Kolom **siap** bila ada dan terisi sekurangnya 90 persen, **buruk** bila ada tetapi kurang dari itu. Kolom yang dibutuhkan beberapa pertanyaan dihitung sekali. Seberapa siap datanya?

# %% [markdown] lang="en" part="task"
# A {what} lists in `needs` the fields that each question of CRM needs. An empty `column` means that no table has it. A field is **ready** when it is there and at least 90 percent filled, **poor** when it is there and less filled. A field that several questions need counts once. How ready are the data?

# %% part="start"
fields = q.data["needs"].drop_duplicates("field").merge(q.data["costs"], on="field")
there = fields["column"].notna()
ready = ...
q.answer = {
    "ready": ...,
    "missing": ...,
    "cost": ...,
}

# %% [markdown] lang="id" part="hint"
# Satu baris `needs` adalah satu kebutuhan, bukan satu kolom: `drop_duplicates("field")`.

# %% [markdown] lang="en" part="hint"
# A row of `needs` is one need, not one field: `drop_duplicates("field")`.

# %% [markdown] lang="id" part="hint"
# Siap menuntut dua syarat sekaligus (`&`): ada, dan `filled_share` sekurangnya 0.9. Biayanya milik semua yang bukan `ready` (`~ready`).

# %% [markdown] lang="en" part="hint"
# Ready asks two things at once (`&`): it is there, and its `filled_share` is at least 0.9. The cost is of all that are not `ready` (`~ready`).

# %% part="solution"
fields = q.data["needs"].drop_duplicates("field").merge(q.data["costs"], on="field")
there = fields["column"].notna()
ready = there & (fields["filled_share"] >= 0.9)
q.answer = {"ready": 100 * ready.mean(), "missing": (~there).sum(), "cost": fields.loc[~ready, "fix_cost"].sum()}

# %% [markdown] lang="id" part="why"
# Penyebutnya yang dibutuhkan, bukan yang kebetulan ada. Kolom yang ada tetapi separuh kosong belum menjawab pertanyaan apa pun, jadi memperbaikinya pun termasuk biaya. Bab 5.2 mendaftar manfaat data yang lengkap; tabel ini mengatakan seberapa jauh jaraknya.

# %% [markdown] lang="en" part="why"
# The denominator is what is needed, not what happens to be there. A column that is half empty answers no question yet, so mending it belongs to the cost. Section 5.2 lists what complete data are good for; this table says how far off they are.

# %% part="wrong" name="poor_is_ready"
fields = q.data["needs"].drop_duplicates("field").merge(q.data["costs"], on="field")
there = fields["column"].notna()
q.answer = {"ready": 100 * there.mean(), "missing": (~there).sum(), "cost": fields.loc[~(there & (fields["filled_share"] >= 0.9)), "fix_cost"].sum()}

# %% [markdown] lang="id" part="wrong" name="poor_is_ready"
# Ada disamakan dengan siap: kolom yang banyak kosongnya ikut dihitung. Dapatkah kolom yang terisi sepertiga menjawab pertanyaannya?

# %% [markdown] lang="en" part="wrong" name="poor_is_ready"
# There was taken for ready: columns with many gaps are counted in. Can a field that is one third filled answer its question?

# %% part="wrong" name="of_those_present"
fields = q.data["needs"].drop_duplicates("field").merge(q.data["costs"], on="field")
there = fields["column"].notna()
ready = there & (fields["filled_share"] >= 0.9)
q.answer = {"ready": 100 * ready.sum() / there.sum(), "missing": (~there).sum(), "cost": fields.loc[~ready, "fix_cost"].sum()}

# %% [markdown] lang="id" part="wrong" name="of_those_present"
# Penyebutnya kolom yang ada. Persen dari apa yang ditanyakan: yang ada, atau yang dibutuhkan?

# %% [markdown] lang="en" part="wrong" name="of_those_present"
# The denominator is the fields that are there. Percent of what is asked: of those there, or of those needed?

# %% part="wrong" name="needs_for_fields"
rows = q.data["needs"].merge(q.data["costs"], on="field")
there = rows["column"].notna()
ready = there & (rows["filled_share"] >= 0.9)
q.answer = {"ready": 100 * ready.mean(), "missing": (~there).sum(), "cost": rows.loc[~ready, "fix_cost"].sum()}

# %% [markdown] lang="id" part="wrong" name="needs_for_fields"
# Kolom yang dibutuhkan tiga pertanyaan dihitung tiga kali. Berapa kali kolom itu harus diadakan?

# %% [markdown] lang="en" part="wrong" name="needs_for_fields"
# A field that three questions need was counted three times. How often must it be brought in?

# %% part="wrong" name="poor_costs_nothing"
fields = q.data["needs"].drop_duplicates("field").merge(q.data["costs"], on="field")
there = fields["column"].notna()
ready = there & (fields["filled_share"] >= 0.9)
q.answer = {"ready": 100 * ready.mean(), "missing": (~there).sum(), "cost": fields.loc[~there, "fix_cost"].sum()}

# %% [markdown] lang="id" part="wrong" name="poor_costs_nothing"
# Biayanya hanya memuat kolom yang belum ada. Siapa yang membayar perbaikan kolom yang buruk?

# %% [markdown] lang="en" part="wrong" name="poor_costs_nothing"
# The cost holds only the missing fields. Who pays for mending the poor ones?

# %% part="question"
question(
    "quality_index", kind="number", unit="percent", digits=5, level="independent", data="register",
    variants=("retail", "hospital", "cinema"), title={"id": "Satu angka untuk mutu data", "en": "One figure for the quality of data"},
    rows=("D06",), book="5.3", notebook="05-data-quality-and-duplicates", app="clinic", function="crm.quality.profile", points=2,
)

# %% [markdown] lang="id" part="task"
# Daftar pelanggan sebuah {what} ada di `people`. Ukur tiga hal: **kelengkapan** `phone` (kosong dan `0` berarti tidak ada), **kesahihan** `email` di antara yang terisi (sahih: `nama@situs.akhiran`, dengan titik sesudah @), dan **keunikan** `code` (banyaknya kode berbeda dibagi banyaknya baris). Berapa indeks **hasil kali** ketiganya, dalam persen?

# %% [markdown] lang="en" part="task"
# The customer list of a {what} is in `people`. Measure three things: **completeness** of `phone` (empty and `0` mean there is none), **validity** of `email` among those filled in (valid: `name@site.ending`, with a point after the @), and **uniqueness** of `code` (different codes by rows). What is the **product** index of the three, in percent?

# %% [markdown] lang="id" part="hint"
# Tiga pangsa, tiga penyebut. Untuk kesahihan, baris tanpa email tidak diperiksa.

# %% [markdown] lang="en" part="hint"
# Three shares, three denominators. For validity, rows without an e-mail address are not looked at.

# %% [markdown] lang="id" part="hint"
# `people["email"].str.contains(r"@[^@]+\.[a-z]+$")` di antara yang tidak kosong; `people["code"].nunique() / len(people)`.

# %% [markdown] lang="en" part="hint"
# `people["email"].str.contains(r"@[^@]+\.[a-z]+$")` among those not empty; `people["code"].nunique() / len(people)`.

# %% part="solution"
people = q.data["people"]
complete = (~people["phone"].isin(["", "0"])).mean()
filled = people.loc[people["email"] != "", "email"]
valid = filled.str.contains(r"@[^@]+\.[a-z]+$").mean()
unique = people["code"].nunique() / len(people)
q.answer = 100 * complete * valid * unique

# %% [markdown] lang="id" part="why"
# Pada 0,92, 0,95, dan 0,97 rata-ratanya 94,67 persen, hasil kalinya 84,78 persen. Hasil kali mendekati bagian baris yang lolos ketiganya bila kesalahannya saling bebas; rata-rata terdengar lebih baik dan menyembunyikannya. Buku (5.3) menyebut format, inkonsistensi, dan duplikat sebagai masalah tanpa mengukurnya.

# %% [markdown] lang="en" part="why"
# With 0.92, 0.95 and 0.97 the mean is 94.67 percent, the product 84.78 percent. The product is close to the part of rows that pass all three when faults are independent; the mean sounds better and hides it. The book (5.3) names formats, inconsistency and duplicates as problems and measures none.

# %% part="wrong" name="mean_for_product"
people = q.data["people"]
complete = (~people["phone"].isin(["", "0"])).mean()
filled = people.loc[people["email"] != "", "email"]
valid = filled.str.contains(r"@[^@]+\.[a-z]+$").mean()
q.answer = 100 * (complete + valid + people["code"].nunique() / len(people)) / 3

# %% [markdown] lang="id" part="wrong" name="mean_for_product"
# Itu indeks rata-rata. Bagian baris manakah yang digambarkannya, dan indeks mana yang ditanyakan?

# %% [markdown] lang="en" part="wrong" name="mean_for_product"
# That is the mean index. Which part of the rows does it describe, and which index is asked for?

# %% part="wrong" name="zero_is_a_phone"
people = q.data["people"]
complete = (people["phone"] != "").mean()
filled = people.loc[people["email"] != "", "email"]
valid = filled.str.contains(r"@[^@]+\.[a-z]+$").mean()
q.answer = 100 * complete * valid * people["code"].nunique() / len(people)

# %% [markdown] lang="id" part="wrong" name="zero_is_a_phone"
# Nilai kosong yang menyamar: telepon `0` dihitung terisi. Siapa yang mengangkat bila nomor itu dipanggil?

# %% [markdown] lang="en" part="wrong" name="zero_is_a_phone"
# A gap in disguise: the phone `0` counts as filled in. Who answers when you dial it?

# %% part="wrong" name="blank_is_invalid"
people = q.data["people"]
complete = (~people["phone"].isin(["", "0"])).mean()
valid = people["email"].str.contains(r"@[^@]+\.[a-z]+$").mean()
q.answer = 100 * complete * valid * people["code"].nunique() / len(people)

# %% [markdown] lang="id" part="wrong" name="blank_is_invalid"
# Email yang kosong dihitung tidak sahih, sehingga kekurangan yang sama dapat dihukum dua kali. Penyebut kesahihan itu baris yang mana?

# %% [markdown] lang="en" part="wrong" name="blank_is_invalid"
# Empty addresses count as invalid, so that one gap may be punished twice. Which rows are the denominator of validity?

# %% part="wrong" name="all_copies_bad"
people = q.data["people"]
complete = (~people["phone"].isin(["", "0"])).mean()
filled = people.loc[people["email"] != "", "email"]
valid = filled.str.contains(r"@[^@]+\.[a-z]+$").mean()
q.answer = 100 * complete * valid * (~people["code"].duplicated(keep=False)).mean()

# %% [markdown] lang="id" part="wrong" name="all_copies_bad"
# Aslinya ikut dibuang bersama salinannya. Dari dua baris yang kembar, berapa yang berlebih?

# %% [markdown] lang="en" part="wrong" name="all_copies_bad"
# The originals were thrown out with their copies. Of two rows that are the same, how many are too many?

# %% part="question"
question(
    "people_behind_rows", kind="number", unit="money", digits=5, level="independent", data="visitors",
    variants=("shop", "clinic", "cinema"), title={"id": "Berapa orang di balik nota-nota ini?", "en": "How many people are behind these receipts?"},
    rows=("D07",), book="5.3", notebook="05-data-quality-and-duplicates", app="clinic", function="crm.ingest.standardise.phone", points=2,
)

# %% [markdown] lang="id" part="task"
# Tabel `receipts` adalah nota sebuah {what}. Setiap kasir menulis telepon dengan caranya sendiri, dan beberapa keluarga memakai satu nomor. Anggap **satu orang = satu nomor telepon baku dan satu tanggal lahir**. Berapa rata-rata belanja **per orang**?

# %% [markdown] lang="en" part="task"
# The table `receipts` holds the receipts of a {what}. Each cashier writes phones in a way of his own, and some families share a number. Take **one person = one standard phone number and one day of birth**. What is the average spent **per person**?

# %% [markdown] lang="id" part="hint"
# `0812-3456-7890`, `+62 812 3456 7890`, dan `6281234567890` adalah satu nomor. Bawa semuanya ke satu bentuk dahulu.

# %% [markdown] lang="en" part="hint"
# `0812-3456-7890`, `+62 812 3456 7890` and `6281234567890` are one number. Bring all to one form first.

# %% [markdown] lang="id" part="hint"
# Buang yang bukan angka, lalu ganti `0` di depan dengan `62`. `drop_duplicates` atas dua kolom menghitung orangnya.

# %% [markdown] lang="en" part="hint"
# Take out what is no digit, then put `62` for the `0` in front. `drop_duplicates` over two columns counts the people.

# %% part="solution"
import pandas as pd

r = q.data["receipts"]
phone = r["phone"].str.replace(r"\D", "", regex=True).str.replace(r"^0", "62", regex=True)
people = pd.DataFrame({"phone": phone, "born_on": r["born_on"]}).drop_duplicates()
q.answer = r["amount"].sum() / len(people)

# %% part="package"
r = q.data["receipts"]
people = pd.DataFrame({"phone": pd.Series(list(crm.ingest.standardise.phone(r["phone"]).values)), "born_on": r["born_on"]}).drop_duplicates()
q.answer = r["amount"].sum() / len(people)

# %% [markdown] lang="id" part="why"
# Pembakuan datang sebelum pencocokan: bagi komputer, dua cara menulis adalah dua orang. Bukti kedua (tanggal lahir) mencegah ibu dan anak disatukan. Buku (5.3) menyebut duplikat sebagai penghambat pencarian; akibatnya di sini lebih besar, sebab setiap rata-rata per pelanggan ikut salah.

# %% [markdown] lang="en" part="why"
# One form comes before matching: to a computer two ways of writing are two people. A second piece of evidence (the birthday) keeps a mother and her child apart. The book (5.3) says that duplicates slow a search; the harm here is larger, as every average per customer goes wrong with them.

# %% part="wrong" name="as_written"
r = q.data["receipts"]
q.answer = r["amount"].sum() / len(r[["phone", "born_on"]].drop_duplicates())

# %% [markdown] lang="id" part="wrong" name="as_written"
# Nomor dibandingkan seperti tertulis, jadi satu orang menjadi beberapa. Apakah tanda hubung membuat nomornya lain?

# %% [markdown] lang="en" part="wrong" name="as_written"
# Numbers were compared as written, so one person became several. Does a hyphen make it another number?

# %% part="wrong" name="digits_only"
r = q.data["receipts"]
phone = r["phone"].str.replace(r"\D", "", regex=True)
q.answer = r["amount"].sum() / len(r.assign(phone=phone)[["phone", "born_on"]].drop_duplicates())

# %% [markdown] lang="id" part="wrong" name="digits_only"
# Tanda bacanya hilang, tetapi 0812 dan 62812 masih dua nomor. Angka 0 di depan nomor Indonesia menggantikan apa?

# %% [markdown] lang="en" part="wrong" name="digits_only"
# The punctuation is gone, but 0812 and 62812 are still two numbers. What does the 0 in front of an Indonesian number stand for?

# %% part="wrong" name="phone_is_a_person"
r = q.data["receipts"]
phone = r["phone"].str.replace(r"\D", "", regex=True).str.replace(r"^0", "62", regex=True)
q.answer = r["amount"].sum() / phone.nunique()

# %% [markdown] lang="id" part="wrong" name="phone_is_a_person"
# Satu rumah disatukan menjadi satu orang. Bukti apa lagi yang disediakan tabel ini?

# %% [markdown] lang="en" part="wrong" name="phone_is_a_person"
# A household was made into one person. What other evidence does this table give?

# %% part="wrong" name="per_receipt"
q.answer = q.data["receipts"]["amount"].mean()

# %% [markdown] lang="id" part="wrong" name="per_receipt"
# Itu rata-rata per nota. Berapa nota dimiliki orang yang datang empat kali?

# %% [markdown] lang="en" part="wrong" name="per_receipt"
# That is the average per receipt. How many receipts does a person have who came four times?

# %% part="question"
question(
    "merging_steps", kind="choice", style="mistake", level="independent", variants=("excel", "household", "delete"),
    title={"id": "Langkah mana yang merusak?", "en": "Which step does the damage?"},
    options={
        "s1": {"id": "langkah 1", "en": "step 1"}, "s2": {"id": "langkah 2", "en": "step 2"}, "s3": {"id": "langkah 3", "en": "step 3"},
        "s4": {"id": "langkah 4", "en": "step 4"}, "s5": {"id": "langkah 5", "en": "step 5"}, "s6": {"id": "langkah 6", "en": "step 6"},
    },
    fixed_order=True, rows=("D07",), book="5.3", notebook="05-data-quality-and-duplicates", app="clinic", function="crm.duplicates.merge",
)

# %% [markdown] lang="id" part="task" variant="excel"
# Seorang staf menyatukan data ganda. Satu langkah merusak datanya. Yang mana?
#
# 1. Ekspor daftar dari lembar kerja; telepon yang tampil sebagai `8.12E+11` diisi nol di belakangnya.
# 2. Bawa telepon ke bentuk +62, nama ke huruf kecil tanpa gelar.
# 3. Pertemukan baris yang bertelepon sama, atau yang bunyi nama dan tahun lahirnya sama.
# 4. Satukan bila telepon sama dan namanya mirip; yang meragukan ditanyakan kepada orang.
# 5. Untuk setiap kolom, ambil nilai terbaru yang terisi.
# 6. Simpan baris asal dan catatan penggabungan.

# %% [markdown] lang="en" part="task" variant="excel"
# A clerk merges duplicates. One step damages the data. Which?
#
# 1. Export the list from a spreadsheet; phones shown as `8.12E+11` get noughts put behind them.
# 2. Bring phones to the form +62, names to small letters without titles.
# 3. Let rows meet that have one phone, or one sound of the name and one year of birth.
# 4. Merge where the phone is the same and the names are alike; ask a person where in doubt.
# 5. For each column take the latest value that is filled in.
# 6. Keep the original rows and a log of what was merged.

# %% [markdown] lang="id" part="task" variant="household"
# Seorang staf menyatukan data ganda. Satu langkah merusak datanya. Yang mana?
#
# 1. Ekspor daftar dari kasir dengan telepon sebagai teks.
# 2. Bawa telepon ke bentuk +62, nama ke huruf kecil tanpa gelar.
# 3. Pertemukan baris yang bertelepon sama, atau yang bunyi nama dan tahun lahirnya sama.
# 4. Satukan semua baris yang bertelepon sama, apa pun nama dan tanggal lahirnya.
# 5. Untuk setiap kolom, ambil nilai terbaru yang terisi.
# 6. Simpan baris asal dan catatan penggabungan.

# %% [markdown] lang="en" part="task" variant="household"
# A clerk merges duplicates. One step damages the data. Which?
#
# 1. Export the list from the till with phones as text.
# 2. Bring phones to the form +62, names to small letters without titles.
# 3. Let rows meet that have one phone, or one sound of the name and one year of birth.
# 4. Merge all rows with one phone, whatever their names and birthdays.
# 5. For each column take the latest value that is filled in.
# 6. Keep the original rows and a log of what was merged.

# %% [markdown] lang="id" part="task" variant="delete"
# Seorang staf menyatukan data ganda. Satu langkah merusak datanya. Yang mana?
#
# 1. Ekspor daftar dari kasir dengan telepon sebagai teks.
# 2. Bawa telepon ke bentuk +62, nama ke huruf kecil tanpa gelar.
# 3. Pertemukan baris yang bertelepon sama, atau yang bunyi nama dan tahun lahirnya sama.
# 4. Satukan bila telepon sama dan namanya mirip; yang meragukan ditanyakan kepada orang.
# 5. Untuk setiap kolom, ambil nilai terbaru yang terisi.
# 6. Hapus baris asal supaya daftar tetap ringkas.

# %% [markdown] lang="en" part="task" variant="delete"
# A clerk merges duplicates. One step damages the data. Which?
#
# 1. Export the list from the till with phones as text.
# 2. Bring phones to the form +62, names to small letters without titles.
# 3. Let rows meet that have one phone, or one sound of the name and one year of birth.
# 4. Merge where the phone is the same and the names are alike; ask a person where in doubt.
# 5. For each column take the latest value that is filled in.
# 6. Delete the original rows, to keep the list short.

# %% [markdown] lang="id" part="hint"
# Tanyakan pada setiap langkah: bila ternyata keliru, dapatkah keadaan semula dikembalikan?

# %% [markdown] lang="en" part="hint"
# Ask of every step: if it turns out wrong, can things be put back as they were?

# %% [markdown] lang="id" part="hint"
# Tanyakan juga: apakah langkah ini menambah sesuatu yang tidak diketahui siapa pun, atau menyamakan dua orang yang nyata?

# %% [markdown] lang="en" part="hint"
# Ask also: does the step add what nobody knows, or make one of two real people?

# %% part="solution"
q.answer = {"excel": "s1", "household": "s4", "delete": "s6"}[q.variant]

# %% [markdown] lang="id" part="why"
# Angka yang hilang tidak dapat dikarang, satu telepon belum satu orang, dan penggabungan harus dapat dibatalkan. Membakukan, mempertemukan, dan memilih nilai terbaru tidak menghapus apa pun selama baris asalnya disimpan.

# %% [markdown] lang="en" part="why"
# Lost digits can't be made up, one phone is not yet one person, and a merge must be reversible. Standardising, letting rows meet and taking the latest value destroy nothing as long as the original rows are kept.

# %% part="wrong" name="blamed_standard"
q.answer = "s2"

# %% [markdown] lang="id" part="wrong" name="blamed_standard"
# Pembakuan disangka merusak. Apakah bentuk baku mengubah nomor yang dituju, atau hanya cara menulisnya?

# %% [markdown] lang="en" part="wrong" name="blamed_standard"
# You suspect the standard form. Does it change the number that is dialled, or only how it is written?

# %% part="wrong" name="blamed_blocks"
q.answer = "s3"

# %% [markdown] lang="id" part="wrong" name="blamed_blocks"
# Mempertemukan belum berarti menyatukan. Di langkah mana keputusan dibuat?

# %% [markdown] lang="en" part="wrong" name="blamed_blocks"
# To let rows meet is not to merge them. At which step is it decided?

# %% part="wrong" name="blamed_survivor"
q.answer = "s5"

# %% [markdown] lang="id" part="wrong" name="blamed_survivor"
# Memilih nilai yang bertahan dapat diperbaiki bila asalnya masih ada. Langkah mana yang tidak dapat diperbaiki?

# %% [markdown] lang="en" part="wrong" name="blamed_survivor"
# The choice of a surviving value can be mended while the originals exist. Which step can't be?

# %% part="question"
question(
    "two_systems", kind="blanks", level="independent", data="two_sources",
    parts={
        "matched": {"kind": "number", "exact": True, "says": {"id": "pelanggan yang ada di kedua daftar", "en": "customers in both lists"}},
        "entities": {"kind": "number", "exact": True, "says": {"id": "pelanggan seluruhnya", "en": "customers in all"}},
        "share": {"kind": "number", "unit": "percent", "digits": 4, "says": {"id": "persen daftar **keuangan** yang ditemukan di kasir", "en": "percent of the **finance** list that was found at the till"}},
    },
    variants=("retail", "hospital", "hotel"), title={"id": "Dua sistem, berapa pelanggan?", "en": "Two systems, how many customers?"},
    rows=("D08",), book="5.4", notebook="06-integration", app="clinic", function="crm.integration.match", points=2,
)

# %% [markdown] lang="id" part="task"
# Sebuah {what} mempunyai daftar pelanggan dari kasir (`pos`) dan dari keuangan (`finance`). `id` diberikan setiap sistem sendiri-sendiri; telepon menunjuk orangnya, dan tidak ada yang ganda di dalam satu daftar. Baris tanpa telepon tidak dapat dicocokkan dan dihitung sebagai satu pelanggan sendiri. Berapa pelanggannya?

# %% [markdown] lang="en" part="task"
# A {what} has a list of customers from the till (`pos`) and one from `finance`. Each system gave its own `id`; the phone tells the person, and no list has anyone twice. A row without a phone can't be matched and counts as a customer of its own. How many customers are there?

# %% [markdown] lang="id" part="hint"
# Samakan dahulu bentuk teleponnya (`0812…` dan `+62812…`). Lalu buang yang kosong sebelum mencocokkan.

# %% [markdown] lang="en" part="hint"
# Bring the phones to one form first (`0812…` and `+62812…`). Then leave out the empty ones before matching.

# %% [markdown] lang="id" part="hint"
# Yang ada di keduanya dihitung sekali: banyaknya kasir + banyaknya keuangan − yang cocok.

# %% [markdown] lang="en" part="hint"
# Who is in both counts once: rows of the till + rows of finance − matched.

# %% part="solution"
pos, finance = q.data["pos"], q.data["finance"]
known = set("+62" + pos.loc[pos["phone"] != "", "phone"].str[1:])
matched = finance["phone"].isin(known).sum()
q.answer = {"matched": matched, "entities": len(pos) + len(finance) - matched, "share": 100 * matched / len(finance)}

# %% part="package"
feeds = [crm.integration.Feed(name, q.data[name], "id") for name in ("pos", "finance")]
found = crm.integration.match(crm.integration.Sources(*feeds), on=["phone"])
matched = int(found.table["matched"].iloc[0])
q.answer = {"matched": matched, "entities": found.facts["entities"], "share": 100 * matched / len(q.data["finance"])}

# %% [markdown] lang="id" part="why"
# 500 dari kasir dan 300 dari keuangan dengan 240 yang sama menjadi 560 pelanggan; yang cocok 80 persen dari keuangan, tetapi hanya 48 persen dari kasir. Sebutkan selalu persen dari siapa. Buku (5.4) meminta satu format dan satu tempat; kunci yang menghubungkan keduanya harus dicari lebih dahulu.

# %% [markdown] lang="en" part="why"
# 500 from the till and 300 from finance with 240 in both are 560 customers; the match is 80 percent of finance and only 48 percent of the till. Always say percent of whom. The book (5.4) asks for one format and one place; the key that joins the two has to be found first.

# %% part="wrong" name="joined_on_id"
pos, finance = q.data["pos"], q.data["finance"]
matched = finance["id"].isin(pos["id"]).sum()
q.answer = {"matched": matched, "entities": len(pos) + len(finance) - matched, "share": 100 * matched / len(finance)}

# %% [markdown] lang="id" part="wrong" name="joined_on_id"
# Dicocokkan dengan `id`: nomor 17 di kasir dan nomor 17 di keuangan dua orang yang berbeda. Siapa yang memberi nomor itu?

# %% [markdown] lang="en" part="wrong" name="joined_on_id"
# Matched by `id`: number 17 of the till and number 17 of finance are two people. Who gave these numbers?

# %% part="wrong" name="blanks_match"
pos, finance = q.data["pos"], q.data["finance"]
known = set(pos["phone"].str.replace(r"^0", "+62", regex=True))
matched = finance["phone"].isin(known).sum()
q.answer = {"matched": matched, "entities": len(pos) + len(finance) - matched, "share": 100 * matched / len(finance)}

# %% [markdown] lang="id" part="wrong" name="blanks_match"
# Telepon kosong dicocokkan dengan telepon kosong. Apakah dua orang yang tidak meninggalkan nomor menjadi satu orang?

# %% [markdown] lang="en" part="wrong" name="blanks_match"
# Empty phones were matched with empty phones. Are two people who left no number one person?

# %% part="wrong" name="share_of_till"
pos, finance = q.data["pos"], q.data["finance"]
known = set("+62" + pos.loc[pos["phone"] != "", "phone"].str[1:])
matched = finance["phone"].isin(known).sum()
q.answer = {"matched": matched, "entities": len(pos) + len(finance) - matched, "share": 100 * matched / len(pos)}

# %% [markdown] lang="id" part="wrong" name="share_of_till"
# Itu persen dari kasir. Daftar siapa yang menjadi penyebut pada soal ini?

# %% [markdown] lang="en" part="wrong" name="share_of_till"
# That is percent of the till. Whose list is the denominator here?

# %% part="wrong" name="added_up"
pos, finance = q.data["pos"], q.data["finance"]
known = set("+62" + pos.loc[pos["phone"] != "", "phone"].str[1:])
matched = finance["phone"].isin(known).sum()
q.answer = {"matched": matched, "entities": len(pos) + len(finance), "share": 100 * matched / len(finance)}

# %% [markdown] lang="id" part="wrong" name="added_up"
# Kedua daftar dijumlahkan, sehingga yang ada di keduanya dihitung dua kali. Berapa orang yang punya dua baris?

# %% [markdown] lang="en" part="wrong" name="added_up"
# The two lists were added, so who is in both counts twice. How many people have two rows?

# %% part="question"
question(
    "search_minutes", kind="choice", style="claim", level="independent", variants=("book", "log", "after"),
    title={"id": "Bolehkah ini dikatakan?", "en": "Can you say this?"},
    options={
        "fine": {"id": "Ya, angkanya mendukung kalimat itu.", "en": "Yes, the figures support the sentence."},
        "origin": {"id": "Belum: tidak disebut siapa yang mengukur, kapan, dan berapa banyak.", "en": "Not yet: who measured, when and how many is not said."},
        "part": {"id": "Belum: angka sebagian dikatakan tentang semuanya.", "en": "Not yet: the figure of a part is said of the whole."},
        "other": {"id": "Belum: ada hal lain yang berubah pada waktu yang sama.", "en": "Not yet: something else changed at the same time."},
    },
    rows=("D08",), book="5.4", notebook="06-integration", app="checkup", function="crm.integration.match",
)

# %% [markdown] lang="id" part="task" variant="book"
# Buku (5.4) menulis bahwa dengan arsip lembar kerja, tim penjualan menghabiskan 10 sampai 30 menit untuk mencari data yang tidak di tempat biasanya, tanpa rujukan. Seorang manajer menulis di usulannya: "Terbukti bahwa tim penjualan kita kehilangan 10 sampai 30 menit setiap pencarian."

# %% [markdown] lang="en" part="task" variant="book"
# The book (5.4) writes that with archives of spreadsheets a sales team spends 10 to 30 minutes looking for data that are not in their usual place, with no reference. A manager writes in his proposal: "It is proven that our sales team loses 10 to 30 minutes in each search."

# %% [markdown] lang="id" part="task" variant="log"
# Catatan satu bulan: 460 pencarian di tempat biasa, rata-rata 2 menit, dan 40 pencarian data yang tidak di tempatnya, rata-rata 21 menit. Laporan berbunyi: "Setiap pencarian memakan 21 menit, jadi 500 pencarian menghabiskan 175 jam."

# %% [markdown] lang="en" part="task" variant="log"
# A month's log: 460 searches in the usual place, 2 minutes on average, and 40 searches for data that were not there, 21 minutes on average. The report says: "Each search takes 21 minutes, so 500 searches cost 175 hours."

# %% [markdown] lang="id" part="task" variant="after"
# Sebelum CRM, 900 pencarian yang dicatat dengan cara sama rata-rata 12 menit; sesudahnya, 950 pencarian rata-rata 4 menit. Pada bulan yang sama, arsip lama dipindahkan dan dua staf pencari baru direkrut. Laporan: "CRM memangkas waktu pencarian 8 menit."

# %% [markdown] lang="en" part="task" variant="after"
# Before the CRM, 900 searches logged in one way took 12 minutes on average; after it, 950 searches took 4 minutes. In the same month the old archive was moved out and two clerks were hired to search. The report: "The CRM cut searching by 8 minutes."

# %% [markdown] lang="id" part="hint"
# Empat pertanyaan: siapa yang mengukur, pada siapa, dibandingkan dengan apa, dan apa lagi yang terjadi?

# %% [markdown] lang="en" part="hint"
# Four questions: who measured, on whom, compared with what, and what else happened?

# %% [markdown] lang="id" part="hint"
# Tulis ulang kalimat itu dengan subjek yang tepat seperti pada datanya. Apakah masih sama?

# %% [markdown] lang="en" part="hint"
# Write the sentence again with exactly the subject that the data have. Is it still the same?

# %% part="solution"
q.answer = {"book": "origin", "log": "part", "after": "other"}[q.variant]

# %% [markdown] lang="id" part="why"
# Angka buku tidak bersumber, jadi hanya dapat menjadi dugaan untuk diukur sendiri. Angka sebagian bukan angka semua: 460 kali 2 dan 40 kali 21 menit menjadi sekitar 29 jam. Dan dua perubahan dalam satu bulan tidak dapat dipisahkan tanpa pembanding.

# %% [markdown] lang="en" part="why"
# The book's figure has no source, so it can only be a guess to be measured at home. A part is not the whole: 460 times 2 and 40 times 21 minutes are about 29 hours. And two changes in one month can't be told apart without something to compare with.

# %% part="wrong" name="believed"
q.answer = "fine"

# %% [markdown] lang="id" part="wrong" name="believed"
# Angka yang tertulis dianggap bukti. Apa yang harus Anda ketahui tentang angka itu sebelum memakainya?

# %% [markdown] lang="en" part="wrong" name="believed"
# A printed figure was taken for evidence. What must you know of it before you use it?

# %% part="wrong" name="wrong_gap"
q.answer = {"book": "part", "log": "other", "after": "origin"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="wrong_gap"
# Kekurangan yang Anda sebut justru dijawab oleh teksnya, atau tidak dibicarakannya. Apa yang sungguh tidak ada di situ?

# %% [markdown] lang="en" part="wrong" name="wrong_gap"
# The gap you name is answered in the text, or is not what it speaks of. What is really not there?

# %% part="wrong" name="other_gap"
q.answer = {"book": "other", "log": "origin", "after": "part"}[q.variant]

# %% [markdown] lang="id" part="wrong" name="other_gap"
# Baca lagi siapa yang diukur dan siapa yang dibicarakan. Di mana keduanya berpisah?

# %% [markdown] lang="en" part="wrong" name="other_gap"
# Read again who was measured and who is spoken of. Where do the two part?
