"""A dashboard without its browser: parts of cards, each card a Result, drawn when it is first looked at."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .. import labels
from ..errors import UserError
from .board_cards import Board, Card, Case, Control, followed
from .drawn import drawn
from .kept_cards import Kept
from .receiving import Receives
from .reply import MIME, File

__all__ = ["FORMATS", "BoardDesk"]

FORMATS = ("xlsx", "html", "docx", "pptx")
WIDE, HALF = 1180, 560


class BoardDesk(Receives):
    """One reader of a board.

    Parameters
    ----------
    board : Board
    cases : sequence of Case
        The first is shown first.
    lang : {"id", "en"}
    """

    def __init__(self, board: Board, cases: Sequence[Case], lang: str) -> None:
        self.board, self.lang = board, lang
        self.cases = {case.name: case for case in cases}
        self.at = next(iter(self.cases), "own")
        self.own: Case | None = None
        self.part = board.parts[0]
        self.choices: dict[str, str] = {}
        if board.contract:
            self.contract_of_file = board.contract
        self.page = self._page()

    @property
    def steps(self) -> Mapping[str, Any]:
        """Events that change the page."""
        return _STEPS

    @property
    def case(self) -> Case | None:
        """What is shown; none while the reader's own file is not read."""
        return self.own if self.at == "own" else self.cases[self.at]

    def _say(self, key: str, **values: Any) -> str:
        return labels.text(f"{self.board.room}.{key}", self.lang, **values)

    def _about(self, key: str) -> str:
        known = labels.catalogue(self.board.room)["text"]
        return self._say(f"{key}_about") if f"{key}_about" in known else ""

    # -- the page -----------------------------------------------------------------------------------------------------

    def _page(self) -> dict[str, Any]:
        board, case = self.board, self.case
        sources = [{"id": name, "label": self._say(f"source_{name}")} for name in self.cases]
        if board.contract:
            sources.append({"id": "own", "label": labels.text("board.own", self.lang)})
        about = self._about(f"source_{self.at}") if self.at != "own" else self.file.name if self.file and case else ""
        page = {
            "lang": self.lang,
            "title": self._say("title"),
            "about": about,
            "sources": sources,
            "source": self.at,
            "loaded": case is not None,
            "part": self.part.name,
        }
        if case is None:
            return {**page, "view": "own"}
        chosen = self._chosen()
        return {
            **page,
            "controls": self._controls(),
            "parts": [{"id": p.name, "label": self._say(f"part_{p.name}")} for p in board.parts],
            "said": self._about(f"part_{self.part.name}"),
            "tiles": self._tiles(chosen),
            "cards": [self._card_of(card, chosen) for card in self._cards()],
            "eager": self.part.eager,
            "view": "-".join([self.at, self.part.name, *chosen.values()]),
        }

    def _options(self, control: Control) -> list[list[str]]:
        asked = {"what": "options", "control": control.name, "lang": self.lang, "room": self.board.room}
        return self.case.kept.get(asked, lambda: [list(o) for o in control.options(self.case.data, self.lang)])

    def _chosen(self) -> dict[str, str]:
        """What is chosen in the controls that matter to this part."""
        chosen = {}
        for control in self.board.controls:
            if control.name in self.part.controls:
                known = [o[0] for o in self._options(control)]
                at = self.choices.get(control.name)
                chosen[control.name] = at if at in known else known[0]
        return chosen

    def _controls(self) -> list[dict[str, Any]]:
        chosen = self._chosen()
        offered = []
        for control in self.board.controls:
            if control.name not in chosen or len(options := self._options(control)) < 2:
                continue  # where there is nothing to choose, nothing is asked
            offered.append(
                {
                    "id": control.name,
                    "label": self._say(f"control_{control.name}"),
                    "options": [{"id": i, "label": label} for i, label in options],
                    "value": chosen[control.name],
                }
            )
        return offered

    def _tiles(self, chosen: Mapping[str, str]) -> list[dict[str, str]]:
        part, case = self.part, self.case
        if part.tiles is None:
            return []
        asked = self._asked("tiles", part.name, chosen)
        return case.kept.get(asked, lambda: part.tiles(case.data, chosen, self.lang), lasting=self._lasting(chosen))

    def _asked(self, what: str, name: str, chosen: Mapping[str, str]) -> dict[str, Any]:
        return {"what": what, "room": self.board.room, "name": name, "lang": self.lang, "choices": dict(chosen)}

    def _card_of(self, card: Card, chosen: Mapping[str, str]) -> dict[str, Any]:
        """A card as it stands: drawn where it was drawn before, else only its question."""
        told = {"id": card.name, "question": self._say(f"card_{card.name}"), "about": self._about(f"card_{card.name}")}
        told |= {"wide": card.wide, "open": card.table, "unmoved": self._unmoved(card, chosen)}
        asked = self._asked("card", card.name, followed(card, chosen))
        if self.part.eager or self._keeper(card).has(asked):
            return told | {"drawn": self._drawn(card, chosen)}
        return told | {"drawn": None}

    def _unmoved(self, card: Card, chosen: Mapping[str, str]) -> str:
        """What was chosen and does not narrow this card, in words."""
        moved_by = followed(card, chosen)
        named = []
        for control in self.board.controls:
            if control.name in chosen and control.name not in moved_by:
                options = dict(self._options(control))
                if chosen[control.name] != next(iter(options)):
                    named.append(f"{self._say(f'control_{control.name}')} ({options[chosen[control.name]]})")
        return labels.text("board.unmoved", self.lang, controls=named) if named else ""

    def _lasting(self, chosen: Mapping[str, str]) -> bool:
        """Whether what is drawn now is kept for the next reader: not every mix of filters of a part that is quick."""
        if not self.part.eager:
            return True
        known = {c.name: self._options(c)[0][0] for c in self.board.controls if c.name in chosen}
        return known == dict(chosen)

    def _drawn(self, card: Card, chosen: Mapping[str, str]) -> dict[str, Any]:
        def make() -> dict[str, Any]:
            try:
                return drawn(self._result(card, chosen), self.lang, WIDE if card.wide else HALF, of=card.of)
            except UserError as error:
                return {"refused": error.render(self.lang)}

        chosen = followed(card, chosen)
        lasting = self._lasting(self._chosen())
        return self._keeper(card).get(self._asked("card", card.name, chosen), make, lasting=lasting)

    def _cards(self) -> Sequence[Card]:
        """The cards that stand in this part."""
        return self.part.cards

    def _keeper(self, _card: Card) -> Kept:
        """Where a card is kept that was drawn."""
        return self.case.kept

    def _result(self, card: Card, chosen: Mapping[str, str]) -> Any:
        return self.case.result(card, chosen)

    def prepare(self, parts: Sequence[str] | None = None) -> None:
        """Draw parts (all of them by default) as they first stand, in every language: nobody has to wait for them."""
        lang, part = self.lang, self.part
        for each in [p for p in self.board.parts if parts is None or p.name in parts]:
            for spoken in labels.LANGUAGES:
                self.part, self.lang = each, spoken
                chosen = self._chosen()
                self._tiles(chosen)
                for card in self._cards():
                    self._drawn(card, chosen)
        self.lang, self.part = lang, part
        self.page = self._page()

    # -- events -------------------------------------------------------------------------------------------------------

    def answer(self, event: Mapping[str, Any], buffers: Sequence[Any] = ()) -> dict[str, Any] | None:
        """Do what an event asks.

        Returns
        -------
        dict or None
            A reply for the browser, or ``None`` where :attr:`page` holds the answer.
        """
        what = event.get("do")
        if what in _STEPS:
            before = self.at, self.part, dict(self.choices), self.lang
            try:
                _STEPS[what](self, event)
                self.page = self._page()
            except Exception:
                self.at, self.part, self.choices, self.lang = before
                raise
            return None
        if what == "upload":
            return self.receive(event, bytes(buffers[0]))
        if what not in _REPLIES:
            raise UserError("widgets.unknown_event", found=str(what))
        return _REPLIES[what](self, event)

    def dropped(self) -> None:
        """Another file takes the place of the one that is shown."""
        self.own = None

    def _source(self, event: Mapping[str, Any]) -> None:
        name = str(event.get("name"))
        if name not in self.cases and not (name == "own" and self.board.contract):
            raise UserError("board.unknown_source", found=name)
        self.at = name

    def _part(self, event: Mapping[str, Any]) -> None:
        self.part = next((p for p in self.board.parts if p.name == event.get("name")), self.part)

    def _go(self, event: Mapping[str, Any]) -> None:
        """Source, part and choices as an address names them; what it does not name stays."""
        if event.get("source") in self.cases:
            self.at = str(event["source"])
        self._part({"name": event.get("part")})
        self.choices |= {str(k): str(v) for k, v in (event.get("choices") or {}).items()}

    def _choose(self, event: Mapping[str, Any]) -> None:
        self.choices[str(event.get("control"))] = str(event.get("value"))

    def _language(self, event: Mapping[str, Any]) -> None:
        if event.get("lang") in labels.LANGUAGES:
            self.lang = event["lang"]

    def _show(self, _event: Mapping[str, Any]) -> None:
        """Show what was read of the reader's own file."""
        if self.file is None or self.file.ingested is None or not len(self.file.ingested.table):
            raise UserError("widgets.no_file")
        read = self.file.ingested
        self.own, self.at = Case("own", lambda: self.board.own(read)), "own"

    def _again(self, _event: Mapping[str, Any]) -> None:
        self.own, self.at = None, "own"

    # -- replies ------------------------------------------------------------------------------------------------------

    def _named(self, event: Mapping[str, Any]) -> Card:
        card = next((c for part in self.board.parts for c in part.cards if c.name == event.get("card")), None)
        if card is None or self.case is None:
            raise UserError("widgets.unknown_event", found=str(event.get("card")))
        return card

    def _card(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """A card that was not drawn yet."""
        card = self._named(event)
        return {"kind": "card", "card": card.name, "drawn": self._drawn(card, self._chosen())}

    def _export(self, event: Mapping[str, Any]) -> dict[str, Any]:
        form = str(event.get("format", "xlsx"))
        if event.get("what") == "refused" and self.file is not None:
            name, content = self.file.quarantine(form, self.lang)
            return File(name, form, content)
        if form not in FORMATS:
            raise UserError("export.unknown_format", found=form, wanted=FORMATS)
        card = self._named(event)
        from ..charts.files import export

        with tempfile.TemporaryDirectory(prefix="crmlab-") as folder:
            result = self._result(card, self._chosen())
            path = export(result, Path(folder) / f"{card.name}.{form}", self.lang, of=card.of)
            return File(path.name, form, path.read_bytes())


_STEPS: dict[str, Callable[[BoardDesk, Mapping[str, Any]], Any]] = {
    "again": BoardDesk._again,
    "choose": BoardDesk._choose,
    "go": BoardDesk._go,
    "lang": BoardDesk._language,
    "part": BoardDesk._part,
    "show": BoardDesk._show,
    "source": BoardDesk._source,
}
_REPLIES: dict[str, Callable[[BoardDesk, Mapping[str, Any]], dict[str, Any]]] = {
    "card": BoardDesk._card,
    "export": BoardDesk._export,
    **Receives.REPLIES,
}
assert set(FORMATS) <= set(MIME)
