"""The map of customers, and two segmentations side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

import crmlab as crm
from crmlab.errors import UserError


@pytest.fixture(scope="module")
def two():
    rng = np.random.default_rng(3)
    one = rng.integers(0, 3, 400)
    other = np.where(rng.random(400) < 0.7, one, rng.integers(0, 4, 400))
    ids = np.arange(400)
    return tuple(pd.DataFrame({"customer_id": ids, "segment": [f"s{v}" for v in t]}) for t in (one, other))


def test_agreement_is_scikit_learn_s_adjusted_rand_index(two):
    found = crm.segmentation.compare_segments(*two)
    assert found.facts["rand_index"] == pytest.approx(adjusted_rand_score(two[0]["segment"], two[1]["segment"]))
    assert found.facts["rand_index_low"] < found.facts["rand_index"] < found.facts["rand_index_high"]
    assert found.table["customers"].sum() == 400
    assert found.table.groupby("segment_one")["share"].sum().round(9).eq(1).all()
    for lang in ("id", "en"):
        assert "0" in found.explain(lang, "method")
        assert found.figure(lang) is not None


def test_who_is_in_one_of_the_two_only_is_counted(two):
    found = crm.segmentation.compare_segments(two[0], two[1].iloc[50:])
    assert (found.facts["n"], found.facts["only_one"], found.facts["only_other"]) == (350, 50, 0)
    assert found.notes[0].code == "segmentation.not_in_both"
    with pytest.raises(UserError, match="tersisa|left"):
        crm.segmentation.compare_segments(two[0], two[1].assign(customer_id=lambda t: t["customer_id"] + 1000))


def test_divisions_without_a_tie_agree_by_chance_only():
    rng = np.random.default_rng(5)
    tables = [pd.DataFrame({"customer_id": range(500), "segment": rng.choice(list("abc"), 500)}) for _ in range(2)]
    found = crm.segmentation.compare_segments(*tables)
    assert abs(found.facts["rand_index"]) < 0.03


def test_the_interval_of_agreement_holds_the_truth():
    """Of 200 samples from a known cross table, its interval covers the population's index in about 95 %."""
    rng = np.random.default_rng(11)
    cells = np.array([[0.25, 0.06, 0.02], [0.05, 0.2, 0.07], [0.02, 0.08, 0.25]])
    sums, either = (cells**2).sum(), [(cells.sum(axis=a) ** 2).sum() for a in (0, 1)]
    truth = (sums - either[0] * either[1]) / (sum(either) / 2 - either[0] * either[1])
    held = 0
    for _ in range(200):
        at = rng.choice(9, 400, p=cells.ravel())
        one, other = (pd.DataFrame({"customer_id": range(400), "segment": v.astype(str)}) for v in (at // 3, at % 3))
        facts = crm.segmentation.compare_segments(one, other).facts
        held += facts["rand_index_low"] <= truth <= facts["rand_index_high"]
    assert 179 <= held <= 199


def test_a_map_draws_some_and_says_so():
    rng = np.random.default_rng(1)
    table = pd.DataFrame({"customer_id": range(3000), "segment": rng.choice(["a", "b"], 3000)})
    table["recency_days"] = rng.integers(0, 1500, 3000)
    table["spend"] = np.exp(rng.normal(12, 1, 3000))
    found = crm.segmentation.customer_map(table, x="recency_days", y="spend", most=500)
    assert (found.facts["shown"], found.facts["n"], len(found.table)) == (500, 3000, 500)
    assert found.params["axes"] == {"recency_days": "log_quarters", "spend": "log"}
    assert found.params["middles"]["a"][1] == pytest.approx(table.loc[table["segment"] == "a", "spend"].median())
    assert found.notes[0].code == "segmentation.drawn_some"
    figure = crm.charts.spec(found, "en")
    assert [t["name"] for t in figure["data"]] == ["a", "b", "Medians of the segments"]
    assert set(figure["layout"]["xaxis"]["ticktext"]) <= {"0", "7", "30", "91", "182", "365", "730", "1,461"}
    assert found.figure("id") is not None
    assert "Rp" not in found.explain("id", "method")


def test_a_map_of_other_figures_joins_them():
    people = {"customer_id": ["a", "b", "c"], "segment": ["x", "x", "y"]}
    figures = pd.DataFrame({"customer_id": ["a", "b", "c"], "age": [20, 30, None], "trips": [1, 2, 3]})
    found = crm.segmentation.customer_map(people, x="age", y="trips", figures=figures)
    assert found.facts["n"] == 2
    assert found.notes[0].values["n"] == 1


def test_sizes_add_up_and_keep_who_has_no_segment_apart():
    people = {"customer_id": ["a", "b", "c", "d"], "segment": ["x", "x", "y", None]}
    found = crm.segmentation.segment_sizes(people, {"customer_id": ["a", "b", "c", "d"], "amount": [60, 20, 20, 50]})
    assert found.table[["segment", "n", "amount_share"]].values.tolist() == [["x", 2, 0.8], ["y", 1, 0.2]]
    assert found.facts["without"] == 1
    assert found.notes[0].code == "segmentation.without_segment"
    for lang in ("id", "en"):
        assert found.explain(lang, "method")
