"""What the reports read: the contracts of their tables, and the months that they ask about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Note
from ...schema import Column, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "CALLS",
    "QUOTA",
    "VISITS",
    "dated",
    "day_of",
    "frame_of",
    "incomplete",
    "inside_of",
    "month_of",
    "plain",
    "quotas_of",
    "span_of",
    "worthless",
]

QUOTA = Table(
    "quota",
    (
        Column("sales_rep", "text", required=True),
        Column("month", "text", required=True),
        Column("target", "amount", required=True, low=0),
        Column("region", "category"),
        Column("customer", "text", personal=True),
    ),
    key=("sales_rep", "month"),
    grain="what one sales rep is to sell in one month (2020-03), or one customer of his where there is a column for it",
)
QUOTA_MONTH = ("month", "month_starts_on")
VISITED = ("visited_at", "checked_in_at")
CALLS = Table(
    "calls",
    (
        Column("called_at", "datetime", required=True),
        Column("outcome", "category"),
        Column("wait_seconds", "quantity", required=True, low=0),
        Column("handling_seconds", "quantity", required=True, low=0),
    ),
    key=(),
    grain="one call; its outcome is answered or abandoned, and answered where there is no such column",
)
VISITS = Table(
    "visits",
    (Column("visited_at", "datetime", required=True), Column("patient_id", "id", required=True, personal=True)),
    key=(),
    grain="one visit of one patient",
)


def frame_of(table: Any, columns: Sequence[str], name: str) -> pd.DataFrame:
    """The frame, with every column that a report can't do without."""
    frame = getattr(table, "table", table)  # ingest hands over an object with the frame inside
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        found = [str(c) for c in frame.columns]
        near = [n for m in missing for n in suggest(m, found, 1)]
        raise UserError("reports.missing_column", table=name, wanted=missing, found=found, near=near)
    return frame


def time_column(frame: pd.DataFrame, names: Sequence[str], table: str) -> str:
    """Which column says when: the first of ``names`` that is there."""
    found = next((n for n in names if n in frame.columns), None)
    if found is None:
        raise UserError("reports.missing_column", table=table, wanted=names[:1], found=[str(c) for c in frame.columns])
    return found


def dated(frame: pd.DataFrame, column: str, table: str) -> tuple[pd.DataFrame, pd.Series, list[Note]]:
    """The rows whose time is known, these times as the clocks showed them there, and what to say of the rest.

    A day is a day where it happened: 00:30 in Jakarta is not the evening before, as it is in UTC.
    """
    import pandas as pd

    given, notes = frame[column], []
    if isinstance(given.dtype, pd.DatetimeTZDtype):
        if str(given.dt.tz) in ("UTC", "Etc/UTC"):
            notes.append(Note("reports.utc", {"column": column}))
        times = given.dt.tz_localize(None)
    else:
        plain_times = pd.api.types.is_datetime64_dtype(given.dtype)
        times = (
            given
            if plain_times
            else pd.to_datetime(given.astype(object).map(_clock), format="ISO8601", errors="coerce")
        )
    gone = times.isna()
    if len(frame) and gone.all():
        raise UserError("reports.no_times", table=table, column=column, found=str(given.iloc[0]))
    if gone.any():
        notes.append(Note("reports.undated", {"n": int(gone.sum()), "column": column}))
    return frame[~gone], times[~gone], notes


def _clock(value: Any) -> Any:
    """A time without its zone."""
    if isinstance(value, str):
        return re.sub(r"(?<=:\d\d)(?:\.\d+)?\s*(?:Z|[+-]\d\d:?\d\d)$", "", value.strip())
    return value.replace(tzinfo=None) if getattr(value, "tzinfo", None) is not None else value


def worthless(amounts: pd.Series) -> list[Note]:
    """What to say of rows without an amount: they add nothing to a sum, and it should not look complete."""
    n = int(amounts.isna().sum())
    return [Note("reports.no_amount", {"n": n})] if n else []


def quotas_of(quota: pd.DataFrame, by: Sequence[str], month: Any) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The quotas of the asked months, checked, and the first and the last month."""
    import pandas as pd

    months = quota[time_column(quota, QUOTA_MONTH, "quota")].map(month_of)
    if month is None:
        ends = (months.min(), months.max()) if len(months) else (None, None)
    else:
        given = month if isinstance(month, list | tuple) else (month, month)
        ends = (month_of(given[0]), month_of(given[-1]))
    if ends[0] is None or pd.isna(ends[0]):
        raise UserError("reports.no_quotas")
    if ends[0] > ends[1]:
        raise UserError("reports.months_backwards", found=[str(m) for m in ends])
    inside = (months >= ends[0]) & (months <= ends[1])
    chosen = quota[inside].assign(month=months[inside])
    keys = list(dict.fromkeys([*by, "month", *(c for c in QUOTA.names if c in quota and c != "target")]))
    twice = chosen[chosen.duplicated(keys, keep=False)]
    if len(twice):
        rows = sorted({" ".join(str(v) for v in row) for row in twice[keys].itertuples(index=False)})
        raise UserError("reports.quota_twice", table="quota", rows=rows)
    if (chosen["target"] < 0).any():
        raise UserError("reports.negative_quota", table="quota", rows=[*chosen.index[chosen["target"] < 0]])
    return chosen, tuple(str(m) for m in ends)


def month_of(value: Any) -> Any:
    """A month, however it is written: "2020-03", a date, a period."""
    import pandas as pd

    try:
        if isinstance(value, str) and not re.match(r"\s*\d{4}-\d\d\b", value):  # pandas reads "March" as this year's
            raise ValueError(value)
        return pd.Period(value, "M")
    except (ValueError, TypeError) as bad:
        raise UserError("reports.bad_month", found=value) from bad


def day_of(value: Any) -> Any:
    """A day, however it is written."""
    import pandas as pd

    try:
        return pd.Timestamp(value).normalize()
    except (ValueError, TypeError) as bad:
        raise UserError("reports.bad_day", found=value) from bad


def span_of(months: Sequence[str]) -> tuple[Any, Any]:
    """The first and the last day of months."""
    first, last = month_of(months[0]), month_of(months[-1])
    return first.start_time, last.end_time.normalize()


def inside_of(days: pd.Series, span: tuple[Any, Any]) -> pd.Series:
    """Which of the times fall on the days from the first to the last."""
    day = days.dt.normalize()
    return (day >= span[0]) & (day <= span[1])


def incomplete(days: pd.Series, span: tuple[Any, Any], through: Any) -> list[Note]:
    """A month that goes on after the data, or began before them, is no full month."""
    import pandas as pd

    if days.empty:
        return []
    first, last = days.min().normalize(), day_of(through) if through is not None else days.max().normalize()
    # sums by month carry one day each: their first day says nothing of when a record began
    begun_late = span[0] + pd.Timedelta(days=7) < first <= span[1] and days.dt.normalize().nunique() > len(span)
    if last >= span[1] and not begun_late:
        return []
    return [Note("reports.incomplete_month", {"first": first, "last": last, "end": span[1]})]


def plain(x: Any) -> Any:
    """A number of numpy's or pandas' as Python's own; whole ones whole."""
    x = x.item() if hasattr(x, "item") else x
    return int(x) if isinstance(x, float) and x.is_integer() else x
