"""What the calendar, growth and the pandemic did to a day's sales, channel by channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...frames import label_of
from ...results import Note, Result, Source
from .counting import Fit, fit_days, row_of
from .days import FACTORS, Daily, daily, marks_of

__all__ = ["decompose", "payday"]

_FEWEST_ORDERS = 30
_ENTANGLED = 0.25  # of the correlation of two estimates
_OVERLAP = 0.25  # of the days of the shorter of two factors
_UNITS = {
    "channel": "text",
    "factor": "text",
    "ratio": "number",
    "ratio_low": "number",
    "ratio_high": "number",
    "days": "count",
    "orders": "count",
    "p_value": "number",
    "verdict": "mark",
}


def decompose(
    sales: Any,
    *,
    as_of: Any,
    since: Any = None,
    by: str | None = "channel",
    value: str = "orders",
    factors: Sequence[str] = FACTORS,
    source: Source | None = None,
) -> Result:
    """Every factor as a ratio: how many times an ordinary day of its channel such a day brings.

    Parameters
    ----------
    sales : DataFrame
        One row an order: ``ordered_at``, the channel, and ``amount`` where amounts are asked for.
    as_of : date
        The last day; what comes later is left out and counted.
    since : date, optional
        The first day; that of the first order by default.
    by : str or None
        The column of channels; ``None`` takes all sales together.
    value : {"orders", "amount"}
    factors : sequence of str
        Of :data:`FACTORS` or days of the week. The stretches around Idul Fitri don't overlap: ``ramadan_begins``
        (its first days, until 22 days to go), ``three_weeks_before`` (21 to 8), ``last_week`` (7 to 2),
        ``eve_and_day``, ``week_after``. ``restrictions`` and ``transition`` are the phases of the pandemic.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``forecasting.effects``: per channel and factor ``ratio`` with interval, ``days`` and ``orders`` under it,
        ``p_value``, ``verdict``. ``trend`` is the ratio of a year. ``facts["entangled"]`` counts the pairs of factors
        that the data can hardly tell apart; the notes name the worst.

    Notes
    -----
    ``log(mean of a day) = base + trend · years + sum of factors``, Poisson, one fit a channel. Errors are the larger
    of quasi-Poisson and Newey-West: days vary more than chance and follow each other. A competitor is no factor here:
    he came in the same year as the pandemic; :func:`shock` looks for him where he leaves his mark, in accounts closed.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.date_range("2019-01-01", "2019-12-31")
    >>> n = [13 if d.day >= 25 or d.day == 1 else 10 for d in days]
    >>> sales = pd.DataFrame({"ordered_at": days.repeat(n)})
    >>> row = decompose(sales, as_of="2019-12-31", by=None, factors=["payday"]).table.iloc[1]
    >>> row["factor"], round(float(row["ratio"]), 2), int(row["days"])
    ('payday', 1.3, 89)
    """
    import numpy as np
    import pandas as pd

    counted = daily(sales, as_of=as_of, since=since, by=by, value=value)
    marks, fits, notes = _fitted(counted, factors, value)
    if not fits:
        raise UserError("forecasting.few_orders", found=int(counted.orders.sum()), wanted=_FEWEST_ORDERS)
    rows, tangled = [], {}
    for k, fit in fits.items():
        orders = counted.orders[:, k]
        for name in ("trend", *marks):
            row = row_of(fit, name, marks, orders, amounts=value == "amount")
            rows.append({"channel": counted.channels[k], **row})
        for i, one in enumerate(fit.names[1:], 1):
            for other in fit.names[i + 1 :]:
                r = fit.correlation(one, other)
                if abs(r) >= _ENTANGLED and abs(r) > abs(tangled.get((one, other), 0.0)):
                    tangled[one, other] = r
    for one, other in sorted(tangled, key=lambda p: -abs(tangled[p]))[:3]:
        together = int((marks[one] & marks[other]).sum()) if one in marks else int(marks[other].sum())
        values = {"one": one, "other": other, "correlation": tangled[one, other], "days": together}
        notes.append(Note("forecasting.note.entangled", values))
    table = pd.DataFrame(rows)
    notes += _overlaps(marks)
    said = ~table["factor"].isin(["trend", "weekend"]) & (table["ratio"] > 0)
    real = table[(table["verdict"] == "real") & said]
    first = (real if len(real) else table).copy()
    size = np.abs(np.log(np.where(first["ratio"] > 0, first["ratio"], 1.0)))
    top = first.iloc[int(np.argmax(size))].to_dict()
    facts = {"n": int(counted.orders.sum()), "days": len(counted.days), "channels": len(fits)}
    facts |= {k: label_of(top[k]) for k in ("channel", "factor", "ratio", "ratio_low", "ratio_high", "verdict")}
    facts |= {"factor_days": int(top["days"]), "dispersion": max(f.dispersion for f in fits.values())}
    facts |= {"first": counted.days[0], "last": counted.last, "entangled": len(tangled)}
    facts |= {"real": int((table["verdict"] == "real").sum()), "rows": len(table), "by_chance": 0.05 * len(table)}
    params = {"as_of": counted.last, "by": by, "value": value, "factors": tuple(marks), "units": _UNITS}
    return Result("forecasting.effects", table, params, facts, (*counted.notes, *notes), source)


def _overlaps(marks: dict[str, Any]) -> list[Note]:
    """Factors that fall on the same days: what is told of the one rests on few days without the other."""
    found = []
    for one, held in marks.items():
        for other, also in marks.items():
            days, both = int(held.sum()), int((held & also).sum())
            if one != other and other != "weekend" and days <= also.sum() and both / days >= _OVERLAP:
                found.append((both / days, {"one": one, "other": other, "days": both, "of": days}))
    return [Note("forecasting.note.overlap", v) for _, v in sorted(found, key=lambda f: -f[0])[:3]]


def _fitted(counted: Daily, factors: Sequence[str], value: str) -> tuple[dict[str, Any], dict[int, Fit], list[Note]]:
    import numpy as np

    marks = marks_of(counted.days, factors)
    notes = []
    if unseen := [name for name, held in marks.items() if not 0 < held.sum() < len(held)]:
        notes.append(Note("forecasting.note.unseen", {"factors": unseen}))
    marks = {name: held for name, held in marks.items() if name not in unseen}
    trend = np.arange(len(counted.days)) / 365.25
    fits = {}
    for k, channel in enumerate(counted.channels):
        if counted.orders[:, k].sum() < _FEWEST_ORDERS:
            values = {"channel": channel, "n": int(counted.orders[:, k].sum()), "wanted": _FEWEST_ORDERS}
            notes.append(Note("forecasting.note.few_orders", values))
            continue
        y = counted.values(value)[:, k]
        if (y < 0).any():
            raise UserError("forecasting.negative_days", column=str(channel), found=int((y < 0).sum()))
        fits[k] = fit_days(y, counted.orders[:, k], marks, trend)
    return marks, fits, notes


def payday(
    sales: Any,
    *,
    as_of: Any,
    since: Any = None,
    by: str | None = "channel",
    value: str = "orders",
    factors: Sequence[str] = FACTORS,
    source: Source | None = None,
) -> Result:
    """What payday (25th to 1st) is worth: days inside by days outside, and again with the rest of the calendar held.

    Parameters
    ----------
    sales : DataFrame
    as_of, since, by, value, source
        As for :func:`decompose`.
    factors : sequence of str
        What is held in the adjusted ratio.

    Returns
    -------
    Result
        Kind ``forecasting.payday``: per channel ``inside_per_day``, ``outside_per_day``, their ``ratio`` with
        interval (the index), ``adjusted_ratio`` with its, ``verdict`` of the adjusted one; ``facts["days"]`` and
        ``["payday_days"]``.

    Notes
    -----
    The dates are fixed by the calendar; employers who pay early before Idul Fitri or in December are not in it.
    """
    import pandas as pd

    counted = daily(sales, as_of=as_of, since=since, by=by, value=value)
    held = marks_of(counted.days, ["payday"])["payday"]
    marks, full, notes = _fitted(counted, list(dict.fromkeys(["payday", *factors])), value)
    if not full:
        raise UserError("forecasting.few_orders", found=int(counted.orders.sum()), wanted=_FEWEST_ORDERS)
    rows = []
    for k, fit in full.items():
        y, orders = counted.values(value)[:, k], counted.orders[:, k]
        row = {"channel": counted.channels[k], "days": int(held.sum()), "orders": int(orders[held].sum())}
        row |= {"inside_per_day": float(y[held].mean()), "outside_per_day": float(y[~held].mean())}
        row |= dict(zip(("ratio", "ratio_low", "ratio_high"), _plain(y, orders, held), strict=True))
        told = row_of(fit, "payday", marks, orders, amounts=value == "amount")
        row |= {f"adjusted_{key}": told[key] for key in ("ratio", "ratio_low", "ratio_high")}
        rows.append(row | {"verdict": told["verdict"]})
    table = pd.DataFrame(rows)
    top = table.iloc[0].to_dict()
    facts = {"n": int(counted.orders.sum()), "days": len(held), "payday_days": int(held.sum())}
    facts |= {k: label_of(v) for k, v in top.items() if k not in ("days", "orders")}
    facts |= {"real": int((table["verdict"] == "real").sum()), "channels": len(table)}
    facts |= {"first": counted.days[0], "last": counted.last}
    unit = "money" if value == "amount" else "number"
    ratios = [f"{a}ratio{b}" for a in ("", "adjusted_") for b in ("", "_low", "_high")]
    units = {"channel": "text", "days": "count", "orders": "count", "inside_per_day": unit, "outside_per_day": unit}
    units |= {**dict.fromkeys(ratios, "number"), "verdict": "mark"}
    params = {"as_of": counted.last, "by": by, "value": value, "factors": tuple(marks), "units": units}
    return Result("forecasting.payday", table, params, facts, (*counted.notes, *notes), source)


def _plain(y: Any, orders: Any, held: Any) -> tuple[float, float, float]:
    """The plain ratio of the two means with its interval: a fit of payday and nothing else."""
    fit = fit_days(y, orders, {"payday": held}, None)
    return fit.ratio({"payday": 1.0}) if "payday" in fit.names else (0.0, float("nan"), float("nan"))
