"""Was the forecast any good? Fit on the past up to a day, forecast what came after it, and compare."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...results import Note, Result
from .fitting import FEWEST_CUSTOMERS, fit_bg_nbd, fit_pareto_nbd
from .histories import _day, _three, days_in, summary
from .likelihood import z_of

__all__ = ["validate"]

MODELS = {"bg_nbd": fit_bg_nbd, "pareto_nbd": fit_pareto_nbd}
HIGHEST = 7


def validate(
    sales: Any, *, split: Any, as_of: Any, model: str = "bg_nbd", unit: str = "week", level: float = 0.95
) -> Result:
    """Hold-out validation: forecasts made on ``split`` for the time until ``as_of``, against what was then bought.

    Parameters
    ----------
    sales : table
        As for :func:`summary`.
    split : date
        The last day that the model may see.
    as_of : date
        The last day of the comparison.
    model : {"bg_nbd", "pareto_nbd"}
    unit : {"week", "day", "month", "year"}
    level : float

    Returns
    -------
    Result
        ``value.validation``: a row for each number of repeat purchases before the split, with the mean forecast, the
        mean that was seen and its interval, and n. The facts compare the totals: the ``verdict`` is ``noise`` where
        the miss is within what chance and the parameters' errors explain, ``real`` where the model itself misses.

    Raises
    ------
    UserError
        ``value.split_backwards``, ``value.unknown_model``, and those of :func:`summary` and the fit.

    Notes
    -----
    Customers who came after the split are left out and counted: a model of those who are there knows nothing of them.
    """
    import duckdb
    import numpy as np
    import pandas as pd

    if model not in MODELS:
        raise UserError("value.unknown_model", found=model, wanted=list(MODELS))
    first, last = _day(split), _day(as_of)
    if first >= last:
        raise UserError("value.split_backwards", split=first, as_of=last)
    known = summary(sales, as_of=first, unit=unit)
    fit = MODELS[model](known, level=level)
    t = (last - first).days / days_in(unit)
    forecast = fit.expected(t, level=level)
    with duckdb.connect() as con:
        con.register("sales", _three(sales))
        seen = con.execute(
            "SELECT customer_id, count(*) AS seen FROM (SELECT customer_id, CAST(ordered_at AS DATE) AS day FROM sales "
            "WHERE customer_id IS NOT NULL AND CAST(ordered_at AS DATE) > ? AND CAST(ordered_at AS DATE) <= ? "
            "GROUP BY ALL HAVING sum(amount) > 0 OR (sum(amount) = 0 AND min(amount) = 0)) GROUP BY customer_id",
            [first.date(), last.date()],
        ).df()
    table = known.table[["customer_id", "frequency"]].merge(seen, on="customer_id", how="left")
    table["seen"] = table["seen"].fillna(0.0).astype(float)
    table["expected"] = forecast.table["expected"].to_numpy()
    new = len(seen) - int(seen["customer_id"].isin(table["customer_id"]).sum())
    table["group"] = table["frequency"].clip(upper=HIGHEST)
    z = z_of(level)
    rows = []
    for group, part in table.groupby("group"):
        n, mean = len(part), float(part["seen"].mean())
        # counts that vary less than chance would make them are too few to tell how much they vary
        spread = float(np.sqrt(max(part["seen"].var(ddof=1) if n > 1 else 0.0, mean, 1 / n) / n))
        low, high = max(mean - z * spread, 0.0), mean + z * spread
        expected = float(part["expected"].mean())
        verdict = "too_few" if n < FEWEST_CUSTOMERS else "noise" if low <= expected <= high else "real"
        rows.append(
            {
                "frequency": int(group),
                "n": n,
                "expected_mean": expected,
                "seen_mean": mean,
                "seen_mean_low": low,
                "seen_mean_high": high,
                "verdict": verdict,
            }
        )
    seen_total, total = float(table["seen"].sum()), float(forecast.facts["total"])
    low, high = float(forecast.facts["total_seen_low"]), float(forecast.facts["total_seen_high"])
    error = table["expected"] - table["seen"]
    naive = table["frequency"] / known.table[f"age_{unit}s"].clip(lower=1 / days_in(unit)) * t
    facts = {
        "n": len(table),
        "t": t,
        "expected_total": total,
        "expected_total_low": low,
        "expected_total_high": high,
        "seen_total": seen_total,
        "miss_share": total / seen_total - 1 if seen_total else None,
        "mean_absolute_error": float(error.abs().mean()),
        "naive_absolute_error": float((naive - table["seen"]).abs().mean()),
        "correlation": float(np.corrcoef(table["expected"], table["seen"])[0, 1]) if seen_total else None,
        "new_customers": new,
        "verdict": "noise" if low <= seen_total <= high else "real",
        "level": level,
    }
    notes = [*fit.notes]
    if new:
        notes.append(Note("value.new_left_out", {"n": new}))
    units = {"frequency": "count", "n": "count", "verdict": "text"}
    units |= dict.fromkeys(("expected_mean", "seen_mean", "seen_mean_low", "seen_mean_high"), "number")
    params = {"model": model, "split": first, "as_of": last, "unit": unit, "highest": HIGHEST, "units": units}
    return Result("value.validation", pd.DataFrame(rows), params, facts, tuple(notes), known.source)
