"""RFM: the worked table, ties, returns, dates, files, rules, and the moves between two dates."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmlab as crm
from crmlab.analytics.segmentation.scoring import scores
from crmlab.errors import UserError

from .conftest import AS_OF, TEN

rfm = crm.segmentation.rfm


def small(rows, columns=("customer_id", "order_id", "ordered_at", "amount")):
    return pd.DataFrame(rows, columns=list(columns))


def codes_of(result):
    return dict(zip(result.table["customer_id"], result.table["code"].astype(object), strict=True))


def notes_of(result):
    return {n.code.partition(".")[2]: dict(n.values) for n in result.notes}


def test_the_ten_customers_of_the_mission_map(ten):
    found = rfm(ten, as_of=AS_OF)
    assert codes_of(found) == {who: row[3] for who, row in TEN.items()}
    assert found.table["amount"].tolist() == [row[2] * 1_000_000 for row in TEN.values()]
    assert found.table.set_index("customer_id").loc["C10", ["recency_days", "orders"]].tolist() == [1, 1]
    assert found.facts["one_time"] == 2 and found.facts["n"] == 10 and not found.notes
    segment = found.table.set_index("customer_id")["segment"]
    assert segment["C10"] == "new_customers" and segment["C06"] == "cannot_lose" and segment["C02"] == "champions"


def test_a_quantile_cut_would_fail_where_ranks_do_not(ten):
    """Two customers of one order each: pandas' qcut finds no five different edges among many ties (L18)."""
    often = pd.Series([1, 1, 1, 1, 2, 3, 4, 5, 6, 7])
    with pytest.raises(ValueError, match="Bin edges must be unique"):
        pd.qcut(often, 5)
    assert scores(often, 5).tolist() == [2, 2, 2, 2, 3, 3, 4, 4, 5, 5]


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=60), st.integers(1, 12))
def test_scores_are_pandas_highest_ranks_in_whole_numbers(values, bins):
    got = scores(values, bins)
    rank = pd.Series(values).rank(method="max").astype(int)
    assert got.tolist() == [-(-r * bins // len(values)) for r in rank]
    assert scores(values, bins, low_is_best=True).tolist() == scores([-v for v in values], bins).tolist()
    assert got.max() == bins and got.min() >= 1


def test_order_and_kind_of_table_do_not_matter(ten, tmp_path):
    wanted = rfm(ten, as_of=AS_OF).table
    path = tmp_path / "o'clock.parquet"
    ten.sample(frac=1, random_state=3).to_parquet(path)
    texts = ten.assign(ordered_at=ten["ordered_at"].dt.strftime("%Y-%m-%d 15:30:00"))
    here = ten.assign(ordered_at=ten["ordered_at"].dt.tz_localize("Asia/Jakarta"))
    for table in (path, str(path), pa.Table.from_pandas(ten[::-1]), texts, here, ten.to_dict("list")):
        pd.testing.assert_frame_equal(rfm(table, as_of=AS_OF).table, wanted, check_dtype=False)


def test_equal_sums_in_another_order_are_equal_scores():
    rows = [("a", i, "2020-01-01", x) for i, x in enumerate([0.1, 0.2, 0.3])]
    rows += [("b", 10 + i, "2020-01-01", x) for i, x in enumerate([0.3, 0.2, 0.1])]
    found = rfm(small(rows), as_of=AS_OF, bins=2).table
    assert found["monetary_score"].tolist() == [2, 2]


def test_bins_from_one_to_many(ten):
    assert set(codes_of(rfm(ten, as_of=AS_OF, bins=1)).values()) == {"111"}
    assert codes_of(rfm(ten, as_of=AS_OF, bins=(2, 3, 1)))["C01"] == "231"
    fine = rfm(ten, as_of=AS_OF, bins=10)
    assert codes_of(fine)["C10"] == "10-2-2" and codes_of(fine)["C09"] == "1-2-1"
    assert notes_of(rfm(ten, as_of=AS_OF, bins=12))["few_customers"] == {"n": 10, "bins": 12}
    for bad in (0, -1, 2.5, True, (5, 5), "555"):
        with pytest.raises(UserError) as refused:
            rfm(ten, as_of=AS_OF, bins=bad)
        assert refused.value.code == "segmentation.bad_bins"


def test_rows_after_the_day_are_left_out_and_told(ten):
    found = rfm(ten, as_of="2020-06-30")
    told = notes_of(found)["later_rows"]
    assert told["n"] == (ten["ordered_at"] > "2020-06-30").sum() and str(told["last"]) == "2020-12-30"
    assert "C10" not in codes_of(found) and found.facts["rows_left_out"] == told["n"]
    assert found.table["recency_days"].min() >= 0
    # a purchase on the day itself counts, whatever the hour
    evening = small([("a", 1, "2020-06-30 23:59:00", 5)])
    assert rfm(evening, as_of="2020-06-30").table["recency_days"].tolist() == [0]
    with pytest.raises(UserError) as refused:
        rfm(ten, as_of="2015-01-01")
    assert refused.value.code == "segmentation.before_first"


def test_returns_are_netted_with_the_order_that_they_name():
    rows = [
        ("a", 1, "2020-01-10", 100), ("a", 2, "2020-05-01", 60), ("a", 2, "2020-05-20", -60),
        ("b", 3, "2020-02-01", 80), ("b", 3, "2020-02-09", -30),
        ("c", 4, "2020-03-01", 50), ("c", 4, "2020-03-02", -50), ("d", 5, "2020-04-01", 40),
        ("d", 9, "2020-04-09", -15),
    ]  # fmt: skip
    found = rfm(small(rows), as_of=AS_OF, bins=3)
    table = found.table.set_index("customer_id")
    assert table["orders"].to_dict() == {"a": 1, "b": 1, "c": 0, "d": 1}
    assert table["amount"].to_dict() == {"a": 100, "b": 50, "c": 0, "d": 25}
    assert str(table.loc["a", "last_on"].date()) == "2020-01-10"  # the order of May was given back
    assert table.loc["c", "segment"] == "no_purchase" and pd.isna(table.loc["c", "code"])
    assert pd.isna(table.loc["c", "monetary_score"]) and pd.isna(table.loc["c", "recency_days"])
    assert notes_of(found)["unlinked_returns"] == {"n": 1} and notes_of(found)["no_purchase_left"] == {"n": 1}
    assert found.facts["returns"] == 4 and found.facts["n"] == 3
    # the same, as a table of its own; what comes back after the day has not come back yet
    sales, back = small(rows)[lambda t: t["amount"] > 0], small(rows)[lambda t: t["amount"] < 0]
    again = rfm(sales, as_of=AS_OF, bins=3, returns=back.rename(columns={"ordered_at": "returned_on"}))
    left = again.table.set_index("customer_id")
    assert left["orders"].to_dict() == {"a": 1, "b": 1, "c": 0, "d": 1}
    assert left["amount"].to_dict() == {"a": 100, "b": 50, "c": 0, "d": 40}  # nobody knows whose order 9 was
    assert notes_of(again)["unlinked_returns"] == {"n": 1}
    early = rfm(sales, as_of="2020-05-10", bins=3, returns=back.rename(columns={"ordered_at": "returned_on"}))
    assert early.table.set_index("customer_id").loc["a", "orders"] == 2


def test_a_negative_quantity_is_a_return_whatever_the_amounts_sign():
    rows = [("a", 1, "2020-01-10", 100, 2), ("a", 1, "2020-01-12", 50, -1)]
    found = rfm(small(rows, ("customer_id", "order_id", "ordered_at", "amount", "quantity")), as_of=AS_OF)
    assert found.table["amount"].tolist() == [50] and found.table["orders"].tolist() == [1]


def test_nothing_is_dropped_silently():
    rows = [("a", 1, "2020-01-10", 100.0, "done"), (None, 2, "2020-01-11", 70.0, "done")]
    rows += [
        ("a", 3, "2020-01-12", 5.0, "cancelled"),
        ("b", 4, None, 5.0, "done"),
        ("b", 5, "2020-01-13", np.inf, "done"),
    ]
    rows += [
        ("b", 6, "2020-01-13", np.nan, None),
        ("b", 7, "2020-02-30", 1.0, "done"),
        ("b", 8, "2020-02-03", 2.0, None),
    ]
    found = rfm(small(rows, ("customer_id", "order_id", "ordered_at", "amount", "status")), as_of=AS_OF)
    told = notes_of(found)
    assert told["nobody_rows"] == {"n": 1, "amount": 70} and told["cancelled_rows"] == {"n": 1}
    assert told["unread_rows"] == {"n": 4}
    assert found.table["amount"].tolist() == [100, 2] and found.facts["rows_left_out"] == 6


def test_lines_of_an_order_are_one_order_and_without_ids_a_day_is():
    rows = [("a", 1, "2020-01-10", 1), ("a", 1, "2020-01-10", 2), ("a", 2, "2020-01-10", 3), ("a", 3, "2020-01-12", 4)]
    sales = small(rows)
    assert rfm(sales, as_of=AS_OF).table["orders"].tolist() == [3]
    days = rfm(sales.drop(columns="order_id"), as_of=AS_OF)
    assert days.table["orders"].tolist() == [2] and "no_order_ids" in notes_of(days)
    some = rfm(sales.assign(order_id=[1, 1, None, None]), as_of=AS_OF)
    assert some.table["orders"].tolist() == [3] and notes_of(some)["some_order_ids"] == {"n": 2}


def test_one_time_buyers_are_told_and_not_called_loyal():
    rows = [(f"c{i}", i, f"2020-{1 + i % 12:02d}-03", 10 + i) for i in range(80)]
    rows += [("c1", 100 + j, f"2020-{j + 1:02d}-05", 50) for j in range(9)]
    found = rfm(small(rows), as_of=AS_OF)
    told = notes_of(found)["one_time"]
    assert told["n"] == 79 and told["score"] == 5
    assert "empty_bins" in notes_of(found)
    once = found.table[found.table["orders"] == 1]
    assert not set(once["segment"].astype(str)) & {"champions", "loyal_customers", "potential_loyalists", "at_risk"}


def test_segments_by_a_table_that_can_be_changed(ten, tmp_path):
    own = '[segments]\nbig = "amount > 10000000"\nrecent = "recency_days <= 31 and r >= 4"\n'
    path = tmp_path / "rules.toml"
    path.write_text(own, encoding="utf-8")
    for rules in (own, path, {"big": "amount > 10000000", "recent": "recency_days <= 31 and r >= 4"}):
        segment = rfm(ten, as_of=AS_OF, rules=rules).table.set_index("customer_id")["segment"]
        assert segment[segment == "big"].index.tolist() == ["C01", "C03", "C06"]
        assert segment[segment == "recent"].index.tolist() == ["C02", "C05", "C10"]
        assert set(segment) == {"big", "recent", "everyone_else"}
    for bad, code in (
        ({"x": "__import__('os')"}, "quality.bad_sentence"),
        ({"x": "amount.sum() > 1"}, "quality.bad_sentence"),
        ({"x": "ordres > 1"}, "segmentation.unknown_name"),
        ({}, "segmentation.bad_rules"),
        ("nowhere.toml", "segmentation.no_file"),
    ):
        with pytest.raises(UserError) as refused:
            rfm(ten, as_of=AS_OF, rules=bad)
        assert refused.value.code == code


def test_every_shipped_score_has_a_name():
    """No customer who bought falls through the shipped rules, whatever his scores."""
    rules = crm.segmentation.rfm_rules()
    every = [(r, f, m, n) for r in range(1, 6) for f in range(1, 6) for m in range(1, 6) for n in (1, 2, 40)]
    table = pd.DataFrame(every, columns=["r", "f", "m", "orders"]).assign(customer_id=range(len(every)))
    found = crm.segmentation.by_rules(table, rules)
    assert found.facts["otherwise"] == 0 and found.facts["segments"] == len(rules)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda t: t.drop(columns="amount"), "segmentation.missing_column"),
        (lambda t: t.assign(ordered_at=5), "segmentation.no_dates"),
        (lambda t: t.assign(amount="many"), "segmentation.no_numbers"),
        (lambda t: t.iloc[:0], "segmentation.empty"),
        (lambda t: t.assign(customer_id=pd.Series([None] * len(t), dtype="str")), "segmentation.empty"),
        (lambda t: "nowhere.parquet", "segmentation.no_file"),
        (lambda t: 7, "segmentation.not_a_table"),
    ],
)
def test_what_can_not_be_used_is_refused_in_words(ten, change, code):
    with pytest.raises(UserError) as refused:
        rfm(change(ten), as_of=AS_OF)
    assert refused.value.code == code
    assert refused.value.render("id") and refused.value.render("en")


def test_a_day_must_be_a_day(ten):
    for bad in (None, "someday", 5, float("nan")):
        with pytest.raises(UserError) as refused:
            rfm(ten, as_of=bad)
        assert refused.value.code == "segmentation.bad_day"


def test_xyz_with_its_returns_equals_pandas(shop):
    """The engine's way, held against plain pandas on the whole of PT XYZ."""
    sales = shop.tables["fact_order"].rename(columns={"date": "ordered_at", "total": "amount"})
    back = shop.tables["fact_return"]
    found = rfm(sales, as_of=AS_OF, returns=back).table.set_index("customer_id")
    given_back = back.groupby("order_id")["amount"].sum().abs()
    net = sales["amount"] - sales["order_id"].map(given_back).fillna(0)
    bought = sales[net > 0]
    grouped = bought.groupby("customer_id")
    assert (found["amount"] == net.groupby(sales["customer_id"]).sum()).all()
    kept = found[found["orders"] > 0]
    assert (kept["orders"] == grouped.size()).all() and (kept["last_on"] == grouped["ordered_at"].max()).all()
    n = len(kept)
    recency = (pd.Timestamp(AS_OF) - grouped["ordered_at"].max()).dt.days
    measures = {"recency_score": -recency, "frequency_score": grouped.size(), "monetary_score": kept["amount"]}
    for name, values in measures.items():
        rank = values.rank(method="max").astype(int)
        assert (kept[name].astype(int) == -(-rank * 5 // n)).all(), name


def test_moves_between_two_dates_keep_everybody(ten):
    before, after = rfm(ten, as_of="2020-06-30"), rfm(ten, as_of=AS_OF)
    moved = crm.segmentation.migration(before, after)
    facts, table = moved.facts, moved.table
    assert facts["n_before"] == len(before.table) and facts["n_after"] == 10
    assert facts["came"] == 10 - len(before.table) and facts["left"] == 0
    assert facts["stayed"] + facts["moved"] + facts["left"] == facts["n_before"]
    assert table["customers"].sum() == facts["n"]
    sums = table.groupby("from_segment", observed=True)["share"].sum()
    assert np.allclose(sums, 1) and (table["verdict"] == "too_few").all()
    assert ((table["share_low"] <= table["share"]) & (table["share"] <= table["share_high"])).all()
    fewer = crm.segmentation.migration(before, after.table[after.table["customer_id"] != "C06"])
    assert fewer.facts["left"] == 1
    with pytest.raises(UserError) as refused:
        crm.segmentation.migration(after, before)
    assert refused.value.code == "segmentation.dates_backwards"
    other = rfm(ten, as_of=AS_OF, rules={"all": "r >= 1"})
    assert "other_rules" in notes_of(crm.segmentation.migration(before, other))
