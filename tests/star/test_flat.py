"""A star from one flat table: what belongs together is found, and what a person's data break is said."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from crmlab import labels
from crmlab.cube import Cube, Measure
from crmlab.errors import UserError
from crmlab.star import Star

SALES = {
    "order_id": ["o1", "o1", "o2", "o3", "o4"],
    "line": [1, 2, 1, 1, 1],
    "ordered_at": [dt.datetime(2020, 1, d, 9) for d in (1, 1, 2, 3, 4)],
    "customer_id": ["c1", "c1", "c2", "c2", None],
    "customer": ["Siti", "Siti", "Budi", "Budi", None],
    "city": ["Bogor", "Bogor", "Depok", "Depok", None],
    "province": ["Jawa Barat"] * 4 + [None],
    "segment": ["B2C", "B2C", "B2B", "B2B", None],
    "product_id": ["p1", "p2", "p1", "p3", "p3"],
    "product": ["pan", "soap", "frying pan", "rag", "rag"],
    "category": ["kitchen", "cleaning", "kitchen", "cleaning", "cleaning"],
    "department": ["home"] * 5,
    "channel": ["store", "store", "web", "web", "store"],
    "note": ["x", "y", "x", "y", "x"],
    "amount": [100, 20, 110, 30, 15],
}


def codes(star):
    return [n.code for n in star.notes]


def revenue(star, by):
    view = Cube(star, [Measure.sum("revenue", None, "amount")]).view(by=[by])
    return {r["keys"].get(by, "all"): r["values"]["revenue"] for r in view.rows()}


def test_families_are_recognised():
    star = Star.from_table(pd.DataFrame(SALES))
    cube = Cube(star, [Measure.sum("revenue", None, "amount")])
    assert cube.dimensions["product"] == {"product": ("department", "category", "product_id")}
    assert cube.dimensions["customer"] == {
        "place": ("province", "city", "customer_id"),
        "segment": ("segment", "customer_id"),
    }
    assert cube.dimensions["channel"] == {"channel": ("channel",)}
    assert "note" in cube.dimensions
    assert "date" in cube.dimensions
    assert star.facts["sales"].grain == ("order_id", "line")
    assert revenue(star, "city") == {"Bogor": 120, "Depok": 140, None: 15, "all": 275}
    # the name that occurs most often stands for a product; of pan and frying pan, both once, the first
    assert [m["label"] for m in cube.members("product_id")] == ["frying pan", "soap", "rag"]
    assert "star.common_labels" in codes(star)


def test_names_of_persons_are_kept_away():
    cube = Cube(Star.from_table(SALES), [Measure.sum("revenue", None, "amount")])
    assert [m["label"] for m in cube.members("customer_id")] == ["c1", "c2"]
    assert "customer" not in cube.levels
    found = cube.view().facts()
    assert {r[found.columns.index("customer")] for r in found.rows} == {"S•••", "B•••", None}


def test_a_product_in_two_categories_keeps_both_totals_right():
    sales = {**SALES, "category": ["kitchen", "cleaning", "gifts", "cleaning", "cleaning"]}
    star = Star.from_table(sales)
    assert "star.independent" in codes(star)
    assert revenue(star, "category") == {"kitchen": 100, "cleaning": 65, "gifts": 110, "all": 275}
    assert star.levels["category"].dimension != "product"


def test_a_category_in_two_departments_becomes_an_attribute():
    sales = {**SALES, "department": ["home", "home", "home", "garden", "garden"]}
    star = Star.from_table(sales)
    assert "star.not_nested" in codes(star)
    assert star.levels["department"].kind == "attribute"
    assert revenue(star, "department") == {"garden": 45, "home": 230, "all": 275}


def test_a_city_known_without_a_customer_is_not_lost():
    star = Star.from_table({**SALES, "city": ["Bogor", "Bogor", "Depok", "Depok", "Bekasi"]})
    assert revenue(star, "city") == {"Bekasi": 15, "Bogor": 120, "Depok": 140, "all": 275}


def test_what_is_missing_on_one_line_is_filled_from_another_and_said():
    star = Star.from_table({**SALES, "category": ["kitchen", "cleaning", None, "cleaning", "cleaning"]})
    assert "star.filled" in codes(star)
    assert revenue(star, "category") == {"kitchen": 210, "cleaning": 65, "all": 275}
    for note in star.notes:
        for lang in labels.LANGUAGES:
            assert note.render(lang)


def test_four_columns_are_enough():
    few = {k: SALES[k] for k in ("order_id", "ordered_at", "customer_id", "amount")}
    star = Star.from_table(pd.DataFrame(few))
    assert list(star.roles) == ["date", "customer"]
    assert revenue(star, "year") == {2020: 275, "all": 275}


def test_chains_without_a_key():
    few = {k: SALES[k] for k in ("department", "category", "city", "province", "amount")}
    cube = Cube(Star.from_table(few), [Measure.sum("revenue", None, "amount")])
    assert cube.dimensions["product"] == {"product": ("department", "category")}
    assert cube.dimensions["place"] == {"place": ("province", "city")}


def test_long_texts_make_no_dimension_unless_asked():
    sales = {"amount": list(range(1200)), "remark": [f"r{i}" for i in range(1200)], "stars": [1, 2] * 600}
    star = Star.from_table(sales)
    assert list(star.roles) == []
    assert codes(star) == ["star.too_many"]
    assert list(Star.from_table(sales, also=["stars"]).roles) == ["stars"]
    with pytest.raises(UserError) as error:
        Star.from_table(sales, also=["star"])
    assert error.value.code == "star.unknown_column"
    assert error.value.near == ("stars",)


def test_a_date_must_be_a_date():
    with pytest.raises(UserError) as error:
        Star.from_table({"ordered_at": ["2020-01-01"], "amount": [1]})
    assert error.value.code == "star.not_a_date"


@pytest.mark.parametrize("n", [0, 1])
def test_an_empty_table_and_one_row(n):
    frame = pd.DataFrame(SALES).head(n)
    star = Star.from_table(frame)
    assert revenue(star, "channel") == ({"store": 100, "all": 100} if n else {"all": None})


def test_a_key_that_ingest_recognised_as_a_name_is_masked(tmp_path):
    from crmlab import ingest

    file = tmp_path / "sales.csv"
    file.write_text(
        "no_faktur;tanggal;pelanggan;total\nF1;2024-01-13;Siti Rahma;15000\nF2;2024-01-14;Budi Santoso;20000\n"
    )
    read = ingest.read(file, as_="sales")
    assert "customer_id" in read.personal
    assert Star.from_table(read).levels["customer_id"].personal
