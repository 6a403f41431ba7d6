"""Was the forecast any good? Fit on the past up to a day, forecast what came after it, and compare."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...intervals import z_of
from ...results import Note, Result
from .fitting import fit_bg_nbd, fit_pareto_nbd
from .histories import BOUGHT, day_of, days_in, purchases_of, summary
from .likelihood import ends_of

__all__ = ["mean_of_counts", "validate"]

MODELS = {"bg_nbd": fit_bg_nbd, "pareto_nbd": fit_pareto_nbd}
HIGHEST = 7
FEWEST = 30  # in a group, below which nothing is said of its mean


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

    Examples
    --------
    >>> import crmlab as crm
    >>> orders = crm.datasets.load_retail("S", "clean").tables["sales"].rename(columns={"total": "amount"})
    >>> orders = orders[orders["status"] != "cancelled"]
    >>> facts = validate(orders, split="2019-06-30", as_of="2019-12-31").facts
    >>> facts["expected_total"] < facts["seen_total"]  # PT XYZ grows; to the model every customer's pace is steady
    True
    """
    import duckdb
    import numpy as np
    import pandas as pd

    if model not in MODELS:
        raise UserError("value.unknown_model", found=model, wanted=list(MODELS))
    first, last = day_of(split), day_of(as_of)
    if first >= last:
        raise UserError("value.split_backwards", split=first, as_of=last)
    known = summary(sales, as_of=first, unit=unit)
    fit = MODELS[model](known, level=level)
    t = (last - first).days / days_in(unit)
    forecast = fit.expected(t, level=level)
    with duckdb.connect() as con:
        con.register("sales", purchases_of(sales))
        seen = con.execute(
            "SELECT customer_id, count(*) AS seen FROM (SELECT customer_id, CAST(ordered_at AS DATE) AS day FROM sales "
            "WHERE customer_id IS NOT NULL AND CAST(ordered_at AS DATE) > ? AND CAST(ordered_at AS DATE) <= ? "
            f"GROUP BY ALL HAVING {BOUGHT}) GROUP BY customer_id",
            [first.date(), last.date()],
        ).df()
    table = known.table[["customer_id", "frequency"]].merge(seen, on="customer_id", how="left")
    table["seen"] = table["seen"].fillna(0.0).astype(float)
    table["expected"] = forecast.table["expected"].to_numpy()
    new = len(seen) - int(seen["customer_id"].isin(table["customer_id"]).sum())
    table["group"] = table["frequency"].clip(upper=HIGHEST)
    rows = []
    for group, part in table.groupby("group"):
        n, mean = len(part), float(part["seen"].mean())
        low, high = mean_of_counts(part["seen"].to_numpy(), level)
        expected = float(part["expected"].mean())
        verdict = "too_few" if n < FEWEST else "noise" if low <= expected <= high else "real"
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
    low, high = (forecast.facts[f"total_seen_{end}"] for end in ("low", "high"))
    error = table["expected"] - table["seen"]
    naive = table["frequency"] / known.table[f"age_{unit}s"].clip(lower=1 / days_in(unit)) * t
    better = (naive - table["seen"]).abs() - error.abs()
    reach = z_of(level) * float(better.std(ddof=1)) / np.sqrt(len(better))
    saved = [[float(better.mean()) + side * reach] for side in (0, -1, 1)]
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
        **ends_of("error_saved", saved),
        "correlation": float(np.corrcoef(table["expected"], table["seen"])[0, 1]) if seen_total else None,
        "new_customers": new,
        "verdict": "too_few" if low is None else "noise" if low <= seen_total <= high else "real",
        "level": level,
    }
    notes = [n for n in fit.notes if n.code != "value.later_rows"]  # these are what the forecast is held against
    if new:
        notes.append(Note("value.new_left_out", {"n": new}))
    units = {"frequency": "count", "n": "count", "verdict": "text"}
    units |= dict.fromkeys(("expected_mean", "seen_mean", "seen_mean_low", "seen_mean_high"), "number")
    params = {"model": model, "split": first, "as_of": last, "unit": unit, "highest": HIGHEST, "units": units}
    return Result("value.validation", pd.DataFrame(rows), params, facts, tuple(notes), known.source)


def mean_of_counts(seen: Any, level: float) -> tuple[float, float]:
    """The interval of a mean of counts that may vary more than chance alone would make them.

    The score interval of a Poisson mean, (s + z^2/2 +- z sqrt(s + z^2/4)) / n, with the counts in units of their
    variance over their mean: it reaches further up than down, and holds where hardly anything was counted.

    Examples
    --------
    >>> import numpy as np
    >>> [round(float(end), 3) for end in mean_of_counts(np.array([0] * 95 + [1] * 5), 0.95)]
    [0.021, 0.117]
    """
    import numpy as np

    n, total = len(seen), float(np.sum(seen))
    times = max(float(np.var(seen, ddof=1)) / (total / n), 1.0) if n > 1 and total else 1.0
    z, s = z_of(level), total / times
    reach = z * np.sqrt(s + z**2 / 4)
    return max(times * (s + z**2 / 2 - reach), 0.0) / n, times * (s + z**2 / 2 + reach) / n
