"""Reports on service: calls by the hour, patients by the month, and hours lost searching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError
from ...results import Note, Result, Source
from .tables import CALLS, VISITED, dated, day_of, frame_of, incomplete, inside_of, time_column

__all__ = ["call_centre", "patients_a_month", "time_lost"]

_ANSWERED, _ABANDONED = "answered", "abandoned"


def call_centre(calls: Any, *, day: Any = None, within: float = 20, source: Source | None = None) -> Result:
    """A call centre's day, hour by hour.

    Parameters
    ----------
    calls : DataFrame
        As :data:`CALLS`.
    day : date or pair of dates, optional
        By default all days of the log.
    within : float
        Seconds of waiting that the service level allows.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``reports.call_centre``. ``service_level_share`` is calls answered within so many seconds by calls
        offered, ``mean_wait_seconds`` (ASA) the waiting of answered calls by their number, ``mean_handling_seconds``
        (AHT) their handling by their number; all of them sums by sums, in the total row too.
    """
    import pandas as pd

    log = frame_of(calls, CALLS.required, "calls")
    if not isinstance(within, int | float) or isinstance(within, bool) or within < 0:
        raise UserError("reports.bad_seconds", found=within)
    log, at, notes = dated(log, "called_at", "calls")
    if day is not None:
        ends = day if isinstance(day, list | tuple) else (day, day)
        span = (day_of(ends[0]), day_of(ends[-1]))
        log = log[inside_of(at, span)]
        at = at[log.index]
    if "outcome" in log:
        outcomes = log["outcome"].astype("string").str.lower()
    else:
        outcomes = pd.Series(_ANSWERED, index=log.index, dtype="string")
        notes.append(Note("reports.no_outcomes"))
    strange = log[~outcomes.isin([_ANSWERED, _ABANDONED]).fillna(False)]
    if len(strange):
        values = sorted({str(v) for v in strange["outcome"].unique()})
        notes.append(Note("reports.other_outcomes", {"n": len(strange), "values": values}))
    answered = outcomes.eq(_ANSWERED).fillna(False)
    waits, handled = (pd.to_numeric(log[c], errors="coerce") for c in ("wait_seconds", "handling_seconds"))
    bad = answered & (waits.isna() | (waits < 0) | handled.isna() | (handled < 0))
    if bad.any():
        notes.append(Note("reports.unmeasured_calls", {"n": int(bad.sum())}))
    measured = answered & ~bad
    parts = pd.DataFrame(
        {
            "hour": at.dt.hour,
            "offered": 1,
            "answered": answered.astype(int),
            "answered_in_time": (measured & (waits <= within)).astype(int),
            "abandoned": outcomes.eq(_ABANDONED).fillna(False).astype(int),
            "measured": measured.astype(int),
            "wait": waits.where(measured, 0),
            "handling": handled.where(measured, 0),
        }
    )
    sums = parts.groupby("hour").sum()
    hours = range(int(sums.index.min()), int(sums.index.max()) + 1) if len(sums) else ()
    sums = sums.reindex(hours, fill_value=0)
    rows = [_of_calls("member", hour, sums.loc[hour]) for hour in sums.index]
    total = _of_calls("total", None, parts.drop(columns="hour").sum())
    if not rows:
        notes.append(Note("reports.no_calls"))
    table = pd.DataFrame([*rows, total]).astype({"hour": "Int64"})
    busiest = max(rows, key=lambda r: r["offered"], default=None)
    facts = {k: v for k, v in total.items() if k not in ("row", "hour")}
    facts |= {"within_seconds": within, "n": len(log), "days": int(at.dt.date.nunique())}
    facts |= {"busiest_hour": busiest["hour"] if busiest else None}
    units = dict.fromkeys(("offered", "answered_calls", "answered_in_time", "abandoned"), "count")
    units |= {"abandoned_share": "share", "service_level_share": "share"}
    units |= {"mean_wait_seconds": "number", "mean_handling_seconds": "number", "hour": "hour"}
    params = {"day": None if day is None else [str(d) for d in span], "within": within, "units": units}
    return Result("reports.call_centre", table, params, facts, tuple(notes), source)


def _of_calls(kind: str, hour: int | None, sums: Any) -> dict[str, Any]:
    """One row from its own sums: a ratio over nothing is missing, not zero."""
    offered, measured = int(sums["offered"]), int(sums["measured"])
    return {
        "row": kind,
        "hour": hour,
        "offered": offered,
        "answered_calls": int(sums["answered"]),
        **{c: int(sums[c]) for c in ("answered_in_time", "abandoned")},
        "abandoned_share": int(sums["abandoned"]) / offered if offered else None,
        "service_level_share": int(sums["answered_in_time"]) / offered if offered else None,
        "mean_wait_seconds": float(sums["wait"]) / measured if measured else None,
        "mean_handling_seconds": float(sums["handling"]) / measured if measured else None,
    }


def patients_a_month(
    visits: Any, *, year: int | None = None, through: Any = None, source: Source | None = None
) -> Result:
    """Visits and different patients of every month.

    Parameters
    ----------
    visits : DataFrame
        As :data:`VISITS`; the time may be called ``checked_in_at``.
    year : int, optional
        By default all months of the table.
    through : date, optional
        The day up to which visits are complete; the last visit's day by default.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``reports.patients_a_month``. The total's patients are counted from its rows: one who came in three
        months is one patient of the year. ``facts["patients_of_months"]`` is what adding the months up would give.
    """
    import pandas as pd

    table = frame_of(visits, ("patient_id",), "visits")
    table, days, undated = dated(table, time_column(table, VISITED, "visits"), "visits")
    if year is not None:
        table, days = table[days.dt.year == year], days[days.dt.year == year]
    if table.empty:
        raise UserError("reports.no_visits", found=year)
    months = pd.period_range(f"{year}-01", f"{year}-12", freq="M") if year else None
    seen = days.dt.to_period("M")
    ends = (months[0], months[-1]) if year else (seen.min(), seen.max())
    if year:  # months that have not begun are no months without patients
        ends = (ends[0], min(ends[1], pd.Period(day_of(through) if through is not None else days.max(), "M")))
    notes = undated + incomplete(days, (ends[0].start_time, ends[1].end_time.normalize()), through)
    nameless = int(table["patient_id"].isna().sum())
    if nameless:
        notes.append(Note("reports.nameless_visits", {"n": nameless}))
    grouped = table.groupby(seen)["patient_id"]
    counts, unique = grouped.size(), grouped.nunique()
    before: set[Any] = set()
    rows = []
    for month in pd.period_range(*ends, freq="M"):
        here = set(table["patient_id"][seen == month].dropna())
        n, patients = int(counts.get(month, 0)), int(unique.get(month, 0))
        rows.append(_of_visits("member", str(month), n, patients, len(here - before)))
        before |= here
    total = _of_visits("total", None, len(table), int(table["patient_id"].nunique()), len(before))
    facts = {k: total[k] for k in ("visits", "patients", "visits_per_patient")}
    facts |= {"patients_of_months": sum(r["patients"] for r in rows), "months": len(rows), "n": len(table)}
    facts |= {"first": ends[0].start_time, "last": ends[1].end_time.normalize()}
    units = {"visits": "count", "patients": "count", "first_time_patients": "count", "visits_per_patient": "number"}
    units |= {"month": "month"}
    frame = pd.DataFrame([*rows, total])
    return Result("reports.patients_a_month", frame, {"year": year, "units": units}, facts, tuple(notes), source)


def _of_visits(kind: str, month: str | None, visits: int, patients: int, first: int) -> dict[str, Any]:
    per = visits / patients if patients else None
    return {
        "row": kind,
        "month": month,
        "visits": visits,
        "patients": patients,
        "first_time_patients": first,
        "visits_per_patient": per,
    }


def time_lost(reps: int, searches_a_day: float, minutes: float | Sequence[float], days: int = 22) -> Result:
    """Hours a month that go into looking for customers' data that stand in several places (Akbar 2021, 5.4).

    Parameters
    ----------
    reps : int
    searches_a_day : float
        Of one rep.
    minutes : float or sequence of float
        That one search takes; several give a row each.
    days : int
        Working days a month.

    Examples
    --------
    >>> time_lost(20, 3, [10, 20, 30]).table["hours"].tolist()
    [220.0, 440.0, 660.0]
    """
    import pandas as pd

    each = list(minutes) if isinstance(minutes, list | tuple) else [minutes]
    given: Mapping[str, Any] = {"reps": reps, "searches_a_day": searches_a_day, "days": days}
    for name, value in [*given.items(), *(("minutes", m) for m in each)]:
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < float("inf"):
            raise UserError("reports.bad_number", name=name, found=value)
    table = pd.DataFrame({"minutes": each, "hours": [reps * searches_a_day * m * days / 60 for m in each]})
    facts = {**given, "hours_low": table["hours"].min(), "hours_high": table["hours"].max()}
    facts |= {"minutes_low": min(each), "minutes_high": max(each)}
    units = {"minutes": "number", "hours": "number"}
    return Result("reports.time_lost", table, {"units": units}, facts)
