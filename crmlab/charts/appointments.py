"""Figures of appointments: who stays away, what a reminder does, how full the hours are, how long people wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .estimates import Ends, bars, courses, ends_of, points, ratio_points, reference_line, told, toned
from .retention_marks import figure_of, group_name, set_axis, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["appointments_figure"]

MOST = 25


def appointments_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``appointments.``."""
    return {
        "adjusted": _adjusted,
        "attendance": _attendance,
        "before_after": _before_after,
        "calibration": _calibration,
        "defects": _defects,
        "no_shows": _no_shows,
        "outcomes": _outcomes,
        "overbooking": _overbooking,
        "schedule": _schedule,
        "trial": _trial,
        "wait_scores": _wait_scores,
        "waiting": _waiting,
    }[result.kind.partition(".")[2]](result, lang)


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"appointments.{key}", lang, **values)


def _column(name: str, lang: str) -> str:
    """A column of a regression by its name; one value of a column of words by the value's."""
    return labels.name(name.rpartition(": ")[2], lang)


def _outcomes(result: Result, lang: str) -> dict[str, Any]:
    words = ("attended", "no_show", "cancelled", "rescheduled")
    counts = [result.facts[w] for w in words]
    hover = [labels.value(c, "count", lang) for c in counts]
    caption = _said("caption_outcomes", lang, n=result.facts["appointments"], kept=result.facts["n"])
    return bars([labels.name(w, lang) for w in words], [("", counts, "@accent", hover)], "count", lang,
                title=_said("figure_outcomes", lang), caption=caption)  # fmt: skip


def _attendance(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"]
    rows = [r for r in result.table.to_dict("records") if r["row"] == "member"]
    ends = [ends_of(r, "no_show_share") for r in rows]
    texts = [told(e, r["n"], "share", lang) for e, r in zip(ends, rows, strict=True)]
    title = _said("figure_attendance", lang, by=labels.name(by, lang))
    caption = _said("caption_share", lang, n=result.facts["n"])
    if by in ("month", "quarter"):
        places = [r[by] for r in rows]
        hover = [f"{p}: {t}" for p, t in zip(places, texts, strict=True)]
        return courses(places, [("", ends, hover)], "share", lang, title=title, caption=caption)
    names = [group_name(r[by], lang) for r in rows]
    colours = toned([r["verdict"] for r in rows])
    return points(names, ends, texts, "share", lang, title=title, caption=caption, colours=colours,
                  reference=result.facts["no_show_share"])  # fmt: skip


def _no_shows(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    ends = [ends_of(r, "odds_ratio") for r in rows]
    texts = [_ratio(e, lang) for e in ends]
    caption = _said("caption_odds", lang, n=result.facts["n"], events=result.facts["events"])
    return ratio_points([_column(r["column"], lang) for r in rows], ends, texts, lang,
                        title=_said("figure_no_shows", lang), caption=caption, axis=_said("axis_odds", lang),
                        colours=toned([r["verdict"] for r in rows]))  # fmt: skip


def _ratio(ends: Ends, lang: str) -> str:
    value, low, high = (labels.number(x, lang, 2) if there(x) else "—" for x in ends)
    return f"{value} ({low}–{high})"


def _calibration(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    ends = [ends_of(r, "no_show_share") for r in rows]
    x = [r["expected_share"] for r in rows]
    hover = [
        f"{_said('expected', lang)} {labels.percent(r['expected_share'], lang)}<br>{told(e, r['n'], 'share', lang)}"
        for r, e in zip(rows, ends, strict=True)
    ]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": [e[0] for e in ends],
        "marker": {"color": toned([r["verdict"] for r in rows]), "size": 10},
        "hovertext": hover,
        "hoverinfo": "text",
    }
    top = max(max(x), *(e[2] for e in ends)) * 1.06
    layout = base_layout()
    set_axis(layout, "xaxis", 0, top, "share", lang, _said("axis_expected", lang))
    set_axis(layout, "yaxis", 0, top, "share", lang)
    right = {"type": "line", "x0": 0, "x1": top, "y0": 0, "y1": top}
    layout["shapes"] = [{**right, "line": {"color": "@line-strong", "width": 1, "dash": "dot"}}] + [
        {"type": "line", "x0": a, "x1": a, "y0": e[1], "y1": e[2], "line": {"color": "@muted", "width": 2}}
        for a, e in zip(x, ends, strict=True)
    ]
    caption = _said("caption_calibration", lang, n=result.facts["n"], auc=result.facts["auc"])
    return figure_of("lines", _said("figure_calibration", lang), caption, [trace], layout, lang)


def _trial(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    ends = [ends_of(r, "no_show_share") for r in rows]
    names = [labels.name(r["arm"], lang) for r in rows]
    texts = [told(e, r["n"], "share", lang) for e, r in zip(ends, rows, strict=True)]
    facts = {k: result.facts[k] for k in ("n", "risk_ratio", "risk_ratio_low", "risk_ratio_high")}
    return points(names, ends, texts, "share", lang, title=_said("figure_trial", lang),
                  caption=_said("caption_trial", lang, **facts), colours=["@other", "@accent"])  # fmt: skip


def _adjusted(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    names, ends, colours = [], [], []
    for what in ("risk_ratio", "odds_ratio"):
        for r in rows:
            if there(r[what]):
                names.append(f"{labels.name(what, lang)}: {labels.name(r['method'], lang).lower()}")
                ends.append(ends_of(r, what))
                colours.append("@bad" if r["method"] == "naive" else "@accent")
    caption = _said("caption_adjusted", lang, n=result.facts["n"], treated=result.facts["treated"])
    return ratio_points(names, ends, [_ratio(e, lang) for e in ends], lang, title=_said("figure_adjusted", lang),
                        caption=caption, axis=_said("axis_ratio", lang), colours=colours)  # fmt: skip


def _schedule(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"]
    rows = [r for r in result.table.to_dict("records") if r["row"] == "member"]
    total = len(rows)
    if by not in ("weekday", "hour"):
        rows.sort(key=lambda r: -r["attended_share"])
    if total > MOST:  # the ends are what one looks for
        rows = rows[: MOST // 2 + 1] + rows[-(MOST // 2) :]
    ends = [ends_of(r, "attended_share") for r in rows]
    names = [
        _said("nobody", lang) if not there(r[by]) else labels.name(r[by], lang) if isinstance(r[by], str)
        else f"{labels.name(by, lang)} {int(r[by])}" for r in rows
    ]  # fmt: skip
    texts = [told(e, r["slots"], "share", lang) for e, r in zip(ends, rows, strict=True)]
    caption = _said("caption_schedule", lang, n=result.facts["n"], shown=len(rows), groups=total)
    return points(names, ends, texts, "share", lang, title=_said("figure_schedule", lang), caption=caption,
                  colours=toned([r["verdict"] for r in rows]), reference=result.facts["attended_share"])  # fmt: skip


def _overbooking(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    places = [labels.value(r["booked"], "count", lang) for r in rows]
    ends = [ends_of(r, "crowded_share") for r in rows]
    hover = [
        _said("hover_overbooking", lang, booked=r["booked"], patients=r["expected_patients"], idle=r["expected_idle"])
        + f"<br>{told(e, None, 'share', lang)}"
        for r, e in zip(rows, ends, strict=True)
    ]
    facts = {k: result.facts[k] for k in ("slots", "no_show_share", "best")}
    figure = courses(places, [("", ends, hover)], "share", lang, title=_said("figure_overbooking", lang, **facts),
                     caption=_said("caption_overbooking", lang, **facts), axis=_said("axis_booked", lang))  # fmt: skip
    figure["layout"]["shapes"] = [reference_line(result.facts["best"] - rows[0]["booked"])]
    return figure


def _waiting(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"]
    rows = result.table.to_dict("records")
    rows = [r for r in rows if r["row"] == "member"] or rows
    names = [group_name(r[by], lang) if by else labels.text("common.total", lang) for r in rows]
    ends = [ends_of(r, "within_share") for r in rows]
    texts = [
        told(e, r["n"], "share", lang) + f"<br>{_said('median', lang, minutes=r['median_minutes'])}"
        for e, r in zip(ends, rows, strict=True)
    ]
    standard = result.params["standard"]
    caption = _said("caption_share", lang, n=result.facts["n"])
    return points(names, ends, texts, "share", lang, title=_said("figure_waiting", lang, minutes=standard),
                  caption=caption, reference=result.facts["within_share"])  # fmt: skip


def _wait_scores(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["n"]]
    ends = [ends_of(r, "satisfied_share") for r in rows]
    names = [_said("minutes", lang, band=r["wait_band"]) for r in rows]
    texts = [told(e, r["n"], "share", lang) for e, r in zip(ends, rows, strict=True)]
    facts = {k: result.facts[k] for k in ("n", "slope", "slope_low", "slope_high")}
    caption = _said("caption_wait_scores", lang, per=result.params["per_minutes"], **facts)
    return points(names, ends, texts, "share", lang, title=_said("figure_wait_scores", lang), caption=caption)


def _before_after(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    several = result.params["touched"] is not None
    names = [(f"{labels.name(r['group'], lang)} · " if several else "") + labels.name(r["period"], lang) for r in rows]
    ends = [ends_of(r, "share") for r in rows]
    texts = [told(e, r["n"], "share", lang) for e, r in zip(ends, rows, strict=True)]
    outcome = labels.name(result.params["outcome"], lang)
    caption = _said("caption_before_after", lang, n=result.facts["n"], since=result.params["since"])
    colours = ["@accent" if r["period"] == "since_change" else "@other" for r in rows]
    return points(names, ends, texts, "share", lang, title=_said("figure_before_after", lang, outcome=outcome),
                  caption=caption, colours=colours)  # fmt: skip


def _defects(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"]
    rows = result.table.to_dict("records")
    places = [group_name(r[by], lang) for r in rows]
    ends = [(r["share"], r["limit_low"], r["limit_high"]) for r in rows]
    hover = [f"{plain_text(p)}: {told(e, r['n'], 'share', lang)}" for p, e, r in zip(places, ends, rows, strict=True)]
    caption = _said("caption_defects", lang, n=result.facts["n"], outside=result.facts["outside"])
    figure = courses(places, [("", ends, hover)], "share", lang, title=_said("figure_defects", lang), caption=caption)
    # points out of the limits are what the chart is for
    figure["data"][-1]["marker"]["color"] = ["@bad" if r["verdict"] == "real" else "@accent" for r in rows]
    return figure
