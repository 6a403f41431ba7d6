"""Breaks: a pandemic that came on one day, kept apart from a competitor with whom accounts left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError, suggest
from ...frames import day_of, days_of, frame_of, label_of
from ...intervals import FEW, ratio_interval, verdict_of, z_of
from ...results import Note, Result, Source
from .counting import Fit, fit_days, newey_west
from .days import FACTORS, daily, marks_of

__all__ = ["COMPETITOR", "shock"]

COMPETITOR = "2020-01-01"  # PT XYZ's competitor entered, before the pandemic did
_PANDEMIC, _RECOVERY = "2020-03-15", "2020-09-01"
_MONTH = 365.25 / 12
_FEWEST_ORDERS = 30


def shock(
    sales: Any,
    customers: Any = None,
    *,
    as_of: Any,
    since: Any = None,
    by: str = "channel",
    begins: Any = _PANDEMIC,
    recovers: Any = _RECOVERY,
    against: Any = None,
    competitor: Any = COMPETITOR,
    factors: Sequence[str] = FACTORS,
    source: Source | None = None,
) -> Result:
    """What changed on a day, channel by channel and between channels; and whom a competitor took.

    Parameters
    ----------
    sales : DataFrame
        One row an order.
    customers : DataFrame, optional
        One row a customer: ``customer_id``, ``customer_type``, ``registered_on``, ``closed_on`` (missing: still open).
    as_of, since, by, source
        As for :func:`~crmlab.analytics.forecasting.decompose`.
    begins, recovers : date
        The break, and from when it may have eased (``None``: it did not).
    against : value of ``by``, optional
        The channel that the others are compared with; the one that gained most by default.
    competitor : date
        When the competitor entered; closures from then on are compared with those before.
    factors : sequence of str
        The calendar that is held meanwhile; the pandemic's own phases are left out of it.

    Returns
    -------
    Result
        Kind ``forecasting.shock``, a row for each ``effect`` and group:

        - ``shock`` (from ``begins`` on), ``since_recovery`` (from ``recovers`` on), ``recovery_step`` (the second by
          the first), ``whole_time`` (one step for both);
        - ``channel_difference``: that one step by the one of ``against``;
        - ``placebo``: a step on the same day a year earlier, with what came later left out: should be 1;
        - by type of customers ``churn`` (closures a month since the competitor came by those before), ``churn_early``
          (only until the pandemic began), ``churn_difference`` (the type's ratio by that of the other types).

        ``ratio`` with interval, ``n`` orders or closures after the break, ``verdict``.

    Notes
    -----
    No channel was out of the pandemic's reach: a difference tells how channels moved apart, not what each would have
    sold without it. That a competitor caused the closures is not in the data either; that they began before the
    pandemic, and only among those whom he serves, speaks for it.
    """
    import numpy as np
    import pandas as pd

    counted = daily(sales, as_of=as_of, since=since, by=by)
    start = day_of(begins, "begins")
    ease = (
        day_of(recovers, "recovers") if recovers is not None and day_of(recovers, "recovers") <= counted.last else None
    )
    if not counted.days[0] < start <= counted.last or (ease is not None and ease <= start):
        wanted = [counted.days[0].date(), counted.last.date()]
        raise UserError("forecasting.bad_break", found=[start.date(), ease.date() if ease else None], wanted=wanted)
    calendar_factors = [name for name in factors if name not in ("restrictions", "transition")]
    marks = {k: v for k, v in marks_of(counted.days, calendar_factors).items() if 0 < v.sum() < len(v)}
    trend = np.arange(len(counted.days)) / 365.25
    since_break = np.asarray(counted.days >= start)
    parts = {"shock": since_break}
    if ease is not None:
        parts = {
            "shock": since_break & np.asarray(counted.days < ease),
            "since_recovery": np.asarray(counted.days >= ease),
        }
    rows: list[dict[str, Any]] = []
    notes: list[Note] = list(counted.notes)
    wholes: dict[Any, Fit] = {}
    for k, channel in enumerate(counted.channels):
        orders = counted.orders[:, k]
        if min(orders[since_break].sum(), orders[~since_break].sum()) < _FEWEST_ORDERS:
            values = {"channel": channel, "n": int(orders.sum()), "wanted": _FEWEST_ORDERS}
            notes.append(Note("forecasting.note.few_orders", values))
            continue
        fit = fit_days(orders, orders, {**marks, **parts}, trend)
        n = {name: int(orders[held].sum()) for name, held in parts.items()}
        rows += [_row(name, channel, fit.ratio({name: 1.0}), n[name]) for name in parts]
        if ease is not None:
            rows.append(
                _row("recovery_step", channel, fit.ratio({"since_recovery": 1.0, "shock": -1.0}), n["since_recovery"])
            )
        wholes[channel] = fit_days(orders, orders, {**marks, "whole_time": since_break}, trend)
        rows.append(_row("whole_time", channel, wholes[channel].ratio({"whole_time": 1.0}), sum(n.values())))
        if placebo := _placebo(counted.days, orders, marks, trend, start):
            rows.append(_row("placebo", channel, *placebo))
    if not wholes:
        raise UserError("forecasting.few_orders", found=int(counted.orders.sum()), wanted=_FEWEST_ORDERS)
    rows += _apart(wholes, against, counted, since_break)
    if customers is not None:
        rows += _churn(customers, counted.days[0], day_of(competitor, "competitor"), start, counted.last)
    table = pd.DataFrame(rows)
    facts = _facts(table, counted, start)
    early = (start - day_of(competitor, "competitor")).days
    if customers is not None and early > 0:
        notes.append(Note("forecasting.note.one_year", {"days": early}))
    ratios = dict.fromkeys(("ratio", "ratio_low", "ratio_high"), "number")
    units = {"effect": "text", "group": "text", "against": "text", **ratios, "n": "count", "verdict": "mark"}
    params = {"as_of": counted.last, "by": by, "begins": start, "recovers": ease, "units": units}
    params |= {"competitor": day_of(competitor, "competitor"), "factors": tuple(marks)}
    return Result("forecasting.shock", table, params, facts, tuple(notes), source)


def _row(effect: str, group: Any, ends: Sequence[float], n: int, against: Any = None) -> dict[str, Any]:
    value, low, high = ends
    row = {"effect": effect, "group": group, "against": against, "ratio": value, "ratio_low": low, "ratio_high": high}
    return row | {"n": n, "verdict": verdict_of(low, high, 1.0, n)}


def _placebo(days: Any, orders: Any, marks: Mapping[str, Any], trend: Any, start: Any) -> Any:
    """The same day a year earlier, looked at with nothing that came after the break."""
    import numpy as np
    import pandas as pd

    before = np.asarray(days < start)
    earlier = np.asarray(days >= start - pd.DateOffset(years=1))[before]
    if (
        earlier.all()
        or orders[before][earlier].sum() < _FEWEST_ORDERS
        or orders[before][~earlier].sum() < _FEWEST_ORDERS
    ):
        return None
    held = {k: v[before] for k, v in marks.items() if v[before].sum() > 0}
    fit = fit_days(orders[before], orders[before], {**held, "placebo": earlier}, trend[before])
    return fit.ratio({"placebo": 1.0}), int(orders[before][earlier].sum())


def _apart(wholes: Mapping[Any, Fit], against: Any, counted: Any, since_break: Any) -> list[dict[str, Any]]:
    """Every channel's step by that of one channel; days that were good for both don't count twice."""
    from math import exp

    if len(wholes) < 2:
        return []
    if against is None:
        against = max(wholes, key=lambda c: wholes[c].ratio({"whole_time": 1.0})[0])
    if against not in wholes:
        found = [str(c) for c in wholes]
        raise UserError("forecasting.bad_channel", found=against, wanted=found, near=suggest(str(against), found))
    base = wholes[against]
    level, error = base.log_ratio({"whole_time": 1.0})
    own = base.influence @ base.at({"whole_time": 1.0})
    rows = []
    for channel, fit in wholes.items():
        if channel == against:
            continue
        value, other = fit.log_ratio({"whole_time": 1.0})
        parts = fit.influence @ fit.at({"whole_time": 1.0})
        robust = newey_west(parts - own, fit.lags)
        half = z_of() * max(robust, error**2 + other**2) ** 0.5
        n = int(counted.orders[since_break, counted.channels.index(channel)].sum())
        log_ratio = value - level
        rows.append(_row("channel_difference", channel, [exp(log_ratio + s * half) for s in (0, -1, 1)], n, against))
    return rows


def _churn(customers: Any, first: Any, entered: Any, pandemic: Any, last: Any) -> list[dict[str, Any]]:
    """Accounts closed by months that accounts were open, since the competitor came and before."""
    from math import exp, log, sqrt

    import pandas as pd

    table = frame_of(customers, ("customer_id", "customer_type", "registered_on", "closed_on"), "customers")
    table = table.drop_duplicates("customer_id")
    start, closed = days_of(table, "registered_on", "customers"), days_of(table, "closed_on", "customers")
    strange = (closed < start).to_numpy()
    if strange.any():
        rows = [int(i) + 1 for i in strange.nonzero()[0]]
        raise UserError("forecasting.closed_before", table="customers", rows=rows)
    end = last + pd.Timedelta(days=1)
    closed = closed.where(closed < end, other=pd.NaT)
    told = {}
    for kind in sorted(table["customer_type"].dropna().unique()):
        mine = (table["customer_type"] == kind).to_numpy()
        began, left = start[mine].clip(lower=first, upper=end), closed[mine]
        until = left.fillna(end).clip(lower=first)

        def months(a: Any, b: Any, began: Any = began, until: Any = until) -> float:
            return float((until.clip(a, b) - began.clip(a, b)).dt.days.sum()) / _MONTH

        def gone(a: Any, b: Any, left: Any = left) -> int:
            return int(((left >= a) & (left < b)).sum())

        told[label_of(kind)] = {
            "before": (gone(first, entered), months(first, entered)),
            "churn": (gone(entered, end), months(entered, end)),
            "churn_early": (gone(entered, pandemic), months(entered, pandemic)) if entered < pandemic else None,
        }
    rows = []
    for kind, found in told.items():
        for effect in ("churn", "churn_early"):
            if found[effect] is None or not found["before"][0]:
                continue
            (events, time), (was, time_was) = found[effect], found["before"]
            low, high = (float(v) for v in ratio_interval(events, time, was, time_was))
            rows.append(_row(effect, kind, (events / time / (was / time_was), low, high), events))
            if min(events, was) < FEW:
                rows[-1]["verdict"] = "too_few"
    ratios = {r["group"]: r for r in rows if r["effect"] == "churn"}
    for kind, row in ratios.items():
        others = [k for k in ratios if k != kind]
        events = [told[kind][e][0] for e in ("churn", "before")]
        if not others or min(events) < FEW:
            continue
        rest = {e: [sum(told[k][e][i] for k in others) for i in (0, 1)] for e in ("churn", "before")}
        if min(rest["churn"][0], rest["before"][0]) < FEW:
            continue
        other = rest["churn"][0] / rest["churn"][1] / (rest["before"][0] / rest["before"][1])
        half = z_of() * sqrt(sum(1 / e for e in (*events, rest["churn"][0], rest["before"][0])))
        value = log(row["ratio"] / other)
        against = others[0] if len(others) == 1 else "other"
        ends = [exp(value + s * half) for s in (0, -1, 1)]
        rows.append(_row("churn_difference", kind, ends, events[0], against))
    return rows


def _facts(table: Any, counted: Any, start: Any) -> dict[str, Any]:
    import numpy as np

    facts: dict[str, Any] = {"n": int(counted.orders.sum()), "days": len(counted.days), "begins": start}
    whole = table[table["effect"] == "whole_time"]
    for word, row in (("fell", whole.iloc[whole["ratio"].argmin()]), ("rose", whole.iloc[whole["ratio"].argmax()])):
        facts |= {
            word: row["group"],
            **{f"{word}_{k}": label_of(row[k]) for k in ("ratio", "ratio_low", "ratio_high", "verdict")},
        }
    held = table[table["effect"] == "placebo"]
    facts |= {"placebos": len(held), "placebos_held": int((held["verdict"] != "real").sum())}
    churn = table[table["effect"] == "churn"]
    names = ("group", "ratio", "ratio_low", "ratio_high", "n", "verdict")
    facts |= {f"churn_{k}": None for k in names}
    if len(churn):
        top = churn.iloc[int(np.argmax(np.nan_to_num(churn["ratio"].to_numpy())))]
        facts |= {f"churn_{k}": label_of(top[k]) for k in names}
    return facts
