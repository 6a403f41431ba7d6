"""Files for the browser: each at an address that changes with its content, so that the browser asks for it once.

Three kinds: the pages' own (``/crmlab/static/<mark>/...``, with the Python plotly package's ``plotly.min.js`` among
them), Voila's front end (``/crmlab/voila/<mark>/...``), and the widget extensions that apps need
(``/crmlab/ext/<mark>/...``).
"""

from __future__ import annotations

import gzip
import hashlib
import ipaddress
import mimetypes
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from tornado import web

__all__ = ["EXTENSIONS", "Files", "FilesHandler"]

EXTENSIONS = ("@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager", "anywidget")
"""The JupyterLab extensions that an app's page loads; every other one that is installed stays out."""

_FOREVER = "public, max-age=31536000, immutable"


class Files:
    """Where the files are, and the addresses at which they are served.

    Parameters
    ----------
    voila_static : iterable of path
        The folders that hold Voila's front end, first match first.
    labextensions : iterable of path
        The folders in which JupyterLab extensions are installed.
    """

    def __init__(self, voila_static: Iterable[str], labextensions: Iterable[str]) -> None:
        own = Path(__file__).parent / "static"
        plotly = Path(find_spec("plotly").submodule_search_locations[0]) / "package_data"  # type: ignore[union-attr, index]
        self.roots: Mapping[str, tuple[Path, ...]] = {
            "static": (own, plotly),
            "voila": tuple(Path(p) for p in voila_static),
            "ext": tuple(Path(p) for p in labextensions),
        }
        contents = b"".join(p.read_bytes() for p in sorted(own.iterdir()) if p.is_file())
        self.marks = {
            "static": _mark(contents, metadata.version("plotly")),
            "voila": _mark(b"", metadata.version("voila")),
            "ext": _mark(b"", metadata.version("voila") + metadata.version("anywidget")),
        }

    def url(self, kind: str, name: str = "") -> str:
        """The address of a file, or of all files of a kind."""
        return f"/crmlab/{kind}/{self.marks[kind]}" + (f"/{name}" if name else "")

    def find(self, kind: str, name: str) -> Path | None:
        """The file that a browser asks for, if it may have it."""
        allowed = kind != "ext" or any(name.startswith(f"{extension}/") for extension in EXTENSIONS)
        if kind == "static" and "/" not in name and name.endswith((".py", ".json", ".html")):
            allowed = False
        for root in self.roots[kind] if allowed else ():
            path = (root / name).resolve()
            if path.is_relative_to(root.resolve()) and path.is_file():
                return path
        return None


def _mark(contents: bytes, version: str) -> str:
    return hashlib.sha256(contents + version.encode()).hexdigest()[:12]


class FilesHandler(web.RequestHandler):
    """Serves :class:`Files`; to other machines compressed."""

    def initialize(self, files: Files, headers: Mapping[str, str]) -> None:
        """Take what the route gives."""
        self.files = files
        self.headers = headers

    def get(self, kind: str, mark: str, name: str) -> None:
        """A file."""
        path = self.files.find(kind, name)
        if path is None:
            raise web.HTTPError(404)
        for header, value in self.headers.items():
            self.set_header(header, value)
        self.set_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        # an address of another version is answered (an open page may still ask), but not for ever
        self.set_header("Cache-Control", _FOREVER if mark == self.files.marks[kind] else "no-cache")
        self.set_header("Vary", "Accept-Encoding")
        wants = "gzip" in self.request.headers.get("Accept-Encoding", "")
        if wants and path.suffix in (".js", ".css", ".svg") and not is_local(self.request.remote_ip):
            self.set_header("Content-Encoding", "gzip")
            self.finish(_compressed(path, path.stat().st_mtime_ns))
        else:
            self.finish(path.read_bytes())


def is_local(address: str | None) -> bool:
    """Whether a client runs on this machine.

    Examples
    --------
    >>> is_local("127.0.0.1"), is_local("192.168.1.7"), is_local(None)
    (True, False, False)
    """
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=256)
def _compressed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6)
