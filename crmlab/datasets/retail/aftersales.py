"""What follows an order: parcels, returns, payments."""

import math
from dataclasses import dataclass

import numpy as np

from crmlab.datasets.retail import planted

METHODS = ("cash", "debit_card", "credit_card", "bank_transfer", "e_wallet", "cash_on_delivery", "invoice")
CASH_ON_DELIVERY, INVOICE = 5, 6
_METHOD_WEIGHT = (  # by consumer channel, before e-wallets spread; 'invoice' is for corporate accounts
    (0.52, 0.33, 0.10, 0.00, 0.05, 0.00),
    (0.00, 0.00, 0.14, 0.54, 0.20, 0.12),
    (0.00, 0.00, 0.30, 0.46, 0.14, 0.10),
    (0.00, 0.00, 0.00, 0.80, 0.12, 0.08),
)
_E_WALLET_BY_YEAR = (1.0, 1.3, 2.2, 3.6, 5.0)
REASONS = ("damaged", "wrong_item", "not_as_expected", "changed_mind")
_RETURN_BASE = 0.0138
_RETURN_BY_CHANNEL = (0.8, 2.2, 1.6, 1.2, 0.7)
_RETURN_BY_DEPARTMENT = (0.6, 0.6, 1.0, 2.0, 1.5, 0.8)
_PROMISE_BY_ZONE = np.array((2, 3, 5))
_ORDINARY_LATE, _BAD_LATE = 0.12, 0.75
_INVOICES_OF_A_LATE_PAYER = 8
_MOST_SHIFT = 0.05  # of the shares of lateness, so that small worlds keep the usual ones


@dataclass
class Parcels:
    """One row for each order that was sent."""

    order: np.ndarray
    promised: np.ndarray
    late_days: np.ndarray
    lateness: np.ndarray
    refused: np.ndarray


def repeats(orders):
    """Tell for each order whether its customer bought again on a later day within the planted number of days."""
    kept = np.flatnonzero(~orders.cancelled)
    sorted_ = kept[np.lexsort((orders.day[kept], orders.customer[kept]))]
    # the next different day of the same customer: skip over orders of the same day from the right
    day, who = orders.day[sorted_], orders.customer[sorted_]
    run = who * (2 * planted.N_DAYS) + day
    following = np.searchsorted(run, run, side="right")
    last = np.minimum(following, len(run) - 1)
    gap = np.where((following < len(run)) & (who[last] == who), day[last] - day, 10 * planted.N_DAYS)
    again = np.zeros(orders.n, dtype=bool)
    again[sorted_] = gap <= planted.REPEAT_WITHIN_DAYS
    return again


def pay_methods(world):
    """Draw how every order is to be paid."""
    orders = world.orders
    draws = world.draws("payments.methods")
    year = world.year_of_day[orders.day]
    weights = np.zeros((orders.n, INVOICE))
    for channel, usual in enumerate(_METHOD_WEIGHT):
        weights[orders.channel == channel] = usual
    weights[orders.channel == planted.FIELD_SALES, 0] = 1.0
    weights[:, METHODS.index("e_wallet")] *= np.array(_E_WALLET_BY_YEAR)[year]
    method = draws.choose_each(weights)
    method = np.where(orders.channel == planted.FIELD_SALES, INVOICE, method)
    return np.where(orders.fake, CASH_ON_DELIVERY, method)


def _refusals(world, draws):
    """Tell which cancelled orders were parcels refused at the door; an honest customer refuses two at most."""
    orders = world.orders
    honest = np.flatnonzero(orders.cancelled & ~orders.fake)
    honest = honest[draws.chance(len(honest), 0.5)]
    by_customer = honest[np.argsort(orders.customer[honest], kind="stable")]
    who = orders.customer[by_customer]
    rank = np.arange(len(who)) - np.searchsorted(who, who)
    refused = orders.fake.copy()
    refused[by_customer[rank < 2]] = True
    return refused


def send(world):
    """Send parcels: everything ordered online or by corporate accounts, save what was cancelled before.

    Whether a customer comes back is already decided; how late his parcel was is drawn given that, so that the share of
    customers who come back after a parcel of each lateness is the planted one.
    """
    orders = world.orders
    draws = world.draws("deliveries")
    refused = _refusals(world, draws)
    world.methods[refused] = CASH_ON_DELIVERY
    sent = np.flatnonzero((orders.channel != planted.STORE) & (~orders.cancelled | refused))
    n = len(sent)
    judged = (
        (orders.channel[sent] != planted.FIELD_SALES)
        & ~orders.cancelled[sent]
        & (orders.day[sent] < planted.N_DAYS - planted.REPEAT_WITHIN_DAYS)
    )
    again = repeats(orders)[sent]
    rate = int(again[judged].sum()) / int(judged.sum())
    usual = np.array(planted.LATENESS_SHARE)
    back = np.array(planted.REPEAT)
    share = usual.copy()
    # on the whole as many come back as do: a little more or less lateness makes the two agree
    shift = (float(np.cumsum(usual * back)[-1]) - rate) / (planted.REPEAT[0] - planted.REPEAT[2])
    shift = min(max(shift, -_MOST_SHIFT), _MOST_SHIFT)
    share += np.array((-shift, 0.0, shift))
    weights = np.tile(usual, (n, 1))
    weights[judged & again] = share * back
    weights[judged & ~again] = share * (1 - back)
    lateness = draws.choose_each(weights)
    late_days = np.select([lateness == 1, lateness == 2], [1 + draws.whole(n, 3), 4 + draws.whole(n, 7)], 0)
    promised = orders.day[sent] + _PROMISE_BY_ZONE[world.places.zone[orders.city[sent]]]
    return Parcels(sent, promised, late_days, lateness, refused[sent])


def take_back(world):
    """Draw the returns: a dict of arrays, in the order of their days."""
    orders, lines, goods = world.orders, world.lines, world.shelf
    draws = world.draws("returns")
    quality = goods.supplier_quality[goods.supplier[lines.product] - 1]
    p = (
        _RETURN_BASE
        * np.clip(1 + (82 - quality) * 0.04, 0.3, 1.9)
        * np.array(_RETURN_BY_CHANNEL)[orders.channel[lines.order]]
        * np.array(_RETURN_BY_DEPARTMENT)[goods.department[lines.product]]
    )
    line = np.flatnonzero(draws.chance(lines.n, p) & ~orders.cancelled[lines.order])
    n = len(line)
    day = orders.day[lines.order[line]] + 1 + draws.whole(n, 14)
    weights = np.tile((0.25, 0.20, 0.30, 0.25), (n, 1))
    weights[:, 0] += np.clip((82 - quality[line]) * 0.02, 0, 0.4)
    weights[orders.channel[lines.order[line]] == planted.STORE, 1] = 0.02
    reason = draws.choose_each(weights)
    quantity = 1 + draws.whole(n, lines.quantity[line])
    known = day < planted.N_DAYS  # what comes back after the last day is not in the books yet
    line, day, reason, quantity = line[known], day[known], reason[known], quantity[known]
    sorted_ = np.argsort(day, kind="stable")
    line, day, reason, quantity = line[sorted_], day[sorted_], reason[sorted_], quantity[sorted_]
    amount = lines.amount[line] * quantity // lines.quantity[line]
    return {"line": line, "day": day, "reason": reason, "quantity": quantity, "amount": amount}


def collect(world):
    """Collect the money: a dict of arrays, one row for each order that was not cancelled."""
    orders, people, parcels = world.orders, world.people, world.parcels
    draws = world.draws("payments")
    order = np.flatnonzero(~orders.cancelled)
    due = orders.day.copy()
    arrived = np.full(orders.n, -1)
    arrived[parcels.order] = parcels.promised + parcels.late_days
    on_delivery = world.methods == CASH_ON_DELIVERY
    due = np.where(on_delivery, arrived, due)
    invoice = np.flatnonzero(world.methods == INVOICE)
    account = orders.customer[invoice] - people.n_consumers
    due[invoice] += people.term_days[account]
    late_days = np.zeros(orders.n, dtype=np.int64)
    defaulted = np.zeros(orders.n, dtype=bool)
    late_days[invoice], defaulted[invoice] = _pay_invoices(world, draws, account)
    return {
        "order": order,
        "method": world.methods[order],
        "due": due[order],
        "late_days": late_days[order],
        "defaulted": defaulted[order],
    }


def _pay_invoices(world, draws, account):
    """Let accounts pay, or not: the odds of a default rise with every earlier late payment and every day of credit."""
    people = world.people
    n, m = len(account), people.n_corporates
    count = np.bincount(account, minlength=m)
    able = np.flatnonzero(count >= _INVOICES_OF_A_LATE_PAYER)
    bad = np.zeros(m, dtype=bool)
    bad[able[np.argsort(draws.uniform(len(able)), kind="stable")][: round(planted.LATE_PAYERS * m)]] = True
    late = draws.chance(n, np.where(bad, _BAD_LATE, _ORDINARY_LATE)[account])
    late_days = np.where(bad[account], 31 + draws.whole(n, 60), 1 + draws.whole(n, 30)) * late
    luck = draws.uniform(n)
    odds = np.array(
        [
            [
                round(
                    1
                    / (
                        1
                        + math.exp(
                            -planted.DEFAULT_INTERCEPT
                            - planted.DEFAULT_PER_LATE * earlier
                            - planted.DEFAULT_PER_CREDIT_DAY * days
                        )
                    ),
                    9,
                )
                for days in range(61)
            ]
            for earlier in range(planted.MOST_EARLIER_LATE + 1)
        ]
    )
    # invoice after invoice of all accounts at once, for each depends on those before it
    by_account = np.argsort(account, kind="stable")
    rank = np.arange(n) - np.searchsorted(account[by_account], account[by_account])
    earlier = np.zeros(m, dtype=np.int64)
    defaulted = np.zeros(n, dtype=bool)
    for step in range(int(rank.max()) + 1):
        here = by_account[rank == step]
        who = account[here]
        p = odds[np.minimum(earlier[who], planted.MOST_EARLIER_LATE), people.term_days[who]]
        defaulted[here] = luck[here] < p
        earlier[who] += late[here] & ~defaulted[here]
    return np.where(defaulted, 0, late_days), defaulted
