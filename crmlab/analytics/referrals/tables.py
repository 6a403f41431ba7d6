"""What this room reads: referrals in and out, and the clinics of the other end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...frames import day_of, days_of, frame_of
from ...results import Note
from ...schema import Column, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CLINICS", "FEWEST", "REFERRALS", "received"]

FEWEST = 30
DIRECTIONS = ("inbound", "outbound")

REFERRALS = Table(
    "referrals",
    (
        Column("referral_id", "id"),
        Column("direction", "category", required=True),
        Column("clinic_id", "id", required=True),
        Column("referred_on", "date", required=True),
        Column("patient_id", "id", personal=True),
        Column("replied", "boolean"),
        Column("replied_on", "date"),
        Column("facility_type", "category"),
    ),
    key=(),
    grain="one referral of one patient, inbound from a clinic or outbound to one",
)
CLINICS = Table(
    "clinics",
    (Column("clinic_id", "id", required=True), Column("clinic", "text"), Column("facility_type", "category")),
    key=("clinic_id",),
    grain="one clinic, practice or hospital of the other end",
)


def received(
    referrals: Any, as_of: Any, direction: str | None, columns: Sequence[str] = (), clinics: Any = None
) -> tuple[pd.DataFrame, list[Note], pd.Timestamp]:
    """The referrals of a direction up to a day: with ``day`` and the clinic's name, and what was left out."""
    frame = frame_of(referrals, ("direction", "clinic_id", "referred_on", *columns), "referrals")
    last = day_of(as_of, "as_of")
    way = frame["direction"].astype("string").str.casefold()
    strange = ~way.isin(DIRECTIONS)
    if strange.any():
        rows = [i + 1 for i, odd in enumerate(strange) if odd]
        raise UserError("referrals.bad_direction", table="referrals", rows=rows, wanted=list(DIRECTIONS))
    day = days_of(frame, "referred_on", "referrals")
    table = frame.assign(day=day, direction=way.astype(object))
    notes = []
    undated = day.isna()
    later = day > last
    for code, gone in (("referrals.note.undated", undated), ("referrals.note.later", later)):
        if gone.any():
            notes.append(Note(code, {"n": int(gone.sum()), "as_of": last}))
    table = table[~undated & ~later]
    if direction:
        table = table[table["direction"] == direction]
    unnamed = table["clinic_id"].isna()
    if unnamed.any():
        notes.append(Note("referrals.note.unknown_clinics", {"n": int(unnamed.sum())}))
    if table.empty:
        raise UserError("referrals.empty", table="referrals")
    table["clinic"] = table["clinic_id"].map(_named(clinics)) if clinics is not None else table["clinic_id"]
    strangers = table["clinic"].isna() & ~unnamed[table.index]
    if strangers.any():
        notes.append(Note("referrals.note.strangers", {"n": int(strangers.sum())}))
        table["clinic"] = table["clinic"].astype(object).where(~strangers, table["clinic_id"].astype(object))
    return table, notes, last


def _named(clinics: Any) -> pd.Series:
    frame = frame_of(clinics, ("clinic_id", "clinic"), "clinics")
    doubled = frame["clinic_id"].duplicated(keep=False)
    if doubled.any():
        raise UserError("referrals.clinic_twice", table="clinics", rows=[i + 1 for i, d in enumerate(doubled) if d])
    return frame.set_index("clinic_id")["clinic"].astype(object)
