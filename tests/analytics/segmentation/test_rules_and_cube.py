"""Sentences that a person writes: judged in order and with doubt, never executed, and a dimension of the cube."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmlab as crm
from crmlab.errors import UserError

from .conftest import AS_OF

seg = crm.segmentation


def test_sentences_are_judged_in_order_and_with_doubt():
    table = pd.DataFrame(
        {"customer_id": list("abcde"), "orders": [9, 9, 1, None, 3], "city": ["Solo", "Medan", "Solo", "Solo", None]}
    )
    rules = {"solo_often": "orders >= 5 and city == 'Solo'", "often": "orders >= 5", "solo": "city == 'Solo'"}
    found = seg.by_rules(table, rules)
    assert found.table["segment"].tolist() == ["solo_often", "often", "solo", "not_known", "not_known"]
    assert found.facts["several"] == 1
    with pytest.raises(UserError) as refused:
        seg.by_rules(pd.concat([table, table]), rules)
    assert refused.value.code == "segmentation.customer_twice"
    with pytest.raises(UserError) as refused:
        seg.by_rules(table, {"x": "order >= 5"})
    assert refused.value.near == ("orders",)


HOSTILE = (
    "__import__('os').system('touch here') == 0",
    "open('here', 'w') == 1",
    "(lambda: 1)() == 1",
    "orders.__class__ == 1",
    "orders[0] == 1",
    "[x for x in (1,)] == orders",
    "(y := 1) == orders",
    "f'{orders}' == '1'",
    "orders == 1; import os",
    "orders == 1\nimport os",
    "exec == 1 if orders else 2",
    "9 ** 9 ** 9 ** 9 > orders",
    "orders << 99999999 > 1",
    "not " * 200 + "orders == 1",
    "(" * 300 + "orders" + ")" * 300 + " == 1",
    "await orders == 1",
    "orders == {1: 2}",
    "orders == 1 and print('here')",
)


@pytest.mark.parametrize("sentence", HOSTILE)
def test_no_text_is_executed(sentence, tmp_path, monkeypatch, capsys):
    """Whatever is no comparison of columns is refused in words; nothing is called, imported, written or printed."""
    monkeypatch.chdir(tmp_path)
    table = {"customer_id": ["a"], "orders": [1]}
    with pytest.raises(UserError) as refused:
        seg.by_rules(table, {"x": sentence})
    assert refused.value.code in ("quality.bad_sentence", "segmentation.unknown_name")
    assert not list(tmp_path.iterdir()) and not capsys.readouterr().out


@given(st.text(alphabet="ord ers()=<>'.,`\"[]{}_:;1+-*/%@!\\\n", max_size=40))
def test_any_text_is_judged_or_refused(text):
    table = {"customer_id": ["a", "b"], "orders": [1, 2]}
    try:
        found = seg.by_rules(table, {"x": text})
    except UserError as refused:
        assert refused.render("en")
    else:
        assert set(found.table["segment"]) <= {"x", "everyone_else", "not_known"}


def test_text_that_looks_like_code_is_only_text():
    """A member's own words are compared, never run; a column may have any name."""
    evil = "'); DROP TABLE customers; --"
    table = pd.DataFrame({"customer_id": ["a", "b"], "what he said": [evil, "hello"], "import os": [1, 2]})
    found = seg.by_rules(table, {"x": f'`what he said` == "{evil}"', "y": "`import os` == 2"})
    assert found.table["segment"].tolist() == ["x", "y"]


@pytest.fixture(scope="module")
def people(shop, orders):
    """Customers with sentences about what they bought, as a column of the dimension."""
    figures = seg.rfm(orders, as_of=AS_OF).table.drop(columns="segment")
    own = {
        "Often & much": "orders >= 12 and amount >= 5000000",
        "once; only": "orders == 1",
        "gone-2019": "recency_days > 365",
    }
    ruled = seg.by_rules(figures, own)
    return ruled, seg.attach(shop.tables["dim_customer"], ruled, name="my_segment")


def cube_of(shop, people):
    sales = shop.tables["fact_order"][["order_id", "date", "customer_key", "total"]]
    star = crm.Star(
        facts=[crm.Fact("orders", sales, keys={"date": "date", "customer": "customer_key"}, grain=("order_id",))],
        dimensions=[
            crm.Dimension.calendar(),
            crm.Dimension("customer", people, key="customer_key", attributes=("my_segment", "customer_type")),
        ],
    )
    counts = [
        crm.Measure.sum("revenue", "orders", "total", "money"),
        crm.Measure.count_distinct("order_count", "orders", "order_id"),
    ]
    return crm.Cube(star, measures=counts)


def test_the_cube_takes_sentences_as_a_dimension(shop, people):
    """From a sentence to a row of the cube, a slice, and a drill-through: sums equal to pandas', nobody lost."""
    ruled, table = people
    cube = cube_of(shop, table)
    by = ruled.table.set_index("customer_id")["segment"].astype(str)
    sales = shop.tables["fact_order"]
    segment = sales["customer_id"].map(by)
    seen = cube.view(by=["my_segment"], measures=["revenue", "order_count"]).to_pandas().set_index("my_segment")
    assert seen["revenue"].to_dict() == sales.groupby(segment)["total"].sum().to_dict()
    assert seen["order_count"].to_dict() == sales.groupby(segment)["order_id"].nunique().to_dict()
    assert set(seen.index) == {"Often & much", "once; only", "gone-2019", "everyone_else"}
    assert (by[by == "once; only"].index.map(sales.groupby("customer_id").size()) == 1).all()
    one = cube.view(by=["my_segment", "year"], measures=["revenue"]).slice(my_segment="once; only")
    known = one.to_pandas().groupby("year")["revenue"].sum()
    wanted = sales[segment == "once; only"].groupby(sales["date"].dt.year)["total"].sum()
    assert known.to_dict() == dict(wanted.items())
    again = cube.view_from(one.to_dict())
    pd.testing.assert_frame_equal(again.to_pandas(), one.to_pandas())


def test_customers_without_a_segment_stay_in_the_total(shop, people):
    ruled, _ = people
    some = ruled.table.iloc[::2]
    table = seg.attach(shop.tables["dim_customer"], some, name="my_segment")
    seen = cube_of(shop, table).view(by=["my_segment"], measures=["revenue"])
    frame = seen.to_pandas()
    sales = shop.tables["fact_order"]
    assert frame["revenue"].sum() == sales["total"].sum()
    unknown = frame[~frame["my_segment"].isin(ruled.params["segments"])]
    inside = sales["customer_id"].isin(some["customer_id"])
    assert len(unknown) == 1 and np.isclose(unknown["revenue"].iloc[0], sales.loc[~inside, "total"].sum())
    with pytest.raises(UserError) as refused:
        seg.attach(table, ruled, name="my_segment")
    assert refused.value.code == "segmentation.name_taken"
