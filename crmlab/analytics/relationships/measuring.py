"""Scales: whether items measure one thing (Cronbach's alpha, with its interval), and what every respondent scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...frames import number
from ...intervals import alpha_interval, alpha_of
from ...results import Note, Result, Source
from .survey import FEW_ANSWERS, answers_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["alpha_interval", "mean_interval", "reliability", "scales", "scores"]


def mean_interval(values: Any, level: float = 0.95) -> tuple[float, float, float]:
    """A mean with Student's interval; without one for a single value."""
    from scipy.stats import t

    n = len(values)
    mean = float(values.mean()) if n else float("nan")
    if n < 2:
        return mean, float("nan"), float("nan")
    half = float(t.ppf(0.5 + level / 2, n - 1) * values.std(ddof=1) / n**0.5)
    return mean, mean - half, mean + half


def _usable(name: str, values: pd.DataFrame) -> tuple[Any, int]:
    """The rows without a gap, as an array, and how many were left out."""
    if values.shape[1] < 2:
        raise UserError("relationships.one_item", found=name, wanted=list(values.columns))
    full = values.dropna()
    if len(full) < 3:
        raise UserError("relationships.few_rows", found=len(full), wanted=3)
    array = full.to_numpy()
    if not array.sum(axis=1).var() > 0:
        raise UserError("relationships.no_variance", found=name)
    return array, len(values) - len(full)


def _verdict(low: float, n: int, least: float) -> str:
    return "too_few" if n < FEW_ANSWERS else "real" if low >= least else "noise"


def reliability(
    answers: Any,
    items: Sequence[str],
    *,
    reverse: Sequence[str] = (),
    scale: tuple[float, float] | None = None,
    least: float = 0.7,
    level: float = 0.95,
    source: Source | None = None,
) -> Result:
    """Whether the items of one scale measure one thing, and which item spoils it.

    Parameters
    ----------
    answers : DataFrame
        One row a respondent, one column an item.
    items : sequence of str
        At least two; one item has no reliability that its own answers could show.
    reverse : sequence of str
        Items worded the other way round; they need ``scale``.
    scale : (low, high), optional
        The ends of the answers. What lies beyond is missing, and counted.
    least : float
        From which alpha on a scale is used: 0.7 by custom (Nunnally), not by law.
    level : float
    source : Source, optional

    Returns
    -------
    Result
        Kind ``relationships.reliability``: per item ``mean``, ``sd``, ``item_rest`` (its correlation with the sum of
        the others) and ``alpha_without``. ``facts``: ``alpha`` with Feldt's interval, ``n``, ``items``, ``dropped``
        respondents with a gap, and a verdict: ``too_few`` below 30 respondents, ``real`` where the whole interval is
        above ``least``, else ``noise``.

    Raises
    ------
    UserError
        ``relationships.one_item``, ``.few_rows``, ``.no_variance``, and those of the answers.

    Notes
    -----
    Alpha grows with the number of items and says nothing of *what* is measured; a high one does not make a scale one
    of trust. An item not reversed that should be drags it down: see ``item_rest`` below zero.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"a": [4, 3, 5, 2, 4], "b": [5, 3, 5, 3, 4], "c": [4, 4, 5, 2, 3]})
    >>> found = reliability(table, ["a", "b", "c"])
    >>> round(found.facts["alpha"], 3), found.facts["verdict"]
    (0.913, 'too_few')
    """
    import numpy as np
    import pandas as pd

    items = list(dict.fromkeys(items))
    number(least, "least", 0, 1)
    values, notes = answers_of(answers, items, reverse, scale)
    array, dropped = _usable("scale", values)
    n, k = array.shape
    alpha = alpha_of(array)
    low, high = alpha_interval(alpha, k, n, level=level)
    rows = []
    for j, item in enumerate(items):
        rest = np.delete(array, j, axis=1)
        mine, others = array[:, j], rest.sum(axis=1)
        moves = mine.std() > 0 and others.std() > 0
        row = {"item": item, "reversed": item in reverse, "mean": float(mine.mean()), "sd": float(mine.std(ddof=1))}
        row |= {"item_rest": float(np.corrcoef(mine, others)[0, 1]) if moves else float("nan")}
        rows.append(row | {"alpha_without": alpha_of(rest) if k > 2 else float("nan")})
    if n < FEW_ANSWERS:
        notes.append(Note("relationships.note.few_answers", {"n": n, "least": FEW_ANSWERS}))
    if dropped:
        notes.append(Note("relationships.note.gaps", {"n": dropped}))
    against = [r["item"] for r in rows if r["item_rest"] < 0]
    if against:
        notes.append(Note("relationships.note.against", {"items": against}))
    worst = max(rows, key=lambda r: r["alpha_without"] if r["alpha_without"] == r["alpha_without"] else -9)
    facts = {"alpha": alpha, "alpha_low": low, "alpha_high": high, "n": n, "items": k, "dropped": dropped}
    facts |= {"worst_item": worst["item"], "worst_without": worst["alpha_without"], "least": least}
    facts |= {"negative": len(against), "verdict": _verdict(low, n, least)}
    units = {"item": "text", "reversed": "text", "mean": "score", "sd": "number", "item_rest": "number"}
    params = {"items_asked": items, "reverse": list(reverse), "scale": list(scale) if scale else None, "level": level}
    params |= {"units": units | {"alpha_without": "number"}}
    return Result("relationships.reliability", pd.DataFrame(rows), params, facts, tuple(notes), source)


def scales(
    answers: Any,
    scales: Mapping[str, Sequence[str]],
    *,
    reverse: Sequence[str] = (),
    scale: tuple[float, float] | None = None,
    least: float = 0.7,
    level: float = 0.95,
    source: Source | None = None,
) -> Result:
    """Several scales of one questionnaire: their alphas and their means, each with its interval.

    Parameters
    ----------
    answers : DataFrame
    scales : mapping
        Name of a scale to its items.
    reverse, scale, least, level, source
        As for :func:`reliability`.

    Returns
    -------
    Result
        Kind ``relationships.scales``: per scale ``items``, ``n``, ``alpha`` and ``mean`` with intervals, ``verdict``.
    """
    import pandas as pd

    if not scales:
        raise UserError("relationships.no_scales")
    items = list(dict.fromkeys(i for its in scales.values() for i in its))
    values, notes = answers_of(answers, items, reverse, scale)
    rows = []
    for name, its in scales.items():
        array, dropped = _usable(name, values[list(dict.fromkeys(its))])
        n, k = array.shape
        alpha = alpha_of(array)
        low, high = alpha_interval(alpha, k, n, level=level)
        mean = dict(zip(("mean", "mean_low", "mean_high"), mean_interval(array.mean(axis=1), level), strict=True))
        row = {"scale": name, "items": k, "n": n, "dropped": dropped, "alpha": alpha, "alpha_low": low}
        rows.append(row | {"alpha_high": high} | mean | {"verdict": _verdict(low, n, least)})
    if min(r["n"] for r in rows) < FEW_ANSWERS:
        notes.append(Note("relationships.note.few_answers", {"n": min(r["n"] for r in rows), "least": FEW_ANSWERS}))
    weak = [r["scale"] for r in rows if r["verdict"] != "real"]
    lowest = min(rows, key=lambda r: r["alpha"])
    facts = {"n": max(r["n"] for r in rows), "scales": len(rows), "weak": len(weak), "lowest": lowest["scale"]}
    facts |= {"lowest_alpha": lowest["alpha"], "lowest_alpha_low": lowest["alpha_low"], "least": least}
    facts |= {"lowest_alpha_high": lowest["alpha_high"]}
    units = {"scale": "text", "items": "count", "n": "count", "dropped": "count", "verdict": "text"}
    units |= dict.fromkeys(("alpha", "alpha_low", "alpha_high"), "number")
    units |= dict.fromkeys(("mean", "mean_low", "mean_high"), "score")
    params = {"reverse": list(reverse), "scale": list(scale) if scale else None, "level": level, "units": units}
    return Result("relationships.scales", pd.DataFrame(rows), params, facts, tuple(notes), source)


def scores(
    answers: Any,
    scales: Mapping[str, Sequence[str]],
    *,
    reverse: Sequence[str] = (),
    scale: tuple[float, float] | None = None,
    keep: Sequence[str] = (),
) -> pd.DataFrame:
    """What every respondent scores on every scale: the mean of its items, reversed where they must be.

    Parameters
    ----------
    answers : DataFrame
    scales : mapping
        Name of a scale to its items.
    reverse, scale
        As for :func:`reliability`.
    keep : sequence of str
        Other columns to keep, as the respondent's number.

    Returns
    -------
    DataFrame
        One row a respondent. A scale with any item unanswered is missing, never the mean of what is there.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"a": [4, 3, 5, 2, 4], "b": [5, 3, 5, 3, 4], "c": [4, 4, 5, 2, 3]})
    >>> scores(table, {"trust": ["a", "b", "c"]})["trust"].round(2).tolist()
    [4.33, 3.33, 5.0, 2.33, 3.67]
    """
    from ...frames import frame_of

    frame = frame_of(answers, list(keep), "answers")
    items = list(dict.fromkeys(i for its in scales.values() for i in its))
    values, _ = answers_of(frame, items, reverse, scale)
    out = frame[list(keep)].copy()
    for name, its in scales.items():
        out[name] = values[list(its)].mean(axis=1, skipna=False)
    return out
