"""Databases: one SELECT, or one table, through a connection that the person opened."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ..errors import UserError, suggest
from .frames import from_arrow, plain_value, read_frame
from .questions import Question
from .raw import Limits, RawTable, column_names
from .workbook import tidy_column

__all__ = ["check_select", "read_database"]

_CHUNK = 50_000  # rows asked for at a time

_LIST_TABLES = {
    "duckdb": "SELECT table_name FROM duckdb_tables() WHERE NOT internal"
    " UNION SELECT view_name FROM duckdb_views() WHERE NOT internal",
    "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'",
}


def check_select(query: str, dialect: str | None = None) -> str:
    """``query`` without its closing semicolon, if it is one statement that only reads.

    Raises
    ------
    UserError
        ``ingest.not_a_select``.

    Examples
    --------
    >>> check_select("SELECT a FROM t WHERE b = 1;")
    'SELECT a FROM t WHERE b = 1'
    """
    import sqlglot
    from sqlglot import exp

    text = query.strip().rstrip(";").strip()
    try:
        statements = sqlglot.parse(text, dialect=dialect)
    except sqlglot.errors.SqlglotError as error:
        raise UserError("ingest.unreadable_query", found=str(error).splitlines()[0][:200]) from None
    only = statements[0] if len(statements) == 1 else None
    if not isinstance(only, exp.Query):
        raise UserError("ingest.not_a_select")
    # PostgreSQL lets a WITH delete and update
    writing = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Create, exp.Drop, exp.Alter, exp.Command, exp.Into)
    if next(only.find_all(*writing), None) is not None:
        raise UserError("ingest.not_a_select")
    return text


def _dialect(connection: Any) -> str | None:
    module = type(connection).__module__.split(".")[0].lstrip("_")
    if module in ("duckdb", "sqlite3"):
        return module.removesuffix("3")
    named = getattr(getattr(connection, "dialect", None), "name", None)  # SQLAlchemy says it
    if named:
        return {"postgresql": "postgres", "mssql": "tsql"}.get(named, named)
    return {"psycopg": "postgres", "psycopg2": "postgres", "pymysql": "mysql", "MySQLdb": "mysql"}.get(module)


def read_database(connection: Any, *, query: str | None, table: str | None, limits: Limits) -> RawTable:
    """The rows of a query or a table through a DuckDB, sqlite3, SQLAlchemy or other DB-API connection."""
    dialect = _dialect(connection)
    if query is not None and table is not None:
        raise UserError("ingest.query_or_table")
    if query is None:
        table = _which_table(connection, dialect, table, limits)
        quote = "`" if dialect == "mysql" else '"'
        parts = table.split(".") if table.count(".") == 1 else [table]
        query = "SELECT * FROM " + ".".join(quote + p.replace(quote, quote * 2) + quote for p in parts)
    else:
        query = check_select(query, dialect)
    most = limits.rows + 1
    name = table or "query"
    if dialect == "duckdb":
        with _clock(connection, limits):
            found = _run_duckdb(connection, query, most, limits, name)
        return from_arrow(found, name, "sql", limits)
    with _clock(connection, limits):
        names, rows = _run(connection, query, most, limits, name)
    limits.check("rows", len(rows), name)
    import pandas as pd

    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    cells = {n: tidy_column([plain_value(v) for v in c]) for n, c in zip(column_names(names), columns, strict=True)}
    return read_frame(pd.DataFrame(cells), limits, name, "sql")


def _which_table(connection: Any, dialect: str | None, table: str | None, limits: Limits) -> str:
    if dialect not in _LIST_TABLES:
        if table is None:
            raise UserError("ingest.which_query")
        return table
    if dialect == "duckdb":
        there = sorted(str(r[0]) for r in connection.execute(_LIST_TABLES[dialect]).fetchall())
    else:
        there = sorted(str(r[0]) for r in _run(connection, _LIST_TABLES[dialect], 10_000, limits, "tables")[1])
    if table is None:
        if len(there) == 1:
            return there[0]
        if not there:
            raise UserError("ingest.no_tables")
        raise UserError("ingest.which_table", wanted=tuple(there), questions=(Question("table", None, tuple(there)),))
    if table not in there and table.split(".")[-1] not in there:
        raise UserError("ingest.unknown_table", found=table, wanted=tuple(there), near=suggest(table, there))
    return table


@contextmanager
def _clock(connection: Any, limits: Limits) -> Iterator[None]:
    """Stop a query that takes too long: a view can be one that never ends."""
    stop = getattr(connection, "interrupt", None) or getattr(connection, "cancel", None)
    if stop is None:  # a driver that can't be stopped from outside
        yield
        return
    late = threading.Event()

    def ring() -> None:
        late.set()
        stop()

    timer = threading.Timer(limits.seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    except UserError:
        if late.is_set():
            raise UserError("ingest.too_slow", wanted=limits.seconds) from None
        raise
    finally:
        timer.cancel()


def _run_duckdb(connection: Any, query: str, most: int, limits: Limits, name: str) -> Any:
    import duckdb
    import pyarrow as pa

    try:
        reader = connection.sql(query).limit(most).to_arrow_reader(_CHUNK)
        batches, size = [], 0
        for batch in reader:
            batches.append(batch)
            size += batch.nbytes
            limits.check("bytes", size, name)
        return pa.Table.from_batches(batches, reader.schema)
    except (duckdb.Error, pa.ArrowException, OSError) as error:  # Arrow passes on what the engine says while it streams
        raise UserError("ingest.query_failed", found=str(error).splitlines()[0][:300]) from None


def _cells(row: Any) -> tuple[Any, ...]:
    """A row as a tuple; some drivers hand over mappings."""
    return tuple(row.values()) if isinstance(row, Mapping) else tuple(row)


def _run(connection: Any, query: str, most: int, limits: Limits, name: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run a query through SQLAlchemy or the DB-API; at most ``most`` rows."""
    if hasattr(connection, "exec_driver_sql"):
        result = connection.exec_driver_sql(query)
        return list(result.keys()), _fetch(result, most, limits, name)
    if not hasattr(connection, "cursor"):  # an SQLAlchemy engine
        with connection.connect() as opened:
            return _run(opened, query, most, limits, name)
    cursor = connection.cursor()
    try:
        cursor.execute(query)
        return [d[0] for d in cursor.description], _fetch(cursor, most, limits, name)
    except Exception as error:
        # every driver has its own error class; the DB-API only promises the name of its base
        if any(c.__name__ in ("Error", "DatabaseError") for c in type(error).__mro__):
            raise UserError("ingest.query_failed", found=str(error).splitlines()[0][:300]) from None
        raise
    finally:
        cursor.close()


def _fetch(answer: Any, most: int, limits: Limits, name: str) -> list[tuple[Any, ...]]:
    """Rows until there are no more, or ``most``, or more than memory should hold."""
    rows: list[tuple[Any, ...]] = []
    size = 0
    while len(rows) < most and (chunk := answer.fetchmany(min(_CHUNK, most - len(rows)))):
        some = [_cells(r) for r in chunk]
        size += sum(64 + sum(len(v) if isinstance(v, str | bytes) else 32 for v in r) for r in some)
        limits.check("bytes", size, name)
        rows += some
    return rows
