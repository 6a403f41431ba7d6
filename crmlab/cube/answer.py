"""A view's answer: the engine's cells, put in order, with shares and the previous period beside them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..results import Note
from ..star import Level
from .folding import foldable
from .measures import Part, parts_of
from .members import ALL, OTHERS_CODE
from .query import Condition, Limit, Query

if TYPE_CHECKING:
    from .view import View

__all__ = ["Answer", "ask", "conditions_of", "grouping_sets", "parts_needed", "rank"]

Key = tuple[int | None, ...]


@dataclass
class Answer:
    """Cells by key (codes of the row levels, then of the column levels; ``ALL`` where rolled up)."""

    view: View
    levels: tuple[Level, ...]
    cells: dict[Key, dict[Part, Any]]
    limit: Limit | None = None
    gathered: int = 0
    before: dict[Key, dict[Part, Any]] | None = None
    blank: set[Key] = field(default_factory=set)  # cells whose previous period the data do not cover
    notes: list[Note] = field(default_factory=list)

    @property
    def leaf(self) -> int:
        """Number of row levels."""
        return len(self.view.by)

    def value(self, key: Key, name: str) -> Any:
        """A measure, or a figure derived from one, in a cell."""
        derived = self._by_name.get(name)
        if derived is not None:
            return self._derived(key, derived)
        return self._plain(self.cells.get(key), name, key)

    @cached_property
    def _by_name(self) -> dict[str, Any]:
        return {derived.name: derived for derived in self.view.derived}

    def _plain(self, cell: dict[Part, Any] | None, name: str, key: Key) -> Any:
        if cell is None or not self.applicable(name, key):
            return None
        return self.view.cube.readers[name](cell)

    def _derived(self, key: Key, derived: Any) -> Any:
        measure = self.view.cube.measures[derived.measure]
        now = self._plain(self.cells.get(key), measure.name, key)
        if derived.kind in ("previous", "change", "growth"):
            then = None if key in self.blank else self._plain((self.before or {}).get(key), measure.name, key)
            if derived.kind == "previous":
                return then
            if now is None or then is None:
                return None
            if derived.kind == "change":
                return (now - then) * 100 if derived.unit == "points" and measure.unit == "share" else now - then
            return (now - then) / abs(then) if then else None
        whole = self._plain(self.cells.get(self._whole(key, derived.kind)), measure.name, key)
        return now / whole if now is not None and whole else None

    def _whole(self, key: Key, kind: str) -> Key:
        rows, columns = list(key[: self.leaf]), list(key[self.leaf :])
        if kind == "share_of_total":
            return (ALL,) * len(key)
        if kind == "share_of_row":
            return (*rows, *(ALL for _ in columns))
        if kind == "share_of_column":
            return (*(ALL for _ in rows), *columns)
        depth = sum(c != ALL for c in rows)
        if depth:
            rows[depth - 1] = ALL
        return (*rows, *columns)

    def facts_of(self, name: str) -> set[str]:
        """The facts a measure comes from."""
        known = self.view.cube.measures
        return {p.fact for p in parts_of(known[name], known)}

    @cached_property
    def _lacking(self) -> dict[str, tuple[int, ...] | None]:
        """Measure to the positions of levels that its facts lack; ``None`` where they lack what is filtered by."""
        star, found = self.view.cube.star.meta["facts"], {}
        for name in self.view.cube.measures:
            shared = set.intersection(*(set(star[f]["roles"]) for f in self.facts_of(name)))
            positions = tuple(i for i, lv in enumerate(self.levels) if lv.role not in shared)
            found[name] = positions if self.view.filter_roles <= shared else None
        return found

    def applicable(self, name: str, key: Key) -> bool:
        """Whether a measure's facts have every dimension that the cell and the filters speak of."""
        lacking = self._lacking[name]
        return lacking is not None and (not lacking or all(key[i] == ALL for i in lacking))

    @cached_property
    def _counts(self) -> dict[str, Part]:
        return {fact: Part(fact, "count") for fact in self.view.cube.star.facts}

    def n(self, key: Key, fact: str | None = None) -> int:
        """How many fact rows stand behind a cell."""
        cell = self.cells.get(key)
        return (cell.get(self._counts[fact or self.view.main_fact]) or 0) if cell is not None else 0

    @cached_property
    def row_keys(self) -> list[tuple[int | None, ...]]:
        """The rows' keys in order, totals after what they total."""
        return self._ordered({k[: self.leaf] for k in self._shown()}, ranked=True)

    @cached_property
    def column_keys(self) -> list[tuple[int | None, ...]]:
        """The columns' keys in order, totals last."""
        return self._ordered({k[self.leaf :] for k in self._shown()}, ranked=False)

    def _shown(self) -> Iterable[Key]:
        width = len(self.levels)
        sets = {tuple(i in s for i in range(width)) for s in grouping_sets(self.view, self.view.subtotals)}
        hidden = self.limit is not None and not self.view.limit.others
        at = self.levels.index(self.limit.level) if self.limit else -1
        for key in self.cells:
            if hidden and key[at] == OTHERS_CODE:
                continue
            if tuple([c != ALL for c in key]) in sets:
                yield key

    def _ordered(self, keys: set[tuple], ranked: bool) -> list[tuple]:
        by_value = self.view.order if ranked else None
        if by_value is None:
            return sorted(keys, key=lambda k: tuple(_place(c) for c in k))
        name, descending = by_value
        ends = (ALL,) * len(self.view.columns)

        def place(key: tuple) -> tuple:
            if self.view.subtotals == "none":
                return (*rank_of(key, len(key) - 1), *(_place(c) for c in key))
            steps: list[Any] = []
            for i, code in enumerate(key):
                if code == ALL:
                    steps.append((1,))
                elif i < len(key) - 1 and self.view.cube.is_time(self.levels[i].id):
                    steps.append((0, *_place(code)))  # time runs on, whatever its totals come to
                else:
                    prefix = (*key[: i + 1], *(ALL for _ in key[i + 1 :]))
                    steps.append((0, *rank_of(prefix, i), _place(code)))
            return tuple(steps)

        known: dict[tuple, tuple] = {}

        def rank_of(prefix: tuple, i: int) -> tuple:
            if prefix not in known:
                value = self.value((*prefix, *ends), name)
                # members not shown stay last whatever they come to, and what has no value follows what has one
                group = 1 if prefix and prefix[i] == OTHERS_CODE else 0
                signed = (-value if descending else value) if value is not None else 0
                known[prefix] = (group, value is None, signed)
            return known[prefix]

        return sorted(keys, key=place)


def _place(code: int | None) -> tuple[int, int]:
    """Where a member stands among its siblings: known, gathered, unknown, total."""
    if code is None:
        return (2, 0)
    if code == ALL:
        return (3, 0)
    return (1, 0) if code == OTHERS_CODE else (0, code)


def grouping_sets(view: View, subtotals: str) -> list[tuple[int, ...]]:
    """The grouping sets that a view shows."""
    r, c = len(view.by), len(view.columns)
    if subtotals == "total":
        return [()]
    if subtotals == "all":
        return [s for n in range(r + c, -1, -1) for s in itertools.combinations(range(r + c), n)]
    if subtotals == "none":
        return [tuple(range(r + c))]
    return [(*range(i), *range(r, r + j)) for i in range(r, -1, -1) for j in range(c, -1, -1)]


def _sets(view: View, subtotals: str) -> list[tuple[int, ...]]:
    """What must be computed: what is shown, and what orders and shares are taken of."""
    sets = grouping_sets(view, subtotals)
    r = len(view.by)
    rows = tuple(range(r))
    if view.order:  # rows are ordered inside their parents, and these by what they come to themselves
        sets += [rows] if view.subtotals == "none" else [rows[:i] for i in range(1, r + 1)]
    for kind in view.shares:
        if kind == "total":
            sets.append(())
        elif kind == "row":
            sets += [tuple(i for i in s if i < r) for s in sets]
        elif kind == "column":
            sets += [tuple(i for i in s if i >= r) for s in sets]
        else:
            sets += [tuple(i for i in s if i != max((j for j in s if j < r), default=-1)) for s in sets]
    return list(dict.fromkeys(sets))


def conditions_of(view: View) -> tuple[Condition, ...]:
    """The view's filters in codes."""
    return tuple(view.cube.condition(f) for f in view.filters)


def parts_needed(view: View, measures: Sequence[str]) -> tuple[Part, ...]:
    """The aggregates behind measures, and the number of rows of every fact they come from."""
    known = view.cube.measures
    parts = [p for m in measures for p in parts_of(known[m], known)]
    return tuple(dict.fromkeys([*(Part(p.fact, "count") for p in parts), *parts]))


def ask(view: View, subtotals: str | None = None) -> Answer:
    """Ask the engine what a view shows."""
    subtotals = subtotals or view.subtotals
    cube = view.cube
    protected = False
    if cube.policy:
        from .protect import guard, protect, protects

        protected = protects(view) and guard(view)
    levels = tuple(cube.levels[name] for name in (*view.by, *view.columns))
    conditions = conditions_of(view)
    limit, gathered = rank(view)
    parts = parts_needed(view, list(dict.fromkeys([*_measured(view), *([view.limit.by] if view.limit else [])])))
    limits = (limit,) if limit else ()
    query = Query(levels, tuple(_sets(view, subtotals)), parts, conditions, limits, fold=limit is not None)
    answer = Answer(view, levels, cube.engine.answer(query), limit, gathered)
    if view.previous:
        from .periods import before

        answer.before, answer.blank, notes = before(view, query, answer.cells)
        for key in answer.before:
            answer.cells.setdefault(key, {})  # what was there before and is not now has its row too
        answer.notes += notes
    return protect(answer) if protected else answer


def _measured(view: View) -> list[str]:
    """The measures that are shown or ordered by."""
    ordered = view.order[0] if view.order and view.order[0] in view.cube.measures else None
    return list(dict.fromkeys([*view.measures, *([ordered] if ordered else [])]))


def rank(view: View) -> tuple[Limit | None, int]:
    """Which members of the limited level keep their row, by the measure over all that is filtered; how many do not."""
    top = view.limit
    if top is None:
        return None, 0
    cube = view.cube
    levels = tuple(cube.levels[name] for name in (*view.by, *view.columns))
    conditions = conditions_of(view)
    level = cube.levels[top.level]
    at = levels.index(level)
    within = levels[:at] if top.within else ()
    positions = (*range(len(within)), at)
    # the same cells answer the view itself afterwards
    parts = parts_needed(view, list(dict.fromkeys([*_measured(view), top.by])))
    whole = Query(levels, (positions,), parts, conditions, fold=True)
    if not foldable(whole, cube.star.meta):
        asked = (*within, level)
        whole = Query(asked, (tuple(range(len(asked))),), parts_needed(view, [top.by]), conditions)
        positions = tuple(range(len(asked)))
    cells = {tuple(key[i] for i in positions): cell for key, cell in cube.engine.answer(whole).items()}
    ranked: dict[tuple, list[tuple]] = {}
    read = cube.readers[top.by]
    for key, cell in cells.items():
        value = read(cell)
        if value is not None:
            ranked.setdefault(key[:-1], []).append((-value if top.largest else value, _place(key[-1]), key[-1]))
    chosen, everyone, kept = [], set(), set()
    for key in cells:
        everyone.add(key[-1])
    for parents in sorted(ranked, key=lambda k: tuple(_place(c) for c in k)):
        best = frozenset(code for _, _, code in sorted(ranked[parents], key=lambda r: r[:2])[: top.n])
        kept |= best
        chosen.append((parents, best))
    return Limit(level, within, tuple(chosen)), len(everyone - kept)
