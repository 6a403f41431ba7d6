"""Figures of what people write and of the closed loop: topics, cases, calling back, asking, complaints, recovery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .satisfaction_marks import (
    GREY,
    MOST_ROWS,
    axis_of,
    bars,
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

__all__ = [
    "cadence_figure",
    "cases_figure",
    "comments_figure",
    "complaints_figure",
    "may_ask_figure",
    "nonresponse_figure",
    "recontact_figure",
    "recovery_figure",
]

_STATES = {"overdue": "@bad", "not_yet_due": SERIES[0], "late": SERIES[1], "in_time": "@good"}


def comments_figure(result: Result, lang: str) -> dict[str, Any]:
    """How often each topic is written about, and in the hover how right the reading of it is."""
    rows = [r for r in result.table.to_dict("records") if r["comments"] > 0][:MOST_ROWS]
    names = [group_name(r["topic"], lang) for r in rows]
    ends = [(r["comment_share"], r["comment_share_low"], r["comment_share_high"]) for r in rows]
    n = result.facts["n"]
    texts = [interval_text(r, "comment_share", n, "share", lang) for r in rows]
    for k, r in enumerate(rows):
        if r["labelled"]:
            check = {"precision": r["precision_share"], "recall": r["recall_share"], "labelled": int(r["labelled"])}
            texts[k] += "<br>" + said("hover_check", lang, **check)
    colours = [GREY if r["topic"] == "no_topic" else SERIES[0] for r in rows]
    layout = base_layout()
    data = points(layout, names, ends, texts, colours, "share", lang, more=[0.0])
    facts = {k: result.facts[k] for k in ("n", "accuracy_share", "labelled")}
    caption = "caption_comments" if result.facts["labelled"] else "caption_comments_unchecked"
    return figure_of("bars", said("figure_comments", lang), said(caption, lang, **facts), data, layout, lang, len(rows))


def _counted(layout: dict[str, Any], counts: dict[str, int], colours: dict[str, str], lang: str) -> list[Any]:
    names = [labels.name(s, lang) for s in counts]
    texts = [labels.value(c, "count", lang) for c in counts.values()]
    data = bars(layout, names, list(counts.values()), texts, [colours[s] for s in counts])
    axis_of(layout, "xaxis", data, "count", lang, along="x", floor=0.0)
    layout["xaxis"]["range"][1] *= 1.08
    return data


def cases_figure(result: Result, lang: str) -> dict[str, Any]:
    """How many cases are overdue, open, late and in time."""
    found = result.table["state"].value_counts()
    layout = base_layout()
    data = _counted(layout, {s: int(found.get(s, 0)) for s in _STATES}, _STATES, lang)
    caption = said("caption_cases", lang, n=result.facts["n"], within_days=result.facts["within_days"])
    return figure_of("bars", said("figure_cases", lang), caption, data, layout, lang, 5)


def may_ask_figure(result: Result, lang: str) -> dict[str, Any]:
    """How many may be asked."""
    layout = base_layout()
    counts = {k: result.facts[k] for k in ("allowed", "blocked")}
    data = _counted(layout, counts, {"allowed": "@good", "blocked": GREY}, lang)
    caption = said("caption_may_ask", lang, n=result.facts["n"], min_days=result.facts["min_days"])
    return figure_of("bars", said("figure_may_ask", lang), caption, data, layout, lang, 4)


def recontact_figure(result: Result, lang: str) -> dict[str, Any]:
    """The share called back by the day, in steps."""
    rows = result.table.to_dict("records")
    x, y, ends, hover = [0.0], [0.0], [(None, None)], [""]
    for k, r in enumerate(rows):
        until = rows[k + 1]["days_waited"] if k + 1 < len(rows) else r["days_waited"]
        told = interval_text(r, "done_share", r["still_waiting"], "share", lang)
        for place in (r["days_waited"], until):
            x.append(place)
            y.append(r["done_share"])
            ends.append((r["done_share_low"], r["done_share_high"]))
            hover.append(f"{labels.number(r['days_waited'], lang, 1)} · {told}")
        if k == 0:
            x.insert(1, r["days_waited"])
            y.insert(1, 0.0)
            ends.insert(1, (None, None))
            hover.insert(1, "")
    data = lines(labels.name("done_share", lang), SERIES[0], x, y, ends, hover)
    data[2]["mode"] = "lines"
    layout = base_layout()
    axis_of(layout, "yaxis", data, "share", lang, floor=0.0)
    axis_of(layout, "xaxis", data, "number", lang, said("axis_days", lang), along="x", floor=0.0)
    straight(layout, result.params["within_days"], "x")
    facts = {k: result.facts[k] for k in ("n", "waiting")}
    caption = said("caption_recontact", lang, **facts)
    return figure_of("lines", said("figure_recontact", lang), caption, data, layout, lang)


def cadence_figure(result: Result, lang: str) -> dict[str, Any]:
    """The response rate by month."""
    rows = result.table.to_dict("records")
    x = list(range(len(rows)))
    ends = [(r["response_share_low"], r["response_share_high"]) for r in rows]
    hover = [f"{r['month']} · {interval_text(r, 'response_share', r['invited'], 'share', lang)}" for r in rows]
    data = lines(labels.name("response_share", lang), SERIES[0], x, [r["response_share"] for r in rows], ends, hover)
    layout = base_layout()
    axis_of(layout, "yaxis", data, "share", lang, floor=0.0)
    step = max(1, -(-len(rows) // 5))
    texts = [rows[i]["month"] for i in x[::step]]
    layout["xaxis"].update(
        tickmode="array", tickvals=x[::step], ticktext=texts, tickangle=0, range=[-0.4, len(rows) - 0.6]
    )
    straight(layout, result.facts["response_share"], "y")
    caption = said("caption_cadence", lang, n=result.facts["n"])
    return figure_of("lines", said("figure_cadence", lang), caption, data, layout, lang)


def nonresponse_figure(result: Result, lang: str) -> dict[str, Any]:
    """How far those who answered lie from those who did not, trait by trait."""
    rows = result.table.to_dict("records")[:MOST_ROWS]
    names = [group_name(r["trait"], lang) for r in rows]
    ends = [(r["distance"], r["distance_low"], r["distance_high"]) for r in rows]
    texts = [interval_text(r, "distance", r["n"], "number", lang) for r in rows]
    colours = [SERIES[0] if r["verdict"] == "real" else GREY for r in rows]
    layout = base_layout()
    data = points(layout, names, ends, texts, colours, "number", lang, title=said("axis_distance", lang), more=[0.0])
    straight(layout, 0.0, "x")
    caption = said("caption_nonresponse", lang, n=result.facts["n"])
    return figure_of("bars", said("figure_nonresponse", lang), caption, data, layout, lang, len(rows))


def complaints_figure(result: Result, lang: str) -> dict[str, Any]:
    """What people complain about, most often first."""
    rows = [r for r in result.table.to_dict("records") if r["row"] == "member"][:MOST_ROWS]
    by = result.params["by"]
    names = [group_name(r[by], lang) for r in rows]
    ends = [(r["complaint_share"], r["complaint_share_low"], r["complaint_share_high"]) for r in rows]
    texts = [interval_text(r, "complaint_share", r["complaints"], "share", lang) for r in rows]
    layout = base_layout()
    data = points(layout, names, ends, texts, [SERIES[0]] * len(rows), "share", lang, more=[0.0])
    facts = {k: result.facts[k] for k in ("n", "unsettled")}
    caption = said("caption_complaints", lang, **facts)
    return figure_of("bars", said("figure_complaints", lang), caption, data, layout, lang, len(rows))


def recovery_figure(result: Result, lang: str) -> dict[str, Any]:
    """Who returns, by how soon the complaint was settled."""
    rows = result.table.to_dict("records")
    names = [group_name(r["recovery"], lang) for r in rows]
    ends = [(r["return_share"], r["return_share_low"], r["return_share_high"]) for r in rows]
    texts = [interval_text(r, "return_share", r["n"], "share", lang) for r in rows]
    colours = [
        "@text" if r["recovery"] == "no_complaint" else SERIES[0] if r["verdict"] == "real" else GREY for r in rows
    ]
    layout = base_layout()
    data = points(layout, names, ends, texts, colours, "share", lang, bounds=(0.0, 1.0))
    base = result.facts["none_share"]
    if there(base):
        straight(layout, base, "x")
    caption = said("caption_recovery", lang, n=result.facts["n"], within_days=result.facts["within_days"])
    return figure_of("bars", said("figure_recovery", lang), caption, data, layout, lang, len(rows))
