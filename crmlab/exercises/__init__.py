"""Exercises that check themselves: what a student opens, answers, checks and is helped with.

A set of exercises comes as a *pack*: the tasks, the code that makes the student's own tables, and one-way digests of
the right and of the foreseen wrong answers. A pack holds no answer, so that none can be read out of it; what it can do
is tell whether an answer that somebody gives is one of those. Sets are written, built and graded by
``crmlab.teaching``.

Nothing here asks a network, and importing it loads neither pandas nor numpy.

Examples
--------
>>> from crmlab import exercises
>>> work = exercises.open("00-how-exercises-work", student="2110511023", language="en", state=False)
>>> question = work["say_this"]
>>> question.answer = "z"
>>> question.check().heading
"The answer can't be read"
"""

from __future__ import annotations

from ..lazy import attach

__all__ = ["Feedback", "Pack", "Question", "Work", "open", "packs", "recorded"]

__getattr__, __dir__ = attach(
    __name__,
    {
        "Feedback": "feedback",
        "Pack": "pack",
        "packs": "pack",
        "Question": "work",
        "Work": "work",
        "open": "work",
        "recorded": "work",
    },
)
