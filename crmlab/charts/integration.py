"""Figures of integration: who found a partner, who supplied which value, which code means what, what became of rows.

All are lying bars in parts: a whole, and what it is made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import labels
from .cube import plain_text, shortened
from .theme import SERIES, base_layout

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["integration_figure"]

_MEANT = ("@series-1", "@series-2", "@series-3", "@series-4", "@series-5", "@series-6", "@series-7", "@series-8")


def integration_figure(result: Result, lang: str) -> dict[str, Any] | None:
    """The figure of a Result whose kind begins with ``integration.``; ``None`` where a table says it better."""
    draw = {
        "integration.codes": _codes,
        "integration.combine": _combine,
        "integration.match": _match,
        "integration.reproduced": _reproduced,
        "integration.run": _run,
    }.get(result.kind)
    return draw(result, lang) if draw else None


def _match(result: Any, lang: str) -> dict[str, Any]:
    """Of each source's people: how many another source knows too."""
    links = result.links.drop_duplicates(["source", "entity_id"])
    known = links.groupby("entity_id")["source"].transform("size") > 1
    sources = list(dict.fromkeys(links["source"]))
    met = [int((known & (links["source"] == s)).sum()) for s in sources]
    alone = [int((~known & (links["source"] == s)).sum()) for s in sources]
    shares = [labels.percent(m / (m + a), lang) if m + a else "—" for m, a in zip(met, alone, strict=True)]
    names = [labels.name(s, lang) for s in sources]
    parts = [("met", "@accent", met), ("alone", "@other", alone)]
    caption = _text("caption_match", lang, entities=result.facts["entities"], records=result.facts["records"])
    return _bars(_text("title_match", lang), caption, names, _named(parts, lang), lang, shares)


def _combine(result: Any, lang: str) -> dict[str, Any]:
    """Which source supplied the values of each field."""
    account = result.account
    names = [labels.name(f, lang) for f in account["field"]]
    sources = [s for s in result.params["order"] if account[s].sum()]
    parts = [(labels.name(s, lang), SERIES[k % len(SERIES)], account[s].tolist()) for k, s in enumerate(sources)]
    differ = [_text("differ_n", lang, n=n) if n else "" for n in account["disagreed"].tolist()]
    caption = _text("caption_combine", lang, n=result.facts["disagreed"], of=result.facts["values"])
    return _bars(_text("title_combine", lang), caption, names, parts, lang, differ)


def _codes(result: Result, lang: str) -> dict[str, Any]:
    """What stands under each bare code, coloured by what it means in its source."""
    table = result.table[result.table["code"].notna() & (result.table["rows"] > 0)]
    codes = list(dict.fromkeys(table["code"]))
    meanings = list(dict.fromkeys(table["meaning"].dropna()))
    parts = []
    for k, meaning in enumerate(meanings):
        mine = table[table["meaning"] == meaning].groupby("code")["rows"].sum()
        parts.append((labels.name(meaning, lang), _MEANT[k % len(_MEANT)], [int(mine.get(c, 0)) for c in codes]))
    stray = table[table["meaning"].isna()].groupby("code")["rows"].sum()
    if len(stray):
        parts.append((_text("unmapped", lang), "@bad", [int(stray.get(c, 0)) for c in codes]))
    clash = [_text("clash", lang) if c in result.facts["clash_codes"] else "" for c in codes]
    title = _text("title_codes", lang, column=labels.name(result.params["column"], lang))
    return _bars(title, _text("caption_codes", lang), codes, parts, lang, clash)


def _run(result: Result, lang: str) -> dict[str, Any]:
    """Of each file's rows: used or refused."""
    table = result.table
    sheets = table["sheet"].fillna("")
    names = [f"{f} · {s}" if s else f for f, s in zip(table["file"], sheets, strict=True)]
    kept, lost = table["rows_kept"].tolist(), table["rows_refused"].tolist()
    said = [
        labels.number(k, lang) + (f" · {_text('refused_n', lang, n=n)}" if n else "")
        for k, n in zip(kept, lost, strict=True)
    ]
    parts = _named([("kept", "@accent", kept), ("refused", "@bad", lost)], lang)
    f = result.facts
    caption = _text("caption_run", lang, records=f["records"], customers=f["customers"], orders=f["orders"])
    return _bars(_text("title_run", lang), caption, names, parts, lang, said)


def _reproduced(result: Result, lang: str) -> dict[str, Any]:
    """Of each table's values: equal, told by no source, different."""
    sums = result.table.groupby("table", sort=False)[["rows", "equal", "absent", "differ"]].sum()
    shares = sums.div(sums["rows"], axis=0)
    names = [labels.name(t, lang) for t in sums.index]
    colours = (("equal", "@good"), ("absent", "@other"), ("differ", "@bad"))
    parts = _named([(p, colour, shares[p].tolist()) for p, colour in colours], lang)
    said = [_text("differ_n", lang, n=d) if d else "" for d in sums["differ"].tolist()]
    f = result.facts
    caption = _text("caption_reproduced", lang, equal=f["equal"], values=f["values"])
    return _bars(_text("title_reproduced", lang), caption, names, parts, lang, said, unit="share")


def _text(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"integration.figure.{key}", lang, **values)


def _named(parts: Sequence[tuple[str, str, list[Any]]], lang: str) -> list[tuple[str, str, list[Any]]]:
    return [(_text(f"part_{key}", lang), colour, values) for key, colour, values in parts]


def _bars(
    title: str,
    caption: str,
    names: list[str],
    parts: Sequence[tuple[str, str, list[Any]]],
    lang: str,
    said: Sequence[str],
    unit: str = "count",
) -> dict[str, Any]:
    """Bars in parts, with a word at the end of each."""
    rows = list(range(len(names)))
    totals = [sum(values[r] for _, _, values in parts) for r in rows]
    most = max(totals, default=0) or 1
    layout = base_layout()
    places, texts = labels.ticks(0, most, unit, lang)
    layout["xaxis"].update(tickmode="array", tickvals=places, ticktext=texts, range=[0, most * 1.22])
    layout["yaxis"].update(
        tickmode="array", tickvals=rows, ticktext=[shortened(n) for n in names],
        range=[len(rows) - 0.5, -0.5], showgrid=False, zeroline=False,
    )  # fmt: skip
    layout["yaxis"]["tickfont"] = {"color": "@text", "size": 12}
    layout.update(barmode="stack", showlegend=len(parts) > 1)
    layout["legend"]["traceorder"] = "normal"
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "x": values,
            "y": rows,
            "marker": {"color": colour},
            "hovertext": [
                f"<b>{plain_text(names[r])}</b><br>{plain_text(name)}: {labels.value(values[r], unit, lang)}"
                for r in rows
            ],
            "hoverinfo": "text",
        }
        for name, colour, values in parts
    ]
    layout["annotations"] = [
        {"x": totals[r], "y": r, "text": plain_text(said[r]), "xanchor": "left", "xshift": 6, "showarrow": False,
         "font": {"color": "@text", "size": 12}}
        for r in rows if said[r]
    ]  # fmt: skip
    return {
        "kind": "bars",
        "title": title,
        "caption": caption,
        "alt": labels.text("charts.alt", lang, kind=labels.text("charts.kind_bars", lang), title=title),
        "data": data,
        "layout": layout,
        "paths": [[] for _ in data],
        "bars": len(names),
    }
