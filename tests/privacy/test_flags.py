"""A blacklist with evidence, an end and an appeal."""

import pandas as pd
import pytest

import crmlab as crm
from crmlab.errors import UserError
from crmlab.privacy import blacklist


@pytest.fixture
def listed():
    """Six customers: 1 pays very late twice, 2 refuses three times; the others come near or share a phone with them."""
    bills = pd.DataFrame(
        [
            (1, "i1", "2020-01-01", "2020-05-01"),
            (1, "i2", "2020-02-01", None),
            (3, "i3", "2020-01-01", "2020-06-01"),  # once is not enough
            (4, "i4", "2020-01-01", "2020-03-31"),  # 90 days are not more than 90
            (4, "i5", "2020-01-01", "2020-03-31"),
            (5, "i6", "2020-11-01", None),  # not paid, but only 60 days late
            (5, "i7", "2020-11-01", None),
        ],
        columns=["customer_id", "invoice_id", "due_on", "paid_on"],
    ).assign(phone="+6281200000001")
    deliveries = pd.DataFrame(
        [(2, f"d{i}", True, True, f"2020-0{i}-01") for i in (1, 2, 3)]
        + [(6, f"e{i}", i < 3, True, f"2020-0{i}-01") for i in (1, 2, 3)]
        + [(3, f"f{i}", True, False, f"2020-0{i}-01") for i in (1, 2, 3)],  # refused, but paid before
        columns=["customer_id", "order_id", "refused", "cash_on_delivery", "delivered_on"],
    )
    return blacklist(bills, deliveries, as_of="2020-12-31")


def test_two_of_six_each_with_evidence(listed):
    table = listed.table
    assert table[["customer_id", "rule", "evidence"]].values.tolist() == [
        [1, "late_payment", "i1, i2"],
        [2, "refused_delivery", "d1, d2, d3"],
    ]
    assert (listed.result.facts["customers"], listed.result.facts["flagged"]) == (6, 2)
    assert listed.active("2020-12-31") == [1, 2]


def test_what_was_not_known_yet_is_no_evidence():
    bills = pd.DataFrame(
        {"customer_id": [1, 1], "invoice_id": ["a", "b"], "due_on": "2020-01-01", "paid_on": "2020-12-01"}
    )
    assert len(blacklist(bills, as_of="2020-03-31")) == 0
    assert len(blacklist(bills, as_of="2020-04-01")) == 1


def test_an_entry_ends_by_itself_and_is_never_deleted(listed):
    assert listed.active("2030-01-01") == []
    assert listed.active("2020-02-15") == [], "it does not work backwards"
    assert len(listed) == 2


def test_an_appeal_is_open_then_decided(listed):
    open_ = listed.appeal(1, at="2021-01-05", reason="the goods were broken")
    assert open_.table["appeal"].tolist() == ["open", "none"]
    assert open_.active("2021-01-06") == [1, 2], "it counts until it is decided"
    granted = open_.decide(1, "granted", at="2021-01-10", reason="true")
    assert granted.active("2021-01-11") == [2]
    assert len(granted) == 2
    assert open_.decide(1, "upheld", at="2021-01-10", reason="no").active("2021-01-11") == [1, 2]
    assert listed.table["appeal"].tolist() == ["none", "none"], "the old list stays as it was"
    for code, wrong in {
        "not_listed": lambda: listed.appeal(9, at="2021-01-01", reason="?"),
        "no_appeal": lambda: listed.decide(1, "granted", at="2021-01-01", reason="?"),
        "unknown_decision": lambda: open_.decide(1, "maybe", at="2021-01-01", reason="?"),
    }.items():
        with pytest.raises(UserError) as caught:
            wrong()
        assert caught.value.code == f"privacy.{code}"


def test_pt_xyz_has_late_payers_and_false_customers():
    shop = crm.datasets.load_retail("S", layer="clean")
    orders = shop.tables["sales"][["order_id", "customer_id"]]
    bills = shop.tables["payments"].merge(orders, on="order_id")
    deliveries = shop.tables["deliveries"].merge(orders, on="order_id")
    made = blacklist(bills, deliveries, as_of="2020-12-31", valid_days=3650)
    kinds = shop.tables["customers"].drop_duplicates("customer_id").set_index("customer_id")["customer_type"]
    table = made.table
    refusing = table.loc[table["rule"] == "refused_delivery", "customer_id"]
    assert set(kinds[refusing]) == {"consumer"}
    planted = shop.truths["R-T19"]["realised"]
    assert len(refusing) == planted["fake_consumers"]
    paid = bills[bills["paid_on"].notna()]  # PT XYZ's own rule: three invoices, thirty days
    late = blacklist(paid, as_of="2021-12-31", late_days=30, late_invoices=3, valid_days=3650).table
    assert len(late) == planted["late_paying_accounts"]
    assert set(kinds[late["customer_id"]]) == {"corporate"}
