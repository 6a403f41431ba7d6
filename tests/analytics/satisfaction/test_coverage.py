"""Every interval of the room on worlds whose truth is known: a few worlds here, 2,000 in the benchmark of coverage."""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.coverage import SEED, at_least, cases

ROOM = Path(__file__).parent.name
TIMES = {
    "scores": 60,
    "areas": 120,
    "leagues": 120,
    "served": 80,
    "staff": 40,
    "trends": 120,
    "traits": 120,
    "waits": 120,
}


@pytest.mark.parametrize("case", sorted(cases(ROOM)))
def test_holds_its_truth(case):
    held = defaultdict(list)
    for number in range(TIMES.get(case, 40)):
        for name, truth, low, high in cases(ROOM)[case](np.random.default_rng([SEED, number])):
            if low == low and high == high:
                held[name].append(low <= truth <= high)
    for name, hits in held.items():
        share, slack = np.mean(hits), 4 * math.sqrt(0.95 * 0.05 / len(hits))
        assert share >= 0.94 - slack, (name, share)
        if not at_least(ROOM, name):
            assert share <= min(1.0, 0.97 + slack), (name, share)
