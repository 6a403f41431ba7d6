"""Widgets: what a person clicks, in a notebook and in the gallery's apps.

:func:`explore` opens the cube explorer. :class:`Pivot` and :class:`Chart` are its parts, usable alone. Each widget
is a plain state that knows nothing of a browser, and a thin view.
"""

from __future__ import annotations

import importlib
from typing import Any

__all__ = ["Chart", "Clinic", "Explorer", "Pivot", "explore"]

_WHERE = {"Chart": "parts", "Clinic": "clinic", "Explorer": "explorer", "Pivot": "parts", "explore": "explorer"}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_WHERE[name]}", __name__), name)
