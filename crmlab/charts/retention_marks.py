"""The marks that the figures of retention share: lines with their intervals, points with theirs, axes and hovers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from .. import labels
from .cube import plain_text, shortened

__all__ = ["dots", "figure_of", "group_name", "lines", "said", "set_axis", "set_rows", "share_text", "spread", "there"]


def said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"retention.{key}", lang, **values)


def figure_of(
    kind: str, title: str, caption: str, data: list[Any], layout: dict[str, Any], lang: str, bars: int = 0
) -> dict[str, Any]:
    shown = labels.text(f"charts.kind_{kind}", lang)
    out = {
        "kind": kind,
        "title": title,
        "caption": caption,
        "alt": labels.text("charts.alt", lang, kind=shown, title=title),
        "data": data,
        "layout": layout,
        "paths": [[] for _ in data],
    }
    return {**out, "bars": bars} if bars else out


def set_axis(layout: dict[str, Any], axis: str, low: float, high: float, unit: str, lang: str, title: str = "") -> None:
    places, texts = labels.ticks(low, high, unit, lang)
    layout[axis].update(tickmode="array", tickvals=places, ticktext=texts, range=[low, high])
    if title:
        layout[axis]["title"] = {"text": title, "font": {"color": "@muted", "size": 12}, "standoff": 4}


def set_rows(layout: dict[str, Any], names: Sequence[str]) -> None:
    layout["yaxis"].update(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[shortened(n) for n in names],
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        tickfont={"color": "@text", "size": 12},
    )


def there(x: Any) -> bool:
    return x is not None and x == x


def group_name(value: Any, lang: str) -> str:
    return labels.text("common.unknown", lang) if not there(value) else labels.name(value, lang)


def lines(
    name: str, colour: str, x: Sequence[Any], y: Sequence[Any], ends: Sequence[tuple[Any, Any]], hover: Sequence[str]
) -> list[dict[str, Any]]:
    """A line and the thin lines of its interval, with what is missing left out."""
    held = [k for k, v in enumerate(y) if there(v)]
    between = [k for k in held if there(ends[k][0]) and there(ends[k][1])]
    thin = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False, "opacity": 0.7}
    thin["line"] = {"color": colour, "width": 1, "dash": "dot"}
    at = [x[k] for k in between]
    return [
        {**thin, "x": at, "y": [ends[k][1] for k in between]},
        {**thin, "x": at, "y": [ends[k][0] for k in between]},
        {
            "type": "scatter",
            "mode": "lines+markers" if len(held) <= 40 else "lines",
            "name": name,
            "x": [x[k] for k in held],
            "y": [y[k] for k in held],
            "line": {"color": colour, "width": 2.5},
            "marker": {"color": colour, "size": 6},
            "hovertext": [hover[k] for k in held],
            "hoverinfo": "text",
        },
    ]


def dots(
    names: Sequence[str], rows: Sequence[tuple[Any, Any, Any]], texts: Sequence[str], colours: Sequence[str]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Values as points, their intervals as lines; one row a value."""
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [r[0] if there(r[0]) else None for r in rows],
        "y": list(range(len(rows))),
        "marker": {"color": list(colours), "size": 11},
        "hovertext": [f"<b>{plain_text(n)}</b><br>{t}" for n, t in zip(names, texts, strict=True)],
        "hoverinfo": "text",
    }
    lines = [
        {"type": "line", "x0": r[1], "x1": r[2], "y0": k, "y1": k, "line": {"color": colours[k], "width": 2}}
        for k, r in enumerate(rows)
        if there(r[1]) and there(r[2])
    ]
    return trace, lines


def spread(rows: Sequence[tuple[Any, Any, Any]], floor: float | None = 0.0) -> tuple[float, float]:
    found = [float(v) for r in rows for v in r if there(v) and math.isfinite(v)]
    low, high = min([*found, *([floor] if floor is not None else [])], default=0.0), max(found, default=1.0)
    room = (high - low) or 1.0
    return (low if floor is not None and low >= floor else low - 0.06 * room), high + 0.08 * room


def share_text(row: dict[str, Any], what: str, n: Any, lang: str) -> str:
    return said("hover_at_risk", lang, share=row[what], low=row[f"{what}_low"], high=row[f"{what}_high"], n=n)
