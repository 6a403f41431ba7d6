"""Whether every interval that profitability shows holds the truth as often as it says: the benchmark's cases, a few."""

from __future__ import annotations

import math

import pytest

from tests.benchmarks.coverage import cases, coverage

TIMES = 40
SLOW = {"consumers and giants, n=1000", "lognormal 1.2, n=1000", "Pareto 2.2, n=1000", "profits, n=500", "potential"}
QUICK = sorted(set(cases("profitability")) - SLOW)  # 2,000 runs of all: python -m tests.benchmarks.coverage


@pytest.mark.parametrize("case", QUICK)
def test_intervals_hold_their_truth(case):
    for name, counts in coverage("profitability", case, TIMES).items():
        shown = sum(counts.values()) - counts["refused"]
        if shown < TIMES / 2:
            continue
        # with so few runs only what is badly wrong: 3.3 standard errors of a true 93 %
        least = 0.93 - 3.3 * math.sqrt(0.93 * 0.07 / shown)
        assert counts["held"] / shown >= least, (name, counts)


def test_giants_who_lose_are_refused_not_covered_up():
    told = coverage("profitability", "profits with losing giants, n=1000", 20)
    refused = {name: counts["refused"] for name, counts in told.items()}
    assert all(n >= 19 for name, n in refused.items() if "losing customers" not in name), refused
