"""The files that the grading writes are the files that this room reads."""

from __future__ import annotations

import pytest

from crmlab import items
from crmlab.exercises.verdict import Draw, Verdict
from crmlab.teaching.copies import Evidence
from crmlab.teaching.grading import Graded, Grading, write_csv
from crmlab.teaching.marking import Mark

SET = "00-how-exercises-work"
NO_DRAW = Draw("shop", {})


@pytest.fixture(scope="module")
def grading():
    rows = []
    for k in range(6):
        verdict = Verdict("misconception", name="mean_of_ratios") if k % 2 else Verdict("open")
        marks = (
            Mark("average_order", 0.0, 2.0, verdict, None, None, NO_DRAW),
            Mark("which_day", 0.5, 1.0, Verdict("right"), "a", None, NO_DRAW, solution=True),
        )
        rows.append(Graded(f"0211051{100 + k}", "", SET, "marked", marks))
    rows.append(Graded("0211051199", "", SET, "not_handed_in"))
    evidence = {SET: [Evidence("0211051101", "0211051103", "same_wrong", ("average_order",))]}
    return Grading(rows, evidence)


def test_items_are_read_from_their_file_and_from_memory(grading, tmp_path):
    path = tmp_path / "marks-items.csv"
    write_csv(path, grading.items())
    frame = items.read(path)
    assert frame["student"].iloc[0] == "0211051100", "a number keeps its nought"
    assert frame["student"].nunique() == 6, "who handed in nothing has no row"
    told = items.difficulty(grading.items())
    assert told.table.equals(items.difficulty(frame).table)
    row = told.table.set_index("question").loc["average_order"]
    assert row["answered"] == 0.5 and row["difficulty"] == 0
    assert items.effort(frame).facts["solutions"] == 6
    assert items.misconceptions(frame).facts["first_share"] == 1, "three had it of the three who answered"


def test_likenesses_are_read_from_their_file_and_from_an_empty_one(grading, tmp_path):
    path = tmp_path / "marks-copies.csv"
    write_csv(path, grading.copies())
    found = items.read_likenesses(path)
    assert found[["student", "other", "n"]].to_numpy().tolist() == [["0211051101", "0211051103", 1]]
    write_csv(path, [])
    assert len(items.read_likenesses(path)) == 0
