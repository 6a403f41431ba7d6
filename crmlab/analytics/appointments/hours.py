"""Doctors' hours: how many were used, and how many more to give away when some will not come."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import frame_of, label_of, moment_of, number, times_of
from ...intervals import holm, wilson
from ...results import Note, Result, Source
from .tables import FEWEST

__all__ = ["overbooking", "schedule"]


def schedule(
    slots: Any, appointments: Any, *, as_of: Any, since: Any = None, by: str = "doctor_id", source: Source | None = None
) -> Result:
    """How much of the hours on offer was booked, and how much was attended.

    Parameters
    ----------
    slots : DataFrame
        As :data:`SLOTS`, with ``by``.
    appointments : DataFrame
        As :data:`APPOINTMENTS`, with ``slot_id``.
    as_of : date
        Hours after it have not been yet.
    since : date, optional
        The first day; that of the slots by default.
    by : str
        A column of ``slots``; ``"weekday"`` and ``"hour"`` are taken from ``starts_at``.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``appointments.schedule``: per group ``slots``, ``booked``, ``attended``, ``missed``, their shares of all
        slots, ``attended_share`` with Wilson's interval and a verdict against all others (two shares, p-values by
        Holm). Hours without a doctor are a group of their own, the last. An hour that two appointments were given
        counts once.
    """
    import pandas as pd

    taken = ("weekday", "hour")
    frame = frame_of(slots, ("slot_id", "starts_at", *(() if by in taken else (by,))), "slots")
    made = frame_of(appointments, ("slot_id", "status"), "appointments")
    doubled = frame["slot_id"].duplicated(keep=False)
    if doubled.any():
        raise UserError("appointments.slot_twice", table="slots", rows=[i + 1 for i, d in enumerate(doubled) if d])
    at, last = times_of(frame, "starts_at", "slots"), moment_of(as_of, "as_of")
    first = moment_of(since, "since") if since is not None else at.min().normalize()
    inside = (at.dt.normalize() <= last.normalize()) & (at >= first)
    used, at = frame[inside], at[inside]
    if used.empty:
        raise UserError("frames.empty", table="slots")
    notes = []
    if (~inside).any():
        notes.append(Note("appointments.note.other_slots", {"n": int((~inside).sum()), "first": first, "last": last}))
    groups = at.dt.day_name().str.lower() if by == "weekday" else at.dt.hour if by == "hour" else used[by]
    status = made["status"].astype("string").str.casefold()
    marks = pd.DataFrame(
        {
            "group": groups,
            "booked": used["slot_id"].isin(made.loc[status.isin(["attended", "no_show"]), "slot_id"]),
            "attended": used["slot_id"].isin(made.loc[status == "attended", "slot_id"]),
        }
    )
    marks["missed"] = marks["booked"] & ~marks["attended"]
    stray = made["slot_id"].notna() & ~made["slot_id"].isin(frame["slot_id"])
    if stray.any():
        notes.append(Note("appointments.note.stray_slots", {"n": int(stray.sum())}))
    nobody = int(marks["group"].isna().sum())
    if nobody:
        notes.append(Note("appointments.note.no_doctor", {"n": nobody, "by": by}))
    whole = _used("total", by, None, marks)
    rows = [_used("member", by, label_of(name), some) for name, some in marks.groupby("group", sort=True)]
    if by == "weekday":
        from ...calendar import WEEKDAYS

        rows.sort(key=lambda r: WEEKDAYS.index(r[by]))
    if nobody:
        rows.append(_used("member", by, None, marks[marks["group"].isna()]))
    ps = [_against(r["attended"], r["slots"], whole["attended"], whole["slots"]) for r in rows]
    for row, p in zip(rows, holm(ps), strict=True):
        row["p_value"] = p
        row["verdict"] = "too_few" if row["slots"] < FEWEST else "real" if p < 0.05 else "noise"
    enough = [r for r in rows if r["slots"] >= FEWEST] or rows
    low, high = (f(enough, key=lambda r: r["attended_share"]) for f in (min, max))
    facts = {k: v for k, v in whole.items() if k not in ("row", by)}
    facts |= {"n": whole["slots"], "groups": len(rows), "first": first, "last": last}
    for word, row in (("lowest", low), ("highest", high)):
        facts |= {f"{word}_group": row[by], f"{word}_share": row["attended_share"], f"{word}_n": row["slots"]}
        facts |= {f"{word}_share_low": row["attended_share_low"], f"{word}_share_high": row["attended_share_high"]}
    facts["different"] = sum(r["verdict"] == "real" for r in rows)
    facts["verdict"] = "real" if facts["different"] else "noise"
    table = pd.DataFrame([*rows, whole])
    table[by] = table[by].astype(object).where(table[by].notna(), None)
    counts = dict.fromkeys(("slots", "booked", "attended", "missed"), "count")
    shares = ("booked_share", "attended_share", "attended_share_low", "attended_share_high", "missed_share")
    units = {by: "key" if by.endswith("_id") else "hour" if by == "hour" else "text", **counts}
    units |= {**dict.fromkeys(shares, "share"), "p_value": "number", "verdict": "mark"}
    params = {"by": by, "as_of": last, "units": units}
    return Result("appointments.schedule", table, params, facts, tuple(notes), source)


def _used(kind: str, by: str, name: Any, marks: Any) -> dict[str, Any]:
    n, booked, attended = len(marks), int(marks["booked"].sum()), int(marks["attended"].sum())
    low, high = wilson(attended, n)
    row = {"row": kind, by: name, "slots": n, "booked": booked, "attended": attended, "missed": booked - attended}
    row |= {"booked_share": booked / n, "attended_share": attended / n}
    return row | {"attended_share_low": low, "attended_share_high": high, "missed_share": (booked - attended) / n}


def _against(hits: int, n: int, all_hits: int, all_n: int) -> float:
    """A group against all others: two proportions, pooled."""
    from math import sqrt
    from statistics import NormalDist

    rest, m = all_hits - hits, all_n - n
    pooled = all_hits / all_n
    if m == 0 or pooled in (0.0, 1.0):
        return 1.0
    z = (hits / n - rest / m) / sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return 2 * (1 - NormalDist().cdf(abs(z)))


def overbooking(
    slots: int,
    no_show: float | tuple[int, int],
    *,
    idle_cost: float | None = None,
    crowding_cost: float | None = None,
    most_crowded: float = 0.05,
    most: int | None = None,
    source: Source | None = None,
) -> Result:
    """How many to book for so many places, when each stays away with the same chance and by himself.

    Parameters
    ----------
    slots : int
        Places.
    no_show : float or (missed, n)
        The chance that a patient does not come; a count gives its interval, which the risk of crowding inherits.
    idle_cost : float, optional
        What an empty place costs.
    crowding_cost : float, optional
        What one patient too many costs: overtime, waiting, anger.
    most_crowded : float
        The chance of more patients than places that is still accepted, where no costs are given.
    most : int, optional
        The largest number of bookings looked at; half more than the places by default.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``appointments.overbooking``, a row for each number of bookings from ``slots`` on: expected patients,
        empty places and patients too many, ``crowded_share`` (the chance that more come than there are places), and
        ``expected_cost``. ``facts["best"]`` costs least, or is the most whose crowding stays accepted.

    Notes
    -----
    Patients of one storm or one road stay away together: crowds and empty mornings are then both more frequent.

    Examples
    --------
    >>> found = overbooking(20, 0.2, most=25).table.set_index("booked")
    >>> [round(float(found.loc[25, c]), 3) for c in ("expected_patients", "crowded_share")]
    [20.0, 0.421]
    """
    import numpy as np
    import pandas as pd
    from scipy.stats import binom

    places = number(slots, "slots", 1, 10_000, whole=True)
    share, low, high, n = _chance(no_show)
    number(most_crowded, "most_crowded", 0, 1)
    top = number(most if most is not None else places + max(2, places // 2), "most", places, 20_000, whole=True)
    priced = idle_cost is not None and crowding_cost is not None
    if (idle_cost is None) != (crowding_cost is None):
        raise UserError("appointments.one_cost")
    if priced:
        number(idle_cost, "idle_cost", 0)
        number(crowding_cost, "crowding_cost", 0)
    rows = []
    for booked in range(places, top + 1):
        come = np.arange(booked + 1)
        p = binom.pmf(come, booked, 1 - share)
        many = float((p * np.maximum(come - places, 0)).sum())
        idle = float((p * np.maximum(places - come, 0)).sum())
        row = {"booked": booked, "expected_patients": booked * (1 - share), "expected_idle": idle}
        row |= {"expected_too_many": many, "crowded_share": float(binom.sf(places, booked, 1 - share))}
        # fewer who stay away, more who crowd
        row |= {"crowded_share_low": float(binom.sf(places, booked, 1 - high)) if n else float("nan")}
        row |= {"crowded_share_high": float(binom.sf(places, booked, 1 - low)) if n else float("nan")}
        if priced:
            row["expected_cost"] = idle * float(idle_cost) + many * float(crowding_cost)
        rows.append(row)
    if priced:
        best = min(rows, key=lambda r: r["expected_cost"])
    else:
        best = max((r for r in rows if r["crowded_share"] <= most_crowded), key=lambda r: r["booked"], default=rows[0])
    facts: dict[str, Any] = {"slots": places, "no_show_share": share, "n": n, "best": best["booked"]}
    facts |= {"no_show_share_low": low, "no_show_share_high": high}
    facts |= {k: best[k] for k in best if k != "booked"}
    facts |= {"idle_at_par": rows[0]["expected_idle"]}
    facts |= {"saved": rows[0]["expected_cost"] - best["expected_cost"]} if priced else {}
    notes = [Note("appointments.note.together", {})]
    if best["booked"] == top:
        notes.append(Note("appointments.note.edge", {"booked": top}))
    numbers = ("expected_patients", "expected_idle", "expected_too_many")
    shares = ("crowded_share", "crowded_share_low", "crowded_share_high")
    units = {"booked": "count", **dict.fromkeys(numbers, "number"), **dict.fromkeys(shares, "share")}
    units["expected_cost"] = "money"
    params = {"idle_cost": idle_cost, "crowding_cost": crowding_cost, "most_crowded": most_crowded, "units": units}
    return Result("appointments.overbooking", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _chance(given: Any) -> tuple[float, float, float, int]:
    if isinstance(given, tuple | list) and len(given) == 2:
        n = number(given[1], "no_show", 1, whole=True)
        missed = number(given[0], "no_show", 0, n, whole=True)
        low, high = wilson(missed, n)
        return missed / n, low, high, n
    share = number(given, "no_show", 0, 1)
    return float(share), float("nan"), float("nan"), 0
