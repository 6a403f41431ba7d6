"""Worlds of known truth for every interval that the room shows."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pandas as pd

from crmlab.analytics import relationships
from crmlab.analytics.relationships.accounts import ITEMS
from crmlab.analytics.relationships.survey import PLANTED


def _ends(row, what):
    return row[f"{what}_low"], row[f"{what}_high"]


def _items(rng, n, k, loading=0.8, noise=0.6):
    """Items that measure one thing equally well, cut to answers from 1 to 5."""
    behind = rng.standard_normal((n, 1))
    return np.clip(np.rint(3.2 + loading * behind + noise * rng.standard_normal((n, k))), 1, 5)


@cache
def _cut_truth(k):
    """Alpha and mean of such answers, by a sample so large that its error does not matter."""
    values = _items(np.random.default_rng(9), 400_000, k)
    total = values.sum(axis=1).var()
    return k / (k - 1) * (1 - values.var(axis=0).sum() / total), values.mean()


def alphas(rng):
    for n, k in ((30, 3), (120, 3), (60, 7)):
        names = [f"i{j}" for j in range(k)]
        plain = pd.DataFrame(rng.standard_normal((n, 1)) + 0.9 * rng.standard_normal((n, k)), columns=names)
        truth = k / (k + 0.81)  # of items that are one thing plus noise of 0.81
        yield (
            f"relationships.reliability normal, n={n}, {k} items",
            truth,
            *_ends(relationships.reliability(plain, names).facts, "alpha"),
        )
        cut = pd.DataFrame(_items(rng, n, k), columns=names)
        alpha, mean = _cut_truth(k)
        row = relationships.scales(cut, {"s": names}, scale=(1, 5)).table.iloc[0]
        yield f"relationships.scales alpha of answers 1 to 5, n={n}, {k} items", alpha, *_ends(row, "alpha")
        yield f"relationships.scales mean of answers 1 to 5, n={n}, {k} items", mean, *_ends(row, "mean")


_SOURCES = ("shared_values", "communication", "opportunism")


def _behind(rng, n):
    out = {s: rng.standard_normal(n) for s in _SOURCES}
    for goal in ("trust", "commitment"):
        to = {s: b for (s, g), b in PLANTED.items() if g == goal}
        rest = math.sqrt(1 - sum(b**2 for b in to.values()))
        out[goal] = sum(b * out[s] for s, b in to.items()) + rest * rng.standard_normal(n)
    return pd.DataFrame(out)


def ways(rng):
    for n in (60, 150):
        found = relationships.paths(_behind(rng, n), draws=400, seed=int(rng.integers(2**31)))
        table = found.table.set_index(["effect", "path_from", "path_to"])
        for (start, goal), truth in PLANTED.items():
            row = table.loc[("direct", start, goal)]
            yield f"relationships.paths {start} to {goal}, n={n}", truth, *_ends(row, "beta")
            raw = row["coefficient_low"], row["coefficient_high"]
            yield f"relationships.paths coefficient {start} to {goal}, n={n}", truth, *raw
        for start in _SOURCES:
            truth = PLANTED[start, "trust"] * PLANTED["trust", "commitment"]
            row = table.loc[("indirect", start, "commitment")]
            yield f"relationships.paths {start} through trust, n={n}", truth, *_ends(row, "beta")
        row = table.loc[("direct", "communication", "commitment")]
        yield f"relationships.paths past trust, n={n}", 0.0, *_ends(row, "beta")


def bonds(rng):
    """Odds of coming back by one point of a scale: the scale as it was answered, not what stands behind."""
    n = 250
    kinds = ("cognitive", "attitudinal", "behavioural")
    table = pd.DataFrame({f"{k}_{i}": v for k in kinds for i, v in zip((1, 2, 3), _items(rng, n, 3).T, strict=True)})
    mean = {k: table[[f"{k}_{i}" for i in (1, 2, 3)]].mean(axis=1) for k in kinds}
    line = -2.0 + 0.5 * mean["behavioural"] + 0.2 * mean["attitudinal"]
    table["again"] = rng.random(n) < 1 / (1 + np.exp(-line))
    rows = relationships.attachment(table, repeat="again").table.set_index("scale")
    for kind, slope in (("behavioural", 0.5), ("attitudinal", 0.2), ("cognitive", 0.0)):
        yield f"relationships.attachment odds of {kind}, n={n}", math.exp(slope), *_ends(rows.loc[kind], "odds_ratio")


def indices(rng):
    for n in (12, 45):
        values = _items(rng, n, 5)
        table = pd.DataFrame(values, columns=list(ITEMS)).assign(customer_id=range(n))
        facts = relationships.quality(table).facts
        yield f"relationships.quality mean index, n={n}", _cut_truth(5)[1], *_ends(facts, "index")


def redeemed(rng):
    """Customers who differ in how much of their points they take before they expire."""
    for n in (60, 250):
        points = rng.integers(50, 400, n)
        rate = rng.beta(3.5, 1.5, n)
        taken = rng.binomial(points, rate)
        rows = [(k, "2019-05-01", "earned", int(2 * p)) for k, p in enumerate(points)]
        rows += [(k, "2019-09-01", "redeemed", -int(t)) for k, t in enumerate(taken) if t]
        rows += [(k, "2019-12-31", "expired", -int(p - t)) for k, (p, t) in enumerate(zip(points, taken, strict=True))
                 if p > t]  # fmt: skip
        table = pd.DataFrame(rows, columns=["customer_id", "entered_at", "kind", "points"])
        facts = relationships.points(table, as_of="2020-12-31", value=1.0).facts
        yield f"relationships.points share taken, {n} customers", 0.7, *_ends(facts, "redemption")
        owed = facts["outstanding"] * 0.7
        yield f"relationships.points liability, {n} customers", owed, *_ends(facts, "liability")


CASES = {"alphas": alphas, "ways": ways, "bonds": bonds, "indices": indices, "redeemed": redeemed}
