"""A paper's tables as one workbook: a sheet of contents, then a sheet for every Result and every table of one's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ... import labels, style
from ...sheets import cell
from ..columns import shown
from ..workbook import fill, saved
from .parts import Finding, words
from .told import narrowed, own_table, tell

if TYPE_CHECKING:
    from .paper import Paper

__all__ = ["workbook"]

_ROOM = 31  # letters of a sheet's name
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


def workbook(paper: Paper, lang: str, masked: bool = True) -> bytes:
    """The workbook's bytes."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    first = book.active
    first.title = labels.text("papers.contents", lang)
    first.append([cell(words(paper.title, lang))])
    first["A1"].font = Font(bold=True, size=14, color=str(style.LIGHT["text"])[1:])
    first.append([])
    known: dict[int, Any] = {}
    for chapter in paper.chapters:
        heading = words(chapter.title, lang)
        for block in chapter.blocks:
            if isinstance(block, str | tuple) or not (isinstance(block, Finding) or hasattr(block, "columns")):
                continue
            told = tell(block, lang, masked) if isinstance(block, Finding) else None
            sheet = known.get(id(block.result)) if told else None
            if sheet is None:
                sheet = book.create_sheet(_name(len(book.sheetnames), told.title if told else heading))
                _fill(sheet, block, told, heading, paper, lang, masked)
                if told:
                    known[id(block.result)] = sheet
            verdict = told.verdict[1] if told and told.verdict else ""
            first.append([cell(sheet.title), cell(told.sentence if told else heading), cell(verdict)])
            first.cell(first.max_row, 1).hyperlink = f"#'{sheet.title}'!A1"
            first.cell(first.max_row, 1).font = Font(underline="single", color=str(style.LIGHT["accent"])[1:])
    for row in first.iter_rows(min_row=3):
        for at in row:
            at.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABC", (34, 100, 14), strict=True):
        first.column_dimensions[letter].width = width
    book.properties.title = words(paper.title, lang)
    book.properties.creator = words(paper.author, lang) or "crmlab"
    return saved(book, paper.date)


def _fill(sheet: Any, block: Any, told: Any, heading: str, paper: Paper, lang: str, masked: bool) -> None:
    if told is None:
        table, hidden = own_table(block, paper, lang, masked)
        fill(sheet, table, heading, (), [hidden] if hidden else [], lang)
        return
    whole = narrowed(block, shown(block.result, lang, masked))
    foot = [told.sentence + (f" ({told.verdict[1]})" if told.verdict else "")]
    foot += [f"{name}: {value} {between}".strip() for name, value, between in told.facts]
    foot += [f"n = {labels.number(told.n, lang)}"] if told.n else []
    foot += [*told.notes, told.method]
    if told.source:
        foot.append(f"{labels.text('export.source', lang)}: {told.source}")
    fill(sheet, whole, told.title, told.asked, foot, lang)


def _name(number: int, title: str) -> str:
    """A sheet's name: numbered, so that no two are alike.

    Examples
    --------
    >>> _name(3, "Why [they] stay: reasons, by segment and by channel")
    '3 Why they stay reasons, by'
    """
    plain = " ".join(_FORBIDDEN.sub(" ", title).split()).replace(" , ", ", ")
    words_, found = plain.split(" "), str(number)
    for word in words_:
        if len(found) + 1 + len(word) > _ROOM - 3:
            break
        found += f" {word}"
    return found
