"""The sets that the course has: each built from its source, none with an answer in what students get."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from crmlab import labels
from crmlab.exercises.pack import PRACTICE, Pack
from crmlab.teaching import building
from crmlab.teaching.marking import mark
from crmlab.teaching.sandbox import Job, execute_all
from crmlab.teaching.source import read, sources

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"
NAMES = [p.stem.replace("_", "-") for p in sources()]


@pytest.fixture(scope="module", params=NAMES)
def source(request):
    return read(EXERCISES / "src" / f"{request.param.replace('-', '_')}.py")


def test_the_pack_is_what_its_source_gives(source):
    assert building.differences(source, EXERCISES, places=(1, 115)) == []


def test_every_place_was_built(source):
    pack = Pack(EXERCISES / source.name)
    assert pack.places == {"rule": "digits", "n": PRACTICE}
    for question in pack.questions.values():
        assert len(question["digests"]) == (1 if question["kind"] == "text" else PRACTICE)


def test_every_question_has_variants_misconceptions_and_its_place(source):
    ends = {"checkup", "clinic", "executive", "experience", "explorer", "hospital", "journey", "studio", "workbench"}
    kinds = set()
    for q in source.questions.values():
        spec = q.spec
        kinds.add(spec["kind"])
        assert len(spec["variants"]) >= 3
        assert len(q.wrongs) >= 3
        assert (EXERCISES.parent / "notebooks" / "id" / f"{spec['notebook']}.ipynb").is_file()
        assert spec["app"] in ends | {"marks"}
    assert len(kinds) >= 4 or source.name.startswith("00")


def leaks(source, folder: Path) -> list[str]:
    """What of the solutions stands in the files of a pack: code, reasons, and right answers of every place."""
    files = {p.name: p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file()}
    plain = "\n".join(files.values())
    public = source.data + "".join(
        # an analysis with a mistake shows its right lines too
        q.start + "".join(text for *_, text in q.example) + json.dumps(q.texts["task"], ensure_ascii=False)
        for q in source.questions.values()
    )
    told = []
    for name, q in source.questions.items():
        # a line that students may read is no secret; nor is one that says nothing of the way
        secret = [s.strip() for s in f"{q.solution}\n{q.package}".splitlines() if len(s.strip()) > 24]
        for line in secret:
            escaped = json.dumps(line, ensure_ascii=False)[1:-1]
            generic = re.fullmatch(r"\w+ = q\.data\[.*\]|import .*|from .*", line)
            if not generic and line not in public and escaped not in public and (line in plain or escaped in plain):
                told.append(f"{name}: {line}")
        told += [f"{name}: why" for why in q.why.values() if why[:60] in plain]
        if q.spec["kind"] in ("number", "table", "date") and q.spec["data"]:
            for place in range(0, PRACTICE, 40):
                right = source.answer(name, source.draw(name, place))
                if isinstance(right, float):
                    told += [f"{name}: {s}" for s in {repr(right), f"{right:.4f}"} if len(s) > 5 and s in plain]
    return told


def test_nothing_that_students_get_holds_a_solution(source):
    assert leaks(source, EXERCISES / source.name) == []


def test_the_scan_finds_a_leak_that_is_there(source, tmp_path):
    q = next(q for q in source.questions.values() if q.spec["kind"] in ("number", "table") and q.solution)
    right = source.answer(q.id, source.draw(q.id, 0))
    (tmp_path / "notes.txt").write_text(f"{q.why['en']}\n{q.solution}\n{right!r}")
    found = leaks(source, tmp_path)
    assert f"{q.id}: why" in found
    assert len(found) > 1


@pytest.fixture(scope="module")
def untouched():
    """Every notebook as students get it, run in the sandbox."""
    jobs = {
        (name, lang): Job(EXERCISES / name / f"{name}.{lang}.ipynb", EXERCISES / name)
        for name in NAMES
        for lang in labels.LANGUAGES
    }
    return dict(zip(jobs, execute_all(jobs.values()), strict=True))


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_an_untouched_notebook_runs_and_scores_nothing(source, lang, untouched):
    run = untouched[source.name, lang]
    assert (run.status, [e.text("en") for e in run.log]) == ("finished", [])
    recorded = run.answers[source.name]
    marks = mark(source, Pack(EXERCISES / source.name), "practice", recorded["answers"])
    assert sum(m.points for m in marks) == 0
