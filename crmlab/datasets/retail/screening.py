"""Screen the seed: draw until every planted truth is found again at every size, and write down what is found.

With one seed, some of forty estimates fall outside their intervals of 95 % by chance alone, and whoever analyses
the data well would be told that he is wrong. So a world ships only when all planted values lie inside. Drawing whole
worlds until all are inside would take hundreds of them, so only the subject is drawn anew whose numbers decide what is
missed (`crmlab.datasets.retail.reference.GROUPS`), from its next stream; the takes are kept in `planted.TAKES`.

Run it with ``python -m crmlab.datasets.retail.screening --write``; it needs no files, only time.
"""

import argparse
import json
import tempfile
from pathlib import Path

from crmlab.datasets import columns, files
from crmlab.datasets.retail import build, customers, planted, raw, reference, star, truth
from crmlab.datasets.retail.realised import exact
from crmlab.datasets.retail.reference import Shop
from crmlab.datasets.retail.world import World
from crmlab.errors import InternalError

#: what the segmentation has to reach with and without the promotion share (R-T09)
LEAST_RAND = {"rfm": 0.60, "rfm_promo": 0.70}


def trial(size, seed, takes):
    """Make a world in memory and find its truths again; stop early where a cheap look tells that one is missed.

    Parameters
    ----------
    size : str
    seed : int
    takes : dict of str to int
        By subject, which of its streams to draw from.

    Returns
    -------
    missed : set of str
        Subjects to draw anew, for a planted value lies outside its interval.
    truths : dict or None
        By truth: what came out exactly, what was planted and what the reference analysis finds; None when stopped
        early.
    """
    world = World(size, seed, takes)
    world.make_people()
    customers.build(world)
    if not _holds(reference.churn(Shop(_frames(world.tables), {}, {}))):
        return {reference.GROUPS[reference.churn]}, None
    world.make_orders()
    if not _holds(reference.demand_of(*_days_and_sales(world))):
        return {reference.GROUPS[reference.demand]}, None
    world.make_lines()
    world.make_aftersales()
    shop = open_shop(world)
    found, missed = [], set()
    for group, subject in reference.GROUPS.items():
        findings = group(shop)
        found += findings
        if not _holds(findings):
            missed.add(subject)
    scores = reference.clusters(shop)
    if any(scores[name] < least for name, least in LEAST_RAND.items()):
        missed.add("orders")
    return missed, record(shop, found, scores)


def _holds(findings):
    return all(finding.inside for finding in findings)


def _frames(tables):
    return {name: columns.as_arrow(table).to_pandas(date_as_object=False) for name, table in tables.items()}


def _days_and_sales(world):
    import pandas as pd

    days = pd.DataFrame(world.calendar).astype({"date": "datetime64[s]"}).set_index("date")
    made = world.orders
    kept = ~made.cancelled
    channel = [planted.CHANNELS[k] for k in made.channel[kept].tolist()]
    return days, pd.DataFrame({"date": days.index[made.day[kept]], "channel": channel})


def open_shop(world):
    """Open the tables of a world that is made.

    Returns
    -------
    crmlab.datasets.retail.reference.Shop
    """
    world.tables = {}
    for fill in build.CLEAN:
        fill(world)
    raw.prepare(world)
    return Shop(_frames(world.tables), _frames(star.build(world)), _frames(truth.build(world)))


def record(shop, found, scores):
    """Write down the truths of one world as plain data."""
    truths = {name: {"realised": realised, "found": []} for name, realised in exact(shop).items()}
    for finding in found:
        truths.setdefault(finding.truth, {"realised": {}, "found": []})["found"].append(finding.as_dict())
    truths["R-T09"]["realised"] |= {f"rand_index_{name}": round(value, 4) for name, value in scores.items()}
    truths["R-T09"]["at_least"] = {f"rand_index_{name}": value for name, value in LEAST_RAND.items()}
    return dict(sorted(truths.items()))


def choose(size, seed, takes=None, most=500, say=print):
    """Draw subject after subject anew until every planted truth of a world is found again.

    Parameters
    ----------
    size : str
    seed : int
    takes : dict of str to int, optional
        Where to begin; from the first streams by default.
    most : int
        Worlds to try.
    say : callable
        Told about every subject that is drawn anew.

    Returns
    -------
    tuple of dict and dict
        The takes with which everything holds, and the truths.

    Raises
    ------
    InternalError
        When it takes more than `most` worlds: then a generator or an analysis is wrong, not the luck.
    """
    takes = dict(takes or {})
    for _ in range(most):
        missed, truths = trial(size, seed, takes)
        if not missed:
            return takes, truths
        for subject in missed:
            takes[subject] = takes.get(subject, 0) + 1
            say(f"{size}: {subject}, take {takes[subject]}")
    raise InternalError(f"PT XYZ {size}: no takes out of {most} hold for seed {seed}.")


def _write(seed, truths):
    """Write the truths, and the hashes that files of this seed must have, beside those of other sizes."""
    target = files.shipped("retail") / "truths.json"
    known = json.loads(target.read_text(encoding="utf-8")) if target.is_file() else {}
    if known.get("seed") != seed:
        known = {"seed": seed, "hashes": {}, "sizes": {}}
    known["sizes"] |= truths
    for size in truths:
        with tempfile.TemporaryDirectory() as folder:
            build.make(size, seed, Path(folder))
            manifest = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
        known["hashes"][size] = manifest["hash"]
    text = json.dumps(known, indent=1, ensure_ascii=False) + "\n"
    target.write_text(text, encoding="utf-8", newline="\n")


def main(arguments=None):
    """Check the shipped seed, size by size, and say which takes it needs; with ``--write``, record the truths."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--sizes", nargs="+", choices=planted.SCALES, default=list(planted.SCALES))
    parser.add_argument("--write", action="store_true", help="write truths.json when the takes are those in use")
    options = parser.parse_args(arguments)
    chosen = {size: choose(size, planted.SEED, planted.TAKES[size]) for size in options.sizes}
    for size, (takes, _) in chosen.items():
        print(f"{size}: {takes}" + ("" if takes == planted.TAKES[size] else "  <- to be put into planted.TAKES"))
    if any(takes != planted.TAKES[size] for size, (takes, _) in chosen.items()):
        return 1
    if options.write:
        _write(planted.SEED, {size: truths for size, (_, truths) in chosen.items()})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
