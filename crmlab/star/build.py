"""From tables to a checked, coded, denormalised star inside a Store.

Every check names the keys it refuses. What comes out: per dimension its table, the members of each level with small
integer codes in the order in which they are shown, and per fact one wide table, the fact's own columns beside the
codes. A key that is missing, or points nowhere, has no code: that NULL is the unknown member, and stays in every
total.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from .. import calendar
from ..errors import InternalError, UserError, suggest
from .model import Dimension, Fact
from .store import Store, quote

__all__ = ["build"]

VERSION = 4
SHOWN = 1000  # keys carried by an error; it shows the first five and says how many
_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_SCALES = 6
_SHAPES = {"quarter": r"\d{4}-Q[1-4]", "month": r"\d{4}-(0[1-9]|1[0-2])", "week": r"\d{4}-W[0-5]\d"}


def build(store: Store, facts: Sequence[Fact], dimensions: Sequence[Dimension], orphans: str) -> dict[str, Any]:
    """Load, check and code everything; return what is known about it as plain data."""
    fact_types = {}
    for fact in facts:
        fact_types[fact.name] = store.load(f"star.{quote('raw.' + fact.name)}", fact.table, label=fact.table_name)
        _columns_exist(fact.table_name, fact_types[fact.name], [*(c for _, c in fact.roles.values()), *fact.grain])
    known = {d.name: d for d in dimensions}
    taken = {fact.table_name.lower() for fact in facts}
    meta: dict[str, Any] = {"version": VERSION, "dimensions": {}, "facts": {}, "notes": []}
    for dimension in dimensions:
        # one file may be the table of two dimensions: the second one goes by its own name
        name = dimension.table_name if dimension.table_name.lower() not in taken else f"dim_{dimension.name}"
        taken.add(name.lower())
        meta["dimensions"][dimension.name] = _build_dimension(store, dimension, name, facts, meta["notes"])
    for fact in facts:
        meta["facts"][fact.name] = _build_fact(store, fact, fact_types[fact.name], known, meta, orphans)
    return meta


def _columns_exist(table: str, types: dict[str, str], names: Sequence[str]) -> None:
    for name in names:
        if name not in types:
            raise UserError(
                "star.unknown_column",
                table=table,
                found=name,
                wanted=list(types),
                near=suggest(name, types),
                column=name,
            )


def _family(kind: str) -> str:
    if kind in _NUMBERS or kind.startswith("DECIMAL") or kind == "DOUBLE":
        return "number"
    return "date" if kind == "DATE" or kind.startswith("TIMESTAMP") else kind


def _build_dimension(store: Store, dim: Dimension, name: str, facts: Sequence[Fact], notes: list) -> dict[str, Any]:
    raw = f"star.{quote(name)}"
    if dim.made == "facts":
        types = _distinct(store, dim, facts, raw)
    else:
        table = _calendar(store, dim, facts) if dim.made == "calendar" else dim.table
        types = store.load(raw, table, label=name)
    extra = [*dim.labels.values(), *(o for o in dim.order.values() if isinstance(o, str))]
    _columns_exist(name, types, [dim.key, *dim.columns, *dim.labels, *dim.order, *dim.personal, *extra])
    key = quote(dim.key)
    rows = store.rows(f"SELECT count(*) FROM {raw}")[0][0]
    empty = store.rows(f"SELECT row FROM (SELECT row_number() OVER () AS row, {key} AS k FROM {raw}) WHERE k IS NULL")
    if empty:
        raise UserError("star.missing_key", table=name, rows=[r[0] for r in empty[:SHOWN]], key=dim.key)
    twice = store.rows(f"SELECT {key} FROM {raw} GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT {SHOWN}")
    if twice:
        raise UserError("star.duplicate_key", table=name, rows=[r[0] for r in twice], key=dim.key)
    for hierarchy, levels in dim.hierarchies.items():
        for parent, child in zip(levels, levels[1:], strict=False):
            torn = _two_parents(store, raw, child, parent)
            if torn:
                raise UserError(
                    "star.two_parents", table=name, rows=torn, child=child, parent=parent, hierarchy=hierarchy
                )
    dated = types[dim.key] == "DATE"
    members = {c: _build_members(store, dim, raw, c, types, dated, notes) for c in dim.columns}
    coded, joins = [f"{_narrow(_row_code(key), rows)} AS {quote('$key')}"], []
    for i, (column, info) in enumerate(members.items()):
        coded.append(f"{_narrow(f'm{i}.code', info['count'])} AS {quote(column)}")
        joins.append(f"LEFT JOIN {_members(dim.name, column)} m{i} ON d.{quote(column)} = m{i}.value")
    store.run(
        f"CREATE TABLE star.{quote('codes.' + dim.name)} AS SELECT d.{key} AS {quote('$value')}, {', '.join(coded)} "
        f"FROM {raw} d {' '.join(joins)}"
    )
    return {"rows": rows, "table": name, "columns": types, "members": members, "dated": dated}


def _row_code(key: str) -> str:
    return f"row_number() OVER (ORDER BY d.{key}) - 1"


def _narrow(expression: str, count: int) -> str:
    kind = "TINYINT" if count <= 127 else "SMALLINT" if count <= 32767 else "INTEGER"
    return f"CAST({expression} AS {kind})"


def _members(dimension: str, column: str) -> str:
    return f"star.{quote(f'members.{dimension}.{column}')}"


def _two_parents(store: Store, raw: str, child: str, parent: str) -> list[Any]:
    c, p = quote(child), quote(parent)
    # a missing parent beside a known one are two parents as well
    parents = f"count(DISTINCT {p}) + CASE WHEN count(*) > count({p}) THEN 1 ELSE 0 END"
    sql = f"SELECT {c} FROM {raw} WHERE {c} IS NOT NULL GROUP BY 1 HAVING {parents} > 1 ORDER BY 1 LIMIT {SHOWN}"
    return [r[0] for r in store.rows(sql)]


def _build_members(
    store: Store, dim: Dimension, raw: str, column: str, types: dict[str, str], dated: bool, notes: list
) -> dict[str, Any]:
    c, key = quote(column), quote(dim.key)
    label = quote(dim.labels[column]) if column in dim.labels else "NULL"
    given = dim.order.get(column)
    order = quote(given) if isinstance(given, str) else "NULL" if given is None else f"list_position($1, {c}::VARCHAR)"
    members = [] if given is None or isinstance(given, str) else [[str(m) for m in given]]
    if column in dim.labels:
        several = f"SELECT {c} FROM {raw} GROUP BY 1 HAVING count(DISTINCT {label}) > 1 LIMIT {SHOWN}"
        unsure = [r[0] for r in store.rows(several)]
        if unsure:
            notes.append(["star.several_labels", {"level": column, "n": len(unsure), "example": str(unsure[0])}])
    span = f", min({key}) AS first, max({key}) AS last" if dated else ""
    store.run(
        f"CREATE TABLE {_members(dim.name, column)} AS "
        f"SELECT CAST(row_number() OVER (ORDER BY o NULLS LAST, value) - 1 AS INTEGER) AS code, * EXCLUDE (o) "
        f"FROM (SELECT {c} AS value, CAST(min({label}) AS VARCHAR) AS label, "
        f"min({order}) AS o{span} FROM {raw} WHERE {c} IS NOT NULL GROUP BY 1) ORDER BY code",
        members,
    )
    count = store.rows(f"SELECT count(*) FROM {_members(dim.name, column)}")[0][0]
    return {"count": count, "unit": _unit(store, dim, column, types[column], count)}


def _unit(store: Store, dim: Dimension, column: str, kind: str, count: int) -> str:
    if kind == "BOOLEAN" or _family(kind) == "date":
        return "boolean" if kind == "BOOLEAN" else "date"
    if _family(kind) == "number":
        if column == "month_of_year":
            return "month_of_year"
        return "year" if column.endswith("year") else "number"
    if kind != "VARCHAR" or not count:
        return "text"
    tests = ", ".join(f"bool_and(regexp_full_match(value, ${i + 1}))" for i in range(len(_SHAPES)))
    fits = store.rows(f"SELECT {tests} FROM {_members(dim.name, column)}", list(_SHAPES.values()))[0]
    for shape, fit in zip(_SHAPES, fits, strict=True):
        if fit:
            return shape
    return "id" if column.endswith("_id") or column == dim.key else "text"


def _distinct(store: Store, dim: Dimension, facts: Sequence[Fact], raw: str) -> dict[str, str]:
    """The values of a column of the facts as a table of its own."""
    legs = [
        f"SELECT {quote(column)} AS {quote(dim.key)} FROM star.{quote('raw.' + fact.name)}"
        for fact in facts
        for _, (name, column) in fact.roles.items()
        if name == dim.name
    ]
    every = " UNION ".join(legs)
    store.run(f"CREATE TABLE {raw} AS SELECT DISTINCT * FROM ({every}) WHERE {quote(dim.key)} IS NOT NULL ORDER BY 1")
    return store.describe(raw)


def _calendar(store: Store, dim: Dimension, facts: Sequence[Fact]) -> dict[str, list]:
    first = last = None
    for fact in facts:
        for _, (name, column) in fact.roles.items():
            if name != dim.name:
                continue
            c = quote(column)
            low, high = _dates(store, fact, column, f"min({c}), max({c})")
            first = low if first is None else min(first, low or first)
            last = high if last is None else max(last, high or last)
    if first is None:  # no facts yet: an empty calendar has no members to show
        first = last = calendar.FIRST_DAY
    if (last.year - first.year) > 200:
        raise UserError("star.dates_far_apart", first=first, last=last)
    return calendar.days(dt.date(first.year, 1, 1), dt.date(last.year, 12, 31))


def _dates(store: Store, fact: Fact, column: str, expression: str) -> tuple[dt.date | None, ...]:
    raw = f"star.{quote('raw.' + fact.name)}"
    values = store.rows(f"SELECT {expression} FROM {raw}")[0]
    kinds = store.describe(raw)
    if _family(kinds[column]) != "date" and any(v is not None for v in values):
        raise UserError("star.not_a_date", table=fact.table_name, column=column, found=kinds[column])
    return tuple(v.date() if isinstance(v, dt.datetime) else v for v in values)


def _build_fact(
    store: Store, fact: Fact, types: dict[str, str], known: dict[str, Dimension], meta: dict[str, Any], orphans: str
) -> dict[str, Any]:
    raw = f"star.{quote('raw.' + fact.name)}"
    wide = f"star.{quote('wide.' + fact.name)}"
    _check_grain(store, fact, raw)
    scales = _scales(store, fact, raw, types)
    coded = [c for c in fact.grain if types[c] == "VARCHAR"]
    chosen = ['f.rowid AS "$row"', *(f"f.{quote(c)} AS {quote('f.' + c)}" for c in types)]
    chosen += [
        f"CAST(round(f.{quote(c)} * {10**k}) AS BIGINT) AS {quote('x.' + c)}"
        if types[c] == "DOUBLE"
        else f"CAST(f.{quote(c)} * {10**k} AS BIGINT) AS {quote('x.' + c)}"
        for c, k in scales.items()
    ]
    joins = []
    for i, column in enumerate(coded):
        c = quote(column)
        chosen.append(f"g{i}.code AS {quote('c.' + column)}")
        distinct = (
            f"(SELECT v, CAST(row_number() OVER () AS INTEGER) AS code FROM (SELECT DISTINCT {c} AS v FROM {raw}))"
        )
        joins.append(f"LEFT JOIN {distinct} g{i} ON f.{c} = g{i}.v")
    for i, (role, (name, column)) in enumerate(fact.roles.items()):
        dim, info = known[name], meta["dimensions"][name]
        joins.append(
            f"LEFT JOIN star.{quote('codes.' + name)} j{i} "
            f"ON {_key(fact, column, types[column], dim, info)} = j{i}.{quote('$value')}"
        )
        chosen += [f"j{i}.{quote(c)} AS {quote(f'd.{role}.{c}')}" for c in ("$key", *info["members"])]
    store.run(f"CREATE TABLE {wide} AS SELECT {', '.join(chosen)} FROM {raw} f {' '.join(joins)}")
    rows = store.rows(f"SELECT count(*) FROM {raw}")[0][0]
    after = store.rows(f"SELECT count(*) FROM {wide}")[0][0]
    if rows != after:
        raise InternalError(f"joining {fact.name} to its dimensions made {after} rows of {rows}")
    roles, spans = {}, {}
    for role, (name, column) in fact.roles.items():
        lost = _unresolved(store, wide, role, column)
        if lost["orphans"] and orphans == "refuse":
            own, lone = quote("f." + column), _orphan(role, column)
            keys = f"SELECT DISTINCT {own} FROM {wide} WHERE {lone} ORDER BY 1 LIMIT {SHOWN}"
            raise UserError(
                "star.orphans",
                table=fact.table_name,
                rows=[r[0] for r in store.rows(keys)],
                key=column,
                dimension=name,
                n=lost["orphans"],
            )
        roles[role] = {"dimension": name, "column": column, **lost}
        if meta["dimensions"][name]["dated"]:
            spans[role] = _span(store, wide, role, name)
    # the raw copy has done its work: SQL that a person writes sees the same rows under the fact's own name
    store.run(f"DROP TABLE {raw}")
    own = ", ".join(f"{quote('f.' + c)} AS {quote(c)}" for c in types)
    store.run(f"CREATE VIEW star.{quote(fact.table_name)} AS SELECT {own} FROM {wide}")
    return {
        "rows": rows,
        "table": fact.table_name,
        "columns": types,
        "scales": scales,
        "ranges": _ranges(store, wide, types, scales),
        "coded": {c: store.rows(f"SELECT max({quote('c.' + c)}) FROM {wide}")[0][0] or 0 for c in coded},
        "roles": roles,
        "spans": spans,
    }


def _check_grain(store: Store, fact: Fact, raw: str) -> None:
    if not fact.grain:
        return
    grain = ", ".join(quote(c) for c in fact.grain)
    sql = f"SELECT {grain} FROM {raw} GROUP BY {grain} HAVING count(*) > 1 ORDER BY ALL LIMIT {SHOWN}"
    twice = [r[0] if len(r) == 1 else " / ".join(map(str, r)) for r in store.rows(sql)]
    if twice:
        raise UserError("star.bad_grain", table=fact.table_name, rows=twice, grain=" / ".join(fact.grain))


def _key(fact: Fact, column: str, kind: str, dim: Dimension, info: dict[str, Any]) -> str:
    wanted = info["columns"][dim.key]
    c = f"f.{quote(column)}"
    if wanted == "DATE" and kind.startswith("TIMESTAMP"):
        return f"CAST({c} AS DATE)"
    if _family(kind) != _family(wanted) and not _untyped(info, kind):
        raise UserError(
            "star.key_types", table=fact.table_name, column=column, found=kind, wanted=wanted, dimension=dim.name
        )
    return f"CAST({c} AS {wanted})" if _family(kind) != _family(wanted) else c


def _untyped(info: dict[str, Any], kind: str) -> bool:
    # a column without any value has no type of its own, and an empty dimension nothing to disagree with
    return kind == "VARCHAR" and info["rows"] == 0


def _orphan(role: str, column: str) -> str:
    return f"{quote('f.' + column)} IS NOT NULL AND {quote(f'd.{role}.$key')} IS NULL"


def _unresolved(store: Store, wide: str, role: str, column: str) -> dict[str, int]:
    missing, lost = store.rows(
        f"SELECT count(*) FILTER (WHERE {quote('f.' + column)} IS NULL), "
        f"count(*) FILTER (WHERE {_orphan(role, column)}) FROM {wide}"
    )[0]
    return {"missing": missing, "orphans": lost}


def _span(store: Store, wide: str, role: str, name: str) -> dict[str, Any] | None:
    """First and last day with facts, and the longest stretch of days without any between them."""
    days = (
        f"SELECT DISTINCT c.{quote('$value')} AS day FROM {wide} w JOIN star.{quote('codes.' + name)} c "
        f"ON w.{quote(f'd.{role}.$key')} = c.{quote('$key')}"
    )
    gaps = f"SELECT day, day - lag(day) OVER (ORDER BY day) AS gap FROM ({days})"
    first, last, gap = store.rows(f"SELECT min(day), max(day), max(gap) FROM ({gaps})")[0]
    if first is None:
        return None
    return {"first": first.isoformat(), "last": last.isoformat(), "gap": int(gap or 1)}


def _scales(store: Store, fact: Fact, raw: str, types: dict[str, str]) -> dict[str, int]:
    """Columns that are whole after a shift of the decimal point: summed as whole numbers, so exactly."""
    scales = {}
    doubles = [c for c, t in types.items() if t == "DOUBLE"]
    for column, kind in types.items():
        if kind.startswith("DECIMAL"):
            width, scale = (int(x) for x in kind[8:-1].split(","))
            if width <= 18:
                scales[column] = scale
    if not doubles:
        return scales
    infinite = ", ".join(f"count(*) FILTER (WHERE isinf({quote(c)}))" for c in doubles)
    for column, n in zip(doubles, store.rows(f"SELECT {infinite} FROM {raw}")[0], strict=True):
        if n:
            where = f"SELECT rowid + 1 FROM {raw} WHERE isinf({quote(column)}) ORDER BY 1 LIMIT {SHOWN}"
            rows = [r[0] for r in store.rows(where)]
            raise UserError("star.infinite", table=fact.table_name, rows=rows, column=column)
    tests = [(c, k) for c in doubles for k in range(_SCALES + 1)]
    fits = [_fits(quote(c), k) for c, k in tests]
    sample = store.rows(f"SELECT {', '.join(fits)} FROM (SELECT * FROM {raw} LIMIT 20000)")[0]
    for column in doubles:
        fitting = [k for (c, k), ok in zip(tests, sample, strict=True) if c == column and ok in (True, None)]
        for k in fitting:
            if store.rows(f"SELECT {_fits(quote(column), k)} FROM {raw}")[0][0] in (True, None):
                scales[column] = k
                break
    return scales


def _ranges(store: Store, wide: str, types: dict[str, str], scales: dict[str, int]) -> dict[str, list[int]]:
    """Smallest and largest value of columns of whole numbers: arithmetic must not overflow, and sets are bit maps."""
    whole = {c: f"x.{c}" if c in scales else f"f.{c}" for c, t in types.items() if c in scales or t in _NUMBERS}
    if not whole:
        return {}
    ends = store.rows(f"SELECT {', '.join(f'min({quote(w)}), max({quote(w)})' for w in whole.values())} FROM {wide}")[0]
    return {c: [int(ends[2 * i] or 0), int(ends[2 * i + 1] or 0)] for i, c in enumerate(whole)}


def _fits(column: str, k: int) -> str:
    # the dust of binary arithmetic is small beside the number itself; a share of 0.0000004 is no dust
    shifted = f"{column} * {10**k}"
    dust = f"least(1e-6, 1e-12 * greatest(abs({shifted}), 1))"
    return f"bool_and(abs({shifted} - round({shifted})) < {dust} AND abs({shifted}) < 1e15)"
