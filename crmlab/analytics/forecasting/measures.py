"""How far a forecast was off: MAE, RMSE, MAPE, MASE, RMSSE, each by its published definition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...frames import number

__all__ = ["accuracy", "seasonal_scale"]


def seasonal_scale(trained_on: Any, season: int) -> tuple[float, float]:
    """Mean absolute and root mean squared change from one season to the next: what errors are scaled by."""
    import numpy as np

    values = np.asarray(trained_on, dtype=float)
    if len(values) <= season:
        raise UserError("forecasting.short_history", found=len(values), wanted=season + 1)
    change = values[season:] - values[:-season]
    return float(np.abs(change).mean()), float((change**2).mean() ** 0.5)


def accuracy(
    actual: Sequence[float], predicted: Sequence[float], *, trained_on: Sequence[float] | None = None, season: int = 1
) -> dict[str, float | int | None]:
    """How far predictions were off what came.

    Parameters
    ----------
    actual, predicted : sequence of float
    trained_on : sequence of float, optional
        What was known before the first of them; without it errors are not scaled.
    season : int
        How many steps a season has: 7 for days, 12 for months; 1 compares with the step before.

    Returns
    -------
    dict
        ``mae``, ``rmse`` (in the unit of the data), ``mape`` (a share; steps at which nothing came are left out and
        counted in ``zeros``), ``mase`` and ``rmsse`` (below 1: better than the seasonal naive forecast was within
        ``trained_on``), ``bias`` (predicted minus actual by actual), ``n``.

    Notes
    -----
    ``MASE = MAE / mean |y_t - y_(t-season)|`` (Hyndman & Koehler 2006); ``RMSSE`` likewise with squares (M5, 2020).

    Examples
    --------
    >>> found = accuracy([12, 8], [10, 10], trained_on=[8, 10, 12, 10])
    >>> found["mae"], found["mase"], round(found["mape"], 3)
    (2.0, 1.0, 0.208)
    """
    import numpy as np

    season = number(season, "season", 1, whole=True)
    came, said = np.asarray(actual, dtype=float), np.asarray(predicted, dtype=float)
    if came.shape != said.shape or came.ndim != 1 or not len(came):
        raise UserError("forecasting.uneven", found=list(said.shape), wanted=list(came.shape))
    off = said - came
    some = came != 0
    found: dict[str, float | int | None] = {
        "n": len(came),
        "mae": float(np.abs(off).mean()),
        "rmse": float((off**2).mean() ** 0.5),
        "mape": float(np.abs(off[some] / came[some]).mean()) if some.any() else None,
        "zeros": int((~some).sum()),
        "bias": float(off.sum() / came.sum()) if came.sum() else None,
        "mase": None,
        "rmsse": None,
    }
    if trained_on is not None:
        absolute, squared = seasonal_scale(trained_on, season)
        if absolute > 0:
            found |= {"mase": found["mae"] / absolute, "rmsse": found["rmse"] / squared}
    return found
