"""Figures of workflow: what rules would do, who gets what, which values are reached, what a contact brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .estimates import bars, courses, ends_of, points, told
from .retention_marks import there

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["workflow_figure"]

MOST = 20
DECISIONS = (("carried_out", "@accent"), ("already_so", "@other"), ("outranked", "@warn"))


def workflow_figure(result: Result, lang: str, **options: Any) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``workflow.``; ``measure=`` for one of several channels' shares."""
    return {
        "assignment": _assignment,
        "channels": _channels,
        "contact_value": _contact_value,
        "decisions": _decisions,
        "escalation": _escalation,
        "events": _events,
        "log": _log,
        "rules": _rules,
        "worth": _worth,
    }[result.kind.partition(".")[2]](result, lang, **options)


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"workflow.{key}", lang, **values)


def _count(n: Any, lang: str) -> str:
    return labels.value(n, "count", lang)


def _stacked(names: list[str], parts: list[tuple[str, list[Any], str]], lang: str, **words: str) -> dict[str, Any]:
    drawn = [
        (word, values, colour, [f"{word}: {_count(v, lang)}" for v in values])
        for word, values, colour in parts
        if any(values)
    ]
    return bars([plain_text(n) for n in names], drawn, "count", lang, **words)


def _rules(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    parts = [(labels.name(d, lang), [r[d] for r in rows], colour) for d, colour in DECISIONS]
    if not any(any(values) for _, values, _ in parts):
        parts = [(parts[0][0], [0] * len(rows), "@accent")]
        return bars([plain_text(r["rule"]) for r in rows], [(*parts[0], ["0"] * len(rows))], "count", lang,
                    title=_said("figure_rules", lang, **_of(result)),
                    caption=_said("caption_rules", lang, **_of(result)))  # fmt: skip
    return _stacked([r["rule"] for r in rows], parts, lang, title=_said("figure_rules", lang, **_of(result)),
                    caption=_said("caption_rules", lang, **_of(result)))  # fmt: skip


def _of(result: Result) -> dict[str, Any]:
    return {k: result.facts[k] for k in ("n", "records", "rules", "carried_out", "never", "outranked", "changes")}


def _decisions(result: Result, lang: str) -> dict[str, Any]:
    counts = [result.facts[d] for d, _ in DECISIONS]
    hover = [_count(c, lang) for c in counts]
    return bars([labels.name(d, lang) for d, _ in DECISIONS], [("", counts, "@accent", hover)], "count", lang,
                title=_said("figure_decisions", lang, **_of(result)),
                caption=_said("caption_rules", lang, **_of(result)))  # fmt: skip


def _log(result: Result, lang: str) -> dict[str, Any]:
    counts = result.table["field"].value_counts().head(MOST)
    names = [plain_text(labels.name(str(f), lang)) for f in counts.index] or ["—"]
    values = counts.tolist() or [0]
    return bars(names, [("", values, "@accent", [_count(v, lang) for v in values])], "count", lang,
                title=_said("figure_log", lang, **_of(result)),
                caption=_said("caption_log", lang, **_of(result)))  # fmt: skip


def _escalation(result: Result, lang: str) -> dict[str, Any]:
    rows = result.params["counts"]
    names = [labels.name(r["send_to"], lang) if r["send_to"] else _said("nobody", lang) for r in rows]
    closed = [r["all"] - r["open"] for r in rows]
    parts = [
        (labels.name("resolved", lang), closed, "@other"),
        (labels.name("still_open", lang), [r["open"] for r in rows], "@accent"),
    ]
    levels = ", ".join(labels.number(x, lang, 1, trim=True) for x in result.params["levels"])
    facts = {k: result.facts[k] for k in ("n", "open", "escalated")}
    return _stacked(names, parts, lang, title=_said("figure_escalation", lang, **facts),
                    caption=_said("caption_escalation", lang, levels=levels, **facts))  # fmt: skip


def _assignment(result: Result, lang: str) -> dict[str, Any]:
    rows = result.params["load"][:MOST]
    parts = [
        (labels.name("in_hand", lang), [r["in_hand"] for r in rows], "@other"),
        (labels.name("given", lang), [r["given"] for r in rows], "@accent"),
        (labels.name("room_left", lang), [r["free"] for r in rows], "@accent-soft"),
    ]
    facts = {k: result.facts[k] for k in ("n", "assigned", "queued", "reps")}
    return _stacked([str(r["sales_rep"]) for r in rows], parts, lang, title=_said("figure_assignment", lang, **facts),
                    caption=_said("caption_assignment", lang, shown=len(rows), **facts))  # fmt: skip


def _events(result: Result, lang: str) -> dict[str, Any]:
    path = result.params.get("path")
    levels = result.params["thresholds"]
    facts = {k: result.facts[k] for k in ("n", "people", "events", "below", "new")}
    words = {"title": _said("figure_events", lang, **facts), "caption": _said("caption_events", lang, **facts)}
    if path and len(path) <= 60:
        places = [str(k + 1) for k in range(len(path))]
        hover = [labels.money(v, lang) for v in path]
        series = [("", [(v, None, None) for v in path], hover)]
        figure = courses(places, series, "money", lang, axis=labels.name("sale_number", lang), **words)
        low, high = figure["layout"]["yaxis"]["range"]
        figure["layout"]["yaxis"]["range"] = [low, max(high, 1.05 * levels[-1])]
        line = {"color": "@line-strong", "width": 1, "dash": "dot"}
        figure["layout"]["shapes"] = [
            {"type": "line", "x0": -0.4, "x1": max(len(path) - 0.6, 0.4), "y0": level, "y1": level, "line": line}
            for level in levels
        ]
        return figure
    rows = result.params["reached"]
    hover = [_count(r["people"], lang) for r in rows]
    names = [labels.money(r["threshold"], lang, short=True) for r in rows]
    return bars(names, [("", [r["people"] for r in rows], "@accent", hover)], "count", lang, **words)


def _contact_value(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    ends = [ends_of(r, "contact_value") for r in rows]
    texts = [told(e, None if r["n"] is None or r["n"] != r["n"] else r["n"], "money", lang)
             for e, r in zip(ends, rows, strict=True)]  # fmt: skip
    caption = _said("caption_contact_value" if any(there(e[1]) for e in ends) else "caption_typed", lang)
    facts = {k: result.facts[k] for k in ("best", "best_value")}
    return points([labels.name(str(r["channel"]), lang) for r in rows], ends, texts, "money", lang, reference=0.0,
                  title=_said("figure_contact_value", lang, **facts), caption=caption)  # fmt: skip


def _channels(result: Result, lang: str, measure: str | None = None) -> dict[str, Any]:
    measure = measure or "contact_value"
    rows = result.table.to_dict("records")
    ends = [ends_of(r, measure) for r in rows]
    unit = result.params["units"][measure]
    size = "answered" if measure == "satisfied_share" else "contacts"
    texts = [told(e, r[size], unit, lang) for e, r in zip(ends, rows, strict=True)]
    facts = {k: result.facts[k] for k in ("n", "people")}
    return points([labels.name(str(r["channel"]), lang) for r in rows], ends, texts, unit, lang,
                  reference=0.0 if unit == "money" else None, caption=_said("caption_channels", lang, **facts),
                  title=_said("figure_channels", lang, measure=labels.name(measure, lang)))  # fmt: skip


def _worth(result: Result, lang: str) -> dict[str, Any]:
    facts = result.facts
    known = there(facts["record_value_low"])
    ends = [facts[f"record_value_{e}"] + facts["record_cost"] if known else None for e in ("low", "high")]
    row = (facts["expected_margin"], *ends)
    return points([labels.name("expected_margin", lang)], [row], [told(row, facts["n"], "money", lang)], "money", lang,
                  reference=facts["record_cost"], title=_said("figure_worth", lang, decision=facts["decision"]),
                  caption=_said("caption_worth", lang, record_cost=facts["record_cost"]))  # fmt: skip
