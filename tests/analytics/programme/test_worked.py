"""The worked numbers of the programme's tools, each with its source; and traps that a reader can add by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from crmlab import UserError
from crmlab.analytics import programme
from tests.analytics.programme.examples import EDGES, LOG, MEMBERS, NODES, factors, raci, shops

# -- strategy ----------------------------------------------------------------------------------------------------------


def test_thirty_questions_eighteen_by_data(retail_star):
    """Row P04, Akbar (2021) section 4.1 phase 1: 30 questions, 18 answered by data, 60.0 %."""
    by_data = [q["question"] for q in programme.bank() if q["needs"]][:18]
    research = [q["question"] for q in programme.bank() if not q["needs"]][:12]
    found = programme.situation(retail_star, as_of="2020-12-31", ask=by_data + research)
    assert found.facts["questions"] == 30 and found.facts["by_data"] == 18
    assert found.facts["data_share"] == 0.6


def test_answers_are_the_cube_s_own(retail_star):
    """What the bank answers is what notebook 02 reads from the cube: the same year, the same sums."""
    import crmlab as crm

    cube = crm.datasets.load_retail("S").cube()
    whole = cube.view(measures=["revenue", "margin_share", "customers"]).slice(year=2020)
    rows = programme.situation(retail_star, as_of="2020-12-31").table.set_index("question")
    assert rows.loc["q_margin", "value"] == pytest.approx(whole.totals()["margin_share"])
    assert rows.loc["q_customers_in_segments", "value"] == whole.totals()["customers"]
    segments = (
        cube.view(by=["segment"], measures=["revenue"]).slice(year=2020).to_pandas().set_index("segment")["revenue"]
    )
    assert rows.loc["q_segments_served", "member"] == segments.idxmax()
    assert rows.loc["q_segments_served", "value"] == pytest.approx(segments.max() / segments.sum())
    corporate = cube.view(measures=["revenue"]).dice(segment=["corporate"])
    now, then = (corporate.slice(year=y).totals()["revenue"] for y in (2020, 2019))
    assert rows.loc["q_segment_growth", "member"] == "corporate"
    assert rows.loc["q_segment_growth", "value"] == pytest.approx(now / then - 1)


def test_columns_that_are_not_there_are_named_and_people_need_evidence():
    sales = pd.DataFrame({"date": ["2020-05-01"] * 4, "segment": list("aabb"), "amount": [1, 2, 3, 4]})
    ask = ["q_margin", "q_segments_served", "q_market_share", "q_competitors"]
    told = [{"question": "q_competitors", "answer": "dua toko", "evidence": "wawancara"}]
    found = programme.situation({"sales": sales}, as_of="2020-12-31", ask=ask, answers=told)
    assert found.table["status"].tolist() == ["needs_data", "by_data", "needs_research", "by_person"]
    assert found.table.loc[0, "lacks"] == "sales.cost" and found.facts["answered_share"] == 0.5
    with pytest.raises(UserError) as refused:
        programme.situation({"sales": sales}, as_of="2020-12-31", answers=[{**told[0], "evidence": " "}])
    assert refused.value.code == "programme.no_evidence" and refused.value.rows == (1,)


def test_retention_new_and_silent_by_hand():
    """2019: a, b, c buy. 2020: b, c and, for the first time, d. Two of three came again; d is new; a is silent."""
    days = ["2019-03-01"] * 3 + ["2020-03-01"] * 3
    sales = pd.DataFrame({"date": days, "customer_id": list("abcbcd"), "amount": 1.0})
    rows = programme.situation({"sales": sales}, as_of="2020-12-31").table.set_index("question")["value"]
    assert rows["q_retention"] == pytest.approx(2 / 3)
    assert rows["q_acquisition"] == pytest.approx(1 / 3) and rows["q_silent"] == pytest.approx(1 / 4)


def test_vision():
    """Row P06, section 4.1 phase 1: 3 of 4 elements, 75 %; the book's first example has all but a measure."""
    three = programme.vision("Kita akan melayani pelanggan dengan penawaran yang disesuaikan")
    assert three.facts["there_share"] == 0.75 and three.facts["missing"] == ("measurable_direction",)
    marked = programme.vision("Melihat semua informasi di satu tempat", marks={"who_served": False})
    assert marked.table.loc[0, "answered_by"] == "person" and marked.facts["there"] == 0
    assert programme.vision("kata " * 61).notes[0].code == "programme.note.long_vision"
    assert not programme.vision("kata " * 60).notes
    for bad, code in (("  ", "no_text"), ("x", "not_in_text")):
        with pytest.raises(UserError, match=".") as refused:
            programme.vision(bad, marks={"who_served": "pelanggan"})
        assert refused.value.code == f"programme.{code}"


def test_mission():
    """Row Z01, section 9.2 step 1: 2 of 3, not complete."""
    found = programme.mission({"for_customers": "a", "for_employees": "b", "for_owners": " "}).facts
    assert (found["there"], found["parts"], found["verdict"]) == (2, 3, "incomplete")


def test_alignment():
    """Row Z03, section 9.2 step 3: 5 objectives, 1 without a KPI, 80.0 %; orphans both ways by name."""
    from tests.analytics.programme.examples import alignment

    facts = alignment().facts
    assert facts["aligned_share"] == 0.8 and facts["without_kpi"] == ("O5",)
    assert facts["kpis_without_objective"] == ("K9",) and facts["features_without_kpi"] == ("Bot",)
    assert facts["without_feature"] == ("K3", "K4", "K9") and facts["supported_share"] == 0.4
    with pytest.raises(UserError) as refused:
        programme.alignment(
            [{"objective": "laba"}], [{"kpi": "NPS", "objective": "labaa"}], [{"feature": "x", "kpi": None}]
        )
    assert refused.value.near == ("laba",)


def test_network():
    """Row P11: 3 enablers, 4 changes, 3 benefits, 2 objectives; E3 has no edge: "yatim: E3"."""
    found = programme.benefits(NODES, EDGES)
    f = found.facts
    assert (f["enablers"], f["enabling_changes"] + f["business_changes"], f["benefits"], f["objectives"]) == (
        3,
        4,
        3,
        2,
    )
    assert f["orphans"] == ("E3",) and f["without_measure"] == ("B3",) and f["without_owner"] == ()
    assert "yatim: E3" in str(found.explain("id", "short"))


def test_a_circle_is_printed_by_name():
    """Row P11: C1 -> C2 -> C1 is rejected."""
    with pytest.raises(UserError) as refused:
        programme.benefits(NODES, [*EDGES, {"from": "C1", "to": "C2"}, {"from": "C2", "to": "C1"}])
    assert refused.value.code == "programme.cycle"
    assert refused.value.values["path"] in ("C1 → C2 → C1", "C2 → C1 → C2")
    for edge, code in ((("B1", "C1"), "backwards"), (("B1", "O9"), "unknown_node")):
        with pytest.raises(UserError) as refused:
            programme.benefits(NODES, [*EDGES[:3], {"from": edge[0], "to": edge[1]}])
        assert refused.value.code == f"programme.{code}"


def test_what_falls_with_an_enabler():
    facts = programme.dependents(NODES, EDGES, node="E1").facts
    # C4 still stands on C1 and E2, and so B2 and O1 do
    assert facts["fall"] == ("C2", "C3", "B1", "B3", "O2") and facts["fallen_objectives"] == ("O2",)
    assert programme.dependents(NODES, EDGES, node="O1").facts["after"] == 0
    # a change that no enabler ever carried does not fall with one
    nodes = [{"node": n, "layer": layer} for n, layer in (("E", "enabler"), ("C", "business_change"), ("B", "benefit"))]
    edges = [{"from": "E", "to": "B"}, {"from": "C", "to": "B"}]
    assert programme.dependents(nodes, edges, node="C").facts["fall"] == ()


def test_buy_in():
    """Row P10, section 4.2(5): (5,4), (5,2), (2,5), (1,2) make one of each group; 3 is high; no score, no group."""
    from tests.analytics.programme.examples import buy_in

    facts = buy_in().facts
    assert [facts[g] for g in ("head_and_heart", "head_only", "heart_only", "neither_yet")] == [1, 1, 1, 1]
    edge = programme.buy_in([{"stakeholder": "a", "rational": 3, "emotional": 3},
                             {"stakeholder": "b", "rational": 5, "emotional": None}])  # fmt: skip
    assert edge.table["group"].tolist() == ["head_and_heart", None] and edge.facts["convinced_share"] is None
    with pytest.raises(UserError):
        programme.buy_in([{"stakeholder": "a", "rational": 6, "emotional": 3}])


# -- foundations -------------------------------------------------------------------------------------------------------


def test_phases_and_gates():
    """Row P01, section 4.1: 7 + 5 + 7 + 3 + 2 = 24 steps; 12 done, 50.0 %; gate 2 is shut, the risk plan is empty."""
    from tests.analytics.programme.examples import phases

    assert [len(s) for s in programme.PHASES.values()] == [7, 5, 7, 3, 2]
    facts = phases().facts
    assert facts["done_share"] == 0.5 and facts["gates_open"] == 1 and facts["blocked_by"] == ("risk_plan",)
    form = phases().table.to_dict("records")
    with pytest.raises(UserError) as refused:
        programme.phases(form, passed=2)
    assert "Rencana risiko" in refused.value.render("id") and refused.value.values["gate"] == 2
    # a gate that is ready is not open while one before it is shut
    for row in form:
        row.update(status="done", evidence=None if row["item"] == "crm_vision" else "x")
    assert programme.phases(form).facts["gates_open"] == 0
    for row in form:
        row["evidence"] = "x"
    assert programme.phases(form, passed=5).facts["next_gate"] is None


def test_success_factors():
    """Row P15, section 4.1 phase 2: 9 items, 6 green, 66.7 %; a red strategic one in phase 1 stops."""
    assert factors().facts["green_share"] == pytest.approx(2 / 3) and len(programme.SUCCESS_FACTORS) == 9
    form = factors().table.to_dict("records")
    assert programme.success_factors(form).facts["verdict"] == "go"  # the red one is tactical, and later
    assert programme.success_factors(form, phase=4).facts["verdict"] == "attention"
    form[0]["status"] = "red"
    assert programme.success_factors(form).facts["verdict"] == "stop"
    assert programme.success_factors(form, phase=3).facts["verdict"] == "attention"
    form[8]["status"] = None
    assert programme.success_factors(form).facts["green_share"] is None
    assert programme.success_factors(form[1:8]).facts["verdict"] == "incomplete"
    with pytest.raises(UserError) as refused:
        programme.success_factors([{"item": "quick_wins", "status": "green"}])
    assert refused.value.code == "programme.no_evidence"


def test_life_cycle():
    """Row P24, section 4.3: 9 plans, 7 of them, 77.8 %."""
    from tests.analytics.programme.examples import life_cycle

    facts = life_cycle().facts
    assert facts["plans"] == 9 and round(facts["plans_share"], 3) == 0.778
    assert facts["missing_plans"] == ("procurement_plan", "phase_review")
    assert programme.life_cycle(programme.blank("life_cycle")).facts["plans_share"] is None


def test_change():
    """Row P25, section 4.3.5: target CSAT 85, now 72, gap 13."""
    from tests.analytics.programme.examples import change

    table = change().table.set_index("measure")
    assert table.loc["CSAT", "gap"] == 13 and table.loc["Jam tanggap", "gap"] == 16
    assert table["standing"].tolist() == ["gap_with_action", "gap_without_action", "reached"]
    assert table.loc["NPS", "missing"] == "A, D, E"
    case = "case_sanctions"
    assert programme.vignettes({case: "power_coercive"}).facts["right_share"] is None
    assert programme.vignettes(programme.VIGNETTES).facts["right_share"] == 1


def test_governance():
    """Row P12, section 4.1 phase 2: 12 tasks, 1 without A: "Tugas 7 tanpa A"."""
    found = programme.governance(raci(), MEMBERS)
    assert found.facts["tasks"] == 12 and found.facts["without_accountable"] == ("Tugas 7",)
    assert found.facts["verdict"] == "fail" and "tanpa A: Tugas 7" in str(found.explain("id", "short"))
    # the director counts once, however many seats he has
    assert (found.facts["business"], found.facts["it"], found.facts["business_per_it"]) == (2, 1, 2)
    assert programme.governance(raci(None), MEMBERS).facts["verdict"] == "pass"
    assert programme.governance(raci(None), MEMBERS[1:]).facts["director_in_both"] is False
    twice = [*raci(None), {"task": "Tugas 1", "role": "Tim data", "letter": "A/R"}]
    assert programme.governance(twice).facts["several_accountable"] == ("Tugas 1",)
    again = [*raci(None), {"task": "Tugas 1", "role": "programme_director", "letter": "A"}]
    assert programme.governance(again).facts["several_accountable"] == ()  # the same row twice is one A
    heavy = [{**m, "side": "it"} for m in MEMBERS]
    assert "programme.note.it_heavy" in [n.code for n in programme.governance(raci(None), heavy).notes]


# -- specification and test --------------------------------------------------------------------------------------------


def test_processes():
    """Row P17, section 4.1 phase 3: a complaint that touches service, stores and finance is horizontal."""
    table = programme.processes(LOG, primary={"Keluhan": True}).table.set_index("process")
    assert table["reach"].to_dict() == {"Keluhan": "horizontal", "Kampanye": "vertical"}
    assert table.loc["Keluhan", ["functions", "stage", "importance"]].tolist() == [
        3,
        "front_and_back",
        "primary_process",
    ]
    # 20 cases with three handovers, 5 that skip the stores with two
    assert table.loc["Keluhan", "handovers"] == pytest.approx((20 * 3 + 5 * 2) / 25)
    lane = programme.swim_lane(LOG, process="Keluhan")
    assert lane.table["activity"].tolist() == ["Terima", "Periksa stok", "Ganti uang", "Kabari"]
    assert lane.facts["usual_share"] == 0.8 and (1, 3, 5) in lane.params["moves"]
    shuffled = LOG.assign(at=pd.Timestamp("2020-01-01") + pd.to_timedelta(range(len(LOG)), "h")).sample(
        frac=1, random_state=1
    )
    assert programme.processes(shuffled).table.set_index("process").loc["Keluhan", "handovers"] == pytest.approx(2.8)


def test_data_review():
    """Row P18, section 4.1 phase 3: 20 required, 15 present, 3 poor: ready 60.0 %, gap 5."""
    fields = [f"field_{k}" for k in range(1, 21)]
    filled = pd.DataFrame({f: ["x"] * 10 for f in fields[:15]})
    filled.loc[0:4, fields[:3]] = None
    found = programme.data_review(filled, needs={"q1": fields[:12], "q2": fields[10:]}, costs=2.0)
    f = found.facts
    assert (f["required"], f["present"], f["poor"], f["ready_share"], f["gap"]) == (20, 15, 3, 0.6, 5)
    assert found.table["blocks"].sum() == 8 and found.table["mending_cost"].sum() == f["cost_total"] == 16
    assert sum(found.params["by_type"][0][1:]) == 20
    people = pd.DataFrame({"no_telp": ["0812 3456 7890"], "kode_plg": ["P1"]})
    same = programme.data_review(people, needs={"call": ["phone", "customer_id"]}).table.set_index("field")["column"]
    assert same.to_dict() == {"phone": "no_telp", "customer_id": "kode_plg"}


def test_acceptance():
    """Row P21, section 4.1 phase 4: 40 cases, 36 pass, 90.0 %; one open failure of severity 1: no launch."""
    from tests.analytics.programme.examples import acceptance

    facts = acceptance().facts
    assert facts["passed_share"] == 0.9 and facts["verdict"] == "no_launch"
    cases = [{"case": 1, "passed": True, "severity": None}, {"case": 2, "passed": None, "severity": None}]
    assert programme.acceptance(cases).facts["verdict"] == "incomplete"
    launched = programme.acceptance(
        cases[:1], waves=[{"wave": "akun utama", "users": 5}, {"wave": "semua", "users": 15}]
    )
    assert launched.params["waves"] == (("akun utama", 5.0, 0.25), ("semua", 15.0, 1.0))
    with pytest.raises(UserError) as refused:
        programme.acceptance([{"case": 1, "passed": False, "severity": None}])
    assert refused.value.code == "programme.no_severity"


def test_real_people_are_kept_out_of_the_test():
    """Row P21: real data in the set for the test are blocked, whatever way the number is written."""
    cases = [{"case": 1, "passed": True, "severity": None}]
    real = pd.DataFrame({"nama": ["Ani"], "hp": ["0812-3456-7890"]})
    with pytest.raises(UserError) as refused:
        made = pd.DataFrame({"telepon": ["0899 0000 1111", "+62 812 3456 7890"]})
        programme.acceptance(cases, test_data=made, real_data=real)
    assert refused.value.code == "programme.real_people" and refused.value.rows == (2,)
    clean = programme.acceptance(cases, test_data=made.iloc[:1], real_data=real)
    assert clean.facts["scanned"] == 1 and "7890" not in refused.value.render("id")


# -- evaluation --------------------------------------------------------------------------------------------------------


def test_outcomes():
    """Row P23, section 4.1 phase 5: no baseline, "tidak dapat dievaluasi"; from 400 to 570 of 600 is 85 %."""
    from tests.analytics.programme.examples import outcomes

    found = outcomes()
    assert found.table["standing"].tolist() == ["falls_short", "reached", "wrong_way", "cannot_be_evaluated"]
    assert found.table.loc[0, "realised_share"] == 0.85 and found.table.loc[2, "realised_share"] == -0.25
    assert "Tidak dapat dievaluasi: NPS" in found.notes[0].render("id")


def test_store_against_online():
    """Row P23: store 100 to 55, online 100 to 140: naive -45, difference in differences -85, ratio 0.393."""
    table = pd.DataFrame({"year": [2019, 2020] * 2, "store": [1, 1, 0, 0], "sales": [100, 55, 100, 140]})
    asked = {"value": "sales", "treated": "store", "period": "year", "since": 2020}
    f = programme.effect(table, **asked).facts
    assert (f["naive"], f["effect"], round(f["ratio"], 3)) == (-45, -85, 0.393)
    assert f["effect_low"] is None and f["verdict"] == "too_few"
    for rows, code in ((table[table["year"] == 2020], "no_baseline"), (table[table["store"] == 1], "no_control"),
                       (table[table["year"] == 2019], "no_after")):  # fmt: skip
        with pytest.raises(UserError) as refused:
            programme.effect(rows, **asked)
        assert refused.value.code == f"programme.{code}"
    with pytest.raises(UserError) as refused:
        programme.effect(table[table["year"] == 2020], **asked)
    assert refused.value.render("id").startswith("Tabel table: Tidak dapat dievaluasi")


def drawn(rng, n, mean, error):
    """Values with exactly this mean and this standard error of it."""
    x = rng.normal(size=n)
    return mean + (x - x.mean()) / x.std(ddof=1) * error * n**0.5


def test_card_and_krueger():
    """Card and Krueger (1994), AER 84, table 3: full-time equivalents a restaurant, New Jersey 20.44 to 21.03,
    Pennsylvania 23.33 to 21.17. Row 3: the difference in differences is 2.76 (of rounded means 2.75). Row 4, where
    both interviews were held: changes 0.47 (0.48) and -2.28 (1.25), difference 2.75 (1.34)."""
    rng = np.random.default_rng(1994)
    asked = {"value": "fte", "treated": "nj", "period": "wave", "since": 2}
    cells = pd.DataFrame({"nj": [1, 1, 0, 0], "wave": [1, 2, 1, 2], "fte": [20.44, 21.03, 23.33, 21.17]})
    assert programme.effect(cells, **asked).facts["effect"] == pytest.approx(2.76, abs=0.011)
    parts = []
    for state, n, mean, error in ((1, 309, 0.47, 0.48), (0, 75, -2.28, 1.25)):
        before = rng.normal(20, 9, n)
        for wave, fte in ((1, before), (2, before + drawn(rng, n, mean, error))):
            parts.append(
                pd.DataFrame({"nj": state, "wave": wave, "fte": fte, "shop": [f"{state}-{k}" for k in range(n)]})
            )
    f = programme.effect(pd.concat(parts), **asked, unit="shop").facts
    assert f["effect"] == pytest.approx(2.75) and round(f["se"], 2) == 1.34
    assert f["verdict"] == "real" and f["trends"] == "unknown"


def test_welch_is_what_the_interval_is():
    from scipy.stats import ttest_ind

    table = shops(np.random.default_rng(2))
    f = programme.effect(
        table, value="sales", treated="programme", period="quarter", since="2020-Q1", unit="shop"
    ).facts
    means = table.assign(after=table["quarter"] >= "2020-Q1").groupby(["shop", "programme", "after"])["sales"].mean()
    change = means.unstack("after").pipe(lambda d: d[True] - d[False])
    test = ttest_ind(change.xs(1, level="programme"), change.xs(0, level="programme"), equal_var=False)
    low, high = test.confidence_interval()
    assert f["effect_low"] == pytest.approx(low) and f["effect_high"] == pytest.approx(high)
    assert f["p_value"] == pytest.approx(test.pvalue)


def test_a_city_with_both_is_compared_with_itself():
    rng = np.random.default_rng(3)
    size = rng.normal(0, 50, 20)  # cities differ a lot, the shop and the web shop of one alike
    rows = [(c, w, y, 200 + size[c] + (10 if w and y else 0) + rng.normal(0, 1))
            for c in range(20) for w in (0, 1) for y in (0, 1)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["city", "web", "year", "sales"])
    f = programme.effect(table, value="sales", treated="web", period="year", since=1, unit="city").facts
    assert f["effect_low"] < 10 < f["effect_high"] and f["effect_high"] - f["effect_low"] < 3


def test_groups_that_moved_apart_before_are_said_so():
    table = shops(np.random.default_rng(5), gain=0.0)
    order = table["quarter"].rank(method="dense")
    table["sales"] += 3 * order * table["programme"]
    f = programme.effect(table, value="sales", treated="programme", period="quarter", since="2020-Q1", unit="shop")
    assert f.facts["trends"] == "apart" and f.facts["verdict"] == "real"  # real, and not the programme's
    assert "programme.note.trends_apart" in [n.code for n in f.notes]


def test_a_unit_without_a_before_is_counted_out():
    table = shops(np.random.default_rng(6))
    late = (table["shop"] == "S0") & (table["quarter"] < "2020-Q1")
    found = programme.effect(
        table[~late], value="sales", treated="programme", period="quarter", since="2020-Q1", unit="shop"
    )
    assert found.facts["treated_n"] == 11 and ("programme.note.dropped_units", 1) in [
        (n.code, n.values.get("n")) for n in found.notes
    ]


def test_the_planted_fall_of_stores_against_the_marketplace(retail_star):
    """R-T06: from March 2020 stores sell x 0.55 and the marketplace x 1.45; city by city, that is 0.379 of it."""
    lines = retail_star["fact_sales_line"].merge(retail_star["dim_channel"], on="channel_id")
    lines = lines[lines["channel"].isin(["store", "marketplace"]) & (lines["date"] >= "2019-01-01")]
    lines = lines.assign(month=lines["date"].dt.strftime("%Y-%m"), store=(lines["channel"] == "store").astype(int))
    months = lines.groupby(["city_id", "store", "month"])["amount"].sum().unstack("month", fill_value=0).stack()
    table = months.rename("amount").reset_index()
    table = table[table.groupby("city_id")["store"].transform("nunique") == 2]  # cities that have both
    asked = {"value": "amount", "treated": "store", "period": "month", "since": "2020-04", "unit": "city_id"}
    f = programme.effect(table, **asked).facts
    assert f["ratio_low"] <= 0.55 / 1.45 <= f["ratio_high"] and f["verdict"] == "real"
    assert f["effect"] < f["naive"] < 0  # what the others gained is lost too
