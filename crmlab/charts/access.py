"""Figures of access: how often each role looks without a visit, and when the look-ups to ask about were."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from .. import labels
from .estimates import ends_of, points, told
from .retention_marks import figure_of, set_axis
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["access_figure"]


def access_figure(result: Result, lang: str) -> dict[str, Any] | None:
    """The figure of a Result whose kind begins with ``access.``; the log itself has none."""
    drawn = {"access.baseline": _baseline, "access.suspicious": _suspicious}.get(result.kind)
    return drawn(result, lang) if drawn else None


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"access.{key}", lang, **values)


def _baseline(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    ends = [ends_of(r, "unexplained_share") for r in rows]
    texts = [told(e, r["n"], "share", lang) for e, r in zip(ends, rows, strict=True)]
    caption = _said("caption_baseline", lang, n=result.facts["n"], users=result.facts["users"])
    return points([labels.name(r["role"], lang) for r in rows], ends, texts, "share", lang,
                  title=_said("figure_baseline", lang), caption=caption)  # fmt: skip


def _suspicious(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    first = min((r["at"] for r in rows), default=None)
    data = []
    for finding, colour in (("ask_first", "@bad"), ("ask_also", "@warn")):
        mine = [r for r in rows if r["finding"] == finding]
        word = labels.name(finding, lang)
        hover = [
            f"{labels.date(r['at'], lang, 'time')}<br>{labels.name(r['role'], lang)}<br>"
            + ", ".join(labels.name(x, lang) for x in r["reasons"])
            for r in mine
        ]
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": word,
                "x": [(r["at"] - first).days for r in mine],
                "y": [r["at"].hour + r["at"].minute / 60 for r in mine],
                "marker": {"color": colour, "size": 11},
                "hovertext": hover,
                "hoverinfo": "text",
            }
        )
    layout = base_layout()
    top = max((x for t in data for x in t["x"]), default=1) or 1
    set_axis(layout, "xaxis", -0.04 * top, 1.04 * top, "count", lang)
    if first is not None:
        marks = [0, top / 2, top]
        texts = [labels.date((first + dt.timedelta(days=m)).date(), lang, "month") for m in marks]
        layout["xaxis"].update(tickvals=marks, ticktext=texts)
    set_axis(layout, "yaxis", 0, 24, "count", lang)
    hours = [0, 6, 12, 18, 24]
    layout["yaxis"].update(tickvals=hours, ticktext=[f"{h:02d}.00" if lang == "id" else f"{h:02d}:00" for h in hours])
    layout["showlegend"] = True
    caption = _said("caption_suspicious", lang, flagged=result.facts["flagged"], n=result.facts["n"])
    return figure_of("lines", _said("figure_suspicious", lang), caption, data, layout, lang)
