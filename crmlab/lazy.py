"""Rooms that load their parts when they are first asked for, so that importing crmlab loads nothing heavy."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["attach"]


def attach(room: str, where: Mapping[str, str | None]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` for the ``__init__`` of a room (PEP 562).

    Parameters
    ----------
    room : str
        The room's ``__name__``.
    where : mapping
        Public name -> the module of the room that holds it; ``None`` for a module itself.

    Examples
    --------
    >>> ask, names = attach("crmlab.ingest", {"read": "reading"})
    >>> ask("read").__name__, "read" in names()
    ('read', True)
    """

    def ask(name: str) -> Any:
        if name not in where:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        module = importlib.import_module(f"{room}.{where[name] or name}")
        thing = getattr(module, name) if where[name] else module
        setattr(sys.modules[room], name, thing)  # the next look-up does not come here
        return thing

    def names() -> list[str]:
        return sorted({*vars(sys.modules[room]), *where})

    return ask, names
