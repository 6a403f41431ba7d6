"""Misconceptions: what a class believes that is not so, question by question and over a whole set."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...intervals import wilson
from ...results import Note, Result, Source
from .answers import ENOUGH, SILENT, answers_of

__all__ = ["misconceptions"]

NAMED = ("misconception", "nearly")


def misconceptions(
    items: Any,
    set: str | None = None,
    *,
    by: str = "question",
    slips: bool = False,
    level: float = 0.95,
    source: Source | None = None,
) -> Result:
    """The most common misconceptions: who has it, of those who answered.

    Parameters
    ----------
    items : DataFrame, or list of dict
        One row a student and question; see :func:`crmlab.items.read`.
    set : str, optional
        Only this set.
    by : {"question", "class"}
        ``"question"``: of those who answered that question. ``"class"``: of the students who met at least one question
        in which somebody had it, who had it at least once.
    slips : bool
        Whether slips (the right value in the wrong unit, sign or rounding) are told as well.
    level : float
    source : Source, optional

    Returns
    -------
    Result
        Kind ``items.misconceptions``, the most common first: ``misconception``, ``n`` students who had it, ``answered``
        students of whom, ``share`` with Wilson's interval; by question also ``set`` and ``question``, by class the
        number of ``questions`` in which it was seen. ``facts``: ``first`` with its share and interval, ``n`` students,
        ``any_share`` of students with at least one, with interval.

    Raises
    ------
    UserError
        ``items.bad_by``, and those of the rows.

    Notes
    -----
    A misconception is told only where the author foresaw it: a rare one here may be a common one that nobody wrote
    down, so look at how many are plainly ``wrong`` as well. The share is of those who answered: who left the question
    out is no witness. The most common of many was picked because it is the most common, so that its own share is
    somewhat flattered; its interval does not know that. Ask before the lecture is changed.

    Source: the interval is Wilson's (1927); misconceptions as diagnostic distractors: Sadler (1998), Journal of
    Research in Science Teaching 35 (from memory).

    Examples
    --------
    >>> from crmlab.analytics.items.example import make_class
    >>> found = misconceptions(make_class().items).facts
    >>> found["first"], round(found["first_share"], 2)
    ('mean_of_ratios', 0.35)
    """
    import pandas as pd

    if by not in ("question", "class"):
        raise UserError("items.bad_by", found=by, wanted=["question", "class"])
    frame, notes = answers_of(items, set)
    frame["key"] = list(zip(frame["set"], frame["question"], strict=True))
    gave = frame[~frame["verdict"].isin(SILENT)]
    kinds = NAMED if slips else NAMED[:1]
    had = gave[gave["verdict"].isin(kinds) & (gave["name"] != "")]
    rows = []
    for at, part in had.groupby(["set", "question", "name"] if by == "question" else "name"):
        keys = part["key"].unique().tolist()
        answered = gave.loc[gave["key"].isin(keys), "student"].nunique()
        n = part["student"].nunique()
        low, high = wilson(n, answered, level=level)
        row = {"set": at[0], "question": at[1], "misconception": at[2]} if by == "question" else {"misconception": at}
        row |= {"n": n, "answered": answered, "share": n / answered, "share_low": low, "share_high": high}
        rows.append(row | ({} if by == "question" else {"questions": len(keys)}))
    names = (["set", "question"] if by == "question" else []) + ["misconception", "n", "answered", "share"]
    names += ["share_low", "share_high"] + ([] if by == "question" else ["questions"])
    table = pd.DataFrame(rows, columns=names)
    order = [c for c in ("set", "question", "misconception") if c in names]
    table = table.sort_values(["share", *order], ascending=[False, *[True] * len(order)], kind="stable")
    table = table.reset_index(drop=True)
    students = gave["student"].nunique()
    some = had["student"].nunique()
    low, high = wilson(some, students, level=level)
    if students < ENOUGH:
        notes.append(Note("items.note.few", {"n": students, "least": ENOUGH}))
    unnamed = int((gave["verdict"] == "wrong").sum())
    if unnamed:
        notes.append(Note("items.note.unnamed", {"n": unnamed, "named": len(had)}))
    first = table.iloc[0].to_dict() if len(table) else {}
    facts = {"n": students, "kinds": int(table["misconception"].nunique()), "answers": len(gave), "named": len(had)}
    facts |= {"any_share": some / students if students else float("nan"), "any_share_low": low, "any_share_high": high}
    facts |= {
        "first": first.get("misconception"),
        "first_question": first.get("question"),
        "first_n": first.get("n", 0),
    }
    facts |= {"first_answered": first.get("answered", 0)}
    facts |= {f"first_{k}": first.get(k, float("nan")) for k in ("share", "share_low", "share_high")}
    units = {"set": "text", "question": "text", "misconception": "text", "n": "count", "answered": "count"}
    units |= {"questions": "count"} | dict.fromkeys(("share", "share_low", "share_high"), "share")
    params = {"of_set": set, "by": by, "slips": slips, "level": level}
    params["units"] = {k: v for k, v in units.items() if k in names}
    return Result("items.misconceptions", table, params, facts, tuple(notes), source)
