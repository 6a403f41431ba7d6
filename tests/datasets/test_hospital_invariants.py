"""What must hold in every row of RS Sehat Nusantara, at sizes S and M."""

import re

import numpy as np
import pandas as pd
import pytest

from crmlab import calendar
from crmlab.datasets.hospital import planted

REFERENCES = (  # table, column, table it points to, key there
    ("doctors", "unit_id", "units", "unit_id"),
    ("companies", "payer_id", "payers", "payer_id"),
    ("clinics", "city_id", "regions", "city_id"),
    ("patients", "city_id", "regions", "city_id"),
    ("patients", "payer_id", "payers", "payer_id"),
    ("slots", "doctor_id", "doctors", "doctor_id"),
    ("appointments", "patient_id", "patients", "patient_id"),
    ("appointments", "unit_id", "units", "unit_id"),
    ("appointments", "doctor_id", "doctors", "doctor_id"),
    ("appointments", "slot_id", "slots", "slot_id"),
    ("appointments", "payer_id", "payers", "payer_id"),
    ("reminders", "appointment_id", "appointments", "appointment_id"),
    ("visits", "appointment_id", "appointments", "appointment_id"),
    ("visits", "patient_id", "patients", "patient_id"),
    ("visits", "unit_id", "units", "unit_id"),
    ("visits", "doctor_id", "doctors", "doctor_id"),
    ("visits", "payer_id", "payers", "payer_id"),
    ("survey_invitations", "visit_id", "visits", "visit_id"),
    ("survey_invitations", "patient_id", "patients", "patient_id"),
    ("survey_answers", "survey_id", "survey_invitations", "survey_id"),
    ("complaints", "visit_id", "visits", "visit_id"),
    ("complaints", "patient_id", "patients", "patient_id"),
    ("complaints", "unit_id", "units", "unit_id"),
    ("compared_visits", "visit_id", "visits", "visit_id"),
    ("referrals", "visit_id", "visits", "visit_id"),
    ("referrals", "patient_id", "patients", "patient_id"),
    ("referrals", "clinic_id", "clinics", "clinic_id"),
    ("checkup_offers", "patient_id", "patients", "patient_id"),
    ("checkup_sales", "offer_id", "checkup_offers", "offer_id"),
    ("checkup_sales", "package_id", "checkup_packages", "package_id"),
    ("corporate_contracts", "company_id", "companies", "company_id"),
    ("communications", "patient_id", "patients", "patient_id"),
    ("access_log", "patient_id", "patients", "patient_id"),
    ("staff_survey", "unit_id", "units", "unit_id"),
)

KEYS = {
    "dates": ["date"],
    "regions": ["city_id"],
    "units": ["unit_id"],
    "doctors": ["doctor_id"],
    "payers": ["payer_id"],
    "companies": ["company_id"],
    "clinics": ["clinic_id"],
    "patients": ["patient_id"],
    "slots": ["slot_id"],
    "appointments": ["appointment_id"],
    "reminders": ["reminder_id"],
    "visits": ["visit_id"],
    "survey_invitations": ["survey_id"],
    "survey_answers": ["survey_id"],
    "complaints": ["complaint_id"],
    "compared_visits": ["visit_id"],
    "referrals": ["referral_id"],
    "checkup_packages": ["package_id"],
    "checkup_offers": ["offer_id"],
    "checkup_sales": ["sale_id"],
    "corporate_contracts": ["contract_id"],
    "calls": ["call_id"],
    "communications": ["message_id"],
    "tasks": ["task_id"],
    "access_log": ["access_id"],
    "staff_survey": ["wave", "unit_id"],
}

ROWS = {  # the specification's, at size M; how far the world may be away
    "patients": (45_000, 0.0),
    "slots": (410_000, 0.10),
    "appointments": (160_000, 0.03),
    "reminders": (95_000, 0.25),
    "visits": (132_000, 0.05),
    "survey_invitations": (36_000, 0.0),
    "survey_answers": (9_000, 0.03),
    "complaints": (2_600, 0.0),
    "referrals": (11_900, 0.05),
    "checkup_offers": (12_000, 0.0),
    "checkup_sales": (1_900, 0.10),
    "corporate_contracts": (85, 0.0),
    "calls": (58_000, 0.05),
    "communications": (300_000, 0.0),
    "tasks": (6_000, 0.0),
    "access_log": (200_000, 0.0),
    "staff_survey": (14 * 8, 0.0),
}


@pytest.mark.parametrize(("table", "column", "target", "key"), REFERENCES)
def test_every_reference_resolves(clinic, table, column, target, key):
    values = clinic.clean[table][column].dropna()
    assert len(values)
    assert values.isin(clinic.clean[target][key]).all()


def test_every_clean_table_has_a_key(clinic):
    assert set(KEYS) == set(clinic.clean)
    for table, key in KEYS.items():
        assert not clinic.clean[table].duplicated(key).any(), table
        assert clinic.clean[table][key].notna().all().all(), table


def test_row_counts_are_those_of_the_specification(standard_clinic):
    for table, (rows, away) in ROWS.items():
        assert abs(len(standard_clinic.clean[table]) - rows) <= away * rows, table


def test_nothing_happens_before_registering_or_after_death(clinic):
    people = clinic.clean["patients"][["patient_id", "registered_on", "deceased_on", "born_on"]]
    assert (people["born_on"] < people["registered_on"]).all()
    assert ~(people["deceased_on"] < people["registered_on"]).any()
    seen = (
        ("appointments", "booked_on"),
        ("appointments", "scheduled_at"),
        ("visits", "checked_in_at"),
        ("survey_invitations", "asked_on"),
        ("complaints", "opened_at"),
        ("referrals", "referred_on"),
        ("checkup_offers", "decided_on"),
        ("checkup_sales", "sold_on"),
        ("communications", "sent_at"),
        ("access_log", "at"),
    )
    for name, column in seen:
        table = clinic.clean[name][["patient_id", column]].dropna().merge(people, on="patient_id")
        day = table[column].dt.normalize()
        assert (day >= table["registered_on"]).all(), (name, column)
        assert ~(day >= table["deceased_on"]).any(), (name, column)


def test_everything_lies_in_the_four_years(clinic):
    last = pd.Timestamp(planted.LAST_DAY) + pd.Timedelta(days=1)
    for table, column in (
        ("appointments", "scheduled_at"),
        ("visits", "checked_in_at"),
        ("survey_answers", "answered_on"),
        ("complaints", "opened_at"),
        ("complaints", "resolved_at"),
        ("referrals", "replied_on"),
        ("checkup_sales", "sold_on"),
        ("calls", "called_at"),
        ("communications", "sent_at"),
        ("tasks", "done_on"),
        ("access_log", "at"),
    ):
        values = clinic.clean[table][column].dropna()
        assert values.min() >= pd.Timestamp(planted.FIRST_DAY), (table, column)
        assert values.max() < last, (table, column)


def test_appointments_stand_in_their_own_slots(clinic):
    made = clinic.clean["appointments"].merge(clinic.clean["slots"], on="slot_id", suffixes=("", "_slot"))
    assert not made["slot_id"].duplicated().any()
    assert (made["scheduled_at"] == made["starts_at"]).all()
    assert (made["doctor_id"] == made["doctor_id_slot"]).all()
    assert clinic.clean["slots"]["booked"].sum() == len(made)
    units = clinic.clean["doctors"].set_index("doctor_id")["unit_id"]
    assert (made["doctor_id"].map(units) == made["unit_id"]).all()
    assert ((made["scheduled_at"].dt.normalize() - made["booked_on"]).dt.days == made["lead_days"]).all()


def test_visits_follow_attended_appointments(clinic):
    seen, made = clinic.clean["visits"], clinic.clean["appointments"]
    kept = seen.dropna(subset="appointment_id").merge(made, on="appointment_id", suffixes=("", "_made"))
    assert len(kept) == (made["status"] == "attended").sum()
    for column in ("patient_id", "unit_id", "doctor_id", "payer_id"):
        assert (kept[column] == kept[f"{column}_made"]).all()
    assert (kept["checked_in_at"] <= kept["scheduled_at"]).all()
    urgent = seen["appointment_id"].isna()
    emergency = clinic.clean["units"].set_index("unit")["unit_id"]["emergency"]
    assert ((seen["unit_id"] == emergency) == urgent).all()
    assert (seen["examined_at"].isna() == urgent).all()
    assert (seen["wait_minutes"].isna() == urgent).all()
    waited = (seen["examined_at"] - seen["checked_in_at"]).dt.total_seconds() / 60
    assert (waited - seen["wait_minutes"]).abs().max() <= 0.1
    assert (seen["finished_at"] > seen["examined_at"].fillna(seen["checked_in_at"])).all()


def test_reminders_go_only_to_who_agreed_and_only_since_the_pilot(clinic):
    sent = (
        clinic.clean["reminders"]
        .merge(clinic.clean["appointments"])
        .merge(clinic.clean["patients"][["patient_id", "reminder_consent"]])
    )
    assert sent["reminder_consent"].all()
    assert (sent["scheduled_at"] >= pd.Timestamp(planted.PILOT[0])).all()
    assert (sent["lead_days"] >= 1).all()
    assert (sent["sent"] == (sent["arm"] != "pilot_control")).all()
    assert (sent.loc[sent["hours_before"] == 72, "lead_days"] >= 3).all()
    assert not (sent["read"] & ~sent["sent"]).any()
    assert not (sent["replied"] & ~sent["read"]).any()


def test_people_are_synthetic(clinic):
    people = clinic.clean["patients"]
    assert people["phone"].str.fullmatch(r"\+628000\d{7}").all()
    assert people["email"].str.endswith("@contoh.id").all()
    assert people["national_id"].str.fullmatch(r"00\d{14}").all()  # there is no area 00


def test_provinces_are_the_38_since_2022(clinic):
    regions = clinic.clean["regions"]
    assert regions["province_code"].nunique() == 38
    assert {"92", "95", "96", "97"} <= set(regions["province_code"])
    assert not regions["city"].duplicated().any()
    assert (regions.groupby("province_code")["province"].nunique() == 1).all()
    assert (regions.groupby("province")["island"].nunique() == 1).all()


def test_the_calendar_is_the_official_one(clinic):
    days = clinic.clean["dates"].set_index("date")
    assert len(days) == planted.N_DAYS
    assert days.loc["2023-04-22", "holiday"] == "idul_fitri"
    assert days.loc["2024-03-12", "ramadan"] and not days.loc["2024-03-11", "ramadan"]
    assert (days.loc["2024-04-10", "days_to_idul_fitri"]) == 0
    assert calendar.LAST_DAY >= planted.LAST_DAY


def test_payers_pay_no_more_than_the_bill_and_their_ceiling(clinic):
    seen = clinic.clean["visits"].merge(clinic.clean["payers"], on="payer_id")
    assert (seen["paid_by_payer"] <= seen["amount"]).all()
    assert ~(seen["paid_by_payer"] > seen["ceiling"]).any()
    assert (seen.loc[seen["payer_group"] == "self_pay", "paid_by_payer"] == 0).all()
    assert (seen.loc[seen["payer_group"] == "bpjs", "paid_by_payer"] == seen.loc[
        seen["payer_group"] == "bpjs", "amount"]).all()  # fmt: skip


def test_units_see_whom_they_treat(clinic):
    people = clinic.clean["patients"].set_index("patient_id")
    seen = clinic.clean["visits"].merge(clinic.clean["units"])
    assert (seen.loc[seen["unit"] == "obgyn", "patient_id"].map(people["gender"]) == "female").all()
    children = seen[seen["unit"] == "paediatrics"]
    age = (children["checked_in_at"] - children["patient_id"].map(people["born_on"])).dt.days / 365.25
    assert age.max() < 18
    paid = seen.loc[seen["unit"] == "checkup", "payer_id"].map(clinic.payer_group)
    assert "bpjs" not in set(paid)


def test_contracts_follow_one_another(clinic):
    table = clinic.clean["corporate_contracts"].sort_values(["company_id", "starts_on"])
    following = table.groupby("company_id")["starts_on"].shift(-1)
    renewed = table["status"] == "renewed"
    assert (following[renewed] == table.loc[renewed, "ends_on"] + pd.Timedelta(days=1)).all()
    assert following[~renewed].isna().all()
    running = table["ends_on"] > pd.Timestamp(planted.LAST_DAY)
    assert (running == (table["status"] == "running")).all()
    assert (table["renewed"].isna() == running).all()


def test_complaints_are_settled_after_they_are_made(clinic):
    told = clinic.clean["complaints"].merge(clinic.clean["visits"][["visit_id", "checked_in_at"]])
    assert (told["opened_at"] > told["checked_in_at"]).all()
    assert ~(told["resolved_at"] <= told["opened_at"]).any()
    assert told["resolved_at"].isna().any()


def test_star_holds_what_the_clean_tables_hold(clinic):
    visits, fact = clinic.clean["visits"], clinic.star["fact_visit"]
    for column in ("amount", "cost", "paid_by_payer"):
        assert fact[column].sum() == visits[column].sum()
    assert fact["margin"].sum() == visits["amount"].sum() - visits["cost"].sum()
    assert len(clinic.star["fact_appointment"]) == len(clinic.clean["appointments"])
    assert clinic.star["fact_appointment"]["no_show"].sum() == clinic.kept["missed"].sum()
    assert clinic.star["fact_appointment"]["kept"].sum() == len(clinic.kept)
    assert len(clinic.star["fact_survey"]) == len(clinic.clean["survey_answers"])
    assert clinic.star["fact_survey_invitation"]["answered"].sum() == len(clinic.star["fact_survey"])
    assert len(clinic.star["fact_referral"]) == len(clinic.clean["referrals"])
    assert len(clinic.star["fact_call"]) == len(clinic.clean["calls"])


def test_patient_groups_follow_their_rule(clinic):
    """The rule of the data sheet, applied anew to the clean tables."""
    people = clinic.clean["patients"].set_index("patient_id")
    seen = clinic.clean["visits"]
    last = seen.groupby("patient_id")["checked_in_at"].max().dt.normalize().reindex(people.index)
    border = pd.Timestamp(planted.LAST_DAY) - pd.Timedelta(days=364)
    recent = seen[seen["checked_in_at"] >= border].groupby("patient_id").size().reindex(people.index, fill_value=0)
    rule = np.select(
        [
            last.isna(),
            last < border,
            people["chronic_condition"] != "none",
            recent >= 3,
            people["registered_on"] >= border,
        ],
        ["never_visited", "ex_patient", "chronic", "regular", "new"],
        "occasional",
    )
    assert (clinic.star["dim_patient"].set_index("patient_id")["patient_group"] == rule).all()


def test_the_front_desk_learns_nothing_about_twins_from_their_names(clinic):
    people = clinic.clean["patients"].set_index("patient_id")
    for one, other in clinic.truth["twins"].itertuples(index=False):
        first, second = people.loc[one], people.loc[other]
        for column in ("born_on", "phone", "address", "city_id"):
            assert first[column] == second[column]
        assert sorted(first["name"]) != sorted(second["name"])
    for child, parent in clinic.truth["household_phone"].itertuples(index=False):
        assert people.loc[child, "phone"] == people.loc[parent, "phone"]
        assert people.loc[child, "born_on"] > people.loc[parent, "born_on"]


def test_no_column_is_empty_or_says_only_one_thing(clinic):
    # four contracts may end alike, and days that are not full all have slots of half an hour
    small = {("corporate_contracts", "renewed"), ("corporate_contracts", "status"), ("slots", "minutes")}
    for layer in (clinic.clean, clinic.star):
        for name, table in layer.items():
            for column in table.columns:
                assert table[column].nunique(dropna=False) > 1 or (name, column) in small, (name, column)


def test_names_are_snake_case(clinic):
    for layer in (clinic.clean, clinic.star, clinic.truth):
        for name, table in layer.items():
            assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
            assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in table.columns), name
