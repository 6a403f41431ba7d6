"""Duplicates among a million customers: how long, how much memory, and how many of the planted ones are found.

Run as ``python -m tests.benchmarks.duplicates [rows] [--merge]``. The table is made by this process and searched by a
child of its own, whose wall time, CPU seconds and greatest memory are told; reading the file is part of it.

What is planted: 3 % of the rows are second (or third) entries of somebody, written as sources differ; 2 % share a phone
with another person of their household; 0.4 % are twins, who share all but the first name and the NIK (where one is
known).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROWS = 1_000_000
SEED = 20162020
DUPLICATES, HOUSEHOLD, TWINS = 0.03, 0.02, 0.004
GOAL_SECONDS, GOAL_BYTES = 300, 4 * 1024**3


def make(rows: int, seed: int = SEED) -> tuple[Any, Any, Any]:
    """The table, the pairs of keys that are one person, and the pairs that only look so."""
    import numpy as np
    import pandas as pd

    from crmlab.datasets.people import LAST, MEN, STREETS, WOMEN

    draws = np.random.default_rng(seed)
    doubles = round(rows * DUPLICATES)
    n = rows - doubles

    def zipf(names: Any, size: int, steep: float = 0.8) -> Any:
        """Names as unevenly spread as they are: the first ones are everywhere."""
        chance = 1.0 / np.arange(1, len(names) + 1) ** steep
        return np.array(names, dtype=object)[draws.choice(len(names), size, p=chance / chance.sum())]

    def first_names(female: Any) -> Any:
        return np.where(female, zipf(WOMEN, len(female)), zipf(MEN, len(female)))

    female = draws.random(n) < 0.55
    first = first_names(female)
    before = np.where(female, "Siti", "Muhammad")
    middle = np.where(draws.random(n) < 0.35, zipf(LAST, n, 0.4), "")
    first = np.where(draws.random(n) < 0.16, before + " " + first, first)
    last = np.where(draws.random(n) < 0.08, "", zipf(LAST, n, 0.4))
    number = draws.permutation(np.arange(n, dtype=np.int64) * 9 + 10_000_000)
    born = np.datetime64("1950-01-01") + draws.integers(0, 365 * 55, n)
    cities = np.array([f"Kota {k}" for k in range(90)], dtype=object)
    city = zipf(cities, n, 0.7)
    streets = np.array([f"{s} {k}" for s in STREETS for k in ("", "I", "II", "Raya", "Dalam", "Indah")], dtype=object)
    address = "Jl. " + streets[draws.integers(0, len(streets), n)] + " No. " + draws.integers(1, 200, n).astype(str)
    serial = draws.integers(0, 10_000, n)
    # those who live together: the second of two shares the number and the home, twins the birth date and last name too
    order = draws.permutation(n)
    homes = order[: 2 * round(n * HOUSEHOLD / 2)].reshape(-1, 2)
    twins = order[homes.size : homes.size + 2 * round(n * TWINS / 2)].reshape(-1, 2)
    for pairs in (homes, twins):
        for values in (number, address, city):
            values[pairs[:, 1]] = values[pairs[:, 0]]
    last[homes[:, 1]] = np.where(draws.random(len(homes)) < 0.5, last[homes[:, 0]], last[homes[:, 1]])
    a, b = twins.T
    born[b], last[b], middle[b] = born[a], last[a], middle[a]
    serial[b] = (serial[a] + 1) % 10_000
    same = first[a] == first[b]
    first[b[same]] = np.where(female[b[same]], "Zubaidah", "Zulfikar")
    name = pd.Series(first + " " + middle + " " + last).str.replace(r"\s+", " ", regex=True).str.strip()
    who = np.concatenate([np.arange(n), draws.integers(0, n, doubles)])
    second = np.arange(rows) >= n

    def some(share: float) -> Any:
        """Second entries with a peculiarity."""
        return second & (draws.random(rows) < share)

    names = name.to_numpy(dtype=object)[who]
    for k in np.flatnonzero(some(0.25)):
        text = names[k]
        at = int(draws.integers(1, max(len(text) - 2, 2)))
        kind = draws.random()
        if kind < 0.4:
            names[k] = text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
        elif kind < 0.7:
            names[k] = text[:at] + text[at + 1 :]
        else:
            names[k] = text[:at] + "aeiou"[int(draws.integers(5))] + text[at + 1 :]
    for k in np.flatnonzero(some(0.10)):
        words = names[k].split()
        names[k] = " ".join([*words[:-1], f"{words[-1][0]}."]) if len(words) > 1 else names[k]
    titled = some(0.06)
    names[titled] = "Hj. " + names[titled] + ", S.E."
    names = np.where(draws.random(rows) < 0.3, pd.Series(names).str.upper().to_numpy(dtype=object), names)
    digits = number[who].astype(str)
    other_number = some(0.10)
    digits[other_number] = (draws.permutation(other_number.sum()) * 9 + 10_000_003).astype(str)
    style = draws.integers(0, 4, rows)
    phone = np.select(
        [style == 0, style == 1, style == 2],
        ["0812" + digits.astype(object), "+62812" + digits.astype(object), "62 812 " + digits.astype(object)],
        "0812-" + digits.astype(object),
    )
    phone[(draws.random(rows) < 0.03)] = None
    mail = pd.Series(name).str.lower().str.replace(" ", ".").to_numpy(dtype=object)
    email = (mail + "." + np.arange(n).astype(str).astype(object) + "@contoh.id")[who]
    email[draws.random(rows) < 0.35] = None
    other_mail = np.flatnonzero(some(0.10))
    email[other_mail] = [f"lain{k}@contoh.id" for k in other_mail.tolist()]
    when = born[who]
    wrong = some(0.04)
    when[wrong] += draws.integers(1, 9, wrong.sum())
    dates = pd.Series(when).dt.strftime("%d/%m/%Y").to_numpy(dtype=object)
    turned = some(0.02)
    dates[turned] = pd.Series(when[turned]).dt.strftime("%m/%d/%Y").to_numpy(dtype=object)
    dates[draws.random(rows) < 0.08] = None
    women = female[who]
    day = pd.Series(born[who]).dt
    nik = "000000" + (day.day + 40 * women).astype(str).str.zfill(2) + day.strftime("%m%y")
    nik = (nik + pd.Series(serial[who]).astype(str).str.zfill(4)).to_numpy(dtype=object)
    nik[draws.random(rows) < 0.65] = None
    moved = some(0.15)
    address, city = address[who].astype(object), city[who]
    address[moved] = [f"Jl. Baru No. {k}" for k in range(int(moved.sum()))]
    city[moved] = cities[draws.integers(0, len(cities), moved.sum())]
    key = draws.permutation(rows)
    table = pd.DataFrame(
        {
            "kode": key,
            "nama": names,
            "telepon": phone,
            "email": email,
            "nik": nik,
            "tgl_lahir": dates,
            "alamat": address,
            "kota": city,
            "jk": np.where(women, "P", "L"),
        }
    ).sort_values("kode", ignore_index=True)
    groups = pd.DataFrame({"person": who, "kode": key})
    groups = groups[groups["person"].isin(who[n:])]
    one = groups.merge(groups, on="person")
    one = one[one["kode_x"] < one["kode_y"]][["kode_x", "kode_y"]]
    kin = np.concatenate([homes, twins])
    apart = pd.DataFrame({"left": key[kin[:, 0]], "right": key[kin[:, 1]]})
    return table, one.reset_index(drop=True), apart


def search(folder: Path, merging: bool) -> dict[str, Any]:
    """What the child does and measures of itself."""
    import resource

    started, cpu = time.perf_counter(), time.process_time()
    import pandas as pd

    from crmlab.duplicates import curve, find, merge

    table = pd.read_parquet(folder / "table.parquet")
    found = find(table, key="kode")
    told: dict[str, Any] = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - cpu}
    told["bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    truth = pd.read_parquet(folder / "truth.parquet")
    facts = curve(found, truth).facts
    told["curve"] = {k: float(v) for k, v in facts.items() if isinstance(v, int | float)}
    told["facts"] = {k: v for k, v in found.facts.items() if isinstance(v, int | float)}
    told["blocks"] = found.blocks.to_dict("records")
    entity = found.entities["entity"].to_numpy()
    apart = pd.read_parquet(folder / "apart.parquet")
    told["kin"] = len(apart)
    told["kin_merged"] = int((entity[apart["left"]] == entity[apart["right"]]).sum())
    told["notes"] = [note.render("en") for note in found.notes]
    if merging:
        started, cpu = time.perf_counter(), time.process_time()
        merged = merge(table, found)
        told["merge_seconds"], told["merge_cpu"] = time.perf_counter() - started, time.process_time() - cpu
        told["merge_rows"] = len(merged.table)
        told["merge_bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return told


def run(rows: int = ROWS, merging: bool = False) -> dict[str, Any]:
    """Make the table, search it in a child, and hand back what the child measured."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, frame in zip(("table", "truth", "apart"), make(rows), strict=True):
            frame.to_parquet(folder / f"{name}.parquet", index=False)
        command = [sys.executable, "-m", "tests.benchmarks.duplicates", "--child", str(folder)]
        command += ["--merge"] if merging else []
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def main(arguments: list[str]) -> None:
    """Print what was measured beside the goals."""
    merging = "--merge" in arguments
    arguments = [a for a in arguments if a != "--merge"]
    if arguments[:1] == ["--child"]:
        print(json.dumps(search(Path(arguments[1]), merging)))
        return
    rows = int(arguments[0]) if arguments else ROWS
    told = run(rows, merging)
    curve, facts = told["curve"], told["facts"]
    print(f"{rows:,} rows: {told['seconds']:.0f} s wall, {told['cpu']:.0f} CPU-s, {told['bytes'] / 1024**3:.2f} GB")
    print(f"goals: {GOAL_SECONDS} s and {GOAL_BYTES / 1024**3:.0f} GB for {ROWS:,} rows on two cores")
    for name in ("precision", "recall"):
        low, high = curve[f"entity_{name}_low"], curve[f"entity_{name}_high"]
        print(f"{name}: {curve[f'entity_{name}']:.4f} ({low:.4f} to {high:.4f})")
    print(f"true pairs: {curve['n']:,.0f}, met in a block: {curve['seen']:,.0f}; compared: {facts['pairs_compared']:,}")
    print(f"of {told['kin']:,} pairs of a household or of twins, {told['kin_merged']} were merged")
    print(f"for review: {facts['reviews']:,}; best F1 {curve['best_f1']:.4f} at {curve['best_threshold']}")
    for block in told["blocks"]:
        print(
            f"  {block['block']:26} {block['groups']:>9,} groups {block['pairs']:>11,} pairs, largest "
            f"{block['largest_group']:>6,}; left out {block['skipped_groups']:,} ({block['skipped_pairs']:,} pairs)"
        )
    for note in told["notes"]:
        print(" ", note)
    if merging:
        seconds, cpu = told["merge_seconds"], told["merge_cpu"]
        memory = told["merge_bytes"] / 1024**3
        print(f"merged to {told['merge_rows']:,} rows: {seconds:.0f} s wall, {cpu:.0f} CPU-s, {memory:.2f} GB")


if __name__ == "__main__":
    main(sys.argv[1:])
