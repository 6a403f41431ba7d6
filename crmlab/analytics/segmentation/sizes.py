"""How large segments are, and what they bring: shares of customers beside shares of money."""

from __future__ import annotations

from typing import Any

from ...results import Note, Result, Source
from .tables import frame_of, members_of, once, order_of

__all__ = ["segment_sizes"]


def segment_sizes(
    segments: Any,
    amounts: Any,
    *,
    amount: str = "amount",
    segment: str = "segment",
    key: str = "customer_id",
    currency: str = "IDR",
    source: Source | None = None,
) -> Result:
    """Customers and money of every segment. All customers are counted, so that there is nothing to estimate.

    Parameters
    ----------
    segments : Result or DataFrame
        One row a customer with ``key`` and ``segment``.
    amounts : Result or DataFrame
        ``key`` and ``amount``, as from :func:`rfm`.
    amount, segment, key : str
    currency : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.sizes``: by segment ``n``, ``customer_share``, ``amount``, ``amount_share`` and
        ``amount_per_customer``.

    Examples
    --------
    >>> people = {"customer_id": ["a", "b", "c"], "segment": ["x", "x", "y"]}
    >>> found = segment_sizes(people, {"customer_id": ["a", "b", "c"], "amount": [6, 2, 2]})
    >>> found.table[["segment", "n", "amount_share"]].values.tolist()
    [['x', 2, 0.8], ['y', 1, 0.2]]
    """
    import pandas as pd

    frame = members_of(segments, segment, key)
    money = frame_of(amounts, (key, amount), "amounts")
    once(money, "amounts", key)
    without = int(frame[segment].isna().sum())
    frame = frame.loc[frame[segment].notna(), [key, segment]]
    joined = frame.merge(money[[key, amount]].rename(columns={amount: "amount"}), on=key, how="left")
    whole, n = float(joined["amount"].sum()), len(joined)
    rows = []
    for name in order_of(segments, frame[segment].unique()):
        its = joined.loc[joined[segment] == name, "amount"]
        row = {"segment": name, "n": len(its), "customer_share": len(its) / n, "amount": float(its.sum())}
        row["amount_share"] = row["amount"] / whole if whole > 0 else None
        rows.append({**row, "amount_per_customer": row["amount"] / len(its)})
    table = pd.DataFrame(rows)
    most, large = table.loc[table["amount"].idxmax()], table.loc[table["n"].idxmax()]
    facts = {"n": n, "amount": whole, "segments": len(table), "without": without, "currency": currency}
    facts |= {"richest": most["segment"], "richest_amount": float(most["amount"]), "richest_n": int(most["n"])}
    facts |= {"richest_share": most["amount_share"], "richest_customer_share": float(most["customer_share"])}
    facts |= {"largest": large["segment"], "largest_n": int(large["n"])}
    notes = (Note("segmentation.without_segment", {"n": without}),) if without else ()
    units = {"n": "count", "customer_share": "share", "amount": "money", "amount_share": "share"}
    params = {"segments": list(table["segment"]), "units": units | {"amount_per_customer": "money"}}
    return Result("segmentation.sizes", table, params, facts, notes, source or getattr(segments, "source", None))
