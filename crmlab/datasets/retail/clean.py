"""The clean layer: canonical tables of what happened, one module-level function a group of tables."""

import numpy as np

from crmlab.datasets.columns import as_dates, category, dates, masked, moments
from crmlab.datasets.retail import aftersales, baskets, planted

STATUSES = ("completed", "cancelled", "returned")


def calendar_columns(world):
    """Give the date table's columns."""
    columns = {}
    for name, values in world.calendar.items():
        if name == "date":
            columns[name] = as_dates(values)
        elif isinstance(values[0], str):
            names = sorted(set(values))
            columns[name] = category([names.index(value) for value in values], names)
        elif isinstance(values[0], bool):
            columns[name] = np.array(values)
        else:
            columns[name] = np.array(values, dtype=np.int32)
    return columns


def build_dates(world):
    """Add the calendar."""
    world.tables["dates"] = calendar_columns(world)


def build_channels(world):
    """Add the channels."""
    world.tables["channels"] = {
        "channel_id": np.arange(1, len(planted.CHANNELS) + 1, dtype=np.int32),
        "channel": category(np.arange(len(planted.CHANNELS)), planted.CHANNELS),
        "route": category([route == "indirect" for route in planted.CHANNEL_ROUTE], ("direct", "indirect")),
        "commission_share": np.array(planted.CHANNEL_COMMISSION),
    }


def build_sales(world):
    """Add the orders and their lines, and the promotions that orders used."""
    orders, lines, sums = world.orders, world.lines, world.totals
    came_back = np.zeros(orders.n, dtype=bool)
    came_back[lines.order[world.returns["line"]]] = True
    no_store = orders.store == 0
    world.tables["sales"] = {
        "order_id": orders.ids,
        "ordered_at": moments(orders.day, orders.second),
        "customer_id": world.people.ids[orders.customer],
        "channel_id": (orders.channel + 1).astype(np.int32),
        "store_id": masked(orders.store.astype(np.int32), no_store),
        "gross_amount": sums["gross"],
        "discount": sums["discount"],
        "shipping": sums["shipping"],
        "total": sums["total"],
        "status": category(np.where(orders.cancelled, 1, np.where(came_back, 2, 0)), STATUSES),
    }
    world.tables["sales_lines"] = {
        "order_id": orders.ids[lines.order],
        "line": lines.line.astype(np.int32),
        "product_id": (lines.product + 1).astype(np.int32),
        "quantity": lines.quantity.astype(np.int32),
        "unit_price": lines.unit_price,
        "gross_amount": lines.gross,
        "discount": lines.discount,
        "amount": lines.amount,
        "cost": lines.cost,
    }
    order, promotion, value = baskets.promotion_values(world)
    world.tables["order_promotions"] = {
        "order_id": orders.ids[order],
        "promotion_id": (promotion + 1).astype(np.int32),
        "value": value,
    }


def build_aftersales(world):
    """Add parcels, returns and payments."""
    orders, lines, parcels = world.orders, world.lines, world.parcels
    back = world.returns
    world.tables["returns"] = {
        "return_id": np.arange(1, len(back["line"]) + 1, dtype=np.int32),
        "order_id": orders.ids[lines.order[back["line"]]],
        "line": lines.line[back["line"]].astype(np.int32),
        "returned_on": dates(back["day"]),
        "reason": category(back["reason"], aftersales.REASONS),
        "quantity": back["quantity"].astype(np.int32),
        "amount": back["amount"],
    }
    paid = world.payments
    unpaid = paid["defaulted"]
    world.tables["payments"] = {
        "order_id": orders.ids[paid["order"]],
        "method": category(paid["method"], aftersales.METHODS),
        "amount": world.totals["total"][paid["order"]],
        "due_on": dates(paid["due"]),
        "paid_on": dates(paid["due"] + paid["late_days"], missing=unpaid),
        "defaulted": unpaid,
    }
    arrived = parcels.promised + parcels.late_days
    world.tables["deliveries"] = {
        "order_id": orders.ids[parcels.order],
        "promised_on": dates(parcels.promised),
        "delivered_on": dates(arrived, missing=parcels.refused),
        "late_days": parcels.late_days.astype(np.int32),
        "cash_on_delivery": world.methods[parcels.order] == aftersales.CASH_ON_DELIVERY,
        "refused": parcels.refused,
    }


def build_surveys(world):
    """Add the survey: who was asked, and what was answered."""
    orders, survey = world.orders, world.survey
    order = survey["order"]
    ids = np.arange(1, len(order) + 1, dtype=np.int32)
    world.tables["survey_invitations"] = {
        "survey_id": ids,
        "order_id": orders.ids[order],
        "customer_id": world.people.ids[orders.customer[order]],
        "channel_id": (orders.channel[order] + 1).astype(np.int32),
        "asked_on": dates(survey["asked"]),
        "answered": survey["answered"],
    }
    yes = np.flatnonzero(survey["answered"])
    world.tables["survey_answers"] = {
        "survey_id": ids[yes],
        "answered_on": dates(survey["answered_on"][yes]),
        "nps": survey["nps"][yes].astype(np.int32),
        "csat": survey["csat"][yes].astype(np.int32),
        "ces": survey["ces"][yes].astype(np.int32),
        "ces_version": survey["ces_version"][yes].astype(np.int32),
    }
