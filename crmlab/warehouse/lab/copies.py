"""The private copy: loaded first, personal columns masked in it, and the door locked behind it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from ...errors import UserError
from ...privacy.masking import find_personal, mask, personal_kind
from ...star.store import quote

__all__ = ["copied"]

_LOOKED_AT = 200
_WHOLE = ("INTEGER", "BIGINT", "UBIGINT", "HUGEINT", "DOUBLE")


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
    told = {c: _different(connection, name, c) for c, kind in types.items() if kind in ("VARCHAR", "VARCHAR[]")}
    rows = [dict(zip(told, row, strict=True)) for row in zip_longest(*(v[:_LOOKED_AT] for v in told.values()))]
    personal = find_personal(types, rows)
    hidden = set()
    for column, kind in types.items():
        c, t, what = quote(column), quote(name), personal.get(column)
        if kind.startswith(("DATE", "TIMESTAMP")):
            if declared.get(column) == "date" or what == "birth_date":
                connection.execute(f"UPDATE {t} SET {c} = date_trunc('year', {c})")
                hidden.add(column)
            continue
        if kind in _WHOLE and what in ("phone", "nik"):  # its zero was taken by a spreadsheet; a count of calls is none
            connection.execute(f"ALTER TABLE {t} ALTER {c} TYPE VARCHAR USING CAST(CAST({c} AS HUGEINT) AS VARCHAR)")
            told[column] = _different(connection, name, column)
            what = personal_kind("", told[column][:_LOOKED_AT])
            if what is None:
                connection.execute(f"ALTER TABLE {t} ALTER {c} TYPE {kind}")
                continue
        elif what and kind.endswith(("]", ")")) and not kind.startswith("DECIMAL"):  # a list or a record of them
            connection.execute(f"ALTER TABLE {t} ALTER {c} TYPE VARCHAR")
            told[column], what = _different(connection, name, column), "text"
        elif kind != "VARCHAR":
            continue
        what = what or ("name" if declared.get(column) == "text" else None)
        if what is None or not told[column]:
            continue
        connection.execute(
            f"UPDATE {t} SET {c} = m.shown FROM (SELECT unnest($1) AS held, unnest($2) AS shown) m WHERE {c} = m.held",
            [told[column], [mask(v, what) for v in told[column]]],
        )
        hidden.add(column)
    return hidden


def _different(connection: Any, table: str, column: str) -> list[str]:
    asked = f"SELECT DISTINCT {quote(column)} AS v FROM {quote(table)} WHERE v IS NOT NULL"
    values = [r[0] for r in connection.execute(asked).fetchall()]
    return [v for held in values for v in (held if isinstance(held, list) else [held])]
