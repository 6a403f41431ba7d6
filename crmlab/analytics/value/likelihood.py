"""Maximum likelihood on positive parameters, with what an honest answer needs: standard errors and diagnostics.

The search runs on log-parameters, so that none can turn negative, with the model's own gradient. Intervals are made
on the log scale too and brought back: they never reach below zero, and they are wide on the side where the likelihood
is flat.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...intervals import z_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["Estimate", "band", "ends_of", "maximise", "slopes", "spread_of"]

WIDE = 1e6  # ends so many times apart say nothing
FLAT = 1e-9  # the least curvature, against the greatest, that still says where the maximum is


@dataclass(frozen=True)
class Estimate:
    """Where the likelihood is greatest.

    Attributes
    ----------
    names : tuple of str
    values : numpy.ndarray
        The parameters.
    covariance : numpy.ndarray or None
        Of the *logarithms* of the parameters; ``None`` where the likelihood is too flat to give one.
    log_likelihood : float
    gradient : float
        The greatest slope left at the maximum, per customer.
    condition : float
        Steepest curvature by flattest: how much better the data know one direction than another.
    converged : bool
    """

    names: tuple[str, ...]
    values: np.ndarray
    covariance: np.ndarray | None
    log_likelihood: float
    gradient: float
    condition: float
    converged: bool

    @property
    def errors(self) -> np.ndarray:
        """Standard errors of the parameters themselves (delta method)."""
        import numpy as np

        if self.covariance is None:
            return np.full(len(self.values), np.nan)
        return self.values * np.sqrt(np.diag(self.covariance))

    def interval(self, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
        """Wald intervals on the log scale, brought back; missing where an end would be a million times the other."""
        import numpy as np

        with np.errstate(over="ignore"):
            reach = np.exp(z_of(level) * self.errors / self.values)
        reach = np.where(reach**2 > WIDE, np.nan, reach)
        return self.values / reach, self.values * reach

    @property
    def flat(self) -> bool:
        """Whether the data say nothing of some parameter."""
        import numpy as np

        return bool(np.isnan(self.interval()[0]).any())

    def told(self, level: float = 0.95) -> tuple[pd.DataFrame, dict[str, str], dict[str, float | None]]:
        """A table with a row for each parameter, its columns' units, and the same as facts."""
        import pandas as pd

        low, high = self.interval(level)
        table = pd.DataFrame({
            "parameter": self.names,
            "estimate": self.values,
            "estimate_low": low,
            "estimate_high": high,
            "standard_error": self.errors,
        })  # fmt: skip
        units = {"parameter": "text", **dict.fromkeys(table.columns[1:], "number")}
        facts: dict[str, float | None] = {}
        for i, name in enumerate(self.names):
            facts |= ends_of(name, (self.values[i:], low[i:], high[i:]))
        return table, units, facts


def ends_of(name: str, ends: Sequence[Any]) -> dict[str, float | None]:
    """The first of each, as facts: the value, and its ends where they are known."""
    named = zip((name, f"{name}_low", f"{name}_high"), ends, strict=True)
    return {key: float(values[0]) if values[0] == values[0] else None for key, values in named}


def maximise(
    names: Sequence[str],
    likelihood: Callable[[Any], tuple[float, Any]],
    starts: Sequence[Sequence[float]],
    n: float,
) -> Estimate:
    """The maximum of a log-likelihood over positive parameters.

    Parameters
    ----------
    names : sequence of str
    likelihood : callable
        Parameters to the log-likelihood and its gradient.
    starts : sequence of sequences
        Where to begin; the best end of all counts.
    n : float
        Of how many customers: the objective is taken per customer, so that tolerances mean the same at any size.
    """
    import numpy as np
    from scipy.optimize import minimize

    def objective(logs: Any) -> tuple[float, Any]:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            values = np.exp(logs)
            found, slope = likelihood(values)
        if not np.isfinite(found) or not np.all(np.isfinite(slope)):
            return 1e10, np.zeros(len(logs))  # a step that the search must take back
        return -found / n, -np.asarray(slope) * values / n

    def curvature(logs: Any) -> Any:
        step = 1e-4
        rows = []
        for i in range(len(logs)):
            move = np.zeros(len(logs))
            move[i] = step
            rows.append((objective(logs + move)[1] - objective(logs - move)[1]) / (2 * step))
        matrix = np.array(rows)
        return (matrix + matrix.T) / 2

    best = None
    reach = [(-12.0, 14.0)] * len(names)
    for start in starts:
        options = {"maxiter": 500, "ftol": 1e-13, "gtol": 1e-7}
        end = minimize(objective, np.log(start), jac=True, method="L-BFGS-B", bounds=reach, options=options)
        if best is None or end.fun < best.fun - 1e-12:
            best = end
    logs, fell = best.x, float(best.fun)
    matrix = curvature(logs)
    for _ in range(8):  # Newton's last steps: the ridge is long, and the search ends early on it
        slope = objective(logs)[1]
        if np.max(np.abs(slope)) < 1e-10 or np.linalg.eigvalsh(matrix)[0] <= 0:
            break
        further = logs - np.linalg.solve(matrix, slope)
        value = objective(further)[0]
        if not value <= fell or np.max(np.abs(further)) > 14:
            break
        logs, fell = further, float(value)
        matrix = curvature(logs)
    slope = float(np.max(np.abs(objective(logs)[1])))
    roots = np.linalg.eigvalsh(matrix)
    sound = roots[0] > FLAT * roots[-1] and roots[0] * n > 1e-3
    return Estimate(
        names=tuple(names),
        values=np.exp(logs),
        covariance=np.linalg.inv(matrix) / n if sound else None,
        log_likelihood=float(-fell * n),
        gradient=slope,
        condition=float(roots[-1] / roots[0]) if roots[0] > 0 else float("inf"),
        converged=bool(slope < 1e-5),
    )


def slopes(
    estimate: Estimate, what: Callable[[Any], Any], scale: str = "log"
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Something computed from the parameters, where it lies on the scale, and how it moves with their logarithms.

    Parameters
    ----------
    estimate : Estimate
    what : callable
        Parameters to an array.
    scale : {"log", "logit"}
        ``log`` for what is positive, ``logit`` for what lies from 0 to 1.

    Returns
    -------
    value, centre, slope
        ``slope`` has one more axis than ``value``; it is ``None`` where the estimate has no covariance.
    """
    import numpy as np

    def there(x: Any) -> Any:
        x = np.asarray(x, dtype=float)
        with np.errstate(divide="ignore"):
            return np.log(x) if scale == "log" else np.log(x) - np.log1p(-x)

    value = np.asarray(what(estimate.values), dtype=float)
    if estimate.covariance is None:
        return value, there(value), None
    step = 1e-4
    moved = []
    with np.errstate(invalid="ignore", over="ignore"):
        for i in range(len(estimate.values)):
            up, down = estimate.values.copy(), estimate.values.copy()
            up[i] *= np.exp(step)
            down[i] *= np.exp(-step)
            moved.append((there(what(up)) - there(what(down))) / (2 * step))
    return value, there(value), np.stack(moved, axis=-1)


def spread_of(slope: np.ndarray, covariance: np.ndarray) -> np.ndarray:
    """The standard error that a slope gives (delta method)."""
    import numpy as np

    with np.errstate(invalid="ignore"):
        return np.sqrt(np.einsum("...i,ij,...j->...", slope, covariance, slope))


def band(
    estimate: Estimate, what: Callable[[Any], Any], level: float = 0.95, scale: str = "log"
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Something computed from the parameters, with its interval by the delta method.

    Parameters
    ----------
    estimate, what, scale
        As for :func:`slopes`; the normal approximation is made on the scale.
    level : float

    Returns
    -------
    value, low, high
        The ends are missing where the estimate has no covariance.
    """
    import numpy as np

    value, centre, slope = slopes(estimate, what, scale)
    if slope is None:
        unknown = np.full(value.shape, np.nan)
        return value, unknown, unknown
    reach = z_of(level) * spread_of(slope, estimate.covariance)
    with np.errstate(over="ignore", invalid="ignore"):
        ends = [centre - reach, centre + reach]
        low, high = (np.exp(x) if scale == "log" else 1 / (1 + np.exp(-x)) for x in ends)
    # what is certain under the model (nobody who never came back has been lost yet) stays certain
    sure = ~np.isfinite(centre)
    return value, np.where(sure, value, low), np.where(sure, value, high)
