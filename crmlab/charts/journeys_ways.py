"""Which touchpoint follows which: the matrix, and the interaction map with its arcs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .journeys_marks import called, counted, interval, said
from .retention_marks import figure_of, set_rows, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["map_of_ways", "matrix_figure"]

_PLACES, _EDGES = 12, 18  # what a telephone can show


def _busiest(result: Result) -> list[str]:
    """The busiest touchpoints, in the order in which people usually meet them."""
    nodes = sorted(result.params["nodes"], key=lambda n: -n["events"])[:_PLACES]
    kept = {n["touchpoint"] for n in nodes}
    return [n for n in result.params["order"] if n in kept]


def matrix_figure(result: Result, lang: str) -> dict[str, Any]:
    """Rows: from where; columns: to where, by number, since names would not stand beside each other."""
    order = _busiest(result)
    found = {(r["origin"], r["destination"]): r for r in result.table.to_dict("records")}
    columns = [*order, "journey_end"]
    z, texts, hover = [], [], []
    for a in order:
        line = [found.get((a, b)) for b in columns]
        z.append([r["share"] if r else 0.0 for r in line])
        texts.append(["" if not r or r["share"] < 0.005 else labels.number(100 * r["share"], lang, 0) for r in line])
        hover.append(
            [
                f"{plain_text(called(a, lang))} → {plain_text(called(b, lang))}<br>"
                + (counted(r, "share", r["n"], lang) if r else "0")
                for b, r in zip(columns, line, strict=True)
            ]
        )
    trace = {
        "type": "heatmap",
        "x": list(range(len(columns))),
        "y": list(range(len(order))),
        "z": z,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": 11},
        "hovertext": hover,
        "hoverinfo": "text",
        "zmin": 0.0,
        "zmax": max([v for row in z for v in row] + [0.01]),
        "xgap": 1,
        "ygap": 1,
        "colorscale": [[0, "@panel-2"], [0.0001, "@accent-soft"], [1, "@accent"]],
        "showscale": False,
    }
    layout = base_layout()
    heads = [*(str(k + 1) for k in range(len(order))), said("end_short", lang)]
    layout["xaxis"].update(
        tickmode="array",
        tickvals=list(range(len(columns))),
        ticktext=heads,
        showgrid=False,
        zeroline=False,
        side="bottom",
        tickangle=0,
    )
    set_rows(layout, [f"{k + 1} {called(a, lang)}" for k, a in enumerate(order)])
    facts = result.facts
    caption = said("caption_transitions", lang, n=facts["n"], shown=len(order), touchpoints=facts["touchpoints"])
    return figure_of("heat", said("figure_transitions", lang), caption, [trace], layout, lang, max(len(order), 8))


def map_of_ways(result: Result, lang: str) -> dict[str, Any]:
    """Touchpoints in the order in which they are met; arcs to the right lead on, those to the left back."""
    order = _busiest(result)
    place = {name: k for k, name in enumerate(order)}
    edges = [
        r
        for r in result.table.sort_values(["n", "origin", "destination"], ascending=[False, True, True]).to_dict(
            "records"
        )
        if r["origin"] in place and r["destination"] in place
    ]
    shown = [r for r in edges if r["origin"] != r["destination"]][:_EDGES]
    again = {r["origin"]: r for r in edges if r["origin"] == r["destination"]}
    most = max([r["n"] for r in shown] + [1])
    data: list[dict[str, Any]] = []
    reach = max([abs(place[r["destination"]] - place[r["origin"]]) for r in shown] + [1])
    middles: dict[str, list[Any]] = {"x": [], "y": [], "text": [], "color": []}
    for r in reversed(shown):  # the strongest last, above the others
        a, b = place[r["origin"]], place[r["destination"]]
        side, colour = (1, "@accent") if b > a else (-1, "@warn")
        bow = side * (0.25 + 0.75 * abs(b - a) / reach)
        turn = [math.pi * t / 24 for t in range(25)]
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [bow * math.sin(t) for t in turn],
                "y": [(a + b) / 2 + (a - b) / 2 * math.cos(t) for t in turn],
                "line": {"color": colour, "width": 1 + 7 * math.sqrt(r["n"] / most)},
                "opacity": 0.35 + 0.5 * r["n"] / most,
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
        told = f"{plain_text(called(r['origin'], lang))} → {plain_text(called(r['destination'], lang))}<br>"
        middles["x"].append(bow)
        middles["y"].append((a + b) / 2)
        middles["text"].append(told + counted(r, "share", r["n"], lang))
        middles["color"].append(colour)
    if shown:
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": middles["x"],
                "y": middles["y"],
                "marker": {"color": middles["color"], "size": 7},
                "hovertext": middles["text"],
                "hoverinfo": "text",
                "showlegend": False,
            }
        )
    nodes = {n["touchpoint"]: n for n in result.params["nodes"]}
    busiest = max(nodes[name]["events"] for name in order)
    scores = [nodes[n]["score"] for n in order if nodes[n]["score"] is not None]
    sizes, colours, hover = [], [], []
    for name in order:
        node = nodes[name]
        sizes.append(10 + 18 * math.sqrt(node["events"] / busiest))
        colours.append(_mood(node["score"], scores))
        told = f"<b>{plain_text(called(name, lang))}</b><br>{said('hover_events', lang, n=node['events'])}"
        if node["score"] is not None:
            told += f"<br>{said('hover_score', lang, score=node['score'])}"
        if name in again:
            told += f"<br>{said('hover_again', lang)}: {interval(again[name], 'share', 'share', lang)}"
        hover.append(told)
    data.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [0.0] * len(order),
            "y": list(range(len(order))),
            "marker": {"color": colours, "size": sizes, "line": {"color": "@panel", "width": 2}},
            "hovertext": hover,
            "hoverinfo": "text",
            "showlegend": False,
        }
    )
    layout = base_layout()
    layout["xaxis"].update(
        tickmode="array",
        tickvals=[-0.75, 0.75],
        ticktext=[said("backward", lang), said("forward", lang)],
        range=[-1.15, 1.15],
        showgrid=False,
        zeroline=False,
    )
    set_rows(layout, [called(n, lang) for n in order])
    caption = said("caption_map_of_ways", lang, shown=len(shown), edges=len(edges) - len(again), n=result.facts["n"])
    return figure_of(
        "graph", said("figure_map_of_ways", lang), caption, data, layout, lang, math.ceil(1.7 * max(len(order), 8))
    )


def _mood(score: float | None, scores: list[float]) -> str:
    """Worse and better than the others that were asked; grey where nobody was."""
    if score is None or not there(score):
        return "@other"
    if len(scores) < 2 or max(scores) == min(scores):
        return "@accent"
    share = (score - min(scores)) / (max(scores) - min(scores))
    return "@bad" if share < 1 / 3 else "@warn" if share < 2 / 3 else "@good"
