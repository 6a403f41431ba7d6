"""What a reader of the explorer has chosen: plain data, and what each click makes of it, without browser or cube."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

__all__ = ["History", "LevelLike", "Path", "State", "plain"]

Path = tuple[tuple[str, Any], ...]
MOST_ROWS, MOST_COLUMNS, MOST_MEASURES = 3, 2, 6
PAGE = 100


class LevelLike(Protocol):
    """What the state must know of a level; :class:`crmlab.star.Level` has it."""

    id: str
    dimension: str
    kind: str
    count: int
    parents: tuple[str, ...]
    children: tuple[str, ...]


Levels = Mapping[str, LevelLike]


@dataclass(frozen=True)
class State:
    """One view: what stands on rows and columns, which measures, which filters, which rows are opened.

    Members are plain JSON values (dates as ISO text, the unknown member as ``None``), so a state can be
    kept, sent, undone.

    Examples
    --------
    >>> state = State(("island",), ("year",), ("revenue",))
    >>> state.slice("channel", ["store"]).filters
    (('channel', ('store',)),)
    >>> State.from_dict(state.to_dict()) == state
    True
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    measures: tuple[str, ...]
    filters: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    drilled: tuple[str, ...] = ()
    opened: tuple[Path, ...] = ()
    sort: tuple[str, Path, bool] | None = None
    limit: int = PAGE
    lead: str | None = None

    def put(self, levels: Levels, **parts: Sequence[str]) -> State:
        """Other ``rows``, ``columns`` or ``measures``. A level stands in one place only: where it was put last."""
        rows = _known(parts.get("rows", self.rows), levels)
        columns = _known(parts.get("columns", self.columns), levels)
        if "columns" in parts and "rows" not in parts:
            rows = tuple(level for level in rows if level not in columns)
        columns = tuple(level for level in columns if level not in rows)[:MOST_COLUMNS]
        rows = (rows or self.rows[:1])[:MOST_ROWS]
        measures = tuple(dict.fromkeys(parts.get("measures", self.measures)))[:MOST_MEASURES] or self.measures
        sort = self.sort if self.sort and self.sort[0] in measures and columns == self.columns else None
        columns = tuple(level for level in columns if level not in rows)
        lead = self.lead if self.lead in measures else None
        return replace(self, rows=rows, columns=columns, measures=measures, opened=(), sort=sort, limit=PAGE, lead=lead)

    def slice(self, level: str, members: Iterable[Any]) -> State:
        """Keep only these members of a level; no member takes the filter away."""
        members = tuple(dict.fromkeys(plain(m) for m in members))
        kept = {name: given for name, given in self.filters if name != level or members}
        if members:
            kept[level] = members
        drilled = tuple(name for name in self.drilled if name != level or len(members) == 1)
        drilled = tuple(name for name in drilled if name in kept)
        return replace(self, filters=tuple(kept.items()), drilled=drilled, opened=(), limit=PAGE)

    def clear(self) -> State:
        """No filters."""
        return replace(self, filters=(), drilled=(), opened=(), limit=PAGE)

    def drill(self, path: Path, levels: Levels) -> State | None:
        """Go into a cell, a header or a mark: its members become filters, what is below them comes to their place.

        Returns ``None`` where nothing finer is left: then only the rows of the facts are.
        """
        pinned = dict(self.filters)
        for level, member in path:
            pinned[level] = (plain(member),)
        fixed = {level for level, members in pinned.items() if len(members) == 1}
        columns = _below(self.columns, fixed, levels, taken=self.rows)
        rows = _below(self.rows, fixed, levels, taken=columns)
        if not rows:
            rows = _other(fixed, columns, levels)
        if not rows:
            return None
        if rows == self.rows and columns == self.columns and tuple(pinned.items()) == self.filters:
            return None
        drilled = (*(d for d in self.drilled if d not in dict(path)), *(level for level, _ in path))
        return replace(
            self,
            rows=rows,
            columns=tuple(c for c in columns if c not in rows),
            filters=tuple(pinned.items()),
            drilled=tuple(dict.fromkeys(drilled)),
            opened=(),
            sort=None if columns != self.columns else self.sort,
            limit=PAGE,
        )

    def expand(self, path: Path) -> State:
        """Open a row in its place, or close it with all that was opened below it."""
        path = tuple((level, plain(member)) for level, member in path)
        if path in self.opened:
            return replace(self, opened=tuple(p for p in self.opened if p[: len(path)] != path))
        return replace(self, opened=(*self.opened, path))

    def sorted_by(self, measure: str, path: Path) -> State:
        """Order the rows by a column: first from high to low, then from low to high, then as the level says."""
        path = tuple((level, plain(member)) for level, member in path)
        if self.sort == (measure, path, True):
            return replace(self, sort=(measure, path, False))
        return replace(self, sort=None if self.sort == (measure, path, False) else (measure, path, True))

    def led_by(self, measure: str) -> State:
        """Draw another one of the measures."""
        return replace(self, lead=measure if measure in self.measures else None)

    def more(self) -> State:
        """Show more rows."""
        return replace(self, limit=self.limit * 5)

    def undrill(self, steps: int) -> State:
        """As after the first ``steps`` of the drill path, for a state whose history is not known."""
        gone = self.drilled[steps:]
        return replace(
            self,
            filters=tuple((level, members) for level, members in self.filters if level not in gone),
            drilled=self.drilled[:steps],
            rows=gone[:1] or self.rows,
            columns=tuple(c for c in self.columns if c not in gone[:1]),
            opened=(),
            limit=PAGE,
        )

    def to_dict(self) -> dict[str, Any]:
        """The state as JSON-able data."""
        return {
            "rows": list(self.rows),
            "columns": list(self.columns),
            "measures": list(self.measures),
            "filters": [[level, list(members)] for level, members in self.filters],
            "drilled": list(self.drilled),
            "opened": [[list(step) for step in path] for path in self.opened],
            "sort": [self.sort[0], [list(step) for step in self.sort[1]], self.sort[2]] if self.sort else None,
            "limit": self.limit,
            "lead": self.lead,
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> State:
        """The state that :meth:`to_dict` gave."""
        sort = kept.get("sort")
        return cls(
            tuple(kept["rows"]),
            tuple(kept["columns"]),
            tuple(kept["measures"]),
            tuple((level, tuple(members)) for level, members in kept.get("filters", ())),
            tuple(kept.get("drilled", ())),
            tuple(as_path(path) for path in kept.get("opened", ())),
            (sort[0], as_path(sort[1]), bool(sort[2])) if sort else None,
            int(kept.get("limit", PAGE)),
            kept.get("lead"),
        )


@dataclass
class History:
    """Every state of a visit, the present one last.

    Examples
    --------
    >>> visit = History([State(("island",), (), ("revenue",))])
    >>> visit.go(visit.now.slice("year", [2020])).filters
    (('year', (2020,)),)
    >>> visit.back().filters
    ()
    """

    states: list[State] = field(default_factory=list)

    @property
    def now(self) -> State:
        """The present state."""
        return self.states[-1]

    @property
    def can_back(self) -> bool:
        """Whether there is something to go back to."""
        return len(self.states) > 1

    def go(self, state: State) -> State:
        """Make ``state`` the present one."""
        if state != self.now:
            self.states.append(state)
        return self.now

    def back(self) -> State:
        """Undo the last step."""
        if self.can_back:
            self.states.pop()
        return self.now

    def crumb(self, steps: int) -> State:
        """Back to where only the first ``steps`` of the drill path had been taken."""
        wanted = self.now.drilled[:steps]
        for place in range(len(self.states) - 1, -1, -1):
            if self.states[place].drilled == wanted:
                return self.go(self.states[place])
        return self.go(self.now.undrill(steps))


def as_path(given: Iterable[Iterable[Any]]) -> Path:
    """A path from JSON's lists."""
    return tuple((str(level), member) for level, member in given)


def plain(member: Any) -> Any:
    """A member as a JSON value."""
    return member if member is None or isinstance(member, str | int | float | bool) else str(member)


def _known(wanted: Sequence[str], levels: Levels) -> tuple[str, ...]:
    return tuple(dict.fromkeys(level for level in wanted if level in levels))


def ancestors(level: str, levels: Levels) -> set[str]:
    """Every coarser level above a level."""
    found = set()
    for parent in levels[level].parents:
        found |= {parent} | ancestors(parent, levels)
    return found


def _below(shown: Sequence[str], fixed: set[str], levels: Levels, taken: Sequence[str]) -> tuple[str, ...]:
    """The levels in the place of ``shown`` when those of ``fixed`` are given: each gives way to the next finer one."""
    settled = set(fixed)
    for level in fixed:
        settled |= ancestors(level, levels)
    found: list[str] = []
    for level in shown:
        while level is not None and level in settled:
            finer = [c for c in levels[level].children if levels[c].count > 1 and c not in taken]
            level = finer[0] if finer else None
        if level is not None and level not in found:
            found.append(level)
    return tuple(found)


def _other(fixed: set[str], columns: Sequence[str], levels: Levels) -> tuple[str, ...]:
    """Another dimension to look at, when the one on the rows has been drilled to its end."""
    settled = set(fixed)
    for level in fixed:
        settled |= ancestors(level, levels)
    busy = {levels[level].dimension for level in (*settled, *columns) if level in levels}
    for name, level in levels.items():
        if level.dimension not in busy and level.kind == "level" and not level.parents and level.count > 1:
            return (name,)
    return ()
