"""What a counter says to somebody it knows: identify, greet, recommend, renew, by rules that are data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...errors import UserError
from ...frames import frame_of, label_of, times_of
from ...results import Note, Result, Source

__all__ = ["LIBRARY_RULES", "greet"]

#: in the order in which they are said; ``when`` are facts of the visit that must hold, ``most`` how many are said
LIBRARY_RULES: tuple[Mapping[str, Any], ...] = (
    {"rule": "unknown_card", "step": "identify", "when": {"known": False}, "most": 1},
    {"rule": "greet_by_name", "step": "greet", "when": {"known": True}, "most": 1},
    {"rule": "same_author", "step": "recommend", "when": {"known": True, "agreed": True}, "most": 2},
    {"rule": "offer_renewal", "step": "renew", "when": {"known": True}, "most": 5},
)
_RULES = ("unknown_card", "greet_by_name", "same_author", "offer_renewal")
_FACTS = ("known", "agreed")


def greet(
    events: Any,
    *,
    members: Any,
    loans: Any,
    books: Any,
    rules: Sequence[Mapping[str, Any]] = LIBRARY_RULES,
    within_days: int = 30,
    source: Source | None = None,
) -> Result:
    """Run the rules over people who come in with a card, one event after the other.

    Parameters
    ----------
    events : DataFrame
        ``at`` (moment), ``card``: what the reader at the door saw.
    members : DataFrame
        ``card``, ``name``, ``agreed``: whether he agreed that his reading is used to recommend.
    loans : DataFrame
        ``card``, ``book_id``, ``borrowed_at``, ``due_on``, ``returned_at`` (missing: still out).
    books : DataFrame
        ``book_id``, ``title``, ``author``, ``shelf``, ``arrived_on``.
    rules : sequence of mapping
        ``rule``, ``step``, ``when`` (facts that must hold: known, agreed), ``most``. Data: they can be read from JSON,
        put in another order, left out.
    within_days : int
        A reader's author is one he borrowed so many days ago or less, and a new book one that came since.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``network.greetings``: what is said, in order: ``at``, ``card``, ``step``, ``rule``, ``name``, ``title``,
        ``shelf``, ``due_on``. Nothing about a card that nobody knows but that it is unknown. ``facts``: visits, known
        ones, recommendations, reminders.

    Raises
    ------
    UserError
        ``network.unknown_rule``, ``network.card_twice``.

    Notes
    -----
    Only what was known at the moment of the event is used. A book that is out, or that the reader has had, is not
    recommended; and none to who did not agree, for what one reads is nobody's business. Overdue books are the library's
    own business and are told to everybody.
    """
    import pandas as pd

    for rule in rules:
        if rule["rule"] not in _RULES or not set(rule["when"]) <= set(_FACTS):
            raise UserError("network.unknown_rule", found=rule["rule"], wanted=list(_RULES))
    seen = frame_of(events, ["at", "card"], "events")
    seen = pd.DataFrame({"at": times_of(seen, "at", "events"), "card": seen["card"]}).sort_values("at", kind="stable")
    people = frame_of(members, ["card", "name", "agreed"], "members")
    again = people["card"].duplicated(keep=False)
    if again.any():
        raise UserError("network.card_twice", table="members", rows=[int(k) + 1 for k in again.to_numpy().nonzero()[0]])
    known = {r["card"]: r for r in people.to_dict("records")}
    lent = frame_of(loans, ["card", "book_id", "borrowed_at", "due_on", "returned_at"], "loans").copy()
    for column in ("borrowed_at", "due_on", "returned_at"):
        lent[column] = times_of(lent, column, "loans")
    shelf = frame_of(books, ["book_id", "title", "author", "shelf", "arrived_on"], "books").copy()
    shelf["arrived_on"] = times_of(shelf, "arrived_on", "books")
    rows: list[dict[str, Any]] = []
    for at, card in zip(seen["at"], seen["card"], strict=True):
        member = known.get(card)
        facts = {"known": member is not None, "agreed": member is not None and member["agreed"] in (True, 1)}
        past = lent[lent["borrowed_at"] <= at]
        out = past.loc[~(past["returned_at"] <= at), "book_id"]
        since = at - pd.Timedelta(days=within_days)
        visit = _Visit(at, member, past[past["card"] == card], out, shelf, since)
        for rule in rules:
            if all(facts[k] == v for k, v in rule["when"].items()):
                said = _SAY[rule["rule"]](visit)[: rule["most"]]
                rows += [
                    {"at": at, "card": label_of(card), "step": rule["step"], "rule": rule["rule"], **s} for s in said
                ]
    columns = ["at", "card", "step", "rule", "name", "title", "shelf", "due_on"]
    table = pd.DataFrame(rows, columns=columns)
    table["due_on"] = pd.to_datetime(table["due_on"])
    counts = table["step"].value_counts()
    visits = len(seen)
    familiar = int(seen["card"].isin(list(known)).sum())
    facts = {"visits": visits, "known": familiar, "unknown": visits - familiar}
    facts |= {step: int(counts.get(step, 0)) for step in ("greet", "recommend", "renew")}
    facts["verdict"] = "complete"
    notes = [Note("network.note.unknown_cards", {"n": visits - familiar})] if visits > familiar else []
    units = {"at": "date", "card": "key", "step": "text", "rule": "text", "name": "text", "title": "text"}
    params = {"rules": [dict(r) for r in rules], "within_days": within_days}
    params |= {"units": units | {"shelf": "text", "due_on": "date"}}
    return Result("network.greetings", table, params, facts, tuple(notes), source)


@dataclass(frozen=True)
class _Visit:
    """What is known when somebody comes in: nothing later than that moment."""

    at: Any
    member: Mapping[str, Any] | None
    mine: Any  # his loans so far
    out: Any  # books that are not on their shelf
    shelf: Any
    since: Any


def _stranger(_visit: _Visit) -> list[dict[str, Any]]:
    return [{}]


def _hello(visit: _Visit) -> list[dict[str, Any]]:
    return [{"name": visit.member["name"]}]


def _recommended(visit: _Visit) -> list[dict[str, Any]]:
    """New books of the authors that he read lately, the newest first; on the shelf, and not read yet."""
    shelf, mine = visit.shelf, visit.mine
    lately = mine.loc[mine["borrowed_at"] >= visit.since, "book_id"]
    authors = set(shelf.loc[shelf["book_id"].isin(lately), "author"])
    new = shelf[
        shelf["author"].isin(authors) & (shelf["arrived_on"] <= visit.at) & (shelf["arrived_on"] >= visit.since)
    ]
    new = new[~new["book_id"].isin(mine["book_id"]) & ~new["book_id"].isin(visit.out)]
    new = new.sort_values("arrived_on", ascending=False, kind="stable")
    return [{"name": visit.member["name"], "title": r["title"], "shelf": r["shelf"]} for r in new.to_dict("records")]


def _overdue(visit: _Visit) -> list[dict[str, Any]]:
    mine = visit.mine
    late = mine[~(mine["returned_at"] <= visit.at) & (mine["due_on"] < visit.at)].sort_values("due_on", kind="stable")
    titles = dict(zip(visit.shelf["book_id"], visit.shelf["title"], strict=True))
    return [
        {"name": visit.member["name"], "title": titles.get(r["book_id"]), "due_on": r["due_on"]}
        for r in late.to_dict("records")
    ]


_SAY = {"unknown_card": _stranger, "greet_by_name": _hello, "same_author": _recommended, "offer_renewal": _overdue}
