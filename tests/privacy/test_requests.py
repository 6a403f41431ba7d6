"""One person asks: to see, to correct, to be erased."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmlab as crm
from crmlab.errors import UserError
from crmlab.privacy import check_identity, correct, erase, person

PROOF = {"phone": "0812-3456-7890", "born_on": "1990-05-17"}


@pytest.fixture
def tables():
    return {
        "customers": pd.DataFrame(
            {
                "customer_id": [1, 2],
                "name": ["Siti Rahma", "Budi"],
                "phone": ["+6281234567890", "+6281234567891"],
                "born_on": pd.to_datetime(["1990-05-17", "1980-01-01"]),
                "city": ["Bogor", "Depok"],
            }
        ),
        "orders": pd.DataFrame({"order_id": ["a", "b", "c"], "customer_id": [1, 2, 1], "amount": [100, 50, 25]}),
        "lines": pd.DataFrame({"order_id": ["a", "a", "b"], "product_id": [7, 8, 7], "amount": [60, 40, 50]}),
        "invoices": pd.DataFrame(
            {"order_id": ["a", "b"], "due_on": ["2020-01-31"] * 2, "paid_on": ["2020-01-20", None], "amount": [100, 50]}
        ),
        "products": pd.DataFrame({"product_id": [7, 8], "product": ["pan", "soap"]}),
    }


def test_three_tables_three_sections(tables):
    few = {name: tables[name] for name in ("customers", "orders", "lines", "products")}
    found = person(few, 1)
    assert found.table[["section", "rows"]].values.tolist() == [["customers", 1], ["orders", 2], ["lines", 2]]
    assert "products" not in found.sections, "what somebody bought is about him, the product is not"
    assert "Products" in found.notes[1].render("en") or "products" in found.notes[1].render("en")


def test_without_proof_all_is_masked_and_nothing_leaves(tables, tmp_path):
    found = person(tables, 1)
    shown = found.sections["customers"].iloc[0]
    assert shown["name"] == "S••• R•••"
    assert shown["phone"] == "+62812•••••890"
    assert shown["born_on"] == "1990"
    with pytest.raises(UserError, match="identity"):
        found.export(tmp_path / "person.json")


def test_with_proof_the_person_gets_it_all(tables, tmp_path):
    found = person(tables, 1, proof=PROOF)
    assert found.facts["identity_proven"]
    told = json.loads(found.export(tmp_path / "person.json").read_text(encoding="utf-8"))
    assert set(told["sections"]) == {"customers", "orders", "lines", "invoices"}
    assert told["sections"]["customers"][0]["name"] == "Siti Rahma"
    assert "Budi" not in json.dumps(told)
    page = found.export(tmp_path / "person.html", lang="id").read_text(encoding="utf-8")
    assert "Siti Rahma" in page
    assert "Data yang disimpan tentang 1" in page
    with pytest.raises(UserError, match="pdf"):
        found.export(tmp_path / "person.pdf")


@pytest.mark.parametrize(
    ("given", "fine"),
    [
        ({"phone": "081234567890", "born_on": "1990-05-17"}, True),
        ({"phone": "+62 812 3456 7890", "born_on": pd.Timestamp("1990-05-17")}, True),
        ({"phone": "081234567891", "born_on": "1990-05-17"}, False),
        ({"phone": "081234567890", "name": "Siti Rahma"}, False),
        ({"phone": "081234567890", "born_on": "1990-05-17", "city": "Depok"}, False),
        ({"phone": "", "born_on": ""}, False),
        ({}, False),
    ],
)
def test_who_asks_must_know_enough(tables, given, fine):
    assert check_identity(tables["customers"].iloc[0].to_dict(), given) is fine
    if not fine:
        with pytest.raises(UserError, match="does not fit"):
            person(tables, 1, proof=given)


def test_a_wrong_identity_learns_nothing_of_what_was_wrong(tables):
    with pytest.raises(UserError) as caught:
        person(tables, 1, proof={"phone": "081234567891", "born_on": "1990-05-17"})
    assert "phone" not in str(caught.value)
    assert "81234" not in str(caught.value)


def test_nobody_of_that_id(tables):
    with pytest.raises(UserError, match="Nothing is kept"):
        person(tables, 99)
    with pytest.raises(UserError):
        person({"products": tables["products"]}, 1)


def test_a_correction_is_logged_and_masked(tables):
    mended, entry = correct(
        tables, 1, table="customers", column="phone", value="081300001111", at="2020-02-01", by="desk", reason="new"
    )
    assert mended["customers"]["phone"].tolist() == ["081300001111", "+6281234567891"]
    assert tables["customers"]["phone"].iloc[0] == "+6281234567890"
    assert entry["after"] == "0813•••••111"
    assert mended["orders"] is tables["orders"]
    with pytest.raises(UserError, match="key"):
        correct(tables, 1, table="customers", column="customer_id", value=3, at="x", by="x", reason="x")


def test_erasure_leaves_the_sums_and_nobody(tables):
    done = erase(tables, 1, at="2020-12-31", by="data officer")
    assert done.facts["erased"]
    assert done.facts["totals_unchanged"]
    after = done.tables
    customers = after["customers"]
    assert customers.loc[0, ["name", "phone", "born_on"]].isna().all()
    assert customers.loc[1, "name"] == "Budi"
    assert 1 not in set(customers["customer_id"]) | set(after["orders"]["customer_id"])
    assert customers.loc[0, "city"] == "Bogor"
    joined = after["orders"].merge(customers, on="customer_id")
    assert joined.groupby("city")["amount"].sum().to_dict() == {"Bogor": 125, "Depok": 50}
    assert after["lines"].equals(tables["lines"])
    again = erase(tables, 1, at="2020-12-31", by="data officer").tables["customers"]["customer_id"].iloc[0]
    assert again != customers["customer_id"].iloc[0], "the key was thrown away: nobody can do it again"
    assert "Siti" not in done._repr_html_()
    with pytest.raises(UserError):
        person(after, 1)


def test_an_open_invoice_holds_it_up(tables):
    held = erase(tables, 2, at="2020-12-31", by="data officer")
    assert not held.facts["erased"]
    assert held.facts["held"] == 1
    assert held.tables["customers"].equals(tables["customers"])
    paid = {**tables, "invoices": tables["invoices"].assign(paid_on="2020-02-01")}
    assert erase(paid, 2, at="2020-12-31", by="x").facts["erased"]
    assert not erase(paid, 2, at="2020-01-15", by="x").facts["erased"], "not paid yet on that day"


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(-1000, 1000)), min_size=1, max_size=30),
    st.integers(1, 5),
    st.booleans(),
)
def test_erasure_keeps_totals(orders, who, as_text):
    ids = [f"C{i}" if as_text else i for i in range(1, 6)]
    tables = {
        "customers": pd.DataFrame({"customer_id": ids, "email": [f"a{i}@contoh.id" for i in range(5)]}),
        "orders": pd.DataFrame({"customer_id": [ids[c - 1] for c, _ in orders], "amount": [a for _, a in orders]}),
    }
    done = erase(tables, ids[who - 1], at="2020-12-31", by="x")
    before, after = tables["orders"], done.tables["orders"]
    assert done.facts["totals_unchanged"]
    assert after["amount"].sum() == before["amount"].sum()
    assert after["customer_id"].nunique() == before["customer_id"].nunique()
    assert sorted(after.groupby("customer_id")["amount"].sum()) == sorted(before.groupby("customer_id")["amount"].sum())
    assert ids[who - 1] not in set(after["customer_id"])


def test_one_person_of_pt_xyz():
    shop = crm.datasets.load_retail("S", layer="clean")
    names = (
        "customers",
        "sales",
        "sales_lines",
        "payments",
        "deliveries",
        "survey_invitations",
        "survey_answers",
        "products",
    )
    tables = {name: shop.tables[name] for name in names}
    answered = tables["survey_invitations"].query("answered")["customer_id"].iloc[0]
    found = person(tables, answered)
    assert {"customers", "sales", "sales_lines", "survey_answers"} <= set(found.sections)
    assert "products" not in found.sections
    mine = tables["sales"][tables["sales"]["customer_id"] == answered]
    assert found.table.set_index("section").loc["sales", "rows"] == len(mine)
    lines = tables["sales_lines"]["order_id"].isin(mine["order_id"]).sum()
    assert found.table.set_index("section").loc["sales_lines", "rows"] == lines
    done = erase(tables, answered, at="2022-12-31", by="data officer")
    if done.facts["erased"]:
        kept = done.tables["customers"]
        gone = kept[~kept["customer_id"].isin(tables["customers"]["customer_id"])]
        assert gone[["name", "phone", "email", "address", "national_id", "born_on"]].isna().all(axis=None)
        assert done.tables["sales"]["total"].sum() == tables["sales"]["total"].sum()
