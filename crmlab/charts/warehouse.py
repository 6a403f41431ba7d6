"""Figures of the warehouse: what loads did, its six parts, why a mart disagrees, and cost against delay."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["warehouse_figure"]

_COUNTS = ("new", "replaced", "unchanged", "superseded", "late", "deleted", "versions_opened", "versions_split")
_CHANGES = ("replaced", "corrected", "changed", "changed_late", "deleted", "outdated")
_FLOW = ("source", "staging", "storage", "delivery")
_BESIDE = {"metadata": 1.5, "management": 2.5}
_SHOWN = 6


def warehouse_figure(result: Result, lang: str, **options: Any) -> dict[str, Any] | None:
    """The figure of a Result of the warehouse; None for a kind that is best read as a table.

    Parameters
    ----------
    result : Result
        Of kind ``warehouse.load``, ``.loads``, ``.changes``, ``.catalogue``, ``.components``, ``.reconcile``,
        ``.replay`` or ``.compare``.
    lang : {"id", "en"}
    **options
        ``measure``: which measure of ``warehouse.reconcile``.
    """
    draw = _DRAWN.get(result.kind.partition(".")[2])
    return draw(result, lang, **options) if draw else None


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"warehouse.{key}", lang, **values)


def _figure(kind: str, title: str, data: list, layout: dict, lang: str, *, caption: str = "", bars: int = 0) -> dict:
    words = labels.text(f"charts.kind_{'bars' if kind == 'flow' else kind}", lang)
    alt = labels.text("charts.alt", lang, kind=words, title=title)
    told = {"kind": kind, "title": title, "caption": caption, "alt": alt, "data": data, "layout": layout}
    return {**told, "paths": [[] for _ in data], **({"bars": bars} if bars else {})}


def _bars(names: Sequence[str], values: Sequence[float], unit: str, title: str, lang: str, **more: Any) -> dict:
    """Bars that lie, with a base and a colour each where they have one."""
    bases = more.pop("bases", [0.0] * len(values))
    colours = more.pop("colours", ["@accent"] * len(values))
    layout = base_layout()
    ends = [0.0, *(e for b, v in zip(bases, values, strict=True) for e in (b, b + v))]
    low, high = min(ends), max(ends)
    spread = (high - low) or 1.0
    low, high = low - (0.3 * spread if low < 0 else 0), high + (0.3 * spread if high > 0 else 0.04 * spread)
    places, texts = labels.ticks(low, high, unit, lang)
    layout["xaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[low, high])
    rows = list(range(len(names)))
    layout["yaxis"].update(
        tickmode="array",
        tickvals=rows,
        ticktext=[shortened(n) for n in names],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        tickfont={"color": "@text", "size": 12},
    )
    signed = more.pop("signed", False)

    def said(value: float, short: bool) -> str:
        text = labels.value(value, unit, lang, short=short)
        return f"+{text}" if signed and value > 0 else text

    trace = {
        "type": "bar",
        "orientation": "h",
        "base": list(bases),
        "x": list(values),
        "y": rows,
        "marker": {"color": list(colours)},
        "text": [said(v, True) for v in values],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "@text", "size": 12},
        "hovertext": [f"<b>{plain_text(n)}</b><br>{said(v, False)}" for n, v in zip(names, values, strict=True)],
        "hoverinfo": "text",
    }
    kind = "waterfall" if signed else "bars"
    return _figure(kind, title, [trace], layout, lang, bars=len(names), **more)


def _load(result: Result, lang: str) -> dict:
    table = result.table
    counts = {c: int(table[c].sum()) for c in _COUNTS if len(table)}
    shown = {c: n for c, n in counts.items() if n} or {"unchanged": 0}
    title = _said("figure_load", lang, load=result.facts["load"])
    return _bars([labels.name(c, lang) for c in shown], list(shown.values()), "count", title, lang)


def _changes(result: Result, lang: str) -> dict:
    shown = {c: result.facts[c] for c in _CHANGES if result.facts[c]} or {"replaced": 0}
    title = _said("figure_changes", lang)
    return _bars([labels.name(c, lang) for c in shown], list(shown.values()), "count", title, lang)


def _catalogue(result: Result, lang: str) -> dict:
    kinds = ("operational", "transform", "user")
    names = [labels.name(k, lang) for k in kinds]
    return _bars(names, [result.facts[k] for k in kinds], "count", _said("figure_catalogue", lang), lang)


def _loads(result: Result, lang: str) -> dict:
    table, layout, data = result.table, base_layout(), []
    layout.update(barmode="stack", showlegend=True)
    x = list(range(len(table)))
    for i, column in enumerate(("new", "replaced", "versions_opened")):
        data.append(
            {
                "type": "bar",
                "name": labels.name(column, lang),
                "x": x,
                "y": [int(v) for v in table[column]],
                "marker": {"color": SERIES[i]},
                "hovertext": [
                    f"<b>{labels.date(at, lang)}</b><br>{labels.name(column, lang)}: {labels.number(n, lang)}"
                    for at, n in zip(table["loaded_at"], table[column], strict=True)
                ],
                "hoverinfo": "text",
            }
        )
    most = max([1, *(sum(d["y"][i] for d in data) for i in x)])
    places, texts = labels.ticks(0, most * 1.05, "count", lang)
    layout["yaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[0, most * 1.05])
    step = max(1, math.ceil(len(x) / 8))
    shown = [labels.date(at, lang, style="short") for at in table["loaded_at"]]
    layout["xaxis"].update(
        tickmode="array", tickvals=x[::step], ticktext=shown[::step], showgrid=False, range=[-0.6, len(x) - 0.4]
    )
    legend = [{"label": d["name"], "colour": d["marker"]["color"]} for d in data]
    return {**_figure("bars", _said("figure_loads", lang), data, layout, lang), "legend": legend}


def _components(result: Result, lang: str) -> dict:
    """Boxes in the order in which data flow; what watches over them stands below."""
    layout = base_layout()
    shapes, notes = [], []
    places = {name: (float(i), 0.0) for i, name in enumerate(_FLOW)}
    places |= {name: (x - 0.5, 1.45) for name, x in _BESIDE.items()}
    for name, (x, y) in places.items():
        rows = result.table[result.table["component"] == name].to_dict("records")
        box = {"type": "rect", "x0": x - 0.42, "x1": x + 0.42, "y0": y - 0.55, "y1": y + 0.55}
        line = {"color": "@accent" if rows else "@line-strong", "width": 1.5}
        shapes.append({**box, "line": line, "fillcolor": "@panel-2", "layer": "below"})
        names = [
            f"{plain_text(shortened(labels.name(r['object'], lang)))}: {labels.number(r['n'], lang)}" for r in rows
        ]
        if len(names) > _SHOWN:
            names = [*names[: _SHOWN - 1], _said("and_others", lang, n=len(names) - _SHOWN + 1)]
        head = f"<b>{_said(f'component_{name}', lang)}</b> · {_said('objects', lang, n=len(rows))}"
        notes.append(
            _note("<br>".join([head, *names]), x - 0.39, y - 0.48, xanchor="left", yanchor="top", align="left")
        )
    for i in range(len(_FLOW) - 1):
        notes.append(_arrow(i + 0.58, 0.0, i + 0.42, 0.0))
    notes += [_arrow(x - 0.5, 0.56, x - 0.5, 0.89) for x in _BESIDE.values()]
    layout.update(shapes=shapes, annotations=notes)
    layout["xaxis"].update(visible=False, range=[-0.48, 3.48])
    layout["yaxis"].update(visible=False, range=[2.1, -0.65])
    rows = result.table.to_dict("records")
    data = [{"type": "scatter", "mode": "markers", "x": [], "y": [], "hoverinfo": "skip"}]
    title = _said("figure_components", lang)
    return _figure("flow", title, data, layout, lang, bars=14 if rows else 10)


def _note(text: str, x: float, y: float, **more: Any) -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "showarrow": False, "font": {"size": 11, "color": "@text"}, **more}


def _arrow(x: float, y: float, from_x: float, from_y: float) -> dict[str, Any]:
    own = {"xref": "x", "yref": "y", "axref": "x", "ayref": "y", "ax": from_x, "ay": from_y, "showarrow": True}
    return {"text": "", "x": x, "y": y, **own, "arrowhead": 2, "arrowwidth": 1.5, "arrowcolor": "@line-strong"}


def _reconcile(result: Result, lang: str, *, measure: str | None = None) -> dict:
    """From the mart, cause by cause, to the warehouse; the bars hold the differences only."""
    facts, table = result.facts, result.table
    measure = measure or facts["measure"]
    row = table[(table["level"] == "total") & (table["measure"] == measure)].iloc[0]
    causes = sorted((c for c in facts["every_cause"] if row[c]), key=lambda c: -abs(row[c]))
    values, bases, at = [], [], 0.0
    for cause in causes:
        values.append(float(row[cause]))
        bases.append(at)
        at += float(row[cause])
    values.append(float(row["difference"]))
    bases.append(0.0)
    colours = ["@good" if v > 0 else "@bad" for v in values[:-1]] + ["@accent"]
    names = [*(labels.name(c, lang) for c in causes), labels.name("difference", lang)]
    title = _said("figure_reconcile", lang, mart=facts["name"], measure=measure)
    unit = facts["unit"] if measure == facts["measure"] else "count"
    share = labels.percent(row["difference_share"], lang, decimals=2)
    caption = f"{share} · {labels.percent(facts['tolerance'], lang, decimals=2)}"
    return _bars(names, values, unit, title, lang, bases=bases, colours=colours, signed=True, caption=caption)


def _replay(result: Result, lang: str) -> dict:
    table, layout = result.table, base_layout()
    hours = [t.hour + t.minute / 60 for t in table["happened_at"]]
    delays = [float(d) / 60 for d in table["delay_minutes"]]
    again = [bool(d) for d in table["duplicate"]]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": hours,
        "y": delays,
        "marker": {"color": ["@other" if d else "@accent" for d in again], "size": 7, "opacity": 0.75},
        "hovertext": [
            f"{labels.date(t, lang)} {t:%H:%M}<br>{labels.number(d, lang, 2)} h"
            for t, d in zip(table["happened_at"], delays, strict=True)
        ],
        "hoverinfo": "text",
    }
    top = max([*delays, 1e-3]) * 1.08
    places, texts = labels.ticks(min(0.0, *delays), top, "number", lang)
    layout["yaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[min(0.0, *delays), top])
    layout["yaxis"]["title"] = {"text": _said("axis_delay", lang)}
    layout["xaxis"].update(tickmode="array", tickvals=list(range(0, 25, 4)), range=[-0.5, 24.5])
    layout["xaxis"]["title"] = {"text": _said("axis_hour", lang)}
    title = _said("figure_replay", lang, mode=result.facts["mode"])
    return _figure(
        "lines", title, [trace], layout, lang, caption=_said("caption_n", lang, n=result.facts["n"]), bars=12
    )


def _compare(result: Result, lang: str) -> dict:
    rows, layout = result.table.to_dict("records"), base_layout()
    names = [
        labels.name("stream", lang)
        if r["mode"] == "stream"
        else _said("nightly", lang)
        if r["every_minutes"] == 1440
        else _said("every", lang, minutes=r["every_minutes"])
        for r in rows
    ]
    x = [math.log10(max(r["mean_delay_minutes"], 1e-3)) for r in rows]
    y = [r["cost_per_day"] for r in rows]
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": x,
        "y": y,
        "text": names,
        "textposition": "top center",
        "cliponaxis": False,
        "marker": {"color": ["@series-2" if r["mode"] == "stream" else "@accent" for r in rows], "size": 10},
        "hovertext": [
            f"<b>{n}</b><br>{labels.number(r['mean_delay_minutes'], lang, 1)} min<br>{labels.money(cost, lang)}"
            for n, r, cost in zip(names, rows, y, strict=True)
        ],
        "hoverinfo": "text",
    }
    low, high = math.floor(min(x)), math.ceil(max(x))
    decades = list(range(low, high + 1))
    shown = [labels.number(10.0**d, lang, max(0, -d)) for d in decades]
    layout["xaxis"].update(tickmode="array", tickvals=decades, ticktext=shown, range=[low - 0.3, high + 0.3])
    layout["xaxis"]["title"] = {"text": _said("axis_delay_log", lang)}
    places, texts = labels.ticks(0, max(y) * 1.25 or 1, "money", lang)
    layout["yaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[0, max(y) * 1.25 or 1])
    layout["yaxis"]["title"] = {"text": _said("axis_cost", lang)}
    caption = _said("caption_n", lang, n=result.facts["n"])
    return _figure("lines", _said("figure_compare", lang), [trace], layout, lang, caption=caption, bars=12)


_DRAWN = {
    "load": _load,
    "loads": _loads,
    "changes": _changes,
    "catalogue": _catalogue,
    "components": _components,
    "reconcile": _reconcile,
    "replay": _replay,
    "compare": _compare,
}
