"""Whatever a notebook tries: a run comes back in time, nothing outside is written, read or asked, the next is well."""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from crmlab.teaching import sandbox
from crmlab.teaching.sandbox import fences, supervising

from . import hostile
from .conftest import SECRET, notebook

LINUX = sys.platform == "linux" and os.uname().machine in ("x86_64", "aarch64")
LIMITS = sandbox.Limits(seconds=1, wall_seconds=5, memory_mb=400, files_mb=10)
BY_MODE = pytest.mark.parametrize("os_layers", [True, False], ids=["all-fences", "python-only"])
NEXT = "from standin import record\nrecord('next', 1)"


def filled(source: str, world) -> str:
    outside, code = str(world.folder), str(world.source)
    return source.format(outside=outside, source=code, port=world.port, secret=SECRET)


def children() -> set[int]:
    return {process.pid for process in psutil.Process().children(recursive=True)}


@pytest.fixture
def unharmed(world):
    """What is outside stays as it was, nobody knocks, and no process is left."""
    world.knocks.clear()
    before, processes = world.contents(), children()
    yield
    assert world.contents() == before
    assert world.knocks == []
    assert not Path("/tmp/crmlab-hostile-was-here").exists()
    assert not Path("/dev/shm/crmlab_hostile").exists()
    assert len(children() - processes) <= 1, "the stem, which the next test uses"
    assert not [p for p in psutil.process_iter(["cmdline"]) if "time.sleep(600)" in str(p.info["cmdline"])]


def run_named(run_all, kinds: dict, limits=LIMITS, **options) -> dict[str, sandbox.Run]:
    """Run each kind with a well-meaning notebook after it; the well-meaning ones must all be well."""
    jobs = []
    for cells in kinds.values():
        jobs += [notebook(hostile.FIRST, *cells), notebook(NEXT)]
    runs = run_all(jobs, limits, workers=2, **options)
    assert [run.answers for run in runs[1::2]] == [{"next": 1}] * len(kinds)
    return dict(zip(kinds, runs[::2], strict=True))


@BY_MODE
def test_every_ending_is_told_and_what_was_answered_counts(run_all, world, unharmed, os_layers):
    kinds = {
        name: [filled(c, world) if "{outside" in c else c for c in cells] for name, (_, cells) in hostile.ENDING.items()
    }
    if not os_layers:  # once is enough for what the parent alone does
        for name in ("sleep", "deaf_to_signals", "regular_expression", "big_power", "memory_catches_all"):
            del kinds[name]
    runs = run_named(run_all, kinds, _os_layers=os_layers)
    for name, run in runs.items():
        assert run.status in hostile.ENDING[name][0], (name, run)
        assert run.answers["first"] == 1, (name, run)
        assert run.answers.get("later", 1) == 1 and ("later" in run.answers) == any(
            "later" in c for c in kinds[name]
        ), name
        assert run.seconds < LIMITS.patience + 3 and run.cpu_seconds < LIMITS.seconds + 1, (name, run)
        assert run.peak_mb < LIMITS.memory_mb * 2, (name, run)
        assert run.status == "finished" or run.log[-1].code.startswith(("limit_", "ended_early")), (name, run)
    assert runs["large_answers"].answers == {"first": 1, "later": 1}
    assert "output_cut" in {event.code for event in runs["large_print"].log}


@BY_MODE
def test_whoever_rewrites_the_machinery_changes_no_more_than_answers(run_all, unharmed, os_layers):
    runs = run_named(
        run_all,
        {name: [c.replace("{{", "{").replace("}}", "}") for c in cells] for name, cells in hostile.REWRITING.items()},
        _os_layers=os_layers,
    )
    for name, run in runs.items():
        assert run.status in ("finished", "killed"), (name, run)
        assert set(run.answers) <= {"first", "later"}, (name, run)
        assert {event.code for event in run.log} <= sandbox.CODES
        assert len(run.log) <= 200 and all(len(str(event.values)) < 300 for event in run.log)
    for name in ("input_transformer", "exception_with_a_name", "hostile_value", "hook", "namespace", "record"):
        assert runs[name].answers["first"] == 1, (name, runs[name])
    for name in ("exception_with_a_name", "hostile_value", "hook", "namespace"):
        assert runs[name].answers.get("later") == 1, (name, runs[name])


def attempts(run_all, world, kinds, os_layers) -> sandbox.Run:
    """All attempts as cells of one notebook: an attempt that fails stops its cell only."""
    cells = [filled(source, world) for source in kinds.values()]
    (run,) = run_all([notebook(hostile.FIRST, *cells)], sandbox.Limits(seconds=40), _os_layers=os_layers)
    assert run.status == "finished" and run.answers["first"] == 1, run
    return run


def failed(run, kinds) -> set[str]:
    names = list(kinds)
    return {names[event.cell - 2] for event in run.log if event.code == "cell_error" and event.cell and event.cell > 1}


QUIET = {"chmod", "utime", "magic", "startup", "linecache"}  # without effect, or an error that IPython keeps to itself


@BY_MODE
def test_nothing_is_written_outside(run_all, world, unharmed, os_layers):
    kinds = hostile.WRITING | (hostile.WRITING_NATIVE if os_layers and LINUX else {})
    run = attempts(run_all, world, kinds, os_layers)
    assert set(kinds) - failed(run, kinds) <= QUIET | {"chmod_by_library", "ctypes_from_a_library"}, run.log
    assert sum(event.code == "refused_file" for event in run.log) > 20


@BY_MODE
def test_a_lecturers_source_can_not_be_read(run_all, world, unharmed, os_layers):
    kinds = hostile.READING | (hostile.READING_NATIVE if os_layers and LINUX else {})
    run = attempts(run_all, world, kinds, os_layers)
    assert SECRET not in json.dumps(run.answers) and run.answers.get("got") in (None, []), run.answers
    assert set(kinds) - failed(run, kinds) <= QUIET, run.log


@BY_MODE
def test_no_request_leaves(run_all, world, unharmed, os_layers):
    run = attempts(run_all, world, hostile.NETWORK, os_layers)
    assert set(hostile.NETWORK) - failed(run, hostile.NETWORK) == set(), run.log
    assert sum(event.code == "refused_network" for event in run.log) >= 8


@BY_MODE
def test_no_other_process_is_started_or_ended(run_all, world, unharmed, os_layers):
    kinds = hostile.PROCESSES | (hostile.PROCESSES_NATIVE if os_layers and LINUX else {})
    run = attempts(run_all, world, kinds, os_layers)
    assert set(kinds) - failed(run, kinds) == set(), run.log
    assert sum(event.code == "refused_process" for event in run.log) >= 10


def test_doubled_and_deleted_cells(run_all):
    twice = json.loads(notebook("from standin import record", "record('a', 1)", "record('a', 2)"))
    twice["cells"][2]["id"] = twice["cells"][1]["id"]
    graded = json.loads(notebook("from standin import record", "record('a', 1)", "record('a', 3)"))
    for cell in graded["cells"][1:]:
        cell["metadata"] = {"nbgrader": {"grade_id": "q1"}}
    empty = json.loads(notebook("1"))
    empty["cells"] = []
    odd = json.loads(notebook("from standin import record", "record('a', 4)"))
    odd["cells"] += [
        None,
        3,
        {"cell_type": "code"},
        {"cell_type": "code", "source": 3},
        {"source": "1/0"},
        {"cell_type": []},
    ]
    odd["cells"][1]["metadata"] = odd["cells"][1]["id"] = ["x"]
    runs = run_all([json.dumps(one).encode() for one in (twice, graded, empty, odd)])
    assert [run.status for run in runs] == ["finished"] * 4
    assert [run.answers for run in runs] == [{"a": 2}, {"a": 3}, {}, {"a": 4}]
    assert [[(event.code, event.cell) for event in run.log] for run in runs] == [
        [("doubled_cell", 3)],
        [("doubled_cell", 3)],
        [("empty_notebook", None)],
        [],
    ]


def test_files_that_are_no_notebooks(run_all, tmp_path):
    good = notebook(NEXT)
    (tmp_path / "good.ipynb").write_bytes(good)
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "good.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    if os.name == "posix":
        os.mkfifo(tmp_path / "pipe.ipynb")
    with open(tmp_path / "huge.ipynb", "wb") as file:
        file.truncate(500 * 2**20)  # claims 500 MB, weighs nothing
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}
    files = {
        "truncated": (good[: len(good) // 2], "unreadable", "not_json"),
        "no_json": (b"PK\x03\x04" + bytes(range(256)), "unreadable", "not_json"),
        "empty": (b"", "unreadable", "not_json"),
        "nested": (b'{"cells": ' + b"[" * 200_000, "unreadable", "not_json"),
        "nan": (b'{"cells": [], "x": NaN}', "unreadable", "not_json"),
        "list": (b"[1, 2]", "unreadable", "not_a_notebook"),
        "null": (b"null", "unreadable", "not_a_notebook"),
        "old": (json.dumps(old).encode(), "unreadable", "not_a_notebook"),
        "cells_no_list": (b'{"cells": {"a": 1}}', "unreadable", "not_a_notebook"),
        "too_many": (
            json.dumps({"cells": [{"cell_type": "code", "source": "1"}] * 3000}).encode(),
            "unreadable",
            "not_a_notebook",
        ),
        "missing": (tmp_path / "none.ipynb", "unreadable", "no_such_notebook"),
        "link": (tmp_path / "link.ipynb", "unreadable", "not_a_file"),
        "folder": (tmp_path / "folder.ipynb", "unreadable", "not_a_file"),
        "huge": (tmp_path / "huge.ipynb", "huge", "notebook_too_large"),
    }
    if os.name == "posix":
        files["pipe"] = (tmp_path / "pipe.ipynb", "unreadable", "not_a_file")
        files["device"] = (Path("/dev/zero"), "unreadable", "not_a_file")
    runs = run_all([*(given for given, _, _ in files.values()), tmp_path / "good.ipynb"], workers=2)
    for (name, (_, status, code)), run in zip(files.items(), runs, strict=False):
        assert (run.status, [event.code for event in run.log], run.answers) == (status, [code], {}), name
    assert runs[-1].answers == {"next": 1}


def test_a_file_with_a_byte_order_mark_is_read(run_all):
    (run,) = run_all([b"\xef\xbb\xbf" + notebook(NEXT)])
    assert run.answers == {"next": 1}


def test_nothing_is_left_in_the_temporary_folder(run_all, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    cells = [
        c.replace("{outside!r}", repr(str(tmp_path)))
        for name in ("deep_folders", "locked_folder", "links_in_folder")
        for c in hostile.ENDING[name][1]
    ]
    for os_layers in (True, False):
        run_all([notebook(cell) for cell in cells], LIMITS, _os_layers=os_layers)
    assert list(tmp_path.iterdir()) == []


def test_what_may_be_read_holds_no_source_of_exercises():
    """A checkout holds the lecturer's sources beside the package; only the package and its data may be read."""
    root = Path(sandbox.__file__).resolve().parents[3]
    places = [Path(place) for place in fences.readable_places()]
    assert any((root / "crmlab").is_relative_to(place) for place in places)
    for kept in (
        root / "exercises" / "src" / "07.py",
        root / ".git" / "config",
        Path.home() / "marks.csv",
        world_file(),
    ):
        assert not any(kept.is_relative_to(place) for place in places), kept


def world_file() -> Path:
    return Path(tempfile.gettempdir()) / "submissions" / "other.ipynb"


@pytest.mark.parametrize("seed", range(3))
def test_bytes_of_any_kind_in_the_slots_give_no_answers(seed, tmp_path):
    """What a process leaves is read as if an enemy had written it."""
    rng = random.Random(seed)
    good = b'{"turn": 3, "status": "finished", "answers": {"a": 1}}'
    bad = [b"", b"null", b"[]", b"3", good[:-1], good + b"x", b"[" * 10**6, b'{"turn": 1e999, "answers": {}}']
    bad += [
        good.replace(b"1}", rest + b"}")
        for rest in (b"NaN", b"1e999", b"9" * 5000, b'"\\ud800"', b"[" * 99 + b"]" * 99)
    ]
    bad += [
        rng.randbytes(1000),
        b'{"turn": true, "answers": {"a": 1}}',
        b'{"turn": 9, "answers": [1]}',
        b" " * 3 * 2**20,
    ]
    for data in bad:
        (tmp_path / "answers.0").write_bytes(data)
        (tmp_path / "events").write_bytes(data + b"\n" + rng.randbytes(50) + b'\n{"code": "cell_error", "cell": 1}\n')
        run = supervising._gather(tmp_path, sandbox.Limits(), "", 1.0, 1.0, 1.0)
        assert run.answers == {} and {event.code for event in run.log} <= {"cell_error", "ended_early"}, data[:80]
        (tmp_path / "answers.1").write_bytes(good.replace(b"3", b"10"))
        run = supervising._gather(tmp_path, sandbox.Limits(), "", 1.0, 1.0, 1.0)
        assert (run.answers, run.status) == ({"a": 1}, "finished"), data[:80]
        (tmp_path / "answers.1").unlink()
