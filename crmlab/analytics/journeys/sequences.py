"""What follows what: transitions with intervals, whole paths, and the way back (loops and rework)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...results import Note, Result
from .events import END, OPEN, names_of
from .shares import FEW, clustered, verdict_of

if TYPE_CHECKING:
    from .events import Log

__all__ = ["loops", "order_of", "paths", "transitions"]

_ENOUGH = 250_000  # events from which one person's likeness is estimated; more say the same


def transitions(log: Log) -> Result:
    """Which touchpoint follows which: a matrix with n and intervals, and the interaction map drawn from it.

    Parameters
    ----------
    log : Log

    Returns
    -------
    Result
        Kind ``journeys.transitions``: per pair ``origin``, ``destination``, ``n``, ``share`` (of all that left
        ``origin``) with
        its interval, ``usual_share`` (how often the destination follows anything) and a ``verdict``: whether it follows
        ``origin`` more or less often than usual. ``journey_start`` and ``journey_end`` are places too; cases that are
        still open leave no last step. ``figure(of="map")`` draws the interaction map.

    Examples
    --------
    >>> from crmlab.analytics.journeys import event_log
    >>> log = event_log({"person_id": [1, 1, 1, 2, 2, 3, 3], "touchpoint": list("ABCACAB"),
    ...                  "occurred_at": [f"2020-01-0{d}" for d in (1, 2, 3, 1, 2, 1, 2)]}, as_of="2020-12-31")
    >>> found = transitions(log).table
    >>> inner = found[(found["origin"] != "journey_start") & (found["destination"] != "journey_end")]
    >>> inner[["origin", "destination", "n"]].values.tolist()
    [['A', 'B', 2], ['A', 'C', 1], ['B', 'C', 1]]
    """
    import numpy as np
    import pandas as pd

    thin = max(1, log.facts["events"] // _ENOUGH)
    some = f" WHERE hash(p) % {thin} = 0" if thin > 1 else ""
    start = len(log.touchpoints)
    whole = log.frame(
        f"""SELECT t, n, count(*) AS hits FROM events WHERE n <> {OPEN} GROUP BY ALL
        UNION ALL SELECT {start}, t, count(*) FROM events WHERE i = 1 GROUP BY ALL"""
    )
    each = f"""SELECT p, t, n, count(*) AS k FROM (SELECT p, CAST(t AS SMALLINT) AS t, n FROM events WHERE n <> {OPEN}
        UNION ALL SELECT p, {start}, t FROM events WHERE i = 1){some} GROUP BY ALL"""
    told = log.frame(
        f"""WITH g AS ({each}), r AS (SELECT p, t, sum(k) AS m FROM g GROUP BY ALL),
        a AS (SELECT t, sum(m) AS n1, sum(m * m) AS n2, count(*) AS persons FROM r GROUP BY t)
        SELECT t, n, sum(k) AS h1, sum(k * k) AS h2, sum(k * m) AS both, any_value(n1) AS n1, any_value(n2) AS n2,
        any_value(persons) AS persons FROM g JOIN r USING (p, t) JOIN a USING (t) GROUP BY t, n"""
    )
    found = whole.merge(told, on=["t", "n"], how="left")
    left = found.groupby("t")["hits"].transform("sum").to_numpy(float)
    for column in ("n1", "n2", "persons"):  # a pair that nobody looked at went still has the others of its origin
        found[column] = found.groupby("t")[column].transform("max").fillna(found["hits"])
    scale = left / found["n1"]  # from the persons looked at to all of them
    sums = [found[c].fillna(0) * scale for c in ("h2", "both")] + [found[c] * scale for c in ("n2", "persons")]
    share = found["hits"].to_numpy(float) / left
    low, high, effect = clustered(found["hits"], left, *sums)
    persons = sums[-1].to_numpy(float)
    known = found["n"] != END
    usual = found[found["t"] != start].groupby("n")["hits"].sum()
    usual = usual / usual.sum()
    table = pd.DataFrame(
        {
            "origin": ["journey_start" if t == start else log.touchpoints[int(t)] for t in found["t"]],
            "destination": names_of(found["n"], log.touchpoints),
            "n": found["hits"].astype(int),
            "departures": left.astype(int),
            "share": share,
            "share_low": low,
            "share_high": high,
            "design_effect": effect,
            "usual_share": found["n"].map(usual).where(known & (found["t"] != start)),
        }
    )
    table["verdict"] = [
        None if u != u else verdict_of(a, b, u, min(n, who))
        for u, a, b, n, who in zip(table["usual_share"], low, high, left, persons, strict=True)
    ]
    rank = {"journey_start": -1, **{n: k for k, n in enumerate(log.touchpoints)}, "journey_end": start}
    table["_o"], table["_t"] = table["origin"].map(rank), table["destination"].map(rank)
    table = table.sort_values(["_o", "_t"], ignore_index=True).drop(columns=["_o", "_t"])
    inner = table[(table["origin"] != "journey_start") & (table["destination"] != "journey_end")]
    if inner.empty:
        raise UserError("journeys.no_steps", found=log.facts["cases"])
    scored = "score" in log.has
    told = "avg(score), count(score)" if scored else "NULL, 0"
    counts = {t: row for t, *row in log.rows(f"SELECT t, count(*), {told} FROM events GROUP BY t")}
    nodes = tuple(
        {"touchpoint": log.touchpoints[t], "events": counts[t][0], "score": counts[t][1] if counts[t][2] else None}
        for t in order_of(log)
        if t in counts
    )
    top = inner.sort_values(["n", "origin", "destination"], ascending=[False, True, True]).iloc[0]
    facts = {"n": int(inner["n"].sum()), "pairs": len(inner), "touchpoints": len(log.touchpoints)}
    facts |= {"cases": log.facts["cases"], "persons": log.facts["persons"], "open": log.facts["open"]}
    facts |= {"top_origin": top["origin"], "top_destination": top["destination"], "top_n": int(top["n"])}
    facts |= {f"top_share{e}": float(top[f"share{e}"]) for e in ("", "_low", "_high")} | {
        "top_departures": int(top["departures"])
    }
    again = inner[inner["origin"] == inner["destination"]]["n"].sum()
    facts |= {"same_again_share": float(again / inner["n"].sum()), "largest_effect": float(np.nanmax(effect))}
    units = {
        "origin": "text",
        "destination": "text",
        "n": "count",
        "departures": "count",
        "design_effect": "number",
        "verdict": "mark",
    }
    units |= dict.fromkeys(("share", "share_low", "share_high", "usual_share"), "share")
    params = {"order": [n["touchpoint"] for n in nodes], "nodes": nodes, "every": thin, "units": units}
    return Result("journeys.transitions", table, params, facts, log.notes, log.source)


def order_of(log: Log, some: str = "TRUE", parameters: Sequence[Any] = ()) -> list[int]:
    """Touchpoints in the order in which people usually meet them: by stage, where the log has stages, then by place.

    The place is that among the events about the same thing (an order, an appointment) where the log knows it, else in
    the case, as a share of the whole way: in a life of years the mere number of earlier events would say when a
    touchpoint was introduced.
    """
    thin = max(1, log.facts["events"] // _ENOUGH)
    where = f"hash(p) % {thin} = 0 AND ({some})"
    place = {}
    for key in ("c", *(["o"] if "about_id" in log.has else [])):
        ranked = f"""SELECT t, row_number() OVER w - 1 AS k, count(*) OVER (PARTITION BY {key}) - 1 AS most FROM events
            WHERE {key} IS NOT NULL AND {where} WINDOW w AS (PARTITION BY {key} ORDER BY ts, i)"""
        place |= dict(log.rows(f"SELECT t, avg(k / most) FROM ({ranked}) WHERE most > 0 GROUP BY t", parameters))
    stages = dict(log.rows("SELECT t, mode(s) FROM events GROUP BY t")) if log.stages else {}
    last = len(log.stages)
    return sorted(
        range(len(log.touchpoints)),
        key=lambda t: (last if stages.get(t) is None else stages[t], place.get(t, 1.0), t),
    )


def paths(log: Log, *, top: int = 10, repeats: str = "kept", longest: int = 30) -> Result:
    """The ways that cases went, most frequent first.

    Parameters
    ----------
    log : Log
    top : int
        How many to show; the others stand in one row.
    repeats : {"kept", "joined"}
        Whether the same touchpoint several times running is one step.
    longest : int
        Steps after which a path is cut; how many were cut is noted.

    Returns
    -------
    Result
        Kind ``journeys.paths``: ``path`` (touchpoints with ``>`` between), ``steps``, ``cases``, ``share`` with
        interval,
        ``cumulative_share``. Cases that are still open are left out: their way is not over.
    """
    import pandas as pd

    if isinstance(top, bool) or not isinstance(top, int) or top < 1:
        raise UserError("journeys.bad_number", name="top", found=top, least=1)
    if repeats not in ("kept", "joined"):
        raise UserError("journeys.bad_choice", name="repeats", found=repeats, wanted=["kept", "joined"])
    source = "events"
    if repeats == "joined":
        before = "SELECT *, lag(t) OVER (PARTITION BY c ORDER BY i) AS before FROM events"
        source = f"(SELECT * FROM ({before}) WHERE before IS DISTINCT FROM t)"
    still = f"c NOT IN (SELECT c FROM events WHERE n = {OPEN})" if log.facts["open"] else "TRUE"
    cases = f"""SELECT list(t ORDER BY i)[:{longest}] AS way, count(*) AS steps, any_value(p) AS p FROM {source}
        WHERE {still} GROUP BY c"""
    found = log.frame(
        f"""WITH cases AS ({cases}),
        each AS (SELECT way, p, count(*) AS k, max(steps) AS steps, count(*) FILTER (steps > {longest}) AS cut,
            sum(count(*)) OVER (PARTITION BY p) AS m FROM cases GROUP BY way, p),
        ways AS (SELECT way, sum(k) AS cases, max(steps) AS steps, sum(k * k) AS h2, sum(k * m) AS both,
            sum(cut) AS cut FROM each GROUP BY way)
        SELECT *, sum(cases) OVER () AS n, count(*) OVER () AS variants, sum(cut) OVER () AS all_cut,
            count(*) FILTER (cases = 1) OVER () AS once FROM ways ORDER BY cases DESC, way LIMIT {top}"""
    )
    if found.empty:
        raise UserError("journeys.all_open", found=log.facts["cases"])
    n, variants, cut = int(found["n"].iloc[0]), int(found["variants"].iloc[0]), int(found["all_cut"].iloc[0])
    n2, persons = log.rows(
        f"SELECT sum(m * m), count(*) FROM (SELECT p, count(*) AS m FROM events WHERE i = 1 AND {still} GROUP BY p)"
    )[0]
    low, high, _ = clustered(found["cases"], n, found["h2"], found["both"], n2, persons)
    cases = found["cases"].astype(int)
    table = pd.DataFrame(
        {
            "path": [" > ".join(log.touchpoints[int(t)] for t in way) for way in found["way"]],
            "steps": found["steps"].astype(int),
            "cases": cases,
            "share": cases / n,
            "share_low": low,
            "share_high": high,
            "cumulative_share": cases.cumsum() / n,
        }
    )
    rest = n - int(cases.sum())
    if rest:
        other = {"path": "other_paths", "steps": pd.NA, "cases": rest, "share": rest / n, "cumulative_share": 1.0}
        table = pd.concat([table, pd.DataFrame([other])], ignore_index=True).astype({"steps": "Int64"})
    notes = list(log.notes)
    if cut:
        notes.append(Note("journeys.note.cut", {"n": cut, "longest": longest}))
    first = table.iloc[0]
    facts = {
        "n": n,
        "variants": variants,
        "shown": len(found),
        "once": int(found["once"].iloc[0]),
        "persons": int(persons),
    }
    facts |= {"top_path": first["path"], "top_cases": int(first["cases"]), "open": log.facts["open"]}
    facts |= {f"top_share{e}": float(first[f"share{e}"]) for e in ("", "_low", "_high")}
    facts |= {"shown_share": float(cases.sum() / n)}
    units = {"path": "text", "steps": "count", "cases": "count"}
    units |= dict.fromkeys(("share", "share_low", "share_high", "cumulative_share"), "share")
    params = {"top": top, "repeats": repeats, "longest": longest, "units": units}
    return Result("journeys.paths", table, params, facts, tuple(notes), log.source)


def loops(log: Log) -> Result:
    """Where people come back to: repeats within a case, at once or after something else.

    Parameters
    ----------
    log : Log

    Returns
    -------
    Result
        Kind ``journeys.loops``: per touchpoint ``cases``, ``looped_cases`` (cases that met it twice or more),
        ``loop_share`` with interval, ``extra_events`` (beyond the first of each case), how many of them came
        ``at_once`` (nothing between) or ``after_other`` (a way back: rework).
    """
    import pandas as pd

    found = log.frame(
        """WITH one AS (SELECT t, c, any_value(p) AS p, count(*) AS k, count(*) FILTER (n = t) AS again FROM events
            GROUP BY t, c),
        per AS (SELECT t, p, count(*) AS m, count(*) FILTER (k > 1) AS h, sum(k - 1) AS extra, sum(again) AS again
            FROM one GROUP BY t, p)
        SELECT t, sum(m) AS cases, sum(h) AS repeated, sum(extra) AS extra, sum(again) AS again, sum(h * h) AS h2,
            sum(h * m) AS both, sum(m * m) AS n2, count(*) AS persons FROM per GROUP BY t"""
    )
    low, high, _ = clustered(*(found[c] for c in ("repeated", "cases", "h2", "both", "n2", "persons")))
    table = pd.DataFrame(
        {
            "touchpoint": [log.touchpoints[int(t)] for t in found["t"]],
            "cases": found["cases"].astype(int),
            "looped_cases": found["repeated"].astype(int),
            "loop_share": found["repeated"] / found["cases"],
            "loop_share_low": low,
            "loop_share_high": high,
            "extra_events": found["extra"].astype(int),
            "at_once": found["again"].astype(int),
            "after_other": (found["extra"] - found["again"]).astype(int),
        }
    )
    table = table.sort_values(["extra_events", "touchpoint"], ascending=[False, True], ignore_index=True)
    enough = table[table["cases"] >= FEW]
    worst = (enough if len(enough) else table).sort_values("loop_share", ascending=False).iloc[0]
    events = log.facts["events"]
    extra = int(table["extra_events"].sum())
    facts = {"n": log.facts["cases"], "events": events, "extra_events": extra, "extra_share": extra / events}
    facts |= {"at_once": int(table["at_once"].sum()), "after_other": int(table["after_other"].sum())}
    facts |= {"worst": worst["touchpoint"], "worst_cases": int(worst["cases"])}
    facts |= {f"worst_share{e}": float(worst[f"loop_share{e}"]) for e in ("", "_low", "_high")}
    units = {"touchpoint": "text"} | dict.fromkeys(
        ("cases", "looped_cases", "extra_events", "at_once", "after_other"), "count"
    )
    units |= dict.fromkeys(("loop_share", "loop_share_low", "loop_share_high"), "share")
    return Result("journeys.loops", table, {"units": units}, facts, log.notes, log.source)
