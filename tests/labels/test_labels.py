"""Which language is spoken, and how errors, names and Results become words."""

import pickle

import pandas as pd
import pytest

from crmlab import labels, schema
from crmlab.errors import InternalError, UserError
from crmlab.results import Note, Result, Source


def test_the_edition_of_a_notebook_sets_the_language(monkeypatch):
    monkeypatch.delenv("CRMLAB_LANG", raising=False)
    monkeypatch.setenv("JPY_SESSION_NAME", "/home/ani/crmlab/notebooks/en/02-cube.ipynb")
    assert labels.language() == "en"
    monkeypatch.setenv("JPY_SESSION_NAME", r"C:\Users\ani\notebooks\id\02-cube.ipynb")
    assert labels.language() == "id"
    monkeypatch.setenv("CRMLAB_LANG", "en")
    assert labels.language() == "en"
    with labels.using("id"):
        assert labels.language() == "id"


def test_an_error_says_table_rows_wanted_found_and_one_cure():
    error = UserError("schema.unknown_column", table="sales", rows=range(1, 9), found="amuont", near="amount")
    assert error.render("en") == (
        "Table sales, rows 1, 2, 3, 4, 5 and 3 more: The contract of this table does not know that column. "
        "Found: amuont. Did you mean “amount”? To mend it: Use one of the column names in the contract."
    )
    assert error.render("id") == (
        "Tabel sales, baris 1, 2, 3, 4, 5 dan 3 lainnya: Kontrak tabel ini tidak mengenal kolom itu. "
        "Ditemukan: amuont. Maksud Anda “amount”? Caranya: Pakai salah satu nama kolom dalam kontrak."
    )
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_long_list_of_names_is_cut_with_its_rest_counted():
    said = UserError("schema.unknown_table", found="x", wanted=[f"t{i}" for i in range(15)]).render("en")
    assert "Wanted: t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11 and 3 more." in said


def test_unknown_words_are_a_fault_of_ours():
    with pytest.raises(InternalError, match="no words for 'common.nothing'"):
        labels.text("common.nothing")
    with pytest.raises(InternalError, match="need the value 'kept'"):
        labels.text("common.source_rows", refused=1)
    with pytest.raises(UserError) as caught:
        labels.set_language("jv")
    assert caught.value.code == "labels.unknown_language"


def test_contracts_know_their_columns():
    assert schema.contract("sales")["amount"].kind == "amount"
    with pytest.raises(UserError) as caught:
        schema.contract("sale")
    assert caught.value.near == ("sales",)


def test_a_result_is_frozen_and_says_where_it_came_from():
    table = pd.DataFrame({"segment": ["loyal"], "revenue": [1234567.0]})
    source = Source("PT XYZ", "abcdef0123456789", 10, 2)
    note = Note("common.source_rows", {"kept": 10, "refused": 2})
    result = Result("cube.view", table, facts={"revenue": 1234567}, notes=[note], source=source)
    with pytest.raises(TypeError):
        result.facts["revenue"] = 0
    with labels.using("id"):
        page = result._repr_html_()
    assert "10 baris dipakai, 2 baris ditolak" in page and "1.234.567" in page and "abcdef012345" in page
    again = pickle.loads(pickle.dumps(result))
    assert again.facts == result.facts and again.table.equals(table)


def test_a_part_whose_value_is_missing_is_left_out_or_said_otherwise():
    entry = {
        "id": "x",
        "en": "{n:count} wait[[, half {median:number.0} days|| and half never come]][[ ({low} to {high})]].",
    }
    said = {
        labels.write(entry, "an entry", "en", {"n": 3, "median": m, "low": a, "high": b})
        for m, a, b in ((5, 2, 9), (5, 2, None), (float("nan"), 2, pd.NA), (5, 2, float("inf")), (0, 0, 0))
    }
    assert said == {
        "3 wait, half 5 days (2 to 9).", "3 wait, half 5 days.", "3 wait and half never come.",
        "3 wait, half 0 days (0 to 0).",
    }  # fmt: skip
    with pytest.raises(InternalError):  # a value that is not given at all is a fault of ours
        labels.write(entry, "an entry", "en", {"n": 3, "median": 5})


def test_what_a_regression_compares_is_named():
    assert labels.name("payer_group: bpjs", "en") == "Payer group: BPJS (national scheme)"
    assert labels.name("Toko: bpjs", "en") == "Toko: bpjs"


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (1, "1 row without a known Segment is part"),
        (2, "2 rows without a known Segment are part"),
        (0, "0 rows without"),
    ],
)
def test_one_is_not_said_as_many(n, said):
    assert said in labels.text("cube.unknown_rows", "en", n=n, level="segment")
    assert labels.text("cube.unknown_rows", "id", n=n, level="segment").startswith(f"{n} baris tanpa Segmen")


def test_numbers_with_a_comma_of_their_own_are_parted_by_semicolons():
    said = "frameworks.measured.counted"
    values = {"measure": "retained", "value": 0.4, "n": 10, "thresholds": [0.25, 0.5], "score": 1}
    assert "Ambang 0,25; 0,50: skor 1" in labels.text(said, "id", **values)
    assert "Thresholds 0.25, 0.50: score 1" in labels.text(said, "en", **values)
