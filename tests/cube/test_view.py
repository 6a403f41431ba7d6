"""What the operations of a view do, and that none changes the view it is done to."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import threading

import pytest

from crmlab import labels
from crmlab.cube import Cube, Measure
from crmlab.errors import UserError
from crmlab.star import Dimension, Fact, Star

from .conftest import cells


def leaves(view) -> list:
    return [tuple(r["keys"].values()) for r in view.rows() if not r["total"]]


def test_a_view_is_a_value(toy):
    view = toy.view(by=["segment"])
    same = toy.view(by="segment", measures="revenue")
    assert view == same
    assert hash(view) == hash(same)
    assert len({view, same, view.slice(channel="store")}) == 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        view.by = ("offer",)
    before = view.to_dict()
    view.slice(channel="store").dice(offer=["kitchen"]).pivot("segment").top(1).share_of("total").sort("revenue")
    assert view.to_dict() == before


def test_a_view_survives_json(shop):
    view = (
        shop.view(by=["category", "product"], measures=["revenue", "customers"])
        .slice(year=2020, segment=None)
        .dice(month=("2020-01", None), date=["2020-02-29", "2020-03-01"])
        .pivot("segment")
        .bottom(2, "revenue", level="product", others=False, within=True)
        .share_of("parent")
        .compare("year")
        .with_subtotals("all")
    )
    again = shop.view_from(json.loads(json.dumps(view.to_dict())))
    assert again == view
    assert again.rows() == view.rows()


def test_drill_down_and_roll_up_are_each_others_way_back(shop):
    view = shop.view(by=["year"], measures=["revenue"])
    finer = view.drill_down("date")
    assert finer.by == ("year", "quarter")
    assert finer.roll_up("date") == view
    inside = view.drill_down("date", member=2020)
    assert inside.by == ("quarter",)
    assert inside.totals() == {"revenue": 310}
    assert inside.drill_down("quarter", member="2020-Q1").by == ("month",)
    assert inside.drill_down("quarter", member="2020-Q1").roll_up("date") == inside
    assert inside.roll_up("date") == view


def test_a_slice_that_a_person_made_is_not_taken_back_by_rolling_up(shop):
    view = shop.view(by=["year"], measures=["revenue"]).slice(year=2020)
    assert view.drill_down("date").roll_up("date").filters == view.filters
    assert view.roll_up("date").by == ()
    assert view.roll_up("date").totals() == {"revenue": 310}


def test_a_dimension_comes_in_at_its_coarsest_level_and_leaves_from_it(shop):
    view = shop.view(by=["segment"])
    assert view.drill_down("product").by == ("segment", "category")
    assert view.drill_down("product").drill_down("product").by == ("segment", "category", "product")
    assert view.drill_down("product").roll_up("product") == view
    assert view.roll_up("product") == view
    assert view.roll_up("customer").by == ()


def test_drilling_below_the_finest_level_points_to_the_rows(shop):
    with pytest.raises(UserError) as error:
        shop.view(by=["category", "product"]).drill_down("product")
    assert error.value.code == "cube.finest_level"
    assert "facts()" in str(error.value)


def test_pivot_gives_a_grid_with_both_totals(toy):
    view = toy.view(by=["segment", "channel"]).pivot("channel")
    assert (view.by, view.columns) == (("segment",), ("channel",))
    grid = view.grid("en")
    assert [c["keys"].get("channel") for c in grid["columns"]] == ["online", "store", None]
    assert [row["cells"] for row in grid["rows"]] == [[70, 150, 220], [100, 180, 280], [170, 330, 500]]
    assert [row["n"] for row in grid["rows"]] == [4, 4, 8]
    assert view.unpivot() == toy.view(by=["segment", "channel"])


def test_all_subtotals_are_the_whole_cube(toy):
    view = toy.view(by=["segment", "offer", "channel"]).with_subtotals("all")
    assert len(view.rows()) == 3**3  # two members and ALL, three times
    assert cells(view)[("channel", "online"),] == {"revenue": 170}


def test_shares_of_parent_total_row_and_column(toy):
    view = toy.view(by=["segment", "offer"]).share_of("parent").share_of("total")
    values = cells(view)[("segment", "B2C"), ("offer", "kitchen")]
    assert values["revenue_share_of_parent"] == 160 / 280
    assert values["revenue_share_of_total"] == 160 / 500
    pivot = toy.view(by=["segment"], columns=["channel"]).share_of("row").share_of("column")
    values = cells(pivot)[("segment", "B2C"), ("channel", "online")]
    assert values["revenue_share_of_row"] == 100 / 280
    assert values["revenue_share_of_column"] == 100 / 170
    assert cells(pivot.with_subtotals("none"))[("segment", "B2C"), ("channel", "online")] == values
    ratio = toy.view(by=["segment"], measures=["margin_share"]).share_of("total")
    assert ratio.figures == ("margin_share",)  # a ratio is no part of a whole


def test_rows_are_ordered_inside_their_parents(toy):
    view = toy.view(by=["segment", "offer"]).sort("revenue")
    keys = [tuple(r["keys"].values()) for r in view.rows()]
    assert keys == [
        ("B2C", "kitchen"), ("B2C", "cleaning"), ("B2C",), ("B2B", "cleaning"), ("B2B", "kitchen"), ("B2B",), (),
    ]  # fmt: skip
    assert leaves(view.with_subtotals("none")) == [
        ("B2B", "cleaning"), ("B2C", "kitchen"), ("B2C", "cleaning"), ("B2B", "kitchen"),
    ]  # fmt: skip
    assert list(view.to_pandas()["offer"]) == ["kitchen", "cleaning", "cleaning", "kitchen"]


def test_top_inside_every_parent(toy):
    view = toy.view(by=["segment", "offer"]).top(1, within=True)
    assert [tuple(r["labels"].values()) for r in view.rows("en") if not r["total"]] == [
        ("B2C", "Kitchen"), ("B2C", "Others"), ("B2B", "Cleaning"), ("B2B", "Others"),
    ]  # fmt: skip


def test_ranges_may_end_between_members(shop):
    view = shop.view(measures=["revenue"])
    assert view.dice(date=("2019-02-01", "2020-01-31")).totals() == {"revenue": 190}
    assert view.dice(year=(2020, None)).totals() == {"revenue": 310}
    assert view.dice(year=(None, 2019)).totals() == {"revenue": 190}
    assert view.dice(date=("2025-01-01", None)).n == 0


def test_members_are_found_by_value_text_and_label(shop):
    view = shop.view(measures=["revenue"])
    for said in (2020, "2020", 2020.0):
        assert view.slice(year=said) == view.slice(year=2020)
    assert view.slice(month="Januari 2019".replace("uari", "")).totals() == {"revenue": 150}
    assert view.slice(month="Jan 2019").totals() == {"revenue": 150}
    assert view.slice(weekend="Ya") == view.slice(weekend=True)
    assert [m["label"] for m in shop.members("month", search="feb", lang="en")] == ["Feb 2019", "Feb 2020"]
    assert len(shop.members("date", limit=3)) == 3


def test_pandas_frames_hold_what_rows_hold(shop):
    view = shop.view(by=["year", "category"], measures=["revenue", "customers"])
    frame = view.to_pandas()
    assert frame.astype({"category": object}).where(frame.notna(), None).to_dict("list") == {
        "year": [2019, 2019, 2020, 2020, 2020],
        "category": ["cleaning", "kitchen", "cleaning", "kitchen", None],
        "revenue": [50, 140, 175, 60, 75],
        "customers": [1, 2, 1, 1, 1],
    }
    with_totals = view.to_pandas(totals=True)
    assert with_totals.iloc[-1].tolist() == ["Total", "Total", 500, 3]
    wide = view.pivot("category").to_pandas(totals=True)
    assert wide.loc[2020, ("revenue", "kitchen")] == 60
    assert wide.loc["Total", ("customers", "Total")] == 3


def test_a_result_says_what_was_asked(shop):
    view = shop.view(by=["segment"], measures=["revenue"]).slice(year=2020)
    result = view.result()
    assert result.kind == "cube.view"
    assert result.facts["revenue"] == 310
    assert result.facts["n"] == 4
    assert shop.view_from(result.params) == view
    for lang in labels.LANGUAGES:
        for depth in ("short", "method", "reference"):
            assert result.explain(lang, depth)
        for note in result.notes:
            assert note.render(lang)


@pytest.mark.parametrize("previous", ["year", "period"])
def test_a_comparison_runs_along_the_calendar(shop, previous):
    view = shop.view(by=["month"], measures=["revenue"]).compare(previous)
    found = {k[0][1]: v for k, v in cells(view).items() if k}
    if previous == "year":
        assert found["2020-01"] == {
            "revenue": 150, "revenue_previous": 150, "revenue_change": 0, "revenue_growth": 0,
        }  # fmt: skip
        assert found["2020-02"]["revenue_previous"] == 40
    else:
        assert found["2019-02"]["revenue_previous"] == 150
        assert found["2020-03"]["revenue_change"] == 75 - 85
        assert found["2020-01"]["revenue_previous"] is None  # nothing was sold in December
    assert found["2019-01"]["revenue_previous"] is None


def test_a_comparison_moves_the_filter_and_not_the_rest(shop):
    view = shop.view(by=["segment"], measures=["revenue"]).slice(quarter="2020-Q1").compare("year")
    found = cells(view)
    assert found[("segment", "loyal"),]["revenue_previous"] == 150
    assert found[()]["revenue_previous"] == 190
    assert found[()]["revenue_change"] == 120
    weekend = shop.view(measures=["revenue"]).slice(year=2020, month_of_year=2).compare("year")
    assert weekend.totals()["revenue_previous"] == 40


def test_the_29th_of_february_has_no_day_a_year_before(shop):
    view = shop.view(by=["date"], measures=["revenue"]).dice(date=("2020-02-01", "2020-02-29")).compare("year")
    found = {str(k[0][1]): v for k, v in cells(view).items() if k}
    assert (found["2020-02-29"]["revenue"], found["2020-02-29"]["revenue_previous"]) == (85, None)
    # nothing was sold on the 10th, but a year before there was
    assert (found["2020-02-10"]["revenue"], found["2020-02-10"]["revenue_previous"]) == (None, 40)


def test_an_incomplete_period_is_said(shop):
    codes = {n.code for n in shop.view(by=["year"], measures=["revenue"]).compare("year").notes()}
    assert "cube.no_previous" in codes
    total = shop.view(by=["year"], measures=["revenue"]).compare("year").totals()
    assert total["revenue_previous"] is None  # 2019 has no year before it: nothing is said of the whole


def test_the_period_of_a_comparison_may_be_chosen_later(shop):
    view = shop.view(by=["segment"], measures=["revenue"])
    assert view.compare("year").slice(year=2020).rows() == view.slice(year=2020).compare("year").rows()
    with pytest.raises(UserError) as error:
        view.compare("year").rows()
    assert error.value.code == "cube.no_period"


def test_a_comparison_needs_a_period(toy):
    with pytest.raises(UserError) as error:
        toy.view(by=["segment"]).compare("year")
    assert error.value.code == "cube.no_period"


WRONG = [
    (lambda c: c.view(by=["segmnt"]), "cube.unknown_level", "Maksud Anda “segment”?", "Did you mean “segment”?"),
    (
        lambda c: c.view(measures=["revenu"]),
        "cube.unknown_measure",
        "Maksud Anda “revenue”?",
        "Did you mean “revenue”?",
    ),
    (lambda c: c.view().slice(segment="B2D"), "cube.unknown_member", "Maksud Anda “B2C” atau “B2B”?", None),
    (lambda c: c.view().drill_down("chanel"), "cube.unknown_dimension", "Maksud Anda “channel”?", None),
    (lambda c: c.view().dice(segment=[]), "cube.empty_set", None, "The set for Segment is empty."),
    (lambda c: c.view().dice(segment=("B2B",)), "cube.bad_range", None, None),
    (lambda c: c.view().dice(segment=("B2C", "B2B")), "cube.empty_range", None, None),
    (lambda c: c.view().slice(segment=["B2B"]), "cube.not_a_member", None, None),
    (lambda c: c.view().top(3), "cube.nothing_to_rank", None, None),
    (lambda c: c.view(by=["segment"]).top(0), "cube.bad_count", None, None),
    (lambda c: c.view(by=["segment"]).top(1, level="offer"), "cube.level_not_shown", None, None),
    (lambda c: c.view(by=["segment"]).share_of("parents"), "cube.unknown_share", "Maksud Anda “parent”?", None),
    (lambda c: c.view(by=["segment"]).compare("month"), "cube.unknown_period", None, None),
    (lambda c: c.view(by=["segment"]).sort("profit"), "cube.unknown_measure", None, None),
    (lambda c: c.view(by=["segment"]).with_subtotals("some"), "cube.unknown_subtotals", None, None),
    (lambda c: c.view(measures=[]), "cube.no_measures", None, None),
    (lambda c: c.view().sql("oracle"), "cube.unknown_dialect", None, None),
    (lambda c: c.view().facts(fact="orders"), "cube.unknown_fact", None, None),
    (lambda c: c.view().export("table.doc"), "cube.unknown_format", None, None),
    (lambda c: Cube(c.star, []), "cube.no_measures", None, None),
    (lambda c: Cube(c.star, [Measure.sum("x", "sales", "amuont")]), "cube.unknown_column", "“amount”", "“amount”"),
    (lambda c: Cube(c.star, [Measure.sum("x", "sales", "segment")]), "cube.not_a_number", None, None),
    (lambda c: Cube(c.star, [Measure.sum("x", "sale", "amount")]), "cube.unknown_fact", "“sales”", "“sales”"),
    (lambda c: Cube(c.star, [Measure.sum("x", "sales", "amount ** 2")]), "cube.bad_formula", None, None),
    (lambda c: Cube(c.star, [Measure.sum("x", "sales", "__import__('os')")]), "cube.bad_formula", None, None),
    (lambda c: Cube(c.star, [Measure.calc("a", "b"), Measure.calc("b", "a")]), "cube.circular_measure", None, None),
    (lambda c: Cube(c.star, [Measure.ratio("a", "b", "c")]), "cube.unknown_measure", None, None),
    (lambda c: Cube(c.star, [Measure.count("a"), Measure.count("a")]), "cube.measure_twice", None, None),
]


@pytest.mark.parametrize(("act", "code", "said_id", "said_en"), WRONG, ids=[w[1].partition(".")[2] for w in WRONG])
def test_what_is_wrong_is_said_in_both_languages(toy, act, code, said_id, said_en):
    with pytest.raises(UserError) as error:
        act(toy)
    assert error.value.code == code
    assert (said_id or "Caranya: ") in error.value.render("id")
    assert (said_en or "To mend it: ") in error.value.render("en")
    assert "{" not in error.value.render("id").replace('{"year"', "")


def test_one_message_word_for_word(toy):
    with pytest.raises(UserError) as error:
        toy.view(by=["segmnt"])
    assert error.value.render("id") == (
        "Tidak ada tingkat atau atribut bernama “segmnt”. Diharapkan: segment, offer, channel. Maksud Anda “segment”? "
        "Caranya: Pakai salah satu nama dalam cube.levels."
    )
    assert error.value.render("en") == (
        "There is no level or attribute called “segmnt”. Wanted: segment, offer, channel. Did you mean “segment”? "
        "To mend it: Use one of the names in cube.levels."
    )


def test_two_threads_ask_at_once(shop):
    found, wrong = [], []

    def ask(year):
        try:
            for i in range(15):
                shop.engine.forget()
                view = shop.view(by=["month"], measures=["revenue", "customers"]).slice(year=year)
                found.append((year, view.totals()["revenue"], len(view.rows()), i))
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=ask, args=(year,)) for year in (2019, 2020, 2019, 2020)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert {(y, r, n) for y, r, n, _ in found} == {(2019, 190, 3), (2020, 310, 4)}
    assert len(found) == 60


def test_measures_explain_themselves(shop):
    for lang in labels.LANGUAGES:
        for name in shop.measures:
            assert shop.explain_measure(name, lang)


def test_a_sales_table_brings_its_measures_along():
    sales = {"order_id": ["a", "a", "b"], "ordered_at": ["2020-01-01"] * 3, "customer_id": ["x", "x", "y"]}
    cube = Cube(Star.from_table({**sales, "amount": [10, 5, 3], "cost": [6, 3, 3]}, date="none"))
    assert cube.view(measures=list(cube.measures)).totals() == {
        "revenue": 18,
        "orders": 2,
        "customers": 2,
        "cost": 12,
        "margin": 6,
        "margin_share": pytest.approx(6 / 18),
        "order_value": 9,
        "lines": 3,
    }
    with pytest.raises(UserError) as caught:
        Cube(Star.from_table({**sales, "weight": [1, 2, 3]}, date="none"))
    assert caught.value.code == "cube.no_measures"


def flat(columns: dict, measures: list, attributes: tuple = (), **keys) -> Cube:
    return Cube(Star([Fact("s", columns, keys=keys, attributes=attributes)]), measures)


def test_a_limit_keeps_the_totals_of_a_fact_that_lacks_a_level(shop):
    view = shop.view(by=["segment", "category"], measures=["revenue", "answers"])
    whole, few = cells(view), cells(view.top(1, "revenue", level="segment"))
    loyal = (("segment", "loyal"),)
    assert few[loyal]["answers"] == whole[loyal]["answers"] == 3
    assert few[()] == whole[()]
    # and may rank by what the finest cells do not hold
    ranked = cells(view.top(1, "answers", level="segment"))
    assert loyal in ranked and (("segment", "new"),) not in ranked


def test_years_of_weeks_are_compared_with_the_year_before():
    days = [dt.date(year, 6, 15) for year in range(2016, 2022)]
    cube = flat({"day": days, "amount": [1, 2, 4, 8, 16, 32]}, [Measure.sum("revenue", "s", "amount")], date="day")
    found = cells(cube.view(by=["iso_year"]).compare("year"))
    assert {key[0][1]: v["revenue_previous"] for key, v in found.items() if key} == {
        2016: None,
        2017: 1,
        2018: 2,
        2019: 4,
        2020: 8,
        2021: 16,
    }


def test_taking_a_comparison_away_takes_the_order_by_it_away(shop):
    view = shop.view(by=["segment", "year"]).compare("year").sort("revenue_growth").compare(None)
    assert view.order is None and view.rows()


def test_months_of_the_year_read_as_months_and_stand_in_their_order():
    days = [dt.date(2020, month, 5) for month in (12, 4, 8)]
    cube = flat({"day": days, "amount": [1, 2, 4]}, [Measure.sum("revenue", "s", "amount")], date="day")
    view = cube.view(by=["month_of_year"])
    assert [row["labels"].get("month_of_year") for row in view.rows("id")] == ["April", "Agustus", "Desember", None]
    assert [row["labels"].get("month_of_year") for row in view.rows("en")] == ["April", "August", "December", None]
    assert cube.view().slice(month_of_year="Agustus").totals() == cube.view().slice(month_of_year=8).totals()


def test_a_name_that_several_members_bear_is_asked_back():
    products = Dimension("product", {"id": [1, 2, 3], "name": ["pan", "pan", "soap"]}, "id", labels={"id": "name"})
    star = Star([Fact("s", {"p": [1, 2, 3], "amount": [1, 2, 4]}, keys={"product": "p"})], [products])
    cube = Cube(star, [Measure.sum("revenue", "s", "amount")])
    with pytest.raises(UserError) as said:
        cube.view().slice(id="Pan")
    assert said.value.code == "cube.ambiguous_member" and list(said.value.near) == ["1", "2"]
    assert cube.view().slice(id="soap").totals() == {"revenue": 4}


def test_a_set_may_be_an_array_or_a_column_of_a_frame(shop):
    import numpy as np
    import pandas as pd

    wanted = shop.view().dice(segment=["loyal", "new"])
    assert shop.view().dice(segment=np.array(["loyal", "new"], dtype=object)) == wanted
    assert shop.view().dice(segment=pd.Series(["new", "loyal"])) == wanted


def test_nobody_is_named_to_who_mistypes_a_name():
    people = Dimension("customer", {"name": ["Siti Aminah", "Budi"]}, "name", personal=("name",))
    star = Star([Fact("s", {"c": ["Budi", "Siti Aminah"], "amount": [1, 2]}, keys={"customer": "c"})], [people])
    with pytest.raises(UserError) as said:
        Cube(star, [Measure.sum("revenue", "s", "amount")]).view().slice(name="Siti Amina")
    assert "Aminah" not in str(said.value)


def test_sums_of_sums_are_additive_to_who_draws_them():
    cube = flat(
        {"g": ["a", "b"], "amount": [5, 7], "cost": [1, 2]},
        [Measure.sum("revenue", "s", "amount"), Measure.sum("cost", "s"), Measure.calc("margin", "revenue - cost")],
        ("g",),
    )
    assert cube.view(by=["g"], measures=["margin"]).result().params["about"]["additive"] == {"margin": True}
