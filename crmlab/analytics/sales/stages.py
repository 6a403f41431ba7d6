"""Stages of the pipeline: how many go on, how long they stay, how fast money comes through, where it stops."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import day_of, number
from ...intervals import holm, newcombe, verdict_of, wilson
from ...results import Note, Result, Source
from .deals import Deals

__all__ = ["pipeline", "velocity"]

_FEWEST = 10  # deals that left a stage, for it to be called the bottleneck
_STUCK = 0.9


def velocity(deals: float, win_share: float, amount: float, cycle_days: float) -> float:
    """Money a day that a pipeline lets through: ``deals · win share · amount of a deal / days to the decision``.

    Examples
    --------
    >>> velocity(40, 0.25, 30, 60)
    5.0
    """
    deals, amount = number(deals, "deals", 0), number(amount, "amount", 0)
    win_share = number(win_share, "win_share", 0, 1)
    return deals * win_share * amount / number(cycle_days, "cycle_days", 1e-9)


def pipeline(deals: Any, log: Any, *, as_of: Any, stages: Any, source: Source | None = None) -> Result:
    """Every stage: how many reached it, how many went on, how long they stayed, what waits there now.

    Parameters
    ----------
    deals : DataFrame
        ``opportunity_id``, ``amount`` (or ``expected_amount``), ``opened_on``, ``closed_on``, ``outcome``.
    log : DataFrame
        ``opportunity_id``, ``stage``, ``entered_at``; steps back and skipped stages are allowed.
    as_of : date
        What happened later is not looked at.
    stages : DataFrame
        ``stage`` and ``probability`` in their order, the last being the decision.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``sales.pipeline``, a row a stage: ``reached``, ``decided`` (reached it and left it), ``ahead`` of them,
        ``ahead_share`` with interval, ``stay_days`` (median of finished stays) with interval, ``stays``; ``open_deals``
        deals, their ``open_amount``, the oldest's ``oldest_days``, ``stuck`` (longer than nine of ten stayed);
        ``verdict`` (less go on than from the other stages together, Holm). ``facts["velocity"]`` with interval,
        ``["bottleneck"]``, ``["slowest"]``.

    Notes
    -----
    Velocity's interval is on its logarithm, from what every decided deal adds to win share, amount and days.
    """
    import numpy as np
    import pandas as pd

    day = day_of(as_of, "as_of")
    book = Deals(deals, log, stages)
    end = day + pd.Timedelta(days=1)
    steps = book.log[book.log["at"] < end].merge(book.frame, on="id", how="inner")
    early = steps["at"] < steps["opened_on"]
    if early.any():
        raise UserError("sales.negative_age", table="stage_log", rows=[int(i) + 1 for i in np.flatnonzero(early)])
    place = {s: k for k, s in enumerate(book.order)}
    unknown = ~steps["stage"].isin(book.order)
    if unknown.any():
        found = sorted({str(s) for s in steps.loc[unknown, "stage"]})
        raise UserError("sales.unknown_stage", found=found, wanted=[str(s) for s in book.order])
    if steps.empty:
        raise UserError("sales.no_open_deals", found=day.date())
    steps["place"] = steps["stage"].map(place)
    steps["next"] = steps.groupby("id")["at"].shift(-1)
    closed = steps["closed_on"].where(steps["closed_on"] <= day)
    steps["left"] = steps["next"].fillna(closed)
    steps["stay"] = (steps["left"] - steps["at"]).dt.total_seconds() / 86_400
    steps["furthest"] = steps.groupby("id")["place"].transform("max")
    steps["done"] = closed.notna()
    back = int((steps.groupby("id")["place"].diff() < 0).sum())
    notes = [Note("sales.note.back", {"n": back})] if back else []
    held = book.open_on(day)
    now = book.stage_on(day)
    since = book.frame["id"].map(steps.groupby("id")["at"].last())
    rows = []
    last = len(book.order) - 1
    for s, k in place.items():
        at = steps[steps["place"] == k]
        once = at.drop_duplicates("id")
        decided = once[(once["furthest"] > k) | once["done"]]
        ahead = int((decided["furthest"] > k).sum())
        row = {"stage": s, "reached": len(once), "decided": len(decided), "ahead": ahead}
        low, high = wilson(ahead, len(decided))
        shown = k < last and len(decided)
        row |= {"ahead_share": ahead / len(decided) if shown else None}
        row |= {"ahead_share_low": low if shown else None, "ahead_share_high": high if shown else None}
        stays = at["stay"].dropna().clip(lower=0).to_numpy()
        row |= dict(zip(("stay_days", "stay_days_low", "stay_days_high"), _median(stays), strict=True))
        row["stays"] = len(stays)
        some = held & (now == s)
        age = (end - since[some]).dt.total_seconds() / 86_400
        row |= {"open_deals": int(some.sum()), "open_amount": float(book.frame.loc[some, "amount"].sum())}
        row["oldest_days"] = float(age.max()) if len(age) else None
        row["stuck"] = int((age > np.quantile(stays, _STUCK)).sum()) if len(stays) >= _FEWEST else 0
        rows.append(row)
    _judged(rows, last)
    facts = _facts(rows, book, day, int(held.sum()), last)
    names = ("reached", "decided", "ahead", "stays", "open_deals", "stuck")
    units = {"stage": "text", **dict.fromkeys(names, "count"), "open_amount": "money"}
    units |= dict.fromkeys(("ahead_share", "ahead_share_low", "ahead_share_high"), "share")
    units |= dict.fromkeys(("stay_days", "stay_days_low", "stay_days_high", "oldest_days"), "number")
    table = pd.DataFrame(rows)
    units = {c: units[c] for c in table.columns if c in units} | {"verdict": "mark"}
    return Result("sales.pipeline", table, {"as_of": day, "units": units}, facts, tuple(notes), source)


def _median(values: Any) -> tuple[Any, Any, Any]:
    """A median with the interval that ranks give it; no interval where there are too few for one."""
    import numpy as np
    from scipy.stats import binom

    if not len(values):
        return None, None, None
    ordered = np.sort(values)
    n = len(ordered)
    down = int(binom.ppf(0.025, n, 0.5))
    if down < 1:
        return float(np.median(ordered)), None, None
    return float(np.median(ordered)), float(ordered[down - 1]), float(ordered[n - down])


def _judged(rows: list[dict[str, Any]], last: int) -> None:
    """Whether fewer go on from a stage than from all the others together; many stages are asked at once."""
    from math import sqrt
    from statistics import NormalDist

    asked = [r for k, r in enumerate(rows) if k < last and r["decided"] >= _FEWEST]
    p_values = []
    for row in asked:
        others = [r for k, r in enumerate(rows) if k < last and r is not row]
        n, m = row["decided"], sum(r["decided"] for r in others)
        hits, other = row["ahead"], sum(r["ahead"] for r in others)
        pooled = (hits + other) / (n + m) if m else 0.0
        error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)) if m and 0 < pooled < 1 else 0.0
        p_values.append(2 * NormalDist().cdf(-abs(hits / n - other / m) / error) if error else 1.0)
    for row, p in zip(asked, holm(p_values), strict=True):
        row["verdict"] = "real" if p < 0.05 else "noise"
    for row in rows:
        row.setdefault("verdict", "too_few")


def _facts(rows: list[dict[str, Any]], book: Deals, day: Any, n_open: int, last: int) -> dict[str, Any]:
    import numpy as np
    from scipy.stats import t

    asked = [r for k, r in enumerate(rows) if k < last and r["decided"] >= _FEWEST]
    worst = min(asked, key=lambda r: r["ahead_share"]) if asked else None
    slow = max((r for r in rows if r["stays"] >= _FEWEST), key=lambda r: r["stay_days"], default=None)
    facts: dict[str, Any] = {"n": rows[0]["reached"], "open": n_open, "stuck": sum(r["stuck"] for r in rows)}
    facts |= {"open_amount": sum(r["open_amount"] for r in rows), "bottleneck": worst["stage"] if worst else None}
    names = ("ahead_share", "ahead_share_low", "ahead_share_high", "verdict")
    facts |= {k: worst[k] if worst else None for k in names}
    if worst:
        others = [r for k, r in enumerate(rows) if k < last and r is not worst]
        low, high = newcombe(
            worst["ahead"], worst["decided"], sum(r["ahead"] for r in others), sum(r["decided"] for r in others)
        )
        facts |= {"behind_low": low, "behind_high": high}
    facts |= {"slowest": slow["stage"] if slow else None, "slowest_days": slow["stay_days"] if slow else None}
    frame = book.frame
    done = frame[(frame["closed_on"] <= day) & frame["outcome"].isin(["won", "lost"]) & frame["opened_on"].notna()]
    won = (done["outcome"] == "won").to_numpy()
    facts |= {"decided": len(done), "won": int(won.sum())}
    names = ("win_share", "won_amount", "cycle_days", "velocity", "velocity_low", "velocity_high")
    facts |= dict.fromkeys(names)
    if not won.any():
        return facts
    amount = done["amount"].to_numpy()
    days = np.maximum((done["closed_on"] - done["opened_on"]).dt.days.to_numpy(dtype=float), 1.0)
    share, worth, cycle = float(won.mean()), float(amount[won].mean()), float(days[won].mean())
    speed = velocity(n_open, share, worth, cycle)
    facts |= {"win_share": share, "won_amount": worth, "cycle_days": cycle, "velocity": speed}
    k = int(won.sum())
    if k >= _FEWEST and n_open:
        parts = (won - share) / share + won / share * ((amount - worth) / worth - (days - cycle) / cycle)
        error = float((parts @ parts) ** 0.5) / len(parts) * (k / (k - 1)) ** 0.5
        half = float(t.ppf(0.975, k - 1)) * error
        facts |= {"velocity_low": speed * float(np.exp(-half)), "velocity_high": speed * float(np.exp(half))}
    facts["verdict_velocity"] = verdict_of(facts["velocity_low"] or 0, facts["velocity_high"] or 0, 0.0, k)
    return facts
