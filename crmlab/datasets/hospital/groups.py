"""The operational group of a patient: what the hospital itself would call him, by a plain rule.

The rule, on visits up to the last day, first that fits:

never_visited
    no visit in the four years;
ex_patient
    no visit within the last 365 days;
chronic
    has a chronic condition;
regular
    at least three visits within the last 365 days;
new
    registered within the last 365 days;
occasional
    everybody else.
"""

import numpy as np

from crmlab.datasets.hospital import planted

NAMES = ("new", "occasional", "regular", "chronic", "ex_patient", "never_visited")
_RECENT_DAYS, _REGULAR_VISITS = 365, 3


def classify(world):
    """Give the position in `NAMES` of every patient's group."""
    people, seen = world.people, world.visits
    last = np.full(people.n, -1)
    np.maximum.at(last, seen.patient, seen.day)
    border = planted.N_DAYS - _RECENT_DAYS
    recent = np.bincount(seen.patient[seen.day >= border], minlength=people.n)
    return np.select(
        [last < 0, last < border, people.condition > 0, recent >= _REGULAR_VISITS, people.registered >= border],
        [5, 4, 3, 2, 0],
        1,
    )
