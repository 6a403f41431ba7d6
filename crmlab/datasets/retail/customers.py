"""Who buys from PT XYZ: consumers and corporate accounts, when they came, where they live, when they left."""

import datetime as dt
import math

import numpy as np

from crmlab.datasets import people
from crmlab.datasets.columns import category, dates, masked, text
from crmlab.datasets.retail import planted

GENDERS = ("male", "female")
_FIRST_MEMBER_DAY = (planted.OPENED - planted.FIRST_DAY).days
_MONTH = 30.4375  # days
_AGE_BANDS = ((18, 25, 0.16), (25, 35, 0.33), (35, 45, 0.26), (45, 55, 0.15), (55, 70, 0.10))
OCCUPATIONS = ("student", "employee", "civil_servant", "entrepreneur", "professional", "homemaker", "retired")
_OCCUPATION_BY_AGE = (
    (0.62, 0.20, 0.01, 0.05, 0.02, 0.10, 0.00),
    (0.06, 0.45, 0.08, 0.13, 0.10, 0.18, 0.00),
    (0.00, 0.35, 0.13, 0.18, 0.12, 0.22, 0.00),
    (0.00, 0.26, 0.17, 0.22, 0.10, 0.22, 0.03),
    (0.00, 0.08, 0.08, 0.19, 0.05, 0.24, 0.36),
)
SOURCES = ("store_visit", "referral", "marketplace", "social_media", "search", "event")
_SOURCE_BY_SEGMENT = (
    (0.42, 0.28, 0.05, 0.08, 0.07, 0.10),
    (0.40, 0.18, 0.12, 0.13, 0.10, 0.07),
    (0.32, 0.12, 0.16, 0.20, 0.14, 0.06),
    (0.12, 0.08, 0.38, 0.28, 0.12, 0.02),
    (0.28, 0.08, 0.22, 0.22, 0.10, 0.10),
)
_SOURCE_TASTE = {"store_visit": 0, "marketplace": 1, "social_media": 3, "search": 2}  # source: channel it leads to
_MEMBER_BY_SEGMENT = (0.92, 0.55, 0.30, 0.35, 0.15)
INTERESTS = ("hygiene", "tidiness", "cooking", "gadgets", "decoration", "children")  # one a department
INDUSTRIES = ("hospitality", "restaurant", "office", "education", "health", "retail", "property")
_INDUSTRY_WEIGHT = (0.17, 0.22, 0.20, 0.12, 0.10, 0.11, 0.08)
INDUSTRY_DEPARTMENTS = (  # what an industry buys: weights over departments
    (0.34, 0.24, 0.08, 0.10, 0.20, 0.04),
    (0.10, 0.25, 0.44, 0.10, 0.03, 0.08),
    (0.18, 0.16, 0.05, 0.22, 0.25, 0.14),
    (0.14, 0.22, 0.05, 0.14, 0.15, 0.30),
    (0.36, 0.38, 0.04, 0.12, 0.08, 0.02),
    (0.30, 0.20, 0.14, 0.12, 0.10, 0.14),
    (0.08, 0.22, 0.14, 0.26, 0.28, 0.02),
)
SIZES = ("small", "medium", "large")
_EMPLOYEES = ((5, 20), (20, 100), (100, 800))
_TERMS = (14, 30, 45, 60)
_TERM_BY_SIZE = ((0.45, 0.40, 0.10, 0.05), (0.15, 0.50, 0.25, 0.10), (0.05, 0.35, 0.35, 0.25))


class Customers:
    """Customers as arrays, in the order of their ids: consumers first, by registration; then corporate accounts.

    Attributes
    ----------
    segment : numpy.ndarray
        The hidden truth of consumers.
    registered, closed, quiet_since : numpy.ndarray
        Day numbers; ``closed`` and ``quiet_since`` lie past the last day where nothing happened.
    city, later_city, moved : numpy.ndarray
        City before and after the day of the move; most never move.
    """

    def __init__(self, draws, scale, places):
        self.places = places
        self.n_consumers = round(planted.CONSUMERS * scale)
        self.n_corporates = round(planted.CORPORATES * scale)
        self.n = self.n_consumers + self.n_corporates
        self.ids = np.arange(1, self.n + 1, dtype=np.int32)
        self.corporate = np.arange(self.n) >= self.n_consumers
        self._register(draws("customers.register"))
        self._describe(draws("customers.describe"))
        self._leave(draws("customers.leave"))
        self._move(draws("customers.move"))
        self._identify(draws("customers.identify"))

    def _register(self, draws):
        n = self.n_consumers
        segment = draws.choose(n, planted.SEGMENT_WEIGHT)
        early = draws.chance(n, planted.REGISTERED_BEFORE)
        # who is dormant by now came long ago
        span = np.where(segment == planted.DORMANT, planted.N_DAYS // 3, planted.N_DAYS - 300)
        day = np.where(early, draws.whole(n, -_FIRST_MEMBER_DAY) + _FIRST_MEMBER_DAY, draws.whole(n, span))
        by_day = np.argsort(day, kind="stable")
        day, self.segment = day[by_day], segment[by_day]
        early = draws.chance(self.n_corporates, 0.50)
        first = draws.whole(self.n_corporates, -_FIRST_MEMBER_DAY) + _FIRST_MEMBER_DAY
        later = draws.whole(self.n_corporates, planted.N_DAYS - 365)
        self.registered = np.concatenate([day, np.sort(np.where(early, first, later))])
        self.fake = draws.chance(n, 0.0)
        # only people who came after the opening: nobody invents an account for a shop that is not there yet
        came_later = np.flatnonzero(self.registered[:n] >= 0)
        chosen = np.argsort(draws.uniform(len(came_later)), kind="stable")[: round(planted.FAKE_CONSUMERS * n)]
        self.fake[came_later[chosen]] = True

    def _describe(self, draws):
        n, m = self.n_consumers, self.n_corporates
        self.city = draws.choose(self.n, self.places.weight)
        self.female = draws.chance(n, 0.58)
        self.gender_known = np.ones(n, dtype=bool)
        unknown = np.argsort(draws.uniform(n), kind="stable")[: round(planted.GENDER_MISSING * n)]
        self.gender_known[unknown] = False
        band = draws.choose(n, [weight for _, _, weight in _AGE_BANDS])
        youngest = np.array([low for low, _, _ in _AGE_BANDS])[band]
        width = np.array([high - low for low, high, _ in _AGE_BANDS])[band]
        self.age_band = band
        # as old on the day of registering as the band says
        self.born = self.registered[:n] - ((youngest + draws.uniform(n) * width) * 365.25).astype(np.int64)
        self.occupation = draws.choose_each(np.array(_OCCUPATION_BY_AGE)[band])
        self.source = draws.choose_each(np.array(_SOURCE_BY_SEGMENT)[self.segment])
        self.member = draws.chance(n, np.array(_MEMBER_BY_SEGMENT)[self.segment])
        liking = draws.uniform(n * len(INTERESTS)).reshape(n, -1)
        liking[:, INTERESTS.index("children")] += np.isin(band, (1, 2)) * 0.25
        liking[:, INTERESTS.index("gadgets")] += np.where(self.female, 0.0, 0.25)
        self.interests = np.argsort(-liking, axis=1, kind="stable")[:, :3]
        self.industry = draws.choose(m, _INDUSTRY_WEIGHT)
        self.size_class = draws.choose(m, (0.50, 0.35, 0.15))
        low, high = np.array(_EMPLOYEES).T[:, self.size_class]
        self.employees = low + draws.whole(m, high - low)
        self.term_days = np.array(_TERMS)[draws.choose_each(np.array(_TERM_BY_SIZE)[self.size_class])]
        self.usual_order = (
            planted.CORPORATE_ORDER
            * draws.spread_lognormal(m, planted.CORPORATE_ORDER_SIGMA)
            * np.array((0.8, 1.2, 1.9))[self.size_class]
        )
        self.credit_limit = (np.rint(self.usual_order * 4 / 5_000_000) * 5_000_000 + 5_000_000).astype(np.int64)

    def _leave(self, draws):
        """Close accounts at the planted hazards; let the dormant go quiet without a word."""
        start = np.maximum(self.registered, 0)
        patience = draws.exponential(self.n)
        rate = -round(math.log1p(-planted.CONSUMER_CHURN), 9) / _MONTH
        before, after = (-round(math.log1p(-p), 9) / _MONTH for p in planted.CORPORATE_CHURN)
        entry = (planted.COMPETITOR_ENTERS - planted.FIRST_DAY).days
        calm = np.maximum(entry - start, 0)
        used_up = calm * before
        corporate_close = np.where(
            patience < used_up, start + patience / before, np.maximum(start, entry) + (patience - used_up) / after
        )
        closed = np.where(self.corporate, corporate_close, start + patience / rate).astype(np.int64) + 1
        self.closed = np.where(closed < planted.N_DAYS, closed, planted.N_DAYS)
        quiet = start[: self.n_consumers] + 120 + draws.whole(self.n_consumers, 600)
        self.quiet_since = self.closed.copy()
        dormant = np.flatnonzero(self.segment == planted.DORMANT)
        self.quiet_since[dormant] = np.minimum(quiet[dormant], self.closed[dormant])

    def _move(self, draws):
        span = self.closed - np.maximum(self.registered, 0)
        able = np.flatnonzero((span > 200) & ~self.corporate)
        movers = able[
            np.argsort(draws.uniform(len(able)), kind="stable")[: round(planted.MOVES_CITY * self.n_consumers)]
        ]
        self.moved = np.full(self.n, planted.N_DAYS)
        self.moved[movers] = np.maximum(self.registered[movers], 0) + 60 + draws.whole(len(movers), span[movers] - 120)
        self.later_city = self.city.copy()
        target = draws.choose(len(movers), self.places.weight)
        # whoever would move to where he is moves next door in the list
        self.later_city[movers] = np.where(target == self.city[movers], (target + 1) % self.places.n, target)

    def city_on(self, customer, day):
        """Give the position of the city where a customer lives on a day."""
        return np.where(day >= self.moved[customer], self.later_city[customer], self.city[customer])

    def _identify(self, draws):
        n, m = self.n_consumers, self.n_corporates
        men, women, last = (draws.whole(n, len(names)) for names in (people.MEN, people.WOMEN, people.LAST))
        single = draws.chance(n, 0.06)  # many Indonesians have one name only
        names = [
            (people.WOMEN[w] if female else people.MEN[k]) + ("" if alone else f" {people.LAST[j]}")
            for female, k, w, j, alone in zip(self.female, men, women, last, single, strict=True)
        ]
        form, one, two = (
            draws.whole(m, len(words)) for words in (people.COMPANY_FORMS, people.COMPANY_FIRST, people.COMPANY_LAST)
        )
        names += [
            f"{people.COMPANY_FORMS[a]} {people.COMPANY_FIRST[b]} {people.COMPANY_LAST[c]}"
            for a, b, c in zip(form, one, two, strict=True)
        ]
        self.names = names
        # a reserved pattern that no telephone company gives out; 7,368,787 is prime, so no number comes twice
        number = (np.arange(self.n, dtype=np.int64) * 7_368_787 + 1_234_567) % 10_000_000
        households = round(planted.SHARED_PHONES * self.n_consumers / planted.CONSUMERS)
        pairs = np.argsort(draws.uniform(n), kind="stable")[: 2 * households].reshape(-1, 2)
        number[pairs[:, 1]] = number[pairs[:, 0]]
        self.sharing = pairs
        self.phone = number
        street, house = draws.whole(self.n, len(people.STREETS)), 1 + draws.whole(self.n, 180)
        self.address = [f"Jl. {people.STREETS[k]} No. {number}" for k, number in zip(street, house, strict=True)]
        serial = draws.whole(n, 10_000)
        born = (np.datetime64(planted.FIRST_DAY) + self.born).astype(dt.date)
        # as a real number is built (area, birth day with 40 added for women, serial), but area 00 does not exist
        self.national_id = [
            f"000000{day.day + 40 * woman:02}{day.month:02}{day.year % 100:02}{k:04}"
            for day, woman, k in zip(born, self.female.tolist(), serial.tolist(), strict=True)
        ]


def phone_text(number):
    """Write a phone number the canonical way: +62 800 0ddd dddd, without spaces."""
    return f"+628000{number:07}"


def age_band(age_years):
    """Name the age band that an age in years falls into."""
    names = [f"age_{low}_{high - 1}" for low, high, _ in _AGE_BANDS[:-1]]
    names.append(f"age_{_AGE_BANDS[-1][0]}_plus")
    edges = np.array([high for _, high, _ in _AGE_BANDS[:-1]])
    return np.searchsorted(edges, age_years, side="right"), names


def build(world):
    """Add the customers, one row a version: a customer who moved has two."""
    people_ = world.people
    n, m, total = people_.n_consumers, people_.n_corporates, people_.n
    corporate = people_.corporate
    movers = np.flatnonzero(people_.moved < planted.N_DAYS)
    who = np.concatenate([np.arange(total), movers])
    second = np.concatenate([np.zeros(total, dtype=bool), np.ones(len(movers), dtype=bool)])
    order = np.lexsort((second, who))
    who, second = who[order], second[order]
    first_version = np.flatnonzero(~second)
    people_.first_version = first_version  # position of a customer's first row
    moves = people_.moved[who] < planted.N_DAYS

    def consumer(values, names):
        codes = np.concatenate([values, np.zeros(m, dtype=np.int64)])[who]
        return category(codes, names, missing=corporate[who])

    def account(values, names):
        codes = np.concatenate([np.zeros(n, dtype=np.int64), values])[who]
        return category(codes, names, missing=~corporate[who])

    unknown = np.concatenate([~people_.gender_known, np.ones(m, dtype=bool)])[who]
    gender = np.concatenate([people_.female.astype(np.int64), np.zeros(m, dtype=np.int64)])[who]
    city = np.where(second, people_.later_city[who], people_.city[who])
    phones = [phone_text(number) for number in people_.phone.tolist()]
    mails = [
        f"{name.lower().replace(' ', '.')}.{k}@contoh.id"
        for k, name in zip(people_.ids.tolist(), people_.names, strict=True)
    ]
    interests = np.array(
        [",".join(INTERESTS[k] for k in sorted(row)) for row in people_.interests.tolist()] + [None] * m
    )
    pick = who.tolist()
    national = people_.national_id + [None] * m
    world.tables["customers"] = {
        "customer_key": np.arange(1, len(who) + 1, dtype=np.int32),
        "customer_id": people_.ids[who],
        "customer_type": category(corporate[who], ("consumer", "corporate")),
        "name": text([people_.names[k] for k in pick]),
        "national_id": text([national[k] for k in pick]),
        "gender": category(gender, GENDERS, missing=unknown),
        "born_on": dates(np.concatenate([people_.born, np.zeros(m, dtype=np.int64)])[who], missing=corporate[who]),
        "phone": text([phones[k] for k in pick]),
        "email": text([mails[k] for k in pick]),
        "address": text([people_.address[k] for k in pick]),
        "city_id": (city + 1).astype(np.int32),
        "occupation": consumer(people_.occupation, OCCUPATIONS),
        "interests": text(interests[who].tolist()),
        "acquisition_source": consumer(people_.source, SOURCES),
        "registered_on": dates(people_.registered[who]),
        "closed_on": dates(people_.closed[who], missing=people_.closed[who] >= planted.N_DAYS),
        "loyalty_member": np.concatenate([people_.member, np.zeros(m, dtype=bool)])[who],
        "industry": account(people_.industry, INDUSTRIES),
        "company_size": account(people_.size_class, SIZES),
        "employees": _accounts_only(people_.employees, who, corporate, n),
        "payment_term_days": _accounts_only(people_.term_days, who, corporate, n),
        "credit_limit": _accounts_only(people_.credit_limit, who, corporate, n),
        "valid_from": dates(np.where(second, people_.moved[who], people_.registered[who])),
        "valid_to": dates(people_.moved[who] - 1, missing=second | ~moves),
    }


def _accounts_only(values, who, corporate, n):
    padded = np.concatenate([np.zeros(n, dtype=np.int64), values])
    return masked(padded[who], ~corporate[who])
