"""Check-ups offered and sold, and contracts with companies."""

import math

import numpy as np

from crmlab.datasets.columns import category, masked
from crmlab.datasets.hospital import planted
from crmlab.datasets.hospital.clock import dates

PACKAGES = tuple(name for name, _ in planted.PACKAGES)
_PACKAGE = ((0.55, 0.28, 0.13, 0.04), (0.40, 0.33, 0.20, 0.07))  # those who never had one, those who had
_PACKAGE_COST = (0.62, 0.58, 0.55, 0.52)
STATUSES = ("running", "renewed", "ended")


def offer(world):
    """Offer a check-up to half of the chosen patients, by lot, and see who buys one within a month."""
    draws, people = world.draws("checkups"), world.people
    n = round(planted.CHECKUP_OFFERS * world.scale)
    day = np.sort(60 + draws.whole(n, planted.N_DAYS - 60 - 45))
    able = np.flatnonzero(~people.child & (people.registered < 0) & (people.deceased >= planted.N_DAYS))
    late = np.flatnonzero(~people.child & (people.registered >= 0) & (people.deceased >= planted.N_DAYS))
    late = late[people.registered[late] < planted.N_DAYS - 80]
    # nobody is asked twice; who registered later is asked later
    pool = np.concatenate([able[np.argsort(draws.uniform(len(able)), kind="stable")], late])
    step = len(pool) / n
    patient = pool[(np.arange(n) * step).astype(np.int64)]
    first = np.maximum(people.registered[patient] + 30, 0)
    day = np.maximum(day, first)
    offered, prior = draws.chance(n, 0.5), draws.chance(n, planted.PRIOR_BUYERS)
    logit = [
        planted.CHECKUP_INTERCEPT + planted.CHECKUP_PRIOR * a + planted.CHECKUP_OFFER * b
        for a in (0, 1)
        for b in (0, 1)
    ]
    chance = np.array([round(1 / (1 + math.exp(-value)), 9) for value in logit])
    buys = draws.chance(n, chance[2 * prior + offered])
    order = np.lexsort((patient, day))
    patient, day, offered, prior, buys = (values[order] for values in (patient, day, offered, prior, buys))
    ids = np.arange(1, n + 1, dtype=np.int32)
    world.tables["checkup_packages"] = {
        "package_id": np.arange(1, len(PACKAGES) + 1, dtype=np.int32),
        "package": category(np.arange(len(PACKAGES)), PACKAGES),
        "price": np.array([price for _, price in planted.PACKAGES], dtype=np.int64),
        "cost": np.array([round(p * c) for (_, p), c in zip(planted.PACKAGES, _PACKAGE_COST, strict=True)]),
    }
    world.tables["checkup_offers"] = {
        "offer_id": ids,
        "patient_id": (patient + 1).astype(np.int32),
        "decided_on": dates(day),
        "offered": offered,
        "bought_before": prior,
        "bought": buys,
    }
    yes = np.flatnonzero(buys)
    package = draws.choose_each(np.array(_PACKAGE)[prior[yes].astype(np.int64)])
    sold = day[yes] + 1 + draws.whole(len(yes), 30)
    price = np.array([price for _, price in planted.PACKAGES], dtype=np.int64)[package]
    # a rebate of a tenth goes with an offer
    amount = np.where(offered[yes], price * 9 // 10, price)
    world.tables["checkup_sales"] = {
        "sale_id": np.arange(1, len(yes) + 1, dtype=np.int32),
        "offer_id": ids[yes],
        "patient_id": (patient[yes] + 1).astype(np.int32),
        "package_id": (package + 1).astype(np.int32),
        "sold_on": dates(sold),
        "amount": amount,
    }


def contract(world):
    """Make contracts with companies, a year each, and let them be renewed or not."""
    draws, house = world.draws("contracts"), world.house
    n = round(planted.CONTRACTS * world.scale)
    rows, company = [], 0
    while len(rows) < n:
        chain = _chain(draws, company % house.n_companies)
        # as many contracts as planned: a company whose contracts are too many is no customer
        if len(rows) + len(chain) <= n:
            rows += chain
            company += 1
    who, start, end, score, status = (
        np.array(values) for values in zip(*sorted(rows, key=lambda r: r[1]), strict=True)
    )
    staff = house.employees[who]
    value = staff * (450_000 + 50_000 * draws.whole(n, 11))
    world.tables["corporate_contracts"] = {
        "contract_id": np.arange(1, n + 1, dtype=np.int32),
        "company_id": (who + 1).astype(np.int32),
        "starts_on": dates(start),
        "ends_on": dates(end),
        "employees": staff.astype(np.int32),
        "amount": value.astype(np.int64),
        "employee_nps": score.astype(np.int32),
        "status": category(status, STATUSES),
        "renewed": masked(status == 1, status == 0),
    }


def _chain(draws, company):
    """Make the contracts of a company, one after the other until one is not renewed or the years are over."""
    day, rows = int(draws.whole(1, 700)[0]), []
    while True:
        luck = draws.uniform(3).tolist()
        unhappy = luck[0] < planted.UNHAPPY_COMPANIES
        score = int(luck[1] * 40) - 41 if unhappy else int(luck[1] * 60)
        ends = day + 364
        again = luck[2] < (planted.RENEWAL_UNHAPPY if unhappy else planted.RENEWAL)
        status = 0 if ends >= planted.N_DAYS else 1 if again else 2
        rows.append((company, day, ends, score, status))
        if status != 1:
            return rows
        day = ends + 1
