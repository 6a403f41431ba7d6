"""The lifecycle of half a million customers over sixty months: counted by spans in DuckDB, and as a table of states.

Run as ``python -m tests.benchmarks.lifecycle [customers] [months]``. This process makes the sales, ten orders a
customer on average; a child of its own each counts the transitions, and makes the whole table of states. CPU seconds
and memory are told, and whether both say the same.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

CUSTOMERS, MONTHS = 500_000, 60
GOAL_CPU, GOAL_BYTES = 30.0, 1536 * 1024**2  # of counting

_MEASURE = """
import json, resource, sys, time
import duckdb, numpy, pandas
from crmlab.analytics import retention
way, path, as_of = sys.argv[1:]
before = time.process_time(), time.perf_counter()
if way == "counted":
    found = retention.lifecycle_transitions(path, as_of=as_of)
else:
    found = retention.transitions(retention.lifecycle_states(path, as_of=as_of))
print(json.dumps({
    "cpu_seconds": round(time.process_time() - before[0], 1), "wall_seconds": round(time.perf_counter() - before[1], 1),
    "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    "customer_months": int(found.table["n"].sum()), "counts": found.table["n"].tolist(),
}))
"""


def make(customers: int, months: int, path: Path, seed: int = 20162020) -> str:
    """Orders of customers who come, buy at their own pace and fall silent; the last day, as text."""
    import numpy as np
    import pandas as pd

    draws = np.random.default_rng(seed)
    first, last = pd.Timestamp("2016-01-01"), pd.Timestamp("2016-01-01") + pd.DateOffset(months=months, days=-1)
    days = (last - first).days + 1
    came = draws.integers(0, days, customers)
    stays = np.minimum(draws.exponential(700, customers), days - 1 - came)
    n = 1 + draws.poisson(stays / 365 * draws.gamma(2.0, 4.5, customers))
    who = np.repeat(np.arange(customers), n)
    when = came[who] + (draws.random(len(who)) * stays[who]).astype(int)
    table = pd.DataFrame({"order_id": np.arange(len(who)), "customer_id": who, "amount": 100_000})
    table["ordered_at"] = first + pd.to_timedelta(when, unit="D")
    table.sample(frac=1, random_state=seed).to_parquet(path)
    print(f"{customers:,} customers, {len(table):,} orders, {months} months", flush=True)
    return str(last.date())


def main(customers: int = CUSTOMERS, months: int = MONTHS) -> int:
    """Measure, print, and say whether the goals are met."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sales.parquet"
        as_of = make(customers, months, path)
        found = {}
        for way in ("counted", "states"):
            done = subprocess.run(
                [sys.executable, "-c", _MEASURE, way, str(path), as_of], stdout=subprocess.PIPE, text=True, check=True
            )
            found[way] = json.loads(done.stdout.splitlines()[-1])
            print(way, {k: v for k, v in found[way].items() if k != "counts"}, flush=True)
    counted = found["counted"]
    same = counted["counts"] == found["states"]["counts"]
    print(f"equal: {same}; goals {GOAL_CPU:.0f} CPU-s and {GOAL_BYTES / 1024**2:.0f} MB")
    return 0 if same and counted["cpu_seconds"] <= GOAL_CPU and counted["megabytes"] * 1024**2 <= GOAL_BYTES else 1


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
