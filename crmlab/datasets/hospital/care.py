"""What goes with the visits: complaints and who returns, referrals in and out."""

import numpy as np

from crmlab.datasets.columns import category
from crmlab.datasets.hospital import planted
from crmlab.datasets.hospital.clock import dates, moments
from crmlab.datasets.hospital.visits import DIAGNOSES

CATEGORIES = ("waiting", "staff", "doctor", "cleanliness", "charges", "administration", "pharmacy", "booking")
_CATEGORY = (0.33, 0.14, 0.10, 0.06, 0.11, 0.14, 0.07, 0.05)
_OPEN = 0.06  # of those not settled within three days: never settled
_REFERRED = (0.62, 0.24, 0.04, 0.10)  # chance by payer group, relative to each other
LEVELS = ("primary_care", "type_c", "type_b", "type_a")


def returns(world):
    """Tell for each visit whether the patient visits again on a later day within a year."""
    seen = world.visits
    order = np.lexsort((seen.day, seen.patient))
    run = seen.patient[order] * (4 * planted.N_DAYS) + seen.day[order]
    following = np.searchsorted(run, run, side="right")
    last = np.minimum(following, len(run) - 1)
    again = np.zeros(seen.n, dtype=bool)
    again[order] = (following < len(run)) & (run[last] - run <= planted.RETURN_DAYS)
    return again


def complain(world):
    """Let patients complain about a visit; how soon it was settled goes with whether they came back.

    Whether somebody comes back is decided by the visits. So the visits complained about are chosen: as many with
    and without a return as the planted shares ask for. The visits without complaint that are kept for comparison
    are chosen the same way.
    """
    draws, seen = world.draws("complaints"), world.visits
    n = round(planted.COMPLAINTS * world.scale)
    again = returns(world)
    observed = seen.day < planted.N_DAYS - planted.RETURN_DAYS
    month = 365.25 * 4 / 48
    late = np.flatnonzero(~observed & ~seen.emergency & (seen.day < planted.N_DAYS - month))
    early = np.flatnonzero(observed & ~seen.emergency)
    # one complaint a patient: what follows one is not mixed with another
    early = early[np.argsort(draws.uniform(len(early)), kind="stable")]
    early = early[np.sort(np.unique(seen.patient[early], return_index=True)[1])]
    m = round(n * 0.75)
    speed = draws.choose(m, planted.RECOVERY_SHARE)
    comes = draws.chance(m, np.array(planted.RETURN)[speed])
    compared = draws.chance(m, planted.RETURN_NO_COMPLAINT)
    wanted = np.concatenate([comes, compared])
    visit = np.empty(2 * m, dtype=np.int64)
    for yes in (True, False):
        pool = early[again[early] == yes]
        if len(pool) < int((wanted == yes).sum()):
            pool = np.flatnonzero(observed & ~seen.emergency & (again == yes))
        visit[wanted == yes] = pool[: int((wanted == yes).sum())]
    world.compared = np.sort(visit[m:])
    recent = late[np.argsort(draws.uniform(len(late)), kind="stable")[: n - m]]
    visit = np.concatenate([visit[:m], recent])
    speed = np.concatenate([speed, draws.choose(n - m, planted.RECOVERY_SHARE)])
    order = np.argsort(visit, kind="stable")
    visit, speed = visit[order], speed[order]
    begins = seen.day[visit] * 86_400 + seen.arrival[visit] + 3_600 * (2 + draws.whole(n, 20))
    low = np.array((1, 25, 73))[speed]
    span = np.array((23, 47, 400))[speed]
    luck = draws.uniform(n)
    ends = begins + ((low + luck * luck * span) * 3_600).astype(np.int64)
    open_ = (speed == 2) & draws.chance(n, _OPEN)
    open_ |= ends >= planted.N_DAYS * 86_400
    world.complaint = {"visit": visit, "speed": speed}
    world.tables["complaints"] = {
        "complaint_id": np.arange(1, n + 1, dtype=np.int32),
        "visit_id": (visit + 1).astype(np.int32),
        "patient_id": (seen.patient[visit] + 1).astype(np.int32),
        "unit_id": (seen.unit[visit] + 1).astype(np.int32),
        "complaint_category": category(draws.choose(n, _CATEGORY), CATEGORIES),
        "opened_at": moments(begins // 86_400, begins % 86_400),
        "resolved_at": moments(ends // 86_400, ends % 86_400, missing=open_),
        "escalated": draws.chance(n, np.array((0.04, 0.12, 0.42))[speed]),
    }
    world.tables["compared_visits"] = {
        "visit_id": (world.compared + 1).astype(np.int32),
        "patient_id": (seen.patient[world.compared] + 1).astype(np.int32),
    }


def refer(world):
    """Let clinics refer patients to the hospital, and the hospital refer some on."""
    draws, seen, house = world.draws("referrals"), world.visits, world.house
    taste = np.array(_REFERRED)[seen.group] * np.where(seen.emergency, 0.3, 1.0)
    rank_weight = np.array([round((k + 1) ** -planted.ZIPF, 9) for k in range(planted.CLINICS)])
    # the clinic that fades refers fewer, and nobody else refers these
    chance = taste * (planted.REFERRALS_IN * world.scale) / float(taste.sum())
    come = np.flatnonzero(draws.chance(seen.n, chance))
    rank = draws.choose(len(come), rank_weight)
    fades = (rank == planted.FADING_CLINIC - 1) & (seen.day[come] >= planted.day_of(planted.FADING_SINCE))
    kept = ~(fades & draws.chance(len(come), 1 - planted.FADING))
    come, rank = come[kept], rank[kept]
    clinic = house.clinic_of_rank[rank]
    gone = np.flatnonzero(draws.chance(seen.n, planted.REFERRALS_OUT * world.scale / seen.n))
    target = planted.CLINICS + draws.choose(len(gone), (26, 20, 16, 12, 16, 10))
    visit = np.concatenate([come, gone])
    where = np.concatenate([clinic, target])
    outward = np.arange(len(visit)) >= len(come)
    draws = world.draws("referrals.replies")
    n = len(visit)
    ahead = np.where(outward, 0, draws.whole(n, 8))
    # nobody is referred before he is known here, and no visit comes before its referral
    day = np.maximum(seen.day[visit] - ahead, world.registered[seen.patient[visit]])
    since = (seen.day[visit] >= planted.day_of(planted.CENTRAL_DATABASE)).astype(np.int64)
    answered = np.where(outward, draws.chance(n, 0.60), draws.chance(n, np.array(planted.REPLIED)[since]))
    reply = seen.day[visit] + 1 + (draws.exponential(n) * np.where(since == 1, 2, 5)).astype(np.int64)
    order = np.lexsort((visit, day))
    visit, where, outward, day, answered, reply = (
        values[order] for values in (visit, where, outward, day, answered, reply)
    )
    world.referral = {"visit": visit, "clinic": where, "outward": outward, "day": day, "replied": answered}
    level = np.array([LEVELS.index(kind) for kind in house.clinic_type.tolist()])
    world.tables["referrals"] = {
        "referral_id": np.arange(1, n + 1, dtype=np.int32),
        "direction": category(outward, ("inbound", "outbound")),
        "patient_id": (seen.patient[visit] + 1).astype(np.int32),
        "visit_id": (visit + 1).astype(np.int32),
        "clinic_id": (where + 1).astype(np.int32),
        "facility_type": category(level[where], LEVELS),
        "diagnosis_group": category(seen.diagnosis[visit], DIAGNOSES),
        "referred_on": dates(day),
        "replied": answered,
        "replied_on": dates(np.minimum(reply, planted.N_DAYS - 1), missing=~answered),
    }
