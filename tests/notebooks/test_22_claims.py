"""What notebook 22 says and asks, computed; the worked numbers are those of the book, sections 4.1 to 4.3."""

from __future__ import annotations

import pytest

from crmlab import UserError, programme, projects
from notebooks import build


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "22_programme_planning")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def test_28_of_47_questions_are_answered_by_data(names):
    facts = names["situation"].facts
    assert (facts["by_data"], facts["questions"], facts["by_people"], facts["research"]) == (28, 47, 1, 18)
    assert round(facts["data_share"], 3) == 0.596
    row = names["again"]
    assert [round(row[c], 3) for c in ("value", "low", "high")] == [0.857, 0.824, 0.885] and row["high"] < 0.89
    p = row["value"]
    assert 1_900 < 16 * 0.875 * 0.125 / 0.03**2 < 2_100 and 1_900 < 16 * p * (1 - p) / 0.03**2 < 2_200


def test_vision_mission_and_objectives(names):
    assert names["long"].facts["there"] == 4 and names["short"].facts["there"] == 0
    assert (names["stated"].facts["there"], names["stated"].facts["missing"]) == (2, ("for_owners",))
    table = names["goals"].table.set_index("objective")
    assert table["kind"].to_dict() == {
        "O1": "goal",
        "O2": "objective",
        "O3": "objective",
        "O4": "objective",
        "O5": "goal",
    }
    assert table.loc["O2", "achieved_share"] == 0.85 and names["goals"].facts["without_baseline"] == ("O2", "O4")
    quadrants = names["ideas"].table.sort_values("rank")["quadrant"].tolist()
    assert quadrants == ["quick_win", "quick_win", "major_project", "thankless"]


def test_the_network_has_an_orphan_and_refuses_a_circle(names):
    assert names["aligned"].facts["aligned_share"] == 0.8 and names["aligned"].facts["without_kpi"] == ("O1",)
    facts = names["network"].facts
    assert facts["orphans"] == ("E3",) and facts["without_measure"] == ("B3",)
    with pytest.raises(UserError) as caught:
        programme.benefits(names["nodes"], [*names["edges"], {"from": "C2", "to": "C1"}])
    assert caught.value.code == "programme.cycle" and "C1 → C2 → C1" in str(caught.value)
    assert len(names["without"].facts["fall"]) == 4 and names["without"].facts["fallen_objectives"] == ()
    assert programme.dependents(names["nodes"], names["edges"], node="E2").facts["fall"] == ()


def test_people_gates_and_factors(names):
    assert len(set(names["support"].table["group"])) == 4
    facts = names["governed"].facts
    assert facts["without_accountable"] == (names["twelve"][6],) and facts["tasks"] == 12
    assert facts["director_in_both"] is False and (facts["business"], facts["it"]) == (2, 3)
    facts = names["gates"].facts
    assert (facts["done_share"], facts["next_gate"], facts["blocked_by"]) == (0.5, 2, ("risk_plan",))
    form = [dict(row) for row in names["form"]]
    next(r for r in form if r["item"] == "risk_plan")["evidence"] = "plan.pdf"
    assert programme.phases(form).facts["gates_open"] == 2
    assert names["stopped"].facts["verdict"] == "stop" and names["stopped"].facts["stopped_by"] == (
        "executive_sponsor",
    )


def test_processes_and_data(names):
    reach = names["worked"].table.set_index("process")
    assert reach.loc[names["complaint"], ["reach", "functions"]].tolist() == ["horizontal", 3]
    assert reach.loc[names["campaign"], "reach"] == "vertical" and reach.loc[names["complaint"], "handovers"] < 3
    facts = names["review"].facts
    assert [facts[k] for k in ("required", "present", "poor", "ready", "questions", "answerable")] == [
        39,
        35,
        1,
        34,
        16,
        11,
    ]
    poor = names["review"].table.query("status == 'field_poor'").iloc[0]
    assert poor["field"] == "store" and 0.45 < poor["share"] < 0.55


def test_twenty_weeks_are_rarely_twenty(names):
    assert names["likely"].facts["duration"] == 20
    assert round(names["pert"].facts["expected"], 6) == 21 and round(names["pert"].facts["on_time_share"], 3) == 0.732
    facts = names["drawn"].facts
    assert (round(facts["mean"], 1), round(facts["on_time_share"], 3), round(facts["p95"])) == (22.4, 0.431, 25)
    assert [round(facts[f"merge_bias{e}"], 2) for e in ("", "_low", "_high")] == [1.37, 1.34, 1.41]
    row = names["drawn"].table.set_index("task").loc[names["moving"]]
    assert round(row["criticality_share"], 2) == 0.42 and row["critical"] == ""
    short = [
        {**t, "optimistic": 4, "likely": 5, "pessimistic": 8} if t["task"] == names["training"] else t
        for t in names["tasks"]
    ]
    assert projects.simulate(short).facts["merge_bias"] < facts["merge_bias"]


def test_by_hand(names):
    assert names["by_hand"].facts["duration"] == 17 and names["by_hand"].facts["critical"] == ("A", "B", "D", "F")
    facts = names["three"].facts
    assert (facts["expected"], round(facts["variance"], 4), round(facts["on_time_share"], 4)) == (18.0, 3.4444, 0.8594)
    assert round(facts["p95"], 2) == 21.05
    assert names["threats"].facts["total"] == pytest.approx(440e6)
    with pytest.raises(UserError, match="0.4|0,4"):
        projects.risks([{**names["register"][0], "probability": 40}])


def test_change_and_acceptance(names):
    assert names["changing"].table["gap"].tolist() == [13, 11] and len(names["changing"].facts["without_action"]) == 1
    assert (names["key"].facts["right"], names["key"].facts["answered"]) == (2, 3)
    facts = names["tested"].facts
    assert (facts["passed_share"], facts["severity_1"], facts["verdict"]) == (0.9, 1, "no_launch")
    assert names["tested"].params["waves"][1][2] == 0.5


def test_the_control_was_hit_as_well(names):
    book = names["book"].facts
    assert (book["naive"], book["effect"], round(book["ratio"], 3)) == (-45, -85, 0.393)
    facts = names["shock"].facts
    assert facts["treated_n"] == facts["control_n"] == 19
    assert round(facts["treated_after"] / facts["treated_before"], 2) == 0.66
    assert [round(facts[k], 2) for k in ("ratio", "ratio_low", "ratio_high")] == [0.37, 0.29, 0.47]
    assert round(facts["trend_p"], 2) == 0.66 and facts["trends"] == "alike" and names["shock"].params["before_n"] == 9
    planted = {
        one["what"]: one["planted"] for code in ("R-T06", "R-T07") for one in names["retail"].truths[code]["found"]
    }
    gap = planted["pandemic, store"] / planted["pandemic, marketplace"]
    assert round(gap, 3) == 0.379 and facts["ratio_low"] < gap < facts["ratio_high"]
    recovered = planted["pandemic, store"] * planted["recovery on the shock, store"]
    assert round(recovered, 2) == 0.75 and planted["pandemic, store"] < 0.66 < recovered
    assert len(names["t"]["dim_store"]) - 1 == 4  # one row stands for no shop
