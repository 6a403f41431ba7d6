"""Who may have copied, with the evidence: never a verdict, always something to look at together.

Every student has tables of their own, so that an answer that is right for somebody else is hardly an accident, and so
is the same wrong number twice. Answers that many could give by themselves (letters, counts, round numbers) are no
evidence and are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..exercises import kinds
from ..exercises.words import tokens
from .marking import Mark
from .source import SetSource

__all__ = ["Evidence", "copies"]

TELLING_DIGITS = 4
TELLING_WORDS = 12
TELLING_LETTERS = 12
# one number of four digits meets another by chance in a class of 200; a table does not, nor do two numbers
ENOUGH = 2
COMMON = 0.1  # a wrong answer that more than a tenth of the class gives says nothing about two of them


@dataclass(frozen=True)
class Evidence:
    """Why a student's answers look like another's.

    Parameters
    ----------
    student, other : str
        Whose answers, and whose they look like.
    code : str
        ``"fits_other"`` (wrong here, right for the other's tables), ``"same_wrong"`` (the same wrong answer),
        ``"same_text"``, ``"other_number"`` (the notebook says the other's number).
    questions : tuple of str
    """

    student: str
    other: str
    code: str
    questions: tuple[str, ...] = ()


def _is_number(text: str) -> bool:
    return "e" in text and text.replace(".", "").replace("e", "").replace("+", "").replace("-", "").isdigit()


def _telling(source: SetSource, mark: Mark) -> list[tuple[str, str]]:
    """What of an answer could hardly be the same by accident."""
    spec = source.questions[mark.question].spec
    if mark.answer is None or spec["kind"] in ("choice", "order", "matching", "text", "date") or spec.get("exact"):
        return []
    told = []
    for slot, text in kinds.entries(spec, mark.answer):
        if slot.split(" ")[-1] not in ("whole", "values"):
            continue
        digits = len(text.split("e")[0].strip("-0.").replace(".", ""))
        if digits >= TELLING_DIGITS if _is_number(text) else len(text) >= TELLING_LETTERS:
            told.append((slot, text))
    return told


def copies(source: SetSource, marked: Mapping[str, Sequence[Mark]], claimed: Mapping[str, str]) -> list[Evidence]:
    """The evidence in one set.

    Parameters
    ----------
    source : SetSource
    marked : mapping
        Student's number -> marks.
    claimed : mapping
        Student's number -> the number of another student that the notebook says.

    Returns
    -------
    list of Evidence
        The strongest first. Two students are named for their answers when two numbers, or one table, agree.
    """
    fits: dict[tuple[str, str], list[str]] = defaultdict(list)
    same: dict[tuple[str, str], list[str]] = defaultdict(list)
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for at, name in enumerate(source.questions):
        right_for: dict[tuple[str, str], list[str]] = defaultdict(list)
        wrong_of: dict[tuple[str, str], list[str]] = defaultdict(list)
        text_of: dict[str, list[str]] = defaultdict(list)
        for student, marks in marked.items():
            mark = marks[at]
            for entry, label in mark.key.known.items():
                if label == "right" and entry[0].split(" ")[-1] in ("whole", "values"):
                    right_for[entry].append(student)
            if mark.verdict.code != "right":
                for entry in _telling(source, mark):
                    if mark.key.known.get(entry) != "right":
                        wrong_of[entry].append(student)
            if isinstance(mark.answer, str) and len(tokens(mark.answer)) >= TELLING_WORDS:
                text_of[" ".join(tokens(mark.answer))].append(student)
        for entry, students in wrong_of.items():
            for student in students:
                for other in right_for.get(entry, ()):
                    if other != student:
                        fits[student, other] += [name] * (1 if _is_number(entry[1]) else ENOUGH)
            if 1 < len(students) <= max(2, COMMON * len(marked)) and entry not in right_for:
                for other in students[1:]:
                    same[students[0], other] += [name] * (1 if _is_number(entry[1]) else ENOUGH)
        for students in text_of.values():
            for other in students[1:]:
                texts[students[0], other].append(name)
    found = [Evidence(s, o, "other_number") for s, o in claimed.items()]
    for code, pairs in (("fits_other", fits), ("same_wrong", same), ("same_text", texts)):
        for (student, other), names in pairs.items():
            both = len(fits.get((student, other), ())) + len(same.get((student, other), ()))
            if both >= ENOUGH or code == "same_text":
                found.append(Evidence(student, other, code, tuple(dict.fromkeys(names))))
    return sorted(found, key=lambda e: (-len(e.questions), e.code, e.student, e.other))
