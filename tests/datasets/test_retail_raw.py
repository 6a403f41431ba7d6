"""The raw POS export, and the reference way back to clean tables."""

import re

import pandas as pd
import pytest

from crmlab.datasets import load_retail
from crmlab.datasets.retail import planted, pos


@pytest.fixture(scope="module", params=["S", "M"])
def raw(request):
    return load_retail(request.param, layer="raw")


@pytest.fixture(scope="module")
def clean(raw):
    return load_retail(raw.size, layer="clean").tables


@pytest.fixture(scope="module")
def truth(raw):
    return load_retail(raw.size, layer="truth").tables


def test_the_till_has_its_habits(raw):
    customers, sales = raw.tables["pos_pelanggan"], raw.tables["pos"]
    assert set(customers["JK"]) == {"L", "P", ""}
    assert customers["TGL_LAHIR"].str.fullmatch(r"\d\d/\d\d/\d{4}").all()
    assert sales["HARGA"].str.fullmatch(r"\d{1,3}(\.\d{3})*").all()
    assert sales["HARGA"].str.contains(".", regex=False).any()
    assert raw.path("pos").read_bytes().count(b"\r\n") == len(sales) + 1
    styles = {re.sub(r"\d+", "9", phone) for phone in customers["NO_HP"]}
    assert styles == {"9", "+9", "9 9 9 9", "9-9-9"}


def test_reference_finds_every_duplicate_and_no_household(raw, truth):
    customers = raw.tables["pos_pelanggan"]
    first = pos.merge_map(customers)
    merged = first[first != first.index]
    planted_pairs = truth["pos_duplicate"].set_index("pos_code")["customer_id"].map("PLG{:06}".format)
    assert merged.sort_index().to_dict() == planted_pairs.sort_index().to_dict()
    households = truth["household_phone"]
    phones = customers.set_index("KODE_PLG")["NO_HP"].map(pos.canonical_phone)
    for one, other in households[["customer_id", "other_customer_id"]].itertuples(index=False):
        assert phones[f"PLG{one:06}"] == phones[f"PLG{other:06}"]
        assert f"PLG{one:06}" not in merged.index


def test_duplicates_are_of_the_planted_kinds(raw, truth):
    pairs = truth["pos_duplicate"]
    customers = raw.tables["pos_pelanggan"].set_index("KODE_PLG")
    consumers = len(customers) - len(pairs)
    assert len(pairs) == round(planted.DUPLICATES * consumers)
    shares = pairs["kind"].value_counts(normalize=True)
    for kind, share in planted.DUPLICATE_KINDS.items():
        assert abs(shares[kind] - share) <= 1 / len(pairs)
    original = customers.loc[pairs["customer_id"].map("PLG{:06}".format)]
    second = customers.loc[pairs["pos_code"]]
    same_name = original["NAMA"].str.upper().to_numpy() == second["NAMA"].str.upper().to_numpy()
    same_phone = original["NO_HP"].to_numpy() == second["NO_HP"].to_numpy()
    assert ((pairs["kind"] == "phone_format").to_numpy() == (same_name & ~same_phone)).all()
    assert ((pairs["kind"] == "name_typo").to_numpy() == (~same_name & same_phone)).all()
    assert ((pairs["kind"] == "both").to_numpy() == (~same_name & ~same_phone)).all()


def test_missing_gender_is_as_planted(raw, truth):
    customers = raw.tables["pos_pelanggan"]
    codes = truth["pos_duplicate"]["pos_code"]
    people = customers[~customers["KODE_PLG"].isin(codes)]
    assert (people["JK"] == "").sum() == round(planted.GENDER_MISSING * len(people))


def test_reference_reproduces_the_clean_customers(raw, clean):
    got = pos.clean_customers(raw.tables["pos_pelanggan"], clean["regions"])
    wanted = clean["customers"].query("customer_type == 'consumer'").drop_duplicates("customer_id")
    wanted = wanted[got.columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(got, wanted, check_dtype=False)


def test_reference_reproduces_the_clean_sales(raw, clean):
    orders, lines = pos.clean_sales(raw.tables["pos"], raw.tables["pos_pelanggan"])
    wanted = clean["sales"].merge(clean["channels"][["channel_id", "channel"]]).sort_values("order_id")
    wanted = wanted[wanted["channel"].isin(["store", "whatsapp"])]
    pd.testing.assert_frame_equal(orders, wanted[orders.columns].reset_index(drop=True), check_dtype=False)
    held = clean["sales_lines"][clean["sales_lines"]["order_id"].isin(wanted["order_id"])]
    pd.testing.assert_frame_equal(lines, held[lines.columns].reset_index(drop=True), check_dtype=False)
