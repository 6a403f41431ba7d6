"""What notebook 13 says and asks, computed."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import crmlab as crm
from notebooks import build

retention = crm.retention


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "13_retention_and_lifecycle")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


@pytest.fixture(scope="module")
def planted():
    path = Path(__file__).parents[2] / "datasets" / "retail" / "truths.json"
    found = json.loads(path.read_text(encoding="utf-8"))["sizes"]["S"]
    return {(key, f["what"]): f["planted"] for key, truth in found.items() for f in truth["found"]}


def test_churn_by_hand(names):
    row = names["year"].table.iloc[0]
    told = [row[c] for c in ("at_start", "acquired", "losses", "at_end", "retained", "churn_share")]
    assert told == [500, 120, 80, 540, 420, 0.16]
    assert (round(80 / 620, 3), 420 / 500) == (0.129, 0.84)
    assert round(retention.annual_share(0.02), 4) == 0.2153


def test_the_mean_of_five_years_is_not_their_churn(names):
    assert names["pooled"] - names["each"].mean() > 0.01
    each = names["churn"].table
    came = each["acquired"] + each["reactivated"]
    assert (each["at_start"] + came - each["losses"] == each["at_end"]).all()


def test_2020_was_worse_for_corporate_accounts_and_for_nobody_else(names, planted):
    rows = names["ratio"].table.set_index("customer_type")
    corporate, consumer, total = rows.loc["corporate"], rows.loc["consumer"], rows.iloc[-1]
    assert corporate["verdict"] == "real" and 2.5 < corporate["hazard_ratio"] < 3.5
    assert consumer["verdict"] == "noise" and total["verdict"] == "noise"
    truth = planted["R-T08", "corporate churn ratio"]
    assert round(truth, 1) == 1.7
    assert corporate["hazard_ratio_low"] <= truth <= corporate["hazard_ratio_high"]
    assert 1.6 < corporate["hazard_ratio"] / truth < 2.0, "nearly twice"
    assert corporate["lost_before"] + corporate["lost_after"] == 25


def test_five_lives_by_hand(names):
    assert names["five"].table["survival_share"].round(2).tolist() == [1.0, 0.8, 0.6, 0.3]


def test_half_of_the_corporate_accounts_in_four_years(names):
    consumer, corporate = names["curves"].facts["groups"]
    assert consumer["median"] is None and 3.8 < corporate["median"] / 365.25 < 4.2
    assert 1.9 < corporate["median_low"] / 365.25 < 2.1 and 4.5 < corporate["median_high"] / 365.25 < 5
    assert names["rank"].facts["verdict"] == "real"


def test_cox_and_its_assumption(names):
    row = names["cox"].table.iloc[0]
    assert 9 < row["hazard_ratio"] < 11 and row["proportional_p"] > 0.05
    assert row["hazard_ratio_low"] <= 8.5 <= row["hazard_ratio_high"], "planted: 1.5 and 2.5 % a month against 0.2 %"


def test_immortal_time(names):
    naive, fair = names["naive"].table.iloc[0], names["fair"].table.iloc[0]
    assert 1 / naive["hazard_ratio"] == pytest.approx(4, abs=0.5) and naive["verdict"] == "real"
    assert naive["proportional_p"] < 0.05 < fair["proportional_p"]
    assert 0.9 < fair["hazard_ratio"] < 1.1 and fair["verdict"] == "noise"
    # the same people and the same losses, counted elsewhere
    assert names["split"]["observed"].sum() == names["own"]["observed"].sum()
    days = (names["split"]["duration_days"] - names["split"]["entry_days"]).sum()
    assert days == pytest.approx((names["own"]["duration_days"] - names["own"]["entry_days"]).sum(), rel=0.001)


def test_silence_is_not_loss(names):
    facts = names["silent"].facts
    assert 0.42 < facts["silent_share"] < 0.5 and 0.25 < facts["returned_share"] < 0.33
    low = retention.active(names["sales"], as_of=names["AS_OF"], window_days=500, follow_up_days=180).facts
    assert low["returned_share"] < 0.1  # task 10


def test_retention_seems_to_rise(names):
    flow = names["flow"].table.set_index("period")
    assert round(flow.loc["2017", "retention_share"], 2) == 0.66
    assert round(flow.loc["2020", "retention_share"], 2) == 0.86
    came = flow["acquired"] + flow["reactivated"]
    assert (flow["at_start"] + came - flow["losses"] == flow["at_end"]).all()
    monthly = retention.movements(names["sales"], as_of=names["AS_OF"], period="month").facts
    assert monthly["retention_share"] < 0.5 < names["flow"].facts["retention_share"]  # task 11


def test_the_curve_is_flat_at_a_third_and_the_future_blank(names):
    table = names["cohorts"].table
    curve = table[(table["row"] == "total") & table["age"].between(1, 12)]["share"]
    assert curve.between(0.29, 0.38).all()
    assert retention.triangle(names["cohorts"]).iloc[-1].iloc[1:].isna().all()


def test_a_hundred_buyers():
    """U03: 40 of them again, then 30: 40.0 %, 30.0 %."""
    rows = [(i, month) for month, n in (("2020-01-10", 100), ("2020-02-10", 40), ("2020-03-10", 30)) for i in range(n)]
    sold = pd.DataFrame(rows, columns=["customer_id", "ordered_at"]).assign(amount=1.0)
    found = retention.triangle(retention.cohorts(sold, as_of="2020-03-31"))
    assert found.loc["2020-01"].tolist() == [1.0, 0.4, 0.3]


def test_why(names, planted):
    assert names["why"].facts["verdict"] == "noise" and names["why"].facts["first"] == "price"
    assert "reason" not in " ".join(names["accounts"].columns)
    rows = names["odds"].table.set_index("column")
    assert rows.loc["unresolved_complaint", "verdict"] == "real"
    for column, row in rows.iterrows():
        truth = planted["R-T22", f"odds of leaving, {column.replace('_', ' ')}"]
        assert row["odds_ratio_low"] <= truth <= row["odds_ratio_high"]
    late = names["late"].table.set_index("lateness")
    assert late["repeat_share"].is_monotonic_decreasing
    assert late["verdict"].iloc[1:].tolist() == ["real", "real"]
    for name, row in late.iterrows():
        truth = planted["R-T23", f"bought again, {name}"]
        assert row["repeat_share_low"] <= truth <= row["repeat_share_high"]


def test_the_small_chain(names):
    rows = names["book"].table.set_index("state")
    assert rows["customers_next"].round(1).tolist() == [700, 380, 175, 172.5, 60.5]
    assert names["book"].facts["lost_next"] == pytest.approx(202)
    assert rows.loc[["repeat_customer", "advocate"], "expected_months"].tolist() == pytest.approx([16, 20])


def test_the_chain_of_pt_xyz(names):
    rows = names["chain"].table.set_index("state")
    repeat, advocate = rows.loc["repeat_customer"], rows.loc["advocate"]
    assert 3.5 < repeat["expected_months"] / 12 < 4.5
    assert repeat["expected_months_low"] < advocate["expected_months_high"]
    assert advocate["expected_months_low"] < repeat["expected_months_high"]
    assert 200 < names["moves"].facts["came_back"] < 1000


def test_repeat_customers_are_the_lever(names):
    best = names["best"].table
    assert best.loc[0, ["from_state", "to_state"]].tolist() == ["repeat_customer", "repeat_customer"]
    first = best[best["from_state"] == "first_purchase"]["months_gained"]
    assert first.max() < best["months_gained"].iloc[0] / 100
    young = retention.chain(names["moves"], start={"first_purchase": 400, "repeat_customer": 10})
    assert retention.levers(young).facts["from_state"] == "repeat_customer"
    moves = names["moves"].table.set_index(["from_state", "to_state"])["share"]
    assert moves["repeat_customer", "lost_customer"] == pytest.approx(0.02, abs=0.002), "a point is half of it"
    assert moves["first_purchase", "lost_customer"] == pytest.approx(0.04, abs=0.004), "and a quarter of this"


def test_tasks(names):
    assert (50 / 400, 350 / 400, 400 + 60 - 50) == (0.125, 0.875, 410)
    assert round(retention.annual_share(0.03), 4) == 0.3062
    monthly = 1 - 0.8 ** (1 / 12)
    assert round(monthly, 4) == 0.0184 and retention.annual_share(monthly) == pytest.approx(0.2)
    lives = retention.kaplan_meier([1, 2, 4, 4, 6], [True, False, True, True, False]).table
    assert round(lives["survival_share"].iloc[-1], 3) == 0.267
    quarters = retention.churn_rate(names["accounts"], as_of="2020-12-15", period="quarter", since="2016-01-01")
    assert pd.isna(quarters.table.iloc[-2]["churn_share"])
    with pytest.raises(crm.UserError) as refused:
        retention.churn_rate(names["sales"], as_of=names["AS_OF"])
    assert refused.value.code == "retention.no_contracts"
    one = retention.churn_ratio(
        names["accounts"], before=("2019-01-01", "2019-12-31"), after=names["after"], as_of=names["AS_OF"],
        by="customer_type",
    ).table.set_index("customer_type").loc["corporate"]  # fmt: skip
    four = names["ratio"].table.set_index("customer_type").loc["corporate"]
    assert one["hazard_ratio_high"] / one["hazard_ratio_low"] > four["hazard_ratio_high"] / four["hazard_ratio_low"]
    late = names["lives"][names["lives"]["customer_type"] == "corporate"]
    careless, right = (
        retention.survival_at(retention.kaplan_meier(late["duration_days"], late["observed"], entry=entry), [365])
        for entry in (None, late["entry_days"])
    )
    assert careless["survival_share"].iloc[0] > right["survival_share"].iloc[0], "who left before 2016 is missing"
    rules = retention.stage_rules()
    rules.loc[rules["quiet_days_from"].notna(), "quiet_days_from"] = 180
    sooner = retention.lifecycle_transitions(
        names["sales"], as_of=names["AS_OF"], rules=rules, customers=names["consumers"], answers=names["asked"]
    )
    assert sooner.facts["came_back"] > names["moves"].facts["came_back"]
    change = retention.change_transition(names["book"], origin="repeat_customer", to="advocate", by=0.05)
    assert change.facts["months_after"] == pytest.approx(20)
