"""Worlds drawn from known truths, and every interval that retention shows of them."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from crmlab.analytics import retention

Told = Iterable[tuple[str, float, float, float]]
MONTH = 365.25 / 12


def ends(what: str, truth: float, found, name: str) -> tuple[str, float, float, float]:
    """An interval as a row or the facts of a Result hold it; a bound that is endless or not reached is ``None``."""
    low, high = found[f"{name}_low"], found[f"{name}_high"]
    return what, truth, low, high


# with contracts -------------------------------------------------------------------------------------------------------


def contracts(rng: np.random.Generator, n: int, before: float, after: float) -> pd.DataFrame:
    """Accounts who all began in 2018; they leave at one rate a month in 2019 and at another in 2020."""
    first = pd.Timestamp("2019-01-01")
    life = rng.exponential(MONTH / before, n)  # days from 2019 on
    later = life > 365
    life[later] = 365 + rng.exponential(MONTH / after, later.sum())
    gone = pd.Series(first + pd.to_timedelta(np.floor(life), unit="D"))
    table = pd.DataFrame({"customer_id": range(n), "registered_on": pd.Timestamp("2018-06-01")})
    return table.assign(closed_on=gone.where(gone <= "2020-12-31"))


def churn(rng: np.random.Generator, n: int = 150) -> Told:
    before, after = 0.015, 0.025
    table = contracts(rng, n, before, after)
    found = retention.churn_rate(table, as_of="2020-12-31", period="year", since="2019-01-01").table
    name = f"n={n}"
    yield ends(f"churn_rate share of a year, {name}", 1 - math.exp(-before * 365 / MONTH), found.iloc[0], "churn_share")
    yield ends(f"churn_rate hazard a month, {name}", before, found.iloc[0], "monthly_hazard")
    monthly = retention.churn_rate(table, as_of="2019-12-31", since="2019-01-01")
    lost = 1 - math.exp(-before * 365 / MONTH / 12)
    yield ends(f"churn_rate share of a month, pooled, {name}", lost, monthly.facts, "churn_share")
    yield ends(f"churn_rate made a year, {name}", 1 - (1 - lost) ** 12, monthly.facts, "annual_churn_share")
    ratio = retention.churn_ratio(
        table, before=("2019-01-01", "2019-12-31"), after=("2020-01-01", "2020-12-31"), as_of="2020-12-31"
    ).facts
    yield ends(f"churn_ratio before, {name}", before, ratio, "hazard_before")
    yield ends(f"churn_ratio after, {name}", after, ratio, "hazard_after")
    yield ends(f"churn_ratio ratio, {name}", after / before, ratio, "hazard_ratio")


def curves(rng: np.random.Generator, n: int) -> Told:
    """Lives of 100 days on average, some watched to their end and some not."""
    life, leave = rng.exponential(100, n), rng.uniform(40, 250, n)
    found = retention.kaplan_meier(np.minimum(life, leave), life <= leave, until=120)
    row, facts, name = retention.survival_at(found, [60.0]).iloc[0], found.facts, f"n={n}"
    yield ends(f"kaplan_meier survival at 60 days, {name}", math.exp(-0.6), row, "survival_share")
    low, high = facts["median_low"], facts["median_high"]
    # a bound that was not reached says that there is none
    median = f"kaplan_meier median, {name}", 100 * math.log(2)
    if facts["median"] is not None:
        yield *median, 0.0 if low is None else low, math.inf if high is None else high
    yield ends(f"kaplan_meier mean up to 120 days, {name}", 100 * (1 - math.exp(-1.2)), facts, "restricted_mean")


def ratios(rng: np.random.Generator, n: int) -> Told:
    x = rng.permutation(np.arange(n) % 2)
    life, leave = rng.exponential(100 / np.where(x == 1, 2.0, 1.0)), rng.uniform(40, 250, n)
    frame = pd.DataFrame({"t": np.minimum(life, leave), "seen": life <= leave, "x": x})
    row = retention.cox(frame, duration="t", observed="seen", on=["x"]).table.iloc[0]
    yield ends(f"cox hazard ratio, n={n}", 2.0, row, "hazard_ratio")


def odds(rng: np.random.Generator, n: int) -> Told:
    x = rng.permutation(np.arange(n) % 4 == 0)
    lost = rng.random(n) < 1 / (1 + np.exp(1.5 - math.log(2.5) * x))
    found = retention.loss_odds(pd.DataFrame({"lost": lost, "x": x}), lost="lost", on=["x"])
    yield ends(f"loss_odds odds ratio, n={n}", 2.5, found.table.iloc[0], "odds_ratio")
    yield ends(f"loss_odds base share, n={n}", 1 / (1 + math.exp(1.5)), found.facts, "base_share")


# without contracts ----------------------------------------------------------------------------------------------------


def sold(who, day, amount=10.0) -> pd.DataFrame:
    when = pd.Timestamp("2016-01-01") + pd.to_timedelta(day, unit="D")
    return pd.DataFrame({"customer_id": who, "ordered_at": when, "amount": amount})


def years(rng: np.random.Generator, n: int = 150) -> Told:
    """Every customer buys in a year with a chance of his own, whatever he did before: 0.5 on average."""
    # of who bought last year so many buy again: E(p * p) / E(p) with p of Beta(2, 2)
    chance = rng.beta(2, 2, n)
    bought = rng.random((n, 5)) < chance[:, None]
    who, year = np.nonzero(bought)
    if not len(who):
        return
    table = sold(who, np.array([100, 500, 800, 1200, 1600])[year])
    found = retention.movements(table, as_of="2020-12-31")
    yield ends(f"movements retention of all years, n={n}", 0.6, found.facts, "retention_share")
    yield ends(f"movements retention of a year, n={n}", 0.6, found.table.iloc[-1], "retention_share")


def silence(rng: np.random.Generator, n: int = 200) -> Told:
    """All were silent for 200 days; with a chance of 0.3 they buy again within 100."""
    again = rng.random(n) < 0.3
    table = pd.concat([sold(np.arange(n), np.zeros(n)), sold(np.flatnonzero(again), np.full(again.sum(), 250))])
    found = retention.active(table, as_of="2016-10-27", window_days=150, follow_up_days=100)
    yield ends(f"active false alarms, n={n}", 0.3, found.facts, "returned_share")


def first_revenue(rng: np.random.Generator, n: int) -> Told:
    """40 % buy again for as much as at first, on average."""
    first = rng.gamma(2, 50, n)
    again = rng.random(n) < 0.4
    second = sold(np.flatnonzero(again), np.full(again.sum(), 40), (first * rng.gamma(4, 0.25, n))[again])
    table = pd.concat([sold(np.arange(n), np.full(n, 9), first), second])
    money = retention.cohorts(table, as_of="2016-02-29", measure="revenue").facts
    yield ends(f"cohorts share of first revenue, n={n}", 0.4, money, "share_1")
    people = retention.cohorts(table, as_of="2016-02-29").facts
    yield ends(f"cohorts share of customers, n={n}", 0.4, people, "share_1")


def again(rng: np.random.Generator, people: int = 150, orders: int = 5) -> Told:
    """Five orders of each customer, and each customer with a chance of his own."""
    parts, visits = [], []
    for kind, (a, b) in (("on_time", (1.2, 1.8)), ("late", (0.9, 2.1))):  # 0.4 and 0.3 on average
        who = np.repeat(np.arange(people) + (1000 if kind == "late" else 0), orders)
        back = rng.random((people, orders)) < rng.beta(a, b, people)[:, None]
        day = np.tile(np.arange(orders) * 200, people)
        parts.append(sold(who, day).assign(kind=kind))
        visits.append(sold(who[back.ravel()], day[back.ravel()] + 10))
    asked = pd.concat(parts, ignore_index=True)
    every = pd.concat([asked, *visits], ignore_index=True)
    found = retention.repeat_share(asked, by="kind", within_days=30, as_of="2020-12-31", of=every).table
    name = f"{people} customers of {orders} orders"
    yield ends(f"repeat_share share, {name}", 0.4, found.iloc[0], "repeat_share")
    yield ends(f"repeat_share difference, {name}", -0.1, found.iloc[1], "difference")


def why(rng: np.random.Generator, n: int = 60) -> Told:
    table = pd.DataFrame({"reason": rng.choice(["price", "service", "moved", ""], n, p=[0.5, 0.2, 0.15, 0.15])})
    found = retention.reasons(table).table.set_index("loss_reason")
    yield ends(f"reasons share, n={n}", 0.5, found.loc["price"], "share")


# the lifecycle --------------------------------------------------------------------------------------------------------

P = np.array([[0.80, 0.12, 0.08], [0.05, 0.90, 0.05], [0.0, 0.0, 1.0]])
NAMES = ("repeat_customer", "advocate", "lost_customer")


def lifecycle(rng: np.random.Generator, n: int = 120, months: int = 12) -> Told:
    """Customers who walk through the chain month by month."""
    state = np.zeros((n, months + 1), dtype=int)
    state[n // 2 :, 0] = 1
    for t in range(months):
        state[:, t + 1] = (rng.random(n)[:, None] > P[state[:, t]].cumsum(axis=1)).sum(axis=1).clip(max=2)
    rows = pd.DataFrame({"customer_id": np.repeat(np.arange(n), months + 1)})
    rows["month"] = np.tile([str(m) for m in pd.period_range("2020-01", periods=months + 1, freq="M")], n)
    rows["state"] = pd.Categorical.from_codes(state.ravel(), NAMES)
    moves = retention.transitions(rows, order=NAMES)
    name = f"n={n}, {months} months"
    shares = moves.table.set_index(["from_state", "to_state"])
    yield ends(f"transitions share, {name}", 0.12, shares.loc[NAMES[0], NAMES[1]], "share")
    chain = retention.chain(moves).table.set_index("state")
    for place, state_name in enumerate(NAMES[:2]):
        truth = np.linalg.inv(np.eye(2) - P[:2, :2]).sum(axis=1)[place]
        yield ends(f"chain months to loss of {state_name}, {name}", truth, chain.loc[state_name], "expected_months")


CASES = {
    "churn": churn,
    "curves, n=120": lambda rng: curves(rng, 120),
    "curves, n=40": lambda rng: curves(rng, 40),
    "ratios, n=150": lambda rng: ratios(rng, 150),
    "ratios, n=60": lambda rng: ratios(rng, 60),
    "odds, n=600": lambda rng: odds(rng, 600),
    "odds, n=150": lambda rng: odds(rng, 150),
    "years": years,
    "silence": silence,
    "first revenue, n=400": lambda rng: first_revenue(rng, 400),
    "first revenue, n=30": lambda rng: first_revenue(rng, 30),
    "again": again,
    "why": why,
    "lifecycle": lifecycle,
}
