"""Acquire, enhance, retain: who came, came back, stayed and left, and what was sold to those who stayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import wilson
from ...results import Note, Result
from .tables import amounts_of, frame_of, times_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["KINDS", "acquire_enhance_retain", "follow_up_sales"]

KINDS = ("up_sell", "cross_sell", "repeat_sale", "switch", "new_department")
FREQUENCIES = {"year": "Y", "quarter": "Q", "month": "M"}


def acquire_enhance_retain(sales: Any, *, every: str = "year") -> Result:
    """One row a period: customers at the start, new, reactivated, retained, lost, at the end.

    Parameters
    ----------
    sales : DataFrame
        ``ordered_at, customer_id, amount``. A customer with nothing but returns in a period did not buy in it.
    every : {"year", "quarter", "month"}

    Returns
    -------
    Result
        Kind ``profitability.acquire_enhance_retain``. Start + new + reactivated - lost = end, in every row. Who was
        there before the table begins can't be told, so the first period has no row of its own.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"customer_id": [1, 2, 1, 3], "amount": 10,
    ...                       "ordered_at": ["2019-01-01", "2019-05-01", "2020-02-01", "2020-03-01"]})
    >>> flow = acquire_enhance_retain(sales).table.iloc[0]
    >>> [int(flow[c]) for c in ("customers_start", "new_customers", "lost_customers", "customers_end")]
    [2, 1, 1, 2]
    """
    import pandas as pd

    if every not in FREQUENCIES:
        raise UserError("profitability.bad_every", found=every, wanted=tuple(FREQUENCIES))
    frame = frame_of(sales, ("ordered_at", "customer_id", "amount"), "sales")
    period = times_of(frame, "ordered_at", "sales").dt.to_period(FREQUENCIES[every])
    bought = pd.DataFrame(
        {"who": frame["customer_id"], "period": period, "amount": amounts_of(frame, "amount", "sales")}
    )
    bought = bought[bought["who"].notna()]
    sums = bought.groupby(["period", "who"])["amount"].max()
    only_returns = int((sums <= 0).sum())
    active = sums[sums > 0].reset_index()
    if active.empty:
        raise UserError("profitability.too_few", found=0, least=1)
    whole = pd.period_range(active["period"].min(), active["period"].max(), freq=FREQUENCIES[every])
    members = {p: frozenset(its) for p, its in active.groupby("period")["who"]}
    ever: set = set(members[whole[0]])
    rows, before = [], members[whole[0]]
    for p in whole[1:]:
        now = members.get(p, frozenset())
        new, retained = now - ever, now & before
        row = {
            "period": str(p),
            "customers_start": len(before),
            "new_customers": len(new),
            "reactivated_customers": len(now - before - new),
        }
        row |= {"lost_customers": len(before - now), "customers_end": len(now), "retained_customers": len(retained)}
        low, high = wilson(len(retained), len(before)) if before else (None, None)
        row |= {"retained_share": len(retained) / len(before) if before else None}
        rows.append({**row, "retained_share_low": low, "retained_share_high": high})
        ever |= now
        before = now
    notes = [Note("profitability.first_period", {"period": str(whole[0])})]
    if only_returns:
        notes.append(Note("profitability.only_returns", {"n": only_returns}))
    if not rows:
        raise UserError("profitability.one_period", found=str(whole[0]))
    last = rows[-1]
    facts = {
        **{k: v for k, v in last.items() if k != "period"},
        "last_period": last["period"],
        "n": last["customers_start"],
    }
    units = dict.fromkeys([k for k in last if k.startswith("customers_") or k.endswith("_customers")], "count")
    units |= dict.fromkeys(("retained_share", "retained_share_low", "retained_share_high"), "share") | {
        "period": "text"
    }
    params = {"every": every, "units": units}
    return Result("profitability.acquire_enhance_retain", pd.DataFrame(rows), params, facts, tuple(notes))


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
    found = pd.DataFrame({"kind": kind, "by": lines[by] if by else None})[follows.to_numpy()]
    unknown = int((found["kind"] == "unknown").sum())
    found = found[found["kind"] != "unknown"]
    if found.empty:
        raise UserError("profitability.no_follow_up")
    rows = []
    groups = [*found.groupby("by", observed=True)] if by else []
    for name, its in [*groups, (None, found)]:
        n = len(its)
        for what in KINDS:
            k = int((its["kind"] == what).sum())
            low, high = wilson(k, n)
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
