"""PT XYZ: find its files or make them, and hand out its tables.

Nothing heavy is imported before a table is opened as a data frame or a world has to be made.
"""

from __future__ import annotations

import json
import shutil
import tomllib
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmlab.datasets import files
from crmlab.datasets.retail import planted
from crmlab.errors import InternalError, UserError, suggest

if TYPE_CHECKING:
    import pandas as pd

SIZES = tuple(planted.SCALES)
LAYERS = ("star", "clean", "raw", "truth")
SHIPPED_SEED = planted.SEED
_SHIPPED_SIZE = "S"

cube_builder: Callable[[Retail], Any] | None = None
"""Makes a cube of the star layer; filled by ``crmlab`` when its rooms are put together."""


def load_retail(size="S", layer="star", *, progress=None):
    """Open PT XYZ, and make it first where it is not there yet.

    Parameters
    ----------
    size : {"S", "M", "L"}
        S comes with the package (about 7,000 orders), M is made on first use (about 140,000), L is eight times M.
    layer : {"star", "clean", "raw", "truth"}
        ``star``: dimensions and facts; ``clean``: canonical tables; ``raw``: what the till's system exports;
        ``truth``: what an analysis should find out, row by row.
    progress : callable, optional
        While it is made: called with the steps done, their number and the step's key.

    Returns
    -------
    Retail

    Examples
    --------
    >>> shop = load_retail("S")
    >>> shop.path("fact_sales_line").name
    'fact_sales_line.parquet'
    >>> len(shop.tables["dim_date"])
    1827
    """
    _check("size", size, SIZES)
    _check("layer", layer, LAYERS)
    folder = _folder(size, SHIPPED_SEED)
    if not _complete(folder):
        folder = make_retail(size, progress=progress)
    return Retail(size, layer, folder)


def make_retail(size, *, seed=SHIPPED_SEED, out=None, progress=None):
    """Make PT XYZ: the same files for the same size and seed, on every machine.

    Parameters
    ----------
    size : {"S", "M", "L"}
    seed : int, optional
        Another seed gives another world with the same truths planted. Only the shipped seed is screened: its truths are
        known to be found again.
    out : path-like, optional
        A folder to make; by default one in the cache, which is left as it is when it is complete.
    progress : callable, optional
        Called with the steps done, their number and the step's key.

    Returns
    -------
    pathlib.Path
        The folder.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = make_retail("S", out=pathlib.Path(folder) / "xyz")
    ...     sorted(part.name for part in made.iterdir())
    ['clean', 'manifest.json', 'raw', 'star', 'truth']
    """
    _check("size", size, SIZES)
    from crmlab.datasets.retail import build

    target = Path(out) if out is not None else _cached(size, seed)
    if out is not None and target.exists():
        raise UserError("datasets.folder_exists", found=str(target))
    if _complete(target):
        return target
    shutil.rmtree(target, ignore_errors=True)  # what a cleaner of caches left of it
    with files.whole_or_nothing(target) as workshop:
        build.make(size, seed, workshop, progress)
    return target


def is_ready(size):
    """Tell whether a size of PT XYZ can be opened without making it first.

    Parameters
    ----------
    size : {"S", "M", "L"}

    Returns
    -------
    bool

    Examples
    --------
    >>> is_ready("S")
    True
    """
    _check("size", size, SIZES)
    return _complete(_folder(size, SHIPPED_SEED))


def _check(what, value, choices):
    if value not in choices:
        raise UserError(
            "datasets.unknown_choice",
            wanted=", ".join(choices),
            found=value,
            near=suggest(str(value), choices),
            what=what,
        )


def _complete(folder):
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return False
    tables = json.loads(manifest.read_text(encoding="utf-8"))["tables"]
    return all((folder / name).is_file() for name in tables)


def _folder(size, seed):
    if size == _SHIPPED_SIZE and seed == SHIPPED_SEED:
        return files.shipped("retail") / size
    return _cached(size, seed)


def _cached(size, seed):
    # one generator makes all sizes, so the hash of the shipped one names its state, but for the takes of the others:
    # old caches are not mistaken for new
    manifest = files.shipped("retail") / _SHIPPED_SIZE / "manifest.json"
    state = json.loads(manifest.read_text(encoding="utf-8"))["hash"] if manifest.is_file() else "new"
    state = f"{zlib.crc32(f'{state}{sorted(planted.TAKES[size].items())}'.encode()):08x}"
    return files.cache() / f"retail-{size}-{seed}-{state}"


class _Tables(Mapping):
    """Data frames by name, read when they are asked for and then kept."""

    def __init__(self, retail):
        self._retail = retail
        self._read = {}

    def __getitem__(self, name) -> pd.DataFrame:
        if name not in self._read:
            self._read[name] = self._open(name)
        return self._read[name]

    def _open(self, name):
        path = self._retail.path(name)
        if path.suffix == ".csv":
            import pandas as pd

            # as text: what the till wrote is to be seen before anybody guesses what it means
            return pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)
        import pyarrow.parquet as pq

        return pq.read_table(path).to_pandas(date_as_object=False)

    def __iter__(self) -> Iterator[str]:
        return iter(self._retail.names)

    def __len__(self):
        return len(self._retail.names)


class Retail:
    """PT XYZ at one size, seen through one layer.

    Attributes
    ----------
    size, layer : str
    names : tuple of str
        Names of the layer's tables.
    tables : Mapping
        Data frames by name.

    Examples
    --------
    >>> shop = load_retail("S")
    >>> shop
    <PT XYZ, size S, layer star: 16 tables>
    >>> shop.sheet["fact_sales_line"]["columns"]["amount"]["unit"]
    'money'
    """

    def __init__(self, size, layer, folder):
        self.size, self.layer, self._folder = size, layer, folder
        self.tables = _Tables(self)

    def __repr__(self):
        return f"<PT XYZ, size {self.size}, layer {self.layer}: {len(self.names)} tables>"

    @cached_property
    def _manifest(self):
        return json.loads((self._folder / "manifest.json").read_text(encoding="utf-8"))

    @cached_property
    def names(self):
        """Names of the layer's tables."""
        return tuple(
            name.split("/")[1].rsplit(".", 1)[0]
            for name in self._manifest["tables"]
            if name.startswith(f"{self.layer}/")
        )

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
        return f"PT XYZ {self.size}"

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
        >>> load_retail("S").rows("dim_product")
        480
        """
        return self._manifest["tables"][f"{self.layer}/{self.path(name).name}"]["rows"]

    def path(self, name):
        """Give the file of a table, for whoever opens it himself.

        Parameters
        ----------
        name : str

        Returns
        -------
        pathlib.Path

        Examples
        --------
        >>> load_retail("S", layer="raw").path("pos").name
        'pos.csv'
        """
        if name not in self.names:
            raise UserError(
                "datasets.unknown_table", wanted=", ".join(self.names), found=name, near=suggest(name, self.names)
            )
        return self._folder / self.layer / f"{name}.{'csv' if self.layer == 'raw' else 'parquet'}"

    @cached_property
    def sheet(self):
        """The data sheet of the layer: what every table and column means, in Indonesian and English."""
        text = (files.shipped("retail") / "sheet.toml").read_text(encoding="utf-8")
        return tomllib.loads(text)[self.layer]

    @cached_property
    def truths(self):
        """What is planted, what came out, and what the reference analysis finds, by the truth's id.

        The seed is screened: at every size, every planted value lies inside the interval of 95 % of its reference
        analysis.
        """
        text = (files.shipped("retail") / "truths.json").read_text(encoding="utf-8")
        return json.loads(text)["sizes"].get(self.size, {})

    @cached_property
    def star(self):
        """Facts, dimensions, keys, hierarchies and measures of the star layer, as plain data."""
        from crmlab.datasets.retail.description import DESCRIPTION

        return DESCRIPTION

    def cube(self):
        """Make the cube of PT XYZ.

        Returns
        -------
        crmlab.Cube
        """
        if cube_builder is None:
            raise InternalError("Retail.cube needs the package's facade: import crmlab.")
        return cube_builder(self)
