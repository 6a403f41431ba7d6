"""Churn with contracts: the identity, the denominator, renewals, and what is refused."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab.analytics import retention
from crmlab.errors import UserError


def accounts(*rows):
    return pd.DataFrame(rows, columns=["customer_id", "registered_on", "closed_on"])


def worked():
    """The mission map's example: 500 at the start, 120 acquired, 80 of the first lost."""
    old = [(i, "2019-06-01", "2020-05-05" if i < 80 else None) for i in range(500)]
    new = [(1000 + i, "2020-03-01", None) for i in range(120)]
    return accounts(*old, *new)


def test_the_worked_example():
    found = retention.churn_rate(worked(), as_of="2020-12-31", period="year", since="2020-01-01")
    row = found.table.iloc[0]
    assert (row["at_start"], row["acquired"], row["losses"], row["at_end"], row["retained"]) == (500, 120, 80, 540, 420)
    assert row["churn_share"] == 0.16
    assert 1 - row["churn_share"] == 0.84


def test_two_percent_a_month_is_no_24_percent_a_year():
    assert round(retention.annual_share(0.02), 4) == 0.2153
    with pytest.raises(UserError) as caught:
        retention.annual_share(2)
    assert caught.value.code == "retention.bad_share"


def test_who_comes_and_leaves_between_is_in_the_identity_but_not_in_the_share():
    found = retention.churn_rate(
        accounts((1, "2019-01-01", None), (2, "2020-02-01", "2020-06-01")), as_of="2020-12-31", period="year",
        since="2020-01-01",
    )  # fmt: skip
    row = found.table.iloc[0]
    assert (row["at_start"], row["acquired"], row["losses"], row["at_end"]) == (1, 1, 1, 1)
    assert row["churn_share"] == 0 and row["monthly_hazard"] > 0


def test_a_renewal_is_no_loss_and_a_return_after_a_gap_is_one():
    table = accounts(
        (1, "2019-01-01", "2020-03-10"), (1, "2020-03-10", None),  # renewed on the day
        (2, "2019-01-01", "2020-02-01"), (2, "2020-05-01", None),  # left and came back
        (3, "2019-01-01", "2020-06-01"), (3, "2019-05-01", None),  # two contracts, one ends
    )  # fmt: skip
    found = retention.churn_rate(table, as_of="2020-12-31", period="year", since="2020-01-01")
    row = found.table.iloc[0]
    assert (row["at_start"], row["acquired"], row["reactivated"], row["losses"], row["at_end"]) == (3, 0, 1, 1, 3)
    assert [n.code for n in found.notes] == ["retention.note.joined_contracts"]


def test_versions_of_a_customer_are_one_customer(clean):
    found = retention.churn_rate(clean["customers"], as_of="2020-12-31", since="2016-01-01", period="year")
    people = clean["customers"].drop_duplicates("customer_id")
    assert found.facts["at_end"] == people["closed_on"].isna().sum()
    assert found.facts["losses"] == people["closed_on"].notna().sum()


def test_a_period_that_is_not_over_has_no_share():
    found = retention.churn_rate(worked(), as_of="2020-09-15", period="year", since="2019-01-01")
    last = found.table.iloc[1]
    assert pd.isna(last["churn_share"]) and pd.isna(last["churn_share_low"])
    assert last["monthly_hazard"] > 0
    assert "retention.note.incomplete" in [n.code for n in found.notes]


def test_a_cancellation_that_lies_ahead_is_no_loss_yet():
    found = retention.churn_rate(
        accounts((1, "2019-01-01", "2021-03-01")), as_of="2020-12-31", period="year", since="2020-01-01"
    )
    assert found.table.iloc[0]["losses"] == 0
    assert [n.code for n in found.notes] == ["retention.note.future_ends"]


def test_refused():
    sold = pd.DataFrame({"customer_id": [1], "ordered_at": ["2020-01-01"], "amount": [5]})
    cases = {
        "retention.no_contracts": lambda: retention.churn_rate(sold, as_of="2020-12-31"),
        "retention.closed_before": lambda: retention.churn_rate(
            accounts((1, "2020-02-01", "2020-01-01")), as_of="2020-12-31"
        ),
        "retention.bad_day": lambda: retention.churn_rate(worked(), as_of="soon"),
        "retention.bad_period": lambda: retention.churn_rate(worked(), as_of="2020-12-31", period="weekly"),
        "retention.days_backwards": lambda: retention.churn_rate(worked(), as_of="2019-12-31", since="2020-01-01"),
        "retention.bad_dates": lambda: retention.churn_rate(accounts((1, "31/12/2020", None)), as_of="2020-12-31"),
        "retention.empty": lambda: retention.churn_rate(worked().head(0), as_of="2020-12-31"),
        "retention.overlap": lambda: retention.churn_ratio(
            worked(), before=("2019-01-01", "2020-01-01"), after=("2020-01-01", "2020-06-01"), as_of="2020-12-31"
        ),
        "retention.after_as_of": lambda: retention.churn_ratio(
            worked(), before=("2019-01-01", "2019-12-31"), after=("2020-01-01", "2021-06-01"), as_of="2020-12-31"
        ),
    }
    for code, call in cases.items():
        with pytest.raises(UserError) as caught:
            call()
        assert caught.value.code == code
        assert caught.value.render("id") != caught.value.render("en")


@given(
    st.lists(
        st.tuples(st.integers(1, 12), st.integers(0, 900), st.one_of(st.none(), st.integers(0, 400))),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from(["month", "quarter", "year"]),
)
def test_start_and_acquired_and_reactivated_less_lost_is_end(rows, period):
    first = pd.Timestamp("2018-01-01")
    table = accounts(
        *[
            (who, first + pd.Timedelta(days=day), None if stays is None else first + pd.Timedelta(days=day + stays))
            for who, day, stays in rows
        ]
    )
    found = retention.churn_rate(table, as_of="2020-06-20", period=period).table
    each = found[found["row"] == "member"]
    assert (each["at_start"] + each["acquired"] + each["reactivated"] - each["losses"] == each["at_end"]).all()
    assert (each["at_start"].iloc[1:].to_numpy() == each["at_end"].iloc[:-1].to_numpy()).all()
    total = found.iloc[-1]
    assert total["at_start"] + total["acquired"] + total["reactivated"] - total["losses"] == total["at_end"]
    known = each.dropna(subset=["churn_share"])
    assert (known["churn_share_low"] <= known["churn_share"]).all()
    assert (known["churn_share"] <= known["churn_share_high"]).all()
