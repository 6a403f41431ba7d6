"""A class of 200 graded, with the twelve kinds of hostile file among it.

``python -m tests.benchmarks.grading [SET]`` hands in 176 notebooks (right, with mistakes, untouched, copied) and two of
each hostile kind, grades them as the command does, and prints the time, the rows, and what went wrong: marks that
differ from what was made, full marks of the hostile, files outside, knocks at a local port.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from crmlab.teaching.grading import grade
from crmlab.teaching.source import read, sources
from crmlab.teaching.submissions import Member
from tests.teaching.classroom import HOSTILE, blank, hand_in, hostile, solved, with_number
from tests.teaching.test_grading import Knocks

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("set", nargs="?", default="07")
    parser.add_argument("--students", type=int, default=200)
    options = parser.parse_args()
    path = next(p for p in sources() if p.stem.replace("_", "-").startswith(options.set))
    source, dice = read(path), random.Random(7)
    most = sum(q.spec["points"] for q in source.questions.values())
    with tempfile.TemporaryDirectory() as desk:
        folder, outside = Path(desk) / "in", Path(desk) / "outside"
        outside.mkdir()
        knocks, members, expected = Knocks(), [], {}
        kinds = [kind for kind in HOSTILE for _ in range(2)]
        for i in range(options.students):
            number = f"2110511{i:03d}"
            members.append(Member(number, f"Student {i}"))
            if i < len(kinds):
                made = hostile(kinds[i], with_number(blank(EXERCISES, source.name), number), outside, knocks.port)
                expected[number] = 0.0
            elif i % 10 == 9:
                made, expected[number] = with_number(blank(EXERCISES, source.name), number), 0.0
            else:
                asked = [n for n in source.questions if dice.random() < 0.25]
                wrong = {n: dice.choice(list(source.questions[n].wrongs)) for n in asked}
                made = solved(source, EXERCISES, number, wrong=wrong)
                expected[number] = most if not wrong else None
            hand_in(made, folder / f"Student {i}_{5000 + i}_assignsubmission_file" / f"{source.name}.id.ipynb")
        began = time.perf_counter()
        graded = grade(folder, members=members)
        took = time.perf_counter() - began
        files = graded.write(Path(desk) / "out" / "marks.csv")
        rows = graded.marks()
        of = {r["ID number"]: r[f"{source.name} ({most:g})"] for r in rows}
        odd = {n: (e, of[n]) for n, e in expected.items() if e is not None and of[n] != e}
        full = [n for n in list(of)[: len(kinds)] if of[n] == most]
        outsiders = list(outside.rglob("*"))
        print(f"{source.name}: {len(rows)} rows in {took:.0f} s ({took / len(rows):.2f} s each), files {sorted(files)}")
        print(f"marks that differ from what was made: {odd}")
        print(f"wrong full marks: {len(full)}, files outside: {len(outsiders)}, knocks: {knocks.count}")
        for kind, i in ((k, 2 * j) for j, k in enumerate(HOSTILE)):
            row = next(r for r in graded.log() if r["student"] == f"2110511{i:03d}")
            print(f"  {kind}: {row['status']}, {row['seconds']} s, {row['events'][:150]}")
        print(f"likenesses listed: {len(graded.copies())}: {graded.copies()[:25]}")


if __name__ == "__main__":
    main()
