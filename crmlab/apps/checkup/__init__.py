"""The value-chain check-up: what a company's own data say of its CRM, and what people must answer."""

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
    from ...widgets.checkup import CheckupWidget
    from ..session import reader
    from .board import board, links
    from .companies import Shop

    size = os.environ.get("CRMLAB_SIZE", "S")
    shop = datasets.load_retail(size, layer="clean")
    shown = CheckupWidget(board(), [Case("retail", lambda: Shop(size), shop.hash)], links, labels.language())
    shown.prepare()
    lang = reader().lang
    if lang != shown.page["lang"]:
        shown.speak(lang)
    display(shown)
