"""The room in which a stranger's notebook runs: what the code *recorded* comes out as data, and nothing else does.

:func:`execute` runs one notebook, :func:`execute_all` a class; both give a :class:`Run` for whatever was handed in. The
code cells run in order in IPython, without a kernel, a display or a network, in a process of its own and in a new empty
folder that is deleted afterwards. A cell that raises does not stop the next ones. What was recorded is collected after
every cell, so that a notebook that is stopped keeps what it had answered until then.

Nothing of what the process says is believed: it is read as JSON of bounded size, and marked elsewhere. A student who
rewrites the checks, the shell or the collecting function changes the answers handed in, which an honest student may do
as well.

**The fences**, and what each does not do. :attr:`Run.layers` says which stood.

``landlock`` (Linux 5.13; TCP from 6.7, signals from 6.12)
    Files can be read in Python's libraries, crmlab and the notebook's own folder, written in that folder only; no TCP.
    It holds for compiled code too (DuckDB's ``COPY``, pyarrow). It does not hide that a file exists, its size or date.
``namespaces`` (Linux, where users may have them)
    A network with no device in it: no UDP, no name server, no ``localhost``; no shared memory of others. No process
    namespace: what keeps a notebook from signalling others is landlock and seccomp.
``seccomp`` (Linux on x86-64 and ARM64)
    No new process of any kind (threads are fine), no socket, no signal to or look into any process but its own. Changes
    of modes, owners and dates seem to succeed and do nothing, even in its own folder.
``rlimits`` (Linux, macOS)
    Processor time, size of a file, open files, reserved memory, no core dumps; no new process on macOS. With namespaces
    also the number of threads, by which root is not bound.
``audit`` (everywhere)
    Python's own hook refuses, and logs, files outside, other programs, signals, sockets and ctypes. It does not see
    what compiled libraries do by themselves, and it is no boundary against somebody who knows CPython from within.
    Where no landlock stands, DuckDB therefore opens no file at all (tables of pandas it reads as ever), and pyarrow
    knows no file system of other computers; ``pyarrow.fs.LocalFileSystem`` can still write a local file
    (:mod:`.libraries`).
``parent`` (everywhere)
    Kills the process, its group and its descendants at the limit of time, memory or files. It looks every 20 ms (at
    files every 300 ms), so that a limit may be overrun by what a process does in that time.

On Windows and macOS only the last two or three stand: mark submissions that may be hostile on Linux (a virtual machine
or a container will do), or read the log before you trust a run.

**The same file gives the same answers**: hash seed, time zone, language and the seeds of ``random`` and
``numpy.random`` are fixed, DuckDB counts on one thread, and no variable of the computer's environment is passed on. It
does not hold for code that reads the clock, ``numpy.random.default_rng()`` without a seed, or a notebook that ends
close to a limit.

Examples
--------
>>> import json
>>> from crmlab.teaching import sandbox
>>> cell = {"cell_type": "code", "metadata": {}, "source": "import os; os.system('ls')"}
>>> book = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}).encode()
>>> run = sandbox.execute(book, collect="crmlab.labels:describe")  # a function that has nothing to give
>>> run.status, [event.code for event in run.log]
('finished', ['refused_process', 'cell_error', 'no_answers'])
"""

from __future__ import annotations

from .runs import CODES, STATUSES, Event, Job, Limits, Run
from .supervising import execute, execute_all

__all__ = ["CODES", "STATUSES", "Event", "Job", "Limits", "Run", "execute", "execute_all"]
