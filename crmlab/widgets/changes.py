"""Why a measure changed between two periods: the panel's data, from the cube's own decomposition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .. import labels
from ..charts.grid import level_name, member_key
from ..charts.waterfall import parts, why_figure
from ..errors import UserError
from ..results import Note
from .asking import view_of
from .state import State
from .tiles import Tiles

if TYPE_CHECKING:
    from ..cube import Cube

__all__ = ["why"]

UNITS = ("year", "quarter", "month")
SHOWN = 60
NAMED = 2


def why(state: State, cube: Cube, lang: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The panel for a state and what was asked of it (``level``, ``measure``, ``from``, ``to``, ``way``)."""
    levels = [n for n, level in cube.levels.items() if level.unit in UNITS and level.count > 1 and cube.is_time(n)]
    levels = [name for name in levels if cube.levels[name].role == cube.levels[levels[0]].role]
    level = asked.get("level") if asked.get("level") in levels else _default_level(state, cube, levels)
    table = cube.member_table(level)
    members = [member_key(v) for v in table.values]
    start, end = _periods(state, level, members, asked)
    measures = [m for m in cube.measures if _explainable(cube, m)]
    measure = (
        asked.get("measure")
        if asked.get("measure") in measures
        else next((m for m in (state.lead, *state.measures) if m in measures), measures[0])
    )
    ways = _ways(state, cube, measure, level)
    way = asked.get("way") if asked.get("way") in ways else ways[0]
    word = {m: cube.label(cube.levels[level], code, lang) for code, m in enumerate(members)}
    page = {
        "kind": "why",
        "level": level,
        "levels": [{"id": name, "label": level_name(cube, name, lang)} for name in levels],
        "periods": [{"id": str(m), "label": word[m]} for m in members],
        "from": str(start),
        "to": str(end),
        "measure": measure,
        "measures": [{"id": m, "label": labels.name(m, lang)} for m in measures],
        "way": way,
        "ways": [
            {
                "id": w,
                "label": labels.text("widgets.why_effects", lang) if w == "effects" else level_name(cube, w, lang),
            }
            for w in ways
        ],
    }
    try:
        if start == end:
            raise UserError("widgets.too_few_periods")
        return {**page, **_explained(state, cube, lang, level, start, end, measure, way, word)}
    except UserError as error:
        return {**page, "error": error.render(lang)}


def _explainable(cube: Cube, measure: str) -> bool:
    from ..cube.measures import additive

    known = cube.measures[measure]
    return known.kind in ("ratio", "mean", "count_distinct") or additive(known, cube.measures)


def _default_level(state: State, cube: Cube, levels: list[str]) -> str:
    """The finest period that the filters name, else years."""
    pinned = [name for name, members in state.filters if name in levels and len(members) == 1]
    return max(pinned, key=lambda name: cube.levels[name].count) if pinned else levels[0]


def _periods(state: State, level: str, members: list[Any], asked: Mapping[str, Any]) -> tuple[Any, Any]:
    """From and to: as asked, else the filtered or last period and the one a year (or else one step) before it."""
    named = {str(m): m for m in members}
    pinned = dict(state.filters).get(level, ())
    end = named.get(str(asked.get("to")), pinned[0] if len(pinned) == 1 and pinned[0] in members else members[-1])
    start = named.get(str(asked.get("from")))
    if start is None:
        text = str(end)
        year_before = f"{int(text[:4]) - 1}{text[4:]}" if text[:4].isdigit() else ""
        start = named.get(year_before, members[max(0, members.index(end) - 1)])
    if start == end and asked.get("from") is None:
        start, end = members[0], members[min(1, len(members) - 1)]
    return start, end


def _ways(state: State, cube: Cube, measure: str, level: str) -> list[str]:
    """The levels that can share a change, those of the table first; and price, volume and mix for money."""
    from ..cube.measures import parts_of

    role = cube.levels[level].role
    facts = {p.fact for p in parts_of(cube.measures[measure], cube.measures)}
    shared = {r for r in cube.star.roles if all(r in cube.star.meta["facts"][f]["roles"] for f in facts)}
    pinned = {name for name, members in state.filters if len(members) == 1}
    fitting = [
        name
        for name, lv in cube.levels.items()
        if lv.role in shared
        and lv.role != role
        and 1 < lv.count <= 2000
        and not cube.is_time(name)
        and name not in pinned
    ]
    shown = [name for name in (*state.rows, *state.columns) if name in fitting]
    found = [*shown, *(name for name in fitting if name not in shown)]
    known = cube.measures[measure]
    countable = {"quantity", "units"} & cube.measures.keys() and {"product_id", "product", "sku"} & cube.levels.keys()
    if known.unit == "money" and known.kind == "sum" and countable:
        found.insert(1, "effects")
    return found or ["effects"]


def _explained(
    state: State,
    cube: Cube,
    lang: str,
    level: str,
    start: Any,
    end: Any,
    measure: str,
    way: str,
    word: Mapping[Any, str],
) -> dict[str, Any]:
    role = cube.levels[level].role
    kept = tuple((name, m) for name, m in state.filters if not (cube.levels[name].role == role and cube.is_time(name)))
    plain = replace(state, filters=kept, columns=(), measures=(measure,), sort=None, opened=())
    view = view_of(plain, cube, rows=()).slice({level: end})
    with labels.using(lang):  # the cube labels its members in the language of the moment
        found = view.why({level: start}, measure=measure, over=[way] if way != "effects" else [])
    facts = found.facts
    unit, currency = facts["unit"], cube.star.currency
    figure = why_figure(found, lang, way=way, before=word[start], after=word[end])
    rows = parts(found, lang, way=way)

    largest = max([abs(facts["before"] or 0), abs(facts["after"] or 0)])
    scale = 1e6 if unit == "money" and largest >= 1e9 else 1

    def cell(x: Any, *, change: bool = False) -> str:
        if unit != "money" or x is None or x != x:
            return said(x, change=change)
        text = labels.number(x / scale, lang, 1 if scale > 1 else 0 if currency == "IDR" else 2)
        return f"+{text}" if change and x > 0 else text

    def brief(x: Any, *, change: bool = False) -> str:
        if unit != "money" or x is None:
            return said(x, change=change)
        text = labels.money(x, lang, currency, short=True)
        return f"+{text}" if change and x > 0 else text

    def said(x: Any, *, change: bool = False) -> str:
        if x is None or x != x:
            return labels.value(None, None, lang)
        if unit == "share" and change:
            text = labels.value(100 * x, "points", lang, decimals=2)
        else:
            text = labels.value(x, unit, lang, currency=currency)
        return f"+{text}" if change and x > 0 else text

    mixed = unit == "share" and way != "effects" and "mix" in found.table
    head = [labels.text("widgets.why_part", lang) if way == "effects" else level_name(cube, way, lang)]
    if unit == "money":
        sign = labels.currency_sign(currency)
        head[0] += f" ({labels.text('widgets.in_millions', lang, currency=sign) if scale > 1 else sign})"
    if way != "effects":
        head += [word[start], word[end]]
    head += [labels.text("widgets.why_change", lang), labels.text("widgets.why_share", lang)]
    head += [labels.text("widgets.why_mix", lang), labels.text("widgets.why_rate", lang)] if mixed else []
    lines: list[Any] = []
    for row in rows[:SHOWN]:
        cells = [row["label"]]
        if way != "effects":
            cells += [cell(row["before"]), cell(row["after"])]
        share = row["change"] / facts["change"] if facts["change"] else None
        cells += [cell(row["change"], change=True), labels.percent(share, lang)]
        cells += [said(row.get("mix"), change=True), said(row.get("rate"), change=True)] if mixed else []
        lines.append(cells)
    total = [labels.text("common.total", lang)]
    if way != "effects":
        total += [cell(facts["before"]), cell(facts["after"])]
    total += [cell(facts["change"], change=True), labels.percent(1.0 if facts["change"] else None, lang)]
    total += [said(facts.get("mix"), change=True), said(facts.get("rate"), change=True)] if mixed else []
    lines.append({"cells": total, "total": True})
    notes = [note.render(lang) for note in found.notes if note.code.startswith("cube.why_")]
    notes = [*_incomplete(state, cube, lang, level, word, (start, end), measure), *notes]
    if len(rows) > SHOWN:
        notes.insert(0, labels.text("widgets.rows_cut", lang, shown=SHOWN, total=len(rows)))
    return {
        "sentence": _sentence(facts, rows, measure, brief, lang, word[start], word[end]),
        "figure": {**figure, "caption": _caption(state, cube, view, lang)},
        "head": head,
        "rows": lines,
        "numeric": [False, *(True for _ in head[1:])],
        "note": " ".join(notes),
    }


def _incomplete(
    state: State, cube: Cube, lang: str, level: str, word: Mapping[Any, str], periods: tuple[Any, Any], measure: str
) -> list[str]:
    """What to say of periods that the data reach into only in part: against a whole one they seem to fall."""
    tiles = Tiles(replace(state, measures=(measure,)), cube, lang)
    span = cube.star.meta["facts"][tiles.whole.main_fact]["spans"].get(cube.levels[level].role)
    ends = {end: dt.date.fromisoformat(span[end]) for end in ("first", "last")} if span else {}
    return [
        Note("cube.incomplete_period", {"period": word[period], **ends}).render(lang)
        for period in periods
        if ends and not tiles.covered({level: [period]})
    ]


def _sentence(
    facts: Mapping[str, Any], rows: list[dict[str, Any]], measure: str, said: Any, lang: str, start: str, end: str
) -> str:
    change, growth = facts["change"], facts.get("growth")
    turn = "same" if not change else "up" if change > 0 else "down"
    words = {
        "measure": labels.name(measure, lang),
        "start": start,
        "end": end,
        "before": said(facts["before"]),
        "after": said(facts["after"]),
        "change": said(change, change=True),
        "growth": f" ({'+' if growth > 0 else ''}{labels.percent(growth, lang)})"
        if growth is not None and facts["unit"] != "share"
        else "",
    }
    sentence = labels.text(f"widgets.why_{turn}", lang, **words)
    single = [r for r in rows if r["kind"] in ("member", "effect") and r["change"]]
    along = sorted((r for r in single if (r["change"] > 0) == (change > 0)), key=lambda r: -abs(r["change"]))[:NAMED]
    against = sorted((r for r in single if (r["change"] > 0) != (change > 0)), key=lambda r: -abs(r["change"]))[:1]
    if change and along:
        sentence += " " + labels.text("widgets.why_along", lang, parts=_named(along, said))
    if change and against:
        sentence += " " + labels.text("widgets.why_against", lang, parts=_named(against, said))
    return sentence


def _named(rows: list[dict[str, Any]], said: Any) -> str:
    return "; ".join(f"{r['label']} ({said(r['change'], change=True)})" for r in rows)


def _caption(state: State, cube: Cube, view: Any, lang: str) -> str:
    from .page import filter_texts

    role = {level for level, _ in state.filters if cube.is_time(level)}
    texts = [f["text"] for f in filter_texts(state, cube, lang) if f["level"] not in role]
    return " · ".join(
        [labels.text("charts.caption_n", lang, n=view.n), *(texts or [labels.text("widgets.no_filter", lang)])]
    )
