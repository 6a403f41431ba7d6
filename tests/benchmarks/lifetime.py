"""BG/NBD: how long a fit to a million customers takes, against clvkit, and whether the intervals keep their word.

Run as ``python -m tests.benchmarks.lifetime [customers] [rounds]`` where clvkit is installed (``pip install clvkit``;
nothing else of crmlab needs it): both fit the same table, in turn, in processes of their own, and the CPU seconds of
reading the table and fitting it are told, with the log-likelihoods. Goal: at most a fifth of the CPU, a log-likelihood
no worse.

``python -m tests.benchmarks.lifetime --coverage [runs]`` draws customers from planted parameters again and again (2,000
times), fits each time, and tells how often each interval holds the truth. Goal: 93 to 97 %.
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


def coverage(runs: int, customers: int = 2000) -> int:
    """How often 95 % intervals hold what was planted: parameters, a new customer, one customer, all customers."""
    import numpy as np
    import pandas as pd

    from crmlab.analytics.value import fit_bg_nbd, fit_gamma_gamma, fit_pareto_nbd, fit_sbg
    from crmlab.analytics.value.bg_nbd import BgNbd
    from crmlab.analytics.value.pareto_nbd import ParetoNbd

    random = np.random.default_rng(SEED)
    inside: dict[str, list[bool]] = {}

    def held(name: str, low: Any, truth: Any, high: Any) -> None:
        inside.setdefault(name, []).append(bool(low < truth < high))

    def told() -> int:
        """Tell what is known by now, and how many intervals miss the goal."""
        missed = 0
        while inside:
            name = next(iter(inside))
            hits = inside.pop(name)
            share = sum(hits) / len(hits)
            missed += not 0.93 <= share <= 0.97
            said = "" if 0.93 <= share <= 0.97 else "  OUTSIDE 93 to 97 %"
            print(f"{name:32} {share:7.2%} of {len(hits):,}{said}", flush=True)
        return missed

    missed = 0
    probe = pd.DataFrame({"x": [3.0], "t_x": [20.0], "T": [40.0]})
    past = [probe[c].to_numpy() for c in ("x", "t_x", "T")]
    for model, fit_to, kind, v in (
        (BgNbd, fit_bg_nbd, "BG/NBD", np.array(TRUTH)),
        (ParetoNbd, fit_pareto_nbd, "Pareto/NBD", np.array([0.6, 8.0, 0.6, 12.0])),
    ):
        year = model.new(v, [52.0])[0]
        alive = model.p_alive(v, *past)[0]
        ahead = alive * model.future(v, past[0], past[2], 26.0)[0]
        for _ in range(runs if kind == "BG/NBD" else max(runs // 4, 1)):
            age = random.integers(26 * 7, 78 * 7 + 1, customers) / 7
            x, t_x = model.simulate(v, age, random)
            fit = fit_to(pd.DataFrame({"x": x, "t_x": t_x, "T": age}))
            for name, truth in zip(model.names, v, strict=True):
                held(f"{kind} {name}", fit.facts[f"{name}_low"] or 0, truth, fit.facts[f"{name}_high"] or 0)
            _, low, high = fit.of_new(52.0)
            held(f"{kind} new customer, a year", low, year, high)
            row = fit.p_alive(probe).table.iloc[0]
            held(f"{kind} P(alive)", row["p_alive_low"], alive, row["p_alive_high"])
            row = fit.expected(26.0, probe).table.iloc[0]
            held(f"{kind} expected", row["expected_low"], ahead, row["expected_high"])
            facts = fit.expected(26.0).facts
            seen = model.simulate_on(v, x, t_x, age, 26.0, random).sum()
            held(f"{kind} total that is counted", facts["total_seen_low"], seen, facts["total_seen_high"])
        missed += told()
    for _ in range(runs):
        life = random.geometric(random.beta(0.7, 2.0, customers))
        fit = fit_sbg([int((life > k).sum()) for k in range(8)])
        held("sBG alpha", fit.facts["alpha_low"], 0.7, fit.facts["alpha_high"])
        held("sBG beta", fit.facts["beta_low"], 2.0, fit.facts["beta_high"])
        held("sBG mean churn", fit.facts["mean_churn_low"], 0.7 / 2.7, fit.facts["mean_churn_high"])
        x = random.integers(1, 9, customers)
        mean = random.gamma(6.0 * x) / (x * random.gamma(4.0, 1 / 15.0, customers))
        fit = fit_gamma_gamma(pd.DataFrame({"frequency": x, "monetary": mean}))
        for name, truth in (("p", 6.0), ("q", 4.0), ("gamma", 15.0), ("mean_spend", 30.0)):
            held(f"Gamma-Gamma {name}", fit.facts[f"{name}_low"], truth, fit.facts[f"{name}_high"])
    return 1 if missed + told() else 0


def main(words: list[str]) -> int:
    if words[:1] == ["--fit"]:
        child(*words[1:])
        return 0
    if words[:1] == ["--coverage"]:
        return coverage(int(words[1]) if len(words) > 1 else 2000)
    return compare(*(int(w) for w in words or [CUSTOMERS]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
