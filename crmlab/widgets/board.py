"""A dashboard as a widget."""

from __future__ import annotations

from collections.abc import Sequence

from .. import labels
from . import assets
from .board_cards import Board, Card, Case, Control, Part
from .board_desk import BoardDesk
from .line import DeskWidget

__all__ = ["Board", "BoardWidget", "Card", "Case", "Control", "Part"]


class BoardWidget(DeskWidget):
    """Show a board.

    Parameters
    ----------
    board : Board
    cases : sequence of Case
    lang : {"id", "en"}, optional
    """

    _esm = assets.module("board_widget")
    _css = assets.sheet()
    rooms = ("board",)

    def __init__(self, board: Board, cases: Sequence[Case] = (), lang: str | None = None) -> None:
        super().__init__(BoardDesk(board, cases, lang or labels.language()))
        self.uploads = bool(board.contract)

    def prepare(self, parts: Sequence[str] | None = None) -> None:
        """Draw parts, all of them by default, so that nobody has to wait for them."""
        self.desk.prepare(parts)
        self._show({})
