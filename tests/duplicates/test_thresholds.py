"""The threshold curve: counted by hand on a small table, and estimated where no truth is known."""

from __future__ import annotations

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

import crmlab as crm
from crmlab.duplicates import ReviewQueue, curve, find, sample
from crmlab.intervals import wilson


def test_the_interval_is_wilsons():
    for right, n in ((0, 12), (5, 12), (12, 12), (433, 450)):
        assert [float(x) for x in wilson(right, n)] == pytest.approx(proportion_confint(right, n, method="wilson"))


def test_precision_and_recall_by_hand(budi):
    """Three rows, three pairs found; the truth knows one of them and one that is not there."""
    table = pd.concat([budi, pd.DataFrame([{"id": "D", "nama": "Joko Hakim", "telepon": "081377778888"}])])
    result = curve(find(table, key="id"), pd.DataFrame({"left": ["B", "D"], "right": ["A", "C"]}), thresholds=(0.5,))
    facts = result.facts
    assert (facts["found"], facts["right"], facts["n"]) == (3, 1, 2)
    assert facts["precision"] == pytest.approx(1 / 3)
    assert facts["recall"] == pytest.approx(1 / 2)
    assert facts["f1"] == pytest.approx(2 / 5)
    assert facts["f1_low"] < facts["f1"] < facts["f1_high"]
    assert (facts["seen"], facts["seen_share"]) == (1, 0.5)
    assert any("Only 2 true pairs" in note.render("en") for note in result.notes)


def test_a_truth_can_be_pairs_or_entities(found, truth):
    pairs, _ = truth
    entities = {key: key for key in found.entities["KODE_PLG"]} | dict(zip(pairs["right"], pairs["left"], strict=True))
    one, other = curve(found, pairs), curve(found, entities)
    pd.testing.assert_frame_equal(one.table, other.table)
    assert one.facts == other.facts == curve(found, pd.Series(entities)).facts


def test_a_labelled_sample_estimates_what_the_truth_says(pos, truth):
    """Without phone, e-mail and birth date scores overlap; labels drawn by band must find the same curve."""
    pairs, _ = truth
    found = find(pos, key="KODE_PLG", fields=dict.fromkeys(("email", "phone", "born_on")), threshold=0.9, review=0.2)
    true = {frozenset(p) for p in pairs.itertuples(index=False)}
    listed = len(found.table)
    drawn = sample(found, n=min(listed, 40), seed=4)
    assert drawn["stands_for"].sum() == pytest.approx(listed)
    drawn["verdict"] = [
        "match" if frozenset((a, b)) in true else "no_match" for a, b in zip(drawn["left"], drawn["right"], strict=True)
    ]
    estimate, known = curve(found, labels=drawn), curve(found, pairs)
    assert estimate.facts["precision_low"] <= known.facts["precision"] <= estimate.facts["precision_high"]
    assert any("can't be seen" in note.render("en") for note in estimate.notes)
    pd.testing.assert_frame_equal(
        drawn.drop(columns="verdict"), sample(found, n=min(listed, 40), seed=4).drop(columns="verdict")
    )


def test_reviewed_pairs_without_weights_are_said_to_be_no_sample(budi):
    queue = ReviewQueue(find(budi, key="id"))
    queue.decide("A", "B", "match")
    queue.decide("A", "C", "no_match")
    result = curve(find(budi, key="id"), labels=queue.decisions)
    assert result.facts["precision"] == 0.5
    assert any("not drawn at random" in note.render("en") for note in result.notes)


def test_thresholds_can_be_changed_without_searching_again(found):
    strict = found.at(0.99999999)
    assert strict.facts["matches"] <= found.facts["matches"]
    assert strict.at(0.95, 0.5).facts == found.facts


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({}, "duplicates.no_truth"),
        ({"truth": {"A": 1, "B": 1}, "labels": pd.DataFrame()}, "duplicates.no_truth"),
        ({"truth": pd.DataFrame({"left": ["A"]})}, "duplicates.no_truth"),
        ({"truth": pd.DataFrame({"left": ["A"], "right": ["A"]})}, "duplicates.same_key"),
        ({"truth": {"A": 1, "Z": 1}}, "duplicates.unknown_key"),
        ({"labels": pd.DataFrame({"left": ["A"], "right": ["B"]})}, "duplicates.no_column"),
        ({"labels": pd.DataFrame({"left": ["A"], "right": ["B"], "verdict": ["unsure"]})}, "duplicates.no_truth"),
    ],
)
def test_what_can_not_be_used_is_said(budi, how, code):
    with pytest.raises(crm.UserError) as caught:
        curve(find(budi, key="id"), **how)
    assert caught.value.code == code
