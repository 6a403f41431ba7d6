"""Worlds of known truth for every interval that the room shows: all are intervals of a drawing."""

from __future__ import annotations

from math import erf, sqrt

import numpy as np
from scipy.stats import beta, norm

from crmlab.analytics import projects

FLOWS = [-1200, 300, 500, 600, 600]
SPREAD = 0.2
_WORTH = sum(f / 1.12**t for t, f in enumerate(FLOWS)) + 1200


def cases(rng):
    """Benefits normal: NPV is normal with mean 274.83."""
    shape = {"benefits": {"shape": "normal", "mean": 1, "sd": SPREAD}}
    facts = projects.simulate_case(FLOWS, rate=0.12, uncertain=shape, times=400, seed=int(rng.integers(2**31))).facts
    mean, sd = _WORTH - 1200, SPREAD * _WORTH
    truths = {"loss_share": 0.5 * (1 + erf(-mean / sd / sqrt(2))), "npv_mean": mean}
    truths |= {f"npv_p{q}": mean + sd * norm.ppf(q / 100) for q in (5, 50, 95)}
    for what, truth in truths.items():
        yield f"projects.simulate_case {what}, 400 runs", truth, facts[f"{what}_low"], facts[f"{what}_high"]


_TASKS = [{"task": t, "after": "", "optimistic": 0, "likely": 3, "pessimistic": 6} for t in "AB"]
_TASKS += [{"task": "Z", "after": "A,B", "optimistic": 0, "likely": 0, "pessimistic": 0}]
_GRID = np.linspace(0, 1, 20_001)
_MEAN = 6 * float(np.trapezoid(1 - beta.cdf(_GRID, 3, 3) ** 2, _GRID))


def plans(rng):
    """The later of two tasks alike: P(T <= t) is the square of one's."""
    facts = projects.simulate(_TASKS, times=400, seed=int(rng.integers(2**31)), deadline=4)
    table, facts = facts.table.set_index("task"), facts.facts
    truths = {"mean": _MEAN, "merge_bias": _MEAN - 3, "on_time_share": float(beta.cdf(4 / 6, 3, 3)) ** 2}
    truths |= {f"p{q}": 6 * float(beta.ppf(sqrt(q / 100), 3, 3)) for q in (5, 50, 95)}
    for what, truth in truths.items():
        yield f"projects.simulate {what}, 400 runs", truth, facts[f"{what}_low"], facts[f"{what}_high"]
    row = table.loc["A"]
    ends = row["criticality_share_low"], row["criticality_share_high"]
    yield "projects.simulate criticality share, 400 runs", 0.5, *ends


CASES = {"cases": cases, "plans": plans}
