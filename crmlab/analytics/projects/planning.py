"""When a programme is done: the critical path, its calendar, and PERT's three estimates."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...frames import day_of, number
from ...results import Note, Result, Source
from .network import Network, read_network, shown_names, three_durations
from .tables import column_of

__all__ = ["UNITS", "normal_share", "pert", "pert_path", "plan"]

UNITS = ("days", "weeks", "months")


def plan(
    tasks: Any,
    *,
    start: Any = None,
    unit: str = "days",
    also_off: Sequence[Any] = (),
    source: Source | None = None,
) -> Result:
    """The critical path: when each task may start, when it must, and which ones have no slack.

    Parameters
    ----------
    tasks : table
        :data:`TASKS` with ``duration``.
    start : date, optional
        The first day: durations are then working days, Saturdays, Sundays and Indonesian national holidays left out.
    unit : {"days", "weeks", "months"}
        What durations count. With ``start``, days.
    also_off : sequence of date
        More days on which nobody works, as joint leave (*cuti bersama*), which no table holds.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``projects.plan``: per task ``early_start``, ``early_finish``, ``late_start``, ``late_finish``, ``slack`` =
        late - early start, ``free_slack`` (which delays no other task), ``critical``; with ``start`` also
        ``start_date``, ``finish_date`` (the last day of work) and ``latest_finish_date``.

    Raises
    ------
    UserError
        ``projects.cycle``, ``projects.orphan``, ``projects.unknown_task``, ``projects.twice``,
        ``projects.negative``, each by the tasks' names.

    Examples
    --------
    >>> tasks = [dict(zip(("task", "duration", "after"), t)) for t in [
    ...     ("A", 3, ""), ("B", 5, "A"), ("C", 4, "A"), ("D", 6, "B"), ("E", 2, "B, C"), ("F", 3, "D, E")]]
    >>> facts = plan(tasks).facts
    >>> facts["duration"], facts["critical"]
    (17.0, ('A', 'B', 'D', 'F'))
    >>> plan(tasks, start="2026-03-16").facts["finish"]  # Nyepi and Good Friday are off
    datetime.date(2026, 4, 9)
    """
    import numpy as np
    import pandas as pd

    if unit not in UNITS or (start is not None and unit != "days"):
        raise UserError("projects.bad_unit", found=unit, wanted=list(UNITS) if start is None else ["days"])
    network = read_network(tasks)
    durations = np.array(column_of(network.frame, "duration", "tasks", network.tasks))
    starts, end = network.forward(durations)
    latest = network.backward(durations, end)
    slack = latest - starts
    slack[np.abs(slack) < _small(end)] = 0.0
    ends = starts + durations
    free = [min([starts[j] for j in network.after[k]], default=end) - ends[k] for k in range(len(durations))]
    table = pd.DataFrame(
        {
            "task": network.tasks,
            "predecessors": [", ".join(network.tasks[j] for j in before) for before in network.before],
            "duration": durations,
            "early_start": starts,
            "early_finish": ends,
            "late_start": latest,
            "late_finish": latest + durations,
            "slack": slack,
            "free_slack": np.where(np.abs(free) < _small(end), 0.0, free),
            "critical": slack == 0,
        }
    )
    critical = tuple(network.tasks[k] for k in network.order if slack[k] == 0)
    facts: dict[str, Any] = {"duration": float(end), "n": len(durations), "critical": critical, "unit": f"unit_{unit}"}
    facts |= {
        "shown": shown_names(critical),
        "n_critical": len(critical),
        "critical_share": len(critical) / len(durations),
    }
    close = sum(0 < s <= 0.1 * end for s in slack)
    facts |= {"n_close": int(close), "work": float(durations.sum()), "start": None, "finish": None}
    notes = [Note("projects.note.nearly_critical", {"n": int(close)})] if close else []
    units = dict.fromkeys((c for c in table if c not in ("task", "predecessors", "critical")), "number")
    units |= {"task": "text", "predecessors": "text", "critical": "mark"}
    if start is not None:
        notes += _dated(table, day_of(start, "start").date(), end, also_off, facts)
        units |= dict.fromkeys(("start_date", "finish_date", "latest_finish_date"), "date")
    table["critical"] = ["critical" if c else "" for c in table["critical"]]
    params = {"start": facts["start"], "unit": unit, "also_off": tuple(str(d) for d in also_off), "units": units}
    return Result("projects.plan", table, params, facts, tuple(notes), source)


def _small(end: Any) -> float:
    return 1e-9 * max(1.0, float(end))


def _dated(table: Any, first: dt.date, end: float, also_off: Sequence[Any], facts: dict[str, Any]) -> list[Note]:
    """Working days as dates, written into the table."""
    from ...calendar import LAST_DAY, holiday

    off = {day_of(d, "also_off").date() for d in also_off}
    wanted, days, day, holidays = max(math.ceil(end - 1e-9), 1), [], first, 0
    while len(days) < wanted:
        if len(days) > 20_000:
            raise UserError("projects.too_long", found=float(end))
        if day.weekday() < 5 and day not in off:
            if holiday(day):
                holidays += 1
            else:
                days.append(day)
        day += dt.timedelta(days=1)

    def begun(at: float) -> dt.date:
        return days[min(int(at + 1e-9), wanted - 1)]

    def done(at: float) -> dt.date:
        return days[max(math.ceil(at - 1e-9) - 1, 0)]

    table["start_date"] = [
        done(s) if d == 0 and s > 0 else begun(s) for s, d in zip(table["early_start"], table["duration"], strict=True)
    ]
    table["finish_date"] = [max(done(f), s) for f, s in zip(table["early_finish"], table["start_date"], strict=True)]
    table["latest_finish_date"] = [
        max(done(f), s) for f, s in zip(table["late_finish"], table["finish_date"], strict=True)
    ]
    facts |= {"start": days[0], "finish": days[wanted - 1], "holidays": holidays}
    notes = [Note("projects.note.dates", {"start": days[0], "finish": days[wanted - 1]})]
    if holidays:
        notes.append(Note("projects.note.holidays", {"n": holidays}))
    if days[0] != first:
        notes.append(Note("projects.note.first_day", {"asked": first, "first": days[0]}))
    if days[-1] > LAST_DAY or first < dt.date(2010, 1, 1):
        notes.append(Note("projects.note.no_calendar", {"last": LAST_DAY}))
    return notes


def pert(tasks: Any, *, deadline: float | None = None, unit: str = "days", source: Source | None = None) -> Result:
    """PERT: three estimates a task, the sums along the critical path, and the chance to be done in time.

    Parameters
    ----------
    tasks : table
        :data:`TASKS` with ``optimistic``, ``likely``, ``pessimistic``.
    deadline : float, optional
        In the unit of the durations.
    unit : {"days", "weeks", "months"}
    source : Source, optional

    Returns
    -------
    Result
        Kind ``projects.pert``: per task ``expected`` = (o + 4m + p)/6, ``variance`` = ((p - o)/6)², early and late
        starts, ``slack``, ``critical``. ``facts``: ``expected`` and ``variance`` summed along the critical path (of
        several, the one that varies most), ``p95`` = expected + 1.645·sd, ``on_time_share`` =
        Φ((deadline - expected)/sd).

    Notes
    -----
    Pitfall: PERT looks at one path. Where several paths meet, the latest of them decides, and that is later on
    average than any one of them: the merge bias, which :func:`~.simulation.simulate` shows.

    Examples
    --------
    >>> tasks = [dict(zip(("task", "after", "optimistic", "likely", "pessimistic"), t)) for t in [
    ...     ("A", "", 2, 3, 4), ("B", "A", 3, 5, 13), ("D", "B", 4, 6, 8), ("F", "D", 2, 3, 4)]]
    >>> facts = pert(tasks, deadline=20).facts
    >>> facts["expected"], round(facts["variance"], 4), round(facts["on_time_share"], 4), round(facts["p95"], 2)
    (18.0, 3.4444, 0.8594, 21.05)
    """
    import numpy as np
    import pandas as pd

    if unit not in UNITS:
        raise UserError("projects.bad_unit", found=unit, wanted=list(UNITS))
    if deadline is not None:
        number(deadline, "deadline", 0)
    network = read_network(tasks)
    o, m, p = three_durations(network)
    expected, variance = (o + 4 * m + p) / 6, ((p - o) / 6) ** 2
    starts, end = network.forward(expected)
    latest = network.backward(expected, end)
    slack = np.where(np.abs(latest - starts) < _small(end), 0.0, latest - starts)
    mean, spread, path, ties = pert_path(network, expected, variance)
    table = pd.DataFrame({"task": network.tasks, "optimistic": o, "likely": m, "pessimistic": p})
    table = table.assign(expected=expected, variance=variance, early_start=starts, late_start=latest, slack=slack)
    table["critical"] = ["critical" if s == 0 else "" for s in slack]
    sd = math.sqrt(spread)
    facts: dict[str, Any] = {"expected": mean, "variance": spread, "sd": sd, "p95": mean + 1.6448536269514722 * sd}
    facts |= {
        "critical": tuple(network.tasks[k] for k in path),
        "n": len(o),
        "deadline": deadline,
        "unit": f"unit_{unit}",
    }
    facts |= {"shown": shown_names(facts["critical"]), "n_critical": len(path)}
    facts["on_time_share"] = None if deadline is None else normal_share(deadline, mean, sd)
    notes = [Note("projects.note.several_paths", {"n": ties})] if ties > 1 else []
    if deadline is not None:
        told = {k: facts[k] for k in ("deadline", "expected", "sd", "on_time_share", "unit")}
        notes.append(Note("projects.note.on_time" if sd else "projects.note.on_time_sure", told))
    if len(path) < len(o):
        notes.append(Note("projects.note.one_path"))
    units = {"task": "text", "critical": "mark"} | dict.fromkeys(
        (c for c in table if c not in ("task", "critical")), "number"
    )
    params = {"deadline": deadline, "unit": unit, "units": units}
    return Result("projects.pert", table, params, facts, tuple(notes), source)


def normal_share(at: float, mean: float, sd: float) -> float:
    """Φ((at - mean)/sd); a duration that does not vary is in time or it is not."""
    if sd == 0:
        return float(at >= mean)
    return 0.5 * (1 + math.erf((at - mean) / (sd * math.sqrt(2))))


def pert_path(network: Network, expected: Any, variance: Any) -> tuple[float, float, tuple[int, ...], int]:
    """The longest path (of several the one that varies most): length, variance, tasks; and how many are as long."""
    best: dict[int, tuple[float, float, int | None, int]] = {}

    def longest(ends: Sequence[int]) -> tuple[float, float, int | None, int]:
        top = max((best[j][0] for j in ends), default=0.0)
        ties = [j for j in ends if best[j][0] >= top - _small(top)]
        first = max(ties, key=lambda j: best[j][1], default=None)
        ways = sum(best[j][3] for j in ties) or 1
        return top, 0.0 if first is None else best[first][1], first, ways

    for k in network.order:
        length, spread, before, ways = longest(network.before[k])
        best[k] = length + float(expected[k]), spread + float(variance[k]), before, ways
    mean, spread, last, ways = longest([k for k in network.order if not network.after[k]])
    path: list[int] = []
    while last is not None:
        path.append(last)
        last = best[last][2]
    return mean, spread, tuple(reversed(path)), ways
