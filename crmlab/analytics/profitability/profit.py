"""From sales to profit, customer by customer: every component stands in a column, and the columns add up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import wilson
from ...results import Note, Result, Source
from .costs import commission_of, cost_to_serve
from .intervals import FEW, Spread
from .ranks import mean_rows, mean_weighted
from .tables import amounts_of, frame_of, inside, period_of, times_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["customer_profit", "profit_by", "reconcile"]

_PARTS = ("gross_revenue", "discount", "returns", "revenue", "cost_of_goods", "commission")


def customer_profit(
    sales: Any,
    *,
    returns: Any = None,
    costs: Any = None,
    activities: Any = None,
    commission: Any = None,
    period: Any = None,
    cancelled: Sequence[str] = ("cancelled",),
    currency: str = "IDR",
    source: Source | None = None,
) -> Result:
    """What every customer brought in, what he cost, and what is left.

    Parameters
    ----------
    sales : DataFrame, Arrow table or Parquet path
        ``order_id, ordered_at, customer_id, amount`` (after discount) and ``cost``; ``discount``, ``channel`` and
        ``status`` where they are known. One row a line or an order.
    returns : DataFrame, optional
        ``amount`` (what was paid back, positive) by ``customer_id`` or ``order_id``, ``returned_on`` where a period is
        asked for. ``cost``, where there is one, is what goods fit to be sold again are worth; without it they are
        lost.
    costs : DataFrame, optional
        Pools: ``pool, cost``, with ``volume`` (units of the driver) and ``month_starts_on`` where they are known.
        The rate is cost by volume; without ``volume``, by all use in ``activities``.
    activities : DataFrame, optional
        Use: ``customer_id``, ``pool`` (or ``driver``), ``units`` (1 where there is no such column), and
        ``month_starts_on`` or ``occurred_at`` where costs have months. :func:`usage` makes it.
    commission : mapping or DataFrame, optional
        The share of the amount that a channel keeps: ``{"marketplace": 0.09}``, or a table with ``commission_share``.
    period : str, int or pair, optional
        ``2020``, ``"2020-03"``, ``("2020-01", "2020-06")``; by default all that the tables hold.
    cancelled : sequence of str
        Values of ``status`` that are no sale.
    currency : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``profitability.customer_profit``. A customer with any unknown cost has no profit: ``unknown_parts`` says
        what is missing, and he is in no sum of profits. ``rank`` 1 earns most; equal profits share a rank.

    Examples
    --------
    The worked example of activity-based costs: pools of 60, 90 and 50 million.

    >>> import pandas as pd
    >>> sales = pd.DataFrame({"order_id": [1, 2], "ordered_at": "2020-01-05", "customer_id": ["X", "Y"],
    ...                       "amount": [12e6, 15e6], "cost": [9e6, 12e6]})
    >>> costs = pd.DataFrame({"pool": ["calls", "deliveries", "visits"], "cost": [60e6, 90e6, 50e6],
    ...                       "volume": [3000, 4500, 250]})
    >>> use = pd.DataFrame({"customer_id": list("XXXYYY"), "pool": ["calls", "deliveries", "visits"] * 2,
    ...                     "units": [10, 20, 5, 40, 60, 8]})
    >>> customer_profit(sales, costs=costs, activities=use).table["profit"].tolist()
    [1400000.0, -600000.0]
    """
    import pandas as pd

    wanted = ("order_id", "ordered_at", "customer_id", "amount")
    frame = frame_of(sales, wanted, "sales")
    if "cost" not in frame:
        raise UserError("profitability.no_cost", table="sales", found=[str(c) for c in frame.columns])
    if (costs is None) != (activities is None):
        raise UserError("profitability.half_of_activities", found="costs" if costs is not None else "activities")
    span = period_of(period)
    times = times_of(frame, "ordered_at", "sales")
    notes: list[Note] = []
    lines = pd.DataFrame({"customer_id": frame["customer_id"], "order_id": frame["order_id"]})
    lines["revenue"] = amounts_of(frame, "amount", "sales")
    lines["cost_of_goods"] = amounts_of(frame, "cost", "sales")
    if "discount" in frame:
        lines["discount"] = amounts_of(frame, "discount", "sales")
        lines["gross_revenue"] = lines["revenue"] + lines["discount"]
    if commission is not None:
        lines["commission"] = commission_of(frame, lines["revenue"], commission)
    kept = inside(times, span)
    if "status" in frame:
        no_sale = frame["status"].isin(list(cancelled)) & kept
        if no_sale.any():
            lost = {"n": int(no_sale.sum()), "amount": float(lines["revenue"][no_sale].sum())}
            notes.append(Note("profitability.cancelled_out", lost))
        kept &= ~no_sale
    owners = lines[["order_id", "customer_id"]].drop_duplicates("order_id")
    lines, first, last = lines[kept], times[kept].min(), times[kept].max()
    nobody = lines["customer_id"].isna()
    if nobody.any():
        lost = {"n": int(nobody.sum()), "amount": float(lines["revenue"][nobody].sum())}
        notes.append(Note("profitability.nobodys_sales", lost))
    lines = lines[~nobody]
    table = lines.groupby("customer_id")[["order_id"]].nunique().rename(columns={"order_id": "orders"})
    for part in _PARTS:
        if part in lines:
            table[part] = _known_sum(lines, part)
    returned = None
    if returns is not None:
        returned = _returned(returns, owners, span, notes)
        if (lines["revenue"] < 0).any():
            notes.append(Note("profitability.returns_twice", {"n": int((lines["revenue"] < 0).sum())}))
    served, pools = None, ()
    if costs is not None:
        served, pools, told = cost_to_serve(costs, activities, span)
        notes += told["notes"]
    others = [part.index for part in (returned, served) if part is not None]
    everyone = table.index
    for more in others:
        everyone = everyone.union(more, sort=False)
    # one without sales sold for nothing and cost nothing to buy: these zeros are known
    table = table.reindex(everyone)
    new = ~table.index.isin(lines["customer_id"].unique())
    table[new] = table[new].fillna(0)
    if returned is not None:
        back = returned.reindex(everyone, fill_value=0.0)
        table["returns"] = back["amount"]
        table["revenue"] = table["revenue"] - back["amount"]
        table["cost_of_goods"] = table["cost_of_goods"] - back["cost"]
    pool_columns = [f"cost_{pool}" for pool in pools]
    if served is not None:
        table[pool_columns] = served.reindex(everyone, fill_value=0.0)[list(pools)].to_numpy()
        table["cost_to_serve"] = table[pool_columns].sum(axis=1, skipna=False)
    subtracted = [c for c in ("cost_of_goods", "commission", "cost_to_serve") if c in table]
    table["profit"] = table["revenue"]
    for part in subtracted:
        table["profit"] = table["profit"] - table[part]
    table["profit_share"] = table["profit"] / table["revenue"].where(table["revenue"] > 0)
    missing = table[["revenue", *subtracted]].isna()
    table["unknown_parts"] = None
    if missing.any(axis=None):
        some = missing.any(axis=1)
        said = missing[some].apply(lambda row: ", ".join(c for c in missing.columns if row[c]), axis=1)
        table["unknown_parts"] = table["unknown_parts"].astype(object).where(~some, said.reindex(table.index))
    known = table["profit"].notna()
    if not known.any():
        raise UserError("profitability.nothing_known", table="sales", n=len(table))
    table["rank"] = table["profit"].rank(ascending=False, method="min").astype("Int64")
    table = table.reset_index(names="customer_id").sort_values(
        ["rank", "customer_id"], key=lambda c: c if c.name == "rank" else c.astype(str), na_position="last"
    )
    order = (
        "rank",
        "customer_id",
        "orders",
        *_PARTS,
        *pool_columns,
        "cost_to_serve",
        "profit",
        "profit_share",
        "unknown_parts",
    )
    table = table[[c for c in order if c in table]].reset_index(drop=True)
    facts = _facts(table)
    facts |= {"first": span[0] if span else first, "last": span[1] if span else last, "currency": currency}
    if served is not None:
        facts |= told["facts"]
    absent = [
        name
        for name, there in (
            ("returns", returns is not None or (lines["revenue"] < 0).any()),
            ("commission", commission is not None),
            ("cost_to_serve", costs is not None),
        )
        if not there
    ]
    facts["not_counted"] = tuple(absent)
    if absent:
        notes.insert(0, Note("profitability.not_counted", {"parts": absent}))
    if facts["unknown"]:
        lost = {"n": facts["unknown"], "customers": facts["customers"], "amount": facts["unknown_revenue"]}
        notes.insert(0, Note("profitability.unknown_apart", lost))
    money = [c for c in table if c in _PARTS or c.startswith("cost_") or c == "profit"]
    units = {**dict.fromkeys(money, "money"), "profit_share": "share", "orders": "count", "rank": "count"}
    units |= {"customer_id": "key", "unknown_parts": "text"}
    params = {"period": _said(span), "components": tuple(subtracted), "pools": tuple(pools), "units": units}
    params["cancelled"] = tuple(cancelled)
    return Result("profitability.customer_profit", table, params, facts, tuple(notes), source)


def _said(span: tuple[Any, Any] | None) -> tuple[str, ...] | None:
    return None if span is None else tuple(str(day.date()) for day in span)


def _known_sum(lines: pd.DataFrame, part: str) -> pd.Series:
    """Sums by customer; one unknown line makes the sum unknown."""
    grouped = lines[part].groupby(lines["customer_id"])
    sums = grouped.sum()
    if lines[part].isna().any():
        sums = sums.where(grouped.count() == grouped.size())
    return sums


def _returned(returns: Any, owners: pd.DataFrame, span: Any, notes: list[Note]) -> pd.DataFrame:
    """What every customer was paid back, and what of the goods can be sold again."""
    import pandas as pd

    back = frame_of(returns, ("amount",), "returns")
    if "customer_id" not in back:
        back = frame_of(back, ("order_id",), "returns").merge(owners, on="order_id", how="left")
    made = pd.DataFrame({"customer_id": back["customer_id"], "amount": amounts_of(back, "amount", "returns")})
    if (made["amount"] < 0).any():
        raise UserError("profitability.negative_return", table="returns", rows=_rows(made["amount"] < 0))
    made["cost"] = amounts_of(back, "cost", "returns") if "cost" in back else 0.0
    if "cost" not in back:
        notes.append(Note("profitability.goods_lost"))
    if span is not None:
        made = made[inside(times_of(frame_of(back, ("returned_on",), "returns"), "returned_on", "returns"), span)]
    orphans = made["customer_id"].isna()
    if orphans.any():
        lost = {"n": int(orphans.sum()), "amount": float(made["amount"][orphans].sum())}
        notes.append(Note("profitability.nobodys_returns", lost))
    made = made[~orphans]
    return pd.DataFrame({part: _known_sum(made, part) for part in ("amount", "cost")})


def _rows(bad: pd.Series) -> list[int]:
    import numpy as np

    return [int(i) + 1 for i in np.flatnonzero(bad.to_numpy())]


def _facts(table: pd.DataFrame) -> dict[str, Any]:
    known = table[table["profit"].notna()]
    facts: dict[str, Any] = {"customers": len(table), "n": len(known), "unknown": len(table) - len(known)}
    for column in table:
        if column in _PARTS or column.startswith("cost_") or column == "profit":
            facts[column] = float(known[column].sum(skipna=False))
    apart = table[table["profit"].isna()]
    facts["unknown_revenue"] = float(apart["revenue"].sum())
    facts["profit_share"] = facts["profit"] / facts["revenue"] if facts["revenue"] > 0 else None
    losing = int((known["profit"] < 0).sum())
    low, high = wilson(losing, len(known))
    facts |= {"loss_making": losing, "loss_making_share": losing / len(known)}
    facts |= {"loss_making_share_low": low, "loss_making_share_high": high}
    return facts


def reconcile(profit: Result, *, sales: Any, returns: Any = None, costs: Any = None) -> Result:
    """Whether the profits add up to the tables that they were made of, counted again from those.

    Parameters
    ----------
    profit : Result
        Of :func:`customer_profit`.
    sales, returns, costs : DataFrame
        The tables that were given there.

    Returns
    -------
    Result
        Kind ``profitability.reconcile``: one row for each figure, as the tables have it, where it went, and what is
        left. ``facts["reconciled"]`` is true where nothing above one hundredth of a unit of money is left.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"order_id": [1, 2], "ordered_at": "2020-01-05", "customer_id": ["X", None],
    ...                       "amount": [10.0, 4.0], "cost": [7.0, 3.0]})
    >>> told = reconcile(customer_profit(sales), sales=sales)
    >>> told.table[["in_tables", "of_customers", "of_nobody", "difference"]].iloc[0].tolist(), told.facts["reconciled"]
    ([14.0, 10.0, 4.0, 0.0], True)
    """
    import pandas as pd

    table, span = profit.table, period_of(profit.params["period"])
    frame = frame_of(sales, ("ordered_at", "customer_id", "amount"), "sales")
    kept = inside(times_of(frame, "ordered_at", "sales"), span)
    off = frame["status"].isin(profit.params["cancelled"]) if "status" in frame else kept & False
    nobody = frame["customer_id"].isna()

    def row(
        figure: str, values: pd.Series, got: float, outside: pd.Series, no_sale: pd.Series, whose: pd.Series
    ) -> dict:
        whole = float(values.sum())
        parts = (outside, ~outside & no_sale, ~outside & ~no_sale & whose)
        apart = [float(values[part].sum()) for part in parts]
        named = ("outside_period", "cancelled", "of_nobody")
        left = whole - got - sum(apart)
        return {
            "reconciled_figure": figure,
            "in_tables": whole,
            "of_customers": got,
            **dict(zip(named, apart, strict=True)),
            "difference": left,
        }

    refunds = table.get("returns", 0.0)
    credit = 0.0
    if returns is not None:
        back = frame_of(returns, ("amount",), "returns")
        never = pd.Series(False, index=back.index)
        late = ~inside(times_of(back, "returned_on", "returns"), span) if span else never
        if "customer_id" in back:
            orphan = back["customer_id"].isna()
        else:
            orphan = ~back["order_id"].isin(frame.loc[~nobody, "order_id"])
        if "cost" in back:
            credit = float(back["cost"][~late & ~orphan].sum())
    rows = [row("revenue", frame["amount"], float((table["revenue"] + refunds).sum()), ~kept, off, nobody)]
    if table["cost_of_goods"].notna().all():
        rows.append(
            row("cost_of_goods", frame["cost"], float(table["cost_of_goods"].sum()) + credit, ~kept, off, nobody)
        )
    if returns is not None:
        rows.append(row("returns", back["amount"], float(table["returns"].sum()), late, never, orphan))
    if costs is not None:
        pools = frame_of(costs, ("pool", "cost"), "costs")
        months = times_of(pools, "month_starts_on", "costs") if "month_starts_on" in pools else None
        for pool in profit.params["pools"]:
            its = pools["pool"] == pool
            never = pd.Series(False, index=pools.index)[its]
            late = ~inside(months[its], span) if months is not None else never
            made = row(f"cost_{pool}", pools["cost"][its], float(table[f"cost_{pool}"].sum()), late, never, never)
            # what no customer used is the pool's own: idle time, or use by nobody known
            rows.append({**made, "of_nobody": profit.facts["unallocated_by_pool"][pool]})
            rows[-1]["difference"] = made["difference"] - rows[-1]["of_nobody"]
    parts = [c for c in profit.params["components"] if c in table]
    again = table["revenue"] - table[parts].sum(axis=1, skipna=False)
    gap = float((again - table["profit"]).abs().max())
    found = pd.DataFrame(rows)
    worst = float(found["difference"].abs().max())
    facts = {"n": len(found), "largest_difference": worst, "largest_gap": gap, "currency": profit.facts["currency"]}
    facts["reconciled"] = bool(worst < 0.01 and gap < 0.01)
    units = {**dict.fromkeys([c for c in found if c != "reconciled_figure"], "money"), "reconciled_figure": "text"}
    note = Note("profitability.reconciled" if facts["reconciled"] else "profitability.not_reconciled", facts)
    return Result("profitability.reconcile", found, {"units": units}, facts, (note,), profit.source)


def profit_by(profit: Result, groups: Any, *, by: str, confidence: float = 0.95) -> Result:
    """Profit by segment, kind of customer, or whatever is known of customers; ratios from sums.

    Parameters
    ----------
    profit : Result
        Of :func:`customer_profit`.
    groups : DataFrame
        ``customer_id`` and the column ``by``, one row a customer.
    by : str
    confidence : float

    Returns
    -------
    Result
        Kind ``profitability.profit_by``: per group the sums, the mean profit of a customer with its interval, and a
        verdict: ``real`` where the mean is surely not zero, ``noise`` where it may be, ``too_few`` below 30 customers,
        ``heavy_tail`` where one giant decides it: then there is no interval.
        The last row totals.
    """
    import pandas as pd

    known = frame_of(groups, ("customer_id", by), "groups")[["customer_id", by]].drop_duplicates()
    twice = known["customer_id"].duplicated(keep=False)
    if twice.any():
        raise UserError("profitability.two_groups", table="groups", rows=_rows(twice), by=by)
    joined = profit.table.merge(known, on="customer_id", how="left")
    rows = []
    for name, its in [*joined.groupby(by, dropna=False, observed=True), (None, joined)]:
        rows.append({"row": "member", by: None if pd.isna(name) else name, **_group(its, confidence)})
    rows[-1]["row"] = "total"
    members = sorted(rows[:-1], key=lambda r: -r["profit"])
    table = pd.DataFrame([*members, rows[-1]])
    facts = {"n": int(rows[-1]["n"]), "profit": rows[-1]["profit"], "groups": len(members)}
    facts |= {"best": members[0][by], "best_profit": members[0]["profit"], "currency": profit.facts["currency"]}
    units = {"profit_share": "share", "loss_making_share": "share", "verdict": "text"}
    units |= dict.fromkeys(("n", "unknown_customers"), "count")
    columns = ("revenue", "profit", "profit_per_customer", "profit_per_customer_low", "profit_per_customer_high")
    units |= dict.fromkeys(columns, "money")
    params = {"by": by, "confidence": confidence, "units": units}
    return Result("profitability.profit_by", table, params, facts, (), profit.source)


def _group(its: pd.DataFrame, confidence: float) -> dict[str, Any]:
    import numpy as np

    known = its[its["profit"].notna()]
    n, revenue, total = len(known), float(known["revenue"].sum()), float(known["profit"].sum())
    mean = total / n if n else None
    spread = Spread(np.sort(known["profit"].to_numpy(dtype=float)), confidence, FEW)
    low, high = spread.interval(mean_rows, mean_weighted)
    verdict = spread.refused or ("real" if low > 0 or high < 0 else "noise")
    return {
        "n": n,
        "unknown_customers": len(its) - n,
        "revenue": revenue,
        "profit": total,
        "profit_share": total / revenue if revenue > 0 else None,
        "loss_making_share": float((known["profit"] < 0).mean()) if n else None,
        "profit_per_customer": mean,
        "profit_per_customer_low": low,
        "profit_per_customer_high": high,
        "verdict": verdict,
    }
