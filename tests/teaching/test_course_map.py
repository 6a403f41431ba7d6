"""The course map: what it names exists, it is what the sources say, and nothing of the course stands beside it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from crmlab import course
from crmlab.apps import bundled, practice
from crmlab.teaching import course_map
from crmlab.teaching.source import read, sources

ROOT = Path(__file__).resolve().parents[2]
MISSION = ROOT.parent / "shared" / "domain" / "mission-map.md"
TWELVE = [f"{n:02d}" for n in range(1, 13)]


@pytest.fixture(scope="module")
def rows():
    with (ROOT / "exercises" / "course.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_is_what_the_sources_say(rows):
    told = course_map.text(read(p) for p in sources())
    assert (ROOT / "exercises" / "course.csv").read_text(encoding="utf-8") == told
    assert practice.course_map() == rows


def test_everything_that_it_names_exists(rows):
    notebooks = {p.stem for p in (ROOT / "notebooks" / "id").glob("*.ipynb")}
    for row in rows:
        where = f"{row['set']}: {row['question']}"
        assert row["notebook"] in notebooks, where
        assert row["app"] in bundled(), where
        assert course_map.missing_function(row["function"]) is None, f"{where}: {row['function']}"
        assert re.fullmatch(r"\d(\.\d+)*|article: (personalisation|journeys|customer-centric|experience)", row["book"])


def test_every_set_stands_in_a_part_of_the_course(rows):
    assert sorted(name for part in course.PARTS for name in part.sets) == practice.names()
    assert sorted({row["set"] for row in rows}) == practice.names()


def test_twelve_sets_of_eight_questions_on_all_chapters_and_articles(rows):
    sizes = {n: sum(row["set"].startswith(n) for row in rows) for n in TWELVE}
    assert min(sizes.values()) >= 8, sizes
    books = {row["book"].split(".")[0] for row in rows}
    articles = ("personalisation", "journeys", "customer-centric", "experience")
    assert books >= {str(chapter) for chapter in range(1, 10)} | {f"article: {a}" for a in articles}
    for n in TWELVE:
        assert {row["level"] for row in rows if row["set"].startswith(n)} == {"worked", "faded", "independent"}, n


def test_every_notebook_and_app_is_practised(rows):
    # the last notebook and the app of marks are for lecturers
    notebooks = {name for part in course.PARTS for name in part.notebooks if part.name != "teaching"}
    assert notebooks - {row["notebook"] for row in rows} == set()
    assert set(bundled()) - {row["app"] for row in rows} <= {"marks"}


def test_every_kind_and_style_is_practised(rows):
    kinds = {"number", "table", "choice", "order", "matching", "sql", "figure", "text", "blanks"}
    assert {row["kind"] for row in rows} >= kinds
    assert {row["style"] for row in rows} >= {"mistake", "claim", "parsons"}


@pytest.mark.skipif(not MISSION.is_file(), reason="the map of the mission stands beside the repository")
def test_every_core_row_with_a_worked_number_is_practised(rows):
    core = {
        cells[1].strip()
        for line in MISSION.read_text(encoding="utf-8").splitlines()
        if len(cells := line.split("|")) > 8 and cells[2].strip() == "CORE" and re.search(r"\d", cells[-2])
    }
    assert len(core) > 80
    practised = {name for row in rows for name in row["rows"].split()}
    assert core - practised == set()
