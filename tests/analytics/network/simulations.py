"""Worlds of known truth for every interval that the room shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlab.analytics import network


def _ends(row, what):
    return row[f"{what}_low"], row[f"{what}_high"]


def prices(rng):
    for n in (50, 200):
        other = np.where(rng.random(n) < 0.9, 10, 12)
        table = pd.DataFrame({"product_id": np.tile(np.arange(n), 2), "channel": ["store"] * n + ["website"] * n})
        facts = network.consistency(table.assign(unit_price=np.r_[np.full(n, 10), other])).facts
        yield f"network.consistency share, n={n}", 0.9, *_ends(facts, "same_share")


def months(rng):
    """Prices of one thing go wrong month after month."""
    n, each = 120, 6
    wrong = rng.beta(0.6, 2.4, n)
    other = np.where(rng.random((n, each)) < wrong[:, None], 12, 10).ravel()
    item, month = np.repeat(np.arange(n), each), np.tile(np.arange(each), n)
    table = pd.concat(
        [pd.DataFrame({"product_id": item, "month": month, "channel": "store", "unit_price": 10}),
         pd.DataFrame({"product_id": item, "month": month, "channel": "website", "unit_price": other})]
    )  # fmt: skip
    found = network.consistency(table, period="month")
    yield f"network.consistency share over months, {n} things", 0.8, *_ends(found.facts, "same_share")


def markets(rng):
    n = 80
    people = pd.DataFrame({"customer_id": range(n), "registered_on": pd.Timestamp("2020-05-01"),
                           "acquisition_source": np.where(rng.random(n) < 0.15, "referral", "search")})  # fmt: skip
    left = pd.Series(np.where(rng.random(n) < 0.12, np.datetime64("2020-06-01"), np.datetime64("NaT")))
    staff = pd.DataFrame({"employee_id": range(n), "hired_on": pd.Timestamp("2019-09-01"), "left_on": left})
    rows = network.market_evidence({"customers": people, "employees": staff}, as_of="2020-12-31").table
    rows = rows.set_index("measure")
    yield f"network.market_evidence referred, n={n}", 0.15, *_ends(rows.loc["referred_share"], "value")
    yield f"network.market_evidence stayed, n={n}", 0.88, *_ends(rows.loc["employees_stayed_share"], "value")
    yield f"network.market_evidence first year, n={n}", 0.88, *_ends(rows.loc["first_year_share"], "value")


CASES = {"prices": prices, "months": months, "markets": markets}
