"""The journey map without its browser: maps drafted from data, changed by hand, undone, saved, opened, compared."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError
from ..results import Source
from . import journey_edits, journey_page
from .board_cards import Board, Card, Case, Control
from .board_desk import FORMATS, BoardDesk
from .kept_cards import Kept
from .reply import File

if TYPE_CHECKING:
    from ..analytics.journeys import JourneyMap

__all__ = ["MAP", "JourneyDesk"]

MAP = "map"
"""The part that shows the map."""
KINDS = ("as_is", "to_be")
NOTHING, OTHER_KIND = "nothing", "other_kind"
OWN = "own"
MOST_UNDONE = 100
MAP_LIMIT = 2_000_000  # a map is a page of text
BESIDE = 7
_COMPARE = Card("compare", lambda _data, _choices: None, wide=True)
_CHOICES = tuple(Control(name, lambda _data, _lang: ()) for name in ("persona", "kind", "beside"))
Key = tuple[str, str, str]  # company, persona, as is or to be


class JourneyDesk(BoardDesk):
    """One reader of journey maps.

    Parameters
    ----------
    board : Board
        Its part ``map`` is the map; the others are cards.
    cases : sequence of Case
    personas : mapping of case to sequence of str
        Whose maps can be drafted; of a case that is not named here, its data say (``personas``).
    draft : callable
        ``draft(data, persona)`` gives a map as plain data.
    lang : {"id", "en"}
    """

    def __init__(
        self,
        board: Board,
        cases: Sequence[Case],
        personas: Mapping[str, Sequence[str]],
        draft: Callable[[Any, str], dict[str, Any]],
        lang: str,
    ) -> None:
        self._personas, self._draft = personas, draft
        self._changed: dict[Key, JourneyMap] = {}
        self._before: list[tuple[Key, JourneyMap | None]] = []  # what an undo puts back
        self._saved: dict[Key, JourneyMap] = {}
        self._by_hand = Kept("")  # what a reader wrote is never kept on the disk
        whole = replace(board, controls=(*_CHOICES, *board.controls))
        super().__init__(whole, cases, lang)

    @property
    def steps(self) -> Mapping[str, Any]:
        """Events that change the page."""
        return {**super().steps, **_STEPS}

    # -- which maps there are -----------------------------------------------------------------------------------------

    def _drafted(self, persona: str) -> JourneyMap | None:
        """What the data say of a persona; ``None`` for one that came with a file."""
        from ..analytics.journeys import JourneyMap

        if persona not in self._known():
            return None
        asked = {"what": "draft", "room": self.board.room, "persona": persona}
        return JourneyMap(self.case.kept.get(asked, lambda: self._draft(self.case.data, persona)))

    def _map(self, persona: str, kind: str) -> JourneyMap | None:
        """A map as it stands now: changed by hand, drafted, or derived as a plan from what is."""
        if (changed := self._changed.get((self.at, persona, kind))) is not None:
            return changed
        if kind == "as_is":
            return self._drafted(persona)
        today = self._map(persona, "as_is")
        return None if today is None else today.to_be()

    def _known(self) -> Sequence[str]:
        known = self._personas.get(self.at)
        return self.case.data.personas if known is None else known

    def _people(self) -> list[str]:
        opened = [persona for at, persona, _ in self._changed if at == self.at]
        return list(dict.fromkeys([*self._known(), *opened]))

    def _kinds(self, persona: str) -> list[str]:
        return [kind for kind in KINDS if self._map(persona, kind) is not None]

    def _options(self, control: Control) -> list[list[str]]:
        if control not in _CHOICES:
            return super()._options(control)
        people = self._people()
        persona = self.choices.get("persona")
        persona = persona if persona in people else people[0]
        kinds = self._kinds(persona)
        if control.name == "persona":
            return [[p, journey_page.persona_name(p, self.lang)] for p in people]
        if control.name == "kind":
            return [[k, self._say(k)] for k in kinds]
        others = [p for p in people if p != persona]
        out = [[NOTHING, self._say("beside_nothing")]]
        if len(kinds) > 1:
            other = next(k for k in kinds if k != self._kind(kinds))
            out.append([OTHER_KIND, self._say(f"beside_{other}")])
        return out + [[p, journey_page.persona_name(p, self.lang)] for p in others]

    def _kind(self, kinds: Sequence[str]) -> str:
        return self.choices["kind"] if self.choices.get("kind") in kinds else kinds[0]

    def _chosen(self) -> dict[str, str]:
        chosen = super()._chosen()
        if self.part.name == MAP:  # another edition is another view, and its card another card
            told = [m.to_dict() for m in (self._shown(chosen), self._beside(chosen)) if m is not None]
            chosen["edition"] = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:10]
        return chosen

    def _shown(self, chosen: Mapping[str, str]) -> JourneyMap:
        shown = self._map(chosen["persona"], chosen["kind"])
        if shown is None:
            raise UserError("journey_map.no_map")
        return shown

    def _beside(self, chosen: Mapping[str, str]) -> JourneyMap | None:
        beside = chosen["beside"]
        if beside == NOTHING:
            return None
        if beside == OTHER_KIND:
            return self._map(chosen["persona"], next(k for k in KINDS if k != chosen["kind"]))
        return self._map(beside, chosen["kind"]) or self._map(beside, "to_be")

    # -- the page -----------------------------------------------------------------------------------------------------

    def _page(self) -> dict[str, Any]:
        page = super()._page()
        if self.part.name != MAP or not page["loaded"]:
            return page
        chosen = self._chosen()
        shown, persona = self._shown(chosen), chosen["persona"]
        today, beside = self._map(persona, "as_is"), self._beside(chosen)
        told = journey_page.map_page(shown, today, beside, self._drafted(persona), self.lang)
        told |= {
            "beside": dict(self._options(_CHOICES[2]))[chosen["beside"]] if beside is not None else "",
            "key": f"{self.at}/{persona}/{chosen['kind']}",
            "undo": bool(self._before),
            "unsaved": any(self._saved.get(key) != one for key, one in self._changed.items()),
        }
        return {**page, "map": told, "tiles": journey_page.tiles(shown, today, self.lang)}

    def _cards(self) -> Sequence[Card]:
        if self.part.name == MAP:
            return (_COMPARE,) if self._beside(super()._chosen()) is not None else ()
        return super()._cards()

    def _keeper(self, card: Card) -> Kept:
        by_hand = any(key[0] == self.at for key in self._changed)
        return self._by_hand if card is _COMPARE and by_hand else super()._keeper(card)

    def _named(self, event: Mapping[str, Any]) -> Card:
        return _COMPARE if event.get("card") == _COMPARE.name else super()._named(event)

    def _result(self, card: Card, chosen: Mapping[str, str]) -> Any:
        if card is not _COMPARE:
            return super()._result(card, chosen)
        from ..analytics.journeys import compare_maps

        beside = self._beside(chosen)
        if beside is None:
            raise UserError("journeys.one_map", found=1)
        pair = [self._spoken(self._shown(chosen)), self._spoken(beside)]
        if chosen["beside"] == OTHER_KIND:  # what is comes first: the plan says what it adds and takes away
            pair.sort(key=lambda one: KINDS.index(one.kind))
        return compare_maps(*pair)

    def _spoken(self, one: JourneyMap) -> JourneyMap:
        """The map with its persona and channels in words, for a figure or a file that a person reads."""
        told = one.to_dict() | {"persona": journey_page.persona_name(one.persona, self.lang)}
        for stage in told["stages"]:
            for step in stage["steps"]:
                step["channels"] = [labels.name(c, self.lang) for c in step["channels"]]
        return type(one)(told)

    # -- events -------------------------------------------------------------------------------------------------------

    def answer(self, event: Mapping[str, Any], buffers: Sequence[Any] = ()) -> dict[str, Any] | None:
        """Do what an event asks; see :meth:`BoardDesk.answer`."""
        what = event.get("do")
        if what == "export" and event.get("what") == MAP:
            return self._take_home(str(event.get("format", "json")))
        if what not in _STEPS:
            return super().answer(event, buffers)
        before = dict(self._changed), list(self._before), dict(self.choices), self.part, self.at, self.own
        try:
            reply = _STEPS[what](self, event, buffers)
            self.page = self._page()
        except Exception:
            self._changed, self._before, self.choices, self.part, self.at, self.own = before
            raise
        return reply

    def _put(self, key: Key, one: JourneyMap) -> None:
        """Another map in place of one, so that it can be undone."""
        self._before = [*self._before, (key, self._changed.get(key))][-MOST_UNDONE:]
        self._changed[key] = one

    def _here(self) -> tuple[Key, JourneyMap]:
        if self.part.name != MAP:
            self._part({"name": MAP})
        chosen = super()._chosen()
        return (self.at, chosen["persona"], chosen["kind"]), self._shown(chosen)

    def _edit(self, event: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        """Change a step: its feeling becomes an assumption; what is only noted beside it keeps its data."""
        key, was = self._here()
        if "map" in event and event["map"] != "/".join(key):
            raise UserError("journey_map.other_map")
        one, step = journey_edits.renamed(was, str(event.get("step")), event, self.lang)
        point = one.point(step, "emotion")
        note = str(event.get("note") or "").strip()
        if "emotion" in event and event["emotion"] != (point or {}).get("value"):
            one = one.feel(step, _number(event["emotion"]), note=note)
        elif point is not None and note != point.get("note", ""):
            ends = {k: point[k] for k in ("low", "high") if k in point}
            cites = {**point["cites"], **ends} if "cites" in point else None
            one = one.feel(step, point["value"], note=note, cites=cites)
        one = one.improve(
            step, str(event.get("opportunity") or "").strip(), owner=str(event.get("owner") or "").strip()
        )
        if one != was:
            self._put(key, one)

    def _reshape(self, event: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        """Add a step, take one out, or move it one place."""
        key, was = self._here()
        if "map" in event and event["map"] != "/".join(key):
            raise UserError("journey_map.other_map")
        one = journey_edits.reshaped(was, str(event.get("step")), event)
        if one != was:
            self._put(key, one)

    def _data(self, event: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        """What the data say of a step's feeling, in place of the opinion."""
        key, was = self._here()
        step = str(event.get("step"))
        point = journey_page.same_point(self._drafted(key[1]), was, step)
        if point is None or key[2] != "as_is":
            raise UserError("journey_map.no_data")
        ends = {k: point[k] for k in ("low", "high") if k in point}
        self._put(key, was.feel(step, point["value"], cites={**point["cites"], **ends}))

    def _undo(self, _event: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        """Take the last change back, and show the map that it was made on."""
        if not self._before:
            raise UserError("journey_map.nothing_to_undo")
        *self._before, (key, was) = self._before
        if was is None:
            self._changed.pop(key, None)
        else:
            self._changed[key] = was
        self.at, self.part = key[0], next(p for p in self.board.parts if p.name == MAP)
        self.choices |= {"persona": key[1], "kind": key[2]}

    def dropped(self) -> None:
        """Another log takes the place of the reader's: what was made of the last one goes with it."""
        super().dropped()
        self._changed = {key: one for key, one in self._changed.items() if key[0] != OWN}
        self._before = [(key, one) for key, one in self._before if key[0] != OWN]

    def _again(self, event: Mapping[str, Any], _buffers: Sequence[Any] = ()) -> None:
        super()._again(event)
        self.dropped()

    def _upload(self, event: Mapping[str, Any], buffers: Sequence[Any]) -> dict[str, Any]:
        """Open a map from a file (it takes the place of the persona's, or comes beside the others), or take a log."""
        from ..analytics.journeys import JourneyMap

        named = Path(str(event.get("name") or "map.json")).name
        if self.case is None or not named.lower().endswith(".json"):
            self.at = OWN
            return self.receive(event, b"".join(bytes(b) for b in buffers))
        if sum(len(b) for b in buffers) > MAP_LIMIT:
            return {"kind": "opened", "error": UserError("journey_map.large_map").render(self.lang)}
        with tempfile.TemporaryDirectory(prefix="crmlab-") as folder:
            path = Path(folder) / "map.json"
            path.write_bytes(b"".join(bytes(b) for b in buffers))
            try:
                one = JourneyMap.load(path)
            except UserError as error:
                return {"kind": "opened", "error": error.render(self.lang)}
        persona = self._persona_of(one)
        key = (self.at, persona, one.kind)
        one = JourneyMap(one.to_dict() | {"persona": persona})
        self._put(key, one)
        self._saved[key] = one
        self._part({"name": MAP})
        self.choices |= {"persona": persona, "kind": one.kind, "beside": NOTHING}
        said = self._say("opened", name=named, persona=journey_page.persona_name(persona, self.lang))
        return {"kind": "opened", "said": said}

    def _persona_of(self, one: JourneyMap) -> str:
        """The persona of a file: one of ours under any of its names, else as it is written."""
        for known in self._people():
            if one.persona in (known, *(journey_page.persona_name(known, lang) for lang in labels.LANGUAGES)):
                return known
        return one.persona

    # -- replies ------------------------------------------------------------------------------------------------------

    def _file_name(self, one: JourneyMap, form: str) -> str:
        words = f"{journey_page.persona_name(one.persona, self.lang)} {self._say(one.kind)}"
        plain = "-".join("".join(c if c.isalnum() else " " for c in words.lower()).split())
        return f"{self._say('file')}-{plain[:60]}.{form}"

    def _take_home(self, form: str) -> File:
        """The map as JSON, to be opened again; for a board as a workbook, or a page that prints."""
        if form not in ("json", *FORMATS):
            raise UserError("export.unknown_format", found=form, wanted=("json", *FORMATS))
        key, one = self._here()
        with tempfile.TemporaryDirectory(prefix="crmlab-") as folder:
            path = Path(folder) / f"map.{form}"
            if form == "json":
                one.save(path)
                self._saved[key] = one
            else:
                from ..charts.files import export

                source = Source(", ".join(journey_page.cited_sources(one)))
                # on a page of paper no more than a few steps find room beside one another
                of = "wide" if len(one.steps) <= BESIDE else None
                export(self._spoken(one).result(source=source), path, self.lang, of=of)
            return File(self._file_name(one, form), form, path.read_bytes())


def _number(told: Any) -> float | None:
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise UserError("widgets.unknown_event", found=str(told)[:60])
    return told


_STEPS: dict[str, Callable[[JourneyDesk, Mapping[str, Any], Sequence[Any]], Any]] = {
    "again": JourneyDesk._again,
    "data": JourneyDesk._data,
    "edit": JourneyDesk._edit,
    "reshape": JourneyDesk._reshape,
    "undo": JourneyDesk._undo,
    "upload": JourneyDesk._upload,
}
