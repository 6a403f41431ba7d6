"""What notebook 14 says and asks, computed."""

from __future__ import annotations

import pytest

import crmlab as crm
from crmlab.intervals import newcombe
from notebooks import build


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "14_personalisation_failures")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def row(told, check):
    return told.table.set_index("check").loc[check]


def test_the_survey_and_its_tasks(names):
    assert names["reported"].table["people"].tolist() == [1386, 1748, 422]
    assert names["reported"].table["margin_points"].round(2).tolist() == [1.78, 1.76, 1.24]
    told = crm.personalisation.reported_share(0.31, 250).facts
    assert (told["people"], round(told["margin_points"], 2)) == (78, 5.73)
    assert [round(100 * told[f"share_{end}"], 1) for end in ("low", "high")] == [25.6, 37.0]
    margins = [crm.personalisation.reported_share(0.46, n).facts["margin_points"] for n in (9542, 9543)]
    assert margins[1] <= 1.0 < margins[0]


def test_the_small_example(names):
    assert names["toy"].facts["first"] == "wrong_people" and names["toy"].facts["untested"] == 14
    spend = [{**s, "profit": 1} if s["profit"] < 0 else s for s in names["spend"]]
    told = crm.personalisation.diagnose({"spend": spend}, as_of="2020-12-31")
    assert row(told, "budget_on_losers")["finding"] == "cleared"
    spend = [{**s, "spend": s["spend"] / 38 * 19 if s["profit"] < 0 else s["spend"] / 62 * 81} for s in names["spend"]]
    told = row(crm.personalisation.diagnose({"spend": spend}, as_of="2020-12-31"), "budget_on_losers")
    assert told["measured"] == pytest.approx(0.19) and told["finding"] == "cleared"
    assert told["measured_low"] != told["measured_low"]


def test_what_pt_xyz_is_accused_of(names):
    findings = names["found"].table.set_index("check")["finding"]
    accused = {"best_left_alone", "old_profiles", "rules_not_kept", "frontline_absent"}
    assert set(findings[findings == "accused"].index) == accused
    assert findings["contacts_to_losers"] == "cannot_tell" and findings["no_effect"] == "cleared"
    assert row(names["found"], "contacts_to_losers")["measured"] > 0.1
    assert row(names["found"], "best_left_alone")["measured"] == pytest.approx(0.4, abs=0.05)
    assert row(names["found"], "old_profiles")["measured"] > 0.9
    assert row(names["found"], "no_effect")["measured_low"] > 0.02


def test_the_best_were_not_left_alone(names):
    alone = names["alone"].assign(may=names["may_write"])
    corporate = alone[alone["customer_type"] == "corporate"]
    assert corporate["customer_id"].isin(names["calls"]["customer_id"]).all() and len(corporate) > 10
    own = alone[alone["customer_type"] == "consumer"]
    assert own["may"].mean() < 0.1 and not own["customer_id"].isin(names["calls"]["customer_id"]).any()
    assert row(names["fair"], "best_left_alone")["finding"] == "cleared"


def test_interests_know_a_little(names):
    off = 1 - names["matches"]["matched"].mean()
    assert 0.38 < off < 0.42 and 0.07 < names["by_chance"] - off < 0.13


def test_fifteen_messages_without_consent(names):
    assert len(names["breaches"]) == 15
    assert row(names["found"], "rules_not_kept")["measured"] == pytest.approx(0.0025)
    soft = crm.personalisation.diagnose(names["shop"], as_of="2020-12-31", checks={"rules_not_kept": {"at": 0.01}})
    assert row(soft, "rules_not_kept")["finding"] == "cleared"


def test_the_trial_of_the_voucher(names):
    assert [round(100 * end, 1) for end in newcombe(45, 400, 3, 100)] == [2.2, 12.2]
    found = names["found"].params["evidence"]["no_effect"]
    assert found[["converted", "n"]].to_numpy().tolist() == [[45, 400], [3, 100]]


def test_reports_in_two_years(names):
    assert names["two_years"]["2019"]["finding"] == "accused"
    assert names["two_years"]["2020"]["finding"] == "cannot_tell"


def test_the_front_line_is_a_matter_of_definition(names):
    jobs = names["workers"].assign(active=names["staff"]["active"]).groupby("job", observed=True)["active"].mean()
    assert jobs[["sales_rep", "service_agent", "store_head"]].eq(1).all()
    assert jobs[["cashier", "shop_assistant"]].eq(0).all()
    narrow = names["staff"].assign(
        frontline=names["staff"]["frontline"] & ~names["workers"]["job"].isin(["cashier", "shop_assistant"])
    )
    told = crm.personalisation.diagnose({"staff": narrow}, as_of="2020-12-31")
    assert row(told, "frontline_absent")["finding"] == "cleared"


def test_the_answer_for_the_director(names):
    ranked = names["ranked"]
    assert ranked.facts["ranked_by"] == "at_stake"
    order = ["wrong_knowledge", "wrong_education", "wrong_understanding", "wrong_people"]
    assert ranked.table["failure"].tolist() == order
    people = ranked.table.set_index("failure").loc["wrong_people"]
    assert people["accused"] == 0
    assert {told["first"] for told in names["rows"].values()} == {"wrong_knowledge"}
    assert {told["accused"] for told in names["rows"].values()} == {5, 6}
    without = {k: v for k, v in names["forms"].items() if k != "it_spend"}
    told = crm.personalisation.diagnose({**names["shop"], **without}, as_of="2020-12-31", said=list(without))
    assert crm.personalisation.causes(told).facts["ranked_by"] == "share"
