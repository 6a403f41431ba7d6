"""Compiled libraries open files and the network by themselves, unseen by Python's audit hook: locks of their own."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

__all__ = ["FOREIGN_FILES", "tame_arrow", "tame_duckdb"]

FOREIGN_FILES = frozenset(f"pyarrow.{name}" for name in ("_s3fs", "_gcsfs", "_azurefs", "_hdfs", "_flight"))
"""File systems of other computers, each in a module of its own."""


def tame_arrow() -> None:
    """Take away pyarrow's file systems of other computers; let its usual ways to a file raise the event of ``open``.

    Those are what pandas and ``pyarrow.parquet`` use: ``OSFile`` and ``ParquetWriter``.

    A notebook that looks for the classes among their relatives finds them: a help, no boundary.
    """
    import pyarrow.fs
    import pyarrow.parquet

    for name, thing in list(vars(pyarrow.fs).items()):
        if getattr(thing, "__module__", "") in FOREIGN_FILES:
            delattr(pyarrow.fs, name)
    for name in FOREIGN_FILES:
        sys.modules.pop(name, None)  # and the hook refuses to import them again

    writer = pyarrow.parquet.ParquetWriter
    original = writer.__init__

    def begin(self: Any, where: Any, *args: Any, **options: Any) -> None:
        if isinstance(where, str | os.PathLike):
            sys.audit("open", os.fspath(where), "w", 0)
        original(self, where, *args, **options)

    writer.__init__ = begin

    class OSFile(pyarrow.OSFile):  # as pyarrow.OSFile, but for the event
        def __new__(cls, path: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
            sys.audit("open", os.fspath(path), mode, 0)
            return super().__new__(cls, path, mode, *args, **options)

    pyarrow.OSFile = OSFile


def tame_duckdb(libraries: Sequence[str], fenced: bool) -> None:
    """Let every connection that a notebook opens use one thread, and open no file where no other fence would stop it.

    Parameters
    ----------
    libraries : sequence of str
        Folders of installed code. crmlab opens and locks its own connections as it needs.
    fenced : bool
        Whether the operating system watches over files. Without that, a notebook's connections have no file system,
        which also keeps them from installing an extension and from the network. Tables of pandas can be queried as
        ever. (``enable_external_access = false`` would forbid those too.)

    Notes
    -----
    ``duckdb.connect`` is replaced by a function that locks what it opens. A notebook that looks for the old function
    finds it: this is a help, no boundary.
    """
    import duckdb

    original = duckdb.connect
    inside = tuple(place + os.sep for place in libraries)
    settings = ["SET threads = 1", "SET autoinstall_known_extensions = false"]  # one: the same order every time
    if not fenced:
        settings += ["SET autoload_known_extensions = false", "SET disabled_filesystems = 'LocalFileSystem'"]

    def lock(connection: Any) -> Any:
        for setting in settings:
            connection.execute(setting)
        return connection

    def connect(database: Any = ":memory:", *args: Any, **options: Any) -> Any:
        by_library = sys._getframe(1).f_code.co_filename.startswith(inside)
        if not (fenced or by_library or str(database).startswith((":memory:", ":default:")) or database == ""):
            raise PermissionError(13, "not allowed while a notebook is being marked", str(database))
        connection = original(database, *args, **options)
        return connection if by_library else lock(connection)

    connect.__doc__ = original.__doc__
    duckdb.connect = connect
    lock(duckdb.default_connection())
