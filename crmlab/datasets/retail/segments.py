"""The operational segment: what PT XYZ itself would call a customer, by a plain rule on what he did.

The rule, on purchases up to the last day (cancelled orders left out), first that fits:

corporate
    a corporate account;
promo_hunter
    used a promotion in at least half of at least three orders;
seasonal
    at least half of at least two orders fell into the three weeks before Idul Fitri or into December;
dormant
    three orders at most, and none within the last 365 days;
loyal
    orders of 420,000 rupiah on average (before discounts), and at least one for every 120 days of membership;
regular
    everybody else.

The rule looks back from the last day, so a customer keeps one segment for all years.
"""

import numpy as np

from crmlab.datasets.retail import planted

NAMES = (*planted.SEGMENTS, "corporate")
CORPORATE = len(planted.SEGMENTS)
DORMANT_ORDERS, DORMANT_AFTER_DAYS = 3, 365
HUNTER_SHARE, HUNTER_ORDERS = 0.5, 3
SEASON_SHARE, SEASON_ORDERS = 0.5, 2
LOYAL_AVERAGE, LOYAL_EVERY_DAYS = 420_000, 120


def classify(world):
    """Give the position in `NAMES` of every customer's operational segment."""
    people, orders = world.people, world.orders
    kept = np.flatnonzero(~orders.cancelled)
    who, day = orders.customer[kept], orders.day[kept]

    def count(which):
        return np.bincount(who[which], minlength=people.n)

    n = np.bincount(who, minlength=people.n)
    last = np.full(people.n, -10_000)
    np.maximum.at(last, who, day)
    phase = np.array(world.calendar["idul_fitri_phase"])
    festive = np.isin(phase, ("three_weeks_before", "last_week")) | (np.array(world.calendar["month_of_year"]) == 12)
    promo = count(world.offers.first[kept] >= 0)
    season = count(festive[day])
    gross = np.zeros(people.n, dtype=np.int64)
    np.add.at(gross, who, world.totals["gross"][kept])
    member_days = people.closed - np.maximum(people.registered, 0)
    return np.select(
        [
            people.corporate,
            (n >= HUNTER_ORDERS) & (promo >= HUNTER_SHARE * n),
            (n >= SEASON_ORDERS) & (season >= SEASON_SHARE * n),
            (n <= DORMANT_ORDERS) & (last < planted.N_DAYS - DORMANT_AFTER_DAYS),
            (gross >= LOYAL_AVERAGE * n) & (n * LOYAL_EVERY_DAYS >= member_days),
        ],
        [CORPORATE, planted.PROMO_HUNTER, planted.SEASONAL, planted.DORMANT, planted.LOYAL],
        planted.REGULAR,
    )
