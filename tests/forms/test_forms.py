"""Forms: what is refused, what is kept, and what is never invented."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import crmlab as crm
from crmlab import forms

ITEMS = (
    forms.Item("plan", "head", evidence=True),
    forms.Item("speed", "hand"),
    forms.Item("noise", "hand", reverse=True),
    forms.Item("care", "heart"),
)
FORM = forms.Form("workshop", ITEMS, (0, 4), "made up")
DAY = "2024-03-01"


def filled(plan=3, speed=2, noise=1, care=4):
    return forms.answer(FORM, [plan, speed, noise, care], evidence={"plan": "the minutes of May"}, as_of=DAY)


def code(call, *args, **kwargs):
    with pytest.raises(crm.UserError) as refused:
        call(*args, **kwargs)
    for lang in crm.labels.LANGUAGES:
        assert refused.value.render(lang)
    return refused.value


def test_reversed_items_turn_before_they_are_added():
    """3 + 2 + (4 − 1) + 4 = 12 of 16."""
    facts = forms.summary(filled()).facts
    assert facts["total"] == 12 and facts["most"] == 16 and facts["share"] == 0.75
    assert facts["means"] == {"head": 3, "hand": 2.5, "heart": 4}
    assert facts["lowest"] == ["speed"] and facts["next_lowest"] == ["plan", "noise"]


def test_a_scale_that_begins_at_one_has_its_share_from_there():
    form = forms.Form("likert", (forms.Item("a"), forms.Item("b")), (1, 5), "made up")
    assert forms.summary(forms.answer(form, [1, 1], as_of=DAY)).facts["share"] == 0
    assert forms.summary(forms.answer(form, [5, 5], as_of=DAY)).facts["share"] == 1


def test_missing_is_incomplete_and_not_zero():
    told = forms.summary(filled(speed=None))
    assert told.kind == "forms.incomplete"
    assert told.facts["complete"] is False and told.facts["total"] is None and told.facts["mean"] is None
    assert told.facts["means"] == {"head": 3, "hand": None, "heart": 4}
    assert told.facts["lowest"] == ["plan", "noise"]
    assert told.table["score"].isna().tolist() == [False, True, False, False]
    assert [n.code for n in told.notes] == ["forms.note.incomplete"]


def test_one_score_for_all_is_flagged_and_three_items_are_too_few_for_it():
    assert forms.straight_lined(filled(2, 2, 2, 2))
    assert "forms.note.straight_lined" in [n.code for n in forms.summary(filled(2, 2, 2, 2)).notes]
    assert not forms.straight_lined(filled(2, 2, 2, 3))
    assert not forms.straight_lined(filled(2, 2, 2, None))


@pytest.mark.parametrize("score", [5, -1, 2.5, "3", True])
def test_a_score_off_the_scale_is_refused(score):
    error = code(filled, speed=score)
    assert error.code == "forms.off_scale" and error.rows == ("speed",)


def test_evidence_is_asked_for_where_there_is_a_score():
    assert code(forms.answer, FORM, [3, 2, 1, 4], as_of=DAY).rows == ("plan",)
    assert code(forms.answer, FORM, {"plan": 3}, evidence={"plan": "  "}, as_of=DAY).code == "forms.no_evidence"
    assert forms.answer(FORM, {"speed": 3}, as_of=DAY).missing == ["plan", "noise", "care"]


def test_what_else_is_refused():
    assert code(forms.answer, FORM, {"sped": 1}, as_of=DAY).near == ("speed",)
    assert code(forms.answer, FORM, {"speed": 1}, evidence={"sped": "x"}, as_of=DAY).code == "forms.unknown_item"
    assert code(forms.answer, FORM, [1, 2], as_of=DAY).code == "forms.wrong_count"
    twice = pd.DataFrame({"item": ["speed", "speed"], "score": [1, 2]})
    assert code(forms.answer, FORM, twice, as_of=DAY).code == "forms.answered_twice"
    ghost = pd.DataFrame({"item": ["speed"], "score": [1], "answered_by": ["rumour"]})
    assert code(forms.answer, FORM, ghost, as_of=DAY).code == "forms.bad_source"
    assert code(forms.Form, "x", (forms.Item("a"), forms.Item("a")), (0, 4), "").code == "forms.items_twice"
    assert code(forms.Form, "x", (forms.Item("a"),), (4, 4), "").code == "forms.bad_scale"


@given(st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=4, max_size=4), st.text(max_size=20))
def test_answers_come_back_byte_for_byte(tmp_path_factory, scores, words):
    folder = tmp_path_factory.mktemp("answers")
    told = forms.answer(FORM, scores, evidence=["seen: " + words] * 4, as_of=DAY)
    first = forms.save(told, folder / "a.json")
    back = forms.open(first, FORM)
    assert back == told
    assert forms.save(back, folder / "b.json").read_bytes() == first.read_bytes()


def test_a_table_goes_round_and_keeps_its_own_dates():
    told = filled()
    frame = told.table.assign(as_of=pd.Timestamp("2024-01-05"))
    again = forms.answer(FORM, frame, as_of=DAY)
    assert again.scores == told.scores and str(again["plan"].as_of) == "2024-01-05" and str(again.as_of) == DAY


def test_a_file_that_is_none_or_another_form_is_refused(tmp_path):
    path = forms.save(filled(), tmp_path / "a.json")
    other = forms.Form("other", ITEMS, (0, 4), "made up")
    assert code(forms.open, path, other).code == "forms.other_form"
    told = json.loads(path.read_text())
    told["answers"][1]["score"] = 9
    path.write_text(json.dumps(told))
    assert code(forms.open, path, FORM).code == "forms.off_scale"
    path.write_text("{}")
    assert code(forms.open, path, FORM).code == "forms.not_answers"
    assert code(forms.open, tmp_path / "nothing.json", FORM).code == "forms.not_answers"


def test_a_person_overrules_with_evidence_and_the_proposal_stays():
    from dataclasses import replace

    told = filled()
    made = replace(told["speed"], answered_by="data", proposed=2, measured={"code": "forms.by_data", "n": 30})
    told = replace(told, answers=tuple(made if a.item == "speed" else a for a in told.answers))
    assert code(forms.overrule, told, {"speed": 4}, evidence={}, as_of="2024-04-01").code == "forms.no_evidence"
    after = forms.overrule(told, {"speed": 4}, evidence={"speed": "timed on the floor"}, as_of="2024-04-01")
    row = after.table.set_index("item").loc["speed"]
    assert (row["score"], row["proposed"], row["answered_by"]) == (4, 2, "person")
    assert after["speed"].measured == {"code": "forms.by_data", "n": 30} and after["plan"] == told["plan"]


def test_two_dates_beside_each_other():
    later = forms.answer(FORM, [3, 3, 2, None], evidence={"plan": "the same"}, as_of="2025-03-01")
    told = forms.compare(filled(), later)
    assert told.table["score_change"].tolist()[:3] == [0, 1, -1] and told.table["score_change"].isna().tolist()[3]
    assert (told.facts["better"], told.facts["worse"], told.facts["same"], told.facts["n"]) == (1, 1, 1, 3)
    assert told.facts["mean_change"] == 0
    assert code(forms.compare, later, filled()).code == "forms.wrong_way"
    empty = forms.answer(FORM, {}, as_of="2025-03-01")
    assert code(forms.compare, filled(), empty).code == "forms.nothing_in_both"


def test_a_survey_is_read_with_its_rows():
    table = pd.DataFrame({"who": [1, 2, 3], "plan": [3, 2, None], "speed": [2, 2, 1]})
    table["noise"], table["care"] = [1, 2, 4], [4, 2, 0]
    read = forms.responses(FORM, table)
    assert read["noise"].tolist() == [3, 2, 0] and read["straight_lined"].tolist() == [False, True, False]
    assert pd.isna(read.loc[2, "plan"])
    assert code(forms.responses, FORM, table.assign(speed=[2, 7, 1])).rows == (2,)
    assert code(forms.responses, FORM, table.assign(speed=["2", "x", "1"])).rows == (2,)


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_it_explains_itself(lang):
    later = forms.answer(FORM, [3, 3, 2, None], evidence={"plan": "the same"}, as_of="2025-03-01")
    for told in (forms.summary(filled()), forms.summary(later), forms.compare(filled(), later)):
        for depth in ("short", "method", "reference"):
            said = told.explain(lang, depth)
            assert len(said) > 15 and not {"None", "nan", "—"} & set(said.split())
        assert all(note.render(lang) for note in told.notes)
