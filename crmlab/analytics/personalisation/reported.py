"""A percentage that somebody reported, with the interval that it was printed without."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...intervals import wilson, z_of
from ...results import Note, Result

__all__ = ["reported_share"]

WALD_FROM = 10
"""With fewer cases on either side the plus-or-minus of the textbook is wrong; Wilson's interval is shown alone."""


def reported_share(share: Any, n: Any = None, *, claim: Any = None, confidence: float = 0.95) -> Result:
    """How many people a reported percentage stands for, and how far chance alone may have moved it.

    Parameters
    ----------
    share : float or DataFrame
        Between 0 and 1; or a table with ``claim``, ``share`` and ``n``, one row a percentage.
    n : int
        Of how many. Without it a percentage says nothing about its own precision, and is refused.
    claim : str, optional
        What it is about.
    confidence : float

    Returns
    -------
    Result
        Kind ``personalisation.reported_share``: ``people`` (share times n, rounded), ``share`` with Wilson's interval,
        and ``margin_points``, the textbook's plus-or-minus in percentage points.

    Notes
    -----
    The interval holds for answers drawn at random. Who was asked, who answered and how the question ran, it can't tell.

    Examples
    --------
    >>> told = reported_share(0.46, 3013).facts
    >>> told["people"], round(told["margin_points"], 2)
    (1386, 1.78)
    """
    import pandas as pd

    if hasattr(share, "columns"):
        frame = share
        missing = [c for c in ("share", "n") if c not in frame.columns]
        if "n" in missing:
            raise UserError("personalisation.share_without_n", table="share", found=list(map(str, frame.columns)))
        if missing:
            raise UserError("personalisation.missing_column", table="share", wanted=missing, found=list(frame.columns))
        claims = frame["claim"].tolist() if "claim" in frame else [None] * len(frame)
        given = list(zip(claims, frame["share"], frame["n"], strict=True))
        if not given:
            raise UserError("personalisation.empty_table", table="share")
    else:
        given = [(claim, share, n)]
    numbered = hasattr(share, "columns")  # a single percentage has no row to point at
    z = z_of(confidence)
    rows = []
    for row, (about, p, size) in enumerate(given, 1):
        p, size = _share(p, row if numbered else None), _size(size, row if numbered else None)
        low, high = wilson(p * size, size, level=confidence)
        wald = 100 * z * (p * (1 - p) / size) ** 0.5 if min(p, 1 - p) * size >= WALD_FROM else None
        told = {"claim": about, "share": p, "share_low": low, "share_high": high, "n": size, "people": round(p * size)}
        rows.append({**told, "margin_points": wald, "verdict": "too_few" if size < 30 else "real"})
    table = pd.DataFrame(rows)
    if table["claim"].isna().all():
        table = table.drop(columns="claim")
    first = rows[0]
    facts = {**first, "claims": len(rows), "confidence": confidence}
    notes = [Note("personalisation.only_chance", {"claims": len(rows)})]
    rounded = [r for r in rows if r["n"] > 100 and abs(r["share"] * 100 - round(r["share"] * 100)) < 1e-9]
    if rounded:
        notes.append(Note("personalisation.rounded", {"n": len(rounded)}))
    units = dict.fromkeys(("share", "share_low", "share_high"), "share")
    units |= {"claim": "text", "n": "count", "people": "count", "margin_points": "points", "verdict": "text"}
    params = {"confidence": confidence, "units": units}
    return Result("personalisation.reported_share", table, params, facts, tuple(notes))


def _share(value: Any, row: int | None) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or not 0 <= value <= 1:
        raise UserError("personalisation.bad_share", rows=[row] if row else None, found=value)
    return float(value)


def _size(value: Any, row: int | None) -> int:
    if value is None or value != value:
        raise UserError("personalisation.share_without_n", rows=[row] if row else None)
    if isinstance(value, bool) or value != int(value) or value < 1:
        raise UserError("personalisation.bad_n", rows=[row] if row else None, found=value)
    return int(value)
