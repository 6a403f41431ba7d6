"""What the subject reads: columns that must be there, amounts that must be numbers, periods, values to be ranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Result

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["amounts_of", "frame_of", "inside", "period_of", "times_of", "values_of"]


def frame_of(table: Any, columns: Sequence[str], name: str) -> pd.DataFrame:
    """The table as a frame, with every column that can't be done without; a Parquet path or an Arrow table will do."""
    import os

    if isinstance(table, str | os.PathLike):
        import pyarrow.parquet as pq

        table = pq.read_table(table)
    frame = getattr(table, "table", table)  # ingest and Results hold a frame inside
    if hasattr(frame, "to_pandas"):
        frame = frame.to_pandas()
    if not hasattr(frame, "columns"):
        raise UserError("profitability.no_table", table=name, found=type(table).__name__)
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        found = [str(c) for c in frame.columns]
        near = [n for m in missing for n in suggest(m, found, 1)]
        raise UserError("profitability.missing_column", table=name, wanted=missing, found=found, near=near)
    return frame


def amounts_of(frame: pd.DataFrame, column: str, table: str) -> pd.Series:
    """A column of numbers: text is refused with its rows, infinity too; missing stays missing."""
    import numpy as np
    import pandas as pd

    given = frame[column]
    numbers = given if pd.api.types.is_numeric_dtype(given) else pd.to_numeric(given, errors="coerce")
    numbers = numbers.astype("float64")
    bad = (numbers.isna() & given.notna()) | np.isinf(numbers)
    if bad.any():
        rows = [int(i) + 1 for i in np.flatnonzero(bad.to_numpy())]
        raise UserError("profitability.not_a_number", table=table, rows=rows, column=column)
    return numbers


def times_of(frame: pd.DataFrame, column: str, table: str) -> pd.Series:
    """A column of times; what can't be read is refused with its rows."""
    import numpy as np
    import pandas as pd

    given = frame[column]
    # 05/01/2020 is May or January: text must say its year first, as ingest writes it
    text = not pd.api.types.is_datetime64_any_dtype(given)
    times = pd.to_datetime(given, errors="coerce", format="ISO8601" if text else None)
    bad = times.isna().to_numpy()
    if bad.any():
        raise UserError(
            "profitability.bad_time", table=table, rows=[int(i) + 1 for i in np.flatnonzero(bad)], column=column
        )
    return times.dt.tz_localize(None) if times.dt.tz is not None else times


def period_of(period: Any) -> tuple[Any, Any] | None:
    """The first and the last day of a year, a month, or a pair of them or of days; ``None`` stays ``None``.

    Examples
    --------
    >>> [str(day.date()) for day in period_of(("2020-01", "2020-06"))]
    ['2020-01-01', '2020-06-30']
    >>> [str(day.date()) for day in period_of(2019)]
    ['2019-01-01', '2019-12-31']
    """
    import pandas as pd

    if period is None:
        return None
    ends = period if isinstance(period, list | tuple) else (period, period)
    try:
        first, last = (pd.Period(str(p)[:10] if hasattr(p, "isoformat") else str(p)) for p in ends)
        first, last = first.start_time, last.end_time.normalize()
    except (ValueError, TypeError) as bad:
        raise UserError("profitability.bad_period", found=str(period)) from bad
    if first > last:
        raise UserError("profitability.period_backwards", found=[str(p) for p in ends])
    return first, last


def inside(times: pd.Series, span: tuple[Any, Any] | None) -> pd.Series:
    """Which times fall on the days of a period."""
    import pandas as pd

    if span is None:
        return pd.Series(True, index=times.index)
    return (times >= span[0]) & (times < span[1] + pd.Timedelta(days=1))


def values_of(values: Any, column: str, least: int = 5) -> tuple[np.ndarray, int, str]:
    """Known values as an array, how many are unknown, and what they are called.

    Raises
    ------
    UserError
        ``profitability.too_few``: a share of so few says nothing.
    """
    import numpy as np
    import pandas as pd

    if isinstance(values, np.ndarray) and values.dtype == np.float64 and np.isfinite(values).all():
        if len(values) < least:
            raise UserError("profitability.too_few", found=len(values), least=least)
        return values, 0, column
    if isinstance(values, Result):
        values = values.table
    if isinstance(values, pd.DataFrame):
        frame = frame_of(values, (column,), "values")
        series = amounts_of(frame, column, "values")
        name = column
    else:
        series = pd.Series(values)
        name = str(series.name) if series.name is not None else column
        series = amounts_of(series.to_frame("value"), "value", "values")
    known = series.to_numpy(dtype=float)
    unknown = int(np.isnan(known).sum())
    known = known[~np.isnan(known)]
    if len(known) < least:
        raise UserError("profitability.too_few", found=len(known), least=least)
    return known, unknown, name
