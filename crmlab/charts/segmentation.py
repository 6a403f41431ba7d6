"""Figures of segmentation: bars of segments, moves as a heat map, likeness, how many and how stable."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .segmentation_marks import VERDICT, figure_of, heat, ranges, share_bars, text_of, upright
from .segmentation_people import (
    index_figure,
    knowledge_figure,
    odds_figure,
    personas_figure,
    profile_figure,
    repeat_figure,
)

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["segmentation_figure"]


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
        "segmentation.profile": profile_figure,
        "segmentation.personas": personas_figure,
        "segmentation.buyer_index": index_figure,
        "segmentation.repeat": repeat_figure,
        "segmentation.buyer_odds": odds_figure,
        "segmentation.knowledge": knowledge_figure,
    }.get(result.kind)
    return draw(result, lang, **options) if draw else None


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
        text_of("hover_customers", lang, customers=int(counts[s]), n=len(table), share=counts[s] / len(table))
        for s in names
    ]
    caption = text_of("figure_rfm_caption", lang, n=facts["n"])
    return share_bars(names, parts, hover, text_of("figure_rfm", lang, as_of=facts["as_of"]), caption, lang)


def _rules(result: Result, lang: str) -> dict[str, Any]:
    counts = result.table["segment"].value_counts(sort=False)
    names = [s for s in result.params["segments"] if counts[s]]
    n = len(result.table)
    hover = [text_of("hover_customers", lang, customers=int(counts[s]), n=n, share=counts[s] / n) for s in names]
    parts = [("share_of_customers", "@accent", [counts[s] / n for s in names])]
    return share_bars(names, parts, hover, text_of("figure_rules", lang), text_of("figure_n", lang, n=n), lang)


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
    layout, trace = heat(names[0], [plain_text(n) for n in names[1]], strengths, texts, hovers, ["@panel-2", "@accent"])
    _upright_heads(layout, names)
    caption = text_of("figure_migration_caption", lang, n=result.facts["n"])
    return figure_of("heat", text_of("figure_migration", lang), caption, [trace], layout, len(starts), lang)


def _upright_heads(layout: dict[str, Any], names: list[str]) -> None:
    """Names of many columns stand upright above: side by side they would run into each other on a telephone."""
    layout["xaxis"].update(side="top", tickangle=-90, tickfont={"color": "@text", "size": 11})
    layout["margin"] = {**layout.get("margin", {}), "t": 64 + round(6.4 * max(map(len, names)))}
    layout["title"] = {"yref": "container", "y": 0.98, "yanchor": "top"}


def _moved(cell: dict[str, Any] | None, lang: str) -> str:
    if cell is None:
        return ""
    way = " → ".join(plain_text(labels.name(cell[f"{end}_segment"], lang)) for end in ("from", "to"))
    said = text_of("hover_customers", lang, customers=cell["customers"], n=cell["n"], share=cell["share"])
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
    heads = ["<br>".join(wrap(h, 10, break_long_words=False)) for h in heads]
    layout, trace = heat(words, heads, strengths, texts, hovers, ["@series-2", "@panel-2", "@accent"])
    # long names stand below, or they would run into the title
    layout["xaxis"].update(side="bottom", tickangle=0, tickfont={"color": "@text", "size": 10})
    caption = text_of("figure_fit_caption", lang, n=result.facts["n"])
    return figure_of("heat", text_of("figure_fit", lang, k=len(names)), caption, [trace], layout, len(names), lang)


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
    # a k in every row: on a telephone there is room for five columns, not for seven of four digits
    strengths, texts, hovers = (
        [list(line) for line in zip(*lines, strict=True)] for lines in (strengths, texts, hovers)
    )
    names = [plain_text(labels.name(c, lang)) for c in criteria]
    layout, trace = heat([f"k = {k}" for k in table["k"]], names, strengths, texts, hovers, ["@panel-2", "@accent"])
    _upright_heads(layout, names)
    caption = text_of("figure_choose_caption", lang, n=facts["n"])
    return figure_of("heat", text_of("figure_choose", lang), caption, [trace], layout, len(table), lang)


def _stability(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    names = [labels.name(r["segment"], lang) for r in rows]
    colours = [VERDICT[r["verdict"]] for r in rows]
    layout, data = ranges(names, rows, "jaccard", "number", lang, colours=colours, ends=[0.0, 1.0])
    layout["shapes"] += [upright(0.6, len(rows)), upright(0.75, len(rows))]
    keys = ("draws", "rand_index", "rand_index_low", "rand_index_high")
    caption = text_of("figure_stability_caption", lang, **{k: result.facts[k] for k in keys})
    return figure_of("lines", text_of("figure_stability", lang), caption, data, layout, len(rows), lang)


def _over_time(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    names = [f"{r['from_year']} → {r['to_year']}" for r in rows]
    colours = [VERDICT[r["verdict"]] for r in rows]
    layout, data = ranges(names, rows, "rand_index", "number", lang, colours=colours, ends=[0.0, 1.0])
    caption = text_of("figure_over_time_caption", lang)
    return figure_of("lines", text_of("figure_over_time", lang), caption, data, layout, len(rows), lang)
