"""The clinic's page of quality: columns against dimensions, and what is behind one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .. import labels
from .clinic_rows import failing
from .clinic_words import SHOWN_ROWS, cell_text, percent, say

if TYPE_CHECKING:
    from .examination import Examination

__all__ = ["profile"]

SHOWN_VALUES = 10
GOOD, FAIR = 0.98, 0.90
FEW = 5


def profile(case: Examination, focus: tuple[str, str | None] | None, lang: str) -> dict[str, Any]:
    """Columns against dimensions; below it what is behind one of them."""
    from ..quality import DIMENSIONS

    found = case.profile
    told = {(r["column"], r["dimension"]): r for r in found.table.to_dict("records")}
    names = list(dict.fromkeys([*map(str, case.table.columns), *found.table["column"]]))
    used = [d for d in DIMENSIONS if any((c, d) in told for c in names)]
    rows = []
    for name in names:
        shape = found.shapes.get(name)
        kind = labels.text(f"quality.kind.{shape['kind']}", lang) if shape else say("row_rule", lang)
        cells = [_cell(told.get((name, d)), lang) for d in used]
        rows.append(
            {"id": name, "label": labels.name(name, lang), "kind": kind, "look": shape is not None, "cells": cells}
        )
    notes = [say("matrix_note", lang), say("census_note", lang, n=len(case.table))]
    if case.as_of:
        notes.append(say("as_of", lang, as_of=case.as_of))
    for note in found.notes:
        if note.code == "quality.note.left_out":
            about = dict.fromkeys(labels.name(rule.partition(": ")[0], lang) for rule in note.values["rules"])
            notes.append(say("rules_unused", lang, rules=list(about)))
    return {
        "kind": "profile",
        "head": say("column", lang),
        "dimensions": [{"id": d, "label": labels.text(f"quality.dimension.{d}", lang)} for d in used],
        "rows": rows,
        "notes": notes,
        "rules": _rules(case, lang),
        "codes": _codes(case, lang),
        "focus": list(focus) if focus else None,
        "detail": _detail(case, focus, told, lang) if focus else None,
    }


def _rules(case: Examination, lang: str) -> dict[str, Any]:
    """Every rule that was held against the table, in words."""
    told = [outcome for some in case.profile.outcomes.values() for outcome in some]
    rows = [
        [
            outcome.rule.describe(lang),
            labels.text(f"quality.dimension.{outcome.rule.dimension}", lang),
            labels.number(outcome.failed, lang),
        ]
        for outcome in told
    ]
    return {
        "title": say("rules_own" if case.own_rules else "rules_title", lang, n=len(rows)),
        "head": [say("rows_rule", lang), say("dimension", lang), say("failed", lang)],
        "rows": rows,
        "own": case.own_rules is not None,
    }


def _cell(row: Mapping[str, Any] | None, lang: str) -> dict[str, Any] | None:
    if row is None:
        return None
    share = row["share"]
    if share is None or share != share:
        return None
    mood = "good" if share >= GOOD else "fair" if share >= FAIR else "bad"
    dimension = labels.text(f"quality.dimension.{row['dimension']}", lang)
    counted = {k: int(row[k]) for k in ("passed", "checked", "failed")}
    said = say("cell_said", lang, column=labels.name(row["column"], lang), dimension=dimension, **counted)
    return {
        "dimension": row["dimension"],
        "value": percent(share, lang),
        "share": round(float(share), 4),
        "mood": mood,
        "said": said,
    }


def _codes(case: Examination, lang: str) -> dict[str, Any] | None:
    if not case.code_maps:
        return None
    if case.codes:
        return {"said": say("codes_undo", lang, source=_system(case.codes, lang)), "chosen": case.codes}
    found = sorted({str(v) for v in case.ingested.table["gender"].dropna().unique()})
    clash = {code.strip().casefold() for code in found} & {"p"}  # of the known systems only P is read in two ways
    choices = []
    for source, codes in case.code_maps.items():
        means = ", ".join(f"{code} = {labels.name(meaning, lang)}" for code, meaning in codes.items())
        choices.append({"id": source, "label": say("codes_as", lang, source=_system(source, lang), map=means)})
    return {
        "title": say("codes_title", lang),
        "said": say("codes_said" if clash else "codes_plain", lang, codes=", ".join(f"“{c}”" for c in found)),
        "choices": choices,
        "chosen": None,
    }


def _system(source: str, lang: str) -> str:
    known = f"system_{source}" in labels.catalogue("clinic")["text"]
    return say(f"system_{source}", lang) if known else source.upper()


def _detail(
    case: Examination, focus: tuple[str, str | None], told: Mapping[tuple[str, str], Mapping[str, Any]], lang: str
) -> dict[str, Any] | None:
    column, dimension = focus
    if dimension is None:
        return _look(case, column, lang) if column in case.profile.shapes else None
    row = told.get((column, dimension))
    if row is None:
        return None
    head, rows, n = failing(case, focus, lang, SHOWN_ROWS)
    counted = {k: int(row[k]) for k in ("passed", "checked")}
    return {
        "kind": "rows",
        "title": say(
            "rows_title",
            lang,
            column=labels.name(column, lang),
            dimension=labels.text(f"quality.dimension.{dimension}", lang),
        ),
        "said": say("rows_formula", lang, share=row["share"], **counted),
        "shown": say("rows_shown", lang, shown=len(rows), n=n) if n else say("rows_none", lang),
        "head": head,
        "rows": rows,
    }


def _look(case: Examination, column: str, lang: str) -> dict[str, Any]:
    shape = case.profile.column(column)
    kind = labels.text(f"quality.kind.{shape['kind']}", lang)
    said = [say("look_facts", lang, **{k: shape[k] for k in ("distinct", "missing", "rows")}, kind=kind)]
    if shape["low"] is not None:
        low, high = (cell_text(case.veil.value(column, shape[end]), lang) for end in ("low", "high"))
        said.append(say("look_range", lang, low=low, high=high))
    there = shape["rows"] - shape["missing"]
    tables = []
    if shape["top"] and shape["personal"] != "birth_date":  # days that show as years would stand there many times
        private = column in case.veil.kinds and not shape["personal"]
        top = [
            [
                # how often an illness stands there tells of nobody, unless few have it
                cell_text(case.veil.value(column, v) if private and n < FEW else v, lang),
                labels.number(n, lang),
                percent(n / there, lang),
            ]
            for v, n in shape["top"][:SHOWN_VALUES]
        ]
        head = [say("value", lang), say("rows", lang), say("share", lang)]
        tables.append({"title": say("look_top", lang), "head": head, "rows": top, "numeric": [False, True, True]})
    if shape["patterns"]:
        patterns = [[p, percent(share, lang)] for p, share in shape["patterns"][:SHOWN_VALUES]]
        head = [say("pattern", lang), say("share", lang)]
        tables.append({"title": say("look_patterns", lang), "head": head, "rows": patterns, "numeric": [False, True]})
    return {
        "kind": "look",
        "title": say("look_title", lang, column=labels.name(column, lang)),
        "said": "; ".join(said) + ".",
        "rules": [o.rule.describe(lang) for (c, _), some in case.profile.outcomes.items() if c == column for o in some],
        "tables": tables,
    }
