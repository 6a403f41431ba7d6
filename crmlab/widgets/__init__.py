"""Widgets: what a person clicks, in a notebook and in the gallery's apps.

:func:`explore` opens the cube explorer. :class:`Pivot` and :class:`Chart` are its parts, usable alone. Each widget
is a plain state that knows nothing of a browser, and a thin view.
"""

from __future__ import annotations

from ..lazy import attach

__all__ = ["Chart", "Clinic", "Explorer", "Pivot", "Studio", "explore"]

_WHERE = {
    "Chart": "parts",
    "Clinic": "clinic",
    "Explorer": "explorer",
    "Pivot": "parts",
    "Studio": "studio",
    "explore": "explorer",
}

__getattr__, __dir__ = attach(__name__, _WHERE)
