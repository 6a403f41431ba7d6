"""What the room reads: tables of a person, of a Result, or a file; which customer each row is; which day is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest

if TYPE_CHECKING:
    import pandas as pd

    from ...results import Result

__all__ = ["MIN_N", "day_of", "frame_of", "members_of", "once", "order_of", "plain", "segments_of"]

MIN_N = 30
"""Below so many customers nothing is said of a group but that it is too small."""


def frame_of(table: Any, columns: Sequence[str] = (), name: str = "table") -> pd.DataFrame:
    """The frame that a person means, with the columns that can't be done without."""
    import pandas as pd

    frame = getattr(table, "table", table)  # a Result, or what was ingested
    if isinstance(frame, dict):
        frame = pd.DataFrame(frame)
    elif not isinstance(frame, pd.DataFrame) and hasattr(frame, "to_pandas"):
        frame = frame.to_pandas()
    if not isinstance(frame, pd.DataFrame):
        raise UserError("segmentation.not_a_table", found=type(table).__name__)
    need(columns, frame.columns, name)
    return frame


def need(columns: Iterable[str], found: Iterable[Any], name: str) -> None:
    """Refuse a table without some of ``columns``."""
    there = [str(c) for c in found]
    missing = [c for c in columns if c not in there]
    if missing:
        near = [n for m in missing for n in suggest(m, there, 1)]
        raise UserError("segmentation.missing_column", table=name, wanted=missing, found=there, near=near)


def day_of(value: Any, what: str = "as_of") -> Any:
    """A day as a Timestamp at midnight.

    Examples
    --------
    >>> day_of("2020-12-31 15:00")
    Timestamp('2020-12-31 00:00:00')
    """
    import pandas as pd

    try:
        day = pd.Timestamp(value)
        if isinstance(value, bool | int | float) or day is pd.NaT:
            raise ValueError(value)
    except (ValueError, TypeError) as bad:
        raise UserError("segmentation.bad_day", found=value, name=what) from bad
    return day.tz_localize(None).normalize()


def once(frame: pd.DataFrame, name: str, key: str = "customer_id") -> None:
    """Refuse a table in which a customer stands in more than one row."""
    if key in frame and frame[key].duplicated().any():
        twice = frame[key][frame[key].duplicated()].unique()
        raise UserError("segmentation.customer_twice", table=name, rows=[*twice[:1000]])


def segments_of(table: Any, segment: str = "segment", key: str = "customer_id") -> pd.Series:
    """By customer: the segment. A customer may stand in one row only."""
    frame = frame_of(table, (key, segment), "segments")
    once(frame, "segments", key)
    return frame.set_index(key)[segment]


def members_of(table: Any, segment: str, key: str = "customer_id") -> pd.DataFrame:
    """A table of customers that knows their segments; those without one stay outside."""
    frame = frame_of(table, (segment,), "customers")
    once(frame, "customers", key)
    if not frame[segment].notna().any():
        raise UserError("segmentation.nothing_left", table="customers")
    return frame


def order_of(result: Result | Any, segments: Iterable[Any]) -> list[Any]:
    """Segments in the order in which a Result names them, others after them by name."""
    said = getattr(result, "params", {}).get("segments", ())
    there = {s for s in segments if s is not None and s == s}
    return [s for s in said if s in there] + sorted((s for s in there if s not in said), key=str)


def plain(x: Any) -> Any:
    """A number of numpy's or pandas' as Python's own; whole ones whole."""
    x = x.item() if hasattr(x, "item") else x
    return int(x) if isinstance(x, float) and x.is_integer() else x
