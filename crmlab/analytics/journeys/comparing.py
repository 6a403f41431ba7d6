"""Journey maps beside one another: as is and to be, or persona by persona."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError
from ...results import Note, Result
from .drawn import JourneyMap, basis_of
from .shares import verdict_of

__all__ = ["compare_maps"]


def compare_maps(*maps: JourneyMap) -> Result:
    """Maps beside one another: as is and to be, or persona by persona.

    Parameters
    ----------
    *maps : JourneyMap
        The first is what the others are compared with.

    Returns
    -------
    Result
        Kind ``journeys.maps``: per map and step the ``emotion`` with its interval and basis, the ``difference`` from
        the first map at the same step (of the same name, or renamed by hand), and ``step_change``: kept, renamed,
        moved, added or removed. A ``verdict`` is given only where both figures cite data: between an aim and a figure
        there is nothing to test. ``params["places"]`` says where each step stands when all maps are laid over one
        another: an added step stands behind the one that it follows.

    Examples
    --------
    >>> today = JourneyMap.blank("Ibu Rina", {"buy": ["cart", "pay"], "use": ["open"]})
    >>> plan = today.to_be().add("buy", "estimate", after="cart").remove("open").rename("pay", "pay by QR")
    >>> told = compare_maps(today, plan)
    >>> told.table.loc[3:, ["step", "step_change"]].values.tolist()[1:]
    [['estimate', 'step_added'], ['pay by QR', 'step_renamed'], ['open', 'step_removed']]
    >>> [told.params["places"][s] for s in ("cart", "estimate", "pay", "pay by QR", "open")]
    [0, 1, 2, 2, 3]
    """
    import pandas as pd

    if len(maps) < 2:
        raise UserError("journeys.one_map", found=len(maps))
    if not all(isinstance(m, JourneyMap) for m in maps):
        raise UserError(
            "journeys.not_a_map", found=type(next(m for m in maps if not isinstance(m, JourneyMap))).__name__
        )
    names = [_name(m, maps) for m in maps]
    if len(set(names)) < len(names):
        raise UserError("journeys.map_twice", found=next(n for n in names if names.count(n) > 1))
    first = maps[0].result().table.set_index("step")
    order = _order(maps)
    rows = []
    for name, one in zip(names, maps, strict=True):
        moved = _moved(maps[0], one)
        mine = [(order.index(one.origin(r["step"])), r) for r in one.result().table.to_dict("records")]
        told = []
        for place, row in mine:
            step = row["step"]
            point, before = one.point(step, "emotion"), maps[0].came_as(one.origin(step))
            out = {"map_name": name, "stage": row["stage"], "step": step, "emotion": row["emotion"]}
            out |= {f"emotion_{e}": row[f"emotion_{e}"] for e in ("low", "high")} | {"emotion_basis": basis_of(point)}
            change = (
                "added" if before is None else "moved" if step in moved else "kept" if before == step else "renamed"
            )
            out |= {"step_change": f"step_{change}", "difference": None, "verdict": None}
            if one is not maps[0] and before is not None and point:
                out |= _difference(point, maps[0].point(before, "emotion"))
            told.append((place, out))
        gone = [s for s in first.index if one.came_as(maps[0].origin(s)) is None]
        told += [
            (
                order.index(maps[0].origin(s)),
                {"map_name": name, "stage": first.loc[s, "stage"], "step": s, "step_change": "step_removed"},
            )
            for s in gone
        ]
        # a step that was moved stands where its own map has it; what is gone, where it was
        rows += _with_gone(told)
    table = pd.DataFrame(rows)
    moved = table[table["difference"].notna()]
    largest = moved.loc[moved["difference"].astype(float).abs().idxmax()] if len(moved) else None
    facts = {"n": len(maps), "maps": tuple(names), "steps": len(first), "first_map": names[0]}
    changes = ("added", "removed", "moved", "renamed")
    facts |= {k: int((table["step_change"] == f"step_{k}").sum()) for k in changes}
    facts |= {
        f"largest_{c}": None if largest is None else largest[c] for c in ("step", "map_name", "difference", "verdict")
    }
    aims = sum(b == "assumption" for b in table["emotion_basis"])
    notes = (Note("journeys.note.aims", {"n": aims}),) if aims else ()
    units = dict.fromkeys(("map_name", "stage", "step", "emotion_basis", "step_change"), "text") | {"verdict": "mark"}
    units |= dict.fromkeys(("emotion", "emotion_low", "emotion_high", "difference"), "score")
    places = {s: order.index(m.origin(s)) for m in reversed(maps) for s in m.steps}
    params = {"maps": tuple(m.to_dict() for m in maps), "places": places, "units": units}
    return Result("journeys.maps", table, params, facts, notes)


def _order(maps: Sequence[JourneyMap]) -> list[str]:
    """All steps, by the names under which they came, in one order: what a map adds stands behind what it follows."""
    order = [maps[0].origin(s) for s in maps[0].steps]
    for one in maps[1:]:
        at = 0
        for origin in map(one.origin, one.steps):
            if origin not in order:
                order.insert(at, origin)
            at = order.index(origin) + 1
    return order


def _moved(first: JourneyMap, one: JourneyMap) -> set[str]:
    """The fewest steps that had to change places to come from the first map's order to this one's."""
    where = {first.origin(s): k for k, s in enumerate(first.steps)}
    both = [(where[one.origin(s)], s) for s in one.steps if one.origin(s) in where]
    runs: list[tuple[int, ...]] = []  # the longest run of rising places that ends at each step
    for k, (place, _) in enumerate(both):
        before = [runs[i] for i in range(k) if both[i][0] < place]
        runs.append((*max(before, key=len, default=()), k))
    stayed = max(runs, key=len, default=())
    return {s for k, (_, s) in enumerate(both) if k not in stayed}


def _with_gone(told: Sequence[tuple[int, dict[str, Any]]]) -> list[dict[str, Any]]:
    """The rows of a map with those of removed steps where these stood."""
    rows = [t for t in told if t[1]["step_change"] != "step_removed"]
    for place, out in (t for t in told if t[1]["step_change"] == "step_removed"):
        at = next((k for k, (other, _) in enumerate(rows) if other > place), len(rows))
        rows.insert(at, (place, out))
    return [out for _, out in rows]


def _name(one: JourneyMap, maps: Any) -> str:
    if len({m.persona for m in maps}) == len(maps):
        return one.persona
    if len({m.kind for m in maps}) == len(maps):
        return one.kind
    return one.title


def _difference(point: Mapping[str, Any], other: Mapping[str, Any] | None) -> dict[str, Any]:
    if not other:
        return {}
    gap = point["value"] - other["value"]
    if "cites" not in point or "cites" not in other:
        return {"difference": gap}
    if any(k not in p for p in (point, other) for k in ("low", "high")):
        return {"difference": gap, "verdict": "too_few"}
    half = (((point["high"] - point["low"]) / 2) ** 2 + ((other["high"] - other["low"]) / 2) ** 2) ** 0.5
    n = min(point["cites"].get("n", 0), other["cites"].get("n", 0))
    return {"difference": gap, "verdict": verdict_of(gap - half, gap + half, 0.0, n)}
