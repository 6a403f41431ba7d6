"""A view as plain data and back: what a link, a file or an app's state holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .cube import Cube
    from .view import Filter, View

__all__ = ["to_dict", "view_from"]


def to_dict(view: View) -> dict[str, Any]:
    """What a view asks; what stands as it does by default is left out."""
    said: dict[str, Any] = {"by": list(view.by), "measures": list(view.measures)}
    if view.columns:
        said["columns"] = list(view.columns)
    if view.filters:
        said["filters"] = [_filter(view, f) for f in view.filters]
    if view.limit:
        names = ("n", "by", "level", "largest", "others", "within")
        said["top"] = {name: getattr(view.limit, name) for name in names}
    if view.shares:
        said["shares"] = list(view.shares)
    if view.previous:
        said["previous"] = view.previous
    if view.order:
        said["order"] = list(view.order)
    if view.subtotals != "axes":
        said["subtotals"] = view.subtotals
    return said


def _filter(view: View, f: Filter) -> dict[str, Any]:
    said: dict[str, Any] = {"level": f.level}
    table = view.cube.member_table(f.level)

    def told(value: Any) -> Any:  # a link is sent around: it must not name a person
        return table.key(table.code(value)) if table.level.personal and value is not None else _json(value)

    if f.members is not None:
        said["members"] = [told(m) for m in f.members]
    else:
        said["range"] = [told(f.low), told(f.high)]
    if f.drilled:
        said["drilled"] = True
    return said


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value


def view_from(cube: Cube, said: Mapping[str, Any]) -> View:
    """The view that :func:`to_dict` said; everything is checked as if a person had written it."""
    view = cube.view(said.get("by", ()), said.get("measures"), columns=said.get("columns", ()))
    filters = []
    for f in said.get("filters", ()):
        level = cube.level(f["level"]).id
        wanted = list(f["members"]) if "members" in f else tuple(f["range"])
        filters.append(replace(cube.filter(level, wanted, single=False), drilled=bool(f.get("drilled"))))
    view = replace(view, filters=tuple(sorted(filters, key=lambda f: f.level)))
    if top := said.get("top"):
        rank = view.top if top.get("largest", True) else view.bottom
        others, within = bool(top.get("others", True)), bool(top.get("within", False))
        view = rank(top["n"], top.get("by"), level=top.get("level"), others=others, within=within)
    for share in said.get("shares", ()):
        view = view.share_of(share)
    view = view.compare(said.get("previous")).with_subtotals(said.get("subtotals", "axes"))
    order = said.get("order")
    return view.sort(order[0], descending=bool(order[1])) if order else view.sort(None)
