# %% [markdown] tags=["id"]
# # 06 · Integrasi: lima sumber, satu pelanggan
#
# **Pertanyaannya.** Direktur PT XYZ bertanya: *"Berapa pelanggan kita, dan berapa omzetnya?"* Lima bagian menjawab, dan jawabannya lima. Kasir menghitung kode, keuangan menghitung kartu, toko
# daring menghitung akun, admin WhatsApp menghitung kontak, dan personalia tidak menghitung pelanggan sama sekali.
#
# Buku, bab 5.4 dan 6.1, menyebut jalan keluarnya *integrasi*: data yang berserak di banyak sistem disatukan **menurut subjeknya**, dengan kode yang seragam. Di notebook ini Anda akan
#
# 1. melihat satu huruf yang menukar laki-laki dan perempuan bila sumber digabung begitu saja;
# 2. menemukan siapa sama dengan siapa, dan mendaftar apa yang *tidak* dapat diputuskan;
# 3. menentukan nilai siapa yang menang, dan mencatat alasannya;
# 4. menelusuri satu angka di gudang data kembali ke satu sel di `finance.xlsx`;
# 5. membuktikan bahwa tidak ada satu rupiah pun yang hilang atau terhitung dua kali.

# %% [markdown] tags=["en"]
# # 06 · Integration: five sources, one customer
#
# **The question.** PT XYZ's director asks: *"How many customers do we have, and what do they bring us?"* Five departments answer, and there are five answers. The till counts codes, finance
# counts cards, the online shops count accounts, the WhatsApp desk counts contacts, and personnel counts no customers at all.
#
# The book, chapters 5.4 and 6.1, calls the way out *integration*: data scattered over many systems are brought together **by subject**, with one way of coding. In this notebook you
#
# 1. meet one letter that swaps men and women when sources are simply put together;
# 2. find out who is who, and list what can *not* be decided;
# 3. decide whose value wins, and keep the reason;
# 4. follow one figure of the warehouse back to one cell of `finance.xlsx`;
# 5. prove that not one rupiah was lost or counted twice.

# %% [markdown] tags=["id"]
# ## 1. Lima sumber
#
# Kita buka keenam berkas apa adanya. Belum ada yang diartikan; setiap baris hanya ingat nomor barisnya.

# %% [markdown] tags=["en"]
# ## 1. Five sources
#
# We open the six files as they stand. Nothing is understood yet; every row just remembers its number.

# %%
import crmlab as crm
import pandas as pd
from crmlab.integration import Feed, Sources, combine, match, stack, xyz

shop = crm.datasets.load_retail("S", layer="raw")
raw = xyz.read(shop)
chat = raw.chat
till, shops, bills = (table.frame.iloc[0] for table in (raw.pos, raw.web, raw.invoices))
pd.DataFrame(
    {
        "pos.csv": [till["TGL"], till["JUMLAH"], raw.pos_customers.frame["JK"].iloc[0]],
        "web.csv": [shops["waktu"], shops["subtotal"], shops["jenis_kelamin"]],
        "finance.xlsx": [bills["Tanggal"], bills["Nilai Faktur"], raw.cards.frame["P/W"].iloc[0]],
    },
    index=["date", "money", "gender"],
)

# %% [markdown] tags=["id"]
# Lihat betapa berbedanya cara mereka menulis hal yang sama: tanggal, uang, dan jenis kelamin, masing-masing dengan tiga cara. Di buku keuangan seluruh isi faktur bahkan berada dalam **satu sel**. Sumber lain bukan tabel sama sekali, melainkan ekspor obrolan WhatsApp:

# %% [markdown] tags=["en"]
# Mind how differently they write the same things: dates, money and gender, each in three ways. In the finance book all items of an invoice even stand in **one cell**. Another source is no table at all, but the export of a WhatsApp chat:

# %%
chat.report().explain(depth="short")

# %%
chat.table["kind"].value_counts().rename_axis("kind").to_frame("messages")

# %% [markdown] tags=["id"]
# ## 2. Satu huruf
#
# Kasir menulis `L` dan `P`: laki-laki, **p**erempuan. Buku keuangan menulis `P` dan `W`: **p**ria, wanita. Keduanya benar, masing-masing di rumahnya sendiri. Mari kita lihat apa yang
# terjadi bila daftar pelanggan kelima sumber ditumpuk begitu saja, lalu dihitung per kode.

# %% [markdown] tags=["en"]
# ## 2. One letter
#
# The till writes `L` and `P`: *laki-laki* (male), ***p**erempuan* (female). The finance book writes `P` and `W`: ***p**ria* (male), *wanita* (female). Both are right, each in its own house.
# Let us see what happens when the five lists of customers are simply piled up and counted by code.

# %%
tills, web = xyz.pos_sales(raw), xyz.web_sales(raw)
people = xyz.sources(raw, web, xyz.chat(raw, tills.tables["orders"]))
codes = people.codes("gender")
codes.table.groupby("code")["rows"].sum().to_frame("rows")

# %%
codes.figure()

# %% [markdown] tags=["id"]
# Batang `P` berwarna dua. Siapa pun yang menjumlahkan menurut kode telah memasukkan para pria dari buku keuangan ke dalam kelompok perempuan, dan **tidak ada pesan kesalahan** yang muncul.
# Tidak ada yang dapat ditebak dari hurufnya; yang tahu hanya orang yang mengenal sumbernya. Karena itu petanya **milik sumber**, bukan milik kolom:
#
# | sumber | kode | arti |
# |---|---|---|
# | kasir, personalia | `L` / `P` | laki-laki / perempuan |
# | keuangan | `P` / `W` | laki-laki / perempuan |
# | toko daring | `M`, `Male` / `F`, `Female` | laki-laki / perempuan |
#
# Setelah setiap sumber diterjemahkan dengan petanya sendiri:

# %% [markdown] tags=["en"]
# The bar `P` has two colours. Whoever adds up by code has put the men of the finance book among the women, and **no error message** appears. Nothing can be guessed from the letter; only
# somebody who knows the source can tell. So the map **belongs to the source**, not to the column:
#
# | source | code | meaning |
# |---|---|---|
# | till, personnel | `L` / `P` | male / female |
# | finance | `P` / `W` | male / female |
# | online shops | `M`, `Male` / `F`, `Female` | male / female |
#
# After every source is translated with its own map:

# %%
codes.table.groupby("meaning")["rows"].sum().to_frame("rows")

# %%
codes.explain()

# %% [markdown] tags=["id"]
# ## 3. Siapa sama dengan siapa
#
# ### 3.1 Dengan angka yang dapat dihitung tangan
#
# Sebuah toko punya 500 pelanggan di kasir dan 300 di buku keuangan; 240 di antaranya orang yang sama. Berapa orang seluruhnya?
#
# $$\text{entitas} = 500 + 300 - 240 = 560 \qquad \text{tingkat cocok} = \frac{240}{300} = 80\%$$
#
# Perhatikan pembaginya. Delapan puluh persen **dari buku keuangan**; dari sisi kasir hanya $240/500 = 48\%$. Angka "tingkat cocok" tanpa pembagi tidak berarti apa-apa.

# %% [markdown] tags=["en"]
# ## 3. Who is who
#
# ### 3.1 With numbers to work out by hand
#
# A shop has 500 customers at the till and 300 in the finance book; 240 of them are the same people. How many people are there?
#
# $$\text{entities} = 500 + 300 - 240 = 560 \qquad \text{match rate} = \frac{240}{300} = 80\%$$
#
# Mind the denominator. Eighty percent **of the finance book**; seen from the till it is only $240/500 = 48\%$. A "match rate" without its denominator means nothing.

# %%
till_phones = [f"0812-{i:04}-5678" for i in range(500)]
book_phones = [f"+62 812 {i:04} 5678" for i in range(260, 560)]
toy = Sources(
    Feed("pos", pd.DataFrame({"kode": range(500), "hp": till_phones}), "kode", {"hp": "phone"}),
    Feed("finance", pd.DataFrame({"kartu": range(300), "telepon": book_phones}), "kartu", {"telepon": "phone"}),
)
match(toy, on=["phone"]).explain()

# %% [markdown] tags=["id"]
# Nomor teleponnya ditulis dengan dua cara; dibandingkan huruf demi huruf, tidak satu pun akan cocok. Penyeragaman datang **sebelum** pencocokan.
#
# ### 3.2 PT XYZ
#
# Setiap sumber punya nomornya sendiri (`PLG…`, `K-…`, `U…`), jadi nomor tidak dapat dipakai. Yang dipakai adalah hal yang melekat pada orangnya, dari yang paling kuat:

# %% [markdown] tags=["en"]
# The phone numbers are written in two ways; compared letter by letter, none would match. Standardising comes **before** matching.
#
# ### 3.2 PT XYZ
#
# Every source has numbers of its own (`PLG…`, `K-…`, `U…`), so these are of no use. What serves is what belongs to the person, the strongest first:

# %%
found = xyz.who_is_who(people)
pd.Series({rule: int((found.links["rule"] == rule.replace("+", " + ")).sum()) for rule in xyz.people.RULES}, name="links").to_frame()

# %%
found.explain()

# %%
found.figure()

# %% [markdown] tags=["id"]
# Seberapa baik hasilnya? PT XYZ adalah dunia buatan, jadi kebenarannya diketahui: untuk setiap nomor di setiap sumber kita tahu siapa orangnya. Di dunia nyata Anda memeriksa sampel dengan
# tangan. Dua ukuran:
#
# * **presisi**: dari tautan yang dibuat, berapa yang benar? Presisi rendah berarti orang yang berbeda disatukan, dan surat tagihan Budi sampai ke Siti;
# * **recall**: dari tautan yang seharusnya ada, berapa yang ditemukan? Recall rendah berarti satu orang tetap terhitung beberapa kali.
#
# Bandingkan aturan kita dengan beberapa jalan pintas yang sering dipakai.

# %% [markdown] tags=["en"]
# How good is it? PT XYZ is a made world, so the truth is known: for every number in every source we know who is meant. In the real world you check a sample by hand. Two measures:
#
# * **precision**: of the links that were made, how many are right? Low precision means that different people became one, and Budi's bill reaches Siti;
# * **recall**: of the links that should be there, how many were found? Low recall means that one person still counts several times.
#
# Compare our rules with some shortcuts that are often taken.

# %%
truth = crm.datasets.load_retail("S", layer="truth").tables["source_keys"].astype({"source": str})


def quality(report):
    """Precision and recall of the links between any two records of different sources."""
    till = report.links[report.links["source"] == "pos"].assign(person=lambda t: t["unit"].str[3:].astype(int))
    rest = report.links.merge(truth, left_on=["source", "key"], right_on=["source", "source_key"])
    pairs = rest.merge(till[["entity_id", "person"]].drop_duplicates(), on="entity_id")
    right = (pairs["customer_id"] == pairs["person"]).sum()
    should = rest["customer_id"].isin(till["person"]).sum()
    return {"links": len(pairs), "precision": right / len(pairs), "recall": right / should, "open": report.facts["open_conflicts"]}


def plain_join(column):
    """What a plain join makes of it: every pair with the same value, however many there are."""
    till = people.clean("pos").assign(person=people["pos"].units.str[3:].astype(int))[[column, "person"]].dropna().drop_duplicates()
    others = pd.concat([people.clean(s).assign(source=s, key=people[s].keys)[["source", "key", column]] for s in list(people)[1:] if column in people.clean(s)])
    pairs = others.merge(till, on=column).merge(truth, left_on=["source", "key"], right_on=["source", "source_key"])
    right = (pairs["customer_id"] == pairs["person"]).sum()
    return {"links": len(pairs), "precision": right / len(pairs), "recall": right / truth["customer_id"].isin(till["person"]).sum(), "open": 0}


shortcuts = {
    "name": match(people, on=["name"], check=[]),
    "phone": match(people, on=["phone"], check=[]),
    "name+city": match(people, on=["name+city"], check=[]),
    "ours": found,
}
compared = pd.DataFrame({"plain join on name": plain_join("name"), "plain join on phone": plain_join("phone")} | {rule: quality(report) for rule, report in shortcuts.items()}).T
compared.assign(**{c: compared[c].map(crm.labels.percent) for c in ("precision", "recall")}).astype({"links": int, "open": int})

# %% [markdown] tags=["id"]
# Baca baris demi baris.
#
# * **Join biasa** atas nama memasangkan setiap orang dengan semua yang senama: sebagian tautannya menyatukan orang yang berbeda, dan setiap pasangan yang salah juga melipatgandakan baris penjualan.
# * **Nama saja**, dengan mesin yang menolak menebak, tidak salah; tetapi bila dua orang senama, ia tidak memilih. Catatan itu didaftar di kolom `open` dan diserahkan kepada orang.
# * **Telepon saja** juga melewatkan sebagian: kartu yang teleponnya kosong, kontak WhatsApp yang disimpan dengan nama, dan keluarga yang berbagi satu nomor.
# * Aturan berjenjang menangkap yang terlewat: yang tidak dapat diputuskan oleh telepon diputuskan oleh nama dan tanggal lahir.
#
# Apa isi daftar pertentangan itu?

# %% [markdown] tags=["en"]
# Read it row by row.
#
# * A **plain join** on the name pairs everybody with all who are called the same: some of its links make one person of two, and every wrong pair multiplies rows of sales besides.
# * **The name alone**, with a machine that refuses to guess, makes no mistake; but where two people share a name, it does not choose. Such records are listed in the column `open` and left to a person.
# * **The phone alone** misses some too: cards without a phone, WhatsApp contacts saved under a name, and families that share one number.
# * Rules in steps catch what was missed: what the phone can't settle is settled by name and birthday.
#
# What stands in that list of conflicts?

# %%
by_phone = shortcuts["phone"].open.groupby(["kind", "source"]).size().to_frame("records")
by_phone

# %% [markdown] tags=["id"]
# `one_to_many` berarti satu catatan cocok dengan beberapa orang: suami dan istri dengan satu ponsel, misalnya. Mengambil "yang pertama saja" akan tampak berhasil dan salah separuh waktu. Mesin yang baik
# **menolak menebak** dan mengatakannya.
#
# ## 4. Nilai siapa yang menang
#
# Kini satu orang punya beberapa catatan, dan catatan itu tidak selalu sepakat. Aturannya ditulis sebagai data, kolom demi kolom, sehingga dapat dibaca dan diperdebatkan oleh orang yang bukan pemrogram:

# %% [markdown] tags=["en"]
# `one_to_many` means that one record fits several people: husband and wife with one mobile, say. To take "just the first" would seem to work and be wrong half the time. A good machine **refuses to guess** and
# says so.
#
# ## 4. Whose value wins
#
# One person now has several records, and these do not always agree. The rule is written as data, field by field, so that people who do not program can read it and argue about it:

# %%
pd.Series({field: " › ".join(order) for field, order in xyz.people.WHO_WINS.items()}, name="order").to_frame()

# %%
one = combine(people, found, xyz.people.WHO_WINS, fields=xyz.people.FIELDS)
one.figure()

# %%
one.conflicts.groupby(["field", "source", "reason"]).size().to_frame("values")

# %% [markdown] tags=["id"]
# Setiap nilai menyimpan alasannya: `priority` (sumbernya lebih utama), `first_entry` (kasir mencatat orang itu dua kali, yang pertama dipakai), `only`, `agreed`. Huruf besar dan gelar tidak dihitung
# sebagai pertentangan; ejaan yang berbeda dan surel yang berbeda dihitung.
#
# Dua aturan lain tersedia: `"latest"` (yang paling baru diubah) dan `"agree"` (dibiarkan kosong kecuali semua sepakat). Coba pada contoh kecil:

# %% [markdown] tags=["en"]
# Every value keeps its reason: `priority` (its source comes first), `first_entry` (the till has that person twice, the first is taken), `only`, `agreed`. Capitals and titles are no disagreement; another
# spelling and another address are.
#
# Two more rules are there: `"latest"` (what was changed last) and `"agree"` (left open unless all agree). Try them on a small example:

# %%
desk = pd.DataFrame({"id": ["A"], "hp": ["0812-3456-7890"], "kota": ["Bandung"], "diubah": pd.to_datetime(["2019-03-01"])})
book = pd.DataFrame({"no": ["F1"], "hp": ["628123456-7890"], "kota": ["Cimahi"], "diubah": pd.to_datetime(["2020-06-01"])})
names = {"hp": "phone", "kota": "city", "diubah": "updated_at"}
pair = Sources(Feed("pos", desk, "id", names, updated="updated_at"), Feed("finance", book, "no", names, updated="updated_at"))
same = match(pair, on=["phone"])
pd.concat({rule: combine(pair, same, {"city": rule}, fields=["city"]).conflicts for rule in ("priority", "latest", "agree")}).droplevel(1)[["value", "source", "reason", "others"]]

# %% [markdown] tags=["id"]
# ## 5. Seluruh jalan, dan kembali ke selnya
#
# Semua langkah tadi, ditambah penjualan, ada dalam satu perintah. Di dalamnya tetap langkah-langkah yang sama, dan masing-masing dapat dipanggil sendiri.

# %% [markdown] tags=["en"]
# ## 5. The whole way, and back to the cell
#
# All these steps, and the sales besides, come in one command. Within are still the same steps, and each can be called alone.

# %%
run = crm.integration.retail(shop)
run.explain()

# %%
run.figure()

# %%
run.refused[["file", "sheet", "row", "reason", "value"]]

# %% [markdown] tags=["id"]
# Dua baris ditolak, keduanya baris `JUMLAH` di ujung lembar keuangan: bukan transaksi, dan bila ikut dihitung akan menggandakan omzet korporat. Baris itu tidak dibuang diam-diam; ia berguna sebentar lagi.
#
# Sekarang pertanyaan yang paling sering diajukan auditor: *"Angka ini dari mana?"* Ambil plafon kredit terbesar:

# %% [markdown] tags=["en"]
# Two rows were refused, both of them the `JUMLAH` (sum) at the end of a sheet of the finance book: no transaction, and counted in it would double the corporate revenue. It was not dropped silently; we shall
# need it in a moment.
#
# Now the question that auditors ask most: *"Where does this figure come from?"* Take the largest credit limit:

# %%
top = run["customers"].nlargest(1, "credit_limit").iloc[0]
where = run.lineage("customers", customer_id=int(top["customer_id"]))
where[where["field"].isin(["city", "industry", "credit_limit"])][["field", "value", "reason", "file", "sheet", "row", "cell"]]

# %% [markdown] tags=["id"]
# Buka `finance.xlsx`, lembar dan sel itu, dan angkanya ada di sana. Hal yang sama berlaku untuk setiap baris fakta. Satu baris penjualan lapangan, misalnya, berasal dari satu sel `Rincian`:

# %% [markdown] tags=["en"]
# Open `finance.xlsx`, that sheet and that cell, and there it stands. The same holds for every row of the facts. One line of field sales, say, comes from one cell of `Rincian`:

# %%
fact = run["fact_sales_line"].query("source == 'finance'").iloc[0]
print(fact[["order_id", "line", "product_id", "quantity", "gross_amount", "discount", "amount"]].to_dict())
cells = run.lineage("fact_sales_line", order_id=int(fact["order_id"]), line=int(fact["line"]))
cells[cells["column"].isin(["No. Faktur", "Rincian", "Bruto", "Diskon", "Nilai Faktur"])][["file", "row", "cell", "column", "value"]]

# %% [markdown] tags=["id"]
# ## 6. Bukti bahwa jumlahnya tetap
#
# Integrasi yang salah jarang tampak salah. Karena itu jumlahnya dibuktikan, dengan cara yang **tidak** memakai jalan yang sama. Kita baca berkas mentahnya sekali lagi dengan beberapa baris pandas dan
# bandingkan dengan bintang.

# %% [markdown] tags=["en"]
# ## 6. Proof that the sums stay
#
# Integration gone wrong seldom looks wrong. So the sums are proved, in a way that does **not** use the same road. We read the raw files once more with a few lines of pandas and compare with the star.

# %%
def rupiah(texts):
    return texts.str.replace(r"\.00$|\D", "", regex=True).astype("int64")


tables = shop.tables
pos, online, bills = tables["pos"], tables["web"], tables["finance_faktur"]
status = pos["STATUS"].where(pos["STATUS"] != "").ffill()
by_hand = {
    "pos": rupiah(pos.loc[status != "BATAL", "JUMLAH"]).sum(),
    "web": rupiah(online.loc[online["status"] != "dibatalkan", "subtotal"]).sum(),
    "finance": rupiah(bills["Nilai Faktur"].iloc[:-1]).sum(),
}
in_star = run["fact_sales_line"].groupby("source")["amount"].sum()
proof = pd.DataFrame({"by hand": by_hand, "in the star": in_star})
proof.loc["total"] = proof.sum()
proof.assign(difference=proof["in the star"] - proof["by hand"]).map(crm.labels.money)

# %% [markdown] tags=["id"]
# Selisihnya nol di setiap sumber. Masih ada dua saksi lain. Baris `JUMLAH` yang tadi ditolak adalah *jumlah kontrol* yang dihitung bagian keuangan sendiri; dan admin WhatsApp menulis total setiap pesanan di
# obrolan, jauh dari sistem kasir:

# %% [markdown] tags=["en"]
# The difference is nil for every source. There are two more witnesses. The `JUMLAH` row that was refused is a *control total* which finance worked out itself; and the WhatsApp desk wrote the total of every
# order into the chat, far from the till's system:

# %%
control = int(rupiah(bills["Nilai Faktur"].iloc[-1:]).iloc[0])
said = run["messages"].dropna(subset=["order_id"])
print(crm.labels.money(control), control == by_hand["finance"])
print(len(said), "totals in the chat,", int(said["agrees"].sum()), "agree with the till")

# %% [markdown] tags=["id"]
# Terakhir, lapisan bersih yang disertakan PT XYZ adalah kunci jawaban. Bandingkan nilai demi nilai:

# %% [markdown] tags=["en"]
# Last, the clean layer that PT XYZ ships is the answer key. Compare value by value:

# %%
check = xyz.reproduced(run)
check.figure()

# %%
check.table[check.table["equal"] < check.table["rows"]]

# %% [markdown] tags=["id"]
# Yang berbeda bukan kesalahan, melainkan **celah**: tidak satu pun sumber mencatat jam terbit faktur atau barang yang dikembalikan pelanggan korporat. Tidak ada integrasi yang dapat menciptakan data yang tidak pernah
# dicatat. Celah seperti ini dibahas di notebook 04.
#
# Dan jawaban untuk direktur:

# %% [markdown] tags=["en"]
# What differs is no mistake but a **gap**: no source wrote down the hour of an invoice, or what corporate customers brought back. No integration can create data that were never recorded. Such gaps are the subject of
# notebook 04.
#
# And the answer for the director:

# %%
cube = crm.Cube(run.star(), measures=[crm.Measure.from_dict(m) for m in run.description["measures"]])
cube.view(by=["channel"], measures=["revenue", "orders", "customers"])

# %% [markdown] tags=["id"]
# Kolom pelanggan **tidak** dapat dijumlahkan ke bawah: orang yang berbelanja di toko dan di situs web adalah satu orang. Totalnya dihitung dari orangnya, dan itu baru mungkin setelah kelima sumber tahu siapa sama
# dengan siapa.
#
# ## 7. Dua hal yang ditolak
#
# Mata uang dan zona waktu tidak pernah disamakan diam-diam. Cabang di Jayapura mencatat pukul 23.30 WIT, kantor pusat pukul 23.30 WIB; pemasok menagih dalam dolar. crmlab berhenti dan bertanya:

# %% [markdown] tags=["en"]
# The customers' column can **not** be added downwards: who buys in the store and on the website is one person. The total is counted from people, and that is possible only once the five sources know who is who.
#
# ## 7. Two things that are refused
#
# Currencies and time zones are never made equal silently. A branch in Jayapura writes 23:30 in its own zone (WIT), the head office 23:30 in Jakarta's (WIB); a supplier bills in dollars. crmlab stops and asks:

# %%
local = Feed("pos", pd.DataFrame({"no": [1], "amount": [150_000]}), "no", currency="IDR")
abroad = Feed("supplier", pd.DataFrame({"no": [1], "amount": [10]}), "no", currency="USD")
try:
    stack(Sources(local, abroad), ["amount"])
except crm.UserError as refused:
    print(refused)
stack(Sources(local, abroad, currency="IDR", rates={"USD": 14_105}), ["amount"]).facts["amount"]

# %% [markdown] tags=["id"]
# Sepuluh dolar menjadi rupiah hanya setelah Anda menyebut kursnya, dan kurs itu tersimpan di parameter hasilnya.
#
# ## Tugas
#
# 1. Kasir mencatat 6 `L` dan 4 `P`; keuangan mencatat 5 `P` dan 5 `W`. Berapa laki-laki dan perempuan? Berapa bila ditumpuk begitu saja? Buktikan dengan `Sources(...).codes("gender")`. *(Periksa: 11 dan 9; ditumpuk: L 6, P 9, W 5.)*
# 2. Tambahkan satu baris berkode `1` di sumber keuangan pada Tugas 1. Menjadi apa nilainya, dan di mana ia didaftar? *(Petunjuk: `sources.unmapped`.)*
# 3. Pada contoh 500 dan 300, ubah `range(260, 560)` menjadi `range(350, 650)`. Berapa entitas dan tingkat cocoknya? Hitung dulu dengan tangan. *(Periksa: 650 dan 50%.)*
# 4. Anggap 300 kartu itu sampel dari buku yang jauh lebih besar: `match(toy, on=["phone"], sampled=True)`. Berapa selang 95% tingkat cocoknya? *(Periksa: kira-kira 75% sampai 84%.)*
# 5. Cocokkan `people` dengan `on=["name+born_on"]` saja. Mengapa recall untuk toko daring rendah? *(Petunjuk: apa yang disimpan marketplace untuk dirinya sendiri?)*
# 6. Matikan pemeriksaan dengan `check=[]` dan pakai aturan yang sama dengan kita. Apakah ada tautan yang berubah? Kapan pemeriksaan itu penting?
# 7. Buat dua catatan dengan satu telepon tetapi tanggal lahir 1980 dan 2008. Apa yang dikatakan `match`, dan mengapa itu benar? *(Periksa: `different_person`.)*
# 8. Ubah aturan `email` menjadi `["web", "pos"]`. Berapa nilai yang kini berasal dari toko daring? Aturan mana yang lebih masuk akal untuk kampanye surel, dan apa alasannya?
# 9. Pilih satu pesanan dari `run["sales"]` dengan `source == "web"` dan telusuri dengan `run.lineage("sales", order_id=...)`. Di baris berapa ia berada? Buka berkasnya dan periksa.
# 10. Salin keenam berkas ke folder sendiri, ubah satu `JUMLAH` di `pos.csv`, lalu jalankan `crm.integration.retail(folder)`. Baris mana yang ditolak dan mengapa? Berapa omzet yang hilang? *(Periksa: tepat sebesar baris itu.)*
# 11. Hapus satu pelanggan dari `pos_pelanggan.csv` di folder itu. Apakah omzetnya berubah? Ke mana penjualannya? *(Petunjuk: Tidak diketahui.)*
# 12. Hapus baris `JUMLAH` dari penolakan: apa yang terjadi pada omzet korporat bila baris itu dihitung sebagai faktur? *(Periksa: menjadi dua kali lipat.)*
# 13. Rancang integrasi untuk rumah sakit: pendaftaran, farmasi, laboratorium, dan BPJS. Kunci apa yang ada? Sumber mana yang menang untuk alamat, alergi, dan penjamin, dan siapa yang memutuskan?
# 14. Direktur meminta "tingkat cocok 100%". Tulis tiga kalimat yang menjelaskan mengapa mengejar angka itu dapat merugikan pelanggan.

# %% [markdown] tags=["en"]
# Ten dollars become rupiah only after you name the rate, and the rate is kept in the result's parameters.
#
# ## Tasks
#
# 1. The till has 6 `L` and 4 `P`; finance has 5 `P` and 5 `W`. How many men and women are there? How many when simply piled up? Prove it with `Sources(...).codes("gender")`. *(Check: 11 and 9; piled up: L 6, P 9, W 5.)*
# 2. Add a row with the code `1` to the finance source of task 1. What becomes of its value, and where is it listed? *(Hint: `sources.unmapped`.)*
# 3. In the example of 500 and 300, change `range(260, 560)` to `range(350, 650)`. How many entities, and what match rate? Work it out by hand first. *(Check: 650 and 50%.)*
# 4. Take the 300 cards for a sample of a much larger book: `match(toy, on=["phone"], sampled=True)`. What is the 95% interval of the match rate? *(Check: about 75% to 84%.)*
# 5. Match `people` with `on=["name+born_on"]` alone. Why is recall low for the online shops? *(Hint: what does a marketplace keep to itself?)*
# 6. Switch the checks off with `check=[]` and use the same rules as we do. Does any link change? When does that check matter?
# 7. Make two records with one phone but birthdays in 1980 and 2008. What does `match` say, and why is it right? *(Check: `different_person`.)*
# 8. Change the rule for `email` to `["web", "pos"]`. How many values now come from the online shops? Which rule makes more sense for a mailing, and why?
# 9. Choose an order of `run["sales"]` with `source == "web"` and follow it with `run.lineage("sales", order_id=...)`. In which row does it stand? Open the file and look.
# 10. Copy the six files to a folder of yours, change one `JUMLAH` in `pos.csv`, and run `crm.integration.retail(folder)`. Which row is refused, and why? How much revenue is gone? *(Check: exactly that row's.)*
# 11. Take one customer out of `pos_pelanggan.csv` in that folder. Does revenue change? Where did the sales go? *(Hint: Unknown.)*
# 12. Suppose the `JUMLAH` row had not been refused: what happens to corporate revenue if it counts as an invoice? *(Check: it doubles.)*
# 13. Design the integration of a hospital: registration, pharmacy, laboratory, national insurance. Which keys are there? Which source wins for address, allergies and payer, and who decides that?
# 14. The director asks for "a match rate of 100%". Write three sentences on why chasing that figure may harm customers.
