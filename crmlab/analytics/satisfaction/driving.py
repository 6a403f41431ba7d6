"""What moves a score: relative weights and Shapley shares of R², importance beside performance, and collinearity aloud.

Drivers go together: who is pleased with one thing is pleased with others. Regression coefficients then swing, and may
change their sign. Johnson's relative weights and the Shapley shares (LMG: each driver's gain in R², averaged over all
orders in which drivers can come in) divide what is explained without that, and add up to R².
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import comb
from typing import Any

from ...errors import UserError
from ...intervals import z_of
from ...results import Note, Result, Source
from .intervals import mean_interval
from .tables import frame_of, number, plain

__all__ = ["drivers", "relative_weights", "shapley_shares"]

_A_DRIVER = 10  # answers that each driver asks for
_STEPS, _SEED = 500, 47
_MOST_SHAPLEY = 12
_COLLINEAR, _SEVERE = 5.0, 10.0


def drivers(
    answers: Any,
    *,
    of: str,
    on: Sequence[str],
    method: str = "relative_weights",
    scale: tuple[int, int] | None = (1, 5),
    times: int = _STEPS,
    source: Source | None = None,
) -> Result:
    """Which of several rated things the outcome hangs on, and how each is rated: importance and performance.

    Parameters
    ----------
    answers : DataFrame
        One row an answer.
    of : str
        The outcome, as ``"nps"`` or ``"csat"``: the answer itself, not the share.
    on : sequence of str
        The drivers' columns.
    method : {"relative_weights", "shapley"}
        Johnson's relative weights, or the Shapley shares of R² (LMG; up to 12 drivers).
    scale : (int, int), optional
        The drivers' scale, for the interval of their performance; ``None`` where they have none (minutes).
    times : int
        Bootstrap resamples for the intervals.

    Returns
    -------
    Result
        Kind ``satisfaction.drivers``: by driver ``importance_share`` (of R²; all add up to 1) with interval,
        ``performance`` (mean) with interval, ``slope`` of the plain regression with interval, ``correlation``,
        ``vif``, and ``priority``: ``priority_act`` (important, rated low),
        ``priority_keep``, ``priority_watch`` or ``priority_leave``. Verdict ``real``
        where the importance surely exceeds that of a driver without any (a shuffled one).
    """
    import numpy as np
    import pandas as pd
    from scipy import stats

    names = list(on)
    if method not in ("relative_weights", "shapley"):
        raise UserError("satisfaction.bad_method", found=method, wanted=["relative_weights", "shapley"])
    if len(names) < 2 or len(set(names)) < len(names) or of in names:
        raise UserError("satisfaction.bad_drivers", found=names)
    if method == "shapley" and len(names) > _MOST_SHAPLEY:
        raise UserError("satisfaction.many_drivers", found=len(names), most=_MOST_SHAPLEY)
    frame = frame_of(answers, [of, *names], "answers")
    words = [c for c in (of, *names) if not pd.api.types.is_numeric_dtype(frame[c])]
    if words:
        raise UserError("satisfaction.not_scores", table="answers", column=words[0], found=str(frame[words[0]].dtype))
    used = frame[[of, *names]].dropna().to_numpy(dtype=np.float64)
    notes = []
    if len(used) < len(frame):
        notes.append(Note("satisfaction.note.incomplete_answers", {"n": len(frame) - len(used)}))
    least = _A_DRIVER * (len(names) + 1)
    if len(used) < least:
        raise UserError("satisfaction.few_for_drivers", found=len(used), wanted=least, drivers=len(names))
    flat = [c for c, s in zip((of, *names), used.std(axis=0), strict=True) if s == 0]
    if flat:
        raise UserError("satisfaction.constant", table="answers", column=flat[0])
    correlation = np.corrcoef(used, rowvar=False)
    share_of = relative_weights if method == "relative_weights" else shapley_shares
    if np.linalg.eigvalsh(correlation[1:, 1:])[0] < 1e-9:
        raise UserError("satisfaction.same_drivers", found=_same(names, correlation[1:, 1:]))
    raw = share_of(correlation)
    r2 = float(raw.sum())
    times = number(times, "times", least=100, whole=True)
    rng = np.random.default_rng(_SEED)
    drawn = np.empty((times, len(names)))
    totals = np.empty(times)
    empty = np.empty(times)
    fast = relative_weights if len(names) > 8 else share_of
    for i in range(times):
        one = used[rng.integers(0, len(used), len(used))]
        # a driver that means nothing, for comparison: chance gives it a little importance too
        noise = rng.permutation(one[:, 1 + i % len(names)])
        both = np.corrcoef(np.column_stack([one, noise]), rowvar=False)
        weights = fast(both)
        drawn[i], empty[i], totals[i] = weights[:-1], weights[-1], weights.sum()
    share = raw / r2
    low, high = _share_interval(share, drawn / drawn.sum(axis=1, keepdims=True))
    excess = np.quantile(drawn - empty[:, None], 0.025, axis=0)
    vif = np.diag(np.linalg.inv(correlation[1:, 1:]))
    slope, slope_low, slope_high = _slopes(used)
    performance = used[:, 1:].mean(axis=0)
    if scale is None:
        half = stats.t.ppf(0.975, len(used) - 1) * used[:, 1:].std(axis=0, ddof=1) / np.sqrt(len(used))
        p_low, p_high = performance - half, performance + half
    else:
        p_low, p_high = mean_interval(performance, (used[:, 1:] ** 2).mean(axis=0), len(used), scale)
    important, good = share >= 1 / len(names), performance >= performance.mean()
    priority = np.select(
        [important & ~good, important & good, ~important & ~good],
        ["priority_act", "priority_keep", "priority_watch"],
        "priority_leave",
    )
    table = pd.DataFrame(
        {
            "driver": names,
            "importance_share": share,
            "importance_share_low": low,
            "importance_share_high": high,
            "performance": performance,
            "performance_low": p_low,
            "performance_high": p_high,
            "slope": slope,
            "slope_low": slope_low,
            "slope_high": slope_high,
            "correlation": correlation[0, 1:],
            "vif": vif,
            "priority": priority,
            "verdict": np.where(excess > 0, "real", "noise"),
        }
    ).sort_values("importance_share", ascending=False, kind="stable", ignore_index=True)
    if vif.max() >= _COLLINEAR:
        bad = [n for n, v in zip(names, vif, strict=True) if v >= _COLLINEAR]
        notes.append(Note("satisfaction.note.collinear", {"drivers": bad, "vif": float(vif.max())}))
    swapped = [n for n, s, c in zip(names, slope, correlation[0, 1:], strict=True) if s * c < 0]
    if swapped:
        notes.append(Note("satisfaction.note.swapped_sign", {"drivers": swapped}))
    notes.append(Note("satisfaction.note.not_causes", {"of": of}))
    top = table.iloc[0]
    # adjusted for the number of drivers, as plain R² grows with every one
    adjusted = 1 - (1 - r2) * (len(used) - 1) / (len(used) - len(names) - 1)
    facts: dict[str, Any] = {"n": len(used), "drivers": len(names), "r2": r2, "r2_adjusted": adjusted}
    facts |= {c: top[c] for c in ("driver", "importance_share", "importance_share_low", "importance_share_high")}
    worst = table.loc[table["performance"].idxmin()]
    facts |= {"lowest": worst["driver"], "lowest_performance": worst["performance"]}
    facts |= {"vif": float(vif.max()), "vif_driver": names[int(vif.argmax())], "verdict": top["verdict"]}
    facts["act"] = tuple(table.loc[table["priority"] == "priority_act", "driver"])
    shares_ = ("importance_share", "importance_share_low", "importance_share_high")
    units = {"driver": "text"} | dict.fromkeys(shares_, "share")
    units |= dict.fromkeys(("performance", "performance_low", "performance_high"), "score")
    units |= dict.fromkeys(("slope", "slope_low", "slope_high", "correlation", "vif"), "number")
    units |= {"priority": "mark", "verdict": "mark"}
    params = {"of": of, "on": names, "method": method, "times": times, "units": units}
    return Result("satisfaction.drivers", table, params, plain(facts), tuple(notes), source)


def relative_weights(correlation: Any) -> Any:
    """Johnson's relative weights from a correlation matrix whose first row is the outcome.

    Examples
    --------
    >>> import numpy as np
    >>> [round(float(w), 3) for w in relative_weights(np.array([[1, .5, .5], [.5, 1, 0], [.5, 0, 1]]))]
    [0.25, 0.25]
    """
    import numpy as np

    values, vectors = np.linalg.eigh(correlation[1:, 1:])
    root = vectors @ np.diag(np.sqrt(np.maximum(values, 0))) @ vectors.T
    beta = np.linalg.solve(root, correlation[1:, 0])
    return (root**2) @ (beta**2)


def shapley_shares(correlation: Any) -> Any:
    """The gain in R² of each driver, averaged over all orders of coming in (LMG, Shapley).

    Examples
    --------
    >>> import numpy as np
    >>> [round(float(w), 3) for w in shapley_shares(np.array([[1, .6, .3], [.6, 1, .5], [.3, .5, 1]]))]
    [0.315, 0.045]
    """
    import numpy as np

    k = len(correlation) - 1
    r2: Mapping[tuple[int, ...], float] = {(): 0.0}
    for size in range(1, k + 1):
        for some in combinations(range(1, k + 1), size):
            at = list(some)
            y = correlation[0, at]
            r2[some] = float(y @ np.linalg.solve(correlation[np.ix_(at, at)], y))
    out = np.zeros(k)
    for j in range(1, k + 1):
        others = [i for i in range(1, k + 1) if i != j]
        for size in range(k):
            weight = 1 / (k * comb(k - 1, size))
            for some in combinations(others, size):
                out[j - 1] += weight * (r2[tuple(sorted((*some, j)))] - r2[some])
    return out


def _share_interval(share: Any, drawn: Any) -> tuple[Any, Any]:
    """The interval of shares from their resamples, on the logit, where a share is not bent by its ends.

    Each resample is richer in chance than the answers, so that its percentiles stand too high: only its spread is used,
    the larger of that of shares and that of their logits, to either side of the share and of what it is without what
    resampling adds to it. Each of these alone is too narrow for small shares of few answers.
    """
    import numpy as np

    def logit(p: Any) -> Any:
        return np.log(p / (1 - p))

    inside, drawn = np.clip(share, 1e-6, 1 - 1e-6), np.clip(drawn, 1e-6, 1 - 1e-6)
    spread = drawn.std(axis=0, ddof=1)
    less = np.clip(2 * inside - drawn.mean(axis=0), inside / 4, 1 - 1e-6)
    reach = np.maximum(spread / (inside * (1 - inside)), logit(drawn).std(axis=0, ddof=1))
    ends = [(logit(inside), z_of() * reach), (logit(less), z_of() * spread / (less * (1 - less)))]
    low = np.minimum(*(middle - half for middle, half in ends))
    high = np.maximum(*(middle + half for middle, half in ends))
    with np.errstate(over="ignore"):
        low, high = 1 / (1 + np.exp(-low)), 1 / (1 + np.exp(-high))
    # next to nothing has no logit to speak of: then from 0 to what resamples reach, which is too high if anything
    nothing = inside < spread / 10
    return np.where(nothing, 0.0, low), np.where(nothing, np.quantile(drawn, 0.975, axis=0), high)


def _slopes(used: Any) -> tuple[Any, Any, Any]:
    """The plain regression's slopes, with intervals that hold where the spread is uneven (HC3)."""
    import numpy as np
    from scipy import stats

    y, x = used[:, 0], np.column_stack([np.ones(len(used)), used[:, 1:]])
    inverse = np.linalg.inv(x.T @ x)
    beta = inverse @ x.T @ y
    leverage = np.einsum("ij,jk,ik->i", x, inverse, x)
    rest = (y - x @ beta) / np.maximum(1 - leverage, 1e-9)
    spread = np.sqrt(np.diag(inverse @ (x.T * rest**2) @ x @ inverse))
    half = stats.t.ppf(0.975, len(y) - x.shape[1]) * spread
    return beta[1:], (beta - half)[1:], (beta + half)[1:]


def _same(names: Sequence[str], correlation: Any) -> list[str]:
    """Drivers that say the same as others together."""
    import numpy as np

    values, vectors = np.linalg.eigh(correlation)
    return [n for n, v in zip(names, np.abs(vectors[:, 0]), strict=True) if v > 0.05]
