"""From pairs to persons: who is one with whom, when A is B and B is C but A is not C."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["Clusters", "cluster", "components"]


@dataclass(frozen=True)
class Clusters:
    """Rows in groups.

    Attributes
    ----------
    head : list of int
        For each row the first row of its group; itself where it is alone.
    refused : list of tuple
        Links that would have joined two groups of which two rows are known to be different: link, then those two rows.
    """

    head: list[int]
    refused: list[tuple[int, int, int, int]]


def components(n: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """For each of ``n`` rows the first row that links lead to, whatever speaks against.

    Examples
    --------
    >>> components(5, [(3, 1), (3, 4)])
    [0, 1, 2, 1, 1]
    """
    return cluster(n, links, ()).head


def cluster(n: int, links: Iterable[tuple[int, int]], apart: Iterable[tuple[int, int]]) -> Clusters:
    """Join rows link by link, in the order given, but never two that are known to be different.

    Examples
    --------
    >>> made = cluster(3, [(0, 1), (1, 2)], apart=[(0, 2)])
    >>> made.head, made.refused
    ([0, 0, 2], [(1, 2, 0, 2)])
    """
    head = list(range(n))
    members: dict[int, list[int]] = {}
    foes: dict[int, set[int]] = {}
    for a, b in apart:
        foes.setdefault(a, set()).add(b)
        foes.setdefault(b, set()).add(a)

    refused: list[tuple[int, int, int, int]] = []
    for a, b in links:
        x, y = head[a], head[b]
        if x == y:
            continue
        left, right = members.get(x, [x]), members.get(y, [y])
        foe = _foes(left, right, foes)
        if foe is not None:
            refused.append((a, b, *foe))
            continue
        first, other = (x, y) if x < y else (y, x)
        joined = sorted(left + right)
        members.pop(other, None)
        members[first] = joined
        for row in joined:
            head[row] = first
    return Clusters(head, refused)


def _foes(left: list[int], right: list[int], foes: dict[int, set[int]]) -> tuple[int, int] | None:
    """The first two rows of two groups that are known to be different."""
    if not foes:
        return None
    other: Any = set(right)
    for row in left:
        against = foes.get(row)
        if against and (met := against & other):
            return row, min(met)
    return None
