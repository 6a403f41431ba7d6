"""Interactions: every time PT XYZ and a customer are in touch, and what follows from what."""

import numpy as np

from crmlab.datasets.columns import category, masked, moments
from crmlab.datasets.retail import aftersales, complaints, planted

TOUCHPOINTS = (
    *("store_counter", "marketplace_chat", "website_chat", "whatsapp", "call_centre", "email", "courier"),
    *("field_visit", "rep_call", "social_media", "survey_call", "payment_reminder"),
)
(COUNTER, MARKETPLACE, WEBSITE, WHATSAPP, CALL, EMAIL, COURIER, VISIT, REP_CALL, SOCIAL, SURVEY_CALL, REMINDER) = range(
    12
)
TOPICS = (
    *("product_question", "order", "order_status", "delivery", "return", "complaint", "complaint_answer"),
    *("account_care", "payment", "survey", "praise"),
)
(QUESTION, ORDER, STATUS, DELIVERY, RETURN, COMPLAINT, ANSWER, CARE, PAYMENT, SURVEY, PRAISE) = range(11)
INBOUND, OUTBOUND = 0, 1
DIRECTIONS = ("incoming", "outgoing")
_MINUTES = {QUESTION: 4, ORDER: 3, STATUS: 5, RETURN: 7, COMPLAINT: 9, ANSWER: 6, CARE: 12, PAYMENT: 4, SURVEY: 5}
_VISIT_MINUTES = 55
_COMPLAINT_TOUCHPOINT = {"call_centre": CALL, "whatsapp": WHATSAPP, "store_counter": COUNTER, "email": EMAIL}
_ASKS = (0.30, 0.45, 0.25)  # store, marketplace, website
_ANONYMOUS_A_DAY = 4.5  # on social media, at size M
_VISITS_A_MONTH, _CALLS_A_MONTH = 0.45, 0.40  # an account, before the pandemic
_FAVOURITES, _LIKING = 0.12, (6.5, 0.20)  # of the accounts are visited far too often
_DAY = 86_400


class _Log:
    """Collects interactions, part by part."""

    def __init__(self):
        self.parts = []

    def add(self, time, customer, touchpoint, direction, topic, agent=None, minutes=None):
        n = len(time)
        agent = np.full(n, -1) if agent is None else agent
        usual = np.full(n, _MINUTES.get(topic, 0) if minutes is None else minutes)
        touchpoint, direction = (np.full(n, value) for value in (touchpoint, direction))
        self.parts.append((time, customer, touchpoint, direction, np.full(n, topic), agent, usual))


def make(world):
    """Collect the interactions: a dict of arrays in the order of time."""
    orders, people = world.orders, world.people
    draws = world.draws("interactions")
    log = _Log()
    time = orders.day * _DAY + orders.second
    jobs = np.array(world.staff.job)
    assistants, agents = np.flatnonzero(jobs == "shop_assistant"), np.flatnonzero(jobs == "service_agent")
    of_store = [assistants[world.staff.store[assistants] == k] for k in range(1, 5)]

    def desk(n):
        return agents[draws.whole(n, len(agents))]

    for channel, touchpoint in (
        (planted.STORE, COUNTER),
        (planted.MARKETPLACE, MARKETPLACE),
        (planted.WEBSITE, WEBSITE),
    ):
        at = np.flatnonzero((orders.channel == channel) & ~orders.fake)
        at = at[draws.chance(len(at), _ASKS[channel])]
        before = np.minimum(60 + draws.whole(len(at), 1_500), orders.second[at])
        if channel == planted.STORE:
            place, luck = orders.store[at] - 1, draws.uniform(len(at))
            who = np.array(
                [of_store[k][int(u * len(of_store[k]))] for k, u in zip(place.tolist(), luck.tolist(), strict=True)]
            )
        else:
            who = desk(len(at))
        log.add(time[at] - before, orders.customer[at], touchpoint, INBOUND, QUESTION, who.astype(np.int64))
    at = np.flatnonzero(orders.channel == planted.WHATSAPP)
    log.add(time[at], orders.customer[at], WHATSAPP, INBOUND, ORDER, desk(len(at)))

    parcels = world.parcels
    arrived = parcels.promised + parcels.late_days
    brought = np.flatnonzero(~parcels.refused & (arrived < planted.N_DAYS))
    # what comes after the account was closed is no contact with a customer any more
    brought = brought[arrived[brought] < people.closed[orders.customer[parcels.order[brought]]]]
    at = parcels.order[brought]
    log.add(
        arrived[brought] * _DAY + 9 * 3_600 + draws.whole(len(at), 9 * 3_600),
        orders.customer[at],
        COURIER,
        OUTBOUND,
        DELIVERY,
    )
    late = brought[(parcels.late_days[brought] > 0) & (orders.channel[parcels.order[brought]] != planted.FIELD_SALES)]
    late = late[draws.chance(len(late), 0.4)]
    at = parcels.order[late]
    asked = (parcels.promised[late] + 1) * _DAY + 8 * 3_600 + draws.whole(len(at), 11 * 3_600)
    asked = np.minimum(asked, arrived[late] * _DAY + 8 * 3_600)
    log.add(asked, orders.customer[at], CALL, INBOUND, STATUS, desk(len(at)))

    back = world.returns
    at = world.lines.order[back["line"]]
    open_ = back["day"] < people.closed[orders.customer[at]]
    at, day = at[open_], back["day"][open_]
    place = np.where(orders.channel[at] == planted.STORE, COUNTER, CALL)
    log.add(
        day * _DAY + 10 * 3_600 + draws.whole(len(at), 8 * 3_600),
        orders.customer[at],
        place,
        INBOUND,
        RETURN,
        desk(len(at)),
    )

    heard = world.complaints
    names = np.array([_COMPLAINT_TOUCHPOINT.get(name, MARKETPLACE) for name in complaints.CHANNELS])
    log.add(heard["time"], heard["customer"], names[heard["channel"]], INBOUND, COMPLAINT, heard["agent"])
    answered = ~heard["open"] & (heard["settled"] < people.closed[heard["customer"]] * _DAY)
    by_mail = np.where(heard["channel"] == complaints.CHANNELS.index("call_centre"), CALL, EMAIL)
    log.add(
        *(heard[name][answered] for name in ("settled", "customer")),
        by_mail[answered],
        OUTBOUND,
        ANSWER,
        heard["agent"][answered],
    )

    _look_after(world, draws, log)
    asked = world.survey
    at = asked["order"]
    there = asked["asked"] < people.closed[orders.customer[at]]
    log.add(
        asked["asked"][there] * _DAY + 10 * 3_600 + draws.whole(int(there.sum()), 3_600),
        orders.customer[at[there]],
        EMAIL,
        OUTBOUND,
        SURVEY,
        minutes=0,
    )
    panel = world.panel
    m = len(panel["asked"])
    log.add(
        panel["day"] * _DAY + 9 * 3_600 + draws.whole(m, 8 * 3_600),
        panel["asked"],
        SURVEY_CALL,
        OUTBOUND,
        SURVEY,
        desk(m),
    )
    growth = np.array([round(1.25 ** (day / 365.25), 6) for day in range(planted.N_DAYS)])
    day = draws.arrivals(growth * (_ANONYMOUS_A_DAY / 2 * world.scale))
    happy = draws.chance(len(day), 0.25)
    second = 8 * 3_600 + draws.whole(len(day), 14 * 3_600)
    for topic, some in ((QUESTION, ~happy), (PRAISE, happy)):
        log.add(
            (day * _DAY + second)[some], np.full(int(some.sum()), -1), SOCIAL, INBOUND, topic, desk(int(some.sum())), 2
        )

    time, customer, touchpoint, direction, topic, agent, usual = (
        np.concatenate(part) for part in zip(*log.parts, strict=True)
    )
    seconds = (usual * 60 * (0.4 + 0.6 * draws.gamma(len(time), 3))).astype(np.int64)
    order = np.lexsort((topic, customer, time))
    made = {
        "time": time,
        "customer": customer,
        "touchpoint": touchpoint,
        "direction": direction,
        "topic": topic,
        "agent": agent,
        "seconds": seconds,
    }
    return {name: values[order] for name, values in made.items()}


def _look_after(world, draws, log):
    """Let the sales reps visit and call their accounts, good ones and poor ones alike, and remind who pays late."""
    people, orders = world.people, world.orders
    accounts = np.arange(people.n_consumers, people.n)
    start, closed = np.maximum(people.registered[accounts], 0), np.minimum(people.closed[accounts], planted.N_DAYS)
    # how much a rep likes to be at an account has little to do with what it buys
    liking = np.where(draws.chance(len(accounts), _FAVOURITES), *_LIKING)
    for rate, touchpoint, minutes in ((_VISITS_A_MONTH, VISIT, _VISIT_MINUTES), (_CALLS_A_MONTH, REP_CALL, None)):
        which = draws.arrivals(liking * (closed - start) * rate / 30.4)
        day = start[which] + draws.whole(len(which), closed[which] - start[which])
        # from the pandemic on, of three visits one is left
        stays = draws.chance(len(which), np.where((day >= _pandemic_day()) & (touchpoint == VISIT), 0.35, 1.0))
        which, day = which[stays], day[stays]
        time = day * _DAY + 9 * 3_600 + draws.whole(len(which), 7 * 3_600)
        log.add(time, accounts[which], touchpoint, OUTBOUND, CARE, world.account_rep[which], minutes)
    paid = world.payments
    slow = np.flatnonzero((paid["method"] == aftersales.INVOICE) & ((paid["late_days"] > 7) | paid["defaulted"]))
    day = paid["due"][slow] + 7
    who = orders.customer[paid["order"][slow]]
    there = (day < planted.N_DAYS) & (day < people.closed[who])
    clerks = np.flatnonzero(np.array(world.staff.job) == "finance_officer")
    n = int(there.sum())
    log.add(
        day[there] * _DAY + 9 * 3_600 + draws.whole(n, 6 * 3_600),
        who[there],
        REMINDER,
        OUTBOUND,
        PAYMENT,
        clerks[draws.whole(n, len(clerks))],
    )


def _pandemic_day():
    return (planted.PANDEMIC_START - planted.FIRST_DAY).days


def build(world):
    """Add the interactions."""
    made = world.contacts
    world.tables["interactions"] = {
        "interaction_id": np.arange(1, len(made["time"]) + 1, dtype=np.int32),
        "occurred_at": moments(made["time"] // _DAY, made["time"] % _DAY),
        "customer_id": masked((made["customer"] + 1).astype(np.int32), made["customer"] < 0),
        "touchpoint": category(made["touchpoint"], TOUCHPOINTS),
        "direction": category(made["direction"], DIRECTIONS),
        "topic": category(made["topic"], TOPICS),
        "duration_seconds": masked(made["seconds"].astype(np.int32), made["seconds"] == 0),
        "employee_id": masked((made["agent"] + 1).astype(np.int32), made["agent"] < 0),
    }
