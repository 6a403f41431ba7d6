"""What changed on a day, beside what did not change then; and what ran out of control."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import frame_of, label_of, moment_of, number, times_of
from ...intervals import newcombe, verdict_of, wilson, z_of
from ...regression import fit_logit
from ...results import Note, Result, Source
from .tables import flags_of

__all__ = ["before_after", "defects"]


def before_after(
    table: Any,
    *,
    outcome: str,
    since: Any,
    at: str = "checked_in_at",
    touched: str | None = None,
    interval: str = "newcombe",
    source: Source | None = None,
) -> Result:
    """A share before a day and since, and what would have happened without the change.

    Parameters
    ----------
    table : DataFrame
        One row a visit or an answer.
    outcome : str
        Yes or no, or a count of times: a yes from 1 on.
    since : date
        When the change came.
    at : str
        The column of moments.
    touched : str, optional
        A column of yes and no: whom the change could reach. The others are the control: what changed for them too was
        not the change's doing (difference in differences).
    interval : {"newcombe", "wald"}
        Of a difference. Wald's is the textbook's ``d ± z·√(p(1-p)/n + q(1-q)/m)``; it is refused where a cell holds
        fewer than ten, as it is too narrow there.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``appointments.before_after``: a row for before and since (for each of the two groups): ``n``, ``hits``,
        ``share`` with Wilson's interval. ``facts``: ``difference`` with interval, ``z``, ``p_value``, ``verdict``; with
        a control ``did`` (the touched's difference minus the others'), with its interval, and the verdict is about it.
        ``drift_p`` asks whether the share was moving already before the day: if so, before and after would differ
        without any change.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"checked_in_at": pd.to_datetime(["2022-06-01"] * 200 + ["2023-06-01"] * 200)})
    >>> table["again"] = [1] * 148 + [0] * 52 + [1] * 90 + [0] * 110
    >>> found = before_after(table, outcome="again", since="2023-01-01", interval="wald").facts
    >>> [round(100 * found[k], 1) for k in ("difference", "difference_low", "difference_high")], round(found["z"], 2)
    ([-29.0, -38.2, -19.8], -5.91)
    """
    import pandas as pd

    if interval not in ("newcombe", "wald"):
        raise UserError("appointments.bad_interval", found=interval, wanted=["newcombe", "wald"])
    frame = frame_of(table, (outcome, at, *([touched] if touched else [])), "table")
    day = moment_of(since, "since")
    seen = pd.DataFrame({"at": times_of(frame, at, "table"), "hit": flags_of(frame, outcome, "table")})
    seen["touched"] = flags_of(frame, touched, "table") if touched else 1.0
    known = seen.dropna()
    notes = []
    if len(known) < len(seen):
        notes.append(Note("appointments.note.unknown_rows", {"n": len(seen) - len(known)}))
    rows, counts = [], {}
    for reached in (1.0, 0.0) if touched else (1.0,):
        for period, some in (("before_change", known["at"] < day), ("since_change", known["at"] >= day)):
            hits = known.loc[some & (known["touched"] == reached), "hit"]
            if not len(hits):
                raise UserError("appointments.no_period", found=period, since=str(day.date()))
            counts[reached, period] = k, n = int(hits.sum()), len(hits)
            low, high = wilson(k, n)
            row = {"group": "touched" if reached else "untouched", "period": period, "n": n, "hits": k}
            rows.append(row | {"share": k / n, "share_low": low, "share_high": high})
    facts = _change(counts[1.0, "since_change"], counts[1.0, "before_change"], interval)
    facts["n"] = len(known)
    for period in ("before", "since"):
        k, n = counts[1.0, f"{period}_change"]
        low, high = wilson(k, n)
        facts |= {f"{period}_share": k / n, f"{period}_share_low": low, f"{period}_share_high": high, f"{period}_n": n}
    if touched:
        other = _change(counts[0.0, "since_change"], counts[0.0, "before_change"], interval)
        did = facts["difference"] - other["difference"]
        # how far each difference may go, put together as the sides of a right angle (MOVER)
        down = (
            (facts["difference"] - facts["difference_low"]) ** 2 + (other["difference_high"] - other["difference"]) ** 2
        ) ** 0.5
        up = (
            (facts["difference_high"] - facts["difference"]) ** 2 + (other["difference"] - other["difference_low"]) ** 2
        ) ** 0.5
        facts |= {"did": did, "did_low": did - down, "did_high": did + up, "control_difference": other["difference"]}
        least = min(min(k, n - k) for k, n in counts.values())
        facts["verdict"] = verdict_of(did - down, did + up, 0.0, least)
    else:
        facts |= {"did": None, "did_low": None, "did_high": None, "control_difference": None}
        notes.append(Note("appointments.note.no_control", {}))
    facts["drift_p"] = _drift(known[(known["at"] < day) & (known["touched"] == 1)])
    if facts["drift_p"] is not None and facts["drift_p"] < 0.05:
        notes.append(Note("appointments.note.drift", {"p": facts["drift_p"]}))
    shares = dict.fromkeys(("share", "share_low", "share_high"), "share")
    units = {"group": "text", "period": "text", "n": "count", "hits": "count", **shares}
    params = {"outcome": outcome, "since": day, "touched": touched, "interval": interval, "units": units}
    return Result("appointments.before_after", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _change(after: tuple[int, int], before: tuple[int, int], interval: str) -> dict[str, Any]:
    from math import sqrt
    from statistics import NormalDist

    (a, n), (b, m) = after, before
    difference = a / n - b / m
    least = min(a, n - a, b, m - b)
    if interval == "wald":
        if least < 10:
            raise UserError("appointments.wald_small", found=least)
        half = z_of() * sqrt(a / n * (1 - a / n) / n + b / m * (1 - b / m) / m)
        low, high = difference - half, difference + half
    else:
        low, high = newcombe(a, n, b, m)
    pooled = (a + b) / (n + m)
    error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    z = difference / error if error else 0.0
    p = 2 * (1 - NormalDist().cdf(abs(z)))
    ends = {"difference": difference, "difference_low": low, "difference_high": high}
    return {**ends, "z": z, "p_value": p, "verdict": verdict_of(low, high, 0.0, least)}


def _drift(before: Any) -> float | None:
    """Whether the share moved with time before the change: p of a logistic line; ``None`` where that can't be told."""
    if before["hit"].nunique() < 2 or before["at"].nunique() < 3:
        return None
    years = (before["at"] - before["at"].min()).dt.total_seconds() / (365.25 * 86_400)
    return float(fit_logit(before.assign(years=years), "hit", ["years"]).odds()[0]["p_value"])


def defects(
    table: Any,
    *,
    defect: str,
    at: str = "checked_in_at",
    by: str = "month",
    baseline: Any = None,
    limits: float = 3,
    source: Source | None = None,
) -> Result:
    """Errors per thousand registrations, period by period, with the limits of a process in control (p chart).

    Parameters
    ----------
    table : DataFrame
        One row a registration.
    defect : str
        Yes or no.
    at : str
        The column of moments.
    by : {"month", "week", "quarter"}
        The period; another column names groups that are not in the order of time.
    baseline : date, optional
        The last day of the process that sets the middle line; all by default. A process that improved is out of
        control below its old limits, which is what one wants to see.
    limits : float
        Standard errors to either side of the middle.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``appointments.defects``: per period ``n``, ``defects``, ``share``, ``limit_low``, ``limit_high`` (as wide
        as its own n makes them), ``verdict``: ``real`` outside the limits, ``noise`` inside, ``too_few`` where fewer
        than three defects are expected.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"unit": ["a"] * 400, "wrong": [1] * 16 + [0] * 384})
    >>> found = defects(table, defect="wrong", by="unit").table
    >>> (100 * found[["share", "limit_low", "limit_high"]]).round(2).values.tolist()
    [[4.0, 1.06, 6.94]]
    """
    import pandas as pd

    number(limits, "limits", 1, 6)
    periods = {"month": "M", "week": "W", "quarter": "Q"}
    frame = frame_of(table, (defect, at if by in periods else by, *([at] if baseline is not None else [])), "table")
    hit = flags_of(frame, defect, "table")
    groups = times_of(frame, at, "table").dt.to_period(periods[by]).astype(str) if by in periods else frame[by]
    seen = pd.DataFrame({"group": groups, "hit": hit})
    if baseline is not None:
        seen["base"] = times_of(frame, at, "table") <= moment_of(baseline, "baseline") + pd.Timedelta(days=1)
    known = seen.dropna()
    if known.empty:
        raise UserError("frames.empty", table="table")
    base = known[known["base"]] if baseline is not None else known
    if base.empty:
        raise UserError("appointments.no_period", found="before_change", since=str(baseline))
    middle = float(base["hit"].mean())
    rows = []
    for name, some in known.groupby("group", sort=True, observed=True):
        n, k = len(some), int(some["hit"].sum())
        half = limits * (middle * (1 - middle) / n) ** 0.5
        low, high = max(middle - half, 0.0), min(middle + half, 1.0)
        row = {by: label_of(name), "n": n, "defects": k, "share": k / n, "limit_low": low, "limit_high": high}
        row["verdict"] = "too_few" if n * middle < 3 else "noise" if low <= k / n <= high else "real"
        rows.append(row)
    outside = [r for r in rows if r["verdict"] == "real"]
    low, high = wilson(int(base["hit"].sum()), len(base))
    facts = {"n": len(known), "defects": int(known["hit"].sum()), "share": middle, "share_low": low}
    facts |= {"share_high": high, "per_thousand": 1000 * middle, "periods": len(rows), "outside": len(outside)}
    facts |= {"above": sum(r["share"] > r["limit_high"] for r in outside)}
    facts |= {"below": sum(r["share"] < r["limit_low"] for r in outside)}
    facts["verdict"] = "real" if outside else "noise"
    notes = [] if len(known) == len(seen) else [Note("appointments.note.unknown_rows", {"n": len(seen) - len(known)})]
    shares = dict.fromkeys(("share", "limit_low", "limit_high"), "share")
    units = {by: "month" if by == "month" else "text", "n": "count", "defects": "count", **shares, "verdict": "mark"}
    params = {"defect": defect, "by": by, "baseline": baseline, "limits": limits, "units": units}
    return Result("appointments.defects", pd.DataFrame(rows), params, facts, tuple(notes), source)
