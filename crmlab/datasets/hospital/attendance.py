"""Doctors' days and slots, reminders, and who came."""

import math
from dataclasses import dataclass

import numpy as np

from crmlab.datasets.columns import category, masked
from crmlab.datasets.hospital import planted
from crmlab.datasets.hospital.clock import dates, moments

CHANNELS = ("phone", "whatsapp", "web", "walk_in")
_CHANNEL_BY_YEAR = ((0.62, 0.20, 0.18), (0.52, 0.28, 0.20), (0.40, 0.38, 0.22), (0.32, 0.46, 0.22))
STATUSES = ("attended", "no_show", "cancelled", "rescheduled")
ATTENDED, NO_SHOW, CANCELLED, RESCHEDULED = range(4)
ARMS = ("pilot_treated", "pilot_control", "routine")
_OPENS, _CLOSES = 8 * 3_600, 16 * 3_600
_READ, _REPLIED = 0.80, 0.45


@dataclass
class Appointments:
    """Bookings with their slot, in the order of their ids: by day and time."""

    event: np.ndarray  # position among the events
    doctor: np.ndarray
    slot: np.ndarray
    day: np.ndarray
    second: np.ndarray
    channel: np.ndarray
    status: np.ndarray = None
    reminded: np.ndarray = None
    arm: np.ndarray = None

    @property
    def n(self):
        """How many there are."""
        return len(self.event)


def give_slots(world):
    """Open doctors' days where somebody is booked, with slots that stay free, and give each booking a slot."""
    draws, events, house = world.draws("slots"), world.events, world.house
    booked = np.flatnonzero(~events.emergency)
    doctor = np.zeros(len(booked), dtype=np.int64)
    for unit in range(len(planted.UNITS)):
        mine = np.flatnonzero(events.unit[booked] == unit)
        first, last = house.first_doctor[unit : unit + 2]
        doctor[mine] = first + draws.choose(len(mine), house.doctor_weight[first:last])
    n_doctors = len(house.doctor_unit)
    session, inverse, count = np.unique(
        events.day[booked] * n_doctors + doctor, return_inverse=True, return_counts=True
    )
    slots = count + (count * house.open_slots[session % n_doctors] + draws.uniform(len(session))).astype(np.int64)
    of = np.repeat(np.arange(len(session)), slots)
    start = np.cumsum(slots) - slots
    position = np.arange(len(of)) - start[of]
    rank = np.empty(len(of), dtype=np.int64)
    rank[np.lexsort((draws.uniform(len(of)), of))] = position
    taken = np.flatnonzero(rank < count[of])
    step = np.minimum((_CLOSES - _OPENS) // slots, 1_800) // 60 * 60
    # a session starts with the day where it is full, and somewhere in it where it is not
    room = np.maximum(_CLOSES - _OPENS - step * slots, 0) // 1_800
    begin = _OPENS + draws.whole(len(session), room + 1) * 1_800
    second = begin[of] + position * step[of]
    world.slots = {"doctor": (session % n_doctors)[of], "day": (session // n_doctors)[of], "second": second}
    world.slots["minutes"] = (step // 60)[of]
    world.slots["taken"] = rank < count[of]
    # bookings of a session, in the order in which they were made, get its taken slots in the order of time
    in_order = np.lexsort((np.arange(len(booked)), inverse))
    slot = np.empty(len(booked), dtype=np.int64)
    slot[in_order] = taken
    by_time = np.lexsort((slot, second[slot], events.day[booked]))
    booked, slot = booked[by_time], slot[by_time]
    doctor = world.slots["doctor"][slot]
    draws = world.draws("slots.channel")
    shares = np.array(_CHANNEL_BY_YEAR)[world.year_of_day[events.day[booked]]]
    asked = draws.choose_each(shares)
    comes = draws.chance(len(booked), np.where(events.lead[booked] == 0, 0.80, 0.08))
    return Appointments(booked, doctor, slot, events.day[booked], second[slot], np.where(comes, 3, asked))


def no_show_chances():
    """Give the chance of a no-show by days of lead, reminder, national scheme, new patient, earlier no-show."""
    odds = [round(math.log(value), 9) for value in planted.NO_SHOW_ODDS.values()]
    table = np.empty((planted.MOST_LEAD_DAYS + 1, 2, 2, 2, 2))
    for place in np.ndindex(table.shape):
        logit = planted.NO_SHOW_INTERCEPT + planted.NO_SHOW_PER_LEAD_DAY * place[0]
        logit += sum(yes * value for yes, value in zip(place[1:], odds, strict=True))
        table[place] = round(1 / (1 + math.exp(-logit)), 9)
    return table


def attend(world):
    """Send reminders and let the patients come or not; what a patient missed before counts."""
    draws, events, made = world.draws("attendance"), world.events, world.appointments
    n, event = made.n, made.event
    luck = draws.uniform(n)
    status = np.where(luck < planted.CANCELLED + planted.RESCHEDULED, RESCHEDULED, ATTENDED)
    status[luck < planted.CANCELLED] = CANCELLED
    day, lead = made.day, events.lead[event]
    agreed = world.people.consents["reminder_consent"][events.patient[event]]
    first, last = (planted.day_of(date) for date in planted.PILOT)
    pilot = (day >= first) & (day <= last) & (lead >= 1) & agreed
    routine = (day >= planted.day_of(planted.ROUTINE_SINCE)) & (lead >= 1) & agreed
    by_lot = draws.chance(n, 0.5)
    chosen = draws.chance(n, np.array(planted.ROUTINE)[(lead >= planted.ROUTINE_LONG_LEAD_DAYS).astype(np.int64)])
    made.arm = np.where(pilot, np.where(by_lot, 0, 1), np.where(routine & chosen, 2, -1))
    made.reminded = np.isin(made.arm, (0, 2))
    chance = no_show_chances()
    bpjs = (events.payer_group[event] == planted.BPJS).astype(np.int64)
    new, patient = events.new[event].astype(np.int64), events.patient[event]
    luck = draws.uniform(n)
    kept = np.flatnonzero(status == ATTENDED)
    kept = kept[np.lexsort((kept, patient[kept]))]
    start = np.append(True, patient[kept][1:] != patient[kept][:-1])
    rank = np.arange(len(kept)) - np.maximum.accumulate(np.where(start, np.arange(len(kept)), 0))
    missed = np.zeros(len(kept), dtype=np.int64)
    by_rank = np.argsort(rank, kind="stable")
    edges = np.searchsorted(rank[by_rank], np.arange(rank.max() + 2))
    for k in range(rank.max() + 1):
        some = by_rank[edges[k] : edges[k + 1]]
        at = kept[some]
        before = missed[some - 1] if k else np.zeros(len(some), dtype=np.int64)
        p = chance[lead[at], made.reminded[at].astype(np.int64), bpjs[at], new[at], before]
        missed[some] = luck[at] < p
    status[kept[missed == 1]] = NO_SHOW
    made.status = status


def send_reminders(world):
    """Send a message a day before, and one three days before where there is the time for it."""
    draws, made, events = world.draws("reminders"), world.appointments, world.events
    in_arm = np.flatnonzero(made.arm >= 0)
    control = made.arm[in_arm] == 1
    early = in_arm[(events.lead[made.event[in_arm]] >= 3) & ~control]
    appointment = np.concatenate([in_arm, early])
    hours = np.concatenate([np.full(len(in_arm), 24), np.full(len(early), 72)])
    order = np.lexsort((-hours, appointment))
    appointment, hours = appointment[order], hours[order]
    sent = made.arm[appointment] != 1
    read = sent & draws.chance(len(sent), _READ)
    replied = read & draws.chance(len(sent), _REPLIED)
    whatsapp = world.people.whatsapp[events.patient[made.event[appointment]]]
    world.tables["reminders"] = {
        "reminder_id": np.arange(1, len(sent) + 1, dtype=np.int32),
        "appointment_id": (appointment + 1).astype(np.int32),
        "arm": category(made.arm[appointment], ARMS),
        "channel": category(np.where(whatsapp, 0, 1), ("whatsapp", "sms"), missing=~sent),
        "hours_before": masked(hours.astype(np.int32), ~sent),
        "sent": sent,
        "read": read,
        "replied": replied,
    }


def build(world):
    """Add slots and appointments."""
    slots, made, events = world.slots, world.appointments, world.events
    world.tables["slots"] = {
        "slot_id": np.arange(1, len(slots["day"]) + 1, dtype=np.int32),
        "doctor_id": (slots["doctor"] + 1).astype(np.int32),
        "starts_at": moments(slots["day"], slots["second"]),
        "minutes": slots["minutes"].astype(np.int32),
        "booked": slots["taken"],
    }
    event = made.event
    world.tables["appointments"] = {
        "appointment_id": np.arange(1, made.n + 1, dtype=np.int32),
        "patient_id": (events.patient[event] + 1).astype(np.int32),
        "unit_id": (events.unit[event] + 1).astype(np.int32),
        "doctor_id": (made.doctor + 1).astype(np.int32),
        "slot_id": (made.slot + 1).astype(np.int32),
        "payer_id": (world.payer[event] + 1).astype(np.int32),
        "channel": category(made.channel, CHANNELS),
        "booked_on": dates(made.day - events.lead[event]),
        "scheduled_at": moments(made.day, made.second),
        "lead_days": events.lead[event].astype(np.int32),
        "new_patient": events.new[event],
        "status": category(made.status, STATUSES),
    }
