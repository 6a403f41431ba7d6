"""Visits: check-in, waiting, examination, bill, cost, and what had to be told again."""

import numpy as np

from crmlab.datasets.columns import category, masked
from crmlab.datasets.hospital import planted
from crmlab.datasets.hospital.attendance import ATTENDED
from crmlab.datasets.hospital.clock import moments

_BILL = (150, 280, 350, 420, 480, 420, 380, 320, 280, 300, 420, 220, 1_400, 650)  # thousands of rupiah, median
_BILL_SIGMA = 0.5
_BILL_BY_PAYER = (0.75, 1.15, 1.0, 1.2)
_PAID_BY_PAYER = (1.0, 0.9, 0.0, 1.0)
_COST_NOISE = 0.30
_TIMES = (0.55, 0.30, 0.15)  # once, twice, three times
DIAGNOSES = (
    *("respiratory", "dengue", "digestive", "hypertension", "diabetes", "heart", "pregnancy", "nervous", "teeth"),
    *("eye", "ear_nose_throat", "skin", "bones", "rehabilitation", "health_check", "injury", "other"),
)
_DIAGNOSES_BY_UNIT = {  # in usual months
    0: {"respiratory": 45, "digestive": 25, "hypertension": 12, "diabetes": 8, "other": 10},
    1: {"respiratory": 55, "digestive": 25, "dengue": 6, "skin": 8, "other": 6},
    2: {"hypertension": 28, "diabetes": 26, "digestive": 24, "dengue": 6, "respiratory": 16},
    3: {"pregnancy": 78, "other": 22},
    4: {"heart": 70, "hypertension": 30},
    5: {"nervous": 88, "other": 12},
    6: {"teeth": 100},
    7: {"eye": 100},
    8: {"ear_nose_throat": 100},
    9: {"skin": 100},
    10: {"bones": 80, "injury": 20},
    11: {"rehabilitation": 100},
    12: {"health_check": 100},
    13: {"injury": 34, "respiratory": 20, "digestive": 16, "heart": 10, "dengue": 6, "other": 14},
}


class Visits:
    """Visits as arrays, in the order of their ids: by check-in."""

    def __init__(self, world):
        events, made = world.events, world.appointments
        came = np.flatnonzero(made.status == ATTENDED)
        urgent = np.flatnonzero(events.emergency)
        draws = world.draws("visits")
        n = len(came) + len(urgent)
        early = draws.whole(len(came), 31 * 60)  # seconds before the appointment
        arrival = np.concatenate([made.second[came] - early, draws.whole(len(urgent), 86_400)])
        event = np.concatenate([made.event[came], urgent])
        order = np.lexsort((arrival, events.day[event]))
        self.n, self.event, self.arrival = n, event[order], arrival[order]
        self.appointment = np.concatenate([came, np.full(len(urgent), -1)])[order]
        self.day, self.unit = events.day[self.event], events.unit[self.event]
        self.patient, self.group = events.patient[self.event], events.payer_group[self.event]
        self.emergency = events.emergency[self.event]
        first = world.house.first_doctor
        on_call = first[planted.EMERGENCY] + draws.whole(n, planted.DOCTORS[planted.EMERGENCY])
        self.doctor = np.where(self.emergency, on_call, made.doctor[self.appointment])
        self._wait(world)
        self._pay(world)
        self._tell_again(world)
        self._diagnose(world)

    def _wait(self, world):
        draws = world.draws("visits.wait")
        minutes = draws.gamma(self.n, planted.WAIT_SHAPE) * np.array(planted.WAIT_MINUTES)[self.group]
        self.wait = (minutes * 60 + 0.5).astype(np.int64)  # seconds
        self.length = (draws.lognormal(self.n, 0.5) * np.where(self.emergency, 95, 14) * 60).astype(np.int64) + 120

    def _pay(self, world):
        draws = world.draws("visits.pay")
        usual = np.array(_BILL)[self.unit] * np.array(_BILL_BY_PAYER)[self.group]
        self.bill = ((usual * draws.lognormal(self.n, _BILL_SIGMA)).astype(np.int64) + 1) * 1_000
        spread = 1 + _COST_NOISE * (2 * draws.uniform(self.n) - 1)
        self.cost = (self.bill * (1 - np.array(planted.MARGIN))[self.group] * spread + 0.5).astype(np.int64)
        ceiling = world.house.ceiling[world.payer[self.event]]
        pays = (self.bill * np.array(_PAID_BY_PAYER)[self.group] + 0.5).astype(np.int64)
        self.by_payer = np.where(ceiling > 0, np.minimum(pays, ceiling), pays)

    def _tell_again(self, world):
        draws = world.draws("visits.repeat")
        since = (self.day >= planted.day_of(planted.CENTRAL_DATABASE)).astype(np.int64)
        again = draws.chance(self.n, np.array(planted.REPEATED)[since])
        self.repeated = np.where(again, 1 + draws.choose(self.n, _TIMES), 0)
        self.error = draws.chance(self.n, np.array(planted.REGISTRATION_ERRORS)[since])

    def _diagnose(self, world):
        draws = world.draws("visits.diagnosis")
        weights = np.zeros((2, len(planted.UNITS), len(DIAGNOSES)))
        for unit, shares in _DIAGNOSES_BY_UNIT.items():
            for name, weight in shares.items():
                weights[:, unit, DIAGNOSES.index(name)] = weight
        # what comes more in the rainy months is dengue
        more = planted.FEVER_IN_RAINY_MONTHS - 1
        for unit in planted.FEVER_UNITS:
            weights[1, unit, DIAGNOSES.index("dengue")] += more * weights[1, unit].sum()
        rainy = np.isin(np.array(world.calendar["month_of_year"]), planted.RAINY_MONTHS)[self.day]
        self.diagnosis = draws.choose_each(weights[rainy.astype(np.int64), self.unit])


def build(world):
    """Add the visits."""
    seen = world.visits
    start = seen.arrival + seen.wait
    world.tables["visits"] = {
        "visit_id": np.arange(1, seen.n + 1, dtype=np.int32),
        "appointment_id": masked((seen.appointment + 1).astype(np.int32), seen.emergency),
        "patient_id": (seen.patient + 1).astype(np.int32),
        "unit_id": (seen.unit + 1).astype(np.int32),
        "doctor_id": (seen.doctor + 1).astype(np.int32),
        "payer_id": (world.payer[seen.event] + 1).astype(np.int32),
        "checked_in_at": moments(seen.day, seen.arrival),
        # in an emergency nobody queues, and no waiting time is kept
        "examined_at": moments(seen.day, start, missing=seen.emergency),
        "finished_at": moments(seen.day, np.where(seen.emergency, seen.arrival, start) + seen.length),
        "wait_minutes": masked(wait_minutes(seen.wait), seen.emergency),
        "diagnosis_group": category(seen.diagnosis, DIAGNOSES),
        "amount": seen.bill,
        "cost": seen.cost,
        "paid_by_payer": seen.by_payer,
        "times_repeated": seen.repeated.astype(np.int32),
        "registration_error": seen.error,
    }


def wait_minutes(seconds):
    """Give minutes with one decimal, as the hospital's system shows them."""
    return ((seconds + 3) // 6) / 10
