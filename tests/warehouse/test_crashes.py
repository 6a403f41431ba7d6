"""A load that dies between any two of its steps leaves the warehouse before it, or the whole one after it."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crmlab.warehouse import Warehouse

HERE = Path(__file__).parent
spec = importlib.util.spec_from_file_location("crashing", HERE / "crashing.py")
crashing = importlib.util.module_from_spec(spec)
spec.loader.exec_module(crashing)


def child(folder, number, point):
    command = [sys.executable, str(HERE / "crashing.py"), str(folder), str(number), str(point)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def states(tmp_path_factory):
    """The warehouse after one load, its fingerprints before and after the second, and how many steps that takes."""
    place = tmp_path_factory.mktemp("states")
    crashing.load(place / "one", 0)
    shutil.copytree(place / "one", place / "two")
    done = child(place / "two", 1, 10**6)
    assert done.returncode == 0, done.stderr
    one, two = (Warehouse(place / n).snapshot().fingerprint() for n in ("one", "two"))
    assert one != two
    return place / "one", one, two, int(done.stdout.split()[-1])


def test_death_at_any_step_leaves_the_old_or_the_whole_new_warehouse(states, tmp_path):
    start, before, after, steps = states
    assert steps > 20
    # all of the end, where files are moved and the pointer is replaced, and some of the staging before it
    points = sorted({*range(steps - 13, steps + 1), *range(1, steps, 9)})
    seen = set()
    for point in points:
        folder = tmp_path / f"at-{point}"
        shutil.copytree(start, folder)
        died = child(folder, 1, point)
        assert died.returncode == 9, died.stderr
        house = Warehouse(folder)
        found = house.snapshot().fingerprint()
        assert found in (before, after), f"half loaded at step {point}"
        assert house.last == (2 if found == after else 1)
        seen.add(found)
    assert seen == {before, after}


def test_leftovers_are_swept_by_the_next_load(states, tmp_path):
    start, _, after, steps = states
    folder, point = tmp_path / "house", steps
    while point > 1:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(start, folder)
        child(folder, 1, point)
        if Warehouse(folder).last == 1 and Warehouse(folder).broken():
            break
        point -= 1
    assert Warehouse(folder).broken(), "no death left anything behind"
    crashing.load(folder, 1)
    house = Warehouse(folder)
    assert house.broken() == []
    assert house.snapshot().fingerprint() == after
    assert not (folder / "staging").exists()
