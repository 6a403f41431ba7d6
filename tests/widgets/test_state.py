"""What each click makes of the explorer's state: no browser, no cube."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from crmlab.widgets.state import PAGE, History, State


@dataclass(frozen=True)
class Level:
    id: str
    dimension: str
    kind: str = "level"
    count: int = 5
    parents: tuple[str, ...] = ()
    children: tuple[str, ...] = ()


LEVELS = {
    level.id: level
    for level in (
        Level("year", "date", children=("quarter",)),
        Level("quarter", "date", parents=("year",), children=("month",)),
        Level("month", "date", parents=("quarter",)),
        Level("weekday", "date", "attribute"),
        Level("island", "region", children=("province",)),
        Level("province", "region", parents=("island",)),
        Level("channel", "channel"),
        Level("segment", "customer"),
    )
}
START = State(("island",), ("year",), ("revenue",))


def test_a_drill_into_a_row_shows_what_is_below_it():
    state = START.drill((("island", "java"),), LEVELS)
    assert state.rows == ("province",) and state.columns == ("year",)
    assert state.filters == (("island", ("java",)),) and state.drilled == ("island",)


def test_a_drill_into_a_cell_goes_down_both_ways():
    state = START.drill((("island", "java"), ("year", 2020)), LEVELS)
    assert (state.rows, state.columns) == (("province",), ("quarter",))
    assert dict(state.filters) == {"island": ("java",), "year": (2020,)}


def test_a_drill_at_the_finest_level_turns_to_another_dimension():
    state = START.drill((("island", "java"),), LEVELS).drill((("province", "banten"),), LEVELS)
    assert state.rows == ("channel",)
    assert state.columns == ("year",)


def test_a_drill_into_a_nested_row_pins_both_of_its_levels():
    state = State(("island", "province"), (), ("revenue",)).drill((("island", "java"), ("province", "banten")), LEVELS)
    assert state.rows == ("year",)  # the first dimension that is neither shown nor settled
    assert dict(state.filters) == {"island": ("java",), "province": ("banten",)}


def test_a_drill_into_the_coarser_of_two_nested_levels_keeps_the_finer_one_once():
    state = State(("island", "province"), (), ("revenue",)).drill((("island", "java"),), LEVELS)
    assert state.rows == ("province",)


def test_a_drill_into_a_finer_member_takes_its_parents_from_the_rows():
    state = (
        State(("island", "channel"), (), ("revenue",))
        .slice("province", ["banten"])
        .drill((("channel", "store"),), LEVELS)
    )
    assert "island" not in state.rows and "channel" not in state.rows


def test_where_nothing_is_left_to_drill_the_state_says_so():
    levels = {"channel": Level("channel", "channel")}
    assert State(("channel",), (), ("revenue",)).drill((("channel", "store"),), levels) is None


def test_the_unknown_member_can_be_drilled():
    state = START.drill((("island", None),), LEVELS)
    assert state.filters == (("island", (None,)),)


@pytest.mark.parametrize(
    "kept",
    [
        START,
        START.drill((("island", None), ("year", 2020)), LEVELS).expand((("province", "x"),)),
        START.sorted_by("revenue", (("year", 2019),)),
    ],
)
def test_a_state_survives_json(kept):
    import json

    assert State.from_dict(json.loads(json.dumps(kept.to_dict()))) == kept


def test_back_and_crumbs_lead_where_they_say():
    visit = History([START])
    visit.go(START.drill((("island", "java"),), LEVELS))
    visit.go(visit.now.put(LEVELS, measures=("revenue", "orders")))
    visit.go(visit.now.drill((("province", "banten"),), LEVELS))
    assert visit.now.drilled == ("island", "province")
    first = visit.crumb(1)
    assert first.drilled == ("island",) and first.measures == ("revenue", "orders")
    assert visit.crumb(0) == START
    assert visit.back() == first
    for _ in range(9):
        visit.back()
    assert visit.now == START and not visit.can_back


def test_a_crumb_works_on_a_state_without_history():
    visit = History([START.drill((("island", "java"),), LEVELS).drill((("province", "banten"),), LEVELS)])
    assert visit.crumb(1).filters == (("island", ("java",)),)
    assert visit.now.rows == ("province",)
    assert visit.crumb(0).filters == ()


def test_a_level_stands_in_one_place_only():
    assert START.put(LEVELS, columns=("island",)) == START.put(LEVELS, rows=("island",), columns=())
    assert START.put(LEVELS, columns=("year", "channel")).columns == ("year", "channel")
    moved = State(("island", "channel"), (), ("revenue",)).put(LEVELS, columns=("channel",))
    assert (moved.rows, moved.columns) == (("island",), ("channel",))
    assert START.put(LEVELS, rows=("year",)).columns == ()


def test_rows_and_measures_never_run_empty_and_unknown_levels_are_left_out():
    assert START.put(LEVELS, rows=()).rows == ("island",)
    assert START.put(LEVELS, measures=()).measures == ("revenue",)
    assert START.put(LEVELS, rows=("island", "nonsense")).rows == ("island",)


def test_taking_a_drilled_filter_away_shortens_the_path():
    state = START.drill((("island", "java"),), LEVELS).drill((("province", "banten"),), LEVELS)
    assert state.slice("province", []).drilled == ("island",)
    assert state.slice("island", ["java", "sumatra"]).drilled == ("province",)
    assert state.clear().filters == () and state.clear().drilled == ()


def test_rows_open_and_close_in_place():
    java = (("island", "java"),)
    banten = (*java, ("province", "banten"))
    state = START.expand(java).expand(banten)
    assert state.opened == (java, banten)
    assert state.expand(java).opened == ()
    assert START.expand(java).drill(java, LEVELS).opened == ()


def test_a_column_sorts_down_then_up_then_not():
    once = START.sorted_by("revenue", (("year", 2020),))
    assert once.sort == ("revenue", (("year", 2020),), True)
    assert once.sorted_by("revenue", (("year", 2020),)).sort[2] is False
    assert once.sorted_by("revenue", (("year", 2020),)).sorted_by("revenue", (("year", 2020),)).sort is None


def test_more_rows_are_forgotten_when_the_view_changes():
    assert START.more().limit > PAGE
    assert START.more().slice("channel", ["store"]).limit == PAGE
