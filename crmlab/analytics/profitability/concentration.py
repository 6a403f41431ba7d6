"""How unevenly value is spread over customers: whale curve, Lorenz curve, Gini, and the 80/20 claim.

Unknown values stand apart and are counted. An interval says how much another set of customers, drawn like these, might
have shown: where the table holds all customers and nothing but this table is asked about, the point is the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...intervals import wilson
from ...results import Note, Result
from .intervals import FEW, around, effective, quantile, within
from .tables import frame_of, values_of

if TYPE_CHECKING:
    import numpy as np

__all__ = ["gini", "lorenz", "pareto", "whale_curve"]

_POINTS = 400


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
        interval. ``verdict``: ``noise`` where the total itself may be zero, so that shares of it say nothing.

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
    ranked = np.sort(known)[::-1]
    along = np.concatenate([[0.0], np.cumsum(ranked)])
    total, peak_at = float(along[-1]), int((ranked > 0).sum())
    peak = float(along[peak_at])
    losing = int((ranked < 0).sum())
    low, high = wilson(losing, n, level=confidence)
    facts: dict[str, Any] = {"n": n, "unknown": unknown, "total": total, "peak": peak, "earning": peak_at}
    facts |= {"loss": peak - total, "loss_making": losing, "loss_making_share": losing / n}
    facts |= {"loss_making_share_low": low, "loss_making_share_high": high}
    reach = quantile(confidence) * float(known.std(ddof=1)) * n**0.5
    facts |= {"total_low": total - reach, "total_high": total + reach, "currency": currency}
    facts |= dict.fromkeys(("peak_share", "peak_share_low", "peak_share_high", "lift_share"))
    notes = _unknown_note(unknown)
    if total > 0:
        share = peak / total
        influence = (np.maximum(known, 0) - share * known) / (total / n)
        ends = around(share, influence, confidence, floor=1.0)
        facts |= {"peak_share": share, "peak_share_low": ends[0], "peak_share_high": ends[1], "lift_share": share - 1}
        few = effective(influence) < FEW and losing > 0
    else:
        few = False
        notes.append(Note("profitability.no_total", {"total": total, "currency": currency}))
    facts["verdict"] = "too_few" if n < FEW or few else "noise" if total - reach <= 0 else "real"
    if few and n >= FEW:
        notes.append(Note("profitability.few_decide"))
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
    facts, notes = gini_of(known, confidence)
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
    import pandas as pd

    known, unknown, name = values_of(values, column)
    facts, notes = gini_of(known, confidence)
    rows = []
    if by is not None:
        frame = frame_of(values, (by, column), "values")
        for group, its in frame.groupby(by, observed=True):
            some = its[column].dropna().to_numpy(dtype=float)
            told = {"gini": None, "gini_low": None, "gini_high": None, "n": len(some), "verdict": "too_few"}
            if len(some) >= 5 and some.sum() > 0:
                told = gini_of(some, confidence)[0]
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
    ranked = np.sort(known)[::-1]
    along = np.cumsum(ranked) / ranked.sum()
    along[-1] = 1.0
    rows = []
    for share in sorted({0.01, 0.05, 0.1, 0.2, 0.3, 0.5, top}):
        if round(share * len(known)) >= 1:
            rows.append(top_of(ranked, along, share, confidence))
    asked = top_of(ranked, along, top, confidence)
    n = len(known)
    facts: dict[str, Any] = {"n": n, "unknown": unknown, "top": top, "claim": claim, "customers": asked["customers"]}
    facts |= {f"top_share{end}": asked[f"value_share{end}"] for end in ("", "_low", "_high")}
    facts |= needed_for(ranked, along, claim, confidence)
    low, high = facts["top_share_low"], facts["top_share_high"]
    facts["claim_verdict"] = "less" if high < claim else "more" if low > claim else "cannot_tell"
    notes = _unknown_note(unknown)
    if (known < 0).any():
        notes.append(Note("profitability.negative_values", {"n": int((known < 0).sum())}))
    few = n < FEW or asked["effective"] < FEW
    facts["verdict"] = "too_few" if few else "noise" if facts["claim_verdict"] == "cannot_tell" else "real"
    if few:
        facts["claim_verdict"] = "cannot_tell"
        notes.append(Note("profitability.few_decide"))
    table = pd.DataFrame(rows).drop(columns="effective")
    units = {c: "share" for c in table if c.endswith("share") or c.startswith("value_share")}
    params = {"column": name, "confidence": confidence, "units": {**units, "customers": "count"}}
    return Result("profitability.pareto", table, params, facts, tuple(notes), _source(values))


def needed_for(ranked: np.ndarray, along: np.ndarray, claim: float, confidence: float) -> dict[str, Any]:
    """How many of the best bring the claimed share of the value.

    Their share of the customers moves by the share of the value, over what the customer at the edge brings.
    """
    import numpy as np

    n, needed = len(ranked), int(np.argmax(along >= claim - 1e-12)) + 1
    share, edge = needed / n, float(ranked[needed - 1] / ranked.mean())
    told = {"needed": needed, "needed_share": share, "needed_share_low": None, "needed_share_high": None}
    if edge <= 0:
        return told
    there = top_of(ranked, along, share, confidence)
    reach = (there["value_share_high"] - there["value_share_low"]) / 2 / edge
    return {**told, "needed_share_low": max(0.0, share - reach), "needed_share_high": min(1.0, share + reach)}


def top_of(ranked: np.ndarray, along: np.ndarray, share: float, confidence: float) -> dict[str, Any]:
    """What the best ``share`` brings, with its interval."""
    import numpy as np

    n = len(ranked)
    k = min(n, max(1, round(share * n)))
    point, mean = float(along[k - 1]), float(ranked.mean())
    edge = (ranked[k - 1] + ranked[min(k, n - 1)]) / 2
    influence = (np.maximum(ranked - edge, 0) + edge * share - point * ranked) / mean
    safe = float(ranked[-1]) >= 0
    low, high = (within if safe else around)(point, influence, confidence)
    told = {"customer_share": share, "customers": k, "value_share": point}
    return {**told, "value_share_low": low, "value_share_high": high, "effective": effective(influence)}


def gini_of(known: np.ndarray, confidence: float) -> tuple[dict[str, Any], tuple[Note, ...]]:
    import numpy as np

    _positive_total(known)
    x, n = np.sort(known), len(known)
    i, mean = np.arange(1, n + 1), known.mean()
    point = float(((2 * i - n - 1) * x).sum() / (n * n * mean))
    influence = (-(point + 1) * x + (2 * i - 1) / n * x - 2 / n * np.cumsum(x)) / mean
    corrected = point * n / (n - 1)
    low, high = (within if x[0] >= 0 else around)(corrected, influence, confidence)
    few = n < FEW or effective(influence) < FEW
    notes = [Note("profitability.negative_gini", {"n": int((x < 0).sum())})] if x[0] < 0 else []
    if few:
        notes.append(Note("profitability.few_decide"))
    facts = {"n": n, "gini": point, "gini_low": low, "gini_high": high, "gini_corrected": corrected}
    return {**facts, "verdict": "too_few" if few else "real" if low > 0 else "noise"}, tuple(notes)


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
