"""Figures of personalisation: how far every check lies from its threshold, what was found, percentages as reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .retention_marks import dots, figure_of, set_axis, set_rows, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["personalisation_figure"]

_COLOURS = {"accused": "@bad", "cannot_tell": "@warn", "cleared": "@good", "untested": "@other"}
_MARKS = {"accused": "diamond", "cannot_tell": "square", "cleared": "circle", "untested": "circle-open"}
_LEAST, _FARTHEST = -1.2, 2.0  # thresholds beyond the threshold: from there on all are bad enough


def personalisation_figure(result: Result, lang: str) -> dict[str, Any] | None:
    """The figure of a Result of kind ``personalisation.*``; ``None`` where a table says it better."""
    draw = {"diagnosis": _diagnosis, "causes": _causes, "reported_share": _reported}.get(result.kind.partition(".")[2])
    return draw(result, lang) if draw else None


def _t(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"personalisation.figure_{key}", lang, **values)


def _said(value: Any, unit: str, lang: str) -> str:
    if not there(value):
        return "—"
    if unit == "points":
        return labels.value(100 * value, "points", lang, decimals=1)
    return labels.value(value, unit, lang)


def _diagnosis(result: Result, lang: str) -> dict[str, Any]:
    facts, rules, rows = result.facts, result.params["checks"], result.table.to_dict("records")
    names, spots, hover = [], [], []
    for r in rows:
        its = rules[r["check"]]
        unit, days = its["unit"], "_days" if its["unit"] == "days" else ""
        value, at = r[f"measured{days}"], r[f"threshold{days}"]
        sign = 1 if its["bad"] == "above" else -1
        ends = [value, r["measured_low"], r["measured_high"]] if r["finding"] != "untested" else [None] * 3
        # so many thresholds beyond the threshold; below zero: on the good side
        past = [max(_LEAST, min(_FARTHEST, sign * (v - at) / (at or 1.0))) if there(v) else None for v in ends]
        spots.append(tuple(past) if there(past[0]) else (_LEAST, None, None))
        names.append(labels.name(r["check"], lang))
        told = {"failure": labels.name(r["failure"], lang), "finding": labels.name(r["finding"], lang)}
        if r["finding"] == "untested":
            hover.append(_t("diagnosis_untested", lang, failure=told["failure"], table=its["table"]))
            continue
        told |= {"measured": _said(value, unit, lang), "at": _said(at, unit, lang), "n": labels.number(r["n"], lang)}
        if there(r["measured_low"]):
            told |= {end: _said(r[f"measured_{end}"], unit, lang) for end in ("low", "high")}
        hover.append(_t("diagnosis_hover" if there(r["measured_low"]) else "diagnosis_plain", lang, **told))
    trace, lines = dots(names, spots, hover, [_COLOURS[r["finding"]] for r in rows])
    data = []
    for finding, colour in _COLOURS.items():
        its = [i for i, r in enumerate(rows) if r["finding"] == finding]
        mark = {"color": colour, "size": 11, "symbol": _MARKS[finding]}
        part = {k: [trace[k][i] for i in its] for k in ("x", "y", "hovertext")}
        data.append({**trace, **part, "name": labels.name(finding, lang), "marker": mark})
    layout = base_layout()
    set_rows(layout, names)
    texts = [_t(k, lang) for k in ("better", "at", "worse")]
    layout["xaxis"].update(tickmode="array", tickvals=[-0.9, 0.0, _FARTHEST * 0.75], ticktext=texts)
    layout["xaxis"].update(range=[-1.45, _FARTHEST + 0.2], tickangle=0)
    line = {"color": "@text", "width": 1, "dash": "dot"}
    edge = {"type": "line", "x0": 0, "x1": 0, "y0": -0.5, "y1": len(rows) - 0.5, "line": line}
    layout["shapes"] = [edge, *lines]
    key = "diagnosis" if facts["accused"] else "diagnosis_none"
    title = _t(key, lang, accused=labels.number(facts["accused"], lang), tested=labels.number(facts["tested"], lang))
    caption = _t("diagnosis_caption", lang, untested=facts["untested"], n=facts["n"])
    drawn = figure_of("bars", title, caption, data, layout, lang, len(rows))
    return {**drawn, "legend": [{"label": t["name"], "colour": t["marker"]["color"]} for t in data]}


def _causes(result: Result, lang: str) -> dict[str, Any]:
    facts, rows = result.facts, result.table.to_dict("records")
    names, data = [labels.name(r["failure"], lang) for r in rows], []
    for finding, colour in _COLOURS.items():
        values, word = [r[finding] for r in rows], labels.name(finding, lang)
        told = [
            _t("causes_hover", lang, failure=name, n=labels.number(v, lang), finding=word)
            for name, v in zip(names, values, strict=True)
        ]
        bar = {"type": "bar", "orientation": "h", "name": word, "x": values, "y": list(range(len(rows)))}
        data.append({**bar, "hovertext": told, "hoverinfo": "text", "marker": {"color": colour}})
    layout = base_layout()
    set_rows(layout, names)
    set_axis(layout, "xaxis", 0, max(r["checks"] for r in rows), "count", lang)
    layout["barmode"] = "stack"
    first = facts["first"]
    title = _t("causes", lang, first=labels.name(first, lang).lower()) if first else _t("causes_none", lang)
    caption = _t("causes_caption", lang, tested=facts["tested"], n=facts["n"])
    drawn = figure_of("bars", title, caption, data, layout, lang, len(rows))
    return {**drawn, "legend": [{"label": t["name"], "colour": t["marker"]["color"]} for t in data]}


def _reported(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    names = [labels.name(r.get("claim") or "share", lang) for r in rows]
    spots = [(r["share"], r["share_low"], r["share_high"]) for r in rows]
    told = [
        _t(
            "reported_hover",
            lang,
            **{k: labels.percent(v, lang) for k, v in zip(("share", "low", "high"), spot, strict=True)},
            people=labels.number(r["people"], lang),
            n=labels.number(r["n"], lang),
        )
        for r, spot in zip(rows, spots, strict=True)
    ]
    trace, ends = dots(names, spots, told, ["@accent"] * len(rows))
    trace["mode"], trace["text"] = "markers+text", [labels.percent(r["share"], lang) for r in rows]
    trace |= {"textposition": "top center", "textfont": {"color": "@text", "size": 12}, "cliponaxis": False}
    layout = base_layout()
    set_rows(layout, names)
    layout["yaxis"]["range"] = [len(rows) - 0.5, -0.7]
    set_axis(layout, "xaxis", 0, min(1.05, 1.25 * max(r["share_high"] for r in rows)), "share", lang)
    layout["shapes"] = ends
    caption = _t("reported_caption", lang, n=rows[0]["n"])
    return figure_of("bars", _t("reported", lang), caption, [trace], layout, lang, len(rows))
