"""Figures of satisfaction: scores with their intervals, differences, trends, the funnel, what people write."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .satisfaction_around import (
    deflection_figure,
    experience_table_figure,
    staff_link_figure,
    willing_to_pay_figure,
)
from .satisfaction_drivers import delight_figure, drivers_figure, factors_figure, form_figure, predicts_figure
from .satisfaction_loop import (
    cadence_figure,
    cases_figure,
    comments_figure,
    complaints_figure,
    may_ask_figure,
    nonresponse_figure,
    recontact_figure,
    recovery_figure,
)
from .satisfaction_marks import (
    GREY,
    MOST_ROWS,
    axis_of,
    figure_of,
    group_name,
    interval_text,
    lines,
    points,
    said,
    straight,
    there,
)
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["satisfaction_figure"]


def satisfaction_figure(result: Result, lang: str, *, of: str | None = None) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``satisfaction.``.

    Parameters
    ----------
    result : Result
    lang : {"id", "en"}
    of : {"units", "priorities"}, optional
        Of ``satisfaction.league`` the shrunk scores by unit; of ``satisfaction.drivers`` importance and performance.
    """
    kind = result.kind.partition(".")[2]
    if kind == "league" and of == "units":
        return _league_units(result, lang)
    if kind == "drivers" and of == "priorities":
        return factors_figure(result, lang)
    return {
        "cadence": cadence_figure,
        "cases": cases_figure,
        "ces": _scores,
        "comments": comments_figure,
        "complaints": complaints_figure,
        "csat": _scores,
        "deflection": deflection_figure,
        "delight": delight_figure,
        "difference": _difference,
        "drivers": drivers_figure,
        "experience_table": experience_table_figure,
        "factors": factors_figure,
        "form": form_figure,
        "league": _funnel,
        "may_ask": may_ask_figure,
        "nonresponse": nonresponse_figure,
        "nps": _scores,
        "predicts": predicts_figure,
        "recontact": recontact_figure,
        "recovery": recovery_figure,
        "sample_size": _sample_size,
        "staff_link": staff_link_figure,
        "standardised": _standardised,
        "trend": _trend,
        "willing_to_pay": willing_to_pay_figure,
    }[kind](result, lang)


def _scores(result: Result, lang: str) -> dict[str, Any]:
    name, unit = result.params["measure"], result.params["units"][result.params["measure"]]
    by = result.params["by"]
    keys = [by] if isinstance(by, str) else list(by or [])
    if result.params.get("version"):
        keys = [result.params["version"], *keys]
    rows = result.table.to_dict("records")
    members = [r for r in rows if r["row"] == "member"]
    # the groups with most answers, where there are more than fit; the total always last
    if len(members) > MOST_ROWS:
        kept = {id(r) for r in sorted(members, key=lambda r: -r["n"])[:MOST_ROWS]}
        members = [r for r in members if id(r) in kept]
    shown = [*members, *[r for r in rows if r["row"] == "total"]]
    names, colours, texts = [], [], []
    for r in shown:
        held = [k for k in keys if r["row"] == "member" or there(r.get(k))]
        version = result.params.get("version")
        part = " · ".join(f"{labels.name(k, lang)} {r[k]}" if k == version else group_name(r[k], lang) for k in held)
        name_of = part if r["row"] == "member" or (part and by is None) else said("all", lang)
        names.append(name_of if there(r[name]) else f"{name_of} (n = {labels.value(int(r['n']), 'count', lang)})")
        few = r["verdict"] == "too_few"
        colours.append(GREY if few else SERIES[0] if r["row"] == "member" else "@text")
        texts.append(interval_text(r, name, r["n"], unit, lang))
    ends = [(r[name], r[f"{name}_low"], r[f"{name}_high"]) for r in shown]
    layout = base_layout()
    data = points(layout, names, ends, texts, colours, unit, lang, bounds=_bounds(result))
    against = result.params["against"]
    straight(layout, float(against) if unit != "share" else float(against), "x")
    n = sum(int(r["n"]) for r in rows if r["row"] == "total")  # one total for each version of the question
    caption = said("caption_score", lang, n=n)
    return figure_of("bars", said(f"figure_{name}", lang), caption, data, layout, lang, len(shown))


def _bounds(result: Result) -> tuple[float, float]:
    if result.params["measure"] == "nps":
        return -100.0, 100.0
    if result.params["measure"] == "csat":
        return 0.0, 1.0
    return float(result.params["scale_low"]), float(result.params["scale_high"])


def _difference(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    rows = sorted(rows, key=lambda r: -abs(r["difference"]))[:MOST_ROWS]
    unit = result.params["units"]["difference"]
    names = [f"{group_name(r['group_one'], lang)} − {group_name(r['group_other'], lang)}" for r in rows]
    colours = [SERIES[0] if r["verdict"] == "real" else GREY for r in rows]
    texts = [interval_text(r, "difference", r["n_one"] + r["n_other"], unit, lang) for r in rows]
    ends = [(r["difference"], r["difference_low"], r["difference_high"]) for r in rows]
    layout = base_layout()
    data = points(layout, names, ends, texts, colours, unit, lang)
    straight(layout, 0.0, "x")
    caption = said("caption_difference", lang, n=result.facts["n"])
    return figure_of("bars", said("figure_difference", lang), caption, data, layout, lang, len(rows))


def _standardised(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table[result.table["row"] == "member"].to_dict("records")
    by, unit = result.params["by"], result.params["units"]["raw_score"]
    title = said("figure_standardised", lang)
    caption = said("caption_standardised", lang, n=result.facts["n"])
    layout = base_layout()
    if by is None:
        row = rows[0]
        names = [said(k, lang) for k in ("raw_score", "standardised")]
        ends = [(row[k], row[f"{k}_low"], row[f"{k}_high"]) for k in ("raw_score", "standardised")]
        texts = [interval_text(row, k, row["n"], unit, lang) for k in ("raw_score", "standardised")]
        data = points(layout, names, ends, texts, list(SERIES[:2]), unit, lang)
        return figure_of("bars", title, caption, data, layout, lang, 2)
    x = list(range(len(rows)))
    data = []
    for colour, name, shift in ((SERIES[1], "raw_score", -0.04), (SERIES[0], "standardised", 0.04)):
        ends = [(r[f"{name}_low"], r[f"{name}_high"]) for r in rows]
        hover = [f"{group_name(r[by], lang)} · {interval_text(r, name, r['n'], unit, lang)}" for r in rows]
        data += lines(said(name, lang), colour, [i + shift for i in x], [r[name] for r in rows], ends, hover)
    axis_of(layout, "yaxis", data, unit, lang)
    _categories(layout, [group_name(r[by], lang) for r in rows])
    layout["showlegend"] = True
    return figure_of("lines", title, caption, data, layout, lang)


def _categories(layout: dict[str, Any], names: Sequence[str]) -> None:
    step = max(1, -(-len(names) // 5))  # as many names as stand beside each other on a telephone
    at = list(range(0, len(names), step))
    texts = [plain_text(names[i]) for i in at]
    layout["xaxis"].update(tickmode="array", tickvals=at, ticktext=texts, tickangle=0, range=[-0.4, len(names) - 0.6])


def _trend(result: Result, lang: str) -> dict[str, Any]:
    rows, name = result.table.to_dict("records"), result.params["measure"]
    unit, style = result.params["units"][name], {"year": "year", "quarter": "quarter", "month": "month"}
    days = [labels.date(r["period_start"], lang, style.get(result.params["period"], "long")) for r in rows]
    x = list(range(len(rows)))
    ends = [(r[f"{name}_low"], r[f"{name}_high"]) for r in rows]
    hover = [f"{d} · {interval_text(r, name, r['n'], unit, lang)}" for d, r in zip(days, rows, strict=True)]
    data = lines(labels.name(name, lang), SERIES[0], x, [r[name] for r in rows], ends, hover)
    data[2]["line"] = {"color": SERIES[0], "width": 1.5}
    xs, ys = [], []
    for i, r in enumerate(rows):
        xs += [i - 0.5, i + 0.5]
        ys += [r["level"], r["level"]]
    line = {"color": "@text", "width": 2.5}
    level = {"type": "scatter", "mode": "lines", "name": said("level", lang), "x": xs, "y": ys, "line": line}
    data.append({**level, "hoverinfo": "skip"})
    layout = base_layout()
    axis_of(layout, "yaxis", data, unit, lang)
    _categories(layout, days)
    layout["shapes"] = [
        {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": x0, "x1": x0,
         "line": {"color": "@accent", "width": 1, "dash": "dot"}}
        for r in rows if r["new_level"]
        for x0 in _places(rows, r)
    ]  # fmt: skip
    layout["showlegend"] = True
    facts = {k: result.facts[k] for k in ("n", "changes")}
    return figure_of("lines", said("figure_trend", lang), said("caption_trend", lang, **facts), data, layout, lang)


def _places(rows: Sequence[dict[str, Any]], row: dict[str, Any]) -> tuple[float, float]:
    """Between which places the change surely began."""
    starts = [r["period_start"] for r in rows]
    return starts.index(row["change_low"]) - 0.5, starts.index(row["change_high"]) + 0.5


def _sample_size(result: Result, lang: str) -> dict[str, Any]:
    rows, goal = result.table.to_dict("records"), result.params["goal"]
    unit = result.params["units"][goal]
    rows = sorted(rows, key=lambda r: r[goal])
    names = [("± " if goal == "half_width" else "") + labels.value(r[goal], unit, lang) for r in rows]
    needed = [labels.value(r["answers_needed"], "count", lang) for r in rows]
    texts = [f"{said('axis_answers', lang)}: {k}" for k in needed]
    layout = base_layout()
    # on a logarithmic scale: half the margin needs four times the answers
    at = [math.log10(r["answers_needed"]) for r in rows]
    shown = [f"{n}: {k}" for n, k in zip(names, needed, strict=True)]
    data = points(layout, shown, [(x, None, None) for x in at], texts, [SERIES[0]] * len(rows), "number", lang)
    tens = list(range(math.floor(min(at)), math.ceil(max(at)) + 1))
    short = [labels.value(10**k, "count", lang, short=True) for k in tens]
    layout["xaxis"].update(tickvals=tens, ticktext=short, range=[tens[0] - 0.1, tens[-1] + 0.1])
    params = {k: result.params[k] for k in ("level", "power")}
    caption = said("caption_margin" if goal == "half_width" else "caption_power", lang, **params)
    return figure_of("bars", said("figure_sample_size", lang), caption, data, layout, lang, max(len(rows), 4))


def _funnel(result: Result, lang: str) -> dict[str, Any]:
    rows, by = result.table.to_dict("records"), result.params["by"]
    unit, shown = result.params["units"]["score"], sorted(rows, key=lambda r: r["n"])
    data: list[dict[str, Any]] = []
    for name, colour, dash in (("funnel", "@line-strong", "solid"), ("outer", "@line-strong", "dot")):
        for end in ("low", "high"):
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": [r["n"] for r in shown],
                    "y": [r[f"{name}_{end}"] for r in shown],
                    "line": {"color": colour, "width": 1.5, "dash": dash},
                    "hoverinfo": "skip",
                }
            )
    for verdict, colour in (("noise", GREY), ("real", SERIES[1])):
        some = [r for r in rows if r["verdict"] == verdict]
        rank = [said("hover_rank", lang, rank=r["rank"], low=r["rank_low"], high=r["rank_high"]) for r in some]
        texts = [interval_text(r, "score", r["n"], unit, lang) for r in some]
        names = [plain_text(group_name(r[by], lang)) for r in some]
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [r["n"] for r in some],
                "y": [r["score"] for r in some],
                "marker": {"color": colour, "size": 9, "symbol": "circle" if verdict == "noise" else "diamond"},
                "hovertext": [f"<b>{n}</b><br>{t}<br>{k}" for n, t, k in zip(names, texts, rank, strict=True)],
                "hoverinfo": "text",
            }
        )
    layout = base_layout()
    axis_of(layout, "yaxis", data, unit, lang)
    axis_of(layout, "xaxis", data, "count", lang, said("axis_n", lang), along="x", floor=0.0)
    straight(layout, result.facts["score"], "y")
    caption = said("caption_league", lang, n=result.facts["n"])
    return figure_of("map", said("figure_league", lang), caption, data, layout, lang)


def _league_units(result: Result, lang: str) -> dict[str, Any]:
    rows, by, unit = result.table.to_dict("records"), result.params["by"], result.params["units"]["score"]
    rows = rows[:MOST_ROWS]
    names = [group_name(r[by], lang) for r in rows]
    ends = [(r["shrunk"], r["shrunk_low"], r["shrunk_high"]) for r in rows]
    texts = [
        interval_text(r, "shrunk", r["n"], unit, lang)
        + "<br>"
        + said("hover_rank", lang, rank=r["rank"], low=r["rank_low"], high=r["rank_high"])
        for r in rows
    ]
    colours = [SERIES[1] if r["verdict"] == "real" else SERIES[0] for r in rows]
    layout = base_layout()
    data = points(layout, names, ends, texts, colours, unit, lang, more=[r["score"] for r in rows])
    data.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [r["score"] for r in rows],
            "y": list(range(len(rows))),
            "marker": {"color": "rgba(0,0,0,0)", "size": 9, "line": {"color": GREY, "width": 1.5}},
            "hoverinfo": "skip",
        }
    )
    straight(layout, result.facts["score"], "x")
    title, caption = said("figure_league_units", lang), said("caption_league_units", lang)
    return figure_of("bars", title, caption, data, layout, lang, len(rows))
