"""The course map: which section of the book, notebook, app, exercise and function of the package belong together."""

from __future__ import annotations

import csv
import importlib
import io
from collections.abc import Iterable
from typing import Any

from .source import SetSource

__all__ = ["COLUMNS", "missing_function", "rows", "text"]

COLUMNS = (
    "set",
    "question",
    "title_id",
    "title_en",
    "kind",
    "level",
    "style",
    "book",
    "notebook",
    "app",
    "function",
    "rows",
)


def rows(found: Iterable[SetSource]) -> list[dict[str, Any]]:
    """One row a question, as the sources say it.

    Examples
    --------
    >>> from crmlab.teaching.source import read, sources
    >>> rows([read(sources()[0])])[0]["notebook"]
    '01-star-schema'
    """
    told = []
    for source in found:
        for name, q in source.questions.items():
            spec = q.spec
            row = {c: spec.get(c, "") for c in COLUMNS} | {"set": source.name, "question": name}
            row |= {"title_id": spec["title"]["id"], "title_en": spec["title"]["en"], "rows": " ".join(spec["rows"])}
            told.append(row)
    return told


def text(found: Iterable[SetSource]) -> str:
    """The file ``exercises/course.csv``."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(found))
    return out.getvalue()


def missing_function(path: str) -> str | None:
    """The part of a dotted path that the package does not have; None where it has all of it.

    Examples
    --------
    >>> missing_function("crm.satisfaction.nps"), missing_function("crm.satisfaction.npss")
    (None, 'npss')
    """
    first, *rest = path.split(".")
    if first != "crm":
        return first
    thing: Any = importlib.import_module("crmlab")
    for part in rest:
        if not hasattr(thing, part):
            return part
        thing = getattr(thing, part)
    return None
