"""Figures of a graded class: difficulty, discrimination, reliability, misconceptions, who answered what, effort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .estimates import Ends, bars, ends_of, points
from .retention_marks import there

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["items_figure"]

MOST = 20
_TONES = {"too_easy": "@warn", "too_hard": "@warn", "fine": "@accent", "negative": "@bad", "tells_apart": "@accent",
          "weak": "@warn"}  # fmt: skip


def items_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``items.``."""
    return {
        "difficulty": _difficulty,
        "discrimination": _discrimination,
        "effort": _effort,
        "misconceptions": _misconceptions,
        "outcomes": _outcomes,
        "reliability": _reliability,
    }[result.kind.partition(".")[2]](result, lang)


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"items.{key}", lang, **values)


def _told(ends: Ends, unit: str, lang: str) -> str:
    value, low, high = (labels.value(x, unit, lang) if there(x) else None for x in ends)
    return (value or "—") + (f" ({low}–{high})" if low is not None and high is not None else "")


def _shown(rows: list[dict[str, Any]], what: str, *, lowest: bool) -> list[dict[str, Any]]:
    """As many as a figure holds: those that a lecturer looks for first."""
    known = [r for r in rows if there(r[what])]
    return sorted(known, key=lambda r: r[what] if lowest else -r[what])[:MOST]


def _difficulty(result: Result, lang: str) -> dict[str, Any]:
    rows = _shown(result.table.to_dict("records"), "difficulty", lowest=True)
    ends = [ends_of(r, "difficulty") for r in rows]
    texts = [_said("hover_difficulty", lang, told=_told(e, "share", lang), answered=r["answered"])
             for e, r in zip(ends, rows, strict=True)]  # fmt: skip
    caption = _said("caption_difficulty", lang, n=result.facts["n"], mean=result.facts["mean"])
    return points([labels.name(r["question"], lang) for r in rows], ends, texts, "share", lang,
                  title=_said("figure_difficulty", lang), caption=caption, axis=_said("axis_difficulty", lang),
                  colours=[_TONES.get(r["verdict"], "@other") for r in rows])  # fmt: skip


def _discrimination(result: Result, lang: str) -> dict[str, Any]:
    rows = _shown(result.table.to_dict("records"), "discrimination", lowest=True)
    ends = [ends_of(r, "discrimination") for r in rows]
    texts = [_said("hover_discrimination", lang, told=_told(e, "number", lang), index=r["upper_lower"])
             for e, r in zip(ends, rows, strict=True)]  # fmt: skip
    caption = _said("caption_discrimination", lang, n=result.facts["n"], least=result.facts["least"])
    return points([labels.name(r["question"], lang) for r in rows], ends, texts, "number", lang,
                  title=_said("figure_discrimination", lang), caption=caption, floor=0.0,
                  axis=_said("axis_discrimination", lang), reference=result.facts["least"],
                  colours=[_TONES.get(r["verdict"], "@other") for r in rows])  # fmt: skip


def _reliability(result: Result, lang: str) -> dict[str, Any]:
    """Alpha without each question: right of the line the test is better without it. Of two, one alone has no alpha."""
    facts, rows = result.facts, result.table.to_dict("records")
    several = len(rows) > 2
    if several:
        rows = _shown(rows, "alpha_without", lowest=False)
    rest = [(r["alpha_without"] if several else r["mean"], None, None) for r in rows]
    texts = [_said("hover_reliability", lang, without=r["alpha_without"], rest=r["item_rest"]) for r in rows]
    colours = ["@warn" if several and e[0] > facts["alpha"] else "@accent" for e in rest]
    caption = _said("caption_reliability", lang, **{k: facts[k] for k in ("alpha", "alpha_low", "alpha_high", "n")})
    return points([labels.name(r["question"], lang) for r in rows], rest, texts, "number", lang,
                  title=_said("figure_reliability" if several else "figure_questions", lang), caption=caption,
                  colours=colours, reference=facts["alpha"] if several else None, floor=None,
                  axis=_said("axis_without", lang) if several else "")  # fmt: skip


def _misconceptions(result: Result, lang: str) -> dict[str, Any] | None:
    rows = result.table.to_dict("records")[:12]
    if not rows:
        return None
    ends = [ends_of(r, "share") for r in rows]
    names = [labels.name(r["misconception"], lang) for r in rows]
    texts = [_told(e, "share", lang) for e in ends]
    if "question" in result.table:
        texts = [f"{labels.name(r['question'], lang)}: {t}" for r, t in zip(rows, texts, strict=True)]
    return points(names, ends, texts, "share", lang, title=_said("figure_misconceptions", lang),
                  caption=_said("caption_misconceptions", lang, n=result.facts["n"]))  # fmt: skip


def _outcomes(result: Result, lang: str) -> dict[str, Any]:
    """Each kind of answer among the best and the weakest: what draws the best should be the right one."""
    rows = result.table.to_dict("records")
    if not there(rows[0]["upper"]):  # too few for groups: the whole class
        names = [labels.name(r["outcome"], lang) for r in rows]
        ends = [ends_of(r, "share") for r in rows]
        return points(names, ends, [_told(e, "share", lang) for e in ends], "share", lang,
                      title=_said("figure_outcomes", lang),
                      caption=_said("caption_misconceptions", lang, n=result.facts["n"]))  # fmt: skip
    hover = [_said("hover_outcome", lang, share=r["share"], told=_told(ends_of(r, "upper_lower"), "number", lang))
             for r in rows]  # fmt: skip
    parts = [(labels.name(k, lang), [r[k] for r in rows], colour, hover)
             for k, colour in (("upper", "@accent"), ("lower", "@line-strong"))]  # fmt: skip
    drawn = bars([labels.name(r["outcome"], lang) for r in rows], parts, "share", lang,
                 title=_said("figure_outcomes", lang),
                 caption=_said("caption_outcomes", lang, group=result.facts["group"]))  # fmt: skip
    drawn["layout"]["barmode"] = "group"
    high = max(max(p[1]) for p in parts) or 1.0
    places, ticks = labels.ticks(0.0, high, "share", lang)
    drawn["layout"]["xaxis"].update(tickvals=places, ticktext=ticks, range=[0.0, high * 1.06])
    return drawn


def _effort(result: Result, lang: str) -> dict[str, Any]:
    rows = _shown(result.table.to_dict("records"), "attempts", lowest=False)
    if not rows:  # nobody's notebook told it: who opened the solution is known from the files
        rows = _shown(result.table.to_dict("records"), "solution", lowest=False)
    what, unit = ("attempts", "number") if there(rows[0]["attempts"]) else ("solution", "share")
    ends = [ends_of(r, what) for r in rows]
    texts = [_said("hover_effort", lang, told=_told(e, unit, lang), hints=r["hints"], solution=r["solution"])
             for e, r in zip(ends, rows, strict=True)]  # fmt: skip
    axis = _said("axis_tries", lang) if what == "attempts" else labels.name("solution", lang)
    return points([labels.name(r["question"], lang) for r in rows], ends, texts, unit, lang,
                  title=_said("figure_effort", lang), caption=_said("caption_effort", lang), axis=axis)  # fmt: skip
