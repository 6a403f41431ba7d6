"""Worlds of customers drawn from known parameters, and every interval that the room shows of them.

``python -m tests.benchmarks.coverage value`` counts how many hold; the sizes are the least at which they are shown.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.special import betaln, hyp2f1

from crmlab import value
from crmlab.analytics.value.bg_nbd import BgNbd
from crmlab.analytics.value.holdout import mean_of_counts
from crmlab.analytics.value.pareto_nbd import ParetoNbd

Interval = tuple[str, float, float, float]

BG = np.array([0.6, 8.0, 0.8, 2.5])  # R-T26
PARETO = np.array([0.6, 8.0, 0.6, 12.0])
SPEND = np.array([6.0, 4.0, 15.0])
PROBE = pd.DataFrame({"x": [3.0], "t_x": [20.0], "T": [40.0]})
PAST = tuple(PROBE[c].to_numpy() for c in ("x", "t_x", "T"))
DAYS = (26 * 7, 78 * 7 + 1)


def ends(name: str, facts, key: str, truth: float) -> Interval:
    return name, truth, facts[f"{key}_low"], facts[f"{key}_high"]


def histories(model, v, random, n):
    """Customers with ages of whole days, and what they bought."""
    age = random.integers(*DAYS, n) / 7
    x, t_x = model.simulate(v, age, random)
    return pd.DataFrame({"customer_id": np.arange(n), "x": x, "t_x": t_x, "T": age})


def buying(model, fit_to, v, kind: str, n: int):
    def world(random: np.random.Generator) -> Iterator[Interval]:
        table = histories(model, v, random, n)
        past = [table[c].to_numpy() for c in ("x", "t_x", "T")]
        fit, of = fit_to(table), f"n={n}"
        for name, truth in zip(model.names, v, strict=True):
            yield ends(f"{kind} {name}, {of}", fit.facts, name, truth)
        new = fit.of_new(52.0).facts
        yield ends(f"{kind} new customer in 52 weeks, {of}", new, "expected", model.new(v, [52.0])[0])
        alive = model.p_alive(v, *PAST)[0]
        yield ends(f"{kind} P(alive) of one, {of}", fit.p_alive(PROBE).table.iloc[0], "p_alive", alive)
        ahead = alive * model.future(v, PAST[0], PAST[2], 26.0)[0]
        yield ends(f"{kind} purchases of one, {of}", fit.expected(26.0, PROBE).table.iloc[0], "expected", ahead)
        every = model.p_alive(v, *past)
        yield ends(f"{kind} mean P(alive), {of}", fit.p_alive().facts, "mean_p_alive", every.mean())
        facts = fit.expected(26.0).facts
        total = (every * model.future(v, past[0], past[2], 26.0)).sum()
        yield ends(f"{kind} total expected, {of}", facts, "total", total)
        # hold-out: what was then counted
        counted = model.simulate_on(v, *past, 26.0, random).sum()
        yield ends(f"{kind} total that is counted, {of}", facts, "total_seen", counted)

    return world


def spent(random: np.random.Generator, x):
    """Mean spend of so many repeat purchases, each customer with a scale of his own."""
    p, q, gamma = SPEND
    own = gamma / random.gamma(q, 1.0, len(x))
    return own * random.gamma(p * np.maximum(x, 1)) / np.maximum(x, 1)


def spend(random: np.random.Generator, n: int = 500) -> Iterator[Interval]:
    """Gamma-Gamma, of customers who came back."""
    x = random.geometric(0.3, n)
    fit = value.fit_gamma_gamma(pd.DataFrame({"frequency": x, "monetary": spent(random, x)}))
    p, q, gamma = SPEND
    for name, truth in zip(("p", "q", "gamma"), SPEND, strict=True):
        yield ends(f"Gamma-Gamma {name}, n={n}", fit.facts, name, truth)
    yield ends(f"Gamma-Gamma mean spend, n={n}", fit.facts, "mean_spend", p * gamma / (q - 1))
    yield ends(f"correlation of spend and frequency, n={n}", fit.facts, "correlation", 0.0)
    row = fit.expected(pd.DataFrame({"frequency": [3], "monetary": [50.0]})).table.iloc[0]
    yield ends(f"Gamma-Gamma spend of one, n={n}", row, "expected_spend", p * (gamma + 150) / (3 * p + q - 1))


def lifetime(random: np.random.Generator, n: int = 800) -> Iterator[Interval]:
    """Value of one, of a segment, of all; seven in ten customers come back."""
    table = histories(BgNbd, BG, random, n)
    table["monetary"] = np.where(table["x"] > 0, spent(random, table["x"].to_numpy()), np.nan)
    buying, spending = value.fit_bg_nbd(table), value.fit_gamma_gamma(table)
    worth = value.lifetime_value(buying, spending, table, discount=0.12, margin_share=0.25, horizon=156.0)
    known = buying.histories
    number = buying._discounted(0.12, known, 156.0)(BG)[known.place]
    money = table["monetary"].fillna(0.0).to_numpy()
    truth = pd.Series(0.25 * number * spending._spend(table["x"].to_numpy(), money)(SPEND), index=table["customer_id"])
    best = worth.table.set_index("customer_id")
    tenth = table.loc[table["x"].nlargest(n // 10).index[-1], "customer_id"]
    yield ends(f"value of one, n={n}", best.loc[tenth], "value", truth[tenth])
    yield ends(f"value of all, n={n}", worth.facts, "total", truth.sum())
    often = (table.set_index("customer_id")["x"] > 1).map({True: "often", False: "seldom"})
    groups = value.value_by(worth, often.rename("group").reset_index(), by="group").table.set_index("group")
    for group in ("often", "seldom"):
        yield ends(f"value of those who buy {group}, n={n}", groups.loc[group], "value", truth[often == group].sum())


def contracts(random: np.random.Generator, n: int = 500) -> Iterator[Interval]:
    """Shifted beta-geometric, seven renewals of one cohort."""
    a, b = 0.7, 2.0
    life = random.geometric(random.beta(a, b, n))
    fit = value.fit_sbg([int((life > k).sum()) for k in range(8)])
    yield ends(f"sBG alpha, n={n}", fit.facts, "alpha", a)
    yield ends(f"sBG beta, n={n}", fit.facts, "beta", b)
    yield ends(f"sBG mean churn, n={n}", fit.facts, "mean_churn", a / (a + b))
    table = fit.project(12).table
    for t in (4, 12):
        survival = np.exp(betaln(a, b + t) - betaln(a, b))
        yield ends(f"sBG survival at {t}, n={n}", table.iloc[t], "survival_share", survival)
        yield ends(f"sBG retention at {t}, n={n}", table.iloc[t], "retention_share", (b + t - 1) / (a + b + t - 1))
    observed = np.exp(betaln(a, b + 4) - betaln(a, b))
    yield ends(f"observed survival at 4, n={n}", table.iloc[4], "observed_share", observed)
    facts = fit.lifetime(1.0, 0.1, renewals=3).facts
    yield ends(f"sBG value of a new customer, n={n}", facts, "new_value", hyp2f1(1, b, a + b, 1 / 1.1))
    left = (b + 3) / (a + b + 3) * hyp2f1(1, b + 4, a + b + 4, 1 / 1.1)
    yield ends(f"sBG value after three renewals, n={n}", facts, "residual_value", left)


def calibration(random: np.random.Generator, n: int = 30) -> Iterator[Interval]:
    """What a group of the calibration chart bought: rates of their own, some gone."""
    for mean in (0.2, 1.0, 4.0):
        rate = random.gamma(2.0, mean / 2.0 / 0.8, n) * (random.random(n) < 0.8)
        low, high = mean_of_counts(random.poisson(rate), 0.95)
        yield f"mean of a group in the calibration chart, mean {mean}, n={n}", mean, low, high


CASES = {
    "bg_nbd": buying(BgNbd, value.fit_bg_nbd, BG, "BG/NBD", 500),
    "pareto_nbd": buying(ParetoNbd, value.fit_pareto_nbd, PARETO, "Pareto/NBD", 500),
    "gamma_gamma": spend,
    "lifetime_value": lifetime,
    "contracts": contracts,
    "calibration": calibration,
}
