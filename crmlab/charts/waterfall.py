"""The waterfall of a change: what it is made of, from nothing to the whole change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["parts", "why_figure"]

STEPS = 10


def parts(result: Result, lang: str, *, way: str | None = None, most: int | None = None) -> list[dict[str, Any]]:
    """The parts of a change as the Result's table holds them, the smallest gathered into "others".

    Parameters
    ----------
    result : Result
        Of kind ``cube.why``.
    lang : {"id", "en"}
    way : str, optional
        A level of the Result, or ``"effects"`` for price, volume and mix; the first level by default.
    most : int, optional
        How many parts stand alone.

    Returns
    -------
    list of dict
        ``label``, ``change``, ``before``, ``after``, ``kind`` (``member``, ``effect``, ``overlap`` or ``others``).
    """
    rows = result.table.to_dict("records")
    if way is None:
        way = next((r["level"] for r in rows if r["kind"] == "member"), "effects")
    if way == "effects":
        return [
            {**r, "label": labels.text(f"charts.effect_{r['member']}", lang)}
            for r in rows
            if r["kind"] == "effect" and r["change"]
        ]
    found = [r for r in rows if r["level"] == way and r["kind"] == "member"]
    overlap = [
        {**r, "label": labels.text("charts.overlap", lang)}
        for r in rows
        if r["level"] == way and r["kind"] == "overlap"
    ]
    if most is not None and len(found) > most + 1:
        rest = found[most:]
        total = {key: sum(r[key] or 0 for r in rest) for key in ("before", "after", "change")}
        label = labels.text("charts.others", lang, n=len(rest))
        found = [*found[:most], {"kind": "others", "label": label, "level": way, **total}]
    return found + overlap


def why_figure(
    result: Result, lang: str, *, way: str | None = None, before: str | None = None, after: str | None = None
) -> dict[str, Any]:
    """The waterfall of a Result of kind ``cube.why``.

    The bars start at nothing, not at the earlier value: a change of 3 % would be a hair on two towers.
    """
    facts = result.facts
    unit, currency = facts.get("unit"), facts.get("currency", "IDR")
    against = result.params["against"]
    before = before or ", ".join(str(v) for v in against.values())
    kept = {f["level"]: f.get("members", ()) for f in result.params["view"].get("filters", ())}
    after = after or ", ".join(str(m) for level in against for m in kept.get(level, ()))
    measure = labels.name(facts["measure"], lang)
    title = labels.text(
        "charts.change_of", lang, measure=measure, **{"from": before, "to": after or labels.text("charts.now", lang)}
    )
    steps = parts(result, lang, way=way, most=STEPS)
    factor = 100.0 if unit == "share" else 1.0
    shown = "points" if unit == "share" else unit
    names = [*(s["label"] for s in steps), labels.text("charts.total_change", lang)]
    changes = [*((s["change"] or 0) * factor for s in steps), facts["change"] * factor]
    bases, at = [], 0.0
    for change in changes[:-1]:
        bases.append(at)
        at += change
    bases.append(0.0)
    colours = ["@good" if c > 0 else "@bad" if c < 0 else "@other" for c in changes]
    colours[-1] = "@accent"
    for i, step in enumerate(steps):
        if step["kind"] in ("others", "overlap"):
            colours[i] = "@other"

    def said(x: float, short: bool) -> str:
        text = (
            labels.money(x, lang, "", short=True)
            if shown == "money" and short
            else labels.value(x, shown, lang, short=short, currency=currency, decimals=2 if shown == "points" else None)
        )
        return f"+{text}" if x > 0 else text

    ends = [(min(b, b + c), max(b, b + c)) for b, c in zip(bases, changes, strict=True)]
    low, high = min(e[0] for e in ends), max(e[1] for e in ends)
    spread = (high - low) or 1.0
    low, high = low - (0.32 * spread if low < 0 else 0), high + (0.32 * spread if high > 0 else 0.04 * spread)
    layout = base_layout()
    places, texts = labels.ticks(low, high, shown, lang)
    layout["xaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[low, high])
    rows = list(range(len(names)))
    layout["yaxis"].update(
        tickmode="array",
        tickvals=rows,
        ticktext=[shortened(n) for n in names],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    layout["yaxis"]["tickfont"] = {"color": "@text", "size": 12}
    trace = {
        "type": "bar",
        "orientation": "h",
        "base": bases,
        "x": changes,
        "y": rows,
        "marker": {"color": colours},
        "text": [said(c, True) for c in changes],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "@text", "size": 12},
        "hovertext": [f"<b>{plain_text(n)}</b><br>{said(c, False)}" for n, c in zip(names, changes, strict=True)],
        "hoverinfo": "text",
    }
    return {
        "kind": "waterfall",
        "title": title,
        "caption": "",
        "alt": labels.text("charts.alt", lang, kind=labels.text("charts.kind_waterfall", lang), title=title),
        "data": [trace],
        "layout": layout,
        "paths": [[]],
        "bars": len(names),
    }
