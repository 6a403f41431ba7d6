"""Totals and gathered members of a few cells, added up here instead of by the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .members import ALL, OTHERS_CODE
from .query import Query

__all__ = ["fold", "foldable", "unlimited"]

_CELLS = 5_000

Cells = dict[tuple[int | None, ...], dict[Any, Any]]


def foldable(query: Query, meta: Mapping[str, Any]) -> bool:
    """Whether the finest cells are few and every part can be put together from them."""
    spoken = {level.role for level in query.levels}
    if any(not spoken <= meta["facts"][p.fact]["roles"].keys() for p in query.parts):
        return False  # a fact without one of the levels has no finest cells, but it has totals
    cells = 1
    for level in query.levels:
        cells *= level.count + 1
    return cells <= _CELLS and all(p.op != "distinct" for p in query.parts)


def unlimited(query: Query) -> Query:
    """The same question for the finest cells of all members."""
    return replace(query, sets=(tuple(range(len(query.levels))),), limits=())


def fold(query: Query, cells: Cells) -> Cells:
    """Gather members that have no row of their own, and add up the totals of the grouping sets."""
    gathered = {key: _gather(query, key) for key in cells}
    width = len(query.levels)
    found: Cells = {}
    for positions in query.sets:
        kept = [i in positions for i in range(width)]
        for key, cell in cells.items():
            at = tuple([code if keep else ALL for code, keep in zip(gathered[key], kept, strict=True)])
            whole = found.get(at)
            if whole is None:
                found[at] = dict(cell)
            else:
                _join(whole, cell)
    if () in query.sets and not cells:
        found[(ALL,) * width] = {}
    return found


def _gather(query: Query, key: tuple[int | None, ...]) -> tuple[int | None, ...]:
    for limit in query.limits:
        at = query.levels.index(limit.level)
        parents = tuple(key[query.levels.index(level)] for level in limit.within)
        if not any(parents == those and key[at] in chosen for those, chosen in limit.chosen):
            key = (*key[:at], OTHERS_CODE, *key[at + 1 :])
    return key


def _join(whole: dict[Any, Any], cell: dict[Any, Any]) -> None:
    for part, value in cell.items():
        known = whole.get(part)
        if value is None or known is None:
            whole[part] = value if known is None else known
        elif part.op == "min":
            whole[part] = min(known, value)
        elif part.op == "max":
            whole[part] = max(known, value)
        else:
            whole[part] = known + value
