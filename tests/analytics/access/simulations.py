"""Worlds of known truth for every interval that the room shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlab.analytics import access

DAY = pd.Timestamp("2024-03-04 10:00")


def _ends(row, what):
    return row[f"{what}_low"], row[f"{what}_high"]


def _log(user, role, patient):
    """Look-ups on one day, where patients below 1,000 had a visit and others had none."""
    table = pd.DataFrame({"user_id": user, "role": role, "patient_id": patient, "at": DAY})
    return table.assign(access_id=np.arange(len(table)))


VISITS = pd.DataFrame({"patient_id": np.arange(1000), "checked_in_at": DAY.normalize() + pd.Timedelta(hours=8)})
ROLES = {"billing": (14, 40, (2.0, 8.0)), "call_centre": (12, 17, (18.0, 2.0)), "desk": (5, 20, (2.0, 6.0))}


def habits(rng):
    """Every user looks without a visit as often as is his own habit."""
    parts = []
    for role, (users, often, kind) in ROLES.items():
        n = 1 + rng.poisson(rng.gamma(3, often / 3, users))
        odd = rng.binomial(n, rng.beta(*kind, users))
        user = [f"{role}-{i}" for i in range(users)]
        for count, first in ((odd, 2000), (n - odd, 0)):
            parts.append(_log(np.repeat(user, count), role, first + rng.integers(0, 900, count.sum())))
    found = access.baseline(pd.concat(parts, ignore_index=True).assign(access_id=lambda t: t.index), VISITS)
    rows = found.table.set_index("role")
    for role, (users, _often, (a, b)) in ROLES.items():
        name = f"access.baseline share of a role, {users} users"
        yield name, a / (a + b), *_ends(rows.loc[role], "unexplained_share")


def crews(rng):
    """The whole log, where users of all roles were drawn together."""
    role = rng.choice(["nurse", "registration"], 60, p=[0.7, 0.3])
    n = 1 + rng.poisson(rng.gamma(3, 10, 60))
    odd = rng.binomial(n, np.where(role == "nurse", rng.beta(2, 18, 60), rng.beta(4, 6, 60)))
    rows = np.repeat(np.arange(60), n)
    none = np.concatenate([np.arange(k) < o for k, o in zip(n, odd, strict=True)])
    guarded = rng.random(len(rows)) < 0.3
    patient = np.where(none, 2000 + guarded * 1000, 0) + rng.integers(0, 900, len(rows))
    table = _log(rows, role[rows], patient)
    facts = access.baseline(table, VISITS).facts
    share = 0.7 * 0.1 + 0.3 * 0.4
    yield "access.baseline share of all, 60 users", share, *_ends(facts, "unexplained_share")
    # roles look too often without a visit to be asked for it alone; only sensitive patients are
    facts = access.suspicious(table, VISITS, sensitive=np.arange(3000, 4000)).facts
    yield "access.suspicious flagged share, 60 users", 0.3 * share, *_ends(facts, "flagged_share")


def rule(rng, users=24):
    """Known wrongs: of sensitive patients seven in ten; others look at those too."""
    wrong = 1 + rng.poisson(rng.gamma(3, 1.0, users))
    watched = rng.binomial(wrong, rng.beta(7, 3, users))
    others = rng.poisson(rng.gamma(2, 0.7, users))
    names = np.arange(users)
    parts = [
        _log(np.repeat(names, watched), "nurse", 3000),
        _log(np.repeat(names, wrong - watched), "nurse", 2000),
        _log(np.repeat(names, others), "nurse", 3001),
        _log(np.repeat(names, 4), "nurse", 1),
    ]
    table = pd.concat(parts, ignore_index=True).assign(access_id=lambda t: t.index)
    facts = access.suspicious(table, VISITS, sensitive=[3000, 3001], truth=range(wrong.sum())).facts
    for word in ("", "first_"):
        yield f"access.suspicious {word}recall, {users} users", 0.7, *_ends(facts, f"{word}recall")
        yield f"access.suspicious {word}precision, {users} users", 2.8 / 4.2, *_ends(facts, f"{word}precision")


AT_LEAST = tuple(
    f"access.suspicious {word}{what}, 4 users" for word in ("", "first_") for what in ("recall", "precision")
)
CASES = {"habits": habits, "crews": crews, "rule": rule, "rule of few": lambda rng: rule(rng, 4)}
