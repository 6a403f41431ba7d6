"""A cube view as a person sees it: headers with labels and paths, values with their n.

The pivot table and the chart are made of the same grid, so that they can't show different numbers. A *path* is a
tuple of ``(level, member)`` pairs in the cube's identifiers: it says what a header means and what a click
on it asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .. import labels

if TYPE_CHECKING:
    from ..cube import View
    from ..results import Note, Result

__all__ = ["Axis", "Column", "Grid", "Path", "Row"]

Path = tuple[tuple[str, Any], ...]
TIME = ("date", "week", "month", "quarter", "year")
ORDERED = ("number", "boolean", "month_of_year", *TIME)
"""Units whose members have an order of their own."""


@dataclass(frozen=True)
class Axis:
    """A level on the rows or columns."""

    id: str
    label: str
    time: bool = False
    ordered: bool = False


@dataclass(frozen=True)
class Column:
    """One column of values: where it stands and which measure it shows."""

    labels: tuple[str, ...]
    path: Path
    measure: str
    measure_label: str = ""
    unit: str | None = None
    additive: bool = True
    total: bool = False
    unknown: bool = False


@dataclass(frozen=True)
class Row:
    """One row: a member, a subtotal (``depth`` says of which level) or the grand total."""

    label: str
    path: Path
    values: tuple[Any, ...]
    n: tuple[int | None, ...] = ()
    kind: str = "member"
    depth: int = 0
    unknown: bool = False
    others: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows, columns and what they are about.

    Examples
    --------
    >>> from crmlab.charts.grid import Axis, Column, Grid, Row
    >>> grid = Grid((Axis("segment", "Segmen"),), (), (Column((), (), "revenue", "Omzet", "money"),),
    ...             (Row("B2B", (("segment", "b2b"),), (220,)), Row("B2C", (("segment", "b2c"),), (280,)),
    ...              Row("Total", (), (500,), kind="total")))
    >>> [row.label for row in grid.members()]
    ['B2B', 'B2C']
    """

    row_levels: tuple[Axis, ...]
    column_levels: tuple[Axis, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    currency: str = "IDR"
    n: int | None = None
    filters: tuple[str, ...] = field(default=())
    gathered: int = 0
    notes: tuple[Note, ...] = ()

    @property
    def measures(self) -> Mapping[str, Column]:
        """Measure to one of its columns (for label, unit, additivity), in the order shown."""
        found: dict[str, Column] = {}
        for column in self.columns:
            found.setdefault(column.measure, column)
        return found

    def members(self, depth: int = 0) -> tuple[Row, ...]:
        """The rows of one depth: not those below it, not the grand total."""
        return tuple(row for row in self.rows if row.kind != "total" and row.depth == depth)

    def places(self, measure: str, *, totals: bool = False) -> tuple[int, ...]:
        """The positions of a measure's columns: each member of the column levels, or only the total over them."""
        mine = [i for i, c in enumerate(self.columns) if c.measure == measure]
        if not self.column_levels:
            return tuple(mine)
        return tuple(i for i in mine if self.columns[i].total == totals)

    @classmethod
    def of(cls, view: View, lang: str | None = None) -> Grid:
        """The grid of a cube view, parents before their children, the grand total last.

        Parameters
        ----------
        view : crmlab.cube.View
        lang : {"id", "en"}, optional
        """
        return _Reader(view, lang or labels.language()).grid()

    @classmethod
    def from_result(cls, result: Result, lang: str | None = None) -> Grid:
        """The grid of a Result of kind ``cube.view``, from its table alone."""
        from .tidy import grid

        return grid(result, lang or labels.language())


def axis(cube: Any, level_id: str, lang: str) -> Axis:
    """A level of a cube as an axis."""
    level = cube.levels[level_id]
    ordered = level.unit in ORDERED or level.column in cube.star.dimensions[level.dimension].order
    return Axis(level_id, level_name(cube, level_id, lang), cube.is_time(level_id), ordered)


def level_name(cube: Any, level_id: str, lang: str) -> str:
    """A level of a cube in words."""
    from ..cube import members

    return members.level_name(cube.levels[level_id], lang)


def member_key(value: Any) -> Any:
    """A member as a path holds it: a JSON value."""
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


class _Reader:
    """Reads an answered view once; labels are looked up once per member."""

    def __init__(self, view: View, lang: str) -> None:
        from ..cube.measures import parts_of
        from ..cube.members import ALL

        self.view, self.lang, self.all = view, lang, ALL
        self.answer = view.ask()
        self.known: dict[tuple[str, int | None], tuple[str, Any, bool]] = {}
        measures = view.cube.measures
        # a cell's n counts the rows that its own measure comes from
        self.fact = {name: parts_of(measures[name], measures)[0].fact for name in view.measures}

    def member(self, level: Any, code: int | None) -> tuple[str, Any, bool]:
        """Label, key, and whether it stands for members not shown."""
        found = self.known.get((level.id, code))
        if found is None:
            from ..cube.members import OTHERS, OTHERS_CODE

            value = self.view.cube.member_table(level.id).key(code)
            others = code == OTHERS_CODE and value is OTHERS
            label = self.view.cube.label(level, code, self.lang)
            if others and level.id in (
                *self.view.by[:1],
                *self.view.columns[:1],
            ):  # below another level each has its own
                label = labels.text("charts.others", self.lang, n=self.answer.gathered)
            found = self.known[(level.id, code)] = (label, member_key(value), others)
        return found

    def grid(self) -> Grid:
        from ..cube.notes import notes

        view, answer, cube = self.view, self.answer, self.view.cube
        leaf = answer.leaf
        heads = [(key, *self.columns(answer.levels[leaf:], key)) for key in answer.column_keys]
        columns = tuple(column for _, named, _ in heads for column in named)
        rows = tuple(self.row(key, heads) for key in self.ordered(answer.row_keys))
        return Grid(
            tuple(axis(cube, level, self.lang) for level in view.by),
            tuple(axis(cube, level, self.lang) for level in view.columns),
            columns,
            rows,
            cube.star.currency,
            answer.n((self.all,) * len(answer.levels)) if rows else 0,
            gathered=answer.gathered,
            notes=tuple(note for note in notes(view, answer) if note.code == "cube.not_applicable"),
        )

    def columns(self, levels: Any, key: tuple) -> tuple[list[Column], tuple[str, ...]]:
        from ..cube.measures import additive

        words, path, unknown = [], [], False
        for level, code in zip(levels, key, strict=True):
            if code == self.all:
                words.append(labels.text("common.total", self.lang))
                break
            label, value, others = self.member(level, code)
            words.append(label)
            unknown |= code is None or others
            if not others:
                path.append((level.id, value))
        total = self.all in key
        measures = self.view.cube.measures
        named = [
            Column(
                tuple(words),
                tuple(path),
                name,
                labels.name(name, self.lang),
                measures[name].unit,
                additive(measures[name], measures),
                total,
                unknown,
            )
            for name in self.view.measures
        ]
        return named, tuple(words)

    def ordered(self, keys: Any) -> list[tuple]:
        """The row keys, each parent before its children."""
        below: dict[tuple, list[tuple]] = {}
        full: dict[tuple, tuple] = {}
        for key in keys:
            prefix = key[: sum(code != self.all for code in key)]
            full[prefix] = key
            if prefix:
                below.setdefault(prefix[:-1], []).append(prefix)
        out: list[tuple] = []

        def emit(prefix: tuple) -> None:
            for child in below.get(prefix, ()):
                out.append(full[child])
                emit(child)

        emit(())
        if () in full:
            out.append(full[()])
        return out

    def row(self, key: tuple, heads: Any) -> Row:
        levels = [(level, code) for level, code in zip(self.answer.levels, key, strict=False) if code != self.all]
        path, label, others, code = [], labels.text("common.total", self.lang), False, 0
        for level, code in levels:
            label, value, gathered = self.member(level, code)
            others |= gathered
            if not gathered:
                path.append((level.id, value))
        values, n = [], []
        for column_key, named, _ in heads:
            whole = (*key, *column_key)
            for column in named:
                values.append(self.answer.value(whole, column.measure))
                n.append(self.answer.n(whole, self.fact[column.measure]))
        depth = len(levels)
        kind = "total" if not depth else "subtotal" if depth < self.answer.leaf else "member"
        return Row(label, tuple(path), tuple(values), tuple(n), kind, max(0, depth - 1), code is None, others)
