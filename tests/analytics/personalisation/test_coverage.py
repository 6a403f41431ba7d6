"""Whether the intervals of personalisation hold the truth as often as they say: the benchmark's cases, a few."""

from __future__ import annotations

import math

import pytest

from tests.benchmarks.coverage import cases, coverage

TIMES = 100


@pytest.mark.parametrize("case", sorted(cases("personalisation")))
def test_intervals_hold_their_truth(case):
    for name, counts in coverage("personalisation", case, TIMES).items():
        shown = sum(counts.values()) - counts["refused"]
        if not shown:
            continue
        # with so few runs only what is badly wrong: 3.3 standard errors of a true 93 %
        least = 0.93 - 3.3 * math.sqrt(0.93 * 0.07 / shown)
        assert counts["held"] / shown >= least, (name, counts)
