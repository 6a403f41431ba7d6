"""What notebook 12 says and asks, computed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import crmlab as crm
from notebooks import build

MILLION = 1_000_000
REGULAR_YEAR_12 = 0.173  # Fader & Hardie 2007, Table 1


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "12_customer_value")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def test_three_proposals(names):
    table = names["three"].table.set_index("formula")
    assert table["value"].round(-5).to_dict() == {"residual": 2.7e6, "in_arrears": 3.3e6, "in_advance": 3.7e6}
    later = 1 - table["value_over_horizon"] / table["value"]
    assert later.between(0.19, 0.21).all()  # a fifth comes after the fifth year


def test_the_dearest_mistake(names):
    wrong = 100_000 * 0.98 / (1 + 0.12 - 0.98)
    assert wrong / names["right"] < 0.25


def test_contracts(names):
    assert names["kept"] == sorted(names["kept"])
    twelfth = names["contracts"].project(12).table["survival_share"].iloc[-1]
    assert twelfth == pytest.approx(REGULAR_YEAR_12, rel=0.03)
    last = names["worth_of_contract"].table.iloc[-1]
    assert last["renewals"] == 5
    assert last["value_constant_retention"] < 0.25 * last["value"]


def test_the_companys_own_contracts_are_too_few(names):
    few = names["few"]
    assert few.facts["n"] == 45
    assert few.facts["verdict"] == "too_few"
    assert few.table["estimate_low"].isna().all()
    assert few.facts["alpha"] > 1000


def test_who_is_still_there(names):
    for fit in (names["bg"], names["pareto"]):
        chance = fit.p_alive(names["silent"]).table["p_alive"]
        assert chance.iloc[2] < 0.05 < chance.iloc[:2].min()
    assert names["pareto"].facts["log_likelihood"] > names["bg"].facts["log_likelihood"]
    means = names["check"].groupby("closed")[["bg_nbd", "pareto_nbd"]].mean()
    assert (means.loc[True] < means.loc[False] - 0.2).all()
    once = names["check"][names["check"]["frequency"] == 0]
    assert (once["bg_nbd"] == 1).all()
    assert once["pareto_nbd"].mean() < 0.35
    assert 0.7 < names["pareto"].p_alive().facts["mean_p_alive"] < 0.8  # three in four


def test_the_forecast_was_off_for_a_reason(names):
    facts = names["trial"].facts
    assert facts["verdict"] == "real"
    assert facts["seen_total"] > facts["expected_total_high"]
    assert facts["miss_share"] == pytest.approx(-0.2, abs=0.03)  # a fifth
    higher = names["trial"].table["seen_mean"] > names["trial"].table["expected_mean"]
    assert higher.mean() > 0.8
    assert names["by_year"]["orders_per_customer"].is_monotonic_increasing
    trials = names["trials"]
    assert trials[2018]["verdict"] == "noise"
    assert all(trials[y]["error_saved_low"] < 0 < trials[y]["error_saved_high"] for y in (2019, 2020))


def test_the_lab_gives_its_truth_back(names):
    facts = names["lab"].facts
    assert facts["n"] == 4000
    for name, truth in (("r", 0.60), ("alpha", 8.0), ("a", 0.80), ("b", 2.5)):
        assert facts[f"{name}_low"] < truth < facts[f"{name}_high"]


def test_value_of_segments(names):
    assert names["worth"].facts["top_tenth_share"] == pytest.approx(0.40, abs=0.01)
    table = names["by_segment"].table.set_index("segment")
    assert (table.loc["loyal", "n"], table.loc["regular", "n"]) == (75, 254)
    assert 0.9 < table.loc["loyal", "value"] / table.loc["regular", "value"] < 1
    assert 0 < names["spending"].facts["correlation"] < 0.3
    assert names["spending"].facts["correlation_verdict"] == "real"
    both = names["both"]
    assert 1.6 < both.loc["dormant", "bg_nbd"] / both.loc["dormant", "value"] < 2
    assert both.loc["dormant", "bg_nbd"] > both.loc["dormant", "value_high"]
    assert both["bg_nbd"].sum() == pytest.approx(both["value"].sum(), rel=0.05)
    assert len(names["call"]) == 10
    assert names["call"]["p_alive"].between(0.3, 0.8).all()


def test_the_famous_claim(names):
    said = {name: crm.value.retention_profit(**case).facts for name, case in names["cases"].items()}
    assert [round(f["uplift_share"], 3) for f in said.values()] == [0.275, 0.204, 0.407, 0.212, 0.629]
    assert round(names["claim"].facts["cost_for_95"], 3) == 1.895


def test_traps(names):
    assert names["summary"].facts["merged_rows"] > 40
    with pytest.raises(crm.UserError) as caught:
        crm.value.fit_bg_nbd(names["mixed"])
    assert caught.value.code == "value.times_cross"


def test_tasks(names):
    assert crm.value.residual_lifetime_value(600_000, 0.7, 0.12) == pytest.approx(MILLION)
    assert round(0.98**12, 3) == 0.785
    assert round(crm.value.discount_of(0.12, per="year", into="month"), 5) == 0.00949
    five = crm.value.residual_lifetime_value(1.0, 0.8, 0.1, 5) / crm.value.residual_lifetime_value(1.0, 0.8, 0.1)
    assert round(five, 3) == 0.797
    high_end = crm.value.fit_sbg([1000, 869, 743, 653, 593, 551, 517, 491])
    assert round(high_end.facts["mean_churn"], 3) == 0.149
    # 2018: one model has no peak, the other is right within chance
    verdicts = [
        crm.value.validate(names["orders"], split="2017-12-31", as_of="2018-12-31", model=model).facts["verdict"]
        for model in ("bg_nbd", "pareto_nbd")
    ]
    assert verdicts == ["too_few", "noise"]
    wider = names["pareto"].expected(26).facts
    assert wider["total_seen_high"] - wider["total_seen_low"] > wider["total_high"] - wider["total_low"]
    pair = pd.DataFrame({"frequency": [10, 1], "recency_weeks": [50.0, 1.0], "age_weeks": [60.0, 11.0]})
    assert np.diff(names["pareto"].p_alive(pair).table["p_alive"])[0] != 0
    days = crm.value.fit_pareto_nbd(crm.value.summary(names["orders"], as_of="2020-12-31", unit="day"))
    assert days.facts["alpha"] == pytest.approx(7 * names["pareto"].facts["alpha"], rel=0.02)
    assert days.expected(182).facts["total"] == pytest.approx(names["pareto"].expected(26).facts["total"], rel=0.001)
    table = crm.value.retention_profit(gain_is="points").table
    assert not table["claim_holds"].all()
