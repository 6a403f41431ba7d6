"""Figures of segmentation that show customers one by one, or two segmentations at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .segmentation_marks import figure_of, heat, text_of
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["colour_of", "map_figure"]

_DAYS = (0, 7, 30, 91, 182, 365, 730, 1461, 2922)
_QUARTER = 91
_MOST_TICKS = 6


def map_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result of kind ``segmentation.customer_map`` or ``segmentation.comparison``."""
    return _map(result, lang) if result.kind == "segmentation.customer_map" else _comparison(result, lang)


def colour_of(place: int) -> tuple[str, bool]:
    """The colour of the segment at a place, and whether its mark is hollow: there are more segments than colours.

    Examples
    --------
    >>> colour_of(0), colour_of(8)
    (('@series-1', False), ('@series-1', True))
    """
    return SERIES[place % len(SERIES)], place >= len(SERIES)


def _map(result: Result, lang: str) -> dict[str, Any]:
    table, params = result.table, result.params
    layout = base_layout()
    for axis in ("x", "y"):
        how, column = params["axes"][params[axis]], params[axis]
        low, high = float(table[f"{axis}_place"].min()), float(table[f"{axis}_place"].max())
        side = 0.03 * ((high - low) or 1)
        ends = (result.facts[f"{axis}_least"], result.facts[f"{axis}_most"])
        places, texts = _ticks(*ends, how, params["units"][axis], lang)
        layout[f"{axis}axis"].update(
            tickmode="array",
            tickvals=places,
            ticktext=texts,
            range=[low - side, high + side],
            zeroline=False,
            title={"text": plain_text(_axis_title(column, how, lang)), "font": {"size": 12, "color": "@muted"}},
        )
    data, middles = [], []
    names = list(params["segments"])
    for j, name in enumerate(names):
        some = table[table["segment"] == name]
        colour, hollow = colour_of(j)
        middles.append(
            [_place(v, params["axes"][params[a]]) for a, v in zip("xy", params["middles"][name], strict=True)]
        )
        marker = {"color": colour, "size": 5, "opacity": 0.7, "symbol": "circle-open" if hollow else "circle"}
        said = f"<b>{plain_text(labels.name(name, lang))}</b>"
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": labels.name(name, lang),
                "x": [round(v, 4) for v in some["x_place"].tolist()],
                "y": [round(v, 4) for v in some["y_place"].tolist()],
                "marker": marker,
                "hovertext": said,
                "hoverinfo": "text",
            }
        )
    legend = [{"label": t["name"], "colour": t["marker"]["color"]} for t in data]
    rings = {"color": [e["colour"] for e in legend], "size": 15, "line": {"color": "@text", "width": 1.5}}
    data.append(
        {
            "type": "scatter",
            "mode": "markers",
            "name": text_of("medians", lang),
            "x": [m[0] for m in middles],
            "y": [m[1] for m in middles],
            "marker": rings,
            "hovertext": [f"<b>{plain_text(e['label'])}</b>" for e in legend],
            "hoverinfo": "text",
        }
    )
    caption = text_of("figure_map_caption", lang, shown=result.facts["shown"], n=result.facts["n"])
    title = text_of("figure_map", lang, x=params["x"], y=params["y"])
    figure = figure_of("map", title, caption, data, layout, 0, lang)
    return {**figure, "legend": legend}


def _axis_title(column: str, how: str, lang: str) -> str:
    name = labels.name(column, lang)
    return name if how == "none" else text_of("axis_logarithm", lang, column=name)


def _place(value: float, how: str) -> float:
    if how == "log":
        return math.log(value) if value > 0 else 0.0
    if how == "log1p":
        return math.log1p(value)
    return math.log1p(value / _QUARTER) if how == "log_quarters" else value


def _ticks(low: float, high: float, how: str, unit: str, lang: str) -> tuple[list[float], list[str]]:
    """Round values, where they stand on the axis, and their texts."""
    if how == "none":
        return labels.ticks(low, high, unit, lang)
    values: Sequence[float] = [d for d in _DAYS if low <= d <= high]
    if how != "log_quarters":
        least = low if low > 0 else min(1.0, high)
        powers = range(math.floor(math.log10(least)), math.ceil(math.log10(max(high, least))) + 1)
        values = [m * 10.0**p for p in powers for m in (1, 2, 5) if low <= m * 10.0**p <= high]
        if low <= 0:
            values = [0.0, *values]
    if len(values) > _MOST_TICKS:  # of many, whole powers of ten; of still too many, every second
        tens = [v for v in values if v == 0 or math.isclose(math.log10(v) % 1, 0, abs_tol=1e-9)]
        values = tens if len(tens) >= 3 and how != "log_quarters" else values[:: math.ceil(len(values) / _MOST_TICKS)]
    texts = [
        labels.value(v, unit, lang, short=True) if unit == "money" else labels.number(v, lang, 2, trim=True)
        for v in values
    ]
    return [_place(v, how) for v in values], texts


def _comparison(result: Result, lang: str) -> dict[str, Any]:
    cells = {(r["segment_one"], r["segment_other"]): r for r in result.table.to_dict("records")}
    starts, ends = result.params["segments_one"], result.params["segments_other"]
    lines = [[cells[s, e] for e in ends] for s in starts]
    texts = [[labels.percent(r["share"], lang, 0) if r["customers"] else "" for r in line] for line in lines]
    hovers = [
        [
            f"<b>{plain_text(labels.name(r['segment_one'], lang))} · "
            f"{plain_text(labels.name(r['segment_other'], lang))}</b><br>"
            + text_of("hover_customers", lang, customers=r["customers"], n=r["n"], share=r["share"])
            for r in line
        ]
        for line in lines
    ]
    layout, trace = heat(
        [labels.name(s, lang) for s in starts],
        ["<br>".join(wrap(plain_text(labels.name(e, lang)), 11)[:3]) for e in ends],
        [[r["share"] for r in line] for line in lines],
        texts,
        hovers,
        ["@panel-2", "@accent"],
    )
    layout["xaxis"].update(side="bottom", tickangle=0, tickfont={"color": "@text", "size": 10})
    keys = ("n", "rand_index", "rand_index_low", "rand_index_high")
    caption = text_of("figure_comparison_caption", lang, **{k: result.facts[k] for k in keys})
    return figure_of("heat", text_of("figure_comparison", lang), caption, [trace], layout, len(starts), lang)
