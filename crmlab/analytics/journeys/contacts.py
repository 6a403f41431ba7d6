"""The inventory of touchpoints: how many, by which channels, how good, whose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...errors import UserError
from ...results import Note, Result
from .shares import clustered

if TYPE_CHECKING:
    from .events import Log

__all__ = ["ABOUT", "scores_by", "touchpoints"]

ABOUT = {
    "kind": ("product", "human"),
    "phase": ("before_purchase", "during_purchase", "after_purchase"),
    "controlled": (True, False),
}
"""What may be said of a touchpoint, besides its owner and what one contact costs."""


def touchpoints(log: Log | None, inventory: Any = None, *, score_scale: tuple[float, float] | None = None) -> Result:
    """Every touchpoint with its volume, channels, score, cost and owner.

    Parameters
    ----------
    log : Log or None
        ``None`` lists what the inventory says and nothing that was counted.
    inventory : DataFrame or mapping of columns, optional
        ``touchpoint`` and, where known, ``owner``, ``kind`` (product or human), ``phase`` (``before_purchase``,
        ``during_purchase``, ``after_purchase``
        purchase), ``controlled`` (word of mouth is not), ``contact_cost`` (of one contact). What the log never saw
        stays
        in the list with nothing counted.
    score_scale : (low, high), optional
        The scale of the log's scores; others are refused.

    Returns
    -------
    Result
        Kind ``journeys.touchpoints``; facts ``owned_share``: how many of the touchpoints have an owner.

    Examples
    --------
    >>> names = [f"t{i}" for i in range(12)]
    >>> found = touchpoints(None, {"touchpoint": names, "owner": ["a"] * 9 + [None] * 3})
    >>> found.facts["owned_share"], found.facts["without_owner"]
    (0.75, ('t9', 't10', 't11'))
    """
    import pandas as pd

    if log is None and inventory is None:
        raise UserError("journeys.no_inventory")
    table = pd.DataFrame({"touchpoint": pd.Series(dtype=object)})
    if log is not None:
        found = log.frame(
            """WITH per AS (SELECT t, p, count(DISTINCT c) AS h, count(*) AS k FROM events GROUP BY t, p),
            m AS (SELECT p, count(*) AS m FROM events WHERE i = 1 GROUP BY p)
            SELECT t, sum(k) AS events, sum(h) AS h, sum(h * h) AS hh, sum(h * m) AS hn, count(*) AS persons
            FROM per JOIN m USING (p) GROUP BY t"""
        )
        n, n2, persons = log.rows(
            "SELECT sum(m), sum(m * m), count(*) FROM (SELECT p, count(*) AS m FROM events WHERE i = 1 GROUP BY p)"
        )[0]
        low, high, _ = clustered(found["h"], n, found["hh"], found["hn"], n2, persons)
        table = pd.DataFrame(
            {
                "touchpoint": [log.touchpoints[int(t)] for t in found["t"]],
                "events": found["events"].astype("Int64"),
                "cases": found["h"].astype("Int64"),
                "case_share": found["h"] / n,
                "case_share_low": low,
                "case_share_high": high,
            }
        )
        if "channel" in log.has:
            used = log.rows(
                "SELECT t, ch, count(*) AS k FROM events WHERE ch IS NOT NULL GROUP BY ALL ORDER BY k DESC, ch"
            )
            by: dict[str, list[str]] = {}
            for t, ch, _ in used:
                by.setdefault(log.touchpoints[t], []).append(log.channels[ch])
            table["channels"] = [", ".join(by.get(t, ())) for t in table["touchpoint"]]
        if "score" in log.has:
            table = table.merge(scores_by(log, score_scale), on="touchpoint", how="left")
    notes = list(log.notes) if log is not None else []
    if inventory is not None:
        told = _inventory(inventory)
        table = table.merge(told, on="touchpoint", how="outer", indicator=True)
        unmapped = sorted(table.loc[table["_merge"] == "left_only", "touchpoint"])
        unseen = sorted(table.loc[table["_merge"] == "right_only", "touchpoint"]) if log is not None else []
        if unmapped:
            notes.append(Note("journeys.note.unmapped", {"n": len(unmapped), "touchpoints": unmapped[:5]}))
        if unseen:
            notes.append(Note("journeys.note.unseen", {"n": len(unseen), "touchpoints": unseen[:5]}))
        table = table.drop(columns="_merge")
        places = {t: k for k, t in enumerate(told["touchpoint"])}
        table["_at"] = table["touchpoint"].map(places).fillna(len(places))
        if "contact_cost" in table and "events" in table:
            table["total_cost"] = table["events"] * table["contact_cost"]
    else:
        table["_at"] = 0
    order = ["events", "_at", "touchpoint"] if "events" in table else ["_at", "touchpoint"]
    table = table.sort_values(
        order, ascending=[False, True, True][-len(order) :], na_position="last", ignore_index=True
    )
    table = table.drop(columns="_at")
    facts: dict[str, Any] = {"touchpoints": len(table)}
    owned = table["owner"].notna() if "owner" in table else pd.Series(False, index=table.index)
    facts |= {"owned": int(owned.sum()), "owned_share": float(owned.mean())}
    facts["without_owner"] = tuple(table.loc[~owned, "touchpoint"])
    facts |= {"n": log.facts["cases"], "events": log.facts["events"]} if log is not None else {"n": 0, "events": 0}
    facts["busiest"] = table["touchpoint"].iloc[0] if log is not None else None
    worst = table.loc[table["score"].idxmin()] if "score" in table and table["score"].notna().any() else None
    names = ("touchpoint", "score", "score_low", "score_high", "answers")
    facts |= {f"worst_{c}": None if worst is None else worst[c] for c in names}
    units = {"events": "count", "cases": "count", "answers": "count", "contact_cost": "money", "total_cost": "money"}
    units |= dict.fromkeys(("touchpoint", "channels", "owner", "kind", "phase", "controlled"), "text")
    units |= dict.fromkeys(("case_share", "case_share_low", "case_share_high"), "share")
    units |= dict.fromkeys(("score", "score_low", "score_high"), "score")
    params = {"score_scale": score_scale, "units": {c: units[c] for c in table}}
    return Result("journeys.touchpoints", table, params, facts, tuple(notes), log.source if log is not None else None)


def scores_by(log: Log, scale: tuple[float, float] | None, some: str = "TRUE", parameters: Sequence[Any] = ()) -> Any:
    """Per touchpoint the mean score with its interval; one person's answers count as one person's."""
    import numpy as np
    import pandas as pd
    from scipy import stats

    if scale is not None:
        n, least, most = log.rows(
            "SELECT count(*), min(score), max(score) FROM events WHERE score NOT BETWEEN ? AND ?", list(scale)
        )[0]
        if n:
            found = least if least < scale[0] else most
            raise UserError("journeys.off_scale", found=found, wanted=list(scale), n=n)
    found = log.frame(
        f"""SELECT t, sum(k) AS n, sum(s) AS s, sum(s * s) AS ss, sum(s * k) AS sk, sum(k * k) AS kk, count(*) AS m
        FROM (SELECT t, p, count(score) AS k, sum(score) AS s FROM events WHERE score IS NOT NULL AND ({some})
        GROUP BY t, p) GROUP BY t""",
        parameters,
    )
    mean = found["s"] / found["n"]
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = (found["ss"] - 2 * mean * found["sk"] + mean**2 * found["kk"]).clip(lower=0)
        error = np.sqrt(spread * found["m"] / (found["m"] - 1)) / found["n"]
        half = stats.t.ppf(0.975, (found["m"] - 1).clip(lower=1)) * error
    half = half.where((found["m"] >= 8) & (error > 0))
    low, high = mean - half, mean + half
    if scale is not None:
        low, high = low.clip(lower=scale[0]), high.clip(upper=scale[1])
    names = [log.touchpoints[int(t)] for t in found["t"]]
    return pd.DataFrame(
        {
            "touchpoint": names,
            "score": mean,
            "score_low": low,
            "score_high": high,
            "answers": found["n"].astype("Int64"),
        }
    )


def _inventory(inventory: Any) -> Any:
    import pandas as pd

    told = getattr(inventory, "table", inventory)
    told = pd.DataFrame(told) if not isinstance(told, pd.DataFrame) else told.copy()
    known = ["touchpoint", "owner", *ABOUT, "contact_cost"]
    if "touchpoint" not in told:
        raise UserError(
            "journeys.missing_column", table="inventory", wanted=["touchpoint"], found=[str(c) for c in told.columns]
        )
    told = told[[c for c in known if c in told]]
    twice = told["touchpoint"][told["touchpoint"].duplicated()]
    if len(twice):
        raise UserError("journeys.touchpoint_twice", rows=sorted(set(twice)))
    for column, choices in ABOUT.items():
        if column in told:
            strange = told[column].dropna()[~told[column].dropna().isin(choices)]
            if len(strange):
                raise UserError(
                    "journeys.bad_about", found=strange.iloc[0], name=column, wanted=[str(c) for c in choices]
                )
    if "owner" in told:
        blank = told["owner"].astype("string").str.strip().eq("").fillna(False)
        told["owner"] = told["owner"].mask(blank.to_numpy(bool))
    return told
