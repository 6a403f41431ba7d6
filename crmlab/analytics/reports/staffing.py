"""How many people a telephone needs: Erlang's formula, and beside it what the log says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...intervals import bunched
from ...results import Note, Result, Source
from .tables import dated, frame_of

__all__ = ["staffing"]

LEAST_DAYS = 5  # calls of a day hang together: fewer days give no interval


def staffing(
    calls_an_hour: float,
    handling_seconds: float,
    *,
    agents: Sequence[int] | None = None,
    within: float = 20,
    target: float = 0.8,
    log: Any = None,
    source: Source | None = None,
) -> Result:
    """Who waits, and how long, for so many agents (Erlang C: calls come by chance, nobody hangs up).

    Parameters
    ----------
    calls_an_hour, handling_seconds : float
    agents : sequence of int, optional
        By default from the fewest that keep up to five more.
    within : float
        Seconds that the service level allows.
    target : float
        The share of calls that are to be answered so soon.
    log : DataFrame, optional
        ``called_at``, ``wait_seconds``, ``agents_on_duty``: what was seen with as many agents.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``reports.staffing``, a row a number of agents: ``waiting_share`` (who waits at all),
        ``service_level_share`` and ``mean_wait_seconds`` by the formula; with a log ``seen_share`` with an interval
        over days, as the calls of a day hang together (missing below five days), ``days`` and ``n``.
        ``facts["needed"]``: the fewest that reach the target.

    Examples
    --------
    >>> found = staffing(100, 180, agents=[7, 8]).table.round(4)
    >>> found[["agents", "waiting_share", "service_level_share", "mean_wait_seconds"]].values.tolist()
    [[7.0, 0.3241, 0.7404, 29.1735], [8.0, 0.1673, 0.8801, 10.036]]
    """
    import pandas as pd

    for name, value in (("calls_an_hour", calls_an_hour), ("handling_seconds", handling_seconds)):
        if not (isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e6):
            raise UserError("reports.bad_amount", name=name, found=value)
    if not 0 < target < 1:
        raise UserError("reports.bad_target", found=target)
    load = calls_an_hour * handling_seconds / 3600
    fewest = int(load) + 1
    asked = sorted(set(agents)) if agents is not None else list(range(fewest, fewest + 6))
    if weak := [a for a in asked if a <= load]:
        raise UserError("reports.too_few_agents", found=weak, wanted=fewest, load=load)
    seen, notes = _seen(log, within) if log is not None else ({}, [])
    rows = []
    for number in asked:
        waits = _waits(number, load)
        row: dict[str, Any] = {"agents": number, "busy_share": load / number, "waiting_share": waits}
        row["service_level_share"] = _level(number, load, within / handling_seconds)
        row["mean_wait_seconds"] = waits * handling_seconds / (number - load)
        if log is not None:
            row |= seen.get(
                number, dict.fromkeys(("seen_share", "seen_share_low", "seen_share_high")) | {"days": 0, "n": 0}
            )
        rows.append(row)
    needed = fewest
    while _level(needed, load, within / handling_seconds) < target:
        needed += 1
    facts = {"load": load, "needed": needed, "target": target, "within_seconds": within, "fewest": fewest}
    facts |= {"calls_an_hour": calls_an_hour, "handling_seconds": handling_seconds}
    facts |= {"needed_share": _level(needed, load, within / handling_seconds)}
    facts |= {"n": sum(r.get("n", 0) for r in rows), "days": sum(r.get("days", 0) for r in rows)}
    shares = ("busy_share", "waiting_share", "service_level_share", "seen_share", "seen_share_low", "seen_share_high")
    units = {"agents": "count", **dict.fromkeys(shares, "share"), "mean_wait_seconds": "number"}
    units |= {"days": "count", "n": "count"}
    params = {"within": within, "target": target, "units": units}
    return Result("reports.staffing", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _waits(agents: int, load: float) -> float:
    """Erlang C by the recursion of Erlang B, which does not overflow."""
    blocked = 1.0
    for k in range(1, agents + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked / (1 - load / agents * (1 - blocked))


def _level(agents: int, load: float, within: float) -> float:
    """Who is answered within so many handling times."""
    from math import exp

    return 1 - _waits(agents, load) * exp(-(agents - load) * within)


def _seen(log: Any, within: float) -> tuple[dict[int, dict[str, Any]], list[Note]]:
    """By agents on duty: the share of calls answered in time, over days."""
    frame = frame_of(log, ("called_at", "wait_seconds", "agents_on_duty"), "calls")
    frame, at, notes = dated(frame, "called_at", "calls")
    hit = (frame["wait_seconds"] <= within).astype(float)
    out = {}
    for number, some in hit.groupby(frame["agents_on_duty"]):
        days = some.groupby(at.loc[some.index].dt.date).agg(["sum", "size"])
        share, n = float(some.mean()), len(days)
        low = high = None
        if n >= LEAST_DAYS:
            low, high = bunched(days["sum"], days["size"])
        out[int(number)] = {
            "seen_share": share,
            "seen_share_low": low,
            "seen_share_high": high,
            "days": n,
            "n": len(some),
        }
    if any(v["seen_share_low"] is None for v in out.values()):
        notes.append(Note("reports.few_days", {"least": LEAST_DAYS}))
    return out, notes
