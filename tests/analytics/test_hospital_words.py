"""Every Result of a clinic's rooms: explained in both languages at three depths, drawn, exported, pickled."""

from __future__ import annotations

import json
import pickle

import pandas as pd
import pytest

import crmlab as crm
from crmlab import charts, labels
from crmlab.analytics import access, appointments, patients, referrals, reports
from crmlab.charts.svg import svg
from tests.plain import odd

DAY = "2024-12-31"
KINDS = (
    "adjusted", "attendance", "attendance_quarters", "baseline", "before_after", "before_after_control", "calibration",
    "closed_loop", "closed_loop_all", "concentration", "contacts", "defects", "levels", "lost", "margins", "months",
    "network", "no_shows", "offers", "outcomes", "overbooking", "overbooking_costs", "payer_mix", "renewals",
    "schedule", "schedule_hours", "seasonality", "staffing", "suspicious", "target_group", "target_group_small",
    "target_group_specific", "tasks", "trial", "wait_scores", "waiting", "waiting_all", "waiting_left", "worth",
)  # fmt: skip


@pytest.fixture(scope="module")
def results(clinic):
    c = clinic
    kept = appointments.outcomes(c["appointments"], reminders=c["reminders"], payers=c["payers"])
    table = kept.table
    marks = ["lead_days", "reminded", "payer_group", "missed_before"]
    model = appointments.fit_no_shows(table[table["scheduled_at"] < "2024-01-01"], on=marks)
    routine = table[(table["scheduled_at"] >= "2023-07-01") & (table["lead_days"] >= 1)]
    visits = c["visits"].merge(c["payers"][["payer_id", "payer_group"]])
    answers = c["survey_answers"].merge(c["survey_invitations"][["survey_id", "visit_id"]]).merge(visits)
    ledger = patients.ledger_of(c["patients"], at="2024-12-01", timezone="WIB")
    campaign = {"purpose": "marketing", "channel": "whatsapp", "at": DAY, "ledger": ledger}
    some = {"as_of": DAY, "clinics": c["clinics"]}
    vip = c["patients"].loc[c["patients"]["vip"], "patient_id"]
    hours = {"as_of": "2024-06-30"}
    leaving = visits.assign(left_unseen=visits["wait_minutes"] > 120)
    return {
        "adjusted": appointments.adjusted(routine, on=["lead_days", "payer_group", "missed_before"]),
        "attendance": appointments.attendance(kept),
        "attendance_quarters": appointments.attendance(kept, by="quarter"),
        "baseline": access.baseline(c["access_log"], c["visits"]),
        "before_after": appointments.before_after(visits, outcome="times_repeated", since="2023-01-01"),
        "before_after_control": appointments.before_after(
            visits.assign(own=visits["payer_group"] != "bpjs"), outcome="times_repeated", since="2023-01-01",
            touched="own",
        ),
        "calibration": appointments.calibration(model, table[table["scheduled_at"] >= "2024-01-01"]),
        "closed_loop": referrals.closed_loop(c["referrals"], since="2023-01-01", **some),
        "closed_loop_all": referrals.closed_loop(c["referrals"], direction="outbound", **some),
        "concentration": referrals.concentration(c["referrals"], **some),
        "contacts": patients.contacts(c["communications"]),
        "defects": appointments.defects(visits, defect="registration_error", by="quarter", baseline="2022-12-31"),
        "levels": referrals.levels(c["referrals"], as_of=DAY, own="type_c"),
        "lost": referrals.lost(c["referrals"], **some),
        "margins": patients.margins(visits),
        "months": patients.months(visits, as_of=DAY, registered=c["patients"]),
        "network": referrals.network(c["referrals"], **some),
        "no_shows": model,
        "offers": patients.offers(c["checkup_offers"], on=["bought_before"], margin=700_000),
        "outcomes": kept,
        "overbooking": appointments.overbooking(20, 0.2),
        "overbooking_costs": appointments.overbooking(20, (200, 1000), idle_cost=150_000, crowding_cost=300_000),
        "payer_mix": patients.payer_mix(visits),
        "renewals": patients.renewals(c["corporate_contracts"], as_of=DAY, by="employee_nps"),
        "schedule": appointments.schedule(c["slots"], c["appointments"], **hours),
        "schedule_hours": appointments.schedule(c["slots"], c["appointments"], by="hour", **hours),
        "seasonality": patients.seasonality(c["appointments"], since="2021-01-01", as_of=DAY),
        "staffing": reports.staffing(100, 180, agents=[6, 7, 8], log=c["calls"]),
        "suspicious": access.suspicious(c["access_log"], c["visits"], sensitive=vip, truth=[1, 2]),
        "target_group": patients.target_group(
            c["patients"], {"gender": "female", "born_on": (None, "1984-12-31")}, **campaign
        ),
        "target_group_small": patients.target_group(c["patients"], {"patient_id": (1, 12)}, **campaign),
        "target_group_specific": patients.target_group(
            c["patients"], {"chronic_condition": "diabetes"}, explicit="research", **campaign
        ),
        "tasks": patients.tasks_due(c["tasks"], as_of="2024-06-30"),
        "trial": appointments.trial(
            kept, treated="pilot_treated", control="pilot_control", balance=["lead_days", "missed_before"]
        ),
        "wait_scores": appointments.wait_scores(answers),
        "waiting": appointments.waiting(visits, by="payer_group"),
        "waiting_all": appointments.waiting(visits),
        "waiting_left": appointments.waiting(leaving, by="payer_group"),
        "worth": referrals.worth(c["referrals"], c["visits"], **some),
    }  # fmt: skip


def test_all_kinds_are_here(results):
    assert sorted(results) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_explained_at_three_depths(results, kind, lang):
    result = results[kind]
    said = [str(result.explain(lang, depth)) for depth in ("short", "method", "reference")]
    assert len(set(said)) == 3 and not any("nan" in text.lower().split() for text in said)
    assert "np." not in " ".join(said) and "None" not in " ".join(said)
    assert result.explain(lang) != result.explain("en" if lang == "id" else "id")
    assert all(note.render(lang) for note in result.notes)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_drawn_on_screen_and_on_paper(results, kind, lang):
    figure = charts.spec(results[kind], lang)
    json.dumps(figure, allow_nan=False)
    assert figure["title"] and figure["alt"] and figure["caption"] and figure["data"]
    assert svg(figure)
    charts.draw(results[kind], lang)


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_has_a_name_and_a_unit(results, kind):
    result = results[kind]
    known = labels.catalogue("names")["names"]
    if kind == "outcomes":  # the columns that were given
        return
    for column in result.table.columns:
        if column in ("row", "n"):
            continue
        assert column in known or column == "hour", column
        assert column in result.params["units"], column


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "outcomes"])
def test_exported(results, kind, tmp_path):
    assert results[kind].to_xlsx(tmp_path / "a.xlsx").stat().st_size > 1000
    page = results[kind].to_html(tmp_path / "a.html", lang="id").read_text(encoding="utf-8")
    assert "nan" not in page.replace("pelanggan", "").lower().split()


@pytest.mark.parametrize("kind", KINDS)
def test_pickled(results, kind):
    again = pickle.loads(pickle.dumps(results[kind]))
    pd.testing.assert_frame_equal(again.table, results[kind].table)
    assert again.explain("en", "short") == results[kind].explain("en", "short")


def test_the_facade_knows_the_rooms():
    assert crm.appointments is appointments and crm.patients is patients
    assert crm.referrals is referrals and crm.access is access


@pytest.mark.parametrize("kind", KINDS)
def test_sentences_hold_no_dash_and_no_raw_name(results, kind):
    assert odd(results[kind]) == []
