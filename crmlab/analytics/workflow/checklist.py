"""Five ways in which a CRM system meets others: what the log of contacts shows, and what a person must say."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ...forms import Answer, Answers, Form, read_forms
from ...frames import day_of, frame_of, number, times_of
from ...intervals import wilson

__all__ = ["TOUCHPOINTS", "integration", "integration_form"]

TOUCHPOINTS = {
    "telephony_integration": ("call_centre", "rep_call", "survey_call"),
    "email_integration": ("email",),
    "web_integration": ("website_chat", "whatsapp", "marketplace_chat", "social_media"),
}
"""Which contacts show which integration."""


@cache
def integration_form() -> Form:
    """The five ways to integrate, each 0 (no) or 1 (yes), with evidence.

    Examples
    --------
    >>> integration_form().ids[:2]
    ['application_integration', 'telephony_integration']
    """
    return read_forms(Path(__file__).with_name("forms.toml"), "workflow")["integration"]


def integration(
    interactions: Any,
    *,
    as_of: Any,
    known_from: float = 0.95,
    touchpoint: str = "touchpoint",
    customer: str = "customer_id",
    at: str = "occurred_at",
) -> Answers:
    """The checklist as far as a log of contacts answers it.

    Parameters
    ----------
    interactions : DataFrame
        A row a contact: its touchpoint, its moment and, where it is known, the customer.
    as_of : date
        The year before it counts.
    known_from : float
        A touchpoint is integrated when the customer is known in this share of its contacts; Wilson's lower bound must
        reach it, so that a few contacts prove nothing.
    touchpoint, customer, at : str
        Columns.

    Returns
    -------
    Answers
        Telephony, e-mail and web by the data where there are such contacts; the others are not answered, which is no
        zero. :func:`crmlab.forms.overrule` puts a person's answer in place, :func:`crmlab.forms.summary` adds up.
    """
    import pandas as pd

    form, day = integration_form(), day_of(as_of, "as_of")
    known_from = number(known_from, "known_from", 0, 1)
    frame = frame_of(interactions, (touchpoint, customer, at), "interactions")
    moments = times_of(frame, at, "interactions")
    frame = frame[(moments > day - pd.DateOffset(years=1)) & (moments < day + pd.Timedelta(days=1))]
    answers = []
    for item in form.items:
        some = frame[frame[touchpoint].isin(TOUCHPOINTS.get(item.id, ()))]
        if some.empty:
            answers.append(Answer(item.id, None, as_of=day.date()))
            continue
        n, known = len(some), int(some[customer].notna().sum())
        low, high = wilson(known, n)
        measured = {"code": "workflow.measured.known_share", "n": n, "share": known / n, "low": low, "high": high}
        score = int(low >= known_from)
        answers.append(Answer(item.id, score, "", "data", day.date(), score, measured | {"from_share": known_from}))
    return Answers(form, tuple(answers), day.date())
