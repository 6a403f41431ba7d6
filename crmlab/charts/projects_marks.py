"""The marks that the figures of a programme's tools share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import labels

__all__ = ["base_bars", "cells", "legend_of", "said", "spots", "upright"]


def said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"projects.{key}", lang, **values)


def legend_of(figure: dict[str, Any], entries: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A legend that two entries of share a line of on a telephone."""
    layout = figure["layout"]
    layout["showlegend"] = len(entries) > 1
    layout["legend"] = {**layout["legend"], "font": {"color": "@text", "size": 11}}
    if len(entries) > 2:  # two rows of it, which would run into the title
        layout["yaxis"]["domain"] = [0, 0.9]
        layout["legend"]["y"] = 0.92
    if len(entries) > 1:
        figure["legend"] = [{"label": name, "colour": colour} for name, colour in entries]
    return figure


def upright(name: str, x: Sequence[Any], y: Sequence[Any], colour: Any, hover: Sequence[str]) -> dict[str, Any]:
    """Bars that stand."""
    return {
        "type": "bar",
        "name": name,
        "x": list(x),
        "y": list(y),
        "marker": {"color": colour},
        "hovertext": list(hover),
        "hoverinfo": "text",
    }


def base_bars(
    name: str, y: Sequence[int], base: Sequence[float], x: Sequence[float], colour: Any, hover: Sequence[str]
) -> dict[str, Any]:
    """Bars that lie and begin where they are told to."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": list(x),
        "y": list(y),
        "base": list(base),
        "marker": {"color": colour},
        "hovertext": list(hover),
        "hoverinfo": "text",
    }


def spots(
    name: str,
    x: Sequence[float],
    y: Sequence[float],
    colour: str,
    hover: Sequence[str],
    texts: Sequence[str],
    side: str,
) -> dict[str, Any]:
    """Points with their names, written towards the middle of the figure."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": name,
        "x": list(x),
        "y": list(y),
        "marker": {"color": colour, "size": 11},
        "text": list(texts),
        "textposition": f"middle {side}",
        "textfont": {"size": 11, "color": "@text"},
        "hovertext": list(hover),
        "hoverinfo": "text",
    }


def cells(z: list[list[Any]], texts: list[list[str]], hover: list[list[str]], top: float) -> dict[str, Any]:
    """A heat map with words in its cells."""
    return {
        "type": "heatmap",
        "x": list(range(len(z[0]))),
        "y": list(range(len(z))),
        "z": z,
        "zmin": 0.0,
        "zmax": top,
        "colorscale": [[0, "@accent-soft"], [1, "@accent"]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": 13},
        "hovertext": hover,
        "hoverinfo": "text",
        "hoverongaps": False,
    }
