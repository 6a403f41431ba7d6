"""Figures of patients: how many come and when, who pays, what sells, whom one may write to, what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .estimates import Ends, bars, courses, ends_of, points, ratio_points, told, toned
from .retention_marks import figure_of, group_name, set_rows, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["patients_figure"]


def patients_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``patients.``."""
    return {
        "contacts": _contacts,
        "margins": _margins,
        "months": _months,
        "offers": _offers,
        "payer_mix": _payer_mix,
        "renewals": _renewals,
        "seasonality": _seasonality,
        "target_group": _target_group,
        "tasks": _tasks,
    }[result.kind.partition(".")[2]](result, lang)


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"patients.{key}", lang, **values)


def _months(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["row"] == "member"]
    places = [r["month"] for r in rows]
    ends = [(r["visits_per_working_day"], None, None) for r in rows]
    hover = [
        _said(
            "hover_months", lang, month=r["month"], visits=r["visits"], patients=r["patients"], days=r["working_days"]
        )
        for r in rows
    ]
    facts = {k: result.facts[k] for k in ("visits", "patients")}
    return courses(places, [("", ends, hover)], "number", lang, title=_said("figure_months", lang),
                   caption=_said("caption_months", lang, **facts))  # fmt: skip


def _seasonality(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    ends = [ends_of(r, "rate_ratio") for r in rows]
    texts = [_ratio(e, lang) + f", {labels.value(r['days'], 'days', lang)}" for e, r in zip(ends, rows, strict=True)]
    caption = _said("caption_seasonality", lang, n=result.facts["n"], days=result.facts["days"])
    return ratio_points([labels.name(r["effect"], lang) for r in rows], ends, texts, lang,
                        title=_said("figure_seasonality", lang), caption=caption, axis=_said("axis_rate", lang),
                        colours=toned([r["verdict"] for r in rows]))  # fmt: skip


def _ratio(ends: Ends, lang: str) -> str:
    value, low, high = (labels.number(x, lang, 2) if there(x) else "—" for x in ends)
    return f"{value} ({low}–{high})"


def _payer_mix(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"]
    rows = result.table.to_dict("records")
    places = list(dict.fromkeys(r["period"] for r in rows))
    series = []
    for name in dict.fromkeys(r[by] for r in rows):
        mine = [r for r in rows if r[by] == name]
        word = group_name(name, lang)
        ends = [ends_of(r, "share") for r in mine]
        hover = [
            f"{r['period']} · {plain_text(word)}: {told(e, r['n'], 'share', lang)}"
            for r, e in zip(mine, ends, strict=True)
        ]
        series.append((word, ends, hover))
    return courses(places, series, "share", lang, title=_said("figure_payer_mix", lang),
                   caption=_said("caption_share", lang, n=result.facts["n"]))  # fmt: skip


def _margins(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"]
    rows = result.table.to_dict("records")
    names = [labels.text("common.total", lang) if r["row"] == "total" else group_name(r[by], lang) for r in rows]
    ends = [ends_of(r, "margin_share") for r in rows]
    texts = [told(e, r["visits"], "share", lang) for e, r in zip(ends, rows, strict=True)]
    colours = ["@bad" if there(e[2]) and e[2] < 0 else "@good" if there(e[1]) and e[1] > 0 else "@other" for e in ends]
    caption = _said("caption_share", lang, n=result.facts["n"])
    return points(names, ends, texts, "share", lang, title=_said("figure_margins", lang), caption=caption,
                  colours=colours, reference=0.0, floor=None)  # fmt: skip


def _offers(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    ends = [ends_of(r, "odds_ratio") for r in rows]
    names = [labels.name(r["column"].rpartition(": ")[2], lang) for r in rows]
    caption = _said("caption_offers", lang, n=result.facts["n"], bought=result.facts["bought"])
    return ratio_points(names, ends, [_ratio(e, lang) for e in ends], lang, title=_said("figure_offers", lang),
                        caption=caption, axis=_said("axis_odds", lang),
                        colours=toned([r["verdict"] for r in rows]))  # fmt: skip


def _renewals(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["n"]] or result.table.to_dict("records")
    names = [labels.text("common.total", lang) if r["row"] == "total" else group_name(r["group"], lang) for r in rows]
    ends = [ends_of(r, "renewed_share") for r in rows]
    texts = [told(e, r["n"], "share", lang) for e, r in zip(ends, rows, strict=True)]
    caption = _said("caption_renewals", lang, n=result.facts["n"], soon=result.facts["ending_soon"])
    return points(names, ends, texts, "share", lang, title=_said("figure_renewals", lang), caption=caption)


def _target_group(result: Result, lang: str) -> dict[str, Any]:
    rows = [{k: None if v is None or v != v else v for k, v in r.items()} for r in _plain(result)]
    names = [labels.name(r["step"], lang) for r in rows]
    hover = [
        _said("hidden", lang) if r["remaining"] is None else labels.value(r["remaining"], "count", lang) for r in rows
    ]
    caption = _said("caption_target_group", lang, n=result.facts["n"], least=result.params["least"])
    return bars(names, [("", [r["remaining"] for r in rows], "@accent", hover)], "count", lang,
                title=_said("figure_target_group", lang), caption=caption)  # fmt: skip


def _plain(result: Result) -> list[dict[str, Any]]:
    import pandas as pd

    return [{k: None if pd.isna(v) else v for k, v in r.items()} for r in result.table.to_dict("records")]


def _tasks(result: Result, lang: str) -> dict[str, Any]:
    by = next(iter(result.params["units"]))
    rows = [r for r in result.table.to_dict("records") if r["row"] == "member"]
    parts = []
    for what, colour in (("done_in_time", "@good"), ("done_late", "@warn"), ("not_due", "@other"), ("overdue", "@bad")):
        word = labels.name(what, lang)
        hover = [f"{word}: {labels.value(r[what], 'count', lang)}" for r in rows]
        parts.append((word, [r[what] for r in rows], colour, hover))
    caption = _said("caption_tasks", lang, n=result.facts["n"], as_of=result.facts["as_of"])
    return bars([group_name(r[by], lang) for r in rows], parts, "count", lang, title=_said("figure_tasks", lang),
                caption=caption)  # fmt: skip


def _contacts(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    found = {(r["sender"], r["receiver"]): r for r in rows}
    parties = list(dict.fromkeys([r["sender"] for r in rows] + [r["receiver"] for r in rows]))
    words = [group_name(p, lang) for p in parties]
    z, texts, hover = [], [], []
    for one, word in zip(parties, words, strict=True):
        z.append([]), texts.append([]), hover.append([])
        for other, to in zip(parties, words, strict=True):
            r = found.get((one, other))
            value = r["median_reply_minutes"] if r and there(r["median_reply_minutes"]) else None
            z[-1].append(value)
            texts[-1].append("" if value is None else labels.number(value, lang, 0))
            ends = ends_of(r, "median_reply_minutes") if r else (None, None, None)
            hover[-1].append(f"{plain_text(word)} → {plain_text(to)}: {told(ends, r['n'] if r else 0, 'number', lang)}")
    layout = base_layout()
    set_rows(layout, words)
    axis = {"tickmode": "array", "tickvals": list(range(len(words))), "ticktext": words, "tickangle": 0}
    layout["xaxis"].update(**axis, range=[-0.5, len(words) - 0.5], showgrid=False, zeroline=False)
    trace = {
        "type": "heatmap",
        "x": list(range(len(words))),
        "y": list(range(len(words))),
        "z": z,
        "zmin": 0.0,
        "zmax": max((v for line in z for v in line if v is not None), default=1.0),
        "colorscale": [[0, "@accent-soft"], [1, "@accent"]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": texts,
        "texttemplate": "%{text}",
        "hovertext": hover,
        "hoverinfo": "text",
        "hoverongaps": False,
    }
    caption = _said("caption_contacts", lang, n=result.facts["n"])
    return figure_of("heat", _said("figure_contacts", lang), caption, [trace], layout, lang, max(6, 2 * len(words)))
