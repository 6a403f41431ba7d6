"""The desk of a graded class: the table, a question opened, likenesses masked, a lecturer's own files."""

from __future__ import annotations

import pytest

from crmlab import items
from crmlab.apps.marks.board import board, bundled_class
from crmlab.errors import UserError
from crmlab.widgets.marks_desk import MarksDesk


@pytest.fixture(scope="module")
def case():
    return bundled_class()


@pytest.fixture
def desk(case):
    return MarksDesk(board(), [case], "en")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    written = items.make_class().write(tmp_path_factory.mktemp("class"))
    return {name: path.read_bytes() for name, path in written.items()}


def row(desk, question):
    return next(r for r in desk.page["marks"]["rows"] if r["question"] == question)


def upload(desk, name, content):
    return desk.answer({"do": "upload", "name": name}, [content])


def test_the_table_tells_what_was_planted(desk):
    assert len(desk.page["marks"]["rows"]) == 16
    assert row(desk, "rank_the_reasons")["apart"] == {"said": "negative", "tone": "bad"}
    assert row(desk, "read_the_total")["hard"]["said"] == "too easy"
    assert row(desk, "average_basket")["believed"]["said"] == "35.0%"
    assert row(desk, "average_basket")["belief"] == "Mean of ratios"
    told = {t["label"]: t for t in desk.page["tiles"]}
    assert told["Students"]["value"] == "120" and told["Look at first"]["value"] == "Rank the reasons"
    assert "95% interval" in told["Mean mark"]["foot"]


def test_a_set_is_chosen_and_alpha_follows(desk):
    whole = desk.page["tiles"][1]["value"]
    desk.answer({"do": "choose", "control": "set", "value": "retention-and-lifecycle"})
    assert len(desk.page["marks"]["rows"]) == 8 and not desk.page["marks"]["sets"]
    assert desk.page["tiles"][1]["value"] != whole
    assert desk.page["tiles"][3]["value"] == "—"


def test_a_question_is_opened_and_its_key_doubted(desk):
    asked = {"do": "question", "set": "segmentation-and-value", "question": "rank_the_reasons"}
    told = desk.answer(asked)
    assert told["doubtful"] and "doubtful" in told["said"]
    assert [r["verdict"]["tone"] for r in told["rows"]][:2] == ["weak", "strong"]
    assert desk.answer(asked | {"question": "average_basket"})["doubtful"] is False
    with pytest.raises(UserError, match="no_such"):
        desk.answer(asked | {"question": "no_such"})


def test_numbers_are_masked_until_asked_for_and_again_for_other_data(desk, files):
    desk.answer({"do": "part", "name": "likenesses"})
    looks = desk.page["likenesses"]
    assert len(looks["rows"]) == 3 and all(r["student"].startswith("•••") for r in looks["rows"])
    assert not any("2110511" in str(value) for r in looks["rows"] for value in r.values())
    desk.answer({"do": "numbers", "show": True})
    assert desk.page["likenesses"]["rows"][0]["student"].startswith("2110511")
    desk.answer({"do": "source", "name": "own"})
    upload(desk, "marks-items.csv", files["items"])
    upload(desk, "marks-copies.csv", files["copies"])
    desk.answer({"do": "show"})
    desk.answer({"do": "part", "name": "likenesses"})
    assert not desk.page["likenesses"]["bare"] and len(desk.page["likenesses"]["rows"]) == 3


def test_own_files_are_told_apart_by_their_columns(desk, files):
    desk.answer({"do": "source", "name": "own"})
    assert not desk.page["loaded"]
    alone = upload(desk, "copies.csv", files["copies"])
    assert not alone["report"]["ready"]
    both = upload(desk, "items.csv", files["items"])
    assert both["report"]["ready"] and "1,920 answers, 120 students" in both["report"]["said"]
    assert "3 likenesses" in both["report"]["notes"][0]
    other = upload(desk, "again.csv", files["items"])
    assert "marks-copies.csv" in other["report"]["notes"][0], "likenesses of one class say nothing of another"
    desk.answer({"do": "show"})
    assert desk.page["about"] == "again.csv" and len(desk.page["marks"]["rows"]) == 16
    desk.answer({"do": "part", "name": "likenesses"})
    assert not desk.page["likenesses"]["asked"]
    assert desk.case.kept.fingerprint == "", "nothing of a real class stays on the disk"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "CSV"),
        (b"student,question\n1,q\n", "max_points"),
        (b"student,question,points,max_points\n1,q,3,2\n", "above what the question can earn"),
        (b"student,question,points,max_points\n1,q,1,2\n1,q,2,2\n", "two rows"),
        (b"student,question,points,max_points,verdict\n1,q,1,2,great\n", "great"),
    ],
)
def test_a_wrong_file_is_refused_in_words(desk, content, said):
    desk.answer({"do": "source", "name": "own"})
    reply = upload(desk, "x.csv", content)
    assert said in reply["error"] and "report" not in reply
    with pytest.raises(UserError):
        desk.answer({"do": "show"})
    assert not desk.page["loaded"]


def test_five_students_and_two_questions_are_not_pressed_for_more(desk):
    rows = ["student,set,question,points,max_points"]
    rows += [f"{s},a,{q},{(s + len(q)) % 2},1" for s in range(5) for q in ("q", "other")]
    desk.answer({"do": "source", "name": "own"})
    upload(desk, "small.csv", "\n".join(rows).encode())
    desk.answer({"do": "show"})
    marks = desk.page["marks"]
    assert "too few" in marks["refused"] and marks["rows"][0]["discrimination"]["said"] == "—"
    assert marks["rows"][0]["hard"]["said"] == "too few"
    told = desk.answer({"do": "card", "card": "misconceptions"})
    assert "drawn" in told


def test_everything_speaks_the_other_language(desk):
    english = desk.page
    desk.answer({"do": "lang", "lang": "id"})
    assert desk.page["title"] != english["title"]
    assert row(desk, "rank_the_reasons")["name"] == "Urutan alasan pergi"
    assert desk.page["tiles"][0]["label"] == "Rata-rata nilai"
