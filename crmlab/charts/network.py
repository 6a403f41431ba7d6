"""Figures of networks: who covers what, on whom it hangs, six markets, the value map, one price in all channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .estimates import bars, ends_of, points, told
from .retention_marks import figure_of, group_name, set_axis, set_rows, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["network_figure"]

MOST = 15
_SIDE = 12  # nodes on either side, so that their names can be read on a telephone
_STATES = {"uncovered": "@bad", "one_partner": "@warn", "several_partners": "@good"}


def network_figure(result: Result, lang: str) -> dict[str, Any] | None:
    """The figure of a Result whose kind begins with ``network.``; ``None`` where a table says it better."""
    draw = {
        "consistency": _consistency,
        "coverage": _coverage,
        "market_evidence": _evidence,
        "partners": _partners,
        "single_points": _single_points,
        "six_markets": _six_markets,
        "value_map": _value_map,
    }.get(result.kind.partition(".")[2])
    return draw(result, lang) if draw else None


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"network.{key}", lang, **values)


def _coverage(result: Result, lang: str) -> dict[str, Any]:
    """Elements on the left, partners on the right, a line where one covers the other; gaps first."""
    order = list(_STATES)
    rows = sorted(result.table.to_dict("records"), key=lambda r: order.index(r["state"]))[:_SIDE]
    shown = [r["element"] for r in rows]
    pairs = [p for p in result.params["pairs"] if p["element"] in shown]
    right = list(dict.fromkeys(p["partner"] for p in sorted(pairs, key=lambda p: shown.index(p["element"]))))[:_SIDE]
    step = (len(rows) - 1) / (len(right) - 1) if len(right) > 1 else 0.0
    at = {name: k * step if len(right) > 1 else (len(rows) - 1) / 2 for k, name in enumerate(right)}
    data: list[dict[str, Any]] = []
    for p in pairs:
        if p["partner"] in at:
            line = {"color": "@accent", "width": 1 + 2 * p["capability"]}
            path = {"x": [0, 1], "y": [shown.index(p["element"]), at[p["partner"]]]}
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "hoverinfo": "skip",
                    "showlegend": False,
                    "opacity": 0.55,
                    **path,
                    "line": line,
                }
            )
    names = [group_name(e, lang) for e in shown]
    hover = [f"<b>{plain_text(n)}</b><br>{labels.name(r['state'], lang)}: {r['partners']}"
             for n, r in zip(names, rows, strict=True)]  # fmt: skip
    for state, colour in _STATES.items():
        mine = [k for k, r in enumerate(rows) if r["state"] == state]
        if mine:
            data.append({"type": "scatter", "mode": "markers", "x": [0] * len(mine), "y": mine,
                         "name": labels.name(state, lang), "marker": {"color": colour, "size": 12},
                         "hovertext": [hover[k] for k in mine], "hoverinfo": "text"})  # fmt: skip
    words = [group_name(n, lang) for n in right]
    data.append({"type": "scatter", "mode": "markers+text", "x": [1] * len(right), "y": list(at.values()),
                 "showlegend": False,
                 "text": [_short(w) for w in words], "textposition": "middle right", "cliponaxis": False,
                 "textfont": {"color": "@text", "size": 11}, "marker": {"color": "@text", "size": 9},
                 "hovertext": [plain_text(w) for w in words], "hoverinfo": "text"})  # fmt: skip
    layout = base_layout()
    set_rows(layout, names)
    heads = {"tickmode": "array", "tickvals": [0, 1], "ticktext": [_said("elements", lang), _said("partners", lang)]}
    layout["xaxis"].update(**heads, range=[-0.08, 1.6], showgrid=False, zeroline=False)
    layout["showlegend"], layout["legend"] = True, {**layout["legend"], "font": {"color": "@text", "size": 11}}
    facts = {k: result.facts[k] for k in ("covered", "elements", "covered_share", "one_partner")}
    drawn = figure_of("lines", _said("figure_coverage", lang), _said("caption_coverage", lang, **facts), data, layout,
                      lang, len(rows))  # fmt: skip
    states = [s for s in _STATES if any(r["state"] == s for r in rows)]
    return {**drawn, "legend": [{"label": labels.name(s, lang), "colour": _STATES[s]} for s in states]}


def _short(text: str) -> str:
    return plain_text(text if len(text) <= 16 else text[:15].rstrip() + "…")


def _partners(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")[:MOST]
    names = [group_name(r["partner"], lang) for r in rows]
    hover = [_said("hover_partner", lang, n=r["elements"], alone=r["only_source"], score=r["score"]) for r in rows]
    parts = [
        (_said("alone", lang), [r["only_source"] for r in rows], "@warn", hover),
        (_said("shared", lang), [r["elements"] - r["only_source"] for r in rows], "@accent", hover),
    ]
    facts = {k: result.facts[k] for k in ("partners", "elements", "critical")}
    return bars(names, parts, "count", lang, title=_said("figure_partners", lang),
                caption=_said("caption_partners", lang, **facts))  # fmt: skip


def _single_points(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")[:MOST]
    facts = {k: result.facts[k] for k in ("points", "safe", "covered")}
    caption = _said("caption_single", lang, **facts)
    title = _said("figure_single", lang)
    if not rows:
        return bars([_said("nobody", lang)], [("", [0], "@good", [caption])], "count", lang, title=title,
                    caption=caption)  # fmt: skip
    hover = [plain_text(r["stopped"]) for r in rows]
    parts = [
        (_said("direct", lang), [0 if r["hidden"] else r["elements"] for r in rows], "@warn", hover),
        (_said("hidden", lang), [r["elements"] if r["hidden"] else 0 for r in rows], "@bad", hover),
    ]
    names = [group_name(r["partner"], lang) for r in rows]
    return bars(names, parts, "count", lang, title=title, caption=caption)


def _six_markets(result: Result, lang: str) -> dict[str, Any]:
    """Where each market stands and where it should: two marks, and the way between."""
    rows = result.table.to_dict("records")
    names = [labels.name(r["market"], lang) for r in rows]
    low, high = result.params["scale"]
    data, shapes = [], []
    for key, symbol, colour in (("now", "circle", "@text"), ("aimed_at", "diamond", "@accent")):
        held = [k for k, r in enumerate(rows) if there(r[key])]
        hover = [f"<b>{names[k]}</b><br>{labels.name(key, lang)}: {labels.number(rows[k][key], lang, 1, trim=True)}"
                 for k in held]  # fmt: skip
        data.append({"type": "scatter", "mode": "markers", "name": labels.name(key, lang),
                     "x": [rows[k][key] for k in held], "y": held, "hovertext": hover, "hoverinfo": "text",
                     "marker": {"color": colour, "size": 11 if key == "now" else 12, "symbol": symbol}})  # fmt: skip
    for k, r in enumerate(rows):
        if there(r["gap"]):
            line = {"color": "@warn" if r["gap"] else "@good", "width": 3}
            shapes.append({"type": "line", "x0": r["now"], "x1": r["aimed_at"], "y0": k, "y1": k, "line": line,
                           "layer": "below"})  # fmt: skip
    layout = base_layout()
    set_rows(layout, names)
    room = 0.05 * (high - low)
    set_axis(layout, "xaxis", low - room, high + room, "number", lang)
    layout["xaxis"].update(tickvals=list(range(int(low), int(high) + 1)),
                           ticktext=[labels.number(v, lang) for v in range(int(low), int(high) + 1)])  # fmt: skip
    layout["shapes"], layout["showlegend"] = shapes, True
    facts = result.facts
    key = "caption_markets" if facts["total"] is not None else "caption_markets_open"
    values = {"total": facts["total"], "missing": len(facts["missing"]), "scored": facts["scored"]}
    drawn = figure_of("bars", _said("figure_markets", lang), _said(key, lang, **values), data, layout, lang, len(rows))
    return {**drawn, "legend": [{"label": t["name"], "colour": t["marker"]["color"]} for t in data]}


def _evidence(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["answered_by"] == "data"]
    names = [labels.name(r["measure"], lang) for r in rows]
    ends = [ends_of(r, "value") for r in rows]
    texts = [f"{labels.name(r['market'], lang)}: {told(e, r['n'], 'share', lang)}"
             for e, r in zip(ends, rows, strict=True)]  # fmt: skip
    facts = result.facts
    caption = _said("caption_evidence", lang, answered=facts["answered"], markets=facts["markets"])
    if not rows:
        return bars([_said("nothing_known", lang)], [("", [0], "@other", [caption])], "share", lang,
                    title=_said("figure_evidence", lang), caption=caption)  # fmt: skip
    return points(names, ends, texts, "share", lang, title=_said("figure_evidence", lang), caption=caption)


def _value_map(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")[:MOST]
    names = [shortened(group_name(r["item"], lang)) for r in rows]
    hover = [
        _said("hover_want", lang, kind=labels.name(r["kind"], lang), coverage=r["coverage"],
              offer="—" if r["best_offer"] is None else labels.name(r["best_offer"], lang))
        for r in rows
    ]  # fmt: skip
    parts = [
        (_said("met", lang), [r["importance"] - r["unmet"] for r in rows], "@accent", hover),
        (_said("unmet", lang), [r["unmet"] for r in rows], "@line-strong", hover),
    ]
    facts = {k: result.facts[k] for k in ("fit", "items")}
    drawn = bars(names, parts, "number", lang, title=_said("figure_value_map", lang),
                 caption=_said("caption_value_map", lang, **facts))  # fmt: skip
    drawn["layout"]["xaxis"]["title"] = {"text": _said("axis_importance", lang), "standoff": 4,
                                         "font": {"color": "@muted", "size": 12}}  # fmt: skip
    return drawn


def _consistency(result: Result, lang: str) -> dict[str, Any]:
    facts = result.facts
    rows = [r for r in result.table.to_dict("records") if r["compared"]]
    names = [group_name(r["channel"], lang) for r in rows]
    ends = [ends_of(r, "same_share") for r in rows]
    texts = [told(e, r["compared"], "share", lang) for e, r in zip(ends, rows, strict=True)]
    values = {k: facts[k] for k in ("n", "same", "same_share", "same_share_low", "same_share_high")}
    return points(names, ends, texts, "share", lang,
                  title=_said("figure_consistency", lang, reference=group_name(facts["reference"], lang)),
                  caption=_said("caption_consistency", lang, **values))  # fmt: skip
