"""The star: facts and dimensions, joined safely once, and described in the words of the book."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from ..errors import UserError, suggest
from ..results import Note, Result, Source
from .build import build
from .kept import cache_folder, open_kept
from .model import Dimension, Fact, Level
from .store import Store

__all__ = ["Star"]


class Star:
    """Facts and the dimensions they point to, checked when it is made.

    Parameters
    ----------
    facts : sequence of Fact
    dimensions : sequence of Dimension
        A role that points to a date column and has no dimension gets a calendar.
    currency : str
        The one currency of all amounts.
    name : str
    source : Source, optional
    orphans : {"refuse", "unknown"}
        What to do with keys that no dimension holds: refuse and name them, or count them as the unknown member.
    notes : sequence of Note
    cache : path or False, optional
        Where the joined star is kept when every table is a Parquet file; by default crmlab's cache folder.
    memory : str
        DuckDB's memory limit.
    threads : int, optional

    Raises
    ------
    UserError
        Duplicate or missing dimension keys, orphans, a child with two parents, a grain that is not one: with the keys.

    Examples
    --------
    >>> star = Star(
    ...     [Fact("sales", {"product": [1, 1, 2, None], "amount": [100, 50, 30, 20]}, keys={"product": "product"})],
    ...     [Dimension("product", {"id": [1, 2], "product": ["pan", "soap"], "category": ["kitchen", "cleaning"]},
    ...                key="id", hierarchies={"product": ["category", "product"]})],
    ... )
    >>> list(star.levels)
    ['category', 'product']
    >>> star.query("SELECT sum(amount) FROM sales")
    [(200,)]
    """

    def __init__(
        self,
        facts: Sequence[Fact],
        dimensions: Sequence[Dimension] = (),
        *,
        currency: str = "IDR",
        name: str = "",
        source: Source | None = None,
        orphans: str = "refuse",
        notes: Sequence[Note] = (),
        cache: str | os.PathLike | bool | None = None,
        memory: str = "1GB",
        threads: int | None = None,
    ) -> None:
        if orphans not in ("refuse", "unknown"):
            raise UserError("star.unknown_policy", found=orphans, wanted=["refuse", "unknown"])
        self.facts: dict[str, Fact] = _by_name(facts)
        self.dimensions: dict[str, Dimension] = _by_name(dimensions)
        self.currency, self.name = currency, name
        for fact in self.facts.values():
            for dimension, column in fact.roles.values():
                if dimension not in self.dimensions:
                    self.dimensions[dimension] = self._missing(fact, dimension, column)
        self.store, self.meta = self._open(orphans, cache, memory, threads)
        self.source = source
        self.notes = (*notes, *(Note(code, values) for code, values in self.meta["notes"]), *self._unknown())

    def _missing(self, fact: Fact, dimension: str, column: str) -> Dimension:
        # a calendar can be made, and a column be its own dimension; for anything else the build would fail much later
        if dimension in fact.attributes:
            return Dimension.of_facts(dimension)
        if dimension == "date" or dimension.endswith("_date"):
            return Dimension.calendar(dimension)
        raise UserError(
            "star.unknown_dimension",
            table=fact.table_name,
            found=dimension,
            wanted=list(self.dimensions),
            near=suggest(dimension, self.dimensions),
            column=column,
        )

    def _open(
        self, orphans: str, cache: str | os.PathLike | bool | None, memory: str, threads: int | None
    ) -> tuple[Store, dict[str, Any]]:
        facts, dimensions = list(self.facts.values()), list(self.dimensions.values())
        paths = [t.table for t in (*facts, *dimensions) if isinstance(t.table, str | os.PathLike)]
        for path in paths:
            if not Path(path).is_file():
                raise UserError("star.no_file", table=os.path.basename(path), found=str(path))
        made = sum(bool(t.made) for t in dimensions)
        if cache is not False and paths and len(paths) + made == len(facts) + len(dimensions):
            folder = Path(cache) if isinstance(cache, str | os.PathLike) else cache_folder() / "stars"
            if kept := open_kept(folder, facts, dimensions, orphans, memory, threads):
                return kept
        store = Store({os.path.dirname(os.path.abspath(p)) for p in paths}, memory=memory, threads=threads)
        return store, build(store, facts, dimensions, orphans)

    def _unknown(self) -> Iterator[Note]:
        for fact, info in self.meta["facts"].items():
            for role, lost in info["roles"].items():
                if lost["missing"] or lost["orphans"]:
                    counts = {"missing": lost["missing"], "orphans": lost["orphans"], "rows": info["rows"]}
                    yield Note("star.unknown_members", {"fact": fact, "dimension": role, **counts})

    @cached_property
    def roles(self) -> dict[str, str]:
        """Role to dimension, over all facts."""
        return {r: d for f in self.facts.values() for r, (d, _) in f.roles.items()}

    @cached_property
    def levels(self) -> dict[str, Level]:
        """Everything that a view can group or filter by, by id."""
        names: dict[str, int] = {}
        for role, dimension in self.roles.items():
            if role == dimension:
                for column in self.dimensions[dimension].columns:
                    names[column] = names.get(column, 0) + 1
        found = {}
        for role, dimension in self.roles.items():
            dim = self.dimensions[dimension]
            plain = role == dimension

            def ident(column: str, plain: bool = plain, role: str = role) -> str:
                return column if plain and names[column] == 1 else f"{role}.{column}"

            for column in dim.columns:
                info = self.meta["dimensions"][dimension]["members"][column]
                pairs = [p for ls in dim.hierarchies.values() for p in zip(ls, ls[1:], strict=False)]
                found[ident(column)] = Level(
                    ident(column),
                    role,
                    dimension,
                    column,
                    "level" if column in dim.levels else "attribute",
                    info["count"],
                    info["unit"],
                    column in dim.personal,
                    tuple(dict.fromkeys(ident(p) for p, c in pairs if c == column)),
                    tuple(dict.fromkeys(ident(c) for p, c in pairs if p == column)),
                )
        return found

    def query(self, sql: str) -> list[tuple]:
        """Run one SELECT against the star's own tables, called as ``view.sql()`` calls them.

        Nothing outside the star can be reached, except the folders of Parquet files that were not joined beforehand.

        Raises
        ------
        UserError
            ``star.not_a_query``: this is not one SELECT; ``star.bad_query``: it can't be run, with the reason.
        """
        import duckdb

        with self.store.guarded() as cursor:
            try:
                statements = cursor.extract_statements(sql)
                if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                    raise UserError("star.not_a_query", found=sql[:80])
                cursor.execute("USE star")
                return cursor.execute(sql).fetchall()
            except (duckdb.InterruptException, duckdb.OutOfMemoryException):
                raise  # the store has its own words for these
            except duckdb.Error as bad:
                raise UserError("star.bad_query", reason=str(bad).splitlines()[0]) from bad

    def describe(self) -> Result:
        """The star in the words of the book: facts and their columns, dimensions, hierarchies, levels, attributes.

        Examples
        --------
        >>> star = Star([Fact("sales", {"channel": ["store", "web"], "amount": [1, 2]}, keys={"channel": "channel"})],
        ...             [Dimension("channel", {"channel": ["store", "web"]}, key="channel")])
        >>> star.describe().facts["cuboids"]
        2
        """
        import pandas as pd

        table, cuboids = [], 1
        for role, dimension in self.roles.items():
            dim, info = self.dimensions[dimension], self.meta["dimensions"][dimension]
            table.append((role, "dimension", dimension, info["rows"]))
            for hierarchy, levels in dim.hierarchies.items():
                table.append((role, "hierarchy", hierarchy, len(levels)))
            for column in dim.columns:
                kind = "level" if column in dim.levels else "attribute"
                table.append((role, kind, column, info["members"][column]["count"]))
            cuboids *= len(dim.levels) + 1
        for name, fact in self.facts.items():
            info = self.meta["facts"][name]
            table.append((name, "fact", " / ".join(fact.grain) or None, info["rows"]))
            keys = {c for _, c in fact.roles.values()} | set(fact.grain)
            for column in info["columns"]:
                if column not in keys:
                    table.append((name, "column", column, None))
        frame = pd.DataFrame(table, columns=["of", "concept", "name", "count"]).astype({"count": "Int64"})
        facts = {
            "star": self.name or next(iter(self.facts)),
            "facts": len(self.facts),
            "dimensions": len(self.roles),
            "cuboids": 2 ** len(self.roles),
            "cuboids_with_levels": cuboids,
        }
        return Result("star.describe", frame, {}, facts, self.notes, self.source)

    @classmethod
    def from_description(cls, said: Mapping[str, Any], tables: Mapping[str, Any], **options: Any) -> Star:
        """A star from plain data, as a data set describes its own.

        Parameters
        ----------
        said : mapping
            ``dimensions`` and ``facts``: lists of what :class:`Dimension` and :class:`Fact` take, ``table`` being a
            name.
        tables : mapping
            That name to the table or its path.
        **options
            Passed to :class:`Star`.

        Examples
        --------
        >>> said = {"facts": [{"name": "sales", "table": "s", "keys": {}, "attributes": ["channel"]}]}
        >>> list(Star.from_description(said, {"s": {"channel": ["store"], "amount": [3]}}).levels)
        ['channel']
        """
        dimensions = [Dimension(**{**d, "table": tables[d["table"]]}) for d in said.get("dimensions", ())]
        facts = [Fact(**{**f, "table": tables[f["table"]]}) for f in said["facts"]]
        known = {"currency": said.get("currency", "IDR"), "name": said.get("name", "")}
        return cls(facts, dimensions, **{**known, **options})

    @classmethod
    def from_table(cls, sales: Any, **options: Any) -> Star:
        """A star from one flat table, as ``crmlab.ingest`` returns it or as a person has it.

        See :func:`crmlab.star.flat.star`.
        """
        from .flat import star

        return star(sales, **options)

    def __repr__(self) -> str:
        facts = ", ".join(f"{n} ({i['rows']})" for n, i in self.meta["facts"].items())
        return f"<Star {self.name or '—'}: {facts}; {', '.join(self.roles)}>"


def _by_name(things: Sequence[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for thing in things:
        if thing.name in found:
            raise UserError("star.name_twice", found=thing.name)
        found[thing.name] = thing
    return found
