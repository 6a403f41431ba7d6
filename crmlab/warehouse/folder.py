"""The folder of a warehouse: files that are never changed, and one pointer that is replaced in one step.

::

    CURRENT               which load is the last one that counts (0 before the first), and the SHA-256 of its manifest
    loads/000002.json     the manifest of a load: what came, the rules of every table, its files; names the one before
    parts/sales/000002.parquet   the rows that the load brought
    derived/, marts/      what can be made again
    staging/              a load at work
    LOCK                  held by the one who writes, freed by the system when he dies

A load writes everything under names that no manifest mentions yet. ``os.replace`` of ``CURRENT`` makes it count, all
of it at once: whoever reads sees the load before or the whole new one, and is never made to wait. What a killed load
left behind lies beyond the pointer, and the next load sweeps it away.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import UserError

__all__ = ["Folder", "digest", "in_words", "published", "text_digest"]

FORMAT = 1
KEPT_DERIVED = 48
_PATIENCE = 0.05
_NO_ROOM = tuple(getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG", "EROFS") if hasattr(errno, name))


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def text_digest(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


class Folder:
    """The files of one warehouse, without knowing what is in them.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     Folder(place).pointer()
    {'format': 1, 'load': 0, 'sha256': ''}
    """

    def __init__(self, path: str | os.PathLike) -> None:
        self.path = Path(path).absolute()
        if self.path.exists() and not self.path.is_dir():
            raise UserError("warehouse.not_a_folder", found=str(path))

    @property
    def derived(self) -> Path:
        """Where tables that were computed from the parts are kept."""
        return self.path / "derived"

    def pointer(self) -> dict[str, Any]:
        """Which load counts; load 0 where there is none yet."""
        place = self.path / "CURRENT"
        try:
            said = json.loads(_patient(lambda: place.read_text(encoding="utf-8")))
            if said["format"] != FORMAT:
                raise UserError("warehouse.other_format", found=said["format"], wanted=FORMAT)
            if type(said["load"]) is not int or said["load"] < 0 or not isinstance(said["sha256"], str):
                raise UserError("warehouse.broken", found=str(place))
            return said
        except FileNotFoundError as gone:
            # the first writer begins with a pointer to load 0: loads without any mean that it was lost
            if any((self.path / "loads").glob("*.json")) and not place.exists():
                raise UserError("warehouse.broken", found=str(place)) from gone
            return {"format": FORMAT, "load": 0, "sha256": ""}
        except (ValueError, KeyError, TypeError, IsADirectoryError) as bad:
            raise UserError("warehouse.broken", found=str(place)) from bad

    def manifests(self, upto: int | None = None) -> list[dict[str, Any]]:
        """The manifests from the first load to ``upto``, or to the current one; each is checked against its hash."""
        pointer = self.pointer()
        found, expected = [], pointer["sha256"]
        for load in range(pointer["load"], 0, -1):
            path = self._manifest(load)
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as gone:
                raise UserError("warehouse.broken", found=str(path)) from gone
            if text_digest(text) != expected:
                raise UserError("warehouse.broken", found=str(path))
            found.append(json.loads(text))
            expected = found[-1]["previous"]
        found.reverse()
        return found if upto is None else found[:upto]

    def part(self, said: Mapping[str, Any]) -> Path:
        """The file of a part, as a manifest names it."""
        return self.path / "parts" / said["table"] / said["file"]

    def _manifest(self, load: int) -> Path:
        return self.path / "loads" / f"{load:06d}.json"

    def broken(self) -> list[str]:
        """Files that are missing or not what they were, and files that no manifest knows; empty when all is well."""
        manifests = self.manifests()
        known = {self._manifest(m["load"]) for m in manifests}
        known |= {self.part(said) for m in manifests for said in m["parts"]}
        return self.damaged() + [str(p.relative_to(self.path)) for p in self._own() if p not in known]

    def damaged(self) -> list[str]:
        """Parts that are missing or not what they were."""
        parts = (self.part(said) for m in self.manifests() for said in m["parts"])
        hashes = (said["sha256"] for m in self.manifests() for said in m["parts"])
        return [
            str(path.relative_to(self.path))
            for path, wanted in zip(parts, hashes, strict=True)
            if not path.is_file() or digest(path) != wanted
        ]

    def _own(self) -> Iterator[Path]:
        """Everything that a load writes, leftovers as well; not what can be made again."""
        for name in ("loads", "parts", "staging"):
            yield from (p for p in sorted((self.path / name).rglob("*")) if not p.is_dir())
        yield from sorted(self.path.glob("CURRENT.*"))

    # -- writing

    @contextlib.contextmanager
    def writing(self, wait_seconds: float) -> Iterator[None]:
        """Be the only writer, and start from a swept folder."""
        self.path.mkdir(parents=True, exist_ok=True)
        with _locked(self.path / "LOCK", wait_seconds):
            if self.pointer()["load"] == 0:
                _write(self.path / "CURRENT", json.dumps({"format": FORMAT, "load": 0, "sha256": ""}))
            self._sweep()
            yield

    def _sweep(self) -> None:
        """Remove what a killed load left. Nobody reads it: no manifest that counts names it."""
        last = self.pointer()["load"]
        shutil.rmtree(self.path / "staging", ignore_errors=True)
        numbers = {path: _number(path) for path in self._own() if path.parent != self.path}
        if any(n > last + 1 for n in numbers.values()):
            # a killed load leaves one number at most: here the pointer is old, and what lies beyond it is no leftover
            raise UserError("warehouse.broken", found=str(self.path / "CURRENT"))
        for path in self._own():
            if numbers.get(path, last + 1) > last:
                _patient(path.unlink)
        made = sorted(self.derived.glob("*/*.parquet"), key=lambda p: p.stat().st_mtime, reverse=True)
        for path in (*made[KEPT_DERIVED:], *self.derived.glob("*/*.tmp")):
            with contextlib.suppress(OSError):  # Windows keeps a file that somebody reads
                path.unlink()
                path.parent.rmdir()

    def staging(self) -> Path:
        """A new, empty folder to write parts in; only for the one who is writing."""
        place = self.path / "staging"
        place.mkdir()
        return place

    def publish(self, manifest: dict[str, Any], staged: Mapping[str, Path]) -> None:
        """Make a load count: parts, then manifest, then the pointer, each safe on the disk before the next.

        Parameters
        ----------
        manifest : dict
            Without its parts' names and hashes, which are filled in here.
        staged : mapping
            Table to the file in the staging folder.
        """
        load = manifest["load"]
        (self.path / "parts").mkdir(exist_ok=True)
        for said in manifest["parts"]:
            source = staged[said["table"]]
            _sync(source)
            said.update(file=f"{load:06d}.parquet", bytes=source.stat().st_size, sha256=digest(source))
            target = self.part(said)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, target)
            _sync_folder(target.parent)
        _sync_folder(self.path / "parts")
        text = json.dumps(manifest, indent=1, ensure_ascii=False, default=str)
        _write(self._manifest(load), text)
        pointer = {"format": FORMAT, "load": load, "sha256": text_digest(text)}
        _write(self.path / "CURRENT", json.dumps(pointer))
        shutil.rmtree(self.path / "staging", ignore_errors=True)


def _number(path: Path) -> int:
    """Which load a file belongs to; 0 for a file of no load."""
    number = path.name.partition(".")[0]
    return int(number) if number.isdigit() else 0


@contextlib.contextmanager
def in_words(folder: Folder) -> Iterator[None]:
    """What a full disk or a damaged part makes DuckDB and the system say, in the reader's words."""
    import duckdb

    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException) as bad:
        if gone := folder.damaged():
            raise UserError("warehouse.broken", found=str(folder.path / gone[0])) from bad
        if not isinstance(bad, duckdb.IOException):
            raise
        reason = str(bad).splitlines()[0].partition(": {")[0]
        raise UserError("warehouse.cannot_write", found=str(folder.path), reason=reason) from bad
    except OSError as bad:
        if bad.errno not in _NO_ROOM:
            raise
        raise UserError("warehouse.cannot_write", found=str(folder.path), reason=bad.strerror) from bad


@contextlib.contextmanager
def published(target: Path) -> Iterator[Path]:
    """A path to write to that becomes ``target`` in one step when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f"{target.name}.{os.getpid()}.{time.monotonic_ns()}.tmp")
    try:
        yield aside
        try:
            os.replace(aside, target)
        except PermissionError:  # Windows: somebody has the same, complete file open
            if not target.is_file():
                raise
    finally:
        with contextlib.suppress(OSError):
            aside.unlink()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.tmp")
    with open(aside, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _patient(lambda: os.replace(aside, path))
    _sync_folder(path.parent)


def _sync(path: Path) -> None:
    with open(path, "r+b") as file:  # Windows flushes only what is open for writing
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    if os.name == "nt":  # a folder can't be opened there; NTFS keeps its own journal of names
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _patient(step: Any, seconds: float = 2.0) -> Any:
    """``step()``, tried again for a while: Windows refuses to replace or open a file that another has open just now."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return step()
        except PermissionError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_PATIENCE)


# -- one writer at a time


@contextlib.contextmanager
def _locked(path: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the system's lock on a file: it goes when its holder does, even when he is killed."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = time.monotonic() + wait_seconds
        while not _take(handle):
            if time.monotonic() >= deadline:
                raise UserError("warehouse.busy", found=str(path.parent), seconds=wait_seconds)
            time.sleep(_PATIENCE)
        yield
    finally:
        os.close(handle)  # frees the lock


if os.name == "nt":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            if taken.errno not in (errno.EACCES, errno.EAGAIN):
                raise
            return False
        return True
