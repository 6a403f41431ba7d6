"""Consent: who may be written to, for what and on which channel, and until when (R-T30).

The latest entry counts; a tie is a no; no entry is a no.
"""

import numpy as np

from crmlab.datasets.columns import category, moments
from crmlab.datasets.retail import planted

PURPOSES = ("marketing", "survey")
CHANNELS = ("email", "whatsapp", "phone")
_GIVES = (0.90, 0.75, 0.35)  # of those who opt in, by channel
_SURVEY_TOO = 0.45
_ONE_CHANNEL_ONLY = 0.30  # of the withdrawals
NEVER = np.int64(10**15)
_DAY = 86_400


def make(world):
    """Let consumers give and withdraw consent: entries in the order of time, and from when to when each counts."""
    people = world.people
    draws = world.draws("consents")
    n = people.n_consumers
    honest = np.flatnonzero(~people.fake)
    opted = np.sort(honest[np.argsort(draws.uniform(len(honest)), kind="stable")[: round(planted.OPT_IN * n)]])
    m = len(opted)
    gives = draws.uniform(m * len(CHANNELS)).reshape(m, -1) < np.array(_GIVES)
    gives[~gives.any(axis=1), 0] = True
    when = people.registered[opted] * _DAY + 9 * 3_600 + draws.whole(m, 11 * 3_600)
    since = np.full((n, len(CHANNELS)), NEVER)
    since[opted] = np.where(gives, when[:, None], NEVER)
    survey = draws.chance(m, _SURVEY_TOO)

    start, closed = np.maximum(people.registered[opted], 0), np.minimum(people.closed[opted], planted.N_DAYS)
    able = np.flatnonzero(closed - start > 90)
    regret = able[np.argsort(draws.uniform(len(able)), kind="stable")[: round(planted.WITHDRAWN * m)]]
    count = len(regret)
    day = start[regret] + 45 + draws.whole(count, closed[regret] - start[regret] - 50)
    at = day * _DAY + 8 * 3_600 + draws.whole(count, 12 * 3_600)
    keeps = draws.uniform(count * len(CHANNELS)).reshape(count, -1) * gives[regret]
    only_one = draws.chance(count, _ONE_CHANNEL_ONLY)
    ends = gives[regret] & (~only_one[:, None] | (keeps == keeps.max(axis=1, keepdims=True)))
    until = np.full((n, len(CHANNELS)), NEVER)
    until[opted[regret]] = np.where(ends, at[:, None], NEVER)
    tie = np.zeros(count, dtype=bool)
    tie[: round(planted.CONSENT_TIES * count)] = True

    rows = []  # customer, purpose, channel, given, time
    for channel in range(len(CHANNELS)):
        who = np.flatnonzero(gives[:, channel])
        rows.append((opted[who], 0, channel, True, when[who]))
        gone = np.flatnonzero(ends[:, channel])
        rows.append((opted[regret[gone]], 0, channel, False, at[gone]))
        both = np.flatnonzero(ends[:, channel] & tie)
        rows.append((opted[regret[both]], 0, channel, True, at[both]))
    who = np.flatnonzero(survey)
    rows.append((opted[who], 1, 0, True, when[who]))
    customer = np.concatenate([row[0] for row in rows])
    purpose, channel, given = (np.concatenate([np.full(len(row[0]), row[k]) for row in rows]) for k in (1, 2, 3))
    time = np.concatenate([row[4] for row in rows])
    order = np.lexsort((given, channel, purpose, customer, time))
    return {
        "customer": customer[order],
        "purpose": purpose[order],
        "channel": channel[order],
        "given": given[order],
        "time": time[order],
        "since": since,
        "until": until,
        "opted": opted,
        "withdrawn": opted[regret],
    }


def build(world):
    """Add the consent ledger."""
    made = world.consents
    world.tables["consents"] = {
        "consent_id": np.arange(1, len(made["time"]) + 1, dtype=np.int32),
        "customer_id": world.people.ids[made["customer"]],
        "purpose": category(made["purpose"], PURPOSES),
        "channel": category(made["channel"], CHANNELS),
        "action": category(made["given"].astype(np.int64), ("withdrawn", "given")),
        "recorded_at": moments(made["time"] // _DAY, made["time"] % _DAY),
    }
