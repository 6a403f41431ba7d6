"""Forecasts, judged on what they had not seen and beside a baseline that costs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...errors import UserError, suggest
from ...frames import number
from ...intervals import bunched
from ...results import Note, Result, Source
from .days import FACTORS, daily
from .measures import accuracy, seasonal_scale
from .models import MODELS

__all__ = ["forecast"]

_NAIVE = "seasonal_naive"
_SEASON = {"day": 7, "month": 12}
_LEAST_SEASONS = {"day": 52, "month": 2}


@dataclass(frozen=True, eq=False)
class _Series:
    """What is forecast, step by step, and the days under it."""

    index: Any
    y: Any
    days: Any
    by_day: Any
    every: str

    def known(self, upto: int) -> dict[str, Any]:
        """All that a model may see at an origin: the first so many steps, and their days."""
        inside = self.days <= (self.index[upto - 1] if self.every == "day" else self.index[upto - 1].end_time)
        return {"y": self.y[:upto], "index": self.index[:upto], "days": (self.days[inside], self.by_day[inside])}


def forecast(
    sales: Any,
    *,
    as_of: Any,
    since: Any = None,
    horizon: int | None = None,
    every: str = "day",
    value: str = "orders",
    by: str | None = "channel",
    only: Any = None,
    models: Sequence[str] = ("smoothing", "calendar"),
    factors: Sequence[str] = FACTORS,
    origins: int | None = None,
    level: float = 0.95,
    source: Source | None = None,
) -> Result:
    """Carry a series of sales on, with the model that proved itself on hold-outs, or with the baseline if none did.

    Parameters
    ----------
    sales : DataFrame
        One row an order; what came after ``as_of`` is left out and counted.
    as_of, since, value, source
        As for :func:`~crmlab.analytics.forecasting.decompose`.
    horizon : int
        How many steps ahead: 28 days or 3 months by default.
    every : {"day", "month"}
        A month that is not over on ``as_of`` is left out.
    by, only
        ``only`` takes one channel of the column ``by``; otherwise all sales together.
    models : sequence of str
        Of ``smoothing`` (Holt-Winters) and ``calendar`` (the regression); ``seasonal_naive`` is always there.
    factors : sequence of str
        Of the calendar's regression.
    origins : int
        From how many earlier days it is forecast to see how good it is; even, 4 at least: 12 by default, one horizon
        apart, or 24 for months, one month apart.
    level : float
        Of the prediction intervals.

    Returns
    -------
    Result
        Kind ``forecasting.forecast``; a row for each step ahead: ``at``, ``value``, ``value_low``, ``value_high``,
        ``baseline_value``. ``params["scores"]`` has for every model and the baseline ``mae``, ``mape``, ``mase``,
        ``rmsse``, ``bias`` over the later origins, the interval's ``coverage`` there with its own interval, and
        ``params["history"]`` the last steps known. ``facts["beaten"]`` tells whether the chosen model beat the
        baseline; where it did not, ``facts["model"]`` is the baseline and ``value`` its forecast.

    Notes
    -----
    The earlier half of the origins picks the model and sets the interval's width, the later half judges both: nothing
    is judged by what chose it. ``skill = 1 - MAE / MAE of the baseline``, its interval from the origins' differences
    (Student's t). The interval is ``(√forecast ± q)²`` with ``q`` the quantile of ``|√actual - √forecast|`` over the
    hold-outs; for what is to come, over all of them.
    """
    import numpy as np
    import pandas as pd

    if every not in _SEASON:
        raise UserError("forecasting.bad_step", found=every, wanted=list(_SEASON), near=suggest(every, _SEASON))
    for name in models:
        if name not in MODELS:
            raise UserError("forecasting.bad_model", found=name, wanted=list(MODELS), near=suggest(name, MODELS))
    horizon, origins = horizon or (28 if every == "day" else 3), origins or (12 if every == "day" else 24)
    horizon = number(horizon, "horizon", 1, 400, whole=True)
    origins = number(origins, "origins", 4, 200, whole=True)
    level = number(level, "level", 0.5, 0.99)
    counted = daily(sales, as_of=as_of, since=since, by=by if only is not None else None, value=value)
    series, notes = _series(counted, value, only, every)
    season, apart = _SEASON[every], horizon if every == "day" else 1
    origins -= origins % 2
    ends = [len(series.y) - horizon - k * apart for k in range(origins)][::-1]
    if ends[0] < _LEAST_SEASONS[every] * season:
        wanted = _LEAST_SEASONS[every] * season + horizon + (origins - 1) * apart
        raise UserError("forecasting.short_history", found=len(series.y), wanted=wanted)
    names = [_NAIVE, *(m for m in dict.fromkeys(models) if m != _NAIVE)]
    said = {name: np.array([_ahead(name, series, end, horizon, factors) for end in ends]) for name in names}
    came = np.array([series.y[end : end + horizon] for end in ends])
    half = origins // 2
    early = {name: float(np.abs(said[name][:half] - came[:half]).mean()) for name in names}
    rivals = names[1:] or names
    best = min(rivals, key=early.__getitem__)
    scores = [_score(name, said[name], came, half, series, ends, season, level) for name in names]
    skill = _skill(said[best][half:], said[_NAIVE][half:], came[half:], horizon if every == "month" else 1)
    beaten = best != _NAIVE and skill[1] > 0
    chosen = best if beaten else _NAIVE
    if not beaten:
        notes.append(Note("forecasting.note.not_beaten", {"model": best, "skill": skill[0], "low": skill[1]}))
    width = _width(said[chosen], came, level)
    if width is None:
        notes.append(Note("forecasting.note.no_interval", {"n": int(came.size), "level": level}))
    final = _ahead(chosen, series, len(series.y), horizon, factors)
    low, high = _between(final, width)
    places = _next(series, horizon)
    table = pd.DataFrame({"at": [str(p) if every == "month" else p for p in places], "value": final})
    table["value_low"], table["value_high"] = low, high
    table["baseline_value"] = _ahead(_NAIVE, series, len(series.y), horizon, factors)
    judged = next(s for s in scores if s["model"] == chosen)
    if judged["coverage_high"] is not None and judged["coverage_high"] < level:
        notes.append(Note("forecasting.note.did_not_hold", {"coverage": judged["coverage"], "level": level}))
    base = scores[0]
    facts: dict[str, Any] = {"n": len(series.y), "origins": origins, "held_out": half * horizon, "horizon": horizon}
    facts |= {"model": chosen, "best": best, "beaten": beaten, "skill": skill[0], "skill_low": skill[1]}
    facts |= {"skill_high": skill[2], "verdict": "real" if skill[1] > 0 or skill[2] < 0 else "noise"}
    facts |= {k: judged[k] for k in ("mape", "mase", "rmsse", "bias", "coverage", "coverage_low", "coverage_high")}
    facts |= {f"naive_{k}": base[k] for k in ("mape", "mase", "rmsse")} | {"level": level}
    facts |= {"total": float(final.sum()), "first": table["at"].iloc[0], "last": table["at"].iloc[-1]}
    unit = "money" if value == "amount" else "number"
    units = {"at": "month" if every == "month" else "date", **dict.fromkeys(("value", "value_low", "value_high"), unit)}
    units["baseline_value"] = unit
    past = min(len(series.y), 3 * horizon)
    history = pd.DataFrame(
        {"at": [str(p) if every == "month" else p for p in series.index[-past:]], "value": series.y[-past:]}
    )
    params = {"as_of": counted.last, "every": every, "value": value, "only": only, "season": season, "units": units}
    params |= {"scores": pd.DataFrame(scores), "history": history, "factors": tuple(factors)}
    return Result("forecasting.forecast", table, params, facts, (*counted.notes, *notes), source)


def _series(counted: Any, value: str, only: Any, every: str) -> tuple[_Series, list[Note]]:
    """All sales, or one channel's, by day or by whole month."""
    import pandas as pd

    notes = []
    values = counted.values(value)
    if only is not None:
        if only not in counted.channels:
            found = [str(c) for c in counted.channels]
            raise UserError("forecasting.bad_channel", found=only, wanted=found, near=suggest(str(only), found))
        values = values[:, [counted.channels.index(only)]]
    y = values.sum(axis=1)
    if (y < 0).any():
        raise UserError("forecasting.negative_days", column=value, found=int((y < 0).sum()))
    if every == "day":
        return _Series(counted.days, y, counted.days, y, every), notes
    months = counted.days.to_period("M")
    whole = pd.Series(y, index=months).groupby(level=0).agg(["sum", "size"])
    full = whole["size"].to_numpy() == whole.index.days_in_month
    if not full.all():
        notes.append(Note("forecasting.note.part_months", {"months": [str(m) for m in whole.index[~full]]}))
    kept = months.isin(whole.index[full])
    return _Series(whole.index[full], whole["sum"].to_numpy()[full], counted.days[kept], y[kept], every), notes


def _next(series: _Series, horizon: int) -> Any:
    import pandas as pd

    last = series.index[-1]
    if series.every == "day":
        return pd.date_range(last + pd.Timedelta(days=1), periods=horizon)
    return pd.period_range(last + 1, periods=horizon, freq="M")


def _ahead(name: str, series: _Series, end: int, horizon: int, factors: Sequence[str]) -> Any:
    """What a model says at an origin, seeing the first ``end`` steps and the calendar, nothing else."""
    known = series.known(end)
    before = _Series(known["index"], known["y"], *known["days"], series.every)
    return MODELS[name](
        steps=horizon,
        season=_SEASON[series.every],
        every=series.every,
        ahead=_next(before, horizon),
        factors=factors,
        **known,
    )


def _width(said: Any, came: Any, level: float) -> float | None:
    """How far off the hold-outs were, on the scale of roots; missing where too few to tell."""
    import numpy as np

    off = np.sort(np.abs(np.sqrt(came) - np.sqrt(said)).ravel())
    rank = int(np.ceil((len(off) + 1) * level))
    return float(off[rank - 1]) if rank <= len(off) else None


def _between(said: Any, width: float | None) -> tuple[Any, Any]:
    import numpy as np

    if width is None:
        return np.full(len(said), np.nan), np.full(len(said), np.nan)
    root = np.sqrt(said)
    return np.maximum(root - width, 0.0) ** 2, (root + width) ** 2


def _score(
    name: str,
    said: Any,
    came: Any,
    half: int,
    series: _Series,
    ends: Sequence[int],
    season: int,
    level: float,
) -> Mapping[str, Any]:
    """One model over the later origins; its interval as wide as the earlier ones asked for."""
    import numpy as np

    told = accuracy(came[half:].ravel(), said[half:].ravel())
    scales = np.array([seasonal_scale(series.y[:end], season) for end in ends[half:]])
    off = said[half:] - came[half:]
    if scales.min() > 0:  # a history in which every season is as the last has nothing to scale by
        told["mase"] = float((np.abs(off).mean(axis=1) / scales[:, 0]).mean())
        told["rmsse"] = float(((off**2).mean(axis=1) ** 0.5 / scales[:, 1]).mean())
    width = _width(said[:half], came[:half], level)
    row = {"model": name, **told, "coverage": None, "coverage_low": None, "coverage_high": None}
    if width is not None:
        low, high = np.array([_between(line, width) for line in said[half:]]).transpose(1, 0, 2)
        held = (came[half:] >= low) & (came[half:] <= high)
        ends_of = bunched(held.sum(axis=1), np.full(len(held), held.shape[1]))
        row |= {"coverage": float(held.mean()), "coverage_low": float(ends_of[0]), "coverage_high": float(ends_of[1])}
    return row


def _skill(said: Any, naive: Any, came: Any, overlap: int) -> tuple[float, float, float]:
    """How much smaller the errors are than the baseline's, with an interval from origin to origin."""
    import numpy as np
    from scipy.stats import t

    own, base = (np.abs(x - came).mean(axis=1) for x in (said, naive))
    whole = float(base.mean())
    if whole <= 0:
        return 0.0, 0.0, 0.0
    skill = 1 - float(own.mean()) / whole
    parts = (base - own - skill * base) / whole  # what every origin says of the ratio
    n = len(parts)
    spread = float(parts @ parts) / (n - 1)
    for lag in range(1, min(overlap, n - 1)):  # origins whose months overlap tell the same twice
        spread += 2 * (1 - lag / overlap) * float(parts[lag:] @ parts[:-lag]) / (n - 1)
    half = (
        float(t.ppf(0.975, max(1, n // min(overlap, n) - 1 if overlap > 1 else n - 1))) * (max(spread, 0.0) / n) ** 0.5
    )
    return skill, skill - half, skill + half
