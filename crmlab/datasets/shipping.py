"""Put the smallest size of a data set among the files that come with the package.

Run it with ``python -m crmlab.datasets.shipping retail``, after the truths are written (`crmlab.datasets.screening`).
"""

import argparse
import importlib
import json
import shutil
import tempfile
from pathlib import Path

from crmlab.datasets import files


def ship(recipe, folder=None):
    """Make the smallest size and put it where it is shipped from; raw files are packed, which nobody opens at once.

    Parameters
    ----------
    recipe : crmlab.datasets.dataset.Recipe
    folder : pathlib.Path, optional
        The place; by default the data set's own.

    Returns
    -------
    str
        The hash of what is shipped.
    """
    size = recipe.sizes[0]
    target = (folder or files.shipped(recipe.name)) / size
    with tempfile.TemporaryDirectory() as workshop:
        made = Path(workshop) / size
        made.mkdir()
        recipe.make(size, recipe.seed, made, None)
        for path in (made / "raw").iterdir():
            files.pack(path)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made, target)
    return json.loads((target / "manifest.json").read_text(encoding="utf-8"))["hash"]


def main(arguments=None):
    """Ship a data set."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("name", help="its module in crmlab.datasets")
    print(ship(importlib.import_module(f"crmlab.datasets.{parser.parse_args(arguments).name}").RECIPE))


if __name__ == "__main__":
    main()
