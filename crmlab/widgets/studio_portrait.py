"""The portrait of one segment: its figures beside those of all others, and its people, every line with its n."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .. import labels
from .notes import said as in_words
from .studio_pages import figure, say

if TYPE_CHECKING:
    from .studio_desk import StudioDesk

__all__ = ["portrait"]


def portrait(desk: StudioDesk, lang: str) -> dict[str, Any]:
    """One segment from near: figures with others beside, and traits with their n."""
    name, case, settings = desk.chosen, desk.case, desk.settings
    units = case.contrasts(settings).params["figure_units"]
    figures = [
        [
            labels.name(r["figure"], lang),
            figure(r["mean"], units.get(r["figure"], "number"), lang) if r["mean"] is not None else "—",
            figure(r["mean_others"], units.get(r["figure"], "number"), lang) if r["mean_others"] is not None else "—",
            _difference(r, lang),
        ]
        for r in case.contrasts(settings).table.to_dict("records")
        if r["segment"] == name
    ]
    out = {
        "title": say("portrait_title", lang, segment=name),
        "figures": {
            "title": say("portrait_figures", lang),
            "head": [say(f"portrait_{h}", lang) for h in ("figure", "mean", "others", "difference")],
            "rows": figures,
        },
        "notes": in_words(case.contrasts(settings).notes, lang, without=("segmentation.many_looks",)),
    }
    if not case.shop.traits:
        return {**out, "lacks": say("lacks_traits", lang)}
    found = desk.result("personas", settings.key, lambda: case.personas(settings))
    if found is None:
        return {**out, "lacks": say("waits", lang)}
    rows = []
    for r in found.table.to_dict("records"):
        if r["segment"] != name:
            continue
        rows.append(
            [
                labels.name(r["trait"], lang),
                labels.name(str(r["value"]), lang) if r["value"] is not None else "—",
                say("portrait_range", lang, share=r["share"], low=r["share_low"], high=r["share_high"])
                if r["share"] is not None and r["share"] == r["share"]
                else "—",
                labels.percent(r["share_others"], lang) if r["share_others"] == r["share_others"] else "—",
                labels.number(r["n"], lang) if r["n"] is not None else say("portrait_assumption", lang),
                say(f"tells_{r['tells']}", lang) if r["tells"] in ("more", "less", "same") else "—",
            ]
        )
    out["traits"] = {
        "title": say("portrait_traits", lang),
        "head": [say(f"portrait_{h}", lang) for h in ("trait", "typical", "within", "outside", "n", "tells")],
        "rows": rows,
    }
    out["notes"] = [*out["notes"], *in_words(found.notes, lang), say("portrait_said", lang)]
    return out


def _difference(row: Mapping[str, Any], lang: str) -> str:
    if row["difference"] is None or row["difference"] != row["difference"]:
        return say("too_few", lang)
    if row["verdict"] == "too_few":
        return say("too_few", lang)
    told = {k: row[k] for k in ("difference", "difference_low", "difference_high")}
    return say("portrait_gap", lang, **told)
