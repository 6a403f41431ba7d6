"""Consent as a ledger: who allowed what, through which channel, from when until when.

Nothing in the ledger is ever changed; a new event is added. Whoever asks whether a person may be contacted gets the
answer as it stood at one moment. In doubt the answer is no: without a record, after a tie, after expiry, and for
whoever has an event that can't be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..errors import UserError, suggest
from ..results import Note, Result, Source
from .masking import missing
from .pseudonyms import canonical
from .times import moment, moments

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ACTIONS", "ANY", "ConsentLedger", "audit"]

ACTIONS = {"give": True, "given": True, "withdraw": False, "withdrawn": False}
"""What an event may say, and whether it allows."""

ANY = "all"
"""A purpose or channel that means every one: a withdrawal from all channels."""

COLUMNS = ("customer_id", "purpose", "channel", "action", "at")
_WHY = ("allowed", "no_record", "withdrawn", "tie", "expired", "unreadable")


class ConsentLedger:
    """Every consent given and withdrawn.

    Parameters
    ----------
    events : pandas.DataFrame or sequence of mapping
        Columns ``customer_id``, ``purpose``, ``channel``, ``action`` (``give`` or ``withdraw``, ``given`` or
        ``withdrawn``) and ``at``; also ``expires_at`` and ``evidence`` where they are known. A purpose or channel
        ``"all"`` stands for every one.
    at : str
        What the column of times is called.
    timezone : str, optional
        The zone of times that name none: ``"WIB"``, ``"WITA"``, ``"WIT"`` or an IANA name. Required for such times: a
        withdrawal at 23:30 in Jayapura comes two hours before one at 23:30 in Jakarta.
    source : Source, optional

    Notes
    -----
    The latest event wins. Events of the same second are a tie, which counts as its least permissive one. An event that
    can't be read (no time, an unknown action) takes all consent from its customer until somebody mends it.

    A withdrawal counts however it was typed: ``"Email "`` is the channel ``"email"``, and the customers ``17``,
    ``17.0`` and ``"17"`` are one, for forms, spreadsheets and databases each write ids their own way.

    Examples
    --------
    >>> ledger = ConsentLedger(
    ...     [{"customer_id": 1, "purpose": "marketing", "channel": "email", "action": "give", "at": "2020-01-01"},
    ...      {"customer_id": 1, "purpose": "marketing", "channel": "email", "action": "withdraw", "at": "2020-02-05"}],
    ...     timezone="WIB")
    >>> ledger.allowed([1, 2], "marketing", "email", "2020-02-04").tolist()
    [True, False]
    >>> ledger.allowed([1], "marketing", "email", "2020-02-06").tolist()
    [False]
    """

    def __init__(
        self,
        events: pd.DataFrame | Sequence[Mapping[str, Any]],
        *,
        at: str = "at",
        timezone: str | None = None,
        source: Source | None = None,
    ) -> None:
        import pandas as pd

        table = pd.DataFrame(events) if len(events) else pd.DataFrame(columns=list(COLUMNS))
        table = table.rename(columns={at: "at"})
        lacking = [c for c in COLUMNS if c not in table.columns]
        if lacking:
            raise UserError(
                "privacy.missing_columns", table="consents", wanted=list(COLUMNS), found=list(table.columns)
            )
        self.timezone = timezone
        table = table.reset_index(drop=True)
        for column in ("expires_at", "evidence"):
            if column not in table:
                table[column] = None
        when = moments(table["at"], timezone, at)
        expires = moments(table["expires_at"], timezone, "expires_at")
        named = table["customer_id"].notna() & table["purpose"].notna() & table["channel"].notna()
        unread_end = table["expires_at"].notna() & expires.isna()
        readable = named & when.notna() & table["action"].isin(list(ACTIONS)) & ~unread_end
        self.unreadable: pd.DataFrame = table[~readable]
        """Events that can't be read; their customers are asked anew before anyone contacts them."""
        self._blocked = set(_ids(self.unreadable["customer_id"]).dropna())
        kept = table[readable]
        self.events: pd.DataFrame = kept.assign(at=when[readable], expires_at=expires[readable])
        """The events that count, times in UTC."""
        self._said = self.events.assign(
            customer_id=_ids(kept["customer_id"]), purpose=_words(kept["purpose"]), channel=_words(kept["channel"])
        )
        self.source = source or Source("consents", rows_kept=len(kept), rows_refused=len(self.unreadable))

    def __len__(self) -> int:
        return len(self.events)

    def __repr__(self) -> str:
        return f"<ConsentLedger: {len(self)} events, {self.events['customer_id'].nunique()} customers>"

    def add(self, events: pd.DataFrame | Sequence[Mapping[str, Any]]) -> ConsentLedger:
        """A new ledger with more events; the old one stays as it was."""
        import pandas as pd

        more = ConsentLedger(events, timezone=self.timezone)
        tables = [t for t in (self.events, self.unreadable, more.events, more.unreadable) if len(t)]
        every = pd.concat([t.astype(object) for t in tables], ignore_index=True) if tables else self.events
        return ConsentLedger(every, timezone=self.timezone)

    # -- what stood when ----------------------------------------------------------------------------------------------

    @cached_property
    def _states(self) -> dict[tuple[Any, Any], pd.DataFrame]:
        return {}

    def _history(self, purpose: str, channel: str) -> pd.DataFrame:
        """Per customer and second what was said last for one purpose and channel, ties made one."""
        key = purpose, channel = _word(purpose), _word(channel)
        if key not in self._states:
            table = self._said
            mine = table[table["purpose"].isin([purpose, ANY]) & table["channel"].isin([channel, ANY])]
            second = mine["at"].dt.floor("s")
            give = mine["action"].astype(object).map(ACTIONS).astype(bool)
            said = mine[["customer_id"]].assign(second=second, give=give, expires_at=mine["expires_at"])
            grouped = said.groupby(["customer_id", "second"], sort=True)
            found = grouped.agg(give=("give", "min"), some=("give", "max"), expires_at=("expires_at", "min"))
            self._states[key] = found.reset_index()
        return self._states[key]

    def state(self, customers: Iterable[Any], purpose: str, channel: str, at: Any) -> pd.Series:
        """Per customer why contact is ``allowed`` or not: ``no_record``, ``withdrawn``, ``tie``, ``expired`` ..."""
        import pandas as pd

        ids = pd.Series(list(customers), dtype=object)
        when = moment(at, self.timezone, "at")
        asked = pd.DataFrame({"customer_id": ids, "when": pd.Series([when] * len(ids), dtype="datetime64[ns, UTC]")})
        return pd.Series(self._why(asked, purpose, channel), index=ids, name="consent")

    def _why(self, asked: pd.DataFrame, purpose: str, channel: str) -> Any:
        """What stood for every row of ``asked`` (``customer_id``, ``when``), in its order."""
        import numpy as np
        import pandas as pd

        asked = asked.assign(customer_id=_ids(asked["customer_id"]))
        history = self._history(purpose, channel).rename(columns={"second": "when"})
        numbers, uniques = pd.factorize(pd.concat([asked["customer_id"], history["customer_id"]]).astype(object))
        left = pd.DataFrame({"who": numbers[: len(asked)], "when": asked["when"], "row": np.arange(len(asked))})
        right = history.assign(who=numbers[len(asked) :])
        both = pd.merge_asof(
            left.sort_values("when", kind="stable"),
            right.drop(columns="customer_id").sort_values("when", kind="stable"),
            on="when",
            by="who",
        ).sort_values("row")
        none = both["some"].isna().to_numpy()
        some, give = (both[c].astype("boolean").fillna(False).to_numpy(dtype=bool) for c in ("some", "give"))
        over = (both["expires_at"] <= both["when"]).to_numpy()
        blocked = asked["customer_id"].isin(self._blocked).to_numpy()
        conditions = [blocked, none, give & ~over, give, some]
        return np.select(conditions, ["unreadable", "no_record", "allowed", "expired", "tie"], default="withdrawn")

    def allowed(self, customers: Iterable[Any], purpose: str, channel: str, at: Any) -> pd.Series:
        """Which customers may be contacted for a purpose through a channel at a moment.

        Parameters
        ----------
        customers : iterable of ids
        purpose, channel : str
        at : date, datetime or text
            A date is its first moment, in the ledger's time zone.

        Returns
        -------
        pandas.Series
            ``True`` or ``False`` by customer, in the order given.
        """
        return (self.state(customers, purpose, channel, at) == "allowed").rename("allowed")

    def summary(self, customers: Iterable[Any], purpose: str, channel: str, at: Any) -> Result:
        """How many customers may be contacted, and why the others may not."""
        why = self.state(customers, purpose, channel, at)
        counts = why.value_counts().reindex(_WHY, fill_value=0)
        table = counts.rename_axis("state").rename("customers").reset_index()
        n = len(why)
        facts = {"n": n, **{k: int(v) for k, v in counts.items()}}
        facts["allowed_share"] = facts["allowed"] / n if n else None
        params = {"purpose": purpose, "channel": channel, "at": str(at), "timezone": self.timezone}
        return Result("privacy.consent", table, params, facts, self._notes(), self.source)

    def _notes(self) -> tuple[Note, ...]:
        n = len(self.unreadable)
        return (Note("privacy.unreadable_events", {"n": n, "customers": len(self._blocked)}),) if n else ()


def _word(value: Any) -> str:
    return str(value).strip().casefold()


def _words(values: pd.Series) -> pd.Series:
    return values.map({v: _word(v) for v in values.unique()}).astype(object)


def _ids(values: pd.Series) -> pd.Series:
    """Ids as text; every different one is looked at once."""
    known = {v: canonical(v) for v in values.dropna().unique()}
    return values.map(lambda v: None if missing(v) else known[v]).astype(object)


def audit(
    sends: pd.DataFrame,
    ledger: ConsentLedger,
    *,
    purpose: str | None = None,
    at: str = "sent_at",
    customer: str = "customer_id",
    channel: str = "channel",
    timezone: str | None = None,
) -> Result:
    """Find the messages that were sent without a right to send them.

    Parameters
    ----------
    sends : pandas.DataFrame
        One row a message: whom, through which channel, when and, in a column ``purpose``, for what. Without a time it
        was not sent (a control group) and breaks nothing.
    ledger : ConsentLedger
    purpose : str, optional
        The purpose of all sends, where the table has no such column.
    at, customer, channel : str
        How the columns are called.
    timezone : str, optional
        Of times without one; the ledger's by default.

    Returns
    -------
    Result
        Its table holds the breaches, each with its reason (``no_record``, ``withdrawn``, ``expired``, ``tie``,
        ``unreadable``).

    Examples
    --------
    >>> import pandas as pd
    >>> ledger = ConsentLedger([{"customer_id": 1, "purpose": "marketing", "channel": "email", "action": "give",
    ...                          "at": "2020-01-01"}], timezone="WIB")
    >>> sends = pd.DataFrame({"customer_id": [1, 2], "channel": ["email", "email"], "sent_at": ["2020-02-04"] * 2})
    >>> audit(sends, ledger, purpose="marketing").facts["breaches"]
    1
    """
    import pandas as pd

    needed = [customer, channel, at, *([] if purpose else ["purpose"])]
    for name in needed:
        if name not in sends.columns:
            near = suggest(name, map(str, sends.columns))
            raise UserError(
                "privacy.missing_columns", table="sends", wanted=needed, found=list(sends.columns), near=near
            )
    when = moments(sends[at], timezone or ledger.timezone, at)
    unread = when.isna() & sends[at].notna()
    if unread.any():
        rows = [i + 1 for i, bad in enumerate(unread) if bad]
        raise UserError("privacy.bad_time", table="sends", rows=rows, column=at)
    planned, sends, when = len(sends), sends[when.notna()], when[when.notna()]
    asked = pd.DataFrame({"customer_id": sends[customer].to_numpy(dtype=object)}).assign(when=when.array)
    purposes = pd.Series([purpose] * len(sends)) if purpose else sends["purpose"].reset_index(drop=True)
    why = pd.Series("no_record", index=range(len(sends)), dtype=object)
    pairs = pd.DataFrame({"purpose": purposes, "channel": sends[channel].to_numpy()})
    for (what, how), rows in pairs.groupby(["purpose", "channel"], dropna=True).groups.items():
        why.loc[rows] = ledger._why(asked.loc[rows], what, how)
    wrong = (why != "allowed").to_numpy()
    table = sends[wrong].assign(reason=why[wrong].to_numpy()).reset_index(drop=True)
    n, breaches = len(sends), int(wrong.sum())
    facts = {
        "sends": n,
        "not_sent": planned - n,
        "breaches": breaches,
        "breach_share": breaches / n if n else None,
        "customers": int(table[customer].nunique()),
        **{reason: int((table["reason"] == reason).sum()) for reason in _WHY if reason != "allowed"},
    }
    params = {"purpose": purpose, "timezone": timezone or ledger.timezone}
    return Result("privacy.consent_audit", table, params, facts, ledger._notes(), ledger.source)
