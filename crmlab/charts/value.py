"""Figures of customer value: what each formula says, curves with their bands, forecasts beside what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .theme import base_layout
from .value_claims import claim_figure, closed_figure, kpi_figure, roi_figure
from .value_marks import axis, band, bars, figure, line, named, sideways, whiskers

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["value_figure"]


def value_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``value.``."""
    return {
        "value.closed_forms": closed_figure,
        "value.retention_profit": claim_figure,
        "value.roi": roi_figure,
        "value.kpi_claims": kpi_figure,
        "value.summary": _summary,
        "value.bg_nbd": _fit,
        "value.pareto_nbd": _fit,
        "value.new_customers": _new,
        "value.gamma_gamma": _spend,
        "value.expected_spend": _expected_spend,
        "value.p_alive": _alive,
        "value.expected": _expected,
        "value.lifetime_value": _value,
        "value.value_by": _value_by,
        "value.sbg": _contract,
        "value.contract_value": _contract_value,
        "value.sbg_projection": _projection,
        "value.validation": _calibration,
    }[result.kind](result, lang)


def _summary(result: Result, lang: str) -> dict[str, Any]:
    facts, layout = result.facts, base_layout()
    counts = result.table["frequency"].clip(upper=10).value_counts().reindex(range(11), fill_value=0)
    names = [str(k) if k < 10 else "10+" for k in counts.index]
    texts = [labels.number(int(v), lang) for v in counts]
    data = [bars(range(len(names)), [int(v) for v in counts], texts, "@accent")]
    named(layout, names, labels.text("value.axis_repeats_now", lang))
    axis(layout, "yaxis", 0, float(counts.max()) * 1.06, "count", lang)
    caption = labels.text("value.figure_summary_caption", lang, repeaters_share=facts["repeaters_share"], n=facts["n"])
    return figure("bars", labels.text("value.figure_summary", lang), caption, data, layout, lang)


def _fit(result: Result, lang: str) -> dict[str, Any]:
    return _curve(result, result.params["curve"], lang)


def _new(result: Result, lang: str) -> dict[str, Any]:
    return _curve(result, result.table.to_numpy().tolist(), lang)


def _curve(result: Result, rows: list[Any], lang: str) -> dict[str, Any]:
    """Purchases of a new customer by time, with their band."""
    facts, layout = result.facts, base_layout()
    rows = sorted(rows)
    texts = []
    for when, *rest in rows:
        middle, bottom, top = (labels.number(x, lang, 2) for x in rest)
        texts.append(f"{labels.number(when, lang, 1)}: {middle} ({bottom}–{top})")
    t, value, low, high = ([0, *column] for column in zip(*rows, strict=True))
    data = [line(t, value, "@accent", ["", *texts])]
    known = all(x == x for x in low)
    if known:
        data.insert(0, band(t, low, high, "@accent"))
    axis(layout, "yaxis", 0, max(high if known else value) * 1.06, "number", lang)
    unit = result.params["unit"]
    axis(layout, "xaxis", 0, max(t), "number", lang, labels.text(f"value.unit.{unit}", lang))
    told = {k: facts[k] for k in ("level", "n", "repeaters")}
    caption = labels.text("value.figure_new_caption", lang, **told)
    return figure("lines", labels.text("value.figure_new", lang), caption, data, layout, lang)


def _spend(result: Result, lang: str) -> dict[str, Any]:
    data, top = [], 0.0
    for i, (k, points) in enumerate(result.params["curves"].items()):
        x, y = ([p[j] for p in points] for j in (0, 1))
        name = labels.text("value.spend_line", lang, k=k)
        texts = [f"{name}<br>{labels.money(a, lang)} → {labels.money(b, lang)}" for a, b in points]
        data.append(line(x, y, f"@series-{i + 1}", texts, labels.text("value.spend_short", lang, k=k)))
        top = max(top, *x, *y)
    return _own_and_forecast(data, top, labels.text("value.figure_spend_caption", lang, n=result.facts["n"]), lang)


def _expected_spend(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table[result.table["frequency"] > 0]
    shown = rows.iloc[:: max(1, len(rows) // 600)]  # enough to see the shape
    texts = [
        f"{labels.text('value.spend_line', lang, k=int(k))}<br>{labels.money(a, lang)} → {labels.money(b, lang)}"
        for k, a, b in zip(shown["frequency"], shown["monetary"], shown["expected_spend"], strict=True)
    ]
    dots = line(shown["monetary"], shown["expected_spend"], "@accent", texts, labels.text("value.forecast", lang))
    dots |= {"mode": "markers", "marker": {"color": "@accent", "size": 5, "opacity": 0.5}}
    top = float(shown[["monetary", "expected_spend"]].max().max()) if len(shown) else 1.0
    caption = labels.text("value.figure_expected_spend_caption", lang, n=result.facts["n"])
    return _own_and_forecast([dots], top, caption, lang)


def _own_and_forecast(data: list[Any], top: float, caption: str, lang: str) -> dict[str, Any]:
    """Forecast spend over the customer's own mean, and the line on which both are one."""
    layout, own = base_layout(), labels.text("value.own_mean", lang)
    data = [*data, line([0, top], [0, top], "@muted", [own, own], dash="dot")]
    axis(layout, "xaxis", 0, top, "money", lang, own)
    axis(layout, "yaxis", 0, top * 1.02, "money", lang, labels.text("value.forecast", lang))
    return figure("lines", labels.text("value.figure_spend", lang), caption, data, layout, lang)


def _alive(result: Result, lang: str) -> dict[str, Any]:
    import numpy as np

    facts, layout = result.facts, base_layout()
    counts, _ = np.histogram(result.table["p_alive"], bins=10, range=(0, 1))
    names = [f"{10 * k}–<br>{10 * k + 10}" for k in range(10)]  # beside each other on a telephone
    texts = [labels.number(int(v), lang) for v in counts]
    data = [bars(range(10), [int(v) for v in counts], texts, "@accent")]
    named(layout, names, f"{labels.name('p_alive', lang)} (%)")
    axis(layout, "yaxis", 0, float(counts.max()) * 1.06, "count", lang)
    caption = labels.text("value.figure_alive_caption", lang, mean_p_alive=facts["mean_p_alive"], n=facts["n"])
    return figure("bars", labels.text("value.figure_alive", lang), caption, data, layout, lang)


def _expected(result: Result, lang: str) -> dict[str, Any]:
    facts, layout = result.facts, base_layout()
    groups = result.table.groupby(result.table["frequency"].clip(upper=10))["expected"]
    means, sizes = groups.mean(), groups.size()
    names = [str(k) if k < 10 else "10+" for k in means.index]
    texts = [
        f"{labels.number(m, lang, 2)}; n = {labels.number(int(n), lang)}" for m, n in zip(means, sizes, strict=True)
    ]
    data = [bars(range(len(names)), [float(m) for m in means], texts, "@accent")]
    named(layout, names, labels.text("value.axis_repeats_now", lang))
    axis(layout, "yaxis", 0, float(means.max()) * 1.06, "number", lang)
    unit = labels.text(f"value.unit_name.{result.params['unit']}", lang)
    title = labels.text("value.figure_expected", lang, t=facts["t"], unit=unit)
    return figure("bars", title, labels.text("value.figure_expected_caption", lang, n=facts["n"]), data, layout, lang)


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
    data = [bars(range(10), sums, texts, "@accent")]
    named(layout, names, labels.text("value.tenths", lang))
    axis(layout, "yaxis", 0, max(sums) * 1.06 or 1, "money", lang)
    told = {k: facts[k] for k in ("total", "total_low", "total_high", "n")}
    caption = labels.text("value.figure_value_caption", lang, **told)
    return figure("bars", labels.text("value.figure_value", lang), caption, data, layout, lang)


def _value_by(result: Result, lang: str) -> dict[str, Any]:
    facts, layout, rows = result.facts, base_layout(), result.table.to_dict("records")
    by = result.params["by"]
    values = [r["value"] for r in rows]
    known = all(r["value_low"] == r["value_low"] for r in rows)
    texts = [
        f"{labels.name(r[by], lang)}<br>"
        + labels.text("value.hover", lang, value=labels.money(r["value"], lang),
                      low=labels.money(r["value_low"], lang), high=labels.money(r["value_high"], lang), n=r["n"])
        for r in rows
    ]  # fmt: skip
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(rows))),
        "marker": {"color": "@accent"},
        "hovertext": texts,
        "hoverinfo": "text",
    }
    top = max(values)
    if known:
        low, high = ([r[f"value_{end}"] for r in rows] for end in ("low", "high"))
        trace["error_x"], top = whiskers(values, low, high), max(high)
    sideways(layout, [labels.name(r[by], lang) for r in rows])
    axis(layout, "xaxis", 0, top * 1.04 or 1, "money", lang)
    caption = labels.text("value.figure_value_by_caption", lang, total=facts["total"], n=facts["n"])
    return figure("bars", labels.text("value.figure_value_by", lang), caption, [trace], layout, lang, len(rows))


def _contract(result: Result, lang: str) -> dict[str, Any]:
    return _projection(result.project(result.facts["periods_seen"] + 5), lang)


def _projection(result: Result, lang: str) -> dict[str, Any]:
    facts, table, layout = result.facts, result.table, base_layout()
    t, model = table["period"].tolist(), table["survival_share"].tolist()
    texts = [
        f"{k}: {labels.percent(v, lang)} ({labels.percent(a, lang)}–{labels.percent(b, lang)})"
        for k, v, a, b in zip(t, model, table["survival_share_low"], table["survival_share_high"], strict=True)
    ]
    data = [line(t, model, "@accent", texts, labels.text("value.modelled", lang))]
    if table["survival_share_low"].notna().all():
        data.insert(0, band(t, table["survival_share_low"].tolist(), table["survival_share_high"].tolist(), "@accent"))
    seen = table[table["observed_share"].notna()]
    dots = [f"{k}: {labels.percent(v, lang)}" for k, v in zip(seen["period"], seen["observed_share"], strict=True)]
    trace = line(seen["period"], seen["observed_share"], "@text", dots, labels.text("value.observed", lang))
    ends = [seen[f"observed_share{end}"].fillna(seen["observed_share"]) for end in ("", "_low", "_high")]
    data.append({**trace, "mode": "markers", "marker": {"color": "@text", "size": 7}, "error_y": whiskers(*ends)})
    axis(layout, "yaxis", 0, 1.02, "share", lang)
    axis(layout, "xaxis", 0, max(t), "count", lang, labels.text("value.renewals", lang))
    caption = labels.text("value.figure_sbg_caption", lang, level=facts["level"], n=facts["n"])
    return figure("lines", labels.text("value.figure_sbg", lang), caption, data, layout, lang)


def _contract_value(result: Result, lang: str) -> dict[str, Any]:
    facts, table, layout = result.facts, result.table, base_layout()
    t, value = table["renewals"].tolist(), table["value"].tolist()
    texts = [
        f"{k}: {labels.money(v, lang)} ({labels.money(a, lang)}–{labels.money(b, lang)})"
        for k, v, a, b in zip(t, value, table["value_low"], table["value_high"], strict=True)
    ]
    data = [line(t, value, "@accent", texts, labels.text("value.modelled", lang))]
    data[0]["mode"] = "lines+markers"
    top = max(value)
    if table["value_low"].notna().all():
        data.insert(0, band(t, table["value_low"].tolist(), table["value_high"].tolist(), "@accent"))
        top = float(table["value_high"].max())
    flat, name = table["value_constant_retention"].tolist(), labels.text("value.constant_retention", lang)
    data.append(line(t, flat, "@muted", [f"{name}<br>{labels.money(v, lang)}" for v in flat], name, dash="dot"))
    axis(layout, "yaxis", 0, max(top, flat[0]) * 1.06, "money", lang)
    axis(layout, "xaxis", 0, max(t), "count", lang, labels.text("value.renewals_made", lang))
    told = {k: facts[k] for k in ("level", "margin", "discount", "n")}
    caption = labels.text("value.figure_contract_value_caption", lang, **told)
    return figure("lines", labels.text("value.figure_contract_value", lang), caption, data, layout, lang)


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
        "error_y": whiskers(*([r[f"seen_mean{end}"] for r in rows] for end in ("", "_low", "_high"))),
        "name": labels.text("value.observed", lang),
        "text": [said(r) for r in rows],
        "hoverinfo": "text",
        "marker": {"color": "@text", "size": 8},
    }
    texts = [labels.number(r["expected_mean"], lang, 2) for r in rows]
    forecast = line(x, [r["expected_mean"] for r in rows], "@accent", texts, labels.text("value.forecast", lang))
    forecast["mode"] = "lines+markers"
    named(layout, names, labels.text("value.axis_repeats", lang))
    top = max(max(r["seen_mean_high"], r["expected_mean"]) for r in rows)
    axis(layout, "yaxis", 0, top * 1.06, "number", lang)
    told = {"split": result.params["split"], "as_of": result.params["as_of"], "level": facts["level"], "n": facts["n"]}
    caption = labels.text("value.figure_calibration_caption", lang, **told)
    title = labels.text("value.figure_calibration", lang)
    return figure("lines", title, caption, [forecast, seen], layout, lang)
