"""What the figures of a programme's tools show, mark by mark."""

from __future__ import annotations

import pytest

from crmlab import charts
from crmlab.analytics import projects

FLOWS = [-1200, 300, 500, 600, 600]
TASKS = [
    {"task": t, "after": after, "duration": d}
    for t, d, after in [("A", 3, ""), ("B", 5, "A"), ("C", 4, "A"), ("D", 6, "B"), ("E", 2, "B,C"), ("F", 3, "D,E")]
]


def test_gantt_shows_the_critical_path_and_slack():
    figure = charts.spec(projects.plan(TASKS), "en")
    bars = figure["data"][0]
    assert figure["layout"]["yaxis"]["ticktext"] == ["A", "B", "C", "D", "E", "F"]
    assert bars["base"] == [0, 3, 3, 8, 8, 14] and bars["x"] == [3, 5, 4, 6, 2, 3]
    assert [c == "@accent" for c in bars["marker"]["color"]] == [True, True, False, True, False, True]
    assert [(s["x0"], s["x1"]) for s in figure["layout"]["shapes"]] == [(7, 12), (10, 14)]


def test_a_plan_larger_than_a_figure_keeps_its_critical_tasks():
    chain = [{"task": f"T{k}", "after": f"T{k - 1}" if k else "", "duration": 1} for k in range(20)]
    side = [{"task": f"S{k}", "after": "T0", "duration": 1} for k in range(30)]
    figure = charts.spec(projects.plan(chain + side), "en")
    shown = figure["layout"]["yaxis"]["ticktext"]
    assert len(shown) == 30 and {f"T{k}" for k in range(20)} <= set(shown)


def test_losses_are_another_colour():
    shape = {"benefits": {"shape": "triangular", "low": 0.6, "mode": 1, "high": 1.2}}
    result = projects.simulate_case(FLOWS, rate=0.12, uncertain=shape, times=2000)
    bars = charts.spec(result, "en")["data"][0]
    red = sum(y for y, c in zip(bars["y"], bars["marker"]["color"], strict=True) if c == "@bad")
    assert red == pytest.approx(result.facts["loss_share"], abs=0.04)


def test_a_tornado_reaches_from_the_plan_to_both_ends():
    figure = charts.spec(projects.sensitivity(FLOWS, rate=0.12), "en")
    low, high = figure["data"]
    assert figure["layout"]["yaxis"]["ticktext"] == ["Benefits", "Costs", "Discount rate"]
    assert low["base"][0] + low["x"][0] == pytest.approx(-20.13, abs=0.01)
    assert high["x"][1] == pytest.approx(-240)  # costs a fifth higher


def test_the_map_counts_risks_in_their_cells():
    register = [{"risk": r, "probability": p, "impact": i, "mitigation": "m", "contingency": "c"}
                for r, p, i in [("a", 0.9, 100), ("b", 0.85, 95), ("c", 0.1, 10)]]  # fmt: skip
    cells = charts.spec(projects.risks(register), "en")["data"][0]
    assert cells["text"][0] == ["", "", "", "", "2"] and cells["text"][4] == ["1", "", "", "", ""]
    assert "a" in cells["hovertext"][0][4] and "b" in cells["hovertext"][0][4]


def test_the_weight_as_it_is_stands_in_the_winners_stretch():
    scores = [{"vendor": "A", "x": 5, "y": 1}, {"vendor": "B", "x": 1, "y": 5}, {"vendor": "C", "x": 2, "y": 2}]
    figure = charts.spec(projects.weight_switches(scores, {"x": 0.3, "y": 0.7}), "en")
    winner = figure["data"][0]
    assert winner["name"] == "B"
    for k, shape in enumerate(figure["layout"]["shapes"]):
        place = winner["y"].index(k)
        assert winner["base"][place] <= shape["x0"] <= winner["base"][place] + winner["x"][place]


def test_an_s_curve_stops_where_reports_do():
    rows = [{"period": "Q1", "planned": 10, "earned": 8, "actual": 9}, {"period": "Q2", "planned": 30}]
    planned, earned, actual = charts.spec(projects.earned_value(rows, budget=30), "en")["data"]
    assert planned["y"] == [10, 30] and earned["y"] == [8] and actual["y"] == [9]
