"""Figures of single customers: what one bought and said, which amounts are unusual, what may be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text
from .estimates import bars, points
from .retention_marks import figure_of, set_axis, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["customers_figure"]

_MOST = 15
_MARKS = {"purchase": "@accent", "return": "@warn", "contact": "@other", "complaint": "@bad", "answer": "@good"}


def customers_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``customers.``."""
    return {"card": _card, "share_pack": _share_pack, "unusual": _unusual}[result.kind.partition(".")[2]](result, lang)


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"customers.{key}", lang, **values)


def _card(result: Result, lang: str) -> dict[str, Any]:
    """Net purchases as they grew, and beside them what else happened."""
    rows = result.params["all_events"].iloc[::-1].to_dict("records")
    data: list[dict[str, Any]] = []
    times = [r["happened_at"] for r in rows]
    grown, sums = 0.0, []
    for r in rows:
        grown += r["amount"] if there(r["amount"]) else 0.0
        sums.append(grown)
    line = {"color": "@line-strong", "width": 1.5, "shape": "hv"}
    stamps = [t.isoformat() for t in times]
    data.append({"type": "scatter", "mode": "lines", "x": stamps, "y": sums, "line": line, "hoverinfo": "skip",
                 "showlegend": False, "name": _said("net_line", lang)})  # fmt: skip
    for event, colour in _MARKS.items():
        some = [i for i, r in enumerate(rows) if r["what_happened"] == event]
        if not some:
            continue
        hover = [
            f"<b>{labels.name(event, lang)}</b> {labels.date(times[i], lang)}<br>{plain_text(str(rows[i]['what']))}"
            + (f"<br>{labels.value(rows[i]['amount'], 'money', lang)}" if there(rows[i]["amount"]) else "")
            for i in some
        ]
        data.append({"type": "scatter", "mode": "markers", "name": labels.name(event, lang),
                     "x": [stamps[i] for i in some], "y": [sums[i] for i in some], "hovertext": hover,
                     "marker": {"color": colour, "size": 9}, "hoverinfo": "text"})  # fmt: skip
    layout = base_layout()
    set_axis(layout, "yaxis", min([0.0, *sums]), (max([0.0, *sums]) or 1) * 1.08, "money", lang)
    years = sorted({t.year for t in times}) or [result.params["as_of"].year]
    step = max(1, -(-len(years) // 6))
    layout["xaxis"].update(type="date", tickmode="array", tickvals=[f"{y}-01-01" for y in years[::step]],
                           ticktext=[str(y) for y in years[::step]])  # fmt: skip
    layout["showlegend"] = True
    f = result.facts
    unknown = _said("unknown", lang)
    told = {k: labels.value(f[n], "count", lang) if f[n] is not None else unknown
            for k, n in (("open", "open_complaints"), ("nps", "nps"))}  # fmt: skip
    caption = _said("caption_card", lang, orders=f["orders"], net=f["net"], **told)
    return figure_of("lines", _said("figure_card", lang, customer=f["customer_id"]), caption, data, layout, lang)


def _unusual(result: Result, lang: str) -> dict[str, Any]:
    column, cut = result.params["column"], result.facts["cut"]
    rows = result.table.head(_MOST).to_dict("records")
    names = [f"{r['row']}: {labels.value(r[column], 'number', lang)}" for r in rows]
    texts = [labels.name(r["finding"], lang) for r in rows]
    colours = ["@bad" if r["finding"] == "thousandfold" else "@accent" for r in rows]
    caption = _said("caption_unusual", lang, **{k: result.facts[k] for k in ("flagged", "n", "cut")})
    ends = [(r["z"], None, None) for r in rows]
    return points(names, ends, texts, "number", lang, title=_said("figure_unusual", lang),
                  caption=caption, colours=colours, reference=cut, floor=None, axis=_said("axis_z", lang))  # fmt: skip


def _share_pack(result: Result, lang: str) -> dict[str, Any]:
    by = result.params["by"]
    rows = result.table.sort_values("n", ascending=False, kind="stable").head(_MOST).to_dict("records")
    names = [" · ".join(labels.name(r[b], lang) for b in by) for r in rows]
    hover = [labels.value(r["n"], "count", lang) for r in rows]
    f = result.facts
    caption = _said("caption_share_pack", lang, hidden=f["hidden_rows"], rows=f["rows"], least=f["least"])
    parts = [("", [r["n"] for r in rows], "@accent", hover)]
    return bars(names, parts, "count", lang, title=_said("figure_share_pack", lang), caption=caption)
