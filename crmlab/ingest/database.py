"""Databases: one SELECT, or one table, through a connection that the person opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import UserError, suggest
from .frames import from_arrow, plain_value, read_frame
from .questions import Question
from .raw import Limits, RawTable, column_names
from .workbook import tidy_column

__all__ = ["check_select", "read_database"]

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
        table = _which_table(connection, dialect, table)
        quote = "`" if dialect == "mysql" else '"'
        parts = table.split(".") if table.count(".") == 1 else [table]
        query = "SELECT * FROM " + ".".join(quote + p.replace(quote, quote * 2) + quote for p in parts)
    else:
        query = check_select(query, dialect)
    most = limits.rows + 1
    name = table or "query"
    if dialect == "duckdb":
        return from_arrow(_run_duckdb(connection, query, most), name, "sql", limits)
    names, rows = _run(connection, query, most)
    limits.check("rows", len(rows), name)
    import pandas as pd

    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    cells = {n: tidy_column([plain_value(v) for v in c]) for n, c in zip(column_names(names), columns, strict=True)}
    return read_frame(pd.DataFrame(cells), limits, name, "sql")


def _which_table(connection: Any, dialect: str | None, table: str | None) -> str:
    if dialect not in _LIST_TABLES:
        if table is None:
            raise UserError("ingest.which_query")
        return table
    if dialect == "duckdb":
        there = sorted(str(r[0]) for r in connection.execute(_LIST_TABLES[dialect]).fetchall())
    else:
        there = sorted(str(r[0]) for r in _run(connection, _LIST_TABLES[dialect], 10_000)[1])
    if table is None:
        if len(there) == 1:
            return there[0]
        if not there:
            raise UserError("ingest.no_tables")
        raise UserError("ingest.which_table", wanted=tuple(there), questions=(Question("table", None, tuple(there)),))
    if table not in there and table.split(".")[-1] not in there:
        raise UserError("ingest.unknown_table", found=table, wanted=tuple(there), near=suggest(table, there))
    return table


def _run_duckdb(connection: Any, query: str, most: int) -> Any:
    import duckdb

    try:
        return connection.sql(query).limit(most).to_arrow_table()
    except duckdb.Error as error:
        raise UserError("ingest.query_failed", found=str(error).splitlines()[0][:300]) from None


def _cells(row: Any) -> tuple[Any, ...]:
    """A row as a tuple; some drivers hand over mappings."""
    return tuple(row.values()) if isinstance(row, Mapping) else tuple(row)


def _run(connection: Any, query: str, most: int) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run a query through SQLAlchemy or the DB-API; at most ``most`` rows."""
    if hasattr(connection, "exec_driver_sql"):
        result = connection.exec_driver_sql(query)
        return list(result.keys()), [_cells(r) for r in result.fetchmany(most)]
    if not hasattr(connection, "cursor"):  # an SQLAlchemy engine
        with connection.connect() as opened:
            return _run(opened, query, most)
    cursor = connection.cursor()
    try:
        cursor.execute(query)
        return [d[0] for d in cursor.description], [_cells(r) for r in cursor.fetchmany(most)]
    except Exception as error:
        # every driver has its own error class; the DB-API only promises the name of its base
        if any(c.__name__ in ("Error", "DatabaseError") for c in type(error).__mro__):
            raise UserError("ingest.query_failed", found=str(error).splitlines()[0][:300]) from None
        raise
    finally:
        cursor.close()
