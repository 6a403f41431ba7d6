"""NPS with its interval by 10,000 groups on ten million answers, beside NPS alone written by hand in SQL.

Run as ``python -m tests.benchmarks.nps [answers] [groups]``. This process makes the Parquet file; a child of its own
computes each way, best of three in CPU seconds, imports left out. Goal: with intervals, checks of the scale and a
verdict at most twice the CPU of the plain number, and the same number.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROWS, GROUPS, GOAL = 10_000_000, 10_000, 2.0

_MEASURE = """
import json, sys, time
import duckdb, pandas as pd, numpy as np
import scipy.stats
import crmlab as crm
crm.satisfaction.nps([1, 2, 10])
path = sys.argv[1]
hand = (
    "SELECT unit, 100.0 * (count(*) FILTER (nps >= 9) - count(*) FILTER (nps <= 6)) / count(*) AS nps "
    "FROM read_parquet(?) GROUP BY unit ORDER BY unit"
)
def by_hand():
    con = duckdb.connect()
    con.execute("SET threads=2")
    return con.execute(hand, [path]).df()
def by_crmlab():
    return crm.satisfaction.nps(path, by="unit").table
found = {"hand": [], "crmlab": []}
for turn in range(4):  # the first turn warms the file and is left out
    for way, run in (("hand", by_hand), ("crmlab", by_crmlab)):
        cpu, wall = time.process_time(), time.perf_counter()
        table = run()
        if turn:
            found[way].append((time.process_time() - cpu, time.perf_counter() - wall))
        if way == "hand":
            plain = table
members = table[table["row"] == "member"]
same = bool(np.allclose(members["nps"].to_numpy(float), plain["nps"].to_numpy(float)))
print(json.dumps({"same": same, "groups": len(members), **{
    way: {"cpu_seconds": round(min(t)[0], 3), "wall_seconds": round(min(x[1] for x in t), 3)}
    for way, t in found.items()
}}))
"""


def make(rows: int, groups: int, path: Path, seed: int = 62022) -> None:
    """Answers of groups whose promoters and detractors differ."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    draws = np.random.default_rng(seed)
    mood = draws.normal(0, 0.4, groups)
    writer = None
    for start in range(0, rows, 1_000_000):
        n = min(1_000_000, rows - start)
        unit = draws.integers(0, groups, n)
        score = np.clip(np.round(8.1 + mood[unit] + 2.2 * draws.normal(size=n)), 0, 10)
        table = pa.table({"unit": pa.array(unit.astype("int32")), "nps": pa.array(score.astype("int8"))})
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    writer.close()


def main(rows: int = ROWS, groups: int = GROUPS) -> int:
    """Measure, print, and say whether the goal is met."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.parquet"
        make(rows, groups, path)
        done = subprocess.run(
            [sys.executable, "-c", _MEASURE, str(path)], stdout=subprocess.PIPE, text=True, check=True
        )
        found = json.loads(done.stdout.splitlines()[-1])
    share = found["crmlab"]["cpu_seconds"] / found["hand"]["cpu_seconds"]
    print(found)
    print(f"{rows:,} answers, {groups:,} groups: CPU {share:.2f} of SQL by hand (goal {GOAL}), equal: {found['same']}")
    return 0 if found["same"] and share <= GOAL else 1


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
