"""What notebook 16 says and asks, computed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import crmlab as crm
from notebooks import build

S = crm.satisfaction


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "16_drivers")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def test_eight_factors_and_the_form(names):
    f = names["rated"].facts
    assert (f["mean_performance"], f["factor"], f["gap"], round(f["weighted"], 3)) == (
        3.75,
        "personalization",
        3,
        3.771,
    )
    assert names["rated"].notes[0].code == "satisfaction.note.plain_numbers"
    assert sum(i >= 4 for i in names["importance"].values()) == 7
    filled = names["filled"].facts
    assert (filled["top_two"], filled["n"], filled["blank_items"]) == (5, 8, 1)
    again = S.form({"product": [3, 2, 4, 3], "service": [3, 2, 2, 4, 4]}).facts
    assert (again["top_two"], again["n"], round(again["top_two_share"], 3)) == (6, 9, 0.667)


def test_value_for_time_and_problem_solving(names):
    drivers = names["drivers"]
    assert drivers.facts["act"] == ("value_for_time", "problem_solving")
    assert drivers.facts["lowest"] == "value_for_time"
    table = drivers.table.set_index("driver")
    assert table["performance"].idxmax() == "competence" == table["importance_share"].idxmin()
    assert (names["both"]["relative_weights"] - names["both"]["shapley"]).abs().max() < 0.005
    assert 0.45 < drivers.facts["r2"] < 0.5 and 0.125 < names["of_nps"].facts["r2"] < 0.135


def slopes(one, two, both):
    return (one - two * both) / (1 - both**2), (two - one * both) / (1 - both**2)


def test_two_that_are_nearly_the_same(names):
    table = names["twins"].table.set_index("driver")
    by_hand = slopes(0.5, 0.4, 0.9)
    assert table.loc[["friendly", "polite"], "slope"].tolist() == pytest.approx(by_hand)
    assert [round(b, 2) for b in by_hand] == [0.74, -0.26]
    assert 5 < names["twins"].facts["vif"] < 10
    r2 = 0.5 * by_hand[0] + 0.4 * by_hand[1]
    friendly, polite = (0.25 + r2 - 0.16) / 2, (0.16 + r2 - 0.25) / 2
    assert [round(v, 3) for v in (r2, friendly, polite)] == [0.263, 0.177, 0.087]
    assert table.loc[["friendly", "polite"], "importance_share"].tolist() == pytest.approx([friendly / r2, polite / r2])
    assert round(friendly / r2, 2) == 0.67
    assert slopes(0.5, 0.4, 0.5) == pytest.approx((0.4, 0.2)) and slopes(0.5, 0.4, 0.8)[1] == pytest.approx(0)


def test_a_negative_slope_that_is_nothing(names):
    row = names["of_nps"].table.set_index("driver").loc["personalization"]
    assert row["slope"] < 0 < row["correlation"] and row["slope_low"] < 0 < row["slope_high"]
    assert row["verdict"] == "noise" and row["vif"] < 1.2


def test_waiting_not_the_people(names):
    table = names["waiting"].table.set_index("driver")
    bpjs = table.loc["bpjs"]
    assert [round(bpjs[k], 2) for k in ("slope_low", "slope_high")] == [-0.14, 0.16] and bpjs["correlation"] < -0.15
    late = table.loc["half_hours_late"]
    assert late["slope_low"] < -0.31 < late["slope_high"] < 0 and round(late["slope"], 1) == -0.3
    mediated = names["mediated"].table.set_index("driver").loc["half_hours_late"]
    assert late["slope"] + 0.05 < mediated["slope"] < 0
    waits = names["answers"].groupby("payer_group")["wait_minutes"].mean()
    assert waits.idxmax() == "bpjs" and waits["bpjs"] > 1.6 * waits.drop("bpjs").max()


def test_no_score_tells_who_returns(names):
    table = names["predicts"].table
    assert (table["verdict"] == "noise").all() and names["predicts"].facts["surely_worse"] == 0
    assert names["buyers"].facts["verdict"] == "noise" and names["buyers"].facts["n"] > names["predicts"].facts["n"]
    last = names["visits"]["visited_at"].max()
    assert names["known"]["answered_on"].max() <= last - pd.Timedelta(days=365)
    pairs = [(r > s) + (r == s) / 2 for r in (9, 7) for s in (8, 5)]
    assert np.mean(pairs) == 0.75


def test_delight(names):
    f = names["delighted"].facts
    assert (f["delight_share"], f["top_share"]) == (0.3, 0.4)
    blank = names["hundred"].assign(expected=lambda t: t["expected"].where(t["expected"] != 5))
    again = S.delight(blank, score="csat", expected="expected").facts
    assert (again["delighted"], again["n"]) == (30, 90)
    with pytest.raises(crm.UserError):
        S.delight(names["answers"], score="csat", expected="expected")


def test_what_is_read(names):
    read = S.read_comments(pd.DataFrame({"comment": names["said"]}))
    assert read["tone"].tolist()[:4] == ["negative", "negative", "positive", "neutral"]
    assert read["tone"].tolist()[4:6] == ["positive", "negative"]  # both wrong
    assert read["topics"].iloc[-1] == ("charges",)
    assert names["again"]["tone"].tolist() == ["positive", "negative"] and "canteen" in names["again"]["topics"].iloc[1]
    harmed = pd.DataFrame({"comment": ["bukan salah perawat"]})
    assert S.read_comments(harmed)["tone"].iloc[0] == "positive"
    assert S.read_comments(harmed, dictionary=names["mine"])["tone"].iloc[0] == "negative"


def test_what_patients_write_about(names):
    f = names["comments"].facts
    assert (f["topic"], f["labelled"], f["tone_accuracy_share"]) == ("doctor", 31, 1.0)
    assert f["accuracy_share_high"] - f["accuracy_share_low"] > 0.15
    unhappy = names["upset"].facts
    assert unhappy["topic"] == "waiting" and 0.28 < unhappy["comment_share"] < 0.36
    assert unhappy["comment_share_low"] < 0.31 < unhappy["comment_share_high"]  # planted
    assert len(names["wrong"]) == 2 and names["wrong"]["main_topic"].isna().all()


def test_the_loop(names):
    cases = names["cases"]
    assert cases.facts["not_yet_due"] >= 1 and cases.facts["overdue"] > 0 and cases.facts["anonymous"] > 0
    assert cases.table["score"].max() <= 6
    assert names["closed"].mean() < 2 and names["calls"].facts["waiting"] > 0


def test_complaints_and_recovery(names):
    facts = names["pareto"].facts
    assert 0.3 < facts["unsettled"] / facts["n"] < 0.38
    assert names["settled_only"] < 0.6 * facts["median_hours"]
    table = names["recovery"].table.set_index("recovery")
    fast, late = table.loc["settled_in_1_day"], table.loc["settled_later"]
    assert fast["ratio"] > 1 > fast["ratio_low"] and fast["verdict"] == "noise" and late["verdict"] == "real"
    f = names["recovery"].facts
    assert round(f["extra_returns"]) == 9 and 0.9e6 < f["worth"] < 1.4e6
    fast_share = names["told"].groupby("escalated")["settled_fast"].mean()
    assert fast_share[True] == 0 and fast_share[False] == 0.5
    margins = names["margins"].groupby("payer_group")["margin"].mean()
    assert margins["bpjs"] < 0 and (margins.drop("bpjs") > 0).all()


def test_around_the_scores(names):
    link = names["link"].facts
    assert [round(link[f"correlation{end}"], 2) for end in ("", "_low", "_high")] == [-0.20, -0.70, 0.42]
    assert (link["units"], link["units_needed"]) == (12, 30)
    assert round(names["by_hand"].facts["deflection_share"], 3) == 0.600  # row Y07
    naive, settled = names["naive"].facts, names["settled"].facts
    assert (round(naive["deflection_share"], 3), round(settled["deflection_share"], 3)) == (0.177, 0.171)
    assert settled["came_back"] == 51
    assert names["dearer"].facts["new_price"] == 58_000  # row Y08
    shares = [round(names[k].facts["break_even_loss_share"], 3) for k in ("dearer", "thin")]
    assert shares == [0.138, 0.444]
    experience = names["experience"].facts
    assert (experience["rows"], experience["complete"]) == (4, 1)  # row X02
