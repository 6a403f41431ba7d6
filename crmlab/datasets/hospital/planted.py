"""What is planted in RS Sehat Nusantara: every parameter of its world, in one place.

The names H-T01 and so on are those of the truths in ``truths.json``; `crmlab.datasets.hospital.reference` recovers
them.
"""

import datetime as dt

SEED = 62022
# which of its streams a subject draws from, by size, where it is not the first; found by
# `crmlab.datasets.hospital.screening`
TAKES = {
    "S": {"visits.wait": 2, "surveys": 28, "complaints": 1},
    "M": {"visits.wait": 1, "surveys": 6, "checkups": 1},
    "L": {"bookings": 1, "visits.pay": 1, "visits.wait": 2, "surveys": 1, "contracts": 2},
}
FIRST_DAY = dt.date(2021, 1, 1)
LAST_DAY = dt.date(2024, 12, 31)
N_DAYS = (LAST_DAY - FIRST_DAY).days + 1
SCALES = {"S": 0.05, "M": 1.0, "L": 8.0}


def day_of(date):
    """Give the number of a day, of which 0 is the first."""
    return (date - FIRST_DAY).days


# payers ---------------------------------------------------------------------------------------------------------------
PAYER_GROUPS = ("bpjs", "insurance", "self_pay", "corporate")
BPJS, INSURANCE, SELF_PAY, CORPORATE = range(4)
PAYER_MIX = (  # H-T08: of bookings, by year
    (0.40, 0.27, 0.23, 0.10),
    (0.47, 0.24, 0.20, 0.09),
    (0.55, 0.21, 0.16, 0.08),
    (0.62, 0.18, 0.13, 0.07),
)
WAIT_MINUTES = (75.0, 45.0, 38.0, 40.0)  # H-T05: means of gamma distributions
WAIT_SHAPE = 4
WAIT_STANDARD_MINUTES = 60
PROMOTERS = (0.42, 0.52, 0.57, 0.54)  # H-T07
DETRACTORS = (0.24, 0.17, 0.15, 0.16)
MARGIN = (-0.06, 0.18, 0.28, 0.22)  # H-T15

# patients -------------------------------------------------------------------------------------------------------------
PATIENTS_BEFORE = 18_000  # registered before the first day
PATIENTS_NEW = 27_000
DUPLICATES = 0.03  # H-T18: rows of the raw register that are somebody's second
DUPLICATE_KINDS = {"phone_format": 0.50, "name_typo": 0.30, "both": 0.20}
TWINS = 0.004  # H-T18: patients who have a twin among the patients
CHILDREN_ON_A_PARENTS_PHONE = 0.08
VIPS = 0.005
DECEASED = 0.004
OTHER_PAYER = 0.05  # of a known patient's bookings

# appointments ---------------------------------------------------------------------------------------------------------
UNITS = (
    *("general", "paediatrics", "internal_medicine", "obgyn", "cardiology", "neurology", "dental", "eye", "ent"),
    *("dermatology", "orthopaedics", "rehabilitation", "checkup", "emergency"),
)
GENERAL, PAEDIATRICS, INTERNAL, OBGYN = range(4)
CHECKUP, EMERGENCY = 12, 13
UNIT_WEIGHT = (30, 14, 16, 20, 16, 10, 16, 12, 10, 10, 10, 10, 6, 0)
FEVER_UNITS = (PAEDIATRICS, INTERNAL)  # a sixth of all appointments, so that 1.60 for them makes 1.10 for all
DOCTORS = (7, 5, 6, 5, 4, 4, 5, 4, 4, 4, 3, 3, 2, 6)
APPOINTMENTS_A_DAY = 128.0
EMERGENCIES_A_DAY = 10.0
SUNDAY = 0.15  # H-T16; a national holiday outside the week of Idul Fitri is like a Sunday
RAMADAN = 0.88  # H-T16
RAINY_MONTHS = (1, 2, 3)
FEVER_IN_RAINY_MONTHS = 1.60  # H-T16: dengue
ALL_IN_RAINY_MONTHS = 1.10  # H-T16
FITRI_WEEK = 0.50  # H-T17: three days before Idul Fitri to three days after
FITRI_WEEK_DAYS = 3
SAME_DAY = 0.06
LEAD_SCALE_DAYS = 9
MOST_LEAD_DAYS = 60
CANCELLED, RESCHEDULED = 0.06, 0.04

# no-shows and reminders -----------------------------------------------------------------------------------------------
NO_SHOW_INTERCEPT = -2.05  # H-T01, log odds
NO_SHOW_PER_LEAD_DAY = 0.03
NO_SHOW_ODDS = {"reminded": 0.55, "bpjs": 1.25, "new_patient": 1.40, "missed_before": 2.0}
PILOT = (dt.date(2023, 1, 1), dt.date(2023, 6, 30))  # H-T02: half of the bookings, by lot
PILOT_RISK_RATIO = 0.609  # what the odds ratio makes of the risks of the pilot's appointments
ROUTINE_SINCE = dt.date(2023, 7, 1)  # H-T03
ROUTINE_LONG_LEAD_DAYS = 7
ROUTINE = (0.15, 0.85)  # chance of a reminder, by short and long lead
NAIVE_RISK_RATIO = 0.74  # H-T03: what comparing reminded with others gives, which is wrong
NO_SHOW_BEFORE = (0.17, 0.20)  # H-T04: where the share lies before there were reminders

# visits ---------------------------------------------------------------------------------------------------------------
CENTRAL_DATABASE = dt.date(2023, 1, 1)
REPEATED = (0.74, 0.45)  # H-T10: had to give the same information again, before and since
REGISTRATION_ERRORS = (0.05, 0.03)

# surveys --------------------------------------------------------------------------------------------------------------
INVITES = 36_000
ANSWERED = 0.25
CSAT_BASE, CSAT_PER_MINUTE, CSAT_FREE_MINUTES, CSAT_SPREAD = 4.55, -0.012, 30, 0.8  # H-T06
CES_REVERSED_SINCE = dt.date(2023, 7, 1)  # H-T09: version 2, where 7 means easy
EFFORT = (0.27, 0.335, 0.20, 0.105, 0.05, 0.03, 0.01)  # 1 easy to 7 hard
MEAN_EFFORT = 2.46
FACTORS = (  # H-T20: name, mean performance, how much it goes with satisfaction
    ("accessibility", 3.7, 0.40),
    ("competence", 4.2, 0.35),
    ("recognition", 3.5, 0.25),
    ("helpfulness", 4.0, 0.45),
    ("personalization", 3.3, 0.30),
    ("problem_solving", 3.6, 0.95),
    ("promise_fulfilment", 3.8, 0.40),
    ("value_for_time", 2.9, 1.10),
)
TOPICS = (
    *("waiting", "staff", "doctor", "cleanliness", "parking", "charges", "administration", "pharmacy", "booking"),
)
TOPIC_OF_DETRACTORS = (0.31, 0.12, 0.08, 0.07, 0.09, 0.12, 0.11, 0.06, 0.04)  # H-T25
TOPIC_OF_OTHERS = (0.07, 0.26, 0.24, 0.12, 0.05, 0.06, 0.06, 0.06, 0.08)
COMMENTED = 0.5
LABELLED = 0.15
LEAST_F1 = 0.75

# complaints and referrals ---------------------------------------------------------------------------------------------
COMPLAINTS = 2_600
RECOVERY = ("within_1_day", "days_1_to_3", "over_3_days")
RECOVERY_SHARE = (0.40, 0.35, 0.25)
RETURN_NO_COMPLAINT = 0.70  # H-T11: another visit within a year
RETURN = (0.78, 0.66, 0.45)
RETURN_DAYS = 365
REFERRALS_IN, REFERRALS_OUT = 9_500, 2_400
CLINICS, HOSPITALS = 60, 6
ZIPF = 1.15  # H-T12
TOP_CLINICS = 12
TOP_CLINICS_SHARE = 0.7368
FADING_CLINIC = 3  # by rank
FADING_SINCE, FADING = dt.date(2024, 3, 1), 0.40
REPLIED = (0.85, 0.95)  # H-T13: before and since the central database

# check-ups and companies ----------------------------------------------------------------------------------------------
CHECKUP_OFFERS = 12_000
CHECKUP_INTERCEPT, CHECKUP_PRIOR, CHECKUP_OFFER = -2.22, 0.90, 0.5878  # H-T14: log odds; exp 2.46 and 1.80
PRIOR_BUYERS = 0.20
PACKAGES = (("basic", 650_000), ("silver", 1_350_000), ("gold", 2_900_000), ("executive", 5_500_000))
CONTRACTS = 85
RENEWAL, RENEWAL_UNHAPPY = 0.80, 0.55  # H-T22: by whether the company's NPS is at least zero
UNHAPPY_COMPANIES = 0.30

# office ---------------------------------------------------------------------------------------------------------------
MESSAGES = 300_000
TASKS = 6_000
CALL_DAYS = 83  # the log of the peak hours, last working days first
CALLS_AN_HOUR, HANDLING_SECONDS = 100, 180  # H-T24
AGENTS = (6, 7, 8)
SERVICE_SECONDS = 20
SERVICE_LEVEL = (0.474, 0.740, 0.880)
LOOKUPS = 200_000
SUSPICIOUS = 40  # H-T19
EXPORT_AT = dt.datetime(2024, 5, 6, 21, 40)  # H-T23
NOTICE_HOURS = 72
OVERBOOKING = {"slots": 20, "booked": 25, "no_show": 0.20, "too_many": 0.421}  # H-T21
STAFF_WAVES = 8
