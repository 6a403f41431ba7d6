"""Lifetime value: how often, how much, for how long; of each customer, of a segment, of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import z_of
from ...results import Result
from .forecasts import Fit
from .likelihood import band, ends_of, slopes, spread_of
from .spending import SpendFit, money_of

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Values", "lifetime_value"]


@dataclass(frozen=True, eq=False, repr=False)
class Values(Result):
    """What customers are still worth; :meth:`total_of` some of them together."""

    slope: np.ndarray | None = None
    """How the logarithm of each customer's value moves with the parameters of both fits, those of buying first."""
    covariances: tuple[Any, ...] = ()

    def __reduce__(self):
        return _rebuild, ({**self.__dict__, "params": dict(self.params), "facts": dict(self.facts)},)

    def total_of(self, rows: Any = None, *, level: float = 0.95) -> tuple[float, float, float]:
        """The value of some customers together, with its interval.

        Errors of the parameters are shared by all customers and do not average out in a sum: the slopes are added,
        not the errors.

        Parameters
        ----------
        rows : sequence of int or bool, optional
            Positions in ``table``; without them, all.
        level : float

        Returns
        -------
        total, low, high
            The ends are missing where the fits could not tell their errors.
        """
        import numpy as np

        rows = slice(None) if rows is None else rows
        value = self.table["value"].to_numpy()[rows]
        total = float(value.sum())
        if self.slope is None or not total:
            return total, float("nan"), float("nan")
        slope, variance, first = value @ self.slope[rows] / total, 0.0, 0
        for covariance in self.covariances:
            last = first + len(covariance)
            variance += float(spread_of(slope[first:last], covariance)) ** 2
            first = last
        reach = float(np.exp(z_of(level) * np.sqrt(variance)))
        return total, total / reach, total * reach


def _rebuild(state: dict[str, Any]) -> Values:
    return Values(**state)


def lifetime_value(
    buying: Fit,
    spending: SpendFit,
    summary: Any,
    *,
    discount: float,
    margin_share: float = 1.0,
    horizon: float | None = None,
    level: float = 0.95,
) -> Values:
    """What each customer is still worth: margin x expected spend x discounted purchases to come.

    Parameters
    ----------
    buying : Fit
        Of :func:`fit_bg_nbd` or :func:`fit_pareto_nbd`.
    spending : SpendFit
    summary : Result or table
        Whom to value; with ``monetary``.
    discount : float
        A year.
    margin_share : float
        The part of an amount that is earned.
    horizon : float, optional
        In the fit's unit of time; without one, for ever.
    level : float

    Returns
    -------
    Values
        ``value.lifetime_value``: one row a customer with ``value`` and what it is made of, each with its interval,
        highest first; the facts tell the total, its interval, and what share the best tenth holds. :func:`value_by`
        sums it up by segment.

    Raises
    ------
    UserError
        ``value.no_end`` (neither discount nor horizon), ``value.bad_share``, ``value.spend_not_positive``.

    Notes
    -----
    This is *residual* value: the purchases made so far are in it only as evidence. The two fits are taken as
    independent, as the model says.

    Examples
    --------
    >>> import numpy as np
    >>> import crmlab as crm
    >>> lab = crm.datasets.load_retail(layer="clean").tables["lab_btyd"]
    >>> random, x = np.random.default_rng(1), lab["frequency"]
    >>> spend = random.gamma(6.0 * x.clip(1)) / x.clip(1) * 1e5 / random.gamma(5, 1, len(lab))
    >>> lab = lab.assign(monetary=spend.where(x > 0))
    >>> buying, spending = crm.value.fit_bg_nbd(lab), crm.value.fit_gamma_gamma(lab)
    >>> facts = crm.value.lifetime_value(buying, spending, lab, discount=0.1, margin_share=0.2, horizon=52).facts
    >>> facts["total_low"] < facts["total"] < facts["total_high"]
    True
    """
    import numpy as np
    import pandas as pd

    if isinstance(margin_share, bool) or not isinstance(margin_share, int | float) or not 0 < margin_share <= 1:
        raise UserError("value.bad_share", name="margin_share", found=margin_share)
    frame = getattr(summary, "table", summary)
    known = buying._read(summary)
    x, money = money_of(frame)
    of = known.place
    number, of_number, number_slope = slopes(buying.estimate, buying._discounted(discount, known, horizon))
    spend, of_spend, spend_slope = slopes(spending.estimate, spending._spend(x, money))
    alive = band(buying.estimate, lambda v: buying.model.p_alive(v, known.x, known.t_x, known.age), level, "logit")
    table = pd.DataFrame(known.names())
    table["frequency"] = x.astype(int)
    _put(table, "p_alive", [end[of] for end in alive])
    estimates = (buying.estimate, spending.estimate)
    sound = number_slope is not None and spend_slope is not None
    spreads = [0.0, 0.0]
    if sound:
        spreads = [spread_of(number_slope, buying.estimate.covariance)[of],
                   spread_of(spend_slope, spending.estimate.covariance)]  # fmt: skip
    for name, value, spread in (
        ("discounted_purchases", number[of], spreads[0]),
        ("expected_spend", spend, spreads[1]),
        ("value", margin_share * number[of] * spend, np.hypot(*spreads)),
    ):
        reach = np.exp(z_of(level) * spread) if sound else np.nan
        _put(table, name, [value, value / reach, value * reach])
    table.index = frame.index
    order = np.argsort(-table["value"].to_numpy(), kind="stable")
    table = table.iloc[order]
    slope = np.hstack([number_slope[of], spend_slope])[order] if sound else None
    units = {c: "money" for c in table if c.startswith(("value", "expected_spend"))}
    units |= {c: "share" if c.startswith("p_alive") else "number" for c in table if c not in units}
    units |= {"frequency": "count"} | dict.fromkeys(known.names(), "text")
    params = {"discount": discount, "margin_share": margin_share, "horizon": horizon,
              "unit": buying.params["unit"], "units": units, "model": buying.kind}  # fmt: skip
    codes = ("value.one_timers_no_spend",)
    notes = (*buying.notes, *(n for n in spending.notes if n.code not in codes))
    covariances = tuple(e.covariance for e in estimates)
    worth = Values("value.lifetime_value", table, params, {}, notes, buying.source, slope, covariances)
    total = worth.total_of(level=level)
    tenth = max(1, round(len(table) / 10))
    facts = {
        **ends_of("total", [[end] for end in total]),
        "mean": total[0] / len(table),
        "top_tenth_share": float(table["value"].iloc[:tenth].sum() / total[0]) if total[0] else None,
        "n": len(table),
        "verdict": "real" if sound else "too_few",
        "level": level,
    }
    return Values("value.lifetime_value", table, params, facts, notes, buying.source, slope, covariances)


def _put(table: Any, name: str, ends: Any) -> None:
    for column, values in zip((name, f"{name}_low", f"{name}_high"), ends, strict=True):
        table[column] = values
