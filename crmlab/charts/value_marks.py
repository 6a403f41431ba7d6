"""Marks that the figures of customer value share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import labels

__all__ = ["axis", "band", "bars", "figure", "line", "named", "sideways", "whiskers"]


def figure(
    kind: str, title: str, caption: str, data: list[Any], layout: dict[str, Any], lang: str, bars: int = 0
) -> Any:
    """A figure as plain data; a legend only where there are two names."""
    alt = labels.text("charts.alt", lang, kind=labels.text(f"charts.kind_{kind}", lang), title=title)
    layout["showlegend"] = sum(bool(t.get("name")) for t in data) > 1
    for trace in data:
        trace["showlegend"] = bool(trace.get("name"))
    return {
        "kind": kind,
        "title": title,
        "caption": caption,
        "alt": alt,
        "data": data,
        "layout": layout,
        "paths": [[] for _ in data],
        "bars": bars,
    }


def axis(layout: dict[str, Any], name: str, low: float, high: float, unit: str, lang: str, title: str = "") -> None:
    """Ticks in the reader's own numbers."""
    places, texts = labels.ticks(low, high, unit, lang)
    layout[name].update(tickmode="array", tickvals=places, ticktext=texts, range=[low, high])
    if title:
        layout[name]["title"] = {"text": title, "font": {"size": 12, "color": "@muted"}, "standoff": 2}


def named(layout: dict[str, Any], names: Sequence[str], title: str = "") -> None:
    """An axis of names, in the table's order."""
    layout["xaxis"].update(
        tickmode="array", tickvals=list(range(len(names))), ticktext=list(names), showgrid=False, zeroline=False
    )
    if title:
        layout["xaxis"]["title"] = {"text": title, "font": {"size": 12, "color": "@muted"}, "standoff": 2}


def line(x: Sequence[Any], y: Sequence[Any], colour: str, texts: Sequence[str], name: str = "", **more: Any) -> Any:
    """A line with its own hover texts."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(x),
        "y": list(y),
        "name": name,
        "text": list(texts),
        "hoverinfo": "text",
        "line": {"color": colour, "width": 2.25, **more},
    }


def band(x: Sequence[Any], low: Sequence[Any], high: Sequence[Any], colour: str) -> dict[str, Any]:
    """The interval around a line."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*x, *reversed(x)],
        "y": [*high, *reversed(low)],
        "fill": "toself",
        "fillcolor": colour,
        "opacity": 0.18,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def bars(x: Sequence[Any], y: Sequence[Any], texts: Sequence[str], colour: str, name: str = "") -> dict[str, Any]:
    """Standing bars."""
    return {
        "type": "bar",
        "x": list(x),
        "y": list(y),
        "name": name,
        "marker": {"color": colour},
        "hovertext": list(texts),
        "hoverinfo": "text",
    }


def sideways(layout: dict[str, Any], names: Sequence[str]) -> None:
    """An axis of names from top to bottom, for bars that lie: long words stay whole on a telephone."""
    layout["yaxis"].update(
        tickmode="array", tickvals=list(range(len(names))), ticktext=list(names), showgrid=False, zeroline=False
    )
    layout["yaxis"]["tickfont"] = {"color": "@text", "size": 12}
    layout["yaxis"]["range"] = [len(names) - 0.5, -0.5]


def whiskers(value: Sequence[float], low: Sequence[float], high: Sequence[float]) -> dict[str, Any]:
    """The interval of every mark."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [h - v for v, h in zip(value, high, strict=True)],
        "arrayminus": [v - w for v, w in zip(value, low, strict=True)],
        "color": "@text",
        "thickness": 1.25,
    }
