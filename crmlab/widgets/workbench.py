"""The programme workbench as a widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .. import labels
from . import assets
from .board_cards import Board, Case
from .line import DeskWidget
from .workbench_desk import WorkbenchDesk
from .workbench_project import Project

if TYPE_CHECKING:
    from ..charts.papers import Paper

__all__ = ["WorkbenchWidget"]


class WorkbenchWidget(DeskWidget):
    """Show a programme, and the board behind it.

    Parameters
    ----------
    board : Board
    case : Case
    paper : callable
        As for :class:`crmlab.widgets.workbench_desk.WorkbenchDesk`.
    lang : {"id", "en"}, optional
    """

    _esm = assets.module("workbench_widget")
    _css = assets.sheet()
    rooms = ("board", "workbench")

    def __init__(self, board: Board, case: Case, paper: Callable[[Project], Paper], lang: str | None = None) -> None:
        super().__init__(WorkbenchDesk(board, case, paper, lang or labels.language()))

    def prepare(self) -> None:
        """Draw the worked example, so that nobody has to wait for it."""
        self.desk.prepare()
        self._show({})
