"""The ledger of loyalty points: what members collect, take, and let expire."""

import numpy as np

from crmlab.datasets.columns import category, masked, moments
from crmlab.datasets.retail import planted, promotions

KINDS = ("earned", "redeemed", "expired")
RUPIAH_A_POINT = 10_000
_STEP = 50  # points are taken in portions
_TAKES = 0.30  # chance at a purchase with enough points
_DAY = 86_400


def make(world):
    """Keep the ledger: a dict of arrays in the order of time.

    A purchase earns a point for each 10,000 rupiah, two while the promotion with double points is used. What was earned
    before the year that ends expires on 31 December, unless it was taken before: the oldest points go first.
    """
    people, orders, offers = world.people, world.orders, world.offers
    draws = world.draws("points")
    member = np.concatenate([people.member, np.zeros(people.n_corporates, dtype=bool)])
    kept = np.flatnonzero(~orders.cancelled & member[orders.customer])
    double = (offers.first >= 0) & (offers.kind[offers.first] == promotions.POINTS)
    double |= (offers.second >= 0) & (offers.kind[offers.second] == promotions.POINTS)
    earned = world.totals["total"][kept] // RUPIAH_A_POINT * np.where(double[kept], 2, 1)
    kept, earned = kept[earned > 0], earned[earned > 0]
    who, day = orders.customer[kept], orders.day[kept]
    year = world.year_of_day[day]
    wants, portion = draws.chance(len(kept), _TAKES), draws.uniform(len(kept))
    balance, fresh = np.zeros(people.n, dtype=np.int64), np.zeros(people.n, dtype=np.int64)
    taken = np.zeros(len(kept), dtype=np.int64)
    expired = []
    ends = np.append(np.flatnonzero(np.diff(world.year_of_day)), planted.N_DAYS - 1)
    for k, last_day in enumerate(ends.tolist()):
        here = np.flatnonzero(year == k)
        here = here[np.argsort(who[here], kind="stable")]
        rank = np.arange(len(here)) - np.searchsorted(who[here], who[here])
        fresh[:] = 0
        for step in range(int(rank.max(initial=-1)) + 1):
            some = here[rank == step]
            customer = who[some]
            balance[customer] += earned[some]
            fresh[customer] += earned[some]
            steps = balance[customer] // _STEP
            take = np.where(wants[some], np.ceil(steps * portion[some]).astype(np.int64) * _STEP, 0)
            balance[customer] -= take
            taken[some] = take
        old = np.maximum(balance - fresh, 0) * (people.closed > last_day)
        gone = np.flatnonzero(old)
        balance[gone] -= old[gone]
        expired.append((gone, np.full(len(gone), last_day), old[gone]))
    took = np.flatnonzero(taken)
    time = orders.day[kept] * _DAY + orders.second[kept]
    none = [np.full(len(gone), -1) for gone, _, _ in expired]
    customer = np.concatenate([who, who[took], *(gone for gone, _, _ in expired)])
    kind = np.concatenate(
        [np.zeros(len(kept)), np.ones(len(took)), *(2 + np.zeros(len(gone)) for gone, _, _ in expired)]
    )
    moment = np.concatenate([time, time[took] + 60, *(days * _DAY + _DAY - 1 for _, days, _ in expired)])
    points = np.concatenate([earned, -taken[took], *(-old for _, _, old in expired)])
    order = np.concatenate([kept, kept[took], *none])
    # a minute after a purchase just before midnight would be another day
    moment = np.minimum(moment, np.where(order >= 0, orders.day[order] * _DAY + _DAY - 2, moment))
    sorted_ = np.lexsort((kind, order, customer, moment))
    return {
        "customer": customer[sorted_],
        "kind": kind.astype(np.int64)[sorted_],
        "time": moment[sorted_],
        "points": points[sorted_],
        "order": order[sorted_],
    }


def build(world):
    """Add the ledger of points."""
    made = world.points
    world.tables["points"] = {
        "point_entry_id": np.arange(1, len(made["time"]) + 1, dtype=np.int32),
        "customer_id": world.people.ids[made["customer"]],
        "entered_at": moments(made["time"] // _DAY, made["time"] % _DAY),
        "kind": category(made["kind"], KINDS),
        "points": made["points"].astype(np.int32),
        "order_id": masked((made["order"] + 1).astype(np.int32), made["order"] < 0),
    }
