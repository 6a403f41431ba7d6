"""What managers look at: targets of the sales reps, what activities cost (R-T11), how the CRM is used (R-T31)."""

import numpy as np

from crmlab.datasets.columns import category, dates, text
from crmlab.datasets.retail import contacts, planted
from crmlab.datasets.retail.products import month_starts

POOLS = ("order_handling", "delivery", "returns", "service", "field_visits", "collection")
DRIVERS = ("orders", "parcels", "returned_lines", "inbound_contacts", "visits", "reminders")
#: rupiah for each unit of the driver in 2016; prices rise with inflation
POOL_RATES = (1_000, 2_500, 10_000, 800, 240_000, 60_000)
_AMBITION = (0.95, 1.00, 1.05, 1.10, 0.90, 1.00, 1.15, 1.05)  # how hard each rep's target is
_STEP = 500_000
ACTIVITIES = ("reporting", "selling", "service")
#: features of the CRM by activity; those named in `OBSOLETE` nobody opened in 2020
FEATURES = {
    "reporting": (
        *("daily_report", "weekly_report", "monthly_report", "pivot", "export_to_excel", "fax_report"),
        *("print_queue", "custom_chart"),
    ),
    "selling": (
        *("lead_list", "opportunity_board", "quotation", "visit_plan", "route_map", "card_scanner"),
        *("offline_sync", "campaign_list"),
    ),
    "service": (
        *("ticket", "call_log", "knowledge_base", "chat_inbox", "return_form", "letter_template"),
        *("sms_gateway", "survey_tool"),
    ),
}
OBSOLETE = ("fax_report", "print_queue", "card_scanner", "letter_template", "sms_gateway")
_CRM_SINCE = 731  # the day number of 1 January 2018
_USERS = {"sales_rep": 3, "service_agent": 3, "marketing_officer": 2, "store_head": 1}


def set_targets(world):
    """Set what every sales rep should sell in every month: rupiah, rep by month.

    A target is what the rep sold a month in the year before, and somewhat more; that of the first year is what he
    actually sold. Nobody foresaw 2020.
    """
    orders = world.orders
    field = np.flatnonzero(orders.channel == planted.FIELD_SALES)
    rep = world.account_rep[orders.customer[field] - world.people.n_consumers]
    sold = np.zeros((len(_AMBITION), 5))
    net = world.totals["gross"][field] - world.totals["discount"][field]
    np.add.at(sold, (rep, world.year_of_day[orders.day[field]]), net.astype(float))
    before = np.concatenate([sold[:, :1], sold[:, :4]], axis=1) / 12
    growth = 1 + planted.GROWTH_A_YEAR[planted.FIELD_SALES]
    monthly = np.repeat(before * growth * np.array(_AMBITION)[:, None], 12, axis=1)
    return np.maximum(np.rint(monthly / _STEP), 1).astype(np.int64) * _STEP


def usage(world):
    """Give what every customer used of each pool's driver: pool, customer and day of every unit."""
    orders, parcels, back, made = world.orders, world.parcels, world.returns, world.contacts
    kept = np.flatnonzero(~orders.cancelled)
    inbound = np.flatnonzero((made["direction"] == contacts.INBOUND) & (made["customer"] >= 0))
    visits = np.flatnonzero(made["touchpoint"] == contacts.VISIT)
    reminders = np.flatnonzero(made["touchpoint"] == contacts.REMINDER)
    returned = world.lines.order[back["line"]]
    day = made["time"] // 86_400
    return (
        (orders.customer[kept], orders.day[kept]),
        (orders.customer[parcels.order], orders.day[parcels.order]),
        (orders.customer[returned], back["day"]),
        *((made["customer"][rows], day[rows]) for rows in (inbound, visits, reminders)),
    )


def cost(world):
    """Cost the pools: rupiah and volume of each, pool by month."""
    month = np.searchsorted(month_starts(), np.arange(planted.N_DAYS), side="right") - 1
    volume = np.array([np.bincount(month[day], minlength=60) for _, day in usage(world)])
    rate = np.array(POOL_RATES)[:, None] * world.shelf.inflation[None, :]
    return np.rint(volume * rate).astype(np.int64), volume


def use_crm(world):
    """Log who used which feature of the CRM, on which day, for how long."""
    draws = world.draws("crm_use")
    jobs = np.array(world.staff.job)
    weight = np.array([_USERS.get(job, 0) for job in jobs.tolist()], dtype=float)
    n = round(planted.CRM_USES * world.scale)
    working = ~np.array(world.calendar["weekend"])
    working[:_CRM_SINCE] = False
    days = np.flatnonzero(working)
    day = np.sort(days[draws.whole(n, len(days))])
    user = draws.choose(n, weight)
    last_year = world.year_of_day[day] == 4
    reporting = draws.chance(n, np.where(last_year, planted.REPORTING_SHARE[1], planted.REPORTING_SHARE[0]))
    sells = np.isin(jobs[user], ("sales_rep", "marketing_officer", "store_head"))
    selling = draws.chance(n, np.where(sells, 0.8, 0.1))
    activity = np.where(reporting, 0, np.where(selling, 1, 2))
    names = [name for group in FEATURES.values() for name in group]
    group = np.repeat(np.arange(len(ACTIVITIES)), [len(group) for group in FEATURES.values()])
    alive = ~np.isin(names, OBSOLETE)
    feature = np.zeros(n, dtype=np.int64)
    for k in range(len(ACTIVITIES)):
        for late in (False, True):
            mine = np.flatnonzero((activity == k) & (last_year == late))
            # the first features of a group are the ones that are used most
            likes = (group == k) * np.array([1.0 / (1 + j % 8) for j in range(len(names))]) * (alive | (not late))
            feature[mine] = draws.choose(len(mine), likes)
    minutes = 2 + (18 * draws.gamma(n, 2)).astype(np.int64)
    return {"day": day, "user": user, "feature": feature, "minutes": minutes, "group": group, "names": names}


def build(world):
    """Add the targets, the costs of activities, and the log of the CRM."""
    reps, months = world.targets.shape
    world.tables["sales_targets"] = {
        "sales_rep_id": np.repeat(np.arange(1, reps + 1), months).astype(np.int32),
        "month_starts_on": dates(np.tile(month_starts(), reps)),
        "target": world.targets.ravel(),
    }
    rupiah, volume = world.pool_costs
    pools = len(POOLS)
    world.tables["activity_costs"] = {
        "month_starts_on": dates(np.repeat(month_starts(), pools)),
        "pool": category(np.tile(np.arange(pools), 60), POOLS),
        "cost": rupiah.T.ravel(),
        "driver": category(np.tile(np.arange(pools), 60), DRIVERS),
        "volume": volume.T.ravel().astype(np.int32),
    }
    used = world.crm_uses
    world.tables["crm_features"] = {
        "feature_id": np.arange(1, len(used["names"]) + 1, dtype=np.int32),
        "feature": text(used["names"]),
        "activity": category(used["group"], ACTIVITIES),
    }
    world.tables["crm_log"] = {
        "use_id": np.arange(1, len(used["day"]) + 1, dtype=np.int32),
        "date": dates(used["day"]),
        "employee_id": world.staff.ids[used["user"]],
        "feature_id": (used["feature"] + 1).astype(np.int32),
        "minutes": used["minutes"].astype(np.int32),
    }
