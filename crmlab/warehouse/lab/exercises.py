"""The twenty exercises of the SQL lab, and how an answer is checked.

What an answer gives is compared, not how it is written. A wrong answer that gives what a classic mistake gives is told
which mistake that is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from ... import labels
from ...errors import UserError, suggest
from .compare import Comparison, compare
from .statements import statements

if TYPE_CHECKING:
    from .session import Lab

__all__ = ["Check", "Exercise", "check", "exercises", "find"]


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes
    ----------
    number : int
    name : str
    sql : str
        The reference answer.
    check : str
        What is compared after an answer that changes something; empty where the answer itself is compared.
    ordered : bool
        Whether the order of rows counts.
    traps : tuple of mapping
        Wrong answers and the hint for each.
    """

    number: int
    name: str
    sql: str
    check: str = ""
    ordered: bool = False
    traps: tuple[Mapping[str, str], ...] = ()
    rows: int | None = field(default=None, compare=False)

    def title(self, lang: str | None = None) -> str:
        """What it is called."""
        return labels.text(f"lab.exercise.{self.name}.title", lang)

    def task(self, lang: str | None = None) -> str:
        """What is asked."""
        return labels.text(f"lab.exercise.{self.name}.task", lang)

    def compared(self, lang: str | None = None) -> str:
        """What is compared."""
        kind = "state" if self.check else "ordered" if self.ordered else "rows"
        return labels.text(f"lab.compared_{kind}", lang)

    def _repr_markdown_(self) -> str:
        return f"**{self.number}. {self.title()}.** {self.task()}  \n*{self.compared()}*"

    def __str__(self) -> str:
        return f"{self.number}. {self.title()}: {self.task()} ({self.compared()})"


@dataclass(frozen=True)
class Check:
    """Whether an answer is right, and if not, what to look at.

    Attributes
    ----------
    exercise : Exercise
    comparison : Comparison
    hint : str or None
        The key of a classic mistake whose result the answer has.
    """

    exercise: Exercise
    comparison: Comparison
    hint: str | None = None

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return self.comparison.same

    def __bool__(self) -> bool:
        return self.passed

    def render(self, lang: str | None = None) -> str:
        """The verdict in words."""
        said = labels.text("lab.right" if self.passed else "lab.not_yet", lang, number=self.exercise.number)
        parts = [said] if self.passed else [said, self.comparison.render(lang)]
        if self.hint:
            parts.append(labels.text(f"lab.hint.{self.hint}", lang))
        return " ".join(parts)

    def __str__(self) -> str:
        return self.render()

    __repr__ = __str__


@cache
def exercises() -> tuple[Exercise, ...]:
    """All exercises, in order.

    Examples
    --------
    >>> [e.name for e in exercises()][2], len(exercises())
    ('no_purchase_2020', 20)
    """
    told = tomllib.loads(resources.files(__package__).joinpath("exercises.toml").read_text(encoding="utf-8"))
    found = []
    for number, one in enumerate(told["exercise"], 1):
        traps = tuple(one.pop("traps", ()))
        found.append(Exercise(number, traps=traps, **{**one, "sql": one["sql"].strip()}))
    return tuple(found)


def find(number: int | str) -> Exercise:
    """An exercise by its number or name.

    Raises
    ------
    UserError
        ``lab.unknown_exercise``.
    """
    known = {str(e.number): e for e in exercises()} | {e.name: e for e in exercises()}
    if str(number) not in known:
        names = [e.name for e in exercises()]
        raise UserError("lab.unknown_exercise", found=number, near=suggest(str(number), names), n=len(names))
    return known[str(number)]


def check(lab: Lab, number: int | str, sql: str) -> Check:
    """Check an answer in a lab that is kept for checking."""
    exercise = find(number)
    wanted = _outcome(lab, exercise, exercise.sql)
    given = _outcome(lab, exercise, sql)
    comparison = compare(given, wanted, ordered=exercise.ordered)
    if comparison.same:
        return Check(exercise, comparison)
    for trap in exercise.traps:
        if compare(given, _outcome(lab, exercise, trap["sql"]), ordered=exercise.ordered).same:
            return Check(exercise, comparison, trap["hint"])
    return Check(exercise, comparison)


def _outcome(lab: Lab, exercise: Exercise, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """What an answer gives: its rows, or what the tables hold after it."""
    asked = statements(sql)
    if not exercise.check:
        if len(asked) != 1 or asked[0].changes:
            raise UserError("lab.select_wanted", found=asked[0].verb)
        return lab.rows_of(sql)
    try:
        lab.run(sql)
        return lab.rows_of(exercise.check)
    finally:
        lab.reset()
