"""The two rules that every vendor shows: what is overdue goes up, what comes in goes to whoever has room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ... import calendar
from ...errors import UserError
from ...frames import frame_of, label_of, moment_of, number, times_of
from ...intervals import wilson
from ...results import Note, Result, Source

__all__ = ["assign", "escalate"]

WEEKEND = ("saturday", "sunday")


def escalate(
    tickets: Any,
    *,
    as_of: Any,
    levels: Sequence[float] = (24, 48),
    go_to: Sequence[str] = ("supervisor", "manager"),
    working: tuple[float, float] | None = None,
    weekend: Sequence[str] = WEEKEND,
    key: str = "ticket_id",
    opened: str = "opened_at",
    resolved: str = "resolved_at",
    source: Source | None = None,
) -> Result:
    """Who should have had each ticket by the hours that it was open.

    Parameters
    ----------
    tickets : DataFrame
        ``ticket_id``, ``opened_at`` and, if it is kept, ``resolved_at`` (empty: still open).
    as_of : moment
        Tickets opened later don't exist yet; what was resolved later was still open.
    levels : sequence of float
        Hours, rising. A ticket goes up when it has been open for longer than these.
    go_to : sequence of str
        Who gets it at each level.
    working : (float, float), optional
        The hours of a working day, ``(8, 17)``; ``(0, 24)`` counts whole working days. National holidays and
        ``weekend`` don't count. By default the clock's hours do.
    weekend : sequence of str
        Days of the week that are free, as :data:`crmlab.calendar.WEEKDAYS` names them.
    key, opened, resolved : str
        Columns.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``workflow.escalation``: a row a ticket: ``state`` (``still_open``, ``resolved``), ``hours_open``,
        ``send_to`` (empty: nobody), ``next_in_hours`` (until it goes up again). Facts: how many are open, went up and
        reached the top, ``kept_share``: resolved within the first level, with Wilson's interval, of the tickets that
        were opened at least so long ago. The younger are left out, the resolved among them too: of a young ticket
        only the quick end is known.

    Raises
    ------
    UserError
        ``workflow.bad_levels``, ``workflow.bad_hours``, ``workflow.record_twice``, ``workflow.resolved_before``,
        ``workflow.no_opening``, ``workflow.no_tickets``, ``workflow.no_calendar``.

    Examples
    --------
    >>> import pandas as pd
    >>> opened = pd.to_datetime(["2020-12-30 21:00", "2020-12-29 22:00", "2020-12-28 22:00"])
    >>> tickets = pd.DataFrame({"ticket_id": [1, 2, 3], "opened_at": opened})
    >>> escalate(tickets, as_of="2020-12-31 00:00").table["send_to"].tolist()
    [None, 'supervisor', 'manager']
    """
    import numpy as np
    import pandas as pd

    levels, go_to = [number(x, "levels", 0) for x in levels], list(go_to)
    if not levels or len(go_to) != len(levels) or sorted(set(levels)) != levels:
        raise UserError("workflow.bad_levels", found=[*levels, *go_to])
    frame = frame_of(tickets, (key, opened), "tickets")
    twice = frame[key].duplicated(keep=False) | frame[key].isna()
    if twice.any():
        raise UserError(
            "workflow.record_twice", table="tickets", rows=[i + 1 for i, t in enumerate(twice) if t], key=key
        )
    now, start = moment_of(as_of, "as_of"), times_of(frame, opened, "tickets")
    end = times_of(frame, resolved, "tickets") if resolved in frame else pd.Series(pd.NaT, frame.index)
    for wrong, code in ((start.isna(), "no_opening"), (end < start, "resolved_before")):
        if wrong.any():
            raise UserError(f"workflow.{code}", table="tickets", rows=[i + 1 for i, w in enumerate(wrong) if w])
    there = start <= now
    notes = [Note("workflow.note.not_yet", {"n": int((~there).sum())})] if (~there).any() else []
    if not there.any():
        raise UserError("workflow.no_tickets", found=now)
    frame, start, end = frame[there], start[there], end[there]
    live = end.isna() | (end > now)
    stop = end.where(~live, now)
    clock = _clock(start.min(), now, working, weekend) if working is not None else None
    passed = (stop - start).dt.total_seconds() / 3600 if clock is None else clock(stop) - clock(start)
    since = (
        (now - start).dt.total_seconds() / 3600 if clock is None else clock(pd.Series(now, start.index)) - clock(start)
    )
    reached = np.searchsorted(levels, passed.to_numpy(), side="left")
    to = [None, *go_to]
    following = [*levels, float("nan")]
    left = [following[r] - h if o else float("nan") for r, h, o in zip(reached, passed, live, strict=True)]
    table = pd.DataFrame(
        {
            key: frame[key],
            "state": np.where(live, "still_open", "resolved"),
            "hours_open": passed,
            "send_to": pd.Series([to[r] for r in reached], index=frame.index, dtype=object),
            "next_in_hours": left,
        }
    ).reset_index(drop=True)
    old = since >= levels[0]
    kept, n = int((~live & (passed <= levels[0]) & old).sum()), int(old.sum())
    low, high = wilson(kept, n) if n else (None, None)
    facts: dict[str, Any] = {"n": len(table), "open": int(live.sum()), "as_of": now, "first_hours": levels[0]}
    facts |= {"kept": kept, "judged": n, "too_young": len(table) - n, "kept_share": kept / n if n else None}
    facts |= {"kept_share_low": low, "kept_share_high": high}
    counts = [
        {"send_to": name, "all": int((reached == r).sum()), "open": int(((reached == r) & live.to_numpy()).sum())}
        for r, name in enumerate(to)
    ]
    facts |= {"escalated": int((reached > 0).sum()), "top": counts[-1]["all"], "top_open": counts[-1]["open"]}
    facts |= {"top_name": go_to[-1], "top_hours": levels[-1]}
    units = {key: "text", "state": "text", "hours_open": "number", "send_to": "text", "next_in_hours": "number"}
    params = {"levels": levels, "working": working, "counts": counts, "units": units}
    return Result("workflow.escalation", table, params, facts, tuple(notes), source)


def _clock(first: Any, last: Any, working: tuple[float, float], weekend: Sequence[str]) -> Any:
    """How many working hours had passed at a moment, since the first day."""
    import numpy as np
    import pandas as pd

    try:
        begins, ends = (number(x, "working", 0, 24) for x in working)
    except (TypeError, ValueError):
        raise UserError("workflow.bad_hours", found=working) from None
    strange = [d for d in weekend if d not in calendar.WEEKDAYS]
    if begins >= ends or strange or len(set(weekend)) >= 7:
        raise UserError("workflow.bad_hours", found=strange or [begins, ends, *weekend])
    days = pd.date_range(first.normalize(), last.normalize())
    named = [calendar.holiday(d.date()) for d in days]
    if None in named:
        wanted = [calendar.FIRST_DAY, calendar.LAST_DAY]
        raise UserError("workflow.no_calendar", found=days[named.index(None)].date(), wanted=wanted)
    works = np.array(
        [not h and calendar.WEEKDAYS[d.weekday()] not in weekend for d, h in zip(days, named, strict=True)]
    )
    before = np.concatenate([[0.0], np.cumsum(works * (ends - begins))])

    def hours(moments: Any) -> Any:
        at = (moments.dt.normalize() - days[0]).dt.days.to_numpy()
        of_day = (moments - moments.dt.normalize()).dt.total_seconds().to_numpy() / 3600
        today = np.clip(of_day, begins, ends) - begins
        return pd.Series(before[at] + works[at] * today, index=moments.index)

    return hours


def assign(
    leads: Any,
    capacity: Mapping[str, int] | Any,
    *,
    key: str = "lead_id",
    first: str | None = None,
    match: str | None = None,
    source: Source | None = None,
) -> Result:
    """Give each lead to whoever has most room.

    Parameters
    ----------
    leads : DataFrame
        In the order in which they came.
    capacity : mapping or DataFrame
        Sales rep -> how many more leads he can take; or a table with ``sales_rep``, ``capacity``, ``in_hand``
        (nothing: 0), and ``match``.
    key : str
        The column that names a lead.
    first : str, optional
        A column of numbers: the highest goes first (``fit_score``); those without a number come last.
    match : str, optional
        A column of both tables, such as ``territory``: only those of the lead's own come into question.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``workflow.assignment``: a row a lead: ``sales_rep`` (empty: it waits in the queue), ``free_before``,
        ``reason``: ``most_free``; ``fewest_given`` (several had as much room: who was given fewer in this round);
        ``first_named`` (and as few: who stands first); ``nobody_free``, ``nobody_there`` (of this territory).
        ``facts["evenness"]`` is Jain's index of the shares of room that were filled: 1 where everybody's room is filled
        alike, 1/k where one of k got all.

    Raises
    ------
    UserError
        ``workflow.bad_capacity``, ``workflow.rep_twice``, ``workflow.record_twice``.

    Examples
    --------
    >>> import pandas as pd
    >>> assign(pd.DataFrame({"lead_id": [7]}), {"A": 1, "B": 6, "C": 4}).table["sales_rep"].tolist()
    ['B']
    """
    import pandas as pd

    frame = frame_of(leads, [c for c in (key, first, match) if c], "leads")
    twice = frame[key].duplicated(keep=False) | frame[key].isna()
    if twice.any():
        raise UserError("workflow.record_twice", table="leads", rows=[i + 1 for i, t in enumerate(twice) if t], key=key)
    reps, notes = _reps(capacity, match)
    if first is not None:
        rank = pd.to_numeric(frame[first], errors="coerce")
        frame = frame.loc[rank.sort_values(ascending=False, kind="stable", na_position="last").index]
    rows = []
    for lead in frame.to_dict("records"):
        place = label_of(lead[match]) if match else None
        able = [r for r in reps if not match or (place is not None and r["match"] == place)]
        room = [r for r in able if r["free"] > 0]
        if not room:
            reason = "nobody_free" if able else "nobody_there"
            rows.append({key: lead[key], "sales_rep": None, "free_before": None, "reason": reason})
            continue
        most = [r for r in room if r["free"] == max(x["free"] for x in room)]
        fewest = [r for r in most if r["given"] == min(x["given"] for x in most)]
        reason = "most_free" if len(most) == 1 else "fewest_given" if len(fewest) == 1 else "first_named"
        taken = fewest[0]
        rows.append({key: lead[key], "sales_rep": taken["sales_rep"], "free_before": taken["free"], "reason": reason})
        taken["free"] -= 1
        taken["given"] += 1
    table = pd.DataFrame(rows, dtype=object).astype({"free_before": "Int64"})
    table = table.astype({key: frame[key].dtype}).rename(columns={"reason": "assigned_because"})
    given = [r["given"] for r in reps]
    filled = [r["given"] / (r["given"] + r["free"]) for r in reps if r["given"] + r["free"]]
    squares = sum(f * f for f in filled)
    waiting = sum(r["sales_rep"] is None for r in rows)
    facts: dict[str, Any] = {"n": len(rows), "reps": len(reps), "assigned": len(rows) - waiting, "queued": waiting}
    facts |= {"most_given": max(given), "least_given": min(given), "free_left": sum(r["free"] for r in reps)}
    facts |= {"ties": sum(r["reason"] in ("fewest_given", "first_named") for r in rows)}
    facts |= {"nobody_there": sum(r["reason"] == "nobody_there" for r in rows)}
    facts["evenness"] = sum(filled) ** 2 / (len(filled) * squares) if squares else None
    units = {key: "text", "sales_rep": "text", "free_before": "count", "assigned_because": "text"}
    load = [{k: r[k] for k in ("sales_rep", "in_hand", "given", "free")} for r in reps]
    return Result("workflow.assignment", table, {"load": load, "units": units}, facts, tuple(notes), source)


def _reps(capacity: Any, match: str | None) -> tuple[list[dict[str, Any]], list[Note]]:
    if isinstance(capacity, Mapping):
        if match:
            raise UserError("workflow.bad_capacity", found="mapping", wanted=["sales_rep", "capacity", match])
        told = [{"sales_rep": k, "capacity": v} for k, v in capacity.items()]
    else:
        told = frame_of(capacity, ["sales_rep", "capacity", *([match] if match else [])], "capacity").to_dict("records")
    out, over = [], 0
    for row in told:
        room = [row["capacity"], 0 if label_of(row.get("in_hand")) is None else row["in_hand"]]
        room = [label_of(x) for x in room]
        if any(isinstance(x, bool) or not isinstance(x, int | float) or x < 0 or x != int(x) for x in room):
            raise UserError("workflow.bad_capacity", found=room, wanted=["sales_rep", "capacity"])
        over += room[1] > room[0]
        mine = {
            "sales_rep": row["sales_rep"],
            "in_hand": int(room[1]),
            "given": 0,
            "free": max(0, int(room[0] - room[1])),
        }
        out.append(mine | {"match": row.get(match)})
    names = [r["sales_rep"] for r in out]
    again = sorted({str(n) for n in names if names.count(n) > 1})
    if again or not out:
        raise UserError("workflow.rep_twice", found=again)
    return out, [Note("workflow.note.overloaded", {"n": over})] if over else []
