"""What answers a cube's queries. One engine is built in: DuckDB in this process, on the star's own store.

An engine has ``answer(query)``, ``facts(...)`` and ``star``; a cube takes another one as ``Cube(..., engine=...)``.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..star import Star
from .folding import fold, foldable, unlimited
from .measures import Part
from .members import ALL
from .query import Condition, Query

if TYPE_CHECKING:
    from .cube import Cube
    from .cuboids import Cuboid

__all__ = ["DuckDBEngine"]

Cells = dict[tuple[int | None, ...], dict[Part, Any]]


class DuckDBEngine:
    """Runs queries on a star's store: each thread on its own cursor, interrupted in time, small answers remembered.

    Parameters
    ----------
    star : Star
    remember : int
        How many statements' rows are kept.
    """

    def __init__(self, star: Star, *, remember: int = 128) -> None:
        self.star = star
        self.remember = remember
        self.cuboids: list[Cuboid] = []
        self._kept: OrderedDict[str, list[tuple]] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, query: Query, *, exact: bool = False) -> Cells:
        """Every cell of every grouping set: codes of all levels (``ALL`` where rolled up) to the parts' numbers.

        ``exact`` gives fractions instead of floating point numbers.
        """
        cells = (
            fold(query, self._cells(unlimited(query)))
            if query.fold and foldable(query, self.star.meta)
            else self._cells(query)
        )
        scales = {p: self.scale([p]) for p in query.parts}
        shifts = {p: 10**k for p, k in scales.items() if k}
        if exact:
            return {
                k: {p: v if v is None else Fraction(v) / shifts.get(p, 1) for p, v in cell.items()}
                for k, cell in cells.items()
            }
        for cell in cells.values() if shifts else ():
            for part, shift in shifts.items():
                if cell.get(part) is not None:
                    cell[part] /= shift
        return cells

    def _cells(self, query: Query) -> Cells:
        """Cells with their numbers as the wide table holds them: whole where they can be."""
        from .compile import plans

        cells: Cells = {}
        width = len(query.levels)
        for plan in plans(query, self.star.meta, self._sources(query)):
            n = len(plan.positions)
            first = 2 * n if plan.marked else n
            for row in self.rows(plan.statement.sql("duckdb")):
                key: list[int | None] = [ALL] * width
                for i, position in enumerate(plan.positions):
                    if not (plan.marked and row[n + i]):
                        key[position] = row[i]
                cells.setdefault(tuple(key), {}).update(zip(plan.parts, row[first:], strict=True))
        return cells

    def scale(self, parts: Sequence[Part]) -> int:
        """How many decimal places the parts' numbers have at most."""
        from .compile import scale_of

        return max((scale_of(p, self.star.meta["facts"][p.fact]) for p in parts), default=0)

    def _sources(self, query: Query) -> dict[str, str]:
        """For each fact the smallest cuboid that can answer in its place."""
        if not self.cuboids:
            return {}
        from .compile import columns_needed

        needed = columns_needed(query)
        found: dict[str, Cuboid] = {}
        for cuboid in self.cuboids:
            best = found.get(cuboid.fact)
            parts = {p for p in query.parts if p.fact == cuboid.fact}
            if needed <= cuboid.levels and parts <= cuboid.parts and (best is None or cuboid.rows < best.rows):
                found[cuboid.fact] = cuboid
        return {fact: cuboid.name for fact, cuboid in found.items()}

    def preaggregate(self, cube: Cube, sets: Sequence[tuple[str, Sequence[str]]]) -> list[Cuboid]:
        """Aggregate facts ahead: pairs of a fact and the levels to keep."""
        from .cuboids import build

        with self._lock:
            if not self.cuboids:
                self.star.store.run("ATTACH IF NOT EXISTS ':memory:' AS cuboids")
            made = [build(cube, fact, names, len(self.cuboids) + i) for i, (fact, names) in enumerate(sets)]
            self.cuboids = [*self.cuboids, *made]
        return made

    def facts(
        self,
        fact: str,
        columns: Sequence[str],
        conditions: Sequence[Condition],
        extra: Sequence[Any],
        limit: int | None,
    ) -> list[tuple]:
        """Rows of the wide table behind a cell, in the order of the source."""
        from .compile import condition, facts_plan

        tests = [*(condition(c) for c in conditions), *extra]
        return self.star.store.rows(facts_plan(fact, columns, tests, limit).sql("duckdb"))

    def count(self, fact: str, conditions: Sequence[Condition], extra: Sequence[Any]) -> int:
        """How many rows of the wide table stand behind a cell."""
        from .compile import condition, count_plan

        tests = [*(condition(c) for c in conditions), *extra]
        return self.rows(count_plan(fact, tests).sql("duckdb"))[0][0]

    def rows(self, sql: str) -> list[tuple]:
        """Run a statement, or remember what it gave the last time: a star does not change."""
        with self._lock:
            if sql in self._kept:
                self._kept.move_to_end(sql)
                return self._kept[sql]
        rows = self.star.store.rows(sql)
        if len(rows) <= 20_000:
            with self._lock:
                self._kept[sql] = rows
                while len(self._kept) > self.remember:
                    self._kept.popitem(last=False)
        return rows

    def forget(self) -> None:
        """Drop the remembered answers."""
        with self._lock:
            self._kept.clear()
