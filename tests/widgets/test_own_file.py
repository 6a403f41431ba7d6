"""A reader's own file, from its bytes to its cube."""

from __future__ import annotations

import io
import json

import pandas as pd
import pytest

from crmlab.widgets.desk import Desk

HEAD = "No Faktur;Tanggal;Pelanggan;Barang;Kategori;Jumlah;Harga;Total;Kota"
LINES = (
    "F001;03/04/2020;PT Maju;Sabun cuci;Kebersihan;3;12.000;36.000;Jakarta",
    "F001;03/04/2020;PT Maju;Pelembut;Kebersihan;1;25.500;25.500;Jakarta",
    "F002;05/04/2020;Ani;Wajan;Dapur;1;150.000;150.000;Bogor",
    "F003;06/05/2020;Budi;Popok;Bayi;2;85.000;n.n.;Bogor",
    "F004;;Ani;Camilan;Harian;4;9.500;38.000;Depok",
    "F005;07/06/2021;;Sapu;Kebersihan;1;32.000;32.000;Jakarta",
    "F006;08/07/2021;Citra;=1+1;Dapur;1;75.000;75.000;Bandung",
)
CSV = "\n".join((HEAD, *LINES)).encode()


def ask(desk, do, buffers=(), **event):
    return desk.answer({"do": do, **event}, buffers)


@pytest.fixture
def form(desk):
    ask(desk, "data", name="own")
    return ask(desk, "upload", [CSV], name="C:\\Data\\sales.csv")


def answered(desk, form):
    """Day first, points group thousands: the first choice of every question."""
    answers = {q["id"]: q["choices"][0]["id"] for q in form["questions"]}
    return ask(desk, "mapping", mapping=form["mapping"], answers=answers)


def test_columns_are_prefilled_and_doubts_are_asked(form):
    assert form["name"] == "sales.csv"
    assert form["mapping"]["order_id"] == "No Faktur"
    assert form["mapping"]["amount"] == "Total"
    assert {q["id"] for q in form["questions"]} == {"date_order:Tanggal", "decimal:Total", "decimal:Harga"}
    assert not form["ready"]
    assert form["missing"] is None
    json.dumps(form)


def test_an_answer_stays_on_the_form_so_that_it_can_be_thought_over(desk, form):
    form = answered(desk, form)
    assert form["ready"]
    assert len(form["questions"]) == 3
    assert form["answers"]["date_order:Tanggal"] == "day"
    form = ask(desk, "mapping", mapping=form["mapping"], answers={**form["answers"], "date_order:Tanggal": "month"})
    assert form["ready"]
    ask(desk, "load")
    assert desk.file.ingested.table["ordered_at"].iloc[0].month == 3


def test_a_required_column_that_is_taken_away_is_named(desk, form):
    mapping = {c: s for c, s in form["mapping"].items() if c != "customer_id"}
    form = ask(desk, "mapping", mapping=mapping, answers={})
    assert not form["ready"]
    assert form["missing"] == "Belum dipilih: ID pelanggan"
    form = ask(desk, "mapping", mapping={**mapping, "customer_id": "#none"}, answers=form["answers"])
    assert form["missing"] is None


def test_the_report_accounts_for_every_row_and_the_quarantine_can_be_had(desk, form):
    answered(desk, form)
    report = ask(desk, "load")["report"]
    assert report["said"] == "7 baris dibaca: 5 dipakai, 2 ditolak."
    assert [row[1:] for row in report["reasons"]] == [["1", "5"], ["1", "6"]]
    file = ask(desk, "export", what="refused", format="csv")
    table = pd.read_csv(io.BytesIO(file.content), sep=";")
    assert list(table["source_row"]) == [5, 6]
    assert table["reason"][0] == "Tidak terbaca sebagai angka"


def test_what_was_read_is_explored_and_the_given_data_are_still_there(desk, form):
    answered(desk, form)
    ask(desk, "load")
    ask(desk, "explore")
    page = desk.page
    assert page["data"]["title"] == "sales.csv"
    assert page["data"]["loaded"]
    assert page["tiles"][0]["raw"] == 318_500
    assert page["scope"] == "5 baris penjualan"
    assert "2020" in json.dumps(page["pivot"]["columns"])
    ask(desk, "data", name="given")
    assert desk.page["data"]["title"] == "Toko Kecil"
    ask(desk, "data", name="own")
    assert desk.page["data"]["title"] == "sales.csv"


def test_a_year_that_the_file_does_not_hold_whole_is_not_compared(desk, form):
    answered(desk, form)
    ask(desk, "load")
    ask(desk, "explore")
    assert desk.page["tiles"][0]["change"] is None
    assert desk.page["tiles"][0]["why_none"]


def test_a_workbook_works_too(desk):
    frame = pd.DataFrame([line.split(";") for line in LINES], columns=HEAD.split(";"))
    book = io.BytesIO()
    frame.to_excel(book, index=False)
    form = ask(desk, "upload", [book.getvalue()], name="Penjualan 2020.XLSX")
    form = answered(desk, form)
    assert ask(desk, "load")["report"]["ready"]


def test_several_sheets_are_asked_about_first(desk):
    frame = pd.DataFrame([line.split(";") for line in LINES], columns=HEAD.split(";"))
    book = io.BytesIO()
    with pd.ExcelWriter(book) as writer:
        frame.to_excel(writer, sheet_name="Jan", index=False)
        frame.to_excel(writer, sheet_name="Feb", index=False)
    form = ask(desk, "upload", [book.getvalue()], name="two.xlsx")
    assert form["asks_first"]
    assert [c["label"] for c in form["questions"][0]["choices"]] == ["Jan", "Feb"]
    form = answered(desk, form)
    assert not form["asks_first"]
    assert form["mapping"]["amount"] == "Total"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", HEAD.encode()),
        ("a.xlsx", b"PK\x03\x04 not a book"),
        ("a.docx", b"x"),
        ("a.csv", bytes(range(256))),
    ],
)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_file_that_is_none_gets_a_sentence(cube, name, content, lang):
    desk = Desk(cube, lang)
    reply = ask(desk, "upload", [content], name=name)
    said = reply["error"] or reply["missing"]
    assert said
    assert "Traceback" not in said
    assert not reply.get("ready")


def test_an_amount_that_can_be_multiplied_is_not_asked_for(cube):
    content = b"no_faktur;tanggal;pelanggan;qty;harga satuan\nF1;2024-01-13;P1;2;15000\nF2;2024-01-14;P2;1;20000\n"
    desk = Desk(cube, "id")
    form = ask(desk, "upload", [content], name="a.csv")
    amount = next(t for t in form["targets"] if t["id"] == "amount")
    assert amount["computed"]
    assert form["missing"] is None
    ask(desk, "load")
    assert desk.file.ingested.table["amount"].sum() == 50000


def test_the_form_comes_back_for_another_file(desk, form):
    answered(desk, form)
    ask(desk, "load")
    ask(desk, "explore")
    assert desk.page["data"]["loaded"]
    again = ask(desk, "data", name="own")
    assert again["kind"] == "upload"
    assert not desk.page["data"]["loaded"]
    assert again["report"]
    ask(desk, "explore")
    assert desk.page["data"]["loaded"]


def test_the_currency_is_the_readers_choice(desk, form):
    answered(desk, form)
    ask(desk, "mapping", mapping=form["mapping"], answers=desk.file.answers, currency="GBP")
    ask(desk, "load")
    ask(desk, "explore")
    assert desk.page["tiles"][0]["full"].startswith("GBP ")


def test_nothing_of_the_file_stays_on_the_disk(desk, form):
    folder = desk.file.path.parent
    assert folder.exists()
    ask(desk, "upload", [CSV], name="again.csv")
    assert not folder.exists()


def test_a_large_file_comes_in_parts(desk):
    cut = len(CSV) // 3
    pieces = [CSV[:cut], CSV[cut : 2 * cut], CSV[2 * cut :]]
    for part, piece in enumerate(pieces):
        reply = ask(desk, "upload", [piece], name="a.csv", part=part, parts=3)
    assert reply["kind"] == "upload"
    assert len(reply["columns"]) == 9 + 2
