"""The value chain from the company's own data: what can be measured is, and proposes a score by printed thresholds."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ... import labels
from ...errors import UserError, suggest
from ...forms import Answer, Answers
from ...frames import day_of, frame_of
from ...results import Note, Result, Source
from .chain import model
from .measures import MEASURES

__all__ = ["evidence_rules", "evidence_said", "proposed", "value_chain_evidence"]


@cache
def _rules() -> Mapping[str, Any]:
    import tomllib

    return tomllib.loads(Path(__file__).with_name("evidence.toml").read_text(encoding="utf-8"))


def evidence_rules() -> dict[str, Any]:
    """The rules by which scores are proposed, as a copy that may be changed: measures, thresholds, windows.

    Examples
    --------
    >>> rules = evidence_rules()
    >>> [m["thresholds"] for m in rules["measures"] if m["measure"] == "retained"]
    [[0.3, 0.5, 0.7, 0.85]]
    """
    return copy.deepcopy(dict(_rules()))


def value_chain_evidence(
    tables: Mapping[str, Any],
    *,
    as_of: Any,
    rules: Mapping[str, Any] | None = None,
    source: Source | None = None,
) -> Result:
    """Measure what the value chain's items can be measured by, and propose their scores.

    Parameters
    ----------
    tables : mapping of str to DataFrame or Result
        What there is of ``portfolio`` (customer_id, profit; missing where unknown), ``segments`` (customer_id, before,
        now), ``profiles`` (customer_id, updated_at, and the fields that should be known), ``supplies`` (product_id,
        supplier_id, quality_score), ``elements`` (element, covered), ``answers`` (answered_on, csat), ``sales``
        (customer_id, ordered_at, discount), ``states`` (customer_id, state), ``records`` (customer_id and the fields
        that a sound record has), ``staff`` (employee_id, last_used_on), ``complaints`` (complained_at, resolved_at,
        reopened). What is not there is not measured, and its item stays a person's.
    as_of : date
        Nothing after this day is used.
    rules : mapping, optional
        As :func:`evidence_rules` hands them out.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``frameworks.evidence``: a row a measure with ``measured``, its interval,
        ``n`` cases of ``people`` (customers, suppliers, staff), ``score``, the scores at the interval's ends, the
        ``thresholds``, and a verdict: ``real`` where both ends give the same score, ``noise`` where not, ``too_few``
        where no score is proposed.

    Notes
    -----
    A score is how many thresholds the value reaches; an item gets the lowest score of its measures. Thresholds are a
    convention of this course: read them, change them, and keep them between two dates.

    Raises
    ------
    UserError
        ``frameworks.unknown_table``, ``frameworks.bad_thresholds``, ``frameworks.twice`` and what tables are refused
        for.

    Examples
    --------
    >>> import pandas as pd
    >>> portfolio = pd.DataFrame({"customer_id": range(40), "profit": [5.0] * 32 + [None] * 8})
    >>> told = value_chain_evidence({"portfolio": portfolio}, as_of="2024-12-31")
    >>> row = told.table.iloc[0]
    >>> float(row["measured"]), int(row["score"]), row["verdict"]
    (0.8, 3, 'noise')
    """
    import pandas as pd

    rules = rules or _rules()
    day = day_of(as_of, "as_of") + pd.Timedelta(days=1) - pd.Timedelta(microseconds=1)  # the whole of that day
    known = sorted({m["table"] for m in rules["measures"]})
    strange = [t for t in tables if t not in known]
    if strange:
        raise UserError("frameworks.unknown_table", found=strange[0], wanted=known, near=suggest(strange[0], known))
    asked = {k: v for k, v in rules.items() if k != "measures"} | {"as_of": day}
    rows, unmeasured = [], []
    for rule in rules["measures"]:
        _check(rule)
        given = tables.get(rule["table"])
        columns = getattr(getattr(given, "table", given), "columns", ())
        # one table serves two measures, and may have the columns of one of them only
        if given is None or (rule["table"] == "sales" and any(c not in columns for c in rule["columns"])):
            unmeasured.append(rule["measure"])
            continue
        frame = frame_of(given, rule["columns"], rule["table"])
        rows.append(_row(rule, MEASURES[rule["measure"]](frame, {**asked, "table": rule["table"]}), rules["fewest"]))
    if not rows:
        raise UserError("frameworks.nothing_measured", wanted=known, found=sorted(tables))
    table = pd.DataFrame(rows).astype({"score": "Int64", "score_low": "Int64", "score_high": "Int64"})
    items = {
        i: [r["score"] for r in rows if r["item"] == i and r["score"] is not None] for i in model("value_chain").ids
    }
    scores = {i: min(s) for i, s in items.items() if s}
    left = [i for i in items if i not in scores]
    weakest = min(scores.values(), default=None)
    facts = {"n": len(items), "answered": len(scores), "measured": len(rows), "left": left, "unmeasured": unmeasured}
    facts |= {"scores": scores, "weakest": [i for i in scores if scores[i] == weakest], "as_of": day.normalize()}
    facts |= {k: v for k, v in rules.items() if k not in ("measures", "fillers")}
    facts |= {"unsure": sum(r["verdict"] == "noise" for r in rows), "few": sum(r["verdict"] == "too_few" for r in rows)}
    kinds = {m["measure"]: m["unit"] for m in rules["measures"]}
    notes = [Note(code, values) for code, values in (_said(r, kinds[r["measure"]]) for r in rows)]
    if left:
        notes.append(Note("frameworks.note.left_to_people", {"items": left, "n": len(left)}))
    if unmeasured:
        notes.append(Note("frameworks.note.unmeasured", {"measures": unmeasured, "n": len(unmeasured)}))
    units = {"item": "text", "measure": "text", "measured": "number", "n": "count"}
    units |= {"measured_low": "number", "measured_high": "number"}
    units |= {"people": "count", "score": "count", "score_low": "count", "score_high": "count"}
    units |= {"thresholds": "text", "verdict": "text"}
    params = {"as_of": day.normalize(), "kinds": kinds, "units": units}
    return Result("frameworks.evidence", table, params, facts, tuple(notes), source)


def _check(rule: Mapping[str, Any]) -> None:
    steps = list(rule["thresholds"])
    if steps != sorted(set(steps)) or not 1 <= len(steps) <= model("value_chain").scale[1]:
        raise UserError("frameworks.bad_thresholds", found=steps, measure=rule["measure"])
    if rule["measure"] not in MEASURES:
        raise UserError("frameworks.unknown_measure", found=rule["measure"], wanted=list(MEASURES))


def _row(rule: Mapping[str, Any], told: Any, fewest: int) -> dict[str, Any]:
    counted = told.low != told.low and told.value == told.value  # a count of all there are has no interval
    few = told.value != told.value or (told.people < fewest and not counted)
    steps = rule["thresholds"]
    score, low, high = (_reached(x, steps) for x in (told.value, told.low, told.high))
    if counted:
        low = high = score
    row = {
        "item": rule["item"],
        "measure": rule["measure"],
        "measured": told.value,
        "measured_low": told.low,
        "measured_high": told.high,
    }
    row |= {"n": told.n, "people": told.people, "score": None if few else score}
    row |= {"score_low": None if few else low, "score_high": None if few else high}
    verdict = "too_few" if few else "real" if low == high else "noise"
    return row | {"thresholds": tuple(steps), "verdict": verdict}


def _reached(value: float, steps: list[float]) -> int:
    return sum(value >= s - 1e-12 for s in steps)  # 0.6 made of parts may be a hair short of 0.6


def _said(row: Mapping[str, Any], unit: str) -> tuple[str, dict[str, Any]]:
    """The words of a measure: a code and plain values, so that answers can be kept as JSON and read in any language."""
    names = ("measured", "measured_low", "measured_high", "n", "people", "score")
    known = {k: None if row[k] is None or row[k] != row[k] else row[k] for k in names}
    values = {k.replace("measured_", "").replace("measured", "value"): v for k, v in known.items()}
    values |= {"measure": row["measure"], "thresholds": list(row["thresholds"])}
    how = "few" if row["score"] is None else "counted" if values["low"] is None else unit
    if how == "few" and values["value"] is None:
        how = "nothing"
    return f"frameworks.measured.{how}", values


def proposed(evidence: Result) -> Answers:
    """The answers that the data propose; items that can't be measured are not answered.

    Each answer carries what was measured (``measured``), and :func:`evidence_said` tells it in words. A person takes
    over with :func:`crmlab.forms.overrule`, which asks for evidence and keeps the proposal beside the new score.
    """
    form, day = model("value_chain"), evidence.params["as_of"].date()
    rows = evidence.table.astype(object).where(evidence.table.notna(), None).to_dict("records")
    answers = []
    for item in form.ids:
        mine = [r for r in rows if r["item"] == item and r["score"] is not None]
        if not mine:
            answers.append(Answer(item, None, as_of=day))
            continue
        worst = min(mine, key=lambda r: r["score"])  # the measure that decides
        code, values = _said(worst, evidence.params["kinds"][worst["measure"]])
        score = int(worst["score"])
        measured = {"code": code, **{k: _plain(v) for k, v in values.items()}}
        answers.append(Answer(item, score, "", "data", day, score, measured))
    return Answers(form, tuple(answers), day)


def _plain(value: Any) -> Any:
    return [_plain(v) for v in value] if isinstance(value, list) else value.item() if hasattr(value, "item") else value


def evidence_said(answer: Answer, lang: str | None = None) -> str:
    """What an answer rests on, in words: the person's evidence, or what was measured with the rule.

    Examples
    --------
    >>> evidence_said(Answer("crm_people", 3, "seen on the floor"))
    'seen on the floor'
    """
    if answer.answered_by == "person" or not answer.measured:
        return answer.evidence
    return labels.text(answer.measured["code"], lang, **{k: v for k, v in answer.measured.items() if k != "code"})
