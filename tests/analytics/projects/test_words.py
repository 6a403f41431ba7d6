"""Every Result of a programme's tools: explained in both languages at three depths, drawn, exported, pickled."""

from __future__ import annotations

import json
import pickle

import pandas as pd
import pytest

import crmlab as crm
from crmlab import charts, labels
from crmlab.analytics import projects
from crmlab.charts.svg import svg

FLOWS = [
    {"item": "licence", "kind": "cost", "period": 0, "amount": 900e6},
    {"item": "training", "kind": "cost", "period": 0, "amount": 300e6},
    {"item": "fewer_calls", "kind": "benefit", "period": 1, "amount": 300e6},
    {"item": "fewer_calls", "kind": "benefit", "period": 2, "amount": 500e6},
    {"item": "fewer_calls", "kind": "benefit", "period": 3, "amount": 900e6},
    {"item": "closer_to_customers", "kind": "latent", "period": 3, "amount": 400e6},
]
SHAPES = {
    "fewer_calls": {"shape": "pert", "low": 0.4, "mode": 1, "high": 1.2},
    "training": {"shape": "normal", "mean": 1, "sd": 0.2},
    "rate": {"shape": "triangular", "low": 0.08, "mode": 0.12, "high": 0.2},
}
COSTS = [
    {"option": "cloud", "item": "seats", "amount": 3e6, "every": "year", "per_user": True},
    {"option": "on_premise", "item": "licence", "amount": 350e6, "every": "once", "per_user": False},
    {"option": "on_premise", "item": "upkeep", "amount": 180e6, "every": "year", "per_user": False},
]
TASKS = [
    {"task": t, "after": after, "duration": d, "optimistic": d - 1, "likely": d, "pessimistic": 2 * d}
    for t, after, d in [("A", [], 3), ("B", ["A"], 5), ("C", ["A"], 4), ("D", ["B"], 6), ("E", ["B", "C"], 5),
                        ("F", ["D", "E"], 3)]
]  # fmt: skip
CRITERIA = ("vendor", "ease_of_use", "suitable_features", "cost_and_hosting", "integration", "whatsapp")
SCORES = [
    dict(zip(CRITERIA, row, strict=True))
    for row in [("A", 5, 2, 5, 3, True), ("B", 3, 5, 2, 4, True), ("C", 5, 4, 4, 5, None)]
]
PROGRESS = [
    {"period": "Q1", "planned": 200e6, "earned": 180e6, "actual": 210e6},
    {"period": "Q2", "planned": 600e6, "earned": 540e6, "actual": 660e6},
    {"period": "Q3", "planned": 900e6, "earned": None, "actual": None},
    {"period": "Q4", "planned": 1000e6, "earned": None, "actual": None},
]
IDEAS = [
    {"item": "reminders", "benefit": 8, "effort": 2},
    {"item": "one_database", "benefit": 8, "effort": 8},
    {"item": "new_logo", "benefit": 2, "effort": 7},
    {"item": "shared_inbox", "benefit": 4, "effort": 3},
]


def register():
    rows = projects.failure_causes()
    for k, row in enumerate(rows[:8]):
        row |= {"probability": 0.1 + 0.1 * k, "impact": (9 - k) * 50e6, "mitigation": "m", "contingency": "c"}
    return rows


def made():
    case = projects.business_case(FLOWS, rate=0.12)
    drawn = projects.simulate_case(FLOWS, rate=0.12, uncertain=SHAPES, times=2000)
    weights, must = projects.SOFTWARE_CRITERIA, ["whatsapp"]
    criteria = [
        {"measure": "npv", "least": 0},
        {"measure": "loss_share", "most": 0.2},
        {"measure": "irr", "least": 0.12},
    ]
    return {
        "business_case": case,
        "business_case_latent": projects.business_case(FLOWS, rate=0.12, add_latent=True),
        "business_case_lost": projects.business_case([-100, 30, 30], rate=0.12),
        "business_case_no_irr": projects.business_case([-100, 200, -150], rate=0.12),
        "business_case_two_irrs": projects.business_case([-100, 230, -132], rate=0.15),
        "case_simulation": drawn,
        "decision": projects.decide(case, drawn, criteria=criteria),
        "earned_value": projects.earned_value(PROGRESS, budget=1000e6),
        "business_case_costs": projects.business_case(FLOWS[:2], rate=0.12),
        "earned_value_start": projects.earned_value([PROGRESS[0] | {"earned": 0}], budget=1000e6),
        "npv_curve_none": projects.npv_curve([-100, 200, -150], rate=0.12),
        "pert_sure": projects.pert([t | {"optimistic": 3, "likely": 3, "pessimistic": 3} for t in TASKS], deadline=20),
        "sensitivity_rate": projects.sensitivity([-100, 230, -132], rate=0.15, by={"rate": (0.5, 2)}),
        "total_cost_never": projects.total_cost([c | {"per_user": False} for c in COSTS], rate=0.1, years=5, users=40),
        "vendors_alone": projects.vendors(SCORES[:1], weights),
        "weight_switches_none": projects.weight_switches(SCORES[:1], weights),
        "earned_value_one": projects.earned_value(PROGRESS[1:2], budget=1000e6),
        "npv_curve": projects.npv_curve([-100e6, 230e6, -132e6], rate=0.12),
        "pert": projects.pert(TASKS, deadline=20),
        "pert_open": projects.pert(TASKS),
        "plan": projects.plan(TASKS),
        "plan_dates": projects.plan(TASKS, start="2026-03-14", also_off=["2026-03-20"]),
        "priorities": projects.priorities(IDEAS),
        "risks": projects.risks(register()),
        "risks_empty": projects.risks(projects.failure_causes()),
        "sensitivity": projects.sensitivity(FLOWS, rate=0.12),
        "simulation": projects.simulate(TASKS, times=2000, deadline=20, unit="weeks"),
        "simulation_open": projects.simulate(TASKS, times=500, shape="triangular"),
        "total_cost": projects.total_cost(COSTS, rate=0.1, years=5, users=40),
        "vendors": projects.vendors(SCORES, weights, must_have=must),
        "weight_switches": projects.weight_switches(SCORES, weights, must_have=must),
    }  # fmt: skip


KINDS = (
    "business_case", "business_case_costs", "business_case_latent", "business_case_lost", "business_case_no_irr",
    "business_case_two_irrs", "case_simulation", "decision", "earned_value", "earned_value_one", "earned_value_start",
    "npv_curve", "npv_curve_none", "pert", "pert_open", "pert_sure", "plan", "plan_dates", "priorities", "risks",
    "risks_empty", "sensitivity", "sensitivity_rate", "simulation", "simulation_open", "total_cost",
    "total_cost_never", "vendors", "vendors_alone", "weight_switches", "weight_switches_none",
)  # fmt: skip


@pytest.fixture(scope="module")
def results():
    return made()


def test_all_kinds_are_here(results):
    assert tuple(sorted(results)) == KINDS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_explained_at_three_depths(results, kind, lang):
    result = results[kind]
    said = [str(result.explain(lang, depth)) for depth in ("short", "method", "reference")]
    assert len(set(said)) == 3 and not any("nan" in text.lower().split() for text in said)
    every = " ".join([*said[:2], *(note.render(lang) for note in result.notes)])
    assert "—" not in every and labels.text("common.unknown", lang) not in every
    assert (
        "np." not in " ".join(said)
        and "None" not in " ".join(said)
        and "_" not in " ".join(said).replace("weight_switches()", "")
    )
    assert result.explain(lang) != result.explain("en" if lang == "id" else "id")
    assert all(note.render(lang) and "_" not in note.render(lang).replace("also_off", "") for note in result.notes)


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "decision"])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_drawn_on_screen_and_on_paper(results, kind, lang):
    others = {"plan": "slack", "simulation": "tasks"}
    for of in (None, others.get(kind)):
        figure = charts.spec(results[kind], lang, of=of)
        json.dumps(figure, allow_nan=False)
        assert figure["title"] and figure["alt"] and figure["caption"] and figure["data"]
        assert svg(figure)
        charts.draw(results[kind], lang, of=of)


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_a_name_and_a_unit(results, kind):
    known = labels.catalogue("names")["names"]
    missing = [c for c in results[kind].table.columns if c not in known]
    assert missing == []
    assert [c for c in results[kind].table.columns if c not in results[kind].params["units"]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_exported(results, kind, tmp_path):
    assert results[kind].to_xlsx(tmp_path / "a.xlsx").stat().st_size > 1000
    page = results[kind].to_html(tmp_path / "a.html", lang="id").read_text(encoding="utf-8")
    assert "nan" not in page.replace("pelanggan", "").lower().split()


@pytest.mark.parametrize("kind", KINDS)
def test_kept_and_opened_again(results, kind):
    again = pickle.loads(pickle.dumps(results[kind]))
    pd.testing.assert_frame_equal(again.table, results[kind].table)
    assert again.explain("en", "short") == results[kind].explain("en", "short")
    json.dumps({k: v for k, v in results[kind].facts.items() if not hasattr(v, "isoformat")}, allow_nan=False)


def test_inputs_survive_json():
    """A programme's file keeps inputs as JSON; opened again they give the same answers."""
    inputs = {"flows": FLOWS, "tasks": TASKS, "scores": SCORES, "register": register(), "costs": COSTS}
    again = json.loads(json.dumps(inputs))
    assert projects.business_case(again["flows"], rate=0.12).facts == projects.business_case(FLOWS, rate=0.12).facts
    assert projects.simulate(again["tasks"], times=300).facts == projects.simulate(TASKS, times=300).facts
    told = projects.vendors(again["scores"], must_have=["whatsapp"]).facts
    assert told == projects.vendors(SCORES, must_have=["whatsapp"]).facts
    assert projects.risks(again["register"]).facts == projects.risks(register()).facts
    for table in (pd.DataFrame(TASKS), {k: [t[k] for t in TASKS] for k in TASKS[0]}):
        assert projects.plan(table).facts == projects.plan(TASKS).facts


def test_the_facade_knows_the_room():
    assert crm.projects is projects
