"""Lifetime value in one line: three formulas that the textbooks all call CLV, each under its own name.

Fader & Hardie (2012), "Reconciling and Clarifying CLV Formulas" (note 024), sort them by two questions: does the
first payment count, and is money booked at the start or at the end of a period? The same inputs give three answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...results import Note, Result
from .histories import days_in

__all__ = [
    "compare_formulas",
    "lifetime_value_in_advance",
    "lifetime_value_in_arrears",
    "residual_lifetime_value",
    "retention_profit",
]

CLAIM = (0.25, 0.95)


def lifetime_value_in_advance(margin: float, retention: float, discount: float, periods: int | None = None) -> float:
    """m (1 + d) / (1 + d - r): the first payment counts, money is booked when a period begins.

    The expected lifetime value of a customer whom we are about to win (note 024, case 1; Blattberg et al. 2008).

    Parameters
    ----------
    margin : float
        Earned in a period as long as the customer stays.
    retention : float
        The share that stays from one period to the next.
    discount : float
        Of a period, the same as for ``retention``.
    periods : int, optional
        Stop after so many payments. That is a value over a horizon, no lifetime value.

    Examples
    --------
    >>> round(lifetime_value_in_advance(1_000_000, 0.8, 0.1))
    3666667
    """
    return _sum(margin, retention, discount, periods, first=0, lag=0)


def residual_lifetime_value(margin: float, retention: float, discount: float, periods: int | None = None) -> float:
    """m r / (1 + d - r): the first payment is past, money is booked when a period begins.

    The expected *residual* lifetime value of a customer who has just paid (note 024, case 2; Kotler & Keller 2012).

    Parameters
    ----------
    margin, retention, discount, periods
        As for :func:`lifetime_value_in_advance`.

    Examples
    --------
    >>> round(residual_lifetime_value(1_000_000, 0.8, 0.1))
    2666667
    """
    return _sum(margin, retention, discount, periods, first=1, lag=0)


def lifetime_value_in_arrears(margin: float, retention: float, discount: float, periods: int | None = None) -> float:
    """m / (1 + d - r): the first payment counts, money is booked when a period ends.

    The expected lifetime value where customers pay afterwards (note 024, case 3; Ofek 2002).

    Parameters
    ----------
    margin, retention, discount, periods
        As for :func:`lifetime_value_in_advance`.

    Examples
    --------
    >>> round(lifetime_value_in_arrears(1_000_000, 0.8, 0.1))
    3333333
    """
    return _sum(margin, retention, discount, periods, first=0, lag=1)


FORMULAS = {
    "residual": residual_lifetime_value,
    "in_arrears": lifetime_value_in_arrears,
    "in_advance": lifetime_value_in_advance,
}


def _sum(m: float, r: float, d: float, periods: int | None, *, first: int, lag: int) -> float:
    """Payments number ``first``, first + 1, ...: the k-th is made with chance r^k, k + lag periods from now."""
    _checked(m, r, d)
    if periods is not None and (isinstance(periods, bool) or not isinstance(periods, int) or periods < 1):
        raise UserError("value.bad_periods", found=periods)
    ratio = r / (1 + d)
    if periods is None and ratio >= 1:
        raise UserError("value.diverges", retention=r, discount=d)
    begin = m * ratio**first / (1 + d) ** lag
    if periods is None:
        return begin / (1 - ratio)
    return begin * periods if ratio == 1 else begin * (1 - ratio**periods) / (1 - ratio)


def _checked(margin: Any, retention: Any, discount: Any) -> None:
    for name, value in (("margin", margin), ("retention", retention), ("discount", discount)):
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or value != value
            or abs(value) == float("inf")
        ):
            raise UserError("value.no_number", name=name, found=value)
    if not 0 <= retention <= 1:
        raise UserError("value.bad_share", name="retention", found=retention)
    if discount < 0:
        raise UserError("value.bad_discount", found=discount)


def compare_formulas(
    margin: float,
    retention: float,
    discount: float,
    *,
    per: str = "year",
    discount_per: str | None = None,
    periods: int | None = None,
) -> Result:
    """The three formulas side by side, each under its name.

    Parameters
    ----------
    margin, retention : float
        Of one ``per``.
    discount : float
    per : {"year", "month", "week", "day"}
        The period of margin and retention.
    discount_per : {"year", "month", "week", "day"}, optional
        The period of the discount, where it is another: a yearly discount beside a monthly retention is converted,
        (1 + d)^(1/12) - 1, and a note says so.
    periods : int, optional
        Also tell the value over so many payments.

    Returns
    -------
    Result
        ``value.closed_forms``: ``formula``, ``first_payment_counts``, ``booked_when``, ``value``, and
        ``value_over_horizon`` where ``periods`` is given.

    Raises
    ------
    UserError
        ``value.diverges`` (retention of 1 + discount or more), ``value.bad_share``, ``value.bad_discount``.

    Examples
    --------
    >>> compare_formulas(1_000_000, 0.8, 0.1).table["value"].round().astype(int).tolist()
    [2666667, 3333333, 3666667]
    """
    import pandas as pd

    notes = []
    given, lengths = discount, (days_in(per), days_in(discount_per or per))
    _checked(margin, retention, discount)
    if lengths[0] != lengths[1]:
        discount = (1 + discount) ** (lengths[0] / lengths[1]) - 1
        notes.append(Note("value.discount_converted", {"given": given, "used": discount}))
    rows = []
    for name, formula in FORMULAS.items():
        row = {
            "formula": name,
            "first_payment_counts": name != "residual",
            "booked_when": "period_end" if name == "in_arrears" else "period_start",
            "value": formula(margin, retention, discount),
        }
        if periods is not None:
            row["value_over_horizon"] = formula(margin, retention, discount, periods)
        rows.append(row)
    table = pd.DataFrame(rows)
    values = dict(zip(table["formula"], table["value"], strict=True))
    units = {"formula": "text", "first_payment_counts": "text", "booked_when": "text", "value": "money"}
    units["value_over_horizon"] = "money"
    return Result(
        "value.closed_forms",
        table,
        params={"per": per, "periods": periods, "units": {k: v for k, v in units.items() if k in table}},
        facts={
            "margin": margin,
            "retention": retention,
            "discount": discount,
            **{k: float(v) for k, v in values.items()},
            "spread_share": (max(values.values()) / min(values.values()) - 1) if min(values.values()) > 0 else None,
            "expected_periods": 1 / (1 - retention) if retention < 1 else None,
        },
        notes=tuple(notes),
    )


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
    _checked(margin, retention, discount)
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
