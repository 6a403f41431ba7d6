"""Kaplan-Meier, log-rank and Cox against what R and Stata print, statsmodels, and hand calculation.

R's packages MASS and survival keep what their examples print (``tests/Examples/MASS-Ex.Rout.save``, the example of
gehan, and ``tests/Examples/survival-Ex.Rout.save``, the example of cox.zph): it is quoted from there.
"""

from __future__ import annotations

import math
from fractions import Fraction

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


# R, MASS: summary(survfit(Surv(time, cens) ~ treat, data = gehan, conf.type = "log-log"))
PRINTED = {
    "6-MP": """
    6     21       3    0.857  0.0764        0.620        0.952
    7     17       1    0.807  0.0869        0.563        0.923
   10     15       1    0.753  0.0963        0.503        0.889
   13     12       1    0.690  0.1068        0.432        0.849
   16     11       1    0.627  0.1141        0.368        0.805
   22      7       1    0.538  0.1282        0.268        0.747
   23      6       1    0.448  0.1346        0.188        0.680""",
    "placebo": """
    1     21       2   0.9048  0.0641      0.67005        0.975
    2     19       2   0.8095  0.0857      0.56891        0.924
    3     17       1   0.7619  0.0929      0.51939        0.893
    4     16       2   0.6667  0.1029      0.42535        0.825
    5     14       2   0.5714  0.1080      0.33798        0.749
    8     12       4   0.3810  0.1060      0.18307        0.578
   11      8       2   0.2857  0.0986      0.11656        0.482
   12      6       2   0.1905  0.0857      0.05948        0.377
   15      4       1   0.1429  0.0764      0.03566        0.321
   17      3       1   0.0952  0.0641      0.01626        0.261
   22      2       1   0.0476  0.0465      0.00332        0.197
   23      1       1   0.0000     NaN           NA           NA""",
}


@pytest.mark.parametrize("group", PRINTED)
def test_the_remissions_as_r_prints_them(curves, group):
    found = curves.table[curves.table["group"] == group].iloc[1:]  # R's table begins with the first loss
    printed = [line.split() for line in PRINTED[group].strip().splitlines()]
    for row, (time, at_risk, events, share, _, low, high) in zip(found.itertuples(), printed, strict=True):
        assert (row.duration, row.at_risk, row.events) == (float(time), int(at_risk), int(events))
        ours = (row.survival_share, row.survival_share_low, row.survival_share_high)
        for value, text in zip(ours, (share, low, high), strict=True):
            if text == "NA":
                assert math.isnan(value)
            else:
                assert value == pytest.approx(float(text), abs=0.51 * 10 ** -len(text.partition(".")[2]))


def test_the_medians_of_the_remissions(curves):
    """Where R's curves above first reach a half; their intervals are statsmodels', held so that a change is seen."""
    groups = {g["group"]: g for g in curves.facts["groups"]}
    assert groups["6-MP"]["median"] == 23 and groups["placebo"]["median"] == 8
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
    """R's survdiff prints observed 9 and 21, expected 19.3 and 10.7, chi-square 16.8; and by hand, in fractions."""
    found = retention.log_rank(remissions["weeks"], remissions["relapsed"], remissions["group"])
    assert found.table["observed_losses"].tolist() == [9, 21]
    assert found.table["expected_losses"].round(1).tolist() == [19.3, 10.7]
    assert round(found.facts["chi_square"], 1) == 16.8
    assert found.facts["verdict"] == "real" and found.facts["df"] == 1
    expected = variance = Fraction(0)
    for week in sorted(set(remissions.loc[remissions["relapsed"], "weeks"])):
        there = remissions[remissions["weeks"] >= week]
        n, treated = len(there), int((there["group"] == "6-MP").sum())
        lost = int(((there["weeks"] == week) & there["relapsed"]).sum())
        expected += Fraction(lost * treated, n)
        if n > 1:
            variance += Fraction(lost * treated * (n - treated) * (n - lost), n * n * (n - 1))
    assert found.table["expected_losses"].iloc[0] == pytest.approx(float(expected))
    assert found.facts["chi_square"] == pytest.approx(float((9 - expected) ** 2 / variance))


def test_the_hazard_ratio_of_the_remissions_as_r_prints_it(remissions):
    """R, MASS, Efron's ties: treatcontrol 1.5721, exp(coef) 4.8169, se 0.4124, z 3.812, p 0.000138, 2.147 to 10.81."""
    table = remissions.assign(placebo=remissions["group"] == "placebo")
    row = retention.cox(table, duration="weeks", observed="relapsed", on=["placebo"]).table.iloc[0]
    assert (round(row["log_ratio"], 4), round(row["standard_error"], 4)) == (1.5721, 0.4124)
    assert round(row["hazard_ratio"], 4) == 4.8169
    assert round(row["log_ratio"] / row["standard_error"], 3) == 3.812 and round(row["p_value"], 6) == 0.000138
    assert (round(row["hazard_ratio_low"], 3), round(row["hazard_ratio_high"], 2)) == (2.147, 10.81)


def test_the_hazard_ratio_of_the_remissions_as_stata_prints_it(remissions):
    """Stata, Breslow's ties: .2210887, .0990706 to .4933877, log likelihood -86.379622.

    G. Rodríguez, Princeton, notes on survival analysis, Cox regression of the Gehan data.
    """
    table = remissions.assign(treated=remissions["group"] == "6-MP")
    found = retention.cox(table, duration="weeks", observed="relapsed", on=["treated"], ties="breslow")
    row = found.table.iloc[0]
    ours = [round(row[f"hazard_ratio{end}"], 7) for end in ("", "_low", "_high")]
    assert ours == [0.2210887, 0.0990706, 0.4933877]
    assert round(found.facts["log_likelihood"], 6) == -86.379622


def test_the_check_of_proportional_hazards_as_r_prints_it(ovarian):
    """R, survival 3, print(cox.zph(fit)): age 0.698 (p .40), ecog.ps 2.371 (.12), GLOBAL 3.633 (.16)."""
    found = retention.cox(ovarian, duration="futime", observed="fustat", on=["age", "ecog"])
    assert found.table["proportional_chi_square"].round(3).tolist() == [0.698, 2.371]
    assert found.table["proportional_p"].round(2).tolist() == [0.40, 0.12]
    assert round(found.facts["proportional_chi_square"], 3) == 3.633
    assert round(found.facts["proportional_p"], 2) == 0.16


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_the_check_by_brute_force(ties):
    """Columns times the clock put into the partial likelihood itself: its slope and its curvature, by differences."""
    frame = simulated(3, 80, late=True)
    frame["half"] = np.arange(len(frame)) % 2
    found = retention.cox(frame, duration="t", observed="seen", on=["x", "y"], entry="entry", strata="half", ties=ties)
    best = found.table["log_ratio"].to_numpy()
    curve = retention.kaplan_meier(frame["t"], frame["seen"], entry=frame["entry"]).table
    lost = frame[frame["seen"]]
    clock = {t: 1 - curve.loc[curve["duration"] < t, "survival_share"].iloc[-1] for t in lost["t"].unique()}
    middle = np.mean([clock[t] for t in lost["t"]])

    moments = []
    for (half, t), gone in lost.groupby(["half", "t"]):
        risk = frame[(frame["entry"] < t) & (frame["t"] >= t) & (frame["half"] == half)]
        moments.append((clock[t] - middle, risk[["x", "y"]].to_numpy(float), gone[["x", "y"]].to_numpy(float)))

    def likelihood(at):
        total = 0.0
        for g, risk, gone in moments:
            ratios = at[:2] + g * at[2:]
            dying, weight = np.exp(gone @ ratios), np.exp(risk @ ratios).sum()
            total += np.log(dying).sum()
            for k in range(len(gone)):
                total -= math.log(weight - (k / len(gone) * dying.sum() if ties == "efron" else 0.0))
        return total

    start, step, eye = np.r_[best, 0, 0], 1e-3, np.eye(4)
    slope = np.array([likelihood(start + step * e) - likelihood(start - step * e) for e in eye]) / (2 * step)
    bend = np.array(
        [[sum(i * j * likelihood(start + step * (i * a + j * b)) for i in (1, -1) for j in (1, -1)) for a in eye]
         for b in eye]
    ) / (4 * step**2)  # fmt: skip
    wanted = [slope[some] @ np.linalg.solve(-bend[np.ix_(some, some)], slope[some]) for some in ([0, 1, 2], [0, 1, 3])]
    assert found.table["proportional_chi_square"].tolist() == pytest.approx(wanted, rel=1e-3)
    assert found.facts["proportional_chi_square"] == pytest.approx(slope @ np.linalg.solve(-bend, slope), rel=1e-3)


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
