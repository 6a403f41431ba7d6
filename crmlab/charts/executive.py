"""Figures of the executive dashboard: a year beside the year before."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import LONGEST, plain_text
from .estimates import bars, courses
from .retention_marks import there

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["executive_figure"]

FEWEST = 4  # rows that a figure has room for at least


def executive_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``executive.``."""
    name = result.kind.partition(".")[2].removesuffix("_alone")
    return {"members": _members, "months": _months}[name](result, lang)


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"executive.{key}", lang, **values)


def _months(result: Result, lang: str) -> dict[str, Any]:
    facts, rows = result.facts, result.table.to_dict("records")
    places = [labels.date(dt.date(int(facts["year"]), r["month_of_year"], 1), lang, style="month")[:3] for r in rows]
    series = []
    for column, year in (("revenue", facts["year"]), ("revenue_before", facts["against"])):
        if column in result.table:
            hover = [
                f"{p} {year}: {labels.money(r[column], lang, short=True)}" for p, r in zip(places, rows, strict=True)
            ]
            series.append((year, [(r[column], None, None) for r in rows], hover))
    title = _said("figure_months", lang)
    figure = courses(places, series, "money", lang, title=title, caption=_said("caption_n", lang, n=facts["n"]))
    axis = figure["layout"]["xaxis"]
    axis.update(tickvals=list(range(12)), ticktext=places)
    return figure


def _members(result: Result, lang: str) -> dict[str, Any]:
    facts, level = result.facts, result.params["level"]
    rows = result.table.to_dict("records")
    names, hover = [], []
    for row in rows:
        name = labels.name(row[level], lang) if there(row[level]) else labels.text("common.unknown", lang)
        change = row.get("change_share")
        told = f" ({'+' if change > 0 else ''}{labels.percent(change, lang, 0)})" if there(change) else ""
        whole = LONGEST - len(told)
        names.append(f"{name if len(name) <= whole else name[: whole - 1].rstrip() + '…'}{told}")
        said = [labels.money(row["revenue"], lang, short=True), labels.percent(row["share"], lang)]
        if there(row.get("revenue_before")):
            was = labels.money(row["revenue_before"], lang, short=True)
            said.append(f"{facts['against']}: {was}")
        hover.append(" · ".join(said))
    title = _said("figure_members", lang, level=labels.name(level, lang), year=facts["year"])
    key = "caption_members" if "revenue_before" in result.table else "caption_n"
    caption = _said(key, lang, n=facts["n"], against=facts["against"])
    parts = [(facts["year"], [r["revenue"] for r in rows], "@accent", hover)]
    figure = bars(names, parts, "money", lang, title=plain_text(title), caption=caption)
    layout = figure["layout"]
    if len(rows) < FEWEST:  # a single bar as tall as the figure would shout
        spare = (FEWEST - len(rows)) / 2
        layout["yaxis"]["range"] = [len(rows) - 0.5 + spare, -0.5 - spare]
    if "revenue_before" in result.table:
        layout["shapes"] = [_mark(r["revenue_before"], i) for i, r in enumerate(rows)]
        most = max(*(r["revenue"] for r in rows), *(r["revenue_before"] for r in rows), 1) * 1.06
        places, texts = labels.ticks(0, most, "money", lang)
        layout["xaxis"].update(tickvals=places, ticktext=texts, range=[0, most])
        entries = [(facts["year"], "@accent"), (facts["against"], "@text")]
        figure["legend"] = [{"label": word, "colour": colour} for word, colour in entries]
    return figure


def _mark(at: float, row: int) -> dict[str, Any]:
    """Where the year before stood: a stroke across the bar."""
    line = {"color": "@text", "width": 2}
    return {"type": "line", "x0": at, "x1": at, "y0": row - 0.42, "y1": row + 0.42, "line": line}
