"""BG/NBD: how long a fit to a million customers takes, against clvkit.

Run as ``python -m tests.benchmarks.lifetime [customers] [rounds]`` where clvkit is installed (``pip install clvkit``;
nothing else of crmlab needs it): both fit the same table, in turn, in processes of their own, and the CPU seconds of
reading the table and fitting it are told, with the log-likelihoods. Goal: at most a fifth of the CPU, a log-likelihood
no worse.

Whether the intervals keep their word is what ``python -m tests.benchmarks.coverage value`` counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

CUSTOMERS = 1_000_000
TRUTH = (0.6, 8.0, 0.8, 2.5)
SEED = 20162020
ROUNDS = 3


def make(customers: int, seed: int = SEED) -> Any:
    """Customers of the planted model, times in whole days, as a summary of sales has them."""
    import numpy as np
    import pandas as pd

    from crmlab.analytics.value.bg_nbd import BgNbd

    random = np.random.default_rng(seed)
    age = random.integers(26 * 7, 78 * 7 + 1, customers) / 7
    x, t_x = BgNbd.simulate(np.array(TRUTH), age, random)
    # a repeat purchase falls on a later day than the first; two on one day are one, which these few do not notice
    t_x = np.where(x > 0, np.clip(np.rint(t_x * 7), 1, age * 7), 0) / 7
    return pd.DataFrame({"frequency": x.astype(int), "recency": t_x, "T": age})


def fit_ours(table: Any) -> tuple[dict[str, float], float]:
    from crmlab.analytics.value import fit_bg_nbd

    fit = fit_bg_nbd(table)
    return {name: fit.facts[name] for name in ("r", "alpha", "a", "b")}, fit.facts["log_likelihood"]


def fit_theirs(table: Any) -> tuple[dict[str, float], float]:
    import pandas as pd
    from clvkit import BGNBD, CustomerBase

    last = pd.Timestamp("2020-12-31")  # only to be told: the summary is made already
    base = CustomerBase(
        table, time_unit="W", observation_period_end=last, has_monetary=False, on_negative="drop", collapse="D"
    )
    model = BGNBD().fit(base)
    return dict(model.params_), float(model.log_likelihood_)


def child(who: str, path: str) -> None:
    """Read and fit, in a process of its own; the imports are made before the clock starts."""
    import importlib

    for name in ("pandas", "scipy.optimize", "scipy.special", "duckdb" if who == "crmlab" else who):
        importlib.import_module(name)
    import pandas as pd

    fit = {"crmlab": fit_ours, "clvkit": fit_theirs}[who]
    started, began = time.process_time(), time.perf_counter()
    values, likelihood = fit(pd.read_pickle(path))
    print(json.dumps({
        "who": who,
        "cpu_seconds": time.process_time() - started,
        "seconds": time.perf_counter() - began,
        "log_likelihood": likelihood,
        **values,
    }))  # fmt: skip


def compare(customers: int, rounds: int = ROUNDS) -> int:
    """Both in turn; the middle of the rounds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "summary.pkl")
        table = make(customers)
        table.to_pickle(path)
        distinct = len(table.drop_duplicates())
        print(f"{customers:,} customers, {distinct:,} different histories")
        found: dict[str, list[dict[str, Any]]] = {"crmlab": [], "clvkit": []}
        for _ in range(rounds):
            for who, runs in found.items():
                command = [sys.executable, "-m", "tests.benchmarks.lifetime", "--fit", who, str(path)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                runs.append(json.loads(done.stdout.splitlines()[-1]))
                print(runs[-1])
    cpu = {who: sorted(r["cpu_seconds"] for r in runs)[rounds // 2] for who, runs in found.items()}
    ours, theirs = (found[who][0]["log_likelihood"] for who in ("crmlab", "clvkit"))
    ratio = cpu["crmlab"] / cpu["clvkit"]
    fine = ratio <= 0.2 and ours >= theirs - 1e-6 * abs(theirs)
    print(f"CPU {cpu['crmlab']:.2f} s against {cpu['clvkit']:.2f} s: {ratio:.3f} (goal 0.2)")
    print(f"log-likelihood {ours:.3f} against {theirs:.3f}: {'ok' if fine else 'MISSED'}")
    return 0 if fine else 1


def main(words: list[str]) -> int:
    if words[:1] == ["--fit"]:
        child(*words[1:])
        return 0
    return compare(*(int(w) for w in words or [CUSTOMERS]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
