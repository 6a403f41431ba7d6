"""The six markets: where the relationships of a company stand, where they should, and what its own tables say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import UserError
from ...frames import day_of, frame_of
from ...intervals import wilson
from ...results import Note, Result, Source

__all__ = ["MARKETS", "market_evidence", "six_markets"]

MARKETS = ("internal", "suppliers", "recruitment", "referral", "influence", "customers")
_YEAR = 365


def six_markets(scores: Any, *, scale: tuple[float, float] = (0, 5), source: Source | None = None) -> Result:
    """Scores of the six markets now and aimed at, and how far each still is to go.

    Parameters
    ----------
    scores : DataFrame
        ``market`` (one of :data:`MARKETS`), ``now``, ``target``; if kept, ``evidence`` (why this score).
    scale : (low, high)
        Of both scores.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``network.six_markets``: per market ``now``, ``aimed_at``, ``gap`` (not below 0), ``state``:
        ``to_close``, ``reached``, ``not_scored``. ``facts``: ``largest`` market and gap, ``total`` gap, missing as long
        as a market is not scored: an unscored market has no gap of 0.

    Raises
    ------
    UserError
        ``network.unknown_markets``, ``.market_twice``, ``.off_scale``.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"market": MARKETS, "now": [3, 3, 2, 1, 2, 3], "target": [4, 3, 4, 4, 3, 4]})
    >>> found = six_markets(table)
    >>> found.facts["largest"], found.facts["largest_gap"], found.facts["total"]
    ('referral_market', 3.0, 8.0)
    """
    import pandas as pd

    frame = frame_of(scores, ["market", "now", "target"], "markets")
    strangers = [m for m in frame["market"] if m not in MARKETS]
    if strangers:
        raise UserError("network.unknown_markets", table="markets", found=strangers, wanted=list(MARKETS))
    again = frame["market"].duplicated(keep=False)
    if again.any():
        rows = [int(k) + 1 for k in again.to_numpy().nonzero()[0]]
        raise UserError("network.market_twice", table="markets", rows=rows)
    told = frame.set_index("market")
    rows = []
    for market in MARKETS:
        now, target = (
            float(pd.to_numeric(told.loc[market, c])) if market in told.index else float("nan")
            for c in ("now", "target")
        )
        off = [v for v in (now, target) if v == v and not scale[0] <= v <= scale[1]]
        if off:
            raise UserError("network.off_scale", table="markets", found=off, wanted=list(scale))
        scored = now == now and target == target
        gap = max(0.0, target - now) if scored else float("nan")
        state = "not_scored" if not scored else "to_close" if gap > 0 else "reached"
        row = {"market": f"{market}_market", "now": now, "aimed_at": target, "gap": gap, "state": state}
        rows.append(row)
    missing = [r["market"] for r in rows if r["state"] == "not_scored"]
    scored = [r for r in rows if r["state"] != "not_scored"]
    largest = max(scored, key=lambda r: r["gap"], default=None)
    facts = {"scored": len(scored), "missing": missing, "total": None if missing else sum(r["gap"] for r in rows)}
    facts |= {"largest": largest["market"] if largest else None, "largest_gap": largest["gap"] if largest else None}
    facts |= {"to_close": sum(r["state"] == "to_close" for r in rows)}
    bare = 0
    if "evidence" in frame:
        bare = int((frame["evidence"].isna() | frame["evidence"].astype(str).str.strip().eq("")).sum())
    notes = [Note("network.note.not_scored", {"n": len(missing)})] if missing else []
    if bare:
        notes.append(Note("network.note.no_evidence", {"n": bare}))
    facts |= {"without_evidence": bare, "verdict": "incomplete" if missing else "complete"}
    units = {"market": "text", "now": "score", "aimed_at": "score", "gap": "score", "state": "text"}
    params = {"scale": list(scale), "units": units}
    return Result("network.six_markets", pd.DataFrame(rows), params, facts, tuple(notes), source)


def market_evidence(tables: Mapping[str, Any], *, as_of: Any, source: Source | None = None) -> Result:
    """What a company's own tables say of the six markets: no scores, but the evidence that a score must cite.

    Parameters
    ----------
    tables : mapping of DataFrame
        Of these, what there is: ``employees`` (employee_id, hired_on, left_on), ``suppliers`` (supplier_id,
        quality_score), ``products`` (product_id, supplier_id), ``sales_lines`` (order_id, product_id, amount),
        ``customers`` (customer_id, registered_on, acquisition_source), ``sales`` (order_id, customer_id, ordered_at).
    as_of : date
        The end of the year that is looked at.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``network.market_evidence``: per market ``measure``, ``value`` with Wilson's interval, ``n`` and
        ``answered_by``: ``data`` or ``needs_research`` (no table answers it, as of influence; a person must ask).
    """
    import pandas as pd

    day = day_of(as_of, "as_of")
    since = day - pd.Timedelta(days=_YEAR)
    found = [_measured(market, measure, read, tables, since, day) for market, measure, read in _MEASURES]
    rows = found + [_unanswered("influence", "no_measure")]
    order = {f"{m}_market": k for k, m in enumerate(MARKETS)}
    rows.sort(key=lambda r: order[r["market"]])
    answered = {r["market"] for r in rows if r["answered_by"] == "data"}
    referral = next(r for r in rows if r["measure"] == "referred_share")
    facts = {"markets": len(MARKETS), "answered": len(answered), "as_of": day.date()}
    facts |= {"research": [f"{m}_market" for m in MARKETS if f"{m}_market" not in answered], "n": referral["n"]}
    facts |= {"referred": referral["value"], "referred_low": referral["value_low"]}
    facts |= {"referred_high": referral["value_high"], "verdict": "incomplete"}
    units = {"market": "text", "measure": "text", "value": "share", "value_low": "share", "value_high": "share"}
    params = {"as_of": day.date(), "units": units | {"n": "count", "answered_by": "text"}}
    return Result("network.market_evidence", pd.DataFrame(rows), params, facts, (), source)


def _unanswered(market: str, measure: str) -> dict[str, Any]:
    gap = float("nan")
    row = {"market": f"{market}_market", "measure": measure, "value": gap, "value_low": gap, "value_high": gap}
    return row | {"n": 0, "answered_by": "needs_research"}


def _measured(market: str, measure: str, read: Any, tables: Mapping[str, Any], since: Any, day: Any) -> dict[str, Any]:
    try:
        frames = {name: frame_of(tables[name], columns, name) for name, columns in read.needs.items()}
    except KeyError:
        return _unanswered(market, measure)
    hits, n, sampled = read(frames, since, day)
    if not n:
        return _unanswered(market, measure)
    low, high = wilson(hits, n) if sampled else (float("nan"), float("nan"))
    row = {"market": f"{market}_market", "measure": measure, "value": hits / n, "value_low": low, "value_high": high}
    return row | {"n": int(n), "answered_by": "data"}


def _needing(**needs: list[str]) -> Any:
    def mark(read: Any) -> Any:
        read.needs = needs
        return read

    return mark


@_needing(employees=["employee_id", "hired_on", "left_on"])
def _stayed(frames: Any, since: Any, day: Any) -> tuple[int, int, bool]:
    people = frames["employees"]
    there = people[(people["hired_on"] <= since) & ~(people["left_on"] <= since)]
    return int((~(there["left_on"] <= day)).sum()), len(there), True


@_needing(employees=["employee_id", "hired_on", "left_on"])
def _recruits(frames: Any, since: Any, _until: Any) -> tuple[int, int, bool]:
    people = frames["employees"]
    came = people[people["hired_on"] <= since]
    early = (came["left_on"] - came["hired_on"]).dt.days < _YEAR
    return int((~early).sum()), len(came), True


@_needing(suppliers=["supplier_id"], products=["product_id", "supplier_id"], sales=["order_id", "ordered_at"],
          sales_lines=["order_id", "product_id", "amount"])  # fmt: skip
def _largest_supplier(frames: Any, since: Any, day: Any) -> tuple[float, float, bool]:
    """Of the year's sales, how much hangs on the largest supplier: counted in full, so without an interval."""
    orders = frames["sales"]
    wanted = orders.loc[(orders["ordered_at"] > since) & (orders["ordered_at"] < day + _day()), "order_id"]
    lines = frames["sales_lines"]
    lines = lines[lines["order_id"].isin(wanted)].merge(
        frames["products"][["product_id", "supplier_id"]], on="product_id", how="left"
    )
    sums = lines.groupby("supplier_id")["amount"].sum()
    total = float(lines["amount"].sum())
    return (float(sums.max()) / total * len(lines), len(lines), False) if total > 0 else (0.0, 0, False)


@_needing(customers=["customer_id", "registered_on", "acquisition_source"])
def _referred(frames: Any, since: Any, day: Any) -> tuple[int, int, bool]:
    people = frames["customers"].drop_duplicates("customer_id")
    new = people[(people["registered_on"] > since) & (people["registered_on"] <= day)].dropna(
        subset=["acquisition_source"]
    )
    return int((new["acquisition_source"].astype(str) == "referral").sum()), len(new), True


@_needing(sales=["order_id", "customer_id", "ordered_at"])
def _came_back(frames: Any, since: Any, day: Any) -> tuple[int, int, bool]:
    """Of those who bought in the year before, how many bought in the last one."""
    import pandas as pd

    orders = frames["sales"]
    before = orders[(orders["ordered_at"] > since - pd.Timedelta(days=_YEAR)) & (orders["ordered_at"] <= since)]
    last = orders[(orders["ordered_at"] > since) & (orders["ordered_at"] < day + _day())]
    people = before["customer_id"].dropna().unique()
    return int(pd.Series(people).isin(last["customer_id"]).sum()), len(people), True


def _day() -> Any:
    import pandas as pd

    return pd.Timedelta(days=1)


_MEASURES = (
    ("internal", "employees_stayed_share", _stayed),
    ("suppliers", "largest_supplier_share", _largest_supplier),
    ("recruitment", "first_year_share", _recruits),
    ("referral", "referred_share", _referred),
    ("customers", "bought_again_share", _came_back),
)
