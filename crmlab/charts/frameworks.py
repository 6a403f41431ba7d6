"""Figures of the frameworks: the value chain as chevrons, measured steps, evidence on its thresholds, marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .estimates import points, told
from .forms import whole_ticks
from .retention_marks import dots, figure_of, set_rows, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["frameworks_figure"]

_WEAK, _FAIR = 2, 3  # below 2 a stage blocks; 2 is fair; from 3 on it is sound


def frameworks_figure(result: Result, lang: str) -> dict[str, Any] | None:
    """The figure of a Result of kind ``frameworks.*``; ``None`` where a table says it better."""
    draw = {
        "value_chain": _chain,
        "value_chain_incomplete": _chain,
        "evidence": _evidence,
        "idic": _idic,
        "idic_broken": _idic,
        "orientation": _orientation,
        "orientation_unclear": _orientation,
        "grading": _grading,
        "grading_incomplete": _grading,
        "grading_levels": _grading,
        "order": _order,
    }.get(result.kind.partition(".")[2])
    return draw(result, lang) if draw else None


def _t(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"frameworks.{key}", lang, **values)


def _plain(result: Result) -> list[dict[str, Any]]:
    frame = result.table
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def _tone(score: Any) -> str:
    return "@other" if score is None else "@bad" if score < _WEAK else "@warn" if score < _FAIR else "@good"


def _path(*spots: tuple[float, float]) -> str:
    return "M " + " L ".join(f"{x},{y}" for x, y in spots) + " Z"


def _chain(result: Result, lang: str) -> dict[str, Any]:
    """Five chevrons that lead to profit, on four bars that carry them."""
    rows, facts = _plain(result), result.facts
    stages = [r for r in rows if r["dimension"] == "primary_stages"]
    supports = [r for r in rows if r["dimension"] == "supporting_conditions"]
    shapes: list[dict[str, Any]] = []
    texts: dict[str, list[Any]] = {"x": [], "y": [], "text": [], "size": [], "color": []}

    def write(x: float, y: float, text: str, size: int, colour: str = "@text") -> None:
        for key, value in zip(texts, (x, y, text, size, colour), strict=True):
            texts[key].append(value)

    hover: dict[str, list[Any]] = {"x": [], "y": [], "hovertext": []}
    said = []
    for k, row in enumerate(stages):
        left, right, tip = k + 0.02, k + 0.84, k + 1.0
        dent = k + 0.02 if k == 0 else k + 0.18
        spots = [(left, 4.3), (right, 4.3), (tip, 5.5), (right, 6.7), (left, 6.7)]
        body = _path(*spots, *([] if k == 0 else [(dent, 5.5)]))
        blocked = bool(row["stage_blocked"])
        dash = "dot" if blocked else "solid"
        pen = {"color": _tone(row["score"]), "width": 4 if row["weakest"] else 2, "dash": dash}
        shapes.append({"type": "path", "path": body, "fillcolor": "@panel-2", "line": pen, "layer": "below"})
        middle = k + 0.45 if k == 0 else k + 0.54
        score = _t("figure_open", lang) if row["score"] is None else str(row["score"])
        write(middle, 5.95, f"<b>{score}</b>", 20, _tone(row["score"]))
        write(middle, 5.15, _t(f"short.{row['item']}", lang), 10)
        if blocked:
            write(middle, 4.02, _t("figure_blocked", lang), 10, "@bad")
        _point(hover, middle, 5.5, row, lang)
        said.append((row, blocked))
    for k, row in enumerate(supports):
        top = 3.5 - k * 0.9
        box = {"type": "rect", "x0": 0.02, "x1": 5.0, "y0": top - 0.74, "y1": top, "layer": "below"}
        width = 3 if row["weakest"] else 1
        shapes.append({**box, "fillcolor": "@panel-2", "line": {"color": _tone(row["score"]), "width": width}})
        write(2.2, top - 0.37, plain_text(labels.name(row["item"], lang)), 12)
        score = _t("figure_open", lang) if row["score"] is None else str(row["score"])
        write(4.75, top - 0.37, f"<b>{score}</b>", 16, _tone(row["score"]))
        _point(hover, 4.75, top - 0.37, row, lang)
        said.append((row, False))
    write(4.2, 7.05, f"{_t('figure_profit', lang)} ▸", 11, "@muted")
    data = [
        _texts(texts, size, colour) for size, colour in dict.fromkeys(zip(texts["size"], texts["color"], strict=True))
    ]
    unseen = {"color": "rgba(0,0,0,0)", "size": 34}
    data.append({"type": "scatter", "mode": "markers", "marker": unseen, "hoverinfo": "text", **hover})
    layout = base_layout()
    for axis, ends in (("xaxis", [-0.05, 5.08]), ("yaxis", [-0.1, 7.4])):
        layout[axis].update(visible=False, range=ends)
    layout["shapes"] = shapes
    open_items = facts["n"] - facts["answered"]
    none = "figure_value_chain_open" if facts["answered"] else "figure_value_chain_none"
    key = "figure_value_chain" if facts["mend_first"] else none
    title = _t(key, lang, mend_first=facts["mend_first"], n=open_items)
    means = {
        name: "?" if facts[f"mean_{name}"] is None else labels.number(facts[f"mean_{name}"], lang, 2)
        for name in ("stage", "support")
    }
    drawn = figure_of("map", title, _t("figure_value_chain_caption", lang, **means), data, layout, lang, 12)
    # a screen reader is told what the eye sees
    parts = [
        f"{labels.name(r['item'], lang)} {_t('figure_open', lang) if r['score'] is None else r['score']}"
        + (f" ({_t('figure_blocked', lang)})" if blocked else "")
        for r, blocked in said
    ]
    return {**drawn, "alt": f"{title}. {'; '.join(parts)}."}


def _texts(texts: dict[str, list[Any]], size: int, colour: str) -> dict[str, Any]:
    its = [k for k, pair in enumerate(zip(texts["size"], texts["color"], strict=True)) if pair == (size, colour)]
    part = {key: [texts[key][k] for k in its] for key in ("x", "y", "text")}
    return {"type": "scatter", "mode": "text", **part, "textfont": {"size": size, "color": colour}, "hoverinfo": "skip"}


def _point(hover: dict[str, list[Any]], x: float, y: float, row: dict[str, Any], lang: str) -> None:
    hover["x"].append(x)
    hover["y"].append(y)
    said = labels.text("forms.not_answered", lang)
    if row["score"] is not None:
        by = labels.text(f"forms.by_{row['answered_by']}", lang)
        said = _t("figure_hover", lang, score=row["score"], by=by)
    hover["hovertext"].append(f"<b>{plain_text(labels.name(row['item'], lang))}</b><br>{said}")


def _on_steps(value: Any, steps: Any) -> float:
    """Where a value lies on the scale of scores: between two thresholds by how far it came."""
    if not there(value):
        return float("nan")
    ends = [min(0.0, steps[0], value), *steps]
    for k in range(len(steps)):
        if value < steps[k]:
            return k + max(0.0, (value - ends[k]) / ((ends[k + 1] - ends[k]) or 1.0)) * 0.98
    return len(steps) + 0.2


def _known(trace: dict[str, Any]) -> dict[str, Any]:
    """The dots that have a place: a plain page can't leave the others out by itself."""
    its = [k for k, x in enumerate(trace["x"]) if x is not None]
    marker = {k: [v[i] for i in its] if isinstance(v, list) else v for k, v in trace["marker"].items()}
    return {**trace, "marker": marker, **{key: [trace[key][i] for i in its] for key in ("x", "y", "hovertext")}}


def _evidence(result: Result, lang: str) -> dict[str, Any]:
    rows = _plain(result)
    names, spots, hover, colours = [], [], [], []
    for r in rows:
        ends = tuple(_on_steps(r[f"measured{e}"], r["thresholds"]) for e in ("", "_low", "_high"))
        spots.append(ends)
        names.append(labels.name(r["measure"], lang))
        unit = result.params["kinds"][r["measure"]]
        value = told((r["measured"], r["measured_low"], r["measured_high"]), r["n"], unit, lang)
        hover.append(f"{plain_text(labels.name(r['item'], lang))}: {value}")
        colours.append(_tone(None if r["score"] is None else int(r["score"])))
    trace, lines = dots(names, spots, hover, colours)
    trace["marker"]["symbol"] = ["circle-open" if r["score"] is None else "circle" for r in rows]
    trace["cliponaxis"] = False
    layout = base_layout()
    set_rows(layout, names)
    whole_ticks(layout, "xaxis", 0, 4)
    layout["shapes"] = lines
    facts = result.facts
    title = _t("figure_evidence", lang, answered=facts["answered"], n=facts["n"])
    return figure_of("dots", title, _t("figure_evidence_caption", lang), [_known(trace)], layout, lang, len(names))


def _idic(result: Result, lang: str) -> dict[str, Any]:
    rows = _plain(result)
    names = [labels.name(r["step"], lang) for r in rows]
    ends = [(r["share"], r["share_low"], r["share_high"]) for r in rows]
    texts = [told(e, r["n"], "share", lang) for e, r in zip(ends, rows, strict=True)]
    weakest = result.facts["weakest"]
    colours = ["@bad" if r["step"] == weakest else "@text" if r["step"] == "chain" else "@accent" for r in rows]
    title, caption = _t("figure_idic", lang, weakest=weakest), _t("figure_idic_caption", lang)
    drawn = points(names, ends, texts, "share", lang, title=title, caption=caption, colours=colours)
    return {**drawn, "data": [_known(trace) for trace in drawn["data"]]}


def _orientation(result: Result, lang: str) -> dict[str, Any]:
    rows, facts = _plain(result), result.facts
    names = [labels.name(r["orientation"], lang) for r in rows]
    spots = [(r["mean"], None, None) for r in rows]
    texts = [labels.number(r["mean"], lang, 2) if there(r["mean"]) else _t("figure_open", lang) for r in rows]
    colours = ["@accent" if r["orientation"] == facts["leading"] else "@other" for r in rows]
    trace, _ = dots(names, spots, texts, colours)
    layout = base_layout()
    set_rows(layout, names)
    whole_ticks(layout, "xaxis", *result.params["scale"])
    key = "figure_orientation" if facts["leading"] else "figure_orientation_unclear"
    caption = _t("figure_orientation_caption", lang, answered=facts["answered"])
    title = _t(key, lang, leading=facts["leading"])
    return figure_of("dots", title, caption, [_known(trace)], layout, lang, len(names))


def _grading(result: Result, lang: str) -> dict[str, Any]:
    """Key by answer: what is right stands on the diagonal; columns by number, names would not fit beside each other."""
    classes, counts, facts = result.params["classes"], result.params["confusion"], result.facts
    words = [labels.name(c, lang) for c in classes]
    hover = [
        [
            _t("figure_grading_hover", lang, right=plain_text(words[a]), given=plain_text(words[b]), n=counts[a][b])
            for b in range(len(classes))
        ]
        for a in range(len(classes))
    ]
    most = max(max(line) for line in counts) or 1
    trace = {
        "type": "heatmap",
        "x": list(range(len(classes))),
        "y": list(range(len(classes))),
        "z": [[n if a == b else -n for b, n in enumerate(line)] for a, line in enumerate(counts)],
        "zmin": -most,
        "zmax": most,
        # whatever was mixed up stands out, be it once or often
        "colorscale": [[0, "@warn"], [0.4999, "@warn"], [0.5, "@panel-2"], [0.5001, "@accent-soft"], [1, "@accent"]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": [[str(n) if n else "" for n in line] for line in counts],
        "texttemplate": "%{text}",
        "hovertext": hover,
        "hoverinfo": "text",
    }
    layout = base_layout()
    set_rows(layout, [f"{k + 1} {word}" for k, word in enumerate(words)])
    heads = [str(k + 1) for k in range(len(classes))]
    layout["xaxis"].update(tickmode="array", tickvals=list(range(len(classes))), ticktext=heads, showgrid=False)
    layout["xaxis"].update(zeroline=False, tickangle=0)
    key = "figure_grading_levels" if result.kind == "frameworks.grading_levels" else "figure_grading"
    title = _t(key, lang, **{name: facts[name] for name in ("right", "n", "near") if name in facts})
    caption = _t("figure_grading_caption", lang)
    return figure_of("heat", title, caption, [trace], layout, lang, max(8, 2 * len(classes)))


def _order(result: Result, lang: str) -> dict[str, Any]:
    rows, facts = _plain(result), result.facts
    names = [labels.name(r["item"], lang) for r in rows]
    spots = [(r["given_place"], None, None) for r in rows]
    texts = [_t("figure_order_hover", lang, given=r["given_place"], right=r["right_place"]) for r in rows]
    trace, _ = dots(names, spots, texts, ["@good" if not r["places_off"] else "@bad" for r in rows])
    line = {"type": "scatter", "mode": "lines", "x": [r["right_place"] for r in rows], "y": list(range(len(rows)))}
    line |= {"line": {"color": "@line-strong", "width": 1.5, "dash": "dot"}, "hoverinfo": "skip"}
    layout = base_layout()
    set_rows(layout, names)
    whole_ticks(layout, "xaxis", 1, facts["n"])
    title = _t("figure_order", lang, right=facts["right"], pairs=facts["pairs"])
    return figure_of("lines", title, _t("figure_order_caption", lang), [line, trace], layout, lang, len(names))
