"""A DuckDB that may be given a stranger's file: hardened before it opens anything, one cursor a thread, limited
time."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import UserError

__all__ = ["Store", "quote"]


def quote(name: str) -> str:
    """A name as a quoted SQL identifier."""
    return '"' + str(name).replace('"', '""') + '"'


class Store:
    """A hardened DuckDB connection with one catalogue, ``star``, in memory or in a file that is only read.

    Parameters
    ----------
    folders : iterable of path
        The only folders that DuckDB may touch.
    file : path, optional
        A database file to open for reading as ``star``. Without it ``star`` is in memory.
    memory : str
        DuckDB's memory limit.
    threads : int, optional
    timeout : float
        Seconds after which a statement is interrupted.
    """

    def __init__(
        self,
        folders: Iterable[str | os.PathLike] = (),
        *,
        file: str | os.PathLike | None = None,
        memory: str = "1GB",
        threads: int | None = None,
        timeout: float = 60.0,
    ) -> None:
        import duckdb

        self.timeout = timeout
        self._local = threading.local()
        self._lock = threading.Lock()
        self.connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": memory,
                "threads": threads or min(4, os.cpu_count() or 1),
                "python_enable_replacements": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "max_temp_directory_size": "4GB",
                "temp_directory": os.path.join(tempfile.gettempdir(), f"crmlab-{os.getpid()}"),
            },
        )
        weakref.finalize(self, self.connection.close)
        if file is not None:
            self.attach(file)  # made by crmlab: once it is open, no folder at all need be reached
        self.connection.execute("SET allowed_directories = $1", [[os.path.abspath(f) for f in folders]])
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")
        if file is None:
            self.connection.execute("ATTACH ':memory:' AS star")

    def attach(self, file: str | os.PathLike, *, name: str = "star", read_only: bool = True) -> None:
        """Attach a database file."""
        path = os.path.abspath(file).replace("'", "''")
        self.connection.execute(f"ATTACH '{path}' AS {name}" + (" (READ_ONLY)" if read_only else ""))

    def cursor(self) -> Any:
        """This thread's own cursor: DuckDB connections are not shared between threads."""
        cursor = getattr(self._local, "cursor", None)
        if cursor is None:
            with self._lock:
                cursor = self._local.cursor = self.connection.cursor()
        return cursor

    @contextlib.contextmanager
    def guarded(self, timeout: float | None = None):
        """This thread's cursor, interrupted when the block takes longer than ``timeout`` seconds."""
        import duckdb

        cursor = self.cursor()
        limit = timeout or self.timeout
        timer = threading.Timer(limit, cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield cursor
        except duckdb.InterruptException as stop:
            raise UserError("star.too_slow", seconds=limit) from stop
        except duckdb.OutOfMemoryException as full:
            raise UserError("star.too_large") from full
        finally:
            timer.cancel()

    def rows(self, sql: str, parameters: Sequence[Any] = (), timeout: float | None = None) -> list[tuple]:
        """Run one statement and fetch all its rows."""
        with self.guarded(timeout) as cursor:
            return cursor.execute(sql, list(parameters)).fetchall()

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement of the store's own making, without a limit on time."""
        self.cursor().execute(sql, list(parameters))

    def describe(self, table: str) -> dict[str, str]:
        """Column to type."""
        return {r[0]: r[1] for r in self.cursor().execute(f"DESCRIBE SELECT * FROM {table}").fetchall()}

    def load(self, name: str, table: Any, *, label: str) -> dict[str, str]:
        """Load what a person gave as table ``name`` of the catalogue; return its columns and types.

        Categories become text, NaN becomes NULL, decimals of more than 18 digits become whole or floating point
        numbers; nothing else is changed.
        """
        import duckdb

        cursor = self.cursor()
        values: list[Any] = []
        try:
            if isinstance(table, str | os.PathLike):
                if not Path(table).is_file():
                    raise UserError("star.no_file", table=label, found=str(table))
                scan, values = "read_parquet($1)", [os.fspath(table)]
            elif isinstance(table, Mapping):
                scan, values = _columns(table, label)
            else:
                cursor.register("given", _plain(table))
                scan = "given"
            types = {r[0]: r[1] for r in cursor.execute(f"DESCRIBE SELECT * FROM {scan}", values).fetchall()}
            if not types:
                raise UserError("star.no_columns", table=label)
            chosen = ", ".join(f"{_clean(c, t)} AS {quote(c)}" for c, t in types.items())
            cursor.execute(f"CREATE TABLE {name} AS SELECT {chosen} FROM {scan}", values)
        except (duckdb.ConversionException, duckdb.InvalidInputException, duckdb.IOException) as bad:
            raise UserError("star.unreadable_table", table=label, reason=str(bad).splitlines()[0]) from bad
        finally:
            with contextlib.suppress(duckdb.Error):
                cursor.unregister("given")
        return self.describe(name)

    def close(self) -> None:
        """Close the connection; cursors of other threads end with it."""
        self.connection.close()


def _plain(table: Any) -> Any:
    # ingest hands over an object with the frame inside
    return getattr(table, "table", table)


def _columns(table: Mapping[str, Sequence[Any]], label: str) -> tuple[str, list[Any]]:
    if not table:
        raise UserError("star.no_columns", table=label)
    lengths = {len(v) for v in table.values()}
    if len(lengths) > 1:
        raise UserError("star.uneven_columns", table=label, found=sorted(lengths))
    parts = []
    for i, (name, column) in enumerate(table.items()):
        # an empty or all-missing list has no type that DuckDB could find
        cast = "" if any(v is not None for v in column) else "::VARCHAR[]"
        parts.append(f"unnest(${i + 1}{cast}) AS {quote(name)}")
    return f"(SELECT {', '.join(parts)})", [list(v) for v in table.values()]


def _clean(column: str, kind: str) -> str:
    name = quote(column)
    if kind.startswith("ENUM"):
        return f"CAST({name} AS VARCHAR)"
    if kind.startswith("DECIMAL") and int(kind[8:-1].split(",")[0]) > 18:  # 38 digits, as Spark and pandas write them
        return f"CAST({name} AS {'HUGEINT' if kind.endswith(',0)') else 'DOUBLE'})"
    if kind in ("DOUBLE", "FLOAT"):
        return f"CASE WHEN isnan({name}) THEN NULL ELSE CAST({name} AS DOUBLE) END"
    return name
