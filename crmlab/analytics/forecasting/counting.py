"""Poisson regression of days, with errors from how days really vary and follow each other.

The mean of a day is ``exp(base + trend + sum of factors)``; that orders vary more than chance, and that a good day
follows a good day, does not bend the estimates, only their errors: those are the larger of the quasi-Poisson ones and
Newey and West's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import FEW, rate_interval, verdict_of

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Fit", "fit_days", "independent", "newey_west", "poisson", "row_of"]

_RARE_AMOUNTS = 30  # a sum of fewer amounts says little: one large order makes it


def newey_west(parts: Any, lags: int) -> float:
    """The variance of a sum whose parts follow each other, ``z`` being its parts: ``Σz² + 2 Σ_l w_l Σ z_t z_(t-l)``.

    Examples
    --------
    >>> newey_west([1.0, 1.0, -1.0], 0), newey_west([1.0, 1.0, -1.0], 1)
    (3.0, 3.0)
    """
    import numpy as np

    z = np.asarray(parts, dtype=float)
    total = float(z @ z)
    for lag in range(1, min(lags, len(z) - 1) + 1):
        total += 2 * (1 - lag / (lags + 1)) * float(z[lag:] @ z[:-lag])
    return total


def independent(design: Any) -> bool:
    """Whether no column follows from the others."""
    import numpy as np

    scaled = design / np.maximum(np.sqrt((design**2).sum(axis=0)), 1e-12)
    return bool(np.linalg.eigvalsh(scaled.T @ scaled)[0] > 1e-10)


def poisson(design: Any, y: Any) -> tuple[Any, Any]:
    """Coefficients and means of a Poisson regression by Newton's steps, halved while they lead down.

    What ``statsmodels.GLM`` finds, from sums of as many numbers as there are columns: its least squares of all days,
    a hundred times in a forecast, were most of the time that one took.

    Examples
    --------
    >>> import numpy as np
    >>> params, means = poisson(np.array([[1.0, 0], [1, 0], [1, 1], [1, 1]]), np.array([1.0, 3, 3, 5]))
    >>> np.exp(params).round(6).tolist(), means.round(6).tolist()
    ([2.0, 2.0], [2.0, 2.0, 4.0, 4.0])
    """
    import numpy as np

    at = np.zeros(design.shape[1])
    at[0] = np.log(y.mean())

    def height(x: Any) -> float:
        line = design @ x
        return float(y @ line - np.exp(np.minimum(line, 700)).sum())

    level = height(at)
    for _ in range(60):
        mu = np.exp(design @ at)
        step = np.linalg.solve((design * mu[:, None]).T @ design, design.T @ (y - mu))
        size = 1.0
        while size > 1e-6 and height(at + size * step) < level - 1e-9 * abs(level):
            size /= 2
        at = at + size * step
        level = height(at)
        if np.abs(size * step).max() < 1e-10:
            break
    return at, np.exp(design @ at)


@dataclass(frozen=True, eq=False)
class Fit:
    """One channel's days, fitted.

    Attributes
    ----------
    names : tuple of str
        ``base``, ``trend``, and the factors that some order fell under.
    influence : numpy.ndarray
        What every day does to every coefficient; days under a factor without any order have none.
    silent : mapping
        Factor without any order -> how many the model would have expected without it.
    """

    names: tuple[str, ...]
    params: np.ndarray
    covariance: np.ndarray
    influence: np.ndarray
    mu: np.ndarray
    dispersion: float
    lags: int
    silent: Mapping[str, float]

    def at(self, weights: Mapping[str, float]) -> Any:
        """A sum of coefficients as a vector."""
        import numpy as np

        out = np.zeros(len(self.names))
        for name, weight in weights.items():
            out[self.names.index(name)] = weight
        return out

    def log_ratio(self, weights: Mapping[str, float]) -> tuple[float, float]:
        """A sum of coefficients and its standard error."""
        c = self.at(weights)
        robust = newey_west(self.influence @ c, self.lags)
        return float(c @ self.params), max(robust, float(c @ self.covariance @ c)) ** 0.5

    def ratio(self, weights: Mapping[str, float]) -> tuple[float, float, float]:
        """The ratio with its 95 % interval."""
        from math import exp

        from scipy.stats import t

        value, error = self.log_ratio(weights)
        half = float(t.ppf(0.975, max(1, len(self.mu) - len(self.names)))) * error
        return exp(value), exp(value - half), exp(value + half)

    def correlation(self, one: str, other: str) -> float:
        """How much two estimates depend on each other: near -1 or 1 the data can't tell them apart."""
        i, j = self.names.index(one), self.names.index(other)
        return float(self.covariance[i, j] / (self.covariance[i, i] * self.covariance[j, j]) ** 0.5)


def fit_days(y: Any, orders: Any, marks: Mapping[str, Any], trend: Any, *, lags: int | None = None) -> Fit:
    """Fit one channel.

    Parameters
    ----------
    y, orders : array
        What is explained on each day, and how many orders that day had.
    marks : mapping of str to array of bool
        A factor that holds always or never is left out by who calls.
    trend : array or None
        Years since the first day.
    lags : int, optional
        For Newey and West; ``4 (n / 100)^(2/9)``, at least a week, by default.
    """
    import numpy as np

    n = len(y)
    silent = [name for name, held in marks.items() if not orders[held].sum()]
    used = [name for name in marks if name not in silent]
    left = np.ones(n, dtype=bool)
    for name in silent:  # the likelihood sends such a ratio to 0: its days then say nothing of the others
        left &= ~marks[name]
    columns = [np.ones(n), *([trend] if trend is not None else []), *(marks[name].astype(float) for name in used)]
    names = ("base", *(["trend"] if trend is not None else []), *used)
    design = np.column_stack(columns)
    if not independent(design[left]):
        raise UserError("forecasting.same_factors", found=used)
    params, fitted = poisson(design[left], y[left])
    mu = np.zeros(n)
    mu[left] = fitted
    free = max(1, int(left.sum()) - design.shape[1])
    dispersion = float(((y[left] - fitted) ** 2 / fitted).sum() / free)
    bread = np.linalg.inv((design[left] * fitted[:, None]).T @ design[left])
    influence = np.zeros_like(design)
    influence[left] = (design[left] * (y[left] - fitted)[:, None]) @ bread
    influence *= (left.sum() / free) ** 0.5
    lags = max(7, int(4 * (n / 100) ** (2 / 9))) if lags is None else lags
    expected = {}
    for name in silent:
        others = [k for k in range(design.shape[1]) if names[k] not in silent]
        expected[name] = float(np.exp(design[marks[name]][:, others] @ params[others]).sum())
    spread = dispersion if np.abs(y - np.round(y)).max() > 0 or (y != orders).any() else max(1.0, dispersion)
    return Fit(names, params, bread * spread, influence, mu, dispersion, lags, expected)


def row_of(fit: Fit, name: str, marks: Mapping[str, Any], orders: Any, *, amounts: bool) -> dict[str, Any]:
    """A factor's row: ratio, interval, days, orders, p-value, verdict."""
    from statistics import NormalDist

    import numpy as np

    held = marks[name] if name in marks else np.ones(len(orders), dtype=bool)
    row: dict[str, Any] = {"factor": name, "days": int(held.sum()), "orders": int(orders[held].sum())}
    fewest = _RARE_AMOUNTS if amounts else FEW
    if name in fit.silent:
        low, high = (float(v) for v in rate_interval(0, fit.silent[name])) if not amounts else (np.nan, np.nan)
        chance = float(np.exp(-fit.silent[name]))
        verdict = "too_few" if amounts or fit.silent[name] < FEW else "real" if high < 1 else "noise"
        return row | {"ratio": 0.0, "ratio_low": low, "ratio_high": high, "p_value": chance, "verdict": verdict}
    value, low, high = fit.ratio({name: 1.0})
    log_value, error = fit.log_ratio({name: 1.0})
    row |= {"ratio": value, "p_value": 2 * (1 - NormalDist().cdf(abs(log_value) / error))}
    if row["orders"] >= fewest:
        return row | {"ratio_low": low, "ratio_high": high, "verdict": verdict_of(low, high, 1.0, row["orders"])}
    if amounts:
        return row | {"ratio_low": float("nan"), "ratio_high": float("nan"), "verdict": "too_few"}
    # counted, against what these days would have brought without it: none of twenty says much, one of one little
    usual = float(fit.mu[held].sum()) / value
    low, high = (float(v) for v in rate_interval(row["orders"], usual))
    return row | {"ratio_low": low, "ratio_high": high, "verdict": verdict_of(low, high, 1.0, usual)}
