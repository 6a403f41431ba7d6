"""The journey map: what a persona meets and feels, drawn from the data, changed by hand, taken to a board."""

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
    from ...widgets.journey import JourneyWidget
    from ..session import reader
    from .board import board
    from .companies import PERSONAS, Hospital, Shop, draft

    size = os.environ.get("CRMLAB_SIZE", "S")
    clinic, shop = datasets.load_hospital("S", layer="clean"), datasets.load_retail(size, layer="clean")
    cases = [Case("hospital", lambda: Hospital("S"), clinic.hash), Case("retail", lambda: Shop(size), shop.hash)]
    shown = JourneyWidget(board(), cases, PERSONAS, draft, labels.language())
    shown.prepare()
    lang = reader().lang
    if lang != shown.page["lang"]:
        shown.speak(lang)
    display(shown)
