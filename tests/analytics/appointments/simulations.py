"""Worlds of known truth for every interval that the room shows."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from scipy.stats import gamma, norm

from crmlab.analytics import appointments


def _ends(row, what):
    return row[f"{what}_low"], row[f"{what}_high"]


def _expit(x):
    return 1 / (1 + np.exp(-x))


def groups(rng):
    """No-shows of people who miss more or less often each: appointments of one are alike."""
    people, each, mean = 150, 4, 0.18
    chance = rng.beta(1.8, 8.2, people)
    table = pd.DataFrame({"patient_id": np.repeat(np.arange(people), each), "payer": "all"})
    table["missed"] = (rng.random(people * each) < np.repeat(chance, each)).astype(int)
    row = appointments.attendance(table, by="payer").table.iloc[0]
    yield "appointments.attendance share, 150 patients of 4", mean, *_ends(row, "no_show_share")


def trials(rng):
    n, p, q = 300, 0.11, 0.18
    missed = np.r_[rng.random(n) < p, rng.random(n) < q].astype(int)
    table = pd.DataFrame({"arm": ["a"] * n + ["b"] * n, "missed": missed})
    facts = appointments.trial(table, treated="a", control="b").facts
    yield "appointments.trial risk difference, n=600", p - q, *_ends(facts, "risk_difference")
    yield "appointments.trial risk ratio, n=600", p / q, *_ends(facts, "risk_ratio")
    yield "appointments.trial odds ratio, n=600", p / (1 - p) / (q / (1 - q)), *_ends(facts, "odds_ratio")


# marginal truths of the roll-out below, by a sum over its cells
_LEADS = np.arange(0, 12)


def _roll_out_truth():
    base = -1.9 + 0.08 * _LEADS
    one, none = _expit(base + math.log(0.55)).mean(), _expit(base).mean()
    return one - none, one / none


_DIFFERENCE, _RATIO = _roll_out_truth()


def roll_outs(rng):
    n = 900
    lead = rng.integers(0, 12, n)
    reminded = rng.random(n) < np.where(lead >= 6, 0.8, 0.2)
    missed = rng.random(n) < _expit(-1.9 + 0.08 * lead + math.log(0.55) * reminded)
    table = pd.DataFrame({"lead_days": lead, "reminded": reminded.astype(int), "missed": missed.astype(int)})
    facts = appointments.adjusted(table, on=["lead_days"], strata=["lead_days"], edges=range(12)).facts
    yield "appointments.adjusted odds ratio, n=900", 0.55, *_ends(facts, "adjusted_odds_ratio")
    yield "appointments.adjusted odds ratio like with like, n=900", 0.55, *_ends(facts, "matched_odds_ratio")
    yield (
        "appointments.adjusted standardised difference, n=900",
        _DIFFERENCE,
        *_ends(facts, "standardised_risk_difference"),
    )
    yield "appointments.adjusted standardised ratio, n=900", _RATIO, *_ends(facts, "standardised_risk_ratio")


def models(rng):
    n = 800
    x, z = rng.integers(0, 2, n), rng.gamma(2, 5, n)
    y = rng.random(n) < _expit(-2 + 0.6 * x + 0.05 * z)
    table = pd.DataFrame({"x": x, "z": z, "missed": y.astype(int)})
    found = appointments.fit_no_shows(table, on=["x", "z"])
    rows = found.table.set_index("column")
    yield "appointments.no_shows odds ratio of yes, n=800", math.exp(0.6), *_ends(rows.loc["x"], "odds_ratio")
    yield "appointments.no_shows odds ratio of a number, n=800", math.exp(0.05), *_ends(rows.loc["z"], "odds_ratio")
    yield "appointments.no_shows base, n=800", -2.0, *_ends(found.facts, "log_odds_base")


# the true area of a score of two normals a spread and a half apart, and chances that are right
_APART = 0.8


def scores(rng):
    n = 500
    y = rng.random(n) < 0.2
    s = rng.normal(np.where(y, _APART, 0.0), 1.0)
    # of two normals the log odds are a line in the score, so a model that knows it is calibrated
    line = math.log(0.2 / 0.8) + _APART * s - _APART**2 / 2
    table = pd.DataFrame({"line": line, "missed": y.astype(int)})
    facts = appointments.calibration(_knowing(), table, bands=5).facts
    yield "appointments.calibration auc, n=500", norm.cdf(_APART / math.sqrt(2)), *_ends(facts, "auc")
    yield "appointments.calibration slope, n=500", 1.0, *_ends(facts, "slope")
    yield "appointments.calibration intercept, n=500", 0.0, *_ends(facts, "intercept")


def _knowing():
    from crmlab.analytics.appointments.models import NoShowModel
    from crmlab.regression import Logit

    fit = Logit(("line",), ("line",), {}, np.array([0.0, 1.0]), np.eye(2), 1, 1)
    return NoShowModel("appointments.no_shows", pd.DataFrame(), {"on": ("line",)}, {}, (), None, fit)


def _waits(rng, n):
    return rng.gamma(4, 12, n)


def waits(rng):
    for n in (40, 200):
        row = appointments.waiting(pd.DataFrame({"wait_minutes": _waits(rng, n)})).facts
        yield f"appointments.waiting mean, n={n}", 48.0, *_ends(row, "mean_minutes")
        yield f"appointments.waiting median, n={n}", gamma.ppf(0.5, 4, scale=12), *_ends(row, "median_minutes")
        yield f"appointments.waiting share in time, n={n}", gamma.cdf(60, 4, scale=12), *_ends(row, "within_share")
        if n == 200:
            yield "appointments.waiting p90, n=200", gamma.ppf(0.9, 4, scale=12), *_ends(row, "p90_minutes")


def leavers(rng):
    wait, patience = _waits(rng, 200), rng.exponential(150, 200)
    table = pd.DataFrame({"wait_minutes": np.minimum(wait, patience), "left_unseen": patience < wait})
    row = appointments.waiting(table).facts
    yield "appointments.waiting median with leavers, n=200", gamma.ppf(0.5, 4, scale=12), *_ends(row, "median_minutes")
    yield "appointments.waiting share in time with leavers", gamma.cdf(60, 4, scale=12), *_ends(row, "within_share")


def satisfaction(rng):
    wait = rng.gamma(4, 15, 300)
    hidden = 4.55 - 0.36 * np.maximum(wait - 30, 0) / 30 + rng.normal(0, 0.8, 300)
    table = pd.DataFrame({"wait_minutes": wait, "csat": np.clip(np.round(hidden), 1, 5)})
    facts = appointments.wait_scores(table).facts
    yield "appointments.wait_scores slope, n=300", -0.36, *_ends(facts, "slope")
    yield "appointments.wait_scores base, n=300", 4.55, *_ends(facts, "base")
    yield "appointments.wait_scores spread, n=300", 0.8, *_ends(facts, "spread")


def changes(rng):
    n = 150
    day = ["2022-06-01"] * n + ["2023-06-01"] * n
    one = np.r_[rng.random(n) < 0.7, rng.random(n) < 0.4]
    other = np.r_[rng.random(n) < 0.7, rng.random(n) < 0.6]
    table = pd.DataFrame(
        {"checked_in_at": day * 2, "hit": np.r_[one, other].astype(int), "in": [True] * 2 * n + [False] * 2 * n}
    )
    facts = appointments.before_after(table, outcome="hit", since="2023-01-01", touched="in").facts
    yield "appointments.before_after difference, n=300", -0.3, *_ends(facts, "difference")
    yield "appointments.before_after difference in differences, n=600", -0.2, *_ends(facts, "did")
    facts = appointments.before_after(table[table["in"]], outcome="hit", since="2023-01-01", interval="wald").facts
    yield "appointments.before_after Wald's, n=300", -0.3, *_ends(facts, "difference")


CASES = {
    "groups": groups,
    "trials": trials,
    "roll-outs": roll_outs,
    "models": models,
    "scores": scores,
    "waits": waits,
    "leavers": leavers,
    "satisfaction": satisfaction,
    "changes": changes,
}
