"""PT XYZ's own tables as the evidence of the value chain reads them."""

from __future__ import annotations

import pytest

import crmlab as crm


@pytest.fixture(scope="session")
def clean():
    return crm.datasets.load_retail("S", layer="clean").tables


@pytest.fixture(scope="session")
def shop(clean):
    """The end of 2020: what was sold, who was asked, who complained, who works with the CRM."""
    import pandas as pd

    done = clean["sales"][clean["sales"]["status"] == "completed"]
    lines = clean["sales_lines"].merge(done[["order_id", "customer_id"]], on="order_id")
    margin = (lines["amount"] - lines["cost"]).groupby(lines["customer_id"]).sum()
    people = clean["customers"].drop_duplicates("customer_id", keep="last")
    consumers = people[people["customer_type"] == "consumer"]
    year = done[done["ordered_at"] >= "2020-01-01"].groupby("customer_id")["total"].sum()
    before = done[done["ordered_at"].between("2019-01-01", "2019-12-31 23:59:59")].groupby("customer_id")["total"].sum()
    both = pd.DataFrame({"before": before, "now": year}).dropna()
    halves = both.apply(lambda column: (column >= column.median()).map({True: "upper", False: "lower"}))
    asked = clean["survey_invitations"][["survey_id", "customer_id"]]
    log = clean["crm_log"].groupby("employee_id")["date"].max()
    staff = clean["employees"][clean["employees"]["left_on"].isna()]
    return {
        "portfolio": people[["customer_id"]].assign(profit=people["customer_id"].map(margin)),
        "segments": halves.reset_index(),
        "profiles": consumers[["customer_id", "phone", "occupation", "interests"]].assign(
            updated_at=consumers["valid_from"]
        ),
        "supplies": clean["products"].merge(clean["suppliers"], on="supplier_id")[
            ["product_id", "supplier_id", "quality_score"]
        ],
        "answers": clean["survey_answers"].merge(asked, on="survey_id"),
        "sales": done,
        "records": consumers[["customer_id", "phone", "email", "gender", "born_on"]],
        "staff": pd.DataFrame(
            {
                "employee_id": staff["employee_id"],
                "last_used_on": staff["employee_id"].map(log).astype("datetime64[us]"),
            }
        ),
        "complaints": clean["complaints"],
    }
