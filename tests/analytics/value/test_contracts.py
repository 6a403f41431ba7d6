"""The shifted-beta-geometric model against Fader & Hardie (2007), and against sums done by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import crmlab as crm
from crmlab import value

# Fader & Hardie (2007), Journal of Interactive Marketing 21(1), p. 77, Table 1: percent surviving, years 0 to 12
HIGH_END = [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4]
REGULAR = [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3]


def of_thousand(percent, years=7):
    return [round(10 * p) for p in percent[: years + 1]]


@pytest.mark.parametrize(
    ("percent", "alpha", "beta", "ll", "churn", "miss"),
    [(HIGH_END, 0.668, 3.806, -1.611, 0.15, 0.04), (REGULAR, 0.704, 1.182, -1.680, 0.37, 0.02)],
)
def test_published(percent, alpha, beta, ll, churn, miss):
    """The same paper: alpha and beta of seven years (Appendix B gives 0.668, 3.806 and LL -1.611 a customer), mean
    churn .15 and .37, and projections that are off by 4 % and 2 % in year 12."""
    fit = value.fit_sbg(of_thousand(percent))
    assert (round(fit.facts["alpha"], 3), round(fit.facts["beta"], 3)) == (alpha, beta)
    assert round(fit.facts["log_likelihood"] / 1000, 3) == ll
    assert round(fit.facts["mean_churn"], 2) == churn
    twelfth = fit.project(12).table["survival_share"].iloc[-1]
    assert round(abs(twelfth / (percent[12] / 100) - 1), 2) == miss


def test_retention_rises_though_nobody_changes():
    table = value.fit_sbg(of_thousand(HIGH_END)).project(12).table
    assert table["retention_share"].iloc[1:].is_monotonic_increasing
    assert table["survival_share"].iloc[1:].to_numpy() == pytest.approx(np.cumprod(table["retention_share"].iloc[1:]))
    assert (table["survival_share_low"] <= table["survival_share"]).all()
    assert table["observed_share"].notna().sum() == 8


@pytest.mark.parametrize("renewals", [None, 1, 6])
def test_lifetime_is_the_sum_of_payments(renewals):
    fit = value.fit_sbg(of_thousand(REGULAR))
    a, b = fit.estimate.values
    t = np.arange(1, 3000)
    survival = np.concatenate([[1.0], np.cumprod((b + t - 1) / (a + b + t - 1))])
    paid = survival if renewals is None else survival[renewals + 1 :] / survival[renewals]
    by_hand = (paid / 1.1 ** np.arange(len(paid))).sum()
    found = fit.lifetime(1.0, 0.1, renewals=renewals or 1).facts
    name = "new_value" if renewals is None else "residual_value"
    assert found[name] == pytest.approx(by_hand, rel=1e-6)
    if renewals is not None:
        assert fit.lifetime(1.0, 0.1, renewals=9).table["value"].iloc[renewals] == pytest.approx(by_hand, rel=1e-6)


def test_one_retention_for_all_undervalues_those_who_stayed():
    """Fader & Hardie (2010), Marketing Science 29(1): ignoring heterogeneity undervalues the residual lifetime."""
    fit = value.fit_sbg(of_thousand(REGULAR))
    row = fit.lifetime(1.0, 0.1, renewals=5).table.iloc[-1]
    assert row["value_constant_retention"] < 0.5 * row["value_low"]
    assert fit.lifetime(1.0, 0.1).table["value"].is_monotonic_increasing


def test_cohorts_of_different_age_are_one_likelihood():
    alone = value.fit_sbg(of_thousand(REGULAR))
    rows = [(c, k, n) for c in ("a", "b") for k, n in enumerate(of_thousand(REGULAR))]
    table = pd.DataFrame(rows, columns=["cohort", "period", "active"])
    both = value.fit_sbg(table)
    assert both.facts["alpha"] == pytest.approx(alone.facts["alpha"], rel=1e-5)
    assert both.facts["log_likelihood"] == pytest.approx(2 * alone.facts["log_likelihood"])
    # twice the customers: intervals narrower by the root of two
    widths = [np.log(f.facts["alpha_high"] / f.facts["alpha_low"]) for f in (alone, both)]
    assert widths[0] / widths[1] == pytest.approx(np.sqrt(2), rel=1e-3)
    young = table[(table["cohort"] == "a") | (table["period"] <= 3)]
    assert value.fit_sbg(young).facts["periods_seen"] == 7


def test_intervals_only_where_they_hold():
    """Below 500 contracts nothing is said of how sure the figures are."""
    few = value.fit_sbg([round(n / 4) for n in of_thousand(REGULAR)])
    assert few.facts["verdict"] == "too_few"
    assert few.facts["alpha_low"] is None
    assert [n.code for n in few.notes] == ["value.few"]
    assert few.project(9).table["survival_share_low"].isna().all()
    # 250 observed customers are enough for a share that no model made
    assert few.project(9).table["observed_share_low"].notna().sum() == 7


@pytest.mark.parametrize(
    ("active", "code"),
    [
        ([1000, 800], "short_cohort"),
        ([1000, 1100, 900], "bad_cohort"),
        ([1000, 80.5, 60], "bad_cohort"),
        ([1000, -1, -2], "bad_cohort"),
        ([], "bad_cohort"),
        ([100, 100, 100], "nobody_left"),
        ([20, 10, 5], "too_few_contracts"),
        ([1.0, 0.869, 0.743], "bad_cohort"),  # shares do not say of how many
        (pd.DataFrame({"cohort": ["a"] * 3, "period": [0, 2, 3], "active": [100, 90, 80]}), "bad_cohort"),
        (pd.DataFrame({"period": [0], "active": [1]}), "missing_column"),
    ],
)
def test_what_cant_be_fitted_is_refused(active, code):
    with pytest.raises(crm.UserError) as caught:
        value.fit_sbg(active)
    assert caught.value.code == f"value.{code}"
