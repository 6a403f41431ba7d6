"""The hospital dashboard: the case of RS Sehat Nusantara, answered with its own records."""

from __future__ import annotations

__all__ = ["run"]


def run() -> None:
    """Show the dashboard; called by the app's notebook.

    Everything slow happens before the reader is waited for, and once: what was drawn is kept for the next session.
    """
    from IPython.display import display

    from ... import datasets, labels
    from ...widgets.board import BoardWidget, Case
    from ..session import reader
    from .board import House, board

    clinic = datasets.load_hospital("S", layer="clean")
    shown = BoardWidget(board(), [Case("hospital", lambda: House("S"), clinic.hash)], labels.language())
    shown.prepare()
    lang = reader().lang
    if lang != shown.page["lang"]:
        shown.speak(lang)
    display(shown)
