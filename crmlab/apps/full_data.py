"""Making PT XYZ's full data set beside the server, so that the first start need not wait for it.

The bundled size answers at once. A child process makes the full one at low priority and reports its progress; the pages
show it and offer the full data when it is there. As a script, this module is that child.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["FULL", "FullData"]

BUNDLED = "S"
FULL = "M"


class FullData:
    """The state of the full data set: ``"absent"``, ``"making"``, ``"ready"`` or ``"failed"``.

    Parameters
    ----------
    changed : callable
        Called whenever :attr:`state` or :attr:`share` changes.
    size : str, optional
        The size that is wanted. Until it is there the bundled one is served.
    log : callable, optional
        Gets what the child says when it fails.
    """

    command = (sys.executable, "-m", __name__)
    """What makes a size, given as the last argument, and prints ``[done, total]`` on lines of their own."""

    def __init__(
        self, changed: Callable[[], None], size: str | None = None, log: Callable[[str], None] = print
    ) -> None:
        self.wanted = size or FULL
        there = _is_ready(self.wanted)
        self.size = self.wanted if there else BUNDLED
        self.state = "ready" if there else "absent"
        self.share = 0.0
        self._changed = changed
        self._log = log
        self._child: asyncio.subprocess.Process | None = None

    def status(self) -> Mapping[str, Any]:
        """What the pages are told."""
        return {"size": self.size, "full": self.state, "share": round(self.share, 3)}

    async def make(self) -> bool:
        """Make the full data set, unless it is there; whether it was made now."""
        if self.state != "absent":
            return False
        self._set("making")
        self._child = await asyncio.create_subprocess_exec(
            *self.command, self.wanted, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        said, _ = await asyncio.gather(self._child.stderr.read(), self._follow(self._child.stdout))
        if await self._child.wait() == 0:
            self.size = self.wanted
            self._set("ready", 1.0)
            return True
        self._log(said.decode(errors="replace"))
        self._set("failed")
        return False

    async def _follow(self, lines: asyncio.StreamReader) -> None:
        async for line in lines:
            done, total = json.loads(line)
            share = done / total if total else 0.0
            if share - self.share >= 0.005:
                self._set("making", share)

    def _set(self, state: str, share: float | None = None) -> None:
        self.state = state
        self.share = self.share if share is None else share
        self._changed()

    def stop(self) -> None:
        """End the child; what it had made so far is made again next time."""
        if self._child and self._child.returncode is None:
            self._child.kill()


def _is_ready(size: str) -> bool:
    from .. import datasets

    return datasets.is_ready(size)


def main(size: str) -> None:
    """Make the full data set and print ``[done, total]`` as it goes."""
    if hasattr(os, "nice"):
        os.nice(10)  # the reader's clicks come first
    from .. import datasets

    datasets.make_retail(size, progress=lambda done, total, _key: print(json.dumps([done, total]), flush=True))


if __name__ == "__main__":
    main(sys.argv[1])
