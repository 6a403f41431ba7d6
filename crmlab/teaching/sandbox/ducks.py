"""DuckDB opens files and the network by itself, unseen by Python's audit hook: a lock of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

__all__ = ["tame"]


def tame(libraries: Sequence[str], fenced: bool) -> None:
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

    def connect(*args: Any, **options: Any) -> Any:
        connection = original(*args, **options)
        by_library = sys._getframe(1).f_code.co_filename.startswith(inside)
        return connection if by_library else lock(connection)

    connect.__doc__ = original.__doc__
    duckdb.connect = connect
    lock(duckdb.default_connection())
