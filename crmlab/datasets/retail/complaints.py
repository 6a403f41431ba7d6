"""Complaints: about which purchase, how they came, whether and when they were settled."""

import numpy as np

from crmlab.datasets.columns import category, masked, moments
from crmlab.datasets.retail import planted

CATEGORIES = ("late_delivery", "damaged_goods", "wrong_item", "billing", "staff", "stock")
LATE, DAMAGED, WRONG, BILLING, STAFF, STOCK = range(6)
CHANNELS = ("call_centre", "whatsapp", "store_counter", "email", "marketplace_chat")
_CHANNEL_WEIGHT = (  # by the channel of the purchase: store, marketplace, website, WhatsApp
    (0.15, 0.10, 0.65, 0.10, 0.00),
    (0.25, 0.10, 0.00, 0.05, 0.60),
    (0.40, 0.20, 0.05, 0.35, 0.00),
    (0.20, 0.70, 0.05, 0.05, 0.00),
)
_HOURS = (30, 60, 40, 48, 20, 24)  # usual hours to settle, by category
_REOPENED = 0.08
_DAY = 86_400


def make(world):
    """Let customers complain: a dict of arrays in the order of time.

    Who waits in vain is decided with the panel; all other complaints are settled before the books close.
    """
    orders, people = world.orders, world.people
    draws = world.draws("complaints")
    able = np.flatnonzero(~orders.cancelled & (orders.channel != planted.FIELD_SALES))
    cause = _causes(world)[able]
    weight = np.where(cause >= 0, 8.0, 1.0) * (orders.day[able] < planted.N_DAYS - 20)
    start, closed = np.maximum(people.registered, 0), np.minimum(people.closed, planted.N_DAYS)
    # somebody who waits in vain complained about one of his purchases, or about the service where he has none
    waiting = np.flatnonzero(world.panel["unresolved"])
    luck = draws.exponential(len(able)) / np.maximum(weight, 1e-9)
    luck[weight == 0] = np.inf
    by_luck = np.lexsort((luck, orders.customer[able]))
    first = np.searchsorted(orders.customer[able][by_luck], waiting)
    last = np.minimum(first, len(by_luck) - 1)
    has = (orders.customer[able][by_luck][last] == waiting) & np.isfinite(luck[by_luck][last])
    about = np.where(has, able[by_luck][last], -1)
    count = max(round(planted.COMPLAINTS * world.scale) - len(waiting), 0)
    settled = np.setdiff1d(able[np.argsort(luck, kind="stable")[: 2 * count]], about)
    settled = np.sort(settled[np.argsort(draws.uniform(len(settled)), kind="stable")[:count]])
    order = np.concatenate([about, settled])
    n = len(order)
    customer = np.concatenate([waiting, orders.customer[settled]])
    open_ = np.arange(n) < len(waiting)
    bought = np.where(order >= 0, orders.day[order], start[customer])
    arrives = np.full(orders.n, 0)
    arrives[world.parcels.order] = world.parcels.promised + world.parcels.late_days - orders.day[world.parcels.order]
    earliest = bought + np.where(order >= 0, arrives[order], 10) + 1
    day = earliest + draws.whole(n, np.where(order >= 0, 10, 40))
    day = np.minimum(day, closed[customer] - 1)
    second = 8 * 3_600 + draws.whole(n, 12 * 3_600)
    time = np.maximum(day * _DAY + second, np.where(order >= 0, orders.day[order] * _DAY + orders.second[order], 0))
    time = np.minimum(time, closed[customer] * _DAY - 1)
    known = _causes(world)
    shop = np.where(order >= 0, orders.channel[order], planted.STORE)
    usual = draws.choose(n, (0.30, 0.35, 0.35))
    kind = np.where((order >= 0) & (known[order] >= 0), known[order], BILLING + usual)
    channel = draws.choose_each(np.array(_CHANNEL_WEIGHT)[shop])
    # a service desk of eight that gets quicker year by year
    faster = np.array((1.3, 1.2, 1.1, 0.9, 0.7))[np.minimum(day // 366, 4)]
    takes = (np.array(_HOURS)[kind] * 3_600 * faster * draws.gamma(n, 2)).astype(np.int64) + 600
    done = np.minimum(time + takes, planted.N_DAYS * _DAY - 60)
    agents = np.flatnonzero(np.array(world.staff.job) == "service_agent")
    by_time = np.lexsort((customer, time))
    made = {
        "order": order,
        "customer": customer,
        "time": time,
        "category": kind,
        "channel": channel,
        "agent": agents[draws.whole(n, len(agents))],
        "open": open_,
        "settled": done,
        "reopened": draws.chance(n, _REOPENED) & ~open_,
    }
    return {name: values[by_time] for name, values in made.items()}


def _causes(world):
    """Give for every order what there is to complain about, -1 for nothing."""
    cause = np.full(world.orders.n, -1)
    late = world.parcels.late_days > 0
    cause[world.parcels.order[late & ~world.parcels.refused]] = LATE
    back = world.returns
    for reason, kind in ((0, DAMAGED), (1, WRONG)):
        cause[world.lines.order[back["line"][back["reason"] == reason]]] = kind
    return cause


def build(world):
    """Add the complaints."""
    made = world.complaints
    world.tables["complaints"] = {
        "complaint_id": np.arange(1, len(made["time"]) + 1, dtype=np.int32),
        "customer_id": world.people.ids[made["customer"]],
        "order_id": masked((made["order"] + 1).astype(np.int32), made["order"] < 0),
        "complained_at": moments(made["time"] // _DAY, made["time"] % _DAY),
        "category": category(made["category"], CATEGORIES),
        "channel": category(made["channel"], CHANNELS),
        "employee_id": world.staff.ids[made["agent"]],
        "resolved_at": moments(made["settled"] // _DAY, made["settled"] % _DAY, missing=made["open"]),
        "reopened": made["reopened"],
    }
