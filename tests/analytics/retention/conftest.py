"""PT XYZ as the analyses of retention take it, and the two published tables that R ships."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import crmlab as crm

# Freireich and others (1963), Blood 21: weeks of remission, those still in remission with a +; gehan of R's MASS
SIX_MP = "6+ 6 6 6 7 9+ 10+ 10 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
# ovarian of R's survival (Edmunson and others 1979, Cancer Treatment Reports 63): futime, fustat, age, ecog.ps
OVARIAN = """
59 1 72.3315 1; 115 1 74.4932 1; 156 1 66.4658 2; 421 0 53.3644 1; 431 1 50.3397 1; 448 0 56.4301 2; 464 1 56.9370 2;
475 1 59.8548 2; 477 0 64.1753 1; 563 1 55.1781 2; 638 1 56.7562 2; 744 0 50.1096 1; 769 0 59.6301 2; 770 0 57.0521 1;
803 0 39.2712 1; 855 0 43.1233 2; 1040 0 38.8932 2; 1106 0 44.6000 1; 1129 0 53.9068 1; 1206 0 44.2055 1;
1227 0 59.5890 2; 268 1 74.5041 2; 329 1 43.1370 1; 353 1 63.2192 2; 365 1 64.4247 1; 377 0 58.3096 1
"""


@pytest.fixture(scope="session")
def clean():
    return crm.datasets.load_retail(layer="clean").tables


@pytest.fixture(scope="session")
def sales(clean):
    return clean["sales"].rename(columns={"total": "amount"})


@pytest.fixture(scope="session")
def planted():
    """Truths of size S by id and what: the planted value."""
    import json
    from pathlib import Path

    path = Path(__file__).parents[3] / "datasets" / "retail" / "truths.json"
    found = json.loads(path.read_text(encoding="utf-8"))["sizes"]["S"]
    return {(key, f["what"]): f["planted"] for key, truth in found.items() for f in truth["found"]}


@pytest.fixture(scope="session")
def parcels(clean, sales):
    """Every parcel of a consumer with how late it was."""
    found = clean["deliveries"].merge(sales[["order_id", "customer_id", "ordered_at", "channel_id"]])
    found = found.merge(clean["channels"][["channel_id", "channel"]])
    found = found[found["channel"] != "field_sales"]
    names = ["on_time", "days_1_to_3", "over_3_days"]
    kinds = np.select([found["late_days"] == 0, found["late_days"] <= 3], names[:2], names[2])
    return found.assign(lateness=pd.Categorical(kinds, names))


@pytest.fixture(scope="session")
def panel(clean):
    """The relationship panel: who left, and the three marks of R-T22."""
    asked = clean["relationship_surveys"]
    people = clean["customers"].drop_duplicates("customer_id").set_index("customer_id")
    complaints = clean["complaints"]
    waiting = complaints.loc[complaints["resolved_at"].isna(), "customer_id"]
    return pd.DataFrame(
        {
            "left": people["closed_on"].notna().reindex(asked["customer_id"]).to_numpy(),
            "unresolved_complaint": asked["customer_id"].isin(waiting),
            "detractor": asked["nps"] <= 6,
            "online_user": asked["customer_id"].isin(clean["web_events"]["customer_id"].dropna()),
        }
    )


@pytest.fixture(scope="session")
def remissions():
    rows = [
        (float(w.rstrip("+")), not w.endswith("+"), group)
        for group, weeks in (("6-MP", SIX_MP), ("placebo", PLACEBO))
        for w in weeks.split()
    ]
    return pd.DataFrame(rows, columns=["weeks", "relapsed", "group"])


@pytest.fixture(scope="session")
def ovarian():
    rows = [[float(x) for x in row.split()] for row in OVARIAN.replace("\n", " ").split(";")]
    return pd.DataFrame(rows, columns=["futime", "fustat", "age", "ecog"])
