"""Who the patients are: names, families, conditions, payers, consents. Nobody of them exists."""

import datetime as dt

import numpy as np

from crmlab.datasets import people as names
from crmlab.datasets.columns import category, text
from crmlab.datasets.hospital import planted
from crmlab.datasets.hospital.bookings import CHILD, WOMAN
from crmlab.datasets.hospital.clock import dates

GENDERS = ("male", "female")
_ADULT_AGES = ((18, 25, 0.14), (25, 35, 0.26), (35, 45, 0.22), (45, 55, 0.17), (55, 65, 0.13), (65, 85, 0.08))
AGE_BANDS = ("age_0_4", "age_5_17", "age_18_24", "age_25_34", "age_35_44", "age_45_54", "age_55_64", "age_65_plus")
AGE_EDGES = (5, 18, 25, 35, 45, 55, 65)
CONDITIONS = ("none", "hypertension", "diabetes", "asthma", "heart_disease", "kidney_disease")
_CONDITION_BY_AGE = (  # under 18, 18 to 34, 35 to 54, 55 and over
    (0.90, 0.00, 0.01, 0.09, 0.00, 0.00),
    (0.86, 0.04, 0.03, 0.06, 0.005, 0.005),
    (0.64, 0.18, 0.11, 0.03, 0.03, 0.01),
    (0.36, 0.29, 0.18, 0.02, 0.11, 0.04),
)
ALLERGIES = ("none", "drug", "food", "dust")
_ALLERGY = ((0.74, 0.06, 0.14, 0.06), (0.82, 0.09, 0.05, 0.04))  # children, adults
OCCUPATIONS = ("child", "student", "employee", "civil_servant", "entrepreneur", "homemaker", "retired")
SOURCES = ("self", "referral", "corporate", "advertisement")
_SOURCE_BY_GROUP = (
    (0.25, 0.70, 0.00, 0.05),
    (0.60, 0.20, 0.05, 0.15),
    (0.66, 0.10, 0.00, 0.24),
    (0.08, 0.07, 0.84, 0.01),
)
_CONSENTS = {"reminder_consent": 0.93, "marketing_consent": 0.58, "research_consent": 0.41}


class Patients:
    """Patients as arrays, in the order of their ids: by registration."""

    def __init__(self, world):
        self.n = len(world.registered)
        self.registered = world.registered
        self.group, self.child = world.patient_group, world.patient_kind == CHILD
        self.payer = world.house.payer_in(world.draws("patients.payer"), self.group)
        self._describe(world, world.draws("patients.describe"))
        self._identify(world.draws("patients.identify"))
        self._belong(world.draws("patients.families"))
        self._finish()
        self._end(world)

    def _describe(self, world, draws):
        n, adult = self.n, ~self.child
        self.female = np.where(self.child, draws.chance(n, 0.49), world.patient_kind == WOMAN)
        band = draws.choose(n, [weight for _, _, weight in _ADULT_AGES])
        low, high = (np.array([row[k] for row in _ADULT_AGES])[band] for k in (0, 1))
        luck = draws.uniform(n)
        # a child stays one to the last day
        oldest = np.minimum(13, 17.5 - (planted.N_DAYS - self.registered) / 365.25)
        age = np.where(adult, low + luck * (high - low), luck * luck * oldest)
        self.born = self.registered - 1 - (age * 365.25).astype(np.int64)
        stage = np.select([self.child, age < 35, age < 55], [0, 1, 2], 3)
        # whoever comes often has a reason: the chronic conditions go with it
        often = np.clip(world.often, 0.4, 3.0)[:, None] * np.array((0, 1, 1, 1, 1, 1)) + np.array((1, 0, 0, 0, 0, 0))
        self.condition = draws.choose_each(np.array(_CONDITION_BY_AGE)[stage] * often)
        self.allergy = draws.choose_each(np.array(_ALLERGY)[adult.astype(np.int64)])
        work = draws.choose_each(
            np.where(
                (self.group == planted.CORPORATE)[:, None],
                np.array((0.0, 0.0, 0.90, 0.10, 0.0, 0.0, 0.0)),
                np.where(
                    (age < 25)[:, None],
                    np.array((0.0, 0.55, 0.30, 0.02, 0.05, 0.08, 0.0)),
                    np.where(
                        (age < 58)[:, None],
                        np.array((0.0, 0.0, 0.42, 0.11, 0.19, 0.28, 0.0)),
                        np.array((0.0, 0.0, 0.03, 0.02, 0.17, 0.26, 0.52)),
                    ),
                ),
            )
        )
        self.occupation = np.where(self.child, np.where(age < 6, 0, 1), work)
        self.source = draws.choose_each(np.array(_SOURCE_BY_GROUP)[self.group])
        self.city = draws.choose(n, world.places.weight)
        self.whatsapp = draws.chance(n, np.where(age >= 55, 0.72, 0.93))
        self.vip = np.zeros(n, dtype=bool)
        well_known = np.flatnonzero(adult & (self.group != planted.BPJS))
        chosen = np.argsort(draws.uniform(len(well_known)), kind="stable")[: round(planted.VIPS * n)]
        self.vip[well_known[chosen]] = True
        self.consents = {name: draws.chance(n, p) for name, p in _CONSENTS.items()}
        # whoever has no WhatsApp agreed to it less often
        self.consents["reminder_consent"] &= self.whatsapp | draws.chance(n, 0.6)

    def _identify(self, draws):
        n = self.n
        self.first = np.where(self.female, draws.whole(n, len(names.WOMEN)), draws.whole(n, len(names.MEN)))
        self.last = draws.whole(n, len(names.LAST))
        self.single = draws.chance(n, 0.06)  # many Indonesians have one name only
        # a reserved pattern that no telephone company gives out; 7,368,787 is prime, so no number comes twice
        self.phone = (np.arange(n, dtype=np.int64) * 7_368_787 + 2_345_678) % 10_000_000
        self.street, self.house_number = draws.whole(n, len(names.STREETS)), 1 + draws.whole(n, 180)
        self.serial = draws.whole(n, 10_000)

    def _belong(self, draws):
        """Make twins, who share all but their own name, and children on a parent's telephone."""
        n = self.n
        children = np.flatnonzero(self.child)
        pairs = children[: len(children) // 2 * 2].reshape(-1, 2)
        close = pairs[self.registered[pairs[:, 1]] - self.registered[pairs[:, 0]] < 60]
        wanted = round(planted.TWINS * n / 2)
        chosen = close[np.argsort(draws.uniform(len(close)), kind="stable")[:wanted]]
        self.twins = chosen[np.argsort(chosen[:, 0], kind="stable")]
        one, other = self.twins.T
        self.single[self.twins] = False
        for values in (self.last, self.phone, self.street, self.house_number, self.city, self.born):
            values[other] = values[one]
        # the second twin's name starts elsewhere in the list, far from the first one's
        pool = np.where(self.female, len(names.WOMEN), len(names.MEN))
        far = (self.first[one] + pool[other] // 3 + draws.whole(len(one), 12)) % pool[other]
        self.first[other] = far
        alone = np.setdiff1d(children, self.twins.ravel())
        some = alone[draws.chance(len(alone), planted.CHILDREN_ON_A_PARENTS_PHONE)]
        mothers = np.flatnonzero(self.female & ~self.child & ~self.single)
        parent = mothers[draws.whole(len(some), len(mothers))]
        for values in (self.last, self.phone, self.street, self.house_number, self.city):
            values[some] = values[parent]
        self.households = np.column_stack([some, parent])

    def _finish(self):
        self.names = [
            (names.WOMEN[k] if woman else names.MEN[k]) + ("" if alone else f" {names.LAST[j]}")
            for woman, k, j, alone in zip(
                self.female.tolist(), self.first.tolist(), self.last.tolist(), self.single.tolist(), strict=True
            )
        ]
        self.address = [
            f"Jl. {names.STREETS[k]} No. {number}"
            for k, number in zip(self.street.tolist(), self.house_number.tolist(), strict=True)
        ]
        born = (np.datetime64(planted.FIRST_DAY) + self.born).astype(dt.date)
        # as a real number is built (area, birth day with 40 added for women, serial), but area 00 does not exist
        self.national_id = [
            f"000000{day.day + 40 * woman:02}{day.month:02}{day.year % 100:02}{k:04}"
            for day, woman, k in zip(born, self.female.tolist(), self.serial.tolist(), strict=True)
        ]

    def _end(self, world):
        """Let some of the older ones die, after the last that is known of them."""
        draws, events = world.draws("patients.end"), world.events
        last = self.registered.copy()
        np.maximum.at(last, events.patient, events.day)
        old = np.flatnonzero((last < planted.N_DAYS - 40) & ~self.child & (self.condition > 0))
        gone = old[np.argsort(draws.uniform(len(old)), kind="stable")[: round(planted.DECEASED * self.n)]]
        self.deceased = np.full(self.n, planted.N_DAYS)
        first = np.maximum(last[gone], 0) + 14  # whatever is still asked or answered about the last visit
        self.deceased[gone] = first + draws.whole(len(gone), planted.N_DAYS - first)


def phone_text(number):
    """Write a phone number the canonical way: +62 800 0ddd dddd, without spaces."""
    return f"+628000{number:07}"


def build(world):
    """Add the patients."""
    people = world.people
    ids = np.arange(1, people.n + 1, dtype=np.int32)
    mails = [f"{name.lower().replace(' ', '.')}.{k + 1}@contoh.id" for k, name in enumerate(people.names)]
    world.tables["patients"] = {
        "patient_id": ids,
        "name": text(people.names),
        "national_id": text(people.national_id),
        "gender": category(people.female.astype(np.int64), GENDERS),
        "born_on": dates(people.born),
        "phone": text([phone_text(number) for number in people.phone.tolist()]),
        "whatsapp_active": people.whatsapp,
        "email": text(mails),
        "address": text(people.address),
        "city_id": (people.city + 1).astype(np.int32),
        "occupation": category(people.occupation, OCCUPATIONS),
        "payer_id": (people.payer + 1).astype(np.int32),
        "source": category(people.source, SOURCES),
        "registered_on": dates(people.registered),
        "deceased_on": dates(people.deceased, missing=people.deceased >= planted.N_DAYS),
        "vip": people.vip,
        "allergy": category(people.allergy, ALLERGIES),
        "chronic_condition": category(people.condition, CONDITIONS),
        **people.consents,
    }
