"""What the office leaves behind: calls, messages, tasks, look-ups in patients' records, the staff's mood."""

import heapq

import numpy as np

from crmlab.datasets.columns import category, masked
from crmlab.datasets.hospital import planted
from crmlab.datasets.hospital.clock import dates, moments

REASONS = ("booking", "information", "reschedule", "test_result", "complaint")
_REASON = (0.44, 0.27, 0.14, 0.10, 0.05)
LOG_OPENS, LOG_CLOSES = 8 * 3_600, 15 * 3_600
_WARM_UP = 5 * 3_600
PARTIES = ("patient", "doctor", "hospital", "partner")
_PAIRS = (  # from, to, weight, minutes to the reply (median)
    (0, 2, 34, 22), (2, 0, 30, 95), (1, 2, 8, 14), (2, 1, 8, 18), (0, 1, 5, 240), (1, 0, 4, 180),
    (3, 2, 6, 130), (2, 3, 4, 210), (1, 3, 1, 320),
)  # fmt: skip
MEDIA = ("whatsapp", "phone", "email")
_MEDIUM = ((0.66, 0.28, 0.06), (0.20, 0.20, 0.60))  # with patients and doctors, with partners
_MEDIUM_SPEED = (1.0, 0.3, 3.0)
ROLES = ("nurse", "doctor", "registration", "billing", "call_centre", "manager")
_STAFF = (60, 62, 24, 14, 12, 6)
ACTIONS = ("view", "edit", "print", "export")
TASK_TITLES = (
    *("call_back_patient", "confirm_referral", "answer_complaint", "renew_contract", "send_result", "fix_record"),
    *("prepare_checkup", "update_schedule"),
)
_TASK_DAYS = (2, 4, 3, 21, 2, 5, 7, 4)
_FORGOTTEN = 0.04  # tasks that nobody ever ends
TASK_STATUSES = ("open", "in_progress", "done")
PRIORITIES = ("low", "normal", "high")


def call(world):
    """Log the calls of the peak hours of the last working days; agents answer them in the order of their arrival."""
    draws = world.draws("calls")
    weekday = np.array(world.calendar["weekday_number"])
    working = np.flatnonzero((weekday < 7) & ~np.array(world.calendar["national_holiday"]))
    days = working[-round(planted.CALL_DAYS * world.scale) :]
    rate = planted.CALLS_AN_HOUR / 3_600
    span = LOG_CLOSES - LOG_OPENS + _WARM_UP
    parts = []
    for day in days.tolist():
        agents = planted.AGENTS[int(weekday[day]) % 3]
        gaps = draws.exponential(int(span * rate * 1.3) + 60) / rate
        arrivals = np.cumsum(gaps)
        arrivals = arrivals[arrivals < span]
        lengths = draws.exponential(len(arrivals)) * planted.HANDLING_SECONDS
        free = [0.0] * agents
        waits = np.empty(len(arrivals))
        for k, (comes, lasts) in enumerate(zip(arrivals.tolist(), lengths.tolist(), strict=True)):
            starts = max(comes, free[0])
            waits[k] = starts - comes
            heapq.heapreplace(free, starts + lasts)
        logged = arrivals >= _WARM_UP  # the night's queue is not part of the log
        second = LOG_OPENS + (arrivals[logged] - _WARM_UP).astype(np.int64)
        count = len(second)
        parts.append(
            (
                np.full(count, day),
                second,
                np.ceil(waits[logged]).astype(np.int64),
                np.maximum((lengths[logged] + 0.5).astype(np.int64), 1),
                np.full(count, agents),
            )
        )
    day, second, wait, length, agents = (np.concatenate(values) for values in zip(*parts, strict=True))
    n = len(day)
    reason = draws.choose(n, _REASON)
    world.calls = {"day": day, "second": second, "wait": wait, "length": length, "agents": agents, "reason": reason}
    world.tables["calls"] = {
        "call_id": np.arange(1, n + 1, dtype=np.int32),
        "called_at": moments(day, second),
        "wait_seconds": wait.astype(np.int32),
        "handling_seconds": length.astype(np.int32),
        "agents_on_duty": agents.astype(np.int32),
        "reason": category(reason, REASONS),
        "settled": draws.chance(n, np.array((0.94, 0.90, 0.95, 0.82, 0.55))[reason]),
    }


def write(world):
    """Exchange messages among patients, doctors, the hospital and its partners."""
    draws = world.draws("messages")
    n = round(planted.MESSAGES * world.scale)
    day = np.sort(draws.whole(n, planted.N_DAYS))
    second = 7 * 3_600 + draws.whole(n, 14 * 3_600)
    order = np.lexsort((second, day))
    day, second = day[order], second[order]
    pair = draws.choose(n, [weight for _, _, weight, _ in _PAIRS])
    sender, receiver, _, usual = (np.array(values)[pair] for values in zip(*_PAIRS, strict=True))
    partner = ((sender == 3) | (receiver == 3)).astype(np.int64)
    medium = draws.choose_each(np.array(_MEDIUM)[partner])
    minutes = draws.lognormal(n, 1.0) * usual * np.array(_MEDIUM_SPEED)[medium]
    # since the central database the hospital answers in half the time
    faster = (receiver == 2) & (day >= planted.day_of(planted.CENTRAL_DATABASE))
    minutes = np.where(faster, minutes / 2, minutes)
    silent = draws.chance(n, np.array((0.05, 0.02, 0.15))[medium])
    involved = (sender == 0) | (receiver == 0)
    known = np.searchsorted(world.registered, day, side="left")
    patient = (draws.uniform(n) * known).astype(np.int64)
    patient = np.where(world.people.deceased[patient] < planted.N_DAYS, _alive(world.people), patient)
    world.tables["communications"] = {
        "message_id": np.arange(1, n + 1, dtype=np.int32),
        "sent_at": moments(day, second),
        "sender": category(sender, PARTIES),
        "receiver": category(receiver, PARTIES),
        "channel": category(medium, MEDIA),
        "patient_id": masked((patient + 1).astype(np.int32), ~involved),
        "reply_minutes": masked(minutes.astype(np.int32) + 1, silent),
    }


def plan(world):
    """Make the tasks of the office."""
    draws = world.draws("tasks")
    n = round(planted.TASKS * world.scale)
    day = np.sort(draws.whole(n, planted.N_DAYS))
    title = draws.choose(n, (24, 14, 18, 3, 16, 12, 8, 5))
    priority = draws.choose_each(
        np.array(((0.2, 0.6, 0.2), (0.2, 0.6, 0.2), (0.05, 0.35, 0.6), (0.1, 0.5, 0.4)))[np.minimum(title, 3)]
    )
    due = day + np.array(_TASK_DAYS)[title]
    taken = (draws.exponential(n) * np.array(_TASK_DAYS)[title] * np.array((0.9, 0.6, 0.45))[priority]).astype(np.int64)
    ended = day + taken
    done = (ended < planted.N_DAYS) & ~draws.chance(n, _FORGOTTEN)
    status = np.where(done, 2, np.where(draws.chance(n, 0.5), 1, 0))
    owner = np.array((4, 2, 5, 5, 0, 2, 0, 2))[title]
    world.tables["tasks"] = {
        "task_id": np.arange(1, n + 1, dtype=np.int32),
        "title": category(title, TASK_TITLES),
        "owner": category(owner, ROLES),
        "priority": category(priority, PRIORITIES),
        "created_on": dates(day),
        "due_on": dates(due),
        "done_on": dates(np.minimum(ended, planted.N_DAYS - 1), missing=~done),
        "status": category(status, TASK_STATUSES),
    }


def look_up(world):
    """Log who opened which patient's record.

    Whoever opens one has a reason: a visit on that day or one up to three days ago. A few open the records of
    well-known people who were not there, and those are planted. The call centre opens some that have no visit, but
    never of well-known people.
    """
    draws, seen, people = world.draws("lookups"), world.visits, world.people
    n, odd = round(planted.LOOKUPS * world.scale), round(planted.SUSPICIOUS * world.scale)
    calls = round(0.02 * n)
    visit = draws.whole(n - odd - calls - 1, seen.n)
    role = draws.choose(len(visit), (0.46, 0.24, 0.20, 0.10, 0.0, 0.0))
    later = np.where(role == 3, draws.whole(len(visit), 4), 0)
    day = np.minimum(seen.day[visit] + later, planted.N_DAYS - 1)
    second = np.where(
        later > 0, 8 * 3_600 + draws.whole(len(visit), 8 * 3_600), np.minimum(seen.arrival[visit] + 600, 86_000)
    )
    patient = seen.patient[visit]
    asked_day = draws.whole(calls, planted.N_DAYS)
    asked = (draws.uniform(calls) * np.searchsorted(world.registered, asked_day, side="left")).astype(np.int64)
    asked = np.where(people.vip[asked] | (people.deceased[asked] < planted.N_DAYS), _alive(people), asked)
    odd_patient, odd_day = _unvisited(world, draws, odd)
    kinds = np.concatenate([np.zeros(len(visit)), np.ones(calls), np.full(odd, 2), [3]]).astype(np.int64)
    drill = planted.EXPORT_AT
    patient = np.concatenate([patient, asked, odd_patient, [0]])
    day = np.concatenate([day, asked_day, odd_day, [planted.day_of(drill.date())]])
    night = 17 * 3_600 + draws.whole(odd, 5 * 3_600)
    second = np.concatenate(
        [second, 8 * 3_600 + draws.whole(calls, 7 * 3_600), night, [drill.hour * 3_600 + drill.minute * 60]]
    )
    role = np.concatenate([role, np.full(calls, 4), draws.choose(odd, (0.3, 0.1, 0.3, 0.2, 0.1, 0.0)), [5]])
    first = np.concatenate([[0], np.cumsum(_STAFF)])
    user = first[role] + draws.whole(len(role), np.array(_STAFF)[role])
    action = np.where(kinds == 0, draws.choose(len(role), (0.70, 0.24, 0.06)), 0)
    action[-1] = ACTIONS.index("export")
    order = np.lexsort((second, day))
    world.lookup = {"odd": np.flatnonzero(kinds[order] == 2)}
    patient, day, second, role, user, action, kinds = (
        values[order] for values in (patient, day, second, role, user, action, kinds)
    )
    world.tables["access_log"] = {
        "access_id": np.arange(1, len(order) + 1, dtype=np.int32),
        "at": moments(day, second),
        "user_id": (user + 1).astype(np.int32),
        "role": category(role, ROLES),
        "patient_id": masked((patient + 1).astype(np.int32), kinds == 3),
        "action": category(action, ACTIONS),
    }


def _alive(people):
    """Give the first ordinary patient who lives."""
    return np.flatnonzero(~people.vip & (people.deceased >= planted.N_DAYS))[0]


def _unvisited(world, draws, n):
    """Choose well-known patients and days on which, and shortly before which, they were not there."""
    people, seen = world.people, world.visits
    vips = np.flatnonzero(people.vip & (people.registered < planted.N_DAYS - 400))
    theirs = np.isin(seen.patient, vips)
    busy = {
        (who, day + after)
        for who, day in zip(seen.patient[theirs].tolist(), seen.day[theirs].tolist(), strict=True)
        for after in range(-1, 9)
    }
    who, when = [], []
    while len(who) < n:
        patient = int(vips[int(draws.uniform(1)[0] * len(vips))])
        start = max(int(people.registered[patient]) + 1, 0)
        day = start + int(draws.uniform(1)[0] * (planted.N_DAYS - start))
        if (patient, day) not in busy and day < people.deceased[patient]:
            who.append(patient)
            when.append(day)
    return np.array(who, dtype=np.int64), np.array(when, dtype=np.int64)


def poll(world):
    """Ask the staff, unit by unit, twice a year."""
    draws = world.draws("staff_survey")
    units, waves = len(planted.UNITS), planted.STAFF_WAVES
    base = 3.3 + 0.9 * draws.uniform(units)
    unit, wave = np.divmod(np.arange(units * waves), waves)
    # the central database cost nerves at first and saved them later
    mood = np.array((0.0, -0.05, -0.05, -0.10, -0.25, 0.05, 0.20, 0.25))[wave]
    score = base[unit] + mood + 0.15 * draws.normal(units * waves)
    order = np.lexsort((unit, wave))
    unit, wave, score = unit[order], wave[order], score[order]
    world.tables["staff_survey"] = {
        "wave": (wave + 1).astype(np.int32),
        "unit_id": (unit + 1).astype(np.int32),
        "asked_on": dates(np.array([31 + 31 + 14 + 182 * k for k in range(waves)])[wave]),
        "answers": (6 + draws.whole(units * waves, 18)).astype(np.int32),
        "score": np.rint(np.clip(score, 1, 5) * 100) / 100,
    }
