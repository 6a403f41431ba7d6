"""What notebook 10 says and asks, computed."""

from __future__ import annotations

import pytest

import crmlab as crm
from notebooks import build

MILLION = 1_000_000


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "10_portfolio_analysis")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def two(names, pools=None, used=None):
    told = crm.profitability.customer_profit(
        names["sales"],
        costs=names["pools"] if pools is None else pools,
        activities=names["used"] if used is None else used,
    )
    return told.table.set_index("customer_id")["profit"]


def test_five_customers_and_the_task_of_four(names):
    assert round(names["whale"].facts["peak_share"], 3) == 1.167
    assert names["whale"].facts["verdict"] == "too_few"
    assert round((40 + 30 + 10) / (40 + 30 + 10 - 20), 3) == 1.333


def test_x_and_y(names):
    assert two(names).to_dict() == {"X": 1.4 * MILLION, "Y": -0.6 * MILLION}
    used = names["used"].assign(units=[10, 20, 5, 40, 60, 2])
    assert two(names, used=used)["Y"] == 600_000
    pools = names["pools"].assign(cost=[60 * MILLION, 90 * MILLION, 100 * MILLION])
    assert two(names, pools=pools)["X"] == 400_000
    facts = names["two"].facts
    assert facts["unallocated"] > facts["allocated"]


def test_hardly_any_lose_by_gross_profit_and_dozens_in_the_end(names):
    losing = [step.facts["loss_making"] for step in names["steps"].values()]
    assert losing[0] < 10 < 24 < losing[1] < losing[2]
    assert names["careful"].facts["unknown"] > 0


def test_corporate_customers_may_earn_nothing(names):
    kinds = names["kinds"].table.set_index("customer_type")
    corporate, consumer = kinds.loc["corporate"], kinds.loc["consumer"]
    assert 0.3 < corporate["revenue"] / (corporate["revenue"] + consumer["revenue"]) < 0.37
    assert corporate["profit_share"] < consumer["profit_share"] / 2
    assert corporate["profit_per_customer_low"] != corporate["profit_per_customer_low"]  # no interval
    assert (corporate["verdict"], consumer["verdict"]) == ("heavy_tail", "real")
    visits = names["why"].loc["corporate"]
    assert visits["cost_field_visits"] > -visits["profit"], "without visits they would earn"


def test_eighty_twenty(names):
    assert names["share"].facts["claim_verdict"] == "less"
    assert names["share"].facts["top_share_high"] < 0.8
    everyone = names["everyone"].facts
    assert everyone["top_share"] > names["share"].facts["top_share"]
    assert everyone["top_share_low"] < 0.8 < everyone["top_share_high"] and everyone["verdict"] == "noise"
    wide, narrow = (f["top_share_high"] - f["top_share_low"] for f in (everyone, names["share"].facts))
    assert 2.5 < wide / narrow < 3.2
    ten = [400, 250, 90, 70, 60, 45, 35, 25, 15, 10]
    assert round(crm.profitability.gini(ten).facts["gini"], 3) == 0.560
    assert round(crm.profitability.pareto(ten).facts["top_share"], 3) == 0.650


def test_whom_not_to_serve(names):
    changes = {share: told.facts["change_share"] for share, told in names["dropping"].items()}
    assert 0.11 < changes[1.0] < 0.12 and 0.015 < changes[0.4] < 0.025
    assert all(told.facts["look_first"] > 0 for told in names["dropping"].values())


def test_2020_brought_less_than_expected(names):
    assert names["expected"].facts["check_ratio"] > 1.05


def test_the_cuts_decide(names):
    median, mean = names["matrix"], names["other"]
    assert mean.facts["let_go_n"] > 1.5 * median.facts["let_go_n"]
    assert median.facts["protect_now_share"] > 0.5
    assert median.facts["grow_now"] < 0 < median.facts["let_go_now"]
    cells = median.table.set_index("cell")
    assert cells["stays_share"].idxmin() == "to_grow"
    assert (cells["stays_share"] < cells["sure_share"]).all()
    zero = crm.profitability.portfolio_matrix(names["customers"], cuts={"profit": "zero", "potential": "median"})
    assert zero.facts["let_go_n"] < median.facts["let_go_n"] / 2


def test_the_methods_quarrel(names):
    crossed = names["versus"].table.set_index("cell")
    assert crossed.loc["to_let_go", "A"] == len(names["quarrel"]) > 0
    assert crossed.loc["to_grow", "C"] > 0.25 * crossed.loc["to_grow"].sum()


def test_mix_flow_and_chain(names):
    mix = names["mix"].facts
    assert mix["change"] < 0 and abs(mix["by_rate"]) < 1e-4
    flow = names["flow"].table
    arrived = flow["acquired"] + flow["reactivated"]
    assert (flow["at_start"] + arrived - flow["losses"] == flow["at_end"]).all()
    assert names["chain"].facts["blocked"] == ("customer_lifecycle",)


def test_the_task_on_2020(names):
    year = crm.profitability.customer_profit(
        names["lines"], returns=names["clean"]["returns"], period=2020, **names["parts"]
    )
    assert year.facts["loss_making_share"] > names["profit"].facts["loss_making_share"]
