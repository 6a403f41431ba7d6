"""Claims that many repeat, worked through: what they would mean for one's own numbers, in every way to read them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ...errors import UserError
from ...results import Note, Result
from .closed import FORMULAS, checked

__all__ = ["kpi_claims", "retention_profit", "roi"]

CLAIM = (0.25, 0.95)
SHARES = ("conversion", "churn")


def retention_profit(
    *,
    retention: float = 0.8,
    gain: float = 0.05,
    gain_is: str,
    margin: float = 1.0,
    discount: float = 0.1,
    acquisition_cost: float = 0.0,
    formula: str = "residual",
    periods: int | None = None,
    retentions: Sequence[float] = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9),
    costs: Sequence[float] = (0.0, 0.5, 1.0, 1.5),
) -> Result:
    """When does "+5 % retention bring +25 to +95 % profit"?

    Profit of a customer is his lifetime value less what it cost to win him. The claim names neither the retention it
    starts from, nor the discount, nor that cost, nor whether 5 % are points: all of them decide.

    Parameters
    ----------
    retention : float
        Before.
    gain : float
    gain_is : {"points", "relative"}
        From 0.80, 0.05 points lead to 0.85 and 0.05 relative to 0.84. There is no default: the claim does not say.
    margin, discount : float
        Of a period.
    acquisition_cost : float
        To win one customer, in the money of ``margin``.
    formula : {"residual", "in_arrears", "in_advance"}
        Which lifetime value; see :func:`compare_formulas`.
    periods : int, optional
        Over a horizon instead of for ever.
    retentions : sequence of float
        Starting points of the table.
    costs : sequence of float
        Acquisition costs of the table, as multiples of the margin.

    Returns
    -------
    Result
        ``value.retention_profit``: a row for each starting point and cost, with profit before and after,
        ``uplift_share`` and whether it lies in the claim; the facts tell the case asked for, and which acquisition
        cost would bring +25 and +95 %.

    Raises
    ------
    UserError
        ``value.unknown_formula``, ``value.unknown_gain``, ``value.bad_share`` where retention would pass 1,
        ``value.diverges``.

    Examples
    --------
    >>> facts = retention_profit(retention=0.8, gain_is="points", acquisition_cost=1.5).facts
    >>> round(facts["uplift_share"], 3), round(facts["cost_for_95"], 3)
    (0.629, 1.895)
    """
    import pandas as pd

    if formula not in FORMULAS:
        raise UserError("value.unknown_formula", found=formula, wanted=list(FORMULAS))
    if gain_is not in ("points", "relative"):
        raise UserError("value.unknown_gain", found=gain_is, wanted=["points", "relative"])
    checked(margin, retention, discount)
    if margin <= 0:
        raise UserError("value.no_margin", found=margin)
    if acquisition_cost < 0:
        raise UserError("value.bad_cost", found=acquisition_cost)
    value = FORMULAS[formula]

    def after(r: float) -> float:
        return r + gain if gain_is == "points" else r * (1 + gain)

    def uplift(r: float, cost: float) -> tuple[float, float, float | None]:
        was, is_now = value(margin, r, discount, periods) - cost, value(margin, after(r), discount, periods) - cost
        # out of a loss no percentage leads
        return was, is_now, is_now / was - 1 if was > 0 else None

    def holds(share: float | None) -> bool:
        return share is not None and CLAIM[0] - 1e-12 <= share <= CLAIM[1] + 1e-12

    before, now, share = uplift(retention, acquisition_cost)
    rows = []
    for r in retentions:
        if after(r) >= 1:
            continue
        for multiple in costs:
            was, is_now, more = uplift(r, multiple * margin)
            rows.append(
                {
                    "retention_share": r,
                    "retention_after_share": after(r),
                    "acquisition_cost": multiple * margin,
                    "profit_before": was,
                    "profit_after": is_now,
                    "uplift_share": more,
                    "claim_holds": holds(more),
                }
            )
    table = pd.DataFrame(rows)
    low, high = value(margin, retention, discount, periods), value(margin, after(retention), discount, periods)
    needed = {c: ((1 + c) * low - high) / c for c in CLAIM}
    units = dict.fromkeys(("retention_share", "retention_after_share", "uplift_share"), "share")
    units |= dict.fromkeys(("acquisition_cost", "profit_before", "profit_after"), "money")
    known = [r["uplift_share"] for r in rows if r["uplift_share"] is not None]
    return Result(
        "value.retention_profit",
        table,
        params={"gain": gain, "gain_is": gain_is, "formula": formula, "periods": periods, "units": units},
        facts={
            "retention": retention,
            "retention_after": after(retention),
            "margin": margin,
            "discount": discount,
            "acquisition_cost": acquisition_cost,
            "profit_before": before,
            "profit_after": now,
            "uplift_share": share,
            "claim_holds": holds(share),
            "cost_for_25": needed[CLAIM[0]],
            "cost_for_95": needed[CLAIM[1]],
            "cases": len(rows),
            "cases_held": sum(r["claim_holds"] for r in rows),
            "lowest_share": min(known, default=None),
            "highest_share": max(known, default=None),
        },
        notes=() if before > 0 else (Note("value.loss_before", {"profit": before}),),
    )


def roi(gain: float, cost: float, *, change: float = 0.25) -> Result:
    """Return on an investment, and what "a return that is 25 % higher" may mean.

    Parameters
    ----------
    gain : float
        What it brought, in all.
    cost : float
    change : float
        The claim: 0.25 for "+25 %".

    Returns
    -------
    Result
        ``value.roi``: a row for now and for each reading, with ``roi_share`` and the ``gain_needed`` at this
        cost.

    Raises
    ------
    UserError
        ``value.no_cost``: of nothing there is no return; ``value.no_number``.

    Examples
    --------
    >>> roi(140, 100).table[["read_as", "roi_share"]].round(2).values.tolist()
    [['current_value', 0.4], ['relative_change', 0.5], ['percentage_points', 0.65]]
    """
    import pandas as pd

    for name, value in (("gain", gain), ("cost", cost), ("change", change)):
        _number(name, value)
    if cost <= 0:
        raise UserError("value.no_cost", found=cost)
    now = gain / cost - 1
    # "25 % more" of a loss would be a greater loss
    read = {
        "current_value": now,
        "relative_change": now * (1 + change) if now > 0 else None,
        "percentage_points": now + change,
    }
    rows = [
        {"read_as": k, "roi_share": v, "gain_needed": None if v is None else cost * (1 + v)} for k, v in read.items()
    ]
    table = pd.DataFrame(rows).astype({"roi_share": float, "gain_needed": float})
    units = {"read_as": "text", "roi_share": "share", "gain_needed": "money"}
    facts = {"gain": gain, "cost": cost, "change": change, "roi": now}
    facts |= {"roi_relative": read["relative_change"], "roi_points": read["percentage_points"]}
    notes = () if now > 0 else (Note("value.no_relative", {"roi": now}),)
    return Result("value.roi", table, {"units": units}, facts, notes)


@cache
def _claims() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads((Path(__file__).parent / "claims.toml").read_text(encoding="utf-8"))["claim"])


def kpi_claims(
    *,
    conversion: float | None = None,
    orders: float | None = None,
    spend: float | None = None,
    churn: float | None = None,
    nps: float | None = None,
    customers: int = 1000,
) -> Result:
    """What claims about personalisation and CRM would do to one's own indicators, in each way to read them.

    The claims and where they are made are data (``claims.toml``). None of them names a base, a year or a number of
    companies: this tells what they would mean, not whether they are true.

    Parameters
    ----------
    conversion, churn : float, optional
        Shares, of a period.
    orders, spend : float, optional
        A customer's orders in a period and what one is worth; both together give his revenue.
    nps : float, optional
        From -100 to 100.
    customers : int
        Of whom churn is counted.

    Returns
    -------
    Result
        ``value.kpi_claims``: ``indicator``, the ``claimed_change``, how it is ``read_as``, ``share_before`` and
        ``share_after`` (of conversion and churn), ``value_before`` and ``value_after`` (of the others), ``possible``
        (a share above 1 or below 0 is none). The facts count the customers lost before and after.

    Raises
    ------
    UserError
        ``value.nothing_asked``, ``value.bad_share``, ``value.no_number``.

    Examples
    --------
    >>> found = kpi_claims(conversion=0.03, churn=0.05, orders=1.0, spend=1.0)
    >>> told = found.table.set_index(["indicator", "read_as"])[["share_after", "value_after"]].round(4)
    >>> told.loc[[("conversion", "multiple"), ("churn", "relative_change")], "share_after"].tolist()
    [0.051, 0.036]
    >>> told.loc[[("revenue", "relative_change")], "value_after"].tolist()  # 1.9 x 1.6
    [3.04]
    >>> found.facts["lost_before"], found.facts["lost_after"]
    (50.0, 36.0)
    """
    import pandas as pd

    given = {"conversion": conversion, "orders": orders, "spend_per_order": spend, "churn": churn, "nps": nps}
    known = {k: v for k, v in given.items() if v is not None}
    if not known:
        raise UserError("value.nothing_asked")
    for name, value in known.items():
        _number(name, value)
        if name in SHARES and not 0 <= value <= 1:
            raise UserError("value.bad_share", name=name, found=value)
        if name == "nps" and not -100 <= value <= 100:
            raise UserError("value.bad_nps", found=value)
    rows = []
    for claim in _claims():
        name, change = claim["indicator"], claim["change"]
        if name not in known:
            continue
        before = float(known[name])
        for reading in claim["readings"]:
            step = change * 100 if name == "nps" else change
            after = {
                "multiple": before * change,
                "relative_change": before * (1 + change),
                "percentage_points": before + step,
            }[reading]
            low, high = (0, 1) if name in SHARES else (-100, 100) if name == "nps" else (0, float("inf"))
            # a relative change of a score that can be negative would make a bad one worse
            possible = low <= after <= high and not (name == "nps" and reading == "relative_change" and before <= 0)
            kind = "share" if name in SHARES else "value"
            rows.append({"indicator": name, "claimed_change": change, "read_as": reading, f"{kind}_before": before,
                         f"{kind}_after": after if possible else None, "possible": possible,
                         "claimed_in": claim["source"]})  # fmt: skip
    if "orders" in known and "spend_per_order" in known:
        both = {r["indicator"]: r for r in rows if r["read_as"] == "relative_change"}
        before = both["orders"]["value_before"] * both["spend_per_order"]["value_before"]
        after = both["orders"]["value_after"] * both["spend_per_order"]["value_after"]
        rows.append({"indicator": "revenue", "claimed_change": after / before - 1 if before else float("nan"),
                     "read_as": "relative_change", "value_before": before, "value_after": after, "possible": True,
                     "claimed_in": both["orders"]["claimed_in"]})  # fmt: skip
    ends = ["share_before", "share_after", "value_before", "value_after"]
    columns = ["indicator", "claimed_change", "read_as", *ends, "possible", "claimed_in"]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(ends, float))
    facts: dict[str, Any] = {
        "claims": len(table),
        "impossible": int((~table["possible"]).sum()),
        "customers": customers,
    }
    facts |= {"lost_before": None, "lost_after": None}
    if "churn" in known:
        left = table[(table["indicator"] == "churn") & (table["read_as"] == "relative_change")]["share_after"].iloc[0]
        facts |= {"lost_before": round(customers * known["churn"], 6), "lost_after": round(customers * float(left), 6)}
    units = dict.fromkeys(("indicator", "read_as", "possible", "claimed_in"), "text")
    units |= dict.fromkeys(("claimed_change", "value_before", "value_after"), "number")
    units |= dict.fromkeys(("share_before", "share_after"), "share")
    return Result("value.kpi_claims", table, {"units": units, "given": known}, facts)


def _number(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) == float("inf"):
        raise UserError("value.no_number", name=name, found=value)
