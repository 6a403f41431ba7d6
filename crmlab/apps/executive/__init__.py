"""The executive dashboard: PT XYZ as its board asks about it, every card narrowed by the same filters."""

from __future__ import annotations

import os

__all__ = ["run"]


def run() -> None:
    """Show the dashboard; called by the app's notebook.

    Everything slow happens before the reader is waited for, and once: what was drawn is kept for the next session, and
    the cube is open before the first filter is changed.
    """
    from IPython.display import display

    from ... import datasets, labels
    from ...widgets.board import BoardWidget, Case
    from ..session import reader
    from .board import board
    from .house import House

    size = os.environ.get("CRMLAB_SIZE", "S")
    shop = datasets.load_retail(size)
    case = Case("shop", lambda: House(size), shop.hash)
    shown = BoardWidget(board(), [case], labels.language())
    shown.prepare()
    case.data.warm()
    lang = reader().lang
    if lang != shown.page["lang"]:
        shown.speak(lang)
    display(shown)
