"""What a channel keeps, and what activities cost each customer who used them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...results import Note
from .tables import amounts_of, frame_of, inside, times_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["commission_of", "cost_to_serve"]

_TIMES = ("month_starts_on", "month", "occurred_at")


def commission_of(frame: pd.DataFrame, amount: pd.Series, commission: Any) -> pd.Series:
    """The commission of every row; a channel that the rates don't name has an unknown one."""
    if isinstance(commission, Mapping):
        key, rates = "channel", dict(commission)
    else:
        told = frame_of(commission, ("commission_share",), "commission")
        key = next((c for c in ("channel_id", "channel") if c in told and c in frame), "channel")
        told = frame_of(told, (key,), "commission")
        rates = dict(zip(told[key], amounts_of(told, "commission_share", "commission"), strict=True))
    channel = frame_of(frame, (key,), "sales")[key]
    wrong = [str(c) for c, rate in rates.items() if not 0 <= rate <= 1]
    if wrong:
        raise UserError("profitability.bad_commission", table="commission", found=wrong)
    share = channel.map(rates)
    return amount * share.astype(float)


def cost_to_serve(costs: Any, activities: Any, span: Any) -> tuple[pd.DataFrame, tuple[str, ...], dict[str, Any]]:
    """The cost of every pool by customer: use times rate; unknown where there is use and no rate.

    Returns
    -------
    DataFrame
        Customers by pools.
    tuple of str
        The pools.
    dict
        ``facts`` and ``notes``.
    """
    import pandas as pd

    given = frame_of(costs, ("pool", "cost"), "costs")
    pools = pd.DataFrame({"pool": given["pool"].astype(str), "cost": amounts_of(given, "cost", "costs")})
    if (pools["cost"] < 0).any():
        raise UserError("profitability.negative_cost", table="costs", found="cost")
    monthly = "month_starts_on" in given
    pools["volume"] = amounts_of(given, "volume", "costs") if "volume" in given else float("nan")
    used = frame_of(activities, ("customer_id",), "activities")
    key = "pool" if "pool" in used else "driver"
    frame_of(used, (key,), "activities")
    named = used[key].astype(str)
    if key == "driver":
        drivers = dict(zip(frame_of(given, ("driver",), "costs")["driver"].astype(str), pools["pool"], strict=True))
        named = named.map(drivers).fillna(named)
    use = pd.DataFrame({"customer_id": used["customer_id"], "pool": named})
    use["units"] = amounts_of(used, "units", "activities") if "units" in used else 1.0
    if (use["units"] < 0).any():
        raise UserError("profitability.negative_cost", table="activities", found="units")
    names = tuple(dict.fromkeys([*pools["pool"], *use["pool"]]))
    if taken := sorted({"of_goods", "to_serve"} & set(names)):
        raise UserError("profitability.taken_name", table="costs", found=taken)
    keys = ["pool"]
    if monthly:
        if span is not None and (span[0].day != 1 or (span[1] + pd.Timedelta(days=1)).day != 1):
            raise UserError("profitability.part_of_month", found=[str(day.date()) for day in span])
        when = next((c for c in _TIMES if c in used), None)
        if when is None:
            raise UserError("profitability.missing_column", table="activities", wanted=_TIMES[:1], found=list(used))
        pools["month"] = _month(times_of(given, "month_starts_on", "costs"))
        use["month"] = _month(times_of(used, when, "activities"))
        pools, use = pools[inside(pools["month"], span)], use[inside(use["month"], span)]
        keys = ["pool", "month"]
    elif span is not None and (when := next((c for c in _TIMES if c in used), None)):
        use = use[inside(times_of(used, when, "activities"), span)]
    rates = pools.groupby(keys, observed=True)[["cost", "volume"]].sum(min_count=1)
    units = use.groupby(keys, observed=True)["units"].sum().rename("used")
    known_use = use[use["customer_id"].notna()].groupby(keys, observed=True)["units"].sum().rename("used_by_known")
    whole = rates.join(units, how="outer").join(known_use)
    # without a volume, all known use shares the pool
    whole["volume"] = whole["volume"].where(whole["volume"].notna(), whole["used"] if "volume" not in given else None)
    whole["rate"] = whole["cost"] / whole["volume"].where(whole["volume"] > 0)
    use = use.merge(whole["rate"].reset_index(), on=keys, how="left")
    use["money"] = (use["units"] * use["rate"]).where(use["units"] > 0, 0.0)
    someones = use[use["customer_id"].notna()]
    grouped = someones.groupby(["customer_id", "pool"], observed=True)["money"]
    money = grouped.sum()
    if someones["money"].isna().any():
        money = money.where(grouped.count() == grouped.size())
    # use that no rate is known for must stay unknown: only the absence of use is a zero
    table = money.unstack("pool")
    asked = grouped.size().unstack("pool").notna() if len(someones) else table.notna()
    table = table.where(table.notna() | asked, 0.0).reindex(columns=list(names), fill_value=0.0)
    cost = {p: float(pools.loc[pools["pool"] == p, "cost"].sum()) for p in names}
    handed = {p: float(table[p].sum()) for p in names}
    idle = {p: cost[p] - handed[p] for p in names}
    total, allocated = sum(cost.values()), sum(handed.values())
    facts = {"pool_cost": total, "allocated": allocated, "unallocated": total - allocated, "unallocated_by_pool": idle}
    notes = []
    if abs(total - allocated) > 0.5:
        left = {"amount": total - allocated, "share": (total - allocated) / total if total else 0.0}
        notes.append(Note("profitability.unallocated", left))
    over = whole[(whole["used_by_known"] > whole["volume"] + 1e-9) & whole["rate"].notna()]
    if len(over):
        notes.append(Note("profitability.used_more", {"pools": _pools(over)}))
    blind = whole[whole["rate"].isna() & (whole["used"] > 0)]
    if len(blind):
        notes.append(Note("profitability.no_rate", {"pools": _pools(blind)}))
    unused = whole[(whole["volume"] == 0) & (whole["cost"] > 0) & ~(whole["used"] > 0)]
    if len(unused):
        notes.append(Note("profitability.idle_pool", {"pools": _pools(unused), "amount": float(unused["cost"].sum())}))
    return table, names, {"facts": facts, "notes": notes}


def _month(times: pd.Series) -> pd.Series:
    return times.dt.to_period("M").dt.to_timestamp().astype("datetime64[us]")


def _pools(some: pd.DataFrame) -> list[str]:
    return sorted(set(some.index.get_level_values("pool")))
