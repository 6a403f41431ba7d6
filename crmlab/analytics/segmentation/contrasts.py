"""What sets a segment apart: how far it stands from everybody else in every figure, with intervals, sizes before
significance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...results import Note, Result, Source
from .tables import MIN_N, frame_of, members_of, order_of

__all__ = ["profile_segments"]

_SMALL = 0.2
_SKEWED = 25  # Cochran's rule: a mean needs 25 x skewness^2 cases before its interval holds


def profile_segments(
    table: Any,
    *,
    columns: Sequence[str] | None = None,
    segment: str = "segment",
    key: str = "customer_id",
    source: Source | None = None,
) -> Result:
    """How far every segment stands from all other customers.

    Parameters
    ----------
    table : Result or DataFrame
        One row a customer, with ``segment`` and figures. Join more figures to it than those the segments were made of:
        only these can surprise.
    columns : sequence of str, optional
        By default all numbers.
    segment, key : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``segmentation.profile``: by segment and figure ``mean``, ``mean_others``, ``difference`` (of the means, in
        standard deviations within the groups) with its 95 % interval, ``n``, and ``made_of`` where the segments were
        made of that figure: it differs because it was made to, and its interval proves nothing. ``verdict``: ``real``
        where the interval leaves out all differences below 0.2, ``small`` where it leaves out none but zero, ``noise``
        where it holds zero, ``too_few`` (and no interval) below 30 customers, or below 25 x skewness^2 of them: where a
        figure is skewed, a few large ones decide the mean.

    Examples
    --------
    >>> table = {"segment": ["a"] * 40 + ["b"] * 40, "age": list(range(40)) + list(range(30, 70))}
    >>> found = profile_segments(table)
    >>> found.table[["segment", "difference", "verdict"]].round(2).values.tolist()
    [['a', -2.54, 'real'], ['b', 2.54, 'real']]
    """
    import numpy as np
    import pandas as pd

    frame = members_of(table, segment, key)
    frame = frame[frame[segment].notna()]
    if columns is None:
        columns = [
            c
            for c in frame.columns
            if c not in (key, segment, "certainty") and pd.api.types.is_numeric_dtype(frame[c].dtype)
        ]
    columns = [str(c) for c in columns]
    frame_of(frame, columns)
    made_of = set(getattr(table, "params", {}).get("columns", ()))
    names = order_of(table, frame[segment].unique())
    rows = []
    for name in names:
        inside = (frame[segment] == name).to_numpy()
        for c in columns:
            x = frame[c].astype("float64").to_numpy()
            a, b = x[inside & np.isfinite(x)], x[~inside & np.isfinite(x)]
            rows.append({"segment": name, "figure": c, **_apart(a, b), "made_of": c in made_of})
    out = pd.DataFrame(rows)
    real = out[(out["verdict"] == "real") & ~out["made_of"]]
    sizes = (real if len(real) else out)["difference"].astype("float64").abs()
    top = out.loc[sizes.sort_values().index[-1:]]
    facts = {"n": len(frame), "segments": len(names), "figures": len(columns), "real": len(real)}
    for part in ("segment", "figure", "difference", "difference_low", "difference_high", "mean", "mean_others"):
        facts[f"top_{part}"] = top[part].iloc[0] if len(top) else None
    notes = []
    if made_of & set(columns):
        notes.append(Note("segmentation.made_of", {"columns": sorted(made_of & set(columns))}))
    skewed = sorted(
        set(out.loc[(out["verdict"] == "too_few") & (out[["n", "n_others"]].min(axis=1) >= MIN_N), "figure"])
    )
    if skewed:
        notes.append(Note("segmentation.too_skewed", {"columns": skewed}))
    if len(rows) >= 20:
        notes.append(Note("segmentation.many_looks", {"n": len(rows), "expected": len(rows) * 0.05}))
    units = {"made_of": "mark", "mean": "number", "mean_others": "number"}
    params = {"segments": names, "columns": tuple(columns), "units": units}
    params["figure_units"] = dict(getattr(table, "params", {}).get("units", {}))
    return Result("segmentation.profile", out, params, facts, tuple(notes), source or getattr(table, "source", None))


def _apart(a: Any, b: Any) -> dict[str, Any]:
    """Means, and Hedges' g with an interval that asks for no normal distribution and no equal spread.

    Hedges and Olkin's own interval (1985) asks for both: of two exponential groups, the larger mean with the larger
    spread, it holds in 80 to 90 % of the cases only. This one adds up every customer's influence on g.
    """
    import numpy as np
    from scipy import stats

    n, m = len(a), len(b)
    found = {"mean": a.mean() if n else None, "mean_others": b.mean() if m else None, "n": n, "n_others": m}
    within = ((a.var(ddof=1) * (n - 1) + b.var(ddof=1) * (m - 1)) / (n + m - 2)) ** 0.5 if min(n, m) > 1 else 0.0
    if not within > 0:
        return {**found, "difference": None, "difference_low": None, "difference_high": None, "verdict": "too_few"}
    correction = 1 - 3 / (4 * (n + m) - 9)
    d = (found["mean"] - found["mean_others"]) / within
    g = d * correction
    found["difference"] = g
    if any(len(x) < max(MIN_N, _SKEWED * _skewness(x) ** 2) for x in (a, b)):
        return {**found, "difference_low": None, "difference_high": None, "verdict": "too_few"}
    parts = []
    for x, sign in ((a, 1), (b, -1)):
        far = (x - x.mean()) / within
        influence = sign * far / len(x) - d / 2 * (far**2 - 1) / (n + m)
        parts.append((float((influence**2).sum()) * len(x) / (len(x) - 1), len(x) - 1))
    square = sum(p for p, _ in parts)
    # degrees of freedom as Welch has them
    t = stats.t.ppf(0.975, square**2 / sum(p**2 / df for p, df in parts))
    half = t * np.sqrt(square) * correction
    low, high = g - half, g + half
    nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    verdict = "noise" if nearest == 0 else "real" if nearest >= _SMALL else "small"
    return {**found, "difference_low": low, "difference_high": high, "verdict": verdict}


def _skewness(x: Any) -> float:

    spread = x.std()
    return float((((x - x.mean()) / spread) ** 3).mean()) if spread > 0 else 0.0
