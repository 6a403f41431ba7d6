"""Figures of customer value: what each formula says, curves with their bands, forecasts beside what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import labels
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["value_figure"]


def value_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``value.``."""
    return {
        "value.closed_forms": _closed,
        "value.retention_profit": _claim,
        "value.summary": _summary,
        "value.bg_nbd": _fit,
        "value.pareto_nbd": _fit,
        "value.gamma_gamma": _spend,
        "value.p_alive": _alive,
        "value.expected": _expected,
        "value.lifetime_value": _value,
        "value.sbg": _contract,
        "value.sbg_projection": _projection,
        "value.validation": _calibration,
    }[result.kind](result, lang)


def _figure(
    kind: str, title: str, caption: str, data: list[Any], layout: dict[str, Any], lang: str, bars: int = 0
) -> Any:
    alt = labels.text("charts.alt", lang, kind=labels.text(f"charts.kind_{kind}", lang), title=title)
    named = [t for t in data if t.get("name")]
    layout["showlegend"] = len(named) > 1
    for trace in data:
        trace["showlegend"] = bool(trace.get("name"))
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


def _axis(layout: dict[str, Any], name: str, low: float, high: float, unit: str, lang: str, title: str = "") -> None:
    places, texts = labels.ticks(low, high, unit, lang)
    layout[name].update(tickmode="array", tickvals=places, ticktext=texts, range=[low, high])
    if title:
        layout[name]["title"] = {"text": title, "font": {"size": 12, "color": "@muted"}, "standoff": 2}


def _names(layout: dict[str, Any], names: Sequence[str], title: str = "") -> None:
    layout["xaxis"].update(
        tickmode="array", tickvals=list(range(len(names))), ticktext=list(names), showgrid=False, zeroline=False
    )
    if title:
        layout["xaxis"]["title"] = {"text": title, "font": {"size": 12, "color": "@muted"}, "standoff": 2}


def _line(x: Sequence[Any], y: Sequence[Any], colour: str, texts: Sequence[str], name: str = "", **more: Any) -> Any:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(x),
        "y": list(y),
        "name": name,
        "text": list(texts),
        "hoverinfo": "text",
        "line": {"color": colour, "width": 2.25, **more},
    }


def _band(x: Sequence[Any], low: Sequence[Any], high: Sequence[Any], colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*x, *reversed(x)],
        "y": [*high, *reversed(low)],
        "fill": "toself",
        "fillcolor": colour,
        "opacity": 0.18,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _bars(x: Sequence[Any], y: Sequence[Any], texts: Sequence[str], colour: str, name: str = "") -> dict[str, Any]:
    return {
        "type": "bar",
        "x": list(x),
        "y": list(y),
        "name": name,
        "marker": {"color": colour},
        "hovertext": list(texts),
        "hoverinfo": "text",
    }


def _closed(result: Result, lang: str) -> dict[str, Any]:
    facts, rows = result.facts, result.table.to_dict("records")
    layout = base_layout()
    names = [labels.text(f"value.formula.{r['formula']}", lang) for r in rows]
    values = [r["value"] for r in rows]
    texts = [labels.money(v, lang) for v in values]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(rows))),
        "marker": {"color": "@accent"},
        "text": texts,
        "textposition": "inside",
        "insidetextanchor": "end",
        "hovertext": [f"{n}<br>{t}" for n, t in zip(names, texts, strict=True)],
        "hoverinfo": "text",
    }
    layout["yaxis"].update(tickmode="array", tickvals=list(range(len(rows))), ticktext=names, showgrid=False)
    layout["yaxis"]["tickfont"] = {"color": "@text", "size": 12}
    layout["yaxis"]["range"] = [len(rows) - 0.5, -0.5]
    _axis(layout, "xaxis", min(0, *values), max(values) * 1.04 or 1, "money", lang)
    given = {k: facts[k] for k in ("margin", "retention", "discount")}
    caption = labels.text("value.figure_closed_caption", lang, **given)
    return _figure("bars", labels.text("value.figure_closed", lang), caption, [trace], layout, lang, len(rows))


def _claim(result: Result, lang: str) -> dict[str, Any]:
    facts, layout = result.facts, base_layout()
    margin = facts["margin"]
    data = []
    for i, (cost, part) in enumerate(result.table.groupby("acquisition_cost")):
        known = part[part["uplift_share"].notna()]
        name = labels.text("value.cost_line", lang, multiple=cost / margin)
        texts = [
            f"{name}<br>{labels.percent(r, lang)} → {labels.percent(a, lang)}: {labels.percent(u, lang)}"
            for r, a, u in zip(
                known["retention_share"], known["retention_after_share"], known["uplift_share"], strict=True
            )
        ]
        data.append(_line(known["retention_share"], known["uplift_share"], f"@series-{i % 8 + 1}", texts, name))
        data[-1]["mode"] = "lines+markers"
    seen = result.table["retention_share"]
    low, high = float(seen.min()), float(seen.max())
    _axis(layout, "xaxis", low - 0.01, high + 0.01, "share", lang, labels.text("value.axis_retention", lang))
    top = float(result.table["uplift_share"].max())
    _axis(layout, "yaxis", 0.0, min(max(top, 1.0), 2.0) * 1.05, "share", lang)
    layout["shapes"] = [
        {
            "type": "rect",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": 0.25,
            "y1": 0.95,
            "fillcolor": "@accent-soft",
            "opacity": 0.5,
            "line": {"width": 0},
            "layer": "below",
        }
    ]
    caption = labels.text("value.figure_claim_caption", lang, discount=facts["discount"])
    return _figure("lines", labels.text("value.figure_claim", lang), caption, data, layout, lang)


def _summary(result: Result, lang: str) -> dict[str, Any]:
    facts, layout = result.facts, base_layout()
    counts = result.table["frequency"].clip(upper=10).value_counts().reindex(range(11), fill_value=0)
    names = [str(k) if k < 10 else "10+" for k in counts.index]
    texts = [labels.number(int(v), lang) for v in counts]
    data = [_bars(range(len(names)), [int(v) for v in counts], texts, "@accent")]
    _names(layout, names, labels.text("value.axis_repeats_now", lang))
    _axis(layout, "yaxis", 0, float(counts.max()) * 1.06, "count", lang)
    caption = labels.text("value.figure_summary_caption", lang, repeaters_share=facts["repeaters_share"], n=facts["n"])
    return _figure("bars", labels.text("value.figure_summary", lang), caption, data, layout, lang)


def _fit(result: Result, lang: str) -> dict[str, Any]:
    facts, layout = result.facts, base_layout()
    t, value, low, high = (list(c) for c in zip(*result.params["curve"], strict=True))
    texts = []
    for when, *rest in zip(t, value, low, high, strict=True):
        middle, bottom, top = (labels.number(x, lang, 2) for x in rest)
        texts.append(f"{labels.number(when, lang, 1)}: {middle} ({bottom}–{top})")
    data = [_line([0, *t], [0, *value], "@accent", ["", *texts])]
    if None not in low:
        data.insert(0, _band([0, *t], [0, *low], [0, *high], "@accent"))
    top = max(v for v in (*value, *high) if v is not None)
    _axis(layout, "yaxis", 0, top * 1.06, "number", lang)
    unit = result.params["unit"]
    _axis(layout, "xaxis", 0, max(t), "number", lang, labels.text(f"value.unit.{unit}", lang))
    told = {k: facts[k] for k in ("level", "n", "repeaters")}
    caption = labels.text("value.figure_new_caption", lang, **told)
    return _figure("lines", labels.text("value.figure_new", lang), caption, data, layout, lang)


def _spend(result: Result, lang: str) -> dict[str, Any]:
    layout, data = base_layout(), []
    top = 0.0
    for i, (k, points) in enumerate(result.params["curves"].items()):
        x, y = ([p[j] for p in points] for j in (0, 1))
        name = labels.text("value.spend_line", lang, k=k)
        texts = [f"{name}<br>{labels.money(a, lang)} → {labels.money(b, lang)}" for a, b in points]
        data.append(_line(x, y, f"@series-{i + 1}", texts, name))
        top = max(top, *x, *y)
    own = labels.text("value.own_mean", lang)
    data.append(_line([0, top], [0, top], "@muted", [own, own], own, dash="dot"))
    _axis(layout, "xaxis", 0, top, "money", lang, own)
    _axis(layout, "yaxis", 0, top * 1.02, "money", lang, labels.text("value.forecast", lang))
    caption = labels.text("value.figure_spend_caption", lang, n=result.facts["n"])
    return _figure("lines", labels.text("value.figure_spend", lang), caption, data, layout, lang)


def _alive(result: Result, lang: str) -> dict[str, Any]:
    import numpy as np

    facts, layout = result.facts, base_layout()
    counts, _ = np.histogram(result.table["p_alive"], bins=10, range=(0, 1))
    names = [f"{labels.percent(k / 10, lang, 0)}–{labels.percent((k + 1) / 10, lang, 0)}" for k in range(10)]
    texts = [labels.number(int(v), lang) for v in counts]
    data = [_bars(range(10), [int(v) for v in counts], texts, "@accent")]
    _names(layout, names)
    _axis(layout, "yaxis", 0, float(counts.max()) * 1.06, "count", lang)
    caption = labels.text("value.figure_alive_caption", lang, mean_p_alive=facts["mean_p_alive"], n=facts["n"])
    return _figure("bars", labels.text("value.figure_alive", lang), caption, data, layout, lang)


def _expected(result: Result, lang: str) -> dict[str, Any]:
    facts, layout = result.facts, base_layout()
    groups = result.table.groupby(result.table["frequency"].clip(upper=10))["expected"]
    means, sizes = groups.mean(), groups.size()
    names = [str(k) if k < 10 else "10+" for k in means.index]
    texts = [
        f"{labels.number(m, lang, 2)}; n = {labels.number(int(n), lang)}" for m, n in zip(means, sizes, strict=True)
    ]
    data = [_bars(range(len(names)), [float(m) for m in means], texts, "@accent")]
    _names(layout, names, labels.text("value.axis_repeats_now", lang))
    _axis(layout, "yaxis", 0, float(means.max()) * 1.06, "number", lang)
    unit = labels.text(f"value.unit_name.{result.params['unit']}", lang)
    title = labels.text("value.figure_expected", lang, t=facts["t"], unit=unit)
    return _figure("bars", title, labels.text("value.figure_expected_caption", lang, n=facts["n"]), data, layout, lang)


def _value(result: Result, lang: str) -> dict[str, Any]:
    import numpy as np

    facts, layout = result.facts, base_layout()
    parts = np.array_split(result.table["value"].to_numpy(), 10)
    sums = [float(p.sum()) for p in parts]
    names = [str(k + 1) for k in range(10)]
    texts = [
        f"{labels.money(s, lang, short=True)} ({labels.percent(s / facts['total'], lang)})" if facts["total"] else ""
        for s in sums
    ]
    data = [_bars(range(10), sums, texts, "@accent")]
    _names(layout, names, labels.text("value.tenths", lang))
    _axis(layout, "yaxis", 0, max(sums) * 1.06 or 1, "money", lang)
    told = {k: facts[k] for k in ("total", "total_low", "total_high", "n")}
    caption = labels.text("value.figure_value_caption", lang, **told)
    return _figure("bars", labels.text("value.figure_value", lang), caption, data, layout, lang)


def _contract(result: Result, lang: str) -> dict[str, Any]:
    return _projection(result.project(result.facts["periods_seen"] + 5), lang)


def _projection(result: Result, lang: str) -> dict[str, Any]:
    facts, table, layout = result.facts, result.table, base_layout()
    t, model = table["period"].tolist(), table["survival_share"].tolist()
    texts = [
        f"{k}: {labels.percent(v, lang)} ({labels.percent(a, lang)}–{labels.percent(b, lang)})"
        for k, v, a, b in zip(t, model, table["survival_share_low"], table["survival_share_high"], strict=True)
    ]
    data = [_line(t, model, "@accent", texts, labels.text("value.modelled", lang))]
    if table["survival_share_low"].notna().all():
        data.insert(0, _band(t, table["survival_share_low"].tolist(), table["survival_share_high"].tolist(), "@accent"))
    seen = table[table["observed_share"].notna()]
    dots = [f"{k}: {labels.percent(v, lang)}" for k, v in zip(seen["period"], seen["observed_share"], strict=True)]
    trace = _line(seen["period"], seen["observed_share"], "@text", dots, labels.text("value.observed", lang))
    data.append({**trace, "mode": "markers", "marker": {"color": "@text", "size": 7}})
    _axis(layout, "yaxis", 0, 1.02, "share", lang)
    _axis(layout, "xaxis", 0, max(t), "count", lang, labels.text("value.renewals", lang))
    caption = labels.text("value.figure_sbg_caption", lang, level=facts["level"], n=facts["n"])
    return _figure("lines", labels.text("value.figure_sbg", lang), caption, data, layout, lang)


def _calibration(result: Result, lang: str) -> dict[str, Any]:
    facts, layout, rows = result.facts, base_layout(), result.table.to_dict("records")
    highest = result.params["highest"]
    names = [str(r["frequency"]) if r["frequency"] < highest else f"{highest}+" for r in rows]
    x = list(range(len(rows)))

    def said(r: dict[str, Any]) -> str:
        low, high = (labels.number(r[f"seen_mean_{end}"], lang, 2) for end in ("low", "high"))
        return labels.text(
            "value.hover", lang, value=labels.number(r["seen_mean"], lang, 2), low=low, high=high, n=r["n"]
        )

    seen = {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": [r["seen_mean"] for r in rows],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [r["seen_mean_high"] - r["seen_mean"] for r in rows],
            "arrayminus": [r["seen_mean"] - r["seen_mean_low"] for r in rows],
            "color": "@text",
            "thickness": 1.25,
        },
        "name": labels.text("value.observed", lang),
        "text": [said(r) for r in rows],
        "hoverinfo": "text",
        "marker": {"color": "@text", "size": 8},
    }
    texts = [labels.number(r["expected_mean"], lang, 2) for r in rows]
    forecast = _line(x, [r["expected_mean"] for r in rows], "@accent", texts, labels.text("value.forecast", lang))
    forecast["mode"] = "lines+markers"
    _names(layout, names, labels.text("value.axis_repeats", lang))
    top = max(max(r["seen_mean_high"], r["expected_mean"]) for r in rows)
    _axis(layout, "yaxis", 0, top * 1.06, "number", lang)
    told = {"split": result.params["split"], "as_of": result.params["as_of"], "level": facts["level"], "n": facts["n"]}
    caption = labels.text("value.figure_calibration_caption", lang, **told)
    title = labels.text("value.figure_calibration", lang)
    return _figure("lines", title, caption, [forecast, seen], layout, lang)
