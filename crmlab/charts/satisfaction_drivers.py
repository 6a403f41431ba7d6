"""Figures of what moves a score and what it predicts: importance, performance, areas under the curve, delight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .cube import plain_text
from .satisfaction_marks import GREY, axis_of, figure_of, group_name, interval_text, points, said, straight, there
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["delight_figure", "drivers_figure", "factors_figure", "form_figure", "predicts_figure"]

_PLACES = {"priority_act": SERIES[1], "priority_keep": SERIES[0], "priority_watch": GREY, "priority_leave": GREY}


def drivers_figure(result: Result, lang: str) -> dict[str, Any]:
    """Each driver's share of what is explained."""
    rows = result.table.to_dict("records")
    names = [group_name(r["driver"], lang) for r in rows]
    ends = [(r["importance_share"], r["importance_share_low"], r["importance_share_high"]) for r in rows]
    texts = [interval_text(r, "importance_share", result.facts["n"], "share", lang) for r in rows]
    colours = [
        _PLACES["priority_act"] if r["priority"] == "priority_act" else SERIES[0] if r["verdict"] == "real" else GREY
        for r in rows
    ]
    layout = base_layout()
    data = points(layout, names, ends, texts, colours, "share", lang, more=[0.0])
    caption = said("caption_drivers", lang, n=result.facts["n"], r2=result.facts["r2"])
    return figure_of("bars", said("figure_drivers", lang), caption, data, layout, lang, len(rows))


def factors_figure(result: Result, lang: str) -> dict[str, Any]:
    """Importance across, performance up: what is important and rated low stands at the bottom right."""
    driven = result.kind == "satisfaction.drivers"
    column = "importance_share" if driven else "importance"
    unit = "share" if driven else "score"
    name = "driver" if driven else "factor"
    rows = result.table.to_dict("records")
    n = result.facts["n"]
    data = []
    for place in ("priority_act", "priority_keep", "priority_watch", "priority_leave"):
        some = [r for r in rows if r["priority"] == place]
        if not some:
            continue
        hover = []
        for r in some:
            important = interval_text(r, column, n, unit, lang)
            good = interval_text(r, "performance", n, "score", lang)
            word = said("axis_importance" if driven else "axis_importance_score", lang)
            rated = said("axis_performance", lang)
            hover.append(f"<b>{plain_text(group_name(r[name], lang))}</b><br>{word}: {important}<br>{rated}: {good}")
        data.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "text": _together(some, column, name, lang),
                "textfont": {"size": 11, "color": "@text"},
                "x": [r[column] for r in some],
                "y": [r["performance"] for r in some],
                "marker": {
                    "color": _PLACES[place],
                    "size": 12,
                    "symbol": "diamond" if place == "priority_act" else "circle",
                },
                "hovertext": hover,
                "hoverinfo": "text",
            }
        )
    layout = base_layout()
    axis_of(layout, "yaxis", data, "score", lang)
    low, high = layout["yaxis"]["range"]
    layout["yaxis"]["range"] = [low - 0.08 * (high - low), high + 0.04 * (high - low)]  # room for the names
    word = said("axis_importance" if driven else "axis_importance_score", lang)
    axis_of(layout, "xaxis", data, unit, lang, word, along="x")
    data = _named(data, layout)
    middle = [1 / len(rows) if driven else sum(r[column] for r in rows) / len(rows)]
    straight(layout, middle[0], "x")
    straight(layout, sum(r["performance"] for r in rows) / len(rows), "y")
    title = said("figure_priorities" if driven else "figure_factors", lang)
    caption = said("caption_priorities", lang) if driven or not n else said("caption_factors", lang, n=n)
    return figure_of("map", title, caption, data, layout, lang, 10)


def _together(rows: list[dict[str, Any]], column: str, name: str, lang: str) -> list[str]:
    """Names of marks; where several share a place the first bears all their names."""
    out: dict[tuple[float, float], int] = {}
    texts: list[str] = []
    for r in rows:
        place, word = (r[column], r["performance"]), plain_text(group_name(r[name], lang))
        if place in out:
            texts[out[place]] += f"<br>{word}"
        out.setdefault(place, len(texts))
        texts.append("" if out[place] < len(texts) else word)
    return texts


def _named(data: list[dict[str, Any]], layout: dict[str, Any]) -> list[dict[str, Any]]:
    """Each name beside its mark, where another's leaves room: one trace a mark and side."""
    low, high = layout["xaxis"]["range"]
    tall = layout["yaxis"]["range"][1] - layout["yaxis"]["range"][0]
    taken: list[tuple[float, float]] = []
    out = []
    for trace in data:
        for k, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            place = (x - low) / (high - low), y / tall
            near = [b for a, b in taken if abs(place[0] - a) < 0.35 and abs(place[1] - b) < 0.08]
            side = "left" if place[0] > 0.6 else "right"
            up = "middle" if not near else "top" if near[-1] < place[1] else "bottom"
            taken.append(place)
            one = {part: [trace[part][k]] for part in ("x", "y", "text", "hovertext")}
            out.append({**trace, **one, "textposition": f"{up} {side}"})
    return out


def predicts_figure(result: Result, lang: str) -> dict[str, Any]:
    """The area under the curve of each score."""
    rows = result.table.to_dict("records")
    names = [group_name(r["driver"], lang) for r in rows]
    ends = [(r["auc"], r["auc_low"], r["auc_high"]) for r in rows]
    texts = [interval_text(r, "auc", r["n"], "number", lang) for r in rows]
    colours = [SERIES[0] if r["verdict"] == "real" else GREY for r in rows]
    layout = base_layout()
    data = points(layout, names, ends, texts, colours, "number", lang, title=said("axis_auc", lang), more=[0.5])
    straight(layout, 0.5, "x")
    caption = said("caption_predicts", lang, n=result.facts["n"], returned=result.facts["returned"])
    return figure_of("bars", said("figure_predicts", lang), caption, data, layout, lang, len(rows))


def delight_figure(result: Result, lang: str) -> dict[str, Any]:
    """The share delighted, by group and in total."""
    rows, by = result.table.to_dict("records"), result.params["by"]
    names = [group_name(r[by], lang) if r["row"] == "member" else said("all", lang) for r in rows]
    ends = [(r["delight_share"], r["delight_share_low"], r["delight_share_high"]) for r in rows]
    texts = [interval_text(r, "delight_share", r["n"], "share", lang) for r in rows]
    colours = [SERIES[0] if r["row"] == "member" and there(r["delight_share_low"]) else "@text" for r in rows]
    layout = base_layout()
    data = points(layout, names, ends, texts, colours, "share", lang, bounds=(0.0, 1.0))
    caption = said("caption_delight", lang, n=result.facts["n"])
    return figure_of("bars", said("figure_delight", lang), caption, data, layout, lang, len(rows))


def form_figure(result: Result, lang: str) -> dict[str, Any]:
    """Each section's mean answer, within the form's scale."""
    rows = result.table.to_dict("records")
    names = [group_name(r["form_section"], lang) for r in rows]
    ends = [(r["mean_score"], None, None) for r in rows]
    texts = [interval_text(r, "mean_score", r["n"], "score", lang) for r in rows]
    layout = base_layout()
    scale = float(result.params["scale_low"]), float(result.params["scale_high"])
    data = points(layout, names, ends, texts, [SERIES[0]] * len(rows), "score", lang, bounds=scale, more=scale)
    facts = {k: result.facts[k] for k in ("n", "blank_items")}
    return figure_of(
        "bars", said("figure_form", lang), said("caption_form", lang, **facts), data, layout, lang, len(rows)
    )
