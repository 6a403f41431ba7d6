"""A cuboid answers what the facts would have answered."""

from __future__ import annotations

import pytest

from crmlab.cube import Cube, Measure
from crmlab.star import Dimension, Fact, Star


@pytest.fixture
def cube() -> Cube:
    n = 400
    sales = {
        "product": [f"p{i % 37}" if i % 11 else None for i in range(n)],
        "channel": ["store", "web", None, "store"] * (n // 4),
        "who": [i % 53 for i in range(n)],
        "amount": [i / 4 for i in range(n)],
    }
    products = {"product": [f"p{i}" for i in range(37)], "category": [f"c{i % 5}" for i in range(37)]}
    star = Star(
        [Fact("sales", sales, {"product": "product"}, attributes=["channel"])],
        [Dimension("product", products, "product", {"product": ["category", "product"]})],
    )
    return Cube(
        star,
        [
            Measure.sum("revenue", "sales", "amount"),
            Measure.mean("mean", "sales", "amount"),
            Measure.max("most", "sales", "amount"),
            Measure.count("lines"),
            Measure.count_distinct("customers", "sales", "who"),
        ],
    )


def test_same_cells_with_and_without(cube):
    views = [
        cube.view(by=["category", "channel"], measures=list(cube.measures)),
        cube.view(by=["category"], measures=list(cube.measures)).slice(channel=None).top(2, "revenue"),
        cube.view(by=["product"], measures=list(cube.measures)).dice(category=["c1", None]),
        cube.view(measures=list(cube.measures)),
    ]
    before = [view.rows() for view in views]
    made = cube.preaggregate("category", "channel")
    assert [(c.fact, c.levels, c.rows) for c in made] == [("sales", {"product.category", "channel.channel"}, 18)]
    cube.engine.forget()
    assert [view.rows() for view in views] == before


def test_the_smallest_fitting_cuboid_is_read(cube):
    cube.preaggregate("product", "channel")
    (small,) = cube.preaggregate("category")
    read = []
    rows = cube.engine.rows
    cube.engine.rows = lambda sql: read.append(sql) or rows(sql)
    cube.view(by=["category"], measures=["revenue"]).rows()
    cube.view(by=["channel"], measures=["revenue"]).rows()
    cube.view(by=["channel"], measures=["customers"]).rows()
    assert small.name in read[0]
    assert "cuboid.sales.0" in read[1]
    assert "cuboid.sales.0" in read[2]  # few customers: their bit maps are in the cuboid
    cube.view(by=["channel"], measures=["revenue"]).slice(category="c1").rows()
    assert "cuboid.sales.0" in read[3]


def test_what_a_cuboid_can_not_hold_is_read_from_the_facts(cube, monkeypatch):
    monkeypatch.setattr("crmlab.cube.compile._BIT_MAPS", 0)
    wanted = cube.view(by=["channel"], measures=["customers", "revenue"]).rows()
    cube.preaggregate("channel")
    cube.engine.forget()
    read = []
    rows = cube.engine.rows
    cube.engine.rows = lambda sql: read.append(sql) or rows(sql)
    assert cube.view(by=["channel"], measures=["customers", "revenue"]).rows() == wanted
    assert all('"wide.sales"' in sql for sql in read)


def test_chosen_by_size(cube):
    assert [c.rows for c in cube.preaggregate(max_share=0.05)] == [3]  # channel; products x channels would be too long
    assert cube.preaggregate(max_share=0.001) == []
