"""Who may see what: roles with their rows and columns, a log of every look, and tickets for more.

What a role sees of one table is :func:`crmlab.privacy.role_view`'s matter; here are the house's many tables, and time.
What no rule allows is refused, an unknown role first of all (Akbar 2021, 5.3.2). Every attempt is logged, refused ones
too, in a chain of hashes: an entry that was changed or taken out afterwards shows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...errors import InternalError, UserError, suggest
from ...privacy.roles import Role, role_view
from ...results import Result

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Access", "Ticket"]

_NEXT = {"asked": ("granted", "refused"), "granted": ("ended",), "refused": (), "ended": ()}


@dataclass(frozen=True)
class Ticket:
    """A request to see more for a while: asked, then granted or refused; a grant ends.

    Attributes
    ----------
    number : int
    user, role, table, reason : str
    state : {"asked", "granted", "refused", "ended"}
    decided_by : str
    until : datetime, optional
    """

    number: int
    user: str
    role: str
    table: str
    reason: str
    state: str = "asked"
    decided_by: str = ""
    until: dt.datetime | None = None

    def to(self, state: str, **changes: Any) -> Ticket:
        """The ticket in its next state.

        Raises
        ------
        UserError
            ``access.wrong_step``.
        """
        if state not in _NEXT[self.state]:
            raise UserError("access.wrong_step", found=self.state, wanted=state, number=self.number)
        return replace(self, state=state, **changes)


class Access:
    """The roles, the log and the tickets of one house.

    Parameters
    ----------
    rules : mapping
        Role to table to what :class:`crmlab.privacy.Role` takes: ``rows``, ``columns``, ``unmasked``. A table that a
        role is not given stays closed to it.
    clock : callable, optional
        Gives the time; for tests and replays.

    Examples
    --------
    >>> import pandas as pd
    >>> customers = pd.DataFrame({"region": ["west", "east"], "phone": ["081234567890", "081298765432"]})
    >>> access = Access({"sales-west": {"customers": {"rows": {"region": ["west"]}}}})
    >>> access.read("rina", "sales-west", "customers", customers).table["phone"].tolist()
    ['0812•••••890']
    """

    def __init__(
        self,
        rules: Mapping[str, Mapping[str, Mapping[str, Any]]],
        *,
        clock: Callable[[], dt.datetime] = dt.datetime.now,
    ) -> None:
        self.rules = {
            role: {table: Role(role, **rule) for table, rule in tables.items()} for role, tables in rules.items()
        }
        self.tickets: dict[int, Ticket] = {}
        self._clock, self._log = clock, []

    def read(self, user: str, role: str, table: str, data: pd.DataFrame, *, purpose: str = "") -> Result:
        """What a user in a role sees of a table, logged.

        Parameters
        ----------
        user, role, table : str
        data : DataFrame
            The whole table.
        purpose : str
            Why; stands in the log.

        Returns
        -------
        Result
            Kind ``privacy.role_view``: the rows and columns of the role, personal columns masked.

        Raises
        ------
        UserError
            ``privacy.unknown_role``, ``access.no_right``, or a rule that can't be applied; logged as refused.
        """
        try:
            mine = self._right(user, role, table)
            seen = role_view(data, [mine], mine.name)
        except UserError:
            self._write(user, role, table, "refused", 0, len(data), purpose)
            raise
        self._write(user, role, table, "shown", seen.facts["seen"], len(data), purpose)
        return seen

    def _right(self, user: str, role: str, table: str) -> Role:
        """The role's right to a table, or that of a ticket which still holds."""
        if role not in self.rules:
            raise UserError("privacy.unknown_role", found=role, near=suggest(role, self.rules))
        now = self._clock()
        for ticket in reversed(self.tickets.values()):
            open_ = ticket.state == "granted" and ticket.until is not None and now < ticket.until
            if open_ and (ticket.user, ticket.table) == (user, table) and table in self.rules[ticket.role]:
                return self.rules[ticket.role][table]
        if table not in self.rules[role]:
            raise UserError("access.no_right", table=table, role=role, wanted=sorted(self.rules[role]))
        return self.rules[role][table]

    # -- tickets

    def ask(self, user: str, role: str, table: str, reason: str) -> Ticket:
        """Ask to see a table as another role does, for a while."""
        if role not in self.rules:
            raise UserError("privacy.unknown_role", found=role, near=suggest(role, self.rules))
        if not reason.strip():
            raise UserError("access.no_reason")
        ticket = Ticket(len(self.tickets) + 1, user, role, table, reason)
        return self._kept(ticket, user)

    def grant(self, number: int, by: str, hours: float = 8) -> Ticket:
        """Grant a request; nobody grants his own."""
        ticket = self._ticket(number)
        if by == ticket.user:
            raise UserError("access.own_ticket", found=by)
        if not 0 < hours < float("inf"):
            raise UserError("access.bad_hours", found=hours)
        until = self._clock() + dt.timedelta(hours=hours)
        return self._kept(ticket.to("granted", decided_by=by, until=until), by)

    def refuse(self, number: int, by: str) -> Ticket:
        """Refuse a request."""
        return self._kept(self._ticket(number).to("refused", decided_by=by), by)

    def end(self, number: int, by: str) -> Ticket:
        """End a grant before its time."""
        return self._kept(self._ticket(number).to("ended"), by)

    def _ticket(self, number: int) -> Ticket:
        if number not in self.tickets:
            raise UserError("access.unknown_ticket", found=number, wanted=sorted(self.tickets))
        return self.tickets[number]

    def _kept(self, ticket: Ticket, by: str) -> Ticket:
        self.tickets[ticket.number] = ticket
        self._write(by, ticket.role, ticket.table, f"ticket_{ticket.state}", 0, 0, ticket.reason)
        return ticket

    # -- the log

    def _write(self, user: str, role: str, table: str, outcome: str, seen: int, n: int, purpose: str) -> None:
        entry = {
            "at": self._clock().isoformat(),
            "user": user,
            "role": role,
            "table": table,
            "outcome": outcome,
            "seen": seen,
            "n": n,
            "purpose": purpose,
        }
        self._log.append({**entry, "hash": _chained(self._log[-1]["hash"] if self._log else "", entry)})

    def log(self) -> Result:
        """Every attempt, refused ones too, oldest first. Kind ``access.log``.

        Raises
        ------
        InternalError
            An entry was changed or taken out.
        """
        import pandas as pd

        before = ""
        for entry in self._log:
            if entry["hash"] != _chained(before, {k: v for k, v in entry.items() if k != "hash"}):
                raise InternalError("the access log was changed")
            before = entry["hash"]
        columns = ["at", "user", "role", "table", "outcome", "seen", "n", "purpose", "hash"]
        rows = [{**e, "hash": e["hash"][:12]} for e in self._log]
        refused = sum(e["outcome"] == "refused" for e in self._log)
        facts = {"n": len(rows), "refused": refused}
        return Result("access.log", pd.DataFrame(rows, columns=columns), {}, facts)


def _chained(before: str, entry: Mapping[str, Any]) -> str:
    return hashlib.sha256((before + json.dumps(entry, sort_keys=True)).encode()).hexdigest()
