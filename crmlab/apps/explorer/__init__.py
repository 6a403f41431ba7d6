"""The cube explorer: PT XYZ's cube, or the reader's own sales, in the explorer of :mod:`crmlab.widgets`."""

from __future__ import annotations

import os

__all__ = ["run"]


def run() -> None:
    """Show the explorer; called by the app's notebook.

    Everything slow happens before the reader is waited for: opening the cube and working out its first view.
    """
    from IPython.display import display

    from ... import datasets, labels, widgets
    from ..session import reader

    cube = datasets.load_retail(os.environ.get("CRMLAB_SIZE", "S")).cube()
    explorer = widgets.Explorer(cube, labels.language())
    lang = reader().lang
    if lang != explorer.page["lang"]:
        explorer.speak(lang)
    display(explorer)
