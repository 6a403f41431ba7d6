"""Figures of what people answer: engagement, recommending, and to whom a result is credited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .journeys_marks import bars, called, interval, said, with_legend
from .retention_marks import dots, figure_of, lines, set_axis, set_rows, there
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["attribution_figure", "engagement_figure", "referral_figure"]

_ROWS = 14


def engagement_figure(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    layout = base_layout()
    caption = said("caption_engagement", lang, n=result.facts["n"], followers=result.facts["followers"])
    if "group" not in result.table:
        names = [called(r["measure"], lang) for r in rows]
        texts = [labels.number(r["per_post"], lang, 1) for r in rows]
        hover = [
            f"<b>{n}</b><br>{interval(r, 'per_post', 'number', lang, 1)}" for n, r in zip(names, rows, strict=True)
        ]
        ends = [(r["per_post_low"], r["per_post_high"]) for r in rows]
        trace, layout["shapes"] = bars([r["per_post"] for r in rows], texts, hover, ["@accent"] * len(rows), ends)
        top = max([r["per_post"] for r in rows] + [e[1] for e in ends if there(e[1])])
        set_axis(layout, "xaxis", 0, top * 1.2, "number", lang)
        set_rows(layout, names)
        return figure_of("bars", said("figure_engagement", lang), caption, [trace], layout, lang, 8)
    groups = list(dict.fromkeys(result.table["group"]))
    data = []
    for colour, measure in zip(SERIES, dict.fromkeys(result.table["measure"]), strict=False):
        # three rates of three sizes: each beside its own first group
        some = [r for r in rows if r["measure"] == measure]
        base = some[0]["per_post"] or 1.0
        ends = [(r["per_post_low"] / base, r["per_post_high"] / base) for r in some]
        hover = [
            f"{plain_text(called(r['group'], lang))} · {called(measure, lang)}<br>"
            f"{interval(r, 'per_post', 'number', lang, 1)}"
            for r in some
        ]
        data += lines(
            called(measure, lang), colour, list(range(len(some))), [r["per_post"] / base for r in some], ends, hover
        )
    high = max(v for t in data for v in t["y"] if there(v)) * 1.05
    set_axis(layout, "yaxis", 0, high, "number", lang)
    step = max(1, -(-len(groups) // 6))
    shown = list(range(0, len(groups), step))
    layout["xaxis"].update(
        tickmode="array",
        tickvals=shown,
        ticktext=[plain_text(called(groups[i], lang)) for i in shown],
        range=[-0.4, len(groups) - 0.6],
    )
    with_legend(layout, len(data) // 3)
    return figure_of("lines", said("figure_engagement_groups", lang), caption, data, layout, lang)


def referral_figure(result: Result, lang: str) -> dict[str, Any]:
    row = result.table.iloc[0].to_dict()
    keys = ("customers", "inviters", "invites", "joined")
    names = [said(f"column_{k}", lang) for k in keys]
    texts = [labels.value(int(row[k]), "count", lang) for k in keys]
    layout = base_layout()
    hover = [f"<b>{n}</b><br>{t}" for n, t in zip(names, texts, strict=True)]
    trace, _ = bars([row[k] for k in keys], texts, hover, ["@other", "@other", "@other", "@accent"])
    set_axis(layout, "xaxis", 0, max(row[k] for k in keys) * 1.25, "count", lang)
    set_rows(layout, names)
    return figure_of(
        "bars",
        said("figure_referral", lang),
        said("caption_referral", lang, k=interval(row, "k_factor", "number", lang, 2)),
        [trace],
        layout,
        lang,
        8,
    )


def attribution_figure(result: Result, lang: str) -> dict[str, Any]:
    rules, of = result.params["rules"], result.params["of"]
    rows = [r for r in result.table.to_dict("records") if r[of] != "no_touch"][:_ROWS]
    names = [called(r[of], lang) for r in rows]
    data, top = [], 0.0
    span = []
    for k, r in enumerate(rows):
        given = [r[f"{x}_share"] for x in rules]
        line = {"color": "@line-strong", "width": 3}
        span.append({"type": "line", "x0": min(given), "x1": max(given), "y0": k, "y1": k, "line": line})
    symbols = ("circle", "square", "diamond", "triangle-up", "cross", "x")
    for k, (colour, rule) in enumerate(zip(SERIES, rules, strict=False)):
        word = said(f"rule_{rule}", lang)
        told = [f"{word}: {interval(r, f'{rule}_share', 'share', lang)}" for r in rows]
        trace, _ = dots(names, [(r[f"{rule}_share"], None, None) for r in rows], told, [colour] * len(rows))
        trace["marker"] |= {"symbol": symbols[k % 6], "size": 9}
        data.append({**trace, "name": word})
        top = max(top, max(r[f"{rule}_share"] for r in rows))
    layout = base_layout()
    layout["shapes"] = span
    set_axis(layout, "xaxis", 0, top * 1.08, "share", lang)
    set_rows(layout, names)
    with_legend(layout, len(data))
    caption = said("caption_attribution", lang, n=result.facts["n"], disagreement=float(result.facts["disagreement"]))
    return figure_of("dots", said("figure_attribution", lang), caption, data, layout, lang, max(len(rows), 10))
