"""Whether hazards stay in proportion: the score test of every column times a clock, added to Cox's model.

The test is the one that R's survival does since its version 3 (``cox.zph``): exact where the older one, on residuals
scaled by one mean variance (Grambsch and Therneau 1994), was near.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

__all__ = ["Check", "proportional"]


class Check(NamedTuple):
    """The test of each column, and of all of them at once."""

    chi_squares: list[float]
    p_values: list[float]
    chi_square: float
    p_value: float


def proportional(
    log_ratios: np.ndarray,
    design: np.ndarray,
    durations: np.ndarray,
    losses: np.ndarray,
    *,
    entry: np.ndarray | None = None,
    strata: np.ndarray | None = None,
    ties: str = "efron",
) -> Check:
    """The score test of hazard ratios that change with time.

    Parameters
    ----------
    log_ratios : array
        Where the partial likelihood has its top.
    design : array, rows by columns
    durations, losses : array
    entry : array, optional
        Who entered on the day of a loss is at risk after it.
    strata : array, optional
    ties : {"efron", "breslow"}

    Returns
    -------
    Check
        With time as the share lost just before, by Kaplan and Meier: late losses, of which there are few, don't
        dominate. Missing where all were lost at one moment.
    """
    import numpy as np
    from scipy import stats

    x = design - design.mean(axis=0)
    k = x.shape[1]
    clock = _clock(durations, losses, entry)
    score, plain, once, twice = np.zeros(k), *(np.zeros((k, k)) for _ in range(3))
    for each in [np.arange(len(x))] if strata is None else [np.flatnonzero(strata == s) for s in np.unique(strata)]:
        late = None if entry is None else entry[each]
        died, surprise, spread = _losses(log_ratios, x[each], durations[each], losses[each], late, ties)
        g = clock(died)
        score += g @ surprise
        plain += spread.sum(axis=0)
        once += np.einsum("i,ijk->jk", g, spread)
        twice += np.einsum("i,ijk->jk", g**2, spread)
    if np.allclose(twice, 0):
        nothing = [float("nan")] * k
        return Check(nothing, nothing, float("nan"), float("nan"))

    def tested(some: list[int]) -> float:
        """Chi-square of the columns times the clock, the ratios themselves being estimated."""
        left = twice[np.ix_(some, some)] - once[some] @ np.linalg.solve(plain, once[:, some])
        return float(score[some] @ np.linalg.solve(left, score[some]))

    each_column = [tested([j]) for j in range(k)]
    whole = tested(list(range(k)))
    return Check(each_column, [float(p) for p in stats.chi2.sf(each_column, 1)], whole, float(stats.chi2.sf(whole, k)))


def _clock(durations: np.ndarray, losses: np.ndarray, entry: np.ndarray | None) -> Callable[[np.ndarray], np.ndarray]:
    """A function of times: the share lost before each, its mean over all losses being 0."""
    import numpy as np
    from statsmodels.duration.survfunc import SurvfuncRight

    curve = SurvfuncRight(durations, losses, entry=entry)
    lost = 1 - np.concatenate([[1.0], curve.surv_prob])

    def read(times: np.ndarray) -> np.ndarray:
        return lost[np.searchsorted(curve.surv_times, times, side="left")]

    middle = read(durations[losses == 1]).mean()
    return lambda times: read(times) - middle


def _losses(
    log_ratios: np.ndarray,
    x: np.ndarray,
    durations: np.ndarray,
    losses: np.ndarray,
    entry: np.ndarray | None,
    ties: str,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of every loss its time, how it differs from the mean of those at risk, and their variance."""
    import numpy as np

    risk = np.exp(x @ log_ratios)
    rows = np.concatenate([np.ones((len(x), 1)), x, (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)], axis=1)
    rows *= risk[:, None]
    seen = np.flatnonzero(losses == 1)
    seen = seen[np.argsort(durations[seen], kind="stable")]
    died = durations[seen]
    at_risk = _from(durations, rows, died)
    if entry is not None:
        at_risk = at_risk - _from(entry, rows, died)
    if ties == "efron" and len(seen):
        # of n that die at one moment, the second sees a risk set with 1/n less of them, the third with 2/n less
        _, first, which, n = np.unique(died, return_index=True, return_inverse=True, return_counts=True)
        dying = np.add.reduceat(rows[seen], first, axis=0)[which]
        at_risk = at_risk - ((np.arange(len(died)) - first[which]) / n[which])[:, None] * dying
    k = x.shape[1]
    sums = at_risk[:, :1]
    mean = at_risk[:, 1 : k + 1] / sums
    square = (at_risk[:, k + 1 :] / sums).reshape(-1, k, k)
    return died, x[seen] - mean, square - mean[:, :, None] * mean[:, None, :]


def _from(when: np.ndarray, rows: np.ndarray, times: np.ndarray) -> np.ndarray:
    """The sum of the rows whose time is not before each of the times."""
    import numpy as np

    order = np.argsort(when, kind="stable")
    # summed from the latest on, so that a small rest is no difference of two large sums
    tails = np.concatenate([np.cumsum(rows[order][::-1], axis=0)[::-1], np.zeros((1, rows.shape[1]))])
    return tails[np.searchsorted(when[order], times, side="left")]
