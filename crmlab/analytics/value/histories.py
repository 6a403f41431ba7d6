"""What the models read of a customer: how often, how recently, for how long; one row each, from any sales table."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Note, Result, Source

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["BOUGHT", "UNITS", "Histories", "day_of", "days_in", "histories", "purchases_of", "summary"]

UNITS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
_FREQUENCY = ("frequency", "x")
_WEIGHT = ("customers", "n")
# a day on which as much came back as was bought, or more, is no purchase; a free order is one
BOUGHT = "sum(amount) > 0 OR (sum(amount) = 0 AND min(amount) = 0)"
SAME_DAY = 0.01  # times rounded to days put a few repeats on the first one; more are orders that nobody merged


def days_in(unit: str) -> float:
    """The days of a unit of time.

    Examples
    --------
    >>> days_in("week")
    7.0
    """
    if unit not in UNITS:
        raise UserError("value.unknown_unit", found=unit, wanted=list(UNITS), near=suggest(str(unit), UNITS))
    return UNITS[unit]


def summary(sales: Any, *, as_of: Any, unit: str = "week") -> Result:
    """One row a customer: repeat purchases, when the last one was, how long ago the first one was, mean spend.

    Parameters
    ----------
    sales : table
        ``customer_id``, ``ordered_at``, ``amount``: a frame, an Arrow table, what ingest gave, or a Parquet file.
    as_of : date
        The last day that counts; later rows are left out.
    unit : {"week", "day", "month", "year"}
        Of the two times. A week is seven days: times are days divided by seven, never counted calendar weeks.

    Returns
    -------
    Result
        ``value.summary`` with ``customer_id``, ``frequency`` (x: days with a purchase, less the first),
        ``first_to_last_<unit>s`` (t_x), ``age_<unit>s`` (T: from the first to
        ``as_of``) and ``monetary`` (mean spend of a repeat purchase; empty without one).

    Raises
    ------
    UserError
        ``value.missing_column``, ``value.unread`` (words that are no date or number), ``value.bad_day``,
        ``value.unknown_unit``, ``value.no_purchases``.

    Notes
    -----
    All that a customer buys on one day is one purchase: a till that splits a basket into two orders makes no customer
    more loyal. A day on which as much came back as was bought, or more, is no purchase and is counted in a note; a
    free order is one.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"customer_id": ["a", "a", "a", "b"], "amount": [5, 3, 4, 9],
    ...                       "ordered_at": ["2020-01-01", "2020-01-15", "2020-01-15", "2020-01-08"]})
    >>> summary(sales, as_of="2020-01-29").table.to_dict("records")[0]
    {'customer_id': 'a', 'frequency': 1, 'first_to_last_weeks': 2.0, 'age_weeks': 4.0, 'monetary': 7.0}
    """
    import duckdb

    length = days_in(unit)
    day = day_of(as_of)
    with duckdb.connect() as con:
        con.register("sales", purchases_of(sales))
        con.execute(
            "CREATE TEMP TABLE days AS SELECT customer_id, CAST(ordered_at AS DATE) AS day, sum(amount) AS amount, "
            f"count(*) AS n, {BOUGHT} AS bought FROM sales "
            "WHERE customer_id IS NOT NULL AND amount IS NOT NULL AND CAST(ordered_at AS DATE) <= ? GROUP BY ALL",
            [day.date()],
        )
        table = con.execute(
            "SELECT customer_id, CAST(count(*) - 1 AS INTEGER) AS frequency, max(day) - min(day) AS recency, "
            "CAST(? AS DATE) - min(day) AS age, (sum(amount) - arg_min(amount, day)) / nullif(count(*) - 1, 0) "
            "AS monetary FROM days WHERE bought GROUP BY customer_id ORDER BY customer_id",
            [day.date()],
        ).df()
        told = con.execute(
            "SELECT (SELECT count(*) FROM sales), (SELECT coalesce(sum(n), 0) FROM days), "
            "(SELECT count(*) FROM sales WHERE CAST(ordered_at AS DATE) > ?), "
            "(SELECT count(*) FROM days WHERE NOT bought), (SELECT count(DISTINCT customer_id) FROM days), "
            "(SELECT coalesce(sum(n - 1), 0) FROM days WHERE bought)",
            [day.date()],
        ).fetchone()
    rows, used, later, returned, everyone, merged = (int(v) for v in told)
    if table.empty:
        raise UserError("value.no_purchases", as_of=day)
    names = {"recency": f"first_to_last_{unit}s", "age": f"age_{unit}s"}
    table[["recency", "age"]] = table[["recency", "age"]] / length
    table["monetary"] = table["monetary"].astype(float)
    table = table.rename(columns=names)
    repeaters = int((table["frequency"] > 0).sum())
    notes = []
    if later:
        notes.append(Note("value.later_rows", {"n": later, "as_of": day}))
    if rows - used - later:
        notes.append(Note("value.incomplete_rows", {"n": rows - used - later}))
    if returned:
        notes.append(Note("value.return_days", {"n": returned, "customers": everyone - len(table)}))
    return Result(
        "value.summary",
        table,
        params={
            "as_of": day,
            "unit": unit,
            "units": {
                "customer_id": "text",
                "frequency": "count",
                names["recency"]: "number",
                names["age"]: "number",
                "monetary": "money",
            },
        },
        facts={
            "n": len(table),
            "repeaters": repeaters,
            "repeaters_share": repeaters / len(table),
            "purchases": int(table["frequency"].sum()) + len(table),
            "merged_rows": merged,
            "mean_frequency": float(table["frequency"].mean()),
            "mean_age": float(table[names["age"]].mean()),
            "mean_monetary": float(table["monetary"].mean()) if repeaters else None,
        },
        notes=tuple(notes),
        source=Source("sales", rows_kept=used, rows_refused=rows - used),
    )


def day_of(value: Any) -> pd.Timestamp:
    """A day, however it is written."""
    import pandas as pd

    try:
        day = pd.Timestamp(value)
        if isinstance(value, bool | int | float) or day is pd.NaT:
            raise ValueError(value)
    except (ValueError, TypeError) as bad:
        raise UserError("value.bad_day", found=value) from bad
    return day.tz_localize(None).normalize()


def purchases_of(sales: Any) -> Any:
    """The three columns, as DuckDB reads them. Words that are no date or no number are refused, never guessed at."""
    import pandas as pd

    wanted = ["customer_id", "ordered_at", "amount"]
    if isinstance(sales, str | os.PathLike):
        import pyarrow.parquet as pq

        sales = pq.read_table(os.fspath(sales))
    sales = getattr(sales, "table", sales) if not hasattr(sales, "column_names") else sales
    if not hasattr(sales, "columns"):
        raise UserError("value.no_table", found=type(sales).__name__)
    names = [str(c) for c in getattr(sales, "column_names", None) or sales.columns]
    missing = [c for c in wanted if c not in names]
    if missing:
        near = [n for m in missing for n in suggest(m, names, 1)]
        raise UserError("value.missing_column", table="sales", wanted=missing, found=names, near=near)
    if hasattr(sales, "column_names"):
        sales = sales.select(wanted)
        kinds = {field.name: str(field.type) for field in sales.schema}
        if not any("string" in kinds[c] for c in wanted[1:]):
            return sales
        sales = sales.to_pandas()
    frame = sales[wanted]
    days, money = frame["ordered_at"], frame["amount"]
    if not pd.api.types.is_datetime64_any_dtype(days):
        frame = frame.assign(ordered_at=pd.to_datetime(days, format="ISO8601", errors="coerce"))
        _refuse_unread("ordered_at", days, frame["ordered_at"])
    if not pd.api.types.is_numeric_dtype(money):
        frame = frame.assign(amount=pd.to_numeric(money, errors="coerce"))
        _refuse_unread("amount", money, frame["amount"])
    return frame


def _refuse_unread(column: str, given: Any, read: Any) -> None:
    import numpy as np

    bad = (given.notna() & read.isna()).to_numpy()
    if bad.any():
        rows = [int(i) + 1 for i in np.flatnonzero(bad)]
        raise UserError("value.unread", table="sales", rows=rows, column=column, found=given[bad].iloc[0])


@dataclass(frozen=True)
class Histories:
    """Customers by what is known of them, equal ones once.

    Attributes
    ----------
    x, t_x, age : numpy.ndarray
        Of the distinct histories, times in ``unit``.
    n : numpy.ndarray
        How many customers each stands for.
    place : numpy.ndarray
        Of every row of the table, which history it is.
    table : pandas.DataFrame
    unit : str
    notes : tuple of Note
    """

    x: np.ndarray
    t_x: np.ndarray
    age: np.ndarray
    n: np.ndarray
    place: np.ndarray
    table: pd.DataFrame
    unit: str
    notes: tuple[Note, ...]

    @property
    def customers(self) -> int:
        return int(self.n.sum())

    @property
    def repeaters(self) -> int:
        return int(self.n[self.x > 0].sum())

    def names(self) -> dict[str, Any]:
        """What the rows are called: the columns that are no history."""
        keys = [c for c in self.table.columns if str(c).endswith("_id")]
        return {c: self.table[c] for c in keys}


def histories(table: Any, unit: str | None = None) -> Histories:
    """Read a summary: this room's, or any table with frequency, recency and age (x, t_x, T).

    Times named with their unit (``recency_days``) are converted to ``unit`` (weeks where nothing says otherwise).
    """
    import numpy as np

    told = table.params.get("unit") if isinstance(table, Result) else None
    frame = getattr(table, "table", table)
    unit = unit or told or "week"
    length = days_in(unit)
    names = [str(c) for c in frame.columns]
    x = frame[_named(names, _FREQUENCY, "frequency")].to_numpy(dtype=float)
    recency, scale = _time(names, ("first_to_last|recency", "t_x", "recency"), length)
    t_x = frame[recency].to_numpy(dtype=float) * scale
    age_name, scale = _time(names, ("age", "T", "age"), length)
    age = frame[age_name].to_numpy(dtype=float) * scale
    weight = next((c for c in _WEIGHT if c in names), None)
    n = frame[weight].to_numpy(dtype=float) if weight else np.ones(len(frame))
    if not len(frame):
        raise UserError("value.too_few", found=0, wanted=1)
    notes = _sound(x, t_x, age, n)
    key = np.zeros(len(frame), dtype=np.int64)
    for values in (x, t_x, age):
        key = _codes(key, values)
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    return Histories(x[first], t_x[first], age[first], np.bincount(place, weights=n), place, frame, unit, notes)


def _codes(key: Any, values: Any) -> Any:
    """The key made finer by one more column; small numbers, so that three columns fit."""
    import pandas as pd

    codes, distinct = pd.factorize(values)
    finer, _ = pd.factorize(key * len(distinct) + codes)
    return finer


def _named(names: Sequence[str], known: Sequence[str], wanted: str) -> str:
    found = next((c for c in known if c in names), None)
    if found is None:
        near = suggest(wanted, names, 1)
        raise UserError("value.missing_column", table="summary", wanted=[wanted], found=list(names), near=near)
    return found


def _time(names: Sequence[str], known: tuple[str, ...], length: float) -> tuple[str, float]:
    """The column of a time and what turns it into the unit."""
    for name in names:
        unit = re.fullmatch(rf"(?:{known[0]})_(day|week|month|year)s", name)
        if unit:
            return name, UNITS[unit.group(1)] / length
    return _named(names, known[1:], known[2]), 1.0


def _sound(x: Any, t_x: Any, age: Any, n: Any) -> tuple[Note, ...]:
    """Refuse what no customer can be; say what a few can only be by rounding."""
    import numpy as np

    def refuse(code: str, bad: Any) -> None:
        if bad.any():
            raise UserError(code, table="summary", rows=[int(i) + 1 for i in np.flatnonzero(bad)])

    every = np.isfinite(x) & np.isfinite(t_x) & np.isfinite(age) & np.isfinite(n)
    refuse("value.gaps", ~every)
    refuse("value.bad_frequency", (x < 0) | (x != np.rint(x)) | (n < 0))
    refuse("value.times_cross", (t_x < 0) | (t_x > age * (1 + 1e-9) + 1e-9))
    refuse("value.no_repeat", (x == 0) & (t_x > 0))
    at_once = (x > 0) & (t_x <= 0)
    few = float(n[at_once].sum())
    if few > SAME_DAY * n.sum():
        refuse("value.no_time", at_once)
    return (Note("value.same_day", {"n": int(few)}),) if few else ()
