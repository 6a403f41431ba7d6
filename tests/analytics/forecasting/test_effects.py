"""The calendar, the pandemic and the competitor: planted truths found again, worked numbers, and what is refused."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab import UserError, calendar
from crmlab.analytics import forecasting
from crmlab.analytics.forecasting.counting import fit_days, newey_west

DAY = "2020-12-31"
CHANNELS = ("store", "marketplace", "website", "whatsapp")


def held(row, truth, what="ratio"):
    assert row[f"{what}_low"] <= truth <= row[f"{what}_high"], (row[what], truth)


def year_of(n_of, first="2019-01-01", last="2019-12-31", **more):
    """So many orders a day."""
    days = pd.date_range(first, last)
    return pd.DataFrame({"ordered_at": days.repeat([n_of(d) for d in days]), **more})


def at_payday(d):
    return 13 if calendar.payday(d) else 10


# -- planted -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("factor", "truth", "what"),
    [("payday", "R-T01", "payday"), ("three_weeks_before", "R-T02", "21 to 8 days before"),
     ("last_week", "R-T03", "last week before"), ("twelve_twelve", "R-T05", "12.12")],
)  # fmt: skip
def test_the_calendar_of_every_channel(effects, planted, factor, truth, what):  # Z04
    rows = effects.table.set_index(["channel", "factor"])
    asked = [c for c in CHANNELS if (truth, f"{what}, {c}") in planted]
    assert len(asked) >= 2
    for channel in asked:
        held(rows.loc[(channel, factor)], planted[truth, f"{what}, {channel}"])


def test_opposite_signs_before_idul_fitri_and_a_closed_store(effects, planted):  # R-T03, R-T04
    rows = effects.table.set_index(["channel", "factor"])
    row = rows.loc[("store", "eve_and_day")]
    held(row, planted["R-T04", "eve and day, store"])
    assert row["orders"] == 1 and row["verdict"] == "real"  # one order where eighteen were usual
    assert rows.loc[("store", "last_week"), "verdict"] == "real"
    # growth is no truth that the shipped world was screened for: the website's lies outside at this size
    for channel, growth in (("store", 1.05), ("marketplace", 1.30), ("field_sales", 1.08)):
        held(rows.loc[(channel, "trend")], growth)
    for channel in CHANNELS:
        held(rows.loc[(channel, "december")], 1.0)  # nothing is planted in December
        held(rows.loc[(channel, "ramadan_begins")], 1.0)


def test_a_shock_by_channel(moved, planted):  # Z10, R-T06, R-T07
    rows = moved.table.set_index(["effect", "group"])
    held(rows.loc[("shock", "store")], planted["R-T06", "pandemic, store"])  # 0.55
    held(rows.loc[("recovery_step", "store")], planted["R-T07", "recovery on the shock, store"])
    for channel in ("marketplace", "website", "whatsapp", "field_sales"):
        held(rows.loc[("whole_time", channel)], planted["R-T06", f"pandemic, {channel}"])
        assert rows.loc[("recovery_step", channel), "verdict"] == "noise"
    row = rows.loc[("channel_difference", "marketplace")]
    assert row["against"] == "whatsapp"
    held(row, 1.45 / 1.80)
    assert set(rows.loc["placebo", "verdict"]) == {"noise"} and moved.facts["placebos_held"] == 5


def test_the_competitor_took_companies_and_no_consumers(moved, planted):  # Z10, R-T08
    rows = moved.table.set_index(["effect", "group"])
    held(rows.loc[("churn", "corporate")], planted["R-T08", "corporate churn ratio"])
    held(rows.loc[("churn", "consumer")], planted["R-T08", "consumer churn ratio"])
    assert rows.loc[("churn", "corporate"), "verdict"] == "real"
    assert rows.loc[("churn", "consumer"), "verdict"] == "noise"
    assert rows.loc[("churn_difference", "corporate"), "verdict"] == "real"
    # three closures before the pandemic can't tell the two apart, and that is said
    assert rows.loc[("churn_early", "corporate"), "verdict"] == "too_few"
    assert "forecasting.note.one_year" in {n.code for n in moved.notes}
    assert moved.facts["churn_group"] == "corporate"


def test_what_can_hardly_be_told_apart_is_said(effects):
    said = {(n.code.rpartition(".")[2], n.values["one"], n.values["other"]) for n in effects.notes}
    assert ("entangled", "trend", "restrictions") in said or ("entangled", "trend", "transition") in said
    assert ("overlap", "twelve_twelve", "december") in said
    # Idul Fitri of 2017, 2019 and 2020 put payday into Ramadan or the week after
    assert any(kind == "overlap" and other == "payday" for kind, _, other in said)


def test_payday(orders, planted):  # J05
    found = forecasting.payday(orders, as_of=DAY)
    rows = found.table.set_index("channel")
    for channel in CHANNELS:
        held(rows.loc[channel], planted["R-T01", f"payday, {channel}"], "adjusted_ratio")
    held(rows.loc["field_sales"], 1.0, "adjusted_ratio")
    assert found.facts["payday_days"] == 447 and found.facts["days"] == 1827  # J05: 447 of 1,827
    assert abs(rows.loc["store", "ratio"] - 1.30) < 0.06


# -- worked by hand ----------------------------------------------------------------------------------------------------


def test_payday_windows_of_2019():  # J05: 89 days, January 8, February 5, April 7
    days = [dt.date(2019, 1, 1) + dt.timedelta(days=k) for k in range(365)]
    inside = [d for d in days if calendar.payday(d)]
    assert len(inside) == 89
    assert [sum(d.month == m for d in inside) for m in (1, 2, 4)] == [8, 5, 7]


def test_thirteen_by_ten():  # J05: 13.0 / 10.0 = 1.30
    row = forecasting.payday(year_of(at_payday), as_of="2019-12-31", by=None, factors=["weekend"]).table.iloc[0]
    assert (row["inside_per_day"], row["outside_per_day"]) == (13.0, 10.0)
    assert round(row["ratio"], 6) == round(row["adjusted_ratio"], 6) == 1.3
    held(row, 1.3)


def test_amounts_are_explained_as_orders_are():
    sales = year_of(at_payday, amount=50_000.0)
    row = forecasting.decompose(sales, as_of="2019-12-31", by=None, value="amount", factors=["payday"]).table.iloc[1]
    assert round(row["ratio"], 6) == 1.3


def test_idul_fitri_moves_and_the_stretches_do_not_overlap():
    from crmlab.analytics.forecasting.days import marks_of

    days = pd.date_range("2016-01-01", "2020-12-31")
    names = ["ramadan_begins", "three_weeks_before", "last_week", "eve_and_day", "week_after"]
    marks = marks_of(days, names)
    assert sum(m.astype(int) for m in marks.values()).max() == 1
    assert [int(marks[n].sum()) for n in names] == [43, 70, 30, 10, 35]
    assert days[marks["eve_and_day"]][0].date() == dt.date(2016, 7, 5)


def test_errors_are_those_of_statsmodels():
    """Newey and West's covariance as statsmodels computes it (kernel Bartlett, small-sample correction)."""
    import statsmodels.api as sm

    rng = np.random.default_rng(3)
    mark = rng.random(400) < 0.3
    noise = np.repeat(rng.gamma(8, 1 / 8, 40), 10)
    y = rng.poisson(6 * np.where(mark, 1.5, 1.0) * noise).astype(float)
    fit = fit_days(y, y, {"mark": mark}, None, lags=9)
    design = np.column_stack([np.ones(400), mark])
    theirs = sm.GLM(y, design, family=sm.families.Poisson()).fit(
        cov_type="HAC", cov_kwds={"maxlags": 9, "use_correction": True}
    )
    own = [newey_west(fit.influence @ fit.at({name: 1.0}), 9) ** 0.5 for name in fit.names]
    assert own == pytest.approx(list(theirs.bse), rel=1e-6)
    assert fit.log_ratio({"mark": 1.0})[0] == pytest.approx(theirs.params[1])
    assert fit.dispersion > 1.2  # and the interval is wider than chance alone makes it
    assert fit.log_ratio({"mark": 1.0})[1] >= theirs.bse[1] * 0.999


def test_nobody_came_under_a_factor():
    """A factor without any order: the ratio is 0, its interval exact, and the others are as without those days."""
    sales = year_of(lambda d: 0 if (d.month, d.day) == (11, 11) else 4 + d.day % 3, "2018-01-01", "2019-12-31")
    asked = {"as_of": "2019-12-31", "by": None}
    rows = forecasting.decompose(sales, factors=["payday", "eleven_eleven"], **asked).table.set_index("factor")
    row = rows.loc["eleven_eleven"]
    assert row["ratio"] == 0 and row["ratio_low"] == 0 and 0.2 < row["ratio_high"] < 0.5 and row["verdict"] == "real"
    assert rows.loc["payday", "days"] == 178


# -- the years looked through ------------------------------------------------------------------------------------------


def test_audit(orders):  # Z04
    found = forecasting.audit(orders, as_of=DAY)
    table = found.table
    assert found.facts["n"] == len(orders) and found.facts["years"] == 5
    totals = table[table["row"] == "total"]
    assert totals["orders"].sum() == len(orders) and totals["days"].tolist() == [366, 365, 365, 365, 366]
    members = table[table["row"] == "member"]
    assert members.groupby("year")["share"].sum().round(9).tolist() == [1.0] * 5
    assert found.facts["change_group"] == "store" and found.facts["change_year"] == 2020
    assert found.facts["share_change_high"] < -0.1 and found.facts["verdict"] == "real"
    assert found.facts["strange_gaps"] == 0  # many empty days, all of them to be expected at this size
    twice = pd.concat([orders, orders.head(3)])
    assert forecasting.audit(twice, as_of=DAY).facts["duplicates"] == 3
    assert forecasting.audit(twice, as_of=DAY).table.loc[totals.index, "orders"].tolist() == totals["orders"].tolist()


def test_a_till_that_was_off_is_found():
    sales = year_of(lambda d: 4, channel="store")
    sales = sales[~sales["ordered_at"].between("2019-03-04", "2019-03-10")].assign(order_id=lambda t: range(len(t)))
    facts = forecasting.audit(sales, as_of="2019-12-31").facts
    assert (facts["gap_days"], facts["gap_from"].date(), facts["strange_gaps"]) == (7, dt.date(2019, 3, 4), 1)
    closed = year_of(lambda d: 0 if d.date() in (dt.date(2019, 6, 4), dt.date(2019, 6, 5)) else 9, channel="store")
    found = forecasting.audit(closed.assign(order_id=range(len(closed))), as_of="2019-12-31")
    assert [n.code for n in found.notes] == ["forecasting.note.closed_for_fitri"]


@given(st.integers(2, 5), st.integers(0, 30))
def test_what_comes_after_as_of_is_not_seen(per_day, later):
    sales = year_of(lambda d: per_day + d.day % 2)
    more = pd.DataFrame({"ordered_at": ["2020-05-05"] * later})
    asked = {"as_of": "2019-12-31", "by": None, "factors": ["payday"]}
    first = forecasting.decompose(sales, **asked)
    again = forecasting.decompose(pd.concat([sales, more]) if later else sales, **asked)
    pd.testing.assert_frame_equal(first.table, again.table)
    assert [n.values["n"] for n in again.notes if n.code.endswith("later")] == ([later] if later else [])


# -- refused -----------------------------------------------------------------------------------------------------------

SALES = year_of(lambda d: 2, channel="store")
PEOPLE = pd.DataFrame(
    {"customer_id": [1], "customer_type": "x", "registered_on": ["2020-01-02"], "closed_on": ["2019-01-02"]}
)


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("frames.missing_column", lambda: forecasting.decompose(SALES, as_of="2019-12-31", value="amount")),
        ("frames.bad_day", lambda: forecasting.decompose(SALES, as_of="soon")),
        ("frames.empty", lambda: forecasting.audit(SALES.assign(order_id=1), as_of="2018-01-01")),
        ("bad_factor", lambda: forecasting.decompose(SALES, as_of="2019-12-31", factors=["pay_day"])),
        ("bad_value", lambda: forecasting.decompose(SALES, as_of="2019-12-31", value="order")),
        ("few_days", lambda: forecasting.decompose(SALES, as_of="2019-01-20")),
        ("no_calendar", lambda: forecasting.decompose(SALES, as_of="2040-01-20")),
        ("few_orders", lambda: forecasting.decompose(SALES.head(20), as_of="2019-12-31", factors=["payday"])),
        ("same_factors", lambda: forecasting.decompose(SALES, as_of="2019-12-31",
                                                       factors=["weekend", "saturday", "sunday"])),
        ("negative_days", lambda: forecasting.decompose(SALES.assign(amount=-1.0), as_of="2019-12-31", value="amount")),
        ("bad_break", lambda: forecasting.shock(SALES, as_of="2019-12-31")),
        ("bad_channel", lambda: forecasting.shock(pd.concat([SALES, SALES.assign(channel="web")]), as_of="2019-12-31",
                                                  begins="2019-06-01", recovers=None, against="shop")),
        ("closed_before", lambda: forecasting.shock(SALES, PEOPLE, as_of="2019-12-31", begins="2019-06-01",
                                                    recovers=None)),
        ("bad_step", lambda: forecasting.forecast(SALES, as_of="2019-12-31", every="week")),
        ("bad_model", lambda: forecasting.forecast(SALES, as_of="2019-12-31", models=["arima"])),
        ("short_history", lambda: forecasting.forecast(SALES, as_of="2019-12-31", every="month")),
        ("uneven", lambda: forecasting.accuracy([1, 2], [1])),
    ],
)  # fmt: skip
def test_refused(code, call):
    with pytest.raises(UserError) as caught:
        call()
    assert caught.value.code == (code if "." in code else f"forecasting.{code}")
    assert all(caught.value.render(lang) for lang in ("id", "en"))
