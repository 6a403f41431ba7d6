"""Long work beside the kernel's own: the reader clicks on while something is being computed."""

from __future__ import annotations

import atexit
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from ..errors import UserError

__all__ = ["Job", "Jobs"]

_KEPT = 60
_LAST = 20.0  # seconds that a job under way may still take when the program ends
_AT_WORK: weakref.WeakSet[Jobs] = weakref.WeakSet()


@dataclass
class Job:
    """One piece of work and how it went."""

    work: Callable[[], Any] = field(repr=False)
    begun: float | None = None
    done: threading.Event = field(default_factory=threading.Event, repr=False)
    found: Any = None
    refused: UserError | None = None
    fault: BaseException | None = field(default=None, repr=False)

    def run(self) -> None:
        """Do it, and keep what came out or what went wrong."""
        self.begun = monotonic()
        try:
            self.found = self.work()
        except UserError as error:
            self.refused = error
        except BaseException as fault:
            self.fault = fault  # raised again where it is asked for
        self.done.set()


class Jobs:
    """One worker beside the kernel: what was asked for last comes first, and what nobody waits for any more is left.

    Parameters
    ----------
    pause : float
        Seconds of rest after a question before work begins: the page that asked is sent first, and one who clicks on
        and on is not slowed down by work on pages that he has left.

    Examples
    --------
    >>> jobs = Jobs()
    >>> job = jobs.ask("sum", lambda: 1 + 1)
    >>> jobs.wait()
    >>> job.found, jobs.ask("sum", lambda: 0).found
    (2, 2)
    """

    def __init__(self, pause: float = 0.2) -> None:
        self._pause, self._asked_at = pause, 0.0
        self._jobs: OrderedDict[Hashable, Job] = OrderedDict()
        self._waiting: list[Hashable] = []
        self._lock = threading.Condition()
        self._busy = self._closed = False
        self._thread: threading.Thread | None = None

    def ask(self, key: Hashable, work: Callable[[], Any]) -> Job:
        """The job of a key; begun, if it is new."""
        with self._lock:
            if key in self._jobs:
                self._jobs.move_to_end(key)
                if key in self._waiting:
                    self._waiting.remove(key)
                    self._waiting.append(key)
                return self._jobs[key]
            job = self._jobs[key] = Job(work)
            self._waiting.append(key)
            self._asked_at = monotonic()
            for old in [k for k, j in self._jobs.items() if j.done.is_set()][: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[old]
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="crmlab-studio", daemon=True)
                self._thread.start()
                _AT_WORK.add(self)
            self._lock.notify_all()
        return job

    def known(self, key: Hashable) -> Any:
        """What the job of a key has found; ``None`` where nobody has asked, or it is not done."""
        job = self._jobs.get(key)
        return job.found if job is not None and job.done.is_set() else None

    def forget(self, keep: Callable[[Hashable], bool]) -> None:
        """Leave out what has not begun, unless ``keep`` says that it is wanted still."""
        with self._lock:
            for key in [k for k in self._waiting if not keep(k)]:
                self._waiting.remove(key)
                del self._jobs[key]

    def _work(self) -> None:
        while True:
            with self._lock:
                while not self._waiting and not self._closed:
                    self._busy = False
                    self._lock.notify_all()
                    self._lock.wait()
                self._busy = True
                while (rest := self._asked_at + self._pause - monotonic()) > 0 and not self._closed:
                    self._lock.wait(rest)
                if self._closed:
                    return
                if not self._waiting:
                    continue
                job = self._jobs[self._waiting.pop()]
            job.run()

    def wait(self, seconds: float = 60.0) -> None:
        """Until nothing is left to be done."""
        with self._lock:
            self._lock.wait_for(lambda: not self._waiting and not self._busy, seconds)

    def close(self) -> None:
        """Begin nothing more, and let what is under way end: no thread may compute while the interpreter goes."""
        with self._lock:
            self._closed = True
            self._lock.notify_all()
        if self._thread is not None:
            self._thread.join(_LAST)


@atexit.register
def _close_all() -> None:
    for jobs in list(_AT_WORK):
        jobs.close()
