"""The lab itself: a copy in memory behind a locked door, a step back for every change, and a way to begin again."""

from __future__ import annotations

import contextlib
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...errors import UserError
from ...results import Note, Result, Source
from ...star.store import quote
from .compare import Comparison, compare
from .copies import copied
from .messages import from_duckdb
from .statements import Statement, statements

__all__ = ["Lab", "sql_lab"]

KEPT = 100_000
UNDO = 5


def sql_lab(
    data: Any = None,
    *,
    size: str = "S",
    layers: Sequence[str] = ("star",),
    masked: bool = True,
    memory: str = "1GB",
    seconds: float = 20.0,
) -> Lab:
    """Open a SQL lab on a private copy of a data set.

    Parameters
    ----------
    data : optional
        A data set of :mod:`crmlab.datasets`, or a mapping of names to data frames or Parquet files; PT XYZ by default.
    size : {"S", "M", "L"}
        Of PT XYZ, where ``data`` is left out.
    layers : sequence of str
        Which layers of PT XYZ: ``star``, ``clean``, or both.
    masked : bool
        Mask names, addresses, telephone numbers and the like in the copy itself, so that no statement can show them.
    memory : str
        What the lab may use at most.
    seconds : float
        How long one statement may run.

    Returns
    -------
    Lab

    Examples
    --------
    >>> lab = sql_lab({"visits": {"name": ["Ani", "Budi"], "visits": [3, 1]}})
    >>> lab.run("SELECT count(*) AS n FROM visits WHERE visits > 1").table["n"].tolist()
    [1]
    """
    if data is None:
        from ...datasets import load_retail

        worlds = [load_retail(size, layer) for layer in layers]
    else:
        worlds = [data]
    return Lab(worlds, masked=masked, memory=memory, seconds=seconds)


class Lab:
    """A private copy of tables, and SQL on it.

    Made by :func:`sql_lab`. One statement may read, INSERT, UPDATE, DELETE, CREATE, ALTER or DROP tables and views; the
    originals are not open, and neither are files, the network and the settings.
    """

    def __init__(self, worlds: Sequence[Any], *, masked: bool, memory: str, seconds: float) -> None:
        self._worlds, self._masked, self._memory, self.seconds = worlds, masked, memory, seconds
        self._connection: Any = None
        self._closer: Any = None
        self._referee: Lab | None = None
        self.reset()

    # -- running

    def run(self, sql: str) -> Result:
        """Run SQL and return what its last statement gives.

        Parameters
        ----------
        sql : str
            One statement, or several with ``;`` between them.

        Returns
        -------
        Result
            Kind ``lab.answer`` (``table``, at most 100,000 rows; ``facts["n"]`` counts all) or ``lab.change``.

        Raises
        ------
        UserError
            What can't be run, in the reader's language; nothing has changed then.
        """
        result = None
        for statement in statements(sql):
            result = self._change(statement) if statement.changes else self._answer(statement)
        if result is None:
            raise UserError("lab.empty")
        return result

    def _answer(self, statement: Statement) -> Result:
        rows, columns, n = self._read(statement.sql)
        notes = [Note("lab.cut", {"kept": len(rows), "n": n})] if n > len(rows) else []
        table = _frame(rows, columns)
        hidden = sorted({c for c in columns if c in self.masked_columns})
        if hidden:
            notes.append(Note("lab.masked", {"columns": hidden}))
        facts = {"n": n, "columns": len(columns)}
        return Result("lab.answer", table, {"sql": statement.sql}, facts, tuple(notes), self.source)

    def _read(self, sql: str) -> tuple[list[tuple], list[str], int]:
        """Rows (at most so many are kept), names of columns, and how many rows there are."""
        with self._guarded() as connection:
            # a SELECT may hide a DELETE in its WITH: what only reads can't change anything
            connection.execute("BEGIN TRANSACTION READ ONLY")
            try:
                connection.execute(sql)
                columns = [c[0] for c in connection.description or ()]
                rows = connection.fetchmany(KEPT)
                n = len(rows)
                while more := connection.fetchmany(KEPT) if n >= KEPT else ():
                    n += len(more)
            finally:
                with contextlib.suppress(Exception):
                    connection.execute("ROLLBACK")
        return rows, columns, n

    def _change(self, statement: Statement) -> Result:
        before = self._rows(statement.table) if statement.verb in ("UPDATE", "DELETE", "DROP") else None
        self._step()
        try:
            with self._guarded() as connection:
                connection.execute(statement.sql)
                found = connection.fetchall()
                counted = bool(connection.description) and connection.description[0][0] == "Count"
        except UserError:
            self._back()
            raise
        n = int(found[0][0]) if counted and found else len(found)
        if statement.verb in ("CREATE", "DROP", "ALTER"):
            n = (before if statement.verb == "DROP" else self._rows(statement.table)) or 0
        notes = []
        if not statement.where and n:
            notes.append(Note("lab.no_where", {"verb": statement.verb, "n": n, "table": statement.table}))
        elif statement.verb in ("UPDATE", "DELETE") and not n:
            notes.append(Note("lab.nothing_changed", {"table": statement.table}))
        facts = {"n": n, "verb": statement.verb, "changed_table": statement.table, "rows_before": before}
        facts["rows_after"] = self._rows(statement.table)
        table = _frame([(statement.verb, statement.table, n)], ["verb", "table", "rows"])
        return Result("lab.change", table, {"sql": statement.sql}, facts, tuple(notes), self.source)

    def compare(self, sql: str, other: str, *, ordered: bool = False) -> Comparison:
        """Whether two SELECTs give the same answer; see :func:`crmlab.warehouse.lab.compare`."""
        given, wanted = (self.rows_of(text) for text in (sql, other))
        return compare(given, wanted, ordered=ordered)

    def rows_of(self, sql: str) -> tuple[list[str], list[tuple]]:
        """Names of columns and all rows of one SELECT."""
        found = statements(sql)
        if len(found) != 1 or found[0].changes:
            raise UserError("lab.not_one_select")
        rows, columns, n = self._read(found[0].sql)
        if n > len(rows):
            raise UserError("lab.too_many_rows", found=n, wanted=KEPT)
        return columns, rows

    # -- exercises

    def exercise(self, number: int | str) -> Any:
        """An exercise: its number, or its name."""
        from .exercises import find

        return find(number)

    def check(self, number: int | str, sql: str) -> Any:
        """Check an answer to an exercise, on a copy of its own: the lab stays as it is.

        Returns
        -------
        Check
        """
        from .exercises import check

        if self._referee is None:
            self._referee = Lab(self._worlds, masked=self._masked, memory=self._memory, seconds=self.seconds)
        return check(self._referee, number, sql)

    def magic(self, name: str = "sql") -> None:
        """Let a notebook's cells that begin with ``%%sql`` run in this lab."""
        from .magic import register

        register(self, name)

    # -- going back

    def undo(self) -> Result:
        """Take the last change back; up to five, one after the other."""
        if not self._past:
            raise UserError("lab.nothing_to_undo")
        self._back()
        return self.tables()

    def reset(self) -> Result:
        """Begin again with a fresh copy."""
        if self._closer is not None:
            self._closer()
        self._connection, self.masked_columns = copied(self._worlds, self._masked, self._memory)
        self._closer = weakref.finalize(self, self._connection.close)
        self._now, self._made = "lab_0", 0
        self._past: list[str] = []
        self.source = _source(self._worlds)
        return self.tables()

    def _step(self) -> None:
        """Go on in a copy of the copy: the one that is left is the way back."""
        import duckdb

        self._made += 1
        new = f"lab_{self._made}"
        while True:
            while len(self._past) >= UNDO:
                self._connection.execute(f"DETACH {self._past.pop(0)}")
            self._connection.execute(f"ATTACH ':memory:' AS {new}")
            try:
                self._connection.execute(f"COPY FROM DATABASE {self._now} TO {new}")
                break
            except duckdb.OutOfMemoryException as full:  # fewer steps back are better than none forward
                self._connection.execute(f"DETACH {new}")
                if not self._past:
                    raise UserError("lab.too_large") from full
                self._connection.execute(f"DETACH {self._past.pop(0)}")
        self._connection.execute(f"USE {new}")
        self._past.append(self._now)
        self._now = new

    def _back(self) -> None:
        left, self._now = self._now, self._past.pop()
        self._connection.execute(f"USE {self._now}")
        self._connection.execute(f"DETACH {left}")

    # -- what there is

    def tables(self) -> Result:
        """The tables: rows, and columns with their types. Kind ``lab.tables``."""
        rows = [(name, self._rows(name), ", ".join(columns)) for name, columns in self.columns.items()]
        table = _frame(rows, ["table", "rows", "columns"])
        return Result("lab.tables", table, {}, {"n": len(rows)}, (), self.source)

    @property
    def columns(self) -> dict[str, list[str]]:
        """Table or view to its columns."""
        asked = (
            "SELECT table_name, column_name FROM duckdb_columns() "
            "WHERE database_name = current_database() AND NOT internal ORDER BY table_name, column_index"
        )
        found: dict[str, list[str]] = {}
        for table, column in self._connection.execute(asked).fetchall():
            found.setdefault(table, []).append(column)
        return found

    def _rows(self, table: str) -> int | None:
        """How many rows a table has; ``None`` of a view, which may take for ever to count, and of what is not there."""
        asked = (
            "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database() AND lower(table_name) = $1"
        )
        if not self._connection.execute(asked, [table.lower()]).fetchone()[0]:
            return None
        return self._connection.execute(f"SELECT count(*) FROM {quote(table)}").fetchone()[0]

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[Any]:
        """The connection, interrupted after the time limit; DuckDB's errors in the reader's words."""
        import duckdb

        timer = threading.Timer(self.seconds, self._connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield self._connection
        except duckdb.InterruptException as stop:
            raise UserError("lab.too_slow", seconds=self.seconds) from stop
        except duckdb.Error as mistake:
            raise from_duckdb(mistake, self.columns) from mistake
        finally:
            timer.cancel()

    def close(self) -> None:
        """Close the lab; its copy is gone then."""
        if self._referee is not None:
            self._referee.close()
        self._closer()

    def __repr__(self) -> str:
        columns = self.columns
        return f"<Lab: {len(columns)} tables; {len(self._past)} steps to undo>"


def _frame(rows: Sequence[tuple], columns: Sequence[str]) -> Any:
    import pandas as pd

    names, seen = [], {}  # DuckDB lets two columns have one name; a data frame that is looked at by name should not
    for name in columns:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return pd.DataFrame({n: _series([row[i] for row in rows]) for i, n in enumerate(names)}, columns=names)


def _series(values: list[Any]) -> Any:
    """A column; whole numbers stay whole beside a missing one."""
    import pandas as pd

    known = [v for v in values if v is not None]
    if known and len(known) < len(values) and all(type(v) is int for v in known):
        return pd.Series(values, dtype="Int64" if max(map(abs, known)) < 2**63 else object)
    return pd.Series(values, dtype=object if not known else None)


def _source(worlds: Sequence[Any]) -> Source:
    named = [w for w in worlds if not isinstance(w, Mapping)]
    if not named:
        return Source(", ".join(str(k) for w in worlds for k in w))
    rows = sum(world.rows(name) for world in named for name in world.names)
    return Source(", ".join(dict.fromkeys(w.name for w in named)), named[0].hash, rows)
