"""Why a margin moved: by other customers, or by other rates."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...results import Note, Result
from .tables import amounts_of, frame_of, inside, period_of, times_of

__all__ = ["mix_and_rate"]


def mix_and_rate(
    sales: Any, *, by: str = "channel", before: Any, after: Any, amount: str = "amount", cost: str = "cost"
) -> Result:
    """Why the margin moved between two periods: because the mix changed, or because rates did.

    Parameters
    ----------
    sales : DataFrame
        ``ordered_at``, ``amount``, ``cost`` and the column ``by``.
    by : str
    before, after : str, int or pair
        Periods.
    amount, cost : str
        Columns.

    Returns
    -------
    Result
        Kind ``profitability.mix_and_rate``: per member its share of revenue and its margin in both periods. By mix =
        (share after - share before) * (margin before - overall margin before); by rate = share after * (margin after -
        margin before). The parts sum to the change exactly.

    Examples
    --------
    >>> import pandas as pd
    >>> sales = pd.DataFrame({"ordered_at": ["2016-01-01", "2016-01-01", "2019-01-01", "2019-01-01"],
    ...                       "channel": ["store", "marketplace"] * 2, "amount": [80, 20, 50, 50],
    ...                       "cost": [60, 17, 37.5, 42.5]})
    >>> facts = mix_and_rate(sales, before=2016, after=2019).facts
    >>> round(facts["change"], 4), round(facts["by_mix"], 4), round(facts["by_rate"], 4)
    (-0.03, -0.03, 0.0)
    """
    import pandas as pd

    frame = frame_of(sales, ("ordered_at", by, amount, cost), "sales")
    times = times_of(frame, "ordered_at", "sales")
    rows = pd.DataFrame({by: frame[by], "amount": amounts_of(frame, amount, "sales")})
    rows["margin"] = rows["amount"] - amounts_of(frame, cost, "sales")
    unknown = rows["margin"].isna()
    sums = []
    for period in (before, after):
        its = rows[inside(times, period_of(period)) & ~unknown]
        got = its.groupby(by, dropna=False, observed=True)[["amount", "margin"]].sum()
        if not got["amount"].sum() > 0:
            raise UserError("profitability.empty_period", found=str(period))
        sums.append(got)
    table = sums[0].add_suffix("_before").join(sums[1].add_suffix("_after"), how="outer").fillna(0.0)
    overall = []
    for end in ("before", "after"):
        whole = table[f"amount_{end}"].sum()
        table[f"mix_share_{end}"] = table[f"amount_{end}"] / whole
        sold = table[f"amount_{end}"]
        table[f"margin_share_{end}"] = table[f"margin_{end}"] / sold.where(sold != 0)
        overall.append(float(table[f"margin_{end}"].sum() / whole))
    # one who was not there before, or is no more, changed the mix; his rate can't have changed
    was = table["margin_share_before"].fillna(table["margin_share_after"])
    now = table["margin_share_after"].fillna(was)
    table["by_mix"] = (table["mix_share_after"] - table["mix_share_before"]) * (was - overall[0])
    table["by_rate"] = table["mix_share_after"] * (now - was)
    table = table.reset_index().sort_values("by_mix", key=abs, ascending=False, kind="stable")
    mix, rate = float(table["by_mix"].sum()), float(table["by_rate"].sum())
    facts = {"margin_before": overall[0], "margin_after": overall[1], "change": overall[1] - overall[0]}
    facts |= {"by_mix": mix, "by_rate": rate}
    facts |= {f"{fact}_points": 100 * facts[fact] for fact in ("change", "by_mix", "by_rate")}
    facts |= {"n": int((~unknown).sum()), "unknown": int(unknown.sum())}
    facts |= {"before": str(before), "after": str(after), "moved_most": table.iloc[0][by]}
    columns = [
        by,
        *(f"{c}_{end}" for c in ("mix_share", "margin_share") for end in ("before", "after")),
        "by_mix",
        "by_rate",
    ]
    notes = (Note("profitability.unknown_values", {"n": facts["unknown"]}),) if facts["unknown"] else ()
    units = dict.fromkeys(columns[1:], "share")
    params = {"by": by, "units": units}
    return Result("profitability.mix_and_rate", table[columns].reset_index(drop=True), params, facts, notes)
