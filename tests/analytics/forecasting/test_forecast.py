"""Forecasts: published numbers, a baseline always beside them, nothing seen too early, refusal where none helps."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from crmlab.analytics import forecasting
from crmlab.analytics.forecasting.models import naive_model, smoothing_model

# quarterly Australian beer production, megalitres, 1992 to 2007, and the ten quarters after
BEER = [
    443, 410, 420, 532, 433, 421, 410, 512, 449, 381, 423, 531, 426, 408, 416, 520, 409, 398, 398, 507, 432,
    398, 406, 526, 428, 397, 403, 517, 435, 383, 424, 521, 421, 402, 414, 500, 451, 380, 416, 492, 428, 408,
    406, 506, 435, 380, 421, 490, 435, 390, 412, 454, 416, 403, 408, 482, 438, 386, 405, 491, 427, 383, 394,
    473
]  # fmt: skip
CAME = [420, 390, 410, 488, 415, 398, 419, 488, 414, 374]
# Box and Jenkins' airline passengers, thousands a month, 1949 to 1960
AIR = [
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158,
    133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218,
    230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235,
    227, 234, 264, 302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278,
    284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404,
    347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472,
    548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432
]  # fmt: skip


def test_measures_of_the_textbook():
    """Hyndman & Athanasopoulos, Forecasting: Principles and Practice (2nd ed.), 3.4: accuracy of beer forecasts."""
    seasonal = forecasting.accuracy(CAME, naive_model(BEER, 10, 4), trained_on=BEER, season=4)
    assert [round(seasonal[k], 2) for k in ("rmse", "mae", "mase")] == [14.31, 13.40, 0.94]
    assert round(100 * seasonal["mape"], 2) == 3.17
    last = forecasting.accuracy(CAME, naive_model(BEER, 10, 1), trained_on=BEER, season=4)
    assert [round(last[k], 2) for k in ("rmse", "mae", "mase")] == [62.69, 57.40, 4.01]
    assert round(100 * last["mape"], 2) == 14.18


def test_holt_and_winters_on_the_airline_passengers():
    """Near what R's HoltWinters(AirPassengers, seasonal = "multiplicative") prints: a = 469.32, b = 3.0215,
    s1 = 0.94646, s7 = 1.35908: 447.06 for January and 666.58 for July 1961. R starts and optimises differently, and
    does not damp."""
    said = smoothing_model(AIR, 12, 12, every="month")
    assert said[0] == pytest.approx((469.3232 + 3.0215) * 0.9464611, rel=0.02)
    assert said[6] == pytest.approx((469.3232 + 7 * 3.0215) * 1.3590778, rel=0.03)
    # the year 1960 hidden
    naive = forecasting.accuracy(AIR[132:], naive_model(AIR[:132], 12, 12), trained_on=AIR[:132], season=12)
    held = forecasting.accuracy(
        AIR[132:], smoothing_model(AIR[:132], 12, 12, every="month"), trained_on=AIR[:132], season=12
    )
    assert held["mase"] < 0.8 < 1.4 < naive["mase"]


def test_a_baseline_is_always_beside_it(ahead, orders):  # Z04, F17
    scores = ahead.params["scores"].set_index("model")
    assert list(scores.index) == ["seasonal_naive", "smoothing", "calendar"]
    assert ahead.facts["model"] == "calendar" and ahead.facts["beaten"] and ahead.facts["skill_low"] > 0
    assert scores.loc["calendar", "mase"] < 0.9 < scores.loc["seasonal_naive", "mase"]
    held = scores.loc["calendar"]
    assert held["coverage_low"] <= 0.95 <= held["coverage_high"]  # on days that set neither model nor width
    counts = orders["ordered_at"].dt.normalize().value_counts()
    last_week = counts.reindex(pd.date_range("2020-12-25", "2020-12-31"), fill_value=0)
    assert ahead.table["baseline_value"].tolist()[:7] == last_week.tolist()
    assert (ahead.table["value_low"] < ahead.table["value"]).all()


def test_months_are_whole(ahead_months):
    assert ahead_months.table["at"].tolist() == ["2020-12", "2021-01", "2021-02"]
    assert [n.values["months"] for n in ahead_months.notes if n.code.endswith("part_months")] == [["2020-12"]]
    assert ahead_months.params["history"]["at"].iloc[-1] == "2020-11"


def test_nothing_is_seen_too_early(orders):
    """What came after the day of the forecast changes nothing in it."""
    asked = {"as_of": "2019-06-30", "origins": 4, "models": ["calendar"]}
    first = forecasting.forecast(orders[orders["ordered_at"] < "2019-07-01"], **asked)
    more = orders[orders["ordered_at"] >= "2019-07-01"]
    again = forecasting.forecast(pd.concat([orders[orders["ordered_at"] < "2019-07-01"], more, more]), **asked)
    pd.testing.assert_frame_equal(first.table, again.table)
    assert [n.code for n in again.notes if n.code.endswith("later")]


def test_a_phase_that_has_not_begun_is_not_known():
    from crmlab.analytics.forecasting.days import marks_of

    days = pd.date_range("2020-08-01", "2020-09-30")
    marks = marks_of(days, ["restrictions", "transition"], phase_known_until=pd.Timestamp("2020-08-20"))
    assert marks["restrictions"].all() and not marks["transition"].any()
    assert marks_of(days, ["transition"])["transition"].sum() == 30


def test_refused_where_the_baseline_is_not_beaten():
    """Sales that do as they did a week ago: nothing beats last week, and that is said."""
    rng = np.random.default_rng(1)
    days = pd.date_range("2018-01-01", "2019-12-31")
    week = rng.integers(5, 60, 7)
    sales = pd.DataFrame({"ordered_at": days.repeat(week[days.day_of_week])})
    found = forecasting.forecast(sales, as_of="2019-12-31", models=["calendar"], origins=8)
    assert found.facts["model"] == "seasonal_naive" and not found.facts["beaten"]
    assert "forecasting.note.not_beaten" in {n.code for n in found.notes}
    assert found.table["value"].tolist() == found.table["baseline_value"].tolist()
    assert found.table["value"].tolist()[:7] == week[(days[-7:]).day_of_week].tolist()


def test_the_baseline_alone_may_be_asked_for(orders):
    found = forecasting.forecast(orders, as_of="2019-12-31", models=[], only="store", origins=4, horizon=7)
    assert found.facts["model"] == "seasonal_naive" and len(found.params["scores"]) == 1


def test_an_interval_that_did_not_hold_is_said():
    """Calm years, then days that jump about: a width learned from the calm ones is too narrow."""
    rng = np.random.default_rng(2)
    days = pd.date_range("2018-01-01", "2019-12-31")
    counts = np.where(days < "2019-09-15", 50, rng.choice([10, 120], len(days)))
    sales = pd.DataFrame({"ordered_at": days.repeat(counts)})
    found = forecasting.forecast(sales, as_of="2019-12-31", models=[], origins=8)
    note = next(n for n in found.notes if n.code == "forecasting.note.did_not_hold")
    assert note.values["coverage"] == found.facts["coverage"] < 0.5
    assert all("95%" in note.render(lang) for lang in ("id", "en"))
