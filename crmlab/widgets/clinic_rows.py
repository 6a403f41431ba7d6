"""Rows that the clinic shows and hands out: what a rule refuses, and what never came in."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels
from .clinic_words import SHOWN_ROWS, cell_text, say
from .notes import said as in_words
from .reply import File

if TYPE_CHECKING:
    from .examination import Examination

__all__ = ["failing", "refused", "refused_file", "rows_file"]

SHOWN_COLUMNS = 12


def failing(
    case: Examination, focus: tuple[str, str | None], lang: str, limit: int | None
) -> tuple[list[str], list[list[str]], int]:
    """Head, rows and number of the rows behind a figure, the column that is wrong first; masked."""
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
        say("rows_source", lang),
        *(labels.name(c, lang) for c in first),
        say("rows_reason", lang),
        say("rows_rule", lang),
        *(labels.name(c, lang) for c in shown[len(first) :]),
    ]
    rows = [
        [
            labels.number(case.source_row(row["row"]), lang),
            *(cell_text(row[c], lang) for c in first),
            reason_text(row["reason"], lang),
            rules[row["rule"]].describe(lang) if row["rule"] in rules else str(row["rule"]),
            *(cell_text(row[c], lang) for c in shown[len(first) :]),
        ]
        for row in found.to_dict("records")
    ]
    return head, rows, n


def _quarantine(case: Examination, lang: str, limit: int | None) -> tuple[list[str], list[list[str]]]:
    table = case.veil.over(case.ingested.quarantine.head(limit) if limit else case.ingested.quarantine)
    shown = [c for c in table.columns if c not in ("source_row", "source_sheet", "reason", "reason_column")]
    shown = [c for c in shown if c != "reason_value"][: SHOWN_COLUMNS if limit else None]
    head = [say("rows_source", lang), say("rows_reason", lang), *map(str, shown)]
    rows = []
    for row in table.to_dict("records"):
        reason = labels.text(f"ingest.reason.{row['reason']}", lang)
        column = row["reason_column"]
        reason += f": “{column}”" if isinstance(column, str) else ""
        rows.append([labels.number(int(row["source_row"]), lang), reason, *(cell_text(row[c], lang) for c in shown)])
    return head, rows


def refused(case: Examination, lang: str) -> dict[str, Any]:
    """The quarantine: reasons, then rows."""
    report = case.ingested
    kept, n = len(report.table), len(report.quarantine)
    if not n:
        said, reasons, head, rows = say("refused_none", lang), [], [], []
    else:
        said = say("refused_said", lang, refused=n, read=kept + n)
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
        "title": say("refused_rows", lang),
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
    return _file(say("file_refused", lang), form, head, rows, lang)


def rows_file(case: Examination, focus: tuple[str, str | None], form: str, lang: str) -> File:
    """The rows behind a figure as a file, masked."""
    head, rows, _ = failing(case, focus, lang, None)
    return _file(f"{focus[0]}-{focus[1]}", form, head, rows, lang)
