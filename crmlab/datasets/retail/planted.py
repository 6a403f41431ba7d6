"""What is planted in PT XYZ: every parameter of its world, in one place.

The names R-T01 and so on are those of the truths in ``truths.json``; `crmlab.datasets.retail.reference` recovers them.
"""

import datetime as dt

SEED = 20162073
# which of its streams a subject draws from, by size, where it is not the first; found by
# `crmlab.datasets.retail.screening`
TAKES = {"S": {}, "M": {"lab.promo": 1}, "L": {"customers.leave": 2, "baskets": 1, "web": 1}}
FIRST_DAY = dt.date(2016, 1, 1)
LAST_DAY = dt.date(2020, 12, 31)
OPENED = dt.date(2015, 7, 1)  # members could register half a year before the first sale in the data
N_DAYS = (LAST_DAY - FIRST_DAY).days + 1

SCALES = {"S": 0.05, "M": 1.0, "L": 8.0}
CONSUMERS = 18_000
CORPORATES = 900

# channels -------------------------------------------------------------------------------------------------------------
CHANNELS = ("store", "marketplace", "website", "whatsapp", "field_sales")
STORE, MARKETPLACE, WEBSITE, WHATSAPP, FIELD_SALES = range(5)
CHANNEL_ROUTE = ("direct", "indirect", "direct", "direct", "direct")
CHANNEL_COMMISSION = (0.0, 0.09, 0.02, 0.01, 0.03)
CHANNEL_MARGIN = (0.24, 0.15, 0.22, 0.23, 0.18)  # R-T29: the same in every year
ORDERS_A_DAY = (30.0, 8.0, 4.0, 3.0, 6.0)  # field sales: on a weekday
GROWTH_A_YEAR = (0.05, 0.30, 0.18, 0.25, 0.08)
WEEKEND_STORE = 1.35
WEEKEND_FIELD_SALES = 0.05
PAYDAY = 1.30  # R-T01, all consumer channels
FITRI_THREE_WEEKS = (1.0, 1.50, 1.50, 1.35, 1.0)  # R-T02
FITRI_LAST_WEEK = (1.60, 0.80, 0.80, 0.80, 1.0)  # R-T03
FITRI_EVE_AND_DAY = (0.05, 0.80, 0.80, 0.80, 1.0)  # R-T04
TWELVE_TWELVE = (1.0, 3.0, 2.0, 1.0, 1.0)  # R-T05
ELEVEN_ELEVEN = (1.0, 2.2, 1.0, 1.0, 1.0)  # R-T05
PANDEMIC_START = dt.date(2020, 3, 15)
STORE_RECOVERY_START = dt.date(2020, 9, 1)
PANDEMIC = (0.55, 1.45, 1.35, 1.80, 0.60)  # R-T06
STORE_RECOVERY = 0.75  # R-T07, of the level before the pandemic

# customers ------------------------------------------------------------------------------------------------------------
SEGMENTS = ("loyal", "regular", "seasonal", "promo_hunter", "dormant")
LOYAL, REGULAR, SEASONAL, PROMO_HUNTER, DORMANT = range(5)
SEGMENT_WEIGHT = (0.12, 0.23, 0.20, 0.20, 0.25)  # R-T09
SEGMENT_RATE = (1.20, 0.75, 0.25, 0.45, 0.36)  # orders a month, relative to each other; the dormant until they stop,
# which makes about 0.12 over their whole time
SEGMENT_BASKET = (800_000, 350_000, 600_000, 180_000, 300_000)
SEGMENT_BASKET_SIGMA = (0.35, 0.35, 0.35, 0.35, 0.40)
SEGMENT_CHANNEL = (  # taste for store, marketplace, website, WhatsApp
    (1.2, 0.6, 1.0, 1.5),
    (1.1, 0.9, 0.9, 1.0),
    (1.0, 0.9, 1.2, 0.8),
    (0.7, 1.9, 1.3, 0.6),
    (1.0, 1.0, 1.0, 0.7),
)
CORPORATE_ORDER = 1_800_000  # median account's usual order
CORPORATE_ORDER_SIGMA = 0.8
CORPORATE_CHURN = (0.015, 0.025)  # R-T08: monthly, before 2020 and in 2020
CONSUMER_CHURN = 0.002  # R-T08: monthly, the same in every year
COMPETITOR_ENTERS = dt.date(2020, 1, 1)
REGISTERED_BEFORE = 0.70  # the first sale in the data
MOVES_CITY = 0.06
GENDER_MISSING = 0.012  # R-T18
DUPLICATES = 0.025  # R-T17
DUPLICATE_KINDS = {"phone_format": 0.60, "name_typo": 0.25, "both": 0.15}
SHARED_PHONES = 40  # households, at size M
FAKE_CONSUMERS = 0.015  # R-T19: three or more refused cash-on-delivery parcels
LATE_PAYERS = 0.03  # R-T19: share of corporate accounts

# baskets --------------------------------------------------------------------------------------------------------------
DETERGENT, SOFTENER, DIAPERS, SNACKS = "laundry_detergent", "fabric_softener", "diapers", "crackers"
P_DETERGENT = 0.10
P_SOFTENER = 0.15
SOFTENER_GIVEN_DETERGENT = 0.45  # R-T12: lift 3
P_DIAPERS = 0.06
P_SNACKS = 0.102
SNACKS_GIVEN_DIAPERS_FRIDAY = 0.24  # R-T13: lift 2.35 on Fridays, 1 on other days
ELASTICITY = {"home_electronics": -1.8, "daily_needs": -0.7}  # R-T15
ELASTICITY_ELSEWHERE = -1.2
PRICE_STEPS = (0.85, 0.90, 0.95, 1.00, 1.05, 1.10, 1.15)
INFLATION_A_YEAR = 0.03
DOUBLE_PROMOTION = 0.08  # R-T16

# after the sale -------------------------------------------------------------------------------------------------------
CANCELLED_ONLINE = 0.015
DEFAULT_INTERCEPT, DEFAULT_PER_LATE, DEFAULT_PER_CREDIT_DAY = -4.0, 0.55, 0.018  # R-T20
MOST_EARLIER_LATE = 5
LATENESS = ("on_time", "days_1_to_3", "over_3_days")
LATENESS_SHARE = (0.78, 0.15, 0.07)
REPEAT_WITHIN_DAYS = 70
REPEAT = (0.45, 0.38, 0.30)  # R-T23, by lateness

# surveys --------------------------------------------------------------------------------------------------------------
INVITES = 14_000
NPS = (0.32, 0.12, 0.25, 0.40)  # R-T27, by consumer channel
NPS_LOYAL_ABOVE_OTHERS = 0.34
RESPONSE_LOYAL, RESPONSE_OTHERS = 0.36, 0.17
PASSIVES = 0.30
CES_REVERSED_SINCE = dt.date(2019, 7, 1)  # R-T28: version 2, where 7 means easy
EASY_SHARE = 0.70

# relations ------------------------------------------------------------------------------------------------------------
CHURN_BASE = -2.2  # R-T22: log odds of leaving without any of the three marks
CHURN_ODDS = (2.5, 2.0, 0.80)  # R-T22: unresolved complaint, detractor, online user
ODDS_PREVALENCE = (0.06, 0.25, 0.50)  # of those marks among those who stay
COMPLAINTS = 4_200
OPT_IN = 0.62  # R-T30
WITHDRAWN = 0.04  # R-T30: of those who opted in
CONSENT_TIES = 0.10  # of the withdrawn: consent and withdrawal noted at the same moment
SENDS = 120_000
BREACHES = 300  # R-T30
WIN_BACK_TREATED, WIN_BACK_HOLDOUT = 8_000, 2_000
WIN_BACK = (0.12, 0.07)  # R-T25: back within 60 days, with the voucher and without
WIN_BACK_DAYS, LAPSED_DAYS = 60, 180
FAST_CONTACT = 0.45  # R-T21: leads contacted within 60 minutes
LEAD_CONVERSION = (0.20, 0.12)  # R-T21: contacted within 60 minutes, later
SESSIONS = 60_000
SIGNAL_SHARE = 0.30  # R-T32: sessions with three price views or more
SIGNAL_CONVERSION = (0.09, 0.02)  # R-T32: such sessions, others
PRICE_VIEWS = 3
REPORTING_SHARE = (0.75, 0.50)  # R-T31: of minutes, up to 2019 and in 2020
CRM_USES = 20_000
WALK_INS_A_DAY = (70.0, 47.0, 31.0, 26.0)  # receipts of people who are no members, by store, at size M

# lab tables, straight from the textbook models ------------------------------------------------------------------------
LAB_BTYD_CUSTOMERS = 4_000
LAB_BTYD = (0.60, 8.0, 0.80, 2.5)  # R-T26: r, alpha, a, b; weeks
LAB_BTYD_WEEKS = (26, 78)
LAB_PROMO_ROWS = 60_000  # observed, and as many at random
LAB_PROMO_UPLIFT = 1.15  # R-T14
LAB_PROMO_HEAVY = 0.30
LAB_PROMO_TARGETED = (0.70, 0.15)  # R-T14: heavy buyers, others
LAB_PROMO_BUYS = (0.30, 0.08)  # without promotion: heavy buyers, others
LAB_CLUSTER_ROWS = 600
LAB_JOURNEYS = 8_000
ARCS = {"cookware": "floor_care", "baby_care": "laundry", "bedding": "shelving"}  # R-T24
ARC = 0.35  # R-T24
ARC_START = 0.90  # of journeys begin in a category that an arc leads from
