"""Who moved: the segments of two dates side by side, with those who came and those who are gone."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...intervals import wilson
from ...results import Note, Result, Source
from .tables import MIN_N, order_of, segments_of

__all__ = ["migration"]

NEW, GONE = "not_yet_a_customer", "no_longer_a_customer"


def migration(
    before: Any, after: Any, *, segment: str = "segment", key: str = "customer_id", source: Source | None = None
) -> Result:
    """Where the customers of every segment are at a later date.

    Parameters
    ----------
    before, after : Result or DataFrame
        One row a customer with ``key`` and ``segment``, made in the same way at two dates.
    segment, key : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.migration``: every pair of segments with ``customers``, and ``share`` of those who were in
        ``from_segment``, with Wilson's interval. Who was not there before comes from ``not_yet_a_customer``; who is no
        longer there goes to ``no_longer_a_customer``: nobody is dropped.

    Examples
    --------
    >>> before = {"customer_id": ["a", "b", "c"], "segment": ["loyal", "loyal", "new"]}
    >>> after = {"customer_id": ["a", "b", "d"], "segment": ["loyal", "lost", "new"]}
    >>> moved = migration(before, after)
    >>> moved.facts["stayed"], moved.facts["came"], moved.facts["left"]
    (1, 1, 1)
    """
    import numpy as np
    import pandas as pd

    earlier, later = (segments_of(t, segment, key) for t in (before, after))
    both = pd.DataFrame({"a": earlier.astype("object"), "b": later.astype("object")})
    here = both["a"].notna() | both["b"].notna()
    if not here.any():
        raise UserError("segmentation.nothing_left", table="before, after")
    both = both[here]
    names = order_of(before, set(earlier.dropna()))
    names += [s for s in order_of(after, set(later.dropna())) if s not in names]
    if {NEW, GONE} & set(names):
        raise UserError("segmentation.name_taken", found=NEW if NEW in names else GONE)
    counts = pd.crosstab(both["a"].fillna(NEW), both["b"].fillna(GONE))
    counts = counts.reindex(index=[*names, NEW], columns=[*names, GONE], fill_value=0)
    rows = []
    for start, line in counts.iterrows():
        whole = int(line.sum())
        for end, n in line.items():
            if (start == NEW and end == GONE) or not whole:
                continue
            low, high = wilson(int(n), whole)
            rows.append(
                {
                    "from_segment": start,
                    "to_segment": end,
                    "customers": int(n),
                    "n": whole,
                    "share": n / whole,
                    "share_low": low,
                    "share_high": high,
                    "stayed": bool(start == end),
                    "verdict": "too_few" if whole < MIN_N else "real",
                }
            )
    table = pd.DataFrame(rows)
    known = int(counts.loc[names].to_numpy().sum())
    stayed = int(np.trace(counts.loc[names, names].to_numpy()))
    facts = {"n": len(both), "n_before": known, "n_after": int(counts[names].to_numpy().sum())}
    facts |= {"stayed": stayed, "came": int(counts.loc[NEW].sum()), "left": int(counts[GONE].sum())}
    facts["moved"] = known - stayed - facts["left"]
    if known:
        facts["stayed_share"] = stayed / known
        facts["stayed_share_low"], facts["stayed_share_high"] = wilson(stayed, known)
    moves = table[~table["stayed"] & (table["from_segment"] != NEW) & (table["to_segment"] != GONE)]
    if len(moves) and moves["customers"].max():
        top = moves.loc[moves["customers"].idxmax()]
        facts |= {
            "largest_from": top["from_segment"],
            "largest_to": top["to_segment"],
            "largest_n": int(top["customers"]),
        }
    else:
        facts |= {"largest_from": None, "largest_to": None, "largest_n": 0}
    days = [getattr(t, "params", {}).get("as_of") for t in (before, after)]
    notes = []
    if None not in days and days[0] >= days[1]:
        raise UserError("segmentation.dates_backwards", found=days)
    rules = [getattr(t, "params", {}).get("rules") for t in (before, after)]
    if None not in rules and rules[0] != rules[1]:
        notes.append(Note("segmentation.other_rules"))
    units = {"customers": "count", "n": "count", "stayed": "mark"}
    units |= dict.fromkeys(("share", "share_low", "share_high"), "share")
    params = {"before": days[0], "after": days[1], "segments": names, "units": units}
    return Result("segmentation.migration", table, params, facts, tuple(notes), source)
