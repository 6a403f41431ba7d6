"""What a warehouse says, as SQL: a function of the set of batches that were loaded, and of nothing else.

Every row that was ever delivered stays in the parts, with where it came from. What is true now is the newest word on
every key. As "newest" is a total order over what was delivered (revision, moment of the extract, content), the order
in which batches arrive, and how often, can't change the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..star.store import quote
from .design import link_column, type1_columns, type2_columns

__all__ = ["ALWAYS", "columns_of", "current", "literal", "log", "row_hash", "same_key", "versions", "with_links"]

ALWAYS = "DATE '1900-01-01'"
"""From when the first version holds where the source does not say."""
NEVER = "DATE '9999-12-31'"


def literal(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + str(value).replace("'", "''") + "'"


def row_hash(columns: Iterable[str]) -> str:
    """An expression for the content of a row: the same on every machine, and blind to columns that are empty."""
    parts = []
    for column in sorted(columns):
        text = f"CAST({quote(column)} AS VARCHAR)"
        parts.append(f"{literal(column + '=')} || length({text}) || ':' || {text}")
    return f"md5(concat_ws(chr(31), {', '.join(parts)}))" if parts else "md5('')"


def log(rule: Mapping[str, Any], files: Sequence[Path]) -> str:
    """Everything that was delivered of a table."""
    own = ", ".join(
        f"CAST({quote(c)} AS {kind}) AS {quote(c)}" if kind else f"CAST(NULL AS VARCHAR) AS {quote(c)}"
        for c, kind in rule["columns"].items()
    )
    listed = ", ".join(literal(str(f)) for f in files)
    # a column may have come with a later batch, or not at all yet
    blank = ", ".join(f"NULL AS {quote(c)}" for c in rule["columns"])
    empty = f"SELECT {blank} WHERE false"
    lineage = '"$load", "$row", "$at", "$hash", "$deleted"'
    return (
        f"SELECT {own}, {lineage} FROM (SELECT * FROM read_parquet([{listed}], union_by_name=true) "
        f"UNION ALL BY NAME {empty})"
    )


def _newest(rule: Mapping[str, Any]) -> str:
    revision = f"{quote(rule['revisions'])} DESC, " if rule["revisions"] else ""
    return f'{revision}"$at" DESC, "$hash" DESC, "$load"'


def _keys(rule: Mapping[str, Any]) -> str:
    return ", ".join(quote(k) for k in rule["keys"])


def _gone(complete: str | None) -> str:
    """Deleted in the source: a deletion as new as the newest sight of it, or missing from a later complete delivery."""
    missed = f' OR coalesce(TIMESTAMP {literal(complete)} > "$seen", false)' if complete else ""
    return f'(coalesce("$gone" >= "$seen", false){missed})'


def current(rule: Mapping[str, Any], logged: str, complete: str | None = None) -> str:
    """The newest word on every key, of a table that keeps no history."""
    keys = _keys(rule)
    own = ", ".join(quote(c) for c in rule["columns"])
    return f"""
SELECT {own}, {_gone(complete)} AS is_deleted, "$load" AS load_id, "$row" AS source_row, "$hash"
FROM (
  SELECT *,
    max("$at") FILTER ("$deleted") OVER (PARTITION BY {keys}) AS "$gone",
    max("$at") FILTER (NOT "$deleted") OVER (PARTITION BY {keys}) AS "$seen",
    row_number() OVER (PARTITION BY {keys} ORDER BY "$deleted", {_newest(rule)}) AS "$rank"
  FROM ({logged})
)
WHERE "$rank" = 1 AND NOT "$deleted\""""


def versions(rule: Mapping[str, Any], logged: str, complete: str | None = None) -> str:
    """Every version of every key, of a table that keeps history (type 2).

    A row of the log says: from this day on it is so. The newest word on a day wins, days that change nothing are no
    versions, and a version ends where the next begins, or earlier if the source says so. Type 1 columns have one
    value, the newest, in all versions.
    """
    history, keys = rule["history"], _keys(rule)
    begins = quote(history["valid_from"] or "$from")
    ends = quote(history["valid_to"]) if history["valid_to"] else "CAST(NULL AS DATE)"
    one, two = type1_columns(rule), type2_columns(rule)
    dated = {history["valid_from"], history["valid_to"]}
    lasting = ", ".join(f"n.{quote(c)}" for c in one)
    shown = [f"v.{quote(c)}" for c in rule["columns"] if c not in one and c not in dated]
    key = " || '|' || ".join(f"CAST(v.{quote(k)} AS VARCHAR)" for k in rule["keys"])
    start = '"$start"'
    if not history["valid_from"]:
        start = f'CASE WHEN "$group" = 1 THEN {ALWAYS} ELSE "$start" END'
    joined = " AND ".join(f"v.{quote(k)} = n.{quote(k)}" for k in rule["keys"])
    known = " AND ".join(f"v.{quote(k)} = s.{quote(k)}" for k in rule["keys"])
    extra = "" if history["valid_from"] else ', CAST("$at" AS DATE) AS "$from"'
    return f"""
WITH log AS (SELECT *{extra} FROM ({logged})),
seen AS (
  SELECT {keys}, max("$at") FILTER ("$deleted") AS "$gone", max("$at") FILTER (NOT "$deleted") AS "$seen"
  FROM log GROUP BY ALL
),
newest AS (
  SELECT * FROM log WHERE NOT "$deleted"
  QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY {_newest(rule)}) = 1
),
said AS (
  SELECT *, CAST({begins} AS DATE) AS "$start", CAST({ends} AS DATE) AS "$end", {row_hash(two)} AS "$same"
  FROM log WHERE NOT "$deleted"
  QUALIFY row_number() OVER (PARTITION BY {keys}, CAST({begins} AS DATE) ORDER BY {_newest(rule)}) = 1
),
told AS (
  SELECT *, CASE WHEN lag("$same") OVER w = "$same"
      AND coalesce(lag("$end") OVER w, {NEVER}) >= "$start" - 1 THEN 0 ELSE 1 END AS "$opens"
  FROM said WINDOW w AS (PARTITION BY {keys} ORDER BY "$start")
),
grouped AS (
  SELECT *, sum("$opens") OVER (PARTITION BY {keys} ORDER BY "$start") AS "$group" FROM told
),
first AS (
  SELECT *, last_value("$end") OVER (PARTITION BY {keys}, "$group" ORDER BY "$start"
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS "$close"
  FROM grouped
  QUALIFY row_number() OVER (PARTITION BY {keys}, "$group" ORDER BY "$start") = 1
),
dated AS (
  SELECT * REPLACE ({start} AS "$start"), lead("$start") OVER (PARTITION BY {keys} ORDER BY "$start") AS "$next"
  FROM first
)
SELECT {", ".join([*shown, *([lasting] if lasting else [])])},
  {key} || '@' || CAST(v."$start" AS VARCHAR) AS version_key,
  v."$start" AS valid_from,
  least(v."$close", CAST(v."$next" - INTERVAL 1 DAY AS DATE)) AS valid_to,
  v."$next" IS NULL AS is_current,
  {_gone(complete)} AS is_deleted, v."$load" AS load_id, v."$row" AS source_row,
  v."$same" AS "$same", {_lasting_hash(one)} AS "$lasting", coalesce(v."$close" >= v."$next", false) AS "$overlaps"
FROM dated v JOIN newest n ON {joined} JOIN seen s ON {known}"""


def _lasting_hash(columns: Sequence[str]) -> str:
    parts = [f"{literal(c + '=')} || CAST(n.{quote(c)} AS VARCHAR)" for c in sorted(columns)]
    return f"md5(concat_ws(chr(31), {', '.join(parts)}))" if parts else "''"


def same_key(rule: Mapping[str, Any], left: str, column: str, target: Mapping[str, Any], right: str) -> str:
    """Two keys compared, also where one is text, as a column is while nothing has ever been in it."""
    kinds = {rule["columns"].get(column) or "VARCHAR", target["columns"].get(target["keys"][0]) or "VARCHAR"}
    if len(kinds) > 1 and "VARCHAR" in kinds:
        return f"CAST({left} AS VARCHAR) = CAST({right} AS VARCHAR)"
    return f"{left} = {right}"


def with_links(rule: Mapping[str, Any], design: Mapping[str, Any], inner: str, named: Mapping[str, str]) -> str:
    """Rows with the version that held on their own day beside every link to a table with history.

    Parameters
    ----------
    named : mapping
        Table to what stands for it in FROM.
    """
    joins, extra = [], []
    for i, (column, link) in enumerate(rule["links"].items()):
        target = design[link["to"]]
        if target["history"] is None:
            continue
        key = target["keys"][0]
        day = f"CAST(f.{quote(link['on'])} AS DATE)"
        same = same_key(rule, f"f.{quote(column)}", column, target, f"d{i}.{quote(key)}")
        joins.append(
            f"LEFT JOIN {named[link['to']]} d{i} ON {same} "
            f"AND {day} BETWEEN d{i}.valid_from AND coalesce(d{i}.valid_to, {NEVER})"
        )
        extra.append(f"d{i}.version_key AS {quote(link_column(column))}")
    if not joins:
        return inner
    return f"SELECT f.*, {', '.join(extra)} FROM ({inner}) f {' '.join(joins)}"


def columns_of(rule: Mapping[str, Any], design: Mapping[str, Any]) -> dict[str, str | None]:
    """The columns that a person sees of a table, with their types."""
    own = dict(rule["columns"])
    if rule["history"] is not None:
        for column in (rule["history"]["valid_from"], rule["history"]["valid_to"]):
            own.pop(column, None)
        own |= {"version_key": "VARCHAR", "valid_from": "DATE", "valid_to": "DATE", "is_current": "BOOLEAN"}
    for column, link in rule["links"].items():
        if design[link["to"]]["history"] is not None:
            own[link_column(column)] = "VARCHAR"
    return {**own, "is_deleted": "BOOLEAN", "load_id": "INTEGER", "source_row": "BIGINT"}
