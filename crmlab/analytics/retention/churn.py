"""Churn where there are contracts: who was at risk, who was lost, and how fast; two times compared.

A contract says when a customer leaves. Without one nobody says so: see :mod:`crmlab.analytics.retention.activity`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...intervals import rate_interval, ratio_interval, verdict_of, wilson
from ...results import Note, Result, Source
from .tables import MONTH_DAYS, day_of, period_of, spells

__all__ = ["annual_share", "churn_rate", "churn_ratio"]

_UNITS = {
    "period": "text",
    "at_start": "count",
    "acquired": "count",
    "reactivated": "count",
    "losses": "count",
    "at_end": "count",
    "retained": "count",
    "lost_of_start": "count",
    "churn_share": "share",
    "churn_share_low": "share",
    "churn_share_high": "share",
    "customer_months": "number",
    "monthly_hazard": "share",
    "monthly_hazard_low": "share",
    "monthly_hazard_high": "share",
}


def annual_share(share: float, periods: int = 12) -> float:
    """What a share lost per period becomes in a year: 1 − (1 − share)^periods, not share × periods.

    Examples
    --------
    >>> round(annual_share(0.02), 4)
    0.2153
    """
    if not 0 <= share <= 1:
        raise UserError("retention.bad_share", name="share", found=share)
    return 1 - (1 - share) ** periods


def churn_rate(
    accounts: Any,
    *,
    as_of: Any,
    period: str = "month",
    by: str | None = None,
    since: Any = None,
    source: Source | None = None,
) -> Result:
    """Customers with contracts, period by period: start + acquired + reactivated − lost = end, and the rates.

    Parameters
    ----------
    accounts : DataFrame
        As :data:`ACCOUNTS`: ``customer_id``, ``registered_on``, ``closed_on`` (empty where the contract goes on; the
        day on which the customer is one no more).
    as_of : date
        The last day that the table knows about. A period that ends later has no share: it is not over.
    period : {"month", "quarter", "year"}
    by : str, optional
        A column of groups; the total over all stands last.
    since : date, optional
        Count from the period of this day; those who were customers before are its start.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.churn``. ``churn_share`` is ``lost_of_start / at_start``: who came later is not in the
        denominator, and if he also left not in the numerator. ``monthly_hazard`` is all losses by all months of being
        a customer: it counts them too. Rows of kind ``total`` pool the periods of a group.

    Examples
    --------
    >>> import pandas as pd
    >>> accounts = pd.DataFrame({"customer_id": [1, 2, 3], "registered_on": ["2020-01-01", "2020-01-01", "2020-02-03"],
    ...                          "closed_on": [None, "2020-02-10", None]})
    >>> churn = churn_rate(accounts, as_of="2020-02-29", since="2020-02-01")
    >>> churn.table[["at_start", "acquired", "losses", "at_end", "churn_share"]].iloc[0].tolist()
    [2.0, 1.0, 1.0, 2.0, 0.5]
    """
    import pandas as pd

    letter = period_of(period)
    found, notes, last = spells(accounts, as_of, by, since)
    first = day_of(since, "since") if since is not None else _date(int(found["begins"].min()))
    if first > last:
        raise UserError("retention.days_backwards", found=[str(first.date()), str(last.date())])
    periods = pd.period_range(first, last, freq=letter)
    rows = []
    groups = [(g, found[found["by"] == g]) for g in sorted(found["by"].dropna().unique(), key=str)] if by else []
    if by and found["by"].isna().any():
        groups.append((None, found[found["by"].isna()]))
    for group, some in [*groups, (None, found)]:
        total = by is None or some is found
        each = [_counted(some, _day(p.start_time), min(_day(p.end_time) + 1, _day(last) + 1), p, last) for p in periods]
        name = {} if by is None else {by: group}
        if not total or not by:
            rows += [{**name, "row": "member", **e} for e in each]
        rows.append({**name, "row": "total", **_pooled(each)})
    table = pd.DataFrame(rows)
    table["churn_share_low"], table["churn_share_high"] = wilson(table["lost_of_start"], table["at_risk"])
    low, high = rate_interval(table["losses"], table["customer_months"])
    table["monthly_hazard_low"], table["monthly_hazard_high"] = low, high
    order = [*([by] if by else []), "row", *_UNITS]
    whole = table.iloc[-1]
    if not table.iloc[-2]["complete"]:
        notes.append(Note("retention.note.incomplete", {"period": str(periods[-1]), "as_of": last}))
    facts = {c: _plain(whole[c]) for c in ("at_start", "acquired", "reactivated", "losses", "at_end", "lost_of_start")}
    facts |= {c: _plain(whole[c]) for c in _UNITS if c.startswith(("churn_share", "monthly_hazard"))}
    facts |= {"customer_months": _plain(whole["customer_months"]), "n": _plain(whole["at_risk"])}
    each_year = {"month": 12, "quarter": 4, "year": 1}[period]
    for end in ("", "_low", "_high"):
        share = facts[f"churn_share{end}"]
        facts[f"annual_churn_share{end}"] = None if share is None else annual_share(share, each_year)
    facts |= {"first": periods[0].start_time, "last": last, "periods": len(periods)}
    params = {"period": period, "by": by, "as_of": last, "since": since, "units": dict(_UNITS)}
    return Result("retention.churn", table[order], params, facts, tuple(notes), source)


def churn_ratio(
    accounts: Any,
    *,
    before: Sequence[Any],
    after: Sequence[Any],
    as_of: Any,
    by: str | None = None,
    source: Source | None = None,
) -> Result:
    """How many times as fast customers leave in one time as in another.

    Parameters
    ----------
    accounts : DataFrame
        As for :func:`churn_rate`.
    before, after : pair of dates
        First and last day of the two times; they may not overlap.
    as_of : date
    by : str, optional
        A column of groups: a ratio for each, so that one that stayed as it was can be told from one that did not.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.churn_ratio``: per group losses, customer-months and monthly hazards of both times, their
        ``hazard_ratio`` with interval, and a ``verdict``.
    """
    import pandas as pd

    found, notes, last = spells(accounts, as_of, by)
    times = [_times(before, "before"), _times(after, "after")]
    if times[0][1] >= times[1][0] and times[1][1] >= times[0][0]:
        raise UserError("retention.overlap", found=[str(d.date()) for pair in times for d in pair])
    for _, end in times:
        if end > last:
            raise UserError("retention.after_as_of", found=str(end.date()), as_of=str(last.date()))
    groups = sorted(found["by"].dropna().unique(), key=str) if by else []
    rows = []
    for group in [*groups, *([] if not by or found["by"].notna().all() else [None]), ...]:
        some = found if group is ... else found[found["by"].isna() if group is None else found["by"] == group]
        row: dict[str, Any] = {by: None if group is ... else group} if by else {}
        row["row"] = "total" if group is ... else "member"
        counts = [_counted(some, _day(a), _day(b) + 1) for a, b in times]
        for name, one in zip(("before", "after"), counts, strict=True):
            row[f"lost_{name}"], row[f"customer_months_{name}"] = one["losses"], one["customer_months"]
            row[f"hazard_{name}"] = one["monthly_hazard"]
            low, high = rate_interval(one["losses"], one["customer_months"])
            row[f"hazard_{name}_low"], row[f"hazard_{name}_high"] = float(low), float(high)
        was, now = row["hazard_before"], row["hazard_after"]
        row["hazard_ratio"] = now / was if was else float("nan")
        ends = ratio_interval(
            row["lost_after"], row["customer_months_after"], row["lost_before"], row["customer_months_before"]
        )
        row["hazard_ratio_low"], row["hazard_ratio_high"] = (float(e) for e in ends)
        least = min(row["lost_before"], row["lost_after"])
        row["verdict"] = verdict_of(row["hazard_ratio_low"], row["hazard_ratio_high"], 1.0, least)
        rows.append(row)
    table = pd.DataFrame(rows)
    whole = rows[-1]
    facts = {k: _plain(v) for k, v in whole.items() if k not in ("row", by)}
    facts |= {"n": whole["lost_before"] + whole["lost_after"]}
    facts |= {
        "before_first": times[0][0],
        "before_last": times[0][1],
        "after_first": times[1][0],
        "after_last": times[1][1],
    }
    units = {c: "share" if c.startswith("hazard_") else "count" for c in table if c not in ("row", "verdict", by)}
    units |= {c: "number" for c in table if c.startswith(("customer_months", "hazard_ratio"))} | {"verdict": "mark"}
    params = {"before": tuple(map(str, before)), "after": tuple(map(str, after)), "by": by, "as_of": last}
    return Result("retention.churn_ratio", table, {**params, "units": units}, facts, tuple(notes), source)


def _counted(spells_: Any, begin: int, end: int, period: Any = None, last: Any = None) -> dict[str, Any]:
    """The identity and the rates of one time, from its first day to the day after its last."""
    import numpy as np

    begins, ends = spells_["begins"].to_numpy(), spells_["ends"].to_numpy()
    at_start = (begins < begin) & (ends >= begin)
    came = (begins >= begin) & (begins < end)
    left = (ends >= begin) & (ends < end)
    again = spells_["order"].to_numpy() > 0
    lost_of_start = int((at_start & left).sum())
    start = int(at_start.sum())
    days = np.clip(np.minimum(ends, end) - np.maximum(begins, begin), 0, None).sum()
    months = float(days) / MONTH_DAYS
    complete = period is None or period.end_time.normalize() <= last
    counted = {
        "period": None if period is None else str(period),
        "at_start": start,
        "acquired": int((came & ~again).sum()),
        "reactivated": int((came & again).sum()),
        "losses": int(left.sum()),
        "at_end": int(((begins < end) & (ends >= end)).sum()),
        "retained": start - lost_of_start if complete else float("nan"),
        "lost_of_start": lost_of_start,
        "at_risk": start if complete else 0,
        "churn_share": lost_of_start / start if start and complete else float("nan"),
        "customer_months": months,
        "complete": complete,
    }
    return counted | {"monthly_hazard": counted["losses"] / months if months else float("nan")}


def _pooled(each: list[dict[str, Any]]) -> dict[str, Any]:
    """The total row: what may be added is added, rates are sums by sums over complete periods."""
    over = [e for e in each if e["complete"]]
    lost, at_risk = sum(e["lost_of_start"] for e in over), sum(e["at_risk"] for e in over)
    out = {"period": None, "at_start": each[0]["at_start"], "at_end": each[-1]["at_end"], "retained": float("nan")}
    out |= {c: sum(e[c] for e in each) for c in ("acquired", "reactivated", "losses", "customer_months")}
    out |= {"lost_of_start": lost, "at_risk": at_risk, "churn_share": lost / at_risk if at_risk else float("nan")}
    months = out["customer_months"]
    return out | {"monthly_hazard": out["losses"] / months if months else float("nan"), "complete": True}


def _times(pair: Sequence[Any], name: str) -> tuple[Any, Any]:
    if isinstance(pair, str) or len(pair) != 2:
        raise UserError("retention.bad_pair", name=name, found=pair)
    first, last = day_of(pair[0], name), day_of(pair[1], name)
    if first > last:
        raise UserError("retention.days_backwards", found=[str(first.date()), str(last.date())])
    return first, last


def _day(when: Any) -> int:
    import pandas as pd

    return int((when.normalize() - pd.Timestamp("1970-01-01")).days)


def _date(day: int) -> Any:
    import pandas as pd

    return pd.Timestamp("1970-01-01") + pd.Timedelta(days=day)


def _plain(x: Any) -> Any:
    """A number of numpy's as Python's own; whole ones whole, missing and endless ones ``None``."""
    x = x.item() if hasattr(x, "item") else x
    if isinstance(x, float):
        if x != x or x in (float("inf"), float("-inf")):
            return None
        return int(x) if x.is_integer() else x
    return x
