"""Engagement on social media (conversation, amplification, applause), and what customers bring by recommending."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...errors import UserError, suggest
from ...intervals import wilson
from ...results import Note, Result
from .shares import verdict_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MEASURES", "engagement", "referral"]

MEASURES = {"conversation": "comments", "amplification": "shares", "applause": "likes"}
"""Kaushik's three rates, and what each counts."""
_FEW_POSTS = 10
_PERIODS = {"month": "%Y-%m", "year": "%Y"}


def engagement(
    posts: Any, *, followers: float | None = None, by: str | None = None, columns: Mapping[str, str] | None = None
) -> Result:
    """Comments, shares and likes for each post, and for every thousand followers.

    Parameters
    ----------
    posts : DataFrame
        One row a post: ``comments``, ``shares``, ``likes``; and ``followers`` at the time, where that changes.
    followers : float, optional
        How many, where the posts don't say.
    by : str, optional
        A column: a campaign, a channel; groups are compared with the first. ``"month"`` and ``"year"`` are taken from
        ``posted_at``, where the posts have no such column.
    columns : mapping, optional
        Own names: ``{"likes": "suka"}``.

    Returns
    -------
    Result
        Kind ``journeys.engagement``: per group and ``measure`` the ``total``, ``per_post`` with interval and
        ``per_1000``
        followers. Posts far outside the others are noted: a bot, or a post that took off.

    Examples
    --------
    >>> told = engagement({"comments": [15] * 20, "shares": [6] * 20, "likes": [120] * 20}, followers=50_000)
    >>> told.table[["measure", "per_post", "per_1000"]].values.tolist()
    [['conversation', 15.0, 6.0], ['amplification', 6.0, 2.4], ['applause', 120.0, 48.0]]
    """
    import numpy as np
    import pandas as pd
    from scipy import stats

    frame = _frame(posts)
    if by in _PERIODS and by not in frame and "posted_at" in frame:
        frame = frame.assign(**{by: pd.to_datetime(frame["posted_at"]).dt.strftime(_PERIODS[by])})
    names = {c: (columns or {}).get(c, c) for c in MEASURES.values()}
    lacking = [c for c in [*names.values(), *([by] if by else [])] if c not in frame]
    if lacking:
        near = [n for c in lacking for n in suggest(c, [str(x) for x in frame.columns], 1)]
        raise UserError(
            "journeys.missing_column", table="posts", wanted=lacking, found=[str(c) for c in frame.columns], near=near
        )
    if frame.empty:
        raise UserError("journeys.empty", table="posts", found=0)
    counts = frame[list(names.values())].apply(pd.to_numeric, errors="coerce").set_axis(list(names), axis=1)
    bad = counts.isna().any(axis=1) | (counts < 0).any(axis=1)
    if bad.any():
        raise UserError("journeys.bad_counts", table="posts", rows=[int(i) + 1 for i in np.flatnonzero(bad)])
    reach = (
        pd.to_numeric(frame["followers"], errors="coerce")
        if "followers" in frame and followers is None
        else pd.Series(followers, index=frame.index, dtype=float)
    )
    if (reach <= 0).any():
        raise UserError("journeys.bad_number", name="followers", found=float(reach.min()), least=1)
    rows: list[dict[str, Any]] = []
    parts = (
        [(None, counts.index)]
        if by is None
        else [(g, i) for g, i in frame.groupby(by, dropna=False, sort=True).groups.items()]
    )
    first: dict[str, Any] = {}
    for group, index in parts:
        fans = float(reach.loc[index].mean())
        for measure, what in MEASURES.items():
            values = counts.loc[index, what].to_numpy(float)
            mean, n = float(values.mean()), len(values)
            error = float(values.std(ddof=1) / mean / math.sqrt(n)) if n >= _FEW_POSTS and mean > 0 else math.nan
            width = math.exp(float(stats.t.ppf(0.975, n - 1)) * error) if error == error and error > 0 else math.nan
            row = {"group": group, "measure": measure, "posts": n, "total": float(values.sum())}
            row |= {"per_post": mean, "per_post_low": mean / width, "per_post_high": mean * width}
            row |= {"per_1000": float(values.sum()) / fans * 1000 if fans == fans else math.nan}
            if by is not None:
                row |= dict.fromkeys(("ratio", "ratio_low", "ratio_high"), math.nan) | {"verdict": None}
                if group is not parts[0][0] and first[measure][0]:
                    other, spread, m = first[measure]
                    both = (
                        math.exp(float(stats.t.ppf(0.975, max(min(n, m) - 1, 1))) * math.hypot(error, spread))
                        if error == error and spread == spread
                        else math.nan
                    )
                    ratio = mean / other
                    row |= {"ratio": ratio, "ratio_low": ratio / both, "ratio_high": ratio * both}
                    row |= {"verdict": verdict_of(row["ratio_low"], row["ratio_high"], 1.0, min(n, m))}
                elif group is parts[0][0]:
                    first[measure] = (mean, error, n)
            rows.append(row)
    table = pd.DataFrame(rows)
    if by is None:
        table = table.drop(columns="group")
    odd = pd.Series(False, index=counts.index)
    for what in counts:
        middle = counts[what].median()
        mad = (counts[what] - middle).abs().median()
        if mad > 0:
            odd |= (
                0.6745 * (counts[what] - middle).abs() / mad > 7
            )  # engagement is skewed: 3.5 would name a tenth of it
    notes = []
    if odd.any():
        notes.append(
            Note(
                "journeys.note.odd_posts", {"n": int(odd.sum()), "rows": [int(i) + 1 for i in np.flatnonzero(odd)][:5]}
            )
        )
    if reach.isna().all():
        notes.append(Note("journeys.note.no_followers"))
    facts: dict[str, Any] = {"n": len(frame), "followers": None if reach.isna().all() else float(reach.mean())}
    for r in rows[-3:]:
        facts |= {f"{r['measure']}{e}": r[f"per_post{e}"] for e in ("", "_low", "_high")}
        facts |= {f"{r['measure']}_per_1000": r["per_1000"]}
    facts |= {"groups": len(parts), "group": parts[-1][0]}
    units = {"measure": "text", "posts": "count", "total": "count", "per_1000": "number", "verdict": "mark"}
    units |= {f"{c}{e}": "number" for c in ("per_post", "ratio") for e in ("", "_low", "_high")}
    params = {"by": by, "followers": followers, "units": {c: units[c] for c in table if c in units}}
    return Result("journeys.engagement", table, params, facts, tuple(notes))


def referral(invitations: Any, *, customers: int) -> Result:
    """What customers bring by recommending: invitations for each, how many accept, and the two multiplied (K).

    Parameters
    ----------
    invitations : DataFrame
        One row an invitation: ``inviter_id``, ``invited_id``, ``joined`` (whether the invited became a customer).
    customers : int
        All who could have invited.

    Returns
    -------
    Result
        Kind ``journeys.referral``: one row with ``invites_each``, ``joined_share`` and ``k_factor`` (new customers
        for each customer) with intervals. Who invited himself, or somebody who was invited before, does not count.

    Examples
    --------
    >>> told = referral({"inviter_id": [k % 100 for k in range(200)], "invited_id": [1000 + k for k in range(200)],
    ...                  "joined": [k < 30 for k in range(200)]}, customers=100)
    >>> round(told.facts["k_factor"], 2), told.facts["invites_each"], told.facts["joined_share"]
    (0.3, 2.0, 0.15)
    """
    import pandas as pd
    from scipy import stats

    frame = _frame(invitations)
    wanted = ("inviter_id", "invited_id", "joined")
    lacking = [c for c in wanted if c not in frame]
    if lacking:
        raise UserError(
            "journeys.missing_column", table="invitations", wanted=lacking, found=[str(c) for c in frame.columns]
        )
    if isinstance(customers, bool) or not isinstance(customers, int) or customers < 1:
        raise UserError("journeys.bad_number", name="customers", found=customers, least=1)
    own = (frame["inviter_id"] == frame["invited_id"]).to_numpy(bool)
    kept = frame[~own]
    twice = kept["invited_id"].duplicated().to_numpy(bool)
    kept = kept[~twice]
    if kept.empty:
        raise UserError("journeys.empty", table="invitations", found=len(frame))
    if kept["inviter_id"].nunique() > customers:
        raise UserError("journeys.too_few_customers", found=customers, wanted=int(kept["inviter_id"].nunique()))
    joined = kept["joined"].astype(bool)
    per = joined.groupby(kept["inviter_id"].to_numpy()).agg(["sum", "count"])
    n, hits = len(kept), int(joined.sum())
    k = hits / customers
    low = high = float("nan")
    if hits >= 5:
        spread = float((per["sum"] ** 2).sum()) / customers - k**2
        error = math.sqrt(max(spread, 0) / customers) / k
        width = math.exp(float(stats.t.ppf(0.975, max(min(hits, customers) - 1, 1))) * error)
        low, high = k / width, k * width
    share = hits / n
    together = float(((per["sum"] - share * per["count"]) ** 2).sum())
    effect = max(1.0, together / (n * share * (1 - share))) if 0 < hits < n else 1.0
    a, b = (float(x) for x in wilson(hits / effect, n / effect))
    row = {
        "customers": customers,
        "inviters": len(per),
        "invites": n,
        "joined": hits,
        "invites_each": n / customers,
    }
    row |= {"joined_share": share, "joined_share_low": a, "joined_share_high": b}
    row |= {"k_factor": k, "k_factor_low": low, "k_factor_high": high}
    notes = [
        Note(f"journeys.note.{c}", {"n": int(x.sum())})
        for c, x in (("invited_himself", own), ("invited_before", twice))
        if x.any()
    ]
    units = dict.fromkeys(("customers", "inviters", "invites", "joined"), "count") | {"invites_each": "number"}
    units |= dict.fromkeys(("joined_share", "joined_share_low", "joined_share_high"), "share")
    units |= dict.fromkeys(("k_factor", "k_factor_low", "k_factor_high"), "number")
    return Result("journeys.referral", pd.DataFrame([row]), {"units": units}, {"n": n, **row}, tuple(notes))


def _frame(table: Any) -> pd.DataFrame:
    import pandas as pd

    given = getattr(table, "table", table)
    if isinstance(given, Mapping):
        given = pd.DataFrame(given)
    if not isinstance(given, pd.DataFrame):
        raise UserError("journeys.not_a_table", found=type(table).__name__)
    return given.reset_index(drop=True)
