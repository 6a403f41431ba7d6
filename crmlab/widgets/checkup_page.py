"""What the check-up shows of a form: its items with what they rest on, what to mend first, and the figures above."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import forms, labels

if TYPE_CHECKING:
    from ..forms import Answer, Answers
    from ..results import Result

__all__ = ["form_page", "proposal", "tiles"]

ROOM = "checkup"
STATEMENTS = ("kotler",)  # forms that are agreed with; the others say how far something is there
NEXT = 2  # what to do next: more than two things are none
Links = Callable[[str, str], list[dict[str, str]]]


def _say(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"{ROOM}.{key}", lang, **values)


def proposal(evidence: Result) -> dict[str, Any]:
    """What the data said, as plain data that can be kept.

    Returns
    -------
    dict
        ``answers`` as :func:`crmlab.forms.save` writes them, ``measured`` (item: a code with values and a verdict for
        each measure), ``source``.
    """
    from ..analytics import frameworks

    with tempfile.TemporaryDirectory(prefix="crmlab-") as folder:
        path = forms.save(frameworks.proposed(evidence), Path(folder) / "answers.json")
        answers = json.loads(path.read_text(encoding="utf-8"))
    measured: dict[str, list[Any]] = {}
    # the first notes are the rows' own, in their order
    rows = zip(evidence.table.to_dict("records"), evidence.notes, strict=False)
    for row, note in rows:
        told = {"code": note.code, "values": {k: _plain(v) for k, v in note.values.items()}, "verdict": row["verdict"]}
        if row["verdict"] == "noise":
            told |= {"low": int(row["score_low"]), "high": int(row["score_high"])}
        measured.setdefault(row["item"], []).append(told)
    source = evidence.source
    told = {"name": "", "hash": ""} if source is None else {"name": source.name, "hash": source.hash}
    if source is not None:
        told |= {"rows_kept": int(source.rows_kept), "rows_refused": int(source.rows_refused)}
    return {"answers": answers, "measured": measured, "source": told}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value.item() if hasattr(value, "item") else value


def form_page(
    answers: Answers, result: Result, measured: Mapping[str, list[Any]], links: Links, lang: str
) -> dict[str, Any]:
    """A form as a page asks it.

    Parameters
    ----------
    answers : Answers
    result : Result
        What they come to.
    measured : mapping
        As :func:`proposal` gives it; empty where nothing was measured.
    links : callable
        Where a notebook and its apps are.
    lang : {"id", "en"}

    Returns
    -------
    dict
        ``form``, ``name``, ``origin``, ``scale`` (each ``score`` and ``said``), ``strict`` (whether a score needs its
        evidence), ``groups`` of items, ``next`` (what to mend first, and where).
    """
    form = answers.form
    asked = {q["item"]: q for q in forms.questions(form, lang)}
    marks = _marks(result)
    items = [
        {
            **{k: asked[a.item][k] for k in ("name", "question")},
            "id": a.item,
            "score": a.score,
            "by": a.answered_by if a.score is not None else "",
            "by_said": _by(a, lang),
            "proposed": a.proposed,
            "overruled": a.answered_by == "person" and a.score is not None and a.proposed is not None,
            "evidence": a.evidence,
            "measured": _measured(a, measured.get(a.item, ()), lang),
            "links": links(form[a.item].help, lang) if form[a.item].help else [],
            **marks.get(a.item, {}),
        }
        for a in answers.answers
    ]
    statements = form.id in STATEMENTS
    groups: dict[str, list[Any]] = {}
    for item in items:
        # who is told what a statement speaks for answers that, and not the statement
        groups.setdefault("" if statements else asked[item["id"]]["dimension"], []).append(item)
    kind = "agree" if statements else "level"
    low, high = form.scale
    return {
        "form": form.id,
        "name": labels.name(form.id, lang),
        "origin": form.source,
        "strict": any(i.evidence for i in form.items),
        "scale": list(range(low, high + 1)),
        "low": _say(f"scale_{kind}_low", lang, score=low),
        "high": _say(f"scale_{kind}_high", lang, score=high),
        "groups": [{"name": name, "items": its} for name, its in groups.items()],
        "next": _next(answers, result, links, lang),
    }


def _marks(result: Result) -> dict[str, dict[str, bool]]:
    """Which items the reading of the form points at."""
    if "mend_first" not in result.facts:
        return {}
    blocked, first = result.facts["blocked"], result.facts["mend_first"]
    return {i: {"blocked": i in blocked, "first": i == first} for i in result.table["item"]}


def _by(answer: Answer, lang: str) -> str:
    if answer.score is None:
        return labels.text("forms.not_answered", lang)
    if answer.answered_by == "person" and answer.proposed is not None:
        return _say("by_overruled", lang, proposed=answer.proposed)
    return labels.text(f"forms.by_{answer.answered_by}", lang)


def _measured(answer: Answer, told: Any, lang: str) -> list[dict[str, str]]:
    """What was measured, with n, interval and rule; and how sure its score is."""
    if not told:  # answers from a file: of their measures they keep the one that decided
        values = {k: v for k, v in (answer.measured or {}).items() if k != "code"}
        return [{"said": labels.text(answer.measured["code"], lang, **values), "sure": ""}] if answer.measured else []
    return [
        {
            "said": labels.text(one["code"], lang, **one["values"]),
            "sure": _say("unsure", lang, low=one["low"], high=one["high"]) if one["verdict"] == "noise" else "",
        }
        for one in told
    ]


def _next(answers: Answers, result: Result, links: Links, lang: str) -> dict[str, Any]:
    """What to mend first, and the notebook and app that help."""
    form, facts = answers.form, result.facts
    if "mend_first" in facts:
        first = [facts["mend_first"]] if facts["mend_first"] else []
        key = "next_blocks" if first and answers[first[0]].score < facts["blocks_below"] else "next_weakest"
        key = key if not first or form[first[0]].dimension == "primary_stages" or key == "next_weakest" else "next_low"
    elif "lowest" in facts:
        first, key = facts["lowest"][:NEXT], "next_lowest"
        if len(facts["lowest"]) > NEXT:  # where much is equally low, a form does not say where to begin
            key, first = "next_many", facts["lowest"]
    else:
        leading = facts["leading"]
        said = _say("next_leading", lang, leading=leading) if leading else _say("next_unclear", lang)
        return {"said": said, "links": []}
    if not first:
        left = len(answers.missing)
        said = _say("next_open", lang, n=left) if left < len(form.items) else _say("next_none", lang)
        return {"said": said, "links": []}
    said = _say(key, lang, item=first, score=answers[first[0]].score, n=len(first), most=form.scale[1])
    helps = dict.fromkeys(form[i].help for i in first[:NEXT] if form[i].help) if key != "next_many" else ()
    return {"said": said, "links": [link for h in helps for link in links(h, lang)]}


def tiles(answers: Answers, result: Result, lang: str) -> list[dict[str, str]]:
    """How much is answered, and what that comes to."""
    facts, n = result.facts, len(answers.form.items)
    known = [a for a in answers.answers if a.score is not None]
    by_data, overruled = (
        sum(a.answered_by == "data" for a in known),
        sum(a.proposed not in (None, a.score) for a in known),
    )
    foot = _say("tile_answered_data", lang, by_data=by_data, by_person=len(known) - by_data)
    left = _say("tile_answered_left" if n > len(known) else "tile_answered_all", lang, n=n - len(known))
    answered = {
        "label": _say("tile_answered", lang),
        "value": _say("tile_of", lang, n=len(known), all=n),
        "foot": foot if by_data or overruled else left,
    }
    if "mend_first" in facts:
        return [_first(answers, facts, lang), *_means(facts, lang), answered]
    if "total" in facts:
        total = "—" if facts["total"] is None else _say("tile_of", lang, n=facts["total"], all=facts["most"])
        waits = facts["total"] is None
        share = _say("tile_waits", lang) if waits else _say("tile_share", lang, share=facts["share"])
        return [{"label": _say("tile_total", lang), "value": total, "foot": share}, answered]
    leading = labels.name(facts["leading"], lang) if facts["leading"] else "—"
    foot = _say("tile_leading_foot", lang, mean=facts["mean"], next=facts["next_mean"]) if facts["leading"] else ""
    told = {"label": _say("tile_leading", lang), "value": leading, "foot": foot or _say("tile_unclear", lang)}
    return [told, answered]


def _first(answers: Answers, facts: Mapping[str, Any], lang: str) -> dict[str, str]:
    first = facts["mend_first"]
    foot = _say("tile_first_open", lang, n=len(answers.missing))
    if first:
        foot = _say("tile_first_foot", lang, score=answers[first].score, most=answers.form.scale[1])
        if facts["n_blocked"]:
            foot = _say("tile_first_blocks", lang, score=answers[first].score, n=facts["n_blocked"])
    value = labels.name(first, lang) if first else "—"
    return {"label": _say("tile_first", lang), "value": value, "foot": foot}


def _means(facts: Mapping[str, Any], lang: str) -> list[dict[str, str]]:
    out = []
    for part in ("stage", "support"):
        mean = facts[f"mean_{part}"]
        value = "—" if mean is None else labels.number(mean, lang, 1)
        foot = _say("tile_mean_waits", lang) if mean is None else _say("tile_mean_foot", lang)
        out.append({"label": _say(f"tile_mean_{part}", lang), "value": value, "foot": foot})
    return out
