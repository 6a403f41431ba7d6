"""What is sold: check-ups offered by lot, and contracts with companies that end and are renewed, or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...frames import day_of, days_of, frame_of, label_of
from ...intervals import newcombe, verdict_of, wilson
from ...regression import PER_COLUMN, fit_logit, known_rows
from ...results import Note, Result, Source

__all__ = ["offers", "renewals"]

_STATUSES = ("running", "renewed", "ended")


def offers(table: Any, *, on: Sequence[str] = (), margin: float | None = None, source: Source | None = None) -> Result:
    """What an offer sells, from a table where it was offered by lot.

    Parameters
    ----------
    table : DataFrame
        As :data:`OFFERS`: those who were not offered it are in it too, or nothing can be said.
    on : sequence of str
        Other columns known before the offer, held equal: ``bought_before`` ...
    margin : float, optional
        What one sale leaves, for what 100 offers bring.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``patients.offers``: per column (``offer_made`` first) the odds ratio of buying with interval and verdict.
        ``facts``: ``with_share`` and ``without_share``, ``difference`` (Newcombe), ``more_per_100`` offers,
        ``worth_per_100``. What those would have bought anyway is not the offer's doing.
    """
    import pandas as pd

    columns = ("offered", "bought", *on)
    given = frame_of(table, columns, "offers")
    frame = known_rows(given, columns).astype(dict.fromkeys(("offered", "bought"), "int64"))
    if frame["offered"].nunique() < 2:
        raise UserError("patients.all_offered", table="offers")
    fit = fit_logit(frame.rename(columns={"offered": "offer_made"}), "bought", ["offer_made", *on])
    rows = fit.odds()
    groups = {v: frame.loc[frame["offered"] == v, "bought"] for v in (1, 0)}
    (a, n), (b, m) = ((int(g.sum()), len(g)) for g in (groups[1], groups[0]))
    low, high = newcombe(a, n, b, m)
    facts = {"n": len(frame), "bought": fit.events, "with_share": a / n, "without_share": b / m}
    for word, hits, size in (("with", a, n), ("without", b, m)):
        facts |= dict(zip((f"{word}_share_low", f"{word}_share_high"), wilson(hits, size), strict=True))
    facts |= {"difference": a / n - b / m, "difference_low": low, "difference_high": high}
    facts |= {"more_per_100": 100 * (a / n - b / m), "more_low": 100 * low, "more_high": 100 * high}
    facts |= {f"worth_per_100{e}": None if margin is None else facts[f"more_{w}"] * margin for e, w in
              (("", "per_100"), ("_low", "low"), ("_high", "high"))}  # fmt: skip
    facts |= {k: rows[0][k] for k in ("odds_ratio", "odds_ratio_low", "odds_ratio_high", "verdict")}
    notes = []
    if len(frame) < len(given):
        notes.append(Note("patients.note.left_out", {"n": len(given) - len(frame)}))
    if fit.events < PER_COLUMN * len(fit.names):
        notes.append(Note("patients.note.few_sales", {"n": fit.events, "wanted": PER_COLUMN * len(fit.names)}))
    numbers = ("odds_ratio", "odds_ratio_low", "odds_ratio_high", "log_ratio", "standard_error", "p_value")
    units = {"column": "text", **dict.fromkeys(numbers, "number"), "verdict": "mark"}
    params = {"on": tuple(on), "margin": margin, "units": units}
    return Result("patients.offers", pd.DataFrame(rows), params, facts, tuple(notes), source)


def renewals(
    contracts: Any, *, as_of: Any, by: str | None = None, soon_days: int = 90, source: Source | None = None
) -> Result:
    """Which contracts with companies were renewed when they ended, and which end soon.

    Parameters
    ----------
    contracts : DataFrame
        As :data:`CONTRACTS`.
    as_of : date
    by : str, optional
        A column; one of numbers is cut at 0 (an employees' NPS below it or not).
    soon_days : int
        What counts as soon.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``patients.renewals``: per group ``n`` ended, ``renewed``, ``renewed_share`` with Wilson's interval,
        ``ending_soon`` and their ``amount``. Contracts without an end, and those that run, are not in the share.
        ``facts``: with two groups their ``difference`` and its interval. With few contracts the interval is wide: that
        is what there is to know.
    """
    import pandas as pd

    frame = frame_of(contracts, ("starts_on", "ends_on", "status", *([by] if by else [])), "contracts")
    last = day_of(as_of, "as_of")
    status = frame["status"].astype("string").str.casefold()
    strange = ~status.isin(_STATUSES)
    if strange.any():
        rows = [i + 1 for i, odd in enumerate(strange) if odd]
        raise UserError("patients.bad_status", table="contracts", rows=rows, wanted=list(_STATUSES))
    begins, ends = (days_of(frame, c, "contracts") for c in ("starts_on", "ends_on"))
    wrong = ends < begins
    if wrong.any():
        rows = [i + 1 for i, odd in enumerate(wrong) if odd]
        raise UserError("patients.ends_before", table="contracts", rows=rows)
    notes = []
    endless = int(ends.isna().sum())
    if endless:
        notes.append(Note("patients.note.endless", {"n": endless}))
    over = ends.notna() & (ends <= last) & (status != "running")
    due = ends.notna() & (ends > last) & (ends <= last + pd.Timedelta(days=soon_days))
    if by is None:
        groups = pd.Series("all", index=frame.index)
    elif pd.api.types.is_numeric_dtype(frame[by]) and not pd.api.types.is_bool_dtype(frame[by]):
        groups = frame[by].map(lambda v: None if v != v else "below_zero" if v < 0 else "zero_or_more")
    else:
        groups = frame[by]
    amount = frame["amount"].astype(float) if "amount" in frame else pd.Series(float("nan"), index=frame.index)
    rows = []
    names = sorted(groups.dropna().unique(), key=str, reverse=True)
    for kind, name in [*(("member", n) for n in names if by), ("total", None)]:
        mine = pd.Series(True, index=frame.index) if kind == "total" else groups == name
        n, k = int((over & mine).sum()), int((over & mine & (status == "renewed")).sum())
        low, high = wilson(k, n) if n else (float("nan"),) * 2
        row = {"row": kind, "group": label_of(name) if by else None, "n": n, "renewed": k}
        row |= {"renewed_share": k / n if n else float("nan"), "renewed_share_low": low, "renewed_share_high": high}
        rows.append(row | {"ending_soon": int((due & mine).sum()), "ending_amount": float(amount[due & mine].sum())})
    whole = rows[-1]
    facts = {k: v for k, v in whole.items() if k not in ("row", "group")} | {"contracts": len(frame)}
    facts |= {"running": int((ends > last).sum()), "endless": endless, "soon_days": soon_days, "as_of": last}
    facts |= dict.fromkeys(("difference", "difference_low", "difference_high"))
    facts["verdict"] = "too_few"
    two = rows[:-1]
    if len(two) == 2 and min(r["n"] for r in two) > 0:
        one, other = two
        low, high = newcombe(one["renewed"], one["n"], other["renewed"], other["n"])
        facts |= {"difference": one["renewed_share"] - other["renewed_share"], "difference_low": low}
        least = min(r["n"] for r in two)
        facts |= {"difference_high": high, "verdict": "too_few" if least < 10 else verdict_of(low, high, 0.0, least)}
    shares = dict.fromkeys(("renewed_share", "renewed_share_low", "renewed_share_high"), "share")
    units = {"group": "text", "n": "count", "renewed": "count", **shares, "ending_soon": "count"}
    units |= {"ending_amount": "money"}
    params = {"by": by, "as_of": last, "soon_days": soon_days, "units": units}
    return Result("patients.renewals", pd.DataFrame(rows), params, facts, tuple(notes), source)
