"""Worlds of known truth for every interval that the room shows."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from crmlab import calendar
from crmlab.analytics import patients

_DAYS = pd.date_range("2022-01-01", "2023-12-31")
_SUNDAY = _DAYS.day_of_week.to_numpy() == 6
_RAMADAN = np.array([bool(calendar.ramadan(d.date())) for d in _DAYS])


def _ends(row, what):
    return row[f"{what}_low"], row[f"{what}_high"]


def days(rng):
    """Counts that vary more than chance alone makes them."""
    rate = 8 * np.where(_SUNDAY, 0.3, 1.0) * np.where(_RAMADAN, 0.8, 1.0)
    counts = rng.poisson(rate * rng.gamma(6, 1 / 6, len(_DAYS)))
    table = pd.DataFrame({"at": np.repeat(_DAYS.to_numpy(), counts)})
    found = patients.seasonality(
        table, at="at", effects=["ramadan", "sunday"], since=_DAYS[0], as_of=_DAYS[-1]
    ).table.set_index("effect")
    yield "patients.seasonality Ramadan, two years", 0.8, *_ends(found.loc["ramadan"], "rate_ratio")
    yield "patients.seasonality Sunday, two years", 0.3, *_ends(found.loc["sunday"], "rate_ratio")


def payers(rng):
    """People with one payer each, who come five times a year: shares of visits."""
    parts = []
    for year, share in ((2021, 0.4), (2024, 0.55)):
        own = np.where(rng.random(120) < share, "bpjs", "other")
        who = np.repeat(np.arange(120) + 1000 * year, 5)
        parts.append(
            pd.DataFrame({"patient_id": who, "payer_group": np.repeat(own, 5), "checked_in_at": f"{year}-03-01"})
        )
    found = patients.payer_mix(pd.concat(parts))
    rows = found.table[found.table["payer_group"] == "bpjs"]
    yield "patients.payer_mix share, 120 patients of 5", 0.4, *_ends(rows.iloc[0], "share")
    sign = 1 if found.facts["payer"] == "bpjs" else -1
    low, high = _ends(found.facts, "change")
    yield "patients.payer_mix change", 0.15, *((low, high) if sign > 0 else (-high, -low))


def bills(rng):
    for n in (200, 600):
        bill = rng.lognormal(12, 0.8, n)
        cost = bill * 0.82 * rng.lognormal(-0.02, 0.2, n)
        table = pd.DataFrame({"payer_group": "x", "amount": bill, "cost": cost})
        facts = patients.margins(table).facts
        yield f"patients.margins margin share, n={n}", 1 - 0.82, *_ends(facts, "margin_share")


def check_ups(rng):
    n = 600
    offered, before = rng.random(n) < 0.5, rng.random(n) < 0.2
    chance = 1 / (1 + np.exp(-(-1.8 + math.log(1.8) * offered + 0.9 * before)))
    table = pd.DataFrame({"offered": offered, "bought_before": before, "bought": rng.random(n) < chance})
    found = patients.offers(table, on=["bought_before"])
    yield "patients.offers odds ratio, n=600", 1.8, *_ends(found.table.iloc[0], "odds_ratio")
    share = [sum(w / (1 + math.exp(-(-1.8 + b + a))) for w, b in ((0.8, 0), (0.2, 0.9))) for a in (math.log(1.8), 0)]
    yield "patients.offers difference, n=600", share[0] - share[1], *_ends(found.facts, "difference")


def contracts(rng):
    n = 40
    table = pd.DataFrame({"starts_on": "2023-01-01", "ends_on": "2023-12-31", "nps": [-5] * n + [20] * n})
    renewed = np.r_[rng.random(n) < 0.55, rng.random(n) < 0.8]
    table["status"] = np.where(renewed, "renewed", "ended")
    found = patients.renewals(table, as_of="2024-06-01", by="nps")
    yield "patients.renewals difference, n=40 and 40", 0.25, *_ends(found.facts, "difference")
    row = found.table.set_index("group").loc["below_zero"]
    yield "patients.renewals share, n=40", 0.55, *_ends(row, "renewed_share")


def replies(rng):
    table = pd.DataFrame({"sender": "a", "receiver": "b", "reply_minutes": rng.lognormal(3, 1, 80)})
    table.loc[rng.random(80) < 0.1, "reply_minutes"] = np.nan
    # a tenth is never answered: the median of all is the 5/9 quantile of those that are
    from scipy.stats import lognorm

    row = patients.contacts(table).table.iloc[0]
    truth = lognorm.ppf(0.5 / 0.9, 1, scale=math.exp(3))
    yield "patients.contacts median reply, n=80", truth, *_ends(row, "median_reply_minutes")
    yield "patients.contacts unanswered, n=80", 0.1, *_ends(row, "unanswered_share")


def tasks(rng):
    n = 80
    late = rng.random(n) < 0.15
    table = pd.DataFrame({"owner": "nurse", "created_on": "2024-01-01", "due_on": "2024-01-05"}, index=range(n))
    table["done_on"] = np.where(late, "2024-01-09", "2024-01-03")
    facts = patients.tasks_due(table, as_of="2024-02-01").facts
    yield "patients.tasks late share, n=80", 0.15, *_ends(facts, "late_share")


CASES = {
    "days": days,
    "payers": payers,
    "bills": bills,
    "check-ups": check_ups,
    "contracts": contracts,
    "replies": replies,
    "tasks": tasks,
}
