"""Provinces as they were from 2016 to 2020, the cities of PT XYZ's customers, its stores."""

import datetime as dt

import numpy as np

from crmlab.datasets.columns import dates, text

# code of Statistics Indonesia, name, island, time zone
_PROVINCES = """
11 Aceh|sumatra|WIB
12 Sumatera Utara|sumatra|WIB
13 Sumatera Barat|sumatra|WIB
14 Riau|sumatra|WIB
15 Jambi|sumatra|WIB
16 Sumatera Selatan|sumatra|WIB
17 Bengkulu|sumatra|WIB
18 Lampung|sumatra|WIB
19 Kepulauan Bangka Belitung|sumatra|WIB
21 Kepulauan Riau|sumatra|WIB
31 DKI Jakarta|java|WIB
32 Jawa Barat|java|WIB
33 Jawa Tengah|java|WIB
34 DI Yogyakarta|java|WIB
35 Jawa Timur|java|WIB
36 Banten|java|WIB
51 Bali|bali_nusa_tenggara|WITA
52 Nusa Tenggara Barat|bali_nusa_tenggara|WITA
53 Nusa Tenggara Timur|bali_nusa_tenggara|WITA
61 Kalimantan Barat|kalimantan|WIB
62 Kalimantan Tengah|kalimantan|WIB
63 Kalimantan Selatan|kalimantan|WITA
64 Kalimantan Timur|kalimantan|WITA
65 Kalimantan Utara|kalimantan|WITA
71 Sulawesi Utara|sulawesi|WITA
72 Sulawesi Tengah|sulawesi|WITA
73 Sulawesi Selatan|sulawesi|WITA
74 Sulawesi Tenggara|sulawesi|WITA
75 Gorontalo|sulawesi|WITA
76 Sulawesi Barat|sulawesi|WITA
81 Maluku|maluku_papua|WIT
82 Maluku Utara|maluku_papua|WIT
91 Papua Barat|maluku_papua|WIT
94 Papua|maluku_papua|WIT
"""

# Papua and Papua Barat were divided in 2022; the weights say where an old customer is now likely to be. They are
# assumptions after the census of 2020.
_NEW_PROVINCES = """
91 91 0.50 Papua Barat
91 92 0.50 Papua Barat Daya
94 94 0.24 Papua
94 95 0.12 Papua Selatan
94 96 0.31 Papua Tengah
94 97 0.33 Papua Pegunungan
"""

# province, weight among customers, first digits of the post code, city
_CITIES = """
31 150 12 Jakarta Selatan
31 115 13 Jakarta Timur
31  85 11 Jakarta Barat
31  60 14 Jakarta Utara
31  40 10 Jakarta Pusat
36  70 15 Tangerang
36  45 15 Tangerang Selatan
32  65 17 Bekasi
32  45 16 Depok
32  35 16 Bogor
32  40 40 Bandung
32  10 45 Cirebon
32   8 41 Karawang
33  20 50 Semarang
33  12 57 Surakarta
33   5 53 Purwokerto
34  12 55 Yogyakarta
35  45 60 Surabaya
35  15 65 Malang
35   8 61 Sidoarjo
36   6 42 Serang
51  14 80 Denpasar
12  14 20 Medan
16   8 30 Palembang
13   6 25 Padang
14   6 28 Pekanbaru
18   6 35 Bandar Lampung
21   5 29 Batam
11   3 23 Banda Aceh
15   3 36 Jambi
17   2 38 Bengkulu
19   2 33 Pangkalpinang
52   3 83 Mataram
53   2 85 Kupang
61   3 78 Pontianak
62   2 73 Palangka Raya
63   4 70 Banjarmasin
64   5 76 Balikpapan
64   4 75 Samarinda
65   1 77 Tarakan
71   4 95 Manado
72   2 94 Palu
73  10 90 Makassar
74   1 93 Kendari
75   1 96 Gorontalo
76   1 91 Mamuju
81   1 97 Ambon
82   1 97 Ternate
91   1 98 Manokwari
94   2 99 Jayapura
"""

_GREATER_JAKARTA = ("31",)
_GREATER_JAKARTA_CITIES = ("Tangerang", "Tangerang Selatan", "Bekasi", "Depok", "Bogor")

# name, city, floor space in square metres, opened, weight among store sales
_STORES = (
    ("XYZ Kemang", "Jakarta Selatan", 1450, dt.date(2015, 7, 1), 40),
    ("XYZ Bekasi Timur", "Bekasi", 1200, dt.date(2015, 7, 1), 27),
    ("XYZ Dago", "Bandung", 900, dt.date(2015, 9, 1), 18),
    ("XYZ Darmo", "Surabaya", 850, dt.date(2015, 11, 1), 15),
)


class Places:
    """Cities as arrays, in the order of their ids (which start at 1).

    Attributes
    ----------
    weight : numpy.ndarray
    store : numpy.ndarray
        The store that people of the city go to; 0 where none is near.
    zone : numpy.ndarray
        0 Greater Jakarta, 1 the rest of Java, 2 elsewhere: what shipping costs depend on.
    """

    def __init__(self):
        provinces = {}
        for line in _PROVINCES.strip().splitlines():
            name, island, time_zone = line[3:].split("|")
            provinces[line[:2]] = (name, island, time_zone)
        rows = []
        for line in _CITIES.strip().splitlines():
            code, weight, post, city = line.split(maxsplit=3)
            rows.append((code, int(weight), post, city))
        self.provinces = provinces
        self.code, weight, self.post, self.city = zip(*rows, strict=True)
        self.n = len(rows)
        self.weight = np.array(weight, dtype=float)
        self.greater_jakarta = np.array(
            [code in _GREATER_JAKARTA or city in _GREATER_JAKARTA_CITIES for code, _, _, city in rows]
        )
        island = [provinces[code][1] for code in self.code]
        self.zone = np.where(self.greater_jakarta, 0, np.where(np.array(island) == "java", 1, 2))
        # Jabodetabek shops in Kemang or Bekasi, West Java in Dago, East Java in Darmo
        east_of_jakarta = ("Bekasi", "Jakarta Timur", "Jakarta Utara", "Karawang")
        self.store = np.array(
            [
                2
                if city in east_of_jakarta
                else 1
                if near
                else {"Bandung": 3, "Surabaya": 4, "Sidoarjo": 4}.get(city, 0)
                for city, near in zip(self.city, self.greater_jakarta, strict=True)
            ]
        )


def build(world):
    """Add the regions (one row a city), the map to the provinces of 2022, and the stores."""
    places = world.places
    named = [places.provinces[code] for code in places.code]
    world.tables["regions"] = {
        "city_id": np.arange(1, places.n + 1, dtype=np.int32),
        "city": text(places.city),
        "province_code": text(places.code),
        "province": text([name for name, _, _ in named]),
        "island": text([island for _, island, _ in named]),
        "time_zone": text([zone for _, _, zone in named]),
        "greater_jakarta": places.greater_jakarta,
    }
    split = [line.split(maxsplit=3) for line in _NEW_PROVINCES.strip().splitlines()]
    divided = {old for old, _, _, _ in split}
    pairs = [(code, code, 1.0, name) for code, (name, _, _) in places.provinces.items() if code not in divided]
    pairs = sorted(pairs + [(old, new, float(weight), name) for old, new, weight, name in split])
    world.tables["province_map_2022"] = {
        "province_code": text([pair[0] for pair in pairs]),
        "province_code_2022": text([pair[1] for pair in pairs]),
        "weight": np.array([pair[2] for pair in pairs]),
        "province_2022": text([pair[3] for pair in pairs]),
    }
    ids = {city: k + 1 for k, city in enumerate(places.city)}
    world.tables["stores"] = {
        "store_id": np.arange(1, len(_STORES) + 1, dtype=np.int32),
        "store": text([store[0] for store in _STORES]),
        "city_id": np.array([ids[store[1]] for store in _STORES], dtype=np.int32),
        "floor_area_m2": np.array([store[2] for store in _STORES], dtype=np.int32),
        "opened_on": dates([(store[3] - world.epoch).days for store in _STORES]),
    }
