"""Where data sets live: committed files that come with the package, and a cache for what is made on first use."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name):
    """Find the folder of a data set's committed files, in an installed package or beside it in a checkout.

    Parameters
    ----------
    name : str

    Returns
    -------
    pathlib.Path
    """
    inside = _PACKAGE / "shipped" / name
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "datasets" / name


def cache():
    """Give the folder in which made data sets are kept: CRMLAB_CACHE, or the user's cache folder.

    Returns
    -------
    pathlib.Path
    """
    chosen = os.environ.get("CRMLAB_CACHE")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_cache_dir("crmlab"))


@contextmanager
def whole_or_nothing(target):
    """Build a folder beside its place and move it there when it is complete.

    Whoever looks sees the whole folder or none. When two processes build the same one, the first to finish wins, and
    the other's, which is the same, is thrown away.

    Parameters
    ----------
    target : pathlib.Path

    Yields
    ------
    pathlib.Path
        The folder to build in.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield workshop
        workshop.chmod(0o755)  # a temporary folder is closed to everybody else
        try:
            os.replace(workshop, target)
        except OSError:
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
