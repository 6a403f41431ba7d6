"""Cards that were drawn once and are kept on the disk: forty readers of one dashboard see the same figures."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["Kept"]

_MOST = 4000  # files kept; past that the oldest half goes
_HELD = 1000  # and in memory


class Kept:
    """Plain data by what they were made of: the data's fingerprint, the code's, and what was asked.

    Parameters
    ----------
    fingerprint : str
        Of the data. Empty where nothing may be kept on the disk, as of a reader's own file: then it stays in memory.
    """

    def __init__(self, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self._memory: dict[str, Any] = {}

    def get(self, asked: Mapping[str, Any], make: Callable[[], Any], *, lasting: bool = True) -> Any:
        """What was made for ``asked``, made now if need be; what is not ``lasting`` stays in memory."""
        key = self._key(asked)
        if key not in self._memory:
            file = _folder() / f"{key}.json" if self.fingerprint and lasting else None
            made = _read(file) if file else None
            if made is None:
                made = make()
                if file:
                    _write(file, made)
            while len(self._memory) >= _HELD:
                del self._memory[next(iter(self._memory))]
            self._memory[key] = made
        return self._memory[key]

    def has(self, asked: Mapping[str, Any]) -> bool:
        """Whether it need not be made."""
        key = self._key(asked)
        return key in self._memory or bool(self.fingerprint and (_folder() / f"{key}.json").is_file())

    def _key(self, asked: Mapping[str, Any]) -> str:
        told = json.dumps([self.fingerprint, _code(), asked], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode("utf-8")).hexdigest()


def _folder() -> Path:
    from ..datasets.files import cache as folder

    return folder() / "cards"


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # not there, or half of it: it is made again
        return None


def _write(file: Path, what: Any) -> None:
    # a full or protected disk keeps nothing, and nobody needs to know
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        _prune(file.parent)
        handle, part = tempfile.mkstemp(dir=file.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(what, out, ensure_ascii=False)
        os.replace(part, file)


def _prune(folder: Path) -> None:
    files = list(folder.iterdir())
    if len(files) > _MOST:
        for old in sorted(files, key=lambda f: f.stat().st_mtime)[: _MOST // 2]:
            old.unlink(missing_ok=True)


@cache
def _code() -> str:
    """Changes when crmlab does: a figure drawn by other code may say something else."""
    root = Path(__file__).resolve().parents[1]
    told = hashlib.sha256()
    for path in sorted((*root.rglob("*.py"), *root.rglob("*.toml"))):
        about = path.stat()
        told.update(f"{path.relative_to(root)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return told.hexdigest()[:16]
