"""The data clinic without its browser: events in, page and replies out."""

from __future__ import annotations

import datetime as dt
import tempfile
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from .. import labels
from ..errors import UserError
from .clinic_pages import gaps, save, tiles
from .clinic_pairs import duplicates
from .clinic_quality import profile
from .clinic_rows import refused, refused_file, rows_file
from .examination import Examination
from .own_file import OwnFile
from .receiving import Receives
from .reply import File

__all__ = ["ClinicDesk", "Given"]

CONTRACTS = ("customers", "sales", "survey")
TABS = ("profile", "refused", "duplicates", "gaps", "save")


class Given:
    """A source that the clinic offers, read when it is first chosen.

    Parameters
    ----------
    name : str
        Its words are ``clinic.<name>`` and ``clinic.<name>_about``.
    open : callable
        Gives what :func:`crmlab.ingest.read` reads: a path or a frame, or a frame with the place of each of its rows in
        the source.
    contract : str
    group : str
        Under which heading it is offered: ``clinic.group_<group>``.
    as_of : datetime.date, optional
    private : collection of str, optional
        Columns that are masked though their names tell nobody that they are personal.
    **reading
        For :func:`crmlab.ingest.read`.
    """

    def __init__(
        self,
        name: str,
        open: Callable[[], Any],
        contract: str,
        group: str = "retail",
        as_of: dt.date | None = None,
        private: Collection[str] = (),
        **reading: Any,
    ) -> None:
        self.name, self.open, self.contract, self.group, self.as_of = name, open, contract, group, as_of
        self.private, self.reading = private, reading

    def examine(self) -> Examination:
        """Read it."""
        from ..ingest import read

        source, places = self.open(), None
        if isinstance(source, tuple):
            source, places = source
        found = read(source, self.contract, **self.reading)
        if places is not None:
            moved = found.quarantine.assign(source_row=[places[int(r) - 1] for r in found.quarantine["source_row"]])
            found = replace(found, places=places[found.places - 1], quarantine=moved)
        return Examination(found, self.contract, self.as_of, self.private)


class ClinicDesk(Receives):
    """One reader of the clinic.

    Parameters
    ----------
    given : sequence of Given
        The first is shown first.
    lang : {"id", "en"}
    """

    def __init__(self, given: Sequence[Given], lang: str) -> None:
        self.lang = lang
        self.given = {source.name: source for source in given}
        self.at = next(iter(self.given), "own")
        self.own: Examination | None = None
        self.kind = CONTRACTS[0]
        self.tab = TABS[0]
        self.focus: tuple[str, str | None] | None = None
        self.clear = False  # whether a pair to judge is shown without masks
        self._examined: dict[str, Examination] = {}
        self.page = self._page()

    @property
    def steps(self) -> Mapping[str, Any]:
        """Events that change the page."""
        return _STEPS

    @property
    def case(self) -> Examination | None:
        """The table that is examined; none while the reader's own file is not read."""
        if self.at == "own":
            return self.own
        if self.at not in self._examined:
            self._examined[self.at] = self.given[self.at].examine()
        return self._examined[self.at]

    def _page(self) -> dict[str, Any]:
        lang = self.lang
        groups: dict[str, list[dict[str, str]]] = {}
        for name, source in self.given.items():
            groups.setdefault(source.group, []).append({"id": name, "label": labels.text(f"clinic.{name}", lang)})
        groups["own"] = [{"id": "own", "label": labels.text("clinic.own", lang)}]
        about = self.file.name if self.at == "own" and self.file and self.own else ""
        if self.at != "own":
            about = labels.text(f"clinic.{self.at}_about", lang)
        page = {
            "lang": lang,
            "title": labels.text("clinic.title", lang),
            "about": about,
            "choose": labels.text("clinic.choose_source", lang),
            "sources": [
                {"label": labels.text(f"clinic.group_{g}", lang), "sources": some} for g, some in groups.items()
            ],
            "source": self.at,
            "kinds": [{"id": k, "label": labels.text(f"clinic.own_{k}", lang)} for k in CONTRACTS],
            "kind": self.kind,
            "loaded": self.case is not None,
            "tab": self.tab,
        }
        if self.case is None:
            return {**page, "view": f"own-{self.kind}"}
        body = {
            "profile": lambda: profile(self.case, self.focus, lang),
            "refused": lambda: refused(self.case, lang),
            "duplicates": lambda: duplicates(self.case, self.clear, lang),
            "gaps": lambda: gaps(self.case, lang),
            "save": lambda: save(self.case, lang),
        }[self.tab]()
        tabs = [{"id": t, "label": labels.text(f"clinic.tab_{t}", lang), "badge": self._badge(t)} for t in TABS]
        view = f"{self.at}-{self.tab}-{self.focus}"
        return {
            **page,
            "tiles": tiles(self.case, lang),
            "tabs": tabs,
            "pending": self.case.pending,
            "body": body,
            "view": view,
        }

    def _badge(self, tab: str) -> str | None:
        case = self.case
        if tab == "refused" and len(case.ingested.quarantine):
            return labels.number(len(case.ingested.quarantine), self.lang)
        if tab == "duplicates" and case.searchable and not case.pending and case.found.facts["reviews"]:
            return labels.number(len(case.queue), self.lang)
        return None

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
            before = self.at, self.tab, self.focus, self.lang
            try:
                _STEPS[what](self, {**event, "buffers": buffers})
                self.page = self._page()
            except Exception:
                self.at, self.tab, self.focus, self.lang = before
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
            raise UserError("clinic.unknown_source", found=name)
        self.at, self.focus, self.clear = name, None, False
        if name == "own" and self.own is None:
            self.tab = TABS[0]

    def _go(self, event: Mapping[str, Any]) -> None:
        """Source and part as an address names them; what it does not name stays."""
        if event.get("source") in self.given:
            self._source({"name": event["source"]})
        self._tab({"name": event.get("tab")})

    def _rules(self, event: Mapping[str, Any]) -> None:
        """The reader's own rules, as a TOML file; without one, those of the contract."""
        if self.case is None:
            raise UserError("widgets.no_file")
        if not event["buffers"]:
            self.case.rule_by(None)
            return
        from ..quality import RuleSet

        content = bytes(event["buffers"][0])
        with tempfile.TemporaryDirectory(prefix="crmlab-") as folder:
            path = Path(folder) / (Path(str(event.get("name", "")).replace("\\", "/")).name or "rules.toml")
            path.write_bytes(content)
            try:
                several = len(tomllib.loads(content.decode("utf-8"))) > 1
            except (UnicodeDecodeError, tomllib.TOMLDecodeError):
                several = False  # reading it says what is wrong
            told = RuleSet.read(path, self.case.contract if several else "")
        self.case.rule_by(told)

    def _tab(self, event: Mapping[str, Any]) -> None:
        if event.get("name") in TABS:
            self.tab, self.focus = str(event["name"]), None

    def _focus(self, event: Mapping[str, Any]) -> None:
        column = event.get("column")
        chosen = None if column is None else (str(column), event.get("dimension"))
        self.focus = None if chosen == self.focus else chosen

    def _codes(self, event: Mapping[str, Any]) -> None:
        self.case.read_codes(event.get("source"))

    def _compare(self, _event: Mapping[str, Any]) -> None:
        """Compare people now: the page has shown everything else already."""
        if self.case is not None and self.case.searchable:
            _ = self.case.found

    def _line(self, event: Mapping[str, Any]) -> None:
        self.case.draw_the_line(float(event["threshold"]), float(event["review"]))

    def _clear(self, event: Mapping[str, Any]) -> None:
        self.clear = bool(event.get("on"))

    def _decide(self, event: Mapping[str, Any]) -> None:
        self.case.decide(event["left"], event["right"], event.get("verdict"))

    def _language(self, event: Mapping[str, Any]) -> None:
        if event.get("lang") in labels.LANGUAGES:
            self.lang = event["lang"]

    def _examine(self, _event: Mapping[str, Any]) -> None:
        if self.file is None or self.file.ingested is None or not len(self.file.ingested.table):
            raise UserError("widgets.no_file")
        self.own = Examination(self.file.ingested, self.file.contract.name)
        self.at, self.tab, self.focus = "own", TABS[0], None

    def _kind(self, event: Mapping[str, Any]) -> None:
        """What the reader's file holds; a file that was given is looked at anew."""
        if event.get("kind") not in CONTRACTS:
            return
        self.kind, self.own = event["kind"], None
        if self.file is not None and self.file.contract.name != self.kind:
            self.file = OwnFile(self.file.name, self.file.path.read_bytes(), self.kind)

    def _again(self, _event: Mapping[str, Any]) -> None:
        """Back to the form of the reader's file."""
        self.own, self.at, self.tab, self.focus = None, "own", TABS[0], None

    # -- replies ------------------------------------------------------------------------------------------------------

    @property
    def contract_of_file(self) -> str:
        """What the reader says that the file holds."""
        return self.kind

    def dropped(self) -> None:
        """Another file takes the place of the one that is examined."""
        self.own = None

    def _export(self, event: Mapping[str, Any]) -> File:
        what, form = event.get("what"), str(event.get("format", "csv"))
        if what == "refused" and self.file is not None and self.case is None:
            name, content = self.file.quarantine(form, self.lang)
            return File(name, form, content)
        if self.case is None:
            raise UserError("widgets.no_file")
        if what == "refused":
            return refused_file(self.case, form, self.lang)
        if what == "rules":
            return File(
                f"{labels.text('clinic.file_rules', self.lang)}.toml", "toml", self.case.rules.to_toml().encode()
            )
        if what == "rows":
            return rows_file(self.case, (str(event["column"]), event.get("dimension")), form, self.lang)
        if what == "all":
            name, content = self.case.discharge(self.lang, masked=not event.get("clear"))
            return File(f"{name}.zip", "zip", content)
        raise UserError("widgets.unknown_event", found=str(what))


_STEPS: dict[str, Callable[[ClinicDesk, Mapping[str, Any]], Any]] = {
    "again": ClinicDesk._again,
    "clear": ClinicDesk._clear,
    "codes": ClinicDesk._codes,
    "compare": ClinicDesk._compare,
    "decide": ClinicDesk._decide,
    "examine": ClinicDesk._examine,
    "focus": ClinicDesk._focus,
    "go": ClinicDesk._go,
    "kind": ClinicDesk._kind,
    "lang": ClinicDesk._language,
    "line": ClinicDesk._line,
    "rules": ClinicDesk._rules,
    "source": ClinicDesk._source,
    "tab": ClinicDesk._tab,
}
_REPLIES: dict[str, Callable[[ClinicDesk, Mapping[str, Any]], dict[str, Any]]] = {
    "export": ClinicDesk._export,
    **Receives.REPLIES,
}
