"""Figures of the people in segments: what sets them apart, personas, who buys, how well they are known."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .segmentation_marks import MOST, figure_of, ranges, set_rows, set_scale, text_of, upright
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["index_figure", "knowledge_figure", "odds_figure", "personas_figure", "profile_figure", "repeat_figure"]


def profile_figure(result: Result, lang: str) -> dict[str, Any] | None:
    rows = [
        r
        for r in result.table.to_dict("records")
        if r["difference_low"] is not None and not math.isnan(r["difference_low"])
    ]
    if not rows:
        return None
    rows.sort(key=lambda r: -abs(r["difference"]))
    few = rows[:MOST]
    place = {s: i for i, s in enumerate(result.params["segments"])}
    few.sort(key=lambda r: (place[r["segment"]], -abs(r["difference"])))
    names = [f"{labels.name(r['segment'], lang)} · {labels.name(r['figure'], lang)}" for r in few]
    colours = ["@other" if r["made_of"] or r["verdict"] in ("noise", "too_few") else "@accent" for r in few]
    layout, data = ranges(names, few, "difference", "number", lang, colours=colours, ends=[0.0])
    layout["shapes"].append(upright(0, len(few)))
    caption = text_of("figure_profile_caption", lang, n=result.facts["n"])
    if len(rows) > len(few):
        caption += " · " + labels.text("charts.cut", lang, shown=len(few), total=len(rows))
    return figure_of("lines", text_of("figure_profile", lang), caption, data, layout, len(few), lang)


def personas_figure(result: Result, lang: str) -> dict[str, Any] | None:
    rows = [r for r in result.table.to_dict("records") if r["share"] is not None and not math.isnan(r["share"])]
    if not rows:
        return None
    few = rows[:MOST]
    names = [
        f"{labels.name(r['segment'], lang)} · {labels.name(r['trait'], lang)}: {labels.name(r['value'], lang)}"
        for r in few
    ]
    colours = ["@accent" if r["tells"] in ("more", "less") else "@other" for r in few]
    layout, data = ranges(names, few, "share", "share", lang, colours=colours, ends=[0.0])
    data[0]["name"] = text_of("this_segment", lang)
    others = {
        "type": "scatter",
        "mode": "markers",
        "name": text_of("everybody_else", lang),
        "x": [r["share_others"] for r in few],
        "y": list(range(len(few))),
        "marker": {"color": "@text", "size": 8, "symbol": "diamond-open"},
        "hovertext": [f"{text_of('everybody_else', lang)}: {labels.percent(r['share_others'], lang)}" for r in few],
        "hoverinfo": "text",
    }
    ends = [r["share_others"] for r in few if r["share_others"] == r["share_others"] and r["share_others"] is not None]
    if ends:
        high = max([r["share_high"] for r in few] + ends)
        set_scale(layout, 0, min(1.0, high) * 1.04, "share", lang)
    caption = text_of("figure_personas_caption", lang, n=result.facts["n"])
    if len(rows) > len(few):
        caption += " · " + labels.text("charts.cut", lang, shown=len(few), total=len(rows))
    return figure_of("lines", text_of("figure_personas", lang), caption, [*data, others], layout, len(few), lang)


def index_figure(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"]
    rows = [r for r in result.table.to_dict("records") if r["verdict"] != "too_few"]
    few = rows[:MOST]
    names = [labels.text("common.unknown", lang) if r[by] is None else labels.name(r[by], lang) for r in few]
    colours = ["@other" if r["verdict"] == "noise" else "@accent" for r in few]
    layout, data = ranges(names, few, "buyer_index", "count", lang, colours=colours, ends=[100.0])
    layout["shapes"].append(upright(100, len(few)))
    facts = result.facts
    caption = text_of("figure_index_caption", lang, n=facts["n"], n_buyers=facts["n_buyers"])
    if len(rows) > len(few):
        caption += " · " + labels.text("charts.cut", lang, shown=len(few), total=len(rows))
    return figure_of("lines", text_of("figure_index", lang, by=by), caption, data, layout, len(few), lang)


def odds_figure(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    few = [
        {**r, **{c: math.log2(r[c]) for c in ("odds_ratio", "odds_ratio_low", "odds_ratio_high")}} for r in rows[:MOST]
    ]
    names = [_odds_name(r, lang) for r in few]
    colours = ["@other" if r["verdict"] == "noise" else "@accent" for r in few]
    layout, data = ranges(names, few, "odds_ratio", "doublings", lang, colours=colours, ends=[-1.0, 1.0])
    layout["shapes"].append(upright(0, len(few)))
    facts = result.facts
    caption = text_of("figure_odds_caption", lang, n=facts["n"], n_buyers=facts["n_buyers"])
    if len(rows) > len(few):
        caption += " · " + labels.text("charts.cut", lang, shown=len(few), total=len(rows))
    return figure_of("lines", text_of("figure_odds", lang), caption, data, layout, len(few), lang)


def repeat_figure(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    names = [labels.name(r[result.params["segment"]], lang) for r in rows]
    colours = ["@accent" if r["verdict"] == "real" else "@other" for r in rows]
    layout, data = ranges(names, rows, "repeat_share", "share", lang, colours=colours, ends=[0.0])
    layout["shapes"].append(upright(result.facts["repeat_share"], len(rows)))
    told = {k: result.params[k] for k in ("as_of", "until")} | {k: result.facts[k] for k in ("n", "repeat_share")}
    caption = text_of("figure_repeat_caption", lang, **told)
    return figure_of("lines", text_of("figure_repeat", lang, **told), caption, data, layout, len(rows), lang)


def _odds_name(row: dict[str, Any], lang: str) -> str:
    trait = labels.name(row["trait"], lang)
    if row["value"] is None or row["value"] != row["value"]:  # a number has no values of its own
        return f"{trait} (+1 sd)"
    return f"{trait}: {labels.name(row['value'], lang)}"


def knowledge_figure(result: Result, lang: str) -> dict[str, Any]:
    told = result.params["by_field"]
    fields = sorted(told, key=lambda f: -told[f][1])
    layout = base_layout()
    set_rows(layout, [labels.name(f, lang) for f in fields])
    set_scale(layout, 0, 1.02, "share", lang)
    parts = (
        ("still_fresh", "@good", [told[f][1] for f in fields]),
        ("out_of_date", "@warn", [told[f][0] - told[f][1] for f in fields]),
        ("not_filled", "@bad", [1 - told[f][0] for f in fields]),
    )
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": text_of(key, lang),
            "x": values,
            "y": list(range(len(fields))),
            "marker": {"color": colour},
            "hovertext": [
                f"<b>{plain_text(labels.name(f, lang))}</b><br>{text_of(key, lang)}: {labels.percent(v, lang)}"
                for f, v in zip(fields, values, strict=True)
            ],
            "hoverinfo": "text",
        }
        for key, colour, values in parts
    ]
    layout.update(barmode="stack", showlegend=True)
    layout["legend"]["traceorder"] = "normal"
    caption = text_of("figure_knowledge_caption", lang, n=result.facts["n"], as_of=result.params["as_of"])
    figure = figure_of("bars", text_of("figure_knowledge", lang), caption, data, layout, len(fields), lang)
    return {**figure, "legend": [{"label": t["name"], "colour": t["marker"]["color"]} for t in data]}
