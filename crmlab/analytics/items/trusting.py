"""Reliability: how far the sum of a set's points would come out the same with other questions of its kind."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import number
from ...intervals import alpha_interval, alpha_of
from ...results import Note, Result, Source
from .answers import ENOUGH, answers_of, whole_test

__all__ = ["reliability"]


def reliability(
    items: Any,
    set: str | None = None,
    *,
    least: float = 0.7,
    level: float = 0.95,
    source: Source | None = None,
) -> Result:
    """Cronbach's alpha of a set: ``k/(k-1) (1 - sum of questions' variances / variance of the sums)``.

    Parameters
    ----------
    items : DataFrame, or list of dict
        One row a student and question; see :func:`crmlab.items.read`.
    set : str, optional
        Only this set. Without it all questions are one test, of those students who handed in every set.
    least : float
        From which alpha on a set is relied on: 0.7 by custom (Nunnally), not by law. A mark that decides on passing
        wants more.
    level : float
    source : Source, optional

    Returns
    -------
    Result
        Kind ``items.reliability``: per question ``mean`` and ``sd`` of its points, ``item_rest`` (correlation with the
        others) and ``alpha_without``. ``facts``: ``alpha`` with Feldt's interval, ``method`` (``kr20`` where every
        question earns one point or none, else ``cronbach``), ``n``, ``dropped``, ``error``, the standard error of
        measurement in points, ``sd`` of the sums, and ``verdict``: ``too_few`` below 30 students, ``real`` where the
        whole interval is above ``least``, else ``noise``.

    Raises
    ------
    UserError
        ``items.few_questions`` (two are needed), ``.few_students``, ``.no_spread``, and those of the rows.

    Notes
    -----
    Alpha is a figure of this set **in this class**: a class of equals has a low one though no question is bad. It
    grows with the number of questions; dropping the one below whose ``alpha_without`` is higher lifts it, and may take
    away what the course is about. Read the question first. Points are taken as they were given: one of three points
    weighs more than one of one. Feldt's interval assumes questions that measure the same thing equally well and
    roughly normal points.

    With nought or one a question this is Kuder and Richardson's formula 20.

    Source: Kuder and Richardson (1937), Psychometrika 2; Cronbach (1951), Psychometrika 16; Feldt (1965), Psychometrika
    30; standard error of measurement ``sd √(1 - alpha)``: Lord and Novick (1968), chapter 3 (from memory).

    Examples
    --------
    >>> from crmlab.analytics.items.example import make_class
    >>> made = make_class()
    >>> told = reliability(made.items, made.sets[0]).facts
    >>> told["questions"], told["n"], told["verdict"]
    (8, 120, 'noise')
    """
    import numpy as np
    import pandas as pd

    number(least, "least", 0, 1)
    frame, _ = answers_of(items, set)
    wide, notes, dropped = whole_test(frame, 2)
    values = wide.to_numpy()
    n, k = values.shape
    total = values.sum(axis=1)
    if not total.var() > 0:
        raise UserError("items.no_spread", found=n)
    alpha = alpha_of(values)
    low, high = alpha_interval(alpha, k, n, level=level)
    rows = []
    for j, at in enumerate(wide.columns):
        mine, others = values[:, j], total - values[:, j]
        moves = mine.std() > 0 and others.std() > 0
        row = {"set": at[0], "question": at[1], "mean": float(mine.mean()), "sd": float(mine.std(ddof=1))}
        row["item_rest"] = float(np.corrcoef(mine, others)[0, 1]) if moves else np.nan
        rows.append(row | {"alpha_without": alpha_of(np.delete(values, j, axis=1)) if k > 2 else np.nan})
    better = [r["question"] for r in rows if r["alpha_without"] > high]
    if better:
        notes.append(Note("items.note.spoils", {"questions": better}))
    best = max(rows, key=lambda r: r["alpha_without"] if r["alpha_without"] == r["alpha_without"] else -9.0)
    plain = bool(np.isin(values, (0.0, 1.0)).all())
    spread = float(total.std(ddof=1))
    facts = {"alpha": alpha, "alpha_low": low, "alpha_high": high, "method": "kr20" if plain else "cronbach"}
    facts |= {"n": n, "questions": k, "dropped": dropped, "sd": spread, "error": spread * max(0.0, 1 - alpha) ** 0.5}
    facts |= {"most": float(frame.groupby(["set", "question"])["max_points"].max().sum()), "least": least}
    facts |= {"best_without": best["question"], "best_alpha": best["alpha_without"]}
    facts |= {"verdict": "too_few" if n < ENOUGH else "real" if low >= least else "noise"}
    units = {"set": "text", "question": "text"} | dict.fromkeys(("mean", "sd", "item_rest", "alpha_without"), "number")
    params = {"of_set": set, "level": level, "units": units}
    return Result("items.reliability", pd.DataFrame(rows), params, facts, tuple(notes), source)
