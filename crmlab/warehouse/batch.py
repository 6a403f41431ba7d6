"""A batch as it is delivered: typed as the warehouse has it, hashed row by row, and refused where it contradicts
itself."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import UserError, suggest
from ..star.store import Store, quote
from .design import RESERVED
from .state import literal, row_hash

__all__ = ["empty_batch", "folders_of", "moment", "staged", "tables_of"]

SHOWN = 1000  # rows carried by an error; it shows the first five and says how many
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")


def tables_of(batch: Any) -> dict[str, Any]:
    """The tables of a batch by name: a mapping, or a thing that has one under ``tables``."""
    tables = getattr(batch, "tables", batch)
    if not isinstance(tables, Mapping):
        raise UserError("warehouse.no_tables", found=type(batch).__name__)
    return {name: _with_places(table) for name, table in tables.items()}


def _with_places(table: Any) -> Any:
    """What :func:`crmlab.ingest.read` gives knows the rows of its file: they go along."""
    places = getattr(table, "places", None)
    if places is None or "source_row" in table.table.columns:
        return getattr(table, "table", table)
    return table.table.assign(source_row=places)


def folders_of(tables: Mapping[str, Any]) -> set[str]:
    """The folders of those tables that are files."""
    return {os.path.dirname(os.path.abspath(t)) for t in tables.values() if isinstance(t, str | os.PathLike)}


def moment(value: Any, name: str) -> dt.datetime:
    """A date, a moment or its text as a moment without a time zone."""
    try:
        if isinstance(value, str):
            value = dt.datetime.fromisoformat(value)
        elif hasattr(value, "to_pydatetime"):
            value = value.to_pydatetime()
        elif not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time())
    except (TypeError, ValueError) as bad:
        raise UserError("warehouse.not_a_moment", found=value, argument=name) from bad
    if value.tzinfo is not None or value != value:
        raise UserError("warehouse.not_a_moment", found=str(value), argument=name)
    return value


def staged(
    store: Store, name: str, table: Any, deleted: Any, rule: dict[str, Any], load: int, at: dt.datetime
) -> dict[str, Any]:
    """Bring one table of a batch into ``star."batch.<name>"``; the rule learns its columns.

    Returns
    -------
    dict
        ``rows``, ``deletions`` and ``digest``, which is the same for the same rows in whatever order.
    """
    given, batch = f"star.{quote('given.' + name)}", f"star.{quote('batch.' + name)}"
    types = store.load(given, table, label=name)
    keys = rule["keys"]
    _check_columns(name, types, rule)
    own = [c for c in types if c != "source_row"]
    kinds = _fitting_all(store, given, name, {c: types[c] for c in own}, rule)
    rule["columns"] = {**rule["columns"], **kinds}
    _check_days(name, rule)
    numbered = "CAST(source_row AS BIGINT)" if "source_row" in types else "row_number() OVER ()"
    typed = ", ".join(f"CAST({quote(c)} AS {kinds[c] or 'VARCHAR'}) AS {quote(c)}" for c in own)
    lineage = f'{load} AS "$load", "$row", TIMESTAMP {literal(at.isoformat(sep=" "))} AS "$at"'
    store.run(
        f'CREATE TABLE {batch} AS SELECT *, {row_hash(own)} AS "$hash", false AS "$deleted" FROM '
        f'(SELECT {typed}, {lineage} FROM (SELECT *, {numbered} AS "$row" FROM {given}))'
    )
    store.run(f"DROP TABLE {given}")
    needed = [*keys, *([rule["revisions"]] if rule["revisions"] else [])]
    if rule["history"] and rule["history"]["valid_from"]:
        needed.append(rule["history"]["valid_from"])
    gaps = " OR ".join(f"{quote(c)} IS NULL" for c in needed)
    if _rows(store, f'SELECT "$row" FROM {batch} WHERE {gaps}'):
        for column in needed:
            rows = _rows(store, f'SELECT "$row" FROM {batch} WHERE {quote(column)} IS NULL ORDER BY 1')
            if not rows:
                continue
            raise UserError("warehouse.empty_key", table=name, rows=rows, column=column)
    _check_twice(store, batch, name, rule)
    _check_history(store, batch, name, rule)
    deletions = _stage_deletions(store, name, deleted, rule, load, at) if deleted is not None else 0
    rows = store.rows(f'SELECT count(*) FROM {batch} WHERE NOT "$deleted"')[0][0]
    mark = "\"$hash\" || CASE WHEN \"$deleted\" THEN '-' ELSE '+' END"
    said = store.rows(f"SELECT md5(coalesce(string_agg({mark}, ',' ORDER BY {mark}), '')) FROM {batch}")[0][0]
    return {"rows": rows, "deletions": deletions, "digest": said}


def _check_columns(name: str, types: Mapping[str, str], rule: Mapping[str, Any]) -> None:
    history = rule["history"] or {}
    dated = [c for c in (history.get("valid_from"), history.get("valid_to")) if c]
    wanted = [*rule["keys"], *dated, *(history.get("type1") or ()), *(history.get("type2") or ())]
    wanted += [*rule["links"], *([rule["revisions"]] if rule["revisions"] else [])]
    wanted += [link["on"] for link in rule["links"].values() if link["on"]]
    needed = {*rule["keys"], history.get("valid_from"), rule["revisions"]}
    for column in wanted:
        if column not in types and (column in needed or column not in rule["columns"]):
            near = suggest(column, types)
            raise UserError("warehouse.unknown_column", table=name, found=column, wanted=list(types), near=near)
    taken = set(RESERVED) - {"source_row"} | ({"valid_from", "valid_to"} - set(dated) if rule["history"] else set())
    for column in types:
        if column in taken or column.startswith("$"):
            raise UserError("warehouse.reserved_column", table=name, found=column)


def _check_days(name: str, rule: Mapping[str, Any]) -> None:
    history = rule["history"] or {}
    days = [history.get("valid_from"), history.get("valid_to"), *(link["on"] for link in rule["links"].values())]
    for column in filter(None, days):
        if rule["columns"][column] not in ("DATE", "TIMESTAMP", None):
            raise UserError("warehouse.not_a_date", table=name, found=rule["columns"][column], column=column)


def _canonical(kind: str) -> str | None:
    if kind in _WHOLE:
        return "BIGINT"
    if kind in ("UBIGINT", "HUGEINT", "UHUGEINT"):
        return "HUGEINT"
    if kind in ("FLOAT", "DOUBLE"):
        return "DOUBLE"
    if kind.startswith("DECIMAL"):
        return "DECIMAL(18,4)" if int(kind[8:-1].split(",")[1]) <= 4 else "DOUBLE"
    if kind in ("TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"):
        return "TIMESTAMP"
    return kind if kind in ("VARCHAR", "DATE", "TIMESTAMP", "BOOLEAN", "TIME") else None


def _fitting_all(
    store: Store, given: str, table: str, types: Mapping[str, str], rule: Mapping[str, Any]
) -> dict[str, str | None]:
    """The types that columns have in the warehouse; None while nothing has ever been in one."""
    counted = store.rows(f"SELECT {', '.join(f'count({quote(c)})' for c in types)} FROM {given}")[0]
    fitting: dict[str, str | None] = {}
    for (column, found), filled in zip(types.items(), counted, strict=True):
        stored, kind = rule["columns"].get(column), _canonical(found)
        if not filled:
            fitting[column] = stored
            continue
        if kind is None:
            raise UserError("warehouse.bad_type", table=table, found=found, column=column)
        fitting[column] = stored or kind
        if fitting[column] != kind or kind.startswith("DECIMAL"):
            _refuse_loss(store, given, table, column, fitting[column], found)
    return fitting


def _refuse_loss(store: Store, given: str, table: str, column: str, wanted: str, found: str) -> None:
    name = quote(column)
    back = f"TRY_CAST(TRY_CAST({name} AS {wanted}) AS {found})"
    rows = _rows(
        store,
        f'SELECT "$n" FROM (SELECT {name}, row_number() OVER () AS "$n" FROM {given}) '
        f"WHERE {name} IS NOT NULL AND {back} IS DISTINCT FROM {name}",
    )
    if rows:
        raise UserError("warehouse.type_changed", table=table, rows=rows, column=column, wanted=wanted, found=found)


def _check_twice(store: Store, batch: str, name: str, rule: Mapping[str, Any]) -> None:
    """Two rows of one key that differ, and nothing that says which is the newer."""
    history = rule["history"] or {}
    by = [*rule["keys"], *(c for c in (history.get("valid_from"), rule["revisions"]) if c)]
    listed = ", ".join(quote(c) for c in by)
    rows = _rows(
        store,
        f'SELECT "$row" FROM {batch} WINDOW w AS (PARTITION BY {listed}) '
        f'QUALIFY min("$hash") OVER w <> max("$hash") OVER w ORDER BY {listed}, "$row"',
    )
    if rows:
        raise UserError("warehouse.key_twice", table=name, rows=rows, key=", ".join(by))


def _check_history(store: Store, batch: str, name: str, rule: Mapping[str, Any]) -> None:
    history = rule["history"]
    if not history or not history["valid_from"] or not history["valid_to"]:
        return
    begins, ends = quote(history["valid_from"]), quote(history["valid_to"])
    rows = _rows(store, f'SELECT "$row" FROM {batch} WHERE {ends} < {begins} ORDER BY 1')
    if rows:
        raise UserError("warehouse.ends_before_it_begins", table=name, rows=rows)
    keys = ", ".join(quote(k) for k in rule["keys"])
    # the newest word on a day counts; what it says must not run into the next day that this batch tells of
    newest = f"{quote(rule['revisions'])} DESC" if rule["revisions"] else '"$hash"'
    rows = _rows(
        store,
        f'SELECT "$row" FROM (SELECT "$row", {keys}, CAST({ends} AS DATE) AS e, '
        f"lead(CAST({begins} AS DATE)) OVER (PARTITION BY {keys} ORDER BY {begins}) AS n FROM {batch} "
        f"QUALIFY row_number() OVER (PARTITION BY {keys}, {begins} ORDER BY {newest}) = 1) WHERE e >= n ORDER BY 1",
    )
    if rows:
        raise UserError("warehouse.overlap", table=name, rows=rows)


def _stage_deletions(store: Store, name: str, deleted: Any, rule: Mapping[str, Any], load: int, at: dt.datetime) -> int:
    given, batch = f"star.{quote('deleted.' + name)}", f"star.{quote('batch.' + name)}"
    keys = rule["keys"]
    if not isinstance(deleted, Mapping | str | os.PathLike | Path) and not hasattr(deleted, "columns"):
        deleted = {keys[0]: list(deleted)}
    types = store.load(given, deleted, label=name)
    for column in keys:
        if column not in types:
            near = suggest(column, types)
            raise UserError("warehouse.unknown_column", table=name, found=column, wanted=list(types), near=near)
    kinds = _fitting_all(store, given, name, {c: types[c] for c in keys}, rule)
    kinds = {c: kind or "VARCHAR" for c, kind in kinds.items()}
    same = " AND ".join(f"b.{quote(k)} = CAST(g.{quote(k)} AS {kinds[k]})" for k in keys)
    rows = _rows(store, f'SELECT b."$row" FROM {batch} b JOIN {given} g ON {same} ORDER BY 1')
    if rows:
        raise UserError("warehouse.delivered_and_deleted", table=name, rows=rows)
    typed = ", ".join(f"CAST({quote(k)} AS {kinds[k]}) AS {quote(k)}" for k in keys)
    store.run(
        f'INSERT INTO {batch} BY NAME SELECT *, {row_hash(keys)} AS "$hash", true AS "$deleted" FROM '
        f'(SELECT {typed}, {load} AS "$load", row_number() OVER () AS "$row", '
        f'TIMESTAMP {literal(at.isoformat(sep=" "))} AS "$at" FROM {given})'
    )
    return store.rows(f"SELECT count(*) FROM {given}")[0][0]


def _rows(store: Store, sql: str) -> list[Any]:
    return [r[0] for r in store.rows(f"{sql} LIMIT {SHOWN}")]


def empty_batch(rule: Mapping[str, Any]) -> dict[str, list[Any]]:
    """A table without rows, for deletions that come alone."""
    return {column: [] for column in rule["columns"]}
