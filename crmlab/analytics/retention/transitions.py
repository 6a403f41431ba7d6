"""How customers pass from state to state within a month: counts, shares and their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError, suggest
from ...intervals import wilson
from ...results import Note, Result, Source
from .stages import STAGES
from .tables import frame_of

__all__ = ["ordered", "transitions", "transitions_of"]


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
    order = ordered([str(s) for s in known["state"].drop_duplicates()], order, absorbing)
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
    now = np.bincount(code[when == when.max()], minlength=k)
    last = str(pd.Period(ordinal=int(when.max()), freq="M"))
    return transitions_of(
        counts, order, absorbing, now, customers=int(who.max()) + 1, months=len(ordinals), last=last, notes=notes,
        source=source,
    )  # fmt: skip


def ordered(seen: Sequence[str], order: Sequence[str] | None, absorbing: Sequence[str]) -> list[str]:
    """The states in their order: as asked for, or the book's, others behind them, the ends last."""
    if order is None:
        order = [s for s in STAGES if s in seen] + sorted(s for s in seen if s not in STAGES)
        order = [s for s in order if s not in absorbing] + [s for s in order if s in absorbing]
    if strange := [s for s in seen if s not in order]:
        raise UserError("retention.unknown_state", found=strange, wanted=list(order), near=suggest(strange[0], order))
    return list(order)


def transitions_of(
    counts: Any,
    order: Sequence[str],
    absorbing: Sequence[str],
    now: Any,
    *,
    customers: int,
    months: int,
    last: str,
    notes: Sequence[Note] = (),
    source: Source | None = None,
) -> Result:
    """The Result of counts, rows from and columns to, in the order of the states."""
    import numpy as np
    import pandas as pd

    notes, k = list(notes), len(order)
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
    ends = [order.index(s) for s in absorbing if s in order]
    others = [i for i in range(k) if i not in ends]
    back, gone = int(counts[np.ix_(ends, others)].sum()), int(counts[ends].sum())
    if back:
        notes.append(Note("retention.note.came_back", {"n": back, "share": back / gone}))
    low_lost, high_lost = (float(x) for x in wilson(counts[np.ix_(others, ends)].sum(), counts[others].sum()))
    alive = int(counts[others].sum())
    facts: Mapping[str, Any] = {
        "n": int(counts.sum()),
        "customers": customers,
        "months": months,
        "states": len(order),
        "lost_share": float(counts[np.ix_(others, ends)].sum() / alive) if alive else None,
        "lost_share_low": low_lost if alive else None,
        "lost_share_high": high_lost if alive else None,
        "came_back": back,
        "came_back_share": back / gone if gone else None,
        "last_month": last,
    }
    units = {"from_state": "text", "to_state": "text", "n": "count", "at_risk": "count"}
    units |= dict.fromkeys(("share", "share_low", "share_high"), "share")
    params = {
        "order": tuple(order),
        "absorbing": tuple(a for a in absorbing if a in order),
        "now": dict(zip(order, np.asarray(now).tolist(), strict=True)),
        "units": units,
    }
    return Result("retention.transitions", table, params, facts, tuple(notes), source)
