"""Figures of a programme's tools: its money, its risks, its vendors, what to do first."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .estimates import reference_line
from .projects_marks import base_bars, cells, legend_of, said, spots, upright
from .retention_marks import figure_of, set_axis, set_rows, spread, there
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["projects_figure"]

# the fact without which a caption is another one
_GAPS = {
    "business_case": ("irr", "none"),
    "npv_curve": ("lowest_irr", "none"),
    "total_cost": ("break_even_users", "never"),
}
_PLANS = ("earned_value", "earned_value_start", "pert", "plan", "simulation")


def projects_figure(result: Result, lang: str, of: str | None = None) -> dict[str, Any] | None:
    """The figure of a Result whose kind begins with ``projects.``; a decision has none.

    ``of="slack"`` is the other figure of a plan, ``of="tasks"`` that of its simulation.
    """
    kind = result.kind.partition(".")[2]
    if kind in _PLANS:
        return import_module(".projects_plans", __package__).plans_figure(result, lang, kind, of)
    drawers = {
        "business_case": _business_case,
        "case_simulation": _case_simulation,
        "npv_curve": _npv_curve,
        "priorities": _priorities,
        "risks": _risks,
        "sensitivity": _sensitivity,
        "total_cost": _total_cost,
        "vendors": _vendors,
        "weight_switches": _weight_switches,
    }
    return drawers[kind](result, lang) if kind in drawers else None


def _titled(result: Result, lang: str, kind: str, data: list[Any], layout: dict[str, Any], bars: int = 0) -> Any:
    what = result.kind.partition(".")[2]
    fact, word = _GAPS.get(what, (None, ""))
    gap = fact is not None and result.facts[fact] is None
    caption = said(f"caption_{what}_{word}" if gap else f"caption_{what}", lang, **result.facts)
    return figure_of(kind, said(f"figure_{what}", lang), caption, data, layout, lang, bars)


# -- money


def _business_case(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    parts = [("costs", "@other", -1), ("benefits", "@accent", 1)]
    if result.params["add_latent"]:
        parts.append(("latent_benefits", SERIES[2], 1))
    data = []
    for what, colour, sign in parts:
        values = [sign * r[what] for r in rows]
        name = labels.name(what, lang)
        hover = [f"{name}, {r['period']}: {labels.money(r[what], lang)}" for r in rows]
        data.append(upright(name, [r["period"] for r in rows], values, colour, hover))
    layout = base_layout()
    sums = [(r["cumulative_value"], None, None) for r in rows]
    ends = [(sign * r[what], None, None) for what, _, sign in parts for r in rows]
    total = [(sum(r[w] for w, _, s in parts if s > 0), None, None) for r in rows]
    set_axis(layout, "yaxis", *spread([*sums, *ends, *total, (0.0, None, None)], None), "money", lang)
    set_axis(layout, "xaxis", -0.6, len(rows) - 0.4, "count", lang, said("axis_period", lang))
    layout["barmode"] = "relative"
    line = {"color": "@text", "width": 2}
    layout["shapes"] = [
        {"type": "line", "x0": a["period"], "x1": b["period"], "y0": a["cumulative_value"],
         "y1": b["cumulative_value"], "line": line}
        for a, b in zip(rows[:-1], rows[1:], strict=True)
    ]  # fmt: skip
    return legend_of(_titled(result, lang, "bars", data, layout), [(t["name"], t["marker"]["color"]) for t in data])


def _npv_curve(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    x, y = [r["rate_share"] for r in rows], [r["npv"] for r in rows]
    hover = [f"{labels.percent(a, lang, 2)}: {labels.money(b, lang)}" for a, b in zip(x, y, strict=True)]
    sizes = {"rate": 13, "irr": 10, "": 1}
    colours = {"rate": "@accent", "irr": "@bad", "": "@accent"}
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": y,
        "line": {"color": "@accent", "width": 2.5},
        "marker": {"color": [colours[r["mark"]] for r in rows], "size": [sizes[r["mark"]] for r in rows]},
        "hovertext": hover,
        "hoverinfo": "text",
    }
    layout = base_layout()
    set_axis(layout, "xaxis", min(x), max(x), "share", lang, said("axis_rate", lang))
    set_axis(layout, "yaxis", *spread([(v, None, None) for v in y], None), "money", lang)
    layout["shapes"] = [{"type": "line", "x0": min(x), "x1": max(x), "y0": 0, "y1": 0,
                         "line": {"color": "@line-strong", "width": 1}}]  # fmt: skip
    return _titled(result, lang, "lines", [trace], layout)


def _sensitivity(result: Result, lang: str) -> dict[str, Any]:
    rows, npv = result.table.to_dict("records"), result.facts["npv"]
    names = [labels.name(r["item"], lang) for r in rows]
    data = []
    for end, colour in (("low", "@other"), ("high", "@accent")):
        values = [r[f"npv_at_{end}"] for r in rows]
        hover = [
            f"{plain_text(n)} × {labels.number(r[f'{end}_factor'], lang, 2)}: {labels.money(v, lang)}"
            for n, r, v in zip(names, rows, values, strict=True)
        ]
        name = said(f"at_{end}", lang)
        data.append(base_bars(name, range(len(rows)), [npv] * len(rows), [v - npv for v in values], colour, hover))
    layout = base_layout()
    set_rows(layout, names)
    both = [(r[f"npv_at_{e}"], None, None) for r in rows for e in ("low", "high")]
    set_axis(layout, "xaxis", *spread([*both, (0.0, None, None)], None), "money", lang)
    layout["barmode"] = "overlay"
    layout["shapes"] = [reference_line(npv)]
    figure = _titled(result, lang, "bars", data, layout, max(4, len(rows)))
    return legend_of(figure, [(t["name"], t["marker"]["color"]) for t in data])


def _case_simulation(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    width = rows[0]["npv_to"] - rows[0]["npv_from"]
    # one bar a bin: on positions, as bars' widths on an axis of money would be drawn differently on paper
    hover = []
    for r in rows:
        between = "–".join(labels.money(r[c], lang) for c in ("npv_from", "npv_to"))
        hover.append(f"{between}: {labels.percent(r['draws_share'], lang)}")
    colours = ["@bad" if r["npv_from"] + r["npv_to"] < 0 else "@accent" for r in rows]
    trace = upright("", list(range(len(rows))), [r["draws_share"] for r in rows], colours, hover)
    layout = base_layout()
    low, high = rows[0]["npv_from"], rows[-1]["npv_to"]
    places, texts = labels.ticks(low, high, "money", lang)
    at = [(p - low) / width - 0.5 for p in places]
    layout["xaxis"].update(tickmode="array", tickvals=at, ticktext=texts, range=[-0.8, len(rows) - 0.2])
    set_axis(layout, "yaxis", 0, 1.08 * max(r["draws_share"] for r in rows), "share", lang)
    layout["bargap"] = 0.06
    return _titled(result, lang, "bars", [trace], layout)


def _total_cost(result: Result, lang: str) -> dict[str, Any]:
    rows, users = result.table.to_dict("records"), result.facts["users"]
    turns = [r["break_even_users"] for r in rows if there(r["break_even_users"])]
    top = max([1.6 * users, *(1.3 * t for t in turns if t < 20 * max(users, 1)), 10])
    data = []
    for row, colour in zip(rows, SERIES, strict=False):
        x = sorted({0.0, float(users), float(top)})
        y = [row["fixed_value"] + row["value_of_user"] * u for u in x]
        name = labels.name(row["option"], lang)
        hover = [
            f"{plain_text(name)}, {labels.number(a, lang)}: {labels.money(b, lang)}" for a, b in zip(x, y, strict=True)
        ]
        data.append({
            "type": "scatter", "mode": "lines+markers", "name": shortened(name), "x": x, "y": y,
            "line": {"color": colour, "width": 2.5}, "hovertext": hover, "hoverinfo": "text",
            "marker": {"color": colour, "size": [10 if a == users else 1 for a in x]},
        })  # fmt: skip
    layout = base_layout()
    set_axis(layout, "xaxis", 0, top, "count", lang, said("axis_users", lang))
    set_axis(layout, "yaxis", 0, 1.06 * max(v for t in data for v in t["y"]), "money", lang)
    layout["shapes"] = [reference_line(t) for t in turns if t <= top]
    return legend_of(_titled(result, lang, "lines", data, layout), [(t["name"], t["line"]["color"]) for t in data])


# -- risks, vendors, what to do first


def _risks(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if there(r["level"])]
    held: dict[tuple[int, int], list[str]] = {}
    for r in rows:
        held.setdefault((int(r["probability_band"]), int(r["impact_band"])), []).append(labels.name(r["risk"], lang))
    bands = (5, 4, 3, 2, 1)
    z = [[float(p * i) for i in range(1, 6)] for p in bands]
    texts = [[str(len(held.get((p, i), ())) or "") for i in range(1, 6)] for p in bands]
    hover = [[_cell(p, i, held.get((p, i), []), lang) for i in range(1, 6)] for p in bands]
    layout = base_layout()
    set_rows(layout, [said("band", lang, low=(p - 1) / 5, high=p / 5) for p in bands])
    columns = [str(i) for i in range(1, 6)]
    layout["xaxis"].update(tickmode="array", tickvals=list(range(5)), ticktext=columns, range=[-0.5, 4.5],
                           showgrid=False, zeroline=False)  # fmt: skip
    layout["xaxis"]["title"] = {
        "text": said("axis_impact", lang), "font": {"color": "@muted", "size": 12}, "standoff": 4,
    }  # fmt: skip
    return _titled(result, lang, "heat", [cells(z, texts, hover, 25.0)], layout, 10)


def _cell(probability: int, impact: int, names: list[str], lang: str) -> str:
    told = said("hover_cell", lang, probability=probability, impact=impact)
    return told + "".join(f"<br>{plain_text(n)}" for n in names)


def _vendors(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    names = [said("out", lang, vendor=r["vendor"]) if r["status"] == "knocked_out" else r["vendor"] for r in rows]
    n, data = result.facts["criteria"], []
    for what, colour, part in (("plain_mean", "@other", n), ("weighted_score", "@accent", 1)):
        values = [r["plain_score" if part == n else what] / part for r in rows]
        word = labels.name(what, lang)
        hover = [
            f"<b>{plain_text(v)}</b><br>{word}: {labels.number(x, lang, 2) if there(x) else '—'}"
            for v, x in zip(names, values, strict=True)
        ]
        shown = [x if there(x) else None for x in values]
        data.append({
            "type": "bar", "orientation": "h", "name": word, "x": shown, "y": list(range(len(rows))),
            "marker": {"color": colour}, "hovertext": hover, "hoverinfo": "text",
        })  # fmt: skip
    layout = base_layout()
    set_rows(layout, names)
    set_axis(layout, "xaxis", 0, 1.04 * float(result.params["scale"][1]), "number", lang)
    layout["barmode"] = "group"
    figure = _titled(result, lang, "bars", data, layout, 2 * len(rows) + 2)
    return legend_of(figure, [(t["name"], t["marker"]["color"]) for t in data])


def _weight_switches(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    criteria = list(dict.fromkeys(r["criterion"] for r in rows))
    names = [labels.name(c, lang) for c in criteria]
    winners = list(dict.fromkeys([result.facts["winner"], *(r["winner"] for r in rows)]))
    data = []
    for winner, colour in zip(winners, SERIES, strict=False):
        mine = [r for r in rows if r["winner"] == winner]
        hover = [
            said("hover_stretch", lang, criterion=labels.name(r["criterion"], lang), winner=winner,
                 low=r["from_share"], high=r["to_share"])
            for r in mine
        ]  # fmt: skip
        wide = [r["to_share"] - r["from_share"] for r in mine]
        at = [criteria.index(r["criterion"]) for r in mine]
        data.append(base_bars(shortened(winner), at, [r["from_share"] for r in mine], wide, colour, hover))
    layout = base_layout()
    set_rows(layout, names)
    set_axis(layout, "xaxis", 0, 1, "share", lang, said("axis_weight", lang))
    layout["barmode"] = "overlay"
    now = {r["criterion"]: r["now_share"] for r in rows}
    layout["shapes"] = [
        {
            "type": "line",
            "x0": now[c],
            "x1": now[c],
            "y0": k - 0.46,
            "y1": k + 0.46,
            "line": {"color": "@text", "width": 3},
        }
        for k, c in enumerate(criteria)
    ]
    figure = _titled(result, lang, "bars", data, layout, max(4, len(criteria)))
    return legend_of(figure, [(t["name"], t["marker"]["color"]) for t in data])


def _priorities(result: Result, lang: str) -> dict[str, Any]:
    rows, middle = result.table.to_dict("records"), result.facts["middle"]
    low, high = result.params["scale"]
    colours = {"quick_win": "@good", "major_project": "@accent", "fill_in": "@other", "thankless": "@bad"}
    data = []
    for quadrant, colour in colours.items():
        side = "right" if quadrant in ("quick_win", "fill_in") else "left"  # towards the middle
        mine = [r for r in rows if r["quadrant"] == quadrant]
        if mine:
            hover = [
                f"<b>{plain_text(labels.name(r['item'], lang))}</b><br>{labels.number(r['score'], lang, 2)}"
                for r in mine
            ]
            texts = [shortened(labels.name(r["item"], lang)) for r in mine]
            x, y = [r["effort"] for r in mine], [r["benefit"] for r in mine]
            data.append(spots(labels.name(quadrant, lang), x, y, colour, hover, texts, side))
    layout = base_layout()
    room = 0.06 * (high - low)
    set_axis(layout, "xaxis", low - room, high + room, "number", lang, said("axis_effort", lang))
    set_axis(layout, "yaxis", low - room, high + room, "number", lang, said("axis_benefit", lang))
    cross = {"color": "@line-strong", "width": 1, "dash": "dot"}
    ends = {"x0": low - room, "x1": high + room, "y0": middle, "y1": middle}
    layout["shapes"] = [reference_line(middle), {"type": "line", **ends, "line": cross}]
    figure = _titled(result, lang, "map", data, layout)
    return legend_of(figure, [(t["name"], t["marker"]["color"]) for t in data])
