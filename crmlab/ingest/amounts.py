"""The amount of a line where the source does not give it, and whether it agrees where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import UserError
from ..results import Note
from .questions import Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from .columns import Typed

__all__ = ["DISCOUNTS", "settle_amounts"]

DISCOUNTS = ("amount", "percent", "share")
"""What a discount column may hold: money off the whole line, percent of it (10), or a share of it (0.1)."""


def settle_amounts(typed: Typed, plan: Mapping[str, str], discount: str | None, table: str) -> None:
    """Bring discounts to money, derive ``amount`` where it is missing, and count the lines that contradict it."""
    columns = typed.columns
    gross = columns["quantity"] * columns["unit_price"] if {"quantity", "unit_price"} <= set(columns) else None
    derive = "amount" not in columns and gross is not None
    off = columns.get("discount")
    if off is not None and (off <= 0).all() and (off < 0).any():
        off = columns["discount"] = -off
        typed.notes.append(Note("ingest.note.discount_sign", {"column": plan["discount"]}))
    if off is not None:
        kind = discount or _kind_of_discount(typed, off, gross)
        if kind is None and derive:
            examples = tuple(f"{v:g}" for v in off[off > 0].drop_duplicates().head(3))
            typed.questions.append(Question("discount", plan["discount"], DISCOUNTS, examples))
            typed.errors.append(
                UserError("ingest.ambiguous_discount", table=table, column=plan["discount"], found=examples)
            )
            kind = "amount"
        if kind in ("percent", "share"):
            share = off / 100 if kind == "percent" else off
            base = gross if gross is not None else columns["amount"] / (1 - share)
            columns["discount"] = off = base * share
            typed.notes.append(Note("ingest.note.discount_share", {"column": plan["discount"]}))
    if derive:
        columns["amount"] = gross if off is None else gross - off.fillna(0) * _sign(gross)
        code = "ingest.note.derived_amount" if off is None else "ingest.note.derived_amount_discount"
        values = {"quantity": plan["quantity"], "price": plan["unit_price"]}
        typed.notes.append(Note(code, values if off is None else {**values, "discount": plan["discount"]}))
        columns["amount"] = _clean(columns["amount"])
    elif gross is not None and "amount" in columns:
        net = gross if off is None else gross - off.fillna(0) * _sign(gross)
        amount = columns["amount"]
        # half a unit for rounding, or a hundredth of a percent on large lines
        apart = ((amount - net).abs() > 0.5 + 1e-4 * net.abs()) & ((amount - gross).abs() > 0.5 + 1e-4 * gross.abs())
        if int(apart.sum()):
            typed.notes.append(Note("ingest.note.amount_differs", {"n": int(apart.sum()), "column": plan["amount"]}))


def _sign(gross: pd.Series) -> pd.Series:
    """A return gives the discount back too."""
    return 1 - 2 * (gross < 0)


def _clean(amount: pd.Series) -> pd.Series:
    """Without the dust of binary fractions: 3 x 0.1 is 0.3."""
    return amount.round(6)


def _kind_of_discount(typed: Typed, off: pd.Series, gross: pd.Series | None) -> str | None:
    """What a discount column holds, if its values or the amounts tell."""
    if "discount" in typed.percents:
        return "share"  # 10% was read as 0.1
    highest = off.max()
    if not highest > 0 or highest > 100:
        return "amount"
    if gross is None or "amount" not in typed.columns:
        return None
    given = off > 0
    nets = {"amount": gross - off, "percent": gross * (1 - off / 100), "share": gross * (1 - off)}
    # the reading under which most discounted lines come out at their amount
    agreed = {k: int(((net - typed.columns["amount"]).abs()[given] <= 0.5).sum()) for k, net in nets.items()}
    best = max(agreed, key=agreed.__getitem__)
    return best if agreed[best] > 0.5 * int(given.sum()) else None
