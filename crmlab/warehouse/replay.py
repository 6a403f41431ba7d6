"""Batch or stream: a replay of events that shows what each way delays, and what it costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import UserError, suggest
from ..results import Note, Result, Source

__all__ = ["COSTS", "compare", "replay"]

MODES = ("batch", "stream")
COSTS: Mapping[str, float] = {"run": 1_500.0, "event": 5.0, "hour": 6_000.0}
"""Assumed rupiah: for one run of a batch, for one event in a stream, for one hour in which a stream stands ready."""


def replay(
    events: Any,
    mode: str = "batch",
    *,
    at: str = "00:30",
    every_minutes: float | None = None,
    stream_seconds: float = 5.0,
    idempotent: bool = True,
    costs: Mapping[str, float] | None = None,
) -> Result:
    """When every event could be used, had it been loaded in this way.

    Parameters
    ----------
    events : DataFrame or mapping
        ``happened_at``; optionally ``event_id`` (the idempotency key: an event that comes twice has the same),
        ``received_at`` (later than it happened, where a device was offline), ``clock_skew_seconds`` (how far the clock
        that stamped ``happened_at`` is ahead), ``amount``.
    mode : {"batch", "stream"}
    at : str
        When the batch of a day runs, as ``"00:30"``; what is received at that very moment waits for the next.
    every_minutes : float, optional
        Run a batch that often, from ``at`` on, instead of once a day.
    stream_seconds : float
        What a stream takes for an event.
    idempotent : bool
        Count an event once, however often it comes. Without it, every copy counts.
    costs : mapping, optional
        ``run``, ``event`` and ``hour``; see :data:`COSTS`.

    Returns
    -------
    Result
        Of kind ``warehouse.replay``: per event ``available_at`` and ``delay_minutes`` from when it truly happened;
        the mean, the longest and the cost in ``facts``.

    Examples
    --------
    >>> day = {"happened_at": ["2020-03-02 08:05", "2020-03-02 12:40", "2020-03-02 23:50"]}
    >>> nightly = replay(day, "batch", at="00:30")
    >>> nightly.table["delay_minutes"].tolist(), round(nightly.facts["mean_delay_minutes"], 1)
    ([985.0, 710.0, 40.0], 578.3)
    >>> replay(day, "stream").facts["mean_delay_seconds"]
    5.0
    """
    import pandas as pd

    if mode not in MODES:
        raise UserError("warehouse.unknown_mode", found=mode, wanted=MODES, near=suggest(str(mode), MODES))
    price = _prices(costs)
    frame = _events(events)
    step, first = _clock(at, every_minutes)
    stamped, received = frame["happened_at"], frame["received_at"]
    happened = stamped - pd.to_timedelta(frame["clock_skew_seconds"], unit="s")
    frame["happened_at"] = happened
    frame["received_at"] = received = received.where(received.notna(), happened)
    if mode == "stream":
        frame["available_at"] = received + pd.Timedelta(seconds=stream_seconds)
    else:
        origin = received.min().normalize() + first - step
        passed = (received - origin) // step
        frame["available_at"] = origin + (passed + 1) * step
    frame["duplicate"] = frame.sort_values("received_at", kind="stable")["event_id"].duplicated()
    late = received.dt.normalize() > happened.dt.normalize()
    frame["delay_minutes"] = (frame["available_at"] - happened).dt.total_seconds() / 60
    naive = (frame["available_at"] - stamped).dt.total_seconds() / 60
    frame["delay_as_stamped_minutes"] = naive
    counted = frame[~frame["duplicate"]] if idempotent else frame
    delays = counted["delay_minutes"]
    span = (frame["available_at"].max() - received.min()).total_seconds() / 3600
    days = max(1, (received.max().normalize() - received.min().normalize()).days + 1)
    runs = 0 if mode == "stream" else max(1, round(days * (dt.timedelta(days=1) / step)))
    cost = (
        runs * price["run"] if mode == "batch" else len(frame) * price["event"] + max(span, 24 * days) * price["hour"]
    )
    facts: dict[str, Any] = {"mode": mode, "n": len(counted), "received": len(frame), "runs": runs, "cost": cost}
    facts |= {"duplicates": int(frame["duplicate"].sum()), "late": int(late.sum()), "days": days}
    facts |= {"mean_delay_minutes": float(delays.mean()), "max_delay_minutes": float(delays.max())}
    facts |= {"median_delay_minutes": float(delays.median()), "mean_delay_seconds": float(delays.mean() * 60)}
    facts |= {"before_it_happened": int((naive < 0).sum()), "skewed": int((frame["clock_skew_seconds"] != 0).sum())}
    facts["cost_per_day"] = cost / days
    if "amount" in frame:
        facts |= {
            "amount": float(counted["amount"].sum()),
            "amount_counted_twice": float(frame.loc[frame["duplicate"], "amount"].sum()),
        }
    params = {"mode": mode, "at": at, "every_minutes": step / pd.Timedelta(minutes=1), "idempotent": idempotent}
    params |= {"stream_seconds": stream_seconds, "costs": price}
    return Result("warehouse.replay", frame, params, facts, _notes(facts, idempotent), Source("events", "", len(frame)))


def compare(
    events: Any,
    *,
    every_minutes: Sequence[float] = (1440, 360, 60, 15),
    at: str = "00:30",
    stream_seconds: float = 5.0,
    costs: Mapping[str, float] | None = None,
) -> Result:
    """Cost against delay: a batch once a day, more often, and a stream (``warehouse.compare``).

    Examples
    --------
    >>> day = {"happened_at": ["2020-03-02 08:05", "2020-03-02 12:40", "2020-03-02 23:50"]}
    >>> compare(day).table["mean_delay_minutes"].round(1).tolist()
    [578.3, 218.3, 38.3, 8.3, 0.1]
    """
    import pandas as pd

    options = {"stream_seconds": stream_seconds, "costs": costs}
    made = [replay(events, "batch", at=at, every_minutes=m, **options) for m in every_minutes]
    made.append(replay(events, "stream", **options))
    rows = []
    for minutes, one in zip([*every_minutes, None], made, strict=True):
        row = {"mode": one.facts["mode"], "every_minutes": minutes}
        kept = ("mean_delay_minutes", "max_delay_minutes", "runs", "cost", "cost_per_day")
        rows.append({**row, **{k: one.facts[k] for k in kept}})
    table = pd.DataFrame(rows)
    last, slow = rows[-1], rows[0]
    facts = {"n": made[0].facts["n"], "days": made[0].facts["days"], "batch_delay_minutes": slow["mean_delay_minutes"]}
    facts |= {"stream_delay_minutes": last["mean_delay_minutes"], "batch_cost": slow["cost_per_day"]}
    facts["stream_cost"] = last["cost_per_day"]
    saved = (slow["mean_delay_minutes"] - last["mean_delay_minutes"]) * facts["n"] / facts["days"] / 60
    facts["saved_hours"] = saved
    facts["cost_of_an_hour"] = (last["cost_per_day"] - slow["cost_per_day"]) / saved if saved else None
    params = {"at": at, "stream_seconds": stream_seconds, "costs": _prices(costs)}
    return Result("warehouse.compare", table, params, facts, (), Source("events", "", made[0].facts["received"]))


def _prices(costs: Mapping[str, float] | None) -> dict[str, float]:
    for name, value in (costs or {}).items():
        if name not in COSTS:
            raise UserError(
                "warehouse.unknown_part", found=name, wanted=list(COSTS), near=suggest(name, COSTS), part="costs"
            )
        if not value >= 0:
            raise UserError("warehouse.negative", found=value, part=name)
    return {**COSTS, **(costs or {})}


def _clock(at: str, every_minutes: float | None) -> tuple[Any, Any]:
    import pandas as pd

    try:
        start = dt.time.fromisoformat(at)
    except ValueError as bad:
        raise UserError("warehouse.not_a_time", found=at) from bad
    if every_minutes is not None and not every_minutes > 0:
        raise UserError("warehouse.negative", found=every_minutes, part="every_minutes")
    step = pd.Timedelta(minutes=every_minutes if every_minutes is not None else 24 * 60)
    return step, pd.Timedelta(hours=start.hour, minutes=start.minute, seconds=start.second)


def _events(events: Any) -> Any:
    import pandas as pd

    frame = pd.DataFrame(getattr(events, "table", events)).reset_index(drop=True)
    if "happened_at" not in frame:
        wanted = ["happened_at"]
        raise UserError("warehouse.unknown_column", table="events", found=list(frame.columns), wanted=wanted)
    if frame.empty:
        raise UserError("warehouse.no_events")
    for column in ("happened_at", "received_at"):
        if column in frame:
            given = frame[column]
            frame[column] = pd.to_datetime(given, errors="coerce").astype("datetime64[us]")
            bad = frame[column].isna() & (given.notna() if column == "received_at" else True)
            if bad.any():
                rows = [int(i) + 1 for i in frame.index[bad]]
                raise UserError(
                    "warehouse.not_a_moment", table="events", rows=rows, found=given[bad].iloc[0], argument=column
                )
        else:
            frame[column] = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]")
    if "event_id" not in frame:
        frame.insert(0, "event_id", range(1, len(frame) + 1))
    if "clock_skew_seconds" not in frame:
        frame["clock_skew_seconds"] = 0
    frame["clock_skew_seconds"] = frame["clock_skew_seconds"].fillna(0)
    return frame


def _notes(facts: Mapping[str, Any], idempotent: bool) -> list[Note]:
    notes = []
    if facts["duplicates"]:
        name = "counted_once" if idempotent else "counted_twice"
        notes.append(Note(f"warehouse.{name}", {"n": facts["duplicates"]}))
    if facts["late"]:
        notes.append(Note("warehouse.late_events", {"n": facts["late"]}))
    if facts["before_it_happened"]:
        notes.append(Note("warehouse.skewed_clocks", {"n": facts["before_it_happened"]}))
    return notes
