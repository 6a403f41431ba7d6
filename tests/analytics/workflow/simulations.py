"""Worlds of known truth for every interval that the room shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlab.analytics import workflow


def _ends(row, what):
    return row[f"{what}_low"], row[f"{what}_high"]


def tickets(rng):
    """Some are never resolved; the youngest are seen only where they ended quickly."""
    n, hours = 210, 30 * 24
    opened = rng.uniform(0, hours, n)
    lasts = np.where(rng.random(n) < 0.2, 1e5, rng.exponential(25.0, n))
    start = pd.Timestamp("2020-01-01")
    ends = np.minimum(opened + lasts, 1e5)
    table = pd.DataFrame({"ticket_id": range(n), "opened_at": start + pd.to_timedelta(opened, "h")})
    table["resolved_at"] = start + pd.to_timedelta(ends, "h")
    facts = workflow.escalate(table, as_of=start + pd.Timedelta(hours, "h")).facts
    yield "workflow.escalation kept within 24 hours, n=210", 0.8 * (1 - np.exp(-24 / 25)), *_ends(facts, "kept_share")


def contacts(rng):
    """Two channels, in each some who were held back."""
    shares, base, n, held, margin = (0.12, 0.07), 0.03, 400, 250, 60_000
    told = [
        {"channel": c, "cost": cost, "contacts": n, "responses": int(rng.binomial(n, p)), "held_back": held,
         "held_back_responses": int(rng.binomial(held, base))}
        for c, p, cost in zip(("whatsapp", "email"), shares, (500, 50), strict=True)
    ]  # fmt: skip
    one, other = workflow.contact_value(told, margin=margin).table.to_dict("records")
    yield "workflow.contact_value response, n=400", shares[0], *_ends(one, "response_share")
    yield "workflow.contact_value added response, 400 and 250 held back", shares[0] - base, *_ends(one, "added_share")
    truth = (shares[0] - base) * margin - 500
    yield "workflow.contact_value value, 400 and 250 held back", truth, *_ends(one, "contact_value")
    difference = (shares[1] - base) * margin - 50 - truth
    yield "workflow.contact_value difference of two channels", difference, *_ends(other, "value_difference")


def typical_messages(rng):
    """People who answer more or less often each, and get more or fewer messages."""
    people, each = 300, rng.integers(2, 14, 300)
    mean = 0.06
    chance = rng.beta(1.2, 1.2 / mean - 1.2, people)
    frame = pd.DataFrame({"customer_id": np.repeat(np.arange(people), each), "channel": "email"})
    frame["sent_at"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(np.arange(len(frame)), "h")
    frame["converted"] = rng.random(len(frame)) < np.repeat(chance, each)
    happy = rng.beta(4, 2, people)
    asked = frame.drop_duplicates("customer_id", keep="last")
    times = rng.integers(1, 4, people)
    scores = pd.DataFrame({"customer_id": np.repeat(asked["customer_id"].to_numpy(), times)})
    scores["answered_on"] = np.repeat(asked["sent_at"].to_numpy(), times) + np.timedelta64(2, "D")
    scores["csat"] = np.where(rng.random(len(scores)) < np.repeat(happy, times), 5, 2)
    found = workflow.channels(frame, costs={"email": 50}, margin=60_000, scores=scores, within_days=60)
    row = found.table.iloc[0]
    yield "workflow.channels share that bought, 300 people of 2 to 13", mean, *_ends(row, "converted_share")
    yield "workflow.channels satisfied, 300 people of 1 to 3", 4 / 6, *_ends(row, "satisfied_share")


def records(rng):
    facts = workflow.worth_recording((int(rng.binomial(200, 0.3)), 200), 60_000, 15_000).facts
    yield "workflow.worth value of a record, n=200", 0.3 * 60_000 - 15_000, *_ends(facts, "record_value")


CASES = {"tickets": tickets, "contacts": contacts, "messages": typical_messages, "records": records}
