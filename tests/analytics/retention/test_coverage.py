"""Whether every interval of retention holds the truth as often as it says: the benchmark's cases, a few."""

from __future__ import annotations

import math

import pytest

from tests.benchmarks.coverage import cases, coverage

TIMES = 24  # 2,000 of each: python -m tests.benchmarks.coverage retention


@pytest.mark.parametrize("case", cases("retention"))
def test_intervals_hold_their_truth(case):
    for name, counts in coverage("retention", case, TIMES).items():
        shown = counts.total() - counts["refused"]
        # with so few runs only what is badly wrong is found: 3.3 standard errors below a true 93 %
        least = 0.93 - 3.3 * math.sqrt(0.93 * 0.07 / max(shown, 1))
        assert shown and counts["held"] / shown >= least, (name, counts)
