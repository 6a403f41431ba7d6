"""What makes a data set: found or made, opened at one size, seen through one layer.

Nothing heavy is imported before a table is opened as a data frame or a world has to be made.
"""

from __future__ import annotations

import io
import json
import shutil
import tomllib
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmlab.datasets import files
from crmlab.errors import InternalError, UserError, suggest

if TYPE_CHECKING:
    import pandas as pd

LAYERS = ("star", "clean", "raw", "truth")
_SHIPPED_SIZE = "S"

cube_builder: Callable[[Dataset], Any] | None = None
"""Makes a cube of the star layer; filled by ``crmlab`` when its rooms are put together."""


@dataclass(frozen=True)
class Recipe:
    """A world that can be made.

    Attributes
    ----------
    name : str
        Its folder among the shipped files.
    title : str
        What it is called as a source.
    seed : int
        The shipped one, which is screened: its truths are known to be found again.
    takes : Mapping
        By size, which of its streams a subject draws from (`crmlab.datasets.screening`).
    make : callable
        Makes the files: called with size, seed, an empty folder, and who is told about progress.
    star : callable
        Gives facts, dimensions, keys, hierarchies and measures of the star layer, as plain data.
    """

    name: str
    title: str
    seed: int
    takes: Mapping[str, Mapping[str, int]]
    make: Callable[..., Any]
    star: Callable[[], Mapping[str, Any]]

    @property
    def sizes(self):
        """The sizes in which it can be made, the smallest first."""
        return tuple(self.takes)


def load(recipe, size, layer, progress=None):
    """Open a world, and make it first where it is not there yet.

    Returns
    -------
    Dataset
    """
    _check(recipe, "size", size, recipe.sizes)
    _check(recipe, "layer", layer, LAYERS)
    folder = _folder(recipe, size, recipe.seed)
    if not _complete(folder):
        folder = make(recipe, size, progress=progress)
    return Dataset(recipe, size, layer, folder)


def make(recipe, size, *, seed=None, out=None, progress=None):
    """Make a world: the same files for the same size and seed, on every machine.

    Returns
    -------
    pathlib.Path
        The folder.
    """
    _check(recipe, "size", size, recipe.sizes)
    seed = recipe.seed if seed is None else seed
    target = Path(out) if out is not None else _cached(recipe, size, seed)
    if out is not None and target.exists():
        raise UserError("datasets.folder_exists", found=str(target))
    if _complete(target):
        return target
    shutil.rmtree(target, ignore_errors=True)  # what a cleaner of caches left of it
    with files.whole_or_nothing(target) as workshop:
        recipe.make(size, seed, workshop, progress)
    return target


def is_ready(recipe, size):
    """Tell whether a size of a world can be opened without making it first.

    Returns
    -------
    bool
    """
    _check(recipe, "size", size, recipe.sizes)
    return _complete(_folder(recipe, size, recipe.seed))


def _check(recipe, what, value, choices):
    if value not in choices:
        raise UserError(
            "datasets.unknown_choice",
            wanted=", ".join(choices),
            found=value,
            near=suggest(str(value), choices),
            what=what,
            title=recipe.title,
        )


def _complete(folder):
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return False
    tables = json.loads(manifest.read_text(encoding="utf-8"))["tables"]
    return all((folder / name).is_file() or files.packed(folder / name).is_file() for name in tables)


def _folder(recipe, size, seed):
    if size == _SHIPPED_SIZE and seed == recipe.seed:
        return files.shipped(recipe.name) / size
    return _cached(recipe, size, seed)


def _cached(recipe, size, seed):
    # one generator makes all sizes, so the hash of the shipped one names its state, but for the takes of the others:
    # old caches are not mistaken for new
    manifest = files.shipped(recipe.name) / _SHIPPED_SIZE / "manifest.json"
    state = json.loads(manifest.read_text(encoding="utf-8"))["hash"] if manifest.is_file() else "new"
    state = f"{zlib.crc32(f'{state}{sorted(recipe.takes[size].items())}'.encode()):08x}"
    return files.cache() / f"{recipe.name}-{size}-{seed}-{state}"


def read_sheet(recipe):
    """Read the data sheet of a world: by layer what its tables mean, and the notes about its truths.

    Returns
    -------
    dict
    """
    return tomllib.loads((files.shipped(recipe.name) / "sheet.toml").read_text(encoding="utf-8"))


class _Tables(Mapping):
    """Data frames by name, read when they are asked for and then kept."""

    def __init__(self, dataset):
        self._dataset = dataset
        self._read = {}

    def __getitem__(self, name) -> pd.DataFrame:
        if name not in self._read:
            self._read[name] = self._open(name)
        return self._read[name]

    def _open(self, name):
        path = self._dataset.path(name)
        if path.suffix == ".parquet":
            import pyarrow.parquet as pq

            return pq.read_table(path).to_pandas(date_as_object=False)
        import pandas as pd

        # as text: what a system wrote is to be seen before anybody guesses what it means
        if path.suffix == ".xlsx":
            sheet = self._dataset.sheet[name]
            return pd.read_excel(path, sheet["sheet"], header=sheet["header_row"] - 1, dtype=str, keep_default_na=False)
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".txt":
            return pd.DataFrame({"baris": text.splitlines()})
        header = text.partition("\n")[0]
        separator = max(";,", key=header.count)
        return pd.read_csv(io.StringIO(text), sep=separator, dtype=str, keep_default_na=False)

    def __iter__(self) -> Iterator[str]:
        return iter(self._dataset.names)

    def __len__(self):
        return len(self._dataset.names)

    def __contains__(self, name) -> bool:
        return name in self._dataset.names  # nobody who asks whether a table is there wants it read, or an error


class Dataset:
    """A made world at one size, seen through one layer.

    Attributes
    ----------
    size, layer : str
    names : tuple of str
        Names of the layer's tables.
    tables : Mapping
        Data frames by name.

    Examples
    --------
    >>> from crmlab.datasets import load_retail
    >>> shop = load_retail("S")
    >>> shop
    <PT XYZ, size S, layer star: 24 tables>
    >>> shop.sheet["fact_sales_line"]["columns"]["amount"]["unit"]
    'money'
    """

    def __init__(self, recipe, size, layer, folder):
        self.recipe, self.size, self.layer, self._folder = recipe, size, layer, folder
        self.tables = _Tables(self)

    def __repr__(self):
        return f"<{self.recipe.title}, size {self.size}, layer {self.layer}: {len(self.names)} tables>"

    @cached_property
    def _manifest(self):
        return json.loads((self._folder / "manifest.json").read_text(encoding="utf-8"))

    @cached_property
    def _files(self):
        """By table of the layer: its file, and its rows. A workbook holds a table on each sheet."""
        tables = {}
        for file, facts in self._manifest["tables"].items():
            layer, name = file.split("/")
            if layer == self.layer:
                parts = facts.get("parts") or {name.rsplit(".", 1)[0]: facts}
                tables |= {part: (file, said["rows"]) for part, said in parts.items()}
        return tables

    @cached_property
    def names(self):
        """Names of the layer's tables."""
        return tuple(self._files)

    @property
    def hash(self):
        """SHA-256 of what all tables say."""
        return self._manifest["hash"]

    @property
    def seed(self):
        """The seed that the world grew from."""
        return self._manifest["seed"]

    @property
    def name(self):
        """What the data set is called as a source."""
        return f"{self.recipe.title} {self.size}"

    def rows(self, name):
        """Count the rows of a table without opening it.

        Parameters
        ----------
        name : str

        Returns
        -------
        int

        Examples
        --------
        >>> from crmlab.datasets import load_retail
        >>> load_retail("S").rows("dim_product")
        480
        """
        return self._file(name)[1]

    def path(self, name):
        """Give the file of a table, for whoever opens it himself.

        Parameters
        ----------
        name : str
            A table; in the raw layer also a file without its ending, such as the workbook ``finance``.

        Returns
        -------
        pathlib.Path

        Examples
        --------
        >>> from crmlab.datasets import load_retail
        >>> load_retail("S", layer="raw").path("pos").name
        'pos.csv'
        """
        file = next((file for file, _ in self._files.values() if Path(file).stem == name), None) or self._file(name)[0]
        path = self._folder / file
        if path.is_file():
            return path
        return files.unpacked(path, self._manifest["tables"][file]["file"])

    def _file(self, name):
        if name not in self._files:
            raise UserError(
                "datasets.unknown_table", wanted=", ".join(self.names), found=name, near=suggest(name, self.names)
            )
        return self._files[name]

    @cached_property
    def sheet(self):
        """The data sheet of the layer: what every table and column means, in Indonesian and English."""
        return read_sheet(self.recipe)[self.layer]

    @cached_property
    def notes(self):
        """What must be known about a truth before it is taught, by the truth's id, in Indonesian and English.

        Examples
        --------
        >>> from crmlab.datasets import load_hospital
        >>> load_hospital("S").notes["H-T24"]["en"]
        'At size S too few days were logged for an interval.'
        """
        return read_sheet(self.recipe).get("notes", {})

    @cached_property
    def truths(self):
        """What is planted, what came out, and what the reference analysis finds, by the truth's id.

        The seed is screened: at every size, every planted value lies inside the interval of 95 % of its reference
        analysis. What to know before teaching one stands in `notes`.
        """
        text = (files.shipped(self.recipe.name) / "truths.json").read_text(encoding="utf-8")
        return json.loads(text)["sizes"].get(self.size, {})

    @cached_property
    def star(self):
        """Facts, dimensions, keys, hierarchies and measures of the star layer, as plain data."""
        return self.recipe.star()

    def cube(self):
        """Make the cube of the star layer.

        Returns
        -------
        crmlab.Cube
        """
        if cube_builder is None:
            raise InternalError("Dataset.cube needs the package's facade: import crmlab.")
        return cube_builder(self)
