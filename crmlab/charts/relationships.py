"""Figures of relationships: scales, paths of trust, what leaving costs, accounts, points, whom to keep, wallets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .estimates import Ends, bars, ends_of, points, ratio_points, reference_line, toned
from .retention_marks import dots, figure_of, group_name, set_axis, set_rows, spread, there
from .theme import base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["relationships_figure"]

MOST = 15
_TONES = {"as_expected": "@accent", "against_theory": "@bad", "not_expected": "@warn"}
_DECISIONS = {
    "keep_customer": "@good",
    "fits_without_profit": "@warn",
    "does_not_fit": "@other",
    "undecided": "@line-strong",
}


def relationships_figure(result: Result, lang: str) -> dict[str, Any]:
    """The figure of a Result whose kind begins with ``relationships.``."""
    return {
        "attachment": _attachment,
        "paths": _paths,
        "points": _points,
        "quality": _quality,
        "reliability": _reliability,
        "scales": _scales,
        "switching_cost": _switching_cost,
        "wallet": _wallet,
        "worth_keeping": _worth_keeping,
    }[result.kind.partition(".")[2]](result, lang)


def _said(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"relationships.{key}", lang, **values)


def _two(ends: Ends, lang: str) -> str:
    value, low, high = (labels.number(x, lang, 2) if there(x) else None for x in ends)
    return value + (f" ({low}–{high})" if low is not None and high is not None else "") if value else "—"


def _reliability(result: Result, lang: str) -> dict[str, Any]:
    """Alpha without each item: right of the line the scale is better without it. Of two, one alone has no alpha."""
    facts, rows = result.facts, result.table.to_dict("records")
    several = len(rows) > 2
    rest = [(r["alpha_without"] if several else r["mean"], None, None) for r in rows]
    texts = [
        _said("hover_item", lang, without=r["alpha_without"], rest=r["item_rest"], mean=r["mean"], sd=r["sd"])
        for r in rows
    ]
    colours = ["@warn" if several and e[0] > facts["alpha"] else "@accent" for e in rest]
    names = [labels.name(r["item"], lang) for r in rows]
    caption = _said("caption_alpha", lang, **{k: facts[k] for k in ("alpha", "alpha_low", "alpha_high", "n")})
    title = _said("figure_reliability" if several else "figure_items", lang)
    return points(names, rest, texts, "number", lang, title=title, caption=caption,
                  colours=colours, reference=facts["alpha"] if several else None, floor=None,
                  axis=_said("axis_without" if several else "axis_mean", lang))  # fmt: skip


def _scales(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    ends = [ends_of(r, "alpha") for r in rows]
    texts = [_said("hover_scale", lang, alpha=_two(e, lang), mean=_two(ends_of(r, "mean"), lang), n=r["n"])
             for e, r in zip(ends, rows, strict=True)]  # fmt: skip
    caption = _said("caption_scales", lang, n=result.facts["n"], least=result.facts["least"])
    return points([labels.name(r["scale"], lang) for r in rows], ends, texts, "number", lang,
                  title=_said("figure_scales", lang), caption=caption, colours=toned([r["verdict"] for r in rows]),
                  reference=result.facts["least"], floor=None)  # fmt: skip


def _paths(result: Result, lang: str) -> dict[str, Any]:
    """Paths under the head of where they lead, with their drivers' names alone: a telephone shows them whole."""
    rows = result.table.to_dict("records")
    trust, commitment = (labels.name(result.params[k], lang) for k in ("trust", "commitment"))
    heads = (
        ("direct", result.params["trust"], _said("head_to", lang, goal=trust)),
        ("direct", result.params["commitment"], _said("head_to", lang, goal=commitment)),
        ("indirect", result.params["commitment"], _said("head_through", lang, by=trust)),
    )
    names, shown, at = [], [], []
    for effect, goal, head in heads:
        names.append(head)
        for r in rows:
            if (r["effect"], r["path_to"]) == (effect, goal):
                at.append(len(names))
                shown.append(r)
                names.append(labels.name(r["path_from"], lang))
    ends = [ends_of(r, "beta") for r in shown]
    words = [names[k] for k in at]
    texts = [f"{_two(e, lang)}, {labels.name(r['finding'], lang).lower()}" for e, r in zip(ends, shown, strict=True)]
    trace, lines = dots(words, ends, texts, [_TONES.get(r["finding"], "@other") for r in shown])
    trace["y"] = at
    lines = [{**s, "y0": at[s["y0"]], "y1": at[s["y1"]]} for s in lines]
    layout = base_layout()
    set_rows(layout, names)
    set_axis(layout, "xaxis", *spread([*ends, (0.0, None, None)], None), "number", lang, _said("axis_beta", lang))
    layout["shapes"] = [reference_line(0.0), *lines]
    facts = {k: result.facts[k] for k in ("n", "r2_trust", "r2_commitment")}
    return figure_of("bars", _said("figure_paths", lang), _said("caption_paths", lang, **facts), [trace], layout, lang,
                     len(names))  # fmt: skip


def _attachment(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    names = [labels.name(r["scale"], lang) for r in rows]
    if "odds_ratio" in result.table:
        ends = [ends_of(r, "odds_ratio") for r in rows]
        colours = ["@accent" if there(e[1]) and (e[1] > 1 or e[2] < 1) else "@other" for e in ends]
        caption = _said("caption_odds", lang, n=result.facts["repeat_n"], repeats=result.facts["repeats"])
        return ratio_points(names, ends, [_two(e, lang) for e in ends], lang, title=_said("figure_odds", lang),
                            caption=caption, axis=_said("axis_odds", lang), colours=colours)  # fmt: skip
    ends = [ends_of(r, "mean") for r in rows]
    texts = [_said("hover_scale", lang, alpha=_two(ends_of(r, "alpha"), lang), mean=_two(e, lang), n=r["n"])
             for e, r in zip(ends, rows, strict=True)]  # fmt: skip
    return points(names, ends, texts, "number", lang, title=_said("figure_attachment", lang),
                  caption=_said("caption_n", lang, n=result.facts["n"]))  # fmt: skip


def _switching_cost(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    names = [labels.name(r["switching_part"], lang) for r in rows]
    hover = [labels.value(r["amount"], "money", lang) if there(r["amount"]) else _said("not_known", lang) for r in rows]
    facts = result.facts
    key = {"in_time": "caption_pays", "never": "caption_never"}.get(facts["pays"], "caption_cost")
    values = {k: facts[k] for k in ("known", "payback_years", "saving", "ahead_years")}
    part = ("", [r["amount"] for r in rows], "@accent", hover)
    return bars(names, [part], "money", lang, title=_said("figure_switching", lang), caption=_said(key, lang, **values))


def _quality(result: Result, lang: str) -> dict[str, Any]:
    """Accounts by items, the index last; the weakest accounts above."""
    items, account = result.params["items_asked"], result.params["account"]
    rows = result.table.to_dict("records")[:MOST]
    columns = [*items, "quality_index"]
    words = [labels.name(c, lang) for c in columns]
    names = [group_name(r[account], lang) for r in rows]
    low, high = result.params["scale"]
    z, texts, hover = [], [], []
    for r, name in zip(rows, names, strict=True):
        values = [r[c] if there(r[c]) else None for c in columns]
        shown = [labels.number(v, lang, 1) if v is not None else "—" for v in values]
        z.append(values), texts.append([t if v is not None else "" for t, v in zip(shown, values, strict=True)])
        hover.append([f"<b>{plain_text(name)}</b><br>{w}: {t}" for w, t in zip(words, shown, strict=True)])
    layout = base_layout()
    set_rows(layout, names)
    heads = [plain_text(w) for w in words]
    axis = {"tickmode": "array", "tickvals": list(range(len(heads))), "ticktext": heads, "tickangle": -35}
    layout["xaxis"].update(**axis, range=[-0.5, len(heads) - 0.5], showgrid=False, zeroline=False, side="top")
    layout["xaxis"]["tickfont"] = {"color": "@text", "size": 11}
    layout["margin"] = {**layout["margin"], "t": 120}
    trace = {
        "type": "heatmap",
        "x": list(range(len(columns))),
        "y": list(range(len(rows))),
        "z": z,
        "zmin": float(low),
        "zmax": float(high),
        "colorscale": [[0, "@warn"], [0.5, "@panel-2"], [1, "@accent"]],  # what is weak is what is looked for
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": texts,
        "texttemplate": "%{text}",
        "hovertext": hover,
        "hoverinfo": "text",
        "hoverongaps": False,
    }
    caption = _said("caption_quality", lang, shown=len(rows), accounts=result.facts["accounts"],
                    index=result.facts["index"])  # fmt: skip
    return figure_of("heat", _said("figure_quality", lang), caption, [trace], layout, lang, max(6, len(rows)))


def _points(result: Result, lang: str) -> dict[str, Any]:
    rows = result.table.to_dict("records")
    hover = [
        _said("hover_points", lang, earned=r["earned"], outstanding=r["outstanding"], owed=r["liability"]) for r in rows
    ]
    facts = {k: result.facts[k] for k in ("outstanding", "liability", "redemption", "as_of")}
    part = ("", [r["liability"] for r in rows], "@accent", hover)
    return bars([str(r["year"]) for r in rows], [part], "money", lang, title=_said("figure_points", lang),
                caption=_said("caption_points", lang, **facts))  # fmt: skip


def _worth_keeping(result: Result, lang: str) -> dict[str, Any]:
    counts = result.table["decision"].value_counts()
    kinds = [k for k in _DECISIONS if counts.get(k, 0)]
    rows = [int(counts[k]) for k in kinds]
    money = result.table.groupby("decision")["profit"].sum()
    names = [labels.name(k, lang) for k in kinds]
    hover = [_said("hover_keep", lang, n=n, profit=float(money[k])) for k, n in zip(kinds, rows, strict=True)]
    facts = {k: result.facts[k] for k in ("loyal", "fitting", "keep")}
    drawn = bars(names, [("", rows, "@accent", hover)], "count", lang, title=_said("figure_keep", lang),
                 caption=_said("caption_keep", lang, **facts))  # fmt: skip
    drawn["data"][0]["marker"] = {"color": [_DECISIONS[k] for k in kinds]}
    return drawn


def _wallet(result: Result, lang: str) -> dict[str, Any]:
    """What comes to us and what goes elsewhere; an account whose total is not known has no elsewhere."""
    account = result.params["account"]
    rows = result.table.to_dict("records")
    shown = rows[:MOST]
    names = [shortened(group_name(r[account], lang)) for r in shown]
    hover = [
        _said("hover_wallet", lang, sales=r["sales"], share=r["wallet_share"], win=r["to_win"])
        if there(r["wallet_share"])
        else _said("hover_wallet_unknown", lang, sales=r["sales"])
        for r in shown
    ]
    known = [there(r["wallet_share"]) for r in shown]
    ours = [r["sales"] if k else 0.0 for r, k in zip(shown, known, strict=True)]
    parts = [(_said("ours", lang), ours, "@accent", hover)]
    parts.append((_said("elsewhere", lang), [r["elsewhere"] if k else 0.0 for r, k in zip(shown, known, strict=True)],
                  "@line-strong", hover))  # fmt: skip
    if not all(known):
        unsure = [0.0 if k or not there(r["sales"]) else r["sales"] for r, k in zip(shown, known, strict=True)]
        parts.append((_said("total_unknown", lang), unsure, "@warn", hover))
    facts = {k: result.facts[k] for k in ("n", "accounts", "wallet_share")}
    return bars(names, parts, "money", lang, title=_said("figure_wallet", lang),
                caption=_said("caption_wallet", lang, **facts))  # fmt: skip
