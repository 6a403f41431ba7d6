"""What notebook 19 says and asks, computed; and that all that is planted in the hospital is found again."""

from __future__ import annotations

import dataclasses
import zipfile

import pandas as pd
import pytest

import crmlab as crm
from notebooks import build


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "19_hospital_case")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def test_all_25_truths_are_recovered_inside_their_interval(names):
    key = names["key"]
    assert sorted(set(key["truth"])) == [f"H-T{k:02}" for k in range(1, 26)]
    wrong = key[key["inside"].map(lambda found: found is not True)]
    assert wrong.empty, wrong.to_string()
    assert names["verdicts"].sum() == 25


def test_the_full_records_answer_only_what_the_sample_cannot(names):
    recorded = names["hospital"].truths
    few = {k for k, v in recorded.items() if v["realised"].get("enough_for_an_interval") is False}
    assert few == {"H-T22", "H-T24"}
    source = names["full"].name
    assert names["long_log"].source.name == names["all_contracts"].source.name == source != names["source"].name
    key = names["key"].set_index(["truth", "what"])
    of_full = {
        (code, one["what"]): one["planted"] for code in few for one in names["full"].truths[code]["found"]
    }  # the same truths as the data set records, under the notebook's own names
    assert len(of_full) == 5 and sorted(round(v, 3) for v in of_full.values()) == sorted(
        key.loc[list(few)].dropna(subset=["low"])["planted"]
    )


def test_every_planted_value_that_is_recorded_stands_in_the_key(names):
    recorded = {
        (code, one["what"]): one["planted"]
        for code, truth in names["hospital"].truths.items()
        for one in truth["found"]
    }
    key = names["key"].set_index(["truth", "what"])
    assert set(recorded) <= set(key.index)
    for at, planted in recorded.items():
        row = key.loc[at]
        assert row["planted"] == planted and row["low"] <= planted <= row["high"]


def test_what_has_an_interval_is_not_called_exact(names):
    """Only ranks, rules, counts and formulas stand without an interval."""
    key = names["key"]
    bare = key[key["low"].isna() & (key["inside"] != "too_few")]
    assert set(bare["truth"]) == {"H-T04", "H-T18", "H-T19", "H-T20", "H-T21", "H-T23", "H-T24"}


def test_the_roll_out_misleads(names):
    pilot, routine = names["pilot"].facts, names["roll_out"].facts
    assert round(pilot["risk_ratio"], 2) == 0.52 and round(routine["naive_risk_ratio"], 2) == 0.70
    gap = abs(routine["standardised_risk_ratio"] - pilot["risk_ratio"])
    assert gap < abs(routine["naive_risk_ratio"] - pilot["risk_ratio"]) / 2
    assert pilot["leaning"] == ["missed_before"] and names["planted"]["H-T02", "risk ratio in the pilot"] == 0.609
    assert names["before_2023"].facts["verdict"] == "noise"


def test_booking_more_than_there_is(names):
    assert names["overbooking"].facts["best"] == 22
    assert 0.4 < names["crowded"]["crowded_share"] < 0.45
    assert 0.6 < 1 - names["schedule"].facts["booked_share"] < 0.667
    assert names["telephone"].facts["needed"] == 8 and names["telephone"].facts["days"] == 4
    assert names["long_log"].facts["days"] == 83


def test_what_the_reports_say(names):
    assert names["effects"].loc["rainy", "verdict"] == "noise"
    assert names["of_fever"].loc["rainy", "verdict"] == "real" and names["of_fever"].loc["rainy", "rate_ratio"] > 1.5
    facts = names["margins"].facts
    assert 0.45 < facts["last_margin_share"] / facts["first_margin_share"] < 0.55
    assert abs(facts["mix_effect"]) > 10 * abs(facts["rate_effect"])


def test_consent_and_small_groups(names):
    women = names["women"].facts
    assert round(women["allowed_share"], 1) == 0.6
    asked = {**names["letter"], "explicit": "health_messages"}
    assert crm.patients.target_group(names["t"]["patients"], {"chronic_condition": "diabetes"}, **asked).facts["hidden"]
    with pytest.raises(crm.UserError) as caught:
        crm.patients.target_group(names["t"]["patients"], {"chronic_condition": "diabetes"}, **names["letter"])
    assert caught.value.code == "patients.specific_data"


def test_waiting_is_named_by_three_sources(names):
    assert names["wait_scores"].facts["verdict"] == "real"
    assert abs(names["wait_scores"].facts["plain_slope"]) < abs(names["wait_scores"].facts["slope"])
    assert names["drivers"].facts["driver"] == names["drivers"].facts["lowest"] == "value_for_time"
    assert names["said"].facts["topic"] == "waiting"


def test_the_score_fell_and_did_not(names):
    facts = names["fixed_mix"].facts
    assert facts["change_raw"] < 0 < facts["change"]
    assert facts["verdict"] == facts["verdict_raw"] == "noise"
    years = names["years"]
    assert (years["raw_score_high"] - years["raw_score_low"]).min() > 24 and years["n"].between(90, 120).all()
    assert (round(names["old"]["ces"], 1), round(names["new"]["ces"], 1)) == (2.4, 5.6)


def test_repeating_and_recovery(names):
    again = names["again"].facts
    assert round(100 * again["difference"]) == -27 and again["drift_p"] > 0.05 and again["did"] is None
    facts = names["recovery"].facts
    assert facts["fast_share"] >= facts["none_share"] and facts["ratio_low"] < 1 < facts["ratio_high"]
    assert names["returned"].loc["settled_later", "verdict"] == "real"


def test_tasks_referrals_checkups(names):
    tasks = names["tasks"]
    assert (tasks.facts["overdue"], tasks.facts["n"]) == (10, 300) and tasks.facts["longest_overdue_days"] > 3 * 365
    assert set(tasks.table["verdict"].dropna()) == {"noise"}
    listed = names["lost"].table
    assert listed["clinic"].iloc[0] != listed["clinic"].iloc[1] == "Puskesmas Pahlawan"
    assert (listed["recent"].iloc[1], round(listed["expected"].iloc[1])) == (5, 11)
    assert names["lost"].facts["lost"] == 0 and names["checkups"].facts["verdict"] == "noise"
    assert names["contracts"].facts["verdict"] == "too_few" and names["contracts"].facts["n"] == 4
    assert names["all_contracts"].facts["verdict"] == "real" and names["all_contracts"].facts["n"] == 74
    mood = names["mood"]
    assert mood[["renewed", "n"]].loc[["zero_or_more", "below_zero"]].values.tolist() == [[37, 53], [9, 21]]
    wide = 100 * (mood["renewed_share_high"] - mood["renewed_share_low"])
    assert wide.round()["zero_or_more"] == 24 and wide.round()["below_zero"] == 39


def test_looks_at_records(names):
    facts = names["looks"].facts
    assert (facts["flagged"], facts["n"]) == (2, 9999) and 0.33 < facts["precision_low"] < 0.35
    row = names["usual"].table.set_index("role").loc["call_centre"]
    assert row["unexplained"] == 198 and row["unexplained_share"] > 0.98


def _inside(path):
    with zipfile.ZipFile(path) as parts:
        return " ".join(parts.read(name).decode("utf-8") for name in parts.namelist() if name.endswith(".xml"))


def test_the_proposal_says_what_the_results_say(names, tmp_path):
    proposal, money = names["proposal"], names["money"]
    assert proposal.missing == () and crm.papers.rubric(proposal).facts["points"] == 100
    assert "0.52; 0.35 to 0.76" in proposal.outline("en")[0] and proposal.outline("en")[0].endswith("(real)")
    assert "18,0%" in proposal.outline("id")[0]
    # reminders earn their cost even at the lower bound; a complaints desk does not, even at the upper one
    assert money["benefit_low"][0] > 10 * money["cost"][0]
    assert money["benefit_high"][1] < money["cost"][1]
    people = names["t"]["patients"]
    private = {str(v) for c in ("name", "phone", "national_id", "email") for v in people[c].dropna()}
    for lang in build.EDITIONS:
        for text in (
            proposal.html(lang=lang),
            proposal.slides(lang=lang),
            _inside(proposal.xlsx(tmp_path / "a", lang)),
        ):
            # a single word may be a clinic's name too
            assert not [v for v in private if not v.isalpha() and v in text]
    with pytest.raises(crm.UserError) as caught:
        dataclasses.replace(proposal, chapters=proposal.chapters[:4]).html(tmp_path / "no.html", "id")
    assert "Risiko, Rencana" in caught.value.render("id")
    assert caught.value.code == "papers.missing_section"


def test_the_checks_in_the_tasks():
    rows = [("sent", 1)] * 18 + [("sent", 0)] * 132 + [("none", 1)] * 30 + [("none", 0)] * 120
    facts = crm.appointments.trial(pd.DataFrame(rows, columns=["arm", "missed"]), treated="sent", control="none").facts
    assert round(facts["risk_ratio"], 2) == 0.60 and round(facts["number_to_remind"], 1) == 12.5
    assert round(1200 / 900, 2) == 1.33
    table = pd.DataFrame({"checked_in_at": ["2022-06-01"] * 200 + ["2023-06-01"] * 200})
    table["again"] = [1] * 148 + [0] * 52 + [1] * 90 + [0] * 110
    found = crm.appointments.before_after(table, outcome="again", since="2023-01-01", interval="wald").facts
    told = [round(100 * found[f"difference{end}"], 1) for end in ("", "_low", "_high")]
    assert told == [-29.0, -38.2, -19.8]


def test_nobody_is_shown(names):
    """No name, phone or record number of a patient stands in what the notebook shows."""
    people = names["t"]["patients"]
    private = {str(v) for c in ("phone", "national_id") if c in people for v in people[c].dropna()}
    assert private
    for lang in build.EDITIONS:
        text = build.target(next(p for p in build.sources() if p.stem == "19_hospital_case"), lang).read_text("utf-8")
        assert not [v for v in private if v in text]
        assert "RM0" not in text.replace("RM{", "")
