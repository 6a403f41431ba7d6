"""The star layer: dimensions and facts ready for a cube."""

import numpy as np

from crmlab.datasets.columns import category, text
from crmlab.datasets.hospital import attendance, groups, office, patients, planted, visits
from crmlab.datasets.hospital.clock import dates
from crmlab.datasets.hospital.description import NO_APPOINTMENT

SATISFIED_FROM = 4  # of 5
WAIT_BANDS = ("up_to_30_minutes", "minutes_31_to_60", "minutes_61_to_120", "over_120_minutes")
LEAD_BANDS = ("same_day", "days_1_to_4", "days_5_to_14", "over_14_days")


def build(world):
    """Make the tables of the star.

    Returns
    -------
    dict of str to dict
        Columns by table.
    """
    return {**_dimensions(world), **_facts(world)}


def _dimensions(world):
    tables, people, house = world.tables, world.people, world.house
    age = (planted.N_DAYS - people.born) // 365.25
    band = np.searchsorted(np.array(patients.AGE_EDGES), age, side="right")
    units = list(planted.UNITS)
    patient = tables["patients"]
    channels = (*attendance.CHANNELS, NO_APPOINTMENT)
    return {
        "dim_date": tables["dates"],
        "dim_region": tables["regions"],
        "dim_care_unit": {
            "unit_id": tables["units"]["unit_id"],
            "care_unit": tables["units"]["unit"],
            "unit_group": tables["units"]["unit_group"],
        },
        "dim_doctor": {
            "doctor_id": tables["doctors"]["doctor_id"],
            "doctor": tables["doctors"]["doctor"],
            "doctor_unit": text([units[k] for k in house.doctor_unit.tolist()]),
        },
        "dim_payer": {name: tables["payers"][name] for name in ("payer_id", "payer", "payer_group")},
        "dim_channel": {"channel_id": np.arange(1, len(channels) + 1, dtype=np.int32), "channel": text(channels)},
        "dim_clinic": {
            "clinic_id": tables["clinics"]["clinic_id"],
            "clinic": tables["clinics"]["clinic"],
            "facility_type": tables["clinics"]["facility_type"],
            "clinic_city": text([world.places.city[k] for k in house.clinic_city.tolist()]),
        },
        "dim_patient": {
            "patient_id": patient["patient_id"],
            "patient": patient["name"],
            "patient_group": category(groups.classify(world), groups.NAMES),
            "gender": patient["gender"],
            "age_band": category(band, patients.AGE_BANDS),
            "occupation": patient["occupation"],
            "source": patient["source"],
            "chronic_condition": patient["chronic_condition"],
            "vip": patient["vip"],
        },
    }


def _keys(world, event, doctor, channel):
    events = world.events
    patient = events.patient[event]
    return {
        "patient_id": (patient + 1).astype(np.int32),
        "city_id": (world.people.city[patient] + 1).astype(np.int32),
        "unit_id": (events.unit[event] + 1).astype(np.int32),
        "doctor_id": (doctor + 1).astype(np.int32),
        "payer_id": (world.payer[event] + 1).astype(np.int32),
        "channel_id": (channel + 1).astype(np.int32),
    }


def _facts(world):
    seen, made, events = world.visits, world.appointments, world.events
    came_by = np.where(seen.emergency, len(attendance.CHANNELS), made.channel[seen.appointment])
    of_visit = _keys(world, seen.event, seen.doctor, came_by)
    minutes = visits.wait_minutes(seen.wait)
    band = np.searchsorted(np.array((30, 60, 120)), minutes, side="left")
    lead = events.lead[made.event]
    kept = made.status <= attendance.NO_SHOW
    yes, no = np.int32(1), np.int32(0)
    return {
        "fact_visit": {
            "visit_id": world.tables["visits"]["visit_id"],
            "date": dates(seen.day),
            **of_visit,
            "hour": (seen.arrival // 3_600).astype(np.int32),
            "diagnosis_group": world.tables["visits"]["diagnosis_group"],
            "amount": seen.bill,
            "cost": seen.cost,
            "margin": seen.bill - seen.cost,
            "paid_by_payer": seen.by_payer,
            "wait_minutes": world.tables["visits"]["wait_minutes"],
            "wait_band": category(band, WAIT_BANDS, missing=seen.emergency),
            "waited": np.where(seen.emergency, no, yes),
            "in_time": (~seen.emergency & (minutes <= planted.WAIT_STANDARD_MINUTES)).astype(np.int32),
            "repeated": (seen.repeated > 0).astype(np.int32),
            "registration_error": seen.error.astype(np.int32),
            "new_patient": events.new[seen.event].astype(np.int32),
        },
        "fact_appointment": {
            "appointment_id": world.tables["appointments"]["appointment_id"],
            "date": dates(made.day),
            **_keys(world, made.event, made.doctor, made.channel),
            "status": world.tables["appointments"]["status"],
            "reminder": category(made.reminded.astype(np.int64), ("not_reminded", "reminded")),
            "lead_days": lead.astype(np.int32),
            "lead_band": category(np.searchsorted(np.array((0, 4, 14)), lead, side="left"), LEAD_BANDS),
            "kept": kept.astype(np.int32),
            "no_show": (made.status == attendance.NO_SHOW).astype(np.int32),
            "reminded": made.reminded.astype(np.int32),
        },
        **_survey_facts(world, of_visit),
        **_other_facts(world, of_visit),
    }


def _survey_facts(world, of_visit):
    survey, table = world.survey, world.tables["survey_answers"]
    ids = np.arange(1, len(survey["visit"]) + 1, dtype=np.int32)
    yes = survey["yes"]
    nps, csat, ces, version = (survey[name] for name in ("nps", "csat", "ces", "ces_version"))
    easy = np.where(version == 1, ces <= 3, ces >= 5)
    return {
        "fact_survey_invitation": {
            "survey_id": ids,
            "date": dates(survey["asked"]),
            **{name: values[survey["visit"]] for name, values in of_visit.items()},
            "answered": np.isin(ids - 1, yes).astype(np.int32),
        },
        "fact_survey": {
            "survey_id": ids[yes],
            "date": dates(survey["answered_on"]),
            **{name: values[survey["visit"][yes]] for name, values in of_visit.items()},
            "nps_score": nps.astype(np.int32),
            "promoter": (nps >= 9).astype(np.int32),
            "detractor": (nps <= 6).astype(np.int32),
            "csat_score": csat.astype(np.int32),
            "satisfied": (csat >= SATISFIED_FROM).astype(np.int32),
            "ces_score": ces.astype(np.int32),
            "ces_version": version.astype(np.int32),
            "easy": easy.astype(np.int32),
            "topic": table["topic"],
        },
    }


def _other_facts(world, of_visit):
    sent, calls = world.referral, world.calls
    return {
        "fact_referral": {
            "referral_id": world.tables["referrals"]["referral_id"],
            "date": dates(sent["day"]),
            **{name: of_visit[name][sent["visit"]] for name in ("patient_id", "city_id", "unit_id", "payer_id")},
            "clinic_id": (sent["clinic"] + 1).astype(np.int32),
            "direction": world.tables["referrals"]["direction"],
            "inbound": (~sent["outward"]).astype(np.int32),
            "outbound": sent["outward"].astype(np.int32),
            "replied": sent["replied"].astype(np.int32),
        },
        "fact_call": {
            "call_id": world.tables["calls"]["call_id"],
            "date": dates(calls["day"]),
            "hour": (calls["second"] // 3_600).astype(np.int32),
            "call_reason": category(calls["reason"], office.REASONS),
            "agents_on_duty": calls["agents"].astype(np.int32),
            "wait_seconds": calls["wait"].astype(np.int32),
            "handling_seconds": calls["length"].astype(np.int32),
            "in_time": (calls["wait"] <= planted.SERVICE_SECONDS).astype(np.int32),
        },
    }
