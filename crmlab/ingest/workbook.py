"""Excel workbooks: sheets, titles, merged cells, dates; formulas and macros are never run."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from ..errors import UserError, suggest
from .delimited import drop_nameless
from .headers import find_header
from .questions import Question
from .raw import Limits, RawTable, column_names

if TYPE_CHECKING:
    import pandas as pd

    from ..schema import Table

__all__ = ["read_workbook", "tidy_column"]

_SAMPLE_ROWS = 200


@contextmanager
def _reading(name: str) -> Iterator[None]:
    """Make one clear error of whatever a damaged workbook leads to.

    Neither zipfile nor openpyxl promises which errors a file with bent bytes raises: a KeyError for a part, a
    zlib.error for its bytes, a ValueError for a cell.
    """
    try:
        yield
    except (UserError, MemoryError):
        raise
    except RuntimeError as error:
        locked = "encrypted" in str(error)
        raise UserError("ingest.old_workbook" if locked else "ingest.unreadable_workbook", table=name) from None
    except Exception:
        raise UserError("ingest.unreadable_workbook", table=name) from None


class _Book:
    """The parts of a workbook that say which sheets there are and which cells are merged."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path, self.name = path, path.name
        with zipfile.ZipFile(path) as archive:
            limits.check("bytes", sum(part.file_size for part in archive.infolist()), self.name)
            self.parts = self._sheets(archive)

    def _sheets(self, archive: zipfile.ZipFile) -> dict[str, str]:
        targets = {}
        for relation in _xml(archive, "xl/_rels/workbook.xml.rels", self.name):
            target = relation.get("Target", "")
            targets[relation.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        book = _xml(archive, "xl/workbook.xml", self.name)
        out = {}
        for sheet in (e for e in book.iter() if e.tag.endswith("}sheet") and e.get("state", "visible") == "visible"):
            relation = next(v for k, v in sheet.attrib.items() if k.endswith("}id"))
            if "worksheets/" in targets[relation]:  # the others are charts
                out[sheet.get("name", "")] = targets[relation]
        return out

    def filled(self) -> list[str]:
        """Visible sheets that hold at least one value."""
        with zipfile.ZipFile(self.path) as archive:
            return [name for name, part in self.parts.items() if _holds_value(archive, part)]

    def merges(self, sheet: str) -> list[tuple[int, int, int, int]]:
        """Merged cells as first row, last row, first column, last column, all 1-based."""
        from openpyxl.utils import range_boundaries

        with zipfile.ZipFile(self.path) as archive, archive.open(self.parts[sheet]) as part:
            text = part.read().rpartition(b"</sheetData>")[2].decode("utf-8", "ignore")
        out = []
        for ref in dict.fromkeys(re.findall(r'<(?:\w+:)?mergeCell\s+ref="([A-Z]+\d+:[A-Z]+\d+)"', text)):
            try:
                c1, r1, c2, r2 = range_boundaries(ref)
            except ValueError:
                continue  # from right to left, or past the sheet's end: nothing was merged there
            out.append((r1, r2, c1, c2))
        return out


def _xml(archive: zipfile.ZipFile, part: str, name: str) -> ElementTree.Element:
    data = archive.read(part)
    if b"<!DOCTYPE" in data[:2048] or b"<!ENTITY" in data[:2048]:  # no office program writes one; only attacks do
        raise UserError("ingest.unreadable_workbook", table=name)
    return ElementTree.fromstring(data)


def _holds_value(archive: zipfile.ZipFile, part: str) -> bool:
    with archive.open(part) as file:
        tail = b""
        while chunk := file.read(1 << 16):
            if re.search(rb"<(\w+:)?(v|is)[ >]", tail + chunk):
                return True
            tail = chunk[-16:]
    return False


def _choose(book: _Book, sheet: str | int | None) -> str:
    names = book.filled()
    if not names:
        raise UserError("ingest.empty_file", table=book.name)
    if sheet is None:
        if len(names) > 1:
            raise UserError(
                "ingest.which_sheet",
                table=book.name,
                wanted=tuple(names),
                questions=(Question("sheet", None, tuple(names)),),
            )
        return names[0]
    if isinstance(sheet, int) and 1 <= sheet <= len(book.parts):
        return list(book.parts)[sheet - 1]  # counted as the tabs below a workbook are, empty ones too
    for name in book.parts:
        if name == sheet or name.strip().lower() == str(sheet).strip().lower():
            return name
    raise UserError(
        "ingest.unknown_sheet", table=book.name, found=sheet, wanted=tuple(names), near=suggest(str(sheet), names)
    )


def read_workbook(
    path: Path,
    contract: Table,
    *,
    sheet: str | int | None = None,
    header_row: int | None = None,
    limits: Limits,
) -> RawTable:
    """Read one sheet of an XLSX file with its values as they are stored; see :func:`crmlab.ingest.read`."""
    import numpy as np
    import pandas as pd

    with _reading(path.name):
        book = _Book(path, limits)
        chosen = _choose(book, sheet)
        rows = _rows(book, chosen, limits)
        merged = book.merges(chosen)
    while rows and not any(_filled(c) for c in rows[-1]):
        rows.pop()
    if not rows:
        raise UserError("ingest.empty_file", table=book.name)
    at = find_header(rows[:_SAMPLE_ROWS], contract)[0] if header_row is None else header_row - 1
    if at is None:
        raise UserError("ingest.no_header", table=book.name)
    if not 0 <= at < len(rows):
        raise UserError("ingest.no_such_header_row", table=book.name, found=header_row)
    width = max(len(r) for r in rows)
    names = column_names([*rows[at], *[None] * (width - len(rows[at]))])
    kept, places, blank = [], [], 0
    for place, row in enumerate(rows[at + 1 :], at + 2):
        if any(_filled(c) for c in row):
            kept.append((*row, *[None] * (width - len(row))))
            places.append(place)
        else:
            blank += 1
    columns = list(zip(*kept, strict=True)) if kept else [()] * width
    frame = pd.DataFrame({n: tidy_column(c) for n, c in zip(names, columns, strict=True)})
    where = {place: i for i, place in enumerate(places)}
    merges = [
        (where[r1], where[r2], names[c1 - 1])
        for r1, r2, c1, _ in merged
        if r1 in where and r2 in where and r2 > r1 and c1 <= width
    ]
    return RawTable(
        path.name,
        "xlsx",
        drop_nameless(frame),
        np.array(places, dtype=np.int64),
        sheet=chosen,
        blank_rows=blank,
        header_row=at + 1,
        title=tuple(" ".join(str(c) for c in r if _filled(c)) for r in rows[:at] if any(_filled(c) for c in r)),
        merges=merges,
        hash=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def _rows(book: _Book, sheet: str, limits: Limits) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook

    with book.path.open("rb") as file:  # by its content: openpyxl would refuse another ending in the name
        with warnings.catch_warnings():  # styles and extensions that openpyxl leaves out: nothing that is read here
            warnings.simplefilter("ignore", UserWarning)
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            page = workbook[sheet]
            page.reset_dimensions()  # some programs store wrong ones, and rows would be cut
            out: list[tuple[Any, ...]] = []
            for row in page.iter_rows(values_only=True):
                if len(row) > limits.columns:
                    limits.check("columns", sum(1 for c in row if c is not None), book.name)
                    row = row[: limits.columns]
                out.append(row)
                if len(out) > limits.rows:
                    limits.check("rows", len(out), book.name)
            return out
        finally:
            workbook.close()


def _filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or cell.strip() != "")


def tidy_column(cells: Sequence[Any]) -> pd.Series:
    """Cells as the narrowest column that holds them unchanged: texts, numbers, dates, or a mixture.

    Examples
    --------
    >>> tidy_column(["a", None]).dtype.name, tidy_column([1, 2.5]).dtype.name, tidy_column([1, "x"]).dtype.name
    ('str', 'float64', 'object')
    """
    import pandas as pd

    kinds = {type(c) for c in cells if c is not None}
    if kinds <= {str}:
        return pd.Series(cells, dtype="str")
    if kinds <= {int, float}:
        missing = any(c is None for c in cells)
        if kinds == {int} and not missing and all(abs(c) < 1 << 62 for c in cells):
            return pd.Series(cells, dtype="int64")
        if kinds == {int} and all(c is None or abs(c) < 1 << 62 for c in cells):
            return pd.Series(cells, dtype="Int64")
        return pd.Series([None if c is None else float(c) for c in cells], dtype="float64")
    if kinds <= {dt.datetime, dt.date}:
        return pd.Series(cells, dtype="datetime64[us]")
    return pd.Series(cells, dtype="object")
