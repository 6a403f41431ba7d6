"""The programme workbench without its browser: a programme read, changed row by row, undone, saved and opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from . import workbench_page
from .board_cards import Board, Card, Case, Control
from .board_desk import BoardDesk
from .kept_cards import Kept
from .reply import File
from .workbench_project import Project
from .workbench_tables import PARTS, columns_of

if TYPE_CHECKING:
    from ..analytics.ledger import Ledger
    from ..charts.papers import Paper

__all__ = ["LEDGER", "PAPER", "WorkbenchDesk"]

LEDGER, PAPER = "ledger", "paper"
FORMATS = ("html", "docx", "pptx", "xlsx")
MOST_UNDONE = 100
LIMIT = 2_000_000  # a programme is some pages of text
HELD = 60


class WorkbenchDesk(BoardDesk):
    """One reader of one programme.

    Parameters
    ----------
    board : Board
        Its cards are made of the :class:`~crmlab.widgets.workbench_project.Project`.
    case : Case
        The worked example: its data are called with a language and give a project.
    paper : callable
        ``paper(project)`` gives the board paper.
    lang : {"id", "en"}
    """

    def __init__(self, board: Board, case: Case, paper: Callable[[Project], Paper], lang: str) -> None:
        self._paper = paper
        self._mine: Project | None = None  # the worked example until something is changed or opened
        self._before: list[tuple[Project | None, Ledger | None]] = []
        self._was: Ledger | None = None  # before the last change that moved the ledger
        self._saved: str | None = None
        self._examples: dict[str, Project] = {}
        self._by_hand = Kept("")  # what a reader wrote is never kept on the disk
        self._made: dict[Any, Any] = {}
        super().__init__(board, [case], lang)

    @property
    def steps(self) -> Mapping[str, Any]:
        """Events that change the page."""
        return {**super().steps, **_STEPS}

    @property
    def project(self) -> Project:
        """The programme as it stands; the worked example speaks the reader's language until it is changed."""
        return self._mine if self._mine is not None else self._example(self.lang)

    def _example(self, lang: str) -> Project:
        """The worked example, measured once and kept: a later session opens on it without the shop's tables."""
        if lang not in self._examples:
            case = self.cases[self.at]
            asked = {"what": "project", "room": self.board.room, "lang": lang}
            self._examples[lang] = Project.from_json(case.kept.get(asked, lambda: case.data(lang).to_json()))
        return self._examples[lang]

    # -- the page -----------------------------------------------------------------------------------------------------

    def _edition(self, part: str = "") -> str:
        """What a part shows depends on this; without a part, everything."""
        project = self.project
        if not part or part == PAPER:
            told: Any = [project.to_json(), self._was is not None]
        else:
            told = [project.rows(t) for t in PARTS[part]] + [dict(project.fields), project.lang]
            told += [self._was.to_json() if part == LEDGER and self._was is not None else ""]
            told += [project.ledger.values.get("rate")]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:10]

    def _chosen(self) -> dict[str, str]:
        return {**super()._chosen(), "edition": self._edition(self.part.name)}

    def _options(self, control: Control) -> list[list[str]]:
        return [list(o) for o in control.options(self.project, self.lang)]

    def _page(self) -> dict[str, Any]:
        page, project, part = super()._page(), self.project, self.part.name
        told: dict[str, Any] = {
            "title": project.fields["title"] or self._say("untitled"),
            "tables": workbench_page.tables_page(project, part, self.lang),
            "fields": workbench_page.fields_page(project, part, self.lang),
            "edition": self._edition(),
            "undo": bool(self._before),
            "unsaved": self._mine is not None and self._saved != self._mine.to_json(),
            "example": self._mine is None,
        }
        if part == LEDGER:
            told["ledger"] = workbench_page.ledger_page(project, self._was, self.lang)
        if part == PAPER:
            told["paper"] = self._kept({"what": "outline"}, self._outline)
        return {**page, "keeps": True, "about": self._say("about_example") if self._mine is None else "", "wb": told}

    def _outline(self) -> dict[str, Any]:
        try:
            paper = self._paper(self.project)
            missing = [self._say(f"chapter_{name}") for name in paper.missing]
            return {"outline": paper.outline(self.lang), "missing": missing, "refused": ""}
        except UserError as error:
            return {"outline": [], "missing": [], "refused": error.render(self.lang)}

    def _kept(self, asked: Mapping[str, Any], make: Callable[[], Any]) -> Any:
        whole = {**asked, "room": self.board.room, "lang": self.lang, "edition": self._edition()}
        return self._keeper(None).get(whole, make)

    def _tiles(self, chosen: Mapping[str, str]) -> list[dict[str, str]]:
        part = self.part
        if part.tiles is None:
            return []
        asked = self._asked("tiles", part.name, chosen)
        return self._keeper(None).get(asked, lambda: part.tiles(self.project, chosen, self.lang))

    def _cards(self) -> Sequence[Card]:
        if self.part.name == LEDGER and self._was is None:
            return [card for card in self.part.cards if card.name != "moved"]
        return super()._cards()

    def _keeper(self, _card: Card | None) -> Kept:
        return self.case.kept if self._mine is None else self._by_hand

    def _result(self, card: Card, chosen: Mapping[str, str]) -> Any:
        key = (card.name, *sorted(chosen.items()))
        if key not in self._made:
            while len(self._made) >= HELD:
                del self._made[next(iter(self._made))]
            if card.name == "moved":
                from ..analytics.ledger import moved

                if self._was is None:
                    raise UserError("ledger.nothing_changed")
                self._made[key] = moved(self._was, self.project.ledger)
            else:
                self._made[key] = card.make(self.project, chosen)
        return self._made[key]

    # -- events -------------------------------------------------------------------------------------------------------

    def answer(self, event: Mapping[str, Any], buffers: Sequence[Any] = ()) -> dict[str, Any] | None:
        """Do what an event asks; see :meth:`BoardDesk.answer`."""
        what = event.get("do")
        if what == "export" and event.get("what") in ("project", PAPER):
            return self._take_home(str(event["what"]), str(event.get("format", "json")))
        if what not in _STEPS:
            return super().answer(event, buffers)
        before = self._mine, list(self._before), self._was, self._saved, dict(self.choices), self.part
        try:
            reply = _STEPS[what](self, event, buffers)
            self.page = self._page()
        except Exception:
            self._mine, self._before, self._was, self._saved, self.choices, self.part = before
            raise
        return reply

    def _put(self, project: Project, was: Ledger | None = None) -> None:
        """Another programme in place of the one that is shown, so that it can be undone."""
        self._before = [*self._before, (self._mine, self._was)][-MOST_UNDONE:]
        self._mine, self._was = project, was
        self._by_hand = Kept("")  # the cards of the last edition are drawn again if it comes back

    def _changed(self, event: Mapping[str, Any], make: Callable[[Project], Project]) -> dict[str, Any] | None:
        """Make a change, or say at the table concerned why its room refuses it; then everything stays as it was."""
        if "edition" in event and event["edition"] != self._edition():
            raise UserError("workbench.other_edition")
        project = self.project
        try:
            after = make(project)
        except UserError as error:
            table = str(event.get("table", "fields"))
            return {"kind": "refused", "table": table, "refused": error.render(self.lang)}
        if after.to_json() != project.to_json():
            same = set(after.ledger.entries) == set(project.ledger.entries)
            same = same and after.ledger.segments == project.ledger.segments
            stays = after.ledger.to_json() == project.ledger.to_json()
            self._put(after, self._was if stays else project.ledger if same else None)
        return None

    def _row(self, event: Mapping[str, Any], _buffers: Sequence[Any]) -> dict[str, Any] | None:
        """Change or add a row, or take one out."""
        table, at, values = str(event.get("table")), event.get("at"), event.get("values")
        if at is not None and (isinstance(at, bool) or not isinstance(at, int)):
            raise UserError("workbench.other_row")
        if values is not None and not isinstance(values, Mapping):
            raise UserError("widgets.unknown_event", found=str(values)[:60])
        self.project.listed(table)  # says where there is no such table
        if values is not None:
            known = {c.name for c in columns_of(self.project, table)}
            values = {str(k): v for k, v in values.items() if k in known}
        elif at is None:
            raise UserError("workbench.other_row")
        refused = self._changed(event, lambda project: project.change(table, at, values))
        if refused is None and table == "entries" and values is not None:
            name = values.get("entry") or (self.project.listed(table)[at]["entry"] if at is not None else None)
            if name:
                self.choices["start"] = str(name)  # the graph of the ledger marks what hangs on it
        return refused

    def _fields(self, event: Mapping[str, Any], _buffers: Sequence[Any]) -> dict[str, Any] | None:
        """What is asked once."""
        values = event.get("values")
        if not isinstance(values, Mapping):
            raise UserError("widgets.unknown_event", found=str(values)[:60])

        def asked(project: Project) -> Project:
            after = project.ask(values)
            if project.tables["tasks"] and {"start", "deadline"} & set(values):
                after.plan()
            return after

        return self._changed(event, asked)

    def _undo(self, _event: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        if not self._before:
            raise UserError("workbench.nothing_to_undo")
        *self._before, (self._mine, self._was) = self._before

    def _new(self, _event: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        """A programme of one's own: the ledger of the example with no table filled in."""
        project = self.project
        kept = ("flows", "criteria", "weights")  # how it is reckoned, not what of
        tables = {name: project.tables[name] for name in kept}
        blank = Project(project.ledger, tables, {"users": project.fields["users"]}, self.lang)
        self._put(replace(blank, fields={**blank.fields, "use_years": project.fields["use_years"]}).linked())

    def _upload(self, event: Mapping[str, Any], buffers: Sequence[Any]) -> dict[str, Any]:
        """Open a project file in place of what is shown; undo brings that back."""
        named = Path(str(event.get("name") or "programme.json")).name
        content = b"".join(bytes(b) for b in buffers)
        try:
            if len(content) > LIMIT or int(event.get("parts", 1)) > 1:
                raise UserError("workbench.large_file")
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                raise UserError("workbench.no_json") from None
            opened = Project.from_json(text)
        except UserError as error:
            return {"kind": "opened", "refused": error.render(self.lang)}
        self._put(opened)
        self._saved = opened.to_json()
        return {"kind": "opened", "said": self._say("opened", name=named)}

    # -- replies ------------------------------------------------------------------------------------------------------

    def _take_home(self, what: str, form: str) -> File:
        """The project as JSON, to be opened again; or the board paper."""
        name = "".join(c if c.isalnum() else " " for c in str(self.project.fields["title"] or "").lower()).split()
        plain = "-".join(name)[:50] or self._say("file_untitled")
        if what == "project":
            text = self.project.to_json()
            if self._mine is not None:
                self._saved = text
                self.page = self._page()
            return File(f"{self._say('file_project')}-{plain}.json", "json", text.encode("utf-8"))
        if form not in FORMATS:
            raise UserError("export.unknown_format", found=form, wanted=FORMATS)
        import tempfile

        paper = self._paper(self.project)
        with tempfile.TemporaryDirectory(prefix="crmlab-") as folder:
            path = Path(folder) / f"paper.{form}"
            getattr(paper, form)(path, self.lang)
            return File(f"{self._say('file_paper')}-{plain}.{form}", form, path.read_bytes())


_STEPS: dict[str, Callable[[WorkbenchDesk, Mapping[str, Any], Sequence[Any]], Any]] = {
    "fields": WorkbenchDesk._fields,
    "new": WorkbenchDesk._new,
    "row": WorkbenchDesk._row,
    "undo": WorkbenchDesk._undo,
    "upload": WorkbenchDesk._upload,
}
