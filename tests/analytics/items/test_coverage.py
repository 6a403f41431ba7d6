"""The intervals keep their word: the worlds of ``simulations.py``, few times here, 2,000 times by the benchmark."""

from __future__ import annotations

import pytest
from scipy.stats import binom

from tests.benchmarks.coverage import cases, count


@pytest.mark.parametrize("case", sorted(cases("items")))
def test_intervals_hold_their_truths(case):
    """So few that an interval of 93 % passes a thousand times before it fails, and one of 80 % does not."""
    for name, counts in count("items", case, 0, 16).items():
        shown = counts.total() - counts["refused"]
        assert counts["held"] >= binom.ppf(0.0005, shown, 0.93), (name, counts)
