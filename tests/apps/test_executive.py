"""What the executive dashboard counts, held against the tables that it was counted from."""

from __future__ import annotations

import pytest

from crmlab import labels
from crmlab.apps.executive import figures
from crmlab.apps.executive.board import board
from crmlab.apps.executive.house import House
from crmlab.charts import spec
from crmlab.charts.svg import svg
from crmlab.errors import UserError
from crmlab.widgets.board_cards import Case
from crmlab.widgets.board_desk import BoardDesk

WHERE = {"segment": "loyal", "island": "java"}


@pytest.fixture(scope="module")
def house():
    return House("S")


@pytest.fixture(scope="module")
def desk(house):
    return BoardDesk(board(), [Case("shop", lambda: house)], "en")


def sold(house, year):
    orders = house.orders
    kept = (orders["segment"] == "loyal") & (orders["island"] == "java") & (orders["ordered_at"].dt.year == year)
    return orders[kept]


def test_the_months_add_up_to_the_orders_under_the_filters(house):
    found = figures.months(house.cube, 2020, WHERE)
    assert found.facts["total"] == sold(house, 2020)["amount"].sum()
    assert found.facts["before"] == sold(house, 2019)["amount"].sum()
    by_month = sold(house, 2020).groupby(sold(house, 2020)["ordered_at"].dt.month)["amount"].sum()
    assert found.table.set_index("month_of_year")["revenue"].to_dict() == {m: by_month.get(m, 0) for m in range(1, 13)}


def test_members_add_up_and_stand_beside_the_year_before(house):
    found = figures.members(house.cube, "channel", 2020, WHERE)
    now, was = (sold(house, y).groupby("channel")["amount"].sum() for y in (2020, 2019))
    table = found.table.set_index("channel")
    assert table["revenue"].to_dict() == now.reindex(table.index, fill_value=0).to_dict()
    assert table["revenue_before"].to_dict() == was.reindex(table.index, fill_value=0).to_dict()
    assert table["share"].sum() == pytest.approx(1)
    assert table["customers"].to_dict() == sold(house, 2020).groupby("channel")["customer_id"].nunique().to_dict()
    assert found.facts["change"] == now.sum() - was.sum()


def test_why_revenue_changed_adds_up_to_the_change(house):
    found = figures.why(house.cube, 2020, WHERE)
    assert found.table["change"].sum() == found.facts["change"]
    assert found.facts["change"] == sold(house, 2020)["amount"].sum() - sold(house, 2019)["amount"].sum()


def test_the_first_year_has_none_before_and_an_empty_choice_says_so(house):
    assert "revenue_before" not in figures.members(house.cube, "segment", 2016, {}).table
    assert figures.months(house.cube, 2016, {}).kind == "executive.months_alone"
    with pytest.raises(UserError, match="2016") as none:
        figures.why(house.cube, 2016, {})
    assert none.value.code == "executive.no_year_before"
    nobody = {"segment": "dormant", "channel": "field_sales"}
    with pytest.raises(UserError) as nothing:
        figures.months(house.cube, 2020, nobody)
    assert nothing.value.code == "executive.nothing_sold"
    for asked, code in ((house.orders_of, "no_orders"), (house.nps_years, "no_answers")):
        with pytest.raises(UserError) as nothing:
            asked(nobody)
        assert nothing.value.code == f"executive.{code}"
    told = figures.tiles(house, {"year": "2020", **nobody}, "en")
    assert [t["value"] for t in told] == ["—"] * 5


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("year", [2016, 2020])
def test_every_figure_is_drawn_at_once_and_told_in_words(house, lang, year):
    made = [figures.months(house.cube, year, {}), figures.members(house.cube, "island", year, {})]
    for result in made:
        assert svg(spec(result, lang), 560).count("<")
        for depth in ("short", "method", "reference"):
            said = result.explain(lang, depth)
            assert said
            assert "{" not in said
            assert "Unknown" not in said


def test_a_choice_computes_only_the_cards_that_follow_it(desk, house, monkeypatch):
    desk.answer({"do": "choose", "control": "segment", "value": "regular"})
    scores = {c["id"]: c for c in desk.page["cards"]}
    assert all(c["drawn"] for c in scores.values())  # all in one message
    asked = []
    monkeypatch.setattr(house, "nps_years", lambda choices: asked.append(choices))
    monkeypatch.setattr(figures, "_score", lambda *told: {"label": "NPS", "value": "1", "foot": ""})
    desk.answer({"do": "choose", "control": "year", "value": "2018"})
    after = {c["id"]: c for c in desk.page["cards"]}
    assert asked == []
    assert after["nps_years"]["drawn"] == scores["nps_years"]["drawn"]
    assert after["months"]["drawn"] != scores["months"]["drawn"]
    assert after["nps_years"]["unmoved"] == "This card is not narrowed by: Year (2018)."
    assert after["months"]["unmoved"] == ""
    desk.answer({"do": "choose", "control": "year", "value": "2020"})
    desk.answer({"do": "choose", "control": "segment", "value": "all"})


@pytest.mark.parametrize("name", ["earners", "experience", "sales", "levers"])
def test_every_card_answers_or_says_why_not(desk, name):
    desk.answer({"do": "part", "name": name})
    for card in desk.page["cards"]:
        drawn = desk.answer({"do": "card", "card": card["id"]})["drawn"]
        assert "refused" not in drawn, card["id"]
        assert drawn["said"] and drawn["method"] and drawn["reference"], card["id"]
    desk.answer({"do": "part", "name": "overview"})
