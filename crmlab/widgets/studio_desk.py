"""The segmentation studio without its browser: events in, page and replies out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .. import labels
from ..errors import UserError
from . import studio_answers as answers
from . import studio_export as export
from . import studio_money as money
from . import studio_pages as pages
from .receiving import Receives
from .reply import File
from .studio_case import CLUSTERED, METHODS, Case, Settings, years_before
from .studio_data import EVERYONE, Given, of_file
from .studio_jobs import Job, Jobs

__all__ = ["StudioDesk"]

TABS = ("segments", "number", "stable", "worth", "portfolio", "moves", "other", "how", "save")
KS = tuple(range(2, 9))
TRANSFORMS = ("auto", "none", "log1p")
SCALES = ("standard", "robust", "unit", "none")
CUTS = ("median", "mean", "zero")
_MOST_RULES, _LONGEST = 15, 300


class StudioDesk(Receives):
    """One reader of the studio.

    Parameters
    ----------
    given : sequence of Given
        The first is shown first.
    lang : {"id", "en"}
    """

    def __init__(self, given: Sequence[Given], lang: str) -> None:
        self.lang = lang
        self.given = {one.name: one for one in given}
        self.at = next(iter(self.given), "own")
        self.own: Case | None = None
        self.tab = TABS[0]
        self.jobs = Jobs()
        self.insist: set[Any] = set()  # where the reader wants the data cut up all the same
        self.axes: tuple[str, str] | None = None
        self.chosen: str | None = None  # the segment whose portrait is open
        self.cuts = CUTS[0]
        self.before: dt.date | None = None
        self.second: tuple[str, int] | None = None
        self.export = export.Wish()
        self._cases: dict[str, Case] = {}
        self._asked: list[Any] = []
        self.settings = self.case.first() if self.case else Settings()
        self.page = self._page()

    def dropped(self) -> None:
        """Another file was given: what was read of the last one is looked at no more."""
        self.own = None

    @property
    def steps(self) -> Mapping[str, Any]:
        """Events that change the page."""
        return _STEPS

    @property
    def case(self) -> Case | None:
        """The company that is looked at; none while the reader's own file is not read."""
        if self.at == "own":
            return self.own
        if self.at not in self._cases:
            self._cases[self.at] = Case(self.given[self.at].open())
        return self._cases[self.at]

    # -- the page -----------------------------------------------------------------------------------------------------

    def job(self, name: str, about: Any, work: Callable[[], Any]) -> Job:
        """A piece of long work for this page; its key says what it is about."""
        key = (self.at, id(self.case), name, about)
        self._asked.append(key)
        return self.jobs.ask(key, work)

    def known(self, name: str, about: Any) -> Any:
        """What a job found, if it was asked for before; nothing is begun."""
        return self.jobs.known((self.at, id(self.case), name, about))

    def result(self, name: str, about: Any, work: Callable[[], Any]) -> Any:
        """What a job found, ``None`` while it works; what refused it is raised."""
        job = self.job(name, about, work)
        if not job.done.is_set():
            return None
        if job.refused is not None:
            raise job.refused
        if job.fault is not None:
            raise job.fault
        return job.found

    def _page(self) -> dict[str, Any]:
        lang = self.lang
        sources = [{"id": name, "label": labels.text(f"studio.data_{name}", lang)} for name in self.given]
        sources.append({"id": "own", "label": labels.text("studio.data_own", lang)})
        page = {
            "lang": lang,
            "title": labels.text("studio.title", lang),
            "choose": labels.text("studio.choose_data", lang),
            "sources": sources,
            "source": self.at,
            "loaded": self.case is not None,
            "tab": self.tab,
            "kind": "sales",
        }
        if self.case is None:
            return {**page, "about": "", "view": "own"}
        self._asked = []
        body = self._body()
        wanted = set(self._asked)
        self.jobs.forget(lambda key: key in wanted)
        waits = [key for key in self._asked if not self.jobs.ask(key, _nothing).done.is_set()]
        tabs = [{"id": t, "label": labels.text(f"studio.tab_{t}", lang)} for t in TABS]
        return {
            **page,
            "about": pages.about(self, lang),
            "controls": pages.controls(self, lang),
            "tiles": body.pop("tiles", []),
            "tabs": tabs,
            "body": body,
            "waits": len(waits),
            "doing": labels.text(f"studio.doing_{waits[0][2]}", lang) if waits else None,
            "view": f"{self.at}-{self.tab}-{self.settings.method}-{self.settings.k}",
        }

    def _body(self) -> dict[str, Any]:
        """The part that is open; where segments can't be made, why."""
        draw = {
            "segments": pages.segments,
            "number": answers.number,
            "stable": answers.stable,
            "worth": money.worth,
            "portfolio": money.portfolio,
            "moves": answers.moves,
            "other": answers.other,
            "how": answers.how,
            "save": export.save,
        }[self.tab]
        try:
            self.case.segments(self.settings)
        except UserError as error:
            return {
                "kind": "refused",
                "title": labels.text("studio.refused", self.lang),
                "said": error.render(self.lang),
            }
        tiles = pages.tiles(self, self.lang)
        try:
            return {**draw(self, self.lang), "tiles": tiles}
        except UserError as error:
            title = labels.text("studio.part_refused", self.lang)
            return {"kind": "refused", "title": title, "said": error.render(self.lang), "tiles": tiles}

    @property
    def verdict(self) -> Any:
        """Whether the data hold segments: the Result that knows, or ``None`` while it is looked at."""
        if self.settings.method not in CLUSTERED:
            return self.case.segments(self.settings)
        case, settings = self.case, self.settings
        return self.result("check", settings.key, lambda: case.checked(settings))

    @property
    def held_back(self) -> bool:
        """Whether nothing is to be shown of the segments, since the data hold none."""
        found = self.verdict
        if found is None or self.settings.method not in CLUSTERED:
            return False
        return found.facts["verdict"] == "noise" and self.settings.space not in self.insist

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
            kept = ("at", "tab", "settings", "axes", "chosen", "cuts", "before", "second", "export", "lang", "own")
            before = {name: getattr(self, name) for name in kept}
            try:
                _STEPS[what](self, event)
                self.page = self._page()
            except Exception:
                for name, was in before.items():
                    setattr(self, name, was)
                raise
            return None
        if what == "upload":
            return self.receive(event, bytes(buffers[0]))
        if what not in _REPLIES:
            raise UserError("widgets.unknown_event", found=str(what))
        return _REPLIES[what](self, event)

    def _source(self, event: Mapping[str, Any]) -> None:
        name = str(event.get("name"))
        if name not in (*self.given, "own"):
            raise UserError("studio.unknown_data", found=name)
        self.at = name
        self._fresh()

    def _fresh(self) -> None:
        self.tab, self.axes, self.chosen, self.before, self.second = TABS[0], None, None, None, None
        self.export = export.Wish()
        if self.case is not None:
            self.settings = self.case.first()

    def _go(self, event: Mapping[str, Any]) -> None:
        """Part, method and k as an address names them; what it does not name stays."""
        if event.get("source") in self.given:
            self._source({"name": event["source"]})
        self._set({key: event[key] for key in ("method", "k") if key in event})
        self._tab({"name": event.get("tab")})

    def _tab(self, event: Mapping[str, Any]) -> None:
        if event.get("name") in TABS:
            self.tab = str(event["name"])

    def _set(self, event: Mapping[str, Any]) -> None:
        """Change how segments are made; what can't be is left as it was."""
        case, now = self.case, self.settings
        if case is None:
            raise UserError("widgets.no_file")
        changed: dict[str, Any] = {}
        if event.get("method") in METHODS:
            changed["method"] = event["method"]
        if event.get("k") in KS:
            changed["k"] = int(event["k"])
        if event.get("bins") in range(2, 11):
            changed["bins"] = int(event["bins"])
        if event.get("group") in (*case.shop.groups, EVERYONE):
            changed["group"] = event["group"]
        if event.get("transform") in TRANSFORMS:
            changed["transform"] = event["transform"]
        if event.get("scale") in SCALES:
            changed["scale"] = event["scale"]
        if "columns" in event:
            there = case.available()
            columns = tuple(c for c in there if c in event["columns"])
            changed["columns"] = columns or now.columns
        if "as_of" in event:
            changed["as_of"] = self._day(event["as_of"])
        if changed.keys() - {"k"}:
            self.chosen = None
        self.settings = replace(now, **changed)
        if self.chosen and self.chosen not in self._names():
            self.chosen = None

    def _names(self) -> list[str]:
        try:
            return list(self.case.segments(self.settings).params["segments"])
        except UserError:
            return []

    def _day(self, told: Any) -> dt.date:
        first, last = self.case.shop.span()
        try:
            day = dt.date.fromisoformat(str(told))
        except ValueError as bad:
            raise UserError("studio.bad_day", found=str(told)) from bad
        if not first <= day <= max(last, self.case.shop.as_of or last):
            raise UserError("studio.day_outside", found=day, first=first, last=max(last, self.case.shop.as_of or last))
        return day

    def _rules(self, event: Mapping[str, Any]) -> None:
        """The reader's own sentences, tried before they stay; without any, those that come with crmlab."""
        told = event.get("rules")
        name = "rfm_rules" if self.settings.method == "rfm" else "own_rules"
        if told is None:
            self.settings = replace(self.settings, **{name: Settings().__dict__[name]})
            self.chosen = None
            return
        rules = tuple(
            (str(label).strip()[:_LONGEST], str(sentence).strip()[:_LONGEST])
            for label, sentence in list(told)[:_MOST_RULES]
            if str(label).strip() and str(sentence).strip()
        )
        names = [label for label, _ in rules]
        if len(set(names)) < len(names):
            raise UserError("studio.name_twice", found=next(n for n in names if names.count(n) > 1))
        tried = replace(self.settings, **{name: rules})
        self.case.segments(tried)
        self.settings, self.chosen = tried, None

    def _axes(self, event: Mapping[str, Any]) -> None:
        there = pages.axes_of(self)
        x, y = event.get("x"), event.get("y")
        if x in there and y in there and x != y:
            self.axes = (x, y)

    def _portrait(self, event: Mapping[str, Any]) -> None:
        name = event.get("segment")
        self.chosen = name if name in self._names() and name != self.chosen else None

    def _insist(self, _event: Mapping[str, Any]) -> None:
        self.insist.add(self.settings.space)

    def _cut(self, event: Mapping[str, Any]) -> None:
        if event.get("cuts") in CUTS:
            self.cuts = event["cuts"]

    def _before(self, event: Mapping[str, Any]) -> None:
        day = self._day(event.get("day"))
        if day >= self.settings.as_of:
            raise UserError("studio.not_before", found=day, as_of=self.settings.as_of)
        self.before = day

    @property
    def earlier(self) -> dt.date:
        """The day that migration looks back to: a year ago, unless another was chosen."""
        if self.before is not None and self.before < self.settings.as_of:
            return self.before
        return max(years_before(self.settings.as_of, 1), self.case.shop.span()[0])

    def _second(self, event: Mapping[str, Any]) -> None:
        method, k = self.other
        method = event["method"] if event.get("method") in METHODS else method
        self.second = (method, int(event["k"]) if event.get("k") in KS else k)

    @property
    def other(self) -> tuple[str, int]:
        """The method that the answer is compared with."""
        if self.second is not None:
            return self.second
        return ("rfm" if self.settings.method != "rfm" else "kmeans"), self.settings.k

    def _wish(self, event: Mapping[str, Any]) -> None:
        self.export = export.wished(self, event)

    def _refresh(self, _event: Mapping[str, Any]) -> None:
        """Nothing but a new page: something that was computed beside it has come."""

    def _language(self, event: Mapping[str, Any]) -> None:
        if event.get("lang") in labels.LANGUAGES:
            self.lang = event["lang"]

    def _examine(self, _event: Mapping[str, Any]) -> None:
        if self.file is None or self.file.ingested is None or not len(self.file.ingested.table):
            raise UserError("widgets.no_file")
        self.own = Case(of_file(self.file.ingested))
        self.at = "own"
        self._fresh()

    def _again(self, _event: Mapping[str, Any]) -> None:
        """Back to the form of the reader's file."""
        self.own, self.at = None, "own"

    # -- replies ------------------------------------------------------------------------------------------------------

    def _look(self, _event: Mapping[str, Any]) -> dict[str, Any]:
        """Whether what the page waits for has come; asked again and again, it changes nothing."""
        waits = [key for key in self._asked if not self.jobs.ask(key, _nothing).done.is_set()]
        doing = labels.text(f"studio.doing_{waits[0][2]}", self.lang) if waits else None
        return {"kind": "look", "waits": len(waits), "doing": doing, "news": len(waits) < self.page.get("waits", 0)}

    def _export(self, event: Mapping[str, Any]) -> File:
        form = str(event.get("format", "xlsx"))
        if event.get("what") == "refused" and self.file is not None:
            name, content = self.file.quarantine(form, self.lang)
            return File(name, form, content)
        if self.case is None:
            raise UserError("widgets.no_file")
        return export.file(self, form, self.lang)


def _nothing() -> None:
    """Work of a key that is known already."""


_STEPS: dict[str, Callable[[StudioDesk, Mapping[str, Any]], Any]] = {
    "again": StudioDesk._again,
    "axes": StudioDesk._axes,
    "before": StudioDesk._before,
    "cuts": StudioDesk._cut,
    "examine": StudioDesk._examine,
    "go": StudioDesk._go,
    "insist": StudioDesk._insist,
    "lang": StudioDesk._language,
    "other": StudioDesk._second,
    "portrait": StudioDesk._portrait,
    "refresh": StudioDesk._refresh,
    "rules": StudioDesk._rules,
    "set": StudioDesk._set,
    "source": StudioDesk._source,
    "tab": StudioDesk._tab,
    "wish": StudioDesk._wish,
}
_REPLIES: dict[str, Callable[[StudioDesk, Mapping[str, Any]], dict[str, Any]]] = {
    **Receives.REPLIES,
    "export": StudioDesk._export,
    "look": StudioDesk._look,
}
