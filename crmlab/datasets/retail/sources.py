"""Who is who in the sources beside the till: the finance book, the web shop, WhatsApp, the personnel office.

Every source has its own number for a customer. The truth layer notes which customer each number means.
"""

import numpy as np

from crmlab.datasets.columns import category, text
from crmlab.datasets.retail import aftersales, planted, staff, written

SOURCES = ("finance", "web", "whatsapp", "hr")
CONSUMERS_IN_FINANCE = 4  # for each account: so 80 % of the finance book are in the till's file too
SAVED_NAMES = 0.35  # of those who write on WhatsApp are known to the phone by name
_ODD = 7_919  # a prime: numbers of web accounts do not follow the customer numbers


class Sources:
    """The customers of each source.

    Attributes
    ----------
    finance : numpy.ndarray
        Positions of the customers with a card in the finance book, in the order of the cards.
    web : numpy.ndarray
        Positions of the customers with an account in the web shop or the marketplace, in the order of the accounts.
    contact : dict of int to str
        By position of the customer, what the shop's phone calls him.
    """

    def __init__(self, world):
        self.finance = self._cards(world)
        self.web = self._accounts(world)
        self.contact = self._contacts(world)
        self.card_of = {who: k for k, who in enumerate(self.finance.tolist())}
        self.account_of = {who: k for k, who in enumerate(self.web.tolist())}
        workers = np.flatnonzero(world.staff.customer >= 0)
        keys = [
            *((0, card(k), who) for k, who in enumerate(self.finance.tolist())),
            *((1, account(k), who) for k, who in enumerate(self.web.tolist())),
            *((2, name, who) for who, name in self.contact.items()),
            *((3, staff.number(k + 1), world.staff.customer[k]) for k in workers.tolist()),
        ]
        source, key, who = zip(*keys, strict=True)
        self.keys = {
            "source": category(source, SOURCES),
            "source_key": text(key),
            "customer_id": world.people.ids[np.array(who)],
        }

    @staticmethod
    def _cards(world):
        people, orders = world.people, world.orders
        draws = world.draws("raw.finance")
        transfer = (world.methods == aftersales.METHODS.index("bank_transfer")) & ~orders.cancelled
        by_whatsapp = np.bincount(orders.customer[transfer & (orders.channel == planted.WHATSAPP)], minlength=people.n)
        able = np.flatnonzero(~people.fake)
        # who has transferred for a WhatsApp order first, then anybody
        rank = np.lexsort((draws.uniform(len(able)), -np.minimum(by_whatsapp[able], 1)))
        chosen = able[rank[: CONSUMERS_IN_FINANCE * people.n_corporates]]
        everybody = np.concatenate([chosen, np.arange(people.n_consumers, people.n)])
        return everybody[np.argsort(draws.uniform(len(everybody)), kind="stable")]

    @staticmethod
    def _accounts(world):
        orders = world.orders
        online = np.isin(orders.channel, (planted.MARKETPLACE, planted.WEBSITE))
        who = np.unique(orders.customer[online])
        return who[np.argsort(world.draws("raw.web").uniform(len(who)), kind="stable")]

    @staticmethod
    def _contacts(world):
        people, orders = world.people, world.orders
        who = np.unique(orders.customer[orders.channel == planted.WHATSAPP])
        saved = world.draws("raw.whatsapp.contacts").chance(len(who), SAVED_NAMES)
        # a phone that two people of a household share is always saved with a name, or nobody could tell them apart
        shared = np.isin(who, people.sharing.ravel())
        names, taken = {}, set()
        for k, known in zip(who.tolist(), (saved | shared).tolist(), strict=True):
            name = f"{people.names[k]} {people.phone[k] % 10_000:04}"
            if not known or name in taken:
                name = written.chat_phone(int(people.phone[k]))
            taken.add(name)
            names[k] = name
        return names


def card(position):
    """Write the number of a card in the finance book."""
    return f"K-{position + 1:05}"


def account(position):
    """Write the number of an account in the web shop."""
    return f"U{(position + 1) * _ODD % 1_000_003:07}"
