"""Processes: how one is started for a job, what it uses, and how it is ended with all that it started."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crmlab.errors import InternalError, UserError

from .folders import remove

__all__ = ["Child", "Launcher", "environment", "psutil"]

START = """\
import os, sys
crmlab, *others = sys.argv[1].split(os.pathsep)
sys.path.insert(0, crmlab)
sys.path += [one for one in others if one not in sys.path]
from crmlab.teaching.sandbox import inside
inside.main(sys.argv[2:])
"""


def psutil() -> Any:
    """The library, or what to do without it."""
    try:
        import psutil
    except ModuleNotFoundError:
        raise UserError("teaching.needs_psutil") from None
    return psutil


def environment(home: str, **more: str) -> dict[str, str]:
    """All that a process learns of the computer's environment; the same everywhere and every time."""
    folders = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TMP", "TEMP", "XDG_CACHE_HOME")
    folders += ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "MPLCONFIGDIR", "CRMLAB_CACHE")
    told = dict.fromkeys(folders, home)
    for library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB_MAXIMUM"):
        told[f"{library}_NUM_THREADS"] = "1"
    told |= {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    told |= {"USER": "student", "LOGNAME": "student", "USERNAME": "student", "PATH": os.defpath, "TERM": "dumb"}
    told |= {"MALLOC_ARENA_MAX": "2", "LOKY_MAX_CPU_COUNT": "1", "MPLBACKEND": "Agg", "PLOTLY_RENDERER": "json"}
    for name in ("SYSTEMROOT", "WINDIR", "COMSPEC", "PROCESSOR_ARCHITECTURE"):  # Windows does not start Python without
        if name in os.environ:
            told[name] = os.environ[name]
    return told | more


class Launcher:
    """Starts a process for a job: forked from a stem that has loaded everything (Linux), or afresh (elsewhere)."""

    def __init__(self, collect: str, readable: list[str], forks: bool) -> None:
        self._module, self._readable = collect.partition(":")[0], readable
        self._lock = threading.Lock()
        self._stem: subprocess.Popen[bytes] | None = None
        self._forks = forks

    def __enter__(self) -> Launcher:
        self._home = tempfile.mkdtemp(prefix="crmlab-stem-")
        return self

    def __exit__(self, *_: object) -> None:
        if self._stem is not None:
            self._end_stem()
        remove(Path(self._home))

    def launch(self, job: Path) -> Child:
        """A process that runs the job described in this file."""
        if not self._forks:
            started = self._python(str(job), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            return Child(started.pid, lambda: started.poll() is not None, started.wait)
        pid = int(self._ask(b"fork " + json.dumps(str(job)).encode()))
        return Child(pid, lambda: _is_over(pid), lambda: int(self._ask(b"reap %d" % pid)))

    def _python(self, what: str, **pipes: Any) -> subprocess.Popen[bytes]:
        # where this process finds its libraries, a user's own folder of them among others
        places = os.pathsep.join([str(Path(__file__).resolve().parents[3]), *filter(os.path.isdir, sys.path)])
        # not -I, which would also forget the fixed hash seed; the environment is ours anyway
        command = [sys.executable, "-s", "-P", "-B", "-X", "utf8", "-c", START, places]
        command += [what, self._module, *self._readable]
        group = {"start_new_session": True} if os.name == "posix" else {"creationflags": 0x200}
        return subprocess.Popen(
            command, env=environment(self._home), cwd=self._home, stderr=subprocess.DEVNULL, **pipes, **group
        )

    def _ask(self, order: bytes) -> bytes:
        with self._lock:
            if self._stem is None or self._stem.poll() is not None:
                if order.startswith(b"reap"):
                    return b"-9"  # its stem is gone, and it with the stem
                self._stem = self._python("stem", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                if self._stem.stdout.readline() != b"ready\n":
                    self._end_stem()
                    raise InternalError(f"the sandbox does not start: is {self._module} there?")
            try:
                self._stem.stdin.write(order + b"\n")
                self._stem.stdin.flush()
                answer = self._stem.stdout.readline()
            except BrokenPipeError:
                answer = b""
            if not answer:
                self._end_stem()
                raise InternalError("the sandbox's stem ended")
            return answer

    def _end_stem(self) -> None:
        stem, self._stem = self._stem, None
        stem.kill()
        stem.wait()
        stem.stdin.close()
        stem.stdout.close()


class Child:
    """A process that runs a job: whether it is over, what it uses, and its end."""

    def __init__(self, pid: int, over: Callable[[], bool], reap: Callable[[], int]) -> None:
        self.pid, self.over, self.reap = pid, over, reap
        self._descendants: set[Any] = set()
        self._own: Any = None
        with contextlib.suppress(psutil().Error):
            self._own = psutil().Process(pid)

    def memory(self) -> float:
        """Resident megabytes of it and of the descendants seen so far."""
        used = 0
        for process in (self._own, *self._descendants):
            with contextlib.suppress(psutil().Error, AttributeError):
                used += process.memory_info().rss
        return used / 2**20

    def cpu(self) -> float:
        """Processor seconds, its start included."""
        with contextlib.suppress(psutil().Error, AttributeError):
            times = self._own.cpu_times()
            return times.user + times.system
        return 0.0

    def look_for_descendants(self) -> None:
        """Remember what it started, so that it can be ended even when its parent is gone."""
        with contextlib.suppress(psutil().Error, AttributeError):
            self._descendants.update(self._own.children(recursive=True))

    def end(self) -> None:
        """Kill it, its group and its descendants."""
        self.look_for_descendants()
        if os.name == "posix":
            with contextlib.suppress(OSError):
                os.kill(self.pid, signal.SIGKILL)  # unreaped, so the number is still its own
            with contextlib.suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)
        for process in (*self._descendants, self._own):
            with contextlib.suppress(psutil().Error, AttributeError):
                process.kill()


def _is_over(pid: int) -> bool:
    try:
        return psutil().Process(pid).status() == "zombie"
    except psutil().Error:
        return True
