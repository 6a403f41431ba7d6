"""The steps that make PT XYZ, the tables of each layer, and the files they end up in."""

import hashlib
import json

from crmlab.datasets import columns
from crmlab.datasets.retail import clean, customers, places, products, promotions, raw, star, truth
from crmlab.datasets.retail.world import World

#: what fills the clean layer, subject by subject
CLEAN = (
    clean.build_dates,
    places.build,
    products.build,
    clean.build_channels,
    customers.build,
    promotions.build,
    clean.build_sales,
    clean.build_aftersales,
    clean.build_surveys,
)


def make(size, seed, folder, progress=None):
    """Make PT XYZ in a folder.

    Parameters
    ----------
    size : {"S", "M", "L"}
    seed : int
    folder : pathlib.Path
        An empty folder.
    progress : callable, optional
        Called before every step, and once at the end, with the steps done, their number and the step's key.

    Returns
    -------
    World
        Everything that was made, for whoever wants to look behind the tables.
    """
    world = World(size, seed)
    written = {}

    def fill():
        for build in CLEAN:
            build(world)

    steps = (
        ("people", world.make_people),
        ("orders", world.make_orders),
        ("lines", world.make_lines),
        ("aftersales", world.make_aftersales),
        ("clean", fill),
        ("star", lambda: _write(star.build(world), folder, "star", written)),
        ("files", lambda: _write(world.tables, folder, "clean", written)),
        ("raw", lambda: raw.write(world, folder / "raw", written)),
        ("truth", lambda: _write(truth.build(world), folder, "truth", written)),
    )
    for done, (key, step) in enumerate(steps):
        if progress:
            progress(done, len(steps), key)
        step()
    facts = {"seed": seed, "size": size, "hash": _overall(written), "tables": written}
    (folder / "manifest.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8", newline="\n")
    if progress:
        progress(len(steps), len(steps), "done")
    return world


def _write(tables, folder, layer, written):
    (folder / layer).mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        path = folder / layer / f"{name}.parquet"
        arrow = columns.write_parquet(table, path)
        written[f"{layer}/{path.name}"] = {
            "rows": arrow.num_rows,
            "content": columns.content_hash(arrow),
            "file": hashlib.sha256(path.read_bytes()).hexdigest(),
        }


def _overall(written):
    parts = "\n".join(f"{name} {facts['content']}" for name, facts in sorted(written.items()))
    return hashlib.sha256(parts.encode()).hexdigest()
