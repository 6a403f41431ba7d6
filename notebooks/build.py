"""Both editions of every notebook from its one source: ``crmlab notebooks build``.

A source is a py:percent script in ``src/``. Its code cells belong to both editions; a markdown cell is tagged ``id`` or
``en``. jupytext reads it, nbconvert's tag remover takes the other language out, nbclient runs it, and what differs from
run to run (cell ids, times, widget state, the kernel's version) is left out, so that building again changes nothing.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
EDITIONS = ("id", "en")
# the least that Jupyter and nbval need; versions would make a diff on the next machine
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def environment(edition: str) -> dict[str, str]:
    """What a kernel finds in its environment when it runs an edition: the language, and figures kept as data."""
    return {"CRMLAB_LANG": edition, "PLOTLY_RENDERER": "plotly_mimetype"}


def sources(names: Sequence[str] = ()) -> list[Path]:
    """The sources whose file name starts with one of ``names``; all of them when none is given."""
    found = sorted((HERE / "src").glob("[0-9]*.py"))
    return [path for path in found if not names or path.stem.startswith(tuple(names))]


def target(source: Path, edition: str) -> Path:
    """Where the edition of a source stands: ``src/01_star_schema.py`` becomes ``id/01-star-schema.ipynb``."""
    return source.parent.parent / edition / (source.stem.replace("_", "-") + ".ipynb")


def edition_of(source: Path, edition: str):
    """The notebook of one edition, not run yet: the shared code and the edition's own words."""
    import jupytext
    from nbconvert.preprocessors import TagRemovePreprocessor

    whole = jupytext.read(source, fmt="py:percent")
    for number, cell in enumerate(whole.cells, start=1):
        spoken = [tag for tag in cell.metadata.get("tags", ()) if tag in EDITIONS]
        if (cell.cell_type == "markdown") != (len(spoken) == 1):
            sys.exit(
                f"{source}: cell {number}: a markdown cell is tagged id or en, a code cell neither\n{cell.source[:80]}"
            )
    others = {other for other in EDITIONS if other != edition}
    notebook, _ = TagRemovePreprocessor(remove_cell_tags=others).preprocess(whole, {})
    notebook.metadata = METADATA
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number:03d}"
        tags = [tag for tag in cell.metadata.get("tags", ()) if tag not in EDITIONS]
        cell.metadata = {"tags": tags} if tags else {}
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def run(notebook, edition: str, folder: Path) -> None:
    """Run a notebook in the language of its edition and store what it shows."""
    from nbclient import NotebookClient

    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,  # prints that came apart by chance are one text
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute(env={**os.environ, **environment(edition)})
    notebook.metadata = METADATA
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            # names a model that ended with the kernel, by a number that differs on every run
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)


def keep_outputs(notebook, stored: Path) -> None:
    """Take the outputs of the stored edition for every code cell, in order, whose code is still the same."""
    import nbformat

    if not stored.is_file():
        return
    before = [cell for cell in nbformat.read(stored, as_version=4).cells if cell.cell_type == "code"]
    now = [cell for cell in notebook.cells if cell.cell_type == "code"]
    matcher = difflib.SequenceMatcher(None, [c.source for c in before], [c.source for c in now], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for old, new in zip(before[a : a + size], now[b : b + size], strict=True):
            new.outputs, new.execution_count = old.outputs, old.execution_count


def text_of(notebook) -> str:
    """The file's text, the same on every machine."""
    import nbformat

    return nbformat.writes(notebook) + "\n"


def built(names: Sequence[str] = (), *, text_only: bool = False) -> Iterator[tuple[Path, str]]:
    """Every edition's path and the text it should have."""
    for source in sources(names):
        for edition in EDITIONS:
            path = target(source, edition)
            notebook = edition_of(source, edition)
            if text_only:
                keep_outputs(notebook, path)
            else:
                path.parent.mkdir(exist_ok=True)
                run(notebook, edition, path.parent)
            yield path, text_of(notebook)


def main(argv: Sequence[str] | None = None) -> int:
    """``build`` writes the editions, ``check`` fails when one is not what its source gives."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("action", choices=("build", "check"))
    parser.add_argument("names", nargs="*")
    parser.add_argument("--text", action="store_true", help="keep stored outputs, run nothing")
    options = parser.parse_args(argv)
    if not sources(options.names):
        sys.exit(f"no source in {HERE / 'src'} starts with {' or '.join(options.names)}")
    stale = 0
    for path, text in built(options.names, text_only=options.text):
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        if text == before:
            print(f"= {path.relative_to(HERE)}")
        elif options.action == "build":
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"+ {path.relative_to(HERE)}")
        else:
            stale += 1
            print(f"! {path.relative_to(HERE)}")
            diff = difflib.unified_diff(before.splitlines(), text.splitlines(), "stored", "built", lineterm="", n=1)
            print("\n".join(line[:200] for line in list(diff)[:30]))
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
