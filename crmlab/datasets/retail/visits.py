"""Visits: sessions on the website, page by page (R-T32), and people in the stores who are no members."""

import numpy as np

from crmlab.datasets.columns import category, dates, masked, moments
from crmlab.datasets.retail import orders as ordering
from crmlab.datasets.retail import planted

PAGES = ("home", "category", "product", "price", "cart", "order_placed")
HOME, CATEGORY, PRODUCT, PRICE, CART, PLACED = range(6)
_KNOWN = 0.45  # sessions without an order that are logged in
_COOKIES = 0.62  # of the others allow cookies
_HOURS = ordering.HOURS["online"]
_RECEIPT = 145_000  # usual rupiah of somebody who is no member
_PEOPLE_A_RECEIPT = 1.9
_DAY = 86_400


def surf(world):
    """Make the sessions: a dict of arrays, an event each, in the order of time."""
    orders, people = world.orders, world.people
    draws = world.draws("web")
    n = round(planted.SESSIONS * world.scale)
    hot = np.arange(n) < round(planted.SIGNAL_SHARE * n)
    converts = draws.chance(n, np.where(hot, *planted.SIGNAL_CONVERSION))
    # an order just after midnight would have begun on the day before
    able = np.flatnonzero((orders.channel == planted.WEBSITE) & ~orders.cancelled & (orders.second > 3_600))
    bought = able[np.argsort(draws.uniform(len(able)), kind="stable")[: int(converts.sum())]]
    order = np.full(n, -1)
    order[converts] = bought
    level = ordering.intensity(world.calendar, planted.WEBSITE)
    day = np.where(converts, orders.day[order], draws.choose(n, level))
    second = np.clip(draws.choose(n, _HOURS) * 3_600 + draws.whole(n, 3_600), 3_600, _DAY - 3_600)

    online = np.concatenate([world.panel["online"], np.zeros(people.n_corporates, dtype=bool)])
    customer = np.where(converts & online[orders.customer[order]], orders.customer[order], -1)
    # whoever uses the account has been there at least once
    start, closed = np.maximum(people.registered, 0), np.minimum(people.closed, planted.N_DAYS)
    users = np.flatnonzero(online)
    idle = np.flatnonzero(~converts)
    idle = idle[np.argsort(draws.uniform(len(idle)), kind="stable")]
    known = idle[: max(round(_KNOWN * len(idle)), len(users))]
    who = users[draws.whole(len(known), len(users))]
    who[: len(users)] = users
    customer[known] = who
    day[known] = start[who] + draws.whole(len(known), closed[who] - start[who])
    cookies = (customer >= 0) | draws.chance(n, _COOKIES)

    price = np.where(
        hot, planted.PRICE_VIEWS + draws.choose(n, (0.55, 0.30, 0.15)), draws.choose(n, (0.55, 0.30, 0.15))
    )
    counts = np.stack(
        [
            np.ones(n, dtype=np.int64),
            draws.choose(n, (0.45, 0.40, 0.15)),
            draws.choose(n, (0.30, 0.45, 0.25)),
            price,
            np.where(converts, 1, draws.chance(n, np.where(hot, 0.25, 0.08))),
            converts.astype(np.int64),
        ],
        axis=1,
    )
    session = np.repeat(np.arange(n), counts.sum(axis=1))
    page = np.repeat(np.tile(np.arange(len(PAGES)), n), counts.ravel())
    starts = np.cumsum(counts.sum(axis=1)) - counts.sum(axis=1)
    rank = np.arange(len(session)) - starts[session]
    # after the front page things are looked at in any order; cart and order come last
    luck = draws.uniform(len(session))
    luck = np.where(page == HOME, -1.0, np.where(page >= CART, page.astype(float), luck))
    inside = np.lexsort((luck, session))
    page = page[inside]
    pause = 15 + draws.whole(len(session), 220)
    pause[rank == 0] = 0
    along = np.cumsum(pause)
    along -= along[starts][session]
    length = np.zeros(n, dtype=np.int64)
    np.maximum.at(length, session, along)
    begin = day * _DAY + np.where(converts, orders.second[order] - length, second)
    time = begin[session] + along
    # sessions are numbered as they begin
    rank_of = np.empty(n, dtype=np.int64)
    rank_of[np.lexsort((np.arange(n), begin))] = np.arange(n)
    by_time = np.lexsort((rank, rank_of[session], time))
    session, page, time = session[by_time], page[by_time], time[by_time]
    return {
        "session": rank_of[session] + 1,
        "time": time,
        "customer": customer[session],
        "page": page,
        "cookies": cookies[session],
        "order": np.where(page == PLACED, order[session], -1),
    }


def walk_in(world):
    """Count the people in the stores who are no members: a dict of arrays, a store's day each."""
    draws = world.draws("walk_ins")
    base = ordering.intensity(world.calendar, planted.STORE) / planted.ORDERS_A_DAY[planted.STORE] * world.scale
    stores = len(planted.WALK_INS_A_DAY)
    level = (base[:, None] * np.array(planted.WALK_INS_A_DAY)).ravel()
    receipts = np.bincount(draws.arrivals(level), minlength=len(level))
    each = 0.8 + 0.2 * draws.gamma(len(level), 4)
    year = np.repeat(world.year_of_day, stores)
    amount = (np.rint(receipts * _RECEIPT * each * (1 + 0.03 * year) / 100) * 100).astype(np.int64)
    more = (_PEOPLE_A_RECEIPT - 1) * 2 * draws.uniform(len(level))
    return {
        "day": np.repeat(np.arange(planted.N_DAYS), stores),
        "store": np.tile(np.arange(1, stores + 1), planted.N_DAYS),
        "visitors": receipts + (receipts * more).astype(np.int64) + draws.whole(len(level), 2),
        "receipts": receipts,
        "amount": amount,
    }


def build(world):
    """Add the web events and the walk-ins."""
    made, walked = world.web_events, world.walk_ins
    world.tables["web_events"] = {
        "web_event_id": np.arange(1, len(made["time"]) + 1, dtype=np.int32),
        "session_id": made["session"].astype(np.int32),
        "occurred_at": moments(made["time"] // _DAY, made["time"] % _DAY),
        "customer_id": masked((made["customer"] + 1).astype(np.int32), made["customer"] < 0),
        "page": category(made["page"], PAGES),
        "cookie_consent": made["cookies"],
        "order_id": masked((made["order"] + 1).astype(np.int32), made["order"] < 0),
    }
    world.tables["anonymous_visits"] = {
        "date": dates(walked["day"]),
        "store_id": walked["store"].astype(np.int32),
        "visitors": walked["visitors"].astype(np.int32),
        "receipts": walked["receipts"].astype(np.int32),
        "amount": walked["amount"],
    }
