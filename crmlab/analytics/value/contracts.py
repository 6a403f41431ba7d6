"""Customers with a contract: the shifted-beta-geometric model of renewals.

Fader & Hardie (2007), How to Project Customer Retention, Journal of Interactive Marketing 21(1), 76-90. Each customer
ends the contract at every renewal with a chance of his own that never changes; those chances are beta(alpha, beta)
over customers. Retention rises with age all the same: the unsteady leave first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...results import Note, Result
from .fitting import _number
from .likelihood import Estimate, band, maximise

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ContractFit", "fit_sbg"]

NAMES = ("alpha", "beta")
FEWEST = 30


def _survival(v: Any, t: Any) -> Any:
    """S(t) = B(alpha, beta + t) / B(alpha, beta)."""
    import numpy as np
    from scipy.special import betaln

    return np.exp(betaln(v[0], v[1] + t) - betaln(v[0], v[1]))


@dataclass(frozen=True, eq=False)
class ContractFit(Result):
    """A fitted shifted-beta-geometric model."""

    estimate: Estimate | None = None

    def __reduce__(self):
        return _rebuild, ({**self.__dict__, "params": dict(self.params), "facts": dict(self.facts)},)

    def project(self, periods: int, *, level: float = 0.95) -> Result:
        """Survival and retention for ``periods`` periods, beyond those that were seen as well.

        Returns
        -------
        Result
            ``value.sbg_projection``: ``period``, ``survival_share`` and ``retention_share`` with their intervals, and
            ``observed_share`` where cohorts were seen.
        """
        import numpy as np
        import pandas as pd

        _counted("periods", periods)
        t = np.arange(periods + 1)
        alive, alive_low, alive_high, _ = band(self.estimate, lambda v: _survival(v, t), level, "logit")
        stay, stay_low, stay_high, _ = band(
            self.estimate, lambda v: (v[1] + t[1:] - 1) / (v[0] + v[1] + t[1:] - 1), level, "logit"
        )
        seen = dict(self.params["observed"])
        blank = [np.nan]
        table = pd.DataFrame(
            {
                "period": t,
                "observed_share": [seen.get(int(k), np.nan) for k in t],
                "survival_share": alive,
                "survival_share_low": alive_low,
                "survival_share_high": alive_high,
                "retention_share": [*blank, *stay],
                "retention_share_low": [*blank, *stay_low],
                "retention_share_high": [*blank, *stay_high],
            }
        )
        facts = {"n": self.facts["n"], "periods": periods, "periods_seen": self.facts["periods_seen"], "level": level}
        facts |= {f"survival{k}": _number(v[-1]) for k, v in (("", alive), ("_low", alive_low), ("_high", alive_high))}
        facts |= {"first_retention": float(stay[0]), "last_retention": float(stay[-1])}
        units = {c: "share" if "share" in c else "count" for c in table}
        return Result("value.sbg_projection", table, {"units": units}, facts, self.notes, self.source)

    def lifetime(
        self, margin: float, discount: float, *, renewals: int | None = None, level: float = 0.95
    ) -> dict[str, float | None]:
        """Discounted expected lifetime value in money, with its interval.

        Parameters
        ----------
        margin : float
            Of a period.
        discount : float
            Of a period.
        renewals : int, optional
            Of a customer who has renewed so many times and is about to decide again (residual value, DERL); without
            it, of a new customer whose first payment counts (DEL).
        level : float

        Returns
        -------
        dict
            ``value``, ``value_low``, ``value_high`` and ``value_constant_retention``: what the mean retention of the
            first period, taken as everybody's for ever, would give.
        """
        from scipy.special import hyp2f1

        from .closed import lifetime_value_in_advance, residual_lifetime_value

        if not 0 < discount < 10:
            raise UserError("value.bad_discount", found=discount)
        if renewals is not None and renewals != 0:
            _counted("renewals", renewals)

        def worth(v: Any) -> list[float]:
            a, b = v
            if renewals is None:
                return [margin * hyp2f1(1, b, a + b, 1 / (1 + discount))]
            n = renewals + 1
            return [margin * (b + n - 1) / (a + b + n - 1) * hyp2f1(1, b + n, a + b + n, 1 / (1 + discount))]

        value, low, high, _ = band(self.estimate, worth, level)
        a, b = self.estimate.values
        first = float(b / (a + b))
        naive = lifetime_value_in_advance(margin, first, discount)
        if renewals is not None:  # about to decide: this period's money comes at once, if he stays
            naive = residual_lifetime_value(margin, first, discount) * (1 + discount)
        return {
            "value": float(value[0]),
            "value_low": _number(low[0]),
            "value_high": _number(high[0]),
            "value_constant_retention": naive,
        }


def _rebuild(state: dict[str, Any]) -> ContractFit:
    return ContractFit(**state)


def _counted(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise UserError("value.bad_count", name=name, found=value)


def fit_sbg(active: Sequence[float] | pd.DataFrame, *, level: float = 0.95) -> ContractFit:
    """Fit the shifted-beta-geometric model by maximum likelihood.

    Parameters
    ----------
    active : sequence of int, or table
        How many customers of a cohort are under contract: at the start, after the first renewal, after the second,
        ...; or, for several cohorts, a table with ``cohort``, ``period`` (0, 1, ...) and ``active``. Counts, not
        shares: without them nobody knows how sure the answer is.
    level : float

    Returns
    -------
    ContractFit
        ``value.sbg`` with alpha and beta; ``.project(periods)``, ``.lifetime(margin, discount)``.

    Raises
    ------
    UserError
        ``value.bad_cohort`` (growing, negative, with gaps), ``value.short_cohort`` (fewer than two renewals seen),
        ``value.nobody_left``, ``value.too_few_contracts``.

    Examples
    --------
    >>> fit = fit_sbg([1000, 869, 743, 653, 593, 551, 517, 491])  # Fader & Hardie 2007, High End
    >>> [round(x, 3) for x in (fit.facts["alpha"], fit.facts["beta"])]
    [0.668, 3.806]
    """
    import numpy as np
    import pandas as pd
    from scipy.special import betaln, digamma

    cohorts = _cohorts(active)
    longest = max(len(c) for c in cohorts) - 1
    if longest < 2:
        raise UserError("value.short_cohort", found=longest)
    n = float(sum(c[0] for c in cohorts))
    if n < FEWEST:
        raise UserError("value.too_few_contracts", found=n, wanted=FEWEST)
    lost, kept = np.zeros(longest + 1), np.zeros(longest + 1)
    for c in cohorts:
        lost[1 : len(c)] -= np.diff(c)
        kept[len(c) - 1] += c[-1]
    if lost.sum() <= 0:
        raise UserError("value.nobody_left")
    t = np.arange(longest + 1)

    def likelihood(v: Any) -> tuple[float, Any]:
        a, b = v
        gone = betaln(a + 1, b + t[1:] - 1) - betaln(a, b)
        stay = betaln(a, b + t) - betaln(a, b)
        found = lost[1:] @ gone + kept @ stay
        whole = digamma(a + b)
        slope_a = lost[1:] @ (1 / a + whole - digamma(a + b + t[1:])) + kept @ (whole - digamma(a + b + t))
        slope_b = lost[1:] @ (digamma(b + t[1:] - 1) - digamma(b) + whole - digamma(a + b + t[1:]))
        slope_b += kept @ (digamma(b + t) - digamma(b) + whole - digamma(a + b + t))
        return float(found), np.array([slope_a, slope_b])

    found = maximise(NAMES, likelihood, [[1.0, 1.0], [0.5, 5.0]], n)
    low, high = found.interval(level)
    alpha, beta = (float(x) for x in found.values)
    churn, churn_low, churn_high, _ = band(found, lambda v: [v[0] / (v[0] + v[1])], level, "logit")
    facts: dict[str, Any] = {}
    for i, name in enumerate(NAMES):
        facts |= {name: float(found.values[i]), f"{name}_low": _number(low[i]), f"{name}_high": _number(high[i])}
    facts |= {
        "mean_churn": float(churn[0]),
        "mean_churn_low": _number(churn_low[0]),
        "mean_churn_high": _number(churn_high[0]),
        "log_likelihood": found.log_likelihood,
        "n": int(n),
        "cohorts": len(cohorts),
        "periods_seen": longest,
        "converged": found.converged,
        # one constant chance for all is the model's limit of a large alpha + beta
        "spread": "polarised" if alpha < 1 and beta < 1 else "uneven" if alpha < 1 or beta < 1 else "alike",
        "verdict": "real" if found.covariance is not None else "too_few",
        "level": level,
    }
    notes = [] if found.covariance is not None else [Note("value.sbg_flat", {"n": int(n)})]
    exposed = np.array([sum(c[0] for c in cohorts if len(c) > k) for k in t])
    there = np.array([sum(c[k] for c in cohorts if len(c) > k) for k in t])
    table = pd.DataFrame({"parameter": NAMES, "estimate": found.values, "low": low, "high": high,
                          "standard_error": found.errors})  # fmt: skip
    units = {
        "parameter": "text",
        **dict.fromkeys(("estimate", "estimate_low", "estimate_high", "standard_error"), "number"),
    }
    observed = [(int(k), float(there[k] / exposed[k])) for k in t]
    return ContractFit("value.sbg", table, {"units": units, "observed": observed}, facts, tuple(notes), None, found)


def _cohorts(active: Any) -> list[list[float]]:
    import pandas as pd

    if isinstance(active, pd.DataFrame):
        missing = [c for c in ("cohort", "period", "active") if c not in active]
        if missing:
            raise UserError("value.missing_column", table="active", wanted=missing, found=[str(c) for c in active])
        found = []
        for name, rows in active.sort_values("period").groupby("cohort", sort=True):
            rows = rows[rows["active"].notna()]
            if rows["period"].tolist() != list(range(len(rows))):
                raise UserError("value.bad_cohort", cohort=name)
            found.append((name, [float(v) for v in rows["active"]]))
    else:
        found = [(1, [float(v) for v in active])]
    for name, counts in found:
        if not counts or any(not 0 <= v < float("inf") or abs(v - round(v)) > 1e-9 for v in counts):
            raise UserError("value.bad_cohort", cohort=name)
        if any(later > before for before, later in zip(counts, counts[1:], strict=False)):
            raise UserError("value.bad_cohort", cohort=name)
    if not found:
        raise UserError("value.short_cohort", found=0)
    return [counts for _, counts in found]
