"""Intervals of shares and of what is made of ranked values.

A statistic of all customers is nearly a mean of what each of them adds to it (its influence function); the spread of
these gives the standard error without drawing a single sample again (Davidson 2009; Deville 1999). Shares that can't
leave 0 to 1 get their interval on the logit scale, so that it can't either.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

__all__ = ["FEW", "around", "effective", "quantile", "standard_error", "within"]

FEW = 30
"""Below so many customers that really count, an interval is called too narrow and the verdict is ``too_few``."""


def quantile(confidence: float) -> float:
    """How many standard errors a two-sided interval reaches."""
    from statistics import NormalDist

    return NormalDist().inv_cdf(0.5 + confidence / 2)


def standard_error(influence: np.ndarray) -> float:
    """The standard error of a statistic from what each customer adds to it."""
    n = len(influence)
    return float(influence.std(ddof=1)) / math.sqrt(n)


def effective(influence: np.ndarray) -> float:
    """How many equal customers would say as much about the spread as these do: n by kurtosis.

    Where a few giants decide, it is small however many customers there are, and the interval is too narrow.
    """
    centred = influence - influence.mean()
    squares = float((centred**2).sum())
    return squares**2 / float((centred**4).sum()) if squares > 0 else 0.0


def around(point: float, influence: np.ndarray, confidence: float, floor: float | None = None) -> tuple[float, float]:
    """An interval of a statistic that may be any number; with a ``floor``, of one that can't fall below it."""
    reach = quantile(confidence) * standard_error(influence)
    if floor is None:
        return point - reach, point + reach
    if point <= floor:
        return floor, floor
    factor = math.exp(min(700.0, reach / (point - floor)))
    return floor + (point - floor) / factor, floor + (point - floor) * factor


def within(point: float, influence: np.ndarray, confidence: float) -> tuple[float, float]:
    """An interval of a share between 0 and 1, on the logit scale."""
    if not 0 < point < 1:
        return point, point
    reach = quantile(confidence) * standard_error(influence) / (point * (1 - point))
    logit = math.log(point / (1 - point))
    return tuple((1 + math.tanh(end / 2)) / 2 for end in (logit - reach, logit + reach))
