"""How a world becomes files: steps that are told about, layers, and a manifest with the hash of everything."""

import hashlib
import json

from crmlab.datasets import columns


def write_layer(tables, folder, layer, written):
    """Write the tables of a layer as Parquet files and note their hashes.

    Parameters
    ----------
    tables : Mapping
        Columns by table.
    folder : pathlib.Path
    layer : str
    written : dict
        By file, what the manifest says of it; filled here.
    """
    (folder / layer).mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        path = folder / layer / f"{name}.parquet"
        arrow = columns.write_parquet(table, path)
        written[f"{layer}/{path.name}"] = {
            "rows": arrow.num_rows,
            "content": columns.content_hash(arrow),
            "file": hashlib.sha256(path.read_bytes()).hexdigest(),
        }


def write_manifest(size, seed, folder, written):
    """Write what was made: the seed, the hash of everything, rows and hashes of every file."""
    facts = {"seed": seed, "size": size, "hash": _overall(written), "tables": written}
    (folder / "manifest.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8", newline="\n")


def run(steps, progress=None):
    """Take the steps that make a world, and tell about them.

    Parameters
    ----------
    steps : sequence of tuple of str and callable
        The step's key and what it does.
    progress : callable, optional
        Called before every step, and once at the end, with the steps done, their number and the step's key.
    """
    for done, (key, step) in enumerate(steps):
        if progress:
            progress(done, len(steps), key)
        step()
    if progress:
        progress(len(steps), len(steps), "done")


def _overall(written):
    parts = "\n".join(f"{name} {facts['content']}" for name, facts in sorted(written.items()))
    return hashlib.sha256(parts.encode()).hexdigest()
