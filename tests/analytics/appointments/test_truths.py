"""What is planted in the hospital's appointments, found again by the functions of the room; and the worked examples."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from crmlab.analytics import appointments

MARKS = ["lead_days", "reminded", "bpjs", "new_patient", "missed_before"]


@pytest.fixture(scope="module")
def kept(clinic):
    found = appointments.outcomes(clinic["appointments"], reminders=clinic["reminders"], payers=clinic["payers"])
    return found.table.assign(bpjs=found.table["payer_group"] == "bpjs")


@pytest.fixture(scope="module")
def visits(clinic):
    return clinic["visits"].merge(clinic["payers"][["payer_id", "payer_group"]])


def holds(row, what, truth):
    assert row[f"{what}_low"] <= truth <= row[f"{what}_high"], (row[what], truth)


def test_what_goes_with_a_no_show(kept, planted_in_hospital):  # H-T01
    found = appointments.fit_no_shows(kept, on=MARKS)
    holds(found.facts, "log_odds_base", planted_in_hospital["H-T01", "intercept, log odds"])
    names = {"lead_days": "a day of lead", "new_patient": "new_patient", "missed_before": "missed_before"}
    for row in found.table.to_dict("records"):
        what = names.get(row["column"], row["column"])
        truth = planted_in_hospital[
            "H-T01", f"odds ratio, {what}" if row["column"] != "lead_days" else f"odds ratio {what}"
        ]
        holds(row, "odds_ratio", truth)
        assert row["verdict"] == "real"
    assert found.facts["n"] == 7134 and found.facts["events"] == 1233


def test_the_randomised_pilot(kept, planted_in_hospital):  # H-T02
    found = appointments.trial(kept, treated="pilot_treated", control="pilot_control", balance=["lead_days"])
    holds(found.facts, "risk_ratio", planted_in_hospital["H-T02", "risk ratio in the pilot"])
    holds(found.facts, "odds_ratio", 0.55)
    assert found.facts["verdict"] == "real" and found.facts["draw_p"] > 0.05
    assert found.table["n"].tolist() == [361, 376]


def test_the_roll_out_misleads_and_is_put_right(kept, planted_in_hospital):  # H-T03
    routine = kept[(kept["scheduled_at"] >= "2023-07-01") & (kept["lead_days"] >= 1)]
    others = [m for m in MARKS if m != "reminded"]
    facts = appointments.adjusted(routine, on=others).facts
    holds(facts, "naive_risk_ratio", planted_in_hospital["H-T03", "naive risk ratio, which is wrong"])
    holds(facts, "odds_ratio", planted_in_hospital["H-T03", "adjusted odds ratio"])
    holds(facts, "matched_odds_ratio", 0.55)
    # put right, reminders do more than they seem to
    assert facts["standardised_risk_ratio"] < facts["naive_risk_ratio"]
    assert facts["e_value"] > 2 and facts["e_value_bound"] > 1


def test_no_reminders_before_2023(kept):  # H-T04
    before = kept[kept["scheduled_at"] < "2023-01-01"]
    assert before["reminded"].sum() == 0
    found = appointments.attendance(before, by="quarter").facts
    assert 0.17 <= found["no_show_share"] <= 0.20 and round(found["no_show_share"], 6) == 0.195554


@pytest.mark.parametrize("group", ["bpjs", "insurance", "self_pay", "corporate"])
def test_waiting_by_payer(visits, planted_in_hospital, group):  # H-T05
    found = appointments.waiting(visits, by="payer_group").table.set_index("payer_group")
    holds(found.loc[group], "mean_minutes", planted_in_hospital["H-T05", f"mean minutes, {group}"])
    holds(found.loc[group], "within_share", planted_in_hospital["H-T05", f"within 60 minutes, {group}"])


def test_waiting_and_satisfaction(clinic, visits, planted_in_hospital):  # H-T06
    asked = clinic["survey_invitations"][["survey_id", "visit_id"]]
    found = appointments.wait_scores(clinic["survey_answers"].merge(asked).merge(visits)).facts
    holds(found, "base", planted_in_hospital["H-T06", "hidden satisfaction up to 30 minutes"])
    holds(found, "slope", planted_in_hospital["H-T06", "for each 30 minutes more"])
    holds(found, "log_spread", planted_in_hospital["H-T06", "log of its spread"])
    assert found["verdict"] == "real" and found["within_share"] == pytest.approx(0.884)
    assert found["beyond_share"] == pytest.approx(0.686486, abs=1e-6)
    assert abs(found["plain_slope"]) < abs(found["slope"])  # answers can't go beyond the scale


def test_repeated_information(visits, planted_in_hospital):  # H-T10
    found = appointments.before_after(visits, outcome="times_repeated", since="2023-01-01").facts
    holds(found, "before_share", planted_in_hospital["H-T10", "before"])
    holds(found, "since_share", planted_in_hospital["H-T10", "since"])
    assert found["verdict"] == "real" and found["drift_p"] > 0.05


def test_overbooking():  # H-T21 and H08
    found = appointments.overbooking(20, 0.20, most=25)
    row = found.table.set_index("booked").loc[25]
    assert row["expected_patients"] == pytest.approx(20.0)
    assert row["crowded_share"] == pytest.approx(0.420674, abs=1e-6)
    assert found.facts["best"] == 22  # the most whose crowding stays at 5 % or less


# -- worked by hand ---------------------------------------------------------------------------------------------------


def test_the_reminder_example():  # H02
    rows = [("sent", 1)] * 18 + [("sent", 0)] * 132 + [("none", 1)] * 30 + [("none", 0)] * 120
    found = appointments.trial(pd.DataFrame(rows, columns=["arm", "missed"]), treated="sent", control="none").facts
    told = [round(found[f"risk_ratio{e}"], 2) for e in ("", "_low", "_high")]
    assert told == [0.60, 0.35, 1.03]
    assert round(-100 * found["risk_difference"], 1) == 8.0 and round(found["number_to_remind"], 1) == 12.5
    assert round(found["odds_ratio"], 3) == 0.545 and round(found["p_value"], 4) == 0.0588
    assert found["verdict"] == "noise" and math.isnan(found["number_to_remind_low"])


def test_the_repeating_example():  # H06
    table = pd.DataFrame({"checked_in_at": ["2022-06-01"] * 200 + ["2023-06-01"] * 200})
    table["again"] = [1] * 148 + [0] * 52 + [1] * 90 + [0] * 110
    found = appointments.before_after(table, outcome="again", since="2023-01-01", interval="wald").facts
    told = [round(100 * found[f"difference{e}"], 1) for e in ("", "_low", "_high")]
    assert told == [-29.0, -38.2, -19.8] and round(found["z"], 2) == -5.91
    assert (found["before_share"], found["since_share"]) == (0.74, 0.45)


def test_the_control_chart_example():  # H14
    table = pd.DataFrame({"unit": "a", "wrong": [1] * 16 + [0] * 384})
    row = appointments.defects(table, defect="wrong", by="unit").table.iloc[0]
    assert round(100 * row["limit_low"], 2) == 1.06 and round(100 * row["limit_high"], 2) == 6.94


def test_a_control_takes_away_what_changed_for_all():
    day = pd.to_datetime(["2022-06-01"] * 200 + ["2023-06-01"] * 200)
    reached = pd.DataFrame({"checked_in_at": day, "hit": [1] * 150 + [0] * 50 + [1] * 80 + [0] * 120, "in": True})
    other = pd.DataFrame({"checked_in_at": day, "hit": [1] * 150 + [0] * 50 + [1] * 130 + [0] * 70, "in": False})
    found = appointments.before_after(pd.concat([reached, other]), outcome="hit", since="2023-01-01", touched="in")
    facts = found.facts
    assert facts["difference"] == pytest.approx(-0.35) and facts["control_difference"] == pytest.approx(-0.10)
    assert facts["did"] == pytest.approx(-0.25) and facts["did_low"] < -0.25 < facts["did_high"] < 0
    assert found.table["group"].tolist() == ["touched"] * 2 + ["untouched"] * 2


def test_a_trend_before_the_change_is_told():
    rng = np.random.default_rng(4)
    day = pd.Timestamp("2021-01-01") + pd.to_timedelta(rng.integers(0, 1460, 4000), unit="D")
    share = 0.8 - 0.0003 * (day - pd.Timestamp("2021-01-01")).days.to_numpy()
    table = pd.DataFrame({"checked_in_at": day, "hit": (rng.random(4000) < share).astype(int)})
    found = appointments.before_after(table, outcome="hit", since="2023-01-01")
    assert found.facts["drift_p"] < 0.05 and "appointments.note.drift" in [n.code for n in found.notes]


# -- what a clinic's own tables are like -------------------------------------------------------------------------------


def book(**columns):
    table = {
        "appointment_id": [1, 2, 3, 4], "patient_id": [7, 7, 7, 8],
        "status": ["no_show", "attended", "cancelled", "attended"],
        "scheduled_at": ["2024-01-02", "2024-01-09", "2024-01-16", "2024-01-02"],
        "booked_on": ["2024-01-01", "2024-01-01", "2024-01-20", "2024-01-02"],
    }  # fmt: skip
    return pd.DataFrame({**table, **columns})


def test_cancelled_is_no_no_show():
    found = appointments.outcomes(book())
    assert found.facts["n"] == 3 and found.facts["cancelled"] == 1 and found.facts["missed"] == 1
    table = found.table.set_index("appointment_id")
    assert table["missed_before"].to_dict() == {1: 0, 2: 1, 4: 0}
    assert table["lead_days"].to_dict() == {1: 1, 2: 8, 4: 0}


def test_a_reminder_after_the_hour_reminds_nobody():
    sent = pd.DataFrame({"appointment_id": [1, 2, 99], "sent": True, "hours_before": [24, -2, 24]})
    found = appointments.outcomes(book(), reminders=sent)
    assert found.table.set_index("appointment_id")["reminded"].to_dict() == {1: 1, 2: 0, 4: 0}
    codes = [n.code for n in found.notes]
    assert codes == ["appointments.note.stray_reminders", "appointments.note.late_reminders"]


def test_who_left_counts_as_far_as_he_waited():
    rng = np.random.default_rng(2)
    wait, patience = rng.gamma(4, 15, 3000), rng.exponential(120, 3000)
    table = pd.DataFrame({"wait_minutes": np.minimum(wait, patience), "left_unseen": patience < wait})
    facts = appointments.waiting(table).facts
    true = float((wait <= 60).mean())
    assert facts["within_share_low"] <= true <= facts["within_share_high"]
    assert math.isnan(facts["mean_minutes"])  # nobody knows how long they would have waited
    seen = table.loc[~table["left_unseen"], "wait_minutes"]
    assert (seen <= 60).mean() > facts["within_share_high"]  # dropping them would flatter
    early = {"checked_in_at": ["2024-01-01 08:00"] * 3}
    stamps = pd.DataFrame({**early, "examined_at": ["2024-01-01 08:20", None, "2024-01-01 07:00"]})
    found = appointments.waiting(stamps.assign(left_at=[None, "2024-01-01 08:50", None]))
    assert found.facts["n"] == 2 and found.facts["left_unseen"] == 1
    assert [n.code for n in found.notes] == ["appointments.note.negative_waits", "appointments.note.left_unseen"]


def test_hours_without_a_doctor_are_seen():
    slots = pd.DataFrame({"slot_id": range(6), "doctor_id": [1, 1, 1, None, None, 2], "starts_at": "2024-01-02 09:00"})
    made = pd.DataFrame({"slot_id": [0, 0, 1, 3], "status": ["attended", "attended", "no_show", "attended"]})
    found = appointments.schedule(slots, made, as_of="2024-01-31")
    assert found.table["slots"].tolist() == [3, 1, 2, 6] and found.facts["attended"] == 2
    assert found.table["doctor_id"].tolist()[-2:] == [None, None]
    assert [n.code for n in found.notes] == ["appointments.note.no_doctor"]


def test_costs_decide_how_many_to_book():
    cheap = appointments.overbooking(20, 0.2, idle_cost=100, crowding_cost=10).facts["best"]
    dear = appointments.overbooking(20, 0.2, idle_cost=10, crowding_cost=100).facts["best"]
    assert dear < cheap
    sure = appointments.overbooking(20, (200, 1000)).table.set_index("booked").loc[24]
    assert sure["crowded_share_low"] < sure["crowded_share"] < sure["crowded_share_high"]


def test_a_model_on_its_own_data_is_calibrated_and_a_wrong_one_is_not(kept):
    early, late = kept[kept["scheduled_at"] < "2024-01-01"], kept[kept["scheduled_at"] >= "2024-01-01"]
    model = appointments.fit_no_shows(early, on=MARKS)
    own = appointments.calibration(model, early).facts
    assert own["slope"] == pytest.approx(1, abs=1e-6) and own["intercept"] == pytest.approx(0, abs=1e-6)
    facts = appointments.calibration(model, late).facts
    assert 0.5 < facts["auc_low"] < facts["auc"] < facts["auc_high"] < 0.75
    wrong = appointments.fit_no_shows(early.assign(missed=1 - early["missed"]), on=MARKS)
    assert appointments.calibration(wrong, late).facts["verdict"] == "real"
    assert model.predict(late).between(0, 1).all()
