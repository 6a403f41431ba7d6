"""Customers with a contract: the shifted-beta-geometric model of renewals.

Fader & Hardie (2007), How to Project Customer Retention, Journal of Interactive Marketing 21(1), 76-90. Each customer
ends the contract at every renewal with a chance of his own that never changes; those chances are beta(alpha, beta)
over customers. Retention rises with age all the same: the unsteady leave first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import wilson
from ...results import Note, Result
from .likelihood import Estimate, band, ends_of, maximise

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ContractFit", "fit_sbg"]

NAMES = ("alpha", "beta")
FEWEST = 30
SHOWN_FROM = 500  # contracts; with fewer the intervals do not hold what they promise


def _survival(v: Any, t: Any) -> Any:
    """S(t) = B(alpha, beta + t) / B(alpha, beta)."""
    import numpy as np
    from scipy.special import betaln

    return np.exp(betaln(v[0], v[1] + t) - betaln(v[0], v[1]))


@dataclass(frozen=True, eq=False, repr=False)
class ContractFit(Result):
    """A fitted shifted-beta-geometric model."""

    estimate: Estimate | None = None

    def __reduce__(self):
        return _rebuild, ({**self.__dict__, "params": dict(self.params), "facts": dict(self.facts)},)

    def project(self, periods: int, *, level: float = 0.95) -> Result:
        """Survival and retention for ``periods`` periods, beyond those that were seen as well.

        Parameters
        ----------
        periods : int
        level : float

        Returns
        -------
        Result
            ``value.sbg_projection``: ``period``, ``survival_share`` and ``retention_share`` with their intervals, and
            ``observed_share`` with Wilson's where cohorts were seen.

        Examples
        --------
        >>> fit = fit_sbg([1000, 869, 743, 653, 593, 551, 517, 491])
        >>> fit.project(12).table["survival_share"].round(3).tolist()[-1]  # 0.394 came
        0.378
        """
        import numpy as np
        import pandas as pd

        _counted("periods", periods)
        t = np.arange(periods + 1)
        alive = band(self.estimate, lambda v: _survival(v, t), level, "logit")
        stay = band(self.estimate, lambda v: (v[1] + t[1:] - 1) / (v[0] + v[1] + t[1:] - 1), level, "logit")
        there, exposed = (np.full(len(t), np.nan) for _ in range(2))
        for period, left, of in self.params["observed"][: len(t)]:
            there[period], exposed[period] = left, of
        share = there / exposed
        seen = (share, *wilson(there, np.where(t > 0, exposed, np.nan), level=level))  # all begin: no estimate
        table = pd.DataFrame({"period": t})
        for name, ends in (("observed_share", seen), ("survival_share", alive), ("retention_share", stay)):
            for column, values in zip((name, f"{name}_low", f"{name}_high"), ends, strict=True):
                table[column] = values if len(values) == len(t) else [np.nan, *values]
        told = ("n", "periods_seen", "verdict")
        facts = {**{k: self.facts[k] for k in told}, "periods": periods, "level": level}
        facts |= ends_of("survival", [end[-1:] for end in alive])
        facts |= {"first_retention": float(stay[0][0]), "last_retention": float(stay[0][-1])}
        units = {c: "share" if "share" in c else "count" for c in table}
        return Result("value.sbg_projection", table, {"units": units}, facts, self.notes, self.source)

    def lifetime(self, margin: float, discount: float, *, renewals: int = 5, level: float = 0.95) -> Result:
        """Discounted expected lifetime value in money: of a new customer, and of those who renewed and stayed.

        Parameters
        ----------
        margin : float
            Of a period.
        discount : float
            Of a period too.
        renewals : int
            As far as the table goes.
        level : float

        Returns
        -------
        Result
            ``value.contract_value``: for 0, 1, ... ``renewals`` behind him, what a customer who is about to decide
            again is still worth (residual value, DERL), and ``value_constant_retention``: what the retention of the
            first renewal, taken as everybody's for ever, would make of it. The facts tell ``new_value``, of a customer
            to be won, whose first payment counts (DEL).

        Examples
        --------
        >>> fit = fit_sbg([1000, 631, 468, 382, 326, 289, 262, 241])  # Fader & Hardie 2007, Regular
        >>> worth = fit.lifetime(1.0, 0.1, renewals=4)
        >>> worth.table["value"].round(2).tolist()  # who stays is worth more with every renewal
        [2.96, 4.1, 4.87, 5.44, 5.89]
        """
        import numpy as np
        import pandas as pd
        from scipy.special import hyp2f1

        from .closed import lifetime_value_in_advance, residual_lifetime_value

        if isinstance(discount, bool) or not isinstance(discount, int | float) or not 0 < discount < 10:
            raise UserError("value.bad_discount", found=discount)
        if not isinstance(margin, int | float) or not 0 < margin < float("inf"):
            raise UserError("value.no_margin", found=margin)
        _counted("renewals", renewals)
        n, now = np.arange(renewals + 1) + 1, 1 / (1 + discount)

        def residual(v: Any) -> Any:
            a, b = v
            return margin * (b + n - 1) / (a + b + n - 1) * hyp2f1(1, b + n, a + b + n, now)

        value, low, high = band(self.estimate, residual, level)
        new = band(self.estimate, lambda v: [margin * hyp2f1(1, v[1], v[0] + v[1], now)], level)
        first = float(self.estimate.values[1] / self.estimate.values.sum())
        # about to decide: this period's money comes at once, if he stays
        constant = residual_lifetime_value(margin, first, discount) * (1 + discount)
        table = pd.DataFrame({"renewals": n - 1, "value": value, "value_low": low, "value_high": high,
                              "value_constant_retention": constant})  # fmt: skip
        units = {"renewals": "count", **dict.fromkeys(table.columns[1:], "money")}
        facts = {
            "margin": margin,
            "discount": discount,
            "renewals": renewals,
            **ends_of("new_value", new),
            "new_value_constant_retention": lifetime_value_in_advance(margin, first, discount),
            **ends_of("residual_value", (value[-1:], low[-1:], high[-1:])),
            "residual_value_constant_retention": constant,
            "first_retention": first,
            **{k: self.facts[k] for k in ("n", "verdict")},
            "level": level,
        }
        return Result("value.contract_value", table, {"units": units}, facts, self.notes, self.source)


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
    known_well = n >= SHOWN_FROM
    if not known_well:
        found = replace(found, covariance=None)
    table, units, facts = found.told(level)
    facts |= ends_of("mean_churn", band(found, lambda v: [v[0] / (v[0] + v[1])], level, "logit"))
    facts |= {
        "log_likelihood": found.log_likelihood,
        "n": int(n),
        "cohorts": len(cohorts),
        "periods_seen": longest,
        "converged": found.converged,
        "verdict": "too_few" if found.flat else "real",
        "level": level,
    }
    notes = [Note("value.sbg_flat", {"n": int(n)})] if found.flat else []
    if not known_well:
        notes = [Note("value.few", {"n": int(n), "least": SHOWN_FROM})]
    exposed = np.array([sum(c[0] for c in cohorts if len(c) > k) for k in t])
    there = np.array([sum(c[k] for c in cohorts if len(c) > k) for k in t])
    observed = [(int(k), float(there[k]), float(exposed[k])) for k in t]
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
