"""Intervals that several rooms need, the normal quantile, and the verdict that follows: the one home of each.

Wilson's holds near 0 and 1, where the textbook's ``p ± z·√(p(1-p)/n)`` gives shares below nothing, and with few cases,
where that one is too narrow (Wilson 1927; Brown, Cai and DasGupta 2001).
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist
from typing import Any

__all__ = [
    "FEW",
    "alpha_interval",
    "alpha_of",
    "bunched",
    "holm",
    "newcombe",
    "rate_interval",
    "ratio_interval",
    "share_ratio",
    "verdict_of",
    "wilson",
    "z_of",
]

FEW = 5  # with fewer events than these no verdict is given


def z_of(level: float = 0.95) -> float:
    """How many standard errors a two-sided interval reaches to either side.

    Examples
    --------
    >>> round(z_of(0.95), 4)
    1.96
    """
    return NormalDist().inv_cdf(0.5 + level / 2)


def wilson(hits: Any, n: Any, *, level: float = 0.95, population: float | None = None) -> tuple[Any, Any]:
    """The interval of a share: ``(p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n)``.

    Parameters
    ----------
    hits, n : float or array
        ``n`` need not be whole; where it is 0 the ends are missing.
    level : float
    population : float, optional
        Of how many the ``n`` were drawn without putting back: the interval is narrower when the sample is much of them,
        and a point when it is all. (``n`` counts as ``n (N - 1) / (N - n)``.)

    Returns
    -------
    low, high : float or numpy.ndarray

    Notes
    -----
    The cases must have been drawn independently. Orders of one customer are not: their interval is wider than this.

    Examples
    --------
    >>> [round(x, 4) for x in wilson(95, 100)], [round(x, 4) for x in wilson(95, 100, population=200)]
    ([0.8882, 0.9785], [0.9103, 0.9727])
    >>> wilson(0, 20)[0], wilson(20, 20)[1], wilson(0, 0), wilson(3, 5, population=5)
    (0.0, 1.0, (nan, nan), (0.6, 0.6))
    """
    import numpy as np

    hits, n = np.asarray(hits, dtype=np.float64), np.asarray(n, dtype=np.float64)
    z2 = z_of(level) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        share = hits / n
        asked = n
        if population is not None:
            # as if so many had been asked of an endless population
            asked = np.where(n >= population, np.inf, n * (population - 1) / (population - n))
        middle = (share + z2 / (2 * asked)) / (1 + z2 / asked)
        half = np.sqrt(z2) / (1 + z2 / asked) * np.sqrt(share * (1 - share) / asked + z2 / (4 * asked**2))
    # at 0 and 1 the ends meet the share but for rounding
    low = np.where(share == 0, 0.0, np.clip(middle - half, 0, share))
    high = np.where(share == 1, 1.0, np.clip(middle + half, share, 1))
    return (low, high) if share.ndim else (float(low), float(high))


def bunched(parts: Any, wholes: Any, *, level: float = 0.95) -> tuple[float, float]:
    """The interval of Σ parts / Σ wholes over people each of whom brings several cases: orders, contacts, minutes.

    The cases of one person are not independent, so that Wilson's interval of all cases would be too narrow. This is
    Wilson's of as many independent cases as would be as unsure: p (1 - p) by the variance of a ratio of two sums
    (Cochran, Sampling Techniques, chapter 6), less where few people bring most of it (Student's t).

    Parameters
    ----------
    parts, wholes : array
        By person: how many of his cases are such, and how many there are (above 0).
    level : float

    Examples
    --------
    >>> [round(x, 3) for x in bunched([3, 0, 2, 1, 0, 4, 1, 1], [4, 3, 4, 2, 5, 6, 2, 4])]
    [0.179, 0.67]
    """
    import numpy as np
    from scipy.stats import t

    part, whole = np.asarray(parts, dtype=np.float64), np.asarray(wholes, dtype=np.float64)
    people, total = len(whole), float(whole.sum())
    share = float(part.sum()) / total
    variance = people / max(1, people - 1) * float(((part - share * whole) ** 2).sum()) / total**2
    if variance <= 0 or not 0 < share < 1:
        # nobody differs from anybody: people are the cases
        return wilson(share * people, people, level=level)
    alike = min(people, total**2 / float((whole**2).sum()))  # so many who bring equally much would be as unsure
    wider = float(t.ppf(0.5 + level / 2, max(1.0, alike - 1))) / z_of(level)
    cases = share * (1 - share) / variance / wider**2
    return wilson(share * cases, cases, level=level)


def newcombe(hits: Any, n: Any, other_hits: Any, other_n: Any, *, level: float = 0.95) -> tuple[Any, Any]:
    """The interval of the difference of two independent shares, the first minus the other (Newcombe 1998, method 10).

    Each share goes as far as its own Wilson interval does; the two ways are put together as the sides of a right angle.

    Examples
    --------
    >>> [round(x, 4) for x in newcombe(56, 70, 48, 80)]  # Newcombe's own example (a)
    [0.0524, 0.3339]
    """
    import numpy as np

    hits, n, other_hits, other_n = (np.asarray(v, dtype=np.float64) for v in (hits, n, other_hits, other_n))
    with np.errstate(invalid="ignore", divide="ignore"):
        one, other = hits / n, other_hits / other_n
    low, high = wilson(hits, n, level=level)
    other_low, other_high = wilson(other_hits, other_n, level=level)
    difference = one - other
    below = difference - np.sqrt((one - low) ** 2 + (other_high - other) ** 2)
    above = difference + np.sqrt((high - one) ** 2 + (other - other_low) ** 2)
    return (below, above) if difference.ndim else (float(below), float(above))


def share_ratio(
    hits: float, n: float, other_hits: float, other_n: float, *, level: float = 0.95
) -> tuple[float, float]:
    """The interval of the ratio of two independent shares, on its logarithm (Katz 1978); missing where one has no hits.

    Examples
    --------
    >>> [round(x, 2) for x in share_ratio(18, 150, 30, 150)]
    [0.35, 1.03]
    """
    from math import exp, log, sqrt

    if min(hits, other_hits) <= 0:
        return float("nan"), float("nan")
    middle = log(hits / n / (other_hits / other_n))
    half = z_of(level) * sqrt(1 / hits - 1 / n + 1 / other_hits - 1 / other_n)
    return exp(middle - half), exp(middle + half)


def holm(p_values: Any) -> list[float]:
    """p-values of many questions asked at once (Holm 1979): no one is smaller than those before it in rank.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    values = [float(p) for p in p_values]
    out, largest = [0.0] * len(values), 0.0
    for rank, k in enumerate(sorted(range(len(values)), key=lambda k: values[k])):
        largest = max(largest, min(1.0, (len(values) - rank) * values[k]))
        out[k] = largest
    return out


def alpha_of(values: Any) -> float:
    """Cronbach's alpha of an array, respondents by items: ``k/(k-1) (1 - sum of items' variances / variance of sums)``.

    Examples
    --------
    >>> import numpy as np
    >>> round(alpha_of(np.array([[4, 5, 4], [3, 3, 4], [5, 5, 5], [2, 3, 2], [4, 4, 3]])), 3)
    0.913
    """
    k = values.shape[1]
    total = values.sum(axis=1).var(ddof=1)
    if not total > 0:
        return float("nan")
    return float(k / (k - 1) * (1 - values.var(axis=0, ddof=1).sum() / total))


def alpha_interval(alpha: float, items: int, n: int, *, level: float = 0.95) -> tuple[float, float]:
    """Feldt's interval of an alpha: ``1 - (1 - alpha) F`` with n - 1 and (n - 1)(items - 1) degrees of freedom.

    Parameters
    ----------
    alpha : float
    items, n : int
        Items of the scale, respondents.
    level : float

    Notes
    -----
    Holds where the items measure the same thing equally well (tau-equivalent) with roughly normal answers.

    Examples
    --------
    >>> [round(x, 4) for x in alpha_interval(0.85, 7, 89)]
    [0.7971, 0.8932]
    """
    from scipy.stats import f

    tail = (1 - level) / 2
    degrees = (n - 1, (n - 1) * (items - 1))
    return tuple(float(1 - (1 - alpha) * f.ppf(q, *degrees)) for q in (1 - tail, tail))


def rate_interval(events: Any, exposure: Any, level: float = 0.95) -> tuple[Any, Any]:
    """The interval of events by exposure: Poisson, exact, with half of the observed count's own probability (mid-P).

    The fully exact one holds more than it says where events are few, and is wider than it need be.

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
    events: Any, exposure: Any, events_before: Any, exposure_before: Any, level: float = 0.95
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
