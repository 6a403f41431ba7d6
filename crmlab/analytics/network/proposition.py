"""The value map: what customers want beside what is offered, how well it fits, and how much of it is ours alone."""

from __future__ import annotations

from typing import Any

from ...errors import UserError
from ...frames import frame_of, label_of
from ...results import Note, Result, Source

__all__ = ["value_map"]

WANTS = ("job", "pain", "gain")
OFFERS = ("product", "pain_reliever", "gain_creator")


def value_map(profile: Any, offers: Any, *, competitors: Any = None, source: Source | None = None) -> Result:
    """How far the offers answer what customers want: ``sum of importance x coverage / sum of importance``.

    Parameters
    ----------
    profile : DataFrame
        What customers want: ``item``, ``kind`` (job, pain or gain), ``importance`` (0 or more); if kept, ``evidence``.
    offers : DataFrame
        ``offer``, ``kind`` (product, pain_reliever or gain_creator), ``item`` that it answers (missing: none),
        ``coverage`` from 0 to 1. One row for each item that an offer answers.
    competitors : DataFrame, optional
        ``competitor``, ``offer``: which of our gain creators a competitor has as well.
    source : Source, optional

    Returns
    -------
    Result
        Kind ``network.value_map``: per item ``importance``, ``coverage`` (of the best offer: two half answers are no
        whole one), ``best_offer``, ``unmet`` (importance x what is not covered); the most unmet first. ``facts``:
        ``fit``, ``unlinked`` offers that answer nothing, ``uniqueness`` = share of gain creators that no competitor
        has: missing without a list of competitors, for not having looked is not being alone.

    Raises
    ------
    UserError
        ``network.item_twice``, ``.unknown_kinds``, ``.bad_importance``, ``.no_importance`` (they are all 0),
        ``.unknown_items`` (an offer answers what nobody wants), ``.bad_coverage``.

    Examples
    --------
    >>> import pandas as pd
    >>> profile = pd.DataFrame({"item": ["a", "b", "c"], "kind": ["job", "pain", "gain"], "importance": [5, 3, 2]})
    >>> offers = pd.DataFrame({"offer": ["x", "y"], "kind": ["product", "pain_reliever"], "item": ["a", "b"],
    ...                        "coverage": [1, 0.5]})
    >>> value_map(profile, offers).facts["fit"]
    0.65
    """
    import pandas as pd

    wants = _wants(profile)
    gives, unlinked = _gives(offers, wants)
    best = gives.sort_values("coverage", ascending=False, kind="stable").drop_duplicates("item").set_index("item")
    rows = []
    for r in wants.to_dict("records"):
        linked = r["item"] in best.index
        cover = float(best.loc[r["item"], "coverage"]) if linked else 0.0
        row = {"item": r["item"], "kind": f"customer_{r['kind']}", "importance": r["importance"], "coverage": cover}
        row |= {"best_offer": best.loc[r["item"], "offer"] if linked and cover > 0 else None}
        rows.append(row | {"unmet": r["importance"] * (1 - cover)})
    total = sum(r["importance"] for r in rows)
    fit = sum(r["importance"] * r["coverage"] for r in rows) / total
    rows.sort(key=lambda r: -r["unmet"])
    notes = []
    if unlinked:
        notes.append(Note("network.note.unlinked", {"offers": unlinked}))
    idle = [r["item"] for r in rows if r["importance"] == 0]
    if idle:
        notes.append(Note("network.note.no_weight", {"items": idle}))
    facts = {
        "items": len(rows),
        "fit": float(fit),
        "unlinked": unlinked,
        "unanswered": sum(r["coverage"] == 0 for r in rows),
    }
    facts |= {"worst": rows[0]["item"], "worst_unmet": rows[0]["unmet"], "worst_share": rows[0]["unmet"] / total}
    for kind in WANTS:
        mine = [r for r in rows if r["kind"] == f"customer_{kind}"]
        weight = sum(r["importance"] for r in mine)
        facts[f"fit_{kind}"] = sum(r["importance"] * r["coverage"] for r in mine) / weight if weight else None
    facts |= _uniqueness(offers, competitors, notes)
    bare = 0
    if "evidence" in wants:
        bare = int((wants["evidence"].isna() | wants["evidence"].astype(str).str.strip().eq("")).sum())
        if bare:
            notes.append(Note("network.note.no_evidence", {"n": bare}))
    facts |= {"without_evidence": bare, "verdict": "complete" if facts["uniqueness"] is not None else "incomplete"}
    units = {"item": "text", "kind": "text", "importance": "number", "coverage": "share", "best_offer": "text"}
    params = {"units": units | {"unmet": "number"}}
    return Result("network.value_map", pd.DataFrame(rows), params, facts, tuple(notes), source)


def _wants(profile: Any) -> Any:
    import pandas as pd

    wants = frame_of(profile, ["item", "kind", "importance"], "profile").copy()
    again = wants["item"].duplicated(keep=False)
    if again.any():
        raise UserError("network.item_twice", table="profile", rows=_places(again))
    _kinds(wants, WANTS, "profile")
    wants["importance"] = pd.to_numeric(wants["importance"], errors="coerce").astype(float)
    bad = ~(wants["importance"] >= 0)
    if bad.any():
        raise UserError("network.bad_importance", table="profile", rows=_places(bad))
    if not wants["importance"].sum() > 0:
        raise UserError("network.no_importance", table="profile")
    return wants


def _gives(offers: Any, wants: Any) -> tuple[Any, list[Any]]:
    import pandas as pd

    gives = frame_of(offers, ["offer", "kind", "item", "coverage"], "offers").copy()
    _kinds(gives, OFFERS, "offers")
    linked = gives["item"].notna()
    strangers = [label_of(i) for i in gives.loc[linked, "item"].unique() if i not in set(wants["item"])]
    if strangers:
        raise UserError("network.unknown_items", table="offers", found=strangers, wanted=list(wants["item"]))
    gives["coverage"] = pd.to_numeric(gives["coverage"], errors="coerce").astype(float)
    bad = linked & ~gives["coverage"].between(0, 1)
    if bad.any():
        raise UserError("network.bad_coverage", table="offers", rows=_places(bad))
    answering = set(gives.loc[linked & (gives["coverage"] > 0), "offer"])
    return gives[linked], [o for o in dict.fromkeys(gives["offer"].map(label_of)) if o not in answering]


def _kinds(frame: Any, kinds: tuple[str, ...], name: str) -> None:
    strangers = sorted({str(k) for k in frame["kind"]} - set(kinds))
    if strangers:
        raise UserError("network.unknown_kinds", table=name, found=strangers, wanted=list(kinds))


def _uniqueness(offers: Any, competitors: Any, notes: list[Note]) -> dict[str, Any]:
    """How many of our gain creators no competitor has; nothing without a list to look in."""
    gives = frame_of(offers, ["offer", "kind"], "offers")
    creators = list(dict.fromkeys(gives.loc[gives["kind"] == "gain_creator", "offer"].map(label_of)))
    out = {"creators": len(creators), "elsewhere": None, "uniqueness": None, "competitors": 0, "ours_alone": None}
    listed = getattr(competitors, "table", competitors)
    if listed is None or not len(listed):
        notes.append(Note("network.note.no_competitors", {}))
        return out
    if not creators:
        return out
    theirs = frame_of(competitors, ["competitor", "offer"], "competitors")
    have = {_plain(o) for o in theirs["offer"].dropna()}
    shared = [c for c in creators if _plain(c) in have]
    out |= {"elsewhere": len(shared), "competitors": int(theirs["competitor"].nunique())}
    return out | {"uniqueness": 1 - len(shared) / len(creators), "ours_alone": [c for c in creators if c not in shared]}


def _plain(value: Any) -> str:
    return " ".join(str(value).casefold().split())


def _places(mask: Any) -> list[int]:
    return [int(k) + 1 for k in mask.to_numpy().nonzero()[0]]
