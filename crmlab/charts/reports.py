"""Figures of the standard reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["report_figure"]

MOST = 25


def report_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result of kind ``reports.*``."""
    return {
        "reports.sales_against_quota": _quota,
        "reports.gap_path": _gap,
        "reports.call_centre": _calls,
        "reports.patients_a_month": _patients,
        "reports.staffing": _staffing,
        "reports.time_lost": _lost,
    }[result.kind](result, lang)


def _staffing(result: Result, lang: str) -> dict[str, Any]:
    from .estimates import courses, ends_of, told
    from .retention_marks import there

    rows = result.table.to_dict("records")
    places = [labels.value(int(r["agents"]), "count", lang) for r in rows]
    formula = [(r["service_level_share"], None, None) for r in rows]
    series = [(labels.text("reports.by_formula", lang), formula, [told(e, None, "share", lang) for e in formula])]
    if "seen_share" in result.table:
        ends = [ends_of(r, "seen_share") for r in rows]
        hover = [told(e, r["n"], "share", lang) if there(e[0]) else "—" for e, r in zip(ends, rows, strict=True)]
        series.append((labels.text("reports.by_log", lang), ends, hover))
    facts = {k: result.facts[k] for k in ("calls_an_hour", "handling_seconds")}
    title = labels.text("reports.figure_staffing", lang, within=result.params["within"])
    caption = labels.text("reports.figure_staffing_caption", lang, **facts)
    axis = labels.name("agents", lang)
    return courses(places, series, "share", lang, title=title, caption=caption, axis=axis)


def _quota(result: Result, lang: str) -> dict[str, Any]:
    by, facts = result.params["by"], result.facts
    rows = [r for r in result.table.to_dict("records") if r["attainment_share"] == r["attainment_share"]]
    rows = [r for r in rows if r["attainment_share"] is not None]
    members = sorted((r for r in rows if r["row"] == "member"), key=lambda r: -r["attainment_share"])
    rows = [*members, *(r for r in rows if r["row"] == "total")]
    names = [labels.text("common.total", lang) if r["row"] == "total" else labels.name(r[by], lang) for r in rows]
    shares = [r["attainment_share"] for r in rows]
    colours = ["@accent" if r["row"] == "total" else "@good" if r["attainment_share"] >= 1 else "@bad" for r in rows]

    def money(x: Any) -> str:
        return labels.money(x, lang, facts["currency"])

    said = [
        labels.text("reports.figure_hover", lang, revenue=money(r["revenue"]), target=money(r["target"])) for r in rows
    ]
    layout, data = _bars(names, [("", shares, colours, [labels.percent(s, lang) for s in shares], said)], "share", lang)
    whole = {"type": "line", "x0": 1, "x1": 1, "y0": -0.5, "y1": len(rows) - 0.5}
    layout["shapes"] = [{**whole, "line": {"color": "@text", "width": 1, "dash": "dot"}}]
    title = labels.text("reports.figure_quota", lang, first=facts["first"], last=facts["last"])
    caption = labels.text("reports.figure_quota_caption", lang, n=facts["n"])
    return _figure("bars", title, caption, data, layout, len(rows), lang)


def _gap(result: Result, lang: str) -> dict[str, Any]:
    facts = result.facts
    rows = [r for r in result.table.to_dict("records") if r["gap"]]
    hidden = result.params.get("personal_levels", ())
    names = []
    for r in rows:
        member = labels.name(r["member"], lang)
        if r["level"] in hidden:
            from ..privacy import mask_name

            member = mask_name(member)
        names.append(f"{labels.name(r['level'], lang)}: {member}")
    few = rows[:MOST]
    gaps = [r["gap"] for r in few]
    colours = [("@bad" if r["gap"] < 0 else "@good") if r["chosen"] else "@other" for r in few]
    texts = [_signed(g, lang) for g in gaps]
    layout, data = _bars(names[:MOST], [("", gaps, colours, texts, texts)], "money", lang)
    title = labels.text("reports.figure_gap", lang, gap=labels.money(facts["gap"], lang, facts["currency"], short=True))
    caption = labels.text("reports.figure_gap_caption", lang, n=facts["n"])
    if len(rows) > MOST:
        caption += " · " + labels.text("charts.cut", lang, shown=MOST, total=len(rows))
    return _figure("bars", title, caption, data, layout, len(few), lang)


def _signed(x: Any, lang: str) -> str:
    said = labels.money(x, lang, "", short=True)
    return f"+{said}" if x > 0 else said


def _calls(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["row"] == "member"]
    names = [labels.text("reports.hour_of_day", lang, hour=int(r["hour"])) for r in rows]
    parts = (
        (labels.text("reports.in_time", lang), [r["answered_in_time"] for r in rows], "@good"),
        (
            labels.text("reports.answered_later", lang),
            [r["answered_calls"] - r["answered_in_time"] for r in rows],
            "@warn",
        ),
        (labels.name("abandoned", lang), [r["abandoned"] for r in rows], "@bad"),
    )
    series = [(name, values, colour, None, [labels.number(v, lang) for v in values]) for name, values, colour in parts]
    layout, data = _bars(names, series, "count", lang, stacked=True)
    facts = result.facts
    caption = labels.text("reports.figure_calls_caption", lang, n=facts["n"], within_seconds=facts["within_seconds"])
    figure = _figure("bars", labels.text("reports.figure_calls", lang), caption, data, layout, len(rows), lang)
    return {**figure, "legend": [{"label": name, "colour": colour} for name, _, colour in parts]}


def _patients(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["row"] == "member"]
    x = list(range(len(rows)))
    layout = base_layout()
    data = []
    for name, colour in (("visits", "@series-1"), ("patients", "@series-2")):
        values = [r[name] for r in rows]
        words = [f"{r['month']}<br>{labels.name(name, lang)}: {labels.number(r[name], lang)}" for r in rows]
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": labels.name(name, lang),
                "x": x,
                "y": values,
                "text": words,
                "hoverinfo": "text",
                "line": {"color": colour, "width": 2.25},
                "marker": {"color": colour, "size": 6},
            }
        )
    high = max([r["visits"] for r in rows], default=1) * 1.06 or 1
    places, texts = labels.ticks(0, high, "count", lang)
    layout["yaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[0, high])
    months = [_month_name(r["month"], lang) for r in rows]
    layout["xaxis"].update(tickmode="array", tickvals=x, ticktext=months, showgrid=False, zeroline=False)
    layout["xaxis"]["range"] = [-0.3, len(x) - 0.7]
    layout["showlegend"] = True
    facts = result.facts
    caption = labels.text("reports.figure_patients_caption", lang, n=facts["n"], patients=facts["patients"])
    figure = _figure("lines", labels.text("reports.figure_patients", lang), caption, data, layout, 0, lang)
    return {**figure, "legend": [{"label": t["name"], "colour": t["line"]["color"]} for t in data]}


def _month_name(month: str, lang: str) -> str:
    import datetime as dt

    return labels.date(dt.date.fromisoformat(f"{month}-01"), lang, "month")


def _lost(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    names = [labels.text("reports.minutes", lang, n=r["minutes"]) for r in rows]
    hours = [r["hours"] for r in rows]
    texts = [labels.number(h, lang, 1, trim=True) for h in hours]
    layout, data = _bars(names, [("", hours, "@accent", texts, texts)], "number", lang)
    facts = result.facts
    given = {k: facts[k] for k in ("reps", "searches_a_day", "days")}
    caption = labels.text("reports.figure_lost_caption", lang, **given)
    return _figure("bars", labels.text("reports.figure_lost", lang), caption, data, layout, len(rows), lang)


def _bars(
    names: list[str], series: list[tuple], unit: str, lang: str, *, stacked: bool = False
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Layout and traces of horizontal bars; a series is name, values, colours, texts at the ends, texts on hover."""
    layout, rows = base_layout(), list(range(len(names)))
    data = []
    for name, values, colours, texts, said in series:
        hover = [f"<b>{plain_text(n)}</b><br>{plain_text(s)}" for n, s in zip(names, said, strict=True)]
        trace = {"type": "bar", "orientation": "h", "name": name, "x": values, "y": rows, "hovertext": hover}
        trace |= {"hoverinfo": "text", "marker": {"color": colours}}
        if texts:
            trace |= {"text": texts, "textposition": "outside", "cliponaxis": False}
            trace |= {"textfont": {"color": "@text", "size": 12}, "constraintext": "none"}
        data.append(trace)
    sums = [sum(s[1][i] for s in series) for i in rows] if stacked else [v for s in series for v in s[1]]
    low, high = min(0, *sums, 0), max(0, *sums, 0)
    spread = (high - low) or 1.0
    side = 0.03 * spread if stacked else 0.2 * spread
    low, high = low - (side if low < 0 else 0), high + (side if high > 0 or low == 0 else 0)
    places, ticks = labels.ticks(low, high, unit, lang)
    layout["xaxis"].update(tickmode="array", tickvals=places, ticktext=ticks, range=[low, high])
    layout["yaxis"].update(tickmode="array", tickvals=rows, ticktext=[shortened(n) for n in names], showgrid=False)
    layout["yaxis"].update(range=[len(rows) - 0.5, -0.5], zeroline=False)
    layout["yaxis"]["tickfont"] = {"color": "@text", "size": 12}
    if stacked:
        layout.update(barmode="stack", showlegend=True)
        layout["legend"]["traceorder"] = "normal"
    return layout, data


def _figure(
    kind: str, title: str, caption: str, data: list, layout: dict[str, Any], bars: int, lang: str
) -> dict[str, Any]:
    alt = labels.text("charts.alt", lang, kind=labels.text(f"charts.kind_{kind}", lang), title=title)
    figure = {"kind": kind, "title": title, "caption": caption, "alt": alt, "data": data, "layout": layout}
    return {**figure, "paths": [[] for _ in data], "bars": bars}
