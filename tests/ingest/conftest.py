"""Small files that a reader can check by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from crmlab import labels

TODAY = dt.date(2021, 1, 1)


@pytest.fixture(autouse=True)
def english():
    """Messages in English, whatever the machine says."""
    with labels.using("en"):
        yield


@pytest.fixture
def write(tmp_path):
    """Write a text or bytes to a file and give its path."""

    def put(content: str | bytes, name: str = "sales.csv", encoding: str = "utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return put


@pytest.fixture
def workbook(tmp_path):
    """Write rows (or sheet -> rows) to a workbook and give its path; ``merge`` lists ranges to merge."""
    import openpyxl

    def put(rows, name: str = "sales.xlsx", merge=()):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, lines in (rows if isinstance(rows, dict) else {"Sheet1": rows}).items():
            sheet = book.create_sheet(title)
            for line in lines:
                sheet.append(line)
            for cells in merge:
                sheet.merge_cells(cells)
        path = tmp_path / name
        book.save(path)
        return path

    return put
