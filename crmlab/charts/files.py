"""A Result as a file that a person can send on: an XLSX workbook, or one HTML page that prints.

Both carry what a reader must know: what was asked, the notes, the source, and how the numbers came about. Persons are
masked, formulas in text are escaped, and nothing is fetched from anywhere.
"""

from __future__ import annotations

import datetime as dt
import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels, style
from ..errors import UserError, suggest
from ..sheets import cell
from . import spec
from .columns import Shown, parameters, shown, title_of
from .svg import svg
from .tables import CELL, HEAD, ROWS

if TYPE_CHECKING:
    from ..results import Result

__all__ = ["FORMATS", "WORDS", "export", "in_notebook", "page", "written"]

FORMATS = (".xlsx", ".html")
_DEPTHS = ("short", "method", "reference")
_WIDEST = 60
WORDS = ("text", "date", "month", "mark")  # units that stand to the left


def export(
    result: Result,
    path: str | os.PathLike,
    lang: str | None = None,
    *,
    masked: bool = True,
    title: str | None = None,
    of: str | None = None,
) -> Path:
    """Write a Result to a file; the ending says which kind.

    Parameters
    ----------
    result : Result
    path : path
        ``.xlsx``: numbers with number formats, the explanation on a second sheet. ``.html``: one page with its figure.
    lang : {"id", "en"}, optional
    masked : bool
        Mask personal columns.
    title : str, optional
        By default what the Result's figure is called.
    of : str, optional
        Which of the Result's figures, where there are several.

    Returns
    -------
    pathlib.Path
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise UserError(
            "export.unknown_format", found=ending or str(path), wanted=FORMATS, near=suggest(ending, FORMATS)
        )
    lang = lang or labels.language()
    if ending == ".html":
        path.write_text(page(result, lang, masked=masked, title=title, of=of), encoding="utf-8", newline="\n")
    else:
        _workbook(result, path, lang, masked, title)
    return path


def _figure(result: Result, lang: str, of: str | None = None) -> dict[str, Any] | None:
    try:
        return spec(result, lang, **({"of": of} if of else {}))
    except UserError as none:
        if none.code != "charts.no_chart":
            raise
        return None


def _notes(result: Result, table: Shown, lang: str) -> list[str]:
    said = [note.render(lang) for note in result.notes]
    if table.masked:
        said.append(labels.text("export.masked", lang, columns=list(table.masked)))
    return said


def _asked(result: Result, lang: str) -> list[str]:
    return [f"{name}: {value}" if name else value for name, value in parameters(result, lang)]


def _explained(result: Result, lang: str) -> list[str]:
    return [str(result.explain(lang, depth)) for depth in _DEPTHS]


# -- one page


def page(
    result: Result,
    lang: str | None = None,
    *,
    masked: bool = True,
    title: str | None = None,
    of: str | None = None,
) -> str:
    """A Result as a complete HTML page: nothing is fetched, no script runs, and it prints as it looks."""
    lang = lang or labels.language()
    figure = _figure(result, lang, of)
    table = shown(result, lang, masked)
    title = title or title_of(result, lang, figure)
    drawn = svg(figure) if figure else None
    asked = " · ".join(_asked(result, lang))
    parts = [f"<h1>{escape(title)}</h1>"]
    if asked:
        parts.append(f'<p class="asked">{escape(asked)}</p>')
    if drawn:
        caption = escape(figure["caption"] or title)
        parts.append(f"<figure>{_legend(figure)}{drawn}<figcaption>{caption}</figcaption></figure>")
    parts.append(
        f'<div class="wide" tabindex="0" role="group" aria-label="{escape(title)}">{_table(table, lang)}</div>'
    )
    notes = _notes(result, table, lang)
    if figure and not drawn:
        notes.append(labels.text("export.no_figure", lang))
    if notes:
        items = "".join(f"<li>{escape(n)}</li>" for n in notes)
        parts.append(f"<h2>{labels.text('export.notes', lang)}</h2><ul>{items}</ul>")
    explained = "".join(f"<p>{escape(text)}</p>" for text in _explained(result, lang))
    parts.append(f"<h2>{labels.text('export.explanation', lang)}</h2>{explained}")
    if result.source:
        source = escape(result.source.render(lang))
        parts.append(f"<footer>{labels.text('export.source', lang)}: {source}</footer>")
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style.css()}{_CSS}</style>\n</head>\n"
        f"<body>\n<main>\n{chr(10).join(parts)}\n</main>\n</body>\n</html>\n"
    )


def _legend(figure: dict[str, Any]) -> str:
    found = figure.get("legend") or _named(figure)
    if not found:
        return ""
    marks = "".join(
        f'<span><i style="background:{_colour(one["colour"])}"></i>{escape(str(one["label"]))}</span>' for one in found
    )
    return f'<p class="legend">{marks}</p>'


def _named(figure: dict[str, Any]) -> list[dict[str, str]]:
    """What plotly would put into a legend: lines of one colour that have a name, where there are several."""
    found = []
    for trace in figure["data"]:
        colour = (trace.get("line") or trace.get("marker") or {}).get("color")
        if trace.get("name") and trace.get("showlegend", True) and isinstance(colour, str):
            found.append({"label": trace["name"], "colour": colour})
    return found if len(found) > 1 else []


def _colour(token: str) -> str:
    return f"var(--crm-{token[1:]})" if token.startswith("@") else escape(token)


def _table(table: Shown, lang: str) -> str:
    text = [unit in WORDS for unit in table.units]
    heads = "".join(
        f'<th scope="col"{"" if t else " class=n"}>{escape(h)}</th>' for h, t in zip(table.heads, text, strict=True)
    )
    lines = []
    for i, row in enumerate(table.rows):
        cells = []
        for j, (value, unit) in enumerate(zip(row, table.units, strict=True)):
            said = escape(written(value, unit, lang, table.currency))
            kind = "" if text[j] else " class=n"
            cells.append(f'<th scope="row"{kind}>{said}</th>' if j == 0 else f"<td{kind}>{said}</td>")
        lines.append(f"<tr{' class=total' if i in table.totals else ''}>{''.join(cells)}</tr>")
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def written(value: Any, unit: str, lang: str, currency: str) -> str:
    """A value of a table as a person reads it, by its column's unit."""
    if value is None:
        return "" if unit == "mark" else "—"
    if isinstance(value, bool):
        return labels.text("cube.yes" if value else "cube.no", lang)
    if isinstance(value, str) and unit != "month":
        return value
    if unit == "month":
        day = _first_of(value)
        return labels.date(day, lang, "month") if day else str(value)
    if unit == "money":
        return labels.number(value, lang, 0 if currency == "IDR" else 2)
    if unit == "hour":
        return labels.text("export.hour", lang, hour=f"{int(value):02d}")
    if unit == "key":
        return str(value)
    if hasattr(value, "isoformat"):
        midnight = not isinstance(value, dt.datetime) or value.time() == dt.time()
        return labels.date(value, lang) if midnight else labels.date(value, lang, "time")
    return labels.value(value, unit, lang, currency=currency) if unit != "text" else labels.spell(value, lang)


def _first_of(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(f"{str(value)[:7]}-01")
    except ValueError:
        return None


_CSS = """
*{box-sizing:border-box}
body{margin:0;background:var(--crm-ground);color:var(--crm-text);font:var(--crm-size-body)/1.5 var(--crm-font)}
main{max-width:64rem;margin:0 auto;padding:var(--crm-space-6) var(--crm-space-5);background:var(--crm-panel)}
h1{font-size:var(--crm-size-figure);line-height:1.2;margin:0 0 var(--crm-space-2)}
h2{font-size:var(--crm-size-lead);margin:var(--crm-space-5) 0 var(--crm-space-2)}
.asked,figcaption,footer{color:var(--crm-muted);font-size:var(--crm-size-small)}
figure{margin:var(--crm-space-4) 0}
figure svg{width:100%;height:auto;font-family:var(--crm-font)}
.legend{display:flex;flex-wrap:wrap;gap:var(--crm-space-4);margin:0;font-size:var(--crm-size-small)}
.legend i{display:inline-block;width:.75rem;height:.75rem;border-radius:2px;margin-right:var(--crm-space-1)}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.35em .75em;text-align:left;border-bottom:1px solid var(--crm-line);vertical-align:top}
thead th{background:var(--crm-panel-2);border-bottom:2px solid var(--crm-line-strong);vertical-align:bottom}
tbody th{font-weight:400}
.n{text-align:right}
td.n{white-space:nowrap}
.total>*{font-weight:600;border-top:2px solid var(--crm-line-strong)}
footer{margin-top:var(--crm-space-5);border-top:1px solid var(--crm-line);padding-top:var(--crm-space-2)}
@media print{
@page{margin:18mm}
body,main{background:none;padding:0;max-width:none}
thead{display:table-header-group}
tr,figure{break-inside:avoid}
.wide{overflow:visible}
}
"""


def in_notebook(result: Result, lang: str | None = None) -> str:
    """A Result as a notebook shows it: the same table as on a page, its notes and its source."""
    lang = lang or labels.language()
    table = shown(result, lang)
    aligned = ["left" if unit in WORDS else "right" for unit in table.units]
    heads = "".join(
        f'<th style="{HEAD.format(align=a)}">{escape(h)}</th>' for h, a in zip(table.heads, aligned, strict=True)
    )
    lines = []
    for i, row in enumerate(table.rows[:ROWS]):
        bold = ";font-weight:600;border-top:1px solid currentColor" if i in table.totals else ""
        cells = [
            f'<td style="{CELL.replace("right", a)}{bold}">{escape(written(value, unit, lang, table.currency))}</td>'
            for value, unit, a in zip(row, table.units, aligned, strict=True)
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    said = _notes(result, table, lang)
    if len(table.rows) > ROWS:
        said.insert(0, labels.text("common.rows_shown", lang, shown=ROWS, total=len(table.rows)))
    if result.source:
        said.append(result.source.render(lang))
    foot = "".join(f'<p style="margin:0.2em 0;font-size:smaller">{escape(line)}</p>' for line in said)
    style_ = 'class="crm-table" style="border-collapse:collapse;margin:0.5em 0"'
    return f"<table {style_}><thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>{foot}"


# -- a workbook


def _workbook(result: Result, path: Path, lang: str, masked: bool, title: str | None) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    table = shown(result, lang, masked)
    title = title or title_of(result, lang, _figure(result, lang))
    tokens = style.LIGHT
    ink, soft = str(tokens["text"])[1:], str(tokens["accent_soft"])[1:]
    rule = Side(style="thin", color=str(tokens["line_strong"])[1:])
    muted = Font(color=str(tokens["muted"])[1:], size=10)
    book = Workbook()
    sheet = book.active
    sheet.title = labels.text("cube.sheet_table", lang)
    sheet.append([cell(title)])
    sheet["A1"].font = Font(bold=True, size=14, color=ink)
    for line in _asked(result, lang):
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
    foot = _notes(result, table, lang)
    if result.source:
        foot.append(f"{labels.text('export.source', lang)}: {result.source.render(lang)}")
    for i, line in enumerate(foot):
        at = sheet.cell(top + len(table.rows) + 2 + i, 1, cell(line))
        at.font = muted
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape" if sum(widths) > 90 else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    about = book.create_sheet(labels.text("export.explanation", lang))
    for depth, text in zip(_DEPTHS, _explained(result, lang), strict=True):
        about.append([cell(labels.text(f"export.depth_{depth}", lang)), cell(text)])
    for name, value in parameters(result, lang):
        about.append([cell(name), cell(value)])
    for row in about.iter_rows():
        row[0].font = Font(bold=True)
        for at in row:
            at.alignment = Alignment(wrap_text=True, vertical="top")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 22, 110
    book.save(path)


def _stored(value: Any, unit: str) -> Any:
    """What a cell holds: a number as a number, a month as the first of it."""
    if unit == "month" and value is not None:
        return _first_of(value) or str(value)
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
