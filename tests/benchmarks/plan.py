"""A plan of 500 tasks drawn 10,000 times, with the critical path of every run: goal 2 seconds.

Run as ``python -m tests.benchmarks.plan [tasks] [times]``. The network has up to three predecessors a task among the
25 before it, so that paths are long and meet often. Wall and CPU seconds, the most memory, and what was found.
"""

from __future__ import annotations

import json
import resource
import sys
import time

TASKS, TIMES, GOAL = 500, 10_000, 2.0


def tasks_of(n: int, seed: int = 20162020) -> list[dict[str, object]]:
    """A network without circles: a task comes after some of those before it."""
    import numpy as np

    rng = np.random.default_rng(seed)
    tasks = []
    for k in range(n):
        before = sorted({int(j) for j in rng.integers(max(0, k - 25), k, size=min(k, 3))}) if k else []
        likely = float(rng.integers(2, 12))
        three = {"optimistic": 0.7 * likely, "likely": likely, "pessimistic": 2 * likely}
        tasks.append({"task": f"T{k}", "after": [f"T{j}" for j in before], **three})
    return tasks


def main(n: int = TASKS, times: int = TIMES) -> None:
    from crmlab.analytics.projects import simulate

    tasks = tasks_of(n)
    simulate(tasks[:20], times=100)  # libraries load
    runs = []
    for _ in range(3):
        cpu, wall = time.process_time(), time.perf_counter()
        facts = simulate(tasks, times=times).facts
        runs.append((time.perf_counter() - wall, time.process_time() - cpu))
    wall, cpu = min(runs)
    print(json.dumps({
        "tasks": n, "times": times, "wall_seconds": round(wall, 2), "cpu_seconds": round(cpu, 2), "goal": GOAL,
        "met": wall <= GOAL, "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "mean": round(facts["mean"], 2), "pert": round(facts["pert_expected"], 2),
        "merge_bias": round(facts["merge_bias"], 2), "hidden_tasks": facts["n_hidden"],
    }))  # fmt: skip


if __name__ == "__main__":
    main(*(int(v) for v in sys.argv[1:3]))
