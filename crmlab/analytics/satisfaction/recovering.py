"""Complaints: how soon they are settled, what they are about, and whether who was helped comes back."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...intervals import share_ratio, wilson
from ...results import Note, Result, Source
from .intervals import LEAST_N, apart, verdict_of
from .tables import dates_of, day_of, frame_of, number, plain
from .waiting import median_wait, waiting_curve

__all__ = ["CLASSES", "complaints", "recovery"]

CLASSES = ("settled_in_1_day", "settled_in_3_days", "settled_later")


def complaints(
    table: Any,
    *,
    as_of: Any,
    by: str = "complaint_category",
    opened: str = "opened_at",
    resolved: str = "resolved_at",
    reopened: str | None = None,
    source: Source | None = None,
) -> Result:
    """What people complain about, most often first, and how long it takes; open complaints are waiting, not dropped.

    Parameters
    ----------
    table : DataFrame
        One row a complaint.
    as_of : date
    by, opened, resolved, reopened : str
        Columns: the cause, when it began, when it was settled (missing while open), whether it came up again.

    Returns
    -------
    Result
        Kind ``satisfaction.complaints``: by cause ``complaints``, ``complaint_share`` with interval, ``running_share``
        (Pareto), ``unsettled``, ``median_hours`` until settled with interval, and ``reopened_share`` where known.
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(table, [by, opened, resolved, *([reopened] if reopened else [])], "complaints")
    last = day_of(as_of)
    began, ended = dates_of(frame, opened, "complaints"), dates_of(frame, resolved, "complaints")
    wrong = ended < began
    if wrong.any():
        rows = [int(i) + 1 for i in np.flatnonzero(wrong)]
        raise UserError("satisfaction.resolved_before", table="complaints", rows=rows)
    kept = began.notna() & (began <= last)
    notes = []
    if not kept.all():
        notes.append(Note("satisfaction.note.later_complaints", {"n": int((~kept).sum()), "as_of": last}))
    if not kept.any():
        raise UserError("satisfaction.empty", table="complaints")
    settled = ended.where(ended <= last)
    hours = (settled.fillna(last) - began).dt.total_seconds() / 3600
    rows = []
    names = frame[by][kept]
    for name in (*pd.unique(names), None):
        mine = kept if name is None else kept & (frame[by] == name)
        if name is not None and name != name:
            mine = kept & frame[by].isna()
        curve = waiting_curve(hours[mine], settled[mine].notna())
        middle, low, high = median_wait(curve)
        n = int(mine.sum())
        row: dict[str, Any] = {"row": "member" if name is not None else "total", by: name, "complaints": n}
        row |= {"unsettled": int(settled[mine].isna().sum())}
        row |= {"median_hours": middle, "median_hours_low": low, "median_hours_high": high}
        if reopened:
            again = frame[reopened][mine].dropna()
            row["reopened_share"] = float(again.mean()) if len(again) else float("nan")
            row["reopened_share_low"], row["reopened_share_high"] = wilson(float(again.sum()), len(again))
        rows.append(row)
    out = pd.DataFrame(rows)
    members = out[out["row"] == "member"].sort_values("complaints", ascending=False, kind="stable")
    out = pd.concat([members, out[out["row"] == "total"]], ignore_index=True)
    n = int(out["complaints"].iloc[-1])
    out["complaint_share"] = out["complaints"] / n
    out["complaint_share_low"], out["complaint_share_high"] = wilson(out["complaints"], n)
    out["running_share"] = out["complaint_share"].cumsum().where(out["row"] == "member")
    medians = ["median_hours", "median_hours_low", "median_hours_high"]
    out[medians] = out[medians].astype("float64")
    if (out["complaints"] < LEAST_N).any():
        out.loc[out["complaints"] < LEAST_N, medians[1:]] = float("nan")
    whole, top = out.iloc[-1], out.iloc[0]
    facts: dict[str, Any] = {"n": n, "unsettled": int(whole["unsettled"]), "causes": len(out) - 1, "cause": top[by]}
    facts |= {c: top[c] for c in ("complaint_share", "complaint_share_low", "complaint_share_high")}
    facts |= {c: whole[c] for c in medians}
    if reopened:
        facts |= {c: whole[c] for c in ("reopened_share", "reopened_share_low", "reopened_share_high")}
    units = {"row": "mark", by: "text", "complaints": "count", "unsettled": "count"} | dict.fromkeys(medians, "number")
    units = {c: units.get(c, "share") for c in out.columns}
    params = {"as_of": last, "by": by, "units": units}
    return Result("satisfaction.complaints", out, params, plain(facts), tuple(notes), source)


def recovery(
    table: Any,
    visits: Any,
    *,
    as_of: Any,
    customer: str = "customer_id",
    opened: str = "opened_at",
    resolved: str = "resolved_at",
    visit_at: str = "ordered_at",
    began: str | None = None,
    within_days: int = 365,
    compared: Any = None,
    fast_hours: float = 24,
    slow_hours: float = 72,
    worth: float | None = None,
    source: Source | None = None,
) -> Result:
    """Who comes back after a complaint, by how soon it was settled, beside those who had none.

    Parameters
    ----------
    table : DataFrame
        One row a complaint: ``customer``, ``opened``, ``resolved`` (missing while open).
    visits : DataFrame
        Purchases or visits: ``customer``, ``visit_at``.
    as_of : date
    began : str, optional
        The day from which a return is counted, as that of the visit complained about; ``opened`` by default. A return
        on the same day is no return.
    within_days : int
        Complaints younger than this are left out and said: who has not come back may yet.
    compared : DataFrame, optional
        People without a complaint: ``customer`` and ``visit_at``, one row a visit to count from.
    fast_hours, slow_hours : float
        Settled within 24 hours, within three days, or later. What is still open after ``slow_hours`` took longer,
        whenever it ends; what is open and younger is in no class yet.
    worth : float, optional
        What a returning customer is worth.

    Returns
    -------
    Result
        Kind ``satisfaction.recovery``: by class ``n``, ``returned``, ``return_share`` with interval, ``ratio`` to those
        without a complaint with interval, and the verdict of that. Facts: how many more would return if all that were
        settled late had been settled fast (``extra_returns`` with interval), and what that is worth. It is what goes
        with speed, and what speed brings only if nothing else decides who is helped fast.
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(table, [customer, opened, resolved, *([began] if began else [])], "complaints")
    goings = frame_of(visits, [customer, visit_at], "visits")
    last, days = day_of(as_of), number(within_days, "within_days", least=1, whole=True)
    start, end = dates_of(frame, opened, "complaints"), dates_of(frame, resolved, "complaints")
    wrong = end < start
    if wrong.any():
        rows = [int(i) + 1 for i in np.flatnonzero(wrong)]
        raise UserError("satisfaction.resolved_before", table="complaints", rows=rows)
    counted = (dates_of(frame, began, "complaints") if began else start).dt.normalize()
    hours = (end.where(end <= last).fillna(last) - start).dt.total_seconds() / 3600
    settled = end.notna() & (end <= last)
    kind = np.select(
        [settled & (hours <= fast_hours), settled & (hours <= slow_hours), hours > slow_hours], CLASSES, "open"
    )
    notes = []
    young = counted > last - pd.Timedelta(days=days)
    unknown = (kind == "open") & ~young
    for n, code in ((int(young.sum()), "too_young"), (int(unknown.sum()), "no_class_yet")):
        if n:
            notes.append(Note(f"satisfaction.note.{code}", {"n": n, "days": days}))
    seen = pd.DataFrame({"who": goings[customer].to_numpy()})
    seen["day"] = dates_of(goings, visit_at, "visits").dt.normalize().to_numpy()
    seen = seen[seen["day"] <= last].dropna().drop_duplicates().sort_values("day", kind="stable")
    told = pd.DataFrame({"who": frame[customer].to_numpy(), "day": counted.to_numpy(), "kind": kind})
    told = told[(~young & ~unknown).to_numpy() & (told["kind"] != "open").to_numpy()]
    if compared is not None:
        calm = frame_of(compared, [customer, visit_at], "compared")
        calm = pd.DataFrame(
            {"who": calm[customer].to_numpy(), "day": dates_of(calm, visit_at, "compared").dt.normalize()}
        )
        calm = calm[calm["day"] <= last - pd.Timedelta(days=days)].assign(kind="no_complaint")
        told = pd.concat([told, calm], ignore_index=True)
    if not len(told):
        raise UserError("satisfaction.empty", table="complaints")
    told = told.dropna().sort_values("day", kind="stable")
    after = pd.merge_asof(
        told, seen.assign(next=seen["day"]), on="day", by="who", direction="forward", allow_exact_matches=False
    )
    back = (after["next"] - after["day"]).dt.days <= days
    rows = []
    order = ["no_complaint", *CLASSES] if compared is not None else list(CLASSES)
    for name in order:
        mine = after["kind"] == name
        n, hits = int(mine.sum()), int((back & mine).sum())
        low, high = wilson(hits, n) if n >= LEAST_N else (float("nan"), float("nan"))
        rows.append([name, n, hits, hits / n if n else float("nan"), float(low), float(high)])
    names = ["recovery", "n", "returned", "return_share", "return_share_low", "return_share_high"]
    out = pd.DataFrame(rows, columns=names)
    out["ratio"], out["ratio_low"], out["ratio_high"] = float("nan"), float("nan"), float("nan")
    if compared is not None:
        base = out.iloc[0]
        for i in range(1, len(out)):
            one = out.iloc[i]
            low, high = _ratio(one, base)
            out.loc[i, ["ratio", "ratio_low", "ratio_high"]] = [one["return_share"] / base["return_share"], low, high]
    out["verdict"] = verdict_of(out["ratio_low"], out["ratio_high"], 1.0)
    if compared is None:
        out["verdict"] = np.where(out["n"] < LEAST_N, "too_few", "real")
    else:
        out.loc[0, "verdict"] = "too_few" if out.loc[0, "n"] < LEAST_N else "real"
    by = out.set_index("recovery")
    fast, slow = by.loc[CLASSES[0]], by.loc[CLASSES[2]]
    sides = [(s["return_share"], s["return_share_low"], s["return_share_high"]) for s in (fast, slow)]
    low, high = (float(x) for x in apart(*sides))
    facts: dict[str, Any] = {"n": int(out["n"].sum()), "within_days": days, "late": int(slow["n"])}
    for name, row in (("fast", fast), ("slow", slow)):
        for end_ in ("", "_low", "_high"):
            facts[f"{name}_share{end_}"] = row[f"return_share{end_}"]
    facts |= {f"ratio{e}": fast[f"ratio{e}"] for e in ("", "_low", "_high")}
    facts |= {"none_share": by.loc["no_complaint", "return_share"] if compared is not None else None}
    gap = fast["return_share"] - slow["return_share"]
    extra = {"": gap, "_low": low, "_high": high}
    facts |= {f"extra_returns{e}": slow["n"] * v for e, v in extra.items()}
    facts |= {f"worth{e}": worth * slow["n"] * v if worth is not None else None for e, v in extra.items()}
    facts["verdict"] = str(verdict_of(low, high, 0.0))
    notes.append(Note("satisfaction.note.not_by_lot", {}))
    shares = ("return_share", "return_share_low", "return_share_high")
    units = {"recovery": "text", "n": "count", "returned": "count"} | dict.fromkeys(shares, "share")
    units |= dict.fromkeys(("ratio", "ratio_low", "ratio_high"), "number") | {"verdict": "mark"}
    params = {"as_of": last, "within_days": days, "fast_hours": fast_hours, "slow_hours": slow_hours}
    params |= {"worth": worth, "compared": compared is not None, "units": units}
    return Result("satisfaction.recovery", out, params, plain(facts), tuple(notes), source)


def _ratio(one: Any, base: Any) -> tuple[float, float]:
    if min(one["n"], base["n"]) < LEAST_N:
        return float("nan"), float("nan")
    return share_ratio(one["returned"], one["n"], base["returned"], base["n"])
