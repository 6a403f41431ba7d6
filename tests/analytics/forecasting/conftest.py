"""PT XYZ's orders of size S, what is planted in it, and what is found: fitted once, as fitting is slow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import crmlab as crm
from crmlab.analytics import forecasting

DAY = "2020-12-31"


@pytest.fixture(scope="session")
def shop():
    return crm.datasets.load_retail("S", layer="clean").tables


@pytest.fixture(scope="session")
def orders(shop):
    """Orders that were not cancelled, with the names of their channels."""
    table = shop["sales"].merge(shop["channels"][["channel_id", "channel"]], on="channel_id")
    return table[table["status"] != "cancelled"].rename(columns={"total": "amount"})


@pytest.fixture(scope="session")
def planted():
    """Truths of size S by id and what: the planted value."""
    path = Path(__file__).parents[3] / "datasets" / "retail" / "truths.json"
    found = json.loads(path.read_text(encoding="utf-8"))["sizes"]["S"]
    return {(key, f["what"]): f["planted"] for key, truth in found.items() for f in truth["found"]}


@pytest.fixture(scope="session")
def effects(orders):
    return forecasting.decompose(orders, as_of=DAY)


@pytest.fixture(scope="session")
def moved(orders, shop):
    return forecasting.shock(orders, shop["customers"], as_of=DAY)


@pytest.fixture(scope="session")
def ahead(orders):
    return forecasting.forecast(orders, as_of=DAY)


@pytest.fixture(scope="session")
def ahead_months(orders):
    return forecasting.forecast(orders, as_of="2020-12-20", every="month", models=["calendar"])
