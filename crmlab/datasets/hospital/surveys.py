"""Surveys after a visit: who is asked, who answers, what they say and write."""

import numpy as np

from crmlab.datasets.columns import category, text
from crmlab.datasets.draws import normal_table
from crmlab.datasets.hospital import planted
from crmlab.datasets.hospital.clock import dates
from crmlab.datasets.hospital.comments import COMMENTS, VAGUE

_PROMOTER_SCORES = (0.45, 0.55)  # 9, 10
_PASSIVE_SCORES = (0.45, 0.55)  # 7, 8
_DETRACTOR_SCORES = (0.03, 0.03, 0.05, 0.09, 0.14, 0.30, 0.36)  # 0 to 6
_VAGUE, _TWO_TOPICS = 0.12, 0.20
_WAITING = planted.TOPICS.index("waiting")
_USUAL_CSAT, _FACTOR_PULL, _FACTOR_SPREAD = 4.13, 0.7, 0.9


def ask(world):
    """Invite patients after visits to the clinics and collect their answers."""
    seen = world.visits
    draws = world.draws("surveys")
    able = np.flatnonzero(~seen.emergency & (seen.day < planted.N_DAYS - 12))
    n = round(planted.INVITES * world.scale)
    visit = np.sort(able[np.argsort(draws.uniform(len(able)), kind="stable")[:n]])
    asked = seen.day[visit] + 2
    yes = np.flatnonzero(draws.chance(n, planted.ANSWERED))
    m = len(yes)
    told = {"answered_on": asked[yes] + draws.whole(m, 8)}
    mood = draws.uniform(m)
    minutes = seen.wait[visit[yes]] / 60
    late = np.maximum(minutes - planted.CSAT_FREE_MINUTES, 0)
    noise = normal_table()[(mood * 65_536).astype(np.int64)]
    latent = planted.CSAT_BASE + planted.CSAT_PER_MINUTE * late + planted.CSAT_SPREAD * noise
    csat = np.clip(np.floor(latent + 0.5), 1, 5).astype(np.int64)
    # the mood of the first question makes half of the others', so that they go together in every group alike
    luck = _uniform((mood + draws.uniform(m)) / 2)
    group = seen.group[visit[yes]]
    promoters, detractors = np.array(planted.PROMOTERS)[group], np.array(planted.DETRACTORS)[group]
    kind = (luck >= detractors).astype(np.int64) + (luck >= 1 - promoters)
    nps = np.select(
        [kind == 2, kind == 1],
        [9 + draws.choose(m, _PROMOTER_SCORES), 7 + draws.choose(m, _PASSIVE_SCORES)],
        draws.choose(m, _DETRACTOR_SCORES),
    )
    edges = np.cumsum(planted.EFFORT[:-1])
    effort = 1 + np.searchsorted(edges, _uniform(((1 - mood) + draws.uniform(m)) / 2), side="right")
    version = np.where(asked[yes] >= planted.day_of(planted.CES_REVERSED_SINCE), 2, 1)
    told |= {"nps": nps, "csat": csat, "ces": np.where(version == 2, 8 - effort, effort), "ces_version": version}
    # a factor follows how satisfied somebody is with all, some more and some less
    above = csat - _USUAL_CSAT
    for name, mean, load in planted.FACTORS:
        score = mean + _FACTOR_PULL * load * above + _FACTOR_SPREAD * draws.normal(m)
        told[name] = np.clip(np.floor(score + 0.5), 1, 5).astype(np.int64)
    world.survey = {"visit": visit, "asked": asked, "yes": yes, "kind": kind, **told}


def _uniform(mean):
    """Make a uniform number again of the mean of two."""
    return np.where(mean < 0.5, 2 * mean * mean, 1 - 2 * (1 - mean) * (1 - mean))


def comment(world):
    """Let some write a sentence, and let some of the sentences be labelled with their topic by hand."""
    draws, survey = world.draws("surveys.comments"), world.survey
    m = len(survey["yes"])
    writes = draws.chance(m, planted.COMMENTED)
    unhappy = survey["kind"] == 0
    topic = np.where(unhappy, draws.choose(m, planted.TOPIC_OF_DETRACTORS), draws.choose(m, planted.TOPIC_OF_OTHERS))
    which, end = draws.whole(m, 1_000), draws.whole(m, 1_000)
    # who queued says so; others are vague at times, or speak of two things
    vague = draws.chance(m, _VAGUE) & (topic != _WAITING)
    second = np.where(draws.chance(m, _TWO_TOPICS), 1 + draws.whole(m, len(planted.TOPICS) - 1), _WAITING)
    survey["topic"], survey["writes"] = topic, writes
    survey["labelled"] = writes & draws.chance(m, planted.LABELLED)
    survey["comment"] = [
        _sentence(t, bad, k, e, unclear, s) if w else None
        for t, bad, k, e, w, unclear, s in zip(
            *(values.tolist() for values in (topic, unhappy, which, end, writes, vague, second)), strict=True
        )
    ]


def _sentence(topic, unhappy, which, end, vague, second):
    starts, says, ends = COMMENTS[planted.TOPICS[topic], unhappy]
    said = VAGUE[unhappy][which % 4] if vague else says[which // 7 % len(says)]
    if second not in (_WAITING, topic):
        more = COMMENTS[planted.TOPICS[second], unhappy][1]
        said += ", " + more[which // 13 % len(more)]
    return " ".join(part for part in (starts[which % len(starts)], said + ".", ends[end % len(ends)]) if part)


def build(world):
    """Add the invitations and the answers."""
    survey, seen = world.survey, world.visits
    n, yes = len(survey["visit"]), survey["yes"]
    ids = np.arange(1, n + 1, dtype=np.int32)
    answered = np.zeros(n, dtype=bool)
    answered[yes] = True
    world.tables["survey_invitations"] = {
        "survey_id": ids,
        "visit_id": (survey["visit"] + 1).astype(np.int32),
        "patient_id": (seen.patient[survey["visit"]] + 1).astype(np.int32),
        "asked_on": dates(survey["asked"]),
        "answered": answered,
    }
    scores = ("nps", "csat", "ces", "ces_version", *(name for name, _, _ in planted.FACTORS))
    world.tables["survey_answers"] = {
        "survey_id": ids[yes],
        "answered_on": dates(survey["answered_on"]),
        **{name: survey[name].astype(np.int32) for name in scores},
        "comment": text(survey["comment"]),
        "topic": category(survey["topic"], planted.TOPICS, missing=~survey["labelled"]),
    }
