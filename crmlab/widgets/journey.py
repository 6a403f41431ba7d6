"""The journey map as a widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .. import labels
from . import assets
from .board_cards import Board, Case
from .journey_desk import JourneyDesk
from .line import DeskWidget

__all__ = ["JourneyWidget"]


class JourneyWidget(DeskWidget):
    """Show journey maps, and the board behind them.

    Parameters
    ----------
    board : Board
    cases : sequence of Case
    personas : mapping of case to sequence of str
    draft : callable
        As for :class:`crmlab.widgets.journey_desk.JourneyDesk`.
    lang : {"id", "en"}, optional
    """

    _esm = assets.module("journey_widget")
    _css = assets.sheet()
    rooms = ("board", "journey_map")

    def __init__(
        self,
        board: Board,
        cases: Sequence[Case],
        personas: Mapping[str, Sequence[str]],
        draft: Callable[[Any, str], dict[str, Any]],
        lang: str | None = None,
    ) -> None:
        super().__init__(JourneyDesk(board, cases, personas, draft, lang or labels.language()))

    def prepare(self) -> None:
        """Draw the first map, so that nobody has to wait for it."""
        self.desk.prepare()
        self._show({})
