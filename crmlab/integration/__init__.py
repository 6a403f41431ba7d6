"""Integration: sources that speak of the same people, brought to one table that knows where each value is from.

:class:`Feed` describes one source, :class:`Sources` puts them in the order of their priority, :func:`match` finds who
is who, :func:`combine` lets one value win and says which and why, :func:`stack` puts events under each other. Nothing
is resolved silently: what the rules don't settle is listed. :func:`retail` goes the whole way for PT XYZ; its steps are
in :mod:`crmlab.integration.xyz`.
"""

from __future__ import annotations

from ..lazy import attach

__all__ = ["Combined", "Feed", "Match", "Sources", "combine", "match", "retail", "stack", "xyz"]

_PARTS = {
    "Combined": "combining",
    "Feed": "feeds",
    "Match": "matching",
    "Sources": "sources",
    "combine": "combining",
    "match": "matching",
    "retail": "xyz.run",
    "stack": "stacking",
    "xyz": None,
}

__getattr__, __dir__ = attach(__name__, _PARTS)
