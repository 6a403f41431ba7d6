"""What goes into a run of a student's notebook and what comes out: plain data, no process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["CODES", "STATUSES", "Event", "Job", "Limits", "Run"]

STATUSES = ("finished", "timeout", "memory", "killed", "unreadable", "huge")

CODES = frozenset(
    {
        "cell_error",
        "doubled_cell",
        "empty_notebook",
        "limit_files",
        "limit_memory",
        "limit_seconds",
        "magic_ignored",
        "no_answers",
        "no_such_notebook",
        "not_a_file",
        "not_a_notebook",
        "not_json",
        "notebook_too_large",
        "output_cut",
        "refused_file",
        "refused_native",
        "refused_network",
        "refused_process",
        "sandbox_failed",
        "unusable_answer",
        "ended_early",
    }
)
"""Every code of the log; the words stand in ``labels/catalogue/teaching.toml`` under ``[text.log]``."""


@dataclass(frozen=True)
class Limits:
    """What one notebook may use.

    Parameters
    ----------
    seconds : float
        Processor seconds for all cells together, counted from the first cell on: these do not depend on what else the
        computer does, so that the same notebook ends the same way on a busy afternoon.
    wall_seconds : float, optional
        Seconds on the wall, for a notebook that sleeps or waits; three times ``seconds`` when not given.
    memory_mb : int
        Resident memory of the process and whatever it started.
    output_kb : int
        What it may print; the rest is thrown away where it is printed.
    answers_kb : int
        The recorded answers as JSON.
    files_mb : int
        All files in the notebook's own folder together, and each of them; a cube over PT XYZ keeps some 30 MB there.
    processes : int
        Threads of the process (other processes are refused anyway).
    notebook_mb : int
        The submitted file itself; a larger one is refused unread.
    """

    seconds: float = 30.0
    wall_seconds: float | None = None
    memory_mb: int = 1024
    output_kb: int = 256
    answers_kb: int = 2048
    files_mb: int = 128
    processes: int = 64
    notebook_mb: int = 20

    @property
    def patience(self) -> float:
        """The seconds on the wall that are in force."""
        return 3 * self.seconds if self.wall_seconds is None else self.wall_seconds


@dataclass(frozen=True)
class Job:
    """One notebook to run: a path or the file's bytes, the pack that it works on, the student's number."""

    notebook: Path | bytes
    pack: Path | None = None
    student: str | None = None


@dataclass(frozen=True)
class Event:
    """Something worth knowing about a run.

    Parameters
    ----------
    code : str
        One of :data:`CODES`.
    cell : int, optional
        The cell's 1-based position in the notebook, as a person counts.
    values : mapping
        What the words name in braces: ``name`` (an exception, a file, a host, a magic).

    Examples
    --------
    >>> from crmlab.teaching.sandbox import Event
    >>> Event("cell_error", 4, {"name": "KeyError"}).text("en")
    'Cell 4 stopped with KeyError.'
    """

    code: str
    cell: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, lang: str | None = None) -> str:
        """The event as a person reads it."""
        from ... import labels

        values = {"name": "", **self.values, "cell": "" if self.cell is None else self.cell}
        return labels.text(f"teaching.log.{self.code}", lang, **values)


@dataclass(frozen=True)
class Run:
    """What came out of one notebook.

    Parameters
    ----------
    status : str
        ``"finished"``: every cell had its turn (some may have failed: see ``log``). ``"timeout"``, ``"memory"``,
        ``"huge"`` (files, or the notebook itself): stopped at that limit. ``"killed"``: the process ended before its
        last cell. ``"unreadable"``: no notebook.
    answers : dict
        What the notebook had recorded after its last cell; after the last cell that ended, when it was stopped.
    log : tuple of Event
        What happened, in order.
    seconds, cpu_seconds, peak_mb : float
        Wall clock and processor time of the cells, and the largest resident memory seen.
    layers : tuple of str
        Which fences stood: ``"landlock"``, ``"namespaces"``, ``"seccomp"``, ``"rlimits"``, ``"audit"``, ``"parent"``.
    """

    status: str
    answers: dict[str, Any]
    log: tuple[Event, ...] = ()
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mb: float = 0.0
    layers: tuple[str, ...] = ()
