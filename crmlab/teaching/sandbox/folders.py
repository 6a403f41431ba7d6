"""Files that a stranger handed in or left behind: read within bounds, weighed, deleted."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from pathlib import Path

__all__ = ["is_too_full", "read_bounded", "read_regular", "remove"]

MOST_FILES = 5000


def read_regular(path: Path, most_mb: int) -> bytes:
    """A regular file's bytes, one more than the most at most; never through a link."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise OSError("not a regular file")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(os.open(path, flags), "rb") as file:
        if os.fstat(file.fileno()).st_size > most_mb * 2**20:
            return bytes(most_mb * 2**20 + 1)
        return file.read(most_mb * 2**20 + 1)


def is_too_full(room: Path, most_mb: int) -> bool:
    """Whether a folder holds more than it may, in bytes or in files."""
    size = number = 0
    waiting = [str(room)]
    while waiting:
        with contextlib.suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                number += 1
                with contextlib.suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        told = entry.stat(follow_symlinks=False)
                        size += told.st_blocks * 512 if os.name == "posix" else told.st_size  # a hole weighs nothing
                if size > most_mb * 2**20 or number > MOST_FILES:
                    return True
    return False


def read_bounded(path: Path, most_kb: int) -> bytes:
    """A file's bytes, or none when it is missing or larger than it may be."""
    try:
        with open(path, "rb") as file:
            data = file.read(most_kb * 1024 + 1)
    except OSError:
        return b""
    return data if len(data) <= most_kb * 1024 else b""


def remove(folder: Path) -> None:
    """Delete a folder that a stranger filled: however deep, whatever its modes, without following a link."""
    for last in (False, False, False, True):
        try:
            _flatten(str(folder))
            os.rmdir(folder)
            return
        except FileNotFoundError:
            return
        except OSError:  # a virus scanner looks into a file, say
            if not last:
                time.sleep(0.2)
    # it stays in the system's temporary folder, which the system empties


def _flatten(folder: str) -> None:
    """Empty a folder; what lies deep is moved up first, so that no path grows too long."""
    number, waiting = 0, True
    while waiting:
        waiting = False
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if os.path.islink(path) or not os.path.isdir(path):
                os.unlink(path)
                continue
            _let_go(path)
            for below in os.listdir(path):
                inner = os.path.join(path, below)
                if os.path.isdir(inner) and not os.path.islink(inner):
                    _let_go(inner)  # a folder that may not be written may not be moved
                    number += 1
                    os.rename(inner, os.path.join(folder, f".{number}.going"))
                    waiting = True
                else:
                    os.unlink(inner)
            os.rmdir(path)


def _let_go(path: str) -> None:
    with contextlib.suppress(OSError):
        if not os.path.islink(path):
            os.chmod(path, 0o700)
