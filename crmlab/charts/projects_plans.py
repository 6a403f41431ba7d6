"""Figures of time: the Gantt chart, slack, three estimates, the simulated end, and the S-curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .estimates import bars, ends_of, points, reference_line
from .projects_marks import base_bars, legend_of, said
from .retention_marks import figure_of, set_axis, set_rows, spread, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["plans_figure"]

MOST = 30  # tasks in one figure
SECOND = "@series-2"


def plans_figure(result: Result, lang: str, kind: str, of: str | None) -> dict[str, Any]:
    if kind == "plan":
        return _slack(result, lang) if of == "slack" else _gantt(result, lang)
    if kind == "simulation":
        return _deciding(result, lang) if of == "tasks" else _ends(result, lang)
    return _estimates(result, lang) if kind == "pert" else _course(result, lang)


def _shown(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tasks with the least slack, where there are more than a figure can hold; in the order in which they begin."""
    kept = sorted(rows, key=lambda r: r["slack"])[:MOST]
    return sorted(kept, key=lambda r: (r["early_start"], r["slack"]))


def _gantt(result: Result, lang: str) -> dict[str, Any]:
    facts, dated = result.facts, "start_date" in result.table
    rows = _shown(result.table.to_dict("records"))
    names, hover = [labels.name(r["task"], lang) for r in rows], []
    for r, name in zip(rows, names, strict=True):
        when = said("hover_task", lang, low=r["early_start"], high=r["early_finish"], slack=r["slack"])
        if dated:
            when += f"<br>{labels.date(r['start_date'], lang, 'short')}–{labels.date(r['finish_date'], lang, 'short')}"
        hover.append(f"<b>{plain_text(name)}</b><br>{when}")
    end = facts["duration"] or 1.0
    # a milestone has no length, but must be seen
    wide = [r["duration"] or 0.006 * end for r in rows]
    colours = ["@accent" if r["critical"] else "@other" for r in rows]
    trace = base_bars("", range(len(rows)), [r["early_start"] for r in rows], wide, colours, hover)
    layout = base_layout()
    set_rows(layout, names)
    set_axis(layout, "xaxis", 0, 1.03 * end, "number", lang, _axis(facts, lang))
    if dated:
        _dates(layout, result.table.to_dict("records"), end, lang)
    layout["shapes"] = [
        {"type": "line", "x0": r["early_finish"], "x1": r["late_finish"], "y0": k, "y1": k,
         "line": {"color": "@line-strong", "width": 2, "dash": "dot"}}
        for k, r in enumerate(rows) if r["slack"] > 0
    ]  # fmt: skip
    caption = said("caption_plan_dates" if dated else "caption_plan", lang, **facts)
    return figure_of("bars", said("figure_plan", lang), caption, [trace], layout, lang, max(5, len(rows)))


def _axis(facts: Any, lang: str) -> str:
    return said("axis_duration", lang, unit=labels.name(facts["unit"], lang))


def _dates(layout: dict[str, Any], rows: list[dict[str, Any]], end: float, lang: str) -> None:
    """Days on which a task begins as ticks, wide enough apart to be read on a telephone."""
    known = {r["early_start"]: r["start_date"] for r in rows if r["duration"] > 0}
    kept: list[float] = []
    for at in sorted(known):
        if not kept or at - kept[-1] >= 0.27 * end:
            kept.append(at)
    texts = [labels.date(known[at], lang, "short") for at in kept]
    layout["xaxis"].update(tickmode="array", tickvals=kept, ticktext=texts, title={"text": ""})
    layout["xaxis"]["range"] = [-0.12 * end, 1.03 * end]  # room for half of the first date


def _slack(result: Result, lang: str) -> dict[str, Any]:
    rows = _shown(result.table.to_dict("records"))
    names = [labels.name(r["task"], lang) for r in rows]
    hover = [labels.number(r["slack"], lang, 1) for r in rows]
    figure = bars(names, [("", [r["slack"] for r in rows], "@accent", hover)], "number", lang,
                  title=said("figure_slack", lang), caption=said("caption_slack", lang, **result.facts))  # fmt: skip
    figure["layout"]["xaxis"]["title"] = {"text": _axis(result.facts, lang), "font": {"color": "@muted", "size": 12},
                                           "standoff": 4}  # fmt: skip
    return figure


def _estimates(result: Result, lang: str) -> dict[str, Any]:
    rows = _shown(result.table.to_dict("records"))
    names = [labels.name(r["task"], lang) for r in rows]
    ends = [(r["expected"], r["optimistic"], r["pessimistic"]) for r in rows]
    texts = ["{} ({} / {} / {})".format(*(labels.number(r[c], lang, 2, trim=True) for c in (
        "expected", "optimistic", "likely", "pessimistic"))) for r in rows]  # fmt: skip
    colours = ["@accent" if r["critical"] else "@other" for r in rows]
    return points(names, ends, texts, "number", lang, title=said("figure_pert", lang), colours=colours,
                  caption=said("caption_pert", lang, **result.facts), axis=_axis(result.facts, lang))  # fmt: skip


def _ends(result: Result, lang: str) -> dict[str, Any]:
    from statistics import NormalDist

    facts = result.facts
    shares = [k / 100 for k in range(101)]
    drawn = [("line_simulated", "@accent", list(facts["quantiles"]), shares)]
    if facts["pert_sd"] > 0:
        bell, inner = NormalDist(facts["pert_expected"], facts["pert_sd"]), shares[1:-1]
        drawn.append(("line_pert", "@other", [bell.inv_cdf(s) for s in inner], inner))
    data = []
    for what, colour, x, y in drawn:
        name = said(what, lang)
        hover = [
            f"{name}: {labels.percent(b, lang, 0)} ≤ {labels.number(a, lang, 1)}" for a, b in zip(x, y, strict=True)
        ]
        data.append({
            "type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "hovertext": hover, "hoverinfo": "text",
            "line": {"color": colour, "width": 2.5},
        })  # fmt: skip
    layout = base_layout()
    found = [v for t in data for v in t["x"]]
    low, high = min(found), max(found)
    set_axis(layout, "xaxis", low - 0.02 * (high - low), high, "number", lang, _axis(facts, lang))
    set_axis(layout, "yaxis", 0, 1.02, "share", lang)
    if there(facts["deadline"]):
        layout["shapes"] = [reference_line(facts["deadline"])]
    caption = said("caption_simulation_deadline" if there(facts["deadline"]) else "caption_simulation", lang, **facts)
    figure = figure_of("lines", said("figure_simulation", lang), caption, data, layout, lang)
    return legend_of(figure, [(t["name"], t["line"]["color"]) for t in data])


def _deciding(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")[:MOST]
    names = [labels.name(r["task"], lang) for r in rows]
    ends = [ends_of(r, "criticality_share") for r in rows]
    texts = [labels.percent(e[0], lang) for e in ends]
    # 10 % and off PERT's path: what a plan without simulation does not see
    colours = ["@accent" if r["critical"] else SECOND if r["criticality_share"] >= 0.1 else "@other" for r in rows]
    caption = said("caption_simulation_tasks", lang, **result.facts)
    return points(names, ends, texts, "share", lang, title=said("figure_simulation_tasks", lang), caption=caption,
                  colours=colours, axis=said("axis_criticality", lang))  # fmt: skip


def _course(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    data = []
    for what, colour, dash in (
        ("planned_value", "@other", "dot"),
        ("earned_value", "@accent", "solid"),
        ("actual_cost", "@bad", "solid"),
    ):
        held = [k for k, r in enumerate(rows) if there(r[what])]
        name = labels.name(what, lang)
        data.append({
            "type": "scatter", "mode": "lines+markers", "name": name, "x": held, "y": [rows[k][what] for k in held],
            "line": {"color": colour, "width": 2.5, "dash": dash}, "marker": {"color": colour, "size": 7},
            "hovertext": [f"{plain_text(rows[k]['period'])}: {labels.money(rows[k][what], lang)}" for k in held],
            "hoverinfo": "text",
        })  # fmt: skip
    layout = base_layout()
    budget = result.facts["budget"]
    top = spread([(budget, None, None), *((v, None, None) for t in data for v in t["y"])])
    set_axis(layout, "yaxis", *top, "money", lang)
    step = max(1, -(-len(rows) // 6))
    at = list(range(0, len(rows), step))
    layout["xaxis"].update(tickmode="array", tickvals=at, ticktext=[rows[k]["period"] for k in at],
                           range=[-0.4, len(rows) - 0.6])  # fmt: skip
    layout["shapes"] = [{"type": "line", "x0": -0.4, "x1": len(rows) - 0.6, "y0": budget, "y1": budget,
                         "line": {"color": "@line-strong", "width": 1, "dash": "dot"}}]  # fmt: skip
    caption = f"caption_{result.kind.partition('.')[2]}"
    figure = figure_of("lines", said("figure_earned_value", lang), said(caption, lang, **result.facts),
                       data, layout, lang)  # fmt: skip
    return legend_of(figure, [(t["name"], t["line"]["color"]) for t in data])
