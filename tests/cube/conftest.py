"""Cubes that a reader can add up by hand."""

from __future__ import annotations

import pytest

from crmlab import labels
from crmlab.cube import Cube, Measure
from crmlab.star import Dimension, Fact, Star

# the toy cube of the mission map: segment x offer x channel
TOY = [
    ("B2C", "kitchen", "store", 100, 20),
    ("B2C", "kitchen", "online", 60, 9),
    ("B2C", "cleaning", "store", 80, 24),
    ("B2C", "cleaning", "online", 40, 8),
    ("B2B", "kitchen", "store", 30, 3),
    ("B2B", "kitchen", "online", 20, 1),
    ("B2B", "cleaning", "store", 120, 30),
    ("B2B", "cleaning", "online", 50, 10),
]


def columns(names: str, rows: list[tuple]) -> dict[str, list]:
    return {name: list(values) for name, values in zip(names.split(), zip(*rows, strict=True), strict=True)}


@pytest.fixture(scope="session")
def toy() -> Cube:
    table = columns("segment offer channel amount margin", TOY)
    star = Star([Fact("sales", table, keys={}, attributes=("segment", "offer", "channel"))], name="toy")
    return Cube(
        star,
        [
            Measure.sum("revenue", "sales", "amount", unit="money"),
            Measure.sum("margin", "sales", "margin", unit="money"),
            Measure.ratio("margin_share", "margin", "revenue"),
            Measure.count("lines"),
        ],
    )


@pytest.fixture(scope="session")
def shop() -> Cube:
    """Two facts at two grains: sales lines with a product, survey answers without one."""
    sales = columns(
        "order_id line day customer_id product_id quantity amount",
        [
            ("o1", 1, "2019-01-10", 1, 11, 2, 100),
            ("o1", 2, "2019-01-10", 1, 12, 1, 50),
            ("o2", 1, "2019-02-10", 2, 11, 1, 40),
            ("o3", 1, "2020-01-10", 1, 12, 3, 150),
            ("o4", 1, "2020-02-29", 2, 11, 1, 60),
            ("o5", 1, "2020-02-29", None, 12, 1, 25),
            ("o6", 1, "2020-03-01", 3, None, 1, 75),
        ],
    )
    surveys = columns(
        "answer_id day customer_id nps",
        [(1, "2019-01-15", 1, 10), (2, "2020-01-15", 1, 6), (3, "2020-01-16", 1, 9), (4, "2020-02-20", 2, 3)],
    )
    for table in (sales, surveys):
        table["day"] = _dates(table["day"])
    customers = columns("customer_id segment name", [(1, "loyal", "Siti"), (2, "new", "Budi"), (3, None, "Ani")])
    products = columns("product_id product category", [(11, "pan", "kitchen"), (12, "soap", "cleaning")])
    star = Star(
        [
            Fact("sales", sales, keys={"date": "day", "customer": "customer_id", "product": "product_id"}),
            Fact("surveys", surveys, keys={"date": "day", "customer": "customer_id"}),
        ],
        [
            Dimension(
                "customer", customers, "customer_id", {"customer": ["segment", "customer_id"]}, personal=["name"]
            ),
            Dimension("product", products, "product_id", {"product": ["category", "product"]}),
        ],
        name="shop",
    )
    return Cube(
        star,
        [
            Measure.sum("revenue", "sales", "amount", unit="money"),
            Measure.sum("quantity", "sales", "quantity", unit="count"),
            Measure.count_distinct("customers", "sales", "customer_id"),
            Measure.count_distinct("orders", "sales", "order_id"),
            Measure.count("answers", "surveys"),
            Measure.mean("nps_mean", "surveys", "nps", unit="score"),
            Measure.ratio("answers_per_order", "answers", "orders", unit="number"),
        ],
    )


def _dates(texts: list[str]) -> list:
    import datetime as dt

    return [dt.date.fromisoformat(t) for t in texts]


@pytest.fixture(autouse=True)
def english():
    with labels.using("en"):
        yield


def cells(view) -> dict:
    """Rows by the values of their keys; a total's rolled-up levels are left out."""
    return {tuple(row["keys"].items()): row["values"] for row in view.rows("en")}


@pytest.fixture(scope="session")
def by_keys():
    return cells
