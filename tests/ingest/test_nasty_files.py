"""Whole files as a consultant is handed them: what must be read, and what must be asked about or refused."""

import datetime as dt

import pandas as pd
import pytest

import crmlab as crm
from crmlab.errors import UserError

from .conftest import TODAY


def read(source, **options):
    mine = crm.ingest.read(source, today=TODAY, **options)
    assert mine.facts["rows_read"] == len(mine.table) + len(mine.quarantine)
    return mine


def refused(source, **options):
    with pytest.raises(UserError) as caught:
        read(source, **options)
    assert caught.value.render("id") and caught.value.render("en")
    return caught.value


def notes(mine):
    return {note.code.removeprefix("ingest.note."): note.values for note in mine.notes}


def test_a_report_with_titles_subtotals_and_a_footer(write):
    path = write(
        "PT MAJU BERSAMA\nLaporan Penjualan;Periode: 01/12/2020 - 31/12/2020\n\n"
        "Tanggal;No. Nota;Pelanggan;Nama Barang;Jumlah;Harga;Total;\n"
        "30/12/2020;N001;007;Beras 5 kg;2;68.000;136.000;\n"
        "30/12/2020;N002;008;Gula;1;14.000;14.000;\n"
        "30/12/2020;Subtotal;;;;;150.000;\n"
        "31/12/2020;N003;007;Kopi;100;23.500;2.350.000;\n"
        "31/12/2020;Sub Total;;;;;2.350.000;\n"
        "TOTAL;;;;;;2.500.000;\n"
        "Dicetak oleh: Siti;;;;;;;\n"
    )
    mine = read(path, decimal={"Harga": ","})
    assert mine.table["amount"].tolist() == [136_000, 14_000, 2_350_000]
    assert mine.table["customer_id"].tolist() == ["007", "008", "007"]
    assert mine.quarantine["reason"].tolist() == ["total_row"] * 3 + ["unreadable_date"]
    assert mine.quarantine["source_row"].tolist() == [7, 9, 10, 11]


def test_a_marketplace_export(write):
    path = write(
        "No. Pesanan,Status Pesanan,Waktu Pesanan Dibuat,Nama Produk,Jumlah,Harga Satuan,Total Harga,"
        "Username (Pembeli),Nama Penerima,No. Telepon,Alamat Pengiriman\n"
        '201231ABC,Selesai,2020-12-31 10:05,"Panci, 24 cm",2,Rp1.234.567,Rp2.469.134,siti88,Siti,8.12E+11,Jl. Lada 5\n'
        "201230XYZ,Batal,2020-12-30 23:59,Wajan,1,Rp75.000,Rp75.000,budi_a,Budi,8.13E+11,Jl. Mawar 2\n"
    )
    mine = read(path)
    assert mine.table["amount"].tolist() == [2_469_134, 75_000]
    assert mine.table["quantity"].tolist() == [2, 1]
    assert notes(mine)["cancelled"]["n"] == 1
    assert notes(mine)["lost_digits"]["column"] == "No. Telepon"
    assert set(mine.personal) == {"phone", "Nama Penerima", "Alamat Pengiriman"}


def test_numbers_that_hold_the_separator_are_never_read_in_halves(write):
    rows = "".join(f"{day}/12/2020,N{day},P1,Rp{day},500\n" for day in range(13, 20))
    found = refused(write("tgl,nota,pelanggan,total\n" + rows))
    assert (found.code, found.found[0], found.rows[0]) == ("ingest.torn_numbers", "Rp13,500", 2)
    rows = "".join(f"{day}/12/2020,N{day},P1,1,{day},500,kasir\n" for day in range(13, 20))
    assert refused(write("tgl,nota,pelanggan,qty,total,kasir\n" + rows)).code == "ingest.torn_numbers"
    quoted = "".join(f'{day}/12/2020,N{day},P1,"Rp{day},500"\n' for day in range(13, 20))
    assert read(write("tgl,nota,pelanggan,total\n" + quoted)).table["amount"].sum() == 112 * 1000 + 3500


def test_a_nameless_column_at_the_end_comes_along(write):
    mine = read(write("tgl,nota,pelanggan,total\n31/12/2020,A,P1,500,lunas\n30/12/2020,B,P2,700,utang\n"))
    assert mine.table["column_5"].tolist() == ["lunas", "utang"]


def test_months_in_two_languages_and_a_mixed_style(write):
    dates = [
        "5 Agt 2020",
        "5-Aug-20",
        "05 Agustus 2020",
        "5 Agst 2020",
        "2020-08-05",
        "Rabu, 5 Ags 2020",
        "5 August 2020",
    ]
    mine = read(write("tgl;nota;pelanggan;total\n" + "".join(f"{d};N{i};P;5\n" for i, d in enumerate(dates))))
    assert mine.table["ordered_at"].eq(pd.Timestamp(2020, 8, 5)).all()
    assert len(mine.table) == len(dates)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_every_encoding_that_spreadsheets_write(write, encoding):
    text = "tgl\tnota\tpelanggan\tproduk\ttotal\r\n31/12/2020\t001\tRené\tTéh\t1.234,50\r\n"
    mine = read(write(text, encoding=encoding))
    assert mine.table[["order_id", "customer_id", "product", "amount"]].values.tolist() == [
        ["001", "René", "Téh", 1234.5]
    ]


def test_two_columns_of_the_same_name_are_asked_about(write):
    found = refused(write("tgl;nota;pelanggan;total;total\n31/12/2020;A;P1;5;6\n"))
    assert (found.code, [q.choices for q in found.values["questions"]]) == (
        "ingest.which_column",
        [("total", "total (2)")],
    )


def test_what_nothing_proves_is_asked_all_at_once(write):
    found = refused(write("tgl;nota;pelanggan;total\n03/04/2020;A;P1;1.234\n"))
    assert {q.kind for q in found.values["questions"]} == {"date_order", "decimal"}


def test_negative_discounts_with_gaps_take_off(write):
    mine = read(write("tgl;nota;pelanggan;qty;harga;diskon\n31/12/2020;A;P;2;10000;-5000\n30/12/2020;B;P;1;10000;\n"))
    assert mine.table["amount"].tolist() == [15_000, 10_000]
    assert "discount_sign" in notes(mine)


def test_percent_beside_money_in_one_column_is_refused(write):
    lines = (
        "31/12/2020;A;P;1;10000;10%\n30/12/2020;B;P;1;10000;5%\n29/12/2020;C;P;1;10000;2500\n28/12/2020;D;P;1;10000;0\n"
    )
    mine = read(write("tgl;nota;pelanggan;qty;harga;diskon\n" + lines))
    assert mine.table["amount"].tolist() == [9_000, 9_500, 10_000]
    assert mine.quarantine[["reason", "reason_value"]].values.tolist() == [["number_style", "2500"]]


HEAD = ["Tanggal", "No Faktur", "Pelanggan", "Total"]


def swapped(days):
    """What Excel makes of these days of December and June where it expects the month first."""
    for i, (day, month) in enumerate(days):
        date = dt.datetime(2020, day, month) if day <= 12 else f"{day}/{month:02}/2020"
        yield [date, f"A{i}", "P1", 5000]


DAYS = [(1, 6), (2, 6), (5, 6), (7, 6), (11, 6), (13, 6), (20, 6), (28, 6)]


def test_dates_that_excel_swapped_are_asked_about_and_swapped_back(workbook):
    path = workbook([HEAD, *swapped(DAYS)])
    found = refused(path)
    assert (found.code, found.values["questions"][0].kind) == ("ingest.half_made_dates", "date_order")
    mine = read(path, **found.values["questions"][0].answer("day"))
    assert [(d.day, d.month) for d in mine.table["ordered_at"]] == DAYS
    assert "dates_swapped_back" in notes(mine)


def test_real_dates_beside_texts_are_left_alone_where_nothing_was_swapped(workbook):
    rows = [[dt.datetime(2020, 6, d), f"A{d}", "P1", 5000] for d in (1, 5, 9, 14)] + [["20/06/2020", "B", "P1", 5000]]
    assert [d.day for d in read(workbook([HEAD, *rows])).table["ordered_at"]] == [1, 5, 9, 14, 20]


def test_thousands_that_excel_took_for_decimals_are_not_read(workbook):
    rows = [[dt.datetime(2020, 6, 20), f"A{i}", "P1", v] for i, v in enumerate([12.5, 500, 68, "1.250.000", 23.75])]
    found = refused(workbook([HEAD, *rows]))
    assert (found.code, found.found) == ("ingest.half_made_numbers", ("1.250.000", "12.5", "23.75"))
    look = crm.ingest.inspect(workbook([HEAD, *rows]))
    assert look.problem.code == "ingest.half_made_numbers", "no question could settle it"


def test_a_row_whose_values_look_like_headers_is_no_header(workbook):
    rows = [
        ["Tgl Jualan", "Struk", "Orangnya", "Uang", "Di mana", "Siapa"],
        [dt.datetime(2020, 12, 30), "S1", "Budi", 5000, "Toko", "Member"],
        [dt.datetime(2020, 12, 31), "S2", "Siti", 7000, "Toko", "Umum"],
    ]
    mine = read(workbook(rows), columns={"Tgl Jualan": "ordered_at", "Orangnya": "customer_id", "Uang": "amount"})
    assert mine.table["amount"].tolist() == [5000, 7000]


def test_two_rows_of_headers(workbook):
    path = workbook(
        [
            ["LAPORAN PENJUALAN", None, None, None, None, None],
            ["Transaksi", None, "Pelanggan", None, "Nilai", None],
            ["Tanggal", "No Faktur", "Kode Pelanggan", "Nama Pelanggan", "Qty", "Total"],
            [dt.datetime(2020, 12, 30), "A1", "007", "Budi", 2, 3000],
            [None, "TOTAL", None, None, 2, 3000],
        ],
        merge=["A1:F1", "A2:B2", "C2:D2", "E2:F2"],
    )
    mine = read(path)
    assert mine.table[["customer_id", "customer", "amount"]].values.tolist() == [["007", "Budi", 3000]]
    assert mine.quarantine[["source_row", "reason"]].values.tolist() == [[5, "total_row"]]


def test_sheets_are_counted_as_their_tabs_are(workbook):
    line = [dt.datetime(2020, 12, 30), "A1", "P1", 3000]
    path = workbook({"Sampul": [], "Data": [HEAD, line], "Rekap": [HEAD, [*line[:3], 9000]]})
    assert read(path, sheet=2).table["amount"].tolist() == [3000]


def test_a_file_without_order_numbers_says_how_to_go_on(write):
    found = refused(write("tgl;pelanggan;total\n31/12/2020;P;5\n"))
    assert found.code == "ingest.missing_order" and 'columns={"#row": "order_id"}' in found.render("id")
    found = refused(write("tgl;nota;total\n31/12/2020;A;5\n"))
    assert found.code == "ingest.missing_customer" and 'columns={"#none": "customer_id"}' in found.render("en")


def test_a_web_page_called_excel_is_known_for_what_it_is(write):
    for page in ("\ufeff<html><table><tr><td>Tanggal</td></tr></table>", "\n<meta charset='utf-8'><table>"):
        found = refused(write(page, "laporan.xls"))
        assert (found.code, found.found) == ("ingest.unknown_format", "HTML")


def test_a_phone_number_that_serves_as_the_customer_s_key_is_personal(write):
    path = write("tgl;nota;no_hp;total\n31/12/2020;A;8.12E+11;5\n30/12/2020;B;8.13E+11;5\n")
    assert read(path, columns={"no_hp": "customer_id"}).personal == ("customer_id",)


def test_half_empty_columns_are_candidates(write):
    path = write("tgl;nota;pelanggan;debit;kredit\n31/12/2020;A;P;;1.500,00\n30/12/2020;B;P;250,00;\n")
    questions = refused(path).values["questions"]
    assert [(q.column, q.choices) for q in questions] == [("amount", ("debit", "kredit"))]


def test_a_header_that_says_millions_is_believed_and_said(write):
    mine = read(write("tgl;nota;pelanggan;Omzet (Rp juta)\n31/12/2020;A;P;1,5\n30/12/2020;B;P;12,25\n"))
    assert mine.table["amount"].tolist() == [1_500_000, 12_250_000]
    assert notes(mine)["header_scale"] == {"column": "Omzet (Rp juta)", "scale": 1e6}
    mine = read(write("tgl;nota;pelanggan;Omzet (juta)\n31/12/2020;A;P;1,5 jt\n"))
    assert mine.table["amount"].tolist() == [1_500_000]
    found = refused(write("tgl;nota;pelanggan;Omzet (Rp juta)\n31/12/2020;A;P;1.250\n"))
    assert found.code == "ingest.ambiguous_number", "rupiah have no decimals, but millions of them do"


def test_the_answers_that_google_forms_exports(write):
    path = write(
        '"Timestamp","Pelanggan","Rekomendasi"\n"2020/12/31 10:00:00 AM GMT+7","Budi","9"\n'
        '"2020/12/30 2:30:15 PM GMT+7","Siti","6"\n'
    )
    mine = read(path, as_="survey")
    assert [str(t) for t in mine.table["answered_at"]] == ["2020-12-31 10:00:00", "2020-12-30 14:30:15"]
    assert notes(mine)["zone_kept"]["zone"] == "GMT+7"
    moved = read(path, as_="survey", timezone="WITA").table["answered_at"]
    assert str(moved[0]) == "2020-12-31 11:00:00"


def test_a_header_row_that_is_not_there(write, workbook):
    for path in (write("tgl;nota;pelanggan;total\n31/12/2020;A;P;5\n"), workbook([HEAD])):
        assert refused(path, header_row=9).code == "ingest.no_such_header_row"


def test_the_choices_of_a_parameter_can_be_told_apart(write):
    found = refused(write("tgl;nota;pelanggan;total\n31/12/2020;A;P;5\n"), decimal="koma")
    assert "Diharapkan: “,”, “.”." in found.render("id")
