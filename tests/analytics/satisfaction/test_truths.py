"""What was planted in RS Sehat Nusantara, found again by this room inside its intervals."""

from __future__ import annotations

import pandas as pd
import pytest

from crmlab.analytics import satisfaction as S


def holds(low, truth, high):
    assert low <= truth <= high, (low, truth, high)


def test_nps_by_payer(answers, planted):
    """H-T07."""
    table = S.nps(answers, by="payer_group").table.set_index("payer_group")
    for group in ("bpjs", "insurance", "self_pay", "corporate"):
        row = table.loc[group]
        holds(row["nps_low"], planted["H-T07", f"NPS, {group}"], row["nps_high"])


def test_the_mix_moves_the_total(answers, planted):
    """H-T08: the planted mix is put in, as a register would tell it."""
    mix = {"bpjs": 0.40, "insurance": 0.27, "self_pay": 0.23, "corporate": 0.10}
    table = S.standardised(answers, by="year", on="payer_group", to=mix).table
    table = table[table["row"] == "member"].set_index("year")
    for year in (2021, 2024):
        row = table.loc[year]
        holds(row["raw_score_low"], planted["H-T08", f"NPS of all, {year}"], row["raw_score_high"])
    row = table.loc[2024]
    holds(row["standardised_low"], planted["H-T08", "NPS of 2024 at the mix of 2021"], row["standardised_high"])


def test_the_question_turned_round(answers, planted):
    """H-T09: the jump is found in the month of the switch, and is none once the direction is put right."""
    table = S.ces(answers, scale=(1, 7), easy={1: "low", 2: "high"}, version="ces_version").table
    holds(table["ces_low"][0], planted["H-T09", "version 1"], table["ces_high"][0])
    holds(table["ces_low"][1], planted["H-T09", "version 2, as written"], table["ces_high"][1])
    right = 8 - table["ces_high"][1], 8 - table["ces_low"][1]
    holds(right[0], planted["H-T09", "version 2, put right"], right[1])
    asked = {"when": "answered_on", "measure": "mean", "scale": (1, 7)}
    jump = S.trend(answers, score="ces", **asked).facts
    holds(jump["change_low"], pd.Timestamp("2023-07-01"), jump["change_high"])
    effort = answers["ces"].where(answers["ces_version"] == 1, 8 - answers["ces"])
    assert S.trend(answers.assign(effort=effort), score="effort", **asked).facts["changes"] == 0


def test_waiting_moves_satisfaction(answers):
    """H-T06: 0.36 of the hidden satisfaction is planted; rounding and the scale's ends leave 0.32 of the answer (M)."""
    late = (answers["wait_minutes"] - 30).clip(lower=0) / 30
    frame = answers.assign(late=late, other=answers["payer_id"] % 2)
    row = S.drivers(frame, of="csat", on=["late", "other"], scale=None, times=100).table.set_index("driver").loc["late"]
    holds(row["slope_low"], -0.3228, row["slope_high"])
    assert row["verdict"] == "real"


def test_what_is_important_and_rated_low(answers):
    """H-T20: value for time and problem solving matter most; value for time is rated lowest."""
    found = S.drivers(answers, of="csat", on=S.FACTORS, times=100)
    assert set(found.table["driver"].head(2)) == {"value_for_time", "problem_solving"}
    assert found.facts["lowest"] == "value_for_time"
    rated = found.table.set_index("driver")
    holds(rated.loc["value_for_time", "performance_low"], 2.9, rated.loc["value_for_time", "performance_high"])
    assert "value_for_time" in found.facts["act"]


def test_complaints_settled_soon_are_forgiven(clinic, planted):
    """H-T11."""
    seen = clinic["visits"].rename(columns={"checked_in_at": "visited_at"})
    told = clinic["complaints"].merge(seen[["visit_id", "visited_at"]])
    calm = clinic["compared_visits"][["visit_id"]].merge(seen)
    found = S.recovery(
        told, seen, as_of="2024-12-31", customer="patient_id", visit_at="visited_at", began="visited_at", compared=calm
    )
    table = found.table.set_index("recovery")
    names = {"no_complaint": "no complaint", "settled_in_1_day": "within_1_day"}
    names |= {"settled_in_3_days": "days_1_to_3", "settled_later": "over_3_days"}
    for ours, theirs in names.items():
        row = table.loc[ours]
        holds(row["return_share_low"], planted["H-T11", theirs], row["return_share_high"])
    assert found.facts["verdict"] == "real" and found.facts["extra_returns_low"] > 0


def test_what_people_write_about(answers, planted):
    """H-T25: queueing in the comments of the unhappy; and the topics that people gave to some by hand."""
    unhappy = answers[answers["unhappy"]]
    row = S.comments(unhappy).table.set_index("topic").loc["waiting"]
    holds(row["comment_share_low"], planted["H-T25", "of queueing"], row["comment_share_high"])
    found = S.comments(answers, label="topic", unhappy="unhappy").facts
    assert found["f1"] >= 0.75 and found["accuracy_share"] >= 0.75 and found["tone_accuracy_share"] >= 0.95


def test_the_score_of_a_visit_does_not_tell_who_returns(answers, clinic):
    """Nothing of the kind was planted, and nothing is found: a score of a visit is no crystal ball."""
    days = clinic["visits"][["patient_id", "checked_in_at"]].assign(day=lambda t: t["checked_in_at"].dt.normalize())
    last = days.groupby("patient_id")["day"].max()
    asked = answers[answers["checked_in_at"] < "2023-12-31"]
    back = asked["patient_id"].map(last) > asked["checked_in_at"].dt.normalize() + pd.Timedelta(days=1)
    found = S.predicts(asked.assign(back=back), of="back", on=["nps", "csat"])
    assert found.table["auc"].between(0.4, 0.6).all() and found.facts["n"] == len(asked)


@pytest.mark.parametrize("least", [1, 10])
def test_nobody_is_dropped_from_the_total(answers, least):
    found = S.nps(answers, by=["payer_group", "year"], least_n=least)
    assert found.table.loc[found.table["row"] == "member", "n"].sum() == len(answers) == found.facts["n"]
