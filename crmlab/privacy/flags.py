"""The blacklist: who does not pay or does not take what was ordered, each with the evidence, an end and an appeal.

Being on it is a decision about a person. So every entry names the invoices or deliveries behind it, ends by itself, can
be appealed, and is never deleted: a lifted entry stays readable as lifted. A phone number or an address that two people
share is no evidence against either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from ..results import Note, Result, Source

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Blacklist", "blacklist"]

DECISIONS = ("upheld", "granted")


class Blacklist:
    """Entries with evidence; made by :func:`blacklist`, changed by events only, never shortened."""

    def __init__(self, result: Result, appeals: tuple[Mapping[str, Any], ...] = ()) -> None:
        self.result = result
        self.appeals = appeals

    @property
    def table(self) -> pd.DataFrame:
        """Every entry ever made, with where it stands."""
        table = self.result.table
        states = [self._state(c) for c in table["customer_id"]]
        return table.assign(appeal=states)

    def _state(self, customer: Any) -> str:
        mine = [a for a in self.appeals if a["customer_id"] == customer]
        return mine[-1]["state"] if mine else "none"

    def active(self, at: Any) -> list[Any]:
        """The customers who are on the list at a day: not expired, no appeal granted."""
        import pandas as pd

        day = pd.Timestamp(at)
        table = self.table
        on = (table["since"] <= day) & (table["expires_on"] > day) & (table["appeal"] != "granted")
        return table.loc[on, "customer_id"].drop_duplicates().tolist()

    def appeal(self, customer: Any, *, at: Any, reason: str) -> Blacklist:
        """A new list in which the customer's appeal is open; the entry counts until it is decided."""
        return self._with(customer, "open", at, reason)

    def decide(self, customer: Any, decision: str, *, at: Any, reason: str) -> Blacklist:
        """A new list in which the appeal is ``"granted"`` (the entry ends) or ``"upheld"``."""
        if decision not in DECISIONS:
            raise UserError("privacy.unknown_decision", found=decision, wanted=list(DECISIONS))
        if self._state(customer) != "open":
            raise UserError("privacy.no_appeal", found=str(customer))
        return self._with(customer, decision, at, reason)

    def _with(self, customer: Any, state: str, at: Any, reason: str) -> Blacklist:
        if customer not in set(self.result.table["customer_id"]):
            raise UserError("privacy.not_listed", found=str(customer))
        event = {"customer_id": customer, "state": state, "at": str(at), "reason": reason}
        return Blacklist(self.result, (*self.appeals, event))

    def __len__(self) -> int:
        return len(self.result.table)

    def __repr__(self) -> str:
        return f"<Blacklist: {len(self)} entries, {len(self.appeals)} appeal events>"

    def _repr_html_(self) -> str:
        return self.result._repr_html_()


def blacklist(
    invoices: pd.DataFrame | None = None,
    deliveries: pd.DataFrame | None = None,
    *,
    as_of: Any,
    late_invoices: int = 2,
    late_days: int = 90,
    refused_deliveries: int = 3,
    valid_days: int = 730,
    source: Source | None = None,
) -> Blacklist:
    """Who paid very late again and again, or refused goods that were to be paid on delivery.

    Parameters
    ----------
    invoices : pandas.DataFrame, optional
        ``customer_id``, ``invoice_id`` (or ``order_id``), ``due_on`` and ``paid_on``; what is not paid yet counts up to
        ``as_of``.
    deliveries : pandas.DataFrame, optional
        ``customer_id``, ``order_id``, ``refused`` (true or false) and ``delivered_on``, or ``promised_on`` for what was
        never handed over; only those with ``cash_on_delivery``, where there is such a column.
    as_of : date
        The day on which the list is made: what was not known then is no evidence.
    late_invoices, late_days : int
        At least so many invoices paid more than so many days late.
    refused_deliveries : int
        At least so many refused deliveries.
    valid_days : int
        How long evidence counts; an entry ends so many days after its last piece.

    Returns
    -------
    Blacklist

    Examples
    --------
    >>> import pandas as pd
    >>> bills = pd.DataFrame({"customer_id": [1, 1, 2], "invoice_id": ["a", "b", "c"],
    ...                       "due_on": ["2020-01-01"] * 3, "paid_on": ["2020-06-01", None, "2020-01-02"]})
    >>> blacklist(bills, as_of="2020-12-31").table[["customer_id", "evidence"]].values.tolist()
    [[1, 'a, b']]
    """
    import pandas as pd

    if invoices is None and deliveries is None:
        raise UserError("privacy.no_evidence_given")
    day = pd.Timestamp(as_of)
    start = day - pd.Timedelta(days=valid_days)
    found, undated = [], 0
    considered: set[Any] = set()
    if invoices is not None:
        bill = _column(invoices, ("invoice_id", "order_id"), "invoices")
        _needs(invoices, ("customer_id", "due_on", "paid_on"), "invoices")
        due, paid = pd.to_datetime(invoices["due_on"]), pd.to_datetime(invoices["paid_on"])
        until = paid.where(paid.notna() & (paid <= day), day)
        known_on = due + pd.Timedelta(days=late_days + 1)  # the first day on which it is more than late_days late
        late = ((until - due).dt.days > late_days) & (known_on <= day) & (until > start)
        proof = pd.DataFrame({"customer_id": invoices["customer_id"], "item": invoices[bill], "on": known_on})[late]
        found.append(_entries(proof, "late_payment", late_invoices, valid_days))
        considered |= set(invoices["customer_id"].dropna())
    if deliveries is not None:
        _needs(deliveries, ("customer_id", "order_id", "refused"), "deliveries")
        first = _column(deliveries, ("delivered_on", "promised_on"), "deliveries")
        when = pd.to_datetime(deliveries[first])
        if "promised_on" in deliveries:
            when = when.fillna(pd.to_datetime(deliveries["promised_on"]))
        turned_away = deliveries["refused"].fillna(False).astype(bool)
        undated = int((turned_away & when.isna()).sum())
        refused = turned_away & (when <= day) & (when > start)
        if "cash_on_delivery" in deliveries:
            refused &= deliveries["cash_on_delivery"].fillna(False).astype(bool)
        proof = pd.DataFrame({"customer_id": deliveries["customer_id"], "item": deliveries["order_id"], "on": when})
        found.append(_entries(proof[refused], "refused_delivery", refused_deliveries, valid_days))
        considered |= set(deliveries["customer_id"].dropna())
    table = pd.concat(found, ignore_index=True).sort_values(["customer_id", "rule"], ignore_index=True)
    facts = {
        "customers": len(considered),
        "flagged": int(table["customer_id"].nunique()),
        "late_payment": int((table["rule"] == "late_payment").sum()),
        "refused_delivery": int((table["rule"] == "refused_delivery").sum()),
        "as_of": day.date() if isinstance(day, dt.datetime) else day,
    }
    facts["flagged_share"] = facts["flagged"] / facts["customers"] if considered else None
    params = {
        "late_invoices": late_invoices,
        "late_days": late_days,
        "refused_deliveries": refused_deliveries,
        "valid_days": valid_days,
    }
    notes = [Note("privacy.due_process")]
    if undated:
        notes.append(Note("privacy.undated_evidence", {"n": undated}))
    return Blacklist(Result("privacy.blacklist", table, params, facts, tuple(notes), source))


def _entries(proof: pd.DataFrame, rule: str, least: int, valid_days: int) -> pd.DataFrame:
    import pandas as pd

    proof = proof.dropna(subset=["customer_id"]).drop_duplicates(["customer_id", "item"])
    rows = []
    for customer, mine in proof.sort_values(["on", "item"]).groupby("customer_id", sort=True):
        if len(mine) >= least:
            rows.append(
                {
                    "customer_id": customer,
                    "rule": rule,
                    "pieces": len(mine),
                    "evidence": ", ".join(map(str, mine["item"])),
                    "since": mine["on"].iloc[least - 1],
                    "last_evidence_on": mine["on"].iloc[-1],
                    "expires_on": mine["on"].iloc[-1] + pd.Timedelta(days=valid_days),
                }
            )
    columns = ["customer_id", "rule", "pieces", "evidence", "since", "last_evidence_on", "expires_on"]
    return pd.DataFrame(rows, columns=columns)


def _column(table: pd.DataFrame, names: tuple[str, ...], what: str) -> str:
    found = next((n for n in names if n in table.columns), None)
    if found is None:
        raise UserError("privacy.missing_columns", table=what, wanted=list(names), found=list(table.columns))
    return found


def _needs(table: pd.DataFrame, names: tuple[str, ...], what: str) -> None:
    if not set(names) <= set(table.columns):
        raise UserError("privacy.missing_columns", table=what, wanted=list(names), found=list(table.columns))
