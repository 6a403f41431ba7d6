"""Whom not to serve: a list of proposals, what each would change, and at whom a person must look before."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...results import Note, Result
from .tables import amounts_of, frame_of

__all__ = ["disqualify"]


def disqualify(
    customers: Any,
    *,
    profit: str = "profit",
    reputation: Any = None,
    avoidable: float = 1.0,
    currency: str = "IDR",
) -> Result:
    """Which customers cost more than they bring, and what would change without them.

    Parameters
    ----------
    customers : Result or DataFrame
        ``customer_id`` and the profit of each, as of :func:`customer_profit`; ``revenue`` and ``cost_to_serve`` where
        they are known. A customer of unknown profit is never proposed.
    profit : str
        Column.
    reputation : DataFrame, optional
        ``customer_id`` and columns of yes and no that forbid haste: an open complaint, a public office, somebody who
        brings others. Whoever has a yes is to be looked at first, and is in no effect.
    avoidable : float
        The share of ``cost_to_serve`` that really ends when a customer leaves: 1 all of it, 0.4 where vehicles and
        wages stay. Below 1 only those are proposed who lose money even so.
    currency : str

    Returns
    -------
    Result
        Kind ``profitability.disqualify``: the proposed customers, the costliest first, with ``profit_effect`` (what
        the whole gains without each), ``what_to_do`` (``drop_customer`` or ``look_first``) and what stands against it.
        ``facts``: the profit of all before and after, and the revenue that would leave.

    Examples
    --------
    >>> import pandas as pd
    >>> five = pd.DataFrame({"customer_id": [1, 2, 3, 4, 5], "profit": [50, 30, 20, 5, -15]})
    >>> told = disqualify(five).facts
    >>> told["profit_before"], told["profit_after"], round(told["change_share"], 3)
    (90.0, 105.0, 0.167)
    """
    import pandas as pd

    if isinstance(avoidable, bool) or not isinstance(avoidable, int | float) or not 0 <= avoidable <= 1:
        raise UserError("profitability.bad_share", name="avoidable", found=avoidable)
    frame = frame_of(customers, ("customer_id", profit), "customers")
    if avoidable < 1:
        frame = frame_of(frame, ("cost_to_serve",), "customers")
    twice = frame["customer_id"].duplicated(keep=False)
    if twice.any():
        rows = [i + 1 for i, bad in enumerate(twice) if bad]
        raise UserError("profitability.customer_twice", table="customers", rows=rows)
    gain = amounts_of(frame, profit, "customers")
    stays = (1 - avoidable) * amounts_of(frame, "cost_to_serve", "customers") if avoidable < 1 else 0.0
    effect = -(gain + stays)  # what stays is not saved
    found = pd.DataFrame({"customer_id": frame["customer_id"], profit: gain, "profit_effect": effect})
    if "revenue" in frame:
        found["revenue"] = amounts_of(frame, "revenue", "customers")
    against = _against(reputation)
    found = found[effect > 0].sort_values(["profit_effect", "customer_id"], ascending=[False, True])
    found["reputation_flags"] = found["customer_id"].map(against)
    found["what_to_do"] = found["reputation_flags"].isna().map({True: "drop_customer", False: "look_first"})
    found = found.reset_index(drop=True)
    dropped = found[found["what_to_do"] == "drop_customer"]
    before, known = float(gain.sum()), int(gain.notna().sum())
    after = before + float(dropped["profit_effect"].sum())
    facts: dict[str, Any] = {"n": known, "unknown": len(frame) - known, "proposed": len(found)}
    facts |= {"dropped": len(dropped), "look_first": len(found) - len(dropped)}
    facts |= {"profit_before": before, "profit_after": after, "change": after - before}
    facts |= {"change_share": (after - before) / before if before > 0 else None, "avoidable": float(avoidable)}
    leaves = float(dropped["revenue"].sum()) if "revenue" in found else None
    whole = float(frame["revenue"].sum()) if "revenue" in found else 0.0
    facts |= {"revenue_effect": None if leaves is None else -leaves, "currency": currency}
    facts["revenue_share"] = leaves / whole if leaves is not None and whole > 0 else None
    notes = [Note("profitability.unknown_values", {"n": facts["unknown"]})] if facts["unknown"] else []
    if avoidable == 1 and len(dropped):
        notes.append(Note("profitability.all_avoidable"))
    if reputation is None and len(found):
        notes.append(Note("profitability.reputation_unasked"))
    units = {"customer_id": "key", "what_to_do": "text", "reputation_flags": "text"}
    units |= dict.fromkeys((profit, "profit_effect", "revenue"), "money")
    params = {"profit": profit, "avoidable": float(avoidable), "units": units}
    source = customers.source if isinstance(customers, Result) else None
    return Result("profitability.disqualify", found, params, facts, tuple(notes), source)


def _against(reputation: Any) -> dict[Any, str]:
    """By customer: which columns say yes."""
    if reputation is None:
        return {}
    frame = frame_of(reputation, ("customer_id",), "reputation")
    flags = [c for c in frame.columns if c != "customer_id"]
    for flag in flags:
        if not frame[flag].isin([True, False]).all():
            raise UserError("profitability.not_yes_or_no", table="reputation", column=str(flag))
    told: dict[Any, list[str]] = {}
    for row in frame.to_dict("records"):
        said = told.setdefault(row["customer_id"], [])
        said += [str(flag) for flag in flags if row[flag] and str(flag) not in said]
    return {who: ", ".join(said) for who, said in told.items() if said}
