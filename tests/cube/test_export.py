"""Files hold what the view holds, run nothing, and name nobody."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from crmlab.cube import Cube, Measure
from crmlab.cube.export import table_bytes
from crmlab.star import Dimension, Fact, Star

NASTY = ['=HYPERLINK("http://x")', "+1", "-2", "@SUM(A1)", "\tx", " =1", "fine"]


@pytest.fixture
def cube() -> Cube:
    people = {"id": list(range(7)), "phone": [f"0812345678{i}" for i in range(7)]}
    sales = {"id": list(range(7)), "text": NASTY, "amount": [1.5] * 7, "email": ["siti@contoh.id"] * 7}
    star = Star(
        [Fact("sales", sales, {"person": "id"}, attributes=["text"], personal=["email"])],
        [Dimension("person", people, "id", attributes=["phone"], personal=["phone"])],
    )
    return Cube(star, [Measure.sum("revenue", "sales", "amount", unit="money")])


def test_csv_escapes_formulas(cube, tmp_path):
    path = cube.view(by=["text"]).export(tmp_path / "table.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["text", "revenue", "n"]
    assert rows[-1] == ["Total", "10.5", "7"]
    assert sorted(r[0] for r in rows[1:-1]) == sorted(["'" + n for n in NASTY[:-1]] + ["fine"])


def test_csv_for_an_indonesian_spreadsheet(cube, tmp_path):
    path = cube.view(by=["text"]).slice(text="fine").export(tmp_path / "table.csv", lang="id", totals=False)
    assert path.read_text(encoding="utf-8-sig").splitlines() == ["text;Omzet;n", "fine;1,5;1"]


def test_xlsx_holds_text_and_says_what_was_asked(cube, tmp_path):
    from openpyxl import load_workbook

    path = cube.view(by=["text"]).dice(text=NASTY[:2]).export(tmp_path / "table.xlsx", lang="en")
    book = load_workbook(path)
    table, about = book.worksheets
    assert [[c.value for c in row] for row in table.iter_rows(min_row=2, max_row=3)] == [
        ["'+1", 1.5, 1],
        ["'" + NASTY[0], 1.5, 1],
    ]
    assert all(c.data_type != "f" for sheet in book for row in sheet.iter_rows() for c in row)
    said = {row[0].value: row[1].value for row in about.iter_rows()}
    assert said["n"] == "2"
    assert said["Filter"].startswith("text: ")
    assert said["Currency"] == "IDR"


def test_parquet_keeps_types_and_text(cube, tmp_path):
    frame = pd.read_parquet(cube.view(by=["text"]).export(tmp_path / "table.parquet", totals=False))
    assert sorted(frame["text"]) == sorted(NASTY)
    assert frame["revenue"].dtype == "float64"


def test_persons_stay_masked(cube, tmp_path):
    view = cube.view(by=["phone"])
    for name in ("a.csv", "b.xlsx", "c.parquet"):
        view.export(tmp_path / name)
        view.facts().export(tmp_path / f"facts-{name}")
    for name in ("a.csv", "facts-a.csv"):
        text = (tmp_path / name).read_text(encoding="utf-8-sig")
        assert "08123456780" not in text
        assert "siti" not in text
    for name in ("c.parquet", "facts-c.parquet"):
        assert "08123456780" not in pd.read_parquet(tmp_path / name).to_csv()
    assert "s••••@contoh.id" in (tmp_path / "facts-a.csv").read_text(encoding="utf-8-sig")
    assert not any("08123456780" in str(r["labels"]) for r in view.rows())
    assert "08123456780" not in view.to_pandas().to_csv()
    assert view.facts(masked=False).rows[0][3] == "siti@contoh.id"


def test_a_frame_as_bytes():
    content = table_bytes(pd.DataFrame({"a": ["=1", None], "b": [1.5, float("nan")]}), "csv")
    assert content.decode("utf-8-sig").splitlines() == ["a,b", "'=1,1.5", ","]


def test_a_total_is_written_once_for_rows_and_columns(toy, tmp_path):
    path = toy.view(by=["segment"], columns=["channel"]).export(tmp_path / "pivot.csv")
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "segment,channel,revenue,n"
    assert rows[-1] == "Total,Total,500,8"
    assert len(rows) == 1 + 9


def test_what_an_xlsx_file_cannot_hold_is_marked_and_the_rest_written(tmp_path):
    import openpyxl

    star = Star([Fact("s", {"g": ["a\x0bb"], "amount": [1]}, keys={}, attributes=("g",))])
    path = Cube(star, [Measure.sum("revenue", "s", "amount")]).view(by=["g"]).export(tmp_path / "x.xlsx")
    assert openpyxl.load_workbook(path).active["A2"].value == "a\ufffdb"


def test_decimals_read_as_numbers_in_an_indonesian_spreadsheet(tmp_path):
    from decimal import Decimal

    star = Star([Fact("s", {"g": ["a"], "amount": [Decimal("1.50")]}, keys={}, attributes=("g",))])
    rows = Cube(star, [Measure.sum("revenue", "s", "amount")]).view().facts()
    assert rows.export(tmp_path / "x.csv", lang="id").read_text("utf-8-sig").splitlines()[1] == "a;1,50"


def test_heads_tell_roles_apart_and_leave_dots_in_names(tmp_path):
    import datetime as dt

    day = [dt.date(2020, 1, 1)]
    table = {"ordered": day, "sent": day, "No. Faktur": ["x"], "amount": [1]}
    fact = Fact("s", table, keys={"date": "ordered", "delivery_date": ("date", "sent")}, attributes=("No. Faktur",))
    cube = Cube(Star([fact]), [Measure.sum("revenue", "s", "amount")])
    view = cube.view(by=["year", "delivery_date.year", "No. Faktur"]).slice({"delivery_date.year": 2020})
    heads = view.export(tmp_path / "x.csv", lang="en").read_text("utf-8-sig").splitlines()[0].split(",")
    assert len(set(heads)) == 5 and "No. Faktur" in heads and heads[0] == "Year" and heads[1].endswith(": Year")
    assert view.result().params["about"]["filters"]["en"] == [f"{heads[1]}: 2020"]


def test_heads_of_rows_leave_dots_in_names(tmp_path):
    star = Star([Fact("s", {"No. Faktur": ["x"], "amount": [1]}, keys={}, attributes=("No. Faktur",))])
    rows = Cube(star, [Measure.sum("revenue", "s", "amount")]).view().facts()
    assert rows.export(tmp_path / "x.csv", lang="en").read_text("utf-8-sig").splitlines()[0] == "No. Faktur,Amount"


def test_missing_whole_numbers_are_empty_cells():
    import pandas as pd

    from crmlab.cube.export import table_bytes

    table = pd.DataFrame({"n": pd.array([1, None], dtype="Int64"), "phone": ["+62 812 3456 7890", "+1+cmd"]})
    assert table_bytes(table, ".csv").decode("utf-8-sig").splitlines() == [
        "n,phone",
        "1,+62 812 3456 7890",
        ",'+1+cmd",
    ]
