"""Effort: how often students tried a question, how many hints they took, who opened the solution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...intervals import wilson
from ...results import Note, Result, Source
from .answers import ENOUGH, answers_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["effort", "mean_interval"]


def mean_interval(values: Any, level: float = 0.95) -> tuple[float, float]:
    """The interval of a mean of counts that can't be negative: Student's on the logarithm of the mean.

    Counts of tries lean to the right: a few try often. Student's own interval then ends too low; on the logarithm it
    reaches further up than down. Where all are nought it ends where nought among so many is no surprise (``3 / n``).

    Examples
    --------
    >>> [round(x, 2) for x in mean_interval([1, 1, 2, 1, 3, 1, 6, 1, 2, 2])]
    [1.14, 3.5]
    """
    import math

    import numpy as np
    from scipy.stats import t

    told = np.asarray(values, dtype=np.float64)
    n, mean = len(told), float(told.mean())
    if n < 2:
        return float("nan"), float("nan")
    if mean == 0:
        return 0.0, -math.log((1 - level) / 2) / n
    half = float(t.ppf(0.5 + level / 2, n - 1)) * float(told.std(ddof=1)) / math.sqrt(n) / mean
    return mean * math.exp(-half), mean * math.exp(half)


def effort(items: Any, set: str | None = None, *, level: float = 0.95, source: Source | None = None) -> Result:
    """What each question cost: tries, hints, and the share of students who opened its solution.

    Parameters
    ----------
    items : DataFrame, or list of dict
        One row a student and question; see :func:`crmlab.items.read`.
    set : str, optional
        Only this set.
    level : float
    source : Source, optional

    Returns
    -------
    Result
        Kind ``items.effort``: per question ``n`` students whose notebook told it, mean ``attempts`` and ``hints`` with
        intervals, the share who opened the ``solution`` with Wilson's, and ``cheap_right``: of those who were right,
        the share who were so at the first try without a hint. ``facts``: the question that cost most tries, the one
        whose solution most opened, ``solutions`` opened in all.

    Raises
    ------
    UserError
        Those of the rows.

    Notes
    -----
    Tries and hints are what the student's own notebook says: it can be edited, and who works on paper first has one
    try. It is a hint to the lecturer, never a mark. Opened solutions are also recorded there. Missing counts are left
    out, never taken as nought.

    Intervals: of shares Wilson's (1927); of means Student's on the logarithm of the mean (delta method).

    Examples
    --------
    >>> from crmlab.analytics.items.example import make_class
    >>> made = make_class()
    >>> effort(made.items, made.sets[0]).facts["n"]
    120
    """
    import pandas as pd

    frame, notes = answers_of(items, set)
    rows = [_row(at, part, level) for at, part in frame.groupby(["set", "question"], sort=False)]
    table = pd.DataFrame(rows)
    unknown = int(frame["attempts"].isna().sum())
    if unknown:
        notes.append(Note("items.note.no_log", {"n": unknown}))
    if table["n"].min() < ENOUGH:
        notes.append(Note("items.note.few", {"n": int(table["n"].min()), "least": ENOUGH}))
    notes.append(Note("items.note.own_word"))
    known = table[table["attempts"].notna()]
    dear = known.loc[known["attempts"].idxmax()] if len(known) else None
    opened = table.loc[table["solution"].idxmax()]
    facts = {"n": frame["student"].nunique(), "questions": len(table), "solutions": int(frame["solution"].sum())}
    facts |= {"dearest": None if dear is None else dear["question"]}
    for end in ("", "_low", "_high"):
        facts[f"dearest_attempts{end}"] = float("nan") if dear is None else float(dear[f"attempts{end}"])
        facts[f"opened_share{end}"] = float(opened[f"solution{end}"])
    facts |= {"opened": opened["question"]}
    units = {"set": "text", "question": "text", "n": "count", "cheap_right": "share"}
    units |= {f"{k}{e}": "number" for k in ("attempts", "hints") for e in ("", "_low", "_high")}
    units |= {f"solution{e}": "share" for e in ("", "_low", "_high")}
    params = {"of_set": set, "level": level, "units": units}
    return Result("items.effort", table, params, facts, tuple(notes), source)


def _row(at: Any, part: pd.DataFrame, level: float) -> dict[str, Any]:
    row: dict[str, Any] = {"set": at[0], "question": at[1], "n": int(part["attempts"].notna().sum())}
    for what in ("attempts", "hints"):
        told = part[what].dropna()
        low, high = mean_interval(told, level) if len(told) >= ENOUGH else (float("nan"),) * 2
        row |= {what: float(told.mean()) if len(told) else float("nan"), f"{what}_low": low, f"{what}_high": high}
    low, high = wilson(part["solution"].sum(), len(part), level=level)
    row |= {"solution": float(part["solution"].mean()), "solution_low": low, "solution_high": high}
    right = part[(part["verdict"] == "right") & part["attempts"].notna()]
    cheap = (right["attempts"] <= 1) & ~(right["hints"] > 0) & ~right["solution"]
    return row | {"cheap_right": float(cheap.mean()) if len(right) else float("nan")}
