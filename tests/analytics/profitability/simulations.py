"""Worlds drawn from known truths, and every interval that profitability shows of them.

Light tails, long ones, and mixtures that look like a shop's books: consumers with a few corporate giants, profits below
zero. Truths are closed forms, or computed from the quantiles of the distribution.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache
from statistics import NormalDist

import numpy as np
import pandas as pd

from crmlab.analytics import profitability
from crmlab.analytics.profitability.concentration import gini_of, needed_for, top_of
from crmlab.analytics.profitability.intervals import Spread
from crmlab.analytics.profitability.ranks import gini_weighted, mean_weighted, peak_weighted, top_weighted

_NORMAL = NormalDist()

Draw = Callable[[np.random.Generator, int], np.ndarray]


def _lognormal(spread: float) -> Draw:
    return lambda luck, n: luck.lognormal(0, spread, n)


def _pareto(alpha: float) -> Draw:
    return lambda luck, n: (1 - luck.random(n)) ** (-1 / alpha)


def _shop(luck: np.random.Generator, n: int) -> np.ndarray:
    """Revenue: 97 % consumers, 3 % corporate customers twenty times their size."""
    return np.where(luck.random(n) < 0.03, luck.lognormal(3, 1, n), luck.lognormal(0, 0.8, n))


def _profits(luck: np.random.Generator, n: int) -> np.ndarray:
    """A margin less a cost to serve that has nothing to do with it: about one in twelve loses money."""
    return 0.4 * luck.lognormal(0, 0.9, n) - luck.gamma(1.0, 0.12, n)


def _losing_giants(luck: np.random.Generator, n: int) -> np.ndarray:
    """The same, with 3 % corporate customers who earn much or lose much."""
    giants = luck.lognormal(3, 0.8, n) * luck.normal(0.15, 0.3, n)
    return np.where(luck.random(n) < 0.03, giants, _profits(luck, n))


SHAPES: dict[str, tuple[Draw, tuple[int, ...]]] = {
    "exponential": (lambda luck, n: luck.exponential(size=n), (50, 300)),
    "uneven gamma": (lambda luck, n: luck.gamma(0.5, size=n), (100,)),
    "lognormal 0.8": (_lognormal(0.8), (50, 300)),
    "lognormal 1.2": (_lognormal(1.2), (100, 300, 1000)),
    "Pareto 3": (_pareto(3), (100, 300)),
    "Pareto 2.2": (_pareto(2.2), (300, 1000)),
    "consumers and giants": (_shop, (1000,)),
    "normal profits": (lambda luck, n: luck.normal(1, 0.8, n), (200,)),
    "profits": (_profits, (100, 500)),
    "profits with losing giants": (_losing_giants, (1000,)),
}


@cache
def truth(shape: str) -> dict[str, float]:
    """What is true of endlessly many, from three million draws that have nothing to do with the worlds."""
    luck = np.random.default_rng(20092009)
    draw = SHAPES[shape][0]
    found = []
    for _i in range(3):
        x = np.sort(draw(luck, 1_000_000))
        w = np.ones(len(x))
        along = np.cumsum(x[::-1]) / x.sum()
        told = {"gini": gini_weighted(x, w), "top": top_weighted(x, w, 0.2), "mean": mean_weighted(x, w)}
        told |= {"peak": peak_weighted(x, w), "losing": float((x < 0).mean())}
        found.append({**told, "needed": (int(np.argmax(along >= 0.8)) + 1) / len(x)})
    return {k: float(np.mean([f[k] for f in found])) for k in found[0]}


def _concentration(shape: str, n: int) -> Callable:
    def world(luck: np.random.Generator) -> Iterator[tuple]:
        x, true = SHAPES[shape][0](luck, n), truth(shape)
        spread = Spread(np.sort(x))
        told, of = gini_of(spread)[0], f"{shape}, n={n}"
        yield f"Gini, {of}", true["gini"], told["gini_low"], told["gini_high"]
        best = top_of(spread, 0.2)
        yield f"share of the best 20 %, {of}", true["top"], best["value_share_low"], best["value_share_high"]
        if n <= 300:  # it takes the bounds of many shares
            told = needed_for(spread, 0.8)
            ends = (told["needed_share_low"], told["needed_share_high"])
            yield f"share needed for 80 %, {of}", true["needed"], *ends
        if true["losing"] > 0.001:
            told = profitability.whale_curve(x).facts
            yield f"peak of the whale, {of}", true["peak"], told["peak_share_low"], told["peak_share_high"]
            yield f"total, {of}", n * true["mean"], told["total_low"], told["total_high"]
            ends = (told["loss_making_share_low"], told["loss_making_share_high"])
            yield f"share of losing customers, {of}", true["losing"], *ends

    return world


def _profit_by(luck: np.random.Generator) -> Iterator[tuple]:
    """The mean profit of a customer, of groups as small as they are shown."""
    for shape, n in (("profits", 40), ("lognormal 0.8", 100)):
        x = SHAPES[shape][0](luck, n)
        sales = pd.DataFrame({"order_id": range(n), "customer_id": range(n), "amount": x + 10.0, "cost": 10.0})
        told = profitability.customer_profit(sales.assign(ordered_at="2020-01-05"))
        groups = pd.DataFrame({"customer_id": range(n), "kind": "one"})
        row = profitability.profit_by(told, groups, by="kind").table.iloc[0]
        ends = (row["profit_per_customer_low"], row["profit_per_customer_high"])
        yield f"profit per customer, {shape}, n={n}", truth(shape)["mean"], *ends


def _potential(luck: np.random.Generator) -> Iterator[tuple]:
    """What a base of steady customers will bring: as many drawn like them."""
    n = 240
    rate = luck.gamma(2, 3, n)
    bought = luck.poisson(3 * rate)
    who = np.repeat(np.arange(n), bought)
    day = pd.Timestamp("2017-01-01") + pd.to_timedelta(luck.uniform(0, 1095, len(who)), unit="D")
    sales = pd.DataFrame({"customer_id": who, "ordered_at": day, "margin": luck.lognormal(0, 0.5, len(who))})
    told = profitability.expected_profit(sales, as_of="2019-12-31", value="margin").facts
    # the mean rate of those who bought in three years: E(r (1 - exp(-3 r))) / E(1 - exp(-3 r)) of a gamma (2, 3)
    true = told["n"] * 6 * (1 - 10**-3) / (1 - 10**-2) * math.exp(0.125)
    yield "expected of all customers, n=240", true, told["potential_low"], told["potential_high"]


def _follow_up(luck: np.random.Generator) -> Iterator[tuple]:
    """Customers with habits of their own: the lines of one are no independent cases."""
    n = 80
    habit = luck.beta(2, 3, n)  # how often each buys the same again
    rows = []
    for who in range(n):
        lines = 2 + luck.geometric(0.25)
        again = luck.random(lines) < habit[who]
        rows.append((who, 0, "first", "s", "c", "d", "budget"))
        for at, same in enumerate(again, 1):
            kind = ("first", "s", "c") if same else (f"{who}-{at}", f"s{who}-{at}", f"c{who}-{at}")
            rows.append((who, at, *kind, "d", "budget"))
    names = ["customer_id", "day", "product_id", "subcategory", "category", "department", "price_tier"]
    sales = pd.DataFrame(rows, columns=names)
    sales["ordered_at"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(sales["day"], unit="D")
    told = profitability.follow_up_sales(sales).facts
    yield "share of repeat sales, 80 customers", 0.4, told["repeat_sale_share_low"], told["repeat_sale_share_high"]
    yield "share of cross-selling, 80 customers", 0.6, told["cross_sell_share_low"], told["cross_sell_share_high"]


def _portfolio(luck: np.random.Generator) -> Iterator[tuple]:
    """The share of a cell, cut at figures that were said beforehand."""
    n = 150
    x, y = luck.normal(size=n), luck.normal(size=n)
    customers = pd.DataFrame({"customer_id": range(n), "profit": x, "potential": y})
    told = profitability.portfolio_matrix(customers, cuts={"profit": 0.5, "potential": 0.5}).table.set_index("cell")
    high = 1 - _NORMAL.cdf(0.5)
    for cell, true in (("to_protect", high**2), ("to_let_go", (1 - high) ** 2)):
        row = told.loc[cell]
        yield f"share of the cell {cell}, n={n}", true, row["customer_share_low"], row["customer_share_high"]


CASES: dict[str, Callable[[np.random.Generator], Iterator[tuple]]] = {
    **{f"{shape}, n={n}": _concentration(shape, n) for shape, (_draw, sizes) in SHAPES.items() for n in sizes},
    "profit by group": _profit_by,
    "potential": _potential,
    "follow-up sales": _follow_up,
    "portfolio": _portfolio,
}
