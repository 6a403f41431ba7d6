"""The amount of a line where the source does not give it, and whether it agrees where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import UserError
from ..results import Note
from .headers import key_of
from .questions import Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from .columns import Typed

__all__ = ["COSTS", "DISCOUNTS", "settle_amounts", "settle_costs"]

COSTS = ("line", "unit")
"""What a cost column may hold: the cost of the whole line, or of one unit."""

DISCOUNTS = ("amount", "percent", "share")
"""What a discount column may hold: money off the whole line, percent of it (10), or a share of it (0.1)."""


def settle_amounts(typed: Typed, plan: Mapping[str, str], discount: str | None, table: str) -> None:
    """Bring discounts to money, derive ``amount`` where it is missing, and count the lines that contradict it.

    A discount of which nothing tells what it holds, beside an amount that is given, is left to the person's own
    columns.
    """
    columns = typed.columns
    gross = columns["quantity"] * columns["unit_price"] if {"quantity", "unit_price"} <= set(columns) else None
    derive = "amount" not in columns and gross is not None
    off = columns.get("discount")
    given = off.dropna() if off is not None else None
    if off is not None and (given <= 0).all() and (given < 0).any():
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
        elif kind is None:
            # nothing tells, and nothing hangs on it: better the person's own column than a wrong amount
            del columns["discount"]
            typed.notes.append(Note("ingest.note.discount_unclear", {"column": plan["discount"]}))
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


def settle_costs(typed: Typed, plan: Mapping[str, str], cost: str | None, table: str) -> None:
    """Bring ``cost`` to the whole line: a column of unit costs is multiplied by the quantity.

    The header tells (``harga_pokok`` is a price, ``total_hpp`` a total), else the products do: whatever stays the
    same while their quantity changes. Where neither does, the person is asked.
    """
    columns = typed.columns
    if "cost" not in columns or "quantity" not in columns:
        return
    many = columns["quantity"].abs() > 1
    if not (many & columns["cost"].notna()).any():
        return
    kind = cost or _kind_of_cost(columns, plan["cost"])
    if kind is None:
        examples = tuple(f"{v:g}" for v in columns["cost"][many].dropna().drop_duplicates().head(3))
        typed.questions.append(Question("cost", plan["cost"], COSTS, examples))
        typed.errors.append(UserError("ingest.ambiguous_cost", table=table, column=plan["cost"], found=examples))
    elif kind == "unit":
        columns["cost"] = _clean(columns["cost"] * columns["quantity"])
        typed.notes.append(Note("ingest.note.cost_per_unit", {"column": plan["cost"], "quantity": plan["quantity"]}))


def _kind_of_cost(columns: Mapping[str, pd.Series], header: str) -> str | None:
    import pandas as pd

    words = set(key_of(header).split("_"))
    if words & {"harga", "unit", "satuan", "each"}:
        return "unit"
    if words & {"total", "jumlah", "line", "subtotal"}:
        return "line"
    product = next((columns[c] for c in ("product_id", "product") if c in columns), None)
    if product is None:
        return None
    size = columns["quantity"].abs()
    lines = pd.DataFrame(
        {"product": product, "size": size, "line": columns["cost"].abs(), "unit": columns["cost"].abs() / size}
    )
    lines = lines[(size > 0) & lines["product"].notna() & (lines["line"] > 0)]
    groups = lines.groupby("product")
    spread = (groups[["line", "unit"]].std() / groups[["line", "unit"]].mean())[groups["size"].nunique() > 1]
    if not len(spread):
        return None
    steady = float((spread["line"] < spread["unit"]).mean())  # the written cost varies less than cost by quantity
    return "unit" if steady > 0.8 else "line" if steady < 0.2 else None
