"""Names for synthetic people and companies of both worlds. Nobody here exists; resemblance is chance."""


def _words(text):
    return tuple(text.split())


MEN = _words("""
    Adi Agus Ahmad Aji Andi Anton Ardi Arief Bagus Bambang Bayu Bima Budi Cahyo Candra Dadang Darma Dedi Denny
    Dimas Dodi Eko Fajar Farhan Ferdi Galih Gilang Hadi Hafiz Hendra Heri Ilham Imam Indra Irfan Iwan Joko Kevin
    Komang Lukman Made Muhammad Nanda Nyoman Oki Putra Rafi Rahmat Randi Reza Rizki Rudi Samuel Sandi Sigit
    Slamet Surya Taufik Teguh Tommy Tri Umar Wahyu Wawan Wayan Yanto Yoga Yosef Yudi Yusuf Zainal
""")
WOMEN = _words("""
    Aisyah Amelia Anggun Anisa Anita Ayu Bunga Citra Desi Dewi Dian Dina Eka Elisabet Endang Erna Eva Fatimah
    Fitri Fransiska Gita Hana Hesti Ida Indah Intan Ira Kadek Kartika Ketut Komariah Laras Lestari Lia Lilis
    Lina Maria Maya Mega Melati Mira Murni Nadia Nia Ningsih Novi Nur Nurul Oktavia Puspa Putri Rahayu Ratna
    Rina Rini Rosa Salsabila Sari Sinta Siti Sri Suci Susi Tari Tika Tina Utami Vina Wati Wulan Yani Yulia Yuni
    Zahra
""")
LAST = _words("""
    Adiputra Aditya Anggraini Aritonang Basuki Budiman Cahyono Damanik Darmawan Effendi Firmansyah Ginting
    Gunawan Hakim Halim Handayani Hapsari Harahap Hartono Hasan Hasibuan Hermawan Hidayat Hutapea Irawan
    Iskandar Junaedi Kurniawan Kusuma Lubis Lukito Mahendra Manurung Maulana Mulyadi Mulyani Munthe Mustafa
    Nainggolan Nasution Nugraha Nugroho Panjaitan Permana Pradana Pranata Prasetyo Pratama Purnama Purwanto
    Rahardjo Rahman Ramadhan Rangkuti Riyadi Safitri Saputra Saragih Sasongko Setiawan Sihombing Silalahi
    Simanjuntak Sinaga Siregar Sitorus Sukma Sulaiman Sumarno Supriyadi Suryadi Susanto Sutanto Syahputra
    Tambunan Tampubolon Tanjung Wahyudi Wibowo Widodo Wijaya Winata Wirawan Yulianto Zulkarnain
""")
STREETS = _words("""
    Melati Mawar Kenanga Anggrek Cempaka Flamboyan Teratai Dahlia Merpati Cendrawasih Rajawali Kutilang Garuda
    Merak Pahlawan Pemuda Merdeka Kartini Cokroaminoto Veteran Bahari Gunung Bintan Musi Brantas Serayu Progo
    Mahakam
""")
COMPANY_FORMS = ("PT", "CV", "UD")
COMPANY_FIRST = _words("""
    Sinar Cahaya Karya Mitra Bintang Mega Prima Surya Citra Dwi Tri Panca Graha Wahana Anugerah Berkah Putra
    Tirta Bumi Samudra Nusa Mandala Rajawali Garuda Melati Permata Mutiara Intan Kencana Lestari
""")
COMPANY_LAST = _words("""
    Abadi Makmur Sejahtera Mandiri Utama Jaya Sentosa Persada Perkasa Bersama Gemilang Pratama Lestari Raya
    Nusantara Sukses Agung Mulia Sakti Kreasi Selaras Harmoni Berdikari Perdana Bahagia
""")
