"""Cells that leave for a spreadsheet: what it would run is escaped, what it can't hold is marked.

The one home of these rules, for every file that crmlab writes.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

__all__ = ["cell", "escape", "printable"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_PHONE = re.compile(r"\+\d[\d• ]{5,19}")  # a number to call: read as a number at worst, never run
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what an XLSX file can't hold


def escape(value: Any) -> Any:
    """Text that starts like a formula, with an apostrophe before it.

    Examples
    --------
    >>> escape("=HYPERLINK(1)"), escape("pan"), escape(-3), escape("+6281234567890"), escape("+1+1")
    ("'=HYPERLINK(1)", 'pan', -3, '+6281234567890', "'+1+1")
    """
    if not isinstance(value, str) or _PHONE.fullmatch(value):
        return value
    if value.startswith(_FORMULA) or value.lstrip().startswith(_FORMULA):
        return "'" + value
    return value


def cell(value: Any) -> Any:
    """A value as a cell of an XLSX file.

    Examples
    --------
    >>> cell("=1"), cell("a\\x0bb"), cell(2.5)
    ("'=1", 'a�b', 2.5)
    """
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)  # Excel knows no time zones
    return escape(printable(value) if isinstance(value, str) else value)


def printable(text: str) -> str:
    """Text without the signs that no office file can hold.

    Examples
    --------
    >>> printable("a\\x0bb")
    'a�b'
    """
    return _CONTROL.sub("\ufffd", text)
