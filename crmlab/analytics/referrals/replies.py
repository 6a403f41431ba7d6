"""Whether those who sent a patient heard back, and what their patients are worth."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import day_of, days_of, frame_of, label_of
from ...intervals import newcombe, verdict_of, wilson
from ...results import Note, Result, Source
from .tables import FEWEST, received

__all__ = ["closed_loop", "worth"]


def closed_loop(
    referrals: Any,
    *,
    as_of: Any,
    since: Any = None,
    direction: str = "inbound",
    within_days: int | None = None,
    clinics: Any = None,
    source: Source | None = None,
) -> Result:
    """The share of referrals that were answered, and whether a change made more of them.

    Parameters
    ----------
    referrals : DataFrame
        As :data:`REFERRALS`, with ``replied``, or ``replied_on``.
    as_of : date
    since : date, optional
        The day of a change; without it all are one group.
    direction : {"inbound", "outbound"}
        Outbound: whether the other house told how it went.
    within_days : int, optional
        Count only answers so soon; referrals younger than that are not asked about yet, and are left out.
    clinics : DataFrame, optional
    source : Source, optional

    Returns
    -------
    Result
        Kind ``referrals.closed_loop``: per period (``before_change``, ``since_change``, or ``all_time``) ``n``,
        ``replied``, ``replied_share`` with Wilson's interval, ``median_reply_days`` of those answered. ``facts``:
        ``difference`` of the two (Newcombe) and verdict.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"direction": "inbound", "clinic_id": 1, "referred_on": "2024-01-01",
    ...                       "replied": [True] * 255 + [False] * 45})
    >>> closed_loop(table, as_of="2024-12-31").facts["replied_share"]
    0.85
    """
    import pandas as pd

    frame = frame_of(referrals, (), "referrals")
    if "replied" not in frame and "replied_on" not in frame:
        found = [str(c) for c in frame.columns]
        raise UserError("frames.missing_column", table="referrals", wanted=["replied"], found=found, near=[])
    table, notes, last = received(referrals, as_of, direction, (), clinics)
    on = days_of(table, "replied_on", "referrals") if "replied_on" in table else pd.Series(pd.NaT, index=table.index)
    on = on.mask(on > last)
    replied = table["replied"].fillna(False).astype(bool) if "replied" in table else on.notna()
    backwards = on < table["day"]
    if backwards.any():
        notes.append(Note("referrals.note.backwards", {"n": int(backwards.sum())}))
    days = (on - table["day"]).dt.days.mask(backwards)
    if within_days is not None:
        if not (isinstance(within_days, int) and within_days >= 0):
            raise UserError("referrals.bad_days_number", found=within_days)
        young = table["day"] > last - pd.Timedelta(days=within_days)
        if young.any():
            notes.append(Note("referrals.note.young", {"n": int(young.sum()), "days": within_days}))
        replied = (replied & (days <= within_days))[~young]
        table, days = table[~young], days[~young]
    border = day_of(since, "since") if since is not None else None
    parts = [("all_time", table["day"].notna())]
    if border is not None:
        parts = [("before_change", table["day"] < border), ("since_change", table["day"] >= border)]
    rows, counts = [], {}
    for name, some in parts:
        n, k = int(some.sum()), int(replied[some].sum())
        if not n:
            raise UserError("referrals.no_period", found=name)
        counts[name] = k, n
        low, high = wilson(k, n)
        row = {"period": name, "n": n, "replied": k, "replied_share": k / n, "replied_share_low": low}
        took = days[some & replied]
        rows.append(
            row | {"replied_share_high": high, "median_reply_days": float(took.median()) if len(took) else None}
        )
    k, n = sum(c[0] for c in counts.values()), sum(c[1] for c in counts.values())
    low, high = wilson(k, n)
    facts: dict[str, Any] = {"n": n, "replied": k, "open": n - k, "replied_share": k / n}
    facts |= {"replied_share_low": low, "replied_share_high": high, "direction": direction, "last": last}
    facts |= dict.fromkeys(("difference", "difference_low", "difference_high", "before_share", "since_share"))
    facts["verdict"] = "too_few"
    if border is not None:
        (b, m), (a, n) = counts["before_change"], counts["since_change"]
        low, high = newcombe(a, n, b, m)
        facts |= {"before_share": b / m, "since_share": a / n, "difference": a / n - b / m}
        facts |= {"difference_low": low, "difference_high": high}
        facts["verdict"] = "too_few" if min(n, m) < FEWEST else verdict_of(low, high, 0.0, min(n, m))
    shares = dict.fromkeys(("replied_share", "replied_share_low", "replied_share_high"), "share")
    units = {"period": "text", "n": "count", "replied": "count", **shares, "median_reply_days": "days"}
    params = {"as_of": last, "since": border, "direction": direction, "within_days": within_days, "units": units}
    return Result("referrals.closed_loop", pd.DataFrame(rows), params, facts, tuple(notes), source)


def worth(
    referrals: Any,
    visits: Any,
    *,
    as_of: Any,
    within_days: int = 365,
    clinics: Any = None,
    value: str = "margin",
    source: Source | None = None,
) -> Result:
    """What a referral is worth: what the patient's visits leave in the year after it, clinic by clinic.

    Parameters
    ----------
    referrals : DataFrame
        As :data:`REFERRALS`, with ``patient_id``.
    visits : DataFrame
        ``patient_id``, ``checked_in_at``, and ``value``, or ``amount`` and ``cost``.
    as_of : date
    within_days : int
        Referrals younger than that are left out: their year is not over.
    clinics : DataFrame, optional
    value : str
        The column to add up; ``margin`` is amount minus cost where there is no such column.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``referrals.worth``: per clinic ``n`` referrals, ``visits``, ``total``, ``mean_worth`` with its interval
        (Student's, put right for the tail by Johnson; missing below 30 referrals, where one patient makes the mean) and
        a verdict against 0. A visit after two referrals counts for the last of them.
    """
    import pandas as pd
    from scipy.stats import t as student

    table, notes, last = received(referrals, as_of, "inbound", ("patient_id",), clinics)
    seen = frame_of(visits, ("patient_id", "checked_in_at"), "visits")
    if value not in seen and not (value == "margin" and {"amount", "cost"} <= set(seen)):
        found = [str(c) for c in seen.columns]
        raise UserError("frames.missing_column", table="visits", wanted=[value], found=found, near=[])
    money = seen[value] if value in seen else seen["amount"] - seen["cost"]
    came = pd.DataFrame({"patient_id": seen["patient_id"], "day": days_of(seen, "checked_in_at", "visits")})
    came["money"] = money.astype(float)
    came["day"], table["day"] = (t["day"].astype("datetime64[s]") for t in (came, table))
    came = came.dropna().sort_values("day", kind="stable")
    table = table.dropna(subset=["patient_id", "clinic_id"])
    young = table["day"] > last - pd.Timedelta(days=within_days)
    if young.any():
        notes.append(Note("referrals.note.young", {"n": int(young.sum()), "days": within_days}))
    old = table[~young].sort_values("day", kind="stable").reset_index(drop=True)
    if old.empty:
        raise UserError("referrals.empty", table="referrals")
    old["number"] = range(len(old))
    sent = table.sort_values("day", kind="stable")[["patient_id", "day"]].assign(sent=lambda t: t["day"])
    keys = came["patient_id"].dtype
    pairs = pd.merge_asof(
        came, sent.astype({"patient_id": keys}), on="day", by="patient_id", allow_exact_matches=True
    ).dropna(subset=["sent"])
    pairs = pairs[(pairs["day"] - pairs["sent"]).dt.days <= within_days]
    sums = pairs.groupby(["patient_id", "sent"])["money"].agg(["sum", "size"])
    index = pd.MultiIndex.from_arrays([old["patient_id"].astype(keys), old["day"]])
    # two referrals of a patient on one day are one journey: the first of them carries it
    again = old.duplicated(["patient_id", "day"])
    old["worth"] = sums["sum"].reindex(index).fillna(0.0).to_numpy() * (~again).to_numpy()
    old["visits"] = sums["size"].reindex(index).fillna(0).to_numpy() * (~again).to_numpy()
    rows = []
    for kind, name, key, some in [
        *(("member", name, key, part) for (key, name), part in old.groupby(["clinic_id", "clinic"], sort=False)),
        ("total", None, None, old),
    ]:
        each = some["worth"].to_numpy(float)
        n, mean = len(each), float(each.mean())
        low = high = float("nan")
        spread = float(each.std(ddof=1)) if n > 1 else 0.0
        if n >= FEWEST and spread > 0:
            lean = float(((each - mean) ** 3).mean()) / (6 * spread**2 * n)
            half = float(student.ppf(0.975, n - 1)) * spread / n**0.5
            low, high = mean + lean - half, mean + lean + half
        row = {
            "row": kind,
            "clinic_id": label_of(key),
            "clinic": label_of(name),
            "n": n,
            "visits": int(some["visits"].sum()),
        }
        row |= {"total": float(each.sum()), "mean_worth": mean, "mean_worth_low": low, "mean_worth_high": high}
        rows.append(row | {"verdict": verdict_of(low, high, 0.0, n)})
    whole = rows.pop()
    rows.sort(key=lambda r: (-r["total"], str(r["clinic"])))
    facts = {k: v for k, v in whole.items() if k not in ("row", "clinic", "clinic_id")}
    facts |= {"clinics": len(rows), "best_clinic": rows[0]["clinic"], "best_total": rows[0]["total"]}
    facts |= {"best_n": rows[0]["n"], "shown": sum(r["verdict"] != "too_few" for r in rows), "last": last}
    money_ = dict.fromkeys(("total", "mean_worth", "mean_worth_low", "mean_worth_high"), "money")
    units = {"clinic_id": "key", "clinic": "text", "n": "count", "visits": "count", **money_, "verdict": "mark"}
    params = {"as_of": last, "within_days": within_days, "value": value, "units": units}
    out = pd.DataFrame([*rows, whole])
    out["clinic_id"] = (
        out["clinic_id"].astype("Int64") if pd.api.types.is_integer_dtype(old["clinic_id"]) else out["clinic_id"]
    )
    return Result("referrals.worth", out, params, facts, tuple(notes), source)
