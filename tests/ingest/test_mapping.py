"""Which column is which: synonyms in two languages, questions where a header means two things."""

import pandas as pd
import pytest

import crmlab as crm
from crmlab.errors import UserError
from crmlab.ingest.headers import synonyms
from crmlab.ingest.mapping import match_columns
from crmlab.schema import SALES, SURVEY


def plan(*headers, columns=None, contract=SALES):
    frame = pd.DataFrame({h: pd.Series(["x"], dtype="str") for h in headers})
    return match_columns(frame, contract, columns, "a.csv")


@pytest.mark.parametrize(
    ("header", "canonical"),
    [
        ("tgl", "ordered_at"),
        ("Tanggal", "ordered_at"),
        ("order date", "ordered_at"),
        ("InvoiceDate", "ordered_at"),
        ("Tgl. Transaksi", "ordered_at"),
        ("no_faktur", "order_id"),
        ("InvoiceNo", "order_id"),
        ("No. Nota", "order_id"),
        ("pelanggan", "customer_id"),
        ("CustomerID", "customer_id"),
        ("Customer", "customer_id"),
        ("ID Member", "customer_id"),
        ("Harga Satuan (Rp)", "unit_price"),
        ("UnitPrice", "unit_price"),
        ("Qty", "quantity"),
        ("Omzet", "amount"),
        ("StockCode", "product_id"),
        ("Nama Barang", "product"),
        ("Kota/Kabupaten", "city"),
        ("No. HP", "phone"),
        ("amount", "amount"),
        ("Biaya", "cost"),
        ("Total Biaya (Rp)", "cost"),
    ],
)
def test_synonyms(header, canonical):
    assert plan(header).by_source == {header: canonical}


@pytest.mark.parametrize("contract", [SALES, SURVEY], ids=lambda c: c.name)
def test_every_synonym_names_a_column_of_its_contract(contract):
    known = synonyms(contract.name)
    assert len(known.headers) > 30
    for header in known.headers:
        assert set(known.meaning(header)[1]) <= set(contract.names), header


def test_jumlah_is_asked():
    asked = plan("tgl", "nota", "pelanggan", "jumlah")
    assert [(q.kind, q.column, q.choices) for q in asked.questions] == [
        ("meaning_of", "jumlah", ("quantity", "amount"))
    ]
    assert [e.code for e in asked.errors] == ["ingest.unclear_column"]


def test_jumlah_is_what_the_other_columns_leave():
    assert plan("tgl", "nota", "pelanggan", "jumlah", "total").by_source["jumlah"] == "quantity"
    assert plan("tgl", "nota", "pelanggan", "qty", "jumlah").by_source["jumlah"] == "amount"


def test_two_columns_for_one_meaning_are_asked_where_it_matters():
    asked = plan("tgl", "nota", "pelanggan", "total", "line total")
    assert [(q.kind, q.column, q.choices) for q in asked.questions] == [
        ("source_of", "amount", ("total", "line total"))
    ]
    settled = plan("tgl", "nota", "pelanggan", "total", "kode toko", "nama toko")
    assert settled.by_canonical["store"] == "kode toko"
    assert settled.others == {"store": ["nama toko"]}


def test_missing_columns_come_with_candidates():
    frame = pd.DataFrame(
        {"Waktu Beli": ["31/12/2020"], "Kd Trans": ["A1"], "Orang": ["P1"], "Besarnya": ["5000"]}, dtype="str"
    )
    asked = match_columns(frame, SALES, None, "a.csv")
    choices = {q.column: q.choices for q in asked.questions}
    assert choices["ordered_at"] == ("Waktu Beli",)
    assert choices["amount"][0] == "Besarnya"
    assert choices["order_id"][-1] == "#row"
    assert choices["customer_id"][-1] == "#none"
    assert "Orang" in choices["customer_id"]


def test_a_name_or_phone_can_stand_for_the_customer_if_a_person_says_so():
    asked = plan("tgl", "nota", "Nama Pelanggan", "No HP", "total")
    assert asked.questions[0].choices == ("Nama Pelanggan", "No HP", "#none")
    assert plan("tgl", "nota", "Nama Pelanggan", "total", columns={"Nama Pelanggan": "customer_id"}).questions == []


def test_rows_as_orders_and_nobody_known():
    frame = pd.DataFrame({"tgl": ["31/12/2020", "30/12/2020"], "total": ["5", "6"]})
    mine = crm.ingest.read(frame, columns={"#row": "order_id", "#none": "customer_id"})
    assert mine.table["order_id"].tolist() == ["1", "2"]
    assert mine.table["customer_id"].isna().all()


def test_columns_given_win_and_forgive_case():
    assert plan("TGL ", "Total", "subtotal", columns={"tgl": "ordered_at", "subtotal": "amount"}).by_canonical == {
        "ordered_at": "TGL ",
        "amount": "subtotal",
    }


def test_none_leaves_a_column_under_its_own_name():
    assert "total" not in plan("tgl", "total", "omzet", columns={"total": None}).by_source
    assert plan("tgl", "total", "omzet", columns={"total": None}).by_source["omzet"] == "amount"


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"tanggl": "ordered_at"}, "ingest.unknown_source_column"),
        ({"tanggal": "order_at"}, "ingest.unknown_canonical"),
        ({"ordered_at": "tanggal"}, "ingest.columns_reversed"),
        ({"tanggal": "amount", "total": "amount"}, "ingest.column_given_twice"),
    ],
)
def test_wrong_columns_are_told(columns, code):
    with pytest.raises(UserError) as caught:
        plan("tanggal", "total", columns=columns)
    assert caught.value.code == code
    if code.startswith("ingest.unknown"):
        assert caught.value.near[0] in ("tanggal", "ordered_at")


def test_an_own_column_never_hides_a_canonical_one():
    frame = pd.DataFrame(
        {"tgl": ["31/12/2020"], "nota": ["A"], "pelanggan": ["P"], "omzet": ["5"], "amount": ["7"], "is_return": ["y"]}
    )
    mine = crm.ingest.read(frame, columns={"omzet": "amount", "amount": None})
    assert mine.table["amount"].tolist() == [5]
    assert mine.table["source_amount"].tolist() == [7]
    assert mine.table["source_is_return"].tolist() == ["y"]


def test_the_cost_of_goods_comes_before_a_cost_of_any_kind():
    assert plan("tgl", "nota", "pelanggan", "Biaya", "HPP").by_canonical["cost"] == "HPP"
    assert plan("tgl", "nota", "pelanggan", "Biaya Kirim").by_canonical.get("cost") is None


def test_columns_is_a_mapping():
    with pytest.raises(UserError) as caught:
        plan("tgl", columns=["tgl"])
    assert caught.value.code == "ingest.columns_no_mapping"


def test_jumlah_in_rupiah_is_money():
    assert plan("tgl", "nota", "pelanggan", "Jumlah (Rp)").by_canonical["amount"] == "Jumlah (Rp)"
    assert plan("tgl", "nota", "pelanggan", "Jumlah (Rp)", "Jumlah").by_source["Jumlah"] == "quantity"
