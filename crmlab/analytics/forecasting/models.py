"""What a forecast may be made by: last season's days, exponential smoothing, the calendar's regression."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ...errors import UserError
from .counting import independent, poisson
from .days import FACTORS, marks_of

__all__ = ["MODELS", "calendar_model", "naive_model", "smoothing_model"]

_LONGEST = {"day": 730, "month": 600}  # steps that smoothing looks back on: older days only make it slow


def naive_model(y: Any, steps: int, season: int, **_: Any) -> Any:
    """The last season, again and again: the baseline that any other has to beat."""
    import numpy as np

    return np.asarray(y, dtype=float)[-season:][np.arange(steps) % season]


def smoothing_model(y: Any, steps: int, season: int, every: str = "day", **_: Any) -> Any:
    """Holt and Winters' smoothing: level, damped trend and a season; the season multiplies where nothing is zero."""
    import warnings

    import numpy as np
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    y = np.asarray(y, dtype=float)[-_LONGEST[every] :]
    kind = "mul" if y.min() > 0 else "add"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fit that has not quite settled is judged by its errors as any other
        model = ExponentialSmoothing(
            y, trend="add", damped_trend=True, seasonal=kind, seasonal_periods=season, initialization_method="heuristic"
        )
        said = np.asarray(model.fit(optimized=True, use_brute=False).forecast(steps))
    return np.maximum(said, 0.0)


def calendar_model(
    y: Any,
    *,
    every: str = "day",
    index: Any,
    ahead: Any,
    factors: Sequence[str] = FACTORS,
    days: Any = None,
    **_: Any,
) -> Any:
    """The regression of :func:`~crmlab.analytics.forecasting.decompose`, fitted on days and carried on.

    A phase of the pandemic that began after the last known day is not known: the phase of that day goes on.
    """
    import numpy as np
    import pandas as pd

    known, values = (index, y) if every == "day" else days
    to_come = ahead if every == "day" else pd.date_range(ahead[0].start_time, ahead[-1].end_time.normalize())
    both = known.append(to_come)
    marks = marks_of(both, factors, phase_known_until=known[-1])
    n = len(known)
    values = np.asarray(values, dtype=float)
    used = [name for name, held in marks.items() if 0 < held[:n].sum() < n and values[held[:n]].sum() > 0]
    zero = [name for name, held in marks.items() if held[:n].sum() > 0 and values[held[:n]].sum() == 0]
    trend = np.arange(len(both)) / 365.25
    design = np.column_stack([np.ones(len(both)), trend, *(marks[name] for name in used)]).astype(float)
    silent = np.zeros(len(both), dtype=bool)
    for name in zero:
        silent |= marks[name]
    left = ~silent[:n]
    if not independent(design[:n][left]):
        raise UserError("forecasting.same_factors", found=used)
    params, _ = poisson(design[:n][left], values[left])
    said = np.exp(design[n:] @ params)
    said[silent[n:]] = 0.0
    if every == "day":
        return said
    return pd.Series(said, index=to_come).groupby(to_come.to_period("M")).sum().to_numpy()


MODELS: dict[str, Callable[..., Any]] = {
    "seasonal_naive": naive_model,
    "smoothing": smoothing_model,
    "calendar": calendar_model,
}
