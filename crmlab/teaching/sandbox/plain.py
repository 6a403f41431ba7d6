"""JSON from somebody who may mean harm: read within bounds, or not at all."""

from __future__ import annotations

import json
import math
from typing import Any

__all__ = ["is_plain", "loads"]

DEEPEST = 40
LARGEST_INT = 2**1023  # what still fits a float


def is_plain(value: Any) -> bool:
    """Whether ``value`` is made of dicts with text keys, lists, texts, finite numbers, booleans and None only.

    Exactly these types: a subclass could run code of its own while it is looked at. Texts must be encodable, numbers
    finite and no larger than a float, nesting at most 40 deep.

    Examples
    --------
    >>> is_plain({"a": [1, 2.5, None, "x"]}), is_plain({"a": float("nan")}), is_plain({1: 2}), is_plain((1, 2))
    (True, False, False, False)
    """
    level = [value]
    for _ in range(DEEPEST):
        below: list[Any] = []
        for one in level:
            kind = type(one)
            if kind is dict:
                if not all(type(key) is str and _encodable(key) for key in one):
                    return False
                below.extend(one.values())
            elif kind is list:
                below.extend(one)
            elif kind is str:
                if not _encodable(one):
                    return False
            elif kind is float:
                if not math.isfinite(one):
                    return False
            elif kind is int:
                if not -LARGEST_INT < one < LARGEST_INT:
                    return False
            elif one is not None and kind is not bool:
                return False
        if not below:
            return True
        level = below
    return False


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True


def loads(data: bytes) -> Any:
    """Parse JSON; ``ValueError`` for anything wrong with it, however it was meant to hurt.

    Examples
    --------
    >>> loads(b'{"a": 1}')
    {'a': 1}
    >>> for bad in (b"[" * 100_000, b"NaN", b"9" * 10_000, b'{"a"', bytes([255])):
    ...     try:
    ...         loads(bad)
    ...     except ValueError:
    ...         print("refused")
    refused
    refused
    refused
    refused
    refused
    """
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
