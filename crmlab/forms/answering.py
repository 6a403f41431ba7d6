"""Filling in a form, keeping what was answered, and reading it again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import InternalError, UserError, suggest
from ..frames import day_of, frame_of
from .model import Answer, Answers, Form

if TYPE_CHECKING:
    import os

    import pandas as pd

__all__ = ["STRAIGHT", "answer", "open", "overrule", "responses", "save"]

BY = ("person", "data")
STRAIGHT = 4  # from so many items on, one and the same score for all of them says little
FORMAT = 1


def answer(
    form: Form,
    scores: Any,
    *,
    as_of: Any,
    evidence: Mapping[str, str] | Sequence[str] | None = None,
) -> Answers:
    """Fill in a form.

    Parameters
    ----------
    form : Form
    scores : mapping, sequence or table
        Item -> score; scores in the order of the items; or a table with ``item`` and ``score`` and, if there are,
        ``evidence``, ``answered_by``, ``as_of``. ``None`` and items that are not there are not answered.
    as_of : date
        When; a table's own ``as_of`` goes before it.
    evidence : mapping or sequence, optional
        Item -> what its score rests on.

    Raises
    ------
    UserError
        ``forms.unknown_item``, ``forms.answered_twice``, ``forms.wrong_count``, ``forms.off_scale``,
        ``forms.no_evidence``, ``forms.bad_source``.

    Examples
    --------
    >>> from crmlab.forms import Form, Item
    >>> form = Form("visit", (Item("clean"), Item("quick", evidence=True)), (1, 5), "made up")
    >>> answer(form, [4, None], as_of="2024-05-01").missing
    ['quick']
    """
    day = day_of(as_of, "as_of").date()
    found: dict[str, Answer] = {}
    for line in _lines(form, scores, evidence):
        item = line["item"]
        if item not in form.ids:
            near = suggest(item, form.ids)
            raise UserError("forms.unknown_item", table=form.id, found=item, wanted=form.ids, near=near)
        if item in found:
            raise UserError("forms.answered_twice", table=form.id, found=item)
        by = line.get("answered_by") or "person"
        if by not in BY:
            raise UserError("forms.bad_source", table=form.id, rows=[item], found=by, wanted=BY)
        own = line.get("as_of")
        when = day if own is None else day_of(own, "as_of").date()
        said = str(line.get("evidence") or "").strip()
        found[item] = Answer(item, line["score"], said, by, when)
    off = [a.item for a in found.values() if not _fits(a.score, form.scale)]
    if off:
        wrong = [found[i].score for i in off]
        raise UserError("forms.off_scale", table=form.id, rows=off, found=wrong, wanted=list(form.scale))
    found = {i: replace(a, score=None if a.score is None else int(a.score)) for i, a in found.items()}
    needy = (a for a in found.values() if a.score is not None and a.answered_by == "person" and form[a.item].evidence)
    bare = [a.item for a in needy if not a.evidence]
    if bare:
        raise UserError("forms.no_evidence", table=form.id, rows=bare)
    return Answers(form, tuple(found.get(i, Answer(i, None, as_of=day)) for i in form.ids), day)


def _lines(form: Form, scores: Any, evidence: Any) -> list[dict[str, Any]]:
    frame = getattr(scores, "table", scores)
    if hasattr(frame, "to_dict") and hasattr(frame, "columns"):
        missing = [c for c in ("item", "score") if c not in frame.columns]
        if missing:
            raise UserError("frames.missing_column", table=form.id, wanted=missing, found=[*map(str, frame.columns)])
        return [{k: _known(v) for k, v in row.items()} for row in frame.to_dict("records")]
    if isinstance(scores, Mapping):
        pairs = dict(scores)
    else:
        pairs = dict(zip(form.ids, _as_many(form, scores), strict=True))
    told = dict(evidence) if isinstance(evidence, Mapping) else {}
    if evidence is not None and not isinstance(evidence, Mapping):
        told = dict(zip(form.ids, _as_many(form, evidence), strict=True))
    strange = [i for i in told if i not in form.ids]
    if strange:
        near = suggest(strange[0], form.ids)
        raise UserError("forms.unknown_item", table=form.id, found=strange[0], wanted=form.ids, near=near)
    return [{"item": i, "score": _known(s), "evidence": told.get(i)} for i, s in pairs.items()]


def _as_many(form: Form, values: Sequence[Any]) -> list[Any]:
    values = list(values)
    if len(values) != len(form.items):
        raise UserError("forms.wrong_count", table=form.id, found=len(values), wanted=len(form.items))
    return values


def _known(value: Any) -> Any:
    """A cell of a table as Python's own; missing is ``None``."""
    value = value.item() if hasattr(value, "item") else value
    return None if value is None or value != value or str(value) in ("<NA>", "NaT") else value


def _fits(score: Any, scale: tuple[int, int]) -> bool:
    if score is None:
        return True
    if isinstance(score, bool) or not isinstance(score, int | float):
        return False
    return float(score).is_integer() and scale[0] <= score <= scale[1]


def overrule(answers: Answers, scores: Mapping[str, int], *, evidence: Mapping[str, str], as_of: Any) -> Answers:
    """Answers with those of a person in their place; what the data proposed stays beside them.

    Raises
    ------
    UserError
        ``forms.no_evidence``: who overrules must say what that rests on.
    """
    told = answer(answers.form, scores, evidence=evidence, as_of=as_of)
    bare = [a.item for a in told.answers if a.score is not None and not a.evidence]
    if bare:
        raise UserError("forms.no_evidence", table=answers.form.id, rows=bare)
    kept = []
    for old, new in zip(answers.answers, told.answers, strict=True):
        left = replace(new, proposed=old.proposed, measured=old.measured)
        kept.append(old if new.score is None else left)
    return replace(answers, answers=tuple(kept), as_of=max(answers.as_of, told.as_of))


def save(answers: Answers, path: str | os.PathLike) -> Path:
    """Write answers as JSON; what :func:`open` reads from it is written again byte for byte."""
    told = [
        {
            "item": a.item,
            "score": a.score,
            "evidence": a.evidence,
            "answered_by": a.answered_by,
            "as_of": a.as_of.isoformat() if a.as_of else None,
            "proposed": a.proposed,
            "measured": dict(a.measured) if a.measured else None,
        }
        for a in answers.answers
    ]
    whole = {"format": FORMAT, "form": answers.form.id, "as_of": answers.as_of.isoformat(), "answers": told}
    path = Path(path)
    path.write_bytes((json.dumps(whole, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode())
    return path


def open(path: str | os.PathLike, form: Form) -> Answers:
    """Read what :func:`save` wrote, checked as if it were filled in now.

    Raises
    ------
    UserError
        ``forms.not_answers``, ``forms.other_form``, and what :func:`answer` refuses.
    """
    try:
        told = json.loads(Path(path).read_text(encoding="utf-8"))
        day, lines = told["as_of"], [dict(line) for line in told["answers"]]
        name, keys = told["form"], [line["item"] for line in lines]
    except (OSError, ValueError, KeyError, TypeError) as bad:
        raise UserError("forms.not_answers", found=str(path)) from bad
    if name != form.id or told.get("format") != FORMAT:
        raise UserError("forms.other_form", found=name, wanted=form.id)
    import pandas as pd

    if not lines:
        raise UserError("forms.not_answers", found=str(path))
    extra = dict(zip(keys, lines, strict=True))
    read = answer(form, pd.DataFrame(lines, dtype=object), as_of=day)
    back = []
    for a in read.answers:
        line = extra.get(a.item, {})
        proposed = line.get("proposed")
        if not _fits(proposed, form.scale):
            raise UserError("forms.off_scale", table=form.id, rows=[a.item], found=proposed, wanted=list(form.scale))
        measured = line.get("measured")
        if measured is not None and not _speaks(measured):
            raise UserError("forms.not_answers", found=str(path))
        back.append(replace(a, proposed=proposed, measured=measured))
    return replace(read, answers=tuple(back))


def _speaks(measured: Any) -> bool:
    """Whether what was measured can be said in words: a file may have been changed by hand."""
    if not isinstance(measured, dict) or not isinstance(measured.get("code"), str):
        return False
    try:
        labels.text(measured["code"], **{k: v for k, v in measured.items() if k != "code"})
    except (InternalError, TypeError, ValueError):
        return False
    return True


def responses(form: Form, table: Any) -> pd.DataFrame:
    """Many people's answers to one form, as a survey hands them over: a row a person, a column an item.

    Parameters
    ----------
    form : Form
    table : DataFrame
        Its other columns (who, when) are kept.

    Returns
    -------
    DataFrame
        Scores with reversed items turned round, missing where there was no answer, and ``straight_lined``: one and the
        same score, before turning, for four items or more.

    Raises
    ------
    UserError
        ``frames.missing_column``, ``forms.off_scale`` with the rows.
    """
    import pandas as pd

    frame = frame_of(table, form.ids, form.id)
    raw = frame[form.ids].apply(pd.to_numeric, errors="coerce").astype("float64")
    low, high = form.scale
    wrong = (raw.isna() & frame[form.ids].notna()) | (raw.notna() & ((raw < low) | (raw > high) | (raw % 1 != 0)))
    if wrong.to_numpy().any():
        rows = [i + 1 for i, odd in enumerate(wrong.any(axis=1)) if odd]
        found = frame[form.ids].where(wrong).stack().tolist()[:5]
        raise UserError("forms.off_scale", table=form.id, rows=rows, found=found, wanted=list(form.scale))
    flat = (raw.nunique(axis=1) == 1) & (raw.notna().sum(axis=1) >= STRAIGHT)
    turned = [i.id for i in form.items if i.reverse]
    raw[turned] = low + high - raw[turned]
    return frame.drop(columns=form.ids).join(raw).assign(straight_lined=flat)
