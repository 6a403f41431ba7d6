"""Figures of forms: scores as dots on their scale, two dates of them, and a radar for who asks for one.

Dots on one scale are compared at a glance; a radar's spokes can't be, and its area changes with the order of the items.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .retention_marks import figure_of, set_rows, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["forms_figure", "whole_ticks"]


def forms_figure(result: Result, lang: str, radar: bool = False) -> dict[str, Any]:
    """The figure of a Result of kind ``forms.*``; ``radar=True`` draws a form's summary as a radar."""
    if result.kind == "forms.comparison":
        return _comparison(result, lang)
    return _radar(result, lang) if radar else _scores(result, lang)


def _t(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"forms.{key}", lang, **values)


def whole_ticks(layout: dict[str, Any], axis: str, low: int, high: int) -> None:
    """Whole scores, with room for a mark at either end."""
    places = list(range(low, high + 1))
    layout[axis].update(tickmode="array", tickvals=places, ticktext=[str(p) for p in places], tickangle=0)
    layout[axis].update(range=[low - 0.25, high + 0.25], zeroline=False)


def _with_gap(layout: dict[str, Any], low: int, high: int) -> float:
    """A place off the scale for what was not answered, which is no low score."""
    at = low - 0.07 * (high - low) - 0.45
    axis = layout["xaxis"]
    axis.update(tickvals=[at, *axis["tickvals"]], ticktext=["?", *axis["ticktext"]], range=[at - 0.25, high + 0.25])
    return at


def _told(result: Result, lang: str) -> tuple[str, str]:
    facts = result.facts
    key = "figure_summary" if facts["complete"] else "figure_summary_incomplete"
    title = _t(key, lang, **{k: facts[k] for k in ("form", "total", "most", "n", "answered")})
    return title, _t("figure_summary_caption", lang, low=facts["low"], high=facts["high"])


def _scores(result: Result, lang: str) -> dict[str, Any]:
    low, high = result.params["scale"]
    rows = [{k: None if v is None or v != v else v for k, v in r.items()} for r in _plain(result)]
    names = [labels.name(r["item"], lang) for r in rows]
    groups: dict[str, dict[str, Any]] = {}
    looks = {
        "by_person": ("@accent", "circle"),
        "by_data": ("@accent", "square"),
        "lowest": ("@bad", "diamond"),
        "not_answered": ("@other", "circle-open"),
    }
    for k, (row, name) in enumerate(zip(rows, names, strict=True)):
        by = "by_data" if row["answered_by"] == "data" else "by_person"
        which = "not_answered" if row["score"] is None else "lowest" if row["lowest"] else by
        said = _t("not_answered", lang)
        if row["score"] is not None:
            said = _t("hover_score", lang, score=row["score"], high=high, by=_t(by, lang))
        part = groups.setdefault(which, {"x": [], "y": [], "hovertext": []})
        part["x"].append(row["score"])
        part["y"].append(k)
        part["hovertext"].append(f"<b>{plain_text(name)}</b><br>{said}")
    data = []
    for which, (colour, symbol) in looks.items():
        if which in groups:
            mark = {"color": colour, "size": 12, "symbol": symbol}
            trace = {"type": "scatter", "mode": "markers", "marker": mark, "hoverinfo": "text", "cliponaxis": False}
            data.append({**trace, **groups[which]})
    layout = base_layout()
    set_rows(layout, names)
    whole_ticks(layout, "xaxis", low, high)
    if "not_answered" in groups:
        at = _with_gap(layout, low, high)
        gaps = next(t for t in data if t["marker"]["symbol"] == "circle-open")
        gaps["x"] = [at] * len(gaps["y"])
    ends = [k for k in range(1, len(rows)) if rows[k]["dimension"] != rows[k - 1]["dimension"]]
    line = {"color": "@line-strong", "width": 1}
    layout["shapes"] = [
        {
            "type": "line",
            "x0": layout["xaxis"]["range"][0],
            "x1": high + 0.25,
            "y0": k - 0.5,
            "y1": k - 0.5,
            "line": line,
        }
        for k in ends
    ]
    title, caption = _told(result, lang)
    return figure_of("dots", title, caption, data, layout, lang, len(names))


def _plain(result: Result) -> list[dict[str, Any]]:
    frame = result.table
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def _radar(result: Result, lang: str) -> dict[str, Any]:
    low, high = result.params["scale"]
    rows = _plain(result)
    names = ["<br>".join(wrap(plain_text(labels.name(r["item"], lang)), 13)) for r in rows]
    scores = [r["score"] for r in rows]
    trace = {
        "type": "scatterpolar",
        "mode": "lines+markers",
        "r": [*scores, scores[0]],
        "theta": [*names, names[0]],
        "connectgaps": False,  # a gap, not a zero, where an answer is missing
        "fill": "toself" if all(there(s) for s in scores) else "none",
        "opacity": 0.8,
        "line": {"color": "@accent", "width": 2},
        "marker": {"color": "@accent", "size": 7},
        "hoverinfo": "theta+r",
    }
    layout = base_layout()
    axis = {"gridcolor": "@line", "linecolor": "@line-strong", "tickfont": {"color": "@muted", "size": 11}}
    layout["polar"] = {
        "bgcolor": "rgba(0,0,0,0)",
        "radialaxis": {**axis, "range": [low, high], "dtick": 1, "angle": 90, "tickangle": 90},
        "angularaxis": {**axis, "direction": "clockwise"},
    }
    layout["margin"] = {**layout["margin"], "l": 90, "r": 90, "t": 28}
    title, _ = _told(result, lang)
    caption = _t("figure_radar_caption", lang, low=low, high=high)
    return figure_of("dots", title, caption, [trace], layout, lang, 12)


def _comparison(result: Result, lang: str) -> dict[str, Any]:
    low, high = result.params["scale"]
    rows = _plain(result)
    names = [labels.name(r["item"], lang) for r in rows]
    old, new = ({"x": [], "y": [], "hovertext": []} for _ in range(2))
    shapes = []
    for k, (row, name) in enumerate(zip(rows, names, strict=True)):
        pair = [row["score_before"], row["score_after"]]
        said = _t("hover_change", lang, **dict(zip(("before", "after"), pair, strict=True)))
        for part, score in zip((old, new), pair, strict=True):
            if score is not None:
                part["x"].append(score)
                part["y"].append(k)
                part["hovertext"].append(f"<b>{plain_text(name)}</b><br>{said}")
        if None not in pair:
            colour = "@good" if row["score_change"] > 0 else "@bad" if row["score_change"] < 0 else "@other"
            new.setdefault("colours", []).append(colour)
            line = {"color": colour, "width": 3}
            shapes.append({"type": "line", "x0": pair[0], "x1": pair[1], "y0": k, "y1": k, "line": line})
        elif pair[1] is not None:
            new.setdefault("colours", []).append("@other")
    base = {"type": "scatter", "mode": "markers", "hoverinfo": "text", "cliponaxis": False}
    colours = new.pop("colours", [])
    data = [
        {**base, **old, "marker": {"color": "@other", "size": 11, "symbol": "circle-open"}},
        {**base, **new, "marker": {"color": colours, "size": 12}},
    ]
    layout = base_layout()
    set_rows(layout, names)
    whole_ticks(layout, "xaxis", low, high)
    layout["shapes"] = shapes
    facts = result.facts
    title = _t("figure_comparison", lang, form=facts["form"], better=facts["better"], worse=facts["worse"])
    told = {k: facts[k] for k in ("before", "after", "n")}
    return figure_of("dots", title, _t("figure_comparison_caption", lang, **told), data, layout, lang, len(names))
