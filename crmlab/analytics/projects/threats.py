"""What may go wrong with a programme: expected losses, a heat map, and an answer to each of the largest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...results import Note, Result, Source
from .tables import blank, column_of, names_of, table_of

__all__ = ["FAILURE_CAUSES", "failure_causes", "risks"]

#: Ten common causes of failure of CRM programmes, by Gartner, as section 4.1, phase 2, of the book tells them.
FAILURE_CAUSES = (
    "management_without_customer_insight",
    "incentives_for_old_aims",
    "culture_not_on_customers",
    "no_input_from_customers",
    "technology_as_the_solution",
    "processes_not_designed",
    "poor_customer_data",
    "departments_uncoordinated",
    "team_late_without_business",
    "benefits_unmeasured_untested",
)
PROBABILITY_BANDS = (0.2, 0.4, 0.6, 0.8)
ANSWERS = ("mitigation", "contingency")


def failure_causes() -> list[dict[str, Any]]:
    """A register to begin with: the ten causes, everything else for a person to fill in.

    Examples
    --------
    >>> register = failure_causes()
    >>> len(register), register[6]["risk"], register[6]["probability"]
    (10, 'poor_customer_data', None)
    """
    empty = {"probability": None, "impact": None, "mitigation": "", "contingency": "", "owner": ""}
    return [{"risk": cause, **empty} for cause in FAILURE_CAUSES]


def risks(
    register: Any, *, draft: bool = False, impact_bands: Sequence[float] | None = None, source: Source | None = None
) -> Result:
    """The risk plan: expected monetary value, place in a 5×5 map, and what is still without an answer.

    Parameters
    ----------
    register : table
        :data:`RISKS`. A risk without probability or impact is incomplete: it is listed and counts nowhere.
    draft : bool
        Mark risks in the top fifth that lack mitigation or contingency, instead of refusing the register.
    impact_bands : sequence of float, optional
        The four amounts between the five bands of impact; by default fifths of the largest impact, which compares the
        register's risks with each other only.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``projects.risks``, the largest first: ``emv`` = probability × impact, ``emv_share`` of all,
        ``probability_band`` and ``impact_band`` 1 to 5 (a value on a border belongs to the lower one), ``level`` =
        their product, ``top_fifth`` (in the fifth with the largest EMV; at least one; ties belong to it), ``lacks``.

    Raises
    ------
    UserError
        ``projects.unanswered``, ``projects.probability_in_percent``, ``projects.negative``.

    Notes
    -----
    Pitfall: EMV is an average over many worlds. A rare ruin and a daily nuisance can have the same; the map keeps them
    apart.

    Examples
    --------
    >>> register = [{"risk": r, "probability": p, "impact": i, "mitigation": "m", "contingency": "c"}
    ...             for r, p, i in [("data", 0.4, 500), ("people", 0.6, 300), ("vendor", 0.3, 200)]]
    >>> result = risks(register)
    >>> result.table["emv"].tolist(), result.facts["total"]
    ([200.0, 180.0, 60.0], 440.0)
    """
    import numpy as np
    import pandas as pd

    frame = table_of(register, ("risk", "probability", "impact"), "risks")
    names = names_of(frame, "risk", "risks")
    _not_percent(frame, names)
    chance = np.array(column_of(frame, "probability", "risks", names, most=1, needed=False))
    impact = np.array(column_of(frame, "impact", "risks", names, needed=False))
    emv = chance * impact
    whole = ~np.isnan(emv)
    count, total = int(whole.sum()), float(emv[whole].sum())
    least = np.sort(emv[whole])[-max(1, -(-count // 5))] if count else np.inf
    top = whole & (emv >= least * (1 - 1e-12)) & (emv > 0)  # what rounding parts is a tie all the same
    lacks = [tuple(a for a in ANSWERS if blank(frame[a].iloc[i] if a in frame else None)) for i in range(len(frame))]
    unanswered = [names[i] for i in np.flatnonzero(top) if lacks[i]]
    if unanswered and not draft:
        missing = sorted({a for i in np.flatnonzero(top) for a in lacks[i]}, reverse=True)
        raise UserError("projects.unanswered", table="risks", rows=unanswered, wanted=missing)
    cuts = _bands(impact_bands, impact)
    table = pd.DataFrame({"risk": names, "probability": chance, "impact": impact, "emv": emv})
    table["emv_share"] = emv / total if total else np.nan
    for column, values, at in (
        ("probability_band", chance, PROBABILITY_BANDS),
        ("impact_band", impact, cuts),
    ):
        bands = np.searchsorted(np.array(at) * (1 + 1e-12), values, side="left") + 1.0
        table[column] = np.where(np.isnan(values), np.nan, bands)
    table["level"] = table["probability_band"] * table["impact_band"]
    table["top_fifth"] = ["top_fifth" if t else "" for t in top]
    table["lacks"] = [t if s or not w else () for t, s, w in zip(lacks, top, whole, strict=True)]
    for column in (*ANSWERS, "owner"):
        if column in frame:
            table[column] = [None if blank(v) else str(v) for v in frame[column]]
    table = table.sort_values("emv", ascending=False, kind="stable", na_position="last", ignore_index=True)
    facts: dict[str, Any] = {"total": total, "n": len(names), "complete": count, "incomplete": len(names) - count}
    first = table.iloc[0].to_dict() if count else {}
    facts |= {"largest": first.get("risk"), "largest_emv": first.get("emv"), "n_top": int(top.sum())}
    facts["largest_share"] = first.get("emv_share") if total else None
    worst = float(impact[whole].sum())
    facts |= {"worst": worst, "unanswered": len(unanswered), "n_red": int((table["level"] >= 15).sum())}
    facts["status"] = "incomplete" if count < len(names) or unanswered else "complete"
    notes = []
    if total:
        told = {k: facts[k] for k in ("largest", "largest_emv", "largest_share")}
        notes.append(Note("projects.note.largest_risk", told))
    if facts["incomplete"]:
        told = {"n": facts["incomplete"], "risks": list(table["risk"][count:][:3])}
        notes.append(Note("projects.note.incomplete_risks", told))
    if unanswered:
        notes.append(Note("projects.note.unanswered", {"n": len(unanswered), "risks": unanswered[:3]}))
    if impact_bands is None and count:
        notes.append(Note("projects.note.own_bands", {"largest": float(np.nanmax(impact))}))
    units = {"risk": "text", "probability": "share", "impact": "money", "emv": "money", "emv_share": "share"}
    units |= dict.fromkeys(("probability_band", "impact_band", "level"), "count")
    units |= {c: "text" for c in ("lacks", *ANSWERS, "owner") if c in table} | {"top_fifth": "mark"}
    params = {"draft": draft, "impact_bands": tuple(float(c) for c in cuts), "units": units}
    return Result("projects.risks", table, params, facts, tuple(notes), source)


def _not_percent(frame: Any, names: Sequence[str]) -> None:
    big = [n for n, v in zip(names, frame["probability"], strict=True) if isinstance(v, int | float) and 1 < v <= 100]
    if big:
        found = [v for v in frame["probability"] if isinstance(v, int | float) and 1 < v <= 100]
        raise UserError("projects.probability_in_percent", table="risks", rows=big, found=found, share=found[0] / 100)


def _bands(given: Sequence[float] | None, impact: Any) -> Sequence[float]:
    import numpy as np

    if given is None:
        largest = float(np.nanmax(impact)) if (~np.isnan(impact)).any() else 1.0
        return [largest * k / 5 for k in (1, 2, 3, 4)]
    cuts = list(given)
    numbers = all(isinstance(c, int | float) and not isinstance(c, bool) and c > 0 for c in cuts)
    if len(cuts) != 4 or not numbers or sorted(set(cuts)) != cuts:
        raise UserError("projects.bad_bands", found=cuts)
    return cuts
