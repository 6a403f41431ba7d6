"""Ingest: a person's file, frame or database brought to a contract, with an account of every row.

:func:`read` does it; :func:`inspect` looks first, for an app that wants to ask before it reads. :func:`read_whatsapp`
reads what a phone exports of a chat.
"""

from __future__ import annotations

import importlib
from typing import Any

__all__ = [
    "NO_CUSTOMER",
    "ROW_IS_ORDER",
    "Ingested",
    "Limits",
    "Preview",
    "Question",
    "inspect",
    "read",
    "read_whatsapp",
]

_PARTS = {
    "Ingested": "ingested",
    "Limits": "raw",
    "NO_CUSTOMER": "questions",
    "Preview": "preview",
    "Question": "questions",
    "ROW_IS_ORDER": "questions",
    "inspect": "preview",
    "read": "reading",
    "read_whatsapp": "whatsapp",
}


def __getattr__(name: str) -> Any:
    if name == "standardise":
        return importlib.import_module(".standardise", __name__)
    if name not in _PARTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    thing = getattr(importlib.import_module(f".{_PARTS[name]}", __name__), name)
    globals()[name] = thing
    return thing


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
