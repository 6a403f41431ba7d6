"""A year of content, dated by the official calendar: what to say to whom, where, when, and how it will be measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError
from ...frames import day_of, frame_of, number
from ...results import Note, Result, Source

__all__ = ["OCCASIONS", "content_calendar"]

# occasion: what is said, what is measured, and the factor of a day's sales that goes with it
OCCASIONS: Mapping[str, tuple[str, str, str | None]] = {
    "new_year_resolution": ("guide", "engagement_share", None),
    "payday": ("offer", "orders", "payday"),
    "ramadan_begins": ("story", "engagement_share", "ramadan_begins"),
    "three_weeks_before": ("offer", "orders", "three_weeks_before"),
    "after_idul_fitri": ("care", "nps", "week_after"),
    "school_begins": ("guide", "orders", None),
    "independence_day": ("story", "engagement_share", None),
    "eleven_eleven": ("offer", "orders", "eleven_eleven"),
    "twelve_twelve": ("offer", "orders", "twelve_twelve"),
    "year_end": ("care", "repeat_share", "december"),
}


def content_calendar(
    first: Any,
    *,
    months: int = 12,
    segments: Sequence[Any] = ("all_customers",),
    channels: Sequence[Any] = ("whatsapp",),
    effects: Any = None,
    more: Any = None,
    source: Source | None = None,
) -> Result:
    """Lay out a year: every month has its payday at least, and what moves with Idul Fitri is dated from it.

    Parameters
    ----------
    first : date
        Its month is the first.
    months : int
    segments, channels : sequence
        Every item goes to each segment, through the channels in turn.
    effects : Result or DataFrame, optional
        What :func:`crmlab.analytics.forecasting.decompose` found: an item then carries the measured ratio of its
        occasion in its channel, with interval.
    more : DataFrame, optional
        Own items: ``from_on``, ``to_on``, ``occasion``; ``content`` and ``measure`` where they are known.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``sales.content_calendar``: a row an item: ``month``, ``from_on``, ``to_on``, ``occasion``, ``content``
        (``offer``, ``story``, ``guide``, ``care``), ``segment``, ``channel``, ``measure``, ``before_fitri``
        (``"21..8"``: days to go), ``ratio`` with interval and ``verdict`` where effects were given.

    Notes
    -----
    The offer for Idul Fitri runs from 21 to 8 days before it: later orders can't be delivered. Idul Fitri moves about
    11 days a year against our months: last year's dates are wrong this year.

    Examples
    --------
    >>> found = content_calendar("2020-01-01").table
    >>> row = found[found["occasion"] == "three_weeks_before"].iloc[0]
    >>> found["month"].nunique(), row["from_on"].date().isoformat(), row["to_on"].date().isoformat()
    (12, '2020-05-03', '2020-05-16')
    """
    import pandas as pd

    from ... import calendar

    months = number(months, "months", 1, 60, whole=True)
    start = day_of(first, "first").to_period("M")
    span = pd.period_range(start, periods=months, freq="M")
    begin, end = span[0].start_time, span[-1].end_time.normalize()
    if begin.date() < calendar.FIRST_DAY or end.date() > calendar.LAST_DAY:
        raise UserError(
            "sales.no_calendar", found=[begin.date(), end.date()], wanted=[calendar.FIRST_DAY, calendar.LAST_DAY]
        )
    if not len(segments) or not len(channels):
        raise UserError("sales.no_audience", found=[len(segments), len(channels)])
    days = _dated(span)
    if more is not None:
        own = frame_of(more, ("from_on", "to_on", "occasion"), "more")
        for row in own.to_dict("records"):
            a, b = day_of(row["from_on"], "from_on"), day_of(row["to_on"], "to_on")
            if b < a:
                raise UserError("sales.ends_before", table="more", found=[a.date(), b.date()])
            days.append((a, b, row["occasion"], row.get("content"), row.get("measure")))
    inside = [d for d in days if begin <= d[0] <= end]
    ratios = _ratios(effects)
    rows = []
    for k, (a, b, occasion, content, measure) in enumerate(sorted(inside, key=lambda d: (d[0], d[1], str(d[2])))):
        told = OCCASIONS.get(occasion, ("story", "engagement_share", None))
        gone = [calendar.days_to_idul_fitri(d.date()) for d in (a, b)]
        near = occasion in ("ramadan_begins", "three_weeks_before", "after_idul_fitri")
        for j, segment in enumerate(segments):
            channel = channels[(k + j) % len(channels)]
            row = {"month": str(a.to_period("M")), "from_on": a, "to_on": b, "occasion": occasion}
            row |= {
                "content": content or told[0],
                "segment": segment,
                "channel": channel,
                "measure": measure or told[1],
            }
            row["before_fitri"] = f"{gone[0]}..{gone[1]}" if near and None not in gone else None
            found = ratios.get((channel, told[2])) or dict.fromkeys(("ratio", "ratio_low", "ratio_high", "verdict"))
            rows.append(row | found)
    table = pd.DataFrame(rows)
    if effects is None:
        table = table.drop(columns=["ratio", "ratio_low", "ratio_high", "verdict"])
    filled = table["month"].nunique()
    fitri = [calendar.idul_fitri(y) for y in range(begin.year, end.year + 1)]
    fitri = [pd.Timestamp(d) for d in fitri if d is not None and begin <= pd.Timestamp(d) <= end]
    facts = {"n": len(table), "months": months, "filled": filled, "occasions": table["occasion"].nunique()}
    facts |= {"first": begin, "last": end, "fitri": fitri[0] if fitri else None, "segments": len(segments)}
    facts |= {
        "channels": len(channels),
        "measured": int((table["verdict"] == "real").sum()) if effects is not None else 0,
    }
    offer = table[table["occasion"] == "three_weeks_before"]
    facts |= {"offer_from": offer["from_on"].iloc[0] if len(offer) else None}
    facts |= {"offer_to": offer["to_on"].iloc[0] if len(offer) else None}
    notes = [] if fitri else [Note("sales.note.no_fitri", {"first": begin, "last": end})]
    texts = dict.fromkeys(("occasion", "content", "segment", "channel", "measure", "before_fitri"), "text")
    ratios_units = dict.fromkeys(("ratio", "ratio_low", "ratio_high"), "number") | {"verdict": "mark"}
    units = {
        "month": "month",
        "from_on": "date",
        "to_on": "date",
        **texts,
        **(ratios_units if effects is not None else {}),
    }
    return Result("sales.content_calendar", table, {"first": begin, "units": units}, facts, tuple(notes), source)


def _dated(span: Any) -> list[Any]:
    """Every occasion of these months with its days."""
    import pandas as pd

    from ... import calendar

    day = pd.Timedelta(days=1)
    out: list[Any] = []
    for month in span:
        year, start = month.year, month.start_time
        out.append((start + 24 * day, month.end_time.normalize() + day, "payday", None, None))
        fixed = {1: ("new_year_resolution", 2, 14), 7: ("school_begins", 1, 14), 8: ("independence_day", 10, 17),
                 11: ("eleven_eleven", 4, 11), 12: ("twelve_twelve", 5, 12)}  # fmt: skip
        if month.month in fixed:
            name, a, b = fixed[month.month]
            out.append((start + (a - 1) * day, start + (b - 1) * day, name, None, None))
        if month.month == 12:
            out.append((pd.Timestamp(year, 12, 15), pd.Timestamp(year, 12, 31), "year_end", None, None))
    for year in range(span[0].year, span[-1].year + 2):
        fitri = calendar.idul_fitri(year)
        if fitri is None:
            continue
        at = pd.Timestamp(fitri)
        out.append((at - 30 * day, at - 22 * day, "ramadan_begins", None, None))
        out.append((at - 21 * day, at - 8 * day, "three_weeks_before", None, None))
        out.append((at + 3 * day, at + 10 * day, "after_idul_fitri", None, None))
    return out


def _ratios(effects: Any) -> dict[tuple[Any, Any], dict[str, Any]]:
    if effects is None:
        return {}
    table = frame_of(effects, ("channel", "factor", "ratio", "ratio_low", "ratio_high", "verdict"), "effects")
    names = ("ratio", "ratio_low", "ratio_high", "verdict")
    return {(r["channel"], r["factor"]): {k: r[k] for k in names} for r in table.to_dict("records")}
