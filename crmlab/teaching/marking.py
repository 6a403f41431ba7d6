"""Marks for answers that left a student's notebook as data.

Nothing of the notebook is believed but the answers: the student's tables and the right answers are made anew here from
the student's number, by the reference of the set's source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import UserError
from ..exercises import kinds
from ..exercises.pack import Pack
from ..exercises.verdict import Draw, Verdict
from .source import Key, SetSource

__all__ = ["AFTER_SOLUTION", "Mark", "earned", "mark"]

AFTER_SOLUTION = 0.5
BEST_NOT_RIGHT = 0.9


@dataclass(frozen=True)
class Mark:
    """A question of one student.

    Parameters
    ----------
    question : str
    points : float
        What the answer earned.
    most : float
        What a right answer earns.
    verdict : Verdict
    answer : any
        The answer as plain data; None where none was given or none could be read.
    key : Key
        The right answer and the known wrong ones for this student's tables.
    draw : Draw
        The student's variant and tables.
    solution : bool
        The student had opened the solution before answering.
    """

    question: str
    points: float
    most: float
    verdict: Verdict
    answer: Any
    key: Key
    draw: Draw
    solution: bool = False


def earned(verdict: Verdict, most: float, *, opened: bool = False, after_solution: float = AFTER_SOLUTION) -> float:
    """What of a question's points a verdict earns.

    Examples
    --------
    >>> earned(Verdict("right", 1.0), 2), earned(Verdict("nearly", 0.95), 2), earned(Verdict("open"), 2)
    (2.0, 1.8, 0.0)
    """
    share = 1.0 if verdict.code == "right" else min(verdict.share, BEST_NOT_RIGHT)
    return share * most * (after_solution if opened else 1.0)


def mark(
    source: SetSource,
    pack: Pack,
    student: str,
    answers: Mapping[str, Any],
    *,
    opened: frozenset[str] = frozenset(),
    after_solution: float = AFTER_SOLUTION,
) -> list[Mark]:
    """Mark one student's answers.

    Parameters
    ----------
    source : SetSource
        The set with its solutions, read with the pack's term.
    pack : Pack
        What the class was handed: it says which place a number has.
    student : str
    answers : mapping
        Question -> plain answer, as :func:`crmlab.exercises.recorded` gives it. Anything may stand there.
    opened : frozenset of str
        The questions whose solution the student had opened.
    after_solution : float
        What share of the points such a question can still earn.

    Returns
    -------
    list of Mark
        One for each question of the set. A right answer earns the points; a number in the wrong unit half of them; an
        answer of several parts the share that is right, never more than nine tenths.

    Raises
    ------
    UserError
        ``exercises.no_student``, ``exercises.no_number``.

    Examples
    --------
    >>> from crmlab.exercises.pack import packs
    >>> from crmlab.teaching.source import read, sources
    >>> source, pack = read(sources()[0]), Pack(packs()["00-how-exercises-work"])
    >>> marks = mark(source, pack, "2110511023", {"average_order": 1.0})
    >>> marks[0].verdict.code, marks[0].points, marks[1].verdict.code
    ('wrong', 0.0, 'open')
    """
    place = pack.place(student)
    told = []
    for name, q in source.questions.items():
        own = pack.draw(name, place)
        key = source.key(name, own)
        answer, verdict = None, Verdict("open")
        given = answers.get(name) if isinstance(answers, Mapping) else None
        if given is not None:
            try:
                answer = kinds.plain(q.spec, own, given)
                verdict = kinds.judge(q.spec, answer, key.match)
            except UserError as error:
                verdict = Verdict("unreadable", facts={"error": error.code})
            except Exception as gap:  # whatever a stranger put there, the next question is marked
                verdict = Verdict("unreadable", facts={"error": type(gap).__name__})
        most, seen = float(q.spec["points"]), name in opened
        points = earned(verdict, most, opened=seen, after_solution=after_solution)
        told.append(Mark(name, points, most, verdict, answer, key, own, seen))
    return told
