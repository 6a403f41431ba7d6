"""Units side by side without naked ranks: shrunk scores, limits of a funnel, and how sure a rank is."""

from __future__ import annotations

import math
from typing import Any

from ...errors import UserError
from ...intervals import z_of
from ...results import Note, Result, Source
from .intervals import LEAST_N, holm
from .measures import measure_of
from .scores import SHOWN_N, one_version
from .tables import Answers, plain

__all__ = ["league", "shrink"]

_DRAWS, _MOST_CELLS, _SEED = 4000, 8_000_000, 43


def league(
    answers: Any,
    *,
    by: str,
    measure: str = "nps",
    score: str | None = None,
    scale: tuple[int, int] | None = None,
    easy: str | None = None,
    least_n: int = SHOWN_N,
    source: Source | None = None,
) -> Result:
    """A league table that says what can be said: few units are surely better or worse than all.

    Parameters
    ----------
    answers, by, measure, score, scale, easy, source
        As for :func:`~crmlab.analytics.satisfaction.difference`.
    least_n : int
        Units with fewer answers take part neither in the ranks nor in the shrinking.

    Returns
    -------
    Result
        Kind ``satisfaction.league``: by unit ``n``, the score with its interval; ``shrunk``, drawn towards the mean of
        all the more, the fewer answers it has, with its credible interval (it holds 95 % over units that differ, and
        more where all are alike: a spread can't be found to be below none); ``rank`` (of the shrunk scores, best first)
        with its credible set from ``rank_low`` to ``rank_high`` (ranks are whole numbers, so that it holds 95 % at
        least); ``funnel_low``, ``funnel_high``, between which 95 % of units like all others
        would lie with so many answers, and ``outer_low``, ``outer_high`` for 99.8 %; ``p_holm`` and the verdict: is
        the unit surely unlike the mean of all, all units asked at once?
    """
    import numpy as np
    import pandas as pd
    from scipy import stats

    kind = measure_of(measure, scale=scale, easy=easy)
    opened = Answers(answers, score or measure, [by])
    one_version(opened, kind, [by])
    found, notes = opened.counted(kind, [by])
    least = max(least_n, LEAST_N)
    few = found["n"] < least
    if few.any():
        values = {"groups": int(few.sum()), "n": int(found.loc[few, "n"].sum()), "least_n": least}
        notes.append(Note("satisfaction.note.suppressed", values))
    units_ = found[~few].reset_index(drop=True)
    if len(units_) < 3:
        raise UserError("satisfaction.few_units", found=len(units_), least=least)
    factor, n = kind.factor, units_["n"].to_numpy(float)
    mean, square = units_["mean"].to_numpy(float), units_["square"].to_numpy(float)
    within = float((n * (square - mean**2)).sum() / (n.sum() - len(n)))
    low, high = kind.limits(mean, square, n)
    drawn = shrink(mean, np.sqrt(within / n))
    best = -1 if kind.easy == "low" else 1
    order = np.argsort(-best * drawn["middle"], kind="stable")
    table = pd.DataFrame(
        {by: units_[by], "n": units_["n"], "score": factor * mean, "score_low": low, "score_high": high}
    )
    for name, value in (("shrunk", "middle"), ("shrunk_low", "low"), ("shrunk_high", "high")):
        table[name] = factor * drawn[value]
    ranks = drawn["ranks"](best)
    table["rank"] = np.argsort(order, kind="stable") + 1
    table["rank_low"], table["rank_high"] = ranks
    overall = float((n * mean).sum() / n.sum())
    for level, name in ((0.95, "funnel"), (0.998, "outer")):
        half = z_of(level) * np.sqrt(within / n)
        for sign, end in ((-1, "low"), (1, "high")):
            table[f"{name}_{end}"] = np.clip(factor * (overall + sign * half), *kind.ends)
    # the mean of all holds the unit's own answers: leave them out of what it is compared with
    others = n.sum() - n
    gap = mean - (n.sum() * overall - n * mean) / others
    z = gap / np.sqrt(within * (1 / n + 1 / others)) if within > 0 else np.full(len(n), np.nan)
    table["p_value"] = 2 * stats.norm.sf(np.abs(z))
    table["p_holm"] = holm(table["p_value"])
    table["verdict"] = np.where(table["p_holm"] < 0.05, "real", "noise").astype(object)
    table = table.iloc[order].reset_index(drop=True)
    sure = table[table["verdict"] == "real"]
    facts = {
        "n": int(n.sum()),
        "groups": len(table),
        "hidden": int(few.sum()),
        "score": factor * overall,
        "between": factor * drawn["spread"],
        "between_low": factor * drawn["spread_low"],
        "between_high": factor * drawn["spread_high"],
        "real": len(sure),
        "naked_best": table.loc[(best * table["score"]).idxmax(), by],
        "best": table[by].iloc[0],
        "best_rank_high": int(table["rank_high"].iloc[0]),
        "best_shrunk": float(table["shrunk"].iloc[0]),
        "best_shrunk_low": float(table["shrunk_low"].iloc[0]),
        "best_shrunk_high": float(table["shrunk_high"].iloc[0]),
        "verdict": "real" if len(sure) else "noise",
    }
    facts["score_low"], facts["score_high"] = (
        float(x) for x in kind.limits(overall, float((n * square).sum() / n.sum()), n.sum())
    )
    units = {by: "text", "n": "count"}
    units |= {c: kind.unit for c in table.columns if c.startswith(("score", "shrunk", "funnel", "outer"))}
    units |= dict.fromkeys(("rank", "rank_low", "rank_high"), "count")
    units |= {"p_value": "number", "p_holm": "number", "verdict": "mark"}
    params = {"measure": kind.name, "by": by, "least_n": least, "units": {c: units[c] for c in table.columns}}
    return Result("satisfaction.league", table, params, plain(facts), tuple(notes), source)


def shrink(mean: Any, error: Any, draws: int = _DRAWS) -> dict[str, Any]:
    """Units as draws from one normal distribution of units, whose spread is not known either (hierarchical Bayes).

    The spread between units is integrated over a flat prior on a grid rather than put in as if it were known: the
    plain empirical Bayes interval is too narrow where there are few units.

    Parameters
    ----------
    mean, error : array
        Each unit's own mean and its standard error.

    Returns
    -------
    dict
        ``middle``, ``low``, ``high`` by unit; ``spread`` between units with ``spread_low``, ``spread_high`` (of the
        spreads for which such differences are neither too large nor too small: from 0 where none is needed);
        ``ranks(sign)`` gives the fewest neighbouring ranks that hold 95 % of the draws or more, the largest score
        first where ``sign`` is 1.
    """
    import numpy as np

    mean, error = np.asarray(mean, float), np.maximum(np.asarray(error, float), 1e-12)
    k = len(mean)
    draws = max(400, min(draws, _MOST_CELLS // k))
    rng = np.random.default_rng(_SEED)
    widest = 3 * max(float(mean.std(ddof=1)), float(np.median(error)) / 4)
    grid = np.linspace(0, widest, 241)
    variance = error[None, :] ** 2 + grid[:, None] ** 2
    weight = 1 / variance
    sure = weight.sum(axis=1)
    middle = (weight * mean).sum(axis=1) / sure
    log_chance = -0.5 * np.log(sure) - 0.5 * np.log(variance).sum(axis=1)
    log_chance -= 0.5 * (weight * (mean - middle[:, None]) ** 2).sum(axis=1)
    chance = np.exp(log_chance - log_chance.max())
    chance /= chance.sum()
    at = rng.choice(len(grid), size=draws, p=chance)
    centre = middle[at] + rng.normal(size=draws) / np.sqrt(sure[at])
    tau2 = grid[at, None] ** 2
    pull = tau2 / (tau2 + error**2)
    theta = centre[:, None] + pull * (mean - centre[:, None])
    # the mean over draws without their last noise has less chance in it
    smooth = theta.mean(axis=0)
    theta += np.sqrt(pull) * error * rng.normal(size=theta.shape)
    low, high = np.quantile(theta, [0.025, 0.975], axis=0)
    spread = float((grid * chance).sum())
    ends = _spreads(mean, error)

    def ranks(sign: int) -> tuple[Any, Any]:
        places = np.argsort(np.argsort(-sign * theta, axis=1), axis=1) + 1
        places.sort(axis=0)
        inside = math.ceil(0.95 * draws)
        width = places[inside - 1 :] - places[: draws - inside + 1]
        # of equally narrow runs the middle one
        off = np.abs(np.arange(len(width)) - (len(width) - 1) / 2) / draws
        first = np.argmin(width + off[:, None], axis=0)
        unit = np.arange(k)
        return places[first, unit], places[first + inside - 1, unit]

    out = {"middle": smooth, "low": low, "high": high, "ranks": ranks, "spread": spread}
    return {**out, "spread_low": min(ends[0], spread), "spread_high": max(ends[1], spread)}


def _spreads(mean: Any, error: Any) -> tuple[float, float]:
    """The interval of the spread between units: where Cochran's Q lies within its 95 % (Q-profile; Viechtbauer 2007).

    A prior that begins at none gives a spread even to units that are all alike; this one goes down to 0 for them.
    """
    import numpy as np
    from scipy.optimize import brentq
    from scipy.stats import chi2

    def q(spread: float) -> float:
        weight = 1 / (error**2 + spread**2)
        return float((weight * (mean - (weight * mean).sum() / weight.sum()) ** 2).sum())

    most = 1.0 + float(np.ptp(mean)) + float(error.max())
    ends = []
    for chance in (0.975, 0.025):
        wanted = float(chi2.ppf(chance, len(mean) - 1))
        top = most
        while q(top) > wanted:
            top *= 2
        ends.append(0.0 if q(0.0) <= wanted else float(brentq(lambda s, w=wanted: q(s) - w, 0.0, top)))
    return ends[0], ends[1]
