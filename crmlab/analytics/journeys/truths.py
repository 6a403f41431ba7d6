"""Moments of truth: rules that say which events are one, and the way from moment to moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...results import Result
from .rules import read_rules
from .steps import funnel_any, funnel_through_all

if TYPE_CHECKING:
    from .events import Log

__all__ = ["moments"]


def moments(log: Log, rules: Any, *, by: str | None = None) -> Result:
    """From moment of truth to moment of truth: how many go on, and how many are lost.

    Parameters
    ----------
    log : Log
    rules : mapping, TOML file or text
        Moment to sentence about an event, in order: see :func:`~crmlab.journeys.moment_rules`. Zero (ZMOT): research
        before anything else; first (FMOT): the product is met; second (SMOT): it is bought and used; third (TMOT): the
        person tells others.
    by : str, optional
        A column that the log kept.

    Returns
    -------
    Result
        Kind ``journeys.moments``: per moment ``cases`` that came through all before, ``share_of_previous``,
        ``drop_off_share`` and ``share_of_first`` with intervals, ``cases_any``: who met it at all, in whatever order.

    Examples
    --------
    >>> from crmlab.analytics.journeys import event_log
    >>> way = ["search", "registration", "consultation", "review"]
    >>> rows = [(k, m) for k in range(100) for m in way[: 1 + (k < 40) + (k < 16) + (k < 4)]]
    >>> log = event_log({"person_id": [r[0] for r in rows], "touchpoint": [r[1] for r in rows],
    ...                  "occurred_at": ["2020-01-01"] * len(rows)}, as_of="2020-12-31")
    >>> told = moments(log, dict(zip(["zmot", "fmot", "smot", "tmot"], [f"touchpoint == '{w}'" for w in way])))
    >>> told.table["share_of_previous"].round(2).tolist()[1:], told.facts["last_share"]
    ([0.4, 0.4, 0.25], 0.04)
    """
    told = read_rules(rules, "moments")
    through = funnel_through_all(log, told, by=by)
    met = funnel_any(log, told, by=by)
    table = through.table.copy()
    place = list(table.columns).index("cases") + 1
    key = [*(["group"] if by else []), "step"]
    table.insert(
        place, "cases_any", table[key].merge(met.table[[*key, "cases"]], on=key, how="left")["cases"].to_numpy()
    )
    table.insert(place - 1, "rule", [told.told()[s] for s in table["step"]])
    table = table.rename(columns={"step": "moment"})
    facts = {**through.facts, "met_any": met.facts["n"]}
    units = {"moment": "text", "rule": "text", "cases_any": "count", **through.params["units"]}
    params = {**through.params, "units": {c: units[c] for c in table if c in units}}
    return Result("journeys.moments", table, params, facts, through.notes, log.source)
