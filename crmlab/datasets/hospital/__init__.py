"""RS Sehat Nusantara, a private hospital, 2021 to 2024: find its files or make them, and hand out its tables."""

from crmlab.datasets import dataset
from crmlab.datasets.hospital import planted


def _make(size, seed, folder, progress):
    from crmlab.datasets.hospital import build

    return build.make(size, seed, folder, progress)


def _star():
    from crmlab.datasets.hospital.description import DESCRIPTION

    return DESCRIPTION


RECIPE = dataset.Recipe("hospital", "RS Sehat Nusantara", planted.SEED, planted.TAKES, _make, _star)


def load_hospital(size="S", layer="star", *, progress=None):
    """Open RS Sehat Nusantara, and make it first where it is not there yet.

    Parameters
    ----------
    size : {"S", "M", "L"}
        S comes with the package (about 8,000 appointments), M is made on first use (about 160,000), L is eight times M.
    layer : {"star", "clean", "raw", "truth"}
        ``star``: dimensions and facts; ``clean``: canonical tables; ``raw``: what the old registration system exports;
        ``truth``: what an analysis should find out, row by row.
    progress : callable, optional
        While it is made: called with the steps done, their number and the step's key.

    Returns
    -------
    crmlab.datasets.dataset.Dataset

    Examples
    --------
    >>> clinic = load_hospital("S")
    >>> clinic.path("fact_visit").name
    'fact_visit.parquet'
    >>> len(clinic.tables["dim_care_unit"])
    14
    """
    return dataset.load(RECIPE, size, layer, progress)


def make_hospital(size, *, seed=None, out=None, progress=None):
    """Make RS Sehat Nusantara: the same files for the same size and seed, on every machine.

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
    ...     made = make_hospital("S", out=pathlib.Path(folder) / "rs")
    ...     sorted(part.name for part in made.iterdir())
    ['clean', 'manifest.json', 'raw', 'star', 'truth']
    """
    return dataset.make(RECIPE, size, seed=seed, out=out, progress=progress)
