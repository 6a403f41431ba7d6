"""A higher price for a better experience: the new price, how many may leave, what people say they would pay."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...intervals import wilson
from ...results import Note, Result, Source
from .intervals import LEAST_N
from .tables import frame_of, number, plain

__all__ = ["willing_to_pay"]

_STEPS = 4


def willing_to_pay(
    price: float,
    premium: float = 0.16,
    *,
    cost: float = 0.0,
    answers: Any = None,
    answer: str = "premium_share",
    steps: int = _STEPS,
    currency: str = "IDR",
    source: Source | None = None,
) -> Result:
    """The price with a premium for a better experience, and how many buyers may leave before it loses money.

    ``new_price = price × (1 + premium)``; the rise pays as long as fewer than
    ``1 - (price - cost) / (new_price - cost)`` of the buyers leave.

    Parameters
    ----------
    price : float
        In money, today's.
    premium : float
        As a share: 0.16 is 16 %.
    cost : float
        In money: what one unit costs at the better experience.
    answers : DataFrame or Result, optional
        A row a person asked: ``answer``, the largest premium that he would pay, as a share; 0 for none.
    steps : int
        Into how many steps the premium is cut.

    Returns
    -------
    Result
        Kind ``satisfaction.willing_to_pay``: by ``premium_share`` ``new_price``, ``unit_margin``,
        ``break_even_loss_share``; with answers ``willing_share`` with its interval, and ``profit_index``: the profit
        of a hundred people asked against today's (100), with the same doubt.

    Notes
    -----
    What people say they would pay is not what they pay: stated willingness runs above the revealed one. "Up to 16 %"
    is the most that anybody named, for some kinds of goods, not a mean. Try a price in one place before all.

    Examples
    --------
    >>> found = willing_to_pay(50_000, 0.16)
    >>> found.facts["new_price"], round(found.facts["break_even_loss_share"], 3)
    (58000.0, 0.138)
    """
    import numpy as np
    import pandas as pd

    price = float(number(price, "price", least=1e-9))
    cost = float(number(cost, "cost", least=0))
    premium = float(number(premium, "premium", least=1e-9))
    steps = number(steps, "steps", least=1, whole=True)
    if premium > 1:
        raise UserError("satisfaction.premium_percent", found=premium)
    if cost >= price:
        raise UserError("satisfaction.cost_above_price", found=cost, wanted=price)
    share = premium * np.arange(steps + 1) / steps
    new = price * (1 + share)
    table = pd.DataFrame({"premium_share": share, "new_price": new.round(6), "unit_margin": (new - cost).round(6)})
    table["break_even_loss_share"] = 1 - (price - cost) / (new - cost)
    units = {"premium_share": "share", "new_price": "money", "unit_margin": "money", "break_even_loss_share": "share"}
    facts: dict[str, Any] = {
        "price": price,
        "cost": cost,
        "premium_share": premium,
        "new_price": float(table["new_price"].iloc[-1]),
        "break_even_loss_share": float(table["break_even_loss_share"].iloc[-1]),
        "currency": currency,
    }
    notes = [Note("satisfaction.note.stated", {})] if answers is not None else []
    if answers is not None:
        said = _premiums(answers, answer)
        n = len(said)
        hits = np.array([(said >= s - 1e-9).sum() for s in share])
        low, high = wilson(hits, n)
        for name, value in (("willing_share", hits / n), ("willing_share_low", low), ("willing_share_high", high)):
            table[name] = value if n >= LEAST_N else np.nan
            units[name] = "share"
        # today everybody asked buys; a premium that is refused is taken for a customer lost
        gain = 100 * (new - cost) / (price - cost)
        for end in ("", "_low", "_high"):
            table[f"profit_index{end}"] = gain * table[f"willing_share{end}"]
            units[f"profit_index{end}"] = "number"
        table.loc[0, ["willing_share", "willing_share_low", "willing_share_high"]] = 1.0
        table.loc[0, ["profit_index", "profit_index_low", "profit_index_high"]] = 100.0
        last = table.iloc[-1]
        facts |= {"n": n, **{c: last[c] for c in table.columns if c.startswith(("willing_share", "profit_index"))}}
        if n >= LEAST_N:
            best = int(table["profit_index"].idxmax())
            facts |= {
                "best_premium_share": table.loc[best, "premium_share"],
                "best_index": table.loc[best, "profit_index"],
            }
        real = last["profit_index_low"] > 100 or last["profit_index_high"] < 100
        facts["verdict"] = "too_few" if n < LEAST_N else "real" if real else "noise"
    params = {"price": price, "premium": premium, "cost": cost, "units": units}
    return Result("satisfaction.willing_to_pay", table, params, plain(facts), tuple(notes), source)


def _premiums(answers: Any, answer: str) -> Any:
    import pandas as pd

    frame = frame_of(answers, [answer], "answers")
    values = pd.to_numeric(frame[answer], errors="coerce")
    bad = (values.isna() & frame[answer].notna()) | (values < 0)
    if bad.any():
        rows = [i + 1 for i, wrong in enumerate(bad) if wrong]
        raise UserError("satisfaction.not_numbers", table="answers", rows=rows, wanted=[answer])
    if (values > 1).any():
        raise UserError("satisfaction.premium_percent", found=float(values.max()))
    if not values.notna().any():
        raise UserError("satisfaction.empty", table="answers")
    return values.dropna().to_numpy(float)
