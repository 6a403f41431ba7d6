"""Learning: what splink estimates, what is held back, and that a search by it finds what is planted."""

from __future__ import annotations

import sys
from dataclasses import replace

import pandas as pd
import pytest

import crmlab as crm
from crmlab.duplicates import DEFAULT, curve, find, learn
from crmlab.duplicates.learning import _settle

PAIRS = 50_000


@pytest.fixture(scope="module")
def hospital():
    return crm.datasets.load_hospital("S", layer="raw").tables["pasien"]


@pytest.fixture(scope="module")
def learned(hospital):
    return learn(hospital, key="NO_RM", pairs=PAIRS)


def taught(result) -> dict[str, int]:
    return result.table.groupby("field")["sessions"].first().to_dict()


def test_every_field_is_taught_by_the_sessions_whose_block_it_does_not_make(learned):
    """In one model for all sessions splink loses the fields of the block of a session that fails."""
    assert learned.sessions["used"].all()
    blocks = learned.sessions["block"]
    assert len(blocks) == 7
    assert taught(learned)["gender"] == 7
    assert taught(learned)["phone"] == taught(learned)["national_id"] == 6
    assert taught(learned)["name"] == 2  # phone and national_id; the others are made of names


def test_the_chances_are_chances_and_the_weights_are_in_order(learned):
    table = learned.table
    assert table["m_learned"].between(0.001, 1).all()
    assert table["u_learned"].between(3 / PAIRS / 100, 1).all()
    assert table.groupby("field")["m_learned"].sum().tolist() == pytest.approx([1.0] * table["field"].nunique())
    for _, levels in table.groupby("field", sort=False):
        ends = levels["weight_learned"].tolist()
        assert ends[0] > 0 > ends[-1]
        assert all(x >= y - 1e-9 for x, y in zip(ends, ends[1:], strict=False))


def test_what_is_learned_is_what_the_planted_pairs_show(hospital, learned):
    """Of 68 patients with two record numbers half are misspelt; the written weights are worth 100 pairs beside them."""
    told = crm.datasets.load_hospital("S", layer="truth").tables["patient_duplicate"]
    matches = learned.sessions.set_index("block")["matches"]
    assert matches["phone"] == pytest.approx(len(told), abs=1)
    assert matches.max() <= len(told) + 1  # no household is taken for one person
    phone = learned.table.query("field == 'phone' and level == 'same'").iloc[0]
    n = matches["name_sound + city"]
    assert phone["m_learned"] == pytest.approx((100 * 0.8 + n) / (100 + n), abs=0.02)


@pytest.mark.parametrize("without", [(), ("national_id", "phone")])
def test_the_planted_patients_are_found_by_the_learned_weights_and_twins_are_not_merged(hospital, learned, without):
    told = crm.datasets.load_hospital("S", layer="truth").tables
    double, twins = told["patient_duplicate"], told["twins"]
    pairs = pd.DataFrame({"left": [f"RM{k:06}" for k in double["patient_id"]]})
    pairs["right"] = double["record_number"].astype(str)
    found = find(hospital, key="NO_RM", fields=dict.fromkeys(without), model=learned.model)
    facts = curve(found, pairs).facts
    assert facts["entity_precision"] >= 0.95
    assert facts["entity_recall"] >= 0.90
    of = found.entity_of
    kin = zip(twins["patient_id"], twins["other_patient_id"], strict=True)
    assert not any(of[f"RM{a:06}"] == of[f"RM{b:06}"] for a, b in kin)


def test_the_same_seed_learns_the_same_in_any_order_of_rows_and_says_nothing(hospital, learned, capfd):
    again = learn(hospital.iloc[::-1], key="NO_RM", pairs=PAIRS)
    assert again.model == learned.model
    assert again.facts == learned.facts
    pd.testing.assert_frame_equal(again.table, learned.table)
    said = capfd.readouterr()
    assert said.out == said.err == ""


def test_a_field_that_makes_every_block_keeps_the_written_weights(hospital):
    learned = learn(hospital, key="NO_RM", pairs=PAIRS, blocks=["phone"])
    assert taught(learned)["phone"] == 0
    assert learned.model["phone"] == DEFAULT["phone"]
    assert learned.model["name"] != DEFAULT["name"]
    assert any("can't be learned in it: phone" in note.render("en") or "stay: phone" in note.render("en")
               for note in learned.notes)  # fmt: skip


def test_contradictions_and_counted_levels_stay_as_they_are(learned):
    assert learned.model.contradictions == DEFAULT.contradictions
    common = learned.table[learned.table["common"]]
    assert (common["u_learned"] == common["u"]).all()


def said(m: dict[str, list[float]], **drawn: list[float | None]):
    fields = list(DEFAULT.fields)
    return _settle(DEFAULT, fields, [{"m": m}], drawn, 1000)


def test_what_is_learned_the_wrong_way_round_is_not_used():
    model, _, notes = said({"gender": [0.2, 0.8]}, gender=[0.5, 0.5])
    assert model["gender"] == DEFAULT["gender"]
    assert [n.code for n in notes if n.values["fields"] == ["gender"]] == ["duplicates.learned_turned"]


def test_the_rare_is_held_at_three_in_n_and_the_less_alike_weighs_no_more():
    model, _, notes = said({"phone": [0.5, 0.4, 0.1]}, phone=[0.0, None, 1.0])
    assert model["phone"]["near"].u == pytest.approx(3 / 1000)
    by_code = {n.code: n.values["fields"] for n in notes}
    assert "phone.near" in by_code["duplicates.learned_rare"]
    model, _, notes = said({"address": [0.1, 0.8, 0.1]}, address=[0.0, 0.004, 1.0])
    assert model["address"]["near"].weight == pytest.approx(model["address"]["same"].weight)
    assert {n.code: n.values["fields"] for n in notes}["duplicates.learned_capped"] == ["address.near"]


def test_sessions_that_disagree_are_told():
    one, other = {"gender": [0.99, 0.01]}, {"gender": [0.7, 0.3]}
    model, rows, notes = _settle(DEFAULT, ["gender"], [{"m": one}, {"m": other}], {"gender": [0.5, 0.5]}, 1000)
    assert model["gender"]["same"].m == pytest.approx(0.845)
    assert (rows[0]["m_low"], rows[0]["m_high"]) == (0.7, 0.99)
    assert [n.code for n in notes] == ["duplicates.learned_apart"]


def test_too_few_duplicates_teach_nothing(pos):
    with pytest.raises(crm.UserError) as caught:
        learn(pos, key="KODE_PLG")
    assert caught.value.code == "duplicates.too_few_to_learn"
    assert 0 < caught.value.found < 30


def test_two_fields_are_too_few_to_tell_persons_apart(hospital):
    fields = dict.fromkeys(("national_id", "born_on", "address", "gender"))
    with pytest.raises(crm.UserError) as caught:
        learn(hospital, key="NO_RM", fields=fields, blocks=[("name_sound", "city")])
    assert caught.value.code == "duplicates.learning_ran_away"


def test_without_the_extra_it_is_said_how_to_get_it(pos, monkeypatch):
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(crm.UserError) as caught:
        learn(pos, key="KODE_PLG")
    assert caught.value.code == "duplicates.needs_splink"
    assert "crmlab[matching]" in caught.value.render("en")


@pytest.mark.parametrize("how", [{"worth": 3}, {"pairs": 10}])
def test_too_little_to_learn_by_is_refused(pos, how):
    with pytest.raises(crm.UserError) as caught:
        learn(pos, key="KODE_PLG", **how)
    assert caught.value.code == "duplicates.not_enough_to_learn_by"


def test_a_model_that_lacks_a_field_is_refused(pos):
    small = replace(DEFAULT, comparisons=DEFAULT.comparisons[:1])
    with pytest.raises(crm.UserError) as caught:
        learn(pos, key="KODE_PLG", model=small)
    assert caught.value.code == "duplicates.unknown_field"
