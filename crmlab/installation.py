"""Whether crmlab can work here: what ``crmlab check`` looks at, one finding a line, each with its cure.

Heavy libraries are asked for by their place on disk, not imported, except DuckDB, which has to answer.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from . import labels
from .datasets import files

__all__ = ["Finding", "examine"]


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its name, whether it is in order, and the values its sentence needs."""

    name: str
    ok: bool
    values: dict[str, Any] = field(default_factory=dict)

    def render(self, lang: str | None = None) -> str:
        """The finding as a sentence; with the cure where something is wrong."""
        return labels.text(f"cli.finding.{self.name}.{'good' if self.ok else 'bad'}", lang, **self.values)


def examine() -> list[Finding]:
    """Look at everything; in the order in which one would mend it.

    Examples
    --------
    >>> [finding.name for finding in examine()][:3]
    ['python', 'packages', 'duckdb']
    """
    return [_python(), _packages(), _duckdb(), _plotly(), _template(), _browser(), _cache(), _bytecode(), _words()]


def _python() -> Finding:
    return Finding("python", sys.version_info >= (3, 11), {"version": platform.python_version()})


def _packages() -> Finding:
    """Every requirement is installed, in a version that pyproject.toml allows."""
    from packaging.requirements import Requirement

    wrong, right = [], 0
    for line in metadata.requires("crmlab") or ():
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            wrong.append(str(requirement))
            continue
        if requirement.specifier.contains(version, prereleases=True):
            right += 1
        else:
            wrong.append(f"{requirement} ({version})")
    return Finding("packages", not wrong, {"n": right, "wrong": wrong})


def _duckdb() -> Finding:
    try:
        import duckdb

        with duckdb.connect() as connection:
            answer = connection.execute("select sum(x) from range(1, 101) t(x)").fetchone()
        return Finding("duckdb", answer == (5050,), {"version": duckdb.__version__, "why": answer})
    except Exception as error:  # whatever a broken build raises is the finding
        return Finding("duckdb", False, {"why": error})


def _plotly() -> Finding:
    """The plotly.js that pages and notebooks share stands in plotly's own package."""
    package = _place("plotly")
    script = package / "package_data" / "plotly.min.js" if package else None
    found = script is not None and script.is_file()
    return Finding("plotly", found, {"size": script.stat().st_size / 1e6 if found else 0})


def _template() -> Finding:
    place = Path(__file__).parent / "apps"
    notebooks = sorted(p.relative_to(place).as_posix() for p in place.glob("**/*.ipynb"))
    return Finding("template", bool(notebooks) and _place("voila") is not None, {"n": len(notebooks)})


def _browser() -> Finding:
    import webbrowser

    try:
        return Finding("browser", True, {"name": webbrowser.get().name})
    except webbrowser.Error:  # a server's crmlab is opened from elsewhere: nothing to mend
        return Finding("no_browser", True)


def _cache() -> Finding:
    folder = files.cache()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"crmlab")
        return Finding("cache", True, {"folder": folder})
    except OSError as error:
        return Finding("cache", False, {"folder": folder, "why": error.strerror})


def _bytecode() -> Finding:
    """Without compiled bytecode every kernel compiles its imports again, some seconds of CPU each time."""
    missing = [
        str(source.parent) for source in _sources() if not Path(importlib.util.cache_from_source(source)).is_file()
    ]
    join = subprocess.list2cmdline if os.name == "nt" else shlex.join
    command = join([sys.executable, "-m", "compileall", "-q", *missing])
    return Finding("bytecode", not missing, {"missing": missing, "command": command})


def _sources() -> Iterator[Path]:
    yield Path(__file__)
    for name in ("pandas", "plotly", "ipywidgets"):
        package = _place(name)
        if package:
            yield package / "__init__.py"


def _words() -> Finding:
    """Both languages are there, and Babel knows how Indonesians write numbers."""
    said = labels.number(1234567.5, "id", decimals=1)
    return Finding("words", said == "1.234.567,5", {"said": said})


def _place(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None
