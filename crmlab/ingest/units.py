"""Currencies and scales as people write them beside a number: ``Rp``, ``£``, ``jt``, ``rb``, ``million``."""

from __future__ import annotations

import re

__all__ = ["EN_SCALES", "ID_SCALES", "MONEY", "SCALES", "SIGNS", "header_currency", "header_scale"]

MONEY = {
    "rp": "IDR",
    "idr": "IDR",
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "£": "GBP",
    "gbp": "GBP",
    "€": "EUR",
    "eur": "EUR",
    "s$": "SGD",
    "sgd": "SGD",
    "rm": "MYR",
    "myr": "MYR",
    "¥": "JPY",
    "jpy": "JPY",
}
"""What is written, in lower case, and the ISO code it stands for."""

SIGNS = r"rp\.?|idr|us\$|s\$|usd|\$|£|gbp|€|eur|sgd|rm|myr|¥|jpy"
"""A pattern of all of them."""

SCALES = {
    "rb": 1e3,
    "ribu": 1e3,
    "k": 1e3,
    "jt": 1e6,
    "juta": 1e6,
    "million": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "miliar": 1e9,
    "milyar": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "billion": 1e9,
    "t": 1e12,
    "triliun": 1e12,
    "trilyun": 1e12,
}
"""What a number is multiplied with; ``m`` is missing, as it means miliar in one language and million in the other."""

ID_SCALES = frozenset({"rb", "ribu", "jt", "juta", "miliar", "milyar", "triliun", "trilyun"})
EN_SCALES = frozenset({"k", "b", "bn", "mn", "mio", "million", "billion"})


def header_currency(header: str) -> str | None:
    """The currency that a header names, ``Harga (Rp)``.

    Examples
    --------
    >>> header_currency("Total (Rp)"), header_currency("Omzet USD"), header_currency("Merk")
    ('IDR', 'USD', None)
    """
    words = set(re.findall(r"[a-z]+|[$£€]", header.lower()))
    return next((MONEY[w] for w in ("rp", "idr", "usd", "gbp", "eur", "sgd", "$", "£", "€") if w in words), None)


_IN_HEADERS = {
    **dict.fromkeys(("000", "rb", "ribu", "ribuan", "thousand", "thousands"), 1e3),
    **dict.fromkeys(("jt", "juta", "jutaan", "million", "millions"), 1e6),
    **dict.fromkeys(("miliar", "milyar", "miliaran", "milyaran", "billion", "billions"), 1e9),
}


def header_scale(header: str) -> float:
    """What the values below a header are to be multiplied with, as ``Omzet (Rp juta)`` says.

    Examples
    --------
    >>> header_scale("Omzet (Rp juta)"), header_scale("Total (Rp'000)"), header_scale("Total (Rp)")
    (1000000.0, 1000.0, 1.0)
    """
    words = re.findall(r"[a-z]+|\d+", header.lower())
    return next((_IN_HEADERS[w] for w in words if w in _IN_HEADERS), 1.0)
