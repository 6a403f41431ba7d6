"""When a customer's sales reach a value: once for each value, whatever comes back, comes late, or is loaded again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...frames import frame_of, number, times_of
from ...results import Note, Result, Source

__all__ = ["watch"]


def watch(
    sales: Any,
    thresholds: Sequence[float],
    *,
    fired: Any = None,
    customer: str = "customer_id",
    at: str = "ordered_at",
    amount: str = "amount",
    key: str = "order_id",
    source: Source | None = None,
) -> Result:
    """At which sale each customer's running total first reached each value.

    Parameters
    ----------
    sales : DataFrame
        A row a sale; a return has a negative amount.
    thresholds : sequence of float
        Rupiah, rising.
    fired : DataFrame or Result, optional
        What this function gave before: an event that stands there is not given again as new, even if late sales move
        it to another day.
    customer, at, amount, key : str
        Columns. Where ``key`` is there, a row that was loaded twice counts once.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``workflow.events``: a row an event: the customer, ``threshold``, ``reached_at``, ``sale_number`` (his how
        manyth), ``running_total`` then, ``total_now``, ``below_now`` (returns took him below it again; the event
        stays), ``is_new``. Sales are put in the order of their moments; within one moment the order given holds.

    Raises
    ------
    UserError
        ``workflow.bad_thresholds``, ``workflow.sale_twice``, ``workflow.no_amounts``.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.date_range("2020-01-01", periods=4)
    >>> sales = pd.DataFrame({"customer_id": 1, "ordered_at": days, "amount": [3.2e6, 4.1e6, 1.9e6, 1.5e6]})
    >>> watch(sales, [10e6]).table[["sale_number", "running_total"]].values.tolist()
    [[4.0, 10700000.0]]
    """
    import pandas as pd

    levels = [number(t, "thresholds", 1e-9) for t in thresholds]
    if not levels or sorted(set(levels)) != levels:
        raise UserError("workflow.bad_thresholds", found=list(thresholds))
    frame = frame_of(sales, (customer, at, amount), "sales")
    notes = []
    if key in frame:
        again = frame.duplicated([key, customer, at, amount]) & frame[key].notna()
        if again.any():
            notes.append(Note("workflow.note.loaded_twice", {"n": int(again.sum())}))
            frame = frame[~again]
        clash = frame[key].duplicated(keep=False) & frame[key].notna()
        if clash.any():
            raise UserError("workflow.sale_twice", table="sales", found=frame.loc[clash, key].head(3).tolist(), key=key)
    moments = times_of(frame, at, "sales")
    money = pd.to_numeric(frame[amount], errors="coerce")
    blank = moments.isna() | money.isna() | frame[customer].isna()
    if blank.any():
        notes.append(Note("workflow.note.blank_sales", {"n": int(blank.sum())}))
    if blank.all():
        raise UserError("workflow.no_amounts", table="sales")
    rows = pd.DataFrame({customer: frame[customer], "at": moments, "amount": money})[~blank]
    late = int((rows.groupby(customer, sort=False)["at"].diff() < pd.Timedelta(0)).sum())
    if late:
        notes.append(Note("workflow.note.out_of_order", {"n": late}))
    rows = rows.sort_values("at", kind="stable")
    by = rows.groupby(customer, sort=False)["amount"]
    # rupiah are whole: sums of them must not miss a value by a rounding
    rows = rows.assign(total=by.cumsum().round(2), step=by.cumcount() + 1)
    now = rows.groupby(customer, sort=False)["total"].last()
    seen = _seen(fired, customer)
    parts = []
    for level in levels:
        first = rows[rows["total"] >= level].drop_duplicates(customer)
        part = {customer: first[customer], "threshold": level, "reached_at": first["at"], "sale_number": first["step"]}
        part |= {"running_total": first["total"], "total_now": first[customer].map(now)}
        parts.append(pd.DataFrame(part))
    table = pd.concat(parts).sort_values(["reached_at", "threshold"], kind="stable", ignore_index=True)
    table["below_now"] = table["total_now"] < table["threshold"]
    table["is_new"] = [(c, t) not in seen for c, t in zip(table[customer], table["threshold"], strict=True)]
    reached = [{"threshold": x, "people": int((table["threshold"] == x).sum())} for x in levels]
    people = int(rows[customer].nunique())
    facts: dict[str, Any] = {"n": len(rows), "people": people, "events": len(table), "new": int(table["is_new"].sum())}
    facts |= {"below": int(table["below_now"].sum()), "returns": int((rows["amount"] < 0).sum()), "late": late}
    facts |= {
        "lowest": levels[0],
        "reached_lowest": reached[0]["people"],
        "share_lowest": reached[0]["people"] / people,
    }
    gone = len(seen - set(zip(table[customer], table["threshold"], strict=True)))
    if gone:
        notes.append(Note("workflow.note.gone", {"n": gone}))
    money_columns = ("threshold", "running_total", "total_now")
    units = {customer: "text", "reached_at": "date", "sale_number": "count", **dict.fromkeys(money_columns, "money")}
    units |= {"below_now": "text", "is_new": "text"}
    params: dict[str, Any] = {"thresholds": levels, "reached": reached, "personal": [customer], "units": units}
    if people == 1:
        params["path"] = rows["total"].tolist()
    return Result("workflow.events", table, params, facts, tuple(notes), source)


def _seen(fired: Any, customer: str) -> set[tuple[Any, float]]:
    table = getattr(fired, "table", fired)
    if table is None or not len(table):  # a first run that found nothing
        return set()
    frame = frame_of(table, (customer, "threshold"), "fired")
    return set(zip(frame[customer], frame["threshold"].astype(float), strict=True))
