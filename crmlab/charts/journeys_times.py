"""Figures of time: how long from here to there, how long at a place, and when a signal is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .journeys_marks import bars, called, counted, interval, said, with_legend
from .retention_marks import figure_of, lines, set_axis, set_rows, there
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["dwell_figure", "signals_figure", "time_figure"]

_GROUPS = 6


def time_figure(result: Result, lang: str) -> dict[str, Any]:
    table, unit = result.table, result.params["unit"]
    grouped = "group" in table
    groups = list(dict.fromkeys(table["group"]))[:_GROUPS] if grouped else [None]
    data: list[dict[str, Any]] = []
    # the slow tail would press the curve against the axis: it is cut where the last group has nearly levelled off
    end = _until(table, groups, grouped)
    for colour, group in zip(SERIES, groups, strict=False):
        some = table if not grouped else table[table["group"].eq(group) if there(group) else table["group"].isna()]
        rows = some[some["duration"] <= end].to_dict("records")
        name = called(group, lang) if grouped else said("all", lang)
        x, y, ends, hover = [], [], [], []
        for k, r in enumerate(rows):
            until = rows[k + 1]["duration"] if k + 1 < len(rows) else end
            told = f"{plain_text(name)} · {labels.number(r['duration'], lang, 1)}<br>"
            told += interval(r, "arrived_share", "share", lang)
            for at in (r["duration"], until):
                x.append(at)
                y.append(r["arrived_share"])
                ends.append((r["arrived_share_low"], r["arrived_share_high"]))
                hover.append(told)
        data += lines(name, colour, x, y, ends, hover)
    for trace in data:
        trace["mode"] = "lines"
    layout = base_layout()
    top = max((v for trace in data for v in trace["y"] if there(v)), default=1.0)
    set_axis(layout, "yaxis", 0, 1.0 if top > 0.6 else max(1.1 * top, 0.01), "share", lang)
    set_axis(layout, "xaxis", 0, end or 1.0, "number", lang, said(f"axis_{unit}", lang))
    with_legend(layout, len(groups) if grouped else 0)
    title = said("figure_time_between", lang, start=result.params["start"], end=result.params["end"])
    caption = said("caption_time_between", lang, n=result.facts["n"], waiting=result.facts["waiting"])
    return figure_of("lines", title, caption, data, layout, lang)


def _until(table: Any, groups: list[Any], grouped: bool) -> float:
    ends = []
    for group in groups:
        some = table if not grouped else table[table["group"].eq(group) if there(group) else table["group"].isna()]
        top = some["arrived_share"].max()
        ends.append(float(some.loc[some["arrived_share"] >= 0.98 * top, "duration"].iloc[0]))
    return max(ends) * 1.02 or 1.0


def dwell_figure(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    within = result.params["within_seconds"]

    def seconds(x: float) -> str:
        return labels.number(x, lang, 0 if float(x).is_integer() else 1)

    names = [
        f"{seconds(r['seconds_from'])}–{seconds(r['seconds_to'])}"
        if there(r["seconds_to"])
        else f"≥ {seconds(r['seconds_from'])}"
        for r in rows
    ]
    colours = ["@accent" if there(r["seconds_to"]) and r["seconds_to"] <= within else "@other" for r in rows]
    hover = [f"<b>{n}</b><br>{counted(r, 'share', r['events'], lang)}" for n, r in zip(names, rows, strict=True)]
    layout = base_layout()
    trace, layout["shapes"] = bars(
        [r["share"] for r in rows],
        [labels.percent(r["share"], lang) for r in rows],
        hover,
        colours,
        [(r["share_low"], r["share_high"]) for r in rows],
    )
    set_axis(layout, "xaxis", 0, max(r["share"] for r in rows) * 1.25, "share", lang)
    set_rows(layout, names)
    title = said("figure_dwell", lang, touchpoint=result.params["touchpoint"])
    caption = said("caption_dwell", lang, **{k: result.facts[k] for k in ("n", "share", "within_seconds")})
    return figure_of("bars", title, caption, [trace], layout, lang, max(len(rows), 8))


def signals_figure(result: Result, lang: str) -> dict[str, Any]:
    """What became of the moments at which the rule held: one signal, silence, or nobody to write to."""
    keys = ("triggers", "silenced", "anonymous_triggers", "bot_triggers")
    values = [int(result.facts[k]) for k in keys]
    names = [said(f"signal_{k}", lang) for k in keys]
    texts = [labels.value(v, "count", lang) for v in values]
    hover = [f"<b>{plain_text(n)}</b><br>{t}" for n, t in zip(names, texts, strict=True)]
    layout = base_layout()
    trace, _ = bars(values, texts, hover, ["@accent", "@other", "@other", "@other"])
    set_axis(layout, "xaxis", 0, max(*values, 1) * 1.25, "count", lang)
    set_rows(layout, names)
    told = {k: result.facts[k] for k in ("times", "window_minutes", "cooldown_days")}
    caption = said("caption_signals", lang, n=result.facts["persons"], **told)
    return figure_of("bars", said("figure_signals", lang), caption, [trace], layout, lang, 8)
