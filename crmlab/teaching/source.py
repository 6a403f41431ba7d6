"""The source of a set of exercises: one py:percent file with tasks, solutions, wrong answers and their hints.

Jupytext opens it as a notebook. Each cell says its part in its first line::

    # %% [markdown] lang="id" part="title"        heading and introduction, once in each language
    # %% part="data"                              public code: functions (rng, variant) -> dict of tables and numbers
    # %% part="question"                          question("name", kind="number", ...): begins a question
    # %% [markdown] lang="id" part="task"         the task; variant="shop" where the variants differ in more than words
    # %% [markdown] lang="id" part="example"      a worked example that students see before the task
    # %% part="example"                           its code
    # %% part="start"                             what stands in the answer's cell at first
    # %% [markdown] lang="id" part="hint"         graded hints, in order
    # %% part="solution"                          the reference: runs as a student would run it, sets q.answer
    # %% part="package"                           the same with the package's function; must agree
    # %% [markdown] lang="id" part="why"          shown with the solution
    # %% part="wrong" name="mean_of_ratios"       code that sets q.answer to the wrong answer of a misconception
    # %% [markdown] lang="id" part="wrong" name="mean_of_ratios"     its message

Only title, data, example, start, task, hints and messages reach a student in the open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ..errors import UserError, suggest
from ..exercises import digests, kinds
from ..exercises.pack import draw, token
from ..exercises.verdict import Draw, Verdict
from ..labels import LANGUAGES

__all__ = ["Key", "QuestionSource", "SetSource", "read", "renamed", "sources"]

LEVELS = ("worked", "faded", "independent")
STYLES = ("plain", "mistake", "claim", "parsons")
_PARTS = {"title", "data", "question", "task", "example", "start", "hint", "solution", "package", "why", "wrong"}


@dataclass
class QuestionSource:
    """A question with everything that is known of it."""

    id: str
    spec: dict[str, Any]
    texts: dict[str, Any] = field(default_factory=lambda: {"task": {}, "hints": [], "wrong": {}})
    why: dict[str, str] = field(default_factory=dict)
    solution: str = ""
    package: str = ""
    start: str = ""
    wrongs: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)  # the author's name of an option, line or item -> the pack's
    example: list[tuple[str, str, str]] = field(default_factory=list)  # language or "", kind of cell, text


@dataclass(frozen=True)
class Key:
    """What is known of a question for one draw: the lecturer's side of :class:`~crmlab.exercises.pack.Pack`.

    Attributes
    ----------
    right : any
        The plain right answer.
    wrongs : dict
        Name -> plain wrong answer.
    known : dict
        (slot, text) -> ``"right"`` or the name of a wrong answer.
    """

    right: Any
    wrongs: dict[str, Any]
    known: dict[tuple[str, str], str]

    def match(self, slot: str, text: str) -> str | None:
        """Which known answer a canonical text belongs to."""
        return self.known.get((slot, text))


@dataclass
class SetSource:
    """A set as its author wrote it.

    Attributes
    ----------
    name : str
        ``"07-segmentation-and-value"``.
    term : str
        Goes into every seed: another term, other numbers.
    """

    name: str
    path: Path
    title: dict[str, str]
    data: str
    questions: dict[str, QuestionSource]
    term: str = "practice"

    @cached_property
    def code(self) -> dict[str, Any]:
        """What the public code defines."""
        import numpy as np
        import pandas as pd

        names: dict[str, Any] = {"np": np, "pd": pd, "__name__": "crmlab_exercise_data"}
        exec(compile(self.data, f"{self.path.name}:data", "exec"), names)
        return names

    @cached_property
    def _compiled(self) -> dict[tuple[str, str], Any]:
        told = {}
        for name, q in self.questions.items():
            told[name, ""] = compile(q.solution, f"{self.path.name}:{name}:solution", "exec")
            if q.package:
                told[name, "+package"] = compile(q.package, f"{self.path.name}:{name}:package", "exec")
            if q.start:
                told[name, "+start"] = compile(q.start, f"{self.path.name}:{name}:start", "exec")
            for wrong, code in q.wrongs.items():
                told[name, wrong] = compile(code, f"{self.path.name}:{name}:{wrong}", "exec")
        return told

    def draw(self, name: str, place: int, again: int = 0) -> Draw:
        """What a place gets of a question; ``again`` counts the draws in which two answers coincided."""
        return draw(self.questions[name].spec, self.code, self.term, self.name, token(place, again))

    def answer(self, name: str, own: Draw, wrong: str = "") -> Any:
        """The plain answer that the reference, or a wrong answer's code, gives for a draw."""
        import numpy as np
        import pandas as pd

        import crmlab as crm

        source = self.questions[name]
        names = {new: old for old, new in source.ids.items()}
        shown = tuple(names.get(i, i) for i in own.shown)
        q = SimpleNamespace(data=own.data, variant=own.variant, shown=shown, answer=None)
        exec(self._compiled[name, wrong], {"q": q, "np": np, "pd": pd, "crm": crm})
        return kinds.plain(source.spec, own, renamed(source.spec, source.ids, own, q.answer))

    def key(self, name: str, own: Draw) -> Key:
        """What is known of a question for one draw."""
        q = self.questions[name]
        right = self.answer(name, own)
        wrongs = {wrong: self.answer(name, own, wrong) for wrong in q.wrongs}
        known: dict[tuple[str, str], str] = {}
        if q.spec["kind"] == "text":
            for label, stems in q.spec["stems"].items():
                for stem in stems:
                    known["stem", stem] = label.removeprefix("!") if label.startswith("!") else f"+{label}"
            return Key(right, wrongs, known)
        for entry in kinds.entries(q.spec, right):
            known.setdefault(entry, "right")
        for wrong, told in wrongs.items():
            for entry in kinds.marks(q.spec, told, right):
                known.setdefault(entry, wrong)
        return Key(right, wrongs, known)

    def judge(self, name: str, own: Draw, told: Any) -> Verdict:
        """What a plain answer is, by the reference itself."""
        return kinds.judge(self.questions[name].spec, told, self.key(name, own).match)


def renamed(spec: Mapping[str, Any], ids: Mapping[str, str], own: Draw, answer: Any) -> Any:
    """An author's answer in the pack's names of options, lines and items."""
    if not isinstance(answer, dict):
        return _renamed(answer, ids)
    if spec["kind"] == "blanks":  # a part keeps its name, whatever its options are called
        return {part: _renamed(value, ids) for part, value in answer.items()}
    answer = _renamed(answer, ids)
    if spec["kind"] == "matching":  # the author's key is for all items
        answer = {item: answer[item] for item in own.shown if item in answer}
    return answer


def _renamed(answer: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(answer, str):
        return ids.get(answer, answer)
    if isinstance(answer, list | tuple):
        return [_renamed(a, ids) for a in answer]
    if isinstance(answer, dict) and ids:
        return {ids.get(k, k): _renamed(v, ids) for k, v in answer.items()}
    return answer


def sources(folder: Path | None = None) -> list[Path]:
    """The sources in ``exercises/src``, in the order of their numbers."""
    folder = folder or Path(__file__).resolve().parents[2] / "exercises" / "src"
    return sorted(folder.glob("[0-9]*.py"))


def read(path: Path, *, term: str = "practice") -> SetSource:
    """Read a source.

    Raises
    ------
    UserError
        ``teaching.needs_jupytext``, ``teaching.unknown_part``, ``teaching.no_question``, ``teaching.missing_part``,
        ``teaching.bad_question``.
    """
    try:
        import jupytext
    except ModuleNotFoundError:
        raise UserError("teaching.needs_jupytext") from None

    notebook = jupytext.read(path, fmt="py:percent")
    found = SetSource(path.stem.replace("_", "-"), path, {}, "", {}, term)
    q: QuestionSource | None = None
    hints: dict[str, int] = {}
    for number, cell in enumerate(notebook.cells, start=1):
        meta, text, words = cell.metadata, cell.source, cell.cell_type == "markdown"
        part, lang, name = meta.get("part"), meta.get("lang"), meta.get("name")
        if part not in _PARTS:
            near = suggest(str(part), _PARTS)
            raise UserError("teaching.unknown_part", table=path.name, rows=[number], found=part, near=near)
        if words and lang not in LANGUAGES:
            raise UserError("teaching.no_language", table=path.name, rows=[number], found=lang)
        if part == "title":
            found.title[lang] = text
        elif part == "data":
            found.data += text + "\n\n\n"
        elif part == "question":
            q = _question(text, path.name, number)
            if q.id in found.questions:
                raise UserError("teaching.bad_question", table=path.name, rows=[number], found=f"{q.id} (2x)")
            found.questions[q.id] = q
            hints = dict.fromkeys(LANGUAGES, 0)
        elif q is None:
            raise UserError("teaching.no_question", table=path.name, rows=[number], found=part)
        elif part == "task":
            q.texts["task"].setdefault(meta.get("variant", "*"), {})[lang] = text
        elif part == "hint":
            if hints[lang] == len(q.texts["hints"]):
                q.texts["hints"].append({})
            q.texts["hints"][hints[lang]][lang] = text
            hints[lang] += 1
        elif part == "why":
            q.why[lang] = text
        elif part == "example":
            q.example.append((lang or "", "markdown" if words else "code", text))
        elif part == "wrong" and words:
            q.texts["wrong"].setdefault(name, {})[lang] = text
        elif part == "wrong":
            q.wrongs[name] = text
        else:
            setattr(q, part, text)
    for one in found.questions.values():
        _whole(one, path.name)
    return found


def _question(code: str, table: str, number: int) -> QuestionSource:
    told: dict[str, Any] = {}

    def question(name: str, **spec: Any) -> None:
        told.update(spec, id=name)

    try:
        exec(compile(code, f"{table}:{number}", "exec"), {"question": question})
    except (SyntaxError, NameError, TypeError) as gap:
        raise UserError("teaching.bad_question", table=table, rows=[number], found=str(gap)) from gap
    spec = {"variants": ["*"], "level": "independent", "style": "plain", "points": 1, "rows": [], "data": None} | told
    for name in ("variants", "rows"):
        spec[name] = list(spec[name])
    wanted = {"id", "kind", "title", "book", "notebook", "app", "function"}
    if missing := sorted(wanted - set(spec)):
        raise UserError("teaching.bad_question", table=table, rows=[number], found=spec.get("id"), wanted=missing)
    if spec["kind"] not in kinds.KINDS or spec["level"] not in LEVELS or spec["style"] not in STYLES:
        shown = (spec["kind"], spec["level"], spec["style"])
        wanted_of = [*kinds.KINDS, *LEVELS, *STYLES]
        raise UserError("teaching.bad_question", table=table, rows=[number], found=shown, wanted=wanted_of)
    if spec["kind"] == "number" and not spec.get("exact"):
        spec.setdefault("unit", "number")
    if spec.get("shown") and not spec.get("draw"):
        spec["draw"] = max(len(ids) for ids in spec["shown"].values())
    return QuestionSource(spec["id"], spec, ids=_hide_names(spec))


def _hide_names(spec: dict[str, Any]) -> dict[str, str]:
    """Give options, lines and items names that say nothing, in an order that says nothing; old name -> new."""
    ids: dict[str, str] = {}

    def hidden(told: Mapping[str, Any]) -> dict[str, Any]:
        ids.update({old: digests.digest(spec["id"], "id", old)[:6] for old in told})
        return {ids[old]: told[old] for old in sorted(told, key=ids.__getitem__)}

    for key in ("options", "lines", "items"):
        if isinstance(spec.get(key), Mapping):
            spec[key] = hidden(spec[key])
    for part in spec.get("parts", {}).values():
        if "options" in part:
            part["options"] = hidden(part["options"])
    if spec.get("shown"):
        spec["shown"] = {v: sorted(ids[i] for i in told) for v, told in spec["shown"].items()}
    return ids


def _whole(q: QuestionSource, table: str) -> None:
    """Every part is there, in both languages; three misconceptions at least; three variants, or tables of one's own."""
    gaps = []
    needed: Mapping[str, Mapping[str, Any]] = {
        **{f"task {v}": t for v, t in q.texts["task"].items()},
        **{f"hint {i + 1}": h for i, h in enumerate(q.texts["hints"])},
        **{f"wrong {n}": t for n, t in q.texts["wrong"].items()},
        "why": q.why,
        "title": q.spec["title"],
    }
    gaps += [f"{name} ({lang})" for name, entry in needed.items() for lang in LANGUAGES if lang not in entry]
    gaps += [f"wrong {n}: words" for n in q.wrongs if n not in q.texts["wrong"]]
    gaps += [f"wrong {n}: code" for n in q.texts["wrong"] if n not in q.wrongs]
    gaps += [f"part {n}: says" for n, part in q.spec.get("parts", {}).items() if not part.get("says")]
    if not q.texts["task"]:
        gaps.append("task")
    if len(q.texts["hints"]) < 2:
        gaps.append("hint 2")
    if len(q.wrongs) < 3:
        gaps.append("wrong 3")
    if not q.solution:
        gaps.append("solution")
    if len(q.spec["variants"]) < 3:
        gaps.append("variant 3")
    if gaps:
        raise UserError("teaching.missing_part", table=table, found=q.id, wanted=gaps)
