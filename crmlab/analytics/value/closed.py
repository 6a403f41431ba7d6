"""Lifetime value in one line: three formulas that the textbooks all call CLV, each under its own name.

Fader & Hardie (2012), "Reconciling and Clarifying CLV Formulas" (note 024), sort them by two questions: does the
first payment count, and is money booked at the start or at the end of a period? The same inputs give three answers.
"""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...results import Result
from .histories import days_in

__all__ = [
    "FORMULAS",
    "checked",
    "compare_formulas",
    "discount_of",
    "lifetime_value_in_advance",
    "lifetime_value_in_arrears",
    "residual_lifetime_value",
]


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
    checked(m, r, d)
    if periods is not None and (isinstance(periods, bool) or not isinstance(periods, int) or periods < 1):
        raise UserError("value.bad_periods", found=periods)
    ratio = r / (1 + d)
    if periods is None and ratio >= 1:
        raise UserError("value.diverges", retention=r, discount=d)
    begin = m * ratio**first / (1 + d) ** lag
    if periods is None:
        return begin / (1 - ratio)
    return begin * periods if ratio == 1 else begin * (1 - ratio**periods) / (1 - ratio)


def checked(margin: Any, retention: Any, discount: Any) -> None:
    """Refuse what is no margin, no retention or no discount."""
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


def discount_of(discount: float, *, per: str, into: str) -> float:
    """The discount of another period that comes to the same: (1 + d)^(into / per) - 1.

    Parameters
    ----------
    discount : float
    per, into : {"year", "month", "week", "day"}

    Examples
    --------
    >>> round(discount_of(0.12, per="year", into="month"), 5)  # not 0.01
    0.00949
    """
    checked(1.0, 0.0, discount)
    return (1 + discount) ** (days_in(into) / days_in(per)) - 1


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
        The period of the discount. Needed where ``per`` is no year: discounts are nearly always told by the year, and
        a yearly discount beside a monthly retention is the dearest mistake that this formula knows. Where the two
        differ the answer is refused, and the error tells the discount that fits.
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
        ``value.diverges`` (retention of 1 + discount or more), ``value.bad_share``, ``value.bad_discount``,
        ``value.discount_unsaid``, ``value.periods_differ``.

    Examples
    --------
    >>> compare_formulas(1_000_000, 0.8, 0.1).table["value"].round().astype(int).tolist()
    [2666667, 3333333, 3666667]
    """
    import pandas as pd

    days_in(per)
    checked(margin, retention, discount)
    if discount_per is None and per != "year":
        fits = discount_of(discount, per="year", into=per)
        raise UserError("value.discount_unsaid", per=per, discount=discount, fits=fits)
    if discount_per is not None and days_in(discount_per) != days_in(per):
        fits = discount_of(discount, per=discount_per, into=per)
        raise UserError("value.periods_differ", per=per, discount_per=discount_per, discount=discount, fits=fits)
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
    )
