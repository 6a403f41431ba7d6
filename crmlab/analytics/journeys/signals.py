"""Signals: who has just done something often enough to be spoken to, and is not spoken to again too soon."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...intervals import wilson
from ...quality.sentences import columns_of, truth
from ...results import Note, Result
from .events import seconds_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["signals"]

_NEEDED = ("person_id", "occurred_at", "touchpoint")
_ALSO = ("case_id",)


def signals(
    events: Any,
    rule: str,
    *,
    as_of: Any,
    times: int = 3,
    within: Any = "60min",
    cooldown: Any = "7d",
    bots: tuple[int, Any] | None = (30, "1min"),
    columns: Mapping[str, str] | None = None,
) -> Result:
    """Raise a signal where a person does something so many times within so long, and then stay silent for a while.

    The window slides with the events: at each one that the rule names, those of the last ``within`` are counted. After
    a signal the person gives none for ``cooldown``, however often he comes.

    Parameters
    ----------
    events : DataFrame, Arrow table or mapping of columns
        One row an event: ``person_id`` (missing for a stranger), ``occurred_at``, ``touchpoint``; ``case_id`` (the
        session) by which strangers are told apart; and what else the rule speaks of.
    rule : str
        A sentence about an event: ``"touchpoint == 'price'"``, ``"touchpoint == 'price' and segment == 'loyal'"``.
    as_of : date or time
        Events after it are left out.
    times : int
    within, cooldown : duration
        ``"60min"``, ``"7d"``. Events exactly ``within`` apart still count together; a signal may be given again
        exactly ``cooldown`` after the last.
    bots : (int, duration) or None
        Who makes so many events (of any kind) within so long is no human: counted apart, and gives no signal.
    columns : mapping, optional
        Own names: ``{"person_id": "customer_id", "touchpoint": "page"}``.

    Returns
    -------
    Result
        Kind ``journeys.signals``: one row a signal, those of known persons and of strangers, with ``visitor_kind``,
        ``signalled_at``, ``since`` (the first of the events counted) and how many ``times``. Facts: ``triggers``,
        ``silenced`` (the rule held during the cooldown), ``anonymous_triggers`` (there is nobody to write to),
        ``bot_triggers`` (what bots would have raised), and the share of known persons who gave one, with interval.

    Notes
    -----
    A stranger has no cooldown beyond his session: whether he was here last week cannot be known.

    Examples
    --------
    >>> views = {"person_id": ["P1"] * 4, "touchpoint": ["price"] * 4,
    ...          "occurred_at": [f"2020-12-01 {t}" for t in ("10:00", "10:20", "10:45", "10:50")]}
    >>> told = signals(views, "touchpoint == 'price'", as_of="2020-12-31")
    >>> told.table["signalled_at"].astype(str).tolist(), told.facts["silenced"]
    (['2020-12-01 10:45:00'], 1)
    """
    import numpy as np
    import pandas as pd

    if isinstance(times, bool) or not isinstance(times, int) or times < 1:
        raise UserError("journeys.bad_number", name="times", found=times, least=1)
    window, silence = seconds_of(within, "within"), seconds_of(cooldown, "cooldown")
    frame, notes = _read(events, dict(columns or {}), as_of)
    for name in columns_of(rule):
        if name not in frame:
            wanted = [str(c) for c in frame.columns if c not in ("who", "second")]
            raise UserError("journeys.unknown_name", found=name, wanted=wanted, near=suggest(name, wanted))
    holds, _ = truth(rule, {c: frame[c] for c in columns_of(rule)})
    bot = np.zeros(len(frame), bool)
    if bots is not None:
        count, span = bots
        if isinstance(count, bool) or not isinstance(count, int) or count < 2:
            raise UserError("journeys.bad_number", name="bots", found=count, least=2)
        at = _runs(frame, count, seconds_of(span, "bots"))
        bot = frame["who"].isin(frame["who"].to_numpy()[at >= 0]).to_numpy()
    known = frame["person_id"].notna().to_numpy()
    hits = frame[holds].reset_index(drop=True)
    starts = _runs(hits, times, window)
    raised, silenced = _cooled(hits, starts, silence)
    kind = np.where(bot, "bot", np.where(known, "known_visitor", "anonymous_visitor"))
    of_hits = kind[holds]
    told = hits.loc[raised, ["person_id", *(["case_id"] if "case_id" in hits else []), "occurred_at"]]
    table = told.rename(columns={"occurred_at": "signalled_at"}).assign(visitor_kind=of_hits[raised])
    first = _first(hits, raised, window)
    table["since"] = hits["occurred_at"].to_numpy()[first]
    table["times"] = np.array(raised, int) - first + 1
    table = table[table["visitor_kind"] != "bot"].sort_values(["signalled_at"], kind="stable").reset_index(drop=True)
    of = {k: of_hits[raised] == k for k in ("known_visitor", "anonymous_visitor", "bot")}
    persons = int(frame.loc[known & ~bot, "who"].nunique())
    reached = int(table.loc[table["visitor_kind"] == "known_visitor", "person_id"].nunique())
    low, high = wilson(reached, persons) if persons else (float("nan"), float("nan"))
    facts: dict[str, Any] = {"n": len(frame), "hits": len(hits), "persons": persons, "reached": reached}
    facts |= {"reached_share": reached / persons if persons else float("nan")}
    facts |= {"reached_share_low": float(low), "reached_share_high": float(high)}
    facts |= {"triggers": int(of["known_visitor"].sum()), "anonymous_triggers": int(of["anonymous_visitor"].sum())}
    facts |= {"bot_triggers": int(of["bot"].sum())}
    facts |= {"silenced": int((of_hits[silenced] == "known_visitor").sum())}
    facts |= {"anonymous_events": int((kind == "anonymous_visitor").sum()), "bot_events": int(bot.sum())}
    facts |= {"bots": int(frame.loc[bot, "who"].nunique()), "times": times, "rule": rule}
    facts |= {"window_minutes": window / 60, "cooldown_days": silence / 86_400, "last": None}
    if facts["triggers"]:
        facts["last"] = table.loc[table["visitor_kind"] == "known_visitor", "signalled_at"].iloc[-1]
    for name in ("anonymous", "bot"):
        if n := facts[f"{name}_events"]:
            code = "journeys.note.anonymous" if name == "anonymous" else "journeys.note.bots"
            notes.append(Note(code, {"n": n, "who": facts["bots"], "share": n / len(frame)}))
    order = [
        "signalled_at",
        "visitor_kind",
        "person_id",
        *(["case_id"] if "case_id" in table else []),
        "since",
        "times",
    ]
    units = {"signalled_at": "time", "since": "time", "times": "count"}
    units |= dict.fromkeys(("visitor_kind", "person_id", "case_id"), "text")
    params = {"rule": rule, "times": times, "within": str(within), "cooldown": str(cooldown), "bots": bots}
    params |= {"as_of": pd.Timestamp(as_of), "units": {c: units[c] for c in order}}
    return Result("journeys.signals", table[order], params, facts, tuple(notes), getattr(events, "source", None))


def _read(events: Any, names: Mapping[str, str], as_of: Any) -> tuple[pd.DataFrame, list[Note]]:
    """The events in order of who and when; strangers are told apart by their session, where there is one."""
    import pandas as pd

    given = getattr(events, "table", events)
    if isinstance(given, Mapping):
        given = pd.DataFrame(given)
    if hasattr(given, "to_pandas"):
        given = given.to_pandas()
    if not isinstance(given, pd.DataFrame) or isinstance(events, str | os.PathLike):
        raise UserError("journeys.not_a_table", found=type(events).__name__)
    back = {own: name for name, own in names.items()}
    frame = given.drop(columns=[c for c in names if c in given and c not in back]).rename(columns=back)
    there = [str(c) for c in given.columns]
    lacking = [names.get(c, c) for c in (*_NEEDED, *(n for n in names if n in _ALSO)) if c not in frame]
    if lacking:
        near = [n for c in lacking for n in suggest(c, there, 1)]
        raise UserError("journeys.missing_column", table="events", wanted=lacking, found=there, near=near)
    try:
        last = pd.Timestamp(as_of)
    except (ValueError, TypeError) as bad:
        raise UserError("journeys.bad_time", name="as_of", found=as_of) from bad
    if last is pd.NaT or isinstance(as_of, bool | int | float):
        raise UserError("journeys.bad_time", name="as_of", found=as_of)
    if last == last.normalize():  # a day means its end
        last += pd.Timedelta(hours=23, minutes=59, seconds=59)
    # texts with and without seconds may stand in one column
    when = pd.to_datetime(frame["occurred_at"], format="ISO8601", errors="coerce")
    when = when.dt.tz_localize(None) if when.dt.tz is not None else when
    frame = frame.assign(occurred_at=when.astype("datetime64[us]"))
    notes = []
    if n := int(when.isna().sum()):
        notes.append(Note("journeys.note.without", {"n": n, "column": names.get("occurred_at", "occurred_at")}))
    if n := int((when > last).sum()):
        notes.append(Note("journeys.note.later", {"n": n, "as_of": last}))
    frame = frame[when.notna() & (when <= last)]
    if frame.empty:
        raise UserError("journeys.empty", table="events", found=len(given))
    person = frame["person_id"].astype(object)
    # strangers without a session can't be told apart: each event stands alone
    case = frame["case_id"].astype(object) if "case_id" in frame else pd.Series(None, index=frame.index, dtype=object)
    alone = pd.Series(range(len(frame)), index=frame.index).map(lambda k: ("event", k))
    stranger = case.map(lambda c: ("case", c)).where(case.notna(), alone)
    who = person.map(lambda p: ("person", p)).where(person.notna(), stranger)
    frame = frame.assign(who=pd.factorize(who)[0], second=frame["occurred_at"].astype("int64") / 1e6)
    return frame.sort_values(["who", "second"], kind="stable").reset_index(drop=True), notes


def _runs(frame: pd.DataFrame, count: int, span: float) -> np.ndarray:
    """For each event the row of the one ``count - 1`` before it, where both lie within the span; else -1."""
    import numpy as np

    who, second = frame["who"].to_numpy(), frame["second"].to_numpy()
    back = count - 1
    out = np.full(len(frame), -1)
    if len(frame) > back:
        rows = np.arange(back, len(frame))
        near = (who[rows] == who[rows - back]) & (second[rows] - second[rows - back] <= span)
        out[rows[near]] = rows[near] - back
    return out


def _cooled(hits: pd.DataFrame, starts: np.ndarray, silence: float) -> tuple[list[int], list[int]]:
    """The rows that raise a signal, and those that would have, had one not been given shortly before."""
    who, second = hits["who"].to_numpy(), hits["second"].to_numpy()
    raised: list[int] = []
    silenced: list[int] = []
    for row in (starts >= 0).nonzero()[0]:
        before = raised[-1] if raised and who[raised[-1]] == who[row] else None
        soon = before is not None and second[row] - second[before] < silence
        (silenced if soon else raised).append(int(row))
    return raised, silenced


def _first(hits: pd.DataFrame, raised: list[int], window: float) -> np.ndarray:
    """The first event that still lies in the window of each signal."""
    import numpy as np

    who, second = hits["who"].to_numpy(), hits["second"].to_numpy()
    out = []
    for row in raised:
        low = int(np.searchsorted(who, who[row]))
        out.append(low + int(np.searchsorted(second[low : row + 1], second[row] - window)))
    return np.array(out, int)
