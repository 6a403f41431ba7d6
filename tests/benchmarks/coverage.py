"""Do the intervals keep their word? Every interval that a room shows, simulated again and again on planted truths.

Run as ``python -m tests.benchmarks.coverage [room ...] [--times 2000] [--cases part-of-a-name]``. A room tells in
``tests/analytics/<room>/simulations.py`` how a world is drawn from a known truth; each world yields every interval
that was shown for it, and this counts how many hold their truth. Goal: 93 to 97 % of 2,000. An interval that was
refused (its bounds are missing) is not counted as a miss, but how often that happened is told.

A rank or a month is a whole number: what is shown of it is a set of values, and no such set holds exactly 95 %. It says
that it holds at least so much, and a room names it in ``AT_LEAST`` (by how its name begins).

``!`` marks a share outside of what is wanted, ``!!`` one that chance does not explain: its own interval lies outside.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from crmlab.intervals import wilson

ROOMS = Path(__file__).resolve().parents[1] / "analytics"
SEED = 20162020
LOW, HIGH = 0.93, 0.97
CHUNK = 50  # worlds a process draws before it tells

Case = Callable[[np.random.Generator], Iterable[tuple[str, float, float, float]]]


def rooms() -> list[str]:
    """The rooms that have intervals to hold."""
    return sorted(path.parent.name for path in ROOMS.glob("*/simulations.py"))


def module_of(room: str) -> Any:
    """A room's worlds, loaded once a process."""
    name = f"simulations_of_{room}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, ROOMS / room / "simulations.py")
        assert spec and spec.loader
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


def cases(room: str) -> dict[str, Case]:
    """A room's worlds by name."""
    return module_of(room).CASES


def at_least(room: str, name: str) -> bool:
    """Whether it is a set of whole values, which says that it holds 95 % at least."""
    return name.startswith(tuple(getattr(module_of(room), "AT_LEAST", ())))


def judged(held: int, shown: int, times: int, only_low: bool) -> str:
    """Nothing, ``!`` (outside of what is wanted) or ``!!`` (and chance does not explain it: 95 % interval outside).

    Where 99 of 100 worlds were refused nothing is judged: that is the answer.
    """
    high = 1.0 if only_low else HIGH
    if shown <= times / 100 or LOW <= held / shown <= high:
        return ""
    least, most = wilson(held, shown)
    return "!!" if most < LOW or least > high else "!"


def count(room: str, case: str, first: int, times: int) -> dict[str, Counter]:
    """How many intervals held, missed on either side or were refused, by name, in worlds ``first`` onwards.

    A world's random numbers follow from its own number, so that the count does not depend on who draws it.
    """
    world = cases(room)[case]
    told: dict[str, Counter] = {}
    for number in range(first, first + times):
        for name, truth, low, high in world(np.random.default_rng([SEED, number])):
            truth, low, high = (math.nan if v is None else float(v) for v in (truth, low, high))
            assert not math.isnan(truth), f"{room}: {name} has no truth"
            if math.isnan(low) or math.isnan(high):
                what = "refused"
            else:
                what = "below" if truth < low else "above" if truth > high else "held"
            told.setdefault(name, Counter())[what] += 1
    return told


def coverage(
    room: str, case: str, times: int, pool: ProcessPoolExecutor | None = None, first: int = 0
) -> dict[str, Counter]:
    """:func:`count` of ``times`` worlds from the ``first`` on, over the processes of ``pool``."""
    if pool is None:
        return count(room, case, first, times)
    parts = [pool.submit(count, room, case, first + at, min(CHUNK, times - at)) for at in range(0, times, CHUNK)]
    told: dict[str, Counter] = {}
    for part in parts:
        for name, counts in part.result().items():
            told.setdefault(name, Counter()).update(counts)
    return told


def main(arguments: list[str] | None = None) -> int:
    """Tell the table; 1 if an interval is surely outside 93 to 97 %."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.coverage")
    parser.add_argument("rooms", nargs="*", metavar="room", help=", ".join(rooms()))
    parser.add_argument("--times", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="number of the first world, to go on from")
    parser.add_argument("--cases", default="", help="the case of this name, or all that have it in theirs")
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args(arguments)
    if unknown := set(given.rooms) - set(rooms()):
        parser.error(f"no such room: {', '.join(sorted(unknown))}; there are {', '.join(rooms())}")

    outside = 0
    pool = ProcessPoolExecutor(given.processes) if given.processes > 1 else None
    for room in given.rooms or rooms():
        for case in cases(room):
            if case != given.cases if given.cases in cases(room) else given.cases not in case:
                continue
            began = time.perf_counter()
            told = coverage(room, case, given.times, pool, given.first)
            for name, counts in told.items():
                shown = counts.total() - counts["refused"]
                share = counts["held"] / shown if shown else math.nan
                mark = judged(counts["held"], shown, counts.total(), at_least(room, name))
                outside += mark == "!!"
                missed = f"below {counts['below']:3} above {counts['above']:3} refused {counts['refused']:4}"
                print(f"{mark:2} {share:6.1%} of {shown:5}  {missed}  {room}: {name}", flush=True)
            print(f"  {case}: {time.perf_counter() - began:.0f} s", flush=True)
    print(f"{outside} surely outside {LOW:.0%} to {HIGH:.0%}")
    return int(outside > 0)


if __name__ == "__main__":
    sys.exit(main())
