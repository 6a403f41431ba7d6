"""A student's desk: open a set, look at a question, answer, check, ask for a hint or the solution, see the progress."""

from __future__ import annotations

import datetime
import html
import json
import warnings
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from .. import labels
from ..errors import UserError, suggest
from . import digests, kinds
from .feedback import Feedback, card
from .pack import Pack, bare_number, packs
from .saying import numbered, sentence, words
from .state import FOLDER, State
from .verdict import Draw, Verdict
from .words import LETTERS

__all__ = ["Question", "Work", "open", "recorded"]

ATTEMPTS_BEFORE_SOLUTION = 3
_opened: dict[str, Work] = {}  # the last desk of each set


def open(name: str | Path, *, student: str, language: str | None = None, state: bool = True) -> Work:
    """Open a set of exercises.

    Parameters
    ----------
    name : str or pathlib.Path
        The set's name, or the folder of its pack.
    student : str
        The student's number: it decides which variant and which tables are drawn. Any text draws a place in the
        practice pack; a class's own pack knows the numbers of its list.
    language : {"id", "en"}, optional
        The language of tasks and feedback; that of the notebook's edition by default.
    state : bool, default True
        Keep attempts, hints and what is solved in ``.crmlab/`` beside the notebook, so that they outlive a restart.

    Raises
    ------
    UserError
        ``exercises.no_pack``, ``exercises.no_number``, ``exercises.no_student``, ``exercises.bad_pack``.

    Examples
    --------
    >>> work = open("00-how-exercises-work", student="2110511023", language="en", state=False)
    >>> work["average_order"].check().code
    'open'
    """
    known = packs()
    if isinstance(name, Path) or name not in known:
        if not (Path(name) / "pack.json").is_file():
            near = suggest(str(name), known)
            raise UserError("exercises.no_pack", found=str(name), wanted=list(known), near=near)
        pack = Pack(Path(name))
    else:
        pack = Pack(known[str(name)])
    work = Work(pack, student, language=language, state=state)
    _opened[pack.name] = work
    return work


def recorded() -> dict[str, Any]:
    """What was answered in this process, as data: what a grader takes out of a student's notebook.

    Returns
    -------
    dict
        Set -> ``{"student", "term", "answers": {question: plain answer}}``; the last desk opened for a set counts.
    """
    return {
        work.pack.name: {
            "student": work.student,
            "term": work.pack.term,
            "answers": {name: q.recorded() for name, q in work.questions.items() if q.answer is not None},
        }
        for work in _opened.values()
    }


class Work:
    """One student's work on one set; indexed by a question's name or number."""

    def __init__(self, pack: Pack, student: str, *, language: str | None = None, state: bool = True) -> None:
        self.pack, self.student = pack, str(student).strip()
        self.lang = language
        self.place = pack.place(self.student)
        path = Path.cwd() / FOLDER / f"{pack.name}-{bare_number(self.student)}-{pack.term}.json" if state else None
        self.state = State(path)
        self.questions = {name: Question(self, name) for name in pack.questions}

    def __getitem__(self, name: str | int) -> Question:
        return self.questions[self.pack.question(name)["id"]]

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions.values())

    def __len__(self) -> int:
        return len(self.questions)

    def progress(self) -> Progress:
        """How far the student is."""
        return Progress(self)

    def __repr__(self) -> str:
        return repr(self.progress())

    def _repr_html_(self) -> str:
        return self.progress()._repr_html_()


class Progress:
    """A line a question: solved, tried, hints and solution used."""

    def __init__(self, work: Work) -> None:
        self.lang = work.lang or labels.language()
        self.rows = []
        for number, (name, q) in enumerate(work.questions.items(), start=1):
            told = work.state.of(name)
            status = "solved" if told["solved"] else "tried" if told["attempts"] else "new"
            self.rows.append(
                {
                    "number": number,
                    "question": name,
                    "status": status,
                    "attempts": len(told["attempts"]),
                    "hints": told["hints"],
                    "solution": told["solution"],
                    "points": q.spec["points"],
                    "title": q.title,
                }
            )
        self.solved = sum(r["status"] == "solved" for r in self.rows)
        self.writable = work.state.writable

    def _heading(self) -> str:
        return labels.text("exercises.progress", self.lang, solved=self.solved, n=len(self.rows))

    def _line(self, row: Mapping[str, Any]) -> str:
        return labels.text(f"exercises.status.{row['status']}", self.lang, **row)

    def _used(self, row: Mapping[str, Any]) -> str:
        return labels.text("exercises.used", self.lang, **row) if row["attempts"] or row["hints"] else ""

    def __repr__(self) -> str:
        signs = {"solved": "✓", "tried": "…", "new": "·"}
        lines = [f"{signs[r['status']]} {r['number']:>2}  {r['title']}: {self._line(r)}" for r in self.rows]
        return "\n".join([self._heading(), *lines])

    def _repr_html_(self) -> str:
        bar = (
            f'<progress max="{len(self.rows)}" value="{self.solved}" '
            f'aria-label="{html.escape(self._heading())}"></progress>'
        )
        head = "".join(f"<th>{html.escape(labels.text(f'exercises.column.{c}', self.lang))}</th>" for c in "ntsu")
        body = "".join(
            f"<tr><td>{r['number']}</td><td>{html.escape(r['title'])}</td><td>{html.escape(self._line(r))}</td>"
            f"<td>{html.escape(self._used(r))}</td></tr>"
            for r in self.rows
        )
        note = "" if self.writable else labels.text("exercises.not_kept", self.lang)
        return card("accent", self._heading(), note, ready=f"{bar}<table><tr>{head}</tr>{body}</table>")


class Question:
    """A question as one student got it.

    Attributes
    ----------
    data : mapping
        The student's own tables and numbers.
    variant : str
        Which of the question's variants this student has.
    answer : any
        What the student finds; set it, then :meth:`check`.
    """

    def __init__(self, work: Work, name: str) -> None:
        self.work, self.name = work, name
        self.spec = work.pack.questions[name]
        self.number = list(work.pack.questions).index(name) + 1
        self.answer: Any = None

    @property
    def lang(self) -> str:
        return self.work.lang or labels.language()

    @cached_property
    def draw(self) -> Draw:
        return self.work.pack.draw(self.name, self.work.place)

    @property
    def data(self) -> Mapping[str, Any]:
        return self.draw.data

    @property
    def variant(self) -> str:
        return self.draw.variant

    @property
    def title(self) -> str:
        return labels.write(self.spec["title"], self.name, self.lang, {})

    def _numbered(self, text: str) -> str:
        return numbered(text, self.number)

    def recorded(self) -> Any:
        """The answer as plain data; ``{"unreadable": ...}`` where it is none of this kind."""
        if self.spec["kind"] == "sql" and isinstance(self.answer, str):
            return {"sql": self.answer}  # whoever marks it runs it
        try:
            return kinds.plain(self.spec, self.draw, self.answer)
        except UserError as error:
            return {"unreadable": error.code}
        except Exception as gap:  # one strange answer must not cost the others
            return {"unreadable": type(gap).__name__}

    # ---- looking

    def task(self) -> str:
        """The task in Markdown, with the student's own numbers, options and tables."""
        parts = [words(self.spec["texts"], "task", self.draw, self.lang)]
        parts += self._choices()
        if tables := {k: v for k, v in self.data.items() if hasattr(v, "columns")}:
            lines = [
                f'- `q.data["{k}"]`: {labels.text("exercises.table", self.lang, rows=len(t))} '
                + ", ".join(f"`{c}`" for c in t.columns)
                for k, t in tables.items()
            ]
            parts.append("\n".join([labels.text("exercises.your_tables", self.lang), "", *lines]))
        scalars = [k for k, v in self.data.items() if isinstance(v, int | float | str) or hasattr(v, "dtype")]
        if numbers := ", ".join(f'`q.data["{k}"]`' for k in scalars):
            parts.append(labels.text("exercises.your_numbers", self.lang, numbers=numbers))
        parts.append(labels.text(f"exercises.how.{self._how()}", self.lang, **self._how_values()))
        return "\n\n".join(parts)

    def _how(self) -> str:
        kind = self.spec["kind"]
        if kind == "number":
            return "count" if self.spec.get("exact") else f"number_{self.spec['unit']}"
        if kind == "choice" and self.spec.get("several"):
            return "choices"
        return kind

    def _how_values(self) -> dict[str, Any]:
        spec = self.spec
        values = {"digits": spec.get("digits", 4), "columns": spec.get("columns", ()), "n": spec.get("length")}
        values["decimals"] = spec.get("decimals", 2)
        values["parts"] = ", ".join(f'"{p}": …' for p in spec.get("parts", ()))
        if spec["kind"] == "text":
            values["least"], values["most"] = spec["words"]
        return values

    def _choices(self) -> list[str]:
        spec, lang = self.spec, self.lang

        def said(entry: Any) -> str:
            return entry if isinstance(entry, str) else entry[lang]

        if spec["kind"] == "choice" or spec["kind"] == "order":
            offered = spec.get("options") or spec["lines"]
            code = spec.get("code")
            lines = [
                f"- **{letter})** " + (f"`{said(offered[i])}`" if code else said(offered[i]))
                for letter, i in zip(LETTERS, self.draw.shown, strict=False)
            ]
            return ["\n".join(lines)]
        if spec["kind"] == "matching":
            items = "\n".join(f"{n}. {said(spec['items'][i])}" for n, i in enumerate(self.draw.shown, start=1))
            classes = "\n".join(
                f"- **{letter.upper()})** {said(c)}"
                for letter, c in zip(LETTERS, spec["classes"].values(), strict=False)
            )
            return [items, classes]
        if spec["kind"] == "blanks":
            lines = []
            for name, part in spec["parts"].items():
                line = f"- `{name}`: {said(part['says'])}"
                if part["kind"] == "choice":
                    offered = zip(LETTERS, part["options"].values(), strict=False)
                    line += " " + "; ".join(f"**{letter})** {said(o)}" for letter, o in offered)
                lines.append(line)
            return ["\n".join(lines)]
        return []

    def __repr__(self) -> str:
        return f"{self.title}\n\n{self._numbered(self.task())}"

    def _repr_html_(self) -> str:
        points = labels.text("exercises.points", self.lang, n=self.spec["points"])
        return card("accent", f"{self.title} ({points})", self._numbered(self.task()))

    # ---- answering

    def check(self) -> Feedback:
        """Whether the answer is right; if not, what kind of slip it is where that can be told.

        Never raises and never says the answer.
        """
        told = self.work.state.of(self.name)
        try:
            with warnings.catch_warnings():  # what pandas thinks of our way to compare is not the student's affair
                warnings.simplefilter("ignore")
                answer = kinds.plain(self.spec, self.draw, self.answer)
                verdict = kinds.judge(self.spec, answer, self.work.pack.match(self.name, self.work.place))
        except UserError as error:
            verdict, answer = Verdict("unreadable", facts={"error": error.render(self.lang)}), None
        except Exception as gap:  # a student must never meet a traceback of ours, whatever was given
            verdict, answer = Verdict("unreadable", facts={"error": f"{type(gap).__name__}: {gap}"[:300]}), None
        if verdict.code not in ("open", "unreadable"):
            now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            key = digests.digest(self.name, "attempt", repr(answer))
            told["attempts"].append({"at": now, "code": verdict.code, "name": verdict.name, "key": key})
            told["solved"] = told["solved"] or verdict.code == "right"
            self.work.state.keep()
        return self._feedback(verdict)

    def _feedback(self, verdict: Verdict) -> Feedback:
        lang, code = self.lang, verdict.code
        heading = labels.text(f"exercises.verdict.{code}", lang)
        text = sentence(verdict, self.spec["texts"], self.draw, lang)
        if code == "wrong":
            text += "\n\n" + labels.text("exercises.try_hint", lang)
        if code == "right" and self.spec["kind"] == "text":
            text += "\n\n" + labels.text("exercises.provisional", lang)
        return Feedback(code, verdict.name, heading, self._numbered(text), self._log())

    def _log(self) -> dict[str, Any]:
        told = self.work.state.of(self.name)
        log = {"set": self.work.pack.name, "student": self.work.student, "question": self.name}
        return log | {"attempts": len(told["attempts"]), "hints": told["hints"], "solution": told["solution"]}

    def hint(self) -> Feedback:
        """The next hint; each says a little more. The last one stays."""
        told = self.work.state.of(self.name)
        hints = self.spec["texts"]["hints"]
        at = min(told["hints"], len(hints) - 1)
        told["hints"] = min(told["hints"] + 1, len(hints))
        self.work.state.keep()
        heading = labels.text("exercises.hint", self.lang, number=at + 1, n=len(hints))
        text = words(self.spec["texts"], f"hints.{at}", self.draw, self.lang)
        return Feedback("hint", None, heading, self._numbered(text), self._log())

    def solution(self) -> Feedback:
        """The solution and why: after the question is solved, or after three different real attempts.

        An attempt is real when it could be read and differs from those before. That the solution was opened is kept.
        """
        told = self.work.state.of(self.name)
        real = len({a["key"] for a in told["attempts"]})
        needed = min(ATTEMPTS_BEFORE_SOLUTION, self.spec.get("attempts", ATTEMPTS_BEFORE_SOLUTION))
        if not told["solved"] and real < needed:
            heading = labels.text("exercises.verdict.not_yet", self.lang)
            text = labels.text("exercises.not_yet", self.lang, more=needed - real, needed=needed)
            return Feedback("not_yet", None, heading, text, self._log())
        heading = labels.text("exercises.verdict.solution", self.lang)
        if "seal" not in self.spec:
            text = labels.text("exercises.no_solution", self.lang)
            return Feedback("not_yet", None, heading, text, self._log())
        texts = json.loads(digests.unseal(self.work.pack.salt(self.name, "seal"), self.spec["seal"]))
        if not told["solved"]:
            told["solution"] = True
            self.work.state.keep()
        text = self._solved(texts)
        return Feedback("solution", None, heading, self._numbered(text), self._log())

    def _legend(self, code: str, names: Mapping[str, str]) -> list[str]:
        """What the names of options in an author's code are among this student's letters."""
        letters = dict(zip(self.draw.shown, LETTERS, strict=False))
        for part in self.spec.get("parts", {}).values():
            letters |= dict(zip(part.get("options", ()), LETTERS, strict=False))
        told = [(old, letters[new]) for old, new in names.items() if new in letters and f'"{old}"' in code]
        return [f'# "{old}" = {letter}' for old, letter in told]

    def _solved(self, texts: Mapping[str, Any]) -> str:
        """The solution as the student can use it: letters are the student's own."""
        why = texts["why"][self.lang]
        if "ids" in texts:
            ids = texts["ids"].get(self.draw.variant, texts["ids"].get("*"))
            if self.spec["kind"] == "matching":
                letters = dict(zip(self.spec["classes"], LETTERS.upper(), strict=False))
                own = [(n, letters[ids[i]]) for n, i in enumerate(self.draw.shown, start=1)]
                answer = "{" + ", ".join(f'{n}: "{letter}"' for n, letter in own) + "}"
            else:
                answer = str([LETTERS[self.draw.shown.index(i)] for i in ids])
            code = f"q.answer = {answer}"
        else:
            code = "\n\n".join(texts[part] for part in ("code", "package") if part in texts)
            code = "\n".join([*self._legend(code, texts["names"]), code])
        return f"```python\n{code}\n```\n\n{why}"
