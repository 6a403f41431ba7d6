"""PT XYZ's planted truth on consent (R-T30), found again by the audit."""

import pytest

import crmlab as crm
from crmlab.privacy import ConsentLedger, audit


@pytest.fixture(scope="module")
def shop():
    return crm.datasets.load_retail("S", layer="clean")


@pytest.fixture(scope="module")
def found(shop):
    ledger = ConsentLedger(shop.tables["consents"], at="recorded_at", timezone="WIB")
    channels = shop.tables["campaigns"][["campaign_id", "channel"]]
    return audit(shop.tables["campaign_sends"].merge(channels, on="campaign_id"), ledger, purpose="marketing")


def test_the_audit_finds_every_planted_breach_and_no_other(shop, found):
    planted = crm.datasets.load_retail(shop.size, layer="truth").tables["consent_breach"]
    assert set(found.table["send_id"]) == set(planted["send_id"])


def test_no_event_is_lost(shop):
    ledger = ConsentLedger(shop.tables["consents"], at="recorded_at", timezone="WIB")
    assert len(ledger) + len(ledger.unreadable) == len(shop.tables["consents"])
