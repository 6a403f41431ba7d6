"""Campaigns: newsletters, offers and win-back vouchers; who was written to, and what came of it (R-T25, R-T30).

What customers buy is already decided. A campaign that worked is made by the choice of its list: of the lapsed customers
so many who come back are put on the list, and so many of them into the arm with the voucher, as the planted shares say.
"""

import numpy as np

from crmlab.datasets.columns import category, dates, masked, moments, text
from crmlab.datasets.retail import consents, planted
from crmlab.datasets.retail.products import month_starts
from crmlab.datasets.retail.written import MONTHS

KINDS = ("newsletter", "offer", "win_back")
NEWSLETTER, OFFER, WIN_BACK = range(3)
ARMS = ("test", "control", "none")
TEST, CONTROL, NONE = range(3)
EMAIL, WHATSAPP = 0, 1
BREACHES = ("after_withdrawal", "never_given", "other_channel")
_BREACH_SHARES = (0.4, 0.4, 0.2)
_OPENS = {EMAIL: 0.20, WHATSAPP: 0.55}
_OPENS_MORE, _CLICKS, _CLICKS_MORE = 1.5, 0.15, 2.5  # buyers open and click more
_WITHIN_DAYS = 7
_DAY = 86_400


def _plan():
    """List the campaigns: kind, name, day, channel."""
    starts = month_starts().tolist()
    plan = [
        (NEWSLETTER, f"Kabar XYZ {MONTHS[k % 12]} {2016 + k // 12}", day + 4, EMAIL) for k, day in enumerate(starts)
    ]
    plan += [
        (OFFER, f"Penawaran {MONTHS[k % 12]} {2016 + k // 12}", day + 22, WHATSAPP)
        for k, day in enumerate(starts)
        if k % 2
    ]
    plan += [
        (WIN_BACK, f"Kangen XYZ {2016 + k // 12} Triwulan {k % 12 // 3 + 1}", day + 10, WHATSAPP if k % 2 else EMAIL)
        for k, day in enumerate(starts)
        if k >= 12 and k % 3 == 0 and day + 10 + planted.WIN_BACK_DAYS < planted.N_DAYS
    ]
    return sorted(plan, key=lambda row: (row[2], row[0]))


class Purchases:
    """When consumers buy: looks up the purchases around a moment."""

    def __init__(self, world):
        orders = world.orders
        kept = np.flatnonzero(~orders.cancelled & (orders.channel != planted.FIELD_SALES))
        time = orders.day[kept] * _DAY + orders.second[kept]
        self._span = np.int64(2 * planted.N_DAYS * _DAY)
        order = np.lexsort((time, orders.customer[kept]))
        self._orders = kept[order]
        self._time, self._who = time[order], orders.customer[kept][order]
        self._key = self._who * self._span + self._time

    def next(self, who, time, days):
        """Give the position of each customer's first order after a moment and within some days, -1 for none."""
        at = np.searchsorted(self._key, who * self._span + time, side="right")
        last = np.minimum(at, len(self._key) - 1)
        there = (at < len(self._key)) & (self._who[last] == who) & (self._time[last] <= time + days * _DAY)
        return np.where(there, self._orders[last], -1)

    def days_since(self, who, time):
        """Give the days since each customer's last order before a moment; many where there is none."""
        at = np.searchsorted(self._key, who * self._span + time, side="left") - 1
        there = (at >= 0) & (self._who[np.maximum(at, 0)] == who)
        return np.where(there, (time - self._time[np.maximum(at, 0)]) // _DAY, 10**6)


def make(world):
    """Send the campaigns: a dict of arrays in the order of time."""
    purchases = Purchases(world)
    plan = _plan()
    lists = _lists(world, plan)
    lists.append(_win_back(world, plan, purchases))
    campaign, customer, arm, breach = (np.concatenate([part[k] for part in lists]) for k in range(4))
    draws = world.draws("campaigns.answers")
    n = len(campaign)
    kind, day, channel = (np.array([row[k] for row in plan])[campaign] for k in (0, 2, 3))
    time = day * _DAY + 10 * 3_600 + draws.whole(n, 2 * 3_600)
    win_back = kind == WIN_BACK
    order = np.where(
        win_back,
        purchases.next(customer, day * _DAY, planted.WIN_BACK_DAYS),
        purchases.next(customer, time, _WITHIN_DAYS),
    )
    buys = order >= 0
    sent = arm != CONTROL
    opens = np.where(channel == EMAIL, _OPENS[EMAIL], _OPENS[WHATSAPP]) * np.where(buys, _OPENS_MORE, 1.0)
    opened = draws.chance(n, opens) & sent
    clicked = draws.chance(n, _CLICKS * np.where(buys, _CLICKS_MORE, 1.0)) & opened
    converted = buys & (clicked | win_back)
    by_time = np.lexsort((customer, campaign, time))
    made = {
        "campaign": campaign,
        "customer": customer,
        "time": time,
        "channel": channel,
        "arm": arm,
        "sent": sent,
        "opened": opened,
        "clicked": clicked,
        "converted": converted,
        "order": np.where(converted, order, -1),
        "breach": breach,
    }
    return {"plan": plan, **{name: values[by_time] for name, values in made.items()}}


def _may(world, channel, time):
    """Tell for every consumer whether he may be written to at a moment."""
    made = world.consents
    # whoever withdraws on the day itself gets no more letters either
    return (made["since"][:, channel] < time) & (time + _DAY < made["until"][:, channel])


def _there(world, day):
    people = world.people
    n = people.n_consumers
    return (people.registered[:n] <= day - 1) & (people.closed[:n] > day + 1) & ~people.fake


def _lists(world, plan):
    """Draw the lists of newsletters and offers, and plant so many breaches of consent among them."""
    draws = world.draws("campaigns.lists")
    people, made = world.people, world.consents
    n = people.n_consumers
    ordinary = [k for k, row in enumerate(plan) if row[0] != WIN_BACK]
    total = round((planted.SENDS - planted.WIN_BACK_TREATED - planted.WIN_BACK_HOLDOUT) * world.scale)
    breaches = round(planted.BREACHES * world.scale)
    likes = np.where(people.segment == planted.PROMO_HUNTER, 2.5, np.where(people.segment == planted.LOYAL, 1.5, 1.0))
    # so many on each list as there may be, in proportion
    room = np.array(
        [int((_may(world, plan[k][3], plan[k][2] * _DAY) & _there(world, plan[k][2])).sum()) for k in ordinary]
    )
    wanted = np.minimum((room * ((total - breaches) / room.sum())).astype(np.int64), room)
    wanted[np.argsort(-room, kind="stable")[: total - breaches - int(wanted.sum())]] += 1
    kinds = np.repeat(np.arange(len(BREACHES)), [round(share * breaches) for share in _BREACH_SHARES[:2]] + [0])
    kinds = np.concatenate([kinds, np.full(breaches - len(kinds), 2)])
    # nobody has withdrawn in the first months
    late = np.array([k for k in ordinary if plan[k][2] > 400])
    of_campaign = late[draws.whole(breaches, len(late))]
    parts = []
    for position, k in enumerate(ordinary):
        _, _, day, channel = plan[k]
        time = day * _DAY
        there = _there(world, day)
        may = _may(world, channel, time) & there
        luck = draws.exponential(n) / (likes if plan[k][0] == OFFER else 1.0)
        able = np.flatnonzero(may)
        chosen = able[np.argsort(luck[able], kind="stable")[: wanted[position]]]
        parts.append((k, chosen, np.full(len(chosen), -1)))
        withdrawn = (made["until"][:, channel] < time) & there
        never = (made["since"].min(axis=1) == consents.NEVER) & there
        other = (made["since"][:, channel] == consents.NEVER) & (made["since"].min(axis=1) < time) & there
        other &= made["until"].min(axis=1) > time
        for kind, pool in enumerate((withdrawn, never, other)):
            few = int((kinds[of_campaign == k] == kind).sum())
            able = np.flatnonzero(pool)
            if few > len(able):  # nobody of this kind yet: somebody who never gave consent is always there
                able = np.concatenate([able, np.flatnonzero(never & ~pool)])
            able = able[np.argsort(luck[able], kind="stable")[:few]]
            actual = np.select([withdrawn[able], never[able]], [0, 1], 2)
            parts.append((k, able, actual))
    campaign = np.concatenate([np.full(len(part[1]), part[0]) for part in parts])
    customer, breach = (np.concatenate([part[k] for part in parts]) for k in (1, 2))
    return [(campaign, customer, np.full(len(campaign), NONE), breach)]


def _win_back(world, plan, purchases):
    """Draw lapsed customers for the vouchers, with so many who come back in each arm as are planted."""
    draws = world.draws("campaigns.win_back")
    waves = [k for k, row in enumerate(plan) if row[0] == WIN_BACK]
    pairs = []
    for k in waves:
        _, _, day, channel = plan[k]
        time = day * _DAY
        stays = world.people.closed[: world.people.n_consumers] > day + planted.WIN_BACK_DAYS
        able = np.flatnonzero(_may(world, channel, time) & _there(world, day) & stays)
        lapse = purchases.days_since(able, np.full(len(able), time))
        lapsed = able[(lapse >= planted.LAPSED_DAYS) & (lapse < 10**6)]
        pairs.append((np.full(len(lapsed), k), lapsed, purchases.next(lapsed, time, planted.WIN_BACK_DAYS) >= 0))
    campaign, customer, back = (np.concatenate([pair[k] for pair in pairs]) for k in range(3))
    sizes = [round(count * world.scale) for count in (planted.WIN_BACK_TREATED, planted.WIN_BACK_HOLDOUT)]
    returns = [int(draws.chance(size, p).sum()) for size, p in zip(sizes, planted.WIN_BACK, strict=True)]
    yes, no = np.flatnonzero(back), np.flatnonzero(~back)
    yes = yes[np.argsort(draws.uniform(len(yes)), kind="stable")]
    no = no[np.argsort(draws.uniform(len(no)), kind="stable")]
    arms = []
    for size, count in zip(sizes, returns, strict=True):
        arms.append(np.concatenate([yes[:count], no[: size - count]]))
        yes, no = yes[count:], no[size - count :]
    chosen = np.concatenate(arms)
    arm = np.repeat((TEST, CONTROL), [len(rows) for rows in arms])
    return campaign[chosen], customer[chosen], arm, np.full(len(chosen), -1)


def build(world):
    """Add the campaigns, and who was on their lists."""
    made = world.campaigns
    plan = made["plan"]
    world.tables["campaigns"] = {
        "campaign_id": np.arange(1, len(plan) + 1, dtype=np.int32),
        "campaign": text([row[1] for row in plan]),
        "campaign_kind": category([row[0] for row in plan], KINDS),
        "channel": category([row[3] for row in plan], consents.CHANNELS[:2]),
        "sent_on": dates([row[2] for row in plan]),
    }
    n = len(made["time"])
    world.tables["campaign_sends"] = {
        "send_id": np.arange(1, n + 1, dtype=np.int32),
        "campaign_id": (made["campaign"] + 1).astype(np.int32),
        "customer_id": world.people.ids[made["customer"]],
        "arm": category(made["arm"], ARMS),
        "sent_at": moments(made["time"] // _DAY, made["time"] % _DAY, missing=~made["sent"]),
        "opened": made["opened"],
        "clicked": made["clicked"],
        "converted": made["converted"],
        "order_id": masked((made["order"] + 1).astype(np.int32), made["order"] < 0),
    }
