"""A small cube that a reader can add up by hand, and PT XYZ's small one."""

from __future__ import annotations

import datetime as dt

import pytest

from crmlab.cube import Cube, Measure
from crmlab.star import Dimension, Fact, Star
from crmlab.widgets.desk import Desk

LINES = [
    # day, customer, channel, product, quantity, amount, cost
    (dt.date(2019, 1, 2), "c1", "store", "pan", 1, 100, 70),
    (dt.date(2019, 6, 30), "c1", "web", "soap", 5, 50, 40),
    (dt.date(2019, 12, 31), "c2", "store", "pan", 1, 100, 70),
    (dt.date(2020, 1, 2), "c1", "store", "pan", 2, 220, 140),
    (dt.date(2020, 6, 30), "c2", "web", "soap", 4, 40, 32),
    (dt.date(2020, 9, 1), "c3", None, "pan", 1, 110, 70),
    (dt.date(2020, 12, 31), "c3", "web", "broom", 3, 30, 15),
]


def small_cube() -> Cube:
    days, customers, channels, products, quantity, amount, cost = map(list, zip(*LINES, strict=True))
    sales = Fact(
        "sales_line",
        {
            "order_id": [f"o{i}" for i in range(len(LINES))],
            "day": days,
            "customer_id": customers,
            "channel_id": channels,
            "product_id": products,
            "quantity": quantity,
            "amount": amount,
            "cost": cost,
        },
        keys={"date": "day", "customer": "customer_id", "channel": "channel_id", "product": "product_id"},
        grain=("order_id",),
    )
    dimensions = [
        Dimension("channel", {"channel": ["store", "web"]}, key="channel"),
        Dimension(
            "customer",
            {"id": ["c1", "c2", "c3"], "segment": ["loyal", "loyal", "dormant"], "name": ["Ani", "Budi", "Citra"]},
            key="id",
            hierarchies={"customer": ["segment", "id"]},
            labels={"id": "name"},
            personal=("name", "id"),
        ),
        Dimension(
            "product",
            {"product": ["pan", "soap", "broom"], "department": ["kitchen", "cleaning", "cleaning"]},
            key="product",
            hierarchies={"product": ["department", "product"]},
        ),
    ]
    measures = [
        Measure.sum("revenue", "sales_line", "amount", unit="money"),
        Measure.sum("cost", "sales_line", "cost", unit="money"),
        Measure.calc("margin", "revenue - cost", unit="money"),
        Measure.ratio("margin_share", "margin", "revenue"),
        Measure.count_distinct("customers", "sales_line", "customer_id"),
        Measure.sum("quantity", "sales_line", "quantity", unit="count"),
    ]
    return Cube(Star([sales], dimensions, name="Toko Kecil"), measures)


@pytest.fixture
def cube() -> Cube:
    return small_cube()


@pytest.fixture
def desk(cube) -> Desk:
    return Desk(cube, "id")


@pytest.fixture(scope="session")
def retail():
    import crmlab as crm

    return crm.datasets.load_retail("S").cube()
