"""The traps of reporting, on tables that a reader can add by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from crmlab.cube import OTHERS, Cube, Measure
from crmlab.errors import UserError
from crmlab.star import Dimension, Fact, Star

from .conftest import cells


def test_fan_out_an_order_with_two_promotions_is_not_counted_twice():
    # order 1 has two promotions: joining orders to promotions would give 300 instead of 200
    orders = {"order_id": [1, 2], "channel": ["store", "web"], "amount": [100, 100]}
    promotions = {"order_id": [1, 1, 2], "promo": ["a", "b", "a"], "channel": ["store", "store", "web"]}
    star = Star(
        [
            Fact("orders", orders, {}, ["order_id"], attributes=["channel"]),
            Fact("promos", promotions, {}, attributes=["channel"]),
        ]
    )
    cube = Cube(star, [Measure.sum("revenue", "orders", "amount"), Measure.count("promotions", "promos")])
    view = cube.view(by=["channel"], measures=["revenue", "promotions"])
    assert cells(view) == {
        (("channel", "store"),): {"revenue": 100, "promotions": 2},
        (("channel", "web"),): {"revenue": 100, "promotions": 1},
        (): {"revenue": 200, "promotions": 3},
    }


def test_chasm_two_facts_over_one_dimension_are_added_apart(shop):
    # customer 1 has 3 sales lines and 3 answers: a join would make 9 rows of them
    view = shop.view(by=["segment"], measures=["revenue", "answers", "nps_mean"])
    assert cells(view) == {
        (("segment", "loyal"),): {"revenue": 300, "answers": 3, "nps_mean": 25 / 3},
        (("segment", "new"),): {"revenue": 100, "answers": 1, "nps_mean": 3},
        (("segment", None),): {"revenue": 100, "answers": 0, "nps_mean": None},
        (): {"revenue": 500, "answers": 4, "nps_mean": 7},
    }


def test_a_measure_whose_fact_lacks_a_dimension_is_not_repeated(shop):
    view = shop.view(by=["segment", "category"], measures=["revenue", "answers"])
    rows = {tuple(r["keys"].values()): (r["values"]["answers"], r["na"]) for r in view.rows()}
    assert rows["loyal", "kitchen"] == (None, ["answers"])
    assert rows["loyal",] == (3, [])
    assert rows[()] == (4, [])
    (note,) = [n for n in view.notes() if n.code == "cube.not_applicable"]
    assert note.values == {"measure": "answers", "dimensions": ["product"], "facts": ["surveys"]}


def test_a_filter_on_a_dimension_that_a_fact_lacks_takes_its_measure_away(shop):
    view = shop.view(by=["segment"], measures=["revenue", "answers", "answers_per_order"]).slice(category="kitchen")
    assert all(r["values"]["answers"] is None and r["values"]["answers_per_order"] is None for r in view.rows())
    assert view.totals() == {"revenue": 200, "answers": None, "answers_per_order": None}


def test_ratio_of_sums_not_mean_of_ratios(toy):
    view = toy.view(by=["segment", "offer", "channel"], measures=["revenue", "margin", "margin_share"])
    leaves = [r["values"] for r in view.rows() if not r["total"]]
    total = view.totals()
    assert (total["revenue"], total["margin"], total["margin_share"]) == (500, 105, 0.21)
    mean = sum(v["margin_share"] for v in leaves) / len(leaves)
    assert mean == pytest.approx(0.18125)  # 18.13 %, which must not be shown
    found = cells(toy.view(by=["segment"], measures=["revenue", "margin"]))
    assert found[("segment", "B2C"),] == {"revenue": 280, "margin": 61}
    assert found[("segment", "B2B"),] == {"revenue": 220, "margin": 44}


def test_slice_and_dice_of_the_toy_cube(toy):
    view = toy.view(measures=["revenue", "margin"])
    assert view.slice(channel="online").totals() == {"revenue": 170, "margin": 28}
    assert view.dice(segment=["B2B"], offer=["cleaning"]).totals() == {"revenue": 170, "margin": 40}


def test_distinct_counts_are_not_added(shop):
    # customer 2 bought in 2019 and 2020: 2 + 2 known customers in the years, 3 in all
    found = cells(shop.view(by=["year"], measures=["customers", "orders"]))
    assert found[("year", 2019),] == {"customers": 2, "orders": 2}
    assert found[("year", 2020),] == {"customers": 3, "orders": 4}
    assert found[()] == {"customers": 3, "orders": 6}


def test_the_unknown_member_is_a_member_and_not_a_subtotal(shop):
    view = shop.view(by=["segment", "category"], measures=["revenue"])
    rows = [(r["keys"], r["values"]["revenue"], r["total"]) for r in view.rows()]
    assert ({"segment": None, "category": None}, 75, False) in rows
    assert ({"segment": None, "category": "cleaning"}, 25, False) in rows
    assert ({"segment": None}, 100, True) in rows
    assert ({}, 500, True) in rows
    assert view.rows("id")[-2]["labels"] == {"segment": "Tidak diketahui"}
    assert view.slice(segment=None).totals() == {"revenue": 100}
    assert sum(v for k, v, total in rows if not total) == 500


def test_drill_through_from_totals_and_from_the_unknown_member(shop):
    view = shop.view(by=["segment", "category"], measures=["revenue"])
    for row in view.rows():
        found = view.facts(cell=row["keys"])
        amount = found.columns.index("amount")
        assert sum(r[amount] for r in found.rows) == row["values"]["revenue"]
        assert found.total == row["n"]
    assert view.facts(cell={}).total == 7
    assert view.facts(limit=2).total == 7
    assert len(view.facts(limit=2)) == 2
    assert view.facts(limit=2).notes[0].code == "common.rows_shown"


def test_an_empty_slice_is_empty_and_says_so(shop):
    view = shop.view(by=["category"], measures=["revenue", "customers"]).slice(
        segment="new", year=2019, category="cleaning"
    )
    assert [r for r in view.rows() if not r["total"]] == []
    assert view.totals() == {"revenue": None, "customers": 0}
    assert view.n == 0
    assert "cube.no_facts" in [n.code for n in view.notes()]
    assert list(view.to_pandas().columns) == ["category", "revenue", "customers"]


def test_a_member_may_be_called_anything():
    nasty = ["'; DROP TABLE", 'a "quoted" name', "Robert'); --", "…", "$1", "{name}", ""]
    star = Star(
        [Fact("sales", {"who": [*nasty, None], "amount": [1, 2, 4, 8, 16, 32, 64, 128]}, {}, attributes=["who"])]
    )
    cube = Cube(star, [Measure.sum("revenue", "sales", "amount")])
    view = cube.view(by=["who"])
    for i, name in enumerate(nasty):
        assert view.slice(who=name).totals() == {"revenue": 2**i}
        assert view.dice(who=[name, None]).totals() == {"revenue": 2**i + 128}
        for dialect in ("duckdb", "postgres", "spark"):
            assert "DROP" not in view.slice(who="$1").sql(dialect)
        assert star.query(view.slice(who=name).with_subtotals("none").sql()) == [(name, 2**i, 1)]
    assert star.query("SELECT count(*) FROM sales") == [(8,)]


def test_a_column_may_be_called_anything():
    name = 'amount"; DROP TABLE sales; --'
    star = Star([Fact("sales", {'the "who"': ["a", "b"], name: [1, 2]}, {}, attributes=['the "who"'])])
    cube = Cube(star, [Measure.sum("revenue", "sales", name), Measure.sum("twice", "sales", f"`{name}` * 2")])
    view = cube.view(by=['the "who"'], measures=["revenue", "twice"])
    assert view.totals() == {"revenue": 3, "twice": 6}
    assert star.query(view.with_subtotals("none").sql()) == [("a", 1, 2, 1), ("b", 2, 4, 1)]


def test_top_gathers_the_others_from_their_facts(shop):
    view = shop.view(by=["month"], measures=["revenue", "customers"])
    found = view.top(1, "revenue").rows("en")
    assert [(r["labels"], r["values"]) for r in found] == [
        ({"month": "Jan 2019"}, {"revenue": 150, "customers": 1}),
        # 40 + 150 + 85 + 75, of customers 1, 2 and 3: 3 different ones, not 1 + 1 + 1 + 1
        ({"month": "Others"}, {"revenue": 350, "customers": 3}),
        ({}, {"revenue": 500, "customers": 3}),
    ]
    assert found[1]["keys"] == {"month": OTHERS}
    hidden = view.top(1, "revenue", others=False)
    assert [r["values"]["revenue"] for r in hidden.rows()] == [150, 500]  # the total is over all rows
    assert [n.values["n"] for n in hidden.notes() if n.code == "cube.others_hidden"] == [4]


def test_sums_of_money_with_decimals_are_exact():
    star = Star(
        [Fact("sales", {"channel": ["a"] * 10 + ["b"], "amount": [0.1] * 10 + [0.2]}, {}, attributes=["channel"])]
    )
    cube = Cube(star, [Measure.sum("revenue", "sales", "amount")])
    assert sum([0.1] * 10) != 1.0
    assert [r["values"]["revenue"] for r in cube.view(by=["channel"]).rows()] == [1.0, 0.2, 1.2]


def test_missing_values_are_not_zero():
    star = Star([Fact("sales", {"channel": ["a", "a", "b"], "cost": [1.5, None, None]}, {}, attributes=["channel"])])
    cube = Cube(
        star,
        [
            Measure.sum("cost", "sales"),
            Measure.mean("mean", "sales", "cost"),
            Measure.count("lines"),
            Measure.ratio("per_line", "cost", "lines"),
        ],
    )
    found = cells(cube.view(by=["channel"], measures=list(cube.measures)))
    assert found[("channel", "a"),] == {"cost": 1.5, "mean": 1.5, "lines": 2, "per_line": 0.75}
    assert found[("channel", "b"),] == {"cost": None, "mean": None, "lines": 1, "per_line": None}


def test_a_calculated_measure_divides_by_nothing_without_harm():
    star = Star([Fact("sales", {"channel": ["a", "b"], "amount": [3, 0], "cost": [1, 1]}, {}, attributes=["channel"])])
    cube = Cube(
        star,
        [
            Measure.sum("revenue", "sales", "amount"),
            Measure.sum("cost", "sales", "cost"),
            Measure.calc("markup", "(revenue - cost) / revenue", unit="share"),
        ],
    )
    found = cells(cube.view(by=["channel"], measures=["markup"]))
    assert found[("channel", "b"),] == {"markup": None}
    assert found[("channel", "a"),]["markup"] == pytest.approx(2 / 3)
    assert cube.star.query(cube.view(by=["channel"], measures=["markup"]).with_subtotals("none").sql())[1][1] is None


def test_a_role_playing_dimension_is_two_dimensions():
    import datetime as dt

    days = [dt.date(2020, 1, 30), dt.date(2020, 1, 31)]
    arrived = [dt.date(2020, 1, 31), dt.date(2020, 2, 2)]
    fact = Fact(
        "parcels",
        {"sent": days, "arrived": arrived, "n": [1, 2]},
        {"date": "sent", "delivery_date": ("date", "arrived")},
    )
    cube = Cube(Star([fact], [Dimension.calendar()]), [Measure.sum("parcels", "parcels", "n")])
    view = cube.view(by=["month", "delivery_date.month"])
    leaves = {tuple(r["keys"].values()): r["values"]["parcels"] for r in view.rows() if not r["total"]}
    assert leaves == {("2020-01", "2020-01"): 1, ("2020-01", "2020-02"): 2}
    assert view.slice({"delivery_date.month": "2020-02"}).totals() == {"parcels": 2}
    assert len(cube.star.query(view.with_subtotals("none").sql())) == 2


def test_members_keep_the_order_they_were_given():
    sizes = Dimension("size", {"size": ["S", "M", "L", "XL"]}, "size", order={"size": ["S", "M", "L"]})
    star = Star([Fact("sales", {"size": ["L", "S", "XL", "M"], "amount": [3, 1, 9, 2]}, {"size": "size"})], [sizes])
    cube = Cube(star, [Measure.sum("revenue", "sales", "amount")])
    view = cube.view(by=["size"])
    assert [r["keys"].get("size") for r in view.rows()] == ["S", "M", "L", "XL", None]
    assert view.dice(size=("M", "XL")).totals() == {"revenue": 14}
    assert len(star.query(view.dice(size=("M", "XL")).with_subtotals("none").sql())) == 3


def test_a_statement_that_takes_too_long_is_stopped(toy):
    with pytest.raises(UserError) as stopped:
        toy.star.store.rows("SELECT count(*) FROM range(100000000000) a WHERE a.range % 7 = 1", timeout=0.2)
    assert stopped.value.code == "star.too_slow"
    assert toy.view().totals() == {"revenue": 500}  # the cursor is of use again


def test_a_persons_own_word_gets_no_name_of_ours():
    # "general" is a care unit of the hospital world; among members that crmlab doesn't know it is the person's own
    sales = {
        "order_id": [1, 2, 3],
        "ordered_at": [dt.date(2020, 1, 1)] * 3,
        "customer_id": ["a", "b", "c"],
        "amount": [1, 2, 3],
    }
    own = Cube(Star.from_table({**sales, "category": ["general", "sauces", "general"]}))
    assert [m["label"] for m in own.members("category", lang="en")] == ["general", "sauces"]
    view = own.view(by=["category"], measures=["revenue"])
    assert view.result().params["about"]["levels"] == {"category": "own"}
    # where all are known, they are ours: a table that crmlab wrote and reads again
    ours = Cube(Star.from_table({**sales, "channel": ["store", "website", "store"]}))
    assert [m["label"] for m in ours.members("channel", lang="en")] == ["Store", "Website"]
