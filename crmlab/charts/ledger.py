"""Figures of the ledger: the way from segment to money, what a change moves, what the outcome hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .estimates import reference_line
from .projects_marks import upright
from .retention_marks import figure_of, set_axis, set_rows, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["ledger_figure"]

_MARKS = {"measured": "circle", "assumed": "diamond", "computed": "square"}
_MOST = 18  # rows of what moves: more can't be read, and the outcome is always among them


def ledger_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``ledger.``."""
    drawers = {"distribution": _distribution, "figures": _figures, "moved": _moved, "paths": _paths, "swings": _swings}
    return drawers[result.kind.partition(".")[2]](result, lang)


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"ledger.{key}", lang, **values)


def _value(x: Any, unit: str, lang: str) -> str:
    return labels.value(x, unit, lang, short=unit == "money") if there(x) else "—"


def _paths(result: Result, lang: str) -> dict[str, Any]:
    """A row an entry, so that every name can be read on a telephone; lines run right, along the formulas."""
    rows = result.table.to_dict("records")
    place = {r["entry"]: i for i, r in enumerate(rows)}
    layer = {r["entry"]: r["layer"] for r in rows}
    marked = {r["entry"] for r in rows if r["marked"]}
    data: list[dict[str, Any]] = []
    for start, end in sorted(result.params["edges"], key=lambda e: e[0] in marked and e[1] in marked):
        lit = start in marked and end in marked
        x, y = [layer[start], layer[end] - 0.5, layer[end]], [place[start], place[start], place[end]]
        line = {"color": "@accent" if lit else "@line-strong", "width": 2.2 if lit else 1, "shape": "linear"}
        data.append({"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip",
                     "showlegend": False})  # fmt: skip
    for how, symbol in _MARKS.items():
        some = [r for r in rows if r["how"] == how]
        if not some:
            continue
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": labels.name(how, lang),
                "x": [r["layer"] for r in some],
                "y": [place[r["entry"]] for r in some],
                "marker": {
                    "symbol": symbol,
                    "size": 11,
                    "color": ["@accent" if r["marked"] else "@other" if r["unused"] else "@text" for r in some],
                },
                "hovertext": [_told(r, lang) for r in some],
                "hoverinfo": "text",
            }
        )
    layout = base_layout()
    set_rows(layout, [labels.name(r["entry"], lang) for r in rows])
    # beside its name a value stays clear of the lines
    values = [
        _value(r["value"], r["unit"], lang) if there(r["value"]) else _said("segments", lang, n=r["segments"])
        for r in rows
    ]
    layout["yaxis"]["ticktext"] = [f"{n}  <b>{v}</b>" for n, v in zip(layout["yaxis"]["ticktext"], values, strict=True)]
    last = max(layer.values())
    steps = list(range(last + 1))  # places without words: the sketch that stands until plotly is there asks for them
    layout["xaxis"].update(tickmode="array", tickvals=steps, ticktext=[""] * len(steps), showgrid=False,
                           zeroline=False, range=[-0.35, last + 0.35])  # fmt: skip
    layout["showlegend"] = False
    if result.facts["start"]:
        caption = _said("caption_paths_marked", lang, **{k: result.facts[k] for k in ("marked", "entries", "start")})
    else:
        caption = _said("caption_paths", lang, entries=result.facts["entries"], lines=result.facts["lines"])
    return figure_of("lines", _said("figure_figures", lang), caption, data, layout, lang, len(rows))


def _told(row: dict[str, Any], lang: str) -> str:
    said = row["formula"] or row["says"]
    name = f"<b>{plain_text(labels.name(row['entry'], lang))}</b>"
    if there(row["value"]):
        name += f": {_value(row['value'], row['unit'], lang)}"
    return f"{name}<br>{labels.name(row['how'], lang)}" + (f": {plain_text(said)}" if said else "")


def _figures(result: Result, lang: str) -> dict[str, Any]:
    """Money by segment and in all, each with its interval: what is counted in other units has no place on the axis."""
    rows = [r for r in result.table.to_dict("records") if r["unit"] == result.facts["unit"] and r["how"] == "computed"]
    unit = result.facts["unit"]
    names = [_name(r, lang) for r in rows]
    marker = {"color": ["@accent" if r["entry"] == result.facts["outcome"] else "@other" for r in rows], "size": 10}
    texts = [
        f"<b>{plain_text(n)}</b><br>{_value(r['value'], unit, lang)} ({_value(r['value_low'], unit, lang)}–"
        f"{_value(r['value_high'], unit, lang)})<br>{plain_text(r['formula'])}"
        for n, r in zip(names, rows, strict=True)
    ]
    data: list[dict[str, Any]] = [
        {"type": "scatter", "mode": "lines", "x": [r["value_low"], r["value_high"]], "y": [i, i], "hoverinfo": "skip",
         "line": {"color": marker["color"][i], "width": 2}} for i, r in enumerate(rows) if there(r["value_low"])
    ]  # fmt: skip
    data.append({"type": "scatter", "mode": "markers", "x": [r["value"] for r in rows], "y": list(range(len(rows))),
                 "marker": marker, "hovertext": texts, "hoverinfo": "text"})  # fmt: skip
    layout = base_layout()
    set_rows(layout, names)
    ends = [x for r in rows for x in (r["value"], r["value_low"], r["value_high"]) if there(x)] + [0.0]
    pad = 0.06 * (max(ends) - min(ends) or 1)
    set_axis(layout, "xaxis", min(ends) - pad, max(ends) + pad, unit, lang)
    layout["shapes"] = [reference_line(0.0)]
    f = result.facts
    shown = {k: _value(f[n], unit, lang) for k, n in (("value", "value"), ("low", "value_low"), ("high", "value_high"))}
    caption = _said("caption_figures", lang, outcome=f["outcome"], risk=f["risk_share"], **shown)
    return figure_of("bars", _said("figure_figures", lang), caption, data, layout, lang, len(rows))


def _name(row: dict[str, Any], lang: str) -> str:
    name = labels.name(row["entry"], lang)
    return f"{name}: {labels.name(row['segment'], lang)}" if there(row["segment"]) else name


def _moved(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["was"]]
    if len(rows) > _MOST:  # by segment it is long: those of all customers say the same in fewer rows
        rows = [r for r in rows if not there(r["segment"])][-_MOST:]
    shares = [r["becomes"] / abs(r["was"]) - (1 if r["was"] > 0 else -1) for r in rows]
    texts = [
        f"<b>{plain_text(_name(r, lang))}</b><br>"
        + _said("hover_moved", lang, **{k: _value(r[k], r["unit"], lang) for k in ("was", "becomes")})
        + f"<br>{plain_text(r['path'])}"
        for r in rows
    ]
    bar = {"type": "bar", "orientation": "h", "x": shares, "y": list(range(len(rows))), "hovertext": texts}
    colours = ["@good" if s > 0 else "@bad" for s in shares]
    layout = base_layout()
    set_rows(layout, [_name(r, lang) for r in rows])
    low, high = min(0.0, *shares, 0.0), max(0.0, *shares, 0.0)
    pad = 0.06 * (high - low or 1)
    set_axis(layout, "xaxis", low - pad, high + pad, "share", lang)
    layout["shapes"] = [reference_line(0.0)]
    caption = _said("caption_moved", lang, moved=result.facts["moved"], stayed=result.facts["stayed"])
    data = [{**bar, "hoverinfo": "text", "marker": {"color": colours}}]
    return figure_of("bars", _said("figure_moved", lang), caption, data, layout, lang, len(rows))


def _swings(result: Result, lang: str) -> dict[str, Any]:
    rows, unit, now = result.table.to_dict("records"), result.facts["unit"], result.facts["value"]
    data = []
    for end, colour in (("at_low", "@series-2"), ("at_high", "@accent")):
        told = {"low": "at_low", "high": "at_high"}
        texts = [
            f"<b>{plain_text(labels.name(r['entry'], lang))}</b><br>"
            + _said("hover_swings", lang, **{k: _value(r[c], unit, lang) for k, c in told.items()})
            for r in rows
        ]
        data.append({"type": "bar", "orientation": "h", "base": [now] * len(rows), "x": [r[end] - now for r in rows],
                     "y": list(range(len(rows))), "marker": {"color": colour}, "hovertext": texts,
                     "hoverinfo": "text"})  # fmt: skip
    layout = base_layout()
    layout["barmode"] = "overlay"
    set_rows(layout, [labels.name(r["entry"], lang) for r in rows])
    ends = [x for r in rows for x in (r["at_low"], r["at_high"])] + [now]
    pad = 0.06 * (max(ends) - min(ends) or 1)
    set_axis(layout, "xaxis", min(ends) - pad, max(ends) + pad, unit, lang)
    layout["shapes"] = [reference_line(now)]
    caption = _said("caption_swings", lang, value=_value(now, unit, lang))
    return figure_of("bars", _said("figure_swings", lang), caption, data, layout, lang, len(rows))


def _distribution(result: Result, lang: str) -> dict[str, Any]:
    """One bar a bin, those of a loss in another colour."""
    f, rows = result.facts, result.table.to_dict("records")
    low, width = rows[0]["value_from"], rows[0]["value_to"] - rows[0]["value_from"]
    hover = [
        f"{_value(r['value_from'], f['unit'], lang)}–{_value(r['value_to'], f['unit'], lang)}: "
        f"{labels.percent(r['draws_share'], lang)}"
        for r in rows
    ]
    colours = ["@bad" if r["value_from"] + r["value_to"] < 0 else "@accent" for r in rows]
    bars = upright("", list(range(len(rows))), [r["draws_share"] for r in rows], colours, hover)
    layout = base_layout()
    places, texts = labels.ticks(low, rows[-1]["value_to"], f["unit"], lang)
    at = [(p - low) / width - 0.5 for p in places]
    layout["xaxis"].update(tickmode="array", tickvals=at, ticktext=texts, range=[-0.8, len(rows) - 0.2])
    set_axis(layout, "yaxis", 0, 1.08 * max(r["draws_share"] for r in rows), "share", lang)
    layout["bargap"] = 0.06
    ends = {k: _value(f[k], f["unit"], lang) for k in ("p5", "p50", "p95")}
    caption = _said("caption_distribution", lang, n=f["n"], risk=f["risk_share"], **ends)
    title = _said("figure_distribution", lang, outcome=f["outcome"])
    return figure_of("bars", title, caption, [bars], layout, lang, 0)
