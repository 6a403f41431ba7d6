"""Whether a record of a customer is worth what it costs."""

from __future__ import annotations

from ...errors import UserError
from ...frames import number
from ...intervals import wilson
from ...results import Note, Result, Source

__all__ = ["worth_recording"]


def worth_recording(
    repeat: float | tuple[int, int],
    margin: float,
    cost: float,
    *,
    once_in_a_lifetime: bool = False,
    source: Source | None = None,
) -> Result:
    """Whether a customer's record earns its cost: the chance of another purchase times its margin, minus the cost.

    Parameters
    ----------
    repeat : float or (int, int)
        The chance that a customer buys again because he is known, 0 to 1; or how many did, of how many.
    margin : float
        What another purchase leaves, rupiah.
    cost : float
        What a record costs to collect and keep, rupiah.
    once_in_a_lifetime : bool
        The product is bought once: there is no other purchase.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``workflow.worth``: ``expected_margin``, ``record_cost``, ``record_value`` (with intervals where counts
        were given), ``break_even_share`` (the chance at which a record pays), ``decision``: ``worth_it``,
        ``not_worth_it``, ``undecided`` where the interval holds 0. People who would have come back unasked don't
        come back because of the record: the chance is too high where they are counted.

    Raises
    ------
    UserError
        ``workflow.no_chance``: the chance is not between 0 and 1.

    Examples
    --------
    >>> found = worth_recording(0.3, 40_000, 15_000).facts
    >>> found["expected_margin"], found["decision"], found["break_even_share"]
    (12000.0, 'not_worth_it', 0.375)
    """
    import pandas as pd

    margin, cost = number(margin, "margin", 0), number(cost, "cost", 0)
    n, low, high = None, None, None
    if isinstance(repeat, tuple | list) and len(repeat) == 2:
        n = number(repeat[1], "repeat", 1, whole=True)
        share = number(repeat[0], "repeat", 0, n, whole=True) / n
        low, high = wilson(repeat[0], n)
    else:
        share = repeat
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise UserError("workflow.no_chance", found=repeat)
    if once_in_a_lifetime:
        share, low, high = 0.0, None, None
    ends = [None if s is None else s * margin - cost for s in (low, high)]
    value = share * margin - cost
    decision = "worth_it" if value > 0 else "not_worth_it"
    if ends[0] is not None and ends[0] <= 0 <= ends[1]:
        decision = "undecided"
    row = {"repeat_share": share, "repeat_share_low": low, "repeat_share_high": high, "margin_per_sale": margin}
    row |= {"expected_margin": share * margin, "record_cost": cost, "record_value": value}
    row |= {"record_value_low": ends[0], "record_value_high": ends[1]}
    row |= {"break_even_share": cost / margin if margin else None, "decision": decision}
    units = dict.fromkeys(row, "money") | {"decision": "text", "break_even_share": "share"}
    units |= dict.fromkeys(("repeat_share", "repeat_share_low", "repeat_share_high"), "share")
    notes = [Note("workflow.note.once")] if once_in_a_lifetime else []
    if row["break_even_share"] is None or row["break_even_share"] > 1:
        notes.append(Note("workflow.note.never_pays"))
    return Result("workflow.worth", pd.DataFrame([row]), {"units": units}, {**row, "n": n}, tuple(notes), source)
