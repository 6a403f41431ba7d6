"""Who came and who did not: one row an appointment, and the share missed by what is known beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...frames import frame_of, label_of, times_of
from ...intervals import holm, wilson
from ...results import Note, Result, Source
from .tables import FEWEST, STATUSES

__all__ = ["attendance", "outcomes"]

LEAD_EDGES = (0, 1, 3, 7, 14, 30)


def outcomes(appointments: Any, *, reminders: Any = None, payers: Any = None, source: Source | None = None) -> Result:
    """Appointments that were kept or missed, with what is known of each before its hour.

    Parameters
    ----------
    appointments : DataFrame
        As :data:`APPOINTMENTS`.
    reminders : DataFrame, optional
        As :data:`REMINDERS`. One that was to leave after the appointment's hour reminded nobody.
    payers : DataFrame, optional
        ``payer_id`` and ``payer_group``.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``appointments.outcomes``: the columns given, ``missed`` (0 or 1), ``missed_before`` (whether the patient's
        appointment before this one, kept or missed, was missed; 0 for the first), ``lead_days``, and with reminders
        ``reminded`` and ``arm``. Cancelled and moved appointments are no no-shows: their hour could be given away. They
        are left out and counted in ``facts``.
    """
    import pandas as pd

    frame = frame_of(appointments, ("appointment_id", "patient_id", "scheduled_at", "status"), "appointments")
    doubled = frame["appointment_id"].duplicated(keep=False)
    if doubled.any():
        rows = [i + 1 for i, twice in enumerate(doubled) if twice]
        raise UserError("appointments.twice", table="appointments", rows=rows)
    status = frame["status"].astype("string").str.strip().str.casefold()
    strange = ~status.isin(STATUSES)
    if strange.any():
        rows = [i + 1 for i, odd in enumerate(strange) if odd]
        found = sorted({str(v) for v in frame.loc[strange.to_numpy(), "status"]})
        raise UserError("appointments.bad_status", table="appointments", rows=rows, found=found, wanted=list(STATUSES))
    counts = {s: int((status == s).sum()) for s in STATUSES}
    at = times_of(frame, "scheduled_at", "appointments")
    table = frame.assign(scheduled_at=at)[status.isin(STATUSES[:2]).to_numpy()]
    if table.empty:
        raise UserError("appointments.none_kept", table="appointments")
    table = table.sort_values(["patient_id", "scheduled_at"], kind="stable")
    table["missed"] = (status[table.index] == "no_show").astype("int64")
    table["missed_before"] = table.groupby("patient_id", sort=False)["missed"].shift(fill_value=0)
    notes = []
    if "lead_days" not in table and "booked_on" in table:
        day = table["scheduled_at"].dt.normalize()
        table["lead_days"] = (day - times_of(table, "booked_on", "appointments").dt.normalize()).dt.days
    if "lead_days" in table and (backwards := table["lead_days"] < 0).any():
        notes.append(Note("appointments.note.booked_after", {"n": int(backwards.sum())}))
        table.loc[backwards, "lead_days"] = float("nan")
    if payers is not None:
        known = frame_of(payers, ("payer_id", "payer_group"), "payers").set_index("payer_id")["payer_group"]
        table["payer_group"] = table["payer_id"].map(known).astype(object)
    if reminders is not None:
        table, more = _reminded(table, reminders, frame["appointment_id"])
        notes += more
    table = table.sort_values(["scheduled_at", "appointment_id"], kind="stable", ignore_index=True)
    missed, n = int(table["missed"].sum()), len(table)
    low, high = wilson(missed, n)
    facts: dict[str, Any] = {"n": n, **counts, "appointments": len(frame), "missed": missed}
    facts |= {"no_show_share": missed / n, "no_show_share_low": low, "no_show_share_high": high}
    facts |= {"patients": int(table["patient_id"].nunique()), "cancelled_share": counts["cancelled"] / len(frame)}
    facts |= {"first": pd.Timestamp(at.min()), "last": pd.Timestamp(at.max())}
    if reminders is not None:
        facts["reminded"] = int(table["reminded"].sum())
    params = {"personal": ["patient_id"], "units": {"missed": "count", "missed_before": "count", "lead_days": "days"}}
    return Result("appointments.outcomes", table, params, facts, tuple(notes), source)


def _reminded(table: Any, reminders: Any, known: Any) -> tuple[Any, list[Note]]:
    """Whether each appointment was reminded in time, and in which arm it was drawn."""
    sent = frame_of(reminders, ("appointment_id", "sent"), "reminders")
    notes = []
    stray = ~sent["appointment_id"].isin(known)
    if stray.any():
        notes.append(Note("appointments.note.stray_reminders", {"n": int(stray.sum())}))
    in_time = sent["sent"].fillna(False).astype(bool)
    if "hours_before" in sent:
        late = in_time & (sent["hours_before"] <= 0)
        if late.any():
            notes.append(Note("appointments.note.late_reminders", {"n": int(late.sum())}))
        in_time &= ~late
    table["reminded"] = table["appointment_id"].isin(sent.loc[in_time, "appointment_id"]).astype("int64")
    if "arm" in sent:
        arms = sent.dropna(subset=["arm"]).drop_duplicates("appointment_id").set_index("appointment_id")["arm"]
        table["arm"] = table["appointment_id"].map(arms).astype(object)
    return table, notes


def attendance(
    table: Any,
    *,
    by: str = "lead_days",
    edges: Sequence[float] = LEAD_EDGES,
    outcome: str = "missed",
    source: Source | None = None,
) -> Result:
    """The share of appointments that were missed, by one thing that is known beforehand.

    Parameters
    ----------
    table : DataFrame or Result
        What :func:`outcomes` gives.
    by : str
        A column. ``"month"`` and ``"quarter"`` are taken from ``scheduled_at``. Numbers of more than eight values are
        put into bands.
    edges : sequence of float
        Where bands of numbers begin.
    outcome : str
        A column of 0 and 1.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``appointments.attendance``: per group ``n``, ``missed``, ``no_show_share`` with an interval, and a verdict
        against all others (Fisher's test, p-values by Holm as all groups are asked at once). Appointments of one
        patient are alike, so n is divided by the design effect before Wilson's interval is taken.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"lead_days": [0, 0, 9, 9], "missed": [0, 0, 0, 1]})
    >>> attendance(table, edges=(0, 7)).table[["lead_days", "n", "no_show_share"]].values.tolist()
    [['0–6', 2, 0.0], ['7+', 2, 0.5], [None, 4, 0.25]]
    """
    import pandas as pd
    from scipy.stats import fisher_exact

    periods = {"month": "M", "quarter": "Q"}
    frame = frame_of(table, (outcome, "scheduled_at" if by in periods else by), "table")
    if by in periods:
        groups = times_of(frame, "scheduled_at", "table").dt.to_period(periods[by]).astype(str)
    elif pd.api.types.is_numeric_dtype(frame[by]) and frame[by].nunique() > 8 or by == "lead_days":
        groups = _banded(frame[by], edges)
    else:
        groups = frame[by]
    seen = pd.DataFrame({"group": groups, "missed": frame[outcome].astype(float)}).dropna(subset=["missed"])
    who = frame.loc[seen.index, "patient_id"] if "patient_id" in frame else None
    total, events = len(seen), int(seen["missed"].sum())
    order = list(groups.cat.categories) if isinstance(groups.dtype, pd.CategoricalDtype) else None
    named = seen["group"].dropna().unique()
    rows, ps = [], []
    for name in [g for g in order or sorted(named, key=str) if (seen["group"] == g).any()]:
        some = seen[seen["group"] == name]
        rows.append(_row("member", by, label_of(name), some["missed"], who))
        n, hits = len(some), int(some["missed"].sum())
        others = [[hits, n - hits], [events - hits, total - n - events + hits]]
        ps.append(float(fisher_exact(others).pvalue) if n < total else 1.0)
    if seen["group"].isna().any():
        rows.append(_row("member", by, None, seen.loc[seen["group"].isna(), "missed"], who))
        ps.append(1.0)
    for row, p in zip(rows, holm(ps), strict=True):
        row["p_value"] = p
        few = row["n"] < FEWEST or total - row["n"] < FEWEST or row[by] is None
        row["verdict"] = "too_few" if few else "real" if p < 0.05 else "noise"
    whole = _row("total", by, None, seen["missed"], who)
    worst = max(rows, key=lambda r: r["no_show_share"] if r["n"] >= FEWEST else -1)
    best = min(rows, key=lambda r: r["no_show_share"] if r["n"] >= FEWEST else 2)
    facts = {"n": total, "missed": events, "groups": len(rows), "design_effect": whole["design_effect"]}
    facts |= {f"no_show_share{e}": whole[f"no_show_share{e}"] for e in ("", "_low", "_high")}
    for word, row in (("highest", worst), ("lowest", best)):
        facts |= {f"{word}_group": row[by], f"{word}_n": row["n"]}
        facts |= {f"{word}_share{e}": row[f"no_show_share{e}"] for e in ("", "_low", "_high")}
    facts["verdict"] = worst["verdict"]
    shares = dict.fromkeys(("no_show_share", "no_show_share_low", "no_show_share_high"), "share")
    units = {by: "text", "n": "count", "missed": "count", **shares, "design_effect": "number"}
    units |= {"p_value": "number", "verdict": "mark"}
    frame = pd.DataFrame([*rows, whole])
    frame[by] = frame[by].astype(object).where(frame[by].notna(), None)
    return Result("appointments.attendance", frame, {"by": by, "units": units}, facts, (), source)


def _banded(values: Any, edges: Sequence[float]) -> Any:
    import pandas as pd

    marks = sorted(set(edges))
    names = []
    for k, low in enumerate(marks):
        high = marks[k + 1] - 1 if k + 1 < len(marks) else None
        names.append(f"{low:g}+" if high is None else f"{low:g}" if high == low else f"{low:g}–{high:g}")
    return pd.cut(values, [*marks, float("inf")], right=False, labels=names)


def _row(kind: str, by: str, name: Any, missed: Any, who: Any) -> dict[str, Any]:
    n, hits = len(missed), float(missed.sum())
    effect = 1.0 if who is None else design_effect(missed, who.loc[missed.index])
    low, high = wilson(hits / effect, n / effect)
    share = {"no_show_share": hits / n, "no_show_share_low": low, "no_show_share_high": high}
    return {"row": kind, by: name, "n": n, "missed": int(hits), **share, "design_effect": effect}


def design_effect(outcome: Any, who: Any) -> float:
    """How many times the variance of a share is what independent cases would give; never below 1 (Kish 1965)."""
    n, share = len(outcome), float(outcome.mean())
    if share in (0.0, 1.0):
        return 1.0
    rest = (outcome - share).groupby(who.to_numpy()).sum()
    k = len(rest)
    if k < 2:
        return 1.0
    return max(1.0, float((rest**2).sum()) * k / (k - 1) / (n * share * (1 - share)))
