"""The lifecycle: in which state every customer was month by month, by rules that a person can read and change.

The book's stages (Buttle; Lukas 2006, 4.1): suspect, prospect, first purchase, repeat, advocate. A suspect is nobody in
particular yet and stands in no table of customers; an advocate speaks well of the shop, which only a survey shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError, suggest
from ...intervals import wilson
from ...results import Note, Result, Source
from .tables import dates_of, day_of, frame_of, purchases

__all__ = ["STAGES", "lifecycle_states", "stage_rules", "transitions"]

_MEASURES = ("orders", "quiet_days", "tenure_days", "closed", "nps")
STAGES = ("suspect", "prospect", "first_purchase", "repeat_customer", "advocate", "lost_customer")
_RULES = (
    {"state": "lost_customer", "closed_from": 1},
    {"state": "lost_customer", "quiet_days_from": 365},
    {"state": "advocate", "orders_from": 2, "nps_from": 9},
    {"state": "repeat_customer", "orders_from": 2},
    {"state": "first_purchase", "orders_from": 1},
    {"state": "prospect"},
)


def stage_rules() -> Any:
    """The rules of the book's stages as a table to be read and changed: the first row that holds names the state.

    Each measure has a lower (``_from``) and an upper bound (``_to``), both included; an empty one does not bind.
    ``orders``: orders so far; ``quiet_days``: days since the last order, or since registering where there was none;
    ``tenure_days``: days since registering or first buying; ``closed``: 1 where the account was closed; ``nps``: the
    latest answer. Two rows may name the same state.

    Examples
    --------
    >>> stage_rules()["state"].tolist()
    ['lost_customer', 'lost_customer', 'advocate', 'repeat_customer', 'first_purchase', 'prospect']
    """
    import pandas as pd

    columns = ["state", *(f"{m}_{end}" for m in _MEASURES for end in ("from", "to"))]
    return pd.DataFrame(list(_RULES), columns=columns)


def _compiled(rules: Any) -> tuple[str, list[str]]:
    """The rules as one SQL expression of a state's place, and the states."""
    import pandas as pd

    table = stage_rules() if rules is None else pd.DataFrame(rules)
    if "state" not in table or table.empty or table["state"].isna().any():
        raise UserError("retention.rule_without_state", found=[str(c) for c in table.columns])
    known = [f"{m}_{end}" for m in _MEASURES for end in ("from", "to")]
    for column in table.columns:
        if column != "state" and column not in known:
            raise UserError("retention.unknown_rule", found=str(column), wanted=known, near=suggest(str(column), known))
    states = list(dict.fromkeys(str(s) for s in table["state"]))
    cases = []
    for row in table.to_dict("records"):
        tests = []
        for column in known:
            bound = row.get(column)
            if bound is None or bound != bound:
                continue
            if isinstance(bound, bool) or not isinstance(bound, int | float):
                raise UserError("retention.bad_rule", state=str(row["state"]), column=column, found=bound)
            measure, _, end = column.rpartition("_")
            tests.append(f"{measure} {'>=' if end == 'from' else '<='} {float(bound)!r}")
        cases.append(f"WHEN {' AND '.join(tests) or 'TRUE'} THEN {states.index(str(row['state']))}")
    return f"CASE {' '.join(cases)} END", states


def lifecycle_states(
    sales: Any,
    *,
    as_of: Any,
    rules: Any = None,
    customers: Any = None,
    answers: Any = None,
    since: Any = None,
) -> Any:
    """The state of every customer at the end of every month.

    Parameters
    ----------
    sales : DataFrame, pyarrow.Table or path to Parquet
    as_of : date
        The last day that the tables know all of; months that end later are not judged.
    rules : DataFrame or sequence of dicts, optional
        As :func:`stage_rules` gives them.
    customers : DataFrame, optional
        ``customer_id``, ``registered_on``, and ``closed_on`` where accounts are closed: with it there are prospects.
    answers : DataFrame, optional
        ``customer_id``, ``nps`` and ``asked_on`` (or ``answered_at``): with it there are advocates.
    since : date, optional
        The first month; by default that of the first sale.

    Returns
    -------
    DataFrame
        ``customer_id``, ``month``, ``state``.

    Raises
    ------
    UserError
        ``retention.no_rule``: there are customers whom no rule holds for.
    """
    import pandas as pd

    expression, states = _compiled(rules)
    con, _, last = purchases(sales, as_of, count=True)
    first = (
        day_of(since, "since")
        if since is not None
        else pd.Timestamp(con.execute("SELECT min(day) FROM days").fetchall()[0][0])
    )
    over = last.to_period("M") if last.is_month_end else last.to_period("M") - 1
    months = pd.period_range(first.to_period("M"), over, freq="M")
    if not len(months):
        raise UserError("retention.no_whole_period", period="month", as_of=str(last.date()))
    ends = pd.DataFrame({"p": [m.ordinal for m in months], "until": [m.end_time.normalize() for m in months]})
    con.register("month_ends", ends)
    people = pd.DataFrame(
        {
            "customer": pd.Series(dtype="int64"),
            "since": pd.Series(dtype="datetime64[s]"),
            "closed_on": pd.Series(dtype="datetime64[s]"),
        }
    )
    if customers is not None:
        frame = frame_of(customers, ("customer_id", "registered_on"), "customers")
        people = pd.DataFrame(
            {"customer": frame["customer_id"], "since": dates_of(frame, "registered_on", "customers")}
        )
        people["closed_on"] = dates_of(frame, "closed_on", "customers") if "closed_on" in frame else pd.NaT
        people = (
            people.dropna(subset=["customer", "since"])
            .groupby("customer", as_index=False)
            .agg({"since": "min", "closed_on": "max"})
        )
    con.register("people", people)
    said = pd.DataFrame(
        {
            "customer": people["customer"].iloc[:0],
            "at": pd.Series(dtype="datetime64[s]"),
            "nps": pd.Series(dtype="float"),
        }
    )
    if answers is not None:
        when = "asked_on" if "asked_on" in getattr(answers, "columns", ()) else "answered_at"
        frame = frame_of(answers, ("customer_id", "nps", when), "answers")
        said = pd.DataFrame(
            {
                "customer": frame["customer_id"],
                "at": dates_of(frame, when, "answers"),
                "nps": frame["nps"].astype(float),
            }
        )
        said = said.dropna().sort_values("at").drop_duplicates(["customer", "at"], keep="last")
    con.register("said", said)
    found = con.sql(
        f"""
        WITH bought AS (
            SELECT customer, day, sum(orders) OVER (PARTITION BY customer ORDER BY day) AS orders
            FROM days WHERE buys
        ),
        known AS (
            SELECT customer, min(since) AS since, max(closed_on) AS closed_on FROM (
                SELECT customer, CAST(since AS DATE) AS since, CAST(closed_on AS DATE) AS closed_on FROM people
                UNION ALL SELECT customer, min(day), NULL FROM bought GROUP BY 1
            ) GROUP BY 1
        ),
        grid AS (
            SELECT k.customer, m.p, CAST(m.until AS DATE) AS until, k.since, k.closed_on
            FROM known k JOIN month_ends m ON CAST(m.until AS DATE) >= k.since
        ),
        ordered AS (
            SELECT g.*, coalesce(b.orders, 0) AS orders, b.day AS latest
            FROM grid g ASOF LEFT JOIN bought b ON g.customer = b.customer AND g.until >= b.day
        ),
        measured AS (
            SELECT o.customer, o.p, o.orders, date_diff('day', coalesce(o.latest, o.since), o.until) AS quiet_days,
                date_diff('day', o.since, o.until) AS tenure_days,
                CAST(coalesce(o.closed_on <= o.until, FALSE) AS INTEGER) AS closed, s.nps
            FROM ordered o ASOF LEFT JOIN said s ON o.customer = s.customer AND o.until >= CAST(s.at AS DATE)
        )
        SELECT customer AS customer_id, p, {expression} AS state FROM measured ORDER BY 1, 2
        """
    ).to_arrow_table()
    con.close()
    frame = found.to_pandas()
    if frame["state"].isna().any():
        raise UserError("retention.no_rule", n=int(frame["state"].isna().sum()))
    names = {m.ordinal: str(m) for m in months}
    month = pd.Categorical.from_codes(frame["p"] - months[0].ordinal, [names[m.ordinal] for m in months], ordered=True)
    state = pd.Categorical.from_codes(frame["state"].astype(int), states)
    return pd.DataFrame({"customer_id": frame["customer_id"], "month": month, "state": state})


def transitions(
    states: Any,
    *,
    order: Sequence[str] | None = None,
    absorbing: Sequence[str] = ("lost_customer",),
    source: Source | None = None,
) -> Result:
    """How customers pass from state to state within a month: counts, shares and their intervals.

    Parameters
    ----------
    states : DataFrame
        ``customer_id``, ``month``, ``state``: one row a customer and month, from :func:`lifecycle_states` or from
        elsewhere. Only months that follow each other are paired; a month that is missing is not guessed.
    order : sequence of str, optional
        The states in their order; the book's, and others as they come, by default.
    absorbing : sequence of str
        What counts as the end. Those who came back from it all the same are counted in the notes.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.transitions``: ``from_state``, ``to_state``, ``n`` of ``at_risk``, ``share`` with Wilson's
        interval.
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(states, ("customer_id", "month", "state"), "states")
    notes = []
    known = frame[["customer_id", "month", "state"]].dropna()
    if len(known) < len(frame):
        notes.append(Note("retention.note.unknown_rows", {"n": len(frame) - len(known)}))
    twice = known.duplicated(["customer_id", "month"])
    if twice.any():
        raise UserError("retention.two_states", table="states", rows=[int(i) + 1 for i in np.flatnonzero(twice)])
    months = known["month"].astype("category")
    try:
        ordinals = np.array([pd.Period(m, "M").ordinal for m in months.cat.categories], dtype=np.int64)
    except (ValueError, TypeError) as bad:
        raise UserError("retention.bad_dates", table="states", column="month", found=str(bad)[:80]) from bad
    seen = [str(s) for s in known["state"].drop_duplicates()]
    if order is None:
        order = [s for s in STAGES if s in seen] + sorted(s for s in seen if s not in STAGES)
        order = [s for s in order if s not in absorbing] + [s for s in order if s in absorbing]
    if strange := [s for s in seen if s not in order]:
        raise UserError("retention.unknown_state", found=strange, wanted=list(order), near=suggest(strange[0], order))
    places = {s: i for i, s in enumerate(order)}
    # codes first: a state's name is looked up once, not in every row
    coded = known["state"].astype("category")
    code = np.array([places.get(str(c), -1) for c in coded.cat.categories])[coded.cat.codes]
    when = ordinals[months.cat.codes]
    who = pd.factorize(known["customer_id"])[0]
    by = np.lexsort((when, who))
    who, when, code = who[by], when[by], code[by]
    follows = (who[1:] == who[:-1]) & (when[1:] == when[:-1] + 1)
    gaps = int(((who[1:] == who[:-1]) & (when[1:] > when[:-1] + 1)).sum())
    if gaps:
        notes.append(Note("retention.note.month_gaps", {"n": gaps}))
    if not follows.any():
        raise UserError("retention.no_pairs")
    k = len(order)
    counts = np.bincount(code[:-1][follows] * k + code[1:][follows], minlength=k * k).reshape(k, k)
    at_risk = counts.sum(axis=1)
    never = [s for s, n in zip(order, at_risk, strict=True) if n == 0 and s not in absorbing]
    if never:
        notes.append(Note("retention.note.never_seen", {"states": never}))
    low, high = wilson(counts, np.repeat(at_risk[:, None], k, axis=1))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = counts / at_risk[:, None]
    rows = [
        (a, b, int(counts[i, j]), int(at_risk[i]), share[i, j], low[i, j], high[i, j])
        for i, a in enumerate(order)
        for j, b in enumerate(order)
    ]
    columns = ["from_state", "to_state", "n", "at_risk", "share", "share_low", "share_high"]
    table = pd.DataFrame(rows, columns=columns)
    ends = [places[s] for s in absorbing if s in places]
    others = [i for i in range(k) if i not in ends]
    back, gone = int(counts[np.ix_(ends, others)].sum()), int(counts[ends].sum())
    if back:
        notes.append(Note("retention.note.came_back", {"n": back, "share": back / gone}))
    latest = code[np.flatnonzero(when == when.max())]
    now = dict(zip(order, np.bincount(latest, minlength=k).tolist(), strict=True))
    low_lost, high_lost = (float(x) for x in wilson(counts[np.ix_(others, ends)].sum(), counts[others].sum()))
    alive = int(counts[others].sum())
    facts: Mapping[str, Any] = {
        "n": int(follows.sum()),
        "customers": int(who.max()) + 1,
        "months": len(ordinals),
        "states": len(order),
        "lost_share": float(counts[np.ix_(others, ends)].sum() / alive) if alive else None,
        "lost_share_low": low_lost,
        "lost_share_high": high_lost,
        "came_back": back,
        "came_back_share": back / gone if gone else None,
        "last_month": str(pd.Period(ordinal=int(when.max()), freq="M")),
    }
    units = {"from_state": "text", "to_state": "text", "n": "count", "at_risk": "count"}
    units |= dict.fromkeys(("share", "share_low", "share_high"), "share")
    params = {
        "order": tuple(order),
        "absorbing": tuple(a for a in absorbing if a in places),
        "now": now,
        "units": units,
    }
    return Result("retention.transitions", table, params, facts, tuple(notes), source)
