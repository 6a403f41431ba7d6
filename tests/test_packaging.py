"""The wheel holds all that crmlab needs at work, and nothing of the repository's own."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("crmlab-*.whl")
    return path


def test_every_file_of_the_package_is_in_the_wheel(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    files = (path for path in (ROOT / "crmlab").rglob("*") if path.is_file() and path.suffix != ".pyc")
    wanted = {path.relative_to(ROOT).as_posix() for path in files if ".ipynb_checkpoints" not in path.parts}
    assert len(wanted) > 20
    assert wanted - held == set()
    for kind in (".toml", ".ipynb", ".js", ".css", ".html"):
        assert any(name.endswith(kind) for name in held), kind
    assert any(name.startswith("crmlab/notebooks/id/01") for name in held)
    packs = [name for name in held if name.startswith("crmlab/exercises/packs/")]
    assert len([name for name in packs if name.endswith("/pack.json")]) == 13
    assert "crmlab/exercises/packs/course.csv" in packs
    assert not [name for name in packs if "/src/" in name], "the solutions stay with lecturers"
    assert any(name.endswith(".parquet") for name in held), "PT XYZ in size S"
    assert {name.partition("/")[0] for name in held if "dist-info" not in name and ".data" not in name} == {"crmlab"}
    assert wheel.stat().st_size < 9_000_000  # two editions of 26 notebooks with their figures, two small worlds


def test_the_installed_package_works_away_from_the_repository(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        "import crmlab as crm; assert 'site' in crm.__file__, crm.__file__;"
        "shop = crm.datasets.load_retail(); view = shop.cube().view(by=['segment'], measures=['revenue']);"
        "from crmlab import course; assert 'site' in str(course.originals());"
        "copy = course.working_copy(__import__('pathlib').Path('mine')); assert len(list(copy.glob('*/*.ipynb'))) >= 6;"
        "from crmlab import exercises;"
        "work = exercises.open('01-foundations-and-models', student='2110511023', state=False);"
        "assert 'site' in str(work.pack.folder) and work[1].check().code == 'open';"
        "assert len(list(copy.glob('exercises/*/pack.json'))) == 13;"
        "print(len(view.to_pandas()))"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 3
