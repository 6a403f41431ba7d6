"""The star of RS Sehat Nusantara as plain data: facts, dimensions, keys, hierarchies, measures.

Nothing heavy is needed to read it.
"""

from crmlab.datasets.hospital import planted

# a member that says "this does not apply", which is not the same as "unknown"
NO_APPOINTMENT = "no_appointment"

_SHARED = {
    "date": "date",
    "patient": "patient_id",
    "region": "city_id",
    "care_unit": "unit_id",
    "doctor": "doctor_id",
    "payer": "payer_id",
    "channel": "channel_id",
}


def _fact(name, grain, attributes=(), keys=_SHARED, personal=("patient_id",)):
    return {
        "name": name,
        "table": f"fact_{name}",
        "grain": list(grain),
        "keys": dict(keys),
        "attributes": list(attributes),
        "personal": list(personal),
    }


def _dimension(name, key, hierarchies, attributes=(), personal=(), order=None):
    return {
        "name": name,
        "table": f"dim_{name}",
        "key": key,
        "hierarchies": hierarchies,
        "attributes": list(attributes),
        "personal": list(personal),
        "order": order or {},
    }


def _count(name, fact):
    return {"name": name, "kind": "count", "fact": fact, "column": None, "unit": "count"}


def _sum(name, fact, column, unit="count"):
    return {"name": name, "kind": "sum", "fact": fact, "column": column, "unit": unit}


def _mean(name, fact, column, unit="number"):
    return {"name": name, "kind": "mean", "fact": fact, "column": column, "unit": unit}


def _ratio(name, numerator, denominator, unit="share"):
    return {"name": name, "kind": "ratio", "numerator": numerator, "denominator": denominator, "unit": unit}


_REFERRAL_KEYS = {name: _SHARED[name] for name in ("date", "patient", "region", "care_unit", "payer")} | {
    "clinic": "clinic_id"
}

DESCRIPTION = {
    "name": "RS Sehat Nusantara",
    "currency": "IDR",
    "dimensions": [
        _dimension(
            "date",
            "date",
            {"calendar": ["year", "quarter", "month", "date"], "weeks": ["iso_year", "week", "date"]},
            ("month_of_year", "weekday", "weekend", "holiday", "national_holiday", "ramadan"),
            order={"weekday": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]},
        ),
        _dimension(
            "patient",
            "patient_id",
            {"patient_group": ["patient_group"], "age": ["age_band"]},
            ("patient", "gender", "occupation", "source", "chronic_condition", "vip"),
            personal=("patient", "patient_id"),
            order={
                "patient_group": ["new", "occasional", "regular", "chronic", "ex_patient", "never_visited"],
                "age_band": [
                    *("age_0_4", "age_5_17", "age_18_24", "age_25_34", "age_35_44", "age_45_54", "age_55_64"),
                    "age_65_plus",
                ],
            },
        ),
        _dimension("region", "city_id", {"geography": ["island", "province", "city"]}, ("greater_jakarta",)),
        _dimension(
            "care_unit",
            "unit_id",
            {"care_unit": ["unit_group", "care_unit"]},
            order={"care_unit": list(planted.UNITS)},
        ),
        _dimension("doctor", "doctor_id", {"doctor": ["doctor_unit", "doctor"]}),
        _dimension(
            "payer",
            "payer_id",
            {"payer": ["payer_group", "payer"]},
            order={"payer_group": list(planted.PAYER_GROUPS)},
        ),
        _dimension("channel", "channel_id", {"channel": ["channel"]}),
        _dimension("clinic", "clinic_id", {"clinic": ["facility_type", "clinic"]}, ("clinic_city",)),
    ],
    "facts": [
        _fact("visit", ("visit_id",), ("diagnosis_group", "wait_band", "hour")),
        _fact("appointment", ("appointment_id",), ("status", "reminder", "lead_band")),
        _fact("survey_invitation", ("survey_id",)),
        _fact("survey", ("survey_id",), ("ces_version", "topic")),
        _fact("referral", ("referral_id",), ("direction",), _REFERRAL_KEYS),
        _fact("call", ("call_id",), ("call_reason", "agents_on_duty", "hour"), {"date": "date"}, ()),
    ],
    "measures": [
        _count("visits", "visit"),
        {"name": "patients", "kind": "count_distinct", "fact": "visit", "column": "patient_id", "unit": "count"},
        {
            "name": "visits_per_patient",
            "kind": "calc",
            "formula": "visits / patients",
            "unit": "number",
        },
        _sum("revenue", "visit", "amount", "money"),
        _sum("care_cost", "visit", "cost", "money"),
        _sum("margin", "visit", "margin", "money"),
        _ratio("margin_share", "margin", "revenue"),
        _sum("paid_by_payer", "visit", "paid_by_payer", "money"),
        _mean("wait_minutes", "visit", "wait_minutes"),
        _sum("waited", "visit", "waited"),
        _sum("seen_in_time", "visit", "in_time"),
        _ratio("in_time_share", "seen_in_time", "waited"),
        _sum("repeated_visits", "visit", "repeated"),
        _ratio("repeated_share", "repeated_visits", "visits"),
        _sum("registration_errors", "visit", "registration_error"),
        _ratio("registration_error_share", "registration_errors", "visits"),
        _sum("new_patients", "visit", "new_patient"),
        _count("appointments", "appointment"),
        _sum("kept_appointments", "appointment", "kept"),
        _sum("no_shows", "appointment", "no_show"),
        _ratio("no_show_share", "no_shows", "kept_appointments"),
        _sum("reminded_appointments", "appointment", "reminded"),
        _mean("lead_days", "appointment", "lead_days", "days"),
        _count("invitations", "survey_invitation"),
        _count("answers", "survey"),
        _ratio("response_share", "answers", "invitations"),
        _sum("promoters", "survey", "promoter"),
        _sum("detractors", "survey", "detractor"),
        {"name": "nps", "kind": "calc", "formula": "100 * (promoters - detractors) / answers", "unit": "points"},
        _sum("satisfied", "survey", "satisfied"),
        _ratio("csat", "satisfied", "answers"),
        _mean("csat_score", "survey", "csat_score", "score"),
        _sum("easy_answers", "survey", "easy"),
        _ratio("easy_share", "easy_answers", "answers"),
        _count("referrals", "referral"),
        _sum("inbound_referrals", "referral", "inbound"),
        _sum("outbound_referrals", "referral", "outbound"),
        _sum("replied_referrals", "referral", "replied"),
        _ratio("replied_share", "replied_referrals", "referrals"),
        _count("calls", "call"),
        _mean("call_wait_seconds", "call", "wait_seconds"),
        _mean("handling_seconds", "call", "handling_seconds"),
        _sum("calls_in_time", "call", "in_time"),
        _ratio("service_level", "calls_in_time", "calls"),
    ],
}
