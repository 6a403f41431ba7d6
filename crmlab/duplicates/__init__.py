"""Duplicates: rows of one table that are the same person, found, reviewed, merged, and taken apart again.

:func:`find` compares; :class:`ReviewQueue` asks a person about the doubtful pairs; :func:`curve` says what a threshold
costs; :func:`merge` makes one row of several and keeps a log from which :func:`unmerge` gives the sources back. Where
splink is installed (the extra ``matching``), :func:`learn` estimates the weights from the table itself.
"""

from __future__ import annotations

import importlib
from typing import Any

__all__ = [
    "DEFAULT",
    "Block",
    "Comparison",
    "Contradiction",
    "Found",
    "Learned",
    "Level",
    "MergeLog",
    "Merged",
    "Model",
    "ReviewQueue",
    "Survivor",
    "curve",
    "find",
    "learn",
    "merge",
    "sample",
    "sound",
    "unmerge",
]

_PARTS = {
    "Block": "blocking",
    "Comparison": "model",
    "Contradiction": "model",
    "DEFAULT": "model",
    "Found": "finding",
    "Learned": "learning",
    "Level": "model",
    "MergeLog": "merging",
    "Merged": "merging",
    "Model": "model",
    "ReviewQueue": "review",
    "Survivor": "survivorship",
    "curve": "thresholds",
    "find": "finding",
    "learn": "learning",
    "merge": "merging",
    "sample": "thresholds",
    "sound": "sounds",
    "unmerge": "merging",
}


def __getattr__(name: str) -> Any:
    if name not in _PARTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    thing = getattr(importlib.import_module(f".{_PARTS[name]}", __name__), name)
    globals()[name] = thing
    return thing


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
