"""Difficulty: the share of its points that a question gave away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...frames import number
from ...intervals import bunched, wilson
from ...results import Note, Result, Source
from .answers import ENOUGH, SILENT, answers_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["difficulty", "share_interval"]


def share_interval(shares: Any, level: float = 0.95) -> tuple[float, float]:
    """The interval of a mean share of points: Wilson's where each is nought or all, else that of bunched cases.

    Examples
    --------
    >>> [round(x, 3) for x in share_interval([1, 1, 0, 1, 0, 1, 1, 1])]
    [0.409, 0.929]
    >>> [round(x, 3) for x in share_interval([1, 0.5, 0, 1, 0.5, 1, 1, 1])]
    [0.394, 0.933]
    """
    import numpy as np

    values = np.asarray(shares, dtype=np.float64)
    if not ((values > 0) & (values < 1)).any():
        return wilson(values.sum(), len(values), level=level)
    return bunched(values, np.ones(len(values)), level=level)


def difficulty(
    items: Any,
    set: str | None = None,
    *,
    easy: float = 0.9,
    hard: float = 0.3,
    level: float = 0.95,
    source: Source | None = None,
) -> Result:
    """How hard each question was: the mean share of its points, ``p = mean(points) / points it can earn``.

    Parameters
    ----------
    items : DataFrame, or list of dict
        One row a student and question; see :func:`crmlab.items.read`.
    set : str, optional
        Only this set.
    easy, hard : float
        From which share on a question is too easy, up to which too hard. Custom, not law.
    level : float
    source : Source, optional

    Returns
    -------
    Result
        Kind ``items.difficulty``: per question ``n`` students, ``answered`` (share of them who answered at all),
        ``difficulty`` with its interval, ``verdict``: ``too_easy`` or ``too_hard`` where the whole interval lies
        there, ``fine`` where it lies between, ``unclear`` where it lies across, ``too_few`` below 30 students.
        ``facts``: ``mean`` share of all points with its interval (students are the cases), ``n`` students.

    Notes
    -----
    The higher the figure, the easier the question: the custom of the field, and its first misunderstanding. A question
    not answered earned nothing and counts so; ``answered`` says how many these are. The figure belongs to this class:
    a better one would find the same question easier. Points after an opened solution are halved by the grading, so that
    a question whose solution many opened looks harder than it is to those who try.

    Interval: Wilson (1927) where every answer earns nought or all; with part marks, Wilson's of as many independent
    cases as would be as unsure (variance of a mean, Student's t).

    Source: Lord and Novick (1968), Statistical Theories of Mental Test Scores, chapter 15; Ebel and Frisbie (1991),
    Essentials of Educational Measurement, chapter 13 (both from memory).

    Examples
    --------
    >>> rows = [{"student": f"s{i}", "question": "q", "points": float(i < 32), "max_points": 1.0} for i in range(40)]
    >>> found = difficulty(rows).table.iloc[0]
    >>> float(found["difficulty"]), round(float(found["difficulty_low"]), 3), found["verdict"]
    (0.8, 0.652, 'fine')
    """
    import pandas as pd

    number(hard, "hard", 0, 1)
    number(easy, "easy", hard, 1)
    frame, notes = answers_of(items, set)
    frame["share"] = frame["points"] / frame["max_points"]
    rows = [_row(at, part, easy, hard, level) for at, part in frame.groupby(["set", "question"], sort=False)]
    sums = frame.groupby("student")[["points", "max_points"]].sum()
    low, high = bunched(sums["points"], sums["max_points"], level=level)
    table = pd.DataFrame(rows)
    if table["n"].min() < ENOUGH:
        notes.append(Note("items.note.few", {"n": int(table["n"].min()), "least": ENOUGH}))
    halved = int((frame["solution"] & (frame["points"] > 0)).sum())
    if halved:
        notes.append(Note("items.note.halved", {"n": halved}))
    counts = table["verdict"].value_counts()
    hardest, easiest = table.loc[table["difficulty"].idxmin()], table.loc[table["difficulty"].idxmax()]
    facts = {"n": len(sums), "questions": len(table), "mean": float(sums["points"].sum() / sums["max_points"].sum())}
    facts |= {"mean_low": low, "mean_high": high, "too_easy": int(counts.get("too_easy", 0))}
    facts |= {"too_hard": int(counts.get("too_hard", 0)), "easy": easy, "hard": hard}
    facts |= {"hardest": hardest["question"], "hardest_share": float(hardest["difficulty"])}
    facts |= {"easiest": easiest["question"], "easiest_share": float(easiest["difficulty"])}
    units = {"set": "text", "question": "text", "n": "count", "answered": "share", "verdict": "text"}
    units |= dict.fromkeys(("difficulty", "difficulty_low", "difficulty_high"), "share")
    params = {"of_set": set, "level": level, "units": units}
    return Result("items.difficulty", table, params, facts, tuple(notes), source)


def _row(at: Any, part: pd.DataFrame, easy: float, hard: float, level: float) -> dict[str, Any]:
    low, high = share_interval(part["share"], level)
    n = len(part)
    row = {"set": at[0], "question": at[1], "n": n, "answered": float((~part["verdict"].isin(SILENT)).mean())}
    row |= {"difficulty": float(part["share"].mean()), "difficulty_low": low, "difficulty_high": high}
    verdict = "too_easy" if low >= easy else "too_hard" if high <= hard else "unclear"
    verdict = "fine" if low >= hard and high <= easy else verdict
    return row | {"verdict": verdict if n >= ENOUGH else "too_few"}
