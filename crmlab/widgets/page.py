"""The explorer's page as plain data: what the browser needs to draw, nothing that it must compute."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .. import labels
from ..charts.cube import view_figure
from ..charts.grid import Column, Grid, Row, level_name
from .asking import MOST_COLUMNS, grid_of, next_level
from .state import History, State
from .tiles import SMALL, Tiles, fact_name

if TYPE_CHECKING:
    from ..cube import Cube

__all__ = ["choices", "filter_texts", "page", "pivot", "texts"]

SHOWN_COLUMNS = 60
CHIP_MEMBERS = 2


def texts(*rooms: str) -> dict[str, dict[str, str]]:
    """The browser's own words, in every language: those of all widgets, and those of some rooms."""
    entries = dict(labels.catalogue("widgets")["text"]["page"])
    for room in rooms:
        entries |= labels.catalogue(room)["text"]["page"]
    return {lang: {key: entry[lang] for key, entry in entries.items()} for lang in labels.LANGUAGES}


def choices(cube: Cube, lang: str) -> dict[str, Any]:
    """What can be put on rows and columns, and which measures there are."""
    dimensions: dict[str, dict[str, Any]] = {}
    for name, level in cube.levels.items():
        if level.count < 1:
            continue
        role = dimensions.setdefault(
            level.role, {"id": level.role, "label": labels.name(level.role, lang), "levels": []}
        )
        role["levels"].append(
            {
                "id": name,
                "label": level_name(cube, name, lang),
                "n": labels.number(level.count, lang),
                "wide": level.count > MOST_COLUMNS,
            }
        )
    measures = [{"id": name, "label": labels.name(name, lang)} for name in cube.measures]
    return {"dimensions": list(dimensions.values()), "measures": measures}


def member_text(cube: Cube, level: str, member: Any, lang: str) -> str:
    """A member in words."""
    return cube.label(cube.levels[level], cube.member_table(level).find(member), lang)


def filter_texts(state: State, cube: Cube, lang: str) -> list[dict[str, Any]]:
    """The filters in words, with their members."""
    found = []
    for level, members in state.filters:
        label = level_name(cube, level, lang)
        words = [member_text(cube, level, m, lang) for m in members]
        if len(words) <= CHIP_MEMBERS:
            text = labels.text("widgets.filter_one", lang, level=label, member=", ".join(words))
        else:
            text = labels.text("widgets.filter_many", lang, level=label, first=words[0], more=len(words) - 1)
        found.append(
            {
                "level": level,
                "label": label,
                "text": text,
                "members": [{"key": key, "label": word} for key, word in zip(members, words, strict=True)],
            }
        )
    return found


def crumbs(state: State, cube: Cube, lang: str) -> list[str]:
    """The drill path in words."""
    pinned = dict(state.filters)
    path = [
        f"{level_name(cube, level, lang)}: {member_text(cube, level, pinned[level][0], lang)}"
        for level in state.drilled
        if level in pinned
    ]
    return [labels.text("widgets.all", lang), *path]


def page(visit: History, cube: Cube, lang: str) -> dict[str, Any]:
    """Everything that depends on the state."""
    state = visit.now
    filters = filter_texts(state, cube, lang)
    said = tuple(f["text"] for f in filters)
    grid = replace(grid_of(state, cube, lang), filters=said or (labels.text("widgets.no_filter", lang),))
    fact = cube.view(measures=state.measures).main_fact
    total = cube.star.meta["facts"][fact]["rows"]
    kept = grid.n or 0
    words = {"n": kept, "total": total, "fact": fact_name(fact, lang)}
    table = pivot(grid, state, cube, lang)
    lead = state.lead or state.measures[0]
    return {
        "state": state.to_dict(),
        "rows": [_level(cube, level, lang) for level in state.rows],
        "columns": [_level(cube, level, lang) for level in state.columns],
        "measures": [{"id": m, "label": labels.name(m, lang)} for m in state.measures],
        "lead": lead,
        "filters": filters,
        "crumbs": crumbs(state, cube, lang),
        "back": visit.can_back,
        "scope": labels.text("widgets.scope" if state.filters else "widgets.scope_all", lang, **words),
        "tiles": Tiles(state, cube, lang).page(),
        "pivot": table,
        "figure": view_figure(grid if kept else replace(grid, rows=()), lang, measure=lead),
        "why": any(lv.unit == "year" and lv.count > 1 and cube.is_time(name) for name, lv in cube.levels.items()),
        "view": table["key"],
    }


def _level(cube: Cube, level: str, lang: str) -> dict[str, str]:
    return {"id": level, "label": level_name(cube, level, lang)}


def pivot(grid: Grid, state: State, cube: Cube, lang: str) -> dict[str, Any]:
    """The table as the browser draws it."""
    places, columns_of = _columns_shown(grid)
    columns = [grid.columns[i] for i in places]
    rows = [row for row in grid.rows if row.kind != "total"] if grid.n else []
    of = sum(not row.others for row in rows) + grid.gathered
    if not grid.gathered:
        rows = rows[: state.limit]
    totals = [row for row in grid.rows if row.kind == "total"] if rows else []
    corner = " / ".join(a.label for a in grid.row_levels) or labels.text("common.total", lang)
    by = " × ".join(a.label for a in (*grid.row_levels, *grid.column_levels))
    measured = ", ".join(labels.name(m, lang) for m in state.measures)
    title = labels.text("charts.by", lang, measure=measured, levels=by) if by else measured
    money = any(c.unit == "money" for c in columns)
    sign = labels.currency_sign(grid.currency)
    shown = sum(not row.others for row in rows)
    return {
        "key": _key(state),
        "title": title,
        "caption": title,
        "corner": corner,
        "lang": lang,
        "currency": grid.currency,
        "money": sign if money else "",
        "scale": _scale(grid, rows, places, lang, sign) if money else None,
        "columns": [_column(c) for c in columns],
        "groups": _groups(columns, len(grid.column_levels), len(state.measures)),
        "rows": [_row(row, places, state, cube) for row in (*rows, *totals)],
        "sort": _sorted_place(columns, state),
        "shown": shown,
        "of": of,
        "columns_shown": len(columns),
        "columns_of": columns_of,
        "small": SMALL,
        "notes": [note.render(lang) for note in grid.notes],
        "said": _counts(shown, of, len(columns), columns_of, bool(grid.column_levels), lang),
    }


def _key(state: State) -> str:
    return hashlib.sha256(json.dumps(state.to_dict(), sort_keys=True).encode()).hexdigest()[:12]


def _columns_shown(grid: Grid) -> tuple[list[int], int]:
    """The first columns and every total over all of them, with the number that there are."""
    everything = list(range(len(grid.columns)))
    if len(everything) <= SHOWN_COLUMNS:
        return everything, len(everything)
    grand = [i for i in everything if grid.columns[i].total and not grid.columns[i].path]
    return [i for i in everything if i not in grand][:SHOWN_COLUMNS] + grand, len(everything)


def _scale(grid: Grid, rows: list[Row], places: list[int], lang: str, sign: str) -> dict[str, Any] | None:
    """Millions where amounts are so large that their last digits say nothing."""
    values = [
        abs(row.values[i])
        for row in rows
        for i in places
        if grid.columns[i].unit == "money" and row.values[i] is not None
    ]
    if not values or max(values) < 1e9:
        return None
    label = labels.text("widgets.in_millions", lang, currency=sign)
    return {"size": 1e6, "decimals": 0 if sorted(values)[len(values) // 2] >= 1e9 else 1, "label": label}


def _column(column: Column) -> dict[str, Any]:
    return {
        "labels": [*column.labels, column.measure_label],
        "path": [list(step) for step in column.path],
        "measure": column.measure,
        "unit": column.unit,
        "additive": column.additive,
        "total": column.total,
    }


def _groups(columns: list[Column], levels: int, measures: int) -> list[list[dict[str, Any]]]:
    """The rows of column heads: one per level, and one of measures where there are several or nothing above them."""
    heads = []
    for depth in range(levels):
        line: list[dict[str, Any]] = []
        before = None
        for column in columns:
            label = column.labels[depth] if depth < len(column.labels) else ""
            here = (column.labels[: depth + 1], column.path[: depth + 1])
            if here == before:
                line[-1]["span"] += 1
            else:
                total = depth >= len(column.path)
                line.append(
                    {
                        "label": label,
                        "span": 1,
                        "path": [list(s) for s in column.path[: depth + 1]],
                        "total": total,
                        "measure": column.measure,
                    }
                )
            before = here
        heads.append(line)
    if measures > 1 or not levels:
        heads.append(
            [
                {
                    "label": c.measure_label,
                    "span": 1,
                    "path": [] if not levels else [list(s) for s in c.path],
                    "total": c.total or not levels,
                    "measure": c.measure,
                }
                for c in columns
            ]
        )
    return heads


def _sorted_place(columns: list[Column], state: State) -> dict[str, Any] | None:
    if not state.sort:
        return None
    whole = [i for i, c in enumerate(columns) if c.measure == state.sort[0] and not c.path]
    return {"column": whole[-1], "descending": state.sort[2]} if whole else None


def _row(row: Row, places: list[int], state: State, cube: Cube) -> dict[str, Any]:
    opened = None
    if row.path and not row.others and row.kind != "total":
        levels = [level for level, _ in row.path]
        if len(levels) >= len(state.rows) and next_level(cube, levels[-1], state.columns):
            opened = row.path in state.opened
    return {
        "label": row.label,
        "depth": row.depth,
        "kind": row.kind,
        "path": [list(step) for step in row.path],
        "open": opened,
        "quiet": row.unknown or row.others,
        "others": row.others,
        "values": [row.values[i] for i in places],
        "n": [row.n[i] for i in places] if row.n else None,
    }


def _counts(shown: int, of: int, columns: int, columns_of: int, pivoted: bool, lang: str) -> str:
    parts = [
        labels.text("widgets.rows_cut", lang, shown=shown, total=of)
        if shown < of
        else labels.text("widgets.rows_here", lang, n=shown)
    ]
    if columns < columns_of:
        parts += [
            labels.text("widgets.columns_cut", lang, shown=columns, total=columns_of),
            labels.text("widgets.columns_cut_why", lang),
        ]
    elif pivoted:
        parts.append(labels.text("widgets.columns_here", lang, n=columns))
    return " · ".join(parts)


def data_said(cube: Cube, lang: str) -> str:
    """What the data are: how many rows of which facts, over which months."""
    facts = [
        labels.text("widgets.fact_rows", lang, n=info["rows"], fact=fact_name(name, lang))
        for name, info in cube.star.meta["facts"].items()
    ]
    main = cube.view().main_fact
    said = labels.text("widgets.fact_rows", lang, n=cube.star.meta["facts"][main]["rows"], fact=fact_name(main, lang))
    if len(facts) > 1:
        said = labels.text("widgets.and_more_facts", lang, main=said, n=len(facts) - 1)
    spans = cube.star.meta["facts"][main]["spans"]
    if not spans:
        return said
    first, last = (dt.date.fromisoformat(next(iter(spans.values()))[end]) for end in ("first", "last"))
    ends = {"from": labels.date(first, lang, "month"), "to": labels.date(last, lang, "month")}
    return labels.text("widgets.data_said", lang, facts=said, **ends)
