"""Duplicates: rows of one table that are the same person, found, reviewed, merged, and taken apart again.

:func:`find` compares; :class:`ReviewQueue` asks a person about the doubtful pairs; :func:`curve` says what a threshold
costs; :func:`merge` makes one row of several and keeps a log from which :func:`unmerge` gives the sources back. Where
splink is installed (the extra ``matching``), :func:`learn` estimates the weights from the table itself.
"""

from __future__ import annotations

from ..lazy import attach

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

__getattr__, __dir__ = attach(__name__, _PARTS)
