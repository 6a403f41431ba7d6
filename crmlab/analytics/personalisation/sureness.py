"""How sure an accusation is."""

from __future__ import annotations

from statistics import NormalDist

__all__ = ["beyond"]


def beyond(value: float, low: float | None, high: float | None, at: float, bad: str, confidence: float = 0.95) -> float:
    """How likely the true figure lies on the bad side of the threshold, by the interval; all of a census is sure.

    Examples
    --------
    >>> round(beyond(0.38, 0.34, 0.42, 0.38, "above"), 2), beyond(0.38, None, None, 0.2, "above")
    (0.5, 1.0)
    """
    if low is None or high is None:
        return float(value > at if bad == "above" else value < at)
    normal = NormalDist()
    side = value - low if at < value else high - value
    if side <= 0:
        return float(value > at if bad == "above" else value < at)
    past = normal.cdf((value - at) / side * normal.inv_cdf(0.5 + confidence / 2))
    return past if bad == "above" else 1 - past
