"""The intervals that only this room has need of, and the verdict that follows from one.

Shares take Wilson's, which has its home in :mod:`crmlab.intervals`. Counts by exposure, and the ratio of two of them,
take the exact interval with half of the observed count's own probability (mid-P): the fully exact one holds more than
it says where events are few, and is wider than it need be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["FEW", "LEVEL", "rate_interval", "ratio_interval", "verdict_of"]

FEW = 5  # with fewer events than these no verdict is given
LEVEL = 0.95


def rate_interval(events: Any, exposure: Any, level: float = LEVEL) -> tuple[Any, Any]:
    """The interval of events by exposure (Poisson, exact with mid-P).

    Examples
    --------
    >>> low, high = rate_interval(10, 500)
    >>> round(float(low) * 500, 2), round(float(high) * 500, 2)
    (5.08, 17.82)
    """
    import numpy as np
    from scipy import stats

    events, exposure = np.asarray(events, float), np.asarray(exposure, float)
    tail = (1 - level) / 2
    # the fully exact bounds (Garwood) lie outside those with mid-P
    outer_low = np.where(events > 0, stats.chi2.ppf(tail, 2 * events) / 2, 0.0)
    outer_high = stats.chi2.ppf(1 - tail, 2 * events + 2) / 2

    def below(mean: Any) -> Any:
        return (stats.poisson.cdf(events - 1, mean) + stats.poisson.cdf(events, mean)) / 2

    low = np.where(events > 0, _solve(below, 1 - tail, outer_low, np.maximum(events, 1e-9)), 0.0)
    high = _solve(below, tail, events, outer_high)
    time = np.where(exposure > 0, exposure, np.nan)
    return low / time, high / time


def ratio_interval(
    events: Any, exposure: Any, events_before: Any, exposure_before: Any, level: float = LEVEL
) -> tuple[Any, Any]:
    """The interval of a ratio of two rates: given all events, those of the first are binomial (exact with mid-P).

    Examples
    --------
    >>> low, high = ratio_interval(30, 1000, 15, 1000)
    >>> round(float(low), 2), round(float(high), 2)
    (1.08, 3.81)
    """
    import numpy as np
    from scipy import stats

    a, b = np.asarray(events, float), np.asarray(events_before, float)
    n, tail = a + b, (1 - level) / 2

    def below(p: Any) -> Any:
        return (stats.binom.cdf(a - 1, n, p) + stats.binom.cdf(a, n, p)) / 2

    zero, one = np.zeros_like(n), np.ones_like(n)
    low = np.where(a > 0, _solve(below, 1 - tail, zero, one), 0.0)
    high = np.where(b > 0, _solve(below, tail, zero, one), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.asarray(exposure_before, float) / np.asarray(exposure, float)
        out = [np.where(n > 0, np.where(p < 1, p / (1 - p), np.inf) * scale, np.nan) for p in (low, high)]
    return out[0], out[1]


def _solve(falling: Callable[[Any], Any], wanted: float, low: Any, high: Any) -> Any:
    """Where a falling function takes the wanted value, by halving."""
    import numpy as np

    low, high = np.asarray(low, float) + 0.0, np.asarray(high, float) + 0.0
    for _ in range(60):
        middle = (low + high) / 2
        above = falling(middle) > wanted
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return (low + high) / 2


def verdict_of(low: float, high: float, neutral: float, events: float) -> str:
    """``too_few``, ``noise`` or ``real``: whether an interval leaves out the value of no difference.

    Examples
    --------
    >>> verdict_of(1.09, 3.8, 1, events=15), verdict_of(0.9, 3.8, 1, events=15), verdict_of(2, 40, 1, events=2)
    ('real', 'noise', 'too_few')
    """
    if events < FEW or low != low or high != high:
        return "too_few"
    return "noise" if low <= neutral <= high else "real"
