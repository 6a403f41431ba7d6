"""Who pays, how that shifts, and what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...frames import days_of, frame_of, label_of
from ...intervals import verdict_of, wilson
from ...results import Note, Result, Source

__all__ = ["margins", "payer_mix"]

_BILLS = 200  # bills have long tails: of fewer the interval holds less than it says
_PERIODS = {"year": "Y", "quarter": "Q", "month": "M"}


def payer_mix(
    visits: Any,
    *,
    by: str = "payer_group",
    period: str = "year",
    at: str = "checked_in_at",
    source: Source | None = None,
) -> Result:
    """The share of every payer in each period, and whether it moved from the first to the last.

    Parameters
    ----------
    visits : DataFrame
        As :data:`VISITS`, with ``by``.
    by : str
    period : {"year", "quarter", "month"}
    at : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``patients.payer_mix``: per period and payer ``n`` and ``share`` with an interval. Visits of one patient
        have one payer, so n counts for less (``design_effect``). ``facts``: the payer that moved most, its shares, and
        the ``change`` with its interval.
    """
    import pandas as pd

    frame = frame_of(visits, (by, at), "visits")
    if period not in _PERIODS:
        raise UserError("patients.bad_period", found=period, wanted=list(_PERIODS))
    when = days_of(frame, at, "visits").dt.to_period(_PERIODS[period]).astype(str)
    seen = pd.DataFrame({"period": when, "payer": frame[by]}).dropna()
    notes = []
    if len(seen) < len(frame):
        notes.append(Note("patients.note.left_out", {"n": len(frame) - len(seen)}))
    who = frame.loc[seen.index, "patient_id"] if "patient_id" in frame else None
    names = list(seen["payer"].value_counts().index)
    rows = []
    for one in sorted(seen["period"].unique()):
        some = seen[seen["period"] == one]
        for name in names:
            hit = (some["payer"] == name).astype(float)
            effect = 1.0 if who is None else _design_effect(hit, who.loc[some.index])
            low, high = wilson(hit.sum() / effect, len(hit) / effect)
            row = {
                "period": one,
                by: label_of(name),
                "n": len(hit),
                "visits": int(hit.sum()),
                "share": float(hit.mean()),
            }
            rows.append(row | {"share_low": low, "share_high": high, "design_effect": effect})
    table = pd.DataFrame(rows)
    first, last = table["period"].iloc[0], table["period"].iloc[-1]
    moves = []
    for name in names:
        mine = [r for r in rows if r[by] == label_of(name)]
        a, b = mine[0], mine[-1]
        change = b["share"] - a["share"]
        down = ((b["share"] - b["share_low"]) ** 2 + (a["share_high"] - a["share"]) ** 2) ** 0.5
        up = ((b["share_high"] - b["share"]) ** 2 + (a["share"] - a["share_low"]) ** 2) ** 0.5
        move = {"payer": label_of(name), "first_share": a["share"], "last_share": b["share"], "change": change}
        least = min(a["visits"], b["visits"], a["n"] - a["visits"], b["n"] - b["visits"])
        ends = change - down, change + up
        moves.append(move | {"change_low": ends[0], "change_high": ends[1], "verdict": verdict_of(*ends, 0.0, least)})
    most = max(moves, key=lambda m: abs(m["change"]))
    facts = {"n": len(seen), "first": first, "last": last, "payers": len(names), **most}
    shares = dict.fromkeys(("share", "share_low", "share_high"), "share")
    units = {"period": "text", by: "text", "n": "count", "visits": "count", **shares, "design_effect": "number"}
    params = {"by": by, "period": period, "units": units}
    return Result("patients.payer_mix", table, params, facts, tuple(notes), source)


def _design_effect(hit: Any, who: Any) -> float:
    n, share = len(hit), float(hit.mean())
    if share in (0.0, 1.0):
        return 1.0
    rest = (hit - share).groupby(who.to_numpy()).sum()
    k = len(rest)
    return 1.0 if k < 2 else max(1.0, float((rest**2).sum()) * k / (k - 1) / (n * share * (1 - share)))


def margins(
    visits: Any,
    *,
    by: str = "payer_group",
    between: Sequence[Any] | None = None,
    at: str = "checked_in_at",
    source: Source | None = None,
) -> Result:
    """What is left of every payer's bills, and how much of a changed margin is a changed mix of payers.

    Parameters
    ----------
    visits : DataFrame
        As :data:`VISITS`, with ``amount``, ``cost`` and ``by``.
    by : str
    between : (year, year), optional
        The two years whose margins are compared; the first and the last by default.
    at : str
    source : Source, optional

    Returns
    -------
    Result
        Kind ``patients.margins``: per payer ``revenue``, ``cost``, ``margin``, ``margin_share`` as a ratio of sums with
        its interval (never a mean of percentages), ``verdict`` against 0. ``facts``: the margin share of both years,
        and its change as ``mix_effect`` (other payers) plus ``rate_effect`` (their margins); each is
        taken at the mean of the two years, so that they add up without a rest.
    """
    import numpy as np
    import pandas as pd

    frame = frame_of(visits, (by, "amount", "cost", *([at] if between is not None or at in visits else [])), "visits")
    kept = frame.dropna(subset=[by, "amount", "cost"])
    notes = []
    if len(kept) < len(frame):
        notes.append(Note("patients.note.left_out", {"n": len(frame) - len(kept)}))
    if not float(kept["amount"].sum()) > 0:
        raise UserError("patients.no_revenue", table="visits")
    rows = [_margin("member", by, label_of(name), some) for name, some in kept.groupby(by, observed=True)]
    rows.sort(key=lambda r: r["margin_share"])
    whole = _margin("total", by, None, kept)
    facts = {"n": len(kept), **{f"margin_share{e}": whole[f"margin_share{e}"] for e in ("", "_low", "_high")}}
    facts |= {"revenue": whole["revenue"], "margin": whole["margin"], "verdict": whole["verdict"]}
    for word, row in (("lowest", rows[0]), ("highest", rows[-1])):
        facts |= {f"{word}_payer": row[by]}
        facts |= {f"{word}_share{e}": row[f"margin_share{e}"] for e in ("", "_low", "_high")}
    gone = ("first_year", "last_year", "first_margin_share", "last_margin_share", "change", "mix_effect", "rate_effect")
    facts |= dict.fromkeys(gone)
    if at in kept:
        years = days_of(kept, at, "visits").dt.year
        pair = tuple(int(y) for y in between) if between is not None else (int(years.min()), int(years.max()))
        if lacking := [y for y in pair if not (years == y).any()]:
            raise UserError("patients.no_year", found=lacking, wanted=sorted({int(y) for y in years.dropna()}))
        if pair[0] != pair[1]:
            sums = (
                kept.assign(year=years).groupby([by, "year"], observed=True)[["amount", "cost"]].sum().unstack("year")
            )
            sums = sums.fillna(0.0)
            mix, rate = [], []
            for year in pair:
                revenue = sums["amount", year].to_numpy(float)
                mix.append(revenue / revenue.sum())
                with np.errstate(divide="ignore", invalid="ignore"):
                    rate.append(np.where(revenue > 0, 1 - sums["cost", year].to_numpy(float) / revenue, np.nan))
            # a payer of one year only has no rate in the other: that year's own stands for it
            rate = [np.where(np.isnan(rate[0]), rate[1], rate[0]), np.where(np.isnan(rate[1]), rate[0], rate[1])]
            first, last = (float((m * r).sum()) for m, r in zip(mix, rate, strict=True))
            facts |= {"first_year": pair[0], "last_year": pair[1], "first_margin_share": first}
            facts |= {"last_margin_share": last, "change": last - first}
            facts["mix_effect"] = float(((mix[1] - mix[0]) * (rate[0] + rate[1]) / 2).sum())
            facts["rate_effect"] = float(((rate[1] - rate[0]) * (mix[0] + mix[1]) / 2).sum())
    money = dict.fromkeys(("revenue", "care_cost", "margin"), "money")
    shares = dict.fromkeys(("margin_share", "margin_share_low", "margin_share_high"), "share")
    units = {by: "text", "visits": "count", **money, **shares, "verdict": "mark"}
    params = {"by": by, "units": units}
    table = pd.DataFrame([*rows, whole])
    table[by] = table[by].astype(object).where(table[by].notna(), None)
    return Result("patients.margins", table, params, facts, tuple(notes), source)


def _margin(kind: str, by: str, name: Any, some: Any) -> dict[str, Any]:
    """A ratio of sums; its interval from what each visit's margin is off (Cochran, Sampling Techniques)."""
    from scipy.stats import t as student

    bill, cost = some["amount"].to_numpy(float), some["cost"].to_numpy(float)
    revenue, n = float(bill.sum()), len(some)
    row = {"row": kind, by: name, "visits": n, "revenue": revenue, "care_cost": float(cost.sum())}
    row["margin"] = revenue - row["care_cost"]
    share = row["margin"] / revenue if revenue else float("nan")
    low = high = float("nan")
    if n >= _BILLS and revenue > 0:
        rest = (1 - share) * bill - cost
        # Student's interval of what the visits are off by, put right for its long tail (Johnson 1978)
        spread = (float((rest**2).sum()) / (n - 1)) ** 0.5
        lean = float((rest**3).mean()) / (6 * spread**2) if spread else 0.0
        half = float(student.ppf(0.975, n - 1)) * spread * n**0.5
        low, high = share + (lean - half) / revenue, share + (lean + half) / revenue
    return row | {
        "margin_share": share,
        "margin_share_low": low,
        "margin_share_high": high,
        "verdict": verdict_of(low, high, 0.0, n),
    }
