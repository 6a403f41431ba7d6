"""PT XYZ put together: one world of one size and one seed."""

import numpy as np

from crmlab import calendar
from crmlab.datasets.retail import (
    aftersales,
    baskets,
    customers,
    orders,
    places,
    planted,
    products,
    promotions,
    segments,
    surveys,
)


class World:
    """Everything that happens at PT XYZ, made step by step.

    Parameters
    ----------
    size : str
        ``"S"``, ``"M"`` or ``"L"``.
    seed : int
    """

    epoch = planted.FIRST_DAY

    def __init__(self, size, seed):
        self.size, self.seed, self.scale = size, seed, planted.SCALES[size]
        self.calendar = calendar.days(planted.FIRST_DAY, planted.LAST_DAY)
        self.year_of_day = np.array(self.calendar["year"]) - planted.FIRST_DAY.year
        self.tables = {}

    def make_people(self):
        """Make the places, the products and the customers."""
        self.places = places.Places()
        self.shelf = products.Assortment(self.seed)
        self.people = customers.Customers(self.seed, self.scale, self.places)

    def make_orders(self):
        """Let the customers order, and use promotions."""
        self.orders = orders.make(self)
        self.offers = promotions.Promotions(self)

    def make_lines(self):
        """Fill the baskets."""
        self.lines = baskets.make(self)
        self.totals = baskets.totals(self)
        self.segments = segments.classify(self)

    def make_aftersales(self):
        """Send, take back, collect, and ask how it was."""
        self.methods = aftersales.pay_methods(self)
        self.parcels = aftersales.send(self)
        self.returns = aftersales.take_back(self)
        self.payments = aftersales.collect(self)
        self.survey = surveys.ask(self)
