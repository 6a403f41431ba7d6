"""What a purchase is worth: the Gamma-Gamma model of spend."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ...errors import UserError, suggest
from ...intervals import z_of
from ...results import Note, Result
from .likelihood import Estimate, band, ends_of, maximise

__all__ = ["SpendFit", "fit_gamma_gamma", "money_of"]

NAMES = ("p", "q", "gamma")
FEWEST = 10
SHOWN_FROM = 500  # customers who came back; with fewer the intervals do not hold what they promise
STRONG = 0.3


@dataclass(frozen=True, eq=False, repr=False)
class SpendFit(Result):
    """A fitted Gamma-Gamma model."""

    estimate: Estimate | None = None

    def __reduce__(self):
        return _rebuild, ({**self.__dict__, "params": dict(self.params), "facts": dict(self.facts)},)

    def expected(self, summary: Any, *, level: float = 0.95) -> Result:
        """The mean spend expected of customers in purchases to come.

        A weighted mean of the customer's own mean and everybody's: the fewer the purchases, the less his own counts.

        Parameters
        ----------
        summary : Result or table
            ``frequency`` and ``monetary``; who never came back has no ``monetary`` and gets everybody's mean.
        level : float

        Returns
        -------
        Result
            ``value.expected_spend``: ``frequency``, ``monetary``, ``expected_spend`` with its interval.

        Examples
        --------
        >>> import numpy as np, pandas as pd
        >>> random = np.random.default_rng(1)
        >>> own = 60 / random.gamma(4, 1, 500) * 25
        >>> seen = pd.DataFrame({"frequency": 3, "monetary": own * random.gamma(18, 1 / 18, 500)})
        >>> fit = fit_gamma_gamma(seen)
        >>> one = fit.expected(pd.DataFrame({"frequency": [0, 1, 30], "monetary": [None, 2000.0, 2000.0]}))
        >>> one.table["expected_spend"].round(-2).tolist()  # thirty purchases are believed, one is hardly
        [500.0, 1200.0, 1900.0]
        """
        import pandas as pd

        frame = getattr(summary, "table", summary)
        x, money = money_of(frame)
        value, low, high = band(self.estimate, self._spend(x, money), level)
        table = pd.DataFrame({c: frame[c] for c in frame.columns if str(c).endswith("_id")})
        table["frequency"], table["monetary"] = x.astype(int), frame[_names(frame)[1]]
        table["expected_spend"], table["expected_spend_low"], table["expected_spend_high"] = value, low, high
        units = {c: "money" if "spend" in c or c == "monetary" else "text" for c in table} | {"frequency": "count"}
        told = ("mean_spend", "mean_spend_low", "mean_spend_high", "verdict", "p", "q", "gamma")
        facts = {**{k: self.facts[k] for k in told}, "n": len(table), "level": level}
        facts |= {"lowest_spend": float(value.min()), "highest_spend": float(value.max())}
        params = {"units": units, "curves": self.params["curves"]}
        return Result("value.expected_spend", table, params, facts, self.notes, self.source)

    def _spend(self, x: Any, money: Any) -> Any:
        """The expected spend of each customer as a function of the parameters."""
        total = x * money
        return lambda v: v[0] * (v[2] + total) / (v[0] * x + v[1] - 1)


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
        ``value.gamma_gamma`` with p, q, gamma; ``.expected(summary)``. The model takes spend and frequency as
        independent: the facts hold their correlation with its interval, and a note says so where it is strong.

    Raises
    ------
    UserError
        ``value.missing_column``, ``value.too_few_spenders``, ``value.spend_not_positive``, ``value.no_mean_spend``.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> random = np.random.default_rng(1)
    >>> own = 1500 / random.gamma(4, 1, 500)
    >>> seen = pd.DataFrame({"frequency": 3, "monetary": own * random.gamma(18, 1 / 18, 500)})
    >>> facts = fit_gamma_gamma(seen).facts
    >>> facts["mean_spend_low"] < 500 < facts["mean_spend_high"], facts["q_low"] < 4 < facts["q_high"]
    (True, True)
    """
    import numpy as np
    from scipy.special import digamma, gammaln

    frame = getattr(summary, "table", summary)
    x_name, z_name = _names(frame)
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
    known_well = len(x) >= SHOWN_FROM
    if not known_well:
        found = replace(found, covariance=None)
    table, units, facts = found.told(level)
    facts |= ends_of("mean_spend", band(found, lambda v: [v[0] * v[2] / (v[1] - 1)], level))
    tie, tie_low, tie_high = _correlation(x, z, level)
    facts |= {
        "correlation": tie,
        "correlation_low": tie_low,
        "correlation_high": tie_high,
        "correlation_verdict": "noise" if tie_low <= 0 <= tie_high else "real",
        "log_likelihood": found.log_likelihood,
        "n": len(x),
        "left_out": int((~back).sum()),
        "converged": found.converged,
        "verdict": "too_few" if found.flat else "real",
        "level": level,
    }
    notes = [Note("value.one_timers_no_spend", {"n": facts["left_out"]})] if facts["left_out"] else []
    if abs(tie) >= STRONG:
        notes.append(Note("value.spend_depends", {"correlation": tie}))
    elif facts["correlation_verdict"] == "real":
        notes.append(Note("value.spend_depends_little", {"correlation": tie, "strong": STRONG}))
    if not known_well:
        notes.append(Note("value.few", {"n": len(x), "least": SHOWN_FROM}))
    elif found.flat:
        notes.append(Note("value.spend_flat", {"n": len(x)}))
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


def _names(frame: Any) -> tuple[str, str]:
    """What the columns of frequency and mean spend are called."""
    names = [str(c) for c in frame.columns]
    x_name = next((c for c in ("frequency", "x") if c in names), None)
    z_name = next((c for c in ("monetary", "zbar") if c in names), None)
    missing = [w for w, c in (("frequency", x_name), ("monetary", z_name)) if c is None]
    if missing:
        near = [n for m in missing for n in suggest(m, names, 1)]
        raise UserError("value.missing_column", table="summary", wanted=missing, found=names, near=near)
    return x_name, z_name


def money_of(frame: Any) -> tuple[Any, Any]:
    """Frequency and mean spend; nothing where there was no repeat purchase. One without the other is refused."""
    import numpy as np

    x, money = (frame[c].to_numpy(dtype=float) for c in _names(frame))
    bad = (x > 0) & ~(money > 0)
    if bad.any():
        raise UserError("value.spend_not_positive", table="summary", rows=[int(i) + 1 for i in np.flatnonzero(bad)])
    return x, np.where(x > 0, money, 0.0)
