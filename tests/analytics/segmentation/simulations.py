"""Worlds with a known truth for every interval that segmentation shows. See ``tests/benchmarks/coverage.py``."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score

import crmlab as crm
from crmlab.analytics.segmentation.clustering import assign, cluster

seg = crm.segmentation
DAY = "2020-12-31"


def shares_that_bought_again(rng):
    """N01: loyal customers, three of four, and dormant ones; which is which is drawn too."""
    chances = {"loyal": 0.84, "dormant": 0.15}
    people = pd.DataFrame({"customer_id": range(160), "segment": rng.choice([*chances], 160, p=(0.75, 0.25))})
    again = np.flatnonzero(rng.random(160) < people["segment"].map(chances))
    sales = pd.DataFrame({"customer_id": [*range(160), *again], "amount": 1.0})
    sales["ordered_at"] = ["2019-06-01"] * 160 + ["2020-06-01"] * len(again)
    found = seg.repeat_buyers(people, sales, as_of="2019-12-31", until=DAY)
    for row in found.table.to_dict("records"):
        name, ends = row["segment"], (row["repeat_share_low"], row["repeat_share_high"])
        yield f"repeat_buyers share, n about {120 if name == 'loyal' else 40}", chances[name], *ends
    overall = 0.75 * 0.84 + 0.25 * 0.15
    yield (
        "repeat_buyers share of all, n=160",
        overall,
        found.facts["repeat_share_low"],
        found.facts["repeat_share_high"],
    )


def moves(rng):
    """Two segments of about 60 and 150, and who left."""
    ends = ("a", "b", None)
    chances = np.array([[0.7, 0.2, 0.1], [0.05, 0.9, 0.05]])
    at = rng.choice(2, 210, p=(2 / 7, 5 / 7))
    before = pd.DataFrame({"customer_id": range(210), "segment": np.array(["a", "b"])[at]})
    gone = [rng.choice(3, p=chances[i]) for i in at]
    after = before.assign(segment=[ends[g] for g in gone]).dropna()
    found = seg.migration(before, after)
    table = found.table.set_index(["from_segment", "to_segment"])
    for i, (start, n) in enumerate((("a", 60), ("b", 150))):
        for j, end in enumerate(("a", "b", "no_longer_a_customer")):
            if (start, end) in table.index:
                row = table.loc[(start, end)]
                name = f"migration share {chances[i, j]} ({start} to {end[:4]}), n about {n}"
                yield name, chances[i, j], row["share_low"], row["share_high"]
    stayed = 2 / 7 * 0.7 + 5 / 7 * 0.9
    yield "migration stayed, n=210", stayed, found.facts["stayed_share_low"], found.facts["stayed_share_high"]


def fields_known(rng):
    """Eighty customers of five fields, each filled and fresh or not by its own chance."""
    fields = [f"f{i}" for i in range(5)]
    chances = (0.98, 0.95, 0.9, 0.97, 0.85)
    there = rng.random((80, 5)) < chances
    table = pd.DataFrame(np.where(there, "x", "-"), columns=fields).assign(customer_id=range(80), updated_at=DAY)
    facts = seg.knowledge(table, fields=fields, as_of=DAY).facts
    low, high = facts["well_known_share_low"], facts["well_known_share_high"]
    yield "knowledge well known, n=80", float(np.prod(chances)), low, high


def _persona(rng, n, chances):
    chances = np.array(chances) / np.sum(chances)
    values = [f"v{i}" for i in rng.choice(len(chances), n, p=chances)]
    table = pd.DataFrame({"segment": "a", "city": values})
    row = seg.personas(table, traits=["city"], as_of=DAY).table.iloc[0]
    return chances[int(row["value"][1:])], row["share_low"], row["share_high"]


def traits(rng):
    """The most frequent value: far ahead, one of five alike, one of three alike, one of nine."""
    for name, n, chances in (
        ("far ahead, n=40", 40, (0.6, 0.3, 0.1)),
        ("one of two alike, n=45", 45, (1, 1)),
        ("one of five alike, n=40", 40, [1] * 5),
        ("one of three nearly alike, n=60", 60, (0.35, 0.33, 0.32)),
        ("one of nine, n=200", 200, [0.12] * 8 + [0.04]),
        ("ahead by little, n=400", 400, (0.4, 0.34, 0.26)),
    ):
        yield f"personas share, {name}", *_persona(rng, n, chances)


def medians(rng):
    for name, n, values, truth in (
        ("of ages, n=30", 30, rng.normal(37, 10, 30), 37.0),
        ("of spending, n=75", 75, rng.lognormal(2, 1, 75), float(np.exp(2))),
        ("of spending, n=400", 400, rng.lognormal(2, 1, 400), float(np.exp(2))),
    ):
        assert n == len(values)
        table = pd.DataFrame({"segment": "a", "x": values})
        said = seg.personas(table, traits=["x"], as_of=DAY).table.iloc[0]["value"]
        low, high = (float(x) for x in said.partition("(")[2].rstrip(")").split("–"))
        yield f"personas median {name}", truth, low, high


def buyers(rng):
    """Customers of two groups and the chances that they buy."""
    for name, sizes, chances in (
        ("n=40 of 640", (40, 600), (0.25, 0.10)),
        ("n=240 of 600", (240, 360), (0.30, 0.15)),
        ("n=100 of 400, most buy", (100, 300), (0.8, 0.6)),
        ("n=300 of 3,000, few buy", (300, 2700), (0.04, 0.02)),
    ):
        here = np.repeat([True, False], sizes)
        bought = rng.random(sum(sizes)) < np.repeat(chances, sizes)
        w = sizes[0] / sum(sizes)
        truth = 100 * chances[0] / (w * chances[0] + (1 - w) * chances[1])
        row = (
            seg.buyer_index(pd.DataFrame({"here": here, "b": bought}), "b", by="here").table.set_index("here").loc[True]
        )
        yield f"buyer_index {name}", truth, row["buyer_index_low"], row["buyer_index_high"]


def odds(rng):
    """Buying goes by area and age; people of towns are younger."""
    n = 400
    town = rng.random(n) < 0.4
    age = rng.normal(40 - 4 * town, 10)
    chance = 1 / (1 + np.exp(-(-1.0 + 0.7 * town - 0.03 * (age - 40))))
    table = pd.DataFrame({"area": np.where(town, "town", "village"), "age": age, "b": rng.random(n) < chance})
    rows = seg.buyer_odds(table, "b", by=["area", "age"]).table.set_index("trait")
    flip = rows.loc["area", "value"] != "town"
    yield (
        "buyer_odds of a word, n=400",
        np.exp(-0.7 if flip else 0.7),
        *rows.loc["area", ["odds_ratio_low", "odds_ratio_high"]],
    )
    per_sd = np.exp(-0.03 * age.std())
    yield "buyer_odds of a number, n=400", per_sd, *rows.loc["age", ["odds_ratio_low", "odds_ratio_high"]]


def _difference(rng, n, m, draw, moments):
    """Hedges' g of two groups against the difference in standard deviations within them."""
    x = np.r_[draw(0, n), draw(1, m)]
    row = seg.profile_segments(pd.DataFrame({"segment": ["a"] * n + ["b"] * m, "x": x})).table.iloc[0]
    (mean, var), (mean_b, var_b) = moments
    truth = (mean - mean_b) / np.sqrt((n * var + m * var_b) / (n + m))
    return truth, row["difference_low"], row["difference_high"]


def differences(rng):
    def normal(which, n):
        return rng.normal((0.5, 0.0)[which], (1.0, 1.0)[which], n)

    def unequal(which, n):
        return rng.normal((1.2, 0.0)[which], (2.0, 1.0)[which], n)

    def waiting(which, n):
        return rng.exponential((1.5, 1.0)[which], n)

    def spending(which, n):
        return rng.lognormal((0.5, 0.0)[which], 0.6, n)

    lognormal = [(np.exp(m + 0.18), np.expm1(0.36) * np.exp(2 * m + 0.36)) for m in (0.5, 0.0)]
    for name, n, m, draw, moments in (
        ("normal, n=30 and 30", 30, 30, normal, [(0.5, 1), (0, 1)]),
        ("normal, n=60 and 600", 60, 600, normal, [(0.5, 1), (0, 1)]),
        ("normal of unequal spread, n=40 and 300", 40, 300, unequal, [(1.2, 4), (0, 1)]),
        ("exponential, n=60 and 90", 60, 90, waiting, [(1.5, 2.25), (1, 1)]),
        ("exponential, n=300 and 900", 300, 900, waiting, [(1.5, 2.25), (1, 1)]),
        ("lognormal, n=150 and 400", 150, 400, spending, lognormal),
        ("lognormal, n=300 and 900", 300, 900, spending, lognormal),
    ):
        yield f"profile_segments {name}", *_difference(rng, n, m, draw, moments)


MIDDLES = np.array([[0.0, 0.0], [3.0, 0.0], [0.0, 3.0]])
SHARES = (0.5, 0.3, 0.2)


def _people(rng, n):
    at = rng.choice(3, n, p=SHARES)
    return MIDDLES[at] + rng.standard_normal((n, 2))


@cache
def _everybody():
    """The cut that two hundred thousand customers give."""
    return cluster(_people(np.random.default_rng(1), 200_000), "kmeans", 3, 0, starts=2)[1]


def again(rng):
    """How far a sample's segments are from everybody's."""
    x = _people(rng, 160)
    table = pd.DataFrame(x, columns=["x", "y"]).assign(customer_id=range(160))
    fitted = seg.fit_segments(table, k=3, scale="none", transform="none", check="later")
    found = seg.stability(fitted, draws=40, seed=int(rng.integers(1 << 30)))
    ours, theirs = fitted.table["segment"].cat.codes.to_numpy(), assign(_everybody(), x)
    rand = adjusted_rand_score(ours, theirs)
    yield "stability rand_index, n=160", rand, found.facts["rand_index_low"], found.facts["rand_index_high"]
    for j, row in enumerate(found.table.to_dict("records")):
        inside = ours == j
        shared = max((inside & (theirs == i)).sum() / (inside | (theirs == i)).sum() for i in range(3))
        yield f"stability jaccard of segment {j + 1}, n=160", shared, row["jaccard_low"], row["jaccard_high"]


def years(rng):
    """Two years' models are given; the customers are drawn."""
    first, second = _people(rng, 200), _people(rng, 300) + 0.3
    tables = {
        year: pd.DataFrame(x, columns=["x", "y"]).assign(customer_id=range(len(x)))
        for year, x in ((2019, first), (2020, second))
    }
    options = {"k": 3, "scale": "none", "transform": "none"}
    row = seg.stability_over_time(tables, insist=True, draws=100, **options).table.iloc[0]
    fits = [seg.fit_segments(t, check="later", **options) for t in tables.values()]
    many = _people(rng, 20_000) + 0.3
    truth = adjusted_rand_score(*(assign(f.model, many) for f in fits))
    yield "stability_over_time rand_index, n=300", truth, row["rand_index_low"], row["rand_index_high"]


def side_by_side(rng):
    """Two segmentations that agree as a known table says."""
    chances = np.array([[0.30, 0.05, 0.05], [0.05, 0.25, 0.0], [0.02, 0.03, 0.25]])
    draw = rng.choice(9, 200, p=chances.ravel())
    one, other = (pd.DataFrame({"customer_id": range(200), "segment": s}) for s in (draw // 3, draw % 3))
    found = seg.compare_segments(one, other, seed=int(rng.integers(1 << 30)))

    def pairs(p):
        return (p**2).sum()

    rows, columns, cells = pairs(chances.sum(1)), pairs(chances.sum(0)), pairs(chances)
    truth = (cells - rows * columns) / ((rows + columns) / 2 - rows * columns)
    yield "compare_segments rand_index, n=200", truth, found.facts["rand_index_low"], found.facts["rand_index_high"]
    row = found.table.set_index(["segment_one", "segment_other"]).loc[(0, 0)]
    yield "compare_segments share, n about 80", 0.75, row["share_low"], row["share_high"]


CASES = {
    "shares_that_bought_again": shares_that_bought_again,
    "moves": moves,
    "fields_known": fields_known,
    "traits": traits,
    "medians": medians,
    "buyers": buyers,
    "odds": odds,
    "differences": differences,
    "again": again,
    "years": years,
    "side_by_side": side_by_side,
}
