"""The portfolio matrix: cells, cuts and what they decide; a second method; what customers may still bring."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crmlab as crm
from crmlab.analytics import profitability
from crmlab.analytics.profitability.portfolio import CELLS, strategies


def codes(result):
    return [note.code.partition(".")[2] for note in result.notes]


def five():
    """The book's five customers: the last loses money and promises nothing."""
    return pd.DataFrame(
        {"customer_id": [1, 2, 3, 4, 5], "profit": [50, 30, 20, 5, -15], "potential": [60, 5, 2, 40, -10]}
    )


def test_the_fifth_customer_is_let_go():
    matrix = profitability.portfolio_matrix(five(), cuts={"profit": 10, "potential": 20})
    cells = matrix.params["cells"].set_index("customer_id")["cell"]
    assert cells.to_dict() == {1: "to_protect", 2: "to_milk", 3: "to_milk", 4: "to_grow", 5: "to_let_go"}
    assert matrix.table["n"].tolist() == [1, 1, 2, 1]
    assert matrix.table["value_now"].sum() == 90
    # without him: 90 -> 105
    assert 90 - matrix.facts["let_go_now"] == 105


def test_a_value_at_the_cut_is_high():
    told = profitability.portfolio_matrix(five(), cuts={"profit": 50, "potential": 60})
    assert told.facts["protect_n"] == 1


def test_there_is_no_cut_but_one_that_is_said():
    with pytest.raises(TypeError):
        profitability.portfolio_matrix(five())
    for cuts in (
        "midian",
        {"profit": 1},
        {"profit": "zero", "potential": float("nan")},
        {"profit": True, "potential": 1},
    ):
        with pytest.raises(crm.UserError) as caught:
            profitability.portfolio_matrix(five(), cuts=cuts)
        assert caught.value.code == "profitability.bad_cut"
    told = profitability.portfolio_matrix(five(), cuts={"profit": "zero", "potential": "median"})
    assert (told.facts["cut_now"], told.facts["cut_potential"]) == (0, 5)


def test_who_stays_when_the_cuts_move():
    customers = pd.DataFrame({"customer_id": range(4), "profit": [200, 105, 95, 10], "potential": [500, 500, 500, 500]})
    told = profitability.portfolio_matrix(customers, cuts={"profit": 100, "potential": 100})
    assert told.params["cells"]["stays"].tolist() == [True, False, False, True]
    moved = told.params["sensitivity"]
    assert moved.loc[(moved["axis"] == "now") & (moved["move_share"] == 0.1), "moved"].tolist() == [1]
    assert moved.loc[moved["axis"] == "potential", "moved"].sum() == 0
    assert told.facts["stays_share"] == 0.5


def test_intervals_say_how_sure_a_place_is():
    customers = five().assign(potential_low=[40, -15, -18, 20, -30], potential_high=[80, 25, 22, 60, 10])
    told = profitability.portfolio_matrix(customers, cuts={"profit": 10, "potential": 20})
    sure = told.params["cells"]["sure"]
    assert sure[0] == pytest.approx(0.99996, abs=1e-4)  # 40 away, with a standard error of about 10
    assert sure[1] == pytest.approx(0.9292, abs=1e-3)  # 15 by 10.2 standard errors
    assert "sure_share" not in profitability.portfolio_matrix(five(), cuts="zero").table


def test_the_chance_of_a_place_is_a_chance():
    """Of customers whose true value scatters as their interval says, as many stand where they seem to."""
    luck = np.random.default_rng(8)
    true = luck.normal(0, 1, 20_000)
    seen = true + luck.normal(0, 0.5, 20_000)
    customers = pd.DataFrame({"customer_id": range(20_000), "profit": 1.0, "potential": seen})
    # what is known of the true value, given the seen one: shrunk, and narrower than the error of measurement
    customers["potential"] = seen / 1.25
    spread = 1.959964 * np.sqrt(0.2)
    customers["potential_low"], customers["potential_high"] = (
        customers["potential"] - spread,
        customers["potential"] + spread,
    )
    told = profitability.portfolio_matrix(customers, cuts="zero")
    right = ((true >= 0) == (customers["potential"] >= 0)).mean()
    assert told.facts["sure_share"] == pytest.approx(right, abs=0.01)


def test_unknown_values_stand_apart_and_nobody_counts_twice():
    told = profitability.portfolio_matrix(five().assign(profit=[50, None, 20, 5, -15]), cuts="zero")
    assert (told.facts["n"], told.facts["unknown"]) == (4, 1)
    assert "unknown_values" in codes(told)
    with pytest.raises(crm.UserError) as caught:
        profitability.portfolio_matrix(pd.concat([five(), five()]), cuts="zero")
    assert caught.value.code == "profitability.customer_twice"


def test_every_cell_has_a_strategy_in_words():
    assert tuple(strategies()) == CELLS
    for cell, plan in strategies().items():
        for lang in crm.labels.LANGUAGES:
            assert crm.labels.name(cell, lang) != cell
            assert {cell, plan["do"]} <= set(crm.labels.catalogue("names")["names"])


pairs = st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=1, max_size=40)


@settings(max_examples=50)
@given(pairs, st.integers(-50, 50), st.integers(-50, 50), st.randoms(use_true_random=False))
def test_cells_part_the_customers(values, cut_x, cut_y, luck):
    customers = pd.DataFrame(values, columns=["profit", "potential"]).assign(customer_id=range(len(values)))
    cuts = {"profit": cut_x, "potential": cut_y}
    one = profitability.portfolio_matrix(customers, cuts=cuts)
    assert one.table["n"].sum() == len(values)
    assert one.table["value_now"].sum() == customers["profit"].sum()
    mixed = customers.iloc[luck.sample(range(len(values)), len(values))]
    other = profitability.portfolio_matrix(mixed, cuts=cuts)
    assert other.table.equals(one.table)
    scaled = customers.assign(profit=customers["profit"] * 7)
    told = profitability.portfolio_matrix(scaled, cuts={"profit": cut_x * 7, "potential": cut_y})
    assert told.table["n"].tolist() == one.table["n"].tolist()


# a second method -----------------------------------------------------------------------------------------------------


def test_abc_classes_share_ties():
    ten = pd.DataFrame({"customer_id": range(10), "revenue": [400, 250, 90, 70, 60, 45, 35, 25, 15, 10]})
    told = profitability.abc_classes(ten)
    assert told.table["n"].tolist() == [4, 3, 3]
    equal = profitability.abc_classes(ten.assign(revenue=5))
    assert equal.table["n"].tolist() == [10, 0, 0]
    loss = profitability.abc_classes(ten.assign(revenue=[100, 5, 4, 3, 2, 1, 0, 0, -1, -2]))
    assert loss.params["cells"]["cell"].tolist()[-4:] == ["C"] * 4


def test_two_methods_side_by_side():
    customers = pd.DataFrame({"customer_id": range(80), "profit": range(80), "potential": [i % 2 for i in range(80)]})
    matrix = profitability.portfolio_matrix(customers, cuts={"profit": 40, "potential": 1})
    classes = profitability.abc_classes(customers, column="profit")
    told = profitability.compare_methods(matrix, classes)
    assert told.facts["n"] == 80
    assert told.table[["A", "B", "C"]].to_numpy().sum() == 80
    assert profitability.compare_methods(matrix, matrix).facts["association"] == pytest.approx(1)
    nobody = profitability.abc_classes(customers.assign(customer_id=range(100, 180)), column="profit")
    with pytest.raises(crm.UserError) as caught:
        profitability.compare_methods(matrix, nobody)
    assert caught.value.code == "profitability.nobody_shared"


def test_association_against_scipy():
    from scipy.stats.contingency import association

    luck = np.random.default_rng(2)
    x = luck.normal(size=300)
    customers = pd.DataFrame({"customer_id": range(300), "profit": x, "potential": x + luck.normal(size=300)})
    matrix = profitability.portfolio_matrix(customers, cuts="median")
    classes = profitability.abc_classes(customers.assign(revenue=np.exp(x)))
    told = profitability.compare_methods(matrix, classes)
    counts = told.table[["A", "B", "C"]].to_numpy()
    assert told.facts["association"] == pytest.approx(association(counts, method="cramer"))
    assert told.facts["verdict"] == "real"


# whom not to serve ---------------------------------------------------------------------------------------------------


def test_without_the_fifth_customer_profit_rises_by_a_sixth():
    told = profitability.disqualify(five())
    assert (told.facts["profit_before"], told.facts["profit_after"]) == (90, 105)
    assert round(told.facts["change_share"], 3) == 0.167
    assert told.table[["customer_id", "what_to_do"]].to_numpy().tolist() == [[5, "drop_customer"]]
    assert "16,7%" in told.explain("id", "short")
    assert codes(told) == ["all_avoidable", "reputation_unasked"]


def test_reputation_stands_before_a_list():
    seen = pd.DataFrame({"customer_id": [5, 1], "open_complaint": [True, False], "brings_others": [True, True]})
    told = profitability.disqualify(five(), reputation=seen)
    assert told.table["what_to_do"].tolist() == ["look_first"]
    assert told.table["reputation_flags"].tolist() == ["open_complaint, brings_others"]
    assert told.facts["profit_after"] == 90 and told.facts["look_first"] == 1
    with pytest.raises(crm.UserError) as caught:
        profitability.disqualify(five(), reputation=seen.assign(open_complaint="maybe"))
    assert caught.value.code == "profitability.not_yes_or_no"


def test_what_stays_is_not_saved():
    served = five().assign(cost_to_serve=[5, 5, 5, 5, 20], revenue=[100, 80, 60, 30, 30])
    # of his 20 only 8 end: without him 15 - 12 = 3 more
    told = profitability.disqualify(served, avoidable=0.4).facts
    assert (told["profit_after"], told["revenue_effect"], told["revenue_share"]) == (pytest.approx(93), -30, 0.1)
    # where nothing ends, he pays 5 of the 20 that would stay: so he stays
    assert profitability.disqualify(served, avoidable=0.0).facts["proposed"] == 0


def test_an_unknown_profit_is_never_let_go():
    told = profitability.disqualify(five().assign(profit=[50, 30, 20, None, -15]))
    assert told.facts["unknown"] == 1 and 4 not in set(told.table["customer_id"])
    for bad in (-0.1, 2, True):
        with pytest.raises(crm.UserError) as caught:
            profitability.disqualify(five(), avoidable=bad)
        assert caught.value.code == "profitability.bad_share"


# potential -----------------------------------------------------------------------------------------------------------


def steady(n=400, years=4, seed=4):
    """Customers who buy at a rate of their own all the time."""
    luck = np.random.default_rng(seed)
    rate = luck.gamma(2, 3, n)
    rows = []
    for who in range(n):
        days = np.sort(luck.uniform(0, 365.0 * years, luck.poisson(rate[who] * years)))
        rows += [(who, d) for d in days]
    sales = pd.DataFrame(rows, columns=["customer_id", "day"])
    sales["ordered_at"] = pd.Timestamp("2016-12-31") + pd.to_timedelta(sales["day"], unit="D")
    return sales.assign(margin=10.0), rate


def test_steady_customers_are_expected_to_go_on():
    sales, rate = steady()
    told = profitability.expected_profit(sales, as_of="2020-12-30")
    assert told.facts["potential"] == pytest.approx(10 * rate.sum(), rel=0.08)
    assert told.facts["check_ratio"] == pytest.approx(1, abs=0.1)
    by_rate = told.table.set_index("customer_id")["potential"].corr(pd.Series(rate * 10), method="spearman")
    assert by_rate > 0.6


def test_the_whole_is_covered_by_its_interval():
    hit = shown = 0
    for seed in range(60):
        sales, _ = steady(n=120, years=3, seed=100 + seed)
        told = profitability.expected_profit(sales[sales["day"] < 730], as_of="2018-12-30").facts
        if told["potential_low"] is None:
            continue
        shown += 1
        came = sales.loc[(sales["day"] >= 730), "margin"].sum()
        # what comes scatters too, as much as what the classes were learned on
        reach = (told["potential_high"] - told["potential_low"]) / 2 * np.sqrt(2)
        hit += abs(told["potential"] - came) <= reach
    assert shown >= 50 and hit >= 0.87 * shown


def test_the_future_is_not_looked_at():
    sales, _ = steady()
    early = sales[sales["ordered_at"] < "2020-01-01"]
    later = pd.concat([early, early.assign(ordered_at=pd.Timestamp("2020-06-01"), margin=1e9)])
    one, other = (profitability.expected_profit(s, as_of="2019-12-31") for s in (early, later))
    assert one.table.equals(other.table)


def test_a_short_history_is_refused():
    sales, _ = steady()
    with pytest.raises(crm.UserError) as caught:
        profitability.expected_profit(sales, as_of="2017-03-01")
    assert caught.value.code == "profitability.short_history"


def test_times_that_changed_are_said():
    sales, _ = steady()
    slump = sales[(sales["ordered_at"] < "2020-01-01") | (sales.index % 3 == 0)]
    assert "times_changed" in codes(profitability.expected_profit(slump, as_of="2020-12-30"))


def test_pt_xyz_can_say_whom_to_serve(profit, lines):
    kept = lines[lines["status"] != "cancelled"]
    kept = kept.assign(margin=kept["amount"] - kept["cost"])
    expected = profitability.expected_profit(kept, as_of="2020-12-31")
    customers = profit.table.merge(expected.table, on="customer_id")
    matrix = profitability.portfolio_matrix(customers, cuts={"profit": "mean", "potential": "mean"})
    assert matrix.table["n"].sum() == matrix.facts["n"] == len(customers)
    assert matrix.table["value_now"].sum() == pytest.approx(customers["profit"].sum())
    assert 0 < matrix.facts["sure_share"] <= 1
