"""Worlds of known truth for every interval that the room shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlab.analytics import frameworks

DAY = pd.Timestamp("2024-12-31")


def steps(rng, people, receipts):
    """Customers go through four steps with known chances; who is on a receipt is drawn anew each time."""
    known, tiered, met, own = 0.7, 0.85, 0.5, 0.7
    ids = rng.integers(1, people + 1, receipts).astype(float)
    ids[rng.random(receipts) >= known] = np.nan
    sales = pd.DataFrame({"customer_id": ids, "ordered_at": DAY})
    tiers = np.where(rng.random(people) < tiered, "high", None)
    customers = pd.DataFrame({"customer_id": np.arange(1.0, people + 1), "tier": tiers})
    both = customers["customer_id"][rng.random(people) < met]
    ways = pd.concat(
        [customers.assign(direction="outgoing"), pd.DataFrame({"customer_id": both, "direction": "incoming"})]
    )
    offers = customers.assign(offered_at=DAY, offer_tier=np.where(rng.random(people) < own, "high", None))
    told = frameworks.idic(sales, customers, ways.assign(occurred_at=DAY), offers, as_of=DAY)
    truths = dict(zip(told.table["step"], (known, tiered, met, own, known * tiered * met * own), strict=True))
    for row in told.table.to_dict("records"):
        name = f"frameworks.idic {row['step']}, {people} people"
        yield name, truths[row["step"]], row["share_low"], row["share_high"]


def measured(**tables):
    told = frameworks.value_chain_evidence(tables, as_of=DAY).table.to_dict("records")
    return {row["measure"]: row for row in told if row["verdict"] != "too_few"}


def ends(row):
    return row["measured_low"], row["measured_high"]


def shares(rng):
    """People who are each such or not."""
    n, share = 60, 0.8
    hit = rng.random(n) < share
    ids = np.arange(n)
    records = pd.DataFrame({"customer_id": ids, "phone": np.where(hit, "0811", "-")})
    staff = pd.DataFrame({"employee_id": ids, "last_used_on": np.where(hit, DAY, DAY - pd.Timedelta(days=200))})
    told = measured(
        portfolio=pd.DataFrame({"customer_id": ids, "profit": np.where(hit, 1.0, np.nan)}),
        states=pd.DataFrame({"customer_id": ids, "state": np.where(hit, "repeat", None)}),
        records=records,
        staff=staff.astype({"last_used_on": "datetime64[us]"}),
    )
    for name in ("profit_known", "state_known", "records_sound", "crm_used"):
        yield f"frameworks.evidence {name}, n=60", share, *ends(told[name])
    last = pd.DataFrame({"customer_id": ids[hit], "ordered_at": DAY - pd.Timedelta(days=10)})
    before = pd.DataFrame({"customer_id": ids, "ordered_at": DAY - pd.Timedelta(days=500)})
    told = measured(sales=pd.concat([before, last]))
    yield "frameworks.evidence retained, n=60", share, *ends(told["retained"])


def segments(rng):
    """Three segments of different size; a customer stays with a known chance, or is drawn anew."""
    n, stays, sizes = 150, 0.5, np.array([0.5, 0.3, 0.2])
    before = rng.choice(3, n, p=sizes)
    now = np.where(rng.random(n) < stays, before, rng.choice(3, n, p=sizes))
    # both years have the same sizes: chance agrees Σ p², and kappa is the chance to stay
    told = measured(segments=pd.DataFrame({"customer_id": np.arange(n), "before": before, "now": now}))
    yield "frameworks.evidence segments_hold, n=150", stays, *ends(told["segments_hold"])


def bunches(rng):
    """People and suppliers who bring several cases each, alike among themselves."""
    people, mean = 80, 0.7
    chance = rng.beta(3.5, 1.5, people)
    each = 1 + rng.poisson(2, people)
    who = np.repeat(np.arange(people), each)
    hit = rng.random(len(who)) < chance[who]
    when = DAY - pd.Timedelta(days=30)
    answers = pd.DataFrame({"customer_id": who, "answered_on": when, "csat": np.where(hit, 5, 2)})
    sales = pd.DataFrame({"customer_id": who, "ordered_at": when, "discount": np.where(hit, 0, 10)})
    ended = np.where(hit, when + pd.Timedelta(days=1), when + pd.Timedelta(days=9))
    complaints = pd.DataFrame({"customer_id": who, "complained_at": when, "resolved_at": ended, "reopened": False})
    complaints["resolved_at"] = complaints["resolved_at"].astype("datetime64[us]")
    fields = rng.random((people, 4)) < chance[:, None]
    profiles = pd.DataFrame(np.where(fields, "known", ""), columns=list("abcd")).assign(
        customer_id=np.arange(people), updated_at=when
    )
    supplies = pd.DataFrame(
        {"product_id": np.arange(len(who)), "supplier_id": who, "quality_score": np.where(hit, 90, 60)}
    )
    told = measured(answers=answers, sales=sales, complaints=complaints, profiles=profiles, supplies=supplies)
    for name in ("satisfied", "full_price", "complaints_settled", "profile_fresh", "partner_quality"):
        yield f"frameworks.evidence {name}, 80 parties", mean, *ends(told[name])


def few_suppliers(rng):
    """A supplier is good or not, with all that he sends: the hardest case for an interval of products."""
    suppliers, mean = 35, 0.6
    good = rng.random(suppliers) < mean
    who = np.repeat(np.arange(suppliers), 5 + rng.integers(0, 15, suppliers))
    supplies = pd.DataFrame({"product_id": np.arange(len(who)), "supplier_id": who})
    supplies["quality_score"] = np.where(good[who], 90, 60)
    row = measured(supplies=supplies)["partner_quality"]
    yield "frameworks.evidence partner_quality, 35 suppliers", mean, *ends(row)


CASES = {
    "steps of 120": lambda rng: steps(rng, 120, 200),
    "steps of 40": lambda rng: steps(rng, 40, 80),
    "shares": shares,
    "segments": segments,
    "bunches": bunches,
    "few suppliers": few_suppliers,
}
