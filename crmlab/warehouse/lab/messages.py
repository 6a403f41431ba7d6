"""What DuckDB says of a mistake, in the reader's language, with the place marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ...errors import UserError, suggest

__all__ = ["from_duckdb"]

_PLACE = re.compile(r"\n\n(LINE \d+: .*\n\s*\^+)", re.S)
_COLUMN = re.compile(r'Referenced column "(.+?)" not found|olumn "(.+?)" does not exist|have a column named "(.+?)"')
_HEAD = re.compile(r"^[\w ]+ Error: ")


def from_duckdb(mistake: Exception, tables: Mapping[str, Iterable[str]] | None = None) -> UserError:
    """A UserError for a DuckDB error.

    Parameters
    ----------
    mistake : duckdb.Error
    tables : mapping, optional
        Table to its columns: what "did you mean" chooses from.
    """
    tables = {name: list(columns) for name, columns in (tables or {}).items()}
    text = str(mistake)
    place = _PLACE.search(text)
    mark = f"\n{place[1]}\n" if place else ""
    said = _HEAD.sub("", text.split("\n\n")[0].strip())
    kind = type(mistake).__name__
    columns = sorted({c for found in tables.values() for c in found})
    if kind == "PermissionException" or "file system operations are disabled" in text:
        return UserError("lab.no_files")
    if kind == "OutOfMemoryException":
        return UserError("lab.too_large")
    if "read-only mode" in text:
        return UserError("lab.change_inside_select")
    if kind == "ParserException":
        near = re.search(r'at or near "(.*?)"', said, re.S)
        if near:
            return UserError("lab.syntax", found=near[1], near=suggest(near[1], _KEYWORDS, 1), place=mark)
        return UserError("lab.unfinished", reason=said, place=mark)
    if found := re.search(r'(?:Table|View) with name "?([^"\s]+)"? does not exist', said):
        name = found[1].rsplit(".", 1)[-1]
        return UserError("lab.unknown_table", found=name, wanted=sorted(tables), near=suggest(name, tables), place=mark)
    if found := re.search(
        r'Referenced column "(.+?)" not found|olumn "(.+?)" does not exist|have a column named "(.+?)"', said
    ):
        name = next(g for g in found.groups() if g)
        offered = re.findall(r'"([^"]+)"', said.split("Candidate bindings:")[1]) if "Candidate bindings" in said else []
        near = suggest(name, columns) or tuple(offered[:3])
        return UserError("lab.unknown_column", found=name, near=near, where=_homes(name, near, tables), place=mark)
    if found := re.search(r'Referenced table "(.+?)" not found', said):
        offered = re.findall(r'"([^"]+)"', said.split("Candidate tables:")[1]) if "Candidate tables" in said else []
        return UserError("lab.unknown_alias", found=found[1], near=offered[:3], place=mark)
    if found := re.search(r"Ambiguous reference to column name \"(.+?)\" \(use: (.*)\)", said):
        return UserError("lab.ambiguous_column", found=found[1], near=re.findall(r"'(.+?)'", found[2]), place=mark)
    if found := re.search(r'column "(.+?)" must appear in the GROUP BY', said):
        return UserError("lab.not_grouped", found=found[1], place=mark)
    if "WHERE clause cannot contain aggregates" in said:
        return UserError("lab.aggregate_in_where", place=mark)
    if found := re.search(r"Function with name (\S+) does not exist", said):
        offered = re.findall(r'Did you mean "(.+?)"', said)
        return UserError("lab.unknown_function", found=found[1], near=offered, place=mark)
    if found := re.search(r"No function matches the given name and argument types '(.+?)'", said):
        return UserError("lab.wrong_arguments", found=found[1], place=mark)
    if found := re.search(r'table "?(\w+)"? has (\d+) columns but (\d+) values', said):
        return UserError("lab.wrong_count", table=found[1], wanted=int(found[2]), found=int(found[3]))
    if found := re.search(r'(?:Table|View) with name "?([^"\s]+)"? already exists', said):
        return UserError("lab.already_there", found=found[1].rstrip("!"))
    if kind in ("ConversionException", "OutOfRangeException"):
        return UserError("lab.not_convertible", reason=said, place=mark)
    if kind == "ConstraintException":
        return UserError("lab.constraint", reason=said)
    return UserError("lab.cant", reason=said, place=mark)


def _homes(name: str, near: Iterable[str], tables: Mapping[str, Iterable[str]]) -> list[str]:
    """Where a column of that name, or the nearest one, stands."""
    wanted = [name, *near]
    for column in wanted:
        homes = sorted(f"{table}.{column}" for table, columns in tables.items() if column in columns)
        if homes:
            return homes[:4]
    return []


_KEYWORDS = (
    *("SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "DISTINCT", "JOIN", "LEFT", "INNER", "UNION"),
    *("INSERT", "INTO", "VALUES", "UPDATE", "SET", "DELETE", "CREATE", "TABLE", "VIEW", "DROP", "BETWEEN", "EXISTS"),
)
