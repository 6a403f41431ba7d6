"""Claims worked through: five percent of retention, return on investment, indicators."""

from __future__ import annotations

import pytest

import crmlab as crm
from crmlab import value


@pytest.mark.parametrize(
    ("before", "cost", "uplift"),
    [(0.80, 0.0, 0.275), (0.60, 0.0, 0.204), (0.90, 0.0, 0.407), (0.80, 1.5, 0.629)],
)
def test_the_claims_worked_cases(before, cost, uplift):
    """J13: .80 to .85 +27.5 %, .60 to .65 +20.4 %, .90 to .95 +40.7 %, net of an acquisition cost of 1.5: +62.9 %."""
    facts = value.retention_profit(retention=before, gain_is="points", acquisition_cost=cost).facts
    assert round(facts["uplift_share"], 3) == uplift


def test_the_claim_needs_an_acquisition_cost_and_its_top_a_large_one():
    """95 % from 0.80 needs a cost of 1.895 margins; relative instead of points it is another claim."""
    facts = value.retention_profit(retention=0.8, gain_is="points").facts
    assert round(facts["cost_for_95"], 3) == 1.895
    at_it = value.retention_profit(retention=0.8, gain_is="points", acquisition_cost=facts["cost_for_95"]).facts
    assert at_it["uplift_share"] == pytest.approx(0.95)
    assert at_it["claim_holds"]
    assert round(value.retention_profit(retention=0.8, gain_is="relative").facts["uplift_share"], 3) == 0.212
    with pytest.raises(TypeError, match="gain_is"):
        value.retention_profit(retention=0.8)


def test_the_claim_where_it_fails():
    table = value.retention_profit(gain_is="points").table
    free = table[(table["acquisition_cost"] == 0) & (table["retention_share"] < 0.75)]
    assert len(free) == 5
    assert not free["claim_holds"].any()
    dear = table[(table["acquisition_cost"] == 1.5) & (table["retention_share"] == 0.5)].iloc[0]
    assert dear["profit_before"] < 0
    assert dear["uplift_share"] != dear["uplift_share"]  # no percentage leads out of a loss
    loss = value.retention_profit(retention=0.5, gain_is="points", acquisition_cost=2.0)
    assert loss.facts["uplift_share"] is None
    assert [n.code for n in loss.notes] == ["value.loss_before"]
    short = value.retention_profit(gain_is="points", periods=3).facts
    assert short["uplift_share"] < 0.25  # over three payments


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"formula": "clv"}, "unknown_formula"),
        ({"gain_is": "percent"}, "unknown_gain"),
        ({"retention": 0.97}, "bad_share"),
        ({"margin": 0}, "no_margin"),
        ({"acquisition_cost": -1}, "bad_cost"),
    ],
)
def test_what_the_claim_cant_be_asked(change, code):
    with pytest.raises(crm.UserError) as caught:
        value.retention_profit(**{"gain_is": "points", **change})
    assert caught.value.code == f"value.{code}"


def test_a_return_that_is_25_percent_higher():
    """J11: 140 for 100 is 40 %; 25 % more are 50 % or, in points, 65 %."""
    facts = value.roi(140, 100).facts
    assert [round(facts[k], 10) for k in ("roi", "roi_relative", "roi_points")] == [0.4, 0.5, 0.65]
    assert value.roi(140, 100).table["gain_needed"].round(6).tolist() == [140, 150, 165]
    loss = value.roi(80, 100)
    assert loss.facts["roi_relative"] is None
    assert loss.notes[0].code == "value.no_relative"
    with pytest.raises(crm.UserError) as caught:
        value.roi(140, 0)
    assert caught.value.code == "value.no_cost"


def test_claims_about_indicators():
    """J12: 3.0 % to 5.1 %; 1.9 x 1.6 = 3.04; 5.0 % to 3.6 %; of 1,000 customers 36 are lost instead of 50."""
    found = value.kpi_claims(conversion=0.03, orders=2.0, spend=250_000, churn=0.05, nps=32, customers=1000)
    table = found.table.set_index(["indicator", "read_as"])
    after = table["share_after"].fillna(table["value_after"]).round(6)
    assert after["conversion", "multiple"] == 0.051
    assert table.loc[("revenue", "relative_change"), "value_after"] == pytest.approx(3.04 * 500_000)
    assert after["churn", "relative_change"] == 0.036
    assert (found.facts["lost_before"], found.facts["lost_after"]) == (50, 36)
    # 28 points off 5 % can't be; 30 % of an NPS of 32 are 9.6, and 30 points 30
    assert not table.loc[("churn", "percentage_points"), "possible"]
    assert after["churn", "percentage_points"] != after["churn", "percentage_points"]
    assert after["nps", "relative_change"] == 41.6
    assert after["nps", "percentage_points"] == 62
    assert found.facts["impossible"] == 1
    assert (found.table["claimed_in"] == "Memetakan Customer Journey (2025)").all()


def test_a_claim_of_more_than_everybody_is_impossible():
    told = value.kpi_claims(conversion=0.7, nps=-10).table.set_index(["indicator", "read_as"])["possible"]
    assert not told["conversion", "multiple"]
    assert not told["nps", "relative_change"]  # 30 % more of -10 would be -13
    assert told["nps", "percentage_points"]


@pytest.mark.parametrize(
    ("given", "code"),
    [({}, "nothing_asked"), ({"churn": 5}, "bad_share"), ({"nps": 320}, "bad_nps"), ({"orders": "2"}, "no_number")],
)
def test_what_claims_cant_be_asked(given, code):
    with pytest.raises(crm.UserError) as caught:
        value.kpi_claims(**given)
    assert caught.value.code == f"value.{code}"
    assert caught.value.render("id") != caught.value.render("en")
