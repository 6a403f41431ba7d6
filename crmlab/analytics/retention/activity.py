"""Where there are no contracts nobody says goodbye: who is active, who is silent, who comes back.

Silence is not loss: a window of days decides what is called silent, so the window is always asked for, and beside the
answer stands what other windows would say, and how many of those who were as silent before have bought again since.
"""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...intervals import bunched, newcombe, verdict_of, wilson
from ...results import Note, Result, Source
from .tables import dates_of, day_of, frame_of, number, period_of, purchases

__all__ = ["active", "movements", "repeat_share"]

_WINDOWS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)  # times the window that was asked for


def active(
    sales: Any,
    *,
    as_of: Any,
    window_days: int,
    follow_up_days: int | None = None,
    source: Source | None = None,
) -> Result:
    """Who bought within the last days, and how much hangs on the number of days.

    Parameters
    ----------
    sales : DataFrame, pyarrow.Table or path to Parquet
        ``customer_id``, ``ordered_at``, ``amount``; ``order_id`` and ``status`` where known.
    as_of : date
        The day on which the question is asked; what comes after it is left out.
    window_days : int
        Who bought within so many days up to ``as_of`` is active; who did not is silent.
    follow_up_days : int, optional
        How far back the windows are tried: silent so many days ago, bought again since? The window by default.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.active``: per window ``active``, ``silent`` and ``silent_share``; and of those who would have
        been called silent ``follow_up_days`` earlier (``silent_before``) how many ``returned``: the share of false
        alarms, with Wilson's interval. ``chosen`` marks the window asked for.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"customer_id": [1, 2, 3], "amount": 5, "order_id": [1, 2, 3],
    ...                       "ordered_at": pd.to_datetime(["2020-12-01", "2020-06-01", "2020-01-01"])})
    >>> found = active(sales, as_of="2020-12-31", window_days=90)
    >>> found.facts["active"], found.facts["silent"]
    (1, 2)
    """
    import pandas as pd

    window = number(window_days, "window_days", least=1, whole=True)
    follow = number(follow_up_days or window, "follow_up_days", least=1, whole=True)
    con, notes, last = purchases(sales, as_of)
    gaps = con.execute(
        "SELECT count(*), median(gap), quantile_cont(gap, 0.9) FROM (SELECT day - lag(day) OVER "
        "(PARTITION BY customer ORDER BY day) AS gap FROM days WHERE buys) WHERE gap IS NOT NULL"
    ).fetchall()[0]
    con.execute(
        "CREATE TABLE seen AS SELECT customer, max(day) AS latest, min(day) AS earliest, "
        "max(day) FILTER (day <= CAST(? AS DATE) - ?) AS latest_before FROM days WHERE buys GROUP BY 1",
        [last.date(), follow],
    )
    oldest = con.execute("SELECT min(earliest) FROM seen").fetchall()[0][0]
    history = (last.date() - oldest).days
    rows = []
    for days in sorted({max(1, round(window * k)) for k in _WINDOWS}):
        n, silent, before, returned = con.execute(
            "SELECT count(*), count(*) FILTER (latest <= CAST(? AS DATE) - ?), "
            "count(*) FILTER (latest_before <= CAST(? AS DATE) - ? - ?), "
            "count(*) FILTER (latest_before <= CAST(? AS DATE) - ? - ? AND latest > CAST(? AS DATE) - ?) FROM seen",
            [last.date(), days, last.date(), follow, days, last.date(), follow, days, last.date(), follow],
        ).fetchall()[0]
        if days >= history and days != window:
            continue  # nobody can have been silent for longer than the table reaches
        low, high = (float(x) for x in wilson(returned, before))
        rows.append(
            {
                "window_days": days,
                "customers": n,
                "active": n - silent,
                "silent": silent,
                "silent_share": silent / n,
                "silent_before": before,
                "returned": returned,
                "returned_share": returned / before if before else float("nan"),
                "returned_share_low": low,
                "returned_share_high": high,
                "chosen": days == window,
            }
        )
    table = pd.DataFrame(rows)
    chosen = next(r for r in rows if r["chosen"])
    facts = {k: None if v != v else v for k, v in chosen.items() if k != "chosen"}
    facts |= {
        "n": chosen["customers"],
        "follow_up_days": follow,
        "least_silent_share": min(r["silent_share"] for r in rows),
        "most_silent_share": max(r["silent_share"] for r in rows),
        "gaps": gaps[0],
        "median_gap_days": gaps[1],
        "gap_90_days": gaps[2],
        "last": last,
    }
    notes.append(Note("retention.note.census", {"n": chosen["customers"]}))
    if history < window + follow:
        notes.append(Note("retention.note.short_history", {"days": history, "needed": window + follow}))
    units = {
        "window_days": "count",
        "customers": "count",
        "active": "count",
        "silent": "count",
        "silent_share": "share",
        "silent_before": "count",
        "returned": "count",
        "returned_share": "share",
        "returned_share_low": "share",
        "returned_share_high": "share",
        "chosen": "mark",
    }
    params = {"as_of": last, "window_days": window, "follow_up_days": follow, "units": units}
    return Result("retention.active", table, params, facts, tuple(notes), source)


def movements(sales: Any, *, as_of: Any, period: str = "year", source: Source | None = None) -> Result:
    """Acquired, reactivated, retained, lost without contracts: start + acquired + reactivated − lost = end.

    Parameters
    ----------
    sales : DataFrame, pyarrow.Table or path to Parquet
    as_of : date
    period : {"month", "quarter", "year"}
        Who bought in a period is a customer of that period: the period is the definition. A customer of the period
        before who did not buy is a loss to it (``losses``), and may be ``reactivated`` later.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.movements``. ``retention_share`` is ``retained / at_start``, blank for the first period
        (nothing is known of the one before) and for one that ends after ``as_of``; among the facts that of all periods,
        with an interval that knows that a customer's periods are alike.
    """
    import pandas as pd

    letter = period_of(period)
    con, notes, last = purchases(sales, as_of)
    con.execute(
        f"CREATE TABLE periods AS SELECT DISTINCT customer, date_diff('{period}', DATE '1970-01-01', day) AS p "
        "FROM days WHERE buys"
    )
    came = con.execute(
        "SELECT p, count(*), count(*) FILTER (was IS NULL), count(*) FILTER (was < p - 1), "
        "count(*) FILTER (was = p - 1) "
        "FROM (SELECT p, lag(p) OVER (PARTITION BY customer ORDER BY p) AS was FROM periods) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    counts = {r[0]: r[1:] for r in came}
    first, final = came[0][0], pd.Period(last, freq=letter).ordinal
    rows = []
    for p in range(first, final + 1):  # a period without a sale is a period too
        one = pd.Period(ordinal=p, freq=letter)
        end, acquired, reactivated, retained = counts.get(p, (0, 0, 0, 0))
        start = rows[-1]["at_end"] if rows else 0
        complete = one.end_time.normalize() <= last
        share = retained / start if start and complete else float("nan")
        rows.append(
            {
                "period": str(one),
                "at_start": start,
                "acquired": acquired,
                "reactivated": reactivated,
                "losses": start - retained,
                "at_end": end,
                "retained": retained,
                "retention_share": share,
                "at_risk": start if complete else 0,
            }
        )
        if not complete:
            notes.append(Note("retention.note.incomplete", {"period": str(one), "as_of": last}))
    table = pd.DataFrame(rows)
    hits = table["retained"].where(table["at_risk"] > 0, 0)
    table["retention_share_low"], table["retention_share_high"] = wilson(hits, table["at_risk"])
    notes.append(Note("retention.note.first_period", {"period": rows[0]["period"]}))
    # a customer is at risk again in every period that he stays: his periods are no independent cases
    each = con.execute(
        "SELECT count(*) FILTER (next = p + 1), count(*) FROM (SELECT customer, p, lead(p) OVER (PARTITION BY customer "
        "ORDER BY p) AS next FROM periods) WHERE p < ? GROUP BY customer",
        [final if complete else final - 1],
    ).fetchnumpy()
    kept, at_risk = int(hits.sum()), int(table["at_risk"].sum())
    low, high = bunched(*each.values()) if at_risk else (None, None)
    facts = {c: int(table[c].sum()) for c in ("acquired", "reactivated", "losses")}
    facts |= {"at_start": 0, "at_end": rows[-1]["at_end"], "n": at_risk, "retained": kept, "periods": len(rows)}
    facts |= {"retention_share": kept / at_risk if at_risk else None}
    facts |= {"retention_share_low": low, "retention_share_high": high}
    facts |= {"first": rows[0]["period"], "last": last}
    counts_ = dict.fromkeys(("at_start", "acquired", "reactivated", "losses", "at_end", "retained"), "count")
    shares = dict.fromkeys(("retention_share", "retention_share_low", "retention_share_high"), "share")
    units = {"period": "text", **counts_, **shares}
    params = {"as_of": last, "period": period, "units": units}
    return Result("retention.movements", table[list(units)], params, facts, tuple(notes), source)


def repeat_share(
    orders: Any, *, by: str, within_days: int, as_of: Any, of: Any = None, source: Source | None = None
) -> Result:
    """How many buy again within so many days, by what happened with an order.

    Parameters
    ----------
    orders : DataFrame
        One row an order: ``customer_id``, ``ordered_at`` and the column ``by`` (how late the parcel was, say).
    by : str
        Groups in the order in which they first come; the first group that is there is what the others are compared to.
    within_days : int
        Orders younger than this on ``as_of`` are left out: what their customers do is not known yet.
    as_of : date
    of : DataFrame, optional
        All orders of the shop, where ``orders`` are only some of them: who buys again may buy anything.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.repeat``: per group ``repeat_share`` with interval, its ``difference`` from the first group
        with interval, and a ``verdict``. One customer's orders are alike: intervals are widened by the design effect.
    """
    import pandas as pd

    within = number(within_days, "within_days", least=1, whole=True)
    last = day_of(as_of)
    frame = frame_of(orders, ("customer_id", "ordered_at", by), "orders")
    every = frame_of(orders if of is None else of, ("customer_id", "ordered_at"), "orders")
    some = pd.DataFrame({"customer": frame["customer_id"], "day": dates_of(frame, "ordered_at", "orders")})
    some["group"] = frame[by].to_numpy()
    visits = pd.DataFrame({"customer": every["customer_id"], "day": dates_of(every, "ordered_at", "orders")})
    if "status" in every:
        visits = visits[every["status"].astype("string").str.lower().ne("cancelled").fillna(True).to_numpy()]
    visits = pd.concat([visits, some[["customer", "day"]]]).dropna().drop_duplicates()
    visits = visits[visits["day"] <= last].sort_values(["customer", "day"], ignore_index=True)
    gap = (visits.groupby("customer", sort=False)["day"].shift(-1) - visits["day"]).dt.days
    visits["again"] = (gap <= within).astype(float)
    notes = []
    known = some.dropna(subset=["customer", "day", "group"])
    if len(known) < len(some):
        notes.append(Note("retention.note.unknown_rows", {"n": len(some) - len(known)}))
    ripe = known[known["day"] <= last - pd.Timedelta(days=within)]
    if len(ripe) < len(known):
        notes.append(Note("retention.note.too_young", {"n": len(known) - len(ripe), "days": within}))
    if ripe.empty:
        raise UserError("retention.empty", table="orders")
    joined = ripe.merge(visits, on=["customer", "day"])
    rows: list[dict[str, Any]] = []
    for group in joined["group"].drop_duplicates().sort_values(key=_categories(frame[by])):
        one = joined[joined["group"] == group]
        n, hits = len(one), int(one["again"].sum())
        p = hits / n
        effect = _design_effect(one["customer"], one["again"] - p)
        low, high = (float(x) for x in wilson(hits / effect, n / effect))
        row = {by: group, "orders": n, "repeated": hits, "repeat_share": p}
        row |= {"repeat_share_low": low, "repeat_share_high": high, "design_effect": effect}
        row |= dict.fromkeys(("difference", "difference_low", "difference_high"), float("nan")) | {"verdict": None}
        if rows:
            row |= _difference(row, rows[0])
        rows.append(row)
    table = pd.DataFrame(rows)
    first, worst = rows[0], min(rows, key=lambda r: r["repeat_share"])
    facts = {
        "n": len(joined),
        "customers": int(joined["customer"].nunique()),
        "groups": len(rows),
        "within_days": within,
    }
    facts |= {"first_group": first[by], "first_share": first["repeat_share"]}
    facts |= {"worst_group": worst[by]} | {f"worst_share{e}": worst[f"repeat_share{e}"] for e in ("", "_low", "_high")}
    units = {"orders": "count", "repeated": "count", "design_effect": "number", "verdict": "mark"}
    units |= {f"{c}{e}": "share" for c in ("repeat_share", "difference") for e in ("", "_low", "_high")}
    params = {"by": by, "within_days": within, "as_of": last, "units": units}
    return Result("retention.repeat", table, params, facts, tuple(notes), source)


def _categories(column: Any) -> Any:
    """An order of groups: that of a categorical column, else as they first come."""
    import pandas as pd

    known = (
        list(column.cat.categories) if isinstance(column.dtype, pd.CategoricalDtype) else list(column.dropna().unique())
    )
    places = {value: i for i, value in enumerate(known)}
    return lambda values: values.map(places).astype(int)


def _design_effect(cluster: Any, residual: Any) -> float:
    """How much wider customers' own likeness makes the variance than independent orders would have it; at least 1."""
    alone = float((residual**2).sum())
    if alone == 0:
        return 1.0
    together = float((residual.groupby(cluster.to_numpy()).sum() ** 2).sum())
    return max(1.0, together / alone)


def _difference(row: dict[str, Any], first: dict[str, Any]) -> dict[str, Any]:
    """Newcombe's interval of a difference of two shares, of as many orders as would be as unsure."""
    (hits, n), (other_hits, other_n) = (
        (r["repeated"] / r["design_effect"], r["orders"] / r["design_effect"]) for r in (row, first)
    )
    low, high = newcombe(hits, n, other_hits, other_n)
    return {
        "difference": row["repeat_share"] - first["repeat_share"],
        "difference_low": low,
        "difference_high": high,
        "verdict": verdict_of(low, high, 0.0, min(row["repeated"], row["orders"] - row["repeated"])),
    }
