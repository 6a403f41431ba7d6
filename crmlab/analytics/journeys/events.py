"""The event log: who met what, when and where; checked once, ordered once, and kept in DuckDB for every question."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...errors import UserError, suggest
from ...results import Note, Source
from ...star.store import Store, quote
from .rules import Rules, mark

__all__ = ["CONTRACT", "END", "LIMIT", "OPEN", "Log", "event_log", "names_of", "seconds_of"]

CONTRACT: dict[str, tuple[bool, str]] = {
    "person_id": (True, "who: one customer, patient or visitor"),
    "occurred_at": (True, "when, by the clock on the wall"),
    "touchpoint": (True, "what was met: a receipt, a reminder, a queue"),
    "case_id": (False, "which run of the process: an order, a stay, a session; without it the person is the case"),
    "channel": (False, "by which way: shop, telephone, WhatsApp; never the touchpoint itself"),
    "about_id": (False, "which thing the event is about: the order that a parcel belongs to"),
    "due_at": (False, "for when it was promised"),
    "value": (False, "money or another quantity"),
    "score": (False, "what the person said of it"),
}
"""The columns of an event log: whether they are required, and what they hold."""

END, OPEN = -1, -2
"""In place of a next touchpoint: the case is over; it is too early to say."""

LIMIT = 900.0
"""Seconds that one question may take."""


@dataclass(frozen=True, eq=False)
class Log:
    """Events in order, ready to be counted; what :func:`event_log` hands back.

    Attributes
    ----------
    touchpoints, channels, stages : tuple of str
        The names behind the codes.
    as_of : Timestamp
        What lies after it is not known; a case whose last event is younger than ``quiet`` is still open.
    facts : mapping
        ``events``, ``cases``, ``persons``, ``first``, ``last``, ``open``, ``rows_left_out``.
    notes : tuple of Note
        What was left out, and what to mind.
    """

    store: Store
    touchpoints: tuple[str, ...]
    channels: tuple[str, ...]
    stages: tuple[str, ...]
    has: frozenset[str]
    kept: tuple[str, ...]
    as_of: Any
    facts: Mapping[str, Any]
    notes: tuple[Note, ...] = ()
    source: Source | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple]:
        """Rows of a question to the table ``events``."""
        return self.store.rows(sql, parameters, LIMIT)

    def frame(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The same as a pandas frame."""
        with self.store.guarded(LIMIT) as cursor:
            return cursor.execute(sql, list(parameters)).df()

    def code(self, touchpoint: str) -> int:
        """The code of a touchpoint; refused where the log has none of that name."""
        if touchpoint not in self.touchpoints:
            raise UserError(
                "journeys.unknown_touchpoint",
                found=touchpoint,
                wanted=list(self.touchpoints),
                near=suggest(touchpoint, self.touchpoints),
            )
        return self.touchpoints.index(touchpoint)

    def need(self, *columns: str) -> None:
        """Refuse a log that lacks what a question is about."""
        lacking = [c for c in columns if c not in self.has]
        if lacking:
            raise UserError("journeys.lacking", wanted=lacking, found=sorted(self.has))

    def group(self, by: str | None) -> str:
        """The SQL of a group of cases; refused where the log did not keep the column."""
        if by is None:
            return "NULL"
        if by not in self.kept:
            near = suggest(by, self.kept)
            raise UserError("journeys.not_kept", found=by, wanted=list(self.kept) or None, near=near)
        return quote(f"x_{by}")

    def marks(self, rules: Rules) -> list[str]:
        """Put ``m``, the place of the first rule that holds, beside every combination of what the rules speak of.

        Makes the temporary table ``marks``; hands back the columns by which it joins ``events``.
        """
        return mark(self, rules)

    def close(self) -> None:
        """Give the memory back."""
        self.store.close()

    def __repr__(self) -> str:
        told = ", ".join(f"{k}={self.facts[k]}" for k in ("events", "cases", "persons"))
        return f"<Log {told}; {len(self.touchpoints)} touchpoints>"


def event_log(
    events: Any,
    *,
    as_of: Any,
    columns: Mapping[str, str] | None = None,
    gap: Any = None,
    quiet: Any = None,
    stages: Any = None,
    keep: Sequence[str] = (),
    memory: str = "1500MB",
    source: Source | None = None,
) -> Log:
    """Check a table of events, put it in order, and cut it into cases.

    Parameters
    ----------
    events : DataFrame, Arrow table, or path of a Parquet file
        One row an event, with the columns of :data:`CONTRACT`.
    as_of : date or time
        Events after it are left out.
    columns : mapping, optional
        Own names, where they differ: ``{"person_id": "user", "occurred_at": "ts", "touchpoint": "event"}``.
    gap : duration, optional
        Cut each person's (or case's) events into sessions where he was silent for longer: ``"30min"``, ``"7d"``.
    quiet : duration, optional
        A case counts as over after so long a silence before ``as_of``; ``gap`` by default. Without either every case
        counts as over.
    stages : mapping, TOML file or text, optional
        Stage to sentence about an event: ``{"decide": "touchpoint == 'price' or channel == 'call_centre'"}``; the first
        that holds decides.
    keep : sequence of str
        Columns by which cases are to be compared later; a case has the value of its first event.
    memory : str
        DuckDB's limit; beyond it, it writes to disk.
    source : Source, optional

    Returns
    -------
    Log

    Notes
    -----
    Events of the same time keep the order in which they came; how many these are is noted.

    Examples
    --------
    >>> log = event_log({"person_id": [1, 1, 2], "touchpoint": ["A", "B", "A"],
    ...                  "occurred_at": ["2020-01-01 10:00", "2020-01-01 10:05", "2020-01-02"]}, as_of="2020-12-31")
    >>> log.facts["cases"], log.touchpoints
    (2, ('A', 'B'))
    """
    import pandas as pd

    if as_of is None or isinstance(as_of, bool | int | float):
        raise UserError("journeys.bad_time", name="as_of", found=as_of)
    try:
        last = pd.Timestamp(as_of)
    except (ValueError, TypeError) as bad:
        raise UserError("journeys.bad_time", name="as_of", found=as_of) from bad
    if last is pd.NaT:
        raise UserError("journeys.bad_time", name="as_of", found=as_of)
    last = last.tz_localize(None)
    if last == last.normalize():  # a day means its end
        last += pd.Timedelta(hours=23, minutes=59, seconds=59)
    silence = None if gap is None else seconds_of(gap, "gap")
    still = silence if quiet is None else seconds_of(quiet, "quiet")
    store = Store([Path(events).resolve().parent] if isinstance(events, str | os.PathLike) else [], memory=memory)
    try:
        from .reading import Reading

        return Reading(store, last, silence, still, keep, source).read(events, dict(columns or {}), stages)
    except BaseException:
        store.close()
        raise


def seconds_of(value: Any, name: str) -> float:
    """A duration in seconds: ``"30min"``, ``"7d"``, a Timedelta.

    Examples
    --------
    >>> seconds_of("30min", "gap"), seconds_of("2d", "gap")
    (1800.0, 172800.0)
    """
    import pandas as pd

    try:
        if isinstance(value, bool | int | float):
            raise ValueError(value)  # of what?
        found = pd.Timedelta(re.sub(r"d\b", "D", value) if isinstance(value, str) else value).total_seconds()
        if not found > 0:
            raise ValueError(value)
    except (ValueError, TypeError) as bad:
        raise UserError("journeys.bad_duration", name=name, found=value) from bad
    return found


def names_of(codes: Iterable[int], names: Sequence[str]) -> list[str]:
    """Names for codes, the two that stand for no touchpoint included."""
    return [{END: "journey_end", OPEN: "journey_open"}.get(int(c)) or names[int(c)] for c in codes]
