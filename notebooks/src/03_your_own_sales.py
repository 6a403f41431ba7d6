# %% [markdown] tags=["id"]
# # 03 · Membawa berkas penjualan sendiri
#
# **Pertanyaannya.** Koperasi karyawan *Maju Bersama* buka tanggal 1 sampai 10 setiap bulan. Bendahara mengirim satu berkas dari mesin kasir dan bertanya: *kategori mana yang paling
# banyak menghasilkan, dan benarkah anggota makin sering memesan lewat WhatsApp?*
#
# Berkas sungguhan jarang rapi. Sebelum menjawab, kita harus tahu apakah kita **membacanya** dengan benar. Di notebook ini Anda akan
#
# 1. melihat dua hal yang *tidak mungkin ditebak* dari isinya, dan apa akibatnya kalau tetap ditebak;
# 2. mempertanggungjawabkan setiap baris: dipakai, atau ditolak beserta alasannya;
# 3. menyusun bintang dan kubus, lalu menjawab bendahara, dalam kurang dari sepuluh baris kode.
#
# Ganti alamat berkasnya dengan milik Anda, dan langkah yang sama berlaku.

# %% [markdown] tags=["en"]
# # 03 · Bring your own sales file
#
# **The question.** The staff co-operative *Maju Bersama* is open on the first ten days of every month. Its treasurer sends one file from the cash register and asks: *which category
# brings in most, and is it true that members order more and more by WhatsApp?*
#
# Real files are seldom tidy. Before answering, we must know that we **read** it rightly. In this notebook you
#
# 1. meet two things that *can't be guessed* from what the file holds, and see what happens when one guesses all the same;
# 2. account for every row: used, or refused with the reason;
# 3. build a star and a cube and answer the treasurer, in less than ten lines of code.
#
# Put the path of your own file in its place, and the same steps hold.

# %% [markdown] tags=["id"]
# ## 1. Berkasnya
#
# Supaya notebook ini berjalan di mana saja, kita buat berkasnya sendiri: titik koma sebagai pemisah, tanggal bergaya Indonesia, dan harga dengan titik ribuan. Di ujungnya ada
# beberapa baris yang wajar dijumpai pada berkas sungguhan: tanggal yang tidak terbaca, harga "gratis", pembeli yang kosong, satu retur, dan baris TOTAL.

# %% [markdown] tags=["en"]
# ## 1. The file
#
# So that this notebook runs anywhere, we make the file ourselves: semicolons between the columns, dates as Indonesians write them, prices with a dot for thousands. At its end stand some
# rows as one meets them in real files: a date that can't be read, a price that says "gratis" (free), a buyer left blank, one return, and a TOTAL row.

# %%
import random
import tempfile
from pathlib import Path
from textwrap import fill

import crmlab as crm
import pandas as pd

dice = random.Random(10)
goods = [
    ("Beras 5 kg", "Sembako", "68.000"),
    ("Minyak 1 l", "Sembako", "17.500"),
    ("Gula 1 kg", "Sembako", "14.000"),
    ("Kopi bubuk", "Minuman", "23.500"),
    ("Teh celup", "Minuman", "9.500"),
    ("Sabun mandi", "Kebersihan", "4.500"),
    ("Deterjen", "Kebersihan", "19.000"),
]
members = ["Agus", "Bella", "Citra", "Dedi", "Eko", "Fitri", "Gita", "Hadi", "Intan", "Joko", "Kartini", "Lukman", "Maya", "Nanda", "Oki"]
members += ["Putri", "Qori", "Rahmat", "Sari", "Tono", "Umi", "Vina", "Wawan", "Yanti", "Zaki"]

lines = ["No Nota;Tgl;Pembeli;Barang;Kategori;Saluran;Qty;Harga"]
for month in range(1, 13):
    for day in range(1, 11):
        for _ in range(dice.randint(1, 3)):
            item, category, price = dice.choice(goods)
            channel = dice.choices(["Toko", "WhatsApp"], [14 - month, month])[0]
            lines.append(f"K{len(lines):04d};{day:02d}/{month:02d}/2024;{dice.choice(members)};{item};{category};{channel};{dice.randint(1, 4)};{price}")
lines += [
    "K9001;akhir bulan;Bella;Teh celup;Minuman;Toko;1;9.500",
    "K9002;05/12/2024;Hadi;Deterjen;Kebersihan;Toko;1;gratis",
    "K9003;06/12/2024;;Gula 1 kg;Sembako;WhatsApp;2;14.000",
    "K9004;07/12/2024;Intan;Beras 5 kg;Sembako;Toko;-1;68.000",
    "TOTAL;;;;;;612;",
]
path = Path(tempfile.mkdtemp()) / "koperasi.csv"
path.write_text("\n".join(lines), encoding="utf-8")
print("\n".join(lines[:4] + ["..."] + lines[-5:]))

# %% [markdown] tags=["id"]
# ## 2. Pertanyaan yang tidak boleh dijawab oleh komputer
#
# Kita coba membacanya.

# %% [markdown] tags=["en"]
# ## 2. Questions that a computer must not answer
#
# Let us try to read it.

# %%
def attempt(**answers):
    try:
        return crm.ingest.read(path, **answers)
    except crm.UserError as question:
        print(fill(str(question), 110))


attempt()

# %% [markdown] tags=["id"]
# crmlab tidak menebak, dan ia benar. Koperasi hanya buka tanggal 1–10, jadi setiap tanggal di berkas ini sah dibaca dengan dua cara: `03/04/2024` bisa 3 April, bisa juga
# 4 Maret. Pada berkas toko biasa pasti ada tanggal 13 ke atas yang membuktikan urutannya; di sini tidak ada.
#
# Apa ruginya kalau ditebak? Kita baca dengan kedua jawaban dan bandingkan omzet per bulan.

# %% [markdown] tags=["en"]
# crmlab does not guess, and it is right. The co-operative opens on the 1st to the 10th only, so every date in this file can be read in two ways: `03/04/2024` may be 3 April or
# 4 March. In an ordinary shop's file some day of 13 or more would prove the order; here none does.
#
# What harm would a guess do? We read with both answers and compare revenue by month.

# %%
by_month = {}
for order in ("day", "month"):
    table = attempt(date_order=order, decimal=",").table
    by_month[order] = table.groupby(table["ordered_at"].dt.month)["amount"].sum()
pd.DataFrame(by_month).rename_axis("month").map(crm.labels.money)

# %% [markdown] tags=["id"]
# Jumlah setahun sama. Tetapi pada bacaan kedua, koperasi tiba-tiba "tidak berjualan" pada bulan November dan Desember, dan tren bulanannya karangan belaka. Tidak ada pesan kesalahan yang
# akan mengingatkan Anda. Karena itulah kolom yang meragukan **ditanyakan**, bukan ditebak.
#
# Bendahara menjawab: tanggal dulu. Kita jawab pertanyaan pertama, lalu mencoba lagi.

# %% [markdown] tags=["en"]
# The year's sum is the same. But in the second reading the co-operative suddenly "sold nothing" in November and December, and its monthly trend is fiction. No error message would ever warn
# you. That is why a doubtful column is **asked about**, not guessed.
#
# The treasurer answers: day first. We give the first answer and try again.

# %%
attempt(date_order="day")

# %% [markdown] tags=["id"]
# Pertanyaan kedua sama bahayanya: `68.000` itu enam puluh delapan ribu, atau enam puluh delapan koma nol? Bagi pembaca Indonesia jelas, bagi berkas dari mesin kasir buatan luar negeri
# tidak. Salah baca di sini membuat omzet seribu kali lebih kecil.
#
# Keduanya kini terjawab:

# %% [markdown] tags=["en"]
# The second question is as dangerous: is `68.000` sixty-eight thousand, or sixty-eight point nought? To an Indonesian reader it is plain, to a file from a foreign-made cash register it is
# not. To misread it makes revenue a thousand times smaller.
#
# Now both are answered:

# %%
mine = crm.ingest.read(path, date_order="day", decimal=",")
mine

# %% [markdown] tags=["id"]
# Tabel itu mengatakan apa yang *ditebak* dan dari mana: judul kolom `Tgl` dikenali sebagai tanggal pesanan, `Pembeli` sebagai pelanggan. Salah satu saja keliru, beri tahu lewat
# `columns={"Pembeli": "customer_id"}`.
#
# ## 3. Mempertanggungjawabkan setiap baris
#
# Ini persamaan yang harus selalu berlaku:
#
# $$\text{baris dibaca} = \text{baris dipakai} + \text{baris ditolak}$$

# %% [markdown] tags=["en"]
# The table says what was *guessed* and from what: the header `Tgl` was recognised as the order's date, `Pembeli` as the customer. If one of them is wrong, say so with
# `columns={"Pembeli": "customer_id"}`.
#
# ## 3. Accounting for every row
#
# This equation must always hold:
#
# $$\text{rows read} = \text{rows used} + \text{rows refused}$$

# %%
mine.report().explain(depth="short")

# %%
mine.quarantine[["source_row", "reason", "reason_column", "reason_value"]]

# %% [markdown] tags=["id"]
# Nomor barisnya adalah nomor baris di berkas, seperti yang Anda lihat di Excel, sehingga bendahara dapat langsung memperbaikinya. Perhatikan juga apa yang **tidak** ditolak:
#
# * pembeli kosong: penjualannya nyata, jadi tetap dihitung, sebagai pelanggan *tidak diketahui*;
# * jumlah −1: itu retur, bukan kesalahan; ia mengurangi omzet.

# %% [markdown] tags=["en"]
# The row numbers are those of the file, as a spreadsheet shows them, so the treasurer can mend them at once. Mind also what was **not** refused:
#
# * the blank buyer: the sale is real, so it counts, under an *unknown* customer;
# * the quantity −1: that is a return, not a mistake; it takes from revenue.

# %%
mine.table.tail(3)

# %% [markdown] tags=["id"]
# ## 4. Bintang, kubus, jawaban
#
# Seluruh jalan, dari berkas sampai jawaban, muat dalam beberapa baris:

# %% [markdown] tags=["en"]
# ## 4. Star, cube, answer
#
# The whole road, from the file to the answer, takes a few lines:

# %%
mine = crm.ingest.read(path, date_order="day", decimal=",")
star = crm.Star.from_table(mine, personal=["customer_id"])
cube = crm.Cube(
    star,
    measures=[
        crm.Measure.sum("revenue", "sales", "amount", unit="money"),
        crm.Measure.count_distinct("customers", "sales", "customer_id"),
    ],
)
cube.view(by=["category", "product"], measures=["revenue", "customers"]).share_of("total")

# %% [markdown] tags=["id"]
# Jawaban pertama: sembako. Periksa dengan tangan: bagian sebuah kategori adalah omzetnya dibagi omzet total.

# %% [markdown] tags=["en"]
# The first answer: staple foods (*sembako*). Check it by hand: a category's share is its revenue over all revenue.

# %%
whole = cube.view(measures=["revenue"])
part, total = whole.slice(category="Sembako").totals()["revenue"], whole.totals()["revenue"]
print(crm.labels.money(part), "/", crm.labels.money(total), "=", crm.labels.percent(part / total))

# %% [markdown] tags=["id"]
# Jangan lakukan hal yang sama pada kolom pelanggan. Orang yang membeli beras *dan* gula adalah satu pelanggan sembako, bukan dua; jumlah selnya lebih besar daripada totalnya. Hitungan
# orang berbeda (*distinct count*) **tidak boleh dijumlahkan**.
#
# Sekarang WhatsApp:

# %% [markdown] tags=["en"]
# Don't do the same with the customers' column. Who buys rice *and* sugar is one customer of staple foods, not two; the cells add up to more than the total. A count of different people
# (*distinct count*) **must not be added**.
#
# Now WhatsApp:

# %%
cube.view(by=["quarter"], measures=["revenue"]).pivot("channel").share_of("row")

# %%
cube.view(by=["quarter"], measures=["revenue"], columns=["channel"]).result().figure()

# %% [markdown] tags=["id"]
# Jawaban kedua: benar. Bagian WhatsApp naik dari kuartal ke kuartal, sementara penjualan di toko menyusut. Apakah anggotanya berpindah saluran, atau orang-orang baru yang memesan lewat
# WhatsApp? Berkas ini menyimpan jawabannya; lihat Tugas 3.
#
# ## 5. Sebelum hasilnya dibagikan
#
# Nama pembeli adalah data pribadi. Di berkas ini nama dipakai sebagai nomor pelanggan; karena itu tadi kita tulis `personal=["customer_id"]`, dan crmlab menyamarkannya pada tampilan
# dan ekspor, kecuali Anda meminta lain. Rumus yang menyelinap di dalam teks (misalnya `=HYPERLINK(...)`) dimatikan
# pada berkas CSV dan XLSX, sehingga membukanya tidak menjalankan apa-apa.

# %% [markdown] tags=["en"]
# The second answer: yes. WhatsApp's share rises from quarter to quarter while sales in the store shrink. Did members change channels, or do new people order by WhatsApp? This file holds
# the answer; see task 3.
#
# ## 5. Before the result is passed on
#
# Buyers' names are personal data. In this file names serve as customer numbers; that is why we wrote `personal=["customer_id"]` above, and crmlab masks them in what it shows and
# exports, unless you ask otherwise. A formula hidden in a text (as `=HYPERLINK(...)`) is defused in CSV and XLSX
# files, so that opening them runs nothing.

# %%
cube.view(by=["customer_id"], measures=["revenue"]).top(3)

# %% [markdown] tags=["id"]
# Untuk menjelajah dengan klik, jalankan `crm.explore(cube)` di sel baru: kubus yang sama, dalam aplikasi yang sama dengan yang ada di galeri.
#
# ## Tugas
#
# 1. Jawab pertanyaan tanggal dengan `"month"`. Bulan apa yang kini terlaris, dan berapa omzet setahun? *(Periksa: omzet setahun tidak berubah.)*
# 2. Perbaiki dua baris yang ditolak (K9001 pada 8 Desember; K9002 seharga 19.000) dan baca lagi. Berapa baris yang masih ditolak? *(Periksa: 1, yaitu baris TOTAL, yang memang bukan penjualan.)*
# 3. Berapa orang yang memesan lewat WhatsApp pada kuartal pertama dan keempat? Pakai ukuran `customers` dan `pivot("channel")`. *(Periksa: ada 25 anggota.)*
# 4. Pakai berkas Anda sendiri. Pertanyaan apa yang diajukan crmlab? Adakah satu saja tanggal atau angka di berkas itu yang membuktikan jawabannya?
# 5. Barang "Teh celup" suatu hari dicatat dengan kategori "Sembako". Apa yang dilakukan `Star.from_table` dengan hierarki kategori › barang? *(Petunjuk: dua induk; lihat notebook 01 bagian 5,
#    lalu baca `star.notes`.)*

# %% [markdown] tags=["en"]
# To look around by clicking, run `crm.explore(cube)` in a new cell: the same cube, in the same app as in the gallery.
#
# ## Tasks
#
# 1. Answer the date question with `"month"`. Which month sells most now, and what is the year's revenue? *(Check: the year's revenue does not change.)*
# 2. Mend the two refused rows (K9001 on 8 December; K9002 at 19,000) and read again. How many rows are still refused? *(Check: 1, the TOTAL row, which is no sale.)*
# 3. How many people ordered by WhatsApp in the first and in the fourth quarter? Use the measure `customers` and `pivot("channel")`. *(Check: there are 25 members.)*
# 4. Take a file of your own. What does crmlab ask? Is there a single date or number in it that proves the answer?
# 5. One day "Teh celup" was written down under the category "Sembako". What does `Star.from_table` do with the hierarchy category › product? *(Hint: two parents; see notebook 01, part 5, and
#    read `star.notes`.)*
