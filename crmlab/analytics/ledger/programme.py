"""The ledger of the commonest programme: keep more customers of each segment, and count what that is worth."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import frame_of
from .book import Ledger
from .entries import Entry, assumed, computed, measured

__all__ = ["retention_programme"]

_NEEDED = ("segment", "customers", "margin")


def retention_programme(
    segments: Any,
    *,
    effect: tuple[float, float, float],
    effect_source: str = "",
    reach: tuple[float, float, float],
    contacts: float,
    contact_cost: float,
    investment: float | tuple[float, float, float],
    rate: float,
    years: float,
    owner: str = "",
    source: str = "",
) -> Ledger:
    """From segment to value, offer, effect and net present value, as a ledger that can be changed.

    Parameters
    ----------
    segments : DataFrame or Result
        Grain: a segment. ``segment``, ``customers`` (count), ``margin`` (money a customer a year), ``margin_low`` and
        ``margin_high`` (95 %; optional).
    effect : (low, value, high)
        Points of yearly retention that the offer adds among those it reaches, as a share with its 95 % interval; from a
        trial against a control group, never from a comparison of those who took the offer with those who did not.
    effect_source : str
        The trial.
    reach : (low, value, high)
        Share of customers that can be reached with consent, as the owner believes.
    contacts : float
        Messages a customer a year.
    contact_cost : float
        Money a message.
    investment : float or (low, value, high)
        Money at the start.
    rate : float
        Discount rate a year, as a share.
    years : float
        How long the effect is counted.
    owner : str
        Who answers for the assumptions.
    source : str
        Where the segments' figures come from.

    Returns
    -------
    Ledger
        Outcome ``npv``. ``kept_more`` = customers x reach x effect, by segment; ``gain`` = total(kept_more x margin)
        a year; ``contact_money`` = total(customers x reach) x contacts x cost; ``npv`` = (gain - contact_money) x
        annuity(rate, years) - investment. Each year's gain is counted for customers kept in that year only: who stays
        longer still is left out, so the outcome is on the low side.

    Raises
    ------
    UserError
        ``ledger.segment_twice``, ``ledger.segment_missing``, and what the entries raise.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"segment": ["loyal", "new"], "customers": [1000, 500], "margin": [200.0, 50.0]})
    >>> book = retention_programme(table, effect=(0.02, 0.05, 0.08), reach=(0.5, 0.6, 0.7), contacts=4, contact_cost=1,
    ...                            investment=5_000, rate=0.10, years=3)
    >>> book["kept_more"], book["gain"], book["contact_money"], round(book["npv"], 2)
    ({'loyal': 30.0, 'new': 15.0}, 6750.0, 3600.0, 2833.58)
    """
    frame = frame_of(segments, _NEEDED, "segments")
    names = frame["segment"]
    if names.isna().any():
        raise UserError("ledger.segment_missing", table="segments", rows=list(frame.index[names.isna()] + 1))
    twice = names[names.duplicated(keep=False)]
    if len(twice):
        raise UserError("ledger.segment_twice", table="segments", rows=list(twice.index + 1), found=sorted(set(twice)))
    table = frame.set_index(names.astype(str))
    bounded = {"margin_low", "margin_high"} <= set(table) and not table[
        ["margin_low", "margin_high"]
    ].isna().any().any()
    ends = {"low": table["margin_low"], "high": table["margin_high"]} if bounded else {}
    return Ledger(
        [
            measured("customers", table["customers"], unit="count", source=source),
            measured("margin", table["margin"], **ends, unit="money", source=source),
            measured("effect", effect[1], low=effect[0], high=effect[2], unit="share", source=effect_source),
            assumed("reach", reach[1], low=reach[0], high=reach[2], unit="share", owner=owner),
            assumed("contacts", contacts, unit="number", owner=owner),
            assumed("contact_cost", contact_cost, unit="money", owner=owner),
            _money("investment", investment, owner),
            assumed("rate", rate, unit="share", owner=owner),
            assumed("years", years, unit="number", owner=owner),
            computed("reached", "customers * reach", unit="count"),
            computed("kept_more", "reached * effect", unit="count"),
            computed("gain", "total(kept_more * margin)", unit="money"),
            computed("contact_money", "total(reached) * contacts * contact_cost", unit="money"),
            computed("yearly", "gain - contact_money", unit="money"),
            computed("npv", "yearly * annuity(rate, years) - investment", unit="money"),
        ],
        outcome="npv",
    )


def _money(name: str, given: float | tuple[float, float, float], owner: str) -> Entry:
    low, value, high = given if isinstance(given, tuple) else (None, given, None)
    return assumed(name, value, low=low, high=high, unit="money", owner=owner)
