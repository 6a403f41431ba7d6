"""Survey answers: scale and direction are given, never guessed; rule 7."""

import pytest

import crmlab as crm
from crmlab.errors import UserError

from .conftest import TODAY

LINES = """tgl;id_pelanggan;nps;csat;ces;komentar
31/12/2020;P1;10;5;7;bagus
30/12/2020;P2;11;5;7;x
29/12/2020;P3;-1;0;7;x
28/12/2020;P4;8;6;8;x
27/12/2020;P5;;;;
26/12/2020;P6;7,5;;;
25/12/2020;;0;1;1;buruk
"""
SCALES = {"csat_scale": (1, 5), "ces_scale": (1, 7), "ces_easy": "high"}


def test_rule_7_answers_off_the_scale_are_quarantined_and_counted(write):
    mine = crm.ingest.read(write(LINES), as_="survey", today=TODAY, **SCALES)
    assert mine.table[["customer_id", "nps", "csat", "ces"]].fillna("?").values.tolist() == [
        ["P1", 10, 5, 7],
        ["?", 0, 1, 1],
    ]
    assert mine.quarantine[["source_row", "reason", "reason_column", "reason_value"]].fillna("?").values.tolist() == [
        [3, "out_of_range", "nps", "11"],
        [4, "out_of_range", "nps", "-1"],
        [5, "out_of_range", "csat", "6"],
        [6, "no_score", "?", "?"],
        [7, "not_whole", "nps", "7,5"],
    ]
    assert mine.facts["rows_read"] == mine.facts["rows_kept"] + mine.facts["rows_refused"] == 7
    assert mine.table.attrs["scales"] == {"nps": (0.0, 10.0), "csat": (1, 5), "ces": (1, 7)}
    assert mine.table.attrs["ces_easy"] == "high"


@pytest.mark.parametrize(
    ("left_out", "code"),
    [
        ("csat_scale", "ingest.scale_needed"),
        ("ces_scale", "ingest.scale_needed"),
        ("ces_easy", "ingest.direction_needed"),
    ],
)
def test_scale_and_direction_are_required(write, left_out, code):
    options = {k: v for k, v in SCALES.items() if k != left_out}
    with pytest.raises(UserError) as caught:
        crm.ingest.read(write(LINES), as_="survey", **options)
    assert caught.value.code == code
    assert [q.kind for q in caught.value.values["questions"]] == [left_out]


def test_a_scale_runs_upwards(write):
    with pytest.raises(UserError) as caught:
        crm.ingest.read(write(LINES), as_="survey", **{**SCALES, "csat_scale": (5, 1)})
    assert caught.value.code == "ingest.wrong_scale"


def test_a_survey_has_scores(write):
    with pytest.raises(UserError) as caught:
        crm.ingest.read(write("tgl;pelanggan;komentar\n31/12/2020;P1;x\n"), as_="survey")
    assert caught.value.code == "ingest.no_scores"


def test_an_answer_that_is_there_twice(write):
    lines = "survey_id;tgl;pelanggan;nps\n1;31/12/2020;P1;9\n1;31/12/2020;P1;9\n1;31/12/2020;P1;2\n"
    mine = crm.ingest.read(write(lines), as_="survey", today=TODAY)
    assert mine.quarantine["reason"].tolist() == ["repeated_line", "line_taken"]
