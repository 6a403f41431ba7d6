"""What the hospital consists of: units, doctors, payers, companies, clinics that refer."""

import numpy as np

from crmlab.datasets import people
from crmlab.datasets.columns import category, masked, text
from crmlab.datasets.hospital import planted
from crmlab.datasets.hospital.clock import dates

UNIT_GROUP = ("primary", *("specialist",) * 5, "primary", *("specialist",) * 5, "checkup", "emergency")
INSURERS = (
    *("Asuransi Anugerah", "Asuransi Bahtera", "Asuransi Cakrawala", "Asuransi Dharma", "Asuransi Elang"),
    *("Asuransi Fajar", "Asuransi Gemilang", "Asuransi Harapan", "Asuransi Intan", "Asuransi Jaya"),
    *("Asuransi Kencana", "Asuransi Lentera"),
)
_INSURER_WEIGHT = (20, 16, 13, 11, 9, 7, 6, 5, 4, 4, 3, 2)
EMPLOYERS = 10  # whose people are treated on a guarantee letter
_EMPLOYER_WEIGHT = (22, 17, 14, 11, 9, 8, 6, 5, 4, 4)
_TERMS = {"bpjs": 45, "insurance": 30, "self_pay": 0, "corporate": 30}
INDUSTRIES = ("manufacturing", "logistics", "education", "hospitality", "retail", "office")
_INDUSTRY_WEIGHT = (0.32, 0.20, 0.10, 0.12, 0.14, 0.12)
_FKTP, _TYPE_C = "primary_care", "type_c"


class House:
    """Payers, doctors and clinics as arrays, in the order of their ids (which start at 1)."""

    def __init__(self, draws, scale):
        self._payers(draws("house.payers"))
        self._doctors(draws("house.doctors"))
        self._companies(draws("house.companies"), scale)
        self._clinics(draws("house.clinics"))

    def _payers(self, draws):
        groups = [planted.BPJS, planted.SELF_PAY] + [planted.INSURANCE] * len(INSURERS)
        self.payer_group = np.array(groups + [planted.CORPORATE] * EMPLOYERS)
        ceilings = 2_000_000 + 1_000_000 * draws.whole(len(self.payer_group), 9)
        # who pays himself has no ceiling, and neither has the national scheme, which pays by tariff
        self.ceiling = np.where(self.payer_group % 2 == 1, ceilings, 0)
        weight = {planted.BPJS: (1,), planted.SELF_PAY: (1,), planted.INSURANCE: _INSURER_WEIGHT}
        weight[planted.CORPORATE] = _EMPLOYER_WEIGHT
        self.payers_of = {k: np.flatnonzero(self.payer_group == k) for k in range(4)}
        self.payer_weight = weight

    def payer_in(self, draws, group):
        """Draw a payer of the given group for each row."""
        payer = np.zeros(len(group), dtype=np.int64)
        for k in range(4):
            mine = np.flatnonzero(group == k)
            payer[mine] = self.payers_of[k][draws.choose(len(mine), self.payer_weight[k])]
        return payer

    def _doctors(self, draws):
        self.doctor_unit = np.repeat(np.arange(len(planted.UNITS)), planted.DOCTORS)
        n = len(self.doctor_unit)
        self.first_doctor = np.concatenate([[0], np.cumsum(planted.DOCTORS)])
        self.doctor_weight = 0.6 + draws.uniform(n)
        self.open_slots = 0.7 + 1.6 * draws.uniform(n)  # for each one booked: how well a doctor plans his day
        self.doctor_since = -draws.whole(n, 4_000) - 90
        woman = draws.chance(n, 0.5)
        first = [
            people.WOMEN[b] if w else people.MEN[a]
            for w, a, b in zip(woman, draws.whole(n, len(people.MEN)), draws.whole(n, len(people.WOMEN)), strict=True)
        ]
        last = [people.LAST[k] for k in (np.argsort(draws.uniform(len(people.LAST)), kind="stable")[:n]).tolist()]
        self.doctor_name = [f"dr. {a} {b}" for a, b in zip(first, last, strict=True)]

    def _companies(self, draws, scale):
        n = max(EMPLOYERS, round(0.7 * planted.CONTRACTS * scale))
        form, one, two = (
            draws.whole(n, len(words)) for words in (people.COMPANY_FORMS, people.COMPANY_FIRST, people.COMPANY_LAST)
        )
        self.n_companies = n
        self.company = [
            f"{people.COMPANY_FORMS[a]} {people.COMPANY_FIRST[b]} {people.COMPANY_LAST[c]}"
            for a, b, c in zip(form, one, two, strict=True)
        ]
        self.industry = draws.choose(n, _INDUSTRY_WEIGHT)
        self.employees = (60 * draws.lognormal(n, 1.0)).astype(np.int64) * 5 + 40

    def _clinics(self, draws):
        n, m = planted.CLINICS, planted.HOSPITALS
        order = np.argsort(draws.uniform(n), kind="stable")
        self.clinic_of_rank = order  # position of the clinic that refers most, and so on
        self.clinic_type = np.where(draws.chance(n, 0.78), _FKTP, _TYPE_C)
        streets = np.argsort(draws.uniform(len(people.STREETS) * 3), kind="stable")[:n].tolist()
        kinds = ("Klinik", "Puskesmas", "Praktik Bersama")
        self.clinic = [
            f"RS {people.STREETS[k % 28]} {('Medika', 'Husada', 'Bakti')[k // 28 % 3]}"
            if kind == _TYPE_C
            else f"{kinds[k // len(people.STREETS)]} {people.STREETS[k % len(people.STREETS)]}"
            for k, kind in zip(streets, self.clinic_type, strict=True)
        ]
        self.clinic += [f"RSUP {name}" for name in ("Cendana", "Pertiwi", "Bhakti", "Nusa", "Wijaya", "Kencana")][:m]
        self.clinic_type = np.concatenate([self.clinic_type, ["type_b"] * 4 + ["type_a"] * 2])
        # most clinics that refer are near: the first cities of the list
        self.clinic_city = np.concatenate([draws.whole(n, 8), 3 + draws.whole(m, 7)])


def build(world):
    """Add units, doctors, payers, companies and clinics."""
    house = world.house
    units = len(planted.UNITS)
    world.tables["units"] = {
        "unit_id": np.arange(1, units + 1, dtype=np.int32),
        "unit": text(planted.UNITS),
        "unit_group": text(UNIT_GROUP),
    }
    world.tables["doctors"] = {
        "doctor_id": np.arange(1, len(house.doctor_name) + 1, dtype=np.int32),
        "doctor": text(house.doctor_name),
        "unit_id": (house.doctor_unit + 1).astype(np.int32),
        "licensed_on": dates(house.doctor_since),
    }
    groups = [planted.PAYER_GROUPS[k] for k in house.payer_group.tolist()]
    employers = house.company[:EMPLOYERS]
    world.tables["payers"] = {
        "payer_id": np.arange(1, len(groups) + 1, dtype=np.int32),
        "payer": text(["BPJS Kesehatan", "Umum", *INSURERS, *employers]),
        "payer_group": text(groups),
        "payment_term_days": np.array([_TERMS[group] for group in groups], dtype=np.int32),
        "ceiling": masked(house.ceiling.astype(np.int64), house.ceiling == 0),
    }
    n = house.n_companies
    first = len(groups) - EMPLOYERS
    world.tables["companies"] = {
        "company_id": np.arange(1, n + 1, dtype=np.int32),
        "company": text(house.company),
        "industry": category(house.industry, INDUSTRIES),
        "employees": house.employees.astype(np.int32),
        "payer_id": masked(np.arange(first + 1, first + n + 1).astype(np.int32), np.arange(n) >= EMPLOYERS),
    }
    world.tables["clinics"] = {
        "clinic_id": np.arange(1, len(house.clinic) + 1, dtype=np.int32),
        "clinic": text(house.clinic),
        "facility_type": text(house.clinic_type.tolist()),
        "city_id": (house.clinic_city + 1).astype(np.int32),
    }
