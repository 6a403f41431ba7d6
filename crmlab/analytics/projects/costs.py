"""What it costs in all to build, buy or rent: each way's present value, and how many users turn the choice."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import number
from ...results import Note, Result, Source
from .tables import blank, column_of, rate_of, table_of

__all__ = ["total_cost", "yearly"]

EVERY = ("once", "month", "year")


def yearly(costs: Any) -> Any:
    """The table with monthly amounts times twelve: the cure for months and years in one comparison.

    Examples
    --------
    >>> yearly([{"option": "saas", "item": "seats", "amount": 250_000, "every": "month"}])["amount"].tolist()
    [3000000.0]
    """
    frame = table_of(costs, ("option", "item", "amount", "every"), "costs").copy()
    months = frame["every"].eq("month")
    frame["amount"] = column_of(frame, "amount", "costs", [str(v) for v in frame["item"]])
    frame.loc[months, "amount"] *= 12.0
    frame["every"] = frame["every"].mask(months, "year")
    return frame


def total_cost(costs: Any, *, rate: float, years: int, users: int, source: Source | None = None) -> Result:
    """Total cost of ownership of two or more options, and the users at which the cheapest changes.

    Parameters
    ----------
    costs : table
        :data:`COSTS`: ``every`` is ``"once"`` (paid today), ``"month"`` or ``"year"`` (paid at each year's end);
        with ``per_user`` the amount is one user's.
    rate : float
        Discount rate of a year as a share.
    years : int
        How long each option is used.
    users : int
    source : Source, optional

    Returns
    -------
    Result
        Kind ``projects.total_cost``, the cheapest first: ``once``, ``each_year`` (for these users), ``nominal``,
        ``present_value`` = once + Σ yearly/(1 + r)ᵗ, ``value_of_user`` (what one more user adds to it),
        ``fixed_value`` (what none would cost), ``more_than_best``, and ``break_even_users`` against the cheapest.

    Raises
    ------
    UserError
        ``projects.mixed_periods``: amounts of a month beside amounts of a year; see :func:`yearly`.

    Notes
    -----
    Pitfall: who owns the software also pays for people, electricity and replacement; who rents pays for leaving. A
    cost that is not in the table is taken as nothing.

    Examples
    --------
    On-premise against the cloud, the book's case 9.2:

    >>> table = yearly([
    ...     {"option": "cloud", "item": "seats", "amount": 0.25, "every": "month", "per_user": True},
    ...     {"option": "on_premise", "item": "licence", "amount": 350, "every": "once"},
    ...     {"option": "on_premise", "item": "upkeep", "amount": 180, "every": "year"}])
    >>> facts = total_cost(table, rate=0.10, years=5, users=40).facts
    >>> facts["best"], round(facts["best_value"], 1), round(facts["next_value"], 1), round(facts["break_even_users"], 1)
    ('cloud', 454.9, 1032.3, 90.8)
    """
    import pandas as pd

    rate = rate_of(rate)
    years = number(years, "years", 1, 50, whole=True)
    users = number(users, "users", 0, whole=True)
    frame = table_of(costs, ("option", "item", "amount", "every"), "costs")
    items = [f"{o}: {i}" for o, i in zip(frame["option"], frame["item"], strict=True)]
    odd = [n for n, e in zip(items, frame["every"], strict=True) if e not in EVERY]
    if odd:
        found = list(dict.fromkeys(str(e) for e in frame["every"] if e not in EVERY))
        raise UserError("projects.unknown_every", table="costs", rows=odd, found=found, wanted=list(EVERY))
    monthly = [n for n, e in zip(items, frame["every"], strict=True) if e == "month"]
    if monthly and (frame["every"] == "year").any():
        raise UserError("projects.mixed_periods", table="costs", rows=monthly)
    amounts = column_of(frame, "amount", "costs", items)
    if frame["option"].astype(str).nunique() < 2:
        raise UserError("projects.one_option", table="costs", found=frame["option"].astype(str).unique().tolist())
    times = sum((1 + rate) ** -t for t in range(1, years + 1))
    sums: dict[str, list[float]] = {}
    each = [False if blank(v) else _yes(v, items[i]) for i, v in enumerate(frame.get("per_user", [None] * len(frame)))]
    for option, amount, every, user in zip(frame["option"], amounts, frame["every"], each, strict=True):
        parts = sums.setdefault(str(option), [0.0] * 4)  # once, yearly; each of them fixed, of a user
        parts[2 * (every != "once") + user] += amount * (12 if every == "month" else 1)
    rows = []
    for option, (once, once_user, fixed, of_user) in sums.items():
        row = {"option": option, "once": once + users * once_user, "each_year": fixed + users * of_user}
        row["nominal"] = row["once"] + years * row["each_year"]
        row |= {"present_value": row["once"] + times * row["each_year"]}
        rows.append(row | {"fixed_value": once + times * fixed, "value_of_user": once_user + times * of_user})
    rows.sort(key=lambda r: r["present_value"])
    best = rows[0]
    for row in rows:
        row["more_than_best"] = row["present_value"] - best["present_value"]
        steeper, dearer = best["value_of_user"] - row["value_of_user"], row["fixed_value"] - best["fixed_value"]
        row["break_even_users"] = dearer / steeper if steeper and dearer / steeper > 0 else None
    second = rows[1]
    facts = {"best": best["option"], "best_value": best["present_value"], "next": second["option"]}
    facts |= {"next_value": second["present_value"], "saving": second["more_than_best"], "users": users}
    facts |= {"years": years, "rate": rate, "annuity": times, "n": len(rows)}
    turns = [(r["break_even_users"], r["option"]) for r in rows if r["break_even_users"] is not None]
    facts["break_even_users"] = min(turns, key=lambda t: abs(t[0] - users))[0] if turns else None
    notes = []
    if monthly:
        notes.append(Note("projects.note.months", {"n": len(monthly)}))
    if turns:
        told = {"users": facts["break_even_users"], "best": best["option"]}
        notes.append(Note("projects.note.turns", told))
    else:
        notes.append(Note("projects.note.never_turns", {"best": best["option"]}))
    money = ("once", "each_year", "nominal", "present_value", "fixed_value", "value_of_user", "more_than_best")
    units = {"option": "text", **dict.fromkeys(money, "money"), "break_even_users": "number"}
    params = {"rate": rate, "years": years, "users": users, "units": units}
    return Result("projects.total_cost", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _yes(value: Any, item: str) -> bool:
    if value in (True, False):
        return bool(value)
    raise UserError("projects.not_yes_or_no", table="costs", rows=[item], column="per_user", found=value)
