"""What was sold to those who had bought before: up-selling, cross-selling, the same again.

Who came, came back, stayed and left is counted by the room of retention (``crm.retention.movements``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import bunched
from ...results import Note, Result
from .intervals import FEW
from .tables import frame_of, times_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["KINDS", "follow_up_sales"]

KINDS = ("up_sell", "cross_sell", "repeat_sale", "switch", "new_department")


def follow_up_sales(
    sales: Any, *, tiers: tuple[str, ...] = ("budget", "standard", "premium"), by: str | None = None
) -> Result:
    """What was sold to those who had bought before: up-selling, cross-selling, the same again.

    Parameters
    ----------
    sales : DataFrame
        Lines: ``order_id, ordered_at, customer_id, product_id, subcategory, category, department, price_tier``.
    tiers : tuple of str
        From cheap to dear.
    by : str, optional
        A column: shares of each of its members.

    Returns
    -------
    Result
        Kind ``profitability.follow_up_sales``. A line that follows an earlier order of its customer is, in this order:
        ``repeat_sale`` (the same product), ``up_sell`` (a subcategory that he bought, in a dearer tier than ever),
        ``switch`` (that subcategory or category, no dearer), ``cross_sell`` (another category of a department that
        he bought in), ``new_department``. Lines of products that nobody can place are ``unknown``, counted and in
        no share.
    """
    import numpy as np
    import pandas as pd

    wanted = ("ordered_at", "customer_id", "product_id", "subcategory", "category", "department", "price_tier")
    frame = frame_of(sales, [*wanted, *([by] if by else [])], "sales")
    lines = frame[[*wanted, *([by] if by else [])]].copy()
    lines["ordered_at"] = times_of(frame, "ordered_at", "sales")
    lines = lines[lines["customer_id"].notna()]

    def before(*keys: str) -> pd.Series:
        """Whether the customer had these at an earlier moment."""
        first = lines.groupby(["customer_id", *keys], observed=True)["ordered_at"].transform("min")
        return lines["ordered_at"] > first

    tier = lines["price_tier"].astype(object).map({t: i for i, t in enumerate(tiers)}).astype(float)
    placed = lines[["product_id", "subcategory", "category", "department"]].notna().all(axis=1) & tier.notna()
    same = ["customer_id", "subcategory", "ordered_at"]
    highest = tier.groupby([lines[c] for c in same], observed=True).max()
    highest = highest.groupby(level=[0, 1], observed=True).cummax().groupby(level=[0, 1], observed=True).shift()
    reached = highest.rename("reached").reset_index()
    reached = lines[same].merge(reached, on=same, how="left")["reached"].set_axis(lines.index)
    kind = np.select(
        [
            ~placed,
            before("product_id"),
            before("subcategory") & (tier > reached),
            before("category"),
            before("department"),
        ],
        ["unknown", "repeat_sale", "up_sell", "switch", "cross_sell"],
        "new_department",
    )
    follows = before()
    found = pd.DataFrame({"kind": kind, "by": lines[by] if by else None, "who": lines["customer_id"]})
    found = found[follows.to_numpy()]
    unknown = int((found["kind"] == "unknown").sum())
    found = found[found["kind"] != "unknown"]
    if found.empty:
        raise UserError("profitability.no_follow_up")
    rows = []
    groups = [*found.groupby("by", observed=True)] if by else []
    for name, its in [*groups, (None, found)]:
        n, each = len(its), its.groupby("who", observed=True).size()
        for what in KINDS:
            of_kind = its["kind"] == what
            k = int(of_kind.sum())
            # what one customer buys again and again is one habit, not so many cases
            low, high = (
                bunched(of_kind.groupby(its["who"], observed=True).sum(), each) if len(each) >= FEW else (None,) * 2
            )
            row = {
                "row": "member" if name is not None or not by else "total",
                **({by: name} if by else {}),
                "follow_up": what,
            }
            rows.append(
                {**row, "lines": k, "n": n, "lines_share": k / n, "lines_share_low": low, "lines_share_high": high}
            )
    totals = {r["follow_up"]: r for r in rows[-len(KINDS) :]}
    facts: dict[str, Any] = {"n": len(found), "unknown": unknown, "first_lines": int((~follows).sum())}
    for what, r in totals.items():
        facts |= {f"{what}_share": r["lines_share"], f"{what}_share_low": r["lines_share_low"]}
        facts[f"{what}_share_high"] = r["lines_share_high"]
    notes = [Note("profitability.unplaced", {"n": unknown})] if unknown else []
    units = {"lines": "count", "n": "count", "follow_up": "text"}
    units |= dict.fromkeys(("lines_share", "lines_share_low", "lines_share_high"), "share")
    return Result("profitability.follow_up_sales", pd.DataFrame(rows), {"by": by, "units": units}, facts, tuple(notes))
