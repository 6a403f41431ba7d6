"""Which clinics stopped sending: a rule set before looking, and honest about how many clinics were looked at."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import day_of, label_of
from ...intervals import holm, ratio_interval
from ...results import Note, Result, Source
from .tables import received

__all__ = ["lost"]

LEAST_EXPECTED = 4  # fewer than these expected, and even silence would not be told from chance


def lost(
    referrals: Any,
    *,
    as_of: Any,
    recent_days: int = 305,
    since: Any = None,
    drop: float = 0.25,
    level: float = 0.05,
    clinics: Any = None,
    source: Source | None = None,
) -> Result:
    """Clinics that send fewer patients than they did, beyond what all clinics do.

    Parameters
    ----------
    referrals : DataFrame
        As :data:`REFERRALS`.
    as_of : date
    recent_days : int
        How many days up to ``as_of`` are *now*; what was before is *then*. Chosen before looking: a period picked
        because somebody looks bad in it proves nothing.
    since : date, optional
        Where *then* begins; the first referral by default.
    drop : float
        A fall worth a telephone call: a quarter by default.
    level : float
        The chance, over all clinics together, of calling any lost that is not.
    clinics : DataFrame, optional
    source : Source, optional

    Returns
    -------
    Result
        Kind ``referrals.lost``: per clinic ``before``, ``recent``, ``expected`` (what its share of then would be of all
        that came now), ``ratio`` of recent to before beside all others' with its interval, ``p_value`` (exact: given
        both sums, the clinic's recent share is hypergeometric; small where it fell), ``holm_p`` over all clinics that
        could be judged, and ``finding``: ``lost_referrer`` (real, and by more than ``drop``), ``falling_referrer`` (its
        own p below level, not with all looked at: ask, don't conclude), ``steady_referrer``, ``too_few``.
    """
    import numpy as np
    import pandas as pd
    from scipy.stats import hypergeom

    if not (isinstance(recent_days, int) and recent_days > 0):
        raise UserError("referrals.bad_days_number", found=recent_days)
    for name, value in (("drop", drop), ("level", level)):
        if not (isinstance(value, int | float) and 0 < value < 1):
            raise UserError("referrals.bad_share", name=name, found=value)
    table, notes, last = received(referrals, as_of, "inbound", (), clinics)
    table = table.dropna(subset=["clinic_id"])
    start = day_of(since, "since") if since is not None else table["day"].min()
    table = table[table["day"] >= start]
    border = last - pd.Timedelta(days=recent_days)
    now = table["day"] > border
    if not now.any() or now.all():
        raise UserError("referrals.no_then", found=[str(start.date()), str(last.date())], wanted=str(border.date()))
    total_now, total_then = int(now.sum()), int((~now).sum())
    grouped = now.groupby([table["clinic_id"], table["clinic"]], sort=False).agg(["sum", "size"])
    recent, before = grouped["sum"].to_numpy(), (grouped["size"] - grouped["sum"]).to_numpy()
    others_now, others_then = total_now - recent, total_then - before
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(others_then > 0, before * others_now / others_then, np.nan)
        ratio = np.where(expected > 0, recent / expected, np.nan)
    low, high = ratio_interval(recent, np.where(before > 0, before, np.nan), others_now, others_then)
    # given how many the clinic sent in all, and how many all sent now
    p_values = hypergeom.cdf(recent, total_now + total_then, recent + before, total_now)
    rows = [
        {"clinic_id": label_of(key), "clinic": label_of(name), "before": int(before[k]), "recent": int(recent[k])}
        | {"expected": float(expected[k]), "ratio": float(ratio[k]), "ratio_low": float(low[k])}
        | {"ratio_high": float(high[k]), "p_value": float(p_values[k]), "judged": bool(expected[k] >= LEAST_EXPECTED)}
        for k, (key, name) in enumerate(grouped.index)
    ]
    judged = [r for r in rows if r["judged"]]
    for row, p in zip(judged, holm(r["p_value"] for r in judged), strict=True):
        row["holm_p"] = p
    for row in rows:
        row.setdefault("holm_p", float("nan"))
        if not row["judged"]:
            row["finding"] = "too_few"
        elif row["holm_p"] < level and row["ratio"] <= 1 - drop:
            row["finding"] = "lost_referrer"
        elif row["p_value"] < level and row["ratio"] <= 1 - drop:
            row["finding"] = "falling_referrer"
        else:
            row["finding"] = "steady_referrer"
        row["verdict"] = {"lost_referrer": "real", "too_few": "too_few"}.get(row["finding"], "noise")
        if not row.pop("judged"):
            row["ratio_low"] = row["ratio_high"] = float("nan")
    rows.sort(key=lambda r: (r["finding"] == "too_few", r["p_value"], str(r["clinic"])))
    worst = rows[0]
    found = [r for r in rows if r["finding"] == "lost_referrer"]
    facts = {"n": len(table), "recent": total_now, "before": total_then, "clinics": len(rows), "judged": len(judged)}
    facts |= {"lost": len(found), "falling": sum(r["finding"] == "falling_referrer" for r in rows)}
    facts |= {"missing_referrals": float(sum(r["expected"] - r["recent"] for r in found))}
    facts |= {"worst_clinic": worst["clinic"], "worst_recent": worst["recent"], "worst_expected": worst["expected"]}
    facts |= {f"worst_ratio{e}": worst[f"ratio{e}"] for e in ("", "_low", "_high")}
    facts |= {"worst_p": worst["p_value"], "worst_holm": worst["holm_p"], "verdict": worst["verdict"]}
    facts |= {"border": border + pd.Timedelta(days=1), "first": start, "last": last}
    if len(judged) < len(rows):
        notes.append(Note("referrals.note.not_judged", {"n": len(rows) - len(judged), "least": LEAST_EXPECTED}))
    numbers = ("expected", "ratio", "ratio_low", "ratio_high", "p_value", "holm_p")
    units = {"clinic_id": "key", "clinic": "text", "before": "count", "recent": "count"}
    units |= {**dict.fromkeys(numbers, "number"), "finding": "text", "verdict": "mark"}
    params = {"as_of": last, "recent_days": recent_days, "drop": drop, "level": level, "units": units}
    return Result("referrals.lost", pd.DataFrame(rows), params, facts, tuple(notes), source)
