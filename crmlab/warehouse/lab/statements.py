"""What a text of SQL asks for: its statements, which of them the lab runs, and what they would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...errors import UserError
from .messages import from_duckdb

__all__ = ["ALLOWED", "Statement", "statements"]

ALLOWED = ("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE TABLE", "CREATE VIEW", "ALTER TABLE", "DROP TABLE")
_CHANGING = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER")
_OBJECTS = ("TABLE", "VIEW")
_BETWEEN = ("OR", "REPLACE", "IF", "NOT", "EXISTS")


@dataclass(frozen=True)
class Statement:
    """One statement that the lab runs.

    Attributes
    ----------
    sql : str
    verb : str
        ``SELECT`` (what only reads), ``INSERT``, ``UPDATE``, ``DELETE``, ``CREATE``, ``DROP`` or ``ALTER``.
    table : str
        What is changed; empty for what reads.
    where : bool
        Whether an UPDATE or DELETE says which rows.
    """

    sql: str
    verb: str
    table: str = ""
    where: bool = True

    @property
    def changes(self) -> bool:
        """Whether it changes anything."""
        return self.verb in _CHANGING


def statements(sql: str) -> tuple[Statement, ...]:
    """The statements of a text, each of a kind that the lab runs.

    Raises
    ------
    UserError
        ``lab.refused``, before anything has run; what :mod:`.messages` makes of a mistake in writing.

    Examples
    --------
    >>> [s.verb for s in statements("SELECT 1; DELETE FROM t WHERE a = 'WHERE'")]
    ['SELECT', 'DELETE']
    >>> statements("DELETE FROM t -- WHERE a = 1")[0].where
    False
    """
    import duckdb

    try:
        found = duckdb.extract_statements(sql)
    except duckdb.Error as mistake:
        raise from_duckdb(mistake) from mistake
    if not found:
        raise UserError("lab.empty")
    return tuple(_read(one.query.strip().rstrip(";").strip(), _type(one)) for one in found)


def _type(statement: Any) -> str:
    try:
        return statement.type.name
    except ValueError:  # DuckDB knows kinds that its Python client has no name for
        return "OTHER"


def _read(sql: str, kind: str) -> Statement:
    words = _words(sql)
    verb = words[0] if words else ""
    if kind == "EXPLAIN" and "ANALYZE" not in words[1:3]:  # EXPLAIN ANALYZE runs what it explains
        inner = statements(sql[sql.upper().index("EXPLAIN") + len("EXPLAIN") :])
        if len(inner) == 1 and not inner[0].changes:
            return Statement(sql, "SELECT")
    if kind == "SELECT" or (kind == "MULTI" and verb == "PIVOT"):
        return Statement(sql, "SELECT")
    if kind not in _CHANGING or verb not in (*_CHANGING, "WITH", "TRUNCATE"):
        raise UserError("lab.refused", found=" ".join(words[:2]) or kind, wanted=ALLOWED)
    if kind in ("CREATE", "DROP", "ALTER"):
        rest = [w for w in words[1:] if w not in _BETWEEN]
        if not rest or rest[0] not in _OBJECTS:
            raise UserError("lab.refused", found=" ".join([verb, *rest[:1]]), wanted=ALLOWED)
        return Statement(sql, kind, _own(_after(sql, rest[0]), verb))
    where = kind == "INSERT" or _has(sql, "WHERE")
    table = _after(sql, "INTO" if kind == "INSERT" else "UPDATE" if kind == "UPDATE" else "")
    return Statement(sql, kind, _own(table, verb), where)


def _own(name: str, verb: str) -> str:
    """The name of a table of the lab. What stands elsewhere is a step back, or belongs to DuckDB: nobody changes it."""
    *places, table = name.split(".")
    if places not in ([], ["main"]):
        raise UserError("lab.refused", found=f"{verb} {name}", wanted=ALLOWED)
    return table


def _tokens(sql: str) -> list[tuple[str, str, int]]:
    """Words and signs with the kind of each and how deep in brackets it stands; comments are left out."""
    import duckdb

    marks = duckdb.tokenize(sql)
    ends = [start for start, _ in marks[1:]] + [len(sql)]
    found, depth = [], 0
    for (start, kind), end in zip(marks, ends, strict=True):
        text = sql.encode()[start:end].decode(errors="replace").strip()
        if kind.name == "comment" or not text:
            continue
        text = text.split("--")[0].split("/*")[0].strip() if kind.name != "string_const" else text
        if kind.name == "operator" and text in ("(", ")"):
            depth += 1 if text == "(" else -1
        found.append((text, kind.name, depth))
    return found


def _words(sql: str) -> list[str]:
    """The first words, in capitals."""
    return [text.upper() for text, kind, _ in _tokens(sql) if kind in ("keyword", "identifier")][:8]


def _has(sql: str, word: str) -> bool:
    """Whether a keyword stands outside of all brackets."""
    return any(text.upper() == word and kind == "keyword" and depth == 0 for text, kind, depth in _tokens(sql))


def _after(sql: str, word: str) -> str:
    """The table's name as it is written, with its places: what follows ``word``, or FROM, or TABLE."""
    tokens = [t for t in _tokens(sql) if t[0].upper() not in ("IF", "NOT", "EXISTS", "OR", "REPLACE", "ONLY")]
    wanted: Sequence[str] = (word,) if word else ("FROM", "TRUNCATE", "TABLE")
    at = next((i for i, t in enumerate(tokens) if t[0].upper() in wanted and t[2] == 0), None)
    if at is None:
        return ""
    if tokens[at][0].upper() == "TRUNCATE" and tokens[at + 1 : at + 2] and tokens[at + 1][0].upper() == "TABLE":
        at += 1
    name = ""
    for text, kind, _ in tokens[at + 1 :]:
        if kind in ("identifier", "string_const", "keyword") and (not name or name.endswith(".")):
            name += text.strip('"')
        elif text == "." and name:
            name += "."
        else:
            break
    return name
