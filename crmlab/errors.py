"""What can go wrong, said so that a person can mend it.

Two families: a :class:`UserError` is about what a person gave (a file, a name, a number) and is safe to show; an
:class:`InternalError` is about crmlab itself and is for the log. Neither holds display text: an error carries a code
and values, and the catalogues of ``crmlab.labels`` turn these into Indonesian or English. This module knows nothing
else of the package, so that every room can raise; ``crmlab.labels`` fills the slot :data:`renderer` when it is
imported.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

__all__ = ["CrmlabError", "InternalError", "UserError", "suggest"]

renderer: Callable[[UserError, str | None], str] | None = None
"""Turns a UserError into text; filled by ``crmlab.labels``."""


class CrmlabError(Exception):
    """Base of everything that crmlab raises on purpose."""


class InternalError(CrmlabError):
    """Something in crmlab contradicts itself; the message is for its developers."""


class UserError(CrmlabError):
    """Something a person gave can't be used, and can be mended by that person.

    Parameters
    ----------
    code : str
        ``"<room>.<name>"``; the words stand in ``labels/catalogue/<room>.toml`` under ``[error.<name>]``.
    table : str, optional
        The table or file that the error is about.
    rows : sequence, optional
        Where: row numbers (1-based, as the source shows them) or keys. The first five are shown, and how many there
        are.
    wanted, found : optional
        What was asked for and what was there.
    near : str or sequence of str, optional
        The names that were probably meant; see :func:`suggest`.
    **values
        Whatever else the words name in braces.

    Examples
    --------
    >>> from crmlab.errors import UserError, suggest
    >>> error = UserError("cube.unknown_name", found="revenu", near=suggest("revenu", ["revenue", "orders"]))
    >>> error.code, error.near
    ('cube.unknown_name', ('revenue',))
    """

    def __init__(
        self,
        code: str,
        *,
        table: str | None = None,
        rows: Sequence[Any] | None = None,
        wanted: Any = None,
        found: Any = None,
        near: str | Sequence[str] | None = None,
        **values: Any,
    ) -> None:
        self.code = code
        self.table = table
        self.rows = tuple(rows) if rows is not None else ()
        self.wanted = wanted
        self.found = found
        self.near = (near,) if isinstance(near, str) else tuple(near or ())
        self.values = values
        super().__init__(code)

    def render(self, lang: str | None = None) -> str:
        """The error as a person reads it, in ``lang`` or the current language."""
        if renderer is not None:
            return renderer(self, lang)
        parts = {"table": self.table, "rows": self.rows[:5], "wanted": self.wanted, "found": self.found, **self.values}
        return f"{self.code} " + ", ".join(f"{k}={v!r}" for k, v in parts.items() if v not in (None, ()))

    def __str__(self) -> str:
        return self.render()

    def __reduce__(self):  # the default would call the class with args only, and lose the keywords
        return _rebuild, (type(self), self.__dict__)


def _rebuild(cls, state):
    error = cls(state["code"])
    error.__dict__.update(state)
    return error


def suggest(name: str, choices: Iterable[str], n: int = 3) -> tuple[str, ...]:
    """The ``choices`` that look most like ``name``, best first; empty when none does.

    Examples
    --------
    >>> suggest("segmnt", ["segment", "channel", "store"])
    ('segment',)
    >>> suggest("Kanal", ["kanal", "toko"])
    ('kanal',)
    """
    by_lower: dict[str, str] = {}
    for choice in choices:
        by_lower.setdefault(str(choice).lower(), str(choice))
    return tuple(by_lower[m] for m in difflib.get_close_matches(str(name).lower(), by_lower, n=n, cutoff=0.6))
