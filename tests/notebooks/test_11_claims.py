"""What notebook 11 says and asks, computed."""

from __future__ import annotations

import pandas as pd
import pytest

import crmlab as crm
from crmlab.errors import UserError
from crmlab.intervals import wilson
from notebooks import build

seg = crm.segmentation


@pytest.fixture(scope="module")
def names():
    """The names that a reader has after running the code cells."""
    import jupytext

    source = next(p for p in build.sources() if p.stem == "11_customer_intimacy")
    found: dict = {}
    for cell in jupytext.read(source, fmt="py:percent").cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, source.stem, "exec"), found)
    return found


def test_one_customer_is_complete_but_not_known(names):
    assert (names["toy"].facts["completeness_share"], names["toy"].facts["fresh_share"]) == (0.8, 0.6)
    assert names["toy"].table["refresh"].iloc[0] == "field_1, field_2, field_9, field_10"
    row = {f"f{i}": ["x"] if i < 7 else [None] for i in range(10)} | {
        "customer_id": [1],
        "old": "2018-01-01",
        "new": "2020-06-01",
    }
    when = {f"f{i}": "old" if i < 3 else "new" for i in range(10)}
    asked = seg.knowledge(row, fields=[*when], as_of="2020-12-31", updated_at=when).facts
    assert (asked["completeness_share"], asked["fresh_share"]) == (0.7, 0.4)


def test_the_database_is_full_and_stale(names):
    facts = names["known"].facts
    assert facts["completeness_share"] == 1.0 and facts["fresh_share"] < 0.25 and facts["well_known_share"] < 0.02
    assert facts["weakest"] == "interests"
    longer = seg.knowledge(
        names["people"], fields=[*names["keeps"]], as_of="2020-12-31", updated_at=names["since"],
        fresh_days=names["keeps"] | {"interests": 1095},
    )  # fmt: skip
    assert longer.facts["fresh_share"] > facts["fresh_share"]


def test_codes_ties_and_rules(names):
    codes = names["small"].table.set_index("customer_id")
    assert codes.loc[["C06", "C10"], "code"].tolist() == ["244", "511"]
    assert codes.loc["C10", "segment"] == "new_customers"
    assert names["unequal"].sum() > 100
    with pytest.raises(UserError):
        seg.by_rules(names["now"].table, {"x": "__import__('os')"})
    early = seg.rfm(
        pd.DataFrame(names["rows"], columns=["customer_id", "order_id", "ordered_at", "amount"]), as_of="2020-06-30"
    )
    assert "C10" not in set(early.table["customer_id"])


def test_champions_come_back_and_the_lost_do_not(names):
    table = names["again"].table.set_index("segment")
    assert table.loc["champions", "repeat_share_low"] > 0.85 and table.loc["lost_customers", "repeat_share_high"] < 0.15
    nine = table[table["n"] == 9]
    assert len(nine) and (nine["verdict"] == "too_few").all()
    low, high = wilson(420, 500)
    assert (round(low, 3), round(high, 3)) == (0.805, 0.870)


def test_without_a_scale_rupiah_win(names):
    def spread(result):
        codes = result.table["segment"].cat.codes
        table = names["figures"].table
        return {c: table[c].groupby(codes).mean().std() / table[c].std() for c in result.params["columns"]}

    raw, scaled = spread(names["raw"]), spread(names["fitted"])
    assert max(raw, key=raw.get) == "average_order" and min(raw, key=raw.get) == "recency_days"
    assert raw["recency_days"] < 0.3 < 0.7 < min(scaled.values())


def test_four_criteria_choose_three_and_five_are_stable(names):
    facts = names["chosen"].facts
    assert facts["favourites"] == (3,) and facts["agree"] == 4 and facts["verdict"] == "real"
    assert names["stable"].facts["verdict"] == "real" and (names["stable"].table["verdict"] == "real").all()
    assert (names["over_years"].table["verdict"] == "real").all()
    with pytest.raises(UserError) as refused:
        seg.fit_segments(names["one_kind"], k=5)
    assert refused.value.code == "segmentation.no_segments"


def test_other_methods_disagree(names):
    agree = {name: facts["rand_index"] for name, facts in names["agree"].items()}
    assert 0.7 <= agree["mixture"] <= 0.8 and 0.7 <= agree["hierarchical"] <= 0.8 and agree["rfm"] < 0.3
    assert 0.7 <= agree["planted"] < 0.8


def test_channel_sets_apart_and_age_does_not(names):
    table = names["apart"].table.set_index(["segment", "figure"])
    assert table.loc[("promo_hunter", "online_share"), "verdict"] == "real"
    assert table.loc[("promo_hunter", "online_share"), "difference"] > 0.5
    assert not (table.xs("age", level="figure")["verdict"] == "real").any()


def test_the_names_suit_the_segments(names):
    planted = names["truth"].set_index("customer_id")["segment"]
    cards = names["cards"]
    usual = cards["customer_id"].map(planted).groupby(cards["segment"]).agg(lambda s: s.mode().iloc[0])
    assert usual.to_dict() == {name: name for name in usual.index} and len(usual) == 5


def test_it_was_age_that_spoke(names):
    index = names["index"].table.set_index("occupation")
    assert index.loc["student", "verdict"] == "real" and index.loc["student", "buyer_index"] > 100
    assert index.loc["retired", "buyer_index"] < 100
    odds = names["odds"].table.set_index("trait")
    assert (odds.loc["occupation", "verdict"] == "noise").all() and odds.loc["age", "verdict"] == "real"
    base = pd.DataFrame({"student": [True] * 200 + [False] * 800})
    base["bought"] = [True] * 30 + [False] * 170 + [True] * 70 + [False] * 730
    row = seg.buyer_index(base, "bought", by="student").table.set_index("student").loc[True]
    assert row["buyer_index"] == pytest.approx(150)


def test_hardly_anybody_is_the_persona(names):
    assert sum(names["personas"].params["shares"].values()) == pytest.approx(1)
    table = names["personas"].table
    assert ((table["evidence"] == "assumption") == table["n"].isna()).all()
    gender = table[table["trait"] == "gender"]
    assert (gender["tells"] == "same").sum() >= len(gender) - 1
    assert names["everything"].sum() < 0.1 * len(names["hunters"])
    assert (names["aged"].table["verdict"] == "too_few").all()
