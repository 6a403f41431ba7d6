"""The fence inside Python, on every system: an audit hook that refuses what a notebook has no business with.

It sees what Python itself does (``open``, ``os``, ``socket``, ``subprocess``, ``ctypes``, ``sqlite3``), and can't be
taken out again. It does not see what compiled libraries do on their own: for those there are the fences of the
operating system (:mod:`.fences`), and locks for the best known (:mod:`.libraries`). It keeps nothing that a student's
code could reach by ordinary means, but Python in one process is no boundary against somebody who is determined: that is
the operating system's part.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import sqlite3
import sys
import types
from collections.abc import Callable, Iterable
from typing import Any

from .libraries import FOREIGN_FILES

__all__ = ["install"]

NETWORK = {
    "ftplib.connect", "http.client.connect", "imaplib.open", "poplib.connect", "smtplib.connect", "socket.bind",
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyaddr", "socket.gethostbyname", "socket.getnameinfo",
    "socket.sendmsg", "socket.sendto", "telnetlib.Telnet.open", "urllib.Request", "nntplib.connect", "webbrowser.open",
}  # fmt: skip
PROCESS = {
    "_winapi.CreateProcess", "_winapi.OpenProcess", "_winapi.TerminateProcess", "_winapi.CreateNamedPipe",
    "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile",
    "os.startfile/2", "os.system", "pty.spawn", "subprocess.Popen",
}  # fmt: skip
SIGNALS = {"os.kill", "os.killpg"}
WRITING = {  # where the path that is changed stands among the event's arguments
    "os.chflags": (0,), "os.chmod": (0,), "os.chown": (0,), "os.lchmod": (0,), "os.lchown": (0,), "os.link": (0, 1),
    "os.mkdir": (0,), "os.remove": (0,), "os.removexattr": (0,), "os.rename": (0, 1), "os.rmdir": (0,),
    "os.setxattr": (0,), "os.symlink": (1,), "os.truncate": (0,), "os.utime": (0,),
}  # fmt: skip
LISTING = {"os.listdir", "os.scandir", "os.getxattr", "os.listxattr"}
NATIVE = {
    "ctypes.dlopen", "ctypes.dlsym", "ctypes.dlsym/handle", "ctypes.string_at", "ctypes.wstring_at",
    "ctypes.cdata", "ctypes.cdata/buffer", "ctypes.addressof", "ctypes.call_function", "ctypes.memoryview_at",
    "gc.get_objects", "gc.get_referents", "gc.get_referrers",
}  # fmt: skip
NEVER = {"sys.addaudithook", "sqlite3.enable_load_extension", "sqlite3.load_extension", "resource.setrlimit"}
NEVER |= {"resource.prlimit", "syslog.openlog", "syslog.syslog", "winreg.ConnectRegistry", "winreg.CreateKey"}
NEVER |= {"winreg.DeleteKey", "winreg.DeleteValue", "winreg.SetValue"}
CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def install(room: str, readable: Iterable[str], report: Callable[[str, str], None]) -> None:
    """Refuse from now on, for as long as this process lives.

    Parameters
    ----------
    room : str
        The only folder in which it may write; real path.
    readable : iterable of str
        Files and folders that it may read; real paths.
    report : callable
        Called with the code of the event (``"refused_file"`` ...) and what was asked for.
    """
    real = _own_realpath()
    fold = os.path.normcase if os.name == "nt" else str
    sep, own, fspath, fsdecode = os.sep, os.getpid(), os.fspath, os.fsdecode
    writable = (fold(room),)
    places = (fold(room), *map(fold, readable))
    libraries = tuple(place + sep for place in places[1:])
    devices = frozenset(map(fold, ("/dev/null", "nul", "\\\\.\\nul")))
    frame_of, unix, nothing = sys._getframe, 1, (None, -1)
    mute = [False]

    def inside(path: Any, allowed: tuple[str, ...]) -> bool:
        path = fold(real(fsdecode(fspath(path))))
        return path in devices or any(path == place or path.startswith(place + sep) for place in allowed)

    def by_library() -> bool:
        """Whether a library asked: sklearn looks at its own thread pools through ctypes, and that is fine."""
        frame = frame_of(2)
        while frame is not None and f"{sep}ctypes{sep}" in frame.f_code.co_filename:
            frame = frame.f_back
        return frame is not None and fold(frame.f_code.co_filename).startswith(libraries)

    def refuse(code: str, what: Any, tell: bool = True) -> None:
        name = what if type(what) is str else fsdecode(what) if type(what) is bytes else type(what).__name__
        if tell and not mute[0]:
            mute[0] = True  # whatever reporting does is not asked about again
            try:
                report(code, name[:200])
            finally:
                mute[0] = False
        raise PermissionError(13, "not allowed while a notebook is being marked", name[:200])

    def files(paths: Iterable[Any], allowed: tuple[str, ...], tell: bool = True) -> None:
        for path in paths:
            if type(path) is int or path is None:  # already open
                continue
            try:
                fine = inside(path, allowed)
            except (TypeError, ValueError):
                continue  # no path at all: the call itself says so
            if not fine:
                # what libraries ask about the computer is refused as well, but tells nothing about the student
                refuse("refused_file", path, tell and not fsdecode(fspath(path)).startswith(("/proc", "/sys")))

    def hook(event: str, args: tuple) -> None:
        if event == "open":
            path, mode, flags = args
            if type(path) is int:
                return
            changes = (type(mode) is str and not set(mode).isdisjoint("wax+")) or (
                type(flags) is int and flags & CHANGES
            )
            files((path,), writable if changes else places)
        elif event == "import":
            if args[0] in FOREIGN_FILES:
                refuse("refused_network", args[0])
            elif args[0] in ("_dbm", "_gdbm"):
                refuse("refused_file", args[0])
        elif event in NETWORK:
            refuse("refused_network", _target(event, args))
        elif event == "socket.__new__":
            if args[1] not in (unix, *nothing):
                refuse("refused_network", "socket")
        elif event in PROCESS:
            refuse("refused_process", args[0] if args else event)
        elif event in SIGNALS:
            if args[0] != own:
                refuse("refused_process", event)
        elif event in WRITING:
            files([args[i] for i in WRITING[event]], writable)
        elif event in LISTING:
            files(args[:1], places, tell=False)  # libraries look around, and crmlab looks for packs
        elif event == "sqlite3.connect":
            name = args[0]
            if type(name) is bytes:
                name = fsdecode(name)
            if name in ("", ":memory:"):
                return
            if type(name) is str and name.startswith("file:"):
                refuse("refused_file", name)  # a URI may say anything
            files((name,), writable)
        elif event in NATIVE:
            if not by_library():
                refuse("refused_native", event)
        elif event in NEVER:
            refuse("refused_native", event)

    def closed(*_: Any, **__: Any) -> None:
        refuse("refused_process", "a new process")

    def no_node(*args: Any, **__: Any) -> None:
        refuse("refused_file", args[0] if args else "")

    connect_original = sqlite3.connect

    def connect(*args: Any, **options: Any) -> sqlite3.Connection:
        connection = connect_original(*args, **options)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)  # ATTACH and VACUUM INTO open files, too
        return connection

    # what changes something and raises no event
    for name, function, instead in (
        ("sqlite3", "connect", connect),
        ("sqlite3.dbapi2", "connect", connect),
        ("_posixsubprocess", "fork_exec", closed),
        ("_posixshmem", "shm_open", no_node),
        ("os", "mkfifo", no_node),
        ("os", "mknod", no_node),
        ("posix", "mkfifo", no_node),
        ("posix", "mknod", no_node),
    ):
        with contextlib.suppress(ImportError):
            module = importlib.import_module(name)
            if hasattr(module, function):
                setattr(module, function, instead)
    sys.addaudithook(hook)


def _target(event: str, args: tuple) -> str:
    """The host that was asked for, as far as the event tells."""
    first = args[1] if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg") else args[0]
    first = first[0] if type(first) is tuple and first else first
    return first if type(first) is str else event


def _own_realpath() -> Callable[[str], str]:
    """``os.path.realpath`` over functions that a notebook can't put others in place of."""
    spec = importlib.util.spec_from_file_location("_own_paths", os.path.__file__)
    if spec is None or spec.loader is None:
        return os.path.realpath
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    copy = types.ModuleType("os")
    copy.__dict__.update(os.__dict__)
    vars(module)["os"] = copy
    return module.realpath
