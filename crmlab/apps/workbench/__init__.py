"""The programme workbench: one ledger from segment to money, and the programme around it, in one file."""

from __future__ import annotations

import os

__all__ = ["run"]


def run() -> None:
    """Show the app; called by its notebook.

    Everything slow happens before the reader is waited for, and once: what was drawn is kept for the next session.
    """
    from IPython.display import display

    from ... import datasets, labels
    from ...widgets.board_cards import Case
    from ...widgets.workbench import WorkbenchWidget
    from ..session import reader
    from .board import board
    from .example import Example
    from .paper import paper

    size = os.environ.get("CRMLAB_SIZE", "S")
    shop = datasets.load_retail(size)
    shown = WorkbenchWidget(board(), Case("retail", lambda: Example(size), shop.hash), paper, labels.language())
    shown.prepare()
    lang = reader().lang
    if lang != shown.page["lang"]:
        shown.speak(lang)
    display(shown)
