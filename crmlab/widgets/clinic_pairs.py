"""The clinic's page of duplicates: the line to draw, the pair to judge, what was judged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .. import labels
from .clinic_words import cell_text, say
from .notes import said as in_words

if TYPE_CHECKING:
    from .examination import Examination

__all__ = ["duplicates"]

SHOWN_PAIRS = 50


def duplicates(case: Examination, clear: bool, lang: str) -> dict[str, Any]:
    """The line to draw, the pair to judge, what was judged."""
    if not case.searchable:
        key = "no_fields" if case.contract == "customers" else "no_duplicates"
        return {"kind": "duplicates", "none": say(key, lang)}
    found, queue = case.found, case.queue
    facts = found.facts
    open_ = queue.open
    pair = _pair(case, open_.iloc[0].to_dict(), clear, lang) if len(open_) else None
    decisions = [
        {
            "left": case.place(row["left"]),
            "right": case.place(row["right"]),
            "said": _keys(case, row, clear),
            "verdict": say(f"verdict_{row['verdict']}", lang),
        }
        for row in queue.decisions.iloc[::-1].head(SHOWN_PAIRS).to_dict("records")
    ]
    matches = found.table[found.table["verdict"] == "match"].tail(SHOWN_PAIRS).iloc[::-1]
    likely = [
        {
            "left": case.place(r["left"]),
            "right": case.place(r["right"]),
            "cells": [
                _keys(case, r, clear),
                " · ".join(_written(case, r[side], "name", clear, lang) for side in ("left", "right")),
                labels.percent(r["score"], lang),
            ],
        }
        for r in matches.to_dict("records")
    ]
    bins = [
        {
            "low": row["score_low"],
            "high": row["score_high"],
            "pairs": int(row["pairs"]),
            "said": say("score_bin", lang, low=row["score_low"], high=row["score_high"], pairs=int(row["pairs"])),
        }
        for row in found.histogram.to_dict("records")
    ]
    return {
        "kind": "duplicates",
        "said": say("found_said", lang, **facts),
        "threshold": {"label": say("threshold", lang), "value": case.threshold},
        "review": {"label": say("review_from", lang), "value": case.review},
        "bins": bins,
        "bins_title": say("scores_title", lang),
        "pair": pair,
        "title": say("review_title", lang),
        "progress": say("review_progress", lang, decided=len(queue.decisions), open=len(open_)),
        "clear": {"label": say("review_clear", lang), "value": clear},
        "done": None if pair else f"{say('review_done', lang)} {say('review_widen', lang)}",
        "decisions": decisions,
        "decisions_title": say("decisions_title", lang),
        "matches": likely,
        "matches_title": say("matches_title", lang, shown=len(likely), n=facts["matches"]),
        "matches_head": [
            labels.name("customer_id", lang),
            labels.name("name", lang),
            say("likeness", lang),
        ],
        "not_same": say("decide_other", lang),
        "notes": in_words(found.notes, lang, without=("duplicates.guessed_fields",)),
    }


def _key(case: Examination, key: Any, clear: bool) -> str:
    return str(key if clear else case.veil.value("customer_id", key))


def _keys(case: Examination, row: Mapping[str, Any], clear: bool) -> str:
    return f"{_key(case, row['left'], clear)} · {_key(case, row['right'], clear)}"


def _written(case: Examination, key: Any, field: str, clear: bool, lang: str) -> str:
    """What stands in a field as its source writes it: a doubtful pair is judged by that."""
    value = case.written(key, field)
    if field == "gender" and isinstance(value, str):
        return labels.name(value, lang)
    return cell_text(value if clear else case.veil.value(field, value), lang)


def _pair(case: Examination, row: Mapping[str, Any], clear: bool, lang: str) -> dict[str, Any]:
    why = case.found.why(row["left"], row["right"])
    bits = {r["field"]: r["bits"] for r in why.table.to_dict("records")}
    beside = case.queue.side_by_side(row["left"], row["right"], masked=not clear).to_dict("records")
    rule = why.facts["rule"]
    return {
        "left": case.place(row["left"]),
        "right": case.place(row["right"]),
        "head": [
            say("field", lang),
            say("review_key", lang, customer=_key(case, row["left"], clear)),
            say("review_key", lang, customer=_key(case, row["right"], clear)),
            say("likeness", lang),
            say("bits", lang),
        ],
        "rows": [
            [
                labels.name(r["field"], lang),
                _written(case, row["left"], r["field"], clear, lang),
                _written(case, row["right"], r["field"], clear, lang),
                labels.name(f"level_{r['level']}", lang) if r["level"] else "—",
                labels.value(bits.get(r["field"], 0.0), "number", lang),
            ]
            for r in beside
        ],
        "score": say("review_score", lang, score=float(row["score"]), bits=float(row["bits"])),
        "rule": say("review_rule", lang, rule=labels.name(f"duplicates_{rule}", lang)) if rule else None,
    }
