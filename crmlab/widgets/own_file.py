"""A reader's own file: looked at, mapped, questioned, read, and made a cube. No browser is needed here."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError
from ..ingest.questions import STANDS_FOR
from ..privacy import personal_kind
from ..schema import contract
from .masked import Veil, sample
from .notes import said

if TYPE_CHECKING:
    from ..cube import Cube

__all__ = ["OwnFile"]

LEFT_TO_THE_MAPPING = ("source_of", "meaning_of")
SAMPLES = 3
_YEAR = re.compile(r"(\d{1,2}[/. -]\d{1,2}[/. -])\d{2,4}")
CURRENCIES = ("IDR", "USD", "EUR", "GBP", "SGD", "MYR", "AUD", "JPY", "CNY")


class OwnFile:
    """One uploaded file on its way to a cube.

    Parameters
    ----------
    name : str
        As the reader calls it; only its ending matters to how it is read.
    content : bytes
    as_ : {"sales", "customers", "survey"}
        The contract that it is brought to.
    """

    def __init__(self, name: str, content: bytes, as_: str = "sales") -> None:
        self.contract = contract(as_)
        # the folder vanishes with this object: nothing of a reader's data stays on the disk
        self._folder = tempfile.TemporaryDirectory(prefix="crmlab-")
        self.name = Path(name.replace("\\", "/")).name or "data.csv"
        self.path = Path(self._folder.name) / f"data{Path(self.name).suffix.lower()[:10]}"
        self.path.write_bytes(content)
        from ..ingest import inspect

        self.look = inspect(self.path, as_)
        self.mapping: dict[str, str] = {}
        self.answers: dict[str, str] = {}
        self.currency = ""
        self.asked: dict[str, Any] = {}
        self.ingested: Any = None
        self._suggested()

    def _suggested(self) -> None:
        self._ask()
        self.mapping = {c.canonical: c.source for c in self.look.columns if c.canonical}

    # -- what the reader decides --------------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Keep every question that was asked: an answer may be thought over."""
        for question in self.look.questions:
            if question.kind not in LEFT_TO_THE_MAPPING or len(question.choices) > 1:
                self.asked.setdefault(identity(question), question)

    def decide(self, mapping: Mapping[str, str], answers: Mapping[str, str], currency: str = "") -> None:
        """Look again with a mapping (canonical column to source column) and with answers (question to choice)."""
        opened_before = bool(self.look.columns)
        self.currency = currency if currency in CURRENCIES else ""
        questions = self.asked
        settled: dict[str, Any] = {}
        mapping = {c: s for c, s in mapping.items() if s}
        for key, choice in answers.items():
            question = questions.get(key)
            if question is None or choice not in question.choices:
                continue
            fresh = self.answers.get(key) != choice
            self.answers[key] = choice
            if question.kind in LEFT_TO_THE_MAPPING:
                # answered once, the dropdown holds it; later changes there must not be undone by the old answer
                if fresh and question.kind == "source_of":
                    mapping[question.column] = choice
                elif fresh:
                    mapping = {c: s for c, s in mapping.items() if s != question.column} | {choice: question.column}
            else:
                for parameter, value in question.answer(choice).items():
                    said = settled.get(parameter)
                    settled[parameter] = {**said, **value} if isinstance(said, Mapping) else value
        if opened_before:
            settled["columns"] = self._columns(mapping)
        for parameter, value in settled.items():
            before = self.look._options.get(parameter) if parameter != "columns" else None
            if isinstance(value, Mapping) and isinstance(before, Mapping):
                settled[parameter] = {**before, **value}
        self.look = self.look.again(**settled)
        self.ingested = None
        if opened_before:
            self.mapping = dict(mapping)
        else:
            self._suggested()
        self._ask()

    def _columns(self, mapping: Mapping[str, str]) -> dict[str, str | None]:
        """``columns=`` for ingest: every source column either stands for something or is left as it is."""
        taken = {source: canonical for canonical, source in mapping.items()}
        return {**{c.source: None for c in self.look.columns if c.source not in taken}, **taken}

    @property
    def missing(self) -> list[str]:
        """Required columns that nothing was chosen for."""
        return [c for c in self.contract.required if c not in self.mapping and not (c == "amount" and self._multiplied)]

    @property
    def _multiplied(self) -> bool:
        """Whether ingest will work the amount out: quantity times unit price."""
        used = self.mapping.keys()
        return self.contract.name == "sales" and "amount" not in used and {"quantity", "unit_price"} <= used

    def _still(self, question: Any) -> bool:
        """Whether an answered question still matters: its column is used."""
        if question.kind in LEFT_TO_THE_MAPPING or identity(question) not in self.answers:
            return False
        return question.column is None or question.column in self.mapping.values()

    def read(self) -> None:
        """Read the file as decided."""
        currency = {"currency": self.currency} if self.currency and self.contract.name == "sales" else {}
        found = self.look.read(**currency)
        # the source is the reader's file, not the copy that was read
        self.ingested = replace(found, source=replace(found.source, name=self.name))
        self.__dict__.pop("_cube", None)

    @cached_property
    def _cube(self) -> Cube:
        from ..cube import Cube
        from ..star import Star

        star = Star.from_table(self.ingested, name="sales_line", orphans="unknown")
        return Cube(star)

    def cube(self) -> Cube:
        """The cube of what was read."""
        return self._cube

    # -- what the reader sees -----------------------------------------------------------------------------------------

    def page(self, lang: str) -> dict[str, Any]:
        """The mapping form and, once the file was read, the report."""
        columns = [{"id": c.source, "label": c.source, "sample": self._sample(c)} for c in self.look.columns]
        if columns:
            columns += [
                {
                    "id": stand_in,
                    "label": labels.text(
                        f"widgets.stand_in_{canonical if stand_in != '#row' else self.contract.name}", lang
                    ),
                    "sample": "",
                    "only": canonical,
                }
                for stand_in, canonical in STANDS_FOR[self.contract.name].items()
            ]
        targets = [
            {
                "id": c.name,
                "label": labels.name(c.name, lang),
                "required": c.required,
                "computed": c.name == "amount" and self._multiplied,
                "said": labels.describe(c.name, lang) if c.required else None,
            }
            for c in self.contract.columns
        ]
        missing = self.missing if self.look.columns else []
        open_now = {identity(q) for q in self.look.questions}
        unanswered = [q for q in self.look.questions if not (q.kind == "source_of" and q.column in missing)]
        shown = [q for key, q in self.asked.items() if key in open_now or self._still(q)]
        problem = self.look.problem
        return {
            "kind": "upload",
            "name": self.name,
            "columns": columns or None,
            "targets": targets if columns else [],
            "mapping": self.mapping,
            "answers": self.answers,
            "questions": [self._question(q, lang) for q in shown],
            "currency": self.currency,
            "currencies": [{"id": "", "label": labels.text("widgets.currency_as_written", lang)}]
            + [{"id": c, "label": c} for c in CURRENCIES]
            if self.contract.name == "sales"
            else [],
            "asks_first": not columns,
            "guessed": self._guesses(lang),
            "missing": labels.text("widgets.missing_columns", lang, columns=[labels.name(c, lang) for c in missing])
            if missing
            else None,
            "ready": bool(columns) and not missing and not unanswered and problem is None,
            "error": problem.render(lang) if problem is not None and not missing else None,
            "report": self._report(lang) if self.ingested is not None else None,
        }

    def _sample(self, column: Any) -> str:
        """What a column looks like; people are not shown before the reader has said what the file is for."""
        of = next((c for c, s in self.mapping.items() if s == column.source), column.canonical)
        return " · ".join(sample(column.source, column.samples[:SAMPLES], of))

    def _question(self, question: Any, lang: str) -> dict[str, Any]:
        asked = question.render(lang)
        if personal_kind(str(question.column or "")) == "birth_date" or self._born(question.column):
            asked = _YEAR.sub(r"\1••••", asked)  # day and month are what is asked about
        return {
            "id": identity(question),
            "question": asked,
            "choices": [{"id": choice, "label": question.choice_label(choice, lang)} for choice in question.choices],
        }

    def _born(self, column: str | None) -> bool:
        return column is not None and self.mapping.get("born_on") == column

    def _guesses(self, lang: str) -> list[str]:
        """What was taken for granted about the file, so that the reader can object."""
        guesses = []
        if self.look.rows:
            guesses.append(labels.text("widgets.file_rows", lang, n=self.look.rows))
        asked = {q.column for q in self.look.questions}
        for column in self.look.columns:
            settled = column.style in _styles() and column.source not in asked
            if settled and column.canonical in ("ordered_at", "amount", "unit_price", "cost", "discount"):
                style = labels.text(f"ingest.style.{column.style}", lang)
                guesses.append(labels.text("widgets.file_style", lang, column=column.source, style=style))
        return guesses

    def _report(self, lang: str) -> dict[str, Any]:
        found = self.ingested
        reasons = [
            [
                labels.text(f"ingest.reason.{row['reason']}", lang) + (f": “{row['column']}”" if row["column"] else ""),
                labels.number(row["rows"], lang),
                str(row["first_rows"]) + ("…" if row["rows"] > 5 else ""),
            ]
            for row in found.refusals.to_dict("records")
        ]
        kept, refused = len(found.table), len(found.quarantine)
        return {
            "said": labels.text("widgets.file_read", lang, kept=kept, refused=refused, read=kept + refused),
            "reasons": reasons,
            "notes": said(found.notes, lang, without=("ingest.note.refused", "ingest.note.own_columns")),
            "ready": kept > 0,
        }

    def quarantine(self, form: str, lang: str) -> tuple[str, bytes]:
        """The refused rows as a file: as they stood but for the masks, with their places and reasons in words."""
        if self.ingested is None:
            raise UserError("widgets.no_file")
        table = Veil(self.ingested).over(self.ingested.quarantine)
        table["reason"] = [labels.text(f"ingest.reason.{reason}", lang) for reason in table["reason"]]
        from ..cube.export import write

        rows = [[None if v != v else v for v in row] for row in table.astype(object).itertuples(index=False, name=None)]
        path = Path(self._folder.name) / f"{labels.text('widgets.file_refused', lang)}.{form}"
        write(path, [str(c) for c in table.columns], rows, lang=lang)
        return path.name, path.read_bytes()


def _styles() -> Mapping[str, Any]:
    return labels.catalogue("ingest")["text"]["style"]


def identity(question: Any) -> str:
    """A question's name between Python and the browser."""
    return f"{question.kind}:{question.column or ''}"
