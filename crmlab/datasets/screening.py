"""Screen a seed: draw until every planted truth is found again at every size, and write down what is found.

With one seed, some of forty estimates fall outside their intervals of 95 % by chance alone, and whoever analyses
the data well would be told that he is wrong. So a world ships only when all planted values lie inside. Drawing whole
worlds until all are inside would take hundreds of them, so only the subject is drawn anew whose numbers decide what is
missed, from its next stream; the takes are kept with what is planted.
"""

import argparse
import json
import tempfile
from pathlib import Path

from crmlab.datasets import files
from crmlab.datasets.dataset import read_sheet
from crmlab.errors import InternalError


def holds(findings):
    """Tell whether all planted values lie inside their intervals."""
    return all(finding.inside for finding in findings)


def record(realised, found):
    """Write down the truths of one world as plain data.

    Parameters
    ----------
    realised : dict of str to dict
        By truth, what came out exactly.
    found : list of crmlab.datasets.findings.Finding

    Returns
    -------
    dict of str to dict
        By truth: what came out exactly, what was planted and what the reference analysis finds.
    """
    truths = {name: {"realised": values, "found": []} for name, values in realised.items()}
    for finding in found:
        truths.setdefault(finding.truth, {"realised": {}, "found": []})["found"].append(finding.as_dict())
    return dict(sorted(truths.items()))


def choose(recipe, trial, size, *, seed=None, takes=None, most=500, say=print):
    """Draw subject after subject anew until every planted truth of a world is found again.

    Parameters
    ----------
    recipe : crmlab.datasets.dataset.Recipe
    trial : callable
        Makes a world of a size, a seed and takes in memory and finds its truths again: gives the set of subjects to
        draw anew, for a planted value lies outside its interval, and the truths.
    size : str
    seed : int, optional
        The shipped one by default.
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
    seed = recipe.seed if seed is None else seed
    takes = dict(takes or {})
    for _ in range(most):
        missed, truths = trial(size, seed, takes)
        if not missed:
            return takes, truths
        for subject in missed:
            takes[subject] = takes.get(subject, 0) + 1
            say(f"{size}: {subject}, take {takes[subject]}")
    raise InternalError(f"{recipe.title} {size}: no takes out of {most} hold for seed {seed}.")


def _write(recipe, truths):
    """Write the truths, and the hashes that files of this seed must have, beside those of other sizes."""
    target = files.shipped(recipe.name) / "truths.json"
    known = json.loads(target.read_text(encoding="utf-8")) if target.is_file() else {}
    if known.get("seed") != recipe.seed:
        known = {"seed": recipe.seed, "hashes": {}, "sizes": {}}
    known["sizes"] |= truths
    for size in truths:
        with tempfile.TemporaryDirectory() as folder:
            recipe.make(size, recipe.seed, Path(folder), None)
            manifest = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
        known["hashes"][size] = manifest["hash"]
    known["notes"] = read_sheet(recipe).get("notes", {})
    target.write_text(_lines(known), encoding="utf-8", newline="\n")


def _lines(known):
    """Write JSON with a line for each truth: short, and a change shows where it is."""
    sizes = ",\n".join(
        f'  "{size}": {{\n'
        + ",\n".join(f'   "{name}": {json.dumps(truth, ensure_ascii=False)}' for name, truth in truths.items())
        + "\n  }"
        for size, truths in known["sizes"].items()
    )
    head = "".join(f' "{name}": {json.dumps(known[name])},\n' for name in ("seed", "hashes"))
    notes = ",\n".join(
        f'  "{name}": {json.dumps(note, ensure_ascii=False)}' for name, note in known.get("notes", {}).items()
    )
    head += f' "notes": {{\n{notes}\n }},\n' if notes else ""
    return f'{{\n{head} "sizes": {{\n{sizes}\n }}\n}}\n'


def main(recipe, trial, arguments=None):
    """Check the shipped seed, size by size, and say which takes it needs; with ``--write``, record the truths."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--sizes", nargs="+", choices=recipe.sizes, default=list(recipe.sizes))
    parser.add_argument("--write", action="store_true", help="write truths.json when the takes are those in use")
    options = parser.parse_args(arguments)
    chosen = {size: choose(recipe, trial, size, takes=recipe.takes[size]) for size in options.sizes}
    for size, (takes, _) in chosen.items():
        print(f"{size}: {takes}" + ("" if takes == recipe.takes[size] else "  <- to be put into planted.TAKES"))
    if any(takes != recipe.takes[size] for size, (takes, _) in chosen.items()):
        return 1
    if options.write:
        _write(recipe, {size: truths for size, (_, truths) in chosen.items()})
    return 0
