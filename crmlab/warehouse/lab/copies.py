"""The private copy: loaded first, personal columns masked in it, and the door locked behind it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...errors import UserError
from ...privacy.masking import mask, personal_kind
from ...star.store import quote

__all__ = ["copied"]


def copied(worlds: Sequence[Any], masked: bool, memory: str) -> tuple[Any, frozenset[str]]:
    """A DuckDB connection with a copy of all tables in the database ``lab_0``, and the names of masked columns."""
    import duckdb

    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory,
            "threads": min(4, os.cpu_count() or 1),
            "python_enable_replacements": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            # nothing is spilled to a disk: what does not fit in memory ends with words
            "temp_directory": "",
            "max_temp_directory_size": "0GB",
        },
    )
    connection.execute("ATTACH ':memory:' AS lab_0")
    connection.execute("USE lab_0")
    hidden: set[str] = set()
    for name, given, declared in _tables(worlds):
        hidden |= _load(connection, name, given, declared if masked else None)
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection, frozenset(hidden)


def _tables(worlds: Sequence[Any]) -> Iterator[tuple[str, Any, Mapping[str, str]]]:
    """Every table: name, what it is given as, and its personal columns as the data sheet declares them."""
    for world in worlds:
        if isinstance(world, Mapping):
            yield from ((str(name), table, {}) for name, table in world.items())
            continue
        for name in world.names:
            path = world.path(name)
            told = world.sheet.get(name, {}).get("columns", {})
            personal = {c: about.get("kind", "text") for c, about in told.items() if about.get("personal")}
            yield name, path if path.suffix == ".parquet" else world.tables[name], personal


def _load(connection: Any, name: str, given: Any, declared: Mapping[str, str] | None) -> set[str]:
    import duckdb

    given = getattr(given, "table", given)
    if isinstance(given, Mapping):
        import pandas as pd

        given = pd.DataFrame(dict(given))
    from_file = isinstance(given, str | os.PathLike)
    if from_file and not os.path.isfile(given):
        raise UserError("lab.no_file", table=name, found=str(given))
    try:
        if from_file:
            connection.execute(f"CREATE TABLE {quote(name)} AS SELECT * FROM read_parquet($1)", [os.fspath(given)])
        else:
            connection.register("given", given)
            connection.execute(f"CREATE TABLE {quote(name)} AS SELECT * FROM given")
            connection.unregister("given")
    except duckdb.Error as bad:
        raise UserError("lab.unreadable_table", table=name, reason=str(bad).splitlines()[0]) from bad
    return _mask(connection, name, declared) if declared is not None else set()


def _mask(connection: Any, name: str, declared: Mapping[str, str]) -> set[str]:
    """Replace what names a person; keys that join tables stay, for they say nothing without the names."""
    types = {r[0]: r[1] for r in connection.execute(f"DESCRIBE {quote(name)}").fetchall()}
    hidden = set()
    for column, kind in types.items():
        c, t = quote(column), quote(name)
        if kind in ("DATE", "TIMESTAMP", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP_S"):
            if declared.get(column) == "date" or personal_kind(column) == "birth_date":
                connection.execute(f"UPDATE {t} SET {c} = date_trunc('year', {c})")
                hidden.add(column)
            continue
        if kind != "VARCHAR":
            continue
        values = [r[0] for r in connection.execute(f"SELECT DISTINCT {c} FROM {t} WHERE {c} IS NOT NULL").fetchall()]
        what = personal_kind(column, values[:500]) or ("name" if declared.get(column) == "text" else None)
        if what is None or not values:
            continue
        connection.execute(
            f"UPDATE {t} SET {c} = m.shown FROM (SELECT unnest($1) AS held, unnest($2) AS shown) m WHERE {c} = m.held",
            [values, [mask(v, what) for v in values]],
        )
        hidden.add(column)
    return hidden
