"""What a purchase is worth: the Gamma-Gamma model of spend, and lifetime value made of it and a model of buying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...errors import UserError, suggest
from ...results import Note, Result
from .fitting import Fit, _number
from .likelihood import Estimate, band, maximise, z_of

__all__ = ["SpendFit", "fit_gamma_gamma", "lifetime_value"]

NAMES = ("p", "q", "gamma")
FEWEST = 10
STRONG = 0.3


@dataclass(frozen=True, eq=False)
class SpendFit(Result):
    """A fitted Gamma-Gamma model."""

    estimate: Estimate | None = None

    def __reduce__(self):
        return _rebuild, ({**self.__dict__, "params": dict(self.params), "facts": dict(self.facts)},)

    def expected(self, frequency: Any, monetary: Any, *, level: float = 0.95) -> tuple[Any, Any, Any, Any]:
        """The mean spend expected of customers, with intervals and the standard error of its logarithm.

        A weighted mean of the customer's own mean and everybody's: the fewer the purchases, the less his own counts.
        """
        import numpy as np

        x = np.asarray(frequency, dtype=float)
        total = x * np.where(x > 0, np.asarray(monetary, dtype=float), 0.0)
        return band(self.estimate, lambda v: v[0] * (v[2] + total) / (v[0] * x + v[1] - 1), level)


def _rebuild(state: dict[str, Any]) -> SpendFit:
    return SpendFit(**state)


def fit_gamma_gamma(summary: Any, *, level: float = 0.95) -> SpendFit:
    """Fit the Gamma-Gamma model of spend to the customers who came back.

    Parameters
    ----------
    summary : Result or table
        ``frequency`` (repeat purchases) and ``monetary`` (their mean spend).
    level : float

    Returns
    -------
    SpendFit
        ``value.gamma_gamma`` with p, q, gamma; ``.expected(frequency, monetary)``. The model takes spend and
        frequency as independent: the facts hold their correlation with its interval, and a note says so where it is
        strong.

    Raises
    ------
    UserError
        ``value.missing_column``, ``value.too_few_spenders``, ``value.spend_not_positive``, ``value.no_mean_spend``.
    """
    import numpy as np
    import pandas as pd
    from scipy.special import digamma, gammaln

    frame = getattr(summary, "table", summary)
    names = [str(c) for c in frame.columns]
    x_name = next((c for c in ("frequency", "x") if c in names), None)
    z_name = next((c for c in ("monetary", "zbar") if c in names), None)
    missing = [w for w, c in (("frequency", x_name), ("monetary", z_name)) if c is None]
    if missing:
        near = [n for m in missing for n in suggest(m, names, 1)]
        raise UserError("value.missing_column", table="summary", wanted=missing, found=names, near=near)
    back = (frame[x_name] > 0).to_numpy(dtype=bool)
    x, z = (frame[c].to_numpy(dtype=float)[back] for c in (x_name, z_name))
    bad = ~(z > 0)
    if bad.any():
        rows = [int(i) + 1 for i in np.flatnonzero(back)[bad]]
        raise UserError("value.spend_not_positive", table="summary", rows=rows)
    if len(x) < FEWEST:
        raise UserError("value.too_few_spenders", found=len(x), wanted=FEWEST)
    scale = float(z.mean())
    y = z / scale  # rupiah by the million would put one parameter far from the others

    def likelihood(v: Any) -> tuple[float, Any]:
        p, q, g = v
        px, whole = p * x, np.log(g + x * y)
        found = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(g)
        found += (px - 1) * np.log(y) + px * np.log(x) - (px + q) * whole
        slope = [
            x @ (digamma(px + q) - digamma(px) + np.log(y * x) - whole),
            (digamma(px + q) - digamma(q) + np.log(g) - whole).sum(),
            (q / g - (px + q) / (g + x * y)).sum(),
        ]
        return float(found.sum()), np.array(slope)

    found = maximise(NAMES, likelihood, [[4.0, 4.0, 1.0], [1.0, 2.0, 0.5]], len(x))
    values = found.values * [1, 1, scale]
    found = Estimate(NAMES, values, found.covariance, found.log_likelihood - len(x) * float(np.log(scale)),
                     found.gradient, found.condition, found.converged)  # fmt: skip
    p, q, gamma = (float(v) for v in values)
    if q <= 1:
        raise UserError("value.no_mean_spend", q=q)
    low, high = found.interval(level)
    facts: dict[str, Any] = {}
    for i, name in enumerate(NAMES):
        facts |= {name: float(values[i]), f"{name}_low": _number(low[i]), f"{name}_high": _number(high[i])}
    mean, mean_low, mean_high, _ = band(found, lambda v: [v[0] * v[2] / (v[1] - 1)], level)
    tie, tie_low, tie_high = _correlation(x, z, level)
    facts |= {
        "mean_spend": float(mean[0]),
        "mean_spend_low": _number(mean_low[0]),
        "mean_spend_high": _number(mean_high[0]),
        "correlation": tie,
        "correlation_low": tie_low,
        "correlation_high": tie_high,
        "correlation_verdict": "noise" if tie_low <= 0 <= tie_high else "real",
        "log_likelihood": found.log_likelihood,
        "n": len(x),
        "left_out": int((~back).sum()),
        "converged": found.converged,
        "level": level,
    }
    notes = [Note("value.one_timers_no_spend", {"n": facts["left_out"]})] if facts["left_out"] else []
    if abs(tie) >= STRONG:
        notes.append(Note("value.spend_depends", {"correlation": tie}))
    elif facts["correlation_verdict"] == "real":
        notes.append(Note("value.spend_depends_little", {"correlation": tie, "strong": STRONG}))
    table = pd.DataFrame(
        {
            "parameter": NAMES,
            "estimate": values,
            "estimate_low": low,
            "estimate_high": high,
            "standard_error": found.errors,
        }
    )
    units = {
        "parameter": "text",
        **dict.fromkeys(("estimate", "estimate_low", "estimate_high", "standard_error"), "number"),
    }
    top = float(np.quantile(z, 0.95))
    curves = {
        k: [(m, p * (gamma + k * m) / (p * k + q - 1)) for m in np.linspace(0, top, 21).tolist()] for k in (1, 3, 10)
    }
    source = summary.source if isinstance(summary, Result) else None
    return SpendFit("value.gamma_gamma", table, {"units": units, "curves": curves}, facts, tuple(notes), source, found)


def _correlation(x: Any, y: Any, level: float) -> tuple[float, float, float]:
    """Pearson's correlation with Fisher's interval."""
    import numpy as np

    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return 0.0, -1.0, 1.0
    r = float(np.corrcoef(x, y)[0, 1])
    reach = z_of(level) / np.sqrt(max(len(x) - 3, 1))
    return r, float(np.tanh(np.arctanh(r) - reach)), float(np.tanh(np.arctanh(r) + reach))


def lifetime_value(
    buying: Fit,
    spending: SpendFit,
    summary: Any,
    *,
    discount: float,
    margin_share: float = 1.0,
    horizon: float | None = None,
    level: float = 0.95,
) -> Result:
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
    Result
        ``value.lifetime_value``: one row a customer with ``value``, ``value_low``, ``value_high``, highest first; the
        facts tell the total, its interval, and what share the best tenth holds.

    Notes
    -----
    This is *residual* value: the purchases made so far are in it only as evidence. The two fits are taken as
    independent, as the model says.
    """
    import numpy as np
    import pandas as pd

    if not 0 < margin_share <= 1:
        raise UserError("value.bad_share", name="margin_share", found=margin_share)
    frame = getattr(summary, "table", summary)
    number, _, _, spread, known = buying.discounted(discount, summary, horizon=horizon, level=level)
    x = known.x[known.place]
    money = frame["monetary" if "monetary" in frame else "zbar"].to_numpy(dtype=float)
    spend, _, _, spend_spread = spending.expected(x, np.nan_to_num(money), level=level)
    number, spread = number[known.place], spread[known.place]
    value = margin_share * number * spend
    reach = np.exp(z_of(level) * np.hypot(spread, spend_spread))
    table = pd.DataFrame(known.names())
    table["frequency"] = x.astype(int)
    v = buying.estimate.values
    table["p_alive"] = buying.model.p_alive(v, known.x, known.t_x, known.age)[known.place]
    table["discounted_purchases"], table["expected_spend"] = number, spend
    table["value"], table["value_low"], table["value_high"] = value, value / reach, value * reach
    table.index = frame.index
    table = table.sort_values("value", ascending=False, kind="stable")
    total = float(value.sum())
    # errors of the parameters are shared by all customers: in the total they do not average out
    weight = value / total if total else value
    log_spread = float(np.hypot(weight @ spread, weight @ spend_spread))
    reach_total = float(np.exp(z_of(level) * log_spread))
    tenth = max(1, round(len(value) / 10))
    units = {"frequency": "count", "p_alive": "share", "discounted_purchases": "number", "expected_spend": "money"}
    units |= dict.fromkeys(("value", "value_low", "value_high"), "money")
    unit = buying.params["unit"]
    params = {"discount": discount, "margin_share": margin_share, "horizon": horizon, "unit": unit, "units": units}
    facts = {
        "total": total,
        "total_low": total / reach_total,
        "total_high": total * reach_total,
        "mean": total / len(value),
        "top_tenth_share": float(np.sort(value)[-tenth:].sum() / total) if total else None,
        "n": len(value),
        "model": buying.kind,
        "level": level,
    }
    notes = (*buying.notes, *(n for n in spending.notes if n.code != "value.one_timers_no_spend"))
    return Result("value.lifetime_value", table, params, facts, notes, buying.source)
