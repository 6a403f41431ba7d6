"""A customer from all sides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...frames import day_of, frame_of, times_of
from ...results import Note, Result, Source

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["card"]

_LAST = 10
_TABLES = {
    "customers": ("customer_id",),
    "sales": ("customer_id", "order_id", "ordered_at", "amount"),
    "returns": ("order_id", "returned_on", "amount"),
    "interactions": ("customer_id", "occurred_at"),
    "complaints": ("customer_id", "complained_at", "resolved_at"),
    "answers": ("customer_id", "answered_on", "nps"),
    "consents": ("customer_id", "recorded_at", "action", "purpose", "channel"),
    "value": ("customer_id", "value"),
    "merged": ("customer_id", "survivor_id"),
}
_GRANTS = ("granted", "grant", "given", "opt_in")


def card(
    tables: Mapping[str, Any], customer_id: Any, *, as_of: Any, last: int = _LAST, source: Source | None = None
) -> Result:
    """All that is known of one customer at the end of a day.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``sales`` (customer_id, order_id, ordered_at, amount) is needed; the others as far as they are there:
        ``customers`` (a row a customer, or a row a state with ``valid_from``), ``returns`` (order_id, returned_on,
        amount), ``interactions`` (customer_id, occurred_at; ``touchpoint``, ``topic``), ``complaints`` (customer_id,
        complained_at, resolved_at; ``category``), ``answers`` (customer_id, answered_on, nps), ``consents``
        (customer_id, recorded_at, action, purpose, channel), ``value`` (customer_id, value; ``value_low``,
        ``value_high``), ``merged`` (customer_id, survivor_id: who was found twice).
    customer_id : object
    as_of : date
    last : int
        How many events the table shows.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``customers.card``: the ``last`` events, newest first: ``happened_at``, ``what_happened`` (purchase,
        return, contact, complaint, answer), ``what``, ``amount``. ``facts``: ``bought``, ``returned``, ``net`` =
        bought - returned (the ledger's sum), ``orders``, ``recency_days``, ``nps`` (the latest answer),
        ``open_complaints``, ``consents`` (purpose and channel to which the customer now agrees), ``value`` with its
        interval, the profile as far as it is no personal data. A customer that was merged is answered by who survived
        (``asked_for``), with all that was booked under the numbers that were merged into this one.

    Raises
    ------
    UserError
        ``customers.unknown_table``, ``customers.no_sales``, ``customers.not_found``, ``customers.merge_circle``,
        ``customers.bad_last``, ``frames.missing_column``.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"customer_id": [7, 7], "order_id": ["a", "b"],
    ...                       "ordered_at": ["2024-01-05", "2024-03-01"], "amount": [120, 80]})
    >>> back = pd.DataFrame({"order_id": ["b"], "returned_on": ["2024-03-09"], "amount": [20]})
    >>> told = card({"sales": sales, "returns": back}, 7, as_of="2024-03-31").facts
    >>> told["bought"], told["returned"], told["net"], told["orders"], told["recency_days"]
    (200.0, 20.0, 180.0, 2, 30)
    """
    import pandas as pd

    if strange := [t for t in tables if t not in _TABLES]:
        raise UserError(
            "customers.unknown_table", found=strange[0], wanted=list(_TABLES), near=suggest(strange[0], list(_TABLES))
        )
    if "sales" not in tables:
        raise UserError("customers.no_sales", found=sorted(tables))
    if not isinstance(last, int) or isinstance(last, bool) or last < 1:
        raise UserError("customers.bad_last", found=last)
    day = day_of(as_of, "as_of")
    end = day + pd.Timedelta(days=1)
    asked, (person, ids) = customer_id, _person(tables, customer_id)
    mine = {name: _of(tables[name], name, person, ids, end) for name in tables if name not in ("merged", "returns")}
    sales = mine["sales"]
    if "returns" in tables:
        back = frame_of(tables["returns"], _TABLES["returns"], "returns")
        back = back.assign(returned_on=times_of(back, "returned_on", "returns"))
        mine["returns"] = back[back["order_id"].isin(sales["order_id"]) & (back["returned_on"] < end)]
    if all(frame.empty for frame in mine.values()):
        known = set().union(*(set(getattr(tables[n], "table", tables[n]).get("customer_id", ())) for n in mine))
        near = suggest(str(person), sorted(map(str, known))[:20_000])
        raise UserError("customers.not_found", found=person, near=near)
    facts = {"customer_id": person, "asked_for": asked, "as_of": day, **_money(sales, mine.get("returns"))}
    facts["recency_days"] = None if sales.empty else int((day - sales["ordered_at"].max().normalize()).days)
    facts |= _said(mine)
    events = _events(mine)
    facts |= {"events": len(events), "shown": min(last, len(events))}
    notes = [Note("customers.note.merged", {"asked": asked, "survivor": person})] if asked != person else []
    missing = [t for t in ("returns", "interactions", "complaints", "answers", "consents") if t not in tables]
    if missing:
        notes.append(Note("customers.note.not_given", {"which": missing}))
    units = {"happened_at": "date", "what_happened": "text", "what": "text", "amount": "money"}
    params = {"as_of": day, "last": last, "units": units, "all_events": events}
    return Result("customers.card", events.head(last).reset_index(drop=True), params, facts, tuple(notes), source)


def _person(tables: Mapping[str, Any], customer_id: Any) -> tuple[Any, set[Any]]:
    """Who survived, and every number under which that person was booked."""
    if "merged" not in tables:
        return customer_id, {customer_id}
    merged = frame_of(tables["merged"], _TABLES["merged"], "merged")
    heir = dict(zip(merged["customer_id"], merged["survivor_id"], strict=True))
    person = _survivor(heir, customer_id)
    # a circle among others is no matter of this customer
    heirs = {c for c in heir if c != person and person in _line(heir, c)}
    return person, heirs | {person}


def _line(heir: Mapping[Any, Any], customer_id: Any) -> list[Any]:
    """A customer and who came after, up to the survivor or back to the beginning of a circle."""
    seen = [customer_id]
    while (after := heir.get(seen[-1])) is not None and after == after and after not in seen:
        seen.append(after)
    return seen


def _survivor(heir: Mapping[Any, Any], customer_id: Any) -> Any:
    line = _line(heir, customer_id)
    after = heir.get(line[-1])
    if after is not None and after == after and after != line[-1]:
        raise UserError("customers.merge_circle", found=[*line, after])
    return line[-1]


def _of(table: Any, name: str, person: Any, ids: set[Any], end: pd.Timestamp) -> pd.DataFrame:
    """The customer's rows up to that day; of a table that says its time, the times are times.

    Profile and value are those of who survived; what happened counts under every number that the person had.
    """
    frame = getattr(table, "table", table)
    if hasattr(frame, "columns") and not len(frame):
        return frame.reindex(columns=[*_TABLES[name]])
    frame = frame_of(table, _TABLES[name], name)
    frame = frame[frame["customer_id"].isin({person} if name in ("customers", "value") else ids)]
    when = {"sales": "ordered_at", "interactions": "occurred_at", "complaints": "complained_at",
            "answers": "answered_on", "consents": "recorded_at"}.get(name)  # fmt: skip
    if name == "customers" and "valid_from" in frame:
        when = "valid_from"
    if when and len(frame):
        frame = frame.assign(**{when: times_of(frame, when, name)})
        frame = frame[frame[when] < end]
    if name == "complaints" and len(frame):
        closed = times_of(frame, "resolved_at", name)
        frame = frame.assign(resolved_at=closed.where(closed < end))
    return frame


def _money(sales: pd.DataFrame, returns: pd.DataFrame | None) -> dict[str, Any]:
    bought = float(sales["amount"].sum())
    back = float(returns["amount"].abs().sum()) if returns is not None else None
    return {
        "orders": int(sales["order_id"].nunique()),
        "bought": bought,
        "returned": back,
        "net": bought - (back or 0.0),
        "unpriced": int(sales["amount"].isna().sum()),
    }


def _said(mine: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """What the other tables say; nothing where they are not there."""
    told: dict[str, Any] = {"nps": None, "open_complaints": None, "consents": None, "value": None}
    if len(answers := mine.get("answers", ())):
        given = answers.dropna(subset=["nps"]).sort_values("answered_on")
        told["nps"] = int(given["nps"].iloc[-1]) if len(given) else None
    if "complaints" in mine:
        told["open_complaints"] = int(mine["complaints"]["resolved_at"].isna().sum())
    if "consents" in mine:
        told["consents"] = ()
        if len(mine["consents"]):
            newest = mine["consents"].sort_values("recorded_at").groupby(["purpose", "channel"], sort=True).tail(1)
            yes = newest[newest["action"].isin(_GRANTS)].sort_values(["purpose", "channel"])
            told["consents"] = tuple(f"{p}: {c}" for p, c in zip(yes["purpose"], yes["channel"], strict=True))
    if len(value := mine.get("value", ())):
        row = value.iloc[-1]
        told |= {c: float(row[c]) for c in ("value", "value_low", "value_high") if c in value and row[c] == row[c]}
    if len(people := mine.get("customers", ())):
        from ...privacy.masking import find_personal

        row = people.iloc[-1]
        # in a table of customers a name is a person's, whatever stands beside it
        hidden = {"customer_id", "name", "nama", *find_personal([str(c) for c in people], people.to_dict("records"))}
        open_to_all = [c for c in people if c not in hidden and not c.startswith("valid_")]
        told["profile"] = {c: row[c] for c in open_to_all if row[c] == row[c] and row[c] is not None}
    return told


def _events(mine: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    parts = []
    for name, event, when, what, amount in (
        ("sales", "purchase", "ordered_at", "order_id", "amount"),
        ("returns", "return", "returned_on", "order_id", "amount"),
        ("interactions", "contact", "occurred_at", "touchpoint", None),
        ("complaints", "complaint", "complained_at", "category", None),
        ("answers", "answer", "answered_on", "nps", None),
    ):
        frame = mine.get(name)
        if frame is None or frame.empty:
            continue
        size = frame[amount].abs() if amount else pd.Series(float("nan"), frame.index)
        said = frame[what].astype(str) if what in frame else pd.Series("", frame.index)
        sign = -1.0 if event == "return" else 1.0
        parts.append(
            pd.DataFrame(
                {"happened_at": frame[when], "what_happened": event, "what": said, "amount": sign * size.astype(float)}
            )
        )
    if not parts:
        return pd.DataFrame({"happened_at": [], "what_happened": [], "what": [], "amount": []})
    return pd.concat(parts).sort_values("happened_at", ascending=False, kind="stable", ignore_index=True)
