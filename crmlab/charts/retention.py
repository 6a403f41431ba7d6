"""Figures of retention: losses over time, the cohort triangle, curves of survival, ratios, the lifecycle's matrix."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["retention_figure"]

_COHORTS, _AGES = 24, 12  # what a telephone held upright can show
_GROUPS = 6


def retention_figure(result: Result, lang: str, *, of: str | None = None) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``retention.``.

    Parameters
    ----------
    result : Result
    lang : {"id", "en"}
    of : {"triangle", "curve"}, optional
        What to draw of ``retention.cohorts``.
    """
    kind = result.kind.partition(".")[2]
    if kind == "cohorts" and of == "curve":
        return _curve(result, lang)
    return {
        "active": _active,
        "chain": _chain,
        "chain_change": _change,
        "churn": _churn,
        "churn_ratio": _churn_ratio,
        "cohorts": _triangle,
        "cox": _ratios,
        "levers": _levers,
        "log_rank": _log_rank,
        "loss_odds": _ratios,
        "movements": _movements,
        "reasons": _reasons,
        "repeat": _repeat,
        "survival": _survival,
        "transitions": _transitions,
    }[kind](result, lang)


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"retention.{key}", lang, **values)


def _figure(
    kind: str, title: str, caption: str, data: list[Any], layout: dict[str, Any], lang: str, bars: int = 0
) -> dict[str, Any]:
    shown = labels.text(f"charts.kind_{kind}", lang)
    out = {
        "kind": kind,
        "title": title,
        "caption": caption,
        "alt": labels.text("charts.alt", lang, kind=shown, title=title),
        "data": data,
        "layout": layout,
        "paths": [[] for _ in data],
    }
    return {**out, "bars": bars} if bars else out


def _axis(layout: dict[str, Any], axis: str, low: float, high: float, unit: str, lang: str, title: str = "") -> None:
    places, texts = labels.ticks(low, high, unit, lang)
    layout[axis].update(tickmode="array", tickvals=places, ticktext=texts, range=[low, high])
    if title:
        layout[axis]["title"] = {"text": title, "font": {"color": "@muted", "size": 12}, "standoff": 4}


def _rows(layout: dict[str, Any], names: Sequence[str]) -> None:
    layout["yaxis"].update(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[shortened(n) for n in names],
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        tickfont={"color": "@text", "size": 12},
    )


def _there(x: Any) -> bool:
    return x is not None and x == x


def _group(value: Any, lang: str) -> str:
    return labels.text("common.unknown", lang) if not _there(value) else labels.name(value, lang)


def _lines(
    name: str, colour: str, x: Sequence[Any], y: Sequence[Any], ends: Sequence[tuple[Any, Any]], hover: Sequence[str]
) -> list[dict[str, Any]]:
    """A line and the thin lines of its interval, with what is missing left out."""
    held = [k for k, v in enumerate(y) if _there(v)]
    between = [k for k in held if _there(ends[k][0]) and _there(ends[k][1])]
    thin = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False, "opacity": 0.7}
    thin["line"] = {"color": colour, "width": 1, "dash": "dot"}
    at = [x[k] for k in between]
    return [
        {**thin, "x": at, "y": [ends[k][1] for k in between]},
        {**thin, "x": at, "y": [ends[k][0] for k in between]},
        {
            "type": "scatter",
            "mode": "lines+markers" if len(held) <= 40 else "lines",
            "name": name,
            "x": [x[k] for k in held],
            "y": [y[k] for k in held],
            "line": {"color": colour, "width": 2.5},
            "marker": {"color": colour, "size": 6},
            "hovertext": [hover[k] for k in held],
            "hoverinfo": "text",
        },
    ]


def _dots(
    names: Sequence[str], rows: Sequence[tuple[Any, Any, Any]], texts: Sequence[str], colours: Sequence[str]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Values as points, their intervals as lines; one row a value."""
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [r[0] if _there(r[0]) else None for r in rows],
        "y": list(range(len(rows))),
        "marker": {"color": list(colours), "size": 11},
        "hovertext": [f"<b>{plain_text(n)}</b><br>{t}" for n, t in zip(names, texts, strict=True)],
        "hoverinfo": "text",
    }
    lines = [
        {"type": "line", "x0": r[1], "x1": r[2], "y0": k, "y1": k, "line": {"color": colours[k], "width": 2}}
        for k, r in enumerate(rows)
        if _there(r[1]) and _there(r[2])
    ]
    return trace, lines


def _spread(rows: Sequence[tuple[Any, Any, Any]], floor: float | None = 0.0) -> tuple[float, float]:
    found = [float(v) for r in rows for v in r if _there(v) and math.isfinite(v)]
    low, high = min([*found, *([floor] if floor is not None else [])], default=0.0), max(found, default=1.0)
    room = (high - low) or 1.0
    return (low if floor is not None and low >= floor else low - 0.06 * room), high + 0.08 * room


def _share_text(row: dict[str, Any], what: str, n: Any, lang: str) -> str:
    return _said("hover_at_risk", lang, share=row[what], low=row[f"{what}_low"], high=row[f"{what}_high"], n=n)


# -- over time


def _churn(result: Result, lang: str) -> dict[str, Any]:
    table, by = result.table[result.table["row"] == "member"], result.params["by"]
    groups = [None] if by is None else list(dict.fromkeys(table[by]))[:_GROUPS]
    periods = list(dict.fromkeys(table["period"]))
    places = {p: i for i, p in enumerate(periods)}
    data: list[dict[str, Any]] = []
    for colour, group in zip(SERIES, groups, strict=False):
        some = table if by is None else table[table[by].isna() if not _there(group) else table[by] == group]
        rows = some.to_dict("records")
        name = _said("all", lang) if by is None else _group(group, lang)
        hover = [f"{r['period']} · {name}<br>{_share_text(r, 'churn_share', int(r['at_start']), lang)}" for r in rows]
        ends = [(r["churn_share_low"], r["churn_share_high"]) for r in rows]
        data += _lines(name, colour, [places[r["period"]] for r in rows], [r["churn_share"] for r in rows], ends, hover)
    layout = base_layout()
    top = max((v for t in data for v in t["y"] if _there(v)), default=0.1)
    # a few wild early intervals must not flatten the line itself
    middle = max((v for t in data[2::3] for v in t["y"] if _there(v)), default=0.1)
    _axis(layout, "yaxis", 0, min(1.0, top * 1.05, max(middle * 3, 0.02)), "share", lang)
    _periods(layout, periods)
    layout["showlegend"] = by is not None
    caption = _said("caption_churn", lang, n=result.facts["n"])
    return _figure("lines", _said("figure_churn", lang), caption, data, layout, lang)


def _periods(layout: dict[str, Any], periods: Sequence[str]) -> None:
    """At most eight periods are named, the whole years first where there are some."""
    step = max(1, -(-len(periods) // 8))
    shown = [i for i, p in enumerate(periods) if p.endswith("-01")] if len(periods) > 12 else []
    shown = shown if 2 <= len(shown) <= 8 else list(range(0, len(periods), step))
    texts = [periods[i] for i in shown]
    layout["xaxis"].update(tickmode="array", tickvals=shown, ticktext=texts, range=[-0.4, max(len(periods) - 0.6, 0.4)])


def _movements(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    periods = [r["period"] for r in rows]
    data = []
    for colour, name in (("@good", "acquired"), (SERIES[0], "reactivated"), ("@bad", "losses")):
        word = labels.name(name, lang)
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": word,
                "x": list(range(len(rows))),
                "y": [r[name] for r in rows],
                "line": {"color": colour, "width": 2.5},
                "marker": {"color": colour, "size": 7},
                "hovertext": [f"{r['period']} · {word}: {labels.value(int(r[name]), 'count', lang)}" for r in rows],
                "hoverinfo": "text",
            }
        )
    layout = base_layout()
    _axis(layout, "yaxis", 0, max(max(t["y"]) for t in data) * 1.08 or 1, "count", lang)
    _periods(layout, periods)
    layout["showlegend"] = True
    return _figure("lines", _said("figure_movements", lang), _said("caption_movements", lang), data, layout, lang)


def _active(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    x = [r["window_days"] for r in rows]
    silent = [r["silent_share"] for r in rows]
    words = _said("silent_share", lang), _said("false_alarms", lang)
    nothing = [(None, None)] * len(rows)
    days = [labels.value(d, "days", lang) for d in x]
    hover = [f"{d} · {words[0]}: {labels.percent(s, lang)}" for d, s in zip(days, silent, strict=True)]
    data = _lines(words[0], SERIES[0], x, silent, nothing, hover)[2:]
    alarm = [
        f"{d} · {words[1]}<br>{_share_text(r, 'returned_share', r['silent_before'], lang)}"
        for d, r in zip(days, rows, strict=True)
    ]
    ends = [(r["returned_share_low"], r["returned_share_high"]) for r in rows]
    data += _lines(words[1], SERIES[1], x, [r["returned_share"] for r in rows], ends, alarm)
    layout = base_layout()
    _axis(layout, "yaxis", 0, 1.0, "share", lang)
    _axis(layout, "xaxis", 0, max(x) * 1.04, "count", lang, _said("axis_window", lang))
    own = result.params["window_days"]
    layout["shapes"] = [
        {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": own, "x1": own, "line": {"color": "@line-strong",
                                                                                          "width": 1, "dash": "dot"}}
    ]  # fmt: skip
    layout["showlegend"] = True
    facts = {k: result.facts[k] for k in ("n", "window_days", "follow_up_days")}
    return _figure("lines", _said("figure_active", lang), _said("caption_active", lang, **facts), data, layout, lang)


def _survival(result: Result, lang: str) -> dict[str, Any]:
    table = result.table
    groups = [None] if "group" not in table else list(dict.fromkeys(table["group"]))[:_GROUPS]
    data: list[dict[str, Any]] = []
    end = float(table["time"].max()) or 1.0
    for colour, group in zip(SERIES, groups, strict=False):
        some = (
            table
            if "group" not in table
            else table[table["group"].isna() if not _there(group) else table["group"] == group]
        )
        rows = some.to_dict("records")
        name = _said("all", lang) if "group" not in table else _group(group, lang)
        # a curve of survival goes in steps: each height holds until the next loss
        x, y, ends, hover = [], [], [], []
        for k, r in enumerate(rows):
            until = rows[k + 1]["time"] if k + 1 < len(rows) else end
            at_risk = _said("hover_survival", lang, at_risk=int(r["at_risk"]))
            told = (
                f"{labels.number(r['time'], lang, 1, trim=True)} · {name}: {labels.percent(r['survival_share'], lang)}"
            )
            for when in (r["time"], until):
                x.append(when)
                y.append(r["survival_share"])
                ends.append((r["survival_share_low"], r["survival_share_high"]))
                hover.append(f"{told}<br>{at_risk}")
        three = _lines(name, colour, x, y, ends, hover)
        three[2]["mode"] = "lines"
        data += three
    layout = base_layout()
    _axis(layout, "yaxis", 0, 1.02, "share", lang)
    _axis(layout, "xaxis", 0, end * 1.02, "number", lang, _said(f"axis_{_unit(result)}", lang))
    layout["showlegend"] = len(groups) > 1
    caption = _said("caption_survival", lang, n=result.facts["n"], events=result.facts["events"])
    return _figure("lines", _said("figure_survival", lang), caption, data, layout, lang)


def _unit(result: Result) -> str:
    return result.params["unit"] if result.params["unit"] in ("days", "weeks", "months") else "number"


# -- cohorts and the lifecycle's matrix


def _heat(
    z: list[list[Any]], texts: list[list[str]], hover: list[list[str]], top: float, columns: Sequence[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    trace = {
        "type": "heatmap",
        "x": list(range(len(columns))),
        "y": list(range(len(z))),
        "z": z,
        "zmin": 0.0,
        "zmax": top,
        "colorscale": [[0, "@accent-soft"], [1, "@accent"]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": 11},
        "hovertext": hover,
        "hoverinfo": "text",
        "hoverongaps": False,
    }
    layout = base_layout()
    layout["xaxis"].update(
        tickmode="array",
        tickvals=list(range(len(columns))),
        ticktext=list(columns),
        range=[-0.5, len(columns) - 0.5],
        showgrid=False,
        zeroline=False,
        tickangle=0,
    )
    return trace, layout


def _triangle(result: Result, lang: str) -> dict[str, Any]:
    cells = result.table[result.table["row"] == "member"]
    names = list(dict.fromkeys(cells["cohort"]))
    ages = list(range(1, min(int(cells["age"].max()), _AGES) + 1)) or [0]
    seen = cells[cells["age"] == ages[0]].set_index("cohort")["share"]
    known = [n for n in names if _there(seen.get(n))] or names  # a cohort of which nothing is known yet says nothing
    shown = known[-_COHORTS:]
    found = {(r["cohort"], r["age"]): r for r in cells.to_dict("records")}
    z, texts, hover = [], [], []
    for name in shown:
        line = [found[name, age] for age in ages]
        z.append([r["share"] if _there(r["share"]) else None for r in line])
        texts.append(["" if v is None else labels.number(100 * v, lang, 0) for v in z[-1]])
        hover.append([_cell(name, r, lang) for r in line])
    top = max((v for line in z for v in line if v is not None), default=1.0)
    trace, layout = _heat(z, texts, hover, top, [str(a) for a in ages])
    _rows(layout, shown)
    layout["xaxis"]["title"] = {
        "text": _said(f"age_{result.params['by']}", lang),
        "font": {"color": "@muted", "size": 12},
        "standoff": 4,
    }
    facts = {"n": result.facts["n"], "cohorts": result.facts["cohorts"], "shown": len(shown), "ages": ages[-1]}
    title = _said(f"figure_cohorts_{result.params['measure']}", lang)
    return _figure("heat", title, _said("caption_cohorts", lang, **facts), [trace], layout, lang, len(shown))


def _cell(name: str, row: dict[str, Any], lang: str) -> str:
    head = f"<b>{name}</b> · {int(row['age'])}"
    if not _there(row["share"]):
        return f"{head}<br>{_said('hover_blank', lang)}"
    return f"{head}<br>{_share_text(row, 'share', int(row['size']), lang)}"


def _curve(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table[result.table["row"] == "total"].to_dict("records")
    x = [int(r["age"]) for r in rows]
    hover = [f"{a} · {_share_text(r, 'share', int(r['size']), lang)}" for a, r in zip(x, rows, strict=True)]
    ends = [(r["share_low"], r["share_high"]) for r in rows]
    data = _lines(_said("all", lang), SERIES[0], x, [r["share"] for r in rows], ends, hover)
    layout = base_layout()
    _axis(layout, "yaxis", 0, max(1.02, max(v for t in data for v in t["y"])), "share", lang)
    _axis(layout, "xaxis", 0, max(x) or 1, "count", lang, _said(f"age_{result.params['by']}", lang))
    return _figure(
        "lines", _said("figure_curve", lang), _said("caption_curve", lang, n=result.facts["n"]), data, layout, lang
    )


def _transitions(result: Result, lang: str) -> dict[str, Any]:
    order = list(result.params["order"])
    found = {(r["from_state"], r["to_state"]): r for r in result.table.to_dict("records")}
    z, texts, hover = [], [], []
    for a in order:
        line = [found[a, b] for b in order]
        z.append([r["share"] if _there(r["share"]) else None for r in line])
        texts.append(["" if not v else labels.number(100 * v, lang, 1 if v < 0.0995 else 0) for v in z[-1]])
        hover.append(
            [
                f"{plain_text(_group(a, lang))} → {plain_text(_group(r['to_state'], lang))}<br>"
                + (_share_text(r, "share", int(r["at_risk"]), lang) if _there(r["share"]) else "—")
                for r in line
            ]
        )
    words = [_group(s, lang) for s in order]
    # long names of columns break at spaces: they must stand beside each other on a telephone
    trace, layout = _heat(z, texts, hover, 1.0, [plain_text(w).replace(" ", "<br>") for w in words])
    layout["xaxis"].update(side="top", tickfont={"color": "@text", "size": 11})
    _rows(layout, words)
    caption = _said("caption_transitions", lang, n=result.facts["n"])
    return _figure("heat", _said("figure_transitions", lang), caption, [trace], layout, lang, max(len(order), 6))


# -- values with intervals


def _churn_ratio(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"]
    names, rows, texts, colours = [], [], [], []
    for r in result.table.to_dict("records"):
        if by is not None and r["row"] == "total":
            continue
        group = _said("all", lang) if by is None else _group(r[by], lang)
        for when, word, colour in (("before", "then", "@other"), ("after", "now", "@accent")):
            what = f"hazard_{when}"
            names.append(f"{group} · {_said(word, lang).lower()}")
            rows.append((r[what], r[f"{what}_low"], r[f"{what}_high"]))
            texts.append(_share_text(r, what, int(r[f"lost_{when}"]), lang))
            colours.append(colour)
    return _drawn("churn_ratio", names, rows, texts, colours, "share", lang, n=result.facts["n"])


def _drawn(
    what: str,
    names: Sequence[str],
    rows: Sequence[tuple[Any, Any, Any]],
    texts: Sequence[str],
    colours: Sequence[str],
    unit: str,
    lang: str,
    caption: str = "",
    title: str = "",
    **facts: Any,
) -> dict[str, Any]:
    trace, lines = _dots(names, rows, texts, colours)
    layout = base_layout()
    _rows(layout, names)
    low, high = _spread(rows)
    _axis(layout, "xaxis", low, high, unit, lang)
    layout["shapes"] = lines
    caption = caption or _said(f"caption_{what}", lang, **facts)
    return _figure("bars", title or _said(f"figure_{what}", lang), caption, [trace], layout, lang, len(names))


def _ratios(result: Result, lang: str) -> dict[str, Any]:
    kind = result.kind.partition(".")[2]
    what = "hazard_ratio" if kind == "cox" else "odds_ratio"
    found = result.table.to_dict("records")
    # "customer_type: corporate" is a column and one of its values
    names = [": ".join(_group(part, lang) for part in r["column"].split(": ")) for r in found]
    rows = [tuple(math.log(r[f"{what}{e}"]) for e in ("", "_low", "_high")) for r in found]
    texts = [_said("hover_ratio", lang, ratio=r[what], low=r[f"{what}_low"], high=r[f"{what}_high"]) for r in found]
    colours = ["@accent" if r["verdict"] == "real" else "@other" for r in found]
    trace, lines = _dots(names, rows, texts, colours)
    layout = base_layout()
    _rows(layout, names)
    low, high = _spread([*rows, (0.0, -0.3, 0.3)], None)
    steps = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
    inside = [s for s in steps if low <= math.log(s) <= high]
    layout["xaxis"].update(
        tickmode="array",
        tickvals=[math.log(s) for s in inside],
        ticktext=[labels.number(s, lang, 2, trim=True) for s in inside],
        range=[low, high],
        title={"text": _said(f"axis_{what}", lang), "font": {"color": "@muted", "size": 12}, "standoff": 4},
    )
    one = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": 0, "x1": 0}
    layout["shapes"] = [{**one, "line": {"color": "@line-strong", "width": 1, "dash": "dot"}}, *lines]
    caption = _said("caption_ratio", lang, n=result.facts["n"], events=result.facts["events"])
    return _figure("bars", _said(f"figure_{kind}", lang), caption, [trace], layout, lang, len(names))


def _log_rank(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    layout = base_layout()
    _rows(layout, [_group(r["group"], lang) for r in rows])
    data = []
    for what, colour in (("expected_losses", "@other"), ("observed_losses", "@accent")):
        word = _said(what, lang)
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": word,
                "x": [r[what] for r in rows],
                "y": list(range(len(rows))),
                "marker": {"color": colour, "size": 11},
                "hovertext": [f"{word}: {labels.number(r[what], lang, 1, trim=True)}" for r in rows],
                "hoverinfo": "text",
            }
        )
    _axis(layout, "xaxis", 0, max(max(t["x"]) for t in data) * 1.08, "number", lang)
    layout["showlegend"] = True
    facts = {k: result.facts[k] for k in ("chi_square", "df", "p_value")}
    caption = _said("caption_log_rank", lang, **facts)
    return _figure("bars", _said("figure_log_rank", lang), caption, data, layout, lang, len(rows))


def _reasons(result: Result, lang: str) -> dict[str, Any]:
    found = result.table.to_dict("records")
    names = [_said_reason(r["loss_reason"], lang) for r in found]
    rows = [(r["share"], r["share_low"], r["share_high"]) for r in found]
    texts = [_share_text(r, "share", r["n"], lang) for r in found]
    colours = ["@other" if r["loss_reason"] == "unknown" else "@accent" for r in found]
    facts = {k: result.facts[k] for k in ("n", "unknown")}
    return _drawn("reasons", names, rows, texts, colours, "share", lang, **facts)


def _said_reason(reason: str, lang: str) -> str:
    return labels.text("common.unknown", lang) if reason == "unknown" else labels.name(reason, lang)


def _repeat(result: Result, lang: str) -> dict[str, Any]:
    found = result.table.to_dict("records")
    names = [_group(r[result.params["by"]], lang) for r in found]
    rows = [(r["repeat_share"], r["repeat_share_low"], r["repeat_share_high"]) for r in found]
    texts = [_share_text(r, "repeat_share", r["orders"], lang) for r in found]
    colours = ["@accent" if r["verdict"] == "real" else "@other" for r in found]
    title = _said("figure_repeat", lang, days=result.params["within_days"])
    facts = {k: result.facts[k] for k in ("n", "customers")}
    return _drawn("repeat", names, rows, texts, colours, "share", lang, title=title, **facts)


def _chain(result: Result, lang: str) -> dict[str, Any]:
    found = result.table.to_dict("records")
    names = [_group(r["state"], lang) for r in found]
    what = "expected_months"
    rows = [tuple(r.get(f"{what}{e}") for e in ("", "_low", "_high")) for r in found]
    texts = [
        _said("hover_ratio", lang, ratio=r[0], low=r[1], high=r[2]) if _there(r[1]) else labels.number(r[0], lang, 1)
        for r in rows
    ]
    n = result.facts["n"]
    caption = _said("caption_chain", lang, n=n) if n is not None else _said("caption_chain_plain", lang)
    drawn = _drawn("chain", names, rows, texts, ["@accent"] * len(rows), "number", lang, caption=caption)
    drawn["layout"]["xaxis"]["title"] = {
        "text": _said("axis_expected_months", lang),
        "font": {"color": "@muted", "size": 12},
        "standoff": 4,
    }
    return drawn


def _change(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    layout = base_layout()
    _rows(layout, [_group(r["state"], lang) for r in rows])
    data = []
    for what, word, colour in (("months_before", "then", "@other"), ("months_after", "now", "@accent")):
        name = _said(word, lang)
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": [r[what] for r in rows],
                "y": list(range(len(rows))),
                "marker": {"color": colour, "size": 11},
                "hovertext": [f"{name}: {labels.number(r[what], lang, 1)}" for r in rows],
                "hoverinfo": "text",
            }
        )
    _axis(
        layout, "xaxis", 0, max(max(t["x"]) for t in data) * 1.08, "number", lang, _said("axis_expected_months", lang)
    )
    layout["showlegend"] = True
    facts = {k: result.facts[k] for k in ("origin", "to", "share_before", "share_after")}
    caption = _said("caption_chain_change", lang, **facts)
    return _figure("bars", _said("figure_chain_change", lang), caption, data, layout, lang, len(rows))


def _levers(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")[:10]
    what = result.facts["by"]
    unit = "money" if what == "worth_gained" else "number"
    names = [f"{_group(r['from_state'], lang)} → {_group(r['to_state'], lang)}" for r in rows]
    values = [r[what] for r in rows]
    currency = result.facts["currency"]
    texts = [labels.value(v, unit, lang, short=True, currency=currency) for v in values]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(rows))),
        "marker": {"color": ["@accent"] * len(rows)},
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "@text", "size": 12},
        "hovertext": [f"{plain_text(n)}: {t}" for n, t in zip(names, texts, strict=True)],
        "hoverinfo": "text",
    }
    layout = base_layout()
    _rows(layout, names)
    low, high = min(0.0, *values), max(0.0, *values)
    _axis(layout, "xaxis", low, high + 0.22 * ((high - low) or 1), unit, lang)
    key = "figure_levers_worth" if unit == "money" else "figure_levers_months"
    title = _said(key, lang, points=result.params["points"])
    caption = _said("caption_levers", lang, levers=result.facts["levers"])
    return _figure("bars", title, caption, [trace], layout, lang, len(rows))
