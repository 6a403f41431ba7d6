"""The queue asks about the least certain first, keeps who decided what, goes through files, and has the last word."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import crmlab as crm
from crmlab.duplicates import ReviewQueue, find


@pytest.fixture
def doubtful():
    """Pairs without enough to go by: a shared phone and one name missing, or part of a name in one city."""
    return pd.DataFrame(
        [
            {"id": 1, "nama": "Siti Aminah", "hp": "081234567890", "kota": "Depok", "alamat": "Jl. Melati 1"},
            {"id": 2, "nama": None, "hp": "0812-3456-7890", "kota": None, "alamat": None},
            {"id": 3, "nama": "Joko Hakim", "hp": "081311112222", "kota": "Bogor", "alamat": "Jl. Mawar 3"},
            {"id": 4, "nama": None, "hp": "+6281311112222", "kota": "Bogor", "alamat": None},
            {"id": 5, "nama": "Dewi Sinaga", "hp": "081377778888", "kota": None, "alamat": None},
            {"id": 6, "nama": None, "hp": "081377778888", "kota": None, "alamat": None},
        ]
    )


@pytest.fixture
def queue(doubtful):
    return ReviewQueue(find(doubtful, key="id", threshold=0.999))


def test_the_least_certain_pair_comes_first(queue):
    waiting = queue.open
    assert len(waiting) == 3 == len(queue)
    assert ((waiting["score"] - 0.5).abs().diff().dropna() >= 0).all()
    assert waiting["score"].nunique() > 1


def test_decisions_overrule_scores_both_ways(doubtful):
    found = find(doubtful, key="id")
    queue = ReviewQueue(found)
    queue.decide(2, 1, "match")
    queue.decide(3, 4, "no_match", reason="father and son", by="ratna", at=dt.datetime(2024, 5, 6, 9, 30))
    queue.decide(1, 5, "match", reason="asked")  # a pair that no block let meet
    made = queue.apply()
    assert made.entity_of[1] == made.entity_of[2] == made.entity_of[5]
    assert made.entity_of[3] != made.entity_of[4]
    assert made.facts["decided"] == 3
    kept = queue.decisions.set_index(["left", "right"])
    assert kept.loc[(3, 4), ["by", "reason"]].tolist() == ["ratna", "father and son"]
    assert pd.isna(kept.loc[(1, 2), "by"])
    queue.undecide(1, 2)
    assert queue.apply().entity_of[1] != queue.apply().entity_of[2]


def test_unsure_is_not_asked_again_and_changes_nothing(queue):
    before = queue.apply().facts["entities"]
    queue.decide(1, 2, "unsure")
    assert len(queue) == 2
    assert queue.apply().facts["entities"] == before
    assert queue.report().facts["unsure"] == 1


def test_the_last_word_on_a_pair_counts(queue):
    queue.decide(1, 2, "match")
    queue.decide(1, 2, "no_match")
    assert queue.decisions["verdict"].tolist() == ["no_match"]


def test_a_decision_against_a_chain_is_shown_and_kept_apart(budi):
    found = find(budi, key="id")
    queue = ReviewQueue(found)
    queue.decide("A", "C", "no_match", reason="two people")
    made = queue.apply()
    assert made.entity_of["A"] != made.entity_of["C"]
    assert made.entity_of["B"] in (made.entity_of["A"], made.entity_of["C"])
    conflict = made.conflicts.iloc[0]
    assert conflict["outcome"] == "kept_apart"
    assert {conflict["against_left"], conflict["against_right"]} == {"A", "C"}
    assert any("1 conflicts" in note.render("en") for note in made.notes)


def test_decisions_that_contradict_each_other_are_shown(budi):
    queue = ReviewQueue(find(budi, key="id", fields={"phone": None}))
    for pair, verdict in ((("A", "B"), "match"), (("B", "C"), "match"), (("A", "C"), "no_match")):
        queue.decide(*pair, verdict)
    made = queue.apply()
    assert made.facts["conflicts"] == 1
    assert made.entity_of["A"] != made.entity_of["C"]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_a_person_reviews_in_a_file_and_goes_on_later(queue, tmp_path, ending):
    queue.decide(1, 2, "match", reason="asked her", by="ratna")
    path = queue.export(tmp_path / f"review{ending}")
    readers = {".csv": pd.read_csv, ".xlsx": pd.read_excel, ".parquet": pd.read_parquet}
    told = readers[ending](path)
    assert len(told) == 3
    assert not told["phone_left"].astype(str).str.contains("34567").any(), "masked"
    told["verdict"] = told["verdict"].astype("object")
    told.loc[told["verdict"].isna().idxmax(), "verdict"] = " No_Match "
    {".csv": told.to_csv, ".xlsx": told.to_excel, ".parquet": told.to_parquet}[ending](path, index=False)
    again = ReviewQueue.filled(queue._found, path)
    assert sorted(again.decisions["verdict"]) == ["match", "no_match"]
    assert again.decisions["by"].tolist().count("ratna") == 1
    assert len(again) == 1
    assert again.apply().entity_of[1] == again.apply().entity_of[2]


def test_formulas_do_not_run_in_a_spreadsheet(queue, tmp_path):
    queue.decide(5, 6, "unsure", reason="=HYPERLINK(1)", by="@ratna")
    path = queue.export(tmp_path / "review.csv", masked=False)
    told = pd.read_csv(path, dtype=str).set_index("left").loc["5"]
    assert (told["reason"], told["by"]) == ("'=HYPERLINK(1)", "'@ratna")
    assert told["phone_left"] == "+6281377778888"


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda q: q.decide(1, 2, "maybe"), "duplicates.unknown_verdict"),
        (lambda q: q.decide(1, 99, "match"), "duplicates.unknown_key"),
        (lambda q: q.decide(1, 1, "match"), "duplicates.same_key"),
        (lambda q: q.export("review.doc"), "duplicates.unknown_format"),
        (lambda q: ReviewQueue.filled(q._found, "review.doc"), "duplicates.unknown_format"),
        (lambda q: ReviewQueue.filled(q._found, pd.DataFrame({"left": [1]})), "duplicates.no_column"),
    ],
)
def test_what_can_not_be_used_is_said(queue, act, code):
    with pytest.raises(crm.UserError) as caught:
        act(queue)
    assert caught.value.code == code


def test_side_by_side_is_masked_unless_asked(queue):
    shown = queue.side_by_side(1, 2)
    assert shown.set_index("field").loc["phone", "level"] == "same"
    assert "•" in shown.set_index("field").loc["phone", "left"]
    assert queue.side_by_side(1, 2, masked=False).set_index("field").loc["phone", "left"] == "+6281234567890"
