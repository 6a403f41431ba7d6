"""An Excel workbook written to the same bytes on every machine.

The parts of the file are stored without compression, for compressors differ between machines, and bear the first date
that a ZIP file can bear.
"""

import datetime as dt
import io
import zipfile
from xml.sax.saxutils import escape

_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DAY_ZERO = dt.date(1899, 12, 30).toordinal()  # from which Excel counts its days
_DATE_STYLE = 1
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_ROWS = 1_048_576  # of a sheet

_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write(path, sheets):
    """Write a workbook.

    Parameters
    ----------
    path : pathlib.Path
    sheets : dict of str to tuple
        By the sheet's name: its rows, each a sequence of str, int, `datetime.date` or None, and the ranges of merged
        cells, as ``"A1:J1"``.
    """
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(len(sheets)),
        "xl/styles.xml": _STYLES,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, xml in parts.items():
            archive.writestr(_part(name), xml)
        for k, (rows, merged) in enumerate(sheets.values(), start=1):
            archive.writestr(_part(f"xl/worksheets/sheet{k}.xml"), _sheet(rows, merged))


def _part(name):
    part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    part.create_system = 0  # as on Windows, wherever it is written
    part.external_attr = 0
    return part


def _content_types(n):
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{k}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for k in range(1, n + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{sheets}</Types>'
    )


def _workbook(sheets):
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{k}" r:id="rId{k}"/>' for k, name in enumerate(sheets, start=1)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'


def _relations(n):
    listed = "".join(
        f'<Relationship Id="rId{k}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{k}.xml"/>'
        for k in range(1, n + 1)
    )
    styles = f'<Relationship Id="rId{n + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}">{listed}{styles}</Relationships>'


def _sheet(rows, merged):
    out = io.StringIO()
    widest = max((len(row) for row in rows), default=1)
    # without its size a reader goes through the whole sheet to find it
    out.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><dimension ref="A1:{_LETTERS[widest - 1]}{len(rows)}"/><sheetData>')
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            _cell(f"{letter}{number}", value) for letter, value in zip(_LETTERS, row, strict=False) if value is not None
        )
        if cells:
            out.write(f'<row r="{number}">{cells}</row>')
    out.write("</sheetData>")
    if merged:
        ranges = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
        out.write(f'<mergeCells count="{len(merged)}">{ranges}</mergeCells>')
    out.write("</worksheet>")
    return out.getvalue()


def _cell(place, value):
    if isinstance(value, dt.date):
        return f'<c r="{place}" s="{_DATE_STYLE}"><v>{value.toordinal() - _DAY_ZERO}</v></c>'
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
