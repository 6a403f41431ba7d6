"""The value-chain check-up as a widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .. import labels
from . import assets
from .board_cards import Board, Case
from .checkup_desk import CheckupDesk
from .line import DeskWidget

__all__ = ["CheckupWidget"]


class CheckupWidget(DeskWidget):
    """Show the models of CRM as forms that a company's own data answer where they can.

    Parameters
    ----------
    board : Board
    cases : sequence of Case
    links : callable
        As for :class:`crmlab.widgets.checkup_desk.CheckupDesk`.
    lang : {"id", "en"}, optional
    """

    _esm = assets.module("checkup_widget")
    _css = assets.sheet()
    rooms = ("board", "checkup")

    def __init__(
        self,
        board: Board,
        cases: Sequence[Case],
        links: Callable[[str, str], list[dict[str, str]]],
        lang: str | None = None,
    ) -> None:
        super().__init__(CheckupDesk(board, cases, links, lang or labels.language()))

    def prepare(self) -> None:
        """Compute the evidence and draw what is shown first, so that nobody has to wait for it."""
        self.desk.prepare()
        self._show({})
