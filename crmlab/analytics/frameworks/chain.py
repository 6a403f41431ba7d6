"""The models that are forms, and the value chain, which reads its form as a chain."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...forms import Answers, Form, read_forms, straight_lined, summary
from ...results import Note, Result

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BLOCKS_BELOW", "model", "models", "orientation", "value_chain"]

BLOCKS_BELOW = 2  # a stage that is weaker than this holds up all later ones
STAGES, SUPPORTS = "primary_stages", "supporting_conditions"


@cache
def _forms() -> Mapping[str, Form]:
    return read_forms(Path(__file__).with_name("forms.toml"), "frameworks")


def models() -> list[str]:
    """The forms that this room has.

    Examples
    --------
    >>> models()
    ['value_chain', 'gartner', 'customer_centricity', 'forrester', 'gentile', 'kotler']
    """
    return list(_forms())


def model(name: str) -> Form:
    """One of the forms of :func:`models`.

    Raises
    ------
    UserError
        ``frameworks.no_model``.

    Examples
    --------
    >>> len(model("gartner").items), model("value_chain").scale
    (8, (0, 4))
    """
    if name not in _forms():
        raise UserError("frameworks.no_model", found=name, wanted=models(), near=suggest(name, models()))
    return _forms()[name]


def _of(answers: Answers, name: str) -> Answers:
    if answers.form != model(name):
        raise UserError("forms.other_form", found=answers.form.id, wanted=name)
    return answers


def value_chain(answers: Answers) -> Result:
    """Read the value chain: how strong its stages and conditions are, its weakest link, and what that holds up.

    The stages follow each other: who does not know whom to serve can't know them well, and so on. A stage is blocked if
    any earlier one scores below 2; where an earlier score is missing and none is below 2, that is not known.

    Parameters
    ----------
    answers : Answers
        To the form ``model("value_chain")``: nine scores from 0 to 4, each with its evidence.

    Returns
    -------
    Result
        Kind ``frameworks.value_chain``, or ``frameworks.value_chain_incomplete`` where answers are missing: a row an
        item with ``score``, ``stage_blocked`` (missing where not known, and for conditions), ``weakest`` of its kind.
        Facts: ``mean_stage`` and ``mean_support`` (missing while one of theirs is), ``weakest_stages`` and
        ``weakest_supports`` (all that are equal), ``blocked``, ``mend_first``: the earliest stage that blocks, or else
        the weakest link; missing while items are open and none is below 2.

    Notes
    -----
    Means of scores are means of ranks: a help for the eye, not a measure. The weakest link says more.

    Examples
    --------
    >>> from crmlab import forms
    >>> scores, seen = [3, 2, 4, 1, 2, 2, 4, 3, 1], ["seen"] * 9
    >>> chain = forms.answer(model("value_chain"), scores, evidence=seen, as_of="2024-01-01")
    >>> facts = value_chain(chain).facts
    >>> facts["mean_stage"], facts["mean_support"], facts["blocked"]
    (2.4, 2.5, ['customer_lifecycle'])
    """
    form = _of(answers, "value_chain").form
    scores = answers.scores
    table = answers.table
    stages = [i.id for i in form.items if i.dimension == STAGES]
    supports = [i.id for i in form.items if i.dimension == SUPPORTS]
    blocked: dict[str, bool | None] = {}
    for k, stage in enumerate(stages):
        before = [scores[s] for s in stages[:k]]
        weak = any(s is not None and s < BLOCKS_BELOW for s in before)
        blocked[stage] = True if weak else None if None in before else False
    weakest = {name: _weakest(scores, its) for name, its in ((STAGES, stages), (SUPPORTS, supports))}
    import pandas as pd

    table["stage_blocked"] = pd.array([blocked.get(i) for i in table["item"]], dtype="boolean")
    table["weakest"] = [i in weakest[STAGES] or i in weakest[SUPPORTS] for i in table["item"]]
    blocks = [s for s in stages if scores[s] is not None and scores[s] < BLOCKS_BELOW]
    link = _weakest(scores, form.ids)
    n, complete = len(form.items), not answers.missing
    facts = {"n": n, "answered": n - len(answers.missing), "complete": complete, "as_of": answers.as_of}
    facts |= {"mean_stage": _mean(scores, stages), "mean_support": _mean(scores, supports)}
    facts |= {"weakest_stages": weakest[STAGES], "weakest_supports": weakest[SUPPORTS], "weakest_link": link}
    facts["weakest_stage_score"] = scores[weakest[STAGES][0]] if weakest[STAGES] else None
    facts["weakest_support_score"] = scores[weakest[SUPPORTS][0]] if weakest[SUPPORTS] else None
    facts |= {"blocked": [s for s in stages if blocked[s]], "n_blocked": sum(b is True for b in blocked.values())}
    # while items are open, the lowest known is the weakest link only if it is low
    known = bool(link) and (complete or scores[link[0]] < BLOCKS_BELOW)
    facts |= {"mend_first": blocks[0] if blocks else link[0] if known else None, "blocks_below": BLOCKS_BELOW}
    facts |= {"by_data": sum(a.answered_by == "data" for a in answers.answers if a.score is not None)}
    facts |= {"overruled": sum(a.proposed not in (None, a.score) for a in answers.answers), "origin": form.source}
    mend = facts["mend_first"]
    facts["help"] = form[mend].help if mend else None
    notes = []
    if not complete:
        told = {"missing": answers.missing, "n": n, "answered": facts["answered"]}
        notes.append(Note("forms.note.incomplete", told))
    if straight_lined(answers):
        notes.append(Note("forms.note.straight_lined", {"n": facts["answered"], "score": scores[link[0]]}))
    for a in answers.answers:
        if a.proposed is not None and a.proposed != a.score:
            told = {"item": a.item, "proposed": a.proposed, "score": a.score, "evidence": a.evidence}
            notes.append(Note("frameworks.note.overruled", told))
        elif a.measured:
            notes.append(Note(a.measured["code"], {k: v for k, v in a.measured.items() if k != "code"}))
    units = {"item": "text", "dimension": "text", "score": "count", "proposed": "count", "evidence": "text"}
    units |= {"answered_by": "text", "as_of": "date", "stage_blocked": "text", "weakest": "text"}
    kind = "frameworks.value_chain" if complete else "frameworks.value_chain_incomplete"
    params = {"form": form.id, "room": form.room, "scale": list(form.scale), "units": units}
    return Result(kind, table, params, facts, tuple(notes))


def _mean(scores: Mapping[str, Any], items: list[str]) -> float | None:
    known = [scores[i] for i in items]
    return None if None in known else sum(known) / len(known)


def _weakest(scores: Mapping[str, Any], items: list[str]) -> list[str]:
    known = [i for i in items if scores[i] is not None]
    lowest = min((scores[i] for i in known), default=None)
    return [i for i in known if scores[i] == lowest]


def orientation(answers: Answers) -> Result:
    """Which of Kotler's orientations the answers speak for: product, production, selling, or customer.

    Parameters
    ----------
    answers : Answers
        To the form ``model("kotler")``: twelve statements, agreed with from 1 to 5.

    Returns
    -------
    Result
        Kind ``frameworks.orientation``, or ``frameworks.orientation_unclear`` where one score was given for everything,
        answers are missing or orientations are equal: then ``leading`` is missing and ``why`` says which. A row an
        orientation: ``orientation``, ``mean`` (missing while an answer of its is), ``answers``, ``n``.

    Examples
    --------
    >>> from crmlab import forms
    >>> orientation(forms.answer(model("kotler"), [3] * 12, as_of="2024-01-01")).facts["why"]
    'straight_lined'
    """
    import pandas as pd

    told = summary(_of(answers, "kotler"))
    means, form = told.facts["means"], answers.form
    rows = []
    for name, mean in means.items():
        its = [i.id for i in form.items if i.dimension == name]
        answered = sum(answers.scores[i] is not None for i in its)
        rows.append({"orientation": name, "mean": mean, "answers": answered, "n": len(its)})
    known = [m for m in means.values() if m is not None]
    top = [name for name, mean in means.items() if known and mean == max(known)]
    why = None
    if not told.facts["complete"]:
        why = "incomplete"
    elif told.facts["straight_lined"]:
        why = "straight_lined"
    elif len(top) > 1:
        why = "equal"
    rest = sorted((m for m in known), reverse=True)
    facts = {"leading": None if why else top[0], "why": why, "n": len(form.items), "answered": told.facts["answered"]}
    facts |= {"mean": None if why else rest[0], "next_mean": None if why else rest[1], "origin": form.source}
    facts |= {f"mean_{name}": mean for name, mean in means.items()} | {"as_of": answers.as_of}
    notes = [Note(f"frameworks.note.unclear_{why}", {"n": facts["n"], "answered": facts["answered"]})] if why else []
    table = pd.DataFrame(rows).astype({"mean": "float64"})
    units = {"orientation": "text", "mean": "number", "answers": "count", "n": "count"}
    kind = "frameworks.orientation_unclear" if why else "frameworks.orientation"
    return Result(kind, table, {"scale": list(form.scale), "units": units}, facts, tuple(notes))
