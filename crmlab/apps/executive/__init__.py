"""The executive dashboard: PT XYZ as its board asks about it, every card narrowed by the same filters."""

from __future__ import annotations

import os

__all__ = ["run"]


def run() -> None:
    """Show the dashboard; called by the app's notebook.

    The overview is drawn before the reader is waited for, and the cube is open before the first filter is changed. The
    other parts are drawn when someone first looks at them, and kept for everyone who comes later.
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
    shown.prepare(["overview"])
    case.data.warm()
    lang = reader().lang
    if lang != shown.page["lang"]:
        shown.speak(lang)
    display(shown)
