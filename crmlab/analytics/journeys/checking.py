"""A journey map from outside, checked: every rule kept, and what is wrong is said with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import UserError, suggest

__all__ = ["FORMAT", "LANES", "checked", "words_of"]

FORMAT, VERSION = "crmlab.journey_map", 1
LANES = {"emotion": "score", "volume": "count", "score": "score", "drop_off": "share"}
"""The lanes that hold figures, and their units."""
_KINDS = ("as_is", "to_be")
_RANGES = {"emotion": (-2.0, 2.0), "drop_off": (0.0, 1.0), "volume": (0.0, float("inf"))}
_STEP = ("name", "was", "assumption", "touchpoint", "channels", *LANES, "opportunity")
LONGEST = 300


def checked(told: Any) -> dict[str, Any]:
    """A map from outside, with every rule kept; what is wrong is said with its place."""
    if not isinstance(told, Mapping):
        raise UserError("journeys.map_broken", where="/", reason=type(told).__name__)
    if told.get("format", FORMAT) != FORMAT or told.get("version", VERSION) != VERSION:
        raise UserError(
            "journeys.map_format", found=f"{told.get('format')} {told.get('version')}", wanted=f"{FORMAT} {VERSION}"
        )
    kind = told.get("kind", "as_is")
    if kind not in _KINDS:
        raise UserError("journeys.bad_choice", name="kind", found=kind, wanted=list(_KINDS))
    stages = told.get("stages")
    if not isinstance(stages, Sequence) or isinstance(stages, str) or not stages:
        raise UserError("journeys.map_broken", where="stages", reason=type(stages).__name__)
    seen: set[str] = set()
    kept = []
    for k, stage in enumerate(stages):
        where = f"stages[{k + 1}]"
        if not isinstance(stage, Mapping) or not isinstance(stage.get("steps"), list) or not stage["steps"]:
            raise UserError("journeys.map_broken", where=where, reason="steps")
        steps = [_step(s, f"{where}.steps[{j + 1}]", seen) for j, s in enumerate(stage["steps"])]
        kept.append({"name": words_of(stage.get("name"), f"{where}.name"), "steps": steps})
    origins = [s.get("was", s["name"]) for stage in kept for s in stage["steps"]]
    if len(set(origins)) < len(origins):  # a step that was renamed still stands for what it was
        raise UserError("journeys.map_twice", found=next(o for o in origins if origins.count(o) > 1))
    names = [s["name"] for s in kept]
    if len(set(names)) < len(names):
        raise UserError("journeys.map_twice", found=next(n for n in names if names.count(n) > 1))
    return {
        "format": FORMAT,
        "version": VERSION,
        "persona": words_of(told.get("persona"), "persona"),
        "title": words_of(told.get("title", ""), "title", empty=True),
        "kind": kind,
        "stages": kept,
    }


def _step(step: Any, where: str, seen: set[str]) -> dict[str, Any]:
    if not isinstance(step, Mapping):
        raise UserError("journeys.map_broken", where=where, reason=type(step).__name__)
    if strange := [k for k in step if k not in _STEP]:
        raise UserError(
            "journeys.map_broken", where=f"{where}.{strange[0]}", reason=strange[0], near=suggest(strange[0], _STEP)
        )
    name = words_of(step.get("name"), f"{where}.name")
    if name in seen:
        raise UserError("journeys.map_twice", found=name)
    seen.add(name)
    out: dict[str, Any] = {"name": name}
    if step.get("was"):
        out["was"] = words_of(step["was"], f"{where}.was")
    if step.get("assumption") not in (None, True):
        raise UserError("journeys.map_broken", where=f"{where}.assumption", reason=str(step["assumption"])[:60])
    if step.get("assumption"):
        out["assumption"] = True
    if step.get("touchpoint"):
        out["touchpoint"] = words_of(step["touchpoint"], f"{where}.touchpoint")
    channels = step.get("channels", [])
    if not isinstance(channels, list | tuple):
        raise UserError("journeys.map_broken", where=f"{where}.channels", reason=type(channels).__name__)
    out["channels"] = [words_of(c, f"{where}.channels") for c in channels]
    for lane in LANES:
        if step.get(lane) is not None:
            out[lane] = _point(step[lane], lane, name, f"{where}.{lane}")
    chance = step.get("opportunity")
    if chance is not None:
        if not isinstance(chance, Mapping):
            raise UserError("journeys.map_broken", where=f"{where}.opportunity", reason=type(chance).__name__)
        text = words_of(chance.get("text"), f"{where}.opportunity.text")
        out["opportunity"] = {
            "text": text,
            "owner": words_of(chance.get("owner") or "", f"{where}.opportunity.owner", empty=True),
        }
    return out


def _point(point: Any, lane: str, step: str, where: str) -> dict[str, Any]:
    if not isinstance(point, Mapping):
        raise UserError("journeys.map_broken", where=where, reason=type(point).__name__)
    low, high = _RANGES.get(lane, (-float("inf"), float("inf")))
    out: dict[str, Any] = {}
    for key in ("value", "low", "high"):
        x = point.get(key)
        if x is None and key != "value":
            continue
        if isinstance(x, bool) or not isinstance(x, int | float) or x != x or abs(x) == float("inf"):
            raise UserError("journeys.map_broken", where=f"{where}.{key}", reason=str(x))
        if not low <= x <= high:
            raise UserError("journeys.map_off_scale", found=x, lane=lane, step=step, least=low, most=high)
        out[key] = x
    cites, assumed = point.get("cites"), point.get("assumption")
    if isinstance(cites, Mapping) and isinstance(cites.get("source"), str) and cites["source"].strip() and not assumed:
        out["cites"] = {k: v for k, v in cites.items() if isinstance(v, str | int | float | bool) or v is None}
    elif assumed is True and not cites:
        out["assumption"] = True
    else:
        raise UserError("journeys.map_uncited", lane=lane, step=step)
    if point.get("note"):
        out["note"] = words_of(point["note"], f"{where}.note")
    return out


def words_of(text: Any, where: str, *, empty: bool = False) -> str:
    if not isinstance(text, str) or (not text.strip() and not empty) or len(text) > LONGEST:
        raise UserError("journeys.map_broken", where=where, reason=str(text)[:60])
    return text.strip()
