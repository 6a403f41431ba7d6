"""A disk that is full and files that were damaged: no load is lost, and what is said helps."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest

from crmlab.errors import UserError
from crmlab.warehouse import Warehouse

JANUARY = {"sales": {"order_id": [1, 2], "amount": [600, 400]}}
FEBRUARY = {"sales": {"order_id": [2, 3], "amount": [450, 50]}}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    house = Warehouse(tmp_path_factory.mktemp("whole") / "house")
    house.load(JANUARY, loaded_at="2020-02-01", keys={"sales": "order_id"})
    house.load(FEBRUARY, loaded_at="2020-03-01")
    return house


@pytest.fixture
def house(whole, tmp_path):
    shutil.copytree(whole.folder.path, tmp_path / "house")
    return Warehouse(tmp_path / "house")


def files(house):
    return sorted(p for name in ("loads", "parts") for p in (house.folder.path / name).rglob("*") if p.is_file())


def pointer(**changes):
    return json.dumps({"format": 1, "load": 2, "sha256": "x"} | changes)


POINTERS = {
    "lost": None,
    "empty": "",
    "a list": "[]",
    "without a load": '{"format": 1}',
    "load as text": pointer(load="2"),
    "load below none": pointer(load=-1),
    "load of the future": pointer(load=99),
    "old, so that two loads lie beyond it": pointer(load=0, sha256=""),
}


@pytest.mark.parametrize("said", POINTERS.values(), ids=POINTERS.keys())
def test_a_lost_or_broken_pointer_costs_no_load(house, said):
    place, before = house.folder.path / "CURRENT", files(house)
    kept = place.read_bytes()
    place.unlink() if said is None else place.write_text(said, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        house.load({"sales": {"order_id": [9], "amount": [1]}}, loaded_at="2020-04-01", keys={"sales": "order_id"})
    assert caught.value.code == "warehouse.broken"
    assert files(house) == before, "nothing was swept away"
    place.write_bytes(kept)
    assert house.query("SELECT sum(amount) FROM sales") == [(1100,)]
    assert house.broken() == []


def test_a_damaged_manifest_or_part_is_named(house):
    manifest, part = (
        house.folder.path / "loads" / "000001.json",
        house.folder.path / "parts" / "sales" / "000001.parquet",
    )
    for path, damage in (
        (manifest, b"\xff" + manifest.read_bytes()),
        (part, part.read_bytes()[:60]),
        (part, None),
    ):
        kept = path.read_bytes()
        path.unlink() if damage is None else path.write_bytes(damage)
        for ask in (
            lambda: house.query("SELECT sum(amount) FROM sales"),
            lambda: house.load({"sales": {"order_id": [9], "amount": [1]}}, loaded_at="2020-04-01"),
        ):
            with pytest.raises(UserError) as caught:
                ask()
            assert caught.value.code == "warehouse.broken"
            assert path.name in str(caught.value)
        path.write_bytes(kept)
    assert house.broken() == []


def test_a_first_load_that_died_is_swept_and_loaded_again(tmp_path):
    house = Warehouse(tmp_path / "house")
    with house.folder.writing(1):
        (house.folder.path / "loads").mkdir()
        (house.folder.path / "loads" / "000001.json").write_text("{", encoding="utf-8")
    assert house.last == 0
    assert house.load(JANUARY, loaded_at="2020-02-01", keys={"sales": "order_id"}).facts["new"] == 2
    assert house.broken() == []


FULL = """
import resource, signal, sys
from crmlab.errors import UserError
from crmlab.warehouse import Warehouse
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
n = 20_000
batch = {"sales": {"order_id": list(range(10, n)), "amount": [(i * 7919) % 10**6 for i in range(10, n)]}}
try:
    Warehouse(sys.argv[1]).load(batch, loaded_at="2020-04-01")
except UserError as said:
    print(said.code, said.render("id"))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="only POSIX can limit how large a file may grow")
@pytest.mark.parametrize("room", [1, 60, 4000])
def test_a_full_disk_is_said_in_words_and_harms_nothing(house, room):
    before = house.snapshot().fingerprint()
    told = subprocess.run(
        [sys.executable, "-c", FULL, str(house.folder.path), str(room)],
        capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert told.stdout.startswith("warehouse.cannot_write"), told.stderr
    assert "{" not in told.stdout
    assert house.snapshot().fingerprint() == before
    assert house.broken() == []
    assert house.load({"sales": {"order_id": [9], "amount": [1]}}, loaded_at="2020-04-01").facts["new"] == 1
