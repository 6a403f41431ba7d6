"""The experience dashboard: the hospital's survey, PT XYZ's, or the reader's own."""

from __future__ import annotations

import os

__all__ = ["run"]


def run() -> None:
    """Show the dashboard; called by the app's notebook.

    Everything slow happens before the reader is waited for, and once: what was drawn is kept for the next session.
    """
    from IPython.display import display

    from ... import datasets, labels
    from ...widgets.board import BoardWidget, Case
    from ..session import reader
    from . import surveys
    from .board import board

    size = os.environ.get("CRMLAB_SIZE", "S")
    clinic, shop = datasets.load_hospital("S", layer="clean"), datasets.load_retail(size, layer="clean")
    cases = [
        Case("hospital", lambda: surveys.hospital("S"), clinic.hash),
        Case("retail", lambda: surveys.retail(size), shop.hash),
    ]
    shown = BoardWidget(board(), cases, labels.language())
    shown.prepare()
    lang = reader().lang
    if lang != shown.page["lang"]:
        shown.speak(lang)
    display(shown)
