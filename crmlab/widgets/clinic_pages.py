"""The clinic's pages as plain data: what the browser draws, nothing that it must compute."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels
from .notes import said as in_words
from .reply import File

if TYPE_CHECKING:
    from .examination import Examination

SHOWN_ROWS = 100
SHOWN_COLUMNS = 12
SHOWN_VALUES = 10
GOOD, FAIR = 0.98, 0.90
SHOWN_PAIRS = 50
FEW = 5


def _say(key: str, lang: str, **values: Any) -> str:
    return labels.text(f"clinic.{key}", lang, **values)


def _percent(share: float, lang: str) -> str:
    """A share; what is not whole must never read as 100 %, nor what is there as 0 %."""
    if 0.9995 <= share < 1:
        return "<" + labels.percent(1.0, lang, decimals=0)
    if 0 < share < 0.0005:
        return "<" + labels.percent(0.001, lang)
    return labels.percent(share, lang)


def _shown(value: Any, lang: str) -> str:
    """A cell as a person reads it."""
    if value is None or value != value:
        return "—"
    if hasattr(value, "isoformat"):
        return labels.date(value, lang, "short")
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return labels.value(value, "number", lang)
    return str(value)


# -- tiles ------------------------------------------------------------------------------------------------------------


def tiles(case: Examination, lang: str) -> list[dict[str, Any]]:
    """The figures that sum the examination up."""
    facts, report = case.profile.facts, case.ingested
    kept, refused = len(report.table), len(report.quarantine)
    out = [
        {
            "label": _say("tile_rows", lang),
            "value": labels.number(kept, lang),
            "foot": _say("tile_rows_foot", lang, read=kept + refused, kept=kept, refused=refused),
        },
        {
            "label": _say("tile_mean", lang),
            "value": _percent(facts["mean_index"], lang),
            "foot": _say("tile_mean_foot", lang, dimensions=facts["dimensions"], product=facts["product_index"]),
        },
        {
            "label": _say("tile_failing", lang),
            "value": _percent(facts["rows_failing"] / facts["rows"], lang),
            "foot": _say("tile_failing_foot", lang, failing=facts["rows_failing"], rows=facts["rows"]),
        },
    ]
    if case.pending:
        foot = _say("tile_people_pending", lang, rows=len(case.table))
        out.append({"label": _say("tile_people", lang), "value": "…", "foot": foot})
    elif case.searchable:
        found = case.found.facts
        out.append(
            {
                "label": _say("tile_people", lang),
                "value": labels.number(found["entities"], lang),
                "foot": _say(
                    "tile_people_foot",
                    lang,
                    rows=found["rows"],
                    merged=found["rows"] - found["entities"],
                    open=len(case.queue),
                ),
            }
        )
    gaps_ = case.gaps.facts
    out.append(
        {
            "label": _say("tile_questions", lang),
            "value": _say("tile_questions_value", lang, answerable=gaps_["answerable"], questions=gaps_["questions"]),
            "foot": _say("tile_questions_foot", lang, ready=gaps_["ready"], required=gaps_["required"]),
        }
    )
    return out


# -- quality ----------------------------------------------------------------------------------------------------------


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
        kind = labels.text(f"quality.kind.{shape['kind']}", lang) if shape else _say("row_rule", lang)
        cells = [_cell(told.get((name, d)), lang) for d in used]
        rows.append(
            {"id": name, "label": _column_name(name, lang), "kind": kind, "look": shape is not None, "cells": cells}
        )
    notes = [_say("matrix_note", lang), _say("census_note", lang, n=len(case.table))]
    if case.as_of:
        notes.append(_say("as_of", lang, as_of=case.as_of))
    for note in found.notes:
        if note.code == "quality.note.left_out":
            about = dict.fromkeys(labels.name(rule.partition(": ")[0], lang) for rule in note.values["rules"])
            notes.append(_say("rules_unused", lang, rules=list(about)))
    return {
        "kind": "profile",
        "head": _say("column", lang),
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
        "title": _say("rules_own" if case.own_rules else "rules_title", lang, n=len(rows)),
        "head": [_say("rows_rule", lang), _say("dimension", lang), _say("failed", lang)],
        "rows": rows,
        "own": case.own_rules is not None,
    }


def _column_name(name: str, lang: str) -> str:
    return labels.name(name, lang)


def _cell(row: Mapping[str, Any] | None, lang: str) -> dict[str, Any] | None:
    if row is None:
        return None
    share = row["share"]
    if share is None or share != share:
        return None
    mood = "good" if share >= GOOD else "fair" if share >= FAIR else "bad"
    dimension = labels.text(f"quality.dimension.{row['dimension']}", lang)
    counted = {k: int(row[k]) for k in ("passed", "checked", "failed")}
    said = _say("cell_said", lang, column=_column_name(row["column"], lang), dimension=dimension, **counted)
    return {
        "dimension": row["dimension"],
        "value": _percent(share, lang),
        "share": round(float(share), 4),
        "mood": mood,
        "said": said,
    }


def _codes(case: Examination, lang: str) -> dict[str, Any] | None:
    if not case.code_maps:
        return None
    if case.codes:
        return {"said": _say("codes_undo", lang, source=_system(case.codes, lang)), "chosen": case.codes}
    found = sorted({str(v) for v in case.ingested.table["gender"].dropna().unique()})
    clash = {code.strip().casefold() for code in found} & {"p"}  # of the known systems only P is read in two ways
    choices = []
    for source, codes in case.code_maps.items():
        means = ", ".join(f"{code} = {labels.name(meaning, lang)}" for code, meaning in codes.items())
        choices.append({"id": source, "label": _say("codes_as", lang, source=_system(source, lang), map=means)})
    return {
        "title": _say("codes_title", lang),
        "said": _say("codes_said" if clash else "codes_plain", lang, codes=", ".join(f"“{c}”" for c in found)),
        "choices": choices,
        "chosen": None,
    }


def _system(source: str, lang: str) -> str:
    known = f"system_{source}" in labels.catalogue("clinic")["text"]
    return _say(f"system_{source}", lang) if known else source.upper()


def _detail(
    case: Examination, focus: tuple[str, str | None], told: Mapping[tuple[str, str], Mapping[str, Any]], lang: str
) -> dict[str, Any] | None:
    column, dimension = focus
    if dimension is None:
        return _look(case, column, lang) if column in case.profile.shapes else None
    row = told.get((column, dimension))
    if row is None:
        return None
    head, rows, n = _failing(case, focus, lang, SHOWN_ROWS)
    counted = {k: int(row[k]) for k in ("passed", "checked")}
    return {
        "kind": "rows",
        "title": _say(
            "rows_title",
            lang,
            column=_column_name(column, lang),
            dimension=labels.text(f"quality.dimension.{dimension}", lang),
        ),
        "said": _say("rows_formula", lang, share=row["share"], **counted),
        "shown": _say("rows_shown", lang, shown=len(rows), n=n) if n else _say("rows_none", lang),
        "head": head,
        "rows": rows,
    }


def _failing(
    case: Examination, focus: tuple[str, str | None], lang: str, limit: int | None
) -> tuple[list[str], list[list[str]], int]:
    from ..quality.checking import reason_text

    column, dimension = focus
    found = case.veil.over(case.profile.rows(column, dimension, masked=False, limit=limit))
    n = sum(o.failed for (c, d), some in case.profile.outcomes.items() if (c, d) == focus for o in some)
    rules = {o.rule.name: o.rule for some in case.profile.outcomes.values() for o in some}
    shown = [c for c in found.columns if c not in ("row", "rule", "reason")]
    shown.sort(key=lambda c: (c != column, c != "customer_id" and c != "order_id"))
    if limit is not None:
        shown = shown[:SHOWN_COLUMNS]
    first = shown[:1] if column in shown else []  # what is wrong stands beside the row, before why it is wrong
    head = [
        _say("rows_source", lang),
        *(_column_name(c, lang) for c in first),
        _say("rows_reason", lang),
        _say("rows_rule", lang),
        *(_column_name(c, lang) for c in shown[len(first) :]),
    ]
    rows = [
        [
            labels.number(case.source_row(row["row"]), lang),
            *(_shown(row[c], lang) for c in first),
            reason_text(row["reason"], lang),
            rules[row["rule"]].describe(lang) if row["rule"] in rules else str(row["rule"]),
            *(_shown(row[c], lang) for c in shown[len(first) :]),
        ]
        for row in found.to_dict("records")
    ]
    return head, rows, n


def _look(case: Examination, column: str, lang: str) -> dict[str, Any]:
    shape = case.profile.column(column)
    kind = labels.text(f"quality.kind.{shape['kind']}", lang)
    said = [_say("look_facts", lang, **{k: shape[k] for k in ("distinct", "missing", "rows")}, kind=kind)]
    if shape["low"] is not None:
        low, high = (_shown(case.veil.value(column, shape[end]), lang) for end in ("low", "high"))
        said.append(_say("look_range", lang, low=low, high=high))
    there = shape["rows"] - shape["missing"]
    tables = []
    if shape["top"] and shape["personal"] != "birth_date":  # days that show as years would stand there many times
        private = column in case.veil.kinds and not shape["personal"]
        top = [
            [
                # how often an illness stands there tells of nobody, unless few have it
                _shown(case.veil.value(column, v) if private and n < FEW else v, lang),
                labels.number(n, lang),
                _percent(n / there, lang),
            ]
            for v, n in shape["top"][:SHOWN_VALUES]
        ]
        head = [_say("value", lang), _say("rows", lang), _say("share", lang)]
        tables.append({"title": _say("look_top", lang), "head": head, "rows": top, "numeric": [False, True, True]})
    if shape["patterns"]:
        patterns = [[p, _percent(share, lang)] for p, share in shape["patterns"][:SHOWN_VALUES]]
        head = [_say("pattern", lang), _say("share", lang)]
        tables.append({"title": _say("look_patterns", lang), "head": head, "rows": patterns, "numeric": [False, True]})
    return {
        "kind": "look",
        "title": _say("look_title", lang, column=_column_name(column, lang)),
        "said": "; ".join(said) + ".",
        "rules": [o.rule.describe(lang) for (c, _), some in case.profile.outcomes.items() if c == column for o in some],
        "tables": tables,
    }


# -- quarantine -------------------------------------------------------------------------------------------------------


def _quarantine(case: Examination, lang: str, limit: int | None) -> tuple[list[str], list[list[str]]]:
    table = case.veil.over(case.ingested.quarantine.head(limit) if limit else case.ingested.quarantine)
    shown = [c for c in table.columns if c not in ("source_row", "source_sheet", "reason", "reason_column")]
    shown = [c for c in shown if c != "reason_value"][: SHOWN_COLUMNS if limit else None]
    head = [_say("rows_source", lang), _say("rows_reason", lang), *map(str, shown)]
    rows = []
    for row in table.to_dict("records"):
        reason = labels.text(f"ingest.reason.{row['reason']}", lang)
        column = row["reason_column"]
        reason += f": “{column}”" if isinstance(column, str) else ""
        rows.append([labels.number(int(row["source_row"]), lang), reason, *(_shown(row[c], lang) for c in shown)])
    return head, rows


def refused(case: Examination, lang: str) -> dict[str, Any]:
    """The quarantine: reasons, then rows."""
    report = case.ingested
    kept, n = len(report.table), len(report.quarantine)
    if not n:
        said, reasons, head, rows = _say("refused_none", lang), [], [], []
    else:
        said = _say("refused_said", lang, refused=n, read=kept + n)
        reasons = [
            [
                labels.text(f"ingest.reason.{row['reason']}", lang) + (f": “{row['column']}”" if row["column"] else ""),
                labels.number(row["rows"], lang),
                str(row["first_rows"]) + ("…" if row["rows"] > 5 else ""),
            ]
            for row in report.refusals.to_dict("records")
        ]
        head, rows = _quarantine(case, lang, SHOWN_ROWS)
    return {
        "kind": "refused",
        "said": said,
        "reasons": reasons,
        "title": _say("refused_rows", lang),
        "head": head,
        "rows": rows,
        "notes": in_words(report.notes, lang, without=("ingest.note.refused",)),
    }


def _file(stem: str, form: str, head: Sequence[str], rows: Sequence[Sequence[Any]], lang: str) -> File:
    from ..cube.export import write

    with tempfile.TemporaryDirectory(prefix="crmlab-") as folder:
        path = Path(folder) / f"{stem}.{form}"
        write(path, list(head), [list(row) for row in rows], lang=lang)
        return File(path.name, form, path.read_bytes())


def refused_file(case: Examination, form: str, lang: str) -> File:
    """The quarantine as a file, masked."""
    head, rows = _quarantine(case, lang, None)
    return _file(_say("file_refused", lang), form, head, rows, lang)


def rows_file(case: Examination, focus: tuple[str, str | None], form: str, lang: str) -> File:
    """The rows behind a figure as a file, masked."""
    head, rows, _ = _failing(case, focus, lang, None)
    return _file(f"{focus[0]}-{focus[1]}", form, head, rows, lang)


# -- duplicates -------------------------------------------------------------------------------------------------------


def duplicates(case: Examination, clear: bool, lang: str) -> dict[str, Any]:
    """The line to draw, the pair to judge, what was judged."""
    if not case.searchable:
        key = "no_fields" if case.contract == "customers" else "no_duplicates"
        return {"kind": "duplicates", "none": _say(key, lang)}
    found, queue = case.found, case.queue
    facts = found.facts
    open_ = queue.open
    pair = _pair(case, open_.iloc[0].to_dict(), clear, lang) if len(open_) else None
    decisions = [
        {
            "left": case.place(row["left"]),
            "right": case.place(row["right"]),
            "said": _keys(case, row, clear),
            "verdict": _say(f"verdict_{row['verdict']}", lang),
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
            "said": _say("score_bin", lang, low=row["score_low"], high=row["score_high"], pairs=int(row["pairs"])),
        }
        for row in found.histogram.to_dict("records")
    ]
    return {
        "kind": "duplicates",
        "said": _say("found_said", lang, **facts),
        "threshold": {"label": _say("threshold", lang), "value": case.threshold},
        "review": {"label": _say("review_from", lang), "value": case.review},
        "bins": bins,
        "bins_title": _say("scores_title", lang),
        "pair": pair,
        "title": _say("review_title", lang),
        "progress": _say("review_progress", lang, decided=len(queue.decisions), open=len(open_)),
        "clear": {"label": _say("review_clear", lang), "value": clear},
        "done": None if pair else f"{_say('review_done', lang)} {_say('review_widen', lang)}",
        "decisions": decisions,
        "decisions_title": _say("decisions_title", lang),
        "matches": likely,
        "matches_title": _say("matches_title", lang, shown=len(likely), n=facts["matches"]),
        "matches_head": [
            labels.name("customer_id", lang),
            labels.name("name", lang),
            _say("likeness", lang),
        ],
        "not_same": _say("decide_other", lang),
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
    return _shown(value if clear else case.veil.value(field, value), lang)


def _pair(case: Examination, row: Mapping[str, Any], clear: bool, lang: str) -> dict[str, Any]:
    why = case.found.why(row["left"], row["right"])
    bits = {r["field"]: r["bits"] for r in why.table.to_dict("records")}
    beside = case.queue.side_by_side(row["left"], row["right"], masked=not clear).to_dict("records")
    rule = why.facts["rule"]
    return {
        "left": case.place(row["left"]),
        "right": case.place(row["right"]),
        "head": [
            _say("field", lang),
            _say("review_key", lang, customer=_key(case, row["left"], clear)),
            _say("review_key", lang, customer=_key(case, row["right"], clear)),
            _say("likeness", lang),
            _say("bits", lang),
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
        "score": _say("review_score", lang, score=float(row["score"]), bits=float(row["bits"])),
        "rule": _say("review_rule", lang, rule=labels.name(f"duplicates_{rule}", lang)) if rule else None,
    }


# -- gaps -------------------------------------------------------------------------------------------------------------


def gaps(case: Examination, lang: str) -> dict[str, Any]:
    """Which questions the table answers, and what the others lack."""
    found = case.gaps
    facts = found.facts
    groups = []
    for kind, part in found.table.groupby("type", sort=False):
        rows = []
        for question, needs in part.groupby("question", sort=False):
            lacking = needs[needs["status"] != "ready"]
            said = [
                _say(
                    "gaps_lacking",
                    lang,
                    status=labels.text(f"quality.status.{status}", lang),
                    fields=[labels.name(f, lang) for f in lacking.loc[lacking["status"] == status, "field"]],
                )
                for status in dict.fromkeys(lacking["status"])
            ]
            short = question in found.params["short"]
            state = "gaps_short" if short and not said else "gaps_not" if said else "gaps_ready"
            rows.append(
                {
                    "question": labels.name(question, lang),
                    "state": _say(state, lang),
                    "mood": "good" if state == "gaps_ready" else "flat",
                    "lacks": "; ".join(said) or "—",
                }
            )
        groups.append({"label": labels.text(f"quality.crm.{kind}", lang), "rows": rows})
    return {
        "kind": "gaps",
        "said": _say("gaps_said", lang, share=facts["ready_share"], **{
            k: facts[k] for k in ("answerable", "questions", "ready", "required", "poor", "gap")
        }),
        "head": [_say("gaps_question", lang), _say("gaps_state", lang), _say("gaps_lacks", lang)],
        "groups": groups,
        "notes": [_say("gaps_alone", lang)],
    }  # fmt: skip


# -- save -------------------------------------------------------------------------------------------------------------


def save(case: Examination, lang: str) -> dict[str, Any]:
    """What is in the file that the reader takes home."""
    return {
        "kind": "save",
        "said": _say("save_said", lang),
        "title": _say("save_files", lang),
        "files": [
            {"name": f"{_say(f'file_{key}', lang)}.{'toml' if key == 'rules' else 'csv'}", "about": about}
            for key, about, _ in case.contents(lang)
        ],
        "masked": _say("save_masked", lang),
        "clear": _say("save_clear", lang),
        "button": _say("save_button", lang),
    }
