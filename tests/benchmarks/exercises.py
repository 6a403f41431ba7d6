"""How long a check takes, how long the checker takes to import, and whether 200 students get 200 answers.

``python -m tests.benchmarks.exercises`` prints, for every set: the 95th percentile of ``check()`` over right, foreseen
wrong and other answers (the first check of a question makes its tables, and counts), and for every question with a
number the share of different right answers among 200 students with numbers in a row. Then the import in a fresh
process, five times.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from crmlab import exercises
from crmlab.exercises import kinds
from crmlab.teaching.source import read, sources

STUDENTS = 200


def checks(source, students) -> list[float]:
    told = []
    for student in students:
        work = exercises.open(source.name, student=student, language="id")
        for q in work:
            wrongs = [source.answer(q.name, q.draw, w) for w in source.questions[q.name].wrongs]
            for answer in (source.answer(q.name, q.draw), *wrongs, 123.456, "abc", None):
                q.answer = answer
                began = time.perf_counter()
                q.check()._repr_mimebundle_()
                told.append(time.perf_counter() - began)
    return told


def distinct(source, n: int = STUDENTS) -> dict[str, float]:
    """Question -> share of different numbers among ``n`` places, at six significant digits."""
    told = {}
    for name, q in source.questions.items():
        if q.spec["kind"] == "number" and not q.spec.get("exact"):
            values = {
                f"{kinds.plain(q.spec, d, source.answer(name, d)):.5e}"
                for d in (source.draw(name, p) for p in range(n))
            }
            told[name] = len(values) / n
    return told


def imported() -> list[float]:
    code = "import time; b = time.perf_counter(); from crmlab import exercises; exercises.open; "
    code += "print(time.perf_counter() - b)"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(5)]
    return [float(run.stdout) for run in runs]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--students", type=int, default=3, help="whose checks are timed")
    options = parser.parse_args()
    every, fewest = [], 1.0
    with tempfile.TemporaryDirectory() as desk:
        os.chdir(desk)  # the progress of these students is nobody's
        for path in sources():
            source = read(path)
            if options.names and not source.name.startswith(tuple(options.names)):
                continue
            took = checks(source, [f"21105110{i:02d}" for i in range(options.students)])
            shares = distinct(source)
            every += took
            fewest = min([fewest, *shares.values()])
            p95 = 1000 * statistics.quantiles(took, n=20)[-1]
            shown = ", ".join(f"{k} {v:.3f}" for k, v in shares.items() if v < 1)
            spent = f"check p95 {p95:.0f} ms, max {1000 * max(took):.0f} ms, n {len(took)}"
            print(f"{source.name}: {spent}; below 1: {shown or '-'}")
        os.chdir(Path.home())
    print(f"all: check p95 {1000 * statistics.quantiles(every, n=20)[-1]:.0f} ms; fewest distinct {fewest:.3f}")
    print("import: " + ", ".join(f"{1000 * t:.0f} ms" for t in imported()))


if __name__ == "__main__":
    main()
