"""The gate before every campaign: who may be on the list, and who was left out and why.

A list of people to contact exists only as a :class:`CampaignList`. What it shows is masked; the list itself leaves by
:meth:`CampaignList.export` alone, which asks the ledger again and writes down that it happened.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..results import Note, Result, Source
from ..sheets import escape
from .consent import ConsentLedger
from .masking import find_personal, mask, missing
from .pseudonyms import canonical

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CampaignList", "Suppression", "campaign_list"]


@dataclass(frozen=True)
class Suppression:
    """People who are left out of a campaign whatever they consented to.

    Parameters
    ----------
    reason : str
        ``blacklisted``, ``recently_contacted``, ``open_complaint`` or a name of one's own.
    customers : iterable of ids

    Examples
    --------
    >>> len(Suppression("blacklisted", [7, 9, 9]).customers)
    2
    """

    reason: str
    customers: frozenset[Any]

    def __init__(self, reason: str, customers: Iterable[Any]) -> None:
        object.__setattr__(self, "reason", reason)
        object.__setattr__(self, "customers", frozenset(customers))

    @classmethod
    def recently_contacted(
        cls, sends: pd.DataFrame, at: Any, days: int, *, column: str = "sent_at", customer: str = "customer_id"
    ) -> Suppression:
        """Whoever got a message in the ``days`` before ``at``."""
        import pandas as pd

        sent = pd.to_datetime(sends[column])
        end = pd.Timestamp(at)
        near = (sent < end) & (sent >= end - pd.Timedelta(days=days))
        return cls("recently_contacted", sends.loc[near, customer])

    @classmethod
    def open_complaint(
        cls,
        complaints: pd.DataFrame,
        at: Any,
        *,
        opened: str = "opened_at",
        closed: str = "resolved_at",
        customer: str = "customer_id",
    ) -> Suppression:
        """Whoever complained before ``at`` and had no answer by then."""
        import pandas as pd

        end, closed_at = pd.Timestamp(at), pd.to_datetime(complaints[closed])
        waiting = (pd.to_datetime(complaints[opened]) <= end) & ~(closed_at <= end)
        return cls("open_complaint", complaints.loc[waiting, customer])


@dataclass(frozen=True, eq=False, repr=False)
class CampaignList(Result):
    """A Result whose table is the waterfall, and the gate to the list behind it.

    Attributes
    ----------
    log : list of dict
        Every export: when, how many, to which file, for what, by whom.
    """

    log: list[dict[str, Any]] = field(default_factory=list, repr=False)
    _chosen: Any = field(default=None, repr=False)
    _gate: Any = field(default=None, repr=False)

    def __len__(self) -> int:
        return int(self.facts["remaining"])

    @property
    def people(self) -> pd.DataFrame:
        """The list, personal columns masked."""
        chosen, personal = self._people()
        return chosen.assign(**{c: [mask(v, kind) for v in chosen[c]] for c, kind in personal.items()})

    def _people(self) -> tuple[pd.DataFrame, dict[str, str]]:
        if self._chosen is None:
            raise UserError("privacy.list_gone")
        chosen = self._chosen
        sample = chosen.head(200).to_dict("records")
        personal = find_personal(chosen.columns, sample, persons=True)
        personal.pop(self.params["key"], None)
        return chosen, personal

    def export(
        self,
        path: str | os.PathLike,
        *,
        columns: Sequence[str],
        by: str,
        at: Any = None,
        ledger: ConsentLedger | None = None,
    ) -> Path:
        """Write the list, unmasked, with the columns that the campaign needs and no other.

        Parameters
        ----------
        path : path
            ``.csv``.
        columns : sequence of str
            Beside the customer's id: only what the message needs, as the phone number.
        by : str
            Who takes the list; kept in :attr:`log`.
        at : optional
            When it is sent; the ledger is asked once more for that moment. The moment of the list by default.
        ledger : ConsentLedger, optional
            The ledger as it is now. A ledger never changes: who withdrew after the list was made stands in the one that
            :meth:`ConsentLedger.add` gave since. The ledger of the list by default.

        Returns
        -------
        pathlib.Path
        """
        import csv

        path = Path(path)
        if path.suffix.lower() != ".csv":
            raise UserError("privacy.list_format", found=path.suffix or path.name)
        if not str(by or "").strip():
            raise UserError("privacy.nobody_named")
        chosen, _ = self._people()
        key = self.params["key"]
        for name in columns:
            if name not in chosen.columns:
                raise UserError("privacy.unknown_column", found=name, near=suggest(name, map(str, chosen.columns)))
        asked, moment = self._gate
        asked, moment = asked if ledger is None else ledger, moment if at is None else at
        may = asked.allowed(chosen[key], self.params["purpose"], self.params["channel"], moment).to_numpy()
        leaving = chosen.loc[may, [key, *(c for c in columns if c != key)]]
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(map(escape, leaving.columns))
            for row in leaving.itertuples(index=False, name=None):
                writer.writerow("" if missing(v) else escape(v) for v in row)
        self.log.append(
            {
                "exported_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                "sent_at": str(moment),
                "people": len(leaving),
                "dropped": int((~may).sum()),
                "columns": list(leaving.columns),
                "file": path.name,
                "purpose": self.params["purpose"],
                "channel": self.params["channel"],
                "by": by,
            }
        )
        return path


def campaign_list(
    customers: pd.DataFrame,
    *,
    purpose: str,
    channel: str,
    at: Any,
    ledger: ConsentLedger,
    include: Any = None,
    suppress: Sequence[Suppression] = (),
    key: str = "customer_id",
    source: Source | None = None,
) -> CampaignList:
    """Who may get a campaign, with the waterfall of who was left out and why.

    Parameters
    ----------
    customers : pandas.DataFrame
        One row a customer.
    purpose, channel : str
        What the campaign is for and how it arrives: consent is asked for exactly these.
    at : date, datetime or text
        When it is sent.
    ledger : ConsentLedger
    include : callable, boolean mask or query text, optional
        Whom the campaign is about; everybody by default.
    suppress : sequence of Suppression
        In this order, after consent; a person with two reasons counts under the first.
    key : str

    Returns
    -------
    CampaignList

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"customer_id": [1, 2, 3], "phone": ["081234567890", "081234567891", "081234567892"]})
    >>> ledger = ConsentLedger([{"customer_id": i, "purpose": "marketing", "channel": "email", "action": "give",
    ...                          "at": "2020-01-01"} for i in (1, 2)], timezone="WIB")
    >>> chosen = campaign_list(people, purpose="marketing", channel="email", at="2020-02-01", ledger=ledger,
    ...                        suppress=[Suppression("blacklisted", [2, 3])])
    >>> chosen.table[["step", "left_out", "remaining"]].values.tolist()
    [['customers', 0, 3], ['no_record', 1, 2], ['blacklisted', 1, 1]]
    >>> chosen.people["phone"].tolist()
    ['0812•••••890']
    """
    import pandas as pd

    if key not in customers.columns:
        raise UserError("privacy.missing_columns", table="customers", wanted=[key], found=list(customers.columns))
    doubled = customers[key].duplicated()
    if doubled.any():
        rows = [i + 1 for i, twice in enumerate(doubled) if twice]
        raise UserError("privacy.customer_twice", table="customers", rows=rows, found=key)
    left = customers[_mask(customers, include)].reset_index(drop=True)
    steps = [("customers", "", 0, len(customers))]
    if include is not None:
        steps.append(("not_targeted", "rule", len(customers) - len(left), len(left)))
    why = pd.Series(ledger.state(left[key], purpose, channel, at).to_numpy(), dtype=object)
    out = {}
    for reason in ("no_record", "withdrawn", "expired", "tie", "unreadable"):
        gone = why == reason
        if gone.any():
            out[reason] = gone.to_numpy()
    kept = pd.Series(True, index=left.index)
    for reason, gone in out.items():
        kept &= ~gone
        steps.append((reason, "consent", int(gone.sum()), int(kept.sum())))
    overlaps = 0
    ids = left[key].map(canonical)
    for rule in suppress:
        named = ids.isin({canonical(c) for c in rule.customers if not missing(c)})
        gone = kept & named
        overlaps += int((named & ~kept).sum())
        kept &= ~gone
        steps.append((rule.reason, "suppression", int(gone.sum()), int(kept.sum())))
    table = pd.DataFrame(steps, columns=["step", "kind", "left_out", "remaining"])
    remaining = int(kept.sum())
    facts = {
        "customers": len(customers),
        "targeted": len(left),
        "remaining": remaining,
        "no_consent": sum(s[2] for s in steps if s[1] == "consent"),
        "suppressed": sum(s[2] for s in steps if s[1] == "suppression"),
        "overlaps": overlaps,
        "remaining_share": remaining / len(left) if len(left) else None,
    }
    params = {"purpose": purpose, "channel": channel, "at": str(at), "key": key, "timezone": ledger.timezone}
    notes = [*ledger._notes()]
    if overlaps:
        notes.append(Note("privacy.overlaps", {"n": overlaps}))
    chosen = left[kept].reset_index(drop=True)
    return CampaignList(
        "privacy.campaign", table, params, facts, tuple(notes), source or ledger.source, [], chosen, (ledger, at)
    )


def _mask(customers: pd.DataFrame, include: Any) -> Any:
    import pandas as pd

    if include is None:
        return pd.Series(True, index=customers.index)
    if isinstance(include, str):
        return customers.eval(include).fillna(False).astype(bool)
    chosen = include(customers) if isinstance(include, Callable) else include
    chosen = pd.Series(chosen)
    if len(chosen) != len(customers):
        raise UserError("privacy.mask_length", found=len(chosen), wanted=len(customers))
    return pd.Series(chosen.to_numpy(), index=customers.index).fillna(False).astype(bool)
