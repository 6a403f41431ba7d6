"""A programme written for the browser: its tables, its ledger and what moved, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .. import labels
from .workbench_project import RESERVE, Project
from .workbench_tables import FIELDS, PARTS, Column, columns_of

if TYPE_CHECKING:
    from ..analytics.ledger import Ledger

__all__ = ["fields_page", "ledger_page", "tables_page"]

ROOM = "workbench"
CLOSED = ("segments", "flows", "criteria", "edges", "costs", "members")  # of use to some, below what all look at


def _say(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"{ROOM}.{key}", lang, **values)


def _known(key: str) -> bool:
    return key in labels.catalogue(ROOM)["text"]


def column_name(table: str, column: str, lang: str) -> str:
    """What a column is called; a criterion that a reader named stays as he named it."""
    for key in (f"column_{table}_{column}", f"column_{column}"):
        if _known(key):
            return _say(key, lang)
    return column if table == "scores" else labels.name(column, lang)


def _named(column: str, value: str, lang: str) -> str:
    """One of our own names: as this page says it, or as all of crmlab does."""
    key = f"option_{column}_{value}"
    return _say(key, lang) if _known(key) else labels.name(value, lang)


def said(column: Column, value: Any, lang: str) -> str:
    """A cell in words."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return _say("yes" if value else "no", lang)
    if isinstance(value, int | float):
        return labels.value(value, column.kind if column.kind in ("money", "share", "count") else "number", lang)
    return _named(column.name, value, lang) if column.named else str(value)


def _column(project: Project, table: str, column: Column, lang: str) -> dict[str, Any]:
    options = column.choices(project)
    return {
        "id": column.name,
        "label": column_name(table, column.name, lang),
        "kind": column.kind,
        "wide": column.wide,
        "hint": _say(f"hint_{column.name}", lang) if _known(f"hint_{column.name}") else "",
        "options": [{"id": o, "label": _named(column.name, o, lang) if column.named else o} for o in options],
    }


def tables_page(project: Project, part: str, lang: str) -> list[dict[str, Any]]:
    """The tables of a part, as they are shown and as they are edited."""
    out = []
    for name in PARTS.get(part, ()):
        if name == "entries":
            continue  # the ledger has a page of its own
        columns = columns_of(project, name)
        out.append(
            {
                "id": name,
                "label": _say(f"table_{name}", lang),
                "about": _say(f"table_{name}_about", lang) if _known(f"table_{name}_about") else "",
                "open": name not in CLOSED,
                "columns": [_column(project, name, c, lang) for c in columns],
                "rows": [
                    {"cells": [said(c, r.get(c.name), lang) for c in columns], "values": r}
                    for r in project.listed(name)
                ],
            }
        )
    return out


def fields_page(project: Project, part: str, lang: str) -> list[dict[str, Any]]:
    """What a part asks once."""
    return [{**_column(project, "fields", c, lang), "value": project.fields[c.name]} for c in FIELDS.get(part, ())]


def figure(x: Any, unit: str, lang: str) -> str:
    """A figure of the ledger in words: money in full where it is small, short where it is large."""
    if unit == "money":
        return labels.money(x, lang, short=abs(x) >= 1e6)
    return labels.value(x, unit, lang)


def _figures(value: Any, unit: str, lang: str) -> list[str]:
    if isinstance(value, Mapping):
        return [f"{labels.name(s, lang)}: {figure(v, unit, lang)}" for s, v in value.items()]
    return [figure(value, unit, lang)]


def _ends(entry: Any, lang: str) -> str:
    if entry.low is None or entry.segments:
        return ""
    return _say("ends", lang, low=figure(entry.low, entry.unit, lang), high=figure(entry.high, entry.unit, lang))


def in_words(formula: str, names: Mapping[str, Any], lang: str) -> str:
    """A formula with its entries' names as a person reads them.

    Examples
    --------
    >>> in_words("total(customers * reach)", {"customers": 1, "reach": 1}, "en")
    'total(Customers × Reach)'
    """
    import re

    told = re.sub(r"[A-Za-z_]\w*", lambda m: labels.name(m.group(), lang) if m.group() in names else m.group(), formula)
    return told.replace("**", "^").replace("*", "×").replace(" - ", " − ")


def ledger_page(project: Project, was: Ledger | None, lang: str) -> dict[str, Any]:
    """The ledger line by line: what it is, what it rests on, and what the last change moved on which way.

    Parameters
    ----------
    project : Project
    was : Ledger, optional
        The ledger before the last change; none where nothing was changed.
    lang : {"id", "en"}
    """
    ledger = project.ledger
    changed = [] if was is None else [n for n in ledger.order if ledger.entries[n] != was.entries[n]]
    columns = columns_of(project, "entries")
    rows, moved = [], 0
    for name in ledger.order:
        entry, value = ledger.entries[name], ledger.values[name]
        before = None if was is None or was.values[name] == value else was.values[name]
        ways = sorted((w for c in changed if (w := ledger.path(c, name))), key=len) if before is not None else []
        moved += before is not None
        basis = in_words(entry.formula, ledger.entries, lang) if entry.how == "computed" else entry.says
        if name == RESERVE and entry.how == "assumed":
            basis = _say("from_register", lang)
        rows.append(
            {
                "id": name,
                "label": labels.name(name, lang),
                "figures": _figures(value, entry.unit, lang),
                "ends": _ends(entry, lang),
                "how": entry.how,
                "how_said": labels.name(entry.how, lang),
                "basis": basis or _say("nobody" if entry.how == "assumed" else "no_source", lang),
                "lacks": not basis,
                "outcome": name == ledger.outcome,
                "below": len(ledger.depends(name)),
                "was": _figures(before, entry.unit, lang) if before is not None else [],
                "way": [labels.name(n, lang) for n in ways[0]] if ways and len(ways[0]) > 1 else [],
                "changed": name in changed,
                "fixed": bool(entry.segments) or (name == RESERVE and entry.how == "assumed"),
            }
        )
    for row, values in zip(rows, project.listed("entries"), strict=True):
        row["values"] = values
    unit, outcome = ledger.entries[ledger.outcome].unit, ledger.values[ledger.outcome]
    told: dict[str, Any] = {
        "rows": rows,
        "columns": [_column(project, "entries", c, lang) for c in columns],
        "outcome": labels.name(ledger.outcome, lang),
        "value": figure(outcome, unit, lang),
        "moved": "",
        "way": [],
    }
    if moved:
        old = was.values[ledger.outcome]
        way = next((r["way"] for r in rows if r["outcome"]), [])
        key = "moved_outcome" if old != outcome else "moved_other"
        told["moved"] = _say(
            key,
            lang,
            what=", ".join(labels.name(c, lang) for c in changed),
            n=moved,
            stayed=len(rows) - moved,
            outcome=told["outcome"],
            before=figure(old, unit, lang),
            after=told["value"],
        )
        told["way"] = way
    return told
