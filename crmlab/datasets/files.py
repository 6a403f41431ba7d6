"""Where data sets live: committed files that come with the package, and a cache for what is made on first use."""

import atexit
import functools
import hashlib
import lzma
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from crmlab.errors import InternalError

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


def packed(path):
    """Name the file in which another is shipped with less weight."""
    return path.with_name(path.name + ".xz")


def pack(path):
    """Put a packed file in the place of a file."""
    packed(path).write_bytes(lzma.compress(path.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    path.unlink()


def unpacked(path, digest):
    """Unpack a shipped file into the cache, once, and give it from there.

    Parameters
    ----------
    path : pathlib.Path
        Where the file would be if it were not packed.
    digest : str
        Its SHA-256, by which a file in the cache is known, and without which none is handed out.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    InternalError
        When the shipped file is damaged.
    """
    for place in (cache, _passing):
        target = place() / "unpacked" / digest[:16] / path.name
        if target.is_file() and _digest(target.read_bytes()) == digest:
            return target
        data = lzma.decompress(packed(path).read_bytes())
        if _digest(data) != digest:
            raise InternalError(f"{packed(path).name} is damaged: install crmlab again.")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, workshop = tempfile.mkstemp(prefix=f".{path.name}-", dir=target.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(workshop, 0o644)
            os.replace(workshop, target)
            return target
        except OSError:
            if place is _passing:
                raise
    raise InternalError("There is no place to unpack a file to.")


@functools.cache
def _passing():
    """Give a folder that ends with the process, for who may not write into the cache."""
    folder = tempfile.mkdtemp(prefix="crmlab-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _digest(data):
    return hashlib.sha256(data).hexdigest()


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
