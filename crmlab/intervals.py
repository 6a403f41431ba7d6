"""Wilson's interval of a share: the one home of it.

It holds near 0 and 1, where the textbook's ``p ± z·√(p(1-p)/n)`` gives shares below nothing, and with few cases, where
that one is too narrow (Wilson 1927; Brown, Cai and DasGupta 2001).
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

__all__ = ["wilson"]


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
    z2 = NormalDist().inv_cdf(0.5 + level / 2) ** 2
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
