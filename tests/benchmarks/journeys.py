"""Transitions and a funnel of ten million events: crmlab beside retentioneering, CPU seconds and memory in one run.

Run as ``python -m tests.benchmarks.journeys [events] [--python another/bin/python]``. This process makes the Parquet
file; a child of its own reads it, puts it in order and counts in each way, libraries imported before the clock starts.
retentioneering (5.2 keeps its events in pandas and counts in DuckDB) is wanted by nothing else and needs versions of
its own: ``--python`` names the interpreter of an environment that has it. Its telemetry is switched off. The matrix and
the funnel of both ways are compared number by number; crmlab's come with their intervals besides.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

EVENTS = 10_000_000
GOAL_CPU = 0.3
STEPS = ["search", "product", "cart", "order"]

_MEASURE = """
import json, resource, sys, time
way, path, steps = sys.argv[1], sys.argv[2], sys.argv[3].split(",")
if way == "crmlab":
    import duckdb, pandas, pyarrow, scipy.sparse, scipy.stats
    from crmlab.analytics.journeys import event_log, funnel_through_all, transitions
else:
    import duckdb, pandas, retentioneering
    from retentioneering.tools.funnel import Funnel
    from retentioneering.tools.transition_matrix import TransitionMatrix
before = time.process_time(), time.perf_counter()
if way == "crmlab":
    log = event_log(path, as_of="2025-12-31")
    ready = time.process_time()
    table = transitions(log).table
    funnel = funnel_through_all(log, steps).table["cases"].tolist()
else:
    stream = retentioneering.Eventstream(
        pandas.read_parquet(path),
        schema={"path_cols": ["person_id"], "event_col": "touchpoint", "timestamp_col": "occurred_at"},
    )
    ready = time.process_time()
    matrix = TransitionMatrix(stream).fit("count")
    funnel = [s["unique_paths"] for s in Funnel(stream).fit(steps)["steps"]]
spent = {
    "cpu_seconds": round(time.process_time() - before[0], 2), "of_it_reading": round(ready - before[0], 2),
    "wall_seconds": round(time.perf_counter() - before[1], 2),
    "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
}
if way == "crmlab":
    inner = table[(table["origin"] != "journey_start") & (table["destination"] != "journey_end")]
    pairs = {f"{a}>{b}": int(n) for a, b, n in zip(inner["origin"], inner["destination"], inner["n"])}
else:
    names = [n for n in matrix.index if not n.startswith("path_")]
    pairs = {f"{a}>{b}": int(matrix.loc[a, b]) for a in names for b in names if matrix.loc[a, b]}
print(json.dumps({"spent": spent, "pairs": pairs, "funnel": funnel}))
"""


def make(events: int, path: Path, seed: int = 62022) -> None:
    """A year of twelve touchpoints, in order of time as a server writes them; ids as texts, about 12 events each."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    draws = np.random.default_rng(seed)
    names = np.array(
        ["search", "home", "category", "product", "price", "cart", "checkout", "order", "delivery", "support", "review",
         "return"]
    )  # fmt: skip
    usual = draws.dirichlet(np.full(len(names), 3.0))
    people = max(1, events // 12)
    # no two events share a moment: which comes first is never a matter of taste
    apart = draws.integers(1, 2 * 31_536_000_000 // events, events)
    moments = np.datetime64("2024-01-01T00:00:00.000") + np.cumsum(apart).astype("timedelta64[ms]")
    who = draws.integers(0, people, events).astype("U8")
    table = pa.table(
        {
            "person_id": pa.array(np.char.add("U", np.char.zfill(who, 8))),
            "occurred_at": pa.array(moments.astype("datetime64[us]")),
            "touchpoint": pa.array(names[draws.choice(len(names), events, p=usual)]),
        }
    )
    pq.write_table(table, path)


def main() -> int:
    """Measure, print, and say whether the goal is met."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("events", nargs="?", type=int, default=EVENTS)
    told.add_argument("--python", default=sys.executable, help="the interpreter that has retentioneering")
    asked = told.parse_args()
    quiet = {**os.environ, "RETENTIONEERING_NO_TRACK": "1"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.parquet"
        make(asked.events, path)
        found = {}
        for way, python in (("crmlab", sys.executable), ("retentioneering", asked.python)):
            done = subprocess.run(
                [python, "-c", _MEASURE, way, str(path), ",".join(STEPS)],
                stdout=subprocess.PIPE,
                text=True,
                check=True,
                env=quiet,
            )
            found[way] = json.loads(next(x for x in done.stdout.splitlines() if x.startswith("{")))
            print(way, found[way]["spent"], flush=True)
    ours, theirs = found["crmlab"], found["retentioneering"]
    share = ours["spent"]["cpu_seconds"] / theirs["spent"]["cpu_seconds"]
    same = ours["pairs"] == theirs["pairs"] and ours["funnel"] == theirs["funnel"]
    print(f"{asked.events:,} events, CPU {share:.2f} of retentioneering (goal {GOAL_CPU}), equal: {same}")
    return 0 if same and share <= GOAL_CPU else 1


if __name__ == "__main__":
    raise SystemExit(main())
