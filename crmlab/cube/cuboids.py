"""Cuboids: facts aggregated ahead to some levels, from which coarser questions are answered.

Kept is what can be put together again: sums, counts, smallest and largest values, and for distinct counts a bit map of
what was met, if it is small. A cuboid at a fine grain is nearly as long as its facts and helps nobody, so cuboids are
chosen by size.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from .compile import alias, bit_map, column, part_column, part_expression, table
from .measures import Part, parts_of
from .query import Query

if TYPE_CHECKING:
    from .cube import Cube

__all__ = ["Cuboid", "build", "choose"]

_MEMBERS = 400  # a finer level is not aggregated ahead unless it is asked for


@dataclass(frozen=True)
class Cuboid:
    """A pre-aggregated table: the levels (as codes of the wide table) that it tells apart, and its length."""

    fact: str
    levels: frozenset[str]
    parts: frozenset[Part]
    name: str
    rows: int


def choose(cube: Cube, fact: str, max_share: float, most: int) -> list[tuple[str, ...]]:
    """Sets of up to three levels of different dimensions whose cells are few beside the facts, the smallest first."""
    info = cube.star.meta["facts"][fact]
    finest = []
    for role in info["roles"]:
        levels = [
            lv for lv in cube.levels.values() if lv.role == role and lv.kind == "level" and 1 < lv.count <= _MEMBERS
        ]
        if levels:
            finest.append(max(levels, key=lambda lv: lv.count))
    fitting = []
    for size in (3, 2, 1):
        for group in itertools.combinations(finest, size):
            cells = 1
            for level in group:
                cells *= level.count + 1
            covered = any({lv.id for lv in group} <= set(other) for _, other in fitting)
            if cells <= max_share * info["rows"] and not covered:
                fitting.append((cells, tuple(lv.id for lv in group)))
    return [names for _, names in sorted(fitting)[:most]]


def build(cube: Cube, fact: str, names: Sequence[str], number: int) -> Cuboid:
    """Aggregate a fact to levels and everything coarser in their hierarchies."""
    codes = list(dict.fromkeys(code for name in names for code in _with_parents(cube, name)))
    parts = [Part(fact, "count")]
    for measure in cube.measures.values():
        parts += [p for p in parts_of(measure, cube.measures) if p.fact == fact]
    query = Query(tuple(cube.levels[name] for name in names), (), ())
    parts = [p for p in dict.fromkeys(parts) if p.op != "distinct" or bit_map(p, query, cube.star.meta) is not None]
    values = [alias(part_expression(p, cube.star.meta), part_column(p)) for p in parts]
    select = exp.Select(
        expressions=[*(column(f"d.{code}") for code in codes), *values],
        from_=table(f"wide.{fact}"),
        group=exp.Group(expressions=[column(f"d.{code}") for code in codes]),
    )
    name = f"cuboid.{fact}.{number}"
    target = exp.Table(this=exp.Identifier(this=name, quoted=True), db=exp.Identifier(this="cuboids", quoted=True))
    store = cube.star.store
    store.run(exp.Create(this=target, kind="TABLE", expression=select, replace=True).sql("duckdb"))
    rows = store.rows(f"SELECT count(*) FROM {target.sql('duckdb')}")[0][0]
    return Cuboid(fact, frozenset(codes), frozenset(parts), name, rows)


def _with_parents(cube: Cube, name: str) -> list[str]:
    level = cube.levels[name]
    return [level.code, *(code for parent in level.parents for code in _with_parents(cube, parent))]
