"""The explorer of a protected cube shows no small cell, opens no rows, and puts no name into its address."""

from __future__ import annotations

import json

import pytest

from crmlab.cube import Cube, Measure
from crmlab.errors import UserError
from crmlab.star import Dimension, Fact, Star
from crmlab.widgets.desk import Desk


@pytest.fixture
def desk() -> Desk:
    units = ["heart"] * 30 + ["eye"] * 20 + ["skin"] * 2 + ["teeth"] * 9
    visits = {"unit": units, "diagnosis": ["A"] * 61, "who": [i % 20 for i in range(61)]}
    people = {"who": list(range(20)), "name": [f"Siti {i}" for i in range(20)]}
    star = Star(
        [Fact("visit", visits, {"patient": "who"}, attributes=["unit", "diagnosis"])],
        [Dimension("patient", people, "who", attributes=["name"], personal=["name"])],
    )
    return Desk(Cube(star, [Measure.count("visits", "visit")]), "en")


def test_small_cells_are_empty_and_rows_stay_closed(desk):
    desk.answer({"do": "set", "rows": ["unit"], "columns": []})
    page = json.dumps(desk.page)
    assert "—" in page or "null" in page
    with pytest.raises(UserError) as caught:
        desk.answer({"do": "facts", "path": [["unit", "heart"]]})
    assert caught.value.code == "privacy.protected_rows"


def test_the_state_names_nobody(desk):
    found = desk.answer({"do": "members", "level": "name", "search": "siti 3"})
    assert [m["label"] for m in found["members"]] == ["S••• •••"]
    assert "Siti" not in json.dumps(found)
    desk.answer({"do": "slice", "level": "name", "members": [found["members"][0]["key"]]})
    assert "Siti" not in json.dumps(desk.page)
