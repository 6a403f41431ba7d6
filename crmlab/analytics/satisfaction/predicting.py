"""Do scores predict who comes back? The area under the curve of each score, with its interval, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError
from ...intervals import z_of
from ...results import Note, Result, Source
from .intervals import holm, verdict_of
from .tables import frame_of, plain

__all__ = ["auc", "predicts"]

_LEAST = 10  # of those who came back, and of those who did not


def predicts(answers: Any, *, of: str, on: Sequence[str] | Mapping[str, str], source: Source | None = None) -> Result:
    """How well each score tells those who return from those who do not.

    Parameters
    ----------
    answers : DataFrame
        One row an answer, with the outcome known: who could not yet have returned must not be in it.
    of : str
        Column with the outcome: true or 1 where the customer came back **after** the answer.
    on : sequence of str, or mapping of column to {"high", "low"}
        The scores; in a mapping ``"low"`` says that a low answer is the good one, as of CES 1.0.

    Returns
    -------
    Result
        Kind ``satisfaction.predicts``: by score ``auc`` with interval (DeLong's error on the logit scale): the chance
        that of one who returned and one who did not the first gave the better answer; 0.5 is a coin. ``versus_best``
        is the difference to the best score with interval and ``p_holm``: whether one score surely predicts better
        than another.
    """
    import numpy as np
    import pandas as pd
    from scipy import stats

    ways = dict(on) if isinstance(on, Mapping) else dict.fromkeys(on, "high")
    wrong = [w for w in ways.values() if w not in ("high", "low")]
    if wrong:
        raise UserError("satisfaction.no_direction", found=wrong[0])
    frame = frame_of(answers, [of, *ways], "answers")
    used = frame[[of, *ways]].dropna()
    notes = []
    if len(used) < len(frame):
        notes.append(Note("satisfaction.note.incomplete_answers", {"n": len(frame) - len(used)}))
    outcome = used[of]
    kinds = set(pd.unique(outcome.astype(object)))
    if not kinds <= {0, 1}:  # true and false are equal to these
        raise UserError("satisfaction.not_two", table="answers", column=of, found=sorted(map(str, kinds))[:5])
    yes = outcome.astype(bool).to_numpy()
    if min(yes.sum(), (~yes).sum()) < _LEAST:
        raise UserError("satisfaction.few_outcomes", found=int(min(yes.sum(), (~yes).sum())), wanted=_LEAST)
    scores = np.column_stack([used[c].to_numpy(float) * (1 if w == "high" else -1) for c, w in ways.items()])
    area, spread = auc(yes, scores)
    errors = np.sqrt(np.diag(spread))
    low, high = _logit_interval(area, errors)
    best = int(area.argmax())
    gap = area - area[best]
    gap_error = np.sqrt(np.maximum(spread[best, best] + np.diag(spread) - 2 * spread[best], 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(gap_error > 1e-12, gap / gap_error, np.nan)
    p = 2 * stats.norm.sf(np.abs(z))
    table = pd.DataFrame(
        {
            "driver": list(ways),
            "n": len(used),
            "auc": area,
            "auc_low": low,
            "auc_high": high,
            "versus_best": gap,
            "versus_best_low": gap - z_of() * gap_error,
            "versus_best_high": gap + z_of() * gap_error,
            "p_holm": holm(p),
            "verdict": verdict_of(low, high, 0.5),
        }
    )
    table.loc[best, ["versus_best_low", "versus_best_high"]] = np.nan
    table = table.sort_values("auc", ascending=False, kind="stable", ignore_index=True)
    top = table.iloc[0]
    facts = {"n": len(used), "returned": int(yes.sum()), "returned_share": float(yes.mean())}
    facts |= {c: top[c] for c in ("driver", "auc", "auc_low", "auc_high", "verdict")}
    facts |= {"scores": len(table), "surely_worse": int((table["p_holm"] < 0.05).sum())}
    facts["useless"] = tuple(table.loc[table["verdict"] != "real", "driver"])
    units = {"driver": "text", "n": "count", "verdict": "mark"}
    table = table[["driver", "n", *[c for c in table if c not in ("driver", "n")]]]
    units = {c: units.get(c, "number") for c in table.columns}
    notes.append(Note("satisfaction.note.after", {"of": of}))
    params = {"of": of, "on": [f"{c} ({w})" for c, w in ways.items()], "units": units}
    return Result("satisfaction.predicts", table, params, plain(facts), tuple(notes), source)


def auc(yes: Any, scores: Any) -> tuple[Any, Any]:
    """Areas under the curve of several scores on the same people, and their covariance (DeLong 1988).

    Examples
    --------
    >>> import numpy as np
    >>> area, spread = auc(np.array([1, 1, 0, 0], bool), np.array([[4.0], [2.0], [3.0], [1.0]]))
    >>> float(area[0])
    0.75
    """
    import numpy as np
    from scipy.stats import rankdata

    one, other = scores[yes], scores[~yes]
    m, n = len(one), len(other)
    every = rankdata(np.vstack([one, other]), axis=0)
    within_one, within_other = rankdata(one, axis=0), rankdata(other, axis=0)
    area = (every[:m].sum(axis=0) - m * (m + 1) / 2) / (m * n)
    place_one = (every[:m] - within_one) / n
    place_other = 1 - (every[m:] - within_other) / m
    spread = np.atleast_2d(np.cov(place_one, rowvar=False)) / m + np.atleast_2d(np.cov(place_other, rowvar=False)) / n
    return area, spread


def _logit_interval(area: Any, error: Any) -> tuple[Any, Any]:
    """Within 0 and 1, and not symmetric near them."""
    import numpy as np

    inside = np.clip(area, 1e-6, 1 - 1e-6)
    middle = np.log(inside / (1 - inside))
    half = z_of() * error / (inside * (1 - inside))
    return 1 / (1 + np.exp(-(middle - half))), 1 / (1 + np.exp(-(middle + half)))
