"""The view: one way of looking at a cube, as a value. Every operation gives a new view; asking it changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .. import results
from ..errors import UserError, suggest
from ..labels import LANGUAGES
from ..results import Note, Result
from .measures import additive, parts_of
from .members import ALL

if TYPE_CHECKING:
    import os

    import pandas as pd

    from .answer import Answer
    from .cube import Cube

__all__ = ["Derived", "Filter", "Top", "View"]

SHARES = ("parent", "total", "row", "column")
PREVIOUS = ("year", "period")


@dataclass(frozen=True)
class Filter:
    """Keep the facts whose member of ``level`` is among ``members``, or between ``low`` and ``high`` (inclusive)."""

    level: str
    members: tuple[Any, ...] | None = None
    low: Any = None
    high: Any = None
    drilled: bool = False  # set by drilling into a member, and taken back by rolling up


@dataclass(frozen=True)
class Top:
    """Show the ``n`` members of ``level`` that have most (or least) of a measure."""

    n: int
    by: str
    level: str
    largest: bool = True
    others: bool = True
    within: bool = False


@dataclass(frozen=True)
class Derived:
    """A column computed from a measure of the same view: a share, or a comparison with the previous period."""

    name: str
    measure: str
    kind: str
    unit: str


@dataclass(frozen=True)
class View:
    """A question to a cube. Made by :meth:`Cube.view`; immutable, hashable, and plain data through :meth:`to_dict`."""

    cube: Cube = field(repr=False)
    by: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    limit: Top | None = None
    shares: tuple[str, ...] = ()
    previous: str | None = None
    order: tuple[str, bool] | None = None
    subtotals: str = "axes"

    # -- operations ---------------------------------------------------------------------------------------------------

    def slice(self, levels: Mapping[str, Any] | None = None, /, **more: Any) -> View:
        """Fix one member per level; ``None`` is the unknown member. A new filter replaces the level's old one."""
        return self._filtered({**(levels or {}), **more}, single=True)

    def dice(self, levels: Mapping[str, Any] | None = None, /, **more: Any) -> View:
        """Keep a set of members (a list) or a range (a pair ``(low, high)``, inclusive, ``None`` for an open end)."""
        return self._filtered({**(levels or {}), **more}, single=False)

    def clear(self, *levels: str) -> View:
        """Take filters away: those on ``levels``, or all."""
        names = {self.cube.level(name).id for name in levels}
        return replace(self, filters=tuple(f for f in self.filters if levels and f.level not in names))

    def _filtered(self, wanted: Mapping[str, Any], single: bool) -> View:
        filters = {f.level: f for f in self.filters}
        for name, value in wanted.items():
            level = self.cube.level(name).id
            filters.pop(level, None)
            filters[level] = self.cube.filter(level, value, single=single)
        return replace(self, filters=tuple(filters[k] for k in sorted(filters)))

    def drill_down(self, to: str, member: Any = ..., *, cell: Mapping[str, Any] | None = None) -> View:
        """One level finer in a dimension or below a level; into one member, when it is given.

        A dimension that the view does not show yet comes in at its coarsest level.
        """
        role, level, hierarchy = self.cube.drill(self, to)
        view = self.slice(cell) if cell else self
        if level is None:  # comes in
            return replace(view, by=(*view.by, hierarchy[0]))
        at = hierarchy.index(level)
        if at + 1 == len(hierarchy):
            raise UserError("cube.finest_level", found=level, dimension=role)
        child = hierarchy[at + 1]
        if child in view.by or child in view.columns:
            return view
        if member is ...:
            return replace(view, by=_after(view.by, level, child), columns=_after(view.columns, level, child))
        inside = view.slice({level: member})
        marked = tuple(replace(f, drilled=True) if f.level == level else f for f in inside.filters)
        swap = {level: child}
        return replace(
            inside,
            filters=marked,
            by=tuple(swap.get(x, x) for x in inside.by),
            columns=tuple(swap.get(x, x) for x in inside.columns),
        )._without_limit()

    def roll_up(self, dimension: str) -> View:
        """One level coarser in a dimension; from its coarsest level the dimension leaves the view.

        Rolling up from where a member was drilled into takes that filter back.
        """
        role = self.cube.role(dimension)
        shown = [x for x in (*self.by, *self.columns) if self.cube.levels[x].role == role]
        if not shown:
            return self
        finest = max(shown, key=lambda x: self.cube.depth(x))
        parents = self.cube.levels[finest].parents
        parent = next((p for p in parents if p in shown), None)
        drilled = next((f.level for f in self.filters if f.drilled and f.level in parents), None)
        up = drilled or (parents[0] if parents and parent is None else None)
        swap = {finest: up} if up and up not in shown else {finest: None}
        by = tuple(y for x in self.by if (y := swap.get(x, x)))
        columns = tuple(y for x in self.columns if (y := swap.get(x, x)))
        filters = tuple(f for f in self.filters if not (f.drilled and f.level == up))
        return replace(self, by=by, columns=columns, filters=filters)._without_limit()

    def pivot(self, *levels: str) -> View:
        """Put levels across the top, whether they stood in the rows or not; their totals are the last columns."""
        names = tuple(self.cube.level(name).id for name in levels)
        by = tuple(x for x in self.by if x not in names)
        return replace(self, by=by, columns=(*(c for c in self.columns if c not in names), *names))

    def unpivot(self) -> View:
        """Put the levels across the top back into the rows."""
        return replace(self, by=(*self.by, *self.columns), columns=())

    def rows_by(self, *levels: str) -> View:
        """Show these levels in the rows instead."""
        names = tuple(self.cube.level(name).id for name in levels)
        columns = tuple(c for c in self.columns if c not in names)
        return replace(self, by=names, columns=columns)._without_limit()

    def measure(self, *names: str) -> View:
        """Show these measures instead."""
        names = tuple(self.cube.measure(n).name for n in names)
        return replace(self, measures=names)._with_known_order()

    def top(
        self, n: int, by: str | None = None, *, level: str | None = None, others: bool = True, within: bool = False
    ) -> View:
        """Only the ``n`` members with most of a measure; the others in one row that is computed from their facts.

        Parameters
        ----------
        n : int
        by : str, optional
            The measure; the view's first by default.
        level : str, optional
            The level whose members are ranked; the finest row level by default.
        others : bool
            Show the row of the others. Totals are over all members either way.
        within : bool
            Rank anew inside every parent row.
        """
        return self._top(n, by, level, True, others, within)

    def bottom(
        self, n: int, by: str | None = None, *, level: str | None = None, others: bool = True, within: bool = False
    ) -> View:
        """Only the ``n`` members with least of a measure; see :meth:`top`."""
        return self._top(n, by, level, False, others, within)

    def _top(self, n: int, by: str | None, level: str | None, largest: bool, others: bool, within: bool) -> View:
        if isinstance(n, bool) or not isinstance(n, int) or n < 1:
            raise UserError("cube.bad_count", found=n)
        if not (self.by or self.columns):
            raise UserError("cube.nothing_to_rank")
        at = self.cube.level(level).id if level else (self.by or self.columns)[-1]
        if at not in (*self.by, *self.columns):
            raise UserError("cube.level_not_shown", found=at, wanted=[*self.by, *self.columns])
        name = self.cube.measure(by).name if by else self.measures[0]
        view = replace(self, limit=Top(n, name, at, largest, others, within))
        return view if view.order else replace(view, order=(name, largest))

    def _with_known_order(self) -> View:
        if self.order and self.order[0] not in {*self.cube.measures, *(d.name for d in self.derived)}:
            return replace(self, order=None)
        return self

    def _without_limit(self) -> View:
        if self.limit and self.limit.level not in (*self.by, *self.columns):
            return replace(self, limit=None)
        return self

    def share_of(self, whole: str) -> View:
        """Show additive measures' shares too: of their ``parent`` row, the ``total``, their ``row`` or ``column``."""
        if whole not in SHARES:
            raise UserError("cube.unknown_share", found=whole, wanted=SHARES, near=suggest(whole, SHARES))
        return replace(self, shares=tuple(dict.fromkeys((*self.shares, whole))))

    def compare(self, previous: str | None = "year") -> View:
        """Show the same period a ``year`` before, or the ``period`` before, with change and growth.

        ``None`` takes the comparison away.
        """
        if previous is not None and previous not in PREVIOUS:
            raise UserError("cube.unknown_period", found=previous, wanted=PREVIOUS, near=suggest(previous, PREVIOUS))
        known = self.cube.star.meta["dimensions"]
        if previous is not None and not any(known[d]["dated"] for d in self.cube.star.roles.values()):
            raise UserError("cube.no_period")
        return replace(self, previous=previous)._with_known_order()

    def sort(self, by: str | None = None, *, descending: bool = True) -> View:
        """Order rows by a measure or derived column, inside their parents; ``None``: the members' own order."""
        if by is None:
            return replace(self, order=None)
        names = [*self.cube.measures, *(d.name for d in self.derived)]
        if by not in names:
            raise UserError("cube.unknown_measure", found=by, wanted=names, near=suggest(by, names))
        return replace(self, order=(by, descending))

    def with_subtotals(self, which: str = "axes") -> View:
        """Which totals to show: along the ``axes``, ``all`` combinations, or ``none``."""
        if which not in ("axes", "all", "none"):
            raise UserError("cube.unknown_subtotals", found=which, wanted=["axes", "all", "none"])
        return replace(self, subtotals=which)

    # -- what it shows ------------------------------------------------------------------------------------------------

    @cached_property
    def derived(self) -> tuple[Derived, ...]:
        """The columns computed beside the measures."""
        found = []
        for name in self.measures:
            measure = self.cube.measures[name]
            if self.previous:
                growth = "points" if measure.unit == "share" else measure.unit
                found.append(Derived(f"{name}_previous", name, "previous", measure.unit))
                found.append(Derived(f"{name}_change", name, "change", growth))
                if measure.unit != "share":
                    found.append(Derived(f"{name}_growth", name, "growth", "share"))
            if additive(measure, self.cube.measures):
                found += [Derived(f"{name}_share_of_{s}", name, f"share_of_{s}", "share") for s in self.shares]
        return tuple(found)

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """Measures and derived columns, in the order in which they stand."""
        beside: dict[str, list[str]] = {name: [name] for name in self.measures}
        for derived in self.derived:
            beside[derived.measure].append(derived.name)
        return tuple(n for names in beside.values() for n in names)

    @property
    def units(self) -> dict[str, str]:
        """Figure to unit."""
        derived = {d.name: d.unit for d in self.derived}
        return {n: derived.get(n) or self.cube.measures[n].unit for n in self.figures}

    @cached_property
    def filter_roles(self) -> set[str]:
        """The roles that the filters speak of."""
        return {self.cube.levels[f.level].role for f in self.filters}

    @cached_property
    def main_fact(self) -> str:
        """The fact of the first measure: the one that ``n`` counts."""
        return parts_of(self.cube.measures[self.measures[0]], self.cube.measures)[0].fact

    def ask(self) -> Answer:
        """The cells, computed."""
        from .answer import ask

        return ask(self)

    def rows(self, lang: str | None = None) -> list[dict[str, Any]]:
        """Every cell as plain Python, in order, totals after what they total.

        Returns
        -------
        list of dict
            ``keys`` (level to value) and ``labels`` (level to words) hold the levels that are not rolled up: the
            unknown member is ``None``, a level of a total is absent. ``depth`` counts the row levels present,
            ``total`` says whether any level is rolled up, ``values`` holds the figures, ``n`` the number of fact
            rows, ``na`` the measures that do not apply to this cell.
        """
        from .reading import rows

        return rows(self, lang)

    def grid(self, lang: str | None = None) -> dict[str, Any]:
        """The pivot as plain Python: column heads, and rows whose cells stand under them.

        Returns
        -------
        dict
            ``columns``: list of ``{"keys", "labels", "total", "figure"}``, one per column member and figure.
            ``rows``: list of ``{"keys", "labels", "depth", "total", "cells", "n"}``; ``cells`` has one number (or
            ``None``) per column.
        """
        from .reading import grid

        return grid(self, lang)

    def _repr_html_(self) -> str | None:
        # a notebook shows the view as a table; the words and the look belong to a floor above
        return results.tabler(self) if results.tabler else None

    def totals(self) -> dict[str, Any]:
        """The figures over everything that the filters keep."""
        from .answer import ask

        whole = replace(self, limit=None, order=None, shares=())
        answer = ask(whole, "total")
        key = (ALL,) * len(answer.levels)
        return {name: answer.value(key, name) for name in whole.figures}

    @property
    def n(self) -> int:
        """How many rows of the main fact the filters keep."""
        answer = replace(self, by=(), columns=(), limit=None, order=None, shares=(), previous=None).ask()
        return answer.n(())

    def notes(self) -> tuple[Note, ...]:
        """What a reader must know: what does not apply, what is gathered, incomplete or unknown."""
        from .notes import notes

        return notes(self, self.ask())

    def to_pandas(self, *, totals: bool = False) -> pd.DataFrame:
        """The view as a pandas frame: one row per row member, levels as columns, then the figures.

        Parameters
        ----------
        totals : bool
            Add the totals; a level that is rolled up then reads ``"Total"``. A pivoted frame has them as last columns
            too.
        """
        from .frames import frame

        return frame(self, totals=totals)

    def result(self) -> Result:
        """The view as a Result: tidy table, grand totals as facts."""
        from .export import describe_filter
        from .frames import tidy
        from .members import level_name

        facts = {**self.totals(), "n": self.n, "currency": self.cube.star.currency}
        # a Result leaves its cube behind: a chart of it must still know money from shares, and months from names
        named = {name: self.cube.levels[name] for name in (*self.by, *self.columns)}
        about = {
            "units": self.units,
            "additive": {m: additive(self.cube.measures[m], self.cube.measures) for m in self.measures},
            "levels": {name: self.cube.member_table(name).unit for name in named},
            "names": {lang: {n: level_name(lv, lang) for n, lv in named.items()} for lang in LANGUAGES},
            "filters": {lang: [describe_filter(self, f, lang, most=5) for f in self.filters] for lang in LANGUAGES},
        }
        params = {**self.to_dict(), "about": about}
        return Result("cube.view", tidy(self), params, facts, self.notes(), self.cube.star.source)

    def facts(
        self,
        limit: int | None = 1000,
        cell: Mapping[str, Any] | None = None,
        *,
        fact: str | None = None,
        masked: bool = True,
    ) -> Any:
        """The fact rows behind the view, or behind one of its cells; see :func:`crmlab.cube.drill.facts`."""
        from .drill import facts

        return facts(self, limit=limit, cell=cell, fact=fact, masked=masked)

    def sql(self, dialect: str = "duckdb") -> str:
        """The statement behind the view, written against the star's own tables."""
        from .statement import statement

        return statement(self, dialect)

    def why(self, against: Mapping[str, Any], **options: Any) -> Result:
        """Why a measure differs from what it is elsewhere; see :func:`crmlab.cube.why.why`."""
        from .why import why

        return why(self, against, **options)

    def export(self, path: str | os.PathLike, **options: Any) -> Any:
        """Write the view to a CSV, XLSX or Parquet file; see :func:`crmlab.cube.export.export`."""
        from .export import export

        return export(self, path, **options)

    def to_dict(self) -> dict[str, Any]:
        """The view as plain data, for a link or a file; :meth:`Cube.view_from` reads it back."""
        from .plain import to_dict

        return to_dict(self)


def _after(levels: tuple[str, ...], level: str, child: str) -> tuple[str, ...]:
    if level not in levels:
        return levels
    at = levels.index(level) + 1
    return (*levels[:at], child, *levels[at:])
