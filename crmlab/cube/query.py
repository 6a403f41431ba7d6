"""What is asked of an engine: levels, grouping sets, filters in codes. Plain data, no SQL and no display."""

from __future__ import annotations

from dataclasses import dataclass

from ..star import Level
from .measures import Part

__all__ = ["Condition", "Limit", "Query"]


@dataclass(frozen=True)
class Condition:
    """Keep the facts whose member is one of ``codes`` (``None``: the unknown member) or lies in ``span``."""

    level: Level
    codes: frozenset[int | None] | None = None
    span: tuple[int, int] | None = None

    @property
    def known(self) -> tuple[int, ...]:
        """The codes of known members, sorted."""
        return tuple(sorted(c for c in self.codes or () if c is not None))

    @property
    def unknown(self) -> bool:
        """Whether the unknown member is kept."""
        return self.codes is not None and None in self.codes


@dataclass(frozen=True)
class Limit:
    """Members of one level that keep their own row; the others are gathered into one.

    ``within`` are the levels inside whose members the choice was made; ``chosen`` holds one entry per such parent.
    """

    level: Level
    within: tuple[Level, ...]
    chosen: tuple[tuple[tuple[int | None, ...], frozenset[int | None]], ...]


@dataclass(frozen=True)
class Query:
    """One question to an engine.

    ``sets`` are grouping sets as tuples of positions in ``levels``. With ``fold`` the totals of few cells are added up
    here and not by the engine, so that several questions about one set of cells read the facts once.
    """

    levels: tuple[Level, ...]
    sets: tuple[tuple[int, ...], ...]
    parts: tuple[Part, ...]
    conditions: tuple[Condition, ...] = ()
    limits: tuple[Limit, ...] = ()
    fold: bool = False
