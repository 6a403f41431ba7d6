"""Tables small enough to add by hand, and PT XYZ as a consultant would join it."""

from __future__ import annotations

import pandas as pd
import pytest

import crmlab as crm
from crmlab.analytics import profitability


@pytest.fixture(scope="session")
def clean():
    return crm.datasets.load_retail("S", layer="clean").tables


@pytest.fixture(scope="session")
def truths():
    return crm.datasets.load_retail("S").truths


@pytest.fixture(scope="session")
def lines(clean):
    """The sales lines of PT XYZ with customer, time, channel and status of their order."""
    orders = clean["sales"].merge(clean["channels"][["channel_id", "channel"]], on="channel_id")
    orders = orders[["order_id", "ordered_at", "customer_id", "channel", "status"]]
    products = clean["products"][["product_id", "department", "category", "subcategory", "price_tier"]]
    return clean["sales_lines"].merge(orders, on="order_id").merge(products, on="product_id")


@pytest.fixture(scope="session")
def used(clean):
    return profitability.usage(clean)


@pytest.fixture(scope="session")
def profit(clean, lines, used):
    return profitability.customer_profit(
        lines, costs=clean["activity_costs"], activities=used, commission=clean["channels"]
    )


@pytest.fixture
def sales():
    """X and Y of the worked example of activity-based costs, in rupiah."""
    return pd.DataFrame(
        {
            "order_id": [1, 2],
            "ordered_at": "2020-01-05",
            "customer_id": ["X", "Y"],
            "amount": [12e6, 15e6],
            "cost": [9e6, 12e6],
        }
    )


@pytest.fixture
def costs():
    return pd.DataFrame(
        {"pool": ["calls", "deliveries", "visits"], "cost": [60e6, 90e6, 50e6], "volume": [3000, 4500, 250]}
    )


@pytest.fixture
def use():
    return pd.DataFrame(
        {"customer_id": list("XXXYYY"), "pool": ["calls", "deliveries", "visits"] * 2, "units": [10, 20, 5, 40, 60, 8]}
    )
