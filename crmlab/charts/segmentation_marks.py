"""The marks that the figures of segmentation share: bars of shares, heat maps, dots with their intervals."""

from __future__ import annotations

from typing import Any

from .. import labels
from .cube import plain_text
from .theme import base_layout

__all__ = [
    "MOST",
    "VERDICT",
    "figure_of",
    "heat",
    "ranges",
    "set_rows",
    "set_scale",
    "share_bars",
    "text_of",
    "upright",
]

MOST = 24
_WIDEST = 44
VERDICT = {"real": "@good", "weak": "@warn", "noise": "@bad", "small": "@accent", "too_few": "@other"}


def text_of(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"segmentation.{key}", lang, **values)


def set_rows(layout: dict[str, Any], names: list[str]) -> None:
    layout["yaxis"].update(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[plain_text(n if len(n) <= _WIDEST else n[: _WIDEST - 1].rstrip() + "…") for n in names],
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    layout["yaxis"]["tickfont"] = {"color": "@text", "size": 12}


def set_scale(layout: dict[str, Any], low: float, high: float, unit: str, lang: str) -> None:
    if unit == "doublings":  # of odds: 1/4, 1/2, 1, 2, 4
        step = max(1, round((high - low) / 6))
        places = [step * k for k in range(int(low // step) + 1, int(high // step) + 1)]
        texts = [labels.number(2.0**p, lang, 2, trim=True) if p > -4 else f"1/{2**-p}" for p in places]
    else:
        places, texts = labels.ticks(low, high, unit, lang)
    layout["xaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[low, high])


def figure_of(kind: str, title: str, caption: str, data: list, layout: dict[str, Any], bars: int, lang: str) -> Any:
    alt = labels.text("charts.alt", lang, kind=labels.text(f"charts.kind_{kind}", lang), title=title)
    figure = {"kind": kind, "title": title, "caption": caption, "alt": alt, "data": data, "layout": layout}
    return {**figure, "paths": [[] for _ in data], "bars": bars}


def share_bars(names: list, parts: list, hover: list[str], title: str, caption: str, lang: str) -> dict[str, Any]:
    layout = base_layout()
    words = [labels.name(s, lang) for s in names]
    set_rows(layout, words)
    ends = [v for _, _, values in parts for v in values]
    low, high = min(0.0, *ends), max(ends)
    set_scale(layout, low, high + 0.16 * (high - low), "share", lang)
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": text_of(key, lang),
            "x": values,
            "y": list(range(len(names))),
            "marker": {"color": colour},
            "text": [labels.percent(v, lang) for v in values],
            "textposition": "outside",
            "cliponaxis": False,
            "textfont": {"color": "@text", "size": 11},
            "constraintext": "none",
            "hovertext": [f"<b>{plain_text(w)}</b><br>{plain_text(h)}" for w, h in zip(words, hover, strict=True)],
            "hoverinfo": "text",
        }
        for key, colour, values in parts
    ]
    layout["showlegend"] = len(parts) > 1
    layout["legend"]["traceorder"] = "normal"
    figure = figure_of("bars", title, caption, data, layout, len(names) * len(parts), lang)
    if len(parts) > 1:
        figure["legend"] = [{"label": t["name"], "colour": t["marker"]["color"]} for t in data]
    return figure


def heat(
    rows: list[str], columns: list[str], strengths: list, texts: list, hovers: list, colours: list
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Layout and trace of a heat map; ``strengths`` run from -1 or 0 to 1, ``colours`` from the least to the most."""
    layout = base_layout()
    set_rows(layout, rows)
    layout["xaxis"].update(
        tickmode="array",
        tickvals=list(range(len(columns))),
        ticktext=columns,
        range=[-0.5, len(columns) - 0.5],
        side="top",
        showgrid=False,
        zeroline=False,
    )
    trace = {
        "type": "heatmap",
        "z": strengths,
        "x": list(range(len(columns))),
        "y": list(range(len(rows))),
        "zmin": -1.0 if len(colours) == 3 else 0.0,
        "zmax": 1.0,
        "colorscale": [[i / (len(colours) - 1), c] for i, c in enumerate(colours)],
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "hovertext": hovers,
        "hoverinfo": "text",
    }
    layout["annotations"] = [
        {
            "x": x,
            "y": y,
            "text": texts[y][x],
            "showarrow": False,
            "font": {"color": "@panel" if abs(strengths[y][x] or 0) > 0.55 else "@text", "size": 12},
        }
        for y in range(len(rows))
        for x in range(len(columns))
        if texts[y][x]
    ]
    return layout, trace


def ranges(
    names: list[str],
    rows: list[dict[str, Any]],
    stem: str,
    unit: str,
    lang: str,
    *,
    colours: list[str],
    ends: list[float],
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A dot and its interval for every row."""
    layout = base_layout()
    set_rows(layout, names)
    said = [v for r in rows for v in (r[f"{stem}_low"], r[f"{stem}_high"])] + ends
    low, high = min(said), max(said)
    side = 0.04 * ((high - low) or 1)
    set_scale(layout, low - side, high + side, unit, lang)
    layout["shapes"] = [
        {
            "type": "line",
            "x0": r[f"{stem}_low"],
            "x1": r[f"{stem}_high"],
            "y0": i,
            "y1": i,
            "line": {"color": colours[i], "width": 3},
            "layer": "below",
        }
        for i, r in enumerate(rows)
    ]

    def word(x: float) -> str:
        if unit == "doublings":
            return labels.number(2.0**x, lang, 2)
        return labels.percent(x, lang) if unit == "share" else labels.number(x, lang, 0 if unit == "count" else 2)

    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [r[stem] for r in rows],
        "y": list(range(len(rows))),
        "marker": {"color": colours, "size": 10},
        "hovertext": [
            f"<b>{plain_text(n)}</b><br>"
            + text_of(
                "hover_range", lang, value=word(r[stem]), low=word(r[f"{stem}_low"]), high=word(r[f"{stem}_high"])
            )
            + f"<br>{labels.text('charts.hover_n', lang, n=int(r['n']))}"
            for n, r in zip(names, rows, strict=True)
        ],
        "hoverinfo": "text",
    }
    return layout, [dots]


def upright(at: float, rows: int) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": at,
        "x1": at,
        "y0": -0.5,
        "y1": rows - 0.5,
        "line": {"color": "@text", "width": 1, "dash": "dot"},
    }
