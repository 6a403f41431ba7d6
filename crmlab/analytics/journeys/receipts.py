"""Between purchase and receipt: the moment of truth that online shops made, promised against kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...errors import UserError
from ...results import Note, Result
from .shares import clustered, ratio_of_means, verdict_of

if TYPE_CHECKING:
    from .events import Log

__all__ = ["receipt_gap"]


def receipt_gap(
    log: Log, purchase: str, receipt: str, *, bands: Sequence[int] = (0, 3), again_days: int | None = None
) -> Result:
    """How long people wait for what they bought, how late it came, and whether they buy again.

    Parameters
    ----------
    log : Log
        With ``about_id`` (the order), and ``due_at`` on one of the two events.
    purchase, receipt : str
        Touchpoints.
    bands : sequence of int
        Days late up to which each band reaches: ``(0, 3)`` makes on time, 1 to 3 days, more than 3.
    again_days : int, optional
        Within so many days of the purchase the same person buys again. Purchases younger than this are left out of that
        share.

    Returns
    -------
    Result
        Kind ``journeys.receipt_gap``: per band ``orders``, ``order_share`` and ``again_share`` with intervals,
        ``ratio`` to
        the first band with interval, ``wait_days`` (mean), and a ``verdict``.
    """
    import pandas as pd

    log.need("about_id", "due_at")
    edges = list(bands)
    whole = all(isinstance(b, int) and not isinstance(b, bool) for b in edges)
    if not edges or not whole or edges != sorted(set(edges)) or edges[0] < 0:
        raise UserError("journeys.bad_bands", found=str(bands))
    if again_days is not None and (isinstance(again_days, bool) or not isinstance(again_days, int) or again_days < 1):
        raise UserError("journeys.bad_number", name="again_days", found=again_days, least=1)
    bought, got = log.code(purchase), log.code(receipt)
    place = (
        "CASE " + " ".join(f"WHEN late <= {high} THEN {k}" for k, high in enumerate(edges)) + f" ELSE {len(edges)} END"
    )
    window = again_days or 0
    with log.store.guarded() as cursor:
        cursor.execute(
            f"""CREATE OR REPLACE TEMP TABLE orders AS SELECT b.o, b.p, b.ts AS bought, g.ts AS got, coalesce(g.due,
                b.due) AS due
            FROM (SELECT o, any_value(p) AS p, min(ts) AS ts, min(due) AS due FROM events WHERE t = {bought} AND o IS
            NOT NULL GROUP BY o) b
            LEFT JOIN (SELECT o, min(ts) AS ts, min(due) AS due FROM events WHERE t = {got} AND o IS NOT NULL GROUP BY
            o) g USING (o)"""
        )
        every, missing, undue, negative, overdue = cursor.execute(
            f"""SELECT count(*), count(*) FILTER (got IS NULL), count(*) FILTER (got IS NOT NULL AND due IS NULL),
            count(*) FILTER (CAST(got AS DATE) < CAST(bought AS DATE)),
            count(*) FILTER (got IS NULL AND due < TIMESTAMP '{log.as_of}') FROM orders"""
        ).fetchone()
        cursor.execute(
            f"""CREATE OR REPLACE TEMP TABLE days AS SELECT p, d, lead(d) OVER (PARTITION BY p ORDER BY d) - d AS gap
                FROM
            (SELECT DISTINCT p, CAST(ts AS DATE) AS d FROM events WHERE t = {bought})"""
        )
        cursor.execute(
            f"""CREATE OR REPLACE TEMP TABLE kept AS SELECT x.p, {place} AS b, wait, late, coalesce(gap <= {window},
                FALSE) AS again,
            CAST(TIMESTAMP '{log.as_of}' AS DATE) - CAST(bought AS DATE) >= {window} AS ripe FROM
            (SELECT *, date_diff('day', CAST(bought AS DATE), CAST(got AS DATE)) AS wait,
             greatest(0, date_diff('day', CAST(due AS DATE), CAST(got AS DATE))) AS late FROM orders
             WHERE due IS NOT NULL AND CAST(got AS DATE) >= CAST(bought AS DATE)) x
            LEFT JOIN days ON days.p = x.p AND days.d = CAST(x.bought AS DATE)"""
        )
        found = cursor.execute(
            """WITH per AS (SELECT b, p, count(*) AS k, count(*) FILTER (ripe) AS r, count(*) FILTER (ripe AND again)
                AS a,
                sum(wait) AS w, sum(late) AS l FROM kept GROUP BY b, p),
            m AS (SELECT p, sum(k) AS m FROM per GROUP BY p)
            SELECT b, sum(k) AS h, sum(k * k) AS hh, sum(k * m) AS hn, sum(w) AS w, sum(l) AS l, sum(a) AS a, sum(a *
            a) AS aa,
                sum(a * r) AS ar, sum(r) AS r, sum(r * r) AS rr, count(*) FILTER (r > 0) AS rp FROM per JOIN m USING (p)
            GROUP BY b ORDER BY b"""
        ).df()
        n, n2, persons = cursor.execute(
            "SELECT sum(m), sum(m * m), count(*) FROM (SELECT p, count(*) AS m FROM kept GROUP BY p)"
        ).fetchone()
    if found.empty:
        raise UserError("journeys.no_receipts", purchase=purchase, receipt=receipt)
    names = ["on_time" if not edges[0] else f"days_0_to_{edges[0]}"]
    names += [f"days_{a + 1}_to_{b}" for a, b in zip(edges, edges[1:], strict=False)] + [f"over_{edges[-1]}_days"]
    low, high, _ = clustered(found["h"], n, found["hh"], found["hn"], n2, persons)
    table = pd.DataFrame(
        {
            "band": [names[int(b)] for b in found["b"]],
            "orders": found["h"].astype(int),
            "order_share": found["h"] / n,
            "order_share_low": low,
            "order_share_high": high,
            "wait_days": found["w"] / found["h"],
        }
    )
    if again_days is not None:
        low, high, effect = clustered(found["a"], found["r"], found["aa"], found["ar"], found["rr"], found["rp"])
        share = found["a"] / found["r"]
        table["asked"] = found["r"].astype(int)
        table["again_share"], table["again_share_low"], table["again_share_high"] = share, low, high
        rows = []
        for k in range(len(found)):
            if not k:
                rows.append((float("nan"),) * 3 + (None,))
                continue
            one, first = ((float(share[j]), float(found["r"][j] / effect[j]), int(found["rp"][j])) for j in (k, 0))
            ratio, a, b = ratio_of_means(one, first)
            rows.append((ratio, a, b, verdict_of(a, b, 1.0, min(one[2], first[2]))))
        for place_, name in enumerate(("ratio", "ratio_low", "ratio_high", "verdict")):
            table[name] = [r[place_] for r in rows]
    first, last = table.iloc[0], table.iloc[-1]
    facts = {"n": int(n), "persons": int(persons), "purchases": every, "not_received": missing, "overdue": overdue}
    facts |= {
        "again_days": again_days,
        "wait_days": float(found["w"].sum() / n),
        "late_days": float(found["l"].sum() / n),
    }
    facts |= {"first_band": first["band"], "last_band": last["band"]}
    facts |= {f"on_time_share{e}": float(first[f"order_share{e}"]) for e in ("", "_low", "_high")}
    for side, row in (("first", first), ("last", last)):
        facts |= {
            f"{side}_again{e}": float(row[f"again_share{e}"]) if again_days else None for e in ("", "_low", "_high")
        }
    facts |= {f"ratio{e}": float(last[f"ratio{e}"]) if again_days else None for e in ("", "_low", "_high")}
    facts["verdict"] = last["verdict"] if again_days else None
    notes = list(log.notes)
    for code, count in (("not_received", missing), ("no_promise", undue), ("before_purchase", negative)):
        if count:
            notes.append(Note(f"journeys.note.{code}", {"n": count, "overdue": overdue}))
    young = int(found["h"].sum() - found["r"].sum())
    if again_days is not None and young:
        notes.append(Note("journeys.note.too_young", {"n": young, "within": f"{again_days}d"}))
    units = {"band": "text", "orders": "count", "asked": "count", "wait_days": "number", "verdict": "mark"}
    units |= {
        f"{c}{e}": u
        for c, u in (("order_share", "share"), ("again_share", "share"), ("ratio", "number"))
        for e in ("", "_low", "_high")
    }
    params = {"purchase": purchase, "receipt": receipt, "bands": tuple(edges), "again_days": again_days}
    return Result(
        "journeys.receipt_gap", table, params | {"units": {c: units[c] for c in table}}, facts, tuple(notes), log.source
    )
