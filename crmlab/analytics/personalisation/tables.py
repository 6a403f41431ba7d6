"""What the checks read: columns that must be there, numbers that must be numbers, answers that are yes or no."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...results import Result

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["day_of", "days_of", "frame_of", "keys_of", "numbers_of", "yes_or_no"]


def frame_of(table: Any, name: str) -> pd.DataFrame:
    """The table as a frame; a Result, an Arrow table, a Parquet path or a form filled in as a list of dicts will do."""
    import pandas as pd

    if isinstance(table, str | os.PathLike):
        import pyarrow.parquet as pq

        table = pq.read_table(table)
    frame = table.table if isinstance(table, Result) else getattr(table, "table", table)
    if hasattr(frame, "to_pandas"):
        frame = frame.to_pandas()
    if isinstance(frame, list | tuple | dict):
        frame = pd.DataFrame(frame)
    if not hasattr(frame, "columns"):
        raise UserError("personalisation.no_table", table=name, found=type(table).__name__)
    if not len(frame):
        raise UserError("personalisation.empty_table", table=name)
    return frame.reset_index(drop=True)


def need(frame: pd.DataFrame, columns: Sequence[str], name: str) -> None:
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        found = [str(c) for c in frame.columns]
        near = [n for m in missing for n in suggest(m, found, 1)]
        raise UserError("personalisation.missing_column", table=name, wanted=missing, found=found, near=near)


def _refuse(code: str, bad: pd.Series, name: str, column: str) -> None:
    import numpy as np

    if bad.any():
        rows = [int(i) + 1 for i in np.flatnonzero(bad.to_numpy())]
        raise UserError(f"personalisation.{code}", table=name, rows=rows, column=column)


def numbers_of(frame: pd.DataFrame, column: str, name: str, negative: bool = False, empty: bool = False) -> pd.Series:
    """A column of numbers; text, infinity and, unless allowed, what is negative or missing are refused."""
    import numpy as np
    import pandas as pd

    given = frame[column]
    numbers = (given if pd.api.types.is_numeric_dtype(given) else pd.to_numeric(given, errors="coerce")).astype(float)
    _refuse("not_a_number", (numbers.isna() & given.notna()) | np.isinf(numbers), name, column)
    if not empty:
        _refuse("empty_cell", numbers.isna(), name, column)
    if not negative:
        _refuse("negative", numbers < 0, name, column)
    return numbers


def yes_or_no(frame: pd.DataFrame, column: str, name: str) -> pd.Series:
    """A column of true and false; 1 and 0 will do."""
    given = frame[column]
    _refuse("empty_cell", given.isna(), name, column)
    _refuse("not_yes_or_no", ~given.isin([True, False]), name, column)
    return given.astype(bool)


def keys_of(frame: pd.DataFrame, column: str, name: str, once: bool = False) -> pd.Series:
    """A column that says who; nobody is refused, and, where each may stand only once, who stands twice."""
    given = frame[column]
    _refuse("empty_cell", given.isna(), name, column)
    if once:
        _refuse("twice", given.duplicated(keep=False), name, column)
    return given


def days_of(frame: pd.DataFrame, column: str, name: str) -> pd.Series:
    """A column of days; what can't be read is refused, what is missing stays missing."""
    import pandas as pd

    given = frame[column]
    text = not pd.api.types.is_datetime64_any_dtype(given)
    days = pd.to_datetime(given, errors="coerce", format="ISO8601" if text else None)
    days = days.dt.tz_localize(None) if days.dt.tz is not None else days
    _refuse("bad_day", days.isna() & given.notna(), name, column)
    return days.dt.normalize()


def day_of(asked: Any) -> pd.Timestamp:
    """The day that counts as today."""
    import pandas as pd

    try:
        day = pd.Timestamp(asked)
    except (ValueError, TypeError) as bad:
        raise UserError("personalisation.bad_as_of", found=str(asked)) from bad
    if pd.isna(day):
        raise UserError("personalisation.bad_as_of", found=str(asked))
    return day.normalize().tz_localize(None)
