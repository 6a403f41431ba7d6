"""The studio's parts on how many, how stable, who moved, what another method says, and how it was computed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .. import charts, labels
from ..errors import UserError
from .notes import said as in_words
from .studio_case import CLUSTERED
from .studio_pages import say, verdict

if TYPE_CHECKING:
    from ..results import Result
    from .studio_desk import StudioDesk

__all__ = ["explained", "how", "moves", "number", "other", "stable"]

CRITERIA = ("silhouette", "calinski_harabasz", "gap_statistic", "bic", "rand_index")


def explained(result: Result, lang: str, title: str) -> dict[str, Any]:
    """A Result's own account of itself, in three depths."""
    depths = {depth: str(result.explain(lang, depth)) for depth in ("short", "method", "reference")}
    return {"title": title, **depths}


def _waiting(lang: str, said: str) -> dict[str, Any]:
    return {"kind": "part", "sections": [{"said": said, "waits": say("waits", lang)}]}


def _only_clusters(desk: StudioDesk, lang: str, key: str) -> dict[str, Any] | None:
    if desk.settings.method in CLUSTERED:
        return None
    return {"kind": "part", "sections": [{"said": say(key, lang)}]}


def number(desk: StudioDesk, lang: str) -> dict[str, Any]:
    """How many segments: criteria side by side, and whether there are any at all."""
    settings = desk.settings
    if (elsewhere := _only_clusters(desk, lang, "number_rules")) is not None:
        return elsewhere
    about = (settings.method, *(v for i, v in enumerate(settings.space) if i != 2))
    found = desk.result("criteria", about, lambda: desk.case.criteria(settings))
    if found is None:
        return _waiting(lang, say("number_said", lang))
    facts = found.facts
    none = facts["verdict"] == "noise"
    told = {"agree": facts["agree"], "criteria": facts["criteria"], "p": facts["p_value"]}
    favourites = ", ".join(str(k) for k in facts["favourites"])
    rows = []
    for row in found.table.to_dict("records"):
        cells = [labels.number(row["k"], lang)]
        for c in CRITERIA:
            mark = "● " if facts[f"best_{c}"] == row["k"] else ""
            cells.append(mark + labels.number(row[c], lang, 0 if c in ("calinski_harabasz", "bic") else 2))
        cells[-1] += " " + say("range", lang, low=row["rand_index_low"], high=row["rand_index_high"])
        cells.append(labels.percent(row["smallest_share"], lang))
        rows.append({"cells": cells, "total": row["k"] == settings.k})
    section = {
        "said": say("number_none" if none else "number_found", lang, favourites=favourites, **told),
        "mood": "bad" if none else None,
        "figure": charts.spec(found, lang),
        "table": {
            "title": say("number_table", lang),
            "head": ["k", *(labels.name(c, lang) for c in CRITERIA), labels.name("smallest_share", lang)],
            "rows": rows,
            "numeric": [True] * 7,
        },
        "notes": in_words(found.notes, lang),
        "choose": [{"k": int(k), "label": say("take_k", lang, k=int(k))} for k in facts["favourites"]]
        if not none
        else [],
    }
    return {"kind": "part", "sections": [section, {"how": explained(found, lang, say("how_computed", lang))}]}


def stable(desk: StudioDesk, lang: str) -> dict[str, Any]:
    """Whether the segments would come out again: from other customers, from another year."""
    case, settings = desk.case, desk.settings
    if (elsewhere := _only_clusters(desk, lang, "stable_rules")) is not None:
        return elsewhere
    sections: list[dict[str, Any]] = []
    parts = (("stability", "stable_said", case.stability), ("years", "years_said", case.years))
    for name, intro, work in parts:
        section: dict[str, Any] = {"title": say(f"{name}_title", lang), "said": say(intro, lang)}
        try:
            found = desk.result(name, settings.key, lambda work=work: work(settings))
        except UserError as error:
            sections.append({**section, "refused": error.render(lang)})
            continue
        if found is None:
            sections.append({**section, "waits": say("waits", lang)})
            continue
        told = _told(found)
        for end in ("lowest_from", "lowest_to"):
            if end in told:
                told[end] = labels.date(dt.date.fromisoformat(told[end]), lang)
        section["said"] = say(f"{name}_{'held' if name == 'stability' else 'found'}", lang, **told)
        section["figure"] = charts.spec(found, lang)
        section["table"] = _stable_table(found, lang)
        section["notes"] = in_words(found.notes, lang)
        sections += [section, {"how": explained(found, lang, say("how_computed", lang))}]
    return {"kind": "part", "sections": sections}


def _told(found: Result) -> dict[str, Any]:
    keys = ("rand_index", "rand_index_low", "rand_index_high", "stable", "k", "draws", "lowest_rand_index")
    keys += ("lowest_rand_index_low", "lowest_rand_index_high", "lowest_from", "lowest_to", "pairs")
    return {k: found.facts[k] for k in keys if k in found.facts}


def _stable_table(found: Result, lang: str) -> dict[str, Any]:
    rows = found.table.to_dict("records")
    if found.kind == "segmentation.stability":
        head = [say(f"head_{h}", lang) for h in ("segment", "n", "jaccard", "range", "verdict")]
        cells = [
            [
                labels.name(r["segment"], lang),
                labels.number(r["n"], lang),
                labels.number(r["jaccard"], lang, 2),
                labels.number(None, lang)
                if r["jaccard_low"] != r["jaccard_low"]  # too few to have one
                else say("range", lang, low=r["jaccard_low"], high=r["jaccard_high"]),
                verdict("stays", r["verdict"], lang),
            ]
            for r in rows
        ]
        return {
            "title": say("by_segment", lang),
            "head": head,
            "rows": cells,
            "numeric": [False, True, True, True, False],
        }
    head = [say(f"head_{h}", lang) for h in ("years", "n", "rand", "range", "stayed", "verdict")]
    cells = [
        [
            " → ".join(labels.date(dt.date.fromisoformat(r[f"{end}_year"]), lang, "short") for end in ("from", "to")),
            labels.number(r["n"], lang),
            labels.number(r["rand_index"], lang, 2),
            say("range", lang, low=r["rand_index_low"], high=r["rand_index_high"]),
            labels.percent(r["stayed_share"], lang) if r["stayed_share"] is not None else "—",
            verdict("stays", r["verdict"], lang),
        ]
        for r in rows
    ]
    return {
        "title": say("by_year", lang),
        "head": head,
        "rows": cells,
        "numeric": [False, True, True, True, True, False],
    }


def moves(desk: StudioDesk, lang: str) -> dict[str, Any]:
    """Who moved between two dates."""
    settings, before = desk.settings, desk.earlier
    day = {"value": before.isoformat(), "label": say("moves_before", lang)}
    day |= {"first": desk.case.shop.span()[0].isoformat(), "last": settings.as_of.isoformat()}
    section: dict[str, Any] = {"day": day, "said": say("moves_said", lang, before=before, as_of=settings.as_of)}
    if desk.held_back:
        return {"kind": "part", "sections": [{**section, "refused": say("none_title", lang)}]}
    try:
        found = desk.result("moves", (settings.key, before), lambda: desk.case.migration(settings, before))
    except UserError as error:
        return {"kind": "part", "sections": [{**section, "refused": error.render(lang)}]}
    if found is None:
        return {"kind": "part", "sections": [{**section, "waits": say("waits", lang)}]}
    facts = found.facts
    section["said"] = say("moves_found", lang, before=before, as_of=settings.as_of, **facts)
    section["figure"] = charts.spec(found, lang)
    largest = found.table[~found.table["stayed"]].sort_values("customers", ascending=False).head(8)
    section["table"] = {
        "title": say("moves_table", lang),
        "head": [say(f"head_{h}", lang) for h in ("from", "to", "customers", "share_from", "range")],
        "rows": [
            [
                labels.name(r["from_segment"], lang),
                labels.name(r["to_segment"], lang),
                labels.number(r["customers"], lang),
                labels.percent(r["share"], lang),
                say("range_share", lang, low=r["share_low"], high=r["share_high"]),
            ]
            for r in largest.to_dict("records")
        ],
        "numeric": [False, False, True, True, True],
    }
    section["notes"] = in_words(found.notes, lang)
    kept = "moves_model" if settings.method in CLUSTERED else "moves_scores" if settings.method == "rfm" else None
    if kept:
        section["notes"] = [say(kept, lang), *section["notes"]]
    return {"kind": "part", "sections": [section, {"how": explained(found, lang, say("how_computed", lang))}]}


def other(desk: StudioDesk, lang: str) -> dict[str, Any]:
    """What the answer would have been under another method."""
    from .studio_desk import KS, METHODS

    method, k = desk.other
    second = replace(desk.settings, method=method, k=k)
    pick: dict[str, Any] = {"method": method, "label": say("other_method", lang)}
    pick["methods"] = [{"id": m, "label": say(f"method_{m}", lang)} for m in METHODS]
    if method in CLUSTERED:
        pick |= {"k": k, "ks": list(KS)}
    section: dict[str, Any] = {"pick": pick}
    if second.key == desk.settings.key:
        return {"kind": "part", "sections": [{**section, "said": say("other_same", lang)}]}
    if desk.held_back:
        return {"kind": "part", "sections": [{**section, "refused": say("none_title", lang)}]}
    about = (desk.settings.key, second.key)
    found = desk.result("compare", about, lambda: desk.case.compare(desk.settings, second))
    if found is None:
        return {"kind": "part", "sections": [{**section, "waits": say("waits", lang)}]}
    facts = found.facts
    strength = "much" if facts["rand_index"] >= 0.8 else "partly" if facts["rand_index"] >= 0.3 else "little"
    names = {"one": say(f"method_{desk.settings.method}", lang), "other": say(f"method_{method}", lang)}
    numbers = {key: facts[key] for key in ("rand_index", "rand_index_low", "rand_index_high", "n")}
    section["said"] = say(f"other_{strength}", lang, **names, **numbers)
    section["figure"] = charts.spec(found, lang)
    section["notes"] = [say("other_rows", lang, **names), *in_words(found.notes, lang)]
    return {"kind": "part", "sections": [section, {"how": explained(found, lang, say("how_computed", lang))}]}


def how(desk: StudioDesk, lang: str) -> dict[str, Any]:
    """How the segments came about: formula with own numbers, parameters, source, what was left out."""
    case, settings = desk.case, desk.settings
    found = case.segments(settings)
    if settings.method in CLUSTERED and (checked := desk.verdict) is not None:
        found = checked
    parts = [explained(found, lang, say("how_segments", lang))]
    made = []
    if settings.method in CLUSTERED:
        features = case.features(settings)
        parts.append(explained(features, lang, say("how_features", lang)))
        made = in_words(features.notes, lang)
    parts.append(explained(case.sizes(settings), lang, say("how_sizes", lang)))
    parts.append(explained(case.contrasts(settings), lang, say("how_contrasts", lang)))
    notes = [*in_words(found.notes, lang), *made]
    return {
        "kind": "how",
        "said": say("how_said", lang),
        "parts": parts,
        "parameters": _parameters(desk, lang),
        "notes": list(dict.fromkeys(notes)),
        "notes_title": say("how_notes", lang),
        "parameters_title": say("how_parameters", lang),
    }


def _parameters(desk: StudioDesk, lang: str) -> list[list[str]]:
    settings, shop = desk.settings, desk.case.shop
    rows = [["method", say(f"method_{settings.method}", lang)], ["as_of", labels.date(settings.as_of, lang)]]
    if shop.groups:
        rows.append(["group", say(f"group_{settings.group}", lang)])
    if settings.method in CLUSTERED:
        used = desk.case.segments(settings).params["transforms"]
        columns = [say("how_column", lang, column=c, how=say(f"how_{how}", lang)) for c, how in used.items()]
        rows += [["k", labels.number(settings.k, lang)], ["columns", "; ".join(columns)]]
        rows += [["scale", say(f"scale_{settings.scale}", lang)], ["seed", "0"]]
    elif settings.method == "rfm":
        rows.append(["bins", labels.number(settings.bins, lang)])
    if shop.source is not None:
        rows.append(["data", shop.source.render(lang)])
    return [[say(f"parameter_{name}", lang), told] for name, told in rows]
