"""The parent's side: start a process for each notebook, watch it, end it, and gather what it left."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crmlab.errors import InternalError

from .folders import is_too_full, read_bounded, read_regular, remove
from .launching import Child, Launcher, environment, psutil
from .plain import is_plain, loads
from .runs import CODES, Event, Job, Limits, Run

__all__ = ["execute", "execute_all"]

PUBLIC = ("pack.json", "data.py")  # of a pack; whatever else lies in its folder is not shown
LONGEST_START = 60.0  # seconds until the first cell, on a busy computer
GLANCE, LOOK = 0.02, 0.3  # seconds between two looks at the process, and at its folder and descendants
EVENTS_KB = 128
FORKS = sys.platform == "linux"  # elsewhere libraries do not outlive a fork, or there is none


def execute(
    notebook: Path | str | bytes,
    *,
    pack: Path | None = None,
    student: str | None = None,
    limits: Limits | None = None,
    collect: str = "crmlab.exercises:recorded",
) -> Run:
    """Run one notebook; see :func:`execute_all`, which runs a class faster."""
    given = notebook if isinstance(notebook, bytes) else Path(notebook)
    (run,) = execute_all([Job(given, pack, student)], limits=limits, collect=collect, workers=1)
    return run


def execute_all(
    jobs: Iterable[Job],
    *,
    limits: Limits | None = None,
    collect: str = "crmlab.exercises:recorded",
    workers: int | None = None,
    progress: Callable[[int, int, Run], Any] | None = None,
    _os_layers: bool = True,
    _readable: Iterable[Path] = (),
    _launcher: Launcher | None = None,
) -> Iterator[Run]:
    """Run notebooks, each in a process of its own behind fences, and give what they recorded.

    Parameters
    ----------
    jobs : iterable of Job
        What to run.
    limits : Limits, optional
        For each of them.
    collect : str
        ``"module:function"`` that gives the recorded answers as a dict of JSON data; called in the notebook's process
        after every cell.
    workers : int, optional
        How many at once; the number of processors when not given.
    progress : callable, optional
        Called with (done, total, run) as runs end, from the thread that watched it, one at a time.

    Yields
    ------
    Run
        One for each job, in the jobs' order. Whatever a notebook does, its run comes, and so do the others'.

    Raises
    ------
    UserError
        When psutil is not installed.
    """
    jobs, limits = list(jobs), limits or Limits()
    psutil()
    workers = min(len(jobs), workers or os.cpu_count() or 1)
    extra = [str(Path(one).resolve()) for one in _readable]
    launcher = contextlib.nullcontext(_launcher) if _launcher else Launcher(collect, extra, FORKS)
    return _in_order(jobs, limits, collect, workers, progress, _os_layers, extra, launcher) if jobs else iter(())


def _in_order(jobs, limits, collect, workers, progress, os_layers, readable, launching) -> Iterator[Run]:
    told, done, stop = threading.Lock(), 0, threading.Event()
    with launching as launcher, ThreadPoolExecutor(workers) as pool:

        def one(job: Job) -> Run:
            nonlocal done
            try:
                run = _attend(job, limits, collect, launcher, stop, os_layers, readable)
            except (OSError, InternalError) as error:  # no room on the disk, say: this one has no marks, the next may
                run = Run("killed", {}, (Event("sandbox_failed", None, {"name": type(error).__name__}),))
            with told:
                done += 1
                if progress is not None:
                    progress(done, len(jobs), run)
            return run

        try:
            yield from pool.map(one, jobs)
        finally:
            stop.set()  # nobody wants the rest
            pool.shutdown(cancel_futures=True)


def _attend(
    job: Job,
    limits: Limits,
    collect: str,
    launcher: Launcher,
    stop: threading.Event,
    os_layers: bool,
    extra: list[str],
) -> Run:
    try:
        content = job.notebook if isinstance(job.notebook, bytes) else read_regular(job.notebook, limits.notebook_mb)
    except FileNotFoundError:
        return Run("unreadable", {}, (Event("no_such_notebook"),))
    except OSError:  # a link, a folder, a device, or no right to read it
        return Run("unreadable", {}, (Event("not_a_file"),))
    if len(content) > limits.notebook_mb * 2**20:
        return Run("huge", {}, (Event("notebook_too_large"),))
    folder = Path(tempfile.mkdtemp(prefix="crmlab-run-"))
    try:
        room = folder / "room"
        home = room / ".home"
        home.mkdir(parents=True)
        (folder / "notebook.json").write_bytes(content)
        for name in PUBLIC:
            if job.pack is not None and (Path(job.pack) / name).is_file():
                shutil.copyfile(Path(job.pack) / name, room / name)
        told = {"CRMLAB_PACKS": str(room)} if job.pack is not None else {}
        told |= {"CRMLAB_STUDENT": job.student} if job.student is not None else {}
        written = {
            "room": str(room),
            "notebook": str(folder / "notebook.json"),
            "answers": [str(folder / "answers.0"), str(folder / "answers.1")],
            "events": str(folder / "events"),
            "environment": environment(str(home), **told),
            "collect": collect,
            "limits": asdict(limits),
            "readable": extra,
            "os_layers": os_layers,
        }
        (folder / "job.json").write_text(json.dumps(written), encoding="utf-8")
        child = launcher.launch(folder / "job.json")
        try:
            cause, seconds, cpu, peak = _watch(child, folder, limits, stop)
        finally:
            child.end()
            child.reap()
        return _gather(folder, limits, cause, seconds, cpu, peak)
    finally:
        remove(folder)


def _watch(child: Child, folder: Path, limits: Limits, stop: threading.Event) -> tuple[str, float, float, float]:
    """Wait for the end, or bring it about: what it came to, wall and processor seconds, largest megabytes."""
    events, cause = folder / "events", ""
    started, looked, peak, cpu, before = 0.0, 0.0, 0.0, 0.0, 0.0
    arrived = time.monotonic()
    while not child.over():
        now = time.monotonic()
        cpu = child.cpu() or cpu
        if not started and events.exists() and events.stat().st_size:
            started, before = now, cpu
        peak = max(peak, child.memory())
        if now - looked > LOOK:
            looked = now
            child.look_for_descendants()
            if is_too_full(folder / "room", limits.files_mb):
                cause = "limit_files"
        if peak > limits.memory_mb:
            cause = "limit_memory"
        elif (
            started
            and cpu - before > limits.seconds
            or now - (started or arrived) > (limits.patience if started else LONGEST_START)
        ):
            cause = "limit_seconds"
        elif stop.is_set():
            cause = "stopped"
        if cause:
            break
        time.sleep(GLANCE)
    if not cause and is_too_full(folder / "room", limits.files_mb):
        cause = "limit_files"
    return cause, time.monotonic() - (started or arrived), max(0.0, cpu - before), peak


def _gather(folder: Path, limits: Limits, cause: str, seconds: float, cpu: float, peak: float) -> Run:
    """A run from what the process left behind, none of which is believed."""
    layers: tuple[str, ...] = ()
    log: list[Event] = []
    for line in read_bounded(folder / "events", EVENTS_KB).splitlines():
        with contextlib.suppress(ValueError):
            told = loads(line)
            if type(told) is dict and is_plain(told):
                if not layers and type(told.get("layers")) is list:
                    layers = tuple(str(one) for one in told["layers"])
                elif told.get("code") in CODES and type(told.get("cell")) in (int, type(None)):
                    name = "".join(c for c in str(told.get("name", "")) if c.isprintable())[:200]
                    log.append(Event(told["code"], told.get("cell"), {"name": name} if name else {}))
    best: dict[str, Any] = {"turn": 0}
    for name in ("answers.0", "answers.1"):
        data = read_bounded(folder / name, limits.answers_kb + 64)
        with contextlib.suppress(ValueError):
            left = loads(data)
            if type(left) is dict and type(left.get("turn")) is int and type(left.get("answers")) is dict:
                best = max(best, left, key=lambda one: one["turn"])
    answers = {key: value for key, value in best.get("answers", {}).items() if is_plain([key, value])}
    status = best.get("status") if best.get("status") in ("finished", "unreadable") else "killed"
    by_cause = {"limit_seconds": "timeout", "limit_memory": "memory", "limit_files": "huge"}
    if cause in by_cause:
        status = by_cause[cause]
        log.append(Event(cause))
    elif status == "killed":
        log.append(Event("ended_early"))
    if status == "unreadable":
        answers = {}
    return Run(status, answers, tuple(log), round(seconds, 2), round(cpu, 2), round(peak, 1), layers)
