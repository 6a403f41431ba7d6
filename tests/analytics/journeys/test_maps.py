"""Maps changed by hand: steps added, removed, moved and renamed; what that does to marks, and to a comparison."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab import charts, labels
from crmlab.analytics.journeys import JourneyMap, compare_maps
from crmlab.errors import UserError

CITES = {"source": "orders", "n": 400}


def way():
    """Four steps in two stages; the feeling at each is known."""
    one = JourneyMap.blank("Ibu Rina", {"buy": ["search", "cart", "pay"], "use": ["open"]})
    for step, emotion in zip(one.steps, (0.5, 0.0, -1.0, 1.0), strict=True):
        one = one.feel(step, emotion, cites=CITES)
    return one


def changes(*maps):
    table = compare_maps(*maps).table
    second = table[table["map_name"] != table["map_name"].iloc[0]]
    return dict(zip(second["step"], second["step_change"].str.removeprefix("step_"), strict=True))


def test_a_step_added_by_hand_is_an_assumption_until_data_are_cited():
    one = way().add("buy", "own estimate", after="cart", channels=["whatsapp"])
    told = one.result()
    assert one.steps == ("search", "cart", "own estimate", "pay", "open")
    assert told.table.set_index("step")["step_basis"].tolist() == [*["from_data"] * 2, "assumption", *["from_data"] * 2]
    assert told.facts["steps_by_hand"] == ("own estimate",)
    assert "journeys.note.by_hand" in [n.code for n in told.notes]
    assert one.feel("own estimate", 1.0).result().facts["steps_by_hand"] == ("own estimate",)  # an opinion is no count
    assert one.set("own estimate", "volume", 40, cites=CITES).result().facts["steps_by_hand"] == ()
    assert JourneyMap(json.loads(json.dumps(one.to_dict()))) == one
    assert one.to_be().result().facts["steps_by_hand"] == ("own estimate",)


@pytest.mark.parametrize("of", ["wide", "tall"])
def test_an_added_step_is_marked_in_the_figure(of):
    figure = charts.spec(way().add("buy", "own estimate", after="cart").result(), "id", of=of)
    text = json.dumps(figure, ensure_ascii=False)
    assert "<i>own estimate</i>" in text and "langkah asumsi" in text and text.count("<i>own") == 1


def test_moved_within_a_stage_to_another_and_to_a_new_one():
    one = way()
    assert one.move("pay", after="search").steps == ("search", "pay", "cart", "open")
    assert one.move("pay").steps == ("pay", "search", "cart", "open")
    other = one.move("open", after="cart")
    assert other.steps == ("search", "cart", "open", "pay") and other.result().facts["stages"] == 1
    fresh = one.move("cart", stage="decide")
    assert [s["name"] for s in fresh.to_dict()["stages"]] == ["buy", "decide", "use"]
    assert fresh.point("cart", "emotion")["cites"]["n"] == 400
    assert one == way()


def test_renamed_it_keeps_what_is_known_and_what_it_was():
    one = way().rename("pay", "Bayar di kasir").rename("Bayar di kasir", "Bayar QR")
    assert one.point("Bayar QR", "emotion")["value"] == -1.0
    assert (one.origin("Bayar QR"), one.came_as("pay"), one.came_as("Bayar QR")) == ("pay", "Bayar QR", None)
    assert one.rename("Bayar QR", "pay") == way()
    assert one.rename_stage("use", "pakai").result().table["stage"].tolist()[-1] == "pakai"


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda m: m.move("nowhere"), "journeys.map_no_step"),
        (lambda m: m.move("cart", after="nowhere"), "journeys.map_no_step"),
        (lambda m: m.move("cart", after="cart"), "journeys.map_no_step"),
        (lambda m: m.rename("cart", "pay"), "journeys.map_twice"),
        (lambda m: m.rename("cart", " "), "journeys.map_broken"),
        (lambda m: m.rename_stage("nowhere", "x"), "journeys.map_no_stage"),
        (lambda m: m.rename_stage("buy", "use"), "journeys.map_twice"),
        (lambda m: m.add("buy", "pay"), "journeys.map_twice"),
        (lambda m: JourneyMap.blank("x", {"a": ["b"]}).remove("b"), "journeys.map_broken"),
    ],
)
def test_what_would_break_a_map_is_refused(edit, code):
    with pytest.raises(UserError) as refused:
        edit(way())
    assert refused.value.code == code and refused.value.render("id") != refused.value.render("en")


def test_an_added_step_is_drawn_where_it_stands():
    today = way()
    plan = today.to_be().add("buy", "own estimate", after="search").feel("own estimate", 1.0)
    told = compare_maps(today, plan)
    assert told.table.loc[4:, "step"].tolist() == ["search", "own estimate", "cart", "pay", "open"]
    figure = charts.spec(told, "en")
    words = [labels.name(step, "en") for step in ("search", "own estimate", "cart", "pay", "open")]
    assert figure["layout"]["yaxis"]["ticktext"] == words
    line = figure["data"][1]
    assert line["y"] == [0, 1, 2, 3, 4] and line["x"] == [0.5, 1.0, 0.0, -1.0, 1.0]
    first = charts.spec(compare_maps(today, today.to_be().add("buy", "own ask", after="search").move("own ask")), "en")
    assert first["layout"]["yaxis"]["ticktext"][0] == "own ask"


def test_no_line_is_drawn_across_a_step_whose_feeling_is_not_known():
    plan = way().to_be().add("buy", "not asked", after="search")
    line = charts.spec(compare_maps(way(), plan), "en")["data"][1]
    assert line["x"] == [0.5, None, 0.0, -1.0, 1.0] and line["y"] == [0, 1, 2, 3, 4] and line["connectgaps"] is False
    assert line["hovertext"][1] == "" and charts.draw(compare_maps(way(), plan), "en").data


def test_what_was_done_to_each_step_is_said():
    plan = way().to_be().rename("cart", "keranjang").move("search", after="pay").remove("open").add("use", "review")
    assert changes(way(), plan) == {
        "keranjang": "renamed", "pay": "kept", "search": "moved", "open": "removed", "review": "added"
    }  # fmt: skip
    told = compare_maps(way(), plan)
    facts = told.facts
    assert [facts[k] for k in ("added", "removed", "moved", "renamed")] == [1, 1, 1, 1]
    row = told.table.set_index(["map_name", "step"]).loc[("to_be", "keranjang")]
    assert row["difference"] == 0.0  # compared with the step that it was
    assert "1" in told.explain("id", "method")


STEPS = ("search", "cart", "pay", "open")
edits = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.sampled_from(STEPS), st.sampled_from((*STEPS, None))),
        st.tuples(st.just("remove"), st.sampled_from(STEPS), st.none()),
        st.tuples(st.just("rename"), st.sampled_from(STEPS), st.sampled_from(("a", "b", "cart"))),
        st.tuples(st.just("add"), st.sampled_from(("x", "y", "pay")), st.sampled_from((*STEPS, None))),
    ),
    max_size=6,
)


@given(edits)
def test_whatever_is_done_no_step_is_lost_and_every_step_has_its_place(doings):
    one = way()
    for do, step, other in doings:
        try:
            if do == "move":
                one = one.move(step, after=other)
            elif do == "remove":
                one = one.remove(step)
            elif do == "rename":
                one = one.rename(step, other)
            else:
                stage = next(
                    (s["name"] for s in one.to_dict()["stages"] for x in s["steps"] if x["name"] == other), "use"
                )
                one = one.add(stage, step, after=other)
        except UserError:
            continue
    plan = one.to_be(title="plan")
    told = compare_maps(way(), plan)
    mine = told.table[(told.table["map_name"] == "to_be") & (told.table["step_change"] != "step_removed")]
    assert sorted(mine["step"]) == sorted(plan.steps)
    assert set(told.params["places"]) == {*way().steps, *plan.steps}
    facts = told.facts
    assert len(plan.steps) - facts["added"] + facts["removed"] == len(STEPS)
    assert JourneyMap(plan.to_dict()) == plan
