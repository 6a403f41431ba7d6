"""Figures of retention that show values with their intervals: ratios, reasons, groups, the lifecycle's months."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import shortened
from .estimates import ends_of
from .retention_marks import dots, figure_of, group_name, said, set_axis, set_rows, share_text, spread, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = [
    "chain_figure",
    "change_figure",
    "churn_ratio_figure",
    "levers_figure",
    "log_rank_figure",
    "ratios_figure",
    "reasons_figure",
    "repeat_figure",
]


def churn_ratio_figure(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"]
    names, rows, texts, colours = [], [], [], []
    for r in result.table.to_dict("records"):
        if by is not None and r["row"] == "total":
            continue
        group = said("all", lang) if by is None else group_name(r[by], lang)
        for when, word, colour in (("before", "then", "@other"), ("after", "now", "@accent")):
            what = f"hazard_{when}"
            names.append(f"{group} · {said(word, lang).lower()}")
            rows.append((r[what], r[f"{what}_low"], r[f"{what}_high"]))
            texts.append(share_text(r, what, int(r[f"lost_{when}"]), lang))
            colours.append(colour)
    return _drawn("churn_ratio", names, rows, texts, colours, "share", lang, n=result.facts["n"])


def _drawn(
    what: str,
    names: Sequence[str],
    rows: Sequence[tuple[Any, Any, Any]],
    texts: Sequence[str],
    colours: Sequence[str],
    unit: str,
    lang: str,
    caption: str = "",
    title: str = "",
    **facts: Any,
) -> dict[str, Any]:
    trace, lines = dots(names, rows, texts, colours)
    layout = base_layout()
    set_rows(layout, names)
    low, high = spread(rows)
    set_axis(layout, "xaxis", low, high, unit, lang)
    layout["shapes"] = lines
    caption = caption or said(f"caption_{what}", lang, **facts)
    return figure_of("bars", title or said(f"figure_{what}", lang), caption, [trace], layout, lang, len(names))


def ratios_figure(result: Result, lang: str) -> dict[str, Any]:
    kind = result.kind.partition(".")[2]
    what = "hazard_ratio" if kind == "cox" else "odds_ratio"
    found = result.table.to_dict("records")
    # "customer_type: corporate" is a column and one of its values
    names = [": ".join(group_name(part, lang) for part in r["column"].split(": ")) for r in found]
    rows = [tuple(math.log(r[f"{what}{e}"]) for e in ("", "_low", "_high")) for r in found]
    texts = [said("hover_ratio", lang, ratio=r[what], low=r[f"{what}_low"], high=r[f"{what}_high"]) for r in found]
    colours = ["@accent" if r["verdict"] == "real" else "@other" for r in found]
    trace, lines = dots(names, rows, texts, colours)
    layout = base_layout()
    set_rows(layout, names)
    low, high = spread([*rows, (0.0, -0.3, 0.3)], None)
    steps = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
    inside = [s for s in steps if low <= math.log(s) <= high]
    layout["xaxis"].update(
        tickmode="array",
        tickvals=[math.log(s) for s in inside],
        ticktext=[labels.number(s, lang, 2, trim=True) for s in inside],
        range=[low, high],
        title={"text": said(f"axis_{what}", lang), "font": {"color": "@muted", "size": 12}, "standoff": 4},
    )
    one = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": 0, "x1": 0}
    layout["shapes"] = [{**one, "line": {"color": "@line-strong", "width": 1, "dash": "dot"}}, *lines]
    caption = said("caption_ratio", lang, n=result.facts["n"], events=result.facts["events"])
    return figure_of("bars", said(f"figure_{kind}", lang), caption, [trace], layout, lang, len(names))


def log_rank_figure(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    layout = base_layout()
    set_rows(layout, [group_name(r["group"], lang) for r in rows])
    data = []
    for what, colour in (("expected_losses", "@other"), ("observed_losses", "@accent")):
        word = said(what, lang)
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": word,
                "x": [r[what] for r in rows],
                "y": list(range(len(rows))),
                "marker": {"color": colour, "size": 11},
                "hovertext": [f"{word}: {labels.number(r[what], lang, 1, trim=True)}" for r in rows],
                "hoverinfo": "text",
            }
        )
    set_axis(layout, "xaxis", 0, max(max(t["x"]) for t in data) * 1.08, "number", lang)
    layout["showlegend"] = True
    facts = {k: result.facts[k] for k in ("chi_square", "df", "p_value")}
    caption = said("caption_log_rank", lang, **facts)
    return figure_of("bars", said("figure_log_rank", lang), caption, data, layout, lang, len(rows))


def reasons_figure(result: Result, lang: str) -> dict[str, Any]:
    found = result.table.to_dict("records")
    names = [_said_reason(r["loss_reason"], lang) for r in found]
    rows = [(r["share"], r["share_low"], r["share_high"]) for r in found]
    texts = [share_text(r, "share", r["n"], lang) for r in found]
    colours = ["@other" if r["loss_reason"] == "unknown" else "@accent" for r in found]
    facts = {k: result.facts[k] for k in ("n", "unknown")}
    return _drawn("reasons", names, rows, texts, colours, "share", lang, **facts)


def _said_reason(reason: str, lang: str) -> str:
    return labels.text("common.unknown", lang) if reason == "unknown" else labels.name(reason, lang)


def repeat_figure(result: Result, lang: str) -> dict[str, Any]:
    found = result.table.to_dict("records")
    names = [group_name(r[result.params["by"]], lang) for r in found]
    rows = [(r["repeat_share"], r["repeat_share_low"], r["repeat_share_high"]) for r in found]
    texts = [share_text(r, "repeat_share", r["orders"], lang) for r in found]
    colours = ["@accent" if r["verdict"] == "real" else "@other" for r in found]
    title = said("figure_repeat", lang, days=result.params["within_days"])
    facts = {k: result.facts[k] for k in ("n", "customers")}
    return _drawn("repeat", names, rows, texts, colours, "share", lang, title=title, **facts)


def chain_figure(result: Result, lang: str) -> dict[str, Any]:
    found = result.table.to_dict("records")
    names = [group_name(r["state"], lang) for r in found]
    what = "expected_months"
    rows = [ends_of(r, what) for r in found]
    texts = [
        said("hover_ratio", lang, ratio=r[0], low=r[1], high=r[2]) if there(r[1]) else labels.number(r[0], lang, 1)
        for r in rows
    ]
    n = result.facts["n"]
    caption = said("caption_chain", lang, n=n) if n is not None else said("caption_chain_plain", lang)
    drawn = _drawn("chain", names, rows, texts, ["@accent"] * len(rows), "number", lang, caption=caption)
    drawn["layout"]["xaxis"]["title"] = {
        "text": said("axis_expected_months", lang),
        "font": {"color": "@muted", "size": 12},
        "standoff": 4,
    }
    return drawn


def change_figure(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    layout = base_layout()
    set_rows(layout, [group_name(r["state"], lang) for r in rows])
    data = []
    for what, word, colour in (("months_before", "then", "@other"), ("months_after", "now", "@accent")):
        name = said(word, lang)
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": [r[what] for r in rows],
                "y": list(range(len(rows))),
                "marker": {"color": colour, "size": 11},
                "hovertext": [f"{name}: {labels.number(r[what], lang, 1)}" for r in rows],
                "hoverinfo": "text",
            }
        )
    set_axis(
        layout, "xaxis", 0, max(max(t["x"]) for t in data) * 1.08, "number", lang, said("axis_expected_months", lang)
    )
    layout["showlegend"] = True
    facts = {k: result.facts[k] for k in ("origin", "to", "share_before", "share_after")}
    caption = said("caption_chain_change", lang, **facts)
    return figure_of("bars", said("figure_chain_change", lang), caption, data, layout, lang, len(rows))


def levers_figure(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")[:10]
    what = result.facts["by"]
    unit = "money" if what == "worth_gained" else "number"
    pairs = [tuple(shortened(group_name(r[c], lang)) for c in ("from_state", "to_state")) for r in rows]
    names = [said("stays", lang, state=a) if a == b else f"{a} → {b}" for a, b in pairs]
    values = [r[what] for r in rows]
    currency = result.facts["currency"]
    texts = [labels.value(v, unit, lang, short=True, currency=currency) for v in values]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(rows))),
        "marker": {"color": ["@accent"] * len(rows)},
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "@text", "size": 12},
        "hovertext": [f"{n}: {t}" for n, t in zip(names, texts, strict=True)],
        "hoverinfo": "text",
    }
    layout = base_layout()
    set_rows(layout, names)
    # where from and where to stand below each other, so that both can be read beside the bar
    layout["yaxis"].update(
        ticktext=[n.replace(" → ", "<br>→ ") for n in names], tickfont={"color": "@text", "size": 11}
    )
    low, high = min(0.0, *values), max(0.0, *values)
    set_axis(layout, "xaxis", low, high + 0.22 * ((high - low) or 1), unit, lang)
    key = "figure_levers_worth" if unit == "money" else "figure_levers_months"
    title = said(key, lang, points=result.params["points"])
    caption = said("caption_levers", lang, levers=result.facts["levers"])
    return figure_of("bars", title, caption, [trace], layout, lang, round(1.3 * len(rows)))
