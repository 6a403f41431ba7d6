"""A class graded: honest, mistaken, copied, late, damaged and hostile files in one folder."""

from __future__ import annotations

import csv
import json
import shutil
import socket
import threading
import zipfile
from pathlib import Path

import pytest

from crmlab import cli, labels
from crmlab.errors import UserError
from crmlab.exercises.pack import Pack
from crmlab.teaching.grading import grade
from crmlab.teaching.marking import mark
from crmlab.teaching.sandbox import Limits
from crmlab.teaching.source import read
from crmlab.teaching.submissions import Member, class_list, folder_of, submissions
from tests.teaching.classroom import HOSTILE, blank, hand_in, hostile, solved, with_cell, with_number

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"
NAME = "00-how-exercises-work"
FILE = f"{NAME}.id.ipynb"
MOST = 15


@pytest.fixture(scope="module")
def source():
    return read(EXERCISES / "src" / "00_how_exercises_work.py")


def number(i: int) -> str:
    return f"21105110{i:02d}"


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


class Knocks:
    """A port of this computer, and how often somebody came."""

    def __init__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port, self.count = self.server.getsockname()[1], 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                self.server.accept()[0].close()
            except OSError:
                return
            self.count += 1


@pytest.fixture(scope="module")
def graded(source, tmp_path_factory):
    """Number -> what was handed in: 0 all right, 1 two mistakes, 2 nothing, 3 copied from 0, 4 opened a solution,
    5 twice; then the twelve hostile kinds; number 30 is on the list and handed in nothing."""
    desk, outside, knocks = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("outside"), Knocks()
    folder = desk / "handed-in"

    def put(i, notebook, name=FILE):
        hand_in(notebook, folder / f"Mahasiswa {i}_{9000 + i}_assignsubmission_file" / name)

    put(0, solved(source, EXERCISES, number(0)))
    put(1, solved(source, EXERCISES, number(1), wrong={"average_order": "per_customer", "channel_sql": "all_channels"}))
    put(2, blank(EXERCISES, NAME))
    put(3, solved(source, EXERCISES, number(0), lang="en"))
    opened = solved(source, EXERCISES, number(4))
    log = {"question": "average_order", "attempts": 4, "hints": 2, "solution": True}
    data = {"application/vnd.crmlab.log+json": log}
    opened["cells"][-1]["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]
    put(4, opened)
    put(5, solved(source, EXERCISES, number(5), wrong={"say_this": "believed"}), "a-first.ipynb")
    put(5, solved(source, EXERCISES, number(5)), "b-second.ipynb")
    for i, kind in enumerate(HOSTILE, start=10):
        put(i, hostile(kind, with_number(blank(EXERCISES, NAME), number(i)), outside, knocks.port))
    members = [Member(number(i), f"Mahasiswa {i}") for i in (*range(6), *range(10, 22), 30)]
    grading = grade(folder, members=members, limits=Limits(seconds=5, memory_mb=600))
    files = grading.write(desk / "out" / "marks.csv")
    knocks.server.close()
    return {
        "grading": grading,
        "files": files,
        "outside": outside,
        "knocks": knocks,
        "folder": folder,
        "members": members,
    }


def marks_of(graded):
    rows = {r["ID number"]: r for r in graded["grading"].marks()}
    return {n: r[f"{NAME} ({MOST})"] for n, r in rows.items()}, rows


def test_everyone_gets_a_row_and_the_honest_get_their_marks(graded):
    marks, rows = marks_of(graded)
    assert len(rows) == 19
    assert [marks[number(i)] for i in (0, 1, 2, 4, 5)] == [MOST, MOST - 3, 0, MOST - 0.5, MOST]
    assert rows[number(30)]["Status"] == "not_handed_in"
    assert rows[number(4)]["Solutions opened"] == 1


def test_who_copied_a_whole_notebook_is_marked_for_the_own_number_and_shown(graded):
    marks, rows = marks_of(graded)
    assert marks[number(3)] <= 8  # a letter may fit by chance, a matching and a text in part; no number does
    assert rows[number(3)]["Look at"] == "yes"
    told = {(e["student"], e["other"], e["evidence"]) for e in graded["grading"].copies()}
    # all solved by the same model text, which is listed for those who share it
    own = {(s, o, e) for s, o, e in told if e != labels.text("teaching.copies.same_text")}
    assert own == {
        (number(3), number(0), labels.text(f"teaching.copies.{code}")) for code in ("fits_other", "other_number")
    }


def test_the_hostile_get_a_row_a_log_and_no_marks(graded):
    marks, rows = marks_of(graded)
    with labels.using("en"):
        log = {r["student"]: r for r in graded["grading"].log()}
    for i, kind in enumerate(HOSTILE, start=10):
        assert marks[number(i)] == 0.0, kind
        assert log[number(i)]["file"].startswith(f"Mahasiswa {i}")
    status = {kind: rows[number(i)]["Status"] for i, kind in enumerate(HOSTILE, start=10)}
    assert status["endless loop"] == status["memory"] == status["exit"] == "stopped"
    assert status["broken JSON"] == "unreadable"
    events = {kind: log[number(i)]["events"] for i, kind in enumerate(HOSTILE, start=10)}
    assert "refused the network" in events["network"]
    assert "refused a file outside" in events["file write"]
    assert "refused starting" in events["fork"]


def test_nothing_left_the_sandbox(graded):
    assert list(graded["outside"].iterdir()) == []
    assert graded["knocks"].count == 0


def test_the_files_of_a_graded_class(graded):
    files = graded["files"]
    marks = rows_of(files["marks"])
    assert len(marks) == 19
    assert list(marks[0])[:3] == ["ID number", "Full name", "Email address"]
    items = rows_of(files["items"])
    assert {r["name"] for r in items if r["student"] == number(1) and r["verdict"] == "misconception"} == {
        "per_customer",
        "all_channels",
    }
    page = (files["feedback"] / f"{NAME}_{number(1)}.html").read_text(encoding="utf-8")
    assert "Itu rata-rata per pelanggan" in page
    assert "12,00 dari 15 poin" in page
    assert 'lang="en"' in (files["feedback"] / f"{NAME}_{number(3)}.html").read_text(encoding="utf-8")
    right = json.dumps(graded["grading"].rows[0].marks[0].answer)
    assert right not in page


def test_the_same_file_gets_the_same_mark(graded, tmp_path):
    for i in (1, 3):
        home = next(graded["folder"].glob(f"Mahasiswa {i}_*"))
        shutil.copytree(home, tmp_path / home.name)
    kept = [m for m in graded["members"] if m.number in (number(1), number(3))]
    again = grade(tmp_path, members=kept, limits=Limits(seconds=5, memory_mb=600))
    before = marks_of(graded)[0]
    after = {r["ID number"]: r[f"{NAME} ({MOST})"] for r in again.marks()}
    assert after == {n: before[n] for n in (number(1), number(3))}


@pytest.mark.parametrize(
    "answers",
    [
        None,
        [],
        {"average_order": {"a": 1}},
        {"average_order": [1, 2], "channel_table": 3, "channel_sql": {"sql": "DROP TABLE orders"}},
        {"channel_figure": {"traces": "x"}, "say_this": {"deep": [[[[]]]]}},
        {"channel_table": {"columns": [], "rows": []}, "channel_sql": {"sql": 4}},
    ],
)
def test_whatever_comes_out_of_a_notebook_is_marked_without_an_error(source, answers):
    marks = mark(source, Pack(EXERCISES / NAME), number(0), answers)
    assert sum(m.points for m in marks) == 0


def test_two_folders_with_one_number_both_stay(source, tmp_path):
    for home in ("a", "b"):
        hand_in(solved(source, EXERCISES, number(7)), tmp_path / home / "work.ipynb")
    rows = grade(tmp_path).marks()
    assert [r["Status"] for r in rows] == ["same_number", "same_number"]


def test_a_zip_as_moodle_gives_it_and_names_that_lead_out(source, tmp_path):
    packed = tmp_path / "all.zip"
    text = json.dumps(solved(source, EXERCISES, number(0)))
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("Ani_1_assignsubmission_file/x.ipynb", text)
        file.writestr("../outside.ipynb", text)
    with folder_of(packed) as folder:
        found = submissions(folder, [Member(number(0), "Ani")])
    assert [(s.where, s.owner) for s in found] == [("Ani_1_assignsubmission_file/x.ipynb", number(0))]
    assert not (tmp_path / "outside.ipynb").exists()


def test_whose_a_file_is(source, tmp_path):
    members = [Member(number(0), "Ani"), Member(number(1), "Budi")]
    for where, claimed, owner in (
        (f"{number(1)}.ipynb", number(0), number(1)),
        (f"Ani_77_assignsubmission_file/{FILE}", number(1), number(0)),
        ("somebody/x.ipynb", number(0), number(0)),
        ("somebody/y.ipynb", "999", None),
        (f"{number(0)}-{number(1)}/x.ipynb", "999", None),
    ):
        path = hand_in(with_number(blank(EXERCISES, NAME), claimed), tmp_path / "one" / where)
        assert [(s.claimed, s.owner) for s in submissions(tmp_path / "one", members)] == [(claimed, owner)]
        path.unlink()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("NIM;Nama\n211;Ani\n212;Budi\n", ["211", "212"]),
        ("\ufeffID number,Full name,Email address\n211,Ani,a@b\n,,\n", ["211"]),
    ],
)
def test_class_lists(tmp_path, text, told):
    (tmp_path / "c.csv").write_text(text, encoding="utf-8")
    assert [m.number for m in class_list(tmp_path / "c.csv")] == told


@pytest.mark.parametrize(
    ("text", "code"),
    [("Nama\nAni\n", "teaching.no_class_column"), ("NIM\n211\n2-1-1\n", "teaching.double_number")],
)
def test_class_lists_that_can_not_be_used(tmp_path, text, code):
    (tmp_path / "c.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as said:
        class_list(tmp_path / "c.csv")
    assert said.value.code == code


def test_the_command(source, tmp_path, capsys):
    hand_in(solved(source, EXERCISES, number(0)), tmp_path / "in" / f"{number(0)}.ipynb")
    hand_in(with_cell(blank(EXERCISES, NAME), "1/0"), tmp_path / "in" / f"{number(1)}.ipynb")
    assert cli.main(["grade", str(tmp_path / "in"), "--out", str(tmp_path / "marks.csv"), "--lang", "en"]) == 0
    assert "2 students graded" in capsys.readouterr().out
    log = (tmp_path / "marks-log.csv").read_text(encoding="utf-8-sig")
    assert "stopped with ZeroDivisionError" in log
    assert cli.main(["grade", str(tmp_path / "nowhere"), "--lang", "en"]) == 2
    assert "There is no folder or zip file" in capsys.readouterr().err


def test_handing_out_and_the_key(source, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("class.csv").write_text(f"number,name\n{number(0)},Ani\n{number(1)},Budi\n")
    asked = ["exercises", "hand-out", "00", "--class", "class.csv", "--term", "2026-2", "--lang", "en"]
    assert cli.main(asked) == 0
    assert zipfile.ZipFile(f"hand-out/{NAME}.zip").testzip() is None
    assert cli.main(["exercises", "key", "00", "--class", "class.csv", "--term", "2026-2", "--lang", "en"]) == 0
    answers = rows_of(Path(f"keys/{NAME}-answers.csv"))
    assert len({a["average_order"] for a in answers}) == 2
    term = read(source.path, term="2026-2")
    hand_in(solved(term, Path("hand-out"), number(1)), Path("in") / f"{number(1)}.ipynb")
    assert cli.main(["grade", "in", "--packs", "hand-out", "--class", "class.csv", "--lang", "en"]) == 0
    rows = {r["ID number"]: r for r in rows_of(Path("marks.csv"))}
    assert rows[number(1)]["Percent"] == "100.0"
    capsys.readouterr()
    assert cli.main(["exercises", "hand-out", "00", "--lang", "en"]) == 2
    assert "--term" in capsys.readouterr().err
