"""PT XYZ's tables of size S, as the sales room reads them."""

from __future__ import annotations

import pytest

import crmlab as crm


@pytest.fixture(scope="session")
def shop():
    return crm.datasets.load_retail("S", layer="clean").tables


@pytest.fixture(scope="session")
def orders(shop):
    """Orders that were not cancelled."""
    table = shop["sales"]
    return table[table["status"] != "cancelled"].rename(columns={"total": "amount"})


@pytest.fixture(scope="session")
def accounts(shop):
    """Companies with the sales rep who looks after them."""
    people = shop["customers"].drop_duplicates("customer_id", keep="last")
    return people.merge(shop["account_reps"], on="customer_id").merge(shop["sales_reps"], on="sales_rep_id")


@pytest.fixture(scope="session")
def use(shop):
    return shop["crm_log"].merge(shop["crm_features"], on="feature_id")
