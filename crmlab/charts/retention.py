"""Figures of retention: losses over time, the cohort triangle, curves of survival, ratios, the lifecycle's matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .retention_marks import figure_of, group_name, lines, said, set_axis, set_rows, share_text, there
from .retention_values import (
    chain_figure,
    change_figure,
    churn_ratio_figure,
    levers_figure,
    log_rank_figure,
    ratios_figure,
    reasons_figure,
    repeat_figure,
)
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["retention_figure"]

_COHORTS, _AGES = 24, 12  # what a telephone held upright can show
_GROUPS = 6


def retention_figure(result: Result, lang: str, *, of: str | None = None) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``retention.``.

    Parameters
    ----------
    result : Result
    lang : {"id", "en"}
    of : {"triangle", "curve"}, optional
        What to draw of ``retention.cohorts``.
    """
    kind = result.kind.partition(".")[2]
    if kind == "cohorts" and of == "curve":
        return _curve(result, lang)
    return {
        "active": _active,
        "chain": chain_figure,
        "chain_change": change_figure,
        "churn": _churn,
        "churn_ratio": churn_ratio_figure,
        "cohorts": _triangle,
        "cox": ratios_figure,
        "levers": levers_figure,
        "log_rank": log_rank_figure,
        "loss_odds": ratios_figure,
        "movements": _movements,
        "reasons": reasons_figure,
        "repeat": repeat_figure,
        "survival": _survival,
        "transitions": _transitions,
    }[kind](result, lang)


# -- over time


def _churn(result: Result, lang: str) -> dict[str, Any]:
    table, by = result.table[result.table["row"] == "member"], result.params["by"]
    groups = [None] if by is None else list(dict.fromkeys(table[by]))[:_GROUPS]
    periods = list(dict.fromkeys(table["period"]))
    places = {p: i for i, p in enumerate(periods)}
    data: list[dict[str, Any]] = []
    for colour, group in zip(SERIES, groups, strict=False):
        some = table if by is None else table[table[by].isna() if not there(group) else table[by] == group]
        rows = some.to_dict("records")
        name = said("all", lang) if by is None else group_name(group, lang)
        hover = [f"{r['period']} · {name}<br>{share_text(r, 'churn_share', int(r['at_start']), lang)}" for r in rows]
        ends = [(r["churn_share_low"], r["churn_share_high"]) for r in rows]
        data += lines(name, colour, [places[r["period"]] for r in rows], [r["churn_share"] for r in rows], ends, hover)
    layout = base_layout()
    top = max((v for t in data for v in t["y"] if there(v)), default=0.1)
    # a few wild early intervals must not flatten the line itself
    middle = max((v for t in data[2::3] for v in t["y"] if there(v)), default=0.1)
    set_axis(layout, "yaxis", 0, min(1.0, top * 1.05, max(middle * 3, 0.02)), "share", lang)
    _periods(layout, periods)
    layout["showlegend"] = by is not None
    caption = said("caption_churn", lang, n=result.facts["n"])
    return figure_of("lines", said("figure_churn", lang), caption, data, layout, lang)


def _periods(layout: dict[str, Any], periods: Sequence[str]) -> None:
    """At most eight periods are named, the whole years first where there are some."""
    step = max(1, -(-len(periods) // 8))
    shown = [i for i, p in enumerate(periods) if p.endswith("-01")] if len(periods) > 12 else []
    shown = shown if 2 <= len(shown) <= 8 else list(range(0, len(periods), step))
    texts = [periods[i] for i in shown]
    layout["xaxis"].update(tickmode="array", tickvals=shown, ticktext=texts, range=[-0.4, max(len(periods) - 0.6, 0.4)])


def _movements(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    # in the first period all are new, since nothing is known of the one before
    rows = rows[1:] or rows
    data = []
    for name, colour, sign in (
        ("retained", "@accent", 1),
        ("reactivated", SERIES[1], 1),
        ("acquired", "@good", 1),
        ("losses", "@bad", -1),
    ):
        word = said(f"move_{name}", lang)
        data.append(
            {
                "type": "bar",
                "name": word,
                "x": list(range(len(rows))),
                "y": [sign * int(r[name]) for r in rows],
                "marker": {"color": colour},
                "hovertext": [f"{r['period']} · {word}: {labels.value(int(r[name]), 'count', lang)}" for r in rows],
                "hoverinfo": "text",
            }
        )
    layout = base_layout()
    low, high = -max(int(r["losses"]) for r in rows), max(int(r["at_end"]) for r in rows)
    places, texts = labels.ticks(low * 1.05, high * 1.05 or 1, "count", lang)
    texts = [t.lstrip("-−") for t in texts]  # below the line stand people too
    layout["yaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[low * 1.1, high * 1.08 or 1])
    _periods(layout, [r["period"] for r in rows])
    layout["xaxis"].update(range=[-0.6, len(rows) - 0.4], showgrid=False, zeroline=False)
    layout.update(barmode="relative", bargap=0.2, showlegend=True)
    figure = figure_of("bars", said("figure_movements", lang), said("caption_movements", lang), data, layout, lang)
    return {**figure, "legend": [{"label": t["name"], "colour": t["marker"]["color"]} for t in data]}


def _active(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    x = [r["window_days"] for r in rows]
    silent = [r["silent_share"] for r in rows]
    words = said("silent_share", lang), said("false_alarms", lang)
    nothing = [(None, None)] * len(rows)
    days = [labels.value(d, "days", lang) for d in x]
    hover = [f"{d} · {words[0]}: {labels.percent(s, lang)}" for d, s in zip(days, silent, strict=True)]
    data = lines(words[0], SERIES[0], x, silent, nothing, hover)[2:]
    alarm = [
        f"{d} · {words[1]}<br>{share_text(r, 'returned_share', r['silent_before'], lang)}"
        for d, r in zip(days, rows, strict=True)
    ]
    ends = [(r["returned_share_low"], r["returned_share_high"]) for r in rows]
    data += lines(words[1], SERIES[1], x, [r["returned_share"] for r in rows], ends, alarm)
    layout = base_layout()
    set_axis(layout, "yaxis", 0, 1.0, "share", lang)
    set_axis(layout, "xaxis", 0, max(x) * 1.04, "count", lang, said("axis_window", lang))
    own = result.params["window_days"]
    layout["shapes"] = [
        {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": own, "x1": own, "line": {"color": "@line-strong",
                                                                                          "width": 1, "dash": "dot"}}
    ]  # fmt: skip
    layout["showlegend"] = True
    facts = {k: result.facts[k] for k in ("n", "window_days", "follow_up_days")}
    return figure_of("lines", said("figure_active", lang), said("caption_active", lang, **facts), data, layout, lang)


def _survival(result: Result, lang: str) -> dict[str, Any]:
    table = result.table
    groups = [None] if "group" not in table else list(dict.fromkeys(table["group"]))[:_GROUPS]
    data: list[dict[str, Any]] = []
    end = float(table["duration"].max()) or 1.0
    for colour, group in zip(SERIES, groups, strict=False):
        some = (
            table
            if "group" not in table
            else table[table["group"].isna() if not there(group) else table["group"] == group]
        )
        rows = some.to_dict("records")
        name = said("all", lang) if "group" not in table else group_name(group, lang)
        # a curve of survival goes in steps: each height holds until the next loss
        x, y, ends, hover = [], [], [], []
        for k, r in enumerate(rows):
            until = rows[k + 1]["duration"] if k + 1 < len(rows) else end
            at_risk = said("hover_survival", lang, at_risk=int(r["at_risk"]))
            when = labels.number(r["duration"], lang, 1, trim=True)
            told = f"{when} · {name}: {labels.percent(r['survival_share'], lang)}"
            for place in (r["duration"], until):
                x.append(place)
                y.append(r["survival_share"])
                ends.append((r["survival_share_low"], r["survival_share_high"]))
                hover.append(f"{told}<br>{at_risk}")
        three = lines(name, colour, x, y, ends, hover)
        three[2]["mode"] = "lines"
        data += three
    layout = base_layout()
    set_axis(layout, "yaxis", 0, 1.02, "share", lang)
    set_axis(layout, "xaxis", 0, end * 1.02, "number", lang, said(f"axis_{_unit(result)}", lang))
    if _unit(result) == "days":  # years are what a reader counts in, and 1,000 days no word
        step = 365 * max(1, round(end / 365 / 5)) if end >= 730 else 90 if end >= 180 else 30
        places = [step * k for k in range(int(end // step) + 1)]
        layout["xaxis"].update(tickvals=places, ticktext=[labels.number(p, lang) for p in places])
    layout["showlegend"] = len(groups) > 1
    caption = said("caption_survival", lang, n=result.facts["n"], events=result.facts["events"])
    return figure_of("lines", said("figure_survival", lang), caption, data, layout, lang)


def _unit(result: Result) -> str:
    return result.params["unit"] if result.params["unit"] in ("days", "weeks", "months") else "number"


# -- cohorts and the lifecycle's matrix


def _heat(
    z: list[list[Any]], texts: list[list[str]], hover: list[list[str]], top: float, columns: Sequence[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    trace = {
        "type": "heatmap",
        "x": list(range(len(columns))),
        "y": list(range(len(z))),
        "z": z,
        "zmin": 0.0,
        "zmax": top,
        "colorscale": [[0, "@accent-soft"], [1, "@accent"]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": 11},
        "hovertext": hover,
        "hoverinfo": "text",
        "hoverongaps": False,
    }
    layout = base_layout()
    layout["xaxis"].update(
        tickmode="array",
        tickvals=list(range(len(columns))),
        ticktext=list(columns),
        range=[-0.5, len(columns) - 0.5],
        showgrid=False,
        zeroline=False,
        tickangle=0,
    )
    return trace, layout


def _triangle(result: Result, lang: str) -> dict[str, Any]:
    cells = result.table[result.table["row"] == "member"]
    names = list(dict.fromkeys(cells["cohort"]))
    ages = list(range(1, min(int(cells["age"].max()), _AGES) + 1)) or [0]
    seen = cells[cells["age"] == ages[0]].set_index("cohort")["share"]
    known = [n for n in names if there(seen.get(n))] or names  # a cohort of which nothing is known yet says nothing
    shown = known[-_COHORTS:]
    found = {(r["cohort"], r["age"]): r for r in cells.to_dict("records")}
    z, texts, hover = [], [], []
    for name in shown:
        line = [found[name, age] for age in ages]
        z.append([r["share"] if there(r["share"]) else None for r in line])
        texts.append(["" if v is None else labels.number(100 * v, lang, 0) for v in z[-1]])
        hover.append([_cell(name, r, lang) for r in line])
    top = max((v for line in z for v in line if v is not None), default=1.0)
    trace, layout = _heat(z, texts, hover, top, [str(a) for a in ages])
    set_rows(layout, shown)
    layout["xaxis"]["title"] = {
        "text": said(f"age_{result.params['by']}", lang),
        "font": {"color": "@muted", "size": 12},
        "standoff": 4,
    }
    facts = {"n": result.facts["n"], "cohorts": result.facts["cohorts"], "shown": len(shown)}
    title = said(f"figure_cohorts_{result.params['measure']}", lang)
    return figure_of("heat", title, said("caption_cohorts", lang, **facts), [trace], layout, lang, len(shown))


def _cell(name: str, row: dict[str, Any], lang: str) -> str:
    head = f"<b>{name}</b> · {int(row['age'])}"
    if not there(row["share"]):
        return f"{head}<br>{said('hover_blank', lang)}"
    return f"{head}<br>{share_text(row, 'share', int(row['cohort_size']), lang)}"


def _curve(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table[result.table["row"] == "total"].to_dict("records")
    x = [int(r["age"]) for r in rows]
    hover = [f"{a} · {share_text(r, 'share', int(r['cohort_size']), lang)}" for a, r in zip(x, rows, strict=True)]
    ends = [(r["share_low"], r["share_high"]) for r in rows]
    data = lines(said("all", lang), SERIES[0], x, [r["share"] for r in rows], ends, hover)
    layout = base_layout()
    set_axis(layout, "yaxis", 0, max(1.02, max(v for t in data for v in t["y"])), "share", lang)
    set_axis(layout, "xaxis", 0, max(x) or 1, "count", lang, said(f"age_{result.params['by']}", lang))
    return figure_of(
        "lines", said("figure_curve", lang), said("caption_curve", lang, n=result.facts["n"]), data, layout, lang
    )


def _transitions(result: Result, lang: str) -> dict[str, Any]:
    order = list(result.params["order"])
    found = {(r["from_state"], r["to_state"]): r for r in result.table.to_dict("records")}
    z, texts, hover = [], [], []
    for a in order:
        line = [found[a, b] for b in order]
        z.append([r["share"] if there(r["share"]) else None for r in line])
        texts.append(["" if not v else labels.number(100 * v, lang, 1 if v < 0.0995 else 0) for v in z[-1]])
        hover.append(
            [
                f"{plain_text(group_name(a, lang))} → {plain_text(group_name(r['to_state'], lang))}<br>"
                + (share_text(r, "share", int(r["at_risk"]), lang) if there(r["share"]) else "—")
                for r in line
            ]
        )
    words = [group_name(s, lang) for s in order]
    # long names of columns break at spaces: they must stand beside each other on a telephone
    trace, layout = _heat(z, texts, hover, 1.0, [plain_text(w).replace(" ", "<br>") for w in words])
    layout["xaxis"].update(tickfont={"color": "@text", "size": 11 if len(order) < 5 else 9})
    set_rows(layout, words)
    caption = said("caption_transitions", lang, n=result.facts["n"])
    return figure_of("heat", said("figure_transitions", lang), caption, [trace], layout, lang, max(len(order), 6))
