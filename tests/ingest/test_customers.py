"""A list of customers: every row is one, told apart by a key, and nobody is shown unmasked."""

import pytest

import crmlab as crm
from crmlab.errors import UserError

LIST = """\
Kode Pelanggan;Nama;JK;Tgl Lahir;No HP;Kota;Tgl Daftar;Catatan
007;Siti Rahma;P;31/12/1990;0812-3456-7890;Bandung;13/01/2020;suka kopi
008;Budi;L;14/02/1985;;Depok;14/01/2020;
;Tanpa Nomor;L;01/02/1985;;Depok;14/01/2020;
007;Siti Rahma;P;31/12/1990;0812-3456-7890;Bandung;13/01/2020;suka kopi
008;Budi Santoso;L;14/02/1985;;Depok;14/01/2020;
009;Ani;P;99/02/1985;;Depok;14/01/2020;
"""


def test_a_list_of_customers(write):
    mine = crm.ingest.read(write(LIST, "pelanggan.csv"), as_="customers")
    assert mine.table["customer_id"].tolist() == ["007", "008"]
    assert list(mine.table.columns) == [
        "customer_id", "name", "gender", "born_on", "phone", "city", "registered_on", "Catatan"
    ]  # fmt: skip
    assert mine.table["born_on"].dt.strftime("%Y-%m-%d").tolist() == ["1990-12-31", "1985-02-14"]
    assert mine.quarantine[["source_row", "reason"]].values.tolist() == [
        [4, "missing_value"],
        [5, "repeated_key"],
        [6, "key_taken"],
        [7, "unreadable_date"],
    ]
    assert mine.facts["rows_read"] == 6
    assert "unknown_customers" not in mine.facts
    assert {"name", "born_on", "phone"} <= set(mine.personal)
    assert mine.currency is None
    for lang in ("id", "en"):
        assert "6" in mine.report().explain(lang, "method")
        assert crm.labels.text("ingest.reason.key_taken", lang)


def test_a_list_without_numbers_asks_and_takes_its_rows(write):
    path = write("Nama;No HP\nSiti;0812\nBudi;0813\n", "kontak.csv")
    with pytest.raises(UserError) as caught:
        crm.ingest.read(path, as_="customers")
    assert caught.value.code == "ingest.missing_customer_key"
    (question,) = caught.value.values["questions"]
    assert question.choice_label("#row", "en") == "None: every row is one customer"
    mine = crm.ingest.inspect(path, as_="customers").read({question: "#row"})
    assert mine.table["customer_id"].tolist() == ["2", "3"]
    with pytest.raises(UserError):  # that nobody knows who it is makes no sense here
        crm.ingest.read(path, as_="customers", columns={"#none": "customer_id"})


def test_one_key_for_all_is_refused_where_it_is_empty(write):
    with pytest.raises(UserError) as caught:
        crm.ingest.read(write("id_pelanggan;nama\n;Siti\n;Budi\n"), as_="customers")
    assert caught.value.code == "ingest.all_missing"
