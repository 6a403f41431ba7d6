"""What patients write, by topic and by whether they are unhappy: beginnings, sayings, endings."""

_START_BAD = ("", "Mohon perhatian,", "Kecewa,", "Tolong diperbaiki,", "Jujur saja,", "Maaf,", "Sudah dua kali,")
_START_GOOD = ("", "Terima kasih,", "Alhamdulillah,", "Sejauh ini,", "Menurut saya,", "Overall oke,", "Secara umum,")
_END_BAD = (
    "",
    "Semoga ada perubahan.",
    "Capek.",
    "Ga balik lagi kalau begini.",
    "Mohon ditindaklanjuti.",
    "Parah sih.",
)
_END_GOOD = ("", "Semoga dipertahankan.", "Mantap.", "Sukses terus.", "Recommended.", "Lanjutkan ya.")

_SAID = {  # topic: what the unhappy say, what others say
    "waiting": (
        (
            *("antri lama bgt", "antrian poli lama sekali", "nunggu dokter lama dari pagi", "antri panjang ga jelas"),
            *("lama menunggu dipanggil", "sudah antri berjam-jam masih lama"),
        ),
        (
            "antri tidak terlalu lama",
            "antrian tertib walau agak lama",
            "lama tunggu masih wajar",
            "antri sebentar saja",
        ),
    ),
    "staff": (
        ("perawat jutek", "petugas kurang ramah", "suster cuek sama pasien", "satpam kurang sopan", "pelayanan judes"),
        ("perawat ramah sekali", "petugas sopan dan membantu", "suster sabar", "pelayanan ramah", "satpam baik"),
    ),
    "doctor": (
        (
            *("dokter terburu-buru", "penjelasan dokter kurang jelas", "dokter tidak mendengarkan keluhan"),
            *("diagnosis dokter berubah-ubah", "dokter cuma sebentar memeriksa"),
        ),
        ("dokter menjelaskan dengan rinci", "dokternya teliti", "penjelasan dokter mudah dipahami", "dokter sabar"),
    ),
    "cleanliness": (
        (
            "toilet kotor",
            "ruang periksa bau",
            "kamar mandi kurang bersih",
            "lantai kotor dan lengket",
            "AC bocor, kotor",
        ),
        ("ruangan bersih dan wangi", "toilet bersih", "kamar bersih dan nyaman", "lantai selalu bersih"),
    ),
    "parking": (
        ("parkir penuh terus", "susah cari parkir mobil", "tarif parkir mahal", "parkiran motor sempit"),
        ("parkir luas", "parkiran mudah dicari", "parkir motor aman", "lahan parkir sudah ditambah"),
    ),
    "charges": (
        ("biaya mahal", "tagihan tidak transparan", "harga konsultasi kemahalan", "rincian biaya tidak sesuai"),
        ("biaya sesuai", "harga terjangkau", "tagihan jelas dan rinci", "tarif masih masuk akal"),
    ),
    "administration": (
        (
            *("pendaftaran ribet", "berkas diminta berulang", "administrasi berbelit", "data saya ditanya lagi terus"),
            *("loket pendaftaran membingungkan", "rujukan ditolak karena berkas"),
        ),
        ("pendaftaran mudah", "administrasi rapi", "berkas cepat beres di loket", "proses pendaftaran jelas"),
    ),
    "pharmacy": (
        ("obat kosong", "farmasi salah menghitung obat", "apotek tidak memberi aturan pakai", "obat tidak tersedia"),
        ("obat lengkap", "apotek menjelaskan aturan pakai", "farmasi teliti", "obat selalu tersedia"),
    ),
    "booking": (
        (
            "jadwal online tidak sesuai",
            "janji temu dibatalkan mendadak",
            "aplikasi error waktu booking",
            "WA tidak dibalas",
        ),
        (
            "booking lewat WA gampang",
            "janji temu tepat jadwal",
            "pengingat WA sangat berguna",
            "aplikasi jadwal praktis",
        ),
    ),
}

#: what says nothing about any topic
VAGUE = {
    True: ("kurang puas", "mengecewakan", "perlu banyak perbaikan", "tidak sesuai harapan"),
    False: ("sudah baik", "cukup puas", "oke saja", "lumayan"),
}

#: by topic and unhappiness: beginnings, sayings, endings
COMMENTS = {
    (topic, unhappy): ((_START_BAD, bad, _END_BAD) if unhappy else (_START_GOOD, good, _END_GOOD))
    for topic, (bad, good) in _SAID.items()
    for unhappy in (True, False)
}
