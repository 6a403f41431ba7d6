"""Figures of referrals: the network, how few it hangs on, who stopped sending, who heard back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .estimates import bars, courses, ends_of, points, ratio_points, reference_line, told
from .retention_marks import figure_of, group_name, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["referrals_figure"]

MOST = 15
_SIDE = 10  # clinics on either side of the network


def referrals_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``referrals.``."""
    return {
        "closed_loop": _closed_loop,
        "concentration": _concentration,
        "levels": _levels,
        "lost": _lost,
        "network": _network,
        "worth": _worth,
    }[result.kind.partition(".")[2]](result, lang)


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"referrals.{key}", lang, **values)


def _network(result: Result, lang: str) -> dict[str, Any]:
    """Senders above, the house in the middle, takers below; a line as thick as its patients are many."""
    rows = result.table.to_dict("records")
    senders = sorted((r for r in rows if r["inbound"]), key=lambda r: -r["inbound"])[:_SIDE]
    takers = sorted((r for r in rows if r["outbound"]), key=lambda r: -r["outbound"])[:_SIDE]
    # one row a clinic, so that every name can be read on a telephone; patients flow down the figure
    order = [*(("inbound", r) for r in reversed(senders)), ("house", None), *(("outbound", r) for r in takers)]
    middle = len(senders)
    most = max([r["inbound"] for r in senders] + [r["outbound"] for r in takers] + [1])
    data, names = [], []
    for y, (way, r) in enumerate(order):
        if r is None:
            names.append(_said("house", lang))
            continue
        n = int(r[way])
        word = group_name(r["clinic"], lang)
        names.append(word)
        colour = "@accent" if way == "inbound" else "@series-2"
        text = f"<b>{plain_text(word)}</b><br>{labels.name(way, lang)}: {labels.value(n, 'count', lang)}"
        line = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "opacity": 0.55}
        path = {"x": [0, 1, 2], "y": [y, (y + middle) / 2, middle]}
        data.append({**line, **path, "line": {"color": colour, "width": 1 + 11 * n / most}})
        mark = {"type": "scatter", "mode": "markers", "x": [0], "y": [y], "hovertext": [text], "hoverinfo": "text"}
        data.append({**mark, "marker": {"color": colour, "size": 9}})
    house = {"type": "scatter", "mode": "markers", "x": [2], "y": [middle], "hoverinfo": "text"}
    data.append({**house, "hovertext": [_said("house", lang)], "marker": {"color": "@text", "size": 18}})
    layout = base_layout()
    layout["yaxis"].update(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[shortened(n) for n in names],
        range=[len(names) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        tickfont={"color": "@text", "size": 12},
    )
    ends = {"tickmode": "array", "tickvals": [0, 2], "ticktext": [_said("clinics", lang), _said("house", lang)]}
    layout["xaxis"].update(**ends, range=[-0.1, 2.2], showgrid=False, zeroline=False)
    facts = {k: result.facts[k] for k in ("inbound", "outbound")}
    caption = _said("caption_network", lang, shown=len(senders) + len(takers), **facts)
    return figure_of("lines", _said("figure_network", lang), caption, data, layout, lang, len(names))


def _concentration(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    places = [str(r["rank"]) for r in rows]
    ends = [(r["cumulative_share"], None, None) for r in rows]
    hover = [
        f"{plain_text(group_name(r['clinic'], lang))}<br>{told(e, r['n'], 'share', lang)}"
        for r, e in zip(rows, ends, strict=True)
    ]
    facts = {k: result.facts[k] for k in ("top", "top_share", "top_share_low", "top_share_high", "n")}
    figure = courses(places, [("", ends, hover)], "share", lang, title=_said("figure_concentration", lang),
                     caption=_said("caption_concentration", lang, **facts), axis=_said("axis_rank", lang))  # fmt: skip
    figure["layout"]["shapes"] = [reference_line(result.facts["top"] - 1)]
    return figure


def _lost(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["finding"] != "too_few"][:MOST]
    tones = {"lost_referrer": "@bad", "falling_referrer": "@warn"}
    ends = [ends_of(r, "ratio") for r in rows]
    texts = [_said("hover_lost", lang, recent=r["recent"], expected=r["expected"], p=r["holm_p"]) for r in rows]
    caption = _said("caption_lost", lang, judged=result.facts["judged"], clinics=result.facts["clinics"])
    if not rows:
        return points([_said("none_judged", lang)], [(None, None, None)], [""], "number", lang,
                      title=_said("figure_lost", lang), caption=caption)  # fmt: skip
    return ratio_points([group_name(r["clinic"], lang) for r in rows], ends, texts, lang,
                        title=_said("figure_lost", lang), caption=caption, axis=_said("axis_ratio", lang),
                        colours=[tones.get(r["finding"], "@other") for r in rows])  # fmt: skip


def _closed_loop(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    ends = [ends_of(r, "replied_share") for r in rows]
    names = [labels.name(r["period"], lang) for r in rows]
    texts = [told(e, r["n"], "share", lang) for e, r in zip(ends, rows, strict=True)]
    colours = ["@other" if r["period"] == "before_change" else "@accent" for r in rows]
    return points(names, ends, texts, "share", lang, title=_said("figure_closed_loop", lang),
                  caption=_said("caption_share", lang, n=result.facts["n"]), colours=colours)  # fmt: skip


def _worth(result: Result, lang: str) -> dict[str, Any]:
    rows = [r for r in result.table.to_dict("records") if r["row"] == "member"]
    shown = rows if len(rows) <= MOST else rows[: MOST - 3] + rows[-3:]
    hover = [
        _said("hover_worth", lang, n=r["n"], mean=r["mean_worth"])
        + (f"<br>{told(ends_of(r, 'mean_worth'), None, 'money', lang)}" if there(r["mean_worth_low"]) else "")
        for r in shown
    ]
    caption = _said("caption_worth", lang, n=result.facts["n"], shown=len(shown), clinics=len(rows))
    names = [group_name(r["clinic"], lang) for r in shown]
    return bars(names, [("", [r["total"] for r in shown], "@accent", hover)], "money", lang,
                title=_said("figure_worth", lang), caption=caption)  # fmt: skip


def _levels(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    ends = [ends_of(r, "share") for r in rows]
    names = [f"{labels.name(r['direction'], lang)} · {labels.name(r['facility_type'], lang)}" for r in rows]
    texts = [told(e, r["n"], "share", lang) for e, r in zip(ends, rows, strict=True)]
    colours = ["@accent" if r["step"] == "in_order" else "@warn" for r in rows]
    return points(names, ends, texts, "share", lang, title=_said("figure_levels", lang),
                  caption=_said("caption_levels", lang, n=result.facts["n"]), colours=colours)  # fmt: skip
