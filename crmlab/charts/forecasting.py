"""Figures of forecasting: what the years hold, what moved a day's sales, what changed on a day, and what comes next."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError, suggest
from .cube import plain_text
from .estimates import bars, ends_of, points, ratio_points, toned
from .retention_marks import figure_of, group_name, set_axis, set_rows, spread, there
from .theme import SERIES, base_layout
from .value_marks import line

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["forecasting_figure"]

_STRONGEST = 3.0  # times: colours don't get deeper beyond this


def forecasting_figure(result: Result, lang: str, **options: Any) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``forecasting.``; ``channel=`` shows one channel's effects."""
    return {
        "audit": _audit,
        "effects": _effects,
        "forecast": _forecast,
        "payday": _payday,
        "shock": _shock,
    }[result.kind.partition(".")[2]](result, lang, **options)


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"forecasting.{key}", lang, **values)


def _audit(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"]
    rows = [r for r in result.table.to_dict("records") if r["row"] == "member"]
    years = list(dict.fromkeys(r["year"] for r in rows))
    parts = []
    for colour, channel in zip(SERIES, dict.fromkeys(r[by] for r in rows), strict=False):
        found = {r["year"]: r for r in rows if r[by] == channel}
        word = group_name(channel, lang)
        hover = [
            f"{plain_text(word)}: {labels.value(found[y]['orders'], 'count', lang)}"
            f" ({labels.value(found[y]['share'], 'share', lang)})"
            for y in years
        ]
        parts.append((word, [found[y]["orders"] for y in years], colour, hover))
    facts = {k: result.facts[k] for k in ("n", "days")} | {"empty": result.facts["empty_days"]}
    return bars(
        [str(y) for y in years],
        parts,
        "count",
        lang,
        title=_said("figure_audit", lang),
        caption=_said("caption_audit", lang, **facts),
    )


def _effects(result: Result, lang: str, channel: Any = None) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    channels = list(dict.fromkeys(r["channel"] for r in rows))
    if channel is not None and channel not in channels:
        found = [str(c) for c in channels]
        raise UserError("forecasting.bad_channel", found=channel, wanted=found, near=suggest(str(channel), found))
    caption = _said("caption_effects", lang, n=result.facts["n"], days=result.facts["days"])
    if channel is None and len(channels) > 1:
        return _grid(rows, channels, caption, lang)
    channel = channels[0] if channel is None else channel
    mine = [r for r in rows if r["channel"] == channel]
    return ratio_points(
        [labels.name(r["factor"], lang) for r in mine],
        [ends_of(r, "ratio") for r in mine],
        [_hover(r, lang) for r in mine],
        lang,
        title=_said("figure_effects_of", lang, channel=channel),
        caption=caption,
        axis=_said("axis_ratio", lang),
        colours=toned([r["verdict"] for r in mine]),
    )


def _hover(r: Any, lang: str) -> str:
    return _said(
        "hover_effect",
        lang,
        ratio=r["ratio"],
        low=r["ratio_low"],
        high=r["ratio_high"],
        days=r["days"],
        orders=r["orders"],
    )


def _grid(rows: list[Any], channels: list[Any], caption: str, lang: str) -> dict[str, Any]:
    """Factors by channels: the number always, a colour only where it is no chance."""
    factors = list(dict.fromkeys(r["factor"] for r in rows))
    found = {(r["factor"], r["channel"]): r for r in rows}
    z, texts, hover = [], [], []
    for factor in factors:
        z.append([]), texts.append([]), hover.append([])
        for channel in channels:
            r = found.get((factor, channel))
            shown = r is not None and there(r["ratio"])
            real = shown and r["verdict"] == "real"
            strength = math.log(max(r["ratio"], 0.01)) / math.log(_STRONGEST) if real else 0.0
            z[-1].append(max(-1.0, min(1.0, strength)))
            texts[-1].append(labels.number(r["ratio"], lang, 2) if shown else "")
            names = f"{plain_text(group_name(channel, lang))} · {plain_text(labels.name(factor, lang))}"
            hover[-1].append(f"{names}: {_hover(r, lang)}" if r else names)
    layout = base_layout()
    set_rows(layout, [labels.name(f, lang) for f in factors])
    words = [plain_text(group_name(c, lang)) for c in channels]
    axis = {"tickmode": "array", "tickvals": list(range(len(words))), "ticktext": words}
    axis |= {"tickangle": 35, "side": "top"}  # two long words beside each other don't fit a telephone
    layout["xaxis"].update(**axis, range=[-0.5, len(words) - 0.5], showgrid=False, zeroline=False)
    layout["xaxis"]["tickfont"] = {"color": "@text", "size": 11}
    layout["margin"]["t"] = 104
    trace = {
        "type": "heatmap",
        "x": list(range(len(words))),
        "y": list(range(len(factors))),
        "z": z,
        "zmin": -1.0,
        "zmax": 1.0,
        "colorscale": [[0, "@warn"], [0.5, "@panel"], [1, "@accent"]],
        "showscale": False,
        "opacity": 0.75,
        "xgap": 2,
        "ygap": 2,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"color": "@text", "size": 12},
        "hovertext": hover,
        "hoverinfo": "text",
    }
    return figure_of("heat", _said("figure_effects", lang), caption, [trace], layout, lang, len(factors) + 2)


def _payday(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    ends = [ends_of(r, "adjusted_ratio") for r in rows]
    texts = [
        _said(
            "hover_payday",
            lang,
            inside=r["inside_per_day"],
            outside=r["outside_per_day"],
            ratio=e[0],
            low=e[1],
            high=e[2],
        )
        for r, e in zip(rows, ends, strict=True)
    ]
    caption = _said("caption_payday", lang, inside=result.facts["payday_days"], days=result.facts["days"])
    return points(
        [group_name(r["channel"], lang) for r in rows],
        ends,
        texts,
        "number",
        lang,
        title=_said("figure_payday", lang),
        caption=caption,
        colours=toned([r["verdict"] for r in rows]),
        reference=1.0,
        floor=None,
        axis=_said("axis_times", lang),
    )


def _shock(result: Result, lang: str) -> dict[str, Any]:
    found = result.table.to_dict("records")
    eased = {r["group"] for r in found if r["effect"] == "recovery_step" and r["verdict"] == "real"}
    rows = [r for r in found if r["effect"] == "shock" or (r["effect"] == "since_recovery" and r["group"] in eased)]
    rows += [r for r in found if r["effect"] == "churn"]
    words = {"since_recovery": _said("row_eased", lang), "churn": _said("row_churn", lang)}
    names = [" ".join([group_name(r["group"], lang), words.get(r["effect"], "")]).strip() for r in rows]
    texts = [
        _said("hover_shock", lang, ratio=r["ratio"], low=r["ratio_low"], high=r["ratio_high"], n=r["n"]) for r in rows
    ]
    return ratio_points(
        names,
        [ends_of(r, "ratio") for r in rows],
        texts,
        lang,
        title=_said("figure_shock", lang, begins=result.params["begins"]),
        caption=_said("caption_shock", lang, n=result.facts["n"]),
        axis=_said("axis_ratio", lang),
        colours=toned([r["verdict"] for r in rows]),
    )


def _forecast(result: Result, lang: str) -> dict[str, Any]:
    table, history = result.table, result.params["history"]
    unit = result.params["units"]["value"]
    monthly = result.params["every"] == "month"
    past, ahead = list(history["at"]), list(table["at"])
    told = [labels.date(_day(p), lang, style="month" if monthly else "short") for p in (*past, *ahead)]
    before, x = list(range(len(past))), list(range(len(past), len(past) + len(ahead)))
    known, said, base = (list(c) for c in (history["value"], table["value"], table["baseline_value"]))
    low, high = list(table["value_low"]), list(table["value_high"])
    data = []
    shown = all(there(v) for v in low)
    if shown:
        for ends in (low, high):  # lines, not a surface: a figure on paper has none
            edge = line(x, ends, "@accent", [""] * len(x), dash="dot", width=1)
            data.append({**edge, "hoverinfo": "skip", "showlegend": False, "opacity": 0.7})
    words = [_said(f"series_{w}", lang) for w in ("actual", "forecast", "baseline")]
    data.append(line(before, known, "@text", _hovers(told, known, unit, lang), words[0], width=1.5))
    join = [before[-1], *x]
    if result.facts["model"] != "seasonal_naive":
        hover = [
            f"{t} ({labels.value(a, unit, lang)}–{labels.value(b, unit, lang)})" if shown else t
            for t, a, b in zip(_hovers(told[len(past) :], said, unit, lang), low, high, strict=True)
        ]
        data.append(line(join, [known[-1], *said], "@accent", [told[len(past) - 1], *hover], words[1]))
    more = _hovers(told[len(past) :], base, unit, lang)
    data.append(line(join, [known[-1], *base], "@other", [told[len(past) - 1], *more], words[2], dash="dot", width=1.5))
    layout = base_layout()
    rows = [(v, None, None) for v in (*known, *said, *base)] + (
        [(None, a, b) for a, b in zip(low, high, strict=True)] if shown else []
    )
    set_axis(layout, "yaxis", *spread(rows, 0.0), unit, lang)
    step = max(1, -(-len(told) // 5))
    places = list(range(0, len(told), step))
    layout["xaxis"].update(
        tickmode="array", tickvals=places, ticktext=[told[i] for i in places], range=[-0.5, len(told) - 0.5]
    )
    layout["showlegend"] = True
    layout["legend"] = {**layout["legend"], "font": {"color": "@text", "size": 11}}
    layout["yaxis"]["domain"] = [0, 0.9]
    layout["legend"]["y"] = 0.92
    facts = {"mase": result.facts["mase"], "naive": result.facts["naive_mase"], "level": result.facts["level"]}
    caption = _said("caption_forecast" if shown else "caption_forecast_bare", lang, **facts)
    title = _said("figure_forecast", lang, model=result.facts["model"])
    return figure_of("lines", title, caption, data, layout, lang)


def _day(place: Any) -> Any:
    import datetime as dt

    return dt.date.fromisoformat(f"{place}-01") if isinstance(place, str) else place


def _hovers(told: list[str], values: list[Any], unit: str, lang: str) -> list[str]:
    decimals = {"decimals": 1} if unit == "number" else {}
    return [f"{t}: {labels.value(v, unit, lang, **decimals)}" for t, v in zip(told, values, strict=False)]
