"""Excel workbooks: titles, merged cells, real dates, several sheets; rules 1, 3 and 4."""

import datetime as dt
import zipfile

import pandas as pd
import pytest

import crmlab as crm
from crmlab.errors import UserError
from crmlab.ingest import Limits

HEAD = ["Tanggal", "No Faktur", "Pelanggan", "Produk", "Qty", "Total"]
LINES = [
    [dt.datetime(2020, 3, 4, 9, 30), "A1", "P1", "sabun", 2, 3000],
    [dt.datetime(2020, 3, 5), "A2", "P2", "sikat", 1, 1500.5],
]


def test_typed_cells_are_taken_as_they_are(workbook):
    mine = crm.ingest.read(workbook([HEAD, *LINES]))
    assert mine.table["ordered_at"].tolist() == [pd.Timestamp("2020-03-04 09:30"), pd.Timestamp("2020-03-05")]
    assert mine.table["amount"].tolist() == [3000, 1500.5]
    assert mine.places.tolist() == [2, 3]
    assert len(mine.source.hash) == 64


def test_a_workbook_is_known_by_its_content(workbook):
    path = workbook([HEAD, *LINES])
    assert crm.ingest.read(path.read_bytes()).table["amount"].tolist() == [3000, 1500.5]
    assert crm.ingest.read(path.rename(path.with_suffix(".dat"))).table["amount"].tolist() == [3000, 1500.5]


def test_titles_above_the_header(workbook):
    mine = crm.ingest.read(workbook([["Laporan Penjualan 2020"], ["PT XYZ"], [], HEAD, *LINES], merge=["A1:F1"]))
    assert mine.params["header_row"] == 4
    assert mine.places.tolist() == [5, 6]


def test_merged_cells_fill_texts_and_never_measures(workbook):
    path = workbook(
        [
            HEAD,
            [dt.datetime(2020, 3, 4), "A1", "P1", "sabun", 2, 3000],
            [None, None, None, "sikat", 1, None],
            [dt.datetime(2020, 3, 5), "A2", "P2", "sikat", 1, 1500],
        ],
        merge=["A2:A3", "B2:B3", "C2:C3", "F2:F3"],
    )
    mine = crm.ingest.read(path)
    assert mine.table["amount"].sum() == 4500, "the merged total counts once"
    assert mine.quarantine[["source_row", "reason", "reason_column"]].values.tolist() == [[3, "missing_value", "Total"]]
    assert mine.quarantine["No Faktur"].isna().all(), "the row stands in the quarantine as it stood, unfilled"
    filled = crm.ingest.read(path, columns={"Total": None, "Qty": "amount"})
    assert filled.table["order_id"].tolist() == ["A1", "A1", "A2"]
    assert filled.table["customer_id"].tolist() == ["P1", "P1", "P2"]
    assert [n.values["n"] for n in filled.notes if n.code == "ingest.note.merged"] == [3]


def test_several_sheets_are_asked(workbook):
    path = workbook({"Januari": [HEAD, LINES[0]], "Februari": [HEAD, LINES[1]], "Kosong": []})
    with pytest.raises(UserError) as caught:
        crm.ingest.read(path)
    question = caught.value.values["questions"][0]
    assert (caught.value.code, question.kind, question.choices) == (
        "ingest.which_sheet",
        "sheet",
        ("Januari", "Februari"),
    )
    assert crm.ingest.read(path, sheet="Februari").table["order_id"].tolist() == ["A2"]
    assert crm.ingest.read(path, sheet="februari ").table["order_id"].tolist() == ["A2"]
    assert crm.ingest.read(path, sheet=1).table["order_id"].tolist() == ["A1"]
    with pytest.raises(UserError) as caught:
        crm.ingest.read(path, sheet="Januri")
    assert (caught.value.code, caught.value.near) == ("ingest.unknown_sheet", ("Januari",))


def test_one_filled_sheet_is_not_asked(workbook):
    mine = crm.ingest.read(workbook({"Data": [HEAD, *LINES], "Sheet2": [], "Sheet3": []}))
    assert mine.params["sheet"] == "Data"
    assert mine.quarantine.empty


def test_the_quarantine_names_the_sheet(workbook):
    mine = crm.ingest.read(workbook({"Mei": [HEAD, *LINES, [dt.datetime(2020, 3, 6), "A3", "P3", "x", 1, "gratis"]]}))
    assert mine.quarantine[["source_row", "source_sheet", "reason"]].values.tolist() == [
        [4, "Mei", "unreadable_number"]
    ]


def test_mixed_cells_texts_among_numbers_and_dates(workbook):
    mine = crm.ingest.read(
        workbook(
            [HEAD, *LINES, ["13/03/2020", 17850, 1.0, "x", "3", "Rp 1.234.567,-"], [43903, "A4", None, "x", 1, "#REF!"]]
        )
    )
    assert mine.table["amount"].tolist() == [3000, 1500.5, 1_234_567]
    assert mine.table["ordered_at"].tolist()[2] == pd.Timestamp("2020-03-13")
    assert mine.table["order_id"].tolist()[2] == "17850"
    assert mine.table["customer_id"].tolist()[2] == "1"
    assert mine.quarantine["reason"].tolist() == ["unreadable_number"]


def test_serials_without_a_date_format(workbook):
    mine = crm.ingest.read(workbook([HEAD, [44196, "A1", "P1", "x", 1, 5], [44196.5, "A2", "P1", "x", 1, 5]]))
    assert mine.table["ordered_at"].tolist() == [pd.Timestamp("2020-12-31"), pd.Timestamp("2020-12-31 12:00")]
    assert mine.guesses.set_index("column")["style"]["ordered_at"] == "serial"


def test_a_total_below_the_table(workbook):
    mine = crm.ingest.read(workbook([HEAD, *LINES, [], ["Total", None, None, None, None, 4500.5]]))
    assert mine.quarantine[["source_row", "reason"]].values.tolist() == [[5, "total_row"]]
    assert mine.facts["blank_rows"] == 1


def test_formulas_are_not_computed(workbook):
    with pytest.raises(UserError) as caught:
        crm.ingest.read(workbook([HEAD, [*LINES[0][:5], "=1+1"], [*LINES[1][:5], "=2+2"]]))
    assert caught.value.code == "ingest.all_missing"
    assert "Excel" in caught.value.render("id")


def test_rule_1_empty_and_header_only(workbook):
    for rows, code in [([], "ingest.empty_file"), ([HEAD], "ingest.no_rows")]:
        with pytest.raises(UserError) as caught:
            crm.ingest.read(workbook(rows))
        assert caught.value.code == code


def test_a_workbook_that_unpacks_to_too_much(workbook):
    with pytest.raises(UserError) as caught:
        crm.ingest.read(workbook([HEAD, *LINES]), limits=Limits(bytes=1000))
    assert caught.value.code == "ingest.too_many_bytes"


def test_broken_and_hostile_workbooks(workbook, write, tmp_path):
    with pytest.raises(UserError) as caught:
        crm.ingest.read(write(b"PK\x03\x04 cut", "cut.xlsx"))
    assert caught.value.code == "ingest.unreadable_workbook"
    good = workbook([HEAD, *LINES])
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bomb, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/workbook.xml":
                data = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + data.partition(b"?>")[2]
            new.writestr(part, data)
    with pytest.raises(UserError) as caught:
        crm.ingest.read(bomb)
    assert caught.value.code == "ingest.unreadable_workbook"
