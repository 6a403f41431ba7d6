"""What a programme's tools refuse, by the names of what is wrong, with one cure in both languages."""

from __future__ import annotations

import pytest

from crmlab import UserError
from crmlab.analytics import projects

FLOWS = [-1200, 300, 500, 600, 600]
TABLE = [
    {"item": "system", "kind": "cost", "period": 0, "amount": 100},
    {"item": "calls", "kind": "benefit", "period": 1, "amount": 150},
]
COSTS = [
    {"option": "cloud", "item": "seats", "amount": 1, "every": "month", "per_user": True},
    {"option": "own", "item": "upkeep", "amount": 9, "every": "year"},
]
RISK = {"risk": "data", "probability": 0.4, "impact": 500, "mitigation": "m", "contingency": "c"}
SCORES = [{"vendor": v, "x": 3, "y": 4, "must": True} for v in "ABC"]
NOW = {"period": "now", "planned": 600, "earned": 540, "actual": 660}


def told(call, lang="en"):
    with pytest.raises(UserError) as caught:
        call()
    return caught.value.code.partition(".")[2], caught.value.render(lang)


def tasks(*rows):
    return [{"task": t, "after": after, "duration": 1} for t, after in rows]


def three(o, m, p):
    return [{"task": "A", "after": "", "optimistic": o, "likely": m, "pessimistic": p}]


def changed(rows, k, **values):
    return [row | (values if i == k else {}) for i, row in enumerate(rows)]


def test_a_rate_typed_in_percent():
    code, said = told(lambda: projects.business_case(FLOWS, rate=12))
    assert code == "rate_in_percent" and "means 1,200% a period" in said and "Write 0.12 for 12.0%" in said
    assert "Tulis 0,12 untuk 12,0%" in told(lambda: projects.business_case(FLOWS, rate=12), "id")[1]


def test_a_circle_is_shown_from_task_to_task():
    code, said = told(lambda: projects.plan(tasks(("A", ""), ("B", "A, D"), ("C", "B"), ("D", "C"))))
    assert code == "cycle" and "B → C → D → B" in said
    assert (
        told(
            lambda: projects.plan(
                tasks(
                    ("A", "A"),
                )
            )
        )[0]
        == "cycle"
    )


def test_an_orphan_and_an_unknown_predecessor_by_name():
    code, said = told(lambda: projects.plan(tasks(("A", ""), ("B", "A"), ("Training", ""))))
    assert code == "orphan" and "Training" in said
    code, said = told(lambda: projects.plan(tasks(("Design", ""), ("Build", "Desing"))))
    assert code == "unknown_task" and "Build" in said and "“Design”" in said
    assert projects.plan(tasks(("alone", ""))).facts["duration"] == 1  # the only task is no orphan


def test_estimates_out_of_order_by_name():
    for numbers in ((3, 2, 4), (1, 5, 4)):
        code, said = told(lambda n=numbers: projects.pert(three(*n)))
        assert code == "wrong_order" and "A" in said and "optimistic ≤ likely ≤ pessimistic" in said
        assert told(lambda n=numbers: projects.simulate(three(*n)))[0] == "wrong_order"


def test_unanswered_risks_by_name():
    code, said = told(lambda: projects.risks([RISK | {"contingency": " "}]))
    assert code == "unanswered" and "data" in said and "contingency" in said


def test_months_and_years_in_one_comparison():
    code, said = told(lambda: projects.total_cost(COSTS, rate=0.1, years=5, users=4))
    assert code == "mixed_periods" and "cloud: seats" in said and "yearly()" in said
    assert projects.total_cost(projects.yearly(COSTS), rate=0.1, years=5, users=4).facts["n"] == 2
    months = projects.total_cost(changed(COSTS, 1, every="month"), rate=0, years=1, users=1)
    assert months.facts["best_value"] == 12 and months.notes[0].code.endswith("months")


CASES = {
    "bad_bands": lambda: projects.risks([RISK], impact_bands=[3, 2, 1, 0]),
    "bad_flows": lambda: projects.business_case([-1200, "300"], rate=0.1),
    "bad_period": lambda: projects.business_case(changed(TABLE, 1, period=1.5), rate=0.1),
    "bad_range": lambda: projects.simulate_case(
        FLOWS, rate=0.1, uncertain={"benefits": {"shape": "pert", "low": 1, "mode": 0, "high": 2}}
    ),
    "bad_scale": lambda: projects.priorities([{"item": "a", "benefit": 1, "effort": 1}], scale=(0, 5)),
    "bad_unit": lambda: projects.plan(tasks(("A", "")), start="2026-01-05", unit="weeks"),
    "bad_weights": lambda: projects.vendors(SCORES, {"x": -1, "y": 2}),
    "all_knocked_out": lambda: projects.vendors(changed(SCORES[:1], 0, must=None), must_have=["must"]),
    "falling": lambda: projects.earned_value([NOW, NOW | {"period": "next", "actual": 600}], budget=1000),
    "gaps": lambda: projects.earned_value([NOW | {"actual": None}], budget=1000),
    "negative": lambda: projects.plan([{"task": "A", "after": "", "duration": -1}]),
    "no_criteria": lambda: projects.decide(projects.business_case(FLOWS, rate=0.1), criteria=[]),
    "no_effort": lambda: projects.priorities([{"item": "a", "benefit": 8, "effort": 0}]),
    "no_investment": lambda: projects.business_case([0, 5, 6], rate=0.1),
    "no_name": lambda: projects.plan([{"task": "", "after": "", "duration": 1}]),
    "no_number": lambda: projects.plan([{"task": "A", "after": "", "duration": None}]),
    "not_yes_or_no": lambda: projects.vendors(changed(SCORES, 0, must="perhaps"), must_have=["must"]),
    "nothing_spent": lambda: projects.earned_value([NOW | {"actual": 0}], budget=1000),
    "nothing_varies": lambda: projects.simulate_case(FLOWS, rate=0.1, uncertain={}),
    "one_option": lambda: projects.total_cost(COSTS[:1], rate=0.1, years=5, users=4),
    "open_criterion": lambda: projects.business_case(FLOWS, rate=0.1, criteria=[{"measure": "npv"}]),
    "out_of_bounds": lambda: projects.vendors(changed(SCORES, 0, x=7)),
    "over_earned": lambda: projects.earned_value([NOW | {"earned": 1001}], budget=1000),
    "probability_in_percent": lambda: projects.risks([RISK | {"probability": 40}]),
    "shape_lacks": lambda: projects.simulate_case(
        FLOWS, rate=0.1, uncertain={"rate": {"shape": "normal", "mean": 0.1}}
    ),
    "too_long": lambda: projects.plan([{"task": "A", "after": "", "duration": 1e6}], start="2026-01-05"),
    "turned_signs": lambda: projects.business_case([1200, -300, -500], rate=0.1),
    "twice": lambda: projects.plan(tasks(("A", ""), ("A", ""))),
    "two_kinds": lambda: projects.business_case(changed(TABLE, 1, item="system"), rate=0.1),
    "unknown_criterion": lambda: projects.vendors(SCORES, {"z": 1}),
    "unknown_every": lambda: projects.total_cost(changed(COSTS, 0, every=None), rate=0.1, years=5, users=4),
    "unknown_item": lambda: projects.sensitivity(FLOWS, rate=0.1, by={"benefit": (0.8, 1.2)}),
    "unknown_kind": lambda: projects.business_case(changed(TABLE, 0, kind="biaya"), rate=0.1),
    "unknown_measure": lambda: projects.business_case(FLOWS, rate=0.1, criteria=[{"measure": "nvp", "least": 0}]),
    "unknown_shape": lambda: projects.simulate(three(1, 2, 3), shape="uniform"),
}


@pytest.mark.parametrize("code", sorted(CASES))
def test_refused_in_both_languages(code):
    found, said = told(CASES[code])
    assert found == code and said != told(CASES[code], "id")[1]


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("negative", lambda: projects.business_case(changed(TABLE, 0, amount=-100), rate=0.1)),
        ("negative", lambda: projects.risks([RISK | {"impact": -1}])),
        ("negative", lambda: projects.risks([RISK | {"probability": -0.1}])),
        ("out_of_bounds", lambda: projects.risks([RISK | {"probability": 101}])),
        ("over_earned", lambda: projects.earned_value([NOW | {"planned": 1001}], budget=1000)),
        ("rate_in_percent", lambda: projects.total_cost(COSTS, rate=10, years=5, users=4)),
        ("no_investment", lambda: projects.business_case(TABLE[1:], rate=0.1)),
        ("no_number", lambda: projects.business_case(changed(TABLE, 0, amount="much"), rate=0.1)),
        ("bad_number", lambda: projects.business_case(FLOWS, rate="0,12")),
        ("bad_number", lambda: projects.simulate(three(1, 2, 3), times=10)),
        ("empty", lambda: projects.plan([])),
        ("bad_flows", lambda: projects.business_case([], rate=0.1)),
        ("missing_column", lambda: projects.plan([{"task": "A"}])),
        ("missing_column", lambda: projects.pert(tasks(("A", "")))),
    ],
)
def test_refused_elsewhere_too(code, call):
    assert told(call)[0] == code and told(call, "id")[1]
