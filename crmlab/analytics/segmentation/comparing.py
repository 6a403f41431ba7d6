"""Two segmentations of the same customers: who stands where in both, and how far they agree beyond chance."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...intervals import wilson
from ...results import Note, Result, Source
from .tables import MIN_N, order_of, segments_of

__all__ = ["compare_segments"]

_DRAWS = 1000


def compare_segments(
    one: Any,
    other: Any,
    *,
    segment: str = "segment",
    key: str = "customer_id",
    seed: int = 0,
    source: Source | None = None,
) -> Result:
    """What the answer would have been under another method.

    Parameters
    ----------
    one, other : Result or DataFrame
        One row a customer with ``key`` and ``segment``.
    segment, key : str
    seed : int
        Of the bootstrap.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.comparison``: every pair of segments with ``customers`` and ``share`` of the first one's,
        with Wilson's interval. ``facts`` hold the adjusted Rand index (1: the same segments under other names; 0: no
        more agreement than by chance) with the interval of a bootstrap of customers, and how many were in one of the
        two only.

    Examples
    --------
    >>> one = {"customer_id": list(range(40)), "segment": ["a"] * 20 + ["b"] * 20}
    >>> other = {"customer_id": list(range(40)), "segment": ["x"] * 20 + ["y"] * 20}
    >>> compare_segments(one, other).facts["rand_index"]
    1.0
    """
    import numpy as np
    import pandas as pd

    first, second = (segments_of(t, segment, key).dropna() for t in (one, other))
    both = pd.DataFrame({"a": first.astype("object"), "b": second.astype("object")}).dropna()
    if both.empty:
        raise UserError("segmentation.nothing_left", table="one, other")
    rows_ = order_of(one, set(both["a"]))
    columns = order_of(other, set(both["b"]))
    counts = pd.crosstab(both["a"], both["b"]).reindex(index=rows_, columns=columns, fill_value=0)
    cells = counts.to_numpy()
    n = int(cells.sum())
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(n, cells.ravel() / n, size=_DRAWS).reshape(_DRAWS, *cells.shape)
    value = float(_rand(cells[None])[0])
    low, high = np.quantile(_rand(drawn), (0.025, 0.975))
    rows = []
    for a, line in zip(rows_, cells, strict=True):
        whole = int(line.sum())
        for b, k in zip(columns, line, strict=True):
            ends = wilson(int(k), whole)
            rows.append(
                {
                    "segment_one": a,
                    "segment_other": b,
                    "customers": int(k),
                    "n": whole,
                    "share": int(k) / whole,
                    "share_low": ends[0],
                    "share_high": ends[1],
                    "verdict": "too_few" if whole < MIN_N else "real",
                }
            )
    table = pd.DataFrame(rows)
    facts = {"n": n, "rand_index": value, "rand_index_low": float(low), "rand_index_high": float(high)}
    facts |= {"only_one": len(first) - n, "only_other": len(second) - n, "segments_one": len(rows_)}
    facts |= {"segments_other": len(columns), "draws": _DRAWS}
    facts["verdict"] = "too_few" if n < MIN_N else "noise" if low <= 0 else "real"
    notes = []
    if facts["only_one"] or facts["only_other"]:
        notes.append(Note("segmentation.not_in_both", {"one": facts["only_one"], "other": facts["only_other"]}))
    units = {"customers": "count", "n": "count"} | dict.fromkeys(("share", "share_low", "share_high"), "share")
    params = {"segments_one": rows_, "segments_other": columns, "units": units}
    source = source or getattr(one, "source", None)
    return Result("segmentation.comparison", table, params, facts, tuple(notes), source)


def _rand(counts: Any) -> Any:
    """Hubert and Arabie's adjusted Rand index of many cross tables at once."""
    import numpy as np

    counts = counts.astype("float64")

    def pairs(x: Any) -> Any:
        return x * (x - 1) / 2

    n = counts.sum(axis=(1, 2))
    a, b = pairs(counts.sum(axis=2)).sum(axis=1), pairs(counts.sum(axis=1)).sum(axis=1)
    together = pairs(counts).sum(axis=(1, 2))
    chance = a * b / np.maximum(pairs(n), 1)
    most = (a + b) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (together - chance) / (most - chance)
    return np.where(most == chance, 1.0, found)
