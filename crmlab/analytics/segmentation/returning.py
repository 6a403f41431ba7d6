"""Who will order again: of every segment of a day, how many of its customers did buy until a later day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...intervals import wilson
from ...results import Note, Result, Source
from .purchases import purchases
from .tables import MIN_N, day_of, members_of, order_of, segments_of

__all__ = ["repeat_buyers"]


def repeat_buyers(
    segments: Any,
    sales: Any,
    *,
    as_of: Any,
    until: Any,
    returns: Any = None,
    cancelled: Sequence[str] = ("cancelled",),
    segment: str = "segment",
    key: str = "customer_id",
    source: Source | None = None,
) -> Result:
    """How many customers of each segment bought again between two days.

    Parameters
    ----------
    segments : Result or DataFrame
        One row a customer: ``key`` and ``segment``, made of what was known on ``as_of``.
    sales : DataFrame, Arrow table, or path of a Parquet file
        As for :func:`rfm`, up to ``until`` at least.
    as_of, until : date
        Purchases after ``as_of``, up to and including ``until``, count.
    returns, cancelled
        As for :func:`rfm`.
    segment, key : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.repeat``: by segment ``n``, ``n_again``, ``repeat_share`` with Wilson's interval, and the
        ``share_others``. ``verdict``: ``real`` where the interval leaves out the others' share, ``too_few`` below 30.

    Raises
    ------
    UserError
        ``segmentation.made_later``: the segments were made of sales after ``as_of``, and would foretell what they know.

    Examples
    --------
    >>> people = {"customer_id": range(500), "segment": ["loyal"] * 500}
    >>> sales = {"customer_id": [*range(500), *range(420)], "amount": 10}
    >>> sales |= {"ordered_at": ["2019-06-01"] * 500 + ["2020-06-01"] * 420}
    >>> found = repeat_buyers(people, sales, as_of="2019-12-31", until="2020-12-31")
    >>> found.table[["n_again", "n", "repeat_share"]].values.tolist()
    [[420.0, 500.0, 0.84]]
    """
    import pandas as pd

    first, last = day_of(as_of), day_of(until, "until")
    if last <= first:
        raise UserError("segmentation.dates_backwards", found=[str(first.date()), str(last.date())])
    made = getattr(segments, "params", {}).get("as_of")
    if made is not None and pd.Timestamp(made) > first:
        raise UserError("segmentation.made_later", found=made, wanted=first.date())
    members_of(segments, segment, key)
    by = segments_of(segments, segment, key)
    found = purchases(sales, last, returns=returns, cancelled=cancelled)
    bought = found.table.set_index("customer_id")["last_on"]
    again = pd.Series(by.index.map(bought > first), index=by.index).astype("boolean").fillna(False).astype(bool)
    there = by.notna()
    by, again = by[there], again[there]
    names = order_of(segments, set(by))
    rows = []
    for name in names:
        here = (by == name).to_numpy()
        n, k = int(here.sum()), int(again[here].sum())
        low, high = wilson(k, n)
        others = float(again[~here].mean()) if n < len(by) else None
        verdict = "too_few" if n < MIN_N else "noise" if others is None or low <= others <= high else "real"
        row = {segment: name, "n_again": k, "n": n, "repeat_share": k / n}
        row |= {"repeat_share_low": low, "repeat_share_high": high, "share_others": others, "verdict": verdict}
        rows.append(row)
    table = pd.DataFrame(rows)
    n, k = len(by), int(again.sum())
    enough = [r for r in rows if r["n"] >= MIN_N] or rows
    best = max(enough, key=lambda r: r["repeat_share"])
    worst = min(enough, key=lambda r: r["repeat_share"])
    low, high = wilson(k, n)
    facts = {"n": n, "n_again": k, "repeat_share": k / n, "repeat_share_low": low, "repeat_share_high": high}
    for place, row in (("best", best), ("worst", worst)):
        facts |= {place: row[segment], f"{place}_n": row["n"], f"{place}_n_again": row["n_again"]}
        facts |= {f"{place}_share{e}": row[f"repeat_share{e}"] for e in ("", "_low", "_high")}
    notes = [] if there.all() else [Note("segmentation.without_segment", {"n": int((~there).sum())})]
    units = {"n": "count", "n_again": "count", "share_others": "share"}
    units |= {f"repeat_share{e}": "share" for e in ("", "_low", "_high")}
    params = {"as_of": first.date(), "until": last.date(), "segment": segment, "segments": names, "units": units}
    return Result("segmentation.repeat", table, params, facts, tuple(notes), source)
