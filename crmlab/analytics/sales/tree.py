"""Revenue as a product: customers, orders of each, value of an order, margin; what moved it, and what would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import UserError, suggest
from ...frames import day_of, days_of, frame_of, number
from ...results import Note, Result, Source

__all__ = ["LEVERS", "levers", "revenue_tree"]

LEVERS = ("customers", "orders_per_customer", "order_value", "margin_share")


def levers(
    customers: float,
    orders_per_customer: float,
    order_value: float,
    margin_share: float | None = None,
    *,
    change: float | Mapping[str, float] = 0.05,
    source: Source | None = None,
) -> Result:
    """What revenue becomes when levers move: each alone, and all together.

    Parameters
    ----------
    customers, orders_per_customer, order_value : float
    margin_share : float, optional
        With it the last column is the margin; it is no part of revenue.
    change : float or mapping of lever to float
        0.05 is 5 % more of each of the three; or which lever moves how much. ``margin_share`` too changes by a part
        of itself, not by points.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``sales.levers``: a row a lever and one for all ``together``: ``base``, ``changed``, ``change_share``,
        ``revenue``, ``gain``, ``gain_share``, and ``margin`` where its share is known. Gains of single levers don't
        add up to that of all together: ``facts["interaction"]`` is what is between them.

    Notes
    -----
    ``revenue = customers · orders per customer · value of an order``. That a lever can be moved without another giving
    way (more customers, but smaller ones) is assumed here, and seldom true.

    Examples
    --------
    >>> found = levers(1000, 4, 200_000).facts
    >>> found["revenue"], round(found["factor"], 6), round(found["revenue_after"] / 1e6, 1)
    (800000000.0, 1.157625, 926.1)
    """
    import pandas as pd

    base = {"customers": number(customers, "customers", 0)}
    base["orders_per_customer"] = number(orders_per_customer, "orders_per_customer", 0)
    base["order_value"] = number(order_value, "order_value", 0)
    if margin_share is not None:
        base["margin_share"] = number(margin_share, "margin_share", -1, 1)
    moves = dict(change) if isinstance(change, Mapping) else dict.fromkeys(LEVERS[:3], change)
    for name, by in moves.items():
        if name not in base:
            raise UserError("sales.bad_lever", found=name, wanted=list(base), near=suggest(str(name), list(base)))
        number(by, name, -1)

    def outcome(which: Mapping[str, float]) -> tuple[float, float | None]:
        now = {k: v * (1 + which.get(k, 0.0)) for k, v in base.items()}
        revenue = float(now["customers"] * now["orders_per_customer"] * now["order_value"])
        return revenue, revenue * now["margin_share"] if margin_share is not None else None

    start, margin = outcome({})
    rows = []
    for name, value in base.items():
        by = moves.get(name, 0.0)
        revenue, left = outcome({name: by})
        row = {"lever": name, "base": value, "changed": value * (1 + by), "change_share": by}
        rows.append({**row, "revenue": revenue, "gain": revenue - start, "margin": left})
    revenue, left = outcome(moves)
    rows.append({"lever": "together", "base": None, "changed": None, "change_share": None, "revenue": revenue,
                 "gain": revenue - start, "margin": left})  # fmt: skip
    table = pd.DataFrame(rows)
    table["gain_share"] = table["gain"] / start if start else None
    if margin_share is None:
        table = table.drop(columns="margin")
    alone = float(table["gain"].iloc[:-1].sum())
    best = max(rows[:-1], key=lambda r: r["margin"] if r["margin"] is not None else r["revenue"])
    facts = {"revenue": start, "revenue_after": revenue, "factor": revenue / start if start else None}
    facts |= {"gain": revenue - start, "alone": alone, "interaction": revenue - start - alone, "margin": margin}
    facts |= {"margin_after": left, "best": best["lever"], "n": len(rows) - 1}
    units = {"lever": "text", "base": "number", "changed": "number", "change_share": "share", "revenue": "money"}
    units |= {"gain": "money", "gain_share": "share", **({"margin": "money"} if margin_share is not None else {})}
    units = {c: units[c] for c in table.columns}
    return Result("sales.levers", table, {"change": dict(moves), "units": units}, facts, (), source)


def revenue_tree(
    sales: Any, *, year: int, against: int | None = None, as_of: Any, source: Source | None = None
) -> Result:
    """Revenue of a year as customers, orders of each and value of an order, and which of them moved it.

    Parameters
    ----------
    sales : DataFrame
        One row an order: ``customer_id``, ``ordered_at``, ``amount``; ``cost`` or ``margin`` where known.
    year, against : int
        The year before by default.
    as_of : date
        A year that is not over by then is compared with the same days of the other.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``sales.revenue_tree``: a row a lever: ``was``, ``now``, ``ratio``, ``effect`` in money,
        ``effect_share`` of the old revenue. The effects add up to the change of revenue (of margin, where it is
        known) exactly.

    Notes
    -----
    ``effect of x = L · ln(x now / x was)`` with ``L`` the logarithmic mean of both revenues (Ang 2005): nothing is
    left over, and no lever comes first. It is bookkeeping, not cause: there is nothing to estimate and no interval.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"customer_id": [1, 2, 1, 2, 2], "amount": [10, 10, 10, 15, 15.0],
    ...                       "ordered_at": ["2019-01-05", "2019-03-01", "2020-02-01", "2020-03-01", "2020-04-01"]})
    >>> found = revenue_tree(sales, year=2020, as_of="2020-12-31")
    >>> found.facts["change"], round(float(found.table["effect"].sum()), 6)
    (20.0, 20.0)
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(sales, ("customer_id", "ordered_at", "amount"), "sales")
    last, other = day_of(as_of, "as_of"), year - 1 if against is None else against
    day = days_of(frame, "ordered_at", "sales")
    amount = pd.to_numeric(frame["amount"], errors="coerce").fillna(0.0)
    margin = None
    if "margin" in frame.columns or "cost" in frame.columns:
        margin = frame["margin"] if "margin" in frame.columns else amount - frame["cost"]
    notes, cut = [], None
    if last < pd.Timestamp(year, 12, 31):
        cut = (last.month, last.day)
        notes.append(Note("sales.note.part_year", {"year": year, "last": last}))
    found = {}
    for y in (other, year):
        some = (day.dt.year == y) & (day <= last)
        if cut:
            some &= day.dt.month * 100 + day.dt.day <= cut[0] * 100 + cut[1]
        if not some.any() or amount[some].sum() <= 0:
            raise UserError("sales.no_year", found=y, wanted=sorted(int(v) for v in day.dt.year.dropna().unique()))
        people, orders = frame.loc[some, "customer_id"].nunique(), int(some.sum())
        told = {"customers": people, "orders_per_customer": orders / people}
        told["order_value"] = float(amount[some].sum()) / orders
        if margin is not None:
            told["margin_share"] = float(margin[some].sum() / amount[some].sum())
        found[y] = told
    was, now = found[other], found[year]
    if margin is not None and min(was["margin_share"], now["margin_share"]) <= 0:
        notes.append(Note("sales.note.no_margin", {}))
        for told in (was, now):
            del told["margin_share"]
    before, after = (float(np.prod(list(v.values()))) for v in (was, now))
    middle = (after - before) / np.log(after / before) if after != before else before
    rows = [
        {"lever": k, "was": was[k], "now": now[k], "ratio": now[k] / was[k], "effect": middle * np.log(now[k] / was[k])}
        for k in was
    ]
    table = pd.DataFrame(rows)
    table["effect_share"] = table["effect"] / before
    top = table.iloc[int(table["effect"].abs().argmax())]
    revenue = {y: float(np.prod([v[k] for k in LEVERS[:3]])) for y, v in found.items()}
    facts = {"year": year, "against": other, "revenue": revenue[year], "revenue_was": revenue[other]}
    facts |= {"is": "margin" if "margin_share" in now else "revenue", "change": after - before}
    facts |= {"change_share": after / before - 1, "lever": top["lever"], "effect": float(top["effect"])}
    facts |= {"effect_share": float(top["effect_share"]), "n": round(now["customers"] * now["orders_per_customer"])}
    facts |= dict(now)
    units = {"lever": "text", "was": "number", "now": "number", "ratio": "number", "effect": "money"}
    units["effect_share"] = "share"
    params = {"year": year, "against": other, "as_of": last, "units": units}
    return Result("sales.revenue_tree", table, params, facts, tuple(notes), source)
