"""Figures of journeys: funnels, time, paths, touchpoints, moments of truth, engagement, attribution, maps."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .journeys_map import map_figure, maps_figure
from .journeys_marks import bars, called, counted, interval, said, with_legend
from .journeys_replies import attribution_figure, engagement_figure, referral_figure
from .journeys_times import dwell_figure, signals_figure, time_figure
from .journeys_ways import map_of_ways, matrix_figure
from .retention_marks import dots, figure_of, set_axis, set_rows, spread, there
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["journeys_figure"]

_ROWS, _GROUPS = 14, 6


def journeys_figure(result: Result, lang: str, *, of: str | None = None) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``journeys.``.

    Parameters
    ----------
    result : Result
    lang : {"id", "en"}
    of : {"matrix", "map", "wide", "tall"}, optional
        ``journeys.transitions``: the matrix (default) or the interaction map; ``journeys.map``: steps one below the
        other, for every width (default), or side by side for a board's wide page.
    """
    kind = result.kind.partition(".")[2]
    if kind == "transitions":
        return map_of_ways(result, lang) if of == "map" else matrix_figure(result, lang)
    if kind == "map":
        return map_figure(result, lang, wide=of == "wide")
    return {
        "attribution": attribution_figure,
        "dwell": dwell_figure,
        "engagement": engagement_figure,
        "funnel_any": _funnel,
        "funnel_through_all": _funnel,
        "loops": _loops,
        "maps": maps_figure,
        "moments": _funnel,
        "paths": _paths,
        "receipt_gap": _receipts,
        "referral": referral_figure,
        "signals": signals_figure,
        "time": time_figure,
        "time_between": time_figure,
        "touchpoints": _touchpoints,
    }[kind](result, lang)


def _funnel(result: Result, lang: str) -> dict[str, Any]:
    whole, kind = result.params["whole"], result.kind.partition(".")[2]
    step = "moment" if kind == "moments" else "step"
    caption = said(f"caption_{whole}", lang, n=result.facts["n"])
    layout = base_layout()
    if result.params["by"] is not None:
        return _grouped_funnel(result, lang, step, whole, caption, layout)
    rows = result.table.to_dict("records")
    names = [called(r[step], lang) for r in rows]
    texts = [f"{labels.percent(r[whole], lang)} · {labels.value(int(r['cases']), 'count', lang)}" for r in rows]
    hover = []
    for name, r in zip(names, rows, strict=True):
        more = (
            f"<br>{said('of_previous', lang)}: {interval(r, 'share_of_previous', 'share', lang)}"
            if there(r["share_of_previous"])
            else ""
        )
        hover.append(f"<b>{plain_text(name)}</b><br>{counted(r, whole, r['cases'], lang)}{more}")
    ends = [(r[f"{whole}_low"], r[f"{whole}_high"]) for r in rows]
    trace, layout["shapes"] = bars([r[whole] for r in rows], texts, hover, ["@accent"] * len(rows), ends)
    set_axis(layout, "xaxis", 0, 1.8, "share", lang)
    layout["xaxis"].update(
        tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=[labels.percent(x, lang, 0) for x in (0, 0.25, 0.5, 0.75, 1)]
    )
    set_rows(layout, names)
    return figure_of("bars", said(f"figure_{kind}", lang), caption, [trace], layout, lang, max(len(rows) * 2, 8))


def _grouped_funnel(
    result: Result, lang: str, step: str, whole: str, caption: str, layout: dict[str, Any]
) -> dict[str, Any]:
    table = result.table
    groups, steps = list(dict.fromkeys(table["group"]))[:_GROUPS], list(dict.fromkeys(table[step]))
    data, shapes = [], []
    for k, (colour, group) in enumerate(zip(SERIES, groups, strict=False)):
        some = table[table["group"].eq(group) if there(group) else table["group"].isna()]
        rows = some.to_dict("records")
        name = called(group, lang)
        shift = (k - (len(groups) - 1) / 2) * 0.14
        trace, inner = dots(
            [f"{name} · {called(r[step], lang)}" for r in rows],
            [(r[whole], r[f"{whole}_low"], r[f"{whole}_high"]) for r in rows],
            [f"{counted(r, whole, r['cases'], lang)}" for r in rows],
            [colour] * len(rows),
        )
        trace |= {"name": name, "y": [y + shift for y in trace["y"]]}
        trace["marker"]["size"] = 8
        data.append(trace)
        shapes += [{**s, "y0": s["y0"] + shift, "y1": s["y1"] + shift} for s in inner]
    layout["shapes"] = shapes
    set_axis(layout, "xaxis", 0, 1.04, "share", lang)
    set_rows(layout, [called(s, lang) for s in steps])
    with_legend(layout, len(data))
    kind = result.kind.partition(".")[2]
    return figure_of("dots", said(f"figure_{kind}", lang), caption, data, layout, lang, max(len(steps) * 2, 10))


def _paths(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["path"] != "other_paths"][:_ROWS]
    full = [called(r["path"], lang) for r in rows]
    names = [_ends(r["path"], lang) for r in rows]
    texts = [labels.percent(r["share"], lang) for r in rows]
    hover = [
        f"<b>{plain_text(f)}</b><br>{counted(r, 'share', r['cases'], lang)}" for f, r in zip(full, rows, strict=True)
    ]
    layout = base_layout()
    ends = [(r["share_low"], r["share_high"]) for r in rows]
    trace, layout["shapes"] = bars([r["share"] for r in rows], texts, hover, ["@accent"] * len(rows), ends)
    top = max([r["share"] for r in rows] + [r["share_high"] for r in rows if there(r["share_high"])])
    set_axis(layout, "xaxis", 0, top * 1.3, "share", lang)
    set_rows(layout, names)
    layout["yaxis"]["ticktext"] = names
    caption = said("caption_paths", lang, **{k: result.facts[k] for k in ("n", "variants", "shown", "shown_share")})
    return figure_of(
        "bars", said("figure_paths", lang), caption, [trace], layout, lang, max(math.ceil(1.7 * len(rows)), 8)
    )


def _ends(path: str, lang: str) -> str:
    """A path in two lines: its beginning, and how it ends."""
    steps = [labels.name(v, lang) for v in path.split(" > ")]
    if len(steps) <= 2:
        return "<br>› ".join(plain_text(_cut(s)) for s in steps)
    between = f" +{len(steps) - 2}" if len(steps) > 3 else f" › {steps[1]}"
    return f"{plain_text(_cut(steps[0] + between))}<br>› {plain_text(_cut(steps[-1]))}"


def _cut(text: str, most: int = 22) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _loops(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["extra_events"]][:_ROWS] or result.table.head(3).to_dict(
        "records"
    )
    rows.sort(key=lambda r: -r["loop_share"])
    names = [called(r["touchpoint"], lang) for r in rows]
    ends = [(r["loop_share"], r["loop_share_low"], r["loop_share_high"]) for r in rows]
    told = [
        f"{counted(r, 'loop_share', r['cases'], lang)}<br>"
        + said("hover_loops", lang, once=int(r["at_once"]), other=int(r["after_other"]))
        for r in rows
    ]
    layout = base_layout()
    trace, layout["shapes"] = dots(names, ends, told, ["@accent"] * len(rows))
    set_axis(layout, "xaxis", 0, min(1.0, spread(ends)[1]), "share", lang)
    set_rows(layout, names)
    caption = said("caption_loops", lang, n=result.facts["n"], extra_share=result.facts["extra_share"])
    return figure_of("dots", said("figure_loops", lang), caption, [trace], layout, lang, max(len(rows), 8))


def _touchpoints(result: Result, lang: str) -> dict[str, Any]:
    """A table of colours: how many meet it, how good it is, what it costs; owners stand in the hover and the table."""
    rows = result.table.head(_ROWS).to_dict("records")
    columns = [c for c in ("case_share", "score", "total_cost") if c in result.table and result.table[c].notna().any()]
    if not columns:
        columns = ["owned"]
        for r in rows:
            r["owned"] = float(there(r.get("owner")))
    z, texts, hover = [], [], []
    for r in rows:
        line, shown, told = [], [], []
        for c in columns:
            v = r.get(c)
            unit = {"case_share": "share", "score": "score", "total_cost": "money", "owned": "text"}[c]
            if not there(v):
                line.append(None)
                shown.append("")
            else:
                values = [float(x[c]) for x in rows if there(x.get(c))]
                low, high = (0.0 if c != "score" else min(values)), max(values)
                line.append(
                    (float(v) - low) / ((high - low) or 1)
                    if c != "score"
                    else 1 - (float(v) - low) / ((high - low) or 1)
                )
                shown.append(
                    said("yes" if v else "no", lang)
                    if c == "owned"
                    else labels.value(v, unit, lang, short=True)
                    if unit == "money"
                    else labels.value(v, unit, lang)
                )
            owner = called(r["owner"], lang) if there(r.get("owner")) else said("nobody", lang)
            value = (
                interval(r, c, unit, lang)
                if c in ("case_share", "score") and there(v)
                else shown[-1] or said("unknown", lang)
            )
            told.append(
                f"<b>{plain_text(called(r['touchpoint'], lang))}</b><br>{value}<br>"
                f"{said('owner', lang)}: {plain_text(owner)}"
            )
        z.append(line)
        texts.append(shown)
        hover.append(told)
    layout = base_layout()
    trace = heat(z, texts, hover)
    layout["xaxis"].update(
        tickmode="array",
        tickvals=list(range(len(columns))),
        ticktext=[said(f"column_{c}", lang) for c in columns],
        side="bottom",
        showgrid=False,
        zeroline=False,
    )
    set_rows(layout, [called(r["touchpoint"], lang) for r in rows])
    caption = said(
        "caption_touchpoints", lang, **{k: result.facts[k] for k in ("touchpoints", "owned_share")}, shown=len(rows)
    )
    return figure_of("heat", said("figure_touchpoints", lang), caption, [trace], layout, lang, max(len(rows), 8))


def heat(z: Any, texts: Any, hover: Any) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "x": list(range(len(z[0]))),
        "y": list(range(len(z))),
        "z": z,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": 12},
        "hovertext": hover,
        "hoverinfo": "text",
        "zmin": 0.0,
        "zmax": 1.0,
        "xgap": 2,
        "ygap": 2,
        "colorscale": [[0, "@accent-soft"], [1, "@accent"]],
        "showscale": False,
    }


def _receipts(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    what = "again_share" if result.params["again_days"] else "order_share"
    names = [called(r["band"], lang) for r in rows]
    ends = [(r[what], r[f"{what}_low"], r[f"{what}_high"]) for r in rows]
    told = [
        f"{counted(r, what, r['asked' if what == 'again_share' else 'orders'], lang)}"
        f"<br>{said('hover_wait', lang, days=r['wait_days'])}"
        for r in rows
    ]
    colours = ["@accent", *("@bad" if r.get("verdict") == "real" else "@warn" for r in rows[1:])]
    layout = base_layout()
    trace, layout["shapes"] = dots(names, ends, told, colours)
    set_axis(layout, "xaxis", 0, min(1.0, spread(ends)[1]), "share", lang)
    set_rows(layout, names)
    title = said(f"figure_receipt_{what}", lang, days=result.params["again_days"])
    caption = said("caption_receipt_gap", lang, n=result.facts["n"], wait_days=result.facts["wait_days"])
    return figure_of("dots", title, caption, [trace], layout, lang, max(len(rows) * 2, 8))
