"""Items: what a lecturer learns from a graded class, question by question.

The rows are those that ``crmlab grade`` writes beside the marks (``marks-items.csv``), one a student and question:
:func:`read` opens the file. :func:`difficulty` says how hard each question was, :func:`discrimination` whether it tells
those who know from those who do not, :func:`reliability` how far the sum can be trusted, :func:`misconceptions` what
the class believes, :func:`outcomes` who gave which kind of answer to one question (the place to see a doubtful key),
:func:`effort` what it cost. :func:`make_class` makes up a class in which it is known what is to be found.
"""

from __future__ import annotations

from ...lazy import attach as _attach

__all__ = [
    "difficulty",
    "discrimination",
    "effort",
    "make_class",
    "misconceptions",
    "outcomes",
    "read",
    "read_likenesses",
    "reliability",
]

_PARTS = {
    "difficulty": "marks",
    "discrimination": "telling",
    "effort": "working",
    "make_class": "example",
    "misconceptions": "believing",
    "outcomes": "telling",
    "read": "answers",
    "read_likenesses": "answers",
    "reliability": "trusting",
}

__getattr__, __dir__ = _attach(__name__, _PARTS)
