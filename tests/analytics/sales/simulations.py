"""Worlds of known truth for every interval that the room shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlab.analytics import sales

_STAGES = pd.DataFrame({"stage": ["lead", "proposal", "close"], "probability": [0.3, 0.5, 1.0]})
_FIRST = pd.Timestamp("2019-01-01")


def _ends(row, what):
    return row[f"{what}_low"], row[f"{what}_high"]


def deals(rng):
    """Deals that go on from the lead by 0.8 and from the proposal by 0.5, larger ones taking longer."""
    n = 120
    ahead, won = rng.random(n) < 0.8, rng.random(n) < 0.5
    won &= ahead
    size = rng.lognormal(0, 0.5, n)
    first, second = rng.gamma(4, 5, n), rng.gamma(4, 5, n) * size**0.3
    second = np.where(ahead, second, 0.0)
    took = np.maximum(np.round(first + second), 2)
    still = 20
    table = pd.DataFrame({"opportunity_id": range(n + still), "amount": np.r_[10 * size, np.full(still, 10.0)]})
    table["opened_on"] = _FIRST
    table["closed_on"] = [*(_FIRST + pd.to_timedelta(took, unit="D")), *[pd.NaT] * still]
    table["outcome"] = [*np.where(won, "won", "lost"), *[None] * still]
    log = [(k, "lead", _FIRST) for k in range(n + still)]
    log += [(k, "proposal", _FIRST + pd.Timedelta(days=first[k])) for k in range(n) if ahead[k]]
    log += [(k, "close", _FIRST + pd.Timedelta(days=took[k])) for k in range(n) if won[k]]
    log = pd.DataFrame(log, columns=["opportunity_id", "stage", "entered_at"])
    asked = {"as_of": "2019-12-31", "stages": _STAGES}
    found = sales.pipeline(table, log, **asked)
    rows = found.table.set_index("stage")
    yield "sales.pipeline goes on, n=96", 0.5, *_ends(rows.loc["proposal"], "ahead_share")
    from scipy.stats import gamma

    stays = rows.loc["lead"]
    if ahead.sum() == stays["stays"] - (~ahead).sum():
        yield "sales.pipeline median stay", gamma.median(4, scale=5), *_ends(stays, "stay_days")
    amount = 10 * np.exp(0.125)
    cycle = 20 + 20 * np.exp((0.3 * 0.5) ** 2 / 2)  # of won deals; a size to the power 0.3 makes them longer
    yield "sales.pipeline velocity", 20 * 0.4 * amount / cycle, *_ends(found.facts, "velocity")
    told = sales.pipeline_forecast(table, log=log, **asked).table.iloc[0]
    yield "sales.pipeline_forecast won share", 0.4, *_ends(told, "won_share")


def sums(rng):
    """What a weighted pipeline comes to, if its chances are right."""
    amount, chance = rng.lognormal(3, 0.6, 40), rng.choice([0.2, 0.4, 0.6], 40)
    facts = sales.pipeline_forecast(pd.DataFrame({"amount": amount, "probability": chance}), as_of="2019-12-31").facts
    came = float(amount[rng.random(40) < chance].sum())
    yield "sales.pipeline_forecast sum of 40 deals", came, *_ends(facts, "weighted")


def lists(rng):
    n = 800
    score = rng.beta(1, 9, n)
    outcome = rng.random(n) < score
    facts = sales.lift(pd.DataFrame({"score": score, "outcome": outcome})).facts
    from scipy.stats import beta

    top = beta.ppf(0.9, 1, 9)
    captured = beta.sf(top, 2, 9)  # of the hits, whose scores are weighted by themselves
    yield "sales.lift of the top tenth, n=800", captured / 0.1, *_ends(facts, "lift")
    yield "sales.lift calibration", 1.0, *_ends(facts, "calibration")


def minutes(rng):
    """People who differ in how much of their time goes into reporting, and in how much time they have."""
    parts = []
    for year, mean in ((2019, 0.75), (2020, 0.5)):
        share = rng.beta(12 * mean, 12 * (1 - mean), 30)
        whole = rng.gamma(5, 60, 30)
        for activity, part in (("reporting", share), ("selling", 1 - share)):
            parts.append(pd.DataFrame({"employee_id": range(30), "minutes": whole * part, "activity": activity,
                                       "date": f"{year}-03-01"}))  # fmt: skip
    found = sales.crm_use(pd.concat(parts), as_of="2020-12-31")
    yield "sales.crm_use share of 30 people", 0.5, *_ends(found.facts, "share")
    yield "sales.crm_use change", -0.25, *_ends(found.facts, "change")


def prices(rng):
    """Products and months that differ, and sales that differ more than by chance."""
    products, months, planted = 25, 10, -1.2
    rows = pd.DataFrame([(p, m) for p in range(products) for m in range(months)], columns=["product_id", "month"])
    level = np.exp(rng.normal(2.0, 0.8, products))[rows["product_id"]]
    usual = np.exp(rng.normal(9, 1.0, products))[rows["product_id"]]
    rows["unit_price"] = usual * np.exp(rng.normal(0, 0.15, len(rows)))
    taste = rng.gamma(8, 1 / 8, len(rows))
    rows["sold"] = rng.poisson(level * taste * (rows["unit_price"] / usual) ** planted)
    facts = sales.price_response(rows, period="month").facts
    yield "sales.price_response, 25 products", planted, *_ends(facts, "elasticity")


CASES = {"deals": deals, "sums": sums, "lists": lists, "minutes": minutes, "prices": prices}
