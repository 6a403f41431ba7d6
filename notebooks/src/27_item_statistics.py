# %% [markdown] tags=["id"]
# # 27 · Statistik soal: apa yang dikatakan nilai kelas tentang soalnya
#
# **Pertanyaannya.** `crmlab grade` selesai: 120 berkas dinilai, `marks.csv` siap diunggah ke Moodle. Rata-ratanya 52%. Rekan Anda berkata: *"mahasiswa tahun ini lemah."* Barangkali. Barangkali juga soalnya yang lemah. **Mana yang benar, dan apa yang diperbaiki sebelum semester depan?**
#
# Notebook ini untuk dosen. Nilai menilai mahasiswa; statistik soal menilai **soal, kunci, dan kuliah**. Kelasnya rekaan: tidak ada mahasiswa nyata di sini. Karena rekaan, diketahui apa yang ditanam, dan Anda dapat melihat apakah angkanya menemukannya.

# %% [markdown] tags=["en"]
# # 27 · Item statistics: what a class's marks say of the questions
#
# **The question.** `crmlab grade` is done: 120 files are marked, `marks.csv` is ready for Moodle. The mean is 52%. A colleague says: *"this year's students are weak."* Perhaps. Perhaps the questions are. **Which is it, and what is to be mended before next semester?**
#
# This notebook is for lecturers. Marks judge students; item statistics judge **questions, keys and lectures**. The class is made up: no real student is in it. As it is made up, it is known what was planted, and you can see whether the figures find it.

# %% [markdown] tags=["id"]
# ## 1. Dari `crmlab grade` ke baris jawaban
#
# Perintah `crmlab grade kumpulan/ --class kelas.csv --out marks.csv` menulis nilai, dan di sampingnya `marks-items.csv`: satu baris untuk setiap mahasiswa dan soal. Untuk kelas Anda sendiri cukup satu baris kode, `crm.items.read("marks-items.csv")`. Di sini kelas rekaan ditulis dahulu ke berkas yang bentuknya sama:

# %% [markdown] tags=["en"]
# ## 1. From `crmlab grade` to rows of answers
#
# The command `crmlab grade handed-in/ --class class.csv --out marks.csv` writes the marks, and beside them `marks-items.csv`: one row a student and question. For your own class one line of code is enough, `crm.items.read("marks-items.csv")`. Here the made-up class is first written to a file of the same form:

# %%
import tempfile
from pathlib import Path

import crmlab as crm

made = crm.items.make_class()
with tempfile.TemporaryDirectory() as folder:
    files = made.write(Path(folder))
    rows = crm.items.read(files["items"])
    alike = crm.items.read_likenesses(files["copies"])
first, second = made.sets
print(len(rows), rows["student"].nunique(), made.sets)
rows[["question", "points", "max_points", "verdict", "name", "attempts", "solution"]].head(4)

# %% [markdown] tags=["id"]
# Putusannya (`right`, `nearly`, `misconception`, `wrong`, `open`) dan nama miskonsepsinya datang dari penilaian. Nomor mahasiswa tidak ditampilkan di sini: statistik soal tidak membutuhkannya.
#
# ## 2. Tingkat kesukaran
#
# $p = \bar{x} / x_{\max}$: pangsa poin yang diperoleh. **Makin tinggi makin mudah**, dan itulah salah paham pertama tentang angka ini. Setiap p punya selang: 120 mahasiswa hanyalah satu kelas dari banyak kelas yang mungkin.

# %% [markdown] tags=["en"]
# The verdicts (`right`, `nearly`, `misconception`, `wrong`, `open`) and the misconceptions' names come from the marking. Students' numbers are not shown here: item statistics don't need them.
#
# ## 2. Difficulty
#
# $p = \bar{x} / x_{\max}$: the share of points that was earned. **The higher, the easier**, which is the first misunderstanding of this figure. Each p has an interval: 120 students are one class of many that might have sat here.

# %%
hard = crm.items.difficulty(rows)
print(hard.explain(depth="short"))
hard.figure()

# %%
easy = hard.table.query("verdict == 'too_easy'")
print({crm.labels.name(r["question"]): crm.labels.percent(r["difficulty"]) for r in easy.to_dict("records")})
hard.explain()

# %% [markdown] tags=["id"]
# Satu soal dijawab benar oleh 99,2% mahasiswa: ia tidak memberi tahu apa pun tentang siapa pun. Bolehkah ada? Boleh, sebagai soal pembuka yang menenangkan, asal disengaja. Yang tidak boleh ialah menyebut soal "terlalu sukar" hanya karena p-nya 31,7%: selangnya melintasi batas 30%, jadi **belum jelas**.
#
# ## 3. Daya beda: apakah soal ini mengukur hal yang sama dengan soal lain?
#
# Daya beda $r$ ialah korelasi poin soal itu dengan jumlah poin **soal lain** dalam setnya. Soalnya sendiri harus dikeluarkan dari jumlah, sebab kalau tidak ia berkorelasi dengan dirinya.

# %% [markdown] tags=["en"]
# One question was answered rightly by 99.2% of the students: it tells nothing of anybody. May it stay? It may, as an opening question that calms, if that is what it is for. What may not be done is to call a question "too hard" for its p of 31.7%: the interval lies across the bound of 30%, so that is **unclear**.
#
# ## 3. Discrimination: does this question measure what the others do?
#
# The discrimination $r$ is the correlation of the question's points with the sum of the **other questions** of its set. The question itself must be left out of the sum, or it correlates with itself.

# %%
apart = crm.items.discrimination(rows, first)
for note in apart.notes:
    print("-", note.render())
apart.figure()

# %%
apart.explain()

# %% [markdown] tags=["id"]
# Sebuah titik merah di kiri nol: r = −0,51, dan **seluruh** selangnya negatif. Yang kuat di soal lain justru salah di sini. Dan soal yang terlalu mudah tidak mendapat selang sama sekali: hanya satu orang yang salah, dan satu orang bukan bukti.
#
# Yang rendah banyak sebabnya. Yang negatif biasanya hanya satu: **kuncinya, atau kalimatnya, keliru**. Jadi lihat siapa yang menjawab apa. Kelas dibagi menurut soal-soal lain: 27% terbaik, 27% terlemah.

# %% [markdown] tags=["en"]
# A red point left of nought: r = −0.51, and **all** of its interval is negative. Those who are strong in the other questions are wrong in this one. And the question that is too easy gets no interval at all: a single student was wrong, and one person is no evidence.
#
# A low figure has many causes. A negative one mostly has one: **the key, or the wording, is wrong**. So look at who gave which answer. The class is split by the other questions: the best 27%, the weakest 27%.

# %%
who = crm.items.outcomes(rows, "rank_the_reasons")
print(who.explain(depth="short"))
for note in who.notes:
    print("-", note.render())
who.figure()

# %% [markdown] tags=["id"]
# Di antara yang terbaik 35% menjawab "benar", di antara yang terlemah 90%. Dan jawaban "alasan yang paling lama dulu" menarik yang **kuat**. Itu bukan miskonsepsi mereka. Lebih mungkin soalnya punya dua jawaban yang dapat dipertahankan, dan hanya yang paham melihatnya. Baca soalnya sebelum menyalahkan mahasiswa.
#
# Apa akibatnya bila keduanya diterima, atau bila kuncinya ternyata tertukar? Hitung, jangan menebak:

# %% [markdown] tags=["en"]
# Among the best 35% gave the "right" answer, among the weakest 90%. And the answer "the oldest reason first" draws the **strong**. That is not their misconception. More likely the question has two answers that can be defended, and only those who understand it see that. Read the question before you blame the students.
#
# What follows if both are accepted, or if the key turns out to be the wrong way round? Compute it, don't guess:

# %%
asked = rows["question"] == "rank_the_reasons"
other = asked & (rows["name"] == "oldest_reason_first")
both, turned = rows.copy(), rows.copy()
both.loc[other, ["points", "verdict", "name"]] = [1.0, "right", ""]
turned.loc[asked, ["points", "verdict", "name"]] = [0.0, "wrong", ""]
turned.loc[other, ["points", "verdict"]] = [1.0, "right"]

worlds = {"as it is": rows, "both": both, "turned": turned}
told = {}
for what, world in worlds.items():
    r = crm.items.discrimination(world, first).table.set_index("question").loc["rank_the_reasons", "discrimination"]
    told[what] = r, crm.items.reliability(world, first).facts["alpha"]
for what, (r, alpha) in told.items():
    print(f"{what:>8}  r = {crm.labels.number(r, decimals=2)}  alpha = {crm.labels.number(alpha, decimals=2)}")

# %% [markdown] tags=["id"]
# Kunci yang dibalik memberi angka yang paling indah, tetapi **angka tidak memutuskan kunci; isi yang memutuskan**. Bila kedua jawaban dapat dipertahankan, terima keduanya, nilai ulang, umumkan, dan tulis ulang soalnya untuk tahun depan. Dengan keduanya diterima r mendekati nol: soal itu tidak lagi menghukum yang paham, dan tidak lagi mengukur apa pun. Itulah sebabnya ia perlu ditulis ulang, bukan hanya dinilai ulang.
#
# ## 4. Keandalan: seberapa jauh jumlah poinnya dapat dipercaya?
#
# $\alpha = \frac{k}{k-1}\left(1 - \frac{\sum s_i^2}{s_t^2}\right)$; bila setiap soal bernilai 0 atau 1 namanya KR-20. Dari alfa turun **galat baku pengukuran** $s_t\sqrt{1-\alpha}$, dalam poin:

# %% [markdown] tags=["en"]
# The key turned round gives the prettiest figures, but **figures don't decide on a key; the subject does**. If both answers can be defended, accept both, mark again, say so in public, and rewrite the question for next year. With both accepted r is near nought: the question no longer punishes those who understand, and no longer measures anything. That is why it must be rewritten and not only marked again.
#
# ## 4. Reliability: how far can the sum of points be trusted?
#
# $\alpha = \frac{k}{k-1}\left(1 - \frac{\sum s_i^2}{s_t^2}\right)$; where each question earns 0 or 1 it is called KR-20. From alpha follows the **standard error of measurement** $s_t\sqrt{1-\alpha}$, in points:

# %%
trust = crm.items.reliability(rows, first)
print(trust.explain(depth="short"))
print(crm.items.reliability(both, first).explain(depth="short"))
print(crm.items.reliability(rows).explain(depth="short"))
trust.figure()

# %%
trust.explain()

# %% [markdown] tags=["id"]
# Satu set berisi delapan soal: alfanya 0,46, dan satu jumlah meleset sekitar 2,1 dari 13 poin. Dua mahasiswa yang terpaut satu poin **belum tentu berbeda**. Kedua set bersama mencapai 0,74; lebih banyak soal, lebih andal. Karena itu nilai satu set latihan jangan dipakai untuk lulus atau tidak lulus; seluruh semester boleh.
#
# Grafiknya menunjuk soal yang sama lagi: tanpa dia alfanya 0,59. Tetapi hati-hati: membuang soal demi alfa dapat membuang pokok bahasan yang justru penting. Dan dengan 20 mahasiswa?

# %% [markdown] tags=["en"]
# A set of eight questions: its alpha is 0.46, and a sum is off by some 2.1 of 13 points. Two students one point apart **need not differ**. Both sets together reach 0.74; more questions, more reliable. So don't let one practice set decide who passes; the whole semester may.
#
# The figure points at the same question again: without it alpha would be 0.59. But take care: to drop a question for alpha's sake may drop just the subject that matters. And with 20 students?

# %%
few = rows[rows["student"].isin(sorted(rows["student"].unique())[:20])]
small = crm.items.reliability(few, first)
print(small.explain(depth="short"))
for note in small.notes:
    print("-", note.render())

# %% [markdown] tags=["id"]
# Selangnya dari 0,18 sampai 0,80: apa saja mungkin. Di bawah 30 mahasiswa paket ini tidak memberi putusan tentang soal. Kumpulkan dua angkatan yang mengerjakan soal yang sama.
#
# ## 5. Miskonsepsi: bahan kuliah berikutnya
#
# Di sinilah dosen belajar paling banyak. Setiap jawaban salah yang sudah diperkirakan penulis soal punya nama. Pangsanya dari yang **menjawab**; yang tidak menjawab bukan saksi.

# %% [markdown] tags=["en"]
# The interval runs from 0.18 to 0.80: anything is possible. Below 30 students this package gives no verdict on a question. Put two years together that had the same questions.
#
# ## 5. Misconceptions: what the next lecture is made of
#
# Here a lecturer learns most. Each wrong answer that the author foresaw has a name. The share is of those who **answered**; who left it out is no witness.

# %%
believed = crm.items.misconceptions(rows)
print(believed.explain(depth="short"))
believed.figure()

# %%
over = crm.items.misconceptions(rows, by="class")
print(over.explain(depth="short"))
over.explain()

# %% [markdown] tags=["id"]
# Pada *rata-rata keranjang* 35,0% menghitung rata-rata dari rasio. Yang ditanam 42 dari 120, dan itulah yang ditemukan. Dilihat sepanjang kedua set, hampir separuh kelas (49,2%) mengalaminya **setidaknya sekali**, di tiga soal: ini bukan kecelakaan satu soal melainkan cara berpikir. Sepuluh menit di awal kuliah berikutnya, dengan contoh angka, lebih berguna daripada mengulang seluruh bab.
#
# **Jebakannya.** Yang teratas dipilih karena teratas, jadi sedikit tersanjung. Dan miskonsepsi yang tidak terpikir oleh penulis soal tidak bernama: baca beberapa jawaban yang hanya disebut *salah*.
#
# ## 6. Usaha: percobaan, petunjuk, penyelesaian

# %% [markdown] tags=["en"]
# In *average basket* 35.0% took the mean of ratios. Planted were 42 of 120, and these are found. Over both sets almost half of the class (49.2%) did so **at least once**, in three questions: that is no accident of one question but a way of thinking. Ten minutes at the beginning of the next lecture, with numbers, help more than going through the whole chapter again.
#
# **The trap.** The first was picked for being first and is a little flattered by that. And a misconception that the author did not think of has no name: read some of the answers that are just *wrong*.
#
# ## 6. Effort: tries, hints, solutions

# %%
work = crm.items.effort(rows)
print(work.explain(depth="short"))
print(work.notes[-1].render())
work.figure()

# %% [markdown] tags=["id"]
# Banyak percobaan dan banyak yang akhirnya benar: soal yang mengajar. Banyak percobaan dan sedikit yang benar: petunjuknya kurang. Catatan ini ditulis notebook mahasiswa sendiri, jadi **bahan percakapan, bukan bahan nilai**.
#
# ## 7. Kemiripan: dilihat, bukan diputuskan
#
# Setiap mahasiswa mendapat data sendiri. Jawaban yang salah untuk datanya tetapi benar untuk data orang lain jarang kebetulan. `crmlab grade` mencatatnya di `marks-copies.csv`:

# %% [markdown] tags=["en"]
# Many tries and in the end many right: a question that teaches. Many tries and few right: its hints fall short. The record is written by the students' own notebooks, so it is **something to talk about, nothing to mark**.
#
# ## 7. Likenesses: looked at, not judged
#
# Every student gets data of their own. An answer that is wrong for one's own data and right for somebody else's is seldom chance. `crmlab grade` notes it in `marks-copies.csv`:

# %%
masked = alike.assign(student="•••" + alike["student"].str[-3:], other="•••" + alike["other"].str[-3:])
for r in masked.to_dict("records"):
    print(r["student"], r["other"], r["n"], crm.labels.text(f"teaching.copies.{r['evidence']}"))
pairs = set(alike["student"]) | set(alike["other"])
print(len(pairs), pairs == set(made.truths["copiers"]))

# %% [markdown] tags=["id"]
# Tiga orang, dan yang ditanam memang tiga. Tetapi yang tampak hanya bahwa jawabannya mirip, bukan siapa yang menyalin dari siapa, dan bukan mengapa. Undang ketiganya, minta masing-masing mengerjakan satu soal dengan data baru. **Tidak ada nilai yang dikurangi oleh tabel ini.**
#
# Aplikasi [Nilai kelas](/app/marks) menunjukkan semua ini tanpa kode, juga untuk berkas Anda sendiri; nomor mahasiswa disembunyikan sampai diminta.
#
# ## 8. Dari angka ke soal yang lebih baik
#
# 1. *Daya beda negatif?* Periksa kuncinya hari ini, sebelum nilai diumumkan. Terima kedua jawaban bila keduanya dapat dipertahankan, dan nilai ulang.
# 2. *Terlalu mudah?* Biarkan satu sebagai pembuka; sisanya diberi data yang menjebak.
# 3. *Belum jelas?* Biarkan, dan gabungkan dengan angkatan berikutnya.
# 4. *Pengecoh yang tidak dipilih siapa pun?* Ganti dengan jawaban salah yang sungguh ditulis mahasiswa.
# 5. *Miskonsepsi sepertiga kelas?* Ubah kuliahnya, bukan soalnya.
# 6. *Alfa rendah?* Tambah soal, jangan membuang bahan.
#
# Jadi, apakah mahasiswanya lemah? Satu soal menghukum yang paham, satu tidak mengukur apa pun, dan sepertiga kelas membawa satu salah paham yang dapat diluruskan. Rata-rata 52,3% tidak dapat mengatakan semua itu.
#
# ## Jebakan
#
# * Menyebut p yang tinggi "sukar".
# * Putusan tanpa selang: p 31,7% bukan bukti terlalu sukar.
# * Korelasi dengan jumlah yang memuat soalnya sendiri.
# * Membuang soal karena alfa, tanpa membacanya.
# * Alfa dipakai sebagai bukti bahwa soalnya mengukur hal yang benar.
# * Membandingkan p dua kelas seolah-olah soalnya yang berubah.
# * Jumlah percobaan dipakai sebagai nilai.
# * Kemiripan diperlakukan sebagai putusan.
#
# ## Tugas
#
# 1. Ulangi bagian 3 untuk set kedua. Adakah daya beda negatif? *(Cek: tidak; terendah 0,34.)*
# 2. Hitung p `read_the_total` tanpa satu-satunya mahasiswa yang salah. Apa yang terjadi pada daya bedanya? *(Cek: 100,0%; tidak ada ragam.)*
# 3. Hitung korelasi `whale_peak` dengan jumlah yang **memuat** soal itu sendiri. Berapa lebih tinggi? *(Cek: 0,62 alih-alih 0,37.)*
# 4. Berapa alfa set pertama bila `read_the_total` dibuang? Mengapa hampir tidak berubah? *(Cek: 0,47.)*
# 5. Berapa soal seperti ini yang diperlukan agar alfa 0,80, menurut Spearman-Brown $k' = k\,\frac{\alpha'(1-\alpha)}{\alpha(1-\alpha')}$ dari alfa kedua set? *(Cek: 23 soal.)*
# 6. Berapa persen mahasiswa berjarak kurang dari satu galat baku dari 6,5 poin, setengah dari 13? Apa artinya bagi batas lulus? *(Cek: 54,2%.)*
# 7. Pilih `by="class"` dan hanya set kedua. Apa miskonsepsi pertama? *(Cek: 29,2%.)*
# 8. Tulis miskonsepsi ketiga untuk `rank_the_reasons` beserta pertanyaan yang menuntun.
# 9. Keluarkan dua penyalin dari kelas dan hitung alfa set pertama lagi. *(Cek: 0,47.)*
# 10. Buat kelas lain dengan `make_class(seed=7)`. Apakah kunci yang meragukan ditemukan lagi?
# 11. Unggah `marks-items.csv` kelas Anda ke aplikasi Nilai kelas. Soal mana yang Anda baca dahulu, dan mengapa?
# 12. Rancang ulang satu soal Anda: tujuan, data yang menjebak, tiga miskonsepsi, dan p yang Anda harapkan. Catat dugaannya sebelum semester dimulai.

# %% [markdown] tags=["en"]
# Three people, and three were planted. But what is seen is only that answers are alike, not who copied from whom, nor why. Invite all three, and ask each to do one question on new data. **No mark is lowered by this table.**
#
# The app [Class marks](/app/marks) shows all this without code, for your own files too; students' numbers are hidden until asked for.
#
# ## 8. From figures to a better question
#
# 1. *Negative discrimination?* Look at the key today, before marks are published. Accept both answers where both can be defended, and mark again.
# 2. *Too easy?* Leave one as an opening; give the others data with a trap in them.
# 3. *Unclear?* Leave it, and put it together with next year's class.
# 4. *A wrong answer that nobody gives?* Put one in its place that students really wrote.
# 5. *A misconception of a third of the class?* Change the lecture, not the question.
# 6. *A low alpha?* Add questions; don't drop what matters.
#
# So are the students weak? One question punishes those who understand, one measures nothing, and a third of the class carries one misconception that can be put right. A mean of 52.3% can say none of this.
#
# ## Traps
#
# * A high p called "hard".
# * A verdict without an interval: a p of 31.7% does not show that a question is too hard.
# * A correlation with a sum that holds the question itself.
# * A question dropped for alpha's sake, unread.
# * Alpha taken as evidence that the questions measure the right thing.
# * The p of two classes compared as if the question had changed.
# * Numbers of tries used as marks.
# * Likenesses treated as verdicts.
#
# ## Tasks
#
# 1. Do section 3 for the second set. Is there a negative discrimination? *(Check: no; the lowest is 0.34.)*
# 2. Compute p of `read_the_total` without the only student who was wrong. What happens to its discrimination? *(Check: 100.0%; no variance.)*
# 3. Compute the correlation of `whale_peak` with a sum that **holds** the question. How much higher is it? *(Check: 0.62 instead of 0.37.)*
# 4. What is the first set's alpha without `read_the_total`? Why does it hardly change? *(Check: 0.47.)*
# 5. How many questions of this kind make an alpha of 0.80, by Spearman and Brown's $k' = k\,\frac{\alpha'(1-\alpha)}{\alpha(1-\alpha')}$ from the alpha of both sets? *(Check: 23 questions.)*
# 6. What percentage of students lie within one standard error of 6.5 points, half of 13? What does that mean for a pass mark? *(Check: 54.2%.)*
# 7. Choose `by="class"` and the second set alone. Which misconception comes first? *(Check: 29.2%.)*
# 8. Write a third misconception for `rank_the_reasons`, with the question that leads on.
# 9. Leave the two copiers out of the class and compute the first set's alpha again. *(Check: 0.47.)*
# 10. Make another class with `make_class(seed=7)`. Is the doubtful key found again?
# 11. Upload your own class's `marks-items.csv` to the app Class marks. Which question do you read first, and why?
# 12. Design one of your questions anew: its aim, data with a trap, three misconceptions, and the p that you expect. Write the guess down before the semester begins.
