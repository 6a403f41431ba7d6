"""What this room reads, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema import Column, Table

if TYPE_CHECKING:
    pass

__all__ = [
    "CONTRACTS",
    "FEWEST",
    "MESSAGES",
    "OFFERS",
    "TASKS",
    "VISITS",
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
