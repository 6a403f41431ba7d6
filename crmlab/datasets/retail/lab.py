"""The lab's tables: drawn straight from textbook models, so that an analysis can find their parameters again.

They are about nobody in particular: the rest of PT XYZ does not know their units.
"""

from functools import cache

import numpy as np

from crmlab.datasets.columns import category
from crmlab.datasets.retail import planted

ARMS = ("observed", "random")
_POINTS = 1 << 16
_CLUSTERS = (  # weight, days since the last order, orders a month, usual order, share with promotion
    (0.12, 15, 2.20, 820_000, 0.12),
    (0.23, 30, 0.90, 340_000, 0.18),
    (0.20, 150, 0.22, 620_000, 0.25),
    (0.20, 45, 0.50, 170_000, 0.70),
    (0.25, 500, 0.08, 280_000, 0.20),
)
_SPREAD = 0.35
_JOURNEY = 3  # categories one after the other


@cache
def _quantiles(inverse, *parameters):
    import scipy.special

    at = (np.arange(_POINTS) + 0.5) / _POINTS
    # far above the last bit, in which processors differ
    return np.maximum(np.round(getattr(scipy.special, inverse)(*parameters, at), 6), 1e-6)


def _gamma(draws, n, shape):
    return _quantiles("gammaincinv", shape)[draws.whole(n, _POINTS)]


def _beta(draws, n, a, b):
    return _quantiles("betaincinv", a, b)[draws.whole(n, _POINTS)]


def purchases(world):
    """R-T26: customers who buy at random until they drop out at random (BG/NBD), in weeks of seven days."""
    draws = world.draws("lab.btyd")
    n = planted.LAB_BTYD_CUSTOMERS
    r, alpha, a, b = planted.LAB_BTYD
    low, high = planted.LAB_BTYD_WEEKS
    age = low + draws.whole(n, (high - low) * 7 + 1) / 7
    rate, leaves = _gamma(draws, n, r) / alpha, _beta(draws, n, a, b)
    frequency, last, clock = np.zeros(n, dtype=np.int64), np.zeros(n), np.zeros(n)
    there = np.arange(n)
    while len(there):
        clock[there] += draws.exponential(len(there)) / rate[there]
        there = there[clock[there] <= age[there]]
        frequency[there] += 1
        last[there] = clock[there]
        there = there[~draws.chance(len(there), leaves[there])]
    return {
        "unit_id": np.arange(1, n + 1, dtype=np.int32),
        "frequency": frequency.astype(np.int32),
        "recency_days": np.rint(last * 7).astype(np.int32),
        "age_days": np.rint(age * 7).astype(np.int32),
    }


def promotion(world):
    """R-T14: a promotion sent to heavy buyers above all, and once more at random."""
    draws = world.draws("lab.promo")
    n = round(planted.LAB_PROMO_ROWS * world.scale)
    at_random = np.repeat((False, True), n)
    heavy = draws.chance(2 * n, planted.LAB_PROMO_HEAVY)
    targeted = np.where(heavy, *planted.LAB_PROMO_TARGETED)
    sent = draws.chance(2 * n, np.where(at_random, 0.5, targeted))
    buys = np.where(heavy, *planted.LAB_PROMO_BUYS) * np.where(sent, planted.LAB_PROMO_UPLIFT, 1.0)
    return {
        "unit_id": np.arange(1, 2 * n + 1, dtype=np.int32),
        "assignment": category(at_random.astype(np.int64), ARMS),
        "heavy_buyer": heavy,
        "sent": sent,
        "bought": draws.chance(2 * n, buys),
    }


def clusters(world):
    """R-T09 without noise from elsewhere: five groups of customers, and to which each belongs."""
    draws = world.draws("lab.cluster")
    n = planted.LAB_CLUSTER_ROWS
    weight, days, rate, order, promo = (np.array(column) for column in zip(*_CLUSTERS, strict=True))
    group = draws.choose(n, weight)
    spread = [draws.lognormal(n, _SPREAD) for _ in range(3)]
    share = np.clip(promo[group] + 0.08 * draws.normal(n), 0, 1)
    return group, {
        "unit_id": np.arange(1, n + 1, dtype=np.int32),
        "recency_days": np.rint(days[group] * spread[0]).astype(np.int32),
        "orders_a_month": np.round(rate[group] * spread[1], 3),
        "average_order": (np.rint(order[group] * spread[2] / 1_000) * 1_000).astype(np.int64),
        "promo_share": np.round(share, 2),
    }


def journeys(world):
    """R-T24: what is bought next: three strong arcs between categories, all else alike."""
    draws = world.draws("lab.next_category")
    shelf = world.shelf
    names = list(dict.fromkeys(row[1] for row in shelf.rows))
    n = round(planted.LAB_JOURNEYS * world.scale)
    place = {name: k for k, name in enumerate(names)}
    target = np.full(len(names), -1)
    for source, aim in planted.ARCS.items():
        target[place[source]] = place[aim]
    sources = np.array([place[name] for name in planted.ARCS])
    now = np.where(
        draws.chance(n, planted.ARC_START), sources[draws.whole(n, len(sources))], draws.whole(n, len(names))
    )
    steps = [now]
    for _ in range(_JOURNEY - 1):
        # to the arc's target, or to any of the other categories but the one at hand
        follows = (target[now] >= 0) & draws.chance(n, planted.ARC)
        other = (now + 1 + draws.whole(n, len(names) - 1)) % len(names)
        again = np.flatnonzero((target[now] >= 0) & ~follows & (other == target[now]))
        while len(again):
            other[again] = (now[again] + 1 + draws.whole(len(again), len(names) - 1)) % len(names)
            again = again[other[again] == target[now[again]]]
        now = np.where(follows, target[now], other)
        steps.append(now)
    return {
        "journey_id": np.repeat(np.arange(1, n + 1), _JOURNEY).astype(np.int32),
        "step": np.tile(np.arange(1, _JOURNEY + 1), n).astype(np.int32),
        "category": category(np.stack(steps, axis=1).ravel(), names),
    }


def build(world):
    """Add the lab's tables."""
    world.lab_groups, grouped = clusters(world)
    world.tables["lab_btyd"] = purchases(world)
    world.tables["lab_promo"] = promotion(world)
    world.tables["lab_cluster"] = grouped
    world.tables["lab_next_category"] = journeys(world)
