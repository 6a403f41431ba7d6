"""Figures of sales: the pipeline and what it was worth, levers, markets, lists, the team, and a year of content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .estimates import bars, courses, ends_of, points, told, toned
from .retention_marks import figure_of, group_name, set_axis, set_rows, spread, there
from .theme import SERIES, base_layout
from .value_marks import line

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["sales_figure"]


def sales_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``sales.``."""
    return {
        "content_calendar": _content_calendar,
        "crm_use": _crm_use,
        "levers": _levers,
        "lift": _lift,
        "market_potential": _market_potential,
        "pipeline": _pipeline,
        "pipeline_forecast": _pipeline_forecast,
        "pipeline_test": _pipeline_test,
        "price_response": _price_response,
        "questions": _questions,
        "revenue_tree": _revenue_tree,
        "team_growth": _team_growth,
    }[result.kind.partition(".")[2]](result, lang)


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"sales.{key}", lang, **values)


def _money(value: Any, lang: str) -> str:
    return labels.money(value, lang, short=True) if there(value) else "—"


def _pipeline(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if there(r["ahead_share"])]
    texts = [
        f"{told(ends_of(r, 'ahead_share'), r['decided'], 'share', lang)}<br>"
        + _said("hover_stage", lang, ahead=r["ahead"], decided=r["decided"], stay=r["stay_days"], open=r["open_deals"])
        for r in rows
    ]
    return points(
        [labels.name(r["stage"], lang) for r in rows],
        [ends_of(r, "ahead_share") for r in rows],
        texts,
        "share",
        lang,
        title=_said("figure_pipeline", lang),
        caption=_said("caption_pipeline", lang, n=result.facts["n"]),
        colours=[
            "@bad" if r["verdict"] == "real" and r["stage"] == result.facts["bottleneck"] else "@accent" for r in rows
        ],
    )


def _pipeline_forecast(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["row"] == "member"]
    names = [group_name(r["stage"], lang) if there(r["stage"]) else labels.name("deals", lang) for r in rows]
    rest = [r["amount"] - r["weighted"] for r in rows]
    parts = [
        (
            labels.name("weighted", lang),
            [r["weighted"] for r in rows],
            "@accent",
            [_money(r["weighted"], lang) for r in rows],
        ),
        (_said("series_rest", lang), rest, "@other", [_money(v, lang) for v in rest]),
    ]
    facts = {k: result.facts[k] for k in ("deals", "weighted")}
    return bars(
        names,
        parts,
        "money",
        lang,
        title=_said("figure_pipeline_forecast", lang),
        caption=_said("caption_pipeline_forecast", lang, **facts),
    )


def _pipeline_test(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    places = [labels.date(r["at"], lang, style="month") for r in rows]
    series = [
        (
            labels.name(what, lang),
            [(r[what], None, None) for r in rows],
            [f"{p}: {_money(r[what], lang)}" for p, r in zip(places, rows, strict=True)],
        )
        for what in ("weighted", "actual")
    ]
    facts = {"mape": result.facts["mape"], "baseline": result.facts["baseline_mape"]}
    return courses(
        places,
        series,
        "money",
        lang,
        title=_said("figure_pipeline_test", lang),
        caption=_said("caption_pipeline_test", lang, **facts),
    )


def _levers(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["lever"] != "margin_share"]
    hover = [f"{_money(r['gain'], lang)} ({labels.value(r['gain_share'], 'share', lang)})" for r in rows]
    caption = _said("caption_levers", lang, factor=result.facts["factor"])
    part = (labels.name("gain", lang), [r["gain"] for r in rows], "@accent", hover)
    return bars(
        [labels.name(r["lever"], lang) for r in rows],
        [part],
        "money",
        lang,
        title=_said("figure_levers", lang),
        caption=caption,
    )


def _revenue_tree(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    layout = base_layout()
    names = [labels.name(r["lever"], lang) for r in rows]
    set_rows(layout, names)
    texts = [
        f"<b>{plain_text(n)}</b><br>{_money(r['effect'], lang)} (× {labels.number(r['ratio'], lang, 3)})"
        for n, r in zip(names, rows, strict=True)
    ]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [r["effect"] for r in rows],
        "y": list(range(len(rows))),
        "marker": {"color": ["@good" if r["effect"] >= 0 else "@bad" for r in rows]},
        "hovertext": texts,
        "hoverinfo": "text",
    }
    set_axis(layout, "xaxis", *spread([(r["effect"], 0.0, None) for r in rows], None), "money", lang)
    layout["xaxis"]["zeroline"] = True
    facts = {k: result.facts[k] for k in ("against", "year", "change")}
    caption = _said("caption_revenue_tree", lang, **facts)
    return figure_of("bars", _said("figure_revenue_tree", lang), caption, [trace], layout, lang, len(rows))


def _market_potential(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"]
    rows = [r for r in result.table.to_dict("records") if r["row"] == "member"][:15]
    names = [group_name(r[by], lang) for r in rows]
    sold = [r["actual"] if there(r["actual"]) else 0.0 for r in rows]
    rest = [max(r["potential"] - s, 0.0) for r, s in zip(rows, sold, strict=True)]
    share = [labels.value(r["share"], "share", lang) if there(r["share"]) else "—" for r in rows]
    parts = [
        (
            labels.name("actual", lang),
            sold,
            "@accent",
            [f"{_money(s, lang)} ({p})" for s, p in zip(sold, share, strict=True)],
        ),
        (labels.name("left_amount", lang), rest, "@other", [_money(v, lang) for v in rest]),
    ]
    caption = _said("caption_market_potential", lang, potential=result.facts["potential"])
    return bars(names, parts, "money", lang, title=_said("figure_market_potential", lang), caption=caption)


def _team_growth(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["row"] == "month"]
    x, net = list(range(len(rows))), [r["net"] for r in rows]
    data = []
    if there(result.facts["centre"]):
        word = _said("series_limits", lang)
        for k, what in enumerate(("limit_low", "limit_high")):
            level = [result.facts[what]] * len(x)
            hover = [f"{word}: {labels.number(level[0], lang, 1)}"] * len(x)
            data.append({**line(x, level, "@warn", hover, word, dash="dot", width=1.5), "showlegend": not k})
        data.append({**line(x, [result.facts["centre"]] * len(x), "@line-strong", [""] * len(x)), "showlegend": False})
        data[-1]["hoverinfo"] = "skip"
    texts = [
        f"{r['month']}: {labels.number(r['new_customers'], lang)} − {labels.number(r['lost_customers'], lang)} = "
        f"{labels.number(r['net'], lang)}"
        for r in rows
    ]
    trace = line(x, net, "@accent", texts, labels.name("net", lang))
    trace |= {
        "mode": "lines+markers",
        "marker": {"size": 7, "color": ["@bad" if r["signal"] else "@accent" for r in rows]},
    }
    data.append(trace)
    layout = base_layout()
    limits = [result.facts[k] for k in ("limit_low", "limit_high")]
    found = spread([(v, None, None) for v in (*net, *limits)], None)
    set_axis(layout, "yaxis", *found, "number", lang)
    step = max(1, -(-len(x) // 6))
    layout["xaxis"].update(
        tickmode="array", tickvals=x[::step], ticktext=[r["month"] for r in rows][::step], range=[-0.5, len(x) - 0.5]
    )
    layout["showlegend"] = len(data) > 1
    caption = _said("caption_team_growth", lang, signals=result.facts["signals"], months=result.facts["months"])
    return figure_of("lines", _said("figure_team_growth", lang), caption, data, layout, lang)


def _crm_use(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    places = [str(p) for p in dict.fromkeys(r["group"] for r in rows)]
    series = []
    for activity in dict.fromkeys(r["activity"] for r in rows):
        mine = [r for r in rows if r["activity"] == activity]
        word = group_name(activity, lang)
        ends = [ends_of(r, "share") for r in mine]
        hover = [
            f"{r['group']} · {plain_text(word)}: {told(e, r['users'], 'share', lang)}"
            for r, e in zip(mine, ends, strict=True)
        ]
        series.append((word, ends, hover))
    facts = {k: result.facts[k] for k in ("n", "users")}
    return courses(
        places,
        series,
        "share",
        lang,
        title=_said("figure_crm_use", lang),
        caption=_said("caption_crm_use", lang, **facts),
    )


def _lift(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    places = [str(r["bin"]) for r in rows]
    seen = [ends_of(r, "hit_share") for r in rows]
    series = [
        (_said("series_seen", lang), seen, [told(e, r["n"], "share", lang) for r, e in zip(rows, seen, strict=True)])
    ]
    if there(result.facts["calibration"]):
        said = [(r["said_share"], None, None) for r in rows]
        series.append((_said("series_said", lang), said, [told(e, None, "share", lang) for e in said]))
    facts = {"n": result.facts["n"], "lift": result.facts["lift"]}
    caption = _said("caption_lift", lang, low=result.facts["lift_low"], high=result.facts["lift_high"], **facts)
    return courses(places, series, "share", lang, title=_said("figure_lift", lang), caption=caption)


def _questions(result: Result, lang: str) -> dict[str, Any]:
    lifts = result.params["lifts"]
    ends = [ends_of(found.facts, "lift") for found in lifts.values()]
    texts = [told(e, found.facts["n"], "number", lang) for e, found in zip(ends, lifts.values(), strict=True)]
    colours = toned([found.facts["verdict"] for found in lifts.values()])
    return points(
        [labels.name(q, lang) for q in lifts],
        ends,
        texts,
        "number",
        lang,
        title=_said("figure_questions", lang),
        caption=_said("caption_questions", lang, n=result.facts["n"]),
        colours=colours,
        reference=1.0,
        axis=_said("axis_lift", lang),
    )


def _content_calendar(result: Result, lang: str) -> dict[str, Any]:
    """Every occasion as a bar from its first to its last day; a row an occasion."""
    rows = result.table.to_dict("records")
    first = result.facts["first"]
    occasions = list(dict.fromkeys(r["occasion"] for r in rows))
    kinds = list(dict.fromkeys(r["content"] for r in rows))
    data = []
    for colour, kind in zip(SERIES, kinds, strict=False):
        mine = {(r["occasion"], r["from_on"]): r for r in rows if r["content"] == kind}.values()
        hover = [
            _said(
                "hover_item",
                lang,
                **{k: r[k] for k in ("occasion", "from_on", "to_on", "content", "segment", "channel")},
            )
            for r in mine
        ]
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": labels.name(kind, lang),
                "base": [(r["from_on"] - first).days for r in mine],
                "x": [(r["to_on"] - r["from_on"]).days + 1 for r in mine],
                "y": [occasions.index(r["occasion"]) for r in mine],
                "width": 0.7,
                "marker": {"color": colour},
                "hovertext": hover,
                "hoverinfo": "text",
            }
        )
    layout = base_layout()
    set_rows(layout, [labels.name(o, lang) for o in occasions])
    import pandas as pd

    starts = pd.date_range(first, result.facts["last"], freq="MS")
    step = max(1, -(-len(starts) // 4))
    layout["xaxis"].update(
        tickmode="array",
        tickvals=[(s - first).days for s in starts[::step]],
        ticktext=[labels.date(s, lang, style="month") for s in starts[::step]],
        range=[-2, (result.facts["last"] - first).days + 3],
    )
    layout["barmode"] = "overlay"
    layout["showlegend"] = len(kinds) > 1
    facts = {k: result.facts[k] for k in ("n", "first", "last")}
    caption = _said("caption_content_calendar", lang, **facts)
    return figure_of("bars", _said("figure_content_calendar", lang), caption, data, layout, lang, len(occasions))


def _price_response(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    ends = [ends_of(r, "elasticity") for r in rows]
    names = [group_name(r["group"], lang) if there(r["group"]) else _said("all_products", lang) for r in rows]
    texts = [told(e, r["n"], "number", lang) for e, r in zip(ends, rows, strict=True)]
    colours = ["@accent" if r["finding"] == "elastic" else "@other" for r in rows]
    caption = _said("caption_price_response", lang, n=int(sum(r["n"] for r in rows)))
    return points(names, ends, texts, "number", lang, title=_said("figure_price_response", lang), caption=caption,
                  colours=colours, reference=-1.0, floor=None)  # fmt: skip
