"""Points: what a programme owes, and to whom; and which of the loyal customers are worth keeping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import UserError
from ...frames import day_of, days_of, frame_of, number
from ...intervals import bunched
from ...results import Note, Result, Source

__all__ = ["points", "worth_keeping"]

KINDS = ("earned", "redeemed", "expired")


def points(
    ledger: Any,
    *,
    as_of: Any,
    value: float,
    redemption: float | None = None,
    life_years: int | None = None,
    level: float = 0.95,
    source: Source | None = None,
) -> Result:
    """What a programme of points owes on a day: points outstanding x value of a point x share that will be taken.

    Parameters
    ----------
    ledger : DataFrame
        ``customer_id``, ``entered_at``, ``kind`` (earned, redeemed, expired) and ``points`` (taken and expired ones
        negative).
    as_of : date
        Entries after it are left out, and counted.
    value : float
        What a point is worth when it is taken, in rupiah.
    redemption : float, optional
        Share of outstanding points that will be taken. By default what the ledger shows: taken by taken or expired.
    life_years : int, optional
        Points expire at the end of the year that comes so many years after they were earned: 1 for the end of next
        year. Without it nothing is said of when they expire.
    level : float
    source : Source, optional

    Returns
    -------
    Result
        Kind ``relationships.points``: per year in which they were earned ``earned``, ``outstanding`` (the oldest go
        first), ``expires_on`` and ``liability``. ``facts``: sums, ``liability`` (with interval where ``redemption``
        comes from the ledger), ``negative`` customers whose balance is below nothing and ``overdrawn`` by how much: it
        is not taken off what is owed to others.

    Raises
    ------
    UserError
        ``relationships.unknown_kinds``, ``.wrong_sign``, ``.no_outcomes`` (nothing was taken or expired yet, and no
        ``redemption`` is given), ``frames.bad_number``.

    Notes
    -----
    Points taken so far say more of eager customers than of those who forget: of the young points outstanding now, more
    will expire. Members share one rate here.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"customer_id": 1, "entered_at": "2020-05-01", "kind": "earned", "points": 1_000_000}
    >>> points(pd.DataFrame([row]), as_of="2020-12-31", value=50, redemption=0.7).facts["liability"]
    35000000.0
    """
    import numpy as np
    import pandas as pd

    day = day_of(as_of, "as_of")
    number(value, "value", 0)
    if redemption is not None:
        number(redemption, "redemption", 0, 1)
    if life_years is not None:
        number(life_years, "life_years", 0, 50, whole=True)
    frame = frame_of(ledger, ["customer_id", "entered_at", "kind", "points"], "points")
    table = frame[["customer_id", "kind"]].assign(
        on=days_of(frame, "entered_at", "points"), points=pd.to_numeric(frame["points"]).astype(float)
    )
    table["kind"] = table["kind"].astype(str)
    strangers = sorted(set(table["kind"]) - set(KINDS))
    if strangers:
        raise UserError("relationships.unknown_kinds", table="points", found=strangers, wanted=list(KINDS))
    wrong = (table["kind"] == "earned") != (table["points"] > 0)
    if wrong.any():
        rows = [int(k) + 1 for k in wrong.to_numpy().nonzero()[0]]
        raise UserError("relationships.wrong_sign", table="points", rows=rows)
    late = table["on"] > day
    notes = [Note("relationships.note.later", {"n": int(late.sum()), "as_of": day.date()})] if late.any() else []
    table = table[~late]
    if table.empty:
        raise UserError("frames.empty", table="points")
    sums = {kind: float(table.loc[table["kind"] == kind, "points"].sum()) for kind in KINDS}
    balance = table.groupby("customer_id")["points"].sum()
    overdrawn = balance[balance < 0]
    if len(overdrawn):
        values = {"n": len(overdrawn), "points": float(-overdrawn.sum())}
        notes.append(Note("relationships.note.overdrawn", values))
    earned = table[table["kind"] == "earned"]
    by_year = earned.pivot_table(index="customer_id", columns=earned["on"].dt.year, values="points", aggfunc="sum")
    by_year = by_year.fillna(0.0).sort_index(axis=1)
    gone = -table[table["kind"] != "earned"].groupby("customer_id")["points"].sum().reindex(by_year.index).fillna(0.0)
    # the oldest points go first: what is left of a year is what its sum goes beyond all that has gone
    left = (by_year.cumsum(axis=1).sub(gone, axis=0)).clip(lower=0).clip(upper=by_year)
    rate, low, high = _redemption(table, redemption, level)
    rows = []
    for year in by_year.columns:
        out = float(left[year].sum())
        ends = pd.Timestamp(int(year) + life_years, 12, 31) if life_years is not None else pd.NaT
        rows.append({"year": int(year), "earned": float(by_year[year].sum()), "outstanding": out, "expires_on": ends}
                    | {"liability": out * value * rate})  # fmt: skip
    if not rows:
        rows = [{"year": day.year, "earned": 0.0, "outstanding": 0.0, "expires_on": pd.NaT, "liability": 0.0}]
    outstanding = sum(r["outstanding"] for r in rows)
    overdue = sum(r["outstanding"] for r in rows if r["expires_on"] is not pd.NaT and r["expires_on"] <= day)
    soon = [r for r in rows if r["expires_on"] is not pd.NaT and r["expires_on"] > day and r["outstanding"] > 0]
    if overdue:
        notes.append(Note("relationships.note.not_expired", {"points": overdue}))
    facts = {"n": len(table), "customers": len(balance), "earned": sums["earned"], "redeemed": -sums["redeemed"]}
    facts |= {"expired": -sums["expired"], "outstanding": outstanding, "value": float(value), "redemption": rate}
    facts |= {"redemption_low": low, "redemption_high": high, "liability": outstanding * value * rate}
    facts |= {"liability_low": outstanding * value * low, "liability_high": outstanding * value * high}
    facts |= {"most": outstanding * value, "negative": len(overdrawn), "overdrawn": float(abs(overdrawn.sum()))}
    facts |= {"overdue": overdue, "next_on": soon[0]["expires_on"].date() if soon else None, "as_of": day.date()}
    facts |= {"next_points": soon[0]["outstanding"] if soon else None}
    facts["verdict"] = "given" if redemption is not None else "too_few" if np.isnan(low) else "estimated"
    units = {"year": "text", "earned": "number", "outstanding": "number", "expires_on": "date", "liability": "money"}
    params = {"as_of": day.date(), "value": float(value), "redemption_given": redemption, "life_years": life_years}
    params |= {"level": level, "units": units}
    return Result("relationships.points", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _redemption(table: Any, given: float | None, level: float) -> tuple[float, float, float]:
    """The share of points that are taken: as given, or as the ledger shows, customers differing from each other."""
    if given is not None:
        return float(given), float("nan"), float("nan")
    ended = table[table["kind"] != "earned"]
    if ended.empty:
        raise UserError("relationships.no_outcomes", table="points")
    taken = -ended["points"].where(ended["kind"] == "redeemed", 0.0).groupby(ended["customer_id"]).sum()
    whole = -ended["points"].groupby(ended["customer_id"]).sum()
    rate = float(taken.sum() / whole.sum())
    if len(whole) < 30:  # of fewer, a handful of customers makes the rate
        return rate, float("nan"), float("nan")
    return rate, *bunched(taken, whole, level=level)


def worth_keeping(
    customers: Any,
    *,
    fit: Mapping[str, Any],
    loyal: str = "loyal",
    profit: str = "profit",
    least_profit: float = 0.0,
    customer: str = "customer_id",
    source: Source | None = None,
) -> Result:
    """Which of the loyal customers fit whom the company wants to serve, and leave something over.

    Parameters
    ----------
    customers : DataFrame
        One row a customer: ``loyal`` (yes or no), ``profit``, and the columns that ``fit`` names.
    fit : mapping
        Column to the values that fit, a list, or ``(low, high)`` with ``None`` for an open end; ``True`` for a column
        of yes and no.
    loyal, profit, customer : str
        Columns.
    least_profit : float
        Profit above which a customer is kept.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``relationships.worth_keeping``: per loyal customer ``fits``, ``profit``, ``decision``: ``keep_customer``,
        ``fits_without_profit`` (change the price or the service before anything else), ``does_not_fit``, ``undecided``
        (something is not known). ``facts``: how many remain at each step, and ``profit_kept``.

    Notes
    -----
    The profit must be after the cost of serving (``crm.profitability``), and over a period long enough; a decision on
    one bad year is one on luck. Who does not fit is served as everybody; he is not chased away.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"customer_id": [1, 2], "loyal": True, "city": ["Bogor", "Ende"], "profit": [5, 9]})
    >>> worth_keeping(table, fit={"city": ["Bogor"]}).table["decision"].tolist()
    ['keep_customer', 'does_not_fit']
    """
    import pandas as pd

    if not fit:
        raise UserError("relationships.no_fit")
    frame = frame_of(customers, [customer, loyal, profit, *fit], "customers")
    again = frame[customer].duplicated(keep=False)
    if again.any():
        rows = [int(k) + 1 for k in again.to_numpy().nonzero()[0]]
        raise UserError("relationships.account_twice", table="customers", rows=rows)
    unsure = frame[loyal].isna()
    table = frame[frame[loyal].fillna(False).astype(bool)]
    if table.empty:
        raise UserError("relationships.nobody_loyal", table="customers", column=loyal)
    fits, known = pd.Series(True, index=table.index), pd.Series(True, index=table.index)
    for column, wanted in fit.items():
        known &= table[column].notna()
        fits &= _meets(table[column], wanted, column)
    money = pd.to_numeric(table[profit], errors="coerce")
    decision = pd.Series("keep_customer", index=table.index)
    decision[~(money > least_profit)] = "fits_without_profit"
    decision[known & ~fits] = "does_not_fit"
    decision[~known | (fits & known & money.isna())] = "undecided"
    out = pd.DataFrame({"customer_id": table[customer].to_numpy(), "fits": (fits & known).to_numpy()})
    out["profit"], out["decision"] = money.to_numpy(), decision.to_numpy()
    counts = decision.value_counts()
    keep = out[out["decision"] == "keep_customer"]
    facts = {"customers": len(frame), "loyal": len(table), "fitting": int((fits & known).sum()), "keep": len(keep)}
    facts |= {k: int(counts.get(k, 0)) for k in ("fits_without_profit", "does_not_fit", "undecided")}
    facts |= {"profit_kept": float(keep["profit"].sum()), "profit_loyal": float(money.sum())}
    lost = out.loc[out["decision"] == "fits_without_profit", "profit"]
    facts |= {"loss_fitting": float(-lost.sum()), "least_profit": float(least_profit)}
    facts["verdict"] = "incomplete" if facts["undecided"] else "complete"
    notes = [Note("relationships.note.undecided", {"n": facts["undecided"]})] if facts["undecided"] else []
    if unsure.any():
        notes.append(Note("relationships.note.loyalty_unknown", {"n": int(unsure.sum())}))
    units = {"customer_id": "key", "fits": "text", "profit": "money", "decision": "text"}
    told = {k: list(v) if isinstance(v, list | tuple | set) else v for k, v in fit.items()}
    params = {"fit": told, "least_profit": least_profit, "units": units}
    return Result("relationships.worth_keeping", out, params, facts, tuple(notes), source)


def _meets(values: Any, wanted: Any, column: str) -> Any:
    if isinstance(wanted, tuple) and len(wanted) == 2:
        low, high = wanted
        fits = values.notna()
        if low is not None:
            fits &= values >= low
        return fits & (values <= high) if high is not None else fits
    if isinstance(wanted, list | set):
        return values.isin(list(wanted))
    if isinstance(wanted, bool):
        return values.eq(wanted).fillna(False).astype(bool)
    raise UserError("relationships.bad_rule", column=column, found=wanted)
