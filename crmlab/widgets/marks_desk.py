"""A graded class without its browser: a table of questions, what each is answered, likenesses to look at, own files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError
from .board_cards import Board, Case
from .board_desk import BoardDesk

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ALL", "LIKENESSES", "QUESTIONS", "Marks", "MarksDesk"]

QUESTIONS, LIKENESSES = "questions", "likenesses"
ALL = "all"  # every set
TAIL = 3  # last digits of a student's number that stay


def _two(x: float, lang: str) -> str:
    return labels.number(x, lang, 2)


@dataclass(frozen=True)
class Marks:
    """A graded class.

    Parameters
    ----------
    items : DataFrame
        The rows of ``marks-items.csv``.
    likenesses : DataFrame, optional
        The rows of ``marks-copies.csv``.
    name : str
        What the source is called below a figure.
    """

    items: pd.DataFrame
    likenesses: pd.DataFrame | None = None
    name: str = ""
    sets: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sets", tuple(dict.fromkeys(self.items["set"])))

    def of(self, name: str) -> str | None:
        """A set as the analyses are told it."""
        return None if name == ALL else name


class MarksDesk(BoardDesk):
    """One reader of a graded class.

    Parameters
    ----------
    board : Board
        Its part ``questions`` shows the table, ``likenesses`` the list.
    cases : sequence of Case
    lang : {"id", "en"}
    """

    def __init__(self, board: Board, cases: Sequence[Case], lang: str) -> None:
        self._files: dict[str, tuple[str, Any]] = {}  # items, likenesses: the name of the file and its rows
        self._bare = False  # whether students' numbers are shown whole
        super().__init__(board, cases, lang)

    @property
    def steps(self) -> Mapping[str, Any]:
        """Events that change the page."""
        return {**super().steps, **_STEPS}

    # -- the page -----------------------------------------------------------------------------------------------------

    def _page(self) -> dict[str, Any]:
        page = super()._page()
        if not page["loaded"]:
            return page
        if self.at == "own":
            page["about"] = ", ".join(name for name, _ in self._files.values())
        if self.part.name == QUESTIONS:
            chosen = self._chosen()
            asked = self._asked("table", QUESTIONS, chosen)
            page["marks"] = self.case.kept.get(asked, lambda: self._table(self.case.data, chosen["set"]))
        if self.part.name == LIKENESSES:
            page["likenesses"] = self._looks(self.case.data)
        return page

    def _table(self, marks: Marks, at: str) -> dict[str, Any]:
        """The questions with their figures, each as it sorts and as it is read."""
        from ..analytics import items

        hard = items.difficulty(marks.items, marks.of(at)).table
        told, refused = {}, ""
        try:
            found = items.discrimination(marks.items, marks.of(at))
            told = {(r["set"], r["question"]): r for r in found.table.to_dict("records")}
        except UserError as error:
            refused = error.render(self.lang)
        believed = items.misconceptions(marks.items, marks.of(at)).table
        first = believed.drop_duplicates(["set", "question"]).set_index(["set", "question"]).to_dict("index")
        rows = []
        for row in hard.to_dict("records"):
            key = row["set"], row["question"]
            apart, belief = told.get(key, {}), first.get(key)
            rows.append(
                {
                    "set": row["set"],
                    "question": row["question"],
                    "name": labels.name(row["question"], self.lang),
                    "n": int(row["n"]),
                    "difficulty": self._figure(row, "difficulty", "share"),
                    "hard": self._word(row["verdict"]),
                    "discrimination": self._figure(apart, "discrimination", "number"),
                    "apart": self._word(apart.get("verdict", "too_few")),
                    "belief": labels.name(belief["misconception"], self.lang) if belief else "",
                    "believed": self._figure(belief or {}, "share", "share"),
                }
            )
        return {"rows": rows, "sets": len(marks.sets) > 1 and at == ALL, "refused": refused}

    def _figure(self, row: Mapping[str, Any], what: str, unit: str) -> dict[str, Any]:
        value, low, high = (row.get(f"{what}{end}") for end in ("", "_low", "_high"))
        known = [x is not None and x == x for x in (value, low, high)]
        write = labels.percent if unit == "share" else _two
        said = write(value, self.lang) if known[0] else "—"
        ends = self._say("between", low=write(low, self.lang), high=write(high, self.lang)) if all(known) else ""
        return {"sort": float(value) if known[0] else None, "said": said, "ends": ends}

    def _word(self, verdict: str) -> dict[str, str]:
        tone = {"negative": "bad", "too_easy": "warn", "too_hard": "warn", "weak": "warn", "fine": "good"}
        tone |= {"tells_apart": "good", "draws_strong": "strong", "draws_weak": "weak"}
        word = labels.text(f"common.verdict_{verdict}", self.lang) if verdict == "too_few" else None
        return {"said": (word or labels.name(verdict, self.lang)).lower(), "tone": tone.get(verdict, "")}

    def _looks(self, marks: Marks) -> dict[str, Any]:
        """Who is like whom, the most telling first; never a verdict."""
        known = labels.catalogue("teaching")["text"]["copies"]
        rows = [] if marks.likenesses is None else marks.likenesses.to_dict("records")
        rows.sort(key=lambda r: -int(r["n"]))
        told = []
        for row in rows:
            code = str(row["evidence"])  # the bundled class has the sentence's code, a file the sentence
            questions = [labels.name(q, self.lang) for q in str(row["questions"]).split()]
            told.append(
                {
                    "set": row["set"],
                    "student": self._number(row["student"]),
                    "other": self._number(row["other"]),
                    "questions": ", ".join(questions),
                    "n": labels.number(int(row["n"]), self.lang),
                    "evidence": labels.text(f"teaching.copies.{code}", self.lang) if code in known else code,
                }
            )
        return {"rows": told, "asked": marks.likenesses is not None, "bare": self._bare}

    def _number(self, student: Any) -> str:
        text = str(student)
        return text if self._bare else "•••" + text[-TAIL:] if len(text) > TAIL else "•••"

    # -- events -------------------------------------------------------------------------------------------------------

    def answer(self, event: Mapping[str, Any], buffers: Sequence[Any] = ()) -> dict[str, Any] | None:
        """Do what an event asks; see :meth:`BoardDesk.answer`."""
        what = event.get("do")
        if what in _STEPS:
            before = self.at, self.own, self._bare
            try:
                _STEPS[what](self, event)
                self.page = self._page()
            except Exception:
                self.at, self.own, self._bare = before
                raise
            return None
        return _REPLIES[what](self, event) if what in _REPLIES else super().answer(event, buffers)

    def _numbers(self, event: Mapping[str, Any]) -> None:
        self._bare = bool(event.get("show"))

    def _question(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """What was answered to a question, and by whom."""
        from ..analytics import items

        if self.case is None:
            raise UserError("widgets.no_file")
        marks, question, name = self.case.data, str(event.get("question")), str(event.get("set"))
        asked = {"what": "question", "room": self.board.room, "set": name, "question": question, "lang": self.lang}
        return self.case.kept.get(asked, lambda: self._answers(items.outcomes(marks.items, question, name)))

    def _answers(self, result: Any) -> dict[str, Any]:
        rows = []
        for row in result.table.to_dict("records"):
            ends = [labels.percent(row[k], self.lang, 0) if row[k] == row[k] else None for k in ("upper", "lower")]
            rows.append(
                {
                    "name": labels.name(row["outcome"], self.lang),
                    "right": row["outcome"] == "right",
                    "width": round(100 * float(row["share"]), 1),
                    "share": self._figure(row, "share", "share"),
                    "students": self._say("students", n=int(row["n"])),
                    "ends": self._say("ends", upper=ends[0], lower=ends[1]) if all(ends) else "",
                    "verdict": self._word(row["verdict"]),
                }
            )
        return {
            "kind": "question",
            "set": result.params["of_set"],
            "question": result.facts["question"],
            "name": labels.name(result.facts["question"], self.lang),
            "said": str(result.explain(self.lang, "short")),
            "method": str(result.explain(self.lang, "method")),
            "notes": [note.render(self.lang) for note in result.notes],
            "doubtful": result.facts["key"] == "doubtful",
            "rows": rows,
        }

    # -- a lecturer's own files ---------------------------------------------------------------------------------------

    def taken(self, name: str, content: bytes) -> dict[str, Any]:
        """Take the marks, or the likenesses: a file says by its columns which it is."""
        from ..analytics import items

        head = content[:400].decode("utf-8-sig", "replace").splitlines()[:1]
        columns = {c.strip().strip('"') for c in (head[0] if head else "").split(",")}
        alike = columns == {"empty"} or {"other", "evidence"} <= columns
        try:
            rows = items.read_likenesses(content) if alike else items.read(content)
        except UserError as error:
            return {**self.form(), "name": name, "error": error.render(self.lang)}
        if not alike and QUESTIONS in self._files:  # another class: what was alike in the last one says nothing of it
            self._files.pop(LIKENESSES, None)
        self._files[LIKENESSES if alike else QUESTIONS] = name, rows
        return self.form()

    def form(self, _event: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What was read so far, and what may be added."""
        told: dict[str, Any] = {"kind": "upload", "name": ", ".join(n for n, _ in self._files.values())}
        if not self._files:
            return told
        notes = []
        if QUESTIONS in self._files:
            rows = self._files[QUESTIONS][1]
            counts = {"n": rows["student"].nunique(), "sets": rows["set"].nunique(), "answers": len(rows)}
            said = self._say("read", **counts, questions=len(rows[["set", "question"]].drop_duplicates()))
        else:
            said = self._say("no_items")
        if LIKENESSES in self._files:
            notes.append(self._say("read_likenesses", n=len(self._files[LIKENESSES][1])))
        elif QUESTIONS in self._files:
            notes.append(self._say("no_likenesses"))
        return told | {"report": {"said": said, "reasons": [], "notes": notes, "ready": QUESTIONS in self._files}}

    def _show(self, _event: Mapping[str, Any]) -> None:
        if QUESTIONS not in self._files:
            raise UserError("widgets.no_file")
        name, rows = self._files[QUESTIONS]
        marks = Marks(rows, self._files.get(LIKENESSES, ("", None))[1], name)
        self.own, self.at, self._bare = Case("own", lambda: marks), "own", False


_STEPS: dict[str, Callable[[MarksDesk, Mapping[str, Any]], None]] = {
    "numbers": MarksDesk._numbers,
    "show": MarksDesk._show,
}
_REPLIES: dict[str, Callable[[MarksDesk, Mapping[str, Any]], dict[str, Any]]] = {
    "file": MarksDesk.form,
    "question": MarksDesk._question,
}
