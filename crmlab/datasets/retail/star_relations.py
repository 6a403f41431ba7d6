"""The star's facts beside the sales: interactions, campaigns, complaints, leads, what sales reps sell and should."""

import numpy as np

from crmlab.datasets.columns import category, dates, masked
from crmlab.datasets.retail import campaigns, complaints, contacts, pipeline, planted
from crmlab.datasets.retail.products import month_starts

_DAY = 86_400


def dimensions(world):
    """Make the dimensions of campaigns and of sales reps."""
    plan = world.tables["campaigns"]
    return {
        "dim_campaign": {
            "campaign_id": plan["campaign_id"],
            "campaign": plan["campaign"],
            "campaign_kind": plan["campaign_kind"],
            "campaign_channel": plan["channel"],
        },
        "dim_sales_rep": {
            name: world.tables["sales_reps"][name] for name in ("sales_rep_id", "sales_rep", "territory")
        },
    }


def _version(world, who, day):
    """Give the key of the version of each customer that was valid on a day."""
    people = world.people
    return (people.first_version[who] + (day >= people.moved[who]) + 1).astype(np.int32)


def facts(world):
    """Make the facts."""
    return {
        "fact_interaction": _interactions(world),
        "fact_campaign_send": _sends(world),
        "fact_complaint": _complaints(world),
        "fact_lead": _leads(world),
        "fact_field_sale": _field_sales(world),
        "fact_sales_target": _targets(world),
    }


def _interactions(world):
    made = world.contacts
    day, nobody = made["time"] // _DAY, made["customer"] < 0
    who = np.maximum(made["customer"], 0)
    return {
        "interaction_id": np.arange(1, len(day) + 1, dtype=np.int32),
        "date": dates(day),
        "customer_key": masked(_version(world, who, day), nobody),
        "touchpoint": category(made["touchpoint"], contacts.TOUCHPOINTS),
        "direction": category(made["direction"], contacts.DIRECTIONS),
        "topic": category(made["topic"], contacts.TOPICS),
        "minutes": np.rint(made["seconds"] / 60).astype(np.int32),
    }


def _sends(world):
    made = world.campaigns
    day = made["time"] // _DAY
    total = np.where(made["order"] >= 0, world.totals["total"][made["order"]], 0)
    return {
        "send_id": np.arange(1, len(day) + 1, dtype=np.int32),
        "date": dates(day),
        "customer_key": _version(world, made["customer"], day),
        "campaign_id": (made["campaign"] + 1).astype(np.int32),
        "arm": category(made["arm"], campaigns.ARMS),
        **{name: made[name].astype(np.int32) for name in ("sent", "opened", "clicked", "converted")},
        "amount": total,
    }


def _complaints(world):
    made = world.complaints
    day = made["time"] // _DAY
    return {
        "complaint_id": np.arange(1, len(day) + 1, dtype=np.int32),
        "date": dates(day),
        "customer_key": _version(world, made["customer"], day),
        "customer_id": world.people.ids[made["customer"]],
        "complaint_category": category(made["category"], complaints.CATEGORIES),
        "complaint_channel": category(made["channel"], complaints.CHANNELS),
        "unresolved": made["open"].astype(np.int32),
        "reopened": made["reopened"].astype(np.int32),
        "hours_to_resolve": masked(((made["settled"] - made["time"]) // 3_600).astype(np.int32), made["open"]),
    }


def _leads(world):
    made = world.leads
    won = made["customer"] >= 0
    return {
        "lead_id": np.arange(1, len(won) + 1, dtype=np.int32),
        "date": dates(made["created"]),
        "sales_rep_id": (made["rep"] + 1).astype(np.int32),
        "lead_source": category(made["source"], pipeline.SOURCES),
        "contacted_in_60_minutes": (made["minutes"] <= 60).astype(np.int32),
        "won": won.astype(np.int32),
        "lost_reason": category(made["reason"], pipeline.REASONS, missing=won),
    }


def _field_sales(world):
    orders, sums, people = world.orders, world.totals, world.people
    at = np.flatnonzero((orders.channel == planted.FIELD_SALES) & ~orders.cancelled)
    who, day = orders.customer[at], orders.day[at]
    amount = sums["gross"][at] - sums["discount"][at]
    return {
        "order_id": orders.ids[at],
        "date": dates(day),
        "customer_key": _version(world, who, day),
        "customer_id": people.ids[who],
        "city_id": (orders.city[at] + 1).astype(np.int32),
        "sales_rep_id": (world.account_rep[who - people.n_consumers] + 1).astype(np.int32),
        "amount": amount,
        "margin": amount - sums["cost"][at],
    }


def _targets(world):
    reps, months = world.targets.shape
    return {
        "sales_rep_id": np.repeat(np.arange(1, reps + 1), months).astype(np.int32),
        "date": dates(np.tile(month_starts(), reps)),
        "target": world.targets.ravel(),
    }
