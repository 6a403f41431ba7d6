"""200 loads killed at random moments: how many broken or half-loaded warehouses do they leave?

Run as ``python -m tests.benchmarks.kills [--kills 200]``. A child process, which has imported everything, loads a
batch; the parent sends SIGKILL at a moment drawn over the time that a load takes, and somewhat beyond, as the machine
is not always as fast; every third is drawn near the end, where files are moved and the pointer is replaced. Only kills
that hit a load at work count: one that came when ``load`` had returned is drawn again, and their number is told. Then
the warehouse is opened: it must say what it said before the load, or all of what it says after it. It is loaded again
then, and must be whole, with nothing left over.
"""

from __future__ import annotations

import argparse
import collections
import importlib.util
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from crmlab.errors import UserError
from crmlab.warehouse import Warehouse

SCRIPT = Path(__file__).resolve().parent.parent / "warehouse" / "crashing.py"
spec = importlib.util.spec_from_file_location("crashing", SCRIPT)
crashing = importlib.util.module_from_spec(spec)
spec.loader.exec_module(crashing)


def started(folder: Path) -> subprocess.Popen:
    """A child that is about to load: it has imported everything."""
    child = subprocess.Popen([sys.executable, str(SCRIPT), str(folder), "1"], stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "ready\n"
    return child


def usual(start: Path, place: Path) -> tuple[float, str]:
    """How long a load takes until it returns (the middle of seven), and what the warehouse says then."""
    times = []
    for n in range(7):
        folder = place / f"usual-{n}"
        shutil.copytree(start, folder)
        child = started(folder)
        begun = time.perf_counter()
        assert child.stdout.readline().startswith("loaded")
        times.append(time.perf_counter() - begun)
        child.wait()
    return sorted(times)[3], Warehouse(folder).snapshot().fingerprint()


def judged(folder: Path, before: str, after: str) -> str:
    """What a killed load left: ``old``, ``new``, ``half`` or ``broken``."""
    try:
        house = Warehouse(folder)
        found, last = house.snapshot().fingerprint(), house.last
    except (UserError, OSError):
        return "broken"
    return {(before, 1): "old", (after, 2): "new"}.get((found, last), "half")


def main() -> int:
    """Kill, open, count."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=20201231)
    chosen = options.parse_args()
    dice, counts = random.Random(chosen.seed), collections.Counter()
    with tempfile.TemporaryDirectory() as place:
        start, folder = Path(place) / "start", Path(place) / "house"
        crashing.load(str(start), 0)
        before = Warehouse(start).snapshot().fingerprint()
        takes, after = usual(start, Path(place))
        drawn = 0
        while counts["killed at work"] < chosen.kills:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(start, folder)
            child = started(folder)
            drawn += 1
            time.sleep((dice.uniform(0.75, 1.15) if drawn % 3 == 0 else dice.uniform(0.0, 1.25)) * takes)
            child.kill()
            said = child.stdout.read()
            child.wait()
            if said:
                counts["too late, drawn again"] += 1
                continue
            counts["killed at work"] += 1
            left = judged(folder, before, after)
            counts[left] += 1
            if left in ("old", "new"):
                counts["with leftovers"] += bool(Warehouse(folder).broken())
                crashing.load(str(folder), 1)
                house = Warehouse(folder)
                whole = house.broken() == [] and house.snapshot().fingerprint() == after
                counts["not whole when loaded again"] += not whole
    print(json.dumps({"kills": chosen.kills, "load_seconds": round(takes, 3), **sorted_counts(counts)}, indent=1))
    return 1 if counts["half"] or counts["broken"] or counts["not whole when loaded again"] else 0


def sorted_counts(counts: collections.Counter) -> dict[str, int]:
    """Counts with the zeros that matter."""
    shown = ("killed at work", "too late, drawn again", "old", "new", "half", "broken", "with leftovers")
    return {k: counts[k] for k in (*shown, "not whole when loaded again")}


if __name__ == "__main__":
    sys.exit(main())
