"""The marks that the figures of satisfaction share: points with their intervals, lines, axes and what a hover says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import labels
from .cube import plain_text
from .retention_marks import dots, figure_of, group_name, lines, set_axis, set_rows, there

__all__ = [
    "GREY",
    "MOST_ROWS",
    "axis_of",
    "figure_of",
    "group_name",
    "interval_text",
    "lines",
    "points",
    "said",
    "set_rows",
    "straight",
    "there",
]

GREY = "@other"
MOST_ROWS = 24  # what a telephone held upright can show


def said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"satisfaction.{key}", lang, **values)


def _decimals(unit: str) -> int:
    return 2 if unit in ("score", "number") else 1


def spoken(value: Any, unit: str, lang: str) -> str:
    """A value of a unit as a hover says it."""
    if unit == "count" or not there(value):
        return labels.value(value, unit, lang)
    return labels.value(value, unit, lang, decimals=_decimals(unit))


def interval_text(row: dict[str, Any], what: str, n: Any, unit: str, lang: str) -> str:
    """A value, its interval and its number as a hover says them."""
    if not there(row[what]):
        return said("hover_few", lang, n=int(n))
    low, high = row.get(f"{what}_low"), row.get(f"{what}_high")
    value = spoken(row[what], unit, lang)
    if not there(low) or not there(high):
        return said("hover_value", lang, value=value, n=int(n))
    ends = {"low": spoken(low, unit, lang), "high": spoken(high, unit, lang)}
    return said("hover_interval", lang, value=value, n=int(n), **ends)


def points(
    layout: dict[str, Any],
    names: Sequence[str],
    ends: Sequence[tuple[Any, Any, Any]],
    texts: Sequence[str],
    colours: Sequence[str],
    unit: str,
    lang: str,
    *,
    bounds: tuple[float, float] | None = None,
    title: str = "",
    more: Sequence[Any] = (),
) -> list[dict[str, Any]]:
    """One row a value: a point and the line of its interval, with the axis beneath."""
    trace, shapes = dots(list(names), list(ends), list(texts), list(colours))
    layout["shapes"] = [*layout.get("shapes", []), *shapes]
    set_rows(layout, list(names))
    held = [k for k, x in enumerate(trace["x"]) if x is not None]
    for part in ("x", "y", "hovertext"):
        trace[part] = [trace[part][k] for k in held]
    trace["marker"]["color"] = [trace["marker"]["color"][k] for k in held]
    found = [float(v) for e in ends for v in e if there(v)] + [float(v) for v in more if there(v)]
    found = found or [0.0, 1.0]
    low, high = min(found), max(found)
    room = (high - low) or abs(high) or 1.0
    low, high = low - 0.08 * room, high + 0.08 * room
    if bounds:
        low, high = (
            max(low, bounds[0] - 0.03 * (bounds[1] - bounds[0])),
            min(high, bounds[1] + 0.03 * (bounds[1] - bounds[0])),
        )
    set_axis(layout, "xaxis", low, high, unit, lang, title)
    return [trace]


def axis_of(
    layout: dict[str, Any],
    axis: str,
    data: Sequence[dict[str, Any]],
    unit: str,
    lang: str,
    title: str = "",
    *,
    along: str = "y",
    floor: float | None = None,
) -> None:
    """An axis that holds all that is drawn."""
    found = [float(v) for t in data for v in t[along] if there(v)] or [0.0, 1.0]
    low, high = min(found), max(found)
    room = (high - low) or abs(high) or 1.0
    set_axis(layout, axis, low - 0.06 * room if floor is None else floor, high + 0.08 * room, unit, lang, title)


def straight(layout: dict[str, Any], at: float, axis: str) -> None:
    """A thin line across the figure at a value to compare with."""
    ends = {"x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1}
    if axis == "y":
        low, high = layout["xaxis"]["range"]
        ends = {"y0": at, "y1": at, "x0": low, "x1": high}
    line = {"color": "@line-strong", "width": 1, "dash": "dot"}
    layout["shapes"] = [*layout.get("shapes", []), {"type": "line", **ends, "line": line}]


def bars(
    layout: dict[str, Any], names: Sequence[str], values: Sequence[float], texts: Sequence[str], colours: Sequence[str]
) -> list[dict[str, Any]]:
    """One row a count."""
    set_rows(layout, list(names))
    return [
        {
            "type": "bar",
            "orientation": "h",
            "y": list(range(len(names))),
            "x": list(values),
            "text": list(texts),
            "textposition": "outside",
            "cliponaxis": False,
            "textfont": {"color": "@text", "size": 12},
            "marker": {"color": list(colours)},
            "hovertext": [f"<b>{plain_text(n)}</b><br>{t}" for n, t in zip(names, texts, strict=True)],
            "hoverinfo": "text",
        }
    ]
