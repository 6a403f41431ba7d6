"""What runs on the other side: a process that locks itself in, runs a notebook's cells and leaves answers as JSON.

The parent starts it with ``main(["stem", module])``, which loads the libraries once and forks a fresh copy of itself
for each job that is named on its standard input (Linux), or with ``main([job, module])`` for one job (everywhere else).
No line of a student's code runs in the stem.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from . import fences, guard
from .plain import is_plain, loads
from .runs import Limits

__all__ = ["main"]

PRELOADED = ("numpy", "pandas", "pyarrow", "pyarrow.parquet", "duckdb", "plotly.graph_objects", "crmlab")
PRELOADED += (f"{__package__}.shell", f"{__package__}.libraries")
MOST_EVENTS = 200  # of one run; whoever shouts is not heard out
MOST_CELLS = 2000
DEEPEST_PART = 3  # set, "answers", question


def main(arguments: list[str]) -> None:
    """Be a stem, or run one job: ``stem`` or the job's file, the module that collects, more folders to import from."""
    first, module, *places = arguments
    sys.path += places
    for name in (*PRELOADED, module):
        importlib.import_module(name)
    if first == "stem":
        stem()
    else:
        live(first)


def stem() -> None:
    """Answer ``fork <job>`` with a pid and ``reap <pid>`` with an exit code, until the parent closes the pipe."""
    with os.fdopen(os.dup(0), "rb") as orders:
        os.write(1, b"ready\n")
        for line in orders:
            order, _, rest = line.rstrip(b"\n").partition(b" ")
            if order == b"reap":
                _, status = os.waitpid(int(rest), 0)
                os.write(1, b"%d\n" % os.waitstatus_to_exitcode(status))
                continue
            pid = os.fork()
            if pid == 0:
                try:
                    os.setsid()
                    orders.close()
                    live(json.loads(rest))
                finally:
                    os._exit(70)
            os.write(1, b"%d\n" % pid)


def live(path: str) -> None:
    """Run the job that the file at ``path`` describes; never comes back."""
    with open(path, "rb") as file:
        job = json.load(file)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    os.close(nothing)
    os.environ.clear()
    os.environ.update(job["environment"])
    if hasattr(time, "tzset"):
        time.tzset()
    os.chdir(job["room"])
    with open(job["notebook"], "rb") as file:
        notebook = file.read()
    desk, leave = Desk(job), os._exit  # a notebook may put something else in its place
    try:
        terminal, collect = lock_in(job, desk)
    except Exception as error:  # nobody's notebook did this
        desk.event("sandbox_failed", f"{type(error).__name__}: {error}")
        leave(71)
    run_all(notebook, terminal, collect, desk)
    leave(0)


def lock_in(job: dict[str, Any], desk: Desk) -> tuple[Any, Callable[[], Any]]:
    """Make what a notebook needs, shut every door, and give the shell and the function that collects."""
    module, _, name = job["collect"].partition(":")
    collect = getattr(importlib.import_module(module), name)
    limits, room = Limits(**job["limits"]), os.path.realpath(job["room"])
    readable = fences.readable_places() + [os.path.realpath(one) for one in job["readable"]]
    layers = ["parent"]
    if fences.limit(limits):
        layers.append("rlimits")
    if job["os_layers"]:
        layers += fences.raise_fences(room, readable, limits.processes)
    places = (room, *readable)
    sys.path[:] = [one for one in sys.path if os.path.realpath(one).startswith(places)] + [room]
    sys.path_importer_cache.clear()
    from . import libraries, shell

    terminal = shell.open_shell(desk.event)
    random.seed(0)
    importlib.import_module("numpy").random.seed(0)
    shell.cut_output(limits.output_kb * 1024, lambda: desk.event("output_cut"))
    libraries.tame_arrow()
    libraries.tame_duckdb(readable, fenced="landlock" in layers)
    guard.install(room, readable, desk.event)
    desk.begin([*layers, "audit"])
    return terminal, collect


class Desk:
    """Where a run leaves what it has to say: two slots for answers, written in turn, and a list of events.

    The files are open before the fences stand and lie outside the notebook's folder. Two slots, because a run may be
    stopped while it writes one.
    """

    def __init__(self, job: dict[str, Any]) -> None:
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self._slots = [os.open(one, flags, 0o600) for one in job["answers"]]
        self._events = os.open(job["events"], flags | os.O_APPEND, 0o600)
        self._left = MOST_EVENTS
        self._most = job["limits"]["answers_kb"] * 1024
        self._last = b""
        self._turn = 0
        self._dropped: set[tuple[str, ...]] = set()
        self._dumps, self._write, self._seek, self._cut = json.JSONEncoder().encode, os.write, os.lseek, os.ftruncate
        self.cell: int | None = None

    def begin(self, layers: list[str]) -> None:
        """Say that the first cell is about to run, behind these fences."""
        self._write(self._events, (self._dumps({"layers": layers}) + "\n").encode())

    def event(self, code: str, name: str = "") -> None:
        """Add to the log."""
        if self._left > 0:
            self._left -= 1
            line = self._dumps({"code": code, "cell": self.cell, "name": str(name)[:200]}) + "\n"
            self._write(self._events, line.encode())

    def leave(self, answers: Any, status: str = "") -> None:
        """Write the answers down, if they are others than before or the run ends with ``status``."""
        self._room = self._most
        inner = (self._kept(answers, ()) if type(answers) is dict else "{}").encode()
        if inner == self._last and not status:
            return
        self._last = inner
        self._turn += 1
        data = b'{"turn": %d, "status": "%s", "answers": %s}' % (self._turn, status.encode(), inner)
        slot = self._slots[self._turn % 2]
        self._cut(slot, 0)
        self._seek(slot, 0, 0)
        self._write(slot, data)

    def _kept(self, value: Any, path: tuple[str, ...]) -> str:
        """``value`` as JSON, without those of its parts that are no data or too much; empty when nothing is left.

        Sets hold answers, and answers parts: one that can't be used does not take its neighbours with it.
        """
        if type(value) is dict and len(path) < DEEPEST_PART:
            parts = []
            for key, one in value.items():
                text = self._kept(one, (*path, key)) if type(key) is str and is_plain(key) else ""
                if text:
                    parts.append(f"{self._dumps(key)}: {text}")
            return "{" + ", ".join(parts) + "}"
        text = self._dumps(value) if is_plain(value) else ""
        if text and len(text) <= self._room:
            self._room -= len(text)
            return text
        if path not in self._dropped:
            self._dropped.add(path)
            self.event("unusable_answer", path[-1])
        return ""


def run_all(notebook: bytes, terminal: Any, collect: Callable[[], Any], desk: Desk) -> None:
    """Give every code cell its turn, whatever the others did, and collect after each."""
    try:
        content = loads(notebook)
    except ValueError:
        desk.event("not_json")
        desk.leave({}, "unreadable")
        return
    cells = content.get("cells") if type(content) is dict else None
    if type(cells) is not list or len(cells) > MOST_CELLS:
        desk.event("not_a_notebook")
        desk.leave({}, "unreadable")
        return
    run_cell, ran, wrong, answers = terminal.run_cell, 0, "", {}
    for position, source in code_cells(cells, desk):
        ran += 1
        desk.cell = position
        try:
            result = run_cell(source, store_history=False)
            failed = result.error_before_exec or result.error_in_exec
        except BaseException as error:  # a notebook may raise anything, from anywhere
            failed = error
        if failed is not None:
            desk.event("cell_error", exception_name(failed))
        sys.settrace(None)
        sys.setprofile(None)
        if threading := sys.modules.get("threading"):
            threading.settrace(None)
        try:
            desk.leave(collected := collect())
            answers, wrong = collected, ""
        except BaseException as error:
            wrong = exception_name(error)
    desk.cell = None
    if not ran:
        desk.event("empty_notebook")
    if wrong:
        desk.event("no_answers", wrong)
    desk.leave(answers, "finished")


def code_cells(cells: list[Any], desk: Desk) -> Iterator[tuple[int, str]]:
    """Position (from 1) and source of every code cell; a cell that stands there twice is told, and runs twice."""
    seen: set[str] = set()
    for position, cell in enumerate(cells, 1):
        if type(cell) is not dict or cell.get("cell_type") != "code":
            continue
        source = cell.get("source")
        if type(source) is list and all(type(line) is str for line in source):
            source = "".join(source)
        if type(source) is not str:
            continue
        desk.cell = position
        metadata = cell.get("metadata") if type(cell.get("metadata")) is dict else {}
        grading = metadata.get("nbgrader")
        names = [("id", cell.get("id")), ("nbgrader", grading.get("grade_id") if type(grading) is dict else None)]
        names.append(("crmlab", metadata.get("crmlab")))
        marks = {hashlib.sha256(repr(one).encode("utf-8", "replace")).hexdigest() for one in names if one[1]}
        if seen & marks:
            desk.event("doubled_cell")
        seen |= marks
        yield position, source


def exception_name(error: BaseException) -> str:
    """The name of an exception's class, when it looks like one."""
    name = type.__dict__["__name__"].__get__(type(error))
    return name if type(name) is str and name.isascii() and name.isidentifier() and len(name) <= 60 else "Exception"
