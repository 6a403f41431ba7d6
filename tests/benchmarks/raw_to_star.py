"""PT XYZ from its raw files to the star, against one pass of pandas over the same files.

Run as ``python -m tests.benchmarks.raw_to_star [S|M|L|folder] [rounds]``, the folder being one with the six raw files;
L is made first where it is not there, which takes a minute and some gigabytes. CPU seconds of this process and wall
seconds, both sides alternating in one run, the best of all rounds each.

Two ratios, for a workbook takes pandas many times as long as text:

* all files: ``retail(...)`` with everything it reads, types, checks, matches and writes as Parquet, against
  ``pandas.read_csv`` of the text files and ``pandas.read_excel`` of the workbook;
* without the workbook: the same run less the opening of the workbook's sheets, against ``pandas.read_csv`` of the text
  files alone. What becomes of the workbook's rows is still in it.
"""

from __future__ import annotations

import gc
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 3


def files_of(source: str) -> dict[str, Path]:
    """The six files of a size, or in a folder."""
    from crmlab.datasets import load_retail
    from crmlab.integration.xyz.reading import FILES

    stems = {f.rsplit(".", 1)[0]: f for f in FILES}
    if Path(source).is_dir():
        return {stem: Path(source) / file for stem, file in stems.items()}
    shop = load_retail(source, layer="raw")
    return {stem: shop.path(stem) for stem in stems}


def timed(what: Callable[[], Any]) -> tuple[float, float, Any]:
    """CPU and wall seconds, and what came of it."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    out = what()
    return time.process_time() - cpu, time.perf_counter() - wall, out


def read_text(files: dict[str, Path]) -> None:
    """One pass of pandas over the text files, with pandas' own guesses of types."""
    import pandas as pd

    for name, separator in (("pos", ";"), ("pos_pelanggan", ";"), ("web", ","), ("hr", ";")):
        pd.read_csv(files[name], sep=separator)
    pd.read_csv(files["wa_export"], sep="\x01", header=None, names=["line"], quoting=3)


def read_workbook(files: dict[str, Path]) -> None:
    """One pass of pandas over the workbook."""
    import pandas as pd

    pd.read_excel(files["finance"], sheet_name=None, header=3)


def open_sheets(files: dict[str, Path]) -> None:
    """What the run needs to open the workbook, to be taken off for the second ratio."""
    from crmlab.ingest.raw import Limits
    from crmlab.ingest.sources import open_source
    from crmlab.integration.xyz.reading import SHEETS
    from crmlab.schema import SALES

    for sheet in SHEETS:
        open_source(files["finance"], SALES, sheet=sheet, header_row=4, limits=Limits())


def main(source: str = "L", rounds: int = ROUNDS) -> None:
    """Print the two ratios."""
    import crmlab as crm

    files = files_of(source)
    sizes = {name: path.stat().st_size / 1e6 for name, path in files.items()}
    print(f"PT XYZ {source}: " + ", ".join(f"{n} {mb:,.1f} MB" for n, mb in sizes.items()))
    crm.integration.retail(crm.datasets.load_retail("S"))  # imports are nobody's time
    read_text(files_of("S"))
    read_workbook(files_of("S"))
    whole = source if Path(source).is_dir() else crm.datasets.load_retail(source)
    took: dict[str, list[tuple[float, float]]] = {"text": [], "workbook": [], "sheets": [], "run": [], "write": []}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            took["text"].append(timed(lambda: read_text(files))[:2])
            took["workbook"].append(timed(lambda: read_workbook(files))[:2])
            took["sheets"].append(timed(lambda: open_sheets(files))[:2])
            cpu, wall, run = timed(lambda: crm.integration.retail(whole))
            took["run"].append((cpu, wall))
            took["write"].append(timed(lambda run=run: run.write(Path(folder) / "star"))[:2])
            steps, facts = run.params["seconds"], run.facts
            del run
    best = {name: tuple(min(t[k] for t in times) for k in (0, 1)) for name, times in took.items()}
    for name, (cpu, wall) in best.items():
        print(f"  {name:9} {cpu:8.2f} CPU s {wall:8.2f} s")
    print("  steps: " + ", ".join(f"{name} {s:.2f}" for name, s in steps.items()))
    print(f"  rows in {facts['rows_in']:,}, facts in the star {facts['facts_in_star']:,}")
    print(f"  most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
    for k, unit in ((0, "CPU"), (1, "wall")):
        ours = best["run"][k] + best["write"][k]
        everything = best["text"][k] + best["workbook"][k]
        print(
            f"  {unit}: all files {ours / everything:.2f}, "
            f"without the workbook {(ours - best['sheets'][k]) / best['text'][k]:.2f}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:2], *map(int, sys.argv[2:3]))
