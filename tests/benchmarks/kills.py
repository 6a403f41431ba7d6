"""200 loads killed at random moments: how many broken or half-loaded warehouses do they leave?

Run as ``python -m tests.benchmarks.kills [--kills 200]``. A child process loads a batch; the parent sends SIGKILL at a
moment drawn over the whole time that a load takes and a little beyond, a third of them over its last third, where files
are moved and the pointer is replaced. Then the warehouse is opened: it must say what it said before the load, or all of
what it says after it. It is loaded again then, and must be whole, with nothing left over.
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
    """How long a load takes from "ready" to its end (the quickest of seven), and what the warehouse says then."""
    times = []
    for n in range(7):
        folder = place / f"usual-{n}"
        shutil.copytree(start, folder)
        child = started(folder)
        begun = time.perf_counter()
        child.wait()
        times.append(time.perf_counter() - begun)
    return min(times), Warehouse(folder).snapshot().fingerprint()


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
        for n in range(chosen.kills):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(start, folder)
            share = dice.uniform(0.67, 1.1) if n % 3 == 0 else dice.uniform(0.0, 1.1)
            child = started(folder)
            time.sleep(share * takes)
            counts["after its end" if child.poll() is not None else "killed"] += 1
            child.kill()
            child.wait()
            left = judged(folder, before, after)
            counts[left] += 1
            if left in ("old", "new"):
                dirty = bool(Warehouse(folder).broken())
                counts["with leftovers"] += dirty
                crashing.load(str(folder), 1)
                house = Warehouse(folder)
                whole = house.broken() == [] and house.snapshot().fingerprint() == after
                counts["not whole when loaded again"] += not whole
    print(json.dumps({"kills": chosen.kills, "load_seconds": round(takes, 3), **sorted_counts(counts)}, indent=1))
    return 1 if counts["half"] or counts["broken"] or counts["not whole when loaded again"] else 0


def sorted_counts(counts: collections.Counter) -> dict[str, int]:
    """Counts with the zeros that matter."""
    return {k: counts[k] for k in ("killed", "after its end", "old", "new", "half", "broken", "with leftovers")} | {
        "not whole when loaded again": counts["not whole when loaded again"]
    }


if __name__ == "__main__":
    sys.exit(main())
