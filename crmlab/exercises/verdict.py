"""What a check finds out about an answer, as data without words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Draw", "Match", "Verdict"]

Match = Callable[[str, str], str | None]
"""Slot and canonical text -> ``"right"``, the name of a foreseen wrong answer, or None."""


@dataclass(frozen=True)
class Verdict:
    """The outcome of one check.

    Parameters
    ----------
    code : str
        ``"right"``; ``"nearly"`` (the right value in the wrong unit, sign, rounding ...: ``name`` says which);
        ``"misconception"`` (a foreseen wrong answer: ``name``); ``"wrong"``; ``"open"`` (not answered);
        ``"unreadable"`` (not an answer of this kind).
    share : float
        How much of the answer is right, 0 to 1.
    name : str, optional
        The slip or the misconception.
    facts : mapping
        What the sentence about it needs: counts, names of columns or parts.
    """

    code: str
    share: float = 0.0
    name: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Draw:
    """What one student got of a question: the variant, the tables, and the order in which things are shown.

    Parameters
    ----------
    variant : str
    data : mapping
        Name -> table or number, as the question's public code made it.
    shown : tuple of str
        The ids of options, lines or items in this student's order.
    """

    variant: str
    data: Mapping[str, Any]
    shown: tuple[str, ...] = ()
