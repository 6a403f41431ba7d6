"""How many patients come: month by month with its working days, and what the calendar does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError, suggest
from ...frames import day_of, days_of, frame_of
from ...intervals import verdict_of
from ...results import Note, Result, Source

__all__ = ["EFFECTS", "months", "seasonality"]

EFFECTS = ("ramadan", "rainy", "sunday", "holiday", "idul_fitri_week")
_RAINY = (1, 2, 3)
_FITRI_DAYS = 3


def months(
    visits: Any,
    *,
    as_of: Any,
    at: str = "checked_in_at",
    registered: Mapping[Any, Any] | Any = None,
    source: Source | None = None,
) -> Result:
    """Visits and different patients of every month, the new ones apart, beside the days on which the house worked.

    Parameters
    ----------
    visits : DataFrame
        As :data:`VISITS`.
    as_of : date
        The day up to which visits are complete.
    at : str
        The column of moments.
    registered : DataFrame, optional
        ``patient_id`` and ``registered_on``: who registered before the first visit on record is a returning patient.
        Without it everybody's first visit on record makes him new, and the first months look full of new ones.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``patients.months``: ``visits``, ``patients``, ``visits_per_patient``, ``new_patients``,
        ``returning_patients``, ``working_days`` (Monday to Saturday without national holidays) and
        ``visits_per_working_day``. The total's patients are counted from all visits: who came in three months is one.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"patient_id": [1, 1, 2], "checked_in_at": ["2024-01-03", "2024-02-01", "2024-02-01"]})
    >>> found = months(table, as_of="2024-02-29").table
    >>> found[["month", "visits", "patients", "new_patients", "working_days"]].values.tolist()[1]
    ['2024-02', 2, 2, 1, 22]
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(visits, ("patient_id", at), "visits")
    last = day_of(as_of, "as_of")
    days = days_of(frame, at, "visits")
    known = frame["patient_id"].notna() & days.notna() & (days <= last)
    if not known.any():
        raise UserError("frames.empty", table="visits")
    notes = []
    if (~known).any():
        notes.append(Note("patients.note.left_out", {"n": int((~known).sum())}))
    table = pd.DataFrame({"patient": frame.loc[known, "patient_id"], "day": days[known]})
    table["month"] = table["day"].dt.to_period("M")
    first = table.groupby("patient")["day"].min()
    if registered is not None:
        people = frame_of(registered, ("patient_id", "registered_on"), "patients")
        since = pd.Series(days_of(people, "registered_on", "patients").to_numpy(), index=people["patient_id"])
        begin = table["month"].min().start_time
        before = since.reindex(first.index) < begin
        first = first.mask(before.fillna(False).to_numpy(), pd.Timestamp("1900-01-01"))
    else:
        notes.append(Note("patients.note.first_months", {"first": str(table["month"].min())}))
    table["new"] = table["patient"].map(first).dt.to_period("M") == table["month"]
    rows = []
    for month in pd.period_range(table["month"].min(), table["month"].max(), freq="M"):
        some = table[table["month"] == month]
        end = min(month.end_time.normalize(), last)
        row = _counted("member", str(month), some, _working(month.start_time, end))
        rows.append(row)
    begin = table["month"].min().start_time
    whole = _counted("total", None, table, _working(begin, last))
    if last < table["month"].max().end_time.normalize():
        notes.append(Note("patients.note.incomplete_month", {"month": str(table["month"].max()), "last": last}))
    per_day = np.array([r["visits_per_working_day"] for r in rows if r["visits_per_working_day"] is not None])
    facts = {k: v for k, v in whole.items() if k not in ("row", "month")}
    facts |= {"n": len(table), "months": len(rows), "first": begin, "last": last}
    facts |= {"patients_of_months": sum(r["patients"] for r in rows)}
    busiest = max(rows, key=lambda r: r["visits_per_working_day"] or 0)
    facts |= {"busiest_month": busiest["month"], "busiest_per_day": busiest["visits_per_working_day"]}
    facts |= {"mean_per_day": float(per_day.mean()) if len(per_day) else None}
    counts = ("visits", "patients", "new_patients", "returning_patients", "working_days")
    units = {"month": "month", **dict.fromkeys(counts, "count")}
    units |= {"visits_per_patient": "number", "visits_per_working_day": "number"}
    params = {"as_of": last, "at": at, "units": units}
    return Result("patients.months", pd.DataFrame(rows + [whole]), params, facts, tuple(notes), source)


def _counted(kind: str, month: str | None, some: Any, working: int) -> dict[str, Any]:
    visits, patients = len(some), int(some["patient"].nunique())
    new = int(some.loc[some["new"], "patient"].nunique())
    return {
        "row": kind,
        "month": month,
        "visits": visits,
        "patients": patients,
        "visits_per_patient": visits / patients if patients else None,
        "new_patients": new,
        "returning_patients": patients - new,
        "working_days": working,
        "visits_per_working_day": visits / working if working else None,
    }


def _working(first: Any, last: Any) -> int:
    import pandas as pd

    from ...calendar import holiday

    return sum(d.weekday() < 6 and not holiday(d.date()) for d in pd.date_range(first, last))


def seasonality(
    table: Any,
    *,
    at: str = "scheduled_at",
    effects: Sequence[str] = EFFECTS,
    since: Any = None,
    as_of: Any,
    rainy_months: Sequence[int] = _RAINY,
    source: Source | None = None,
) -> Result:
    """What the calendar does to a day's patients: Ramadan, rain, Sundays, holidays, the week of Idul Fitri.

    Parameters
    ----------
    table : DataFrame
        One row an appointment or a visit. Leave out what the calendar does not touch, as emergencies, or look at one
        unit: dengue fills paediatrics, not the dentist's.
    at : str
        The column of moments.
    effects : sequence of str
        Of ``ramadan``, ``rainy`` (January to March), ``sunday``, ``holiday`` (national, no Sunday, not in the week of
        Idul Fitri), ``idul_fitri_week`` (three days before to three after), ``payday``.
    since : date, optional
        The first day; that of the table by default. Days on which nobody came count: they are the smallest.
    as_of : date
        The last day.
    rainy_months : sequence of int
    source : Source, optional

    Returns
    -------
    Result
        Kind ``patients.seasonality``: per effect ``rate_ratio`` with interval, ``days`` on which it held, ``p_value``,
        ``verdict``; Poisson regression of all days at once, with errors from how days really vary (sandwich,
        HC2): full days vary more than empty ones, and mostly more than chance does (``facts["dispersion"]``).
    """
    from math import exp
    from statistics import NormalDist

    import numpy as np
    import pandas as pd
    import statsmodels.api as sm
    from scipy.stats import t as student

    from ... import calendar

    known = ("ramadan", "rainy", "sunday", "holiday", "idul_fitri_week", "payday")
    for name in effects:
        if name not in known:
            raise UserError("patients.bad_effect", found=name, wanted=list(known), near=suggest(name, known))
    frame = frame_of(table, (at,), "table")
    days = days_of(frame, at, "table").dropna()
    last = day_of(as_of, "as_of")
    first = day_of(since, "since") if since is not None else days.min()
    if first.date() < calendar.FIRST_DAY or last.date() > calendar.LAST_DAY:
        raise UserError(
            "patients.no_calendar", found=[first.date(), last.date()], wanted=[calendar.FIRST_DAY, calendar.LAST_DAY]
        )
    every = pd.date_range(first, last)
    if len(every) < 60:
        raise UserError("patients.few_days", found=len(every), wanted=60)
    counts = days[(days >= first) & (days <= last)].value_counts().reindex(every, fill_value=0).to_numpy()
    marks = {}
    near = np.array([abs(calendar.days_to_idul_fitri(d.date())) <= _FITRI_DAYS for d in every])
    sunday = every.day_of_week.to_numpy() == 6
    marks["ramadan"] = np.array([bool(calendar.ramadan(d.date())) for d in every])
    marks["rainy"] = np.isin(every.month, list(rainy_months))
    marks["sunday"] = sunday
    marks["holiday"] = np.array([bool(calendar.holiday(d.date())) for d in every]) & ~near & ~sunday
    marks["idul_fitri_week"] = near
    marks["payday"] = np.array([bool(calendar.payday(d.date())) for d in every])
    used = [name for name in effects if 0 < marks[name].sum() < len(every)]
    notes = []
    if unseen := [name for name in effects if name not in used]:
        notes.append(Note("patients.note.unseen_effects", {"effects": unseen}))
    if not used:
        raise UserError("patients.no_effects", wanted=list(effects))
    design = np.column_stack([np.ones(len(every)), *(marks[name] for name in used)]).astype(float)
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise UserError("patients.same_effects", found=used)
    fit = sm.GLM(counts, design, family=sm.families.Poisson()).fit()
    free = len(every) - design.shape[1]
    dispersion = float(((counts - fit.mu) ** 2 / fit.mu).sum() / free)
    # never narrower than chance alone makes them: a few days may agree by luck
    errors = np.maximum(_errors(design, counts, fit.mu), fit.bse)
    rows = []
    for k, name in enumerate(used, 1):
        value, error = float(fit.params[k]), float(errors[k])
        half = float(student.ppf(0.975, free)) * error
        n = int(marks[name].sum())
        row = {"effect": name, "days": n, "patients": int(counts[marks[name]].sum()), "rate_ratio": exp(value)}
        row |= {"rate_ratio_low": exp(value - half), "rate_ratio_high": exp(value + half)}
        row["p_value"] = 2 * (1 - NormalDist().cdf(abs(value) / error))
        seen = min(row["patients"], int(counts.sum()) - row["patients"])
        few = n < 5
        row["verdict"] = "too_few" if few else verdict_of(row["rate_ratio_low"], row["rate_ratio_high"], 1.0, seen)
        if few:
            row["rate_ratio_low"] = row["rate_ratio_high"] = float("nan")
        rows.append(row)
    strongest = max(rows, key=lambda r: abs(np.log(r["rate_ratio"])) if r["verdict"] == "real" else -1)
    facts = {"n": int(counts.sum()), "days": len(every), "dispersion": dispersion, "base_per_day": exp(fit.params[0])}
    facts |= {k: strongest[k] for k in ("effect", "rate_ratio", "rate_ratio_low", "rate_ratio_high", "verdict")}
    facts |= {"first": first, "last": last}
    ratios = dict.fromkeys(("rate_ratio", "rate_ratio_low", "rate_ratio_high", "p_value"), "number")
    units = {"effect": "text", "days": "count", "patients": "count", **ratios, "verdict": "mark"}
    params = {"at": at, "effects": tuple(used), "as_of": last, "units": units}
    return Result("patients.seasonality", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _errors(design: Any, counts: Any, mu: Any) -> Any:
    """Standard errors from the days' own residuals, each raised by how much it drew the fit to itself."""
    import numpy as np

    bread = np.linalg.inv((design * mu[:, None]).T @ design)
    drawn = np.einsum("ij,jk,ik->i", design, bread, design) * mu
    rest = (counts - mu) / np.sqrt(np.maximum(1 - drawn, 1e-9))
    meat = (design * (rest**2)[:, None]).T @ design
    return np.sqrt(np.diag(bread @ meat @ bread))
