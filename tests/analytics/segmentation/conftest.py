"""D02's ten customers, and PT XYZ's orders with what is planted in them."""

from __future__ import annotations

import pandas as pd
import pytest

import crmlab as crm

AS_OF = "2020-12-31"
# last purchase, number of orders, millions of rupiah; and the scores as the mission map works them out
TEN = {
    "C01": ("2020-12-20", 24, 18.0, "455"),
    "C02": ("2020-12-28", 12, 9.5, "544"),
    "C03": ("2020-11-15", 18, 22.0, "355"),
    "C04": ("2020-10-01", 6, 3.0, "333"),
    "C05": ("2020-12-01", 3, 1.2, "422"),
    "C06": ("2020-06-10", 15, 14.0, "244"),
    "C07": ("2020-03-05", 2, 0.8, "222"),
    "C08": ("2019-11-11", 9, 6.0, "133"),
    "C09": ("2019-05-01", 1, 0.3, "111"),
    "C10": ("2020-12-30", 1, 0.4, "511"),
}


@pytest.fixture
def ten():
    """The orders of the ten: one a day up to the last."""
    rows = [
        (who, f"{who}-{i}", pd.Timestamp(last) - pd.Timedelta(days=i), amount * 1_000_000 / n)
        for who, (last, n, amount, _) in TEN.items()
        for i in range(n)
    ]
    return pd.DataFrame(rows, columns=["customer_id", "order_id", "ordered_at", "amount"])


@pytest.fixture(scope="module")
def shop():
    return crm.datasets.load_retail("S")


@pytest.fixture(scope="module")
def orders(shop):
    names = {"date": "ordered_at", "gross_amount": "amount"}
    return shop.tables["fact_order"].drop(columns="discount").rename(columns=names)


@pytest.fixture(scope="module")
def truth():
    told = crm.datasets.load_retail("S", layer="truth").tables["customer_segment"]
    return told.set_index("customer_id")["segment_true"]


@pytest.fixture(scope="module")
def figures(shop, orders, truth):
    """What the five planted segments of consumers are to be found in."""
    found = crm.segmentation.features(
        orders, as_of=AS_OF, customers=shop.tables["dim_customer"], promo="promotion_id", source=None
    )
    return found.table[found.table["customer_id"].isin(truth.index)].reset_index(drop=True)
