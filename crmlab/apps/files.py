"""Files for the browser: each at an address that changes with its content, so that the browser asks for it once.

Voila's front end comes as some seventy small scripts that ask for each other in turns, which takes longer than running
them. The scripts that every app's page loads are sent as one, :data:`BUNDLE`: webpack's chunks register themselves, so
that those in the bundle are not asked for again, and one that is missing in it is fetched as before.

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

BUNDLE = "apps.js"
"""The name under which the joined scripts are served."""

# the chunks that a page with widgets loads, by the folder that holds them; see tests/apps/test_files.py
_CHUNKS = {
    "": (
        *(
            9582,
            5764,
            8135,
            3992,
            8925,
            7556,
            1670,
            6573,
            6049,
            7883,
            4135,
            3311,
            1621,
            3916,
            3649,
            8487,
            143,
            4041,
            9684,
        ),
        *(7155, 3144, 1601, 4972, 9890, 6468, 3459, 5312, 5688, 630, 2930, 1187, 73, 7483, 431, 3989, 8766, 9151, 4729),
        *(4173, 5044, 7598, 9081, 6382, 3249, 4653, 8862, 9981, 5767, 4222, 7770, 3307, 6008, 8017, 457, 8773, 9212),
    ),
    "@jupyter-widgets/jupyterlab-manager": (170, 7, 32, 452, 704, 967, 160, 84, 718, 121),
    "@voila-dashboards/widgets-manager8": (496, 883),
    "anywidget": (2, 528),
}
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
        plotly = Path(find_spec("plotly").submodule_search_locations[0]) / "package_data"
        self.roots: Mapping[str, tuple[Path, ...]] = {
            "static": (own, plotly),
            "voila": tuple(Path(p) for p in voila_static),
            "ext": tuple(Path(p) for p in labextensions),
        }
        self.bundle = self._join()
        contents = b"".join(p.read_bytes() for p in sorted(own.iterdir()) if p.is_file())
        self.marks = {
            "static": _mark(contents, metadata.version("plotly")),
            "voila": _mark(self.bundle, metadata.version("voila")),
            "ext": _mark(b"", metadata.version("voila") + metadata.version("anywidget")),
        }

    def url(self, kind: str, name: str = "") -> str:
        """The address of a file, or of all files of a kind."""
        return f"/crmlab/{kind}/{self.marks[kind]}" + (f"/{name}" if name else "")

    def fetched_early(self) -> list[str]:
        """The addresses of the scripts that every app's page will want."""
        entries = [
            self.url("ext", f"{extension}/static/{path.name}")
            for extension in EXTENSIONS
            for root in self.roots["ext"]
            for path in (root / extension / "static").glob("remoteEntry.*.js")
        ]
        return [self.url("voila", BUNDLE), *entries]

    def _join(self) -> bytes:
        scripts = []
        for folder, numbers in _CHUNKS.items():
            kind, prefix = ("ext", f"{folder}/static/") if folder else ("voila", "")
            for number in numbers:
                found = (p for root in self.roots[kind] for p in root.glob(f"{prefix}{number}.*js") if p.is_file())
                if path := next(found, None):
                    # in a function of its own, a chunk's "use strict" is its own too
                    scripts.append(b"(()=>{" + path.read_bytes() + b"\n})();")
        main = self.find("voila", "voila.js")
        return b"\n".join([*scripts, main.read_bytes() if main else b""])

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
        bundle = kind == "voila" and name == BUNDLE
        path = Path(name) if bundle else self.files.find(kind, name)
        if path is None:
            raise web.HTTPError(404)
        contents = self.files.bundle if bundle else path.read_bytes()
        for header, value in self.headers.items():
            self.set_header(header, value)
        self.set_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        # an address of another version is answered (an open page may still ask), but not for ever
        self.set_header("Cache-Control", _FOREVER if mark == self.files.marks[kind] else "no-cache")
        self.set_header("Vary", "Accept-Encoding")
        wants = "gzip" in self.request.headers.get("Accept-Encoding", "")
        if wants and path.suffix in (".js", ".css", ".svg") and not is_local(self.request.remote_ip):
            self.set_header("Content-Encoding", "gzip")
            self.finish(_compressed(contents))
        else:
            self.finish(contents)


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


@lru_cache(maxsize=128)
def _compressed(contents: bytes) -> bytes:
    return gzip.compress(contents, 6)
