"""Adding a form up, and setting two dates of it beside each other."""

from __future__ import annotations

from typing import Any

from ..errors import UserError
from ..results import Note, Result
from .answering import STRAIGHT
from .model import Answers, Form

__all__ = ["compare", "straight_lined", "summary"]


def straight_lined(answers: Answers) -> bool:
    """Whether all items, four or more of them, got one and the same score."""
    known = [s for s in answers.scores.values() if s is not None]
    return len(known) >= STRAIGHT and len(set(known)) == 1


_BOTH = ("score_before", "score_after", "score_change")


def _turned(form: Form, item: str, score: Any) -> Any:
    return sum(form.scale) - score if form[item].reverse else score


def summary(answers: Answers) -> Result:
    """Add a form up: per item, per dimension and in all.

    Returns
    -------
    Result
        Kind ``forms.summary``, or ``forms.incomplete`` where answers are missing: a row an item, as
        :attr:`Answers.table`, and ``lowest``. Facts: ``answered``, ``n``, ``complete``; ``total`` of ``most``,
        ``mean``, ``share`` of the scale, ``means`` of the dimensions, all missing (and not lower) where answers are
        missing; ``lowest`` and ``next_lowest``, each all items that are equal, ``weakest`` both of them; ``help`` the
        notebooks for these.
    """
    form = answers.form
    turned = {i: _turned(form, i, s) for i, s in answers.scores.items() if s is not None}
    n, low, high = len(form.items), *form.scale
    complete = len(turned) == n
    means = {}
    for name in form.dimensions:
        its = [turned.get(item.id) for item in form.items if item.dimension == name]
        means[name] = None if None in its else sum(its) / len(its)
    steps = sorted(set(turned.values()))
    lowest = [i for i in turned if steps and turned[i] == steps[0]]
    after = [i for i in turned if len(steps) > 1 and turned[i] == steps[1]]
    total = sum(turned.values()) if complete else None
    mean = total / n if complete else None
    flat = straight_lined(answers)
    facts = {"form": form.id, "n": n, "answered": len(turned), "complete": complete, "total": total, "most": n * high}
    facts |= {"mean": mean, "share": (mean - low) / (high - low) if complete else None, "means": means}
    facts |= {"lowest": lowest, "next_lowest": after, "lowest_score": steps[0] if steps else None}
    facts |= {"straight_lined": flat, "low": low, "high": high, "as_of": answers.as_of, "origin": form.source}
    facts |= {"by_data": sum(a.answered_by == "data" and a.score is not None for a in answers.answers)}
    facts["weakest"] = [*lowest, *after]
    facts["help"] = [form[i].help for i in facts["weakest"] if form[i].help]
    table = answers.table.assign(lowest=[i in lowest for i in form.ids])
    notes = []
    if not complete:
        notes.append(Note("forms.note.incomplete", {"missing": answers.missing, "n": n, "answered": len(turned)}))
    if flat:
        notes.append(
            Note(
                "forms.note.straight_lined",
                {"n": len(turned), "score": next(s for s in answers.scores.values() if s is not None)},
            )
        )
    units = {"item": "text", "dimension": "text", "score": "count", "proposed": "count", "evidence": "text"}
    units |= {"answered_by": "text", "as_of": "date", "lowest": "text"}
    params = {"form": form.id, "room": form.room, "scale": list(form.scale), "units": units}
    return Result("forms.summary" if complete else "forms.incomplete", table, params, facts, tuple(notes))


def compare(before: Answers, after: Answers) -> Result:
    """Two dates of one form beside each other; an item that one of them lacks has no change.

    Returns
    -------
    Result
        Kind ``forms.comparison``: ``item``, ``dimension``, ``score_before``, ``score_after``,
        ``score_change`` (for a reversed item a fall is a gain). Facts:
        ``better``, ``worse``, ``same``, ``n`` of both, ``mean_change`` over items in both.

    Raises
    ------
    UserError
        ``forms.other_form``, ``forms.wrong_way``, ``forms.nothing_in_both``.
    """
    import pandas as pd

    if before.form != after.form:
        raise UserError("forms.other_form", found=after.form.id, wanted=before.form.id)
    if after.as_of < before.as_of:
        raise UserError("forms.wrong_way", found=after.as_of, wanted=before.as_of)
    form = before.form
    rows = []
    for item in form.items:
        old, new = before[item.id].score, after[item.id].score
        both = old is not None and new is not None
        change = _turned(form, item.id, new) - _turned(form, item.id, old) if both else None
        row = {
            "item": item.id,
            "dimension": item.dimension or None,
            "score_before": old,
            "score_after": new,
            "score_change": change,
        }
        rows.append(row)
    table = pd.DataFrame(rows).astype(dict.fromkeys(_BOTH, "Int64"))
    known = [r["score_change"] for r in rows if r["score_change"] is not None]
    if not known:
        raise UserError("forms.nothing_in_both", table=form.id)
    facts = {"form": form.id, "n": len(known), "better": sum(c > 0 for c in known), "worse": sum(c < 0 for c in known)}
    facts |= {"same": sum(c == 0 for c in known), "mean_change": sum(known) / len(known)}
    facts |= {"before": before.as_of, "after": after.as_of, "origin": form.source, "left_out": len(rows) - len(known)}
    notes = [Note("forms.note.not_in_both", {"n": len(rows) - len(known)})] if len(known) < len(rows) else []
    counts = dict.fromkeys(_BOTH, "count")
    params = {"form": form.id, "room": form.room, "scale": list(form.scale)}
    params["units"] = {"item": "text", "dimension": "text", **counts}
    return Result("forms.comparison", table, params, facts, tuple(notes))
