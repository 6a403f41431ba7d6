"""Worlds with known truths, for every interval that the room shows (see tests/benchmarks/coverage.py).

To open a log takes longer than what is asked of it. Where a log keeps them apart (by group, or by the name of a
touchpoint) it holds ``MANY`` worlds.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from crmlab.analytics import journeys
from crmlab.analytics.journeys.responses import MEASURES

DAY = pd.Timestamp("2020-01-01")
P = np.array([[0.2, 0.5, 0.3], [0.1, 0.3, 0.6], [0.5, 0.1, 0.4]])
STOP = 0.15
MANY = 8


def log_of(person, case, touchpoint, day, *, as_of="2024-12-31", **more):
    frame = pd.DataFrame({"person_id": person, "case_id": case, "touchpoint": touchpoint})
    frame["occurred_at"] = DAY + pd.to_timedelta(np.asarray(day, float), unit="D")
    for name, values in more.items():
        frame[name] = values
    return journeys.event_log(frame, as_of=as_of, keep=[c for c in more if c == "world"])


def chains(rng, persons, each, world=0):
    """Cases that go from A to B to C by ``P`` and stop with a chance; persons differ in how readily they stop."""
    rows = []
    case = world * persons * each
    for who in range(world * persons, (world + 1) * persons):
        for _ in range(each):
            at, step = 0, 0
            while True:
                rows.append((who, case, f"{'ABC'[at]}{world}", case * 100 + step))
                if rng.random() < STOP:
                    break
                at, step = int(rng.choice(3, p=P[at])), step + 1
            case += 1
    return pd.DataFrame(rows, columns=["who", "case", "t", "day"])


def transitions(rng):
    rows = pd.concat([chains(rng, 60, 2, world) for world in range(MANY)])
    log = log_of(rows["who"], rows["case"], rows["t"], rows["day"] / 100)
    table = journeys.transitions(log).table.set_index(["origin", "destination"])
    log.close()
    for world in range(MANY):
        for a in range(3):
            for b in range(3):
                if (place := (f"{'ABC'[a]}{world}", f"{'ABC'[b]}{world}")) in table.index:
                    row = table.loc[place]
                    yield "transitions share, 60 persons", (1 - STOP) * P[a, b], row["share_low"], row["share_high"]


def likeness(rng, persons, each, world=0):
    """Each person has a readiness of his own: 0.4 and then 0.5 on average; ``each`` cases a person."""
    first, then = rng.beta(2, 3, persons), rng.beta(2.5, 2.5, persons)
    who = np.repeat(np.arange(persons), each)
    case = np.arange(len(who))
    on = rng.random(len(who)) < first[who]
    through = on & (rng.random(len(who)) < then[who])
    parts = [
        pd.DataFrame({"who": who[some], "case": case[some], "t": t, "day": case[some] + later})
        for some, t, later in ((case >= 0, "A", 0.0), (on, "B", 0.1), (through, "C", 0.2))
    ]
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(who=rows["who"] + world * persons, case=rows["case"] + world * len(case), world=world)


def funnel(rng, persons, each, name):
    rows = pd.concat([likeness(rng, persons, each, world) for world in range(MANY)])
    log = log_of(rows["who"], rows["case"], rows["t"], rows["day"] / 10, world=rows["world"])
    steps = ["A", "B", "C"]
    through = journeys.funnel_through_all(log, steps, by="world").table
    met = journeys.funnel_any(log, steps, by="world").table
    log.close()
    for world in range(MANY):
        for table, whole in ((through, "share_of_first"), (met, "share_of_all")):
            for place, truth in ((1, 0.4), (2, 0.2)):
                row = table.iloc[3 * world + place]
                yield f"{whole}, {name}", truth, row[f"{whole}_low"], row[f"{whole}_high"]
        row = through.iloc[3 * world + 1]
        yield f"drop_off, {name}", 0.6, row["drop_off_share_low"], row["drop_off_share_high"]


def funnel_of_strangers(rng):
    yield from funnel(rng, 80, 1, "80 persons")


def funnel_of_regulars(rng):
    yield from funnel(rng, 40, 6, "40 persons, 6 cases each")


def funnel_difference(rng):
    """Groups of 90 against the first of them, in whom fewer go on."""
    group = np.repeat(np.arange(MANY), 90)
    on = rng.random(len(group)) < np.where(group == 0, 0.35, 0.5)
    who = np.arange(len(group))
    rows = pd.DataFrame({"who": [*who, *who[on]], "t": ["A"] * len(who) + ["B"] * int(on.sum())})
    rows["world"], rows["day"] = [*group, *group[on]], rows["t"].eq("B").astype(float)
    log = log_of(rows["who"], rows["who"], rows["t"], rows["day"], world=rows["world"])
    table = journeys.funnel_through_all(log, ["A", "B"], by="world").table
    log.close()
    for world in range(1, MANY):
        row = table.iloc[2 * world + 1]
        yield "difference of groups, 90 each", 0.15, row["difference_low"], row["difference_high"]


def times(rng):
    """Arrivals after an exponential time of 10 days; who began late is still on the way."""
    n, end = 120, 30.0
    who, world = np.arange(n * MANY), np.repeat(np.arange(MANY), n)
    began, wait = rng.uniform(0, 30, n * MANY), rng.exponential(10, n * MANY)
    there = began + wait <= end
    rows = pd.DataFrame({"who": [*who, *who[there]], "t": ["A"] * len(who) + ["B"] * int(there.sum())})
    rows["day"], rows["world"] = [*began, *(began + wait)[there]], [*world, *world[there]]
    last = DAY + pd.Timedelta(days=end) + pd.Timedelta(seconds=1)
    log = log_of(rows["who"], rows["who"], rows["t"], rows["day"], as_of=last, world=rows["world"])
    found = journeys.time_between(log, "A", "B", by="world", unit="days", within=["5d", "10d"])
    log.close()
    for group in found.facts["groups"]:
        high = math.inf if group["median_high"] is None else group["median_high"]
        yield "median time, n=120", 10 * math.log(2), group["median_low"] or 0.0, high
        for one, time in zip(group["within"], (5, 10), strict=True):
            yield "arrived within, n=120", 1 - math.exp(-time / 10), one["low"], one["high"]


def times_of_regulars(rng):
    """Forty persons with four times each: some are quick, some slow, as their rates are (a gamma of shape 2)."""
    persons, each, end = 40, 4, 30.0
    person, world = np.arange(persons * MANY).repeat(each), np.repeat(np.arange(MANY), persons * each)
    wait = rng.exponential(10, len(person)) / rng.gamma(2, 0.5, persons * MANY)[person]
    began = rng.uniform(0, 20, len(person))
    there = began + wait <= end
    case = np.arange(len(person))
    rows = pd.DataFrame({"who": [*person, *person[there]], "case": [*case, *case[there]]})
    rows["t"], rows["day"] = ["A"] * len(case) + ["B"] * int(there.sum()), [*began, *(began + wait)[there]]
    last = DAY + pd.Timedelta(days=end) + pd.Timedelta(seconds=1)
    log = log_of(rows["who"], rows["case"], rows["t"], rows["day"], as_of=last, world=[*world, *world[there]])
    found = journeys.time_between(log, "A", "B", by="world", unit="days", within=["4d", "8d"])
    log.close()
    for group in found.facts["groups"]:
        high = math.inf if group["median_high"] is None else group["median_high"]
        yield "median time, 40 persons of 4", 20 * (math.sqrt(2) - 1), group["median_low"] or 0.0, high
        for one, time in zip(group["within"], (4, 8), strict=True):
            yield "arrived within, 40 persons of 4", 1 - (1 + time / 20) ** -2, one["low"], one["high"]


def loops_and_touchpoints(rng):
    persons, each = 45, 4
    ready = rng.beta(2, 3, persons)  # to come back: 0.4 on average
    rows = []
    for who in range(persons):
        mood = rng.normal(0, 0.6)
        for k in range(each):
            case = who * each + k
            rows.append((who, case, "A", case, 3.5 + mood + rng.normal(0, 0.8)))
            rows.append((who, case, "B", case + 0.1, np.nan))
            if rng.random() < ready[who]:
                rows.append((who, case, "A", case + 0.2, np.nan))
            if rng.random() < ready[who]:
                rows.append((who, case, "C", case + 0.3, np.nan))
    rows = pd.DataFrame(rows, columns=["who", "case", "t", "day", "score"])
    log = log_of(rows["who"], rows["case"], rows["t"], rows["day"] / 10, score=rows["score"])
    row = journeys.loops(log).table.set_index("touchpoint").loc["A"]
    yield "loop share, 45 persons", 0.4, row["loop_share_low"], row["loop_share_high"]
    told = journeys.touchpoints(log).table.set_index("touchpoint")
    log.close()
    yield (
        "touchpoint's share of cases, 45 persons",
        0.4,
        told.loc["C", "case_share_low"],
        told.loc["C", "case_share_high"],
    )
    yield "mean score, 45 persons", 3.5, told.loc["A", "score_low"], told.loc["A", "score_high"]


def paths(rng):
    rows = likeness(rng, 40, 5)
    log = log_of(rows["who"], rows["case"], rows["t"], rows["day"] / 10)
    table = journeys.paths(log).table.set_index("path")
    log.close()
    for path, truth in (("A", 0.6), ("A > B", 0.2), ("A > B > C", 0.2)):
        if path in table.index:
            yield "path's share, 40 persons", truth, table.loc[path, "share_low"], table.loc[path, "share_high"]


def dwell(rng):
    n = 100
    who, world = np.arange(n * MANY), np.repeat(np.arange(MANY), n)
    stay = rng.exponential(10, n * MANY)
    names = [f"{t}{w}" for t in "AB" for w in world]
    rows = pd.DataFrame({"who": [*who] * 2, "t": names, "day": [*np.zeros(n * MANY), *(stay / 86400)]})
    log = log_of(rows["who"], rows["who"], rows["t"], rows["day"])
    told = [journeys.dwell(log, f"A{w}", within_seconds=7).facts for w in range(MANY)]
    log.close()
    for f in told:
        yield "dwell below 7 s, n=100", 1 - math.exp(-0.7), f["share_low"], f["share_high"]


def receipts(rng):
    """Five parcels a person, two hundred days apart; late ones bring fewer back."""
    persons, each = 60, 5
    lean = rng.beta(4, 4, persons) - 0.5  # the person's own readiness, around none
    who = np.repeat(np.arange(persons), each)
    day = np.tile(np.arange(each) * 200.0, persons)
    late = rng.random(len(who)) < 0.4
    again = rng.random(len(who)) < np.where(late, 0.3, 0.5) + 0.5 * lean[who]
    order = np.arange(len(who))
    bought = pd.DataFrame({"person_id": who, "about_id": order, "day": day, "touchpoint": "buy", "due": day + 2})
    got = bought.assign(touchpoint="get", day=day + 2 + 3 * late)
    more = bought[again].assign(about_id=10_000 + order[again], day=day[again] + 20)
    frame = pd.concat([bought, got, more])
    for name, column in (("occurred_at", "day"), ("due_at", "due")):
        frame[name] = DAY + pd.to_timedelta(frame.pop(column), unit="D")
    log = journeys.event_log(frame, as_of="2025-12-31")
    table = journeys.receipt_gap(log, "buy", "get", bands=(0,), again_days=60).table
    log.close()
    for place, truth in ((0, 0.5), (1, 0.3)):
        yield (
            "bought again, 60 persons",
            truth,
            table.loc[place, "again_share_low"],
            table.loc[place, "again_share_high"],
        )
    yield "share of parcels late, 60 persons", 0.4, table.loc[1, "order_share_low"], table.loc[1, "order_share_high"]
    yield "ratio of buying again, 60 persons", 0.6, table.loc[1, "ratio_low"], table.loc[1, "ratio_high"]


def engagement(rng):
    """Comments, shares and likes vary from post to post more than by chance alone (negative binomial)."""
    frames = []
    for month, more in (("a", 1.0), ("b", 1.4)):
        lift = rng.gamma(4, 0.25, 30) * more
        frames.append(
            pd.DataFrame(
                {c: rng.poisson(m * lift) for c, m in (("comments", 15), ("shares", 6), ("likes", 120))}
            ).assign(month=month)
        )
    table = journeys.engagement(pd.concat(frames), followers=50_000, by="month").table
    for _, row in table.iterrows():
        truth = {"comments": 15, "shares": 6, "likes": 120}[MEASURES[row["measure"]]] * (
            1.0 if row["group"] == "a" else 1.4
        )
        yield "per post, 30 posts", truth, row["per_post_low"], row["per_post_high"]
        if row["group"] == "b":
            yield "ratio of two months, 30 posts each", 1.4, row["ratio_low"], row["ratio_high"]


def referral(rng):
    customers, invited = 200, []
    sends = rng.poisson(rng.gamma(1.5, 1 / 1.5, customers))
    charm = rng.beta(2, 6, customers)
    for who in range(customers):
        invited += [(who, rng.random() < charm[who]) for _ in range(sends[who])]
    frame = pd.DataFrame(invited, columns=["inviter_id", "joined"])
    frame["invited_id"] = 10_000 + np.arange(len(frame))
    row = journeys.referral(frame, customers=customers).table.iloc[0]
    yield "share who join, 200 customers", 0.25, row["joined_share_low"], row["joined_share_high"]
    yield "K, 200 customers", 0.25, row["k_factor_low"], row["k_factor_high"]


# -- attribution: the truth of each rule is what it gives in a very large world

_WAYS = {("X", "Y"): 0.30, ("X",): 0.20, ("Y", "Z", "X"): 0.15, ("Z",): 0.20, ("Z", "Y"): 0.15}
_WIN = {("X", "Y"): 0.6, ("X",): 0.2, ("Y", "Z", "X"): 0.5, ("Z",): 0.3, ("Z", "Y"): 0.4}


def _ways_log(draws):
    rows = []
    for who, (way, won, worth) in enumerate(draws):
        rows += [(who, "touch", c, float(k), np.nan) for k, c in enumerate(way)]
        if won:
            rows.append((who, "buy", "till", float(len(way)), worth))
    rows = pd.DataFrame(rows, columns=["who", "t", "channel", "day", "value"])
    return log_of(rows["who"], rows["who"], rows["t"], rows["day"], channel=rows["channel"], value=rows["value"])


def _true_credit():
    ways = [(way, won) for way in _WAYS for won in (True, False)]
    draws = []
    for way, won in ways:
        chance = _WAYS[way] * (_WIN[way] if won else 1 - _WIN[way])
        draws += [(way, won, 100.0)] * round(chance * 1000)
    log = _ways_log(draws)
    table = journeys.attribution(log, "buy").table.set_index("channel")
    log.close()
    return table


_TRUTH: list[pd.DataFrame] = []


def attribution(rng):
    if not _TRUTH:
        _TRUTH.append(_true_credit())
    truth = _TRUTH[0]
    ways = list(_WAYS)
    picked = rng.choice(len(ways), 300, p=list(_WAYS.values()))
    draws = [(ways[k], rng.random() < _WIN[ways[k]], rng.gamma(4, 25)) for k in picked]
    log = _ways_log(draws)
    table = journeys.attribution(log, "buy").table.set_index("channel")
    log.close()
    for rule in ("first", "last", "linear", "time_decay", "position", "removal"):
        for channel in "XYZ":
            name = "removal effect" if rule == "removal" else "credit by rules"
            row = table.loc[channel]
            yield (
                f"{name}, 300 persons",
                truth.loc[channel, f"{rule}_share"],
                row[f"{rule}_share_low"],
                row[f"{rule}_share_high"],
            )


def signals(rng):
    """So large a share of people look three times within the hour, the others twice."""
    for n, keen in ((60, 0.3), (200, 0.1)):
        views = np.where(rng.random(n) < keen, 3, 2)
        who = np.repeat(np.arange(n), views)
        minutes = rng.permutation(len(who)) % 50
        frame = pd.DataFrame(
            {"person_id": who, "touchpoint": "price", "occurred_at": DAY + pd.to_timedelta(minutes, unit="min")}
        )
        facts = journeys.signals(frame, "touchpoint == 'price'", as_of="2020-12-31").facts
        yield f"signals reached share, n={n}", keen, facts["reached_share_low"], facts["reached_share_high"]


CASES = {
    "transitions": transitions,
    "funnel of strangers": funnel_of_strangers,
    "funnel of regulars": funnel_of_regulars,
    "difference of funnels": funnel_difference,
    "times": times,
    "times of regulars": times_of_regulars,
    "loops and touchpoints": loops_and_touchpoints,
    "paths": paths,
    "dwell": dwell,
    "receipts": receipts,
    "engagement": engagement,
    "referral": referral,
    "signals": signals,
    "attribution": attribution,
}
