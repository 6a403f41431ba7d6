"""The warehouse and its snapshots."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..results import Result, Source
from ..star import Star
from ..star.store import Store, quote
from . import metadata
from .batch import moment, tables_of
from .design import ordered
from .folder import Folder, in_words, published, text_digest
from .loading import complete_marks, files_of, load
from .state import columns_of, current, literal, log, versions, with_links

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Snapshot", "Warehouse"]


class Warehouse:
    """A folder in which every load adds a version and none takes one away.

    Parameters
    ----------
    folder : path-like
        Made with the first load.
    memory : str
        How much memory a load or a question may take.

    Examples
    --------
    >>> import tempfile
    >>> place = tempfile.TemporaryDirectory()
    >>> house = Warehouse(place.name)
    >>> january = {"sales": {"order_id": [1, 2], "amount": [600, 400]}}
    >>> house.load(january, loaded_at="2020-02-01", keys={"sales": "order_id"}).facts["new"]
    2
    >>> house.load(january, loaded_at="2020-02-02").facts["changed"]
    False
    >>> house.load({"sales": {"order_id": [2, 3], "amount": [450, 50]}}, loaded_at="2020-03-01").facts["replaced"]
    1
    >>> house.query("SELECT sum(amount) FROM sales"), house.snapshot(load=1).query("SELECT sum(amount) FROM sales")
    ([(1100,)], [(1000,)])
    """

    def __init__(self, folder: str | os.PathLike, *, memory: str = "1GB") -> None:
        self.folder = Folder(folder)
        self.memory = memory

    def load(
        self,
        tables: Any,
        *,
        loaded_at: Any,
        keys: Mapping[str, str | Sequence[str]] | None = None,
        history: Mapping[str, Mapping[str, Any]] | None = None,
        links: Mapping[str, Mapping[str, Any]] | None = None,
        revisions: Mapping[str, str] | None = None,
        about: Mapping[str, Any] | None = None,
        deleted: Mapping[str, Any] | None = None,
        complete: Sequence[str] = (),
        extracted_at: Any = None,
        source: str = "",
        wait_seconds: float = 10.0,
    ) -> Result:
        """Load a batch: all of it, or nothing.

        The same batch again changes nothing. The rules of a table (``keys``, ``history``, ``links``, ``revisions``) are
        said with its first load and stay.

        Parameters
        ----------
        tables : mapping
            Name to a data frame, an Arrow table, columns, the path of a Parquet file, or what ``crm.ingest.read``
            gives; or a thing with such a mapping under ``tables``.
        loaded_at : date, datetime or str
            When; never before the last load.
        keys : mapping
            Table to the column or columns that name a row. A row with a known key replaces what is known, unless it is
            older.
        history : mapping, optional
            Tables that keep versions (type 2): ``{"valid_from": column, "valid_to": column, "type1": columns}`` or
            ``"type2": columns``, all optional. Type 1 columns are corrected in all versions, a change of the others
            opens a new one. Without ``valid_from`` a change holds from the day of the extract.
        links : mapping, optional
            ``{"sales": {"customer_id": {"to": "customers", "on": "ordered_at"}, "channel_id": "channels"}}``: what a
            column points to, and the day that picks the version. The version's key stands beside it, as
            ``customer_key``.
        revisions : mapping, optional
            Table to the column that says which of two rows with one key is the newer. Without it the later extract
            is.
        about : mapping, optional
            What tables and columns mean, as in a data set's sheet: ``{"sales": {"columns": {"amount": {"id": ...,
            "en": ..., "kind": "amount", "unit": "money"}}}}``.
        deleted : mapping, optional
            Table to the keys that the source has deleted: their rows are marked and stay.
        complete : sequence of str
            Tables that this batch delivers as a whole: what it does not name is deleted in the source.
        extracted_at : date, datetime or str, optional
            When the source was read, where that is not ``loaded_at``; then the same rows of another extract are
            another batch.
        source : str
            Where the batch comes from, for the lineage.
        wait_seconds : float
            How long to wait for another writer.

        Returns
        -------
        Result
            Of kind ``warehouse.load``: per table what came and what it did.

        Raises
        ------
        UserError
            ``warehouse.busy`` while somebody else writes; ``warehouse.key_twice``, ``warehouse.overlap`` and others
            where the batch contradicts itself or the rules. The warehouse is then as it was.
        """
        rules = {"keys": keys, "history": history, "links": links, "revisions": revisions, "about": about}
        manifest = load(
            self.folder,
            tables_of(tables),
            loaded_at=moment(loaded_at, "loaded_at"),
            extracted_at=moment(extracted_at, "extracted_at") if extracted_at is not None else None,
            source=source,
            deleted=deleted or {},
            complete=[complete] if isinstance(complete, str) else list(complete),
            rules=rules,
            wait_seconds=wait_seconds,
            memory=self.memory,
        )
        return metadata.load_result(manifest)

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return self.snapshot().tables

    @property
    def last(self) -> int:
        """The number of the last load; 0 for a new warehouse."""
        return self.folder.pointer()["load"]

    @property
    def source(self) -> Source:
        """What a Result says about this warehouse."""
        return self.snapshot().source

    def snapshot(self, load: int | None = None, *, as_of: Any = None) -> Snapshot:
        """The warehouse as it was after a load, whatever has been loaded since.

        Parameters
        ----------
        load : int, optional
            The number of the load; the last one by default.
        as_of : date, datetime or str, optional
            The last load up to the end of that day, or up to that moment.
        """
        manifests = self.folder.manifests()
        if as_of is not None:
            until = moment(as_of, "as_of")
            if until.time() == dt.time():
                until += dt.timedelta(days=1, microseconds=-1)
            load = sum(dt.datetime.fromisoformat(m["loaded_at"]) <= until for m in manifests)
        if load is not None and not 1 <= load <= len(manifests):
            first = manifests[0]["loaded_at"] if manifests else None
            raise UserError("warehouse.no_such_load", found=as_of or load, wanted=len(manifests), first=first)
        return Snapshot(self.folder, manifests[:load], self.memory)

    def table(self, name: str, *, as_of: Any = None, load: int | None = None, deleted: bool = True) -> pd.DataFrame:
        """A table as a data frame; see :meth:`Snapshot.table`."""
        return self.snapshot(load, as_of=as_of).table(name, deleted=deleted)

    def query(self, sql: str) -> list[tuple]:
        """The rows of one SELECT over the current tables."""
        return self.snapshot().query(sql)

    def star(self, description: Mapping[str, Any], views: Mapping[str, str] | None = None) -> Star:
        """The current version as a star for a cube; see :meth:`Snapshot.star`."""
        return self.snapshot().star(description, views)

    def loads(self) -> Result:
        """The operational metadata: every load, what it brought and what it did (``warehouse.loads``)."""
        return metadata.loads_result(self.folder.manifests(), self.source)

    def changes(self, table: str | None = None) -> Result:
        """The log of what a later load replaced, marked or restored, value by value (``warehouse.changes``)."""
        return metadata.changes_result(self.snapshot(), table)

    def lineage(self, table: str, key: Any) -> Result:
        """Where a row comes from: every delivery of its key, and which one counts (``warehouse.lineage``)."""
        return metadata.lineage_result(self.snapshot(), table, key)

    def catalogue(self, marts: Sequence[Any] = ()) -> Result:
        """Every column of every table and mart: label, type, unit, origin (``warehouse.catalogue``)."""
        return metadata.catalogue_result(self.snapshot(), marts)

    def components(self, marts: Sequence[Any] = ()) -> Result:
        """The six parts of a warehouse, counted in this one (``warehouse.components``)."""
        return metadata.components_result(self.snapshot(), marts)

    def broken(self) -> list[str]:
        """Files that are missing, changed or left over; empty when all is well. Reads every file."""
        return self.folder.broken()

    def __repr__(self) -> str:
        pointer = self.folder.pointer()
        return (
            f"<Warehouse {self.folder.path.name}: load {pointer['load']} {pointer['sha256'][:12]}>".rstrip(" >") + ">"
        )


class Snapshot:
    """A warehouse as it was after one load. It never changes, and reading it makes nobody wait."""

    def __init__(self, folder: Folder, manifests: Sequence[Mapping[str, Any]], memory: str = "1GB") -> None:
        self.folder, self.manifests, self.memory = folder, list(manifests), memory
        self.design: dict[str, Any] = dict(self.manifests[-1]["tables"]) if self.manifests else {}

    @property
    def load(self) -> int:
        """The number of its last load."""
        return len(self.manifests)

    @cached_property
    def hash(self) -> str:
        """The hash of everything that was loaded up to here, in the order in which it was."""
        return text_digest("\n".join(m["batch"] for m in self.manifests))

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(self.design)

    @property
    def source(self) -> Source:
        """What a Result says about it."""
        rows = sum(c["rows"] for m in self.manifests for c in m["counts"])
        return Source(self.folder.path.name, self.hash, rows)

    @cached_property
    def store(self) -> Store:
        """A hardened DuckDB with every table as a view, and next to it the log of everything delivered."""
        store = Store([self.folder.path], memory=self.memory)
        marks, named = complete_marks(self.manifests), {n: quote(n) for n in self.design}
        store.run("USE star")
        for name in ordered(self.design):
            rule = self.design[name]
            logged = log(rule, files_of(self.folder, self.manifests, name)) if self._parts(name) else _no_rows(rule)
            store.run(f"CREATE VIEW star.{quote('$log.' + name)} AS {logged}")
            state = (versions if rule["history"] else current)(
                rule, f"SELECT * FROM star.{quote('$log.' + name)}", marks.get(name)
            )
            shown = ", ".join(quote(c) for c in columns_of(rule, self.design))
            inner = f"SELECT {_own(rule)} FROM ({state})"
            store.run(
                f"CREATE VIEW star.{quote(name)} AS SELECT {shown} FROM ({with_links(rule, self.design, inner, named)})"
            )
        return store

    def _parts(self, name: str) -> bool:
        return any(p["table"] == name for m in self.manifests for p in m["parts"])

    def _known(self, name: str) -> str:
        if name not in self.design:
            wanted = list(self.design)
            raise UserError("warehouse.unknown_table", found=name, wanted=wanted, near=suggest(name, wanted))
        return name

    def columns(self, name: str) -> dict[str, str]:
        """The columns of a table and their types."""
        return {c: k or "VARCHAR" for c, k in columns_of(self.design[self._known(name)], self.design).items()}

    def table(self, name: str, *, deleted: bool = True) -> pd.DataFrame:
        """A table as a data frame: own columns, then validity, then lineage.

        Parameters
        ----------
        deleted : bool
            With the rows that are marked as deleted in the source.
        """
        rule = self.design[self._known(name)]
        order = ", ".join(quote(k) for k in (*rule["keys"], *(["valid_from"] if rule["history"] else [])))
        where = "" if deleted else "WHERE NOT is_deleted"
        return self.frame(f"SELECT * FROM {quote(name)} {where} ORDER BY {order}")

    def frame(self, sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
        """One SELECT as a data frame."""
        with self._asked(sql) as cursor:
            return cursor.execute(sql, list(parameters)).df()

    def query(self, sql: str) -> list[tuple]:
        """The rows of one SELECT; nothing outside the warehouse can be reached, and nothing changed."""
        with self._asked(sql) as cursor:
            return cursor.execute(sql).fetchall()

    @contextlib.contextmanager
    def _asked(self, sql: str) -> Any:
        import duckdb

        with in_words(self.folder), self.store.guarded() as cursor:
            try:
                said = cursor.extract_statements(sql)
                if len(said) != 1 or said[0].type != duckdb.StatementType.SELECT:
                    raise UserError("warehouse.not_a_query", found=sql[:80])
                cursor.execute("USE star")
                yield cursor
            except (duckdb.InterruptException, duckdb.OutOfMemoryException):
                raise  # the store has its own words for these
            except duckdb.Error as bad:
                read = isinstance(
                    bad, duckdb.IOException | duckdb.InvalidInputException | duckdb.SerializationException
                )
                if read and self.folder.damaged():
                    raise  # not the question's fault
                raise UserError("warehouse.bad_query", reason=str(bad).splitlines()[0]) from bad

    def fingerprint(self) -> str:
        """A hash of what all tables say, without where it came from: the same state, the same hash."""
        parts = []
        for name in sorted(self.design):
            own = [c for c in self.columns(name) if c not in ("load_id", "source_row")]
            row = f"md5(concat_ws(chr(31), {', '.join(_spelled(c) for c in sorted(own))}))"
            said = self.query(
                f"SELECT count(*), md5(coalesce(string_agg({row}, '' ORDER BY {row}), '')) FROM {quote(name)}"
            )
            parts.append(f"{name}:{said[0]}")
        return text_digest("\n".join(parts))

    def path(self, name: str, sql: str | None = None) -> Path:
        """A Parquet file with a table, or with the rows of one SELECT; made once for each state."""
        sql = sql or f"SELECT * FROM {quote(self._known(name))}"
        target = self.folder.derived / text_digest(f"{self.hash}\n{sql}")[:24] / f"{name}.parquet"
        if not target.is_file():
            with self._asked(sql) as cursor, published(target) as aside:
                cursor.execute(f"COPY ({sql.rstrip().rstrip(';')}) TO {literal(str(aside))} (FORMAT parquet)")
        return target

    def star(self, description: Mapping[str, Any], views: Mapping[str, str] | None = None) -> Star:
        """A star over this state, for ``crm.Cube(house.star(...), measures)``.

        Parameters
        ----------
        description : mapping
            Facts and dimensions as plain data; ``table`` names a table of the warehouse or one of ``views``.
        views : mapping, optional
            Name to the SELECT that makes that table from those of the warehouse.
        """
        views = views or {}
        named = dict.fromkeys(t["table"] for t in (*description["facts"], *description.get("dimensions", ())))
        paths = {name: self.path(name, views.get(name)) for name in named}
        return Star.from_description(description, paths, source=self.source)

    def __repr__(self) -> str:
        return f"<Snapshot of {self.folder.path.name} after load {self.load}: {', '.join(self.tables)}>"


def _own(rule: Mapping[str, Any]) -> str:
    """The state's columns without its private ones."""
    private = ['"$same"', '"$lasting"', '"$overlaps"'] if rule["history"] else ['"$hash"']
    return f"* EXCLUDE ({', '.join(private)})"


def _no_rows(rule: Mapping[str, Any]) -> str:
    own = ", ".join(f"CAST(NULL AS {k or 'VARCHAR'}) AS {quote(c)}" for c, k in rule["columns"].items())
    lineage = '0 AS "$load", 0 AS "$row", TIMESTAMP \'1900-01-01\' AS "$at", \'\' AS "$hash", false AS "$deleted"'
    return f"SELECT {own}, {lineage} WHERE false"


def _spelled(column: str) -> str:
    text = f"CAST({quote(column)} AS VARCHAR)"
    return f"{literal(column + '=')} || length({text}) || ':' || {text}"
