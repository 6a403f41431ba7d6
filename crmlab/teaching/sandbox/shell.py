"""An IPython without a terminal, a kernel or a display, in which a notebook's cells run one after the other."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import UsageError
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

__all__ = ["Shell", "cut_output", "open_shell"]

PROCESS_MAGICS = {"alias", "bash", "cmd", "conda", "mamba", "micromamba", "perl", "pip", "powershell", "pypy", "python"}
PROCESS_MAGICS |= {"python2", "python3", "ruby", "script", "sh", "sx", "system", "uv", "!", "!!", "edit"}
SHOWING_MAGICS = {"matplotlib", "pylab", "gui", "html", "HTML", "svg", "SVG", "javascript", "js", "latex", "markdown"}


class Unshown(DisplayHook):
    """Keeps a cell's value as ``_`` and draws nothing: nobody looks, and a figure may weigh 100 MB."""

    def __call__(self, result: Any = None) -> None:
        if result is not None:
            self.shell.user_ns["_"] = result


class Unpublished(DisplayPublisher):
    """Takes what ``display`` publishes, and lets it go."""

    def publish(self, *_: Any, **__: Any) -> None:
        """Nothing."""

    def clear_output(self, *_: Any, **__: Any) -> None:
        """Nothing."""


class Unformatted(DisplayFormatter):
    """Says that everything has been shown."""

    def format(self, *_: Any, **__: Any) -> tuple[dict, dict]:
        """No formats."""
        return {}, {}


class Shell(InteractiveShell):
    """Runs cells as a notebook does; what a person at a screen needs does nothing, what needs a process is refused."""

    displayhook_class = Type(Unshown)
    display_pub_class = Type(Unpublished)
    report: Callable[[str, str], None]

    def init_display_formatter(self) -> None:
        self.display_formatter = Unformatted(parent=self)
        self.configurables.append(self.display_formatter)

    @contextlib.contextmanager
    def _tee(self, *_: Any, **__: Any) -> Iterator[None]:
        """IPython would keep all that is printed, for a history that nobody reads, until the memory is full."""
        yield

    def system(self, cmd: str) -> None:
        """``!command``: refused; the cell goes on."""
        self.report("refused_process", str(cmd))

    def getoutput(self, cmd: str, *_: Any, **__: Any) -> list[str]:
        """``x = !command``: refused; no lines."""
        self.report("refused_process", str(cmd))
        return []

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """A magic that does not fit here is left out, rather than taking its cell with it."""
        if self._left_out(magic_name, line):
            return None
        try:
            return super().run_line_magic(magic_name, line, _stack_depth=_stack_depth + 1)
        except (UsageError, ModuleNotFoundError):
            self.report("magic_ignored", magic_name)
            return None

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """As for a line; ``%%bash`` and its like do not run."""
        if self._left_out(magic_name, line):
            return None
        try:
            return super().run_cell_magic(magic_name, line, cell)
        except (UsageError, ModuleNotFoundError):
            self.report("magic_ignored", magic_name)
            return None

    def _left_out(self, name: str, line: str) -> bool:
        if name in PROCESS_MAGICS:
            self.report("refused_process", f"%{name} {line}".strip())
        return name in PROCESS_MAGICS or name in SHOWING_MAGICS

    def showtraceback(self, *_: Any, **__: Any) -> None:
        """Nobody reads it; the log has the exception's name."""

    def showsyntaxerror(self, *_: Any, **__: Any) -> None:
        """Nobody reads it; the log has the exception's name."""

    def ask_exit(self) -> None:
        """``exit`` does not end the run: the next cell may hold an answer."""


def open_shell(report: Callable[[str, str], None]) -> Shell:
    """The process's one shell; ``get_ipython()`` gives it."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=config)
    shell.report = report
    return shell


class _Counter(io.RawIOBase):
    """A stream that lets everything go, and says once when it was too much."""

    def __init__(self, most: int, too_much: Callable[[], None]) -> None:
        self._left, self._too_much = most, too_much

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        size = memoryview(data).nbytes
        if self._left >= 0:
            self._left -= size
            if self._left < 0:
                self._too_much()
        return size


def cut_output(most: int, too_much: Callable[[], None]) -> None:
    """Make stdout and stderr keep nothing; ``too_much`` is called once, after ``most`` bytes."""
    counter = _Counter(most, too_much)
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(counter), "utf-8", "replace", line_buffering=False)
    sys.stderr = io.TextIOWrapper(io.BufferedWriter(counter), "utf-8", "replace", write_through=True)
