"""On time and on budget: earned value."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import number
from ...results import Note, Result, Source
from .tables import PROGRESS, column_of, names_of, table_of

__all__ = ["earned_value"]


def earned_value(progress: Any, *, budget: float, source: Source | None = None) -> Result:
    """Schedule and cost against plan, and three forecasts of the final cost.

    Parameters
    ----------
    progress : table
        :data:`PROGRESS`, all counted from the beginning: ``planned`` (PV) what should have been done, ``earned`` (EV)
        what has been done, at the plan's prices, ``actual`` (AC) what that cost. Periods to come have a plan only.
    budget : float
        The budget at completion (BAC).
    source : Source, optional

    Returns
    -------
    Result
        Kind ``projects.earned_value`` (``earned_value_start`` while EV or PV is 0: no forecast by indices): per
        period the three as ``planned_value``, ``earned_value``, ``actual_cost``,
        and ``schedule_variance`` = EV - PV, ``cost_variance`` = EV - AC, ``schedule_index`` = EV/PV, ``cost_index`` =
        EV/AC. ``facts``: those of the last period reported, and the forecasts
        ``eac_typical`` = BAC/CPI (it goes on as so far), ``eac_atypical`` = AC + BAC - EV (the rest goes as planned),
        ``eac_combined`` = AC + (BAC - EV)/(CPI·SPI) (late work is hurried and costs more), ``to_complete_index`` =
        (BAC - EV)/(BAC - AC), the efficiency that would still meet the budget.

    Raises
    ------
    UserError
        ``projects.nothing_spent`` (AC = 0), ``projects.over_earned`` (EV > BAC), ``projects.falling``.

    Notes
    -----
    Pitfall: at the end SPI is 1 even for a project that was a year late, for all is then earned.

    Examples
    --------
    >>> june = {"period": "June", "planned": 600, "earned": 540, "actual": 660}
    >>> facts = earned_value([june], budget=1000).facts
    >>> facts["schedule_variance"], facts["cost_variance"], facts["schedule_index"]
    (-60.0, -120.0, 0.9)
    >>> round(facts["cost_index"], 3), round(facts["eac_typical"], 1)
    (0.818, 1222.2)
    """
    import numpy as np
    import pandas as pd

    budget = float(number(budget, "budget", 1e-9))
    frame = table_of([progress] if isinstance(progress, dict) and _one(progress) else progress, PROGRESS.required,
                     "progress")  # fmt: skip
    names = names_of(frame, "period", "progress")
    planned = np.array(column_of(frame, "planned", "progress", names))
    earned, actual = (np.array(column_of(frame, c, "progress", names, needed=False)) for c in ("earned", "actual"))
    told = ~np.isnan(earned) & ~np.isnan(actual)
    half = np.isnan(earned) != np.isnan(actual)
    if half.any() or not told.any() or (~told[: int(np.flatnonzero(told)[-1])]).any():
        rows = [names[i] for i in np.flatnonzero(half | ~told)]
        raise UserError("projects.gaps", table="progress", rows=rows)
    for column, values in (("planned", planned), ("actual", actual[told])):
        down = np.flatnonzero(np.diff(values) < -1e-9 * budget)
        if len(down):
            raise UserError("projects.falling", table="progress", rows=[names[i + 1] for i in down], column=column)
    for column, values in (("earned", earned), ("planned", planned)):
        over = np.flatnonzero(values > budget * (1 + 1e-9))
        if len(over):
            rows, found = [names[i] for i in over], [float(values[i]) for i in over]
            raise UserError(
                "projects.over_earned", table="progress", rows=rows, column=column, found=found, wanted=budget
            )
    spent = np.flatnonzero(told & (actual == 0))
    if len(spent):
        raise UserError("projects.nothing_spent", table="progress", rows=[names[i] for i in spent])
    table = pd.DataFrame({"period": names, "planned_value": planned, "earned_value": earned, "actual_cost": actual})
    table["schedule_variance"], table["cost_variance"] = earned - planned, earned - actual
    table["schedule_index"] = np.divide(earned, planned, out=np.full(len(names), np.nan), where=planned > 0)
    table["cost_index"] = earned / actual
    last = table.iloc[int(np.flatnonzero(told)[-1])]
    ev, ac, cpi = float(last["earned_value"]), float(last["actual_cost"]), float(last["cost_index"])
    spi = None if np.isnan(last["schedule_index"]) else float(last["schedule_index"])
    facts: dict[str, Any] = {"period": last["period"], "budget": budget, "planned": float(last["planned_value"])}
    facts |= {"earned": ev, "actual": ac, "cost_index": cpi, "schedule_index": spi, "n": int(told.sum())}
    facts |= {k: float(last[k]) for k in ("schedule_variance", "cost_variance")}
    facts |= {"done_share": ev / budget, "spent_share": ac / budget, "eac_atypical": ac + budget - ev}
    facts |= {"eac_typical": budget / cpi if cpi else None}
    facts |= {"eac_combined": ac + (budget - ev) / (cpi * spi) if cpi and spi else None}
    facts["overrun"] = facts["eac_typical"] - budget if cpi else None
    facts["to_complete_index"] = (budget - ev) / (budget - ac) if budget > ac else None
    facts["status"] = ("late" if spi is not None and spi < 1 else "on_time") + "_" + ("over" if cpi < 1 else "within")
    notes = []
    if facts["to_complete_index"] is not None and ev < budget:
        notes.append(Note("projects.note.to_complete", {"index": facts["to_complete_index"], "budget": budget}))
    elif facts["to_complete_index"] is None and ev < budget:
        notes.append(Note("projects.note.budget_gone", {"actual": ac, "budget": budget}))
    if planned[-1] < budget * (1 - 1e-9) and len(names) > 1:
        notes.append(Note("projects.note.plan_ends_early", {"planned": float(planned[-1]), "budget": budget}))
    money = ("planned_value", "earned_value", "actual_cost", "schedule_variance", "cost_variance")
    units = {"period": "text", **dict.fromkeys(money, "money"), "schedule_index": "number", "cost_index": "number"}
    params = {"budget": budget, "units": units}
    kind = "projects.earned_value" if cpi and spi else "projects.earned_value_start"  # too early for a forecast
    return Result(kind, table, params, facts, tuple(notes), source)


def _one(row: Any) -> bool:
    return not any(isinstance(v, list | tuple) for v in row.values())
