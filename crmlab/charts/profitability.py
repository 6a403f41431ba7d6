"""Figures of profitability: curves of concentration, the portfolio matrix, and bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["profitability_figure"]

MOST = 20
_CORNERS = {"to_milk": (0, 1), "to_protect": (1, 1), "to_let_go": (0, 0), "to_grow": (1, 0)}  # potential, value now


def profitability_figure(result: Result, lang: str) -> dict[str, Any] | None:
    """The figure of a Result of kind ``profitability.*``; ``None`` where a table says it better."""
    draw = {
        "compare_methods": _compare,
        "customer_profit": _profit,
        "expected_profit": _potential,
        "follow_up_sales": _follow,
        "gini": _gini,
        "lorenz": _lorenz,
        "mix_and_rate": _mix,
        "pareto": _pareto,
        "portfolio_matrix": _matrix,
        "profit_by": _by,
        "value_chain": _chain,
        "whale_curve": _whale,
    }.get(result.kind.partition(".")[2])
    return draw(result, lang) if draw else None


def _t(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"profitability.figure_{key}", lang, **values)


def _percent(x: Any, lang: str, decimals: int = 1) -> str:
    return labels.percent(x, lang, decimals)


def _member(value: Any, lang: str) -> str:
    return labels.name(None if value != value else value, lang)


def _money(x: Any, result: Result, lang: str, short: bool = True) -> str:
    return labels.money(x, lang, result.facts.get("currency") or "IDR", short=short)


# -- curves


def _whale(result: Result, lang: str) -> dict[str, Any]:
    facts, table = result.facts, result.table
    x, y = table["customer_share"].tolist(), table["cumulative_profit"].tolist()
    said = [
        _t("whale_hover", lang, customers=labels.number(n, lang), profit=_money(p, result, lang))
        for n, p in zip(table["customers"], y, strict=True)
    ]
    line = _line("", x, y, said, "@accent")
    peak = facts["earning"] / facts["n"]
    layout = _axes(lang, (0, 1), (min(0.0, *y), max(y) or 1.0), "money")
    layout["shapes"] = [_rule(peak), _rule(facts["total"], flat=True)]
    if facts["peak_share"] is None:
        title = _t("whale_flat", lang)
    else:
        title = _t("whale", lang, peak=_percent(facts["peak_share"], lang))
    low, high = facts["loss_making_share_low"], facts["loss_making_share_high"]
    told = {
        "loss": facts["loss_making"],
        "n": facts["n"],
        "share": facts["loss_making_share"],
        "low": low,
        "high": high,
    }
    return _figure("lines", title, _t("whale_caption", lang, **told), [line], layout, lang)


def _lorenz(result: Result, lang: str) -> dict[str, Any]:
    facts, table = result.facts, result.table
    x, y = table["customer_share"].tolist(), table["value_share"].tolist()
    said = [
        _t("lorenz_hover", lang, customers=_percent(a, lang), value=_percent(b, lang))
        for a, b in zip(x, y, strict=True)
    ]
    equal = {**_line("", [0, 1], [0, 1], ["", ""], "@muted"), "hoverinfo": "skip"}
    equal["line"] = {"color": "@muted", "width": 1, "dash": "dot"}
    layout = _axes(lang, (0, 1), (min(0.0, *y), 1), "share")
    told = {"gini": facts["gini"], "low": facts["gini_low"], "high": facts["gini_high"], "n": facts["n"]}
    title = _t("lorenz", lang, gini=labels.number(facts["gini"], lang, 2))
    return _figure(
        "lines", title, _t("lorenz_caption", lang, **told), [equal, _line("", x, y, said, "@accent")], layout, lang
    )


def _potential(result: Result, lang: str) -> dict[str, Any]:
    facts, values = result.facts, result.table["potential"].tolist()
    n = len(values)
    at = sorted({round(i * (n - 1) / 200) for i in range(201)}) if n > 1 else [0]
    y = [values[i] for i in at]
    said = [
        _t("whale_hover", lang, customers=labels.number(i + 1, lang), profit=_money(values[i], result, lang))
        for i in at
    ]
    layout = _axes(lang, (0, 1), (min(0.0, *y), max(y) or 1.0), "money")
    ends = {"low": _money(facts["potential_low"], result, lang), "high": _money(facts["potential_high"], result, lang)}
    caption = _t("potential_caption", lang, total=_money(facts["potential"], result, lang), n=facts["n"], **ends)
    line = _line("", [(i + 1) / n for i in at], y, said, "@accent")
    return _figure("lines", _t("potential", lang), caption, [line], layout, lang)


def _line(name: str, x: list, y: list, said: list[str], colour: str) -> dict[str, Any]:
    trace = {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "text": said, "hoverinfo": "text"}
    return {**trace, "line": {"color": colour, "width": 2.5}}


def _rule(at: float, flat: bool = False) -> dict[str, Any]:
    line = {"type": "line", "line": {"color": "@text", "width": 1, "dash": "dot"}}
    if flat:
        return {**line, "x0": 0, "x1": 1, "y0": at, "y1": at}
    return {**line, "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper"}


def _axes(lang: str, xs: tuple[float, float], ys: tuple[float, float], unit: str) -> dict[str, Any]:
    layout = base_layout()
    low, high = ys
    room = 0.06 * ((high - low) or 1)
    low, high = low - (room if low < 0 else 0), high + room
    places, texts = labels.ticks(low, high, unit, lang)
    layout["yaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[low, high])
    places, texts = labels.ticks(*xs, "share", lang)
    layout["xaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[xs[0], xs[1] + 0.01])
    return layout


# -- the matrix and other grids


def _matrix(result: Result, lang: str) -> dict[str, Any]:
    facts = result.facts
    cells = {r["cell"]: r for r in result.table.to_dict("records")}
    z, texts, hover = ([[None, None], [None, None]] for _ in range(3))
    for cell, (column, row) in _CORNERS.items():
        r = cells[cell]
        told = {"cell": labels.name(cell, lang), "n": labels.number(r["n"], lang)}
        told |= {"share": _percent(r["now_share"], lang), "stays": _percent(r["stays_share"], lang, 0)}
        z[row][column] = r["customer_share"]
        texts[row][column] = _t("matrix_cell", lang, **told)
        hover[row][column] = f"{texts[row][column]}<br>{labels.name(r['what_to_do'], lang)}"
    sides = [_t("matrix_low", lang), _t("matrix_high", lang)]
    names = [labels.name(result.params[axis], lang) for axis in ("potential", "now")]
    # an axis as narrow as a telephone's has no room for long names at its left: a break lets them stand
    left = [f"{plain_text(names[1])}:<br>{side}" for side in sides]
    below = [_t("axis", lang, axis=plain_text(names[0]), side=side) for side in sides]
    told = {"cut_now": _money(facts["cut_now"], result, lang), "n": facts["n"], "stays": facts["stays_share"]}
    caption = _t("matrix_caption", lang, cut_potential=_money(facts["cut_potential"], result, lang), **told)
    trace = _heat(z, texts, hover, max(r["customer_share"] for r in cells.values()))
    layout = _grid_layout(below, left)
    return {**_figure("heat", _t("matrix", lang), caption, [trace], layout, lang), "bars": 14}


def _compare(result: Result, lang: str) -> dict[str, Any]:
    facts, table = result.facts, result.table
    columns = [c for c in table if c != "cell"]
    z = table[columns].to_numpy().tolist()
    texts = [[labels.number(v, lang) for v in row] for row in z]
    rows = [labels.name(c, lang) for c in table["cell"]]
    heads = [labels.name(c, lang) for c in columns]
    hover = [
        [f"{plain_text(a)} × {plain_text(b)}: {texts[i][j]}" for j, b in enumerate(heads)] for i, a in enumerate(rows)
    ]
    v = "—" if facts["association"] is None else labels.number(facts["association"], lang, 2)
    caption = _t("compare_caption", lang, v=v, n=facts["n"])
    layout = _grid_layout(heads, [shortened(r) for r in rows])
    layout["yaxis"]["autorange"] = "reversed"
    trace = _heat(z, texts, hover, max(map(max, z)))
    return {**_figure("heat", _t("compare", lang), caption, [trace], layout, lang), "bars": 10}


def _heat(z: list, texts: list, hover: list, most: float) -> dict[str, Any]:
    trace = {
        "type": "heatmap",
        "x": list(range(len(z[0]))),
        "y": list(range(len(z))),
        "z": z,
        "zmin": 0,
        "zmax": most or 1,
    }
    # texts must be read on every shade, so the darkest stays pale
    trace |= {"colorscale": [[0, "@panel-2"], [1, "@accent-soft"]], "showscale": False, "xgap": 3, "ygap": 3}
    return {
        **trace,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"color": "@text", "size": 13},
        "hovertext": hover,
    } | {"hoverinfo": "text"}


def _grid_layout(below: list[str], left: list[str]) -> dict[str, Any]:
    layout = base_layout()
    for axis, names in (("xaxis", below), ("yaxis", left)):
        layout[axis].update(tickmode="array", tickvals=list(range(len(names))), ticktext=names, showgrid=False)
        layout[axis].update(zeroline=False, range=[-0.5, len(names) - 0.5])
        layout[axis]["tickfont"] = {"color": "@text", "size": 12}
    return layout


# -- bars


def _pareto(result: Result, lang: str) -> dict[str, Any]:
    facts, rows = result.facts, result.table.to_dict("records")
    names = [_t("pareto_row", lang, share=_percent(r["customer_share"], lang, 0)) for r in rows]
    values = [r["value_share"] for r in rows]
    said = [
        _t(
            "pareto_hover",
            lang,
            n=labels.number(r["customers"], lang),
            value=_percent(r["value_share"], lang),
            low=_percent(r["value_share_low"], lang),
            high=_percent(r["value_share_high"], lang),
        )
        for r in rows
    ]
    colours = ["@accent" if r["customer_share"] == facts["top"] else "@other" for r in rows]
    layout, data = _bars(names, values, colours, [_percent(v, lang) for v in values], said, "share", lang)
    layout["shapes"] = [_upright(facts["claim"], len(rows))]
    told = {"low": facts["top_share_low"], "high": facts["top_share_high"], "claim": facts["claim"], "n": facts["n"]}
    title = _t("pareto", lang, top=_percent(facts["top"], lang, 0), share=_percent(facts["top_share"], lang))
    caption = _t("pareto_caption", lang, needed=facts["needed_share"], **told)
    return _figure("bars", title, caption, data, layout, lang, len(rows))


def _gini(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"] or "all"
    rows = [r for r in result.table.to_dict("records") if r["gini"] is not None and r["gini"] == r["gini"]][-MOST:]
    names = [labels.text("common.total", lang) if r["row"] == "total" else _member(r[by], lang) for r in rows]
    values = [r["gini"] for r in rows]
    said = [f"{labels.number(r['gini_low'], lang, 3)} – {labels.number(r['gini_high'], lang, 3)}" for r in rows]
    texts = [labels.number(v, lang, 3) for v in values]
    colours = ["@accent" if r["row"] == "total" else "@series-1" for r in rows]
    layout, data = _bars(names, values, colours, texts, said, "number", lang)
    held = [(i, r) for i, r in enumerate(rows) if r["gini_low"] is not None and r["gini_low"] == r["gini_low"]]
    layout["shapes"] = [_span(r["gini_low"], r["gini_high"], i) for i, r in held]
    caption = _t("gini_caption", lang, n=result.facts["n"])
    return _figure("bars", _t("gini", lang), caption, data, layout, lang, len(rows))


def _profit(result: Result, lang: str) -> dict[str, Any]:
    facts = result.facts
    steps = [("revenue", 1)] + [(c, -1) for c in ("cost_of_goods", "commission") if c in facts]
    steps += [(f"cost_{pool}", -1) for pool in result.params["pools"]] + [("profit", 1)]
    names = [labels.name(c, lang) for c, _ in steps]
    values = [facts[c] for c, _ in steps]
    colours = ["@accent" if sign > 0 else "@bad" for _, sign in steps]
    texts = [_money(sign * facts[c], result, lang) for c, sign in steps]
    layout, data = _bars(names, values, colours, texts, texts, "money", lang)
    left, base = facts["revenue"], [0.0]
    for value in values[1:-1]:  # every cost begins where the one before left off
        left -= value
        base.append(left)
    if min(left, facts["profit"]) >= 0:
        data[0]["base"] = [*base, 0.0]
    caption = _t("profit_caption", lang, n=facts["n"], unknown=facts["unknown"])
    return _figure("bars", _t("profit", lang), caption, data, layout, lang, len(steps))


def _by(result: Result, lang: str) -> dict[str, Any]:
    by, rows = result.params["by"], [r for r in result.table.to_dict("records") if r["row"] == "member"][:MOST]
    values = [r["profit"] for r in rows]
    said = []
    for r in rows:
        ends = ("profit_per_customer", "profit_per_customer_low", "profit_per_customer_high")
        mean, low, high = (_money(None if r[c] != r[c] else r[c], result, lang) for c in ends)
        said.append(_t("by_hover", lang, n=labels.number(r["n"], lang), mean=mean, low=low, high=high))
    colours = ["@good" if v >= 0 else "@bad" for v in values]
    names = [_member(r[by], lang) for r in rows]
    layout, data = _bars(names, values, colours, [_money(v, result, lang) for v in values], said, "money", lang)
    title = _t("by", lang, by=labels.name(by, lang).lower())
    caption = _t("by_caption", lang, n=result.facts["n"]) + _cut(len(rows), result.facts["groups"], lang)
    return _figure("bars", title, caption, data, layout, lang, len(rows))


def _mix(result: Result, lang: str) -> dict[str, Any]:
    by, facts, rows = result.params["by"], result.facts, result.table.to_dict("records")[:MOST]
    values = [r["by_mix"] + r["by_rate"] for r in rows]

    def points(x: float) -> str:
        return labels.value(100 * x, "points", lang, decimals=2)

    said = [
        f"{labels.name('by_mix', lang)} {points(r['by_mix'])}, {labels.name('by_rate', lang)} {points(r['by_rate'])}"
        for r in rows
    ]
    colours = ["@good" if v >= 0 else "@bad" for v in values]
    names = [_member(r[by], lang) for r in rows]
    layout, data = _bars(names, values, colours, [points(v) for v in values], said, "share", lang)
    told = {"mix": points(facts["by_mix"]), "rate": points(facts["by_rate"]), "n": facts["n"]}
    caption = _t("mix_caption", lang, by=labels.name(by, lang).lower(), **told)
    return _figure("bars", _t("mix", lang, change=points(facts["change"])), caption, data, layout, lang, len(rows))


def _follow(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if not result.params["by"] or r["row"] == "total"]
    values = [r["lines_share"] for r in rows]
    said = [f"{_percent(r['lines_share_low'], lang)} – {_percent(r['lines_share_high'], lang)}" for r in rows]
    names = [labels.name(r["follow_up"], lang) for r in rows]
    colours = ["@accent"] * len(rows)
    layout, data = _bars(names, values, colours, [_percent(v, lang) for v in values], said, "share", lang)
    caption = _t("follow_caption", lang, n=result.facts["n"], unknown=result.facts["unknown"])
    return _figure("bars", _t("follow", lang), caption, data, layout, lang, len(rows))


def _chain(result: Result, lang: str) -> dict[str, Any]:
    facts, rows = result.facts, result.table.to_dict("records")
    colours = ["@bad" if r["is_blocked"] else "@accent" if r["kind"] == "stage" else "@series-2" for r in rows]
    values, names = [r["score"] for r in rows], [labels.name(r["chain_part"], lang) for r in rows]
    texts = [labels.number(v, lang) for v in values]
    layout, data = _bars(names, values, colours, texts, [r["evidence"] for r in rows], "number", lang)
    layout["xaxis"].update(
        range=[0, 4.4], tickvals=[0, 1, 2, 3, 4], ticktext=[labels.number(i, lang) for i in range(5)]
    )
    told = {end: labels.number(facts[end], lang, 2) for end in ("stages", "conditions")}
    return _figure("bars", _t("chain", lang), _t("chain_caption", lang, **told), data, layout, lang, len(rows))


def _upright(at: float, rows: int) -> dict[str, Any]:
    line = {"type": "line", "x0": at, "x1": at, "y0": -0.5, "y1": rows - 0.5}
    return {**line, "line": {"color": "@text", "width": 1, "dash": "dot"}}


def _span(low: float, high: float, row: int) -> dict[str, Any]:
    return {"type": "line", "x0": low, "x1": high, "y0": row, "y1": row, "line": {"color": "@text", "width": 2}}


def _cut(shown: int, total: int, lang: str) -> str:
    return " · " + labels.text("charts.cut", lang, shown=shown, total=total) if shown < total else ""


def _bars(
    names: Sequence[str], values: list, colours: list[str], texts: list[str], said: list[str], unit: str, lang: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Layout and the one trace of horizontal bars, the first on top."""
    layout, rows = base_layout(), list(range(len(names)))
    hover = [f"<b>{plain_text(n)}</b><br>{plain_text(s)}" for n, s in zip(names, said, strict=True)]
    trace = {"type": "bar", "orientation": "h", "name": "", "x": values, "y": rows, "hovertext": hover}
    trace |= {"hoverinfo": "text", "marker": {"color": colours}, "text": texts, "textposition": "outside"}
    trace |= {"cliponaxis": False, "textfont": {"color": "@text", "size": 12}, "constraintext": "none"}
    low, high = min([0, *values]), max([0, *values])
    side = 0.45 * ((high - low) or 1.0)  # room for a text on a telephone
    low, high = low - (side if low < 0 else 0), high + (side if high > 0 or low == 0 else 0)
    places, ticks = labels.ticks(low, high, unit, lang)
    layout["xaxis"].update(tickmode="array", tickvals=places, ticktext=ticks, range=[low, high])
    layout["yaxis"].update(tickmode="array", tickvals=rows, ticktext=[shortened(n) for n in names], showgrid=False)
    layout["yaxis"].update(range=[len(rows) - 0.5, -0.5], zeroline=False)
    layout["yaxis"]["tickfont"] = {"color": "@text", "size": 12}
    return layout, [trace]


def _figure(
    kind: str, title: str, caption: str, data: list, layout: dict[str, Any], lang: str, bars: int = 0
) -> dict[str, Any]:
    alt = labels.text("charts.alt", lang, kind=labels.text(f"charts.kind_{kind}", lang), title=title)
    figure = {"kind": kind, "title": title, "caption": caption, "alt": alt, "data": data, "layout": layout}
    return {**figure, "paths": [[] for _ in data], "bars": bars}
