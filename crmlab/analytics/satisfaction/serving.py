"""Self-service: how much of what customers want is settled without a person, and how much of that comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError, suggest
from ...intervals import bunched, wilson
from ...results import Result, Source
from .intervals import LEAST_N
from .tables import dates_of, frame_of, number, plain

__all__ = ["deflection"]


def deflection(
    matters: Any,
    *,
    channel: str = "channel",
    self_service: Sequence[str] = (),
    by: str | None = None,
    customer: str | None = None,
    at: str | None = None,
    within_days: float = 7,
    source: Source | None = None,
) -> Result:
    """Deflection: of all matters, the share that customers settled themselves.

    ``deflection_share = self_served / (self_served + assisted)``

    Parameters
    ----------
    matters : DataFrame, Result or mapping
        A row a matter: a booking, a question, a ticket. Or the two counts: ``{"self_served": 300, "assisted": 200}``.
    channel : str
        The column that says where it was settled.
    self_service : sequence of str
        The channels in which no person helps: ``["web", "faq"]``. All others are assisted.
    by : str, optional
        A row for each group and one for all.
    customer : str, optional
        Matters of one customer are not independent: the interval is then one over customers.
    at : str, optional
        When each was. With ``customer``: a matter that was self-served but followed by an assisted one of the same
        customer within ``within_days`` was not settled and counts as assisted (``came_back``).
    within_days : float
        In days.

    Returns
    -------
    Result
        Kind ``satisfaction.deflection``: ``n``, ``self_served``, ``came_back``, ``assisted``, ``deflection_share`` with
        its interval (Wilson's; over customers where they are known).

    Notes
    -----
    A page that hides the telephone number raises the share and settles nothing: give ``customer`` and ``at``, and read
    it beside the effort (CES) of those who served themselves.

    Examples
    --------
    >>> found = deflection({"self_served": 300, "assisted": 200})
    >>> [round(found.facts[k], 3) for k in ("deflection_share", "deflection_share_low", "deflection_share_high")]
    [0.6, 0.556, 0.642]
    """
    import pandas as pd

    if isinstance(matters, Mapping):
        rows, people, by, asked = [_counted(matters)], None, None, {}
    else:
        columns = [channel, *(c for c in (by, customer, at) if c)]
        frame = frame_of(matters, columns, "matters")
        frame = frame[frame[channel].notna()].reset_index(drop=True)
        if not len(frame):
            raise UserError("satisfaction.empty", table="matters")
        own = [self_service] if isinstance(self_service, str) else list(self_service)
        there = [str(c) for c in frame[channel].unique()]
        for one in own:
            if one not in there:
                raise UserError("satisfaction.unknown_channel", found=one, wanted=there, near=suggest(one, there))
        if not own or len(set(own)) == len(there):
            raise UserError("satisfaction.no_self_service", column=channel, wanted=there)
        alone = frame[channel].astype(str).isin(own)
        back = _came_back(frame, alone, customer, at, within_days) if customer and at else alone & False
        frame = frame.assign(_alone=alone & ~back, _back=back)
        people = customer
        groups = [(None, frame)] if by is None else [*frame.groupby(by, sort=True), (None, frame)]
        rows = [_row(part, people) for _, part in groups]
        asked = {"channel": channel, "self_service": own, "within_days": within_days if customer and at else None}
    table = pd.DataFrame(rows)
    if by is not None:
        table.insert(0, by, pd.Series([key for key, _ in groups], dtype=object))
        table.insert(1, "row", ["member"] * (len(groups) - 1) + ["total"])
    few = table["n"] < LEAST_N
    table.loc[few, ["deflection_share", "deflection_share_low", "deflection_share_high"]] = float("nan")
    whole = table.iloc[-1]
    facts = {k: whole[k] for k in rows[0]}
    facts["verdict"] = "too_few" if whole["n"] < LEAST_N else None
    facts["clustered"] = people is not None
    units = dict.fromkeys(("n", "self_served", "came_back", "assisted"), "count")
    units |= dict.fromkeys(("deflection_share", "deflection_share_low", "deflection_share_high"), "share")
    params = {"by": by, **asked, "units": {**({by: "text", "row": "mark"} if by else {}), **units}}
    return Result("satisfaction.deflection", table, params, plain(facts), (), source)


def _counted(counts: Mapping[str, Any]) -> dict[str, Any]:
    missing = [k for k in ("self_served", "assisted") if k not in counts]
    if missing:
        raise UserError("satisfaction.missing_column", table="matters", column=missing[0], found=list(counts))
    alone, helped = (number(counts[k], k, least=0, whole=True) for k in ("self_served", "assisted"))
    if not alone + helped:
        raise UserError("satisfaction.empty", table="matters")
    low, high = wilson(alone, alone + helped)
    return _shares(alone, 0, helped, low, high)


def _row(part: Any, people: str | None) -> dict[str, Any]:
    alone, n = int(part["_alone"].sum()), len(part)
    if people is None:
        low, high = wilson(alone, n)
    else:  # a matter without a name is somebody's own
        names = part[people].astype(object).where(part[people].notna(), [f"#{i}" for i in range(n)])
        sums = part.groupby(names)["_alone"].agg(["sum", "size"])
        low, high = bunched(sums["sum"], sums["size"])
    return _shares(alone, int(part["_back"].sum()), n - alone, low, high)


def _shares(alone: int, back: int, helped: int, low: float, high: float) -> dict[str, Any]:
    share = alone / (alone + helped)
    return {
        "n": alone + helped,
        "self_served": alone,
        "came_back": back,
        "assisted": helped,
        "deflection_share": share,
        "deflection_share_low": float(low),
        "deflection_share_high": float(high),
    }


def _came_back(frame: Any, alone: Any, customer: str, at: str, within_days: float) -> Any:
    """Self-served matters that the same customer brought to a person soon after."""
    import pandas as pd

    days = number(within_days, "within_days", least=0)
    moments = pd.DataFrame({"who": frame[customer], "when": dates_of(frame, at, "matters"), "alone": alone})
    told = moments.dropna(subset=["who", "when"]).sort_values("when", kind="stable")
    helped = told.loc[~told["alone"], ["who", "when"]].assign(next_helped=lambda t: t["when"])
    found = pd.merge_asof(
        told[told["alone"]].reset_index(), helped, on="when", by="who", direction="forward", allow_exact_matches=False
    )
    soon = found["next_helped"] - found["when"] <= pd.Timedelta(days=days)
    back = pd.Series(False, index=frame.index)
    back[found.loc[soon, "index"]] = True
    return back
