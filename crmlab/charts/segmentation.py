"""Figures of segmentation: bars of segments, moves as a heat map, what sets segments apart as dots with intervals."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["segmentation_figure"]

MOST = 24
_WIDEST = 44


def segmentation_figure(result: Result, lang: str, **options: Any) -> dict[str, Any] | None:
    """The figure of a Result of kind ``segmentation.*``; ``None`` where a table says it better."""
    draw = {
        "segmentation.rfm": _rfm,
        "segmentation.by_rules": _rules,
        "segmentation.migration": _migration,
        "segmentation.fit": _fit,
        "segmentation.fit_unchecked": _fit,
        "segmentation.choose_k": _choose,
        "segmentation.stability": _stability,
        "segmentation.stability_over_time": _over_time,
        "segmentation.profile": _profile,
        "segmentation.personas": _personas,
        "segmentation.buyer_index": _index,
        "segmentation.knowledge": _knowledge,
    }.get(result.kind)
    return draw(result, lang, **options) if draw else None


def _text(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"segmentation.{key}", lang, **values)


def _rows(layout: dict[str, Any], names: list[str]) -> None:
    layout["yaxis"].update(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[plain_text(n if len(n) <= _WIDEST else n[: _WIDEST - 1].rstrip() + "…") for n in names],
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    layout["yaxis"]["tickfont"] = {"color": "@text", "size": 12}


def _scale(layout: dict[str, Any], low: float, high: float, unit: str, lang: str) -> None:
    places, texts = labels.ticks(low, high, unit, lang)
    layout["xaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[low, high])


def _figure(kind: str, title: str, caption: str, data: list, layout: dict[str, Any], bars: int, lang: str) -> Any:
    alt = labels.text("charts.alt", lang, kind=labels.text(f"charts.kind_{kind}", lang), title=title)
    figure = {"kind": kind, "title": title, "caption": caption, "alt": alt, "data": data, "layout": layout}
    return {**figure, "paths": [[] for _ in data], "bars": bars}


def _rfm(result: Result, lang: str) -> dict[str, Any]:
    table, facts = result.table, result.facts
    counts = table["segment"].value_counts(sort=False)
    sums = table.groupby("segment", observed=False)["amount"].sum()
    names = [s for s in result.params["segments"] if counts[s]]
    whole = float(sums.sum())
    parts = [("share_of_customers", "@accent", [counts[s] / counts.sum() for s in names])]
    if whole > 0:
        parts.append(("share_of_amount", "@series-2", [float(sums[s]) / whole for s in names]))
    hover = [
        _text("hover_customers", lang, customers=int(counts[s]), n=len(table), share=counts[s] / len(table))
        for s in names
    ]
    caption = _text("figure_rfm_caption", lang, n=facts["n"])
    return _shares(names, parts, hover, _text("figure_rfm", lang, as_of=facts["as_of"]), caption, lang)


def _rules(result: Result, lang: str) -> dict[str, Any]:
    counts = result.table["segment"].value_counts(sort=False)
    names = [s for s in result.params["segments"] if counts[s]]
    n = len(result.table)
    hover = [_text("hover_customers", lang, customers=int(counts[s]), n=n, share=counts[s] / n) for s in names]
    parts = [("share_of_customers", "@accent", [counts[s] / n for s in names])]
    return _shares(names, parts, hover, _text("figure_rules", lang), _text("figure_n", lang, n=n), lang)


def _shares(names: list, parts: list, hover: list[str], title: str, caption: str, lang: str) -> dict[str, Any]:
    layout = base_layout()
    words = [labels.name(s, lang) for s in names]
    _rows(layout, words)
    ends = [v for _, _, values in parts for v in values]
    low, high = min(0.0, *ends), max(ends)
    _scale(layout, low, high + 0.16 * (high - low), "share", lang)
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": _text(key, lang),
            "x": values,
            "y": list(range(len(names))),
            "marker": {"color": colour},
            "text": [labels.percent(v, lang) for v in values],
            "textposition": "outside",
            "cliponaxis": False,
            "textfont": {"color": "@text", "size": 11},
            "constraintext": "none",
            "hovertext": [f"<b>{plain_text(w)}</b><br>{plain_text(h)}" for w, h in zip(words, hover, strict=True)],
            "hoverinfo": "text",
        }
        for key, colour, values in parts
    ]
    layout["showlegend"] = len(parts) > 1
    layout["legend"]["traceorder"] = "normal"
    figure = _figure("bars", title, caption, data, layout, len(names) * len(parts), lang)
    if len(parts) > 1:
        figure["legend"] = [{"label": t["name"], "colour": t["marker"]["color"]} for t in data]
    return figure


def _heat(
    rows: list[str], columns: list[str], strengths: list, texts: list, hovers: list, colours: list
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Layout and trace of a heat map; ``strengths`` run from -1 or 0 to 1, ``colours`` from the least to the most."""
    layout = base_layout()
    _rows(layout, rows)
    layout["xaxis"].update(
        tickmode="array",
        tickvals=list(range(len(columns))),
        ticktext=columns,
        range=[-0.5, len(columns) - 0.5],
        side="top",
        showgrid=False,
        zeroline=False,
    )
    trace = {
        "type": "heatmap",
        "z": strengths,
        "x": list(range(len(columns))),
        "y": list(range(len(rows))),
        "zmin": -1.0 if len(colours) == 3 else 0.0,
        "zmax": 1.0,
        "colorscale": [[i / (len(colours) - 1), c] for i, c in enumerate(colours)],
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "hovertext": hovers,
        "hoverinfo": "text",
    }
    layout["annotations"] = [
        {
            "x": x,
            "y": y,
            "text": texts[y][x],
            "showarrow": False,
            "font": {"color": "@panel" if abs(strengths[y][x] or 0) > 0.55 else "@text", "size": 12},
        }
        for y in range(len(rows))
        for x in range(len(columns))
        if texts[y][x]
    ]
    return layout, trace


def _migration(result: Result, lang: str) -> dict[str, Any]:
    told = result.table.to_dict("records")
    cells = {(r["from_segment"], r["to_segment"]): r for r in told}
    starts = list(dict.fromkeys(r["from_segment"] for r in told))
    ends = [
        e
        for e in dict.fromkeys(r["to_segment"] for r in told)
        if any(cells.get((s, e), {}).get("customers") for s in starts)
    ]
    lines = [[cells.get((s, e)) for e in ends] for s in starts]
    strengths = [[r["share"] if r else None for r in line] for line in lines]
    texts = [[labels.percent(r["share"], lang, 0) if r and r["customers"] else "" for r in line] for line in lines]
    hovers = [[_moved(r, lang) for r in line] for line in lines]
    names = [[labels.name(x, lang) for x in some] for some in (starts, ends)]
    layout, trace = _heat(
        names[0],
        ["<br>".join(wrap(plain_text(n), 11)[:3]) for n in names[1]],
        strengths,
        texts,
        hovers,
        ["@panel-2", "@accent"],
    )
    # long names stand below, or they would run into the title
    layout["xaxis"].update(side="bottom", tickangle=0, tickfont={"color": "@text", "size": 10})
    caption = _text("figure_migration_caption", lang, n=result.facts["n"])
    return _figure("heat", _text("figure_migration", lang), caption, [trace], layout, len(starts), lang)


def _moved(cell: dict[str, Any] | None, lang: str) -> str:
    if cell is None:
        return ""
    way = " → ".join(plain_text(labels.name(cell[f"{end}_segment"], lang)) for end in ("from", "to"))
    said = _text("hover_customers", lang, customers=cell["customers"], n=cell["n"], share=cell["share"])
    return f"<b>{way}</b><br>{said}"


def _fit(result: Result, lang: str) -> dict[str, Any]:
    table, columns = result.table, list(result.params["columns"])
    units = result.params["units"]
    names = list(result.params["segments"])
    placed = result.space.place(table) if hasattr(result, "space") else None
    if placed is None:
        return _rules(result, lang)
    codes = table["segment"].cat.codes.to_numpy()
    spread = placed.std(axis=0)
    strengths, texts, hovers, words = [], [], [], []
    for j, name in enumerate(names):
        inside = codes == j
        far = (placed[inside].mean(axis=0) - placed.mean(axis=0)) / spread
        means = [float(table.loc[inside, c].median()) for c in columns]
        said = [
            labels.value(m, units.get(c), lang, short=units.get(c) == "money")
            for m, c in zip(means, columns, strict=True)
        ]
        words.append(f"{labels.name(name, lang)} · {labels.percent(inside.mean(), lang, 0)}")
        strengths.append([max(-1.0, min(1.0, float(f) / 1.8)) for f in far])
        texts.append(said)
        hovers.append(
            [
                f"<b>{plain_text(labels.name(name, lang))} · {plain_text(labels.name(c, lang))}</b><br>{s} "
                f"({'+' if f > 0 else ''}{labels.number(float(f), lang, 2)})"
                for c, s, f in zip(columns, said, far, strict=True)
            ]
        )
    heads = [plain_text(labels.name(c, lang)) for c in columns]
    layout, trace = _heat(words, heads, strengths, texts, hovers, ["@series-2", "@panel-2", "@accent"])
    caption = _text("figure_fit_caption", lang, n=result.facts["n"])
    return _figure("heat", _text("figure_fit", lang, k=len(names)), caption, [trace], layout, len(names), lang)


def _choose(result: Result, lang: str) -> dict[str, Any]:
    table, facts = result.table, result.facts
    criteria = ("silhouette", "calinski_harabasz", "gap_statistic", "bic", "rand_index")
    digits = {"calinski_harabasz": 0, "bic": 0}
    strengths, texts, hovers = [], [], []
    for c in criteria:
        values = table[c].tolist()
        signed = [-v for v in values] if c == "bic" else values
        low, high = min(signed), max(signed)
        strengths.append([(v - low) / (high - low) if high > low else 0.5 for v in signed])
        marks = ["● " if k == facts[f"best_{c}"] else "" for k in table["k"]]
        texts.append([m + labels.number(v, lang, digits.get(c, 2)) for m, v in zip(marks, values, strict=True)])
        head = plain_text(labels.name(c, lang))
        hovers.append([f"<b>{head}</b> · k = {k}<br>{t}" for k, t in zip(table["k"], texts[-1], strict=True)])
    names = [labels.name(c, lang) for c in criteria]
    layout, trace = _heat(names, [f"k = {k}" for k in table["k"]], strengths, texts, hovers, ["@panel-2", "@accent"])
    caption = _text("figure_choose_caption", lang, n=facts["n"])
    return _figure("heat", _text("figure_choose", lang), caption, [trace], layout, len(criteria), lang)


def _dots(
    names: list[str],
    rows: list[dict[str, Any]],
    stem: str,
    unit: str,
    lang: str,
    *,
    colours: list[str],
    ends: list[float],
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A dot and its interval for every row."""
    layout = base_layout()
    _rows(layout, names)
    said = [v for r in rows for v in (r[f"{stem}_low"], r[f"{stem}_high"])] + ends
    low, high = min(said), max(said)
    side = 0.04 * ((high - low) or 1)
    _scale(layout, low - side, high + side, unit, lang)
    layout["shapes"] = [
        {
            "type": "line",
            "x0": r[f"{stem}_low"],
            "x1": r[f"{stem}_high"],
            "y0": i,
            "y1": i,
            "line": {"color": colours[i], "width": 3},
            "layer": "below",
        }
        for i, r in enumerate(rows)
    ]

    def word(x: float) -> str:
        return labels.percent(x, lang) if unit == "share" else labels.number(x, lang, 0 if unit == "count" else 2)

    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [r[stem] for r in rows],
        "y": list(range(len(rows))),
        "marker": {"color": colours, "size": 10},
        "hovertext": [
            f"<b>{plain_text(n)}</b><br>"
            + _text("hover_range", lang, value=word(r[stem]), low=word(r[f"{stem}_low"]), high=word(r[f"{stem}_high"]))
            + f"<br>{labels.text('charts.hover_n', lang, n=int(r['n']))}"
            for n, r in zip(names, rows, strict=True)
        ],
        "hoverinfo": "text",
    }
    return layout, [dots]


_VERDICT = {"real": "@good", "weak": "@warn", "noise": "@bad", "small": "@accent", "too_few": "@other"}


def _line(at: float, rows: int) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": at,
        "x1": at,
        "y0": -0.5,
        "y1": rows - 0.5,
        "line": {"color": "@text", "width": 1, "dash": "dot"},
    }


def _stability(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    names = [labels.name(r["segment"], lang) for r in rows]
    colours = [_VERDICT[r["verdict"]] for r in rows]
    layout, data = _dots(names, rows, "jaccard", "number", lang, colours=colours, ends=[0.0, 1.0])
    layout["shapes"] += [_line(0.6, len(rows)), _line(0.75, len(rows))]
    keys = ("draws", "rand_index", "rand_index_low", "rand_index_high")
    caption = _text("figure_stability_caption", lang, **{k: result.facts[k] for k in keys})
    return _figure("lines", _text("figure_stability", lang), caption, data, layout, len(rows), lang)


def _over_time(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    names = [f"{r['from_year']} → {r['to_year']}" for r in rows]
    colours = [_VERDICT[r["verdict"]] for r in rows]
    layout, data = _dots(names, rows, "rand_index", "number", lang, colours=colours, ends=[0.0, 1.0])
    caption = _text("figure_over_time_caption", lang)
    return _figure("lines", _text("figure_over_time", lang), caption, data, layout, len(rows), lang)


def _profile(result: Result, lang: str) -> dict[str, Any]:
    rows = [
        r for r in result.table.to_dict("records") if r["difference"] is not None and not math.isnan(r["difference"])
    ]
    rows.sort(key=lambda r: -abs(r["difference"]))
    few = rows[:MOST]
    place = {s: i for i, s in enumerate(result.params["segments"])}
    few.sort(key=lambda r: (place[r["segment"]], -abs(r["difference"])))
    names = [f"{labels.name(r['segment'], lang)} · {labels.name(r['figure'], lang)}" for r in few]
    colours = ["@other" if r["made_of"] or r["verdict"] in ("noise", "too_few") else "@accent" for r in few]
    layout, data = _dots(names, few, "difference", "number", lang, colours=colours, ends=[0.0])
    layout["shapes"].append(_line(0, len(few)))
    caption = _text("figure_profile_caption", lang, n=result.facts["n"])
    if len(rows) > len(few):
        caption += " · " + labels.text("charts.cut", lang, shown=len(few), total=len(rows))
    return _figure("lines", _text("figure_profile", lang), caption, data, layout, len(few), lang)


def _personas(result: Result, lang: str) -> dict[str, Any] | None:
    rows = [r for r in result.table.to_dict("records") if r["share"] is not None and not math.isnan(r["share"])]
    if not rows:
        return None
    few = rows[:MOST]
    names = [
        f"{labels.name(r['segment'], lang)} · {labels.name(r['trait'], lang)}: {labels.name(r['value'], lang)}"
        for r in few
    ]
    colours = ["@accent" if r["tells"] in ("more", "less") else "@other" for r in few]
    layout, data = _dots(names, few, "share", "share", lang, colours=colours, ends=[0.0])
    data[0]["name"] = _text("this_segment", lang)
    others = {
        "type": "scatter",
        "mode": "markers",
        "name": _text("everybody_else", lang),
        "x": [r["share_others"] for r in few],
        "y": list(range(len(few))),
        "marker": {"color": "@text", "size": 8, "symbol": "diamond-open"},
        "hovertext": [f"{_text('everybody_else', lang)}: {labels.percent(r['share_others'], lang)}" for r in few],
        "hoverinfo": "text",
    }
    ends = [r["share_others"] for r in few if r["share_others"] == r["share_others"] and r["share_others"] is not None]
    if ends:
        high = max([r["share_high"] for r in few] + ends)
        _scale(layout, 0, min(1.0, high) * 1.04, "share", lang)
    caption = _text("figure_personas_caption", lang, n=result.facts["n"])
    if len(rows) > len(few):
        caption += " · " + labels.text("charts.cut", lang, shown=len(few), total=len(rows))
    return _figure("lines", _text("figure_personas", lang), caption, [*data, others], layout, len(few), lang)


def _index(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"]
    rows = result.table.to_dict("records")
    few = rows[:MOST]
    names = [labels.name(r[by], lang) for r in few]
    colours = ["@other" if r["verdict"] == "noise" else "@accent" for r in few]
    layout, data = _dots(names, few, "index", "count", lang, colours=colours, ends=[100.0])
    layout["shapes"].append(_line(100, len(few)))
    facts = result.facts
    caption = _text("figure_index_caption", lang, n=facts["n"], n_buyers=facts["n_buyers"])
    if len(rows) > len(few):
        caption += " · " + labels.text("charts.cut", lang, shown=len(few), total=len(rows))
    return _figure("lines", _text("figure_index", lang, by=by), caption, data, layout, len(few), lang)


def _knowledge(result: Result, lang: str) -> dict[str, Any]:
    told = result.params["by_field"]
    fields = sorted(told, key=lambda f: -told[f][1])
    layout = base_layout()
    _rows(layout, [labels.name(f, lang) for f in fields])
    _scale(layout, 0, 1.02, "share", lang)
    parts = (
        ("still_fresh", "@good", [told[f][1] for f in fields]),
        ("out_of_date", "@warn", [told[f][0] - told[f][1] for f in fields]),
        ("not_filled", "@bad", [1 - told[f][0] for f in fields]),
    )
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": _text(key, lang),
            "x": values,
            "y": list(range(len(fields))),
            "marker": {"color": colour},
            "hovertext": [
                f"<b>{plain_text(labels.name(f, lang))}</b><br>{_text(key, lang)}: {labels.percent(v, lang)}"
                for f, v in zip(fields, values, strict=True)
            ],
            "hoverinfo": "text",
        }
        for key, colour, values in parts
    ]
    layout.update(barmode="stack", showlegend=True)
    layout["legend"]["traceorder"] = "normal"
    caption = _text("figure_knowledge_caption", lang, n=result.facts["n"], as_of=result.params["as_of"])
    figure = _figure("bars", _text("figure_knowledge", lang), caption, data, layout, len(fields), lang)
    return {**figure, "legend": [{"label": t["name"], "colour": t["marker"]["color"]} for t in data]}
