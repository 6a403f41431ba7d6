"""The grid of a cube's Result, read from its table: a Result has left its cube behind."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from .. import labels
from .grid import ORDERED, TIME, Axis, Column, Grid, Path, Row, member_key

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["grid"]


def grid(result: Result, lang: str) -> Grid:
    """The cells of a Result of kind ``cube.view``; totals are not in its table.

    Several row levels beside columns, or more than two, become one: a subtotal can't be made from cells that can't be
    added.
    """
    about = result.params["about"]
    by, across = list(result.params.get("by", ())), list(result.params.get("columns", ()))
    measures = list(result.params["measures"])
    records = result.table.to_dict("records")
    heads = _distinct(records, across)
    lines = _distinct(records, by)
    cells = {(_key(r, by), _key(r, across)): r for r in records}
    columns = tuple(
        Column(
            tuple(_word(head[level], level, about, lang) for level in across),
            _path(head, across),
            name,
            labels.name(name, lang),
            about["units"][name],
            about["additive"][name],
            unknown=any(head[level] is None for level in across),
        )
        for head in heads
        for name in measures
    )
    nested = len(by) == 2 and not across
    rows: list[Row] = []
    for line in lines:
        words = [_word(line[level], level, about, lang) for level in by]
        if nested and not (rows and rows[-1].path[:1] == _path(line, by)[:1]):
            rows.append(
                Row(words[0], _path(line, by[:1]), (None,) * len(columns), (), "subtotal", 0, line[by[0]] is None)
            )
        values = tuple(
            cells.get((_key(line, by), _key(head, across)), {}).get(name) for head in heads for name in measures
        )
        unknown = bool(by) and line[by[-1]] is None
        depth = len(by) - 1 if nested else 0
        label = words[-1] if nested else " · ".join(words) or labels.text("common.total", lang)
        rows.append(Row(label, _path(line, by), tuple(_number(v) for v in values), (), "member", depth, unknown))
    axes = tuple(_axis(level, about, lang) for level in by) or (Axis("", ""),)
    if not nested and len(axes) > 1:
        axes = (Axis(by[0], " · ".join(a.label for a in axes), axes[0].time, axes[0].ordered),)
    return Grid(
        axes,
        tuple(_axis(level, about, lang) for level in across),
        columns,
        tuple(rows),
        result.facts.get("currency", "IDR"),
        result.facts.get("n"),
        tuple(about["filters"][lang]),
    )


def _axis(level: str, about: Any, lang: str) -> Axis:
    unit = about["levels"][level]
    return Axis(level, about["names"][lang][level], unit in TIME, unit in ORDERED)


def _distinct(records: Sequence[dict[Hashable, Any]], levels: Sequence[str]) -> list[dict[str, Any]]:
    found: dict[tuple, dict[str, Any]] = {}
    for record in records:
        found.setdefault(_key(record, levels), {level: _member(record[level]) for level in levels})
    return list(found.values())


def _key(record: Any, levels: Sequence[str]) -> tuple:
    return tuple(_member(record[level]) for level in levels)


def _member(value: Any) -> Any:
    if value is None or value != value:
        return None
    value = value.item() if hasattr(value, "item") else value
    # pandas writes whole numbers beside a missing one as floats: 2020.0 is the year 2020
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number(value: Any) -> Any:
    return None if value is None or value != value else value


def _path(line: dict[str, Any], levels: Sequence[str]) -> Path:
    return tuple((level, member_key(line[level])) for level in levels)


def _word(value: Any, level: str, about: Any, lang: str) -> str:
    from ..cube.members import word

    return word(value, about["levels"][level], lang)
