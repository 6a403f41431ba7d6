"""Kaplan-Meier, log-rank and Cox against the published examples, statsmodels, and hand calculation."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlab.analytics import retention
from crmlab.errors import UserError


@pytest.fixture(scope="module")
def curves(remissions):
    return retention.kaplan_meier(remissions["weeks"], remissions["relapsed"], remissions["group"], unit="weeks")


def test_the_remissions_of_freireich(curves):
    """Kleinbaum and Klein, Survival Analysis (3rd ed.), chapter 2: medians 23 and 8, the curve of the treated group."""
    groups = {g["group"]: g for g in curves.facts["groups"]}
    assert groups["6-MP"]["median"] == 23 and groups["placebo"]["median"] == 8
    treated = curves.table[curves.table["group"] == "6-MP"]
    assert treated["duration"].tolist() == [0, 6, 7, 10, 13, 16, 22, 23]
    assert treated["survival_share"].round(4).tolist() == [1, 0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert treated["at_risk"].tolist() == [21, 21, 17, 15, 12, 11, 7, 6]
    # not published: statsmodels' own intervals (log-log), held so that a change is seen
    assert (groups["6-MP"]["median_low"], groups["6-MP"]["median_high"]) == (13, None)
    assert (groups["placebo"]["median_low"], groups["placebo"]["median_high"]) == (4, 11)


def test_the_mean_up_to_a_time_is_the_area_below_the_curve(remissions):
    one = remissions[remissions["group"] == "placebo"]
    found = retention.kaplan_meier(one["weeks"], one["relapsed"], unit="weeks")
    # nobody is censored: the area is the plain mean, its error that of a mean (n in the denominator)
    assert found.facts["restricted_mean"] == pytest.approx(one["weeks"].mean())
    error = one["weeks"].std(ddof=0) / math.sqrt(len(one))
    assert found.facts["restricted_mean_high"] - found.facts["restricted_mean"] == pytest.approx(
        1.959964 * error, rel=1e-6
    )
    treated = remissions[remissions["group"] == "6-MP"]
    found = retention.kaplan_meier(treated["weeks"], treated["relapsed"], until=35)
    widths, heights = np.diff([0, 6, 7, 10, 13, 16, 22, 23, 35]), [1, 18 / 21]
    for at_risk in (17, 15, 12, 11, 7, 6):
        heights.append(heights[-1] * (1 - 1 / at_risk))
    assert found.facts["restricted_mean"] == pytest.approx((widths * heights).sum())


def test_the_log_rank_of_the_remissions(remissions):
    """Kleinbaum and Klein, chapter 2: observed 9 and 21, expected 19.25 and 10.75, chi-square 16.79."""
    found = retention.log_rank(remissions["weeks"], remissions["relapsed"], remissions["group"])
    assert round(found.facts["chi_square"], 2) == 16.79
    assert found.table["observed_losses"].tolist() == [9, 21]
    assert found.table["expected_losses"].round(2).tolist() == [19.25, 10.75]
    assert found.facts["verdict"] == "real" and found.facts["df"] == 1


@pytest.mark.parametrize(
    ("ties", "coefficient", "error", "ratio"),
    [
        # Kleinbaum and Klein, table 3.1 (Stata, Breslow's ties): 1.509, standard error .410, hazard ratio 4.523
        ("breslow", 1.509, 0.410, 4.523),
        # R: coxph's default, Efron's ties: 1.5721, standard error 0.4124, exp(coef) 4.817
        ("efron", 1.572, 0.412, 4.817),
    ],
)
def test_the_hazard_ratio_of_the_remissions(remissions, ties, coefficient, error, ratio):
    table = remissions.assign(placebo=remissions["group"] == "placebo")
    row = retention.cox(table, duration="weeks", observed="relapsed", on=["placebo"], ties=ties).table.iloc[0]
    assert (round(row["log_ratio"], 3), round(row["standard_error"], 3)) == (coefficient, error)
    assert round(row["hazard_ratio"], 3) == ratio
    assert row["hazard_ratio_low"] == pytest.approx(math.exp(row["log_ratio"] - 1.959964 * row["standard_error"]))


def test_the_check_of_proportional_hazards(ovarian):
    """R's example of cox.zph (survival before 3.0): age 0.856 (p .355), ecog.ps 2.545 (.111), global 3.195 (.202)."""
    found = retention.cox(ovarian, duration="futime", observed="fustat", on=["age", "ecog"])
    assert found.table["log_ratio"].round(4).tolist() == [0.1615, 0.0187]
    assert found.table["proportional_chi_square"].round(3).tolist() == [0.856, 2.545]
    assert found.table["proportional_p"].round(3).tolist() == [0.355, 0.111]
    assert round(found.facts["proportional_chi_square"], 3) == 3.195
    assert round(found.facts["proportional_p"], 3) == 0.202


def test_hazards_that_cross_are_found():
    rng = np.random.default_rng(4)
    mark = np.repeat([0, 1], 400)
    # the marked are lost at once or not at all, the others late
    times = np.where(mark == 1, rng.weibull(0.5, 800), rng.weibull(3.0, 800))
    found = retention.cox(
        pd.DataFrame({"t": times, "seen": 1, "mark": mark}), duration="t", observed="seen", on=["mark"]
    )
    assert found.facts["proportional_p"] < 1e-6
    assert "retention.note.not_proportional" in [n.code for n in found.notes]


def simulated(seed, n=150, late=False):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=n), rng.integers(0, 2, n)
    life = rng.exponential(np.exp(-0.5 * x - 0.8 * y)) * 100
    gone = rng.uniform(20, 200, n)
    frame = pd.DataFrame({"t": np.ceil(np.minimum(life, gone)), "seen": life <= gone, "x": x, "y": y})
    frame["entry"] = rng.integers(0, 30, n) * late
    return frame[frame["t"] > frame["entry"]].reset_index(drop=True)


@pytest.mark.parametrize("seed", range(3))
def test_equal_to_statsmodels(seed):
    from statsmodels.duration.hazard_regression import PHReg
    from statsmodels.duration.survfunc import SurvfuncRight, survdiff

    frame = simulated(seed)
    found = retention.cox(frame, duration="t", observed="seen", on=["x", "y"])
    fit = PHReg(frame["t"], frame[["x", "y"]], status=frame["seen"].astype(int), ties="efron").fit()
    assert found.table["log_ratio"].to_numpy() == pytest.approx(fit.params, abs=1e-6)
    assert found.table["standard_error"].to_numpy() == pytest.approx(fit.bse, abs=1e-6)
    curve = retention.kaplan_meier(frame["t"], frame["seen"])
    plain = SurvfuncRight(frame["t"], frame["seen"].astype(int))
    assert curve.table["survival_share"].iloc[1:].to_numpy() == pytest.approx(plain.surv_prob)
    rank = retention.log_rank(frame["t"], frame["seen"], frame["y"])
    chi, p = survdiff(frame["t"], frame["seen"].astype(int), frame["y"])
    assert (rank.facts["chi_square"], rank.facts["p_value"]) == pytest.approx((chi, p))
    assert rank.table["expected_losses"].sum() == pytest.approx(frame["seen"].sum())


def test_late_entry_by_brute_force():
    """Delayed entry: the partial likelihood summed over risk sets, entry < t <= exit, in the open."""
    frame = simulated(11, 60, late=True)
    frame["t"] = frame["t"] + np.linspace(0, 0.4, len(frame))  # no ties
    found = retention.cox(frame, duration="t", observed="seen", on=["x"], entry="entry")

    def likelihood(beta):
        total = 0.0
        for row in frame[frame["seen"]].itertuples():
            risk = frame[(frame["entry"] < row.t) & (frame["t"] >= row.t)]
            total += beta * row.x - math.log(np.exp(beta * risk["x"]).sum())
        return total

    best = found.table["log_ratio"].iloc[0]
    assert likelihood(best) > max(likelihood(best + step) for step in (-1e-3, 1e-3))
    curve = retention.kaplan_meier(frame["t"], frame["seen"], entry=frame["entry"], until=50)
    share = 1.0
    for row in curve.table.iloc[1:].itertuples():
        risk = ((frame["entry"] < row.duration) & (frame["t"] >= row.duration)).sum()
        assert row.at_risk == risk
        share *= 1 - row.events / risk
        assert row.survival_share == pytest.approx(share)


def test_a_large_ratio_of_a_small_group_is_found():
    """Newton's whole steps leave the hill here."""
    rng = np.random.default_rng(2)
    mark = np.r_[np.ones(30), np.zeros(900)]
    life = rng.exponential(np.where(mark == 1, 1.0, 12.0))
    frame = pd.DataFrame({"t": np.minimum(life, 3), "seen": life < 3, "mark": mark})
    row = retention.cox(frame, duration="t", observed="seen", on=["mark"]).table.iloc[0]
    assert row["hazard_ratio_low"] < 12 < row["hazard_ratio_high"]


def test_who_is_still_there_is_not_lost():
    found = retention.kaplan_meier([10, 20, 30], [False, False, False])
    assert found.facts["median"] is None and found.table["survival_share"].tolist() == [1.0]
    assert [n.code for n in found.notes] == ["retention.note.no_losses"]


def test_lifetimes_enter_late_where_losses_were_not_recorded_before():
    table = pd.DataFrame(
        {"customer_id": [1, 2, 3], "registered_on": ["2015-01-01", "2016-06-01", "2014-01-01"],
         "closed_on": [None, "2016-07-01", "2015-06-01"]}
    )  # fmt: skip
    found = retention.lifetimes(table, as_of="2016-12-31", since="2016-01-01")
    assert found["customer_id"].tolist() == [1, 2]  # the third left before anybody looked
    assert found["entry_days"].tolist() == [365, 0]
    assert found["duration_days"].tolist() == [731, 30]
    assert found["observed"].tolist() == [False, True]


@given(
    st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=2, max_size=60).filter(
        lambda rows: any(seen for _, seen in rows)
    )
)
def test_a_curve_only_falls_and_lies_in_its_interval(rows):
    found = retention.kaplan_meier([t for t, _ in rows], [seen for _, seen in rows]).table
    assert found["survival_share"].is_monotonic_decreasing
    assert found["at_risk"].iloc[1:].is_monotonic_decreasing
    known = found.dropna()
    assert (known["survival_share_low"] <= known["survival_share"] + 1e-12).all()
    assert (known["survival_share_high"] >= known["survival_share"] - 1e-12).all()


def test_refused():
    frame = pd.DataFrame(
        {"t": [1.0, 2, 3, 4], "seen": [1, 1, 1, 0], "x": [0, 0, 0, 1], "same": 1, "twice": [0, 0, 0, 2]}
    )
    cases = {
        "retention.unequal": lambda: retention.kaplan_meier([1, 2], [True]),
        "retention.not_boolean": lambda: retention.kaplan_meier([1, 2], [2, 3]),
        "retention.bad_duration": lambda: retention.kaplan_meier([-1, 2], [True, True]),
        "retention.one_group": lambda: retention.log_rank([1, 2], [True, True], ["a", "a"]),
        "retention.no_losses": lambda: retention.log_rank([1, 2], [False, False], ["a", "b"]),
        "retention.empty_risk_set": lambda: retention.kaplan_meier([2, 9, 8], [1, 1, 1], entry=[0, 5, 5]),
        "retention.constant": lambda: retention.cox(frame, duration="t", observed="seen", on=["same"]),
        "retention.same_columns": lambda: retention.cox(frame, duration="t", observed="seen", on=["x", "twice"]),
        "retention.separated": lambda: retention.cox(frame, duration="t", observed="seen", on=["x"]),
        "retention.missing_column": lambda: retention.cox(frame, duration="t", observed="seen", on=["y"]),
        "retention.bad_ties": lambda: retention.cox(frame, duration="t", observed="seen", on=["x"], ties="exact"),
    }
    for code, call in cases.items():
        with pytest.raises(UserError) as caught:
            call()
        assert caught.value.code == code
        assert caught.value.render("id") != caught.value.render("en")
