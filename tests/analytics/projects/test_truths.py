"""Worked numbers of the book's tools, and of the authorities that each computation reproduces."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab.analytics import projects
from crmlab.analytics.projects.money import internal_rates, modified_rate, payback, present_value

FLOWS = [-1200, 300, 500, 600, 600]


def rows(columns, *values):
    return [dict(zip(columns.split(), v, strict=True)) for v in values]


# -- P09, the business case (book 4.1, phase 1, and 4.2, tool 4)


def test_business_case_of_the_book():
    facts = projects.business_case(FLOWS, rate=0.12).facts
    assert facts["npv"] == pytest.approx(274.83, abs=0.005)
    assert facts["irr"] == pytest.approx(0.2132, abs=5e-5) and facts["n_irrs"] == 1
    assert facts["roi_share"] == pytest.approx(0.6667, abs=5e-5)
    assert facts["payback"] == pytest.approx(2.67, abs=0.005)
    assert facts["discounted_payback"] == pytest.approx(3.28, abs=0.005)
    assert facts["break_even_factor"] == pytest.approx(0.8137, abs=5e-5)
    assert facts["decision"] == "go"


def test_benefits_a_fifth_lower_are_no_go():
    facts = projects.business_case([-1200, 240, 400, 480, 480], rate=0.12).facts
    assert facts["npv"] == pytest.approx(-20.1, abs=0.05) and facts["decision"] == "no_go"
    table = projects.sensitivity(FLOWS, rate=0.12).table.set_index("item")
    assert table.loc["benefits", "npv_at_low"] == pytest.approx(facts["npv"])
    assert table.loc["benefits", "break_even_factor"] == pytest.approx(0.8137, abs=5e-5)
    assert table.loc["discount_rate", "break_even_factor"] == pytest.approx(0.2132 / 0.12, abs=1e-3)


def test_latent_benefits_are_listed_and_not_added():
    flows = rows("item kind period amount", ("system", "cost", 0, 1000), ("calls", "benefit", 1, 1155),
                 ("culture", "latent", 1, 110))  # fmt: skip
    apart, added = (projects.business_case(flows, rate=0.1, add_latent=a) for a in (False, True))
    assert apart.facts["npv"] == pytest.approx(50) and apart.facts["latent_value"] == pytest.approx(100)
    assert apart.facts["npv_with_latent"] == pytest.approx(150) == pytest.approx(added.facts["npv"])
    told = [{n.code.rpartition(".")[2] for n in case.notes} for case in (apart, added)]
    assert [("latent_apart" in t, "latent_added" in t) for t in told] == [(True, False), (False, True)]
    assert apart.table["latent_benefits"].tolist() == [0, 110]


# the examples that numpy-financial's documentation gives for irr, and its npv and mirr
@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ([-100, 39, 59, 55, 20], 0.28095),
        ([-100, 0, 0, 74], -0.0955),
        ([-100, 100, 0, -7], -0.0833),
        ([-100, 100, 0, 7], 0.06206),
        ([-5, 10.5, 1, -8, 1], 0.0886),
    ],
)
def test_internal_rates_as_numpy_financial_documents_them(flows, rate):
    found = internal_rates(flows)
    assert any(r == pytest.approx(rate, abs=6e-6 if abs(rate) > 0.1 else 5e-5) for r in found)
    assert all(abs(present_value(flows, r)) < 1e-7 for r in found)


def test_all_rates_where_that_documentation_names_one():
    # 100 (1+r)³ = 100 (1+r)² - 7, which also has a root near -70 %: -8.33 % is not the only one
    assert len(internal_rates([-100, 100, 0, -7])) == 2
    # three changes of sign and three rates: 8.86 % lies between the other two
    assert [round(r, 2) for r in internal_rates([-5, 10.5, 1, -8, 1])] == [-0.87, 0.09, 0.71]


# Excel's documentation of NPV (first flow after a period), IRR and MIRR
def test_excels_documentation():
    assert present_value([0, -10000, 3000, 4200, 6800], 0.1) == pytest.approx(1188.44, abs=0.005)
    assert internal_rates([-70000, 12000, 15000, 18000, 21000])[0] == pytest.approx(-0.021, abs=5e-4)
    assert internal_rates([-70000, 12000, 15000, 18000, 21000, 26000])[0] == pytest.approx(0.087, abs=5e-4)
    assert modified_rate([-120000, 39000, 30000, 21000, 37000, 46000], 0.10, 0.12) == pytest.approx(0.1261, abs=5e-5)


def test_two_rates_none_and_a_double_one():
    two = projects.business_case([-100, 230, -132], rate=0.15)  # (1+r) = 1.1 and 1.2 by the quadratic formula
    assert two.facts["irr"] is None and two.facts["irrs"] == pytest.approx((0.1, 0.2))
    assert two.facts["npv"] > 0 and "10.00%" in two.notes[0].render("en") and "20.00%" in two.notes[0].render("en")
    none = projects.business_case([-100, 200, -150], rate=0.15)
    assert none.facts["irrs"] == () and none.notes[0].code.endswith("no_irr_crossing")
    costs = projects.business_case(rows("item kind period amount", ("a", "cost", 0, 5), ("b", "cost", 1, 5)), rate=0)
    assert {n.code.rpartition(".")[2] for n in costs.notes} == {"no_irr_signs", "never_back", "no_benefit"}
    assert internal_rates([-1, 2.4, -1.44]) == pytest.approx((0.2,), abs=1e-4)  # (1+r-1.2)² touches and does not cross


@given(st.lists(st.floats(-0.5, 2), min_size=1, max_size=4, unique_by=lambda r: round(r, 1)), st.floats(1, 1e9))
def test_flows_made_of_known_rates_give_them_back(rates, size):
    flows = np.array([-size])
    for r in rates:
        flows = np.convolve(flows, [1, -(1 + r)])
    apart = all(abs(a - b) > 0.09 for i, a in enumerate(rates) for b in rates[:i])
    if apart:
        assert internal_rates(flows) == pytest.approx(sorted(rates), abs=1e-5)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30), st.floats(0, 0.9))
def test_npv_is_a_sum_and_payback_lies_where_the_sum_turns(flows, rate):
    by_hand = sum(f / (1 + rate) ** t for t, f in enumerate(flows))
    assert present_value(flows, rate) == pytest.approx(by_hand, rel=1e-9, abs=1e-6)
    at = payback(flows)
    assert at is None or 0 <= at <= len(flows) - 1


def test_a_case_drawn_meets_its_exact_distribution():
    # NPV = 1474.83·factor - 1200, factor triangular on 0.6, 1, 1.2: a loss below 0.8137
    shape = {"benefits": {"shape": "triangular", "low": 0.6, "mode": 1, "high": 1.2}}
    one, two = (projects.simulate_case(FLOWS, rate=0.12, uncertain=shape, times=20_000, seed=7) for _ in range(2))
    exact = (1200 / 1474.8312 - 0.6) ** 2 / (0.6 * 0.4)
    assert one.facts["loss_share"] == pytest.approx(exact, abs=4 * (exact * (1 - exact) / 20_000) ** 0.5)
    assert one.facts == two.facts and one.table["draws"].sum() == 20_000
    mean = 1474.8312 * (0.6 + 1 + 1.2) / 3 - 1200
    assert one.facts["npv_mean"] == pytest.approx(mean, abs=6)
    pert = projects.simulate_case(FLOWS, rate=0.12, uncertain={"benefits": shape["benefits"] | {"shape": "pert"}})
    assert pert.facts["npv_mean"] == pytest.approx(1474.8312 * (0.6 + 4 + 1.2) / 6 - 1200, abs=6)


# -- P19, total cost (book 4.1, phase 3, and 9.2)

COSTS = rows("option item amount every per_user", ("cloud", "seats", 0.25, "month", True),
             ("on_premise", "licence", 350, "once", False), ("on_premise", "upkeep", 180, "year", False))  # fmt: skip


def test_cloud_against_on_premise():
    result = projects.total_cost(projects.yearly(COSTS), rate=0.10, years=5, users=40)
    table = result.table.set_index("option")
    assert table["nominal"].to_dict() == pytest.approx({"cloud": 600, "on_premise": 1250})
    assert table["present_value"].to_dict() == pytest.approx({"cloud": 454.9, "on_premise": 1032.3}, abs=0.05)
    assert result.facts["break_even_users"] == pytest.approx(90.8, abs=0.05)
    for users, best in ((90, "cloud"), (91, "on_premise")):
        assert projects.total_cost(projects.yearly(COSTS), rate=0.1, years=5, users=users).facts["best"] == best


# -- P13 and P14, plan and PERT (book 4.1, phase 2)

CPM = rows("task duration after", ("A", 3, ""), ("B", 5, "A"), ("C", 4, "A"), ("D", 6, "B"), ("E", 2, "B,C"),
           ("F", 3, "D,E"))  # fmt: skip
PERT = rows("task after optimistic likely pessimistic", ("A", "", 2, 3, 4), ("B", "A", 3, 5, 13), ("C", "A", 4, 4, 4),
            ("D", "B", 4, 6, 8), ("E", "B,C", 2, 2, 2), ("F", "D,E", 2, 3, 4))  # fmt: skip


def test_critical_path_of_the_book():
    result = projects.plan(CPM)
    assert result.facts["duration"] == 17 and result.facts["critical"] == ("A", "B", "D", "F")
    slack = result.table.set_index("task")["slack"]
    assert slack.to_dict() == {"A": 0, "B": 0, "C": 5, "D": 0, "E": 4, "F": 0}
    assert result.table.set_index("task")["free_slack"].to_dict() == {"A": 0, "B": 0, "C": 1, "D": 0, "E": 4, "F": 0}


def test_three_estimates_of_the_book():
    facts = projects.pert(PERT, deadline=20).facts
    assert facts["expected"] == pytest.approx(18.0) and facts["critical"] == ("A", "B", "D", "F")
    assert facts["variance"] == pytest.approx(3.4444, abs=5e-5)
    assert facts["on_time_share"] == pytest.approx(0.8594, abs=5e-5)
    assert facts["p95"] == pytest.approx(21.05, abs=0.005)


# Heizer and Render, Operations Management, chapter "Project Management": Milwaukee Paper Manufacturing, weeks
MILWAUKEE = rows("task after optimistic likely pessimistic", ("A", "", 1, 2, 3), ("B", "", 2, 3, 4),
                 ("C", "A", 1, 2, 3), ("D", "A,B", 2, 4, 6), ("E", "C", 1, 4, 7), ("F", "C", 1, 2, 9),
                 ("G", "D,E", 3, 4, 11), ("H", "F,G", 1, 2, 3))  # fmt: skip


def test_milwaukee_paper():
    result = projects.pert(MILWAUKEE, deadline=16, unit="weeks")
    table = result.table.set_index("task")
    assert table["expected"].tolist() == [2, 3, 2, 4, 4, 3, 5, 2]
    assert table["slack"].tolist() == [0, 1, 0, 1, 0, 6, 0, 0]
    assert result.facts["expected"] == 15 and result.facts["critical"] == ("A", "C", "E", "G", "H")
    assert result.facts["variance"] == pytest.approx(3.11, abs=0.005)
    assert result.facts["on_time_share"] == pytest.approx(0.715, abs=0.001)  # z = 0.57 in its table


# Taylor, Introduction to Management Science, chapter "Project Management", example problem: path 1, 3, 5, 7
def test_taylors_path():
    tasks = rows("task after optimistic likely pessimistic", (1, "", 5, 8, 17), (3, "1", 3, 5, 7), (5, "3", 4, 6, 8),
                 (7, "5", 3, 4, 5))  # fmt: skip
    facts = projects.pert(tasks, deadline=28).facts
    assert facts["expected"] == 24 and facts["on_time_share"] == pytest.approx(0.9633, abs=5e-4)


def test_of_two_equal_paths_the_one_that_varies_most_is_used():
    tasks = rows("task after optimistic likely pessimistic", ("A", "", 5, 5, 5), ("B", "", 2, 5, 8),
                 ("Z", "A,B", 0, 0, 0))  # fmt: skip
    result = projects.pert(tasks)
    assert result.facts["critical"] == ("B", "Z") and result.facts["variance"] == 1
    assert result.notes[0].values["n"] == 2


@st.composite
def networks(draw):
    n = draw(st.integers(2, 12))
    tasks = []
    for k in range(n):
        before = draw(st.sets(st.integers(0, k - 1), min_size=1, max_size=3)) if k else []
        o, m, p = sorted(draw(st.lists(st.integers(0, 20), min_size=3, max_size=3)))
        tasks.append({"task": f"T{k}", "after": [f"T{j}" for j in before], "duration": m, "optimistic": o, "likely": m,
                      "pessimistic": p})  # fmt: skip
    return tasks


@given(networks())
def test_a_plan_keeps_its_order_and_its_end(tasks):
    result = projects.plan(tasks)
    table = result.table.set_index("task")
    end = result.facts["duration"]
    assert (table["slack"] >= 0).all() and table["early_finish"].max() == end
    for task in tasks:
        for before in task["after"]:
            assert table.loc[before, "early_finish"] <= table.loc[task["task"], "early_start"] + 1e-9
            assert table.loc[before, "late_finish"] <= table.loc[task["task"], "late_start"] + 1e-9
    longest = {}  # the same by hand, path by path
    for task in tasks:
        longest[task["task"]] = task["duration"] + max([longest[b] for b in task["after"]], default=0)
    assert end == max(longest.values())
    # a delay by its whole slack leaves the end where it is; by one more it does not
    for name in table.index:
        slack = table.loc[name, "slack"]
        later = [{**t, "duration": t["duration"] + (slack if t["task"] == name else 0)} for t in tasks]
        assert projects.plan(later).facts["duration"] == pytest.approx(end)
        more = [{**t, "duration": t["duration"] + (slack + 1 if t["task"] == name else 0)} for t in tasks]
        assert projects.plan(more).facts["duration"] == pytest.approx(end + 1)


@given(networks())
def test_runs_lie_between_the_best_and_the_worst_plan(tasks):
    facts = projects.simulate(tasks, times=200).facts
    best, worst = (
        projects.plan([{**t, "duration": t[c]} for t in tasks]).facts["duration"] for c in ("optimistic", "pessimistic")
    )
    assert best - 1e-9 <= facts["quantiles"][0] <= facts["quantiles"][-1] <= worst + 1e-9
    assert projects.pert(tasks).facts["expected"] == pytest.approx(facts["pert_expected"])


def test_merge_bias_where_it_can_be_computed():
    """The later of two uniform-like tasks: beta(3, 3) on 0 to 6 twice has mean 3 + 6·(E max - 1/2)."""
    from scipy.integrate import quad
    from scipy.stats import beta

    expected = 6 * quad(lambda x: x * 2 * beta.pdf(x, 3, 3) * beta.cdf(x, 3, 3), 0, 1)[0]
    tasks = rows(
        "task after optimistic likely pessimistic", ("A", "", 0, 3, 6), ("B", "", 0, 3, 6), ("Z", "A,B", 0, 0, 0)
    )
    facts = projects.simulate(tasks, times=20_000, deadline=3).facts
    assert facts["mean"] == pytest.approx(expected, abs=0.03) and facts["pert_expected"] == 3
    assert facts["merge_bias"] == pytest.approx(expected - 3, abs=0.03) and facts["verdict"] == "real"
    # PERT looks at one of them: a half; both are in time in a quarter
    assert facts["pert_on_time_share"] == 0.5 and facts["on_time_share"] == pytest.approx(0.25, abs=0.012)
    table = projects.simulate(tasks, times=2000).table.set_index("task")
    assert table.loc["Z", "criticality_share"] == 1 and table.loc["A", "criticality_share"] == pytest.approx(
        0.5, abs=0.05
    )


def test_a_chain_has_no_merge_bias():
    facts = projects.simulate(PERT, times=20_000).facts
    assert facts["mean"] == pytest.approx(18, abs=0.06) and facts["verdict"] == "noise"


def test_dates_of_working_days():
    # Monday 16 March 2026: Nyepi on the 19th, Idul Fitri on a weekend, Good Friday on 3 April
    table = projects.plan(CPM, start="2026-03-16").table.set_index("task")
    assert str(table.loc["A", "finish_date"]) == "2026-03-18" and str(table.loc["B", "start_date"]) == "2026-03-20"
    assert str(table.loc["F", "finish_date"]) == "2026-04-09"
    leave = projects.plan(CPM, start="2026-03-16", also_off=["2026-03-20", "2026-03-23", "2026-03-24"])
    assert str(leave.facts["finish"]) == "2026-04-14"
    far = projects.plan(CPM, start="2026-12-28")
    assert "no_calendar" in [n.code.rpartition(".")[2] for n in far.notes]


def test_a_milestone_falls_on_the_day_its_predecessor_ends():
    tasks = rows("task duration after", ("A", 2, ""), ("ready", 0, "A"), ("B", 1, "ready"))
    table = projects.plan(tasks, start="2026-07-06").table.set_index("task")
    assert str(table.loc["ready", "start_date"]) == str(table.loc["ready", "finish_date"]) == "2026-07-07"
    assert str(table.loc["B", "start_date"]) == "2026-07-08"


# -- P16, risks (book 4.1, phase 2)


def test_expected_losses_of_the_book():
    register = rows("risk probability impact mitigation contingency", ("c", 0.3, 200, "", ""), ("b", 0.6, 300, "", ""),
                    ("a", 0.4, 500, "clean", "pay"))  # fmt: skip
    result = projects.risks(register)
    assert result.table["emv"].tolist() == pytest.approx([200, 180, 60]) and result.facts["total"] == pytest.approx(440)
    assert result.table["top_fifth"].tolist() == ["top_fifth", "", ""]
    assert result.table["probability_band"].tolist() == [2, 3, 2]
    assert result.table["impact_band"].tolist() == [5, 3, 2]


def test_ten_causes_are_there_and_count_nothing_yet():
    result = projects.risks(projects.failure_causes())
    assert result.facts["n"] == result.facts["incomplete"] == 10 and result.facts["total"] == 0
    assert result.facts["status"] == "incomplete" and result.table["emv"].isna().all()


def test_a_fifth_of_ten_and_its_ties_must_be_answered():
    register = [
        r | {"probability": 0.5, "impact": i}
        for r, i in zip(projects.failure_causes(), [9, 9, 9] + [1] * 7, strict=True)
    ]
    draft = projects.risks(register, draft=True)
    assert draft.facts["n_top"] == draft.facts["unanswered"] == 3
    assert draft.table["lacks"].tolist()[:4] == [("mitigation", "contingency")] * 3 + [()]


RISK = {"risk": "", "probability": None, "impact": None, "mitigation": "m", "contingency": "c"}


def test_a_tie_that_rounding_parts_is_one():
    pairs = [(0.1, 3), (0.3, 1), (0.1, 1), (0.1, 1), (0.1, 1)]  # 0.1 * 3 is a hair more than 0.3 * 1
    register = [RISK | {"risk": str(k), "probability": p, "impact": i} for k, (p, i) in enumerate(pairs)]
    assert projects.risks(register).facts["n_top"] == 2


# -- P20 and Z08, vendors (book 4.1, phase 3, and 9.2, step 6)

WEIGHTS = {"ease_of_use": 0.25, "suitable_features": 0.30, "cost_and_hosting": 0.20, "integration": 0.25}
SCORES = rows("vendor ease_of_use suitable_features cost_and_hosting integration whatsapp", ("A", 5, 2, 5, 3, True),
              ("B", 3, 5, 2, 4, True), ("C", 5, 4, 4, 5, None))  # fmt: skip


def test_the_ranks_flip_and_the_best_score_is_out():
    result = projects.vendors(SCORES, WEIGHTS, must_have=["whatsapp"])
    table = result.table.set_index("vendor")
    assert table["plain_score"].to_dict() == {"A": 15, "B": 14, "C": 18}
    assert table["weighted_score"].to_dict() == pytest.approx({"A": 3.60, "B": 3.65, "C": 4.50})
    assert result.facts["winner"] == "B" and result.facts["plain_winner"] == "A" and result.facts["reversal"]
    assert result.facts["knocked_out"] == ("C",) and np.isnan(table.loc["C", "weighted_rank"])
    assert "reversal" in [n.code.rpartition(".")[2] for n in result.notes]


def test_software_for_pt_xyz():
    """Z08: the four criteria choose B, and the cloud is cheaper below 90.8 users."""
    sheet = projects.software_template(["A", "B", "C"])
    assert sheet["weights"] == WEIGHTS and sheet["must_have"] == ["whatsapp"]
    filled = [empty | row for empty, row in zip(sheet["scores"], SCORES, strict=True)]
    assert projects.vendors(filled, sheet["weights"], must_have=sheet["must_have"]).facts["winner"] == "B"
    cost = projects.total_cost(projects.yearly(COSTS), rate=0.1, years=5, users=40).facts
    assert cost["best"] == "cloud" and round(cost["break_even_users"], 1) == 90.8


def test_weights_at_which_the_winner_changes():
    """B leads A by -2e + 3f - 3c + i; along e, the others in proportion: -2e + (1 - e)·(0.9 - 0.6 + 0.25)/0.75 = 0."""
    result = projects.weight_switches(SCORES, WEIGHTS, must_have=["whatsapp"])
    at = result.table[result.table["from_share"] > 0].set_index("criterion")["from_share"]
    lead = 0.55 / 0.75
    assert at["ease_of_use"] == pytest.approx(lead / (2 + lead))
    assert at["cost_and_hosting"] == pytest.approx((0.65 / 0.8) / (3 + 0.65 / 0.8))
    assert result.facts["nearest_criterion"] == "suitable_features" or result.facts["nearest_gap"] <= 0.02
    for criterion, weight in at.items():  # a hair to either side, asked anew
        for step, side in ((-1e-6, "below"), (1e-6, "above")):
            new = {c: (weight + step if c == criterion else w * (1 - weight - step) / (1 - WEIGHTS[criterion]))
                   for c, w in WEIGHTS.items()}  # fmt: skip
            winner = projects.vendors(SCORES, new, must_have=["whatsapp"]).facts["winner"]
            mine = result.table[result.table["criterion"] == criterion]
            told = mine[mine["to_share" if side == "below" else "from_share"].sub(weight).abs() < 1e-9]["winner"].iloc[
                0
            ]
            assert winner == told


@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=6), st.integers(0, 100))
def test_stretches_cover_every_weight_and_name_its_winner(scores, at):
    given_scores = [{"vendor": f"V{i}", "x": s[0], "y": s[1], "z": s[2]} for i, s in enumerate(scores)]
    table = projects.weight_switches(given_scores, {"x": 0.2, "y": 0.3, "z": 0.5}).table
    t = at / 100
    for k, criterion in enumerate(("x", "y", "z")):
        mine = table[table["criterion"] == criterion]
        assert mine["from_share"].iloc[0] == 0 and mine["to_share"].iloc[-1] == 1
        assert mine["from_share"].tolist()[1:] == mine["to_share"].tolist()[:-1]
        w = np.array([0.2, 0.3, 0.5])
        w = np.where(np.arange(3) == k, t, w * (1 - t) / (1 - w[k]))
        value = np.array(scores) @ w
        winners = mine[(mine["from_share"] <= t + 1e-9) & (mine["to_share"] >= t - 1e-9)]["winner"]
        assert any(value[int(v[1:])] == pytest.approx(value.max()) for v in winners)


def test_weights_that_do_not_sum_to_one():
    result = projects.vendors(SCORES, {c: 100 * w for c, w in WEIGHTS.items()}, must_have=["whatsapp"])
    assert result.facts["winner_score"] == pytest.approx(3.65) and sum(result.params["weights"].values()) == 1
    assert [n.code.rpartition(".")[2] for n in result.notes][0] == "weights_scaled"


def test_two_vendors_and_an_open_cell_are_said():
    few = projects.vendors(SCORES[:2], WEIGHTS)
    assert "few_vendors" in [n.code.rpartition(".")[2] for n in few.notes]
    gap = projects.vendors([*SCORES[:2], SCORES[2] | {"integration": None}], WEIGHTS)
    row = gap.table.set_index("vendor").loc["C"]
    assert row["status"] == "incomplete" and row["complete_share"] == 0.75 and np.isnan(row["weighted_score"])


# -- P22, earned value (book 4.1, phase 5)


def test_earned_value_of_the_book():
    facts = projects.earned_value(rows("period planned earned actual", ("now", 600, 540, 660)), budget=1000).facts
    assert (facts["schedule_variance"], facts["cost_variance"]) == (-60, -120)
    assert facts["schedule_index"] == pytest.approx(0.90) and facts["cost_index"] == pytest.approx(0.818, abs=5e-4)
    assert facts["eac_typical"] == pytest.approx(1222.2, abs=0.05)
    assert facts["eac_atypical"] == 1120  # 660 + 1000 - 540
    assert facts["eac_combined"] == pytest.approx(660 + 460 / (540 / 660 * 0.9))
    assert facts["to_complete_index"] == pytest.approx(460 / 340) and facts["status"] == "late_over"


# -- P08, priorities (book 4.1, phase 1)


def test_quick_wins_of_the_book():
    ideas = rows("item benefit effort", ("big", 8, 8), ("quick", 8, 2), ("small", 2, 2), ("bad", 2, 8))
    table = projects.priorities(ideas).table.set_index("item")
    assert table["quadrant"].to_dict() == {
        "quick": "quick_win",
        "big": "major_project",
        "small": "fill_in",
        "bad": "thankless",
    }
    assert table["score"].to_dict() == {"quick": 4, "big": 1, "small": 1, "bad": 0.25}
    parts = rows("item benefit cost_score time_score", ("a", 6, 2, 8))
    assert projects.priorities(parts, weights={"cost_score": 3}).table["effort"].tolist() == [(3 * 2 + 8) / 4]


# -- criteria as data


def test_criteria_that_have_no_number_are_incomplete():
    case = projects.business_case([-100, 230, -132], rate=0.15)
    criteria = [{"measure": "npv", "least": 0}, {"measure": "irr", "least": 0.15}]
    assert projects.decide(case, criteria=criteria).facts["decision"] == "incomplete"
    worse = [*criteria, {"measure": "payback", "most": 0.5}]
    found = projects.decide(case, criteria=worse)
    assert found.table["verdict"].tolist()[:2] == ["passed", "incomplete"]
