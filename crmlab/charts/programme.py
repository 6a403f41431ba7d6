"""Figures of a programme: forms answered and open, people and tasks, what was reached, and against what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .estimates import bars, points, reference_line
from .programme_marks import dumbbells, grid, path_of_work, people, said
from .retention_marks import figure_of, set_axis, spread, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["programme_figure"]

# what is counted in a row of bars: column of the rows, column of the parts, parts with their colours
_STACKS: dict[str, tuple[str, str, dict[str | None, str]]] = {
    "situation": ("axis", "status", {
        "by_data": "@accent", "by_person": "@series-2", "needs_data": "@warn", "needs_research": "@other"}),
    "phases": ("phase", "status", {"done": "@accent", "open": "@other", None: "@line-strong"}),
    "success_factors": ("kind", "status", {"green": "@good", "amber": "@warn", "red": "@bad", None: "@line-strong"}),
    "life_cycle": ("stage", "status", {"in_place": "@accent", "lacking": "@bad", None: "@line-strong"}),
}  # fmt: skip
_STATES: dict[str, tuple[str, dict[str | None, str]]] = {
    "vision": ("status", {"is_there": "@accent", "not_there": "@bad"}),
    "mission": ("status", {"is_there": "@accent", "not_there": "@bad"}),
    "vignettes": ("judged", {"right": "@good", "wrong": "@bad", None: "@line-strong"}),
    "compared": ("moved", {"got_better": "@good", "got_worse": "@bad", "same": "@other", "new_answer": "@accent",
                           "lost_answer": "@warn"}),
}  # fmt: skip


def programme_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``programme.``."""
    kind = result.kind.partition(".")[2]
    if kind in _STACKS:
        return _stack(result, kind, lang)
    if kind in _STATES:
        return _states(result, kind, lang)
    return {
        "acceptance": _acceptance,
        "alignment": _alignment,
        "buy_in": people,
        "change": _change,
        "data_review": _data_review,
        "effect": _effect,
        "governance": _governance,
        "objectives": _objectives,
        "outcomes": _outcomes,
        "processes": _processes,
        "swim_lane": path_of_work,
    }[kind](result, lang)


def _words(result: Result, kind: str, lang: str) -> dict[str, str]:
    facts = {k: 0 if v is None else v for k, v in result.facts.items()}
    return {"title": said(f"figure_{kind}", lang, **facts), "caption": said(f"caption_{kind}", lang, **facts)}


def _state(name: Any, lang: str) -> str:
    return labels.name(name, lang) if name is not None else said("blank", lang)


def _stack(result: Result, kind: str, lang: str) -> dict[str, Any]:
    """Groups of items, each bar divided by how its items stand."""
    by, what, colours = _STACKS[kind]
    rows = result.table.to_dict("records")
    groups = list(dict.fromkeys(r[by] for r in rows))
    parts = []
    for state, colour in colours.items():
        held = [[r for r in rows if r[by] == g and (r[what] if there(r[what]) else None) == state] for g in groups]
        if not any(held):
            continue
        item = "question" if kind == "situation" else "item"
        hover = [f"{_state(state, lang)}: {len(h)}<br>" + "<br>".join(plain_text(labels.name(r[item], lang)) for r in h)
                 for h in held]  # fmt: skip
        # a legend has room for few letters
        short = said(f"state_{state}", lang) if kind == "situation" else _state(state, lang)
        parts.append((short, [len(h) for h in held], colour, hover))
    return bars([labels.name(g, lang) for g in groups], parts, "count", lang, **_words(result, kind, lang))


def _states(result: Result, kind: str, lang: str) -> dict[str, Any]:
    """Items one below the other, a mark for how each stands."""
    what, colours = _STATES[kind]
    rows = result.table.to_dict("records")
    if kind == "compared":
        rows = [r for r in rows if r["moved"] != "same"] or rows
    names = [labels.name(r["item"], lang) for r in rows]
    states = [r[what] if there(r[what]) else None for r in rows]
    columns = [s for s in colours if s in states]
    marks = [(columns.index(s), k, colours[s]) for k, s in enumerate(states)]
    hover = []
    for r, s in zip(rows, states, strict=True):
        evidence = r.get("evidence") or r.get("answer")
        hover.append(_state(s, lang) + (f"<br>{plain_text(labels.name(evidence, lang))}" if there(evidence) else ""))
    return grid(names, [_state(s, lang) for s in columns], marks, hover, lang, **_words(result, kind, lang))


def _acceptance(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["n"] or r["outcome"] == "test_passed"]
    names = [
        labels.name(r["outcome"], lang)
        if r["severity"] is None
        else said("failed_level", lang, level=int(r["severity"]))
        for r in _plain(rows)
    ]
    tone = {"test_passed": "@good", "test_not_run": "@other"}
    colours = [tone.get(r["outcome"], "@bad" if r["severity"] == 1 else "@warn") for r in _plain(rows)]
    hover = [labels.value(int(r["n"]), "count", lang) for r in rows]
    figure = bars(names, [("", [int(r["n"]) for r in rows], "@accent", hover)], "count", lang,
                  **_words(result, "acceptance", lang))  # fmt: skip
    figure["data"][0]["marker"]["color"] = colours
    return figure


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Missing whole numbers of pandas as ``None``."""
    return [{k: None if str(v) == "<NA>" else v for k, v in r.items()} for r in rows]


def _alignment(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    none = "—"
    lines = [f"{r['objective'] or none} → {r['kpi'] or none} → {r['feature'] or none}" for r in rows]
    order = {"aligned": "@good", "no_feature": "@warn", "no_kpi": "@bad", "no_objective": "@bad", "kpi_missing": "@bad"}
    columns = [s for s in order if s in {r["standing"] for r in rows}]
    marks = [(columns.index(r["standing"]), k, order[r["standing"]]) for k, r in enumerate(rows)]
    hover = [labels.name(r["standing"], lang) for r in rows]
    heads = [labels.name(s, lang) for s in columns]
    return grid(lines, heads, marks, hover, lang, **_words(result, "alignment", lang))


def _governance(result: Result, lang: str) -> dict[str, Any]:
    """Tasks down, roles across, the letters in the cells; A stands out."""
    rows = result.table.to_dict("records")
    letters = result.params["letters"]
    roles = list(dict.fromkeys(role for _, role, _ in letters))
    tasks = [r["task"] for r in rows]
    cells: dict[tuple[Any, Any], str] = {}
    for task, role, letter in letters:
        cells[task, role] = cells.get((task, role), "") + letter
    marks = [(roles.index(role), tasks.index(task), "@accent" if "A" in text else "@muted", text)
             for (task, role), text in cells.items()]  # fmt: skip
    hover = [f"{plain_text(labels.name(role, lang))}: {text}" for (_, role), text in cells.items()]
    wrong = [k for k, r in enumerate(rows) if r["standing"] != "fits"]
    names = [f"{t} · {labels.name(r['standing'], lang)}" if k in wrong else str(t)
             for k, (t, r) in enumerate(zip(tasks, rows, strict=True))]  # fmt: skip
    return grid(names, [labels.name(r, lang) for r in roles], marks, hover, lang, bad=wrong,
                **_words(result, "governance", lang))  # fmt: skip


def _change(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if there(r["gap"])]
    pairs = [(r["current_value"], r["target_value"]) for r in rows]
    tone = {"reached": "@good", "gap_with_action": "@accent", "gap_without_action": "@bad"}
    hover = [f"{labels.number(a, lang, 2, trim=True)} → {labels.number(b, lang, 2, trim=True)}<br>"
             f"{labels.name(r['standing'], lang)}" for r, (a, b) in zip(rows, pairs, strict=True)]  # fmt: skip
    names = [labels.name(r["measure"], lang) for r in rows]
    return dumbbells(names, pairs, [tone[r["standing"]] for r in rows], hover, lang, **_words(result, "change", lang))


def _data_review(result: Result, lang: str) -> dict[str, Any]:
    kinds = result.params["by_type"]
    parts = []
    for k, (state, colour) in enumerate(
        (("field_ready", "@good"), ("field_poor", "@warn"), ("field_missing", "@bad")), 1
    ):
        counts = [t[k] for t in kinds]
        hover = [f"{labels.name(state, lang)}: {c}" for c in counts]
        parts.append((labels.name(state, lang), counts, colour, hover))
    names = [labels.name(t[0], lang) for t in kinds]
    return bars(names, parts, "count", lang, **_words(result, "data_review", lang))


def _shares(result: Result, kind: str, values: list[Any], lang: str, tones: list[str]) -> dict[str, Any]:
    """A point an objective, with a line where all of the target is reached."""
    rows = result.table.to_dict("records")
    held = [k for k, v in enumerate(values) if there(v)]
    names = [labels.name(str(rows[k]["objective"]), lang) for k in held]
    texts = [labels.value(values[k], "share", lang) for k in held]
    ends = [(min(values[k], 3.0), None, None) for k in held]  # one that went ten times too far would hide the rest
    figure = points(names, ends, texts, "number", lang, colours=[tones[k] for k in held],
                    **_words(result, kind, lang))  # fmt: skip
    low, high = spread([*ends, (1.05, None, None)], 0.0)
    set_axis(figure["layout"], "xaxis", low, high, "share", lang)
    figure["layout"]["shapes"] = [reference_line(1.0)]
    return figure


def _objectives(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    values = [r["progress_share"] if there(r["progress_share"]) else r["achieved_share"] for r in rows]
    tones = ["@good" if there(v) and v >= 1 else "@accent" for v in values]
    return _shares(result, "objectives", values, lang, tones)


def _outcomes(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    tone = {"reached": "@good", "falls_short": "@accent", "wrong_way": "@bad"}
    values = [r["realised_share"] for r in rows]
    return _shares(result, "outcomes", values, lang, [tone.get(r["standing"], "@other") for r in rows])


def _processes(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    hover = [f"{labels.name(r['reach'], lang)}, {labels.percent(r['crossing_share'], lang)}<br>"
             f"{labels.name('handovers', lang)}: {labels.number(r['handovers'], lang, 1)}" for r in rows]  # fmt: skip
    names = [labels.name(r["process"], lang) for r in rows]
    figure = bars(names, [("", [r["functions"] for r in rows], "@accent", hover)], "count", lang,
                  **_words(result, "processes", lang))  # fmt: skip
    figure["data"][0]["marker"]["color"] = ["@accent" if r["reach"] == "horizontal" else "@other" for r in rows]
    return figure


def _effect(result: Result, lang: str) -> dict[str, Any]:
    """Both groups over the periods, and the treated as they would have been."""
    rows = result.table.to_dict("records")
    order = result.params["order"]
    place = {p: k for k, p in enumerate(order)}
    unit = "number"
    data = []
    for group, colour, what, dash in (
        ("treated", "@accent", "mean", "solid"),
        ("treated", "@accent", "expected", "dot"),
        ("control", "@series-2", "mean", "solid"),
    ):
        own = sorted((r for r in rows if r["group"] == group and there(r[what])), key=lambda r: place[r["period"]])
        name = said("expected", lang) if what == "expected" else labels.name(group, lang)
        data.append({
            "type": "scatter", "mode": "lines+markers", "name": shortened(name), "x": [place[r["period"]] for r in own],
            "y": [r[what] for r in own], "line": {"color": colour, "width": 2.5 if dash == "solid" else 1.5,
                                                  "dash": dash},
            "marker": {"color": colour, "size": 6 if dash == "solid" else 4}, "hoverinfo": "text",
            "hovertext": [f"{plain_text(name)}, {r['period']}: {labels.number(r[what], lang, 2, trim=True)}, "
                          f"n = {r['n']}" for r in own],
        })  # fmt: skip
    layout = base_layout()
    low, high = spread([(v, None, None) for r in rows for v in (r["mean"], r["expected"])], None)
    set_axis(layout, "yaxis", min(0.0, low) if low < 0.5 * high else low, high, unit, lang)
    step = max(1, -(-len(order) // 6))
    shown = list(range(0, len(order), step))
    layout["xaxis"].update(tickmode="array", tickvals=shown, ticktext=[order[k] for k in shown],
                           range=[-0.3, len(order) - 0.7])  # fmt: skip
    layout["showlegend"] = True
    layout["legend"] = {**layout["legend"], "font": {"color": "@text", "size": 11}}
    layout["shapes"] = [reference_line(result.params["before_n"] - 0.5)]
    words = _words(result, "effect", lang)
    return figure_of("lines", words["title"], words["caption"], data, layout, lang)
