"""Promotions: sixty of them, two running on any day, and which orders use them."""

import numpy as np

from crmlab.datasets.columns import category, dates, text
from crmlab.datasets.retail import planted
from crmlab.datasets.retail.products import month_starts

KINDS = ("discount", "bundle", "free_shipping", "points")
DISCOUNT, BUNDLE, FREE_SHIPPING, POINTS = range(4)
N_PROMOTIONS = 60
_NAMES = ("Diskon", "Paket", "Bebas Ongkir", "Poin Ganda")
_SEASONS = (
    *("Awal Tahun", "Imlek", "Akhir Kuartal", "Kartini", "Hari Buruh", "Tengah Tahun", "Kembali Sekolah"),
    *("Kemerdekaan", "September Ceria", "Gajian", "11.11", "12.12"),
)
_PERCENT = ((10, 15, 20), (12,), (0,), (5,))  # of the price; for points, what is credited
_PROMO_SHARE = {True: (14, 6), False: (3, 12)}  # beta: bargain hunters, others


class Promotions:
    """Promotions as arrays, in the order of their ids, and the ones that each order uses.

    Attributes
    ----------
    first, second : numpy.ndarray
        Position of the promotion that an order uses, -1 for none.
    """

    def __init__(self, world):
        draws = world.draws("promotions")
        starts = month_starts()
        self.starts = starts
        self.ends = np.append(starts[2:], [planted.N_DAYS, planted.N_DAYS]) - 1  # two months each
        self.kind = np.arange(N_PROMOTIONS) % len(KINDS)
        choice = draws.whole(N_PROMOTIONS, 3)
        self.percent = np.array(
            [_PERCENT[kind][pick % len(_PERCENT[kind])] for kind, pick in zip(self.kind, choice, strict=True)]
        )
        self.name = [f"{_NAMES[kind]} {_SEASONS[k % 12]} {2016 + k // 12}" for k, kind in enumerate(self.kind)]
        self._use(world, draws)

    def _use(self, world, draws):
        people, orders = world.people, world.orders
        n = people.n_consumers
        hunter = people.segment == planted.PROMO_HUNTER
        share = np.where(hunter, draws.beta(n, *_PROMO_SHARE[True]), draws.beta(n, *_PROMO_SHARE[False]))
        share = np.concatenate([share, np.zeros(people.n_corporates)])
        uses = draws.chance(orders.n, share[orders.customer]) & ~orders.fake
        month = np.searchsorted(self.starts, orders.day, side="right") - 1
        older = np.maximum(month - 1, 0)
        takes_older = draws.chance(orders.n, 0.4)
        # a purchase in the store has nothing to ship
        at_till = orders.channel == planted.STORE
        takes_older = np.where(at_till & (self.kind[month] == FREE_SHIPPING), True, takes_older)
        takes_older = np.where(at_till & (self.kind[older] == FREE_SHIPPING), False, takes_older)
        one, two = np.where(takes_older, older, month), np.where(takes_older, month, older)
        possible = uses & (one != two) & ~(at_till & (self.kind[two] == FREE_SHIPPING))
        # so many of the possible that 8 % of all orders with a promotion have two
        doubles = np.flatnonzero(possible)
        doubles = doubles[np.argsort(draws.uniform(len(doubles)), kind="stable")]
        doubles = doubles[: round(planted.DOUBLE_PROMOTION * int(uses.sum()))]
        self.first = np.where(uses, one, -1)
        self.second = np.full(orders.n, -1)
        self.second[doubles] = two[doubles]


def build(world):
    """Add the promotions."""
    offers = world.offers
    world.tables["promotions"] = {
        "promotion_id": np.arange(1, N_PROMOTIONS + 1, dtype=np.int32),
        "promotion": text(offers.name),
        "promotion_kind": category(offers.kind, KINDS),
        "starts_on": dates(offers.starts),
        "ends_on": dates(offers.ends),
        "benefit_share": np.round(offers.percent / 100, 2),
    }
