"""What this room reads: appointments, their reminders, the hours of doctors, visits; and what it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...schema import Column, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "APPOINTMENTS",
    "FEWEST",
    "REMINDERS",
    "SLOTS",
    "STATUSES",
    "VISITS",
    "day_of",
    "flags_of",
    "frame_of",
    "label_of",
    "number",
    "times_of",
]

STATUSES = ("attended", "no_show", "cancelled", "rescheduled")
FEWEST = 30  # a share of fewer is shown with its interval, and called too few for a verdict

APPOINTMENTS = Table(
    "appointments",
    (
        Column("appointment_id", "id", required=True),
        Column("patient_id", "id", required=True, personal=True),
        Column("booked_on", "date"),
        Column("scheduled_at", "datetime", required=True),
        Column("lead_days", "integer", low=0),
        Column("status", "category", required=True),
        Column("new_patient", "boolean"),
        Column("slot_id", "id"),
        Column("payer_id", "id"),
    ),
    key=("appointment_id",),
    grain="one appointment; its status is attended, no_show, cancelled or rescheduled",
)
REMINDERS = Table(
    "reminders",
    (
        Column("appointment_id", "id", required=True),
        Column("sent", "boolean", required=True),
        Column("arm", "category"),
        Column("hours_before", "quantity"),
    ),
    key=(),
    grain="one reminder, sent or (in the control arm of a trial) not; several of one appointment are one",
)
SLOTS = Table(
    "slots",
    (
        Column("slot_id", "id", required=True),
        Column("starts_at", "datetime", required=True),
        Column("doctor_id", "id"),
        Column("booked", "boolean"),
    ),
    key=("slot_id",),
    grain="one hour, or part of one, in which one doctor can see one patient",
)
VISITS = Table(
    "visits",
    (
        Column("visit_id", "id"),
        Column("checked_in_at", "datetime"),
        Column("examined_at", "datetime"),
        Column("left_at", "datetime"),
        Column("wait_minutes", "quantity", low=0),
    ),
    key=(),
    grain="one visit; who left before being seen has left_at and no examined_at",
)


def frame_of(table: Any, columns: Sequence[str], name: str) -> pd.DataFrame:
    """The frame, with every column that the analysis can't do without."""
    frame = getattr(table, "table", table)  # a Result, or what ingest hands over, has the frame inside
    if hasattr(frame, "to_pandas"):
        frame = frame.to_pandas()
    if not hasattr(frame, "columns"):
        raise UserError("appointments.no_table", found=type(table).__name__)
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        found = [str(c) for c in frame.columns]
        near = [n for m in missing for n in suggest(m, found, 1)]
        raise UserError("appointments.missing_column", table=name, wanted=missing, found=found, near=near)
    if not len(frame):
        raise UserError("appointments.empty", table=name)
    # tables put together from parts bring labels that stand for several rows
    return frame if frame.index.is_unique else frame.reset_index(drop=True)


def day_of(value: Any, name: str) -> pd.Timestamp:
    """A day, or a moment, however it is written."""
    import pandas as pd

    try:
        day = pd.Timestamp(value)
    except (ValueError, TypeError) as bad:
        raise UserError("appointments.bad_day", name=name, found=value) from bad
    if day is pd.NaT or isinstance(value, bool | int | float):
        raise UserError("appointments.bad_day", name=name, found=value)
    return day.tz_localize(None)


def number(value: Any, name: str, least: float, most: float = float("inf"), *, whole: bool = False) -> Any:
    """A number that a person gave, if it can be used."""
    fits = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
    if not fits or value == float("inf") or (whole and value != int(value)):
        raise UserError("appointments.bad_number", name=name, found=value, wanted=[least, most])
    return int(value) if whole else value


def times_of(frame: pd.DataFrame, column: str, table: str) -> pd.Series:
    """A column of moments."""
    import pandas as pd

    values = frame[column]
    if not pd.api.types.is_datetime64_any_dtype(values):
        try:
            values = pd.to_datetime(values, format="ISO8601")
        except (ValueError, TypeError) as bad:
            raise UserError("appointments.bad_times", table=table, column=column, found=str(bad)[:80]) from bad
    return values.dt.tz_localize(None) if values.dt.tz is not None else values


def flags_of(frame: pd.DataFrame, column: str, table: str) -> pd.Series:
    """A column of yes and no as 1, 0 and missing; a count is a yes from 1 on."""
    import numpy as np
    import pandas as pd

    values = frame[column]
    if not (pd.api.types.is_bool_dtype(values) or pd.api.types.is_numeric_dtype(values)):
        raise UserError("appointments.not_yes_or_no", table=table, column=column, found=str(values.iloc[0]))
    numbers = values.astype(float)
    return pd.Series(np.where(numbers.isna(), np.nan, (numbers > 0).astype(float)), index=frame.index)


def label_of(value: Any) -> Any:
    """A group's name as it stands in a table; ``None`` where it is not known."""
    missing = value is None or value != value
    return None if missing else value.item() if hasattr(value, "item") else value
