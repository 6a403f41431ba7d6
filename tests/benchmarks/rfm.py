"""RFM on ten million transactions: crmlab's way through DuckDB beside pandas', CPU seconds and memory in one run.

Run as ``python -m tests.benchmarks.rfm [transactions]``. This process makes the Parquet file; a child of its own reads,
scores and names the segments in each way, and the scores of both are compared by their hash. ``fastest`` of pandas does
without distinct orders and so assumes one row an order.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROWS = 10_000_000
GOAL_CPU, GOAL_BYTES = 0.5, 1024**3

_MEASURE = """
import hashlib, json, resource, sys, time
import pandas as pd, numpy as np, pyarrow.parquet, duckdb
way, path, as_of = sys.argv[1:]
before = time.process_time(), time.perf_counter()
if way == "crmlab":
    from crmlab.analytics.segmentation import rfm
    table = rfm(path, as_of=as_of).table
    scores = table[["recency_score", "frequency_score", "monetary_score"]].to_numpy(dtype="int64")
else:
    sales = pd.read_parquet(path)
    grouped = sales.groupby("customer_id")
    count = grouped["order_id"].nunique() if way == "pandas" else grouped.size()
    table = pd.DataFrame({"last": grouped["ordered_at"].max(), "n": count, "amount": grouped["amount"].sum()})
    recency = (pd.Timestamp(as_of) - table["last"].dt.normalize()).dt.days
    def score(values, up):
        return np.ceil(values.rank(method="max", ascending=up) * 5 / len(values)).astype(int)
    table["r"], table["f"], table["m"] = score(recency, False), score(table["n"], True), score(table["amount"], True)
    r, f, m, n = (table[c] for c in ("r", "f", "m", "n"))
    table["code"] = r.astype(str) + f.astype(str) + m.astype(str)
    table["segment"] = np.select(
        [(r >= 4) & (f >= 4) & (m >= 4) & (n > 1), (r >= 3) & (f >= 4) & (n > 1), (r >= 4) & (n == 1),
         (r >= 4) & (n > 1), (r <= 2) & (f >= 4) & (m >= 4) & (n > 1), (r <= 2) & (f >= 3) & (n > 1),
         (r == 3) & (n > 1), r == 3, r == 2],
        ["champions", "loyal_customers", "new_customers", "potential_loyalists", "cannot_lose", "at_risk",
         "need_attention", "about_to_sleep", "hibernating"], "lost_customers")
    scores = table[["r", "f", "m"]].to_numpy(dtype="int64")
print(json.dumps({
    "cpu_seconds": round(time.process_time() - before[0], 2), "wall_seconds": round(time.perf_counter() - before[1], 2),
    "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "customers": len(table),
    "scores": hashlib.sha256(np.ascontiguousarray(scores).tobytes()).hexdigest()[:12],
    "segments": table["segment"].astype(str).value_counts().sort_index().to_dict(),
}))
"""


def make(rows: int, path: Path, seed: int = 20162020) -> None:
    """Orders of customers whose habits differ: a tenth as many customers, ids as texts, amounts in whole rupiah."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    draws = np.random.default_rng(seed)
    customers = rows // 10
    rate = draws.gamma(0.7, 1.0, customers)
    usual = draws.lognormal(12.4, 0.7, customers)
    edges = np.cumsum(rate) / rate.sum()
    writer = None
    for start in range(0, rows, 1_000_000):
        n = min(1_000_000, rows - start)
        who = np.searchsorted(edges, draws.random(n)).clip(max=customers - 1)
        seconds = draws.integers(0, 5 * 365 * 86_400, n)
        table = pa.table(
            {
                "order_id": pa.array(np.arange(start, start + n)),
                "ordered_at": pa.array((np.datetime64("2016-01-01T00:00:00") + seconds).astype("datetime64[us]")),
                "customer_id": pa.array(np.char.add("C", np.char.zfill(who.astype("U7"), 7))),
                "amount": pa.array((usual[who] * draws.lognormal(0, 0.5, n) // 100 * 100).astype("int64")),
            }
        )
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    writer.close()


def main(rows: int = ROWS) -> int:
    """Measure, print, and say whether the goals are met."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sales.parquet"
        make(rows, path)
        found = {}
        for way in ("crmlab", "pandas", "fastest"):
            done = subprocess.run(
                [sys.executable, "-c", _MEASURE, way, str(path), "2020-12-31"],
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
            found[way] = json.loads(done.stdout.splitlines()[-1])
            print(way, {k: v for k, v in found[way].items() if k != "segments"}, flush=True)
    ours, theirs = found["crmlab"], found["pandas"]
    share = ours["cpu_seconds"] / theirs["cpu_seconds"]
    same = ours["scores"] == theirs["scores"] and ours["segments"] == theirs["segments"]
    print(f"{rows:,} transactions, CPU {share:.2f} of pandas (goal {GOAL_CPU}), {ours['megabytes']} MB, equal: {same}")
    return 0 if same and share <= GOAL_CPU and ours["megabytes"] * 1024**2 <= GOAL_BYTES else 1


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
