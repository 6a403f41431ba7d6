"""Whether every interval of journeys holds the truth as often as it says: the benchmark's cases, a few."""

from __future__ import annotations

import math

import pytest

from tests.benchmarks.coverage import cases, coverage

TIMES = 16  # 2,000 of each: python -m tests.benchmarks.coverage journeys


@pytest.mark.parametrize("case", cases("journeys"))
def test_intervals_hold_their_truth(case):
    for name, counts in coverage("journeys", case, TIMES).items():
        shown = counts.total() - counts["refused"]
        # intervals of one world are alike, so worlds count; 3.3 standard errors below a true 93 %
        least = 0.93 - 3.3 * math.sqrt(0.93 * 0.07 / TIMES)
        assert shown and counts["held"] / shown >= least, (name, counts)
