"""The marks of a programme's figures: items by state, pairs of values, people on two axes, work in lanes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .retention_marks import figure_of, set_axis, set_rows, spread, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["dumbbells", "grid", "path_of_work", "people", "said"]

_HEAD = 13  # letters of a column's head before it is broken


def said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"programme.{key}", lang, **values)


def wrapped(text: str, most: int) -> str:
    """Words over several lines, none longer than need be."""
    lines, line = [], ""
    for word in str(text).split():
        if line and len(line) + 1 + len(word) > most:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "<br>".join(plain_text(part) for part in [*lines, line])


def grid(
    names: Sequence[str], heads: Sequence[str], marks: Sequence[tuple[Any, ...]], hover: Sequence[str], lang: str, *,
    title: str, caption: str, bad: Sequence[int] = (),
) -> dict[str, Any]:  # fmt: skip
    """Rows and columns with a dot, or a letter, where they meet. A mark: column, row, colour and perhaps a letter."""
    letters = bool(marks) and len(marks[0]) > 3
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "text" if letters else "markers",
        "x": [m[0] for m in marks],
        "y": [m[1] for m in marks],
        "hovertext": [f"<b>{plain_text(names[m[1]])}</b><br>{h}" for m, h in zip(marks, hover, strict=True)],
        "hoverinfo": "text",
    }
    if letters:
        trace |= {"text": [f"<b>{m[3]}</b>" if "A" in m[3] else m[3] for m in marks],
                  "textfont": {"color": [m[2] for m in marks], "size": 14}}  # fmt: skip
    else:
        trace["marker"] = {"color": [m[2] for m in marks], "size": 13}
    layout = base_layout()
    set_rows(layout, names)
    layout["xaxis"].update(
        side="top", tickmode="array", tickvals=list(range(len(heads))),
        ticktext=[wrapped(h, _HEAD if len(heads) < 4 else 8) for h in heads],
        range=[-0.5, max(len(heads) - 0.5, 0.5)], showgrid=False, zeroline=False, tickangle=0,
        tickfont={"color": "@text", "size": 11 if len(heads) < 5 else 10},
    )  # fmt: skip
    layout["yaxis"].update(showgrid=True)
    layout["margin"]["t"] = 96
    layout["shapes"] = [
        {"type": "rect", "layer": "below", "xref": "paper", "x0": 0, "x1": 1, "y0": k - 0.5, "y1": k + 0.5,
         "fillcolor": "@bad", "opacity": 0.1, "line": {"width": 0}} for k in bad
    ]  # fmt: skip
    return figure_of("bars", title, caption, [trace], layout, lang, len(names))


def dumbbells(
    names: Sequence[str], pairs: Sequence[tuple[float, float]], colours: Sequence[str], hover: Sequence[str], lang: str,
    *, title: str, caption: str,
) -> dict[str, Any]:  # fmt: skip
    """From where one is to where one wants to be: a filled and a hollow dot."""
    layout = base_layout()
    set_rows(layout, names)
    low, high = spread([(a, b, None) for a, b in pairs], None)
    set_axis(layout, "xaxis", low, high, "number", lang)
    layout["shapes"] = [
        {"type": "line", "x0": a, "x1": b, "y0": k, "y1": k, "line": {"color": colours[k], "width": 2}}
        for k, (a, b) in enumerate(pairs)
    ]
    data = []
    for end, fill in ((0, colours), (1, ["@panel"] * len(pairs))):
        data.append({
            "type": "scatter", "mode": "markers", "x": [p[end] for p in pairs], "y": list(range(len(pairs))),
            "name": labels.name(("current_value", "target_value")[end], lang),
            "marker": {"color": list(fill), "size": 12, "line": {"color": list(colours), "width": 2}},
            "hovertext": [f"<b>{plain_text(n)}</b><br>{h}" for n, h in zip(names, hover, strict=True)],
            "hoverinfo": "text",
        })  # fmt: skip
    return figure_of("bars", title, caption, data, layout, lang, len(names))


def people(result: Result, lang: str) -> dict[str, Any]:
    """Stakeholders on the two axes of buy-in, the four groups named in their corners."""
    rows = [r for r in result.table.to_dict("records") if there(r["rational"]) and there(r["emotional"])]
    spots: dict[tuple[float, float], list[dict[str, Any]]] = {}
    for r in rows:
        spots.setdefault((r["rational"], r["emotional"]), []).append(r)
    tone = {"head_and_heart": "@good", "head_only": "@accent", "heart_only": "@series-2", "neither_yet": "@bad"}
    names = {at: [str(r["stakeholder"]) for r in some] for at, some in spots.items()}
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, _ in spots],
        "y": [y for _, y in spots],
        # who stands at the right edge is named to the left
        "textposition": ["middle left" if x > 3.4 else "middle right" for x, _ in spots],
        "text": [plain_text(shortened(n[0]) + (f" +{len(n) - 1}" if len(n) > 1 else "")) for n in names.values()],
        "textfont": {"color": "@text", "size": 11},
        "marker": {"color": [tone[some[0]["group"]] for some in spots.values()], "size": 13},
        "hovertext": ["<br>".join(f"<b>{plain_text(str(r['stakeholder']))}</b>: {labels.name(r['action'], lang)}"
                                  for r in some) for some in spots.values()],
        "hoverinfo": "text",
    }  # fmt: skip
    high = result.facts["high"]
    edge = high - 0.5
    layout = base_layout()
    for axis, word in (("xaxis", "axis_rational"), ("yaxis", "axis_emotional")):
        set_axis(layout, axis, 0.5, 5.75 if axis == "yaxis" else 5.5, "number", lang, said(word, lang))
        layout[axis].update(tickvals=[1, 2, 3, 4, 5], ticktext=["1", "2", "3", "4", "5"], showgrid=False)
    line = {"color": "@line-strong", "width": 1}
    layout["shapes"] = [
        {"type": "line", "x0": edge, "x1": edge, "y0": 0.5, "y1": 5.75, "line": line},
        {"type": "line", "x0": 0.5, "x1": 5.5, "y0": edge, "y1": edge, "line": line},
    ]
    corners = (("head_and_heart", 5.45, 5.6, "right"), ("heart_only", 0.55, 5.6, "left"),
               ("head_only", 5.45, 0.65, "right"), ("neither_yet", 0.55, 0.65, "left"))  # fmt: skip
    layout["annotations"] = [
        {"x": x, "y": y, "text": said(f"quadrant_{g}", lang), "showarrow": False, "xanchor": anchor,
         "font": {"color": "@muted", "size": 11}} for g, x, y, anchor in corners
    ]  # fmt: skip
    facts = dict(result.facts)
    return figure_of("lines", said("figure_buy_in", lang), said("caption_buy_in", lang, **facts), [trace], layout, lang)


def path_of_work(result: Result, lang: str) -> dict[str, Any]:
    """A process from top to bottom, each step in the lane of who does it; a line is as wide as it is usual."""
    rows = result.table.to_dict("records")
    lanes = list(dict.fromkeys(r["function"] for r in rows))
    at = {r["order"]: (lanes.index(r["function"]), k) for k, r in enumerate(rows)}
    cases = result.facts["cases"]
    layout = base_layout()
    set_rows(layout, [str(r["activity"]) for r in rows])
    layout["xaxis"].update(
        side="top", tickmode="array", tickvals=list(range(len(lanes))), ticktext=[wrapped(f, _HEAD) for f in lanes],
        range=[-0.5, max(len(lanes) - 0.5, 0.5)], showgrid=True, zeroline=False, tickangle=0,
        tickfont={"color": "@text", "size": 11},
    )  # fmt: skip
    layout["margin"]["t"] = 96
    layout["shapes"] = [
        {"type": "line", "layer": "below", "x0": at[a][0], "y0": at[a][1], "x1": at[b][0], "y1": at[b][1],
         "line": {"color": "@line-strong", "width": 1 + 4 * n / cases}} for a, b, n in result.params["moves"] if a != b
    ]  # fmt: skip
    trace = {
        "type": "scatter", "mode": "markers", "x": [at[r["order"]][0] for r in rows], "y": list(range(len(rows))),
        "marker": {"color": "@accent", "size": [9 + 9 * r["case_share"] for r in rows]}, "hoverinfo": "text",
        "hovertext": [f"<b>{plain_text(str(r['activity']))}</b><br>{plain_text(str(r['function']))}: "
                      f"{labels.percent(r['case_share'], lang)}" for r in rows],
    }  # fmt: skip
    facts = dict(result.facts)
    title, caption = said("figure_swim_lane", lang, **facts), said("caption_swim_lane", lang, **facts)
    return figure_of("bars", title, caption, [trace], layout, lang, len(rows))
