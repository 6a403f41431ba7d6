"""A graded class as a widget."""

from __future__ import annotations

from collections.abc import Sequence

from .. import labels
from . import assets
from .board_cards import Board, Case
from .line import DeskWidget
from .marks_desk import MarksDesk

__all__ = ["MarksWidget"]


class MarksWidget(DeskWidget):
    """Show what a graded class says of its questions, and the board behind it.

    Parameters
    ----------
    board : Board
    cases : sequence of Case
        Their data are :class:`crmlab.widgets.marks_desk.Marks`.
    lang : {"id", "en"}, optional
    """

    _esm = assets.module("marks_widget")
    _css = assets.sheet()
    rooms = ("board", "marks")

    def __init__(self, board: Board, cases: Sequence[Case], lang: str | None = None) -> None:
        super().__init__(MarksDesk(board, cases, lang or labels.language()))

    def prepare(self) -> None:
        """Draw everything as it first stands, so that nobody has to wait for it."""
        self.desk.prepare()
        self._show({})
