"""Silence, movements, cohorts, repeat purchases, reasons: against plain pandas and small tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab.analytics import retention
from crmlab.errors import UserError
from crmlab.intervals import wilson


def sold(*rows):
    table = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "amount"])
    return table.assign(ordered_at=pd.to_datetime(table["ordered_at"]), order_id=range(len(table)))


def worked():
    """The mission map's cohort: 100 customers in January, 40 of them again in February, 30 in March."""
    rows = [(i, "2020-01-10", 10.0) for i in range(100)]
    rows += [(i, "2020-02-10", 10.0) for i in range(40)] + [(i, "2020-03-10", 10.0) for i in range(30)]
    return sold(*rows)


# cohorts --------------------------------------------------------------------------------------------------------------


def test_the_worked_cohort():
    found = retention.triangle(retention.cohorts(worked(), as_of="2020-03-31"))
    assert found.loc["2020-01"].tolist() == [1.0, 0.4, 0.3]


def test_a_future_cell_is_blank_and_an_empty_one_is_zero():
    table = pd.concat([worked(), sold((500, "2020-02-03", 5.0))])
    found = retention.triangle(retention.cohorts(table, as_of="2020-03-31"))
    assert found.loc["2020-02"].iloc[:2].tolist() == [1.0, 0.0]  # March is over, and nobody bought
    assert np.isnan(found.loc["2020-02", 2])  # April has not been
    for of in ("value", "share_low", "share_high"):
        assert np.isnan(retention.triangle(retention.cohorts(table, as_of="2020-03-31"), of).loc["2020-02", 2])


def test_a_month_that_is_not_over_is_blank():
    found = retention.cohorts(worked(), as_of="2020-03-30")
    assert retention.triangle(found).shape == (1, 2)
    assert "retention.note.incomplete" in [n.code for n in found.notes]


def test_no_cell_after_as_of_has_a_number_in_pt_xyz(sales):
    found = retention.cohorts(sales, as_of="2020-12-31")
    cells = found.table[found.table["row"] == "member"]
    when = pd.PeriodIndex(cells["cohort"], freq="M").astype("int64") + cells["age"]
    future = (when > pd.Period("2020-12", "M").ordinal).to_numpy()
    assert future.sum() == found.facts["blank"] > 100
    assert cells.loc[future, ["value", "share", "share_low", "share_high"]].isna().all().all()
    assert cells.loc[~future, "share"].notna().all()


@pytest.mark.parametrize("form", ["frame", "arrow", "parquet"])
def test_cohorts_by_pandas(sales, form, tmp_path):
    bought = sales[(sales["status"] != "cancelled")].copy()
    bought["p"] = bought["ordered_at"].dt.to_period("Q")
    first = bought.groupby("customer_id")["p"].min()
    bought["cohort"] = bought["customer_id"].map(first)
    bought["age"] = bought["p"].astype("int64") - bought["cohort"].astype("int64")
    people = bought.groupby(["cohort", "age"])["customer_id"].nunique()
    given_ = sales
    if form != "frame":
        given_ = pa.Table.from_pandas(sales)
    if form == "parquet":
        sales.to_parquet(tmp_path / "sales.parquet")
        given_ = tmp_path / "sales.parquet"
    found = retention.cohorts(given_, as_of="2020-12-31", by="quarter").table
    member = found[found["row"] == "member"].dropna(subset=["value"])
    wanted = [people.get((pd.Period(r.cohort, "Q"), r.age), 0) for r in member.itertuples()]
    assert member["value"].tolist() == wanted
    curve = found[found["row"] == "total"].set_index("age")
    for age in (1, 5):
        reached = member[member["age"] == age]
        assert curve.loc[age, "share"] == pytest.approx(reached["value"].sum() / reached["cohort_size"].sum())


def test_revenue_counts_what_came_back():
    table = sold((1, "2020-01-05", 100.0), (1, "2020-02-05", 80.0), (1, "2020-02-09", -30.0), (2, "2020-01-07", 100.0))
    found = retention.triangle(retention.cohorts(table, as_of="2020-02-29", measure="revenue"))
    assert found.loc["2020-01", 1] == 0.25


def test_who_only_brings_back_is_no_customer():
    found = retention.cohorts(sold((1, "2020-01-05", -5.0), (2, "2020-01-05", 5.0)), as_of="2020-01-31")
    assert found.facts["n"] == 1
    assert "retention.note.only_returns" in [n.code for n in found.notes]


# activity -------------------------------------------------------------------------------------------------------------


def test_silence_hangs_on_its_window(sales):
    found = retention.active(sales, as_of="2020-12-31", window_days=180)
    rows = found.table
    assert (rows["active"] + rows["silent"] == rows["customers"]).all()
    assert rows["silent"].is_monotonic_decreasing and rows["chosen"].sum() == 1
    done = sales[sales["status"] != "cancelled"]
    day = done["ordered_at"].dt.normalize()
    latest = day.groupby(done["customer_id"]).max()
    as_of = pd.Timestamp("2020-12-31")
    assert found.facts["silent"] == (latest <= as_of - pd.Timedelta(days=180)).sum()
    then = as_of - pd.Timedelta(days=180)
    before = day[day <= then].groupby(done["customer_id"]).max()
    quiet = before.index[before <= then - pd.Timedelta(days=180)]
    assert found.facts["silent_before"] == len(quiet)
    assert found.facts["returned"] == (latest[quiet] > then).sum()


def test_the_identity_of_the_book():
    """F12: 500 + 120 - 80 = 540; 420 of 500 retained: 84.0 %."""
    rows = [(who, "2019-05-01", 1.0) for who in range(500)] + [(who, "2020-05-01", 1.0) for who in range(420)]
    rows += [(who, "2020-05-01", 1.0) for who in range(1000, 1120)]
    found = retention.movements(sold(*rows), as_of="2020-12-31")
    row = found.table.iloc[1]
    told = ("at_start", "acquired", "reactivated", "losses", "at_end", "retained")
    assert [row[c] for c in told] == [500, 120, 0, 80, 540, 420]
    assert row["retention_share"] == 0.84
    assert "84,0%" in found.explain("id", "method") and "84.0%" in found.explain("en", "method")


def test_movements_sum_and_a_silent_period_is_a_period():
    table = sold((1, "2016-03-01", 5.0), (2, "2016-04-01", 5.0), (1, "2018-05-01", 5.0), (3, "2018-06-01", 5.0))
    rows = retention.movements(table, as_of="2018-12-31").table
    assert rows["period"].tolist() == ["2016", "2017", "2018"]
    assert rows["losses"].tolist() == [0, 2, 0] and rows["reactivated"].tolist() == [0, 0, 1]
    assert (rows["at_start"] + rows["acquired"] + rows["reactivated"] - rows["losses"] == rows["at_end"]).all()
    assert rows["retention_share"].iloc[1] == 0.0 and rows["retention_share"].iloc[[0, 2]].isna().all()
    assert rows["retained"].tolist() == [0, 0, 0]


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(0, 700), st.integers(-3, 9)), min_size=1, max_size=50))
def test_the_identity_holds_for_any_sales(rows):
    first = pd.Timestamp("2019-01-01")
    table = sold(*[(who, first + pd.Timedelta(days=day), float(amount)) for who, day, amount in rows])
    try:
        found = retention.movements(table, as_of="2020-11-15", period="quarter").table
    except UserError as none:
        assert none.code == "retention.empty"  # nothing but returns
        return
    assert (found["at_start"] + found["acquired"] + found["reactivated"] - found["losses"] == found["at_end"]).all()
    assert (found["at_start"].iloc[1:].to_numpy() == found["at_end"].iloc[:-1].to_numpy()).all()


def test_the_interval_of_all_years_knows_that_a_customer_is_one(sales):
    """Wilson's of all customer-periods would be narrower: the same customer stays, or does not, again and again."""
    facts = retention.movements(sales, as_of="2020-12-31", period="month").facts
    low, high = wilson(facts["retained"], facts["n"])
    assert facts["retention_share_low"] < low < facts["retention_share"] < high < facts["retention_share_high"]


def test_an_order_of_yesterday_can_not_have_failed_to_bring_its_customer_back():
    table = sold((1, "2020-01-01", 5.0), (1, "2020-01-20", 5.0), (2, "2020-01-05", 5.0), (2, "2020-12-30", 5.0))
    found = retention.repeat_share(table.assign(kind="a"), by="kind", within_days=30, as_of="2020-12-31")
    assert found.facts["n"] == 3
    assert [n.code for n in found.notes] == ["retention.note.too_young"]
    assert found.table["repeat_share"].tolist() == [pytest.approx(1 / 3)]


# reasons --------------------------------------------------------------------------------------------------------------


def test_unknown_reasons_stay_in_sight():
    said = ["price"] * 30 + ["service"] * 10 + [None, "", "unknown", " - "] + ["moved"] * 6
    found = retention.reasons(pd.DataFrame({"reason": said}))
    assert found.table["loss_reason"].tolist() == ["price", "service", "moved", "unknown"]
    assert found.table["n"].sum() == found.facts["n"] == 50 and found.facts["unknown"] == 4
    assert found.table["cumulative_share"].iloc[-1] == 1
    assert found.facts["first_at_most"] == pytest.approx(34 / 50)
    assert found.facts["verdict"] == "real"


def test_refused(sales):
    cases = {
        "retention.bad_measure": lambda: retention.cohorts(sales, as_of="2020-12-31", measure="profit"),
        "retention.no_whole_period": lambda: retention.cohorts(worked(), as_of="2020-01-20"),
        "retention.bad_number": lambda: retention.active(sales, as_of="2020-12-31", window_days=0),
        "retention.not_numbers": lambda: retention.cohorts(worked().assign(amount="Rp 5"), as_of="2020-12-31"),
        "retention.missing_column": lambda: retention.movements(worked().drop(columns="amount"), as_of="2020-12-31"),
        "retention.no_file": lambda: retention.cohorts("nowhere.parquet", as_of="2020-12-31"),
        "retention.empty": lambda: retention.cohorts(worked(), as_of="2019-12-31"),
        "retention.no_reasons": lambda: retention.reasons(pd.DataFrame({"reason": [None, "-"]})),
        "retention.no_table": lambda: retention.cohorts(5, as_of="2020-12-31"),
    }  # fmt: skip
    for code, call in cases.items():
        with pytest.raises(UserError) as caught:
            call()
        assert caught.value.code == code
        assert caught.value.render("id") != caught.value.render("en")
