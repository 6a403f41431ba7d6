"""From a state to the cube's views and back to one grid: which question each choice is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..charts.grid import Grid, Row, axis
from ..errors import UserError
from .state import PAGE, State, ancestors

if TYPE_CHECKING:
    from ..cube import Cube, View

__all__ = ["MOST_COLUMNS", "grid_of", "next_level", "start", "view_of"]

MOST_COLUMNS = 400
MOST_CELLS = 2_400_000


def start(cube: Cube) -> State:
    """A first view that suits any cube: the first dimension with a few members, by year where there are years."""
    years = [
        name
        for name, level in cube.levels.items()
        if level.unit == "year" and 1 < level.count <= 12 and cube.is_time(name)
    ]
    taken = {cube.levels[years[0]].dimension} if years else set()
    likely = ("segment", "channel", "category", "department", "product", "store", "city")
    fitting = [
        name
        for name, level in cube.levels.items()
        if level.dimension not in taken and level.kind == "level" and 1 < level.count <= 40 and not level.parents
    ]
    fitting.sort(key=lambda name: next((i for i, word in enumerate(likely) if word in name), len(likely)))
    rows = (
        fitting[:1]
        or [n for n, lv in cube.levels.items() if lv.dimension not in taken and lv.count > 1][:1]
        or years[:1]
    )
    if not rows:
        rows = list(cube.levels)[:1]
    columns = [y for y in years[:1] if y not in rows]
    wanted = ("revenue", "margin", "margin_share", "customers", "orders", "sales", "amount")
    found = [m for m in wanted if m in cube.measures] or list(cube.measures)
    return State(tuple(rows), tuple(columns), (found[0],))


def view_of(state: State, cube: Cube, *, rows: Iterable[str] | None = None) -> View:
    """The view that a state asks for."""
    rows = tuple(rows) if rows is not None else state.rows
    _check_size(state, cube)
    view = cube.view(by=rows, measures=state.measures, columns=state.columns)
    if state.filters:
        view = view.dice({level: list(members) for level, members in state.filters})
    return _ordered(view, state, cube, rows)


def _ordered(view: View, state: State, cube: Cube, rows: tuple[str, ...]) -> View:
    large = [level for level in rows if cube.levels[level].count > state.limit]
    if state.sort:
        view = view.sort(state.sort[0], descending=state.sort[2])
    elif rows:
        first = axis(cube, rows[-1], "en")
        if not (first.time or first.ordered) and not any(axis(cube, level, "en").time for level in rows):
            view = view.sort(state.measures[0])
    # rows in time are cut where the reader stops, not gathered: "others" among months would be no time
    if large and not axis(cube, large[-1], "en").time:
        by = state.sort[0] if state.sort else state.measures[0]
        rank = view.bottom if state.sort and not state.sort[2] else view.top
        view = rank(state.limit, by, level=large[-1])
    return view


def _check_size(state: State, cube: Cube) -> None:
    across = down = 1
    for level in state.columns:
        across *= likely_members(cube, level, state)
    for level in state.rows:
        members = likely_members(cube, level, state)
        down *= min(members, state.limit) if level == state.rows[-1] else members
    if across > MOST_COLUMNS:
        raise UserError("widgets.too_wide", columns=across, most=MOST_COLUMNS)
    if across * down > MOST_CELLS:
        raise UserError("widgets.too_long", cells=across * down, most=MOST_CELLS)


def likely_members(cube: Cube, level: str, state: State) -> int:
    """About how many members of a level the filters leave: days in one month are 30, not 1,827."""
    at = cube.levels[level]
    left = float(at.count)
    above = set(ancestors(level, cube.levels))
    for name, members in state.filters:
        if name == level:
            left = min(left, len(members))
        elif name in above and cube.levels[name].count:
            left = min(left, 1.5 * at.count * len(members) / cube.levels[name].count)
    return max(1, round(left))


def next_level(cube: Cube, level: str, taken: Iterable[str]) -> str | None:
    """The next finer level with something to show."""
    taken = set(taken)
    return next((c for c in cube.levels[level].children if cube.levels[c].count > 1 and c not in taken), None)


def grid_of(state: State, cube: Cube, lang: str) -> Grid:
    """The grid of a state, with the rows that were opened in their place."""
    grid = Grid.of(view_of(state, cube), lang)
    below, gathered = _opened(state, cube, lang, grid)
    if not below:
        return grid
    rows: list[Row] = []

    def emit(row: Row) -> None:
        children = below.get(row.path, ()) if row.path and not row.others else ()
        rows.append(replace(row, kind="subtotal") if children else row)
        for child in children:
            emit(child)

    for row in grid.rows:
        emit(row)
    return replace(grid, rows=tuple(rows), gathered=grid.gathered + gathered)


def _opened(state: State, cube: Cube, lang: str, grid: Grid) -> tuple[dict[Any, list[Row]], int]:
    """Path of an opened row to the rows below it, one question per depth; and how many members have no row there."""
    asked: dict[tuple[str, ...], set[Any]] = {}
    for path in state.opened:
        levels = tuple(level for level, _ in path)
        finer = next_level(cube, levels[-1], state.columns)
        if finer and levels[: len(state.rows)] == state.rows:
            asked.setdefault((*levels, finer), set()).add(path)
    below: dict[Any, list[Row]] = {}
    gathered = 0
    places = {(c.path, c.measure, c.total): i for i, c in enumerate(grid.columns)}
    for levels, paths in asked.items():
        members: dict[str, list[Any]] = {}
        for path in paths:
            for level, member in path:
                members.setdefault(level, []).append(member)
        inner = replace(state, opened=(), limit=max(state.limit, PAGE))
        for level, chosen in members.items():
            inner = inner.slice(level, chosen)
        found = Grid.of(view_of(inner, cube, rows=levels), lang)
        gathered += found.gathered
        for row in found.members(len(levels) - 1):
            parent = row.path if row.others else row.path[:-1]  # the others below a row have no member of their own
            if parent in paths:
                below.setdefault(parent, []).append(_aligned(row, found, places))
    return below, gathered


def _aligned(row: Row, found: Grid, places: dict[Any, int]) -> Row:
    """A row of another question under the columns of the table."""
    values: list[Any] = [None] * len(places)
    n: list[int | None] = [0] * len(places)
    for column, value, count in zip(found.columns, row.values, row.n, strict=True):
        place = places.get((column.path, column.measure, column.total))
        if place is not None:
            values[place], n[place] = value, count
    return replace(row, values=tuple(values), n=tuple(n))
