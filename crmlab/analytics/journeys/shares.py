"""Intervals of this room: shares of events that belong to persons, differences of shares, means, ratios, Kaplan-Meier.

One person's events are alike. A share counted over them is less sure than as many events of strangers would make it:
its variance is added up by person, ``n`` is divided by the design effect that follows, and Wilson's interval is
taken of what is left, with Student's quantile in place of the normal one where persons are few.
"""

from __future__ import annotations

from typing import Any

from ...intervals import wilson

__all__ = [
    "FEW",
    "LEVEL",
    "alike",
    "clustered",
    "curve",
    "gap_of",
    "mean_interval",
    "median_of",
    "ratio_of_means",
    "verdict_of",
]

LEVEL = 0.95
FEW = 10
"""Of fewer persons, or with fewer cases to divide by, no verdict is given."""
_PLACES = 30
FEW_PERSONS = 8
"""Of fewer persons than these, no interval is shown where a person stands for several cases."""


def clustered(hits: Any, n: Any, hits2: Any, both: Any, n2: Any, persons: Any) -> tuple[Any, Any, Any]:
    """A share's interval where persons stand for several cases, and the design effect.

    Parameters
    ----------
    hits, n : array
        Over all persons.
    hits2, both, n2 : array
        Sums over persons of hits², hits × n and n².
    persons : array
        How many.

    Returns
    -------
    low, high, effect : numpy.ndarray

    Examples
    --------
    >>> low, high, effect = clustered(40, 100, 40, 40, 100, 100)  # every person once: Wilson's
    >>> round(float(low), 4), round(float(high), 4), float(effect)
    (0.3094, 0.498, 1.0)
    >>> low, high, effect = clustered(40, 100, 400, 400, 1000, 10)  # ten at a time, all alike: as 9 of 10
    >>> round(float(low), 3), round(float(high), 3), round(float(effect), 1)
    (0.139, 0.733, 11.1)
    """
    import numpy as np
    from scipy import stats

    hits, n, hits2, both, n2, persons = (np.asarray(x, float) for x in (hits, n, hits2, both, n2, persons))
    alone = n2 <= n * (1 + 1e-9)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = hits / n
        together = np.maximum(hits2 - 2 * p * both + p**2 * n2, 0) * persons / (persons - 1)
        effect = together / (n * p * (1 - p))
        # nobody or everybody: as if all the cases of a person were one
        effect = np.where((p == 0) | (p == 1), n2 / n, effect)
        effect = np.where(alone, 1.0, np.maximum(effect, 1.0))
        wider = (stats.t.ppf(0.5 + LEVEL / 2, np.maximum(persons - 1, 1)) / stats.norm.ppf(0.5 + LEVEL / 2)) ** 2
        asked = n / effect / np.where(alone, 1.0, wider)
        low, high = wilson(p * asked, asked)
        low, high = np.asarray(low), np.asarray(high)
        shown = alone | (persons >= FEW_PERSONS)
    return np.where(shown, low, np.nan), np.where(shown, high, np.nan), effect


def gap_of(one: tuple[float, float, float], other: tuple[float, float, float]) -> tuple[float, float, float]:
    """The difference ``one − other`` of two shares ``(share, low, high)`` with Newcombe's interval.

    Examples
    --------
    >>> [round(x, 3) for x in gap_of((0.6, 0.5, 0.69), (0.4, 0.31, 0.5))]
    [0.2, 0.059, 0.327]
    """
    gap = one[0] - other[0]
    down = ((one[0] - one[1]) ** 2 + (other[2] - other[0]) ** 2) ** 0.5
    up = ((one[2] - one[0]) ** 2 + (other[0] - other[1]) ** 2) ** 0.5
    return gap, max(-1.0, gap - down), min(1.0, gap + up)


def verdict_of(low: Any, high: Any, neutral: float, n: float) -> str:
    """``too_few``, ``noise`` or ``real``: whether an interval leaves out the value of no difference."""
    if n < FEW or low is None or high is None or low != low or high != high:
        return "too_few"
    return "noise" if low <= neutral <= high else "real"


def mean_interval(mean: Any, spread: Any, n: Any) -> tuple[Any, Any]:
    """Student's interval of a mean, from the standard deviation; missing below three values or without spread."""
    import numpy as np
    from scipy import stats

    mean, spread, n = (np.asarray(x, float) for x in (mean, spread, n))
    with np.errstate(divide="ignore", invalid="ignore"):
        half = stats.t.ppf(0.5 + LEVEL / 2, np.maximum(n - 1, 1)) * spread / np.sqrt(n)
        half = np.where((n >= 3) & (spread > 0), half, np.nan)
    return mean - half, mean + half


def ratio_of_means(p: tuple[float, float, float], q: tuple[float, float, float]) -> tuple[float, float, float]:
    """The ratio ``p / q`` of two shares ``(share, n, clusters)``, ``n`` already divided by the design effect.

    The interval is Katz's on the logarithm, with half a case added where a share is 0, and Student's quantile.

    Examples
    --------
    >>> [round(x, 3) for x in ratio_of_means((0.3, 200, 200), (0.45, 800, 800))]
    [0.667, 0.532, 0.836]
    """
    import math

    from scipy import stats

    (a, n, k), (b, m, j) = p, q
    if not b or not n or not m:
        return math.nan, math.nan, math.nan
    hits, others = max(a * n, 0.5), max(b * m, 0.5)
    error = math.sqrt(max(1 / hits - 1 / n, 0) + max(1 / others - 1 / m, 0))
    width = math.exp(float(stats.t.ppf(0.5 + LEVEL / 2, max(min(k, j) - 1, 1))) * error)
    middle = (hits / n) / (others / m)
    return a / b, (middle / width if a else 0.0), middle * width


def alike(durations: Any, arrived: Any, censored: Any, times: Any, ended: Any, persons: Any) -> Any:
    """How much wider a curve's errors are than Greenwood's where persons stand for several times, at each arrival.

    What a person's times add to the logarithm of the curve is added up before it is squared (Williams 1995, Biometrics
    51), at some thirty arrivals with straight lines between; never narrower, and with Student's quantile in place of
    the normal one. Missing below eight persons.

    Parameters
    ----------
    durations, arrived, censored : array
        As for :func:`curve`.
    times, ended, persons : array
        Every time, whether it ended in an arrival, and whose it is.

    Examples
    --------
    >>> import numpy as np
    >>> days = np.arange(1.0, 21.0)
    >>> four = alike(days, np.full(20, 4), np.zeros(20), np.repeat(days, 4), np.ones(80), np.repeat(np.arange(20), 4))
    >>> [round(float(x), 2) for x in four[[0, 9]]]  # four equal times of a person say as much as one
    [2.19, 2.19]
    """
    import numpy as np
    from scipy import stats

    durations, arrived, censored = (np.asarray(x, float) for x in (durations, arrived, censored))
    _, whose = np.unique(np.asarray(persons), return_inverse=True)
    many, events = int(whose.max()) + 1, np.flatnonzero(arrived > 0)
    if many == len(whose):
        return np.ones(len(events))
    if many < FEW_PERSONS:
        return np.full(len(events), np.nan)
    leaving = arrived + censored
    risk = leaving[::-1].cumsum()[::-1]
    met = np.cumsum(arrived / risk**2)
    place, ended = np.searchsorted(durations, np.asarray(times, float)), np.asarray(ended, bool)
    some = np.unique(np.linspace(0, len(events) - 1, min(len(events), _PLACES)).round().astype(int))
    effects = []
    for at in events[some]:
        adds = np.where(ended & (place <= at), 1 / risk[place], 0.0) - met[np.minimum(place, at)]
        together = float((np.bincount(whose, weights=adds) ** 2).sum()) * many / (many - 1)
        alone = float((adds**2).sum())
        effects.append(max(1.0, together / alone) if alone > 0 else 1.0)
    student = stats.t.ppf(0.5 + LEVEL / 2, many - 1) / stats.norm.ppf(0.5 + LEVEL / 2)
    return np.interp(np.arange(len(events)), some, np.sqrt(effects)) * student


def curve(durations: Any, arrived: Any, censored: Any, wider: Any = 1.0) -> dict[str, Any]:
    """Kaplan and Meier's curve from counts at each duration, with Greenwood's error and log-log ends.

    Parameters
    ----------
    durations : array
        Increasing.
    arrived, censored : array
        How many arrived, and how many were last seen, at each.
    wider : float or array
        What the error is multiplied by at each arrival (:func:`alike`).

    Returns
    -------
    dict of arrays
        ``duration``, ``at_risk``, ``events``, ``still`` with ``low`` and ``high``; only where somebody arrived.
    """
    import numpy as np
    from scipy import stats

    durations, arrived, censored = np.asarray(durations, float), np.asarray(arrived, float), np.asarray(censored, float)
    leaving = arrived + censored
    risk = leaving[::-1].cumsum()[::-1]
    some = arrived > 0
    t, d, r = durations[some], arrived[some], risk[some]
    with np.errstate(divide="ignore", invalid="ignore"):
        still = np.exp(np.cumsum(np.log1p(-d / r)))
        spread = wider * np.sqrt(np.cumsum(d / (r * (r - d)))) / np.abs(np.log(still))
        z = stats.norm.ppf(0.5 + LEVEL / 2)
        low, high = still ** np.exp(z * spread), still ** np.exp(-z * spread)
    inside = (still > 0) & (still < 1) & ~np.isnan(spread)
    return {
        "duration": t,
        "at_risk": r,
        "events": d,
        "still": still,
        "low": np.where(inside, low, np.nan),
        "high": np.where(inside, high, np.nan),
    }


def median_of(found: dict[str, Any], share: float = 0.5) -> tuple[float | None, float | None, float | None]:
    """When the curve falls to ``share``, and the times whose own interval still holds it (Brookmeyer and Crowley)."""
    import numpy as np

    t, still = found["duration"], found["still"]
    fallen = np.flatnonzero(still <= share + 1e-12)
    middle = float(t[fallen[0]]) if len(fallen) else None
    # the first time at which the whole interval lies below, and the first at which any of it reaches the share
    low = np.flatnonzero(np.where(np.isnan(found["low"]), still, found["low"]) <= share)
    high = np.flatnonzero(np.where(np.isnan(found["high"]), np.where(still > 0, 1.0, 1.0), found["high"]) < share)
    return middle, (float(t[low[0]]) if len(low) else None), (float(t[high[0]]) if len(high) else None)
