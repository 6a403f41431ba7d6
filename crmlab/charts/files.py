"""A Result as a file that a person can send on: a workbook, a page that prints, a document or a slide to be edited.

All carry what a reader must know: what was asked, the notes, the source, and how the numbers came about. Persons are
masked, formulas in text are escaped, and nothing is fetched from anywhere.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import labels, style
from ..errors import UserError, suggest
from . import spec
from .columns import Shown, parameters, shown, title_of
from .svg import svg
from .tables import CELL, HEAD, ROWS

if TYPE_CHECKING:
    from ..results import Result

__all__ = [
    "CSS",
    "DEPTHS",
    "FORMATS",
    "WORDS",
    "asked",
    "explained",
    "export",
    "figure_of",
    "first_of",
    "in_notebook",
    "legend_html",
    "named",
    "notes_of",
    "page",
    "table_html",
    "written",
]

FORMATS = (".xlsx", ".html", ".docx", ".pptx")
_ROWS = 200  # in a document; a workbook holds them all
DEPTHS = ("short", "method", "reference")
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
        ``.docx``, ``.pptx``: the same to be edited; they need the extra ``office``.
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
    elif ending == ".xlsx":
        from .workbook import workbook

        path.write_bytes(workbook(result, lang, masked, title))
    else:
        from .papers.paper import Paper
        from .papers.parts import Chapter, Finding

        one = Finding(result, rows=_ROWS, of=of)
        name = title or title_of(result, lang, figure_of(result, lang, of))
        paper = Paper(name, [Chapter(name, [one])])
        (paper.docx if ending == ".docx" else paper.pptx)(path, lang, masked=masked)
    return path


def figure_of(result: Result, lang: str, of: str | None = None) -> dict[str, Any] | None:
    """The figure of a Result as plain data, or ``None`` where its kind has none."""
    try:
        return spec(result, lang, **({"of": of} if of else {}))
    except UserError as none:
        if none.code != "charts.no_chart":
            raise
        return None


def notes_of(result: Result, table: Shown, lang: str) -> list[str]:
    """What to mind, in words, with what was masked."""
    said = [note.render(lang) for note in result.notes]
    if table.masked:
        said.append(labels.text("export.masked", lang, columns=list(table.masked)))
    return said


def asked(result: Result, lang: str) -> list[str]:
    """What was asked, a line each."""
    return [f"{name}: {value}" if name else value for name, value in parameters(result, lang)]


def explained(result: Result, lang: str) -> list[str]:
    """The explanation at its three depths."""
    return [str(result.explain(lang, depth)) for depth in DEPTHS]


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
    figure = figure_of(result, lang, of)
    table = shown(result, lang, masked)
    title = title or title_of(result, lang, figure)
    drawn = svg(figure) if figure else None
    wish = " · ".join(asked(result, lang))
    parts = [f"<h1>{escape(title)}</h1>"]
    if wish:
        parts.append(f'<p class="asked">{escape(wish)}</p>')
    if drawn:
        caption = escape(figure["caption"] or title)
        parts.append(f"<figure>{legend_html(figure)}{drawn}<figcaption>{caption}</figcaption></figure>")
    parts.append(
        f'<div class="wide" tabindex="0" role="group" aria-label="{escape(title)}">{table_html(table, lang)}</div>'
    )
    notes = notes_of(result, table, lang)
    if figure and not drawn:
        notes.append(labels.text("export.no_figure", lang))
    if notes:
        items = "".join(f"<li>{escape(n)}</li>" for n in notes)
        parts.append(f"<h2>{labels.text('export.notes', lang)}</h2><ul>{items}</ul>")
    said = "".join(f"<p>{escape(text)}</p>" for text in explained(result, lang))
    parts.append(f"<h2>{labels.text('export.explanation', lang)}</h2>{said}")
    if result.source:
        source = escape(result.source.render(lang))
        parts.append(f"<footer>{labels.text('export.source', lang)}: {source}</footer>")
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style.css()}{CSS}</style>\n</head>\n"
        f"<body>\n<main>\n{chr(10).join(parts)}\n</main>\n</body>\n</html>\n"
    )


def legend_html(figure: Mapping[str, Any]) -> str:
    """A figure's legend as a line of HTML; empty where it needs none."""
    found = named(figure)
    if not found:
        return ""
    marks = "".join(
        f'<span><i style="background:{_colour(one["colour"])}"></i>{escape(str(one["label"]))}</span>' for one in found
    )
    return f'<p class="legend">{marks}</p>'


def named(figure: Mapping[str, Any]) -> list[dict[str, str]]:
    """A figure's legend: its own, or what plotly would put there: several lines of one colour with names."""
    if figure.get("legend"):
        return list(figure["legend"])
    found = []
    for trace in figure["data"]:
        colour = (trace.get("line") or trace.get("marker") or {}).get("color")
        if trace.get("name") and trace.get("showlegend", True) and isinstance(colour, str):
            found.append({"label": trace["name"], "colour": colour})
    return found if len(found) > 1 else []


def _colour(token: str) -> str:
    return f"var(--crm-{token[1:]})" if token.startswith("@") else escape(token)


def table_html(table: Shown, lang: str) -> str:
    """A table as HTML, its numbers to the right."""
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
        day = first_of(value)
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


def first_of(value: Any) -> dt.date | None:
    """The first day of a month that is written as ``2024-03``."""
    try:
        return dt.date.fromisoformat(f"{str(value)[:7]}-01")
    except ValueError:
        return None


CSS = """
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
    said = notes_of(result, table, lang)
    if len(table.rows) > ROWS:
        said.insert(0, labels.text("common.rows_shown", lang, shown=ROWS, total=len(table.rows)))
    if result.source:
        said.append(result.source.render(lang))
    foot = "".join(f'<p style="margin:0.2em 0;font-size:smaller">{escape(line)}</p>' for line in said)
    style_ = 'class="crm-table" style="border-collapse:collapse;margin:0.5em 0"'
    return f"<table {style_}><thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>{foot}"
