"""The benefit dependency network as a figure: layers from top to bottom, so that it can be read on a telephone too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .programme_marks import said, wrapped
from .retention_marks import figure_of, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["network_figure"]

_LAYERS = ("enabler", "enabling_change", "business_change", "benefit", "objective")
_TONES = dict(zip(_LAYERS, ("@series-1", "@series-2", "@series-3", "@series-4", "@series-5"), strict=True))
_LONGEST = 30


def network_figure(result: Result, lang: str, *, wide: bool = False) -> dict[str, Any]:
    """The network of :func:`crmlab.analytics.programme.benefits`, or what depends on one node.

    ``wide=True`` sets the layers side by side, as on a slide; without it they stand one below the other and the edges
    run as arcs beside them, which fits 390 pixels.
    """
    kind = result.kind.partition(".")[2]
    rows = result.table.to_dict("records")
    if kind == "dependents":
        rows = [{**r, "standing": "fits", "lacks": None, "hot": r["falls"] == "falls_too"} for r in rows]
        edges: tuple[tuple[Any, Any], ...] = ()
    else:
        rows = [{**r, "hot": r["standing"] != "fits" or bool(r["lacks"] and there(r["lacks"]))} for r in rows]
        edges = result.params["edges"]
    facts = dict(result.facts)
    title, caption = said(f"figure_{kind}", lang, **facts), said(f"caption_{kind}", lang, **facts)
    if wide and kind == "benefits":
        return _wide(rows, edges, lang, title, caption)
    return _tall(rows, edges, lang, title, caption)


def _hover(r: dict[str, Any], lang: str) -> str:
    lines = [f"<b>{plain_text(str(r['node']))}</b> {plain_text(str(r['title'] or ''))}", labels.name(r["layer"], lang)]
    for key in ("owner", "measure"):
        if there(r.get(key)):
            lines.append(f"{labels.name(key, lang)}: {plain_text(str(r[key]))}")
    if r.get("standing") != "fits":
        lines.append(labels.name(r["standing"], lang))
    if r.get("lacks") and there(r["lacks"]):
        words = ", ".join(labels.name(w, lang).lower() for w in r["lacks"].split(", "))
        lines.append(f"{labels.name('lacks', lang)}: {words}")
    if r.get("falls"):
        lines.append(labels.name(r["falls"], lang))
    return "<br>".join(lines)


def _label(r: dict[str, Any], most: int = _LONGEST) -> str:
    text = f"{r['node']} {r['title']}" if there(r["title"]) and r["title"] else str(r["node"])
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _nodes(rows: list[dict[str, Any]], x: list[float], y: list[float], lang: str) -> dict[str, Any]:
    """Filled where it fits, hollow and red-rimmed where something is wrong."""
    tones = [_TONES[r["layer"]] for r in rows]
    return {
        "type": "scatter", "mode": "markers", "x": x, "y": y, "hoverinfo": "text",
        "hovertext": [_hover(r, lang) for r in rows],
        "marker": {"size": 14, "color": ["@panel" if r["hot"] else t for r, t in zip(rows, tones, strict=True)],
                   "line": {"width": [3 if r["hot"] else 1 for r in rows],
                            "color": ["@bad" if r["hot"] else t for r, t in zip(rows, tones, strict=True)]}},
    }  # fmt: skip


def _blank() -> dict[str, Any]:
    layout = base_layout()
    for axis in ("xaxis", "yaxis"):
        layout[axis].update(showgrid=False, zeroline=False, showticklabels=False, tickmode="array", tickvals=[],
                            ticktext=[])  # fmt: skip
    return layout


def _tall(
    rows: list[dict[str, Any]], edges: tuple[tuple[Any, Any], ...], lang: str, title: str, caption: str
) -> dict[str, Any]:
    places: dict[Any, float] = {}
    notes: list[dict[str, Any]] = []
    at = 0.0
    left = 0.35 if edges else 0.04
    for layer in _LAYERS:
        own = [r for r in rows if r["layer"] == layer]
        if not own:
            continue
        notes.append({"x": left - 0.01, "y": at, "text": f"<b>{labels.name(layer, lang)}</b>", "xanchor": "left",
                      "font": {"color": _TONES[layer], "size": 12}})  # fmt: skip
        for r in own:
            at += 1
            places[r["node"]] = at
            notes.append({"x": left + 0.04, "y": at, "text": plain_text(_label(r)), "xanchor": "left",
                          "font": {"color": "@text", "size": 12}})  # fmt: skip
        at += 1.3
    height = at
    layout = _blank()
    layout["xaxis"]["range"] = [0, 1]
    layout["yaxis"]["range"] = [height - 0.5, -0.7]
    layout["annotations"] = [{**n, "showarrow": False, "yanchor": "middle"} for n in notes]
    span = max((abs(places[b] - places[a]) for a, b in edges), default=1.0)
    tones = {r["node"]: _TONES[r["layer"]] for r in rows}
    arcs = []
    for a, b in edges:
        top, low = places[a], places[b]
        reach = 0.35 - 0.33 * (abs(low - top) / span) ** 0.8  # an edge that goes far swings out far
        steps = [k / 24 for k in range(25)]
        # a quadratic curve whose middle lies at ``reach``
        arcs.append({
            "type": "scatter", "mode": "lines", "hoverinfo": "skip", "opacity": 0.75,
            "x": [(1 - t) ** 2 * 0.35 + 2 * t * (1 - t) * (2 * reach - 0.35) + t**2 * 0.35 for t in steps],
            "y": [(1 - t) * top + t * low for t in steps], "line": {"color": tones[a], "width": 1.5},
        })  # fmt: skip
    dots = _nodes(rows, [left] * len(rows), [places[r["node"]] for r in rows], lang)
    return figure_of("lines", title, caption, [*arcs, dots], layout, lang, max(8, round(height)))


def _wide(
    rows: list[dict[str, Any]], edges: tuple[tuple[Any, Any], ...], lang: str, title: str, caption: str
) -> dict[str, Any]:
    columns = {layer: [r for r in rows if r["layer"] == layer] for layer in _LAYERS}
    most = max(len(c) for c in columns.values())
    spot: dict[Any, tuple[float, float]] = {}
    notes: list[dict[str, Any]] = []
    for k, (layer, own) in enumerate(columns.items()):
        notes.append({"x": k, "y": -0.75, "text": f"<b>{wrapped(labels.name(layer, lang), 18)}</b>",
                      "font": {"color": _TONES[layer], "size": 13}, "yanchor": "middle"})  # fmt: skip
        for j, r in enumerate(own):
            spot[r["node"]] = (float(k), (j + 0.5) * most / len(own) - 0.5)
    for r in rows:
        x, y = spot[r["node"]]
        notes.append({"x": x, "y": y, "yshift": -11, "yanchor": "top", "text": wrapped(_label(r, 2 * _LONGEST), 20),
                      "font": {"color": "@text", "size": 12}})  # fmt: skip
    layout = _blank()
    layout["xaxis"]["range"] = [-0.5, len(_LAYERS) - 0.5]
    layout["yaxis"]["range"] = [most - 0.2, -1.1]
    layout["annotations"] = [{"showarrow": False, "xanchor": "center", **n} for n in notes]
    tones = {r["node"]: _TONES[r["layer"]] for r in rows}
    lines = []
    for a, b in edges:
        (x, y), (u, v) = spot[a], spot[b]
        bulge = 0.28 if x == u else 0.0  # within a layer an edge swings out to the side
        steps = [k / 16 for k in range(17)]
        lines.append({
            "type": "scatter", "mode": "lines", "hoverinfo": "skip", "opacity": 0.7,
            "x": [x + (u - x) * t + 4 * bulge * t * (1 - t) for t in steps],
            "y": [y + (v - y) * (3 * t**2 - 2 * t**3) for t in steps], "line": {"color": tones[a], "width": 1.5},
        })  # fmt: skip
    dots = _nodes(rows, [spot[r["node"]][0] for r in rows], [spot[r["node"]][1] for r in rows], lang)
    return figure_of("lines", title, caption, [*lines, dots], layout, lang, max(12, 3 * most))
