"""Who buys: the mission map's index, and odds that are statsmodels'."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

import crmlab as crm
from crmlab.errors import UserError

seg = crm.segmentation


def test_index_of_buyers_is_the_mission_maps():
    """A07: 60 % of the buyers and 40 % of the base live in towns: index 150. Cells below 30 are hidden."""
    base = pd.DataFrame({"customer_id": range(1000), "area": ["urban"] * 400 + ["rural"] * 580 + ["sea"] * 20})
    found = seg.buyer_index(base, [*range(60), *range(400, 440), 5000], by="area")
    table = found.table.set_index("area")
    row = table.loc["urban"]
    assert row["buyer_index"] == pytest.approx(150) and row["buyer_index_low"] < 150 < row["buyer_index_high"]
    assert (row["share_of_buyers"], row["share_of_customers"], row["verdict"]) == (0.6, 0.4, "real")
    sea = table.loc["sea"]
    assert sea["verdict"] == "too_few" and sea["n"] == 20 and sea.drop(["verdict", "n"]).isna().all()
    told = {n.code: n.values for n in found.notes}
    assert told["segmentation.hidden_groups"]["n"] == 1 and told["segmentation.strangers"] == {"n": 1}
    said = base.assign(bought=base["customer_id"].isin([*range(60), *range(400, 440)]))
    pd.testing.assert_frame_equal(seg.buyer_index(said, "bought", by="area").table, found.table)


def test_the_interval_is_that_of_the_ratio_within_and_outside():
    """As wide as Koopman's score interval of p / q by statsmodels, but for trifles, in places ordinary and odd."""
    from statsmodels.stats.proportion import confint_proportions_2indep as theirs

    for some, size, others, rest in ((60, 400, 40, 600), (3, 40, 9, 300), (200, 250, 300, 900), (0, 50, 20, 400)):
        base = pd.DataFrame({"here": [True] * size + [False] * rest})
        base["bought"] = [True] * some + [False] * (size - some) + [True] * others + [False] * (rest - others)
        row = seg.buyer_index(base, "bought", by="here").table.set_index("here").loc[True]
        w = size / (size + rest)
        wanted = [100 / (w + (1 - w) / x) if x else 0.0 for x in (0.0, np.inf)]
        if some:
            ends = theirs(some, size, others, rest, method="score", compare="ratio", correction=False)
            wanted = [100 / (w + (1 - w) / x) for x in ends]
            assert [row["buyer_index_low"], row["buyer_index_high"]] == pytest.approx(wanted, rel=0.04)
        else:
            assert row["buyer_index_low"] == 0 and 0 < row["buyer_index_high"] < wanted[1]


@pytest.mark.parametrize("others", [0, 1, 2, 3])
def test_hardly_anybody_else_buys(others):
    base = pd.DataFrame({"here": [True] * 100 + [False] * 100})
    base["bought"] = [True] * 20 + [False] * 80 + [True] * others + [False] * (100 - others)
    row = seg.buyer_index(base, "bought", by="here").table.set_index("here").loc[True]
    assert 100 < row["buyer_index_low"] <= row["buyer_index"] <= row["buyer_index_high"] <= 200 + 1e-9


def test_everybody_in_one_group_buys_like_everybody():
    base = pd.DataFrame({"area": ["urban"] * 50, "bought": [True] * 10 + [False] * 40})
    row = seg.buyer_index(base, "bought", by="area").table.iloc[0]
    assert (row["buyer_index"], row["buyer_index_low"], row["buyer_index_high"], row["verdict"]) == (
        100, 100, 100, "noise",
    )  # fmt: skip


@pytest.fixture(scope="module")
def base():
    """Buying goes by income; towns are richer, and do not buy more than that."""
    rng = np.random.default_rng(4)
    town = rng.random(3000) < 0.4
    income = rng.normal(8 + 2 * town, 2, 3000)
    chance = 1 / (1 + np.exp(-(-3 + 0.25 * income)))
    area = np.where(town, "town", "village").astype(object)
    area[:10] = "ship"
    area[10:60] = None
    return pd.DataFrame({"area": area, "income": income, "bought": rng.random(3000) < chance})


def test_odds_hold_the_other_traits_equal(base):
    """The index makes towns look like buyers; with income held equal nothing of it remains."""
    index = seg.buyer_index(base, "bought", by="area").table.set_index("area")
    assert index.loc["town", "verdict"] == "real" and index.loc["town", "buyer_index_low"] > 100
    found = seg.buyer_odds(base, "bought", by=["area", "income"])
    odds = found.table.set_index(["trait", "value"])
    assert odds.loc[("area", "town"), "verdict"] == "noise"
    assert odds.loc["income", "verdict"].tolist() == ["real"]
    assert odds.loc[("area", "everyone_else"), "n"] == 10
    assert {n.code: n.values for n in found.notes} == {
        "segmentation.pooled_values": {"columns": ["area"], "least": 30}, "segmentation.missing_values": {"n": 50}
    }  # fmt: skip
    told = crm.charts.spec(found, "en")["layout"]["yaxis"]["ticktext"]
    assert [t.lower() for t in told] == ["area: everyone else", "area: town", "income (+1 sd)"]
    known = base[base["area"].notna()]
    x = (known["income"] - known["income"].mean()) / known["income"].std(ddof=0)
    values = known["area"].replace("ship", "everyone_else")
    design = pd.concat([pd.get_dummies(values)[["everyone_else", "town"]].astype(float), x], axis=1)
    fit = sm.Logit(known["bought"].astype(int), sm.add_constant(design)).fit(disp=False)
    assert found.table["odds_ratio"].to_numpy() == pytest.approx(np.exp(fit.params[1:]).to_numpy(), rel=1e-6)
    ends = np.exp(fit.conf_int()[1:]).to_numpy()
    assert found.table[["odds_ratio_low", "odds_ratio_high"]].to_numpy() == pytest.approx(ends, rel=1e-6)


def test_a_trait_that_says_the_same_has_no_odds_of_its_own(base):
    found = seg.buyer_odds(base.assign(twin=base["income"] * 2), "bought", by=["income", "twin"])
    assert found.table["trait"].tolist() == ["income"]
    assert {n.code: n.values for n in found.notes}["segmentation.same_values"] == {"values": ["twin"]}
    alone = seg.buyer_odds(base, "bought", by=["income"]).table
    pd.testing.assert_frame_equal(found.table, alone)


@pytest.mark.parametrize(
    ("change", "by", "code"),
    [
        (lambda t: t.assign(same="x"), ["same"], "segmentation.constant"),
        (lambda t: t.assign(same=1.0), ["same"], "segmentation.constant"),
        (lambda t: t.assign(told=t["bought"] * 5.0), ["told"], "segmentation.separated"),
        (lambda t: t.assign(bought=[True] * 5 + [False] * 2995), ["area"], "segmentation.too_few_buyers"),
        (lambda t: t.assign(bought="yes"), ["area"], "segmentation.not_yes_or_no"),
        (lambda t: t.assign(bought=False), ["area"], "segmentation.nothing_left"),
        (lambda t: t, [], "segmentation.no_fields"),
        (lambda t: t, ["nowhere"], "segmentation.missing_column"),
    ],
)
def test_what_can_not_be_answered_is_refused(base, change, by, code):
    with pytest.raises(UserError) as refused:
        seg.buyer_odds(change(base), "bought", by=by)
    assert refused.value.code == code and refused.value.render("id") and refused.value.render("en")
