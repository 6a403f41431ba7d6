"""Ingest: a person's file, frame or database brought to a contract, with an account of every row.

:func:`read` does it; :func:`inspect` looks first, for an app that wants to ask before it reads. :func:`read_whatsapp`
reads what a phone exports of a chat.
"""

from __future__ import annotations

from ..lazy import attach

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
    "standardise": None,
}

__getattr__, __dir__ = attach(__name__, _PARTS)
