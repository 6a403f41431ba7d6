"""Worlds drawn from known truths, and every interval that personalisation shows of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from crmlab import personalisation
from crmlab.analytics.personalisation.measures import MEASURES, Asked

RULES = personalisation.checks()


def _row(check: str, table: pd.DataFrame) -> tuple[float | None, float | None]:
    """What the check measures; the judgement upon it adds no interval."""
    found = MEASURES[check](Asked(table, RULES[check], pd.Timestamp("2020-12-31")))
    return (found.low, found.high) if found.n >= RULES[check]["least"] else (None, None)


def _reported(luck: np.random.Generator) -> Iterator[tuple]:
    for true, n in ((0.46, 3013), (0.14, 3013), (0.3, 60)):
        told = personalisation.reported_share(luck.binomial(n, true) / n, n).facts
        yield f"reported {true:.0%}, n={n}", true, told["share_low"], told["share_high"]


def _profiles(luck: np.random.Generator) -> Iterator[tuple]:
    for true, n in ((0.35, 40), (0.35, 300)):
        old = np.where(luck.random(n) < true, "2015-01-01", "2020-06-01")
        table = pd.DataFrame({"customer_id": range(n), "updated_at": old, "city": "x"})
        yield f"profiles out of date, n={n}", true, *_row("old_profiles", table)


def _bunched(n: int) -> Callable:
    def world(luck: np.random.Generator) -> Iterator[tuple]:
        """Customers with few or many contacts, each with a leaning of his own: mean 0.3."""
        bias, counts = luck.beta(3, 7, n), 1 + luck.poisson(luck.gamma(2, 3, n))
        rows = pd.DataFrame({"customer_id": np.repeat(np.arange(n), counts)})
        rows["matched"] = luck.random(len(rows)) >= np.repeat(bias, counts)
        yield f"offers off preference, {n} customers", 0.3, *_row("off_preference", rows)
        losing = luck.random(n) < 0.12
        its = pd.DataFrame({"customer_id": range(n), "profit": np.where(losing, -1, 1), "contacts": counts})
        yield f"contacts to losing customers, {n} customers", 0.12, *_row("contacts_to_losers", its)

    return world


def _minutes(luck: np.random.Generator) -> Iterator[tuple]:
    """Users of a CRM system, each with a share of reports of his own: mean 0.55."""
    for n in (24, 60):
        share, whole = luck.beta(11, 9, n), luck.gamma(6, 50, n)
        rows = pd.DataFrame({"user": [*range(n), *range(n)], "activity": ["reporting"] * n + ["selling"] * n})
        rows["minutes"] = np.concatenate([share * whole, (1 - share) * whole])
        yield f"minutes spent on reports, {n} users", 0.55, *_row("used_for_reports", rows)


def _trial(luck: np.random.Generator) -> Iterator[tuple]:
    for n, other_n in ((400, 100), (120, 120)):
        yes = np.concatenate([luck.random(n) < 0.12, luck.random(other_n) < 0.07])
        rows = pd.DataFrame({"arm": ["test"] * n + ["control"] * other_n, "converted": yes})
        yield f"what contact changed, {n} and {other_n}", 0.05, *_row("no_effect", rows)


CASES: dict[str, Callable[[np.random.Generator], Iterator[tuple]]] = {
    "reported": _reported,
    "profiles": _profiles,
    "bunched, n=40": _bunched(40),
    "bunched, n=200": _bunched(200),
    "minutes": _minutes,
    "trial": _trial,
}
