"""From a source to what students get: the pack and its notebooks; and the proof, place by place, that it holds.

A set is built only when at every place the reference scores full marks, an untouched answer none, each wrong answer its
own hint and no other, and where the package's function gives what the reference gives.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import InternalError, UserError
from ..exercises import digests, kinds
from ..exercises.pack import CODE, FILE, PRACTICE, key_of
from ..exercises.saying import words
from ..exercises.verdict import Draw
from ..labels import LANGUAGES
from .notebooks import notebook
from .source import Key, QuestionSource, SetSource

__all__ = ["Fault", "build", "differences", "pack_of", "verify", "write"]

PACKAGE_PLACES = 5
DISTINCT = 0.99
REDRAWS = 6
MOST_REDRAWN = 0.02
_PUBLIC = {
    "id", "title", "kind", "level", "style", "unit", "digits", "decimals", "exact", "points", "variants", "data",
    "rows", "book", "notebook", "app", "function", "options", "several", "items", "classes", "lines", "code", "length",
    "draw", "shown", "fixed_order", "columns", "ordered", "parts", "must", "criteria", "needed", "words", "attempts",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """Why a set can't be built: which question, at which place, what came out."""

    question: str
    code: str
    place: int | None = None
    found: Any = None


def verify(source: SetSource, places: Iterable[int] = range(PRACTICE)) -> list[Fault]:
    """Everything that is wrong with a set; an empty list when it holds.

    Parameters
    ----------
    source : SetSource
    places : iterable of int
        The seeds to try; 200 by default.

    Returns
    -------
    list of Fault
        Codes: ``solution_not_full``, ``untouched_scores``, ``wrong_hint`` (a wrong answer that is not known as itself),
        ``package_differs``, ``coincides`` (two answers alike at more than 2 % of the places), ``too_few_distinct``
        (numbers that too many students share), ``raises``.
    """
    faults: list[Fault] = []
    told = list(places)
    for name in source.questions:
        faults += _verify_question(source, name, told).faults
    return faults


@dataclass
class _Proof:
    """What was found out about a question: faults, and for each place what is known and how often it was redrawn."""

    faults: list[Fault]
    known: dict[int, dict[tuple[str, str], str]]
    again: dict[int, int]


def _verify_question(source: SetSource, name: str, places: list[int]) -> _Proof:
    q = source.questions[name]
    proof = _Proof([], {}, {})
    rights: Counter[str] = Counter()
    for at, place in enumerate(places):
        for again in range(REDRAWS):
            try:
                own = source.draw(name, place, again)
                key = source.key(name, own)
                package = source.answer(name, own, "+package") if q.package and at < PACKAGE_PLACES else None
            except Exception as gap:
                proof.faults.append(Fault(name, "raises", place, f"{type(gap).__name__}: {gap}"[:200]))
                break
            faults = list(_faults(q, place, own, key, package, _untouched(source, name, own)))
            # two answers may be alike by chance at one place in a thousand; a fault of the question stays
            if not faults or again == REDRAWS - 1 or any(f.code != "wrong_hint" for f in faults):
                proof.faults += faults
                proof.known[place] = key.known
                rights[json.dumps(key.right)] += 1
                if again:
                    proof.again[place] = again
                break
    if len(proof.again) > max(1, MOST_REDRAWN * len(places)):
        proof.faults.append(Fault(name, "coincides", next(iter(proof.again)), len(proof.again)))
    if q.spec["kind"] == "number" and not q.spec.get("exact") and len(rights) < DISTINCT * len(places):
        proof.faults.append(Fault(name, "too_few_distinct", None, len(rights)))
    return proof


def _untouched(source: SetSource, name: str, own: Draw) -> list[Any]:
    """What a notebook answers that nobody wrote in: nothing, or what the code at the start leaves."""
    if not source.questions[name].start:
        return [None]
    try:
        return [None, source.answer(name, own, "+start")]
    except Exception:  # code with gaps may stop; then there is no answer
        return [None]


def _faults(
    q: QuestionSource, place: int, own: Draw, key: Key, package: Any, untouched: Iterable[Any]
) -> Iterator[Fault]:
    parts = ["task", *(f"hints.{i}" for i in range(len(q.texts["hints"]))), *(f"wrong.{w}" for w in q.wrongs)]
    for lang in LANGUAGES:
        for part in parts:
            try:
                words(q.texts, part, own, lang)
            except (InternalError, ValueError) as gap:
                yield Fault(q.id, "raises", place, f"{part} ({lang}): {gap}"[:200])
    verdict = kinds.judge(q.spec, key.right, key.match)
    if verdict.code != "right" or verdict.share != 1.0:
        yield Fault(q.id, "solution_not_full", place, verdict)
    for told in untouched:
        verdict = kinds.judge(q.spec, told, key.match)
        if verdict.code == "right" or verdict.share > 0:
            yield Fault(q.id, "untouched_scores", place, verdict)
    for wrong, told in key.wrongs.items():
        verdict = kinds.judge(q.spec, told, key.match)
        if verdict.code != "misconception" or verdict.name != wrong:
            yield Fault(q.id, "wrong_hint", place, (wrong, verdict.code, verdict.name))
    if package is not None and kinds.judge(q.spec, package, key.match).code != "right":
        yield Fault(q.id, "package_differs", place, (key.right, package))


def _digest_lines(source: SetSource, name: str, proof: _Proof) -> tuple[list[str], dict[str, str]]:
    """The labels of a question, and for each place a line of pairs (label, digest)."""
    labels: dict[str, int] = {}
    lines: dict[str, str] = {}
    text_kind = source.questions[name].spec["kind"] == "text"
    for place, known in list(proof.known.items())[: 1 if text_kind else None]:
        own = "*" if text_kind else place
        salt = f"{source.term}|{source.name}|{name}|{own}"
        parts = []
        for (slot, text), label in known.items():
            at = labels.setdefault(f"{slot}\x1f{label}", len(labels))
            parts.append(f"{at:02x}{digests.digest(salt, slot, text)}")
        # in the order of the digests: the order of writing would tell which is the right one
        lines[str(own)] = "".join(sorted(parts, key=lambda p: p[2:]))
    return list(labels), lines


def _sealed(source: SetSource, q: QuestionSource) -> dict[str, str]:
    told: dict[str, Any] = {"why": q.why, "code": q.solution, "names": q.ids}
    if q.package:
        told["package"] = q.package
    if q.spec["kind"] in ("choice", "order", "matching") and not q.spec["data"]:
        told["ids"] = {}
        for place in range(60):
            own = source.draw(q.id, place)
            answer = source.answer(q.id, own)
            if isinstance(answer, dict):  # a draw of the items: other places have the others
                told["ids"].setdefault(own.variant, {}).update(answer)
            else:
                told["ids"].setdefault(own.variant, answer)
    salt = f"{source.term}|{source.name}|{q.id}|seal"
    return digests.seal(salt, json.dumps(told, ensure_ascii=False))


def pack_of(
    source: SetSource,
    *,
    students: Iterable[str] | None = None,
    solutions: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """The pack of a set as data, after everything in it was verified.

    Parameters
    ----------
    source : SetSource
    students : iterable of str, optional
        A class's numbers; each gets a place of its own. Without them the practice pack's 200 places are built.
    solutions : bool, default True
        Seal the solutions in; without, ``q.solution()`` refers to the lecturer.
    progress : callable, optional
        Called with questions done and in all.

    Raises
    ------
    UserError
        ``teaching.faults``: the first faults by name, and how many there are.
    """
    numbers = None if students is None else list(dict.fromkeys(students))
    n = PRACTICE if numbers is None else len(numbers)
    salt = f"{source.term}|{source.name}"
    if numbers is None:
        places: dict[str, Any] = {"rule": "digits", "n": n}
    else:
        places = {"rule": "list", "salt": salt, "of": {key_of(s, salt): i for i, s in enumerate(numbers)}}
    questions, faults = [], []
    for done, name in enumerate(source.questions):
        told, found = _built(source, name, list(range(n)), solutions)
        questions.append(told)
        faults += found
        if progress:
            progress(done + 1, len(source.questions))
    if faults:
        shown = [f"{f.question} [{f.place}] {f.code} {f.found}" for f in faults[:5]]
        raise UserError("teaching.faults", table=source.path.name, found=shown, n=len(faults))
    return {**_head(source), "places": places, "questions": questions}


def _head(source: SetSource) -> dict[str, Any]:
    title = {lang: source.title[lang].splitlines()[0].lstrip("# ") for lang in LANGUAGES}
    return {"format": 1, "name": source.name, "term": source.term, "title": title}


def _built(source: SetSource, name: str, places: list[int], solutions: bool) -> tuple[dict[str, Any], list[Fault]]:
    """A question as the pack holds it, and what is wrong with it."""
    q = source.questions[name]
    proof = _verify_question(source, name, places)
    labels, lines = _digest_lines(source, name, proof)
    told = {k: v for k, v in q.spec.items() if k in _PUBLIC}
    told |= {"texts": q.texts, "labels": labels, "digests": lines}
    if proof.again:
        told["again"] = proof.again
    if solutions:
        told["seal"] = _sealed(source, q)
    return json.loads(json.dumps(told)), proof.faults


def differences(source: SetSource, folder: Path, places: Iterable[int] = range(0, PRACTICE, 25)) -> list[str]:
    """What of a built practice pack is not what its source gives; the digests are compared at some places.

    Returns
    -------
    list of str
        Names of files, questions, or ``"<question> [<place>]"``; empty when the pack is up to date.
    """
    target = folder / source.name
    stored = json.loads((target / FILE).read_text(encoding="utf-8"))
    told = list(places)
    found = [k for k, v in _head(source).items() if stored.get(k) != v]
    if [q["id"] for q in stored["questions"]] != list(source.questions):
        return [*found, "questions"]
    for old in stored["questions"]:
        new, faults = _built(source, old["id"], told, "seal" in old)
        found += [f"{f.question} [{f.place}] {f.code} {f.found}" for f in faults if f.code != "too_few_distinct"]
        aside = {"digests", "labels", "again"}
        if {k: v for k, v in old.items() if k not in aside} != {k: v for k, v in new.items() if k not in aside}:
            found.append(old["id"])
        found += [f"{old['id']} [{p}]" for p in new["digests"] if _told(old, p) != _told(new, p)]
    files = _files(source)
    return found + [name for name, text in files.items() if (target / name).read_text(encoding="utf-8") != text]


def _told(question: Mapping[str, Any], place: str) -> set[tuple[str, str]]:
    line, step = question["digests"][place], 2 + digests.WIDTH
    return {(question["labels"][int(line[i : i + 2], 16)], line[i + 2 : i + step]) for i in range(0, len(line), step)}


def _lines(pack: Mapping[str, Any]) -> str:
    """JSON with a line for each question, so that a changed question is a changed line."""
    tight: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}
    head = json.dumps({k: v for k, v in pack.items() if k != "questions"}, **tight)
    questions = ",\n".join(json.dumps(q, **tight) for q in pack["questions"])
    return f'{head[:-1]},"questions":[\n{questions}\n]}}\n'


def write(source: SetSource, folder: Path, **options: Any) -> Path:
    """Build a set into ``folder/<name>`` and return that folder; what stood there before goes."""
    files = build(source, **options)
    target = folder / source.name
    target.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (target / name).write_text(text, encoding="utf-8", newline="\n")
    return target


def build(source: SetSource, **options: Any) -> dict[str, str]:
    """File name -> text of everything that students get of a set; options as in :func:`pack_of`."""
    return {FILE: _lines(pack_of(source, **options)), **_files(source)}


def _files(source: SetSource) -> dict[str, str]:
    """The code of the tables, and the notebooks."""
    head = "What makes your tables; reading it gives no answer away. Kode yang membuat tabel Anda."
    code = f'"""{head}"""\n\nimport numpy as np\nimport pandas as pd\n\n\n{source.data.strip()}\n'
    return {CODE: code} | {f"{source.name}.{lang}.ipynb": notebook(source, lang) for lang in LANGUAGES}
