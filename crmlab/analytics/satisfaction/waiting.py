"""How long until something happens where it has not yet happened for all: Kaplan and Meier's curve and its median."""

from __future__ import annotations

from typing import Any

from ...intervals import z_of

__all__ = ["median_wait", "waiting_curve"]


def waiting_curve(duration: Any, happened: Any) -> Any:
    """By time of an event: how many were waiting, and the share for whom it has happened by then, with its interval.

    Examples
    --------
    >>> curve = waiting_curve([1, 2, 2, 3, 4], [True, True, False, True, False])
    >>> [round(float(s), 3) for s in curve["done_share"]]
    [0.2, 0.4, 0.7]
    """
    import numpy as np
    import pandas as pd

    duration, happened = np.asarray(duration, float), np.asarray(happened, bool)
    times, events = np.unique(duration[happened], return_counts=True)
    ordered = np.sort(duration)
    at_risk = len(ordered) - np.searchsorted(ordered, times, side="left")
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.cumprod(1 - events / at_risk)
        spread = np.cumsum(events / (at_risk * (at_risk - events).clip(min=0)))
        # on the scale of log(-log), as retention's curves
        error = np.sqrt(spread) / np.abs(np.log(left))
        shift = np.exp(z_of() * error)
        low, high = left**shift, left ** (1 / shift)
    unsure = (left <= 0) | ~np.isfinite(error)
    low, high = np.where(unsure, np.nan, low), np.where(unsure, np.nan, high)
    return pd.DataFrame(
        {
            "days_waited": times,
            "still_waiting": at_risk,
            "called_back": events,
            "done_share": 1 - left,
            "done_share_low": 1 - high,
            "done_share_high": 1 - low,
        }
    )


def median_wait(curve: Any) -> tuple[float | None, float | None, float | None]:
    """When it has happened for half, and between when and when that surely lies; missing where not yet reached.

    Examples
    --------
    >>> median_wait(waiting_curve([1, 2, 3, 4], [True] * 4))[0]
    2.0
    """

    def first(column: str) -> float | None:
        reached = curve.loc[curve[column] >= 0.5 - 1e-12, "days_waited"]
        return float(reached.iloc[0]) if len(reached) else None

    return first("done_share"), first("done_share_high"), first("done_share_low")
