"""Figures around the scores: staff and customers, self-service, a higher price, the customer-experience table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .satisfaction_marks import axis_of, figure_of, group_name, interval_text, lines, points, said, set_rows, there
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["deflection_figure", "experience_table_figure", "staff_link_figure", "willing_to_pay_figure"]


def staff_link_figure(result: Result, lang: str) -> dict[str, Any]:
    """A mark a unit: what its staff say against how many of its customers are satisfied."""
    rows = result.table.to_dict("records")
    names = [plain_text(group_name(r[result.params["by"]], lang)) for r in rows]
    hover = [
        f"<b>{name}</b><br>" + interval_text(r, "csat", r["n"], "share", lang)
        for name, r in zip(names, rows, strict=True)
    ]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [r["staff_score"] for r in rows],
        "y": [r["csat"] for r in rows],
        "marker": {"color": "@accent", "size": 10},
        "hovertext": hover,
        "hoverinfo": "text",
    }
    layout = base_layout()
    axis_of(layout, "yaxis", [trace], "share", lang)
    layout["yaxis"]["range"][1] = min(layout["yaxis"]["range"][1], 1.03)
    axis_of(layout, "xaxis", [trace], "score", lang, said("axis_staff", lang), along="x")
    keys = ("units", "correlation", "correlation_low", "correlation_high")
    caption = said("caption_staff", lang, **{k: result.facts[k] for k in keys})
    return figure_of("map", said("figure_staff_link", lang), caption, [trace], layout, lang, 10)


def deflection_figure(result: Result, lang: str) -> dict[str, Any]:
    """The share that was settled without a person, by group."""
    by, rows = result.params["by"], result.table.to_dict("records")
    names = [group_name(r[by], lang) if by and r["row"] == "member" else said("all", lang) for r in rows]
    ends = [(r["deflection_share"], r["deflection_share_low"], r["deflection_share_high"]) for r in rows]
    texts = [interval_text(r, "deflection_share", r["n"], "share", lang) for r in rows]
    colours = [SERIES[0] if by and r["row"] == "member" else "@text" for r in rows]
    layout = base_layout()
    data = points(layout, names, ends, texts, colours, "share", lang, bounds=(0.0, 1.0), more=[0.0])
    caption = said("caption_score", lang, n=result.facts["n"])
    return figure_of("bars", said("figure_deflection", lang), caption, data, layout, lang, len(rows))


def willing_to_pay_figure(result: Result, lang: str) -> dict[str, Any]:
    """By premium, the share that may leave; with answers, the share that says it would pay."""
    rows = result.table.to_dict("records")
    x = [r["premium_share"] for r in rows]
    stay = [1 - r["break_even_loss_share"] for r in rows]
    needed = [said("hover_needed", lang, share=s) for s in stay]
    none = [(None, None)] * len(rows)
    data = lines(said("line_needed", lang), SERIES[1], x, stay, none, needed)
    if "willing_share" in result.table and there(rows[-1]["willing_share"]):
        ends = [(r["willing_share_low"], r["willing_share_high"]) for r in rows]
        hover = [interval_text(r, "willing_share", result.facts["n"], "share", lang) for r in rows]
        data += lines(said("line_willing", lang), SERIES[0], x, [r["willing_share"] for r in rows], ends, hover)
    data = [t for t in data if t["x"]]
    layout = base_layout()
    layout["showlegend"] = len(data) > 1
    axis_of(layout, "yaxis", data, "share", lang, floor=0.0)
    layout["yaxis"]["range"] = [0.0, 1.04]
    layout["xaxis"].update(
        tickmode="array",
        tickvals=x,
        ticktext=[labels.value(v, "share", lang, decimals=0) for v in x],
        range=[-0.03 * x[-1], 1.03 * x[-1]],
        title={"text": said("axis_premium", lang), "font": {"color": "@muted", "size": 12}, "standoff": 4},
    )
    caption = said("caption_willing" if "n" in result.facts else "caption_break_even", lang, **result.facts)
    return figure_of("lines", said("figure_willing_to_pay", lang), caption, data, layout, lang)


def experience_table_figure(result: Result, lang: str) -> dict[str, Any]:
    """Persona by situation: how satisfied, or, where nobody was asked, how much of the row is filled."""
    asked = "csat" in result.table
    who, where = result.params["personas"], result.params["situations"]
    found = {(r["persona"], r["situation"]): r for r in result.table.to_dict("records")}
    z, texts, hover = [], [], []
    for one in who:
        cells = [found[one, at] for at in where]
        z.append([(r["csat"] if there(r["csat"]) else None) if asked else r["filled"] / 4 for r in cells])
        texts.append([_cell(r, asked, lang) for r in cells])
        hover.append([interval_text(r, "csat", r["n"], "share", lang) if asked else t
                      for r, t in zip(cells, texts[-1], strict=True)])  # fmt: skip
    trace = {
        "type": "heatmap", "x": list(range(len(where))), "y": list(range(len(who))), "z": z, "zmin": 0.0, "zmax": 1.0,
        "colorscale": [[0, "@accent-soft"], [1, "@accent"]], "showscale": False, "xgap": 2, "ygap": 2, "text": texts,
        "texttemplate": "%{text}", "textfont": {"size": 12}, "hovertext": hover, "hoverinfo": "text",
    }  # fmt: skip
    layout = base_layout()
    set_rows(layout, [group_name(one, lang) for one in who])
    layout["xaxis"].update(
        tickmode="array", tickvals=list(range(len(where))), ticktext=[group_name(at, lang) for at in where],
        range=[-0.5, len(where) - 0.5], showgrid=False, zeroline=False,
    )  # fmt: skip
    keys = {k: result.facts[k] for k in ("rows", "complete")}
    caption = said("caption_table", lang, **keys) if not asked else said("caption_asked", lang, n=result.facts["n"])
    title = said("figure_experience_csat" if asked else "figure_experience_table", lang)
    return figure_of("heat", title, caption, [trace], layout, lang, len(who))


def _cell(row: dict[str, Any], asked: bool, lang: str) -> str:
    if not asked:
        return said("cell_filled", lang, filled=int(row["filled"]), of=4)
    return labels.value(row["csat"], "share", lang, decimals=0) if there(row["csat"]) else "—"
