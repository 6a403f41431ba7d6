"""Figures of formulas and claims: one input and three answers, what a claim would mean in each way to read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .theme import base_layout
from .value_marks import axis, figure, line, sideways

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["claim_figure", "closed_figure", "kpi_figure", "roi_figure"]


def closed_figure(result: Result, lang: str) -> dict[str, Any]:
    """Three formulas, one input."""
    facts, rows = result.facts, result.table.to_dict("records")
    layout = base_layout()
    names = [labels.text(f"value.formula.{r['formula']}", lang) for r in rows]
    values = [r["value"] for r in rows]
    texts = [labels.money(v, lang) for v in values]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(rows))),
        "marker": {"color": "@accent"},
        "text": texts,
        "textposition": "inside",
        "insidetextanchor": "end",
        "hovertext": [f"{n}<br>{t}" for n, t in zip(names, texts, strict=True)],
        "hoverinfo": "text",
    }
    # the formula under its name: both stay whole on a telephone
    sideways(layout, [n.replace(", ", ",<br>").replace(": ", "<br>") for n in names])
    axis(layout, "xaxis", min(0, *values), max(values) * 1.04 or 1, "money", lang)
    given = {k: facts[k] for k in ("margin", "retention", "discount")}
    caption = labels.text("value.figure_closed_caption", lang, **given)
    return figure("bars", labels.text("value.figure_closed", lang), caption, [trace], layout, lang, len(rows))


def claim_figure(result: Result, lang: str) -> dict[str, Any]:
    """What higher retention brings, by where it starts and what it cost to win a customer."""
    facts, layout = result.facts, base_layout()
    margin = facts["margin"]
    data = []
    for i, (cost, part) in enumerate(result.table.groupby("acquisition_cost")):
        known = part[part["uplift_share"].notna()]
        name = labels.text("value.cost_line", lang, multiple=cost / margin)
        texts = [
            f"{name}<br>{labels.percent(r, lang)} → {labels.percent(a, lang)}: {labels.percent(u, lang)}"
            for r, a, u in zip(
                known["retention_share"], known["retention_after_share"], known["uplift_share"], strict=True
            )
        ]
        data.append(line(known["retention_share"], known["uplift_share"], f"@series-{i % 8 + 1}", texts, name))
        data[-1]["mode"] = "lines+markers"
    seen = result.table["retention_share"]
    low, high = float(seen.min()), float(seen.max())
    axis(layout, "xaxis", low - 0.01, high + 0.01, "share", lang, labels.text("value.axis_retention", lang))
    top = float(result.table["uplift_share"].max())
    axis(layout, "yaxis", 0.0, min(max(top, 1.0), 2.0) * 1.05, "share", lang)
    layout["shapes"] = [
        {
            "type": "rect",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": 0.25,
            "y1": 0.95,
            "fillcolor": "@accent-soft",
            "opacity": 0.5,
            "line": {"width": 0},
            "layer": "below",
        }
    ]
    caption = labels.text("value.figure_claim_caption", lang, discount=facts["discount"])
    return figure("lines", labels.text("value.figure_claim", lang), caption, data, layout, lang)


def roi_figure(result: Result, lang: str) -> dict[str, Any]:
    """The return now and by each reading of the claim."""
    facts, layout = result.facts, base_layout()
    rows = [r for r in result.table.to_dict("records") if r["roi_share"] == r["roi_share"]]
    values = [r["roi_share"] for r in rows]
    names = [labels.name(r["read_as"], lang) for r in rows]
    texts = [labels.percent(v, lang) for v in values]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(rows))),
        "marker": {"color": ["@muted" if r["read_as"] == "current_value" else "@accent" for r in rows]},
        "text": texts,
        "textposition": "inside",
        "insidetextanchor": "end",
        "hovertext": [f"{n}<br>{labels.money(r['gain_needed'], lang)}" for n, r in zip(names, rows, strict=True)],
        "hoverinfo": "text",
    }
    sideways(layout, names)
    axis(layout, "xaxis", min(0, *values) * 1.04, max(0.01, *values) * 1.04, "share", lang)
    title = labels.text("value.figure_roi", lang, change=facts["change"])
    caption = labels.text("value.figure_roi_caption", lang, gain=facts["gain"], cost=facts["cost"])
    return figure("bars", title, caption, [trace], layout, lang, len(rows))


def kpi_figure(result: Result, lang: str) -> dict[str, Any]:
    """Indicators after, with what they were before as 100."""
    facts, layout = result.facts, base_layout()
    table = result.table
    ends = {end: table[f"share_{end}"].fillna(table[f"value_{end}"]) for end in ("before", "after")}
    rows = [r for r in table.assign(**ends).to_dict("records") if r["possible"] and r["before"] > 0]
    values = [100 * r["after"] / r["before"] for r in rows]
    read = [labels.name(r["read_as"], lang).lower() for r in rows]
    names = [f"{labels.name(r['indicator'], lang)}<br>{how}" for r, how in zip(rows, read, strict=True)]
    texts = [labels.number(v, lang) for v in values]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(rows))),
        "marker": {"color": "@accent"},
        "text": texts,
        "textposition": "inside",
        "insidetextanchor": "end",
        "hovertext": [
            " → ".join(labels.number(r[when], lang, 3, trim=True) for when in ("before", "after")) for r in rows
        ],
        "hoverinfo": "text",
    }
    sideways(layout, names)
    axis(layout, "xaxis", 0, max(100, *values, 100) * 1.04, "number", lang)
    line_at = {"type": "line", "x0": 100, "x1": 100, "yref": "paper", "y0": 0, "y1": 1}
    layout["shapes"] = [line_at | {"layer": "below", "line": {"color": "@text", "width": 1, "dash": "dot"}}]
    told = {"claims": facts["claims"], "impossible": facts["impossible"]}
    caption = labels.text("value.figure_kpi_caption", lang, **told)
    return figure("bars", labels.text("value.figure_kpi", lang), caption, [trace], layout, lang, len(rows))
