"""Customer profit: worked numbers, sums that lead back to the tables, and costs that nobody knows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import crmlab as crm
from crmlab.analytics import profitability


def by(result):
    return result.table.set_index("customer_id")


def codes(result):
    return [note.code.partition(".")[2] for note in result.notes]


def test_activity_based_costs_the_worked_example(sales, costs, use):
    told = by(profitability.customer_profit(sales, costs=costs, activities=use))
    assert told.loc["X", "cost_to_serve"] == 1.6e6
    assert told.loc["X", "profit"] == 1.4e6
    assert round(told.loc["X", "profit_share"], 4) == 0.1167
    assert told.loc["Y", "cost_to_serve"] == 3.6e6
    assert told.loc["Y", "profit"] == -0.6e6


def test_the_unused_capacity_of_a_pool_is_charged_to_nobody(sales, costs, use):
    told = profitability.customer_profit(sales, costs=costs, activities=use)
    assert told.facts["pool_cost"] == 200e6
    assert told.facts["unallocated"] == pytest.approx(200e6 - 5.2e6)
    assert "unallocated" in codes(told)


def test_pt_xyz_gives_its_realised_profits_back(profit, truths):
    realised = truths["R-T11"]["realised"]
    assert profit.facts["customers"] == realised["customers"]
    assert profit.facts["loss_making"] == realised["loss_making"]
    assert round(profit.facts["profit"]) == realised["profit"]
    whale = profitability.whale_curve(profit)
    assert round(whale.facts["peak_share"], 6) == realised["peak_share"]
    assert round(whale.facts["loss_making_share"], 6) == realised["loss_making_share"]


def test_pt_xyz_reconciles_to_the_rupiah(clean, lines, used, profit):
    kept = lines[lines["status"] != "cancelled"]
    table = profit.table
    assert table["revenue"].sum() == kept["amount"].sum()
    assert table["cost_of_goods"].sum() == kept["cost"].sum()
    assert table["discount"].sum() == kept["discount"].sum()
    for pool, cost in clean["activity_costs"].groupby("pool", observed=True)["cost"].sum().items():
        assert table[f"cost_{pool}"].sum() == pytest.approx(cost, abs=0.01)
    whole = table["revenue"] - table["cost_of_goods"] - table["commission"] - table["cost_to_serve"]
    assert (whole - table["profit"]).abs().max() == 0
    pools = [f"cost_{pool}" for pool in profit.params["pools"]]
    assert (table[pools].sum(axis=1) - table["cost_to_serve"]).abs().max() < 1e-6
    told = profitability.reconcile(profit, sales=lines, costs=clean["activity_costs"])
    assert told.facts["reconciled"]
    assert (
        told.table.set_index("reconciled_figure").loc["revenue", "cancelled"]
        == lines["amount"].sum() - kept["amount"].sum()
    )


def test_years_add_up_to_the_whole(clean, lines, used, profit):
    parts = {"returns": clean["returns"], "costs": clean["activity_costs"], "activities": used}
    parts["commission"] = clean["channels"]
    years = [profitability.customer_profit(lines, period=y, **parts) for y in range(2016, 2021)]
    whole = profitability.customer_profit(lines, **parts)
    for column in ("revenue", "cost_of_goods", "returns", "commission", "cost_to_serve", "profit"):
        assert sum(y.facts[column] for y in years) == pytest.approx(whole.facts[column], abs=0.01)
    assert whole.facts["profit"] == pytest.approx(profit.facts["profit"] - clean["returns"]["amount"].sum())
    for year in years:
        told = profitability.reconcile(year, sales=lines, returns=clean["returns"], costs=clean["activity_costs"])
        assert told.facts["reconciled"]


def test_reconcile_finds_what_is_missing(lines, profit, clean):
    told = profitability.reconcile(profit, sales=lines.iloc[:-1], costs=clean["activity_costs"])
    assert not told.facts["reconciled"]
    assert "not_reconciled" in codes(told)
    assert told.facts["largest_difference"] == lines["amount"].iloc[-1]


def test_an_unknown_cost_is_unknown_and_never_zero(sales, costs, use):
    sales = pd.concat([sales, sales.assign(order_id=[3, 4], cost=[np.nan, 1e6], amount=[2e6, 2e6])])
    told = profitability.customer_profit(sales, costs=costs, activities=use)
    x, y = by(told).loc["X"], by(told).loc["Y"]
    assert pd.isna(x["cost_of_goods"]) and pd.isna(x["profit"]) and pd.isna(x["rank"])
    assert x["unknown_parts"] == "cost_of_goods"
    assert y["profit"] == -0.6e6 + 1e6
    assert (told.facts["customers"], told.facts["n"], told.facts["unknown"]) == (2, 1, 1)
    assert told.facts["profit"] == y["profit"]
    assert told.facts["unknown_revenue"] == 14e6
    assert codes(told)[0] == "unknown_apart"


def test_use_without_a_rate_is_unknown_and_no_use_is_zero(sales, costs, use):
    costs = pd.concat([costs, pd.DataFrame({"pool": ["repairs"], "cost": [np.nan], "volume": [4]})])
    use = pd.concat([use, pd.DataFrame({"customer_id": ["X"], "pool": ["repairs"], "units": [1]})])
    told = profitability.customer_profit(sales, costs=costs, activities=use)
    assert by(told).loc["X", "unknown_parts"] == "cost_to_serve"
    assert by(told).loc["Y", "cost_repairs"] == 0
    assert by(told).loc["Y", "profit"] == -0.6e6
    assert "no_rate" in codes(told)


def test_a_driver_that_nobody_used_leaves_its_cost_uncharged(sales, costs, use):
    costs.loc[3] = ["repairs", 7e6, 0]
    told = profitability.customer_profit(sales, costs=costs, activities=use)
    assert told.facts["unallocated_by_pool"]["repairs"] == 7e6
    assert "idle_pool" in codes(told)
    with_use = pd.concat([use, pd.DataFrame({"customer_id": ["X"], "pool": ["repairs"], "units": [1]})])
    told = profitability.customer_profit(sales, costs=costs, activities=with_use)
    assert by(told).loc["X", "unknown_parts"] == "cost_to_serve"  # a volume of zero gives no rate


def test_without_volumes_all_use_shares_the_pool(sales, costs, use):
    told = profitability.customer_profit(sales, costs=costs.drop(columns="volume"), activities=use)
    assert told.facts["unallocated"] == pytest.approx(0)
    assert by(told).loc["X", "cost_calls"] == 60e6 * 10 / 50


def test_more_use_than_the_volume_is_said(sales, costs, use):
    costs["volume"] = [30, 4500, 250]
    assert "used_more" in codes(profitability.customer_profit(sales, costs=costs, activities=use))


def test_who_was_served_and_never_bought_costs_money(sales, costs, use):
    use = pd.concat([use, pd.DataFrame({"customer_id": ["Z"], "pool": ["visits"], "units": [2]})])
    told = by(profitability.customer_profit(sales, costs=costs, activities=use))
    assert (told.loc["Z", "revenue"], told.loc["Z", "profit"], told.loc["Z", "orders"]) == (0, -400_000, 0)
    assert pd.isna(told.loc["Z", "profit_share"])


def test_returns_lower_revenue_and_goods_may_come_back(sales):
    back = pd.DataFrame({"order_id": [1, 99], "returned_on": "2020-01-09", "amount": [2e6, 5.0]})
    told = profitability.customer_profit(sales, returns=back)
    assert by(told).loc["X", "profit"] == 1e6
    assert {"goods_lost", "nobodys_returns"} <= set(codes(told))
    told = profitability.customer_profit(sales, returns=back.assign(cost=[1.5e6, 0.0]))
    assert by(told).loc["X", "profit"] == 2.5e6
    assert profitability.reconcile(told, sales=sales, returns=back.assign(cost=[1.5e6, 0.0])).facts["reconciled"]


def test_returns_as_negative_rows_and_a_table_of_them_are_suspected(sales):
    back = pd.DataFrame(
        {"order_id": [3], "ordered_at": ["2020-01-06"], "customer_id": ["X"], "amount": [-2e6], "cost": [-1e6]}
    )
    more = pd.concat([sales, back])
    assert by(profitability.customer_profit(more)).loc["X", "profit"] == 2e6
    told = profitability.customer_profit(more, returns=pd.DataFrame({"order_id": [1], "amount": [2e6]}))
    assert "returns_twice" in codes(told)


def test_a_channel_without_a_rate_has_an_unknown_commission(sales):
    sales["channel"] = ["marketplace", "stall"]
    told = by(profitability.customer_profit(sales, commission={"marketplace": 0.09}))
    assert told.loc["X", "profit"] == 3e6 - 0.09 * 12e6
    assert told.loc["Y", "unknown_parts"] == "commission"


def test_rows_of_nobody_stand_apart(sales):
    sales.loc[2] = [3, "2020-02-01", None, 5e6, 4e6]
    told = profitability.customer_profit(sales)
    assert told.facts["revenue"] == 27e6
    assert "nobodys_sales" in codes(told)
    assert profitability.reconcile(told, sales=sales).table["of_nobody"].tolist() == [5e6, 4e6]


def test_a_period_takes_its_days(sales):
    sales["ordered_at"] = ["2020-01-31 23:59", "2020-02-01"]
    assert by(profitability.customer_profit(sales, period="2020-01")).index.tolist() == ["X"]
    assert by(profitability.customer_profit(sales, period=("2020-02", "2020-03"))).index.tolist() == ["Y"]
    for wrong, code in (("someday", "bad_period"), ((2021, 2020), "period_backwards")):
        with pytest.raises(crm.UserError) as caught:
            profitability.customer_profit(sales, period=wrong)
        assert caught.value.code == f"profitability.{code}"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s, c, u: ((s.drop(columns="cost"),), {}), "no_cost"),
        (lambda s, c, u: ((s.drop(columns="amount"),), {}), "missing_column"),
        (lambda s, c, u: ((s.assign(amount=["Rp 12", "x"]),), {}), "not_a_number"),
        (lambda s, c, u: ((s.assign(ordered_at=["x", "y"]),), {}), "bad_time"),
        (lambda s, c, u: ((s.assign(cost=np.nan),), {}), "nothing_known"),
        (lambda s, c, u: ((s,), {"costs": c}), "half_of_activities"),
        (lambda s, c, u: ((s,), {"costs": c.assign(cost=-1), "activities": u}), "negative_cost"),
        (lambda s, c, u: ((s,), {"costs": c.assign(pool="to_serve"), "activities": u}), "taken_name"),
        (lambda s, c, u: ((s,), {"returns": pd.DataFrame({"order_id": [1], "amount": [-1]})}), "negative_return"),
        (lambda s, c, u: ((s.assign(channel="a"),), {"commission": {"a": 9}}), "bad_commission"),
        (lambda s, c, u: ((7,), {}), "no_table"),
    ],
)
def test_what_the_data_cannot_bear_is_refused(change, code, sales, costs, use):
    given, options = change(sales, costs, use)
    with pytest.raises(crm.UserError) as caught:
        profitability.customer_profit(*given, **options)
    assert caught.value.code == f"profitability.{code}"
    assert all(caught.value.render(lang) for lang in crm.labels.LANGUAGES)


def test_costs_by_the_month_refuse_half_a_month(lines, clean, used):
    with pytest.raises(crm.UserError, match="2020-01-15"):
        profitability.customer_profit(
            lines, costs=clean["activity_costs"], activities=used, period=("2020-01-01", "2020-01-15")
        )


def test_tables_may_be_arrow_or_parquet(sales, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = pa.Table.from_pandas(sales)
    pq.write_table(arrow, tmp_path / "sales.parquet")
    whole = profitability.customer_profit(sales).table
    for kept in (arrow, tmp_path / "sales.parquet"):
        assert profitability.customer_profit(kept).table.equals(whole)


money = st.integers(min_value=-10_000, max_value=1_000_000)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 9), money, money), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_order_of_rows_and_scale_of_money_change_nothing(rows, luck):
    sales = pd.DataFrame(rows, columns=["customer_id", "amount", "cost"]).assign(ordered_at="2020-03-01")
    sales["order_id"] = range(len(sales))
    one = by(profitability.customer_profit(sales))["profit"].sort_index()
    mixed = sales.iloc[luck.sample(range(len(sales)), len(sales))]
    assert by(profitability.customer_profit(mixed))["profit"].sort_index().equals(one)
    scaled = sales.assign(amount=sales["amount"] * 8, cost=sales["cost"] * 8)
    assert (by(profitability.customer_profit(scaled))["profit"].sort_index() == one * 8).all()
    assert one.sum() == (sales["amount"] - sales["cost"]).sum()


# groups --------------------------------------------------------------------------------------------------------------


def test_profit_by_group_divides_sums(profit, clean):
    people = clean["customers"].drop_duplicates("customer_id")
    told = profitability.profit_by(profit, people, by="customer_type")
    total = told.table[told.table["row"] == "total"].iloc[0]
    members = told.table[told.table["row"] == "member"]
    assert members["profit"].sum() == pytest.approx(total["profit"])
    assert total["profit_share"] == pytest.approx(profit.facts["profit_share"])
    assert members["n"].sum() == profit.facts["n"]
    # corporate giants earn and lose: nothing is said of the mean of all, or of theirs; consumers surely earn
    verdicts = told.table.set_index("customer_type")["verdict"]
    assert (total["verdict"], verdicts["corporate"], verdicts["consumer"]) == ("heavy_tail", "heavy_tail", "real")
    assert pd.isna(total["profit_per_customer_low"])


def test_a_customer_in_two_groups_is_refused(profit, clean):
    with pytest.raises(crm.UserError) as caught:
        profitability.profit_by(profit, clean["customers"], by="city_id")  # a customer who moved has two rows
    assert caught.value.code == "profitability.two_groups"


# rules ---------------------------------------------------------------------------------------------------------------


def test_rules_can_be_written_changed_and_read_back(tmp_path, clean):
    rules = profitability.rules()
    path = profitability.write_rules(rules, tmp_path / "mine.toml")
    assert profitability.read_rules(path) == rules
    text = path.read_text().replace('keep = {"touchpoint" = "field_visit"}', 'keep = {"touchpoint" = "email"}')
    path.write_text(text)
    changed = profitability.read_rules(path)
    assert [r.keep for r in changed if r.pool == "field_visits"] == [{"touchpoint": "email"}]
    before, after = profitability.usage(clean, rules=rules), profitability.usage(clean, rules=changed)
    visits = [u.loc[u["pool"] == "field_visits", "units"].sum() for u in (before, after)]
    assert visits[0] == (clean["interactions"]["touchpoint"] == "field_visit").sum() != visits[1]


def test_use_is_the_volume_that_the_books_hold(clean, used):
    known = used[used["customer_id"].notna()].groupby("pool")["units"].sum()
    volume = clean["activity_costs"].groupby("pool", observed=True)["volume"].sum()
    assert known.to_dict() == volume.astype(int).to_dict()


def test_bad_rules_are_refused(tmp_path, clean):
    path = tmp_path / "bad.toml"
    for text in ("[mine.calls]\ndriver = 1 2", "", '[mine.calls]\ndriver = "x"\ncolour = "red"'):
        path.write_text(text)
        with pytest.raises(crm.UserError) as caught:
            profitability.read_rules(path)
        assert caught.value.code == "profitability.bad_rules"
    with pytest.raises(crm.UserError):
        profitability.rules("pt_xy")
    with pytest.raises(crm.UserError, match="deliveries"):
        profitability.usage({"sales": clean["sales"]})
