"""The rules of a table: what names a row, which columns keep history, which revision wins, what points to what.

Rules are plain data. They are said once, with the first load, and stand in the manifest of every load.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import UserError, suggest

__all__ = ["RESERVED", "designed", "link_column", "ordered", "type1_columns", "type2_columns"]

LINEAGE = ("load_id", "source_row", "is_deleted")
RESERVED = (*LINEAGE, "version_key", "is_current")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}")
_HISTORY = ("valid_from", "valid_to", "type1", "type2")


def designed(
    before: Mapping[str, Any],
    names: Sequence[str],
    *,
    keys: Mapping[str, Any] | None,
    history: Mapping[str, Any] | None,
    links: Mapping[str, Any] | None,
    revisions: Mapping[str, str] | None,
    about: Mapping[str, Any] | None,
) -> dict[str, dict[str, Any]]:
    """The rules of all tables after this load: those known before, and those that are said now.

    Raises
    ------
    UserError
        A name is of no use, a key is missing, or a rule differs from the one that the warehouse was built with.
    """
    known = {name: dict(rule) for name, rule in before.items()}
    for name in names:
        if not _NAME.fullmatch(name):
            raise UserError("warehouse.bad_name", found=name)
    said = {"keys": keys or {}, "history": history or {}, "links": links or {}, "revisions": revisions or {}}
    for what, by_table in said.items():
        for name in by_table:
            if name not in known and name not in names:
                raise UserError(
                    "warehouse.unknown_table", found=name, wanted=[*known, *names], near=suggest(name, [*known, *names])
                )
            if name in known and known[name][what] != (now := _plain(what, by_table[name])):
                raise UserError("warehouse.design_changed", table=name, rule=what, wanted=known[name][what], found=now)
    for name in names:
        if name not in known:
            if name not in said["keys"]:
                raise UserError("warehouse.no_key", table=name)
            rule = {what: _plain(what, by_table.get(name)) for what, by_table in said.items()}
            known[name] = {**rule, "columns": {}, "about": {}}
    for name, words in (about or {}).items():
        if name in known:
            known[name]["about"] = {**known[name]["about"], **words.get("columns", words)}
    for name, rule in known.items():
        for link in rule["links"].values():
            if link["to"] not in known:
                raise UserError(
                    "warehouse.unknown_table", found=link["to"], wanted=list(known), near=suggest(link["to"], known)
                )
            if len(known[link["to"]]["keys"]) != 1:
                raise UserError("warehouse.wide_link", table=name, found=link["to"])
            if known[link["to"]]["history"] is not None and link["on"] is None:
                raise UserError("warehouse.link_without_date", table=name, found=link["to"])
    return known


def _plain(what: str, said: Any) -> Any:
    if what == "keys":
        return [said] if isinstance(said, str) else list(said)
    if what == "history":
        if said is None:
            return None
        if unknown := [k for k in said if k not in _HISTORY]:
            raise UserError(
                "warehouse.unknown_rule", found=unknown[0], wanted=_HISTORY, near=suggest(unknown[0], _HISTORY)
            )
        return {k: list(said[k]) if isinstance(said.get(k), list | tuple) else said.get(k) for k in _HISTORY}
    if what == "links":
        links = {}
        for column, target in (said or {}).items():
            to, on = (target, None) if isinstance(target, str) else (target["to"], target.get("on"))
            links[column] = {"to": to, "on": on}
        return links
    return said


def link_column(column: str) -> str:
    """The column that names the version a row belongs to: ``customer_id`` gets ``customer_key``."""
    return f"{column.removesuffix('_id')}_key"


def type2_columns(rule: Mapping[str, Any]) -> list[str]:
    """Columns whose change opens a new version."""
    return [c for c in _attributes(rule) if c not in type1_columns(rule)]


def type1_columns(rule: Mapping[str, Any]) -> list[str]:
    """Columns whose change corrects all versions."""
    history, own = rule["history"], _attributes(rule)
    if history["type2"] is not None:
        return [c for c in own if c not in history["type2"]]
    return [c for c in own if c in (history["type1"] or ())]


def _attributes(rule: Mapping[str, Any]) -> list[str]:
    history = rule["history"]
    dated = {history["valid_from"], history["valid_to"]}
    return [c for c in rule["columns"] if c not in rule["keys"] and c not in dated and c != rule["revisions"]]


def ordered(design: Mapping[str, Any]) -> list[str]:
    """The tables, those that others point to first."""
    found: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise UserError("warehouse.circle", found=" → ".join((*above, name)))
        for link in design[name]["links"].values():
            visit(link["to"], (*above, name))
        if name not in found:
            found.append(name)

    for name in design:
        visit(name, ())
    return found
