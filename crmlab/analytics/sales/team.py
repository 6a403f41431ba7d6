"""The team: customers won and lost month by month, and what the CRM is used for: to sell, or to inspect who sells."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import day_of, days_of, frame_of, label_of
from ...intervals import bunched, verdict_of
from ...results import Note, Result, Source

__all__ = ["crm_use", "team_growth"]

_FEWEST_MONTHS = 8
_XMR = 2.66  # three standard deviations by the mean moving range: 3 / 1.128


def team_growth(
    customers: Any, *, as_of: Any, since: Any = None, by: str = "sales_rep", source: Source | None = None
) -> Result:
    """Customers won less customers lost, by month and by sales rep, with a control chart of the team.

    Parameters
    ----------
    customers : DataFrame
        One row a customer: ``by``, ``registered_on``, ``closed_on`` (missing: still there).
    as_of, since : date
        The last and the first month looked at hold these days; months that are not whole are left out.
    by : str
        The column of sales reps.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``sales.team_growth``: months of the team (``row`` = ``month``) with ``new_customers``, ``lost_customers``,
        ``net``, ``centre``, ``limit_low``, ``limit_high``, ``signal``; and each rep's whole time (``row`` = ``rep``)
        with ``net_per_month``.

    Notes
    -----
    Limits of an individuals chart: mean of net ± 2.66 · mean of the moving ranges (Shewhart). Within them a month is
    as the others, and its rep has nothing to explain; they are no confidence interval. A rep's net depends on his
    territory too.

    Examples
    --------
    >>> import pandas as pd
    >>> new = pd.DataFrame({"sales_rep": "Ani", "registered_on": ["2020-01-10"] * 40, "closed_on": None})
    >>> gone = new.head(12).assign(registered_on="2018-05-01", closed_on="2020-01-20")
    >>> facts = team_growth(pd.concat([new, gone]), since="2020-01-01", as_of="2020-01-31").facts
    >>> facts["new_customers"], facts["lost_customers"], facts["net"]
    (40, 12, 28)
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(customers, (by, "registered_on", "closed_on"), "customers").reset_index(drop=True)
    last = day_of(as_of, "as_of")
    began, gone = days_of(frame, "registered_on", "customers"), days_of(frame, "closed_on", "customers")
    strange = gone < began
    if strange.any():
        raise UserError("sales.negative_age", table="customers", rows=[int(i) + 1 for i in np.flatnonzero(strange)])
    first = day_of(since, "since") if since is not None else began.min()
    months = [
        m for m in pd.period_range(first, last, freq="M") if m.start_time >= first and m.end_time.normalize() <= last
    ]
    if not months:
        raise UserError("sales.no_month", found=[first.date(), last.date()])
    notes = []
    if unknown := int(frame[by].isna().sum()):
        notes.append(Note("sales.note.no_rep", {"n": unknown}))
    start, end = began.dt.to_period("M"), gone.dt.to_period("M")
    rows = []
    for month in months:
        new, lost = int((start == month).sum()), int((end == month).sum())
        rows.append(
            {
                "row": "month",
                by: None,
                "month": str(month),
                "new_customers": new,
                "lost_customers": lost,
                "net": new - lost,
            }
        )
    net = np.array([r["net"] for r in rows], dtype=float)
    limits = (None, None, None)
    if len(net) >= _FEWEST_MONTHS:
        centre, move = float(net.mean()), _XMR * float(np.abs(np.diff(net)).mean())
        limits = (centre, centre - move, centre + move)
    else:
        notes.append(Note("sales.note.few_months", {"n": len(net), "wanted": _FEWEST_MONTHS}))
    for row in rows:
        row |= dict(zip(("centre", "limit_low", "limit_high"), limits, strict=True))
        row["signal"] = limits[0] is not None and not limits[1] <= row["net"] <= limits[2]
        row["net_per_month"] = None
    for rep in sorted(frame[by].dropna().unique(), key=str):
        mine = (frame[by] == rep).to_numpy()
        new, lost = int(start[mine].isin(months).sum()), int(end[mine].isin(months).sum())
        row = {
            "row": "rep",
            by: label_of(rep),
            "month": None,
            "new_customers": new,
            "lost_customers": lost,
            "net": new - lost,
        }
        rows.append(row | {"signal": False, "net_per_month": (new - lost) / len(months)})
    table = pd.DataFrame(rows)
    reps = table[table["row"] == "rep"]
    team = table[table["row"] == "month"]
    facts = {k: int(team[k].sum()) for k in ("new_customers", "lost_customers", "net")} | {
        "n": len(frame),
        "months": len(months),
    }
    facts |= {"reps": len(reps), "signals": int(team["signal"].sum()), "centre": limits[0]}
    facts |= {"limit_low": limits[1], "limit_high": limits[2]}
    top = reps.loc[reps["net"].idxmax()] if len(reps) else None
    facts |= {"rep": top[by] if top is not None else None, "rep_net": int(top["net"]) if top is not None else None}
    counts = dict.fromkeys(("new_customers", "lost_customers", "net"), "count")
    numbers = dict.fromkeys(("centre", "limit_low", "limit_high", "net_per_month"), "number")
    units = {by: "text", "month": "month", **counts, **numbers, "signal": "mark"}
    return Result("sales.team_growth", table, {"as_of": last, "by": by, "units": units}, facts, tuple(notes), source)


def crm_use(
    log: Any,
    *,
    as_of: Any,
    since: Any = None,
    inspection: str = "reporting",
    by: str = "year",
    user: str = "employee_id",
    source: Source | None = None,
) -> Result:
    """How the minutes in the CRM are spent: on reporting to those above, or on selling.

    Parameters
    ----------
    log : DataFrame
        ``date``, ``minutes``, ``activity`` (as ``reporting``, ``selling``, ``service``), and who it was (``user``).
    as_of, since : date
    inspection : str
        The activity that serves inspection.
    by : {"year", "month"} or str
        A period, or a column as a unit or a feature.
    user : str
        Minutes of one person hang together: the intervals count people. Without this column they count entries.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``sales.crm_use``: a row a group and activity: ``minutes``, ``share`` of the group's minutes with
        interval, ``users``. ``facts["share"]`` is the inspection's in the last group, ``["share_first"]`` in the
        first; ``verdict``: whether they differ.

    Examples
    --------
    >>> import pandas as pd
    >>> log = pd.DataFrame({"date": "2020-03-02", "activity": ["reporting", "selling"], "minutes": [300, 100]})
    >>> crm_use(log, as_of="2020-12-31").facts["share"]
    0.75
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(log, ("date", "activity", "minutes"), "crm_log")
    last, day = day_of(as_of, "as_of"), days_of(frame, "date", "crm_log")
    minutes = pd.to_numeric(frame["minutes"], errors="coerce")
    if (minutes < 0).any():
        rows = [int(i) + 1 for i in np.flatnonzero(minutes < 0)]
        raise UserError("sales.bad_count", table="crm_log", rows=rows, column="minutes", found=float(minutes.min()))
    kept = (day <= last) & minutes.notna()
    if since is not None:
        kept &= day >= day_of(since, "since")
    notes = []
    if left := int((~kept).sum()):
        notes.append(Note("sales.note.left_out", {"n": left}))
    if not kept.any() or minutes[kept].sum() <= 0:
        raise UserError("frames.empty", table="crm_log")
    group = (
        day.dt.year
        if by == "year"
        else day.dt.to_period("M").astype(str)
        if by == "month"
        else frame_of(log, (by,), "crm_log")[by]
    )
    who = frame[user] if user in frame.columns else pd.Series(range(len(frame)), index=frame.index)
    table = pd.DataFrame({"group": group[kept], "activity": frame.loc[kept, "activity"].astype(object)})
    table["minutes"], table["user"] = minutes[kept], who[kept]
    activities = sorted(table["activity"].dropna().unique(), key=lambda a: (a != inspection, str(a)))
    if inspection not in activities:
        raise UserError("sales.no_activity", found=inspection, wanted=[str(a) for a in activities])
    rows, ends = [], []
    for name, some in table.groupby("group", sort=True):
        whole = some.groupby("user")["minutes"].sum()
        whole = whole[whole > 0]
        for activity in activities:
            part = (
                some[some["activity"] == activity].groupby("user")["minutes"].sum().reindex(whole.index, fill_value=0)
            )
            low, high = bunched(part.to_numpy(), whole.to_numpy())
            row = {"group": label_of(name), "activity": activity, "minutes": float(part.sum())}
            row |= {"share": float(part.sum() / whole.sum()), "share_low": low, "share_high": high, "users": len(whole)}
            rows.append(row)
            if activity == inspection:
                ends.append(row)
    first, now = ends[0], ends[-1]
    facts = {"n": len(table), "minutes": float(table["minutes"].sum()), "users": int(table["user"].nunique())}
    facts |= {"group": now["group"], "inspection": inspection, "inspection_minutes": now["minutes"]}
    facts |= {k: now[k] for k in ("share", "share_low", "share_high")}
    facts |= {"group_first": first["group"], "share_first": first["share"]}
    change = now["share"] - first["share"]
    # each end goes as far as its own interval does (Newcombe)
    low = change - ((now["share"] - now["share_low"]) ** 2 + (first["share_high"] - first["share"]) ** 2) ** 0.5
    high = change + ((now["share_high"] - now["share"]) ** 2 + (first["share"] - first["share_low"]) ** 2) ** 0.5
    single = len(ends) < 2
    facts |= {"change": None if single else change, "change_low": None if single else low}
    facts |= {"change_high": None if single else high}
    facts["verdict"] = "too_few" if single else verdict_of(low, high, 0.0, min(now["users"], first["users"]))
    shares = dict.fromkeys(("share", "share_low", "share_high"), "share")
    units = {"group": "text", "activity": "text", "minutes": "count", **shares, "users": "count"}
    params = {"as_of": last, "by": by, "units": units}
    return Result("sales.crm_use", pd.DataFrame(rows), params, facts, tuple(notes), source)
