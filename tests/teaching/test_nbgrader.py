"""Sets in nbgrader's format, by nbgrader's own converters: what students get of them, and what it gives for answers."""

from __future__ import annotations

import functools
import json
import os
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.apps import NbGraderAPI
from nbgrader.nbgraderformat import MetadataValidator
from traitlets.config import PyFileConfigLoader

from crmlab import cli, labels
from crmlab.exercises.pack import Pack
from crmlab.teaching import nbgrader
from crmlab.teaching.grading import grade
from crmlab.teaching.marking import mark
from crmlab.teaching.source import read
from tests.teaching.classroom import SETUP, hand_in
from tests.teaching.test_sets import leaks

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"
NAMES = sorted(p.parent.name for p in EXERCISES.glob("*/pack.json"))
RELEASED = {name: labels.LANGUAGES[at % 2] for at, name in enumerate(NAMES)}
NAME = "00-how-exercises-work"


@functools.cache
def source_of(name: str):
    return read(EXERCISES / "src" / f"{name.replace('-', '_')}.py")


def course(folder: Path) -> NbGraderAPI:
    """nbgrader at work in a folder, with the configuration that was written there."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.db_url = f"sqlite:///{folder / 'gradebook.db'}"
    return NbGraderAPI(config=config)


@pytest.fixture(scope="module")
def alembic():
    """nbgrader calls it by its name to make the gradebook."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        yield


@pytest.fixture(scope="module")
def courses(alembic, tmp_path_factory):
    """Every set in both languages as the lecturer has it; nbgrader releases each in one of them, in turn."""
    made = {}
    for lang in labels.LANGUAGES:
        folder = made[lang] = tmp_path_factory.mktemp(lang)
        for name in NAMES:
            nbgrader.write(source_of(name), folder, lang, built=EXERCISES / name)
        api = course(folder)
        for name in [n for n in NAMES if RELEASED[n] == lang]:
            told = api.generate_assignment(name)
            assert told["success"], told["log"]
    return made


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_source_is_one_that_nbgrader_takes(courses, name, lang):
    notebook = nbformat.read(courses[lang] / "source" / name / f"{name}.{lang}.ipynb", as_version=4)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    told = [c.metadata["nbgrader"] for c in notebook.cells if "nbgrader" in c.metadata]
    ids = [m["grade_id"] for m in told]
    questions = source_of(name).questions
    assert len(set(ids)) == len(ids)
    assert {m["grade_id"]: m["points"] for m in told if m["grade"]} == {
        f"check-{q.id}": q.spec["points"] for q in questions.values()
    }
    assert {m["grade_id"] for m in told if m["solution"]} == {f"answer-{q}" for q in questions}
    assert {"title", "open", *(f"task-{q}" for q in questions)} <= {m["grade_id"] for m in told if m["locked"]}


@pytest.mark.parametrize("name", NAMES)
def test_the_release_holds_no_solution_and_no_test(courses, name):
    lang = RELEASED[name]
    source, folder = source_of(name), courses[lang] / "release" / name
    assert {p.name for p in folder.iterdir()} == {"pack.json", "data.py", f"{name}.{lang}.ipynb"}
    built = set(leaks(source, EXERCISES / name))  # the pack's own affair: test_sets holds it to none
    assert set(leaks(source, folder)) - built == set()
    assert set(leaks(source, courses[lang] / "source" / name)) - built != set()
    text = (folder / f"{name}.{lang}.ipynb").read_text(encoding="utf-8")
    for word in ("SOLUTION", "HIDDEN", "nbgrader.points", "NotImplementedError"):
        assert word not in text


STUDENTS = {"2110511023": "solved", "2110511031": "half", "2110511044": "untouched"}
HALF = {"average_order": "q1.answer = q1.answer / 1000", "channel_table": "q2.answer = ..."}  # another unit; nothing


def answered(folder: Path, student: str, how: str) -> dict:
    """What a student hands in: the release, with answers that the lecturer's own version knows."""
    release, own = (
        json.loads((folder / part / NAME / f"{NAME}.{RELEASED[NAME]}.ipynb").read_text(encoding="utf-8"))
        for part in ("release", "source")
    )
    solved = {c["id"]: "".join(c["source"]) for c in own["cells"] if c["id"].startswith("answer-")}
    more = {f"answer-{q}".replace("_", "-"): code for q, code in HALF.items()} if how == "half" else {}
    for cell in release["cells"]:
        if cell["id"] == "number":
            cell["source"] = SETUP.sub(f'student = "{student}"', "".join(cell["source"]))
        elif cell["id"] in solved and how != "untouched":
            cell["source"] = f"{solved[cell['id']]}\n{more.get(cell['id'], '')}"
    return release


@pytest.fixture(scope="module")
def source():
    return source_of(NAME)


@pytest.fixture(scope="module")
def scores(courses, source):
    """Student -> question -> points, as nbgrader keeps them in its gradebook."""
    folder = courses[RELEASED[NAME]]
    api, told = course(folder), {}
    for student, how in STUDENTS.items():
        path = folder / "submitted" / student / NAME / f"{NAME}.{RELEASED[NAME]}.ipynb"
        hand_in(answered(folder, student, how), path)
        done = api.autograde(NAME, student)
        assert done["success"], done["log"]
        with api.gradebook as book:
            (graded,) = book.find_submission(NAME, student).notebooks
            told[student] = {g.name.removeprefix("check-"): g.score for g in graded.grades}
    return told


def test_a_solved_notebook_earns_everything_and_an_untouched_one_nothing(source, scores):
    most = {q.id: q.spec["points"] for q in source.questions.values()}
    assert scores["2110511023"] == most
    assert scores["2110511044"] == dict.fromkeys(most, 0)


def test_what_is_half_right_earns_what_marking_gives_for_it(source, scores):
    student, pack = "2110511031", Pack(EXERCISES / NAME)
    draws = {n: source.draw(n, pack.place(student)) for n in source.questions}
    answers = {n: source.answer(n, own) for n, own in draws.items()}
    answers = answers | {"average_order": answers["average_order"] / 1000, "channel_table": None}
    expected = {m.question: m.points for m in mark(source, pack, student, answers)}
    assert scores[student] == pytest.approx(expected)
    assert scores[student]["average_order"] == 0.5
    assert scores[student]["channel_table"] == 0


def test_the_safe_grader_marks_what_nbgrader_collected(courses, scores):
    graded = grade(courses[RELEASED[NAME]] / "submitted", handed_out=EXERCISES)
    told = {row.student: row.points for row in graded.rows}
    assert told == pytest.approx({student: sum(own.values()) for student, own in scores.items()})


def test_the_number_is_the_one_that_nbgrader_knows(monkeypatch, tmp_path):
    def number(folder: str) -> str:
        (tmp_path / folder / NAME).mkdir(parents=True)
        monkeypatch.chdir(tmp_path / folder / NAME)
        return nbgrader.open(NAME, student="2110511099").student

    assert number("2110511023") == "2110511099"  # at the student's desk the notebook says it
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert number("21.10511-031") == "21.10511-031"
    assert number("budi") == "2110511099"  # an account's name draws no data


def test_a_list_of_a_class_knows_its_own_numbers(monkeypatch, tmp_path, source):
    folder = nbgrader.write(source, tmp_path, "en", students=["A-17", "B-18"], solutions=False)
    monkeypatch.setenv("CRMLAB_PACKS", str(folder.parent))
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    for student, expected in (("a17", "a17"), ("stranger", "B-18")):
        (tmp_path / student / NAME).mkdir(parents=True)
        monkeypatch.chdir(tmp_path / student / NAME)
        assert nbgrader.open(NAME, student="B-18", language="en").student == expected


def test_a_solution_that_was_opened_and_a_strange_answer(monkeypatch, tmp_path, source):
    monkeypatch.chdir(tmp_path)
    work = nbgrader.open(NAME, student="2110511023")
    question = work["average_order"]
    question.answer = source.answer("average_order", source.draw("average_order", work.place))
    assert nbgrader.points(question) == 1.0
    work.state.of("average_order")["solution"] = True
    assert nbgrader.points(question) == 0.5
    question.answer = object()
    assert nbgrader.points(question) == 0.0


def test_the_command_writes_one_language_and_leaves_a_configuration_alone(tmp_path, capsys):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    for lang in labels.LANGUAGES:
        assert cli.main(["exercises", "nbgrader", "00", "--out", str(tmp_path), "--lang", lang]) == 0
        assert f"{NAME}:" in capsys.readouterr().out
        assert [p.name for p in (tmp_path / "source" / NAME).glob("*.ipynb")] == [f"{NAME}.{lang}.ipynb"]
    assert (tmp_path / "nbgrader_config.py").read_text() == "c = get_config()\n"
    assert cli.main(["exercises", "nbgrader", "00", "--out", str(tmp_path), "--term", "2026-2"]) == 2
