"""A Result as an XLSX workbook: real numbers with number formats, what was asked above, notes and source below.

The same file for the same Result: the dates inside it are fixed.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .. import labels, style
from ..sheets import cell
from .columns import Shown, parameters, shown, title_of
from .files import DEPTHS, WORDS, asked, explained, figure_of, first_of, notes_of, written
from .package import settled

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["fill", "workbook"]

_WIDEST = 60


def workbook(result: Result, lang: str, masked: bool = True, title: str | None = None) -> bytes:
    """A Result as a workbook of two sheets: the table, and how it came about."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    table = shown(result, lang, masked)
    book = Workbook()
    sheet = book.active
    sheet.title = labels.text("cube.sheet_table", lang)
    foot = notes_of(result, table, lang)
    if result.source:
        foot.append(f"{labels.text('export.source', lang)}: {result.source.render(lang)}")
    fill(sheet, table, title or title_of(result, lang, figure_of(result, lang)), asked(result, lang), foot, lang)
    about = book.create_sheet(labels.text("export.explanation", lang))
    for depth, text in zip(DEPTHS, explained(result, lang), strict=True):
        about.append([cell(labels.text(f"export.depth_{depth}", lang)), cell(text)])
    for name, value in parameters(result, lang):
        about.append([cell(name), cell(value)])
    for row in about.iter_rows():
        row[0].font = Font(bold=True)
        for at in row:
            at.alignment = Alignment(wrap_text=True, vertical="top")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 22, 110
    return saved(book)


def saved(book: Any, when: dt.date | None = None) -> bytes:
    """The bytes of a workbook, the same for the same content."""
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue(), when)


def fill(sheet: Any, table: Shown, title: str, asked: Sequence[str], foot: Sequence[str], lang: str) -> None:
    """A table on a sheet: its title, what was asked, the numbers, and the small print below."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    tokens = style.LIGHT
    ink, soft = str(tokens["text"])[1:], str(tokens["accent_soft"])[1:]
    rule = Side(style="thin", color=str(tokens["line_strong"])[1:])
    muted = Font(color=str(tokens["muted"])[1:], size=10)
    sheet.append([cell(title)])
    sheet["A1"].font = Font(bold=True, size=14, color=ink)
    for line in asked:
        sheet.append([cell(line)])
        sheet.cell(sheet.max_row, 1).font = muted
    sheet.append([])
    top = sheet.max_row + 2 if sheet.max_row == 1 else sheet.max_row + 1
    for j, head in enumerate(table.heads, 1):
        at = sheet.cell(top, j, cell(head))
        at.font, at.fill, at.border = (
            Font(bold=True, color=ink),
            PatternFill("solid", fgColor=soft),
            Border(bottom=rule),
        )
        right = table.units[j - 1] not in WORDS
        at.alignment = Alignment(wrap_text=True, vertical="bottom", horizontal="right" if right else "left")
    widths = [min(len(head), 24) for head in table.heads]
    for i, row in enumerate(table.rows):
        for j, (value, unit) in enumerate(zip(row, table.units, strict=True)):
            at = sheet.cell(top + 1 + i, j + 1, cell(_stored(value, unit)))
            form = _number_format(at.value, unit, lang, table.currency)
            if form:
                at.number_format = form
            if i in table.totals:
                at.font, at.border = Font(bold=True), Border(top=rule)
            if len(table.rows) <= 2000 or i < 500:
                widths[j] = max(
                    widths[j], len(written(value, unit, lang, table.currency)) + (3 if unit == "money" else 0)
                )
    for j, width in enumerate(widths):
        sheet.column_dimensions[sheet.cell(top, j + 1).column_letter].width = min(max(width + 2, 9), _WIDEST)
    sheet.freeze_panes = sheet.cell(top + 1, 2 if len(table.heads) > 1 else 1)
    for i, line in enumerate(foot):
        at = sheet.cell(top + len(table.rows) + 2 + i, 1, cell(line))
        at.font = muted
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape" if sum(widths) > 90 else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _stored(value: Any, unit: str) -> Any:
    """What a cell holds: a number as a number, a month as the first of it."""
    if unit == "month" and value is not None:
        return first_of(value) or str(value)
    if isinstance(value, bool) or value is None or isinstance(value, int | float | str | dt.date | dt.datetime):
        return value
    return float(value) if type(value).__name__ == "Decimal" else str(value)


def _number_format(value: Any, unit: str, lang: str, currency: str) -> str | None:
    """How a spreadsheet writes a number; months and rupiah in the reader's language, whatever the machine speaks."""
    code = "421" if lang == "id" else "409"
    if isinstance(value, dt.date | dt.datetime):
        clock = isinstance(value, dt.datetime) and value.time() != dt.time()
        if unit == "month":
            return f"[$-{code}]mmm yyyy"
        return f"[$-{code}]d mmmm yyyy" + (" hh:mm" if clock else "")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if unit == "money":
        sign = "Rp" if currency == "IDR" else f"{currency} "
        digits = "#,##0" if currency == "IDR" else "#,##0.00"
        return f'"{sign}"{digits};-"{sign}"{digits}'
    known = {"share": "0.0%", "count": "#,##0", "points": "0.00", "hour": "00", "key": "0"}
    if unit in known:
        return known[unit]
    return "#,##0" if isinstance(value, int) else "#,##0.00"
