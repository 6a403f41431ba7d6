"""Worlds of known truth for every interval that the room shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlab import calendar
from crmlab.analytics import forecasting

_DAYS = pd.date_range("2018-01-01", "2019-12-31")
_PAYDAY = np.array([calendar.payday(d) for d in _DAYS])
_FITRI = np.array([calendar.idul_fitri_phase(d.date()) == "last_week" for d in _DAYS])
_BREAK = pd.Timestamp("2019-07-01")
_AFTER = np.asarray(_DAYS >= _BREAK)


def _sales(counts, channel="store", **more):
    return pd.DataFrame({"ordered_at": np.repeat(_DAYS.to_numpy(), counts), "channel": channel, **more})


def _noise(rng, spread=12.0, carry=0.5):
    """Good and bad days that follow each other, with mean 1."""
    shocks = rng.normal(0, 1, len(_DAYS))
    level = np.empty(len(_DAYS))
    level[0] = shocks[0]
    for k in range(1, len(_DAYS)):
        level[k] = carry * level[k - 1] + (1 - carry**2) ** 0.5 * shocks[k]
    sigma = spread**-0.5
    return np.exp(sigma * level - sigma**2 / 2)


def _ends(row, what):
    return row[f"{what}_low"], row[f"{what}_high"]


def calendar_days(rng):
    """Orders that vary more than chance makes them, day after day alike."""
    mean = 8 * np.where(_PAYDAY, 1.3, 1.0) * np.where(_FITRI, 1.6, 1.0) * 1.1 ** (np.arange(len(_DAYS)) / 365.25)
    for name, noise in (("plain", 1.0), ("days alike", _noise(rng))):
        table = forecasting.decompose(
            _sales(rng.poisson(mean * noise)), as_of=_DAYS[-1], factors=["weekend", "payday", "last_week"]
        ).table.set_index("factor")
        yield f"forecasting.effects payday, {name}", 1.3, *_ends(table.loc["payday"], "ratio")
        yield f"forecasting.effects trend, {name}", 1.1, *_ends(table.loc["trend"], "ratio")
        if name == "plain":
            yield "forecasting.effects last week, 12 days", 1.6, *_ends(table.loc["last_week"], "ratio")


def few_orders(rng):
    """A channel of an order a week: ratios of a handful."""
    mean = 0.15 * np.where(_PAYDAY, 1.3, 1.0) * np.where(_FITRI, 0.3, 1.0)
    found = forecasting.decompose(_sales(rng.poisson(mean)), as_of=_DAYS[-1], factors=["payday", "last_week"])
    table = found.table.set_index("factor")
    yield "forecasting.effects payday, 110 orders", 1.3, *_ends(table.loc["payday"], "ratio")


def indices(rng):
    mean = 6 * np.where(_PAYDAY, 1.3, 1.0)
    row = forecasting.payday(_sales(rng.poisson(mean)), as_of=_DAYS[-1], factors=["weekend"]).table.iloc[0]
    yield "forecasting.payday index", 1.3, *_ends(row, "ratio")
    yield "forecasting.payday adjusted", 1.3, *_ends(row, "adjusted_ratio")


def breaks(rng):
    shared = _noise(rng, 40.0, 0.3)  # a rainy day is bad for both channels
    store = _sales(rng.poisson(8 * np.where(_AFTER, 0.55, 1.0) * shared))
    chat = _sales(rng.poisson(5 * np.where(_AFTER, 1.8, 1.0) * shared), "whatsapp")
    asked = {"as_of": _DAYS[-1], "begins": _BREAK, "recovers": None, "factors": ["weekend"]}
    table = forecasting.shock(pd.concat([store, chat]), **asked).table.set_index(["effect", "group"])
    yield "forecasting.shock store", 0.55, *_ends(table.loc[("shock", "store")], "ratio")
    yield "forecasting.shock between channels", 0.55 / 1.8, *_ends(table.loc[("channel_difference", "store")], "ratio")


def closures(rng):
    """Accounts that close by a monthly hazard, higher since the competitor came."""
    parts = []
    for kind, before, after in (("corporate", 0.02, 0.035), ("consumer", 0.01, 0.01)):
        first = rng.exponential(30.4375 / before, 300)
        wait = (_BREAK - _DAYS[0]).days
        second = wait + rng.exponential(30.4375 / after, 300)
        gone = np.where(first < wait, first, second)
        closed = _DAYS[0] + pd.to_timedelta(np.floor(gone), unit="D")
        table = pd.DataFrame({"customer_type": kind, "registered_on": _DAYS[0], "closed_on": closed})
        parts.append(table)
    people = pd.concat(parts, ignore_index=True).rename_axis("customer_id").reset_index()
    sales = _sales(np.full(len(_DAYS), 1))
    asked = {"as_of": _DAYS[-1], "begins": "2019-10-01", "recovers": None, "factors": ["weekend"]}
    table = forecasting.shock(sales, people, competitor=_BREAK, **asked).table.set_index(["effect", "group"])
    yield "forecasting.shock churn", 1.75, *_ends(table.loc[("churn", "corporate")], "ratio")
    yield "forecasting.shock churn difference", 1.75, *_ends(table.loc[("churn_difference", "corporate")], "ratio")


def mixes(rng):
    sales = pd.concat([_sales(rng.poisson(2.0, len(_DAYS))),
                       _sales(rng.poisson(np.where(_DAYS.year == 2019, 1.5, 1.0)), "web")])  # fmt: skip
    table = forecasting.audit(sales.assign(order_id=range(len(sales))), as_of=_DAYS[-1]).table
    row = table[(table["channel"] == "web") & (table["year"] == 2019)].iloc[0]
    yield "forecasting.audit share", 1.5 / 3.5, *_ends(row, "share")
    yield "forecasting.audit change of share", 1.5 / 3.5 - 1 / 3, *_ends(row, "share_change")


def futures(rng):
    """Days that are yet to come: one of them, drawn after the forecast was made."""
    week = np.array([1.0, 1.0, 1.0, 1.0, 1.2, 1.5, 1.4])[_DAYS.day_of_week]
    counts = rng.poisson(20 * week)
    known = len(_DAYS) - 14
    sales = _sales(counts)
    found = forecasting.forecast(
        sales,
        as_of=_DAYS[known - 1],
        horizon=14,
        origins=12,
        models=["calendar"],
        factors=["friday", "saturday", "sunday"],
    )
    row = found.table.iloc[int(rng.integers(14))]
    at = int((row["at"] - _DAYS[0]).days)
    yield "forecasting.forecast one day ahead of 14", float(counts[at]), *_ends(row, "value")


CASES = {
    "calendar": calendar_days,
    "few orders": few_orders,
    "indices": indices,
    "breaks": breaks,
    "closures": closures,
    "mixes": mixes,
    "futures": futures,
}
