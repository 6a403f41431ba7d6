"""When who orders through which channel.

Orders arrive day by day and channel by channel as Poisson processes, so that the effects of the calendar can be
recovered from daily counts; each order then falls to one of the customers who are there on that day.
"""

from dataclasses import dataclass

import numpy as np

from crmlab.datasets.retail import planted
from crmlab.errors import InternalError

_ROUNDS = 8
_TOO_FEW = 1e-3  # of the whole weight of a group: so few would be drawn in vain for long
_TASTE_BY_AGE = (  # for store, marketplace, website, WhatsApp
    (0.8, 1.8, 1.3, 0.6),
    (0.9, 1.4, 1.3, 0.8),
    (1.0, 0.9, 1.0, 1.1),
    (1.2, 0.6, 0.7, 1.3),
    (1.4, 0.3, 0.4, 1.2),
)
_SOURCE_TASTE = {0: 0, 2: 1, 3: 3, 4: 2}  # position of the acquisition source: channel it leads to
_SOURCE_PULL = 2.0

# weights of the hours of a day: store, online, field sales; and the hours that Ramadan adds
HOURS = {  # from midnight to 23
    "store": (*[0] * 10, 4, 6, 7, 6, 6, 7, 9, 10, 11, 12, 8, 0, 0, 0),
    "online": (1, 0, 0, 0, 0, 0, 2, 3, 4, 5, 6, 6, 8, 6, 5, 5, 5, 5, 6, 9, 11, 10, 7, 3),
    "field_sales": (*[0] * 8, 6, 12, 14, 12, 0, 12, 12, 10, 6, *[0] * 7),
}
_RAMADAN_HOURS = {"store": {16: 6, 20: 8}, "online": {3: 10, 4: 8, 21: 6}, "field_sales": {8: 4}}


@dataclass
class Orders:
    """Orders as arrays, in the order of time; ids start at 1."""

    day: np.ndarray
    second: np.ndarray
    channel: np.ndarray
    customer: np.ndarray
    city: np.ndarray
    store: np.ndarray
    cancelled: np.ndarray
    fake: np.ndarray

    def __post_init__(self):
        self.n = len(self.day)
        self.ids = np.arange(1, self.n + 1, dtype=np.int32)


def intensity(calendar, channel):
    """Give the expected number of orders of a channel on each day, at size M.

    Parameters
    ----------
    calendar : dict
        Columns of `crmlab.calendar.days`.
    channel : int
        Position in `planted.CHANNELS`.

    Returns
    -------
    numpy.ndarray
    """
    n = len(calendar["date"])
    growth = 1 + planted.GROWTH_A_YEAR[channel]
    level = np.array([round(growth ** (day / 365.25), 9) for day in range(n)]) * planted.ORDERS_A_DAY[channel]
    weekend = np.array(calendar["weekend"])
    if channel == planted.STORE:
        level *= np.where(weekend, planted.WEEKEND_STORE, 1.0)
    if channel == planted.FIELD_SALES:
        level *= np.where(weekend, planted.WEEKEND_FIELD_SALES, 1.0)
    else:
        level *= np.where(calendar["payday"], planted.PAYDAY, 1.0)
    phase = np.array(calendar["idul_fitri_phase"])
    for name, factors in (
        ("three_weeks_before", planted.FITRI_THREE_WEEKS),
        ("last_week", planted.FITRI_LAST_WEEK),
        ("eve_and_day", planted.FITRI_EVE_AND_DAY),
    ):
        level *= np.where(phase == name, factors[channel], 1.0)
    for month, factors in ((11, planted.ELEVEN_ELEVEN), (12, planted.TWELVE_TWELVE)):
        party = np.array([date.month == month and date.day == month for date in calendar["date"]])
        level *= np.where(party, factors[channel], 1.0)
    return level * pandemic(calendar["date"], channel)


def pandemic(dates, channel):
    """Give the factor of the pandemic for a channel on each of some dates."""
    factor = np.ones(len(dates))
    factor[np.array([date >= planted.PANDEMIC_START for date in dates])] = planted.PANDEMIC[channel]
    if channel == planted.STORE:
        factor[np.array([date >= planted.STORE_RECOVERY_START for date in dates])] = planted.STORE_RECOVERY
    return factor


def _segment_season(calendar):
    """Give the weight of every segment on every day: who comes when others do not."""
    n = len(calendar["date"])
    weight = np.ones((n, len(planted.SEGMENTS)))
    phase = np.array(calendar["idul_fitri_phase"])
    month = np.array(calendar["month_of_year"])
    festive = np.isin(phase, ("three_weeks_before", "last_week"))
    weight[:, planted.SEASONAL] = np.where(festive, 9.0, np.where(month == 12, 2.5, 0.30))
    weight[:, planted.PROMO_HUNTER] = np.where(calendar["harbolnas"], 3.0, np.where(calendar["payday"], 1.3, 1.0))
    return weight


class _Alive:
    """Draws customers in proportion to their weights from those who are there on a day."""

    def __init__(self, members, weight, start, end):
        by_start, by_end = (members[np.argsort(times[members], kind="stable")] for times in (start, end))
        self._members, self._end = by_start, end
        self._edges = np.concatenate([[0.0], np.cumsum(weight[by_start])])
        days = np.arange(planted.N_DAYS)
        self._here = np.searchsorted(start[by_start], days, side="right")
        gone_weight = np.concatenate([[0.0], np.cumsum(weight[by_end])])
        gone = np.searchsorted(end[by_end], days, side="right")
        here = self._edges[self._here] - gone_weight[gone]
        # also because it is summed in another order, so a group that has gone altogether may leave a crumb
        self.weight = np.where(here > _TOO_FEW * self._edges[-1], here, 0.0)

    def draw(self, draws, day):
        chosen = np.zeros(len(day), dtype=np.int64)
        open_ = np.arange(len(day))
        for _ in range(5_000):
            if not len(open_):
                return chosen
            at = day[open_]
            spot = draws.uniform(len(open_)) * self._edges[self._here[at]]
            who = self._members[np.searchsorted(self._edges, spot, side="right") - 1]
            there = at < self._end[who]
            chosen[open_[there]] = who[there]
            open_ = open_[~there]
        raise InternalError("Orders of PT XYZ fall on a day when none of their customers is left.")


def _tastes(people, places, draws):
    """Give each consumer's taste for each channel."""
    n = people.n_consumers
    taste = np.array(planted.SEGMENT_CHANNEL)[people.segment] * np.array(_TASTE_BY_AGE)[people.age_band]
    for source, channel in _SOURCE_TASTE.items():
        taste[people.source == source, channel] *= _SOURCE_PULL
    taste[places.store[people.city[:n]] == 0, planted.STORE] = 0.0
    taste *= 0.5 + draws.gamma(n * 4, 2).reshape(n, 4)
    return taste


def _balance(activity, taste, demand):
    """Scale tastes so that customers order as often as their activity says, whatever channels are open to them.

    A few rounds suffice: the demand of a channel is shared out by taste, and who gets too much of all tastes less.
    """
    wanted = activity * (demand.sum() / np.cumsum(activity)[-1])
    weight = activity[:, None] * taste
    for _ in range(_ROUNDS):
        expected = np.zeros(len(activity))
        for channel, orders in enumerate(demand.tolist()):
            expected += weight[:, channel] * (orders / np.cumsum(weight[:, channel])[-1])
        weight *= (wanted / np.where(expected > 0, expected, 1.0))[:, None]
    return weight


def _consumer_orders(world, draws):
    people = world.people
    n = people.n_consumers
    activity = draws.gamma(n, 10) * np.array(planted.SEGMENT_RATE)[people.segment] * ~people.fake
    levels = [intensity(world.calendar, channel) * world.scale for channel in range(planted.FIELD_SALES)]
    demand = np.array([np.cumsum(level)[-1] for level in levels])
    weights = _balance(activity, _tastes(people, world.places, draws), demand)
    season = _segment_season(world.calendar)
    start, end = np.maximum(people.registered[:n], 0), people.quiet_since[:n]
    for channel in range(planted.FIELD_SALES):
        weight = weights[:, channel]
        groups = [_Alive(np.flatnonzero(people.segment == s), weight, start, end) for s in range(len(planted.SEGMENTS))]
        day = draws.arrivals(levels[channel])
        mix = np.stack([group.weight for group in groups], axis=1) * season
        segment = draws.choose_each(mix[day])
        customer = np.zeros(len(day), dtype=np.int64)
        for s, group in enumerate(groups):
            mine = np.flatnonzero(segment == s)
            customer[mine] = group.draw(draws, day[mine])
        cancelled = (
            np.zeros(len(day), dtype=bool)
            if channel == planted.STORE
            else draws.chance(len(day), planted.CANCELLED_ONLINE)
        )
        yield day, np.full(len(day), channel), customer, cancelled, np.zeros(len(day), dtype=bool)


def _corporate_orders(world, draws):
    people = world.people
    accounts = np.arange(people.n_consumers, people.n)
    weight = np.zeros(people.n)
    weight[accounts] = draws.gamma(people.n_corporates, 3)
    group = _Alive(accounts, weight, np.maximum(people.registered, 0), people.closed)
    day = draws.arrivals(intensity(world.calendar, planted.FIELD_SALES) * world.scale)
    none = np.zeros(len(day), dtype=bool)
    return day, np.full(len(day), planted.FIELD_SALES), group.draw(draws, day), none, none


def _fake_orders(world, draws):
    """Let fake accounts order parcels to be paid on delivery, which are then refused."""
    people = world.people
    fakes = np.flatnonzero(people.fake)
    customer = np.repeat(fakes, 3 + draws.whole(len(fakes), 3))
    n = len(customer)
    start = people.registered[customer]
    span = np.minimum(people.closed[customer] - start, 200)
    channel = np.where(draws.chance(n, 0.7), planted.MARKETPLACE, planted.WEBSITE)
    yes = np.ones(n, dtype=bool)
    return start + draws.whole(n, span), channel, customer, yes, yes


def _seconds(draws, day, channel, ramadan):
    kinds = np.select([channel == planted.STORE, channel == planted.FIELD_SALES], [0, 2], 1)
    second = np.zeros(len(day), dtype=np.int64)
    for k, name in enumerate(("store", "online", "field_sales")):
        for fasting in (False, True):
            hours = np.array(HOURS[name], dtype=float)
            for hour, more in (_RAMADAN_HOURS[name] if fasting else {}).items():
                hours[hour] += more
            mine = np.flatnonzero((kinds == k) & (ramadan[day] == fasting))
            second[mine] = draws.choose(len(mine), hours) * 3_600 + draws.whole(len(mine), 3_600)
    return second


def make(world):
    """Make the orders of a world.

    Returns
    -------
    Orders
    """
    draws = world.draws("orders")
    parts = [*_consumer_orders(world, draws), _corporate_orders(world, draws), _fake_orders(world, draws)]
    day, channel, customer, cancelled, fake = (np.concatenate(column) for column in zip(*parts, strict=True))
    second = _seconds(draws, day, channel, np.array(world.calendar["ramadan"]))
    order = np.lexsort((customer, channel, second, day))
    day, second, channel, customer, cancelled, fake = (
        column[order] for column in (day, second, channel, customer, cancelled, fake)
    )
    people, places = world.people, world.places
    city = people.city_on(customer, day)
    # who has moved away from any store still goes to the old one when he visits
    near = np.where(places.store[city] > 0, places.store[city], places.store[people.city[customer]])
    other = draws.chance(len(day), 0.06) & (near <= 2)
    near = np.where(other & (near > 0), 3 - near, near)  # between the two stores of Greater Jakarta people change about
    store = np.where(channel == planted.STORE, near, 0)
    return Orders(day, second, channel, customer, city, store, cancelled, fake)
