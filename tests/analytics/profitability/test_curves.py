"""Concentration: worked numbers, closed forms, PT XYZ's realised truths, coverage of the intervals, and invariants."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import crmlab as crm
from crmlab.analytics import profitability
from crmlab.analytics.profitability.intervals import MANY, hill_index
from crmlab.analytics.profitability.ranks import gini_rows

TEN = [400, 250, 90, 70, 60, 45, 35, 25, 15, 10]


def codes(result):
    return [note.code.partition(".")[2] for note in result.notes]


# worked numbers ------------------------------------------------------------------------------------------------------


def test_the_whale_of_five():
    whale = profitability.whale_curve([50, 30, 20, 5, -15])
    assert whale.table["cumulative_profit"].tolist() == [0, 50, 80, 100, 105, 90]
    assert whale.facts["total"] == 90
    assert round(whale.facts["peak_share"], 3) == 1.167
    assert round(whale.facts["lift_share"], 3) == 0.167  # 90 -> 105 without the fifth
    assert (whale.facts["loss_making"], whale.facts["verdict"]) == (1, "too_few")


def test_the_pareto_of_ten():
    told = profitability.pareto(TEN).facts
    assert round(told["top_share"], 3) == 0.65
    assert round(profitability.gini(TEN).facts["gini"], 3) == 0.560
    assert (told["needed"], told["needed_share"]) == (4, 0.4)
    assert told["claim_verdict"] == "cannot_tell"  # of ten customers


def test_pt_xyz_refuses_eighty_twenty(profit, truths, clean):
    realised = truths["R-T10"]["realised"]
    people = clean["customers"].drop_duplicates("customer_id")[["customer_id", "customer_type"]]
    buyers = profit.table[profit.table["orders"] > 0].merge(people, on="customer_id")
    told = profitability.pareto(buyers).facts
    assert round(told["top_share"], 6) == realised["top_20_percent_share_of_buyers"]
    consumers = profitability.pareto(buyers[buyers["customer_type"] == "consumer"]).facts
    assert round(consumers["top_share"], 6) == realised["top_20_percent_share_of_consumers"]
    assert consumers["claim_verdict"] == "less"
    assert consumers["top_share_low"] < consumers["top_share"] < consumers["top_share_high"] < 0.8
    assert consumers["needed_share"] > 0.3


def test_pt_xyz_is_a_whale(profit, clean):
    whale = profitability.whale_curve(profit).facts
    assert 1.08 <= whale["peak_share"] <= 1.18
    assert whale["loss_making_share_low"] < 0.07 < whale["loss_making_share_high"]
    # corporate giants earn and lose: of all together there is no interval, of consumers there is
    assert (whale["verdict"], whale["peak_share_low"]) == ("heavy_tail", None)
    people = clean["customers"].drop_duplicates("customer_id")[["customer_id", "customer_type"]]
    its = profit.table.merge(people, on="customer_id")
    whale = profitability.whale_curve(its[its["customer_type"] == "consumer"]).facts
    assert whale["peak_share_low"] < whale["peak_share"] < whale["peak_share_high"]


# closed forms --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "gini", "top"),
    [
        # quantiles of the exponential distribution: Gini 1/2, the best fifth brings 0.2 (1 + ln 5)
        (lambda p: -np.log1p(-p), 0.5, 0.2 * (1 + math.log(5))),
        # uniform on 0 to 1: 1/3 and 1 - 0.8^2
        (lambda p: p, 1 / 3, 0.36),
        # Pareto with alpha 3: 1 / (2 alpha - 1) and 0.2 to the power of 1 - 1 / alpha
        (lambda p: (1 - p) ** (-1 / 3), 1 / 5, 0.2 ** (2 / 3)),
    ],
    ids=["exponential", "uniform", "pareto"],
)
def test_known_distributions(values, gini, top):
    p = (np.arange(400_000) + 0.5) / 400_000
    x = values(p)
    assert profitability.gini(x).facts["gini"] == pytest.approx(gini, abs=2e-4)
    assert profitability.pareto(x).facts["top_share"] == pytest.approx(top, abs=2e-4)


def test_lognormal_gini_and_lorenz():
    normal = NormalDist()
    p = (np.arange(200_000) + 0.5) / 200_000
    x = np.exp(0.8 * np.array([normal.inv_cdf(v) for v in p[::10]]))
    curve = profitability.lorenz(x)
    assert curve.facts["gini"] == pytest.approx(2 * normal.cdf(0.8 / math.sqrt(2)) - 1, abs=5e-4)
    at = curve.table.iloc[(curve.table["customer_share"] - 0.8).abs().argmin()]
    assert at["value_share"] == pytest.approx(normal.cdf(normal.inv_cdf(0.8) - 0.8), abs=2e-3)


@pytest.mark.parametrize("alpha", [1.5, 3.0])
def test_hill_finds_the_tail_of_a_pareto_distribution(alpha):
    p = (np.arange(50_000) + 0.5) / 50_000
    assert hill_index((1 - p) ** (-1 / alpha))[0] == pytest.approx(1 / alpha, rel=2e-3)
    assert hill_index(-np.ones(100))[0] is None


def test_equal_customers_and_one_who_has_it_all():
    assert profitability.gini([7] * 50).facts["gini"] == pytest.approx(0, abs=1e-12)
    assert profitability.pareto([7] * 50).facts["top_share"] == pytest.approx(0.2)
    assert profitability.gini([0] * 99 + [5]).facts["gini"] == pytest.approx(0.99)


# intervals -----------------------------------------------------------------------------------------------------------


def test_the_interval_is_no_narrower_than_that_of_a_bootstrap():
    luck = np.random.default_rng(5)
    x = luck.exponential(size=800)
    told = profitability.gini(x).facts
    again = [float(gini_rows(np.sort(luck.choice(x, len(x)))[None, :])[0][0]) for _ in range(400)]
    assert told["gini_high"] - told["gini_low"] == pytest.approx(2 * 1.96 * np.std(again), rel=0.15)
    low, high = np.quantile(again, [0.2, 0.8])
    assert told["gini_low"] < low < told["gini_corrected"] < high < told["gini_high"]


def test_an_interval_of_many_agrees_with_that_of_few_more_than_it_took():
    """From 20,000 customers on nothing is drawn; the two ways meet there."""
    x = np.sort(np.random.default_rng(8).exponential(size=MANY + 1))
    many, drawn = (profitability.gini(v).facts for v in (x, x[1:]))
    assert many["gini_high"] - many["gini_low"] == pytest.approx(drawn["gini_high"] - drawn["gini_low"], rel=0.15)


def test_a_giant_has_no_interval_and_the_cure_is_said():
    luck = np.random.default_rng(3)
    x = np.concatenate([luck.exponential(size=200), [500.0]])
    for told, fact in ((profitability.gini(x), "gini"), (profitability.pareto(x), "top_share")):
        assert told.facts["verdict"] == "heavy_tail"
        assert told.facts[f"{fact}_low"] is None and told.facts[fact] > 0.7
        assert "heavy_tail" in codes(told)
        assert "Pisahkan" in told.notes[-1].render("id")
    assert profitability.pareto(x).facts["claim_verdict"] == "cannot_tell"


def test_giants_who_lose_have_no_interval_of_the_peak():
    luck = np.random.default_rng(4)
    x = np.concatenate([luck.lognormal(0, 0.5, 300) - 0.5, [-40.0, -30.0, 60.0]])
    whale = profitability.whale_curve(x)
    assert whale.facts["verdict"] == "heavy_tail" and whale.facts["peak_share_low"] is None
    assert whale.facts["loss_making_share_low"] is not None  # how many lose money needs no money


def test_two_kinds_of_customers_are_noticed():
    luck = np.random.default_rng(6)
    consumers = luck.lognormal(0, 0.6, 800)
    mixed = np.concatenate([consumers, luck.lognormal(4, 0.5, 24)])
    assert "two_kinds" in codes(profitability.gini(mixed))
    assert "two_kinds" not in codes(profitability.gini(consumers))


def test_few_losing_customers_give_no_interval_of_the_peak():
    x = np.concatenate([np.random.default_rng(2).gamma(4, size=200), [-0.5, -0.2]])
    whale = profitability.whale_curve(x)
    assert whale.facts["verdict"] == "too_few" and whale.facts["peak_share_low"] is None
    assert "too_few_losing" in codes(whale)


# unknown, negative, nothing ------------------------------------------------------------------------------------------


def test_unknown_values_stand_apart():
    whale = profitability.whale_curve([50, 30, None, 20, 5, -15, float("nan")])
    assert (whale.facts["n"], whale.facts["unknown"], whale.facts["total"]) == (5, 2, 90)
    assert codes(whale) == ["unknown_values", "too_few"]


def test_negative_profits_pass_a_hundred_percent():
    told = profitability.pareto([100, 5, 2, 1, -20])
    assert told.facts["top_share"] > 1
    assert "negative_values" in codes(told)
    assert "negative_gini" in codes(profitability.gini([100, 5, 2, 1, -20]))


def test_a_total_of_nothing_has_no_shares():
    whale = profitability.whale_curve([5, 4, -3, -4, -9])
    assert whale.facts["peak_share"] is None
    assert "no_total" in codes(whale)
    assert whale.figure("id").data
    for refuse in (profitability.pareto, profitability.lorenz, profitability.gini):
        with pytest.raises(crm.UserError) as caught:
            refuse([5, 4, -3, -4, -9])
        assert caught.value.code == "profitability.no_positive_total"


def test_fewer_than_five_say_nothing():
    for refuse in (profitability.pareto, profitability.lorenz, profitability.gini, profitability.whale_curve):
        with pytest.raises(crm.UserError) as caught:
            refuse([1, 2, 3, None])
        assert caught.value.code == "profitability.too_few"
    with pytest.raises(crm.UserError):
        profitability.pareto(TEN, top=20)


def test_gini_by_group():
    table = pd.DataFrame({"kind": ["a"] * 10 + ["b"] * 10 + ["c"] * 2, "revenue": [*TEN, *[5] * 10, 1, 9]})
    told = profitability.gini(table, by="kind").table.set_index("kind")["gini"]
    assert round(told["a"], 3) == 0.56
    assert told["b"] == pytest.approx(0)
    assert pd.isna(told["c"])


# invariants ----------------------------------------------------------------------------------------------------------

values = st.lists(st.integers(-1000, 100_000), min_size=5, max_size=60)
crowds = st.lists(st.integers(-300, 1000), min_size=50, max_size=70)  # enough for an interval


@settings(max_examples=60)
@given(st.one_of(values, crowds), st.randoms(use_true_random=False), st.integers(2, 1000))
def test_order_and_money_leave_the_shapes(x, luck, scale):
    assume(sum(x) > 0)
    mixed = luck.sample(x, len(x))
    for make, facts in (
        (profitability.whale_curve, ("peak_share", "peak_share_high", "loss_making_share")),
        (profitability.gini, ("gini", "gini_low", "gini_high")),
        (profitability.pareto, ("top_share", "top_share_low", "needed_share")),
    ):
        one, other, larger = (make(v).facts for v in (x, mixed, [scale * v for v in x]))
        for fact in facts:
            if one[fact] is None:
                assert other[fact] is None and larger[fact] is None
                continue
            assert other[fact] == pytest.approx(one[fact], rel=1e-9, abs=1e-12)
            assert larger[fact] == pytest.approx(one[fact], rel=1e-6, abs=1e-9)


@settings(max_examples=60)
@given(values)
def test_a_customer_of_nothing_leaves_peak_and_total(x):
    assume(sum(x) > 0)
    one, more = profitability.whale_curve(x).facts, profitability.whale_curve([*x, 0]).facts
    assert (more["peak"], more["total"], more["loss_making"]) == (one["peak"], one["total"], one["loss_making"])
    if min(x) >= 0:
        assert profitability.gini([*x, 0]).facts["gini"] >= profitability.gini(x).facts["gini"] - 1e-12


@settings(max_examples=60)
@given(values)
def test_the_curves_are_what_they_say(x):
    assume(sum(x) > 0)
    whale = profitability.whale_curve(x)
    assert whale.facts["peak"] == sum(v for v in x if v > 0) == whale.table["cumulative_profit"].max() or max(x) <= 0
    assert whale.table["cumulative_profit"].iloc[-1] == sum(x)
    curve = profitability.lorenz(x).table
    area = np.trapezoid(curve["value_share"], curve["customer_share"])
    assert profitability.gini(x).facts["gini"] == pytest.approx(1 - 2 * area, abs=1e-9)
    assert (np.diff(curve["value_share"], 2) >= -1e-9).all()  # it only bends upwards


def test_a_long_curve_is_thinned_and_keeps_its_peak():
    x = np.concatenate([np.linspace(100, 1, 5000), np.linspace(-1, -40, 700)])
    whale = profitability.whale_curve(x)
    assert len(whale.table) <= 402
    assert whale.table["cumulative_profit"].max() == pytest.approx(whale.facts["peak"])
