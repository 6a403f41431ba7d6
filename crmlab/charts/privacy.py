"""Figures of privacy: the campaign's waterfall, and bars of what may be used and what may not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["privacy_figure"]

MOST_BARS = 20


@dataclass(frozen=True)
class _Bar:
    label: str
    value: float
    colour: str = "@accent"
    base: float = 0.0
    hover: str = ""


def privacy_figure(result: Result, lang: str) -> dict[str, Any] | None:
    """The figure of a Result of kind ``privacy.*``; ``None`` where a table says it better."""
    draw = _FIGURES.get(result.kind)
    return draw(result, lang) if draw else None


def _step(name: str, lang: str) -> str:
    """The words of a step or reason; one of a person's own stays as it is written."""
    known = labels.catalogue("privacy")["text"]
    return labels.text(f"privacy.step_{name}", lang) if f"step_{name}" in known else labels.name(name, lang)


def _campaign(result: Result, lang: str) -> dict[str, Any]:
    bars = []
    for row in result.table.to_dict("records"):
        if row["kind"]:
            colour = "@other" if row["kind"] == "rule" else "@bad"
            bars.append(_Bar(_step(row["step"], lang), -row["left_out"], colour, row["remaining"] + row["left_out"]))
        else:
            bars.append(_Bar(_step(row["step"], lang), row["remaining"], "@other"))
    bars.append(_Bar(labels.text("privacy.item_remaining", lang), result.facts["remaining"], "@good"))
    caption = f"{result.params['purpose']} · {result.params['channel']} · {result.params['at']}"
    return _bars("campaign", bars, lang, caption, kind="waterfall")


def _consent(result: Result, lang: str) -> dict[str, Any]:
    bars = []
    for row in result.table.to_dict("records"):
        if row["customers"]:
            allowed = row["state"] == "allowed"
            label = labels.text("privacy.item_remaining", lang) if allowed else _step(row["state"], lang)
            bars.append(_Bar(label, row["customers"], "@good" if allowed else "@bad"))
    return _bars("consent", bars, lang, _n(result.facts["n"], lang))


def _audit(result: Result, lang: str) -> dict[str, Any]:
    reasons = ("no_record", "withdrawn", "expired", "tie", "unreadable")
    bars = [_Bar(_step(r, lang), result.facts[r], "@bad") for r in reasons if result.facts[r]]
    return _bars("breaches", bars, lang, _n(result.facts["sends"], lang))


def _blacklist(result: Result, lang: str) -> dict[str, Any]:
    rules = ("late_payment", "refused_delivery")
    bars = [_Bar(labels.name(r, lang), result.facts[r], "@bad") for r in rules]
    return _bars("blacklist", bars, lang, _n(result.facts["customers"], lang))


def _groups(result: Result, lang: str) -> dict[str, Any]:
    """Rows by the size of the group that they are in; the sizes at risk stand out."""
    sizes = result.table.groupby("n").size()
    least = result.facts["minimum"]
    bars = [
        _Bar(labels.text("privacy.group_of", lang, n=int(n)), int(n) * int(many), "@bad" if n < least else "@accent")
        for n, many in sizes.items()
    ]
    if len(bars) > MOST_BARS:
        rest = bars[MOST_BARS - 1 :]
        label = labels.text("charts.others", lang, n=len(rest))
        bars = [*bars[: MOST_BARS - 1], _Bar(label, sum(b.value for b in rest), "@other")]
    return _bars("groups", bars, lang, f"k = {result.facts['k']} · {_n(result.facts['rows'], lang)}")


def _two(title: str, kept: str, hidden: str) -> Callable[[Result, str], dict[str, Any]]:
    def figure(result: Result, lang: str) -> dict[str, Any]:
        bars = [
            _Bar(labels.text("privacy.item_kept", lang), result.facts[kept], "@good"),
            _Bar(labels.text("privacy.item_hidden", lang), result.facts[hidden], "@other"),
        ]
        return _bars(title, bars, lang, _n(result.facts[kept] + result.facts[hidden], lang))

    return figure


def _suppressed(result: Result, lang: str) -> dict[str, Any]:
    parts = (("published", "@good"), ("primary", "@bad"), ("secondary", "@other"))
    bars = [_Bar(labels.text(f"privacy.item_{p}", lang), result.facts[p], colour) for p, colour in parts]
    return _bars("suppressed", bars, lang, _n(result.facts["cells"], lang))


def _person(result: Result, lang: str) -> dict[str, Any]:
    bars = [_Bar(labels.name(r["section"], lang), r["rows"]) for r in result.table.to_dict("records")]
    return _bars("person", bars, lang, "")


def _deadline(result: Result, lang: str) -> dict[str, Any]:
    hours = result.facts["hours"]
    left = result.facts.get("hours_left", float(hours))
    due = labels.date(result.facts["due_at"], lang, "time")
    bar = _Bar(due, max(0.0, left), "@good" if left > 24 else "@bad", hover=f"{labels.number(left, lang, 1)} / {hours}")
    return _bars("deadline", [bar], lang, f"{result.params['timezone']} · {_advice(lang)}", top=float(hours))


def _classes(result: Result, lang: str) -> dict[str, Any]:
    colours = {"specific": "@bad", "general": "@accent", "none": "@other"}
    bars = [_Bar(labels.text(f"privacy.class_{c}", lang), result.facts[c], colour) for c, colour in colours.items()]
    return _bars("classes", bars, lang, _advice(lang))


def _principles(result: Result, lang: str) -> dict[str, Any]:
    colours = {"met": "@good", "unproven": "@warn", "unmet": "@bad", "open": "@other"}
    counts = result.table["state"].value_counts()
    bars = [
        _Bar(labels.text(f"privacy.state_{state}", lang), int(counts.get(state, 0)), colour)
        for state, colour in colours.items()
    ]
    met, items = result.facts["met"], result.facts["items"]
    said = f"{met} / {items} = {labels.percent(result.facts['score'], lang)}"
    return _bars("principles", bars, lang, f"{result.params['name']} · {result.params['on']} · {said}")


def _over_time(result: Result, lang: str) -> dict[str, Any]:
    bars = [_Bar(str(on), score) for on, score in result.params["scores"].items()]
    return _bars("over_time", bars, lang, "", unit="share", top=1.0)


def _cookies(result: Result, lang: str) -> dict[str, Any]:
    facts = result.facts
    bars = [
        _Bar(labels.name("visits", lang), facts["visits"], "@other"),
        _Bar(labels.name("consented", lang), facts["consented"], "@good"),
    ]
    low, high = (labels.percent(facts[f"consent_share_{end}"], lang) for end in ("low", "high"))
    share = labels.percent(facts["consent_share"], lang)
    return _bars("cookies", bars, lang, f"{share} ({low} – {high}) · {_n(facts['n'], lang)}")


def _n(n: int, lang: str) -> str:
    return labels.text("charts.caption_n", lang, n=n)


def _advice(lang: str) -> str:
    return labels.text("privacy.not_advice_short", lang)


def _bars(
    title_key: str,
    bars: Sequence[_Bar],
    lang: str,
    caption: str,
    *,
    unit: str = "count",
    top: float | None = None,
    kind: str = "bars",
) -> dict[str, Any]:
    title = labels.text(f"privacy.figure_{title_key}", lang)
    ends = [e for b in bars for e in (b.base, b.base + b.value)] or [0.0]
    low, high = min(0.0, *ends), top if top is not None else max(0.0, *ends)
    spread = (high - low) or 1.0
    layout = base_layout()
    places, texts = labels.ticks(low, high, unit, lang)
    layout["xaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[low, high + 0.17 * spread])
    rows = list(range(len(bars)))
    layout["yaxis"].update(
        tickmode="array",
        tickvals=rows,
        ticktext=[shortened(b.label) for b in bars],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
    )
    layout["yaxis"]["tickfont"] = {"color": "@text", "size": 12}
    said = [labels.value(b.value, unit, lang) for b in bars]
    trace = {
        "type": "bar",
        "orientation": "h",
        "base": [b.base for b in bars],
        "x": [b.value for b in bars],
        "y": rows,
        "marker": {"color": [b.colour for b in bars]},
        "text": said,
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "@text", "size": 12},
        "constraintext": "none",
        "hovertext": [f"<b>{plain_text(b.label)}</b><br>{b.hover or text}" for b, text in zip(bars, said, strict=True)],
        "hoverinfo": "text",
    }
    return {
        "kind": kind,
        "title": title,
        "caption": caption,
        "alt": labels.text("charts.alt", lang, kind=labels.text(f"charts.kind_{kind}", lang), title=title),
        "data": [trace],
        "layout": layout,
        "paths": [[]],
        "bars": len(bars),
    }


_FIGURES: dict[str, Callable[[Result, str], dict[str, Any]]] = {
    "privacy.blacklist": _blacklist,
    "privacy.breach_deadline": _deadline,
    "privacy.campaign": _campaign,
    "privacy.comments": _two("comments", "shown_comments", "hidden_comments"),
    "privacy.consent": _consent,
    "privacy.consent_audit": _audit,
    "privacy.cookies": _cookies,
    "privacy.data_classes": _classes,
    "privacy.k_anonymity": _groups,
    "privacy.person": _person,
    "privacy.principles": _principles,
    "privacy.principles_over_time": _over_time,
    "privacy.small_groups": _two("small_groups", "kept", "hidden"),
    "privacy.suppressed": _suppressed,
}
