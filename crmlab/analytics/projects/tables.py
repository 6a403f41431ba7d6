"""What this room reads: tables as a person keeps them, in a frame or as a list of dicts that JSON can hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...frames import frame_of, number
from ...schema import Column, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COSTS", "FLOWS", "PROGRESS", "RISKS", "TASKS", "blank", "column_of", "names_of", "rate_of", "table_of"]

FLOWS = Table(
    "flows",
    (
        Column("item", "text", required=True),
        Column("kind", "category", required=True),  # cost, benefit, latent
        Column("period", "integer", required=True, low=0),
        Column("amount", "amount", required=True, low=0),
    ),
    key=("item", "period"),
    grain="one item in one period; amounts are positive, the kind says which way they flow",
)
COSTS = Table(
    "costs",
    (
        Column("option", "text", required=True),
        Column("item", "text", required=True),
        Column("amount", "amount", required=True, low=0),
        Column("every", "category", required=True),  # once, month, year
        Column("per_user", "boolean"),
    ),
    key=("option", "item"),
    grain="one cost of one option",
)
TASKS = Table(
    "tasks",
    (
        Column("task", "id", required=True),
        Column("after", "text"),  # predecessors: a list, or names with commas between
        Column("duration", "quantity", low=0),
        Column("optimistic", "quantity", low=0),
        Column("likely", "quantity", low=0),
        Column("pessimistic", "quantity", low=0),
    ),
    key=("task",),
    grain="one task",
)
RISKS = Table(
    "risks",
    (
        Column("risk", "text", required=True),
        Column("probability", "share", required=True),
        Column("impact", "amount", required=True, low=0),
        Column("mitigation", "text"),
        Column("contingency", "text"),
        Column("owner", "text"),
    ),
    key=("risk",),
    grain="one risk",
)
PROGRESS = Table(
    "progress",
    (
        Column("period", "text", required=True),
        Column("planned", "amount", required=True, low=0),
        Column("earned", "amount", low=0),
        Column("actual", "amount", low=0),
    ),
    key=("period",),
    grain="one reporting period, all amounts counted from the beginning of the project",
)


def table_of(given: Any, columns: Sequence[str], name: str) -> pd.DataFrame:
    """The frame of what was given, with the columns that are needed.

    Examples
    --------
    >>> table_of([{"task": "A", "duration": 3}], ["task"], "tasks").shape
    (1, 2)
    """
    import pandas as pd

    rows = isinstance(given, Sequence) and not isinstance(given, str) and all(isinstance(r, Mapping) for r in given)
    if isinstance(given, Mapping) or rows:
        # what is whole or yes and no stays so, beside cells that are empty
        given = pd.DataFrame(given if isinstance(given, Mapping) else list(given), dtype=object)
        if not len(given):
            raise UserError("frames.empty", table=name)
    return frame_of(given, columns, name).reset_index(drop=True)


def blank(value: Any) -> bool:
    """Whether a cell says nothing.

    Examples
    --------
    >>> blank(None), blank(" "), blank(float("nan")), blank(0), blank([])
    (True, True, True, False, True)
    """
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple):
        return not value
    return value is None or value != value


def names_of(frame: pd.DataFrame, column: str, name: str) -> list[str]:
    """A column of names: each there, and there once.

    Raises
    ------
    UserError
        ``projects.no_name``, ``projects.twice``.
    """
    empty = [i + 1 for i, v in enumerate(frame[column]) if blank(v)]
    if empty:
        raise UserError("projects.no_name", table=name, rows=empty, column=column)
    names = [str(v).strip() for v in frame[column]]
    twice = list(dict.fromkeys(n for n in names if names.count(n) > 1)) if len(set(names)) < len(names) else []
    if twice:
        rows = [i + 1 for i, n in enumerate(names) if n in twice]
        raise UserError("projects.twice", table=name, rows=rows, column=column, found=twice)
    return names


def column_of(
    frame: pd.DataFrame,
    column: str,
    name: str,
    labels: Sequence[str],
    *,
    least: float = 0.0,
    most: float = float("inf"),
    needed: bool = True,
) -> list[float]:
    """A column of numbers within bounds; what is missing is not a number where it may be.

    Raises
    ------
    UserError
        ``projects.no_number``, ``projects.negative``, ``projects.out_of_bounds``, each with the rows' own names.
    """
    import math

    values, odd, low, high = [], [], [], []
    for label, cell in zip(labels, frame[column] if column in frame else [None] * len(frame), strict=True):
        try:
            value = math.nan if blank(cell) else float(cell)
        except (TypeError, ValueError):
            value = math.inf
        values.append(value)
        if isinstance(cell, bool) or math.isinf(value) or (needed and math.isnan(value)):
            odd.append(label)
        elif value < least:
            low.append(label)
        elif value > most:
            high.append(label)
    if odd:
        raise UserError("projects.no_number", table=name, rows=odd, column=column)
    if low and not least:
        found = [v for v in values if v < 0]
        raise UserError("projects.negative", table=name, rows=low, column=column, found=found)
    if low or high:
        found = [v for v in values if v < least or v > most]
        raise UserError("projects.out_of_bounds", table=name, rows=low + high, column=column, found=found,
                        wanted=[least, most])  # fmt: skip
    return values


def rate_of(rate: Any) -> float:
    """A discount rate of one period as a share.

    Raises
    ------
    UserError
        ``projects.rate_in_percent`` for 12 instead of 0.12, ``frames.bad_number``.

    Examples
    --------
    >>> rate_of(0.12)
    0.12
    """
    if isinstance(rate, int | float) and not isinstance(rate, bool) and 1 <= rate <= 1000:
        raise UserError("projects.rate_in_percent", found=rate, share=rate / 100)
    return float(number(rate, "rate", 0, 1))
