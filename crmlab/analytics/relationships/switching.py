"""What it costs a customer to leave, and when the leaving has paid for itself."""

from __future__ import annotations

from collections.abc import Mapping

from ...errors import UserError
from ...frames import number
from ...results import Note, Result, Source

__all__ = ["PARTS", "switching_cost"]

PARTS = ("search", "learning", "psychological", "sunk")


def switching_cost(
    costs: Mapping[str, float | None], *, saving: float | None = None, source: Source | None = None
) -> Result:
    """What leaving costs, part by part, and after how many years a cheaper supplier has paid it back.

    Parameters
    ----------
    costs : mapping
        ``search`` (finding another), ``learning``, ``psychological`` (stress and worry: a person's estimate in money),
        ``sunk`` (investments in this relationship that nobody gives back), in one currency. A part that nobody has
        estimated is ``None`` and makes the sum incomplete; it is never 0.
    saving : float, optional
        What the other supplier would save in a year.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``relationships.switching_cost``: per ``switching_part`` ``amount`` and ``share``. ``facts``: ``total``,
        ``payback_years``, and the same without the sunk part: money that is gone whichever way one decides holds
        people, but is no reason. ``payback_years`` is missing where the saving is unknown or there is none; ``pays``
        then says ``unknown`` or ``never``.

    Raises
    ------
    UserError
        ``relationships.unknown_parts``, ``frames.bad_number``.

    Examples
    --------
    >>> found = switching_cost({"search": 20, "learning": 15, "psychological": 5, "sunk": 60}, saving=30)
    >>> found.facts["total"], round(found.facts["payback_years"], 2), found.facts["pays"]
    (100.0, 3.33, 'in_time')
    """
    import pandas as pd

    strangers = [c for c in costs if c not in PARTS]
    if strangers:
        raise UserError("relationships.unknown_parts", found=strangers, wanted=list(PARTS))
    amounts = {}
    for part in PARTS:
        value = costs.get(part)
        missing = value is None or value != value
        amounts[part] = None if missing else float(number(value, part, 0))
    if saving is not None:
        number(saving, "saving", -1e18)
    gaps = [p for p, v in amounts.items() if v is None]
    known = sum(v for v in amounts.values() if v is not None)
    total = None if gaps else known
    ahead = None if any(amounts[p] is None for p in PARTS[:3]) else sum(amounts[p] for p in PARTS[:3])
    pays = "unknown" if saving is None or total is None else "in_time" if saving > 0 else "never"
    years = total / saving if pays == "in_time" else None
    ahead_years = ahead / saving if ahead is not None and saving is not None and saving > 0 else None
    rows = [
        {"switching_part": f"{p}_cost", "amount": float("nan") if v is None else v}
        | {"share": v / total if total and v is not None else float("nan")}
        for p, v in amounts.items()
    ]
    notes = [Note("relationships.note.parts_missing", {"parts": gaps})] if gaps else []
    facts = {"total": total, "known": known, "missing": len(gaps), "saving": saving, "payback_years": years}
    facts |= {"ahead": ahead, "ahead_years": ahead_years, "sunk": amounts["sunk"], "pays": pays}
    facts["verdict"] = "incomplete" if gaps else "complete"
    params = {"units": {"switching_part": "text", "amount": "money", "share": "share"}}
    return Result("relationships.switching_cost", pd.DataFrame(rows), params, facts, tuple(notes), source)
