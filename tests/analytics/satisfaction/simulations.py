"""Worlds whose truth is known, for every interval that the room shows.

Where a share is extreme the truth itself is drawn: with few answers the coverage of any interval of whole counts jumps
from truth to truth, and what can be held is its mean over truths of a kind. ``even`` truths are spread over all that is
possible, ``high`` ones have some 90 % at one end, ``torn`` ones are split between both ends.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlab.analytics import satisfaction as S
from crmlab.analytics.satisfaction.intervals import mean_interval, nps_interval, share_interval
from crmlab.analytics.satisfaction.leagues import shrink
from crmlab.analytics.satisfaction.trends import change_points
from crmlab.analytics.satisfaction.waiting import median_wait, waiting_curve

KINDS = {"even": (1.0, 1.0, 1.0), "high": (9.0, 0.5, 0.5), "torn": (5.0, 0.3, 5.0)}
SIZES = (5, 7, 10, 20, 50, 200, 1000)
MANY = 25  # worlds a call: the intervals alone are quick
GROUPS = 8  # worlds in one table, by group: to open one takes longer than what is asked of it


def scores(rng):
    """The three intervals themselves, at every size and kind of truth."""
    for kind, spread in KINDS.items():
        for n in SIZES:
            truth = rng.dirichlet(spread, MANY)
            counts = np.array([rng.multinomial(n, t) for t in truth])
            up, _, down = counts.T
            low, high = nps_interval((up - down) / n, (up + down) / n, n)
            for t, a, b in zip(truth[:, 0] - truth[:, 2], low, high, strict=True):
                yield f"nps, {kind}, n={n}", t, a, b
            ends = (1, 1) if kind == "even" else (9, 0.7) if kind == "high" else (0.5, 0.5)
            share = rng.beta(*ends, MANY)
            hits = rng.binomial(n, share)
            for t, a, b in zip(share, *share_interval(hits / n, n), strict=True):
                yield f"csat, {kind}, n={n}", t, a, b
            weights = {
                "even": np.ones(7),
                "high": np.r_[6.0, 1, np.full(5, 0.2)],
                "torn": np.r_[3.0, 0.2, 0.2, 0.2, 0.2, 0.2, 3],
            }
            points = np.arange(1, 8)
            chance = rng.dirichlet(weights[kind], MANY)
            seen = np.array([rng.multinomial(n, c) for c in chance])
            low, high = mean_interval(seen @ points / n, seen @ points**2 / n, n, (1, 7))
            for t, a, b in zip(chance @ points, low, high, strict=True):
                yield f"ces, {kind}, n={n}", t, a, b


def _answers(rng, n, up, down):
    return rng.choice([10, 8, 3], n, p=[up, 1 - up - down, down])


def weighted(rng):
    """Answers with weights, and several answers of one person."""
    world = np.repeat(np.arange(GROUPS), 120)
    score = _answers(rng, len(world), 0.5, 0.2)
    frame = pd.DataFrame({"nps": score, "w": rng.choice([0.5, 1.0, 2.5], len(world)), "world": world})
    for row in _members(S.nps(frame, weights="w", by="world")):
        yield "nps, weighted, n=120", 30.0, row["nps_low"], row["nps_high"]
    kind = rng.choice([10, 8, 3], 60 * GROUPS, p=[0.5, 0.3, 0.2])
    who = np.repeat(np.arange(len(kind)), 3)
    same = rng.random(len(who)) < 0.7
    score = np.where(same, kind[who], _answers(rng, len(who), 0.5, 0.2))
    frame = pd.DataFrame({"nps": score, "customer_id": who, "world": who // 60})
    for row in _members(S.nps(frame, customer="customer_id", by="world")):
        yield "nps, three answers of each of 60 people", 30.0, row["nps_low"], row["nps_high"]


def _members(found):
    """The rows of a result by world."""
    table = found.table[found.table["world"].notna()]
    assert len(table) == GROUPS
    return table.to_dict("records")


def differences(rng):
    """Two groups, and two waves at a fixed mix."""
    parts, pairs, told = [], [], []
    for a, b in ((12, 12), (15, 60), (100, 100)) * (GROUPS // 2):
        truth = rng.dirichlet((2.0, 2.0, 1.0), 2)
        for n, t in zip((a, b), truth, strict=True):
            parts.append(pd.DataFrame({"nps": rng.choice([10, 8, 3], n, p=t), "g": len(parts)}))
        pairs.append((len(parts) - 2, len(parts) - 1))
        gap = 100 * (truth[0, 0] - truth[0, 2] - truth[1, 0] + truth[1, 2])
        told.append((f"difference of nps, n={a} and {b}", gap))
    table = S.difference(pd.concat(parts), by="g", pairs=pairs).table.set_index(["group_one", "group_other"])
    for pair, (name, gap) in zip(pairs, told, strict=True):
        row = table.loc[pair]
        yield name, gap, row["difference_low"], row["difference_high"]


def at_a_fixed_mix(rng):
    """Groups of which each has a score of its own, at a mix that is known; and two waves of them."""
    sizes, mix = (60, 30, 12), {"a": 0.4, "b": 0.35, "c": 0.25}
    parts, truths = [], []
    for world in range(GROUPS):
        truth = rng.dirichlet((2.0, 2.0, 1.0), 3)
        score = np.concatenate([rng.choice([10, 8, 3], n, p=t) for n, t in zip(sizes, truth, strict=True)])
        parts.append(pd.DataFrame({"nps": score, "g": np.repeat(["a", "b", "c"], sizes), "world": world}))
        truths.append(100 * float(np.array(list(mix.values())) @ (truth[:, 0] - truth[:, 2])))
    found = S.standardised(pd.concat(parts), on="g", to=mix, by="world")
    rows = found.table[found.table["row"] == "member"].to_dict("records")
    for truth, row in zip(truths, rows, strict=True):
        yield "standardised nps", truth, row["standardised_low"], row["standardised_high"]
    ends = found.facts["change_low"], found.facts["change_high"]
    yield "change of standardised nps", truths[-1] - truths[0], *ends


def leagues(rng):
    """Units drawn from a spread of units, of different sizes."""
    n = np.array([15, 25, 40, 40, 60, 80, 120, 150, 200, 300])
    for spread in (0.0, 0.06, 0.15, 0.3):
        truth = 0.3 + spread * rng.normal(size=len(n))
        error = 0.78 / np.sqrt(n)
        found = shrink(truth + error * rng.normal(size=len(n)), error, draws=1000)
        k = int(rng.integers(len(n)))
        yield (
            f"shrunk score of a unit, units apart by {100 * spread:g} points",
            truth[k],
            found["low"][k],
            found["high"][k],
        )
        name = f"spread between units, units apart by {100 * spread:g} points"
        yield name, spread, found["spread_low"], found["spread_high"]
        if spread:
            low, high = found["ranks"](1)
            rank = int((truth > truth[k]).sum()) + 1
            yield f"rank of a unit, units apart by {100 * spread:g} points", rank, low[k], high[k]


def trends(rng):
    """One change among 24 months: within which months it began, where it is found at all."""
    n = rng.integers(30, 90, 24).astype(float)
    at = int(rng.integers(5, 20))
    mean = np.where(np.arange(24) < at, 0.3, 0.05) + 0.78 * rng.normal(size=24) / np.sqrt(n)
    found = [one for one in change_points(mean, n, 0.78**2) if abs(one["at"] - at) < 12]
    best = min(found, key=lambda one: -one["z"]) if found else None
    yield "month of a change of 25 points", at, *((best["low"], best["high"]) if best else (np.nan, np.nan))


def drivers(rng, n=250):
    """Four drivers that go together, and one that means nothing."""
    chol = np.linalg.cholesky(0.4 + 0.6 * np.eye(5))
    x = rng.normal(size=(n, 5)) @ chol.T
    beta = np.array([0.5, 0.3, 0.2, 0.1, 0.0])
    y = x @ beta + rng.normal(size=n)
    frame = pd.DataFrame(x, columns=list("abcde")).assign(y=y)
    table = S.drivers(frame, of="y", on=list("abcde"), scale=None, times=200).table.set_index("driver")
    for name, b in zip("abcde", beta, strict=True):
        row = table.loc[name]
        yield f"slope of a driver, n={n}", b, row["slope_low"], row["slope_high"]
        ends = row["importance_share_low"], row["importance_share_high"]
        yield f"importance of driver {name}, n={n}", _IMPORTANCE[name], *ends
        yield f"performance of a driver, n={n}", 0.0, row["performance_low"], row["performance_high"]


def _importance():
    from crmlab.analytics.satisfaction.driving import relative_weights

    inner = 0.4 + 0.6 * np.eye(5)
    beta = np.array([0.5, 0.3, 0.2, 0.1, 0.0])
    with_y = inner @ beta
    size = np.sqrt(beta @ inner @ beta + 1)
    whole = np.block([[np.ones((1, 1)), with_y[None] / size], [with_y[:, None] / size, inner]])
    weights = relative_weights(whole)
    return dict(zip("abcde", weights / weights.sum(), strict=True))


_IMPORTANCE = _importance()

# ranks and months are whole, and a spread between units can't be found to be below none
AT_LEAST = (
    "rank of a unit",
    "month of a change",
    "shrunk score of a unit, units apart by 0 points",
    "spread between units, units apart by 0 points",
)


def areas(rng):
    """A score that tells somewhat, and how it differs from a better one."""
    from scipy.stats import norm

    n = 150
    yes = rng.random(n) < 0.4
    first = rng.normal(size=n) + 0.9 * yes
    second = 0.6 * first + 0.8 * rng.normal(size=n)
    frame = pd.DataFrame({"r": yes, "a": first, "b": second})
    table = S.predicts(frame, of="r", on=["a", "b"]).table.set_index("driver")
    one, other = norm.cdf(0.9 / np.sqrt(2)), norm.cdf(0.54 / np.sqrt(2))
    yield "auc, n=150", one, *table.loc["a", ["auc_low", "auc_high"]]
    yield "difference of two auc, n=150", other - one, *table.loc["b", ["versus_best_low", "versus_best_high"]]


def waits(rng):
    """Cases called back, some not yet."""
    n = 80
    life, leave = rng.exponential(2.0, n), rng.uniform(0.5, 8, n)
    curve = waiting_curve(np.minimum(life, leave), life <= leave)
    row = curve[curve["days_waited"] <= 2].iloc[-1]
    yield "called back within 2 days, n=80", 1 - np.exp(-1.0), row["done_share_low"], row["done_share_high"]
    _, low, high = median_wait(curve)
    yield "median days until called back", 2 * np.log(2), low, np.inf if high is None else high


def returns(rng):
    """Who comes back after a complaint, against who had none."""
    day = pd.Timestamp("2023-01-01")
    n = 60
    who = np.arange(3 * n)
    share = np.repeat([0.78, 0.45, 0.70], n)
    back = rng.random(3 * n) < share
    visits = pd.DataFrame({"customer_id": who[back], "ordered_at": day + pd.Timedelta(days=30)})
    told = pd.DataFrame({"customer_id": who[: 2 * n], "opened_at": day})
    told["resolved_at"] = day + pd.to_timedelta(np.repeat([5, 200], n), unit="h")
    calm = pd.DataFrame({"customer_id": who[2 * n :], "ordered_at": day})
    found = S.recovery(told, visits, as_of="2024-12-31", compared=calm)
    row = found.table.set_index("recovery").loc["settled_in_1_day"]
    yield "ratio of returning, n=60", 0.78 / 0.70, row["ratio_low"], row["ratio_high"]
    yield "share returning, n=60", 0.78, row["return_share_low"], row["return_share_high"]
    yield "more who would return, n=60", n * 0.33, found.facts["extra_returns_low"], found.facts["extra_returns_high"]


def traits(rng):
    """How far those who answered lie from those who did not."""
    yes = rng.random(200) < 0.25
    frame = pd.DataFrame({"answered": yes, "x": rng.normal(size=200) + 0.5 * yes})
    row = S.nonresponse(frame, on=["x"]).table.iloc[0]
    yield "distance of a trait, n=200", 0.5, row["distance_low"], row["distance_high"]


def staff(rng):
    """Units' scores as they are measured: the correlation of what is measured, whose answers are few, is the truth."""
    tau, mid, spread = 0.6, 0.7, 0.1  # how alike the two are in truth, the units' mean share and its spread
    for k in (8, 14, 40):
        n = 40
        mood = rng.normal(size=k)
        share = np.clip(mid + spread * (tau * mood + np.sqrt(1 - tau**2) * rng.normal(size=k)), 0.02, 0.98)
        hits = rng.binomial(n, share)
        unit = np.repeat(np.arange(k), n)
        happy = np.concatenate([np.r_[np.full(h, 5), np.full(n - h, 2)] for h in hits])
        polled = pd.DataFrame({"unit": np.arange(k), "score": 3.5 + 0.3 * (mood + 0.4 * rng.normal(size=k))})
        facts = S.staff_link(polled, pd.DataFrame({"unit": unit, "csat": happy}), by="unit").facts
        seen = spread**2 + (mid * (1 - mid) - spread**2) / n
        truth = tau * spread / np.sqrt(seen) / np.sqrt(1 + 0.4**2)
        yield f"correlation over units, n={k}", truth, facts["correlation_low"], facts["correlation_high"]


def served(rng):
    """Matters of people who differ in how much they do themselves, and what people say they would pay."""
    for people in (30, 150):
        own = rng.beta(2, 2, people)
        matters = 1 + rng.poisson(2, people)
        alone = rng.random(matters.sum()) < np.repeat(own, matters)
        table = pd.DataFrame({"who": np.repeat(np.arange(people), matters), "channel": np.where(alone, "faq", "desk")})
        facts = S.deflection(table, self_service=["faq"], customer="who").facts
        yield f"deflection, n={people}", 0.5, facts["deflection_share_low"], facts["deflection_share_high"]
    for n in (20, 200):
        truth = rng.beta(1, 1)
        said = pd.DataFrame({"premium_share": np.where(rng.random(n) < truth, 0.16, 0.0)})
        facts = S.willing_to_pay(100.0, answers=said, steps=1).facts
        yield f"willing to pay, n={n}", truth, facts["willing_share_low"], facts["willing_share_high"]


CASES = {
    "areas": areas,
    "at_a_fixed_mix": at_a_fixed_mix,
    "differences": differences,
    "drivers, n=60": lambda rng: drivers(rng, 60),
    "drivers, n=250": drivers,
    "leagues": leagues,
    "returns": returns,
    "scores": scores,
    "served": served,
    "staff": staff,
    "traits": traits,
    "trends": trends,
    "waits": waits,
    "weighted": weighted,
}
