"""The 38 provinces since 2022, and the cities where the hospital's patients live."""

import numpy as np

from crmlab.datasets.columns import text

# code of Statistics Indonesia, island, weight among patients, first digits of the post code, province, city
_CITIES = """
32 java 300 17 Jawa Barat|Bekasi
31 java 210 13 DKI Jakarta|Jakarta Timur
32 java 95 16 Jawa Barat|Depok
32 java 70 16 Jawa Barat|Bogor
31 java 65 12 DKI Jakarta|Jakarta Selatan
31 java 45 14 DKI Jakarta|Jakarta Utara
32 java 40 41 Jawa Barat|Karawang
31 java 28 10 DKI Jakarta|Jakarta Pusat
31 java 25 11 DKI Jakarta|Jakarta Barat
36 java 22 15 Banten|Tangerang
32 java 18 40 Jawa Barat|Bandung
33 java 10 50 Jawa Tengah|Semarang
34 java 6 55 DI Yogyakarta|Yogyakarta
35 java 9 60 Jawa Timur|Surabaya
51 bali_nusa_tenggara 4 80 Bali|Denpasar
52 bali_nusa_tenggara 2 83 Nusa Tenggara Barat|Mataram
53 bali_nusa_tenggara 2 85 Nusa Tenggara Timur|Kupang
11 sumatra 2 23 Aceh|Banda Aceh
12 sumatra 5 20 Sumatera Utara|Medan
13 sumatra 4 25 Sumatera Barat|Padang
14 sumatra 3 28 Riau|Pekanbaru
15 sumatra 2 36 Jambi|Jambi
16 sumatra 4 30 Sumatera Selatan|Palembang
17 sumatra 2 38 Bengkulu|Bengkulu
18 sumatra 6 35 Lampung|Bandar Lampung
19 sumatra 2 33 Kepulauan Bangka Belitung|Pangkalpinang
21 sumatra 2 29 Kepulauan Riau|Batam
61 kalimantan 2 78 Kalimantan Barat|Pontianak
62 kalimantan 1 73 Kalimantan Tengah|Palangka Raya
63 kalimantan 2 70 Kalimantan Selatan|Banjarmasin
64 kalimantan 2 76 Kalimantan Timur|Balikpapan
65 kalimantan 1 77 Kalimantan Utara|Tarakan
71 sulawesi 2 95 Sulawesi Utara|Manado
72 sulawesi 1 94 Sulawesi Tengah|Palu
73 sulawesi 3 90 Sulawesi Selatan|Makassar
74 sulawesi 1 93 Sulawesi Tenggara|Kendari
75 sulawesi 1 96 Gorontalo|Gorontalo
76 sulawesi 1 91 Sulawesi Barat|Mamuju
81 maluku_papua 1 97 Maluku|Ambon
82 maluku_papua 1 97 Maluku Utara|Ternate
91 maluku_papua 1 98 Papua Barat|Manokwari
92 maluku_papua 1 98 Papua Barat Daya|Sorong
94 maluku_papua 1 99 Papua|Jayapura
95 maluku_papua 1 99 Papua Selatan|Merauke
96 maluku_papua 1 98 Papua Tengah|Nabire
97 maluku_papua 1 99 Papua Pegunungan|Wamena
"""
_GREATER_JAKARTA = {"31"}
_GREATER_JAKARTA_CITIES = {"Bekasi", "Depok", "Bogor", "Tangerang"}


class Places:
    """Cities as arrays, in the order of their ids (which start at 1)."""

    def __init__(self):
        rows = []
        for line in _CITIES.strip().splitlines():
            code, island, weight, post, names = line.split(maxsplit=4)
            rows.append((code, island, int(weight), post, *names.split("|")))
        self.code, self.island, weight, self.post, self.province, self.city = zip(*rows, strict=True)
        self.n = len(rows)
        self.weight = np.array(weight, dtype=float)
        self.greater_jakarta = np.array(
            [row[0] in _GREATER_JAKARTA or row[5] in _GREATER_JAKARTA_CITIES for row in rows]
        )


def build(world):
    """Add the regions, one row a city."""
    places = world.places
    world.tables["regions"] = {
        "city_id": np.arange(1, places.n + 1, dtype=np.int32),
        "city": text(places.city),
        "province_code": text(places.code),
        "province": text(places.province),
        "island": text(places.island),
        "greater_jakarta": places.greater_jakarta,
    }
