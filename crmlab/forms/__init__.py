"""Forms: a model of management as questions whose answers are data.

A :class:`Form` is data: items, their dimension, the scale, whether evidence is asked for, and where the model comes
from; :func:`read_forms` reads forms from TOML. :func:`answer` makes :class:`Answers` of scores, and refuses a score off
the scale or without its evidence. :func:`save` and :func:`open` keep them as JSON that comes back byte for byte;
:func:`summary` adds them up and :func:`compare` sets two dates beside each other. A missing answer makes a form
incomplete; it is never a zero.

:func:`overrule` puts a person's score in the place of one that the data proposed, which stays beside it;
:func:`responses` reads a survey: many people's answers to one form.

Examples
--------
>>> items = (Item("honest"), Item("keeps_promises"), Item("opportunist", reverse=True))
>>> trust = Form("trust", items, (1, 5), "made up")
>>> first = answer(trust, {"honest": 4, "keeps_promises": 3, "opportunist": 2}, as_of="2024-03-01")
>>> second = answer(trust, {"honest": 5, "keeps_promises": 3, "opportunist": 2}, as_of="2025-03-01")
>>> round(summary(first).facts["mean"], 2), compare(first, second).facts["better"]
(3.67, 1)
"""

from .answering import answer, open, overrule, responses, save
from .model import Answer, Answers, Form, Item, questions, read_forms
from .reading import compare, straight_lined, summary

__all__ = [
    "Answer",
    "Answers",
    "Form",
    "Item",
    "answer",
    "compare",
    "open",
    "overrule",
    "questions",
    "read_forms",
    "responses",
    "save",
    "straight_lined",
    "summary",
]
