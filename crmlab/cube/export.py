"""Views and fact rows as files. Text that a spreadsheet would run as a formula is escaped; persons stay masked."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError, suggest
from ..privacy.masking import missing
from ..sheets import cell, escape
from .members import ALL, level_name

if TYPE_CHECKING:
    import pandas as pd

    from .view import View

__all__ = ["FORMATS", "about", "export", "table_bytes", "write"]

FORMATS = (".csv", ".xlsx", ".parquet")


def export(view: View, path: str | os.PathLike, *, totals: bool = True, lang: str | None = None) -> Path:
    """Write a view to a file; the ending says which kind.

    Parameters
    ----------
    view : View
    path : path
        ``.csv``, ``.xlsx`` (with a second sheet that says what was asked) or ``.parquet``.
    totals : bool
        Write the totals too.
    lang : {"id", "en"}, optional
        Write heads and members as words of this language, and CSV numbers in its style; by default identifiers and
        values.

    Returns
    -------
    pathlib.Path
    """
    answer = view.ask()
    keys = [(*row, *column) for row in answer.row_keys for column in answer.column_keys]
    keys = [k for k in keys if k in answer.cells and (totals or ALL not in k)]
    rows = [
        (*_members(view, answer, key, lang), *(answer.value(key, f) for f in view.figures), answer.n(key))
        for key in keys
    ]
    heads = [lv.id for lv in answer.levels] + list(view.figures) + ["n"]
    if lang:
        heads = [heading(view, h, lang) for h in heads]
    return write(path, heads, rows, lang=lang, notes=about(view, lang))


def heading(view: View, name: str, lang: str | None) -> str:
    """A column's head in words: level, measure, or what is derived from a measure."""
    for derived in view.derived:
        if derived.name == name:
            return f"{labels.name(derived.measure, lang)} · {labels.text(f'cube.derived_{derived.kind}', lang)}"
    if name in view.cube.levels:
        return level_name(view.cube.levels[name], lang)
    return name if name == "n" else labels.name(name, lang)


def _members(view: View, answer: Any, key: tuple, lang: str | None) -> list[Any]:
    found = []
    for level, code in zip(answer.levels, key, strict=True):
        if code == ALL:
            found.append(labels.text("common.total", lang))
        elif lang or level.personal or (code is not None and code < 0):
            found.append(view.cube.label(level, code, lang))
        else:
            found.append(view.cube.member_table(level.id).value(code))
    return found


def about(view: View, lang: str | None = None) -> list[tuple[str, str]]:
    """What a reader of the file must know: what was asked, of how many facts, and the notes."""
    cube = view.cube
    said = [(labels.text("cube.about_view", lang), cube.star.name or "—")]
    for f in view.filters:
        said.append((labels.text("cube.about_filter", lang), describe_filter(view, f, lang)))
    for m in view.measures:
        said.append((labels.name(m, lang), cube.explain_measure(m, lang)))
    said.append(("n", labels.number(view.n, lang)))
    if any(cube.measures[m].unit == "money" for m in view.measures):
        said.append((labels.text("cube.about_currency", lang), cube.star.currency))
    said += [(labels.text("cube.about_note", lang), note.render(lang)) for note in view.notes()]
    if cube.star.source:
        said.append((labels.text("cube.about_source", lang), cube.star.source.render(lang)))
    return said


def describe_filter(view: View, wanted: Any, lang: str | None = None, *, most: int | None = None) -> str:
    """A filter in words, with at most ``most`` of its members."""
    level = view.cube.levels[wanted.level]
    table = view.cube.member_table(level.id)
    name = level_name(level, lang)

    def word(value: Any) -> str:
        found = table.find(value)
        return view.cube.label(level, found, lang) if found is not False else str(value)

    if wanted.members is not None:
        cut = " …" if most is not None and len(wanted.members) > most else ""
        return f"{name}: {', '.join(word(m) for m in wanted.members[:most])}{cut}"
    ends = ["…" if end is None else word(end) for end in (wanted.low, wanted.high)]
    dash = " – " if any(" " in end for end in ends) else "–"
    return f"{name}: {dash.join(ends)}"


def write(
    path: str | os.PathLike,
    heads: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    lang: str | None = None,
    notes: Sequence[tuple[str, str]] = (),
) -> Path:
    """Write a table to a file; the ending says which kind."""
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise UserError("cube.unknown_format", found=ending or str(path), wanted=FORMATS, near=suggest(ending, FORMATS))
    if ending == ".parquet":
        _write_parquet(path, heads, rows)
    elif ending == ".csv":
        _write_csv(path, heads, rows, lang)
    else:
        _write_xlsx(path, heads, rows, lang, notes)
    return path


def table_bytes(table: pd.DataFrame, ending: str, *, lang: str | None = None) -> bytes:
    """A pandas frame as the content of a CSV, XLSX or Parquet file, formulas in text escaped."""
    rows = [tuple(None if missing(v) else v for v in row) for row in table.itertuples(index=False, name=None)]
    with tempfile.TemporaryDirectory(prefix="crmlab-") as folder:
        path = Path(folder) / f"table.{ending.lstrip('.')}"
        return write(path, [str(c) for c in table.columns], rows, lang=lang).read_bytes()


def _write_csv(path: Path, heads: Sequence[str], rows: Sequence[Sequence[Any]], lang: str | None) -> None:
    # the byte order mark is what makes Excel read UTF-8; an Indonesian Excel splits at semicolons
    indonesian = lang == "id"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";" if indonesian else ",")
        writer.writerow([escape(h) for h in heads])
        for row in rows:
            cells = [escape(v) for v in row]
            if indonesian:
                cells = [str(v).replace(".", ",") if isinstance(v, float | Decimal) else v for v in cells]
            writer.writerow(cells)


def _write_xlsx(
    path: Path, heads: Sequence[str], rows: Sequence[Sequence[Any]], lang: str | None, notes: Sequence[tuple[str, str]]
) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = labels.text("cube.sheet_table", lang)
    sheet.append([cell(h) for h in heads])
    for head in sheet[1]:
        head.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([cell(v) for v in row])
    for column in sheet.columns:
        width = max(len(str(c.value)) if c.value is not None else 0 for c in column[:200])
        sheet.column_dimensions[column[0].column_letter].width = min(max(width + 2, 8), 48)
    if notes:
        about_sheet = book.create_sheet(labels.text("cube.sheet_about", lang))
        for pair in notes:
            about_sheet.append([cell(p) for p in pair])
        about_sheet.column_dimensions["A"].width, about_sheet.column_dimensions["B"].width = 24, 100
    book.save(path)


def _write_parquet(path: Path, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = list(zip(*rows, strict=True)) if rows else [() for _ in heads]
    arrays = []
    for values in columns:
        known = {type(v) for v in values if v is not None}
        mixed = len(known) > 1 and not known <= {int, float}
        if known == {int, float}:
            values = [float(v) if v is not None else None for v in values]
        arrays.append(pa.array([str(v) if v is not None and mixed else v for v in values]))
    pq.write_table(pa.table(arrays, names=list(heads)), path)
