"""The check-up without its browser: forms that data answer where they can, overruled, compared, undone, saved."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import forms, labels
from ..errors import UserError
from ..results import Source
from . import checkup_page
from .board_cards import Card, Case, Control
from .board_desk import BoardDesk
from .kept_cards import Kept
from .reply import File

if TYPE_CHECKING:
    from ..forms import Answers, Form
    from .board_cards import Board

__all__ = ["EVIDENCE", "CheckupDesk"]

EVIDENCE = "evidence"
"""The part that shows what the data say; every other part is a form."""
CHAIN, ORIENTATION = "value_chain", "kotler"
NOTHING, OWN, FILE = "nothing", "own", "file:"
MOST_UNDONE = 100
FORM_LIMIT = 1_000_000  # a form is a page of text
FILES = ("sales", "customers", "survey")
_COMPARE = Card("compare", lambda _data, _choices: None)
_CHOICES = tuple(Control(name, lambda _data, _lang: ()) for name in ("day", "beside"))
Key = tuple[str, str, str]  # company, form, a day of its data or the file that was opened


class CheckupDesk(BoardDesk):
    """One reader of a check-up.

    Parameters
    ----------
    board : Board
        Its parts are forms of :func:`crmlab.analytics.frameworks.models`, each with one card; and ``evidence``.
    cases : sequence of Case
        Their data have ``days``, ``source`` and ``evidence(day)``.
    links : callable
        ``links(notebook, lang)``: where a notebook and its apps are, each ``label`` and ``href``.
    lang : {"id", "en"}
    """

    def __init__(
        self, board: Board, cases: Sequence[Case], links: Callable[[str, str], list[dict[str, str]]], lang: str
    ) -> None:
        self._links = links
        self._changed: dict[Key, Answers] = {}
        self._before: list[tuple[Key, Answers | None]] = []  # what an undo puts back
        self._saved: dict[Key, Answers] = {}
        self._proposed: dict[tuple[str, str], Answers] = {}
        self._reads: dict[str, Any] = {}  # the reader's own files, by contract
        self._held: Case | None = None  # what they came to, while another is being read
        self._by_hand = Kept("")  # what a reader wrote is never kept on the disk
        super().__init__(replace(board, controls=(*_CHOICES, *board.controls)), cases, lang)

    @property
    def steps(self) -> Mapping[str, Any]:
        """Events that change the page."""
        return {**super().steps, **_STEPS}

    # -- which answers there are --------------------------------------------------------------------------------------

    def _days(self) -> list[str]:
        return self.case.kept.get({"what": "days", "room": self.board.room}, lambda: list(self.case.data.days))

    def _told(self, day: str) -> dict[str, Any]:
        """What the data said on a day, as plain data: computed once, and kept."""
        asked = {"what": "proposal", "room": self.board.room, "day": day}
        return self.case.kept.get(asked, lambda: checkup_page.proposal(self.case.data.evidence(day)))

    def _base(self, model: str, day: str) -> Answers:
        """Answers before anybody wrote: those of the data, or none."""
        from ..analytics import frameworks

        if model != CHAIN:
            return forms.answer(frameworks.model(model), {}, as_of=day)
        if (self.at, day) not in self._proposed:
            self._proposed[self.at, day] = _opened(json.dumps(self._told(day)["answers"]), frameworks.model(model))
        return self._proposed[self.at, day]

    def _answers(self, key: Key) -> Answers:
        return self._changed[key] if key in self._changed else self._base(key[1], key[2])

    def _editions(self, model: str) -> list[str]:
        """Days of the data, and files that were opened."""
        opened = [e for at, form, e in self._changed if at == self.at and form == model and e.startswith(FILE)]
        return [*self._days(), *opened]

    def _edition_name(self, model: str, edition: str) -> str:
        day = labels.date(self._answers((self.at, model, edition)).as_of, self.lang)
        return f"{edition.removeprefix(FILE)} · {day}" if edition.startswith(FILE) else day

    def _options(self, control: Control) -> list[list[str]]:
        if control not in _CHOICES:
            return super()._options(control)
        model = CHAIN if self.part.name == EVIDENCE else self.part.name
        editions = self._days() if self.part.name == EVIDENCE else self._editions(model)
        names = [[e, self._edition_name(model, e)] for e in editions]
        if control.name == "day":
            return names
        shown = self.choices.get("day")
        shown = shown if shown in editions else editions[0]
        # a form that nobody filled in has nothing to be compared with
        there = [e for e in editions if any(s is not None for s in self._answers((self.at, model, e)).scores.values())]
        return [[NOTHING, self._say("beside_nothing")], *(n for n in names if n[0] != shown and n[0] in there)]

    def _chosen(self) -> dict[str, str]:
        chosen = super()._chosen()
        if self.part.name != EVIDENCE:  # other answers are another view, and their card another card
            told = [_written(a) for a in (self._shown(chosen), self._beside(chosen)) if a is not None]
            chosen["edition"] = hashlib.sha256("".join(told).encode()).hexdigest()[:10]
        return chosen

    def _key(self, chosen: Mapping[str, str]) -> Key:
        return self.at, self.part.name, chosen["day"]

    def _shown(self, chosen: Mapping[str, str]) -> Answers:
        return self._answers(self._key(chosen))

    def _beside(self, chosen: Mapping[str, str]) -> Answers | None:
        return None if chosen["beside"] == NOTHING else self._answers((self.at, self.part.name, chosen["beside"]))

    # -- the page -----------------------------------------------------------------------------------------------------

    def _page(self) -> dict[str, Any]:
        page = super()._page()
        if not page["loaded"]:
            wanted = self.contract_of_file
            return page | {"about": self._say(f"file_{wanted}_about"), "wanted": self._say(f"file_{wanted}")}
        if self.at == OWN:
            day = labels.date(dt.date.fromisoformat(self._days()[0]), self.lang)
            page["about"] = self._say("own_about", files=[r.source.name for r in self._reads.values()], day=day)
            page["files"] = [{"id": c, "label": self._say(f"file_{c}"), "read": c in self._reads} for c in FILES]
        if self.part.name == EVIDENCE:
            return page
        chosen = self._chosen()
        key, shown = self._key(chosen), self._shown(chosen)
        measured = self._told(key[2])["measured"] if key[1] == CHAIN and key[2] in self._days() else {}
        result = self._reading(key)
        told = checkup_page.form_page(shown, result, measured, self._links, self.lang)
        told |= {
            "key": "/".join(key),
            "undo": bool(self._before),
            "unsaved": any(self._saved.get(k) != one for k, one in self._changed.items()),
        }
        return {**page, "check": told, "tiles": checkup_page.tiles(shown, result, self.lang)}

    def _reading(self, key: Key) -> Any:
        """What the answers come to: the chain, an orientation, or the sum of a form."""
        from ..analytics import frameworks

        read = {CHAIN: frameworks.value_chain, ORIENTATION: frameworks.orientation}.get(key[1], forms.summary)
        answers = self._answers(key)
        result = read(answers)
        if key[2].startswith(FILE):
            return replace(result, source=Source(key[2].removeprefix(FILE)))
        by_data = any(a.answered_by == "data" and a.score is not None for a in answers.answers)
        return replace(result, source=Source(**self._told(key[2])["source"])) if by_data else result

    def _cards(self) -> Sequence[Card]:
        cards = super()._cards()
        compares = self.part.name != EVIDENCE and self._beside(super()._chosen()) is not None
        return (*cards, _COMPARE) if compares else cards

    def _card_of(self, card: Card, chosen: Mapping[str, str]) -> dict[str, Any]:
        if card.name != EVIDENCE:  # answers are read in no time: the figure stands as soon as they do
            self._drawn(card, chosen)
        return super()._card_of(card, chosen)

    def _drawn(self, card: Card, chosen: Mapping[str, str]) -> dict[str, Any]:
        told = super()._drawn(card, chosen)
        if card.name != CHAIN or "refused" in told:
            return told
        # what was measured stands beside each item; in a file, which has no items, it stays among the notes
        notes = self._reading(self._key(chosen)).notes
        return told | {"notes": [n.render(self.lang) for n in notes if n.code.startswith("forms.")]}

    def _keeper(self, card: Card) -> Kept:
        by_hand = card.name != EVIDENCE and any(key[0] == self.at for key in self._changed)
        return self._by_hand if by_hand else super()._keeper(card)

    def _named(self, event: Mapping[str, Any]) -> Card:
        return _COMPARE if event.get("card") == _COMPARE.name else super()._named(event)

    def _result(self, card: Card, chosen: Mapping[str, str]) -> Any:
        if card.name == EVIDENCE:
            return super()._result(card, chosen)
        if card is not _COMPARE:
            return self._reading(self._key(chosen))
        beside = self._beside(chosen)
        if beside is None:
            raise UserError("checkup.nothing_beside")
        return forms.compare(*sorted((beside, self._shown(chosen)), key=lambda a: a.as_of))

    def prepare(self) -> None:
        """Compute every day's evidence and draw every part as it first stands."""
        for day in self._days():
            self._told(day)
        super().prepare()

    # -- events -------------------------------------------------------------------------------------------------------

    def answer(self, event: Mapping[str, Any], buffers: Sequence[Any] = ()) -> dict[str, Any] | None:
        """Do what an event asks; see :meth:`BoardDesk.answer`."""
        what = event.get("do")
        if what == "export" and event.get("what") == "answers":
            return self._take_home()
        if what not in _STEPS:
            return super().answer(event, buffers)
        before = dict(self._changed), list(self._before), dict(self._saved), dict(self._proposed), dict(self._reads)
        where = dict(self.choices), self.part, self.at, self.own, self._held, self.contract_of_file
        try:
            reply = _STEPS[what](self, event, buffers)
            self.page = self._page()
        except Exception:
            self._changed, self._before, self._saved, self._proposed, self._reads = before
            self.choices, self.part, self.at, self.own, self._held, self.contract_of_file = where
            raise
        return reply

    def _put(self, key: Key, one: Answers) -> None:
        """Other answers in place of some, so that it can be undone."""
        self._before = [*self._before, (key, self._changed.get(key))][-MOST_UNDONE:]
        self._changed[key] = one

    def _here(self, event: Mapping[str, Any]) -> tuple[Key, Answers]:
        if self.part.name == EVIDENCE or self.case is None:
            raise UserError("checkup.no_form")
        key = self._key(super()._chosen())
        if "key" in event and event["key"] != "/".join(key):
            raise UserError("checkup.other_form")
        return key, self._answers(key)

    def _score(self, event: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        """A person's score, with its evidence where the form or the data's proposal asks for it."""
        key, was = self._here(event)
        item, score, said = str(event.get("item")), event.get("score"), str(event.get("evidence") or "").strip()
        if key[1] == CHAIN:
            one = forms.overrule(was, {item: score}, evidence={item: said}, as_of=was.as_of)
        else:
            told = forms.answer(was.form, {item: score}, evidence={item: said}, as_of=was.as_of)
            one = replace(was, answers=tuple(told[a.item] if a.item == item else a for a in was.answers))
        if one != was:
            self._put(key, one)

    def _clear(self, event: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        """Take a person's answer away: what the data proposed stands again, or the item is open."""
        key, was = self._here(event)
        item = str(event.get("item"))
        if item not in was.form.ids:
            raise UserError("forms.unknown_item", table=was.form.id, found=item, wanted=was.form.ids)
        old = was[item]
        by = "person" if old.proposed is None else "data"
        new = replace(old, score=old.proposed, evidence="", answered_by=by)
        if new != old:
            self._put(key, replace(was, answers=tuple(new if a.item == item else a for a in was.answers)))

    def _undo(self, _event: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        """Take the last change back, and show the form that it was made on."""
        if not self._before:
            raise UserError("checkup.nothing_to_undo")
        *self._before, (key, was) = self._before
        if was is None:
            self._changed.pop(key, None)
        else:
            self._changed[key] = was
        self.at, self.part = key[0], next(p for p in self.board.parts if p.name == key[1])
        if was is not None or not key[2].startswith(FILE):
            self.choices["day"] = key[2]

    # -- files --------------------------------------------------------------------------------------------------------

    def _upload(self, event: Mapping[str, Any], buffers: Sequence[Any]) -> dict[str, Any]:
        """Open answers from a file, beside those of the days; or take a table of the reader's own."""
        from ..analytics import frameworks

        named, content = Path(str(event.get("name") or "answers.json")).name, b"".join(bytes(b) for b in buffers)
        if self.case is None or not named.lower().endswith(".json"):
            self.at = OWN
            return self.receive(event, content)
        if len(content) > FORM_LIMIT:
            return {"kind": "opened", "error": UserError("checkup.large_form").render(self.lang)}
        try:
            told = content.decode("utf-8")
            model = str(json.loads(told)["form"])
            known = [p.name for p in self.board.parts if p.name != EVIDENCE]
            if model not in known:
                raise UserError("forms.other_form", found=model, wanted=known)
            one = _opened(told, frameworks.model(model))
        except (ValueError, KeyError, TypeError):
            return {"kind": "opened", "error": UserError("forms.not_answers", found=named).render(self.lang)}
        except UserError as error:
            if error.code == "forms.not_answers":  # the copy that was read has a name that says nothing
                error = UserError("forms.not_answers", found=named)
            return {"kind": "opened", "error": error.render(self.lang)}
        key = (self.at, model, f"{FILE}{named}")
        self._put(key, one)
        self._saved[key] = one
        self._part({"name": model})
        self.choices |= {"day": key[2], "beside": NOTHING}
        return {"kind": "opened", "said": self._say("opened", name=named, form=model, day=one.as_of)}

    def _take_home(self) -> File:
        """The form that is shown, as JSON to be opened again."""
        key, one = self._here({})
        self._saved[key] = one
        words = f"{labels.name(key[1], self.lang)} {one.as_of}"
        plain = "-".join("".join(c if c.isalnum() else " " for c in words.lower()).split())
        return File(f"{plain}.json", "json", _written(one).encode())

    def _show(self, _event: Mapping[str, Any], _buffers: Sequence[Any] = ()) -> None:
        """Show what was read of the reader's own file, beside what was read before."""
        if self.file is None or self.file.ingested is None or not len(self.file.ingested.table):
            raise UserError("widgets.no_file")
        self._reads[self.contract_of_file] = self.file.ingested
        read = dict(self._reads)
        self.own, self.at = Case(OWN, lambda: self.board.own(read)), OWN
        self._held, self.part = None, self.board.parts[0]
        self._proposed = {k: v for k, v in self._proposed.items() if k[0] != OWN}
        # a person's answers stay; what the data propose beside them is new
        for key in [k for k in self._changed if k[0] == OWN and k[1] == CHAIN and not k[2].startswith(FILE)]:
            if key[2] in self._days():
                self._changed[key] = _carried(self._changed[key], self._base(CHAIN, key[2]))
        self._before = [(key, was) for key, was in self._before if key[0] != OWN]

    def _add(self, event: Mapping[str, Any], _buffers: Sequence[Any]) -> dict[str, Any]:
        """Read one more file of the same company."""
        wanted = str(event.get("contract"))
        if wanted not in FILES or self.at != OWN:
            raise UserError("widgets.unknown_event", found=wanted)
        self._held, self.own = self.own, None
        self.contract_of_file, self.file = wanted, None
        return {"kind": "upload", "name": ""}

    def _source(self, event: Mapping[str, Any], _buffers: Sequence[Any] = ()) -> None:
        super()._source(event)
        if self.at == OWN and self.own is None and self._held is not None:
            self.own = self._held

    def _again(self, _event: Mapping[str, Any], _buffers: Sequence[Any] = ()) -> dict[str, Any]:
        """Another company in place of the reader's: what was made of the last one goes with it."""
        super()._again({})
        self._reads, self._held = {}, None
        self._changed = {key: one for key, one in self._changed.items() if key[0] != OWN}
        self._before = [(key, one) for key, one in self._before if key[0] != OWN]
        self._proposed = {k: v for k, v in self._proposed.items() if k[0] != OWN}
        self.contract_of_file, self.file = FILES[0], None
        return {"kind": "upload", "name": ""}


def _written(answers: Answers) -> str:
    with tempfile.TemporaryDirectory(prefix="crmlab-") as folder:
        return forms.save(answers, Path(folder) / "answers.json").read_text(encoding="utf-8")


def _opened(told: str, form: Form) -> Answers:
    with tempfile.TemporaryDirectory(prefix="crmlab-") as folder:
        path = Path(folder) / "answers.json"
        path.write_text(told, encoding="utf-8")
        return forms.open(path, form)


def _carried(was: Answers, fresh: Answers) -> Answers:
    """Fresh proposals, and a person's answers where there are some."""
    told = [a for a in was.answers if a.answered_by == "person" and a.score is not None]
    scores, evidence = {a.item: a.score for a in told}, {a.item: a.evidence for a in told}
    return forms.overrule(fresh, scores, evidence=evidence, as_of=fresh.as_of) if told else fresh


_STEPS: dict[str, Callable[[CheckupDesk, Mapping[str, Any], Sequence[Any]], Any]] = {
    "add": CheckupDesk._add,
    "again": CheckupDesk._again,
    "clear": CheckupDesk._clear,
    "score": CheckupDesk._score,
    "show": CheckupDesk._show,
    "source": CheckupDesk._source,
    "undo": CheckupDesk._undo,
    "upload": CheckupDesk._upload,
}
