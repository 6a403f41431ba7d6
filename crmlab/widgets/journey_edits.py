"""What a reader does to a map's steps: call them otherwise, put them elsewhere, add one, take one out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError

if TYPE_CHECKING:
    from ..analytics.journeys import JourneyMap

__all__ = ["NEW_STAGE", "renamed", "reshaped"]

NEW_STAGE = "#new"
"""Chosen for a step that begins a stage of its own."""


def renamed(one: JourneyMap, step: str, event: Mapping[str, Any], lang: str) -> tuple[JourneyMap, str]:
    """The map with the step, and its stage, as the reader calls them now.

    Parameters
    ----------
    one : JourneyMap
    step : str
    event : mapping
        ``name``: of the step; ``stage``: where it belongs, ``#new`` for one of its own; ``stage_name``: what that
        stage is called. What is not named stays.
    lang : {"id", "en"}
        In which the reader sees names: what he leaves as it is shown is not changed.

    Returns
    -------
    JourneyMap, str
        The map, and what the step is called in it.
    """
    told = one.to_dict()["stages"]
    home = next((s["name"] for s in told if any(x["name"] == step for x in s["steps"])), "")
    stage, name = str(event.get("stage", home)), str(event.get("stage_name") or "").strip()
    if stage == NEW_STAGE:
        one = one.move(step, stage=_named(name))
    elif stage != home:
        one = one.move(step, after=next((s["steps"][-1]["name"] for s in told if s["name"] == stage), stage))
    elif name and name != labels.name(home, lang):
        one = one.rename_stage(home, name)
    if "name" in event and (fresh := str(event["name"]).strip()) != labels.name(step, lang):
        one, step = one.rename(step, _named(fresh)), fresh
    return one, step


def reshaped(one: JourneyMap, step: str, event: Mapping[str, Any]) -> JourneyMap:
    """The map with a step added behind this one, or with this one taken out or moved by one place.

    Parameters
    ----------
    one : JourneyMap
    step : str
    event : mapping
        ``what``: ``add`` (with a ``name``), ``remove``, ``earlier``, ``later``. At the edge of its stage a step goes
        over into the next; at the end of the map it stays.
    """
    told, what = one.to_dict()["stages"], event.get("what")
    one.origin(step)  # says where there is no such step
    if what == "remove":
        if len(one.steps) == 1:
            raise UserError("journey_map.last_step")
        return one.remove(step)
    at = next(i for i, s in enumerate(told) if any(x["name"] == step for x in s["steps"]))
    names = [x["name"] for x in told[at]["steps"]]
    place = names.index(step)
    if what == "add":
        return one.add(told[at]["name"], _named(str(event.get("name") or "").strip()), after=step)
    if what == "earlier":
        if place:
            return one.move(step, after=names[place - 2] if place > 1 else None)
        return one.move(step, after=told[at - 1]["steps"][-1]["name"]) if at else one
    if what == "later":
        if step != names[-1]:
            return one.move(step, after=names[place + 1])
        return one.move(step, stage=told[at + 1]["name"]) if at + 1 < len(told) else one
    raise UserError("widgets.unknown_event", found=str(what)[:60])


def _named(name: str) -> str:
    if not name:
        raise UserError("journey_map.no_name")
    return name
