"""The chart that suits a cube view.

Time goes on a line, one dimension on sorted bars, two on grouped or stacked bars or a heat map. What can't be added
is never stacked. Bars start at zero; what was left out is said; "others" and "unknown" are grey.
"""

from __future__ import annotations

from typing import Any

from .. import labels
from .grid import Grid
from .plan import Mark, Plan, cut, largest, plan_of, stackable, topped, total_of
from .theme import SERIES, base_layout

__all__ = ["plain_text", "shortened", "view_figure"]

BARS = 20
GROUPS = 12
LINES = 7
HEAT = (24, 24)
LONGEST = 26


def view_figure(grid: Grid, lang: str, *, measure: str | None = None) -> dict[str, Any]:
    """The figure of a grid.

    Parameters
    ----------
    grid : Grid
    lang : {"id", "en"}
    measure : str, optional
        Default: the first one.

    Returns
    -------
    dict
        ``kind``, ``title``, ``caption``, ``alt``, ``data``, ``layout``, ``paths`` (per trace and mark: what it means).
    """
    measures = grid.measures
    if not measures:  # nothing that is asked for applies to these dimensions: there is no column
        return _nothing(grid, measure, lang)
    head = measures[measure] if measure in measures else next(iter(measures.values()))
    plan = plan_of(grid, head.measure)
    say = _Words(lang, head.unit, grid.currency, head.measure_label or labels.name(head.measure, lang))
    levels = [plan.along.label, *([plan.across.label] if plan.across else [])]
    by = " × ".join(level for level in levels if level)
    title = labels.text("charts.by", lang, measure=say.measure, levels=by) if by else say.measure
    if not plan.values():
        kind, data, layout, paths, extra = "bars", [], base_layout(), [], {}
    elif plan.along.time and len(plan.categories) > 1:
        kind, (data, layout, paths, extra) = "lines", _lines(largest(plan, LINES), say, head.additive)
    elif len(plan.series) == 1:
        kind, (data, layout, paths, extra) = "bars", _bars(cut(plan, BARS, head.additive, lang), say)
    elif stackable(plan, head.additive) or len(plan.series) <= 3:
        side_by_side = len(plan.series) <= 3 and len(plan.categories) <= GROUPS
        if not side_by_side and not stackable(plan, head.additive):
            kind, (data, layout, paths, extra) = "heat", _heat(plan, say)
        else:
            few = topped(cut(plan, GROUPS if side_by_side else BARS, head.additive, lang), 8, head.additive, lang)
            kind, (data, layout, paths, extra) = "bars", _bars(few, say, stacked=not side_by_side)
    else:
        kind, (data, layout, paths, extra) = "heat", _heat(plan, say)
    left_out = extra.pop("cut", None)
    caption = [labels.text("charts.caption_n", lang, n=grid.n)] if grid.n is not None else []
    caption += grid.filters
    if left_out:
        caption.append(labels.text("charts.cut", lang, shown=left_out[0], total=left_out[1]))
    alt = labels.text("charts.alt", lang, kind=labels.text(f"charts.kind_{kind}", lang), title=title)
    return {
        "kind": kind,
        "title": f"{title} ({say.currency_sign})" if head.unit == "money" and say.currency_sign else title,
        "caption": " · ".join(caption),
        "alt": alt,
        "data": data,
        "layout": layout,
        "paths": paths,
        **extra,
    }


def _nothing(grid: Grid, measure: str | None, lang: str) -> dict[str, Any]:
    title = labels.name(measure, lang) if measure else ""
    layout = base_layout()
    return {
        "kind": "bars",
        "title": title,
        "caption": " · ".join(grid.filters),
        "alt": title,
        "data": [],
        "layout": layout,
        "paths": [],
    }


class _Words:
    """How this chart writes its numbers."""

    def __init__(self, lang: str, unit: str | None, currency: str, measure: str) -> None:
        self.lang, self.unit, self.currency, self.measure = lang, unit, currency, measure
        self.currency_sign = labels.currency_sign(currency)

    def short(self, x: float | None) -> str:
        if self.unit == "money":
            return labels.money(x, self.lang, "", short=True)
        return labels.value(x, self.unit, self.lang, short=True)

    def full(self, x: float | None) -> str:
        return labels.value(x, self.unit, self.lang, currency=self.currency)

    def hover(self, category: str, series: str, mark: Mark) -> str:
        lines = [
            f"<b>{plain_text(category)}</b>" + (f" · {plain_text(series)}" if series else ""),
            f"{self.measure}: {self.full(mark.value)}",
        ]
        if mark.n is not None:
            lines.append(labels.text("charts.hover_n", self.lang, n=mark.n))
        return "<br>".join(lines)

    def axis(self, low: float, high: float) -> dict[str, Any]:
        places, texts = labels.ticks(low, high, self.unit, self.lang)
        return {"tickmode": "array", "tickvals": places, "ticktext": texts, "range": [low, high]}


def plain_text(text: str) -> str:
    """Text that plotly must not read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shortened(text: str) -> str:
    """A label that fits beside an axis; the whole of it stands in the mark's own text and in the table."""
    return plain_text(text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…")


# -- how it is drawn


def _colours(plan: Plan) -> list[str]:
    free = iter(SERIES)
    return ["@other" if s.grey else next(free, "@other") for s in plan.series]


def _legend(layout: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """Which colour is what: for a page, which writes it as text above the figure, and for plotly's own legend."""
    if len(plan.series) < 2:
        return {}
    layout["showlegend"] = True
    return {"legend": [{"label": s.label, "colour": c} for s, c in zip(plan.series, _colours(plan), strict=True)]}


def _cut_note(plan: Plan) -> dict[str, Any]:
    return {"cut": (plan.shown, plan.total)} if plan.shown < plan.total else {}


def _lines(plan: Plan, say: _Words, additive: bool) -> tuple[list, dict, list, dict]:
    layout = base_layout()
    legend = _legend(layout, plan)
    x = list(range(len(plan.categories)))
    data, paths = [], []
    for series, colour in zip(plan.series, _colours(plan), strict=True):
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers" if len(x) <= 40 else "lines",
                "name": shortened(series.label),
                "x": x,
                "y": [m.value for m in series.marks],
                "text": [say.hover(c, series.label, m) for c, m in zip(plan.categories, series.marks, strict=True)],
                "hoverinfo": "text",
                "connectgaps": False,
                "line": {"color": colour, "width": 2.25, "dash": "dot" if series.grey else "solid"},
                "marker": {"color": colour, "size": 6},
            }
        )
        paths.append([list(map(list, m.path)) for m in series.marks])
    values = plan.values()
    low, high = min(values), max(values)
    if additive or low < 0.35 * high:
        low = min(0.0, low)
    spread = (high - low) or abs(high) or 1.0
    layout["yaxis"].update(say.axis(low - (0.06 * spread if low not in (0.0,) else 0), high + 0.06 * spread))
    layout["xaxis"].update(
        tickmode="array",
        tickvals=x,
        ticktext=[shortened(c) for c in plan.categories],
        showgrid=False,
        zeroline=False,
        range=[-0.3, len(x) - 0.7],
    )
    return data, layout, paths, {**legend, **_cut_note(plan)}


def _bars(plan: Plan, say: _Words, *, stacked: bool = False) -> tuple[list, dict, list, dict]:
    layout = base_layout()
    legend = _legend(layout, plan)
    y = list(range(len(plan.categories)))
    data, paths, single = [], [], len(plan.series) == 1
    for series, colour in zip(plan.series, _colours(plan), strict=True):
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": shortened(series.label),
                "y": y,
                "x": [m.value for m in series.marks],
                "hovertext": [
                    say.hover(c, series.label, m) for c, m in zip(plan.categories, series.marks, strict=True)
                ],
                "hoverinfo": "text",
                "marker": {"color": ["@other" if g else colour for g in plan.grey] if single else colour},
            }
        )
        if stacked:
            data[-1]["marker"]["line"] = {"color": "@panel", "width": 1}
        if single or (not stacked and len(y) * len(plan.series) <= 24):
            data[-1].update(
                text=[say.short(m.value) if m.value is not None else "" for m in series.marks],
                textposition="outside",
                cliponaxis=False,
                textfont={"color": "@text", "size": 12},
                constraintext="none",
            )
        paths.append([list(map(list, m.path)) for m in series.marks])
    tops = [total_of(s.marks[i] for s in plan.series) for i in y] if stacked else plan.values()
    low, high = min(0.0, *tops), max(0.0, *tops)
    spread = (high - low) or 1.0
    # values stand at the ends of their bars: they need room there
    side = 0.17 * spread if "text" in data[0] else 0.03 * spread
    layout["xaxis"].update(say.axis(low - (side if low < 0 else 0), high + (side if high > 0 else 0)))
    layout["yaxis"].update(
        tickmode="array",
        tickvals=y,
        ticktext=[shortened(c) for c in plan.categories],
        range=[len(y) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    layout["yaxis"]["tickfont"] = {"color": "@text", "size": 12}
    layout["barmode"] = "stack" if stacked else "group"
    lines = len(y) * (1 if stacked or single else max(1.0, 0.75 * len(plan.series)))
    return data, layout, paths, {"bars": round(lines), **legend, **_cut_note(plan)}


def _heat(plan: Plan, say: _Words) -> tuple[list, dict, list, dict]:
    most_rows, most_columns = HEAT
    seen = Plan(plan.categories, plan.grey, plan.series[:most_columns], plan.along, plan.across, plan.shown, plan.total)
    order = list(range(len(seen.categories)))
    if not (seen.along.time or seen.along.ordered):
        order.sort(key=lambda i: (seen.grey[i], -total_of(s.marks[i] for s in seen.series)))
    order = order[:most_rows]
    z = [[s.marks[i].value for s in seen.series] for i in order]
    values = [v for row in z for v in row if v is not None]
    low, high = min(values), max(values)
    crowded = len(seen.series) > 8
    data = {
        "type": "heatmap",
        "x": list(range(len(seen.series))),
        "y": list(range(len(order))),
        "z": z,
        "hovertext": [[say.hover(seen.categories[i], s.label, s.marks[i]) for s in seen.series] for i in order],
        "hoverinfo": "text",
        "colorscale": [[0, "@accent-soft"], [1, "@accent"]],
        "showscale": False,
        "zmin": low,
        "zmax": high,
        "xgap": 2,
        "ygap": 2,
        "hoverongaps": False,
    }
    if not crowded:
        data.update(
            text=[[say.short(v) if v is not None else "" for v in row] for row in z],
            texttemplate="%{text}",
            textfont={"size": 11},
        )
    layout = base_layout()
    layout["xaxis"].update(
        tickmode="array",
        tickvals=data["x"],
        ticktext=[shortened(s.label) for s in seen.series],
        showgrid=False,
        side="bottom",
        zeroline=False,
    )
    layout["yaxis"].update(
        tickmode="array",
        tickvals=data["y"],
        ticktext=[shortened(seen.categories[i]) for i in order],
        range=[len(order) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    layout["yaxis"]["tickfont"] = {"color": "@text", "size": 12}
    paths = [[list(map(list, s.marks[i].path)) for i in order for s in seen.series]]
    extra: dict[str, Any] = {"bars": len(order) + 2, "width": len(seen.series)}
    if len(order) < len(plan.categories):
        extra["cut"] = (len(order), len(plan.categories))
    elif len(seen.series) < len(plan.series):
        extra["cut"] = (len(seen.series), len(plan.series))
    return [data], layout, paths, extra
