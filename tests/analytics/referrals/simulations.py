"""Worlds of known truth for every interval that the room shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlab.analytics import referrals

_SHARES = 1 / np.arange(1, 61) ** 1.15
_SHARES = _SHARES / _SHARES.sum()


def _ends(row, what):
    return row[f"{what}_low"], row[f"{what}_high"]


def _table(clinics, days):
    day = pd.Timestamp("2021-01-01") + pd.to_timedelta(days, unit="D")
    return pd.DataFrame({"direction": "inbound", "clinic_id": clinics, "referred_on": day})


def largest(rng):
    for n in (200, 600):
        table = _table(rng.choice(60, n, p=_SHARES), rng.integers(0, 1000, n))
        facts = referrals.concentration(table, as_of="2024-12-31", draws=100).facts
        yield f"referrals.concentration of the largest 12, n={n}", _SHARES[:12].sum(), *_ends(facts, "top_share")
        row = referrals.network(table, as_of="2024-12-31").table.set_index("clinic_id").loc[0]
        yield f"referrals.network share, n={n}", _SHARES[0], *_ends(row, "inbound_share")


def fading(rng):
    """One clinic falls to 0.4, all others stay; now is a fifth of the days."""
    then, now = rng.poisson([50.0, 200, 150]), rng.poisson([50 * 0.25 * 0.4, 50, 37.5])
    clinics = np.repeat([0, 1, 2, 0, 1, 2], [*then, *now])
    days = np.r_[rng.integers(0, 800, then.sum()), rng.integers(800, 1000, now.sum())]
    found = referrals.lost(_table(clinics, days), as_of="2023-09-27", recent_days=200, since="2021-01-01")
    row = found.table.set_index("clinic_id").loc[0]
    yield "referrals.lost ratio, 50 then", 0.4, *_ends(row, "ratio")


def loop(rng):
    n = 100
    table = _table(1, np.r_[np.full(n, 10), np.full(n, 900)])
    table["replied"] = np.r_[rng.random(n) < 0.85, rng.random(n) < 0.95]
    found = referrals.closed_loop(table, as_of="2024-12-31", since="2023-01-01")
    yield "referrals.closed_loop share, n=100", 0.95, *_ends(found.table.iloc[1], "replied_share")
    yield "referrals.closed_loop difference, n=100 and 100", 0.10, *_ends(found.facts, "difference")


def money(rng):
    """What a patient leaves: often nothing, sometimes a loss, now and then a lot."""
    for n in (40, 150):
        table = _table(np.ones(n, dtype=int), np.full(n, 10)).assign(patient_id=np.arange(n))
        some = rng.random(n) < 0.7
        left = some * (rng.gamma(2, 50, n) - 20)
        seen = pd.DataFrame({"patient_id": np.arange(n), "checked_in_at": "2021-02-01", "margin": left})
        facts = referrals.worth(table, seen, as_of="2024-12-31").facts
        yield f"referrals.worth mean, n={n}", 0.7 * 80, *_ends(facts, "mean_worth")


def steps(rng):
    n = 150
    kind = np.where(rng.random(n) < 0.12, "type_c", "primary_care")
    table = _table(1, np.full(n, 10)).assign(facility_type=kind)
    facts = referrals.levels(table, as_of="2024-12-31", own="type_c").facts
    yield "referrals.levels out of order, n=150", 0.12, *_ends(facts, "out_share")


CASES = {"largest": largest, "fading": fading, "loop": loop, "money": money, "steps": steps}
