"""The bad-input rules of the course (section 19), each by its number, on tables that can be checked by hand."""

import pandas as pd
import pytest

import crmlab as crm
from crmlab.errors import UserError

from .conftest import TODAY

HEAD = "tgl;nota;baris;pelanggan;kode_barang;qty;harga;total"


def read(write, *lines, head=HEAD, **options):
    return crm.ingest.read(write("\n".join([head, *lines]) + "\n"), today=TODAY, **options)


def refused(mine):
    return mine.quarantine[["source_row", "reason", "reason_column"]].values.tolist()


def note(mine, name):
    return next((dict(n.values) for n in mine.notes if n.code == f"ingest.note.{name}"), None)


def test_counts_add_up_and_every_refused_row_is_there(write):
    mine = read(
        write,
        "31/12/2020;A1;1;P1;B1;2;500;1000",
        "31/12/2020;A1;2;P1;B2;x;500;1000",
        "abc;A2;1;P1;B1;1;500;500",
        ";A3;1;P1;B1;1;500;500",
        "30/12/2020;;1;P1;B1;1;500;500",
        "30/12/2020;A4;1;P1;B1;1;500;",
    )
    assert refused(mine) == [
        [3, "unreadable_number", "qty"],
        [4, "unreadable_date", "tgl"],
        [5, "missing_value", "tgl"],
        [6, "missing_value", "nota"],
        [7, "missing_value", "total"],
    ]
    facts = mine.report().facts
    assert (facts["rows_read"], facts["rows_kept"], facts["rows_refused"]) == (6, 1, 5)
    assert mine.quarantine["nota"].tolist() == ["A1", "A2", "A3", "", "A4"]
    assert mine.places.tolist() == [2]


def test_rule_3_mixed_types_refuse_the_cell_that_does_not_fit(write):
    mine = read(write, "31/12/2020;A1;1;P1;B1;2;500;1000", "31/12/2020;A2;1;P1;B1;2;gratis;0")
    assert refused(mine) == [[3, "unreadable_number", "harga"]]
    assert mine.quarantine["reason_value"].tolist() == ["gratis"]


def test_rule_3_a_column_that_could_be_read_in_two_ways_is_asked(write):
    with pytest.raises(UserError) as caught:
        read(write, "31/12/2020;A1;P1;1.234", head="tgl;nota;pelanggan;total")
    question = caught.value.values["questions"][0]
    assert (caught.value.code, question.kind, question.choices) == ("ingest.ambiguous_number", "decimal", (",", "."))
    assert read(write, "31/12/2020;A1;P1;1.234", head="tgl;nota;pelanggan;total", decimal=",").table[
        "amount"
    ].tolist() == [1234]
    by_column = {"total": "."}
    assert read(write, "31/12/2020;A1;P1;1.234", head="tgl;nota;pelanggan;total", decimal=by_column).table[
        "amount"
    ].tolist() == [1.234]


def test_rule_3_a_money_column_follows_the_other_money_columns_and_says_so(write):
    mine = read(write, "31/12/2020;A1;1;P1;B1;100;12.500;1.250.000")
    assert mine.table["unit_price"].tolist() == [12500]
    proof = mine.guesses.set_index("column")["proof"]["unit_price"]
    assert proof == "1.250.000 (total)"


def test_rule_3_a_quantity_does_not_follow_the_money(write):
    with pytest.raises(UserError) as caught:
        read(write, "31/12/2020;A1;1;P1;B1;1.250;1.000.000;1.250.000")
    assert (caught.value.code, caught.value.values["column"]) == ("ingest.ambiguous_number", "qty")


def test_rule_3_a_header_in_rupiah_has_no_decimals(write):
    mine = read(write, "31/12/2020;A1;P1;1.234", head="tgl;nota;pelanggan;Total (Rp)")
    assert mine.table["amount"].tolist() == [1234]


def test_rule_4_dates_that_could_be_read_in_two_ways_are_asked(write):
    with pytest.raises(UserError) as caught:
        read(write, "03/04/2020;A1;1;P1;B1;2;500;1000")
    assert caught.value.code == "ingest.ambiguous_date"
    mine = read(write, "03/04/2020;A1;1;P1;B1;2;500;1000", date_order="day")
    assert mine.table["ordered_at"].tolist() == [pd.Timestamp("2020-04-03")]
    mine = read(write, "03/04/2020;A1;1;P1;B1;2;500;1000", date_order={"tgl": "month"})
    assert mine.table["ordered_at"].tolist() == [pd.Timestamp("2020-03-04")]


def test_rule_4_future_dates_are_refused(write):
    mine = read(write, "31/12/2020;A1;1;P1;B1;2;500;1000", "31/12/2030;A2;1;P1;B1;2;500;1000")
    assert refused(mine) == [[3, "future_date", "tgl"]]


def test_rule_5_a_line_that_is_there_twice(write):
    mine = read(
        write,
        "31/12/2020;A1;1;P1;B1;2;500;1000",
        "31/12/2020;A1;1;P1;B1;2;500;1000",
        "31/12/2020;A1;1;P1;B9;1;900;900",
        "31/12/2020;A1;2;P1;B1;2;500;1000",
    )
    assert refused(mine) == [[3, "repeated_line", "baris"], [4, "line_taken", "baris"]]
    assert mine.table["amount"].sum() == 2000


def test_rule_5_without_line_numbers_like_lines_are_kept_and_counted(write):
    line = "31/12/2020;A1;P1;B1;2;500;1000"
    mine = read(write, line, line, "31/12/2020;A1;P1;B2;2;500;1000", head=HEAD.replace("baris;", ""))
    assert len(mine.table) == 3
    assert mine.facts["identical_lines"] == 1
    assert note(mine, "identical_lines") == {"n": 1}


def test_rule_6_a_return_is_no_error_and_finds_its_order(write):
    mine = read(
        write,
        "01/12/2020;A1;1;P1;B1;2;500;1000",
        "05/12/2020;A2;1;P1;B1;1;500;500",
        "13/12/2020;R1;1;P1;B1;-1;500;-500",
        "13/12/2020;R2;1;P2;B1;-1;500;-500",
        "14/12/2020;R3;1;;B1;-1;500;-500",
    )
    assert mine.table["is_return"].tolist() == [False, False, True, True, True]
    assert mine.table["returns_order_id"].fillna("").tolist() == ["", "", "A2", "", ""]
    assert (mine.facts["returns"], mine.facts["returns_linked"]) == (3, 1)


def test_rule_6_a_return_inside_its_own_order_is_linked_to_it(write):
    mine = read(write, "13/12/2020;A1;1;P1;B1;2;500;1000", "13/12/2020;A1;2;P1;B1;-1;500;-500")
    assert mine.table["returns_order_id"].fillna("").tolist() == ["", "A1"]


def test_rule_6_a_negative_amount_is_a_return_where_no_quantity_tells(write):
    mine = read(write, "13/12/2020;A1;P1;500", "14/12/2020;A2;P1;-500", head="tgl;nota;pelanggan;total")
    assert mine.table["is_return"].tolist() == [False, True]
    assert "returns_order_id" in mine.table


def test_rule_8_an_all_missing_column(write):
    mine = read(write, "31/12/2020;A1;1;;B1;2;500;1000", "30/12/2020;A2;1;-;B1;2;500;1000")
    assert mine.table["customer_id"].isna().all()
    assert note(mine, "all_missing") == {"column": "pelanggan"}
    with pytest.raises(UserError) as caught:
        read(write, "31/12/2020;A1;1;P1;B1;2;500;", "30/12/2020;A2;1;P1;B1;2;500;-")
    assert (caught.value.code, caught.value.values["column"]) == ("ingest.all_missing", "total")


def test_rule_9_a_missing_customer_is_kept_as_unknown(write):
    mine = read(write, "31/12/2020;A1;1;;B1;2;500;1000", "30/12/2020;A2;1;P1;B1;2;500;1000")
    assert mine.table["customer_id"].isna().tolist() == [True, False]
    assert mine.facts["unknown_customers"] == 1
    assert mine.table["amount"].sum() == 2000


def test_rule_12_infinite_and_huge_values(write):
    mine = read(
        write,
        "31/12/2020;A1;1;P1;B1;2;500;1000",
        "31/12/2020;A2;1;P1;B1;2;500;inf",
        "31/12/2020;A3;1;P1;B1;2;500;1E+30",
        "31/12/2020;A4;1;P1;B1;2;500;99999999999999999999",
        "31/12/2020;A5;1;P1;B1;2;500;1000",
        "31/12/2020;A6;1;P1;B1;2;500;1000",
    )
    assert refused(mine) == [[3, "infinite_number", "total"], [4, "huge_number", "total"], [5, "huge_number", "total"]]


def test_rule_13_formulas_stay_text_and_are_counted(write):
    evil = '=HYPERLINK("http://x";"klik")'
    mine = read(write, f'31/12/2020;A1;1;"{evil.replace(chr(34), chr(34) * 2)}";B1;2;500;1000')
    assert mine.table["customer_id"].tolist() == [evil]
    assert note(mine, "formulas") == {"column": "pelanggan", "n": 1, "row": 2}


def test_identifiers_stay_text(write):
    mine = read(write, "31/12/2020;0001;1;00017;08123;2;500;1000", "31/12/2020;0002;1;00018;08124;2;500;1000")
    assert mine.table[["order_id", "customer_id", "product_id"]].values.tolist() == [
        ["0001", "00017", "08123"],
        ["0002", "00018", "08124"],
    ]


def test_identifiers_that_a_spreadsheet_made_numbers(write):
    mine = read(write, "31/12/2020;A1;1;17850.0;B1;2;500;1000", "31/12/2020;A2;1;12346.0;B1;2;500;1000")
    assert mine.table["customer_id"].tolist() == ["17850", "12346"]
    frame = pd.DataFrame(
        {"date": ["2020-12-31"] * 2, "order_id": [1.0, 2.0], "customer_id": [17850.0, None], "total": [1, 2]}
    )
    assert crm.ingest.read(frame).table["customer_id"].fillna("?").tolist() == ["17850", "?"]


def test_identifiers_whose_digits_excel_has_lost_are_told(write):
    mine = read(write, "31/12/2020;A1;1;8.12E+11;B1;2;500;1000")
    assert mine.table["customer_id"].tolist() == ["8.12E+11"]
    assert note(mine, "lost_digits") == {"column": "pelanggan", "n": 1, "example": "8.12E+11", "row": 2}


@pytest.mark.parametrize(
    "last", ["Total;;;;;;;3000", ";Total;;;;;;3000", ";;;GRAND TOTAL:;;;;3000", "Jumlah;;;;;4;;3000", ";;;;;;;3000"]
)
def test_a_row_of_totals_is_refused_with_its_reason(write, last):
    mine = read(write, "31/12/2020;A1;1;P1;B1;2;500;1000", "31/12/2020;A2;1;P1;B1;4;500;2000", last)
    assert [r[:2] for r in refused(mine)] == [[4, "total_row"]]
    assert mine.table["amount"].sum() == 3000


def test_a_customer_called_total_is_a_customer(write):
    mine = read(write, "31/12/2020;A1;1;Total;B1;2;500;1000")
    assert mine.table["customer_id"].tolist() == ["Total"]


def test_a_header_in_the_middle_of_joined_files(write):
    mine = read(write, "31/12/2020;A1;1;P1;B1;2;500;1000", HEAD, "30/12/2020;A2;1;P1;B1;2;500;1000")
    assert [r[:2] for r in refused(mine)] == [[3, "repeated_header"]]


def test_amount_is_derived_and_said(write):
    mine = read(write, "31/12/2020;A1;P1;3;500", head="tgl;nota;pelanggan;qty;harga")
    assert mine.table["amount"].tolist() == [1500]
    assert note(mine, "derived_amount") == {"quantity": "qty", "price": "harga"}


def test_amount_is_derived_after_discount(write):
    head = "tgl;nota;pelanggan;qty;harga;diskon"
    mine = read(write, "31/12/2020;A1;P1;3;500;200", "31/12/2020;A2;P1;-3;500;200", head=head)
    assert mine.table["amount"].tolist() == [1300, -1300]
    mine = read(write, "31/12/2020;A1;P1;4;500;10%", head=head)
    assert mine.table[["amount", "discount"]].values.tolist() == [[1800, 200]]
    with pytest.raises(UserError) as caught:
        read(write, "31/12/2020;A1;P1;4;500;10", head=head)
    assert caught.value.code == "ingest.ambiguous_discount"
    assert read(write, "31/12/2020;A1;P1;4;500;10", head=head, discount="percent").table["amount"].tolist() == [1800]
    assert read(write, "31/12/2020;A1;P1;4;500;10", head=head, discount="amount").table["amount"].tolist() == [1990]


def test_an_amount_that_contradicts_its_parts_is_kept_and_counted(write):
    mine = read(write, "31/12/2020;A1;1;P1;B1;2;500;1000", "31/12/2020;A2;1;P1;B1;2;500;7000")
    assert mine.table["amount"].tolist() == [1000, 7000]
    assert note(mine, "amount_differs") == {"n": 1, "column": "total"}


def test_currency_is_said_once_and_never_mixed(write):
    head = "tgl;nota;pelanggan;total"
    mine = read(write, "31/12/2020;A1;P1;£1,234.50", head=head)
    assert (mine.currency, mine.table.attrs["currency"], mine.facts["currency"]) == ("GBP", "GBP", "GBP")
    assert note(read(write, "31/12/2020;A1;P1;5", head=head), "currency_assumed") == {"currency": "IDR"}
    with pytest.raises(UserError) as caught:
        read(write, "31/12/2020;A1;P1;Rp 5.000,-", "31/12/2020;A2;P1;$5", head=head)
    assert caught.value.code == "ingest.two_currencies"
    with pytest.raises(UserError) as caught:
        read(write, "31/12/2020;A1;P1;Rp 5.000,-", head=head, currency="USD")
    assert caught.value.code == "ingest.other_currency"


def test_the_persons_own_columns_come_along(write):
    mine = read(
        write,
        "31/12/2020;A1;P1;5;cerah;31,5;0812",
        "30/12/2020;A2;P1;5;hujan;28;0813",
        head="tgl;nota;pelanggan;total;Cuaca;Suhu;Kode Pos",
    )
    assert mine.table["Cuaca"].tolist() == ["cerah", "hujan"]
    assert mine.table["Suhu"].tolist() == [31.5, 28]
    assert mine.table["Kode Pos"].tolist() == ["0812", "0813"]
    assert note(mine, "own_columns")["columns"] == ["Cuaca", "Suhu", "Kode Pos"]


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        (("05/12/2020", "13/12/2020"), [pd.Timestamp("2020-12-05"), pd.Timestamp("2020-12-13")]),
        (("3", "4"), [3, 4]),
        (("1,5", "2"), [1.5, 2]),
        (("81234567890", "81234567891"), ["81234567890", "81234567891"]),
        (("0012345678901234", "0012345678901235"), ["0012345678901234", "0012345678901235"]),
        (("007", "12"), ["007", "12"]),
        (("3", "banyak"), ["3", "banyak"]),
        (("03/04/2020", "05/06/2020"), ["03/04/2020", "05/06/2020"]),
    ],
)
def test_own_columns_are_typed_only_beyond_doubt(write, cells, kept):
    lines = [f"31/12/2020;A{i};P1;5;{cell}" for i, cell in enumerate(cells)]
    assert read(write, *lines, head="tgl;nota;pelanggan;total;lain").table["lain"].tolist() == kept


def test_a_wrong_column_is_said_with_its_rows(write):
    with pytest.raises(UserError) as caught:
        read(write, "A1;31/12/2020;P1;5", "A2;30/12/2020;P1;5", head="tgl;nota;pelanggan;total")
    assert (caught.value.code, caught.value.rows) == ("ingest.not_dates", (2, 3))


def test_params_read_the_same_source_again(write):
    first = read(write, "13/04/2020;A1;1;P1;B1;2;1,5;3", "03/04/2020;A2;1;P1;B1;2;1,5;3")
    kept = first.params
    again = read(
        write,
        "03/04/2020;A2;1;P1;B1;2;1,5;3",
        columns=kept["columns"],
        decimal=kept["decimal"],
        date_order=kept["date_order"],
    )
    assert again.table["ordered_at"].tolist() == first.table["ordered_at"].tolist()[1:]


def test_the_refusals_sum_up_the_quarantine(write):
    mine = read(
        write,
        *[f"31/12/2020;A{i};1;P1;B1;x;500;{i}" for i in range(7)],
        *[f"31/12/2020;B{i};1;P1;B1;1;500;500" for i in range(9)],
    )
    assert mine.refusals.values.tolist() == [["unreadable_number", "qty", 7, "2, 3, 4, 5, 6", "x"]]


def test_a_discount_is_understood_from_the_amounts(write):
    head = "tgl;nota;pelanggan;qty;harga;diskon;total"
    mine = read(write, "31/12/2020;A1;P1;4;500;10;1800", "31/12/2020;A2;P1;2;1000;25;1500", head=head)
    assert mine.table["discount"].tolist() == [200, 500]
    mine = read(write, "31/12/2020;A1;P1;4;500;10;1990", "31/12/2020;A2;P1;2;1000;25;1975", head=head)
    assert mine.table["discount"].tolist() == [10, 25]


def test_a_currency_in_a_header(write):
    assert read(write, "31/12/2020;A1;P1;5", head="tgl;nota;pelanggan;Total (USD)").currency == "USD"
    with pytest.raises(UserError) as caught:
        read(write, "31/12/2020;A1;P1;5", head="tgl;nota;pelanggan;total", currency="rupiah")
    assert caught.value.code == "ingest.unknown_currency"


def test_further_lines_of_an_order_lean_on_its_first(write):
    mine = read(
        write,
        "31/12/2020;A1;1;P1;B1;2;500;1000",
        ";A1;2;;B2;1;500;500",
        "30/12/2020;A2;1;;B1;1;500;500",
        ";A9;1;;B1;1;5;5",
    )
    assert mine.table[["order_id", "customer_id", "amount"]].fillna("?").values.tolist() == [
        ["A1", "P1", 1000],
        ["A1", "P1", 500],
        ["A2", "?", 500],
    ]
    assert refused(mine) == [[5, "missing_value", "tgl"]]
    assert note(mine, "orders_filled") == {"n": 1}


def test_a_time_of_day_in_its_own_column(write):
    mine = read(write, "31/12/2020;17:03:34;A1;P1;5", "30/12/2020;09.30;A2;P1;5", head="tgl;jam;nota;pelanggan;total")
    assert [str(v) for v in mine.table["ordered_at"]] == ["2020-12-31 17:03:34", "2020-12-30 09:30:00"]
    assert "jam" not in mine.table


def test_cancelled_orders_are_kept_and_told(write):
    mine = read(write, "31/12/2020;A1;P1;5;BATAL", "30/12/2020;A2;P1;5;selesai", head="tgl;nota;pelanggan;total;status")
    assert note(mine, "cancelled") == {"n": 1, "column": "status"}
    assert len(mine.table) == 2


def test_own_columns_that_could_be_read_in_two_ways_stay_text_and_are_told(write):
    head = "tgl;nota;pelanggan;total;ongkir"
    mine = read(write, "31/12/2020;A1;P1;5;25.000", head=head)
    assert mine.table["ongkir"].tolist() == ["25.000"]
    assert note(mine, "own_unclear") == {"columns": ["ongkir"], "example": "ongkir"}
    assert read(write, "31/12/2020;A1;P1;5;25.000", head=head, decimal={"ongkir": ","}).table["ongkir"].tolist() == [
        25000
    ]


def test_rule_14_a_customer_key_made_of_names_is_personal(write):
    head = "tgl;nota;pelanggan;no hp;total"
    mine = read(write, "31/12/2020;A1;Siti Rahma;0812;5", "30/12/2020;A2;Budi;0813;5", head=head)
    assert mine.personal == ("customer_id", "phone")
    assert read(write, "31/12/2020;A1;P1;0812;5", head=head).personal == ("phone",)


def test_bytes_and_open_files_as_an_upload_brings_them(write):
    import io

    content = b"tgl;nota;pelanggan;total\n31/12/2020;A1;P1;5\n"
    upload = io.BytesIO(content)
    upload.name = "../../unggahan.csv"
    assert crm.ingest.read(upload).source.name == "unggahan.csv"
    assert crm.ingest.read(content).table["amount"].tolist() == [5]
    assert crm.ingest.inspect(memoryview(content)).read().facts["rows_kept"] == 1


COSTS = "tgl;nota;pelanggan;sku;qty;total;"


@pytest.mark.parametrize(
    ("header", "costs", "wanted"),
    [
        ("Harga Pokok", (300, 300), [600, 1500]),  # the header says that it is a price
        ("Total HPP", (600, 1500), [600, 1500]),
        ("HPP", (300, 300), [600, 1500]),  # the same for two and for five
        ("HPP", (600, 1500), [600, 1500]),  # grows with the quantity
    ],
)
def test_a_cost_is_the_whole_lines(write, header, costs, wanted):
    lines = [f"31/12/2020;A1;P1;S1;2;1000;{costs[0]}", f"30/12/2020;A2;P1;S1;5;2500;{costs[1]}"]
    mine = read(write, *lines, head=COSTS + header)
    assert mine.table["cost"].tolist() == wanted
    assert (note(mine, "cost_per_unit") is not None) == (costs[0] == 300)


def test_a_cost_of_which_nothing_tells_is_asked(write):
    line = "31/12/2020;A1;P1;S1;2;1000;300"
    with pytest.raises(UserError) as caught:
        read(write, line, head=COSTS + "HPP")
    assert (caught.value.code, caught.value.values["questions"][0].choices) == (
        "ingest.ambiguous_cost",
        ("line", "unit"),
    )
    assert read(write, line, head=COSTS + "HPP", cost="unit").table["cost"].tolist() == [600]
    assert read(write, line, head=COSTS + "HPP", cost="line").table["cost"].tolist() == [300]


def test_a_discount_of_which_nothing_tells_stays_the_persons_own(write):
    mine = read(write, "31/12/2020;A1;P1;5000;0,2", head="tgl;nota;pelanggan;total;Diskon")
    assert "discount" not in mine.table
    assert mine.table["Diskon"].tolist() == [0.2]
    assert note(mine, "discount_unclear") == {"column": "Diskon"}


def test_a_report_as_a_shop_prints_it(write):
    mine = read(
        write,
        "Periode : 01/01/2020 s/d 31/01/2020;;;;",
        ";;;;",
        "No;Tanggal;No Nota;Pelanggan;Jumlah (Rp)",
        "1;02/01/2020;N001;Ibu Siti;150.000",
        "2;15/01/2020;N002;Pak Budi;75.500",
        ";;;TOTAL;225.500",
        "Dicetak: admin;;;;",
        head="LAPORAN PENJUALAN TOKO MAJU;;;;",
    )
    assert mine.table["amount"].tolist() == [150_000, 75_500]
    assert [r[:2] for r in refused(mine)] == [[7, "total_row"], [8, "missing_value"]]
    assert (mine.currency, mine.facts["rows_read"]) == ("IDR", 4)
    assert mine.refusals["column"].tolist() == [None, "No Nota"]


def test_an_american_export(write):
    mine = read(
        write,
        '1,CA-1,11/8/2016,CG-12520,Claire Gute,"Bush, Somerset",02420,261.96,2,0.2',
        "2,CA-2,11/28/2016,CG-12520,Claire Gute,Chair,42420,731.94,3,0",
        head="Row ID,Order ID,Order Date,Customer ID,Customer Name,Product Name,Postal Code,Sales,Quantity,Discount",
    )
    assert mine.table["ordered_at"].tolist() == [pd.Timestamp("2016-11-08"), pd.Timestamp("2016-11-28")]
    assert mine.table["amount"].tolist() == [261.96, 731.94]
    assert mine.table["Postal Code"].tolist() == ["02420", "42420"]


def test_a_thousand_rows_are_980_and_20_in_quarantine(write):
    """Row D01 of the mission map: 980 ok + 20 quarantined = 1000, and nothing is dropped silently."""
    lines = []
    for k in range(1, 1001):
        day = "31/02/2020" if k % 100 == 7 else f"{1 + k % 28:02}/{1 + k % 12:02}/2020"
        amount = "gratis" if k % 100 == 57 else f"{(k % 90 + 1) * 25_000:,}".replace(",", ".")
        lines.append(f"{day};N{k:04};1;P{k % 70};B{k % 9};1;{amount};{amount}")
    mine = read(write, *lines)
    facts = mine.facts
    assert (facts["rows_read"], facts["rows_kept"], facts["rows_refused"]) == (1000, 980, 20)
    assert len(mine.table) == 980 and len(mine.quarantine) == 20
    reasons = mine.quarantine["reason"].value_counts().to_dict()
    assert reasons == {"unreadable_date": 10, "unreadable_number": 10}
    assert mine.quarantine["source_row"].tolist() == [k + 1 for k in range(1, 1001) if k % 50 == 7]
