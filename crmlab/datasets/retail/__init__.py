"""PT XYZ, a retailer of household goods, 2016 to 2020: find its files or make them, and hand out its tables."""

from crmlab.datasets import dataset
from crmlab.datasets.retail import planted


def _make(size, seed, folder, progress):
    from crmlab.datasets.retail import build

    return build.make(size, seed, folder, progress)


def _star():
    from crmlab.datasets.retail.description import DESCRIPTION

    return DESCRIPTION


RECIPE = dataset.Recipe("retail", "PT XYZ", planted.SEED, planted.TAKES, _make, _star)


def load_retail(size="S", layer="star", *, progress=None):
    """Open PT XYZ, and make it first where it is not there yet.

    Parameters
    ----------
    size : {"S", "M", "L"}
        S comes with the package (about 7,000 orders), M is made on first use (about 140,000), L is eight times M.
    layer : {"star", "clean", "raw", "truth"}
        ``star``: dimensions and facts; ``clean``: canonical tables; ``raw``: what five systems export (till, finance
        book, online shops, WhatsApp, personnel office);
        ``truth``: what an analysis should find out, row by row.
    progress : callable, optional
        While it is made: called with the steps done, their number and the step's key.

    Returns
    -------
    crmlab.datasets.dataset.Dataset

    Examples
    --------
    >>> shop = load_retail("S")
    >>> shop.path("fact_sales_line").name
    'fact_sales_line.parquet'
    >>> len(shop.tables["dim_date"])
    1827
    """
    return dataset.load(RECIPE, size, layer, progress)


def make_retail(size, *, seed=None, out=None, progress=None):
    """Make PT XYZ: the same files for the same size and seed, on every machine.

    Parameters
    ----------
    size : {"S", "M", "L"}
    seed : int, optional
        The shipped one by default, which is screened: its truths are known to be found again. Another seed gives
        another world with the same truths planted.
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
    return dataset.make(RECIPE, size, seed=seed, out=out, progress=progress)


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
    return dataset.is_ready(RECIPE, size)
