"""What this room reads, and what it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...schema import Column, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "CONTRACTS",
    "FEWEST",
    "MESSAGES",
    "OFFERS",
    "TASKS",
    "VISITS",
    "day_of",
    "days_of",
    "frame_of",
    "label_of",
]

FEWEST = 30  # a share of fewer is shown with its interval, and called too few for a verdict

VISITS = Table(
    "visits",
    (
        Column("checked_in_at", "datetime", required=True),
        Column("patient_id", "id", required=True, personal=True),
        Column("payer_group", "category"),
        Column("unit", "category"),
        Column("amount", "amount"),
        Column("cost", "amount"),
    ),
    key=(),
    grain="one visit of one patient",
)
OFFERS = Table(
    "offers",
    (
        Column("patient_id", "id", personal=True),
        Column("offered", "boolean", required=True),
        Column("bought", "boolean", required=True),
    ),
    key=(),
    grain="one decision whether to offer something to one patient, and whether he bought it",
)
CONTRACTS = Table(
    "contracts",
    (
        Column("contract_id", "id"),
        Column("starts_on", "date", required=True),
        Column("ends_on", "date", required=True),
        Column("status", "category", required=True),
        Column("amount", "amount"),
    ),
    key=(),
    grain="one contract with one company; its status is running, renewed or ended",
)
TASKS = Table(
    "tasks",
    (
        Column("task_id", "id"),
        Column("owner", "category", required=True),
        Column("priority", "category"),
        Column("created_on", "date", required=True),
        Column("due_on", "date", required=True),
        Column("done_on", "date"),
        Column("status", "category"),
    ),
    key=(),
    grain="one task of one owner; without done_on it is not done",
)
MESSAGES = Table(
    "messages",
    (
        Column("sender", "category", required=True),
        Column("receiver", "category", required=True),
        Column("reply_minutes", "quantity", low=0),
    ),
    key=(),
    grain="one message; without reply_minutes nobody replied",
)


def frame_of(table: Any, columns: Sequence[str], name: str) -> pd.DataFrame:
    """The frame, with every column that the analysis can't do without."""
    frame = getattr(table, "table", table)
    if hasattr(frame, "to_pandas"):
        frame = frame.to_pandas()
    if not hasattr(frame, "columns"):
        raise UserError("patients.no_table", found=type(table).__name__)
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        found = [str(c) for c in frame.columns]
        near = [n for m in missing for n in suggest(m, found, 1)]
        raise UserError("patients.missing_column", table=name, wanted=missing, found=found, near=near)
    if not len(frame):
        raise UserError("patients.empty", table=name)
    # tables put together from parts bring labels that stand for several rows
    return frame if frame.index.is_unique else frame.reset_index(drop=True)


def day_of(value: Any, name: str) -> pd.Timestamp:
    """A day, however it is written."""
    import pandas as pd

    try:
        day = pd.Timestamp(value)
    except (ValueError, TypeError) as bad:
        raise UserError("patients.bad_day", name=name, found=value) from bad
    if day is pd.NaT or isinstance(value, bool | int | float):
        raise UserError("patients.bad_day", name=name, found=value)
    return day.tz_localize(None).normalize()


def days_of(frame: pd.DataFrame, column: str, table: str) -> pd.Series:
    """A column of days."""
    import pandas as pd

    values = frame[column]
    if not pd.api.types.is_datetime64_any_dtype(values):
        try:
            values = pd.to_datetime(values, format="ISO8601")
        except (ValueError, TypeError) as bad:
            raise UserError("patients.bad_days", table=table, column=column, found=str(bad)[:80]) from bad
    values = values.dt.tz_localize(None) if values.dt.tz is not None else values
    return values.dt.normalize()


def label_of(value: Any) -> Any:
    """A group's name as it stands in a table; ``None`` where it is not known."""
    missing = value is None or value != value
    return None if missing else value.item() if hasattr(value, "item") else value
