"""Figures of the quality room: a heat map of columns by dimensions, bars of rules, before and after, what is ready."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["quality_figure"]

_DIMENSIONS = ("completeness", "validity", "uniqueness", "consistency", "timeliness")
_STATUS = {"ready": "@good", "poor": "@warn", "missing": "@bad"}


def quality_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``quality.``."""
    return {
        "quality.profile": _profile,
        "quality.check": _check,
        "quality.compare": _compare,
        "quality.required_data": _required,
        "quality.search": _search,
    }[result.kind](result, lang)


def _named(name: str | None, lang: str) -> str:
    return labels.name(name, lang) if name and name != "—" else "—"


def _figure(kind: str, title: str, caption: str, data: list[Any], layout: dict[str, Any], bars: int, lang: str) -> Any:
    alt = labels.text("charts.alt", lang, kind=labels.text(f"charts.kind_{kind}", lang), title=title)
    return {
        "kind": kind,
        "title": title,
        "caption": caption,
        "alt": alt,
        "data": data,
        "layout": layout,
        "paths": [[] for _ in data],
        "bars": bars,
    }


def _rows_axis(layout: dict[str, Any], names: list[str]) -> None:
    layout["yaxis"].update(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[shortened(n) for n in names],
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    layout["yaxis"]["tickfont"] = {"color": "@text", "size": 12}


def _share_axis(layout: dict[str, Any], low: float, high: float, lang: str) -> None:
    places, texts = labels.ticks(low, min(high, 1.0), "share", lang)
    layout["xaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[low, high])


def _percent(share: float, lang: str) -> str:
    """A share that is not quite all is not written as 100 %."""
    shown, whole = labels.percent(share, lang), labels.percent(1.0, lang)
    return f"<{whole}" if share < 1 and shown == whole else shown


def _profile(result: Result, lang: str) -> dict[str, Any]:
    table = result.table
    columns = list(dict.fromkeys(table["column"]))
    there = set(table["dimension"])
    dimensions = [d for d in _DIMENSIONS if d in there]
    rows = {(r["column"], r["dimension"]): r for r in table.to_dict("records")}
    shares, texts, hovers = [], [], []
    for column in columns:
        line = [rows.get((column, d)) for d in dimensions]
        shares.append([None if r is None or r["share"] != r["share"] else r["share"] for r in line])
        texts.append(["" if s is None else _percent(s, lang) for s in shares[-1]])
        hovers.append([_hover(column, r, lang) for r in line])
    layout = base_layout()
    names = [_named(c, lang) for c in columns]
    _rows_axis(layout, names)
    layout["xaxis"].update(
        tickmode="array",
        tickvals=list(range(len(dimensions))),
        ticktext=[labels.text(f"quality.dimension.{d}", lang) for d in dimensions],
        range=[-0.5, len(dimensions) - 0.5],
        side="top",
        showgrid=False,
        zeroline=False,
    )
    found = [s for line in shares for s in line if s is not None]
    low = min(0.8, *found) if found else 0.0
    trace = {
        "type": "heatmap",
        "z": shares,
        "x": list(range(len(dimensions))),
        "y": list(range(len(columns))),
        "zmin": low,
        "zmax": 1.0,
        # one hue: the weaker a cell, the stronger its colour
        "colorscale": [[0.0, "@warn"], [1.0, "@panel-2"]],
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "hovertext": hovers,
        "hoverinfo": "text",
    }
    middle = low + 0.45 * (1 - low)
    marks = [
        {
            "x": x,
            "y": y,
            "text": texts[y][x],
            "showarrow": False,
            "font": {"color": "@panel" if (shares[y][x] or 0) < middle else "@text", "size": 12},
        }
        for y in range(len(columns))
        for x in range(len(dimensions))
        if texts[y][x]
    ]
    layout["annotations"] = marks
    facts = result.facts
    name = _named(result.params.get("table_name"), lang)
    title = labels.text("quality.heat_title", lang, table=name)
    caption = labels.text(
        "quality.heat_caption",
        lang,
        rows=facts["rows"],
        mean=facts["mean_index"],
        product=facts["product_index"],
    )
    return _figure("heat", title, caption, [trace], layout, len(columns), lang)


def _hover(column: str, row: dict[str, Any] | None, lang: str) -> str:
    if row is None:
        return ""
    counts = labels.text("quality.hover", lang, passed=row["passed"], checked=row["checked"], failed=row["failed"])
    dimension = labels.text(f"quality.dimension.{row['dimension']}", lang)
    return f"<b>{plain_text(_named(column, lang))}</b> · {dimension}<br>{counts}"


def _check(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["checked"]]
    rows.sort(key=lambda r: r["share"])
    shares = [r["share"] for r in rows]
    layout = base_layout()
    _rows_axis(layout, [r["rule"] for r in rows])
    _share_axis(layout, 0, 1.18, lang)
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": shares,
        "y": list(range(len(rows))),
        "marker": {"color": ["@bad" if r["failed"] else "@accent" for r in rows]},
        "text": [_percent(s, lang) for s in shares],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "@text", "size": 12},
        "hovertext": [_hover(r["rule"], r, lang) for r in rows],
        "hoverinfo": "text",
    }
    facts = result.facts
    title = labels.text("quality.check_title", lang, table=_named(result.params.get("table_name"), lang))
    caption = labels.text("quality.check_caption", lang, rows=facts["rows"], rows_failing=facts["rows_failing"])
    return _figure("bars", title, caption, [trace], layout, len(rows), lang)


def _compare(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    # what has changed, the largest change first; else everything
    changed = [r for r in rows if abs(r["change"] or 0) > 1e-12] or rows
    changed.sort(key=lambda r: -abs(r["change"] or 0))
    names = [
        f"{_named(r['column'], lang)} · {labels.text('quality.dimension.' + r['dimension'], lang)}" for r in changed
    ]
    layout = base_layout()
    _rows_axis(layout, names)
    ends = [r[k] for r in changed for k in ("share_before", "share_after") if r[k] == r[k]]
    low = max(0.0, (min(ends) if ends else 0) - 0.06)
    _share_axis(layout, low, 1.06, lang)
    layout["showlegend"] = True
    layout["shapes"] = [
        {
            "type": "line",
            "x0": r["share_before"],
            "x1": r["share_after"],
            "y0": k,
            "y1": k,
            "line": {"color": "@good" if r["change"] > 0 else "@bad", "width": 3},
            "layer": "below",
        }
        for k, r in enumerate(changed)
    ]
    data = []
    for when, colour in (("before", "@other"), ("after", "@accent")):
        word = labels.text(f"quality.{when}", lang)
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": word,
                "x": [r[f"share_{when}"] for r in changed],
                "y": list(range(len(changed))),
                "marker": {"color": colour, "size": 11},
                "hovertext": [
                    f"<b>{plain_text(n)}</b><br>{word}: {_percent(r[f'share_{when}'], lang)}"
                    for n, r in zip(names, changed, strict=True)
                ],
                "hoverinfo": "text",
            }
        )
    facts = {k: result.facts[k] for k in ("improved", "worsened", "rows_before", "rows_after")}
    title = labels.text("quality.compare_title", lang, table=_named(result.params.get("table_name"), lang))
    caption = labels.text("quality.compare_caption", lang, **facts)
    return _figure("bars", title, caption, data, layout, len(changed), lang)


def _required(result: Result, lang: str) -> dict[str, Any]:
    table = result.table
    asked = list(dict.fromkeys(table["question"]))
    layout = base_layout()
    _rows_axis(layout, [])
    # questions are whole sentences: two lines hold them
    words = ["<br>".join(wrap(plain_text(labels.name(q, lang)), 34)[:2]) for q in asked]
    layout["yaxis"].update(
        tickvals=list(range(len(asked))),
        ticktext=words,
        range=[len(asked) - 0.5, -0.5],
        tickfont={"color": "@text", "size": 11},
    )
    layout["legend"] = {**layout["legend"], "traceorder": "normal"}
    counts = {s: [int(((table["question"] == q) & (table["status"] == s)).sum()) for q in asked] for s in _STATUS}
    most = max(sum(c[k] for c in counts.values()) for k in range(len(asked)))
    layout["xaxis"].update(tickmode="array", tickvals=list(range(most + 1)), range=[0, most + 0.2])
    layout["barmode"] = "stack"
    layout["showlegend"] = True
    data = []
    for status, colour in _STATUS.items():
        fields = [table.loc[(table["question"] == q) & (table["status"] == status), "field"].tolist() for q in asked]
        word = labels.text(f"quality.status.{status}", lang)
        data.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": word,
                "x": counts[status],
                "y": list(range(len(asked))),
                "marker": {"color": colour},
                "hovertext": [
                    f"<b>{plain_text(labels.name(q, lang))}</b><br>{word}: "
                    + plain_text(", ".join(labels.name(f, lang) for f in some))
                    for q, some in zip(asked, fields, strict=True)
                ],
                "hoverinfo": "text",
            }
        )
    facts = result.facts
    caption = labels.text(
        "quality.required_caption",
        lang,
        ready=facts["ready"],
        required=facts["required"],
        share=facts["ready_share"],
        gap=facts["gap"],
        poor=facts["poor"],
    )
    return _figure("bars", labels.text("quality.required_title", lang), caption, data, layout, len(asked), lang)


def _search(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    layout = base_layout()
    _rows_axis(layout, [str(r["found"]) for r in rows])
    layout["xaxis"].update(range=[0, 1.15])
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [r["score"] for r in rows],
        "y": list(range(len(rows))),
        "marker": {"color": "@accent"},
        "text": [labels.number(r["score"], lang, 2) for r in rows],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "@text", "size": 12},
        "hoverinfo": "skip",
    }
    title = labels.text("quality.search_title", lang, query=result.params["query"])
    caption = labels.text("quality.search_caption", lang, shown=result.facts["shown"], found=result.facts["found"])
    return _figure("bars", title, caption, [trace], layout, len(rows), lang)
