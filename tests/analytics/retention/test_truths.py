"""What was planted in PT XYZ comes out, inside the intervals, at the size that is shipped."""

from __future__ import annotations

import pytest

from crmlab.analytics import retention

BEFORE, AFTER = ("2016-01-01", "2019-12-31"), ("2020-01-01", "2020-12-31")


@pytest.fixture(scope="module")
def ratio(clean):
    found = retention.churn_ratio(
        clean["customers"], before=BEFORE, after=AFTER, as_of="2020-12-31", by="customer_type"
    )
    return found.table.set_index("customer_type")


@pytest.mark.parametrize("kind", ["corporate", "consumer"])
def test_churn_before_and_in_2020(ratio, planted, kind):
    row = ratio.loc[kind]
    for what, column in (
        (f"{kind} churn a month before 2020", "hazard_before"),
        (f"{kind} churn a month in 2020", "hazard_after"),
        (f"{kind} churn ratio", "hazard_ratio"),
    ):
        assert row[f"{column}_low"] <= planted["R-T08", what] <= row[f"{column}_high"], what


def test_accounts_leave_faster_and_consumers_do_not(ratio):
    assert ratio.loc["corporate", "verdict"] == "real"
    assert ratio.loc["consumer", "verdict"] == "noise"
    assert ratio.loc["corporate", "hazard_ratio"] > 1.3


def test_cox_tells_accounts_from_consumers_too(clean):
    lives = retention.lifetimes(clean["customers"], as_of="2020-12-31", by="customer_type", since="2016-01-01")
    fit = retention.cox(lives, on=["customer_type"], entry="entry_days")
    row = fit.table.iloc[0]
    assert row["column"] == "customer_type: corporate" and row["verdict"] == "real"
    # planted: 1.5 % and 2.5 % a month against 0.2 %
    assert row["hazard_ratio_low"] <= 8.5 <= row["hazard_ratio_high"]


def test_what_goes_with_leaving(panel, planted):
    found = retention.loss_odds(panel, lost="left", on=["unresolved_complaint", "detractor", "online_user"])
    rows = found.table.set_index("column")
    for column in rows.index:
        wanted = planted["R-T22", f"odds of leaving, {column.replace('_', ' ')}"]
        assert rows.loc[column, "odds_ratio_low"] <= wanted <= rows.loc[column, "odds_ratio_high"], column
    base = planted["R-T22", "log odds of leaving, none of the three"]
    assert found.facts["log_odds_base_low"] <= base <= found.facts["log_odds_base_high"]
    assert rows.loc["unresolved_complaint", "verdict"] == "real"


def test_who_buys_again_after_a_late_parcel(parcels, sales, planted):
    found = retention.repeat_share(parcels, by="lateness", within_days=70, as_of="2020-12-31", of=sales)
    rows = found.table.set_index("lateness")
    assert list(rows.index) == ["on_time", "days_1_to_3", "over_3_days"]
    for name, row in rows.iterrows():
        assert row["repeat_share_low"] <= planted["R-T23", f"bought again, {name}"] <= row["repeat_share_high"], name
    assert rows["repeat_share"].is_monotonic_decreasing
    assert rows.loc["over_3_days", "verdict"] == "real"
