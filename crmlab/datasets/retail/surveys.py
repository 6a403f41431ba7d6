"""Surveys after a purchase: who is asked, who answers, what they say."""

import math

import numpy as np

from crmlab.datasets.retail import planted

_NO_PARCEL = 3
PROMOTER_SCORES = (0.45, 0.55)  # 9, 10
PASSIVE_SCORES = (0.45, 0.55)  # 7, 8
DETRACTOR_SCORES = (0.03, 0.03, 0.05, 0.09, 0.14, 0.30, 0.36)  # 0 to 6
_CSAT = (  # 1 to 5, for detractors, passives and promoters with a parcel in time
    (0.16, 0.28, 0.34, 0.18, 0.04),
    (0.02, 0.06, 0.30, 0.46, 0.16),
    (0.01, 0.01, 0.08, 0.38, 0.52),
)
_LATE_SHIFT = (0.0, 0.35, 0.70)  # chance of one point less, by lateness
_EFFORT = (0.22, 0.28, 0.20, 0.12, 0.09, 0.06, 0.03)  # 1 easy to 7 hard; the first three make the easy share


def ask(world):
    """Invite customers after purchases and collect answers: a dict of arrays, in the order of invitations."""
    orders = world.orders
    draws = world.draws("surveys")
    able = np.flatnonzero(
        ~orders.cancelled & (orders.channel != planted.FIELD_SALES) & (orders.day < planted.N_DAYS - 12)
    )
    n = round(planted.INVITES * world.scale)
    order = able[np.argsort(draws.uniform(len(able)), kind="stable")[:n]]
    order = order[np.argsort(order, kind="stable")]
    loyal = world.segments[orders.customer[order]] == planted.LOYAL
    channel = orders.channel[order]
    answered = draws.chance(n, np.where(loyal, planted.RESPONSE_LOYAL, planted.RESPONSE_OTHERS))
    luck = draws.uniform(n)
    nps_wanted = np.zeros(n)
    for k, level in enumerate(planted.NPS):
        mine = channel == k
        share = int((mine & loyal).sum()) / int(mine.sum())
        gap = planted.NPS_LOYAL_ABOVE_OTHERS
        nps_wanted[mine] = np.where(loyal[mine], level + gap * (1 - share), level - gap * share)
    detractors = (1 - planted.PASSIVES - nps_wanted) / 2
    kind = (luck >= detractors).astype(np.int64) + (luck >= detractors + planted.PASSIVES)
    nps = np.select(
        [kind == 2, kind == 1],
        [9 + draws.choose(n, PROMOTER_SCORES), 7 + draws.choose(n, PASSIVE_SCORES)],
        draws.choose(n, DETRACTOR_SCORES),
    )
    lateness = np.full(orders.n, _NO_PARCEL)
    lateness[world.parcels.order] = world.parcels.lateness
    csat = 1 + draws.choose_each(np.array(_CSAT)[kind])
    disappointed = draws.chance(n, np.array((*_LATE_SHIFT, 0.0))[lateness[order]])
    csat = np.maximum(csat - disappointed, 1)
    # the luck of the first question makes half of the effort, so that the two go together in every channel alike
    effort = 1 + np.searchsorted(_mean_of_two_uniforms(_EFFORT), ((1 - luck) + draws.uniform(n)) / 2, side="right")
    asked = orders.day[order] + 3
    answered_on = asked + draws.whole(n, 6)
    version = np.where(asked >= (planted.CES_REVERSED_SINCE - planted.FIRST_DAY).days, 2, 1)
    return {
        "order": order,
        "asked": asked,
        "answered": answered,
        "answered_on": answered_on,
        "nps": nps,
        "csat": csat,
        "ces": np.where(version == 2, 8 - effort, effort),
        "ces_version": version,
    }


def _mean_of_two_uniforms(shares):
    """Cut the distribution of the mean of two uniform numbers into parts of these shares."""
    edges, total = [], 0.0
    for share in shares[:-1]:
        total = round(total + share, 9)
        edges.append(math.sqrt(total / 2) if total < 0.5 else 1 - math.sqrt((1 - total) / 2))
    return np.array(edges)
