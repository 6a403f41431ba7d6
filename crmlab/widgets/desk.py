"""The explorer without its browser: events in, page and replies out. What a click does is decided and tested here."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from numbers import Number
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels
from ..charts.grid import member_key
from ..errors import UserError
from . import page as pages
from .asking import start, view_of
from .receiving import Receives
from .reply import File
from .state import History, State, as_path
from .tiles import Tiles, fact_name

if TYPE_CHECKING:
    from ..cube import Cube

__all__ = ["Desk"]

SHOWN_FACTS = 100
EXPORTED_FACTS = {"csv": 1_000_000, "xlsx": 100_000}
SHOWN_MEMBERS = 200


class World:
    """A cube and where its reader stands in it."""

    def __init__(self, cube: Cube, title: str | None, state: State | None = None) -> None:
        self.cube, self.title = cube, title
        self.visit = History([state or start(cube)])


class Desk(Receives):
    """One reader of the explorer.

    Parameters
    ----------
    cube : Cube
        What is explored first.
    lang : {"id", "en"}
    title : str, optional
        What the cube's data are called; the star's name by default.
    state : State, optional
        The first view.

    Attributes
    ----------
    page : dict
        What the browser draws now.
    """

    def __init__(self, cube: Cube, lang: str, title: str | None = None, state: State | None = None) -> None:
        self.lang = lang
        self.given = World(cube, title or cube.star.name or None, state)
        self.own: World | None = None
        self.at = "given"
        self.page = self._page()

    @property
    def steps(self) -> Mapping[str, Any]:
        """Events that change the page."""
        return _STEPS

    @property
    def world(self) -> World:
        """The world that is shown: the given one while there is no own one."""
        return self.own if self.at == "own" and self.own else self.given

    @property
    def choices(self) -> dict[str, Any]:
        """What the shelves offer."""
        return pages.choices(self.world.cube, self.lang)

    def _page(self) -> dict[str, Any]:
        world = self.world
        own = self.at == "own"
        title = labels.text("widgets.own_name", self.lang) if own and not self.own else world.title
        return {
            **pages.page(world.visit, world.cube, self.lang),
            "lang": self.lang,
            "data": {
                "id": self.at,
                "loaded": not own or self.own is not None,
                "given": self.given.title or labels.text("widgets.given_name", self.lang),
                "title": title or labels.text("widgets.given_name", self.lang),
                "said": "" if own and not self.own else pages.data_said(world.cube, self.lang),
            },
        }

    # -- events -------------------------------------------------------------------------------------------------------

    def answer(self, event: Mapping[str, Any], buffers: Sequence[Any] = ()) -> dict[str, Any] | None:
        """Do what an event asks.

        Returns
        -------
        dict or None
            A reply for the browser, or ``None`` where :attr:`page` holds the answer.

        Raises
        ------
        UserError
            The event can't be done; nothing has changed then.
        """
        what = event.get("do")
        if what in _STEPS:
            return self._step(_STEPS[what], event)
        if what == "upload":
            return self.receive(event, bytes(buffers[0]))
        if what not in _REPLIES:
            raise UserError("widgets.unknown_event", found=str(what))
        return _REPLIES[what](self, event)

    def _step(
        self, step: Callable[[Desk, Mapping[str, Any]], dict[str, Any] | None], event: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        world, at, lang = self.world, self.at, self.lang
        states = list(world.visit.states)
        if "shown" in event and event["shown"] != self.page["view"]:
            return None  # a click on a table that has gone meanwhile: the second of a double click, most likely
        try:
            reply = step(self, event)
            self.page = self._page()
        except Exception:
            # an answer that can't be given must not be where the reader stands
            world.visit.states[:] = states
            self.at, self.lang = at, lang
            raise
        return reply

    def _go(self, state: State) -> None:
        self.world.visit.go(state)

    def _drill(self, event: Mapping[str, Any]) -> dict[str, Any] | None:
        path = as_path(event["path"])
        state = self.world.visit.now
        below = state.drill(path, self.world.cube.levels)
        if below is None:
            reply = self._facts({"path": event["path"], "measure": event.get("measure")})
            return {**reply, "note": labels.text("widgets.nothing_below", self.lang)}
        self._go(
            below.led_by(event["measure"]) if event.get("measure") and event["measure"] != state.measures[0] else below
        )
        return None

    def _set(self, event: Mapping[str, Any]) -> None:
        parts = {name: [str(x) for x in event[name]] for name in ("rows", "columns", "measures") if name in event}
        known = self.world.cube
        for name in parts.get("measures", ()):
            known.measure(name)
        for name in (*parts.get("rows", ()), *parts.get("columns", ())):
            known.level(name)
        self._go(self.world.visit.now.put(known.levels, **parts))

    def _slice(self, event: Mapping[str, Any]) -> None:
        level = self.world.cube.level(event["level"]).id
        self._go(self.world.visit.now.slice(level, event["members"]))

    def _restore(self, event: Mapping[str, Any]) -> None:
        """Go where a kept address says, as far as its names still exist."""
        try:
            state = State.from_dict(event["state"])
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            raise UserError("widgets.bad_link") from None
        cube = self.given.cube
        for level in (*state.rows, *state.columns, *(name for name, _ in state.filters)):
            cube.level(level)
        for measure in state.measures:
            cube.measure(measure)
        if not state.rows or not state.measures:
            raise UserError("widgets.bad_link")
        self.given.visit.go(state)

    def _language(self, event: Mapping[str, Any]) -> dict[str, Any] | None:
        if event["lang"] in labels.LANGUAGES:
            self.lang = event["lang"]
        return self.form() if self.at == "own" and not self.own else None

    def _data(self, event: Mapping[str, Any]) -> dict[str, Any] | None:
        if event["name"] == "own" and self.at == "own":
            self.own = None  # asked for again: back to the form, to map the file anew or to take another
        self.at = "own" if event["name"] == "own" else "given"
        return self.form() if self.at == "own" and not self.own else None

    def _explore(self, _event: Mapping[str, Any]) -> None:
        if self.file is None or self.file.ingested is None:
            raise UserError("widgets.no_file")
        self.own = World(self.file.cube(), self.file.name)
        self.at = "own"

    # -- replies ------------------------------------------------------------------------------------------------------

    def _view(self) -> Any:
        return view_of(self.world.visit.now, self.world.cube)

    def _facts(self, event: Mapping[str, Any]) -> dict[str, Any]:
        cube, state = self.world.cube, self.world.visit.now
        path = as_path(event.get("path") or ())
        view = self._plain_view()
        measured = event.get("measure")  # a cell's rows are those of its own measure: answers, not sales lines
        fact = event.get("fact") or (view.measure(measured) if measured else view).main_fact
        found = view.facts(limit=SHOWN_FACTS, cell=dict(path), fact=fact)
        order = self._order(found.columns, fact)
        columns = [found.columns[i] for i in order]
        rows = [[row[i] for i in order] for row in found.rows]
        kinds = [self._kind(column, rows, i) for i, column in enumerate(columns)]
        where = ", ".join(
            f"{pages.level_name(cube, lv, self.lang)}: {pages.member_text(cube, lv, m, self.lang)}" for lv, m in path
        )
        filters = [f["text"] for f in pages.filter_texts(state, cube, self.lang)]
        personal = bool(cube.star.facts[fact].personal) or any(lv.personal for lv in cube.levels.values())
        shown = labels.text("widgets.facts_shown", self.lang, shown=len(found.rows), total=found.total)
        return {
            "kind": "facts",
            "fact": fact,
            "facts": [{"id": name, "label": labels.name(name, self.lang)} for name in cube.star.facts],
            "path": [list(step) for step in path],
            "where": " · ".join([*filters, where] if where else filters),
            "shown": f"{shown} ({fact_name(fact, self.lang)})",
            "masked": labels.text("widgets.masked", self.lang) if personal else None,
            "head": [self._head(column, kind) for column, kind in zip(columns, kinds, strict=True)],
            "rows": [
                [self._cell(v, kind, column) for v, kind, column in zip(row, kinds, columns, strict=True)]
                for row in rows
            ],
            "numeric": [kind in ("money", "number") for kind in kinds],
        }

    def _order(self, columns: Sequence[str], fact: str) -> list[int]:
        """First what names a row, then its members in words, its numbers, bare keys; not what only repeats the date."""
        cube, state = self.world.cube, self.world.visit.now
        spoken = {*state.rows, *state.columns, *(level for level, _ in state.filters)}
        keys = {info["column"] for info in cube.star.meta["facts"][fact]["roles"].values()}
        dates = {info["column"] for role, info in cube.star.meta["facts"][fact]["roles"].items() if "date" in role}

        def place(column: str) -> int | None:
            level = cube.levels.get(column)
            if column in cube.star.facts[fact].grain or column == "order_id":
                return 0
            if column in dates:
                return 1
            if level is not None and column not in keys:
                return None if cube.is_time(column) or (level.unit == "number" and column not in spoken) else 2
            return 4 if column in keys else 3

        places = [(place(column), i) for i, column in enumerate(columns)]
        return [i for _, i in sorted((p, i) for p, i in places if p is not None)]

    def _plain_view(self) -> Any:
        """The filters and measures alone: rows of facts know no rows and columns of a table."""
        return Tiles(self.world.visit.now, self.world.cube, self.lang).whole

    def _kind(self, column: str, rows: Sequence[tuple], place: int) -> str:
        money = {
            m.column
            for m in self.world.cube.measures.values()
            if m.unit == "money" and m.kind in ("sum", "mean", "min", "max")
        }
        value = next((row[place] for row in rows if row[place] is not None), None)
        if not isinstance(value, Number) or isinstance(value, bool):
            return "text"
        if column in money or column.endswith(("amount", "price", "cost", "_idr", "discount")):
            return "money"
        known = column in self.world.cube.levels or column.endswith(("_id", "_key", "line")) or column == "id"
        return "text" if known else "number"

    def _head(self, column: str, kind: str) -> str:
        levels = self.world.cube.levels
        name = (
            pages.level_name(self.world.cube, column, self.lang) if column in levels else labels.name(column, self.lang)
        )
        sign = labels.currency_sign(self.world.cube.star.currency)
        return f"{name} ({sign})" if kind == "money" else name

    def _cell(self, value: Any, kind: str, column: str) -> str:
        if value is None:
            return "—"
        if kind == "money":
            return labels.number(value, self.lang, 0 if self.world.cube.star.currency == "IDR" else 2)
        if kind == "number":
            return labels.value(value, "number", self.lang)
        if column in self.world.cube.levels and not self.world.cube.levels[column].personal:
            return pages.member_text(self.world.cube, column, value, self.lang)
        return labels.date(value, self.lang, "short") if hasattr(value, "isoformat") else str(value)

    def _sql(self, _event: Mapping[str, Any]) -> dict[str, Any]:
        return {"kind": "sql", "sql": self._view().sql()}

    def _how(self, event: Mapping[str, Any]) -> dict[str, Any]:
        state, cube = self.world.visit.now, self.world.cube
        filters = " · ".join(f["text"] for f in pages.filter_texts(state, cube, self.lang)) or labels.text(
            "widgets.no_filter", self.lang
        )
        return Tiles(state, cube, self.lang).how(cube.measure(event["measure"]).name, filters)

    def _why(self, event: Mapping[str, Any]) -> dict[str, Any]:
        from .changes import why

        return why(self.world.visit.now, self.world.cube, self.lang, event)

    def _members(self, event: Mapping[str, Any]) -> dict[str, Any]:
        cube, search = self.world.cube, str(event.get("search") or "").strip()
        level = cube.level(event["level"])
        found = cube.members(level.id, search or None, SHOWN_MEMBERS, self.lang)
        counts = self._counts(level) if level.count <= SHOWN_MEMBERS else {}
        members = [
            {
                "key": member_key(m["value"]),
                "label": m["label"],
                "n": labels.number(counts.get(m["value"], 0), self.lang) if counts else None,
            }
            for m in found
        ]
        unknown = labels.text("common.unknown", self.lang)
        if search.casefold() in unknown.casefold() and (counts.get(None) or not counts):
            members.append(
                {"key": None, "label": unknown, "n": labels.number(counts[None], self.lang) if None in counts else None}
            )
        if len(found) < SHOWN_MEMBERS:
            shown = labels.text("widgets.members_all", self.lang, n=len(members))
        else:
            shown = labels.text("widgets.members_shown", self.lang, shown=len(members), total=level.count)
        return {"kind": "members", "members": members, "shown": shown}

    def _counts(self, level: Any) -> dict[Any, int]:
        """Rows behind every member, under the other filters."""
        state = self.world.visit.now
        view = self.world.cube.view(by=[level.id], measures=state.measures[:1])
        others = {name: list(members) for name, members in state.filters if name != level.id}
        answer = (view.dice(others) if others else view).ask()
        table = self.world.cube.member_table(level.id)
        return {table.value(key[0]): answer.n(key) for key in answer.row_keys if key[0] is None or key[0] >= 0}

    def _export(self, event: Mapping[str, Any]) -> File:
        form = event["format"]
        if form not in EXPORTED_FACTS:
            raise UserError("widgets.unknown_event", found=str(form))
        if event["what"] == "refused":
            if self.file is None:
                raise UserError("widgets.no_file")
            name, content = self.file.quarantine(form, self.lang)
            return File(name, form, content)
        title = re.sub(r"[\W_]+", "-", self.world.title or "").strip("-").lower() or "crmlab"
        with tempfile.TemporaryDirectory(prefix="crmlab-") as folder, labels.using(self.lang):
            path = Path(folder) / f"{title}-{'tabel' if self.lang == 'id' else 'table'}.{form}"
            if event["what"] == "rows":
                from ..cube.export import about, write

                view = self._plain_view()
                fact = event.get("fact") or view.main_fact
                # the file says what it holds: the cell is one of its filters, and n counts its own fact
                own = [m for m in self.world.cube.measures if view.measure(m).main_fact == fact][:1]
                view = view.slice(dict(as_path(event.get("path") or ())))
                view = view.measure(*own) if own else view
                total = view.facts(limit=1, fact=fact).total
                if total > EXPORTED_FACTS[form]:
                    raise UserError(
                        "widgets.too_many_rows", found=total, most=EXPORTED_FACTS[form], format=form.upper()
                    )
                found = view.facts(limit=None, fact=fact)
                path = Path(folder) / f"{title}-{fact_name(found.fact, self.lang).replace(' ', '-')}.{form}"
                write(path, found.columns, found.rows, lang=self.lang, notes=about(view, self.lang))
            else:
                self._view().export(path, lang=self.lang)
            return File(path.name, form, path.read_bytes())

    # -- the reader's own file ----------------------------------------------------------------------------------------

    def dropped(self) -> None:
        """Another file takes the place of the one that is explored."""
        self.own = None


_STEPS: dict[str, Callable[[Desk, Mapping[str, Any]], Any]] = {
    "back": lambda desk, _event: desk.world.visit.back() and None,
    "clear": lambda desk, _event: desk._go(desk.world.visit.now.clear()),
    "crumb": lambda desk, event: desk.world.visit.crumb(int(event["index"])) and None,
    "data": Desk._data,
    "drill": Desk._drill,
    "expand": lambda desk, event: desk._go(desk.world.visit.now.expand(as_path(event["path"]))),
    "explore": Desk._explore,
    "lang": Desk._language,
    "lead": lambda desk, event: desk._go(desk.world.visit.now.led_by(str(event["measure"]))),
    "restore": Desk._restore,
    "more": lambda desk, _event: desk._go(desk.world.visit.now.more()),
    "set": Desk._set,
    "slice": Desk._slice,
    "sort": lambda desk, event: desk._go(
        desk.world.visit.now.sorted_by(desk.world.cube.measure(event["measure"]).name, ())
    ),
}
_REPLIES: dict[str, Callable[[Desk, Mapping[str, Any]], dict[str, Any]]] = {
    "export": Desk._export,
    **Receives.REPLIES,
    "facts": Desk._facts,
    "how": Desk._how,
    "members": Desk._members,
    "sql": Desk._sql,
    "why": Desk._why,
}
