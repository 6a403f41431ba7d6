"""What this room reads: contracts with a beginning and an end, or purchases; and the days and periods asked about."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Note
from ...schema import Column, Table

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

__all__ = [
    "ACCOUNTS",
    "MONTH_DAYS",
    "PERIODS",
    "day_of",
    "frame_of",
    "heard",
    "number",
    "period_of",
    "purchases",
    "spells",
]

ACCOUNTS = Table(
    "accounts",
    (
        Column("customer_id", "id", required=True),
        Column("registered_on", "date", required=True),
        Column("closed_on", "date", required=True),
        Column("reason", "category"),
    ),
    key=("customer_id", "registered_on"),
    grain="one contract of one customer, from the day it began to the day it ended; empty where it goes on",
)
PERIODS = {"month": "M", "quarter": "Q", "year": "Y"}
MONTH_DAYS = 365.25 / 12
_CANCELLED = "cancelled"


def frame_of(table: Any, columns: Sequence[str], name: str) -> pd.DataFrame:
    """The frame, with every column that the analysis can't do without."""
    frame = getattr(table, "table", table)  # ingest hands over an object with the frame inside
    if hasattr(frame, "to_pandas"):
        frame = frame.to_pandas()
    if not hasattr(frame, "columns"):
        raise UserError("retention.no_table", found=type(table).__name__)
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        found = [str(c) for c in frame.columns]
        if {"closed_on", "registered_on"} & set(missing) and "ordered_at" in found:
            raise UserError("retention.no_contracts", table=name, wanted=missing, found=found)
        near = [n for m in missing for n in suggest(m, found, 1)]
        raise UserError("retention.missing_column", table=name, wanted=missing, found=found, near=near)
    if not len(frame):
        raise UserError("retention.empty", table=name)
    return frame


def day_of(value: Any, name: str = "as_of") -> pd.Timestamp:
    """A day, however it is written."""
    import pandas as pd

    try:
        day = pd.Timestamp(value)
    except (ValueError, TypeError) as bad:
        raise UserError("retention.bad_day", found=value, name=name) from bad
    if day is pd.NaT or isinstance(value, bool | int | float):
        raise UserError("retention.bad_day", found=value, name=name)
    return day.tz_localize(None).normalize()


def period_of(period: str) -> str:
    """pandas' letter of a period."""
    if period not in PERIODS:
        raise UserError("retention.bad_period", found=period, wanted=list(PERIODS), near=suggest(str(period), PERIODS))
    return PERIODS[period]


def number(value: Any, name: str, *, least: float, whole: bool = False) -> Any:
    """A number that a person gave, if it can be used."""
    fits = isinstance(value, int | float) and not isinstance(value, bool) and least <= value < float("inf")
    if not fits or (whole and value != int(value)):
        raise UserError("retention.bad_number", name=name, found=value, least=least)
    return int(value) if whole else value


def dates_of(frame: pd.DataFrame, column: str, table: str) -> pd.Series:
    """A column of days."""
    import pandas as pd

    values = frame[column]
    if not pd.api.types.is_datetime64_any_dtype(values):
        try:
            values = pd.to_datetime(values, format="ISO8601")
        except (ValueError, TypeError) as bad:
            raise UserError("retention.bad_dates", table=table, column=column, found=str(bad)[:80]) from bad
    if values.dt.tz is not None:
        values = values.dt.tz_localize(None)
    return values.dt.normalize()


def spells(
    accounts: Any, as_of: Any, by: str | None = None, since: Any = None
) -> tuple[pd.DataFrame, list[Note], pd.Timestamp]:
    """The times during which a customer was one: ``customer_id, by, begins, ends, order`` in days, ends excluded.

    Contracts of one customer that overlap or touch are one spell: he is lost only when none is left, and a renewal is
    no loss. A contract that goes on ends at ``2**60``, so does one that ends after ``as_of``.
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(accounts, ("customer_id", "registered_on", "closed_on", *([by] if by else [])), "accounts")
    last = day_of(as_of)
    notes = []
    begins, ends = dates_of(frame, "registered_on", "accounts"), dates_of(frame, "closed_on", "accounts")
    wrong = ends < begins
    if wrong.any():
        rows = [int(i) + 1 for i in np.flatnonzero(wrong)]
        raise UserError("retention.closed_before", table="accounts", rows=rows)
    known = frame["customer_id"].notna() & begins.notna()
    if not known.all():
        notes.append(Note("retention.note.unknown_rows", {"n": int((~known).sum())}))
    later = known & (begins > last)
    if later.any():
        notes.append(Note("retention.note.later_accounts", {"n": int(later.sum()), "as_of": last}))
    future = known & ~later & (ends > last)
    if future.any():
        notes.append(Note("retention.note.future_ends", {"n": int(future.sum()), "as_of": last}))
    keep = known & ~later
    if not keep.any():
        raise UserError("retention.empty", table="accounts")
    open_end = 2**60
    day = pd.Timedelta(days=1)
    epoch = pd.Timestamp("1970-01-01")
    out = pd.DataFrame({"customer_id": frame["customer_id"][keep].to_numpy()})
    out["by"] = frame[by][keep].to_numpy() if by else ""
    out["begins"] = ((begins[keep] - epoch) // day).to_numpy("int64")
    closes = ends[keep].where(~future[keep])
    out["ends"] = ((closes - epoch) // day).fillna(open_end).to_numpy("int64")
    out = out.sort_values(["customer_id", "begins", "ends"], kind="stable", ignore_index=True)
    same = out["customer_id"].eq(out["customer_id"].shift())
    until = out.groupby("customer_id", sort=False)["ends"].cummax()
    fresh = ~same | (out["begins"] > until.shift(fill_value=0))
    if not fresh.all():
        notes.append(Note("retention.note.joined_contracts", {"n": int((~fresh).sum())}))
    out["spell"] = fresh.cumsum()
    out = out.groupby("spell", sort=False).agg({"customer_id": "first", "by": "last", "begins": "first", "ends": "max"})
    out["order"] = out.groupby("customer_id", sort=False).cumcount()
    if since is not None:
        out = out[out["ends"] >= int((day_of(since, "since") - epoch) // day)]
    return out.reset_index(drop=True), notes, last


def heard(sales: Any) -> duckdb.DuckDBPyConnection:
    """A connection in which ``sales`` is the table given: a frame, an Arrow table, or a Parquet file."""
    import duckdb

    needed = ["customer_id", "ordered_at", "amount"]
    con = duckdb.connect()
    con.execute("SET python_enable_replacements=false")
    con.execute("SET threads=2")
    given = getattr(sales, "table", sales)
    if isinstance(given, str | os.PathLike):
        if not os.path.exists(given):
            raise UserError("retention.no_file", found=str(given))
        con.read_parquet(os.fspath(given)).create_view("given")
    elif hasattr(given, "schema") and hasattr(given, "column_names"):
        con.register("given", given)
    else:
        frame = frame_of(given, needed, "sales")
        kept = frame[[c for c in (*needed, "order_id", "status") if c in frame.columns]].copy(deep=False)
        kept["ordered_at"] = dates_of(frame, "ordered_at", "sales")
        con.register("given", kept)
    types = dict(con.execute("SELECT column_name, column_type FROM (DESCRIBE given)").fetchall())
    missing = [c for c in needed if c not in types]
    if missing:
        near = [n for m in missing for n in suggest(m, types, 1)]
        raise UserError("retention.missing_column", table="sales", wanted=missing, found=sorted(types), near=near)
    kinds = ("INT", "DOUBLE", "FLOAT", "DECIMAL", "REAL")
    if not any(k in types["amount"] for k in kinds):
        raise UserError("retention.not_numbers", table="sales", column="amount", found=types["amount"])
    return con


def purchases(sales: Any, as_of: Any, *, count: bool = False) -> tuple[duckdb.DuckDBPyConnection, list[Note], Any]:
    """A connection with the table ``days``: customer, day, what he paid that day (net), orders; up to ``as_of``.

    ``buys`` says whether something was bought: a day on which only goods came back is no purchase. Cancelled rows,
    those without customer or day, and those after ``as_of`` are left out and counted. A day is one order unless orders
    are to be counted, which costs most of the time.
    """
    last = day_of(as_of)
    con = heard(sales)
    there = {r[0] for r in con.execute("SELECT column_name FROM (DESCRIBE given)").fetchall()}
    valid = "coalesce(lower(CAST(status AS VARCHAR)), '') <> ?" if "status" in there else "? IS NOT NULL"
    each = "count(DISTINCT order_id)" if count and "order_id" in there else "1"
    known = "customer_id IS NOT NULL AND ordered_at IS NOT NULL AND amount IS NOT NULL"
    counted = con.execute(
        f"SELECT count(*), count(*) FILTER (NOT ({known})), count(*) FILTER (({known}) AND NOT ({valid})), "
        f"count(*) FILTER (({known}) AND ({valid}) AND CAST(ordered_at AS DATE) > ?) FROM given",
        [_CANCELLED, _CANCELLED, last.date()],
    ).fetchall()[0]
    notes = []
    for n, code in zip(
        counted[1:],
        ("retention.note.unknown_rows", "retention.note.cancelled", "retention.note.later_sales"),
        strict=True,
    ):
        if n:
            notes.append(Note(code, {"n": n, "as_of": last}))
    con.execute(
        f"CREATE TABLE days AS SELECT customer_id AS customer, CAST(ordered_at AS DATE) AS day, "
        f"sum(CAST(amount AS DOUBLE)) AS amount, {each} AS orders, sum(CAST(amount AS DOUBLE)) > 0 AS buys "
        f"FROM given WHERE {known} AND {valid} AND CAST(ordered_at AS DATE) <= ? GROUP BY 1, 2",
        [_CANCELLED, last.date()],
    )
    bought, only_returns = con.execute(
        "SELECT count(*) FILTER (b), count(*) FILTER (NOT b) "
        "FROM (SELECT bool_or(buys) AS b FROM days GROUP BY customer)"
    ).fetchall()[0]
    if only_returns:
        notes.append(Note("retention.note.only_returns", {"n": only_returns}))
    if not bought:
        raise UserError("retention.empty", table="sales")
    return con, notes, last
