"""Figures of duplicates: scores with the zone of review, the threshold curve, weights of a pair and of a model, sizes
of entities."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["duplicates_figure"]

_NARROW = 1e-4  # what a threshold of 1 would be on the curve's axis of odds


def duplicates_figure(result: Result, lang: str, *, of: str | None = None) -> dict[str, Any]:
    """The figure of a Result of duplicates.

    Parameters
    ----------
    result : Result
        Of kind ``duplicates.found``, ``duplicates.curve``, ``duplicates.why``, ``duplicates.review``,
        ``duplicates.merge`` or ``duplicates.learned``.
    lang : {"id", "en"}
    of : {"scores", "sizes"}, optional
        What to draw of ``duplicates.found``.
    """
    kind = result.kind.partition(".")[2]
    if kind == "found":
        return _sizes(result, lang) if of == "sizes" else _scores(result, lang)
    drawn = {"curve": _curve, "why": _why, "review": _review, "merge": _merge, "learned": _learned}
    return drawn[kind](result, lang)


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"duplicates.{key}", lang, **values)


def _figure(
    kind: str, title: str, data: list, layout: dict, lang: str, caption: str = "", bars: int = 0
) -> dict[str, Any]:
    shown = labels.text("charts.kind_lines" if kind == "lines" else "charts.kind_bars", lang)
    out = {
        "kind": kind,
        "title": title,
        "caption": caption,
        "alt": labels.text("charts.alt", lang, kind=shown, title=title),
        "data": data,
        "layout": layout,
        "paths": [[] for _ in data],
    }
    return {**out, "bars": bars} if bars else out


def _counts_axis(most: float, lang: str) -> dict[str, Any]:
    """A log axis of counts from 1."""
    tens = [10**k for k in range(math.ceil(math.log10(max(most, 1))) + 1)]
    return {
        "type": "log",
        "tickmode": "array",
        "tickvals": tens,
        "ticktext": [labels.value(t, "count", lang, short=True) for t in tens],
        "range": [-0.3, math.log10(max(most, 1)) + 0.5],
    }


def _axis_title(text: str) -> dict[str, Any]:
    return {"text": text, "font": {"color": "@muted", "size": 12}, "standoff": 4}


def _shares(layout: dict, axis: str, lang: str, values: tuple[float, ...] = (0, 0.2, 0.4, 0.6, 0.8, 1.0)) -> None:
    layout[axis].update(tickmode="array", tickvals=list(values), ticktext=[labels.percent(v, lang, 0) for v in values])


def _scores(result: Any, lang: str) -> dict[str, Any]:
    """How many of the compared pairs have which score; between the two lines a person looks."""
    bins = result.histogram.to_dict("records")
    threshold, review = result.params["threshold"], result.params["review"]
    middles = [(b["score_low"] + b["score_high"]) / 2 for b in bins]
    counts = [int(b["pairs"]) for b in bins]

    def colour(middle: float) -> str:
        return "@accent" if middle >= threshold else "@warn" if middle >= review else "@other"

    hover = [
        f"{labels.percent(b['score_low'], lang, 0)}–{labels.percent(b['score_high'], lang, 0)}<br>"
        + labels.text("charts.hover_n", lang, n=n)
        for b, n in zip(bins, counts, strict=True)
    ]
    trace = {
        "type": "bar",
        "x": middles,
        "y": [n or None for n in counts],
        "base": [0.5 if n else None for n in counts],
        "width": [(b["score_high"] - b["score_low"]) * 0.9 for b in bins],
        "marker": {"color": [colour(m) for m in middles]},
        "text": [labels.value(n, "count", lang, short=True) if n else "" for n in counts],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "@text", "size": 11},
        "hovertext": hover,
        "hoverinfo": "text",
    }
    # on a log axis a bar's height is added to its base
    trace["y"] = [n - 0.5 if n else None for n in counts]
    layout = base_layout()
    layout["xaxis"].update(range=[-0.02, 1.02], title=_axis_title(_said("axis_score", lang)))
    _shares(layout, "xaxis", lang)
    layout["yaxis"].update(_counts_axis(max(counts, default=1), lang), title=_axis_title(_said("axis_pairs", lang)))
    line = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": {"color": "@line-strong", "width": 1}}
    layout["shapes"] = [
        {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "x0": review, "x1": threshold, "layer": "below",
         "fillcolor": "@accent-soft", "line": {"width": 0}},
        {**line, "x0": review, "x1": review},
        {**line, "x0": threshold, "x1": threshold},
    ]  # fmt: skip
    layout["annotations"] = [
        {
            "x": (review + threshold) / 2,
            "y": 1,
            "yref": "paper",
            "yanchor": "top",
            "text": _said("zone_review", lang),
            "showarrow": False,
            "font": {"color": "@muted", "size": 12},
        }
    ]
    caption = _said("caption_scores", lang, compared=sum(counts), threshold=threshold, review=review)
    return _figure("bars", _said("figure_scores", lang), [trace], layout, lang, caption)


def _sizes(result: Any, lang: str) -> dict[str, Any]:
    """How many entities have how many rows."""
    each = result.entities.drop_duplicates("entity")["rows"].value_counts().sort_index()
    sizes, counts = each.index.tolist(), each.tolist()
    trace = {
        "type": "bar",
        "x": [str(s) for s in sizes],
        "y": [n - 0.5 for n in counts],
        "base": [0.5] * len(counts),
        "marker": {"color": ["@other" if s == 1 else "@accent" for s in sizes]},
        "text": [labels.value(n, "count", lang) for n in counts],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "@text", "size": 12},
        "hoverinfo": "skip",
    }
    layout = base_layout()
    layout["xaxis"].update(type="category", title=_axis_title(_said("axis_rows", lang)))
    layout["yaxis"].update(_counts_axis(max(counts, default=1), lang), title=_axis_title(_said("axis_entities", lang)))
    caption = labels.text("charts.caption_n", lang, n=result.facts["rows"])
    return _figure("bars", _said("figure_sizes", lang), [trace], layout, lang, caption)


def _odds(p: float) -> float:
    """Thresholds crowd near 1: an axis of log odds gives 0.99 and 0.999 room."""
    p = min(max(p, _NARROW), 1 - _NARROW)
    return math.log10(p / (1 - p))


def _curve(result: Result, lang: str) -> dict[str, Any]:
    """Precision and recall over the threshold, with the ends of their intervals."""
    rows = result.table.to_dict("records")
    x = [_odds(r["threshold"]) for r in rows]
    data: list[dict[str, Any]] = []
    for colour, name in ((SERIES[0], "precision"), (SERIES[1], "recall")):
        held = [k for k, r in enumerate(rows) if r[name] == r[name] and r[name] is not None]
        at = [x[k] for k in held]
        # thin lines, not bands: two bands would hide each other
        end = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False, "opacity": 0.7}
        end["line"] = {"color": colour, "width": 1, "dash": "dot"}
        data += [
            {**end, "x": at, "y": [rows[k][f"{name}_high"] for k in held]},
            {**end, "x": at, "y": [rows[k][f"{name}_low"] for k in held]},
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": labels.name(name, lang),
                "x": at,
                "y": [rows[k][name] for k in held],
                "line": {"color": colour, "width": 2.5, "dash": "solid" if name == "precision" else "dash"},
                "marker": {"color": colour, "size": 6},
                "hovertext": [
                    f"{_said('axis_threshold', lang)} {labels.number(rows[k]['threshold'], lang, 4, trim=True)}<br>"
                    f"{labels.name(name, lang)} {labels.percent(rows[k][name], lang)} "
                    f"({labels.percent(rows[k][f'{name}_low'], lang)}–{labels.percent(rows[k][f'{name}_high'], lang)})"
                    for k in held
                ],
                "hoverinfo": "text",
            },
        ]
    layout = base_layout()
    places = [p for p in (0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999) if min(x) - 0.1 <= _odds(p) <= max(x) + 0.1]
    layout["xaxis"].update(
        tickmode="array",
        tickvals=[_odds(p) for p in places],
        ticktext=[f"{labels.number(p * 100, lang, 2, trim=True)}%" for p in places],
        title=_axis_title(_said("axis_threshold", lang)),
    )
    low = min((r[k] for r in rows for k in ("precision_low", "recall_low") if r[k] == r[k]), default=0.0)
    layout["yaxis"].update(range=[max(0.0, low - 0.05), 1.01])
    from_ = math.floor(max(0.0, low - 0.05) * 10) / 10
    _shares(layout, "yaxis", lang, tuple(round(from_ + 0.1 * k, 1) for k in range(int(round((1 - from_) * 10)) + 1)))
    own = _odds(result.params["threshold"])
    layout["shapes"] = [
        {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": own, "x1": own, "line": {"color": "@line-strong",
                                                                                          "width": 1, "dash": "dot"}}
    ]  # fmt: skip
    layout["showlegend"] = True
    caption = _said("caption_curve", lang, n=result.facts["n"])
    return _figure("lines", _said("figure_curve", lang), data, layout, lang, caption)


def _bars(
    names: list[str], values: list[float], texts: list[str], colours: list[str], lang: str, unit: str = "count"
) -> tuple[dict, dict]:
    """Horizontal bars and their layout."""
    rows = list(range(len(names)))
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": rows,
        "marker": {"color": colours},
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "@text", "size": 12},
        "hovertext": [f"{plain_text(n)}: {t}" for n, t in zip(names, texts, strict=True)],
        "hoverinfo": "text",
    }
    layout = base_layout()
    low, high = min([0.0, *values]), max([0.0, *values])
    spread = (high - low) or 1.0
    low, high = low - (0.18 * spread if low < 0 else 0), high + 0.18 * spread
    places, ticks = labels.ticks(low, high, unit, lang)
    layout["xaxis"].update(tickmode="array", tickvals=places, ticktext=ticks, range=[low, high])
    layout["yaxis"].update(
        tickmode="array",
        tickvals=rows,
        ticktext=[plain_text(n) for n in names],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    layout["yaxis"]["tickfont"] = {"color": "@text", "size": 12}
    return trace, layout


def _why(result: Result, lang: str) -> dict[str, Any]:
    """The bits of every field, and their sum."""
    rows = result.table.to_dict("records")
    names = [
        labels.name(r["field"], lang) + (f" · {labels.name('level_' + r['level'], lang)}" if r["level"] else "")
        for r in rows
    ]
    values = [r["bits"] for r in rows]
    names.append(_said("total_weight", lang))
    values.append(result.facts["bits"])
    texts = [("+" if v > 0 else "") + labels.number(v, lang, 1) for v in values]
    colours = ["@good" if v > 0 else "@bad" if v < 0 else "@other" for v in values]
    colours[-1] = "@accent"
    trace, layout = _bars(names, values, texts, colours, lang, unit="number")
    layout["xaxis"]["title"] = _axis_title(_said("axis_bits", lang))
    title = _said("figure_why", lang, left=str(result.facts["left"]), right=str(result.facts["right"]))
    caption = f"{_said('axis_score', lang)}: {labels.percent(result.facts['score'], lang)}"
    return _figure("bars", title, [trace], layout, lang, caption, bars=len(names))


def _review(result: Result, lang: str) -> dict[str, Any]:
    """How many pairs wait and how the others were decided."""
    kinds = ("match", "no_match", "unsure", "open")
    values = [float(result.facts[k]) for k in kinds]
    names = [labels.name(f"verdict_{k}", lang) for k in kinds]
    texts = [labels.value(int(v), "count", lang) for v in values]
    trace, layout = _bars(names, values, texts, ["@good", "@bad", "@warn", "@other"], lang)
    title = labels.name("review", lang)
    return _figure("bars", title, [trace], layout, lang, bars=len(names))


def _merge(result: Result, lang: str) -> dict[str, Any]:
    """For each column, how many values of merged rows came from another row than the first."""
    rows = result.table.to_dict("records")
    names = [f"{labels.name(r['column'], lang)} · {labels.name('rule_' + r['rule'], lang)}" for r in rows]
    values = [float(r["from_another"]) for r in rows]
    texts = [labels.value(int(v), "count", lang) for v in values]
    trace, layout = _bars(names, values, texts, ["@accent"] * len(rows), lang)
    caption = labels.text("charts.caption_n", lang, n=result.facts["merged_entities"])
    return _figure("bars", _said("figure_merge", lang), [trace], layout, lang, caption, bars=len(names))


def _learned(result: Result, lang: str) -> dict[str, Any]:
    """The weight of every level as written and as learned, a line from the one to the other."""
    rows = result.table.to_dict("records")
    names = [f"{labels.name(r['field'], lang)} · {labels.name('level_' + r['level'], lang)}" for r in rows]
    both = [r[k] for r in rows for k in ("weight", "weight_learned")]
    _, layout = _bars(names, both, [""] * len(names), [], lang, unit="number")
    layout["xaxis"]["title"] = _axis_title(_said("axis_bits", lang))
    layout["showlegend"] = True
    at = list(range(len(rows)))
    move = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    move["line"] = {"color": "@line-strong", "width": 2}
    move["x"] = [x for r in rows for x in (r["weight"], r["weight_learned"], None)]
    move["y"] = [y for k in at for y in (k, k, None)]
    data = [move]
    for column, key, colour, symbol in (
        ("weight", "learned_written", "@other", "circle-open"),
        ("weight_learned", "learned_new", "@accent", "circle"),
    ):
        said = _said(key, lang)
        values = [r[column] for r in rows]
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": said,
                "x": values,
                "y": at,
                "marker": {"color": colour, "size": 9, "symbol": symbol, "line": {"color": colour, "width": 2}},
                "hovertext": [
                    f"{plain_text(n)}<br>{said}: {'+' if v > 0 else ''}{labels.number(v, lang, 1)}"
                    for n, v in zip(names, values, strict=True)
                ],
                "hoverinfo": "text",
            }
        )
    caption = _said("caption_learned", lang, **{k: result.facts[k] for k in ("sessions", "matches", "drawn")})
    return _figure("lines", _said("figure_learned", lang), data, layout, lang, caption, bars=len(names))
