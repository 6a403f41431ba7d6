"""What a cube keeps to itself: below how many people a cell is not shown, and for which data that goes.

Plain data, so that a cube without protected data pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..errors import UserError

__all__ = ["Policy"]


@dataclass(frozen=True)
class Policy:
    """Which cells a cube shows.

    Parameters
    ----------
    minimum : int
        Cells of fewer people are hidden, and others with them, so that no subtraction brings them back.
    facts : iterable of str
        Facts whose cells are protected whatever they are grouped by: visits to a clinic.
    levels : iterable of str
        Levels that protect every cell in which they are used, as row, column or filter: a diagnosis.
    everything : bool
        Protect all cells.
    person : mapping of str to str
        Fact to its column that names the person. Where a fact has none, rows are counted.

    Examples
    --------
    >>> Policy(minimum=5, levels=["diagnosis"]).protects(["sales"], ["city"])
    False
    >>> Policy(minimum=5, levels=["diagnosis"]).protects(["sales"], ["city", "diagnosis"])
    True
    >>> bool(Policy.none())
    False
    """

    minimum: int = 5
    facts: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    everything: bool = False
    person: Mapping[str, str] = field(default_factory=dict)

    def __init__(
        self,
        minimum: int = 5,
        *,
        facts: Iterable[str] = (),
        levels: Iterable[str] = (),
        everything: bool = False,
        person: Mapping[str, str] | None = None,
    ) -> None:
        if isinstance(minimum, bool) or not isinstance(minimum, int) or minimum < 2:
            raise UserError("privacy.bad_minimum", found=minimum)
        object.__setattr__(self, "minimum", minimum)
        object.__setattr__(self, "facts", frozenset(facts))
        object.__setattr__(self, "levels", frozenset(levels))
        object.__setattr__(self, "everything", everything)
        object.__setattr__(self, "person", MappingProxyType(dict(person or {})))

    def __bool__(self) -> bool:
        return self.everything or bool(self.facts or self.levels)

    def __reduce__(self):  # a mappingproxy can't be pickled
        return _rebuild, (self.minimum, self.facts, self.levels, self.everything, dict(self.person))

    def protects(self, facts: Iterable[str], levels: Iterable[str]) -> bool:
        """Whether an answer about these facts that uses these levels must hide its small cells."""
        return self.everything or not self.facts.isdisjoint(facts) or not self.levels.isdisjoint(levels)

    @classmethod
    def none(cls) -> Policy:
        """Nothing is protected: ordinary sales."""
        return cls()

    @classmethod
    def of(cls, facts: Mapping[str, Iterable[str]], levels: Mapping[str, str], minimum: int = 5) -> Policy:
        """The policy that names suggest: whatever sounds like specific data of UU 27/2022 is protected.

        Parameters
        ----------
        facts : mapping of fact to its columns
        levels : mapping of level to its column
        minimum : int

        Examples
        --------
        >>> Policy.of({"visit": ["visit_id", "patient_id", "diagnosis"]}, {"city": "city"}).facts
        frozenset({'visit'})
        """
        from .classes import specific

        named = {f for f, columns in facts.items() if any(specific(c) for c in columns)}
        return cls(minimum, facts=named, levels=[lv for lv, column in levels.items() if specific(column)])


def _rebuild(minimum: Any, facts: Any, levels: Any, everything: Any, person: Any) -> Policy:
    return Policy(minimum, facts=facts, levels=levels, everything=everything, person=person)
