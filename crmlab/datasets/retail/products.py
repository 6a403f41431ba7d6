"""What PT XYZ sells: departments, categories, subcategories, products, suppliers, and how prices move."""

import numpy as np

from crmlab.datasets.columns import category, dates, text
from crmlab.datasets.retail import planted

# department: usual price, share of lines, margin beside others; then category: subcategories (Indonesian name of the
# thing, price beside the department's)
_ASSORTMENT = {
    "daily_needs": (
        (28_000, 0.24, 0.00),
        {
            "bath": (("bath_soap", "Sabun Mandi", 0.6), ("shampoo", "Sampo", 1.0), ("bath_towels", "Handuk", 2.2)),
            "oral_care": (
                ("toothpaste", "Pasta Gigi", 0.6),
                ("toothbrushes", "Sikat Gigi", 0.5),
                ("mouthwash", "Obat Kumur", 1.1),
            ),
            "paper": (
                ("facial_tissue", "Tisu Wajah", 0.7),
                ("toilet_tissue", "Tisu Toilet", 1.2),
                ("kitchen_paper", "Tisu Dapur", 0.8),
            ),
            "personal_care": (
                ("body_lotion", "Losion Tubuh", 1.3),
                ("deodorant", "Deodoran", 0.9),
                ("cotton", "Kapas", 0.5),
            ),
        },
    ),
    "cleaning": (
        (32_000, 0.16, 0.01),
        {
            "laundry": (
                ("laundry_detergent", "Deterjen", 0.9),
                ("fabric_softener", "Pelembut Pakaian", 0.7),
                ("stain_remover", "Penghilang Noda", 1.1),
            ),
            "floor_care": (
                ("floor_cleaner", "Pembersih Lantai", 0.7),
                ("mops", "Kain Pel", 2.2),
                ("brooms", "Sapu", 1.2),
            ),
            "dishwashing": (
                ("dish_soap", "Sabun Cuci Piring", 0.6),
                ("sponges", "Spons", 0.4),
                ("dish_racks", "Rak Piring", 3.5),
            ),
            "air_care": (
                ("air_fresheners", "Pengharum Ruangan", 0.9),
                ("insect_repellent", "Obat Nyamuk", 0.9),
                ("camphor", "Kapur Barus", 0.4),
            ),
        },
    ),
    "kitchen": (
        (140_000, 0.18, 0.01),
        {
            "cookware": (("pans", "Wajan", 1.2), ("pots", "Panci", 1.5), ("steamers", "Dandang", 1.4)),
            "tableware": (("plates", "Piring", 0.6), ("glasses", "Gelas", 0.5), ("cutlery", "Sendok Garpu", 0.5)),
            "food_storage": (
                ("lunch_boxes", "Kotak Makan", 0.5),
                ("food_containers", "Wadah Makanan", 0.7),
                ("water_bottles", "Botol Minum", 0.6),
            ),
            "kitchen_tools": (
                ("knives", "Pisau", 0.8),
                ("cutting_boards", "Talenan", 0.6),
                ("gas_stoves", "Kompor Gas", 2.8),
            ),
        },
    ),
    "home_electronics": (
        (420_000, 0.14, -0.03),
        {
            "cooling": (
                ("fans", "Kipas Angin", 0.8),
                ("air_coolers", "Pendingin Udara", 2.8),
                ("dispensers", "Dispenser", 0.9),
            ),
            "kitchen_electronics": (
                ("rice_cookers", "Penanak Nasi", 0.9),
                ("blenders", "Blender", 0.8),
                ("electric_kettles", "Teko Listrik", 0.5),
            ),
            "garment_care": (
                ("irons", "Setrika", 0.5),
                ("garment_steamers", "Setrika Uap", 1.0),
                ("sewing_machines", "Mesin Jahit", 3.0),
            ),
            "lighting": (
                ("bulbs", "Lampu LED", 0.15),
                ("desk_lamps", "Lampu Meja", 0.4),
                ("emergency_lamps", "Lampu Darurat", 0.5),
            ),
        },
    ),
    "furnishing": (
        (260_000, 0.14, 0.02),
        {
            "shelving": (
                ("plastic_shelves", "Rak Plastik", 0.8),
                ("wall_shelves", "Rak Dinding", 0.6),
                ("wardrobes", "Lemari", 3.0),
            ),
            "bedding": (("bed_sheets", "Seprai", 0.9), ("pillows", "Bantal", 0.4), ("mattresses", "Kasur", 3.5)),
            "textiles": (("curtains", "Tirai", 0.8), ("carpets", "Karpet", 1.3), ("cushions", "Bantal Sofa", 0.3)),
            "small_furniture": (
                ("stools", "Bangku", 0.5),
                ("folding_tables", "Meja Lipat", 0.9),
                ("office_chairs", "Kursi Kerja", 2.4),
            ),
        },
    ),
    "family": (
        (45_000, 0.14, -0.01),
        {
            "baby_care": (
                ("diapers", "Popok", 1.7),
                ("baby_wipes", "Tisu Basah Bayi", 0.5),
                ("baby_bottles", "Botol Bayi", 1.1),
            ),
            "snacks": (("crackers", "Camilan", 0.5), ("biscuits", "Biskuit", 0.6), ("chocolate", "Cokelat", 0.8)),
            "drinks": (("coffee", "Kopi", 1.0), ("tea", "Teh", 0.6), ("syrup", "Sirop", 0.8)),
            "school": (
                ("notebooks", "Buku Tulis", 0.6),
                ("stationery", "Alat Tulis", 0.5),
                ("school_bags", "Tas Sekolah", 4.0),
            ),
        },
    ),
}

_TIERS = (("budget", 0.72, -0.03), ("standard", 1.0, 0.0), ("premium", 1.55, 0.04))
_BRANDS = {  # every tier has its own brands
    "budget": ("Hematku", "Warga", "Sehari", "Prima", "Mitra", "Sederhana"),
    "standard": ("Bersinar", "Nusa", "Griya", "Melati", "Cemara", "Kencana", "Lestari", "Rumahku"),
    "premium": ("Adikarya", "Santika", "Puri", "Mahligai", "Arunika"),
}
_VARIANTS = ("Kecil", "Sedang", "Besar", "Jumbo", "Hemat", "Klasik", "Plus")
_UNITS = {
    "daily_needs": "pack",
    "cleaning": "pack",
    "kitchen": "piece",
    "home_electronics": "unit",
    "furnishing": "unit",
    "family": "pack",
}
_SUPPLIER_NAMES = (
    *("Sumber Makmur", "Cahaya Abadi", "Sinar Jaya", "Karya Mandiri", "Indo Bersih", "Tirta Kencana", "Mega Dapur"),
    *("Bumi Sentosa", "Anugerah Rejeki", "Panca Usaha", "Graha Elektrik", "Surya Elektronik", "Multi Perabot"),
    *(
        "Jati Indah",
        "Nusantara Plastik",
        "Kertas Murni",
        "Sari Wangi Asri",
        "Prima Tekstil",
        "Buana Raya",
        "Daya Listrik",
    ),
    *("Mutiara Timur", "Gemilang", "Sejahtera Bersama", "Artha Boga", "Boga Nikmat", "Kasih Bunda", "Ceria Anak"),
    *(
        "Pelita Rumah",
        "Rotan Alam",
        "Baja Tahan",
        "Kaca Bening",
        "Harum Semesta",
        "Aneka Rasa",
        "Pandu Niaga",
        "Tunas Baru",
    ),
)
_SUPPLIER_CITIES = ("Jakarta Barat", "Tangerang", "Bekasi", "Bandung", "Semarang", "Surabaya", "Surakarta", "Karawang")
N_PRODUCTS = 480
_CHANGES = 21  # a product's price changes every quarter, a third of the products each month


class Assortment:
    """Products as arrays, in the order of their ids (which start at 1).

    Attributes
    ----------
    base_price, unit_cost : numpy.ndarray
        Rupiah, at the price level of 2016.
    popularity : numpy.ndarray
        Chance that somebody who sees the product thinks of taking it.
    pull : numpy.ndarray
        Chance that he then takes it at the price of the month, product by month.
    """

    def __init__(self, draws):
        subcategories = [
            (department, group, sub, thing, facts[0] * factor, facts[2])
            for department, (facts, groups) in _ASSORTMENT.items()
            for group, subs in groups.items()
            for sub, thing, factor in subs
        ]
        self.departments = tuple(_ASSORTMENT)
        self.department_share = np.array([facts[1] for facts, _ in _ASSORTMENT.values()])
        self.subcategories = [row[2] for row in subcategories]
        position = np.arange(N_PRODUCTS) % len(subcategories)  # every subcategory has six or seven
        position.sort(kind="stable")
        self.subcategory = position
        rows = [subcategories[k] for k in position]
        self.department = np.array([self.departments.index(row[0]) for row in rows])
        number = np.arange(N_PRODUCTS) - np.searchsorted(position, position)
        self.tier = np.array([(0, 1, 1, 2, 0, 1, 2)[k] for k in number])
        factor = np.array([tier[1] for tier in _TIERS])[self.tier] * draws.lognormal(N_PRODUCTS, 0.15)
        usual = np.array([row[4] for row in rows])
        self.base_price = np.maximum(np.rint(usual * factor / 500) * 500, 2_000).astype(np.int64)
        margin = 0.25 + np.array([row[5] for row in rows]) + np.array([tier[2] for tier in _TIERS])[self.tier]
        self.unit_cost = np.rint(self.base_price * (1 - margin)).astype(np.int64)
        brand = draws.whole(N_PRODUCTS, np.array([len(_BRANDS[tier[0]]) for tier in _TIERS])[self.tier])
        self.brand = [_BRANDS[_TIERS[tier][0]][k] for tier, k in zip(self.tier, brand, strict=True)]
        self.name = [f"{row[3]} {name} {_VARIANTS[k]}" for row, name, k in zip(rows, self.brand, number, strict=True)]
        self.rows = rows
        # a supplier delivers one department; there are as many as names
        per_department = len(_SUPPLIER_NAMES) // len(self.departments)
        self.supplier = 1 + self.department * per_department + draws.whole(N_PRODUCTS, per_department)
        # who has delivered for longer delivers better
        suppliers = len(_SUPPLIER_NAMES)
        self.contract_started = draws.whole(suppliers, 720) - 900
        self.supplier_quality = (60 - self.contract_started // 40 + draws.whole(suppliers, 16)).astype(np.int32)
        self.introduced = np.where(draws.chance(N_PRODUCTS, 0.75), -184, 30 * draws.whole(N_PRODUCTS, 54))
        life = 540 + 30 * draws.whole(N_PRODUCTS, 50)
        ends = draws.chance(N_PRODUCTS, 0.12) & (np.maximum(self.introduced, 0) + life < planted.N_DAYS)
        # baskets pair four subcategories on every day, so these are always on the shelf
        paired = (planted.DETERGENT, planted.SOFTENER, planted.DIAPERS, planted.SNACKS)
        self.paired = np.isin(self.subcategory, [self.subcategories.index(name) for name in paired])
        self.introduced = np.where(self.paired, -184, self.introduced)
        self.discontinued = np.where(ends & ~self.paired, np.maximum(self.introduced, 0) + life, planted.N_DAYS)
        self._move_prices(draws)

    def _move_prices(self, draws):
        step = draws.whole(N_PRODUCTS * _CHANGES, len(planted.PRICE_STEPS)).reshape(N_PRODUCTS, _CHANGES)
        period = (np.arange(60)[None, :] + np.arange(N_PRODUCTS)[:, None] % 3) // 3
        self.price_step = np.take_along_axis(step, period, axis=1)
        inflation = np.array([round((1 + planted.INFLATION_A_YEAR) ** year, 6) for year in range(5)])
        self.inflation = np.repeat(inflation, 12)
        relative = np.array(planted.PRICE_STEPS)[self.price_step]
        self.price = (np.rint(self.base_price[:, None] * relative * self.inflation / 100) * 100).astype(np.int64)
        elasticity = [planted.ELASTICITY.get(name, planted.ELASTICITY_ELSEWHERE) for name in self.departments]
        effect = np.array([[round(step**e, 9) for step in planted.PRICE_STEPS] for e in elasticity])
        self.popularity = 0.35 + 0.65 * draws.uniform(N_PRODUCTS)
        self.pull = (effect / effect.max(axis=1, keepdims=True))[self.department[:, None], self.price_step]


def build(world):
    """Add the products and their suppliers."""
    shelf = world.shelf
    n = len(_SUPPLIER_NAMES)
    cities = {city: k + 1 for k, city in enumerate(world.places.city)}
    world.tables["suppliers"] = {
        "supplier_id": np.arange(1, n + 1, dtype=np.int32),
        "supplier": text([f"PT {name}" for name in _SUPPLIER_NAMES]),
        "city_id": np.array([cities[_SUPPLIER_CITIES[k % len(_SUPPLIER_CITIES)]] for k in range(n)], dtype=np.int32),
        "contract_started_on": dates(shelf.contract_started),
        "quality_score": shelf.supplier_quality,
    }
    subcategory = [row[2] for row in shelf.rows]
    world.tables["products"] = {
        "product_id": np.arange(1, N_PRODUCTS + 1, dtype=np.int32),
        "product": text(shelf.name),
        "department": text([row[0] for row in shelf.rows]),
        "category": text([row[1] for row in shelf.rows]),
        "subcategory": text(subcategory),
        "brand": text(shelf.brand),
        "price_tier": category(shelf.tier, [tier[0] for tier in _TIERS]),
        "base_price": shelf.base_price,
        "unit_cost": shelf.unit_cost,
        "unit": text([_UNITS[row[0]] for row in shelf.rows]),
        "supplier_id": shelf.supplier.astype(np.int32),
        "introduced_on": dates(shelf.introduced),
        "discontinued_on": dates(shelf.discontinued, missing=shelf.discontinued >= planted.N_DAYS),
    }
    # what a product cost on the shelf, month by month, before any promotion
    on_sale = (shelf.introduced[:, None] <= _month_ends()) & (shelf.discontinued[:, None] > month_starts())
    product, month = np.nonzero(on_sale)
    world.tables["prices"] = {
        "product_id": (product + 1).astype(np.int32),
        "month_starts_on": dates(month_starts()[month]),
        "unit_price": shelf.price[product, month],
    }


def month_starts():
    """Give the day numbers on which the sixty months start."""
    first = np.datetime64(planted.FIRST_DAY, "M") + np.arange(60)
    return (first.astype("datetime64[D]") - np.datetime64(planted.FIRST_DAY, "D")).astype(np.int64)


def _month_ends():
    return np.append(month_starts()[1:], planted.N_DAYS) - 1
