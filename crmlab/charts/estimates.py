"""Figures of estimates that several subjects share: points with their intervals, courses over periods, plain bars."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from .. import labels
from .cube import plain_text
from .retention_marks import dots, figure_of, lines, set_axis, set_rows, spread, there
from .theme import SERIES, base_layout

__all__ = ["Ends", "bars", "courses", "ends_of", "points", "ratio_points", "reference_line", "told", "toned"]

Ends = tuple[Any, Any, Any]  # a value and the ends of its interval
_LEGEND = 12  # letters of an entry, so that two stand beside each other on a telephone
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


def ends_of(row: Any, what: str) -> Ends:
    """A value of a row with the ends of its interval: ``what``, ``what_low``, ``what_high``."""
    return tuple(row.get(f"{what}{end}") for end in ("", "_low", "_high"))


def toned(verdicts: Sequence[Any]) -> list[str]:
    """Accent where a difference is real, calm where it is not."""
    return ["@accent" if v == "real" else "@other" for v in verdicts]


def reference_line(at: float) -> dict[str, Any]:
    """A thin upright line through the whole figure."""
    line = {"color": "@line-strong", "width": 1, "dash": "dot"}
    return {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": at, "x1": at, "line": line}


def told(row: Ends, n: Any, unit: str, lang: str) -> str:
    """A value with its interval and n, as a hover says it."""
    value, low, high = (labels.value(x, unit, lang) if there(x) else None for x in row)
    between = f" ({low}–{high})" if low is not None and high is not None else ""
    return f"{value if value is not None else '—'}{between}" + (
        f", n = {labels.value(int(n), 'count', lang)}" if there(n) else ""
    )


def points(
    names: Sequence[str],
    rows: Sequence[Ends],
    texts: Sequence[str],
    unit: str,
    lang: str,
    *,
    title: str,
    caption: str,
    colours: Sequence[str] | None = None,
    reference: float | None = None,
    floor: float | None = 0.0,
    axis: str = "",
) -> dict[str, Any]:
    """A row a value: a point, its interval as a line."""
    trace, ends = dots(names, rows, texts, colours or ["@accent"] * len(rows))
    layout = base_layout()
    set_rows(layout, names)
    low, high = spread([*rows, *([(reference, None, None)] if reference is not None else [])], floor)
    if unit == "share":
        high = min(high, max(1.0, *(r[0] for r in rows if there(r[0]))) + 0.02)
    set_axis(layout, "xaxis", low, high, unit, lang, axis)
    layout["shapes"] = [*([reference_line(reference)] if reference is not None else []), *ends]
    return figure_of("bars", title, caption, [trace], layout, lang, len(names))


def ratio_points(
    names: Sequence[str],
    rows: Sequence[Ends],
    texts: Sequence[str],
    lang: str,
    *,
    title: str,
    caption: str,
    axis: str,
    colours: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Ratios on a scale of logarithms, on which twice and half are as far from 1."""
    logs = [tuple(math.log(v) if there(v) and v > 0 else float("nan") for v in row) for row in rows]
    trace, ends = dots(names, logs, texts, colours or ["@accent"] * len(rows))
    layout = base_layout()
    set_rows(layout, names)
    low, high = spread([*logs, (0.0, -0.3, 0.3)], None)
    inside = [s for s in _STEPS if low <= math.log(s) <= high]
    layout["xaxis"].update(
        tickmode="array",
        tickvals=[math.log(s) for s in inside],
        ticktext=[labels.number(s, lang, 2, trim=True) for s in inside],
        range=[low, high],
        title={"text": axis, "font": {"color": "@muted", "size": 12}, "standoff": 4},
    )
    layout["shapes"] = [reference_line(0.0), *ends]
    return figure_of("bars", title, caption, [trace], layout, lang, len(names))


def courses(
    places: Sequence[str],
    series: Sequence[tuple[str, Sequence[Ends], Sequence[str]]],
    unit: str,
    lang: str,
    *,
    title: str,
    caption: str,
    low: float | None = 0.0,
    axis: str = "",
) -> dict[str, Any]:
    """Lines over periods or steps, each with the thin lines of its interval."""
    data: list[dict[str, Any]] = []
    for colour, (name, rows, hover) in zip(SERIES, series, strict=False):
        name = _entry(name) if len(series) > 2 else name
        x = list(range(len(places)))
        data += lines(name, colour, x, [r[0] for r in rows], [r[1:] for r in rows], hover)
    layout = base_layout()
    found = spread([r for _, rows, _ in series for r in rows], low)
    set_axis(layout, "yaxis", *found, unit, lang)
    step = max(1, -(-len(places) // 6))
    shown = list(range(0, len(places), step))
    layout["xaxis"].update(
        tickmode="array", tickvals=shown, ticktext=[places[i] for i in shown], range=[-0.4, max(len(places) - 0.6, 0.4)]
    )
    if axis:
        layout["xaxis"]["title"] = {"text": axis, "font": {"color": "@muted", "size": 12}, "standoff": 4}
    _legend(layout, len(series))
    return figure_of("lines", title, caption, data, layout, lang)


def _entry(text: str) -> str:
    return plain_text(text if len(text) <= _LEGEND else text[: _LEGEND - 1].rstrip() + "…")


def _legend(layout: dict[str, Any], entries: int) -> None:
    """A legend small enough for two entries beside each other on a telephone."""
    layout["showlegend"] = entries > 1
    layout["legend"] = {**layout["legend"], "font": {"color": "@text", "size": 11}}
    if entries > 2:  # two rows of it, which would run into the title
        layout["yaxis"]["domain"] = [0, 0.9]
        layout["legend"]["y"] = 0.92


def bars(
    names: Sequence[str],
    parts: Sequence[tuple[str, Sequence[Any], str, Sequence[str]]],
    unit: str,
    lang: str,
    *,
    title: str,
    caption: str,
) -> dict[str, Any]:
    """Bars that lie; several parts are stacked. A part: name, values, colour, hover texts."""
    data = []
    for word, values, colour, hover in parts:
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": _entry(word) if len(parts) > 2 else word,
                "x": [v if there(v) else None for v in values],
                "y": list(range(len(names))),
                "marker": {"color": colour},
                "hovertext": [f"<b>{plain_text(n)}</b><br>{t}" for n, t in zip(names, hover, strict=True)],
                "hoverinfo": "text",
            }
        )
    layout = base_layout()
    set_rows(layout, names)
    sums = [sum(float(p[1][k]) for p in parts if there(p[1][k])) for k in range(len(names))]
    set_axis(layout, "xaxis", min(0.0, *sums), (max(sums) or 1) * 1.06, unit, lang)
    if len(parts) > 1:
        layout["barmode"] = "stack"
        _legend(layout, len(parts))
    figure = figure_of("bars", title, caption, data, layout, lang, len(names))
    if len(parts) > 1:
        figure["legend"] = [{"label": p[0], "colour": p[2]} for p in parts]
    return figure
