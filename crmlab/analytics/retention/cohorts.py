"""Cohorts: customers by when they first bought, and what is left of each as it ages.

The triangle is counted by DuckDB where the rows are. A cell that lies after ``as_of``, or that was not over by then, is
blank: nobody knows yet, and a zero would say that all had gone.
"""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...intervals import wilson
from ...results import Note, Result, Source
from .tables import period_of, purchases

__all__ = ["cohorts", "triangle"]

MEASURES = ("customers", "revenue")
_FEW = 30  # of so few customers a share of revenue is mostly one or two of them


def cohorts(
    sales: Any,
    *,
    as_of: Any,
    by: str = "month",
    measure: str = "customers",
    currency: str = "IDR",
    source: Source | None = None,
) -> Result:
    """The cohort triangle, its sizes, its intervals, and the curve of all cohorts together.

    Parameters
    ----------
    sales : DataFrame, pyarrow.Table or path to Parquet
        ``customer_id``, ``ordered_at``, ``amount``; ``order_id`` and ``status`` where known.
    as_of : date
        The last day of which the table knows all; periods that end later are blank.
    by : {"month", "quarter", "year"}
        A cohort is who first bought in the same period; ``age`` counts such periods, 0 being the first.
    measure : {"customers", "revenue"}
        Who bought again in the period, or what the cohort paid in it, goods returned taken off. Shares are of the
        cohort's size, or of what it paid at age 0.
    currency : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``retention.cohorts``: ``cohort``, ``age``, ``cohort_size``, ``value``, ``share`` with its interval (Wilson
        for customers; for revenue by the customers' own sums, none below 30 customers). Future cells are there, and
        blank.
        Rows of kind ``total`` are the curve: all cohorts that have reached an age, pooled.
        :func:`triangle` lays the table out.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"customer_id": [1, 2, 1, 3], "amount": [10, 10, 5, 20], "order_id": [1, 2, 3, 4],
    ...     "ordered_at": pd.to_datetime(["2020-01-05", "2020-01-09", "2020-02-01", "2020-02-03"])})
    >>> triangle(cohorts(sales, as_of="2020-02-29")).to_numpy().tolist()
    [[1.0, 0.5], [1.0, nan]]
    """
    import numpy as np
    import pandas as pd

    letter = period_of(by)
    if measure not in MEASURES:
        raise UserError("retention.bad_measure", found=measure, wanted=list(MEASURES))
    con, notes, last = purchases(sales, as_of)
    unit = f"date_diff('{by}', DATE '1970-01-01', "
    con.execute(
        f"CREATE TABLE firsts AS SELECT customer, {unit}min(day)) AS cohort, min(day) AS day "
        "FROM days WHERE buys GROUP BY 1"
    )
    con.execute(
        f"CREATE TABLE cells AS SELECT customer, cohort, {unit}d.day) - cohort AS age, bool_or(buys) AS buys, "
        "sum(amount) AS amount FROM days d JOIN firsts f USING (customer) WHERE d.day >= f.day GROUP BY ALL"
    )
    sizes = dict(con.execute("SELECT cohort, count(*) FROM firsts GROUP BY 1 ORDER BY 1").fetchall())
    counted = con.execute(
        "SELECT c.cohort, c.age, count(*) FILTER (c.buys), sum(c.amount), sum(c.amount * c.amount), "
        "sum(c.amount * z.amount) FROM cells c LEFT JOIN (SELECT customer, amount FROM cells WHERE age = 0) z "
        "USING (customer) GROUP BY 1, 2"
    ).fetchall()
    con.close()
    found = {(r[0], r[1]): r[2:] for r in counted}
    first, final = min(sizes), pd.Period(last, freq=letter).ordinal
    over = final if pd.Period(last, freq=letter).end_time.normalize() <= last else final - 1
    if over < final:
        notes.append(
            Note("retention.note.incomplete", {"period": str(pd.Period(ordinal=final, freq=letter)), "as_of": last})
        )
    rows = []
    for cohort in range(first, final + 1):
        if not sizes.get(cohort) or cohort > over:
            continue
        for age in range(over - first + 1):
            known = cohort + age <= over
            bought, paid, squares, products = found.get((cohort, age), (0, 0.0, 0.0, 0.0))
            rows.append((cohort, age, sizes[cohort], known, bought, paid, squares, products))
    if not rows:
        raise UserError("retention.no_whole_period", period=by, as_of=str(last.date()))
    grid = pd.DataFrame(
        rows, columns=["ordinal", "age", "cohort_size", "known", "bought", "paid", "squares", "products"]
    )
    blank = ~grid["known"]
    start = grid[grid["age"] == 0].set_index("ordinal")
    for column in ("paid", "squares"):
        grid[f"{column}_0"] = grid["ordinal"].map(start[column])
    grid["row"] = "member"
    summed = ["cohort_size", "bought", "paid", "squares", "products", "paid_0", "squares_0"]
    curve = grid[~blank].groupby("age", as_index=False)[summed].sum().assign(row="total", known=True)
    table = pd.concat([grid, curve], ignore_index=True)
    names = {o: str(pd.Period(ordinal=o, freq=letter)) for o in sizes}
    table["cohort"] = table["ordinal"].where(table["row"] == "member").map(names)
    if measure == "customers":
        table["value"] = table["bought"].astype(float)
        table["share"] = table["bought"] / table["cohort_size"]
        low, high = wilson(table["bought"], table["cohort_size"])
        first = table["age"] == 0  # all of itself, by definition
        table["share_low"], table["share_high"] = np.where(first, 1.0, low), np.where(first, 1.0, high)
    else:
        table["value"] = table["paid"]
        table["share"], table["share_low"], table["share_high"] = _revenue(table)
    hidden = ["value", "share", "share_low", "share_high"]
    table.loc[~table["known"].astype(bool), hidden] = np.nan
    notes.append(Note("retention.note.first_cohort", {"cohort": table["cohort"].iloc[0]}))
    ages = curve["age"].max()
    total = table[(table["row"] == "total")].set_index("age")
    facts = {"n": int(sum(v for k, v in sizes.items() if k <= over)), "cohorts": int((grid["age"] == 0).sum())}
    facts |= {"ages": int(ages) + 1, "blank": int(blank.sum()), "last": last, "currency": currency}
    facts |= {
        "first_cohort": table["cohort"].iloc[0],
        "last_cohort": str(pd.Period(ordinal=int(grid["ordinal"].iloc[-1]), freq=letter)),
    }
    for age in (1, 3, 6, 12):
        for end in ("", "_low", "_high"):
            value = total[f"share{end}"].get(age)
            facts[f"share_{age}{end}"] = None if value is None or value != value else float(value)
        facts[f"n_{age}"] = int(total["cohort_size"].get(age, 0))
    units = {"cohort": "text", "age": "count", "cohort_size": "count", "share": "share", "share_low": "share"}
    units |= {"share_high": "share", "value": "count" if measure == "customers" else "money"}
    params = {"by": by, "measure": measure, "as_of": last, "units": units}
    order = ["row", "cohort", "age", "cohort_size", "value", "share", "share_low", "share_high"]
    return Result("retention.cohorts", table[order], params, facts, tuple(notes), source)


def _revenue(table: Any) -> tuple[Any, Any, Any]:
    """The share of first revenue, and its interval: a ratio of two sums over the same customers (on its logarithm).

    Where few of them paid most at first, so few are as unsure as if there were no others (Student's t).
    """
    import numpy as np
    from scipy.stats import t

    n = table["cohort_size"].to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (table["paid"] / table["paid_0"].where(table["paid_0"] > 0)).to_numpy(float)
        # each customer's error: what he paid less the share of what he paid at first
        errors = table["squares"] - 2 * share * table["products"].fillna(0) + share**2 * table["squares_0"]
        variance = errors.clip(lower=0).to_numpy(float) / table["paid_0"].to_numpy(float) ** 2 * n / (n - 1)
        alike = table["paid_0"].to_numpy(float) ** 2 / table["squares_0"].to_numpy(float)
        reach = t.ppf(0.975, np.clip(alike, 2, n) - 1)
        spread = np.exp(reach * np.sqrt(variance) / share)
    shown = (n >= _FEW) & (share > 0)
    low, high = np.where(shown, share / spread, np.nan), np.where(shown, share * spread, np.nan)
    first = (table["age"] == 0).to_numpy()  # all of itself, by definition
    return share, np.where(first, share, low), np.where(first, share, high)


def triangle(result: Result, of: str = "share") -> Any:
    """The cohorts as a frame: one row a cohort, one column an age; future cells are missing.

    Parameters
    ----------
    result : Result
        Of :func:`cohorts`.
    of : {"share", "value", "share_low", "share_high", "cohort_size"}
    """
    if result.kind != "retention.cohorts":
        raise UserError("retention.not_cohorts", found=result.kind)
    wanted = ("share", "value", "share_low", "share_high", "cohort_size")
    if of not in wanted:
        raise UserError("retention.bad_measure", found=of, wanted=list(wanted))
    cells = result.table[result.table["row"] == "member"]
    return cells.pivot(index="cohort", columns="age", values=of)
