"""Roles see their rows, masked; what no rule allows is refused and logged."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import crmlab as crm
from crmlab.analytics.access import Access
from crmlab.errors import InternalError

RULES = {
    "sales-barat": {"customers": {"rows": {"region": ["west"]}}},
    "finance": {"customers": {"columns": ("customer_id", "phone"), "unmasked": ("phone",)}, "invoices": {}},
    "broken": {"customers": {"rows": {"wilayah": ["west"]}}},
}


@pytest.fixture
def customers():
    phones = [f"0812{i:05d}890" for i in range(400)]
    return pd.DataFrame({"customer_id": range(400), "region": ["west"] * 120 + ["east"] * 280, "phone": phones})


@pytest.fixture
def access():
    access = Access(RULES, clock=lambda: access.now)
    access.now = dt.datetime(2020, 5, 4, 9)
    return access


def test_the_worked_example(access, customers):
    seen = access.read("rina", "sales-barat", "customers", customers)
    assert (seen.facts["seen"], seen.facts["rows"]) == (120, 400)
    assert set(seen.table["region"]) == {"west"}
    assert set(seen.table["phone"]) == {"0812•••••890"}
    assert customers["phone"][0] == "081200000890", "the table itself is as it was"
    for lang in crm.labels.LANGUAGES:
        assert "120" in seen.explain(lang, "short")


def test_an_unknown_role_sees_nothing_and_is_logged(access, customers):
    with pytest.raises(crm.UserError, match="sales-barat"):
        access.read("rina", "sales-brat", "customers", customers)
    with pytest.raises(crm.UserError):
        access.read("rina", "sales-barat", "invoices", customers)
    with pytest.raises(crm.UserError):
        access.read("rina", "broken", "customers", customers)
    log = access.log()
    assert log.table["outcome"].tolist() == ["refused"] * 3
    assert log.facts["refused"] == 3
    assert log.explain("en", "method")


def test_columns_and_what_a_role_needs_in_full(access, customers):
    seen = access.read("ani", "finance", "customers", customers, purpose="dunning")
    assert list(seen.table.columns) == ["customer_id", "phone"]
    assert seen.table["phone"].tolist() == customers["phone"].tolist()
    assert access.log().table["purpose"].tolist() == ["dunning"]


def test_a_ticket_is_asked_granted_by_another_and_runs_out(access, customers):
    ticket = access.ask("rina", "finance", "customers", "calling back")
    assert len(access.read("rina", "sales-barat", "customers", customers).table) == 120
    with pytest.raises(crm.UserError) as own:
        access.grant(ticket.number, by="rina")
    assert own.value.code == "access.own_ticket"
    access.grant(ticket.number, by="boss", hours=2)
    assert len(access.read("rina", "sales-barat", "customers", customers).table) == 400
    assert len(access.read("budi", "sales-barat", "customers", customers).table) == 120, "a ticket is one person's"
    access.now += dt.timedelta(hours=2)
    assert len(access.read("rina", "sales-barat", "customers", customers).table) == 120


@pytest.mark.parametrize(
    "steps", [("refuse", "grant"), ("end",), ("grant", "grant"), ("grant", "refuse"), ("refuse", "end")]
)
def test_a_ticket_takes_no_other_way(access, steps):
    number = access.ask("rina", "finance", "customers", "why not").number
    for step in steps[:-1]:
        getattr(access, step)(number, by="boss")
    with pytest.raises(crm.UserError) as caught:
        getattr(access, steps[-1])(number, by="boss")
    assert caught.value.code == "access.wrong_step"


def test_a_grant_can_be_ended(access, customers):
    number = access.ask("rina", "finance", "customers", "x").number
    access.grant(number, by="boss")
    access.end(number, by="boss")
    assert len(access.read("rina", "sales-barat", "customers", customers).table) == 120
    for wrong in (lambda: access.grant(9, by="boss"), lambda: access.ask("a", "nobody", "t", "x"),
                  lambda: access.ask("a", "finance", "t", " ")):  # fmt: skip
        with pytest.raises(crm.UserError):
            wrong()


def test_the_log_shows_when_it_was_changed(access, customers):
    for _ in range(3):
        access.read("rina", "sales-barat", "customers", customers)
    assert access.log().facts["n"] == 3
    kept = list(access._log)
    del access._log[1]
    with pytest.raises(InternalError):
        access.log()
    access._log[:] = [{**kept[0], "seen": 1}, *kept[1:]]
    with pytest.raises(InternalError):
        access.log()
