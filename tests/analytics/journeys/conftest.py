"""The two worlds as event logs, one Result of every kind, and the planted truths."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import crmlab as crm
from crmlab.analytics import journeys

DATASETS = Path(__file__).parents[3] / "datasets"


def planted_in(world):
    found = json.loads((DATASETS / world / "truths.json").read_text(encoding="utf-8"))["sizes"]["S"]
    return {(key, f["what"]): f["planted"] for key, truth in found.items() for f in truth["found"]}


@pytest.fixture(scope="session")
def retail_truths():
    return planted_in("retail")


@pytest.fixture(scope="session")
def hospital_truths():
    return planted_in("hospital")


@pytest.fixture(scope="session")
def shop():
    return crm.datasets.load_retail(layer="clean").tables


@pytest.fixture(scope="session")
def clinic():
    return crm.datasets.load_hospital(layer="clean").tables


@pytest.fixture(scope="session")
def shop_log(shop):
    events = journeys.build_events(shop, "retail")
    return journeys.event_log(events, as_of="2020-12-31", stages=journeys.stage_rules("retail"))


@pytest.fixture(scope="session")
def clinic_log(clinic):
    events = journeys.build_events(clinic, "hospital")
    return journeys.event_log(events, as_of="2024-12-31", stages=journeys.stage_rules("hospital"), keep=["payer_group"])


@pytest.fixture(scope="session")
def web_log(shop):
    names = {"person_id": "session_id", "touchpoint": "page"}
    return journeys.event_log(shop["web_events"], as_of="2020-12-31", columns=names)


@pytest.fixture(scope="session")
def clinic_map(clinic_log):
    drafted = journeys.draft_map(
        clinic_log, persona="Ibu Sari, BPJS", score_scale=(1, 5), only={"payer_group": "bpjs"}, most=10
    )
    return (
        drafted.feel("reminder_sent", 0.5, note="said in the waiting room")
        .improve("visit_finished", "Tampilkan perkiraan waktu tunggu di WhatsApp", owner="Kepala rawat jalan")
        .improve("appointment_missed", "Tanya alasan dan tawarkan jadwal lain")
    )


@pytest.fixture(scope="session")
def results(shop, shop_log, clinic_log, web_log, clinic_map):
    """A Result of every kind, and some in a second form."""
    booked = ["appointment_booked", "check_in", "examination", "survey_answered"]
    posts = pd.DataFrame(
        {"month": ["2020-01"] * 12 + ["2020-02"] * 12, "comments": range(24), "likes": range(20, 68, 2)}
    )
    posts["shares"] = [1, 2, 3] * 8
    pages = ["home", "category", "product", "cart", "order_placed"]
    asked = {
        "inviter_id": [k % 40 for k in range(90)],
        "invited_id": range(100, 190),
        "joined": [k % 6 == 0 for k in range(90)],
    }
    return {
        "attribution": journeys.attribution(shop_log, "order_placed"),
        "dwell": journeys.dwell(web_log, "product", within_seconds=60),
        "engagement": journeys.engagement(posts, followers=50_000),
        "engagement_groups": journeys.engagement(posts, followers=50_000, by="month"),
        "funnel_any": journeys.funnel_any(web_log, pages),
        "funnel_grouped": journeys.funnel_through_all(clinic_log, booked, by="payer_group"),
        "funnel_through_all": journeys.funnel_through_all(web_log, pages),
        "loops": journeys.loops(clinic_log),
        "map": clinic_map.result(),
        "maps": journeys.compare_maps(clinic_map, clinic_map.to_be().feel("visit_finished", 1.5)),
        "moments": journeys.moments(clinic_log, journeys.moment_rules("hospital")),
        "paths": journeys.paths(web_log),
        "receipt_gap": journeys.receipt_gap(shop_log, "order_placed", "parcel_received", again_days=70),
        "receipt_plain": journeys.receipt_gap(shop_log, "order_placed", "parcel_received"),
        "referral": journeys.referral(asked, customers=100),
        "signals": journeys.signals(
            shop["web_events"],
            "touchpoint == 'price'",
            as_of="2020-12-31",
            columns={"person_id": "customer_id", "case_id": "session_id", "touchpoint": "page"},
        ),
        "time_between": journeys.time_between(
            clinic_log, "check_in", "examination", of="about", by="payer_group", unit="minutes", within=["60min"]
        ),
        "time_plain": journeys.time_between(web_log, "home", "order_placed", unit="minutes"),
        "touchpoints": journeys.touchpoints(clinic_log, score_scale=(1, 5)),
        "touchpoints_told": journeys.touchpoints(None, {"touchpoint": ["a <b>", "c"], "owner": ["x", None]}),
        "transitions": journeys.transitions(clinic_log),
    }
