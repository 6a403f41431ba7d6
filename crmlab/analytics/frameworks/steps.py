"""IDIC, measured: identify, differentiate, interact, customize, and the chain of the four."""

from __future__ import annotations

import math
from typing import Any

from ...errors import UserError
from ...frames import day_of, frame_of, times_of
from ...intervals import FEW, wilson
from ...results import Note, Result, Source

__all__ = ["idic"]

FEWEST = 30
DIRECTIONS = ("incoming", "outgoing")
NAN = float("nan")


def idic(
    sales: Any,
    customers: Any,
    interactions: Any,
    offers: Any,
    *,
    as_of: Any,
    since: Any = None,
    tier: Any = None,
    persons: Any = None,
    source: Source | None = None,
) -> Result:
    """The four steps of Peppers and Rogers on a company's own tables, each a share of what the step before left.

    Parameters
    ----------
    sales : DataFrame
        A row a transaction: ``customer_id`` (missing where nobody is known), ``ordered_at``.
    customers : DataFrame
        A row a customer: ``customer_id``, ``tier`` (by value, need or both; missing where not differentiated).
    interactions : DataFrame
        A row a contact: ``customer_id``, ``occurred_at``, ``direction`` (incoming, outgoing).
    offers : DataFrame
        A row an offer made: ``customer_id``, ``offered_at``, ``offer_tier`` (whom it was made for; missing where it
        was the same for all).
    as_of : date
        Nothing after this day is used.
    since : date, optional
        Nor anything before this one.
    tier : optional
        Only customers of this tier go through interact and customize.
    persons : DataFrame, optional
        ``customer_id``, ``person_id``, where one person has several ids: as the room of duplicates finds them.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``frameworks.idic``: a row a step and one for the chain: ``step``, ``hits``, ``n``, ``share``, its interval
        and a verdict. Identify: transactions tied to a person, of all. Differentiate: customers in a tier, of all.
        Interact: customers in a tier with contact both ways, of these. Customize: of those the ones who were given an
        offer for their own tier. The chain is the product of the four.

    Notes
    -----
    Shares have Wilson's interval. From differentiate on each step is a part of the last, so that their product is one
    share of people; its interval and that of identify meet on the logarithm (Zou and Donner's square-and-add), as two
    independent shares. Transactions count as independent: buyers who come often make the first interval too narrow.

    Raises
    ------
    UserError
        ``frameworks.no_customer_ids``, ``frameworks.twice``, ``frameworks.two_tiers``, ``frameworks.bad_direction``,
        ``frameworks.no_tier``.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"customer_id": [1, 2, 3, None], "ordered_at": "2024-05-01"})
    >>> customers = pd.DataFrame({"customer_id": [1, 2, 3], "tier": ["a", "a", "b"]})
    >>> contacts = pd.DataFrame({"customer_id": [1, 1, 2], "occurred_at": "2024-05-02",
    ...                          "direction": ["incoming", "outgoing", "outgoing"]})
    >>> offers = pd.DataFrame({"customer_id": [1], "offered_at": ["2024-05-03"], "offer_tier": ["a"]})
    >>> told = idic(sales, customers, contacts, offers, as_of="2024-12-31")
    >>> told.table["share"].round(3).tolist()
    [0.75, 1.0, 0.333, 1.0, 0.25]
    """
    import pandas as pd

    last = day_of(as_of, "as_of") + pd.Timedelta(days=1)
    first = day_of(since, "since") if since is not None else pd.Timestamp.min
    told = {"sales": (sales, ("customer_id", "ordered_at")), "customers": (customers, ("customer_id", "tier"))}
    told |= {"interactions": (interactions, ("customer_id", "occurred_at", "direction"))}
    told |= {"offers": (offers, ("customer_id", "offered_at", "offer_tier"))}
    frames = {}
    for name, (table, columns) in told.items():
        frame = frame_of(table, columns, name)
        when = next((c for c in columns if c.endswith("_at")), None)
        if when:
            times = times_of(frame, when, name)
            frame = frame[(times >= first) & (times < last)]
        frames[name] = frame
    if not frames["sales"]["customer_id"].notna().any():
        raise UserError("frameworks.no_customer_ids", table="sales")
    odd = sorted({str(d) for d in frames["interactions"]["direction"].dropna()} - set(DIRECTIONS))
    if odd:
        raise UserError("frameworks.bad_direction", table="interactions", found=odd, wanted=DIRECTIONS)
    same = _persons(persons)
    people = _tiers(frames["customers"], same)
    tiered = people.dropna()
    if tier is not None:
        tiered = tiered[tiered == tier]
        if tiered.empty:
            raise UserError("frameworks.no_tier", found=tier, wanted=sorted(map(str, people.dropna().unique())))
    met = frames["interactions"].assign(who=frames["interactions"]["customer_id"].map(same))
    ways = met.dropna(subset=["who", "direction"]).groupby("who")["direction"].nunique()
    contacted = tiered[tiered.index.isin(ways.index[ways == len(DIRECTIONS)])]
    given = frames["offers"].assign(who=frames["offers"]["customer_id"].map(same))
    own = given[given["offer_tier"].notna() & (given["offer_tier"] == given["who"].map(people))]["who"]
    n_sales, known = len(frames["sales"]), int(frames["sales"]["customer_id"].notna().sum())
    base = people if tier is None else people[people.isna() | (people == tier)]
    counts = [("identify", known, n_sales), ("differentiate", len(tiered), len(base))]
    counts += [
        ("interact", len(contacted), len(tiered)),
        ("customize", int(contacted.index.isin(own).sum()), len(contacted)),
    ]
    rows = [_row(*count) for count in counts]
    rows.append(_chain(rows))
    empty = [r["step"] for r in rows[:4] if not r["n"]]
    notes = [Note("frameworks.note.empty_steps", {"steps": empty})] if empty else []
    joined = int(len(frames["customers"]["customer_id"].dropna().unique()) - len(people))
    if joined:
        notes.append(Note("frameworks.note.joined_ids", {"n": joined}))
    facts: dict[str, Any] = {"n": n_sales, "people": len(people), "tier": tier, "as_of": last - pd.Timedelta(days=1)}
    for row in rows:
        facts |= {f"{row['step']}{e}": row[f"share{e}"] for e in ("", "_low", "_high")}
        facts |= {f"{row['step']}_hits": row["hits"], f"{row['step']}_n": row["n"]}
    shown = [r for r in rows[:4] if r["n"]]
    worst = min(shown, key=lambda r: r["share"])
    facts |= {"weakest": worst["step"], "weakest_share": worst["share"], "tiers": int(tiered.nunique())}
    shares = dict.fromkeys(("share", "share_low", "share_high"), "share")
    units = {"step": "text", "hits": "count", "n": "count", **shares, "verdict": "text"}
    kind = (
        "frameworks.idic" if not empty and rows[-1]["share_low"] == rows[-1]["share_low"] else "frameworks.idic_broken"
    )
    params = {"as_of": facts["as_of"], "tier": tier, "units": units}
    table = pd.DataFrame(rows).astype({"hits": "Int64", "n": "Int64"})
    return Result(kind, table, params, facts, tuple(notes), source)


class _Same(dict):
    """customer_id -> person_id; who is not told of is himself, and a missing id stays missing."""

    def __missing__(self, key: Any) -> Any:
        return key


def _persons(persons: Any) -> _Same:
    if persons is None:
        return _Same()
    frame = frame_of(persons, ("customer_id", "person_id"), "persons")
    twice = frame["customer_id"].duplicated(keep=False)
    if twice.any():
        rows = [i + 1 for i, t in enumerate(twice) if t]
        raise UserError("frameworks.twice", table="persons", rows=rows, column="customer_id")
    return _Same(zip(frame["customer_id"], frame["person_id"], strict=True))


def _tiers(frame: Any, same: _Same) -> Any:
    """Person -> tier; one person with several ids has the tier that those with one agree upon."""
    twice = frame["customer_id"].duplicated(keep=False)
    if twice.any():
        rows = [i + 1 for i, t in enumerate(twice) if t]
        raise UserError("frameworks.twice", table="customers", rows=rows, column="customer_id")
    known = frame[frame["customer_id"].notna()]
    who = known["customer_id"].map(same)
    groups = known["tier"].groupby(who)
    split = groups.nunique()
    if (split > 1).any():
        raise UserError("frameworks.two_tiers", table="customers", rows=split.index[split > 1].tolist())
    return groups.first()


def _row(step: str, hits: int, n: int) -> dict[str, Any]:
    low, high = wilson(hits, n) if n else (NAN, NAN)
    verdict = "too_few" if n < FEWEST else ""
    row = {"step": step, "hits": hits, "n": n, "share": hits / n if n else NAN, "share_low": low, "share_high": high}
    return row | {"verdict": verdict}


def _chain(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Identify times the share of people who came through the other three steps."""
    one, through, people = rows[0], rows[3]["hits"], rows[1]["n"]
    share = math.prod(r["share"] for r in rows)
    row = {"step": "chain", "hits": None, "n": None, "share": share, "share_low": NAN, "share_high": NAN}
    few = share != share or min(one["hits"], through) < FEW
    if not few:
        part, (low, high) = through / people, wilson(through, people)
        a, b = math.log(one["share"]), math.log(part)
        below = math.hypot(a - math.log(one["share_low"]), b - math.log(low))
        above = math.hypot(math.log(one["share_high"]) - a, math.log(high) - b)
        row |= {"share_low": math.exp(a + b - below), "share_high": min(1.0, math.exp(a + b + above))}
    return row | {"verdict": "too_few" if few or people < FEWEST else ""}
