"""Attribution: whose merit a purchase is, by six rules side by side, and how far they disagree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...intervals import wilson
from ...results import Note, Result
from .events import seconds_of
from .rules import read_rules

if TYPE_CHECKING:
    from .events import Log

__all__ = ["RULES", "attribution"]

RULES = ("first", "last", "linear", "time_decay", "position", "removal")
_GROUPS = 60  # of persons, left out one after the other


def attribution(
    log: Log,
    conversion: str,
    *,
    of: str = "channel",
    rules: Sequence[str] = RULES,
    within: Any = "30d",
    half_life: Any = "7d",
    touches: str | None = None,
) -> Result:
    """What each channel is credited with, by each rule.

    Parameters
    ----------
    log : Log
    conversion : str
        The touchpoint at which something is won; its ``value`` is shared out where every conversion has one, else each
        counts 1.
    of : {"channel", "touchpoint"}
        What gets the credit.
    rules : sequence
        ``first``, ``last``, ``linear``, ``time_decay`` (halved every ``half_life`` before the conversion),
        ``position`` (40 %
        the first, 40 % the last, 20 % those between), ``removal`` (what share of conversions a Markov chain of the
        first
        order loses without it).
    within : duration
        Only touches so long before the conversion count, and none from before the person's previous conversion.
    half_life : duration
    touches : str, optional
        A sentence about which events are touches at all; by default all but conversions.

    Returns
    -------
    Result
        Kind ``journeys.attribution``: per channel its ``<rule>_share`` of all that was won, with interval, and
        ``spread_share``: the largest share less the smallest. Conversions without a touch stand in a row of their own.
        Facts: ``disagreement``, the share of all credit that moves to another channel between the two rules that
        differ most.

    Examples
    --------
    >>> from crmlab.analytics.journeys import event_log
    >>> log = event_log({"person_id": [1] * 4, "touchpoint": ["ad", "mail", "chat", "order"], "value": [0, 0, 0, 90],
    ...                  "occurred_at": [f"2020-01-0{d}" for d in (1, 2, 3, 4)]}, as_of="2020-12-31")
    >>> told = attribution(log, "order", of="touchpoint", rules=["linear", "position"])
    >>> shares = told.table.set_index("touchpoint")[["linear_share", "position_share"]].sort_index()
    >>> shares.mul(90).round(6).T.values.tolist()
    [[30.0, 30.0, 30.0], [36.0, 36.0, 18.0]]
    """
    import numpy as np
    import pandas as pd

    if of not in ("channel", "touchpoint"):
        raise UserError("journeys.bad_choice", name="of", found=of, wanted=["channel", "touchpoint"])
    log.need(of)
    for rule in rules:
        if rule not in RULES:
            raise UserError(
                "journeys.bad_choice", name="rules", found=rule, wanted=list(RULES), near=suggest(rule, RULES)
            )
    if not rules:
        raise UserError("journeys.bad_choice", name="rules", found="", wanted=list(RULES))
    names = log.channels if of == "channel" else log.touchpoints
    key = "ch" if of == "channel" else "t"
    won, window, half = log.code(conversion), seconds_of(within, "within"), seconds_of(half_life, "half_life")
    _runs(log, won, key, window, touches)
    n, valued, known, value, people, left_open, aged = log.rows(
        """SELECT count(*), count(value), coalesce(sum(value), 0) > 0, sum(value), count(DISTINCT p),
        (SELECT count(*) FROM lost WHERE NOT over), (SELECT count(*) FROM too_old) FROM conversions"""
    )[0]
    if not n:
        raise UserError("journeys.nobody", found=conversion)
    money = "value" in log.has and valued == n and bool(known)
    worth = "value" if money else "1.0"
    untouched, without = log.rows(f"SELECT coalesce(sum({worth}), 0), count(*) FROM conversions WHERE m IS NULL")[0]
    total = float(value) if money else float(n)
    plain = [r for r in rules if r != "removal"]
    shares, ends, told = {}, {}, []
    if plain:
        told = _credited(log, plain, half, worth, total)
        for rule in plain:
            shares[rule], ends[rule] = told[rule]
    used = sorted(
        {k for r in plain for k in shares[r]}
        | {r[0] for r in log.rows("SELECT DISTINCT k FROM touched WHERE k IS NOT NULL")}
    )
    if not used:
        raise UserError("journeys.no_touches", found=conversion, within=str(within))
    chain: dict[str, Any] = {"rate": None, "paths": 0}
    if "removal" in rules:
        shares["removal"], ends["removal"], chain = _removed(log, used, (total - float(untouched)) / total)
    # the threads add up in any order: the digits beyond are not the same twice
    shares = {r: {k: round(v, 12) for k, v in one.items()} for r, one in shares.items()}
    ends = {r: {k: (round(a, 12), round(b, 12)) for k, (a, b) in one.items()} for r, one in ends.items()}
    rows = []
    touched = dict(log.rows("SELECT k, count(*) FROM touched WHERE k IS NOT NULL GROUP BY k"))
    helped = dict(log.rows("SELECT k, count(DISTINCT (p, run)) FROM touched WHERE k IS NOT NULL AND won GROUP BY k"))
    for k in used:
        row: dict[str, Any] = {of: names[k], "touches": touched.get(k, 0), "conversions": helped.get(k, 0)}
        each = {r: shares[r].get(k, 0.0) for r in rules}
        row |= {f"{r}_share": each[r] for r in rules}
        row |= {"spread_share": max(each.values()) - min(each.values())}
        for r in rules:
            row[f"{r}_share_low"], row[f"{r}_share_high"] = ends[r].get(k, (np.nan, np.nan))
        top, least = max(each, key=each.get), min(each, key=each.get)
        row |= {"verdict": _apart(row[f"{top}_share_low"], row[f"{least}_share_high"], len(rules), helped.get(k, 0))}
        rows.append(row)
    rows.sort(key=lambda r: (-sum(r[f"{x}_share"] for x in rules), r[of]))
    if without:
        alone = float(untouched) / total
        rows.append(
            {of: "no_touch", "touches": 0, "conversions": without}
            | {f"{r}_share": alone for r in rules}
            | {"spread_share": 0.0}
        )
    table = pd.DataFrame(rows)
    apart = {
        (a, b): 0.5 * sum(abs(shares[a].get(k, 0.0) - shares[b].get(k, 0.0)) for k in used)
        for i, a in enumerate(rules)
        for b in rules[i + 1 :]
    }
    pair = max(apart, key=apart.get) if apart else (rules[0], rules[0])
    facts: dict[str, Any] = {"n": n, "persons": people, "total": total, "money": money, "without_touch": without}
    facts |= {"disagreement": apart.get(pair, 0.0), "one_rule": pair[0], "other_rule": pair[1], "rules": len(rules)}
    facts |= {"first_of": rows[0][of], "rate": chain["rate"], "paths": chain["paths"], "open": left_open}
    widest = max(rows, key=lambda r: r["spread_share"])
    facts |= {"widest": widest[of], "widest_spread": widest["spread_share"]}
    each = {r: widest[f"{r}_share"] for r in rules}
    facts |= {"widest_most_rule": max(each, key=each.get), "widest_most": max(each.values())}
    facts |= {"widest_least_rule": min(each, key=each.get), "widest_least": min(each.values())}
    notes = list(log.notes)
    for code, count in (("without_touch", without), ("too_old", aged), ("open_runs", left_open)):
        if count:
            notes.append(Note(f"journeys.note.{code}", {"n": count, "within": str(within)}))
    if "value" in log.has and not money:
        notes.append(Note("journeys.note.not_valued", {"n": n - valued}))
    units = {of: "text", "touches": "count", "conversions": "count", "spread_share": "share", "verdict": "mark"}
    units |= {f"{r}_share{e}": "share" for r in rules for e in ("", "_low", "_high")}
    params = {
        "conversion": conversion,
        "of": of,
        "rules": tuple(rules),
        "within": str(within),
        "half_life": str(half_life),
    }
    return Result("journeys.attribution", table, params | {"units": units}, facts, tuple(notes), log.source)


def _apart(low: Any, high: Any, rules: int, n: int) -> str | None:
    if rules < 2:
        return None
    if low != low or high != high or n < 10:
        return "too_few"
    return "real" if low > high else "noise"


def _runs(log: Log, won: int, key: str, window: float, touches: str | None) -> None:
    """The tables ``touched`` (touches that count, in order), ``conversions``, ``lost`` (runs that led to none)."""
    counts = "TRUE"
    source = "events"
    if touches is not None:
        joins = log.marks(read_rules({"touch": touches}, "touches"))
        on = " AND ".join(f"e.{j} IS NOT DISTINCT FROM marks.{j}" for j in joins)
        source = f"(SELECT e.*, marks.m FROM events e LEFT JOIN marks ON {on})"  # both hold what the rules speak of
        counts = "m IS NOT NULL"
    with log.store.guarded() as cursor:
        value = "value" if "value" in log.has else "CAST(NULL AS DOUBLE)"
        cursor.execute(
            f"""CREATE OR REPLACE TEMP TABLE lined AS SELECT p, ts, c, i, {key} AS k, t = {won} AS won, {value} AS
                value,
            coalesce(sum(CASE WHEN t = {won} THEN 1 ELSE 0 END) OVER (PARTITION BY p ORDER BY ts, c, i
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS run
            FROM {source} WHERE t = {won} OR ({counts} AND {key} IS NOT NULL)"""
        )
        cursor.execute(
            """CREATE OR REPLACE TEMP TABLE ends AS SELECT p, run, bool_or(won) AS won,
            coalesce(max(ts) FILTER (won), max(ts)) AS ts FROM lined GROUP BY p, run"""
        )
        near = f"date_diff('second', l.ts, e.ts) <= {window:.0f}"
        cursor.execute(
            f"""CREATE OR REPLACE TEMP TABLE touched AS SELECT l.p, l.run, l.k, e.won, date_diff('second', l.ts, e.ts)
                AS age,
            row_number() OVER w AS place, count(*) OVER (PARTITION BY l.p, l.run) AS m
            FROM lined l JOIN ends e ON l.p = e.p AND l.run = e.run WHERE NOT l.won AND {near}
            WINDOW w AS (PARTITION BY l.p, l.run ORDER BY l.ts, l.c, l.i)"""
        )
        cursor.execute(
            "CREATE OR REPLACE TEMP TABLE too_old AS SELECT 1 FROM lined l JOIN ends e ON l.p = e.p AND l.run = e.run"
            f" WHERE NOT l.won AND NOT {near}"
        )
        cursor.execute(
            """CREATE OR REPLACE TEMP TABLE conversions AS SELECT l.p, l.run, l.value, x.m FROM lined l
            LEFT JOIN (SELECT p, run, max(m) AS m FROM touched GROUP BY p, run) x ON l.p = x.p AND l.run = x.run WHERE
            l.won"""
        )
        cursor.execute(
            f"""CREATE OR REPLACE TEMP TABLE lost AS SELECT p, run,
            date_diff('second', ts, TIMESTAMP '{log.as_of}') > {window:.0f} AS over FROM ends WHERE NOT won"""
        )


def _credited(log: Log, rules: Sequence[str], half: float, worth: str, total: float) -> dict[str, Any]:
    """By rule: channel -> share, channel -> interval (persons, not conversions, are what was drawn)."""
    from scipy import stats

    say = {
        "first": "CASE WHEN place = 1 THEN 1.0 ELSE 0.0 END",
        "last": "CASE WHEN place = t.m THEN 1.0 ELSE 0.0 END",
        "linear": "1.0 / t.m",
        "time_decay": f"pow(2.0, -age / {half}) / sum(pow(2.0, -age / {half})) OVER (PARTITION BY t.p, t.run)",
        "position": "CASE WHEN t.m = 1 THEN 1.0 WHEN t.m = 2 THEN 0.5"
        " WHEN place IN (1, t.m) THEN 0.4 ELSE 0.2 / (t.m - 2) END",
    }
    columns = ", ".join(f"({say[r]}) * {worth.replace('value', 'v.value')} AS {r}" for r in rules)
    sums = ", ".join(f"sum({r}) AS {r}" for r in rules)
    told = ", ".join(f"sum({r}), sum({r} * {r}), sum({r} * w)" for r in rules)
    found = log.rows(
        f"""WITH each AS (SELECT t.p, t.k, {columns} FROM touched t JOIN conversions v ON t.p = v.p AND t.run = v.run),
        per AS (SELECT p, k, {sums} FROM each GROUP BY p, k),
        whole AS (SELECT p, sum({worth}) AS w FROM conversions GROUP BY p)
        SELECT k, {told} FROM per JOIN whole USING (p) GROUP BY k"""
    )
    w2, persons = log.rows(
        f"SELECT sum(w * w), count(*) FROM (SELECT p, sum({worth}) AS w FROM conversions GROUP BY p)"
    )[0]
    out: dict[str, Any] = {}
    wider = (float(stats.t.ppf(0.975, max(persons - 1, 1))) / 1.959964) ** 2
    for place, rule in enumerate(rules):
        shares, ends = {}, {}
        for row in found:
            a, aa, aw = (float(x) for x in row[1 + 3 * place : 4 + 3 * place])
            share = a / total
            spread = max(aa - 2 * share * aw + share**2 * float(w2), 0) * persons / max(persons - 1, 1) / total**2
            shares[row[0]] = share
            if 0 < share < 1 and spread > 0 and persons >= 8:
                asked = share * (1 - share) / spread / wider
                ends[row[0]] = tuple(float(x) for x in wilson(share * asked, asked))
        out[rule] = (shares, ends)
    return out


def _removed(log: Log, used: Sequence[int], touched: float) -> tuple[dict[int, float], dict[int, Any], dict[str, Any]]:
    """The removal effects of a chain of the first order, with intervals by leaving out groups of persons."""
    import numpy as np
    from scipy import stats

    size = len(used)
    start, win, lose = size, size + 1, size + 2
    place = {k: i for i, k in enumerate(used)}
    # runs that led to nothing count once it is too late; conversions without a touch are no path
    found = log.rows(
        f"""WITH steps AS (SELECT p, run, k, place, m, won FROM touched t WHERE won OR (p, run) IN (SELECT (p, run)
            FROM lost WHERE over)),
        pairs AS (SELECT p, run, k AS a, lead(k) OVER (PARTITION BY p, run ORDER BY place) AS b, won, place FROM steps)
        SELECT hash(p) % {_GROUPS} AS g, a, b, won, sum(CASE WHEN place = 1 THEN 1 ELSE 0 END), count(*) FROM pairs
        GROUP BY ALL"""
    )
    counts = np.zeros((_GROUPS, size + 3, size + 3))
    for g, a, b, won, begins, many in found:
        to = place[b] if b is not None else (win if won else lose)
        counts[g, place[a], to] += many
        counts[g, start, place[a]] += begins
    paths = int(counts[:, start].sum())
    whole = counts.sum(axis=0)
    shares, rate = _effects(whole, size)
    told = {k: shares[i] * touched for k, i in place.items()}
    groups = [g for g in range(_GROUPS) if counts[g].any()]
    ends: dict[int, Any] = {}
    if len(groups) >= 20 and size > 1:
        # on the logit scale, where a share has room on both sides
        def logit(x: Any) -> Any:
            x = np.clip(x, 1e-6, 1 - 1e-6)
            return np.log(x / (1 - x))

        again = np.array([logit(_effects(whole - counts[g], size)[0] * touched) for g in groups])
        error = np.sqrt((len(groups) - 1) / len(groups) * ((again - again.mean(axis=0)) ** 2).sum(axis=0))
        half = stats.t.ppf(0.975, len(groups) - 1) * error
        middle = logit(shares * touched)
        for k, i in place.items():
            if 0 < shares[i] < 1:
                ends[k] = tuple(float(1 / (1 + np.exp(-(middle[i] + s * half[i])))) for s in (-1, 1))
    return told, ends, {"rate": rate, "paths": paths}


def _effects(counts: Any, size: int) -> tuple[Any, float]:
    """Each channel's removal effect as a share of all, and the chance of converting from the start."""
    import numpy as np

    left = counts[: size + 1].sum(axis=1, keepdims=True)
    P = np.divide(counts[: size + 1], left, out=np.zeros_like(counts[: size + 1]), where=left > 0)
    Q, r, start = P[:size, :size], P[:size, size + 1], P[size, :size]

    def chance(keep: Any) -> float:
        if not keep.any():
            return 0.0
        inside = np.eye(int(keep.sum())) - Q[np.ix_(keep, keep)]
        return float(start[keep] @ np.linalg.solve(inside, r[keep]))

    alive = left[:size, 0] > 0
    whole = chance(alive)
    if not whole:
        return np.zeros(size), 0.0
    effects = np.zeros(size)
    for i in range(size):
        keep = alive.copy()
        keep[i] = False
        effects[i] = 1 - chance(keep) / whole
    return effects / (effects.sum() or 1.0), whole
