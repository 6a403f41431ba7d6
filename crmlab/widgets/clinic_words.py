"""The clinic's words and numbers as a person reads them."""

from __future__ import annotations

from typing import Any

from .. import labels

__all__ = ["SHOWN_ROWS", "cell_text", "percent", "say"]

SHOWN_ROWS = 100
"""How many rows a page shows of a long table; a file holds them all."""


def say(key: str, lang: str, **values: Any) -> str:
    """A text of the clinic's catalogue."""
    return labels.text(f"clinic.{key}", lang, **values)


def percent(share: float, lang: str) -> str:
    """A share; what is not whole must never read as 100 %, nor what is there as 0 %."""
    if 0.9995 <= share < 1:
        return "<" + labels.percent(1.0, lang, decimals=0)
    if 0 < share < 0.0005:
        return "<" + labels.percent(0.001, lang)
    return labels.percent(share, lang)


def cell_text(value: Any, lang: str) -> str:
    """A cell as a person reads it."""
    if value is None or value != value:
        return "—"
    if hasattr(value, "isoformat"):
        return labels.date(value, lang, "short")
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return labels.value(value, "number", lang)
    return str(value)
