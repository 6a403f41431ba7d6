"""PT XYZ as the checks of personalisation ask for it, and small tables that can be worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

import crmlab as crm

FRONT = ["sales_rep", "service_agent", "store_head", "shop_assistant", "cashier"]


@pytest.fixture(scope="session")
def clean():
    return crm.datasets.load_retail("S", layer="clean").tables


@pytest.fixture(scope="session")
def truths():
    return crm.datasets.load_retail("S").truths


@pytest.fixture(scope="session")
def shop(clean):
    """What PT XYZ's tables can say, for the last two years."""
    orders = clean["sales"].merge(clean["channels"][["channel_id", "channel"]], on="channel_id")
    lines = clean["sales_lines"].merge(
        orders[["order_id", "ordered_at", "customer_id", "channel", "status"]], on="order_id"
    )
    profit = crm.profitability.customer_profit(
        lines,
        returns=clean["returns"],
        costs=clean["activity_costs"],
        activities=crm.profitability.usage(clean),
        commission=clean["channels"],
        period=("2019", "2020"),
    )
    sends = clean["campaign_sends"].merge(clean["campaigns"][["campaign_id", "channel"]], on="campaign_id")
    recent = sends[sends["sent_at"] >= "2019-01-01"]
    counts = recent.groupby("customer_id").size()
    customers = profit.table[["customer_id", "profit"]].assign(
        contacts=lambda t: t["customer_id"].map(counts).fillna(0).astype(int)
    )
    people = clean["customers"].drop_duplicates("customer_id", keep="last")
    consumers = people[people["customer_type"] == "consumer"]
    profiles = consumers[["customer_id", "phone", "occupation", "interests"]].assign(updated_at=consumers["valid_from"])
    given = clean["consents"].rename(columns={"recorded_at": "at"})
    given["action"] = given["action"].astype(str).map({"given": "give", "withdrawn": "withdraw"})
    ledger = crm.privacy.ConsentLedger(given, timezone="WIB")
    breaches = crm.privacy.audit(sends, ledger, purpose="marketing").table["send_id"]
    log = clean["crm_log"].merge(clean["crm_features"], on="feature_id")
    year = log[log["date"] >= "2020-01-01"]
    staff = clean["employees"][clean["employees"]["left_on"].isna()]
    trial = sends[sends["arm"].isin(["test", "control"])]
    return {
        "customers": customers,
        "profiles": profiles,
        "contacts": sends[["customer_id", "send_id"]].assign(allowed=~sends["send_id"].isin(breaches)),
        "trial": trial[["arm", "converted"]].assign(arm=trial["arm"].astype(str)),
        "features": clean["crm_features"][["feature"]].assign(
            minutes=clean["crm_features"]["feature_id"].map(year.groupby("feature_id")["minutes"].sum()).fillna(0)
        ),
        "crm_use": pd.DataFrame(
            {"user": year["employee_id"], "activity": year["activity"], "minutes": year["minutes"]}
        ),
        "staff": pd.DataFrame(
            {
                "employee": staff["employee_id"],
                "frontline": staff["job"].isin(FRONT),
                "active": staff["employee_id"].isin(year["employee_id"]),
            }
        ),
    }
