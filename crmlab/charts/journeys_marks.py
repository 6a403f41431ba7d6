"""The marks that the figures of journeys share: words, bars with intervals, wrapped lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from .. import labels
from .cube import plain_text
from .retention_marks import there

__all__ = ["bars", "called", "counted", "interval", "said", "texts_at", "with_legend", "wrapped"]


def said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"journeys.{key}", lang, **values)


def called(value: Any, lang: str) -> str:
    """A touchpoint, channel, step or group as a person reads it; a path with signs between its touchpoints."""
    if not there(value):
        return labels.text("common.unknown", lang)
    if isinstance(value, str) and " > " in value:
        return " › ".join(labels.name(v, lang) for v in value.split(" > "))
    return labels.name(value, lang)


def wrapped(text: str, width: int, lines: int = 3) -> str:
    """Text in at most so many lines, safe for plotly."""
    parts = textwrap.wrap(str(text), width, break_long_words=True) or [""]
    if len(parts) > lines:
        parts = [*parts[: lines - 1], parts[lines - 1][: width - 1].rstrip() + "…"]
    return "<br>".join(plain_text(p) for p in parts)


def interval(row: Any, what: str, unit: str, lang: str, decimals: int | None = None) -> str:
    """``45,0 % (40,1–50,2)``; without the ends where they are missing."""

    def words(x: Any) -> str:
        return labels.value(x, unit, lang) if decimals is None else labels.value(x, unit, lang, decimals=decimals)

    low, high = row.get(f"{what}_low"), row.get(f"{what}_high")
    value = words(row[what])
    return f"{value} ({words(low)}–{words(high)})" if there(low) and there(high) else value


def counted(row: Any, what: str, n: Any, lang: str) -> str:
    """A share with its interval and of how many."""
    return f"{interval(row, what, 'share', lang)}, n = {labels.value(int(n), 'count', lang)}"


def bars(
    values: Sequence[Any],
    texts: Sequence[str],
    hover: Sequence[str],
    colours: Sequence[str],
    ends: Sequence[tuple[Any, Any]] = (),
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Horizontal bars with their text behind, and the lines of their intervals."""
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": list(values),
        "y": list(range(len(values))),
        "marker": {"color": list(colours)},
        "text": list(texts),
        "textposition": "outside",
        "textfont": {"color": "@text", "size": 12},
        "cliponaxis": False,
        "hovertext": list(hover),
        "hoverinfo": "text",
    }
    shapes = [
        {"type": "line", "x0": low, "x1": high, "y0": k + 0.3, "y1": k + 0.3, "line": {"color": "@text", "width": 1.5}}
        for k, (low, high) in enumerate(ends)
        if there(low) and there(high)
    ]
    return trace, shapes


def texts_at(
    x: Sequence[float],
    y: Sequence[float],
    texts: Sequence[str],
    *,
    size: int = 11,
    colour: str = "@text",
    place: str = "middle center",
) -> dict[str, Any]:
    """Words inside the plot."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": list(x),
        "y": list(y),
        "text": list(texts),
        "textposition": place,
        "textfont": {"color": colour, "size": size},
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def with_legend(layout: dict[str, Any], entries: int) -> None:
    """Show the legend, with room above it: on a telephone its entries stand one below the other."""
    layout["showlegend"] = entries > 0
    if entries > 1:
        layout["margin"] = {**layout["margin"], "t": 52 + 20 * entries}
