"""Who comes when, to which unit, at whose cost: appointments and emergencies, and the patients behind them."""

from dataclasses import dataclass

import numpy as np

from crmlab.datasets.hospital import planted

CHILD, WOMAN, MAN = range(3)
_CLASS_BY_UNIT = {  # chance of a child, a woman, a man
    planted.PAEDIATRICS: (1.0, 0.0, 0.0),
    planted.OBGYN: (0.0, 1.0, 0.0),
    **dict.fromkeys((planted.INTERNAL, 4, 5, 10, 11, planted.CHECKUP), (0.0, 0.52, 0.48)),
    **dict.fromkeys((planted.GENERAL, 6, 7, 8, 9), (0.14, 0.46, 0.40)),
    planted.EMERGENCY: (0.25, 0.38, 0.37),
}
_PATIENT_CLASS = (0.20, 0.44, 0.36)  # of those who registered before the first day
_RETURN_SIGMA = 0.95  # how differently often patients come
_REGISTERED_DAYS = 1_825  # before the first day, at most


@dataclass
class Events:
    """Bookings and emergencies; the bookings first, by day."""

    day: np.ndarray
    unit: np.ndarray
    payer_group: np.ndarray
    kind: np.ndarray
    lead: np.ndarray
    emergency: np.ndarray
    new: np.ndarray = None
    patient: np.ndarray = None

    @property
    def n(self):
        """How many there are."""
        return len(self.day)


def daily_factors(world):
    """Give what multiplies the usual number of appointments of a day, and the part of it that fever units have more."""
    days = world.calendar
    weekday = np.array(days["weekday_number"])
    near = np.abs(np.array(days["days_to_idul_fitri"])) <= planted.FITRI_WEEK_DAYS
    closed = (weekday == 7) | (np.array(days["national_holiday"]) & ~near)
    factor = np.where(closed, planted.SUNDAY, 1.0) * np.where(np.array(days["ramadan"]), planted.RAMADAN, 1.0)
    factor = factor * np.where(near, planted.FITRI_WEEK, 1.0)
    rainy = np.isin(np.array(days["month_of_year"]), planted.RAINY_MONTHS)
    return factor, np.where(rainy, planted.FEVER_IN_RAINY_MONTHS, 1.0)


def make(world):
    """Make the bookings and the emergencies, and find a patient for each."""
    events = _arrive(world)
    _come_back(world, events)
    return events


def _arrive(world):
    draws = world.draws("bookings")
    factor, fever = daily_factors(world)
    weight = np.array(planted.UNIT_WEIGHT, dtype=float)
    fever_units = np.array(planted.FEVER_UNITS)
    share = weight[fever_units].sum() / weight.sum()
    base = planted.APPOINTMENTS_A_DAY * world.scale * factor
    cell = draws.arrivals(np.column_stack([base * (1 - share), base * share * fever]).ravel())
    urgent = draws.arrivals(np.full(planted.N_DAYS, planted.EMERGENCIES_A_DAY * world.scale))
    n, m = len(cell), len(urgent)
    day = np.concatenate([cell // 2, urgent])
    group = draws.choose_each(np.array(planted.PAYER_MIX)[world.year_of_day[day]])
    other = np.where(np.isin(np.arange(len(weight)), fever_units), 0.0, weight)
    # the national scheme pays for no check-ups
    other_bpjs = other.copy()
    other_bpjs[planted.GENERAL] += other_bpjs[planted.CHECKUP]
    other_bpjs[planted.CHECKUP] = 0.0
    sick = draws.choose_each(np.array([other_bpjs, other, other, other])[group[:n]])
    hot = fever_units[draws.choose(n, weight[fever_units])]
    unit = np.concatenate([np.where(cell % 2 == 1, hot, sick), np.full(m, planted.EMERGENCY)])
    same_day = draws.chance(n, planted.SAME_DAY)
    later = 1 + (draws.exponential(n) * planted.LEAD_SCALE_DAYS).astype(np.int64)
    lead = np.where(same_day, 0, np.minimum(later, planted.MOST_LEAD_DAYS))
    kinds = np.array([_CLASS_BY_UNIT[k] for k in range(len(weight))])
    return Events(
        day=day,
        unit=unit,
        payer_group=group,
        kind=draws.choose_each(kinds[unit]),
        lead=np.concatenate([lead, np.zeros(m, dtype=np.int64)]),
        emergency=np.arange(n + m) >= n,
    )


def _come_back(world, events):
    """Let new patients register with their first booking, and others come again: some often, most seldom."""
    draws = world.draws("patients")
    before, new = (round(count * world.scale) for count in (planted.PATIENTS_BEFORE, planted.PATIENTS_NEW))
    created = events.day - events.lead
    first = np.argsort(draws.uniform(events.n), kind="stable")[:new]
    events.new = np.zeros(events.n, dtype=bool)
    events.new[first] = True
    early = -planted.MOST_LEAD_DAYS - 1 - draws.whole(before, _REGISTERED_DAYS)
    early_group = draws.choose(before, planted.PAYER_MIX[0])
    early_kind = draws.choose(before, _PATIENT_CLASS)
    # somebody of every kind was there before the first day
    early_group[:12], early_kind[:12] = np.arange(12) // 3, np.arange(12) % 3
    registered = np.concatenate([early, created[first]])
    order = np.argsort(registered, kind="stable")
    place = np.empty(before + new, dtype=np.int64)
    place[order] = np.arange(before + new)
    world.registered = registered[order]
    world.patient_group = np.concatenate([early_group, events.payer_group[first]])[order]
    world.patient_kind = np.concatenate([early_kind, events.kind[first]])[order]
    world.was_there = order < before
    world.often = draws.lognormal(before + new, _RETURN_SIGMA)
    events.patient = np.zeros(events.n, dtype=np.int64)
    events.patient[first] = place[before:]
    again = np.flatnonzero(~events.new)
    switches = draws.chance(len(again), planted.OTHER_PAYER)
    usual = np.where(switches, draws.choose(len(again), planted.PAYER_MIX[1]), events.payer_group[again])
    luck = draws.uniform(len(again))
    for group in range(4):
        for kind in (CHILD, WOMAN, MAN):
            pool = np.flatnonzero((world.patient_group == group) & (world.patient_kind == kind))
            mine = np.flatnonzero((usual == group) & (events.kind[again] == kind))
            total = np.concatenate([[0.0], np.cumsum(world.often[pool])])
            known = np.searchsorted(world.registered[pool], created[again[mine]], side="left")
            events.patient[again[mine]] = pool[np.searchsorted(total, luck[mine] * total[known], side="right") - 1]
