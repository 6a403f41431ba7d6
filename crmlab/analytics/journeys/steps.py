"""The funnel in its two readings, which must not be mixed: through all steps in order, or any step in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...results import Note, Result
from .events import seconds_of
from .rules import Rules, read_rules
from .shares import clustered, gap_of, verdict_of

if TYPE_CHECKING:
    from .events import Log

__all__ = ["funnel_any", "funnel_through_all", "step_rules"]

_MANY = 20


def step_rules(log: Log, steps: Any) -> Rules:
    """Steps as rules: touchpoints, names of stages where the log has them, or name to sentence."""
    if isinstance(steps, Mapping | Rules):
        rules = read_rules(steps, "steps")
    elif isinstance(steps, str) or not isinstance(steps, Sequence):
        raise UserError("journeys.bad_steps", found=str(steps))
    else:
        names = [str(s) for s in steps]
        staged = bool(log.stages) and all(n in log.stages for n in names)
        for name in names if not staged else ():
            log.code(name)  # refuses what is not there
        column = "stage" if staged else "touchpoint"
        rules = Rules(tuple(names), tuple(f"{column} == {_literal(n)}" for n in names))
    if len(rules.names) < 2 or len(rules.names) > _MANY or len(set(rules.names)) < len(rules.names):
        raise UserError("journeys.bad_steps", found=list(rules.names))
    return rules


def _literal(name: str) -> str:
    return repr(name)


def funnel_through_all(log: Log, steps: Any, *, by: str | None = None, within: Any = None) -> Result:
    """How many get through step after step in this order, whatever they do between.

    Parameters
    ----------
    log : Log
    steps : sequence of str, or mapping
        Touchpoints, or stages of the log, in order; or step to sentence. An event counts for the first that holds.
    by : str, optional
        A column that the log kept: a funnel for each group, compared with the first.
    within : duration, optional
        Counted from a case's first step; what comes later does not count. Cases that began later than this before
        ``as_of`` are left out.

    Returns
    -------
    Result
        Kind ``journeys.funnel_through_all``: per step ``cases``, ``share_of_first`` and ``share_of_previous`` and
        ``drop_off_share`` with intervals, ``lost_cases``. A case that skips a step stays in the one before: see
        :func:`funnel_any` for the other reading.

    Examples
    --------
    >>> from crmlab.analytics.journeys import event_log
    >>> log = event_log({"person_id": [1, 1], "touchpoint": ["lead", "customer"],
    ...                  "occurred_at": ["2020-01-01", "2020-01-02"]}, as_of="2020-12-31")
    >>> steps = {"lead": "touchpoint == 'lead'", "opportunity": "touchpoint == 'opportunity'",
    ...          "customer": "touchpoint == 'customer'"}
    >>> funnel_through_all(log, steps).table["cases"].tolist(), funnel_any(log, steps).table["cases"].tolist()
    ([1, 0, 0], [1, 0, 1])
    """
    rules = step_rules(log, steps)
    limit = None if within is None else seconds_of(within, "within")
    joins = log.marks(rules)
    group = log.group(by)
    on = " AND ".join(f"e.{j} IS NOT DISTINCT FROM marks.{j}" for j in joins)
    with log.store.guarded() as cursor:
        cursor.execute(
            f"""CREATE OR REPLACE TEMP TABLE hits AS SELECT e.c, e.p, e.i, e.ts, m FROM events e JOIN marks ON {on}
            WHERE m IS NOT NULL"""
        )
        cursor.execute(
            "CREATE OR REPLACE TEMP TABLE reached_0 AS"
            " SELECT c, any_value(p) AS p, min(i) AS i, min(ts) AS began FROM hits WHERE m = 0 GROUP BY c"
        )
        began = cursor.execute("SELECT count(*) FROM reached_0").fetchone()[0]
        if limit is not None:
            young = f"date_diff('second', began, TIMESTAMP '{log.as_of}') < {limit:.0f}"
            left_out = cursor.execute(f"SELECT count(*) FROM reached_0 WHERE {young}").fetchone()[0]
            cursor.execute(f"DELETE FROM reached_0 WHERE {young}")
        else:
            left_out = 0
        late = "" if limit is None else f" AND date_diff('second', r.began, h.ts) <= {limit:.0f}"
        for k in range(1, len(rules.names)):
            cursor.execute(
                f"""CREATE OR REPLACE TEMP TABLE reached_{k} AS SELECT h.c, any_value(r.p) AS p, min(h.i) AS i,
                any_value(r.began) AS began FROM hits h JOIN reached_{k - 1} r ON h.c = r.c
                WHERE h.m = {k} AND h.i > r.i{late} GROUP BY h.c"""
            )
        parts = "".join(
            f" LEFT JOIN (SELECT c, 1 AS s{k} FROM reached_{k}) USING (c)" for k in range(1, len(rules.names))
        )
        depth = " + ".join(["1", *(f"coalesce(s{k}, 0)" for k in range(1, len(rules.names)))])
        grouped = "" if by is None else f" JOIN (SELECT c, {group} AS g FROM events WHERE i = 1) USING (c)"
        cursor.execute(
            f"""CREATE OR REPLACE TEMP TABLE depths AS
            SELECT p, {"g" if by else "NULL AS g"}, {depth} AS d, count(*) AS k FROM reached_0{parts}{grouped} GROUP
            BY ALL"""
        )
        reached = ", ".join(f"sum(k) FILTER (d > {j}) AS k{j}" for j in range(len(rules.names)))
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE per AS SELECT p, g, {reached} FROM depths GROUP BY p, g")
        found = _sums(cursor, len(rules.names), nested=True)
        began_without = cursor.execute("SELECT count(DISTINCT c) FROM hits").fetchone()[0] - began
    notes = list(log.notes)
    if left_out:
        notes.append(Note("journeys.note.too_young", {"n": left_out, "within": str(within)}))
    if began_without:
        notes.append(Note("journeys.note.without_first", {"n": began_without, "step": rules.names[0]}))
    facts = {"began_without": int(began_without), "within_seconds": limit}
    return _told(log, "journeys.funnel_through_all", rules, found, by, facts, notes, nested=True)


def funnel_any(log: Log, steps: Any, *, by: str | None = None) -> Result:
    """How many meet each step, at any time and in any order, whatever they skipped.

    Parameters
    ----------
    log : Log
    steps : sequence of str, or mapping
        As for :func:`funnel_through_all`.
    by : str, optional

    Returns
    -------
    Result
        Kind ``journeys.funnel_any``: per step ``cases`` and ``share_of_all`` (of the cases that met any of the
        steps), and
        ``share_of_previous``: of those who met the step before, who met this one too.
    """
    rules = step_rules(log, steps)
    joins = log.marks(rules)
    group = log.group(by)
    on = " AND ".join(f"e.{j} IS NOT DISTINCT FROM marks.{j}" for j in joins)
    many = len(rules.names)
    with log.store.guarded() as cursor:
        met = ", ".join(f"CAST(bool_or(m = {j}) AS INTEGER) AS s{j}" for j in range(many))
        grouped = "" if by is None else f" JOIN (SELECT c, {group} AS g FROM events WHERE i = 1) USING (c)"
        cursor.execute(
            f"""CREATE OR REPLACE TEMP TABLE met AS SELECT *{"" if by else ", NULL AS g"} FROM (SELECT e.c,
            any_value(e.p) AS p, {met} FROM events e JOIN marks ON {on} WHERE m IS NOT NULL GROUP BY e.c){grouped}"""
        )
        both = ", ".join(f"sum(s{j} * s{j - 1}) AS b{j}" for j in range(1, many))
        alone = ", ".join(f"sum(s{j}) AS k{j}" for j in range(many))
        cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE per AS SELECT p, g, count(*) AS a, {alone}, {both} FROM met GROUP BY p, g"
        )
        found = _sums(cursor, many, nested=False)
    return _told(log, "journeys.funnel_any", rules, found, by, {}, list(log.notes), nested=False)


def _sums(cursor: Any, many: int, *, nested: bool) -> Any:
    """By group: for each step the sums over persons that its two shares need."""
    whole = "k0" if nested else "a"
    parts = []
    for j in range(many):
        hit = f"coalesce(k{j}, 0)"
        parts += [f"sum({hit}) AS h{j}", f"sum({hit} * {hit}) AS hh{j}", f"sum({hit} * {whole}) AS hn{j}"]
        if j:
            before, too = f"coalesce(k{j - 1}, 0)", hit if nested else f"b{j}"
            parts += [f"sum({too}) AS q{j}", f"sum({too} * {too}) AS qq{j}", f"sum({too} * {before}) AS qn{j}"]
            parts += [
                f"sum({before}) AS n{j}",
                f"sum({before} * {before}) AS nn{j}",
                f"count(*) FILTER ({before} > 0) AS m{j}",
            ]
    parts += [f"sum({whole}) AS n", f"sum({whole} * {whole}) AS nn", "count(*) AS m"]
    return cursor.execute(f"SELECT g, {', '.join(parts)} FROM per GROUP BY g ORDER BY g").df()


def _told(
    log: Log,
    kind: str,
    rules: Rules,
    found: Any,
    by: str | None,
    facts: dict[str, Any],
    notes: list[Note],
    *,
    nested: bool,
) -> Result:
    import pandas as pd

    if found.empty or not found["n"].sum():
        raise UserError("journeys.nobody", found=rules.names[0])
    first = "share_of_first" if nested else "share_of_all"
    rows: list[dict[str, Any]] = []
    for one in found.to_dict("records"):
        for j, name in enumerate(rules.names):
            n = one["n"]
            low, high, _ = (
                float(x) for x in clustered(one[f"h{j}"], n, one[f"hh{j}"], one[f"hn{j}"], one["nn"], one["m"])
            )
            row = {"group": one["g"], "step": name, "cases": int(one[f"h{j}"])}
            row |= {first: one[f"h{j}"] / n, f"{first}_low": low, f"{first}_high": high}
            if nested and not j:
                row |= {f"{first}_low": float("nan"), f"{first}_high": float("nan")}  # 1 by definition, not by chance
            row |= dict.fromkeys(("share_of_previous", "share_of_previous_low", "share_of_previous_high"), float("nan"))
            if j and one[f"n{j}"]:
                n = one[f"n{j}"]
                low, high, _ = (
                    float(x)
                    for x in clustered(one[f"q{j}"], n, one[f"qq{j}"], one[f"qn{j}"], one[f"nn{j}"], one[f"m{j}"])
                )
                row |= {
                    "share_of_previous": one[f"q{j}"] / n,
                    "share_of_previous_low": low,
                    "share_of_previous_high": high,
                }
            if nested:
                row["lost_cases"] = None if not j else rows[-1]["cases"] - row["cases"]
                row["drop_off_share"] = 1 - row["share_of_previous"]
                row["drop_off_share_low"] = 1 - row["share_of_previous_high"]
                row["drop_off_share_high"] = 1 - row["share_of_previous_low"]
            rows.append(row)
    table = pd.DataFrame(rows)
    if nested:
        table["lost_cases"] = table["lost_cases"].astype("Int64")
    if by is None:
        table = table.drop(columns="group")
    else:
        table = _compared(table, first, len(rules.names), found)
    facts = {"n": int(found["n"].sum()), "persons": int(found["m"].sum()), "steps": len(rules.names), **facts}
    facts |= {"first_step": rules.names[0], "last_step": rules.names[-1], "open": log.facts["open"]}
    ends = table[table["step"] == rules.names[-1]].iloc[0]
    facts |= {"last_cases": int(ends["cases"])} | {
        f"last_share{e}": float(ends[f"{first}{e}"]) for e in ("", "_low", "_high")
    }
    facts |= _narrowest(table[table["group"].eq(table["group"].iloc[0])] if by else table)
    if by is not None:
        facts |= {"groups": len(found), "first_group": found["g"].iloc[0]}
    if log.facts["open"]:
        notes.append(Note("journeys.note.open", {"n": log.facts["open"]}))
    units = {"step": "text", "cases": "count", "lost_cases": "count", "verdict": "mark"}
    names = (first, "share_of_previous", "drop_off_share", "difference")
    units |= {f"{c}{e}": "share" for c in names for e in ("", "_low", "_high")}
    params = {"steps": list(rules.names), "rules": rules.told(), "by": by, "whole": first}
    return Result(
        kind, table, params | {"units": {c: units[c] for c in table if c in units}}, facts, tuple(notes), log.source
    )


def _narrowest(table: Any) -> dict[str, Any]:
    """The step at which most are lost, and whether that can be told from the next worst."""
    some = table[table["share_of_previous"].notna()].sort_values("share_of_previous")
    if some.empty:
        return dict.fromkeys(
            ("worst_step", "worst_share", "worst_share_low", "worst_share_high", "worst_previous", "second_step")
        ) | {"verdict": "too_few", "worst_n": 0}
    worst = some.iloc[0]
    names = list(table["step"])
    previous = names[names.index(worst["step"]) - 1]
    n = int(table.loc[table["step"] == previous, "cases"].iloc[0])
    out = {"worst_step": worst["step"], "worst_previous": previous, "worst_n": n}
    out |= {
        "worst_share": 1 - float(worst["share_of_previous"]),
        "worst_share_low": 1 - float(worst["share_of_previous_high"]),
        "worst_share_high": 1 - float(worst["share_of_previous_low"]),
    }
    verdict, second = "too_few", None
    if len(some) > 1:
        two = [
            tuple(float(r[f"share_of_previous{e}"]) for e in ("", "_low", "_high")) for _, r in some.iloc[:2].iterrows()
        ]
        _, low, high = gap_of(two[1], two[0])
        second = some.iloc[1]["step"]
        verdict = verdict_of(low, high, 0.0, n)
    return out | {"verdict": verdict, "second_step": second}


def _compared(table: Any, first: str, many: int, found: Any) -> Any:
    """Every group beside the first: the difference of each step's share, with Newcombe's interval and a verdict."""
    table = table.copy()
    out = []
    for k, (_, row) in enumerate(table.iterrows()):
        base = table.iloc[k % many]
        one, other = (tuple(float(r[f"{first}{e}"]) for e in ("", "_low", "_high")) for r in (row, base))
        if k < many or one[1] != one[1]:
            out.append((float("nan"),) * 3 + (None,))
            continue
        gap, low, high = gap_of(one, other)
        persons = min(found["m"].iloc[k // many], found["m"].iloc[0])
        out.append((gap, low, high, verdict_of(low, high, 0.0, persons)))
    for place, name in enumerate(("difference", "difference_low", "difference_high", "verdict")):
        table[name] = [o[place] for o in out]
    return table
