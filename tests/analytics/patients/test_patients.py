"""What is planted in the hospital's demand, payers and sales, found again; the worked examples; what is refused."""

from __future__ import annotations

import pandas as pd
import pytest

from crmlab import UserError
from crmlab.analytics import patients
from crmlab.privacy import ConsentLedger

DAY = "2024-12-31"


@pytest.fixture(scope="module")
def visits(clinic):
    return clinic["visits"].merge(clinic["payers"][["payer_id", "payer_group"]])


def holds(row, what, truth):
    assert row[f"{what}_low"] <= truth <= row[f"{what}_high"], (row[what], truth)


# -- planted -----------------------------------------------------------------------------------------------------------


def test_the_calendar(clinic, planted_in_hospital):  # H-T16 and H-T17
    made, asked = clinic["appointments"], {"since": "2021-01-01", "as_of": DAY}
    found = patients.seasonality(made, **asked).table.set_index("effect")
    for effect, truth, what in (
        ("ramadan", "H-T16", "Ramadan"), ("rainy", "H-T16", "January to March"), ("sunday", "H-T16", "Sunday"),
        ("idul_fitri_week", "H-T17", "week of Idul Fitri"),
    ):  # fmt: skip
        holds(found.loc[effect], "rate_ratio", planted_in_hospital[truth, what])
    fever = made[made["unit_id"].isin([2, 3])]  # paediatrics and internal medicine
    row = patients.seasonality(fever, **asked).table.set_index("effect").loc["rainy"]
    holds(row, "rate_ratio", planted_in_hospital["H-T16", "January to March, fever units"])
    assert row["verdict"] == "real"


@pytest.mark.parametrize("payer", ["bpjs", "insurance", "self_pay", "corporate"])
def test_margins(visits, planted_in_hospital, payer):  # H-T15
    found = patients.margins(visits)
    holds(
        found.table.set_index("payer_group").loc[payer],
        "margin_share",
        planted_in_hospital["H-T15", f"margin, {payer}"],
    )
    facts = found.facts
    assert facts["mix_effect"] + facts["rate_effect"] == pytest.approx(facts["change"])
    assert facts["mix_effect"] < -0.05 and abs(facts["rate_effect"]) < 0.01  # only the mix moved
    assert found.table["margin"].iloc[:-1].sum() == found.table["margin"].iloc[-1]


def test_the_mix_of_payers_moves(visits):  # what H-T08 rests on
    facts = patients.payer_mix(visits).facts
    assert facts["payer"] == "bpjs" and facts["verdict"] == "real"
    assert facts["change_low"] <= 0.22 <= facts["change_high"]


def test_check_ups_offered_by_lot(clinic, planted_in_hospital):  # H-T14
    found = patients.offers(clinic["checkup_offers"], on=["bought_before"])
    rows = found.table.set_index("column")
    holds(rows.loc["offer_made"], "odds_ratio", planted_in_hospital["H-T14", "odds ratio, offered"])
    holds(rows.loc["bought_before"], "odds_ratio", planted_in_hospital["H-T14", "odds ratio, bought before"])
    assert found.facts["verdict"] == "noise"  # at this size; that is what an interval says


def test_few_contracts_give_no_verdict(clinic):  # H-T22: at size S four contracts have ended
    found = patients.renewals(clinic["corporate_contracts"], as_of=DAY, by="employee_nps")
    rows = found.table.set_index("group")
    holds(rows.loc["zero_or_more"], "renewed_share", 0.70)
    holds(rows.loc["below_zero"], "renewed_share", 0.55)
    assert found.facts["verdict"] == "too_few" and found.facts["n"] == 4


# -- worked by hand ----------------------------------------------------------------------------------------------------


def test_visits_and_patients():  # H04
    who = list(range(900)) + list(range(300))
    table = pd.DataFrame({"patient_id": who, "checked_in_at": "2024-05-06"})
    facts = patients.months(table, as_of="2024-05-31").facts
    assert (facts["visits"], facts["patients"], round(facts["visits_per_patient"], 2)) == (1200, 900, 1.33)


def test_months_have_working_days_and_people_are_counted_once():
    table = pd.DataFrame(
        {"patient_id": [1, 2, 1, 3], "checked_in_at": ["2024-01-03", "2024-01-04", "2024-02-01", "2024-02-01"]}
    )
    people = pd.DataFrame({"patient_id": [1, 2, 3], "registered_on": ["2020-01-01", "2024-01-04", "2024-02-01"]})
    found = patients.months(table, as_of="2024-02-29", registered=people)
    rows = found.table.set_index("month")
    # January 2024 has 27 days from Monday to Saturday, one of them New Year; February 25, less three holidays
    assert rows.loc["2024-01", "working_days"] == 26 and rows.loc["2024-02", "working_days"] == 22
    assert rows["new_patients"].tolist() == [1, 1, 2] and found.facts["patients"] == 3
    assert found.facts["patients_of_months"] == 4


def test_tasks_overdue():  # H03
    made = ["2024-01-01"] * 20
    table = pd.DataFrame(
        {"owner": ["a", "b"] * 10, "created_on": made, "due_on": ["2024-01-05"] * 5 + ["2024-03-05"] * 15}
    )
    facts = patients.tasks_due(table.assign(done_on=None), as_of="2024-01-10").facts
    assert facts["overdue"] == 5 and facts["overdue_share"] == 0.25 and facts["late_share"] == 1.0
    done = patients.tasks_due(table.assign(done_on="2024-02-01"), as_of="2024-01-10").facts
    assert done["overdue"] == 5  # what is done later was not done yet


def test_silence_is_slower_than_any_reply():
    table = pd.DataFrame({"sender": "patient", "receiver": "doctor", "reply_minutes": [5.0, 10, 20, None, None]})
    facts = patients.contacts(table).facts
    assert facts["slow_median"] == 20 and facts["unanswered_share"] == 0.4
    most = patients.contacts(table.assign(reply_minutes=[5.0, 10, None, None, None])).table.iloc[0]
    assert most["median_reply_minutes"] != most["median_reply_minutes"]


# -- whom one may write to ---------------------------------------------------------------------------------------------

PEOPLE = pd.DataFrame(
    {
        "patient_id": range(1, 41), "city": ["Bekasi"] * 30 + ["Depok"] * 10,
        "chronic_condition": ["diabetes", "none"] * 20,
        "marketing_consent": [True] * 36 + [False] * 4, "health_messages_consent": [True] * 24 + [False] * 16,
        "deceased_on": [pd.Timestamp("2024-01-01")] + [pd.NaT] * 39, "phone": "+6280001234567",
    }
)  # fmt: skip


def ask(where, **more):
    ledger = patients.ledger_of(PEOPLE, at="2024-06-01", timezone="WIB")
    given = {"purpose": "marketing", "channel": "whatsapp", "at": "2024-12-31", "ledger": ledger}
    return patients.target_group(PEOPLE, where, **{**given, **more})


def test_consent_decides():
    found = ask({"city": "Bekasi"})
    assert found.table.values.tolist() == [["patients", 0, 40], ["city", 10, 30], ["alive", 1, 29], ["consent", 0, 29]]
    assert found.people()["phone"].iloc[0] == "+62800•••••567"


def test_an_illness_is_no_consent():
    with pytest.raises(UserError) as caught:
        ask({"chronic_condition": "diabetes"})
    said = caught.value.render("en")
    assert caught.value.code == "patients.specific_data"
    assert "This group is chosen by specific personal data (chronic_condition)." in said
    assert "Consent to marketing alone is not enough: being ill is no consent." in said
    assert "sakit bukan persetujuan" in caught.value.render("id")


def test_explicit_consent_opens_the_gate_and_the_illness_stays_behind():
    found = ask({"chronic_condition": "diabetes"}, explicit="health_messages")
    assert found.table["step"].tolist() == ["patients", "specific_data", "alive", "explicit_consent", "consent"]
    assert found.facts["remaining"] == 11
    assert "chronic_condition" not in found.people() and "chronic_condition" not in found.campaign.people


def test_withdrawn_consent_counts():
    ledger = patients.ledger_of(PEOPLE, at="2024-06-01", timezone="WIB").add(
        [
            {
                "customer_id": 5,
                "purpose": "marketing",
                "channel": "all",
                "action": "withdraw",
                "at": "2024-07-01T08:00+07:00",
            }
        ]
    )
    assert isinstance(ledger, ConsentLedger)
    assert ask({"city": "Bekasi"}, ledger=ledger).facts["remaining"] == 28


def test_a_group_of_seven_is_hidden():  # H05
    found = ask({"patient_id": (2, 8)})
    assert found.facts["hidden"] and found.facts["remaining"] is None
    assert found.table["remaining"].isna().tolist() == [False, True, True, True]
    with pytest.raises(UserError) as caught:
        found.people()
    assert caught.value.code == "patients.group_small"
    assert "7" not in str(found.explain("en")) + str(found.explain("id", "short"))


# -- refused -----------------------------------------------------------------------------------------------------------

VISITS = pd.DataFrame(
    {"patient_id": [1, 2], "checked_in_at": "2024-01-02", "payer_group": "x", "amount": 1.0, "cost": 1.0}
)
CONTRACT = pd.DataFrame({"starts_on": ["2024-01-01"], "ends_on": ["2024-12-01"], "status": ["ended"]})
TASK = pd.DataFrame({"owner": ["a"], "created_on": ["2024-01-05"], "due_on": ["2024-01-01"]})


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("frames.no_table", lambda: patients.months(3, as_of=DAY)),
        ("frames.missing_column", lambda: patients.months(VISITS[["patient_id"]], as_of=DAY)),
        ("frames.empty", lambda: patients.months(VISITS, as_of="2020-01-01")),
        ("frames.bad_day", lambda: patients.months(VISITS, as_of="soon")),
        ("frames.bad_times", lambda: patients.months(VISITS.assign(checked_in_at="soon"), as_of=DAY)),
        ("bad_period", lambda: patients.payer_mix(VISITS, period="week")),
        ("bad_effect", lambda: patients.seasonality(VISITS, at="checked_in_at", effects=["rain"], as_of=DAY)),
        ("few_days", lambda: patients.seasonality(VISITS, at="checked_in_at", as_of="2024-01-20")),
        ("no_calendar", lambda: patients.seasonality(VISITS, at="checked_in_at", as_of="2040-01-20")),
        ("no_effects", lambda: patients.seasonality(VISITS, at="checked_in_at", effects=["ramadan"], since="2024-05-01",
                                                    as_of="2024-12-01")),
        ("no_revenue", lambda: patients.margins(VISITS.assign(amount=0.0))),
        ("no_year", lambda: patients.margins(VISITS, between=(2019, 2024))),
        ("all_offered", lambda: patients.offers(pd.DataFrame({"offered": True, "bought": [True, False]}))),
        ("bad_status", lambda: patients.renewals(CONTRACT.assign(status="over"), as_of=DAY)),
        ("ends_before", lambda: patients.renewals(CONTRACT.assign(ends_on="2023-01-01"), as_of=DAY)),
        ("due_before", lambda: patients.tasks_due(TASK, as_of=DAY)),
        ("no_consents", lambda: patients.ledger_of(VISITS, at=DAY, timezone="WIB")),
        ("no_rule", lambda: ask({})),
        ("bad_range", lambda: ask({"patient_id": (1, 2, 3)})),
        ("no_value", lambda: ask({"city": "Bekassi"})),
    ],
)  # fmt: skip
def test_refused(code, call):
    with pytest.raises(UserError) as caught:
        call()
    assert caught.value.code == (code if "." in code else f"patients.{code}")
    assert all(caught.value.render(lang) for lang in ("id", "en"))
