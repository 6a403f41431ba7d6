"""PT XYZ put together: one world of one size and one seed."""

import numpy as np

from crmlab import calendar
from crmlab.datasets.draws import Draws
from crmlab.datasets.retail import (
    aftersales,
    baskets,
    campaigns,
    complaints,
    consents,
    contacts,
    customers,
    management,
    orders,
    panel,
    pipeline,
    places,
    planted,
    points,
    products,
    promotions,
    segments,
    staff,
    surveys,
    visits,
)


class World:
    """Everything that happens at PT XYZ, made step by step.

    Parameters
    ----------
    size : str
        ``"S"``, ``"M"`` or ``"L"``.
    seed : int
    takes : dict of str to int, optional
        By subject, which of its streams to draw from; by default those that the screening chose for the shipped seed.
    """

    epoch = planted.FIRST_DAY

    def __init__(self, size, seed, takes=None):
        self.size, self.seed, self.scale = size, seed, planted.SCALES[size]
        if takes is None:
            takes = planted.TAKES[size] if seed == planted.SEED else {}
        self.takes = takes
        self.calendar = calendar.days(planted.FIRST_DAY, planted.LAST_DAY)
        self.year_of_day = np.array(self.calendar["year"]) - planted.FIRST_DAY.year
        self.tables = {}

    def draws(self, subject):
        """Open the stream of random numbers of a subject.

        Returns
        -------
        crmlab.datasets.draws.Draws
        """
        return Draws(self.seed, subject, self.takes.get(subject, 0))

    def make_people(self):
        """Make the places, the products, the customers and the staff."""
        self.places = places.Places()
        self.shelf = products.Assortment(self.draws("products"))
        self.people = customers.Customers(self.draws, self.scale, self.places)
        self.staff = staff.Staff(self)
        self.account_rep = staff.assign(self)

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

    def make_relations(self):
        """Keep in touch: consent and campaigns, complaints, points, visits, leads; and what it all costs."""
        self.panel = panel.make(self)
        self.consents = consents.make(self)
        self.campaigns = campaigns.make(self)
        self.complaints = complaints.make(self)
        self.points = points.make(self)
        self.web_events = visits.surf(self)
        self.walk_ins = visits.walk_in(self)
        self.leads, self.opportunities = pipeline.make(self)
        self.contacts = contacts.make(self)
        self.targets = management.set_targets(self)
        self.pool_costs = management.cost(self)
        self.crm_uses = management.use_crm(self)
