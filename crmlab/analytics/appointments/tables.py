"""What this room reads: appointments, their reminders, the hours of doctors, visits; and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import UserError
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
    "flags_of",
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


def flags_of(frame: pd.DataFrame, column: str, table: str) -> pd.Series:
    """A column of yes and no as 1, 0 and missing; a count is a yes from 1 on."""
    import numpy as np
    import pandas as pd

    values = frame[column]
    if not (pd.api.types.is_bool_dtype(values) or pd.api.types.is_numeric_dtype(values)):
        raise UserError("appointments.not_yes_or_no", table=table, column=column, found=str(values.iloc[0]))
    numbers = values.astype(float)
    return pd.Series(np.where(numbers.isna(), np.nan, (numbers > 0).astype(float)), index=frame.index)
