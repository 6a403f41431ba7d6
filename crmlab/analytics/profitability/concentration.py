"""How unevenly value is spread over customers: whale curve, Lorenz curve, Gini, and the 80/20 claim.

Unknown values stand apart and are counted. An interval says how much another set of customers, drawn like these, might
have shown: where the table holds all customers and nothing but this table is asked about, the point is the answer.
Where customers are too few, or a giant decides, there is none (verdict ``too_few`` or ``heavy_tail``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import wilson
from ...results import Note, Result
from .intervals import LOSERS, Spread
from .ranks import (
    gini_rows,
    gini_weighted,
    mean_rows,
    mean_weighted,
    peak_rows,
    peak_weighted,
    top_rows,
    top_weighted,
)
from .tables import frame_of, values_of

if TYPE_CHECKING:
    import numpy as np

__all__ = ["gini", "lorenz", "pareto", "whale_curve"]

_POINTS = 400
_STEPS = 4  # from a share of customers to the next, along the curve
FEWEST_BEST = 5  # what fewer bring is too much the matter of each of them


def whale_curve(profit: Any, *, column: str = "profit", confidence: float = 0.95, currency: str = "IDR") -> Result:
    """Cumulative profit, the best customer first: how high it climbs, and how much of it the losing ones eat up.

    Parameters
    ----------
    profit : Result, DataFrame, Series or list
        One value a customer; that of :func:`customer_profit`, or any other. Missing values stand apart.
    column : str
        Which column of a table.
    confidence : float
    currency : str

    Returns
    -------
    Result
        Kind ``profitability.whale_curve``. ``peak_share`` is the peak by the total; ``loss_making_share`` has Wilson's
        interval. ``verdict``: ``noise`` where the total itself may be zero, so that shares of it say nothing;
        ``too_few`` below 50 customers or 10 losing ones; ``heavy_tail`` where a giant decides.

    Examples
    --------
    >>> whale = whale_curve([50, 30, 20, 5, -15])
    >>> whale.table["cumulative_profit"].tolist(), round(whale.facts["peak_share"], 3)
    ([0.0, 50.0, 80.0, 100.0, 105.0, 90.0], 1.167)
    """
    import numpy as np
    import pandas as pd

    known, unknown, name = values_of(profit, column)
    n = len(known)
    spread = Spread(np.sort(known), confidence)
    ranked = spread.ranked[::-1]
    along = np.concatenate([[0.0], np.cumsum(ranked)])
    total, peak_at = float(along[-1]), int((ranked > 0).sum())
    peak = float(along[peak_at])
    losing = int((ranked < 0).sum())
    low, high = wilson(losing, n, level=confidence)
    facts: dict[str, Any] = {"n": n, "unknown": unknown, "total": total, "peak": peak, "earning": peak_at}
    facts |= {"loss": peak - total, "loss_making": losing, "loss_making_share": losing / n}
    facts |= {"loss_making_share_low": low, "loss_making_share_high": high}
    ends = (None if end is None else n * end for end in spread.interval(mean_rows, mean_weighted))
    facts |= dict(zip(("total_low", "total_high"), ends, strict=True)) | {"currency": currency}
    facts |= dict.fromkeys(("peak_share", "peak_share_low", "peak_share_high", "lift_share"))
    notes = _unknown_note(unknown)
    refused = spread.refused or ("too_few" if losing < LOSERS else None)
    # a total that may be zero has no shares, however narrow they look
    sure = facts["total_low"] is None or facts["total_low"] > 0
    if total > 0:
        share = peak / total
        facts |= {"peak_share": share, "lift_share": share - 1}
        if refused is None and sure:
            ends = spread.interval(peak_rows, peak_weighted, "above_one")
            facts |= {"peak_share_low": ends[0], "peak_share_high": ends[1]}
            refused = "heavy_tail" if ends[0] is None else None
    else:
        notes.append(Note("profitability.no_total", {"total": total, "currency": currency}))
    facts["verdict"] = refused or ("real" if total > 0 and sure else "noise")
    if refused == "too_few" and spread.refused is None:
        notes.append(Note("profitability.too_few_losing", {"n": losing, "least": LOSERS}))
        notes += _spread_notes(spread, None)
    else:
        notes += _spread_notes(spread, refused)
    at = _thinned(n, (peak_at,))
    table = pd.DataFrame({"customers": at, "customer_share": at / n, "cumulative_profit": along[at]})
    table["total_share"] = table["cumulative_profit"] / total if total > 0 else np.nan
    units = {"customers": "count", "customer_share": "share", "cumulative_profit": "money", "total_share": "share"}
    params = {"column": name, "confidence": confidence, "units": units}
    return Result("profitability.whale_curve", table, params, facts, tuple(notes), _source(profit))


def lorenz(values: Any, *, column: str = "revenue", confidence: float = 0.95) -> Result:
    """The Lorenz curve, the smallest first, with the Gini coefficient.

    Parameters
    ----------
    values : Result, DataFrame, Series or list
        One value a customer.
    column : str
    confidence : float

    Returns
    -------
    Result
        Kind ``profitability.lorenz``: the share of the value that the smallest share of customers brings.

    Examples
    --------
    >>> curve = lorenz([400, 250, 90, 70, 60, 45, 35, 25, 15, 10])
    >>> round(curve.facts["gini"], 3), curve.table["value_share"].round(3).tolist()[-3:]
    (0.56, [0.35, 0.6, 1.0])
    """
    import numpy as np
    import pandas as pd

    known, unknown, name = values_of(values, column)
    _positive_total(known)
    n = len(known)
    curve = np.concatenate([[0.0], np.cumsum(np.sort(known))]) / known.sum()
    curve[-1] = 1.0
    at = _thinned(n)
    table = pd.DataFrame({"customer_share": at / n, "value_share": curve[at]})
    facts, notes = gini_of(Spread(np.sort(known), confidence))
    facts |= {"unknown": unknown, "half": float(curve[n - n // 2])}
    facts["top_half_share"] = 1 - facts.pop("half")
    units = {"customer_share": "share", "value_share": "share"}
    params = {"column": name, "confidence": confidence, "units": units}
    notes = (*_unknown_note(unknown), *notes)
    return Result("profitability.lorenz", table, params, facts, notes, _source(values))


def gini(values: Any, *, column: str = "revenue", by: str | None = None, confidence: float = 0.95) -> Result:
    """The Gini coefficient with its interval, of all customers and of each group.

    Parameters
    ----------
    values : Result, DataFrame, Series or list
    column : str
    by : str, optional
        A column of groups.
    confidence : float

    Returns
    -------
    Result
        Kind ``profitability.gini``. ``gini`` is that of these customers; the interval is for the customers that they
        are drawn from and so is centred on n / (n − 1) times it.

    Examples
    --------
    >>> round(gini([400, 250, 90, 70, 60, 45, 35, 25, 15, 10]).facts["gini"], 3)
    0.56
    """
    import numpy as np
    import pandas as pd

    known, unknown, name = values_of(values, column)
    facts, notes = gini_of(Spread(np.sort(known), confidence))
    rows = []
    if by is not None:
        frame = frame_of(values, (by, column), "values")
        for group, its in frame.groupby(by, observed=True):
            some = its[column].dropna().to_numpy(dtype=float)
            told = {"gini": None, "gini_low": None, "gini_high": None, "n": len(some), "verdict": "too_few"}
            if len(some) >= 5 and some.sum() > 0:
                told = gini_of(Spread(np.sort(some), confidence))[0]
            rows.append({"row": "member", by: group, **told})
    rows.append({"row": "total", by or "all": None, **facts})
    table = pd.DataFrame(rows)[["row", by or "all", "n", "gini", "gini_low", "gini_high", "verdict"]]
    units = {"n": "count", **dict.fromkeys(("gini", "gini_low", "gini_high"), "number"), "verdict": "text"}
    params = {"column": name, "by": by, "confidence": confidence, "units": units}
    notes = (*_unknown_note(unknown), *notes)
    return Result("profitability.gini", table, params, {**facts, "unknown": unknown}, notes, _source(values))


def pareto(
    values: Any, *, column: str = "revenue", top: float = 0.2, claim: float = 0.8, confidence: float = 0.95
) -> Result:
    """What the best share of customers brings, held against a claim such as 80/20.

    Parameters
    ----------
    values : Result, DataFrame, Series or list
    column : str
    top : float
        The best share of customers: 0.2.
    claim : float
        What they are said to bring: 0.8.
    confidence : float

    Returns
    -------
    Result
        Kind ``profitability.pareto``: the share of the best 1, 5, 10, 20, 30, 50 %, and which share of customers the
        claimed value needs. ``claim_verdict``: ``less`` or ``more`` than claimed where the interval leaves the claim
        out, else ``cannot_tell``.

    Examples
    --------
    >>> facts = pareto([400, 250, 90, 70, 60, 45, 35, 25, 15, 10]).facts
    >>> round(facts["top_share"], 3), facts["needed_share"], facts["needed"]
    (0.65, 0.4, 4)
    """
    import numpy as np
    import pandas as pd

    for name, share in (("top", top), ("claim", claim)):
        if not 0 < share < 1:
            raise UserError("profitability.bad_share", name=name, found=share)
    known, unknown, name = values_of(values, column)
    _positive_total(known)
    spread = Spread(np.sort(known), confidence)
    rows = []
    for share in sorted({0.01, 0.05, 0.1, 0.2, 0.3, 0.5, top}):
        if round(share * len(known)) >= 1:
            rows.append(top_of(spread, share))
    asked = top_of(spread, top)
    n = len(known)
    facts: dict[str, Any] = {"n": n, "unknown": unknown, "top": top, "claim": claim, "customers": asked["customers"]}
    facts |= {f"top_share{end}": asked[f"value_share{end}"] for end in ("", "_low", "_high")}
    facts |= needed_for(spread, claim)
    low, high = facts["top_share_low"], facts["top_share_high"]
    told = low is not None
    facts["claim_verdict"] = "less" if told and high < claim else "more" if told and low > claim else "cannot_tell"
    notes = _unknown_note(unknown)
    if (known < 0).any():
        notes.append(Note("profitability.negative_values", {"n": int((known < 0).sum())}))
    refused = spread.refused or (None if told else "heavy_tail")
    facts["verdict"] = refused or ("noise" if facts["claim_verdict"] == "cannot_tell" else "real")
    notes += _spread_notes(spread, refused)
    table = pd.DataFrame(rows)
    units = {c: "share" for c in table if c.endswith("share") or c.startswith("value_share")}
    params = {"column": name, "confidence": confidence, "units": {**units, "customers": "count"}}
    return Result("profitability.pareto", table, params, facts, tuple(notes), _source(values))


def needed_for(spread: Spread, claim: float) -> dict[str, Any]:
    """How many of the best bring the claimed share of the value.

    A share of customers belongs to the interval where the claim belongs to the interval of what it brings.
    """
    import numpy as np

    ranked = spread.ranked[::-1]
    along = np.cumsum(ranked) / ranked.sum()
    along[-1] = 1.0
    n, needed = len(ranked), int(np.argmax(along >= claim - 1e-12)) + 1
    told = {"needed": needed, "needed_share": needed / n, "needed_share_low": None, "needed_share_high": None}
    if n < 2 * spread.least:  # so few make steps too large for a share of customers
        return told
    ends = []
    for end in ("value_share_high", "value_share_low"):
        share = needed / n
        for _step in range(_STEPS):
            edge = float(ranked[min(n - 1, max(0, round(share * n) - 1))] / ranked.mean())
            bound = top_of(spread, share)[end]
            if edge <= 0 or bound is None:
                return told
            share = min(1.0, max(1 / n, share + (claim - bound) / edge))
        ends.append(share)
    if not ends[0] <= needed / n <= ends[1]:
        return told
    told["needed_share_low"], told["needed_share_high"] = ends
    return told


def top_of(spread: Spread, share: float) -> dict[str, Any]:
    """What the best ``share`` brings, with its interval; of fewer than five best ones there is none."""
    x = spread.ranked
    n = len(x)
    k = min(n, max(1, round(share * n)))
    told = {"customer_share": share, "customers": k, "value_share": float(x[n - k :].sum() / x.sum())}
    low = high = None
    if k >= FEWEST_BEST:
        scale = "logit" if x[0] >= 0 else "plain"
        low, high = spread.interval(lambda m: top_rows(m, share), lambda v, w: top_weighted(v, w, k / n), scale)
    return {**told, "value_share_low": low, "value_share_high": high}


def gini_of(spread: Spread) -> tuple[dict[str, Any], tuple[Note, ...]]:
    x, n = spread.ranked, len(spread.ranked)
    _positive_total(x)
    corrected = float(gini_rows(x[None, :])[0][0])
    low, high = spread.interval(gini_rows, gini_weighted, "logit" if x[0] >= 0 else "plain")
    notes = []
    if x[0] < 0:
        notes.append(Note("profitability.negative_gini", {"n": int((x < 0).sum())}))
    refused = spread.refused or ("heavy_tail" if low is None else None)
    notes += _spread_notes(spread, refused)
    facts = {"n": n, "gini": corrected * (n - 1) / n, "gini_low": low, "gini_high": high, "gini_corrected": corrected}
    return {**facts, "verdict": refused or ("real" if low is not None and low > 0 else "noise")}, tuple(notes)


def _spread_notes(spread: Spread, refused: str | None) -> list[Note]:
    """Why there is no interval, and the cure; and that two kinds of customers stand in one table."""
    if refused == "heavy_tail" and spread.two_kinds:
        return [Note("profitability.two_kinds", {"index": spread.tail[0]})]
    return [Note(f"profitability.{refused}", {"n": len(spread.ranked), "least": spread.least})] if refused else []


def _positive_total(known: np.ndarray) -> None:
    if not known.sum() > 0:
        raise UserError("profitability.no_positive_total", found=float(known.sum()))


def _unknown_note(unknown: int) -> list[Note]:
    return [Note("profitability.unknown_values", {"n": unknown})] if unknown else []


def _thinned(n: int, keep: tuple[int, ...] = ()) -> np.ndarray:
    """Places along a curve of n customers: all of few, an even choice of many, and those that must be seen."""
    import numpy as np

    if n <= _POINTS:
        return np.arange(n + 1)
    return np.unique(np.concatenate([np.linspace(0, n, _POINTS + 1).round().astype(int), np.array(keep, dtype=int)]))


def _source(given: Any) -> Any:
    return given.source if isinstance(given, Result) else None
