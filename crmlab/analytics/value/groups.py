"""The value of groups of customers, summed from their lifetime values; the models' errors are shared by all of them."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...results import Note, Result

__all__ = ["value_by"]

_FEW = 30
_ENDS = ["value", "value_low", "value_high"]


def value_by(values: Result, groups: Any, *, by: str) -> Result:
    """What the customers of each segment are still worth.

    Parameters
    ----------
    values : Result
        Of :func:`lifetime_value`, with ``customer_id``.
    groups : DataFrame or Result
        ``customer_id`` and the column ``by``, one row a customer.
    by : str

    Returns
    -------
    Result
        Kind ``value.value_by``: by group the sum of ``value`` with its interval, its share, and the mean of a customer.
        The interval is that of the models' parameters, whose errors all customers share: they do not average out in a
        sum. A group of fewer than 30 is ``too_few``.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"customer_id": ["a", "b", "c"], "value": [5.0, 3.0, 2.0], "value_low": [4.0, 2.0, 1.0],
    ...                       "value_high": [6.0, 4.0, 3.0], "p_alive": [0.9, 0.8, 0.1]})
    >>> values = Result("value.lifetime_value", table, facts={"discount": 0.1})
    >>> found = value_by(values, {"customer_id": ["a", "b", "c"], "kind": ["x", "x", "y"]}, by="kind")
    >>> found.table[["kind", "value", "value_low", "value_high"]].values.tolist()
    [['x', 8.0, 6.0, 10.0], ['y', 2.0, 1.0, 3.0]]
    """
    import pandas as pd

    known = getattr(groups, "table", groups)
    known = pd.DataFrame(known) if isinstance(known, dict) else known
    for name, frame in (("values", values.table), ("groups", known)):
        wanted = ("customer_id", "value") if name == "values" else ("customer_id", by)
        missing = [c for c in wanted if c not in frame]
        if missing:
            raise UserError("value.missing_column", table=name, wanted=missing, found=[str(c) for c in frame.columns])
    of = known.drop_duplicates("customer_id").set_index("customer_id")[by]
    joined = values.table.assign(**{by: values.table["customer_id"].map(of)}).reset_index(drop=True)
    joined = joined[joined[by].notna()]
    total = float(joined["value"].sum())
    sums = values.total_of if hasattr(values, "total_of") else lambda at: tuple(joined.loc[at, _ENDS].sum(min_count=1))
    rows = []
    for name, its in joined.groupby(by, observed=True, sort=False):
        row = {by: name, "n": len(its), **{c: float(v) for c, v in zip(_ENDS, sums(its.index), strict=True)}}
        row["value_share"] = row["value"] / total if total > 0 else None
        row["value_per_customer"] = row["value"] / len(its)
        row["expected_alive"] = float(its["p_alive"].sum()) if "p_alive" in its else None
        rows.append({**row, "verdict": "too_few" if len(its) < _FEW else "real"})
    if not rows:
        raise UserError("value.nobody_shared")
    table = pd.DataFrame(rows).sort_values("value", ascending=False, kind="stable").reset_index(drop=True)
    best = table.iloc[0]
    facts = {"n": len(joined), "total": total, "groups": len(table), "best": best[by], "best_value": best["value"]}
    facts |= {"best_value_low": best["value_low"], "best_value_high": best["value_high"], "best_n": int(best["n"])}
    facts["best_share"] = best["value_share"]
    without = len(values.table) - len(joined)
    notes = [*values.notes]
    if without:
        notes.append(Note("value.without_group", {"n": without}))
    units = {by: "text", "verdict": "text", "n": "count", "value_share": "share", "expected_alive": "number"}
    units |= dict.fromkeys(("value", "value_low", "value_high", "value_per_customer"), "money")
    params = {"by": by, **{k: values.params.get(k) for k in ("discount", "margin_share", "horizon")}, "units": units}
    return Result("value.value_by", table, params, facts, tuple(notes), values.source)
