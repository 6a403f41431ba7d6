"""The relationship panel: consumers who were asked about PT XYZ as a whole, and what goes with leaving (R-T22).

Who closes his account is already decided. Whether somebody waits in vain for an answer to a complaint, is a detractor,
or uses the online account is drawn given that, so that the odds of leaving are the planted ones.
"""

import math

import numpy as np

from crmlab.datasets.columns import dates
from crmlab.datasets.retail import planted, surveys

_LEAST_SPAN = 60  # days a customer was there, to be asked at all
_PASSIVES = 0.40  # of those who are no detractors


def _shares():
    """Give the share of each mark among those who stay and among those who leave, and the stayers for each leaver."""
    stay = np.array(planted.ODDS_PREVALENCE)
    odds = np.array(planted.CHURN_ODDS)
    leave = np.array([round(p * o / (1 + p * (o - 1)), 9) for p, o in zip(stay.tolist(), odds.tolist(), strict=True)])
    mean = math.prod(1 + p * (o - 1) for p, o in zip(stay.tolist(), odds.tolist(), strict=True))
    return stay, leave, round(math.exp(-planted.CHURN_BASE) / mean, 6)


def make(world):
    """Choose the panel and mark all consumers: a dict of arrays; positions of panel members rise."""
    people = world.people
    draws = world.draws("panel")
    n = people.n_consumers
    start, closed = np.maximum(people.registered[:n], 0), people.closed[:n]
    gone = closed < planted.N_DAYS
    able = ~people.fake & (closed - start > _LEAST_SPAN)
    stay, leave, for_each = _shares()
    unresolved, detractor, online = (
        draws.chance(n, np.where(gone, at_leaving, at_staying))
        for at_staying, at_leaving in zip(stay.tolist(), leave.tolist(), strict=True)
    )
    leavers, stayers = np.flatnonzero(able & gone), np.flatnonzero(able & ~gone)
    count = min(round(len(leavers) * for_each), len(stayers))
    chosen = stayers[np.argsort(draws.uniform(len(stayers)), kind="stable")[:count]]
    asked = np.sort(np.concatenate([leavers, chosen]))
    m = len(asked)
    day = start[asked] + 30 + draws.whole(m, np.minimum(closed[asked], planted.N_DAYS) - start[asked] - 31)
    passive = draws.chance(m, _PASSIVES)
    nps = np.select(
        [detractor[asked], passive],
        [draws.choose(m, surveys.DETRACTOR_SCORES), 7 + draws.choose(m, surveys.PASSIVE_SCORES)],
        9 + draws.choose(m, surveys.PROMOTER_SCORES),
    )
    return {"asked": asked, "day": day, "nps": nps, "unresolved": unresolved & able, "online": online & able}


def build(world):
    """Add the answers of the panel."""
    panel = world.panel
    by_day = np.lexsort((panel["asked"], panel["day"]))
    world.tables["relationship_surveys"] = {
        "relationship_survey_id": np.arange(1, len(by_day) + 1, dtype=np.int32),
        "customer_id": world.people.ids[panel["asked"][by_day]],
        "asked_on": dates(panel["day"][by_day]),
        "nps": panel["nps"][by_day].astype(np.int32),
    }
