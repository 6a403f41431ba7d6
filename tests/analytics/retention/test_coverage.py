"""Every interval of the room, simulated on planted truths: it should hold the truth 95 times of 100.

Here with few repetitions, which only finds what is badly wrong. ``CRMLAB_SIMULATIONS=2000`` runs them all, and asks for
93 to 97 %.
"""

from __future__ import annotations

import math
import os

import numpy as np
import pandas as pd
import pytest

from crmlab.analytics import retention
from crmlab.intervals import rate_interval, ratio_interval

RUNS = int(os.environ.get("CRMLAB_SIMULATIONS", "150"))
FEWER = RUNS if RUNS >= 2000 else RUNS // 3  # of what takes long


def holds(inside):
    share = float(np.mean(inside))
    print(f"covered {share:.3f} of {len(inside)}")
    # 93 to 97 %, and what chance adds with few runs
    slack = 0.02 + (0 if len(inside) >= 2000 else 3 * math.sqrt(0.95 * 0.05 / len(inside)))
    assert 0.95 - slack <= share <= 0.95 + slack, share


@pytest.mark.parametrize("mean", [8, 30, 120])
def test_a_rate(mean):
    events = np.random.default_rng(mean).poisson(mean, 2000)
    low, high = rate_interval(events, np.full(2000, 1000.0))
    inside = (low <= mean / 1000) & (mean / 1000 <= high)
    assert 0.93 <= inside.mean() <= 0.97, inside.mean()


@pytest.mark.parametrize(("one", "other"), [(10, 12), (25, 60)])
def test_a_ratio_of_rates(one, other):
    rng = np.random.default_rng(one)
    a, b = rng.poisson(one, 2000), rng.poisson(other, 2000)
    low, high = ratio_interval(a, np.full(2000, 400.0), b, np.full(2000, 1000.0))
    true = (one / 400) / (other / 1000)
    inside = (low <= true) & (true <= high)
    assert 0.93 <= inside.mean() <= 0.975, inside.mean()


def lives(rng, n, mean=100.0):
    life, leave = rng.exponential(mean, n), rng.uniform(40, 250, n)
    return np.minimum(life, leave), life <= leave


def test_a_curve_its_median_and_its_mean():
    rng = np.random.default_rng(5)
    at_60, median, mean = [], [], []
    until, true_mean = 120.0, 100 * (1 - math.exp(-1.2))
    for _ in range(RUNS):
        t, seen = lives(rng, 120)
        found = retention.kaplan_meier(t, seen, until=until)
        row = retention.survival_at(found, [60.0]).iloc[0]
        at_60.append(row["survival_share_low"] <= math.exp(-0.6) <= row["survival_share_high"])
        f = found.facts
        high = math.inf if f["median_high"] is None else f["median_high"]
        median.append((f["median_low"] or 0) <= 100 * math.log(2) <= high)
        mean.append(f["restricted_mean_low"] <= true_mean <= f["restricted_mean_high"])
    for inside in (at_60, median, mean):
        holds(inside)


def test_a_hazard_ratio():
    rng = np.random.default_rng(6)
    inside = []
    for _ in range(FEWER):
        x = rng.integers(0, 2, 150)
        life, leave = rng.exponential(100 / np.where(x == 1, 2.0, 1.0)), rng.uniform(40, 250, 150)
        frame = pd.DataFrame({"t": np.minimum(life, leave), "seen": life <= leave, "x": x})
        row = retention.cox(frame, duration="t", observed="seen", on=["x"]).table.iloc[0]
        inside.append(row["hazard_ratio_low"] <= 2 <= row["hazard_ratio_high"])
    holds(inside)


def test_an_odds_ratio():
    rng = np.random.default_rng(7)
    inside = []
    for _ in range(RUNS):
        x = rng.integers(0, 2, 600)
        lost = rng.random(600) < 1 / (1 + np.exp(-(-1.5 + math.log(2.5) * x)))
        row = retention.loss_odds(pd.DataFrame({"lost": lost, "x": x}), lost="lost", on=["x"]).table.iloc[0]
        inside.append(row["odds_ratio_low"] <= 2.5 <= row["odds_ratio_high"])
    holds(inside)


def test_the_months_to_loss():
    rng = np.random.default_rng(8)
    P = np.array([[0.80, 0.12, 0.08], [0.05, 0.90, 0.05], [0.0, 0.0, 1.0]])
    true = np.linalg.inv(np.eye(2) - P[:2, :2]).sum(axis=1)
    names = ["repeat_customer", "advocate", "lost_customer"]
    inside = []
    for _ in range(FEWER):
        counts = np.vstack([rng.multinomial(n, row) for n, row in zip((800, 500), P[:2], strict=True)])
        a, b = np.nonzero(counts)
        n = counts[a, b]
        rows = pd.DataFrame({"customer_id": range(2 * n.sum())})
        who = np.repeat(np.arange(n.sum()), 2)
        now, then = np.repeat(a, n), np.repeat(b, n)
        rows = pd.DataFrame({"customer_id": who, "month": np.tile(["2020-01", "2020-02"], n.sum())})
        rows["state"] = np.array(names)[np.stack([now, then], axis=1).ravel()]
        found = retention.chain(retention.transitions(rows, order=names)).table
        inside.append((found["expected_months_low"] <= true) & (true <= found["expected_months_high"]))
    for each in np.array(inside).T:
        holds(each)


def test_a_share_of_first_revenue():
    rng = np.random.default_rng(9)
    n, inside = 400, []
    for _ in range(FEWER):
        first = rng.gamma(2, 50, n)
        again = np.where(rng.random(n) < 0.4, first * rng.gamma(4, 0.25, n), 0.0)  # 0.4 of what was paid at first
        table = pd.DataFrame({"customer_id": np.r_[np.arange(n), np.arange(n)], "amount": np.r_[first, again]})
        table["ordered_at"] = pd.to_datetime(np.repeat(["2020-01-10", "2020-02-10"], n))
        found = retention.cohorts(table[table["amount"] > 0], as_of="2020-02-29", measure="revenue")
        inside.append(found.facts["share_1_low"] <= 0.4 <= found.facts["share_1_high"])
    holds(inside)


def test_who_buys_again_though_customers_are_alike():
    """Five orders of each customer, and each customer with a chance of his own: Wilson's interval alone holds less."""
    rng = np.random.default_rng(10)
    inside, narrow = [], []
    people, orders = 150, 5
    day = pd.Timestamp("2020-01-01")
    for _ in range(FEWER):
        chance = rng.beta(1.2, 1.8, people)  # 0.4 on average
        again = rng.random((people, orders)) < chance[:, None]
        # orders two hundred days apart, one more within thirty days where the customer came back
        asked = pd.DataFrame({"customer_id": np.repeat(np.arange(people), orders)})
        asked["ordered_at"] = day + pd.to_timedelta(np.tile(np.arange(orders) * 200, people), unit="D")
        asked["kind"] = "all"
        back = asked[again.ravel()]
        every = pd.concat([asked, back.assign(ordered_at=back["ordered_at"] + pd.Timedelta(days=10))])
        found = retention.repeat_share(asked, by="kind", within_days=30, as_of="2025-01-01", of=every)
        row = found.table.iloc[0]
        inside.append(row["repeat_share_low"] <= 0.4 <= row["repeat_share_high"])
        narrow.append(row["design_effect"] > 1)
    holds(inside)
    assert np.mean(narrow) > 0.95
