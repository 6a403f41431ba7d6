"""Can these data carry an analysis? Days without sales, gaps, repeated orders, changes of mix, by year and channel."""

from __future__ import annotations

from typing import Any

from ...frames import frame_of
from ...intervals import newcombe, verdict_of, wilson
from ...results import Note, Result, Source
from .days import span_of

__all__ = ["audit"]

_STRANGE = 0.01  # a gap that chance makes so rarely is worth a look


def audit(sales: Any, *, as_of: Any, since: Any = None, by: str = "channel", source: Source | None = None) -> Result:
    """Look through the years of a sales table before anything is concluded from it.

    Parameters
    ----------
    sales : DataFrame
        One row an order: ``order_id``, ``ordered_at``, the channel, ``amount`` (optional).
    as_of, since : date
        The last and the first day; the first order's day by default.
    by : str
        The column of channels.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``forecasting.audit``, a row for each year and channel, and each year in all (``row`` = ``total``):
        ``orders``, ``amount``, ``duplicates`` (rows of an ``order_id`` seen before), ``no_amount``, ``days``,
        ``empty_days``, ``expected_empty_days``, ``longest_gap_days``, ``gap_chance``; ``share`` of the year's orders
        with interval, ``share_change`` against the year before with its, ``verdict``.

    Notes
    -----
    Days without an order are no fault where orders are few: ``expected_empty_days`` is ``Σ exp(-mean of that weekday
    in that quarter)``, and ``gap_chance`` about how often a year as this one has a gap as long. A gap of a chance
    below 1 % may be a till that was off.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.date_range("2019-01-01", "2019-12-31").repeat(4)
    >>> sales = pd.DataFrame({"order_id": range(len(days)), "ordered_at": days, "channel": "store"})
    >>> facts = audit(sales[~sales["ordered_at"].between("2019-05-01", "2019-05-09")], as_of="2019-12-31").facts
    >>> facts["gap_days"], facts["gap_from"].date().isoformat(), facts["strange_gaps"]
    (9, '2019-05-01', 1)
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(sales, ("order_id", "ordered_at", by), "sales")
    sold, first, last = span_of(frame, as_of, since, fewest=2)
    kept = (sold >= first) & (sold <= last)
    notes = []
    if left := int((~kept).sum()):
        notes.append(Note("forecasting.note.outside", {"n": left, "first": first, "last": last}))
    table = pd.DataFrame({"day": sold[kept], "id": frame.loc[kept, "order_id"], "group": frame.loc[kept, by]})
    money = "amount" in frame.columns
    table["amount"] = pd.to_numeric(frame.loc[kept, "amount"], errors="coerce") if money else np.nan
    table["again"] = table["id"].duplicated()
    unknown = int(table["group"].isna().sum())
    if unknown:
        notes.append(Note("forecasting.note.no_group", {"n": unknown, "by": by}))
    channels = list(table["group"].dropna().value_counts().index)
    channels = [c for c in channels if (table["group"] == c).any()]
    rows, gaps, shares = [], [], {}
    for year in range(first.year, last.year + 1):
        days = pd.date_range(max(first, pd.Timestamp(year, 1, 1)), min(last, pd.Timestamp(year, 12, 31)))
        some = table[table["day"].dt.year == year]
        once = some[~some["again"]]
        for channel in (*channels, None):
            mine = some if channel is None else some[some["group"] == channel]
            row, gap = _counted(mine, days, money)
            row = {"row": "total" if channel is None else "member", "year": year, by: channel, **row}
            own = row["orders"]
            low, high = wilson(own, len(once))
            row |= {"share": own / len(once) if len(once) else None, "share_low": low, "share_high": high}
            if channel is None:
                row |= dict.fromkeys(("share", "share_low", "share_high"))
            row |= dict.fromkeys(("share_change", "share_change_low", "share_change_high", "verdict"))
            if channel is not None and channel in shares and min(shares[channel][1], len(once)):
                was, of = shares[channel]
                low, high = newcombe(own, len(once), was, of)
                row |= {"share_change": own / len(once) - was / of, "share_change_low": low, "share_change_high": high}
                row["verdict"] = verdict_of(low, high, 0.0, min(own, was))
            if channel is not None:
                shares[channel] = (own, len(once))
                gaps.append({**gap, "year": year, "group": channel, "chance": row["gap_chance"]})
            rows.append(row)
    out = pd.DataFrame(rows)
    facts = {
        "n": len(table),
        "years": last.year - first.year + 1,
        "channels": len(channels),
        "first": first,
        "last": last,
    }
    facts |= {"duplicates": int(table["again"].sum()), "no_amount": int(table["amount"].isna().sum()) if money else 0}
    totals = out[out["row"] == "total"]
    facts |= {"days": int(totals["days"].sum()), "empty_days": int(totals["empty_days"].sum())}
    known = [g for g in gaps if g["chance"] is not None]
    worst = min(known, key=lambda g: (g["chance"], -g["days"])) if known else None
    facts |= {"strange_gaps": sum(g["chance"] < _STRANGE for g in known), "gaps_looked_at": len(known)}
    for word in ("days", "from", "group", "chance", "year"):
        facts[f"gap_{word}"] = worst[word] if worst else None
    if worst and worst["from"] is not None and worst["chance"] < _STRANGE:
        from ...calendar import idul_fitri_phase

        if idul_fitri_phase(worst["from"].date()) == "eve_and_day":
            notes.append(Note("forecasting.note.closed_for_fitri", {"day": worst["from"], "group": worst["group"]}))
    changes = out[out["share_change"].notna()]
    names = ("year", by, "share_change", "share_change_low", "share_change_high", "verdict")
    top = changes.loc[changes["share_change"].astype(float).abs().idxmax()].to_dict() if len(changes) else {}
    facts |= {("change_year" if k == "year" else "change_group" if k == by else k): top.get(k) for k in names}
    if not money:
        out = out.drop(columns=["amount", "no_amount"])
    counts = ("orders", "duplicates", "no_amount", "days", "empty_days", "longest_gap_days")
    parts = ("share", "share_low", "share_high", "share_change", "share_change_low", "share_change_high")
    units = {
        "year": "text",
        by: "text",
        **dict.fromkeys(counts, "count"),
        "amount": "money",
        "expected_empty_days": "number",
    }
    units |= {"gap_chance": "share", **dict.fromkeys(parts, "share"), "verdict": "mark"}
    units = {c: units[c] for c in out.columns if c in units}
    return Result("forecasting.audit", out, {"as_of": last, "by": by, "units": units}, facts, tuple(notes), source)


def _counted(mine: Any, days: Any, money: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """One channel in one year: what is there, and the longest stretch without anything."""
    import numpy as np

    once = mine[~mine["again"]]
    counts = once["day"].value_counts().reindex(days, fill_value=0)
    n = counts.to_numpy()
    level = counts.groupby([days.quarter, days.day_of_week]).transform("mean").to_numpy()
    edges = np.flatnonzero(np.diff(np.r_[0, n == 0, 0]))
    starts, ends = edges[::2], edges[1::2]
    longest = int((ends - starts).max()) if len(starts) else 0
    where = int(starts[(ends - starts).argmax()]) if len(starts) else None
    chance = None
    if n.sum():
        # the gap's own days must not make it usual: the year's mean of every weekday, and how often so many follow
        usual = counts.groupby(days.day_of_week).transform("mean").to_numpy()
        silent = np.convolve(usual, np.ones(longest), "valid") if longest else np.zeros(1)
        chance = float(-np.expm1(-np.exp(-silent).sum())) if longest else 1.0
    row = {"orders": len(once), "amount": float(once["amount"].sum()) if money else None}
    row |= {"duplicates": int(mine["again"].sum()), "no_amount": int(once["amount"].isna().sum())}
    row |= {"days": len(days), "empty_days": int((n == 0).sum()), "expected_empty_days": float(np.exp(-level).sum())}
    row |= {"longest_gap_days": longest, "gap_chance": chance}
    return row, {"days": longest, "from": days[where] if where is not None else None}
