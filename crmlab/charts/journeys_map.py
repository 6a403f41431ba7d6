"""The journey map drawn: side by side for a board, one below the other for a telephone; and maps beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .journeys_marks import called, interval, said, texts_at, with_legend, wrapped
from .retention_marks import figure_of, there
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["map_figure", "maps_figure"]

_FEELINGS = (-2, -1, 0, 1, 2)
_SIGNS = ["−2", "−1", "0", "+1", "+2"]


def map_figure(result: Result, lang: str, *, wide: bool = False) -> dict[str, Any]:
    """The lanes of a journey map: stage, step, channel, emotion, evidence, opportunity with its owner."""
    return _wide(result, lang) if wide else _tall(result, lang)


def _rows(result: Result) -> list[dict[str, Any]]:
    return [{k: v if there(v) else None for k, v in r.items()} for r in result.table.to_dict("records")]


def _titles(result: Result, lang: str) -> tuple[str, str]:
    told = {"persona": result.params["persona"], "kind": said(result.params["kind"], lang)}
    title = said("figure_map", lang, **told)
    return title, said("caption_map", lang, cited=result.facts["cited"], assumed=result.facts["assumed"])


def _evidence(r: dict[str, Any], lang: str) -> list[str]:
    """What is known of a step, in short lines."""
    out = []
    if r["volume"] is not None:
        out.append(said("cell_volume", lang, n=int(r["volume"])))
    if r["score"] is not None:
        out.append(said("cell_score", lang, score=r["score"]))
    if r["answers"] is not None and r["score"] is not None:
        out.append(f"n = {labels.value(int(r['answers']), 'count', lang)}")
    if r["drop_off"] is not None:
        out.append(said("cell_drop_off", lang, share=r["drop_off"]))
    return out or [said("step_assumed" if r["step_basis"] == "assumption" else "no_data", lang)]


def _step_name(r: dict[str, Any], width: int, lines: int, lang: str) -> str:
    """A step's name; aslant where it was added by hand."""
    name = wrapped(called(r["step"], lang), width, lines)
    return f"<i>{name}</i>" if r["step_basis"] == "assumption" else name


def _hover(r: dict[str, Any], lang: str) -> str:
    told = [f"<b>{plain_text(called(r['step'], lang))}</b>"]
    if r["emotion"] is not None:
        told.append(
            f"{said('emotion', lang)}: {interval(r, 'emotion', 'score', lang, 2)} · {said(r['emotion_basis'], lang)}"
        )
    told += [plain_text(e) for e in _evidence(r, lang)]
    if r["opportunity"]:
        told.append(plain_text(f"{r['opportunity']} ({r['owner'] or said('nobody', lang)})"))
    return "<br>".join(told)


def _colour(emotion: float) -> str:
    return "@bad" if emotion < -0.5 else "@good" if emotion > 0.5 else "@warn"


def _feelings(
    rows: list[dict[str, Any]], places: list[float], lang: str, *, upright: bool, scale: Any
) -> list[dict[str, Any]]:
    """The line of feelings: filled where it cites data, hollow where it is assumed; broken where nothing is known."""
    known = [(p, r) for p, r in zip(places, rows, strict=True) if r["emotion"] is not None]
    data: list[dict[str, Any]] = []

    def both(along: list[Any], across: list[Any]) -> dict[str, Any]:
        return {"x": across, "y": along} if upright else {"x": along, "y": across}

    thin = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    run: list[Any] = []
    for p, r in [*zip(places, rows, strict=True), (None, {"emotion": None})]:
        if r["emotion"] is not None:
            run.append((p, scale(r["emotion"])))
            continue
        if len(run) > 1:  # nothing is drawn across a step of which nothing is known
            data.append(
                {**thin, **both([p for p, _ in run], [v for _, v in run]), "line": {"color": "@muted", "width": 2}}
            )
        run = []
    for p, r in known:
        if r["emotion_low"] is not None and r["emotion_high"] is not None:
            ends = [scale(r["emotion_low"]), scale(r["emotion_high"])]
            data.append({**thin, **both([p, p], ends), "line": {"color": "@text", "width": 2}})
    for basis in ("from_data", "assumption"):
        some = [(p, r) for p, r in known if r["emotion_basis"] == basis]
        if some:
            colours = [_colour(r["emotion"]) for _, r in some]
            data.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": said(basis, lang),
                    **both([p for p, _ in some], [scale(r["emotion"]) for _, r in some]),
                    "marker": {
                        "color": colours if basis == "from_data" else ["@panel"] * len(some),
                        "size": 15,
                        "symbol": "circle",
                        "line": {"color": colours, "width": 3},
                    },
                    "hovertext": [_hover(r, lang) for _, r in some],
                    "hoverinfo": "text",
                    "showlegend": False,
                }
            )
    return data


def _wide(result: Result, lang: str) -> dict[str, Any]:
    rows, layout = _rows(result), base_layout()
    many = len(rows)
    columns = [float(k) for k in range(many)]
    width = max(9, min(20, 116 // many))

    # from the top: stage 8.4, step 7.3, channel 6.2, feelings 5.2 to 2.4, evidence 1.3, opportunity 0
    def height(emotion: float) -> float:
        return 3.8 + 0.65 * emotion

    lanes = {8.5: "stage", 7.5: "step", 6.3: "channel", 1.35: "evidence", -0.1: "opportunity"}
    shapes: list[dict[str, Any]] = [
        {"type": "line", "x0": -0.5, "x1": many - 0.5, "y0": y, "y1": y, "line": {"color": "@line", "width": 1}}
        for y in (8.05, 6.9, 5.55, 2.15, 0.65)
    ]
    shapes.append(
        {
            "type": "line",
            "x0": -0.5,
            "x1": many - 0.5,
            "y0": height(0),
            "y1": height(0),
            "line": {"color": "@line-strong", "width": 1},
        }
    )
    first, stages = 0, []
    for k in range(1, many + 1):
        if k == many or rows[k]["stage"] != rows[first]["stage"]:
            stages.append(((first + k - 1) / 2, rows[first]["stage"], k - first))
            if k < many:
                shapes.append(
                    {
                        "type": "line",
                        "x0": k - 0.5,
                        "x1": k - 0.5,
                        "y0": -0.9,
                        "y1": 8.95,
                        "line": {"color": "@line-strong", "width": 1},
                    }
                )
            first = k
    proofs = ["<br>".join(wrapped(e, width + 2, 1) for e in _evidence(r, lang)) for r in rows]
    data = [
        texts_at(
            [x for x, *_ in stages], [8.5] * len(stages),
            [f"<b>{wrapped(called(name, lang), width * span, 1)}</b>" for _, name, span in stages],
            size=13, colour="@accent",
        ),
        texts_at(columns, [7.5] * many, [_step_name(r, width, 3, lang) for r in rows], size=12),
        texts_at(columns, [6.25] * many, [wrapped(_channels(r, lang), width) for r in rows], size=10, colour="@muted"),
        texts_at(columns, [1.4] * many, proofs, size=10),
    ]  # fmt: skip
    unfelt = [c for c, r in zip(columns, rows, strict=True) if r["emotion"] is None]
    if unfelt:
        data.append(
            texts_at(
                unfelt,
                [height(0) + 0.28] * len(unfelt),
                [said("unknown", lang)] * len(unfelt),
                size=10,
                colour="@muted",
            )
        )
    data += _feelings(rows, columns, lang, upright=False, scale=height)
    chances = [(c, r) for c, r in zip(columns, rows, strict=True) if r["opportunity"]]
    if chances:
        words = [
            f"{wrapped(r['opportunity'], width + 2, 4)}<br>"
            f"<b>{wrapped(r['owner'] or said('nobody', lang), width + 2, 1)}</b>"
            for _, r in chances
        ]
        data.append(texts_at([c for c, _ in chances], [-0.15] * len(chances), words, size=10))
    names = {at: f"lane_{lane}" for at, lane in lanes.items()}
    names |= {height(e): f"feel_{e}".replace("-", "minus_") for e in _FEELINGS}
    ticks = sorted(names)
    layout["yaxis"].update(
        tickmode="array", tickvals=ticks, ticktext=[said(names[t], lang) for t in ticks],
        range=[-1.0, 9.0], showgrid=False, zeroline=False, tickfont={"color": "@muted", "size": 11},
    )  # fmt: skip
    layout["xaxis"].update(
        tickmode="array", tickvals=[0], ticktext=[""], range=[-0.55, many - 0.45], showgrid=False, zeroline=False
    )
    layout["shapes"] = shapes
    title, caption = _titles(result, lang)
    return figure_of("journey", title, caption, data, layout, lang, 20)


def _channels(r: dict[str, Any], lang: str) -> str:
    return ", ".join(labels.name(c, lang) for c in (r["channels"] or "").split(", ") if c)


def _tall(result: Result, lang: str) -> dict[str, Any]:
    rows, layout = _rows(result), base_layout()
    data: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    places, heads, y, stage = [], [], 0.0, None
    for r in rows:
        if r["stage"] != stage:
            stage = r["stage"]
            heads.append((y, stage))
            y += 0.75
        places.append(y + 0.15)
        y += 1.15 + (0.62 if r["opportunity"] else 0.0)
    left, right = -2.4, 5.0
    for at, name in heads:
        shapes.append(
            {
                "type": "line",
                "x0": left,
                "x1": right,
                "y0": at - 0.42,
                "y1": at - 0.42,
                "line": {"color": "@line-strong", "width": 1},
            }
        )
        data.append(
            texts_at(
                [left],
                [at],
                [f"<b>{plain_text(called(name, lang))}</b>"],
                size=13,
                colour="@accent",
                place="middle right",
            )
        )
    top, bottom = places[0] - 0.5, places[-1] + 0.5
    for e in (-2, -1, 0, 1, 2):
        strong = "@line-strong" if e == 0 else "@line"
        shapes.append(
            {"type": "line", "x0": e, "x1": e, "y0": top, "y1": bottom, "line": {"color": strong, "width": 1}}
        )
    unfelt = [p for p, r in zip(places, rows, strict=True) if r["emotion"] is None]
    if unfelt:
        data.append(
            texts_at([0.0] * len(unfelt), unfelt, [said("unknown", lang)] * len(unfelt), size=10, colour="@muted")
        )
    data += _feelings(rows, places, lang, upright=True, scale=float)
    data.append(
        texts_at(
            [2.35] * len(rows),
            places,
            ["<br>".join(plain_text(e) for e in _evidence(r, lang)) for r in rows],
            size=10,
            place="middle right",
        )
    )
    chances = [(p, r) for p, r in zip(places, rows, strict=True) if r["opportunity"]]
    if chances:
        words = [
            f"→ {wrapped(r['opportunity'] + ' · ' + (r['owner'] or said('nobody', lang)), 44, 2)}" for _, r in chances
        ]
        data.append(
            texts_at(
                [left] * len(chances),
                [p + 0.82 for p, _ in chances],
                words,
                size=10,
                colour="@accent",
                place="middle right",
            )
        )
    names = []
    for r in rows:
        ways = _channels(r, lang)
        names.append(_step_name(r, 16, 2, lang) + (f"<br><i>{wrapped(ways, 18, 1)}</i>" if ways else ""))
    layout["yaxis"].update(
        tickmode="array", tickvals=places, ticktext=names, range=[y + 0.1, -0.5], showgrid=False, zeroline=False,
        tickfont={"color": "@text", "size": 11},
    )  # fmt: skip
    layout["xaxis"].update(
        tickmode="array", tickvals=list(_FEELINGS), ticktext=_SIGNS, range=[left, right], showgrid=False,
        zeroline=False,
        side="bottom",
    )  # fmt: skip
    layout["shapes"] = shapes
    title, caption = _titles(result, lang)
    return figure_of("journey", title, caption, data, layout, lang, max(12, round(2.1 * y)))


def maps_figure(result: Result, lang: str) -> dict[str, Any]:
    """A line of feelings for each map, step below step."""
    table = result.table
    place = result.params["places"]
    names: dict[int, str] = {}  # a step that was renamed stands under the first map's name
    for step in table["step"]:
        names.setdefault(place[step], step)
    steps = [names[k] for k in sorted(names)]
    data: list[dict[str, Any]] = []
    for colour, name in zip(SERIES, result.facts["maps"], strict=False):
        rows = table[table["map_name"] == name].to_dict("records")
        rows.sort(key=lambda r: place[r["step"]])
        word = said(name, lang) if name in ("as_is", "to_be") else called(name, lang)
        known = [r["emotion_basis"] == "from_data" for r in rows]
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": word,
                "x": [r["emotion"] if there(r["emotion"]) else None for r in rows],  # no line across what is not known
                "y": [place[r["step"]] for r in rows],
                "connectgaps": False,
                "line": {"color": colour, "width": 2},
                "marker": {
                    "color": [colour if k else "@panel" for k in known],
                    "size": 11,
                    "line": {"color": colour, "width": 2},
                },
                "hovertext": [
                    f"<b>{plain_text(word)}</b> · {plain_text(called(r['step'], lang))}<br>"
                    f"{interval(r, 'emotion', 'score', lang, 2)} · {said(r['emotion_basis'], lang)}"
                    if there(r["emotion"])
                    else ""
                    for r in rows
                ],
                "hoverinfo": "text",
            }
        )
    layout = base_layout()
    layout["xaxis"].update(tickmode="array", tickvals=list(_FEELINGS), ticktext=_SIGNS, range=[-2.15, 2.15])
    layout["yaxis"].update(
        tickmode="array", tickvals=list(range(len(steps))), ticktext=[wrapped(called(s, lang), 20, 2) for s in steps],
        range=[len(steps) - 0.5, -0.5], showgrid=False, zeroline=False, tickfont={"color": "@text", "size": 11},
    )  # fmt: skip
    layout["shapes"] = [
        {
            "type": "line",
            "x0": 0,
            "x1": 0,
            "y0": -0.5,
            "y1": len(steps) - 0.5,
            "line": {"color": "@line-strong", "width": 1},
        }
    ]
    with_legend(layout, len(data))
    caption = said("caption_maps", lang, n=result.facts["n"])
    return figure_of(
        "journey", said("figure_maps", lang), caption, data, layout, lang, max(10, round(1.5 * len(steps)))
    )
