"""Class marks: what a lecturer learns from a graded class, question by question."""

from __future__ import annotations

__all__ = ["run"]


def run() -> None:
    """Show the app; called by its notebook.

    Everything slow happens before the reader is waited for, and once: what was drawn is kept for the next session.
    """
    from IPython.display import display

    from ... import labels
    from ...widgets.marks import MarksWidget
    from ..session import reader
    from .board import board, bundled_class

    shown = MarksWidget(board(), [bundled_class()], labels.language())
    shown.prepare()
    lang = reader().lang
    if lang != shown.page["lang"]:
        shown.speak(lang)
    display(shown)
