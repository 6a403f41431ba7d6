"""Text files: separators, encodings, titles above the header, lines that do not fit; rules 1 and 2."""

import pytest

import crmlab as crm
from crmlab.errors import UserError
from crmlab.ingest import Limits

ROWS = [
    ["Tanggal", "No Faktur", "Pelanggan", "Total"],
    ["31/12/2020", "A1", "Café Ayu", "1500,5"],
    ["01/02/2020", "A2", "Budi", "2000"],
]


def text(separator=";", rows=ROWS):
    return "".join(separator.join(r) + "\n" for r in rows)


def amounts(path, **options):
    return crm.ingest.read(path, **options).table["amount"].tolist()


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_each_separator_is_found(write, separator):
    mine = crm.ingest.read(write(text(separator)))
    assert mine.table["amount"].tolist() == [1500.5, 2000]
    assert mine.params["separator"] == separator


def test_commas_between_columns(write):
    mine = crm.ingest.read(write('order_id,date,customer,total\nA1,2020-12-31,x,"1,500.5"\nA2,2020-12-30,y,3\n'))
    assert mine.table["amount"].tolist() == [1500.5, 3]
    assert mine.params["separator"] == ","


def test_decimal_commas_do_not_pass_for_separators(write):
    path = write("tgl;nota;pelanggan;qty;harga\n" + "".join(f"1{i}/12/2020;A{i};x;1,5;2,5\n" for i in range(3, 9)))
    assert crm.ingest.read(path).params["separator"] == ";"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_encodings_and_byte_order_marks(write, encoding, said):
    mine = crm.ingest.read(write(text(), encoding=encoding))
    assert mine.table["customer_id"].tolist() == ["Café Ayu", "Budi"]
    assert mine.params["encoding"] == said


def test_the_separator_that_excel_names_in_the_first_line(write):
    mine = crm.ingest.read(write("sep=;\n" + text() + "3/3/2020;A3;Citra;abc\n"))
    assert mine.quarantine["source_row"].tolist() == [5]


def test_whole_lines_in_quotes(write):
    lines = ["tgl,nota,pelanggan,total", '31/12/2020,A1,"Ayu, Bu",5', "30/12/2020,A2,Budi,6"]
    wrapped = "".join('"' + line.replace('"', '""') + '"\n' for line in lines)
    mine = crm.ingest.read(write(wrapped))
    assert mine.table[["customer_id", "amount"]].values.tolist() == [["Ayu, Bu", 5], ["Budi", 6]]
    assert amounts(write('"tgl","nota","pelanggan","total"\n"31/12/2020","A1","x","5"\n')) == [5]


def test_old_mac_and_windows_line_ends(write):
    assert amounts(write(text().replace("\n", "\r\n"))) == [1500.5, 2000]
    assert amounts(write(text().replace("\n", "\r"))) == [1500.5, 2000]


def test_titles_above_the_header_are_passed_over_and_said(write):
    mine = crm.ingest.read(write("Laporan Penjualan;;;\nCabang Bandung;;;\n\n" + text()))
    assert mine.params["header_row"] == 4
    assert mine.places.tolist() == [5, 6]
    assert [n.values["title"] for n in mine.notes if n.code == "ingest.note.title_rows"] == ["Laporan Penjualan"]


def test_the_header_row_can_be_given(write):
    mine = crm.ingest.read(write("total;x;y;z\n" + text()), header_row=2)
    assert mine.table["amount"].tolist() == [1500.5, 2000]


def test_a_separator_at_the_end_of_each_line(write):
    lines = text().splitlines()
    assert amounts(write("\n".join(f"{line};" for line in lines))) == [1500.5, 2000]
    assert amounts(write("\n".join([lines[0], *(f"{line};" for line in lines[1:])]))) == [1500.5, 2000]


def test_lines_that_do_not_fit_are_kept_as_they_stood(write):
    mine = crm.ingest.read(write(text() + "02/02/2020;A3;Citra;500;surplus\n03/02/2020;A4\n"))
    assert mine.quarantine[["source_row", "reason", "reason_value", "No Faktur"]].values.tolist() == [
        [4, "ragged_row", "02/02/2020;A3;Citra;500;surplus", "A3"],
        [5, "ragged_row", "03/02/2020;A4", "A4"],
    ]
    assert mine.facts["rows_read"] == 4


def test_blank_lines_are_counted_and_keep_the_places_right(write):
    mine = crm.ingest.read(write(text() + "\n;;;\n03/02/2020;A4;Dewi;x\n"))
    assert mine.facts["blank_rows"] == 2
    assert mine.quarantine["source_row"].tolist() == [6]


def test_line_breaks_inside_quotes(write):
    mine = crm.ingest.read(
        write('tgl;nota;pelanggan;total\n31/12/2020;A1;"Ayu\nJalan 1";5\n30/12/2020;A2;Budi;x\n29/12/2020;A3;C;1\n')
    )
    assert mine.table["customer_id"].tolist() == ["Ayu\nJalan 1", "C"]
    assert mine.quarantine["source_row"].tolist() == [3], "a spreadsheet shows this record as row 3"


def test_a_quote_left_open_swallows_nothing(write):
    mine = crm.ingest.read(
        write('tgl;nota;pelanggan;total\n31/12/2020;A1;"Ayu;5\n30/12/2020;A2;Budi;6\n29/12/2020;A3;C;7\n')
    )
    assert mine.table["amount"].tolist() == [5, 6, 7]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "ingest.empty_file"),
        ("  \n \n", "ingest.empty_file"),
        ("Tanggal;Nota;Pelanggan;Total\n", "ingest.no_rows"),
        ("2020-01-01;5;6\n2020-01-02;7;8\n", "ingest.no_header"),
        (b"\x89PNG\r\n\x1a\n\0\0", "ingest.unknown_format"),
        (b"\x00\x01\x02\x00\x00\x03\xff\x00\x01", "ingest.not_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ingest.old_workbook"),
        (b"PK\x03\x04 not really", "ingest.unknown_format"),
        (b"PAR1 cut short", "ingest.unreadable_parquet"),
        ('[{"tgl": 1}]', "ingest.unknown_format"),
        ("<html><table></table></html>", "ingest.unknown_format"),
    ],
)
def test_rule_1_empty_and_unreadable_files_say_so(write, content, code):
    with pytest.raises(UserError) as caught:
        crm.ingest.read(write(content))
    assert caught.value.code == code
    assert caught.value.render("id") != caught.value.render("en")


def test_rule_1_one_row_is_a_table(write):
    assert amounts(write("tgl;nota;pelanggan;total\n31/12/2020;A1;x;5\n")) == [5]


def test_rule_2_a_wrong_separator_is_seen(write):
    with pytest.raises(UserError) as caught:
        crm.ingest.read(write(text()), separator=",")
    assert (caught.value.code, caught.value.near) == ("ingest.one_column", (";",))


def test_rule_2_a_wrong_encoding_is_seen(write):
    with pytest.raises(UserError) as caught:
        crm.ingest.read(write(text(), encoding="cp1252"), encoding="utf-8")
    assert (caught.value.code, caught.value.rows) == ("ingest.wrong_encoding", (2,))
    with pytest.raises(UserError) as caught:
        crm.ingest.read(write(text()), encoding="utf-7b")
    assert caught.value.code == "ingest.unknown_encoding"


def test_sizes_are_bounded_with_a_message(write):
    path = write(text())
    for limits, code in [
        (Limits(bytes=10), "ingest.too_many_bytes"),
        (Limits(rows=1), "ingest.too_many_rows"),
        (Limits(columns=3), "ingest.too_many_columns"),
        (Limits(cell=5), "ingest.too_long_cell"),
    ]:
        with pytest.raises(UserError) as caught:
            crm.ingest.read(path, limits=limits)
        assert caught.value.code == code


def test_a_file_that_is_not_there_gets_a_suggestion(write):
    path = write(text(), "penjualan.csv")
    with pytest.raises(UserError) as caught:
        crm.ingest.read(path.with_name("penjualn.csv"))
    assert (caught.value.code, caught.value.near) == ("ingest.no_file", ("penjualan.csv",))


def test_thousands_of_columns(write):
    header = "tgl;nota;pelanggan;total;" + ";".join(f"fitur {i}" for i in range(2000))
    row = "31/12/2020;A1;x;5;" + ";".join("1" for _ in range(2000))
    mine = crm.ingest.read(write(f"{header}\n{row}\n"))
    assert mine.table.shape == (1, 4 + 1 + 2000)


def test_a_separator_that_can_not_be_told_is_asked(write):
    path = write("a,b;c,d\nx,y;z,w\n")
    with pytest.raises(UserError) as caught:
        crm.ingest.read(path)
    assert caught.value.code == "ingest.separator_unclear"
    assert [q.kind for q in crm.ingest.inspect(path).questions] == ["separator"]
