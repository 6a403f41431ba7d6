"""What may be said about the people of a segment: traits with their numbers, assumptions marked as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import wilson
from ...quality.cells import Cells
from ...results import Note, Result, Source
from .tables import MIN_N, day_of, frame_of, members_of, order_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["personas"]

_DELICATE = ("gender", "religion", "ethnicity", "race", "tribe", "marital_status", "nationality", "disability")
_FRESH_DAYS = 730


def personas(
    table: Any,
    *,
    traits: Sequence[str],
    as_of: Any,
    assumptions: Mapping[str, Mapping[str, str]] | None = None,
    researched_on: Mapping[str, Any] | str | None = None,
    fresh_days: int = _FRESH_DAYS,
    segment: str = "segment",
    key: str = "customer_id",
    source: Source | None = None,
) -> Result:
    """Cards of the segments' typical people, in which every line says how much is known.

    Parameters
    ----------
    table : DataFrame or Result
        One row a customer: ``segment`` and the columns of ``traits``.
    traits : sequence of str
        Columns. Of words the most frequent one is told with its share, of numbers the median.
    as_of : date
        The day on which the cards are read.
    assumptions : mapping, optional
        By segment, trait to text: what the data don't say (hopes, pains, a quotation). Marked as assumptions.
    researched_on : mapping or str, optional
        By trait the day on which it was found out; or the column of ``table`` that says so for every customer. A trait
        or customer older than ``fresh_days`` is out of date and not counted as known.
    fresh_days : int
    segment, key : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.personas``: by segment and trait ``value``, ``share`` with Wilson's interval,
        ``share_others``, ``n`` (customers of whom it is known), ``evidence`` (``data``, ``assumption``, ``stale``), and
        ``tells``: ``more`` or ``less`` where the others' share lies outside the interval, ``same`` where the trait says
        nothing of this segment. A segment of fewer than 30 is ``too_few`` for a persona.

    Examples
    --------
    >>> table = {"segment": ["a"] * 50 + ["b"] * 30 + ["c"] * 20, "city": ["Solo"] * 40 + ["Medan"] * 60}
    >>> cards = personas(table, traits=["city"], as_of="2020-12-31", assumptions={"a": {"wish": "quick"}})
    >>> cards.table[["segment", "trait", "value", "n", "evidence"]].values.tolist()[:2]
    [['a', 'city', 'Solo', 50, 'data'], ['a', 'wish', 'quick', None, 'assumption']]
    """
    import pandas as pd

    frame = members_of(table, segment, key)
    traits = [str(t) for t in traits]
    frame_of(frame, traits, "customers")
    day = day_of(as_of)
    if isinstance(fresh_days, bool) or not isinstance(fresh_days, int) or fresh_days < 1:
        raise UserError("segmentation.bad_number", found=fresh_days, name="fresh_days", low=1)
    assumptions = dict(assumptions or {})
    names = order_of(table, frame[segment].dropna().unique())
    strange = [s for s in assumptions if s not in names]
    if strange:
        raise UserError("segmentation.unknown_segment", found=strange, wanted=names)
    fresh, dates, future = _freshness(frame, traits, researched_on, day, fresh_days)
    known = {t: fresh[t] & Cells(frame[t].reset_index(drop=True)).present for t in traits}
    counts = frame[segment].value_counts()
    all_of_them = int(counts.sum())
    rows = []
    for name in names:
        inside = (frame[segment] == name).to_numpy()
        whole = int(counts[name])
        for t in traits:
            row = _trait(frame[t], inside, frame[segment].notna().to_numpy(), known[t])
            old = dates.get(t) is not None and (day - dates[t]).days > fresh_days
            evidence = (
                "stale" if old or (not row["n"] and not fresh[t][inside].any()) else "data" if row["n"] else "unknown"
            )
            if evidence != "data":
                row = {"value": None, "n": 0}
            verdict = "too_few" if min(row["n"], whole) < MIN_N else "noise" if row.get("tells") == "same" else "real"
            rows.append(
                {
                    "segment": name,
                    "trait": t,
                    **row,
                    "evidence": evidence,
                    "researched_on": dates.get(t),
                    "verdict": verdict,
                }
            )
        for t, said in assumptions.get(name, {}).items():
            rows.append(
                {"segment": name, "trait": t, "value": said, "n": None, "evidence": "assumption", "verdict": None}
            )
    out = pd.DataFrame(rows)
    order = ("segment", "trait", "value", "evidence", "n", "share", "share_low", "share_high", "share_others", "tells")
    out = out.reindex(columns=[*order, "researched_on", "verdict"])
    out["n"] = pd.Series([r["n"] for r in rows], dtype="object")  # an assumption has none
    small = [name for name in names if counts[name] < MIN_N]
    shares = {name: int(counts[name]) / all_of_them for name in names}
    notes = []
    if small:
        notes.append(Note("segmentation.small_segments", {"segments": small, "least": MIN_N}))
    delicate = [t for t in traits if t in _DELICATE]
    if delicate:
        notes.append(Note("segmentation.delicate", {"columns": delicate}))
    if future:
        notes.append(Note("segmentation.future_research", {"n": future}))
    stale = sorted(set(out.loc[out["evidence"] == "stale", "trait"]))
    if stale:
        notes.append(Note("segmentation.stale_traits", {"columns": stale, "days": fresh_days}))
    none = int(frame[segment].isna().sum())
    if none:
        notes.append(Note("segmentation.without_segment", {"n": none}))
    facts = {"n": all_of_them, "personas": len(names), "lines": len(out), "largest": max(shares, key=shares.get)}
    facts |= {"largest_share": max(shares.values())}
    facts |= {kind: int((out["evidence"] == kind).sum()) for kind in ("data", "assumption", "stale", "unknown")}
    facts["telling"] = int(out["tells"].isin(("more", "less")).sum())
    units = dict.fromkeys(("share", "share_low", "share_high", "share_others"), "share")
    params = {
        "segments": names,
        "traits": tuple(traits),
        "as_of": day.date(),
        "fresh_days": fresh_days,
        "shares": shares,
    }
    params |= {
        "counts": {name: int(counts[name]) for name in names},
        "units": units | {"n": "count", "researched_on": "date"},
    }
    return Result("segmentation.personas", out, params, facts, tuple(notes), source or getattr(table, "source", None))


def _freshness(
    frame: pd.DataFrame, traits: Sequence[str], researched_on: Any, day: Any, fresh_days: int
) -> tuple[dict[str, Any], dict[str, Any], int]:
    """By trait: which customers' values are not out of date; by trait the day of its research; dates after ``day``."""
    import numpy as np
    import pandas as pd

    every = np.ones(len(frame), dtype=bool)
    if isinstance(researched_on, str):
        frame_of(frame, (researched_on,), "customers")
        seen = pd.to_datetime(frame[researched_on], errors="coerce")
        fine = ((day - seen).dt.days.between(0, fresh_days)).to_numpy()
        return dict.fromkeys(traits, fine), {}, int((seen > day).sum())
    dates = {t: day_of(d, "researched_on") for t, d in (researched_on or {}).items()}
    strange = [t for t in dates if t not in traits]
    if strange:
        raise UserError("segmentation.missing_column", table="researched_on", wanted=list(traits), found=strange)
    return dict.fromkeys(traits, every), dates, sum(d > day for d in dates.values())


def _trait(values: pd.Series, inside: Any, member: Any, known: Any) -> dict[str, Any]:
    import numpy as np
    import pandas as pd

    here, there = values[inside & known], values[~inside & member & known]
    n = len(here)
    if not n:
        return {"value": None, "n": 0}
    if pd.api.types.is_numeric_dtype(values.dtype) and not pd.api.types.is_bool_dtype(values.dtype):
        ordered = np.sort(here.astype("float64").to_numpy())
        other = float(there.astype("float64").median()) if len(there) else None
        low, high = _median_ends(ordered)
        tells = None if other is None else "same" if low <= other <= high else "more" if low > other else "less"
        return {"value": _median(ordered, low, high), "n": n, "tells": tells}
    shares = here.astype("str").value_counts()
    top = sorted(shares.index[shares == shares.iloc[0]])[0]
    share, (low, high) = shares[top] / n, _ends_of_largest(shares.to_numpy(), n)
    others = float((there.astype("str") == top).mean()) if len(there) else None
    tells = None if others is None else "same" if low <= others <= high else "more" if low > others else "less"
    return {
        "value": top,
        "n": n,
        "share": float(share),
        "share_low": low,
        "share_high": high,
        "share_others": others,
        "tells": tells,
    }


def _ends_of_largest(counts: Any, n: int) -> tuple[float, float]:
    """Wilson's interval of the largest of several shares: that it was picked as the largest lifts it.

    Where other values may as well be the most frequent, the low end allows for as many as there are of them.
    """
    low, high = wilson(int(counts[0]), n)
    rivals = int((wilson(counts, [n] * len(counts))[1] >= low).sum())
    return (wilson(int(counts[0]), n, level=1 - 0.06 / rivals)[0] if rivals > 2 else low), high


def _median_ends(ordered: Any) -> tuple[float, float]:
    """A median's interval asks for no distribution: between two ranks, interpolated (Hettmansperger, Sheather 1986)."""
    from scipy.stats import binom

    n = len(ordered)
    r = int(binom.ppf(0.025, n, 0.5))
    while r > 0 and 1 - 2 * binom.cdf(r - 1, n, 0.5) < 0.95:
        r -= 1
    if r < 1:
        return float(ordered[0]), float(ordered[-1])
    wide, narrow = 1 - 2 * binom.cdf(r - 1, n, 0.5), 1 - 2 * binom.cdf(r, n, 0.5)
    part = (wide - 0.95) / (wide - narrow)
    part = (n - r) * part / (r + (n - 2 * r) * part)
    ends = (1 - part) * ordered[r - 1] + part * ordered[r], (1 - part) * ordered[n - r] + part * ordered[n - r - 1]
    return float(ends[0]), float(ends[1])


def _median(ordered: Any, low: float, high: float) -> str:
    import numpy as np

    return f"{np.median(ordered):g} ({low:.4g}–{high:.4g})"
