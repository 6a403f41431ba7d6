"""Satisfaction: scores that hold, what drives them, what people write, and what happens to those who are unhappy.

Scores: :func:`nps`, :func:`csat`, :func:`ces`, :func:`delight`, :func:`form`. Are they different, and since when:
:func:`difference`, :func:`trend`, :func:`league`; at the same mix of people: :func:`standardised`; how many to ask:
:func:`sample_size`. What moves them, and what they predict: :func:`factors`, :func:`drivers`, :func:`predicts`. What
people write: :func:`comments`, :func:`read_comments`, :func:`words`. The closed loop: :func:`cases`,
:func:`recontact`, :func:`cadence`, :func:`may_ask`, :func:`nonresponse`, :func:`complaints`, :func:`recovery`. Around
the scores: :func:`staff_link`, :func:`deflection`, :func:`willing_to_pay`, :func:`experience_table`.
"""

from ...lazy import attach

_PARTS = {
    "FACTORS": "experience",
    "FIELDS": "mapping",
    "cadence": "loop",
    "cases": "loop",
    "ces": "scores",
    "comments": "reading",
    "complaints": "recovering",
    "csat": "scores",
    "deflection": "serving",
    "delight": "experience",
    "difference": "differences",
    "drivers": "driving",
    "experience_table": "mapping",
    "factors": "experience",
    "form": "experience",
    "league": "leagues",
    "may_ask": "loop",
    "nonresponse": "loop",
    "nps": "scores",
    "predicts": "predicting",
    "read_comments": "reading",
    "recontact": "loop",
    "recovery": "recovering",
    "sample_size": "planning",
    "staff_link": "staff",
    "standardised": "weighting",
    "trend": "trends",
    "willing_to_pay": "paying",
    "words": "reading",
}
__all__ = list(_PARTS)

__getattr__, __dir__ = attach(__name__, _PARTS)
