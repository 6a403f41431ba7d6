"""Worlds of known truth for every interval that the room shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlab.analytics import programme

_ASKED = {"value": "y", "treated": "t", "period": "p", "since": 4}


def _ends(facts, what):
    return facts[f"{what}_low"], facts[f"{what}_high"]


def _followed(rng, treated, control, gain):
    """Units with a level, a course of their own (values of one are alike) and skewed noise, eight periods long."""
    n = treated + control
    t = np.arange(n) < treated
    level = rng.gamma(25, 4, n)
    walk = np.cumsum(rng.normal(0, 2, (n, 8)), axis=1)
    # the programme's shops differ from each other more than the others do
    noise = (rng.gamma(4, 1, (n, 8)) - 4) * np.where(t, 3, 1.5)[:, None]
    y = level[:, None] + 1.5 * np.arange(8) + walk + noise + np.where(t, gain, 0)[:, None] * (np.arange(8) >= 4)
    return pd.DataFrame({"u": np.repeat(np.arange(n), 8), "t": np.repeat(t.astype(int), 8), "p": np.tile(range(8), n),
                         "y": y.ravel()})  # fmt: skip


def shops(rng):
    for treated, control in ((6, 10), (15, 40)):
        f = programme.effect(_followed(rng, treated, control, 8), unit="u", **_ASKED).facts
        name = f"{treated} and {control} units"
        yield f"programme.effect of units followed, {name}", 8.0, *_ends(f, "effect")
        yield f"programme.effect slopes apart before, {name}", 0.0, *_ends(f, "trend")
        # 100 + 1.5 * 1.5 before and 100 + 1.5 * 5.5 after: what the ratio of the expected means is
        truth = (108.25 + 8) / 102.25 / (108.25 / 102.25)
        yield f"programme.effect ratio of units followed, {name}", truth, *_ends(f, "ratio")


def cities(rng):
    """Each city has a shop with and one without the programme."""
    n = 12
    size = rng.gamma(16, 6, n)
    rows = []
    for t in (0, 1):
        for p in range(8):
            y = size * (1 + 0.02 * p) + 5 * t * (p >= 4) + rng.normal(0, 4, n)
            rows.append(pd.DataFrame({"u": range(n), "t": t, "p": p, "y": y}))
    f = programme.effect(pd.concat(rows), unit="u", **_ASKED).facts
    yield "programme.effect in one city, 12 cities", 5.0, *_ends(f, "effect")
    yield "programme.effect slopes apart before, 12 cities", 0.0, *_ends(f, "trend")


def cases(rng):
    """Every row somebody else; the spread differs from cell to cell."""
    parts = []
    for t, p, n, mean, spread in ((1, 3, 25, 20, 6), (1, 4, 25, 27, 10), (0, 3, 60, 22, 4), (0, 4, 60, 24, 4)):
        parts.append(pd.DataFrame({"t": t, "p": p, "y": rng.normal(mean, spread, n)}))
    f = programme.effect(pd.concat(parts), **_ASKED).facts
    yield "programme.effect of cases, 25 and 60 a cell", 5.0, *_ends(f, "effect")
    yield "programme.effect ratio of cases, 25 and 60 a cell", 27 / 20 / (24 / 22), *_ends(f, "ratio")


def courses(rng):
    """Cases over periods: whether the groups moved apart before."""
    n = 160
    t, p = rng.random(n) < 0.4, rng.integers(0, 6, n)
    y = 10 + 3 * t + 0.8 * p + rng.normal(0, np.where(t, 4, 2))
    f = programme.effect(pd.DataFrame({"t": t.astype(int), "p": p, "y": y}), **_ASKED).facts
    yield "programme.effect slopes apart before, 160 cases", 0.0, *_ends(f, "trend")


def people(rng):
    """Shares of the question bank: customers who came again, and satisfied answers of people who answer often."""
    n, again, happy = 90, 0.7, 0.8
    came = rng.random(n) < again
    then = pd.DataFrame({"date": "2019-05-01", "customer_id": range(n), "amount": 1.0})
    now = pd.DataFrame({"date": "2020-05-01", "customer_id": np.r_[np.flatnonzero(came), n], "amount": 1.0})
    own = np.repeat(rng.beta(8, 2, 60), 3)
    survey = pd.DataFrame({"date": "2020-06-01", "customer_id": np.repeat(np.arange(60), 3),
                           "satisfied": (rng.random(180) < own).astype(int)})  # fmt: skip
    tables = {"sales": pd.concat([then, now]), "survey": survey}
    found = programme.situation(tables, as_of="2020-12-31", ask=["q_retention", "q_satisfied"]).table
    yield "programme.situation retention, n=90", again, *found.loc[0, ["low", "high"]]
    yield "programme.situation satisfied, 60 people of 3", happy, *found.loc[1, ["low", "high"]]


CASES = {"shops": shops, "cities": cities, "cases": cases, "courses": courses, "people": people}
