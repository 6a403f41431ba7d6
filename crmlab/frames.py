"""Tables as analyses take them: a frame with the columns that are needed, days that are days, numbers that fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .errors import UserError, suggest

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["day_of", "days_of", "frame_of", "label_of", "moment_of", "number", "times_of"]


def frame_of(table: Any, columns: Sequence[str], name: str) -> pd.DataFrame:
    """The frame, with every column that an analysis can't do without.

    Parameters
    ----------
    table : DataFrame, pyarrow.Table, Result, or what ingest hands back
    columns : sequence of str
    name : str
        What the table is called in an error.

    Raises
    ------
    UserError
        ``frames.no_table``, ``frames.missing_column``, ``frames.empty``.

    Examples
    --------
    >>> import pandas as pd
    >>> frame_of(pd.DataFrame({"a": [1]}, index=[7]), ["a"], "sales").index.tolist()
    [7]
    """
    frame = getattr(table, "table", table)  # a Result, or what ingest hands over, has the frame inside
    if hasattr(frame, "to_pandas"):
        frame = frame.to_pandas()
    if not hasattr(frame, "columns"):
        raise UserError("frames.no_table", found=type(table).__name__)
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        found = [str(c) for c in frame.columns]
        near = [n for m in missing for n in suggest(m, found, 1)]
        raise UserError("frames.missing_column", table=name, wanted=missing, found=found, near=near)
    if not len(frame):
        raise UserError("frames.empty", table=name)
    # tables put together from parts bring labels that stand for several rows
    return frame if frame.index.is_unique else frame.reset_index(drop=True)


def moment_of(value: Any, name: str) -> pd.Timestamp:
    """A day, or a moment, however it is written.

    Raises
    ------
    UserError
        ``frames.bad_day``.

    Examples
    --------
    >>> moment_of("2024-12-31 08:00", "as_of").isoformat()
    '2024-12-31T08:00:00'
    """
    import pandas as pd

    try:
        day = pd.Timestamp(value)
    except (ValueError, TypeError) as bad:
        raise UserError("frames.bad_day", name=name, found=value) from bad
    if day is pd.NaT or isinstance(value, bool | int | float):
        raise UserError("frames.bad_day", name=name, found=value)
    return day.tz_localize(None)


def day_of(value: Any, name: str) -> pd.Timestamp:
    """The day of a moment: :func:`moment_of` without the hour."""
    return moment_of(value, name).normalize()


def times_of(frame: pd.DataFrame, column: str, table: str) -> pd.Series:
    """A column of moments.

    Raises
    ------
    UserError
        ``frames.bad_times``.
    """
    import pandas as pd

    values = frame[column]
    if not pd.api.types.is_datetime64_any_dtype(values):
        try:
            values = pd.to_datetime(values, format="ISO8601")
        except (ValueError, TypeError) as bad:
            raise UserError("frames.bad_times", table=table, column=column, found=str(bad)[:80]) from bad
    return values.dt.tz_localize(None) if values.dt.tz is not None else values


def days_of(frame: pd.DataFrame, column: str, table: str) -> pd.Series:
    """A column of days: :func:`times_of` without the hour."""
    return times_of(frame, column, table).dt.normalize()


def number(value: Any, name: str, least: float, most: float = float("inf"), *, whole: bool = False) -> Any:
    """A number that a person gave, if it can be used.

    Raises
    ------
    UserError
        ``frames.bad_number``.

    Examples
    --------
    >>> number(3.0, "draws", 1, whole=True)
    3
    """
    fits = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
    if not fits or value == float("inf") or (whole and value != int(value)):
        raise UserError("frames.bad_number", name=name, found=value, wanted=[least, most])
    return int(value) if whole else value


def label_of(value: Any) -> Any:
    """A group's name as it stands in a table; ``None`` where it is not known.

    Examples
    --------
    >>> label_of("shop"), label_of(float("nan"))
    ('shop', None)
    """
    missing = value is None or value != value
    return None if missing else value.item() if hasattr(value, "item") else value
