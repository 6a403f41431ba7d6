"""What segments are made of: every customer's recency, frequency, money and use of promotions, as figures of their own
kind, not yet transformed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...results import Note, Result, Source
from .purchases import purchases
from .tables import frame_of, plain

__all__ = ["features"]

_DAYS_A_MONTH = 30.4375
_PRIOR = 4


def features(
    sales: Any,
    *,
    as_of: Any,
    customers: Any = None,
    promo: str | None = None,
    returns: Any = None,
    cancelled: Sequence[str] = ("cancelled",),
    min_orders: int = 2,
    currency: str = "IDR",
    source: Source | None = None,
) -> Result:
    """Every customer's figures for :func:`fit_segments`.

    Parameters
    ----------
    sales : DataFrame, Arrow table, or path of a Parquet file
    as_of : date
    customers : DataFrame, optional
        ``customer_id``, ``registered_on`` and where known ``closed_on``: how long a customer could have bought. Without
        it that time begins with his first order, which then is not counted: it set the clock going. Much is lost with
        it: of PT XYZ's planted segments k-means then finds fewer again (see :func:`fit_segments`).
    promo : str, optional
        The column of ``sales`` that says whether a promotion was used; adds ``promo_share``.
    returns, cancelled
        As for :func:`rfm`.
    min_orders : int
        Customers with fewer orders have no habits yet: they are set aside and counted.
    currency : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.features``: ``customer_id``, ``recency_days``, ``orders_a_month``, ``average_order`` (before
        returns) and ``promo_share``, drawn towards the usual share by four orders' worth, since one order of one with a
        promotion is not 100 %.

    Examples
    --------
    >>> sales = {"customer_id": ["a", "a", "b", "b"], "order_id": [1, 2, 3, 4], "amount": [50, 70, 20, 90]}
    >>> sales |= {"ordered_at": ["2020-01-01", "2020-12-30", "2020-03-01", "2020-09-30"]}
    >>> features(sales, as_of="2020-12-31").table.round(2).values.tolist()
    [['a', 1, 0.08, 60.0], ['b', 92, 0.1, 55.0]]
    """
    import pandas as pd

    found = purchases(sales, as_of, returns=returns, cancelled=cancelled, promo=promo)
    table = found.table
    notes = list(found.notes)
    if not isinstance(min_orders, int) or min_orders < 1:
        raise UserError("segmentation.bad_number", found=min_orders, name="min_orders", low=1)
    few = table["orders"] < min_orders
    everybody = int((table["orders"] > 0).sum())
    usual = float(table["promo_orders"].sum() / max(table["orders"].sum(), 1)) if promo else None
    table = table[~few].reset_index(drop=True)
    if few.any():
        notes.append(Note("segmentation.too_few_orders", {"n": int(few.sum()), "orders": min_orders}))
    if table.empty:
        raise UserError("segmentation.nothing_left", table="sales")
    begun, ended = table["first_on"], pd.Series(found.as_of, index=table.index)
    started_by_order = pd.Series(True, index=table.index)
    if customers is not None:
        people = frame_of(customers, ("customer_id", "registered_on"), "customers").drop_duplicates(
            "customer_id", keep="last"
        )
        people = people.set_index("customer_id")
        registered = pd.to_datetime(table["customer_id"].map(people["registered_on"]))
        # records begin with the first sale of all: before it nobody could be seen to buy
        begun = registered.clip(lower=pd.Timestamp(found.facts["first_on"])).fillna(begun)
        begun = begun.where(begun <= table["first_on"], table["first_on"])
        started_by_order = ~(registered < table["first_on"])
        if "closed_on" in people:
            closed = pd.to_datetime(table["customer_id"].map(people["closed_on"]))
            ended = closed.where(closed <= found.as_of).fillna(found.as_of)
            ended = ended.where(ended >= table["last_on"], table["last_on"])
        missing = int(registered.isna().sum())
        if missing:
            notes.append(Note("segmentation.not_registered", {"n": missing}))
    months = ((ended - begun).dt.days / _DAYS_A_MONTH).clip(lower=1)
    out = pd.DataFrame(
        {
            "customer_id": table["customer_id"],
            "recency_days": (found.as_of - table["last_on"]).dt.days,
            "orders_a_month": (table["orders"] - started_by_order) / months,
            "average_order": table["gross_amount"] / table["orders"],
        }
    )
    units = {"recency_days": "days", "orders_a_month": "number", "average_order": "money"}
    facts = {"n": len(out), "set_aside": everybody - len(out), "as_of": found.as_of.date(), "currency": currency}
    facts |= {"orders": int(table["orders"].sum()), "median_order": plain(out["average_order"].median()), **found.facts}
    if promo:
        out["promo_share"] = (table["promo_orders"] + _PRIOR * usual) / (table["orders"] + _PRIOR)
        units["promo_share"] = "share"
        facts["usual_promo_share"] = usual
    params = {"as_of": found.as_of.date(), "min_orders": min_orders, "promo": promo, "units": units}
    params["member_since"] = "registered_on" if customers is not None else "first_on"
    source = source or Source(
        "sales", "", found.facts["rows"] - found.facts["rows_left_out"], found.facts["rows_left_out"]
    )
    return Result("segmentation.features", out, params, facts, tuple(notes), source)
