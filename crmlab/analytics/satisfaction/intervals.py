"""The intervals of this room, each chosen because it keeps its word with few answers and at extreme shares.

NPS is the mean of +1, 0 and -1: the textbook's ``±z·se`` has no width when all say the same, and holds 10 % where 98 %
are promoters. The adjusted Wald interval adds three quarters of a promoter and of a detractor and one and a half
passives first. A share takes Wilson's (:func:`crmlab.intervals.wilson`). The mean of a scale takes a beta with half an
answer added at either end, which for a scale of two points is Jeffreys' interval; Student's t knows no end of a
scale, and holds a fifth of the time where almost all give the same answer. Differences and weighted sums are put
together from the limits of their parts (Newcombe's square-and-add, MOVER).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...intervals import holm as holm_of
from ...intervals import wilson, z_of

__all__ = [
    "LEAST_N",
    "LEVEL",
    "added",
    "apart",
    "holm",
    "mean_interval",
    "nps_interval",
    "share_interval",
    "verdict_of",
]

LEVEL = 0.95
LEAST_N = 5  # with fewer answers no interval is shown: what it would hold was not shown to hold
_SMALL = 11


def nps_interval(mean: Any, square: Any, n: Any, level: float = LEVEL) -> tuple[Any, Any]:
    """The adjusted Wald interval of promoters' minus detractors' share, within -1 and 1.

    Parameters
    ----------
    mean, square : array
        Means of +1, 0, -1 and of their squares: the difference and the sum of the two shares.
    n : array
        Answers; the effective number where they are weighted or come several of a person. Up to ten answers the
        variance is divided by one answer fewer, which keeps what the adjustment alone loses there.

    Examples
    --------
    >>> low, high = nps_interval(0.1, 0.7, 10)
    >>> round(float(low), 3), round(float(high), 3)
    (-0.379, 0.532)
    >>> low, high = nps_interval(1.0, 1.0, 10)  # ten promoters of ten
    >>> round(float(low), 3), float(high)
    (0.463, 1.0)
    """
    import numpy as np

    mean, square, n = (np.asarray(x, dtype=np.float64) for x in (mean, square, n))
    more = n + 3
    middle, spread = mean * n / more, (square * n + 1.5) / more
    fewer = np.where(n < _SMALL, more - 1, more)
    half = z_of(level) * np.sqrt(np.maximum(spread - middle**2, 0) / fewer)
    enough = n >= LEAST_N
    # all promoters: a score of 1 is among what is possible, as for detractors
    low = np.where(mean <= -1, -1.0, np.clip(np.minimum(middle - half, mean), -1, 1))
    high = np.where(mean >= 1, 1.0, np.clip(np.maximum(middle + half, mean), -1, 1))
    return np.where(enough, low, np.nan), np.where(enough, high, np.nan)


def share_interval(mean: Any, n: Any, level: float = LEVEL) -> tuple[Any, Any]:
    """Wilson's interval, missing where there are fewer than five answers.

    Examples
    --------
    >>> low, high = share_interval(0.625, 8)
    >>> round(float(low), 3), round(float(high), 3)
    (0.306, 0.863)
    """
    import numpy as np

    mean, n = np.asarray(mean, dtype=np.float64), np.asarray(n, dtype=np.float64)
    low, high = (np.asarray(x) for x in wilson(mean * n, n, level=level))
    enough = n >= LEAST_N
    return np.where(enough, low, np.nan), np.where(enough, high, np.nan)


def mean_interval(mean: Any, square: Any, n: Any, ends: tuple[float, float], level: float = LEVEL) -> tuple[Any, Any]:
    """The interval of the mean of a scale: half an answer more at either end, then a beta of that mean and variance.

    Parameters
    ----------
    mean, square, n : array
        Means of the answers and of their squares, and how many.
    ends : (float, float)
        The scale's ends: nothing can lie beyond them.

    Examples
    --------
    >>> low, high = mean_interval(22 / 7, 96 / 7, 7, (1, 7))
    >>> round(float(low), 2), round(float(high), 2)
    (1.97, 4.71)
    >>> low, high = mean_interval(7.0, 49.0, 20, (1, 7))  # all the same: Student's t would give a point
    >>> round(float(low), 2), float(high)
    (6.3, 7.0)
    """
    import numpy as np
    from scipy import stats

    mean, square, n = (np.asarray(x, dtype=np.float64) for x in (mean, square, n))
    low, high = (float(x) for x in ends)
    size = n + 1
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = (mean * n + (low + high) / 2) / size
        variance = ((square * n + (low**2 + high**2) / 2) / size - middle**2) / (size + 1)
        place = (middle - low) / (high - low)
        sure = place * (1 - place) * (high - low) ** 2 / variance - 1
        tail = (1 - level) / 2
        first, last = (stats.beta.ppf(q, place * sure, (1 - place) * sure) for q in (tail, 1 - tail))
    first, last = low + (high - low) * first, low + (high - low) * last
    first = np.where(mean <= low, low, np.minimum(first, mean))
    last = np.where(mean >= high, high, np.maximum(last, mean))
    enough = n >= LEAST_N
    return np.where(enough, first, np.nan), np.where(enough, last, np.nan)


def apart(one: Sequence[Any], other: Sequence[Any]) -> tuple[Any, Any]:
    """The limits of ``one - other``, each given as value, low, high (Newcombe's square-and-add).

    Examples
    --------
    >>> low, high = apart((0.3, 0.2, 0.4), (0.2, 0.1, 0.3))
    >>> round(float(low), 3), round(float(high), 3)
    (-0.041, 0.241)
    """
    import numpy as np

    (a, a_low, a_high), (b, b_low, b_high) = (tuple(np.asarray(x, dtype=np.float64) for x in s) for s in (one, other))
    return a - b - np.hypot(a - a_low, b_high - b), a - b + np.hypot(a_high - a, b - b_low)


def added(values: Any, lows: Any, highs: Any, weights: Any) -> tuple[float, float, float]:
    """A weighted sum of independent values and its limits from theirs (MOVER).

    Examples
    --------
    >>> [round(x, 3) for x in added([1.0, 2.0], [0.9, 1.8], [1.2, 2.1], [0.5, 0.5])]
    [1.5, 1.388, 1.612]
    """
    import numpy as np

    values, lows, highs, w = (np.asarray(x, dtype=np.float64) for x in (values, lows, highs, weights))
    middle = float((w * values).sum())
    down = float(np.sqrt(((w * (values - lows)) ** 2).sum()))
    up = float(np.sqrt(((w * (highs - values)) ** 2).sum()))
    return middle, middle - down, middle + up


def holm(p_values: Any) -> Any:
    """p-values of several questions asked at once, so that a false answer among all stays as rare as said (Holm 1979).

    Missing values are no questions.

    Examples
    --------
    >>> [round(float(p), 3) for p in holm([0.01, 0.04, 0.03, float("nan")])]
    [0.03, 0.06, 0.06, nan]
    """
    import numpy as np

    p = np.asarray(p_values, dtype=np.float64)
    out = np.full(p.shape, np.nan)
    asked = ~np.isnan(p)
    out[asked] = holm_of(p[asked])
    return out


def verdict_of(low: Any, high: Any, neutral: Any) -> Any:
    """``too_few`` without an interval, ``noise`` where it holds the neutral value, else ``real``.

    Examples
    --------
    >>> list(verdict_of([1.0, -1.0, float("nan")], [3.0, 3.0, 2.0], 0.0))
    ['real', 'noise', 'too_few']
    """
    import numpy as np

    low, high = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        real = (low > neutral) | (high < neutral)
    return np.where(np.isnan(low) | np.isnan(high), "too_few", np.where(real, "real", "noise")).astype(object)
