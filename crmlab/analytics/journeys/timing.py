"""Time: how long from one thing to another, counting those who have not arrived yet; how long people stay at one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...results import Note, Result
from .events import seconds_of
from .shares import alike, clustered, curve, median_of
from .steps import step_rules

if TYPE_CHECKING:
    from .events import Log

__all__ = ["UNITS", "dwell", "time_between"]

UNITS = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86400.0}
_ROWS = 300  # of a curve: more could not be seen
_LEAST = 5  # with fewer arrivals no curve has an interval
_EDGES = (0.0, 3.0, 7.0, 15.0, 30.0, 60.0, 180.0, 600.0)


def time_between(
    log: Log,
    start: Any,
    end: Any,
    *,
    of: str = "case",
    by: str | None = None,
    unit: str = "hours",
    within: Sequence[Any] = (),
) -> Result:
    """How long from the first ``start`` to the first ``end`` after it; who has not arrived yet counts as waiting.

    Parameters
    ----------
    log : Log
    start, end : str or mapping
        A touchpoint, or name to sentence.
    of : {"case", "about", "person"}
        What has a start and an end: a case, the thing that events are about (an order), or a person.
    by : str, optional
        A column that the log kept: a curve for each group.
    unit : {"seconds", "minutes", "hours", "days"}
    within : sequence of duration
        Times at which to say what share had arrived: ``["60min"]``, ``["1d"]``.

    Returns
    -------
    Result
        Kind ``journeys.time_between``, without ``by`` ``journeys.time``: per ``group`` and ``duration`` the
        ``arrived_share`` with its interval (Kaplan and Meier; the times of one person count as alike, and of fewer
        than eight persons with several times there is none), ``at_risk`` and ``events``. ``facts["groups"]`` holds
        per group ``n``, ``events``, ``waiting``, the ``median`` with interval (``None`` where half have not arrived)
        and the shares ``within``.

    Notes
    -----
    Those who never arrive wait until ``as_of``: the curve says what share of all has arrived by then, and levels off
    below one. A mean of the finished times alone would leave them out.
    """
    import pandas as pd

    if of not in ("case", "about", "person"):
        raise UserError("journeys.bad_choice", name="of", found=of, wanted=["case", "about", "person"])
    if unit not in UNITS:
        raise UserError("journeys.bad_choice", name="unit", found=unit, wanted=list(UNITS))
    if of == "about":
        log.need("about_id")
    whole = {}
    for one, name in ((start, "start"), (end, "end")):
        if not isinstance(one, str) and not (hasattr(one, "items") and len(one) == 1):
            raise UserError("journeys.bad_steps", found=str(one))
        if isinstance(one, str):
            log.code(one)
            one = {one: f"touchpoint == {one!r}"}
        whole |= {name: next(iter(one.items()))}
    names = {k: v[0] for k, v in whole.items()}
    if whole["start"][1] == whole["end"][1]:
        raise UserError("journeys.same_ends", found=names["start"])
    times = [seconds_of(w, "within") for w in ([within] if isinstance(within, str) else within)]
    joins = log.marks(step_rules(log, {"start": whole["start"][1], "end": whole["end"][1]}))
    on = " AND ".join(f"e.{j} IS NOT DISTINCT FROM marks.{j}" for j in joins)
    key = {"case": "c", "about": "o", "person": "p"}[of]
    group = log.group(by)
    with log.store.guarded() as cursor:
        cursor.execute(
            f"""CREATE OR REPLACE TEMP TABLE ends AS SELECT {key} AS k, p, c, ts, i, m, {group} AS g FROM events e
            JOIN marks ON {on} WHERE m IS NOT NULL AND {key} IS NOT NULL"""
        )
        # of the same moment the later row of a case is the later event
        cursor.execute(
            """CREATE OR REPLACE TEMP TABLE began AS SELECT k, any_value(p) AS p, arg_min(g, ts) AS g, min(ts) AS ts,
            arg_min(i, (ts, i)) AS i, arg_min(c, (ts, i)) AS c FROM ends WHERE m = 0 GROUP BY k"""
        )
        cursor.execute(
            f"""CREATE OR REPLACE TEMP TABLE waits AS SELECT b.k, any_value(b.p) AS p, any_value(b.g) AS g,
            min(date_diff('microsecond', b.ts, e.ts)) / 1e6 AS d,
            any_value(date_diff('microsecond', b.ts, TIMESTAMP '{log.as_of}')) / 1e6 AS until
            FROM began b LEFT JOIN ends e ON e.k = b.k AND e.m = 1 AND (e.ts > b.ts OR (e.ts = b.ts AND (e.c <> b.c OR
            e.i > b.i)))
            GROUP BY b.k"""
        )
        found = cursor.execute(
            "SELECT g, coalesce(d, until) AS t, count(d) AS arrived, count(*) - count(d) AS waiting FROM waits"
            " GROUP BY ALL ORDER BY g, t"
        ).df()
        persons, before = cursor.execute(
            "SELECT (SELECT count(DISTINCT p) FROM waits),"
            " (SELECT count(*) FROM (SELECT k FROM ends GROUP BY k HAVING min(m) = 1))"
        ).fetchone()
        # one person's times are alike: whose each is matters where persons have several
        each = None
        if persons < int((found["arrived"] + found["waiting"]).sum()):
            each = cursor.execute("SELECT g, p, coalesce(d, until) AS t, d IS NOT NULL AS ended FROM waits").df()
    if found.empty:
        raise UserError("journeys.nobody", found=names["start"])
    scale = UNITS[unit]
    frames, groups = [], []
    parts = [(None, found)] if by is None else list(found.groupby("g", dropna=False, sort=True))
    for name, part in parts:
        wider: Any = 1.0
        if each is not None:
            own = each if by is None else each[each["g"].isna() if pd.isna(name) else each["g"] == name]
            wider = alike(part["t"], part["arrived"], part["waiting"], own["t"], own["ended"], own["p"])
        told = curve(part["t"], part["arrived"], part["waiting"], wider)
        one, n = _group(name, part, told, scale, times), int((part["arrived"] + part["waiting"]).sum())
        groups.append(one)
        few = one["events"] < _LEAST
        shown = pd.DataFrame(
            {
                "group": name,
                "duration": [0.0, *(told["duration"] / scale)],
                "at_risk": [n, *told["at_risk"].astype(int)],
                "events": [0, *told["events"].astype(int)],
                "arrived_share": [0.0, *(1 - told["still"])],
                "arrived_share_low": [0.0, *(1 - told["high"])],
                "arrived_share_high": [0.0, *(1 - told["low"])],
            }
        )
        if few:
            shown.loc[1:, ["arrived_share_low", "arrived_share_high"]] = float("nan")
        frames.append(_thinned(shown))
    table = pd.concat(frames, ignore_index=True)
    if by is None:
        table = table.drop(columns="group")
    notes = list(log.notes)
    n = sum(g["n"] for g in groups)
    if before:
        notes.append(Note("journeys.note.end_only", {"n": before, "start": names["start"], "end": names["end"]}))
    longest = found.loc[found["arrived"] > 0, "t"].max()
    if never := int(found.loc[found["t"] > longest, "waiting"].sum()):
        notes.append(Note("journeys.note.never", {"n": never}))
    if persons < n:
        notes.append(Note("journeys.note.alike", {"n": n, "persons": persons}))
    facts: dict[str, Any] = {"n": n, "persons": int(persons), "events": sum(g["events"] for g in groups)}
    facts |= {"waiting": n - facts["events"], "start": names["start"], "end": names["end"], "unit": unit}
    facts |= {k: v for k, v in groups[0].items() if k not in ("n", "events", "waiting")}
    facts |= {"groups": tuple(groups), "within_time": times[0] / scale if times else None}
    by_median = sorted(groups, key=lambda g: float("inf") if g["median"] is None else g["median"])
    for side, one in (("fastest", by_median[0]), ("slowest", by_median[-1])):
        facts |= {f"{side}_{k}": one[k] for k in ("group", "n", "median", "median_low", "median_high")}
    units = {"duration": "number", "at_risk": "count", "events": "count"}
    units |= dict.fromkeys(("arrived_share", "arrived_share_low", "arrived_share_high"), "share")
    params = {"start": names["start"], "end": names["end"], "of": of, "by": by, "unit": unit, "units": units}
    params |= {"within": tuple(t / scale for t in times)}
    kind = "journeys.time" if by is None else "journeys.time_between"
    return Result(kind, table, params, facts, tuple(notes), log.source)


def _group(name: Any, part: Any, told: dict[str, Any], scale: float, times: Sequence[float]) -> dict[str, Any]:
    import numpy as np

    n, events = int((part["arrived"] + part["waiting"]).sum()), int(part["arrived"].sum())
    out: dict[str, Any] = {"group": name, "n": n, "events": events, "waiting": n - events}
    median = median_of(told)
    if events < _LEAST or np.isnan(told["low"]).all():
        median = (median[0], None, None)
    out |= {
        k: None if v is None else v / scale
        for k, v in zip(("median", "median_low", "median_high"), median, strict=True)
    }
    shares = []
    for time in times:
        place = int(np.searchsorted(told["duration"], time, side="right")) - 1
        known = events >= _LEAST and place >= 0
        share = 1 - float(told["still"][place]) if place >= 0 else 0.0
        low, high = (1 - float(told["high"][place]), 1 - float(told["low"][place])) if known else (None, None)
        if not known or low != low:
            low = high = None
        shares.append({"time": time / scale, "share": share, "low": low, "high": high})
    out["within"] = tuple(shares)
    first = shares[0] if shares else {"share": None, "low": None, "high": None}
    return out | {"within_share": first["share"], "within_share_low": first["low"], "within_share_high": first["high"]}


def _thinned(shown: Any) -> Any:
    """Rows at even heights of the curve, the first and the last among them."""
    import numpy as np

    if len(shown) <= _ROWS:
        return shown
    heights = np.linspace(0, float(shown["arrived_share"].iloc[-1]), _ROWS)
    places = np.unique(np.searchsorted(shown["arrived_share"].to_numpy(), heights).clip(max=len(shown) - 1))
    return shown.iloc[np.unique([0, *places, len(shown) - 1])]


def dwell(log: Log, touchpoint: str, *, within_seconds: float = 7.0) -> Result:
    """How long people stay at a touchpoint: until the next event of the case.

    Parameters
    ----------
    log : Log
    touchpoint : str
    within_seconds : float
        The first moment of truth is said to last 3 to 7 seconds.

    Returns
    -------
    Result
        Kind ``journeys.dwell``: per class of seconds ``events`` and ``share`` with interval. The last event of a case
        has no next one: how long it lasted is not known, and it is counted apart (``unknown``).
    """
    import pandas as pd

    if isinstance(within_seconds, bool) or not isinstance(within_seconds, int | float) or not within_seconds > 0:
        raise UserError("journeys.bad_number", name="within_seconds", found=within_seconds, least=0)
    code = log.code(touchpoint)
    edges = sorted({*_EDGES, float(within_seconds)})
    place = (
        "CASE "
        + " ".join(f"WHEN d < {high} THEN {k}" for k, high in enumerate(edges[1:]))
        + f" ELSE {len(edges) - 1} END"
    )
    inner = (
        f"SELECT p, date_diff('microsecond', ts, later) / 1e6 AS d FROM events WHERE t = {code} AND later IS NOT NULL"
    )
    found = log.frame(
        f"""WITH each AS (SELECT p, {place} AS b, count(*) AS k FROM ({inner}) GROUP BY ALL),
        m AS (SELECT p, sum(k) AS m FROM each GROUP BY p)
        SELECT b, sum(k) AS h, sum(k * k) AS hh, sum(k * m) AS hn FROM each JOIN m USING (p) GROUP BY b ORDER BY b"""
    )
    unknown = log.rows(f"SELECT count(*) FROM events WHERE t = {code} AND later IS NULL")[0][0]
    if found.empty:
        raise UserError("journeys.no_next", found=touchpoint)
    n, n2, persons = log.rows(
        f"SELECT sum(m), sum(m * m), count(*) FROM (SELECT p, count(*) AS m FROM ({inner}) GROUP BY p)"
    )[0]
    h, hh, hn = log.rows(
        f"""SELECT sum(h), sum(h * h), sum(h * m) FROM (SELECT p, count(*) FILTER (d < {within_seconds}) AS h,
        count(*) AS m FROM ({inner}) GROUP BY p)"""
    )[0]
    low, high, _ = clustered(found["h"], n, found["hh"], found["hn"], n2, persons)
    table = pd.DataFrame(
        {
            "seconds_from": [edges[int(b)] for b in found["b"]],
            "seconds_to": [edges[int(b) + 1] if b + 1 < len(edges) else float("nan") for b in found["b"]],
            "events": found["h"].astype(int),
            "share": found["h"] / n,
            "share_low": low,
            "share_high": high,
        }
    )
    low, high, _ = (float(x) for x in clustered(h, n, hh, hn, n2, persons))
    median = log.rows(f"SELECT median(d) FROM ({inner})")[0][0]
    facts = {"n": int(n), "persons": int(persons), "unknown": int(unknown), "touchpoint": touchpoint, "hits": int(h)}
    facts |= {"within_seconds": within_seconds, "share": h / n, "share_low": low, "share_high": high, "median": median}
    notes = log.notes + (
        (Note("journeys.note.no_next", {"n": unknown, "share": unknown / (unknown + n)}),) if unknown else ()
    )
    units = {"seconds_from": "number", "seconds_to": "number", "events": "count"}
    units |= dict.fromkeys(("share", "share_low", "share_high"), "share")
    params = {"touchpoint": touchpoint, "within_seconds": within_seconds, "units": units}
    return Result("journeys.dwell", table, params, facts, notes, log.source)
