"""What a dashboard is made of: parts of cards, the choices a reader has, and the data that the cards answer for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .kept_cards import Kept

__all__ = ["Board", "Card", "Case", "Control", "Part", "followed"]

HELD = 24
"""How many Results a case holds at a time."""


@dataclass(frozen=True)
class Card:
    """One question and the Result that answers it.

    Parameters
    ----------
    name : str
        Its words are ``<room>.card_<name>`` (the question) and, where there are some, ``<room>.card_<name>_about``.
    make : callable
        ``make(data, choices)`` gives the Result; a ``UserError`` that it raises is shown in the card's place.
    wide : bool
        Whether it takes the whole width.
    table : bool
        Whether its table stands open; otherwise it is behind a button.
    of : str, optional
        Which of its Result's figures is drawn, where there are several.
    follows : sequence of str, optional
        Which of its part's controls change it; all of them by default. What it does not follow does not compute it
        again, and where something is chosen there, the card says that it is not narrowed by it.
    """

    name: str
    make: Callable[[Any, Mapping[str, str]], Any]
    wide: bool = False
    table: bool = False
    of: str | None = None
    follows: Sequence[str] | None = None


@dataclass(frozen=True)
class Part:
    """Cards that are looked at together: a tab.

    Parameters
    ----------
    name : str
        Its words are ``<room>.part_<name>`` and ``<room>.part_<name>_about``.
    cards : sequence of Card
    tiles : callable, optional
        ``tiles(data, choices, lang)``: the figures above the cards, each ``label``, ``value``, ``foot``.
    controls : sequence of str
        Which controls matter here.
    eager : bool
        Whether all cards come with the page, in one message: for cards that take milliseconds, so that a choice
        changes them all at once. Others are asked for one by one.
    """

    name: str
    cards: Sequence[Card]
    tiles: Callable[[Any, Mapping[str, str], str], list[dict[str, str]]] | None = None
    controls: Sequence[str] = ()
    eager: bool = False


@dataclass(frozen=True)
class Control:
    """A choice that a reader has: a year, a unit.

    Parameters
    ----------
    name : str
        Its words are ``<room>.control_<name>``.
    options : callable
        ``options(data, lang)``: pairs of what is chosen and its words; the first is chosen at the start.
    """

    name: str
    options: Callable[[Any, str], Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Board:
    """What a dashboard is made of.

    Parameters
    ----------
    room : str
        The catalogue that holds its words.
    parts : sequence of Part
    controls : sequence of Control
    contract : str, optional
        What a reader's own file is brought to; without one no file is asked for.
    own : callable, optional
        Makes the cards' data of what was read from it.
    """

    room: str
    parts: Sequence[Part]
    controls: Sequence[Control] = ()
    contract: str | None = None
    own: Callable[[Any], Any] | None = None


def followed(card: Card, chosen: Mapping[str, str]) -> dict[str, str]:
    """What is chosen, as far as it changes a card."""
    return {name: at for name, at in chosen.items() if card.follows is None or name in card.follows}


class Case:
    """Data that a board shows, opened only when a card must be made.

    Parameters
    ----------
    name : str
        Its words are ``<room>.source_<name>`` and ``<room>.source_<name>_about``.
    open : callable
    fingerprint : str
        Changes when the data do; empty for data that may not be kept on the disk.
    """

    def __init__(self, name: str, open: Callable[[], Any], fingerprint: str = "") -> None:
        self.name, self._open = name, open
        self.kept = Kept(fingerprint)

        self._results: dict[Any, Any] = {}

    @cached_property
    def data(self) -> Any:
        """What the cards are made of."""
        return self._open()

    def result(self, card: Card, chosen: Mapping[str, str]) -> Any:
        """The Result of a card; the last few are held, for another language and for files."""
        chosen = followed(card, chosen)
        key = (card.name, *sorted(chosen.items()))
        if key not in self._results:
            while len(self._results) >= HELD:
                del self._results[next(iter(self._results))]
            self._results[key] = card.make(self.data, chosen)
        return self._results[key]
